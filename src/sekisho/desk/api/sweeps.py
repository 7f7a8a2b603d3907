"""Sweeps: a register goes in, an operation comes back, and once it is done the outcomes are read and downloaded here."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path as File
from typing import TYPE_CHECKING, Annotated, Any
from urllib.parse import quote, urlencode

from fastapi import Header, Path, Query, Request
from pydantic import Field
from starlette.concurrency import run_in_threadpool
from starlette.responses import FileResponse, Response, StreamingResponse

from sekisho.case.stated import facts_of_words
from sekisho.desk.api.common import data, documented, engine, router_of, versions
from sekisho.desk.api.operations import ONE, after, operation, queue_of
from sekisho.desk.api.paging import Cursor, Limit, key, token
from sekisho.desk.api.shapes import Shape, Verdict
from sekisho.desk.problems import DeskError
from sekisho.desk.sweeping.incoming import MEDIA
from sekisho.desk.sweeping.kept import (
    CHART,
    FORMATS,
    ID_PATTERN,
    OUTCOMES,
    REJECTED,
    SUMMARY,
    Asked,
    Filter,
    Format,
    Kept,
    State,
)
from sekisho.desk.sweeping.queue import Queue
from sekisho.desk.sweeping.receiving import FILE, asked_of, received
from sekisho.errors import Mistake
from sekisho.render.data import plain

if TYPE_CHECKING:
    from sekisho.desk.sweeping.outcomes import Outcomes

router = router_of("sweeps")

Id = Annotated[str, Path(pattern=ID_PATTERN, description="The sweep's id.")]
Key = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key", pattern=r"^[\x21-\x7e]{1,255}$", description="The same key and register give the same sweep."
    ),
]
Regime = Annotated[str, Query(max_length=100, description="Its verdicts; else the strictest of each row.")]
VerdictOf = Annotated[Verdict | None, Query(description="Rows with this verdict.")]
Year = Annotated[str, Query(pattern="^([12][0-9]{3})?$", description="Rows whose days begin in this year.")]
Exporter = Annotated[str, Query(max_length=200, description="Rows of this exporter, as the summary calls it.")]
Recipient = Annotated[str, Query(max_length=200, description="Rows of this recipient, as the summary calls it.")]
Provision = Annotated[str, Query(max_length=200, description="Rows that rest on this provision.")]

_OPTIONS: dict[str, Any] = {
    "name": {"type": "string", "description": "What to call the register."},
    "regime": {"type": "array", "items": {"type": "string"}, "description": "Ask these regimes only."},
    "format": {"type": "string", "enum": list(FORMATS), "description": "Else told by the header."},
    "map": {"type": "string", "description": "Which column states what, as YAML."},
    "set": {"type": "array", "items": {"type": "string"}, "description": "FACT=VALUE, as if it stood in every row."},
    "law_on": {"type": "string", "description": "Put rows under another day's law."},
    "world_on": {"type": "string", "description": "Look facts up on another day."},
    "strict": {"type": "string", "description": "true: facts last checked before the day are unknown."},
}
_BYTES = {"schema": {"type": "string", "format": "binary"}}
BODY: dict[str, Any] = {
    "required": True,
    "content": {
        "multipart/form-data": {
            "schema": {
                "type": "object", "required": [FILE], "additionalProperties": False,
                "properties": {FILE: {"type": "string", "format": "binary"}} | _OPTIONS,
            }
        },
        **dict.fromkeys(MEDIA, _BYTES),
    },
}  # fmt: skip


class RegisterShape(Shape):
    """The register of a sweep: its kind, its bytes and their hash."""

    kind: str
    bytes: int
    sha256: str


class SweepShape(Shape):
    """A register that is kept, what was asked of it, and what came of it: null before it is done."""

    id: str
    name: str
    state: State
    created: str
    register_: RegisterShape = Field(alias="register")
    asked: dict[str, Any]
    result: dict[str, Any] | None
    summary: dict[str, Any] | None
    links: dict[str, str]


class KeptShape(Shape):
    """How many registers are kept and how many bytes with all that came of them, and the most of each."""

    registers: int
    bytes: int
    most_registers: int
    most_bytes: int
    largest: int


class Sweeps(Shape):
    """A page of registers that are kept, the newest first."""

    sweeps: list[dict[str, Any]]
    kept: KeptShape
    next: str | None


class RowShape(Shape):
    """A row of the outcomes, with the case it is and the page that decides it."""

    row: int
    verdict: Verdict
    case: dict[str, Any]
    page: str


class RowsShape(Shape):
    """A page of rows, and how many there are of the filter in all."""

    law_version: str
    world_version: str
    total: int
    rows: list[RowShape]
    next: str | None


# ---- in --------------------------------------------------------------------------------------------------------------


@router.post(
    "/sweeps", operation_id="sweep", summary="Sweep a register", status_code=202, openapi_extra={"requestBody": BODY},
    responses={**documented(409, 507), 202: ONE | {"description": "The operation to poll"}},
)  # fmt: skip
async def sweep(
    request: Request, idempotency_key: Key = None,
    name: Annotated[str, Query(max_length=200, description="What to call the register.")] = "",
    regime: Annotated[list[str] | None, Query(description="Ask this regime only; may be repeated.")] = None,
    format: Annotated[Format | None, Query(description="Else told by the header.")] = None,
    map: Annotated[str, Query(description="Which column states what, as YAML.")] = "",
    set: Annotated[list[str] | None, Query(description="FACT=VALUE, as if it stood in every row; may be repeated.")] = None,
    law_on: Annotated[str, Query(description="Put rows under another day's law.")] = "",
    world_on: Annotated[str, Query(description="Look facts up on another day.")] = "",
    strict: Annotated[bool, Query(description="Facts last checked before the day are unknown.")] = False,
) -> Response:  # fmt: skip
    """Every row of a register is decided under the law of its day. The body is the register itself or a form with it."""
    queue: Queue = await run_in_threadpool(queue_of, request)
    queue.full()
    words = list(request.query_params.multi_items())
    await run_in_threadpool(_checked, words)
    async with received(request, queue.folder) as found:
        asked = await run_in_threadpool(_checked, [*words, *found.fields.values], found.name)
        kept, again = await found.incoming.admit(asked, "queued", idempotency_key or "")
    if not again:
        await run_in_threadpool(queue.begin, kept)
    return data(operation(queue, kept), 202, {"location": f"/v1/operations/{kept.id}", "retry-after": "1"})


def _checked(words: list[tuple[str, str]], filename: str = "") -> Asked:
    asked = asked_of(words, filename)
    asked.check(engine().corpus)
    return asked


@router.post("/sweeps/{id}/start", operation_id="startSweep", summary="Start a sweep again", status_code=202, responses={
    **documented(409, 507), 202: ONE | {"description": "The operation to poll"},
})  # fmt: skip
def start(request: Request, id: Id) -> Response:
    """A register whose sweep failed, was cancelled or has not begun is put to it, as it was asked before."""
    queue = queue_of(request)
    kept = queue.add(id)
    return data(operation(queue, kept), 202, {"location": f"/v1/operations/{kept.id}", "retry-after": "1"})


@router.delete("/sweeps/{id}", operation_id="deleteSweep", summary="Delete a register and its outcomes", status_code=204,
               responses={**documented(409), 204: {"description": "They are gone"}})  # fmt: skip
def delete(request: Request, id: Id) -> Response:
    """The register and all that came of it. Nothing is deleted unless it is asked for here."""
    queue_of(request).folder.delete(id)
    return Response(status_code=204, headers=versions())


# ---- out -------------------------------------------------------------------------------------------------------------


@router.get("/sweeps", operation_id="listSweeps", summary="Registers that are kept", responses={
    **documented(), 200: {"model": Sweeps, "description": "A page of registers"},
})  # fmt: skip
def list_sweeps(request: Request, limit: Limit = 100, cursor: Cursor = None) -> Response:
    """All registers that are kept, the newest first, and how much room there is."""
    queue = queue_of(request)
    page, following = after(queue.folder.all(), cursor, limit)
    return data({"sweeps": [_sweep(kept) for kept in page], "kept": room(queue), "next": following})


def room(queue: Queue) -> dict[str, int]:
    """How much is kept, and the most that may be."""
    limits = queue.limits
    return {
        "registers": len(queue.folder.all()), "bytes": queue.folder.bytes(), "most_registers": limits.sweeps,
        "most_bytes": limits.kept, "largest": limits.upload,
    }  # fmt: skip


def _sweep(kept: Kept) -> dict[str, Any]:
    here = f"/v1/sweeps/{kept.id}"
    return {
        "id": kept.id, "name": kept.asked.name, "state": kept.state, "created": kept.created,
        "register": {"kind": kept.kind, "bytes": kept.size, "sha256": kept.sha256}, "asked": kept.asked, "result": kept.result,
        "links": {"self": here, "operation": f"/v1/operations/{kept.id}", "page": f"/registers/{kept.id}"},
    }  # fmt: skip


@router.get("/sweeps/{id}", operation_id="getSweep", summary="What came of a sweep", responses={
    **documented(), 200: {"model": SweepShape, "description": "The sweep with its summary"},
})  # fmt: skip
def get_sweep(
    request: Request, id: Id, regime: Regime = "", verdict: VerdictOf = None, year: Year = "", exporter: Exporter = "",
    recipient: Recipient = "", provision: Provision = "",
) -> Response:  # fmt: skip
    """The verdicts by year, exporter, recipient and provision, of all rows or of those of a filter."""
    queue = queue_of(request)
    kept = queue.folder.get(id)
    found: Any = None
    if kept.state == "done":
        wanted = Filter(regime, verdict or "", year, exporter, recipient, provision)
        if wanted == Filter():
            found = json.loads((queue.folder.place(kept) / SUMMARY).read_bytes())
        else:
            with request.app.state.proofs.running(request), outcomes(queue, kept) as came:
                found = came.counts(wanted)
    return data(_sweep(kept) | {"summary": found})


@router.get("/sweeps/{id}/rows", operation_id="listRows", summary="The rows of a sweep", responses={
    **documented(409), 200: {"model": RowsShape, "description": "A page of rows"},
})  # fmt: skip
def list_rows(
    request: Request, id: Id, regime: Regime = "", verdict: VerdictOf = None, year: Year = "", exporter: Exporter = "",
    recipient: Recipient = "", provision: Provision = "", limit: Limit = 100, cursor: Cursor = None,
) -> Response:  # fmt: skip
    """The rows of a filter in the order of the register, each with its outcome and the case that it is."""
    queue = queue_of(request)
    kept = queue.folder.get(id)
    wanted = Filter(regime, verdict or "", year, exporter, recipient, provision)
    begin = key(cursor, int)[0] if cursor is not None else 0
    with outcomes(queue, kept) as came:
        page = came.page(wanted, begin, limit)
        found = with_cases(came, page.rows, kept.asked)
    corpus = engine().corpus
    rows = [row | {"case": case, "page": decide_page(case, kept.asked)} for row, case in found]
    return data({
        "law_version": corpus.law_version, "world_version": corpus.world_version, "total": page.total, "rows": rows,
        "next": token(page.after) if page.after is not None else None,
    })  # fmt: skip


def outcomes(queue: Queue, kept: Kept) -> Outcomes:
    """The outcomes of a sweep that is done. Raises `DeskError` (409)."""
    from sekisho.desk.sweeping.outcomes import Outcomes  # noqa: PLC0415 (DuckDB behind it, which a start need not wait for)

    return Outcomes(queue.folder.place(kept), kept)


def with_cases(came: Outcomes, rows: list[dict[str, Any]], asked: Asked) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Rows, each with the case that it is."""
    corpus = engine().corpus
    fixed = {fact: plain(value) for fact, value in facts_of_words(asked.fixed, corpus).items()}
    cases = [came.case(row, fixed) for row in rows]
    for case in cases:
        if "item.name" in case and corpus.catalogue.find(case["item.name"]) is not None:
            del case["item.name"]  # a name of the catalogue under which the sweep did not take the row
    return list(zip(rows, cases, strict=True))


