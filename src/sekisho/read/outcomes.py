"""What became of a transfer, told in a later sentence: *Berlin turned down the request*, *the plan was dropped*."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sekisho.read.consents import answer, answer_to_offer
from sekisho.read.context import Context
from sekisho.read.events import Event
from sekisho.read.frames import Frame
from sekisho.read.status import status

_FARTHEST = 2
"""Sentences between a transfer and what became of it."""
_MEANT: Mapping[str, frozenset[str]] = {
    "ask": frozenset({"asked"}),
    "offer": frozenset({"planned"}),
    "plan": frozenset({"planned"}),
    "give": frozenset({"asked", "planned", "decided"}),
    "get": frozenset({"asked", "planned", "decided"}),
    "deal": frozenset({"planned", "decided"}),
}
"""What a noun with an article may mean, by its sense: transfers of these statuses."""
_DOING = frozenset({"permit", "decide", "refuse", "lift", "end", "sign", "deny", "get", "give"})


def told_since(events: Sequence[Event], number: int) -> list[Event]:
    """The last of the transfers told so far: those of a sentence and of the sentences behind it."""
    first = len(events)
    while first and events[first - 1].sentence >= number:
        first -= 1
    return list(events[first:])


def outcome(events: Sequence[Event], built: Sequence[Frame], context: Context, number: int) -> bool:
    """Changes the status of the transfer told last by what a sentence without one of its own says of it."""
    last = events[-1] if events else None
    if last is None or number - last.sentence > _FARTHEST + 1 or not (last.exporters and last.recipients):
        return False
    told = [event for event in told_since(events, last.sentence) if event.status == last.status]
    for frame in built:
        if _consented(frame, last, context):
            for event in told:
                event.consent_span, event.consent_event = (frame.chunk.start, frame.chunk.end), True
                pending = frame.parent is not None and (frame.parent.sense == "need" or "must" in frame.parent.chunk.words)
                if event.status == "asked" and not pending:
                    _become(event, "decided", frame)
            return True
        if (
            _on_a_day(frame, told)
            or _signed_on(frame, built, told, context)
            or _took_place(frame, told, context)
            or _day_of_decision(frame, told, last, context)
        ):
            return True
        found = _said_of_it(frame, last, context) or (
            (answer(frame, built, last, context) or answer_to_offer(frame, last, built, context)) if frame.by == "main" else ""
        )
        told_then = [each for each in (frame, frame.parent) if each is not None and "had" in each.chunk.words]
        before = found == "refused" and last.status == "decided" and bool(told_then)
        if found and not before:  # *The shipment had been frozen*, and is now lifted
            for event in told:
                _become(event, found, frame)
            return True
    return False


def _consented(frame: Frame, last: Event, context: Context) -> bool:
    """`The United States, which built the planes, had given its consent`: whether a third that has a say has permitted it."""
    giving = frame.parent if frame.noun and frame.sense == "permit" and frame.by == "obj" else None
    must = giving is not None and giving.sense in ("give", "permit") and bool({"must", "would"} & giving.chunk.words)
    if giving is not None and must and not giving.noun and not giving.chunk.negative:
        own = {party.state for party in (*last.exporters, *last.recipients)}
        third = {party.state for party in context.of(giving.subject, giving, [])}
        return bool(third) and not own & third  # *X must give its consent*
    if giving is not None and giving.sense == "need" and not giving.noun:
        asked = [*frame.chunk.possessor, *(party for chunk in frame.phrase("of", "from") for party in chunk.parties)]
        own = {party.state for party in (*last.exporters, *last.recipients)}
        return bool(asked) and not own & {party.state for party in asked}  # *The transfer would need X's consent*
    if giving is None or giving.noun or giving.sense not in ("give", "permit") or giving.chunk.negative:
        return False
    if "back" in giving.words or frame.chunk.quantity is not None:
        return False  # *took back 44 licences*
    named = any(chunk.items or chunk.kind == "party" for _, chunk in frame.phrases)
    third = {party.state for party in context.of(giving.subject, giving, [])}
    sides = {party.state for party in (*last.exporters, *last.recipients)}
    return giving.chunk.form in ("past", "perfect") and not named and bool(third) and not third & sides


def consented_to_all(events: Sequence[Event], built: Sequence[Frame], context: Context, number: int) -> bool:
    """`X gave its consent to both transfers`, `X has approved the transfers`: whether all told just before are meant."""
    told = [event for event in told_since(events, number - 1) if event.status != "refused"]
    for frame in built if len(told) > 1 else ():
        act, words = frame.parent, frame.chunk.words
        plural = frame.noun and frame.sense in ("give", "deal") and frame.chunk.word.endswith("s") and not frame.chunk.items
        bare = plural and (frame.chunk.definite or "both" in words) and not frame.phrases and not frame.chunk.possessor
        if not bare or act is None or act.sense != "permit" or act.noun or act.chunk.negative:
            continue
        third = {party.state for party in context.of(act.subject, act, [])}
        sides = {party.state for event in told for party in (*event.exporters, *event.recipients)}
        if act.chunk.form in ("past", "perfect") and third and not third & sides:
            for event in told:
                event.consent_span, event.consent_event = (act.chunk.start, act.chunk.end), True
            return True
    return False


def _took_place(frame: Frame, told: Sequence[Event], context: Context) -> bool:
    """`The aircraft were handed over on Monday`: gives the transfers just told the day on which they were made."""
    done = frame.chunk.form == "passive" and frame.sense in ("give", "get") and {"was", "were"} & frame.chunk.words
    if not done or frame.subject is None or frame.chunk.negative or frame.by not in ("main", "that"):
        return False
    day = next((day.unit.day for day in frame.days if day.unit is not None), None)
    meant = {item.thing.id for item in context.things(frame.subject, []) if item.pointing}
    found = [event for event in told if event.status == "past" and event.day is None and event.items[0].thing.id in meant]
    for event in found if day is not None and day.exact is not None else ():
        event.day = day
    return bool(found) and day is not None


_TOLD_BY: Mapping[str, str] = {"permit": "decided", "decide": "decided", "refuse": "refused"}


def _on_a_day(frame: Frame, told: Sequence[Event]) -> bool:
    """`The ministers rejected it on Monday`, `gave the green light on Monday`: the day of what has just been told."""
    act = frame.parent if frame.noun and frame.sense == "permit" and frame.by == "obj" and not frame.phrases else frame
    if act is None or act.noun or act.by != "main" or act.chunk.form != "past" or act.chunk.negative or act.subject is None:
        return False
    meant = [chunk for chunk in act.objects if chunk is not frame.chunk]
    sense = "permit" if act is not frame else act.sense
    bare = bool(act.objects) and all(chunk.kind == "pronoun" for chunk in meant)
    day = next((day.unit.day for day in (*act.days, *frame.days) if day.unit is not None), None)
    givers = {party.state for event in told for party in event.exporters}
    own = act.subject.form == "organ" or act.subject.kind == "other" or {party.state for party in act.subject.parties} & givers
    if not (bare and own) or day is None or day.exact is None or sense not in _TOLD_BY:
        return False
    for event in told:
        event.day = day if event.day is None and event.status == _TOLD_BY[sense] else event.day
    return True


_PAPERS = frozenset(
    {"papers", "documents", "paperwork", "contract", "contracts", "agreement", "agreements", "deal", "pact", "accord"}
)


def _signed_on(frame: Frame, built: Sequence[Frame], told: Sequence[Event], context: Context) -> bool:
    """`X's envoy signed the papers on Saturday`, `the two sides signed the contract on Monday`: the day of a deal just told."""
    passive = frame.chunk.form == "passive" and bool({"was", "were", "been"} & frame.chunk.words)
    done = frame.sense == "sign" and not frame.noun and (passive or frame.chunk.form in ("past", "perfect"))
    near = [frame.subject] if passive and frame.subject is not None else frame.objects
    noted = any(each.noun and each.parent is frame and each.by == "prep on" and each.chunk.definite for each in built)
    papers = [chunk for chunk in near if not chunk.items and (
        (chunk.word in _PAPERS and chunk.definite) or (chunk.word in ("notes", "letters") and noted))]  # fmt: skip
    told_of = [frame, *(each for each in built if each.noun and each.parent is frame)]
    day = next((day.unit.day for each in told_of for day in each.days if day.unit is not None), None)
    if not (done and papers) or frame.chunk.negative or frame.by not in ("main", "that", "sub") or day is None:
        return False
    signing = {party.state for party in context.of(frame.subject, frame, [])} if not passive else set()
    found = [event for event in told if event.status == "decided" and event.day is None]
    sides = {party.state for event in found for party in (*event.exporters, *event.recipients)}
    for event in found if signing <= sides and day.exact is not None else ():
        event.day = day
    return bool(found) and signing <= sides and day.exact is not None


def _day_of_decision(frame: Frame, told: Sequence[Event], last: Event, context: Context) -> bool:
    """`The decision was taken by the cabinet on Tuesday`: gives the transfers just told the day of the decision."""
    parent = frame.parent
    done = parent is not None and parent.chunk.form == "passive" and bool({"was", "were"} & parent.chunk.words)
    held = parent is not None and parent.verb is not None and parent.verb.lemma == "take place" and parent.chunk.form == "past"
    of_it = (done and frame.sense == "decide") or (held and frame.sense == "give")  # *the handover took place on Tuesday*
    if parent is None or not of_it or not frame.noun or frame.by != "subject" or frame.phrases:
        return False
    day = next((day.unit.day for day in parent.days if day.unit is not None), None)
    if (
        not frame.chunk.definite
        or parent.chunk.negative
        or day is None
        or day.exact is None
        or not _is_side(parent, last, context)
    ):
        return False
    found = [event for event in told if event.status == ("past" if held else "decided") and event.day is None]
    for event in found:
        event.day = day
    return bool(found)


def _said_of_it(frame: Frame, last: Event, context: Context) -> str:
    """The status by what governs *the request*, *the plan*, *the sale*; empty if it is not that of the last transfer."""
    parent = frame.parent
    if not frame.noun or not frame.chunk.definite or parent is None or parent.noun or frame.by not in ("obj", "subject"):
        return ""
    named = any(chunk.items for chunk in (frame.chunk, *(goal for _, goal in frame.phrases)))
    if named or parent.sense not in _DOING or _open_status(last) not in _MEANT.get(frame.sense, frozenset()):
        return ""
    if "had" in parent.chunk.words and parent.chunk.form == "perfect":
        return ""  # *it had halted the same deal in 2022*
    told = {party.state for word, goal in frame.phrases if word in ("to", "from") for party in goal.parties}
    if told - {party.state for party in (*last.exporters, *last.recipients)}:
        return ""  # *cancelled the sale to W*
    if parent.sense in ("get", "give") and frame.sense == "ask":
        return ""  # *the request was received*, *was handed to the ambassador*
    terms = frame.verb.terms if frame.verb is not None else ""
    if (terms and last.terms and terms != last.terms) or not _is_side(parent, last, context):
        return ""
    found, why = status(frame)
    if last.status == "past" and found != "refused":
        return ""
    changed = found in ("refused", "decided") and not why and parent.chunk.form in ("past", "perfect", "passive")
    return found if changed and not (parent.chunk.form == "passive" and "modal" in parent.chunk.auxiliaries) else ""


def _open_status(event: Event) -> str:
    """`agreed last year to sell jets to Z. The delivery has been cancelled`: what was agreed long ago may still be stopped."""
    top = event.frame.chain()[-1]
    agreed = event.status == "past" and event.earlier and not top.noun and top.sense in ("decide", "promise", "sign", "plan")
    return "decided" if agreed else event.status


def _is_side(parent: Frame, last: Event, context: Context) -> bool:
    """Whether who does it, if named, is one of the two sides, and not a third that only has a say."""
    passive = parent.chunk.form == "passive"
    acting = parent.phrase("by") if passive else [parent.subject] if parent.subject is not None else []
    states = {party.state for chunk in acting for party in context.of(chunk, parent, [])}
    others = [chunk for chunk in acting if chunk.kind == "other" and chunk.form != "organ" and not chunk.possessor]
    if others and not states:
        return False  # *fishermen are opposed to the plan*
    return states <= {party.state for party in (*last.exporters, *last.recipients)}


def _become(event: Event, found: str, frame: Frame) -> None:
    teller = frame.parent if frame.noun and frame.parent is not None else frame
    same = event.status == found
    event.status, event.status_span = found, (teller.chunk.start, teller.chunk.end)
    event.day = (
        event.day
        if same and event.day is not None
        else next((day.unit.day for each in (frame, teller) for day in each.days if day.unit is not None), None)
    )


_FURTHER = frozenset({"more", "another", "further", "additional", "extra"})


def stops_order(stopped: Event, order: Event) -> bool:
    """`barred delivery of the system`, which *Z ordered in 2007*: whether what is stopped is what was ordered long before."""
    ordered = order.frame.sense in ("order", "sign", "deal") and order.earlier and not order.frame.noun
    meant = stopped.items[0].pointing or order.items[0].pointing
    near = (*stopped.frame.objects, *stopped.frame.phrase("of", "for"))
    meant = meant and not any(chunk.words & _FURTHER for chunk in near)  # *will not license two more*
    return stopped.status == "refused" and ordered and order.status == "past" and not stopped.earlier and meant
