"""The engine against history: recorded decisions put to the law of their day.

What *agrees* means is the table `_AGREES`. What is recorded as pending, or of a group of states, or turns
on a field that its record only illustrates, is shown and not counted: the record says so under `recorded.counted`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec

from sekisho.case import Case, read_file
from sekisho.corpus import PACKAGE, code_version, folder_version, kept
from sekisho.decide import Decider
from sekisho.decision import Decision
from sekisho.errors import CaseError, InputError, Mistake

FOLDER = PACKAGE / "precedents"
REGIME = "japan"
"""Precedents are put to the regime they were decided under."""

_OPEN, _SHUT, _OUT = frozenset({"permitted", "conditional"}), frozenset({"prohibited"}), frozenset({"outside"})
_AGREES: Mapping[str, frozenset[str]] = {
    "permitted": _OPEN,
    "permitted-by-exception": _OPEN,
    "consent-granted": _OPEN,
    "prohibited": _SHUT,
    "consent-refused": _SHUT,
    "not-permitted-then-later-permitted": _SHUT,
    "outside": _OUT,
    "pending": frozenset(),
}


class Outcome(msgspec.Struct, frozen=True):
    """One recorded case beside the engine's verdict. `why` says why it is not counted, or what is at issue."""

    id: str
    title: str
    date: str
    recorded: str
    verdict: str
    counted: bool
    agrees: bool
    strict: bool
    why: str


class History(msgspec.Struct, frozen=True):
    """Outcomes, with the rates of agreement over those that count."""

    cases: tuple[Outcome, ...]

    @property
    def counted(self) -> tuple[Outcome, ...]:
        """The cases that count."""
        return tuple(case for case in self.cases if case.counted)

    def agreement(self, strict: bool | None = None) -> tuple[int, int]:
        """(how many agree, of how many that count); only the strict ones, or only the others, if asked."""
        chosen = [case for case in self.counted if strict is None or case.strict == strict]
        return sum(case.agrees for case in chosen), len(chosen)


def compare(decider: Decider, path: Path | None = None, regime: str = REGIME) -> History:
    """The cases of a file or folder (by default the package's precedents) beside their recorded outcomes.

    Raises `CaseError` for a case without a usable record.
    """
    return History(tuple(_outcome(decider, case, regime) for case in recorded_cases(decider, path)))


def recorded_cases(decider: Decider, path: Path | None = None) -> list[Case]:
    """The recorded cases of a file or folder, by date. Raises `CaseError` with every mistake in them."""
    root = path or FOLDER
    files = [root] if root.is_file() else sorted(p for p in root.rglob("*") if p.suffix in (".yaml", ".yml", ".json", ".jsonl"))
    if not files:
        raise CaseError(Mistake("there are no cases.", "Name a file or folder of cases with `recorded:`.", str(root)))
    cases: list[Case] = []
    mistakes: list[Mistake] = []
    for file in files:
        try:
            cases += read_file(file, decider.corpus)
        except InputError as flaw:
            mistakes += flaw.mistakes
    for case in cases:
        mistakes += _record_flaws(case)
    if mistakes:
        raise CaseError(mistakes)
    return sorted(cases, key=lambda case: (case.date, case.id))


def _record_flaws(case: Case) -> Iterable[Mistake]:
    record = case.recorded
    if record is None:
        yield Mistake(f"{case.name} has no recorded outcome.", "Add recorded: {outcome: …}.", case.file, case.line, "recorded")
    elif record.get("outcome") not in _AGREES:
        known = ", ".join(_AGREES)
        yield Mistake(
            f"'{record.get('outcome')}' is no recorded outcome.",
            f"One of {known}.",
            case.file,
            case.line,
            "recorded.outcome",
        )
    elif record.get("counted") is False and not record.get("why"):
        yield Mistake(f"{case.name} is not counted and does not say why.", "Add `why:`.", case.file, case.line, "recorded.why")


