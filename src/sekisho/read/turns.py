"""Turns of phrase that stand for plainer words: *newly in from Turkey*, *the keys of ten boats*, *were X to sell*."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy

from sekisho.read.lexicon import Lexicon
from sekisho.read.listing import AFTERWARDS, and_later, list_out
from sekisho.read.units import Unit
from sekisho.read.wordlists import word_list

_FRESH = frozenset({"newly", "just", "freshly", "recently", "fresh"})
_KEYS = frozenset({"key", "keys", "papers", "deeds", "logbooks"})
_SHOWING = frozenset({"dangle", "wave", "hold out"})
_AS_FAR = 10
"""Units within which the second half of a turn of phrase is looked for."""

_STOPPING = frozenset({"refuse", "lift", "delay", "end"})


def turn(units: list[Unit], lexicon: Lexicon) -> None:
    """Reads the turns of phrase of a sentence, each only where one of its words stands; the list is changed in place."""
    words = {unit.word for unit in units}
    if units and units[0].word == "were" and units[0].kind == "auxiliary":
        _were_to(units)
    if words & _FRESH:
        _fresh(units, lexicon)
    if words & _KEYS:
        _keys(units)
    if "hands" in words:
        _changed_hands(units, lexicon)
    if "go" in words:
        _let_go(units, lexicon)
        _so_many_go(units, lexicon)
    if "order" in words:
        _are_on_order(units, lexicon)
    if words & {"them", "up"}:
        _so_many_of_them(units, lexicon)
    if "disposal" in words:
        _at_the_disposal(units, lexicon)
    if "supplied" in words:
        _kept_supplied(units, lexicon)
    if "nothing" in words:
        _nothing_came_of(units, lexicon)
    if words & {"door", "doors"}:
        _knocked(units, lexicon)
    if "interest" in words:
        _interested(units, lexicon)
    if "not" in words:
        _not_one(units)
    if words & {":", "—", "–"}:
        list_out(units, lexicon)
    if words & AFTERWARDS:
        and_later(units)
    if "that" in words:
        _that_deal(units)
    if words & _LOTS:
        _earlier_lot(units)
    if "choice" in words:
        _choice_fell_on(units, lexicon)
    if words & _URGING:
        _at_the_behest(units)
    if words & _REPORTING:
        _reporting(units, lexicon)
    if words & {"before", "front"}:
        _dangled(units)
    if "(" in words:
        _gift_listed(units)
    if words & {"at", "worth"}:
        _priced_aside(units)
    if "," in words:
        _place_and_state(units)


def _were_to(units: list[Unit]) -> None:
    """`Were X ever to send tanks, …`: the infinitive of a condition is its verb."""
    for place in range(1, min(len(units) - 1, _AS_FAR)):
        unit, after = units[place], units[place + 1]
        if unit.kind == "mark":
            return
        if unit.word == "to" and unit.kind == "prep" and any(verb.form == "base" for verb in after.verbs):
            del units[place]
            return


def _fresh(units: list[Unit], lexicon: Lexicon) -> None:
    """`three drones, newly in from X for Z's air force`, `fresh from X`: what has just come from there was delivered."""
    for place in range(1, len(units) - 2):
        unit, after = units[place], units[place + 1]
        arrived = bool(after.verbs) and after.verbs[0].lemma == "arrive"
        inward = (after.word == "in" or arrived) and units[place + 2].word == "from"
        told = unit.word in _FRESH and (inward or (unit.word == "fresh" and after.word == "from"))
        behind = units[place + 1 + arrived : place + 6]
        named = next((each for each in behind if each.kind not in ("prep", "det", "word")), None)
        if told and named is not None and named.kind == "name" and any(each.kind == "thing" for each in units[:place]):
            unit.kind, unit.word, unit.noun = "verb", "delivered", None
            unit.verbs = [verb for verb in lexicon.verbs["delivered"] if verb.form == "past"]
            if inward:
                del units[place + 1]
            return


def _keys(units: list[Unit]) -> None:
    """`handed over the keys of ten boats`: with the keys the things themselves."""
    for place in range(len(units) - 2):
        unit, of = units[place], units[place + 1]
        rest = units[place + 2 : place + 7]
        thing = next((each for each in rest if each.kind not in ("det", "number", "word", "name", "adverb")), None)
        if unit.word in _KEYS and of.word in ("of", "to", "for") and thing is not None and thing.kind == "thing":
            begin = place - (place > 0 and units[place - 1].kind == "det")
            del units[begin : place + 2]
            return


def _changed_hands(units: list[Unit], lexicon: Lexicon) -> None:
    """`ten boats changed hands on Tuesday`: they were handed over."""
    for place, unit in enumerate(units[1:], 1):
        if unit.verbs and unit.verbs[0].lemma == "change hands" and any(verb.form == "past" for verb in unit.verbs):
            unit.verbs = [verb for verb in lexicon.verbs["delivered"] if verb.form == "past"]
            unit.kind, unit.word = "verb", "delivered"
            if units[place - 1].kind != "auxiliary":
                were = copy(unit)
                were.kind, were.word, were.verbs = "auxiliary", "were", ()
                units.insert(place, were)
            return


def _let_go(units: list[Unit], lexicon: Lexicon) -> None:
    """`is letting the tanks go to Z`: what is let go to somebody is handed over."""
    for place, unit in enumerate(units):
        if not unit.verbs or unit.verbs[0].lemma != "let":
            continue
        for here in range(place + 2, min(len(units) - 1, place + _AS_FAR)):
            if units[here].kind == "mark" or units[here].kind == "relative":
                break
            if units[here].word == "go" and units[here + 1].word == "to" and (
                units[here - 1].kind == "thing" or any(each.kind == "thing" for each in units[place:here])
            ):  # fmt: skip
                forms = {verb.form for verb in unit.verbs}
                unit.verbs = [verb for word in ("release", "releases", "released", "releasing") for verb in lexicon.verbs[word]
                              if verb.form in forms]  # fmt: skip
                del units[here]
                return


_PIECES = word_list("counted in") | {"aircraft", "machines", "vessels", "craft", "copies", "examples", "airframes"}


def _so_many_go(units: list[Unit], lexicon: Lexicon) -> None:
    """`: twelve pieces go to Z, ten to W`: so many of what was just told of."""
    for place in range(1, len(units) - 3):
        opened, many = units[place - 1], units[place]
        here = place + 1 + (units[place + 1].word in _PIECES and units[place + 1].kind != "mark")
        go, to = units[here : here + 2]
        if opened.kind == "mark" and many.kind == "number" and go.word == "go" and to.word == "to" and to.kind == "prep":
            are = copy(go)
            are.kind, are.word, are.verbs, are.noun = "auxiliary", "are", (), None
            go.kind, go.noun, go.verbs = "verb", None, [verb for verb in lexicon.verbs["going"] if verb.form == "ger"]
            units[place + 1 : here] = [are]
            return


_PARTING = frozenset({"give up", "surrender", "part with", "relinquish", "cede", "yield", "contribute"})
_LOTS = frozenset({"lot", "batch", "tranche", "instalment", "installment"})


def _earlier_lot(units: list[Unit]) -> None:
    """`An earlier lot, of 150, had reached Z`: so many of what was told of."""
    for place in range(len(units) - 4):
        comma = units[place + 1].word == ","
        rest = units[place + 1 + comma : place + 4 + comma]
        if units[place].word not in _LOTS or len(rest) < 3 or rest[0].word != "of" or rest[1].kind != "number":
            continue
        if rest[2].kind in ("mark", "auxiliary", "verb"):
            begin = place
            while begin and units[begin - 1].kind in ("det", "adverb", "word") and units[begin - 1].word not in _LOTS:
                begin -= 1
            del units[begin : place + 2 + comma]
            if comma and begin + 1 < len(units) and units[begin + 1].word == ",":
                del units[begin + 1]
            return


_FALLING = frozenset({"fell", "fallen", "falls"})


def _choice_fell_on(units: list[Unit], lexicon: Lexicon) -> None:
    """`Z's choice has fallen on the jet from X`: it has chosen it."""
    for place in range(len(units) - 4):
        name, mark, choice, fell = units[place : place + 4]
        if name.kind != "name" or mark.kind != "possessive" or choice.word != "choice":
            continue
        here = place + 3 + (fell.kind == "auxiliary")
        fell, on = units[here], units[here + 1] if here + 1 < len(units) else fell
        phrasal = fell.word in ("on", "upon") and bool(fell.verbs)
        if phrasal or (fell.word in _FALLING and on.word in ("on", "upon")):
            fell.kind, fell.word = "verb", "chosen"
            fell.verbs = [verb for verb in lexicon.verbs["chosen"] if verb.form == "past"]
            del units[here + 1 : here + 2 - phrasal], units[place + 1 : place + 3]
            return


def _at_the_disposal(units: list[Unit], lexicon: Lexicon) -> None:
    """`has put two helicopters at the disposal of Z`, `at Z's disposal`: it has provided them to it."""
    for place, unit in enumerate(units):
        if not unit.verbs or unit.verbs[0].lemma not in ("put", "place"):
            continue
        for here in range(place + 1, len(units) - 3):
            words = [each.word for each in units[here : here + 4]]
            whose = words[0] == "at" and units[here + 1].kind == "name" and words[3] == "disposal"
            if words != ["at", "the", "disposal", "of"] and not whose:
                continue
            forms = {verb.form for verb in unit.verbs}
            unit.verbs = [verb for word in ("provide", "provided", "provides", "providing") for verb in lexicon.verbs[word]
                          if verb.form in forms]  # fmt: skip
            units[here].kind, units[here].word = "prep", "to"
            del units[here + 2 - (not whose) : here + 4]
            return


def _kept_supplied(units: list[Unit], lexicon: Lexicon) -> None:
    """`X kept Z supplied with missiles`: it supplied it."""
    for place in range(len(units) - 3):
        keep, name, supplied, with_ = units[place : place + 4]
        if keep.verbs and keep.verbs[0].lemma == "keep" and name.kind == "name" and supplied.word == "supplied" and (
            with_.word == "with"
        ):  # fmt: skip
            forms = {verb.form for verb in keep.verbs}
            keep.verbs = [verb for word in ("supply", "supplied", "supplies", "supplying") for verb in lexicon.verbs[word]
                          if verb.form in forms]  # fmt: skip
            del units[place + 2]
            return


_BARRING = frozenset({"stand in the way of", "bar", "impede", "block", "prevent", "hinder", "hamper"})


def _nothing_came_of(units: list[Unit], lexicon: Lexicon) -> None:
    """`Nothing has come of the sale of jets to Z`: it is off; `nothing stands in the way of it`: it may go ahead."""
    for place, unit in enumerate(units[:-4]):
        if unit.word != "nothing":
            continue
        here = next(
            (step for step in range(place + 1, place + 4) if units[step].kind not in ("auxiliary", "adverb")), place + 1
        )
        came, of = units[here : here + 2]
        lemma = came.verbs[0].lemma if came.verbs else ""
        off = lemma == "come of" or (lemma == "come" and of.word == "of")
        if off or lemma in _BARRING:
            word = "rejects" if off else "approves"
            unit.kind, unit.word = "pronoun", "it"
            came.kind, came.word = "verb", word
            came.verbs = [verb for verb in lexicon.verbs[word] if verb.form == "third"]
            del units[here + 1 : here + 1 + (lemma == "come")], units[place + 1 : here]
            return


def _knocked(units: list[Unit], lexicon: Lexicon) -> None:
    """`has knocked on X's door for missiles`: it has asked X for them."""
    for place in range(len(units) - 5):
        knock, on, name, mark, door, for_ = units[place : place + 6]
        if knock.word in ("knocked", "knocking", "knocks", "knock") and on.word in ("on", "at") and name.kind == "name" and (
            mark.kind == "possessive" and door.word in ("door", "doors") and for_.word == "for"
        ):  # fmt: skip
            knock.kind, knock.noun = "verb", None
            knock.verbs = lexicon.verbs[{"knocked": "asked", "knocking": "asking", "knocks": "asks"}.get(knock.word, "ask")]
            del units[place + 3 : place + 5], units[place + 1]
            return


def _that_deal(units: list[Unit]) -> None:
    """`called off that delivery`, `blocked that sale`: what points at a deal told before opens no clause."""
    for before, that, noun, after in zip(units, units[1:], units[2:], units[3:], strict=False):
        stopped = bool(before.verbs) and before.verbs[0].sense in _STOPPING and that.word == "that"
        if stopped and noun.noun is not None and after.kind not in ("verb", "auxiliary", "thing", "name"):
            that.kind, that.word = "det", "the"


def _not_one(units: list[Unit]) -> None:
    """`Not one tank has gone to Z`, `not a single rifle`: none has."""
    for place in range(len(units) - 3):
        unit, one, single = units[place : place + 3]
        lone = one.word == "a" and single.word == "single"
        if unit.kind == "not" and unit.word == "not" and (place == 0 or units[place - 1].kind == "mark") and (
            lone or (one.kind == "number" and one.number == 1)
        ):  # fmt: skip
            unit.kind, unit.word = "det", "no"
            del units[place + 1 : place + 2 + lone]
            return


def _interested(units: list[Unit], lexicon: Lexicon) -> None:
    """`is trying to interest Z in two submarines`: it offers them."""
    for place in range(1, len(units) - 3):
        to, verb, name, in_ = units[place - 1 : place + 3]
        if verb.word == "interest" and to.word == "to" and name.kind == "name" and not name.possessive and in_.word == "in":
            verb.kind, verb.noun = "verb", None
            verb.verbs = [each for each in lexicon.verbs["offer"] if each.form == "base"]
            del units[place + 2]
            return


_URGING = frozenset({"bidding", "behest", "urging", "insistence", "prompting", "instigation", "prodding", "request"})


def _at_the_behest(units: list[Unit]) -> None:
    """`at Washington's bidding, X has sent`: at its request."""
    for place in range(len(units) - 3):
        at, name, mark, behest = units[place : place + 4]
        if at.word == "at" and name.kind == "name" and mark.kind == "possessive" and behest.word in _URGING:
            at.kind, at.word = "prep", "request"
            del units[place + 2 : place + 4]
            return


def _so_many_of_them(units: list[Unit], lexicon: Lexicon) -> None:
    """`X gave up 36 of them, W 48`: so many, and given."""
    for place in range(1, len(units) - 4):
        many, of, them, comma, name = units[place : place + 5]
        if many.kind == "number" and of.word == "of" and them.word == "them" and comma.word == "," and name.kind == "name":
            del units[place + 1 : place + 3]
            break
    for verb, many, comma, name, second in zip(units, units[1:], units[2:], units[3:], units[4:], strict=False):
        listed = many.kind == second.kind == "number" and comma.word == "," and name.kind == "name"
        if listed and verb.verbs and verb.verbs[0].lemma in _PARTING and any(each.form == "past" for each in verb.verbs):
            verb.verbs = [each for each in lexicon.verbs["gave"] if each.form == "past"]


def _are_on_order(units: list[Unit], lexicon: Lexicon) -> None:
    """`40 of the tanks are on order from X`: they have been ordered."""
    for place in range(1, len(units) - 3):
        are, on, order, whence = units[place : place + 4]
        if are.kind == "auxiliary" and are.word in ("are", "is") and on.word == "on" and order.word == "order" and (
            whence.word in ("from", "with")
        ):  # fmt: skip
            on.kind, on.word = "verb", "ordered"
            on.verbs = [verb for verb in lexicon.verbs["ordered"] if verb.form == "past"]
            whence.word = "from"
            del units[place + 2]
            return


_REPORTING = frozenset({"report", "reports"})


def _reporting(units: Sequence[Unit], lexicon: Lexicon) -> None:
    """`…, diplomats in Managua report.`: what closes a sentence behind who tells it is a verb."""
    for place in range(3, len(units)):
        unit, after = units[place], units[place + 1] if place + 1 < len(units) else None
        if unit.word not in _REPORTING or unit.kind not in ("noun", "either") or (after is not None and after.kind != "mark"):
            continue
        begin = next((here for here in range(place - 1, max(0, place - _AS_FAR), -1) if units[here].word == ","), 0)
        told = units[begin + 1 : place]
        verbs = [verb for verb in lexicon.verbs["reported"] if verb.form == "past"]
        if begin and told and verbs and all(each.kind in ("word", "name", "prep", "det", "adverb") for each in told) and (
            units[place - 1].kind in ("name", "word") and told[0].kind != "prep"
        ):  # fmt: skip
            unit.kind, unit.noun, unit.verbs = "verb", None, verbs


def _dangled(units: list[Unit]) -> None:
    """`is dangling 36 jets before Z`, `in front of Z`: to whom things are held out."""
    for place, unit in enumerate(units):
        if not unit.verbs or unit.verbs[0].lemma not in _SHOWING:
            continue
        for here in range(place + 1, min(len(units) - 1, place + _AS_FAR)):
            front = [each.word for each in units[here : here + 3]] == ["in", "front", "of"]
            if front or (units[here].word == "before" and units[here + 1].kind == "name"):
                units[here].kind, units[here].word = "prep", "to"
                del units[here + 1 : here + (3 if front else 1)]
                return


def _priced_aside(units: list[Unit]) -> None:
    """`200 tanks, at 500 million dollars, are on order`: what stands between commas is what they are worth."""
    for place in range(1, len(units) - 4):
        if units[place + 1].word not in ("at", "worth"):
            continue
        before, unit, money, after, then = units[place : place + 5]
        aside = unit.kind == "prep" and before.word == after.word == ","
        if aside and unit.word in ("at", "worth") and money.kind == "money" and then.kind == "auxiliary":
            unit.word = "worth"
            del units[place + 3], units[place]
            return


_WHOLES = frozenset({"give", "deal", "get"})


def _gift_listed(units: list[Unit]) -> None:
    """`its gift to Z (two boats and ten jeeps) was handed over`: what stands in brackets is what is given."""
    for place in range(2, len(units) - 3):
        opened = units[place]
        given = any(each.noun is not None and each.noun.sense in _WHOLES for each in units[max(0, place - 7) : place])
        close = next((here for here in range(place + 1, len(units)) if units[here].word == ")"), 0)
        listed = units[place + 1 : close]
        if opened.word == "(" and opened.kind == "mark" and given and listed and not any(
            each.kind in ("verb", "either", "relative") or (each.kind == "prep" and each.word not in ("of", "for", "with"))
            for each in listed
        ) and (any(each.kind == "thing" for each in listed[:4])):  # fmt: skip
            del units[close]
            opened.kind, opened.word = "prep", "of"
            return


def _place_and_state(units: list[Unit]) -> None:
    """`were unloaded at Berbera, Somalia, on Monday`: a place and its state are the state."""
    for place in range(1, len(units) - 5):
        verb = units[place - 1]
        moved = verb.kind == "verb" and bool(verb.verbs) and verb.verbs[0].sense == "go"
        if not moved:
            continue
        prep, town, comma, state, after = units[place : place + 5]
        where = prep.kind == "prep" and prep.word in ("at", "in") and town.kind == "word" and town.titled and comma.word == ","
        named = state.kind == "name" and state.names[0].form == "name" and not state.possessive
        if where and named and (after.kind in ("day", "prep") or after.word in (",", ".", ";")):
            prep.word = "in"
            del units[place + 1 : place + 3]
            if after.word == ",":
                del units[place + 2]
            return
