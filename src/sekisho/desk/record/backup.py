"""A copy of a record while it is in use, and a record made from a copy. PostgreSQL has its own tools for both.

A backup is one file of SQLite, whole or not there. A record is never written over: restoring refuses where one is.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import URL

from sekisho.desk.record.address import address, file_of
from sekisho.desk.record.check import Verified, verify_store
from sekisho.desk.record.export import Written
from sekisho.desk.record.faults import told
from sekisho.desk.record.files import whole
from sekisho.desk.record.log import head
from sekisho.desk.record.opening import look_into
from sekisho.desk.record.store import Store
from sekisho.errors import Mistake, SealError, StoreError, UsageError

BESIDE = ("-wal", "-shm")
"""What SQLite keeps beside a database: they belong to it, and would spoil another."""


def backup(store: Store, path: Path) -> Written:
    """Copy a record as it stands at one moment, while others go on writing to it.

    Raises `UsageError` for a PostgreSQL, `StoreError`, and `InputError` where the copy cannot be written.
    """
    if store.file is None:
        raise _not_ours("pg_dump -Fc -f FILE URL")
    with whole(path) as beside:
        _copy(store.file, beside)
        copy = Store(URL.create("sqlite", database=str(beside)))
        try:
            count, newest = head(copy)
        finally:
            copy.close()
    return Written(count, newest)


def restore(source: Path, url: str | None = None, folder: Path | None = None) -> Verified:
    """Make a record from a backup, once the backup is found to hold together.

    Raises `UsageError` for a PostgreSQL, `StoreError` where a record is there already or the backup cannot be read,
    `SealError` where it does not hold together; nothing is written then.
    """
    aim = file_of(address(url, folder))
    if aim is None:
        raise _not_ours("pg_restore -e -d URL FILE")
    _nothing_there(aim)
    found = _sound(source)
    if not aim.parent.is_dir():
        aim.parent.mkdir(parents=True, mode=0o700)
    with whole(aim, over=False) as beside:
        _copy(source, beside)
    return found


def _not_ours(command: str) -> UsageError:
    return UsageError(Mistake("a PostgreSQL is copied and restored by its own tools.", f"Use {command}."))


def _nothing_there(aim: Path) -> None:
    for path in (aim, *(aim.with_name(aim.name + ending) for ending in BESIDE)):
        if path.exists():
            mend = f"Stop the desk and move {aim.name}, {aim.name}-wal and {aim.name}-shm elsewhere, all that are there."
            raise StoreError(Mistake("there is a record already; it is never written over.", mend, str(path)))


def _sound(source: Path) -> Verified:
    store = look_into(URL.create("sqlite", database=str(source.absolute())))
    try:
        found = verify_store(store)
    finally:
        store.close()
    if not found.sound:
        raise SealError(found.mistakes(str(source)))
    return found


def _copy(source: Path, aim: Path) -> None:
    """Copy a database page by page, in one transaction; the copy is one file that needs nothing beside it."""
    with (
        told(str(aim), "nothing was copied", "the copy cannot be made"),
        closing(sqlite3.connect(source, isolation_level=None)) as here,
        closing(sqlite3.connect(aim, isolation_level=None)) as there,
    ):
        here.backup(there)
        there.execute("PRAGMA journal_mode = DELETE").close()
