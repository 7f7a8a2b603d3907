"""Rows on their days as numbers: what the law and the world are asked, in codes that tables of numbers can be read by."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Sequence
from typing import Any, TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from sekisho.corpus import Fact
from sekisho.language.nodes import NONE, Has
from sekisho.sweep.dimensions import BITS, FIRST
from sekisho.sweep.query import CATALOGUE, HEAD, ITEM, RegimeQuery
from sekisho.sweep.relevance import Calendar

Numbers: TypeAlias = np.ndarray[Any, np.dtype[Any]]
"""Whole numbers; codes are as narrow as their values allow, and are widened by what they are added to."""

_SELDOM = ("boolean", "set")
"""Types of facts that are often left out: claims, findings, grounds."""
EPOCH = int(np.datetime64(FIRST, "D").astype(np.int64))
"""The first day of the calendar, counted from 1970."""


class Frame:
    """The codes of every fact's values, and the calendar, for some queries of one shape over one world.

    `codes` of a fact begin with 0 for what is not known; `bits` are those of a set's elements. `segments` has the segment of
    each day from `EPOCH` on; `begins` each segment's first day, counted from 1970, and `first_days` the same as days; `law_of`
    its stretch of law.
    """

    def __init__(self, queries: Sequence[RegimeQuery], calendar: Calendar) -> None:
        self._queries, self.query, self.calendar = queries, queries[0], calendar
        self.facts = self.query.facts
        self.stamp = "".join(query.stamp for query in queries)
        self.first_days = (FIRST, *calendar.days)
        edges = np.array([(day - FIRST).days for day in calendar.days], np.int64)
        self.segments = np.searchsorted(edges, np.arange(edges[-1] + 1), side="right")
        self.begins = np.array([np.iinfo(np.int32).min, *(edges + EPOCH)], np.int64)
        self.law_of = np.array(calendar.law, np.int64)
        self.codes = {name: _codes(fact, self.query) for name, fact in self.facts.items()}
        self.items = {item: place for place, item in enumerate(self.query.corpus.catalogue.items, 1)}
        self.bits = {name: self._elements(name) for name, fact in self.facts.items() if fact.type == "set"}
        heads = (name for name, provision in self.query.corpus.provisions.items() if provision.effect == "permits")
        self.heads = {head: place for place, head in enumerate(heads, 1)}
        self._state_places: Numbers | None = None
        self._of_items: dict[str, Numbers] = {}

    def _elements(self, name: str) -> dict[str, int]:
        """The elements of a set that some literal asks for, each with its bit."""
        literals = (slot.literal for query in self._queries for slot in query.algebra.circuit.slots)
        asked = {literal.value for literal in literals if isinstance(literal, Has) and literal.fact == name}
        return {value: 2 << bit for bit, value in enumerate(sorted(asked))}

    def asked_on(self, name: str) -> Numbers:
        """The stretches on which a fact can matter, as 0 and 1."""
        return np.array([name in stretch.facts for stretch in self.calendar.stretches], np.int64)

    def catalogue_codes(self, name: str) -> Numbers:
        """A fact's code by the place of an item; the first is that of no item."""
        if name not in self._of_items:
            items = self.query.corpus.catalogue.items.values()
            self._of_items[name] = narrow([0, *(self.code(name, item.facts.get(name)) for item in items)])
        return self._of_items[name]

    def cells(self, table: str) -> Numbers:
        """What a table says of states: by segment of the world and a state's code, its answer or the number of a profile.

        The last line is for days without a segment. No profile is -1.
        """
        dimensions = self.query.dimensions
        if self._state_places is None:
            states = pa.array(_states(self.query), pa.string())
            self._state_places = pc.index_in(dimensions.tables["states"]["state"], states).to_numpy().astype(np.int64)
        segments = dimensions.tables["states"]["segment"].to_numpy()
        unknown = -1 if f"embargo_{table}" in dimensions.tables else BITS[None]
        found = np.full((int(segments.max()) + 2, len(_states(self.query))), unknown, np.int64)
        found[segments, self._state_places] = dimensions.tables["states"][table].to_numpy()
        return found

    def pair_cells(self, fact: Fact) -> dict[str, Numbers]:
        """For each first key that a table of pairs has: its answers by segment of the world and the second key's code.

        -1 where it has none; the last line is for days without a segment.
        """
        dimensions = self.query.dimensions
        assert fact.lookup is not None
        pair, second = dimensions.pairs[fact.lookup.table], self.codes[fact.lookup.keys[1]]
        table, segments = dimensions.tables[pair.table], max(self.calendar.world) + 2
        found: dict[str, Numbers] = {}
        for first in pair.firsts:
            rows = table.filter(pc.equal(table["first"], first))
            cells = np.full((segments, len(second)), -1, np.int64)
            cells[rows["segment"].to_numpy(), [second[key] for key in rows["second"].to_pylist()]] = rows["value"].to_numpy()
            found[first] = cells
        return found

    def code(self, name: str, value: Any) -> int:
        """The code of a value: for a set a bit for its being stated and one for each element that is asked."""
        if isinstance(value, frozenset):
            return 1 + sum(self.bits[name].get(element, 0) for element in value)
        return self.codes[name][value]


