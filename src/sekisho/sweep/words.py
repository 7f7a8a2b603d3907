"""The words of a register and what they say: values of facts, parties on a day, items.

Every distinct word is read once, here; the register joins the outcome. What cannot be read is a reason and never a guess.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from sekisho.corpus import Corpus, Fact, Row
from sekisho.language.nodes import NONE
from sekisho.text import day

Value: TypeAlias = str | bool | float | dt.date | list[str] | None
_TRUTH: Mapping[str, bool] = {
    "true": True, "yes": True, "y": True, "t": True, "1": True,
    "false": False, "no": False, "n": False, "f": False, "0": False,
}  # fmt: skip
_UNSTATED = frozenset({"", "unknown"})
DESCRIBED = ("kind", "arms", "weapon", "five_category", "weapons_on_board", "munitions_list")
"""The facts of an item that a description may tell."""
_MARKED_BODY, _MARKED_GROUP = "**", "*"


class Unreadable(Exception):
    """A word that cannot be read, with the reason."""


@dataclass(frozen=True)
class Party:
    """What the name of a party says on a day: its state (`none`: it has none) and kind where known, and a note."""

    state: str | None = None
    kind: str | None = None
    note: str | None = None


@dataclass(frozen=True)
class Thing:
    """What a designation and a description say: an item of the catalogue, or else the facts of the description."""

    item: str | None
    facts: Mapping[str, Value]
    note: str | None


class Words:
    """Reads the words of one register against one corpus."""

    def __init__(self, corpus: Corpus, register: str) -> None:
        self._corpus, self._register = corpus, register
        self._described: dict[str, dict[str, Value]] = {}
        self._descriptions = {row["description"].casefold(): row for row in self._rows("descriptions")}
        self._names: dict[str, list[Row]] = {}
        for row in self._rows("register_names"):
            if row["register"] == register:
                self._names.setdefault(row["name"].casefold(), []).append(row)
        self._items = {
            (row["designation"].casefold(), row["description"].casefold()): row["item"]
            for row in self._rows("register_items")
            if row["register"] == register
        }

    def _rows(self, table: str) -> tuple[Row, ...]:
        tables = self._corpus.world.tables
        return tables[table].rows if table in tables else ()

    def value(self, fact: Fact, word: str) -> Value:
        """The value of a fact. Raises `Unreadable`."""
        word = word.strip()
        if word.casefold() in _UNSTATED:
            return None
        if fact.type == "state":
            return self.state(word)
        if fact.type == "set":
            return self._set(fact, word)
        if fact.type == "boolean":
            if word.casefold() not in _TRUTH:
                raise Unreadable(f"{fact.name}: '{_short(word)}' is neither true nor false")
            return _TRUTH[word.casefold()]
        if fact.type == "text":
            return self._one_of(fact, word)
        found = day(word) if fact.type == "date" else _number(word)
        if found is None:
            raise Unreadable(f"{fact.name}: '{_short(word)}' is not a {fact.type}")
        return found

    @staticmethod
    def _one_of(fact: Fact, word: str) -> str:
        if word not in fact.values:
            raise Unreadable(f"{fact.name}: '{_short(word)}' is not one of its values")
        return word

    def _set(self, fact: Fact, word: str) -> list[str]:
        if word.startswith("["):
            try:
                entries = json.loads(word)
            except ValueError:
                entries = [entry.strip().strip("'\"") for entry in word.strip("[]").split(",")]
        else:
            entries = re.split(r"[;,|]", word)
        plain = [str(entry).strip() for entry in entries if str(entry).strip()]
        return [] if plain == [NONE] else sorted({self._one_of(fact, entry) for entry in plain})

    def state(self, word: str) -> str:
        """The code of a state by its code or name; `none`. Raises `Unreadable`."""
        world = self._corpus.world
        if word == NONE:
            return word
        code = world.state(word)
        if code is None:
            raise Unreadable(f"'{_short(word)}' is not a state. {world.meant(word)}".rstrip())
        return code

    def life(self, code: str) -> list[tuple[dt.date, dt.date]]:
        """The half-open intervals in which a state or area existed."""
        return [(row.in_force.begin, row.in_force.end) for row in self._corpus.world.states.get(code, ())]

    # ---- parties ---------------------------------------------------------------------------------------------------

    def party(self, word: str) -> Party:
        """A party in one word, of a register without names of its own. Raises `Unreadable`."""
        word = word.strip()
        if word.casefold() in _UNSTATED:
            return Party()
        body = self._corpus.world.bodies.get(word.casefold())
        return Party(body["state"], body["kind"]) if body is not None else Party(self.state(word))

    def party_on(self, word: str, first: dt.date, last: dt.date, world_on: dt.date | None = None) -> Party:
        """A party in the words of a known register, which has unknown parties, groups and states before their time.

        Where the state changed between the days, the one that was there in the middle counts, else at the end. It must exist
        then, or on `world_on`.
        """
        word = word.strip()
        if not word:
            return Party(note="the register names no party")
        days = (first + (last - first) / 2, last, first)
        there = days if world_on is None else (world_on,)
        rows = self._names.get(word.casefold())
        if rows is not None:
            row = next((row for moment in days for row in rows if moment in row.in_force), None)
            if row is None:
                return Party(note=f"{word}: not in the table of states on that day")
            note = f"{word}: {row['note']}" if row["note"] else None
            return self._living(word, Party(row["state"] or None, row["kind"] or None, note), there)
        if word.endswith(_MARKED_BODY):
            return Party(NONE, None, f"{word}: marked as a body of states by the register")
        if word.endswith(_MARKED_GROUP):
            return Party(None, "non_state_armed_group", f"{word}: marked as a non-state group by the register")
        try:
            return self._living(word, self.party(word), there)
        except Unreadable:
            return Party(note=f"{word}: not a name of the table of states")

    def _living(self, word: str, party: Party, days: Sequence[dt.date]) -> Party:
        lives = self.life(party.state) if party.state not in (None, NONE) and party.state is not None else []
        if not lives or any(begin <= moment < end for begin, end in lives for moment in days):
            return party
        return Party(None, None, f"{word}: {party.state} is not in the table of states on that day")

    # ---- items -----------------------------------------------------------------------------------------------------

    def thing(self, designation: str | None, description: str | None) -> Thing:
        """The item a register means: the catalogue's where the designation is a name in it and the classes agree."""
        named, described = (designation or "").strip(), (description or "").strip()
        row = self._descriptions.get(self._known_as(described).casefold()) if described else None
        facts = self._facts(row)
        found = self._corpus.catalogue.find(named) if named else None
        settled = self._items.get((named.casefold(), described.casefold()))
        if settled is not None:
            found = self._corpus.catalogue.items.get(settled)
        elif found is not None and any(found.facts.get(f"item.{fact}", facts[fact]) != facts[fact] for fact in _telling(facts)):
            found = None
        if found is not None:
            return Thing(found.id, {}, "catalogue")
        if row is not None:
            return Thing(None, facts, "description")
        if described:
            return Thing(None, {}, f"the description '{_short(described)}' is not in the table of descriptions")
        if named:
            described_as = self._descriptions.get(named.casefold())
            if described_as is not None:
                return Thing(None, self._facts(described_as), "description")
            return Thing(None, {}, f"'{_short(named)}' is not in the catalogue")
        return Thing(None, {}, None)

    def _known_as(self, description: str) -> str:
        """The name of a category of the United Nations Register in the table of descriptions."""
        if self._register != "unroca":
            return description
        numeral = re.match(r"(?:category\s+)?(VII|VI|IV|V|III|II|I)\b", description, re.IGNORECASE)
        if numeral:
            return f"UNROCA {numeral[1].upper()}"
        word = next((word for word in _CATEGORIES if word in description.casefold()), None)
        return _CATEGORIES[word] if word else description

    def _facts(self, row: Row | None) -> dict[str, Value]:
        if row is None:
            return {}
        facts = self._described.get(row["description"])
        if facts is None:
            vocabulary = self._corpus.vocabulary.facts
            facts = {fact: self.value(vocabulary[f"item.{fact}"], row[fact]) for fact in DESCRIBED}
            self._described[row["description"]] = facts
        return facts


_CATEGORIES: Mapping[str, str] = {
    "battle tank": "UNROCA I",
    "armoured combat": "UNROCA II",
    "artillery": "UNROCA III",
    "combat aircraft": "UNROCA IV",
    "attack helicopter": "UNROCA V",
    "warship": "UNROCA VI",
    "missile": "UNROCA VII",
    "small arms": "UNROCA small arms and light weapons",
    "light weapon": "UNROCA small arms and light weapons",
}
"""A part of each category's name, for registers that give no numeral."""


def _telling(facts: Mapping[str, Value]) -> list[str]:
    """The facts by which a description shows that a designation is another thing of the same name."""
    return [fact for fact in ("kind", "munitions_list") if facts.get(fact) is not None]


def _number(word: str) -> float | None:
    try:
        return float(word)
    except ValueError:
        return None


def _short(word: str) -> str:
    return word if len(word) <= 40 else word[:39] + "…"
