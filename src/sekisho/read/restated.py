"""Phrases that tell of a transfer by the way, as the frames they stand for: *cleared 50 guns for export to Z*."""

from __future__ import annotations

from collections.abc import Sequence

from sekisho.read.chunks import Chunk
from sekisho.read.frames import Frame
from sekisho.read.lexicon import Verb

_RELEASING = frozenset({"release", "free", "clear", "unblock", "unfreeze", "free up", "unlock", "pass"})
_MARKING = frozenset({"mark", "open", "launch", "inaugurate", "kick off", "usher in"})
_DEALING = frozenset({"give", "get", "order", "swap"})
_TAKING = frozenset({"get", "order"})
_MEANT = frozenset({"build", "make", "intend for", "mean for", "destined for", "bound for", "order", "reserve", "earmark"})
_FIRST_MEANT = frozenset({"originally", "initially", "first"})
_EACH = frozenset({"each", "apiece"})


def restate(built: Sequence[Frame]) -> None:
    """Gives the frames of such phrases the place they have in the sentence."""
    for frame in built:
        if frame.noun:
            if frame.by == "prep for" and frame.sense == "give":
                _released_for(frame)
            elif frame.by == "subject" and frame.sense == "give":
                _shipment_given(frame, built)
            elif frame.by in ("obj", "prep of") and frame.sense == "swap":
                _begins_lease(frame)
        elif frame.verb is not None and frame.verb.lemma == "cost" and frame.chunk.form == "ger":
            _costing(frame)
        elif frame.sense == "make" and frame.by in ("reduced", "which"):
            _built_first_for(frame, built)
        elif frame.sense == "refuse" and frame.by == "sub" and frame.parent is not None:
            _built_for_another(frame, frame.parent, built)
        elif frame.sense in _DEALING and frame.parent is not None and frame.parent.sense in _TAKING:
            _taken_that_day(frame, frame.parent)
            _of_their_own(frame, frame.parent)


def _released_for(noun: Frame) -> None:
    """`has released 1,800 bombs for delivery to Z`, `were cleared for export to Z`: the delivery of the bombs is permitted."""
    above = noun.parent
    if above is None or above.noun or above.verb is None or above.verb.lemma not in _RELEASING or above.chunk.negative:
        return
    permit = Verb(above.verb.lemma, above.verb.form, "permit", "approve", "")
    passive = above.chunk.form == "passive"
    things = [above.subject] if passive and above.subject is not None else above.objects
    things = [chunk for chunk in things if chunk.kind == "item"]
    goals = [entry for entry in noun.phrases if entry[0] in ("to", "for") and entry[1].kind == "party"]
    if len(things) != 1 or not goals or noun.chunk.items or noun.phrase("of"):
        return
    above.verb, above.sense = permit, "permit"
    noun.phrases = [("of", things[0]), *goals]
    if passive:
        noun.by, above.subject = "subject", noun.chunk
    else:
        noun.by, above.objects = "obj", [noun.chunk]


def _of_their_own(frame: Frame, above: Frame) -> None:
    """`14 tanks from X and 31 tanks to be delivered by W`, `88 bought from X and 20 given by W`: each has its own."""
    things = frame.gap if frame.by == "reduced" else frame.subject if frame.by == "which" else None
    if things is None or things.kind != "item" or frame.noun or above.noun or not frame.phrase("by", "from"):
        return
    told = [chunk for chunk in above.phrase("from") if chunk.end <= things.start]
    if not told or not any(things is chunk for chunk in above.objects):
        return
    above.objects = [chunk for chunk in above.objects if chunk is not things]
    taking = above.parent if above.by == "reduced" else above
    if frame.by == "reduced" and taking is not None and taking.subject is not None and taking.subject.kind == "party":
        _stands_alone(frame, taking, things)


def _stands_alone(frame: Frame, taking: Frame, things: Chunk) -> None:
    """Makes a participle about things that somebody gets a clause of its own: *20 tanks are to be given by W to Z*."""
    ahead = taking.chunk.form in ("future", "arranged", "ongoing", "base", "modal")
    frame.by, frame.parent, frame.gap, frame.subject = "main", None, None, things
    frame.chunk.form = "passive"
    frame.chunk.auxiliaries = ("future", "be") if ahead else ("be",)
    frame.chunk.words = frame.chunk.words | ({"be"} if ahead else {"were"})
    assert taking.subject is not None
    frame.phrases.append(("to" if frame.sense == "give" else "by", taking.subject))


