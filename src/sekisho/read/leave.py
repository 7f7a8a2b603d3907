"""Leave that one tells another: what it may do, what it may not, and what it is asked whether it may."""

from __future__ import annotations

from collections.abc import Sequence

from sekisho.read.chunks import Chunk, Party
from sekisho.read.frames import Frame
from sekisho.read.wordlists import word_list

_MAY = frozenset({"may", "must", "can", "cannot", "ca", "could"})
_HEARING = frozenset({"hear", "wait", "wait for", "await", "learn", "know"})
_TELLING = frozenset({"tell", "inform", "warn", "notify", "advise"})
_ASSURANCES = frozenset({"assurance", "assurances", "guarantee", "guarantees", "word"})
_LETTING_KNOW = frozenset({"tell", "inform", "notify", "advise", "assure", "reassure"})


def forbidden(frame: Frame) -> bool:
    """`X told Z that it may not hand on Y`: what somebody is told not to do."""
    told = frame.parent if frame.by == "that" else None
    if told is None or told.verb is None or told.subject is None or told.chunk.negative:
        return False
    if (
        frame.subject is not None
        and frame.subject.kind == "pronoun"
        and any(chunk.kind == "pronoun" for chunk in frame.objects)
    ):
        return False  # *X told Z that it could not sell it jets*: what the teller cannot do
    if frame.sense == "decide" and frame.subject is not None and frame.subject.kind == "pronoun":
        return False  # *X told Z that it cannot go ahead with the sale*
    behind = frame.chunk.start < told.chunk.start  # *Z may not hand on Y, X has told it*
    whom = [chunk for chunk in told.objects if chunk.kind == "party" or (behind and chunk.kind == "pronoun")]
    if told.chunk.form == "passive" and told.subject.kind == "party":
        whom = [told.subject]  # *A maker was told that it may not export*
    told_it = told.sense == "decide" or (told.verb.lemma in _TELLING and bool(whom)) or ruled_after(frame)
    return told_it and _may_not(frame)


def _may_not(frame: Frame) -> bool:
    modal = frame.chunk.form == "modal" or "modal" in frame.chunk.auxiliaries
    return frame.chunk.negative and modal and bool(frame.chunk.words & _MAY)


def ruled_after(frame: Frame) -> bool:
    """`Z may not pass its X-made Y on to W, X has ruled`: what a party may not do with a named thing, before who says so."""
    told, acting = frame.teller, frame.subject
    if frame.by == "that" and frame.parent is not None and frame.parent.chunk.start > frame.chunk.start:
        told = frame.parent
    if frame.noun or frame.by not in ("main", "that") or told is None or told.verb is None or not _may_not(frame):
        return False
    deciding = told.sense == "decide" or (told.verb.lemma in _TELLING and bool(told.objects))
    made = {item.maker.state for chunk in frame.objects for item in chunk.items if item.made and item.maker is not None}
    seats = told.phrase("in") if told.subject is not None and told.subject.kind == "other" else []  # *an agency in Bern said*
    telling = {party.state for chunk in (told.subject, *seats) if chunk is not None for party in chunk.parties}
    deciding = deciding or (told.sense == "say" and bool(made & telling))
    named = any(not item.thing.general for chunk in frame.objects for item in chunk.items)
    return deciding and not told.chunk.negative and named and acting is not None and acting.kind == "party"


def leave_told(frame: Frame) -> tuple[str, Sequence[Chunk]]:
    """`asked X whether it could send Y`: asked, and of whom; `X told Z it may send Y`: decided, and to whom it is told."""
    modal = frame.chunk.form == "modal" or "modal" in frame.chunk.auxiliaries
    above = frame.parent
    if frame.noun or frame.chunk.negative or not modal or not frame.chunk.words & {"may", "might", "can", "could"}:
        return "", []
    if frame.conjunction in ("whether", "if") and above is not None and above.sense == "ask" and not above.noun:
        passive = above.chunk.form == "passive" and above.subject is not None
        return "asked", [above.subject] if passive and above.subject is not None else above.objects
    hearing = frame.conjunction == "whether" and above is not None and above.verb is not None and (
        above.verb.lemma in _HEARING and not above.noun)  # fmt: skip
    if hearing and above is not None:  # *is waiting to hear from X whether it may pass on guns*
        return "asked", above.phrase("from", "for")
    weighed = frame.conjunction == "whether" and above is not None and above.sense in ("decide", "plan") and not above.noun
    if weighed and above is not None and above.subject is not None and "may" in frame.chunk.words:
        return "asked", [above.subject]  # *has until Friday to decide whether Z may pass on guns*
    assured = above is not None and frame.by == "which" and any(chunk.words & _ASSURANCES for chunk in above.objects)
    told = frame.teller or (above if frame.by == "that" or assured else None)
    telling = told is not None and not told.noun and told.verb is not None and (
        told.verb.lemma in _LETTING_KNOW or (assured and told.sense == "give"))  # fmt: skip
    if not telling or told is None or told.chunk.negative:
        return "", []
    heard = told.chunk.form == "passive" and told.subject is not None and bool(told.phrase("by"))
    return "decided", [told.subject] if heard and told.subject is not None else told.objects  # *Z was assured by X that it may*


