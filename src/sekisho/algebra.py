"""The algebra of the verdict as gates of a circuit, for any reader that computes circuits (docs/algebra.md).

For a requirement r, `NOT when(r) OR met(r)` is free(r) in column A of a circuit and done(r) in column B; so with
x(way) = when(way) AND AND of that over the requirements tied to it,

    AND over prohibitions p of ( NOT when(p) OR OR over lifts l of p of x(l) )
    AND ( OR over heads h of x(h), or TRUE where nothing speaking means permitted )
    AND AND over requirements tied to nothing of that

is `allowed` in column A and `settled` in column B: done(r) implies free(r), so that good(x) is when(x) AND AND done(r).
"""

from __future__ import annotations

from collections.abc import Iterator

from sekisho.corpus import LawInForce, Provision
from sekisho.language.circuit import Circuit, Layout
from sekisho.text import EVER, NEVER, Interval


class Algebra:
    """The slots of a regime's law: of one segment of days, or `dated`, where each provision holds on its own days only.

    `when`, `needs`, `ways`, `unbarred` and `idle` map a provision's id to a slot: its condition; a requirement being free
    or done; a head or lift opening; a prohibition not barring; a requirement not applying.
    """

    def __init__(self, layout: Layout, law: LawInForce, dated: bool = False) -> None:
        self.law, self._dated = law, dated
        versions = {
            name: [(p.in_force, p.when) for p in entries if p.when is not None] for name, entries in law.versions.items()
        }
        self.circuit = circuit = Circuit(layout, versions)
        self.governs = circuit.condition(law.regime.governs, "when")
        self.when = {p.id: self._now(p) for p in law.provisions if p.effect != "requires"}
        self.needs = {r.id: circuit.gate("or", self._need(r)) for r in law.requirements}
        self.ties = {way.id: tuple((r.id, self.needs[r.id]) for r in law.tied[way.id]) for way in (*law.heads, *law.lifts)}
        self.ways = {way: circuit.gate("and", (self.when[way], *(slot for _, slot in ties))) for way, ties in self.ties.items()}
        self.unbarred = {p.id: circuit.gate("or", self._unbarred(p)) for p in law.prohibitions}
        self.opened = circuit.gate("or", self._openings())
        self.untied = tuple((r.id, self.needs[r.id]) for r in law.untied)
        self.rest = (*self.unbarred.values(), *(slot for _, slot in self.untied))
        self.allowed = circuit.gate("and", (self.opened, *self.rest))
        self.idle = {r.id: circuit.gate("or", self._idle(r)) for r in law.requirements}
        self.leaves = {p.id: circuit.condition(p.when, "when") for p in law.leaves if p.when is not None}
        self.heads = frozenset(head.id for head in law.heads)
        self.lifting = tuple(
            (self.when[p.id], tuple((way.id, self.ways[way.id]) for way in law.lifts_of[p.id]))
            for p in law.prohibitions
            if law.lifts_of[p.id]
        )

    def _now(self, provision: Provision) -> int:
        """A provision's condition, on its days."""
        assert provision.when is not None
        slot = self.circuit.condition(provision.when, "when")
        return self.circuit.gate("and", (self.circuit.days(provision.in_force), slot)) if self._dated else slot

    def _not_now(self, provision: Provision) -> Iterator[int]:
        """The days on which a provision is not in force, and its condition denied."""
        if self._dated:
            span = provision.in_force
            before = [Interval(EVER, span.begin)] if span.begin != EVER else []
            after = [Interval(span.end, NEVER)] if span.end != NEVER else []
            yield self.circuit.days(*before, *after)
        if provision.when is not None:
            yield self.circuit.condition(provision.when, "when", negated=True)

    def _need(self, requirement: Provision) -> Iterator[int]:
        yield from self._not_now(requirement)
        assert requirement.met is not None
        yield self.circuit.condition(requirement.met, "met")

    def _idle(self, requirement: Provision) -> Iterator[int]:
        yield from self._not_now(requirement)

    def _unbarred(self, prohibition: Provision) -> Iterator[int]:
        yield from self._not_now(prohibition)
        yield from (self.ways[way.id] for way in self.law.lifts_of[prohibition.id])

    def _openings(self) -> Iterator[int]:
        spans = self.law.permitted
        if spans:
            yield self.circuit.days(*spans) if self._dated else self.circuit.gate("and", ())
        yield from (self.ways[head.id] for head in self.law.heads)
