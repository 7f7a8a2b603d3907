"""The vocabulary: the facts a condition may name, with what their silence means.

Kinds and silences (docs/algebra.md): what is described or looked up is unknown until stated; what somebody has to claim,
promise or decide is `no` in `when` and not yet obtained in `met`; a default stands in until stated.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

import msgspec
import yaml

from sekisho.errors import LawError, Mistake
from sekisho.text import read_text, suggest

Type = Literal["boolean", "text", "state", "date", "number", "set"]
Kind = Literal["described", "looked_up", "claim", "assurance", "step", "finding"]
Unstated = Literal["unknown", "no", "default"]

CLAIMED: frozenset[str] = frozenset({"claim", "assurance", "step", "finding"})
"""Kinds whose silence is `no`: somebody has to claim, promise or decide them."""


class Bilingual(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A text in English and in Japanese."""

    en: str
    ja: str

    def in_(self, language: str) -> str:
        """The text in the language `en` or `ja`."""
        return self.ja if language == "ja" else self.en


class Lookup(msgspec.Struct, frozen=True):
    """Where a fact is looked up: a table, the facts that are its keys, and those that qualify the answer."""

    table: str
    keys: tuple[str, ...]
    by: dict[str, str] = {}

    @property
    def reads(self) -> tuple[str, ...]:
        """Every fact the look-up reads."""
        return (*self.keys, *self.by.values())


class Fact(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One fact of the vocabulary."""

    name: str
    type: Type
    kind: Kind
    unstated: Unstated
    label: Bilingual
    question: Bilingual
    values: dict[str, Bilingual] = {}
    unit: str = ""
    default: str | None = None
    holds: Bilingual | None = None
    fails: Bilingual | None = None
    whose: Bilingual | None = None
    lookup: Lookup | None = None

    @property
    def claimed(self) -> bool:
        """Whether somebody has to claim, promise or decide it, so that its silence is `no`."""
        return self.unstated == "no"

    @property
    def an_act(self) -> bool:
        """Whether somebody's act can properly bring it about: an assurance, a step, a finding, or an agreement.

        What describes or claims something of the item, the parties, the route or the purpose is what it is.
        """
        return self.kind in ("assurance", "step", "finding") or (self.kind == "looked_up" and self.whose is not None)


class Always(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A condition that holds of every case, and why."""

    id: str
    condition: str
    why: Bilingual


class Vocabulary(msgspec.Struct, frozen=True):
    """All facts by name, in the order of the file, and the conditions that hold of every case.

    `misdescription` says what the law threatens who describes a transfer otherwise than it is.
    """

    facts: dict[str, Fact]
    always: tuple[Always, ...] = ()
    file: str = ""
    misdescription: Bilingual | None = None


class _UniqueKeys(yaml.SafeLoader):
    """PyYAML's safe loader (anchors and merges included: the file is our own), with each key once."""

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if key.value != "<<" and key.value in seen:
                raise yaml.constructor.ConstructorError(None, None, f"the key '{key.value}' is given twice", key.start_mark)
            seen.add(key.value)
        return super().construct_mapping(node, deep)


def load(path: Path) -> Vocabulary:
    """The vocabulary of a file. Raises `LawError` with every mistake in it."""
    name = path.name
    try:
        raw = yaml.load(read_text(path, LawError), Loader=_UniqueKeys)  # a SafeLoader
    except yaml.MarkedYAMLError as flaw:
        line = flaw.problem_mark.line + 1 if flaw.problem_mark else None
        raise LawError(Mistake(f"not readable as YAML: {flaw.problem}.", "Mend the line.", name, line)) from flaw
    except yaml.YAMLError as flaw:
        raise LawError(Mistake(f"not readable as YAML: {flaw}.", "Remove the character.", name)) from flaw
    if not isinstance(raw, dict) or not isinstance(raw.get("facts"), dict) or not isinstance(raw.get("always", []), list):
        raise LawError(Mistake("the vocabulary is not a mapping with `facts`.", "See docs/vocabulary.md.", name))
    mistakes: list[Mistake] = []
    facts: dict[str, Fact] = {}
    always: list[Always] = []
    for key, body in raw["facts"].items():
        try:
            facts[key] = msgspec.convert({"name": key, **(body if isinstance(body, dict) else {})}, Fact)
        except msgspec.ValidationError as flaw:
            mistakes.append(Mistake(f"the fact '{key}': {flaw}.", "See the head of the file.", name, field=key))
    for number, entry in enumerate(raw.get("always", ()), 1):
        try:
            always.append(msgspec.convert(entry, Always))
        except msgspec.ValidationError as flaw:
            mistakes.append(Mistake(f"`always`, entry {number}: {flaw}.", "See the head of the file.", name))
    try:
        warning = msgspec.convert(raw.get("misdescription"), Bilingual | None)
    except msgspec.ValidationError as flaw:
        mistakes.append(Mistake(f"`misdescription`: {flaw}.", "Write {en: …, ja: …}.", name))
        warning = None
    for fact in facts.values():
        mistakes += [Mistake(what, mend, name, field=fact.name) for what, mend in _flaws(fact, facts)]
    if mistakes:
        raise LawError(mistakes)
    return Vocabulary(facts, tuple(always), name, warning)


def _flaws(fact: Fact, facts: Mapping[str, Fact]) -> list[tuple[str, str]]:
    flaws: list[tuple[str, str]] = []
    if (fact.kind in CLAIMED) != fact.claimed:
        flaws.append((f"the fact '{fact.name}' is a {fact.kind}, whose silence is not '{fact.unstated}'.", ""))
    if fact.claimed and fact.whose is None:
        flaws.append((f"the fact '{fact.name}' does not say whose it is.", "Add `whose:`."))
    if (fact.unstated == "default") != (fact.default is not None):
        flaws.append((f"the fact '{fact.name}' has a default exactly if `unstated` says so.", ""))
    if fact.default is not None and fact.default not in facts and fact.default not in fact.values:
        flaws.append((f"the default '{fact.default}' of '{fact.name}' is neither a value nor a fact.", ""))
    if fact.type == "boolean" and (fact.holds is None or fact.fails is None):
        flaws.append((f"the boolean fact '{fact.name}' has no clauses.", "Add `holds:` and `fails:`."))
    if fact.type in ("text", "set") and not fact.values:
        flaws.append((f"the fact '{fact.name}' names no values.", "Add `values:`."))
    if (fact.kind == "looked_up") != (fact.lookup is not None):
        flaws.append((f"the fact '{fact.name}' has a look-up exactly if it is looked up.", ""))
    if fact.lookup is not None:
        flaws += [
            (f"the look-up of '{fact.name}' reads the unknown fact '{key}'.", suggest(key, facts))
            for key in fact.lookup.reads
            if key not in facts
        ]
    return flaws
