"""The tree of a condition: the nodes that every reader sees, and the small questions one asks of them.

Node   And(parts) · Or(parts) · Not(part) · Reference(definition) · Literal
Literal   Holds(fact) · Compare(left, op, right) · Within(left, values) · Between(left, low, high)
          Has(fact, value) · KnownNone(fact)
Term   FactTerm(name) · Constant(value)
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Literal as OneOf
from typing import TypeAlias

import msgspec

Value: TypeAlias = str | int | float | bool | dt.date
Operator: TypeAlias = OneOf["=", "<>", "<", "<=", ">", ">="]
NONE = "none"
"""The value of a state fact that is known to have none."""


class FactTerm(msgspec.Struct, frozen=True, tag=True):
    """A fact used as an operand."""

    name: str


class Constant(msgspec.Struct, frozen=True, tag=True):
    """A value written in the text."""

    value: Value


Term: TypeAlias = FactTerm | Constant


class Holds(msgspec.Struct, frozen=True, tag=True):
    """A boolean fact."""

    fact: str


class Compare(msgspec.Struct, frozen=True, tag=True):
    """A comparison of two terms."""

    left: Term
    op: Operator
    right: Term


class Within(msgspec.Struct, frozen=True, tag=True):
    """`left IN (values)`; the list is one literal."""

    left: FactTerm
    values: tuple[Value, ...]


class Between(msgspec.Struct, frozen=True, tag=True):
    """`left BETWEEN low AND high`, both ends included."""

    left: Term
    low: Term
    high: Term


class Has(msgspec.Struct, frozen=True, tag=True):
    """A set contains a value."""

    fact: str
    value: str


class KnownNone(msgspec.Struct, frozen=True, tag=True):
    """A state is known to be none."""

    fact: str


class Reference(msgspec.Struct, frozen=True, tag=True):
    """A definition of the law, by name."""

    name: str


class Not(msgspec.Struct, frozen=True, tag=True):
    """Negation."""

    part: Node


class And(msgspec.Struct, frozen=True, tag=True):
    """Conjunction; over nothing it is TRUE."""

    parts: tuple[Node, ...]


class Or(msgspec.Struct, frozen=True, tag=True):
    """Disjunction; over nothing it is FALSE."""

    parts: tuple[Node, ...]


Literal: TypeAlias = Holds | Compare | Within | Between | Has | KnownNone
Node: TypeAlias = And | Or | Not | Reference | Literal
LITERALS = (Holds, Compare, Within, Between, Has, KnownNone)
TRUE = And(())
FALSE = Or(())


def show(node: Node) -> str:
    """A condition as text of the language, with brackets only where they are needed."""
    if isinstance(node, And | Or):
        if not node.parts:
            return "TRUE" if isinstance(node, And) else "FALSE"
        word = " AND " if isinstance(node, And) else " OR "
        return word.join(f"({show(part)})" if isinstance(part, And | Or) and part.parts else show(part) for part in node.parts)
    if isinstance(node, Not):
        return f"NOT ({show(node.part)})" if isinstance(node.part, And | Or) else f"NOT {show(node.part)}"
    return node.name if isinstance(node, Reference) else _show_literal(node)


def _show_literal(literal: Literal) -> str:
    if isinstance(literal, Holds):
        return literal.fact
    if isinstance(literal, Has):
        return f"HAS({literal.fact}, '{literal.value}')"
    if isinstance(literal, KnownNone):
        return f"KNOWN_NONE({literal.fact})"
    if isinstance(literal, Compare):
        return f"{_show_term(literal.left)} {literal.op} {_show_term(literal.right)}"
    if isinstance(literal, Between):
        return f"{_show_term(literal.left)} BETWEEN {_show_term(literal.low)} AND {_show_term(literal.high)}"
    return f"{literal.left.name} IN ({', '.join(_show_value(value) for value in literal.values)})"


def _show_term(term: Term) -> str:
    return term.name if isinstance(term, FactTerm) else _show_value(term.value)


def _show_value(value: Value) -> str:
    if isinstance(value, dt.date):
        return f"DATE '{value}'"
    return f"'{value}'" if isinstance(value, str) else str(value)


def walk(node: Node) -> Iterator[Node]:
    """Every sub-expression, the node itself first, in the order of the text."""
    yield node
    for part in children(node):
        yield from walk(part)


def children(node: Node) -> tuple[Node, ...]:
    """The direct sub-expressions of a node; a literal and a reference have none."""
    if isinstance(node, And | Or):
        return node.parts
    return (node.part,) if isinstance(node, Not) else ()


def terms(literal: Literal) -> tuple[Term, ...]:
    """The operands of a literal, in the order of the text."""
    if isinstance(literal, Holds | Has | KnownNone):
        return (FactTerm(literal.fact),)
    if isinstance(literal, Compare):
        return (literal.left, literal.right)
    if isinstance(literal, Between):
        return (literal.left, literal.low, literal.high)
    return (literal.left,)


def facts_of(literal: Literal) -> tuple[str, ...]:
    """The facts a literal reads, each once, in the order of the text."""
    return tuple(dict.fromkeys(term.name for term in terms(literal) if isinstance(term, FactTerm)))


def references(node: Node) -> frozenset[str]:
    """The definitions a condition names directly."""
    return frozenset(part.name for part in walk(node) if isinstance(part, Reference))
