"""Set phrases of several words, read as what they mean: *took possession of*, *no question of selling*, *due for delivery*."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from itertools import pairwise

from sekisho.read.civil import cars
from sekisho.read.deciding import PREDICATES
from sekisho.read.lexicon import Lexicon, Verb
from sekisho.read.units import Unit
from sekisho.read.wordlists import word_list

_STOCKS = word_list("stocks")
_DUE = frozenset({"due", "because"})
_TOO_MUCH = frozenset({"too", "unacceptable", "inadequate", "insufficient"})
_GEOGRAPHY = frozenset({"bay", "strait", "straits", "gulf", "ocean", "lake", "square", "street", "avenue", "road", "hotel",
                        "lakes", "peninsula", "hills", "valley", "basin", "trench", "town", "beach"})  # fmt: skip
_ORDINALS = frozenset({"first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"})
_ITSELF = frozenset({"itself", "themselves", "himself", "herself"})
_ANSWERING = frozenset({"answer", "answered"})
_REQUESTS = frozenset({"request", "requests", "appeal", "appeals", "plea", "pleas", "application"})
_CARRIERS = frozenset({"freighter", "freighters", "ship", "vessel", "plane", "aircraft", "boat", "convoy", "train", "lorry",
                       "truck", "trucks", "lorries", "trawler", "barge", "dhow", "airliner", "ferry"})  # fmt: skip
_BEARING = frozenset({"taking", "bringing"})
_GAPS = frozenset({"gap", "gaps", "hole", "holes", "void", "vacuum"})
_BY_THE_WAY = _ITSELF | {"left", "drawn", "worn"}
_HOLDING = frozenset(
    {"steel", "water", "septic", "storage", "petrol", "fuel", "oil", "gas", "milk", "fish", "plastic", "polyethylene",
     "rainwater", "sewage", "oxygen", "propane", "diesel", "kerosene", "concrete", "fibreglass", "fiberglass", "chlorine",
     "ammonia", "hydrogen", "nitrogen", "beer", "wine", "brewing", "fermentation", "cooling", "aquarium", "slurry", "feed",
     "lpg", "lng", "think"}
)  # fmt: skip
_HELD = frozenset({"tank", "tanks", "bomber", "bombers"})
"""What is no weapon behind a word of what it holds."""
_MISTAKEN = _HELD | {"fighter", "fighters"}
_MEANING = frozenset({"mean", "means", "meant", "meaning"})
_POSSESSION = frozenset({"delivery", "possession", "charge", "receipt", "custody", "ownership", "control"})
_SPANS = frozenset({"months", "years", "weeks", "days", "long", "ages", "decades", "year", "month", "week"})
_SIGNATURES = frozenset({"signature", "signatures", "name", "names", "seal", "initials"})
_MANNED = word_list("fighting men")
_LIKING = frozenset({"like", "love", "prefer"})
_SEEMING = frozenset({"appear", "seem", "remain", "stay", "look", "become", "sound"})


def say(units: list[Unit], lexicon: Lexicon) -> None:
    """Reads the set phrases of a sentence, each only where one of its words stands; the list is changed in place."""
    words = {unit.word for unit in units}
    _predicates(units, lexicon.verbs["want"][:1])
    if "neither" in words:
        _neither(units)
    cars(units, words)
    if words & _MISTAKEN:
        _fighting(units)
    if words & _MEANING:
        _meaning(units, lexicon)
    if words & _SIGNATURES:
        _signatures(units, lexicon)
    if words & _POSSESSION:
        _receiving(units, lexicon)
    if words & _SPANS:
        _waiting(units)
    if "free" in words:
        _free(units)
    if "votes" in words:
        _votes(units)
    if "how" in words:
        _telling_how(units)
    if words & _DUE:
        _due(units)
    if words & _BY_THE_WAY:
        _by_the_way(units)
    if "question" in words:
        _no_question(units, lexicon)
    if words & _ANSWERING:
        _unanswered(units, lexicon)
    if words & _CARRIERS:
        _freight(units, lexicon)
    if "exchange" in words:
        _exchanging(units)
    if "own" in words:
        _of_its_own(units)
    if "order" in words:
        _on_order(units, lexicon)
    if words & _APART:
        _of_one(units)
    if words & _DEGREES:
        _of_degree(units)
    if "earlier" in words:
        _earlier(units)
    if "loan" in words:
        _on_loan(units, lexicon)
    if "no" in words:
        _said_no(units, lexicon)
    if words & {"known", "dubbed"}:
        _known_as(units)
    if words & _TOO_MUCH:
        _as_too(units)
    _places(units)


def _due(units: list[Unit]) -> None:
    """`missiles due to have been delivered to Z`: a participle behind a thing, and no reason."""
    for place, unit in enumerate(units[1:-1], 1):
        after = units[place + 1]
        if unit.word == "due" and after.word == "for" and units[place - 1].kind == "thing" and unit.kind != "auxiliary":
            unit.kind, unit.verbs = "adverb", ()
            goal = next((here for here in range(place + 2, min(len(units), place + 5)) if units[here].word == "to"), 0)
            if goal and all(each.kind in ("noun", "either", "day", "prep") for each in units[place + 2 : goal]):
                del units[place + 1 : goal]  # *missiles due for delivery to Z*
            return
        step = units[place + 2] if place + 2 < len(units) else after
        if unit.word == "due" and after.word == "to" and step.word == "be" and units[place - 1].kind == "thing":
            unit.kind, unit.verbs = "adverb", ()
            del units[place + 1 : place + 3]  # *missiles due to be delivered to Z*
            return
        if unit.word == "because" and after.word in ("have", "be") and units[place - 1].kind != "auxiliary":
            unit.kind, unit.word = "adverb", "due"
            end = next((here for here in range(place + 1, len(units)) if units[here].kind != "auxiliary"), place + 1)
            del units[place + 1 : end]
            return


def _by_the_way(units: list[Unit]) -> None:
    """`has itself delivered`, `the gap left in its army`: small words that say nothing of who gives."""
    place = 1
    while place < len(units) - 1:
        before, unit = units[place - 1], units[place]
        if unit.word in _ITSELF and before.kind == "auxiliary" and (
            units[place + 1].kind in ("verb", "either") or (units[place + 1].word == "to" and before.word in ("is", "are"))
        ):  # fmt: skip
            del units[place]
            continue
        if unit.word in ("drawn", "worn") and units[place + 1].word == "down" and before.word in _STOCKS:
            unit.kind, unit.verbs = "word", ()  # *stocks drawn down by aid to Z*
        if unit.word == "left" and (before.word in _GAPS or (before.verbs and before.verbs[0].lemma.startswith("fill "))):
            unit.kind, unit.verbs = "adverb", ()
        place += 1


def _on_order(units: list[Unit], lexicon: Lexicon) -> None:
    """`has 36 jets on order from X`, `jets already on order from X`: what somebody has on order it has ordered."""
    for place in range(len(units) - 3, 0, -1):
        ordered = units[place].word == "on" and units[place + 1].word == "order" and units[place + 2].word == "from"
        before = next((unit for unit in reversed(units[:place]) if unit.kind != "adverb"), None)
        had = any(unit.word in ("has", "have", "had") and after.kind not in ("auxiliary", "verb")
                  for unit, after in pairwise(units[:place]))  # fmt: skip
        if ordered and before is not None and before.kind == "thing" and not had:
            units[place].kind, units[place].word = "verb", "ordered"
            units[place].verbs = [verb for verb in lexicon.verbs["ordered"] if verb.form == "past"]
            del units[place + 1]
    for place, unit in enumerate(units[:-3]):
        if (
            unit.word not in ("has", "have", "had")
            or unit.kind != "auxiliary"
            or units[place + 1].kind in ("verb", "auxiliary")
        ):
            continue
        for here in range(place + 2, min(len(units) - 1, place + 12)):
            if units[here].word == "on" and units[here + 1].word == "order":
                unit.kind, unit.word = "verb", "ordered"
                unit.verbs = [verb for verb in lexicon.verbs["ordered"] if verb.form == "past"]
                del units[here : here + 2]
                return
            if units[here].kind in ("verb", "auxiliary", "mark", "relative"):
                break


_APART = frozenset({"apiece", "each", "per", "a", "an"})
_SINGLE = frozenset(
    {"plane", "aircraft", "jet", "tank", "unit", "piece", "helicopter", "ship", "boat", "missile", "gun", "vehicle", "system",
     "copy", "craft", "vessel", "drone", "year", "month", "head", "submarine", "frigate"}
)  # fmt: skip


def _of_one(units: Sequence[Unit]) -> None:
    """`at $30 million apiece`, `for $30 million a plane`, `each costing $30 million`: what one costs is no price of all."""
    for place in [here for here, unit in enumerate(units[:-1]) if unit.kind == "money"]:
        unit, after = units[place], [each.word for each in units[place + 1 : place + 3]]
        one = after[0] in ("apiece", "each", "per") or (after[0] in ("a", "an") and after[-1] in _SINGLE)
        one = one or any(each.word == "each" for each in units[max(0, place - 2) : place])
        if one:
            unit.kind, unit.money = "word", ""


_DEGREES = frozenset({"most", "more", "least", "very", "highly"})
_QUALITIES = frozenset(
    {"advanced", "sophisticated", "experienced", "respected", "feared", "wanted", "prized", "coveted", "valued"}
)


def _of_degree(units: Sequence[Unit]) -> None:
    """`would be the most advanced in the region`: what things are, and nothing that is done."""
    for before, unit in pairwise(units):
        if before.word in _DEGREES and unit.word in _QUALITIES and unit.kind == "verb":
            unit.kind, unit.verbs = "word", ()


def _earlier(units: Sequence[Unit]) -> None:
    """`an earlier pair`: a word about what stands behind it, and no adverb."""
    for before, unit, after in zip(units, units[1:], units[2:], strict=False):
        if (
            unit.word == "earlier"
            and unit.kind == "adverb"
            and before.kind == "det"
            and after.kind in ("word", "thing", "number")
        ):
            unit.kind = "word"


_TRADING = frozenset(
    {"give", "get", "order", "swap", "with", "promise", "offer", "go", "ask", "seek", "permit", "refuse", "deny"}
)
_USING = frozenset({"fly", "sail", "run", "drive"})


def _on_loan(units: list[Unit], lexicon: Lexicon) -> None:
    """`flies two jets on loan from X`, `are on loan to Z`: what is on loan has been lent, if no verb says that it is given."""
    for place in range(1, len(units) - 2):
        unit, after = units[place], units[place + 1]
        before = next((each for each in reversed(units[:place]) if each.kind != "adverb"), None)
        traded = any(verb.sense in _TRADING for each in units[:place] if each.kind == "verb" for verb in each.verbs[:1]
                     if verb.lemma not in _USING)  # fmt: skip
        if unit.kind != "adverb" or unit.word != "loan" or after.word not in ("from", "to") or before is None or traded:
            continue
        lent = before.kind == "auxiliary" and before.word in ("is", "are", "was", "were", "been")
        if before.kind == "thing" or lent:
            unit.kind, unit.word = "verb", "leased" if after.word == "from" else "lent"
            unit.verbs = [verb for verb in lexicon.verbs[unit.word] if verb.form == "past"]
            before.word = "were" if lent and before.word in ("is", "are") else before.word
            return


def _unanswered(units: list[Unit], lexicon: Lexicon) -> None:
    """`has yet to answer Z's request`: to whom nobody has replied."""
    for place in range(1, len(units) - 1):
        unit, before = units[place], units[max(0, place - 3) : place]
        told = unit.word in _ANSWERING
        silent = any(each.kind == "not" or each.word in ("yet", "never") for each in before)
        asked = any(each.word in _REQUESTS for each in units[place + 1 : place + 5])
        if told and silent and asked:
            to = copy(unit)
            to.kind, to.word, to.verbs, to.noun = "prep", "to", (), None
            unit.verbs = lexicon.verbs["replied" if unit.word == "answered" else "reply"]
            unit.kind, unit.noun = "verb", None
            units.insert(place + 1, to)
            return


def _exchanging(units: list[Unit]) -> None:
    """`Z passes tanks to W, and X in return is supplying`: what joins two givings stands before the second."""
    for place in range(2, len(units) - 1):
        unit, before, after = units[place], units[place - 1], units[place + 1]
        if unit.kind == "conj" and unit.word == "exchange" and before.kind == "name" and after.kind in ("auxiliary", "verb"):
            begin = place - 1 - (units[place - 2].kind == "det")
            units.insert(begin, units.pop(place))


def _freight(units: list[Unit], lexicon: Lexicon) -> None:
    """`a freighter taking tanks to Z`: what a ship takes it carries."""
    for before, unit in pairwise(units):
        if before.word in _CARRIERS and unit.word in _BEARING and unit.verbs:
            unit.verbs = lexicon.verbs["carrying"]


def _of_its_own(units: list[Unit]) -> None:
    """`will supply ten of its own`, `some of its own`: so many of what was told of."""
    for place in range(len(units) - 4, 0, -1):
        words = [unit.word for unit in units[place : place + 3]]
        some, after = units[place - 1], units[place + 3]
        if words[0] != "of" or words[1] not in ("its", "their") or words[2] != "own" or after.kind in ("thing", "word", "noun"):
            continue
        if some.kind == "number":
            del units[place : place + 3]
            return
        if some.word in ("some", "several", "a number"):
            some.kind, some.word = "word", "ones"
            del units[place : place + 3]
            return


def _said_no(units: list[Unit], lexicon: Lexicon) -> None:
    """`said no reply would be given`: what there is none of, and no refusal."""
    for place, unit in enumerate(units[:-2]):
        told = bool(unit.verbs) and unit.verbs[0].lemma == "say no" and unit.word == "no"
        ahead = any(each.kind == "auxiliary" for each in units[place + 2 : place + 5])
        if told and units[place + 1].kind in ("word", "noun", "either", "thing", "verb") and ahead:
            denied = copy(unit)
            denied.kind, denied.verbs, denied.first, denied.start = "det", (), unit.last - 1, unit.end - len("no")
            unit.verbs, unit.word, unit.last, unit.end = lexicon.verbs["said"], "said", unit.last - 1, denied.start - 1
            units[place + 1].kind = "word" if units[place + 1].kind == "verb" else units[place + 1].kind
            units.insert(place + 1, denied)
            return


def _known_as(units: list[Unit]) -> None:
    """Takes away what a thing is also called: *tanks, modernised in the 1990s and known as the M-55S*."""
    for place in range(2, len(units) - 2):
        if units[place].word not in ("known", "dubbed") or units[place + 1].word != "as":
            continue
        end = next((here for here in range(place + 2, min(len(units), place + 7)) if units[here].kind == "thing"), 0)
        if end and any(unit.kind == "thing" for unit in units[:place]):
            begin = place - (units[place - 1].word == "and")
            del units[begin : end + 1]
            return


def _as_too(units: list[Unit]) -> None:
    """Takes away what a thing is called that stands behind: *turned down as too costly a U.S. offer*."""
    for place in range(1, len(units) - 3):
        opened = units[place].word == "as" and units[place + 1].word in _TOO_MUCH
        end = place + 2 + (units[place + 1].word == "too")
        if opened and units[place - 1].verbs and end < len(units) and units[end].kind in ("det", "name"):
            del units[place:end]
            return


_BEFORE_PLACES = frozenset({"name", "det", "pronoun", "auxiliary"})


def _places(units: Sequence[Unit]) -> None:
    """`China Bay`, `the Korea Strait`: a place that has the name of a state in its own."""
    for unit, after in pairwise(units):
        if unit.kind not in _BEFORE_PLACES:
            continue
        if unit.kind == "name" and after.titled and after.word in _GEOGRAPHY and after.kind == "word" and not unit.possessive:
            unit.kind, unit.names = "word", ()
        if unit.kind == "det" and unit.titled and after.titled and after.kind == "word" and unit is not units[0] and (
            unit.word in _ORDINALS
        ):  # fmt: skip
            unit.kind = "word"  # *Zimbabwe's new Fifth Brigade*
        if unit.kind == "pronoun" and unit.word in ("those", "these") and after.kind == "thing":
            unit.kind = "det"
        if (
            after.word == "before"
            and after.kind == "conj"
            and unit.kind == "auxiliary"
            and unit.word in ("is", "are", "was", "were")
        ):
            after.kind = "prep"  # *a request is before the government*
        if unit.kind == "det" and after.word == "worth" and after.kind == "prep":
            after.kind = "word"  # *put the worth of the tanks at*


def _no_question(units: list[Unit], lexicon: Lexicon) -> None:
    """`there is no question of selling jets`: whoever says so rules it out."""
    for place in range(len(units) - 4):
        there = units[place]
        here = next((step for step in range(place + 1, min(place + 5, len(units) - 3)) if units[step].word == "no"), 0)
        asked = here and units[here + 1].word == "question" and units[here + 2].word == "of"
        if there.word == "there" and asked and all(each.kind == "auxiliary" for each in units[place + 1 : here]):
            there.kind, there.word = "pronoun", "it"
            units[here].kind, units[here].word = "verb", "refuses"
            units[here].verbs = [verb for verb in lexicon.verbs["rejects"] if verb.form == "third"]
            del units[here + 1 : here + 3], units[place + 1 : here]
            return


def _telling_how(units: Sequence[Unit]) -> None:
    """`recalled how X had sent`: what follows is told, as behind *that*."""
    for before, unit in pairwise(units):
        if unit.word == "how" and unit.kind == "word" and before.verbs and before.verbs[0].sense == "say":
            unit.kind, unit.word = "relative", "that"


def _fighting(units: Sequence[Unit]) -> None:
    """`Kurdish fighters` are men and no aircraft, *steel tanks* no vehicles."""
    for before, unit in pairwise(units):
        if unit.kind == "thing" and unit.word in _HELD and before.word in _HOLDING:
            unit.kind, unit.things = "word", ()
        if unit.kind == "thing" and unit.word in ("fighter", "fighters") and before.word in _MANNED:
            unit.kind, unit.things = "word", ()


def _meaning(units: Sequence[Unit], lexicon: Lexicon) -> None:
    """`meant to buy` is what somebody intended."""
    for unit, to, verb in zip(units, units[1:], units[2:], strict=False):
        if unit.verbs and unit.verbs[0].lemma == "mean" and to.word == "to" and any(each.form == "base" for each in verb.verbs):
            third = any(each.form == "third" for each in unit.verbs)
            unit.verbs = lexicon.verbs["intends" if third else "intended"]


def _signatures(units: list[Unit], lexicon: Lexicon) -> None:
    """`put its signature on Tuesday to a contract`: who puts a name to it signs it."""
    for place, unit in enumerate(units):
        if not unit.verbs or unit.verbs[0].lemma not in ("put", "set", "affix", "append"):
            continue
        here = next((step for step in range(place + 1, min(len(units), place + 4)) if units[step].word in _SIGNATURES), 0)
        if here and any(each.word == "to" and each.kind == "prep" for each in units[here + 1 : here + 5]):
            forms = {verb.form for verb in unit.verbs}
            word = "signed" if "past" in forms else "signs" if "third" in forms else "signing" if "ger" in forms else "sign"
            unit.verbs = lexicon.verbs[word]
            to = next(step for step in range(here + 1, here + 5) if units[step].word == "to" and units[step].kind == "prep")
            del units[to], units[place + 1 : here + 1]
            return


def _receiving(units: list[Unit], lexicon: Lexicon) -> None:
    """`took delivery on Friday of ten guns`: who takes possession of a thing, wherever and whenever, receives it."""
    for place, unit in enumerate(units[:-2]):
        if not unit.verbs or unit.verbs[0].lemma != "take" or units[place + 1].word not in _POSSESSION:
            continue
        rest = units[place + 2 : place + 8]
        of = next((here for here, each in enumerate(rest) if each.word == "of" and each.kind == "prep"), 0)
        if of and all(each.kind in ("prep", "day", "name", "word", "adverb", "det") for each in rest[:of]):
            forms = {verb.form for verb in unit.verbs}
            word = (
                "received"
                if "past" in forms
                else "receives"
                if "third" in forms
                else "receiving"
                if "ger" in forms
                else "receive"
            )
            unit.verbs = lexicon.verbs[word]
            del units[place + 2 + of], units[place + 1]
            return


def _waiting(units: list[Unit]) -> None:
    """`has been waiting for months for X's consent`: how long somebody waits is not what for."""
    for place, unit in enumerate(units[:-3]):
        if not unit.verbs or unit.verbs[0].lemma != "wait for":
            continue
        here = next((step for step in range(place + 1, min(len(units) - 1, place + 4)) if units[step].word in _SPANS), 0)
        if here and units[here + 1].word == "for":
            del units[place + 1 : here + 2]
            return


def _free(units: list[Unit]) -> None:
    """`will be handed over free`, `gets them for free`: without payment."""
    for place in range(1, len(units)):
        unit, before = units[place], units[place - 1]
        after = units[place + 1] if place + 1 < len(units) else None
        closed = after is None or after.kind in ("mark", "prep", "conj", "day")
        if unit.word != "free" or not closed:
            continue
        given = before.verbs and before.verbs[0].sense in ("give", "get", "promise", "offer", "with")
        if given or (before.word == "for" and before.kind == "prep"):
            unit.kind, unit.word = "adverb", "gift"
            if not given:
                del units[place - 1]
            return


def _votes(units: list[Unit]) -> None:
    """Takes away *by 180 votes to 120*."""
    for place in range(len(units) - 4):
        by, first, votes, to, second = units[place : place + 5]
        if by.word == "by" and votes.word == "votes" and to.word == "to" and first.kind == second.kind == "number":
            del units[place : place + 5]
            return


def _neither(units: Sequence[Unit]) -> None:
    """`neither X nor Z will sell`: the *nor* is an *and*, and the denial is of both."""
    begun = False
    for unit in units:
        if unit.kind == "not" and unit.word == "neither":
            begun, unit.kind = True, "det"
        elif begun and unit.kind == "not" and unit.word == "nor":
            unit.kind, unit.word = "conj", "and"


def would_be(units: list[Unit]) -> None:
    """`would be happy to sell`: what is wished, and not what is only supposed."""
    for place, unit in enumerate(units[:-2]):
        if unit.word != "would":
            continue
        second, third = units[place + 1], units[place + 2]
        if second.word == "be" and third.verbs and third.verbs[0].lemma in PREDICATES:
            second.word = "is"
            del units[place]
            return


def _predicates(units: Sequence[Unit], want: Sequence[Verb]) -> None:
    """`appears reluctant to sell`: what seems so is told of like what is; *would like to* is a wish."""
    for before, unit in pairwise(units):
        if before.word == "would" and unit.word in _LIKING and unit.kind != "mark":
            before.word, unit.kind, unit.verbs, unit.noun = "does", "verb", want, None
        if unit.verbs and unit.verbs[0].lemma in PREDICATES and before.verbs and before.verbs[0].lemma in _SEEMING:
            before.word = "was" if any(verb.form == "past" for verb in before.verbs) else "is"
            before.kind, before.verbs, before.noun = "auxiliary", (), None