def _built_for_another(stopping: Frame, made: Frame, built: Sequence[Frame]) -> None:
    """`The ships had been built for Z, but X called off the delivery`: the delivery of the ships to Z."""
    lemma = made.verb.lemma if made.verb is not None else ""
    if lemma not in _MEANT or made.noun or made.subject is None or made.chunk.form != "passive" or stopping.chunk.negative:
        return
    goals = [*made.phrase("by" if lemma == "order" else "for"), *made.objects]
    goals = [chunk for chunk in goals if chunk.kind == "party"]
    noun = next((each for each in built if each.noun and each.parent is stopping and each.by == "obj"), None)
    if len(goals) != 1 or noun is None or noun.sense not in ("give", "deal", "get") or noun.chunk.items:
        return
    if not noun.chunk.definite or noun.chunk.possessor or noun.phrase("of", "to", "for", "with"):
        return
    noun.phrases = [("of", made.subject), ("to", goals[0])]
    made.instead = True


def _shipment_given(load: Frame, built: Sequence[Frame]) -> None:
    """`A consignment of ammunition was a present from X`: what the shipment is of was the present."""
    above, things = load.parent, load.phrase("of")
    if above is None or above.noun or above.verb is not None or len(things) != 1 or things[0].kind != "item":
        return
    for gift in built:
        given = (
            gift.noun and gift.parent is above and gift.by == "obj" and gift.verb is not None and gift.verb.event == "donate"
        )
        if given and not gift.chunk.items and gift.phrase("from", "of", "by") and above.subject is load.chunk:
            above.subject, load.instead, load.parent = things[0], True, None


def _taken_that_day(given: Frame, above: Frame) -> None:
    """`accepted 3,000 rifles donated by X at a ceremony on Thursday`: the day is that of the ceremony, and not of the gift."""
    told = given.by == "reduced" and given.sense == "give" and not (given.noun or above.noun or above.days)
    taken = above.chunk.form in ("past", "perfect", "passive") and any(given.gap is chunk for chunk in above.objects)
    exact = [day for day in given.days if day.unit is not None and day.unit.day is not None and day.unit.day.exact is not None]
    if told and taken and exact and len(exact) == len(given.days):
        above.days, given.days = exact, []


def _built_first_for(made: Frame, built: Sequence[Frame]) -> None:
    """`The corvettes, originally built for W by X, were sold to Z`: who was to have them first has not got them."""
    for other in built if made.phrase("for") else ():
        passed = other.sense in ("give", "go", "get") and (other.chunk.form == "passive" or other.sense == "go")
        first = (made.words | other.words) & _FIRST_MEANT
        if passed and first and other.by == "main" and other.subject is made.gap and not other.noun:
            made.instead = True


def _begins_lease(noun: Frame) -> None:
    """`was handed over to a Z crew, beginning a ten-year lease`: under the lease that it begins."""
    start = noun.parent
    given = start.parent if start is not None and start.by == "ger" and not start.noun else None
    if start is None or given is None or given.noun or given.sense not in ("give", "go", "get") or noun.phrases:
        return
    begun = start.sense == "start" or (start.verb is not None and start.verb.lemma in _MARKING)
    if begun and not (noun.chunk.definite or noun.chunk.negative or noun.chunk.items):
        noun.parent, noun.by, noun.instead, start.objects = given, "prep under", True, []


def _costing(frame: Frame) -> None:
    """`a contract for one submarine costing 13 billion`: what things cost that stand before it; `each` says another thing."""
    above = frame.parent
    if above is None or frame.by not in ("ger", "which") or frame.preposition or frame.conjunction or not frame.money:
        return
    near = [chunk for chunk in (*above.objects, *(each for _, each in above.phrases)) if chunk.end <= frame.chunk.start]
    things = [chunk for chunk in near if chunk.kind == "item"]
    if not things or frame.words & _EACH or frame.chunk.start - max(chunk.end for chunk in near) > 1:
        return
    frame.by, frame.gap, frame.subject = "reduced", max(things, key=lambda chunk: chunk.start), None
    above.phrases += frame.phrases
    frame.phrases = []
