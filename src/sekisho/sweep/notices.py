"""What a reader of a swept row should know besides: weak and stale sources, and what the dated tables say of a state.

They are those of one decision (`decision.py`) of these kinds: `act` (put as an onward transfer), `confidence` (a provision
it rests on is known with low confidence only), `stale` (law or a table was last checked before the day), and `world` (a row
of a table that a look-up met says something, such as that an embargo does not bind). Text that is left out of the model is
told by `sekisho decide` alone. A row that is outside a regime, or whose verdict turns within its days, has none.

Each row's notices come from a few whole numbers, looked up by column; their text is put together once for each combination
that occurs.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import msgspec
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from sekisho.corpus import Corpus, LawInForce, Lookup, kept
from sekisho.corpus.law import Regime
from sekisho.decision import ONWARD
from sekisho.language.nodes import LITERALS, Node, Reference, facts_of, walk
from sekisho.sweep.frame import flat
from sekisho.sweep.outcome import Outcome
from sekisho.sweep.query import ITEM, RegimeQuery
from sekisho.sweep.relevance import stale_days
from sekisho.text import EVER, NEVER, Interval

WEAK = "The text this rests on is known with low confidence only: {}."
STALE = "{}: last checked on {}, before the day of the row."
_EPOCH = int(dt.date.min.toordinal() - np.datetime64(dt.date.min, "D").astype(np.int64))
"""The day that Arrow counts days from."""
_RETRANSFER = "retransfer"
_SEPARATOR = "|"


class _Days:
    """Days by the number of edges on or before them, looked up in a calendar."""

    def __init__(self, edges: Iterable[dt.date]) -> None:
        self.edges = sorted(set(edges))
        self._first = self.edges[0].toordinal() - _EPOCH - 1 if self.edges else 0
        last = self.edges[-1].toordinal() - _EPOCH if self.edges else 0
        wanted = [edge.toordinal() - _EPOCH for edge in self.edges]
        self._counts = pa.array(np.searchsorted(wanted, np.arange(self._first, last + 1), side="right"))

    @property
    def size(self) -> int:
        """How many numbers there are."""
        return len(self.edges) + 1

    def passed(self, days: Any) -> pa.Array:
        """How many of the edges each day has reached."""
        places = pc.subtract(pc.cast(pc.cast(days, pa.int32()), pa.int64()), self._first)
        inside = pc.min_element_wise(pc.max_element_wise(places, pa.scalar(0)), pa.scalar(len(self._counts) - 1))
        return flat(self._counts.take(inside))


class _Key:
    """What some look-ups are asked by, and what their tables say at each place in each stretch of days."""

    def __init__(self, facts: tuple[str, ...], said: Iterable[tuple[str, dt.date, dt.date, int]]) -> None:
        self.facts = facts
        rows = sorted(said)
        self._days = _Days(day for _, begin, end, _ in rows for day in (begin, end) if EVER < day < NEVER)
        places = list(dict.fromkeys(place for place, *_ in rows))
        numbers = {place: number for number, place in enumerate(places)}
        stretches = {edge: stretch for stretch, edge in enumerate((EVER, *self._days.edges))} | {NEVER: self._days.size}
        self.sets: list[tuple[int, ...]] = [()]
        known: dict[tuple[int, int], int] = {}
        cells = np.zeros((len(places) + 1, self._days.size), np.int64)
        for place, begin, end, notice in rows:
            here = cells[numbers[place], stretches[begin] : stretches[end]]
            for held in np.unique(here).tolist():
                if (held, notice) not in known:
                    known[held, notice] = len(self.sets)
                    self.sets.append((*self.sets[held], notice))
                here[here == held] = known[held, notice]
        self._places, self._cells = pa.array(places, pa.string()), pa.array(cells.ravel())

    def met(self, places: Any, days: Any) -> pa.Array:
        """The number of the set of notices that each row meets."""
        found = pc.fill_null(pc.index_in(places, self._places), len(self._places)).cast(pa.int64())
        stretch = self._days.passed(days)
        return flat(self._cells.take(pc.add(pc.multiply(found, self._days.size), stretch)))


class Notices:
    """The notices of the outcomes of one query."""

    def __init__(self, query: RegimeQuery) -> None:
        self.corpus, self.shape, self.world_on = query.corpus, query.shape, query.world_on
        self._facts = query.facts
        made = kept("notices", query.stamp, tuple, lambda: self._made(query.regime, query.law_on))
        self._law, self._used, self._keys, self._told_texts = made
        self._checked = _Days(stale_days(self.corpus))

    def _made(self, regime: Regime, law_on: dt.date | None) -> tuple[_Days, list[frozenset[str]], list[_Key], list[str]]:
        """The stretches of law, the look-ups that each reads, the keys of these, and the notices by number."""
        corpus, first = self.corpus, regime.first_day
        starts = sorted({first, *(day for day in corpus.change_days(regime.id) if day > first)})
        self._law = _Days(starts if law_on is None else ())
        if law_on is None:
            self._used = [frozenset[str](), *(lookups_of(corpus, corpus.law_on(regime.id, day)) for day in starts)]
        else:
            self._used = [lookups_of(corpus, corpus.law_on(regime.id, law_on)) if law_on >= first else frozenset()]
        self._texts: dict[str, int] = {}
        keys = list(self._asked())
        return self._law, self._used, keys, list(self._texts)

    # ---- what the tables say ---------------------------------------------------------------------------------------------

    def _asked(self) -> Iterator[_Key]:
        """The keys of look-ups, those that come to the same together; a look-up that rows may answer has its own."""
        said: dict[tuple[str, ...], list[tuple[str, dt.date, dt.date, int]]] = {}
        for fact in self._facts.values():
            if fact.lookup is None or fact.name in self.shape.fixed:
                continue
            origins = tuple(map(self._origin, fact.lookup.keys))
            own = (fact.name,) if fact.name in self.shape.facts else ()
            rows = [
                (place, begin, end, self._texts.setdefault(told, len(self._texts)))
                for place, told, interval in self._said(fact.lookup)
                for begin, end in self._when_used(fact.name, interval)
            ]
            said.setdefault((*origins, *own), []).extend(rows)
        for facts, rows in said.items():
            if rows:
                yield _Key(facts, set(rows))

    def _origin(self, fact: str) -> str:
        """The fact that a default is taken from, where no row can state it."""
        while fact not in self.shape.facts and fact not in self.shape.fixed and self._facts[fact].default in self._facts:
            fact = str(self._facts[fact].default)
        return fact

    def _said(self, lookup: Lookup) -> Iterator[tuple[str, str, Interval]]:
        """The notices of a table: the key, the text, and the days."""
        table = self.corpus.world.tables[lookup.table]
        for key, (_, rows, _) in table.index.items():
            place = key if isinstance(key, str) else _SEPARATOR.join(key)
            for row in rows:
                begin, end = max(row.in_force.begin, table.coverage.begin), min(row.in_force.end, table.coverage.end)
                told = table.says(row)
                if told and begin < end and (self.world_on is None or begin <= self.world_on < end):
                    yield place, told, Interval(begin, end) if self.world_on is None else Interval()

    def _when_used(self, fact: str, interval: Interval) -> Iterator[tuple[dt.date, dt.date]]:
        """The parts of an interval in which the law reads a look-up."""
        starts = [EVER, *self._law.edges, NEVER]
        for used, start, until in zip(self._used, starts[:-1], starts[1:], strict=True):
            begin, end = max(interval.begin, start), min(interval.end, until)
            if fact in used and begin < end:
                yield begin, end

    # ---- all of it -------------------------------------------------------------------------------------------------------

    def noticed(self, rows: pa.Table, outcomes: Sequence[Outcome], chosen: pa.Array) -> tuple[pa.Array, list[Outcome]]:
        """Outcomes with the notices of the rows that have them, and the place of each row's.

        `rows` have `date`, `item` and the facts of the shape; `chosen` has the place of each row's outcome among `outcomes`.
        """
        date = rows["date"]
        day = date if self.world_on is None else pc.max_element_wise(date, pa.scalar(self.world_on, pa.date32()))
        checked = self._checked.passed(day)
        stale = bool(pc.max(checked).as_py())
        answered, answers = self._answered(rows) if stale else (_zeros(len(date)), [frozenset[str]()])
        parts = [
            *((key.met(self._places(rows, key.facts), date), len(key.sets)) for key in self._keys),
            (checked, self._checked.size),
            (self._law.passed(date) if stale and self._law.edges else _zeros(len(date)), self._law.size),
            (self._onward(rows), 2),
            (answered, len(answers)),
        ]
        numbers = _Packed(pc.cast(flat(chosen), pa.int64()), len(outcomes), parts)
        told: list[Outcome] = []
        weak: dict[int, list[str]] = {}
        for place, *found in numbers.combinations:
            sets, (last, segment, onward, own) = found[: len(self._keys)], found[len(self._keys) :]
            outcome = outcomes[place]
            if outcome.verdict == "outside":
                told.append(outcome)
                continue
            if place not in weak:
                found_weak = (name for name in outcome.provisions if self.corpus.provisions[name].confidence == "low")
                weak[place] = [WEAK.format(name) for name in found_weak]
            lines = [*outcome.notices, *([ONWARD] if onward else []), *weak[place]]
            if last:
                lines += self._stale(outcome, last, segment, answers[own])
            if any(sets):
                met = sorted({notice for key, number in zip(self._keys, sets, strict=True) for notice in key.sets[number]})
                lines += [self._told_texts[notice] for notice in met]
            told.append(msgspec.structs.replace(outcome, notices=tuple(lines)) if lines else outcome)
        return numbers.ids, told

    def _places(self, rows: pa.Table, facts: tuple[str, ...]) -> Any:
        """Where the tables of a key are asked, of each row; nothing where it is not known or the row answers itself."""
        keys = [self._stated(rows, name) for name in facts if self._facts[name].lookup is None]
        place = keys[0] if len(keys) == 1 else pc.binary_join_element_wise(*keys, _SEPARATOR)
        own = [name for name in facts if self._facts[name].lookup is not None]
        return pc.if_else(pc.is_null(rows[own[0]]), place, pa.scalar(None, pa.string())) if own else place

    def _stated(self, rows: pa.Table, fact: str) -> Any:
        """A fact of rows as stated, from the catalogue or by default."""
        if fact in self.shape.fixed:
            return pa.repeat(pa.scalar(str(self.shape.fixed[fact]), pa.string()), rows.num_rows)
        found = [rows[fact]] if fact in self.shape.facts else []
        if self.shape.item and fact.startswith("item.") and ITEM in rows.column_names:
            found.append(self._catalogued(rows[ITEM], fact))
        default = self._facts[fact].default
        if default in self._facts:
            found.append(self._stated(rows, str(default)))
        return pc.coalesce(*found) if found else pa.nulls(rows.num_rows, pa.string())

    def _catalogued(self, items: Any, fact: str) -> Any:
        """A fact of items of the catalogue."""
        encoded = pc.dictionary_encode(flat(items))
        known = self.corpus.catalogue.items
        values = [known[item].facts.get(fact) if item in known else None for item in encoded.dictionary.to_pylist()]
        return pa.array(values, pa.string()).take(encoded.indices)

    def _onward(self, rows: pa.Table) -> pa.Array:
        """1 where a row is put as an onward transfer."""
        if "act" in self.shape.fixed:
            return _zeros(rows.num_rows, int(self.shape.fixed["act"] == _RETRANSFER))
        if "act" not in self.shape.facts:
            return _zeros(rows.num_rows)
        return pc.cast(pc.fill_null(pc.equal(rows["act"], _RETRANSFER), False), pa.int64())

    def _answered(self, rows: pa.Table) -> tuple[pa.Array, list[frozenset[str]]]:
        """Which look-ups each row answers itself: a number, and by number their names."""
        names = [name for name in self.shape.facts if self._facts[name].lookup is not None]
        mask = _zeros(rows.num_rows)
        for bit, found in enumerate(names):
            mask = pc.add(mask, pc.multiply(pc.cast(pc.is_valid(rows[found]), pa.int64()), 1 << bit))
        encoded = flat(mask).dictionary_encode()
        sets = [
            frozenset(found for bit, found in enumerate(names) if value >> bit & 1) for value in encoded.dictionary.to_pylist()
        ]
        return pc.cast(encoded.indices, pa.int64()), sets

    def _stale(self, outcome: Outcome, passed: int, segment: int, answered: frozenset[str]) -> Iterator[str]:
        """What was last checked before the day, of the law an outcome rests on and the tables its law reads."""
        if not passed:
            return
        last = self._checked.edges[passed - 1]
        for found in dict.fromkeys(entry.partition("#")[0] for entry in outcome.provisions):
            instrument = self.corpus.instruments[found]
            if instrument.checked < last:
                yield STALE.format(instrument.title, instrument.checked)
        asked = self._used[segment] - answered - self.shape.fixed.keys()
        lookups = [fact.lookup for fact in self._facts.values() if fact.name in asked]
        for table in dict.fromkeys(lookup.table for lookup in lookups if lookup is not None):
            own = self.corpus.world.tables[table]
            if own.checked is not None and own.checked < last:
                yield STALE.format(own.about.title.en, own.checked)


class _Packed:
    """Several whole numbers a row as one: `ids` by row, and the combinations by id."""

    def __init__(self, values: pa.Array, size: int, parts: Sequence[tuple[pa.Array, int]]) -> None:
        self.ids = values
        self.combinations: list[tuple[int, ...]] = [(number,) for number in range(size)]
        for more, sizes in parts:
            if sizes == 1 or not pc.max(more).as_py():
                self.combinations = [(*found, 0) for found in self.combinations]
                continue
            encoded = flat(pc.add(pc.multiply(self.ids, sizes), flat(more))).dictionary_encode()
            self.combinations = [
                (*self.combinations[value // sizes], value % sizes) for value in encoded.dictionary.to_pylist()
            ]
            self.ids = pc.cast(encoded.indices, pa.int64())


def lookups_of(corpus: Corpus, law: LawInForce) -> frozenset[str]:
    """The look-ups that the law in force reads."""
    nodes = [law.regime.governs, *(node for p in law.provisions for node in (p.when, p.met) if node is not None)]
    names = {fact for node in nodes for fact in _facts(node, law)}
    return frozenset(fact for fact in names if corpus.vocabulary.facts[fact].lookup is not None)


def _facts(node: Node, law: LawInForce) -> Iterable[str]:
    for part in walk(node):
        if isinstance(part, Reference):
            body = law.definitions[part.name].when
            yield from _facts(body, law) if body is not None else ()
        elif isinstance(part, LITERALS):
            yield from facts_of(part)


def _zeros(count: int, value: int = 0) -> pa.Array:
    return pa.repeat(pa.scalar(value, pa.int64()), count)
