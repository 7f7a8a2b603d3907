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
import itertools
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

import numpy as np

from sekisho.corpus import Corpus, LawInForce, Lookup, kept
from sekisho.corpus.law import Regime
from sekisho.decision import ONWARD
from sekisho.language.nodes import LITERALS, Node, Reference, facts_of, walk
from sekisho.sweep.frame import Entries, Frame, Numbers
from sekisho.sweep.grouping import grouped, packed
from sekisho.sweep.outcome import Outcome
from sekisho.sweep.query import ACT, RegimeQuery
from sekisho.sweep.relevance import stale_days
from sekisho.text import EVER, NEVER, Interval

WEAK = "The text this rests on is known with low confidence only: {}."
STALE = "{}: last checked on {}, before the day of the row."
_EPOCH = int(dt.date.min.toordinal() - np.datetime64(dt.date.min, "D").astype(np.int64))
"""The day that Arrow counts days from."""
_RETRANSFER = "retransfer"
Place: TypeAlias = tuple[str, ...]
"""What a table is asked for: a state, or two."""
Lines: TypeAlias = tuple[str, ...]
"""The notices of a row."""


class _Days:
    """Days by the number of edges on or before them, looked up in a calendar."""

    def __init__(self, edges: Iterable[dt.date]) -> None:
        self.edges = sorted(set(edges))
        wanted = [_number(edge) for edge in self.edges]
        self._first = wanted[0] - 1 if wanted else 0
        self._counts = np.searchsorted(wanted, np.arange(self._first, wanted[-1] + 1 if wanted else 1), side="right")

    @property
    def size(self) -> int:
        """How many numbers there are."""
        return len(self.edges) + 1

    def passed(self, days: Numbers) -> Numbers:
        """How many of the edges each day, counted from 1970, has reached."""
        return self._counts.take(days - self._first, mode="clip")


class _Key:
    """What some look-ups are asked by, and what their tables say at each place in each stretch of days."""

    def __init__(self, facts: tuple[str, ...], own: str | None, said: Iterable[tuple[Place, dt.date, dt.date, int]]) -> None:
        self.facts, self.own = facts, own
        rows = sorted(said)
        self._days = _Days(day for _, begin, end, _ in rows for day in (begin, end) if EVER < day < NEVER)
        self._places = {place: number for number, place in enumerate(dict.fromkeys(place for place, *_ in rows), 1)}
        stretches = {edge: stretch for stretch, edge in enumerate((EVER, *self._days.edges))} | {NEVER: self._days.size}
        self.sets: list[tuple[int, ...]] = [()]
        known: dict[tuple[int, int], int] = {}
        self._cells = np.zeros((len(self._places) + 1, self._days.size), np.int64)
        for place, begin, end, notice in rows:
            here = self._cells[self._places[place], stretches[begin] : stretches[end]]
            for held in np.unique(here).tolist():
                if (held, notice) not in known:
                    known[held, notice] = len(self.sets)
                    self.sets.append((*self.sets[held], notice))
                here[here == held] = known[held, notice]

    def lines(self, frame: Frame) -> Numbers:
        """Which places the tables speak of, by the codes of the facts: their number, 0 for none."""
        codes = [frame.codes[name] for name in self.facts]
        found = np.zeros([len(values) for values in codes], np.int64)
        for place, number in self._places.items():
            at = tuple(values.get(word, 0) for values, word in zip(codes, place, strict=True))
            if all(at):
                found[at] = number
        return found

    def met(self, rows: Entries, lines: Numbers) -> Numbers:
        """The number of the set of notices that each row meets; of none where the row answers the look-up itself."""
        found = lines[tuple(rows.filled(name) for name in self.facts)]
        if self.own is not None:
            found = np.where(rows.has(self.own), 0, found)
        return self._cells.ravel().take(found * self._days.size + self._days.passed(rows.day))


