"""Opening a record: made where it is not there, brought to the code's revision by the migrations, or only looked at.

Several processes may open one record at once: what is to be done is done by one of them, in one transaction, under the
lock that writers take.
"""

from __future__ import annotations

import datetime as dt
import os
import sqlite3
import time
import uuid
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import URL, Connection, column, inspect, select, table

from sekisho.desk.record.address import address, file_of
from sekisho.desk.record.entry import canonical
from sekisho.desk.record.faults import told
from sekisho.desk.record.kinds import Begun, kind_of
from sekisho.desk.record.log import LOCAL, append_within, last
from sekisho.desk.record.store import PATIENCE, Store
from sekisho.desk.record.tables import VERSIONS
from sekisho.errors import Mistake, StoreError

FOLDER = Path(__file__).resolve().parent / "migrations"
REVISIONS = ("0001", "0002")
"""The revisions of the migrations, oldest first; a test holds this to the files."""
_VERSION = table(VERSIONS, column("version_num"))


def open_record(
    url: str | None = None, folder: Path | None = None, clock: Callable[[], dt.datetime] | None = None
) -> Store:  # fmt: skip
    """Open a record to write into it; it is made if it is not there, and brought to the code's revision.

    `url` and `folder` as in `address`; `clock` gives the time of an entry, by default that of the machine. Raises
    `StoreError`, also for a database of a newer version, and `UsageError` for a URL that is none.
    """
    with ExitStack() as undo:
        place = address(url, folder)
        _make_file(file_of(place))
        store = Store(place, clock)
        undo.callback(store.close)
        _write_ahead(store)
        with store.writing() as connection:
            _prepare(store, connection)
        store.remember_file()
        undo.pop_all()
        return store


def look_into(url: str | URL | None = None, folder: Path | None = None) -> Store:
    """Open a record that is there, of any revision that the code knows, to read it. Nothing in it is changed.

    Raises as `open_record` does.
    """
    with ExitStack() as undo:
        store = Store(address(url, folder))
        undo.callback(store.close)
        if store.file is not None and not store.file.is_file():
            raise StoreError(Mistake("there is no record.", "Check the path, or start the desk once.", store.name))
        with store.reading() as connection:
            if revision(store, connection) is None:
                raise _foreign(store)
        undo.pop_all()
        return store


def _make_file(file: Path | None) -> None:
    """The file of a database and its folder, which nobody else may look into if they are made here."""
    if file is None:
        return
    try:
        if not file.parent.is_dir():
            file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not file.exists():
            os.close(os.open(file, os.O_CREAT | os.O_RDWR, 0o600))
    except OSError as flaw:
        raise StoreError(Mistake(f"the record cannot be made: {flaw.strerror}.", "Check the folder.", str(file))) from flaw


def _write_ahead(store: Store) -> None:
    """Have SQLite write ahead: the file remembers it."""
    if store.file is None:
        return
    with told(store.name, "nothing was changed"):
        connection = store.engine.raw_connection()
        try:
            mode = _asked_ahead(connection.cursor())
        finally:
            connection.close()
    if mode != "wal":
        mend = "Put it on a disk of this machine: a network's will not do."
        raise StoreError(Mistake("the record's disk cannot keep a log of writes ahead.", mend, store.name))


def _asked_ahead(cursor: Any) -> str:
    """The journal's mode once SQLite was asked to write ahead. Where another process asks at once, it waits its turn:
    SQLite tells each of two that change the mode together that the database is locked, without waiting itself."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            (mode,) = cursor.execute("PRAGMA journal_mode = WAL").fetchone()
        except sqlite3.OperationalError as flaw:
            if flaw.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED) or time.monotonic() > until:
                raise
            time.sleep(0.01)
        else:
            return str(mode)


def revision(store: Store, connection: Connection) -> str | None:
    """The revision of a record; None for an empty database. Raises `StoreError` for one that the code does not know."""
    if not inspect(connection).has_table(VERSIONS):
        if store.file is not None and inspect(connection).get_table_names():
            raise _foreign(store)
        return None
    found = connection.execute(select(_VERSION.c.version_num)).scalars().all()
    if len(found) != 1:
        raise StoreError(Mistake("the record does not say of which revision it is.", "Restore a backup.", store.name))
    if found[0] not in REVISIONS:
        what = f"the record is of a newer version: its revision is {found[0]}, this code knows {REVISIONS[-1]}."
        raise StoreError(Mistake(what, "Install the newer Sekisho; nothing was changed.", store.name))
    return str(found[0])


def _foreign(store: Store) -> StoreError:
    return StoreError(Mistake("this database holds no record of a desk.", "Name another file or database.", store.name))


def _prepare(store: Store, connection: Connection) -> None:
    if revision(store, connection) != REVISIONS[-1]:
        upgrade(connection, REVISIONS[-1])
    if last(connection) is None:
        begun = Begun(uuid.uuid4().hex)
        append_within(connection, store.clock(), "log", kind_of(begun), canonical(msgspec.to_builtins(begun)), LOCAL)


def upgrade(connection: Connection, aim: str) -> None:
    """Bring a database to a revision, within the transaction of the connection."""
    from alembic import command  # noqa: PLC0415 (a tenth of a second, and only a database of another revision needs it)
    from alembic.config import Config  # noqa: PLC0415 (behind the same door)

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    command.upgrade(config, aim)
