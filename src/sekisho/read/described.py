"""Phrases between a thing and what is told of it: *came from a lot of 3,000 which X sold*, *radars, which stay put, and*."""

from __future__ import annotations

from dataclasses import replace

from sekisho.read.chunks import Chunk

_COMING = frozenset({"come", "stem", "originate", "belong", "form", "be", "derive"})
_LOTS = frozenset(
    {"consignment", "shipment", "batch", "lot", "delivery", "cargo", "order", "consignments", "shipments", "sale"}
)
_NONE = frozenset({"none", "neither"})
_SOME = frozenset({"some", "several", "many"})
_SMALL = _NONE | _SOME | {"before", "until"}
_TELLING = frozenset({"party", "item", "event", "money", "relative"})
_TRANSFERRING = ("give", "get", "order", "swap", "promise", "offer", "permit", "refuse", "ask", "want", "plan")
_OCCASIONS = frozenset({"after", "before", "at", "during", "following", "in", "on"})
_GOING_ON = frozenset({"verb", "adverb", "prep", "not"})
_DEALS = frozenset({"give", "get", "deal", "swap"})
_HEAD, _SHORTEST_HEAD = 3, 7
_LONGEST = 9


def described(found: list[Chunk]) -> list[Chunk]:
    """The phrases of a sentence without what only describes a thing before it is told who gave it."""
    words = {chunk.word for chunk in found}
    if "relative" in {chunk.kind for chunk in found}:
        found = _without_aside(_without_lot(_without_remark(_said_after(found))))
    elif "where" in words or "whose" in words:
        found = _without_aside(found)
    found = _headed(found)
    for place in range(1, len(found) - 1) if words & _SMALL else ():
        chunk, after = found[place], found[place + 1]
        if chunk.word in _NONE and chunk.kind in ("other", "det", "pronoun") and after.kind == "verb" and not after.negative:
            ahead = after.form == "future" or (after.form == "passive" and "future" in after.auxiliaries)
            if ahead and found[place - 1].kind in ("conj", "mark"):  # *but none will be sent*
                chunk.kind, chunk.word, chunk.negative, after.negative = "pronoun", "they", False, True
        elif chunk.kind == "conj" and chunk.word in ("before", "until") and after.kind == "number":
            chunk.kind = "prep"  # *will not be delivered before 2027*
        elif chunk.kind == "det" and chunk.word in _SOME and after.word in ("to", "for") and (
            found[place - 1].sense_is("give", "promise", "offer")
        ):  # fmt: skip
            chunk.kind, chunk.word = "pronoun", "those"  # *gave some to Z*
    return found


def _without_lot(found: list[Chunk]) -> list[Chunk]:
    """`Grenades found in W came from a lot of 3,000 which X sold`: the grenades which X sold, and how many."""
    for place in range(3, len(found) - 2):
        if found[place].kind != "relative" or found[place].word not in ("which", "that"):
            continue
        lot = found[place - 1]
        counted = lot.kind == "number" and lot.quantity is not None
        if not counted and not (lot.kind == "event" and lot.word in _LOTS):
            continue
        back = place - 2
        while back and (found[back].kind == "prep" or found[back].word in ("part", *_LOTS)):
            back -= 1
        verb = found[back]
        coming = verb.kind == "verb" and (verb.form == "finite" or (verb.verb is not None and verb.verb.lemma in _COMING))
        things = [here for here in range(back) if found[here].kind == "item"]
        if not coming or back == place - 2 or len(things) != 1 or things[0] > 1 or len(found[things[0]].items) != 1:
            continue
        thing = found[things[0]]
        if counted and thing.items[0].quantity is None:
            span = (lot.start, lot.end)
            thing.items = [replace(thing.items[0], quantity=lot.quantity, quantity_span=span, pointing=False, plural=True)]
        return [*found[: things[0] + 1], *found[place:]]
    return found


def _without_remark(found: list[Chunk]) -> list[Chunk]:
    """`three radars, which stay in one place, and one that travels`: what is said by the way of one thing of several."""
    for place in range(1, len(found) - 4):
        comma, which = found[place], found[place + 1]
        if found[place - 1].kind != "item" or comma.word != "," or which.kind != "relative" or which.word != "which":
            continue
        rest = range(place + 2, min(len(found) - 2, place + _LONGEST))
        end = next((here for here in rest if found[here].word == ","), 0)
        inner = found[place + 2 : end]
        plain = bool(end) and bool(inner) and not any(chunk.kind in _TELLING for chunk in inner)
        plain = plain and all(chunk.sense_is("other") or chunk.verb is None for chunk in inner)
        if plain and inner[0].kind == "verb" and found[end + 1].word == "and" and found[end + 2].kind == "item":
            return [*found[:place], *found[end + 1 :]]
    return found


