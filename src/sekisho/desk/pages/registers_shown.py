"""What came of a sweep, as its page shows it: bars whose segments lead to the rows behind them, numbers beside, and rows.

Lengths are shares of 100, so that a bar is as wide as the page lets it be; years stand in a drawing with a width of its own.
What leads to rows has a least size, however few they are: the parts of a bar that are larger make room for it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import msgspec

from sekisho.corpus import Corpus
from sekisho.desk.pages.common import VERDICTS, in_language
from sekisho.desk.pages.language import N_, Gettext
from sekisho.desk.pages.marking import provision_address
from sekisho.desk.sweeping.kept import Filter

ORDER = ("permitted", "conditional", "undetermined", "prohibited", "outside")
"""The verdicts as bars have them, from the axis on: what is open first."""
MOST = 12
"""Words of a kind that are shown at once: those with the most rows."""
UNKNOWN = "not known"
KINDS: Mapping[str, tuple[str, str]] = {
    "exporter": (N_("By exporter"), N_("Exporter")),
    "recipient": (N_("By recipient"), N_("Recipient")),
    "provision": (N_("By provision it rests on"), N_("Provision")),
}
"""What the rows are counted by, besides years: the heading, and the name of a column."""
_HEIGHT, _TOP, _LEFT, _FOOT = 220, 12, 52, 26
_STEPS = (16, 44)
"""Pixels a year: where there are many, and where there are few."""
_ROOM = 1130
_LEAST, _LEAST_UPRIGHT = 3.0, 8.0
"""The least length that can be hit: hundredths of the longest bar, and pixels of one of a year."""

Address = Callable[..., str]


class Segment(msgspec.Struct, frozen=True):
    """A part of a bar: from `at` for `size`, in hundredths of the whole or in pixels; how many rows; where they are.

    It is hit from `hit_at` for `hit_size`.
    """

    verdict: str
    rows: int
    at: float
    size: float
    address: str
    hit_at: float = 0
    hit_size: float = 0


class Bar(msgspec.Struct, frozen=True):
    """A word with its rows, cut by verdict."""

    word: str
    name: str
    address: str
    total: int
    segments: Sequence[Segment]

    def rows(self, verdict: str) -> Segment | None:
        """The part of a verdict."""
        return next((segment for segment in self.segments if segment.verdict == verdict), None)


class Group(msgspec.Struct, frozen=True):
    """The bars of one kind, and how many words there are in all."""

    kind: str
    heading: str
    column: str
    bars: Sequence[Bar]
    words: int
    verdicts: Sequence[str]


class Years(msgspec.Struct, frozen=True):
    """The drawing of the years: its size, a bar a year with segments in pixels from the top, labels, and lines with words."""

    width: float
    height: float
    left: float
    bottom: float
    bar: float
    bars: Sequence[tuple[float, Bar]]
    labels: Sequence[tuple[float, str]]
    lines: Sequence[tuple[float, str]]


class Names:
    """What states, provisions, items and facts are called in a language."""

    def __init__(self, corpus: Corpus, language: str, say: Gettext) -> None:
        self._corpus, self._language, self._say = corpus, language, say

    def of(self, kind: str, word: str) -> str:
        """The name of a word that rows are counted by."""
        if word == UNKNOWN:
            return self._say(N_("not known"))
        return self.provision(word) if kind == "provision" else self.state(word)

    def state(self, code: str | None) -> str:
        """The name of a state, or what a register calls it."""
        rows = self._corpus.world.states.get(code or "")
        if not rows:
            return code or ""
        return str(rows[-1]["name_ja" if self._language == "ja" else "name"])

    def provision(self, name: str) -> str:
        """The title of a provision, or its id where the law of today has none."""
        found = self._corpus.provisions.get(name)
        return in_language(self._language, found) if found is not None else name

    def regime(self, name: str) -> str:
        """The title of a regime."""
        found = self._corpus.regimes.get(name)
        return in_language(self._language, found) if found is not None else name

    def item(self, name: str | None) -> str:
        """The name of an item of the catalogue."""
        found = self._corpus.catalogue.items.get(name or "")
        if found is None:
            return name or ""
        return (found.name_ja if self._language == "ja" else "") or found.name

    def fact(self, name: str) -> str:
        """The label of a fact."""
        found = self._corpus.vocabulary.facts.get(name)
        return found.label.in_(self._language) if found is not None else name


def groups(counts: Mapping[str, Mapping[str, Mapping[str, int]]], names: Names, say: Gettext, address: Address) -> list[Group]:
    """The bars by exporter, recipient and provision, those that there are."""
    found = []
    for kind, (heading, column) in KINDS.items():
        words = counts.get(kind, {})
        shown = list(words.items())[:MOST]
        longest = max((sum(verdicts.values()) for _, verdicts in shown), default=1)
        bars = [_bar(kind, word, verdicts, names, address, 100 / longest) for word, verdicts in shown]
        if bars:
            found.append(Group(kind, say(heading), say(column), bars, len(words), verdicts_of(words)))
    return found


def verdicts_of(*counts: Mapping[str, Mapping[str, int]]) -> list[str]:
    """The verdicts that occur in some counts, in the order of bars."""
    there = {verdict for words in counts for verdicts in words.values() for verdict in verdicts}
    return [verdict for verdict in ORDER if verdict in there]


def _bar(
    kind: str, word: str, verdicts: Mapping[str, int], names: Names, address: Address, scale: float, least: float = _LEAST
) -> Bar:  # fmt: skip
    segments, at = [], 0.0
    for verdict in ORDER:
        rows = verdicts.get(verdict, 0)
        if rows:
            where = f"{address(**{kind: word}, verdict=verdict, cursor=None)}#rows"
            segments.append(Segment(verdict, rows, round(at, 3), round(rows * scale, 3), where))
            at += rows * scale
    return Bar(
        word, word if kind == "year" else names.of(kind, word), f"{address(**{kind: word}, cursor=None)}#rows",
        sum(verdicts.values()), _hit(segments, least),
    )  # fmt: skip


def _hit(segments: Sequence[Segment], least: float) -> list[Segment]:
    """The parts of a bar with where each is hit: none for less than the least, beside one another."""
    small = [one for one in segments if one.size < least]
    large = sum(one.size for one in segments if one.size >= least)
    room = max(large - sum(least - one.size for one in small), least * (len(segments) - len(small)))
    found, at = [], 0.0
    for one in segments:
        size = least if one.size < least else max(least, one.size * room / large)
        found.append(msgspec.structs.replace(one, hit_at=round(at, 3), hit_size=round(size, 3)))
        at += size
    return found


def years(counts: Mapping[str, Mapping[str, int]], names: Names, address: Address, share: bool) -> Years | None:
    """The drawing of the years, those without rows as gaps: how many rows, or which share of the year's."""
    known = {int(year): verdicts for year, verdicts in counts.items() if year.isdecimal()}
    if not known:
        return None
    span = range(min(known), max(known) + 1)
    step = min(max(_ROOM / len(span), _STEPS[0]), _STEPS[1])
    most = max(sum(verdicts.values()) for verdicts in known.values())
    nice = 100.0 if share else float(_nice(most))
    bottom = float(_HEIGHT - _FOOT)
    unit = (bottom - _TOP) / nice
    bars = []
    for place, year in enumerate(span):
        verdicts = known.get(year, {})
        total = sum(verdicts.values())
        if total:
            scale = unit * (100 / total if share else 1)
            bars.append(
                (
                    _LEFT + place * step,
                    _upright(_bar("year", str(year), verdicts, names, address, scale, _LEAST_UPRIGHT), bottom),
                )
            )
    every = next((every for every in (1, 2, 5, 10, 20, 50) if every * step >= 34), 50)
    labels = [(_LEFT + (place + 0.42) * step, str(year)) for place, year in enumerate(span) if year % every == 0]
    lines = [
        (bottom - unit * nice * part / 4, _tick(nice * part / 4, share)) for part in range(5) if _whole(nice * part / 4, share)
    ]
    return Years(round(_LEFT + step * len(span) + 4), _HEIGHT, _LEFT, bottom, round(step * 0.84, 2), bars, labels, lines)


