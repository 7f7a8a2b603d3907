"""Which values of a fact the law and the world tell apart, stretch by stretch of days."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pyarrow.compute as pc

from sekisho.corpus import Fact
from sekisho.language.circuit import one_fact_test
from sekisho.language.nodes import NONE, Compare, FactTerm, Literal, facts_of
from sekisho.sweep.dimensions import qualifier
from sekisho.sweep.frame import Frame, Numbers, flat


class Classes:
    """Which values of a fact are told apart, stretch by stretch, or segment by segment where the world is asked of them."""

    def __init__(self, frame: Frame) -> None:
        self._frame, self._query = frame, frame.query
        self._stretches = frame.calendar.stretches
        self._literals = sorted({literal for stretch in self._stretches for literal in stretch.literals}, key=repr)
        self._lookups = [
            fact for fact in self._query.facts.values() if any(fact.name in stretch.lookups for stretch in self._stretches)
        ]
        self._world = np.array(frame.calendar.world, np.int64)

    def _on(self, test: Callable[[Any], bool]) -> Numbers:
        return np.array([test(stretch) for stretch in self._stretches], np.int64)

    def dated(self, name: str) -> bool:
        """Whether the world is asked of a fact."""
        return any(name in fact.lookup.keys for fact in self._lookups if fact.lookup is not None)

    def table(self, name: str) -> Numbers:
        """The classes of a fact's values, by stretch (by segment, if `dated`) and code."""
        codes = self._frame.codes[name]
        size = len(codes)
        parts = [np.outer(self._frame.asked_on(name), np.arange(size) == 0)]
        for literal in self._literals:
            if name in facts_of(literal):
                on = self._on(lambda stretch, literal=literal: literal in stretch.literals)  # type: ignore[misc]
                parts.append(np.outer(on, self._apart(literal, name, codes)))
        of_world: list[Numbers] = []
        for fact in self._lookups:
            assert fact.lookup is not None
            on = self._on(lambda stretch, fact=fact: fact.name in stretch.lookups)  # type: ignore[misc]
            if fact.name == name:
                parts.append(np.outer(on, np.arange(size)))
            if name in fact.lookup.by.values():
                column = next(column for column, read in fact.lookup.by.items() if read == name)
                parts.append(np.outer(on, self._qualifier(fact, column, codes)))
            if name in fact.lookup.keys:
                of_world.append(self._by_key(fact, name, codes) * on[self._frame.law_of][:, None])
                if self._query.notices:
                    of_world.append(self._says(fact, name, codes) * on[self._frame.law_of][:, None])
        if self.dated(name):
            parts = [part[self._frame.law_of] for part in parts] + of_world
        return numbered(parts)

    def _apart(self, literal: Literal, name: str, codes: dict[Any, int]) -> Numbers:
        """The values that a literal tells apart."""
        test = one_fact_test(literal)
        if test is not None and self._query.facts[name].type in ("text", "state"):
            return np.array([value in test[1] for value in codes], np.int64)
        if _equates(literal, self._query.facts):
            return np.array([value == NONE for value in codes], np.int64)
        return np.arange(len(codes))

    def _qualifier(self, fact: Fact, column: str, codes: dict[Any, int]) -> Numbers:
        """The values of a qualifier that no profile of an embargo tells apart."""
        assert fact.lookup is not None
        words, classes = self._apart_in(fact.lookup.table, column)
        return np.array([classes[words[qualifier(value)]] for value in codes], np.int64)

    @functools.lru_cache  # noqa: B019 (lives as long as the keys are made)
    def _apart_in(self, name: str, column: str) -> tuple[dict[str, int], list[int]]:
        """The words of a qualifier by place, and their classes: the answers to a word in one order of all the rest."""
        table = self._query.dimensions.tables[f"embargo_{name}"]
        table = table.sort_by([(other, "ascending") for other in table.column_names if other != "value"])
        encoded = flat(pc.dictionary_encode(table[column]))
        order = np.argsort(encoded.indices.to_numpy(), kind="stable")
        answers = table["value"].to_numpy()[order].reshape(len(encoded.dictionary), -1)
        words = {word: place for place, word in enumerate(encoded.dictionary.to_pylist())}
        known: dict[bytes, int] = {}
        return words, [known.setdefault(line.tobytes(), len(known)) for line in answers]

    def _by_key(self, fact: Fact, name: str, codes: dict[Any, int]) -> Numbers:
        """What a table says of each value of a key, by segment of days."""
        assert fact.lookup is not None
        pair = self._query.dimensions.pairs.get(fact.lookup.table)
        if pair is None:
            return self._frame.cells(fact.lookup.table)[self._world]
        place = fact.lookup.keys.index(name)
        if place == 0:
            told = np.array([pair.firsts.index(value) + 1 if value in pair.firsts else 0 for value in codes], np.int64)
            told += (len(pair.firsts) + 1) * np.array([value == NONE for value in codes], np.int64)
            return np.repeat(told[None, :], len(self._world), axis=0)
        parts = [cells[self._world] for cells in self._frame.pair_cells(fact).values()]
        covered = np.array([moment in pair.covered for moment in self._frame.first_days], np.int64)
        parts.append(np.repeat(covered[:, None], len(codes), axis=1))
        parts.append(np.repeat(np.array([[value == NONE for value in codes]], np.int64), len(self._world), axis=0))
        return numbered(parts)

    def _says(self, fact: Fact, name: str, codes: dict[Any, int]) -> Numbers:
        """What the rows of a table say of each value of a key besides their answer, by segment of days."""
        assert fact.lookup is not None
        table, place = self._query.corpus.world.tables[fact.lookup.table], fact.lookup.keys.index(name)
        days = self._frame.first_days if self._query.world_on is None else (self._query.world_on,) * len(self._world)
        known: dict[Any, int] = {}
        told = np.zeros((len(self._world), len(codes)), np.int64)
        for key, (_, rows, _) in table.index.items():
            code = codes.get(key if isinstance(key, str) else key[place], 0)
            for row in rows:
                if text := table.says(row):
                    held = np.array([day in row.in_force and day in table.coverage for day in days])
                    for before in np.unique(told[held, code]).tolist():
                        number = known.setdefault((before, key, text), len(known) + 1)
                        told[held & (told[:, code] == before), code] = number
        return told

    def equalities(self) -> dict[tuple[str, str], Numbers]:
        """The pairs of states that some literal equates, with the stretches on which one does, as 0 and 1."""
        facts = self._query.facts
        found: dict[tuple[str, str], Numbers] = {}
        for literal in self._literals:
            if _equates(literal, facts):
                left, right = facts_of(literal)
                on = self._on(lambda stretch, literal=literal: literal in stretch.literals)  # type: ignore[misc]
                found[left, right] = found.get((left, right), 0) | on
        return found


def _equates(literal: Literal, facts: Any) -> bool:
    """Whether a literal asks if two states are one."""
    return (
        isinstance(literal, Compare)
        and literal.op in ("=", "<>")
        and isinstance(literal.left, FactTerm)
        and isinstance(literal.right, FactTerm)
        and all(facts[name].type == "state" for name in facts_of(literal))
        and len(facts_of(literal)) == 2
    )


def numbered(parts: Sequence[Numbers]) -> Numbers:
    """Tables of one form as one: its numbers are equal where those of every table are."""
    shape = parts[0].shape
    whole, count = np.zeros(parts[0].size, np.int64), 1
    for part in parts:
        numbers = part.ravel() - part.min()
        whole, count = whole * (int(numbers.max()) + 1) + numbers, count * (int(numbers.max()) + 1)
        if count > 1 << 40:
            _, whole = np.unique(whole, return_inverse=True)
            count = int(whole.max()) + 1
    return np.unique(whole, return_inverse=True)[1].reshape(shape)
