"""What the law can still ask on a day: the calendar cut where law or world changes, and the literals that matter between.

A gate is settled where a provision is not in force or a fact is the same for every row; what stands under a settled gate
cannot turn an outcome. So most of what a row states does not matter under most laws, and rows that differ in it alone are
decided alike (`keys.py`).
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Sequence

import msgspec

from sekisho.corpus import Corpus
from sekisho.language.circuit import FALSE, TRUE
from sekisho.language.nodes import Literal, facts_of
from sekisho.sweep.dimensions import FIRST, LAST
from sekisho.sweep.query import RegimeQuery
from sekisho.text import EVER, NEVER


class Stretch(msgspec.Struct, frozen=True):
    """Days alike in law and in what is stale of it.

    The literals that can turn an outcome, the look-ups these read, and all facts they rest on.
    """

    literals: frozenset[Literal]
    lookups: frozenset[str]
    facts: frozenset[str]


class Calendar(msgspec.Struct, frozen=True):
    """The days from `FIRST` on, cut by `days` into segments: each lies in a stretch of the law and a segment of the world.

    The last segment begins where the tables of the world end; `world` is -1 there.
    """

    days: tuple[dt.date, ...]
    law: tuple[int, ...]
    world: tuple[int, ...]
    stretches: tuple[Stretch, ...]


def calendar(queries: Sequence[RegimeQuery]) -> Calendar:
    """The calendar of some queries over the same rows."""
    world = queries[0].dimensions
    edges = {LAST, *world.change_days}
    for pair in world.pairs.values():
        edges |= {pair.covered.begin, pair.covered.end} - {EVER, NEVER}
    for query in queries:
        if query.law_on is None:
            edges |= {*query.corpus.change_days(query.regime.id), query.regime.first_day}
    checked = stale_days(queries[0].corpus) if queries[0].notices else []
    edges |= set(checked)
    days = tuple(sorted(day for day in edges if FIRST < day <= LAST))
    moments = (FIRST, *days)
    readers = [_Relevance(query) for query in queries]
    known: dict[tuple[object, ...], int] = {}
    stretches: list[Stretch] = []
    law: list[int] = []
    for moment in moments:
        key = (bisect_right(checked, moment), *(reader.law_of(moment) for reader in readers))
        if key not in known:
            known[key] = len(stretches)
            stretches.append(_stretch(readers, moment))
        law.append(known[key])
    segments = tuple(-1 if moment == LAST else bisect_right(world.change_days, moment) for moment in moments)
    return Calendar(days, tuple(law), segments, tuple(stretches))


def stale_days(corpus: Corpus) -> list[dt.date]:
    """The days from which some law or table is stale: an outcome says so."""
    days = [instrument.checked for instrument in corpus.instruments.values()]
    days += [table.checked for table in corpus.world.tables.values() if table.checked is not None]
    return sorted({day + dt.timedelta(days=1) for day in days})


def _stretch(readers: Sequence[_Relevance], moment: dt.date) -> Stretch:
    literals = frozenset().union(*(reader.literals(moment) for reader in readers))
    facts = {name for literal in literals for name in facts_of(literal)}
    vocabulary = readers[0].query.facts
    lookups = {name for name in facts if vocabulary[name].lookup is not None}
    lookups |= {fact.name for reader in readers for fact in reader.query.contradictable()}
    for name in lookups:
        lookup = vocabulary[name].lookup
        assert lookup is not None
        facts |= {name, *lookup.reads}
    return Stretch(literals, frozenset(lookups), frozenset(facts))


class _Relevance:
    """The literals of one query that can turn an outcome on a day."""

    def __init__(self, query: RegimeQuery) -> None:
        self.query, self._slots = query, query.algebra.circuit.slots
        self._dated = [slot for slot in self._slots if slot.kind == "days"]

    def law_of(self, moment: dt.date) -> tuple[object, ...]:
        """What is in force on a day; days that agree in it have one law."""
        early = self.query.law_on is None and moment < self.query.regime.first_day
        return (early, *(any(moment in span for span in slot.days) for slot in self._dated))

    def literals(self, moment: dt.date) -> frozenset[Literal]:
        """The literals under the roots of the query, those under a settled gate left out."""
        settled = self._settled(moment)
        found: set[Literal] = set()
        seen: set[int] = set()
        stack = list(self.query.roots)
        while stack:
            number = stack.pop()
            if number in seen or number in settled:
                continue
            seen.add(number)
            slot = self._slots[number]
            if slot.literal is not None:
                found.add(slot.literal)
            stack += slot.children
        return frozenset(found)

    def _settled(self, moment: dt.date) -> dict[int, int]:
        """The slots that have one value on a day, whatever the row."""
        settled = dict(self.query.constants)
        for slot in self._slots:
            if slot.number in settled or slot.literal is not None:
                continue
            if slot.kind == "days":
                settled[slot.number] = TRUE if any(moment in span for span in slot.days) else FALSE
                continue
            decisive = FALSE if slot.kind == "and" else TRUE
            values = [settled.get(child) for child in slot.children]
            if decisive in values:
                settled[slot.number] = decisive
            elif all(value == TRUE + FALSE - decisive for value in values):
                settled[slot.number] = TRUE + FALSE - decisive
        return settled
