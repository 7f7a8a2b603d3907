"""The solver's reading of one case: what its verdict is whatever the answer to what is not known (`decide --exact`).

The Kleene reader asks of each condition by itself whether it follows; a case in which a condition and its opposite both open
the transfer is undetermined to it. Here every completion is put to the law: every value of each fact `unstated: unknown`, and
of each look-up as the world of the day answers it for those values, or any answer where the world has none, within what
holds `always`. The rest of silence stays as it is.
"""

from __future__ import annotations

from sekisho.corpus import LawInForce
from sekisho.decide import Decider
from sekisho.decision import Answer, Decision, Exact, Verdict
from sekisho.errors import CaseError, Mistake
from sekisho.language.smt import Clock, Facts, Solver
from sekisho.prove.terms import LawTerms, always
from sekisho.prove.world import answers_on, existing


class Completions:
    """Every completion of one case under one law, as a solver's terms; `possible` has the verdicts that occur."""

    def __init__(self, decider: Decider, decision: Decision, law: LawInForce, clock: Clock | None = None) -> None:
        completed, corpus = decision.completed, decider.corpus
        known = dict(completed.stated)
        unknown = {fact.name for fact in corpus.vocabulary.facts.values() if fact.unstated == "unknown"} - known.keys()
        looked_up = {name for name in unknown if corpus.vocabulary.facts[name].lookup is not None}
        answers = answers_on(corpus, completed.world_day, looked_up, completed.strict)
        self.facts = Facts(decider.completer.layout, frozenset(known) | unknown, answers)
        self.law = LawTerms(self.facts, law)
        self.verdicts = self.law.verdict(completed.case.head)
        self.solver = Solver(self.facts, clock)
        self.solver.add(*always(self.facts, corpus))
        self.solver.add(*existing(self.facts, corpus, completed.world_day))
        made = {name: value for name, value in known.items() if name in self.facts.made}
        self.solver.add(*self.facts.pins(made, only=made.keys()))

    def possible(self) -> tuple[Verdict, ...]:
        """The verdicts that some completion has, in the order of the algebra. Raises `ProofTimeout`."""
        found: list[Verdict] = []
        for verdict, term in self.verdicts.items():
            if self.solver.check(self.solver.name(term)):
                found.append(verdict)  # type: ignore[arg-type]
        return tuple(found)


def exactly(decider: Decider, answer: Answer, seconds: float | None = None) -> Answer:
    """An answer with each regime's verdict as it is over all completions of the case.

    Raises `CaseError` if the case has no completion at all, `ProofTimeout` if `seconds` do not suffice.
    """
    return Answer(tuple(exact_decision(decider, decision, Clock(seconds)) for decision in answer.decisions))


def exact_decision(decider: Decider, decision: Decision, clock: Clock | None = None) -> Decision:
    """One regime's decision with its verdict over all completions."""
    if decision.law is None:
        return decision.exactly(Exact((decision.verdict,), decision.verdict))
    possible = Completions(decider, decision, decision.law, clock).possible()
    if not possible:
        case = decision.completed.case
        what = "the case cannot be: no values of what it leaves open fit together with what it states."
        raise CaseError(Mistake(what, "Correct what it states.", case.file, case.line))
    return decision.exactly(Exact(possible, decision.verdict))
