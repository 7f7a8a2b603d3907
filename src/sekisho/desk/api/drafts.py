"""Drafts from text: the transfers that a news report tells of, each fact with the words it came from. Nothing is kept."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Body
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from sekisho.desk.api.common import DAY, data, day_of, documented, engine, located, router_of
from sekisho.desk.api.law import versioned
from sekisho.desk.api.shapes import Shape
from sekisho.read import Report, decide_drafts, read_report, report_data
from sekisho.read.source import source_of

router = router_of("drafts")
MOST_TEXT = 400_000


class ReportBody(BaseModel):
    """A report as text, and what the text does not say of itself."""

    model_config = ConfigDict(extra="forbid")
    text: str = Field(max_length=MOST_TEXT, description="The report, in English.")
    date: str | None = Field(default=None, description="The day of the report.", json_schema_extra=DAY)
    decide: bool = Field(default=False, description="Decide each draft under the law of its date.")
    regimes: list[str] = Field(default_factory=list, max_length=20)


class Drafts(Shape):
    """What was read: `sekisho read --json`."""

    schema_: int = Field(alias="schema")
    law_version: str
    world_version: str
    date: str | None
    text: str
    drafts: list[dict[str, Any]]
    set_aside: list[dict[str, Any]]
    notices: list[str]


@router.post("/drafts", operation_id="readReport", summary="Draft cases from a report", responses={
    **documented(), 200: {"model": Drafts, "description": "The drafts, and what was set aside"},
})  # fmt: skip
def read(report: Annotated[ReportBody, Body()]) -> Response:
    """The transfers of defence equipment that a report tells of, for a person to confirm."""
    return data(versioned() | report_data(drafted(report), engine()))


def drafted(body: ReportBody) -> Report:
    """The drafts of a report, decided if that was asked. Raises `ReportError` for a text that is no English report."""
    own = engine()
    moment = located(body.model_dump(), "", lambda: day_of(body.date, "date"))
    found = read_report(source_of(body.text.encode(), "text"), own, moment)
    if body.decide:
        decide_drafts(found, own, tuple(body.regimes))
    return found
