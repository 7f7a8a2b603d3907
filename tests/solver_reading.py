"""The SMT reader as a reader among others: the verdict of a case, found by asking the solver."""

from collections.abc import Iterator
from datetime import date

from generated import to_case
from sekisho.decide import Decider
from sekisho.decision import Decision
from sekisho.language.smt import Facts, Solver, holds_in
from sekisho.prove.terms import LawTerms, always
from sekisho.prove.world import answers_on


class Solvers:
    """One solver a regime and segment of days; with `world`, for one day whose look-ups it has as they stood."""

    def __init__(self, decider: Decider, world: bool = False) -> None:
        self.decider, self.world = decider, world
        self._made: dict[object, tuple[Facts, dict[str, object], Solver]] = {}

    def disagreements(self, day: date, stated: dict[str, object]) -> Iterator[str]:
        """Where a regime's verdict is another one."""
        for regime in self.decider.corpus.regimes:
            decision = self.decider.decide_regime(to_case(day, stated), regime)
            if decision.law is not None:
                found = self.verdicts(decision, day, stated)
                if found != [decision.verdict]:
                    yield f"kleene and smt, {regime}, {day}: {decision.verdict} and {found} of {stated}"

    def verdicts(self, decision: Decision, day: date, stated: dict[str, object]) -> list[str]:
        """The verdicts whose terms hold of the case: one, if the reader is right."""
        facts, terms, solver = self._solver(decision, day)
        case = dict(stated)
        if not self.world:  # each look-up is a fact of its own: what the world answers is put in by hand
            for name in facts.made:
                fact = self.decider.corpus.vocabulary.facts[name]
                value = decision.completed.value(name) if fact.lookup else None
                if value is not None:
                    case[name] = value
        solver.push()
        solver.add(*facts.pins(case))
        assert solver.check(), f"no case with {case}"
        model = solver.model()
        solver.pop()
        return [verdict for verdict, term in terms.items() if holds_in(model, term)]

    def _solver(self, decision: Decision, day: date) -> tuple[Facts, dict[str, object], Solver]:
        assert decision.law is not None
        key = (decision.regime, decision.law.segment.begin, day if self.world else None)
        if key not in self._made:
            answers = answers_on(self.decider.corpus, day) if self.world else None
            facts = Facts(self.decider.completer.layout, None, answers)
            solver = Solver(facts)
            terms = LawTerms(facts, decision.law).verdict()
            solver.add(*always(facts, self.decider.corpus))
            self._made[key] = facts, terms, solver
        return self._made[key]
