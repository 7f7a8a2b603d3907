"""The plainest case among those that a solver may choose from: like the recorded cases, with nothing claimed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cached_property, lru_cache

from sekisho.case import Case
from sekisho.case.stated import FactValue
from sekisho.decide import Decider
from sekisho.errors import CaseError
from sekisho.history import recorded_cases
from sekisho.language.smt import Facts, Formula, Solver, deny

MOST = 4
"""How many usual values of a fact are tried."""


@lru_cache(maxsize=4)
def recorded(decider: Decider) -> tuple[Case, ...]:
    """The package's recorded cases as a corpus reads them; none where it cannot, being of another vocabulary."""
    try:
        return tuple(recorded_cases(decider))
    except CaseError:
        return ()


class Plainest:
    """Finds the plainest cases that a solver may choose from."""

    def __init__(self, decider: Decider, facts: Facts, solver: Solver) -> None:
        self._decider, self._facts, self._solver = decider, facts, solver

    @cached_property
    def _wishes(self) -> list[list[Formula]]:
        """What a case should be like, by names of the solver."""
        wishes = _wishes(self._decider, self._facts)
        return [[self._solver.name(value) for value in values] for values in wishes if values]

    def case(self, held: Sequence[Formula]) -> dict[str, FactValue] | None:
        """What a case states in which what is held (as names of the solver) holds; None if there is none.

        Each described fact is as in most recorded cases where that is possible, and what need not be claimed is not.
        """
        granted, wishes = list(held), self._wishes
        if not self._solver.check(*granted):
            return None
        self._grant(granted, wishes)
        self._solver.check(*granted)
        return self._facts.read(self._solver.model())

    def _grant(self, granted: list[Formula], wishes: Sequence[list[Formula]]) -> None:
        """Grant each wish that fits with those before it, whole stretches at once; of one, the first value that fits."""
        check = self._solver.check
        if not wishes:
            return
        if check(*granted, *(values[0] for values in wishes)):
            granted += [values[0] for values in wishes]
        elif len(wishes) == 1:
            fitting = next((value for value in wishes[0][1:] if check(*granted, value)), None)
            granted += [] if fitting is None else [fitting]
        else:
            middle = len(wishes) // 2
            self._grant(granted, wishes[:middle])
            self._grant(granted, wishes[middle:])


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
