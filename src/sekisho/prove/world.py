"""The world as it stood on a day, as finite functions for the SMT reader."""

from __future__ import annotations

import datetime as dt
from itertools import product
from typing import Any

from sekisho.corpus import Corpus, Lookup, Table
from sekisho.language.nodes import NONE
from sekisho.language.smt import Answer, Answers, Facts, Formula, Qualified


def answers_on(corpus: Corpus, moment: dt.date, strict: bool = False) -> dict[str, Answers]:
    """What each look-up of the vocabulary answers on a day; with `strict` what was last checked before it is not known."""
    return _Tables(corpus, moment, strict).answers()


def existing(facts: Facts, corpus: Corpus, moment: dt.date) -> list[Formula]:
    """That the states a case names existed on a day, as far as the facts were asked for."""
    states = [code for code in corpus.world.states if corpus.world.state_exists(code, moment)]
    names = [name for name in facts.made if corpus.vocabulary.facts[name].type == "state"]
    return [facts.among(name, (*states, NONE)) for name in names if corpus.vocabulary.facts[name].lookup is None]


class _Tables:
    def __init__(self, corpus: Corpus, moment: dt.date, strict: bool) -> None:
        self.corpus, self.moment, self.strict = corpus, moment, strict
        self._answers: dict[tuple[Any, ...], Answer | Qualified] = {}

    def answers(self) -> dict[str, Answers]:
        facts = self.corpus.vocabulary.facts.values()
        return {fact.name: self._of(fact.lookup) for fact in facts if fact.lookup is not None}

    def _of(self, lookup: Lookup) -> Answers:
        table = self.corpus.world.tables[lookup.table]
        domains = [self._words(name) for name in lookup.keys]
        return Answers(lookup.keys, {row: self._answer(table, lookup, row) for row in product(*domains)})

    def _words(self, name: str) -> list[str]:
        fact = self.corpus.vocabulary.facts[name]
        words = self.corpus.world.states if fact.type == "state" else fact.values
        return [word for word in words if word != NONE]

    def _answer(self, table: Table, lookup: Lookup, row: tuple[str, ...]) -> Answer | Qualified:
        key = (lookup.table, tuple(lookup.by.items()), row)
        if key not in self._answers:
            self._answers[key] = self._worked_out(table, lookup, row[0] if len(row) == 1 else row)
        return self._answers[key]

    def _worked_out(self, table: Table, lookup: Lookup, key: Any) -> Answer | Qualified:
        """The answer for a key: one value, or a table by what it depends on and nothing else."""
        if not lookup.by or key not in table.index:
            return table.answer(key, self.moment, self.strict).value
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


def _matters(every: dict[tuple[Any, ...], Answer], place: int) -> bool:
    """Whether answers differ with the value in one place alone."""
    seen: dict[tuple[Any, ...], Answer] = {}
    return any(seen.setdefault(values[:place] + values[place + 1 :], answer) != answer for values, answer in every.items())
