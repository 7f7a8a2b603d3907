"""The lives of instruments on a line of time, as shares of its length: what a drawing needs and no more."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Literal

import msgspec

from sekisho.corpus import Corpus, Instrument, Regime
from sekisho.text import NEVER, Interval

Happening = Literal["new", "end"]


class Mark(msgspec.Struct, frozen=True):
    """A day on which provisions of an instrument begin (`new`) or only end (`end`), and how many."""

    day: dt.date
    x: str
    kind: Happening
    begin: int
    end: int


class Bar(msgspec.Struct, frozen=True):
    """A time from `x` over `width`; `until_now` where its end is open."""

    x: str
    width: str
    open: bool


class Life(msgspec.Struct, frozen=True):
    """An instrument's life, the times in which a provision of it is in force, and the days on which one begins or ends."""

    instrument: Instrument
    bar: Bar
    alive: tuple[Bar, ...]
    marks: tuple[Mark, ...]
    in_force: int
    """Provisions in force on the day that is asked for."""


class Timeline(msgspec.Struct, frozen=True):
    """A regime's instruments on one line of time: its years, the day asked for, and their lives in the regime's order."""

    regime: Regime
    years: tuple[tuple[int, str], ...]
    on: str | None
    lives: tuple[Life, ...]


class _Line:
    """Days as shares of the time between two New Year's days."""

    def __init__(self, first: dt.date, last: dt.date) -> None:
        self.begin, self.end = _new_year(first.year // 10 * 10), _new_year(last.year + 1)
        self._days = (self.end - self.begin).days

    def share(self, day: dt.date) -> float:
        day = min(max(day, self.begin), self.end)
        return 100 * (day - self.begin).days / self._days

    def x(self, day: dt.date) -> str:
        return f"{self.share(day):.2f}%"

    def bar(self, span: Interval) -> Bar:
        return Bar(self.x(span.begin), f"{self.share(span.end) - self.share(span.begin):.2f}%", span.end == NEVER)

    def years(self) -> tuple[tuple[int, str], ...]:
        return tuple((year, self.x(_new_year(year))) for year in range(self.begin.year, self.end.year, 10))


def _new_year(year: int) -> dt.date:
    return dt.date.min.replace(year=year)


def newest_checked(corpus: Corpus) -> dt.date:
    """The last day on which any instrument was held against its sources: the day that pages begin with."""
    return max(instrument.checked for instrument in corpus.instruments.values())


def timeline(corpus: Corpus, regime: Regime, on: dt.date) -> Timeline:
    """The timeline of a regime, with a day marked on it."""
    instruments = [corpus.instruments[name] for name in regime.instruments]
    last = max([newest_checked(corpus), *corpus.change_days(regime.id)])
    line = _Line(regime.first_day, last)
    inside = line.begin <= on < line.end
    lives = tuple(_life(line, instrument, on) for instrument in instruments)
    return Timeline(regime, line.years(), line.x(on) if inside else None, lives)


def _life(line: _Line, instrument: Instrument, on: dt.date) -> Life:
    spans = [p.in_force for p in instrument.provisions]
    return Life(
        instrument,
        line.bar(instrument.in_force),
        tuple(line.bar(span) for span in merged(spans)),
        tuple(_mark(line, instrument, day) for day in days_of(instrument)),
        sum(on in span for span in spans),
    )


def _mark(line: _Line, instrument: Instrument, day: dt.date) -> Mark:
    begin = sum(p.in_force.begin == day for p in instrument.provisions)
    end = sum(p.in_force.end == day for p in instrument.provisions)
    return Mark(day, line.x(day), "new" if begin else "end", begin, end)


def days_of(instrument: Instrument) -> tuple[dt.date, ...]:
    """The days on which something of an instrument begins or ends, in order."""
    spans = [instrument.in_force, *(p.in_force for p in instrument.provisions)]
    days = {day for span in spans for day in (span.begin, span.end)}
    return tuple(sorted(day for day in days if dt.date.min < day < NEVER))


def merged(spans: Iterable[Interval]) -> tuple[Interval, ...]:
    """The times that some intervals cover together."""
    found: list[Interval] = []
    for span in sorted(spans):
        if found and span.begin <= found[-1].end:
            found[-1] = Interval(found[-1].begin, max(found[-1].end, span.end))
        else:
            found.append(span)
    return tuple(found)