class Entries:
    """Rows on their days as numbers: a code a value, 0 where it is not known.

    `first` are the days of the rows, counted from 1970; with `last` a row is an entry for each segment of days from its first
    to its last.
    """

    def __init__(self, frame: Frame, rows: pa.Table, first: Numbers, last: Numbers | None = None) -> None:
        self.frame, self.rows, self._query = frame, rows, frame.query
        self._known: dict[str, Numbers] = {}
        self._own: dict[str, Numbers] = {}
        self._cells: dict[str, Numbers] = {}
        self._sparse: dict[str, tuple[Numbers, Numbers]] = {}
        self.at: Numbers | None = None
        self.segment: Numbers = frame.segments.take(first - EPOCH, mode="clip")
        self.day = first
        if last is not None:
            counts = frame.segments.take(last - EPOCH, mode="clip") - self.segment + 1
            self.at = np.repeat(np.arange(len(first)), counts)
            begins = np.repeat(np.cumsum(counts) - counts, counts)
            self.segment = self.segment.take(self.at) + np.arange(len(self.at)) - begins
            self.day = np.maximum(first.take(self.at), frame.begins.take(self.segment))
        self.count = len(self.segment)
        self.law: Numbers = frame.law_of.take(self.segment)
        items = self._words(rows[ITEM], frame.items) if self._query.shape.item else np.zeros(len(first), np.int64)
        self._items = items
        self.items = self._spread(items)

    def _spread(self, values: Any) -> Any:
        """Values of rows as values of entries."""
        return values if self.at is None else values.take(self.at)

    def named_heads(self) -> Numbers:
        """The heads that rows name, by their code; 0 for none."""
        named: Numbers = self._spread(self._words(self.rows[HEAD], self.frame.heads))
        return named

    def has(self, name: str) -> Any:
        """Whether the rows state a fact themselves."""
        if name in self._query.shape.fixed:
            return np.full(len(self.law), self._query.shape.fixed[name] is not None)
        return self._spread(~flat(self.rows[name]).is_null().to_numpy(zero_copy_only=False))

    def filled(self, name: str) -> Numbers:
        """A fact as stated, from the catalogue, or by default."""
        if name not in self._known:
            own, fact = self._stated(name), self.frame.facts[name]
            if fact.default in self.frame.facts:
                own = own + (own == 0) * self.filled(str(fact.default))
            elif fact.default is not None:
                own = own + (own == 0) * narrow([self.frame.codes[name][fact.default]])
            self._known[name] = own
        return self._known[name]

    def cell(self, name: str) -> Numbers:
        """The place of a state on its days in a table by segment and state."""
        if name not in self._cells:
            self._cells[name] = self.segment * len(self.frame.codes[name]) + self.filled(name)
        return self._cells[name]

    def silent(self, name: str) -> Numbers:
        """Whether a default stands in, as 0 and 1."""
        unstated = self._stated(name) == 0
        default = self.frame.facts[name].default
        known = self.filled(str(default)) > 0 if default in self.frame.facts else True
        return np.asarray(unstated & known, np.int64)

    def equal(self, left: str, right: str) -> Any:
        """Whether two states are known and one."""
        first, second = self.filled(left), self.filled(right)
        return (first == second) & (first > 0)

    def amount(self, name: str) -> Any:
        """A number, or a day counted from 1970; NaN where it is not known."""
        fact, shape = self.frame.facts[name], self._query.shape
        known = shape.fixed.get(name, fact.default)
        column: Any = pa.nulls(self.rows.num_rows, pa.float64())
        if name in shape.facts and name not in shape.fixed:
            column = flat(self.rows[name])
            column = pc.cast(column.cast(pa.int32()) if pa.types.is_date(column.type) else column, pa.float64())
        if known is not None:
            column = pc.fill_null(
                column, float(np.datetime64(known, "D").astype(np.int64) if isinstance(known, dt.date) else known)
            )
        return self._spread(column.to_numpy(zero_copy_only=False))

    def exact(self, name: str) -> Numbers:
        """A number or day as it stands: the same number where it is the same."""
        numbers: Numbers = self._spread(flat(self.rows[f"#{name}"]).to_numpy())
        return numbers

    def _stated(self, name: str) -> Numbers:
        if name not in self._own:
            self._own[name] = self._spread(self._read(name))
        return self._own[name]

    def _read(self, name: str) -> Numbers:
        frame, shape = self.frame, self._query.shape
        size, of_item = len(self._items), shape.item and name in CATALOGUE
        if name in shape.fixed:
            return np.full(size, frame.code(name, shape.fixed[name]), np.int64)
        if name not in shape.facts:
            return frame.catalogue_codes(name).take(self._items) if of_item else np.zeros(size, np.uint8)
        own = self._column(name)
        return np.where(own == 0, frame.catalogue_codes(name).take(self._items), own) if of_item else own

    def stated(self, name: str) -> tuple[Numbers, Numbers]:
        """The places of the entries that state a fact themselves, and its codes there."""
        if self.at is None and name in self._query.shape.facts and self.frame.facts[name].type in _SELDOM:
            return self._seldom(name)
        codes = self._stated(name)
        places = np.flatnonzero(codes)
        return places, codes.take(places)

    def _column(self, name: str) -> Numbers:
        column, kind = flat(self.rows[name]), self.frame.facts[name].type
        if kind not in _SELDOM:
            return self._words(column, self.frame.codes[name])
        if kind == "boolean" and _often(column):
            truths: Numbers = pc.fill_null(column.cast(pa.int8()), -1).to_numpy() + np.int8(1)
            return truths
        places, values = self._seldom(name)
        codes = np.zeros(self.rows.num_rows, values.dtype)
        codes[places] = values
        return codes

    def _seldom(self, name: str) -> tuple[Numbers, Numbers]:
        """The places of the rows that state a fact, and its codes there: quick where few do."""
        if name not in self._sparse:
            self._sparse[name] = self._stating(name)
        return self._sparse[name]

    def _stating(self, name: str) -> tuple[Numbers, Numbers]:
        column = flat(self.rows[name])
        places = known_places(column)
        if self.frame.facts[name].type == "boolean":
            at = places + column.offset
            return places, (_octets(column, 1).take(at >> 3) >> (at & 7).astype(np.uint8) & 1) + np.uint8(1)
        texts = flat(pc.dictionary_encode(pc.binary_join(column.take(pa.array(places)), ";")))
        numbers = [self.frame.code(name, frozenset(text.split(";"))) for text in texts.dictionary.to_pylist()]
        return places, np.array(numbers, np.int64).take(texts.indices.to_numpy(zero_copy_only=False))

    def _words(self, column: Any, codes: dict[Any, int]) -> Numbers:
        texts = flat(pc.dictionary_encode(flat(column)))
        numbers = [codes[text] for text in texts.dictionary.to_pylist()]
        places = pc.fill_null(texts.indices, len(numbers)) if texts.null_count else texts.indices
        found: Numbers = narrow([*numbers, 0]).take(places.to_numpy())
        return found


