"""Numbers, things and parties told in one order each: *12 and 18 jets to Peru and Chile respectively*."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from sekisho.read.chunks import Chunk, Item, Party
from sekisho.read.deals import Roles
from sekisho.read.frames import Frame

if TYPE_CHECKING:
    from sekisho.read.events import Event

RESPECTIVELY = "respectively"
_BATCHES = frozenset({"batch", "lot", "tranche", "squadron", "consignment", "order", "instalment", "installment"})
"""What so many things of one sort come in: *an earlier batch of 12*."""
_PARTING = frozenset({",", ":", "–", "—", "-", "("})


def counted(found: list[Chunk]) -> list[Chunk]:
    """Makes `20, 15 and 10 vehicles` one phrase with a thing for each number, where a sentence says *respectively*."""
    if not [chunk for chunk in found if chunk.word == RESPECTIVELY or RESPECTIVELY in chunk.words]:
        return found
    for place, thing in enumerate(found):
        first = _first_number(found, place) if len(thing.items) == 1 or thing.kind == "number" else place
        numbers = [chunk for chunk in found[first:place] if chunk.kind == "number"]
        if not numbers:
            continue
        if thing.kind == "item":
            told = [replace(thing.items[0], quantity=each.quantity, quantity_span=(each.start, each.end)) for each in numbers]
            thing.items, thing.start = [*told, thing.items[0]], numbers[0].start
            return [*found[:first], *found[place:]]
        if place + 1 == len(found) or (found[place + 1].word not in (",", "and") and found[place + 1].kind != "item"):
            whole = replace(thing, start=numbers[0].start, several=[*numbers, thing])  # *have promised 14, eight and three*
            return [*found[:first], whole, *found[place + 1 :]]
    return found


def tidied(found: list[Chunk]) -> list[Chunk]:
    """The phrases of a sentence, each small word among them for what it is told of: *12 and 18*, *both*, *is off*."""
    words = {chunk.word for chunk in found}
    found = said_which(found)
    found = people_of(found) if words & _PEOPLE else found
    found = both_alone(found) if "both" in words or "any" in words else found
    return counted(predicates(found) if words & _STATES else found)


def batches(found: list[Chunk]) -> list[Chunk]:
    """Makes *a batch of 12* in `an earlier batch of 12` the bare number of things told of before."""
    place = 0
    while place + 2 < len(found):
        batch, number = found[place], found[place + 2]
        if batch.word not in _BATCHES:
            place += 1
            continue
        alone = batch.kind == "other" and batch.word in _BATCHES and not batch.definite and found[place + 1].word == "of"
        if alone and number.kind == "number":
            number.start, number.words = batch.start, number.words | batch.words
            found = [*found[:place], *found[place + 2 :]]
        place += 1
    return found


_FIRSTS = frozenset({"first", "latest", "newest", "biggest", "largest", "only", "new", "next", "second", "third", "last"})
_KINDS = frozenset(
    {"ship", "vessel", "warship", "boat", "craft", "aircraft", "plane", "warplane", "jet", "fighter", "helicopter", "tank",
     "vehicle", "submarine", "missile", "gun", "weapon"}
)  # fmt: skip


def said_which(found: list[Chunk]) -> list[Chunk]:
    """Reads `got its first warships, two corvettes from X` as *got two corvettes from X*: which they are is said behind."""
    for place in [here for here, chunk in enumerate(found[:-2]) if here and chunk.possessive_word and chunk.words & _FIRSTS]:
        kind, comma, thing = found[place : place + 3]
        led = found[place - 1].kind == "verb" or found[place - 1].word == "of"
        word = kind.word[:-1] if kind.word.endswith("s") and kind.word not in _KINDS else kind.word
        loose = kind.kind in ("other", "item") and word in _KINDS
        told = thing.kind == "item" and len(thing.items) == 1 and thing.items[0].quantity is not None
        after = [chunk.kind if chunk.kind == "item" else chunk.word for chunk in found[place + 3 : place + 5]]
        listed = after[:1] in ([","], ["and"]) and after[1:] == ["item"]
        lists = {item.thing.lists for item in (*kind.items, *thing.items)} - {""}
        if led and loose and comma.word == "," and told and not listed and (not kind.items or len(lists) < 2):
            thing.start = kind.start
            return [*found[:place], *found[place + 2 :]]
    return found


_CLOSING = frozenset({"prep", "day", "mark", "adverb"})
_LEADING = (frozenset({"verb"}), frozenset({"verb", "pronoun", "party"}))
"""What stands before *both* where it stands for things: *sold both to Z*; at the end of a clause also *sold Z both*."""


def both_alone(found: list[Chunk]) -> list[Chunk]:
    """Makes *both* in `has sold both to Z` stand for two things told of before; in `sold both to Z and to W` it is none."""
    for place, chunk in enumerate(found[:-1]):
        if chunk.kind != "det" or chunk.word not in ("both", "any"):
            continue
        before, after = found[place - 1].kind if place else "mark", found[place + 1].kind
        if chunk.word == "any":  # *would not sell Z any*
            chunk.kind = "pronoun" if before in _LEADING[1] and (after == "mark" or found[place + 1].word == "to") else "det"
            continue
        done = before in ("mark", "conj") and after == "verb"  # *Both came from X*
        if (done or (before in _LEADING[after == "mark"] and after in _CLOSING)) and not any(
            after.word == "and" for after in found[place + 2 : place + 4]
        ):
            chunk.kind = "pronoun"
    return found


_PEOPLE = frozenset({"people", "peoples", "workers", "taxpayers", "nation", "citizens"})


def people_of(found: list[Chunk]) -> list[Chunk]:
    """Makes *from the people of X* what comes from X."""
    for place, people in enumerate(found[:-2]):
        if people.word not in _PEOPLE or not place or found[place - 1].word != "from":
            continue
        of, whose = found[place + 1], found[place + 2]
        if of.word == "of" and whose.kind == "party":
            whose.start = people.start
            return [*found[:place], *found[place + 2 :]]
    return found


_STATES = frozenset({"off", "over"})


def predicates(found: list[Chunk]) -> list[Chunk]:
    """Makes *off* in `the sale is off, X said` what is told of the sale, and no preposition."""
    for place, chunk in enumerate(found[1:], 1):
        if chunk.kind != "prep" or chunk.word not in _STATES:
            continue
        before, after = found[place - 1], found[place + 1] if place + 1 < len(found) else None
        ends = after is None or after.kind in ("mark", "conj")
        if before.kind == "verb" and before.verb is None and ends:
            chunk.kind, chunk.words = "other", frozenset({chunk.word})
    return found


def for_each(found: Sequence[Chunk], place: int) -> int:
    """The place after *12 tanks for Peru, 18 for Chile*, where a verb follows, as one phrase; 0 if no such stands here."""
    told: list[tuple[Chunk, Party]] = []
    here = place
    while here + 2 < len(found) and found[here].kind in ("item", "number") and found[here + 1].word == "for" and (
        found[here + 2].kind == "party" and len(found[here + 2].parties) == 1
    ):  # fmt: skip
        told.append((found[here], found[here + 2].parties[0]))
        here += 3
        while here < len(found) and found[here].word in (",", "and"):
            here += 1
    thing = found[place]
    if len(told) < 2 or here >= len(found) or found[here].kind != "verb" or thing.kind != "item" or len(thing.items) != 1:
        return 0
    own = thing.items[0]
    listed = [
        replace(item, goal=party)
        if chunk.items
        else replace(own, quantity=chunk.quantity, quantity_span=(chunk.start, chunk.end), goal=party)
        for chunk, party in told
        for item in (chunk.items or [own])[:1]
    ]
    thing.items, thing.end = listed, found[here - 1].end
    return here


_TOWARDS: Mapping[str, str] = {"for": "goal", "to": "goal", "from": "source", "by": "source"}


def parted(found: Sequence[Chunk], place: int) -> int:
    """The place after *nine jets, five of them for Z and four for W*, as one phrase; 0 if no such stands here."""
    thing, told = found[place], list[tuple[Chunk, str, Party]]()
    if thing.kind != "item" or len(thing.items) != 1 or place + 1 >= len(found) or found[place + 1].word not in _PARTING:
        return 0
    here = end = place + 2
    while here + 2 < len(found) and found[here].quantity is not None and found[here + 1].word in _TOWARDS:
        goal = found[here + 2]
        if found[here].kind not in ("number", "pronoun", "other") or goal.kind != "party" or len(goal.parties) != 1:
            break
        told.append((found[here], _TOWARDS[found[here + 1].word], goal.parties[0]))
        here = end = here + 3
        while here < len(found) and found[here].word in (",", "and"):
            here += 1
    own = thing.items[0]
    whole = own.quantity is None or own.quantity == sum(number.quantity or 0 for number, _, _ in told)
    if len(told) < 2 or not whole or len({side for _, side, _ in told}) != 1:
        return 0
    side = told[0][1]
    parts = [replace(own, quantity=number.quantity, quantity_span=(number.start, number.end)) for number, _, _ in told]
    for part, (_, _, party) in zip(parts, told, strict=True):
        part.goal, part.source = (party, part.source) if side == "goal" else (part.goal, party)
    thing.items, thing.end = parts, found[end - 1].end
    return end


def priced(events: Sequence[Event], phrases: Sequence[Chunk]) -> None:
    """`sold ships to Peru and jets to Chile, worth $90 million and $40 million respectively`: each sum to its transfer."""
    if not events:
        return
    exact = [event for event in events if not event.aside and not event.items[0].thing.general]
    told_of = [(event.items[0].thing.id, chunk) for event in exact for chunk in event.money]
    for event in events:
        own = event.items[0].thing.id
        shared = [chunk for name, chunk in told_of if name != own and any(chunk is each for each in event.money)]
        event.money = [chunk for chunk in event.money if not any(chunk is each for each in shared)] if shared else event.money
    sums = [chunk for chunk in phrases if chunk.kind == "money"]
    if len(sums) < 2 or not any(chunk.word == RESPECTIVELY or RESPECTIVELY in chunk.words for chunk in phrases):
        return
    alone = len(events) == len(sums) and all(len(event.items) == 1 for event in events)
    for event, chunk in zip(events, sums if alone else [None] * len(events), strict=True):
        event.money = [chunk] if chunk is not None else []


def in_brackets(found: list[Chunk]) -> list[Chunk]:
    """Reads `sold the plane to Egypt (134), Iraq (80) and Honduras (12)` as *134 to Egypt, 80 to Iraq and 12 to Honduras*."""
    listed = [place for place in range(2, len(found) - 3) if _counted_party(found, place)]
    first = listed[0] if listed else 0
    if len(listed) < 2 or found[first - 1].word not in ("to", "from", "by") or found[first - 2].kind != "item":
        return found
    thing, led = found[first - 2], found[first - 1]
    if len(thing.items) != 1 or len(found[first].parties) != 1:
        return found
    number = found[first + 2]
    thing.items[0].quantity, thing.items[0].quantity_span = number.quantity, (number.start, number.end)
    told = list(found[:first])
    place = first
    while place < len(found):
        if place in listed:
            party, count = found[place], found[place + 2]
            told += [party] if place == first else [count, replace(led, start=count.end, end=party.start), party]
            place += 4 if found[place + 3].word == ")" else 5
        else:
            told.append(found[place])
            place += 1
    return told


def _counted_party(found: Sequence[Chunk], place: int) -> bool:
    """Whether `Egypt (134)` or `Egypt (134 aircraft)` stands at a place."""
    if found[place].kind != "party" or found[place + 1].word != "(" or place + 3 >= len(found):
        return False
    count, behind = found[place + 2], found[place + 3]
    if count.kind == "number" or (count.kind in ("other", "item") and _number_of(count) is not None):
        if count.kind != "number":
            count.quantity, count.kind = _number_of(count), "number"
        return behind.word == ")" and count.quantity is not None
    return False


def _number_of(chunk: Chunk) -> float | None:
    """The number of a phrase."""
    return chunk.quantity if chunk.kind == "other" else chunk.items[0].quantity


def past_served(found: Sequence[Chunk], place: int) -> int:
    """`parts for combat aircraft, helicopters and drones`: the place behind what else the parts are for."""
    while place + 1 < len(found):
        joint = found[place].word in (",", "and") and found[place].kind in ("mark", "conj")
        step = place + 1 + (found[place + 1].word == "and")
        thing = found[step] if joint and step < len(found) else None
        if thing is None or thing.kind != "item" or len(thing.items) != 1 or not thing.items[0].plural:
            return place
        item = thing.items[0]
        own = item.quantity is not None or thing.definite or thing.possessor or thing.possessive_word or item.of is not None
        if own or item.thing.facts.get("item.kind") in ("part", "technology", "service"):
            return place
        place = step + 1
    return place


def without_that_of(found: list[Chunk]) -> list[Chunk]:
    """Takes away the *that* of *the sale of jets to X and that of ships to Z*."""
    return [
        chunk
        for place, chunk in enumerate(found)
        if not (
            chunk.word in ("that", "those")
            and 0 < place < len(found) - 1
            and found[place - 1].word == "and"
            and found[place + 1].word == "of"
            and found[place + 1].kind == "prep"
        )
    ]


def _first_number(found: Sequence[Chunk], place: int) -> int:
    """Where a list of numbers begins whose last is that of a thing; the thing's own place if none stands before it."""
    first = here = place
    while here and (found[here - 1].kind == "number" or found[here - 1].word in (",", "and")):
        here -= 1
        first = here if found[here].kind == "number" else first
    known = found[place].quantity if found[place].kind == "number" else found[place].items[0].quantity
    return first if known is not None else place


