"""The record of an application, opened when it is first asked for; if it cannot be, it is tried again the next time."""

from __future__ import annotations

import threading
from pathlib import Path

from fastapi import Request

from sekisho.desk.record import LOCAL, Store, open_record


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
