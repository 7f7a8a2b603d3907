"""The SQL reader: the same circuit for ten million rows, as sqlglot trees that DuckDB and Spark both run.

A row has the columns below. From them each slot of a circuit becomes one column `v<slot>` of small integers, packed as
`circuit` draws them, in layers: literals first, then gates by depth, so that every sub-expression is computed once and
nothing nests. Nothing in it is NULL: what is unknown is a value of its own.

    "date"                 the day of the case
    "<fact>"               a fact as stated or filled: BOOLEAN, text, list of texts, number or day; NULL where it is not known
    "~<fact>"              for a fact with a default: whether the default stands in
    "#<fact>"              for a fact that is looked up: its packed value
    "?<fact>"              the facts to ask for where it is not known, as bits (see `Masks`)
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import reduce
from typing import Any, TypeAlias

from sqlglot import exp

from sekisho.language.circuit import (
    BY_DEFAULT,
    FALSE,
    KNOWN,
    NOT_UNCLAIMED,
    NULL,
    TRUE,
    UNCLAIMED,
    UNMET,
    Circuit,
    Slot,
    one_fact_test,
    packed_not,
)
from sekisho.language.nodes import (
    NONE,
    Between,
    Compare,
    FactTerm,
    Has,
    Holds,
    Literal,
    Operator,
    Term,
    Within,
    facts_of,
    terms,
)
from sekisho.text import EVER, NEVER, Interval

WORD = 60
"""Bits of a mask in one BIGINT."""

DATE = "date"


def column(name: str) -> exp.Expr:
    """A column by name, quoted."""
    return exp.column(exp.to_identifier(name, quoted=True))


def small(value: int) -> exp.Expr:
    """A packed value as a constant."""
    return exp.cast(exp.Literal.number(value), "TINYINT")


def big(value: int) -> exp.Expr:
    """A word of a mask as a constant."""
    return exp.cast(exp.Literal.number(value), "BIGINT")


def constant(value: Any) -> exp.Expr:
    """A value of the language as a constant."""
    if isinstance(value, dt.date):
        return exp.cast(exp.Literal.string(value.isoformat()), "DATE")
    return exp.Literal.string(value) if isinstance(value, str) else exp.Literal.number(value)


def case(*branches: tuple[exp.Expr, exp.Expr], otherwise: exp.Expr) -> exp.Expr:
    """The first branch whose condition is TRUE."""
    return exp.Case(ifs=[exp.If(this=condition, true=value) for condition, value in branches], default=otherwise)


def is_null(name: str) -> exp.Expr:
    """Whether a column is NULL."""
    return exp.Is(this=column(name), expression=exp.Null())


def any_of(parts: Iterable[exp.Expr]) -> exp.Expr:
    """OR over conditions."""
    return exp.or_(*parts, copy=False)


def all_of(*parts: exp.Expr) -> exp.Expr:
    """AND over conditions."""
    return exp.and_(*parts, copy=False)


def joined(kind: type[exp.Binary], parts: Sequence[exp.Expr]) -> exp.Expr:
    """`a & b & c`, or `a | b | c`."""
    return reduce(lambda left, right: kind(this=left, expression=right), parts)


class Columns:
    """Turns the slots of a circuit into expressions over the columns of a row and over earlier slots."""

    def __init__(self, circuit: Circuit) -> None:
        self.circuit, self.layout, self._facts = circuit, circuit.layout, circuit.layout.vocabulary.facts

    def expression(self, slot: Slot) -> exp.Expr:
        """A slot's packed value."""
        if slot.literal is not None:
            return self._literal(slot.literal, slot.context, slot.negated)
        if slot.kind == "days":
            return case((_within_days(slot.days), small(TRUE)), otherwise=small(FALSE)) if slot.days else small(FALSE)
        if not slot.children:
            return small(TRUE if slot.kind == "and" else FALSE)
        return joined(exp.BitwiseAnd if slot.kind == "and" else exp.BitwiseOr, [column(f"v{child}") for child in slot.children])

    def depths(self) -> list[int]:
        """How many layers lie below each slot."""
        depths: list[int] = []
        for slot in self.circuit.slots:
            depths.append(1 + max((depths[child] for child in slot.children), default=-1))
        return depths

    def _literal(self, literal: Literal, context: str, negated: bool) -> exp.Expr:
        code = _Codes(context, negated)
        if isinstance(literal, Holds):
            return self._holds(literal.fact, code)
        if isinstance(literal, Has):
            claimed = self._facts[literal.fact].claimed
            inside = exp.func("array_contains", column(literal.fact), constant(literal.value))
            unstated = code.unclaimed() if claimed else code.known(None)
            return case(
                (is_null(literal.fact), unstated), (inside, code.known(True)),
                otherwise=unstated if claimed else code.known(False),
            )  # fmt: skip
        test = one_fact_test(literal)
        if test is not None and self._facts[test[0]].type in ("text", "state"):
            return self._one_fact(test, code)
        return self._compared(literal, code)

    def _holds(self, name: str, code: _Codes) -> exp.Expr:
        fact = self._facts[name]
        if fact.lookup is not None:
            looked_up = column(f"#{name}")
            return code.flipped(looked_up) if code.negated else looked_up
        unstated = code.unclaimed() if fact.claimed else code.known(None)
        return case((is_null(name), unstated), (column(name), code.known(True)), otherwise=code.known(False))

    def _one_fact(self, test: tuple[str, frozenset[Any], bool], code: _Codes) -> exp.Expr:
        name, values, unequal = test
        fact = self._facts[name]
        inside = exp.In(this=column(name), expressions=[constant(value) for value in sorted(values)])
        yes, no = not unequal, unequal
        branches = [(is_null(name), code.unclaimed(unequal) if fact.claimed else code.known(None))]
        if fact.unstated == "default":
            silent = column(f"~{name}")
            branches += [(all_of(silent, inside.copy()), code.by_default(yes)), (silent.copy(), code.by_default(no))]
        return case(*branches, (inside, code.known(yes)), otherwise=code.known(no))

    def _compared(self, literal: Literal, code: _Codes) -> exp.Expr:
        """A literal over two facts, numbers or days."""
        operands = [self._term(term) for term in terms(literal)]
        names = facts_of(literal)
        silent = [column(f"~{name}") for name in names if self._facts[name].unstated == "default"]
        states = [name for name in names if self._facts[name].type in ("text", "state")]
        unequal = isinstance(literal, Compare) and literal.op == "<>"
        branches: list[tuple[exp.Expr, exp.Expr]] = []
        claimed = [is_null(name) for name in names if self._facts[name].claimed]
        if claimed:
            branches.append((any_of(claimed), code.unclaimed(unequal)))
        if states and isinstance(literal, Compare) and literal.op in ("=", "<>"):
            branches += self._none(states, unequal, code)
        if isinstance(literal, Between):
            below = exp.LT(this=operands[0].copy(), expression=operands[1].copy())
            above = exp.GT(this=operands[0].copy(), expression=operands[2].copy())
            branches.append((any_of([below, above]), code.known(False)))
        branches.append((any_of(is_null(name) for name in names), code.known(None)))
        plain = _PLAIN[type(literal)](literal, operands)
        if silent:
            branches += [
                (all_of(any_of(silent), plain.copy()), code.by_default(True)),
                (any_of([flag.copy() for flag in silent]), code.by_default(False)),
            ]
        return case(*branches, (plain, code.known(True)), otherwise=code.known(False))

    def _none(self, names: Sequence[str], unequal: bool, code: _Codes) -> list[tuple[exp.Expr, exp.Expr]]:
        """Nothing equals a known none, not even where the other side is unknown."""
        stated, silent = [], []
        for name in names:
            none = column(name).eq(constant(NONE))
            if self._facts[name].unstated == "default":
                stated.append(all_of(none, exp.not_(column(f"~{name}"))))
                silent.append(none.copy())
            else:
                stated.append(none)
        branches = [(any_of(stated), code.known(unequal))]
        return branches + ([(any_of(silent), code.by_default(unequal))] if silent else [])

    def _term(self, term: Term) -> exp.Expr:
        return column(term.name) if isinstance(term, FactTerm) else constant(term.value)