def year_bars(counts: Mapping[str, Mapping[str, int]], names: Names, address: Address) -> list[Bar]:
    """The years as a table has them, those without rows left out."""
    return [_bar("year", year, verdicts, names, address, 1) for year, verdicts in counts.items()]


def _upright(bar: Bar, bottom: float) -> Bar:
    """A bar with its segments one on another."""
    turned = [
        msgspec.structs.replace(
            one, at=round(bottom - one.at - one.size, 3), hit_at=round(bottom - one.hit_at - one.hit_size, 3)
        )
        for one in bar.segments
    ]
    return msgspec.structs.replace(bar, segments=turned)


def _nice(most: int) -> int:
    """The least round number that is not below."""
    size = 1
    while True:
        for step in (1, 2, 4, 8):
            if step * size >= most:
                return step * size
        size *= 10


def _whole(value: float, share: bool) -> bool:
    return share or value == int(value)


def _tick(value: float, share: bool) -> str:
    return f"{value:.0f} %" if share else f"{value:,.0f}"


def choices(
    counts: Mapping[str, Mapping[str, Mapping[str, int]]], regimes: Sequence[str], names: Names, say: Gettext
) -> dict[str, list[tuple[str, str]]]:  # fmt: skip
    """What rows can be chosen by: of each kind the words with their names, years and verdicts in their order."""
    found = {
        "regime": [(regime, names.regime(regime)) for regime in regimes],
        "verdict": [(verdict, say(VERDICTS[verdict])) for verdict in ORDER],
    }
    for kind, words in counts.items():
        entries = [(word, word if kind == "year" else names.of(kind, word)) for word in words]
        found[kind] = entries if kind == "year" else sorted(entries, key=lambda entry: entry[1].casefold())
    return found


