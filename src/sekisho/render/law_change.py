"""What the words of a regime's law say differently on two days: provision by provision, and through definitions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import zip_longest

import msgspec

from sekisho.corpus import Corpus, Provision, Regime
from sekisho.render.law_text import used_names


class Rewritten(msgspec.Struct, frozen=True):
    """A provision in its version of the first day and of the second."""

    before: Provision
    after: Provision


class Through(msgspec.Struct, frozen=True):
    """A provision whose words stay, and the definitions that it uses, at any depth, that do not."""

    provision: Provision
    definitions: tuple[Provision, ...]
    """The versions of the second day; the first day's where there is none."""


class TextChange(msgspec.Struct, frozen=True):
    """The words of two days. `same` counts the provisions that stay as they are, those of `through` included.

    `otherwise` is what holds on each day where nothing speaks, if that differs; empty for a day before the regime's first.
    """

    begun: tuple[Provision, ...]
    ended: tuple[Provision, ...]
    rewritten: tuple[Rewritten, ...]
    through: tuple[Through, ...]
    same: int
    otherwise: tuple[str, str] | None


def text_change(corpus: Corpus, regime: str, before: dt.date, after: dt.date) -> TextChange:
    """What is in force on the second day and not on the first, the reverse, and what stands in another version.

    A provision is another version of one if both go back to the same first version by `follows`, or define the same name.
    Raises `UsageError` for an unknown regime.
    """
    every = [p for name in corpus.regime(regime).instruments for p in corpus.instruments[name].provisions]
    old = [p for p in every if before in p.in_force and after not in p.in_force]
    new = [p for p in every if after in p.in_force and before not in p.in_force]
    stays = [p for p in every if before in p.in_force and after in p.in_force]
    rewritten = _paired(corpus, old, new)
    paired = {id(p) for entry in rewritten for p in (entry.before, entry.after)}
    return TextChange(
        tuple(p for p in new if id(p) not in paired),
        tuple(p for p in old if id(p) not in paired),
        tuple(rewritten),
        _through(corpus, stays, [p for p in (*new, *old) if p.effect == "defines"]),
        len(stays),
        _otherwise(corpus.regimes[regime], before, after),
    )


def _otherwise(regime: Regime, before: dt.date, after: dt.date) -> tuple[str, str] | None:
    first, second = (next((e.says for e in regime.otherwise if day in e.in_force), "") for day in (before, after))
    return (first, second) if first != second else None


def _paired(corpus: Corpus, old: Sequence[Provision], new: Sequence[Provision]) -> list[Rewritten]:
    """The versions of the second day each with one of the first, in file order."""
    lines: dict[str, tuple[list[Provision], list[Provision]]] = {}
    for side, provisions in enumerate((old, new)):
        for provision in provisions:
            lines.setdefault(line_of(corpus, provision), ([], []))[side].append(provision)
    pairs = [pair for found in lines.values() for pair in zip_longest(*found) if None not in pair]
    places = {p.id: place for place, p in enumerate(new)}
    return sorted((Rewritten(*pair) for pair in pairs), key=lambda entry: places[entry.after.id])


def line_of(corpus: Corpus, provision: Provision) -> str:
    """What the versions of a provision have in common: the name that they define, or the first of them."""
    if provision.effect == "defines":
        return provision.label
    while provision.follows:
        provision = corpus.provisions[provision.follows]
    return provision.id


def _through(corpus: Corpus, stays: Sequence[Provision], changed: Sequence[Provision]) -> tuple[Through, ...]:
    latest: dict[str, Provision] = {}
    for definition in changed:
        latest.setdefault(definition.label, definition)
    found = []
    for provision in stays:
        names = used_names(corpus, provision)
        definitions = tuple(definition for name, definition in latest.items() if name in names)
        if definitions:
            found.append(Through(provision, definitions))
    return tuple(found)
