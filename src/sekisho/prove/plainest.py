"""The plainest case among those that a solver may choose from: like the recorded cases, with nothing claimed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from sekisho.case import Case
from sekisho.case.stated import FactValue
from sekisho.decide import Decider
from sekisho.errors import CaseError
from sekisho.history import recorded_cases
from sekisho.language.smt import Facts, Formula, Solver, deny, holds_in

MOST = 4
"""How many usual values of a fact are tried."""


@lru_cache(maxsize=4)
def recorded(decider: Decider) -> tuple[Case, ...]:
    """The package's recorded cases as a corpus reads them; none where it cannot, being of another vocabulary."""
    try:
        return tuple(recorded_cases(decider))
    except CaseError:
        return ()


def plainest(decider: Decider, facts: Facts, solver: Solver, held: Sequence[Formula]) -> dict[str, FactValue] | None:
    """What a case states in which what is held (as names of the solver) holds; None if there is none.

    Each described fact is as in most recorded cases where that is possible, and what need not be claimed is not.
    """
    if not solver.check(*held):
        return None
    model, held = solver.model(), list(held)
    for wishes in _wishes(decider, facts):
        for wish in wishes:
            granted = holds_in(model, wish)
            if not granted and solver.check(*held, solver.name(wish)):
                granted, model = True, solver.model()
            if granted:
                held.append(solver.name(wish))
                break
    return facts.read(model)


def _wishes(decider: Decider, facts: Facts) -> list[list[Formula]]:
    """What a case should be like, in the order of weight: for each fact one value after another."""
    usual = _usual(decider)
    wishes = [[facts.equals(name, value) for value in values] for name, values in usual if name in facts.made]
    for name in facts.made:
        fact = decider.corpus.vocabulary.facts[name]
        if fact.claimed and fact.type in ("boolean", "set"):
            terms = facts.fact(name).value
            wishes += [[deny(term)] for term in (terms.values() if fact.type == "set" else [terms])]
    return wishes


@lru_cache(maxsize=4)
def _usual(decider: Decider) -> tuple[tuple[str, tuple[FactValue, ...]], ...]:
    """What recorded cases mostly say of each described fact: the fact most often stated first, with its usual values."""
    counts: dict[str, Counter[FactValue]] = {}
    states: Counter[FactValue] = Counter()
    facts = decider.corpus.vocabulary.facts
    for case in recorded(decider):
        for name, value in decider.completer.complete(case).stated.items():
            if facts[name].kind == "described":
                counts.setdefault(name, Counter())[value] += 1
                if facts[name].type == "state":
                    states[value] += 1
    ordered = sorted(counts.items(), key=lambda entry: (-entry[1].total(), entry[0]))
    usual = {}
    for name, tally in ordered:
        values = [value for value, _ in tally.most_common(MOST)]
        if facts[name].type == "state":
            values += [value for value, _ in states.most_common(2 * MOST)[1:]]  # the first is every exporter's
        usual[name] = tuple(dict.fromkeys(values))
    return tuple(usual.items())
