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
from collections.abc import Callable, Iterable, Mapping, Sequence
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


class _Codes(dict[Any, int]):
    """The packed value of a one-fact literal by the fact's raw value."""

    def __missing__(self, raw: str) -> int:
        return self["~"] if raw[0] == SILENT else FALSE


class Layout:
    """Where each fact of a vocabulary stands in the vectors that a program reads.

    A program reads two vectors of one entry a fact. For a boolean they hold its packed value in `when` and in `met`;
    for any other fact the first holds the raw value (None if not known, with `~` before a text put by default).
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.names = tuple(vocabulary.facts)
        self.index = {name: place for place, name in enumerate(self.names)}
        self.units: dict[str, int] = {}
        for fact in vocabulary.facts.values():
            if fact.claimed and fact.type == "set":
                for value in fact.values:
                    self._unit(f"{fact.name}:{value}")
            elif fact.claimed or fact.unstated == "default":
                self._unit(fact.name)
        self.unit_names = tuple(self.units)
        self.silent_units = sum(1 << bit for name, bit in self.units.items() if not self._is_default(name))
        facts = vocabulary.facts.values()
        self.unstated_when: list[Any] = [
            (UNCLAIMED if f.claimed else NULL)
            if f.type == "boolean"
            else frozenset()
            if f.claimed and f.type == "set"
            else None
            for f in facts
        ]
        self.unstated_met: list[Any] = [(UNMET if f.claimed else NULL) if f.type == "boolean" else None for f in facts]

    def _unit(self, name: str) -> None:
        self.units[name] = len(self.units)

    def _is_default(self, name: str) -> bool:
        fact = self.vocabulary.facts.get(name)
        return fact is not None and fact.unstated == "default"


class Slot:
    """One node of a program: a literal (with its context), or an AND or OR of earlier slots."""

    __slots__ = ("children", "kind", "literal", "number")

    def __init__(self, number: int, kind: str, children: tuple[int, ...] = (), literal: Literal | None = None) -> None:
        self.number, self.kind, self.children, self.literal = number, kind, children, literal


Program: TypeAlias = Callable[[Sequence[Any], Sequence[Any], Sequence[int]], tuple[tuple[int, ...], tuple[int, ...]]]
"""Takes the two vectors and the default masks; gives every slot's packed value, and the masks of the roots."""


