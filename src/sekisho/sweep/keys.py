"""Rows that the law cannot tell apart: a number a row, equal only where every outcome must be.

Most rows of a register differ in nothing that the law of their day asks. So each fact is replaced by the class of its
value: the values that no literal and no look-up of that stretch of days tells apart are one class, a state on a day is what
the tables of the world say of it. Rows whose classes agree are decided once. Nothing is decided here: which classes there
are follows from the literals alone, whatever the law makes of them.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeAlias

import msgspec
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from sekisho.corpus import Fact
from sekisho.language.circuit import one_fact_test
from sekisho.language.nodes import NONE, Compare, FactTerm, Has, Literal, facts_of
from sekisho.sweep.dimensions import BITS, FIRST
from sekisho.sweep.query import CATALOGUE, ITEM, PARTIES, RegimeQuery
from sekisho.sweep.relevance import calendar

Numbers: TypeAlias = np.ndarray[Any, np.dtype[np.int64]]

SLICE = 1 << 15
"""Rows worked on at a time: their numbers stay near the processor."""
ROOM = 1 << 62
"""How many keys fit in one number."""


class _Part(msgspec.Struct, frozen=True):
    """One place of a key: how many numbers it can have, and the numbers of some rows."""

    size: int
    of: Callable[[Entries], Numbers]


class Keyed(msgspec.Struct, frozen=True):
    """The keys of some rows, one an entry: a row on its day, or on a segment of the days that it may have been.

    `ids` has each entry's key, from 0; `firsts` the first entry of each key; `days` each entry's day, the first of the row
    in its segment, counted from 1970; `at` each entry's row, in the order of rows, None where each row has one entry.
    """

    ids: Numbers
    firsts: Numbers
    days: Numbers
    at: Numbers | None


class Keys:
    """The keys of rows that are put to some queries of one shape over one world."""

    def __init__(self, queries: Sequence[RegimeQuery]) -> None:
        self._queries, self.query = queries, queries[0]
        self.detail = any(query.detail for query in queries)
        self.facts = self.query.facts
        self.calendar = calendar(queries)
        self.first_days = (FIRST, *self.calendar.days)
        law = np.array(self.calendar.law, np.int64)
        edges = np.array([(day - FIRST).days for day in self.calendar.days], np.int64)
        self.segments = np.searchsorted(edges, np.arange(edges[-1] + 1), side="right")
        self.begins = np.array([np.iinfo(np.int32).min, *(edges + EPOCH)], np.int64)
        self.law_of = law
        self.codes = {name: _codes(fact, self.query) for name, fact in self.facts.items()}
        self._state_places: Numbers | None = None
        self.items = {item: place for place, item in enumerate(self.query.corpus.catalogue.items, 1)}
        self.bits = {name: self._elements(name) for name, fact in self.facts.items() if fact.type == "set"}
        classes = _Classes(self)
        exact = ("date", "number")
        self._exact = [
            name for name, fact in self.facts.items()
            if fact.type in exact and classes.asked(name) and name in self.query.shape.facts
        ]  # fmt: skip
        self._parts = [part for part in self._places(classes) if part.size > 1]

    def of(self, rows: pa.Table) -> Keyed:
        """The keys of rows that have `date_from`, `date_to` and the columns of the shape.

        A row whose day is an interval has one for each segment of days that the interval reaches into.
        """
        for name in self._exact:
            rows = rows.append_column(f"#{name}", pa.array(self._exactly(name, rows)))
        exact = rows["date_from"].equals(rows["date_to"])
        words: list[list[Numbers]] = []
        places: list[Numbers] = []
        days: list[Numbers] = []
        for start in range(0, rows.num_rows, SLICE):
            piece = rows.slice(start, SLICE)
            here = Entries(self, piece, days_of(piece["date_from"]), None if exact else days_of(piece["date_to"]))
            days.append(here.day)
            if here.at is not None:
                places.append(here.at + start)
            for place, word in enumerate(self._words(here)):
                if place == len(words):
                    words.append([])
                words[place].append(word)
        ids, count = np.zeros(0, np.int64), 1
        for parts in words:
            word, size = _dense(np.concatenate(parts))
            ids, count = _dense(ids * size + word) if count > 1 else (word, size)
        firsts = np.zeros(count if len(ids) else 0, np.int64)
        firsts[ids[::-1]] = np.arange(len(ids) - 1, -1, -1)
        return Keyed(ids, firsts, np.concatenate(days) if days else ids, np.concatenate(places) if places else None)

    def _words(self, rows: Entries) -> Iterator[Numbers]:
        """The parts of keys, as many in one number as fit."""
        word, size = rows.law, len(self.calendar.stretches)
        for part in self._parts:
            if size * part.size > ROOM:
                yield word
                word, size = np.zeros(len(rows.law), np.int64), 1
            word, size = word * part.size + part.of(rows), size * part.size
        yield word

    def _exactly(self, name: str, rows: pa.Table) -> Numbers:
        """A number or day as it stands: a code a value that occurs, 0 where it is not known."""
        default = self.facts[name].default
        column = _flat(rows[name])
        if default is not None:
            column = pc.fill_null(column, default)
        encoded = column.dictionary_encode()
        return _places(encoded, -1) + 1

    def _elements(self, name: str) -> dict[str, int]:
        """The elements of a set that some literal asks for, each with its bit."""
        literals = (slot.literal for query in self._queries for slot in query.algebra.circuit.slots)
        asked = {literal.value for literal in literals if isinstance(literal, Has) and literal.fact == name}
        return {value: 2 << bit for bit, value in enumerate(sorted(asked))}

    # ---- the places of a key -----------------------------------------------------------------------------------------

    def _places(self, classes: _Classes) -> Iterator[_Part]:
        query = self.query
        of_item: list[Numbers] = []
        for name in self.facts:
            if not classes.asked(name) or not query.varies(name):
                continue
            fact = self.facts[name]
            if fact.lookup is not None and not query.may_state(name):
                continue
            if fact.type == "set":
                yield self._of_set(name, classes)
            elif name in self._exact:
                on = classes.asked_on(name)
                yield _Part(1 << 32, lambda rows, name=name, on=on: rows.exact(name) * on[rows.law])  # type: ignore[misc]
            else:
                table = classes.table(name)
                if self._of_item(name) and table.shape[0] == len(self.calendar.stretches):
                    of_item.append(table[:, self.catalogue_codes(name)])
                else:
                    yield self._of_fact(name, table, dated=classes.dated(name))
            if self.detail and fact.unstated == "default":
                yield _Part(2, lambda rows, name=name: rows.silent(name))  # type: ignore[misc]
        if of_item:
            table = _numbered(of_item)
            yield _Part(int(table.max()) + 1, lambda rows: table.ravel().take(rows.law * table.shape[1] + rows.items))
        yield from classes.equalities()
        yield from self._parties()

    def _of_fact(self, name: str, table: Numbers, dated: bool) -> _Part:
        flat, width = table.ravel(), table.shape[1]
        if dated:
            return _Part(int(table.max()) + 1, lambda rows: flat.take(rows.segment * width + rows.filled(name)))
        return _Part(int(table.max()) + 1, lambda rows: flat.take(rows.law * width + rows.filled(name)))

    def _of_set(self, name: str, classes: _Classes) -> _Part:
        bits = np.array(
            [
                sum(bit for value, bit in self.bits[name].items() if Has(name, value) in stretch.literals)
                for stretch in self.calendar.stretches
            ],
            np.int64,
        )
        asked = classes.asked_on(name)
        size = 2 * (1 << len(self.bits[name]))
        return _Part(size, lambda rows: (rows.filled(name) & (bits[rows.law] + 1)) * asked[rows.law])

    def _of_item(self, name: str) -> bool:
        """Whether the catalogue alone gives a fact."""
        return name in CATALOGUE and not self.query.may_state(name) and self.facts[name].default is None

    def catalogue_codes(self, name: str) -> Numbers:
        """A fact's code by the place of an item; the first is that of no item."""
        items = self.query.corpus.catalogue.items.values()
        return np.array([0, *(self.code(name, item.facts.get(name)) for item in items)], np.int64)

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

    def code(self, name: str, value: Any) -> int:
        """The code of a value: for a set a bit for its being stated and one for each element that is asked."""
        if isinstance(value, frozenset):
            return 1 + sum(self.bits[name].get(element, 0) for element in value)
        return self.codes[name][value]

    def _parties(self) -> Iterator[_Part]:
        """Of a party whose state is not stated, whether something else is: it decides what is asked for."""
        for party in PARTIES:
            state = f"{party}.state"
            others = [
                name for name in self.facts if name.startswith(f"{party}.") and name != state and self.query.may_state(name)
            ]
            if others:
                asked = state if self.query.may_state(state) else None
                yield _Part(2, lambda rows, state=asked, others=others: _told(rows, state, others))  # type: ignore[misc]


