"""A regime's outcomes over columns of rows, in whole numbers: what its query gives, by the Kleene reader over columns.

The query takes an engine longer to plan than a million rows take to be decided, so that where rows are in this process
already they are decided here. The numbers are those of `query`, column by column, and the tests hold them to it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

import msgspec
import numpy as np
import pyarrow.compute as pc

from sekisho.corpus import Fact, kept
from sekisho.language.circuit import FALSE, KNOWN, NULL, TRUE, UNCLAIMED, UNMET, Slot, resting_on
from sekisho.language.kleene_columns import Packed, compiled_columns
from sekisho.language.nodes import NONE, facts_of
from sekisho.language.sql import WORD
from sekisho.sweep.dimensions import BITS, Pair, qualifier
from sekisho.sweep.frame import Entries, Frame, Numbers
from sekisho.sweep.query import PARTIES, RegimeQuery

_Test: TypeAlias = Callable[[Packed], Any]
_LOOKED_UP = np.array([KNOWN[False], KNOWN[None], NULL, KNOWN[True]], np.uint8)
_PLAIN = np.array([KNOWN[None], KNOWN[False], KNOWN[True]], np.uint8)
_IN_WHEN = np.array([UNCLAIMED, KNOWN[False], KNOWN[True]], np.uint8)
_IN_MET = np.array([UNMET, KNOWN[False], KNOWN[True]], np.uint8)


class ArrayQuery:
    """A regime's law over columns. For queries without `detail`."""

    def __init__(self, query: RegimeQuery, frame: Frame) -> None:
        self.query, self._frame, self.facts = query, frame, query.facts
        algebra = self.algebra = query.algebra
        self._slots = algebra.circuit.slots
        self._program = compiled_columns(algebra.circuit, frame.codes, frame.bits, query.roots)
        if query.missing:
            under = resting_on(algebra.circuit, (algebra.governs, algebra.allowed))
            self._whole = compiled_columns(algebra.circuit, frame.codes, frame.bits, under)
        read = {name for slot in self._slots if slot.literal is not None for name in facts_of(slot.literal)}
        self._read = [fact for name, fact in self.facts.items() if name in read]
        self._lookups = self._kept_lookups()
        self._asking = self._asked()
        self._constant = {
            fact.name: self._code(fact.name) for fact in self._read
            if not query.varies(fact.name) and fact.type not in ("date", "number")
        }  # fmt: skip
        self._on = {slot.number: _on(slot, frame.first_days) for slot in self._slots if slot.kind == "days"}
        first = query.regime.first_day
        self._before = np.array([(query.law_on if query.law_on is not None else day) < first for day in frame.first_days])

    def _kept_lookups(self) -> dict[str, Lookup]:
        """The look-ups with their tables, which are kept in the user's cache."""
        query, frame = self.query, self._frame

        def made() -> dict[str, LookupTables]:
            known: dict[tuple[Any, ...], Any] = {}  # of several look-ups of one table, which is kept once
            return {
                fact.name: LookupTables(*(_once(known, getattr(tables, part)) for part in _PARTS))
                for fact, tables in ((fact, Lookup(fact, frame).tables) for fact in query.lookups)
            }

        tables = kept("lookups", frame.stamp + query.regime.id, dict, made)
        return {fact.name: Lookup(fact, frame, tables[fact.name]) for fact in query.lookups}

    def _code(self, name: str) -> int:
        """The code of a fact that is the same for every row."""
        if name in self.query.shape.fixed:
            return self._frame.code(name, self.query.shape.fixed[name])
        default = self.facts[name].default
        if default in self.facts:
            return self._code(str(default))
        return 0 if default is None else self._frame.codes[name][default]

    def numbers(self, rows: Entries) -> dict[str, Numbers]:
        """The answers to the query for rows of its shape, in their order, by column."""
        query, algebra, count = self.query, self.algebra, rows.count
        looked = {name: lookup.of(rows) for name, lookup in self._lookups.items()}
        x, y = self._vectors(rows, looked)
        days = {number: on.take(rows.segment) for number, on in self._on.items()}
        values = self._program(x, y, days)
        governs, allowed = (np.broadcast_to(_truths(values[slot]) & 3, count) for slot in (algebra.governs, algebra.allowed))
        settled = _truths(values[algebra.allowed]) & 12 == 12
        verdict = np.select(
            [self._before.take(rows.segment) | (governs == 0), governs == 1, allowed == 0, allowed == 1, settled],
            [0, 2, 1, 2, 4], 3,
        )  # fmt: skip
        told: dict[str, Numbers] = {"verdict": verdict}
        for kind, (relevant, slots, test) in self._masks(verdict).items():
            for word, packed in enumerate(_packed(values, slots, test, np.flatnonzero(relevant), count)):
                told[f"{kind}_{word}"] = packed
        if query.missing:
            told["missing_0"], told["stated"] = np.zeros(count, np.int64), np.zeros(count, np.int64)
            open_ = np.flatnonzero(verdict == 2)
            told["missing_0"][open_] = self._missing(rows, open_, self._whole(*(_of(open_, given) for given in (x, y, days))))
            told["stated"][open_] = self._parties(rows).take(open_)
        if query.checks:
            told["reject"] = self._reject(rows, values, looked)
        return told

    def _masks(self, verdict: Numbers) -> dict[str, tuple[Any, Iterable[int], _Test]]:
        """For each mask the rows to which it matters, the slots it is made of, and the test of their values."""
        algebra, output = self.algebra, self.query.output
        opening, asked = (verdict != 0, verdict > 2) if self.query.shape.head else (verdict > 2, verdict == 3)
        return {
            "barring": (verdict == 1, map(algebra.unbarred.__getitem__, output.barring), lambda value: value & 3 == 0),
            "ways": (opening, map(algebra.ways.__getitem__, output.ways), lambda value: value & 3 == 3),
            "undone": (verdict > 2, map(algebra.needs.__getitem__, output.undone), lambda value: value & 12 != 12),
            "may": (asked, map(algebra.idle.__getitem__, output.undone), lambda value: value & 3 == 1),
            "heard": (verdict == 3, map(algebra.when.__getitem__, output.heard), lambda value: value & 3 != 0),
        }

    # ---- what goes in ------------------------------------------------------------------------------------------------

    def _vectors(self, rows: Entries, looked: Mapping[str, Numbers]) -> tuple[dict[int, Any], dict[int, Any]]:
        """The columns that the program reads, by their place."""
        index = self.query.layout.index
        x: dict[int, Any] = {}
        y: dict[int, Any] = {}
        for fact in self._read:
            place = index[fact.name]
            if fact.name in looked:
                x[place] = y[place] = self._answered(rows, fact, looked[fact.name])
            elif fact.name in self._constant:
                self._put_constant(fact, x, y)
            elif fact.type == "boolean":
                codes = rows.filled(fact.name)
                x[place] = (_IN_WHEN if fact.claimed else _PLAIN).take(codes)
                y[place] = (_IN_MET if fact.claimed else _PLAIN).take(codes)
            elif fact.type in ("date", "number"):
                x[place] = rows.amount(fact.name)
            else:
                x[place] = rows.filled(fact.name).astype(np.intp)  # as tables are read by, again and again
                if fact.type == "set" and fact.claimed:
                    self._put_elements(rows, fact, x, y)
        return x, y

    def _put_elements(self, rows: Entries, fact: Fact, x: dict[int, Any], y: dict[int, Any]) -> None:
        """The columns of the elements of a claimed set, which few rows have."""
        codes = rows.filled(fact.name)
        places = np.flatnonzero(codes)
        for value, bit in self._frame.bits[fact.name].items():
            element, inside = self.query.layout.index[f"{fact.name}:{value}"], places[codes.take(places) & bit != 0]
            for column, silent in ((x, UNCLAIMED), (y, UNMET)):
                column[element] = np.full(rows.count, silent, np.uint8)
                column[element][inside] = TRUE

    def _put_constant(self, fact: Fact, x: dict[int, Any], y: dict[int, Any]) -> None:
        """The columns of a fact that is the same for every row, as one number each."""
        index, code = self.query.layout.index, self._constant[fact.name]
        if fact.type == "boolean":
            x[index[fact.name]] = (_IN_WHEN if fact.claimed else _PLAIN)[code]
            y[index[fact.name]] = (_IN_MET if fact.claimed else _PLAIN)[code]
            return
        x[index[fact.name]] = code
        if fact.type == "set" and fact.claimed:
            for value, bit in self._frame.bits[fact.name].items():
                element = index[f"{fact.name}:{value}"]
                x[element], y[element] = (np.uint8(TRUE if code & bit else silent) for silent in (UNCLAIMED, UNMET))

    def _answered(self, rows: Entries, fact: Fact, bits: Numbers) -> Packed:
        """A look-up as the row states it, else as the world answers it."""
        packed = _LOOKED_UP.take(bits)
        if not self.query.may_state(fact.name):
            return packed
        own = rows.filled(fact.name)
        return np.where(own == 0, packed, _PLAIN[own])

    # ---- what comes out ----------------------------------------------------------------------------------------------

    def _asked(self) -> list[tuple[int, tuple[str, ...]]]:
        """The literals that can be asked about, and the facts of each that are not claims."""
        found = []
        for slot in self._slots:
            if slot.literal is not None:
                names = tuple(name for name in facts_of(slot.literal) if not self.facts[name].claimed)
                if names:
                    found.append((slot.number, names))
        return found

    def _missing(self, rows: Entries, open_: Numbers, values: Sequence[Any]) -> Numbers:
        """What to ask for in open rows: the facts in the literals live in `governs` if that is NULL, else in `allowed`.

        `values` are those of the open rows alone.
        """
        null: dict[int, Any] = {}

        def unknown_in(slot: int) -> Any:
            if slot not in null:
                null[slot] = np.broadcast_to(_truths(values[slot]) & 3 == 1, len(open_))
            return null[slot]

        governs, allowed = self.algebra.governs, self.algebra.allowed
        live = {allowed: ~unknown_in(governs) & unknown_in(allowed)}
        live[governs] = live.get(governs, False) | unknown_in(governs)
        for slot in reversed(self._slots):
            here = live.get(slot.number)
            if here is not None and slot.children and here.any():
                for child in slot.children:
                    reached = here & unknown_in(child)
                    live[child] = live[child] | reached if child in live else reached
        asked: dict[str, Numbers] = {}
        result = np.zeros(len(open_), np.int64)
        for number, names in self._asking:
            here = live.get(number)
            if here is not None and here.any():
                for name in names:
                    if name not in asked:
                        asked[name] = self._unknown(rows, open_, name)
                    result |= np.where(here, asked[name], 0)
        return result

    def _unknown(self, rows: Entries, open_: Numbers, name: str) -> Numbers:
        """What to ask for where a fact is not known, as bits."""
        if name in self._lookups:
            return self._lookups[name].unknown(rows, open_, self._bit)
        bit = self._bit(self.query.origin(name)) if self.query.origin(name) in self.query.output.missing else 0
        return np.where(_is_unknown(rows, open_, self.facts[name]), bit, 0)

    def _bit(self, name: str) -> int:
        return 1 << self.query.place_of(name)

    def _parties(self, rows: Entries) -> Numbers:
        """Which parties have something stated of them, as bits."""
        result = np.zeros(rows.count, np.int64)
        for bit, party in enumerate(PARTIES):
            for name in self.facts:
                if name.startswith(f"{party}.") and self.query.may_state(name):
                    result |= rows.has(name).astype(np.int64) << bit
        return result

    def _reject(self, rows: Entries, values: Sequence[Any], looked: Mapping[str, Numbers]) -> Any:
        """Which `always` condition a row breaks, or which look-up it contradicts, counted from 1; 0 for none."""
        broken = [np.broadcast_to(_truths(values[slot]) & 48 == 0, rows.count) for slot in self.query.always]
        for fact in self.query.contradictable():
            own = rows.filled(fact.name)
            broken.append((own > 0) & (np.where(own == 1, BITS[True], BITS[False]) == looked[fact.name]))
        return (
            np.select(broken, list(range(1, len(broken) + 1)), 0).astype(np.int16) if broken else np.zeros(rows.count, np.int16)
        )


