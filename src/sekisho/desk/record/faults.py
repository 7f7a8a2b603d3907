"""What a database can do to us, as errors that say what happened, whether anything was written, and the mend."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, SQLAlchemyError, TimeoutError

from sekisho.errors import Mistake, StoreError

_FULL = ("the disk is full", "Make room on the disk of the database and ask again.")
_BUSY = ("it is busy with other writers", "Ask again in a moment.")
_GONE = ("it cannot be reached", "Start the database, or check its address; then ask again.")
_DAMAGED = ("its file is damaged", "Stop the desk, put the file aside and restore a backup: docs/desk.md, Backup and restore.")
_DENIED = ("it refuses this user", "Check the user and the password of its address, and what the user may do.")
_FAILS = ("its disk fails", "Check the disk; then ask again.")
_READ_ONLY = ("it may only be read", "Check who owns the file and its folder.")

_SQLITE: Mapping[int, tuple[str, str]] = {
    sqlite3.SQLITE_BUSY: _BUSY,
    sqlite3.SQLITE_LOCKED: _BUSY,
    sqlite3.SQLITE_FULL: _FULL,
    sqlite3.SQLITE_CORRUPT: _DAMAGED,
    sqlite3.SQLITE_NOTADB: ("its file is no database of SQLite, or is damaged", _DAMAGED[1]),
    sqlite3.SQLITE_CANTOPEN: ("its file cannot be opened", "Check the folder and who owns it."),
    sqlite3.SQLITE_READONLY: _READ_ONLY,
    sqlite3.SQLITE_PERM: _READ_ONLY,
    sqlite3.SQLITE_AUTH: _READ_ONLY,
    sqlite3.SQLITE_IOERR: _FAILS,
}
"""By SQLite's primary result code: what happened and the mend."""

_POSTGRESQL: Mapping[str, tuple[str, str]] = {
    "08": _GONE,
    "57": _GONE,
    "53100": _FULL,
    "53300": ("it has too many connections", "Ask again in a moment."),
    "55P03": _BUSY,
    "40": _BUSY,
    "28": _DENIED,
    "42501": _DENIED,
    "25006": ("it may only be read", "Name the server that takes writes."),
    "3D000": ("there is no such database", "Create it: createdb."),
    "XX001": ("its files are damaged", "Restore a backup: docs/desk.md, Backup and restore."),
}
"""By PostgreSQL's SQLSTATE, or its class: what happened and the mend."""


_SAID: tuple[tuple[str, tuple[str, str]], ...] = (
    ("authentication failed", _DENIED),
    ("no pg_hba.conf entry", _DENIED),
    ('FATAL:  role "', _DENIED),
    ('FATAL:  database "', _POSTGRESQL["3D000"]),
    ("too many", _POSTGRESQL["53300"]),
)
"""By words of a server that lets nobody in, which has no state then: what happened and the mend."""


def happened(flaw: BaseException) -> tuple[str, str]:
    """What a driver's exception means, and the mend."""
    if isinstance(flaw, TimeoutError):
        return _BUSY
    cause = flaw.orig if isinstance(flaw, DBAPIError) else flaw
    if isinstance(cause, sqlite3.Error):
        code = getattr(cause, "sqlite_errorcode", None)
        found = _SQLITE.get(code & 0xFF) if code is not None else None
        if found is None and isinstance(cause, sqlite3.DatabaseError) and "malformed" in str(cause):
            found = _DAMAGED
        return found or (f"it says: {cause}", "")
    state = getattr(cause, "sqlstate", None)
    if state is None and isinstance(flaw, DBAPIError) and (flaw.connection_invalidated or _unconnected(cause)):
        return next((found for words, found in _SAID if words in str(cause)), _GONE)
    for length in (5, 2):
        if state is not None and state[:length] in _POSTGRESQL:
            return _POSTGRESQL[state[:length]]
    message = getattr(getattr(cause, "diag", None), "message_primary", None)
    return f"it says: {message or type(cause).__name__}", ""


def is_damage(flaw: BaseException) -> bool:
    """Whether a driver's exception says that the file of a database is damaged."""
    return happened(flaw) == _DAMAGED


def _unconnected(cause: object) -> bool:
    """Whether psycopg failed before a server could say why: it has no SQLSTATE then."""
    return type(cause).__name__ in ("OperationalError", "ConnectionTimeout", "ConnectionFailure", "InterfaceError")


_UNSURE = (_GONE, _FAILS)
"""What can hide whether a commit took place. Any other refusal is the database's own word that it did not."""


@contextmanager
def told(name: str, outcome: str, failed: str = "the record cannot be used", unsure: str = "") -> Iterator[None]:
    """Raise what a database raises as `StoreError`: `name` is the store's, `outcome` says what holds after it `failed`.

    `unsure` says it instead where the database went while committing.
    """
    try:
        yield
    except (SQLAlchemyError, sqlite3.Error) as flaw:
        what, mend = found = happened(flaw)
        held = unsure if unsure and found in _UNSURE else outcome
        raise StoreError(Mistake(f"{failed}: {what}; {held}.", mend, name)) from flaw
