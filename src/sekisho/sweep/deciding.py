"""Rows decided: those that the law cannot tell apart once, and the numbers that come out read as outcomes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

import msgspec
import numpy as np
import pyarrow as pa

from sekisho.decision import STRICTEST
from sekisho.sweep.arrays import ArrayQuery
from sekisho.sweep.frame import Chosen, Entries, Numbers, stated_columns
from sekisho.sweep.grouping import grouped
from sekisho.sweep.keys import Keyed, Keys
from sekisho.sweep.notices import Lines, Notices
from sekisho.sweep.outcome import Outcome, Reader
from sekisho.sweep.query import RegimeQuery

Answer: TypeAlias = Mapping[str, Numbers]
"""The columns of a query's answer, in the order of the rows it was put."""
Ask: TypeAlias = Callable[[Entries], Mapping[str, Answer]]
"""The answers to every regime's query for some rows."""


class Told(msgspec.Struct, frozen=True):
    """What a regime says of rows: for each the number of its outcome and of its notices, and the day its verdict turns on."""

    outcomes: list[Outcome]
    chosen: Numbers
    notices: list[Lines]
    noticed: Numbers
    turns: pa.Array

    def of(self, places: Numbers) -> Told:
        """What is said of some of the rows."""
        chosen, noticed, turns = self.chosen.take(places), self.noticed.take(places), self.turns.take(pa.array(places))
        return Told(self.outcomes, chosen, self.notices, noticed, turns)


class Decided(msgspec.Struct, frozen=True):
    """The rows of a batch that are cases, what each regime says of them, and the places of the others with their reasons."""

    rows: pa.Table
    told: dict[str, Told]
    rejected: list[tuple[int, str]]


class Deciding:
    """Decides batches of rows of one shape. `ask` puts the queries to an engine; without it rows are decided here."""

    def __init__(self, queries: Mapping[str, RegimeQuery], ask: Ask | None = None) -> None:
        self.queries = queries
        self._keys = Keys(list(queries.values()))
        self._notices = {name: Notices(query, self._keys.frame) for name, query in queries.items() if query.notices}
        self._ask = ask or self._here()
        self._heads = ["", *self._keys.frame.heads]
        self._readers = {name: Reader(query) for name, query in queries.items()}

    def _here(self) -> Ask:
        """Rows decided by the Kleene reader over their columns."""
        readers = {name: ArrayQuery(query, self._keys.frame) for name, query in self.queries.items()}
        return lambda rows: {name: reader.numbers(rows) for name, reader in readers.items()}

    def decide(self, rows: pa.Table) -> Decided:
        """What the regimes say of rows with `date_from`, `date_to` and the columns of the shape."""
        keyed = self._keys.of(rows)
        put = self._put(rows, keyed)
        answers = self._ask(put)
        bad, rejected = self._inadmissible(keyed, answers, rows.num_rows)
        told = {name: self._told(name, answer, put, keyed) for name, answer in answers.items()}
        if bad is None:
            return Decided(rows, told, rejected)
        kept = np.flatnonzero(~bad)
        return Decided(rows.take(pa.array(kept)), {name: one.of(kept) for name, one in told.items()}, rejected)

    def _put(self, rows: pa.Table, keyed: Keyed) -> Entries:
        """A row for each key."""
        if keyed.entries is not None:
            return Chosen(keyed.entries, keyed.firsts)
        places = keyed.firsts if keyed.at is None else keyed.at.take(keyed.firsts)
        taken = stated_columns(rows, self._keys.query).take(pa.array(places)).combine_chunks()
        return Entries(self._keys.frame, taken, keyed.days.take(keyed.firsts))

    def _inadmissible(
        self, keyed: Keyed, answers: Mapping[str, Answer], count: int
    ) -> tuple[Any | None, list[tuple[int, str]]]:
        """Which rows cannot be, and why: those that break an `always` condition or contradict the world on some day."""
        name, query = next(iter(self.queries.items()))
        numbers = answers[name]["reject"]
        if not numbers.any():
            return None, []
        entries = np.flatnonzero(numbers.take(keyed.ids))
        places = entries if keyed.at is None else keyed.at.take(entries)
        places, first = np.unique(places, return_index=True)
        why = numbers.take(keyed.ids.take(entries.take(first)))
        bad = np.zeros(count, bool)
        bad[places] = True
        return bad, [(place, query.reason(number)) for place, number in zip(places.tolist(), why.tolist(), strict=True)]

    def _told(self, name: str, answer: Answer, put: Entries, keyed: Keyed) -> Told:
        """A regime's outcomes for the rows, in their order."""
        reader = self._readers[name]
        heads = put.named_heads() if reader.query.shape.head else np.zeros(put.count, np.int64)
        words = [heads, *(answer[column] for column in reader.query.columns)]
        ids, firsts = grouped(words)
        combinations = zip(*(word.take(firsts).tolist() for word in words), strict=True)
        outcomes = [reader.outcome(combination, self._heads[head]) for head, *combination in combinations]
        chosen, noticed = ids.take(keyed.ids), np.zeros(len(keyed.ids), np.int64)
        notices: list[Lines] = [()]
        if name in self._notices:
            numbers, notices = self._notices[name].noticed(put, outcomes, ids)
            noticed = numbers.take(keyed.ids)
        if keyed.at is None:
            return Told(outcomes, chosen, notices, noticed, pa.nulls(len(chosen), pa.date32()))
        ranks = np.array([STRICTEST.index(outcome.verdict) for outcome in outcomes], np.int64)
        begins = np.flatnonzero(np.diff(keyed.at, prepend=-1))
        first = chosen.take(begins)
        verdicts = ranks.take(chosen)
        other = verdicts != ranks.take(first).take(keyed.at)
        turns = np.minimum.reduceat(np.where(other, keyed.days, _NEVER), begins) if len(begins) else keyed.days
        turning = turns != _NEVER
        days = pa.array(turns.astype(np.int32), mask=~turning).cast(pa.date32())
        chosen, noticed = np.where(turning, len(outcomes), first), np.where(turning, 0, noticed.take(begins))
        return Told([*outcomes, Outcome("undetermined")], chosen, notices, noticed, days)


_NEVER = np.int64(1 << 31) - 1
