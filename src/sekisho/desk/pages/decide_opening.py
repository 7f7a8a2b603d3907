"""What nobody has said of a prohibited case and would open it: acts alone, each put to the law, with recorded cases.

What is offered is what the engine finds that somebody's act can bring about (`prove/rests.py`); nothing describes the item or
the parties anew.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from sekisho.case import Case
from sekisho.decide import Decider
from sekisho.decision import STRICTEST, Answer, Change, Verdict
from sekisho.history import Precedent, precedents_of
from sekisho.prove.rests import turning
from sekisho.receipt import Options
from sekisho.render import resting

ACTS = 2
"""Acts together that are tried."""
SHOWN = 3
"""Ways that are told."""
RECORDED = 3
"""Recorded cases that are told of each."""


class Opening(msgspec.Struct, frozen=True):
    """Acts that would open a case: in words, whose they are, the verdict then, the facts that state them, recorded cases."""

    text: str
    whose: tuple[str, ...]
    verdict: Verdict
    facts: tuple[str, ...]
    precedents: tuple[Precedent, ...]


def openings(decider: Decider, answer: Answer, case: Case, options: Options, language: str) -> tuple[Opening, ...]:
    """The ways in which acts that nobody has stated would open a prohibited case, the fewest acts first."""
    return tuple(_found(decider, answer, case, options, language)) if answer.verdict == "prohibited" else ()


def _found(decider: Decider, answer: Answer, case: Case, options: Options, language: str) -> Iterator[Opening]:
    decision, count = answer.deciding, 0
    changes = sorted(turning(decider, decision, ACTS), key=lambda change: (change.acts, -STRICTEST.index(change.verdict)))
    for change in changes:
        if count == SHOWN or not _unsaid(decider, case, change):
            continue
        facts = {**case.facts, **_stated(case, change)}
        then = decider.decide(
            msgspec.structs.replace(case, facts=facts), options.regimes, options.law_on, options.world_on, options.strict,
            options.override,
        )  # fmt: skip
        if then.verdict == "prohibited":
            continue
        count += 1
        mine = next(other for other in then.decisions if other.regime == decision.regime)
        yield Opening(
            resting.said(decision, change, language),
            tuple(entry.in_(language) for entry in resting.whose(decider.corpus, change)), then.verdict,
            tuple(change.facts) if not any(":" in name for name in change.facts) else (),
            precedents_of(decider, mine, RECORDED),
        )  # fmt: skip


def _unsaid(decider: Decider, case: Case, change: Change) -> bool:
    """Whether acts grant what the case is silent of, and take back nothing that it says."""
    facts = decider.corpus.vocabulary.facts
    names = {name.partition(":")[0] for name in change.facts}
    return all(change.facts.values()) and all(facts[name].lookup is None and name not in case.facts for name in names)


def _stated(case: Case, change: Change) -> Mapping[str, Any]:
    """The facts of a case that state the acts."""
    found: dict[str, Any] = {}
    for entry in change.facts:
        name, _, element = entry.partition(":")
        found[name] = found.get(name, frozenset()) | {element} if element else True
    return found
