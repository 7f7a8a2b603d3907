"""The law in force on a day: which provisions there are, and which are tied to which. Every reader starts from this."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Mapping, Sequence

import msgspec

from sekisho.corpus.checks import resolve
from sekisho.corpus.law import Instrument, Provision, Regime
from sekisho.text import EVER, NEVER, Interval


class LawInForce(msgspec.Struct, frozen=True):
    """One regime's law over an interval in which nothing begins or ends.

    Tuples are in file order: instruments as the regime lists them, then the file. `tied` maps a head or lift to the
    requirements tied to it; `untied` binds every transfer governed; `lifts_of` maps a prohibition to its lifts. `versions`
    has each definition's, `definitions` the latest of them. `permitted` has the intervals within the segment in which
    nothing speaking means permitted.
    """

    regime: Regime
    segment: Interval
    permitted: tuple[Interval, ...]
    prohibitions: tuple[Provision, ...]
    heads: tuple[Provision, ...]
    lifts: tuple[Provision, ...]
    requirements: tuple[Provision, ...]
    leaves: tuple[Provision, ...]
    versions: dict[str, tuple[Provision, ...]]
    definitions: dict[str, Provision]
    tied: dict[str, tuple[Provision, ...]]
    untied: tuple[Provision, ...]
    lifts_of: dict[str, tuple[Provision, ...]]

    @property
    def opened_by_default(self) -> bool:
        """Whether nothing speaking means permitted."""
        return bool(self.permitted)

    @property
    def provisions(self) -> tuple[Provision, ...]:
        """Every provision that a verdict can rest on, definitions apart."""
        return (*self.prohibitions, *self.lifts, *self.heads, *self.requirements)


def change_days(regime: Regime, instruments: Mapping[str, Instrument]) -> tuple[dt.date, ...]:
    """Every day on which something of a regime's law begins or ends, its first day included, in order."""
    spans = [p.in_force for name in regime.instruments for p in instruments[name].provisions]
    spans += [entry.in_force for entry in regime.otherwise]
    days = {edge for span in spans for edge in (span.begin, span.end)} | {regime.first_day}
    return tuple(sorted(day for day in days if regime.first_day <= day < NEVER))


def segment_of(days: Sequence[dt.date], moment: dt.date) -> Interval:
    """The interval between two change days that a day lies in."""
    place = bisect_right(days, moment)
    return Interval(days[place - 1] if place else EVER, days[place] if place < len(days) else NEVER)


def law_in_force(regime: Regime, instruments: Mapping[str, Instrument], segment: Interval) -> LawInForce:
    """The law of a regime in force at some time in an interval: on all its days, if it is a segment of them."""
    every = [p for name in regime.instruments for p in instruments[name].provisions]
    now = [p for p in every if p.in_force.overlaps(segment)]
    by_id = {p.id: p for p in every}
    of: dict[str, tuple[Provision, ...]] = {
        effect: tuple(p for p in now if p.effect == effect)
        for effect in ("prohibits", "permits", "lifts", "requires", "defines", "leaves")
    }
    targets = {
        p.id: frozenset(found.id for target in p.targets for found in resolve(target, p.effect, by_id, instruments))
        for p in (*of["lifts"], *of["requires"])
    }
    versions: dict[str, tuple[Provision, ...]] = {}
    for p in sorted(of["defines"], key=lambda p: p.in_force):
        versions[p.label] = (*versions.get(p.label, ()), p)
    return LawInForce(
        regime=regime,
        segment=segment,
        permitted=tuple(e.in_force for e in regime.otherwise if e.says == "permitted" and e.in_force.overlaps(segment)),
        prohibitions=of["prohibits"],
        heads=of["permits"],
        lifts=of["lifts"],
        requirements=of["requires"],
        leaves=of["leaves"],
        versions=versions,
        definitions={name: entries[-1] for name, entries in versions.items()},
        tied={way.id: tuple(r for r in of["requires"] if way.id in targets[r.id]) for way in (*of["permits"], *of["lifts"])},
        untied=tuple(r for r in of["requires"] if not r.targets),
        lifts_of={p.id: tuple(way for way in of["lifts"] if p.id in targets[way.id]) for p in of["prohibits"]},
    )
