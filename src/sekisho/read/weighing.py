"""Turns of phrase about what is weighed, offered and got: *is still weeks off*, *met with a firm no*, *put forward for*."""

from __future__ import annotations

from copy import copy

from sekisho.read.lexicon import Lexicon
from sekisho.read.units import Unit

_ANSWERS = frozenset({"decision", "decisions", "answer", "reply", "verdict", "ruling", "response", "choice"})
_SPANS = frozenset({"days", "weeks", "months", "years", "week", "month", "year"})
_AHEAD = frozenset({"off", "away", "ahead", "distant"})
_STANDING = frozenset({"is", "are", "was", "were", "remains", "remain", "remained", "lies", "seems", "appears", "be"})
_OPEN = frozenset({"pending", "outstanding", "imminent", "awaited", "near"})
_NOES = frozenset({"no", "nyet", "non", "refusal", "rebuff", "rejection"})
_MEETING = frozenset({"met", "meets", "ran", "run", "drew", "drawn", "got", "received", "earned", "brought",
                      "elicited", "hit"})  # fmt: skip
_COOL = frozenset({"shrug", "silence", "scepticism", "skepticism", "caution", "reserve", "derision", "dismay",
                   "surprise", "doubt", "criticism", "protests", "opposition", "resistance", "anger", "alarm",
                   "coolness", "laughter"})  # fmt: skip
_PLEAS = frozenset({"wish", "hope", "hopes", "request", "requests", "bid", "plan", "plans", "proposal",
                    "appeal", "plea", "desire", "offer", "application", "idea", "approach", "enquiry",
                    "inquiry", "suggestion", "wishes"})  # fmt: skip
_HAVING = frozenset({"has", "have", "had"})
_LATELY = frozenset({"already", "so", "far", "previously", "earlier", "recently", "also", "now", "since", "just", "only"})
_FORWARD = frozenset({"put forward", "put up", "propose", "tout", "enter", "field", "submit", "pitch", "present", "market",
                      "promote"})  # fmt: skip
_FORCES = frozenset({"army", "navy", "force", "forces", "marines", "military", "police", "guard", "coastguard", "corps"})
_CLAIMS = frozenset({"suggestion", "suggestions", "allegation", "allegations", "claim", "claims", "charge",
                     "charges", "report", "reports", "accusation", "accusations", "assertion", "assertions",
                     "hints", "rumours", "rumors", "speculation", "talk", "insinuations", "complaints",
                     "warnings"})  # fmt: skip
_TELLING = frozenset({"says", "said", "say", "reports", "reported", "insists", "insisted", "believes",
                      "maintains", "maintained", "understands", "complains", "complained"})  # fmt: skip
_PACTS = frozenset({"contract", "agreement", "accord", "deal", "pact", "treaty", "protocol", "memorandum"})
_SIGNED = frozenset({"signed", "concluded", "sealed", "initialled", "initialed", "reached", "struck", "inked", "agreed"})
_AS_FAR = 14
_SHORT = 6


def weigh(units: list[Unit], lexicon: Lexicon) -> None:
    """Reads these turns of phrase, each only where one of its words stands; the list is changed in place."""
    words = {unit.word for unit in units}
    if words & _ANSWERS and words & (_AHEAD | _OPEN):
        _weeks_off(units, lexicon)
    elif words & _ANSWERS and words & {"taken", "made", "due", "reached"}:
        _will_be_taken(units, lexicon)
    if words & _NOES and words & _ANSWERS:
        _answer_was_no(units, lexicon)
    if words & _NOES and "but" in words:
        _but_got_a_no(units, lexicon)
    if words & _MEETING and words & _NOES:
        _met_with_a_no(units, lexicon)
    if "met" in words and words & _COOL:
        _met_with_a_shrug(units, lexicon)
    if words & _NOES and "to" in words:
        _gave_a_no(units, lexicon)
    if "from" in words and words & _HAVING:
        _has_had(units, lexicon)
    if words & _FORCES and "for" in words:
        _put_forward(units, lexicon)
    if "according" in words and words & _PACTS:
        _by_a_contract(units)
    if "which" in words and "paid" in words:
        _for_which_paid(units)
    if words & {"which", "who"} and words & _TELLING:
        _which_one_says(units)
    if words & _CLAIMS and "that" in words:
        _claimed_by(units)


