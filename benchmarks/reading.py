"""How well the reader drafts: precision, recall and F1 over its passages; and how fast it reads."""

from __future__ import annotations

from time import process_time

from tests.read.scoring import Count, Passage, passages, score

from benchmarks.report import Section
from sekisho.decide import Decider
from sekisho.read import Source, read_report

WORDS, REPORTS, BAR = 400, 1_000, 10


def run(decider: Decider, reports: int = REPORTS) -> Section:
    """The scores of both halves, and the time for many reports."""
    found = passages()
    halves = {"for writing": [p for p in found if not p.held_back], "held back": [p for p in found if p.held_back]}
    section = Section("Reading: drafts from the passages", ("half", "precision", "recall", "F1"))
    for name, half in halves.items():
        total = score(half, decider)
        section.rows.append((f"events, {name}: {len(half)} passages", *_figures(total.events)))
        section.rows.append((f"facts, {name}", *_figures(total.facts)))
        section.notes.append(f"False drafts, {name}: in {total.false_drafts} of {total.negatives} hard negatives.")
    section.notes.append(
        "An event is right if status, exporter, recipient and item are. The passages were written for the project."
    )
    section.notes.append(_speed(found, decider, reports))
    return section


def _figures(count: Count) -> tuple[str, str, str]:
    return f"{count.precision:.3f}", f"{count.recall:.3f}", f"{count.f1:.3f}"


def _speed(found: list[Passage], decider: Decider, reports: int) -> str:
    """The time for reports cut from the passages in a row, which are far denser in transfers than news is."""
    words = " ".join(passage.text for passage in found).split() * 2
    starts = [place % (len(words) // 2) for place in range(0, reports * WORDS, WORDS)]
    texts = [" ".join(words[start : start + WORDS]) for start in starts]
    begin = process_time()
    for text in texts:
        read_report(Source(text, "text", "report"), decider, found[0].date)
    taken = (process_time() - begin) * REPORTS / reports
    met = "Met" if taken < BAR else "NOT met"
    return f"{met}: {REPORTS:,} reports of {WORDS} words in {taken:.1f} s of one core's time; the bar is {BAR} s."
