"""Operations: sweeps that wait, run or have ended. They are polled here, and cancelled."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import Path, Query, Request
from starlette.responses import Response

from sekisho.desk.api.common import data, documented, router_of
from sekisho.desk.api.paging import Cursor, Limit, key, token
from sekisho.desk.api.shapes import Shape
from sekisho.desk.problems import DeskError, Flaw, flaw
from sekisho.desk.sweeping.kept import ID_PATTERN, Kept, seconds_between
from sekisho.desk.sweeping.queue import Queue
from sekisho.errors import Mistake

router = router_of("operations")

Id = Annotated[str, Path(pattern=ID_PATTERN, description="The operation's id, which is the sweep's.")]
Began = Literal["queued", "running", "done", "failed", "cancelled"]


class Rows(Shape):
    """How far it is: rows done, rows known (null before the register is read), and rows a second."""

    done: int
    known: int | None
    per_second: float


class OperationShape(Shape):
    """A sweep that was asked for, and how it stands."""

    id: str
    kind: Literal["sweep"]
    state: Began
    name: str
    rows: Rows
    created: str
    started: str
    ended: str
    errors: list[Flaw]
    links: dict[str, str]


class Operations(Shape):
    """A page of operations, the newest first."""

    operations: list[OperationShape]
    next: str | None


ONE: dict[str, Any] = {"model": OperationShape, "description": "The operation"}


def queue_of(request: Request) -> Queue:
    """The sweeps of the server that answers."""
    found: Queue = request.app.state.sweeps
    found.open()
    return found


def operation(queue: Queue, kept: Kept) -> dict[str, Any]:
    """An operation as data."""
    here = f"/v1/sweeps/{kept.id}"
    links = {"self": f"/v1/operations/{kept.id}", "sweep": here, "page": f"/registers/{kept.id}"}
    if kept.state == "done":
        links |= {
            "rows": f"{here}/rows", "parquet": f"{here}/outcomes.parquet", "csv": f"{here}/outcomes.csv",
            "rejected": f"{here}/rejected.csv", "chart": f"{here}/chart.svg",
        }  # fmt: skip
    return {
        "id": kept.id, "kind": "sweep", "state": kept.state, "name": kept.asked.name, "rows": rows_of(queue, kept),
        "created": kept.created, "started": kept.started, "ended": kept.ended,
        "errors": [flaw(mistake).model_dump(exclude_none=True) for mistake in kept.flaws], "links": links,
    }  # fmt: skip


def rows_of(queue: Queue, kept: Kept) -> dict[str, Any]:
    """The rows done of those known, and the rate."""
    if kept.result is None:
        progress = queue.progress(kept.id)
        if progress is None:
            return {"done": 0, "known": None, "per_second": 0}
        return {"done": progress.done, "known": progress.known, "per_second": round(progress.rate)}
    seconds = max(seconds_between(kept.started, kept.ended), 1e-3)
    return {"done": kept.result.rows, "known": kept.result.rows, "per_second": round(kept.result.rows / seconds)}


def after(found: list[Kept], cursor: str | None, limit: int) -> tuple[list[Kept], str | None]:
    """A page of what is kept, the newest first; what was deleted meanwhile does no harm."""
    if cursor is not None:
        created, name = key(cursor, str, str)
        found = [kept for kept in found if (kept.created, kept.id) < (created, name)]
    page = found[:limit]
    return page, token(page[-1].created, page[-1].id) if len(found) > limit else None


@router.get("/operations", operation_id="listOperations", summary="Sweeps that wait, run or have ended", responses={
    **documented(), 200: {"model": Operations, "description": "A page of operations"},
})  # fmt: skip
def list_operations(
    request: Request, state: Annotated[Began | None, Query(description="Only those in this state.")] = None,
    limit: Limit = 100, cursor: Cursor = None,
) -> Response:  # fmt: skip
    """All operations, the newest first."""
    queue = queue_of(request)
    found = [kept for kept in queue.folder.all() if kept.state != "uploaded" and state in (None, kept.state)]
    page, following = after(found, cursor, limit)
    return data({"operations": [operation(queue, kept) for kept in page], "next": following})


@router.get("/operations/{id}", operation_id="getOperation", summary="How an operation stands", responses={
    **documented(), 200: ONE,
})  # fmt: skip
def get_operation(request: Request, id: Id) -> Response:
    """Its state, the rows done of those known, and where its results are."""
    queue = queue_of(request)
    kept = queue.folder.get(id)
    if kept.state == "uploaded":
        raise DeskError(404, Mistake("its sweep has not been asked for yet.", f"POST /v1/sweeps/{id}/start."), "not-found")
    return data(operation(queue, kept))


@router.delete("/operations/{id}", operation_id="cancelOperation", summary="Cancel an operation", responses={
    **documented(409), 200: ONE,
})  # fmt: skip
def cancel_operation(request: Request, id: Id) -> Response:
    """What waits is not begun, what runs is stopped; the register stays, and may be swept again."""
    queue = queue_of(request)
    return data(operation(queue, queue.cancel(id)))
