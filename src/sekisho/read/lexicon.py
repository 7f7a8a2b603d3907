"""The reader's vocabulary, gathered from the world's tables and its own word lists, in the form in which it is looked up.

Names (states, their words, bodies, organisations) are compared letter for letter and need their capitals; things, verbs
and nouns are compared by stem. All of it comes from data: states.csv, state_words.csv, un_bodies.csv, organisations.csv,
items.csv and item_classes.csv of the world, and verbs.csv and nouns.csv beside this module.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Generic, TypeAlias, TypeVar

from sekisho.corpus import Corpus, Row
from sekisho.corpus.items import Item
from sekisho.language.nodes import NONE
from sekisho.read.tokens import Token, tokens
from sekisho.read.wordlists import table, word_list

Entry = TypeVar("Entry")


class Name:
    """A word for a party: whose state, what kind of word, the days on which it is used so, and the kind of party."""

    __slots__ = ("form", "kind", "row", "state", "title")

    def __init__(self, form: str, state: str, kind: str, title: str, row: Row) -> None:
        self.form, self.state, self.kind, self.title, self.row = form, state, kind, title, row

    def used_on(self, moment: dt.date | None) -> bool:
        """Whether the word is used so on a day; on an unknown day every word is."""
        return moment is None or moment in self.row.in_force

    def ended_before(self, moment: dt.date | None) -> bool:
        """Whether the days on which it was used so were over on a day."""
        end = self.row.in_force.end
        return moment is not None and end is not None and end <= moment

    def used_before(self, moment: dt.date | None) -> bool:
        """Whether it is the name of a state that a report of that day can only speak of in the past."""
        return self.form == "name" and self.ended_before(moment)


class Thing:
    """What a word for equipment means: a system of the catalogue, or a class with the facts its words tell."""

    __slots__ = ("facts", "general", "id", "item", "lists", "number", "words")

    def __init__(
        self, identity: str, item: Item | None, facts: Mapping[str, str | bool], lists: str, general: bool, words: str,
    ) -> None:  # fmt: skip
        self.id, self.item, self.facts, self.lists, self.general, self.words = identity, item, facts, lists, general, words
        head = words.split(maxsplit=1)[0] if words else ""
        self.number = int(head.replace(",", "")) if head.replace(",", "").isdigit() and "," in head else None


class Verb:
    """A verb or event noun in one of its forms: its sense (the pattern of its arguments), the event and the terms.

    `preterite`: the form is no participle, as *fell* and *gave* are none.
    """

    __slots__ = ("event", "form", "lemma", "preterite", "sense", "terms")

    def __init__(self, lemma: str, form: str, sense: str, event: str, terms: str, preterite: bool = False) -> None:
        self.lemma, self.form, self.sense, self.event, self.terms = lemma, form, sense, event, terms
        self.preterite = preterite


Plain: TypeAlias = "tuple[str, Sequence[Verb], Verb | None, str, frozenset[str] | None]"
"""What a small word is wherever it stands: its kind, and what it means as a verb and as a noun; what it may begin, and the
words behind it with which it does (none: any)."""


class _Word:
    """One word of a phrase: what it must equal, and whether it is written with a capital, in capitals, or close to the last."""

    __slots__ = ("capital", "capitals", "close", "key")

    def __init__(self, key: str, capital: bool, capitals: bool, close: bool) -> None:
        self.key, self.capital, self.capitals, self.close = key, capital, capitals, close


JOINING = frozenset("-–/")
"""Marks within a name that count for nothing: *F-16* and *F16* are one."""


class Phrases(Generic[Entry]):
    """Phrases by their first word, longest first. `exact` compares letters, else stems are compared; capitals always count."""

    def __init__(self, exact: bool) -> None:
        self._exact = exact
        self._by_first: dict[str, list[tuple[tuple[_Word, ...], list[Entry]]]] = {}
        self._by_second: dict[str, dict[str, list[tuple[tuple[_Word, ...], list[Entry]]]]] = {}
        self._known: dict[tuple[tuple[str, bool], ...], list[Entry]] = {}

    def add(self, words: str, entry: Entry) -> None:
        """Enter a phrase; one phrase may have several entries."""
        pattern = [token for token in tokens(words) if token.text not in JOINING]
        if not pattern:
            return
        key = tuple((token.norm if self._exact else token.stem, token.capital) for token in pattern)
        entries = self._known.get(key)
        if entries is None:
            entries = self._known[key] = []
            own = tuple(self._word(token, pattern[place - 1] if place else None) for place, token in enumerate(pattern))
            own[0].capital = own[0].capital and not (not self._exact and any(word.capital for word in own[1:]))
            self._by_first.setdefault(own[0].key, []).append((own, entries))
        entries.append(entry)

    def _word(self, token: Token, before: Token | None) -> _Word:
        capitals = token.text.isupper() and len(token.text) <= 3 and token.kind != "num"
        close = before is not None and token.kind == "num" and len(before.text) <= 3 and token.glued
        close = close and (before is None or len(before.text) != 2 or before.text == "US")
        return _Word(token.norm if self._exact else token.stem, token.capital, capitals, close)

    def begins(self, token: Token) -> bool:
        """Whether a phrase may begin with a word."""
        return (token.norm if self._exact else token.stem) in self._by_first

    def seconds(self, token: Token) -> Iterable[str]:
        """The second words of the phrases that begin with a word, as they are compared; an empty one for the word alone."""
        return self._by_second.get(token.norm if self._exact else token.stem, ())

    def seal(self) -> None:
        """Put longer phrases first, by their first two words; call it once when all are in."""
        for first, found in self._by_first.items():
            found.sort(key=lambda entry: -len(entry[0]))
            by_second = self._by_second.setdefault(first, {})
            for pattern, entries in found:
                by_second.setdefault(pattern[1].key if len(pattern) > 1 else "", []).append((pattern, entries))

    def at(self, text: Sequence[Token], place: int) -> tuple[int, list[Entry]] | None:
        """The longest phrase that begins at a place: the place after it, and its entries."""
        token = text[place]
        candidates = self._by_second.get(token.norm if self._exact else token.stem)
        if candidates is None:
            return None
        after = place + 1
        if after < len(text) and text[after].text in JOINING:
            after += 1
        second = "" if after >= len(text) else text[after].norm if self._exact else text[after].stem
        for key in (second, "") if second else ("",):
            for pattern, entries in candidates.get(key, ()):
                end = self._matches(pattern, text, place)
                if end:
                    return end, entries
        return None

    def _matches(self, pattern: tuple[_Word, ...], text: Sequence[Token], place: int) -> int:
        count, here, exact = len(text), place, self._exact
        for wanted in pattern:
            if here >= count:
                return 0
            token = text[here]
            while token.text in JOINING and token.glued and here > place:
                here += 1
                if here >= count:
                    return 0
                token = text[here]
            if (token.norm if exact else token.stem) != wanted.key or (wanted.capital and not token.capital):
                return 0
            if (wanted.capitals and not token.text.rstrip("s").isupper()) or (wanted.close and not token.glued):
                return 0
            here += 1
        if not exact and here < count and text[here].text == "s" and text[here].glued:
            here += 1
        return here


_OWNERS = ("its", "their", "his", "her")
_VOWELS = frozenset("aeiou")
_PARTICLES = word_list("particles")


def forms(lemma: str, irregular: str) -> Iterable[tuple[str, str]]:
    """The forms of a verb of one or more words, each with its name: base, third, past, ger.

    >>> sorted(forms("supply", ""))
    [('supplied', 'past'), ('supplies', 'third'), ('supply', 'base'), ('supplying', 'ger')]
    """
    head, _, rest = lemma.partition(" ")
    rest = f" {rest}" if rest else ""
    yield lemma, "base"
    own = [word.replace("_", " ") for word in irregular.split()]
    for word in own:
        first = word.split()[0]
        yield (
            word,
            "ger" if first.endswith("ing") else "third" if first.endswith("s") and len(own) > 2 and first != "was" else "past",
        )
    if head.endswith("y") and head[-2:-1] not in _VOWELS:
        yield head[:-1] + "ies" + rest, "third"
        regular = head[:-1] + "ied"
    else:
        yield head + ("es" if head.endswith(("s", "sh", "ch", "x", "z", "go", "do")) else "s") + rest, "third"
        regular = head + ("d" if head.endswith("e") else "ed")
    if head.endswith(("el", "al", "ol")) and not own:
        yield head + "led" + rest, "past"
        yield head + "ling" + rest, "ger"
    past = [word for word in own if not word.split()[0].endswith(("ing", "s"))]
    if not past:
        yield regular + rest, "past"
    if not any(word.split()[0].endswith("ing") for word in own):
        yield (head[:-1] if head.endswith("e") and not head.endswith("ee") else head) + "ing" + rest, "ger"


class Lexicon:
    """All words that the reader knows."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self.names: Phrases[Name] = Phrases(exact=True)
        self.things: Phrases[Thing] = Phrases(exact=False)
        self.phrasal: Phrases[Verb] = Phrases(exact=True)
        self.verbs: dict[str, list[Verb]] = {}
        self.nouns: dict[str, Verb] = {}
        self.noun_phrases: Phrases[Verb] = Phrases(exact=True)
        self.plain: dict[str, Plain] = {}
        self.titled: dict[str, list[Name]] = {}
        self.split: dict[str, list[tuple[tuple[str, ...], list[Verb]]]] = {}
        self.makers: Counter[str] = Counter()
        self.heirs: dict[str, str] = {}
        self.realms: dict[str, list[Name]] = {}
        self.descriptions = {row["description"]: row for row in self._table("descriptions")}
        self._add_names()
        self._add_things()
        self._add_words()
        for phrases in (self.names, self.things, self.phrasal, self.noun_phrases):
            phrases.seal()
        part = self.things.at(tokens("spare part"), 0)
        self.part = part[1][0] if part is not None else None
        engine = self.things.at(tokens("aircraft engine"), 0)
        self.engine = engine[1][0] if engine is not None else None

    def _table(self, name: str) -> tuple[Row, ...]:
        tables = self.corpus.world.tables
        return tables[name].rows if name in tables else ()

    # ---- names -----------------------------------------------------------------------------------------------------

    def _add_names(self) -> None:
        for rows in self.corpus.world.states.values():
            for row in rows:
                for word in (row["name"], *row["aliases"].split(";")):
                    if word.isascii() or any(letter.isalpha() and letter < "ɐ" for letter in word):
                        self.names.add(word.strip(), Name("name", row["code"], "", row["name"], row))
        for row in self._table("state_words"):
            if row["kind"] == "realm":
                self.realms.setdefault(row["word"], []).append(Name("realm", row["state"], "", row["word"], row))
                continue
            if row["kind"] == "titled surname":
                self.titled.setdefault(row["word"].lower(), []).append(Name("leader", row["state"], "", row["word"], row))
                continue
            form = "leader" if row["kind"] == "surname" else row["kind"]
            kind = "armed_forces" if form == "forces" else ""
            self.names.add(row["word"], Name(form, row["state"], kind, row["word"], row))
        for row in self._table("un_bodies"):
            for word in (row["id"], row["name"], *row["aliases"].split(";")):
                if word and word.isascii():
                    self.names.add(word.strip(), Name("body", NONE, row["kind"], row["name"], row))
        for row in self._table("organisations"):
            self.makers[row["state"]] += row["kind"] == "company"
            for word in (row["name"], *row["aliases"].split(";")):
                if word:
                    self.names.add(word.strip(), Name("organisation", row["state"], row["kind"], row["name"], row))

        for code, rows in self.corpus.world.states.items():
            heirs = rows[-1]["successors"].split(";")
            self.heirs |= {code: heirs[0]} if heirs[0] else {}
            self.makers[code] = self.makers[code] or self.makers[heirs[0]]  # the Soviet Union's makers are Russia's

    # ---- things ----------------------------------------------------------------------------------------------------

    def _add_things(self) -> None:
        facts = self.corpus.vocabulary.facts
        for item in self.corpus.catalogue.items.values():
            short = item.id.title() if item.id.isalpha() and len(item.id) >= 4 else ""
            plain = item.name.partition(",")[0]
            general = plain[:1].lower() + plain[1:] if not item.designation else ""
            for word in (plain, general, item.designation, *item.aliases, short):
                if word and word.isascii() and not (len(word) < 4 and word.isalpha() and not word.isupper()):
                    lists = str(item.facts.get("item.munitions_list", ""))
                    self.things.add(word, Thing(item.id, item, {}, lists, False, word))
        for row in self._table("item_classes"):
            described = self.descriptions.get(row["description"])
            cells = described if described is not None else row
            told: dict[str, str | bool] = {}
            for fact in ("kind", "arms", "weapon", "ammunition"):
                text = cells[fact]
                if text:
                    told[f"item.{fact}"] = text == "true" if facts[f"item.{fact}"].type == "boolean" else text
            lists = described["munitions_list"] if described is not None else row["munitions_list"]
            for word in row["words"].split(";"):
                self.things.add(word, Thing(f"class:{row['class']}", None, told, lists, row["general"] == "true", word))

    # ---- verbs and nouns -------------------------------------------------------------------------------------------

    def _add_words(self) -> None:
        for row in table("verbs.csv"):
            seen: set[tuple[str, str]] = set()
            for word, form in forms(row["lemma"], row["forms"]):
                if (word, form) in seen:
                    continue
                seen.add((word, form))
                verb = Verb(row["lemma"], form, row["sense"], row["event"], row["terms"], word == _preterite(row["forms"]))
                if " " in word or "-" in word:
                    for whose in _OWNERS if " its " in word else ("its",):  # *its sights*, *their sights*
                        self.phrasal.add(word.replace(" its ", f" {whose} "), verb)
                    self._add_split(word, verb)
                else:
                    self.verbs.setdefault(word, []).append(verb)
        for row in table("nouns.csv"):
            noun = Verb(row["noun"], "noun", row["sense"], row["event"], row["terms"])
            head, _, rest = row["noun"].partition(" ")
            plurals = row["forms"].split() or [_plural(head) + (f" {rest}" if rest else "")]
            for word in {row["noun"], *plurals}:
                if " " in word or "-" in word:
                    self.noun_phrases.add(word, noun)
                else:
                    self.nouns[word] = noun

    def _add_split(self, word: str, verb: Verb) -> None:
        """Enter a verb whose particle may stand behind its object: *hand the tanks over*."""
        head, *rest = word.split()
        if not rest or not set(rest) <= _PARTICLES:
            return
        known = self.split.setdefault(head, [])
        for particle, verbs in known:
            if particle == tuple(rest):
                verbs.append(verb)
                return
        known.append((tuple(rest), [verb]))


def _preterite(irregular: str) -> str:
    """The past of an irregular verb that is no participle of it, if it has such.

    >>> _preterite("fell fallen"), _preterite("sent"), _preterite("took_over taken_over")
    ('fell', '', 'took over')
    """
    past = [word.replace("_", " ") for word in irregular.split() if not word.split("_")[0].endswith(("ing", "s"))]
    return past[0] if len(past) > 1 and not past[0].split()[0].endswith(("ed", "got")) else ""


def _plural(word: str) -> str:
    if word.endswith("y") and word[-2:-1] not in _VOWELS:
        return word[:-1] + "ies"
    return word + ("es" if word.endswith(("s", "sh", "ch", "x")) else "s")


@lru_cache(maxsize=2)
def lexicon(corpus: Corpus) -> Lexicon:
    """The lexicon of a corpus, built once."""
    return Lexicon(corpus)
