"""The log: entries appended one at a time, each with the hash of the one before. Nothing in it is changed or removed."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from collections.abc import Callable, Iterator
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, Select, insert, select

from sekisho.desk.record.entry import GENESIS, Entry, canonical, linked
from sekisho.desk.record.kinds import Body, checked, kind_of
from sekisho.desk.record.store import Store
from sekisho.desk.record.tables import ENTRIES, KEYS
from sekisho.errors import ConflictError, Mistake, UsageError

LOCAL = "local"
"""Who acts as long as nobody signs in."""
SUBJECT = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_KEY = re.compile(r"[\x21-\x7e]{1,255}")
_ROWS = 32
"""Entries fetched at a time while streaming: some megabytes of receipts."""

Guard = Callable[[Connection], None]
"""Looks at the record within the transaction that appends, and raises where the entry may not follow."""


class Key(msgspec.Struct, frozen=True):
    """An idempotency key, and the hash (`sha256:…`) of the request that it stands for."""

    key: str
    request: str


class Appended(msgspec.Struct, frozen=True):
    """The entry that an append made; `again` if it was made before, by the same request with the same key."""

    entry: Entry
    again: bool = False


def append(
    store: Store, subject: str, body: Body, actor: str = LOCAL, key: Key | None = None, guard: Guard | None = None
) -> Appended:  # fmt: skip
    """Append what happened to a subject, once: the same key and request give the same entry again.

    Raises `ConflictError` for a key that stood for another request, what `guard` raises, `InputError` for a body that
    breaks its shape, and `StoreError`; nothing is written then.
    """
    content = _content(body)
    _check(SUBJECT, subject, "subject", "letters, digits, dots and hyphens")
    with store.writing() as connection:
        before = _answered(connection, actor, key)
        if before is not None:
            return Appended(before, again=True)
        if guard is not None:
            guard(connection)
        entry = append_within(connection, store.clock(), subject, kind_of(body), content, actor)
        if key is not None:
            found = {"actor": actor, "key": key.key, "request": key.request, "sequence": entry.sequence}
            connection.execute(insert(KEYS).values(found))
    return Appended(entry)


def _content(body: Body) -> str:
    plain = msgspec.to_builtins(body)
    checked(kind_of(body), plain)
    return canonical(plain)


def _check(pattern: re.Pattern[str], text: str, name: str, wanted: str) -> None:
    if not pattern.fullmatch(text):
        raise UsageError(Mistake(f"'{text[:80]}' is no {name}.", f"It has {wanted}.", field=name))


def append_within(connection: Connection, now: dt.datetime, subject: str, kind: str, content: str, actor: str) -> Entry:
    """Append in a transaction that nobody else can be writing in. `content` is canonical JSON."""
    entry = linked(last(connection), str(uuid.uuid4()), stamp(now), kind, subject, actor, content)
    connection.execute(insert(ENTRIES).values(msgspec.structs.asdict(entry)))
    return entry


def stamp(moment: dt.datetime) -> str:
    """A moment as an entry has it: UTC, to the microsecond.

    >>> stamp(dt.datetime(1976, 2, 27, 9, 0, tzinfo=dt.timezone(dt.timedelta(hours=9))))
    '1976-02-27T00:00:00.000000Z'
    """
    return moment.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def answered(store: Store, key: Key, actor: str = LOCAL) -> Entry | None:
    """The entry that a key made before, if it did. Raises `ConflictError` if it stood for another request."""
    with store.reading() as connection:
        return _answered(connection, actor, key)


def _answered(connection: Connection, actor: str, key: Key | None) -> Entry | None:
    if key is None:
        return None
    _check(_KEY, key.key, "idempotency key", "1 to 255 visible characters of ASCII")
    found = connection.execute(select(KEYS).where(KEYS.c.actor == actor, KEYS.c.key == key.key)).one_or_none()
    if found is None:
        return None
    if found.request != key.request:
        mend = "Take a new key for a new request."
        raise ConflictError(Mistake(f"the idempotency key '{key.key}' was used for another request.", mend))
    return entry_of(connection.execute(select(ENTRIES).where(ENTRIES.c.sequence == found.sequence)).one())


def entry_of(row: Row[Any]) -> Entry:
    """The entry that a row holds."""
    return Entry(**row._mapping)


def last(connection: Connection) -> Entry | None:
    """The newest entry, if there is one."""
    row = connection.execute(select(ENTRIES).order_by(ENTRIES.c.sequence.desc()).limit(1)).one_or_none()
    return None if row is None else entry_of(row)


def head(store: Store) -> tuple[int, str]:
    """How many entries there are, and the hash of the newest: whoever keeps it notices later if the log was shortened."""
    with store.reading() as connection:
        newest = last(connection)
    return (newest.sequence, newest.hash) if newest is not None else (0, GENESIS)


def entries(connection: Connection, query: Select[Any] | None = None) -> Iterator[Entry]:
    """All entries in their order, or those of a query, a few at a time."""
    asked = select(ENTRIES).order_by(ENTRIES.c.sequence) if query is None else query
    with connection.execute(asked, execution_options={"yield_per": _ROWS}) as found:
        for row in found:
            yield entry_of(row)
