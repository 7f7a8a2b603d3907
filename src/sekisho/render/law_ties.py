"""What hangs together in the law: requirements and their heads, bars and their lifts, definitions and what uses them."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from sekisho.corpus import Corpus, Provision, Regime
from sekisho.corpus.checks import resolve
from sekisho.language.nodes import references


class Ties(msgspec.Struct, frozen=True):
    """What a provision hangs together with on some day of its life, each in file order.

    `required`: what is required of a head or lift. `every`: what is required of every transfer besides, of a head or lift.
    `lifted_by`: the lifts of a bar. `lifts`: what a lift lifts. `serves`: the heads and lifts that a requirement is tied to.
    `general`: whether a requirement is tied to nothing, and so binds every transfer. `uses`: the definitions in the condition.
    `used_by`: what uses a definition.
    """

    required: tuple[Provision, ...] = ()
    every: tuple[Provision, ...] = ()
    lifted_by: tuple[Provision, ...] = ()
    lifts: tuple[Provision, ...] = ()
    serves: tuple[Provision, ...] = ()
    general: bool = False
    uses: tuple[Provision, ...] = ()
    used_by: tuple[Provision, ...] = ()


def regime_of(corpus: Corpus, instrument: str) -> Regime:
    """The regime that lists an instrument, the first if there are several."""
    return next(regime for regime in corpus.regimes.values() if instrument in regime.instruments)


def ties(corpus: Corpus, provision: Provision) -> Ties:
    """What a provision hangs together with."""
    own = regime_of(corpus, provision.instrument)
    every = [p for name in own.instruments for p in corpus.instruments[name].provisions]
    beside = [p for p in every if p.in_force.overlaps(provision.in_force) and p is not provision]
    way, mine = provision.effect in ("permits", "lifts"), names_in(provision)
    requirements = [p for p in beside if p.effect == "requires"] if way else []
    return Ties(
        required=tuple(p for p in requirements if p.targets and _names(corpus, p, provision)),
        every=tuple(p for p in requirements if not p.targets),
        lifted_by=tuple(p for p in beside if p.effect == "lifts" and _names(corpus, p, provision)),
        lifts=tuple(p for p in beside if provision.effect == "lifts" and _names(corpus, provision, p)),
        serves=tuple(p for p in beside if provision.effect == "requires" and _names(corpus, provision, p)),
        general=provision.effect == "requires" and not provision.targets,
        uses=tuple(p for p in beside if p.effect == "defines" and p.label in mine),
        used_by=tuple(p for p in beside if provision.effect == "defines" and provision.label in names_in(p)),
    )


def names_in(provision: Provision) -> frozenset[str]:
    """The definitions that a provision's own conditions name."""
    nodes = (node for node in (provision.when, provision.met) if node is not None)
    return frozenset(name for node in nodes for name in references(node))


def _names(corpus: Corpus, tying: Provision, other: Provision) -> bool:
    """Whether the `lifts` or `for` of a provision names another, by itself or with its whole instrument."""
    if tying.effect not in ("lifts", "requires"):
        return False
    return any(other in _resolved(corpus, tying, target) for target in tying.targets)


def _resolved(corpus: Corpus, tying: Provision, target: str) -> Iterable[Provision]:
    return resolve(target, tying.effect, corpus.provisions, corpus.instruments)
