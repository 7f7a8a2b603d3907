"""One case: the algebra of DESIGN §6, run once over packed truth values.

For a requirement r, `NOT when(r) OR met(r)` is free(r) in column A and done(r) in column B of the Kleene reader; so with
x(way) = when(way) AND AND of that over the requirements tied to it,

    AND over prohibitions p of ( NOT when(p) OR OR over lifts l of p of x(l) )
    AND ( OR over heads h of x(h), or TRUE where nothing speaking means permitted )
    AND AND over requirements tied to nothing of that

is `allowed` in column A and `settled` in column B: done(r) implies free(r), so that good(x) is when(x) AND AND done(r).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from sekisho.case import Case, Completed, Completer
from sekisho.case.stated import from_mapping
from sekisho.corpus import Corpus, LawInForce, Provision, load
from sekisho.decision import Answer, Decision, Outstanding, Verdict, Way
from sekisho.language.expression import Node, facts_of
from sekisho.language.kleene import A, B, Circuit, S, Truth, column, negation

_T, _N, _F = 3, 1, 0


class RegimeLaw:
    """A regime's law over one segment of days, compiled."""

    def __init__(self, completer: Completer, law: LawInForce) -> None:
        self.law = law
        definitions = {name: p.when for name, p in law.definitions.items() if p.when is not None}
        self.circuit = circuit = Circuit(completer.layout, definitions)
        self.governs = circuit.condition(law.regime.governs, "when")
        self.when = {p.id: circuit.condition(p.when, "when") for p in law.provisions if p.when and p.effect != "requires"}
        self.needs = {r.id: circuit.gate("or", self._need(r)) for r in law.requirements}
        self.ways = {
            way.id: circuit.gate("and", (self.when[way.id], *(self.needs[r.id] for r in law.tied[way.id])))
            for way in (*law.heads, *law.lifts)
        }
        self.unbarred = {
            p.id: circuit.gate(
                "or",
                (circuit.condition(p.when, "when", negated=True), *(self.ways[way.id] for way in law.lifts_of[p.id])),
            )
            for p in law.prohibitions
            if p.when is not None
        }
        self.opened = (
            circuit.gate("and", ()) if law.opened_by_default else circuit.gate("or", (self.ways[h.id] for h in law.heads))
        )
        self._rest = (*self.unbarred.values(), *(self.needs[r.id] for r in law.untied))
        self.allowed = circuit.gate("and", (self.opened, *self._rest))
        for leaf in law.leaves:
            if leaf.when is not None:
                circuit.condition(leaf.when, "when")
        circuit.masked("governs", self.governs)
        circuit.masked("allowed", self.allowed)
        self.program = circuit.program()
        read = (name for slot in circuit.slots if slot.literal is not None for name in facts_of(slot.literal))
        self.plans = completer.plans_of(read)
        self.heads = frozenset(head.id for head in law.heads)
        self.openings = tuple(self.ways.items())
        self.ties = {way.id: tuple((r.id, self.needs[r.id]) for r in law.tied[way.id]) for way in (*law.heads, *law.lifts)}
        self.untied = tuple((r.id, self.needs[r.id]) for r in law.untied)

    def _need(self, requirement: Provision) -> Iterator[int]:
        if requirement.when is not None:
            yield self.circuit.condition(requirement.when, "when", negated=True)
        assert requirement.met is not None
        yield self.circuit.condition(requirement.met, "met")

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
        for slot in self._rest:
            result &= values[slot]
        return result

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
        values, (governs_mask, allowed_mask) = law.program(completed.x, completed.y, completed.f)
        governs, allowed = values[law.governs] >> A & 3, values[law.allowed] >> A & 3
        settled = values[law.allowed] >> B & 3
        ways = () if governs == _F else self._ways(law, values)
        head, named = self._head(law, completed.case, ways)
        if named and head is not None:
            settled = law.settled_by(values, head) >> B & 3
        verdict = _verdict(governs, allowed, settled)
        outstanding: tuple[Outstanding, ...] = ()
        missing: tuple[str, ...] = ()
        mask = governs_mask | (allowed_mask if governs != _F else 0)
        if verdict == "conditional":
            outstanding = self._outstanding(law, values, head)
            if named and head is not None:
                mask |= self._settled_mask(law, values, head, completed)
        elif verdict == "undetermined":
            missing = self._missing(law, values, law.governs if governs == _N else law.allowed, completed)
        barring = () if verdict != "prohibited" else tuple(
            name for name, slot in law.unbarred.items() if values[slot] >> A & 3 == _F
        )  # fmt: skip
        opened = column(values[law.opened], A)
        return Decision(
            self.corpus, completed, regime, verdict, law.law, head if verdict != "outside" else None, ways, outstanding,
            missing, self._names(mask & completed.silent), barring, law, values, opened,
        )  # fmt: skip

    def _names(self, mask: int) -> tuple[str, ...]:
        names = self.completer.layout.unit_names
        found = []
        while mask:
            low = mask & -mask
            found.append(names[low.bit_length() - 1])
            mask ^= low
        return tuple(found)

    @staticmethod
    def _ways(law: RegimeLaw, values: tuple[int, ...]) -> tuple[Way, ...]:
        return tuple(
            Way(name, tuple(r for r, need in law.ties[name] if values[need] >> B & 3 != _T))
            for name, slot in law.openings
            if values[slot] & 3 == _T
        )

    @staticmethod
    def _head(law: RegimeLaw, case: Case, ways: tuple[Way, ...]) -> tuple[str | None, bool]:
        """The head relied on, and whether the case named it."""
        heads = [way for way in ways if way.provision in law.heads]
        if case.head and any(way.provision == case.head for way in heads):
            return case.head, True
        best = min(heads, key=lambda way: len(way.outstanding), default=None)
        return (best.provision if best is not None else None), False

    @staticmethod
    def _outstanding(law: RegimeLaw, values: tuple[int, ...], head: str | None) -> tuple[Outstanding, ...]:
        needed = list(law.untied)
        if head is not None:
            needed += law.ties[head]
        for prohibition in law.law.prohibitions:
            if values[law.when[prohibition.id]] >> A & 3 != _F:
                open_lifts = [way.id for way in law.law.lifts_of[prohibition.id] if values[law.ways[way.id]] >> A & 3 == _T]
                if open_lifts:
                    best = min(open_lifts, key=lambda name: sum(values[need] >> B & 3 != _T for _, need in law.ties[name]))
                    needed += law.ties[best]
        left: dict[str, Outstanding] = {}
        for name, slot in needed:
            if values[slot] >> B & 3 != _T and name not in left:
                requirement = next(r for r in law.law.requirements if r.id == name)
                may = requirement.when is not None and law.value(values, requirement.when, "when", True) is None
                left[name] = Outstanding(name, may)
        return tuple(left.values())

    def _settled_mask(self, law: RegimeLaw, values: tuple[int, ...], head: str, completed: Completed) -> int:
        """What stands live in `settled` by one head alone, where all silence is NULL."""
        if law.settled_by(values, head) >> S & 3 != _N:
            return 0
        layout, mask = self.completer.layout, 0
        for literal in law.live(values, (law.ways[head], *law._rest), S):
            for name in facts_of(literal):
                fact = layout.vocabulary.facts[name]
                if fact.claimed:
                    unit = f"{name}:{literal.value}" if fact.type == "set" else name
                    mask |= 1 << layout.units[unit]
                else:
                    mask |= completed.f[layout.index[name]]
        return mask

    def _missing(self, law: RegimeLaw, values: tuple[int, ...], root: int, completed: Completed) -> tuple[str, ...]:
        wanted: dict[str, None] = {}
        for literal in law.live(values, (root,), A):
            for name in facts_of(literal):
                wanted.update(dict.fromkeys(self._unknowns(name, completed)))
        return tuple(name for name in self.completer.layout.names if name in wanted)

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
