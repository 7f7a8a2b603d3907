"""How many things a phrase counts that measures them: *a pair of helicopters*, *500 rounds of shells*, *the first of them*."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sekisho.read.chunks import Chunk, Item, Party
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


_KINDS = frozenset({"tank", "truck", "frigate", "submarine", "destroyer", "helicopter", "drone", "missile", "rocket", "bomb"})
_FRIENDS = frozenset({"ally", "neighbour", "neighbor", "partner", "patron"})


def apart(head: str, other: Item) -> bool:
    """`40 trucks for the 28 tanks it gave`: whether the two words name different kinds of things of one list."""
    return head in _KINDS and any(word in _KINDS and word != head for word in other.thing.words.lower().split())


def is_friend(chunk: Chunk | None) -> bool:
    """`its ally`: whether a phrase names what one of two is to the other."""
    return chunk is not None and chunk.possessive_word in ("its", "their") and chunk.word in _FRIENDS


def friend_of(acting: Sequence[Party], last: tuple[Sequence[Party], Sequence[Party]]) -> list[Party]:
    """`bought 100 such shells from its ally`: the other of two that were told of."""
    own = {party.state for party in acting}
    sides = [side for side in last if own & {party.state for party in side}]
    return [party for side in last for party in side if len(sides) == 1 and party.state not in own]


_CREWS = frozenset({"crew", "sailors", "crewmen", "seamen", "submariners"})


def crew_of(chunk: Chunk, preposition: str) -> list[Party]:
    """`was handed over to an Indian crew`: whose crew it is that something goes to."""
    told = preposition == "to" and chunk.kind == "other" and bool(chunk.words & _CREWS) and not chunk.possessive_word
    return list(chunk.possessor) if told else []
