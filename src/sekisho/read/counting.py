"""How many things a phrase counts that measures them: *a pair of helicopters*, *500 rounds of shells*, *the first of them*."""

from __future__ import annotations

from collections.abc import Mapping

from sekisho.read.chunks import Chunk, Item
from sekisho.read.wordlists import word_list

_COUNTED = word_list("counted in")
"""Words whose number is that of the things themselves: *10,000 rounds of ammunition*."""
SETS: Mapping[str, int] = {"pair": 2, "duo": 2, "brace": 2, "trio": 3, "quartet": 4, "foursome": 4, "quintet": 5, "sextet": 6}
"""Nouns that mean so many."""
_ORDINALS = frozenset({"first", "second", "third", "fourth", "fifth", "last", "final"})
_PARTS = frozenset({"third", "fourth", "fifth"})


def measured(chunk: Chunk, item: Chunk) -> Chunk:
    """The thing of *a pair of helicopters*, *two pairs of boots*, with as many as its measure says."""
    first = item.items[0]
    number = _number(chunk)
    if number is not None:
        first.quantity, first.quantity_span = number, (chunk.start, chunk.end)
    item.start = chunk.start
    return item


def _number(chunk: Chunk) -> float | None:
    counted_in = chunk.word in _COUNTED and chunk.quantity is not None
    if chunk.indefinite and chunk.word in _PARTS:
        return None  # *a third of the shells*
    if chunk.kind == "number" or counted_in:
        return chunk.quantity
    if chunk.word in _ORDINALS:
        return 1
    if chunk.word in SETS:
        return SETS[chunk.word]
    several = SETS.get(chunk.word[:-1]) if chunk.word.endswith("s") else None
    return chunk.quantity * several if several is not None and chunk.quantity is not None else None


def pointing_at(item: Item, chunk: Chunk, same: bool = False) -> Item:
    """An item that points back at another; `same`: at all of it, and so at as many."""
    span = (chunk.start, chunk.end)
    number = (item.quantity, item.quantity_span) if same else (None, None)
    pointing = Item(item.thing, span, *number, item.maker, item.of, definite=True, plural=True, pointing=True)
    others = chunk.word == "others" and chunk.quantity is not None  # *nine others*
    pointing.counted, pointing.made = chunk.kind == "number" or others, item.made
    pointing.ordinal = "first" if "first" in chunk.words else ""
    if chunk.quantity is not None:
        pointing.quantity, pointing.quantity_span = chunk.quantity, span
    return pointing
