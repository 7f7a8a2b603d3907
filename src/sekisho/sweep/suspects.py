"""Rows of a batch that may not be as they stand, found by column: a word of a dictionary is looked at once, not once a row.

What is found here is not judged: a row too many costs time and nothing else. A row too few would be decided though it cannot
be, so that every test is at least as strict as that of `registers.py`.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from sekisho.corpus import Corpus, Fact
from sekisho.language.nodes import NONE
from sekisho.sweep.days import EARLIEST, LATEST
from sekisho.sweep.frame import Numbers, flat, known_places
from sekisho.sweep.words import Unreadable, Words

ITEM, DAYS = "item", ("date_from", "date_to")
_SPOKEN = ("text", "state", "set")
"""Types of facts that are told in words."""
_NONE = np.zeros(0, np.int64)
_FAR = 1 << 30
"""A day counted from 1970 that is later than any."""
_WORDS_HELD = 1 << 16
"""Words of a column that are remembered."""


class Suspects:
    """Finds the rows that may not be as they stand, among those that state some facts."""

    def __init__(self, corpus: Corpus, stated: Sequence[str], world_on: dt.date | None) -> None:
        self._corpus, self._world_on, self._words = corpus, world_on, Words(corpus, "")
        facts = [fact for fact in corpus.vocabulary.facts.values() if fact.name in stated]
        self._tests = {fact.name: self._remembered(fact) for fact in facts if fact.type in _SPOKEN}
        if ITEM in stated:
            self._tests[ITEM] = functools.lru_cache(_WORDS_HELD)(self._in_catalogue)
        self._states = [fact.name for fact in facts if fact.type == "state"]
        self._life = functools.lru_cache(_WORDS_HELD)(self._lived)
        self._against = _told_by_items(corpus, [fact.name for fact in facts]) if ITEM in stated else {}

    def among(self, rows: pa.Table) -> Numbers:
        """The places of the suspects among some rows, in their order."""
        first, last = (_days(rows[column]) for column in DAYS)
        found = [np.flatnonzero((first < _FIRST) | (last >= _END) | (first > last))]
        spoken = {name: _Spoken(flat(rows[name])) for name in {*self._tests, *self._against}}
        found += [spoken[name].where([not test(word) for word in spoken[name].words]) for name, test in self._tests.items()]
        found += [self._not_there(spoken[name], first, last) for name in self._states]
        found += [_contrary(spoken[ITEM], spoken[name], known) for name, known in self._against.items()]
        some = [places for places in found if len(places)]
        return np.unique(np.concatenate(some)) if some else _NONE

    def _remembered(self, fact: Fact) -> Any:
        return functools.lru_cache(_WORDS_HELD)(functools.partial(self._is_value, fact))

    def _is_value(self, fact: Fact, word: str | None) -> bool:
        """Whether a word says the value that it is."""
        try:
            value = self._words.value(fact, word) if word is not None else None
        except Unreadable:
            return False
        return value is not None and word == (";".join(value) or NONE if isinstance(value, list) else value)

    def _in_catalogue(self, word: str) -> bool:
        return self._words.thing(word, None).item == word

    def _not_there(self, spoken: _Spoken, first: Any, last: Any) -> Numbers:
        """Rows whose state did not exist on their days, or on the day of the world."""
        begins, ends = np.array([self._life(code) for code in spoken.words], np.int32).reshape(-1, 2).T
        places = spoken.where((begins > last.min(initial=_FAR)) | (ends <= first.max(initial=-_FAR)))
        codes = spoken.codes.take(places)
        gone: Numbers = places[(last.take(places) < begins.take(codes)) | (first.take(places) >= ends.take(codes))]
        return gone

    def _lived(self, code: str) -> tuple[int, int]:
        """The days, counted from 1970, from which and until which a state surely existed."""
        world = self._corpus.world
        if self._world_on is None:
            lives = [(_number(begin), _number(end)) for begin, end in self._words.life(code)]
            return max((begin for begin, _ in lives), default=-_FAR), min((end for _, end in lives), default=_FAR)
        there = code not in world.states or world.state_exists(code, self._world_on)
        return (-_FAR, _FAR) if there else (_FAR, -_FAR)


class _Spoken:
    """A column of a fact in words."""

    def __init__(self, column: Any) -> None:
        self._column = column
        if pa.types.is_list(column.type):
            self.words, self.codes = _of_lists(column)
        else:
            self.words = [False, True] if pa.types.is_boolean(column.type) else column.dictionary.to_pylist()

    @functools.cached_property
    def codes(self) -> Any:
        """Each row's value by its place among the words, their number where it is not known."""
        truths = pa.types.is_boolean(self._column.type)
        return pc.fill_null(self._column.cast(pa.int8()) if truths else self._column.indices, len(self.words)).to_numpy()

    def where(self, flags: Any) -> Numbers:
        """The places of some of the words, a flag each."""
        flags = np.append(np.asarray(flags, bool), False)
        return np.flatnonzero(flags.take(self.codes)) if flags.any() else _NONE


def _of_lists(column: Any) -> tuple[list[Any], Any]:
    """Lists as words, None for one that says nothing as it stands; of those that are known."""
    places = known_places(column)
    lists = column.take(pa.array(places))
    texts = pc.binary_join(lists, ";")  # nothing where a list has a gap in it
    texts = pc.if_else(pc.equal(texts, NONE), None, texts)
    texts = pc.if_else(pc.equal(pc.list_value_length(lists), 0), NONE, texts)
    encoded = pc.dictionary_encode(texts, null_encoding="encode")
    codes = np.full(len(column), len(encoded.dictionary), np.int32)
    codes[places] = encoded.indices.to_numpy()
    return encoded.dictionary.to_pylist(), codes


def _contrary(items: _Spoken, spoken: _Spoken, known: Mapping[str, Any]) -> Numbers:
    """The places of facts that the catalogue has otherwise for the row's item."""
    codes, silent = {word: code for code, word in enumerate(spoken.words)}, len(spoken.words)
    own = [codes.get(known[item], silent + 1) if item in known else silent for item in items.words]
    wanted = np.array([*own, silent], np.min_scalar_type(silent + 1)).take(items.codes)
    contrary: Numbers = np.flatnonzero((wanted != spoken.codes) & (wanted != silent) & (spoken.codes != silent))
    return contrary


def _told_by_items(corpus: Corpus, facts: Sequence[str]) -> dict[str, dict[str, Any]]:
    """For each of some facts that the catalogue knows its values, in the words of a column, by item."""
    items = corpus.catalogue.items.values()
    known = {fact: {item.id: _word(item.facts[fact]) for item in items if item.facts.get(fact) is not None} for fact in facts}
    return {fact: words for fact, words in known.items() if words}


def _word(value: Any) -> Any:
    return ";".join(sorted(value)) or NONE if isinstance(value, frozenset) else value


def _number(day: dt.date) -> int:
    """A day counted from 1970."""
    return int(np.datetime64(day, "D").astype(np.int64))


_FIRST, _END = np.array([str(EARLIEST), str(LATEST + 1)], "datetime64[Y]").astype("datetime64[D]").astype(np.int64).tolist()
"""The first day that a row may have, and the day after the last."""


def _days(column: Any) -> Any:
    """Days counted from 1970, far off where there is none."""
    days = flat(column).cast(pa.int32())
    return (pc.fill_null(days, -_FAR) if days.null_count else days).to_numpy()
