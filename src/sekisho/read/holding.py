"""Who is told to have things, without a word of how they came: *Z's army parades tanks*, *Z has jets*, *put guns on show*."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sekisho.read.chunks import Chunk, Item
from sekisho.read.frames import Frame
from sekisho.read.wordlists import word_list

_USING = frozenset(word.replace("_", " ") for word in word_list("taking up")) | {
    "possess",
    "boast",
    "muster",
    "line up",
    "count",
}
_KEEPING = frozenset(
    {"roll", "roll out", "wheel out", "trot out", "march", "mass", "station", "position", "upgrade", "modernise", "modernize",
     "overhaul", "refit", "repair", "repaint", "ground", "flaunt", "scramble", "base", "maintain", "man", "crew", "garage",
     "store", "hide", "move", "send out", "call out", "bring out", "throw in", "commit", "line up", "line", "arm", "lose"}
)  # fmt: skip
"""What one does with things that are one's own."""
_RELYING = frozenset({"rely", "depend", "lean", "count", "rely on", "depend on", "lean on", "count on"})
_HAVING = frozenset({"has", "have", "had"})
_PUTTING = frozenset({"put", "place"})
_SHOWS = frozenset({"show", "display", "parade", "exhibition", "view", "alert"})


def holders(found: Sequence[Frame]) -> Iterator[tuple[Chunk, Frame, Item]]:
    """Who has things by the frames of a sentence, the frame that says so, and each thing."""
    for frame in found:
        fitted = frame.phrase("with") if frame.sense == "with" and frame.chunk.form == "passive" and not frame.noun else []
        relied = frame.phrase("on") if frame.verb is not None and frame.verb.lemma in _RELYING else []
        if (fitted or relied) and frame.subject is not None and not frame.chunk.negative:
            yield from ((frame.subject, frame, item) for chunk in (*fitted, *relied) for item in chunk.items)
        elif _is_having(frame) and frame.subject is not None and frame.subject.kind in ("party", "pronoun"):
            for chunk in frame.objects:
                yield from ((frame.subject, frame, item) for item in chunk.items)


def _is_having(frame: Frame) -> bool:
    """Whether a verb says that its subject has or uses its objects."""
    if frame.noun or frame.chunk.negative or frame.chunk.form == "passive":
        return False
    if frame.verb is None:
        return frame.chunk.word in _HAVING
    shown = frame.verb.lemma in _PUTTING and any(chunk.word in _SHOWS for chunk in frame.phrase("on"))
    return frame.verb.lemma in _USING or frame.verb.lemma in _KEEPING or shown


_OFFERING = frozenset({"give", "grant", "offer", "promise", "award", "deny", "refuse"})
"""Verbs of which who receives may be the subject: *they were given by X what they asked for*."""


def is_things(subject: Chunk, frame: Frame) -> bool:
    """`Both were given by X`, `they were sold to it by X`: whether things told of are given, and nobody receives."""
    gone = any(chunk.kind in ("party", "pronoun") for chunk in frame.phrase("to"))
    handed = frame.verb is not None and frame.verb.lemma not in _OFFERING and bool(frame.phrase("by"))
    if frame.by not in ("main", "that", "sub"):
        return subject.word == "those"
    return subject.word in ("those", "both") or (
        subject.word in ("they", "these") and (gone or handed) and not frame.objects and not frame.phrase("with")
    )
