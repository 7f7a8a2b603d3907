"""The facts a peer is given: what the host has stated, filled in and looked up, as one flat mapping of plain values.

Dated look-ups, the catalogue and defaults are the host's work for every engine alike: Sekisho's own completion of a
case does it, and its time is told apart. Unknown and unstated are None; a claimed set that is not stated is empty.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache

from benchmarks.plan import Atom, Expression, Gate, Plan
from sekisho.case import Completed
from sekisho.decide import decider
from sekisho.language.expression import Literal, facts_of


def host_name(fact: str) -> str:
    """A fact's name in the peers' languages, which have no dots in names."""
    return fact.replace(".", "_")


@cache
def claimed_facts() -> frozenset[str]:
    """The facts that somebody has to claim, promise or decide."""
    return frozenset(fact.name for fact in decider().corpus.vocabulary.facts.values() if fact.claimed)


def is_claimed(literal: Literal) -> bool:
    """Whether the silence of a literal's fact is a claim not made."""
    return any(name in claimed_facts() for name in facts_of(literal))


def facts_read(plan: Plan) -> tuple[str, ...]:
    """The facts that a plan reads, each once."""
    return tuple(
        dict.fromkeys(name for body in plan.steps.values() for atom in _atoms(body) for name in facts_of(atom.literal))
    )


def _atoms(body: Expression) -> Iterator[Atom]:
    if isinstance(body, Atom):
        yield body
    elif isinstance(body, Gate):
        for part in body.parts:
            yield from _atoms(part)


def host(plan: Plan) -> Callable[[Completed], dict[str, object]]:
    """The function that gives a plan's facts of a completed case."""
    vocabulary = decider().corpus.vocabulary.facts
    wanted = [(name, host_name(name), vocabulary[name]) for name in facts_read(plan)]

    def facts(completed: Completed) -> dict[str, object]:
        found: dict[str, object] = {}
        for name, key, fact in wanted:
            value = completed.value(name)
            if fact.type == "set" and (value is not None or fact.claimed):
                found[key] = sorted(value or ())  # type: ignore[arg-type]
            else:
                found[key] = value
        return found

    return facts
