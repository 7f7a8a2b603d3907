"""The store: one database, opened, brought to the code's revision, read and written in transactions.

A write is one transaction, and one at a time: SQLite begins it IMMEDIATE, PostgreSQL takes an advisory lock. SQLite
writes ahead (WAL) and syncs each commit to the disk (FULL), so that what was acknowledged survives a cut of power.
"""

from __future__ import annotations

import datetime as dt
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, text

from sekisho.desk.record.address import file_of, shown
from sekisho.desk.record.faults import told
from sekisho.errors import Mistake, StoreError

PATIENCE = 5.0
"""Seconds that a write waits for others, and a connection for the server."""
_LOCK = 0x5EC1_5000_10C0
"""The advisory lock of PostgreSQL that writers of the log hold: any number, the same for all."""
_WRITES = "sekisho_writes"
_NOTHING = "nothing was written"
_UNKNOWN = "it is not known whether it was written: ask again with the same idempotency key, or look"


class Store:
    """An open record. Safe to share between threads; `close` it at the end."""

    def __init__(self, url: URL, clock: Callable[[], dt.datetime] | None = None) -> None:
        self.url, self.file, self.name = url, file_of(url), str(file_of(url) or shown(url))
        self.clock = clock or (lambda: dt.datetime.now(dt.UTC))
        self._turn = threading.Lock()
        self._inode: tuple[int, int] | None = None
        self.engine = _sqlite(url) if self.file is not None else _postgresql(url)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection to read with, in one transaction that is rolled back. Raises `StoreError`."""
        self._same_file()
        with told(self.name, "nothing was changed"), self.engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A connection in a transaction that no other writer can be in; committed at the end, or nothing is written.

        Raises `StoreError`; where the connection broke while committing, it says that the outcome is not known.
        """
        self._same_file()
        with self._one_at_a_time(), told(self.name, _NOTHING), self.engine.connect() as connection:
            connection = connection.execution_options(**{_WRITES: True})
            with connection.begin() as transaction:
                if self.file is None:
                    connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
                yield connection
                self._same_file()
                with told(self.name, _NOTHING, unsure=_UNKNOWN):
                    transaction.commit()

    @contextmanager
    def _one_at_a_time(self) -> Iterator[None]:
        """The writers of this process queue here, which is fairer than SQLite's own waiting."""
        if not self._turn.acquire(timeout=PATIENCE):
            mend = "Ask again in a moment."
            raise StoreError(Mistake(f"the record cannot be used: others are writing; {_NOTHING}.", mend, self.name))
        try:
            yield
        finally:
            self._turn.release()

    def remember_file(self) -> None:
        """Take the file as it is now for the one that is in use."""
        if self.file is not None:
            found = self.file.stat()
            self._inode = (found.st_dev, found.st_ino)

    def _same_file(self) -> None:
        """Refuse to go on with a file that was removed or replaced: what is written into it would be lost."""
        if self.file is None or self._inode is None:
            return
        try:
            found = self.file.stat()
        except OSError as flaw:
            raise self._moved(f"it cannot be found ({flaw.strerror})") from flaw
        if (found.st_dev, found.st_ino) != self._inode:
            raise self._moved("another file stands in its place")

    def _moved(self, what: str) -> StoreError:
        mend = "Put the file back, or start the desk again to use the one that is there."
        return StoreError(Mistake(f"the record's file was moved while in use: {what}; {_NOTHING}.", mend, self.name))

    def close(self) -> None:
        """Give all connections back."""
        self.engine.dispose()


def _sqlite(url: URL) -> Engine:
    engine = create_engine(url, pool_size=16, max_overflow=32, pool_timeout=PATIENCE, connect_args={"timeout": PATIENCE})

    @event.listens_for(engine, "connect")
    def _connected(connection: sqlite3.Connection, _: Any) -> None:
        connection.isolation_level = None  # transactions begin where `_begun` says
        for pragma in ("synchronous = FULL", "foreign_keys = ON", "trusted_schema = OFF"):
            connection.execute(f"PRAGMA {pragma}").close()

    @event.listens_for(engine, "begin")
    def _begun(connection: Connection) -> None:
        writes = connection.get_execution_options().get(_WRITES)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _postgresql(url: URL) -> Engine:
    return create_engine(
        url, pool_size=16, max_overflow=32, pool_timeout=PATIENCE, pool_pre_ping=True, isolation_level="READ COMMITTED",
        connect_args={
            "connect_timeout": int(PATIENCE), "tcp_user_timeout": int(PATIENCE * 4000), "application_name": "sekisho",
            "options": f"-c lock_timeout={int(PATIENCE * 1000)} -c TimeZone=UTC",
        },
    )  # fmt: skip