def _weeks_off(units: list[Unit], lexicon: Lexicon) -> None:
    """`A decision on Z's request is still some weeks off`, `is pending`: it is expected."""
    begin = next((place for place, unit in enumerate(units) if unit.word in _ANSWERS and unit.noun is not None), len(units))
    for place in range(begin + 1, len(units) - 1):
        standing = units[place]
        if standing.word not in _STANDING:
            continue
        here = place + 1
        while here < len(units) - 1 and here < place + _SHORT and units[here].kind in ("adverb", "not", "det", "number") and (
            units[here].word not in _OPEN
        ):  # fmt: skip
            here += 1
        span = units[here].word in _SPANS and here + 1 < len(units) and units[here + 1].word in _AHEAD
        if not span and units[here].word not in _OPEN:
            continue
        standing.kind, standing.word, standing.verbs = "auxiliary", "is", ()
        expected = copy(units[here])
        expected.kind, expected.word, expected.noun = "verb", "expected", None
        expected.verbs = [verb for verb in lexicon.verbs["expected"] if verb.form == "past"]
        units[place + 1 : here + 1 + span] = [expected]
        return


def _will_be_taken(units: list[Unit], lexicon: Lexicon) -> None:
    """`A decision on Z's request will be taken next month`, `is not due until spring`: it is expected."""
    begin = next((place for place, unit in enumerate(units) if unit.word in _ANSWERS and unit.noun is not None), len(units))
    if begin + 1 < len(units) and units[begin + 1].word not in ("on", "to", "about"):
        return
    for place in range(begin + 2, len(units) - 2):
        first, second, third = units[place : place + 3]
        taken = first.word in ("will", "would") and second.word == "be" and third.word in ("taken", "made", "reached", "given")
        due = first.word in ("is", "was") and "due" in (second.word, third.word) and second.word in ("not", "due")
        if taken or due:
            end = place + 2 + (third.word == "due" or taken)
            first.kind, first.word, first.verbs = "auxiliary", "is", ()
            expected = copy(third)
            expected.kind, expected.word, expected.noun = "verb", "expected", None
            expected.verbs = [verb for verb in lexicon.verbs["expected"] if verb.form == "past"]
            units[place + 1 : end] = [expected]
            return


def _met_with_a_no(units: list[Unit], lexicon: Lexicon) -> None:
    """`Z's wish met with a firm no from X`, `drew a polite refusal`, `ran into a no in Rome`: it was rejected."""
    for place in range(2, len(units) - 2):
        met, here = units[place], place + 1
        if met.word not in _MEETING or not met.verbs:
            continue
        here += units[here].kind == "prep" and units[here].word in ("with", "into", "by")
        led = here > place + 1
        end = next((step for step in range(here, min(len(units), here + 4)) if units[step].word in _NOES), 0)
        if not end or any(unit.kind not in ("det", "word", "adverb") for unit in units[here:end]):
            continue
        if not (led or any(unit.word in _PLEAS for unit in units[:place])):
            continue  # *Z got a refusal*
        if end + 1 < len(units) and units[end + 1].kind not in ("prep", "mark", "conj", "day"):
            continue  # *met with no success*
        passive = units[place - 1].kind == "auxiliary" and units[place - 1].word in ("was", "were", "been", "being", "is")
        perfect = units[place - 1].word in _HAVING
        met.kind, met.word = "verb", "rejected"
        met.verbs = [verb for verb in lexicon.verbs["rejected"] if verb.form == "past"]
        if end + 1 < len(units) and units[end + 1].word in ("from", "in", "at"):
            units[end + 1].word = "by"
        del units[place + 1 : end + 1]
        if not passive:
            were = copy(met)
            were.kind, were.word, were.verbs = "auxiliary", "been" if perfect else "was", ()
            units.insert(place, were)
        return


def _met_with_a_shrug(units: list[Unit], lexicon: Lexicon) -> None:
    """`The request was met with a shrug`, `met with silence`: it was heard, and neither granted nor refused."""
    for place in range(2, len(units) - 2):
        met, with_ = units[place : place + 2]
        heard = met.word == "met" and with_.word in ("with", "by") and units[place - 1].word in ("was", "were", "been")
        if heard and any(unit.word in _COOL for unit in units[place + 2 : place + 6]):
            met.kind, met.verbs = "verb", [verb for verb in lexicon.verbs["greeted"] if verb.form == "past"]
            return


