"""The world as small tables to join: days to segments, states by segment, pairs of keys, embargoes by kind and item.

A look-up is the same function of keys and day as in `corpus.world`; here it is written out for every key and every
segment of days in which nothing in any table begins or ends, and answers with two bits: FALSE 0, NULL 1, TRUE 3.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec
import pyarrow as pa

from sekisho.corpus import Corpus, Fact, Lookup, Table, code_version, kept
from sekisho.language.nodes import NONE
from sekisho.text import NEVER, Interval

BITS: Mapping[Any, int] = {False: 0, None: 1, True: 3}
FIRST, LAST = dt.date(1900, 1, 1), dt.date(2100, 1, 1)
"""Days that a calendar covers; a row outside is rejected by the register."""


class Pair(msgspec.Struct, frozen=True):
    """A look-up by two keys: what it answers where its table has no row, and from which day to which it answers at all."""

    table: str
    absent: int
    firsts: tuple[str, ...]
    covered: Interval


class Dimensions(msgspec.Struct, frozen=True):
    """Tables to join, by name; the days on which some table changes; and how look-ups by two keys are read.

    `states` has a column a table: its answer, or for an embargo the number of a profile, which `embargo_<table>` answers.
    """

    tables: dict[str, pa.Table]
    change_days: tuple[dt.date, ...]
    pairs: dict[str, Pair]


def dimensions(corpus: Corpus, world_on: dt.date | None = None, strict: bool = False) -> Dimensions:
    """The dimensions of a corpus, kept in the user's cache.

    With `world_on` every day answers as that day does; with `strict` a table answers nothing after it was last checked.
    """
    key = f"{code_version()}{corpus.law_version}{corpus.world_version}{world_on}{strict}"
    return kept("dimensions", key, Dimensions, lambda: build(corpus, world_on, strict))


def build(corpus: Corpus, world_on: dt.date | None = None, strict: bool = False) -> Dimensions:
    """The same, made anew."""
    lookups = {fact.lookup.table: fact.lookup for fact in corpus.vocabulary.facts.values() if fact.lookup is not None}
    tables = {name: corpus.world.tables[name] for name in lookups}
    days = [] if world_on is not None else _change_days(tables.values(), strict)
    moments = [world_on] if world_on is not None else [FIRST, *days]
    states = [*corpus.world.states, NONE]
    result: dict[str, pa.Table] = {"calendar": _calendar(days)}
    columns: dict[str, list[int]] = {}
    pairs: dict[str, Pair] = {}
    for name, table in tables.items():
        if table.about.kind == "embargo":
            profiles = _Profiles()
            columns[name] = [profiles.of(table, state, moment, strict) for state in states for moment in moments]
            result[f"embargo_{name}"] = profiles.answers(corpus, table, lookups[name])
        elif len(lookups[name].keys) == 1:
            columns[name] = list(_rows(table, states, moments, strict))
        else:
            firsts = tuple(sorted({key[0] for key in table.index}))
            absent = BITS[False] if table.about.absent == "no" else BITS[None]
            pairs[name] = Pair(f"pair_{name}", absent, firsts, _answering(table, world_on, strict))
            result[f"pair_{name}"] = _pairs(table, moments, strict)
    result["states"] = pa.table(
        {
            "state": pa.array([state for state in states for _ in moments], pa.string()),
            "segment": pa.array([n for _ in states for n in range(len(moments))], pa.int32()),
            **{name: pa.array(values, pa.int16()) for name, values in columns.items()},
        }
    )
    return Dimensions(result, tuple(days), pairs)


def _answering(table: Table, world_on: dt.date | None, strict: bool) -> Interval:
    """The days of a row on which a table answers at all."""
    covered = table.coverage
    if strict and table.checked is not None:
        covered = Interval(covered.begin, min(covered.end, table.checked + dt.timedelta(days=1)))
    if world_on is None:
        return covered
    return Interval() if world_on in covered else Interval(NEVER, NEVER)


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


def _rows(table: Table, states: Sequence[str], moments: Sequence[dt.date], strict: bool) -> Iterable[int]:
    """The answers for each state, segment by segment; those without a row are alike."""
    absent = [_bits(table, "", moment, strict) for moment in moments]
    none = [BITS[False]] * len(moments)
    for state in states:
        if state in table.index:
            yield from (_bits(table, state, moment, strict) for moment in moments)
        else:
            yield from none if state == NONE else absent


def _pairs(table: Table, moments: Sequence[dt.date], strict: bool) -> pa.Table:
    """One row a pair of keys that the table has, and segment."""
    keys = [(key, n) for key in table.index for n in range(len(moments))]
    return pa.table(
        {
            "first": pa.array([key[0] for key, _ in keys], pa.string()),
            "second": pa.array([key[1] for key, _ in keys], pa.string()),
            "segment": pa.array([n for _, n in keys], pa.int32()),
            "value": pa.array([_bits(table, key, moments[n], strict) for key, n in keys], pa.int16()),
        }
    )


class _Profiles:
    """The sets of embargo rows that hold together: a profile each, with its answer by kind of recipient and item."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, tuple[int, ...], str], int] = {}
        self._examples: dict[tuple[str, int], tuple[str, dt.date, bool]] = {}

    def of(self, table: Table, state: str, moment: dt.date, strict: bool) -> int:
        """The number of the profile of a state on a day."""
        entry = table.index.get(state)
        rows = tuple(row.number for row in entry[1] if moment in row.in_force) if entry is not None else ()
        stale = strict and table.checked is not None and moment > table.checked
        why = "none" if state == NONE else "stale" if stale else "in" if moment in table.coverage else "out"
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
        for (_, profile), (state, moment, strict) in self._examples.items():
            for combination in _product(domains):
                by = dict(zip(names, combination, strict=True))
                found = None if state == NONE else table.answer(state, moment, strict, by).value
                value = False if state == NONE else found
                rows.append((profile, combination, BITS[value] if isinstance(value, bool) or value is None else BITS[None]))
        columns: dict[str, pa.Array] = {"profile": pa.array([row[0] for row in rows], pa.int16())}
        for place, name in enumerate(names):
            columns[name] = pa.array([qualifier(row[1][place]) for row in rows], pa.string())
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


def qualifier(value: Any) -> str:
    """A qualifier of an embargo as text: nothing for unknown."""
    return "" if value is None else {True: "true", False: "false"}[value] if isinstance(value, bool) else str(value)
