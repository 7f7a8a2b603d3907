"""The second reading: units joined into phrases. A phrase is a party, an item, an event noun, a verb group, or a small word."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

from sekisho.read.deciding import PREDICATES, decide_words
from sekisho.read.lexicon import Thing, Verb
from sekisho.read.tokens import singular
from sekisho.read.units import AUXILIARIES, Unit
from sekisho.read.wordlists import table, word_list

Span: TypeAlias = tuple[int, int]
"""A place in the source: from its first character up to but not including its end."""


@dataclass(slots=True)
class Party:
    """A party as the text names it: the code of its state (None: not known, `none`: it has none) and its kind."""

    state: str | None
    kind: str
    form: str
    title: str
    span: Span
    words: Span


@dataclass(slots=True)
class Item:
    """Equipment as the text names it. `pointing`: named before; `counted`: by a bare number, *another ten*.

    `source`: from whom this thing of several comes; `goal`: to whom it goes;
    `owner`: whose it is that another made; `owned`: *its jets*;
    `was`: what the words alone say that point back; `ordinal`: *a second* submarine; `replaced`: what something else
    replaces;
    `made`: the maker is said to have made it, *U.S.-made*; `served`: whose system a part is for.
    """

    thing: Thing
    span: Span
    quantity: float | None = None
    quantity_span: Span | None = None
    maker: Party | None = None
    of: Thing | None = None
    definite: bool = False
    plural: bool = False
    pointing: bool = False
    counted: bool = False
    source: Party | None = None
    owner: Party | None = None
    owned: bool = False
    was: Thing | None = None
    ordinal: str = ""
    replaced: bool = False
    made: bool = False
    goal: Party | None = None
    served: Party | None = None


@dataclass(slots=True)
class Chunk:
    """A phrase. `kind`: party, item, event, verb, pronoun, other, day, money, prep, conj, relative, mark, adverb, not."""

    kind: str
    start: int
    end: int
    word: str
    parties: Sequence[Party] = ()
    items: Sequence[Item] = ()
    verb: Verb | None = None
    verbs: Sequence[Verb] = ()
    noun: Verb | None = None
    possessor: Sequence[Party] = ()
    possessive_word: str = ""
    words: frozenset[str] = frozenset()
    definite: bool = False
    indefinite: bool = False
    negative: bool = False
    quantity: float | None = None
    auxiliaries: tuple[str, ...] = ()
    form: str = ""
    unit: Unit | None = None
    price: Unit | None = None
    several: Sequence[Chunk] = ()

    @property
    def nominal(self) -> bool:
        """Whether it can be the subject or object of a verb."""
        return self.kind in ("party", "item", "event", "pronoun", "other")

    def sense_is(self, *senses: str) -> bool:
        """Whether its verb has one of some senses."""
        return self.verb is not None and self.verb.sense in senses


_ORGANS: Mapping[str, str] = {
    word: kind
    for kind in ("", "armed_forces", "coast_guard", "police", "company")
    for word in word_list(f"organs {kind}".strip())
}
"""Words that make a name the name of an organ: the kind of party where the word tells one."""
_NEIGHBOURS = frozenset(
    {"neighbour", "neighbor", "ally", "partner", "rival", "friend", "counterpart", "counterparts", "guest", "host", "colleague",
     "visitor", "guests", "hosts", "colleagues"}
)  # fmt: skip
"""Words that stand for the state named before them if they are somebody's: *its Iraqi neighbour*."""
_NO_TITLES = word_list("no titles")
"""Words behind which a name is another phrase: *under an aid programme Canberra will send*."""
_TRANSPARENT = word_list("sorts of thing")
_CITIZENS = word_list("official")
_PERSONS = word_list("persons")
_GIVING = frozenset({"give", "offer", "promise"})
_VESSELS = frozenset({"boat", "vessel", "ship", "cutter", "craft", "launch", "carrier", "submarine"})
_PLATFORMS = frozenset({"ML6", "ML9", "ML10"})
"""Lists of what is driven, sails or flies."""
_RANKS = frozenset({"admiral", "marshal", "general", "president", "king", "prince", "queen", "chief", "captain"})
"""Words of offices that a ship may be named after: *the carrier Admiral Gorshkov*."""
_REALMS = frozenset({"kingdom", "emirate", "sultanate", "sheikhdom"})
_REGIONAL = frozenset(word for row in table("regions.csv") for word in row["words"].split())
_COMMON = _CITIZENS | _PERSONS | frozenset(_ORGANS) | word_list("common") | _REGIONAL
"""Words of offices, which are no names though they have capitals."""
_MEMBERS = frozenset(
    {"country", "member", "ally", "nation", "state", "partner", "countries", "members", "allies", "nations", "states"}
)
"""Words behind the name of an organisation for one of its states: *a NATO member*."""
_TIMES_AND_KINDS = frozenset({"era", "style", "standard", "type"})
"""Words behind an adjective that do not say who made a thing: *Soviet-era tanks*."""
_RELATIONS = word_list("relations")
_RETIRED = frozenset({"former", "used", "retired", "surplus", "secondhand", "decommissioned", "mothballed", "old"})
_ORDINALS = frozenset({"first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth"})
_POSSESSIVE = frozenset({"its", "their", "his", "her", "our", "my", "your"})
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "such", *_POSSESSIVE})


