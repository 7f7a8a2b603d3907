"""Witnesses: a case for each class that turns, confirmed by `decide` under both laws.

A recorded precedent comes first, the nearest in time; then a case that agrees with the world of the second day, as plain as
can be: like the recorded cases where nothing speaks against it, and without what it need not state; then none.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import msgspec

from sekisho.case import Case, Completed
from sekisho.case.stated import FactValue
from sekisho.corpus import Corpus
from sekisho.decide import RegimeLaw
from sekisho.decision import Decision
from sekisho.errors import CaseError
from sekisho.language.circuit import A, Circuit, column
from sekisho.language.kleene import Program, compiled
from sekisho.language.nodes import Node, facts_of
from sekisho.language.smt import Formula
from sekisho.prove.classes import Class, conjunction
from sekisho.prove.comparison import REQUIRED, Comparison, Requirement
from sekisho.prove.plainest import Plainest, recorded

OPEN = frozenset({"permitted", "conditional", "outside"})


class Verdicts(msgspec.Struct, frozen=True):
    """What `decide` says of a case under the first law and under the second."""

    before: str
    after: str


class Witness(msgspec.Struct, frozen=True):
    """A case of a class with its verdicts. `precedent` is its id if it is a recorded one.

    `met` is False where no case of the class agrees with the world of the day: then `case` shows what one would have to be, and
    its verdicts are those of `decide` with its look-ups overridden.
    """

    case: Case
    verdicts: Verdicts
    precedent: str = ""
    met: bool = True


@dataclass(frozen=True)
class _Put:
    """A case, completed, as two laws decide it."""

    completed: Completed
    old: Decision
    new: Decision


@dataclass(frozen=True)
class Wanted:
    """What a witness must show: a change (or that something is required) for a case of a class."""

    change: str
    found: Class
    requirement: Requirement | None = None


class Witnesses:
    """Finds and confirms witnesses of one difference of two laws."""

    def __init__(self, free: Comparison, world_day: dt.date) -> None:
        self.free, self.world_day = free, world_day
        self.before, self.after = free.before, free.after
        self.corpus = self.after.corpus

    def of(self, wanted: Wanted) -> Witness:
        """The witness of a class."""
        return self._recorded_one(wanted) or self._found_before(wanted) or self._new(wanted)

    def _new(self, wanted: Wanted) -> Witness:
        found = self._in_the_world(wanted) or self._out_of_the_world(wanted)
        put = self._put(found.case, not found.met)
        if put is not None and found.met:
            self._found.append((found.case, put))
        return found

    def _found_before(self, wanted: Wanted) -> Witness | None:
        """A case that was found for another class and is of this one too."""
        for case, put in self._found:
            verdicts = self._told(put, wanted)
            if verdicts is not None:
                return Witness(case, verdicts)
        return None

    @cached_property
    def _found(self) -> list[tuple[Case, _Put]]:
        return []

    # ---- confirming ----------------------------------------------------------------------------

    def confirmed(self, case: Case, wanted: Wanted, override: bool = False) -> Verdicts | None:
        """The verdicts of a case that shows what is wanted, by `decide` under both laws; None if it does not show it."""
        put = self._put(case, override)
        return self._told(put, wanted) if put is not None else None

    def _put(self, case: Case, override: bool) -> _Put | None:
        """A case as both laws decide it; None if it is refused."""
        try:
            completed = self.after.decider.completer.complete(case, override=override)
            other = completed
            if self.before.decider is not self.after.decider:
                other = self.before.decider.completer.complete(case, override=override)
        except CaseError:
            return None
        old = self.before.decider.decide_completed(other, self.before.regime, self.before.day)
        new = self.after.decider.decide_completed(completed, self.after.regime, self.after.day)
        return _Put(completed, old, new)

    def _told(self, put: _Put, wanted: Wanted) -> Verdicts | None:
        if not self._shows(put.old, put.new, wanted) or not self._in_class(put.completed, wanted.found):
            return None
        return Verdicts(put.old.verdict, put.new.verdict)

    def _shows(self, old: Decision, new: Decision, wanted: Wanted) -> bool:
        before, after = old.verdict in OPEN, new.verdict in OPEN
        if wanted.requirement is not None:
            had, has = (self._requires(d, wanted.requirement, n) for n, d in enumerate((old, new)))
            return before and after and (has and not had if wanted.change == REQUIRED else had and not has)
        change = wanted.change
        if before == after or "undetermined" in (old.verdict, new.verdict):
            return False
        shut = old if after else new
        if change in ("opened", "no longer opened"):
            return shut.opened is False and after == (change == "opened")
        return _barred(shut) and after == (change == "no longer barred")

    def _requires(self, decision: Decision, requirement: Requirement, place: int) -> bool:
        law, values = decision.compiled, decision.values
        if not isinstance(law, RegimeLaw) or decision.verdict == "outside":
            return False
        open_ways = {way.provision for way in decision.ways}
        for name in self.free.requirement_ids(requirement, place):
            ways = {way for way, ties in law.ties.items() if any(tied == name for tied, _ in ties)}
            if column(values[law.idle[name]], A) is False and (not ways or ways & open_ways):
                return True
        return False

    def _in_class(self, completed: Completed, found: Class) -> bool:
        program, slot, names = self._program(found)
        completed.look_up(self.after.decider.completer.plans_of(names))
        return column(program(completed.x, completed.y)[slot], A) is True

    def _program(self, found: Class) -> tuple[Program, int, list[str]]:
        if found not in self._programs:
            circuit = Circuit(self.after.decider.completer.layout, self._definitions)
            slot = circuit.condition(conjunction(found), "when")
            names = [n for s in circuit.slots if s.literal is not None for n in facts_of(s.literal)]
            self._programs[found] = (compiled(circuit), slot, names)
        return self._programs[found]

    @cached_property
    def _programs(self) -> dict[Class, tuple[Program, int, list[str]]]:
        return {}

    @cached_property
    def _definitions(self) -> dict[str, list[tuple[Any, Node]]]:
        found: dict[str, list[tuple[Any, Node]]] = {}
        for side in (self.before, self.after):
            for name, p in side.law.definitions.items() if side.law is not None else ():
                if p.when is not None:
                    found[name] = [(p.in_force, p.when)]
        return found

    # ---- finding -------------------------------------------------------------------------------

    def _recorded_one(self, wanted: Wanted) -> Witness | None:
        for case, put in self._recorded:
            verdicts = self._told(put, wanted)
            if verdicts is not None:
                return Witness(case, verdicts, case.id)
        return None

    @cached_property
    def _recorded(self) -> list[tuple[Case, _Put]]:
        """The recorded cases as both laws decide them, the nearest in time first."""
        near = sorted(recorded(self.after.decider), key=lambda case: (abs((case.date - self.world_day).days), case.id))
        return [(case, put) for case in near if (put := self._put(case, False)) is not None]

    @cached_property
    def world(self) -> Comparison:
        """The two laws in the world as it stood on the second day."""
        return Comparison(self.before, self.after, self.world_day, self.free.solver.clock)

    def _described(self, comparison: Comparison, wanted: Wanted) -> Formula:
        if wanted.requirement is not None:
            return comparison.requirement_subject(wanted.requirement, wanted.change).described
        return comparison.subject(wanted.change).described

    def _in_the_world(self, wanted: Wanted) -> Witness | None:
        facts = self._plainest(self.world, wanted)
        if facts is None:
            return None
        tables = self.after.decider.completer
        whole = Case(self.world_day, facts)
        looked_up = [name for name in facts if name in tables.plans]
        known = tables.complete(Case(self.world_day, {n: v for n, v in facts.items() if n not in looked_up}))
        told = {name: value for name, value in facts.items() if name not in looked_up or known.value(name) is None}
        for candidate in (told, whole.facts):
            verdicts = self.confirmed(Case(self.world_day, candidate), wanted)
            if verdicts is not None:
                case, verdicts = self._shortened(candidate, wanted, verdicts, False)
                return Witness(case, verdicts)
        return None

    def _out_of_the_world(self, wanted: Wanted) -> Witness:
        facts = self._plainest(self.free, wanted)
        assert facts is not None  # a class has a case that turns
        verdicts = self.confirmed(Case(self.world_day, facts), wanted, override=True)
        assert verdicts is not None, f"{wanted.change}: {facts}"
        case, verdicts = self._shortened(facts, wanted, verdicts, True)
        return Witness(case, verdicts, met=False)

    def _plainest(self, comparison: Comparison, wanted: Wanted) -> dict[str, FactValue] | None:
        """The facts of a case of the class: as in most recorded cases where that is possible, claims unclaimed."""
        solver = comparison.solver
        held = [solver.name(self._described(comparison, wanted)), solver.name(comparison.finder.term(wanted.found))]
        if comparison not in self._plain:
            self._plain[comparison] = Plainest(self.after.decider, comparison.facts, solver)
        return self._plain[comparison].case(held)

    @cached_property
    def _plain(self) -> dict[Comparison, Plainest]:
        return {}

    def _shortened(
        self, facts: Mapping[str, FactValue], wanted: Wanted, verdicts: Verdicts, override: bool
    ) -> tuple[Case, Verdicts]:
        """The case without what it need not state to show the same with the same verdicts."""
        kept = dict(facts)
        vocabulary = self.corpus.vocabulary.facts
        unclaimed = {name: value for name, value in kept.items() if not vocabulary[name].claimed or value}
        if self.confirmed(Case(self.world_day, unclaimed), wanted, override) == verdicts:
            kept = unclaimed
        order = sorted(kept, key=lambda name: (not vocabulary[name].claimed, _place(self.corpus, name)))
        for name in (*order, *order):  # what one fact was stated for may be gone when another is
            for fewer in _without(kept, name) if name in kept else ():
                if self.confirmed(Case(self.world_day, fewer), wanted, override) == verdicts:
                    kept = fewer
                    break
        in_order = {name: kept[name] for name in self.corpus.vocabulary.facts if name in kept}
        return Case(self.world_day, in_order), verdicts


def _without(facts: Mapping[str, FactValue], name: str) -> Iterator[dict[str, FactValue]]:
    """Facts without one of them; without the elements of a set, all but one at a time."""
    yield {other: value for other, value in facts.items() if other != name}
    value = facts[name]
    if isinstance(value, frozenset):
        for entry in sorted(value):
            if len(value) > 1:
                yield {**facts, name: frozenset({entry})}


def _place(corpus: Corpus, name: str) -> int:
    return -list(corpus.vocabulary.facts).index(name)


def _barred(decision: Decision) -> bool:
    """Whether something bars: a prohibition, or a requirement tied to nothing that has been refused."""
    if decision.barring:
        return True
    law, values = decision.compiled, decision.values
    return isinstance(law, RegimeLaw) and any(column(values[slot], A) is False for _, slot in law.untied)
