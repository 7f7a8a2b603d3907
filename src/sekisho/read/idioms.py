"""Turns of phrase that say a plain thing at length: *sees no breach of the embargo in a sale*, *is in Z on lease from X*."""

from __future__ import annotations

from copy import copy
from itertools import pairwise

from sekisho.read.lexicon import Lexicon
from sekisho.read.units import Unit

_FINDING = frozenset({"see", "find", "have", "raise", "identify", "detect", "perceive"})
_HINDRANCES = frozenset(
    {"breach", "violation", "infringement", "contravention", "obstacle", "objection", "objections", "impediment", "bar",
     "hindrance", "fault", "harm", "conflict", "problem", "obstacles", "infraction", "difficulty"}
)  # fmt: skip
_IN = frozenset({"in", "to", "with"})
_FARTHEST = 9
"""How many words *of the U.N. arms embargo* may take."""
_APPROVING = {"past": "approved", "third": "approves", "base": "approve", "ger": "approving"}
_SERVING = frozenset({"service", "hands", "use", "ranks", "colours"})
_STAYING = frozenset({"stay", "stays", "stayed", "remain", "remains", "remained", "sit", "sits", "sat", "lie", "lies", "lay",
                      "stand", "stands", "stood"})  # fmt: skip
_PAST = frozenset({"stayed", "remained", "sat", "lay", "stood"})
_BANS = frozenset({"embargo", "ban", "sanctions", "lock", "blockade", "boycott"})
_MAKING = frozenset({"make", "build", "manufacture", "produce", "sell", "supply", "deliver", "assemble"})
_LETTING = frozenset({"let", "lets", "letting", "allow", "allowed", "permit", "permitted", "allows", "permits"})
_MUST = frozenset({"must", "will", "can", "may", "have", "has", "would"})
_SHORTEST_NEWS = 6
_UNTIL = frozenset({"until", "before", "till"})
_COMING = frozenset(
    {"come", "came", "comes", "returned", "return", "returns", "left", "leave", "leaves", "went", "gone", "flew"}
)
_HOMEWARD = frozenset({"home", "away", "back"})
_PROMISING = frozenset({"promise", "deal", "permit", "sign", "decide"})
_OF_WHAT = frozenset({"of", "for", "on", "to"})
_MAKES = frozenset({"make", "type", "kind", "sort", "model", "class", "design"})
_WHOLE = frozenset({"complete", "finished"})
_READY = frozenset({"ready", "shelf"})
_GREATEST = frozenset({"first", "biggest", "largest", "second", "third", "costliest"})
_ORDERING = frozenset({"order", "buy", "purchase", "acquire"})
_OPENING = frozenset({"is", "was", "are", "were", "amounts", "will", "would"})
_SOMETHING = frozenset({"something", "what"})


def recast(units: list[Unit], lexicon: Lexicon) -> None:
    """Puts the plain words in place of a turn of phrase, each only where one of its words stands."""
    words = {unit.word for unit in units}
    if words & _HINDRANCES or {"nothing", "against"} <= words:
        _sees_nothing_against(units, lexicon)
    if "in" in words and "over" in words:
        _in_talks_over(units, lexicon)
    if words & {"word", "news"} and "that" in words:
        _word_came(units, lexicon)
    if "good" in words:
        _as_good_as(units)
    if "from" in words and words & {"count", "on"}:
        _counts_on(units, lexicon)
    if ":" in words:
        _what_is_listed(units)
    if "know" in words:
        _lets_know(units, lexicon)
    if words & {"itself", "themselves"}:
        _sees_itself(units)
    if "down" in words:
        _down_to(units)
    if "left" in words:
        _left_to(units, lexicon)
    if "with" in words and words & _COMING:
        _came_home_with(units, lexicon)
    if words & {"without", "forget", "about"}:
        _goes_without(units, lexicon)
    if "from" in words and words & {"has", "have"}:
        _has_from(units, lexicon)
    if words & {"helped", "help", "helps", "helping"}:
        _helps_to(units, lexicon)
    if words & _UNTIL:
        _not_before(units)
    if "public" in words:
        _made_public(units, lexicon)
    if "ex" in words:
        _formerly(units)
    if "left" in words:
        _left_over(units, lexicon)
    if "put" in words:
        _put_at(units)
    if "loan" in words:
        _on_lease(units, lexicon)
    if "paid" in words:
        _paid_for(units)
    if words & _LETTING:
        _let_go(units, lexicon)
    if words & _WHOLE:
        _whole(units)
    if "since" in words and words & _GREATEST:
        _first_since(units)
    if words & _READY:
        _bought_ready(units)
    if "what" in words:
        _for_what_is(units)
    if words & {"same", "such"}:
        _so_many_more(units)
    if words & _STAYING:
        _stay_blocked(units, lexicon)
    if words & _SOMETHING:
        _something_that(units)