_NOMINAL = frozenset({"det", "number", "word", "name", "thing", "noun", "money"})
"""What stands in a noun phrase."""


def chunks(units: list[Unit]) -> list[Chunk]:
    """The phrases of a sentence, in order; lists are not joined yet."""
    decide_words(units)
    return _verb_groups(units)


def _verb_groups(units: Sequence[Unit]) -> list[Chunk]:
    """The phrases: verb groups, noun phrases, and the small words between."""
    found: list[Chunk] = []
    place = 0
    while place < len(units):
        unit = units[place]
        if unit.kind in ("auxiliary", "verb") or (unit.kind == "not" and _starts_verb(units, place)):
            chunk, place = _verb_group(units, place)
        elif unit.kind in _NOMINAL:
            chunk, place = _noun_phrase(units, place)
        elif unit.kind == "pronoun":
            chunk, place = Chunk("pronoun", unit.start, unit.end, unit.word, unit=unit), place + 1
        else:
            chunk, place = Chunk(unit.kind, unit.start, unit.end, unit.word, unit=unit), place + 1
        found.append(chunk)
    return found


def _starts_verb(units: Sequence[Unit], place: int) -> bool:
    after = units[place + 1] if place + 1 < len(units) else None
    return after is not None and (after.kind in ("auxiliary", "verb") or (after.kind == "prep" and after.word == "to"))


def _verb_group(units: Sequence[Unit], place: int) -> tuple[Chunk, int]:
    """Auxiliaries, adverbs and the verb they belong to; a bare form of *be* or *have* is a verb of its own."""
    begin, negative, auxiliaries = place, False, []
    words: set[str] = set()
    verbs: Sequence[Verb] = ()
    last = place
    while place < len(units):
        unit = units[place]
        if unit.kind == "auxiliary":
            auxiliaries.append(AUXILIARIES[unit.word] if unit.word != "being" else "being")
            words.add(unit.word)
        elif unit.kind == "not":
            negative = True
            words.add(unit.word)
            words.add(unit.word)
            if unit.word == "cannot":
                auxiliaries.append("modal")
        elif unit.kind in ("adverb", "day") and auxiliaries:
            words.add(unit.word)
            if unit.kind == "day" and not _verb_follows(units, place):
                break
        elif unit.kind == "prep" and unit.word == "to" and (auxiliaries[-1:] == ["be"] or (negative and not auxiliaries)):
            done = place + 1 < len(units) and units[place + 1].word == "have" and units[place + 1].kind == "auxiliary"
            if _neighbour_kind(units, place) != "verb" and not done:
                break
            auxiliaries.append("to")
        elif unit.kind == "verb" and _stays(units, place):
            auxiliaries.append("be")
            words.add("is")
        elif unit.kind == "verb":
            verbs, last, place = unit.verbs, place + 1, place + 1
            break
        elif auxiliaries and (after := _past_insertion(units, place)):
            place = after
            continue
        else:
            break
        place += 1
        if unit.kind in ("auxiliary", "not"):
            last = place
    chunk = Chunk("verb", units[begin].start, units[last - 1].end, units[last - 1].word, negative=negative)
    chunk.auxiliaries, chunk.verbs, chunk.words, chunk.unit = tuple(auxiliaries), verbs, frozenset(words), units[last - 1]
    if verbs:
        after_to = begin > 0 and units[begin - 1].kind == "prep" and units[begin - 1].word == "to"
        plain = after_to and not auxiliaries and any(verb.form == "base" for verb in verbs)
        chunk.verb, chunk.form = verbs[0], "base" if plain else _form(verbs, auxiliaries)
        led = units[begin - 1].kind if begin else ""
        if auxiliaries == ["being"] and chunk.form == "passive" and led in ("thing", "word", "noun"):
            chunk.form = "past"  # *two ships being completed for Z*
        if chunk.form == "base" and auxiliaries == ["do"] and not negative:
            chunk.form = "past" if "did" in words else "third"  # *Cairo did receive*
    else:
        chunk.form = "ger" if auxiliaries == ["being"] and begin > 0 and units[begin - 1].kind == "prep" else "finite"
    return chunk, last


