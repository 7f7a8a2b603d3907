"""A report's drafts as plain data, for JSON."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sekisho.decide import Decider
from sekisho.read.cases import case_of, title, value_of
from sekisho.read.chunks import Span
from sekisho.read.draft import Draft, Fact
from sekisho.read.report import Report
from sekisho.render.data import answer_data

SCHEMA = 1


def report_data(report: Report, decider: Decider) -> dict[str, Any]:
    """What `read --json` prints. Places count the characters of `text`, from zero, the end not included."""
    text = report.source.text
    return {
        "schema": SCHEMA,
        "source": {"name": report.source.name, "kind": report.source.kind},
        "date": _plain(report.date),
        "text": text,
        "drafts": [_draft(draft, report, decider) for draft in report.drafts],
        "set_aside": [_span(aside.span, text) | {"why": aside.why} for aside in report.reading.asides],
        "notices": notices(report),
    }


def notices(report: Report) -> list[str]:
    """What must be known to read the drafts."""
    found = []
    if report.date is None:
        found.append("The report does not say its date. Give --date, the day of the report, so that days can be told.")
    if not report.drafts:
        found.append("No transfer of defence equipment is told in this report.")
    return found


def _plain(value: object) -> Any:
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, float) and value == int(value):
        return int(value)
    return value


def _span(span: Span, text: str) -> dict[str, Any]:
    return {"start": span[0], "end": span[1], "words": text[span[0] : span[1]]}


def _fact(fact: Fact, text: str) -> dict[str, Any]:
    spans = [_span(span, text) for span in fact.spans]
    return {"name": fact.name, "value": _plain(value_of(fact, text)), "how": fact.how, "spans": spans}


def _draft(draft: Draft, report: Report, decider: Decider) -> dict[str, Any]:
    text = report.source.text
    data: dict[str, Any] = {
        "id": draft.id,
        "title": title(draft, decider.corpus, text),
        "status": draft.status,
        "event": draft.event,
        "told": [
            _span(span, text)
            for span in dict.fromkeys(span for event in draft.events for span in (event.status_span, event.span))
        ],
        "case": {name: _plain(value) for name, value in case_of(draft, text, report.source.name).items()},
        "facts": [_fact(fact, text) for fact in draft.facts],
        "links": [{"kind": link.kind, "to": link.to} | _span(link.span, text) for link in draft.links],
        "open": [{"fact": fact, "question": question} for fact, question in draft.open],
    }
    outcome = report.outcomes.get(draft.id)
    if outcome is not None:
        data["decision"] = (
            answer_data(decider, outcome.answer, outcome.case)
            if outcome.answer is not None and outcome.case is not None
            else None
        )
        data["problems"] = list(outcome.problems)
    return data
