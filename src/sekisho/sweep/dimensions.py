"""The world as small tables to join: days to segments, states by segment, pairs of keys, embargoes by kind and item.

A look-up is the same function of keys and day as in `corpus.world`; here it is written out for every key and every
segment of days in which nothing in any table begins or ends, and answers with two bits: FALSE 0, NULL 1, TRUE 3.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
import pyarrow as pa

from sekisho.corpus import Corpus, Fact, Lookup, Table
from sekisho.language.nodes import NONE

BITS = {False: 0, None: 1, True: 3}
FIRST, LAST = dt.date(1900, 1, 1), dt.date(2100, 1, 1)
"""Days that a calendar covers; a row outside is rejected by the register."""


class Dimensions(msgspec.Struct, frozen=True):
    """Tables to join, by name, and the days on which some table changes. `key_of` names a look-up's columns."""

    tables: dict[str, pa.Table]
    change_days: tuple[dt.date, ...]
    paired: dict[str, str]
    embargoed: dict[str, str]


def build(corpus: Corpus, lookups: Iterable[Fact], world_on: dt.date | None = None, strict: bool = False) -> Dimensions:
    """The dimensions that some look-ups need.

    With `world_on` every day answers as that day does; with `strict` a table answers nothing after it was last checked.
    """
    facts = [fact for fact in lookups if fact.lookup is not None]
    tables = {f.lookup.table: corpus.world.tables[f.lookup.table] for f in facts if f.lookup is not None}
    days = _change_days(tables.values(), strict) if world_on is None else []
    moments = [FIRST, *days] if world_on is None else [world_on]
    states = [*corpus.world.states, NONE]
    single, paired, embargoed = {}, {}, {}
    result: dict[str, pa.Table] = {"calendar": _calendar(days)}
    profiles = _Profiles(corpus)
    for name, table in tables.items():
        lookup = next(f.lookup for f in facts if f.lookup is not None and f.lookup.table == name)
        if table.about.kind == "embargo":
            single[name] = [[profiles.of(table, state, moment, strict) for moment in moments] for state in states]
        elif len(lookup.keys) == 1:
            single[name] = [[_bits(table, state, moment, strict) for moment in moments] for state in states]
        else:
            paired[name] = f"pair_{name}"
            result[f"pair_{name}"] = _pairs(corpus, table, lookup, moments, states, strict)
    result["states"] = _states(states, len(moments), single)
    for name, table in tables.items():
        if table.about.kind == "embargo":
            lookup = next(f.lookup for f in facts if f.lookup is not None and f.lookup.table == name)
            embargoed[name] = f"embargo_{name}"
            result[f"embargo_{name}"] = profiles.answers(corpus, table, lookup)
    return Dimensions(result, tuple(days), paired, embargoed)


def _change_days(tables: Iterable[Table], strict: bool) -> list[dt.date]:
    days: set[dt.date] = set()
    for table in tables:
        days |= table.change_days() | {table.coverage.begin, table.coverage.end}
        if strict and table.checked is not None:
            days.add(table.checked + dt.timedelta(days=1))
    return sorted(day for day in days if FIRST < day < LAST)


def _calendar(days: Sequence[dt.date]) -> pa.Table:
    """Every day with the number of its segment."""
    count = (LAST - FIRST).days
    every = [FIRST + dt.timedelta(days=n) for n in range(count)]
    segments, at = [], 0
    for day in every:
        while at < len(days) and days[at] <= day:
            at += 1
        segments.append(at)
    return pa.table({"day": pa.array(every, pa.date32()), "segment": pa.array(segments, pa.int32())})


def _bits(table: Table, key: Any, moment: dt.date, strict: bool) -> int:
    if key == NONE:
        return BITS[False]
    value = table.answer(key, moment, strict).value
    return BITS[value] if isinstance(value, bool) or value is None else BITS[None]