def _stays(units: Sequence[Unit], place: int) -> bool:
    """`remains blocked`: whether a verb only says that something still is so."""
    after = units[place + 1] if place + 1 < len(units) else None
    staying = units[place].verbs[0].lemma in ("remain", "stay", "stand")
    return staying and after is not None and after.kind == "verb" and any(verb.form == "past" for verb in after.verbs)


_CLOSING: Mapping[str, str] = {",": ",", "(": ")", "–": "–", "—": "—"}


def _past_insertion(units: Sequence[Unit], place: int) -> int:
    """The place of the verb behind words between commas: *will not, after all, send*; 0 if there are none such."""
    closing = _CLOSING.get(units[place].word, "")
    if not closing or units[place].kind != "mark":
        return 0
    for here in range(place + 1, min(len(units) - 1, place + 7)):
        said = units[here].kind == "verb" and units[here].verbs[0].sense in ("say", "plan")
        if units[here].kind in ("verb", "auxiliary", "relative") and not said:
            return 0
        if units[here].kind == "mark":
            return here + 1 if units[here].word == closing and units[here + 1].kind in ("verb", "auxiliary") else 0
    return 0


def _neighbour_kind(units: Sequence[Unit], place: int) -> str:
    after = units[place + 1] if place + 1 < len(units) else None
    return after.kind if after is not None else ""


def _verb_follows(units: Sequence[Unit], place: int) -> bool:
    return place + 1 < len(units) and units[place + 1].kind in ("verb", "auxiliary", "adverb", "not")


def _form(verbs: Sequence[Verb], auxiliaries: Sequence[str]) -> str:
    """How the verb stands: frustrated (*was to have sold*), active, passive, future, modal, perfect, past, base and so on."""
    forms = {verb.form for verb in verbs}
    if "to" in auxiliaries and "have" in auxiliaries:
        return "passive" if auxiliaries[-1] == "be" and "past" in forms else "frustrated"
    if "be" in auxiliaries and verbs[0].lemma in PREDICATES and "future" not in auxiliaries and "modal" not in auxiliaries:
        return "predicate"
    if ("be" in auxiliaries or "being" in auxiliaries) and "past" in forms and not {"to", "future"} & set(auxiliaries[-1:]):
        return "passive"
    if "to" in auxiliaries:
        return "arranged"
    for kind in ("modal", "future"):
        if kind in auxiliaries:
            return kind
    if "have" in auxiliaries:
        return "perfect"
    if "be" in auxiliaries:
        return "ongoing" if "ger" in forms else "predicate"
    for form in ("past", "third", "ger"):
        if form in forms:
            return form
    return "base"


# ---- noun phrases --------------------------------------------------------------------------------------------------