def called(row: Mapping[str, Any]) -> str:
    """What the register calls the item of a row."""
    from sekisho.desk.sweeping.outcomes import called_in  # noqa: PLC0415 (DuckDB behind it, which a start need not wait for)

    return called_in(row)


def decide_page(case: Mapping[str, Any], asked: Asked) -> str:
    """The address of the page that decides a case, under the law and world that the sweep was put to."""
    words = [(fact, said) for fact, value in case.items() for said in _said(value)]
    words += [("regime", regime) for regime in asked.regimes]
    words += [(name, str(day)) for name, day in (("law_on", asked.law_on), ("world_on", asked.world_on)) if day is not None]
    return f"/decide?{urlencode(words + ([('strict', 'true')] if asked.strict else []))}"


def _said(value: Any) -> list[str]:
    if isinstance(value, list):
        return [str(entry) for entry in value]
    return [str(value).lower() if isinstance(value, bool) else str(value)]


# ---- downloads -------------------------------------------------------------------------------------------------------


def _file(media: str, description: str) -> dict[int | str, dict[str, Any]]:
    return {**documented(409), 200: {"description": description, "content": {media: _BYTES}}}


def _ready(request: Request, name: str) -> tuple[Kept, File]:
    """A sweep that is done, and its folder. Raises `DeskError` (404, 409)."""
    queue = queue_of(request)
    kept = queue.folder.get(name)
    if kept.state != "done":
        raise DeskError(409, Mistake(f"the sweep is {kept.state}.", "Its outcomes are there once it is done."), "conflict")
    return kept, queue.folder.place(kept)


