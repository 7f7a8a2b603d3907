"""The Kleene reader: this one case, what, and why.

A circuit is turned once into straight-line Python that is run for every case and keeps the value of every
sub-expression, packed as `circuit` draws it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any, Final, TypeAlias

from sekisho.language.circuit import (
    BY_DEFAULT,
    FALSE,
    KNOWN,
    NOT_UNCLAIMED,
    NULL,
    SILENT,
    TRUE,
    UNCLAIMED,
    UNMET,
    A,
    B,
    Circuit,
    Layout,
    S,
    Slot,
    Truth,
    column,
    negation,
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

__all__ = ["A", "B", "Circuit", "Layout", "Program", "S", "Truth", "column", "compiled", "negation", "raw_of", "side_by_side"]


NOT_WHEN: Final = tuple(packed_not(value) for value in range(64))
NOT_MET: Final = tuple(UNMET if value == UNMET else packed_not(value) for value in range(64))

Program: TypeAlias = Callable[[Sequence[Any], Sequence[Any]], tuple[int, ...]]
"""Takes the two vectors of a `Layout` and gives every slot's packed value."""


def compiled(circuit: Circuit, wanted: Collection[int] | None = None) -> Program:
    """The program of a circuit over all its slots so far, or over those wanted, None standing for the others."""
    program: Program = Writer(circuit).program("x, y", wanted)
    return program


_VALUE: Final = re.compile(r"\bv\d+\b")
"""The value of a slot, in the text of a program."""


def _let_go(codes: Mapping[int, str], wanted: Collection[int]) -> Iterator[str]:
    """The lines of slots, each followed by the end of what is read no more and not wanted."""
    kept = {f"v{number}" for number in wanted}
    last = {name: number for number, code in codes.items() for name in _VALUE.findall(code)}
    for number, code in codes.items():
        yield f"v{number} = {code}"
        done = sorted(name for name in {*_VALUE.findall(code)} - kept if last[name] == number)
        if done:
            yield f"del {', '.join(done)}"


