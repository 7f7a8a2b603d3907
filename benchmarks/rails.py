"""Kleene logic for two-valued engines, by dual rail: a *surely true* and a *surely false* expression each.

Written once for every language of infix expressions; a dialect is a table of its operators.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from functools import cache

from benchmarks.facts import host_name, is_claimed
from benchmarks.plan import Atom, Expression, Plan, Ref
from sekisho.language.expression import NONE, Compare, Constant, FactTerm, Has, Holds, KnownNone, Literal, Within

Rails = tuple[str, str]


@dataclass(frozen=True)
class Infix:
    """A language of infix expressions; `step` reads an earlier step's rail `t` or `f`, `fact` a fact."""

    conjunction: str
    disjunction: str
    inversion: str
    null: str
    true: str
    false: str
    step: Callable[[str, str], str]
    fact: str = "{0}"
    is_: str = "=="
    is_not: str = "!="

    def every(self, parts: Iterable[str]) -> str:
        """AND of some expressions."""
        return self._joined(self.conjunction, self.true, parts)

    def some(self, parts: Iterable[str]) -> str:
        """OR of some expressions."""
        return self._joined(self.disjunction, self.false, parts)

    @staticmethod
    def _joined(operator: str, empty: str, parts: Iterable[str]) -> str:
        found = list(parts)
        return f"({f' {operator} '.join(found)})" if found else empty

    def value(self, name: str) -> str:
        """The text that reads a fact."""
        return self.fact.format(host_name(name))

    def known(self, name: str) -> str:
        """The test that a fact is known."""
        return f"{self.value(name)} {self.is_not} {self.null}"


def rails(body: Expression, dialect: Infix) -> Rails:
    """The expressions for *surely true* and *surely false*."""
    if isinstance(body, Ref):
        pair = dialect.step(body.name, "t"), dialect.step(body.name, "f")
        return pair[::-1] if body.negated else pair
    if isinstance(body, Atom):
        return _atom(body, dialect)
    pairs = [rails(part, dialect) for part in body.parts]
    join, across = (dialect.every, dialect.some) if body.kind == "all" else (dialect.some, dialect.every)
    return join(pair[0] for pair in pairs), across(pair[1] for pair in pairs)


def inlining(plan: Plan, dialect: Infix, kept: Collection[str]) -> Infix:
    """The dialect in which a step that is not kept is written out where it is read."""

    def step(name: str, rail: str) -> str:
        return dialect.step(name, rail) if name in kept else written(name)[rail == "f"]

    inlined = replace(dialect, step=step)

    @cache
    def written(name: str) -> Rails:
        return rails(plan.steps[name], inlined)

    return inlined


def _atom(atom: Atom, d: Infix) -> Rails:
    """A literal's rails; what an unstated claim is worth depends on the reading. `<>` is the negation of `=`."""
    negated = atom.negated != (isinstance(atom.literal, Compare) and atom.literal.op == "<>")
    true, false = _plain(atom.literal, d)
    if is_claimed(atom.literal):
        if atom.reading == "W" or (atom.reading == "C" and negated):
            false = f"{d.inversion}{true}"
        elif atom.reading == "C":
            true = f"{d.inversion}{false}"
    return (false, true) if negated else (true, false)


def _plain(literal: Literal, d: Infix) -> Rails:
    """The rails of a literal where all silence is NULL."""
    if isinstance(literal, Holds):
        fact = d.value(literal.fact)
        return f"({fact} {d.is_} {d.true})", f"({fact} {d.is_} {d.false})"
    if isinstance(literal, Has):
        inside = f"({literal.value!r} in {d.value(literal.fact)})"
        if is_claimed(literal):  # claimed element by element: one not listed is unstated
            return inside, d.false
        return _where(d.known(literal.fact), inside, d)
    if isinstance(literal, KnownNone):
        fact = d.value(literal.fact)
        return f"({fact} == {NONE!r})", d.every((d.known(literal.fact), f"{fact} != {NONE!r}"))
    if isinstance(literal, Within):
        listed = f"({d.value(literal.left.name)} in [{', '.join(repr(value) for value in literal.values)}])"
        return _where(d.known(literal.left.name), listed, d)
    assert isinstance(literal, Compare), literal
    return _equality(literal, d)


def _where(known: str, test: str, d: Infix) -> Rails:
    return d.every((known, test)), d.every((known, f"{d.inversion}{test}"))


def equal_terms(literal: Compare) -> tuple[str, str | FactTerm]:
    """The fact of an equality, and the text or the other fact it is compared with."""
    assert literal.op in ("=", "<>"), literal
    left, right = (literal.right, literal.left) if isinstance(literal.left, Constant) else (literal.left, literal.right)
    assert isinstance(left, FactTerm)
    if isinstance(right, FactTerm):
        return left.name, right
    assert isinstance(right.value, str)
    return left.name, right.value


def _equality(literal: Compare, d: Infix) -> Rails:
    name, other = equal_terms(literal)
    fact = d.value(name)
    if isinstance(other, str):
        return f"({fact} == {other!r})", d.every((d.known(name), f"{fact} != {other!r}"))
    second = d.value(other.name)
    known = (d.known(name), d.known(other.name))
    true = d.every((*known, f"{fact} == {second}", f"{fact} != {NONE!r}"))
    return true, d.some((f"{fact} == {NONE!r}", f"{second} == {NONE!r}", d.every((*known, f"{fact} != {second}"))))
