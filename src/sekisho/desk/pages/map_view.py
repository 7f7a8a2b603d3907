"""An answer of the map in a language: the drawing, the table that says the same, the reasons of one state, and the days."""

from __future__ import annotations

import datetime as dt
import functools
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple
from urllib.parse import urlencode

from babel.dates import format_date
from fastapi import Request
from markupsafe import Markup

from sekisho.decision import STRICTEST, Decision
from sekisho.desk.api.common import engine
from sekisho.desk.api.map import EXPORTER, Put, Told, told, told_of
from sekisho.desk.pages.common import VERDICTS, address, in_language
from sekisho.desk.pages.decide_view import spoken_of
from sekisho.desk.pages.drawing import NOTHING, ORIGIN, Painted, drawn, swatch
from sekisho.desk.pages.geography import geography
from sekisho.desk.pages.language import N_, Gettext
from sekisho.desk.pages.stating import decide_address, words_of
from sekisho.render.data import plain
from sekisho.render.words import state_name

OPEN = ("conditional", "permitted")
NEAREST, ROOMY = 4, 10
"""Percents of the slider between the years beneath it, at the least, and where it is narrow."""
MOST_BARS = 2
"""Bars that a line of the table names; the reasons of a state name all."""


class Asked(NamedTuple):
    """What the address of the page asks, as text, and the facts that it states besides."""

    item: str
    date: str
    exporter: str
    kind: str
    regime: str
    verdict: str
    state: str
    facts: dict[str, Any]

    @property
    def asks(self) -> bool:
        """Whether there is anything to put to the states: an item, or facts of one."""
        return bool(self.item or self.facts)


class Line(NamedTuple):
    """A state in the table: its code, name and address, what is decided of it, and in short why."""

    code: str
    name: str
    address: str
    verdict: str
    why: str
    drawn: bool
    area: bool


class Shown(NamedTuple):
    """What the page shows of an answer: the drawing, the lines, and how many states have each verdict."""

    drawing: Markup
    lines: list[Line]
    counts: dict[str, int]
    swatches: dict[str, Markup]
    gone: list[Line]


@functools.lru_cache(maxsize=16)
def change_days(regimes: tuple[str, ...]) -> tuple[dt.date, ...]:
    """The days on which the law of some regimes, or a table that law looks facts up in, begins to say something else."""
    corpus = engine().corpus
    tables = {fact.lookup.table for fact in corpus.vocabulary.facts.values() if fact.lookup is not None}
    days = {moment for name in tables for moment in corpus.world.tables[name].change_days()}
    days.update(moment for name in regimes for moment in corpus.change_days(name))
    first = min(corpus.regimes[name].first_day for name in regimes)
    return tuple(sorted({first} | {moment for moment in days if moment > first}))


def told_day(moment: dt.date, language: str) -> str:
    """A day as a language writes it."""
    return str(format_date(moment, "long", locale="ja_JP" if language == "ja" else "en_GB"))


BLANK = N_("{name}: no state of the table, left without a verdict")