def _is_unknown(rows: Entries, places: Numbers, fact: Fact) -> Any:
    values = rows.amount(fact.name) if fact.type in ("date", "number") else rows.filled(fact.name)
    return np.isnan(values.take(places)) if fact.type in ("date", "number") else values.take(places) == 0


def _on(slot: Slot, days: Sequence[Any]) -> Packed:
    """The slot of some days by segment, for the first day of each, in their order."""
    on = np.full(len(days), FALSE, np.uint8)
    for span in slot.days:
        on[bisect_left(days, span.begin) : bisect_left(days, span.end)] = TRUE
    return on


def _of(places: Numbers, given: Mapping[int, Any]) -> dict[int, Any]:
    """Columns of some rows; a number that is the same for every row stays."""
    return {place: column.take(places) if np.ndim(column) else column for place, column in given.items()}


def _truths(value: Any, places: Numbers | None = None) -> Packed:
    """A slot's packed values, those of some places or all; one number where it is the same for every row."""
    found = np.asarray(value, np.uint8)
    return found if places is None or found.ndim == 0 else found.take(places)


def _packed(values: Sequence[Any], slots: Iterable[int], test: _Test, places: Numbers, count: int) -> Iterator[Numbers]:
    """Tests of slots as bits in words, 0 in all places but some."""
    slots = list(slots)
    for start in range(0, len(slots), WORD):
        octets = np.zeros((len(places), 8), np.uint8)
        for bit, slot in enumerate(slots[start : start + WORD]):
            octets[:, bit // 8] |= test(_truths(values[slot], places)).astype(np.uint8) << np.uint8(bit % 8)
        word = np.zeros(count, np.int64)
        word[places] = octets.view("<i8").ravel()
        yield word


class LookupTables(msgspec.Struct, frozen=True):
    """A look-up's tables of numbers.

    `cells` are by segment of days and code of the last key. With `answers` they are profiles, which that has by code of each
    qualifier. With `lines` there is a first key too: what to add to a place for its code.
    """

    cells: Any
    answers: Any = None
    lines: Any = None


_PARTS = LookupTables.__struct_fields__


def _once(known: dict[tuple[Any, ...], Any], table: Any) -> Any:
    """A table, the same object where one like it is known."""
    return None if table is None else known.setdefault((table.dtype.str, table.shape, table.tobytes()), table)


class Lookup:
    """A look-up of the world for columns of keys."""

    def __init__(self, fact: Fact, frame: Frame, tables: LookupTables | None = None) -> None:
        assert fact.lookup is not None
        self.fact, self.lookup, self._frame = fact, fact.lookup, frame
        self.tables = tables or self._made()

    def of(self, rows: Entries) -> Any:
        """The answers in two bits."""
        cells, answers, lines = self.tables.cells, self.tables.answers, self.tables.lines
        place = rows.cell(self.lookup.keys[-1])
        if lines is not None:
            return cells.take(lines.take(rows.filled(self.lookup.keys[0])) + place)
        found = cells.take(place)
        if answers is None:
            return found
        place = found.astype(np.int64)
        for name, size in zip(self.lookup.by.values(), answers.shape[1:], strict=True):
            place = place * size + rows.filled(name)
        return answers.ravel().take(place)

    def unknown(self, rows: Entries, places: Numbers, bit: Callable[[str], int]) -> Numbers:
        """What to ask for in some rows: its unknown keys, else its unknown qualifiers, else itself, as bits."""
        result = np.full(len(places), bit(self.fact.name), np.int64)
        for names in (tuple(self.lookup.by.values()), self.lookup.keys):
            asked = np.zeros(len(places), np.int64)
            for name in names:
                fact = self._frame.facts[name]
                asked |= np.where(_is_unknown(rows, places, fact), bit(self._frame.query.origin(name)), 0)
            result = np.where(asked != 0, asked, result)
        return result

    # ---- the tables ------------------------------------------------------------------------------------------------------

    def _made(self) -> LookupTables:
        world = np.array(self._frame.calendar.world, np.int64)
        pair = self._frame.query.dimensions.pairs.get(self.lookup.table)
        if pair is not None:
            return self._of_pair(pair, world)
        cells = self._frame.cells(self.lookup.table)
        answers = self._embargo() if self.lookup.by else None
        if answers is not None:
            cells = np.where(cells < 0, len(answers) - 1, cells)
        return LookupTables(cells[world].ravel().astype(np.uint8 if cells.max() < 256 else np.int64), answers)

    def _embargo(self) -> Packed:
        """The answers by profile and code of each qualifier; the last profile is of no day, and not known."""
        table = self._frame.query.dimensions.tables[f"embargo_{self.lookup.table}"]
        sizes = [len(self._frame.codes[name]) for name in self.lookup.by.values()]
        profiles = table["profile"].to_numpy().astype(np.int64)
        found = np.full((int(profiles.max(initial=-1)) + 2, *sizes), BITS[None], np.uint8)
        places = [profiles]
        for column, name in self.lookup.by.items():
            codes = {qualifier(value): code for value, code in self._frame.codes[name].items()}
            encoded = pc.dictionary_encode(table[column]).combine_chunks()
            words = np.array([codes[word] for word in encoded.dictionary.to_pylist()], np.int64)
            places.append(words[encoded.indices.to_numpy()])
        found[tuple(places)] = table["value"].to_numpy()
        return found

    def _of_pair(self, pair: Pair, world: Numbers) -> LookupTables:
        """A table of pairs: a line for first keys that it has no row of or that are not known, one for none, then by key."""
        first, second = (self._frame.codes[name] for name in self.lookup.keys)
        covered = np.array([day in pair.covered for day in self._frame.first_days])
        absent = np.where(covered, pair.absent, BITS[None])[:, None]
        listed = {first[value]: cells[world] for value, cells in self._frame.pair_cells(self.fact).items() if value in first}
        unknown, nowhere = (np.full((len(world), len(second)), BITS[known]) for known in (None, False))
        told = np.stack([unknown, nowhere, *(np.where(cells < 0, absent, cells) for cells in listed.values())])
        told[2:, :, 0] = BITS[None]
        if NONE in second:
            told[:, :, second[NONE]] = BITS[False]
        lines = np.zeros(len(first), np.int64)
        lines[list(listed)] = np.arange(2, len(told))
        if NONE in first:
            lines[first[NONE]] = 1
        return LookupTables(told.astype(np.uint8).ravel(), None, lines * told[0].size)