def _form(unit: Unit) -> str:
    forms = {verb.form for verb in unit.verbs}
    return next((form for form in ("past", "third", "ger", "base") if form in forms), "")


def _sees_nothing_against(units: list[Unit], lexicon: Lexicon) -> None:
    """`sees no breach of the embargo in the sale of jets`: who finds nothing against a thing approves it."""
    for place in range(len(units) - 4):
        seen, none, hindrance = units[place : place + 3]
        if seen.word in ("has", "have") and seen.kind == "auxiliary" and (none.word, hindrance.word) == ("nothing", "against"):
            seen.kind, seen.word, seen.verbs = "verb", "approves", lexicon.verbs["approves"]
            del units[place + 1 : place + 3]
            return
        finding = bool(seen.verbs) and seen.verbs[0].lemma in _FINDING
        had = seen.word in ("has", "have", "had") and seen.kind == "auxiliary"
        if none.word != "no" or hindrance.word not in _HINDRANCES or not (finding or had):
            continue
        if had and hindrance.word in ("objection", "objections"):
            return
        rest = range(place + 3, min(len(units) - 1, place + _FARTHEST + 3))
        end = next((here for here in rest if units[here].kind == "prep" and units[here].word in _IN), 0)
        between = units[place + 3 : end]
        if not end or (between and between[0].word != "of") or any(each.kind in ("mark", "conj") for each in between):
            continue
        word = _APPROVING.get("third" if had else _form(seen), "")
        if word:
            seen.kind, seen.word, seen.verbs, seen.noun = "verb", word, lexicon.verbs[word], None
            del units[place + 1 : end + 1]
        return


def _on_lease(units: list[Unit], lexicon: Lexicon) -> None:
    """`have been in Z on lease from X since 2006`, `flies 14 jets on loan from X`: what is on loan has been lent."""
    for place in range(len(units) - 2, 0, -1):
        terms, source, before = units[place], units[place + 1], units[place - 1]
        if terms.word != "loan" or terms.kind != "adverb" or source.word != "from" or source.kind != "prep":
            continue
        at = place - 1 - (before.word in _SERVING)
        if at > 1 and units[at].kind == "name" and units[at - 1].word == "in" and units[at - 2].kind == "auxiliary":
            terms.kind, terms.word = "verb", "lent"
            terms.verbs = [verb for verb in lexicon.verbs["lent"] if verb.form == "past"]
            source.word, units[at - 1].word = "by", "to"
            units[at - 2].word = {"are": "were", "is": "was"}.get(units[at - 2].word, units[at - 2].word)
            del units[at + 1 : place]
            units.insert(at - 1, units.pop(at + 1))
        elif before.kind == "thing" and any(each.verbs for each in units[:place]):
            terms.kind, terms.word = "verb", "borrowed"
            terms.verbs = [verb for verb in lexicon.verbs["borrowed"] if verb.form == "past"]
        elif before.kind == "thing":
            _has_on_loan(units, place, lexicon)
        return


def _has_on_loan(units: list[Unit], place: int, lexicon: Lexicon) -> None:
    """`has 14 jets on loan from X`: what somebody has on loan it has borrowed."""
    for unit, after in pairwise(units[:place]):
        if unit.kind == "auxiliary" and unit.word in ("has", "have", "had") and after.kind not in ("auxiliary", "verb", "not"):
            unit.kind, unit.word = "verb", "borrowed"
            unit.verbs = [verb for verb in lexicon.verbs["borrowed"] if verb.form == "past"]
            del units[place]
            return