def pair(frame: Frame, roles: Roles) -> None:
    """Gives each of several things the one of as many recipients, or of as many exporters, that stands in its place."""
    goals = [item.goal for item in roles.items if item.goal is not None]
    if goals and len(goals) == len(roles.items) and not roles.recipients:
        roles.recipients = goals  # *12 tanks for Z and 18 for W were shipped*
    sources = [item.source for item in roles.items if item.source is not None]
    if len(sources) > 1 and len(sources) == len(roles.items) and not roles.exporters:
        roles.exporters = sources  # *ten guns, six from X and four from W*
    if RESPECTIVELY not in frame.words or len(roles.items) < 2:
        return
    items = sorted(roles.items, key=lambda item: item.quantity_span or item.span)
    for place, (taker, giver) in enumerate(
        zip(_as_many(roles.recipients, items), _as_many(roles.exporters, items), strict=True)
    ):
        items[place].goal, items[place].source = taker, giver or items[place].source


def _as_many(parties: Sequence[Party], items: Sequence[Item]) -> Sequence[Party | None]:
    """The parties in the order in which they are named, if they are as many as the things."""
    if len(parties) != len(items) or len({party.state for party in parties}) != len(items):
        return [None] * len(items)
    return sorted(parties, key=lambda party: party.span)


def share_maker(items: Sequence[Item]) -> None:
    """`Soviet-made helicopters and rocket launchers`: who made the first made what stands beside it without a number."""
    for before, after in pairwise(items):
        if before.made and after.maker is None and after.quantity is None and after.thing.item is None:
            after.maker, after.made = before.maker, True
