"""What a third stops that another plans: *wants to give Z tanks, but X is blocking it*, *but X would not allow it*."""

from __future__ import annotations

from collections.abc import Sequence

from sekisho.language.nodes import NONE
from sekisho.read.context import Context
from sekisho.read.events import Event
from sekisho.read.frames import Frame
from sekisho.read.leave import held_in
from sekisho.read.status import SUPPOSED

_STOPPING = frozenset({"block", "halt"})
"""Events of verbs that stop what others do; who only objects stops nothing."""
_SAYING_NO = frozenset({"say no", "refuse", "balk", "decline"})
_NOT_GIVING = frozenset({"refuse", "withhold", "deny", "turn down", "reject"})
_LEAVE = frozenset({"consent", "permission", "approval", "assent", "leave", "licence", "license", "permit", "authorisation",
                    "authorization", "agreement", "blessing", "go-ahead"})  # fmt: skip
_TOLD = frozenset({"past", "perfect", "ongoing", "third"})
_OF_IT = frozenset({"give", "get", "deal", "plan", "permit", "offer", "swap"})
_PRONOUNS = frozenset({"it", "them", "this", "that"})
_NEVER_TO = frozenset({"may", "must", "can", "cannot", "ca"})
_OPEN = frozenset({"if", "unless", "until", "whether", "before"})


def barred(told: Sequence[Event], built: Sequence[Frame], context: Context) -> bool:
    """Gives what is planned the status that a third makes of it, with its say; whether one does."""
    planned = [event for event in told if event.status == "planned" and not event.aside and event.exporters]
    if not planned:
        return False
    last = planned[-1]
    for frame in built:
        inside = last.frame in built and (frame.chunk.start < last.frame.chunk.end or frame in last.frame.chain())
        if inside or frame.noun or frame.by not in ("main", "sub") or frame.conjunction in _OPEN:
            continue
        if not (_backs_down(frame) or _stops(frame, built)):
            continue
        third = [party for party in context.of(frame.subject, frame, built) if party.state not in (None, NONE)]
        if _backs_down(frame) and third and {party.state for party in third} == {party.state for party in last.exporters}:
            last.status, last.status_span = "refused", (frame.chunk.start, frame.chunk.end)
            return True
        sides = {party.state for party in (*last.exporters, *last.recipients)}
        if not third or {party.state for party in third} & sides or any(party.kind == "company" for party in third):
            continue
        for event in planned:
            if event.sentence == last.sentence:
                event.status, event.status_span = "refused", (frame.chunk.start, frame.chunk.end)
                event.consent, event.consent_span, event.consent_event = third, event.status_span, True
        return True
    return False


def without_stopped(events: list[Event]) -> list[Event]:
    """`Jets that had been ordered by Z, but X barred their delivery`: the order is the transfer that is stopped."""
    for place, event in enumerate(events[1:], 1):
        if event.frame.origin is events[place - 1].frame and event.frame.chunk.form == "passive":
            for item in (*event.items, *events[place - 1].items):
                item.was = None  # *the guns were sold by X to Z and by Z to W*
    for order in events:
        stops = [event for event in events if event is not order and event.status == "refused" and not event.aside]
        early = (
            order.frame.chunk.form == "passive" and order.frame.sense in ("order", "get") and "had" in order.frame.chunk.words
        )
        blocked = [stop for stop in stops if order.frame.by == "reduced" and order.status == "refused"
                   and stop.frame.sense == "refuse" and stop.frame.subject is order.frame.gap]  # fmt: skip
        for stop in stops if early and order.frame.by == "main" else blocked:
            alike = {party.state for party in stop.recipients} == {party.state for party in order.recipients}
            same = bool(stop.items and order.items) and stop.items[0].thing.id == order.items[0].thing.id
            if alike and same and stop.frame.chunk.start > order.frame.chunk.end:
                stop.terms, stop.terms_span = stop.terms or order.terms, stop.terms_span or order.terms_span
                return [event for event in events if event is not order]
    return events