class Notices:
    """The notices of the outcomes of one query."""

    def __init__(self, query: RegimeQuery, frame: Frame) -> None:
        self.corpus, self.shape, self.world_on = query.corpus, query.shape, query.world_on
        self._facts = query.facts
        made = kept("notices", query.stamp, tuple, lambda: self._made(query.regime, query.law_on))
        self._law, self._used, self._keys, self._told_texts = made
        self._lines = [key.lines(frame) for key in self._keys]
        self._weak = {provision.id for provision in self.corpus.provisions.values() if provision.confidence == "low"}
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
        said: dict[tuple[tuple[str, ...], str | None], list[tuple[Place, dt.date, dt.date, int]]] = {}
        for fact in self._facts.values():
            if fact.lookup is None or fact.name in self.shape.fixed:
                continue
            origins = tuple(map(self._origin, fact.lookup.keys))
            own = fact.name if fact.name in self.shape.facts else None
            rows = [
                (place, begin, end, self._texts.setdefault(told, len(self._texts)))
                for place, told, interval in self._said(fact.lookup)
                for begin, end in self._when_used(fact.name, interval)
            ]
            said.setdefault((origins, own), []).extend(rows)
        for (facts, own), rows in said.items():
            if rows:
                yield _Key(facts, own, set(rows))

    def _origin(self, fact: str) -> str:
        """The fact that a default is taken from, where no row can state it."""
        while fact not in self.shape.facts and fact not in self.shape.fixed and self._facts[fact].default in self._facts:
            fact = str(self._facts[fact].default)
        return fact

    def _said(self, lookup: Lookup) -> Iterator[tuple[Place, str, Interval]]:
        """The notices of a table: the key, the text, and the days."""
        table = self.corpus.world.tables[lookup.table]
        for key, (_, rows, _) in table.index.items():
            place = (key,) if isinstance(key, str) else tuple(key)
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

    def noticed(self, rows: Entries, outcomes: Sequence[Outcome], chosen: Numbers) -> tuple[Numbers, list[Lines]]:
        """The number of each row's notices, and the notices by number; 0 is none.

        `chosen` has the place of each row's outcome among `outcomes`.
        """
        checked = self._checked.passed(rows.day if self.world_on is None else np.maximum(rows.day, _number(self.world_on)))
        stale = bool(checked.any())
        nothing = np.zeros(rows.count, np.int64)
        own = [name for name in self.shape.facts if self._facts[name].lookup is not None]
        parts = [
            (chosen, len(outcomes)),
            (checked, self._checked.size),
            (self._law.passed(rows.day) if stale and self._law.edges else nothing, self._law.size),
            (self._onward(rows), 2),
            *((rows.has(name) if stale else nothing, 2) for name in own),
            *((key.met(rows, lines), len(key.sets)) for key, lines in zip(self._keys, self._lines, strict=True)),
        ]
        ids, firsts = grouped(list(packed(parts)))
        weak = [[WEAK.format(name) for name in outcome.provisions if name in self._weak] for outcome in outcomes]
        known: dict[Lines, int] = {(): 0}
        numbers = []
        for place, last, segment, onward, *found in zip(*(numbers.take(firsts).tolist() for numbers, _ in parts), strict=True):
            outcome, sets = outcomes[place], found[len(own) :]
            lines: list[str] = []
            if outcome.verdict != "outside":
                lines = [*outcome.notices, *([ONWARD] if onward else []), *weak[place]]
                if last:
                    lines += self._stale(outcome, last, segment, frozenset(itertools.compress(own, found)))
                if any(sets):
                    met = {notice for key, number in zip(self._keys, sets, strict=True) for notice in key.sets[number]}
                    lines += [self._told_texts[notice] for notice in sorted(met)]
            numbers.append(known.setdefault(tuple(lines), len(known)))
        return np.array(numbers, np.int64).take(ids), list(known)

    def _onward(self, rows: Entries) -> Numbers:
        """1 where a row is put as an onward transfer."""
        if ACT not in self.shape.fixed and ACT not in self.shape.facts:
            return np.zeros(rows.count, np.int64)
        onward: Numbers = (rows.filled(ACT) == rows.frame.codes[ACT][_RETRANSFER]).astype(np.int64)
        return onward

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


def _number(day: dt.date) -> int:
    """A day counted from 1970."""
    return day.toordinal() - _EPOCH
