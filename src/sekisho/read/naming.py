"""Ships that have a name of their own: what they are stands behind it."""

from __future__ import annotations

from collections.abc import Sequence

from sekisho.read.chunks import Chunk

_BEFORE = frozenset({"verb", "party", "pronoun", "day"})
"""What stands before a name that is an object: *received the Kirpan*, *handed Z the Kirpan*, *took delivery on Friday of*."""


def told_by_name(found: Sequence[Chunk]) -> list[Chunk]:
    """Takes away the name of a ship before what it is: `handed Z the Kirpan, a missile corvette`."""
    named = [place for place, chunk in enumerate(found) if chunk.kind == "other" and _is_name(chunk)
             and _is_object(found, place) and _says_what(found[place + 1 : place + 5])]  # fmt: skip
    commas = [place + 1 for place in named]
    return [chunk for place, chunk in enumerate(found) if place not in named and place not in commas]


def _is_object(found: Sequence[Chunk], place: int) -> bool:
    before = [chunk.kind for chunk in found[max(0, place - 2) : place] if chunk.word != "of"]
    return bool(before) and before[-1] in _BEFORE


def _is_name(chunk: Chunk) -> bool:
    named = chunk.unit is not None and chunk.unit.titled
    return named and not (chunk.possessor or chunk.possessive_word or chunk.quantity or chunk.parties)


def _says_what(after: Sequence[Chunk]) -> bool:
    """`, a missile corvette`, `, the first of two frigates`: whether one thing stands behind a comma."""
    if len(after) < 2 or after[0].word != ",":
        return False
    thing = after[1]
    if thing.kind == "det" and len(after) == 4:
        return after[2].word == "of" and after[3].kind == "item"
    item = thing.items[0] if thing.kind == "item" and len(thing.items) == 1 else None
    return item is not None and (thing.indefinite or bool(item.ordinal) or (thing.definite and not item.plural))
