"""Rows that the law cannot tell apart: a number a row, equal only where every outcome must be.

Most rows of a register differ in nothing that the law of their day asks. So each fact is replaced by the class of its
value: the values that no literal and no look-up of that stretch of days tells apart are one class, a state on a day is what
the tables of the world say of it. Rows whose classes agree are decided once. Nothing is decided here: which classes there
are follows from the literals alone, whatever the law makes of them.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import msgspec
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from sekisho.corpus import kept
from sekisho.language.nodes import Has
from sekisho.sweep.classes import Classes, numbered
from sekisho.sweep.frame import Entries, Frame, Numbers, days_of, flat, places_of
from sekisho.sweep.grouping import ROOM, grouped, packed
from sekisho.sweep.query import ACT, CATALOGUE, PARTIES, RegimeQuery
from sekisho.sweep.relevance import Calendar, calendar

SLICE, SPREAD = 1 << 19, 1 << 16
"""Rows worked on at a time: many, so that cores work side by side; fewer where a row is an entry for several days each."""
_NONE = np.zeros(0, np.int64)


class _Part(msgspec.Struct, frozen=True):
    """One place of a key: how many numbers it can have, and the numbers of some rows."""

    size: int
    of: Callable[[Entries], Any]


class _Claim(msgspec.Struct, frozen=True):
    """One place of a key that is 0 where a row does not state a fact: how many numbers it can have, and those of some codes.

    `of` takes the stretch of law of each row that states it, and its code.
    """

    name: str
    size: int
    of: Callable[[Numbers, Numbers], Any]


class Keyed(msgspec.Struct, frozen=True):
    """The keys of some rows, one an entry: a row on its day, or on a segment of the days that it may have been.

    `ids` has each entry's key, from 0; `firsts` the first entry of each key; `days` each entry's day, the first of the row
    in its segment, counted from 1970; `at` each entry's row, in the order of rows, None where each row has one entry. Where
    the rows were few enough to be read at once, `entries` are what was read.
    """

    ids: Numbers
    firsts: Numbers
    days: Numbers
    at: Numbers | None
    entries: Entries | None = None


class _Plan(msgspec.Struct, frozen=True):
    """What keys are made by: the calendar, the classes of each fact's values (`Classes.table`), and the pairs equated."""

    calendar: Calendar
    tables: dict[str, Numbers]
    equalities: dict[tuple[str, str], Numbers]


def _plan(queries: Sequence[RegimeQuery]) -> _Plan:
    found = calendar(queries)
    frame, query = Frame(queries, found), queries[0]
    classes = Classes(frame)
    apart = (
        name for name, fact in query.facts.items()
        if frame.asked_on(name).any() and query.varies(name) and fact.type in ("boolean", "text", "state")
        and (fact.lookup is None or query.may_state(name))
    )  # fmt: skip
    tables = {name: classes.table(name) for name in apart}
    narrowed = {name: table.astype(np.min_scalar_type(int(table.max()))) for name, table in tables.items()}
    return _Plan(found, narrowed, classes.equalities())


