"""Stopping what is being worked out, from another thread: nobody wants the answer any more.

What is asked of a solver within `stoppable(stop)`, or of any engine with `during`, ends with `StoppedError` once
`stop.now()` was called, whichever function it is asked by, so that none of them has to hand the stop on.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from sekisho.errors import StoppedError


class Stop:
    """Whether to stop. `now` may be called from any thread and more than once; `asked` says that it was."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._interrupt: Callable[[], object] | None = None
        self.asked = False

    def now(self) -> None:
        """Stop. An interrupt that came before its work began has no effect on it: call again while the work goes on."""
        with self._lock:
            self.asked = True
            if self._interrupt is not None:
                self._interrupt()

    def check(self) -> None:
        """Raises `StoppedError` where it was asked to stop."""
        if self.asked:
            raise StoppedError

    @contextmanager
    def during(self, interrupt: Callable[[], object]) -> Iterator[None]:
        """Work that `interrupt` ends. Raises `StoppedError` before or after it where it was asked to stop."""
        self._set(interrupt)
        try:
            self.check()
            yield
        finally:
            self._set(None)
            self.check()  # what was interrupted may have said so in its own way

    def _set(self, interrupt: Callable[[], object] | None) -> None:
        with self._lock:
            self._interrupt = interrupt


_STOP: ContextVar[Stop | None] = ContextVar("stop", default=None)


def stop_of() -> Stop | None:
    """What stops the work of here and now, if anything does."""
    return _STOP.get()


@contextmanager
def stoppable(stop: Stop) -> Iterator[None]:
    """What is asked of solvers within can be stopped."""
    token = _STOP.set(stop)
    try:
        yield
    finally:
        _STOP.reset(token)
