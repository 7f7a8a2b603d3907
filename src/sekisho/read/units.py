"""The first reading of a sentence: tokens gathered into units, each a name, a thing, a verb, a number, a day or a small word.

A unit is the smallest piece that has a meaning of its own here; `chunks` joins them into phrases.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from sekisho.read.days import DAY_NAMES, DAY_WORDS, Calendar, Day
from sekisho.read.lexicon import JOINING, Lexicon, Name, Plain, Thing, Verb
from sekisho.read.tokens import Sentence, Token
from sekisho.read.wordlists import in_order, table, word_list

AUXILIARIES: Mapping[str, str] = {
    **dict.fromkeys(("will", "shall", "wo", "sha"), "future"),
    **dict.fromkeys(("would", "could", "might", "may", "should", "must", "can", "ca"), "modal"),
    **dict.fromkeys(("has", "have", "had", "having"), "have"),
    **dict.fromkeys(("is", "are", "was", "were", "be", "been", "being", "am", "gets"), "be"),
    **dict.fromkeys(("do", "does", "did"), "do"),
}  # fmt: skip
NEGATIONS = frozenset({"not", "n't", "n’t", "never", "cannot", "hardly", "neither", "nor"})
_PREPOSITIONS = word_list("prepositions")
_CONJUNCTIONS = word_list("conjunctions")
_RELATIVES = frozenset({"which", "who", "whom", "that", "whose"})
_NO_VERBS = word_list("no verbs")
_MARKS_OF_SYSTEMS = frozenset({"block", "tranche", "mark", "mk", "batch"})
_SERIES = frozenset({"type", "mk", "mark", "project", "model", "block", "pattern"})
"""Words before the number of a model: *Type 63 tanks* are not 63."""
_SEEMING = frozenset({"seem", "seems", "seemed", "appear", "appears", "appeared", "remain", "remains", "remained"})
_ITSELF = frozenset({"itself", "himself", "herself", "themselves"})
_BY_WHAT_IS_BEFORE = _ITSELF | {"what"}
_BY_WHAT_FOLLOWS = frozenset({"about", "end"})
_FIRMS = word_list("firms")
_MAKING = frozenset({"built", "made", "manufactured", "produced", "assembled", "designed", "constructed"})
_DETERMINERS = word_list("determiners")
_PRONOUNS = word_list("pronouns")
_ADVERBS = word_list("adverbs")
_NOT_ADVERBS = word_list("no adverbs")
_TENS = {"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "dozen": 12}
_NUMBERS: Mapping[str, int] = {word: number for number, word in enumerate(in_order("numbers"))} | _TENS
_SCALES: Mapping[str, int] = {
    "dozen": 12, "hundred": 100, "thousand": 1_000, "lakh": 100_000, "million": 1_000_000, "crore": 10_000_000,
    "billion": 1_000_000_000, "trillion": 1_000_000_000_000,
    "m": 1_000_000, "mn": 1_000_000, "mln": 1_000_000, "mio": 1_000_000,
    "bn": 1_000_000_000, "b": 1_000_000_000, "tn": 1_000_000_000_000, "k": 1_000,
}  # fmt: skip
_ROUND = frozenset({"hundred", "thousand", "million", "billion"})
"""Numbers that an article may open."""
_SIGNS: Mapping[str, str] = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₩": "KRW", "₹": "INR"}
_DOLLARS: Mapping[str, str] = {"us": "USD", "a": "AUD", "c": "CAD", "nz": "NZD", "s": "SGD", "hk": "HKD", "nt": "TWD"}
_CURRENCIES: Mapping[str, str] = {row["name"]: row["code"] for row in table("currencies.csv") if not row["nation"]}
_CODES: Mapping[str, str] = {"rs": "INR"} | {
    row["code"].lower(): row["code"] for row in table("currencies.csv") if "~" not in row["code"]
}
"""Currencies as written before the number: *EUR 3 million*, *Rs 200 crore*."""
_NATIONAL: Mapping[tuple[str, str], str] = {
    (row["nation"], row["name"]): row["code"] for row in table("currencies.csv") if row["nation"]
}
"""Currencies whose name needs the nation before it, and old ones."""


def _connectors() -> dict[str, dict[str, list[tuple[tuple[str, ...], str, str]]]]:
    found: dict[str, dict[str, list[tuple[tuple[str, ...], str, str]]]] = {}
    for row in table("connectors.csv"):
        words = tuple(row["words"].split())
        found.setdefault(words[0], {}).setdefault("".join(words[1:2]), []).append((words, row["kind"], row["meaning"]))
    for known in found.values():
        for entries in known.values():
            entries.sort(key=lambda entry: -len(entry[0]))
    return found


_CONNECTORS = _connectors()
"""Small words that stand together, by the first and the second: what they are, and what they are taken as."""


_PLACES: dict[str, list[list[str]]] = {}
"""Names with that of a state in them that stand for none, by their first word: *Latin America*, *South China Sea*."""
for _place in in_order("places"):
    _PLACES.setdefault(_place.split("_")[0], []).append(_place.split("_"))


_NAME, _THING, _PHRASE = "name?", "thing?", "phrase?"
"""What a word may begin: a name or a sum, else what follows; a thing, else a phrase; or a phrase alone."""
_POINTING = frozenset({"the", "these", "those"})
_WHOSE = frozenset({"its", "their", "his", "her", "the", "no", "any"})
_LEAVE = frozenset({"consent", "assent"})
"""Verbs that are nouns behind a possessive: *its consent to*."""


class Unit:
    """A piece of a sentence: its kind, its place in the source, and what it means."""

    __slots__ = (
        "day", "end", "first", "glued", "kind", "last", "money", "names", "noun", "number", "possessive", "start", "things",
        "titled", "verbs", "word",
    )  # fmt: skip

    def __init__(self, kind: str, found: Sequence[Token], first: int, last: int, word: str = "") -> None:
        self.kind, self.first, self.last = kind, first, last
        self.start, self.end = found[first].start, found[last - 1].end
        self.word = word or found[last - 1].norm
        self.names: Sequence[Name] = ()
        self.things: Sequence[Thing] = ()
        self.verbs: Sequence[Verb] = ()
        self.noun: Verb | None = None
        self.number: float | None = None
        self.money = ""
        self.day: Day | None = None
        self.possessive = False
        self.titled = found[first].capital
        self.glued = found[first].glued

    def __repr__(self) -> str:
        return f"<{self.kind} {self.word}>"


def _of_its_making(names: Sequence[Name], found: Sequence[Token], place: int) -> list[Name]:
    """`built in Czechoslovakia`: where a thing was made may have been a state that is no more."""
    before = place - 1 - (place > 1 and found[place - 1].norm in ("the", "former"))
    led = before > 0 and found[before].norm == "in" and found[before - 1].norm in _MAKING
    return [name for name in names if name.state][:1] if led else []


def _names_model(found: Sequence[Token], place: int) -> bool:
    """`four Mark 46 torpedoes`: whether a word is no currency but part of the name of a model."""
    after = found[place + 1] if place + 1 < len(found) else None
    return found[place].capital and found[place].norm in _SERIES and after is not None and (
        after.kind == "num" or (after.text.isupper() and after.kind == "word")
    )  # fmt: skip


def _past_mark(found: Sequence[Token], end: int) -> int:
    """The place behind the mark of a system: *F-16 Block 70s*, *Typhoon Tranche 4*."""
    if end + 1 >= len(found) or found[end].norm not in _MARKS_OF_SYSTEMS or found[end + 1].kind != "num":
        return end
    end += 2
    while end + 1 < len(found) and found[end].text in ("/", "-") and found[end].glued and found[end + 1].kind == "num":
        end += 2
    return end + (end < len(found) and found[end].text == "s" and found[end].glued)


_MOST_KEPT = 100_000
"""Words that are kept with what they are; a language has fewer."""


def _goes_on(found: Sequence[Token], place: int, seconds: frozenset[str]) -> bool:
    """Whether one of some words stands at a place, or a mark that counts for nothing within a phrase."""
    if place >= len(found):
        return False
    token = found[place]
    return token.norm in seconds or token.stem in seconds or token.text in JOINING


class Reader:
    """Reads sentences into units, for reports of one day."""

    def __init__(self, lexicon: Lexicon, today: dt.date | None) -> None:
        self.lexicon, self._calendar, self.today = lexicon, Calendar(today), today

    def units(self, sentence: Sentence) -> list[Unit]:
        """The units of a sentence, in order and without gaps between its tokens."""
        found, place, units = sentence.tokens, 0, []
        count = len(found)
        while place < count:
            unit = self._unit(found, place)
            units.append(unit)
            place = unit.last
        return units

    def _unit(self, found: Sequence[Token], place: int) -> Unit:
        token = found[place]
        kind = token.kind
        if kind == "word":
            known = self.lexicon.plain.get(token.text if token.capital else token.norm)
            own, verbs, noun, begins, seconds = known or self._classify(found, place)
            if own and not (begins and (seconds is None or _goes_on(found, place + 1, seconds))):
                unit = Unit(own, found, place, place + 1)
                unit.verbs, unit.noun = verbs, noun
                return unit
            if begins and begins != _NAME:
                return self._begun(found, place, begins)
        if kind == "mark" and token.text not in _SIGNS:
            return Unit("mark", found, place, place + 1, token.text)
        if kind in ("pos", "neg"):
            return Unit("possessive" if kind == "pos" else "not", found, place, place + 1)
        if token.capital and token.norm in _PLACES:
            for words in _PLACES[token.norm]:
                if [each.norm for each in found[place : place + len(words)]] == words:
                    return Unit("word", found, place, place + len(words), " ".join(words))
        day = self._calendar.at(found, place)
        dollars = place + 1 < len(found) and found[place + 1].text == "$" and (
            found[place + 1].glued or token.text in ("US", "U.S.")
        )  # fmt: skip
        led = place + 1 < len(found) and found[place + 1].capital and self.lexicon.names.begins(token)  # *de Gaulle*
        named = self._named(found, place) if (token.capital or led) and not dollars else None
        thing = self.lexicon.things.at(found, place)
        if thing is not None and named is not None and thing[0] == named.last and self._makes(named, found):
            return named
        if thing is not None and (named is None or thing[0] >= named.last) and (day is None or thing[0] > day[0]):
            unit = Unit("thing", found, place, _past_mark(found, thing[0]) if token.capital else thing[0])
            unit.things = (self._sharing(found, place, thing[0]) if token.capital else None) or thing[1]
            return unit
        if day is not None:
            unit = Unit("day", found, place, day[0])
            unit.day = day[1]
            return unit
        if named is not None:
            return named
        number = self._number(found, place)
        if number is not None:
            return number
        return self._small(found, place) or self._word(found, place)

    def _sharing(self, found: Sequence[Token], place: int, end: int) -> list[Thing] | None:
        """`Hawk and Roland missiles`: what a name is with the word that stands once, behind the last of several."""
        if end + 1 >= len(found) or found[end].norm not in ("and", "or"):
            return None
        other = self.lexicon.things.at(found, end + 1)
        if other is None or other[0] < end + 3 or found[other[0] - 1].capital:
            return None
        whole = self.lexicon.things.at([*found[place:end], found[other[0] - 1]], 0)
        return whole[1] if whole is not None and whole[0] > end - place else None

    def _makes(self, named: Unit, found: Sequence[Token]) -> bool:
        """Whether a word that names a maker and what it makes stands for the maker: no thing follows it."""
        return named.names[0].kind == "company" and (
            named.last >= len(found) or self.lexicon.things.at(found, named.last) is None
        )  # fmt: skip

    def _begun(self, found: Sequence[Token], place: int, kind: str) -> Unit:
        """The unit at a small word that may begin a thing, or a phrase of small words or verbs."""
        thing = self.lexicon.things.at(found, place) if kind == _THING else None
        if thing is not None:
            unit = Unit("thing", found, place, thing[0])
            unit.things = thing[1]
            return unit
        return self._small(found, place) or self._word(found, place)

    def _classify(self, found: Sequence[Token], place: int) -> Plain:
        """What a word is wherever it stands; kept. Nothing for one that may begin a number, a day or the name of a place, or
        that what stands before it makes another."""
        token, known = found[place], self.lexicon
        word = token.norm
        named, thing = known.names.begins(token), known.things.begins(token)
        if (
            word in _NUMBERS
            or word in _CODES
            or word in DAY_WORDS
            or word in _BY_WHAT_IS_BEFORE
            or (token.capital and (word in DAY_NAMES or word in _PLACES))
            or ((token.capital or named) and word in known.titled)
        ):
            plain: Plain = ("", (), None, "", None)
        else:
            lists = (known.names, known.things, known.phrasal, known.noun_phrases)
            seconds = frozenset().union(_CONNECTORS.get(word, ()), *(each.seconds(token) for each in lists))
            sums = {"$"} if word in _DOLLARS else set()
            sums |= _ROUND if word in ("a", "an") else set()
            seconds |= sums
            begins = _PHRASE if seconds or word in _BY_WHAT_FOLLOWS else ""
            begins = _NAME if named or sums or (thing and token.capital) else _THING if thing else begins
            alone = self._small([token], 0) or self._word([token], 0)
            anywhere = "" in seconds or word in _BY_WHAT_FOLLOWS or alone.word != word
            plain = (alone.kind, alone.verbs, alone.noun, begins, None if anywhere else seconds)
        if len(known.plain) < _MOST_KEPT:
            known.plain[token.text if token.capital else token.norm] = plain
        return plain

    def _named(self, found: Sequence[Token], place: int) -> Unit | None:
        match = self.lexicon.names.at(found, place)
        if match is not None:
            names = [name for name in match[1] if name.used_on(self.today)] or _of_its_making(match[1], found, place)
            names = names or [name for name in match[1] if name.used_before(self.today)]
            names = names or self._in_former_office(match[1], found, place, match[0])
            if names:
                end = match[0]
                firm = names[0].kind == "company" and end < len(found) and found[end].norm in _FIRMS
                end += firm
                end += firm and end + 1 < len(found) and found[end].text == "." and found[end].glued
                unit = Unit("name", found, place, end)
                unit.names = names
                return unit
        surnames = self.lexicon.titled.get(found[place].norm)
        governing = place + 1 < len(found) and found[place + 1].norm in _CABINETS
        if surnames is not None and (governing or (place and found[place - 1].norm in TITLES)):
            names = [name for name in surnames if name.used_on(self.today)]
            names = names or self._in_former_office(surnames, found, place, place + 1)
            if names:
                unit = Unit("name", found, place, place + 1)
                unit.names = names
                return unit
        return None

    def _in_former_office(self, names: Sequence[Name], found: Sequence[Token], place: int, end: int) -> list[Name]:
        """`the Carter administration`, `former president Jimmy Carter`: whose leader somebody was, if an office is named."""
        office = (end < len(found) and found[end].norm in _CABINETS) or (place > 0 and found[place - 1].norm in TITLES)
        return [name for name in names if name.form == "leader" and name.ended_before(self.today)][-1:] if office else []

    # ---- numbers ---------------------------------------------------------------------------------------------------

    def _number(self, found: Sequence[Token], place: int) -> Unit | None:
        token, count = found[place], len(found)
        here, currency = place, ""
        if token.text in _SIGNS:
            currency, here = _SIGNS[token.text], place + 1
        elif place + 1 < count and found[place + 1].text == "$" and token.norm in _DOLLARS and (
            found[place + 1].glued or token.text in ("US", "U.S.")
        ):  # fmt: skip
            currency, here = _DOLLARS[token.norm], place + 2
        if here >= count:
            return None
        value = self._value(found[here])
        if token.norm in ("a", "an") and place + 1 < count and found[place + 1].norm in _ROUND:
            value = 1  # *a hundred tanks*
        inside = place and token.glued and (found[place - 1].text in "-–/" or found[place - 1].kind == "word")
        tail = (
            here + 1 < count
            and found[here + 1].glued
            and found[here + 1].kind == "word"
            and found[here + 1].norm not in _SCALES
        )
        named = (
            place
            and found[place - 1].text.isupper()
            and 2 <= len(found[place - 1].text) <= 4
            and found[place - 1].kind == "word"
        )
        named = named or (place > 0 and found[place - 1].capital and found[place - 1].norm in _SERIES)
        coded = token.norm in _CODES and (token.text.isupper() or token.norm == "rs")
        if value is None and not currency and coded and place + 1 < count and found[place + 1].kind == "num":
            value, currency, here = self._value(found[place + 1]), _CODES[token.norm], place + 1
        if value is not None and not currency and token.kind == "num" and (inside or tail or named):
            return Unit("word", found, place, place + 1 + bool(tail))
        if value is not None and not currency:
            beyond = here + 1 + (here + 1 < count and found[here + 1].text in "-–")
            if (
                beyond < count
                and found[beyond].text.islower()
                and found[beyond].norm in ("mm", "cm", "st", "nd", "rd", "th", "year", "day", "month", "percent")
            ):
                return Unit("word", found, place, beyond + 1)
        if value is None:
            return Unit("mark", found, place, place + 1, token.text) if currency and here == place + 1 else None
        here += 1
        if here + 1 < count and found[here].text == "-" and found[here].glued and self._value(found[here + 1]) is not None:
            value, here = value + (self._value(found[here + 1]) or 0), here + 2
        here += here + 1 < count and found[here].text == "-" and found[here].glued and found[here + 1].norm in _SCALES
        while here < count and found[here].norm in _SCALES and (
            len(found[here].norm) > 1 or found[here].glued or currency
        ):  # fmt: skip
            value, here = round(value * _SCALES[found[here].norm], 2), here + 1
        named_by = (found[here].norm, found[here + 1].stem) if here + 1 < count else ("", "")
        if not currency and here + 2 < count and (found[here].norm, found[here + 1].norm) == ("new", "zealand"):
            named_by, here = ("zealand", found[here + 2].stem), here + 1
        if not currency and named_by in _NATIONAL:
            currency, here = _NATIONAL[named_by], here + 2
        elif not currency and here < count and found[here].stem in _CURRENCIES and not _names_model(found, here):
            currency, here = _CURRENCIES[found[here].stem], here + 1
        elif not currency and here + 1 < count and found[here].text in ("U.S.", "US") and found[here + 1].stem == "dollar":
            currency, here = "USD", here + 2
        dashed = not currency and here + 1 < count and found[here].text == "-" and found[here].glued and found[here + 1].glued
        if dashed and found[here + 1].stem in _CURRENCIES:  # *an 82-million-euro contract*
            currency, here = _CURRENCIES[found[here + 1].stem], here + 2
        if not currency and value != round(value):
            return Unit("word", found, place, here)  # *Saar 4.5 boats*
        unit = Unit("money" if currency else "number", found, place, here)
        unit.number, unit.money = value, currency
        return unit

    @staticmethod
    def _value(token: Token) -> float | None:
        if token.kind != "num":
            return _NUMBERS.get(token.norm)
        text = token.text.replace(",", "")
        try:
            return float(text) if "." in text else int(text)
        except ValueError:
            return None

    # ---- words -----------------------------------------------------------------------------------------------------

    @staticmethod
    def _connectors_at(found: Sequence[Token], place: int) -> Sequence[tuple[tuple[str, ...], str, str]]:
        """Small words that stand together and may begin at a place, the longest first."""
        known = _CONNECTORS.get(found[place].norm)
        if known is None:
            return ()
        second = found[place + 1].norm if place + 1 < len(found) else ""
        return (*known.get(second, ()), *known.get("", ()))

    def _small(self, found: Sequence[Token], place: int) -> Unit | None:
        word = found[place].norm
        for words, kind, meant in self._connectors_at(found, place):
            if words == ("due", "to") and self._verb_at(found, place + 2):
                continue
            if words == ("going", "to") and not self._verb_at(found, place + 2):
                continue
            if len(found) - place >= len(words) and all(found[place + step].norm == part for step, part in enumerate(words)):
                return Unit(kind, found, place, place + len(words), meant)
        if (word in AUXILIARIES or word in NEGATIONS) and self.lexicon.phrasal.at(found, place) is not None:
            return None  # *has its eye on*, *neither confirm nor deny*
        if word in AUXILIARIES:
            return Unit("auxiliary", found, place, place + 1)
        if word in NEGATIONS:
            return Unit("not", found, place, place + 1)
        if word == "to":
            return Unit("prep", found, place, place + 1)
        if word in _RELATIVES or (word == "what" and place and found[place - 1].norm in _PREPOSITIONS):
            return Unit("relative", found, place, place + 1)
        if word in ("and", "or"):
            return Unit("conj", found, place, place + 1, "and")
        return None

    def _verb_at(self, found: Sequence[Token], place: int) -> bool:
        """Whether a verb in its base form stands at a place: *due to begin*, *consent to re-export*."""
        if place + 2 < len(found) and found[place + 1].text == "-" and found[place + 1].glued:
            phrase = self.lexicon.phrasal.at(found, place)
            return phrase is not None and any(verb.form == "base" for verb in phrase[1])
        verbs = self.lexicon.verbs.get(found[place].norm, []) if place < len(found) else []
        return any(verb.form == "base" for verb in verbs) or (place < len(found) and found[place].norm == "be")

    @staticmethod
    def _after_being(found: Sequence[Token], place: int) -> bool:
        """Whether a form of *be*, adverbs apart, stands before a place."""
        while place and (found[place - 1].norm in _ADVERBS or found[place - 1].norm.endswith("ly")):
            place -= 1
        before = found[place - 1].norm if place else ""
        return AUXILIARIES.get(before) == "be" or before in NEGATIONS or before in _SEEMING

    def _word(self, found: Sequence[Token], place: int) -> Unit:
        token = found[place]
        word = token.norm
        phrase, noun_phrase = self.lexicon.phrasal.at(found, place), self.lexicon.noun_phrases.at(found, place)
        if phrase is not None and word in _PREPOSITIONS and not self._after_being(found, place):
            phrase = None  # *is in line to get*, but *in line with its policy*
        upto = phrase is not None and phrase[0] + 1 < len(found) and found[phrase[0] - 1].norm == "up" and (
            found[phrase[0]].norm == "to" and self._value(found[phrase[0] + 1]) is not None
        )  # fmt: skip
        dated = phrase is not None and phrase[0] < len(found) and found[phrase[0]].capital and (
            found[phrase[0] - 1].norm in ("on", "in") and self._calendar.at(found, phrase[0]) is not None
        )  # fmt: skip
        sailing = word == "shipping" and place and found[place - 1].norm in _PREPOSITIONS
        aboard = phrase is not None and phrase[1][0].lemma == "ship on" and (
            phrase[0] >= len(found) or found[phrase[0]].norm not in ("to", "from", "there", "by", "without")
        )  # fmt: skip
        counted = place > 0 and found[place - 1].norm in _POINTING and phrase is not None and (
            any(verb.form == "third" for verb in phrase[1])
        )  # fmt: skip
        if upto or dated or sailing or aboard or counted:  # *eleven of the ships in a deal*
            phrase = None  # *buy up to 24*, *delivered on Friday*
        if phrase is not None and found[phrase[0] - 1].norm == "to" and self._verb_at(found, phrase[0]):
            phrase = None  # *agreed to sell* is no *agreed to the sale*
        owned = place > 0 and (found[place - 1].norm in _WHOSE or found[place - 1].text in ("'s", "’s"))
        if phrase is not None and owned and word in self.lexicon.nouns and word in _LEAVE:
            phrase = None  # *its consent to the transfer* is a noun
        if word == "about" and place + 2 < len(found) and found[place + 1].norm == "to" and self._verb_at(found, place + 2):
            unit = Unit("verb", found, place, place + 1)
            unit.verbs = self.lexicon.verbs[word]
            return unit
        if phrase is not None:
            unit = Unit("verb", found, place, phrase[0])
            unit.verbs = phrase[1]
            if noun_phrase is not None and noun_phrase[0] == phrase[0]:
                unit.kind, unit.noun = "either", noun_phrase[1][0]
            return unit
        if noun_phrase is not None:
            unit = Unit("noun", found, place, noun_phrase[0])
            unit.noun = noun_phrase[1][0]
            return unit
        if word in _CONJUNCTIONS:
            return Unit("conj", found, place, place + 1)
        if word in _PREPOSITIONS:
            return Unit("prep", found, place, place + 1)
        verbs, noun = self.lexicon.verbs.get(word) if word not in _NO_VERBS else None, self.lexicon.nouns.get(word)
        if (
            word == "end"
            and place
            and found[place - 1].norm == "an"
            and place + 1 < len(found)
            and found[place + 1].norm == "to"
        ):
            verbs, noun = None, self.lexicon.nouns.get("ending")  # *announced an end to the ban*
        if verbs is not None or noun is not None:
            unit = Unit("verb" if noun is None else "noun" if verbs is None else "either", found, place, place + 1)
            unit.verbs, unit.noun = verbs or (), noun
            return unit
        if word in _ITSELF and place and found[place - 1].capital:
            return Unit("adverb", found, place, place + 1)  # *Chile itself sold jets*
        if word in _PRONOUNS:
            return Unit("pronoun", found, place, place + 1)
        if word in _DETERMINERS:
            return Unit("det", found, place, place + 1)
        if word in _ADVERBS or (word.endswith("ly") and word not in _NOT_ADVERBS):
            return Unit("adverb", found, place, place + 1)
        if word.endswith("ed") and len(word) > 5 and not token.capital and word not in _NO_VERBS:
            unit = Unit("verb", found, place, place + 1)
            unit.verbs = [_UNKNOWN]
            return unit
        return Unit("word", found, place, place + 1)


_UNKNOWN = Verb("", "past", "other", "", "")
"""A verb that is in no list, known by its ending."""
_CABINETS = frozenset({"administration", "government", "cabinet", "presidency"})
"""Words behind a surname that make it that of an office holder: *the Clinton administration*."""
TITLES = word_list("titles")
"""Words before which a surname is that of an office holder."""
