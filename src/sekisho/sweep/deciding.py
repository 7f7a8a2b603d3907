"""Rows decided: those that the law cannot tell apart once, and the numbers that come out read as outcomes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

import msgspec
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from sekisho.decision import STRICTEST
from sekisho.sweep.arrays import ArrayQuery
from sekisho.sweep.frame import Numbers, flat
from sekisho.sweep.keys import Keyed, Keys
from sekisho.sweep.notices import Notices
from sekisho.sweep.outcome import Outcome, Reader
from sekisho.sweep.query import HEAD, ITEM, RegimeQuery

Ask: TypeAlias = Callable[[pa.Table], Mapping[str, pa.Table]]
"""The numbers of every regime's query for some rows, in any order."""

PIECE = 1 << 15
"""Rows that an engine takes at a time: enough pieces that every core has one."""


class Told(msgspec.Struct, frozen=True):
    """What a regime says of rows: for each the number of its outcome, and the day on which its verdict turns, if it does."""

    outcomes: list[Outcome]
    chosen: Numbers
    turns: pa.Array


class Decided(msgspec.Struct, frozen=True):
    """The rows of a batch that are cases, what each regime says of them, and the places of the others with their reasons."""

    rows: pa.Table
    told: dict[str, Told]
    rejected: list[tuple[int, str]]


class Deciding:
    """Decides batches of rows of one shape. `ask` puts the queries to an engine; without it rows are decided here."""

    def __init__(self, queries: Mapping[str, RegimeQuery], ask: Ask | None = None) -> None:
        self.queries = queries
        self._notices = {name: Notices(query) for name, query in queries.items()}
        self._keys = Keys(list(queries.values()))
        self._ask = ask or self._here()
        self._readers = {name: Reader(query) for name, query in queries.items()}

    def _here(self) -> Ask:
        """Rows decided by the Kleene reader over their columns."""
        readers = {name: ArrayQuery(query, self._keys.frame) for name, query in self.queries.items()}
        return lambda rows: {name: reader.numbers(rows) for name, reader in readers.items()}

    def decide(self, rows: pa.Table) -> Decided:
        """What the regimes say of rows with `date_from`, `date_to` and the columns of the shape."""
        keyed = self._keys.of(rows)
        put = self._put(rows, keyed)
        answers = {name: _in_order(numbers) for name, numbers in self._ask(put).items()}
        bad, rejected = self._inadmissible(keyed, answers, rows.num_rows)
        told = {name: self._told(name, numbers, put, keyed) for name, numbers in answers.items()}
        if bad is None:
            return Decided(rows, told, rejected)
        kept = np.flatnonzero(~bad)
        places = pa.array(kept)
        told = {name: Told(one.outcomes, one.chosen[kept], one.turns.take(places)) for name, one in told.items()}
        return Decided(rows.take(places), told, rejected)

    def _put(self, rows: pa.Table, keyed: Keyed) -> pa.Table:
        """A row for each key, in small pieces."""
        places = keyed.firsts if keyed.at is None else keyed.at.take(keyed.firsts)
        shape = next(iter(self.queries.values())).shape
        wanted = [name for name in dict.fromkeys((ITEM, HEAD, *sorted(shape.facts))) if name in rows.column_names]
        taken = rows.select(wanted).take(pa.array(places))
        days = pa.array(keyed.days.take(keyed.firsts).astype(np.int32)).cast(pa.date32())
        table = taken.append_column("row", pa.array(np.arange(len(places)))).append_column("date", days)
        return pa.Table.from_batches(table.combine_chunks().to_batches(max_chunksize=PIECE), table.schema)

    def _inadmissible(
        self, keyed: Keyed, answers: Mapping[str, pa.Table], count: int
    ) -> tuple[Any | None, list[tuple[int, str]]]:
        """Which rows cannot be, and why: those that break an `always` condition or contradict the world on some day."""
        name, query = next(iter(self.queries.items()))
        numbers = answers[name]["reject"].to_numpy()
        if not numbers.any():
            return None, []
        entries = np.flatnonzero(numbers.take(keyed.ids))
        places = entries if keyed.at is None else keyed.at.take(entries)
        places, first = np.unique(places, return_index=True)
        why = numbers.take(keyed.ids.take(entries.take(first)))
        bad = np.zeros(count, bool)
        bad[places] = True
        return bad, [(place, query.reason(number)) for place, number in zip(places.tolist(), why.tolist(), strict=True)]

    def _told(self, name: str, numbers: pa.Table, put: pa.Table, keyed: Keyed) -> Told:
        """A regime's outcomes for the rows, in their order."""
        reader = self._readers[name]
        named = pc.fill_null(put[HEAD], "") if HEAD in put.column_names else pa.repeat("", put.num_rows)
        combined, combinations = _combined([named, *(numbers[column] for column in reader.query.columns)])
        outcomes = [reader.outcome(combination, head) for head, *combination in combinations]
        noticed, outcomes = self._notices[name].noticed(put, outcomes, pa.array(combined))
        chosen = noticed.to_numpy().take(keyed.ids)
        if keyed.at is None:
            return Told(outcomes, chosen, pa.nulls(len(chosen), pa.date32()))
        ranks = np.array([STRICTEST.index(outcome.verdict) for outcome in outcomes], np.int64)
        begins = np.flatnonzero(np.diff(keyed.at, prepend=-1))
        first = chosen.take(begins)
        verdicts = ranks.take(chosen)
        other = verdicts != ranks.take(first).take(keyed.at)
        turns = np.minimum.reduceat(np.where(other, keyed.days, _NEVER), begins) if len(begins) else keyed.days
        turning = turns != _NEVER
        days = pa.array(turns.astype(np.int32), mask=~turning).cast(pa.date32())
        return Told([*outcomes, Outcome("undetermined")], np.where(turning, len(outcomes), first), days)


_NEVER = np.int64(1 << 31) - 1


def _in_order(numbers: pa.Table) -> pa.Table:
    """Answers by the number of their row."""
    rows = numbers["row"].to_numpy()
    return numbers if (np.diff(rows) == 1).all() else numbers.take(pa.array(np.argsort(rows)))


def _combined(columns: Sequence[Any]) -> tuple[Numbers, list[tuple[Any, ...]]]:
    """Each row's combination of values as a number from 0, and the combinations by number."""
    ids: Numbers | None = None
    known: list[tuple[Any, ...]] = [()]
    for column in columns:
        encoded = flat(pc.dictionary_encode(column))
        values, places = encoded.dictionary.to_pylist(), encoded.indices.to_numpy().astype(np.int64)
        if ids is None:
            ids, known = places, [(value,) for value in values]
        elif len(values) == 1:
            known = [(*combination, values[0]) for combination in known]
        else:
            pairs = pa.array(ids * len(values) + places).dictionary_encode()
            known = [(*known[pair // len(values)], values[pair % len(values)]) for pair in pairs.dictionary.to_pylist()]
            ids = pairs.indices.to_numpy().astype(np.int64)
    assert ids is not None
    return ids, known
