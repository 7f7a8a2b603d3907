"""What stands on a page of the law: instruments and provisions in file order as of a day, and a provision's history."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

import msgspec

from sekisho.corpus import Corpus, Instrument, Provision, Regime, Section
from sekisho.desk.pages.law_timeline import days_of, newest_checked
from sekisho.render import law_text
from sekisho.render.law_search import unmarked
from sekisho.render.law_sentence import sentence
from sekisho.render.law_ties import Ties, regime_of, ties
from sekisho.render.word_change import Kind, Piece, changed


class Entry(msgspec.Struct, frozen=True):
    """A provision in force, or a heading of context only."""

    provision: Provision | None
    section: Section | None


class Chapter(msgspec.Struct, frozen=True):
    """An instrument and what of it is in force, in file order."""

    instrument: Instrument
    entries: tuple[Entry, ...]
    in_force: int


class Away(msgspec.Struct, frozen=True):
    """A provision that is not in force on the day; `later` where it begins after it. `day` is one on which it is."""

    provision: Provision
    later: bool
    day: dt.date


class Reading(msgspec.Struct, frozen=True):
    """A regime or an instrument as of a day, and the change days around it."""

    name: str
    title: str
    title_ja: str
    regime: Regime
    instrument: Instrument | None
    on: dt.date
    days: tuple[dt.date, ...]
    previous: dt.date | None
    next: dt.date | None
    since: dt.date | None
    """The last day, up to the day, on which it changed together with what the regime says."""
    chapters: tuple[Chapter, ...]
    away: tuple[Away, ...]
    in_force: int
    begins: dt.date
    """The first day of the regime or instrument."""


def reading(corpus: Corpus, name: str, on: dt.date | None) -> Reading:
    """A regime or an instrument as of a day; by default the newest checked one, or the last on which there was something.

    Raises `UsageError` for an unknown name.
    """
    shown = law_text.select(corpus, name)
    instrument = corpus.instruments.get(name)
    regime = corpus.regimes[name] if instrument is None else regime_of(corpus, name)
    titled: Regime | Instrument = regime if instrument is None else instrument
    days = corpus.change_days(name) if instrument is None else days_of(instrument)
    moment = on or _default_day(corpus, shown.provisions)
    chapters = [_chapter(entry, moment) for entry in shown.instruments if moment in entry.in_force]
    before, after = bisect_left(days, moment), bisect_right(days, moment)
    return Reading(
        name, titled.title, titled.title_ja, regime, instrument, moment, days,
        days[before - 1] if before else None, days[after] if after < len(days) else None, _since(corpus, regime, days[:after]),
        tuple(chapter for chapter in chapters if chapter.in_force or not chapter.instrument.provisions or instrument),
        tuple(_away(p, moment) for p in shown.provisions if moment not in p.in_force),
        sum(moment in p.in_force for p in shown.provisions),
        regime.first_day if instrument is None else instrument.in_force.begin,
    )  # fmt: skip


def _since(corpus: Corpus, regime: Regime, days: Sequence[dt.date]) -> dt.date | None:
    return next((day for day in reversed(days) if day in corpus.change_days(regime.id)), None)


def _default_day(corpus: Corpus, provisions: Iterable[Provision]) -> dt.date:
    newest = newest_checked(corpus)
    last = max((_last_day(p, newest) for p in provisions), default=newest)
    return min(newest, last)


def _last_day(provision: Provision, newest: dt.date) -> dt.date:
    return newest if newest < provision.in_force.end else provision.in_force.end - dt.timedelta(1)


def _chapter(instrument: Instrument, on: dt.date) -> Chapter:
    found = [(p.line, Entry(p, None)) for p in instrument.provisions if on in p.in_force]
    entries = [*found, *((s.line, Entry(None, s)) for s in instrument.sections)]
    return Chapter(instrument, tuple(entry for _, entry in sorted(entries, key=lambda pair: pair[0])), len(found))


def _away(provision: Provision, on: dt.date) -> Away:
    later = on < provision.in_force.begin
    return Away(provision, later, provision.in_force.begin if later else provision.in_force.end - dt.timedelta(1))


# ---- one provision -------------------------------------------------------------------------------


class Field(msgspec.Struct, frozen=True):
    """A part of a provision that two versions say differently: its name, its language, and the words."""

    name: str
    language: str
    pieces: tuple[Piece, ...]


class Version(msgspec.Struct, frozen=True):
    """A version of a provision: what it says differently from the one before, and definitions that changed in its life."""

    provision: Provision
    fields: tuple[Field, ...]
    definitions: tuple[law_text.DefinitionChange, ...]


class Followed(msgspec.Struct, frozen=True):
    """A provision through its versions, the earliest first, one of them chosen, and what that one hangs together with.

    `missed` says that none is in force on the day that was asked for.
    """

    chosen: Provision
    versions: tuple[Version, ...]
    ties: Ties
    missed: bool


def followed(corpus: Corpus, name: str, on: dt.date | None) -> Followed:
    """A provision's history; with a day the version in force on it is chosen. Raises `UsageError` for an unknown name."""
    chain = law_text.select(corpus, name, history=True).provisions
    in_force = [p for p in chain if on is not None and on in p.in_force]
    own = corpus.provisions[name]
    chosen = own if own in in_force or not in_force else in_force[0]
    changes = list(law_text.definition_changes(corpus, chain))
    found = [
        Version(
            p,
            differing(corpus, corpus.provisions[p.follows], p) if p.follows else (),
            tuple(change for change in changes if change.provision is p),
        )
        for p in chain
    ]
    return Followed(chosen, tuple(found), ties(corpus, chosen), on is not None and not in_force)


def differing(corpus: Corpus, before: Provision, after: Provision) -> tuple[Field, ...]:
    """What two versions of a provision say differently, field by field."""
    sides = [_fields(corpus, provision) for provision in (before, after)]
    found = tuple(
        Field(name, language, changed(old, new))
        for (name, language, old), (_, _, new) in zip(*sides, strict=True)
        if old != new
    )
    sources = _sources(before, after)
    return (*found, Field("sources", "", sources)) if sources else found


def _fields(corpus: Corpus, p: Provision) -> Sequence[tuple[str, str, str]]:
    return (
        ("title", "en", p.title), ("title", "ja", p.title_ja),
        ("sentence", "en", sentence(corpus, p, "en")), ("sentence", "ja", sentence(corpus, p, "ja")),
        ("when", "", p.when_text), ("met", "", p.met_text), ("targets", "", ", ".join(p.targets)),
        ("by", "en", p.by), ("by", "ja", p.by_ja), ("reason", "en", p.reason), ("prose", "en", unmarked(p.prose)),
        ("confidence", "", p.confidence),
    )  # fmt: skip


def _sources(before: Provision, after: Provision) -> tuple[Piece, ...]:
    """The sources of two versions, each whole."""
    sides: tuple[tuple[Kind, tuple[str, ...], tuple[str, ...]], ...] = (
        ("gone", before.sources, after.sources), ("new", after.sources, before.sources),
    )  # fmt: skip
    return tuple(Piece(kind, entry) for kind, own, other in sides for entry in own if entry not in other)
