"""One case: the algebra of the verdict, run once over packed truth values, and what follows from them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from sekisho.algebra import Algebra
from sekisho.case import Case, Completed, Completer
from sekisho.case.stated import from_mapping
from sekisho.corpus import Corpus, LawInForce, load
from sekisho.decision import Answer, Decision, Outstanding, Reading, Verdict, Way
from sekisho.language.circuit import A, B, S, Truth, column, negation
from sekisho.language.kleene import compiled
from sekisho.language.nodes import Node, facts_of

_T, _N, _F = 3, 1, 0


class RegimeLaw(Algebra):
    """A regime's law over one segment of days, compiled."""

    def __init__(self, completer: Completer, law: LawInForce) -> None:
        super().__init__(completer.layout, law)
        self.program = compiled(self.circuit)
        read = (name for slot in self.circuit.slots if slot.literal is not None for name in facts_of(slot.literal))
        self.plans = completer.plans_of(read)
        self.openings = tuple(self.ways.items())
        self._corpus = completer.corpus

    @cached_property
    def reading(self) -> Reading:
        """What the conditions of the law read."""
        return Reading(self._corpus, self.law)

    def value(self, values: tuple[int, ...], node: Node, context: str, negated: bool) -> Truth:
        """The value of a sub-expression in `when` or `met`; `negated` where it was computed under a NOT."""
        found = column(values[self.circuit.condition(node, context, negated)], B if context == "met" else A)
        return negation(found) if negated else found

    def effective(self, values: tuple[int, ...], name: str) -> Truth:
        """What a provision does: a prohibition bars, a head or lift opens, a requirement is done."""
        if name in self.unbarred:
            return negation(column(values[self.unbarred[name]], A))
        return column(values[self.ways[name]], A) if name in self.ways else column(values[self.needs[name]], B)

    def settled_by(self, values: tuple[int, ...], head: str) -> int:
        """`settled` with the good of one head alone, packed."""
        result = values[self.ways[head]]
        for slot in self.rest:
            result &= values[slot]
        return result

    def verdict(self, values: tuple[int, ...], named: str = "") -> Verdict:
        """The verdict of a case, `named` being the head it relies on."""
        both = values[self.allowed]
        if named in self.heads and values[self.ways[named]] & 3 == _T:
            return _verdict(values[self.governs] & 3, both & 3, self.settled_by(values, named) >> B & 3)
        return _verdict(values[self.governs] & 3, both & 3, both >> B & 3)

    def live(self, values: tuple[int, ...], roots: Iterable[int], shift: int) -> Iterator[Any]:
        """The literals live under some roots: NULL, and so is every sub-expression from them up."""
        seen: set[int] = set()
        stack = list(roots)
        while stack:
            number = stack.pop()
            if number in seen or values[number] >> shift & 3 != _N:
                continue
            seen.add(number)
            slot = self.circuit.slots[number]
            if slot.literal is not None:
                yield slot.literal
            stack += slot.children


class Decider:
    """Decides cases against one corpus. Law is compiled when a day of it is first asked for."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self.completer = Completer(corpus)
        self._laws: dict[tuple[str, dt.date], RegimeLaw] = {}

    def decide(
        self, case: Case, regimes: Iterable[str] = (), law_on: dt.date | None = None, world_on: dt.date | None = None,
        strict: bool = False, override: bool = False,
    ) -> Answer:  # fmt: skip
        """The answer to a case under the named regimes (all of them by default).

        `law_on` puts the case under another day's law, `world_on` into another day's world; with `strict` facts checked
        before the day are unknown; with `override` stated facts stand against catalogue and world.
        Raises `CaseError` for a case that contradicts them or itself, `UsageError` for an unknown regime.
        """
        names = [self.corpus.regime(name).id for name in regimes] or list(self.corpus.regimes)
        completed = self.completer.complete(case, world_on, strict, override)
        return Answer(tuple(self.decide_completed(completed, name, law_on) for name in names))

    def decide_regime(self, case: Case, regime: str, law_on: dt.date | None = None) -> Decision:
        """One regime's decision of a case."""
        return self.decide_completed(self.completer.complete(case), self.corpus.regime(regime).id, law_on)

    def compiled(self, regime: str, moment: dt.date) -> RegimeLaw:
        """A regime's law on a day from its first day on, compiled."""
        law = self.corpus.law_on(regime, moment)
        key = (regime, law.segment.begin)
        if key not in self._laws:
            self._laws[key] = RegimeLaw(self.completer, law)
        return self._laws[key]

    def decide_completed(self, completed: Completed, regime: str, law_on: dt.date | None = None) -> Decision:
        """One regime's decision of a completed case."""
        moment = law_on or completed.case.date
        if moment < self.corpus.regimes[regime].first_day:
            return Decision(self.corpus, completed, regime, "outside", None)
        law = self.compiled(regime, moment)
        completed.look_up(law.plans)
        values = law.program(completed.x, completed.y)
        governs, both = values[law.governs] & 3, values[law.allowed]
        if governs == _F:
            return Decision(self.corpus, completed, regime, "outside", law.law, compiled=law, values=values, decider=self)
        ways = _ways(law, values)
        head, named = _head(law, completed.case.head, ways)
        settled = law.settled_by(values, head) if named and head is not None else both
        verdict = _verdict(governs, both & 3, settled >> B & 3)
        asked = law.governs if governs == _N else law.allowed
        return Decision(
            self.corpus, completed, regime, verdict, law.law, head, ways,
            _outstanding(law, values, head) if verdict == "conditional" else (),
            self._missing(law, values, asked, completed) if verdict == "undetermined" else (),
            tuple(name for name, slot in law.unbarred.items() if values[slot] & 3 == _F) if verdict == "prohibited" else (),
            law, values, column(values[law.opened], A), named, self,
        )  # fmt: skip

    def assumed(self, decision: Decision) -> tuple[str, ...]:
        """The claims and defaults in the literals live in what a decision rests on, where all silence is NULL."""
        law, values, completed = decision.compiled, decision.values, decision.completed
        if not isinstance(law, RegimeLaw):
            return ()
        roots = [law.governs]
        if decision.verdict != "outside":
            roots.append(law.allowed)
        live = set(law.live(values, roots, S))
        alone = completed.case.head if decision.verdict in ("conditional", "permitted") else ""
        if alone in law.ways and law.settled_by(values, alone) >> S & 3 == _N:
            live |= set(law.live(values, (law.ways[alone], *law.rest), S))
        layout, mask = self.completer.layout, 0
        for literal in live:
            for name in facts_of(literal):
                unit = layout.units.get(layout.unit_of(literal, name))
                if layout.vocabulary.facts[name].claimed:
                    assert unit is not None
                    mask |= 1 << unit
                else:
                    mask |= completed.f[layout.index[name]]
        mask &= completed.silent
        return tuple(name for bit, name in enumerate(layout.unit_names) if mask >> bit & 1)

    def _missing(self, law: RegimeLaw, values: tuple[int, ...], root: int, completed: Completed) -> tuple[str, ...]:
        wanted: set[str] = set()
        for literal in law.live(values, (root,), A):
            for name in facts_of(literal):
                wanted.update(self._unknowns(name, completed))
        return tuple(name for name in self.completer.layout.names if name in wanted and not _implied(name, wanted, completed))

    def _unknowns(self, name: str, completed: Completed) -> Iterator[str]:
        """The facts to ask for where a fact is not known: its keys, its default's origin, or itself."""
        fact = self.corpus.vocabulary.facts[name]
        if fact.claimed or completed.value(name) is not None:
            return
        if fact.lookup is not None:
            for reads in (fact.lookup.keys, fact.lookup.by.values()):
                asked = [wanted for key in reads for wanted in self._unknowns(key, completed)]
                if asked:
                    yield from asked
                    return
        if fact.default is not None and fact.default in self.corpus.vocabulary.facts:
            yield from self._unknowns(fact.default, completed)
        else:
            yield name


