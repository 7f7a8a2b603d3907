"""The Kleene reader: this one case, what, and why.

A condition is turned once into straight-line Python that is run for every case and keeps the value of every
sub-expression. A truth value takes two bits, so that AND is `&` and OR is `|`:

    FALSE 0b00    NULL 0b01    TRUE 0b11

and one integer carries three readings of the same expression side by side (DESIGN §6, SEMANTICS "Silence"):

    column           in `when`                       in `met`
    A  bits 0-1      silence of a claim is FALSE     every literal over an unstated claim is TRUE (could it be met?)
    B  bits 2-3      silence of a claim is FALSE     silence of a claim is NULL (is it met?)
    S  bits 4-5      all silence is NULL             all silence is NULL

so the algebra of the verdict, run once over such integers, gives `allowed` in column A, `settled` in column B, and in
column S what could still turn them. NOT is moved inwards to the literals first.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any, Final, TypeAlias

from sekisho.language.expression import (
    NONE,
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
    Within,
    facts_of,
    terms,
)
from sekisho.language.vocabulary import Vocabulary

Truth: TypeAlias = bool | None
TRUTH: Final[tuple[Truth, ...]] = (False, None, None, True)
"""The truth value of two bits."""

TRUE, FALSE, NULL = 0b11_11_11, 0, 0b01_01_01
KNOWN: Final[Mapping[Any, int]] = {True: TRUE, False: FALSE, None: NULL}
"""What a known truth value is worth."""
BY_DEFAULT: Final[Mapping[Any, int]] = {True: 0b01_11_11, False: 0b01_00_00, None: NULL}
"""What a literal over a default is worth: known, but NULL in column S."""
UNCLAIMED, NOT_UNCLAIMED = 0b01_00_00, 0b01_11_11
"""An unstated claim in `when`, and its negation."""
UNMET = 0b01_01_11
"""An unstated claim in `met`, and its negation: it can be met, is not met, and is silent."""
A, B, S = 0, 2, 4
"""The shift of each column."""


def column(value: int, shift: int) -> Truth:
    """The truth value that a packed value has in a column."""
    return TRUTH[value >> shift & 3]


def negation(value: Truth) -> Truth:
    """Kleene's NOT."""
    return None if value is None else not value


def _packed_not(value: int) -> int:
    flip = (3, 1, 1, 0)
    return flip[value & 3] | flip[value >> 2 & 3] << 2 | flip[value >> 4 & 3] << 4


_NOT_WHEN: Final = tuple(_packed_not(value) for value in range(64))
_NOT_MET: Final = tuple(UNMET if value == UNMET else _packed_not(value) for value in range(64))
SILENT: Final = "~"
"""What stands before a text that a default put there, so that a literal can tell it from a stated one."""


class Layout:
    """Where each fact of a vocabulary stands in the vectors that a program reads.

    A program reads two vectors. For a boolean, and for each element of a claimed set (`purpose:x`), they hold its packed
    value in `when` and in `met`; for any other fact the first holds the raw value: None if it is not known, with `~`
    before a text that a default put there.
    """

    def __init__(self, vocabulary: Vocabulary, states: Collection[str]) -> None:
        self.vocabulary, self.states = vocabulary, tuple(states)
        facts = vocabulary.facts.values()
        sets = [fact for fact in facts if fact.claimed and fact.type == "set"]
        self.names = (*vocabulary.facts, *(f"{fact.name}:{value}" for fact in sets for value in fact.values))
        self.index = {name: place for place, name in enumerate(self.names)}
        units = [name for name in self.names if self._is_unit(name)]
        self.units = {name: bit for bit, name in enumerate(units)}
        self.unit_names = tuple(units)
        self.silent_units = sum(1 << bit for name, bit in self.units.items() if not self._is_default(name))
        self.unstated_when: list[Any] = [self._unstated(name, UNCLAIMED) for name in self.names]
        self.unstated_met: list[Any] = [self._unstated(name, UNMET) for name in self.names]

    def _is_unit(self, name: str) -> bool:
        """Whether it can be listed as assumed: a claim (a set element by element) or a default."""
        fact = self.vocabulary.facts.get(name)
        return fact is None or (fact.claimed and fact.type != "set") or fact.unstated == "default"

    def _is_default(self, name: str) -> bool:
        fact = self.vocabulary.facts.get(name)
        return fact is not None and fact.unstated == "default"

    def _unstated(self, name: str, claimed: int) -> Any:
        fact = self.vocabulary.facts.get(name)
        if fact is None:
            return claimed
        if fact.type == "boolean":
            return claimed if fact.claimed else NULL
        return None

    def unit_of(self, literal: Literal, fact: str) -> str:
        """The name under which a literal's fact is assumed: the element, for a claimed set."""
        if isinstance(literal, Has) and self.vocabulary.facts[fact].claimed:
            return f"{fact}:{literal.value}"
        return fact


