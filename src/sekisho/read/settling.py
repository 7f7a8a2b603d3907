"""What is settled when all frames of a sentence are known: who sells by a request, what an opening purpose belongs to."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

from sekisho.read.chunks import Chunk
from sekisho.read.frames import Frame, asker, asks_for_gift, controller, exchanges_notes
from sekisho.read.leave import ruled_after
from sekisho.read.lexicon import Verb
from sekisho.read.recast import recast
from sekisho.read.wordlists import word_list


def settle(built: Sequence[Frame]) -> None:
    """Mends the frames of a sentence by what stood behind them."""
    recast(built)
    _opens_with_participle(built)
    _are_to_be(built)
    _were_got(built)
    _behind_gerund(built)
    _goes_on(built)
    _signed_before(built)
    if any(frame.sense == "need" for frame in built):
        _licence_needed(built)
    for frame in built:
        if frame.noun:
            _settle_noun(frame)
            continue
        lemma = frame.verb.lemma if frame.verb is not None else ""
        _BY_PLACE.get(frame.by, _nothing)(frame)
        _BY_LEMMA.get(lemma, _nothing)(frame)
        if len(frame.phrases) > 1:
            _includes(frame)
        if frame.teller is not None and ruled_after(frame):
            frame.by, frame.parent, frame.teller = "that", frame.teller, None
        if frame.by == "to" and _asks_to_sell(frame):
            frame.subject = asker(frame)
        elif _opens(frame, built):
            _give_to_main(frame, built)
        elif frame.by == "to" and _is_to_come(frame):
            _stands_alone(frame)


def _licence_needed(built: Sequence[Frame]) -> None:
    """`denied X the licence it needs to export jets to Z`: what the licence is for."""
    for need in built:
        above = need.parent if need.sense == "need" and not need.noun and need.by in ("that", "which") else None
        leave = next((each for each in built if each.noun and each.sense == "permit" and each.parent is above), None)
        if above is None or leave is None or leave.by != "obj" or leave.chunk.end > need.chunk.start:
            continue
        for frame in built:
            if frame.by == "to" and frame.parent is need:
                frame.parent = leave
                frame.subject = controller(frame)


def _nothing(frame: Frame) -> None:
    """Leaves a frame as it is."""


def _settle_noun(frame: Frame) -> None:
    if frame.parent is not None:
        _takes_back(frame)
        _settles(frame)
    _keeps_up(frame)
    if frame.origin is not None:
        _share_goal(frame)


def _infinitive(frame: Frame) -> None:
    _asks_for_leave(frame)
    _which_is_barred(frame)
    _helps_with(frame)


def _gerund(frame: Frame) -> None:
    _which_is_barred(frame)
    _helps_with(frame)
    _hopes(frame)


_FUNDING = frozenset(
    {"approve", "vote", "set aside", "appropriate", "allocate", "earmark", "release", "authorise", "authorize", "clear",
     "commit", "provide", "put aside"}
)  # fmt: skip
_MONEY = frozenset({"money", "funds", "funding", "cash"})
_HEARING = frozenset({"tell", "inform", "advise"})


def _asks_for_leave(frame: Frame) -> None:
    """`a request by Z to be allowed to pass on guns`: what is requested is the passing on."""
    let = frame.parent if frame.by == "to" and not frame.noun else None
    asked = let.parent if let is not None and let.by == "to" and let.sense == "permit" and not let.noun else None
    if let is not None and asked is not None and let.chunk.form == "passive" and asked.noun and asked.sense == "ask":
        frame.parent = asked
        frame.subject = controller(frame)


def _funds(frame: Frame) -> None:
    """`approved two billion for jets from X`: money for things is their order; `Congress was told of` is its notice."""
    assert frame.verb is not None
    lemma = frame.verb.lemma
    things = [chunk for chunk in frame.phrase("for") if chunk.kind == "item"]
    sold = any(chunk.kind == "party" for chunk in frame.phrase("from"))
    bare = not frame.objects if frame.money else bool(frame.objects) and all(each.words & _MONEY for each in frame.objects)
    if lemma in _FUNDING and bare and things and sold and frame.chunk.form != "passive":
        frame.sense, frame.objects = "order", things
        frame.verb = Verb(lemma, frame.verb.form, "order", "buy", "")
        frame.phrases = [entry for entry in frame.phrases if entry[1] not in things]
    heard = frame.subject if frame.chunk.form == "passive" and lemma in _HEARING else None
    if heard is not None and heard.kind == "party" and heard.word == "congress":
        frame.sense = "notify"


_PACTS = frozenset({"notes", "letters", "papers", "document", "documents", "memorandum", "memoranda"})


def _signed_before(built: Sequence[Frame]) -> None:
    """`Notes exchanged on Friday seal the grant`, `A contract signed on Monday provides for`: when the paper was signed."""
    papers = [place for place, each in enumerate(built) if each.by == "main" and each.sense in ("sign", "trade", "decide")]
    for first, second in ((built[place], two) for place in papers for two in built[place + 1 : place + 3]):
        paper = first.subject
        if (
            first.chunk.form != "past"
            or first.noun
            or paper is None
            or second.noun
            or second.subject is not paper
            or second.by != "main"
            or first.objects
        ):
            continue
        if (paper.kind == "event" or paper.words & _PACTS) and second.sense in ("sign", "permit", "decide", "include", "plan"):
            first.by, first.gap, first.subject, first.parent = "reduced", paper, None, second
            for noun in built:
                noun.parent = second if noun.noun and noun.chunk is paper and noun.parent is first else noun.parent
            return


def _being_given(frame: Frame) -> None:
    """`consented to tanks being passed on to Z`: what is being done to the things, and not what has been."""
    things = frame.gap
    if frame.by != "reduced" or things is None or "being" not in frame.chunk.words or frame.parent is None:
        return
    near = (*frame.parent.objects, *(chunk for _, chunk in frame.parent.phrases))
    if any(chunk is things for chunk in near) and frame.parent.sense in (*_MINDED, "refuse", "against", "doubt"):
        frame.by, frame.subject, frame.gap, frame.chunk.form = "ger", things, None, "passive"


def _which_is_barred(frame: Frame) -> None:
    """`built for Z, which X barred from receiving them`: whom a clause tells of is who may not do what it says."""
    above = frame.parent if frame.by in ("ger", "to") and not frame.noun else None
    if above is None or above.by != "which" or above.gap is None or above.gap.kind != "party" or above.objects:
        return
    led = frame.preposition == "from" if frame.by == "ger" else True
    if led and above.subject is not above.gap and above.sense in ("refuse", "permit") and frame.subject is above.subject:
        frame.subject = above.gap


_TAKING_BACK = frozenset({"pull", "take back", "recall", "yank", "take away", "cut", "lapse", "expire", "run out", "retract"})
_CLOSING = frozenset({"settle", "fix", "nail down", "button up", "tie up"})


def _settles(frame: Frame) -> None:
    """`settled the purchase of jets` is signing it; `assured Z of 18 guns` promises them."""
    if frame.noun:
        above = frame.parent if frame.by == "obj" and frame.sense in ("get", "give", "deal") else None
        if above is not None and not above.noun and above.verb is not None and above.verb.lemma in _CLOSING:
            above.sense, above.verb = "sign", Verb(above.verb.lemma, above.verb.form, "sign", "", "")
        return
    things = [chunk for chunk in frame.phrase("of") if chunk.kind == "item"]
    if frame.verb is not None and frame.verb.lemma == "assure" and things and not any(c.kind == "item" for c in frame.objects):
        frame.sense, frame.verb = "promise", Verb("assure", frame.verb.form, "promise", "supply", "")
        frame.objects = [*frame.objects, *things]
        frame.phrases = [entry for entry in frame.phrases if entry[1] not in things]


_LEAVES = frozenset({"licence", "license", "permit", "consent", "permission", "approval", "authorisation", "authorization",
                     "assent", "go-ahead", "blessing", "clearance"})  # fmt: skip


def _takes_back(frame: Frame) -> None:
    """`has taken back its consent to the sale`, `Permits for guns were pulled`: who takes leave back refuses it."""
    above = frame.parent if frame.noun and frame.by in ("obj", "subject") else None
    if above is None or above.noun or above.verb is None or frame.verb is None:
        return
    if above.verb.lemma in _TAKING_BACK and frame.verb.lemma.split()[-1] in _LEAVES and not above.chunk.negative:
        above.sense, above.verb = "refuse", Verb(above.verb.lemma, above.verb.form, "refuse", "halt", "")


_HELPING = frozenset({"help", "help out", "assist", "aid", "support"})
_MINDED = frozenset({"want", "plan", "offer", "promise", "decide", "seek", "permit", "ask"})


def _helps_with(frame: Frame) -> None:
    """`would like to help Z with guns`: who wants to help with things that are counted as many wants to give them."""
    above = frame.parent if frame.by in ("to", "ger") else None
    if frame.noun or frame.verb is None or frame.verb.lemma not in _HELPING or above is None or above.sense not in _MINDED:
        return
    things = [item for chunk in frame.phrase("with") if chunk.kind == "item" for item in chunk.items]
    helped = frame.objects and all(chunk.kind in ("party", "pronoun") for chunk in frame.objects)
    if helped and things and all(item.plural and not item.owned for item in things):
        frame.sense, frame.verb = "with", Verb(frame.verb.lemma, frame.verb.form, "with", "supply", "")


def _told_makers(frame: Frame) -> None:
    """`A maker of rifles was told that it may not export to Z`: what the maker may not sell is what it makes."""
    told = frame.parent if frame.by == "that" and not frame.noun else None
    if told is None or told.verb is None or told.verb.lemma not in _TELLING or told.chunk.form != "passive":
        return
    maker = told.subject
    pronoun = frame.subject is not None and frame.subject.kind == "pronoun" and frame.subject.word in ("it", "they")
    things = [chunk for chunk in told.phrase("of") if chunk.kind == "item"]
    named = [chunk for chunk in frame.objects if chunk.kind != "pronoun"]
    if maker is None or maker.kind != "party" or not pronoun or named or frame.sense != "give":
        return
    frame.subject = maker
    frame.objects = things or frame.objects


_TELLING = frozenset({"tell", "inform", "notify", "warn", "advise"})
_UPKEEP = frozenset(
    {"overhaul", "maintenance", "upgrade", "upgrading", "modernisation", "modernization", "repair", "repairs", "refit",
     "refurbishment", "servicing", "upkeep", "support", "conversion", "refitting"}
)  # fmt: skip


def _keeps_up(frame: Frame) -> None:
    """`a contract for jets and another for the overhaul of boats`: what is only kept up is not what a deal is for."""
    if not frame.noun or frame.sense != "deal":
        return
    kept = [
        thing
        for (word, work), (of, thing) in pairwise(frame.phrases)
        if of == "of" and word in ("for", "on", "to") and work.kind == "other" and work.words & _UPKEEP and thing.kind == "item"
    ]
    frame.phrases = [entry for entry in frame.phrases if not any(entry[1] is thing for thing in kept)]


def _hands(frame: Frame) -> None:
    """`shells passed to Z`, `has passed Z tanks`: what is passed to somebody does not go by itself."""
    given = frame.by == "reduced" or frame.chunk.form == "passive" or any(chunk.kind == "item" for chunk in frame.objects)
    if given and any(chunk.kind == "party" for chunk in (*frame.objects, *frame.phrase("to"))):
        frame.sense = "give"


def _includes(frame: Frame) -> None:
    """`sold 200 jets abroad, including 60 to Z`: how many of all those told of go to the one that is named."""
    some = frame.phrases[-2] if len(frame.phrases) > 1 else None
    if some is None or frame.noun or some[0] != "including" or some[1].kind != "number" or some[1].quantity is None:
        return
    word, goal = frame.phrases[-1]
    things = [chunk for chunk in frame.objects if chunk.kind == "item" and len(chunk.items) == 1]
    if word not in ("to", "from", "for") or goal.kind != "party" or len(things) != 1 or len(frame.objects) != 1:
        return
    item = things[0].items[0]
    if item.quantity is not None and item.quantity > some[1].quantity:
        item.quantity, item.quantity_span = some[1].quantity, (some[1].start, some[1].end)


def _opens_with_participle(built: Sequence[Frame]) -> None:
    """`Bought second-hand from X, four boats have entered service with Z`: what opens a sentence tells of its subject."""
    first = built[0] if built else None
    if first is None or first.noun or first.subject is not None or first.chunk.form != "past" or first.by != "main":
        return
    if first.objects or first.chunk.auxiliaries or first.sense not in ("give", "get", "order", "promise", "swap", "make"):
        return
    main = next((each for each in built[1:] if each.by == "main" and not each.noun and each.subject is not None), None)
    if main is not None and main.subject is not None and main.subject.kind == "item":
        first.by, first.gap, first.parent = "reduced", main.subject, None


def _are_to_be(built: Sequence[Frame]) -> None:
    """`Licences for Y are to be granted by X`: what is to be done is done to the noun that stands before *are to be*."""
    for frame in built:
        are = frame.parent if frame.by == "to" and frame.chunk.form == "passive" and not frame.noun else None
        if are is None or are.verb is not None or are.objects or frame.subject is not are.subject or are.by != "main":
            continue
        for noun in built:
            if noun.noun and noun.parent is are and noun.by == "subject" and noun.sense == "permit":
                noun.parent, frame.by, frame.parent = frame, "main", None
                frame.chunk.auxiliaries = ("future", *frame.chunk.auxiliaries)


def _were_got(built: Sequence[Frame]) -> None:
    """`Fourteen jets will guard Z's skies, leased from X`: a participle behind says how the things of the subject came."""
    for above, frame in pairwise(built):
        things = (
            frame.subject if frame.by == "main" and frame.chunk.form == "past" and not (frame.noun or frame.objects) else None
        )
        alike = things is not None and things.kind == "item" and above.by == "main" and above.subject is things
        if not alike:
            continue
        told = frame.phrase("from", "by") and frame.phrases[0][0] in ("from", "by", "to") and not above.noun
        if told and frame.sense in ("get", "give", "order", "swap") and above.sense == "other" and not frame.conjunction:
            frame.by, frame.gap, frame.subject, frame.parent = "reduced", things, None, above
            if above.chunk.form == "future":
                frame.by, frame.subject = "which", things
                frame.chunk.form, frame.chunk.auxiliaries = "passive", ("future",)


def _behind_gerund(built: Sequence[Frame]) -> None:
    """`Boats awaiting delivery in X will not be handed over`: a verb behind a participle that says more of its subject."""
    asides = [each for each in built if each.by == "which" and each.chunk.form == "ger" and each.gap is None]
    verbs = [each for each in built if not each.noun] if asides else []
    for inner, frame in pairwise(verbs):
        aside = inner.by == "which" and inner.chunk.form == "ger" and inner.gap is None
        if aside and frame.by == "main" and frame.subject is None and not frame.conjunction and frame.chunk.form != "ger":
            frame.subject = inner.subject
            for each in verbs:
                each.subject = (
                    inner.subject if each.parent is frame and each.by == "to" and each.subject is None else each.subject
                )


def _goes_on(built: Sequence[Frame]) -> None:
    """`the ships that X built for Z but refused to hand over`: a verb without an object goes on with a clause about a thing."""
    asides = any(each.by == "which" and each.gap is not None and each.gap.kind == "item" for each in built)
    for place, frame in enumerate(built[1:], 1) if asides else ():
        inner = next((each for each in reversed(built[:place]) if not each.noun), None)
        main = next((each for each in built[:place] if each.by == "main" and not each.noun), None)
        if (
            inner is None
            or main is None
            or frame.by not in ("main", "sub")
            or frame.noun
            or frame.conjunction not in ("", "but")
        ):
            continue
        told = inner.by == "which" and inner.gap is not None and inner.gap.kind == "item" and inner.gap is not inner.subject
        doing = next((each for each in built[place:] if each.parent is frame and each.by == "to"), frame)
        bare = doing.sense in ("give", "swap") and not doing.objects and doing.chunk.form != "passive"
        if told and bare and frame.subject is main.subject and frame is not main:
            frame.by, frame.gap, frame.subject, frame.parent = "which", inner.gap, inner.subject, inner.parent
            doing.subject = inner.subject
            whom = [chunk for chunk in (*inner.phrase("for", "to"), *inner.objects) if chunk.kind == "party"]
            doing.phrases += [("to", chunk) for chunk in whom if not doing.phrase("to", "for")]
            kept = frame.chunk.negative or frame.sense == "refuse"
            inner.instead = inner.instead or (kept and inner.sense in ("make", "promise", "offer", "give"))


def _is_to_come(frame: Frame) -> bool:
    """`has delivered 20 guns, with 40 more to come`: whether an infinitive tells of what stands behind a *with*."""
    above, chunk = frame.parent, frame.chunk
    coming = frame.by == "to" and not frame.noun and (
        (frame.sense == "go" and chunk.form == "base") or (frame.sense in ("give", "get") and chunk.form == "passive")
    )  # fmt: skip
    if not coming or above is None or above.noun or not above.phrases or above.sense not in ("give", "get", "order", "go"):
        return False
    word, rest = above.phrases[-1]
    return word == "with" and rest.kind in ("item", "number") and 0 < chunk.start - rest.end <= len(" to ")


def _stands_alone(frame: Frame) -> None:
    """Makes such an infinitive a clause of its own, of what is still to come."""
    assert frame.parent is not None
    frame.subject = frame.parent.phrases.pop()[1]
    frame.by, frame.parent = "main", None
    frame.chunk.form = "future" if frame.sense == "go" else frame.chunk.form
    frame.chunk.auxiliaries = ("future", *frame.chunk.auxiliaries)


_PAYING_OFF = frozenset({"repay", "pay off", "pay back", "settle", "clear", "redeem", "pay", "cancel out", "work off"})
_DEBTS = frozenset({"debt", "debts"})


def _pays_off(frame: Frame) -> None:
    """`repaid part of its debt to Z with jets`: a debt that is paid in equipment."""
    owed = any(chunk.words & _DEBTS for chunk in (*frame.objects, *frame.phrase("of", "off")))
    paid = any(chunk.kind == "item" for chunk in frame.phrase("with"))
    if owed and paid and frame.verb is not None:
        frame.sense, frame.verb = "give", Verb(frame.verb.lemma, frame.verb.form, "give", "transfer", "")


_STOCKS = word_list("stocks")


def _restocks(frame: Frame) -> None:
    """`has replenished Kremlin arsenals with shells`: whose the arsenals are that are filled."""
    whose = frame.objects[0] if len(frame.objects) == 2 and frame.phrase("with", "by") else None
    stocks = frame.objects[-1] if whose is not None and whose.kind == "party" else None
    if stocks is not None and whose is not None and stocks.kind == "other" and stocks.words & _STOCKS and not stocks.possessor:
        stocks.possessor = list(whose.parties)
        frame.objects = [stocks]


def _exchanges(frame: Frame) -> None:
    """`exchanged notes`: two governments have agreed."""
    if exchanges_notes(frame):
        frame.sense = "sign"


def _asks_to_sell(frame: Frame) -> bool:
    """`turned down a request from X to sell jets to Z`: who asks is to sell, for it is another that would receive."""
    noun = frame.parent
    if noun is None or not asks_for_gift(frame) or frame.verb is None or frame.verb.event not in ("sell", "deliver"):
        return False
    asking = [*noun.chunk.possessor, *(party for chunk in noun.phrase("by", "from", "of") for party in chunk.parties)]
    takers = [party for chunk in (*frame.phrase("to"), *frame.objects) for party in chunk.parties]
    decider = noun.parent.subject if noun.parent is not None else None
    home = {party.state for party in decider.parties} if decider is not None else set()  # *the request of its own firm*
    states = {party.state for party in asking}
    return bool(asking and takers) and not states & (home | {party.state for party in takers})


def _opens(frame: Frame, built: Sequence[Frame]) -> bool:
    """`To make up for the tanks given to W, X will supply`: whether an infinitive of replacing opens a sentence."""
    return frame is built[0] and frame.sense == "replace" and frame.chunk.form == "base" and frame.by == "main"


def _give_to_main(frame: Frame, built: Sequence[Frame]) -> None:
    """Makes an opening purpose one of the verb behind it."""
    main = next((other for other in built[1:] if other.by == "main" and not other.noun and other.subject is not None), None)
    if main is not None:
        frame.by, frame.parent, frame.subject = "to", main, main.subject


_TALKING = frozenset({"talk", "speak", "confer"})


def _talks(frame: Frame) -> None:
    """`is talking to Seoul about 48 jets`: what is talked about is planned; whom somebody talks to, somebody talks with."""
    if frame.chunk.form not in ("ongoing", "perfect"):
        return
    whom = [entry for entry in frame.phrases if entry[0] in ("to", "with") and entry[1].kind == "party"]
    things = [chunk for chunk in (*frame.objects, *frame.phrase("about", "over", "on", "of")) if chunk.kind == "item"]
    if whom and not frame.chunk.negative and (frame.chunk.form == "ongoing" or "been" in frame.chunk.words):
        frame.sense = "plan"
        frame.phrases = [("with" if entry in whom else "over" if entry[1] in things else entry[0], entry[1])
                         for entry in frame.phrases]  # fmt: skip


_DASHING = frozenset({"dash", "shatter", "crush", "bury", "wreck", "destroy", "ruin", "extinguish"})
_HOPES = frozenset({"hopes", "hope", "dreams", "ambitions", "chances", "prospects"})


def _hopes(frame: Frame) -> None:
    """`dashed Tokyo's hopes of selling it the Soryu`: who hoped was to sell."""
    above = frame.parent if frame.by == "ger" and not frame.noun else None
    hoped = above.objects[-1] if above is not None and not above.noun and above.objects else None
    if hoped is not None and above is not None and hoped.words & _HOPES and hoped.possessor:
        above.sense = "refuse" if above.verb is not None and above.verb.lemma in _DASHING else above.sense
        frame.subject = Chunk("party", hoped.start, hoped.end, hoped.word, parties=list(hoped.possessor))


def _share_goal(frame: Frame) -> None:
    """`the transfer by X of guns and by Y of tanks to Z`: the goal said once, of both."""
    first = frame.origin
    if first is not None and frame.parent is None and first.parent is not None:
        frame.parent, frame.by = first.parent, first.by
    goals = [entry for entry in frame.phrases if entry[0] in ("to", "for") and entry[1].kind == "party"]
    if first is not None and first.noun and not first.phrase("to", "for"):
        first.phrases += goals


_BY_PLACE: Mapping[str, Callable[[Frame], None]] = {
    "to": _infinitive, "ger": _gerund, "reduced": _being_given, "that": _told_makers,
}  # fmt: skip
"""What is looked at by how a verb hangs on another."""
_BY_LEMMA: Mapping[str, Callable[[Frame], None]] = {
    **dict.fromkeys(_PAYING_OFF, _pays_off), **dict.fromkeys(_FUNDING | _HEARING, _funds), **dict.fromkeys(_TALKING, _talks),
    **dict.fromkeys(("replenish", "refill", "restock", "top up", "backfill"), _restocks),
    "assure": _settles, "exchange": _exchanges, "pass": _hands,
}  # fmt: skip
"""What is looked at by a verb of its own."""
