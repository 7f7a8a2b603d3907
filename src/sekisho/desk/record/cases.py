"""Cases: decisions that a user saved, and all that happened to them since. Each is an event; none is taken back.

Reading them is in `views`. What an event may follow is looked at within the transaction that appends it.
"""

from __future__ import annotations

import datetime as dt
import json
import uuid

import msgspec
import rfc8785
from sqlalchemy import Connection, select

from sekisho import receipt
from sekisho.case import Case
from sekisho.case.stated import from_mapping
from sekisho.decide import Decider
from sekisho.desk.record.kinds import Corrected, Document, Noted, Redecided, Saved, Withdrawn
from sekisho.desk.record.log import LOCAL, SUBJECT, Appended, Guard, Key, append
from sekisho.desk.record.store import Store
from sekisho.desk.record.tables import ENTRIES
from sekisho.desk.record.views import no_case, read_case
from sekisho.errors import ChangedError, ConflictError, InputError, Mistake
from sekisho.receipt import Options


class By(msgspec.Struct, frozen=True):
    """On whose behalf a request writes, with which idempotency key, and the newest entry of the case it had seen."""

    actor: str = LOCAL
    key: Key | None = None
    seen: int | None = None


def decided(decider: Decider, case: Case, options: Options) -> bytes:
    """The sealed receipt of a case, decided now. Raises `SekishoError` where it cannot be decided or recorded."""
    answer = decider.decide(case, options.regimes, options.law_on, options.world_on, options.strict, options.override)
    try:
        return receipt.make(decider, case, answer, options)
    except (rfc8785.CanonicalizationError, UnicodeEncodeError) as flaw:
        raise InputError(Mistake(f"this cannot be recorded: {flaw}.", "Send plain text and smaller numbers.")) from flaw


def save(store: Store, sealed: bytes, title: str = "", note: str = "", by: By | None = None) -> Appended:
    """Save a decision, by its receipt, as a new case: the subject of its entry is the case's id."""
    by = by or By()
    return append(store, str(uuid.uuid4()), Saved(_data(sealed), title, note), by.actor, by.key)


def correct(store: Store, case: str, sealed: bytes, reason: str, title: str = "", by: By | None = None) -> Appended:
    """Put another decision in the place of the one saved. Raises `AbsentError`, `ConflictError` if it was withdrawn."""
    return _on(store, case, Corrected(_data(sealed), reason, title), by, open_only=True)


def withdraw(store: Store, case: str, reason: str, by: By | None = None) -> Appended:
    """Withdraw a case, once. Raises `AbsentError`, and `ConflictError` if it was withdrawn before."""
    return _on(store, case, Withdrawn(reason), by, open_only=True)


def note(store: Store, case: str, text: str, by: By | None = None) -> Appended:
    """Add a note to a case, withdrawn or not. Raises `AbsentError`."""
    return _on(store, case, Noted(text), by)


def add_document(store: Store, case: str, document: Document, by: By | None = None) -> Appended:
    """Record the hash of a document of a case, withdrawn or not. Raises `AbsentError`."""
    return _on(store, case, document, by)


class Again(msgspec.Struct, frozen=True):
    """A case decided again, not recorded: its new receipt, the verdict before, and what differs."""

    sealed: bytes
    before: str
    now: str
    changes: tuple[str, ...]


def decide_again(
    store: Store, decider: Decider, case: str, law_on: dt.date | None = None, world_on: dt.date | None = None
) -> Again:  # fmt: skip
    """Decide a case as it was last saved or corrected again: under the law files of now, or of another day.

    Raises `AbsentError`, and `SekishoError` where the case is no longer accepted.
    """
    content = read_case(store, case).receipt
    body, _ = receipt.sealed(content, f"the receipt of {case}")
    before = msgspec.convert(body["options"], Options)
    options = msgspec.structs.replace(before, law_on=law_on or before.law_on, world_on=world_on or before.world_on)
    stated = from_mapping(body["case"], decider.corpus, case)
    sealed = decided(decider, stated, options)
    found = receipt.verify_bytes(decider, content, case, options)
    return Again(sealed, found.then, found.now, found.changes)


def record_again(store: Store, case: str, again: Again, reason: str = "", by: By | None = None) -> Appended:
    """Record that a case was decided again. Raises `AbsentError`, and `ConflictError` if it was withdrawn."""
    body = Redecided(_data(again.sealed), again.before, list(again.changes), reason)
    return _on(store, case, body, by, open_only=True)


def _data(sealed: bytes) -> dict[str, object]:
    """A receipt as data: its canonical form is the receipt itself."""
    receipt.sealed(sealed, "the receipt")
    found: dict[str, object] = json.loads(sealed)
    return found


_Of = Corrected | Withdrawn | Noted | Document | Redecided


def _on(store: Store, case: str, body: _Of, by: By | None, open_only: bool = False) -> Appended:
    by = by or By()
    if not SUBJECT.fullmatch(case):
        raise no_case(case)
    return append(store, case, body, by.actor, by.key, _guard(case, by.seen, open_only))


def _guard(case: str, seen: int | None, open_only: bool) -> Guard:
    def look(connection: Connection) -> None:
        query = select(ENTRIES.c.sequence, ENTRIES.c.kind).where(ENTRIES.c.subject == case).order_by(ENTRIES.c.sequence)
        found = [(row.sequence, row.kind) for row in connection.execute(query)]
        kinds = [kind for _, kind in found]
        if "case.saved" not in kinds:
            raise no_case(case)
        if open_only and "case.withdrawn" in kinds:
            raise ConflictError(Mistake(f"the case '{case}' was withdrawn.", "Save the decision as a new case."))
        if seen is not None and seen != found[-1][0]:
            what = f"the case '{case}' has changed since: its newest entry is {found[-1][0]}, not {seen}."
            raise ChangedError(Mistake(what, "Read it again."))

    return look
