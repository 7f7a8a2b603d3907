"""Rows that agree in several whole numbers, told by one number each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np
import pyarrow as pa

from sekisho.sweep.frame import Numbers

ROOM = 1 << 62
"""How many different values fit in one word."""
MIXERS = np.random.default_rng(7).integers(1 << 62, size=1 << 10) * 2 + 1
"""What words are multiplied by before they are added up: words that differ very seldom give the same sum, and that is seen."""


def packed(parts: Iterable[tuple[Any, int]]) -> Iterator[Numbers]:
    """Numbers from 0, each with how many there can be, as words: as many in one word as fit."""
    word, size = None, 1
    for numbers, more in parts:
        if word is not None and size * more <= ROOM:
            size *= more
            word = word.astype(np.promote_types(word.dtype, np.min_scalar_type(size)), copy=False)
            word *= word.dtype.type(more)
            word += numbers.astype(word.dtype, copy=False)
            continue
        if word is not None:
            yield word.astype(np.int64, copy=False)
        word, size = numbers.astype(np.min_scalar_type(more)), more
    if word is not None:
        yield word.astype(np.int64, copy=False)


def grouped(words: Sequence[Numbers]) -> tuple[Numbers, Numbers]:
    """Each row's number, from 0, the same where every word is; and the first row of each number."""
    ids, firsts = _grouped(words[0] if len(words) == 1 else sum(word * by for word, by in zip(words, MIXERS, strict=False)))
    if len(words) == 1 or all((word.take(firsts).take(ids) == word).all() for word in words):
        return ids, firsts
    ids, firsts = _grouped(words[0])
    for word in words[1:]:
        other, others = _grouped(word)
        ids, firsts = _grouped(ids * len(others) + other)
    return ids, firsts


def _grouped(word: Any) -> tuple[Numbers, Numbers]:
    encoded = pa.array(word).dictionary_encode()
    ids = encoded.indices.to_numpy().astype(np.int64)
    return ids, np.flatnonzero(np.diff(np.maximum.accumulate(ids), prepend=-1))
