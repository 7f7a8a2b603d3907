"""The world as it stood on a day, as finite functions for the SMT reader."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from functools import lru_cache
from itertools import product
from typing import Any

from sekisho.corpus import Corpus, Lookup, Table
from sekisho.language.nodes import NONE
from sekisho.language.smt import Answer, Answers, Facts, Formula, Qualified


def answers_on(
    corpus: Corpus, moment: dt.date, only: Collection[str] | None = None, strict: bool = False
) -> dict[str, Answers]:
    """What the look-ups of the vocabulary, or some of them, answer on a day.

    With `strict` what was last checked before the day is not known.
    """
    tables = _tables(corpus, moment, strict)
    wanted = corpus.vocabulary.facts.values()
    return {f.name: tables.of(f.name, f.lookup) for f in wanted if f.lookup is not None and (only is None or f.name in only)}


def existing(facts: Facts, corpus: Corpus, moment: dt.date) -> list[Formula]:
    """That the states a case names existed on a day, as far as the facts were asked for."""
    gone = [code for code in corpus.world.states if not corpus.world.state_exists(code, moment)]
    names = [name for name in facts.made if corpus.vocabulary.facts[name].type == "state"]
    return [facts.never(name, gone) for name in names if corpus.vocabulary.facts[name].lookup is None]


class _Tables:
    def __init__(self, corpus: Corpus, moment: dt.date, strict: bool) -> None:
        self.corpus, self.moment, self.strict = corpus, moment, strict
        self._answers: dict[Any, Answer | Qualified] = {}
        self._made: dict[str, Answers] = {}

    def of(self, name: str, lookup: Lookup) -> Answers:
        """What one look-up answers."""
        if name not in self._made:
            table = self.corpus.world.tables[lookup.table]
            domains = [self._words(key) for key in lookup.keys]
            self._made[name] = Answers(lookup.keys, {row: self._answer(table, lookup, row) for row in product(*domains)})
        return self._made[name]

    def _words(self, name: str) -> list[str]:
        fact = self.corpus.vocabulary.facts[name]
        words = self.corpus.world.states if fact.type == "state" else fact.values
        return [word for word in words if word != NONE]

    def _answer(self, table: Table, lookup: Lookup, row: tuple[str, ...]) -> Answer | Qualified:
        """The answer for a key: one value, or a table by what it depends on and nothing else."""
        key: Any = row[0] if len(row) == 1 else row
        bites = self._bites(table, key) if lookup.by else ()
        if not bites:
            return table.answer(key, self.moment, self.strict).value
        profile = (lookup.table, tuple(lookup.by.items()), bites)
        if profile not in self._answers:
            self._answers[profile] = self._qualified(table, lookup, key)
        return self._answers[profile]

    def _bites(self, table: Table, key: Any) -> tuple[tuple[str, ...], ...]:
        """What the rows that hold for a key say, as far as a qualified answer depends on it."""
        rows = table.index[key][1] if key in table.index else ()
        return tuple(tuple(row[c] for c in _QUALIFYING) for row in rows if self.moment in row.in_force)

    def _qualified(self, table: Table, lookup: Lookup, key: Any) -> Answer | Qualified:
        columns = list(lookup.by)
        domains = [self._domain(name) for name in lookup.by.values()]
        every = {
            values: table.answer(key, self.moment, self.strict, dict(zip(columns, values, strict=True))).value
            for values in product(*domains)
        }
        kept = [place for place in range(len(columns)) if _matters(every, place)]
        answers = {tuple(values[place] for place in kept): answer for values, answer in every.items()}
        return Qualified(tuple(lookup.by[columns[place]] for place in kept), answers) if kept else answers[()]

    def _domain(self, name: str) -> list[Any]:
        fact = self.corpus.vocabulary.facts[name]
        return [None, True, False] if fact.type == "boolean" else [None, *(fact.values or self._words(name))]


_QUALIFYING = ("value", "class", "target", "scope", "exempt")
"""The columns of a row by which qualified answers can differ."""
_tables = lru_cache(maxsize=8)(_Tables)


def _matters(every: dict[tuple[Any, ...], Answer], place: int) -> bool:
    """Whether answers differ with the value in one place alone."""
    seen: dict[tuple[Any, ...], Answer] = {}
    return any(seen.setdefault(values[:place] + values[place + 1 :], answer) != answer for values, answer in every.items())
