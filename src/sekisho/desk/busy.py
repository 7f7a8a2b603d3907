"""Proofs and sweeps are long and take a core each: a few run at a time, some wait, more are sent away.

A request whose client has gone waits no longer, and its proof is stopped: its place is free for who still waits.
"""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from anyio import from_thread
from fastapi import Request

from sekisho.desk.problems import DeskError
from sekisho.errors import Mistake
from sekisho.language.stopping import Stop, stoppable

AGAIN = 0.05
"""Seconds between two attempts to stop a proof, of which the first may come a moment too early."""


class Proofs:
    """Places for long work."""

    def __init__(self, places: int, waiting: int, seconds: float) -> None:
        self._seconds, self._free, self._may_wait = seconds, places, waiting
        self._changed = threading.Condition()

    @contextmanager
    def running(self, request: Request | None = None) -> Iterator[None]:
        """A place, once there is one; in a thread that the server's loop has begun, where there is a request.

        Raises `DeskError` (503) where too many wait, or none comes free in time, and `StoppedError` where the client of
        the request has gone.
        """
        stop = Stop()
        with self._watched(request, stop):
            self._enter(stop)
            try:
                with stoppable(stop):
                    yield
            finally:
                self._leave()

    def _enter(self, stop: Stop) -> None:
        """Take a place, waiting for it as long as the client does."""
        until = time.monotonic() + self._seconds
        with self._changed:
            if not self._free and not self._may_wait:
                raise _busy()
            self._may_wait -= 1
            try:
                if not self._changed.wait_for(lambda: self._free or stop.asked, until - time.monotonic()):
                    raise _busy()
                stop.check()
                self._free -= 1
            finally:
                self._may_wait += 1

    def _leave(self) -> None:
        with self._changed:
            self._free += 1
            self._changed.notify_all()

    @contextmanager
    def _watched(self, request: Request | None, stop: Stop) -> Iterator[None]:
        """Stop where the client of a request goes."""
        if request is None:
            yield
            return
        over = threading.Event()
        watching = from_thread.run_sync(lambda: asyncio.create_task(self._watch(request, stop, over)))
        try:
            yield
        finally:
            over.set()
            from_thread.run_sync(watching.cancel)

    async def _watch(self, request: Request, stop: Stop, over: threading.Event) -> None:
        """Wait until the client goes, then stop its work until that is over.

        A cancel that comes in the moment in which a message does is lost (`asyncio.wait_for` before Python 3.12): so `over`.
        """
        try:
            while (await request.receive())["type"] != "http.disconnect":
                if over.is_set():
                    return
        except DeskError:  # of the body, which nobody reads here; whoever reads it is told
            return
        while not over.is_set():
            stop.now()
            with self._changed:
                self._changed.notify_all()
            await asyncio.sleep(AGAIN)


def _busy() -> DeskError:
    return DeskError(503, Mistake("too much is being worked out.", "Come again in a while."), "busy", {"retry-after": "5"})
