"""Proofs and sweeps are long and take a core each: a few run at a time, some wait, more are sent away."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from sekisho.desk.problems import DeskError
from sekisho.errors import Mistake


class Proofs:
    """Places for long work."""

    def __init__(self, places: int, waiting: int, seconds: float) -> None:
        self._places, self._seconds = threading.BoundedSemaphore(places), seconds
        self._waiting = threading.BoundedSemaphore(waiting)

    @contextmanager
    def running(self) -> Iterator[None]:
        """A place, once there is one. Raises `DeskError` (503) where too many wait, or none comes free in time."""
        busy = DeskError(503, Mistake("too much is being worked out.", "Come again in a while."), "busy", {"retry-after": "5"})
        if not self._waiting.acquire(blocking=False):
            raise busy
        try:
            if not self._places.acquire(timeout=self._seconds):
                raise busy
        finally:
            self._waiting.release()
        try:
            yield
        finally:
            self._places.release()