class Slot:
    """One node of a program: a literal (with its context), or an AND or OR of earlier slots."""

    __slots__ = ("children", "kind", "literal", "number")

    def __init__(self, number: int, kind: str, children: tuple[int, ...] = (), literal: Literal | None = None) -> None:
        self.number, self.kind, self.children, self.literal = number, kind, children, literal


Program: TypeAlias = Callable[[Sequence[Any], Sequence[Any]], tuple[int, ...]]
"""Takes the two vectors and gives every slot's packed value."""


class Circuit:
    """Builds a program: literals and gates, each kept once, in the order in which they must be computed."""

    def __init__(self, layout: Layout, definitions: Mapping[str, Node]) -> None:
        self.layout, self.definitions = layout, definitions
        self.slots: list[Slot] = []
        self._known: dict[Any, int] = {}
        self._raw: dict[int, str] = {}
        self._lines: list[str] = []
        self._scope: dict[str, Any] = {
            "NW": _NOT_WHEN, "NM": _NOT_MET, "same": _same, "compare": _compare, "between": _between, "within": _within,
        }  # fmt: skip

    def condition(self, node: Node, context: str, negated: bool = False) -> int:
        """The slot of a condition read in the context `when` or `met`."""
        if isinstance(node, Not):
            return self.condition(node.part, context, not negated)
        if isinstance(node, Reference):
            return self.condition(self.definitions[node.name], context, negated)
        if isinstance(node, And | Or):
            kind = "and" if isinstance(node, And) != negated else "or"
            return self.gate(kind, (self.condition(part, context, negated) for part in node.parts))
        return self._literal(node, context, negated)

    def gate(self, kind: str, children: Iterable[int]) -> int:
        """The slot of an `and` or an `or` over slots; over nothing they are TRUE and FALSE."""
        parts = tuple(children)
        if len(parts) == 1:
            return parts[0]
        key = (kind, parts)
        if key not in self._known:
            joined = (" & " if kind == "and" else " | ").join(f"v{part}" for part in parts)
            self._add(Slot(len(self.slots), kind, parts), key, joined or str(TRUE if kind == "and" else FALSE))
        return self._known[key]

    def _add(self, slot: Slot, key: Any, code: str) -> None:
        self.slots.append(slot)
        self._known[key] = slot.number
        self._lines.append(f"v{slot.number} = {code}")

    def _literal(self, literal: Literal, context: str, negated: bool) -> int:
        key = (literal, context, negated)
        if key not in self._known:
            code = self._literal_code(literal, context, negated)
            self._add(Slot(len(self.slots), "literal", (), literal), key, code)
        return self._known[key]

    def _literal_code(self, literal: Literal, context: str, negated: bool) -> str:
        flip = "NM" if context == "met" else "NW"
        claimed_set = isinstance(literal, Has) and self.layout.vocabulary.facts[literal.fact].claimed
        if isinstance(literal, Holds) or claimed_set:
            place = self.layout.index[self.layout.unit_of(literal, literal.fact)]  # type: ignore[union-attr]
            code = f"{'y' if context == 'met' else 'x'}[{place}]"
            return f"{flip}[{code}]" if negated else code
        if isinstance(literal, Has):
            yes, no = (FALSE, TRUE) if negated else (TRUE, FALSE)
            raw = self._fact(literal.fact)
            return f"{NULL} if {raw} is None else {yes} if {literal.value!r} in {raw} else {no}"
        table = self._table(literal, context, negated)
        return table or self._computed(literal, context, negated, flip)

    def _computed(self, literal: Literal, context: str, negated: bool, flip: str) -> str:
        """A literal that no table can hold: two facts, numbers, days."""
        arguments = ", ".join(self._term(term) for term in terms(literal))
        if isinstance(literal, Compare):
            words = all(self.layout.vocabulary.facts[name].type in ("text", "state") for name in facts_of(literal))
            code = f"same({arguments})" if words else f"compare('{literal.op}', {arguments})"
            negated = negated != (words and literal.op == "<>")
        elif isinstance(literal, Between):
            code = f"between({arguments})"
        else:
            assert isinstance(literal, Within)
            code = f"within({arguments}, {self._constant(literal.values)})"
        claimed = [f"{self._fact(name)} is None" for name in facts_of(literal) if self.layout.vocabulary.facts[name].claimed]
        code = f"{flip}[{code}]" if negated else code
        if claimed:
            unstated = UNMET if context == "met" else NOT_UNCLAIMED if negated else UNCLAIMED
            return f"{unstated} if {' or '.join(claimed)} else {code}"
        return code

    def _fact(self, name: str) -> str:
        """The local name of a fact's raw entry, read from its vector once."""
        place = self.layout.index[name]
        return self._raw.setdefault(place, f"a{place}")

    def _term(self, term: Term) -> str:
        return self._fact(term.name) if isinstance(term, FactTerm) else self._constant(term.value)

    def _constant(self, value: Any) -> str:
        name = f"C{len(self._scope)}"
        self._scope[name] = value
        return name

    def _table(self, literal: Literal, context: str, negated: bool) -> str | None:
        """A literal over one text or state fact and constants, as a table from the raw value; else None."""
        test = _one_fact_test(literal)
        fact = self.layout.vocabulary.facts[test[0]] if test is not None else None
        if test is None or fact is None or fact.type not in ("text", "state"):
            return None
        flip = negated != test[2]
        claimed = UNMET if context == "met" else NOT_UNCLAIMED if flip else UNCLAIMED
        codes: dict[Any, int] = {None: claimed if fact.claimed else NULL}
        for value in (*(fact.values if fact.type == "text" else self.layout.states), *test[1], NONE):
            truth = (value in test[1]) != flip
            codes[value] = KNOWN[truth]
            codes[f"{SILENT}{value}"] = BY_DEFAULT[truth]
        return f"{self._constant(codes)}[{self._fact(fact.name)}]"

    def program(self) -> Program:
        """The compiled program over all slots so far."""
        raw = [f"{name} = x[{place}]" for place, name in self._raw.items()]
        values = "".join(f"v{slot.number}, " for slot in self.slots)
        body = "\n    ".join([*raw, *self._lines, f"return ({values})"])
        exec(compile(f"def program(x, y):\n    {body}\n", "<law>", "exec"), self._scope)  # our own text, from a checked tree
        program: Program = self._scope["program"]
        return program


