"""Reports that were sent and are held for a while, so that whoever sent one can come back to what was read in it.

They are in memory alone, and few: the oldest make room, and each goes by itself after a time. A report is given only to the
browser that sent it, known by a mark of its cookie, so that the address of its page tells nobody else what was sent.
"""

from __future__ import annotations

import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable

import msgspec


class Held(msgspec.Struct, frozen=True):
    """What a form of Read sent: the text as it was typed, or the file with its name, and the day of the report as typed."""

    text: str = ""
    date: str = ""
    file: bytes = b""
    name: str = ""

    @property
    def size(self) -> int:
        """Bytes that it takes, near enough."""
        return len(self.text.encode("utf-8", "replace")) + len(self.file) + len(self.date) + len(self.name)


class Reports:
    """At most `most` reports of `room` bytes together, each for `seconds`."""

    def __init__(self, most: int, room: int, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._most, self._room, self._seconds, self._clock = most, room, seconds, clock
        self._lock = threading.Lock()
        self._held: OrderedDict[str, tuple[float, str, Held]] = OrderedDict()
        self._size = 0

    def hold(self, report: Held, whose: str) -> str:
        """Hold a report for a browser, and give its key. The oldest reports go where there is no room."""
        key = secrets.token_urlsafe(16)
        with self._lock:
            self._held[key] = (self._clock() + self._seconds, whose, report)
            self._size += report.size
            self._drop()
        return key

    def get(self, key: str, whose: str) -> Held | None:
        """The report of a key, if it is still held and this browser sent it."""
        with self._lock:
            self._drop()
            _, owner, report = self._held.get(key, (0.0, "", None))
        same = secrets.compare_digest(owner.encode(), whose.encode())
        return report if same and owner else None

    def _drop(self) -> None:
        """Let go of what is too old, and of the oldest where there are too many or too much; they stand by age."""
        while self._held:
            key, (until, _, report) = next(iter(self._held.items()))
            if until > self._clock() and len(self._held) <= self._most and self._size <= self._room:
                return
            del self._held[key]
            self._size -= report.size
