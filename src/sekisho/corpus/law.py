"""The law as read: provisions, instruments and regimes."""

from __future__ import annotations

import datetime as dt
from typing import Literal

import msgspec

from sekisho.language.nodes import Node
from sekisho.language.vocabulary import Bilingual
from sekisho.text import Interval

Effect = Literal["prohibits", "lifts", "permits", "requires", "defines", "leaves"]
Confidence = Literal["high", "medium", "low"]
NO_SOURCE = "none found"
EVERY_DAY = Interval()


class Provision(msgspec.Struct, frozen=True):
    """One block of a law file with the heading and the paragraph above it."""

    id: str
    instrument: str
    effect: Effect
    label: str
    title: str
    title_ja: str
    prose: str
    in_force: Interval
    sources: tuple[str, ...]
    confidence: Confidence
    file: str
    line: int
    when_text: str = ""
    when: Node | None = None
    met_text: str = ""
    met: Node | None = None
    targets: tuple[str, ...] = ()
    by: str = ""
    by_ja: str = ""
    reason: str = ""
    holds: Bilingual | None = None
    fails: Bilingual | None = None
    follows: str = ""

    @property
    def slug(self) -> str:
        """The part of the id after `#`."""
        return self.id.split("#", 1)[1]


class Section(msgspec.Struct, frozen=True):
    """A heading with prose only: context, which no reader evaluates."""

    title: str
    prose: str
    line: int


class Instrument(msgspec.Struct, frozen=True):
    """A law file."""

    id: str
    title: str
    title_ja: str
    form: str
    in_force: Interval
    checked: dt.date
    prose: str
    provisions: tuple[Provision, ...]
    sections: tuple[Section, ...]
    file: str


class Otherwise(msgspec.Struct, frozen=True):
    """What a regime says where nothing speaks, by interval."""

    in_force: Interval
    says: Literal["permitted", "prohibited"]


class Regime(msgspec.Struct, frozen=True):
    """Whom a regime governs, what it says where nothing speaks, its instruments in order and its first day."""

    id: str
    title: str
    title_ja: str
    first_day: dt.date
    governs_text: str
    governs: Node
    otherwise: tuple[Otherwise, ...]
    instruments: tuple[str, ...]
    file: str

    def says(self, moment: dt.date) -> str:
        """`permitted` or `prohibited`: what holds on a day where nothing speaks."""
        return next(entry.says for entry in self.otherwise if moment in entry.in_force)