def _aside_end(found: list[Chunk], begin: int) -> int:
    """Where a remark that names nobody and gives nothing is closed by a comma before a verb; 0 if it is not."""
    rest = range(begin, min(len(found) - 1, begin + _LONGEST))
    end = next((here for here in rest if found[here].word == ","), 0)
    inner = found[begin:end]
    plain = bool(end) and not any(chunk.kind in ("party", "money") or chunk.sense_is(*_TRANSFERRING) for chunk in inner)
    return end if plain and found[end + 1].kind == "verb" and found[end + 1].form != "ger" else 0


def _without_aside(found: list[Chunk]) -> list[Chunk]:
    """`…: Germany, which made them, has approved the sale`: what is said by the way of who acts behind a colon."""
    for place in range(1, len(found) - 5):
        mark, actor, comma, which = found[place : place + 4]
        if which.kind == "prep" and found[place + 4].kind == "relative" and (mark.sense_is("say") or mark.kind == "relative"):
            led = actor.kind == "party" and comma.word == ","
            end = _aside_end(found, place + 5) if led else 0
            if end:  # *said X, with which it had been talking, would sell it jets*
                return [*found[: place + 2], *found[end + 1 :]]
            continue
        opened = mark.kind == "mark" and mark.word in (":", ";", "-", "–", "—") and actor.kind == "party" and comma.word == ","
        if not opened or not (which.kind == "relative" or which.word in ("where", "whose")):
            continue
        end = _aside_end(found, place + 4)
        if end:
            return [*found[: place + 2], *found[end + 1 :]]
    return found


def _headed(found: list[Chunk]) -> list[Chunk]:
    """`Twelve jets for Z: the sale was announced on Monday`: what stands before a colon is what is bought or sold behind it."""
    if len(found) < _SHORTEST_HEAD or found[0].kind != "item" or found[1].word not in ("for", "to"):
        return found
    end = next((here for here in range(2, 6) if found[here].kind == "mark"), 0)
    goal = [chunk for chunk in found[2:end] if chunk.kind == "party"]
    if not end or found[end].word not in (":", "-", "–", "—") or len(goal) != 1 or end != _HEAD:
        return found
    for place in range(end + 1, len(found)):
        act = found[place]
        if act.kind != "event" or not act.definite or act.items or act.noun is None or act.noun.sense not in _DEALS:
            continue
        of, side = replace(found[1], word="of"), replace(found[1], word="by" if act.noun.sense == "get" else "to")
        return [*found[end + 1 : place + 1], of, found[0], side, goal[0], *found[place + 1 :]]
    return found


def _said_after(found: list[Chunk]) -> list[Chunk]:
    """`said after talks with Z that jets would be sold`: said that they would; the occasion is by the way."""
    for place in range(1, len(found) - 5):
        said, heard = found[place], found[place + 1].kind == "other" and not found[place + 1].possessor
        place += heard  # *told reporters after talks with Z that*
        led = found[place + 1]
        if not said.sense_is("say", "decide", "promise") or said.form == "passive" or led.word not in _OCCASIONS:
            continue
        rest = range(place + 2, min(len(found) - 2, place + _LONGEST))
        that = next((here for here in rest if found[here].kind == "relative"), 0)
        inner = found[place + 1 : that]
        told = bool(that) and found[that].word == "that" and found[that + 1].nominal and found[that + 2].kind in _GOING_ON
        plain = told and not any(chunk.kind in ("item", "mark", "money") for chunk in inner)
        if plain and all(chunk.kind != "verb" or (chunk.form == "ger" and chunk.sense_is("other")) for chunk in inner):
            days = [chunk for chunk in inner if chunk.kind == "day"]
            named = [chunk for chunk in inner if chunk.kind != "day"]
            while named and named[-1].kind in ("prep", "conj"):
                named.pop()  # *said in Seoul on Monday that*
            end = len(found) - (found[-1].kind == "mark")
            return [*found[: place + 1], *days, *found[that:end], *named, *found[end:]]
    return found
