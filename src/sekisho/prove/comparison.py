"""Two laws side by side as terms: what opened, what barred, what is required, and the subjects whose classes tell the change.

A transfer is open where a head opens it (or nothing speaking means permitted) and nothing bars it; to be bars count, besides
prohibitions, requirements tied to nothing that have been refused. What a regime does not govern, and every transfer before
its first day, is open: nothing of the regime stands in its way.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from sekisho.corpus import Corpus, LawInForce, Provision
from sekisho.decide import Decider
from sekisho.language.circuit import Layout
from sekisho.language.nodes import Literal, Node, Reference
from sekisho.language.smt import Clock, Facts, Formula, Solver, all_of, any_of, deny, same
from sekisho.prove.classes import Atoms, Class, Finder, Subject, written_out
from sekisho.prove.terms import LawTerms, always, facts_read
from sekisho.prove.world import answers_on, existing

Cause = tuple[Formula, Sequence[Literal | Reference]]
TURNS = ("opened", "no longer opened", "barred", "no longer barred")
"""The four changes by which a transfer turns, in the order in which they are told."""
REQUIRED, NO_LONGER_REQUIRED = "required", "no longer required"


@dataclass(frozen=True)
class Side:
    """One law: a regime of a corpus on a day. `law` is None before the regime's first day."""

    decider: Decider
    regime: str
    day: dt.date

    @property
    def corpus(self) -> Corpus:
        """The corpus it is read from."""
        return self.decider.corpus

    @cached_property
    def law(self) -> LawInForce | None:
        """The law in force."""
        regime = self.corpus.regime(self.regime)
        return None if self.day < regime.first_day else self.corpus.law_on(self.regime, self.day)


class _Terms:
    """A side's terms: `opened`, `barred` and `open` are formulas."""

    def __init__(self, facts: Facts, side: Side) -> None:
        self.side = side
        self.law = LawTerms(facts, side.law) if side.law is not None else None
        governs = self.law.governs.yes if self.law else False
        self.opened: Formula = any_of((deny(governs), self.law.opened.yes)) if self.law else True
        self.barred: Formula = all_of((governs, deny(self.law.unbarred.yes))) if self.law else False
        self.open = all_of((self.opened, deny(self.barred)))
        self.governs = governs

    def provisions(self, *effects: str) -> list[Provision]:
        """The provisions in force of some effects."""
        return [p for p in self.law.law.provisions if p.effect in effects] if self.law else []

    def works(self, provision: Provision) -> Formula:
        """Whether a provision has its effect: a head or lift opens, a prohibition bars, an untied requirement is refused."""
        assert self.law is not None
        if provision.effect == "prohibits":
            return self.law.bars(provision.id).yes
        if provision.effect == "requires":
            return deny(self.law.free(provision.id).may)
        return self.law.opens(provision.id).yes


@dataclass(frozen=True)
class Requirement:
    """What is required, told apart by its words, its `met` and whose act it is, whatever the versions that say so."""

    label: str
    met: str
    by: str


