"""Days as people write them in a line: ISO, English and Japanese, the Japanese eras included.

A day in figures alone is read only where the year comes first: of 3/12/2023 nobody knows which is the month.
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
    """Words that look like a day and are none, or not a whole one."""

    words: str


def _eras() -> dict[str, tuple[dt.date, dt.date]]:
    with (Path(__file__).parent / "eras.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {row["era"]: (dt.date.fromisoformat(row["first"]), day(row["last"]) or dt.date.max) for row in rows}


ERAS: Mapping[str, tuple[dt.date, dt.date]] = _eras()
"""The first and last day of each era of the Japanese calendar."""
_MONTH = {name[:size].casefold(): number for number, name in enumerate(MONTHS, 1) for size in (3, len(name))} | {"sept": 9}
_NAMES = "|".join(sorted(_MONTH, key=len, reverse=True))
_PATTERN = re.compile(
    rf"""
    (?<![\w-]) (?: (?P<y1>\d{{4}}) - (?P<m1>\d\d?) - (?P<d1>\d\d?) | (?P<y2>\d{{4}}) / (?P<m2>\d\d?) / (?P<d2>\d\d?) ) (?![\w-])
    | \b (?P<d3>\d\d?) (?:st|nd|rd|th)? \s+ (?:of\s+)? (?P<m3>{_NAMES}) \.? ,? \s+ (?P<y3>\d{{4}}) \b
    | \b (?P<m4>{_NAMES}) \.? \s+ (?P<d4>\d\d?) (?:st|nd|rd|th)? ,? \s+ (?P<y4>\d{{4}}) \b
    | (?P<y5>\d{{4}}) \s* 年 \s* (?P<m5>\d\d?) \s* 月 \s* (?P<d5>\d\d?) \s* 日
    | (?P<era>{"|".join(ERAS)}) \s* (?P<y6>元|\d\d?) \s* 年 \s* (?P<m6>\d\d?) \s* 月 \s* (?P<d6>\d\d?) \s* 日
    | (?P<not_whole>
        \b (?:{_NAMES}) \.? ,? \s+ \d{{4}} \b
      | (?:(?:{"|".join(ERAS)}) \s* (?:元|\d\d?) | \d{{4}}) \s* 年 (?: \s* \d\d? \s* 月 )?
      | (?<!\d) \d\d? [/.] \d\d? [/.] \d{{2,4}} (?!\d)
      )
    """,
    re.VERBOSE | re.IGNORECASE,
)


def days_in(text: str) -> tuple[list[dt.date | DayFlaw], str]:
    """The days that a text names, and the text without them.

    >>> days_in("PAC-3, Japan → United States, 22 December 2023")
    ([datetime.date(2023, 12, 22)], 'PAC-3, Japan → United States, ,')
    """
    found = [_day(match) for match in _PATTERN.finditer(text)]
    return found, _PATTERN.sub(",", text)


def _day(match: re.Match[str]) -> dt.date | DayFlaw:
    parts = {name: value for name, value in match.groupdict().items() if value is not None}
    if "not_whole" in parts:
        return DayFlaw(match[0])
    era = parts.pop("era", None)
    year, month, number_of_day = (next(value for name, value in parts.items() if name[0] == letter) for letter in "ymd")
    number = _MONTH.get(month.casefold()) or int(month)
    begin, end = ERAS[era] if era is not None else (dt.date.min, dt.date.max)
    counted = 1 if year == "元" else int(year)
    try:
        moment = dt.date(counted + (begin.year - 1 if era is not None else 0), number, int(number_of_day))
    except ValueError:
        return DayFlaw(match[0])
    return moment if begin <= moment <= end else DayFlaw(match[0])
