"""Cases as they stand, worked out from the log each time they are read: nothing else is kept of them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
import rfc8785
from sqlalchemy import Connection, func, select

from sekisho.desk.record.entry import Entry
from sekisho.desk.record.log import SUBJECT, entries, entry_of
from sekisho.desk.record.store import Store
from sekisho.desk.record.tables import ENTRIES
from sekisho.errors import AbsentError, Mistake
from sekisho.text import visible

MOST = 2**53
"""No log has so many entries: a number beyond it is none that we gave."""
_DECIDES = ("case.saved", "case.corrected")
"""The kinds of which the newest says how a case was decided."""


class Regime(msgspec.Struct, frozen=True):
    """What one regime said."""

    regime: str
    verdict: str
    summary: str


class Decided(msgspec.Struct, frozen=True):
    """What a receipt says, as far as a list shows it."""

    seal: str
    verdict: str
    summary: str
    case: dict[str, Any]
    options: dict[str, Any]
    law_version: str
    world_version: str
    regimes: tuple[Regime, ...]


class SavedCase(msgspec.Struct, frozen=True):
    """A case as it stands. `number` is that of the entry that saved it, `newest` that of its newest entry."""

    id: str
    number: int
    newest: int
    title: str
    status: str
    saved: str
    changed: str
    corrections: int
    notes: int
    documents: int
    redecisions: int
    decided: Decided


class Happened(msgspec.Struct, frozen=True):
    """One thing that happened to a case. `holds` is what the entry holds, `decided` stands in for its receipt."""

    number: int
    id: str
    time: str
    kind: str
    actor: str
    hash: str
    holds: dict[str, Any]
    decided: Decided | None


class CaseHistory(msgspec.Struct, frozen=True):
    """A case as it stands, and all that happened to it, oldest first. `receipt` is the newest that decides it."""

    case: SavedCase
    events: tuple[Happened, ...]
    receipt: bytes


class Listed(msgspec.Struct, frozen=True):
    """A page of cases, newest first. `after` is where the next page begins, None where there is none."""

    cases: tuple[SavedCase, ...]
    after: int | None


def list_cases(store: Store, limit: int = 50, after: int | None = None) -> Listed:
    """The cases saved before the one of number `after`, newest first. Raises `StoreError`."""
    query = select(ENTRIES).where(ENTRIES.c.kind == "case.saved").order_by(ENTRIES.c.sequence.desc()).limit(limit + 1)
    if after is not None:
        query = query.where(ENTRIES.c.sequence < max(0, min(after, MOST)))
    with store.reading() as connection:
        saved = [entry_of(row) for row in connection.execute(query)]
        page = saved[:limit]
        events = _events(connection, [entry.subject for entry in page])
    cases = tuple(_case(events[entry.subject]) for entry in page)
    return Listed(cases, page[-1].sequence if len(saved) > limit else None)


def count_cases(store: Store) -> int:
    """How many cases were saved, those withdrawn among them. Raises `StoreError`."""
    with store.reading() as connection:
        found = connection.execute(select(func.count()).select_from(ENTRIES).where(ENTRIES.c.kind == "case.saved")).scalar_one()
        return int(found)


def read_case(store: Store, case: str) -> CaseHistory:
    """A case with its history. Raises `AbsentError` where there is no such case, and `StoreError`."""
    found = []
    if SUBJECT.fullmatch(case):
        with store.reading() as connection:
            found = _events(connection, [case])[case]
    if not found or found[0].kind != "case.saved":
        raise no_case(case)
    return CaseHistory(_case(found), tuple(happened(entry) for entry in found), receipt_of(_deciding(found)))


def read_event(store: Store, case: str, number: int) -> Entry:
    """One entry of a case, by its number in the log. Raises `AbsentError` and `StoreError`."""
    if not SUBJECT.fullmatch(case) or not 0 < number <= MOST:
        raise no_case(case)
    query = select(ENTRIES).where(ENTRIES.c.subject == case, ENTRIES.c.sequence == number)
    with store.reading() as connection:
        row = connection.execute(query).one_or_none()
    if row is None:
        raise AbsentError(Mistake(f"the case '{case}' has no entry {number}.", "Look it up in its history."))
    return entry_of(row)


def no_case(case: str) -> AbsentError:
    """That there is no case of an id."""
    return AbsentError(Mistake(f"there is no case '{visible(case[:80])}'.", "Look it up in the list of cases."))


def _events(connection: Connection, subjects: Sequence[str]) -> dict[str, list[Entry]]:
    found: dict[str, list[Entry]] = {subject: [] for subject in subjects}
    query = select(ENTRIES).where(ENTRIES.c.subject.in_(subjects)).order_by(ENTRIES.c.sequence)
    for entry in entries(connection, query):
        found[entry.subject].append(entry)
    return found


def _deciding(events: Sequence[Entry]) -> Entry:
    return next(entry for entry in reversed(events) if entry.kind in _DECIDES)


def _case(events: Sequence[Entry]) -> SavedCase:
    kinds = [entry.kind for entry in events]
    return SavedCase(
        id=events[0].subject, number=events[0].sequence, newest=events[-1].sequence, title=_title(events),
        status="withdrawn" if "case.withdrawn" in kinds else "open", saved=events[0].time, changed=events[-1].time,
        corrections=kinds.count("case.corrected"), notes=kinds.count("case.noted"), documents=kinds.count("case.document"),
        redecisions=kinds.count("case.redecided"), decided=_decided(_deciding(events)),
    )  # fmt: skip


class _Titled(msgspec.Struct):
    title: str = ""


def _title(events: Iterable[Entry]) -> str:
    """The newest title that was given; else that of the case as it was stated."""
    given = [msgspec.json.decode(entry.body, type=_Titled).title for entry in events if entry.kind in _DECIDES]
    stated = _decided(_deciding(list(events))).case.get("title", "")
    return next((title for title in reversed(given) if title), str(stated))


class _Decision(msgspec.Struct):
    verdict: str
    summary: str
    decisions: tuple[Regime, ...]


class _Body(msgspec.Struct):
    case: dict[str, Any]
    options: dict[str, Any]
    law_version: str
    world_version: str
    decision: _Decision


class _Receipt(msgspec.Struct):
    body: _Body
    seal: str


class _Held(msgspec.Struct):
    receipt: _Receipt


def _decided(entry: Entry) -> Decided:
    return _shown(msgspec.json.decode(entry.body, type=_Held).receipt)


def decided_of(sealed: bytes) -> Decided:
    """What a receipt says, as far as a list shows it."""
    return _shown(msgspec.json.decode(sealed, type=_Receipt))


def _shown(found: _Receipt) -> Decided:
    body = found.body
    return Decided(
        found.seal, body.decision.verdict, body.decision.summary, body.case, body.options, body.law_version,
        body.world_version, body.decision.decisions,
    )  # fmt: skip


def happened(entry: Entry) -> Happened:
    """An entry as its history shows it."""
    holds = entry.holds()
    has_receipt = holds.pop("receipt", None) is not None
    found = _decided(entry) if has_receipt else None
    return Happened(entry.sequence, entry.id, entry.time, entry.kind, entry.actor, entry.hash, holds, found)


def receipt_of(entry: Entry) -> bytes:
    """The receipt that an entry holds, as its file. Raises `AbsentError` where it holds none."""
    held = json.loads(entry.body).get("receipt")
    if held is None:
        raise AbsentError(Mistake(f"the entry {entry.sequence} holds no receipt.", "Name one that decided."))
    return bytes(rfc8785.dumps(held)) + b"\n"