def _paid_for(units: list[Unit]) -> None:
    """`ordered and paid for by Z`: what has been ordered and paid for was ordered."""
    for place in range(len(units) - 3):
        ordered, joint, paid, after = units[place : place + 4]
        alone = bool(paid.verbs) and paid.verbs[0].lemma in ("pay for", "pay")
        if not (ordered.verbs and ordered.verbs[0].lemma in _ORDERING and joint.word == "and" and alone):
            continue
        end = place + 3 + (after.word == "for")
        if end < len(units) and units[end].word in ("by", ",", "in"):
            del units[place + 1 : end]
        return


def _let_go(units: list[Unit], lexicon: Lexicon) -> None:
    """`will not let the boats they build go to Z`: who lets a thing go lets it be delivered; who builds it is by the way."""
    for place in range(1, len(units) - 3):
        guns, whose, made, to = units[place : place + 4]
        told = guns.kind == "thing" and whose.kind == "pronoun" and bool(made.verbs) and made.verbs[0].lemma in _MAKING
        if told and to.word == "to" and any(each.verbs and each.verbs[0].sense == "permit" for each in units[:place]):
            del units[place + 1 : place + 3]  # *will not allow the guns it made to be sold on*
            return
    for place, unit in enumerate(units):
        if not unit.verbs or unit.verbs[0].lemma != "let":
            continue
        rest = range(place + 2, min(len(units) - 1, place + 9))
        gone = next((here for here in rest if units[here].word in ("go", "leave") and units[here + 1].kind == "prep"), 0)
        thing = next((here for here in range(place + 1, gone) if units[here].kind == "thing"), 0)
        if not gone or not thing:
            continue
        units[gone].kind, units[gone].noun = "verb", None
        units[gone].verbs = [verb for verb in lexicon.verbs["go"] if verb.form == "base"]
        if gone - thing == 3 and units[thing + 1].kind == "pronoun" and units[thing + 2].verbs:
            del units[thing + 1 : gone]
        return


def _for_what_is(units: list[Unit]) -> None:
    """`signed for what is X's first export of radars`: what something is called stands for it."""
    for place, (what, being) in enumerate(pairwise(units)):
        if what.word != "what" or being.word not in _OPENING or not place or units[place - 1].word not in ("for", "in", "as"):
            continue
        end = place + 2
        while end < len(units) and (units[end].kind == "auxiliary" or units[end].word == "to"):
            end += 1
        if end < len(units) and units[end].kind in ("name", "det"):
            del units[place:end]
        return


def _something_that(units: list[Unit]) -> None:
    """`Radars are something X is thinking of offering to Z`: what is told of things that stand first."""
    for place in range(1, len(units) - 3):
        being, what, after = units[place : place + 3]
        if being.word not in ("are", "is") or what.word not in _SOMETHING or units[place - 1].kind != "thing":
            continue
        if after.word == "that" or after.kind in ("name", "det", "pronoun"):
            being.kind, being.word = "relative", "which"
            del units[place + 1 : place + 2 + (after.word == "that")]
        return


def _whole(units: list[Unit]) -> None:
    """`its first export of complete defence equipment`: a word of what is exported, and no verb."""
    for before, unit, after in zip(units, units[1:], units[2:], strict=False):
        if unit.word in _WHOLE and before.kind in ("prep", "number", "det") and after.kind in ("thing", "noun", "word"):
            unit.kind, unit.verbs, unit.noun = "word", (), None


def _bought_ready(units: list[Unit]) -> None:
    """`bought ready-made from X`, `ordered off the shelf`: how things are bought that nobody has to build."""
    for place in range(1, len(units) - 1):
        if not units[place - 1].verbs or units[place - 1].verbs[0].lemma not in _ORDERING:
            continue
        words = [unit.word for unit in units[place : place + 3]]
        if words == ["ready", "-", "made"] or words == ["off", "the", "shelf"]:
            del units[place : place + 3]
            return