def _within_days(spans: Sequence[Interval]) -> exp.Expr:
    parts = []
    for span in spans:
        edges: list[exp.Expr] = []
        if span.begin != EVER:
            edges.append(exp.GTE(this=column(DATE), expression=constant(span.begin)))
        if span.end != NEVER:
            edges.append(exp.LT(this=column(DATE), expression=constant(span.end)))
        parts.append(all_of(*edges) if edges else exp.true())
    return any_of(parts)


class _Codes:
    """The constants of a literal in its context, turned round where it stands under a NOT."""

    def __init__(self, context: str, negated: bool) -> None:
        self.context, self.negated = context, negated

    def known(self, value: bool | None) -> exp.Expr:
        return small(packed_not(KNOWN[value]) if self.negated else KNOWN[value])

    def by_default(self, value: bool) -> exp.Expr:
        return small(BY_DEFAULT[value != self.negated])

    def unclaimed(self, unequal: bool = False) -> exp.Expr:
        if self.context == "met":
            return small(UNMET)
        return small(NOT_UNCLAIMED if self.negated != unequal else UNCLAIMED)

    @staticmethod
    def flipped(value: exp.Expr) -> exp.Expr:
        """NOT of a packed value that is computed: of the five that a look-up can have."""
        pairs = {TRUE: FALSE, FALSE: TRUE, BY_DEFAULT[True]: BY_DEFAULT[False], BY_DEFAULT[False]: BY_DEFAULT[True]}
        branches = [(value.copy().eq(small(before)), small(after)) for before, after in pairs.items()]
        return case(*branches, otherwise=small(NULL))


