"""The world: tables of dated facts, as they stood on a day."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Path, Query, Request
from starlette.responses import Response

from sekisho.desk.api.common import UNCHANGED, day_of, documented, engine, router_of, tagged
from sekisho.desk.api.law import On, found, versioned
from sekisho.desk.api.paging import Cursor, Limit, page
from sekisho.desk.api.shapes import Shape
from sekisho.render import tables

router = router_of("world")


class Tables(Shape):
    """All tables."""

    law_version: str
    world_version: str
    tables: list[dict[str, Any]]


class TableShape(Shape):
    """A page of a table's rows."""

    law_version: str
    world_version: str
    table: dict[str, Any]
    on: str | None
    rows: list[dict[str, Any]]
    next: str | None


@router.get("/world", operation_id="listWorld", summary="All tables of dated facts", responses={
    **documented(), 200: {"model": Tables, "description": "The tables"},
    **UNCHANGED,
})  # fmt: skip
def list_world(request: Request) -> Response:
    """Every table, what it covers and the day on which it was last checked."""
    return tagged(request, lambda: versioned() | {"tables": tables.data(engine().corpus, None, None, None)["tables"]})


@router.get("/world/{table}", operation_id="readWorld", summary="The rows of a table", responses={
    **documented(), 200: {"model": TableShape, "description": "A page of its rows"},
    **UNCHANGED,
})  # fmt: skip
def read_world(
    request: Request, table: Annotated[str, Path(max_length=100)], on: On = None,
    key: Annotated[str | None, Query(max_length=100, description="Only rows with this word, such as a state.")] = None,
    limit: Limit = 100, cursor: Cursor = None,
) -> Response:  # fmt: skip
    """A table's rows, all or those that hold on a day, each with its source."""
    day = day_of(on, "on")
    told = found(lambda: tables.data(engine().corpus, table, key, day), "table")

    def paged() -> dict[str, Any]:
        places = list(enumerate(told["rows"]))
        entries, following = page(places, lambda entry: str(entry[0]), cursor, limit)
        return versioned() | {"table": told["table"], "on": told["on"], "rows": [row for _, row in entries], "next": following}

    return tagged(request, paged)