def _phrase_end(units: Sequence[Unit], place: int) -> int:
    """Where a noun phrase ends."""
    if place + 1 == len(units) or units[place + 1].kind not in _NOMINAL:
        return place + 1
    headed = False
    begin = place
    while place < len(units):
        unit = units[place]
        before = units[place - 1] if place > begin else None
        if unit.kind == "money" and headed and not (before is not None and before.possessive):
            break
        if unit.kind not in _NOMINAL:
            break
        counting = (
            before is not None and unit.kind == "number" and (before.kind == "det" or before.word == "same")
        )  # *the same two*
        if before is not None and before.word in _REALMS and before.kind == "word" and unit.kind == "thing":
            break  # *offered the kingdom Gepard tanks*
        if before is not None and _given_organ(units, begin, place):
            break  # *offered Sudan's army combat drones*
        if unit.kind in ("det", "number", "money") and headed and not (counting or (before is not None and before.possessive)):
            break
        if before is not None and unit.kind == "name" and before.kind == "word" and before.word in _NO_TITLES:
            break
        if before is not None and begin and units[begin - 1].kind == "prep" and _begins_clause(units, before, place):
            break
        if before is not None and before.kind == "money" and unit.kind == "name" and unit.names[0].form != "adjective":
            break
        if before is not None and headed and not before.possessive:
            twice = before.kind == unit.kind == "name" and before.names[0].form == "name" and unit.names[0].form == "adjective"
            counted = before.kind == "number" and unit.names[0].form == "adjective" if unit.kind == "name" else False
            if unit.kind == "name" and (twice or not (before.kind == "word" or counted or _same_state(before, unit))):
                break
            if before.kind == "name" and unit.kind in ("thing", "word"):
                retired = any(each.word in _RETIRED for each in units[begin:place])
                makes = before.names[0].kind == "company" or retired
                if makes and (unit.kind == "thing" or (retired and _thing_ahead(units, place))):
                    place += 1
                    continue
            member = unit.word in _MEMBERS and before.kind == "name" and before.names[0].form in ("organisation", "body")
            if before.kind == "name" and before.names[0].form not in ("adjective",) and before.word != "made" and not member:
                short = before.names[0].form == "name" and (len(before.word) <= 3 or units[begin].word in ("a", "an"))
                if not (_organ(unit) or _same_state(before, unit) or (short and unit.kind in ("thing", "noun", "word"))):
                    break
            if before.kind == "noun" and unit.kind not in ("word", "noun"):
                break
        headed = headed or unit.kind in ("name", "thing", "noun", "word")
        place += 1
    return max(place, begin + 1)


def _begins_clause(units: Sequence[Unit], before: Unit, place: int) -> bool:
    """`In a goodwill gesture India gave`: whether a name behind a plain word is the subject of what follows."""
    unit, after = units[place], units[place + 1] if place + 1 < len(units) else None
    plain = before.kind == "word" and not (before.titled or before.possessive) and before.word not in _RELATIONS
    if unit.kind != "name" or not plain or unit.names[0].form not in ("name", "capital") or after is None:
        return False
    return after.kind in ("verb", "auxiliary") and not unit.possessive


def _given_organ(units: Sequence[Unit], begin: int, place: int) -> bool:
    """Whether what stands behind the forces of a state is what they are given: *offered Sudan's army combat drones*."""
    before, giving = units[place - 1], units[begin - 1] if begin else None
    if place - begin < 2 or before.kind != "word" or before.word not in _ORGANS or units[begin].kind != "name":
        return False
    if giving is None or giving.kind != "verb" or giving.verbs[0].sense not in _GIVING or not units[begin].possessive:
        return False
    return _thing_ahead(units, place) or (units[place].kind == "name" and _thing_ahead(units, place + 1))


def _thing_ahead(units: Sequence[Unit], place: int) -> bool:
    """Whether only words lead up to a thing: *former U.S. Navy Cyclone-class patrol ships*."""
    for unit in units[place : place + 4]:
        if unit.kind == "thing":
            return True
        if unit.kind != "word":
            return False
    return False


def _organ(unit: Unit) -> bool:
    return unit.kind == "word" and (
        unit.word in _ORGANS or unit.word in _CITIZENS or (unit.titled and unit.word in ("air", "coast"))
    )


def _is_firm(unit: Unit) -> bool:
    """Whether a word says that a name is a firm's: *the Canadian maker Acme*."""
    return unit.kind == "word" and not unit.titled and _ORGANS.get(unit.word) == "company"


def _same_state(before: Unit, unit: Unit) -> bool:
    return before.kind == unit.kind == "name" and before.names[0].state == unit.names[0].state


