"""Between the first reading and the second: units that stand apart and belong together are joined.

Japan 's                  the possessor is marked, the apostrophe goes
German - made             an adjective of origin
F-16 Block 70, T-72 M 1   the mark of a version belongs to its system
F-35 parts                parts of a system are a thing
about 24, brand-new       what hedges a number belongs to it; two words with a hyphen are one
hand the tanks over       a verb and its particle are one verb
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from sekisho.read.chunks import is_year
from sekisho.read.idioms import recast
from sekisho.read.lexicon import Lexicon, Verb
from sekisho.read.sayings import say, would_be
from sekisho.read.tokens import singular
from sekisho.read.turns import turn
from sekisho.read.units import Unit
from sekisho.read.weighing import weigh
from sekisho.read.wordlists import word_list

_BUILT = word_list("built")
_ENGINES = frozenset({"engine", "engines"})
_VERSIONS = word_list("versions")
_PARTS = word_list("parts of things")
_HEDGES = word_list("hedges")
_MAKES = frozenset({"make", "origin", "construction", "build"})
"""What says whose work a thing is, behind *of* and a name."""
_VESSELS = frozenset({"ship", "ships", "freighter", "vessel", "plane", "cargo", "shipment"})
_ANYBODY = frozenset({"nobody", "everybody", "everyone", "somebody", "someone", "anybody", "anyone"})
_PARTS_OF_DAY = frozenset({"morning", "afternoon", "evening", "night"})
_INVERTED = frozenset({"had", "should", "were"})
"""Auxiliaries that open a condition where they open a sentence: *had Japan sold the jets, …*."""
_SPOKEN = frozenset({"talks", "negotiations", "discussions", "consultations", "conversations", "talk"})
_AHEAD = frozenset({"will", "would", "shall", "did", "does", "do"})
_VALUED = frozenset({"valued", "priced", "estimated"})
_OBJECTS = frozenset({"det", "number", "thing"})
_MARKS = frozenset({"mark", "possessive"})
_CONDITIONS = frozenset({"used", "new", "secondhand", "hand"})
_ABOUT_THINGS = frozenset({"shield", "shields", "umbrella", "dome", "wall", "attack", "attacks", "strike", "strikes", "threat",
                           "threats", "programme", "program", "programmes", "programs", "factory", "plant", "base", "bases",
                           "raid", "raids", "fire", "barrage", "crews", "pilots", "school", "test", "tests"})  # fmt: skip
_OWNERS = frozenset({"name", "thing", "word", "money"})
_LED = frozenset({"led", "backed", "brokered", "sponsored", "funded", "financed", "mediated", "imposed", "occupied", "held"})
_HYPHENS = frozenset("-–‐")
_QUOTES = frozenset('"“”')
_FARTHEST = 24
"""Units between a verb and its particle."""
_JOINTS = frozenset({"yet", "to", "once", "the", "one", "worth"}) | _VALUED
_JOINED = frozenset({"day", "name", "auxiliary"})
"""Words, and kinds of words, that may belong with the word behind them; verbs may, too."""
_ENDS_PHRASE = frozenset({"prep", "mark", "conj", "adverb", "auxiliary", "relative"})


def joined(units: list[Unit], lexicon: Lexicon) -> list[Unit]:
    """The units of a sentence with what belongs together joined; the list is changed in place."""
    marks = {unit.word for unit in units if unit.kind in _MARKS}
    say(units, lexicon)
    recast(units, lexicon)
    turn(units, lexicon)
    weigh(units, lexicon)
    words = {unit.word for unit in units}
    if "have" in words:
        _letting(units, lexicon)
        _having(units, lexicon)
    if "would" in words:
        would_be(units)
    if words & _HEDGES:
        _hedges(units)
    _small_joints(units, lexicon)
    if marks:
        _possessives(units)
    if marks & _HYPHENS:
        _hyphens(units)
    if words & _CONDITIONS:
        _behind(units)
    if marks & _QUOTES:
        _scare_quotes(units)
    if "(" in marks:
        _asides(units)
    if "thing" in [unit.kind for unit in units]:
        _arming(units, lexicon)
        _attributes(units)
        _versions(units)
        _parts(units, lexicon)
    _particles(units, lexicon)
    return units


def _possessives(units: list[Unit]) -> None:
    """Marks what an apostrophe makes a possessor, and takes the apostrophe away; an `'s` after a pronoun is its verb."""
    place = 1
    while place < len(units):
        unit, before = units[place], units[place - 1]
        plural = (
            unit.kind == "mark" and unit.word in "'’" and unit.glued and place + 1 < len(units) and not units[place + 1].glued
        )
        if unit.kind == "possessive" or (plural and before.word.endswith("s") and before.kind in _OWNERS):
            if before.kind == "pronoun" and before.word in _ANYBODY:
                before.kind, before.last = "det", unit.last
                del units[place]
                continue
            if before.kind == "pronoun":
                unit.kind, unit.word = "auxiliary", "is"
            else:
                before.possessive = before.kind != "money"  # *7 million dollars' worth of shells*
                before.last = unit.last
                del units[place]
                continue
        place += 1


def _asides(units: list[Unit]) -> None:
    """Takes away a name in brackets behind a name: *the United Arab Emirates (UAE) and Oman*."""
    place = 1
    while place < len(units) - 2:
        first, inner, last = units[place : place + 3]
        bracketed = first.kind == "mark" and first.word == "(" and last.kind == "mark" and last.word == ")"
        if (
            bracketed
            and inner.titled
            and inner.kind in ("name", "word", "thing")
            and units[place - 1].kind in ("name", "word", "thing")
        ):
            del units[place : place + 3]
        else:
            place += 1


def _scare_quotes(units: list[Unit]) -> None:
    """Takes away the quotation marks around a word or two: *France "loaned" Iraq five jets*."""
    place = 0
    while place < len(units):
        named = place and units[place - 1].kind == "verb"  # *dubbed "kamikaze" drones*
        if units[place].kind == "mark" and units[place].word in _QUOTES and not named:
            for length in (1, 2):
                end = place + length + 1
                if end < len(units) - 1 and units[end].word in _QUOTES and units[end].kind == "mark":
                    if all(unit.kind not in ("mark", "number") for unit in units[place + 1 : end]):
                        del units[end], units[place]
                    break
            else:
                length = 0
            place += length
        place += 1


def _hyphens(units: list[Unit]) -> None:
    """Drops hyphens within words; what is `German-made` is an adjective of origin."""
    place = 0
    while place < len(units):
        unit = units[place]
        inside = unit.kind == "mark" and unit.word in _HYPHENS and 0 < place < len(units) - 1
        if inside and unit.glued and units[place + 1].glued:
            before, after = units[place - 1], units[place + 1]
            chain = place + 2 < len(units) and units[place + 2].glued and units[place + 2].word in _HYPHENS
            if chain and before.kind not in ("thing", "name", "number"):
                before.kind, before.word, before.last, before.end = "word", after.word, after.last, after.end
                del units[place : place + 2]
                continue
            if (before.kind == "number" and after.kind in ("word", "verb", "noun") and before.number is not None) or (
                after.kind == "verb"
                and before.kind in ("word", "thing", "noun", "either", "adverb", "det")
                and after.first + 1 == after.last
            ):
                before.kind, before.word, before.last, before.end = "word", after.word, after.last, after.end
                del units[place : place + 2]
            elif before.kind == "word" and after.kind in ("det", "adverb"):
                before.last, before.end = after.last, after.end
                del units[place : place + 2]
            elif before.kind == "name" and after.word in _LED:
                before.kind, before.names, before.word, before.last, before.end = "word", (), after.word, after.last, after.end
                del units[place : place + 2]  # *the U.S.-led programme*
            elif before.kind == "name" and after.word in _BUILT:
                before.word, before.last, before.end = "made", after.last, after.end
                del units[place : place + 2]
            else:
                del units[place]
            continue
        place += 1


def _versions(units: list[Unit]) -> None:
    """Takes the mark of a version into the thing it follows: `Block 70`, `C/D`, `M1`, a single letter."""
    place = 0
    while place < len(units) - 1:
        if units[place].kind == "thing" and not units[place].possessive:
            after = _version_end(units, place + 1)
            if after > place + 1:
                units[place].last, units[place].end = units[after - 1].last, units[after - 1].end
                del units[place + 1 : after]
        place += 1


def _version_end(units: Sequence[Unit], place: int) -> int:
    """The place after the mark of a version that begins at a place; the place itself if none does."""
    count, here = len(units), place
    if (
        units[here].word in _VERSIONS
        and units[here].titled
        and here + 1 < count
        and (units[here + 1].kind == "number" or _is_letters(units[here + 1]))
    ):
        here += 2
    elif _is_letters(units[here]) and not units[here].glued and len(units[here].word) == 1 and units[here].titled:
        here += 1
    while here < count and units[here].glued and here - place < 5:
        slash = units[here].word == "/" and here + 1 < count and units[here + 1].glued and _is_mark_of_version(units[here + 1])
        if not (slash or _is_mark_of_version(units[here])):
            break
        here += 1 + slash
    return here


def _is_mark_of_version(unit: Unit) -> bool:
    return unit.glued and (unit.kind == "number" or unit.word.isdigit() or _is_letters(unit))


def _is_letters(unit: Unit) -> bool:
    return (
        (unit.kind == "word" or (unit.kind == "det" and unit.glued))
        and unit.word.isalpha()
        and len(unit.word) <= 3
        and (unit.titled or unit.glued)
    )


def _behind(units: Sequence[Unit]) -> None:
    """`bought 12 jets second-hand from Z`: what stands behind the thing and says how it is."""
    for before, unit, after in zip(units, units[1:], units[2:], strict=False):
        if (
            before.kind in ("thing", "verb")
            and unit.word in _CONDITIONS
            and unit.kind == "word"
            and after.kind in ("prep", "mark")
        ):
            unit.kind = "adverb"


def _small_joints(units: list[Unit], lexicon: Lexicon) -> None:
    """`the 3rd of May` is a day, *gets twelve jets* a purchase, *valued at 3 million* is *worth*."""
    if units and units[0].kind == "auxiliary" and units[0].word in _INVERTED:
        units[0].kind, units[0].word = "conj", "if"
    place = 0
    while place < len(units) - 1:
        unit, after = units[place], units[place + 1]
        if unit.word not in _JOINTS and unit.kind not in _JOINED and not unit.verbs:
            place += 1
            continue
        if unit.kind == "day" and after.word == "," and place + 2 < len(units) and units[place + 2].kind == "day":
            closed = place + 4 < len(units) and units[place + 3].word == "," and units[place + 4].kind == "verb"
            del units[place + 3 if closed else place : place + 4 if closed else place]
            del units[place : place + 2]
        elif unit.kind == "day" and after.kind == "word" and after.word in _PARTS_OF_DAY:
            unit.last, unit.end = after.last, after.end
            del units[place + 1]
        elif unit.word == "yet" and after.word == "to" and place and units[place - 1].kind == "auxiliary":
            unit.kind = "not"
            del units[place + 1]
            told = units[place + 1] if place + 1 < len(units) else unit
            if told.kind == "thing" and told.word in lexicon.verbs:
                told.kind, told.verbs, told.things = "verb", lexicon.verbs[told.word][:1], ()  # *has yet to arm*
        elif unit.word == "to" and place and units[place - 1].word == "had" and units[place - 1].kind == "auxiliary":
            _had_to(units, place, after, lexicon)
        elif unit.word == "once" and unit.kind == "conj" and after.kind == "verb" and place and units[place - 1].word == ",":
            unit.kind = "adverb"  # *jets, once flown by X's air force*
        elif unit.verbs and unit.verbs[0].lemma == "recall" and _VESSELS & {each.word for each in units[place + 1 : place + 4]}:
            forms = {each.form for each in unit.verbs}
            halting = [verb for word in ("halt", "halts", "halted", "halting") for verb in lexicon.verbs[word]]
            unit.verbs = tuple(verb for verb in halting if verb.form in forms)
            place += 1
        elif unit.kind == "name" and after.word in _MAKES and place and units[place - 1].word == "of":
            after.kind, after.noun, after.verbs = "noun", lexicon.nouns["manufacture"], ()  # *of American make*
        elif unit.kind == "det" and unit.word == "the" and after.kind == "day":
            del units[place]
        elif (unit.word, after.word) == ("one", "day") and place and units[place - 1].kind == "auxiliary":
            unit.kind, unit.number = "adverb", None
            del units[place + 1]
        elif unit.kind == "auxiliary" and _day_between(units, place):
            end = place + 3
            units[place:end] = [*units[place + 1 : end], unit]
            units[place].kind = "prep"
        elif unit.kind == "prep" and unit.word == "worth" and unit.last > unit.first + 1 and after.kind != "money":
            unit.word = "for"  # *asked for a total of 32 jets*
        elif unit.kind == "auxiliary" and unit.word == "gets" and after.kind in _OBJECTS:
            unit.kind, unit.verbs = "verb", [verb for verb in lexicon.verbs["gets"] if verb.form == "third"]
        elif unit.word in _VALUED and after.word == "at" and place and units[place - 1].kind != "auxiliary" and (
            place + 2 < len(units) and units[place + 2].kind in ("money", "number")
        ):  # fmt: skip
            unit.kind, unit.word, unit.verbs, unit.noun = "prep", "worth", (), None
            del units[place + 1]
        place += 1


def _day_between(units: Sequence[Unit], place: int) -> bool:
    """`has since 2019 been selling`: whether a day stands between an auxiliary and its verb."""
    if place + 3 >= len(units) or units[place + 1].kind not in ("prep", "conj") or units[place + 2].kind != "day":
        return False
    return units[place + 3].kind in ("verb", "auxiliary", "either")


def _had_to(units: list[Unit], place: int, after: Unit, lexicon: Lexicon) -> None:
    """`had to sell`: what somebody had to do has been done."""
    found = lexicon.verbs.get(after.word, ()) if after.kind == "thing" else after.verbs
    if any(verb.form == "base" for verb in found):
        after.kind, after.things = "verb", ()
        after.verbs = [Verb(verb.lemma, "past", verb.sense, verb.event, verb.terms) for verb in found if verb.form == "base"]
        del units[place - 1 : place + 1]


def _letting(units: Sequence[Unit], lexicon: Lexicon) -> None:
    """`let Z have jets`: who is let have a thing gets it."""
    for place, unit in enumerate(units):
        if unit.kind == "verb" and unit.verbs[0].lemma == "let":
            for here in range(place + 2, min(len(units) - 1, place + 6)):
                if units[here].word == "have" and units[here].kind == "auxiliary" and units[here + 1].kind != "verb":
                    units[here].kind = "verb"
                    units[here].verbs = [verb for verb in lexicon.verbs["get"] if verb.form == "base"]
                    return


def _arming(units: Sequence[Unit], lexicon: Lexicon) -> None:
    """`to arm Chile`: a word for a thing is a verb behind *to* or *will* and before a name."""
    for place, (before, unit, after) in enumerate(zip(units, units[1:], units[2:], strict=False)):
        if unit.kind != "thing":
            continue
        while before.kind in ("adverb", "not") and place:
            place, before = place - 1, units[place - 1]
        leads = (before.kind == "prep" and before.word == "to") or (before.kind == "auxiliary" and before.word in _AHEAD)
        known = lexicon.verbs.get(unit.word, ()) if leads else ()
        verbs = [verb for verb in known if verb.form == "base"]
        if verbs and (after.kind in ("name", "det", "pronoun") or after.word in ("nearby", "neighbouring")):
            unit.kind, unit.verbs, unit.things = "verb", verbs, ()


def _attributes(units: Sequence[Unit]) -> None:
    """`a missile and drone shield`: of two words for things before a third word neither is a thing that is given."""
    for first, joint, second, head in zip(units, units[1:], units[2:], units[3:], strict=False):
        both = first.kind == second.kind == "thing" and joint.word in ("and", "or") and joint.kind == "conj"
        single = both and not any(unit.titled or unit.possessive or unit.word.endswith("s") for unit in (first, second))
        if single and head.kind in ("word", "noun") and head.word in _ABOUT_THINGS:
            first.kind, first.things = "word", ()


def _hedges(units: Sequence[Unit]) -> None:
    """`about 24 tanks`: what hedges a number belongs to it and is no preposition or adverb of its own."""
    for place, unit in enumerate(units[:-1]):
        after = units[place + 1]
        if unit.word in _HEDGES and after.kind in ("number", "money") and unit.kind != "number":
            behind = units[place + 2] if place + 2 < len(units) else None
            spoken = unit.word in ("about", "around") and place and (
                units[place - 1].kind == "name" or units[place - 1].word in _SPOKEN) and any(
                each.word in _SPOKEN for each in units[max(0, place - 6) : place]
            )  # fmt: skip
            if spoken:
                unit.kind = "prep"  # *in talks with X about six jets*
            elif not is_year(after) or (behind is not None and behind.kind in ("word", "thing")):
                unit.kind, unit.verbs, unit.noun = "number", (), None


def _having(units: Sequence[Unit], lexicon: Lexicon) -> None:
    """`is to have ten jets from Z`: who will have a thing from somebody gets it."""
    for place in range(1, len(units) - 1):
        before, unit, after = units[place - 1 : place + 2]
        ahead = (before.kind == "prep" and before.word == "to") or before.word in ("cannot", "may", "can") or (
            before.kind == "auxiliary" and before.word in _AHEAD
        )  # fmt: skip
        if unit.kind == "auxiliary" and unit.word == "have" and ahead and after.kind in (*_OBJECTS, "name"):
            rest = units[place + 1 : place + _FARTHEST]
            end = next((here for here, each in enumerate(rest) if each.kind in ("mark", "verb")), len(rest))
            told = any(each.verbs and each.verbs[0].lemma in ("tell", "inform") for each in units[:place])
            made = after.kind in _OBJECTS and any(
                each.kind == "name" and each.names[0].form == "adjective" for each in rest[:3]
            )  # fmt: skip
            whose = after.kind in _OBJECTS and any(
                each.kind == "relative" and each.word in ("that", "which") and then.kind == "name"
                for each, then in pairwise(rest[: end + 1])
            )  # fmt: skip
            if told or made or whose or any(each.kind == "prep" and each.word == "from" for each in rest[:end]):
                unit.kind, unit.verbs = "verb", [verb for verb in lexicon.verbs["get"] if verb.form == "base"]


def _parts(units: Sequence[Unit], lexicon: Lexicon) -> None:
    """`F-35 parts`: a word for parts after a system, or a class that is no part itself, is a thing."""
    if lexicon.part is None:
        return
    for before, unit in pairwise(units):
        if before.kind != "thing" or unit.kind != "word" or before.possessive:
            continue
        if singular(unit.word) in _PARTS:
            unit.kind, unit.things = "thing", [lexicon.part]
        elif unit.word in _ENGINES:
            unit.kind, unit.things = "thing", [lexicon.engine] if lexicon.engine is not None else []  # *F-15 engines*
    for place, unit in enumerate(units[:-2]):
        if unit.kind != "word" or units[place + 1].word not in ("for", "of", "from"):
            continue
        led = units[place - 1].word in ("for", "of", "spare") if place else False
        within = unit.word in _ENGINES or unit.word == "components" or (unit.word == "parts" and led)
        if not (units[place + 1].word == "for" or within):
            continue
        served = units[place + 2 : place + 5]
        end = next((here for here, each in enumerate(served) if each.kind not in ("det", "number", "word", "name")), 0)
        if unit.word.endswith("s") and singular(unit.word) in _PARTS and served and served[end].kind == "thing":
            unit.kind, unit.things = "thing", [lexicon.part]  # *parts for its F-16s*
        elif unit.word in _ENGINES and lexicon.engine is not None and (
            served and served[end].kind == "thing"
        ):  # fmt: skip
            unit.kind, unit.things = "thing", [lexicon.engine]  # *engines for its MiGs*


def _particles(units: list[Unit], lexicon: Lexicon) -> None:
    """`hand the tanks over to Kyiv`, `put the sale on hold`: the particle joins its verb."""
    words = {unit.word for unit in units}
    for place, unit in enumerate(units):
        if unit.kind in ("verb", "either") and unit.word in lexicon.split:
            for particle, verbs in lexicon.split[unit.word]:
                found = _particle(units, place, particle) if particle[0] in words else 0
                if found:
                    unit.kind, unit.verbs = "verb", verbs
                    del units[found : found + len(particle)]
                    return


def _particle(units: Sequence[Unit], place: int, particle: Sequence[str]) -> int:
    """Where the particle of a verb stands: after its object, before what is no noun phrase; 0 where it does not."""
    for here in range(place + 1, min(len(units), place + _FARTHEST)):
        unit, after = units[here], here + len(particle)
        if (
            unit.word == particle[0]
            and here > place + 1
            and not (unit.kind in ("verb", "either") and unit.last > unit.first + 1)
            and [each.word for each in units[here:after]] == list(particle)
            and (
                after >= len(units)
                or units[after].kind in _ENDS_PHRASE
                or (units[after].kind == "day" and len(particle) > 1)
                or (particle[0] == "into" and units[after].kind == "verb")
            )
        ):
            return here
        clause = unit.kind == "verb" and units[here - 1].kind in ("prep", "pronoun", "conj", "name") and (
            any(verb.form != "past" for verb in unit.verbs)
        )  # fmt: skip
        if clause or unit.kind in ("auxiliary", "relative") or (unit.kind == "mark" and unit.word in ";:—"):
            return 0
    return 0
