"""A report's drafts for the terminal, the words each fact came from marked in their sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from sekisho.decide import Decider
from sekisho.read.cases import shown, title, value_of, words
from sekisho.read.chunks import Span
from sekisho.read.data import notices
from sekisho.read.draft import Draft, Fact
from sekisho.read.report import Report
from sekisho.render.terminal import Terminal
from sekisho.text import visible

_SPACES = re.compile(r"\s+")
_STYLES = {
    "decided": "bold cyan",
    "past": "bold green",
    "planned": "bold yellow",
    "asked": "bold yellow",
    "refused": "bold red",
}
_MARKED = "bold underline"


def report_text(report: Report, decider: Decider) -> RenderableType:
    """All drafts, what was set aside, and what is to be known."""
    parts: list[RenderableType] = []
    day = str(report.date) if report.date is not None else "date not told"
    parts.append(Text.assemble((visible(report.source.name), "bold"), f"  {day}  {_count(len(report.drafts))}"))
    parts += [_draft(draft, report, decider) for draft in report.drafts]
    if report.reading.asides:
        parts.append(Text("Set aside", style="bold"))
        parts += [_aside(report, aside.span, aside.why) for aside in report.reading.asides]
    parts += [Text(f"! {notice}") for notice in notices(report)]
    return Group(*parts)


def _count(number: int) -> str:
    return "no draft" if number == 0 else "1 draft" if number == 1 else f"{number} drafts"


def _draft(draft: Draft, report: Report, decider: Decider) -> RenderableType:
    text = report.source.text
    head = Text.assemble(
        "\n",
        (draft.id, "bold"),
        "  ",
        (draft.status.upper(), _STYLES[draft.status]),
        f"  {visible(title(draft, decider.corpus, text))}",
    )
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    for fact in draft.facts:
        table.add_row(Text(fact.name), Text(_value(fact, text)), Text(fact.how, style="dim"), _quoted(fact, text))
    parts: list[RenderableType] = [head, *_sentences(draft, report), Padding(table, (0, 0, 0, 2))]
    for link in draft.links:
        whither = link.to or "a transfer that is not told"
        parts.append(Text(f"  ↳ {link.kind}: replaces what went by {whither}  “{words(text, link.span)}”"))
    parts += [Text(f"  ? {question}  {fact}", style="yellow") for fact, question in draft.open]
    outcome = report.outcomes.get(draft.id)
    if outcome is not None and outcome.answer is not None and outcome.case is not None:
        parts.append(Padding(Terminal(decider).answer(outcome.answer, outcome.case), (1, 0, 0, 2)))
    elif outcome is not None:
        parts += [Text(f"  not decided: {problem}", style="bold") for problem in outcome.problems]
    return Group(*parts)


def _value(fact: Fact, text: str) -> str:
    value = value_of(fact, text)
    return visible(value) if fact.name == "item.name" else shown(fact)


def _quoted(fact: Fact, text: str) -> Text:
    return Text("; ".join(f"“{words(text, span)}”" for span in fact.spans), style="italic")


def _sentences(draft: Draft, report: Report) -> Iterator[Text]:
    """The sentences in which a transfer is told, with the words of its facts marked."""
    text = report.source.text
    spans = sorted({span for fact in draft.facts for span in fact.spans} | {event.span for event in draft.events})
    for number in sorted({event.sentence for event in draft.events}):
        start, end = report.reading.sentences[number]
        line = Text("  ")
        place = start
        for first, last in spans:
            if place <= first < end:
                line.append(_plain(text, (place, first)))
                line.append(_plain(text, (first, min(last, end))), style=_MARKED)
                place = min(last, end)
        line.append(_plain(text, (place, end)))
        yield line


def _plain(text: str, span: Span) -> str:
    return visible(_SPACES.sub(" ", text[span[0] : span[1]]))


def _aside(report: Report, span: Span, why: str) -> Text:
    start, end = next(
        ((first, last) for first, last in report.reading.sentences if first <= span[0] < last), span
    )  # fmt: skip
    line = Text("  ")
    line.append(_plain(report.source.text, (start, span[0])), style="dim")
    line.append(_plain(report.source.text, span), style=_MARKED)
    line.append(_plain(report.source.text, (span[1], end)), style="dim")
    line.append(f"  {why}")
    return line
