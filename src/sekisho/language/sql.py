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
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import reduce
from typing import Any, Final, NamedTuple, TypeAlias

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
    resting_on,
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

SHORT: Final = 12
"""Columns that an expression may read and still be written into another one: planners take long over nested text."""


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

    def __init__(self, circuit: Circuit, constants: Mapping[int, int]) -> None:
        self.circuit, self.layout, self._facts = circuit, circuit.layout, circuit.layout.vocabulary.facts
        self._constants = constants

    def expression(self, slot: Slot) -> exp.Expr:
        """A slot's packed value."""
        if slot.number in self._constants:
            return small(self._constants[slot.number])
        if slot.literal is not None:
            return self._literal(slot.literal, slot.context, slot.negated)
        if slot.kind == "days":
            return case((_within_days(slot.days), small(TRUE)), otherwise=small(FALSE)) if slot.days else small(FALSE)
        neutral = TRUE if slot.kind == "and" else FALSE
        children = [child for child in slot.children if self._constants.get(child) != neutral]
        if not children:
            return small(neutral)
        return joined(exp.BitwiseAnd if slot.kind == "and" else exp.BitwiseOr, [column(f"v{child}") for child in children])

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


Column: TypeAlias = tuple[str, exp.Expr]
"""A column to compute: its name, and what it is computed from."""


class Layer(NamedTuple):
    """One select over the layer below: the columns that are passed on, and those computed here."""

    kept: tuple[str, ...]
    made: tuple[Column, ...]


def computed(circuit: Circuit, wanted: Iterable[int], constants: Mapping[int, int],
             masks: Sequence[tuple[Masks, frozenset[int]]] = ()) -> list[Column]:  # fmt: skip
    """What the wanted slots rest on and no more, each column after those it is computed from.

    `constants` are the slots whose value is known beforehand. Each of `masks` comes with the slots for which it is wanted.
    """
    columns = Columns(circuit, constants)
    needed = resting_on(circuit, wanted)
    result = [(f"v{slot.number}", columns.expression(slot)) for slot in circuit.slots if slot.number in needed]
    for mask, slots in masks:
        reached = resting_on(circuit, slots)
        for slot in circuit.slots:
            for word in range(mask.words) if slot.number in reached else ():
                expression = mask.expression(slot, word)
                if expression is not None:
                    result.append((mask.column_name(slot.number, word), expression))
    return result


def layers(columns: Sequence[Column], below: Sequence[str], wanted: Iterable[str]) -> list[Layer]:
    """Columns in layers over those `below`, each layer computed from the one before, so that nothing is computed twice.

    What is read once only is written where it is read; what no later layer reads and is not `wanted` is left out. An engine
    plans a query in the time of its columns times its layers, so both are kept few.
    """
    last = set(wanted)
    made = _inlined(columns, last)
    reads = {name: _reads(expression) for name, expression in made}
    depths = dict.fromkeys(below, 0)
    for name, _ in made:
        depths[name] = 1 + max((depths[read] for read in reads[name]), default=0)
    needed = last
    result: list[Layer] = []
    for depth in range(max(depths.values(), default=0), 0, -1):
        here = tuple(column for column in made if depths[column[0]] == depth)
        kept = tuple(name for name in depths if depths[name] < depth and name in needed)
        result.append(Layer(kept, here))
        needed = set(kept).union(*(reads[name] for name, _ in here))
    return result[::-1]


def _inlined(columns: Sequence[Column], wanted: Collection[str]) -> list[Column]:
    """The columns that something reads, those read once put where they are read."""
    uses: Counter[str] = Counter(wanted)
    for _, expression in reversed(columns):
        uses.update(part.name for part in expression.find_all(exp.Column))
    result: list[Column] = []
    short: dict[str, exp.Expr] = {}
    for name, expression in columns:
        whole = expression.transform(lambda node: _written(node, short), copy=False) if short else expression
        if uses[name] == 1 and name not in wanted and len(list(whole.find_all(exp.Column))) <= SHORT:
            short[name] = whole
        elif uses[name]:
            result.append((name, whole))
    return result


def _written(node: exp.Expr, short: Mapping[str, exp.Expr]) -> exp.Expr:
    return exp.Paren(this=short[node.name]) if isinstance(node, exp.Column) and node.name in short else node


def _reads(expression: exp.Expr) -> set[str]:
    return {part.name for part in expression.find_all(exp.Column)}