class Circuit:
    """Builds a program: literals and gates, each kept once, in the order in which they must be computed."""

    def __init__(self, layout: Layout, definitions: Mapping[str, Node]) -> None:
        self.layout, self.definitions = layout, definitions
        self.slots: list[Slot] = []
        self.masks: dict[str, int] = {}
        self._known: dict[Any, int] = {}
        self._lines: list[str] = []
        self._scope: dict[str, Any] = {
            "NW": _NOT_WHEN, "NM": _NOT_MET, "compare": _compare, "between": _between, "within": _within,
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
            number = self._add(Slot(len(self.slots), kind, parts), key)
            joined = (" & " if kind == "and" else " | ").join(f"v{part}" for part in parts)
            self._lines.append(f"v{number} = {joined or (TRUE if kind == 'and' else FALSE)}")
        return self._known[key]

    def _add(self, slot: Slot, key: Any) -> int:
        self.slots.append(slot)
        self._known[key] = slot.number
        return slot.number

    def _literal(self, literal: Literal, context: str, negated: bool) -> int:
        key = (literal, context, negated)
        if key not in self._known:
            number = self._add(Slot(len(self.slots), "literal", (), literal), key)
            self._lines.append(f"v{number} = {self._literal_code(literal, context, negated, number)}")
        return self._known[key]

    def _literal_code(self, literal: Literal, context: str, negated: bool, number: int) -> str:
        place = self.layout.index
        flip = "NM" if context == "met" else "NW"
        if isinstance(literal, Holds):
            code = f"{'y' if context == 'met' else 'x'}[{place[literal.fact]}]"
            return f"{flip}[{code}]" if negated else code
        if isinstance(literal, Has):
            return self._has_code(literal, context, negated)
        codes = self._codes(literal, context, negated)
        if codes is not None:
            self._scope[f"K{number}"] = codes
            fact = next(term.name for term in _terms(literal) if isinstance(term, FactTerm))
            return f"K{number}[x[{place[fact]}]]"
        arguments = ", ".join(self._term_code(term) for term in _terms(literal))
        if isinstance(literal, Compare):
            code = f"compare('{literal.op}', {arguments})"
        elif isinstance(literal, Between):
            code = f"between({arguments})"
        else:
            assert isinstance(literal, Within)
            self._scope[f"L{number}"] = literal.values
            code = f"within({arguments}, L{number})"
        claimed = [f"x[{place[t.name]}] is None" for t in _terms(literal)
                   if isinstance(t, FactTerm) and self.layout.vocabulary.facts[t.name].claimed]  # fmt: skip
        code = f"{flip}[{code}]" if negated else code
        if claimed:
            unstated = UNMET if context == "met" else NOT_UNCLAIMED if negated else UNCLAIMED
            return f"{unstated} if {' or '.join(claimed)} else {code}"
        return code

    def _has_code(self, literal: Has, context: str, negated: bool) -> str:
        fact = self.layout.vocabulary.facts[literal.fact]
        vector = f"x[{self.layout.index[literal.fact]}]"
        yes, no = (FALSE, TRUE) if negated else (TRUE, FALSE)
        if fact.claimed:
            no = UNMET if context == "met" else NOT_UNCLAIMED if negated else UNCLAIMED
            return f"{yes} if {literal.value!r} in {vector} else {no}"
        return f"{NULL} if {vector} is None else {yes} if {literal.value!r} in {vector} else {no}"

    def _term_code(self, term: Term) -> str:
        if isinstance(term, FactTerm):
            return f"x[{self.layout.index[term.name]}]"
        name = f"C{len(self._scope)}"
        self._scope[name] = term.value
        return name

    def _codes(self, literal: Literal, context: str, negated: bool) -> _Codes | None:
        """A literal over one text or state fact and constants, as a table from the raw value; else None."""
        test: tuple[str, frozenset[Any], bool] | None = None
        if isinstance(literal, KnownNone):
            test = (literal.fact, frozenset({NONE}), False)
        elif isinstance(literal, Within):
            test = (literal.left.name, frozenset(literal.values), False)
        elif isinstance(literal, Compare) and literal.op in ("=", "<>"):
            sides = (literal.left, literal.right) if isinstance(literal.left, FactTerm) else (literal.right, literal.left)
            if isinstance(sides[0], FactTerm) and isinstance(sides[1], Constant):
                test = (sides[0].name, frozenset({sides[1].value}), literal.op == "<>")
        if test is None or self.layout.vocabulary.facts[test[0]].type not in ("text", "state"):
            return None
        fact, values, unequal = self.layout.vocabulary.facts[test[0]], test[1], test[2]
        flip = negated != unequal
        inside, outside = (FALSE, TRUE) if flip else (TRUE, FALSE)
        claimed = UNMET if context == "met" else NOT_UNCLAIMED if flip else UNCLAIMED
        codes = _Codes({None: claimed if fact.claimed else NULL, SILENT: BY_DEFAULT[flip]})
        known = fact.values if fact.type == "text" else ()
        for value in (*known, *values, NONE):
            hit = value in values
            codes[value] = inside if hit else outside
            codes[f"{SILENT}{value}"] = BY_DEFAULT[hit != flip]
        return codes if not flip else _Negated(codes)

    def masked(self, name: str, root: int) -> None:
        """Ask for the mask of a root: which claims and defaults stand in its literals live in column S."""
        self.masks[name] = root

    def program(self) -> Program:
        """The compiled program over all slots so far."""
        lines = [*self._lines, *self._mask_lines()]
        masks = "".join(f"m{root}, " for root in self.masks.values())
        values = "".join(f"v{slot.number}, " for slot in self.slots)
        body = "\n    ".join([*lines, f"return ({values}), ({masks})"])
        exec(compile(f"def program(x, y, f):\n    {body}\n", "<law>", "exec"), self._scope)  # our own text, from a checked tree
        program: Program = self._scope["program"]
        return program

    def _mask_lines(self) -> list[str]:
        wanted, stack = set(), list(self.masks.values())
        while stack:
            number = stack.pop()
            if number not in wanted:
                wanted.add(number)
                stack += self.slots[number].children
        lines = []
        for slot in self.slots:
            if slot.number in wanted:
                parts = [f"m{child}" for child in slot.children]
                inside = " | ".join(parts) if slot.literal is None else self._mask_of(slot.literal)
                lines.append(f"m{slot.number} = ({inside or 0}) if v{slot.number} & 48 == 16 else 0")
        return lines

    def _mask_of(self, literal: Literal) -> str:
        layout, fixed, parts = self.layout, 0, []
        if isinstance(literal, Has) and layout.vocabulary.facts[literal.fact].claimed:
            return str(1 << layout.units[f"{literal.fact}:{literal.value}"])
        for term in _terms(literal):
            if not isinstance(term, FactTerm):
                continue
            fact = layout.vocabulary.facts[term.name]
            if fact.claimed:
                fixed |= 1 << layout.units[fact.name]
            elif fact.unstated == "default" or fact.lookup is not None:
                parts.append(f"f[{layout.index[fact.name]}]")
        return " | ".join([*([str(fixed)] if fixed else []), *parts])


class _Negated(_Codes):
    """As `_Codes`, for a negated literal: a value outside the table is TRUE."""

    def __missing__(self, raw: str) -> int:
        return self["~"] if raw[0] == SILENT else TRUE


def _terms(literal: Literal) -> tuple[Term, ...]:
    if isinstance(literal, Holds | Has | KnownNone):
        return (FactTerm(literal.fact),)
    if isinstance(literal, Compare):
        return (literal.left, literal.right)
    if isinstance(literal, Between):
        return (literal.left, literal.low, literal.high)
    return (literal.left,)


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
