"""Lists behind a colon that leave the verb to the clause before: *three states have bought it: Hungary 14 and Brazil 36*."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy

from sekisho.read.lexicon import Lexicon, Verb
from sekisho.read.units import Unit

_GIVING, _TAKING = frozenset({"give", "promise", "offer", "swap"}), frozenset({"get", "order", "sign"})
_TOOK = frozenset({"took", "takes"})
_LONGEST_SUM = 5
_PLAIN = frozenset({"word", "thing", "adjective", "det", "verb"})
AFTERWARDS = frozenset({"later", "then", "eventually", "subsequently", "afterwards", "thereafter"})
_SHORTEST = 2
"""Names with a number that make a list."""


def list_out(units: list[Unit], lexicon: Lexicon) -> None:
    """Puts the verb that a list behind a colon leaves out behind its first name; what is *taken* there is received."""
    colon = next((place for place, unit in enumerate(units) if unit.kind == "mark" and unit.word in (":", "—", "–")), 0)
    told = _main_verb(units[:colon]) if colon else None
    if told is None or colon + 3 >= len(units):
        return
    if _summed_up(units, colon, told[0]):
        return
    verb, named = told
    first = colon + 1 + (units[colon + 1].kind == "det")
    taking = units[first + 1]
    if named and taking.word in _TOOK and units[first].kind == "name" and units[first + 2].kind == "number" and (
        verb.verbs[0].sense in _GIVING
    ):  # fmt: skip
        taking.kind, taking.verbs = "verb", _in_time(lexicon, verb, "received", "receives")
        return
    if _pairs(units[first:]) >= _SHORTEST:
        own = copy(units[first])
        own.kind, own.names, own.possessive, own.titled = "verb", (), False, False
        own.verbs = _left_out(verb, named, lexicon)
        own.word = own.verbs[0].lemma if own.verbs else ""
        if own.verbs:
            units.insert(first + 1, own)


def _summed_up(units: list[Unit], colon: int, told: Unit) -> bool:
    """`will get better armour: 20 tanks from X`: takes away the word for all that the list behind tells one by one."""
    verb = next(place for place, unit in enumerate(units[:colon]) if unit is told)
    between, behind = units[verb + 1 : colon], units[colon + 1 : colon + 3]
    plain = 0 < len(between) <= _LONGEST_SUM and all(each.kind in _PLAIN or each.word == "-" for each in between)
    taken = told.verbs[0].sense in _TAKING and len(behind) == _SHORTEST and between[-1:] and between[-1].kind != "verb"
    if not (plain and taken and behind[0].kind == "number" and behind[1].kind == "thing"):
        return False
    del units[verb + 1 : colon + 1]
    return True


def and_later(units: list[Unit]) -> None:
    """`will get 20 tanks from X, and later 100 from W`: what comes later is told with the rest."""
    for place in range(len(units) - 4, 1, -1):
        comma, joint, later, many = units[place - 1 : place + 3]
        if joint.word == "and" and later.word in AFTERWARDS and many.kind == "number" and units[place + 3].kind == "thing":
            del units[place + 1]
            if comma.word == ",":
                del units[place - 1]
            return


def _main_verb(units: Sequence[Unit]) -> tuple[Unit, bool] | None:
    """The verb of giving or taking before the colon, and whether a name stands before it."""
    for place, unit in enumerate(units):
        if unit.kind == "verb" and unit.verbs and unit.verbs[0].sense in _GIVING | _TAKING:
            named = any(each.kind == "name" and each.names[0].form != "adjective" for each in units[:place])
            denied = any(each.kind == "not" for each in units[:place])
            return None if denied else (unit, named)
    return None


def _pairs(units: Sequence[Unit]) -> int:
    """How many names with a number follow each other, up to the end of the list.

    *Denmark 19, the Netherlands 24 and Norway six* are three.
    """
    count, place = 0, 0
    while place + 1 < len(units):
        place += units[place].kind == "det"
        name, many = units[place : place + 2] if place + 1 < len(units) else (units[-1], units[-1])
        if name.kind != "name" or name.possessive or many.kind != "number":
            return 0
        count, place = count + 1, place + 2
        if place >= len(units) or units[place].word in (".", ";"):
            return count
        if units[place].word == ",":
            place += 1
            if place < len(units) and units[place].kind not in ("name", "det", "conj"):
                return count
            if place + 1 < len(units) and units[place].kind == "name" and units[place + 1].kind != "number":
                return count  # *…, Berlin said*
        place += place < len(units) and units[place].word == "and"
    return count


def _left_out(verb: Unit, named: bool, lexicon: Lexicon) -> list[Verb]:
    """The verb of the list: that of the clause before where no name does it, else what is done on the other side of it."""
    sense, sold = verb.verbs[0].sense, verb.verbs[0].terms == "sale"
    given = sense in _GIVING
    if given != named:
        return _in_time(lexicon, verb, "sold" if sold and given else "gave", "sells" if sold and given else "gives")
    return _in_time(lexicon, verb, "bought" if sold and not given else "received", "buys" if sold and not given else "receives")


def _in_time(lexicon: Lexicon, verb: Unit, past: str, present: str) -> list[Verb]:
    """A verb in the time of another."""
    done = any(each.form == "past" for each in verb.verbs) and verb.verbs[0].sense not in ("promise", "offer")
    form = "past" if done else "third"
    return [each for each in lexicon.verbs[past if done else present] if each.form == form]