def _told(rows: Entries, state: str | None, others: Sequence[str]) -> Numbers:
    told = np.zeros(len(rows.law), bool)
    for name in others:
        told |= rows.has(name)
    if state is not None:
        told &= ~rows.has(state)
    return told.astype(np.int64)


class _Classes:
    """Which values of a fact are told apart, stretch by stretch, or segment by segment where the world is asked of them."""

    def __init__(self, keys: Keys) -> None:
        self._keys, self._query = keys, keys.query
        self._stretches = keys.calendar.stretches
        self._literals = sorted({literal for stretch in self._stretches for literal in stretch.literals}, key=repr)
        self._lookups = [
            fact for fact in self._query.facts.values() if any(fact.name in stretch.lookups for stretch in self._stretches)
        ]
        self._world = np.array(keys.calendar.world, np.int64)

    def _on(self, test: Callable[[Any], bool]) -> Numbers:
        return np.array([test(stretch) for stretch in self._stretches], np.int64)

    def asked_on(self, name: str) -> Numbers:
        """The stretches on which a fact can matter, as 0 and 1."""
        return self._on(lambda stretch: name in stretch.facts)

    def asked(self, name: str) -> bool:
        """Whether a fact can matter at all."""
        return bool(self.asked_on(name).any())

    def dated(self, name: str) -> bool:
        """Whether the world is asked of a fact."""
        return any(name in fact.lookup.keys for fact in self._lookups if fact.lookup is not None)

    def table(self, name: str) -> Numbers:
        """The classes of a fact's values, by stretch (by segment, if `dated`) and code."""
        codes = self._keys.codes[name]
        size = len(codes)
        parts = [np.outer(self.asked_on(name), np.arange(size) == 0)]
        for literal in self._literals:
            if name in facts_of(literal):
                on = self._on(lambda stretch, literal=literal: literal in stretch.literals)  # type: ignore[misc]
                parts.append(np.outer(on, self._apart(literal, name, codes)))
        of_world: list[Numbers] = []
        for fact in self._lookups:
            assert fact.lookup is not None
            on = self._on(lambda stretch, fact=fact: fact.name in stretch.lookups)  # type: ignore[misc]
            if fact.name == name:
                parts.append(np.outer(on, np.arange(size)))
            if name in fact.lookup.by.values():
                column = next(column for column, read in fact.lookup.by.items() if read == name)
                parts.append(np.outer(on, self._qualifier(fact, column, codes)))
            if name in fact.lookup.keys:
                of_world.append(self._by_key(fact, name, codes) * on[self._keys.law_of][:, None])
        if self.dated(name):
            parts = [part[self._keys.law_of] for part in parts] + of_world
        return _numbered(parts)

    def _apart(self, literal: Literal, name: str, codes: dict[Any, int]) -> Numbers:
        """The values that a literal tells apart."""
        test = one_fact_test(literal)
        if test is not None and self._query.facts[name].type in ("text", "state"):
            return np.array([value in test[1] for value in codes], np.int64)
        if _equates(literal, self._query.facts):
            return np.array([value == NONE for value in codes], np.int64)
        return np.arange(len(codes))

    def _qualifier(self, fact: Fact, column: str, codes: dict[Any, int]) -> Numbers:
        """The values of a qualifier that no profile of an embargo tells apart."""
        assert fact.lookup is not None
        words, classes = self._apart_in(fact.lookup.table, column)
        texts = {None: "", True: "true", False: "false"}
        return np.array([classes[words[texts.get(value, value)]] for value in codes], np.int64)

    @functools.lru_cache  # noqa: B019 (lives as long as the keys are made)
    def _apart_in(self, name: str, column: str) -> tuple[dict[str, int], list[int]]:
        """The words of a qualifier by place, and their classes: the answers to a word in one order of all the rest."""
        table = self._query.dimensions.tables[f"embargo_{name}"]
        table = table.sort_by([(other, "ascending") for other in table.column_names if other != "value"])
        encoded = _flat(pc.dictionary_encode(table[column]))
        order = np.argsort(encoded.indices.to_numpy(), kind="stable")
        answers = table["value"].to_numpy()[order].reshape(len(encoded.dictionary), -1)
        words = {word: place for place, word in enumerate(encoded.dictionary.to_pylist())}
        known: dict[bytes, int] = {}
        return words, [known.setdefault(line.tobytes(), len(known)) for line in answers]

    def _by_key(self, fact: Fact, name: str, codes: dict[Any, int]) -> Numbers:
        """What a table says of each value of a key, by segment of days."""
        assert fact.lookup is not None
        dimensions, width = self._query.dimensions, len(codes)
        count = int(self._world.max()) + 1
        pair = dimensions.pairs.get(fact.lookup.table)
        if pair is None:
            return self._keys.cells(fact.lookup.table)[self._world]
        place = fact.lookup.keys.index(name)
        if place == 0:
            told = np.array([pair.firsts.index(value) + 1 if value in pair.firsts else 0 for value in codes], np.int64)
            told += (len(pair.firsts) + 1) * np.array([value == NONE for value in codes], np.int64)
            return np.repeat(told[None, :], len(self._world), axis=0)
        table = dimensions.tables[pair.table]
        parts = []
        for first in pair.firsts:
            rows = table.filter(pc.equal(table["first"], first))
            listed = np.full((count + 1, width), -1, np.int64)
            places = np.array([codes.get(second, 0) for second in rows["second"].to_pylist()], np.int64)
            listed[rows["segment"].to_numpy(), places] = rows["value"].to_numpy()
            parts.append(listed[self._world])
        covered = np.array([moment in pair.covered for moment in (FIRST, *self._keys.calendar.days)], np.int64)
        parts.append(np.repeat(covered[:, None], width, axis=1))
        parts.append(np.repeat(np.array([[value == NONE for value in codes]], np.int64), len(self._world), axis=0))
        return _numbered(parts)

    def equalities(self) -> Iterator[_Part]:
        """Whether two facts are equal, for each literal that asks it."""
        facts = self._query.facts
        done: set[tuple[str, str]] = set()
        for literal in self._literals:
            if not _equates(literal, facts):
                continue
            left, right = facts_of(literal)
            if (left, right) not in done and (self._query.varies(left) or self._query.varies(right)):
                done.add((left, right))
                same = [other for other in self._literals if _equates(other, facts) and facts_of(other) == (left, right)]
                on = self._on(lambda stretch, same=same: any(other in stretch.literals for other in same))  # type: ignore[misc]
                yield _Part(2, lambda rows, left=left, right=right, on=on: rows.equal(left, right) * on[rows.law])  # type: ignore[misc]