def _answer_was_no(units: list[Unit], lexicon: Lexicon) -> None:
    """`The answer from X was no`, `and the answer was a flat no`: the request was rejected."""
    for place in range(1, len(units) - 2):
        answer = units[place]
        if answer.word not in ("answer", "reply", "response") or units[place - 1].word != "the":
            continue
        was = next((step for step in range(place + 1, min(len(units) - 1, place + 5)) if units[step].word in ("was", "is")), 0)
        end = next((step for step in range(was + 1, min(len(units), was + 5)) if units[step].word in _NOES), 0) if was else 0
        named = units[place + 1 : was]
        if not end or any(unit.kind not in ("det", "word", "adverb") for unit in units[was + 1 : end]) or any(
            unit.kind not in ("prep", "name", "det", "word") for unit in named
        ):  # fmt: skip
            continue
        if end + 1 < len(units) and units[end + 1].kind not in ("mark", "conj"):
            continue
        answer.kind, answer.word, answer.noun, answer.verbs = "noun", "request", lexicon.nouns["request"], ()
        rejected = units[end]
        rejected.kind, rejected.word, rejected.noun = "verb", "rejected", None
        rejected.verbs = [verb for verb in lexicon.verbs["rejected"] if verb.form == "past"]
        units[was].kind = "auxiliary"
        for unit in named[:1]:
            unit.word = "by"
        units[place + 1 : end + 1] = [units[was], rejected, *named]
        return


def _but_got_a_no(units: list[Unit], lexicon: Lexicon) -> None:
    """`asked X for jets but got a flat refusal`, `but received a firm no`: but was rejected."""
    for place in range(4, len(units) - 2):
        but, got = units[place : place + 2]
        if but.word not in ("but", "only", "and") or got.word not in ("got", "received", "met", "drew", "heard"):
            continue
        here = place + 2 + (units[place + 2].word == "with")
        end = next((step for step in range(here, min(len(units), here + 4)) if units[step].word in _NOES), 0)
        if not end or any(unit.kind not in ("det", "word", "adverb") for unit in units[here:end]):
            continue
        if end + 1 < len(units) and units[end + 1].kind not in ("mark", "conj"):
            continue
        were = copy(got)
        were.kind, were.word, were.verbs = "auxiliary", "was", ()
        got.kind, got.word = "verb", "rejected"
        got.verbs = [verb for verb in lexicon.verbs["rejected"] if verb.form == "past"]
        units[place + 1 : end + 1] = [were, got]
        return


def _gave_a_no(units: list[Unit], lexicon: Lexicon) -> None:
    """`X gave a firm no to Z's wish`: it rejected it."""
    for place in range(1, len(units) - 4):
        gave = units[place]
        if gave.word not in ("gave", "given", "gives", "give", "giving") or not gave.verbs:
            continue
        end = next((step for step in range(place + 2, min(len(units) - 2, place + 5)) if units[step].word in _NOES), 0)
        if end and units[end + 1].word == "to" and all(unit.kind in ("det", "word") for unit in units[place + 1 : end]):
            forms = {verb.form for verb in gave.verbs}
            gave.kind = "verb"
            gave.verbs = [verb for word in ("reject", "rejected", "rejects", "rejecting") for verb in lexicon.verbs[word]
                          if verb.form in forms]  # fmt: skip
            del units[place + 1 : end + 2]
            return


def _has_had(units: list[Unit], lexicon: Lexicon) -> None:
    """`From X the country has already had three boats`, `has had 10 guns from X`: it has received them."""
    for place in range(1, len(units) - 3):
        has, here = units[place], place + 1
        while here < len(units) - 2 and units[here].kind == "adverb" and units[here].word in _LATELY:
            here += 1
        had, then = units[here : here + 2]
        if has.word not in _HAVING or has.kind != "auxiliary" or had.word != "had" or then.kind not in ("number", "thing"):
            continue
        behind = next((step for step in range(here + 2, min(len(units) - 1, here + _SHORT)) if units[step].word == "from"), 0)
        whence = units[1:4] if units[0].word == "from" else units[behind + 1 : behind + 3] if behind else []
        if any(unit.kind == "name" for unit in whence):
            had.kind, had.word = "verb", "received"
            had.verbs = [verb for verb in lexicon.verbs["received"] if verb.form == "past"]
            return


