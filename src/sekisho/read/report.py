"""The door of the room: a report in, its drafts out, with what was set aside and, if asked, the decisions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sekisho.case import Case
from sekisho.case.stated import from_mapping
from sekisho.decide import Decider
from sekisho.decision import Answer
from sekisho.errors import CaseError
from sekisho.read.cases import case_of
from sekisho.read.draft import Draft
from sekisho.read.drafts import drafts
from sekisho.read.lexicon import lexicon
from sekisho.read.reading import Reading, read_text
from sekisho.read.source import Source, read_source


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a draft under the law of its date: an answer, or what stands in the way of one."""

    case: Case | None = None
    answer: Answer | None = None
    problems: tuple[str, ...] = ()


@dataclass(slots=True)
class Report:
    """A report that was read: its source, what it says, and the drafts in the order in which it tells of them."""

    source: Source
    reading: Reading
    drafts: list[Draft]
    given: dt.date | None = None
    outcomes: dict[str, Outcome] = field(default_factory=dict)

    @property
    def date(self) -> dt.date | None:
        """The day of the report: as given, else as its head says."""
        return self.given or (self.reading.today.first if self.reading.today is not None else None)


def read(path: Path | str, decider: Decider, date: dt.date | None = None) -> Report:
    """The drafts of the report in a file (`-` is standard input); `date` is its day where it does not say so itself.

    Raises `ReportError` for a file that cannot be read as an English report.
    """
    return read_report(read_source(path), decider, date)


def read_report(source: Source, decider: Decider, date: dt.date | None = None) -> Report:
    """The drafts of a source."""
    known = lexicon(decider.corpus)
    reading = read_text(source.text, known, date)
    return Report(source, reading, drafts(reading, known, date), date)


def decide_drafts(report: Report, decider: Decider, regimes: Sequence[str] = ()) -> None:
    """Decides each draft that has a date under the law of that date; of the others it is said what they lack."""
    for draft in report.drafts:
        report.outcomes[draft.id] = _outcome(draft, report, decider, regimes)


def _outcome(draft: Draft, report: Report, decider: Decider, regimes: Sequence[str]) -> Outcome:
    if draft.fact("date") is None:
        return Outcome(problems=tuple(question for fact, question in draft.open if fact == "date"))
    try:
        case = from_mapping(case_of(draft, report.source.text, report.source.name), decider.corpus, draft.id)
        return Outcome(case, decider.decide(case, regimes))
    except CaseError as flaw:
        return Outcome(problems=tuple(f"{mistake.what} {mistake.mend}".strip() for mistake in flaw.mistakes))