class Comparison:
    """Two laws over the same facts, the world free or (`world`) as it stood on a day, with one solver for all questions.

    States are those that existed on that day, or on the day of the second law.
    """

    def __init__(self, before: Side, after: Side, world: dt.date | None = None, clock: Clock | None = None) -> None:
        self.before, self.after, self.world = before, after, world
        corpus = after.corpus
        layout: Layout = after.decider.completer.layout
        stated = {name for side in (before, after) if side.law is not None for name in facts_read(side.law, side.corpus)}
        if world is not None:
            stated = _with_keys(stated, corpus)
        answers = answers_on(corpus, world, stated) if world is not None else None
        self.facts = Facts(layout, frozenset(stated), answers)
        self.terms = (_Terms(self.facts, before), _Terms(self.facts, after))
        self.solver = Solver(self.facts, clock)
        self.solver.add(*always(self.facts, corpus))
        for name in sorted(stated):
            self.facts.fact(name)
        self.solver.add(*existing(self.facts, corpus, world or after.day))
        laws = [terms.law for terms in self.terms if terms.law is not None]
        self.atoms = Atoms(laws)
        self.finder = Finder(self.solver, self.atoms)

    @cached_property
    def governed(self) -> Formula:
        """That the transfer is governed, where the laws that there are say in the same words what is; else nothing."""
        laws = [terms.law for terms in self.terms if terms.law is not None]
        texts = {written_out(terms.law, terms.law.regime.governs) for terms in laws}
        return laws[0].governs.yes if len(texts) == 1 else True

    @cached_property
    def unchanged(self) -> tuple[str, ...]:
        """The prohibitions whose condition and lifts are the same under both laws."""
        if any(terms.law is None for terms in self.terms):
            return ()
        told = [_told(side.law) for side in (self.before, self.after) if side.law is not None]
        return tuple(name for name, said in told[0].items() if told[1].get(name) == said)

    def subject(self, change: str) -> Subject:
        """What one of `TURNS` is about."""
        old, new = self.terms
        turning = all_of((self.governed, deny(same(old.open, new.open))))
        if change == "opened":
            given, target = deny(old.opened), new.opened
        elif change == "no longer opened":
            given, target = deny(new.opened), old.opened
        elif change == "barred":
            given, target = deny(old.barred), new.barred
        else:
            stands = any_of(old.law.bars(name).yes for name in self.unchanged) if old.law else False
            return Subject(
                all_of((turning, old.barred, deny(new.barred))),
                all_of((self.governed, old.barred, deny(stands))),
                deny(new.barred),
            )
        return Subject(all_of((turning, given, target)), all_of((self.governed, given)), target)

    def classes(self, change: str) -> list[Class]:
        """The classes of one of `TURNS`: complete, minimal, none to spare."""
        old, new = self.terms
        worked: Sequence[tuple[_Terms, Sequence[str]]] = {
            "opened": ((new, ("permits",)),),
            "no longer opened": ((old, ("permits",)),),
            "barred": ((new, ("prohibits", "requires")),),
            "no longer barred": ((new, ("lifts",)), (old, ("lifts", "prohibits"))),
        }[change]
        causes = [cause for terms, effects in worked for cause in self._causes(terms, effects)]
        return self.finder.classes(self.subject(change), causes)

    def _causes(self, terms: _Terms, effects: Sequence[str]) -> Iterable[Cause]:
        for provision in terms.provisions(*effects):
            if terms.law is not None and (provision.effect != "requires" or not provision.targets):
                yield terms.works(provision), self.atoms.of(terms.law, (provision.when, provision.met))

    def requirements(self) -> list[Requirement]:
        """Everything that either law requires."""
        return list(dict.fromkeys(key for required in self._required_by for key, _ in required))

    def required(self, requirement: Requirement, place: int) -> Formula:
        """Whether a requirement applies under the first law (place 0) or the second (1)."""
        terms = self.terms[place]
        if terms.law is None:
            return False
        law = terms.law
        ids = [r.id for key, r in self._required_by[place] if key == requirement]
        return all_of((terms.governs, any_of(law.applies(name) for name in ids)))

    def requirement_subject(self, requirement: Requirement, change: str) -> Subject:
        """What it is about that something is required, or no longer is, of transfers open under both laws."""
        old, new = (self.required(requirement, place) for place in (0, 1))
        given, target = (deny(old), new) if change == REQUIRED else (deny(new), old)
        both = all_of((self.governed, *(terms.open for terms in self.terms), given))
        return Subject(all_of((both, target)), both, target)

    def requirement_classes(self, requirement: Requirement, change: str) -> list[Class]:
        """The classes of transfers of which something is required, or no longer is."""
        causes = list(self._calls(1 if change == REQUIRED else 0, requirement))
        return self.finder.classes(self.requirement_subject(requirement, change), causes)

    def _calls(self, place: int, requirement: Requirement) -> Iterable[Cause]:
        """What calls for a requirement: each way that one of its provisions is tied to, or the provision alone."""
        law = self.terms[place].law
        for r in (r for key, r in self._required_by[place] if key == requirement):
            assert law is not None
            ways = [way for way in (*law.law.heads, *law.law.lifts) if r in law.law.tied[way.id]]
            for way in ways:
                cause = all_of((law.applies(r.id), law.opens(way.id).yes))
                yield cause, self.atoms.of(law, (way.when, r.when))
            if not ways:
                yield law.applies(r.id), self.atoms.of(law, (r.when,))

    def requirement_ids(self, requirement: Requirement, place: int) -> tuple[str, ...]:
        """The provisions that say so."""
        return tuple(r.id for key, r in self._required_by[place] if key == requirement)

    @cached_property
    def _required_by(self) -> tuple[list[tuple[Requirement, Provision]], ...]:
        return tuple(list(_requirements(side.law)) for side in (self.before, self.after))

    def alone(self, subject: Subject, found: Class, place: int, provisions: Sequence[Provision]) -> tuple[str, ...]:
        """Those of some provisions that work for a case of the class in which none of the others does; else all that work."""
        terms = self.terms[place]
        holds = [self.solver.name(subject.described), self.solver.name(self.finder.term(found))]
        works = {p.id: self.solver.name(terms.works(p)) for p in provisions}
        working = [name for name in works if self.solver.check(*holds, works[name])]
        single = [
            name
            for name in working
            if self.solver.check(*holds, works[name], *(deny(works[other]) for other in working if other != name))
        ]
        return tuple(single or working)


def _with_keys(names: Iterable[str], corpus: Corpus) -> set[str]:
    """Facts with those that their look-ups read."""
    found, queue = set(), list(names)
    while queue:
        name = queue.pop()
        if name not in found:
            found.add(name)
            lookup = corpus.vocabulary.facts[name].lookup
            queue += lookup.reads if lookup is not None else ()
    return found


def _told(law: LawInForce) -> dict[str, tuple[str, ...]]:
    """Each prohibition's condition and lifts, with what is tied to them, as texts."""
    said: Callable[[Node | None], str] = lambda node: written_out(law, node) if node is not None else ""  # noqa: E731
    return {
        p.id: (
            said(p.when),
            *(
                text
                for way in law.lifts_of[p.id]
                for text in (way.id, said(way.when), *(t for r in law.tied[way.id] for t in (said(r.when), said(r.met))))
            ),
        )
        for p in law.prohibitions
    }


def _requirements(law: LawInForce | None) -> Iterable[tuple[Requirement, Provision]]:
    for r in law.requirements if law is not None else ():
        assert law is not None and r.met is not None
        yield Requirement(r.label, written_out(law, r.met), r.by), r