def kept_back(events: Sequence[Event], built: Sequence[Frame], context: Context) -> None:
    """`Tanks that Z would like to give W must not be handed on, X said`: what is wished and is not to be, by whose word."""
    for event in events:
        _could_not(event, built, context)
        _kept_by_seller(event, events, built, context)
        _request_answered(event, built, context)
        top, off = event.frame.chain()[-1], _told_not_to_come(event, built)
        if off is not None and not event.aside:
            event.status, event.status_span = "refused", (off.chunk.start, off.chunk.end)
        built_for = event.status == "past" and event.frame.sense in ("make", "start")
        wished = event.status in ("planned", "decided") or built_for
        if not wished or event.aside or top.by != "which" or top.gap is None:
            continue
        for frame in built:
            if _keeps(frame, top, event, built, context) or _unlicensed(frame, top):
                event.status, event.status_span = "refused", (frame.chunk.start, frame.chunk.end)
                event.exporters = event.exporters or held_in(event.frame)
                break
            if frame.subject is not top.gap or frame.noun or frame in event.frame.chain() or not _is_kept(frame) or built_for:
                continue
            event.status, event.status_span = "refused", (frame.chunk.start, frame.chunk.end)
            teller = frame.teller or (frame.parent if frame.by == "that" else None)
            told = context.of(teller.subject, teller, built) if teller is not None else []
            sides = {party.state for party in (*event.exporters, *event.recipients)}
            if told and not {party.state for party in told} & sides and not event.consent_event and frame.sense != "refuse":
                event.consent, event.consent_span, event.consent_event = told, event.status_span, True


_KEEPING = frozenset({"keep", "hold on to", "hang on to", "hold back", "withhold", "retain", "keep back", "cling to"})


def _keeps(frame: Frame, top: Frame, event: Event, built: Sequence[Frame], context: Context) -> bool:
    """`is keeping the ships it built for Z`: whether who was to give things keeps them."""
    if frame.noun or frame.verb is None or frame.verb.lemma not in _KEEPING or frame.chunk.negative:
        return False
    if not any(chunk is top.gap for chunk in frame.objects) or frame.phrase("in", "at", "from", "out"):
        return False
    acting = {party.state for party in context.of(frame.subject, frame, built)}
    return bool(acting) and acting == {party.state for party in event.exporters}


_WHY = frozenset({"because", "since", "as", "after"})


def _could_not(event: Event, built: Sequence[Frame], context: Context) -> None:
    """`X could not sell jets to Z because W withheld its consent`: what did not come about as a third refused."""
    own = event.frame.chunk
    able = own.negative and bool(own.words & {"could", "can", "cannot", "ca"}) and event.aside == SUPPOSED
    for frame in built if able and event.exporters and event.recipients else ():
        said = frame.sense in ("refuse", "deny") and not (frame.noun or frame.chunk.negative) and frame.chunk.form in _TOLD
        if not said or frame.by != "sub" or frame.conjunction not in _WHY:
            continue
        third = [party for party in context.of(frame.subject, frame, built) if party.state not in (None, NONE)]
        sides = {party.state for party in (*event.exporters, *event.recipients)}
        if third and not {party.state for party in third} & sides:
            event.aside, event.status, event.status_span = "", "refused", (frame.chunk.start, frame.chunk.end)
            event.consent, event.consent_span, event.consent_event = third, event.status_span, True


def _unlicensed(frame: Frame, top: Frame) -> bool:
    """`No licence will be given for the guns that Z ordered`: whether leave for what was ordered is not given."""
    leave = frame.subject if not frame.noun else None
    if leave is not None and leave.kind == "event" and leave.noun is not None and leave.noun.sense == "permit":
        return leave.negative and frame.chunk.form == "passive" and any(chunk is top.gap for chunk in frame.phrase("for"))
    if not frame.noun or frame.sense != "permit" or not any(chunk is top.gap for chunk in frame.phrase("for", "of")):
        return False
    above = frame.parent
    refused = above is not None and above.sense in ("refuse", "deny") and not above.chunk.negative
    return frame.chunk.negative or refused or (above is not None and above.chunk.negative)