class Chosen(Entries):
    """Some of the entries of others, each a row: what has been read of those is not read again."""

    def __init__(self, others: Entries, places: Numbers) -> None:
        assert others.at is None
        self.frame, self._query, self._others, self._places = others.frame, others._query, others, places
        self._known, self._own, self._cells, self.at = {}, {}, {}, None
        self.segment, self.day, self.law = (numbers.take(places) for numbers in (others.segment, others.day, others.law))
        self._items = self.items = others.items.take(places)
        self.count = len(places)

    @functools.cached_property
    def rows(self) -> pa.Table:
        """The rows themselves, in the columns that a query reads."""
        return stated_columns(self._others.rows, self._query).take(pa.array(self._places)).combine_chunks()

    def named_heads(self) -> Numbers:
        """The heads that rows name, by their code; 0 for none."""
        return self._others.named_heads().take(self._places)

    def has(self, name: str) -> Any:
        """Whether the rows state a fact themselves."""
        return self._others.has(name).take(self._places)

    def filled(self, name: str) -> Numbers:
        """A fact as stated, from the catalogue, or by default."""
        if name not in self._known and name in self._others._known:
            self._known[name] = self._others._known[name].take(self._places)
        return super().filled(name)

    def cell(self, name: str) -> Numbers:
        """The place of a state on its days in a table by segment and state."""
        if name not in self._cells and name in self._others._cells:
            self._cells[name] = self._others._cells[name].take(self._places)
        return super().cell(name)

    def amount(self, name: str) -> Any:
        """A number, or a day counted from 1970; NaN where it is not known."""
        return self._others.amount(name).take(self._places)

    def _read(self, name: str) -> Numbers:
        if name in self._query.shape.facts:
            return self._others._stated(name).take(self._places)
        return super()._read(name)