def _put_forward(units: list[Unit], lexicon: Lexicon) -> None:
    """`has put forward its helicopter for the Z army`, `put its jet forward for Z's air force`: it offers it to it."""
    for place, unit in enumerate(units):
        lemma = unit.verbs[0].lemma if unit.verbs else ""
        apart = lemma == "put"
        if lemma not in _FORWARD and not apart:
            continue
        ahead = units[place + 1 : place + _AS_FAR]
        for here, for_ in enumerate(ahead, place + 1):
            if for_.kind in ("mark", "relative", "auxiliary"):
                break
            if for_.word != "for" or not any(each.kind == "thing" for each in units[place:here]):
                continue
            split = units[here - 1].word in ("forward", "up")
            behind = units[here + 1 : here + 6]
            if (apart and not split) or not any(each.kind == "name" for each in behind[:3]) or (
                not any(each.word in _FORCES for each in behind)
            ):  # fmt: skip
                break
            forms = {verb.form for verb in unit.verbs}
            unit.kind, unit.noun = "verb", None
            unit.verbs = [verb for word in ("offer", "offered", "offers", "offering") for verb in lexicon.verbs[word]
                          if verb.form in forms]  # fmt: skip
            unit.word = unit.verbs[0].lemma if unit.verbs else unit.word
            for_.word = "to"
            if apart:
                del units[here - 1]
            return


def _claimed_by(units: list[Unit]) -> None:
    """`scoffed at suggestions from Delhi that the weapon had come from abroad`: whose they are says nothing of the weapon."""
    for place in range(1, len(units) - 3):
        claims, from_ = units[place : place + 2]
        if claims.word not in _CLAIMS or from_.word not in ("from", "in", "by") or units[place - 1].kind == "mark":
            continue
        end = next((step for step in range(place + 2, min(len(units), place + _SHORT)) if units[step].word == "that"), 0)
        if end and all(unit.kind in ("det", "name", "word", "possessive", "thing") for unit in units[place + 2 : end]):
            del units[place + 1 : end]
            return


def _for_which_paid(units: list[Unit]) -> None:
    """`jets for which Z has already paid`: that Z has already paid for."""
    for place in range(1, len(units) - 4):
        for_, which = units[place : place + 2]
        if for_.word != "for" or which.word != "which" or which.kind != "relative":
            continue
        paid = next((step for step in range(place + 2, min(len(units), place + 3 + _SHORT)) if units[step].word == "paid"), 0)
        between = units[place + 2 : paid]
        if paid and any(unit.kind in ("name", "pronoun", "word") for unit in between) and all(
            unit.kind in ("det", "name", "word", "pronoun", "auxiliary", "adverb", "possessive") for unit in between
        ):  # fmt: skip
            behind = copy(for_)
            behind.kind = "prep"
            units.insert(paid + 1, behind)
            del units[place]
            return


def _which_one_says(units: list[Unit]) -> None:
    """`tanks, which X says were sold to Z`, `which it says W sold`: what is told of them, whoever says so."""
    for place in range(1, len(units) - 4):
        if units[place].kind != "relative" or units[place].word not in ("which", "who"):
            continue
        here = next((step for step in range(place + 2, min(len(units) - 2, place + 2 + _SHORT)) if units[step].verbs), 0)
        if not here or units[here].word not in _TELLING or units[here].kind not in ("verb", "either"):
            continue
        teller, then = units[place + 1 : here], units[here + 1]
        plain = all(unit.kind in ("det", "name", "word", "pronoun") for unit in teller)
        if plain and not teller[0].possessive and then.kind in ("auxiliary", "name") and teller[0].kind != "relative":
            del units[place + 1 : here + 1]
            return


def _by_a_contract(units: list[Unit]) -> None:
    """`will build tanks, according to a contract concluded on Tuesday`: under a contract."""
    for place in range(2, len(units) - 3):
        unit, det, *rest = units[place : place + 5]
        pact = next((each for each in rest if each.word in _PACTS), None)
        signed = any(each.word in _SIGNED for each in units[place + 2 : place + 6])
        if unit.word != "according" or det.word not in ("a", "an") or pact is None or not signed:
            continue
        unit.kind, unit.word = "prep", "under"
        if units[place - 1].word == ",":
            del units[place - 1]
        return
