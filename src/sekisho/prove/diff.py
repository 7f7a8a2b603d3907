"""The difference of two days: the transfers that the law decides differently, told by what changed, proven complete.

`docs/prove.md` says what a class is. Each class comes with the provisions responsible on both days and a witness that `decide`
confirms on both.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import msgspec

from sekisho.corpus import LawInForce, Provision
from sekisho.decide import Decider, decider
from sekisho.errors import ProofTimeout
from sekisho.language.nodes import Node
from sekisho.language.smt import Clock
from sekisho.prove.classes import Class, Subject, conjunction
from sekisho.prove.comparison import NO_LONGER_REQUIRED, REQUIRED, TURNS, Comparison, Requirement, Side
from sekisho.prove.witness import Wanted, Witness, Witnesses

SECONDS = 60.0
"""How long a difference may take before it is not proven."""


class Responsible(msgspec.Struct, frozen=True):
    """The provisions that make the difference, under the first law and under the second."""

    before: tuple[str, ...]
    after: tuple[str, ...]


class Changed(msgspec.Struct, frozen=True):
    """One class of transfers: what changed, for which, by which provisions, and a witness.

    `requirement` is what is required, or no longer is, of transfers open under both laws; empty where the transfers turn.
    """

    change: str
    condition: Node
    provisions: Responsible
    witness: Witness
    requirement: str = ""
    by: str = ""

    @property
    def before(self) -> str:
        """The witness's verdict under the first law."""
        return self.witness.verdicts.before

    @property
    def after(self) -> str:
        """The witness's verdict under the second law."""
        return self.witness.verdicts.after


class Difference(msgspec.Struct, frozen=True):
    """What two laws decide differently. `proven` is False where the solver ran out of time: then nothing else is said.

    `governed` says that each class speaks of transfers that the regime governs under both laws alike. `unmet` counts the
    classes that no case in the world of the day satisfies.
    """

    before: Side
    after: Side
    world: dt.date | None
    seconds: float
    proven: bool
    governed: bool = False
    turns: tuple[Changed, ...] = ()
    requirements: tuple[Changed, ...] = ()

    @property
    def equal(self) -> bool:
        """Whether it is proven that no transfer turns."""
        return self.proven and not self.turns

    @property
    def laws(self) -> tuple[LawInForce, ...]:
        """The laws compared; none before the regime's first day."""
        return tuple(side.law for side in (self.before, self.after) if side.law is not None)


def diff(
    regime: str, before: dt.date, after: dt.date | None = None, *, world: bool = False, seconds: float = SECONDS,
    own: Decider | None = None, draft: Decider | None = None,
) -> Difference:  # fmt: skip
    """What the law of a regime decides differently on two days, or with `draft` before and after a draft amendment.

    `before` is the first day, `after` the second (with a draft by default the same). With `world` look-ups answer as they did
    on the second day; else they are free. `seconds` is the time after which the difference is *not proven*. Raises
    `UsageError` for an unknown regime.
    """
    own = own or decider()
    first = Side(own, own.corpus.regime(regime).id, before)
    second = Side(draft or own, regime, after or before)
    return compare(first, second, second.day if world else None, seconds)


def compare(before: Side, after: Side, world: dt.date | None = None, seconds: float = SECONDS) -> Difference:
    """The difference of two sides; see `diff`."""
    try:
        comparison = Comparison(before, after, world, Clock(seconds))
        return _Telling(comparison, world, seconds).difference()
    except ProofTimeout:
        return Difference(before, after, world, seconds, False)


class _Telling:
    def __init__(self, comparison: Comparison, world: dt.date | None, seconds: float) -> None:
        self.comparison, self.world, self.seconds = comparison, world, seconds
        self.before, self.after = comparison.before, comparison.after
        self.witnesses = Witnesses(comparison, self.after.day)

    def difference(self) -> Difference:
        turns = [self._turn(change, found) for change in TURNS for found in self.comparison.classes(change)]
        required = [
            self._required(requirement, change, found)
            for requirement in self.comparison.requirements()
            for change in (REQUIRED, NO_LONGER_REQUIRED)
            for found in self.comparison.requirement_classes(requirement, change)
        ]
        governed = self.comparison.governed is not True
        return Difference(self.before, self.after, self.world, self.seconds, True, governed, tuple(turns), tuple(required))

    def _turn(self, change: str, found: Class) -> Changed:
        witness = self.witnesses.of(Wanted(change, found))
        return Changed(change, conjunction(found), self._responsible(change, found), witness)

    def _required(self, requirement: Requirement, change: str, found: Class) -> Changed:
        witness = self.witnesses.of(Wanted(change, found, requirement))
        ids = [self.comparison.requirement_ids(requirement, place) for place in (0, 1)]
        by = Responsible(ids[0], ids[1])
        return Changed(change, conjunction(found), by, witness, requirement.label, requirement.by)

    def _responsible(self, change: str, found: Class) -> Responsible:
        subject = self.comparison.subject(change)
        if change == "opened":
            after = self._working(subject, found, 1, ("permits",))
            return Responsible(self._kin(after, 0), after)
        if change == "no longer opened":
            before = self._working(subject, found, 0, ("permits",))
            return Responsible(before, self._kin(before, 1))
        if change == "barred":
            after = self._working(subject, found, 1, ("prohibits", "requires"))
            lifts = self._working(subject, found, 0, ("lifts",))
            return Responsible((*self._kin(after, 0), *self._lifting(lifts, after, 0)), after)
        before = self._working(subject, found, 0, ("prohibits", "requires"))
        lifts = self._working(subject, found, 1, ("lifts",))
        return Responsible(before, (*self._kin(before, 1), *self._lifting(lifts, before, 1)))

    def _law(self, place: int) -> LawInForce | None:
        return (self.before, self.after)[place].law

    def _working(self, subject: Subject, found: Class, place: int, effects: Sequence[str]) -> tuple[str, ...]:
        law = self._law(place)
        if law is None:
            return ()
        candidates = [p for p in law.provisions if p.effect in effects and (p.effect != "requires" or not p.targets)]
        return self.comparison.alone(subject, found, place, candidates)

    def _kin(self, names: Sequence[str], place: int) -> tuple[str, ...]:
        """Those provisions of the other law that are these or other versions of them."""
        law = self._law(place)
        if law is None:
            return ()
        lines = {_line(name, self.after.decider) for name in names}
        return tuple(p.id for p in law.provisions if _line(p.id, self.after.decider) in lines)

    def _lifting(self, lifts: Sequence[str], bars: Sequence[str], place: int) -> tuple[str, ...]:
        """Those lifts that lift one of some bars, or another version of it."""
        law = self._law(place)
        kin = set(self._kin(bars, place))
        of: set[str] = {way.id for name in kin for way in law.lifts_of.get(name, ())} if law is not None else set()
        return tuple(name for name in lifts if name in of)


def _line(name: str, own: Decider) -> str:
    """A provision's first version."""
    seen: Provision | None = own.corpus.provisions.get(name)
    while seen is not None and seen.follows:
        name = seen.follows
        seen = own.corpus.provisions.get(name)
    return name