def _told_not_to_come(event: Event, built: Sequence[Frame]) -> Frame | None:
    """`ordered tanks from X, but they will not be delivered`: the clause that says the things told of will not come."""
    open_ = event.status in ("planned", "decided") or (
        event.frame.verb is not None and event.frame.verb.lemma in ("pay", "pay for")
    )
    for frame in built if open_ and event.frame in built else ():
        subject = frame.subject
        if subject is None or frame.noun or frame.chunk.start < event.frame.chunk.end or frame in event.frame.chain():
            continue
        they = subject.kind == "pronoun" and subject.word in ("they", "it", "these") and subject.form != "organ"
        beside = frame.by in ("main", "sub") and frame.conjunction in ("", "but", "though", "although")
        later = frame.phrase("before", "until", "to") or frame.days or any(
            other.parent is frame and other.conjunction in _OPEN for other in built
        )  # fmt: skip
        ahead = frame.chunk.form == "future" or "future" in frame.chunk.auxiliaries
        gone = frame.chunk.form == "passive" if frame.sense == "give" else frame.sense == "go"
        if they and beside and frame.chunk.negative and ahead and gone and not later and "not before" not in frame.words:
            return frame
    return None


def _is_kept(frame: Frame) -> bool:
    """`must not be handed on`, `will not leave the country`, `are blocked`: whether things are told not to go."""
    if frame.by not in ("main", "that"):
        return False
    if frame.sense == "refuse":
        return frame.chunk.form == "passive" and not frame.chunk.negative and not frame.phrase("by")
    ruled = bool(frame.chunk.words & _NEVER_TO) or "future" in frame.chunk.auxiliaries or frame.chunk.form == "future"
    return frame.sense in ("give", "permit", "go") and frame.chunk.negative and ruled and not frame.phrase("to", "before")


def _kept_by_seller(event: Event, events: Sequence[Event], built: Sequence[Frame], context: Context) -> None:
    """`The boats that Z has paid for are being withheld by X`: who was to give things keeps them, or a third stops them."""
    top = event.frame.chain()[-1]
    bought = event.frame.sense in ("get", "order") and top.by in ("which", "reduced") and top.gap is not None
    for frame in built if bought and event.recipients and not event.aside else ():
        kept = frame.verb is not None and frame.verb.lemma in _KEEPING and bool(frame.phrase("by"))
        stopped = frame.by in ("main", "that") and frame.chunk.form == "passive" and (kept or frame.sense == "refuse")
        if not stopped or frame.noun or frame.subject is not top.gap or frame.chunk.negative:
            continue
        keeping = [party for chunk in frame.phrase("by", "in") for party in context.of(chunk, frame, built) if party.state]
        keeping = keeping or ([] if frame.phrase("by") else list(event.exporters))
        states = {party.state for party in keeping}
        if len(states) == 1 and not states & {party.state for party in event.recipients}:
            again = any(other.frame is frame and other.exporters and other.recipients for other in events)
            event.exporters, event.aside = event.exporters or keeping, "told of before" if again else ""
            event.status, event.status_span = "refused", (frame.chunk.start, frame.chunk.end)


def _request_answered(event: Event, built: Sequence[Frame], context: Context) -> None:
    """`asked X for jets, but the request was turned down`, `but X rejected the request`: what becomes of it."""
    asked = event.status == "asked" and any(each.sense == "ask" and not each.noun for each in event.frame.chain())
    for frame in built if asked and event.recipients and not event.aside else ():
        passive = frame.chunk.form == "passive"
        request = frame.subject if passive else frame.objects[0] if len(frame.objects) == 1 else None
        told = bool(frame.chunk.words & {"was", "were", "been"}) if passive else frame.chunk.form in _TOLD
        granted = frame.sense == "permit" or (frame.verb is not None and frame.verb.lemma == "grant")
        answers = granted or (frame.sense == "refuse" and not frame.chunk.negative)
        done = told and not frame.noun and answers
        if not done or frame.chunk.start < event.frame.chunk.end or frame.by not in ("main", "sub") or request is None:
            continue
        asking = next((other for other in built if other.noun and other.chunk is request and other.sense == "ask"), None)
        bare = asking is not None and asking.chunk.definite and not (asking.phrases or asking.chunk.possessor)
        if not bare or frame.conjunction in _OPEN:
            continue
        acting = frame.phrase("by") if passive else [frame.subject]
        third = [party for chunk in acting for party in context.of(chunk, frame, built) if party.state]
        states = {party.state for party in (*(event.exporters or third), *(event.consent or ()))}
        if {party.state for party in third} <= states:
            event.exporters = event.exporters or third
            no = frame.sense == "refuse" or frame.chunk.negative
            event.status, event.status_span = "refused" if no else "decided", (frame.chunk.start, frame.chunk.end)


