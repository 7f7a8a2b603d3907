"""Cases: a decision saved, and what happened to it since. Each request that writes appends an event; none is changed."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from fastapi import Body, Path, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from sekisho.desk.api.common import DAY, data, day_of, documented, engine, located, router_of
from sekisho.desk.api.decide import LawOn, Override, Regimes, Strict, WorldOn, case_of, options_of
from sekisho.desk.api.law import versioned
from sekisho.desk.api.paging import Cursor, Limit, key, token
from sekisho.desk.api.shapes import Shape, Verdict
from sekisho.desk.api.writing import Writes, WritesOn
from sekisho.desk.keeping import store_of
from sekisho.desk.record import cases, views
from sekisho.desk.record.entry import Entry
from sekisho.desk.record.kinds import LONG, SHORT, Document
from sekisho.receipt import Options

router = router_of("cases")
CaseId = Annotated[str, Path(max_length=64, description="The case, as it was named when it was saved.")]


class _Asked(BaseModel):
    model_config = ConfigDict(extra="forbid")


class SaveBody(_Asked):
    """A case to decide and save; how it is decided stands in the query, as for /v1/decide."""

    case: dict[str, Any] = Field(description="A case, as /v1/decide takes it.")
    title: str = Field(default="", max_length=SHORT)
    note: str = Field(default="", max_length=LONG)


class CorrectBody(_Asked):
    """The case as it ought to have been, and why."""

    case: dict[str, Any] = Field(description="A case, as /v1/decide takes it.")
    reason: str = Field(min_length=1, max_length=LONG)
    title: str = Field(default="", max_length=SHORT)


class WithdrawBody(_Asked):
    """Why a case is withdrawn."""

    reason: str = Field(min_length=1, max_length=LONG)


class NoteBody(_Asked):
    """A note."""

    text: str = Field(min_length=1, max_length=LONG)


class DocumentBody(_Asked):
    """A document of a case, of which its hash is kept and not the document."""

    name: str = Field(min_length=1, max_length=SHORT)
    size: int = Field(ge=0, le=2**53 - 1, description="Bytes.", strict=True)
    sha256: str = Field(pattern="^sha256:[0-9a-f]{64}$", description="`sha256:` and 64 digits of hex.")
    note: str = Field(default="", max_length=LONG)


class RedecideBody(_Asked):
    """Under the law and in the world of which days to decide again; without them, as before, by the files of now."""

    law_on: str | None = Field(default=None, json_schema_extra=DAY)
    world_on: str | None = Field(default=None, json_schema_extra=DAY)
    reason: str = Field(default="", max_length=LONG)


class RegimeShape(Shape):
    """What one regime said."""

    regime: str
    verdict: Verdict
    summary: str


class DecidedShape(Shape):
    """A decision, by its receipt."""

    seal: str
    verdict: Verdict
    summary: str
    case: dict[str, Any]
    options: dict[str, Any]
    law_version: str
    world_version: str
    regimes: list[RegimeShape]


class SavedCaseShape(Shape):
    """A case as it stands."""

    id: str
    number: int = Field(description="The entry of the log that saved it.")
    newest: int = Field(description="The newest entry of the log that is of it.")
    title: str
    status: str = Field(description="open or withdrawn.")
    saved: str = Field(description="When, in UTC.")
    changed: str
    corrections: int
    notes: int
    documents: int
    redecisions: int
    decided: DecidedShape


class EventShape(Shape):
    """One thing that happened to a case."""

    number: int
    id: str
    time: str
    kind: str
    actor: str
    hash: str
    holds: dict[str, Any]
    decided: DecidedShape | None


class Recorded(Shape):
    """The event that was recorded."""

    case: str
    event: EventShape


class CasesShape(Shape):
    """A page of cases, newest first."""

    law_version: str
    world_version: str
    cases: list[SavedCaseShape]
    next: str | None


class CaseShape(Shape):
    """A case with its history, oldest first."""

    law_version: str
    world_version: str
    case: SavedCaseShape
    events: list[EventShape]


class AgainShape(Shape):
    """A case decided again, and what differs; nothing was recorded."""

    law_version: str
    world_version: str
    before: Verdict
    now: Verdict
    changes: list[str]
    decided: DecidedShape


_MADE: dict[int | str, dict[str, Any]] = {
    201: {"model": Recorded, "description": "Recorded; the same again for the same idempotency key"},
}

_LOCATION = {"Location": {"schema": {"type": "string"}, "description": "The address of the case"}}


def _recorded(entry: Entry) -> dict[str, Any]:
    return {"case": entry.subject, "event": msgspec.to_builtins(views.happened(entry))}


@router.get("/cases", operation_id="listCases", summary="The saved cases", responses={
    **documented(), 200: {"model": CasesShape, "description": "A page of cases, newest first"},
})  # fmt: skip
def list_cases(request: Request, limit: Limit = 50, cursor: Cursor = None) -> Response:
    """The saved cases, newest first, as they stand."""
    after = None if cursor is None else key(cursor, int)[0]
    found = views.list_cases(store_of(request), limit, after)
    following = None if found.after is None else token(found.after)
    return data(versioned() | {"cases": msgspec.to_builtins(found.cases), "next": following})


@router.post("/cases", operation_id="saveCase", summary="Decide a case and save it", status_code=201,
             responses={**documented(409), 201: _MADE[201] | {"headers": _LOCATION}})  # fmt: skip
def save_case(
    request: Request, writing: Writes, body: Annotated[SaveBody, Body()], regime: Regimes = None, law_on: LawOn = None,
    world_on: WorldOn = None, strict: Strict = False, override: Override = False,
) -> Response:  # fmt: skip
    """Decide a case now, and save the decision with its receipt."""
    options = options_of(regime, law_on, world_on, strict, override)
    return writing.once(
        body.model_dump(),
        lambda by: cases.save(store_of(request), _sealed(body.case, options), body.title, body.note, by),
        _recorded,
        lambda entry: f"/v1/cases/{entry.subject}",
    )


def _sealed(stated: dict[str, Any], options: Options) -> bytes:
    case = case_of(stated, "/case")
    return located(stated, "/case", lambda: cases.decided(engine(), case, options))


@router.get("/cases/{case}", operation_id="readCase", summary="A case with its history", responses={
    **documented(), 200: {"model": CaseShape, "description": "The case; its `ETag` is for `If-Match`"},
})  # fmt: skip
def read_case(request: Request, case: CaseId) -> Response:
    """A case as it stands, and all that happened to it."""
    found = views.read_case(store_of(request), case)
    shown = {"case": msgspec.to_builtins(found.case), "events": msgspec.to_builtins(found.events)}
    return data(versioned() | shown, headers={"etag": f'"{found.case.newest}"'})


@router.post("/cases/{case}/corrections", operation_id="correctCase", summary="Correct a case", status_code=201,
             responses={**documented(409, 412), **_MADE})  # fmt: skip
def correct_case(
    request: Request, case: CaseId, writing: WritesOn, body: Annotated[CorrectBody, Body()], regime: Regimes = None,
    law_on: LawOn = None, world_on: WorldOn = None, strict: Strict = False, override: Override = False,
) -> Response:  # fmt: skip
    """Decide the case as it ought to have been; the former decision stays in the history."""
    options = options_of(regime, law_on, world_on, strict, override)
    return writing.once(
        body.model_dump(),
        lambda by: cases.correct(store_of(request), case, _sealed(body.case, options), body.reason, body.title, by),
        _recorded,
    )


@router.post("/cases/{case}/withdrawal", operation_id="withdrawCase", summary="Withdraw a case", status_code=201,
             responses={**documented(409, 412), **_MADE})  # fmt: skip
def withdraw_case(request: Request, case: CaseId, writing: WritesOn, body: Annotated[WithdrawBody, Body()]) -> Response:
    """Withdraw a case: it stays, with its history, and is marked."""
    return writing.once(
        body.model_dump(), lambda by: cases.withdraw(store_of(request), case, body.reason, by), _recorded
    )  # fmt: skip


@router.post("/cases/{case}/notes", operation_id="noteCase", summary="Add a note to a case", status_code=201,
             responses={**documented(409, 412), **_MADE})  # fmt: skip
def note_case(request: Request, case: CaseId, writing: WritesOn, body: Annotated[NoteBody, Body()]) -> Response:
    """Add a note."""
    return writing.once(body.model_dump(), lambda by: cases.note(store_of(request), case, body.text, by), _recorded)


@router.post("/cases/{case}/documents", operation_id="addDocument", summary="Add a document's hash to a case", status_code=201,
             responses={**documented(409, 412), **_MADE})  # fmt: skip
def add_document(request: Request, case: CaseId, writing: WritesOn, body: Annotated[DocumentBody, Body()]) -> Response:
    """Record the name, size and SHA-256 of a document; the document itself is not kept."""
    document = Document(body.name, body.size, body.sha256, body.note)
    return writing.once(
        body.model_dump(), lambda by: cases.add_document(store_of(request), case, document, by), _recorded
    )  # fmt: skip


@router.get("/cases/{case}/again", operation_id="compareCase", summary="Decide a case again, to see what changes", responses={
    **documented(), 200: {"model": AgainShape, "description": "What differs; nothing is recorded"},
})  # fmt: skip
def compare_case(request: Request, case: CaseId, law_on: LawOn = None, world_on: WorldOn = None) -> Response:
    """Decide a saved case again: under the law of another day, or by the law files as they are now."""
    days = day_of(law_on, "law_on"), day_of(world_on, "world_on")
    again = cases.decide_again(store_of(request), engine(), case, *days)
    shown = {"before": again.before, "now": again.now, "changes": list(again.changes)}
    return data(versioned() | shown | {"decided": msgspec.to_builtins(views.decided_of(again.sealed))})


@router.post("/cases/{case}/redecisions", operation_id="redecideCase", summary="Decide a case again and record it",
             status_code=201, responses={**documented(409, 412), **_MADE})  # fmt: skip
def redecide_case(request: Request, case: CaseId, writing: WritesOn, body: Annotated[RedecideBody, Body()]) -> Response:
    """Decide a saved case again, and record the decision and what differs; the saved decision stands."""
    store, given = store_of(request), body.model_dump()
    days = located(given, "", lambda: (day_of(body.law_on, "law_on"), day_of(body.world_on, "world_on")))
    return writing.once(
        body.model_dump(),
        lambda by: cases.record_again(store, case, cases.decide_again(store, engine(), case, *days), body.reason, by),
        _recorded,
    )
