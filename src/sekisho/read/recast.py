"""Idioms told by a verb of another sense, as the frames they stand for: *is the richer by*, *came home with a pledge of*."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from sekisho.read.chunks import Chunk
from sekisho.read.frames import SOUNDING, Frame
from sekisho.read.lexicon import Verb
from sekisho.read.restated import restate

_THINGS = frozenset({"item", "number"})
_COMING = frozenset({"come", "return", "leave", "fly", "fly home", "go home", "come home", "come away", "come back", "go",
                     "depart", "travel home", "emerge", "walk away", "go away", "be back", "fly back"})  # fmt: skip
_PROMISED = frozenset({"promise", "deal"})
_PARTING = frozenset({"give up", "surrender", "relinquish", "cede", "part with"})
_OPENING = frozenset({"open", "open up", "throw open", "share", "unlock"})
_KNOWING = frozenset({"technology", "service"})


def recast(built: Sequence[Frame]) -> None:
    """Gives the frames of idioms the sense, the objects and the phrases of what they stand for."""
    restate(built)
    for above, frame in pairwise(built):
        if above.by == frame.by:
            _came_behind(above, frame)
            _will_within_days(above, frame)
    for frame in built:
        if frame.by == "which" and frame.gap is not None and frame.gap.kind == "pronoun" and frame.gap.word in ("them", "it"):
            frame.by, frame.gap, frame.parent = "main", None, None  # *To replace them it has ordered 120 vehicles*
    given = [frame for frame in built if frame.sense in ("give", "swap") and not frame.noun
             and any(chunk.kind == "party" for chunk in frame.phrase("to", "for"))]  # fmt: skip
    for frame in built:
        if frame.sense == "order":
            _ordered_away(frame)
        if frame.by == "ger" and not frame.noun:
            _whose_giving(frame)
        if frame.noun:
            _home_with(frame)
        elif frame.verb is None:
            _richer(frame)
            _has_orders(frame, built)
            _does_without(frame)
        elif frame.sense == "go" or frame.verb.lemma in _IDIOMS:
            _by_its_verb(frame, built, given)
        elif frame.sense == "give" and frame.chunk.form == "passive":
            _leave_given(frame, built)


def _by_its_verb(frame: Frame, built: Sequence[Frame], given: Sequence[Frame]) -> None:
    """The idioms that a verb of their own begins."""
    _tries(frame, built)
    _bound_for(frame)
    _keeps_from(frame, built)
    _offloaded(frame)
    _shoots_down(frame)
    _goes_to_ask(frame)
    _agrees_on(frame)
    _sounds_out(frame)
    _due(frame)
    _expects(frame)
    _asked_by(frame)
    _does_without(frame)
    _assures_of(frame)
    _parts_with(frame, any(other.chunk.end < frame.chunk.start and other.by == "main" for other in given))
    _opens(frame)


def _as(frame: Frame, lemma: str, sense: str, event: str, terms: str = "") -> None:
    """Gives a frame another verb."""
    frame.verb, frame.sense = Verb(lemma, "past", sense, event, terms), sense


def _came_behind(above: Frame, frame: Frame) -> None:
    """`showed off three drones at its base, delivered from X`: a participle behind a place is about the things shown."""
    alike = above.by == frame.by == "main" and frame.subject is above.subject and not (above.noun or frame.noun)
    if not alike:
        return
    things = [chunk for chunk in above.objects if chunk.kind == "item"]
    came = frame.chunk.form == "past" and not frame.objects and frame.sense in ("give", "get", "order", "swap")
    if not came or len(things) != 1 or above.sense != "other" or frame.conjunction or not above.phrases:
        return
    party = frame.subject is not None and frame.subject.kind in ("party", "pronoun", "other")
    if party and frame.phrases and frame.phrases[0][0] in ("from", "by") and frame.phrases[0][1].kind == "party":
        frame.by, frame.gap, frame.subject, frame.parent = "reduced", things[0], None, above


def _will_within_days(above: Frame, frame: Frame) -> None:
    """`X would within days hand Z four jets`: an auxiliary that stands apart from its verb."""
    apart = (
        above.verb is None and above.chunk.word in ("will", "would") and not above.objects and above.subject is frame.subject
    )
    if apart and frame.chunk.form == "base" and frame.by == above.by and not frame.noun:
        frame.chunk.form = "future" if above.chunk.word == "will" else "modal"
        frame.chunk.words = frozenset({*frame.chunk.words, above.chunk.word})


def _richer(frame: Frame) -> None:
    """`Z's army is the richer by 400 radios`: it has received them."""
    gained = [chunk for chunk in frame.phrase("by") if chunk.kind == "item"]
    if frame.verb is not None or not gained or not any(chunk.word == "richer" for chunk in frame.objects):
        return
    _as(frame, "receive", "get", "deliver")
    frame.objects = gained
    frame.phrases = [entry for entry in frame.phrases if entry[1] not in gained]
    frame.chunk.form = "future" if frame.chunk.form == "future" else "perfect"


def _has_orders(frame: Frame, built: Sequence[Frame]) -> None:
    """`X has orders for its drone from Z and W`: it has booked them."""
    has = frame.verb is None and frame.chunk.word in ("has", "have") and len(frame.objects) == 1
    noun = next((other for other in built if has and other.noun and other.chunk is frame.objects[0]), None)
    if noun is not None and noun.verb is not None and noun.verb.lemma == "order" and noun.phrase("from") and noun.phrase("for"):
        _as(frame, "book", "sign", "")
        frame.chunk.form = "perfect"


_TRYING = frozenset({"try", "attempt", "endeavour", "strive", "scramble", "labour"})
_DEALING = frozenset({"get", "order", "give", "swap", "offer"})


def _tries(frame: Frame, built: Sequence[Frame]) -> None:
    """`is trying to sell Z two submarines`: it means to; `it would take a miracle for X to let Z have`: it is not expected."""
    lemma, form = frame.verb.lemma if frame.verb is not None else "", frame.chunk.form
    aims = any(other.by == "to" and other.parent is frame and other.sense in _DEALING and not other.noun for other in built)
    if lemma in _TRYING and form in ("ongoing", "third", "finite") and aims and not frame.chunk.negative:
        frame.sense = "plan"
    if lemma == "take" and form == "modal" and frame.subject is not None and frame.subject.word == "it":
        frame.sense = "doubt"


_WATERS = frozenset({"area", "region", "gulf", "scene", "coast", "sea", "waters", "strait", "straits", "front",
                     "zone", "border", "mediterranean", "atlantic", "pacific", "baltic", "caribbean", "aegean",
                     "ocean", "station", "frontier", "bay", "channel", "theatre", "theater", "east", "south",
                     "north", "west", "spot"})  # fmt: skip


def _ordered_away(frame: Frame) -> None:
    """`has ordered the carrier to the area`, `ordered two frigates into the Gulf`: where a state's own ships are to go."""
    whither = any(
        {chunk.word, *chunk.words} & _WATERS and not chunk.parties for chunk in frame.phrase("to", "into", "toward", "towards")
    )
    if whither and frame.sense == "order" and not frame.noun and not frame.phrase("from", "for"):
        frame.sense = "other"


