"""The law in force on a day as a plan that any rules engine can be given: named Kleene expressions, in order.

A peer gets what the algebra of the verdict asks and no more: each definition, `when` and `met` in the readings of
silence that it needs, and the algebra over them. It is built from the law's trees, not from Sekisho's compiled program.

    reading   silence of a claim, assurance, step or finding
    W         FALSE                                            (`when`)
    M         NULL                                             (`met`: is it met?)
    C         TRUE, for a literal and for its negation alike   (`met`: can it still be met?)

Sekisho computes a fourth beside them (all silence NULL, for what a decision assumes); peers are spared it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from sekisho.corpus import LawInForce, Provision
from sekisho.language.expression import And, Literal, Node, Not, Or, Reference


@dataclass(frozen=True)
class Atom:
    """A literal of the law in a reading, or its negation."""

    literal: Literal
    reading: str
    negated: bool


@dataclass(frozen=True)
class Ref:
    """An earlier step by name, or its negation."""

    name: str
    negated: bool = False


@dataclass(frozen=True)
class Gate:
    """`all` or `any` of some expressions; over nothing TRUE and FALSE."""

    kind: str
    parts: tuple[Expression, ...]


Expression: TypeAlias = Atom | Ref | Gate


@dataclass
class Plan:
    """Steps in the order in which they are computed, and the provision and aspect that each result stands for."""

    steps: dict[str, Expression] = field(default_factory=dict)
    results: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Step name → (provision, aspect): `when`, `met`, `can`, `opens` of a head or lift, `bars` of a prohibition."""

    def names(self, *prefixes: str) -> list[str]:
        """The steps whose name begins with one of some letters."""
        return [name for name in self.steps if name.startswith(prefixes)]

    def levels(self) -> list[list[str]]:
        """The steps in layers, each of which refers to earlier layers only."""
        depth: dict[str, int] = {}
        for name, body in self.steps.items():
            depth[name] = 1 + max((depth[ref.name] for ref in references(body)), default=-1)
        return [[name for name in self.steps if depth[name] == level] for level in range(max(depth.values()) + 1)]


def references(body: Expression) -> Iterator[Ref]:
    """Every earlier step that an expression reads."""
    if isinstance(body, Ref):
        yield body
    elif isinstance(body, Gate):
        for part in body.parts:
            yield from references(part)


def every(parts: Iterable[Expression]) -> Expression:
    """Kleene's AND."""
    return _gate("all", parts)


def some(parts: Iterable[Expression]) -> Expression:
    """Kleene's OR."""
    return _gate("any", parts)


def _gate(kind: str, parts: Iterable[Expression]) -> Expression:
    found = tuple(parts)
    return found[0] if len(found) == 1 else Gate(kind, found)


class _Builder:
    def __init__(self, law: LawInForce) -> None:
        self.law, self.plan = law, Plan()
        self._defined: dict[tuple[str, str, bool], str] = {}

    def expression(self, node: Node, reading: str, negated: bool = False) -> Expression:
        """A condition in a reading, NOT moved inwards to the literals."""
        if isinstance(node, Not):
            return self.expression(node.part, reading, not negated)
        if isinstance(node, And | Or):
            kind = "all" if isinstance(node, And) != negated else "any"
            return _gate(kind, (self.expression(part, reading, negated) for part in node.parts))
        if isinstance(node, Reference):
            return self._definition(node.name, reading, negated)
        return Atom(node, reading, negated)

    def _definition(self, name: str, reading: str, negated: bool) -> Ref:
        """A definition is a step of its own; only in the reading C does its negation differ from the step's."""
        own = negated and reading == "C"
        key = (name, reading, own)
        if key not in self._defined:
            body = self.law.definitions[name].when
            assert body is not None
            found = self.expression(body, reading, own)
            self._defined[key] = self.step(f"d{len(self._defined)}", found)
        return Ref(self._defined[key], negated and not own)

    def step(self, name: str, body: Expression, provision: str = "", aspect: str = "") -> str:
        self.plan.steps[name] = body
        if provision:
            self.plan.results[name] = (provision, aspect)
        return name

    def conditions(self, provision: Provision, number: int) -> None:
        if provision.when is not None:
            self.step(f"w{number}", self.expression(provision.when, "W"), provision.id, "when")
        if provision.met is not None:
            self.step(f"m{number}", self.expression(provision.met, "M"), provision.id, "met")
            self.step(f"c{number}", self.expression(provision.met, "C"), provision.id, "can")


def build(law: LawInForce) -> Plan:
    """The plan of a day's law: conditions first, then the algebra up to `allowed` and `settled`."""
    builder = _Builder(law)
    plan, step = builder.plan, builder.step
    number = {provision.id: place for place, provision in enumerate(law.provisions)}
    step("governs", builder.expression(law.regime.governs, "W"))
    for provision in law.provisions:
        builder.conditions(provision, number[provision.id])

    def need(requirement: Provision, letter: str) -> Expression:
        place = number[requirement.id]
        unless = (Ref(f"w{place}", negated=True),) if requirement.when is not None else ()
        return some((*unless, Ref(f"{letter}{place}")))

    for requirement in law.requirements:
        step(f"free{number[requirement.id]}", need(requirement, "c"))
        step(f"done{number[requirement.id]}", need(requirement, "m"))

    def refs(prefix: str) -> Callable[[Iterable[Provision]], tuple[Ref, ...]]:
        return lambda found: tuple(Ref(f"{prefix}{number[p.id]}") for p in found)

    when, free, done, opens, good = (refs(prefix) for prefix in ("w", "free", "done", "opens", "good"))
    for way in (*law.heads, *law.lifts):
        place = number[way.id]
        step(f"opens{place}", every((*when((way,)), *free(law.tied[way.id]))), way.id, "opens")
        step(f"good{place}", every((*opens((way,)), *done(law.tied[way.id]))))
    for bar in law.prohibitions:
        place, lifts = number[bar.id], law.lifts_of[bar.id]
        step(
            f"bars{place}",
            every((*when((bar,)), *(Ref(ref.name, negated=True) for ref in opens(lifts)))),
            bar.id,
            "bars",
        )
        step(f"cleared{place}", some((Ref(f"w{place}", negated=True), *good(lifts))))
    unbarred = tuple(Ref(f"bars{number[bar.id]}", negated=True) for bar in law.prohibitions)
    cleared = refs("cleared")(law.prohibitions)
    opened = () if law.opened_by_default else (some(opens(law.heads)),)
    well_opened = () if law.opened_by_default else (some(good(law.heads)),)
    step("allowed", every((*unbarred, *opened, *free(law.untied))))
    step("settled", every((*done(law.untied), *well_opened, *cleared)))
    return plan
