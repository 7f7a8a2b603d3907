"""Lists of small English words, kept as data in small_words.csv beside this module: the grammar that the reader leans on."""

from __future__ import annotations

import csv
from functools import lru_cache
from importlib.resources import files


@lru_cache(maxsize=8)
def table(name: str) -> tuple[dict[str, str], ...]:
    """The rows of a word list of this room, such as verbs.csv."""
    text = files("sekisho.read").joinpath(name).read_text("utf-8")
    return tuple(csv.DictReader(text.splitlines()))


def in_order(name: str) -> list[str]:
    """A list of small words by its name, in the order in which it is written."""
    return next(row["words"] for row in table("small_words.csv") if row["list"] == name).split()


@lru_cache(maxsize=64)
def word_list(name: str) -> frozenset[str]:
    """A list of small words by its name.

    >>> "toward" in word_list("prepositions")
    True
    """
    return frozenset(in_order(name))