def _noun_phrase(units: Sequence[Unit], place: int) -> tuple[Chunk, int]:
    after = _phrase_end(units, place)
    own = units[place:after]
    head = own[-1]
    chunk = Chunk("other", own[0].start, head.end, head.word, unit=head)
    chunk.negative = own[0].word in ("no", "neither", "none")
    names, things = [], []
    for unit in own:
        kind = unit.kind
        if kind == "det":
            chunk.definite = chunk.definite or unit.word in _DEFINITE
            chunk.indefinite = chunk.indefinite or unit.word in ("a", "an")
            if unit.word in _POSSESSIVE:
                chunk.possessive_word = chunk.possessive_word or unit.word
        elif kind == "name":
            names.append(unit)
        elif kind == "thing":
            things.append(unit)
        elif kind == "number" and unit.number is not None:
            chunk.quantity = unit.number
        elif kind == "money":
            chunk.price = chunk.price or unit
    told = [unit.word for unit in own]
    chunk.words = words = frozenset(told + [part for word in told if " " in word for part in word.split(" ")[:-1]])
    if names:
        chunk.possessor = [_party(unit, "") for unit in names if unit is not head]
    if head.kind == "name":
        chunk.kind, chunk.parties = "party", [_named_party(names)]
    elif head.kind == "noun":
        chunk.kind, chunk.noun = "event", head.noun
        chunk.items = [_item(things, own, names)] if things else []
    elif head.kind == "thing" or (things and _only_says_what(own)):
        chunk.kind, chunk.items = "item", [_item(things, own, names)]
        chunk.items[0].definite = chunk.definite
        chunk.items[0].pointing = chunk.items[0].quantity is not None and any(unit.word == "such" for unit in own)
        chunk.items[0].owned = bool(chunk.possessive_word)
    elif head.kind == "word" and names and head.word in _MEMBERS and names[-1].names[0].form in ("organisation", "body"):
        chunk.form = "member"
    elif head.kind == "word" and names and (head.word in _ORGANS or (head.word in _NEIGHBOURS and chunk.possessive_word)):
        chunk.kind, chunk.parties = "party", [_party(names[-1], _ORGANS.get(head.word, ""), (names[-1].start, head.end))]
    elif head.kind == "word" and head.titled and names and (
        words & _PERSONS or (names[-1].possessive and head.word not in _COMMON)
    ):  # fmt: skip
        chunk.kind, chunk.parties = "party", [_party(names[-1], "", (names[-1].start, head.end))]
    elif head.kind == "word" and head.titled and names and any(_is_firm(unit) for unit in own):
        chunk.kind, chunk.parties = "party", [_party(names[-1], "company", (names[-1].start, head.end))]
    elif head.kind == "money" and not names and not things and all(unit.kind != "word" for unit in own):
        chunk.kind = "money"
    elif head.kind == "number":
        chunk.kind = "number"
    elif head.word in ("latter", "former"):
        chunk.kind = "pronoun"
    elif head.kind == "word" and head.word in _ORGANS and chunk.definite and not _named_otherwise(own):
        chunk.kind, chunk.form = "pronoun", "organ"
    elif head.kind == "det" and chunk.quantity is not None:
        chunk.kind = "number"
    elif head.kind == "det":
        chunk.kind = "pronoun" if head.word in ("those", "these", "this") else "det"
    elif head.kind == "word" and _ORGANS.get(head.word) == "" and not names:
        chunk.form = "organ"
    return chunk, after


def _named_otherwise(own: Sequence[Unit]) -> bool:
    """Whether a name that is not known stands before an organ: *the Bush administration* is nobody's own."""
    return any(unit.titled and unit.kind == "word" and unit.word not in _COMMON for unit in own[1:-1])


def _only_says_what(own: Sequence[Unit]) -> bool:
    """Whether all that follows the thing only says what sort of thing it is: *Patriot* missile defence system."""
    last = max(place for place, unit in enumerate(own) if unit.kind == "thing")
    after = own[last + 1 :]
    named = own[last].titled and len(after) == 1 and after[0].kind == "word" and after[0].titled
    if named and after[0].word.endswith("s"):
        return True
    afloat = own[last].things[0].lists == "ML9" or singular(own[last].word) in _VESSELS
    ship = bool(after) and afloat and (not own[last].titled or "-class" in own[last].things[0].words.lower())
    if ship and all(
        unit.kind == "word" and unit.titled and (unit.word not in _ORGANS or unit.word in _RANKS) for unit in after
    ):
        return True  # *the frigate PNS Tughril*
    if not after or any(unit.kind != "word" for unit in after) or singular(after[-1].word) not in _TRANSPARENT:
        return False
    if own[last].titled and not any(unit.titled for unit in after):
        return True
    return all(singular(unit.word) in _TRANSPARENT or unit.word in ("defence", "air", "weapon") for unit in after)


def _is_named_ship(own: Sequence[Unit]) -> bool:
    """Whether a phrase ends in the name of a ship: *the frigate PNS Tughril*, which is one."""
    last = max((place for place, unit in enumerate(own) if unit.kind == "thing"), default=len(own))
    after = own[last + 1 :]
    afloat = bool(after) and (own[last].things[0].lists == "ML9" or singular(own[last].word) in _VESSELS)
    return afloat and after[0].titled and after[0].word not in _TRANSPARENT and all(unit.kind == "word" for unit in after)