def _one_fact_test(literal: Literal) -> tuple[str, frozenset[Any], bool] | None:
    """A literal as (fact, values, whether it says that the fact is none of them), if that is what it says."""
    if isinstance(literal, KnownNone):
        return literal.fact, frozenset({NONE}), False
    if isinstance(literal, Within):
        return literal.left.name, frozenset(literal.values), False
    if isinstance(literal, Compare) and literal.op in ("=", "<>"):
        for fact, other in ((literal.left, literal.right), (literal.right, literal.left)):
            if isinstance(fact, FactTerm) and isinstance(other, Constant):
                return fact.name, frozenset({other.value}), literal.op == "<>"
    return None


_ORDER: Mapping[Operator, Callable[[Any, Any], bool]] = {
    "<": lambda left, right: bool(left < right),
    "<=": lambda left, right: bool(left <= right),
    ">": lambda left, right: bool(left > right),
    ">=": lambda left, right: bool(left >= right),
}


def equal(left: Any, right: Any) -> Truth:
    """`=`: FALSE if either side is known to be none, even where the other is unknown."""
    if left == NONE or right == NONE:
        return False
    return None if left is None or right is None else bool(left == right)


def compared(op: Operator, left: Any, right: Any) -> Truth:
    """A comparison of two raw values, None being unknown."""
    if op == "=":
        return equal(left, right)
    if op == "<>":
        return negation(equal(left, right))
    return None if left is None or right is None else _ORDER[op](left, right)


def _split(raw: Any) -> tuple[Any, Any]:
    """A raw value as (what it is worth, what it is worth where silence is NULL)."""
    if isinstance(raw, str) and raw[:1] == SILENT:
        return raw[1:], None
    return raw, raw


_BITS: Final[Mapping[Truth, int]] = {False: 0, None: 1, True: 3}


def side_by_side(value: Truth, silent: Truth) -> int:
    """A value packed: `value` in the columns A and B, `silent` in S."""
    return _BITS[value] | _BITS[value] << 2 | _BITS[silent] << 4


def _same(left: Any, right: Any) -> int:
    """Whether two raw texts or states are equal, packed."""
    if left is None or right is None:
        return _compare("=", left, right)
    if left[0] != SILENT and right[0] != SILENT:
        return TRUE if left == right and left != NONE else FALSE
    if NONE in (left, right):
        return FALSE
    left, right = left.lstrip(SILENT), right.lstrip(SILENT)
    return BY_DEFAULT[left == right and left != NONE]


def _compare(op: Operator, left: Any, right: Any) -> int:
    (left, left_silent), (right, right_silent) = _split(left), _split(right)
    return side_by_side(compared(op, left, right), compared(op, left_silent, right_silent))


def _both(left: Truth, right: Truth) -> Truth:
    if left is False or right is False:
        return False
    return None if left is None or right is None else True


def _between(value: Any, low: Any, high: Any) -> int:
    plain = _both(compared("<=", low, value), compared("<=", value, high))
    return side_by_side(plain, plain)


def _within(value: Any, values: tuple[Any, ...]) -> int:
    plain = None if value is None else value in values
    return side_by_side(plain, plain)


def raw_of(value: str | bool | float | dt.date | frozenset[str] | None, by_default: bool) -> Any:
    """The raw entry of a fact that is not boolean."""
    return f"{SILENT}{value}" if by_default and value is not None else value
