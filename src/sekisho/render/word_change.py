"""What changed in a text, word by word, English and Japanese."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import Literal, TypeAlias

import msgspec

Kind: TypeAlias = Literal["same", "gone", "new"]

LEAST = 0.35
"""Below this likeness two texts are shown whole, one after the other: their common words are chance."""
LONGEST = 12_000
"""Characters beyond which texts are shown whole too: matching takes the square of the length."""
_TOKENS = re.compile(r"[A-Za-z0-9_]+(?:[.'’-][A-Za-z0-9_]+)*|[ァ-ヶー]+|\s+|.", re.DOTALL)
"""A word of Latin letters or the name of a fact, a word of katakana, a space, or one other character: Japanese does not part
its words."""
_BRIDGE = 3
"""Characters of what is the same between two changes that are taken with them."""


class Piece(msgspec.Struct, frozen=True):
    """A piece of two texts: the same in both, gone from the first, or new in the second."""

    kind: Kind
    text: str


def changed(before: str, after: str) -> tuple[Piece, ...]:
    """The pieces of two texts: without the new ones the first, without the gone ones the second.

    >>> [(piece.kind, piece.text) for piece in changed("a part of the whole", "a part of a whole")]
    [('same', 'a part of '), ('gone', 'the'), ('new', 'a'), ('same', ' whole')]
    """
    if before == after:
        return (Piece("same", before),) if before else ()
    whole = (Piece("gone", before), Piece("new", after))
    if not before or not after or max(len(before), len(after)) > LONGEST:
        return tuple(piece for piece in whole if piece.text)
    first, second = _tokens(before), _tokens(after)
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    if matcher.ratio() < LEAST:
        return whole
    spans = [("".join(first[a:b]), "".join(second[c:d]), tag == "equal") for tag, a, b, c, d in matcher.get_opcodes()]
    return tuple(_pieces(_bridged(spans)))


def _tokens(text: str) -> list[str]:
    return _TOKENS.findall(text)


def _bridged(spans: list[tuple[str, str, bool]]) -> list[tuple[str, str, bool]]:
    """The spans with what is the same for a few characters only, between two changes, taken into them."""
    found: list[tuple[str, str, bool]] = []
    for place, (old, new, same) in enumerate(spans):
        inner = 0 < place < len(spans) - 1
        joined = same and not (inner and len(old.strip()) < _BRIDGE)
        if found and not joined and not found[-1][2]:
            found[-1] = (found[-1][0] + old, found[-1][1] + new, False)
        else:
            found.append((old, new, joined))
    return found


def _pieces(spans: list[tuple[str, str, bool]]) -> list[Piece]:
    found: list[Piece] = []
    for old, new, same in spans:
        if same:
            found.append(Piece("same", old))
        else:
            kinds: tuple[tuple[Kind, str], ...] = (("gone", old), ("new", new))
            found += [Piece(kind, text) for kind, text in kinds if text]
    return found
