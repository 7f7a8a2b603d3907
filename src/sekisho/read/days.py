"""Days in a report: absolute ones, and those told relative to the day of the report.

A day told by its week, month or year is an interval; only an exact day can be the date of a case.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sekisho.read.tokens import Token, tokens
from sekisho.read.wordlists import word_list

_NAMES = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
MONTHS: Mapping[str, int] = {
    **{name: number for number, name in enumerate(_NAMES, 1)},
    **{name[:3]: number for number, name in enumerate(_NAMES, 1)},
    "sept": 9,
}  # fmt: skip
_WEEKDAYS: Mapping[str, int] = {
    name: number
    for number, full in enumerate(["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"])
    for name in (full, full[:3])
}
_AROUND: Mapping[str, int] = {"last": -1, "previous": -1, "past": -1, "this": 0, "next": 1, "coming": 1}
_SPANS = frozenset({"week", "month", "year", "weekend"})
_SEASONS = frozenset({"spring", "summer", "autumn", "fall", "winter", "decade", "quarter"})
_PLAIN: Mapping[str, int] = {"today": 0, "yesterday": -1, "tomorrow": 1, "tonight": 0}
_TIMES_OF_YEAR = _SEASONS - {"decade", "quarter", "fall"}
_BEFORE = frozenset({"earlier", "before"})
DAY_WORDS = frozenset({*_PLAIN, *_AROUND, *_TIMES_OF_YEAR, "earlier", "day"})
"""Small words that may begin a day."""
DAY_NAMES = frozenset({*MONTHS, *_WEEKDAYS, "previous"})
"""Words with a capital that may."""
_BEFORE_MONTH = frozenset({"in", "last", "next", "since", "until", "by", "early", "late", "mid", "from", "this", "during"})
_ORDINAL = frozenset({"st", "nd", "rd", "th"})
_HEADER = word_list("header")
_FIRST_YEAR, _LAST_YEAR = 1900, 2100
_HEADER_LINES = 5


@dataclass(frozen=True, slots=True)
class Day:
    """A day or span of days in the text: from `first` up to but not including `end`; both None if it cannot be told."""

    start: int
    stop: int
    first: dt.date | None
    end: dt.date | None

    @property
    def exact(self) -> dt.date | None:
        """The day, if it is a single one."""
        if self.first is not None and self.end is not None and (self.end - self.first).days == 1:
            return self.first
        return None


def _date(year: int, month: int, number: int) -> dt.date | None:
    try:
        return dt.date(year, month, number)
    except ValueError:
        return None


def _first(year: int, month: int = 1) -> dt.date:
    number = 1
    return dt.date(year, month, number)


def _number(token: Token) -> int | None:
    return int(token.text) if token.kind == "num" and token.text.isdigit() else None


def _year(found: Sequence[Token], place: int) -> int | None:
    number = _number(found[place]) if place < len(found) else None
    return number if number is not None and len(found[place].text) == 4 and _FIRST_YEAR <= number < _LAST_YEAR else None


def _past_ordinal(found: Sequence[Token], place: int) -> int:
    """The place after the number of a day and what follows it: *3*, *3rd*, *3rd of* before a month."""
    here = place + 1 + (place + 1 < len(found) and found[place + 1].norm in _ORDINAL)
    return here + (here > place + 1 and here < len(found) and found[here].norm == "of")


def full_date(found: Sequence[Token], place: int) -> tuple[int, dt.date] | None:
    """A date with its year that begins at a place: the place after it, and the day.

    >>> full_date(tokens("22 December 2023"), 0)
    (3, datetime.date(2023, 12, 22))
    """
    token = found[place]
    number, count = _number(token), len(found)
    if number is not None and place + 4 < count and found[place + 1].text == "-" and found[place + 3].text == "-":
        parts = [_number(found[place + step]) for step in (0, 2, 4)]
        if None not in parts and len(token.text) == 4:
            day = _date(*(part for part in parts if part is not None))
            return (place + 5, day) if day else None
    if number is not None and number <= 31:
        here = _past_ordinal(found, place)
        month = MONTHS.get(found[here].norm) if here < count and found[here].capital else None
        here += 1 + (here + 1 < count and found[here + 1].text in ".,")
        year = _year(found, here)
        if month and year:
            day = _date(year, month, number)
            return (here + 1, day) if day else None
    if token.capital and token.norm in MONTHS:
        here = place + 1 + (place + 1 < count and found[place + 1].text == ".")
        number = _number(found[here]) if here < count else None
        if number is not None and number <= 31:
            here += 1 + (here + 1 < count and found[here + 1].norm in _ORDINAL)
            here += here < count and found[here].text == ","
            year = _year(found, here)
            if year:
                day = _date(year, MONTHS[token.norm], number)
                return (here + 1, day) if day else None
    return None


def report_day(text: str) -> Day | None:
    """The day of a report by its own head: a line that is a date, or a date before which only a dateline stands.

    >>> report_day("TOKYO, 22 December 2023 (Agency) - Japan on Friday agreed.").first
    datetime.date(2023, 12, 22)
    """
    place = 0
    for _ in range(_HEADER_LINES):
        while place < len(text) and text[place].isspace():
            place += 1
        stop = text.find("\n", place)
        stop = len(text) if stop < 0 else stop
        line = tokens(text, place, min(stop, place + 300))
        for here, token in enumerate(line):
            found = full_date(line, here)
            told = here and line[here - 1].norm == "on" and (here == 1 or line[here - 2].text in "-–—")
            if found is not None and told and len(line) > found[0] + 1:
                break  # *On 3 May 2024, Japan approved*: a day of the telling
            if found is not None:
                return Day(token.start, line[found[0] - 1].end, found[1], found[1] + dt.timedelta(days=1))
            head = token.norm in _HEADER or token.norm in _WEEKDAYS or token.text.isupper() or token.kind == "mark"
            if not (head or (token.kind == "num" and here)):
                break
        place = stop + 1
    return None


class Calendar:
    """Reads days against the day of the report, None if that is not known."""

    def __init__(self, today: dt.date | None) -> None:
        self.today = today
        self._last = today

    def at(self, found: Sequence[Token], place: int) -> tuple[int, Day] | None:
        """The day that begins at a token: the place after it, and the day."""
        token = found[place]
        word = token.norm
        if token.kind == "num" or (token.capital and word in MONTHS):
            return self._written(found, place)
        if word not in DAY_WORDS and word not in DAY_NAMES:
            return None
        if word in _PLAIN:
            return self._made(found, place, place + 1, self._shift(_PLAIN[word]), 1)
        if word in _WEEKDAYS and token.capital:
            return self._weekday(found, place, place, 0)
        if word in _TIMES_OF_YEAR and place and found[place - 1].norm in ("in", "the", "since", "by", "early", "late"):
            return self._made(found, place, place + 1, None, 1)
        if word == "previous" and place + 1 < len(found) and found[place + 1].norm == "day":
            return self._made(found, place, place + 2, self._day_before(), 1)
        if word == "day" and place + 1 < len(found) and found[place + 1].norm in _BEFORE:
            alone = place + 2 == len(found) or found[place + 2].kind == "mark"
            return self._made(found, place, place + 2, self._day_before(), 1) if alone else None
        if word in _AROUND and place + 1 < len(found):
            return self._around(found, place, _AROUND[word])
        if word == "earlier" and place + 2 < len(found) and found[place + 1].norm == "this":
            return self._around(found, place + 1, 0)
        return None

    def _day_before(self) -> dt.date | None:
        """*The previous day*: the one before the day told last, or before that of the report."""
        return None if self._last is None else self._last - dt.timedelta(days=1)

    def _shift(self, days: int) -> dt.date | None:
        return None if self.today is None else self.today + dt.timedelta(days=days)

    @staticmethod
    def _made(found: Sequence[Token], place: int, after: int, first: dt.date | None, length: int) -> tuple[int, Day]:
        end = None if first is None else first + dt.timedelta(days=length)
        return after, Day(found[place].start, found[after - 1].end, first, end)

    def _weekday(self, found: Sequence[Token], begin: int, place: int, around: int) -> tuple[int, Day]:
        first = None
        if self.today is not None:
            back = (self.today.weekday() - _WEEKDAYS[found[place].norm]) % 7
            if around < 0:
                back = back or 7
            first = self.today - dt.timedelta(days=back) if around < 1 else self.today + dt.timedelta(days=7 - back)
            self._last = first if around == 0 else self._last
        return self._made(found, begin, place + 1, first, 1)

    def _around(self, found: Sequence[Token], place: int, way: int) -> tuple[int, Day] | None:
        token = found[place + 1]
        if token.norm in _WEEKDAYS and token.capital:
            return self._weekday(found, place, place + 1, way)
        if token.norm in _SPANS:
            return self._span(found, place, token.norm, way)
        if token.norm in _SEASONS:
            return self._made(found, place, place + 2, None, 1)
        if token.norm in MONTHS and token.capital:
            first = None
            if self.today is not None:
                first = self._near(MONTHS[token.norm], 1, way)
            return self._month(found, place, place + 2, first)
        return None

    def _span(self, found: Sequence[Token], place: int, kind: str, way: int) -> tuple[int, Day]:
        after = place + 2
        if self.today is None:
            return self._made(found, place, after, None, 1)
        if kind in ("week", "weekend"):
            monday = self.today - dt.timedelta(days=self.today.weekday()) + dt.timedelta(weeks=way)
            return self._made(found, place, after, monday, 7)
        if kind == "month":
            month = self.today.month - 1 + way
            first = _first(self.today.year + month // 12, month % 12 + 1)
            return self._month(found, place, after, first)
        return self._made(found, place, after, _first(self.today.year + way), 366 if _leap(self.today.year + way) else 365)

    def _month(self, found: Sequence[Token], place: int, after: int, first: dt.date | None) -> tuple[int, Day]:
        if first is None:
            return self._made(found, place, after, None, 1)
        following = _first(first.year + first.month // 12, first.month % 12 + 1)
        return self._made(found, place, after, first, (following - first).days)

    def _near(self, month: int, number: int, way: int = 0) -> dt.date | None:
        """The day of a month without a year: the last one before the report, unless told to be the next."""
        assert self.today is not None
        year = self.today.year
        day = _date(year, month, number)
        if way < 1 and day is not None and day > self.today + dt.timedelta(days=31):
            day = _date(year - 1, month, number)
        if way > 0 and day is not None and day <= self.today:
            day = _date(year + 1, month, number)
        return day

    def _written(self, found: Sequence[Token], place: int) -> tuple[int, Day] | None:
        whole = full_date(found, place)
        if whole is not None:
            return self._made(found, place, whole[0], whole[1], 1)
        token, count = found[place], len(found)
        before = found[place - 1].norm if place else ""
        if token.kind == "num":
            number = _number(token)
            here = _past_ordinal(found, place)
            if number is not None and number <= 31 and here < count and found[here].capital and found[here].norm in MONTHS:
                first = self._near(MONTHS[found[here].norm], number) if self.today is not None else None
                return self._made(found, place, here + 1, first, 1)
            year = _year(found, place)
            if year and before in ("in", "since", "by", "during", "until", "of", "early", "late"):
                return self._made(found, place, place + 1, _first(year), 366 if _leap(year) else 365)
            return None
        month = MONTHS[token.norm]
        here = place + 1 + (place + 1 < count and found[place + 1].text == ".")
        year = _year(found, here)
        if year:
            return self._month(found, place, here + 1, _first(year, month))
        number = _number(found[here]) if here < count else None
        if number is not None and number <= 31:
            after = here + 1 + (here + 1 < count and found[here + 1].norm in _ORDINAL)
            first = self._near(month, number) if self.today is not None else None
            return self._made(found, place, after, first, 1)
        if before in _BEFORE_MONTH:
            return self._month(found, place, place + 1, self._near(month, 1) if self.today is not None else None)
        return None


def _leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