def _first_since(units: list[Unit]) -> None:
    """`its first export of tanks since 2014`: since when there was none is no day of what is told."""
    for place in range(2, len(units) - 1):
        since, day = units[place : place + 2]
        near = units[max(0, place - _FARTHEST) : place]
        superlative = next((here for here, unit in enumerate(near) if unit.word in _GREATEST), len(near))
        if since.word == "since" and day.kind == "day" and any(unit.noun is not None for unit in near[superlative + 1 :]):
            del units[place : place + 2]
            return


def _stay_blocked(units: list[Unit], lexicon: Lexicon) -> None:
    """`jets ordered by Z stay locked up in X`, `remain in X under the embargo`: what stays where it is has been stopped."""
    for place in range(1, len(units) - 2):
        unit, after = units[place], units[place + 1]
        if unit.word not in _STAYING or unit.kind == "auxiliary":
            continue
        held = bool(after.verbs) and after.verbs[0].sense == "refuse" and any(verb.form == "past" for verb in after.verbs)
        near = units[place + 1 : place + _FARTHEST]
        under = next((here for here, each in enumerate(near) if each.word == "under" and each.kind == "prep"), len(near))
        kept = after.word in ("in", "at", "under") and any(each.word in _BANS for each in near[under : under + 5])
        if not held and not kept:
            continue
        led = units[place - 1].kind == "auxiliary" or units[place - 1].word == "to"
        unit.kind, unit.word = "auxiliary", "be" if led else "were" if unit.word in _PAST else "are"
        unit.verbs, unit.noun = (), None
        if kept:
            blocked = copy(near[under])
            blocked.kind, blocked.word = "verb", "blocked"
            blocked.verbs = [verb for verb in lexicon.verbs["blocked"] if verb.form == "past"]
            units.insert(place + 1, blocked)
        return


def _in_talks_over(units: list[Unit], lexicon: Lexicon) -> None:
    """`are in talks over four submarines`: talks, and what they are over; no verb of talking over."""
    for place, (before, unit) in enumerate(pairwise(units), 1):
        talked = unit.kind == "verb" and unit.word == "over" and bool(unit.verbs) and unit.verbs[0].lemma == "talk over"
        noun = lexicon.nouns.get("talks")
        if not talked or before.word not in ("in", "into") or noun is None:
            continue
        over = copy(unit)
        over.kind, over.word, over.verbs = "prep", "over", ()
        unit.kind, unit.word, unit.verbs, unit.noun = "noun", "talks", (), noun
        units.insert(place + 1, over)
        return


def _put_at(units: list[Unit]) -> None:
    """`a purchase put at 2 billion dollars`: one worth so much."""
    for place in range(1, len(units) - 2):
        before, put, at, money = units[place - 1 : place + 3]
        if before.noun is not None and put.word == "put" and at.word == "at" and money.kind == "money":
            put.kind, put.word, put.verbs, put.noun = "prep", "worth", (), None
            del units[place + 1]
            return


def _left_over(units: list[Unit], lexicon: Lexicon) -> None:
    """`guns left over from the East German army`: inherited, and gone from nobody to anybody."""
    for place in range(1, len(units) - 2):
        left, over, source = units[place : place + 3]
        if left.word == "left" and over.word == "over" and source.word == "from":
            left.kind, left.word, left.noun = "verb", "inherited", None
            left.verbs = [verb for verb in lexicon.verbs["inherited"] if verb.form == "past"]
            del units[place + 1]
            return


def _formerly(units: list[Unit]) -> None:
    """`two ex-Dutch frigates`: frigates that were Dutch before."""
    for place in range(len(units) - 2):
        if units[place].word == "ex" and units[place + 1].word == "-" and units[place + 2].kind == "name":
            del units[place : place + 2]
            return


