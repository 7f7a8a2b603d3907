"""The condition language: SQL boolean expressions over named facts, in a closed subset.

A condition is parsed by sqlglot into sqlglot's tree and turned at once into the small tree is all that any
reader sees (`nodes`). What is not in the table `_BUILDERS` is refused, so that no text can answer from ignorance.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Collection, Mapping

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from sekisho.language.nodes import (
    FALSE,
    LITERALS,
    NONE,
    TRUE,
    And,
    Between,
    Compare,
    Constant,
    FactTerm,
    Has,
    Holds,
    KnownNone,
    Literal,
    Node,
    Not,
    Operator,
    Or,
    Reference,
    Term,
    Value,
    Within,
    facts_of,
    terms,
    walk,
)
from sekisho.language.vocabulary import Vocabulary
from sekisho.text import suggest

FUNCTIONS = {
    "HAS(set, 'x')": "the set contains x",
    "KNOWN_NONE(state)": "the state is known to be none",
}
"""Every function of the language, with what it says."""


class ConditionError(ValueError):
    """A condition is outside the language or misuses a fact: what is wrong, and the mend."""

    def __init__(self, what: str, mend: str = "", line: int = 1) -> None:
        super().__init__(f"{what} {mend}".strip())
        self.what, self.mend, self.line = what, mend, line


_QUOTED = re.compile(r"'[^']*'")
_COMMENT = re.compile(r"--|/\*|\{#")


def parse(text: str, facts: Collection[str] = ()) -> Node:
    """The tree of a condition. Raises `ConditionError` for what is outside the language.

    A dotted name is a fact; a bare name is one only if it is among `facts`, and else a definition.
    """
    if _COMMENT.search(_QUOTED.sub("", text)):
        raise ConditionError("a comment would hide what follows.", "Write it into the prose.")
    try:
        statements = [tree for tree in sqlglot.parse(text, dialect="duckdb") if tree is not None]
        if len(statements) != 1:
            raise ConditionError("the condition is not one expression.", "Write one expression, without ';'.")
        return _resolve(_build(statements[0]), facts)
    except SqlglotError as flaw:
        errors = getattr(flaw, "errors", None) or [{}]
        what = str(errors[0].get("description") or "the text breaks off").rstrip(".")
        line = int(errors[0].get("line") or 1)
        raise ConditionError(f"the condition cannot be parsed: {what}.", "Check brackets and quotes.", line) from flaw
    except RecursionError as flaw:
        raise ConditionError("the condition is too long.", "Use definitions.") from flaw


def _resolve(node: Node, facts: Collection[str]) -> Node:
    if isinstance(node, Reference) and node.name in facts:
        return Holds(node.name)
    if isinstance(node, Not):
        return Not(_resolve(node.part, facts))
    return type(node)(tuple(_resolve(part, facts) for part in node.parts)) if isinstance(node, And | Or) else node


def _build(tree: exp.Expr) -> Node:
    builder = _BUILDERS.get(type(tree))
    if builder is None:
        raise _refused(tree)
    return builder(tree)


def _refused(tree: exp.Expr) -> ConditionError:
    name = _REFUSED.get(type(tree)) or f"'{tree.sql(dialect='duckdb')[:60]}'"
    return ConditionError(
        f"{name} is not in the condition language.",
        "It has AND, OR, NOT, comparisons, IN, BETWEEN, HAS and KNOWN_NONE.",
    )


def _junction(kind: type[And] | type[Or]) -> Callable[[exp.Expr], Node]:
    def build(tree: exp.Expr) -> Node:
        parts: list[Node] = []
        for side in (tree.this, tree.expression):
            node = _build(side)
            parts += node.parts if isinstance(node, kind) and not isinstance(side, exp.Paren) and node.parts else (node,)
        return kind(tuple(parts))

    return build


def _comparison(op: Operator) -> Callable[[exp.Expr], Node]:
    def build(tree: exp.Expr) -> Node:
        return Compare(_term(tree.this), op, _term(tree.expression))

    return build


def _column(tree: exp.Expr) -> Node:
    name = _name(tree)
    return Holds(name) if "." in name else Reference(name)


def _name(tree: exp.Expr) -> str:
    if not isinstance(tree, exp.Column):
        raise ConditionError(f"'{tree.sql(dialect='duckdb')[:60]}' is not a fact.", "Name a fact of the vocabulary.")
    if any(part.args.get("quoted") for part in tree.parts):
        raise ConditionError("a fact's name takes no quotation marks.", "Use '…' for text and bare names for facts.")
    return ".".join(part.name for part in tree.parts)


def _term(tree: exp.Expr) -> Term:
    if isinstance(tree, exp.Paren):
        return _term(tree.this)
    return FactTerm(_name(tree)) if isinstance(tree, exp.Column) else Constant(_value(tree))


def _value(tree: exp.Expr) -> Value:
    if isinstance(tree, exp.Literal):
        if tree.is_string:
            return str(tree.this)
        return float(tree.this) if "." in tree.this else int(tree.this)
    if isinstance(tree, exp.Neg) and isinstance(tree.this, exp.Literal) and not tree.this.is_string:
        value = _value(tree.this)
        assert isinstance(value, int | float)
        return -value
    if isinstance(tree, exp.Cast) and tree.to.this == exp.DataType.Type.DATE and isinstance(tree.this, exp.Literal):
        try:
            return dt.date.fromisoformat(str(tree.this.this))
        except ValueError as flaw:
            raise ConditionError(f"'{tree.this.this}' is not a day.", "Write DATE '2014-04-01'.") from flaw
    raise _refused(tree)


def _within(tree: exp.Expr) -> Node:
    if tree.args.get("query") or tree.args.get("unnest") or not tree.expressions:
        raise _refused(tree)
    return Within(FactTerm(_name(tree.this)), tuple(_value(entry) for entry in tree.expressions))


def _between(tree: exp.Expr) -> Node:
    return Between(_term(tree.this), _term(tree.args["low"]), _term(tree.args["high"]))


def _function(tree: exp.Expr) -> Node:
    name, arguments = tree.name.upper(), tree.expressions
    if name == "HAS" and len(arguments) == 2:
        value = _value(arguments[1])
        if not isinstance(value, str):
            raise ConditionError("the second argument of HAS is a text.", "Write HAS(purpose, 'x').")
        return Has(_name(arguments[0]), value)
    if name == "KNOWN_NONE" and len(arguments) == 1:
        return KnownNone(_name(arguments[0]))
    raise ConditionError(f"the function {name} with {len(arguments)} arguments is not in the language.",
                         "The functions are " + " and ".join(FUNCTIONS) + ".")  # fmt: skip


_BUILDERS: Mapping[type[exp.Expr], Callable[[exp.Expr], Node]] = {
    exp.And: _junction(And),
    exp.Or: _junction(Or),
    exp.Not: lambda tree: Not(_build(tree.this)),
    exp.Paren: lambda tree: _build(tree.this),
    exp.Column: _column,
    exp.Boolean: lambda tree: TRUE if tree.this else FALSE,
    exp.EQ: _comparison("="),
    exp.NEQ: _comparison("<>"),
    exp.LT: _comparison("<"),
    exp.LTE: _comparison("<="),
    exp.GT: _comparison(">"),
    exp.GTE: _comparison(">="),
    exp.In: _within,
    exp.Between: _between,
    exp.Anonymous: _function,
}
_REFUSED: Mapping[type[exp.Expr], str] = {
    exp.Null: "NULL",
    exp.Is: "IS",
    exp.Case: "CASE",
    exp.If: "IF",
    exp.Coalesce: "COALESCE",
    exp.Greatest: "GREATEST",
    exp.Least: "LEAST",
    exp.Tuple: "row equality",
    exp.Array: "list equality",
}


def check(node: Node, vocabulary: Vocabulary, states: Collection[str]) -> list[tuple[str, str]]:
    """Every misuse of a fact in a condition, as (what, mend). `states` are the codes of the table of states."""
    flaws: list[tuple[str, str]] = []
    for part in walk(node):
        if isinstance(part, LITERALS):
            flaws += _misuses(part, vocabulary, states)
    return flaws


def _misuses(literal: Literal, vocabulary: Vocabulary, states: Collection[str]) -> list[tuple[str, str]]:
    unknown = [name for name in facts_of(literal) if name not in vocabulary.facts]
    if unknown:
        return [
            (f"the fact '{name}' is not in the vocabulary.", suggest(name, vocabulary.facts))
            if name != "date"
            else ("the fact 'date' is not for conditions.", "Use `in_force`: intervals carry the days.")
            for name in unknown
        ]
    types = {name: vocabulary.facts[name].type for name in facts_of(literal)}
    if isinstance(literal, Holds):
        if types[literal.fact] != "boolean":
            return [(f"'{literal.fact}' is a {types[literal.fact]}, not a boolean.", "Compare it with a value.")]
        return []
    if isinstance(literal, Has):
        if types[literal.fact] != "set":
            return [(f"'{literal.fact}' is a {types[literal.fact]}, not a set.", "HAS takes a set.")]
        return _bad_value(literal.fact, literal.value, vocabulary, states)
    if isinstance(literal, KnownNone):
        wrong = types[literal.fact] != "state"
        return [(f"'{literal.fact}' is a {types[literal.fact]}, not a state.", "KNOWN_NONE takes a state.")] if wrong else []
    flaws = [
        (f"'{name}' is a {kind} and cannot be compared.", "Name the fact itself." if kind == "boolean" else "Use HAS.")
        for name, kind in types.items()
        if kind in ("boolean", "set")
    ]
    if flaws:
        return flaws
    if len(set(types.values())) > 1:
        return [
            (
                "the compared facts have different types: " + ", ".join(f"{n} is a {t}" for n, t in types.items()) + ".",
                "",
            )
        ]
    if not types:
        return [("a comparison of two values says nothing about a transfer.", "Name a fact.")]
    name, kind = next(iter(types.items()))
    if isinstance(literal, Compare) and literal.op not in ("=", "<>") and kind in ("text", "state"):
        return [(f"'{name}' is a {kind}: it has no order.", "Use = or <>.")]
    if isinstance(literal, Between) and kind in ("text", "state"):
        return [(f"'{name}' is a {kind}: it has no order.", "Use IN.")]
    values = literal.values if isinstance(literal, Within) else [t.value for t in terms(literal) if isinstance(t, Constant)]
    return [flaw for value in values for flaw in _bad_value(name, value, vocabulary, states)]


def _bad_value(name: str, value: Value, vocabulary: Vocabulary, states: Collection[str]) -> list[tuple[str, str]]:
    fact = vocabulary.facts[name]
    if fact.type in ("text", "set"):
        if not isinstance(value, str) or value not in fact.values:
            return [(f"'{value}' is not a value of '{name}'.", suggest(str(value), fact.values))]
    elif fact.type == "state":
        if value == NONE:
            return [(f"the literal 'none' is not for the state '{name}'.", f"Write KNOWN_NONE({name}).")]
        if not isinstance(value, str) or value not in states:
            return [(f"'{value}' is not the code of a state.", suggest(str(value), states))]
    elif fact.type == "number":
        if isinstance(value, bool) or not isinstance(value, int | float):
            return [(f"'{name}' is a number; '{value}' is not.", "")]
    elif fact.type == "date" and not isinstance(value, dt.date):
        return [(f"'{name}' is a day; '{value}' is not.", "Write DATE '2014-04-01'.")]
    return []
