"""What a reader of a swept row should know besides: weak and stale sources, and what the dated tables say of a state.

They are those of one decision (`decision.py`) of these kinds: `act` (put as an onward transfer), `confidence` (a provision
it rests on is known with low confidence only), `stale` (law or a table was last checked before the day), and `world` (a row
of a table that a look-up met says something, such as that an embargo does not bind). Text that is left out of the model is
told by `sekisho decide` alone. A row that is outside a regime, or whose verdict turns within its days, has none.

The notices of a table are joined by state and day; all else is worked out once for each combination that occurs.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from sekisho.corpus import Corpus, Fact, LawInForce, Lookup
from sekisho.language.nodes import LITERALS, Node, Reference, facts_of, walk
from sekisho.sweep.outcome import Outcome
from sekisho.sweep.query import ITEM, Shape
from sekisho.sweep.quoting import name, text
from sekisho.text import EVER, NEVER, Interval

ACT = "It is put as an onward transfer: that consent is asked is taken as stated."
WEAK = "The text this rests on is known with low confidence only: {}."
STALE = "{}: last checked on {}, before the day of the row."
CATALOGUED = ("item.programme",)
"""The keys of look-ups that the catalogue can give."""
_RETRANSFER = "retransfer"
_SEPARATOR = "|"


class Notices:
    """The notices of one regime's outcomes over rows of one shape.

    `law_on` and `world_on` are the days whose law and world the rows are put to, where not their own.
    """

    def __init__(
        self, corpus: Corpus, regime: str, shape: Shape, law_on: dt.date | None = None, world_on: dt.date | None = None
    ) -> None:
        self.corpus, self.shape, self.world_on, self.law_on = corpus, shape, world_on, law_on
        self._facts = corpus.vocabulary.facts
        first = corpus.regimes[regime].first_day
        days = sorted({first, *(day for day in corpus.change_days(regime) if day > first)})
        if law_on is None:
            self.starts = days
            laws = [corpus.law_on(regime, day) for day in days]
        else:
            self.starts = [EVER] if law_on >= first else []
            laws = [corpus.law_on(regime, law_on)] if law_on >= first else []
        self._used = [_lookups(corpus, law) for law in laws]
        """The look-ups that the law of each segment reads."""
        self.texts: list[str] = []
        self.table = self._table()
        self._checked = sorted(
            {instrument.checked for instrument in corpus.instruments.values()}
            | {table.checked for table in corpus.world.tables.values() if table.checked is not None}
        )

    # ---- what the tables say ---------------------------------------------------------------------------------------------

    def _table(self) -> pa.Table:
        """A row a notice of a table: by which key it is met, the key, and from which day to before which."""
        numbers: dict[str, int] = {}
        rows: set[tuple[int, str, dt.date, dt.date, int]] = set()
        self._keys: dict[str, int] = {}
        for fact in self._facts.values():
            lookup = fact.lookup
            if lookup is None or fact.name in self.shape.fixed:
                continue
            asked = self._key(fact)
            if not asked:
                continue
            key = self._keys.setdefault(asked, len(self._keys))
            for place, told, interval in self._said(lookup):
                for begin, end in self._when_used(fact.name, interval):
                    rows.add((key, place, begin, end, numbers.setdefault(told, len(numbers))))
        self.texts = list(numbers)
        columns = list(zip(*sorted(rows), strict=True)) or [()] * 5
        types = (pa.int32(), pa.string(), pa.date32(), pa.date32(), pa.int32())
        arrays = [pa.array(list(values), type_) for values, type_ in zip(columns, types, strict=True)]
        return pa.table(dict(zip(("key", "place", "begin", "end", "notice"), arrays, strict=True)))

    def _said(self, lookup: Lookup) -> Iterator[tuple[str, str, Interval]]:
        """The notices of a table: the key, the text, and the days."""
        table = self.corpus.world.tables[lookup.table]
        for key, (_, rows, _) in table.index.items():
            place = key if isinstance(key, str) else _SEPARATOR.join(key)
            for row in rows:
                begin, end = max(row.in_force.begin, table.coverage.begin), min(row.in_force.end, table.coverage.end)
                if begin >= end:
                    continue
                moment = begin if self.world_on is None else self.world_on
                if begin <= moment < end:
                    held = Interval(begin, end) if self.world_on is None else Interval(EVER, NEVER)
                    found = table.says(row)
                    if found:
                        yield place, found, held

    def _when_used(self, fact: str, interval: Interval) -> Iterator[tuple[dt.date, dt.date]]:
        """The parts of an interval in which the law reads a look-up."""
        for place, used in enumerate(self._used):
            begin = max(interval.begin, self.starts[place])
            end = min(interval.end, self.starts[place + 1] if place + 1 < len(self.starts) else NEVER)
            if fact in used and begin < end:
                yield begin, end

    def _key(self, fact: Fact) -> str:
        """What a look-up is asked by, of the relation `b` and the catalogue `i`, as SQL: NULL where the row answers it.

        Nothing where no row can ask it.
        """
        assert fact.lookup is not None
        places = [self._stated(key) for key in fact.lookup.keys]
        if not all(places):
            return ""
        joined = f" || {text(_SEPARATOR)} || ".join(places)
        return joined if fact.name not in self.shape.facts else f"CASE WHEN b.{name(fact.name)} IS NULL THEN {joined} END"

    def _stated(self, fact: str) -> str:
        if fact in self.shape.fixed:
            return text(str(self.shape.fixed[fact]))
        places = [f"b.{name(fact)}"] if fact in self.shape.facts else []
        if fact in CATALOGUED and self.shape.item:
            places.append(f"i.{name(fact)}")
        default = self._facts[fact].default
        if default in self._facts:
            places.append(self._stated(str(default)))
        places = [place for place in places if place]
        return f"coalesce({', '.join(places)})" if len(places) > 1 else "".join(places)

    def query(self, rows: str, table: str, items: str) -> str:
        """The query over rows: by `row`, the sorted numbers of the notices met, where there are any; nothing if never."""
        parts = []
        for key, number in self._keys.items():
            catalogue = f" LEFT JOIN {items} i ON b.{name(ITEM)} = i.id" if 'i."' in key else ""
            parts.append(
                f"SELECT b.row, n.notice FROM {rows} b{catalogue} JOIN {table} n ON n.place = {key} "
                f"AND n.key = {number} AND b.date_from >= n.begin AND b.date_from < n.end"
            )
        if not parts or not self.texts:
            return ""
        return f"SELECT row, list_sort(list(DISTINCT notice)) AS notices FROM ({' UNION ALL '.join(parts)}) GROUP BY row"

    # ---- all of it -------------------------------------------------------------------------------------------------------

    def column(
        self, rows: pa.Table, met: pa.Table | None, outcomes: Sequence[Outcome], chosen: pa.Array, turning: int | None = None
    ) -> pa.Array:
        """The notices of rows as lists of text, in their order.

        `met` is what `query` answers, None if there is no query; `chosen` has the place of each row's outcome among `outcomes`, and `turning` is the
        place of that of a row whose verdict turns.
        """
        world, combinations = _joined(rows["row"], met)
        parts: list[tuple[pa.Array, int]] = [(world, len(combinations))]
        date = rows["date_from"]
        day = date if self.world_on is None else pc.max_element_wise(date, pa.scalar(self.world_on, pa.date32()))
        parts.append((_after(day, self._checked), len(self._checked) + 1))
        stale = pc.max(parts[-1][0]).as_py() or 0
        parts.append((_after(date, self.starts, True) if stale else _zeros(len(date)), len(self.starts) + 1))
        parts.append((self._onward(rows), 2))
        answered, answers = self._answered(rows) if stale else (_zeros(len(date)), [frozenset[str]()])
        parts.append((answered, len(answers)))
        packed = pc.cast(chosen, pa.int64())
        for values, size in parts:
            packed = pc.add(pc.multiply(packed, size), values)
        encoded = _flat(packed).dictionary_encode()
        sizes = [size for _, size in parts]
        told = []
        for value in encoded.dictionary.to_pylist():
            place, *numbers, own = _split(value, sizes)
            quiet = outcomes[place].verdict == "outside" or place == turning
            told.append([] if quiet else self._told(outcomes[place], numbers, combinations, answers[own]))
        return pa.array(told, pa.list_(pa.string())).take(encoded.indices)

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
        encoded = _flat(mask).dictionary_encode()
        sets = [
            frozenset(found for bit, found in enumerate(names) if value >> bit & 1) for value in encoded.dictionary.to_pylist()
        ]
        return pc.cast(encoded.indices, pa.int64()), sets

    def _told(
        self, outcome: Outcome, numbers: Sequence[int], combinations: Sequence[Sequence[int]], answered: frozenset[str]
    ) -> list[str]:
        world, checked, segment, onward = numbers
        told = [ACT] if onward else []
        provisions = self.corpus.provisions
        told += [WEAK.format(name) for name in outcome.provisions if provisions[name].confidence == "low"]
        if checked:
            told += self._stale(outcome, self._checked[checked - 1], segment, answered)
        told += [self.texts[number] for number in combinations[world]]
        return list(dict.fromkeys(told))

    def _stale(self, outcome: Outcome, last: dt.date, segment: int, answered: frozenset[str]) -> Iterator[str]:
        """What was last checked on a day or before, of the law an outcome rests on and the tables its law reads."""
        for found in dict.fromkeys(entry.partition("#")[0] for entry in outcome.provisions):
            instrument = self.corpus.instruments[found]
            if instrument.checked <= last:
                yield STALE.format(instrument.title, instrument.checked)
        used = self._used[max(segment, 1) - 1] if self._used else frozenset()
        asked = used - answered - self.shape.fixed.keys()
        lookups = [fact.lookup for fact in self._facts.values() if fact.name in asked]
        for table in dict.fromkeys(lookup.table for lookup in lookups if lookup is not None):
            own = self.corpus.world.tables[table]
            if own.checked is not None and own.checked <= last:
                yield STALE.format(own.about.title.en, own.checked)


def _lookups(corpus: Corpus, law: LawInForce) -> frozenset[str]:
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


def _joined(rows: pa.ChunkedArray, met: pa.Table | None) -> tuple[pa.Array, list[list[int]]]:
    """Each row's combination of notices as a number, and the combinations by number: 0 is none."""
    if met is None or not met.num_rows:
        return _zeros(len(rows)), [[]]
    # a list has no dictionary in Arrow; as text it has
    words = pc.binary_join(pc.cast(met["notices"], pa.list_(pa.string())), ",")
    encoded = _flat(words).dictionary_encode()
    combinations = [[], *([int(part) for part in word.split(",")] for word in encoded.dictionary.to_pylist())]
    places = pc.index_in(rows, _flat(met["row"]))
    return _flat(pc.fill_null(pc.add(encoded.indices.take(_flat(places)), 1), 0)).cast(pa.int64()), combinations


def _after(days: Any, edges: Sequence[dt.date], on: bool = False) -> pa.Array:
    """How many of some days lie before each day; with `on` that day itself counts."""
    compare: Callable[..., Any] = pc.greater_equal if on else pc.greater
    last = pc.max(days).as_py()
    total = _zeros(len(days))
    for edge in edges:
        if last is not None and (edge < last or (on and edge == last)):
            total = pc.add(total, pc.cast(compare(days, pa.scalar(edge, pa.date32())), pa.int64()))
    return _flat(total)


def _zeros(count: int, value: int = 0) -> pa.Array:
    return pa.repeat(pa.scalar(value, pa.int64()), count)


def _flat(values: Any) -> pa.Array:
    return values.combine_chunks() if isinstance(values, pa.ChunkedArray) else values


def _split(value: int, sizes: Sequence[int]) -> list[int]:
    """A packed number's parts, the first first."""
    parts: list[int] = []
    for size in reversed(sizes):
        value, part = divmod(value, size)
        parts.append(part)
    return [value, *reversed(parts)]
