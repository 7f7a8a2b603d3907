"""Charts for an article: the openness of a regime's law day by day, and the verdicts of a sweep.

Each has its title, its axes, what is assumed, a legend, and the line that says where it comes from. The days on which the
law moved the shares are numbered in the chart and named beneath it, each with its instruments.
"""

from __future__ import annotations

import datetime as dt
import html
import itertools
from collections.abc import Mapping, Sequence
from fractions import Fraction

from sekisho.sweep.drawing import FAINT, INK, LOOKS, Canvas, cut, fill, number, stacked
from sekisho.sweep.openness import SILENCE, Cause, Day, Life, Openness
from sekisho.sweep.summary import Counts, Summary
from sekisho.sweep.trade import Trade

WIDTH, LEFT, RIGHT = 1200.0, 76.0, 1176.0
_MEASURES = {"orders": "number of orders", "deliveries": "number of arms delivered", "volume": "SIPRI volume (TIV) delivered"}
_KIND = "#4d4d4d"


def openness_chart(found: Openness, trade: Trade | None = None) -> str:
    """The openness of a regime's law as SVG; with recorded trade beneath it if there is some."""
    years = f"{found.first.year}–{found.last.year}"
    title = f"How much of the world the law opens, {years}"
    canvas = Canvas(WIDTH, f"{title}: {found.title}", _measured(found))
    canvas.say(openness_said(found, trade))
    y = canvas.lines(24, 40, title, 1150, 26, font_weight="bold") - 6
    y = canvas.lines(24, y, found.title, 1150, 17)
    y = canvas.lines(24, y + 2, _measured(found), 1150, 14, fill=FAINT)
    y = _Timeline(canvas, found).draw(y + 12)
    if trade is not None:
        y = _trade_by_year(canvas, trade, y + 34)
        y = _trade_by_law(canvas, trade, found, y + 34)
    source = f"Source: Sekisho, law {found.law_version[:12]}, world {found.world_version[:12]}."
    register = f" Register: {_register(trade)}." if trade is not None else ""
    y = canvas.lines(24, y + 22, f"{source}{register} The text of the law alone: not legal advice.", 1150, 12, fill=FAINT)
    return canvas.svg(y + 6)


def openness_said(found: Openness, trade: Trade | None = None) -> dict[str, str]:
    """What a file of openness says of itself."""
    said = {
        "schema": "1", "regime": found.regime, "assumed": str(found.assumed), "law_version": found.law_version,
        "world_version": found.world_version, "register": trade.source if trade is not None else "",
    }  # fmt: skip
    return {f"sekisho.{key}": value for key, value in said.items()}


def _measured(found: Openness) -> str:
    items = sum(entry.count for entry in found.classes)
    return (
        f"Share of all pairs of a recipient state existing on the day and one of {len(found.classes)} classes of items "
        f"({items} items of the catalogue, by what the law asks of them). Assumed of each: {found.assumed.said.en}, with "
        f'{SILENCE}. {found.assumed.why.en} "Cannot say": the answer turns on a fact that neither catalogue nor tables hold.'
    )


def _register(trade: Trade) -> str:
    names = {"sipri": "SIPRI Arms Transfers Database", "unroca": "United Nations Register of Conventional Arms"}
    file = trade.source.replace("\\", "/").rpartition("/")[2]
    left = "; ".join(f"{count:,} {why}" for why, count in trade.left_out.items())
    return f"{names.get(trade.format, file)} ({file}){f'; rows left out: {left}' if left else ''}"


def law_causes(day: Day) -> tuple[Cause, ...]:
    """What of a day's causes is law."""
    return tuple(cause for cause in day.causes if cause.kind != "table")


def instruments_of(found: Openness, day: Day) -> str:
    """The instruments with provisions that begin or end on a day: first those that begin, then the amended, then the ended."""
    named = dict.fromkeys(cause.name.partition("#")[0] for cause in day.causes if cause.kind == "provision")
    parts = []
    for word in ("begins", "amended", "ends"):
        titles = [found.instruments[name].title for name in named if _what_happens(found.instruments[name], day.day) == word]
        if len(titles) > 3:
            titles = [*titles[:2], f"{len(titles) - 2} more"]
        if titles:
            parts.append(f"{word}: {'; '.join(titles)}")
    return ". ".join(part[0].upper() + part[1:] for part in parts)


def _what_happens(instrument: Life, day: dt.date) -> str:
    edges = {instrument.in_force.begin: "begins", instrument.in_force.end: "ends"}
    return edges.get(day, "amended")


