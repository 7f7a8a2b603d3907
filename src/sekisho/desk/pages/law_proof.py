"""The proven difference of two days as it is shown: classes in words, whose provisions, and a witness that can be decided."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlencode

import msgspec

from sekisho.corpus import Bilingual, Corpus
from sekisho.desk.api.common import engine
from sekisho.desk.pages.decide_form import pairs_of
from sekisho.errors import ProofTimeout
from sekisho.language import prose
from sekisho.prove.comparison import Side
from sekisho.prove.diff import Changed, Difference, diff
from sekisho.prove.telling import HEADS, Telling, by_change, by_requirement
from sekisho.render.data import case_data
from sekisho.render.words import state_name

LANGUAGES = ("en", "ja")


class Said(msgspec.Struct, frozen=True):
    """A fact of a witness in words, in both languages."""

    label: Bilingual
    value: Bilingual


class Proven(msgspec.Struct, frozen=True):
    """A class: of which transfers, what they turn from and to, by which provisions, and a case of it.

    `met` says that a state meets it on the day; `recorded` is the title of a recorded case, where the witness is one;
    `item` the name of the item, where it is one of the catalogue.
    """

    number: int
    condition: Bilingual
    before: str
    after: str
    provisions_before: tuple[str, ...]
    provisions_after: tuple[str, ...]
    day: dt.date
    item: Bilingual | None
    facts: tuple[Said, ...]
    case: str
    met: bool
    recorded: Bilingual | None


class Group(msgspec.Struct, frozen=True):
    """Classes of one change, of which transfers they speak, and for a requirement what is required and by whom."""

    change: str
    heading: Bilingual
    given: Bilingual
    what: Bilingual | None
    by: Bilingual | None
    classes: tuple[Proven, ...]


class Proof(msgspec.Struct, frozen=True):
    """The proven difference, or that it was not proven in time."""

    proven: bool
    summary: Bilingual
    turns: tuple[Group, ...]
    requirements: tuple[Group, ...]


def proof_of(regime: str, before: dt.date, after: dt.date, world: bool, seconds: float) -> Proof:
    """The proof of a difference, in words; with `world` facts are those of the second day.

    One that is found is kept; one that was not found in time is sought again.
    """
    try:
        return told(_found(regime, before, after, world, seconds))
    except ProofTimeout:
        sides = [Side(engine(), regime, day) for day in (before, after)]
        return told(Difference(sides[0], sides[1], after if world else None, seconds, False))


@functools.lru_cache(maxsize=64)
def _found(regime: str, before: dt.date, after: dt.date, world: bool, seconds: float) -> Difference:
    difference = diff(regime, before, after, world=world, seconds=seconds, own=engine())
    if not difference.proven:
        raise ProofTimeout(seconds)
    return difference


def told(difference: Difference) -> Proof:
    """A difference in words, in both languages."""
    own = _Told(difference)
    return Proof(difference.proven, own.both(lambda telling: telling.summary()), tuple(own.turns()), tuple(own.requirements()))


class _Told:
    def __init__(self, difference: Difference) -> None:
        self.difference, self.number = difference, 0
        self.telling = {language: Telling(difference, language) for language in LANGUAGES}
        self.corpus: Corpus = difference.after.corpus
        self.words = prose.Words(self.corpus.vocabulary, {}, lambda code, spoken: state_name(self.corpus, code, spoken))

    def both(self, say: Any) -> Bilingual:
        return Bilingual(say(self.telling["en"]), say(self.telling["ja"]))

    def turns(self) -> Iterator[Group]:
        for change, entries in by_change(self.difference.turns):
            yield self._group(change, None, None, [self._class(entry) for entry in entries])

    def requirements(self) -> Iterator[Group]:
        for (change, label, by), entries in by_requirement(self.difference.requirements):
            named = [*entries[0].provisions.after, *entries[0].provisions.before]
            provision = self.corpus.provisions[named[0]]
            what, whose = Bilingual(label, provision.title_ja), Bilingual(by, provision.by_ja)
            yield self._group(change, what, whose, [self._class(entry) for entry in entries])

    def _group(self, change: str, what: Bilingual | None, by: Bilingual | None, classes: list[Proven]) -> Group:
        heading = Bilingual(*(HEADS[language][change] for language in LANGUAGES))
        return Group(change, heading, self.both(lambda telling: telling.given(change)), what, by, tuple(classes))

    def _class(self, changed: Changed) -> Proven:
        self.number += 1
        witness = changed.witness
        case = case_data(witness.case)
        title = Bilingual(witness.case.title, witness.case.title_ja or witness.case.title) if witness.precedent else None
        return Proven(
            self.number, self.both(lambda telling: telling.condition(changed.condition)), changed.before, changed.after,
            changed.provisions.before, changed.provisions.after, witness.case.date, self._item(case), tuple(self._facts(case)),
            f"/decide?{urlencode(pairs_of(witness.case))}", witness.met, title,
        )  # fmt: skip

    def _item(self, case: Mapping[str, Any]) -> Bilingual | None:
        item = self.corpus.catalogue.items.get(str(case.get("item", "")))
        return Bilingual(item.name, item.name_ja or item.name) if item is not None else None

    def _facts(self, case: Mapping[str, Any]) -> Iterator[Said]:
        for name, value in case.items():
            fact = self.corpus.vocabulary.facts.get(name)
            if fact is None:
                continue
            given = frozenset(value) if isinstance(value, list) else value
            yield Said(fact.label, Bilingual(*(prose.value_text(fact, given, self.words, spoken) for spoken in LANGUAGES)))
