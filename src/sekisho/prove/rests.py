"""What a verdict rests on, and what could properly turn it (`decide --rests`).

A *reason* is a least set of known facts from which the verdict follows with every other known fact forgotten; silence stays
as it is. Forgetting a fact can only make a settled verdict undetermined, so that reasons are the least points of a
monotone function of what is kept, which a solver lists, the smallest first, and of which it tells whether a fact has any
part in it. An undetermined verdict has no reasons: it rests on what is missing.

What is offered as a *change* is what the vocabulary says somebody's act can bring about (`Fact.an_act`): assurances, steps,
findings, agreements. What describes the item, the parties, the route or the purpose is never offered.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from itertools import combinations
from typing import Any, NamedTuple

import z3

from sekisho.decide import Decider, RegimeLaw
from sekisho.decision import Answer, Change, Decision, Law, Rests, Verdict
from sekisho.language.circuit import FALSE, NULL, TRUE, A, B
from sekisho.language.nodes import NONE, Compare, Literal, facts_of
from sekisho.language.smt import Clock, Facts, Formula, Solver, Two, all_of, any_of, deny
from sekisho.text import Interval

REASONS = 12
"""How many reasons are listed."""
CHANGES = 3
"""How many acts together are tried."""


def with_rests(decider: Decider, answer: Answer, seconds: float | None = None) -> Answer:
    """An answer whose decisions say what they rest on.

    Raises `ProofTimeout` if `seconds` do not suffice.
    """
    clock = Clock(seconds)
    for decision in answer.decisions:
        decision.rests = rests(decider, decision, clock)
    return answer


def rests(decider: Decider, decision: Decision, clock: Clock | None = None) -> Rests:
    """What one regime's decision rests on, whatever `--exact` said of it."""
    laws = tuple(_laws(decider, decision))
    law = decision.compiled
    if not isinstance(law, RegimeLaw):
        return Rests((), (), (), (), (), True, REASONS, (), CHANGES, laws)
    case = _Case(decider, decision, law)
    changes = tuple(_Acts(case).changes())
    if case.verdict == "undetermined":
        return Rests((), (), (), (), (), True, REASONS, changes, CHANGES, laws)
    kept = _Kept(case, clock or Clock())
    reasons = tuple(kept.reasons())
    return Rests(
        kept.matter, kept.needed, kept.either, tuple(name for name in case.units if name not in kept.matter),
        reasons[:REASONS], len(reasons) <= REASONS, REASONS, changes, CHANGES, laws,
    )  # fmt: skip


def turning(decider: Decider, decision: Decision, most: int = CHANGES) -> tuple[Change, ...]:
    """At most `most` acts together that could turn one regime's decision, without the proof of what it rests on."""
    law = decision.compiled
    return tuple(_Acts(_Case(decider, decision, law)).changes(most)) if isinstance(law, RegimeLaw) else ()


class _Case:
    """One case under one law: what is known of it, by the units that can be forgotten one by one."""

    def __init__(self, decider: Decider, decision: Decision, law: RegimeLaw) -> None:
        self.decider, self.decision, self.law = decider, decision, law
        self.completed = decision.completed
        self.layout = decider.completer.layout
        self.values = decision.values
        self.named = self.completed.case.head
        self.verdict: Verdict = law.verdict(self.values, self.named)
        self.relies = self.named if decision.head_named and self.verdict in ("conditional", "permitted") else ""
        self.roots = (law.governs, law.allowed, *((law.ways[self.relies],) if self.relies else ()))

    @cached_property
    def slots(self) -> tuple[int, ...]:
        """The slots under the roots, parts before what they are parts of."""
        found: set[int] = set()
        stack = list(self.roots)
        while stack:
            number = stack.pop()
            if number not in found:
                found.add(number)
                stack += self.law.circuit.slots[number].children
        return tuple(sorted(found))

    @cached_property
    def read(self) -> tuple[str, ...]:
        """The facts that the verdict reads, a claimed set's elements one by one, in the vocabulary's order."""
        literals = [slot.literal for slot in map(self.law.circuit.slots.__getitem__, self.slots) if slot.literal is not None]
        names = {self.layout.unit_of(literal, name) for literal in literals for name in facts_of(literal)}
        return tuple(name for name in self.layout.names if name in names)

    @cached_property
    def units(self) -> tuple[str, ...]:
        """Those of them that are known. What a claim leaves to silence is not."""
        return tuple(name for name in self.read if self._known(name))

    def _known(self, name: str) -> bool:
        fact = self.layout.vocabulary.facts[name.partition(":")[0]]
        if fact.claimed:
            return not self.completed.silent >> self.layout.units[name] & 1
        return self.completed.value(name) is not None

    def supports(self, literal: Literal) -> list[tuple[str, ...]]:
        """Sets of known facts each of which gives a literal its value, if it has one that forgetting can take away."""
        names = tuple(dict.fromkeys(self.layout.unit_of(literal, name) for name in facts_of(literal)))
        known = tuple(name for name in names if name in self.units)
        if isinstance(literal, Compare) and len(names) > 1:
            none = [name for name in known if self.completed.value(name) == NONE]
            if none:
                return [(name,) for name in none]  # nothing equals what is known to be none
        return [known]


