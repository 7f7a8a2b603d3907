"""Outcomes by name: what the whole numbers of a query say, worked out once for each combination that occurs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec

from sekisho.decision import NOT_OPEN
from sekisho.language.sql import WORD
from sekisho.sweep.query import PARTIES, VERDICTS, RegimeQuery


class Outcome(msgspec.Struct, frozen=True):
    """What a regime says of a row.

    `provisions` are those it rests on: the bars, or the head or lifts and what is outstanding. `may` are of the outstanding
    those of which it is not known whether they are needed.
    """

    verdict: str
    provisions: tuple[str, ...] = ()
    head: str | None = None
    outstanding: tuple[str, ...] = ()
    may: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    ways: tuple[tuple[str, tuple[str, ...]], ...] = ()
    assumed: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()


class Reader:
    """Reads the numbers of one regime's query."""

    def __init__(self, query: RegimeQuery) -> None:
        self.query, self._law = query, query.algebra.law
        self._ties = {way: tuple(name for name, _ in ties) for way, ties in query.algebra.ties.items()}
        self._untied = tuple(name for name, _ in query.algebra.untied)
        self._known: dict[tuple[Any, ...], Outcome] = {}

    def outcome(self, numbers: Sequence[int], named: str = "") -> Outcome:
        """The outcome of a row's numbers, in the order of the query's columns, and of the head that the row names."""
        key = (named, *numbers)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._read(dict(zip(self.query.columns, numbers, strict=True)), named)
        return found

    def _read(self, numbers: Mapping[str, int], named: str) -> Outcome:
        output = self.query.output
        verdict = VERDICTS[numbers["verdict"]]
        ways = _named(numbers, "ways", output.ways)
        undone, may = set(_named(numbers, "undone", output.undone)), set(_named(numbers, "may", output.undone))
        heads = [way for way in ways if way in self.query.algebra.heads]
        head = named if named in heads else min(heads, key=lambda way: self._left(way, undone), default=None)
        if verdict == "permitted" and head == named and self._left(named, undone):
            verdict = "conditional"  # other heads are settled, and this one alone counts
        outstanding = (
            self._outstanding(ways, head, undone, _named(numbers, "heard", output.heard)) if verdict == "conditional" else ()
        )
        barring = _named(numbers, "barring", output.barring)
        lifts = tuple(way for way in ways if way not in heads) if verdict in ("conditional", "permitted") else ()
        relied = (head,) if head is not None and verdict in ("conditional", "permitted") else ()
        return Outcome(
            verdict=verdict,
            provisions=tuple(dict.fromkeys((*barring, *relied, *lifts, *outstanding))),
            head=head if self.query.detail or relied else None,
            outstanding=outstanding,
            may=tuple(name for name in outstanding if name in may),
            missing=self._missing(numbers) if self.query.missing else (),
            ways=tuple((way, tuple(name for name in self._ties[way] if name in undone)) for way in ways),
            assumed=_named(numbers, "assumed", output.assumed) if self.query.detail else (),
            notices=(NOT_OPEN.format(named),) if named and head != named and verdict != "outside" else (),
        )

    def _left(self, way: str, undone: set[str]) -> int:
        return sum(name in undone for name in self._ties[way])

    def _outstanding(self, ways: Sequence[str], head: str | None, undone: set[str], heard: Sequence[str]) -> tuple[str, ...]:
        """The requirements not done: tied to nothing, to the head, and to each bar's lift with fewest left."""
        needed = [*self._untied, *(self._ties[head] if head is not None else ())]
        for prohibition in heard:
            lifts = [lift.id for lift in self._law.lifts_of[prohibition] if lift.id in ways]
            if lifts:
                needed += self._ties[min(lifts, key=lambda way: self._left(way, undone))]
        return tuple(name for name in dict.fromkeys(needed) if name in undone)

    def _missing(self, numbers: Mapping[str, int]) -> tuple[str, ...]:
        """The facts to ask for; of a party of which nothing is stated only its state, if that is asked."""
        wanted = _named(numbers, "missing", self.query.output.missing)
        silent = {party for bit, party in enumerate(PARTIES) if not numbers["stated"] >> bit & 1}
        return tuple(
            name
            for name in wanted
            if not (
                name.partition(".")[0] in silent and f"{name.partition('.')[0]}.state" in wanted and not name.endswith(".state")
            )
        )


def _named(numbers: Mapping[str, int], kind: str, names: Sequence[str]) -> tuple[str, ...]:
    """The names whose bits are set in the words of a mask."""
    return tuple(
        names[start + bit]
        for word, start in enumerate(range(0, len(names), WORD))
        for bit in _bits(numbers.get(f"{kind}_{word}", 0))
    )


def _bits(word: int) -> Iterator[int]:
    """The places of the bits that are set, from the lowest."""
    while word:
        lowest = word & -word
        yield lowest.bit_length() - 1
        word ^= lowest