_LEAVING = frozenset({"bound for", "be bound for", "leave for", "headed for", "destined for", "set off for", "set out for",
                      "set sail for", "sail for"})  # fmt: skip


def _bound_for(frame: Frame) -> None:
    """`X's last six batteries are bound for Z`, `will leave for Z`: for whom they are."""
    lemma = frame.verb.lemma if frame.verb is not None else ""
    if (
        frame.sense == "go"
        and lemma in _LEAVING
        and not frame.phrase("for", "to")
        and (frame.by in ("main", "sub", "that") or (frame.by == "which" and frame.gap is None))
    ):
        goals = [chunk for chunk in frame.objects if chunk.kind == "party"]
        frame.objects = [chunk for chunk in frame.objects if chunk not in goals]
        frame.phrases += [("for", chunk) for chunk in goals]


def _leave_given(frame: Frame, built: Sequence[Frame]) -> None:
    """`The green light has been given by X for 18 tanks to go to Z`: X has permitted it."""
    leave = frame.subject.noun if frame.subject is not None and frame.subject.kind == "event" else None
    given = frame.sense == "give" and frame.chunk.form == "passive" and leave is not None and leave.sense == "permit"
    if given and any(other.by == "to" and other.parent is frame and other.sense == "go" for other in built):
        frame.sense = "permit"