def _made_public(units: list[Unit], lexicon: Lexicon) -> None:
    """`made the purchase public`, `made public the sale of jets`: announced it."""
    for place, unit in enumerate(units[:-1]):
        if not unit.verbs or unit.verbs[0].lemma not in ("make", "go"):
            continue
        rest = range(place + 1, min(len(units), place + _FARTHEST))
        end = next((here for here in rest if units[here].word == "public"), 0)
        plain = all(
            each.kind in ("det", "noun", "either", "word", "thing", "number", "adverb") for each in units[place + 1 : end]
        )
        after = units[end + 1] if end and end + 1 < len(units) else None
        word = {"past": "announced", "third": "announces", "base": "announce", "ger": "announcing"}.get(_form(unit), "")
        if not end or not plain or not word or (after is not None and after.kind in ("thing", "word")):
            continue
        unit.kind, unit.word, unit.noun, unit.verbs = "verb", word, None, lexicon.verbs[word]
        del units[end]
        return


def _so_many_more(units: list[Unit]) -> None:
    """`fifty aircraft of the same make, ordered by Z`, `fifty such aircraft ordered by Z`: so many of what was told of."""
    for place in range(len(units) - 3):
        if units[place].kind != "number":
            continue
        named = place + 1 + (units[place + 1].word == "such")
        same = [unit.word for unit in units[named + 1 : named + 4]] == ["of", "the", "same"] and (
            named + 4 < len(units) and units[named + 4].word in _MAKES)  # fmt: skip
        end = named + 5 if same else named + 1
        such = same or named > place + 1
        after = next((unit for unit in units[end : end + 2] if unit.word != ","), None)
        bought = after is not None and bool(after.verbs) and after.verbs[0].lemma in _ORDERING
        if such and bought and units[named].kind in ("word", "thing"):
            del units[place + 1 : end + (units[end].word == ",")]
            return


def _goes_without(units: list[Unit], lexicon: Lexicon) -> None:
    """`will have to do without missiles from X`, `can forget about tanks`, `left Z without jets`: who does not get them."""
    for place in range(1, len(units) - 2):
        unit, after = units[place], units[place + 1]
        lemma = unit.verbs[0].lemma if unit.verbs else ""
        if lemma == "forget" and after.word == "about" and after.kind != "thing":
            del units[place + 1]
            after = units[place + 1]
        if lemma in ("do without", "go without", "forget about", "forget") and after.kind in ("thing", "number", "det", "name"):
            begin = place
            while begin and (units[begin - 1].kind == "auxiliary" or units[begin - 1].word == "to"):
                begin -= 1
            things = any(each.kind == "thing" for each in units[place + 1 : place + 6])
            if begin == place or not things or not any(each.word in _MUST for each in units[begin:place]):
                continue
            will, no = copy(unit), copy(unit)
            will.kind, will.word, will.verbs, will.noun = "auxiliary", "will", (), None
            no.kind, no.word, no.verbs, no.noun = "not", "not", (), None
            unit.kind, unit.word, unit.noun = "verb", "get", None
            unit.verbs = [verb for verb in lexicon.verbs["get"] if verb.form == "base"]
            units[begin:place] = [will, no]
            return
        left = lemma == "leave" and after.kind == "name" and units[place + 2].word == "without" and _form(unit) == "past"
        if left and any(each.kind == "thing" for each in units[place + 3 : place + 8]):
            unit.word, unit.verbs = "denied", [verb for verb in lexicon.verbs["denied"] if verb.form == "past"]
            unit.kind, unit.noun = "verb", None
            del units[place + 2]
            return


def _has_from(units: list[Unit], lexicon: Lexicon) -> None:
    """`Egypt has 24 jets from France`: what a state has from another it has received."""
    for place in range(1, len(units) - 3):
        has = units[place]
        if has.kind != "auxiliary" or has.word not in ("has", "have") or units[place - 1].kind != "name":
            continue
        source = next((here for here in range(place + 2, min(len(units) - 1, place + 8)) if units[here].word == "from"), 0)
        between = units[place + 1 : source]
        alone = {each.kind for each in between} <= {"det", "number", "word", "thing", "adverb"}
        plain = bool(source) and alone and between[-1].kind == "thing" and between[0].kind != "adverb"
        doing = any(each.verbs for each in units[source + 2 : source + 4])
        if plain and not doing and units[source + 1].kind in ("name", "det"):
            has.kind, has.word = "verb", "received"
            has.verbs = [verb for verb in lexicon.verbs["received"] if verb.form == "past"]
        return