class _Timeline:
    """The bands over the days, the numbered days of law, and the ticks of the world."""

    def __init__(self, canvas: Canvas, found: Openness) -> None:
        self.canvas, self.found = canvas, found
        self.begin, self.span = found.first.toordinal(), (found.last - found.first).days + 1
        self.numbered = [day for day in found.moved if law_causes(day)]

    def x(self, day: dt.date) -> float:
        """Where a day stands."""
        return LEFT + (RIGHT - LEFT) * (day.toordinal() - self.begin) / self.span

    def draw(self, y: float) -> float:
        """Draw it from a height down; gives the height below."""
        top, bottom = y + 34, y + 34 + 400
        self._bands(top, bottom)
        self.canvas.shares(LEFT, RIGHT, top, bottom)
        self._names(top, bottom)
        self._marks(top, bottom)
        self._years(bottom)
        y = self.canvas.legend(LEFT, bottom + 62, tuple(LOOKS)[::-1])
        self.canvas.text(
            LEFT, y, "Short strokes beneath the axis: days on which only the world moved the shares (wars, embargoes, states "
            "and their agreements); each is named in the data.", 13, fill=FAINT,
        )  # fmt: skip
        return self._key(y + 30)

    def _bands(self, top: float, bottom: float) -> None:
        edges = [*(day.day for day in self.found.days), None]
        heights = [{v: (a, b) for v, a, b in stacked({k: float(d.share(k)) for k in LOOKS})} for d in self.found.days]
        for verdict in LOOKS:
            for run in self._runs(verdict, heights):
                upper, lower = [], []
                for place in run:
                    until = edges[place + 1]
                    x1, x2 = self.x(edges[place] or self.found.last), RIGHT if until is None else self.x(until)
                    low, high = (bottom - (bottom - top) * value for value in heights[place][verdict])
                    upper += [f"{number(x1)},{number(high)}", f"{number(x2)},{number(high)}"]
                    lower += [f"{number(x1)},{number(low)}", f"{number(x2)},{number(low)}"]
                self.canvas.path(
                    f"M{' L'.join([*upper, *reversed(lower)])} Z", fill=fill(verdict), stroke=INK, stroke_width="0.6"
                )

    @staticmethod
    def _runs(verdict: str, heights: Sequence[Mapping[str, object]]) -> list[list[int]]:
        """The places one after the other at which a band is there."""
        runs: list[list[int]] = []
        for place, found in enumerate(heights):
            if verdict in found:
                if runs and runs[-1][-1] == place - 1:
                    runs[-1].append(place)
                else:
                    runs.append([place])
        return runs

    def _names(self, top: float, bottom: float) -> None:
        """The names of the bands, written where a band is broad and high enough between two numbered days."""
        stops = [self.found.first, *(day.day for day in self.numbered), self.found.last]
        for begin, end in itertools.pairwise(stops):
            middle = begin + (end - begin) / 2
            day = [entry for entry in self.found.days if entry.day <= middle][-1]
            for verdict, low, high in stacked({name: float(day.share(name)) for name in LOOKS}):
                words = f"{LOOKS[verdict].label} {100 * (high - low):.0f} %"
                room = self.x(end) - self.x(begin)
                if (high - low) * (bottom - top) >= 34 and room >= len(words) * 8.6 + 24:
                    x, y = (self.x(begin) + self.x(end)) / 2, bottom - (bottom - top) * (low + high) / 2
                    width = len(words) * 8.2 + 14
                    self.canvas.rect(x - width / 2, y - 12, width, 24, fill="#ffffff", rx="3", stroke=INK, stroke_width="0.6")
                    self.canvas.text(x, y + 5, words, 14, text_anchor="middle", font_weight="bold")

    def _marks(self, top: float, bottom: float) -> None:
        place, places = LEFT - 22.0, []
        for day in self.numbered:
            place = max(self.x(day.day), place + 23)
            places.append(place)
        limit = RIGHT
        for n in reversed(range(len(places))):  # pushed back from the right edge where the last would leave it
            places[n] = min(places[n], limit)
            limit = places[n] - 23
        for n, (day, x) in enumerate(zip(self.numbered, places, strict=True), 1):
            self.canvas.line(self.x(day.day), bottom, self.x(day.day), top - 4, stroke_width="1.1", stroke_dasharray="4 2")
            self.canvas.line(self.x(day.day), top - 4, x, top - 13, stroke_width="1.1")
            mark = self.canvas.circle(x, top - 22, 10, fill=INK)
            self.canvas.tip(mark, f"{day.day}: {'; '.join(map(str, law_causes(day)))}")
            self.canvas.text(x, top - 17.5, str(n), 13, fill="#ffffff", text_anchor="middle", font_weight="bold")
        for day in self.found.moved:
            if not law_causes(day):
                tick = self.canvas.line(self.x(day.day), bottom + 3, self.x(day.day), bottom + 11, stroke=_KIND)
                self.canvas.tip(tick, f"{day.day}: {'; '.join(map(str, day.causes))}")

    def _years(self, bottom: float) -> None:
        self.canvas.line(LEFT, bottom, RIGHT, bottom, stroke_width="1.2")
        step = max(1, round(self.span / 365.25 / 12 / 5) * 5) if self.span > 365 * 20 else max(1, self.span // (365 * 12))
        for year in range(self.found.first.year, self.found.last.year + 1):
            day = dt.date.min.replace(year=year)
            if year % step == 0 and self.found.first <= day <= self.found.last:
                self.canvas.line(self.x(day), bottom, self.x(day), bottom + 15)
                self.canvas.text(self.x(day), bottom + 30, str(year), 14, text_anchor="middle")

    def _key(self, y: float) -> float:
        for n, day in enumerate(self.numbered, 1):
            self.canvas.circle(LEFT - 16, y - 5, 10, fill=INK)
            self.canvas.text(LEFT - 16, y - 0.5, str(n), 13, fill="#ffffff", text_anchor="middle", font_weight="bold")
            self.canvas.text(LEFT + 4, y, _date(day.day), 14, font_weight="bold")
            self.canvas.text(LEFT + 168, y, self._change(day), 14)
            y = self.canvas.lines(LEFT + 168, y + 19, instruments_of(self.found, day), RIGHT - LEFT - 168, 13, fill=FAINT) + 7
        return y

    def _change(self, day: Day) -> str:
        """How the bands moved on a day: those that did, from how much to how much."""
        before = self.found.days[self.found.days.index(day) - 1]
        moves = [
            f"{look.label} {' to '.join(_percents(before.share(verdict), day.share(verdict)))} %"
            for verdict, look in LOOKS.items()
            if before.share(verdict) != day.share(verdict)
        ]
        return " · ".join(moves)


def _percents(before: Fraction, after: Fraction) -> tuple[str, str]:
    """Two shares in percent, with as many digits as tell them apart, up to two."""
    values = [100 * float(share) for share in (before, after)]
    digits = 1 if f"{values[0]:.1f}" != f"{values[1]:.1f}" else 2
    return f"{values[0]:.{digits}f}", f"{values[1]:.{digits}f}"


def _date(day: dt.date) -> str:
    return f"{day.day} {day:%B %Y}"


# ---- years ---------------------------------------------------------------------------------------------------------------


def _bars(canvas: Canvas, table: Mapping[int, Mapping[str, float]], y: float, height: float) -> float:
    """A stacked bar a year, of 100 %, from a height down; gives the height below."""
    top, bottom, years = y, y + height, range(min(table), max(table) + 1)
    step = (RIGHT - LEFT) / len(years)
    for n, year in enumerate(years):
        total = sum(table.get(year, {}).values())
        if total:
            shares = {verdict: amount / total for verdict, amount in table[year].items()}
            for verdict, low, high in stacked(shares):
                bar = canvas.rect(
                    LEFT + n * step, bottom - height * high, step * 0.92, height * (high - low), fill=fill(verdict),
                    stroke=INK, stroke_width="0.4",
                )  # fmt: skip
                canvas.tip(bar, f"{year}: {LOOKS[verdict].label} {100 * (high - low):.1f} %")
        every = 1 if len(years) <= 15 else 5
        if year % every == 0:
            canvas.line(LEFT + (n + 0.46) * step, bottom, LEFT + (n + 0.46) * step, bottom + 7)
            canvas.text(LEFT + (n + 0.46) * step, bottom + 23, str(year), 14, text_anchor="middle")
    canvas.shares(LEFT, RIGHT, top, bottom)
    canvas.line(LEFT, bottom, RIGHT, bottom, stroke_width="1.2")
    return bottom + 30


def _trade_by_year(canvas: Canvas, trade: Trade, y: float) -> float:
    measure = trade.measures[-1] if trade.measures else "orders"
    y = canvas.lines(
        24, y, "Recorded trade of the world, by year of order, under the law of its day", 1150, 19, font_weight="bold"
    )
    words = f"Share of the {_MEASURES[measure]}, had the same exporter supplied every recorded order."
    y = canvas.lines(24, y, words, 1150, 14, fill=FAINT)
    table = trade.table(measure)
    return _bars(canvas, table, y + 4, 190) if table else y


def _trade_by_law(canvas: Canvas, trade: Trade, found: Openness, y: float) -> float:
    """All orders together under the law of each numbered day: what each change of the law was worth."""
    measure = trade.measures[-1] if trade.measures else "orders"
    words = f"The same orders of {found.first.year}–{found.last.year} together, under the law of each day"
    y = canvas.lines(24, y, words, 1150, 19, font_weight="bold") + 2
    for law_on in trade.laws()[1:]:
        sums: dict[str, float] = {}
        for parts in trade.table(measure, law_on).values():
            for verdict, amount in parts.items():
                sums[verdict] = sums.get(verdict, 0.0) + amount
        total = sum(sums.values()) or 1.0
        canvas.text(24, y + 15, _date(law_on or found.first), 14, font_weight="bold")
        for verdict, low, high in stacked({verdict: amount / total for verdict, amount in sums.items()}):
            x, width = 180 + 996 * low, 996 * (high - low)
            canvas.rect(x, y, width, 22, fill=fill(verdict), stroke=INK, stroke_width="0.8")
            words = f"{100 * (high - low):.1f} %"
            if width > 70:
                canvas.rect(x + width / 2 - 30, y + 3, 60, 16, fill="#ffffff", rx="3")
                canvas.text(x + width / 2, y + 15.5, words, 13, text_anchor="middle")
        y += 29
    return y


MOST = 12
"""Exporters, recipients and provisions that a chart names: those with the most rows."""


def chart(summary: Summary, names: Mapping[str, str] | None = None) -> str:
    """The verdicts of a sweep by year, exporter, recipient and provision as SVG, with what was set for every row.

    `names` are those of states and provisions by code and id.
    """
    names = names or {}
    title = f"Verdicts of {summary.total:,} rows: {names.get(summary.title, summary.title)}"
    canvas = Canvas(WIDTH, title, summary.as_if)
    canvas.say({f"sekisho.{key}": value for key, value in summary.said.items()})
    y = canvas.lines(24, 40, title, 1150, 24, font_weight="bold")
    if summary.as_if:
        y = canvas.lines(24, y - 4, summary.as_if, 1150, 16, font_weight="bold")
    y = canvas.lines(24, y, summary.law, 1150, 14, fill=FAINT) + 10
    table = {int(year): dict(verdicts) for year, verdicts in summary.years.items()}
    if table:
        y = canvas.lines(24, y + 6, "By year: share of the rows of the year", 1150, 17, font_weight="bold")
        y = _bars(canvas, table, y, 300)
    y = canvas.legend(LEFT, y + 26, [verdict for verdict in reversed(tuple(LOOKS)) if verdict in summary.verdicts])
    for kind, counts in summary.kinds().items():
        if kind != "year":
            y = _longest(canvas, kind, counts, names, y + 16)
    y = canvas.lines(24, y + 8, f"Source: {summary.source}. Not legal advice.", 1150, 12, fill=FAINT)
    return canvas.svg(y + 6)


def _longest(canvas: Canvas, kind: str, counts: Counts, names: Mapping[str, str], y: float) -> float:
    """A bar a word, as long as it has rows, cut by verdict: those with the most rows; gives the height below."""
    left, right = (610.0 if kind == "provision" else 230.0), 1100.0
    shown = list(counts.items())[:MOST]
    most = max(sum(verdicts.values()) for _, verdicts in shown)
    more = f", the {MOST} with the most of {len(counts):,}" if len(counts) > MOST else ""
    y = canvas.lines(24, y, f"By {kind}: number of rows{more}", 1150, 17, font_weight="bold")
    for word, verdicts in shown:
        rows = sum(verdicts.values())
        called = f"{word}: {names[word]}" if word in names else word
        shown_as = called if kind == "provision" else names.get(word, word)
        canvas.tip(canvas.text(left - 10, y + 4, cut(shown_as, left - 34, 13), 13, text_anchor="end"), called)
        for verdict, low, high in stacked({verdict: count / most for verdict, count in verdicts.items()}):
            place = left + (right - left) * low
            bar = canvas.rect(
                place, y - 9, (right - left) * (high - low), 16, fill=fill(verdict), stroke=INK, stroke_width="0.6"
            )
            canvas.tip(bar, f"{word}: {LOOKS[verdict].label} {verdicts[verdict]:,} of {rows:,}")
        canvas.text(left + (right - left) * rows / most + 7, y + 4, f"{rows:,}", 13)
        y += 22
    return y + 4


def page(svg: str, title: str, head: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """A chart in a page of its own, with the data it draws as a table."""
    cells = "".join(f"<th scope=col>{html.escape(word)}</th>" for word in head)
    body = "\n".join("<tr>" + "".join(f"<td>{html.escape(str(cell))}</td>" for cell in row) + "</tr>" for row in rows)
    style = (
        f"body{{font-family:{FONT_CSS};margin:2em auto;max-width:76em;color:{INK}}} svg{{max-width:100%;height:auto}} "
        "table{border-collapse:collapse;font-size:.85em} th,td{border:1px solid #bbb;padding:.2em .5em;text-align:left;"
        "vertical-align:top}"
    )
    return (
        f"<!doctype html>\n<html lang=en>\n<meta charset=utf-8>\n<title>{html.escape(title)}</title>\n<style>{style}</style>\n"
        f"{svg}<h2>The data</h2>\n<table>\n<thead><tr>{cells}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table>\n</html>\n"
    )


FONT_CSS = "Helvetica,Arial,sans-serif"