def chips(wanted: Filter, names: Names, say: Gettext, address: Address) -> list[tuple[str, str]]:
    """The filters that are set, each with the address of the page without it."""
    said: Mapping[str, tuple[str, Callable[[str], str]]] = {
        "regime": (N_("Regime"), names.regime), "verdict": (N_("Verdict"), lambda word: say(VERDICTS[word])),
        "year": (N_("Year"), str), "exporter": (N_("Exporter"), lambda word: names.of("exporter", word)),
        "recipient": (N_("Recipient"), lambda word: names.of("recipient", word)),
        "provision": (N_("Rests on"), names.provision),
    }  # fmt: skip
    return [
        (f"{say(heading)}: {words(value)}", f"{address(**{kind: None}, cursor=None)}#rows")
        for kind, (heading, words) in said.items() if (value := getattr(wanted, kind))
    ]  # fmt: skip


class Row(msgspec.Struct, frozen=True):
    """A row of the outcomes as the page lists it."""

    number: int
    key: str
    days: str
    turns: str
    exporter: str
    recipient: str
    item: str
    called: str
    note: str
    verdict: str
    by_regime: Sequence[tuple[str, str, str]]
    rests: Sequence[tuple[str, str]]
    outstanding: Sequence[str]
    missing: Sequence[str]
    notices: Sequence[str]
    decide: str


def row_of(
    row: Mapping[str, Any], wanted: Filter, regimes: Sequence[str], names: Names, decide: str, called: str = ""
) -> Row:  # fmt: skip
    """A row of the outcomes in the words of a language; `called` is what the register calls its item."""
    asked = (wanted.regime,) if wanted.regime else tuple(regimes)

    def every(field: str) -> list[str]:
        return list(dict.fromkeys(entry for regime in asked for entry in row.get(f"{regime}.{field}") or ()))

    first, last = str(row["date_from"]), str(row["date_to"])
    turns = [str(row[f"{regime}.turns_on"]) for regime in asked if row.get(f"{regime}.turns_on")]
    verdicts = [(regime, names.regime(regime), row[f"{regime}.verdict"]) for regime in asked]
    return Row(
        row["row"], row.get("key") or "", first if first == last else f"{first} – {last}", ", ".join(turns),
        names.state(row.get("exporter.state")), names.state(row.get("recipient.state")), names.item(row.get("item")),
        called, row.get("party_note") or "", row[f"{asked[0]}.verdict"] if len(asked) == 1 else row["verdict"],
        verdicts if len({verdict for *_, verdict in verdicts}) > 1 else (),
        [(provision_address(name, first), names.provision(name)) for name in every("provisions")],
        [names.provision(name) for name in every("outstanding")], [names.fact(name) for name in every("missing")],
        every("notices"), decide,
    )  # fmt: skip