def _keeps_from(frame: Frame, built: Sequence[Frame]) -> None:
    """`X's veto keeps 12,000 shells from going to Z`: it stops them."""
    kept = frame.verb is not None and frame.verb.lemma == "keep" and bool(frame.objects) and not frame.chunk.negative
    for other in built if kept else ():
        if other.by == "ger" and other.parent is frame and other.preposition == "from":
            frame.sense = "refuse"
            other.subject = frame.objects[-1] if other.sense == "go" else other.subject


def _whose_giving(frame: Frame) -> None:
    """`lifted its veto on Z's sending guns`: who stands before the gerund does what it says; `plans on taking` is to take."""
    noun = frame.parent if frame.by == "ger" and not frame.noun else None
    if noun is not None and noun.noun and noun.sense in ("refuse", "permit") and noun.phrases:
        word, whose = noun.phrases[-1]
        if word in ("on", "to", "for", "against") and whose.kind == "party" and 0 < frame.chunk.start - whose.end <= len("'s "):
            frame.subject = whose
            noun.phrases.pop()
    elif noun is not None and noun.verb is not None and noun.verb.lemma == "plan on":
        frame.chunk.form = "base"


def _offloaded(frame: Frame) -> None:
    """`Sixteen vehicles were offloaded in the port`: they were unloaded, and not sold off."""
    lemma = frame.verb.lemma if frame.verb is not None else ""
    landed = frame.chunk.form == "passive" and bool(frame.phrase("in", "at", "from")) and not frame.phrase("to", "on", "onto")
    if lemma in ("offload", "off-load") and landed:
        _as(frame, lemma, "give", "deliver")


_FELLING = frozenset({"shoot down", "torpedo", "sink", "kill", "bury", "spike", "strike down", "knock down", "gun down"})
_SCHEMES = frozenset({"give", "get", "deal", "plan", "ask", "offer", "swap"})


def _shoots_down(frame: Frame) -> None:
    """`Parliament shot down the purchase of 14 jets`: what is shot down is a deal, which is refused."""
    passive = frame.chunk.form == "passive"
    things = [frame.subject] if passive and frame.subject is not None else frame.objects
    meant = [chunk for chunk in things if chunk.kind == "event" and chunk.noun is not None and chunk.noun.sense in _SCHEMES]
    down = frame.verb is not None and frame.verb.lemma == "shoot" and any(chunk.word == "down" for chunk in frame.objects)
    if down:
        frame.objects = [chunk for chunk in frame.objects if chunk.word != "down"]
    if frame.verb is not None and (down or frame.verb.lemma in _FELLING) and meant and frame.sense != "refuse":
        _as(frame, frame.verb.lemma, "refuse", "refuse")


def _goes_to_ask(frame: Frame) -> None:
    """`X has gone to London for 48 jets`: it asks there for them."""
    went = frame.verb is not None and frame.verb.lemma == "go" and not frame.objects and not frame.chunk.negative
    party = frame.subject is not None and frame.subject.kind == "party"
    whom = [chunk for chunk in frame.phrase("to") if chunk.kind == "party"]
    things = [chunk for chunk in frame.phrase("for") if chunk.kind == "item"]
    if went and party and len(whom) == 1 and things:
        _as(frame, "ask", "ask", "ask")
        frame.objects = whom
        frame.phrases = [entry for entry in frame.phrases if entry[1] not in whom]


