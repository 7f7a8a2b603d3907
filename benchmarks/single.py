"""One decision with its reasons as values, from a parsed case, all of Japan's law loaded (the first measure)."""

from __future__ import annotations

from collections import Counter
from typing import Any

import msgspec

from benchmarks import cases
from benchmarks.report import Section, microseconds, ratio
from benchmarks.timing import Engine, interleaved
from sekisho import receipt
from sekisho.decide import Decider
from sekisho.render.data import answer_data

LEAST, AIM = 100, 30
"""Microseconds at p50: what must be reached, and what is aimed at."""


def run(decider: Decider, wanted: int = 300, rounds: int = 7) -> Section:
    """The table of one decision and of what may be done with it."""
    chosen = cases.varied(decider, wanted)
    completed = [cases.looked_up(decider, case) for case in chosen]
    answers = [(case, decider.decide(case)) for case in chosen]

    def fresh(pair: tuple[Any, Any]) -> tuple[Any, Any]:
        return pair[0], decider.decide(pair[0])

    def rendered(pair: tuple[Any, Any]) -> bytes:
        case, answer = fresh(pair)
        return msgspec.json.encode(answer_data(decider, answer, case))

    def sealed(pair: tuple[Any, Any]) -> bytes:
        case, answer = fresh(pair)
        return receipt.make(decider, case, answer)

    engines = {
        "**one decision** (regime japan), every sub-expression's value kept": Engine(
            lambda case: decider.decide_regime(case, "japan"), chosen
        ),
        "… of which the case completed: catalogue, defaults, look-ups": Engine(
            lambda case: cases.looked_up(decider, case), chosen
        ),
        "… of which decided": Engine(lambda entry: decider.decide_completed(entry, "japan"), completed),
        "one decision, its reasons unfolded as a typed tree": Engine(
            lambda case: decider.decide_regime(case, "japan").reasons, chosen
        ),
        "both regimes": Engine(decider.decide, chosen),
        "both regimes, rendered as JSON": Engine(rendered, answers),
        "both regimes, with a sealed receipt": Engine(sealed, answers),
    }
    times = interleaved(engines, rounds)
    section = Section("One decision", ("work", "p50 µs", "p99 µs"))
    section.rows += [(name, microseconds(found.p50), microseconds(found.p99)) for name, found in times.items()]
    p50 = next(iter(times.values())).p50
    verdicts = Counter(decider.decide_regime(case, "japan").verdict for case in chosen)
    said = ", ".join(f"{number} {verdict}" for verdict, number in verdicts.most_common())
    reached = "Met" if p50 <= LEAST else "NOT met"
    section.notes += [
        f"{reached}: at most {LEAST} µs ({ratio(p50 / LEAST)} of it; the aim is {AIM} µs).",
        f"{len(chosen)} cases, {rounds} rounds: the examples and precedents on their own day, and seeded variants on days "
        f"of 1967 to 2026: {said}.",
    ]
    return section