def _equates(literal: Literal, facts: Any) -> bool:
    """Whether a literal asks if two states are one."""
    return (
        isinstance(literal, Compare)
        and literal.op in ("=", "<>")
        and isinstance(literal.left, FactTerm)
        and isinstance(literal.right, FactTerm)
        and all(facts[name].type == "state" for name in facts_of(literal))
        and len(facts_of(literal)) == 2
    )


class Entries:
    """Rows on their days as numbers: a code a value, 0 where it is not known.

    `first` are the days of the rows, counted from 1970; with `last` a row is an entry for each segment of days from its first
    to its last.
    """

    def __init__(self, keys: Keys, rows: pa.Table, first: Numbers, last: Numbers | None = None) -> None:
        self.keys, self._rows, self._query = keys, rows, keys.query
        self._known: dict[str, Numbers] = {}
        self._own: dict[str, Numbers] = {}
        self.at: Numbers | None = None
        self.segment: Numbers = keys.segments.take(first - EPOCH, mode="clip")
        self.day = first
        if last is not None:
            counts = keys.segments.take(last - EPOCH, mode="clip") - self.segment + 1
            self.at = np.repeat(np.arange(len(first)), counts)
            begins = np.repeat(np.cumsum(counts) - counts, counts)
            self.segment = self.segment.take(self.at) + np.arange(len(self.at)) - begins
            self.day = np.maximum(first.take(self.at), keys.begins.take(self.segment))
        self.count = len(self.segment)
        self.law: Numbers = keys.law_of.take(self.segment)
        items = self._words(rows[ITEM], keys.items) if self._query.shape.item else np.zeros(len(first), np.int64)
        self._items = items
        self.items = self._spread(items)

    def _spread(self, values: Any) -> Any:
        """Values of rows as values of entries."""
        return values if self.at is None else values.take(self.at)

    def has(self, name: str) -> Any:
        """Whether the rows state a fact themselves."""
        if name in self._query.shape.fixed:
            return np.full(len(self.law), self._query.shape.fixed[name] is not None)
        return self._spread(~_flat(self._rows[name]).is_null().to_numpy(zero_copy_only=False))

    def filled(self, name: str) -> Numbers:
        """A fact as stated, from the catalogue, or by default."""
        if name not in self._known:
            own, fact = self._stated(name), self.keys.facts[name]
            if fact.default in self.keys.facts:
                own = np.where(own == 0, self.filled(str(fact.default)), own)
            elif fact.default is not None:
                own = np.where(own == 0, self.keys.codes[name][fact.default], own)
            self._known[name] = own
        return self._known[name]

    def silent(self, name: str) -> Numbers:
        """Whether a default stands in, as 0 and 1."""
        unstated = self._stated(name) == 0
        default = self.keys.facts[name].default
        known = self.filled(str(default)) > 0 if default in self.keys.facts else True
        return np.asarray(unstated & known, np.int64)

    def equal(self, left: str, right: str) -> Numbers:
        """Whether two states are known and one, as 0 and 1."""
        first, second = self.filled(left), self.filled(right)
        same: Numbers = ((first == second) & (first > 0)).astype(np.int64)
        return same

    def amount(self, name: str) -> Any:
        """A number, or a day counted from 1970; NaN where it is not known."""
        fact, shape = self.keys.facts[name], self._query.shape
        known = shape.fixed.get(name, fact.default)
        column: Any = pa.nulls(self._rows.num_rows, pa.float64())
        if name in shape.facts and name not in shape.fixed:
            column = _flat(self._rows[name])
            column = pc.cast(column.cast(pa.int32()) if pa.types.is_date(column.type) else column, pa.float64())
        if known is not None:
            column = pc.fill_null(
                column, float(np.datetime64(known, "D").astype(np.int64) if isinstance(known, dt.date) else known)
            )
        return self._spread(column.to_numpy(zero_copy_only=False))

    def exact(self, name: str) -> Numbers:
        """A number or day as it stands: the same number where it is the same."""
        numbers: Numbers = self._spread(_flat(self._rows[f"#{name}"]).to_numpy())
        return numbers

    def _stated(self, name: str) -> Numbers:
        if name not in self._own:
            self._own[name] = self._spread(self._read(name))
        return self._own[name]

    def _read(self, name: str) -> Numbers:
        keys, shape = self.keys, self._query.shape
        if name in shape.fixed:
            return np.full(self._rows.num_rows, keys.code(name, shape.fixed[name]), np.int64)
        of_item = shape.item and name in CATALOGUE
        known = keys.catalogue_codes(name).take(self._items) if of_item else np.zeros(self._rows.num_rows, np.int64)
        if name not in shape.facts:
            return known
        own = self._column(name)
        return np.where(own == 0, known, own) if of_item else own

    def _column(self, name: str) -> Numbers:
        column, kind = _flat(self._rows[name]), self.keys.facts[name].type
        if kind == "boolean":
            numbers = pc.fill_null(pc.add(pc.cast(column, pa.int8()), 1), 0)
            codes: Numbers = numbers.to_numpy(zero_copy_only=False).astype(np.int64)
            return codes
        if kind == "set":
            return self._elements(name, column)
        return self._words(column, self.keys.codes[name])

    def _elements(self, name: str, column: pa.Array) -> Numbers:
        if column.null_count == len(column):
            return np.zeros(len(column), np.int64)
        texts = _flat(pc.dictionary_encode(pc.binary_join(column, ";")))
        numbers = [self.keys.code(name, frozenset(text.split(";"))) for text in texts.dictionary.to_pylist()]
        return np.array([*numbers, 0], np.int64).take(_places(texts, len(numbers)))

    def _words(self, column: Any, codes: dict[Any, int]) -> Numbers:
        texts = _flat(pc.dictionary_encode(_flat(column)))
        numbers = [codes[text] for text in texts.dictionary.to_pylist()]
        return np.array([*numbers, 0], np.int64).take(_places(texts, len(numbers)))