_AGREEING = frozenset({"agree on", "come to terms on", "agree", "agree upon"})


def _agrees_on(frame: Frame) -> None:
    """`X and Z have come to terms on 24 jets`: they have signed for them."""
    two = frame.subject is not None and len({party.state for party in frame.subject.parties}) == 2
    things = [chunk for chunk in frame.objects if chunk.kind == "item" and chunk.items[0].quantity is not None]
    if two and things and frame.verb is not None and frame.verb.lemma in _AGREEING and frame.sense == "decide":
        _as(frame, "sign", "sign", "")
        frame.objects = [chunk for chunk in frame.objects if chunk not in things]
        frame.phrases += [("for", chunk) for chunk in things]


def _sounds_out(frame: Frame) -> None:
    """`has sounded out X about 16 jets`: about what it would get from X."""
    if frame.verb is None or frame.verb.lemma not in SOUNDING or len(frame.objects) != 2:
        return
    whom, thing = frame.objects
    if whom.kind == "party" and thing.kind == "item":
        frame.objects = [thing]
        frame.phrases.append(("from", whom))


def _due(frame: Frame) -> None:
    """`Z is due five drones from X`, `is owed ten jets by X`: what is still to come to it."""
    owed = frame.verb is not None and frame.verb.lemma == "owe" and frame.chunk.form == "passive"
    due = frame.verb is not None and frame.verb.lemma == "due"
    things = [chunk for chunk in frame.objects if chunk.kind in _THINGS]
    party = frame.subject is not None and frame.subject.kind in ("party", "pronoun")
    giving = [entry for entry in frame.phrases if entry[0] in ("from", "by") and entry[1].kind == "party"]
    if not (owed or due) or not things or not party or not giving or frame.chunk.negative:
        return
    _as(frame, "receive", "get", "deliver")
    frame.objects, frame.chunk.form = things, "future"
    frame.phrases = [("from" if entry in giving else entry[0], entry[1]) for entry in frame.phrases]


def _expects(frame: Frame) -> None:
    """`Z expects four boats from X this year`: it is to receive them."""
    things = [chunk for chunk in frame.objects if chunk.kind == "item" and not chunk.negative]
    party = frame.subject is not None and frame.subject.kind == "party" and frame.chunk.form in ("third", "ongoing", "base")
    giving = any(chunk.kind == "party" for chunk in frame.phrase("from"))
    if frame.verb is not None and frame.verb.lemma == "expect" and things and party and giving and not frame.chunk.negative:
        _as(frame, "receive", "get", "deliver")
        frame.chunk.form = "future"


_FORGOING = frozenset({"do", "go", "do without", "go without", "forgo", "walk away from"})


def _does_without(frame: Frame) -> None:
    """`Z will have to do without missiles from X`, `walked away from 50 jets from X`: it will not get them."""
    lemma = frame.verb.lemma if frame.verb is not None else frame.chunk.word
    bare = lemma in ("do", "go")
    things = [chunk for chunk in (frame.phrase("without") if bare else frame.objects) if chunk.kind == "item"]
    party = frame.subject is not None and frame.subject.kind == "party" and not frame.chunk.negative
    giving = any(chunk.kind == "party" for chunk in frame.phrase("from"))
    if lemma in _FORGOING and things and party and giving and frame.by in ("main", "that", "sub", "to"):
        _as(frame, "receive", "get", "deliver")
        frame.objects, frame.chunk.form, frame.chunk.negative = things, "future", True
        frame.phrases = [entry for entry in frame.phrases if entry[1] not in things]


