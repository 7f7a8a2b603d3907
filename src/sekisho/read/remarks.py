"""What words say beside a transfer: how trade goes, what is criticised, what was paid before, what a noun is said of."""

from __future__ import annotations

from collections.abc import Sequence

from sekisho.read.chunks import Chunk, Item, Party
from sekisho.read.frames import Frame
from sekisho.read.lexicon import Thing
from sekisho.read.status import PURPOSEFUL
from sekisho.read.tokens import singular
from sekisho.read.wordlists import word_list

_CRITICISING = word_list("criticising")
_CONTESTING = frozenset({"contest", "contested", "contesting", "challenge", "challenged", "challenging"})
_ACTS = frozenset({"decide", "permit", "ask", "plan", "deal", "offer", "refuse"})
"""Senses of nouns that a verb of no sense does: *issued a licence*, *submitted a request*."""
_LOOSE = frozenset({"aircraft", "plane", "jet", "ship", "vessel", "boat", "warship", "vehicle", "missile", "rocket", "gun",
                    "weapon", "system", "craft", "machine", "munition", "battery", "launcher", "ammunition", "bullet",
                    "shell", "round", "cartridge"})  # fmt: skip
"""Heads by which things of several classes are called."""
_STATISTICS = word_list("statistics")


def paid_before(frame: Frame) -> bool:
    """`will not deliver jets that Z paid for`: that things are paid for does not say on what terms they now go."""
    paid = frame.verb is not None and frame.verb.lemma == "pay" and frame.by in ("which", "reduced")
    bought = frame.parent is not None and frame.parent.verb is not None and frame.parent.verb.lemma == "buy"
    return paid and not frame.money and not bought


def grants(frame: Frame) -> bool:
    """`granted a licence`, `granted the request`: of what is no thing a grant makes no gift."""
    return frame.verb is not None and frame.verb.lemma == "grant"


def is_statistic(frame: Frame) -> bool:
    """`sales of rifles from X to Z have doubled`: how trade goes, and no transfer."""
    above = frame.parent
    going = above is not None and above.verb is not None and above.verb.lemma in _STATISTICS and above.chunk.form != "passive"
    return frame.noun and going and frame.by == "subject" and frame.chunk.word.endswith("s")


def criticised(frame: Frame) -> bool:
    """`condemned U.S. arms sales to Z`: trade that somebody is against, and no transfer of its own."""
    above = frame.parent
    if above is not None and above.noun and above.sense == "permit" and frame.by == "prep for":
        above = above.parent  # *contested licences for arms exports to Z*
    if not frame.noun or above is None:
        return False
    return above.chunk.word in _CONTESTING or (above.verb is not None and above.verb.lemma in _CRITICISING)


def has_landed(frame: Frame) -> bool:
    """`Z has landed three batteries from X`: whether who lands things has got them."""
    acting = frame.chunk.form != "passive" and frame.subject is not None and frame.subject.kind == "party"
    return acting and bool(frame.phrase("from")) and not frame.phrase("to", "in", "at", "for")


def is_load(chunk: Chunk) -> bool:
    """`a shipment of tank engines`: whether a word of measure alone stands before a thing."""
    return chunk.words == {chunk.word} and len(chunk.items) == 1 and chunk.items[0].span[0] - chunk.start > len("the ")


def is_loose(thing: Thing) -> bool:
    """Whether a thing is named by a word for many kinds of it, such as *the ships*."""
    return singular(thing.words.split()[-1].lower()) in _LOOSE


def owned_by(chunk: Chunk) -> list[Party]:
    """`Z's new French-built boat`: whose a thing is told to be, its maker apart."""
    made = {item.maker.state for item in chunk.items if item.made and item.maker is not None}
    return [party for party in chunk.possessor if party.state not in made]


def said_of(frame: Frame) -> list[Chunk]:
    """What an event noun is said of: *two boats, a gift from Japan*; *the boats were a gift from Japan*."""
    if frame.gap is not None:
        return [frame.gap]
    parent = frame.parent
    if frame.by == "obj" and parent is not None and parent.verb is None and parent.subject is not None:
        return [parent.subject]
    return []


def gift_beside(noun: Frame, frame: Frame) -> str:
    """`Z has been given guns by X, a gift meant for`: the terms that a noun beside tells of, if they are such."""
    alone = (noun.chunk.indefinite and not noun.phrases) or "such" in noun.chunk.words  # *its latest such gift in the region*
    bare = noun.noun and alone and not noun.chunk.items and noun is not frame
    beside = bare and noun.by in ("main", "subject") and noun.chunk.start > frame.chunk.end
    terms = noun.verb.terms if beside and noun.verb is not None else ""
    return terms if terms in ("gift", "loan") else ""


_RECORDS = frozenset({"first", "second", "biggest", "largest", "latest", "last"})


def is_record(noun: Frame) -> bool:
    """`will buy 20 guns from X, the first sale of the gun to such a state`: whether a noun only says more of a transfer."""
    above = noun.parent if noun.noun and noun.by == "obj" and noun.sense in ("give", "get", "deal") else None
    told = above is not None and not above.noun and above.sense in ("get", "give", "order")
    return told and bool(noun.chunk.words & _RECORDS) and any(
        chunk.items and chunk.end < noun.chunk.start for chunk in (above.objects if above is not None else []))  # fmt: skip


def for_good(lent: Frame, given: Frame, terms: str) -> bool:
    """`planes that had been on lease were handed over for good`: whether things lent become a gift."""
    same = lent.by == "which" and given.subject is lent.gap
    return same and (terms == "gift" or "good" in given.words)


def does(verb: Frame, chain: Sequence[Frame]) -> bool:
    """`took a decision`, `the sale was announced`: whether a verb of no sense only does what the noun on it says."""
    if verb not in chain:
        return False
    child = chain[chain.index(verb) - 1]
    whose = {party.state for party in child.chunk.possessor}
    if verb.verb is not None and verb.verb.lemma in PURPOSEFUL:
        return True
    if child.by == "ger" and child.preposition == ",":
        return True  # *turned it down on Friday, choosing jets instead*
    if child.noun and child.sense in ("end", "lift") and child.by == "obj":
        return True  # *announced on Monday an end to the ban*
    other = verb.subject is not None and bool({party.state for party in verb.subject.parties} - whose) and bool(whose)
    done = child.by == "obj" and child.sense in _ACTS and verb.sense == "other" and not other
    told = child.by == "subject" and child is chain[0] and (verb.sense != "say" or verb.chunk.form == "passive")
    return child.noun and (told or done)


_PASSED_OVER = frozenset({"over", "aboard", "than", "against", "unlike", "like", "despite"})
"""Prepositions before a thing that no later pronoun means: *chose the Gripen over the F-16*."""


def items_of(frame: Frame) -> list[Item]:
    """The things of a frame that a later pronoun may mean."""
    found = [frame.chunk, *frame.objects, *[chunk for preposition, chunk in frame.phrases if preposition not in _PASSED_OVER]]
    found += [chunk for chunk in (frame.subject, frame.gap) if chunk is not None]
    return [item for chunk in found if chunk.items for item in chunk.items if not (item.pointing or item.thing.general)]
