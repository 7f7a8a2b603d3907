"""Words left out, cut off or in any order: no sentence, and read without harm."""

from __future__ import annotations

import random

import pytest
from scoring import passages

from sekisho.decide import Decider
from sekisho.read import Source, read_report

LOOSE = (
    "both",
    "ten of its own",
    ", which",
    "in return",
    "the kingdom",
    ".",
    "of",
    "to",
    "and",
    "on order from",
    "unless",
    "its",
    "had",
)


@pytest.mark.parametrize("seed", [1, *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(2, 7))])
def test_words_left_out_or_in_any_order_do_no_harm(seed: int, decider: Decider) -> None:
    """What is no sentence is read without an error, and what is drafted of it has its words."""
    rng, found = random.Random(seed), passages()
    for passage in rng.choices(found, k=250):
        words = passage.text.split()
        match rng.randrange(4):
            case 0:
                words = [word for word in words if rng.random() > 0.2]
            case 1:
                rng.shuffle(words)
            case 2:
                words = words[rng.randrange(len(words)) :] + rng.choice(found).text.split()[: rng.randrange(40)]
            case _:
                words[rng.randrange(len(words))] = rng.choice(LOOSE)
        report = read_report(Source(" ".join(words), "text", passage.id), decider, passage.date)
        for span in (span for draft in report.drafts for fact in draft.facts for span in fact.spans):
            assert report.source.text[span[0] : span[1]].strip(), passage.id
