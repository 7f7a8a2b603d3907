"""What a later sentence says of the transfer told before: on what terms, *they are a gift*, and at what price."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from sekisho.read.chunks import Chunk, Party, Span
from sekisho.read.context import Context
from sekisho.read.deals import pays
from sekisho.read.events import Event, is_making
from sekisho.read.frames import Frame
from sekisho.read.remarks import is_loose
from sekisho.read.tokens import singular
from sekisho.read.wordlists import word_list

_ALL = word_list("any equipment") | {"it", "they", "them", "those", "these", "all", "both", "everything"}
"""Words for all that was told of, of whatever kind."""
_DEALS = frozenset({"deal", "give", "get"})
_TERMS = frozenset({"gift", "loan"})
_PAYING = frozenset({"pay", "pay for", "cost"})
_NOTHING = frozenset({"nothing"})
_TELLING = frozenset({"past", "perfect", "passive", "future", "third", "finite", "predicate", "ongoing", "arranged"})


def told_terms(events: Sequence[Event], built: Sequence[Frame], context: Context) -> None:
    """Gives the transfers told last the terms that a sentence tells of them: *the boats were provided free of charge*."""
    told = [event for event in events if event.sentence == events[-1].sentence and not event.terms]
    for frame in built if told else ():
        named = _named(frame)
        terms, place = (named, (frame.chunk.start, frame.chunk.end)) if named else _terms(frame)
        if not terms or frame.chunk.negative or pays(frame):
            continue
        if frame.conjunction in ("whether", "if", "unless"):
            continue  # *did not say whether Z had paid for them*
        giving = {party.state for chunk in frame.phrase("from", "of", "by") for party in chunk.parties}
        own = [event for event in told if giving & {party.state for party in event.exporters}]
        apposed = own if frame.noun and frame.parent is None else []  # *The planes, a gift from X, will*
        for event in apposed or (told if named else _meant(frame, told, context)):
            event.terms, event.terms_span = event.terms or terms, event.terms_span or place


def _named(frame: Frame) -> str:
    """`The sale still needs approval`: the terms by what a deal told before is called."""
    if not frame.noun or not frame.chunk.definite or frame.phrases or frame.chunk.items or frame.chunk.possessor:
        return ""
    terms = frame.verb.terms if frame.verb is not None else ""
    if frame.chunk.word.endswith("s"):
        return ""  # *asked X to halt the sales*
    signed = (
        frame.by == "prep on" and frame.parent is not None and frame.parent.sense == "sign"
    )  # *exchanged notes on the grant*
    told = frame.by in ("subject", "obj", "prep of") or _thanked(frame) or signed
    return terms if frame.sense in _DEALS and told else ""


def _thanked(frame: Frame) -> bool:
    """`thanked X for the gift`."""
    return frame.by == "prep for" and frame.parent is not None and frame.parent.sense == "thank"


def _terms(frame: Frame) -> tuple[str, Span]:
    """The terms that a verb, a noun said of the things, or an adverb tells of, and where."""
    place = frame.chunk.start, frame.chunk.end
    words = frame.words - frame.chunk.words if frame.noun else frame.words
    adverb = next((word for word in sorted(_TERMS) if word in words), "")
    nothing = frame.verb is not None and frame.verb.lemma in _PAYING and any(each.word in _NOTHING for each in frame.objects)
    if adverb or nothing:
        return adverb or "gift", place
    own = frame.verb.terms if frame.verb is not None else ""
    told = frame.noun or frame.chunk.form in _TELLING
    return (own, place) if told and "modal" not in frame.chunk.auxiliaries else ("", place)


def _meant(frame: Frame, told: Sequence[Event], context: Context) -> list[Event]:
    """The transfers that a frame tells of: those of all things for *the equipment*, else of the things it points back at."""
    for chunk in _about(frame):
        if chunk.kind == "event":
            if chunk.definite and chunk.noun is not None and chunk.noun.sense in _DEALS and not chunk.items:
                return list(told)
            continue
        items = [item for item in context.things(chunk, []) if item.pointing or item.definite]
        states = {party.state for event in told for party in (*event.exporters, *event.recipients)}
        sides = ("to", "for", "by") if frame.sense in ("order", "get") else ("to", "for")
        if not items or any(party.state not in states for phrase in frame.phrase(*sides) for party in phrase.parties):
            continue
        kinds = {item.thing.lists for item in items}
        near = [event for event in told if chunk.word in _ALL or any(item.thing.lists in kinds for item in event.items)]
        return near if any(item.thing.id in {each.thing.id for each in event.items} for event in told for item in items) else []
    return []


def _about(frame: Frame) -> list[Chunk]:
    """What a frame says its terms of: its subject in the passive, its objects, and what a copula joins a noun with."""
    if frame.noun:
        above = frame.parent
        joined = frame.by == "obj" and above is not None and above.verb is None and not above.chunk.negative
        return [above.subject] if joined and above is not None and above.subject is not None else []
    near = [*frame.objects, *frame.phrase("for"), frame.subject]
    if frame.objects and frame.sense in ("get", "order", "give") and frame.chunk.form != "passive":
        near = near[:-1]  # *It had bought their replacements*: who acts is no thing
    if frame.chunk.form == "passive" or frame.verb is None or frame.sense == "go":
        near = near[-1:]
    return [chunk for chunk in near if chunk is not None and chunk.kind not in ("party", "number")]


_MACHINES = frozenset({"machine", "equipment", "hardware", "weapon", "arms", "craft", "kit", "aircraft", "plane", "jet",
                       "ship", "vessel", "boat", "vehicle", "gun"})  # fmt: skip


def told_makers(events: Sequence[Event], built: Sequence[Frame], phrases: Sequence[Chunk], context: Context) -> None:
    """`The American-built planes are old`, `the jets were made in X`: who made what was told of before."""
    told: list[tuple[Chunk, Party]] = []
    for chunk in phrases:
        if not (chunk.items or "made" in chunk.words):
            continue
        named = [item.maker for item in chunk.items if item.made and item.maker is not None]
        maker = named or (list(chunk.possessor) if "made" in chunk.words and chunk.kind == "other" else [])
        told += [(chunk, maker[0])] if maker and (chunk.definite or chunk.possessive_word) else []
    for frame in built:
        if not is_making(frame):
            continue
        about = frame.gap if frame.by in ("reduced", "which") else frame.subject
        makers = [party for chunk in frame.phrase("in", "by") for party in chunk.parties if party.kind != "company"]
        passive = frame.chunk.form == "passive" or frame.by == "reduced"
        told += [(about, makers[0])] if passive and makers and about is not None else []
    if not told:
        return
    new = [item for chunk in phrases for item in chunk.items if not (item.definite or item.pointing)]
    for chunk, party in told:
        if not chunk.definite and any(item.span[0] <= chunk.start for item in new):
            continue  # *has fired 1,500 rockets, most of them made in W*
        items = context.things(chunk, [])
        titles = {
            item.thing.words for item in chunk.items if item.thing.item is None and item.thing.words != item.thing.words.lower()
        }
        if titles and not any(item.thing.words in titles for event in events for item in event.items):
            continue  # *its air force's French-built Mysteres*, where jets of another name were told of
        alone = len({item.thing.id for item in events[-1].items}) == 1 and "made" in chunk.words
        if not items and alone and singular(chunk.word) in _MACHINES:
            items = list(events[-1].items)  # *the American-built machines*
        meant, kinds = {item.thing.id for item in items}, {item.thing.lists for item in items if is_loose(item.thing)} - {""}
        for event in (event for event in events if event.frame.sense != "make"):
            for item in event.items if event.sentence == events[-1].sentence else ():
                if (item.thing.id in meant or item.thing.lists in kinds) and (
                    item.maker is None or not item.made or item.maker.state == party.state
                ):
                    item.made, item.maker = True, party


def deal_worth(events: Sequence[Event], built: Sequence[Frame]) -> None:
    """`The contract, signed in 1996, was worth …`: what a deal costs that was told of a sentence further back."""
    near = [event for event in events if event.sentence == events[-1].sentence]
    deals = [frame for frame in built if frame.noun and frame.chunk.definite and frame.sense in _DEALS]
    named = any(chunk.items for frame in deals for chunk in (frame.chunk, *frame.phrase("of", "for")))
    sold = [event for event in near if event.frame.by not in ("which", "reduced")]
    if len(sold) == 1 and deals and not named and not sold[0].money:
        sold[0].money = [chunk for frame in built for chunk in frame.money]


def built_by(events: Sequence[Event], built: Sequence[Frame]) -> None:
    """`is sounding out X, which built them, on its consent`: who made the things that a sentence or the one before tells of."""
    for frame in built if events else ():
        told = frame.by == "which" and is_making(frame) and frame.chunk.form in ("past", "perfect", "third")
        if not told or frame.gap is None or not frame.gap.parties or not any(each.kind == "pronoun" for each in frame.objects):
            continue
        for event in events:
            for item in event.items if event.sentence == events[-1].sentence else ():
                if item.maker is None:
                    item.made, item.maker = True, frame.gap.parties[0]


def apposed_makers(events: Sequence[Event], phrases: Sequence[Chunk]) -> None:
    """`24 F-16s, American-built jets that`, `a sale of U.S.-built aircraft`: who made what a phrase beside it speaks of."""
    for place, chunk in enumerate(phrases[1:] if events else (), 1):
        before = phrases[place - 1]
        if before.word != "," and not (before.word == "of" and phrases[place - 2].kind == "event"):
            continue
        made = [item.maker for item in chunk.items if item.made and item.maker is not None]
        made = made or (list(chunk.possessor) if chunk.kind == "other" and "made" in chunk.words else [])
        if not made:
            continue
        near = phrases[place - 2] if before.word == "," and place > 1 else phrases[max(0, place - 4)]
        told = [event for event in events if event.frame.chunk.start < chunk.start]
        for item in (item for event in told[-1:] for item in event.items):
            here = near.kind == "item" and any(each is item or each.span == item.span for each in near.items)
            summed = before.word == "of" and phrases[place - 2].indefinite
            if (here or summed) and item.maker is None and item.span[0] < chunk.start:
                item.made, item.maker = True, made[0]


_SUMS = frozenset({"all", "total", "altogether"})


def counted_in_all(events: Sequence[Event], phrases: Sequence[Chunk]) -> None:
    """`a transfer of frigates to Z, six in all`: how many of the things there are that stand without a number before."""
    for place in range(2, len(phrases) - 1):
        comma, many = phrases[place - 1 : place + 1]
        if phrases[place + 1].word not in _SUMS or comma.word != "," or many.kind != "number" or many.quantity is None:
            continue
        items = [item for event in events for item in event.items if item.span[1] <= many.start]
        near = max((item.span for item in items), default=None)
        between = any(chunk.kind == "item" and near is not None and near[1] < chunk.start < many.start for chunk in phrases)
        for item in items if not between else ():
            if item.span == near and item.quantity is None:
                item.quantity, item.quantity_span = many.quantity, (many.start, many.end)


def sold_as_told(events: Sequence[Event], built: Sequence[Frame]) -> None:
    """`has sold guns to two armies: ten go to Z`, `has booked orders for it`: on what terms so many go is told before."""
    for event in events:
        what = [event.frame.subject] if event.frame.sense == "go" else event.frame.objects if event.event == "deliver" else []
        counted = bool(what) and all(chunk is not None and chunk.kind == "number" for chunk in what)
        for frame in built if counted and not event.terms else ():
            before = frame.chunk.end < event.frame.chunk.start and not frame.chunk.negative
            traded = frame.sense in ("give", "get", "order", "swap") and frame.verb is not None and frame.verb.terms
            if before and traded and frame.verb is not None:
                event.terms, event.terms_span = frame.verb.terms, (frame.chunk.start, frame.chunk.end)


_COSTING = frozenset({"value", "estimate", "price", "cost", "put", "reckon", "total"})
_BARGAINS = frozenset(
    {"bargain", "transaction", "investment", "outlay", "acquisition", "purchase", "venture", "snip", "coup", "splurge"}
)
"""What a purchase is called that is told with its price."""


def apposed_price(events: Sequence[Event], phrases: Sequence[Chunk], built: Sequence[Frame]) -> None:
    """`bought 24 jets from X, a $300 million bargain`: what a phrase behind a purchase says that it costs."""
    told = [event for event in events if not event.aside]
    givers = {party.state for event in told for party in event.exporters}
    if not told or any(event.money for event in told) or len(givers) > 1:
        return
    if len({item.thing.id for event in told for item in event.items}) > 1:
        return
    for frame in built:
        behind = frame.chunk.start > told[-1].frame.chunk.end or frame.parent is None
        if _in_a_deal(frame) and behind and told[-1].frame.sense in _TRADING:
            told[-1].money = list(frame.money)
            return
        noun = (
            frame.gap if frame.by in ("reduced", "which") and frame.verb is not None and frame.verb.lemma in _COSTING else None
        )
        if noun is not None and noun.kind == "event" and noun.indefinite and not noun.items and frame.money:
            told[-1].money = list(frame.money)  # *a contract valued by analysts at 2 billion*
            return
    for before, chunk in pairwise(phrases):
        priced = (
            chunk.kind == "other"
            and chunk.price is not None
            and chunk.word in _BARGAINS
            and before.word in (",", "-", "–", "—")
        )
        if priced and chunk.price is not None and chunk.start > told[0].frame.chunk.end:
            told[-1].money = [Chunk("money", chunk.price.start, chunk.price.end, "", unit=chunk.price)]
            return


_TRADING = frozenset({"get", "order", "sign", "deal", "give", "pick", "decide"})


def _in_a_deal(frame: Frame) -> bool:
    """`has ordered tanks, newspapers said, in an $800 million contract`, `In a deal worth $800 million, Z has bought tanks`."""
    telling = frame.parent if frame.noun and frame.sense == "deal" and frame.by in ("prep in", "prep under") else None
    opens = frame.noun and frame.sense == "deal" and frame.by == "prep in" and frame.parent is None
    alone = opens or (telling is not None and telling.sense == "say" and telling.by == "main" and not telling.noun)
    return alone and frame.chunk.indefinite and bool(frame.money) and not (frame.chunk.items or frame.phrase("with", "for"))


_VESSELS = frozenset({"boat", "ship", "vessel", "craft", "frigate", "corvette", "submarine"})
_AFFECTING = frozenset({"affect", "concern", "involve", "cover", "include", "hit", "catch", "catch up", "apply to", "comprise"})


def told_number(events: Sequence[Event], built: Sequence[Frame], context: Context) -> None:
    """`Twenty vessels are affected`, `The ban covers 20 boats`: how many things are meant that had no number."""
    told = [
        event for event in events if event.sentence == events[-1].sentence and event.status in ("refused", "planned", "asked")
    ]
    last = told[-1] if told else None
    if last is None or len(last.items) != 1 or last.items[0].quantity is not None or len({id(e.items[0]) for e in told}) > 1:
        return
    for frame in built:
        lemma = frame.verb.lemma if frame.verb is not None else ""
        passive = frame.chunk.form == "passive" or frame.by == "reduced"
        staked = frame.verb is None and any(chunk.word == "stake" for chunk in frame.phrase("at"))
        stopped = (
            frame.noun and frame.sense in ("permit", "give", "deal") and frame.parent is not None and not frame.chunk.items
        )
        stopped = stopped and frame.parent is not None and frame.parent.sense == "refuse" and last.status == "refused"
        if frame.chunk.negative or not (stopped or (not frame.noun and (staked or lemma in _AFFECTING))):
            continue
        things = frame.phrase("for", "of") if stopped else frame.objects
        for chunk in (frame.subject,) if passive or staked else things:
            if chunk is None or chunk.kind not in ("item", "other") or (not chunk.quantity and not chunk.items):
                continue
            meant = [item for item in context.things(chunk, []) if item.quantity is not None]
            alike = [item for item in meant if item.thing.id == last.items[0].thing.id]
            heads, word = set(last.items[0].thing.words.lower().split()), singular(chunk.word)
            same = word in heads or (word in _VESSELS and bool(heads & _VESSELS))
            if not meant and chunk.kind == "other" and chunk.quantity is not None and same and not chunk.possessor:
                last.items[0].quantity, last.items[0].quantity_span = chunk.quantity, (chunk.start, chunk.end)
                return
            if alike and not chunk.possessor:
                last.items[0].quantity, last.items[0].quantity_span = alike[0].quantity, alike[0].quantity_span
                return


def sums_beside(events: Sequence[Event], phrases: Sequence[Chunk], built: Sequence[Frame]) -> None:
    """What a sentence tells beside its transfers of their number, terms and price: *six in all*, *a $300 million bargain*."""
    if events:
        counted_in_all(events, phrases)
        sold_as_told(events, built)
        apposed_price(events, phrases, built)
