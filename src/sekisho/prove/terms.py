"""A regime's law on one day as terms of the solver: the algebra of the verdict for every case that could exist."""

from __future__ import annotations

from sekisho.algebra import Algebra
from sekisho.corpus import Corpus, LawInForce
from sekisho.language.circuit import A, B, Circuit, S
from sekisho.language.nodes import LITERALS, Node, facts_of, walk
from sekisho.language.smt import Facts, Formula, Reading, Two, all_of, any_of, deny


class LawTerms:
    """The law of one segment of days over some facts. Column A has what opens and bars, column B what is settled.

    Terms are of the `Facts` given: in its complete mode they are two-valued wherever all that is read is stated.
    """

    def __init__(self, facts: Facts, law: LawInForce) -> None:
        self.facts, self.law = facts, law
        self.algebra = Algebra(facts.layout, law)
        self._reading = Reading(self.algebra.circuit, facts)
        self._requirements = {r.id: r for r in law.requirements}

    def two(self, slot: int, column: int = A) -> Two:
        """A slot of the algebra in a column."""
        return self._reading.two(slot, column)

    def condition(self, node: Node, context: str = "when", column: int = A) -> Two:
        """A condition of this law, definitions of its day written out."""
        return self.two(self.algebra.circuit.condition(node, context), column)

    @property
    def governs(self) -> Two:
        """Whether the regime governs the transfer."""
        return self.two(self.algebra.governs)

    @property
    def allowed(self) -> Two:
        """Whether nothing bars the transfer and something opens it."""
        return self.two(self.algebra.allowed)

    @property
    def opened(self) -> Two:
        """Whether a head opens it, or nothing speaking means permitted."""
        return self.two(self.algebra.opened)

    @property
    def unbarred(self) -> Two:
        """Whether no prohibition bars it and no requirement tied to nothing has been refused."""
        parts = [self.two(slot) for slot in self.algebra.rest]
        return Two(all_of(part.yes for part in parts), all_of(part.may for part in parts))

    def settled(self, head: str = "") -> Two:
        """Whether nothing is left to obtain; by the one head named, if it is."""
        through = self.algebra.ways[head] if head else self.algebra.opened
        parts = [self.two(slot, B) for slot in (through, *self.algebra.rest)]
        return Two(all_of(part.yes for part in parts), all_of(part.may for part in parts))

    def when(self, name: str) -> Two:
        """Whether a provision's condition holds."""
        if name in self.algebra.when:
            return self.two(self.algebra.when[name])
        idle = self.two(self.algebra.idle[name])
        return Two(deny(idle.may), deny(idle.yes))

    def opens(self, name: str) -> Two:
        """Whether a head or lift opens: its condition holds and no requirement tied to it has been refused."""
        return self.two(self.algebra.ways[name])

    def bars(self, name: str) -> Two:
        """Whether a prohibition bars: its condition holds and no lift of it opens."""
        unbarred = self.two(self.algebra.unbarred[name])
        return Two(deny(unbarred.may), deny(unbarred.yes))

    def free(self, name: str) -> Two:
        """Whether a requirement does not apply or could still be met."""
        return self.two(self.algebra.needs[name], A)

    def done(self, name: str) -> Two:
        """Whether a requirement does not apply or is met."""
        return self.two(self.algebra.needs[name], B)

    def applies(self, name: str) -> Formula:
        """Whether a requirement is TRUE of the transfer: its condition holds, and a way it is tied to opens, if to any."""
        ways = [way for way, ties in self.algebra.ties.items() if any(tied == name for tied, _ in ties)]
        through: Formula = True if self._requirements[name] in self.law.untied else any_of(self.opens(way).yes for way in ways)
        return all_of((self.when(name).yes, through))

    def verdict(self, head: str = "") -> dict[str, Formula]:
        """For each verdict whether the case has it: exactly one of them holds of every case.

        `head` is the head that a case relies on, which counts only where it opens.
        """
        governs, allowed, settled = self.governs, self.allowed, self.settled().yes
        if head in self.algebra.heads:
            opens = self.opens(head).yes
            settled = any_of((all_of((opens, self.settled(head).yes)), all_of((deny(opens), settled))))
        decided = all_of((governs.yes, allowed.yes))
        return {
            "outside": deny(governs.may),
            "prohibited": all_of((governs.yes, deny(allowed.may))),
            "undetermined": all_of((governs.may, any_of((deny(governs.yes), all_of((allowed.may, deny(allowed.yes))))))),
            "permitted": all_of((decided, settled)),
            "conditional": all_of((decided, deny(settled))),
        }


def always(facts: Facts, corpus: Corpus) -> list[Formula]:
    """That no condition that holds of every case is FALSE."""
    circuit = Circuit(facts.layout, {})
    reading = Reading(circuit, facts)
    return [reading.two(circuit.condition(node, "when"), S).may for _, node in corpus.always]


def facts_read(law: LawInForce, corpus: Corpus) -> frozenset[str]:
    """What a complete case states: every fact that a `when`, a definition, `governs` or an `always` condition reads."""
    nodes = [law.regime.governs, *(node for _, node in corpus.always)]
    nodes += [p.when for p in law.provisions if p.when is not None]
    nodes += [p.when for entries in law.versions.values() for p in entries if p.when is not None]
    return frozenset(name for node in nodes for part in walk(node) if isinstance(part, LITERALS) for name in facts_of(part))
