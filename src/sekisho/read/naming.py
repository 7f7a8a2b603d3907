"""Ships that have a name of their own: what they are stands behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sekisho.read.chunks import Chunk

_AROUND = 4
"""Phrases from a place to the mark behind its state: *Yokohama*, a comma, *Japan*, a comma."""
_BEFORE = frozenset({"verb", "party", "pronoun", "day"})
"""What stands before a name that is an object: *received the Kirpan*, *handed Z the Kirpan*, *took delivery on Friday of*."""


def told_by_name(found: Sequence[Chunk]) -> list[Chunk]:
    """Takes away the name of a ship before what it is: `handed Z the Kirpan, a missile corvette`."""
    named = [place for place, chunk in enumerate(found) if chunk.kind == "other" and _is_name(chunk)
             and _is_object(found, place) and _says_what(found[place + 1 : place + 5])]  # fmt: skip
    commas = [place + 1 for place in named]
    return [chunk for place, chunk in enumerate(found) if place not in named and place not in commas]


_AT = frozenset({"in", "at", "near"})


def placed(found: Sequence[Chunk]) -> list[Chunk]:
    """Takes away the commas around the state of a place: `handed over in Yokohama, Japan, on Monday` is in Japan's Yokohama."""
    kept: list[Chunk] = []
    end = 0
    for place, chunk in enumerate(found):
        if place < end:
            continue
        kept.append(chunk)
        if chunk.kind == "prep" and chunk.word in _AT and _has_state(found[place + 1 : place + 6]):
            town, state = found[place + 1], found[place + 3]
            kept.append(town if town.parties else replace(town, possessor=list(state.parties), end=state.end))
            end = place + 4 + (found[place + 4].word == ",")
    return kept


def _has_state(behind: Sequence[Chunk]) -> bool:
    """Whether a place, its state between commas and what goes on about the same verb stand there."""
    if len(behind) < _AROUND or [chunk.word for chunk in (behind[1], behind[3])] not in ([",", ","], [",", "."]):
        return False
    town, state, after = behind[0], behind[2], behind[4:]
    goes_on = behind[3].word == "." or (bool(after) and after[0].kind in ("prep", "day"))
    named = len(state.parties) == 1 and not state.parties[0].kind and not (state.possessor or state.quantity)
    seat = town.kind == "party" and named and [party.state for party in town.parties] == [state.parties[0].state]
    return goes_on and named and (seat or _is_name(town)) and not (town.definite or town.items)


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
