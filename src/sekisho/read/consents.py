"""What is heard of a request for leave: asked, given and refused in one sentence, whoever tells of it first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sekisho.read.context import Context
from sekisho.read.events import Event
from sekisho.read.frames import Frame
from sekisho.read.status import ACCEPTING

ANSWERS: Mapping[str, str] = {"refuse": "refused", "decide": "decided", "permit": "decided"}
"""What an answer without an object makes of a request: *Berlin refused*, *Berlin agreed*."""
_ASKING = frozenset({"ask", "seek"})
_DONE = frozenset({"past", "perfect"})
_WHEN = frozenset({"when", "after"})


def answers(events: list[Event], built: Sequence[Frame], context: Context) -> list[Event]:
    """Gives what is asked for, or wanted, in a sentence the status that the rest of it tells; drops what only answers."""
    told = [event for event in events if not event.aside and (
        event.status in ("asked", "planned") or (event.status == "decided" and event.consent_event))]  # fmt: skip
    for frame in built if told else ():
        last = told[-1]
        found = "" if frame.noun or frame.chunk.negative else _heard(frame, last, built, context)
        if not found:
            continue
        events = [event for event in events if event.frame is not frame]
        for event in told:
            if event.status == last.status or event is last:
                _become(event, found, frame)
        return events
    return events


def _heard(frame: Frame, last: Event, built: Sequence[Frame], context: Context) -> str:
    later = frame.chunk.start > last.frame.chunk.end and frame not in last.frame.chain()
    if last.status == "decided":
        return "refused" if later and _withdrawn(frame, built) else ""
    if last.status == "planned" and _wanted_in_vain(frame, last, built, context):
        return "refused"
    if last.status == "planned" and later and _turned_down(frame, last, built, context):
        return "refused"
    if last.status == "planned" and _refused_when(frame, last):
        third = context.of(frame.subject, frame, built)
        if not {party.state for party in third} & {party.state for party in (*last.exporters, *last.recipients)}:
            last.consent, last.consent_span, last.consent_event = third, (frame.chunk.start, frame.chunk.end), bool(third)
        return "refused"  # *said no when Z wanted to send tanks to W*
    taken = answer_to_offer(frame, last, built, context) if later else ""
    if taken:
        return taken
    if last.status == "planned":
        return "asked" if later and _asks_leave(frame, last, built, context) else ""
    if _refused_when(frame, last):
        return "refused"
    if not later:
        return ""
    if frame.sense == "get" and frame.chunk.form in _DONE and [chunk.word for chunk in frame.objects] == ["it"]:
        return "decided"  # *sought X's consent, and got it*
    return answer(frame, built, last, context)


def _turned_down(frame: Frame, last: Event, built: Sequence[Frame], context: Context) -> bool:
    """`hoped to buy jets from X, but X turned it down`: whether who was to give what another wanted will not."""
    if frame.sense != "refuse" or frame.subject is None or frame.phrases or any(other.parent is frame for other in built):
        return False
    acting = {party.state for party in context.of(frame.subject, frame, built)}
    plain = all(chunk.word in ("it", "them") for chunk in frame.objects)
    return plain and frame.chunk.form in _DONE and bool(acting) and acting == {party.state for party in last.exporters}


def answer_to_offer(frame: Frame, last: Event, built: Sequence[Frame], context: Context) -> str:
    """`X offered Z jets, but Z said no`, `Z has accepted`: what who is offered a thing makes of it; empty if nothing."""
    if last.status != "planned" or last.frame.sense != "offer" or frame.noun or frame.chunk.negative or not last.recipients:
        return ""
    plain = all(chunk.word in ("it", "them") for chunk in frame.objects) and frame.chunk.form in _DONE
    more = frame.phrases or any(other.parent is frame and other.by not in ("sub", "which", "main") for other in built)
    if not plain or more or frame.subject is None or frame.verb is None or frame.conjunction in ("if", "unless", "until"):
        return ""
    acting = {party.state for party in context.of(frame.subject, frame, built)}
    if not acting or not acting <= {party.state for party in last.recipients}:
        return ""
    if frame.sense == "refuse":
        return "refused"
    return "decided" if frame.verb.lemma.replace(" ", "_") in ACCEPTING or frame.verb.lemma == "agree" else ""


def _withdrawn(frame: Frame, built: Sequence[Frame]) -> bool:
    """`agreed to the handover, but later withdrew its consent`: whether leave that was given is taken back."""
    nouns = [other for other in built if other.parent is frame and other.by == "obj" and other.sense == "permit"]
    bare = bool(nouns) and not any(other.parent in nouns for other in built)
    return frame.sense == "refuse" and frame.chunk.form in _DONE and bare and not any(each.phrases for each in nouns)


def answer(frame: Frame, built: Sequence[Frame], last: Event, context: Context) -> str:
    """`Berlin refused`, `but was turned down`: the answer of who has been asked; empty if it is none."""
    if last.status == "asked" and last.consent_event and _granted(frame):
        return "refused" if frame.sense in ("refuse", "deny") else "decided"
    asks = [other for other in built if other.parent is frame and other.noun and other.sense == "ask"
            and other.chunk.definite and not other.phrases and last.frame in built]  # fmt: skip
    said = [chunk for chunk in frame.objects if chunk.word != "it" and not any(chunk is ask.chunk for ask in asks)]
    alone = not (frame.noun or said or frame.phrases or frame.chunk.negative) and frame.sense in ANSWERS
    alone = alone and not any(other.parent is frame and other not in asks for other in built) and frame.subject is not None
    if not alone or last.status != "asked" or frame.conjunction in ("if", "unless", "whether", "until"):
        return ""
    parties = {party.state for party in context.of(frame.subject, frame, built)}
    asked = {party.state for party in last.consent} if last.consent else {party.state for party in last.exporters}
    asker = {party.state for party in (last.exporters if last.consent_event else last.recipients)}
    passive = frame.chunk.form == "passive" and bool(frame.chunk.words & {"was", "were", "been"})
    heard = (passive and parties <= asker) or (frame.chunk.form in _DONE and parties <= asked)
    return ANSWERS[frame.sense] if parties and heard else ""


def _granted(frame: Frame) -> bool:
    """`It was granted in August`: what became of leave that was asked for."""
    told = frame.chunk.form == "passive" and frame.sense in ("give", "permit", "refuse", "deny") and frame.by == "main"
    heard = told and frame.subject is not None and frame.subject.word == "it" and not frame.chunk.negative
    return heard and not frame.objects and not frame.phrase("to", "for") and bool({"was", "been"} & frame.chunk.words)


def _wanted_in_vain(frame: Frame, last: Event, built: Sequence[Frame], context: Context) -> bool:
    """`said no to W, which wanted to send Y to Z`: whether a third refuses what another wants to give."""
    wish = next((each for each in last.frame.chain() if each.sense in ("want", "plan") and each.by == "which"), None)
    if wish is None or frame.sense != "refuse" or wish.parent is not frame or frame.chunk.form not in _DONE:
        return False
    if not any(wish.gap is chunk for chunk in frame.objects) or wish.subject is not wish.gap:
        return False
    acting = context.of(frame.subject, frame, built)
    sides = {party.state for party in (*last.exporters, *last.recipients)}
    if acting and not {party.state for party in acting} & sides:
        last.consent, last.consent_span, last.consent_event = acting, (frame.chunk.start, frame.chunk.end), True
    return bool(acting)


def _refused_when(frame: Frame, last: Event) -> bool:
    """`said no to Z when it asked to send`: what is refused is what the clause behind it asks for."""
    top = last.frame.chain()[-1]
    asking = next((each for each in last.frame.chain() if each.sense in _ASKING and each.by == "which"), None)
    if asking is not None and frame.sense == "refuse" and asking.parent is frame and frame.chunk.form != "passive":
        return any(asking.gap is chunk for chunk in frame.objects)  # *rebuffed Z, which had asked to send*
    asked = top.conjunction in _WHEN and top.parent is frame and top.sense in (*_ASKING, "want", "plan")
    said_no = frame.verb is not None and frame.verb.lemma.startswith("say no")
    return frame.sense == "refuse" and asked and (said_no or any(chunk.kind == "party" for chunk in frame.objects))


def _asks_leave(frame: Frame, last: Event, built: Sequence[Frame], context: Context) -> bool:
    """`wants to give Y to Z, and has asked X for its approval`: whether leave for what is told of is asked of a third."""
    if frame.sense not in _ASKING or frame.subject is None or frame.chunk.form not in (*_DONE, "third", "ongoing"):
        return False
    nouns = [other for other in built if other.parent is frame and other.noun and other.sense == "permit"]
    if (
        not nouns
        or any(other.parent in nouns for other in built)
        or any(chunk.items for each in nouns for _, chunk in each.phrases)
    ):
        return False
    acting = {party.state for party in context.of(frame.subject, frame, built)}
    given = {party.state for party in last.exporters}
    near = [*frame.objects, *(chunk for each in (frame, *nouns) for chunk in each.phrase("from", "to", "of", "with"))]
    asked = [party for chunk in near for party in chunk.parties] or [party for each in nouns for party in each.chunk.possessor]
    sides = given | {party.state for party in last.recipients}
    if not acting or not acting <= given or not last.recipients or not asked or {party.state for party in asked} & sides:
        return False
    last.consent, last.consent_span, last.consent_event = asked, (frame.chunk.start, frame.chunk.end), True
    return True


def _become(event: Event, found: str, frame: Frame) -> None:
    event.status, event.status_span = found, (frame.chunk.start, frame.chunk.end)
    day = next((day.unit.day for day in frame.days if day.unit is not None), None)
    event.day = day if day is not None or found != "asked" else event.day