class _Kept:
    """The verdict as a function of which known facts are kept."""

    def __init__(self, case: _Case, clock: Clock) -> None:
        self.case = case
        self._facts = Facts(case.layout, frozenset())
        self._keep = {name: self._facts.boolean(name) for name in case.units}
        self._terms: dict[tuple[int, int], Two] = {}
        self._holds = self._verdict()
        self._clock = clock

    def _two(self, number: int, column: int) -> Two:
        key = (number, column)
        if key not in self._terms:
            slot = self.case.law.circuit.slots[number]
            if slot.literal is not None:
                value = self.case.values[number] >> column & 3
                kept = any_of(all_of(self._keep[name] for name in s) for s in self.case.supports(slot.literal))
                self._terms[key] = Two(kept if value == 3 else False, deny(kept) if value == 0 else True)
            else:
                parts = [self._two(child, column) for child in slot.children]
                join = all_of if slot.kind == "and" else any_of
                self._terms[key] = Two(join(part.yes for part in parts), join(part.may for part in parts))
        return self._terms[key]

    def _verdict(self) -> Formula:
        """Whether the verdict still follows; one that relies on the head named, by that head."""
        case, law = self.case, self.case.law
        governs, allowed = self._two(law.governs, A), self._two(law.allowed, A)
        if case.verdict == "outside":
            return deny(governs.may)
        if case.verdict == "prohibited":
            return all_of((governs.yes, deny(allowed.may)))
        parts = [governs.yes, allowed.yes]
        if case.relies:
            parts.append(self._two(law.ways[case.relies], A).yes)
        if case.verdict == "permitted":
            through = (law.ways[case.relies], *law.rest) if case.relies else (law.allowed,)
            parts += [self._two(slot, B).yes for slot in through]
        return all_of(parts)

    def _solver(self, *formulas: Formula) -> Solver:
        solver = Solver(self._facts, self._clock)
        solver.add(*formulas)
        return solver

    def _follows_without(self, forgotten: Iterable[str]) -> bool:
        gone = set(forgotten)
        values = {name: name not in gone for name in self._keep}
        return self._value(values)

    def _value(self, kept: Mapping[str, bool]) -> bool:
        if isinstance(self._holds, bool):
            return self._holds
        terms = [(self._keep[name], z3.BoolVal(value, self._facts.context)) for name, value in kept.items()]
        return bool(z3.is_true(z3.simplify(z3.substitute(self._holds, *terms))))

    @cached_property
    def matter(self) -> tuple[str, ...]:
        """The facts that some reason has: that tell, whatever else is kept, for some choice of it."""
        return tuple(name for name in self._keep if self._tells(name))

    def _tells(self, name: str) -> bool:
        if isinstance(self._holds, bool):
            return False
        with_it, without = (
            z3.substitute(self._holds, (self._keep[name], z3.BoolVal(value, self._facts.context))) for value in (True, False)
        )
        return self._solver(with_it, deny(without)).check()

    @cached_property
    def needed(self) -> tuple[str, ...]:
        """The facts that every reason has."""
        return tuple(name for name in self.matter if not self._follows_without((name,)))

    @cached_property
    def either(self) -> tuple[tuple[str, str], ...]:
        """Pairs of which every reason has one or the other."""
        others = [name for name in self.matter if name not in self.needed]
        return tuple(pair for pair in combinations(others, 2) if not self._follows_without(pair))

    def reasons(self) -> Iterator[tuple[str, ...]]:
        """Reasons, the smallest first: one more than are listed if there are more.

        Of the sets that have no reason found so far in them, one of the smallest is a reason.
        """
        if isinstance(self._holds, bool):
            yield ()
            return
        names = self.matter
        keep = [self._keep[name] for name in names]
        idle = (deny(self._keep[name]) for name in self._keep if name not in names)
        solver = self._solver(self._holds, *idle, *(self._keep[name] for name in self.needed))
        solver.add(*(any_of(self._keep[name] for name in pair) for pair in self.either))
        size, count = len(self.needed), 0
        while count <= REASONS and solver.check():
            few = solver.name(z3.PbLe([(term, 1) for term in keep], size))
            if not solver.check(few):
                size += 1
                continue
            model = solver.model()
            kept = [name for name in names if z3.is_true(model.eval(self._keep[name], model_completion=True))]
            count += 1
            yield tuple(kept)
            solver.add(any_of(deny(self._keep[name]) for name in kept))


# ---- what could turn it ------------------------------------------------------------------------


class _Act(NamedTuple):
    """One act: the units that it makes true or false together, and their value."""

    units: tuple[str, ...]
    value: bool


