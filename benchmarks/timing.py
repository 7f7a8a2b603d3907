"""Timing: engines take turns in rounds, so that what else the machine does falls on all of them alike."""

from __future__ import annotations

import gc
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from time import perf_counter_ns
from typing import Any


@dataclass(frozen=True)
class Engine:
    """What is timed: a function, and the inputs it is called with, one after another."""

    call: Callable[[Any], object]
    inputs: Sequence[Any]


@dataclass(frozen=True)
class Times:
    """Times in nanoseconds: for each round, one for each input."""

    rounds: tuple[tuple[int, ...], ...]

    def _sorted(self) -> list[int]:
        return sorted(time for round_ in self.rounds for time in round_)

    def quantile(self, share: float) -> float:
        """A quantile over all rounds and inputs, in microseconds."""
        found = self._sorted()
        return found[min(len(found) - 1, int(share * len(found)))] / 1000

    @property
    def p50(self) -> float:
        """The median, in microseconds."""
        return self.quantile(0.5)

    @property
    def p99(self) -> float:
        """The 99th percentile, in microseconds."""
        return self.quantile(0.99)

    def plus(self, other: Times) -> Times:
        """Two stages one after the other, on the same inputs in the same rounds."""
        pairs = zip(self.rounds, other.rounds, strict=False)
        return Times(tuple(tuple(a + b for a, b in zip(mine, theirs, strict=True)) for mine, theirs in pairs))


def interleaved(engines: Mapping[str, Engine], rounds: int) -> dict[str, Times]:
    """The times of some engines, which take turns, each round beginning with another one; each warms up first."""
    names = list(engines)
    found: dict[str, list[tuple[int, ...]]] = {name: [] for name in names}
    for number in range(rounds):
        for name in names[number % len(names) :] + names[: number % len(names)]:
            engine = engines[name]
            for value in engine.inputs if number == 0 else engine.inputs[:5]:
                engine.call(value)
            gc.collect()
            found[name].append(_once(engine))
    return {name: Times(tuple(times)) for name, times in found.items()}


def _once(engine: Engine) -> tuple[int, ...]:
    call, times = engine.call, []
    for value in engine.inputs:
        begin = perf_counter_ns()
        call(value)
        times.append(perf_counter_ns() - begin)
    return tuple(times)
