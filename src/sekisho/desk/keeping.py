"""The record of an application, opened when it is first asked for; if it cannot be, it is tried again the next time."""

from __future__ import annotations

import hashlib
import threading
from pathlib import Path

import msgspec
from fastapi import Request

from sekisho.desk.record import LOCAL, Store, append, open_record
from sekisho.desk.record.kinds import SHORT, Swept
from sekisho.desk.sweeping.kept import Kept, Result


class Records:
    """Holds the open record of an application. `database` is a URL, empty for a file of SQLite in `folder`."""

    def __init__(self, database: str, folder: Path) -> None:
        self._database, self._folder = database, folder
        self._lock = threading.Lock()
        self._store: Store | None = None

    def store(self) -> Store:
        """The record. Raises `StoreError` where it cannot be opened."""
        with self._lock:
            if self._store is None:
                self._store = open_record(self._database, self._folder)
            return self._store

    def swept(self, kept: Kept, result: Result, outcomes: Path) -> int:
        """Record that a register was swept; the number of the entry.

        Raises `StoreError` where that cannot be, and `OSError` where the outcomes cannot be read.
        """
        with outcomes.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        body = Swept(
            kept.asked.name[:SHORT], kept.size, f"sha256:{kept.sha256}", msgspec.to_builtins(kept.asked),
            result.rows, result.decided, result.rejected, result.verdicts, result.metadata, f"sha256:{digest}",
        )  # fmt: skip
        return append(self.store(), kept.id, body).entry.sequence

    def close(self) -> None:
        """Close what is open; it opens again if it is asked for."""
        with self._lock:
            if self._store is not None:
                self._store.close()
                self._store = None


def store_of(request: Request) -> Store:
    """The record of the application that answers a request. Raises `StoreError`."""
    records: Records = request.app.state.records
    return records.store()


def actor_of(request: Request) -> str:
    """Who asks, for the record: everyone is the same as long as nobody signs in."""
    return LOCAL
