"""Whose design the things are that come out of stocks: *from its Soviet-made stocks*, *from stocks of French-built arms*."""

from __future__ import annotations

from sekisho.read.chunks import Chunk, Party
from sekisho.read.frames import Frame
from sekisho.read.wordlists import word_list

_STOCKS = word_list("stocks")
_GIVING = frozenset({"give", "get", "offer", "promise", "swap", "go"})


def made_in_stocks(frame: Frame) -> None:
    """`sent Z tanks from its Soviet-made stocks`: gives the things the maker that is told of the stocks they come from."""
    if frame.sense not in _GIVING:
        return
    makers = [party for chunk in frame.phrase("from", "out", "out of") for party in _stocked(chunk)]
    told = (frame.subject if frame.chunk.form == "passive" or frame.sense == "go" else None, frame.gap, *frame.objects)
    for item in (item for chunk in (*told, *frame.phrase("of", "with")) if chunk is not None for item in chunk.items):
        if makers and item.maker is None:
            item.made, item.maker = True, makers[0]


def _stocked(chunk: Chunk) -> list[Party]:
    """Who made what lies in stocks, if that is told."""
    if chunk.kind == "other" and chunk.words & _STOCKS and "made" in chunk.words:
        made = list(chunk.possessor[-1:])
        chunk.possessor = chunk.possessor[:-1]
        return made
    general = [item for item in chunk.items if item.thing.general and item.made and item.maker is not None]
    return [item.maker for item in general if item.maker is not None]
