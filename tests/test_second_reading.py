"""The product's decision and a second reading, written apart from it, agree in every field on random cases.

On the law of Japan, and on made-up law that asks more of the algebra than any law in force does.
"""

import random
from collections import Counter
from pathlib import Path

import pytest

from generated import random_case, random_law, to_case
from second_reading import Reading, decide
from sekisho.corpus import load
from sekisho.decide import Decider

CASES, CHUNKS = 20_000, 8
REGIMES, CASES_OF_THEM = 8, 150
SEEDS = [0, *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(1, CHUNKS))]


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


def agreed(corpus, decider: Decider, regime: str, day, stated, head: str = "") -> Reading:
    """What both readings say; the assertion fails with the case if they differ."""
    expected = decide(corpus, regime, day, stated, head or None)
    assert product(decider, to_case(day, stated, head), regime) == expected, f"{regime} {day} head={head!r} {stated}"
    return expected


def put(rng: random.Random, corpus, decider: Decider) -> list[tuple[str, str]]:
    """Put one random case to every regime, and again with one of the open heads named."""
    day, stated = random_case(rng, corpus)
    verdicts = []
    for regime in corpus.regimes:
        reading = agreed(corpus, decider, regime, day, stated)
        heads = [way for way, _ in reading.ways if corpus.provisions[way].effect == "permits"]
        if heads and rng.random() < 0.5:
            agreed(corpus, decider, regime, day, stated, rng.choice(heads))
        verdicts.append((regime, reading.verdict))
    return verdicts


@pytest.mark.slow
@pytest.mark.parametrize("seed", SEEDS)
def test_two_readings_agree_on_the_law_of_japan(seed: int) -> None:
    corpus, rng = load(), random.Random(seed)
    decider = Decider(corpus)
    seen = Counter(pair for _ in range(CASES // CHUNKS) for pair in put(rng, corpus, decider))
    for verdict in ("outside", "undetermined", "prohibited", "conditional", "permitted"):
        assert seen["japan", verdict] > 20, f"too few cases of japan came out {verdict}"


@pytest.mark.parametrize("seed", SEEDS)
def test_two_readings_agree_on_law_made_up(seed: int, tmp_path: Path) -> None:
    rng = random.Random(seed)
    corpus = random_law(rng, tmp_path / "law", REGIMES)
    decider = Decider(corpus)
    for _ in range(CASES_OF_THEM):
        put(rng, corpus, decider)
