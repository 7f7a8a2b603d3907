"""Which question is the most decisive, told by the compiled law: after its answers the fewest facts are left to ask."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from functools import cached_property
from typing import Any

from sekisho.case import Case
from sekisho.corpus import Fact
from sekisho.decide import Decider, RegimeLaw
from sekisho.language.circuit import FALSE, NULL, TRUE, A
from sekisho.language.nodes import Node, Reference, facts_of, walk


class Scorer:
    """One regime's compiled law with what is open read as not known."""

    def __init__(self, decider: Decider, law: RegimeLaw, kinds: Collection[str]) -> None:
        self.decider, self.law, self._kinds = decider, law, kinds
        self._layout = decider.completer.layout
        self._facts = decider.corpus.vocabulary.facts

    @cached_property
    def read(self) -> tuple[str, ...]:
        """The facts of the kinds that are asked which the verdict reads, those that a look-up or a default reads included."""
        found: dict[str, None] = {}
        stack = [self.law.governs, self.law.allowed]
        seen: set[int] = set()
        while stack:
            number = stack.pop()
            if number in seen:
                continue
            seen.add(number)
            slot = self.law.circuit.slots[number]
            stack += slot.children
            for name in facts_of(slot.literal) if slot.literal is not None else ():
                self._reach(name, found)
        return tuple(name for name in self._facts if name in found and self._facts[name].kind in self._kinds)

    def _reach(self, name: str, found: dict[str, None]) -> None:
        if name in found:
            return
        found[name] = None
        fact = self._facts[name]
        for other in (*(fact.lookup.reads if fact.lookup is not None else ()), fact.default or ""):
            if other in self._facts:
                self._reach(other, found)

    def _vectors(self, case: Case, left: Collection[str]) -> tuple[list[Any], list[Any]]:
        """The vectors of a case in which what is open, and what is looked up by it, is not known."""
        completed = self.decider.completer.complete(case)
        completed.look_up(self.law.plans)
        x, y = completed.x.copy(), completed.y.copy()
        for name in left:
            self._unknown(name, x, y)
        for plan in self.law.plans:
            if plan.name not in case.facts and not set(plan.lookup.keys).isdisjoint(left):
                self._unknown(plan.name, x, y)
        return x, y

    def _places(self, name: str) -> Iterator[int]:
        fact, index = self._facts[name], self._layout.index
        elements = fact.claimed and fact.type == "set"
        yield from (index[f"{name}:{value}"] for value in fact.values) if elements else (index[name],)

    def _unknown(self, name: str, x: list[Any], y: list[Any]) -> None:
        fact = self._facts[name]
        packed = fact.type == "boolean" or (fact.claimed and fact.type == "set")
        for place in self._places(name):
            x[place] = y[place] = NULL if packed else None

    def _live(self, x: list[Any], y: list[Any]) -> set[str]:
        """The facts that something still turns on."""
        values = self.law.program(x, y)
        root = self.law.governs if values[self.law.governs] & 3 == 1 else self.law.allowed
        roots = (root, self.law.allowed) if values[self.law.governs] & 3 else ()
        literals = self.law.live(values, roots, A)
        found: dict[str, None] = {}
        for literal in literals:
            for name in facts_of(literal):
                self._reach(name, found)
        return set(found)

    def scores(self, case: Case, names: Iterable[str], left: Collection[str]) -> dict[str, float]:
        """For each fact that something turns on, how many open facts its answers leave live on average."""
        x, y = self._vectors(case, left)
        still = set(left)
        live = self._live(x, y) & still
        return {name: self._left(name, x, y, still) for name in names if name in live}

    def _left(self, name: str, x: list[Any], y: list[Any], still: set[str]) -> float:
        total = 0.0
        for weight, entries in self._answers(self._facts[name]):
            ax, ay = x.copy(), y.copy()
            for place, value in entries.items():
                ax[place] = ay[place] = value
            total += weight * len(self._live(ax, ay) & still - {name})
        return total

    def _answers(self, fact: Fact) -> list[tuple[float, dict[int, Any]]]:
        """What a fact's answers enter into the vectors, each with its weight: of a set half goes to the empty one."""
        places = list(self._places(fact.name))
        if fact.type == "boolean":
            return [(0.5, {places[0]: value}) for value in (TRUE, FALSE)]
        if fact.type == "text":
            return [(1 / len(fact.values), {places[0]: value}) for value in fact.values]
        if fact.type == "set" and fact.claimed:
            none = dict.fromkeys(places, FALSE)
            return [(0.5, none), *((0.5 / len(places), none | {place: TRUE}) for place in places)]
        if fact.type == "set":
            one = [frozenset({value}) for value in fact.values]
            return [(0.5, {places[0]: frozenset()}), *((0.5 / len(one), {places[0]: value}) for value in one)]
        return [(1.0, {})]

    def serves(self, case: Case, names: Iterable[str], left: Collection[str]) -> tuple[str, ...]:
        """The provisions in force not settled that read some facts, first what defines whom the regime governs."""
        x, y = self._vectors(case, left)
        values = self.law.program(x, y)
        wanted = set(names)
        found = []
        if values[self.law.governs] & 3 == 1:
            parts = [part for part in walk(self.law.law.regime.governs) if isinstance(part, Reference)]
            found = [self.law.law.definitions[part.name].id for part in parts if wanted & self._reached(values, part, "when")]
        for provision in self.law.law.provisions:
            nodes = [node for node in (provision.when, provision.met) if node is not None]
            if not nodes or self.law.effective(values, provision.id) is not None:
                continue
            context = ["when" if node is provision.when else "met" for node in nodes]
            flip = provision.effect == "requires"
            if any(wanted & self._reached(values, n, c, flip and c == "when") for n, c in zip(nodes, context, strict=True)):
                found.append(provision.id)
        return tuple(found)

    def _reached(self, values: tuple[int, ...], node: Node, context: str, negated: bool = False) -> set[str]:
        """The facts that a condition still turns on, as it was computed."""
        reached: dict[str, None] = {}
        for literal in self.law.live(values, (self.law.circuit.condition(node, context, negated),), A):
            for name in facts_of(literal):
                self._reach(name, reached)
        return set(reached)