def _named_party(names: Sequence[Unit]) -> Party:
    """The party of the last name; an organisation without a state has that of the name that possesses it."""
    party = _party(names[-1], "")
    owner = names[-2].names[0] if len(names) > 1 and names[-2].possessive else None
    if owner is not None and owner.state and party.form == "government" and owner.form in ("name", "capital"):
        party.state = owner.state  # *Peru's Congress*
    if owner is not None and owner.state and party.kind == "company" and owner.form == "name":
        party.state = owner.state  # *Czechoslovakia's Omnipol*
    if len(names) > 1 and party.state in (None, "") and party.kind != "non_state_armed_group":
        party.state = names[-2].names[0].state or None
    return party


def _party(unit: Unit, kind: str, words: Span | None = None) -> Party:
    name = unit.names[0]
    end = unit.end
    return Party(name.state or None, kind or name.kind, name.form, name.title, (unit.start, end), words or (unit.start, end))


def is_ammunition(thing: Thing) -> bool:
    """Whether a word is for ammunition of no name: *Leopard ammunition* is no tank."""
    return thing.facts.get("item.ammunition") is True and thing.item is None


def is_year(unit: Unit) -> bool:
    """Whether a number may be a year and no count."""
    written = unit.last == unit.first + 1 and unit.end - unit.start == len("1900")
    return unit.number is not None and 1500 <= unit.number < 2100 and written


def _item(things: Sequence[Unit], own: Sequence[Unit], names: Sequence[Unit]) -> Item:
    """The system that a phrase names: the most exact of its words; a part of a system is a part."""
    known = [unit for unit in things if unit.things[0].item is not None] or [unit for unit in things if unit.titled]
    if is_ammunition(things[-1].things[0]) and not any(is_ammunition(unit.things[0]) for unit in known):
        known = []
    unit = (known or things)[-1]
    head = things[-1]
    own_word, kind_word = unit.things[0], head.things[0]
    alike = own_word.lists == kind_word.lists == "ML4" or (own_word.lists == kind_word.lists == "" and (
        own_word.id.rpartition("-")[2] == kind_word.id.rpartition("-")[2]))  # fmt: skip
    if own_word.item is None and kind_word.item is None and alike and (
        head is not unit and not kind_word.general and len(kind_word.words.split()) > 1
    ):  # fmt: skip
        unit = head  # *Rapier ground-to-air missiles*, *Bandeirante maritime patrol planes*
    platforms = {own_word.lists, kind_word.lists} <= _PLATFORMS and own_word.lists != kind_word.lists
    if platforms and own_word.item is not None and kind_word.item is None and not kind_word.general:
        unit = head  # *30 Typhoon armoured vehicles* are no aircraft
    item = Item(unit.things[0], (things[0].start, things[-1].end))
    if head.things[0].id != unit.things[0].id and head.things[0].facts.get("item.kind") in ("part", "technology", "service"):
        item.thing, item.of = head.things[0], unit.things[0]
    numbers = [entry for entry in own if entry.kind == "number" and entry.number is not None and entry.start < head.start]
    if own[-1].kind == "noun":
        many = own[-1].word.endswith("s")  # *two arms sales*: the number is that of the sales
        numbers = [entry for entry in numbers if not is_year(entry) and not many]
    if numbers:
        item.quantity, item.quantity_span = numbers[-1].number, (numbers[-1].start, numbers[-1].end)
    elif unit.things[0].number is not None:
        item.quantity, item.quantity_span = unit.things[0].number, (unit.start, unit.end)
    elif _is_named_ship(own) and not head.word.endswith("s"):
        item.quantity, item.quantity_span = 1, (head.start, own[-1].end)
    elif own[0].word == "both" and not unit.things[0].general:
        item.quantity, item.quantity_span = 2, (own[0].start, own[0].end)
    elif own[0].kind == "det" and own[0].word in ("a", "an") and not unit.things[0].general:
        item.quantity, item.quantity_span = 1, (own[0].start, own[0].end)
    of_old = {before.start for before, after in pairwise(own) if after.word in _TIMES_AND_KINDS}
    makers = [name for name in names if name.start < head.start and name.start not in of_old]
    if makers:
        item.maker, item.made = _party(makers[-1], ""), makers[-1].word == "made"
    whose = [name for name in names if name.possessive and name.start < head.start]
    item.owner = _party(whose[-1], "") if whose and item.made else None
    item.plural = head.word.endswith("s")
    item.ordinal = next((entry.word for entry in own if entry.word in _ORDINALS), "")
    return item