def _helps_to(units: list[Unit], lexicon: Lexicon) -> None:
    """`helped Z to 50 drones`: gave it them."""
    for place in range(len(units) - 3):
        unit, whom, to, things = units[place : place + 4]
        helped = bool(unit.verbs) and unit.verbs[0].lemma == "help" and whom.kind == "name" and to.word == "to"
        counted = things.kind == "number" and any(each.kind == "thing" for each in units[place + 4 : place + 7])
        word = {"past": "gave", "third": "gives", "base": "give", "ger": "giving"}.get(_form(unit) if unit.verbs else "", "")
        if helped and counted and word:
            unit.kind, unit.word, unit.noun, unit.verbs = "verb", word, None, lexicon.verbs[word]
            del units[place + 2]
            return


def _not_before(units: list[Unit]) -> None:
    """`will not deliver the boats until 2026`: it will, and not before."""
    for place in range(1, len(units) - 2):
        if units[place].kind != "not" or units[place - 1].word not in ("will", "would", "shall", "wo"):
            continue
        for here in range(place + 1, min(len(units) - 1, place + 14)):
            if units[here].kind in ("mark", "relative") or (units[here].kind == "conj" and units[here].word not in _UNTIL):
                break
            if units[here].word in _UNTIL and units[here + 1].kind in ("day", "number"):
                units[here].kind, units[here].word = "adverb", "not before"
                return


def _down_to(units: list[Unit]) -> None:
    """`is down to get 36 jets`: is to get them."""
    for place in range(1, len(units) - 2):
        before, down, to = units[place - 1 : place + 2]
        if before.kind == "auxiliary" and down.word == "down" and to.word == "to" and units[place + 2].verbs:
            del units[place]
            return


def _left_to(units: list[Unit], lexicon: Lexicon) -> None:
    """`left the Afghan army 68 helicopters`, `has been left a boat`: who leaves somebody things gives them."""
    for place in range(1, len(units) - 2):
        unit, after = units[place], units[place + 1]
        if not unit.verbs or unit.verbs[0].lemma != "leave" or _form(unit) != "past":
            continue
        rest = units[place + 1 : place + 8]
        thing = next((here for here, each in enumerate(rest) if each.kind == "thing"), 0)
        behind = rest[thing + 1] if thing and thing + 1 < len(rest) else None
        passive = units[place - 1].word in ("been", "was", "were") and after.kind in ("number", "det")
        whom = any(each.kind == "name" for each in rest[:thing])
        counted = (thing and rest[thing - 1].kind in ("number", "det", "word") and any(
            each.kind in ("number", "det") for each in rest[1:thing])) or passive  # fmt: skip
        plain = all(each.kind in ("name", "word", "number", "det", "possessive") for each in rest[:thing])
        loose = behind is None or behind.kind in ("mark", "conj") or behind.word in ("by", "when", "as", "in", "on")
        if thing and plain and counted and loose and (whom or passive):
            unit.word, unit.noun, unit.kind = "gave", None, "verb"
            unit.verbs = [verb for verb in lexicon.verbs["given" if passive else "gave"] if verb.form == "past"]
            return


def _came_home_with(units: list[Unit], lexicon: Lexicon) -> None:
    """`came home from X with a contract for 20 jets`, `left X with a promise of tanks`: secured it from X."""
    for place in range(1, len(units) - 4):
        unit = units[place]
        if not unit.verbs or unit.word not in _COMING:
            continue
        at = place + 1 + (units[place + 1].word in _HOMEWARD)
        at += units[at].word == "from"
        if at + 3 >= len(units) or units[at].kind != "name" or units[at + 1].word != "with":
            continue
        deal = at + 2 + (units[at + 2].kind == "det")
        named = units[deal].noun if deal + 2 < len(units) else None
        if named is None or named.sense not in _PROMISING or units[deal + 1].word not in _OF_WHAT:
            return
        thing = next((here for here in range(deal + 2, min(len(units), deal + 7)) if units[here].kind == "thing"), 0)
        word = {"past": "secured", "third": "secures", "base": "secure"}.get(_form(unit), "")
        if thing and word:
            source = copy(units[at + 1])
            source.kind, source.word = "prep", "from"
            unit.kind, unit.word, unit.noun, unit.verbs = "verb", word, None, lexicon.verbs[word]
            units[place + 1 : thing + 1] = [*units[at + 2 : thing + 1], source, units[at]]
        return