def _ways(law: RegimeLaw, values: tuple[int, ...]) -> tuple[Way, ...]:
    return tuple(
        [
            Way(name, tuple([r for r, need in law.ties[name] if values[need] >> B & 3 != _T]))
            for name, slot in law.openings
            if values[slot] & 3 == _T
        ]
    )


def _head(law: RegimeLaw, named: str, ways: tuple[Way, ...]) -> tuple[str | None, bool]:
    """The head relied on, and whether the case named it: else the first of those with fewest requirements not done."""
    best: Way | None = None
    for way in ways:
        if way.provision in law.heads:
            if way.provision == named:
                return named, True
            if best is None or len(way.outstanding) < len(best.outstanding):
                best = way
    return (best.provision if best is not None else None), False


def _outstanding(law: RegimeLaw, values: tuple[int, ...], head: str | None) -> tuple[Outstanding, ...]:
    """The requirements not done: of those tied to nothing, of the head, and of each bar's lift with fewest left."""
    needed = [*law.untied, *(law.ties[head] if head is not None else ())]
    for when, lifts in law.lifting:
        if values[when] & 3 != _F:
            open_lifts = [name for name, slot in lifts if values[slot] & 3 == _T]
            if open_lifts:
                needed += law.ties[min(open_lifts, key=lambda name: _left(law, values, name))]
    return tuple(
        Outstanding(name, values[law.idle[name]] & 3 == _N)
        for name, slot in dict(needed).items()
        if values[slot] >> B & 3 != _T
    )


def _left(law: RegimeLaw, values: tuple[int, ...], way: str) -> int:
    return sum(values[need] >> B & 3 != _T for _, need in law.ties[way])


def _implied(name: str, wanted: set[str], completed: Completed) -> bool:
    """Whether a fact of a party goes without asking: nothing is stated of the party, and its state is asked for."""
    party, _, aspect = name.partition(".")
    if aspect == "state" or f"{party}.state" not in wanted:
        return False
    return not any(stated.startswith(f"{party}.") for stated in completed.stated)


def _verdict(governs: int, allowed: int, settled: int) -> Verdict:
    if governs == _F:
        return "outside"
    if governs == _N:
        return "undetermined"
    if allowed == _F:
        return "prohibited"
    if allowed == _N:
        return "undetermined"
    return "permitted" if settled == _T else "conditional"


@lru_cache(maxsize=4)
def decider(law: Path | None = None, world: Path | None = None) -> Decider:
    """The decider over the package's own corpus, or over other folders."""
    return Decider(load(law, world))


def decide(
    case: Case | Mapping[str, Any], regimes: Iterable[str] = (), law_on: dt.date | None = None,
    world_on: dt.date | None = None, strict: bool = False, override: bool = False,
) -> Answer:  # fmt: skip
    """The answer to a case, given as a `Case` or as the mapping a file would hold, nested or dotted.

    >>> decide({"date": "1960-05-01", "exporter": "JPN", "recipient": "USA", "item": {"arms": True}}, ["japan"]).verdict
    'outside'
    """
    own = decider()
    stated = case if isinstance(case, Case) else from_mapping(case, own.corpus)
    return own.decide(stated, regimes, law_on, world_on, strict, override)