_OPERATORS: Mapping[Operator, type[exp.Binary]] = {
    "=": exp.EQ, "<>": exp.NEQ, "<": exp.LT, "<=": exp.LTE, ">": exp.GT, ">=": exp.GTE,
}  # fmt: skip


def _plain_compare(literal: Any, operands: Sequence[exp.Expr]) -> exp.Expr:
    return _OPERATORS[literal.op](this=operands[0], expression=operands[1])


_PLAIN: Mapping[type, Callable[[Any, Sequence[exp.Expr]], exp.Expr]] = {
    Compare: _plain_compare,
    Between: lambda _, operands: exp.Between(this=operands[0], low=operands[1], high=operands[2]),
    Within: lambda literal, operands: exp.In(this=operands[0], expressions=[constant(v) for v in literal.values]),
}
"""A comparison of known values as SQL has it."""


class Masks:
    """Which facts stand in the literals live in a slot, as bits in words: `m<column>_<slot>_<word>`.

    `bits` gives for a fact the expression of each of its words, or None where it never has any.
    """

    def __init__(self, circuit: Circuit, name: str, shift: int, words: int,
                 bits: Callable[[Slot, int], exp.Expr | None]) -> None:  # fmt: skip
        self.circuit, self.name, self.shift, self.words, self._bits = circuit, name, shift, words, bits
        self._present: dict[tuple[int, int], bool] = {}

    def column_name(self, slot: int, word: int) -> str:
        """The column of a slot's word."""
        return f"{self.name}{slot}_{word}"

    def expression(self, slot: Slot, word: int) -> exp.Expr | None:
        """A slot's word: what its children have, where it is NULL in the column; None where it can have nothing."""
        if slot.literal is not None:
            inside = self._bits(slot, word)
        else:
            parts = [column(self.column_name(c, word)) for c in slot.children if self._present.get((c, word))]
            inside = joined(exp.BitwiseOr, parts) if parts else None
        self._present[slot.number, word] = inside is not None
        if inside is None:
            return None
        masked = exp.BitwiseAnd(this=column(f"v{slot.number}"), expression=small(3 << self.shift))
        return case((exp.Paren(this=masked).eq(small(1 << self.shift)), inside), otherwise=big(0))

    def has(self, slot: int, word: int) -> bool:
        """Whether a slot's word was given an expression."""
        return bool(self._present.get((slot, word)))


Layer: TypeAlias = list[tuple[str, exp.Expr]]
"""Columns by name that can be computed side by side."""


def layers(circuit: Circuit, wanted: Iterable[int], masks: Sequence[tuple[Masks, frozenset[int]]] = ()) -> list[Layer]:
    """The columns of a circuit in layers, each computed from those before: what the wanted slots rest on, and no more.

    Each of `masks` comes with the slots for which it is wanted.
    """
    columns = Columns(circuit)
    depths = columns.depths()
    needed = resting_on(circuit, wanted)
    result: list[Layer] = [[] for _ in range(max(depths, default=0) + 1)]
    for slot in circuit.slots:
        if slot.number in needed:
            result[depths[slot.number]].append((f"v{slot.number}", columns.expression(slot)))
    for mask, slots in masks:
        reached = resting_on(circuit, slots)
        for slot in circuit.slots:
            if slot.number not in reached:
                continue
            depth = depths[slot.number] + 1
            while len(result) <= depth:
                result.append([])
            for word in range(mask.words):
                expression = mask.expression(slot, word)
                if expression is not None:
                    result[depth].append((mask.column_name(slot.number, word), expression))
    return [layer for layer in result if layer]


def resting_on(circuit: Circuit, wanted: Iterable[int]) -> set[int]:
    """The slots that some slots are computed from, themselves included."""
    found: set[int] = set()
    stack = list(wanted)
    while stack:
        number = stack.pop()
        if number not in found:
            found.add(number)
            stack += circuit.slots[number].children
    return found
