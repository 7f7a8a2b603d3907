"""Days as people write them in a line: ISO, English and Japanese, the Japanese eras included.

A day in figures with the year last is read only where one of the others can be no month: of 3/12/2023 nobody knows which is.
"""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections.abc import Mapping
from pathlib import Path

import msgspec

from sekisho.language.wording import MONTHS
from sekisho.text import day


class DayFlaw(msgspec.Struct, frozen=True):
    """Words that look like a day and are none, or not a whole one: `kind` is a kind of `line.Flaw`."""

    words: str
    kind: str = "day"


def _eras() -> dict[str, tuple[dt.date, dt.date]]:
    with (Path(__file__).parent / "eras.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    days = [(dt.date.fromisoformat(row["first"]), day(row["last"]) or dt.date.max) for row in rows]
    return {row[key]: span for key in ("era", "letter") for row, span in zip(rows, days, strict=True)}


ERAS: Mapping[str, tuple[dt.date, dt.date]] = _eras()
"""The first and last day of each era of the Japanese calendar, by its name and by its letter."""
_NAMED = "|".join(name for name in ERAS if not name.isascii())
_LETTERS = "".join(name for name in ERAS if name.isascii())
TODAY = ("today", "yesterday", "tomorrow", "今日", "本日", "昨日", "一昨日", "明日", "きょう", "きのう", "あした")
"""Words for days that depend on when they are said."""
_MONTH = {name[:size].casefold(): number for number, name in enumerate(MONTHS, 1) for size in (3, len(name))} | {"sept": 9}
_NAMES = "|".join(sorted(_MONTH, key=len, reverse=True))
_PATTERN = re.compile(
    rf"""
    (?<![\w-]) (?: (?P<y1>\d{{4}}) - (?P<m1>\d\d?) - (?P<d1>\d\d?) | (?P<y2>\d{{4}}) / (?P<m2>\d\d?) / (?P<d2>\d\d?) ) (?![\w-])
    | \b (?P<d3>\d\d?) (?:st|nd|rd|th)? \s+ (?:of\s+)? (?P<m3>{_NAMES}) \.? ,? \s+ (?P<y3>\d{{4}}) \b
    | \b (?P<m4>{_NAMES}) \.? \s+ (?P<d4>\d\d?) (?:st|nd|rd|th)? ,? \s+ (?P<y4>\d{{4}}) \b
    | (?P<y5>\d{{4}}) \s* 年 \s* (?P<m5>\d\d?) \s* 月 \s* (?P<d5>\d\d?) \s* 日
    | (?P<e6>{_NAMED}) \s* (?P<y6>元|\d\d?) \s* 年 \s* (?P<m6>\d\d?) \s* 月 \s* (?P<d6>\d\d?) \s* 日
    | (?: (?P<e7>{_NAMED}) \s* | (?<![\w-]) (?P<e8>[{_LETTERS}]) \.? )
      (?P<y7>元|\d\d?) (?P<mark7>[./-]) (?P<m7>\d\d?) (?P=mark7) (?P<d7>\d\d?) (?![\w-])
    | (?<![\w./-]) (?P<one>\d\d?) (?P<mark>[/.-]) (?P<other>\d\d?) (?P=mark) (?P<y8>\d{{4}}) (?![\w-])
    | (?P<not_whole>
        \b (?:{_NAMES}) \.? ,? \s+ \d{{4}} \b
      | (?:(?:{_NAMED}) \s* (?:元|\d\d?) | \d{{4}}) \s* 年 (?: \s* \d\d? \s* 月 )?
      | (?<!\d) \d\d? [/.] \d\d? [/.] \d{{2,4}} (?!\d)
      )
    | (?P<said> (?<![a-z]) (?:{"|".join(TODAY)}) (?![a-z]) )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_MONTHS = 12


def days_in(text: str) -> tuple[list[dt.date | DayFlaw], str]:
    """The days that a text names, and the text without them.

    >>> days_in("PAC-3, Japan → United States, 22 December 2023")
    ([datetime.date(2023, 12, 22)], 'PAC-3, Japan → United States, ,')
    """
    found = [_day(match) for match in _PATTERN.finditer(text)]
    return found, _PATTERN.sub(",", text)


def _day(match: re.Match[str]) -> dt.date | DayFlaw:
    parts = {name: value for name, value in match.groupdict().items() if value is not None and not name.startswith("mark")}
    if "not_whole" in parts:
        return DayFlaw(match[0])
    if "said" in parts:
        return DayFlaw(match[0], "said day")
    if "one" in parts:
        return _of_figures(match[0], int(parts["one"]), int(parts["other"]), int(parts["y8"]))
    year, month, number = (next(value for name, value in parts.items() if name[0] == letter) for letter in "ymd")
    era = next((value.upper() for name, value in parts.items() if name[0] == "e"), None)
    begin, end = ERAS[era] if era is not None else (dt.date.min, dt.date.max)
    counted = (1 if year == "元" else int(year)) + (begin.year - 1 if era is not None else 0)
    found = _made(match[0], counted, _MONTH.get(month.casefold()) or int(month), int(number))
    return found if isinstance(found, DayFlaw) or begin <= found <= end else DayFlaw(match[0], "no such day")


def _of_figures(words: str, one: int, other: int, year: int) -> dt.date | DayFlaw:
    """The day of two figures and a year: the one that can be no month is the day."""
    if one != other and max(one, other) <= _MONTHS:
        return DayFlaw(words, "which month")
    return _made(words, year, min(one, other), max(one, other))


def _made(words: str, year: int, month: int, number: int) -> dt.date | DayFlaw:
    try:
        return dt.date(year, month, number)
    except ValueError:
        return DayFlaw(words, "no such day")
