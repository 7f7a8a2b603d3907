"""Faults of a law: what can never open or apply, what never matters, what contradicts itself, what no day covers.

Every question is put for all cases at once, over each segment of days in which the law stays the same. The cases are those that
state all that is described and looked up, and of claims, assurances, steps and findings what they like. A finding comes with a
witness where a case shows it; that none is found is a proof.

    dead head                   a head that can never open
    dead lift                   a lift that can never lift
    dead prohibition            a prohibition whose condition can never hold
    always lifted               a prohibition that is lifted whenever it applies
    unmeetable                  a requirement that applies and can never be met
    never matters               a provision without which every verdict is the same; `others` are those that cover it
    contradiction               a head or lift all of whose transfers one prohibition bars
    both claim                  a lift that lifts one prohibition of a transfer which others, not lifted, still bar
    doubled definition          two definitions that always say the same
    empty definition            a definition that says the same of every transfer
    disagreeing definition      a name that this regime and another define differently
    gap                         days between two versions of a provision on which neither is in force
    uncovered days              days of the regime on which nothing is in force
    unused fact                 a fact of the vocabulary that no law, look-up or default reads
    turned by knowing more      a verdict that a further fact turns, which had been settled
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import combinations
from typing import Any

import msgspec
import z3

from sekisho.corpus import Corpus, LawInForce, Provision
from sekisho.decide import Decider
from sekisho.language.circuit import A, B
from sekisho.language.nodes import LITERALS, Reference, facts_of, walk
from sekisho.language.smt import Clock, Facts, Formula, Solver, Two, all_of, any_of, deny, same
from sekisho.prove.plainest import Plainest
from sekisho.prove.terms import LawTerms, always
from sekisho.text import Interval

KINDS = (
    "dead head", "dead lift", "dead prohibition", "always lifted", "unmeetable", "never matters", "contradiction", "both claim",
    "doubled definition", "empty definition", "disagreeing definition", "gap", "uncovered days", "unused fact",
    "turned by knowing more",
)  # fmt: skip


class Found(msgspec.Struct, frozen=True):
    """A fault on some days: of a provision (or a fact of the vocabulary), with others that it has to do with."""

    kind: str
    subject: str
    days: Interval
    others: tuple[str, ...] = ()
    witness: dict[str, Any] | None = None


class Segment:
    """One regime's law over a segment of days, with a solver for its questions.

    `covered` has what was found before to cover a provision that never matters, so that it is not sought again.
    """

    def __init__(
        self,
        decider: Decider,
        law: LawInForce,
        clock: Clock | None = None,
        covered: Mapping[str, tuple[str, ...]] | None = None,
    ) -> None:
        self.decider, self.corpus, self.law, self._covered = decider, decider.corpus, law, covered or {}
        read = _read(law) | {name for _, node in self.corpus.always for name in _facts_in(node)}
        facts = self.corpus.vocabulary.facts
        claimed = {name for name in read if facts[name].claimed}
        self.facts = Facts(decider.completer.layout, frozenset(read - claimed), optional=claimed)
        self.terms = LawTerms(self.facts, law)
        self.solver = Solver(self.facts, clock)
        self.solver.add(*always(self.facts, self.corpus), self.terms.governs.yes)

    def exists(self, *formulas: Formula) -> bool:
        """Whether a governed case exists in which formulas hold."""
        return self.solver.check(*(self.solver.name(formula) for formula in formulas))

    def witness(self, *formulas: Formula) -> dict[str, Any] | None:
        """The plainest governed case in which formulas hold."""
        plain = Plainest(self.decider, self.facts, self.solver)
        return plain.case([self.solver.name(formula) for formula in formulas])

    # ---- questions -----------------------------------------------------------------------------

    def found(self) -> Iterator[Found]:
        """Every fault of the segment."""
        yield from self._dead()
        yield from self._unmeetable()
        yield from self._idle()
        yield from self._contradictions()
        yield from self._both_claim()
        yield from self._definitions()

    def _fault(self, kind: str, subject: str, others: Iterable[str] = (), *shown: Formula) -> Found:
        return Found(kind, subject, self.law.segment, tuple(others), self.witness(*shown) if shown else None)

    @cached_property
    def dead(self) -> frozenset[str]:
        """What can never open or apply."""
        return frozenset(found.subject for found in self._dead())

    def _dead(self) -> Iterator[Found]:
        for kind, ways in (("dead head", self.law.heads), ("dead lift", self.law.lifts)):
            for way in ways:
                if not self.exists(self.terms.opens(way.id).yes):
                    yield self._fault(kind, way.id)
        for p in self.law.prohibitions:
            if not self.exists(self.terms.when(p.id).yes):
                yield self._fault("dead prohibition", p.id)
            elif not self.exists(self.terms.bars(p.id).may):
                yield self._fault("always lifted", p.id, (way.id for way in self.law.lifts_of[p.id]))

    def _unmeetable(self) -> Iterator[Found]:
        for r in self.law.requirements:
            applies = self.terms.when(r.id).yes
            if self.exists(applies) and not self.exists(applies, self.terms.done(r.id).yes):
                yield self._fault("unmeetable", r.id)

    def _idle(self) -> Iterator[Found]:
        for p in self.law.provisions:
            if p.id not in self.dead and not self._matters(p.id):
                yield self._fault("never matters", p.id, self._covered.get(p.id) or self._covering(p))

    def _matters(self, name: str, besides: frozenset[str] = frozenset()) -> bool:
        """Whether a verdict is another one without a provision, where some others are not there either."""
        with_it, without = self._assembled(besides), self._assembled(besides | {name})
        differs = (
            deny(same(with_it[0].yes, without[0].yes)),
            deny(same(with_it[0].may, without[0].may)),
            all_of((with_it[0].yes, deny(same(with_it[1], without[1])))),
        )
        self.solver.push()
        try:
            return self.exists(any_of(differs))
        finally:
            self.solver.pop()

    def _covering(self, p: Provision) -> list[str]:
        """The fewest provisions of the same effect without which it would matter; none if it would not even then."""
        others = [q.id for q in self.law.provisions if q.effect == p.effect and q is not p]
        if not self._matters(p.id, frozenset(others)):
            return []
        for name in reversed(others):
            fewer = [other for other in others if other != name]
            if self._matters(p.id, frozenset(fewer)):
                others = fewer
        return others

    def _assembled(self, without: frozenset[str]) -> tuple[Two, Formula]:
        """`allowed`, and whether all is settled, without some provisions."""
        if without not in self._known:
            allowed, settled = (self._column(column, without) for column in (A, B))
            self._known[without] = (allowed, settled.yes)
        return self._known[without]

    @cached_property
    def _known(self) -> dict[frozenset[str], tuple[Two, Formula]]:
        return {}

    def _column(self, column: int, without: frozenset[str]) -> Two:
        law, algebra = self.law, self.terms.algebra
        rest = [self._unbarred(column, p, without) for p in law.prohibitions if p.id not in without]
        rest += [self.terms.two(need, column) for r, need in algebra.untied if r not in without]
        opened = _either(*(self._way(column, head, without) for head in law.heads if head.id not in without))
        return _both(Two(True, True) if law.opened_by_default else opened, *rest)

    def _way(self, column: int, way: Provision, without: frozenset[str]) -> Two:
        """A head or lift without some of the requirements tied to it."""
        ties = self.terms.algebra.ties[way.id]
        key = (column, way.id, without.intersection(r for r, _ in ties))
        if key not in self._parts:
            needs = (self.terms.two(need, column) for r, need in ties if r not in without)
            self._parts[key] = _both(self.terms.two(self.terms.algebra.when[way.id], column), *needs)
        return self._parts[key]

    def _unbarred(self, column: int, p: Provision, without: frozenset[str]) -> Two:
        """A prohibition without some of its lifts, or of what is tied to them."""
        lifts = self.law.lifts_of[p.id]
        reads = [name for way in lifts for name in (way.id, *(r for r, _ in self.terms.algebra.ties[way.id]))]
        key = (column, p.id, without.intersection(reads))
        if key not in self._parts:
            idle = _denied(self.terms.two(self.terms.algebra.when[p.id], column))
            self._parts[key] = _either(idle, *(self._way(column, way, without) for way in lifts if way.id not in without))
        return self._parts[key]

    @cached_property
    def _parts(self) -> dict[tuple[int, str, frozenset[str]], Two]:
        return {}

    def _contradictions(self) -> Iterator[Found]:
        for way in (*self.law.heads, *self.law.lifts):
            if way.id in self.dead:
                continue
            opens = self.terms.opens(way.id).yes
            barring = [
                p.id for p in self.law.prohibitions
                if way not in self.law.lifts_of[p.id] and not self.exists(opens, deny(self.terms.bars(p.id).yes))
            ]  # fmt: skip
            if barring:
                yield self._fault("contradiction", way.id, barring, opens)

    def _both_claim(self) -> Iterator[Found]:
        for way in self.law.lifts:
            lifted = [p for p in self.law.prohibitions if way in self.law.lifts_of[p.id]]
            claims = all_of((self.terms.opens(way.id).yes, any_of(self.terms.when(p.id).yes for p in lifted)))
            left = [p for p in self.law.prohibitions if p not in lifted]
            bars = [p.id for p in left if self.exists(claims, self.terms.bars(p.id).yes)]
            if bars:
                yield self._fault("both claim", way.id, bars, claims, self.terms.bars(bars[0]).yes)

    def _definitions(self) -> Iterator[Found]:
        said = {name: self.terms.condition(Reference(name)).yes for name in self.law.definitions}
        ids = {name: p.id for name, p in self.law.definitions.items()}
        for name, term in said.items():
            if not self._everywhere(term) or not self._everywhere(deny(term)):
                yield self._fault("empty definition", ids[name])
        for one, other in combinations(said, 2):
            if not self._everywhere(deny(same(said[one], said[other]))):
                yield self._fault("doubled definition", ids[one], (ids[other],))

    def _everywhere(self, formula: Formula) -> bool:
        """Whether a case exists in which a formula holds, governed or not: known cases are looked at first."""
        if any(
            z3.is_true(model.eval(formula, model_completion=True)) for model in self._models if not isinstance(formula, bool)
        ):
            return True
        if not self._all.check(self._all.name(formula)):
            return False
        self._models.append(self._all.model())
        return True

    @cached_property
    def _all(self) -> Solver:
        solver = Solver(self.facts, self.solver.clock)
        solver.add(*always(self.facts, self.corpus))
        return solver

    @cached_property
    def _models(self) -> list[Any]:
        return []


def disagreeing(decider: Decider, law: LawInForce, other: LawInForce, clock: Clock | None = None) -> Iterator[Found]:
    """The names that two regimes define differently on the same days."""
    names = [name for name in law.definitions if name in other.definitions]
    if not names:
        return
    read = _read(law) | _read(other)
    claimed = {name for name in read if decider.corpus.vocabulary.facts[name].claimed}
    facts = Facts(decider.completer.layout, frozenset(read - claimed), optional=claimed)
    mine, theirs = LawTerms(facts, law), LawTerms(facts, other)
    solver = Solver(facts, clock)
    solver.add(*always(facts, decider.corpus))
    for name in names:
        differs = deny(same(mine.condition(Reference(name)).yes, theirs.condition(Reference(name)).yes))
        witness = Plainest(decider, facts, solver).case([solver.name(differs)])
        if witness is not None:
            ids = law.definitions[name].id, other.definitions[name].id
            yield Found("disagreeing definition", ids[0], law.segment, (ids[1],), witness)


def _both(*parts: Two) -> Two:
    return Two(all_of(part.yes for part in parts), all_of(part.may for part in parts))


def _either(*parts: Two) -> Two:
    return Two(any_of(part.yes for part in parts), any_of(part.may for part in parts))


def _denied(part: Two) -> Two:
    return Two(deny(part.may), deny(part.yes))


def _facts_in(node: Any) -> Iterator[str]:
    for part in walk(node):
        if isinstance(part, LITERALS):
            yield from facts_of(part)


def _read(law: LawInForce) -> set[str]:
    nodes = [law.regime.governs, *(p.when for entries in law.versions.values() for p in entries)]
    nodes += [node for p in law.provisions for node in (p.when, p.met)]
    return {name for node in nodes if node is not None for name in _facts_in(node)}


def turned_by_knowing_more(decider: Decider, law: LawInForce, clock: Clock | None = None) -> dict[str, Any] | None:
    """A case whose settled verdict a further fact turns; None if it is proven that there is none.

    Of facts that are not claimed and have no default more may be known, with the values that they have. Then what was
    permitted, prohibited or outside stays so, and what was conditional is conditional or permitted.
    """
    facts = Facts(decider.completer.layout)
    terms = LawTerms(facts, law)
    verdict = terms.verdict()
    solver = Solver(facts, clock)
    conditions = always(facts, decider.corpus)
    vocabulary = decider.corpus.vocabulary.facts
    known = {n: (facts.fact(n).stated, facts.boolean(f"?{n}'")) for n in facts.made if vocabulary[n].unstated == "unknown"}
    pairs = [pair for pair in known.values() if not isinstance(pair[0], bool)]

    def then(formula: Formula) -> Formula:
        return formula if isinstance(formula, bool) else z3.substitute(formula, *pairs)

    solver.add(*conditions, *(then(formula) for formula in conditions), *(z3.Implies(old, new) for old, new in pairs))
    stays: dict[str, Sequence[str]] = {name: (name,) for name in ("outside", "prohibited", "permitted")}
    stays["conditional"] = ("conditional", "permitted")
    turned = any_of(all_of((verdict[old], deny(any_of(then(verdict[new]) for new in news)))) for old, news in stays.items())
    return dict(solver.case()) if solver.check(solver.name(turned)) else None


# ---- what no solver is needed for --------------------------------------------------------------


def gaps(corpus: Corpus, regime: str) -> Iterator[Found]:
    """Days between two versions of a provision on which neither is in force."""
    for p in _provisions(corpus, regime):
        before = corpus.provisions.get(p.follows)
        if before is not None and before.in_force.end < p.in_force.begin:
            yield Found("gap", p.id, Interval(before.in_force.end, p.in_force.begin), (before.id,))


def uncovered(corpus: Corpus, regime: str) -> Iterator[Found]:
    """Days of a regime on which nothing is in force."""
    reached = corpus.regimes[regime].first_day
    for p in sorted(_provisions(corpus, regime), key=lambda p: p.in_force):
        if p.effect in ("prohibits", "permits", "lifts", "requires"):
            if p.in_force.begin > reached:
                yield Found("uncovered days", regime, Interval(reached, p.in_force.begin))
            reached = max(reached, p.in_force.end)
    if reached < dt.date.max:
        yield Found("uncovered days", regime, Interval(reached))


def unused(corpus: Corpus) -> Iterator[Found]:
    """Facts of the vocabulary that no law, look-up or default reads."""
    facts = corpus.vocabulary.facts
    used = {name for regime in corpus.regimes.values() for name in _facts_in(regime.governs)}
    for p in corpus.provisions.values():
        used |= {name for node in (p.when, p.met) if node is not None for name in _facts_in(node)}
    queue = list(used)
    while queue:
        fact = facts[queue.pop()]
        reads = [*(fact.lookup.reads if fact.lookup is not None else ()), *([fact.default] if fact.default in facts else [])]
        for name in reads:
            if name is not None and name not in used:
                used.add(name)
                queue.append(name)
    yield from (Found("unused fact", name, Interval()) for name in facts if name not in used)


def _provisions(corpus: Corpus, regime: str) -> list[Provision]:
    return [p for name in corpus.regimes[regime].instruments for p in corpus.instruments[name].provisions]


def joined(found: Iterable[Found]) -> list[Found]:
    """Findings with those of adjoining segments as one, with all their others, in the order of `KINDS` and then as found."""
    merged: dict[tuple[str, str], list[Found]] = {}
    for entry in found:
        runs = merged.setdefault((entry.kind, entry.subject), [])
        if runs and runs[-1].days.end == entry.days.begin:
            days = Interval(runs[-1].days.begin, entry.days.end)
            runs[-1] = msgspec.structs.replace(
                runs[-1], days=days, others=tuple(dict.fromkeys((*runs[-1].others, *entry.others)))
            )
        else:
            runs.append(entry)
    every = [entry for runs in merged.values() for entry in runs]
    return sorted(every, key=lambda entry: KINDS.index(entry.kind))
