"""The product's decision and a second reading, written apart from it, agree in every field on random cases."""

import random
from collections import Counter

import pytest
from generated import random_case, random_head, to_case
from second_reading import Reading, decide

from sekisho.corpus import load
from sekisho.decide import Decider

CASES, CHUNKS = 20_000, 8
REGIMES = ("japan", "japan-licence")


def product(decider: Decider, case, regime: str) -> Reading:
    """The product's decision in the words of the second reading."""
    decision = decider.decide_regime(case, regime)
    return Reading(
        str(decision.verdict),
        [(way.provision, sorted(way.outstanding)) for way in decision.ways],
        decision.head or None,
        sorted(entry.requirement for entry in decision.outstanding),
        sorted(decision.missing),
        sorted(entry.name for entry in decision.assumed),
    )


@pytest.mark.parametrize("seed", range(CHUNKS))
def test_two_readings_agree(seed: int) -> None:
    corpus, rng = load(), random.Random(seed)
    decider = Decider(corpus)
    seen: Counter[tuple[str, str]] = Counter()
    for _ in range(CASES // CHUNKS):
        day, stated = random_case(rng, corpus)
        head = random_head(rng, corpus, day)
        for regime in REGIMES:
            expected = decide(corpus, regime, day, stated, head or None)
            found = product(decider, to_case(day, stated, head), regime)
            assert found == expected, f"{regime} {day} head={head!r} {stated}"
            seen[regime, expected.verdict] += 1
    for regime, verdict in (("japan", v) for v in ("outside", "undetermined", "prohibited", "conditional", "permitted")):
        assert seen[regime, verdict], f"no case of {regime} came out {verdict}"