_BACKING = frozenset({"back down", "back out", "back off", "give in", "desist", "retreat", "beat a retreat", "climb down"})


def _backs_down(frame: Frame) -> bool:
    """`but W objected and X backed down`: whether who planned something gives it up."""
    lemma = frame.verb.lemma if frame.verb is not None else ""
    return lemma in _BACKING and frame.chunk.form in _TOLD and not (frame.chunk.negative or frame.objects or frame.noun)


def agreed_to(told: Sequence[Event], built: Sequence[Frame], context: Context) -> None:
    """`…; Berlin agreed`, `London, which built them, has agreed`: a third that agrees to what has just been told."""
    near = [event for event in told if event.status in ("decided", "past", "planned") and not event.aside]
    main = [event for event in near if event.frame.chain()[-1].by not in ("which", "reduced")]
    for frame in built if near else ():
        last = (main or near)[-1]
        if frame.verb is None or frame.verb.lemma not in _AGREEING:
            continue
        later = last.frame not in built or frame.chunk.start > last.frame.chunk.end
        done = frame.chunk.form in ("past", "perfect") and not frame.chunk.negative and frame.by == "main"
        bare = not (frame.objects or frame.noun or any(other.parent is frame for other in built))
        if not (later and done and bare) or any(word != "in" for word, _ in frame.phrases):
            continue
        third = [party for party in context.of(frame.subject, frame, built) if party.state not in (None, NONE)]
        sides = {party.state for event in near for party in (*event.exporters, *event.recipients)}
        if third and not {party.state for party in third} & sides and last.exporters and last.recipients:
            last.consent, last.consent_span, last.consent_event = third, (frame.chunk.start, frame.chunk.end), True


_AGREEING = frozenset({"agree", "consent", "say yes", "assent", "acquiesce", "give the nod", "give the go-ahead", "give leave"})


def _stops(frame: Frame, built: Sequence[Frame]) -> bool:
    """`is blocking it`, `has vetoed the transfer`, `would not allow it`, `is refusing its consent`: whether it stops a plan."""
    if frame.verb is None or frame.subject is None:
        return False
    below = [other for other in built if other.parent is frame and other.by in ("obj", "to", "ger", "that", "subject")]
    nouns = [other for other in below if other.noun]
    bare = not any(other.phrases or other.chunk.items or any(each.parent is other for each in built) for other in nouns)
    things = [chunk for chunk in frame.objects if not any(chunk is other.chunk for other in nouns)]
    plain = all(chunk.kind == "pronoun" and chunk.word in _PRONOUNS for chunk in things) and bare
    if frame.verb.lemma in _SAYING_NO and not frame.objects and not below and not frame.chunk.negative:
        return frame.chunk.form in _TOLD and not frame.phrases  # *but X has said no*
    if frame.phrase("to", "from") or not plain or len(below) > len(nouns):
        return False
    negative = frame.chunk.negative and frame.sense == "permit"
    told = frame.chunk.form in _TOLD and not frame.chunk.negative
    if frame.verb.event in _STOPPING and frame.sense == "refuse":
        named = [other for other in nouns if other.sense in _OF_IT and other.chunk.definite]
        return told and (bool(things) or bool(named))
    if frame.verb.lemma in _NOT_GIVING and told:
        return any(other.verb is not None and other.verb.lemma in _LEAVE for other in nouns)
    return negative and bool(things or nouns) and frame.chunk.form in (*_TOLD, "future", "modal")