def _outcome(decider: Decider, case: Case, regime: str) -> Outcome:
    record: Mapping[str, Any] = case.recorded or {}
    recorded = str(record["outcome"])
    counted = bool(record.get("counted", True)) and recorded != "pending"
    strict = (
        record.get("case_type") == "decision" and record.get("confidence") == "high"
        and record.get("date_basis") == "page" and recorded != "pending"
    )  # fmt: skip
    decision = decider.decide_regime(case, regime)
    agrees = decision.verdict in _AGREES[recorded] or (
        recorded in ("permitted", "permitted-by-exception")
        and decision.verdict == "outside"
        and bool(record.get("not_defence_equipment"))
    )
    why = str(record.get("why", "")) if not counted else "" if agrees else _at_issue(decision)
    return Outcome(case.id, case.title, str(case.date), recorded, decision.verdict, counted, agrees, strict, why)


def _at_issue(decision: Decision) -> str:
    """The provisions or facts that a disagreement turns on."""
    if decision.verdict == "undetermined":
        return "not stated: " + ", ".join(decision.missing)
    if decision.verdict == "prohibited":
        return "barred by " + ", ".join(decision.barring) if decision.barring else "no head opens it"
    if decision.verdict == "outside":
        return "the regime does not govern it"
    return f"opened by {decision.head}" if decision.head else "nothing bars it"


class Precedent(msgspec.Struct, frozen=True):
    """A recorded case that shares what decided."""

    id: str
    title: str
    date: str
    recorded: str
    verdict: str
    shares: tuple[str, ...]
    title_ja: str = ""


_Index = tuple[tuple[str, str, str, str, str, str, frozenset[str], str], ...]


def precedents_of(decider: Decider, decision: Decision, most: int = 5) -> tuple[Precedent, ...]:
    """Recorded cases that the same provisions, in whatever version, decided the same way; nearest in time first."""
    if decision.regime != REGIME or decision.verdict in ("outside", "undetermined"):
        return ()
    wanted = _lineages(decider, _grounds(decision))
    own = decision.completed.case
    found = []
    for identity, title, title_ja, date, recorded, verdict, grounds, side in _index(decider):
        shared = wanted & grounds
        if side == _side(decision) and identity != own.id and (shared or not wanted | grounds):
            found.append(
                (
                    -len(shared),
                    abs(int(date[:4]) - own.date.year),
                    Precedent(identity, title, date, recorded, verdict, tuple(sorted(shared)), title_ja),
                )
            )
    return tuple(entry for *_, entry in sorted(found, key=lambda entry: entry[:2])[:most])


def _side(decision: Decision) -> str:
    if decision.verdict == "prohibited":
        return "barred" if decision.barring else "no head"
    return "open"


def _grounds(decision: Decision) -> frozenset[str]:
    """The bars, or the head or lifts, that decided."""
    if decision.verdict == "prohibited":
        return frozenset(decision.barring)
    heads = (decision.head,) if decision.head else ()
    lifts = () if heads else tuple(way.provision for way in decision.ways)
    return frozenset((*heads, *lifts))


def _lineages(decider: Decider, names: Iterable[str]) -> frozenset[str]:
    """Each provision's first ancestor, so that versions of one text count as one."""
    first = []
    for name in names:
        while decider.corpus.provisions[name].follows:
            name = decider.corpus.provisions[name].follows
        first.append(name)
    return frozenset(first)


@lru_cache(maxsize=2)
def _index(decider: Decider) -> _Index:
    """The grounds on which each recorded case is decided; kept under the content of law, world and precedents."""
    corpus = decider.corpus
    key = code_version() + corpus.law_version + corpus.world_version + folder_version(FOLDER)
    return kept("precedents", key, tuple, lambda: _make_index(decider))


def _make_index(decider: Decider) -> _Index:
    entries = []
    for case in recorded_cases(decider):
        decision = decider.decide_regime(case, REGIME)
        if decision.verdict not in ("outside", "undetermined"):
            grounds = _lineages(decider, _grounds(decision))
            recorded = str((case.recorded or {})["outcome"])
            entries.append(
                (case.id, case.title, case.title_ja, str(case.date), recorded, decision.verdict, grounds, _side(decision))
            )
    return tuple(entries)
