"""The item catalogue: what the law asks of a system, with its source, and the names by which it is found.

A row holds a name, a class, an origin of licence and a programme, and nothing on what a system can do.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import msgspec

from sekisho.corpus.world import Row
from sekisho.errors import Mistake, WorldError
from sekisho.language.vocabulary import Vocabulary
from sekisho.text import suggest

COLUMNS = (
    "id", "name", "name_ja", "designation", "aliases", "kind", "arms", "weapon", "five_category", "weapons_on_board",
    "licensor", "programme", "munitions_list", "source", "confidence", "note",
)  # fmt: skip
"""The columns of the catalogue: these and no other."""

_FACTS = {
    column: f"item.{column}"
    for column in (
        "kind",
        "arms",
        "weapon",
        "five_category",
        "weapons_on_board",
        "licensor",
        "programme",
        "munitions_list",
    )
}


class Item(msgspec.Struct, frozen=True):
    """One row: its facts by vocabulary name (what is unknown is left out), its names, its source."""

    id: str
    name: str
    name_ja: str
    designation: str
    aliases: tuple[str, ...]
    facts: dict[str, str | bool | frozenset[str]]
    source: str
    confidence: str
    note: str


class Catalogue(msgspec.Struct, frozen=True):
    """Items by id, and the id by each name in folded form."""

    items: dict[str, Item] = {}
    names: dict[str, str] = {}

    def find(self, name: str) -> Item | None:
        """The item of an id, name, designation or alias in either language; None if there is none."""
        return self.items.get(self.names.get(folded(name), ""))

    def mend(self, name: str) -> str:
        """The nearest name, as the mend for an unknown one."""
        mend = suggest(folded(name), self.names)
        return mend or "Describe it: item: {kind: …, arms: …}."


def folded(name: str) -> str:
    """A name as it is compared: small letters, one space for any run of spaces, hyphens and underlines."""
    return re.sub(r"[\s\-_–・/]+", " ", name).strip().casefold()


def build(rows: Sequence[Row], file: str, vocabulary: Vocabulary, states: Mapping[str, object]) -> Catalogue:
    """The catalogue of a table's rows. Raises `WorldError` for an ambiguous name or a value outside the vocabulary."""
    items: dict[str, Item] = {}
    names: dict[str, str] = {}
    mistakes: list[Mistake] = []
    for row in rows:
        if unknown := row.cells.keys() - set(COLUMNS):
            raise WorldError(
                Mistake(f"the catalogue has the column '{min(unknown)}'.", "It has " + ", ".join(COLUMNS) + ".", file)
            )
        facts: dict[str, str | bool | frozenset[str]] = {}
        for column, fact in _FACTS.items():
            text = row[column]
            if text in ("", "unknown"):
                continue
            value = _value(text, fact, vocabulary, states)
            if value is None:
                mistakes.append(Mistake(f"'{text}' is not a value of {fact}.", "", file, row=row.number, field=column))
            else:
                facts[fact] = value
        aliases = tuple(alias.strip() for alias in row["aliases"].split(";") if alias.strip())
        item = Item(row["id"], row["name"], row["name_ja"], row["designation"], aliases, facts,
                    row["source"], row["confidence"], row["note"])  # fmt: skip
        if not item.source:
            mistakes.append(Mistake(f"'{item.id}' has no source.", "Cite one.", file, row=row.number, field="source"))
        if item.id in items:
            mistakes.append(Mistake(f"the id '{item.id}' is used twice.", "Choose another.", file, row=row.number, field="id"))
        items[item.id] = item
        for name in filter(None, (item.id, item.name, item.name_ja, item.designation, *aliases)):
            other = names.setdefault(folded(name), item.id)
            if other != item.id:
                mistakes.append(
                    Mistake(f"the name '{name}' stands for '{other}' too.", "Make it unambiguous.", file, row=row.number)
                )
    if mistakes:
        raise WorldError(mistakes)
    return Catalogue(items, names)


def _value(text: str, fact: str, vocabulary: Vocabulary, states: Mapping[str, object]) -> str | bool | frozenset[str] | None:
    entry = vocabulary.facts[fact]
    if entry.type == "boolean":
        return {"true": True, "false": False}.get(text)
    if entry.type == "set":
        parts = frozenset() if text == "none" else frozenset(part.strip() for part in text.split(";"))
        return parts if parts <= entry.values.keys() else None
    if entry.type == "state":
        return text if text == "none" or text in states else None
    return text if text in entry.values else None
