"""What is told of stocks: whose design the things in them are, and by what they have been emptied."""

from __future__ import annotations

from collections.abc import Sequence

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
    if not makers:
        return
    told = (frame.subject if frame.chunk.form == "passive" or frame.sense == "go" else None, frame.gap, *frame.objects)
    for item in (item for chunk in (*told, *frame.phrase("of", "with")) if chunk is not None for item in chunk.items):
        if item.maker is None:
            item.made, item.maker = True, makers[0]


def _stocked(chunk: Chunk) -> list[Party]:
    """Who made what lies in stocks, if that is told."""
    if chunk.kind == "other" and chunk.words & _STOCKS and "made" in chunk.words:
        made = list(chunk.possessor[-1:])
        chunk.possessor = chunk.possessor[:-1]
        return made
    general = [item for item in chunk.items if item.thing.general and item.made and item.maker is not None]
    return [item.maker for item in general if item.maker is not None]


_EMPTYING = frozenset({"empty", "deplete", "drain", "exhaust", "thin", "thin out", "run down", "draw down", "diminish", "strip",
                       "denude", "clear out", "bleed", "reduce", "hollow out", "shrink", "sap", "clean out", "strain",
                       "eat into"})  # fmt: skip
_EMPTIED = frozenset({"emptied", "denuded", "hollowed", "thinned", "drained", "bled"})
_HOLDINGS = _STOCKS | {"racks", "shelves", "magazines", "hangars", "bunkers", "store", "stores", "larder", "stables"}
_ITS = frozenset({"its", "their"})


def drained(noun: Frame) -> Frame | None:
    """`Its racks emptied by shipments of shells to W`: the verb that says so of stocks of whoever is meant by *its*."""
    above = noun.parent if noun.noun and noun.by == "prep by" else None
    if above is None or above.noun or above.chunk.negative:
        return None
    if above.chunk.word not in _EMPTIED and (above.verb is None or above.verb.lemma not in _EMPTYING):
        return None
    near = [above.subject, above.gap]
    held = [chunk for chunk in near if chunk is not None and chunk.words & _HOLDINGS and chunk.possessive_word in _ITS]
    return above if held else None


def drained_giver(noun: Frame, frames: Sequence[Frame]) -> Chunk | None:
    """Whose stocks they are: who acts behind, in *its racks emptied by shipments to W, X has ordered*; else *it*."""
    above = drained(noun)
    if above is None or noun.chunk.possessor:
        return None
    behind = [other for other in frames if other.chunk.start > noun.chunk.end and other.by == "main" and not other.noun]
    named = next((other.subject for other in behind if other.subject is not None and other.subject.kind == "party"), None)
    return named or Chunk("pronoun", noun.chunk.start, noun.chunk.end, "it")