class View:
    """An answer as the page shows it."""

    def __init__(self, request: Request, asked: Asked, transfer: Put, language: str, say: Gettext) -> None:
        self._request, self._asked, self._put, self._language, self._say = request, asked, transfer, language, say
        self._corpus = engine().corpus
        self._told = told(transfer)
        self._drawn = {shape.code for shape in geography().shapes}

    def _name(self, code: str) -> str:
        return state_name(self._corpus, code, self._language)

    def shown(self) -> Shown:
        """The drawing, and the table that says the same."""
        lines = sorted((self._line(entry) for entry in self._told), key=lambda line: (line.name.casefold(), line.code))
        counts: dict[str, int] = {verdict: sum(line.verdict == verdict for line in lines) for verdict in STRICTEST}
        kept = [line for line in lines if self._asked.verdict not in VERDICTS or line.verdict == self._asked.verdict]
        label = self._say(N_("Map of the world by verdict; the table below says the same. Arrow keys move between states."))
        drawing = drawn(dict(self._painted(lines)), self._say(BLANK), label, self._asked.state)
        swatches = {name: swatch(name) for name in (*STRICTEST, ORIGIN, NOTHING)}
        return Shown(drawing, kept, counts, swatches, [line for line in lines if not line.drawn])

    def _line(self, entry: Told) -> Line:
        area = self._corpus.world.states[entry.code][0]["kind"] == "area"
        return Line(
            entry.code, self._name(entry.code), address(self._request, state=entry.code), entry.verdict or "",
            self.why(entry), entry.code in self._drawn, area,
        )  # fmt: skip

    def _painted(self, lines: Sequence[Line]) -> Iterator[tuple[str, Painted]]:
        for line in lines:
            word = self._say(VERDICTS[line.verdict]) if line.verdict else line.why
            dim = self._asked.verdict in VERDICTS and line.verdict != self._asked.verdict
            yield line.code, Painted(line.verdict or NOTHING, f"{line.name}: {word}", line.address, dim)
        origin = str(self._put.case.facts[EXPORTER])
        if origin in self._corpus.world.states:
            title = self._say(N_("{name}: from here")).format(name=self._name(origin))
            yield origin, Painted(ORIGIN, title)
        day = self._put.case.date
        there = {line.code for line in lines} | {origin}
        for code in sorted(self._drawn - there - {""}):
            yield code, Painted(NOTHING, self._absent(code, day))

    def _absent(self, code: str, day: dt.date) -> str:
        kin = [self._name(other) for other in self._corpus.world.kin(code, day)]
        if kin:
            text = self._say(N_("{name}: no state on this day; see {others} in the table"))
            return text.format(name=self._name(code), others=", ".join(kin))
        return self._say(N_("{name}: no state on this day")).format(name=self._name(code))

    def why(self, entry: Told) -> str:
        """In short, what a verdict rests on."""
        if entry.answer is None:
            return entry.problem
        decision = entry.answer.deciding
        return _WHY[decision.verdict](self, decision)

    def title(self, name: str) -> str:
        """A provision's heading."""
        return in_language(self._language, self._corpus.provisions[name])

    def prohibited(self, decision: Decision) -> str:
        """What bars a transfer."""
        bars = decision.barring
        if bars:
            more = self._say(N_(" and {count} more")).format(count=len(bars) - MOST_BARS) if len(bars) > MOST_BARS else ""
            return self._say(N_("Barred: {provisions}")).format(provisions="; ".join(map(self.title, bars[:MOST_BARS]))) + more
        return (
            self._say(N_("No head opens it")) if decision.opened is False else self._say(N_("What it needs has been refused"))
        )

    def opened(self, decision: Decision) -> str:
        """What opens a transfer, and how much is still to be obtained."""
        left = len(decision.outstanding)
        return self.by(decision) + (self._say(N_("; still to be obtained: {count}")).format(count=left) if left else "")

    def by(self, decision: Decision) -> str:
        """What opens a transfer."""
        return self.title(decision.head) if decision.head is not None else self._say(N_("Nothing bars it"))

    def undetermined(self, decision: Decision) -> str:
        """What is not known and could turn it."""
        facts = self._corpus.vocabulary.facts
        missing = "; ".join(in_language(self._language, facts[name].label) for name in decision.missing)
        if not missing:
            return self._say(N_("It turns on facts that nobody can state with certainty"))
        return self._say(N_("Not known: {facts}")).format(facts=missing)

    def outside(self, decision: Decision) -> str:
        """Why nothing is said of a transfer."""
        return self._say(N_("The law that is asked does not govern it"))

    # ---- one state -----------------------------------------------------------------------------------------------------

    def panel(self) -> dict[str, Any] | None:
        """The reasons of the state that the address names; None where it names none."""
        code, corpus = self._asked.state, self._corpus
        if code not in corpus.world.states:
            return None
        found: dict[str, Any] = {
            "code": code, "name": self._name(code), "close": address(self._request, state=None), "verdict": None,
            "flaw": "", "absent": "", "decisions": [], "decide": "", "on": self._put.case.date.isoformat(),
        }  # fmt: skip
        if code == self._put.case.facts[EXPORTER]:
            return found | {"absent": self._say(N_("{name}: from here")).format(name=self._name(code))}
        if not corpus.world.state_exists(code, self._put.case.date):
            return found | {"absent": self._absent(code, self._put.case.date)}
        entry = told_of(self._put, code)
        decisions = entry.answer.decisions if entry.answer is not None else ()
        return found | {
            "verdict": entry.verdict, "flaw": entry.problem,
            "decisions": [self._decision(decision) for decision in decisions],
            "decide": decide_address(self._case(entry)),
        }  # fmt: skip

    def _case(self, entry: Told) -> dict[str, Any]:
        case = entry.case
        item = {"item": case.item} if case.item else {}
        regime = {"regime": self._asked.regime} if self._asked.regime else {}
        return {"date": case.date} | item | {name: plain(value) for name, value in case.facts.items()} | regime

    def _decision(self, decision: Decision) -> dict[str, Any]:
        corpus = self._corpus
        left: dict[str, list[tuple[Any, bool]]] = {}
        for entry in decision.outstanding:
            provision = corpus.provisions[entry.requirement]
            by = (provision.by_ja if self._language == "ja" else "") or provision.by
            left.setdefault(by, []).append((provision, entry.may))
        return {
            "regime": corpus.regimes[decision.regime], "verdict": decision.verdict,
            "why": self.by(decision) if decision.verdict in OPEN else _WHY[decision.verdict](self, decision),
            "bars": [corpus.provisions[name] for name in decision.barring],
            "head": corpus.provisions[decision.head] if decision.head is not None and decision.verdict in OPEN else None,
            "outstanding": left, "questions": [question.question for question in decision.questions],
            "notices": [
                (spoken_of(decision, notice, self._language), notice.text_ja if self._language == "ja" else "", notice.text)
                for notice in decision.notices if notice.kind in ("world", "stale")
            ],
        }  # fmt: skip

    # ---- the days ------------------------------------------------------------------------------------------------------

    def route(self) -> dict[str, str]:
        """What is put to the states, in words."""
        case, facts = self._put.case, self._corpus.vocabulary.facts
        item = self._corpus.catalogue.items.get(case.item)
        named = (item.name_ja if item is not None and self._language == "ja" else "") or (item.name if item else "")
        return {
            "item": named or self._say(N_("an item as it is described")),
            "exporter": self._name(str(case.facts[EXPORTER])),
            "kind": in_language(self._language, facts["recipient.kind"].values[str(case.facts["recipient.kind"])]),
            "day": told_day(case.date, self._language), "data": self._data(),
        }  # fmt: skip

    def _data(self) -> str:
        """The address of the same as data."""
        asked = self._asked
        pairs = [("item", asked.item), ("date", asked.date), ("exporter", asked.exporter), ("kind", asked.kind)]
        pairs += [("regime", asked.regime)] if asked.regime else []
        facts = ((name, ",".join(words_of(value))) for name, value in asked.facts.items())
        return "/v1/map?" + urlencode([*pairs, *(("set", f"{name}={value}") for name, value in facts)])

    def days(self) -> dict[str, Any]:
        """The days on which law or world changes, where the day asked stands among them, and the addresses beside it."""
        all_days, moment = change_days(self._put.regimes), self._put.case.date
        place = max(number for number, found in enumerate(all_days) if found <= moment)
        before = all_days[place - 1] if all_days[place] == moment and place else all_days[place]
        after = all_days[place + 1] if place + 1 < len(all_days) else None
        return {
            "all": [found.isoformat() for found in all_days], "place": place, "now": moment.isoformat(),
            "before": self._link(before) if before < moment else None, "after": self._link(after) if after else None,
            "years": _years(all_days), "since": told_day(all_days[place], self._language),
        }  # fmt: skip

    def _link(self, moment: dt.date) -> tuple[str, str]:
        return address(self._request, date=moment.isoformat()), told_day(moment, self._language)

    def stale(self) -> list[str]:
        """Which law and tables were last checked before the day, in sentences."""
        decisions = (decision for entry in self._told if entry.answer is not None for decision in entry.answer.decisions)
        notices = (notice for decision in decisions for notice in decision.notices if notice.kind == "stale")
        return list(dict.fromkeys(notice.text_ja if self._language == "ja" else notice.text for notice in notices))

    def said(self) -> str:
        """The count of states by verdict, in a sentence."""
        counted = (
            (self._say(VERDICTS[verdict]), sum(entry.verdict == verdict for entry in self._told)) for verdict in STRICTEST
        )
        parts = [f"{word} {count}" for word, count in counted if count]
        return f"{told_day(self._put.case.date, self._language)}: " + ", ".join(parts)


_WHY: Mapping[str, Callable[[View, Decision], str]] = {
    "prohibited": View.prohibited, "conditional": View.opened, "permitted": View.opened,
    "undetermined": View.undetermined, "outside": View.outside,
}  # fmt: skip


def _years(days: Sequence[dt.date]) -> list[tuple[str, float, bool]]:
    """Every tenth year that has room, where the slider passes into it in percents, and whether it has much room."""
    found: list[tuple[str, float, bool]] = []
    last, roomy = -math.inf, -math.inf
    for year in range(days[0].year // 10 * 10 + 10, days[-1].year + 1, 10):
        place = next(number for number, moment in enumerate(days) if moment.year >= year)
        share = round(100 * place / (len(days) - 1), 2)
        if share - last < NEAREST:
            continue
        wide = share - roomy >= ROOMY
        found.append((str(year), share, wide))
        last, roomy = share, share if wide else roomy
    return found