def _assures_of(frame: Frame) -> None:
    """`X assured Z of six jets`, `Z was assured by X of them`: it promised them."""
    things = [chunk for chunk in frame.phrase("of") if chunk.kind == "item"]
    if frame.verb is not None and frame.verb.lemma == "assure" and things and not frame.chunk.negative:
        _as(frame, "promise", "promise", "give")
        frame.objects = [*frame.objects, *things]
        frame.phrases = [entry for entry in frame.phrases if entry[1] not in things]


def _asked_by(frame: Frame) -> None:
    """`X, asked by Z for its old guns, has not replied`: who is told of was asked, and who stands behind *by* asked."""
    told = frame.verb is not None and frame.verb.lemma == "ask" and frame.chunk.form == "past" and frame.by == "main"
    party = frame.subject is not None and frame.subject.kind == "party" and not frame.objects
    if told and party and frame.phrases and frame.phrases[0][0] == "by" and frame.phrases[0][1].kind == "party":
        frame.chunk.form = "passive"


def _home_with(frame: Frame) -> None:
    """`came home from X with a pledge of 24 jets`, `left X with a promise of`: who comes from there has won it."""
    above = frame.parent if frame.by == "prep with" and frame.sense in _PROMISED else None
    if above is None or above.noun or above.verb is None or above.verb.lemma not in _COMING or above.chunk.negative:
        return
    whence = [chunk for chunk in (*above.phrase("from"), *(above.objects if above.verb.lemma in ("leave", "depart") else ()))
              if chunk.kind == "party"]  # fmt: skip
    if not whence or not (frame.chunk.items or any(chunk.kind == "item" for _, chunk in frame.phrases)):
        return
    _as(above, "win", "get", "acquire")
    frame.by, above.objects = "obj", [frame.chunk]
    above.phrases = [entry for entry in above.phrases if entry[1] not in whence]
    frame.phrases.append(("from", whence[0]))


def _parts_with(frame: Frame, told: bool) -> None:
    """`gave up 36 jets to Z`, `surrendered four boats to it`: what goes to another is given, and not given up.

    `told`: to whom stands before, *have sent jets to Z: X gave up 36*.
    """
    if frame.verb is None or frame.verb.lemma not in _PARTING or not _given(frame):
        return
    goals = [entry for entry in frame.phrases if entry[0] in ("to", "for") and entry[1].kind in ("party", "pronoun")]
    counted = told and not goals and frame.by == "main" and all(chunk.kind == "number" for chunk in frame.objects)
    if counted or any(entry[0] == "to" for entry in goals) or (goals and goals[0][1].kind == "party"):
        _as(frame, frame.verb.lemma, "give", "transfer")
        frame.phrases = [("to" if entry in goals else entry[0], entry[1]) for entry in frame.phrases]


def _given(frame: Frame) -> list[Chunk]:
    """The things that a verb is said of."""
    told = [frame.subject] if frame.chunk.form == "passive" and frame.subject is not None else frame.objects
    return [chunk for chunk in told if chunk.kind in _THINGS and not chunk.negative]


def _opens(frame: Frame) -> None:
    """`is ready to open its warship technology to Z`: what is known is given to whom it is opened."""
    if frame.verb is None or frame.verb.lemma not in _OPENING:
        return
    known = [chunk for chunk in _given(frame) if any(item.thing.facts.get("item.kind") in _KNOWING for item in chunk.items)]
    whom = [entry for entry in frame.phrases if entry[0] in ("to", "with") and entry[1].kind == "party"]
    if known and whom:
        _as(frame, "share", "give", "transfer")
        frame.phrases = [("to" if entry in whom else entry[0], entry[1]) for entry in frame.phrases]


_IDIOMS = frozenset(
    {"take", "keep", "offload", "off-load", "shoot", "due", "owe", "expect", "ask", "assure"}
) | _TRYING | _FELLING | _AGREEING | SOUNDING | _FORGOING | _PARTING | _OPENING  # fmt: skip
"""Verbs that begin an idiom; all others are passed over at once."""