class Writer:
    """Writes a circuit as the text of a Python function: of one case here, of columns of cases in `kleene_columns`."""

    def __init__(self, circuit: Circuit) -> None:
        self.circuit, self.layout = circuit, circuit.layout
        self._raw: dict[int, str] = {}
        self._scope: dict[str, Any] = {
            "NW": NOT_WHEN, "NM": NOT_MET, "same": _same, "compare": _compare, "between": _between, "within": _within,
        }  # fmt: skip

    def program(self, arguments: str, wanted: Collection[int] | None = None) -> Any:
        """The function of some arguments, `x` and `y` among them, that gives the value of every slot.

        With `wanted` it works out what those rest on alone, lets go of a value once it has been read for the last time, and
        gives None for the others.
        """
        slots, known = self.circuit.slots, dict[str, str]()
        needed = range(len(slots)) if wanted is None else sorted(resting_on(self.circuit, wanted))
        codes: dict[int, str] = {}
        for number in needed:
            code = self._code(slots[number])
            codes[number] = known.setdefault(code, code)
            known[code] = f"v{number}" if known[code] == code else known[code]
        lines = [f"{name} = x[{place}]" for place, name in self._raw.items()]
        lines += [f"v{number} = {code}" for number, code in codes.items()] if wanted is None else _let_go(codes, wanted)
        given = needed if wanted is None else wanted
        values = "".join(f"v{number}, " if number in given else "None, " for number in range(len(slots)))
        body = "\n    ".join([*lines, f"return ({values})"])
        text = f"def program({arguments}):\n    {body}\n"
        exec(compile(text, "<law>", "exec"), self._scope)  # our own text, from a checked tree
        return self._scope["program"]

    def _code(self, slot: Slot) -> str:
        if slot.literal is not None:
            return self._literal_code(slot.literal, slot.context, slot.negated)
        if slot.kind == "days":
            return self._days(slot)
        joined = (" & " if slot.kind == "and" else " | ").join(f"v{part}" for part in slot.children)
        return joined or str(TRUE if slot.kind == "and" else FALSE)

    def _days(self, slot: Slot) -> str:
        """One case has one day: only a circuit of many days has such slots, and its other slots are not asked."""
        return str(NULL)

    def _literal_code(self, literal: Literal, context: str, negated: bool) -> str:
        flip = "NM" if context == "met" else "NW"
        claimed_set = isinstance(literal, Has) and self.layout.vocabulary.facts[literal.fact].claimed
        if isinstance(literal, Holds) or claimed_set:
            place = self.layout.index[self.layout.unit_of(literal, literal.fact)]  # type: ignore[union-attr]
            code = f"{'y' if context == 'met' else 'x'}[{place}]"
            return self._read(flip, code) if negated else code
        if isinstance(literal, Has):
            return self._has(literal, *((FALSE, TRUE) if negated else (TRUE, FALSE)))
        table = self._table(literal, context, negated)
        return table or self._computed(literal, context, negated, flip)

    def _has(self, literal: Has, yes: int, no: int) -> str:
        """A set that is known whole or not at all."""
        raw = self._fact(literal.fact)
        return f"{NULL} if {raw} is None else {yes} if {literal.value!r} in {raw} else {no}"

    def _computed(self, literal: Literal, context: str, negated: bool, flip: str) -> str:
        """A literal that no table can hold: two facts, numbers, days."""
        words = all(self.layout.vocabulary.facts[name].type in ("text", "state") for name in facts_of(literal))
        arguments = ", ".join(self._word(term) if words else self._term(term) for term in terms(literal))
        flip_unstated = negated != (isinstance(literal, Compare) and literal.op == "<>")
        if isinstance(literal, Compare):
            code = f"same({arguments})" if words else f"compare('{literal.op}', {arguments})"
            negated = negated != (words and literal.op == "<>")
        elif isinstance(literal, Between):
            code = f"between({arguments})"
        else:
            assert isinstance(literal, Within)
            code = f"within({arguments}, {self._constant(literal.values)})"
        claimed = [self._unknown(name) for name in facts_of(literal) if self.layout.vocabulary.facts[name].claimed]
        code = self._read(flip, code) if negated else code
        unstated = UNMET if context == "met" else NOT_UNCLAIMED if flip_unstated else UNCLAIMED
        return self._claimed(claimed, unstated, code) if claimed else code

    def _unknown(self, name: str) -> str:
        """Whether a fact is not known."""
        return f"{self._fact(name)} is None"

    def _claimed(self, unknown: Sequence[str], unstated: int, code: str) -> str:
        return f"{unstated} if {' or '.join(unknown)} else {code}"

    def _fact(self, name: str) -> str:
        """The local name of a fact's raw entry, read from its vector once."""
        place = self.layout.index[name]
        return self._raw.setdefault(place, f"a{place}")

    def _term(self, term: Term) -> str:
        return self._fact(term.name) if isinstance(term, FactTerm) else self._constant(term.value)

    def _word(self, term: Term) -> str:
        """A text or state to be compared with one of another fact."""
        return self._term(term)

    def _constant(self, value: Any) -> str:
        name = f"C{len(self._scope)}"
        self._scope[name] = value
        return name

    def _table(self, literal: Literal, context: str, negated: bool) -> str | None:
        """A literal over one text or state fact and constants, as a table from the raw value; else None."""
        test = one_fact_test(literal)
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
        return self._looked_up(fact.name, codes)

    def _looked_up(self, fact: str, codes: dict[Any, int]) -> str:
        """A table from a fact's raw value, looked up."""
        return self._read(self._constant(codes), self._fact(fact))

    def _read(self, table: str, place: str) -> str:
        """What stands at a place of a table."""
        return f"{table}[{place}]"


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
