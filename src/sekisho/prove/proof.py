"""`sekisho prove`: every fault of a regime's law over some days, beside those that are known and accepted with a reason.

What is accepted stands in `accepted.yaml` in the regime's folder of law:

    schema: 1
    accepted:
      - {kind: never matters, subject: jp.example#head, reason: …}

An entry accepts the finding on all days and with whatever others. One that nothing answers to is itself reported.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from sekisho.corpus import NO_LAW, PACKAGE, Corpus, LawInForce
from sekisho.decide import Decider
from sekisho.errors import LawError, Mistake, ProofTimeout
from sekisho.language.smt import Clock
from sekisho.prove.faults import KINDS, Found, Segment, disagreeing, gaps, joined, turned_by_knowing_more, uncovered, unused
from sekisho.render.data import plain
from sekisho.text import Interval, read_text, read_yaml, suggest

SCHEMA = 1
SECONDS = 300.0
"""How long a proof may take before it is none."""
Progress = Callable[[int, int], None]


class Accepted(msgspec.Struct, frozen=True):
    """A finding that is known and meant, with the reason."""

    kind: str
    subject: str
    reason: str


class Finding(msgspec.Struct, frozen=True):
    """A fault, and the reason for which it is accepted; empty if it is not."""

    found: Found
    reason: str = ""


class Proof(msgspec.Struct, frozen=True):
    """What is proven of a regime's law on some days. Without `proven` the solver ran out of time and nothing is said.

    `segments` counts the stretches of days looked at. `stale` has what is accepted and was not found, of the whole regime.
    """

    regime: str
    days: Interval
    segments: int
    seconds: float
    proven: bool
    findings: tuple[Finding, ...] = ()
    stale: tuple[Accepted, ...] = ()

    @property
    def unaccepted(self) -> tuple[Finding, ...]:
        """The findings that nobody accepted."""
        return tuple(finding for finding in self.findings if not finding.reason)


def prove(
    own: Decider, regime: str, *, on: dt.date | None = None, since: dt.date | None = None, seconds: float = SECONDS,
    accepted: Iterable[Accepted] = (), progress: Progress | None = None,
) -> Proof:  # fmt: skip
    """The faults of a regime's law on a day, since a day, or since its first.

    Raises `UsageError` for an unknown regime.
    """
    corpus = own.corpus
    first = max(on or since or corpus.regime(regime).first_day, corpus.regime(regime).first_day)
    segments = list(_segments(corpus, regime, first, on))
    span = Interval(segments[0].segment.begin, segments[-1].segment.end)
    try:
        found = list(_found(own, regime, segments, Clock(seconds), progress or (lambda *_: None)))
    except ProofTimeout:
        return Proof(regime, span, len(segments), seconds, False)
    found += [entry for entry in (*gaps(corpus, regime), *uncovered(corpus, regime)) if entry.days.overlaps(span)]
    found += unused(corpus)
    reasons = {(entry.kind, entry.subject): entry.reason for entry in accepted}
    every = joined(found)
    whole = on is None and first == corpus.regime(regime).first_day
    known = {(entry.kind, entry.subject) for entry in every}
    stale = tuple(entry for entry in accepted if (entry.kind, entry.subject) not in known) if whole else ()
    findings = tuple(Finding(entry, reasons.get((entry.kind, entry.subject), "")) for entry in every)
    return Proof(regime, span, len(segments), seconds, True, findings, stale)


def _segments(corpus: Corpus, regime: str, first: dt.date, only: dt.date | None) -> Iterator[LawInForce]:
    law = corpus.law_on(regime, first)
    yield law
    if only is None:
        yield from (corpus.law_on(regime, moment) for moment in corpus.change_days(regime) if moment > law.segment.begin)


def _found(own: Decider, regime: str, segments: list[LawInForce], clock: Clock, progress: Progress) -> Iterator[Found]:
    covered: dict[str, tuple[str, ...]] = {}
    for place, law in enumerate(segments):
        progress(place, len(segments))
        segment = Segment(own, law, clock, covered)
        found = list(segment.found())
        covered = {entry.subject: entry.others for entry in found if entry.kind == "never matters"}
        yield from found
        yield from _between_regimes(own, regime, law, clock)
        turned = turned_by_knowing_more(own, law, clock)
        if turned is not None:
            yield Found("turned by knowing more", regime, law.segment, (), turned)
    progress(len(segments), len(segments))


def _between_regimes(own: Decider, regime: str, law: LawInForce, clock: Clock) -> Iterator[Found]:
    for name, other in own.corpus.regimes.items():
        if name != regime and law.segment.begin >= other.first_day:
            yield from disagreeing(own, law, own.corpus.law_on(name, law.segment.begin), clock)


def accepted_of(corpus: Corpus, regime: str, law: Path = PACKAGE / "law") -> tuple[Accepted, ...]:
    """What is accepted of a regime. Raises `LawError` with every mistake in its file; none is no mistake."""
    path = law / Path(corpus.regime(regime).file).parent / NO_LAW
    if not path.exists():
        return ()
    name = path.relative_to(law).as_posix()
    documents = read_yaml(read_text(path, LawError), name, LawError)
    body = documents[0].value if documents else None
    entries = body.get("accepted") if isinstance(body, Mapping) else None
    if not isinstance(entries, list):
        raise LawError(Mistake("it accepts nothing.", "Write `accepted:` and a list.", name, 1))
    found: list[Accepted] = []
    mistakes: list[Mistake] = []
    for place, entry in enumerate(entries):
        line = documents[0].line("accepted", place)
        try:
            read = msgspec.convert(entry, Accepted)
        except msgspec.ValidationError as flaw:
            mistakes.append(Mistake(f"an entry is not one: {flaw}.", "Write {kind: …, subject: …, reason: …}.", name, line))
            continue
        if read.kind not in KINDS:
            mistakes.append(Mistake(f"'{read.kind}' is no kind of finding.", suggest(read.kind, KINDS), name, line))
        if not read.reason.strip():
            mistakes.append(Mistake(f"no reason is given for {read.subject}.", "Give one.", name, line))
        found.append(read)
    if mistakes:
        raise LawError(mistakes)
    return tuple(found)


# ---- telling -----------------------------------------------------------------------------------

_SAID: Mapping[str, str] = {
    "dead head": "This head can never open a transfer.",
    "dead lift": "This exception can never apply.",
    "dead prohibition": "Its condition can never hold.",
    "always lifted": "Whenever it applies it is lifted, by {others}.",
    "unmeetable": "It applies to transfers and can never be met.",
    "never matters": "Without it every verdict would be the same{covered}.",
    "contradiction": "Every transfer it opens is barred by {others}.",
    "both claim": "It lifts one prohibition of transfers that others, not lifted, still bar: {others}.",
    "doubled definition": "It always says the same as {others}.",
    "empty definition": "It says the same of every transfer.",
    "disagreeing definition": "Another regime defines the same name differently: {others}.",
    "gap": "Between {others} and it neither is in force.",
    "uncovered days": "Nothing of the regime is in force.",
    "unused fact": "No law, look-up or default reads this fact.",
    "turned by knowing more": "A further fact turns a verdict that was settled.",
}


def said(found: Found) -> str:
    """A finding as a sentence."""
    others = ", ".join(found.others)
    return _SAID[found.kind].format(others=others, covered=f", for it is covered by {others}" if others else "")


def text(proof: Proof) -> RenderableType:
    """For a terminal."""
    head = f"{proof.regime}, {proof.days}: {proof.segments} stretch{'es' * (proof.segments != 1)} of days"
    if not proof.proven:
        return Group(Text(head, style="bold"), Text(f"Not proven within {proof.seconds:g} s."))
    parts: list[RenderableType] = [Text(head, style="bold")]
    for kind in KINDS:
        entries = [finding for finding in proof.findings if finding.found.kind == kind]
        parts.append(Text.assemble((kind, "bold"), ": none, proven." if not entries else ""))
        parts += [_finding(entry) for entry in entries]
    parts += [Text(f"accepted and not found: {e.kind} {e.subject}", style="red") for e in proof.stale]
    left = len(proof.unaccepted)
    parts.append(Text(f"{len(proof.findings)} found, {left} of them not accepted.", style="red" if left else "green"))
    return Group(*parts)


def _finding(finding: Finding) -> RenderableType:
    found = finding.found
    lines: list[RenderableType] = [Text.assemble((found.subject, "cyan"), f"  {found.days}"), Text(said(found))]
    if found.witness is not None:
        shown = "; ".join(
            f"{name}: {plain(value)}" for name, value in found.witness.items() if value not in (False, frozenset())
        )
        lines.append(Text(f"for example: {shown}", style="italic"))
    lines.append(Text(f"accepted: {finding.reason}", style="green") if finding.reason else Text("not accepted", style="red"))
    return Padding(Group(*lines), (0, 0, 0, 2), expand=False)


def data(proof: Proof) -> dict[str, Any]:
    """The shape of `prove --json`, documented in docs/decide-json.md."""
    return {
        "schema": SCHEMA,
        "regime": proof.regime,
        "days": str(proof.days),
        "segments": proof.segments,
        "proven": proof.proven,
        "seconds": f"{proof.seconds:g}",
        "findings": [
            {
                "kind": entry.found.kind, "subject": entry.found.subject, "days": str(entry.found.days),
                "others": list(entry.found.others), "text": said(entry.found), "accepted": entry.reason or None,
                "witness": _case(entry.found),
            }
            for entry in proof.findings
        ],
        "stale": [{"kind": entry.kind, "subject": entry.subject, "reason": entry.reason} for entry in proof.stale],
    }  # fmt: skip


def _case(found: Found) -> dict[str, Any]:
    if found.witness is None:
        return {}
    return {"date": found.days.begin.isoformat()} | {name: plain(value) for name, value in found.witness.items()}