class Keys:
    """The keys of rows that are put to some queries of one shape over one world."""

    def __init__(self, queries: Sequence[RegimeQuery]) -> None:
        self.query = queries[0]
        self.detail = any(query.detail for query in queries)
        stamps = "".join(query.stamp for query in queries)
        self._plan = kept("keys", stamps, _Plan, lambda: _plan(queries))
        self.frame = Frame(queries, self._plan.calendar)
        self.facts, self._stretches = self.frame.facts, self._plan.calendar.stretches
        self._exact = [
            name for name, fact in self.facts.items()
            if fact.type in ("date", "number") and self.frame.asked_on(name).any() and name in self.query.shape.facts
        ]  # fmt: skip
        self._parts = [part for part in self._places() if part.size > 1]

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
        size = SLICE if exact else SPREAD
        for start in range(0, rows.num_rows, size):
            piece = rows.slice(start, size)
            here = Entries(self.frame, piece, days_of(piece["date_from"]), None if exact else days_of(piece["date_to"]))
            days.append(here.day)
            if here.at is not None:
                places.append(here.at + start)
            for place, word in enumerate(self._words(here)):
                if place == len(words):
                    words.append([])
                words[place].append(word)
        ids, firsts = grouped([_whole(parts) for parts in words]) if words else (_NONE, _NONE)
        entries = here if len(days) == 1 and exact else None
        return Keyed(ids, firsts, _whole(days) if days else ids, _whole(places) if places else None, entries)

    def _words(self, rows: Entries) -> Iterator[Numbers]:
        """The parts of keys, as many in one number as fit."""
        law = (rows.law, len(self._stretches))
        return packed(itertools.chain([law], ((part.of(rows), part.size) for part in self._parts)))

    def _exactly(self, name: str, rows: pa.Table) -> Numbers:
        """A number or day as it stands: a code a value that occurs, 0 where it is not known."""
        default = self.facts[name].default
        column = flat(rows[name])
        if default is not None:
            column = pc.fill_null(column, default)
        encoded = column.dictionary_encode()
        return places_of(encoded, -1) + 1

    # ---- the places of a key -----------------------------------------------------------------------------------------

    def _places(self) -> Iterator[_Part]:
        of_item: list[Numbers] = []
        for name, table in self._plan.tables.items():
            if self._of_item(name) and len(table) == len(self._stretches):
                of_item.append(table[:, self.frame.catalogue_codes(name)])
            elif not self._is_claim(name):
                yield self._of_fact(name, table)
        if of_item:
            whole = numbered(of_item)
            yield _Part(int(whole.max()) + 1, lambda rows: whole.ravel().take(rows.law * whole.shape[1] + rows.items))
        for name, fact in self.facts.items():
            if self._is_set(name) and not self._is_claim(name):
                yield self._of_set(name)
            if self.detail and fact.unstated == "default" and self.frame.asked_on(name).any():
                yield _Part(2, lambda rows, name=name: rows.silent(name))  # type: ignore[misc]
        yield from self._of_claims()
        for name in self._exact:
            on = self.frame.asked_on(name)
            yield _Part(1 << 32, lambda rows, name=name, on=on: rows.exact(name) * on[rows.law])  # type: ignore[misc]
        for pair, on in self._plan.equalities.items():
            yield _Part(2, lambda rows, pair=pair, on=on != 0: rows.equal(*pair) & on.take(rows.law))  # type: ignore[misc]
        if self.query.shape.head:
            yield _Part(len(self.frame.heads) + 1, lambda rows: rows.named_heads())
        if self.query.missing:
            yield from self._parties()
        if self.query.notices:
            yield from self._of_notices()

    def _of_notices(self) -> Iterator[_Part]:
        """What an outcome's notices are told by besides: the act, and which look-ups a row answers itself."""
        if self.query.varies(ACT):
            yield _Part(len(self.frame.codes[ACT]), lambda rows: rows.filled(ACT))
        for name, fact in self.facts.items():
            if fact.lookup is not None and name in self.query.shape.facts:
                yield _Part(2, lambda rows, name=name: rows.has(name).astype(np.int64))  # type: ignore[misc]

    def _of_fact(self, name: str, table: Numbers) -> _Part:
        width, size = table.shape[1], int(table.max()) + 1
        cells = table.ravel()
        if len(table) != len(self._stretches):  # the world is asked of it
            return _Part(size, lambda rows: cells.take(rows.cell(name)))
        return _Part(size, lambda rows: cells.take(rows.law * width + rows.filled(name)))

    def _is_set(self, name: str) -> bool:
        return self.facts[name].type == "set" and bool(self.frame.asked_on(name).any()) and self.query.varies(name)

    def _of_set(self, name: str) -> _Part:
        of = self._heard(name)
        return _Part(self._sizes(name), lambda rows: of(rows.law, rows.filled(name)))

    def _sizes(self, name: str) -> int:
        return 2 << len(self.frame.bits[name])

    def _heard(self, name: str) -> Callable[[Numbers, Numbers], Any]:
        """The elements of sets that some literal of a stretch asks for, and whether a set is stated at all."""
        asked, elements = self.frame.asked_on(name), self.frame.bits[name].items()
        bits = [sum(bit for value, bit in elements if Has(name, value) in stretch.literals) for stretch in self._stretches]
        heard = (np.array(bits, np.int64) + 1) * asked
        return lambda law, codes: codes & heard.take(law)

    def _is_claim(self, name: str) -> bool:
        """Whether the rows alone give a fact, and most of them do not."""
        fact, shape = self.facts[name], self.query.shape
        seldom = fact.claimed or fact.type == "set"
        return seldom and name in shape.facts and fact.default is None and not (shape.item and name in CATALOGUE)

    def _of_claims(self) -> Iterator[_Part]:
        """The claims of rows, as many in one place as fit."""
        claims = [self._of_claim(name, table) for name, table in self._plan.tables.items() if self._is_claim(name)]
        claims += [
            _Claim(name, self._sizes(name), self._heard(name))
            for name in self.facts
            if self._is_set(name) and self._is_claim(name)
        ]
        group: list[_Claim] = []
        for claim in claims:
            if math.prod(other.size for other in (*group, claim)) > ROOM:
                yield _together(group)
                group = []
            group.append(claim)
        if group:
            yield _together(group)

    def _of_claim(self, name: str, table: Numbers) -> _Claim:
        """Classes counted from that of silence."""
        width, size = table.shape[1], int(table.max()) + 1
        cells = ((table.astype(np.int64) - table[:, :1]) % size).ravel()
        return _Claim(name, size, lambda law, codes: cells.take(law * width + codes))

    def _of_item(self, name: str) -> bool:
        """Whether the catalogue alone gives a fact."""
        return name in CATALOGUE and not self.query.may_state(name) and self.facts[name].default is None

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


def _whole(parts: Sequence[Numbers]) -> Numbers:
    return parts[0] if len(parts) == 1 else np.concatenate(parts)


def _told(rows: Entries, state: str | None, others: Sequence[str]) -> Numbers:
    told = np.zeros(len(rows.law), bool)
    for name in others:
        told |= rows.has(name)
    if state is not None:
        told &= ~rows.has(state)
    return told.astype(np.int64)


def _together(claims: Sequence[_Claim]) -> _Part:
    """Several claims as one place of a key: only rows that make them are looked at."""
    claims = tuple(claims)

    def of(rows: Entries) -> Numbers:
        found, size = np.zeros(rows.count, np.int64), 1
        for claim in claims:
            places, codes = rows.stated(claim.name)
            found[places] += claim.of(rows.law.take(places), codes) * size
            size *= claim.size
        return found

    return _Part(math.prod(claim.size for claim in claims), of)
