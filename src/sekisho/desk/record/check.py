"""Whether a log holds together: numbers without a gap, each link, each hash, and the seal of every receipt in it.

A log whose newest entries were cut off holds together: only who knows its head of an earlier day can tell.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec
import rfc8785
from sqlalchemy import Connection
from sqlalchemy.exc import DatabaseError

from sekisho import receipt
from sekisho.desk.record.entry import GENESIS, HASH, Entry
from sekisho.desk.record.export import lines
from sekisho.desk.record.faults import is_damage
from sekisho.desk.record.kinds import KINDS, checked
from sekisho.desk.record.log import entries
from sekisho.desk.record.store import Store
from sekisho.errors import InputError, Mistake, SekishoError, UsageError

MOST = 1000
"""Flaws told one by one; a log with more has one cause."""
SHORTENED = "A log whose newest entries were cut off still holds together: only its head, kept elsewhere, shows that."


class Flaw(msgspec.Struct, frozen=True):
    """One thing wrong with a log. `entry` is the number of the entry, None where it is the log as a whole."""

    entry: int | None
    what: str


class Verified(msgspec.Struct, frozen=True):
    """What was found. `unknown` counts entries of kinds that this code does not know: their bodies were not looked into."""

    sound: bool
    entries: int
    receipts: int
    unknown: int
    head: str
    known_head: str | None
    flaws: tuple[Flaw, ...]
    more: int

    def mistakes(self, name: str) -> list[Mistake]:
        """The flaws as mistakes of the log of that name."""
        told = [Mistake(f"entry {f.entry}: {f.what}." if f.entry is not None else f"{f.what}.", file=name) for f in self.flaws]
        return told + ([Mistake(f"and {self.more:,} more.", file=name)] if self.more else [])


def known_head(text: str | None) -> str | None:
    """A head that a user knows, with or without `sha256:` before it. Raises `UsageError` if it is no hash."""
    if text is None:
        return None
    found = text if text.startswith("sha256:") else f"sha256:{text}"
    if not HASH.fullmatch(found):
        raise UsageError(Mistake(f"--head: '{text[:80]}' is no hash of an entry.", "Write sha256: and 64 digits of hex."))
    return found


def verify_export(path: Path, head: str | None = None) -> Verified:
    """Check a log from its export. Raises `InputError` where the file cannot be read."""
    return _verified(lines(path), head, ())


def verify_store(store: Store, head: str | None = None) -> Verified:
    """Check a log in its store, as it stands at one moment. Raises `StoreError` where the store cannot be read."""
    with store.reading() as connection:
        faults = _integrity(connection) if store.file is not None else []
        flaws = tuple(Flaw(None, f"the file of the database is damaged: {fault}") for fault in faults[:10])
        return _verified(_as_far(entries(connection)), head, flaws)


def _integrity(connection: Connection) -> list[str]:
    """What SQLite finds wrong with its own file."""
    try:
        return [row for (row,) in connection.exec_driver_sql("PRAGMA integrity_check").all() if row != "ok"]
    except DatabaseError as flaw:
        if not is_damage(flaw):
            raise
        return ["it cannot be read through"]


def _as_far(found: Iterator[Entry]) -> Iterator[Entry | str]:
    """The entries of a store; of one whose file is damaged those up to there, and that it is."""
    try:
        yield from found
    except DatabaseError as flaw:
        if not is_damage(flaw):
            raise
        yield "it cannot be read, nor what follows it: the file of the database is damaged"


class _Reading:
    """The state of going through a log."""

    def __init__(self, head: str | None) -> None:
        self.known, self.seen = head, head is None
        self.count = self.receipts = self.unknown = 0
        self.next = 1
        self.before: Entry | None = None
        self.broken = False
        """Whether the entry before could not be read, so that a link to it cannot be told."""

    def flaws(self, found: Entry | str) -> Iterator[Flaw]:
        """What is wrong with the next entry."""
        self.count += 1
        expected = self.next
        self.next = expected + 1 if isinstance(found, str) else found.sequence + 1
        if isinstance(found, str):
            self.broken = True
            yield Flaw(expected, found)
            return
        yield from self._order(found, expected)
        if found.hash != found.worked_out:
            yield Flaw(found.sequence, f"it was changed: its hash is {found.hash} and ought to be {found.worked_out}")
        yield from self._held(found)
        self.seen = self.seen or found.hash == self.known
        self.before, self.broken = found, False

    def _order(self, found: Entry, expected: int) -> Iterator[Flaw]:
        if found.sequence > expected:
            span = f"{expected} to {found.sequence - 1} are" if found.sequence > expected + 1 else f"{expected} is"
            yield Flaw(found.sequence, f"{span} missing before it")
        elif found.sequence < expected:
            yield Flaw(found.sequence, f"it stands where {expected} ought to: twice, or out of order")
        elif not self.broken and found.previous != (self.before.hash if self.before is not None else GENESIS):
            yield Flaw(found.sequence, "it does not follow the entry before: one of the two was changed, or is of another log")
        if self.before is None and not self.broken and found.kind != "log.begun":
            yield Flaw(found.sequence, "a log begins with log.begun")

    def _held(self, found: Entry) -> Iterator[Flaw]:
        try:
            held = json.loads(found.body)
            if rfc8785.dumps(held).decode() != found.body:
                yield Flaw(found.sequence, "its body is not in canonical form")
        except (ValueError, RecursionError):
            yield Flaw(found.sequence, "its body cannot be read")
            return
        if found.kind not in KINDS:
            self.unknown += 1
            return
        try:
            checked(found.kind, held)
            if isinstance(held.get("receipt"), dict):
                self.receipts += 1
                receipt.sealed(rfc8785.dumps(held["receipt"]) + b"\n", f"entry {found.sequence}")
        except InputError as flaw:
            yield Flaw(found.sequence, f"it does not hold what it should: {flaw.mistakes[0].what.rstrip('.')}")
        except SekishoError as flaw:
            yield Flaw(found.sequence, f"its receipt: {flaw.mistakes[0].what.rstrip('.')}")

    def end(self) -> Iterator[Flaw]:
        """What is wrong with the log as a whole."""
        if not self.count:
            yield Flaw(None, "the log is empty: not even its first entry is there")
        if not self.seen:
            yield Flaw(None, f"no entry has the hash {self.known}: entries were cut off or changed, or it is another log")


def _verified(found: Iterable[Entry | str], head: str | None, flaws: tuple[Flaw, ...]) -> Verified:
    reading, told, more = _Reading(head), list(flaws), 0

    def note(new: Iterable[Flaw]) -> None:
        nonlocal more
        for flaw in new:
            if len(told) < MOST:
                told.append(flaw)
            else:
                more += 1

    for entry in found:
        note(reading.flaws(entry))
    note(reading.end())
    newest = reading.before.hash if reading.before is not None else GENESIS
    return Verified(not told, reading.count, reading.receipts, reading.unknown, newest, head, tuple(told), more)