def _what_is_listed(units: list[Unit]) -> None:
    """`What Z will get from X: 18 guns`, `Two things Z wants from X: six jets`: Z will get the guns, wants the jets."""
    colon = next((here for here, unit in enumerate(units) if unit.word == ":"), 0)
    opened = units[0].word == "what" or (
        units[0].kind in ("number", "det") and len(units) > 1 and units[1].word in ("things", "items"))  # fmt: skip
    begin = 1 if units[0].word == "what" else 2
    told = opened and begin < colon < len(units) - 1 and units[begin].kind in ("name", "det", "pronoun")
    if not told or units[colon + 1].kind not in ("number", "thing", "det") or not any(each.verbs for each in units[:colon]):
        return
    if any(each.kind == "thing" or each.word == "," for each in units[:colon]):
        return
    del units[colon], units[:begin]


def _lets_know(units: list[Unit], lexicon: Lexicon) -> None:
    """`has let Z know`: has told it."""
    for place in range(len(units) - 2):
        let, whom, know = units[place : place + 3]
        if let.verbs and let.verbs[0].lemma == "let" and whom.kind in ("name", "pronoun") and know.word == "know":
            let.word, let.verbs, let.noun = "told", [verb for verb in lexicon.verbs["told"] if verb.form == "past"], None
            let.kind = "verb"
            del units[place + 2]
            return


def _sees_itself(units: list[Unit]) -> None:
    """`sees itself unable to let`: is unable to."""
    for place in range(len(units) - 2):
        seen, self_, able = units[place : place + 3]
        seeing = bool(seen.verbs) and seen.verbs[0].lemma in ("see", "find", "consider")
        if seeing and self_.word in ("itself", "themselves") and able.word in ("unable", "able", "obliged", "bound"):
            seen.kind, seen.word = "auxiliary", "was" if _form(seen) == "past" else "is"
            seen.verbs, seen.noun = (), None
            del units[place + 1]
            return


def _as_good_as(units: list[Unit]) -> None:
    """`are as good as sold to Z`: are sold to it."""
    for place in range(1, len(units) - 3):
        words = [unit.word for unit in units[place : place + 3]]
        done = any(verb.form == "past" for verb in units[place + 3].verbs)
        if words == ["as", "good", "as"] and units[place - 1].kind == "auxiliary" and done:
            del units[place : place + 3]
            return


def _counts_on(units: list[Unit], lexicon: Lexicon) -> None:
    """`can count on 20 tanks from X`: will get them."""
    for place in range(1, len(units) - 3):
        can, count = units[place - 1 : place + 1]
        counting = bool(count.verbs) and count.verbs[0].lemma in ("count on", "count", "bank on", "look forward to")
        if can.word not in ("can", "may") or can.kind != "auxiliary" or not counting:
            continue
        at = place + 1 + (units[place + 1].word == "on")
        thing = next((here for here in range(at, min(len(units) - 1, at + 6)) if units[here].kind == "thing"), 0)
        if thing and units[thing + 1].word == "from" and units[at].kind in ("number", "thing", "det"):
            can.word, count.word, count.kind, count.noun = "will", "get", "verb", None
            count.verbs = [verb for verb in lexicon.verbs["get"] if verb.form == "base"]
            del units[place + 1 : at]
        return


def _word_came(units: list[Unit], lexicon: Lexicon) -> None:
    """`Word came from X that jets would be sold`: X said so."""
    if len(units) < _SHORTEST_NEWS or units[0].word not in ("word", "news"):
        return
    came, source, who = units[1:4]
    if came.verbs and came.verbs[0].lemma == "come" and source.word == "from" and who.kind == "name" and any(
        unit.word == "that" for unit in units[4:9]
    ):  # fmt: skip
        came.kind, came.word, came.noun, came.verbs = "verb", "said", None, lexicon.verbs["said"]
        units[0:4] = [who, came]
