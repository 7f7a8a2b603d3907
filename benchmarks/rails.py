"""Kleene logic for two-valued engines, by dual rail: a *surely true* and a *surely false* expression for each condition.

Written once for every language of infix expressions; a dialect is a table of operators.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from benchmarks.facts import host_name, is_claimed
from benchmarks.plan import Atom, Expression, Gate, Ref
from sekisho.language.expression import NONE, Compare, Constant, FactTerm, Has, Holds, KnownNone, Literal, Within


@dataclass(frozen=True)
class Infix:
    """A language of infix expressions, and how it reads a fact and an earlier step's two rails."""

    conjunction: str
    disjunction: str
    inversion: str
    null: str
    true: str
    false: str
    fact: str = "{0}"
    step_true: str = "{0}_t"
    step_false: str = "{0}_f"
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
        return "(" + f" {operator} ".join(found) + ")" if found else empty


def rails(body: Expression, dialect: Infix) -> tuple[str, str]:
    """The expressions for *surely true* and *surely false*."""
    if isinstance(body, Ref):
        pair = dialect.step_true.format(body.name), dialect.step_false.format(body.name)
        return pair[::-1] if body.negated else pair
    if isinstance(body, Atom):
        return _atom(body, dialect)
    pairs = [rails(part, dialect) for part in body.parts]
    join, across = (dialect.every, dialect.some) if body.kind == "all" else (dialect.some, dialect.every)
    return join(pair[0] for pair in pairs), across(pair[1] for pair in pairs)


def _atom(atom: Atom, d: Infix) -> tuple[str, str]:
    """A literal's rails; what an unstated claim is worth depends on the reading."""
    true, false, unstated = _plain(atom.literal, d)
    if unstated is not None and atom.reading == "W":
        false = f"{d.inversion}{true}"
    if unstated is not None and atom.reading == "C":
        true, false = (f"{d.inversion}{false}", false) if not atom.negated else (true, f"{d.inversion}{true}")
    return (false, true) if atom.negated else (true, false)


def _plain(literal: Literal, d: Infix) -> tuple[str, str, str | None]:
    """The rails of a literal with silence NULL, and the test for an unstated claim (None: not a claim)."""
    claim = d.null if is_claimed(literal) else None
    if isinstance(literal, Holds):
        fact = d.fact.format(host_name(literal.fact))
        return f"({fact} {d.is_} {d.true})", f"({fact} {d.is_} {d.false})", claim
    if isinstance(literal, Has):
        fact = d.fact.format(host_name(literal.fact))
        inside = f"{literal.value!r} in {fact}"
        if claim is not None:  # a claimed set is claimed element by element: what is not listed is unstated, never FALSE
            return f"({inside})", d.false, claim
        known = f"{fact} {d.is_not} {d.null}"
        return d.every((known, inside)), d.every((known, f"{d.inversion}({inside})")), claim
    if isinstance(literal, KnownNone):
        fact = d.fact.format(host_name(literal.fact))
        return f"({fact} == {NONE!r})", d.every((f"{fact} {d.is_not} {d.null}", f"{fact} != {NONE!r}")), claim
    if isinstance(literal, Within):
        fact = d.fact.format(host_name(literal.left.name))
        inside = f"{fact} in [{', '.join(repr(value) for value in literal.values)}]"
        known = f"{fact} {d.is_not} {d.null}"
        return d.every((known, inside)), d.every((known, f"{d.inversion}({inside})")), claim
    assert isinstance(literal, Compare) and literal.op in ("=", "<>"), literal
    true, false = _equality(literal, d)
    return (true, false, claim) if literal.op == "=" else (false, true, claim)


def _equality(literal: Compare, d: Infix) -> tuple[str, str]:
    left, right = literal.left, literal.right
    if isinstance(left, Constant):
        left, right = right, left
    assert isinstance(left, FactTerm)
    fact = d.fact.format(host_name(left.name))
    if isinstance(right, Constant):
        return f"({fact} == {right.value!r})", d.every((f"{fact} {d.is_not} {d.null}", f"{fact} != {right.value!r}"))
    other = d.fact.format(host_name(right.name))
    known = (f"{fact} {d.is_not} {d.null}", f"{other} {d.is_not} {d.null}")
    true = d.every((*known, f"{fact} == {other}", f"{fact} != {NONE!r}"))
    false = d.some((f"{fact} == {NONE!r}", f"{other} == {NONE!r}", d.every((*known, f"{fact} != {other}"))))
    return true, false


__all__ = ["Gate", "Infix", "rails"]