EPOCH = int(np.datetime64(FIRST, "D").astype(np.int64))
"""The first day of the calendar, counted from 1970."""


def days_of(column: Any) -> Numbers:
    """Days counted from 1970."""
    days: Numbers = _flat(column).cast(pa.int32()).to_numpy(zero_copy_only=False).astype(np.int64)
    return days


def _places(texts: Any, null: int) -> Numbers:
    places: Numbers = pc.fill_null(texts.indices, null).to_numpy(zero_copy_only=False).astype(np.int64)
    return places


def _states(query: RegimeQuery) -> tuple[str | None, ...]:
    return (None, NONE, *query.corpus.world.states)


def _codes(fact: Fact, query: RegimeQuery) -> dict[Any, int]:
    """The values of a fact by code; 0 is what is not known."""
    values = {"boolean": (None, False, True), "state": _states(query)}.get(fact.type, (None, *fact.values))
    return {value: code for code, value in enumerate(values)}


def _numbered(parts: Sequence[Numbers]) -> Numbers:
    """Tables of one form as one: its numbers are equal where those of every table are."""
    shape = parts[0].shape
    whole, count = np.zeros(parts[0].size, np.int64), 1
    for part in parts:
        numbers = part.ravel() - part.min()
        whole, count = whole * (int(numbers.max()) + 1) + numbers, count * (int(numbers.max()) + 1)
        if count > 1 << 40:
            _, whole = np.unique(whole, return_inverse=True)
            count = int(whole.max()) + 1
    return np.unique(whole, return_inverse=True)[1].reshape(shape)


def _dense(numbers: Numbers) -> tuple[Numbers, int]:
    """Numbers from 0 without gaps that are equal where some numbers are, and how many there are."""
    encoded = pa.array(numbers).dictionary_encode()
    return encoded.indices.to_numpy(zero_copy_only=False).astype(np.int64), len(encoded.dictionary)


def _flat(values: Any) -> Any:
    return values.combine_chunks() if isinstance(values, pa.ChunkedArray) else values
