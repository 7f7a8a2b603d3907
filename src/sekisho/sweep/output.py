"""What regimes say of rows as columns of an output: their texts are codes, so that each is written once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import pyarrow as pa

from sekisho.decision import STRICTEST
from sekisho.sweep.deciding import Told

_TEXTS = ("verdict", "head")


def of_regime(told: Told, wanted: Iterable[str]) -> dict[str, pa.Array]:
    """The columns wanted of what a regime says, by name."""
    chosen = pa.array(told.chosen)
    columns: dict[str, pa.Array] = {}
    for name in wanted:
        if name == "turns_on":
            columns[name] = told.turns
        elif name == "notices":
            columns[name] = _listed(told.notices).take(pa.array(told.noticed))
        else:
            values = [getattr(outcome, name) for outcome in told.outcomes]
            coded = pa.array(values, pa.string()).dictionary_encode() if name in _TEXTS else _listed(values)
            columns[name] = coded.take(chosen)
    return columns


def _listed(lists: Sequence[Sequence[str]]) -> pa.Array:
    """Lists of texts, which are codes."""
    listed = pa.array(lists, pa.list_(pa.string()))
    return pa.ListArray.from_arrays(listed.offsets, listed.values.dictionary_encode())


def counted(told: Told) -> dict[str, int]:
    """How many rows have which verdict."""
    found: Counter[str] = Counter()
    for outcome, count in zip(told.outcomes, np.bincount(told.chosen, minlength=len(told.outcomes)).tolist(), strict=True):
        found[outcome.verdict] += count
    return {verdict: count for verdict, count in found.items() if count}


def strictest(every: Iterable[Told]) -> pa.Array:
    """The strictest verdict of each row."""
    ranks: Any = [
        np.array([STRICTEST.index(outcome.verdict) for outcome in told.outcomes], np.int8).take(told.chosen) for told in every
    ]
    return pa.DictionaryArray.from_arrays(pa.array(np.minimum.reduce(ranks)), pa.array(list(STRICTEST)))