def _states(states: Sequence[str], segments: int, single: dict[str, list[list[int]]]) -> pa.Table:
    """One row a state and segment, one column a table."""
    columns: dict[str, pa.Array] = {
        "state": pa.array([state for state in states for _ in range(segments)], pa.string()),
        "segment": pa.array([n for _ in states for n in range(segments)], pa.int32()),
    }
    for name, rows in single.items():
        columns[name] = pa.array([value for row in rows for value in row], pa.int16())
    return pa.table(columns)


def _pairs(
    corpus: Corpus, table: Table, lookup: Lookup, moments: Sequence[dt.date], states: Sequence[str], strict: bool
) -> pa.Table:
    """One row a pair of keys and segment: the values of the first key's fact by every state."""
    firsts = [*corpus.vocabulary.facts[lookup.keys[0]].values]
    keys = [(first, state, n) for first in firsts for state in states for n in range(len(moments))]
    values = [
        BITS[False] if NONE in (first, state) else _bits(table, (first, state), moments[n], strict) for first, state, n in keys
    ]
    return pa.table(
        {
            "first": pa.array([first for first, _, _ in keys], pa.string()),
            "second": pa.array([state for _, state, _ in keys], pa.string()),
            "segment": pa.array([n for *_, n in keys], pa.int32()),
            "value": pa.array(values, pa.int16()),
        }
    )


class _Profiles:
    """The sets of embargo rows that hold together: a profile each, with its answer by kind of recipient and item."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._known: dict[tuple[str, tuple[int, ...], str], int] = {}
        self._examples: dict[tuple[str, int], tuple[str, dt.date, bool]] = {}

    def of(self, table: Table, state: str, moment: dt.date, strict: bool) -> int:
        """The number of the profile of a state on a day."""
        entry = table.index.get(state)
        rows = tuple(row.number for row in entry[1] if moment in row.in_force) if entry is not None else ()
        stale = strict and table.checked is not None and moment > table.checked
        why = "stale" if stale else "none" if state == NONE else "in" if moment in table.coverage else "out"
        key = (table.name, rows, why)
        if key not in self._known:
            self._known[key] = len(self._known)
            self._examples[table.name, self._known[key]] = (state, moment, strict)
        return self._known[key]

    def answers(self, corpus: Corpus, table: Table, lookup: Lookup) -> pa.Table:
        """One row a profile and combination of qualifiers: the answer. An unknown qualifier is an empty text."""
        names = list(lookup.by)
        domains = [_domain(corpus.vocabulary.facts[fact]) for fact in lookup.by.values()]
        rows: list[tuple[int, tuple[Any, ...], int]] = []
        for (name, profile), (state, moment, strict) in self._examples.items():
            if name != table.name:
                continue
            for combination in _product(domains):
                by = dict(zip(names, combination, strict=True))
                found = None if state == NONE else table.answer(state, moment, strict, by).value
                value = False if state == NONE else found
                rows.append((profile, combination, BITS[value] if isinstance(value, bool) or value is None else BITS[None]))
        columns: dict[str, pa.Array] = {"profile": pa.array([row[0] for row in rows], pa.int16())}
        for place, name in enumerate(names):
            columns[name] = pa.array([_code(row[1][place]) for row in rows], pa.string())
        columns["value"] = pa.array([row[2] for row in rows], pa.int16())
        return pa.table(columns)


def _domain(fact: Fact) -> list[Any]:
    return [None, True, False] if fact.type == "boolean" else [None, *fact.values]


def _product(domains: Sequence[Sequence[Any]]) -> Iterable[tuple[Any, ...]]:
    if not domains:
        yield ()
        return
    for first in domains[0]:
        for rest in _product(domains[1:]):
            yield (first, *rest)


def _code(value: Any) -> str:
    """A qualifier as text: nothing for unknown."""
    return "" if value is None else {True: "true", False: "false"}[value] if isinstance(value, bool) else str(value)


def segment_at(days: Sequence[dt.date], moment: dt.date) -> int:
    """The number of the segment a day lies in."""
    return bisect_left(days, moment + dt.timedelta(days=1))
