"""Who is asked, where only the answer says so: *Z has asked for jets. X is studying the request*, *but X has not replied*."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sekisho.language.nodes import NONE
from sekisho.read.chunks import Party
from sekisho.read.context import Context
from sekisho.read.events import Event
from sekisho.read.frames import Frame
from sekisho.read.wordlists import word_list

_REPLYING = word_list("replying")
_SPEAKING = frozenset({"reply", "respond", "answer"})
_ANSWERS = frozenset({"answer", "reply", "response", "decision"})
_NAMED = frozenset({"request", "appeal", "plea", "demand", "bid", "application", "wish",
                    "offer", "proposal"})  # fmt: skip
_THEM = frozenset({"it", "them", "that", "this", "which"})
_ASIDE = frozenset({"sub", "which", "main"})


def asked_by_answer(events: list[Event], built: Sequence[Frame], context: Context) -> list[Event]:
    """Gives requests and wishes that are told without whom they are made of the state that answers them, and offers alike."""
    open_ = [event for event in events if _is_open(event)]
    for frame in built if open_ else ():
        later = all(frame not in event.frame.chain() for event in events)
        if not later or (open_[-1].frame in built and frame.chunk.start < open_[-1].frame.chunk.end):
            continue
        own = {party.state for event in open_ for party in (*event.recipients, *event.exporters)}
        found = [party for party in _answering(frame, built, context) if party.kind != "company"]
        wished = open_[-1].status == "planned" and not _meant(frame, built)
        if wished or len({party.state for party in found}) != 1 or found[0].state in {*own, NONE, None}:
            continue
        for event in open_:
            side = [replace(found[0], form="assumed")]
            event.exporters, event.recipients = event.exporters or side, event.recipients or side
            refused = event.status == "planned" and frame.sense == "refuse" and not frame.chunk.negative
            event.status = "refused" if refused else event.status
        return events
    return events


_SAME_WORDS = _ANSWERS | {"refusal", "rebuff", "treatment", "fate", "message", "verdict", "ruling", "no", "same"}
_HEARING = frozenset({"get", "receive", "meet", "meet with", "hear", "tell", "give", "have", "run into", "suffer", "earn",
                      "face", "draw", "encounter", "obtain", "hand", "deal"})  # fmt: skip


def same_answer(events: Sequence[Event], before: Sequence[Event], built: Sequence[Frame], context: Context) -> None:
    """`W got the same answer when it asked to send shells`: what was made of the request told just before becomes of this."""
    last = before[-1] if events and before and context.last is not None else None
    for frame in built if last is not None and last.status in ("refused", "decided") else ():
        if not _heard_the_same(frame, built):
            continue
        for event in events:
            top = event.frame.chain()[-1]
            if last is not None and event.status == "asked" and top.parent is frame and top.by == "sub":
                _answered_alike(event, last, frame)


def _heard_the_same(frame: Frame, built: Sequence[Frame]) -> bool:
    """`got the same answer`, `met with the same refusal`, `was told the same`."""
    near = [*frame.objects, *frame.phrase("with"), *(each.chunk for each in built if each.parent is frame and each.noun)]
    told = frame.verb is not None and frame.verb.lemma in _HEARING and not (frame.noun or frame.chunk.negative)
    return told and any("same" in chunk.words | {chunk.word} and chunk.word in _SAME_WORDS for chunk in near)


def _answered_alike(event: Event, last: Event, frame: Frame) -> None:
    own = {party.state for party in (*event.exporters, *event.recipients)}
    event.status, event.status_span = last.status, (frame.chunk.start, frame.chunk.end)
    givers, takers = ([replace(party, form="assumed") for party in side if party.state not in own]
                      for side in (last.exporters, last.recipients))  # fmt: skip
    if event.exporters:
        event.recipients = event.recipients or takers
        event.consent_span = event.consent_span or (event.status_span if last.consent_event else None)
        event.consent_event = event.consent_event or last.consent_event
    elif not last.consent_event:
        event.exporters = givers


def _is_open(event: Event) -> bool:
    """Whether a request, a wish to buy or an offer is told with one side alone."""
    asked = event.status == "asked" and bool(event.recipients) and not event.exporters
    wished = event.status == "planned" and event.frame.sense in ("get", "order", "swap") and bool(event.recipients)
    offered = event.status == "planned" and event.frame.sense == "offer" and bool(event.exporters) and not event.recipients
    return not event.aside and (asked or offered or (wished and not event.exporters))


def _meant(frame: Frame, built: Sequence[Frame]) -> bool:
    """`refused`, `is considering the request`: whether a verb answers a wish, and does not only tell of another's."""
    nouns = [other for other in built if other.parent is frame and other.noun and other.sense in ("ask", "offer")]
    bare = frame.sense in ("refuse", "decide") and not frame.objects and not {"also", "too"} & (frame.words | frame.chunk.words)
    return bool(nouns) or (bare and frame.chunk.form in ("past", "perfect"))


def _answering(frame: Frame, built: Sequence[Frame], context: Context) -> Sequence[Party]:
    """Who answers by a verb that says nothing but that: *has refused*, *is studying the request*, *has yet to decide*."""
    verb = frame.verb
    silent = _silent(frame, built, context)
    if silent:
        return silent
    if frame.noun or verb is None or verb.lemma.replace(" ", "_") not in _REPLYING or frame.conjunction in ("if", "unless"):
        return []
    requests = [other for other in built if other.parent is frame and other.noun and other.sense in ("ask", "offer")]
    said = [chunk for chunk in frame.objects if chunk.word not in _THEM and not any(chunk is each.chunk for each in requests)]
    goals = [chunk for by, chunk in frame.phrases if by in ("to", "on", "for") and chunk.kind not in ("day", "pronoun")]
    more = [other for other in built if other.parent is frame and other not in requests and other.by not in _ASIDE
            and not (other.by == "ger" and other.preposition == ",")]  # fmt: skip
    if said or more or any(each.chunk.items or each.phrases for each in requests):
        return []
    if any(chunk.kind != "event" or chunk.word not in _NAMED for chunk in goals):
        return []
    if verb.lemma in _SPEAKING and not (frame.chunk.negative or requests or goals):
        return []
    passive = frame.chunk.form == "passive"
    if passive:
        meant = frame.subject is not None and (frame.subject.word in _THEM or frame.subject.word in _NAMED)
        return [party for chunk in frame.phrase("by", "in") for party in chunk.parties] if meant else []
    return context.of(frame.subject, frame, built)


def _silent(frame: Frame, built: Sequence[Frame], context: Context) -> Sequence[Party]:
    """`has given no answer`, `no reply has come from X`, `had received the request`: who is told to have been asked."""
    if frame.noun or frame.conjunction in ("if", "unless"):
        return []
    near = [chunk for chunk in (frame.subject, *frame.objects) if chunk is not None and chunk.word in _ANSWERS]
    told = [other for other in built if any(other.chunk is chunk for chunk in near)]
    if near and not any(each.phrases or any(other.parent is each for other in built) for each in told):
        sources = [party for chunk in frame.phrase("from") for party in chunk.parties]
        return sources or (context.of(frame.subject, frame, built) if frame.subject not in near else [])
    asks = [other for other in built if other.parent is frame and other.noun and other.sense == "ask" and other.by == "obj"]
    got = frame.sense == "get" and bool(asks) and not frame.phrases and not frame.chunk.negative
    plain = all(each.chunk.definite and not (each.phrases or each.chunk.items or each.chunk.possessor) for each in asks)
    return context.of(frame.subject, frame, built) if got and plain else []
