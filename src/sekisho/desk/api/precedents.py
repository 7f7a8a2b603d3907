"""Recorded decisions beside what the law of their day says of them."""

from __future__ import annotations

import functools
from typing import Annotated, Any

import msgspec
from fastapi import Query, Request
from starlette.responses import Response

from sekisho.desk.api.common import UNCHANGED, documented, engine, router_of, tagged
from sekisho.desk.api.law import found, versioned
from sekisho.desk.api.paging import Cursor, Limit, page
from sekisho.desk.api.shapes import Shape, Verdict
from sekisho.history import REGIME, History, compare
from sekisho.render.tables import history_data

router = router_of("precedents")


class RecordedCase(Shape):
    """A recorded case beside the engine's verdict."""

    id: str
    title: str
    date: str
    recorded: str
    verdict: Verdict
    counted: bool
    agrees: bool
    strict: bool
    why: str


class Precedents(Shape):
    """A page of recorded cases, and the rates of agreement over all of them."""

    law_version: str
    world_version: str
    agreement: dict[str, Any]
    cases: list[RecordedCase]
    next: str | None


@functools.lru_cache(maxsize=8)
def history(regime: str) -> History:
    """The recorded cases under a regime; they and the law stay as they are while the server runs."""
    return compare(engine(), None, regime)


@router.get("/precedents", operation_id="listPrecedents", summary="Recorded decisions and the engine's", responses={
    **documented(), 200: {"model": Precedents, "description": "A page of cases"},
    **UNCHANGED,
})  # fmt: skip
def list_precedents(
    request: Request, regime: Annotated[str, Query(max_length=100, description="The regime they were decided under.")] = REGIME,
    limit: Limit = 100, cursor: Cursor = None,
) -> Response:  # fmt: skip
    """Recorded decisions by date, with whether the engine agrees and, if not, what is at issue."""
    told = history(found(lambda: engine().corpus.regime(regime), "regime").id)
    entries, following = page(told.cases, lambda case: case.id, cursor, limit)
    return tagged(
        request,
        lambda: versioned() | {
            "agreement": history_data(told)["agreement"],
            "cases": [msgspec.to_builtins(case) for case in entries], "next": following,
        },
    )  # fmt: skip
