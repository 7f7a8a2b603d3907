"""What was to have been and will not be: *called off a deal under which it was to have received jets*."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sekisho.read.frames import Frame

_PACTS = frozenset({"deal", "give", "get", "plan"})
"""Senses of what is called off as a whole: a contract, a sale, a purchase, talks."""
_TOLD = frozenset({"past", "perfect", "passive", "future", "ongoing", "third"})
_GOING = frozenset({"give", "get", "go", "swap"})


def frustrated(frame: Frame) -> bool:
    """`was to have received jets`, `were to have been sent`: whether a verb tells of what was planned and has not been."""
    return {"to", "have"} <= set(frame.chunk.auxiliaries)


def calls_off(frame: Frame) -> bool:
    """`has cancelled the deal`, `would not renew it`, `will not be sent`: whether a verb says that something will not be."""
    if frame.noun or frame.verb is None:
        return False
    ahead = frame.chunk.form == "future" or "future" in frame.chunk.auxiliaries or "would" in frame.chunk.words
    if frame.sense in ("refuse", "end") and not frame.chunk.negative:
        return frame.chunk.form in _TOLD or (frame.chunk.form == "modal" and "would" in frame.chunk.words)
    return frame.chunk.negative and ahead and (frame.sense in _GOING or frame.verb.lemma in ("renew", "go ahead"))


def pacts_called_off(frames: Sequence[Frame]) -> Iterator[tuple[Frame, Frame]]:
    """`has cancelled a contract with Z`: what is called off, and the verb that says so."""
    for noun in frames:
        above = noun.parent
        if noun.noun and noun.sense in _PACTS and above is not None and noun.by in ("obj", "subject") and calls_off(above):
            yield noun, above


def annulled(frame: Frame, frames: Sequence[Frame]) -> bool:
    """`Licences under which X was to supply guns were annulled`: whether the leave to give them is told to be taken back."""
    leave = frame.phrase("under", "by") if frame.by == "which" and frame.gap is None and frame.parent is None else []
    return any(calls_off(other) and other.chunk.form == "passive" and any(other.subject is each for each in leave)
               for other in frames)  # fmt: skip


_DEAD, _RUINS = frozenset({"dead", "off", "over", "doomed"}), frozenset({"tatters", "ruins", "table", "shreds"})


def is_dead(frame: Frame) -> bool:
    """`is dead`, `is off`, `is in tatters`: whether that is said of what stands before it."""
    return frame.verb is None and (
        any({each.word} & _DEAD for each in frame.objects) or any(each.word in _RUINS for each in frame.phrase("in", "off"))
    )


def undone(frame: Frame, frames: Sequence[Frame]) -> bool:
    """`the deal, under which Z was to have received jets, has been cancelled`: whether its own sentence says it is off."""
    beside = (other for other in frames if other is not frame and other.parent is not frame and calls_off(other))
    return any(other.by in ("main", "that") or (other.by == "sub" and other.conjunction == "but") for other in beside)


def says_it_cannot(frame: Frame) -> bool:
    """`Z cannot supply shells, its president said`: what the giver itself says that it cannot do is refused."""
    told = frame.teller or (frame.parent if frame.by == "that" else None)
    if told is None or told.sense != "say" or told.subject is None or not {"cannot", "can", "ca"} & frame.chunk.words:
        return False
    own = told.subject.possessive_word or told.subject.kind == "pronoun" or frame.subject is None
    if own or frame.subject is None or frame.subject.kind == "pronoun":
        return frame.sense == "give"
    states = {party.state for party in frame.subject.parties}
    return frame.sense == "give" and bool(states & {party.state for party in (*told.subject.parties, *told.subject.possessor)})


def would_not(frame: Frame) -> bool:
    """`because X would not sell it jets`, `X, which would not sell jets`: whether a refusal is told by the way."""
    told = frame.chunk.negative and "would" in frame.chunk.words and "have" not in frame.chunk.auxiliaries
    giving = frame.subject is not None and frame.subject.kind == "party" and frame.sense in ("give", "permit")
    reason = frame.by == "sub" and frame.conjunction in _REASONS
    plain = frame.by in ("main", "sub") and not frame.noun and frame.conjunction in _BESIDE and giving and _names_whom(frame)
    behind = frame.by == "which" and frame.gap is not None and (giving or frame.gap is frame.subject)
    return told and (reason or plain or behind)


_REASONS = frozenset({"because", "since", "after", "as", "although"})
_BESIDE = frozenset({"", "but", "so", "while", "whereas", "when"})


def _names_whom(frame: Frame) -> bool:
    """`would not sell Z any`, `would not provide any`: whether it is said whom or what somebody would not give."""
    if frame.sense == "permit" and any(chunk.kind == "event" for chunk in frame.objects):
        return True  # *would not license the sale of jets to Z*
    whom = any(chunk.kind in ("party", "pronoun") for chunk in (*frame.objects, *frame.phrase("to")))
    return whom and (frame.sense != "give" or any(chunk.kind in ("item", "number", "pronoun") for chunk in frame.objects))