class _Acts:
    """The acts that could turn the verdict of a case: the least sets of them."""

    def __init__(self, case: _Case) -> None:
        self.case = case
        self._places = case.layout.index
        self._acts = [act for units in self._offered() for act in self._of(units)]
        self._by_unit: dict[str, list[_Act]] = {}
        for act in self._acts:
            for name in act.units:
                self._by_unit.setdefault(name, []).append(act)

    def _offered(self) -> Iterator[tuple[str, ...]]:
        """The units that an act can bring about; look-ups of one table with the same keys are one."""
        facts = self.case.layout.vocabulary.facts
        together: dict[Any, list[str]] = {}
        for name in self.case.read:
            fact = facts[name.partition(":")[0]]
            if not fact.an_act or fact.type not in ("boolean", "set") or (fact.type == "set" and not fact.claimed):
                continue
            if fact.lookup is None:
                together[name] = [name]
            else:
                keys = tuple(self.case.completed.value(key) for key in fact.lookup.reads)
                if not any(key is None or key == NONE for key in keys):
                    together.setdefault((fact.lookup.table, keys), []).append(name)
        yield from map(tuple, together.values())

    def _of(self, units: tuple[str, ...]) -> Iterator[_Act]:
        """The acts that change a unit: what is silent can be granted or refused, what is known turned.

        Nobody states of a set what is not in it: its elements are found, or the finding is taken back.
        """
        raw = {self.case.completed.x[self._places[name]] >> A & 3 for name in units}
        known = units[0] in self.case.units
        for value in (True, False):
            if raw != {3 if value else 0} if known else value or ":" not in units[0]:
                yield _Act(units, value)

    def changes(self, most: int = CHANGES) -> Iterator[Change]:
        """The least sets of at most `most` acts that settle it otherwise, the smallest first."""
        found: list[frozenset[_Act]] = []
        level: set[frozenset[_Act]] = {frozenset()}
        for _ in range(most):
            wider = {done | {act} for done in level for act in self._telling(done)}
            level = set()
            turned: dict[frozenset[_Act], Verdict] = {}
            for done in wider:
                if any(less <= done for less in found):
                    continue
                verdict = self._verdict(done)
                if verdict is None:
                    continue
                if verdict in (self.case.verdict, "undetermined"):
                    level.add(done)
                else:
                    turned[done] = verdict
            found += turned
            entries = [Change(self._facts(done), len(done), verdict) for done, verdict in turned.items()]
            yield from sorted(entries, key=lambda entry: [self._places[name] for name in entry.facts])

    def _facts(self, done: frozenset[_Act]) -> dict[str, bool]:
        facts = {name: act.value for act in done for name in act.units}
        return {name: facts[name] for name in sorted(facts, key=self._places.__getitem__)}

    def _verdict(self, done: frozenset[_Act]) -> Verdict | None:
        """The verdict after some acts; None if no case can be so."""
        completer = self.case.decider.completer
        x, y = self._after(done)
        if not completer.possible(x, y):
            return None
        return self.case.law.verdict(self.case.law.program(x, y), self.case.named)

    def _after(self, done: Iterable[_Act]) -> tuple[list[Any], list[Any]]:
        x, y = self.case.completed.x.copy(), self.case.completed.y.copy()
        for act in done:
            for name in act.units:
                place = self._places[name]
                x[place] = y[place] = TRUE if act.value else FALSE
                if ":" in name and not act.value:
                    x[place], y[place] = self.case.layout.unstated_when[place], self.case.layout.unstated_met[place]
        return x, y

    def _telling(self, done: frozenset[_Act]) -> list[_Act]:
        """The acts that could still tell after some: none whose facts are not live with all of them unknown."""
        taken = {name for act in done for name in act.units}
        x, y = self._after(done)
        for name in self._by_unit:
            if name not in taken:
                x[self._places[name]] = y[self._places[name]] = NULL
        law, layout = self.case.law, self.case.layout
        values = law.program(x, y)
        live = {literal for shift in (A, B) for literal in law.live(values, self.case.roots, shift)}
        if self.case.relies:
            live |= set(law.live(values, (law.ways[self.case.relies], *law.rest), B))
        units = {layout.unit_of(literal, name) for literal in live for name in facts_of(literal)}
        return [act for act in self._acts if taken.isdisjoint(act.units) and not units.isdisjoint(act.units)]


def _laws(decider: Decider, decision: Decision) -> Iterator[Law]:
    """The verdict under the law of every day, the world being that of the case, stretches with one verdict joined."""
    corpus, regime = decider.corpus, decision.regime
    given = decision.completed
    completed = decider.completer.complete(given.case, given.world_day, given.strict, override=True)
    first = corpus.regimes[regime].first_day
    days: list[dt.date] = sorted({first, *corpus.change_days(regime)})
    last: Law | None = None
    for moment in days:
        law = decider.compiled(regime, moment)
        completed.look_up(law.plans)
        verdict = law.verdict(law.program(completed.x, completed.y), given.case.head)
        span = law.law.segment
        if last is not None and last.verdict == verdict:
            last = Law(Interval(last.in_force.begin, span.end), verdict)
        else:
            if last is not None:
                yield last
            last = Law(span, verdict)
    if last is not None:
        yield last