def _as_file(kept: Kept, ending: str) -> dict[str, str]:
    """The headers of a download: a name that any system takes, and the register's own beside it."""
    own = kept.asked.name.rpartition(".")[0] or kept.asked.name or "register"
    said = f"attachment; filename=\"sweep-{kept.id[:8]}{ending}\"; filename*=UTF-8''{quote(own + ending, safe='')}"
    return {**versions(), "content-disposition": said, "cache-control": "private, no-cache"}


@router.get("/sweeps/{id}/outcomes.parquet", operation_id="downloadParquet", summary="The outcomes as Parquet",
            responses=_file("application/vnd.apache.parquet", "The file that the sweep wrote"))  # fmt: skip
def parquet(request: Request, id: Id) -> Response:
    """The outcomes as the sweep wrote them, with what they say of themselves."""
    kept, place = _ready(request, id)
    return FileResponse(place / OUTCOMES, 200, _as_file(kept, "-outcomes.parquet"), "application/vnd.apache.parquet")


@router.get("/sweeps/{id}/outcomes.csv", operation_id="downloadCsv", summary="The outcomes as CSV",
            responses=_file("text/csv", "A row a row"))  # fmt: skip
def csv(request: Request, id: Id) -> Response:
    """The outcomes as text, written while they are sent."""
    from sekisho.desk.sweeping.outcomes import csv_of  # noqa: PLC0415 (DuckDB behind it, which a start need not wait for)

    kept, place = _ready(request, id)
    return StreamingResponse(csv_of(place / OUTCOMES), 200, _as_file(kept, "-outcomes.csv"), "text/csv")


@router.get("/sweeps/{id}/rejected.csv", operation_id="downloadRejected", summary="The rejected rows as CSV",
            responses=_file("text/csv", "Row, file and reason"))  # fmt: skip
def rejected(request: Request, id: Id) -> Response:
    """The rows that could not be decided, each with its reason; a header alone where there are none."""
    kept, place = _ready(request, id)
    headers = _as_file(kept, "-rejected.csv")
    if (place / REJECTED).exists():
        return FileResponse(place / REJECTED, 200, headers, "text/csv")
    return Response("row,file,reason\r\n", 200, headers, "text/csv")


@router.get("/sweeps/{id}/chart.svg", operation_id="downloadChart", summary="The verdicts as a chart",
            responses=_file("image/svg+xml", "A drawing"))  # fmt: skip
def chart(request: Request, id: Id) -> Response:
    """The verdicts by year, exporter, recipient and provision, drawn for an article."""
    kept, place = _ready(request, id)
    return FileResponse(place / CHART, 200, _as_file(kept, "-chart.svg"), "image/svg+xml")