def stated_columns(rows: pa.Table, query: RegimeQuery) -> pa.Table:
    """The item, the head and the facts that rows state."""
    return rows.select([name for name in dict.fromkeys((ITEM, HEAD, *sorted(query.shape.facts))) if name in rows.column_names])


def _octets(column: Any, buffer: int) -> Any:
    return np.frombuffer(column.buffers()[buffer] or b"", np.uint8)


def _often(column: Any) -> bool:
    """Whether more than a few values of a column are known."""
    return bool(not column.null_count or column.null_count < len(column) * 7 // 8)


def narrow(numbers: Sequence[int]) -> Numbers:
    """Whole numbers, not less than 0, in as few bytes as they need."""
    return np.array(numbers, np.min_scalar_type(max(numbers, default=0)))


def known_places(column: Any) -> Numbers:
    """The places of the values that are known: where few are, from the bits that say so."""
    if _often(column):
        return np.flatnonzero(column.is_valid().to_numpy(zero_copy_only=False))
    octets = _octets(column, 0)[column.offset >> 3 : (column.offset + len(column) + 7) >> 3]
    some = np.flatnonzero(octets)
    bits = np.unpackbits(octets.take(some), bitorder="little").reshape(-1, 8)
    line, bit = np.nonzero(bits)
    places = some.take(line) * 8 + bit - (column.offset & 7)
    inside: Numbers = places[(places >= 0) & (places < len(column))]
    return inside


def days_of(column: Any) -> Numbers:
    """Days counted from 1970."""
    days: Numbers = flat(column).cast(pa.int32()).to_numpy(zero_copy_only=False).astype(np.int64)
    return days


def places_of(texts: Any, null: int) -> Numbers:
    """The places of a dictionary's values, `null` where there is none."""
    places: Numbers = pc.fill_null(texts.indices, null).to_numpy(zero_copy_only=False).astype(np.int64)
    return places


def _states(query: RegimeQuery) -> tuple[str | None, ...]:
    return (None, NONE, *query.corpus.world.states)


def _codes(fact: Fact, query: RegimeQuery) -> dict[Any, int]:
    """The values of a fact by code; 0 is what is not known."""
    values = {"boolean": (None, False, True), "state": _states(query)}.get(fact.type, (None, *fact.values))
    return {value: code for code, value in enumerate(values)}


def flat(values: Any) -> Any:
    """A column in one piece."""
    return values.combine_chunks() if isinstance(values, pa.ChunkedArray) else values