_WAITED = frozenset({"outstanding", "pending", "awaited", "lacking", "missing", "open"})


def waited_for(permit: Frame, above: Frame) -> bool:
    """`Washington's consent is still outstanding for the sale`: whether leave is not yet given."""
    if not permit.noun or permit.sense != "permit" or permit.by != "subject" or above.chunk.negative:
        return False
    if above.verb is not None:
        return above.verb.lemma in ("miss", "lack") and above.chunk.form == "ongoing"
    bare = not above.objects and "still" in above.words | above.chunk.words  # *is still pending*
    return bare or any(chunk.words & _WAITED for chunk in above.objects)


_SINCE = frozenset({"after", "since", "because", "once", "as"})
_OVERCOMING = frozenset({"drop", "give up", "abandon", "withdraw", "waive", "lift", "remove"})


def freed_by(frame: Frame, frames: Sequence[Frame]) -> Frame | None:
    """`Z may pass on guns after X dropped its objections`, `now that X has given its consent`: what X did, if it lets Z."""
    for noun in frames if "modal" in frame.chunk.auxiliaries or frame.chunk.form == "modal" else ():
        act = noun.parent if noun.noun and noun.by == "obj" and noun.sense in ("refuse", "permit") else None
        if act is None or act.verb is None or act.noun or act.chunk.negative or act.chunk.form not in ("past", "perfect"):
            continue
        beside = (act.by == "sub" and act.conjunction in _SINCE) or (act.by == "which" and act.gap is None)
        dropped = noun.sense == "refuse" and act.verb.lemma in _OVERCOMING
        given = noun.sense == "permit" and act.sense in ("give", "permit")
        apart = act.by == "main" and act.chunk.start > frame.chunk.end and "may" in frame.chunk.words
        if ((beside and act.parent is frame) or apart) and (dropped or given):
            return act  # *Z may now sell jets to W: X has dropped its objections*
    return None


HEEDING = word_list("heeding")
"""Verbs that do what a request asks: *granted Warsaw's request*."""


def heeded(frame: Frame) -> bool:
    """Whether a request is what somebody grants: *will meet Warsaw's request*, *approval of Warsaw's request*."""
    parent = frame.parent
    if frame.noun and frame.by in ("prep of", "prep for") and parent is not None and parent.noun and parent.sense == "permit":
        return True
    if not frame.noun or parent is None or parent.verb is None or parent.chunk.negative:
        return False
    if frame.by == "subject" and parent.chunk.form == "passive":
        return parent.verb.lemma in HEEDING or parent.sense == "permit"
    if frame.by == "obj":
        return parent.verb.lemma in HEEDING or parent.sense == "permit" or (parent.sense == "decide" and not parent.noun)
    return frame.by == "prep to" and parent.sense == "decide"


_LICENCES = frozenset({"licence", "license", "permit"})


def issuers(frame: Frame, takers: Sequence[Party]) -> Sequence[Party]:
    """`Canadian permits for parts bound for Z were cancelled`: whose licences they are, if it is nobody who receives."""
    if frame.verb is None or frame.verb.lemma.split()[-1] not in _LICENCES or frame.by != "subject":
        return []
    taken = {party.state for party in takers}
    return [party for party in frame.chunk.possessor if party.state not in taken]


def held_in(frame: Frame) -> Sequence[Party]:
    """`Jets ordered by Z are blocked in X`: where the things are that somebody ordered and does not get."""
    return [party for chunk in frame.phrase("in") if chunk.kind == "party" for party in chunk.parties]


def bought_from(frame: Frame, found: Sequence[Frame], stopping: Sequence[Party]) -> bool:
    """`Boats ordered by Z from X have been blocked by W`: whether it is told from whom the things were that somebody stops."""
    bought = [other for other in found if other.sense in ("get", "order") and other.gap is frame.subject]
    return bool(stopping) and any(other.phrase("from") for other in bought)
