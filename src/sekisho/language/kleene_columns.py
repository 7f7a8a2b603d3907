"""The Kleene reader over columns of cases: the same program, in which every value is an array.

What a program reads of one case are whole numbers or values looked up in tables; over columns they are arrays of whole
numbers, a value of a fact being its code, and the tables are arrays too. The texts of both programs come from one writer.
Column S is not to be asked: whether a default stands in is not told here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any, TypeAlias

import numpy as np

from sekisho.language.circuit import KNOWN, NULL, Circuit, Slot
from sekisho.language.kleene import NOT_MET, NOT_WHEN, Writer
from sekisho.language.nodes import NONE, Constant, Has, Operator, Term

Packed: TypeAlias = np.ndarray[Any, np.dtype[np.uint8]]
ColumnProgram: TypeAlias = Callable[[Mapping[int, Any], Mapping[int, Any], Mapping[int, Any]], tuple[Any, ...]]
"""Takes the columns of a layout in `when` and in `met` by place, and the slots of days by number, TRUE and FALSE; gives every
slot's packed values. A column is of packed values for a boolean and for an element of a claimed set, of codes for a text, a
state or a set, of numbers for a number or a day (counted from 1970), NaN where it is not known."""


def compiled_columns(
    circuit: Circuit, codes: Mapping[str, Mapping[Any, int]], bits: Mapping[str, Mapping[str, int]],
    wanted: Collection[int] | None = None,
) -> ColumnProgram:  # fmt: skip
    """The program of a circuit over columns, which gives the values of the slots wanted, or of all.

    `codes` are the codes of each text's or state's values, 0 being what is not known; `bits` those of a set's elements, which
    is 0 where it is not known.
    """
    program: ColumnProgram = _ColumnWriter(circuit, codes, bits).program("x, y, d", wanted)
    return program


_TABLED = 12
"""Elements of a set up to which there is a table of all its codes."""


class _ColumnWriter(Writer):
    def __init__(self, circuit: Circuit, codes: Mapping[str, Mapping[Any, int]], bits: Mapping[str, Mapping[str, int]]) -> None:
        super().__init__(circuit)
        self._codes, self._bits = codes, bits
        self._words: dict[Any, int] = {None: 0, NONE: 1}
        self._tables: dict[tuple[str, bytes], str] = {}
        self._scope |= {
            "NW": np.array(NOT_WHEN, np.uint8), "NM": np.array(NOT_MET, np.uint8), "where": np.where, "isnan": np.isnan,
            "one_of": _one_of,
            "same": _same, "compare": _compare, "between": _between, "within": _within,
        }  # fmt: skip

    def _days(self, slot: Slot) -> str:
        return f"d[{slot.number}]"

    def _has(self, literal: Has, yes: int, no: int) -> str:
        bits, raw = self._bits[literal.fact], self._fact(literal.fact)
        bit = bits.get(literal.value, 0)
        if len(bits) > _TABLED:
            return f"one_of({raw}, {bit}, {yes}, {no})"
        return self._read(self._constant(_one_of(np.arange(2 << len(bits)), bit, yes, no)), raw)

    def _unknown(self, name: str) -> str:
        amount = self.layout.vocabulary.facts[name].type in ("date", "number")
        return f"isnan({self._fact(name)})" if amount else f"({self._fact(name)} == 0)"

    def _claimed(self, unknown: Sequence[str], unstated: int, code: str) -> str:
        return f"where({' | '.join(unknown)}, {unstated}, {code}).astype('uint8')"

    def _looked_up(self, fact: str, codes: dict[Any, int]) -> str:
        table = np.zeros(len(self._codes[fact]), np.uint8)
        for value, code in self._codes[fact].items():
            table[code] = codes[value]
        return self._read(self._constant(table), self._fact(fact))

    def _read(self, table: str, place: str) -> str:
        return f"{table}.take({place})"

    def _word(self, term: Term) -> str:
        """A text or state by a code that all facts share."""
        if isinstance(term, Constant):
            return str(self._shared(term.value))
        table = np.zeros(len(self._codes[term.name]), np.int64)
        for value, code in self._codes[term.name].items():
            table[code] = self._shared(value)
        return self._read(self._constant(table), self._fact(term.name))

    def _shared(self, value: Any) -> int:
        return self._words.setdefault(value, len(self._words))

    def _constant(self, value: Any) -> str:
        """The name of a constant; tables that hold the same are one."""
        if not isinstance(value, np.ndarray):
            return super()._constant(_number(value))
        held = value.dtype.str, value.tobytes()
        if held not in self._tables:
            self._tables[held] = super()._constant(value)
        return self._tables[held]


def _number(value: Any) -> Any:
    """A day of the text as its number; the days in a list alike."""
    if isinstance(value, tuple):
        return tuple(_number(entry) for entry in value)
    return int(np.datetime64(value, "D").astype(np.int64)) if isinstance(value, dt.date) else value


_PACKED = np.array([KNOWN[None], KNOWN[False], KNOWN[True]], np.uint8)


def _truth(known: Any, value: Any) -> Any:
    return _PACKED[known * (1 + value)]


def _one_of(codes: Any, bit: int, yes: int, no: int) -> Any:
    return np.where(codes == 0, NULL, np.where(codes & bit != 0, yes, no)).astype(np.uint8)


def _same(left: Any, right: Any) -> Any:
    """Whether two texts or states are equal, by the codes they share: 0 is what is not known, 1 is `none`."""
    none = (left == 1) | (right == 1)
    known = none | ((left != 0) & (right != 0))
    return _truth(known, (left == right) & ~none)


def _compare(op: Operator, left: Any, right: Any) -> Any:
    return _truth(~(np.isnan(left) | np.isnan(right)), _OPERATORS[op](left, right))


def _between(value: Any, low: Any, high: Any) -> Any:
    """FALSE if it fails at one end, even where the other is not known."""
    outside = (value < low) | (value > high)
    known = ~(np.isnan(value) | np.isnan(low) | np.isnan(high))
    return _truth(known | outside, ~outside)


def _within(value: Any, values: Iterable[Any]) -> Any:
    return _truth(~np.isnan(value), np.isin(value, list(values)))


_OPERATORS: Mapping[Operator, Callable[[Any, Any], Any]] = {
    "=": np.equal, "<>": np.not_equal, "<": np.less, "<=": np.less_equal, ">": np.greater, ">=": np.greater_equal,
}  # fmt: skip
