"""What an interview asks of the solver: which verdicts are still possible, and whether a fact can still change one."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

import z3

from sekisho.case import Case
from sekisho.case.stated import FactValue
from sekisho.decide import Decider
from sekisho.decision import Decision, Verdict
from sekisho.language.smt import Facts, Formula, Solver, all_of, any_of, deny, same
from sekisho.prove.terms import LawTerms, always
from sekisho.prove.world import answers_on, existing

OPEN = ("permitted", "conditional")


def group(verdict: Verdict) -> str:
    """A verdict as an interview tells verdicts apart: permitted and conditional are one."""
    return "conditional" if verdict in OPEN else verdict


class _Twin:
    """A model in which some terms have the values of their twins."""

    def __init__(self, model: Any, pairs: list[tuple[Any, Any]]) -> None:
        self._model, self._pairs = model, pairs

    def eval(self, term: Any, model_completion: bool) -> Any:
        """A term's value."""
        return self._model.eval(z3.substitute(term, *self._pairs), model_completion=model_completion)


class Matter:
    """One regime's law over every completion of a case of which some facts are open."""

    def __init__(self, decider: Decider, decision: Decision, names: Iterable[str]) -> None:
        assert decision.law is not None
        completed, vocabulary = decision.completed, decider.corpus.vocabulary
        self._vocabulary = vocabulary.facts
        self._known = dict(completed.stated)
        unknown = {f.name for f in vocabulary.facts.values() if f.unstated == "unknown"} - self._known.keys()
        looked_up = {name for name in unknown if vocabulary.facts[name].lookup is not None}
        silent = {name for name in names if vocabulary.facts[name].unstated != "unknown"} - self._known.keys()
        answers = answers_on(decider.corpus, completed.world_day, looked_up, completed.strict)
        self.facts = Facts(decider.completer.layout, frozenset(self._known) | unknown, answers, silent)
        law = LawTerms(self.facts, decision.law)
        verdicts = law.verdict(completed.case.head)
        self._groups: dict[str, Formula] = {
            "outside": verdicts["outside"], "prohibited": verdicts["prohibited"],
            "conditional": any_of(verdicts[name] for name in OPEN),
        }  # fmt: skip
        self._rules = [*always(self.facts, decider.corpus), *existing(self.facts, decider.corpus, completed.world_day)]
        self._solver = Solver(self.facts)
        self._solver.add(*self._rules)
        made = {name: value for name, value in self._known.items() if name in self.facts.made}
        self._solver.add(*self.facts.pins(made, only=made.keys()))
        self._twins: dict[tuple[str, ...], Any] = {}
        self._possible: dict[Any, set[str]] = {}

    def possible(self, case: Case, left: Collection[str], replies: Mapping[str, Any]) -> set[str]:
        """The verdicts that completions of what is open have; none, if no completion fits together."""
        key = tuple(replies.items())
        if key not in self._possible:
            held = self._held(case, left, replies)
            names = {name: self._solver.name(term) for name, term in self._groups.items()}
            self._possible[key] = {name for name, term in names.items() if self._solver.check(*held, term)}
        return self._possible[key]

    def tells(self, names: tuple[str, ...], case: Case, left: Collection[str], replies: Mapping[str, Any]) -> bool:
        """Whether two completions that differ in some facts alone have two verdicts."""
        made = tuple(name for name in names if name in self.facts.made)
        if not made:
            return False
        if made not in self._twins:
            self._twins[made] = self._solver.name(self._twin(made))
        return self._solver.check(*self._held(case, left, replies), self._twins[made])

    def pair(
        self, names: tuple[str, ...], case: Case, left: Collection[str], replies: Mapping[str, Any]
    ) -> tuple[dict[str, FactValue], dict[str, FactValue]]:
        """Two such completions, where `tells` says that there are."""
        assert self.tells(names, case, left, replies)
        model = self._solver.model()
        return self.facts.read(model), self.facts.read(_Twin(model, self._constants(names)))

    def _constants(self, names: Iterable[str]) -> list[tuple[Any, Any]]:
        """The terms that some facts are made of, each with its twin."""
        pairs = []
        for name in names:
            fact = self.facts.fact(name)
            for term in (*(fact.own.values() if isinstance(fact.own, dict) else (fact.own,)), fact.stated):
                if not isinstance(term, bool) and z3.is_const(term) and term.decl().kind() == z3.Z3_OP_UNINTERPRETED:
                    pairs.append((term, z3.Const(f"{term}'", term.sort())))
        return pairs

    def _twin(self, names: tuple[str, ...]) -> Formula:
        """That a second case, different in some facts alone, can be, and has another verdict."""
        pairs = self._constants(names)

        def twin(formula: Formula) -> Formula:
            return formula if isinstance(formula, bool) else z3.substitute(formula, *pairs)

        rules = all_of(twin(rule) for rule in (*self._rules, *self.facts.rules))
        differs = any_of(deny(same(term, twin(term))) for term in self._groups.values())
        return all_of((rules, differs))

    def _held(self, case: Case, left: Collection[str], replies: Mapping[str, Any]) -> list[Any]:
        """What is answered, by names of the solver: values, claims that nobody makes, defaults that stand."""
        held: list[Formula] = []
        for name in self.facts.made:
            if name in self._known:
                continue
            fact = self._vocabulary[name]
            value: FactValue | None = case.facts.get(name)
            if value is not None:
                held += self.facts.pins({name: value}, only=(name,))
            elif fact.unstated != "unknown" and name not in left:
                held += self.facts.pins({}, only=(name,))
        return [self._solver.name(term) for term in held]
