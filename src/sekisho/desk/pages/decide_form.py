"""The fields of the page Decide: what an address says as a case, the one address of a state, and what the form shows.

An address names facts as a case does (docs/cases.md), a party or an item by one word. Its canonical form has codes for names
and nothing that is blank, so that one state of the page has one address in every language.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec

from sekisho.case import Case
from sekisho.case.stated import NAMES, PARTIES, from_mapping
from sekisho.corpus import Corpus, Fact
from sekisho.desk.pages.language import N_
from sekisho.errors import Mistake, SekishoError, UsageError
from sekisho.language.nodes import NONE
from sekisho.receipt import Options
from sekisho.render.words import state_name
from sekisho.text import day, suggest

Pairs = list[tuple[str, str]]
OPTIONS = ("regime", "law_on", "world_on", "strict", "override")
CORRECTING = ("correct", "seen")
"""The saved case that is being corrected, and its newest entry when that was begun."""
VIEW = ("lang", "line", "rests", "all", "ask", "unknown", "taken", *CORRECTING)
"""What an address says besides the case: how it is decided, and what of the answer is shown."""
ON = ("1", "true", "on")
PARTY_ORDER = ("exporter", "recipient", "end_user", "destination")


class Group(msgspec.Struct, frozen=True):
    """Facts that stand together in the form, by the beginnings of their names or their kind; `open` says at once."""

    title: str
    kinds: tuple[str, ...]
    starts: tuple[str, ...] = ("",)
    hint: str = ""
    open: bool = False

    def has(self, fact: Fact) -> bool:
        """Whether a fact belongs here."""
        return fact.kind in self.kinds and fact.name.startswith(self.starts) and fact.name not in SHOWN


SHOWN = ("act", "terms", "recipient.kind", "end_user.kind", *(f"{party}.state" for party in PARTY_ORDER))
"""Facts with a place of their own in the form."""
GROUPS = (
    Group(
        N_("The item, described"), ("described",), ("item.",),
        N_("For an item that the catalogue does not have. What it has is not to be stated again."),
    ),
    Group(N_("Claims"), ("claim",), hint=N_("No until they are made."), open=True),
    Group(N_("Assurances"), ("assurance",), hint=N_("No until they are given."), open=True),
    Group(
        N_("Steps taken"), ("step",),
        hint=N_("“No” says that it was asked and refused. For what is not yet done, say nothing."),
    ),
    Group(
        N_("Findings made"), ("finding",),
        hint=N_("What an authority has found. Say nothing of what it has not decided."),
    ),
    Group(N_("Facts that are looked up"), ("looked_up",), hint=N_("Only where the tables do not answer.")),
)  # fmt: skip
"""The further facts of the form, in order: every fact of the vocabulary has its place."""


class Stated(msgspec.Struct, frozen=True):
    """What an address says: the case and the options, or what is wrong with each field."""

    case: Case | None
    options: Options
    flaws: tuple[Mistake, ...] = ()


def canonical(pairs: Iterable[tuple[str, str]], corpus: Corpus) -> Pairs:
    """The pairs of an address as its canonical form has them."""
    found: dict[tuple[str, str], None] = {}
    for name, value in pairs:
        value = value.strip()
        if value:
            found[name, _code(name, value, corpus)] = None
    return list(found)


def _code(name: str, value: str, corpus: Corpus) -> str:
    if name == "item":
        item = corpus.catalogue.find(value)
        return item.id if item is not None else value
    if name in PARTIES or (name in corpus.vocabulary.facts and corpus.vocabulary.facts[name].type == "state"):
        body = corpus.world.bodies.get(value.casefold()) if name in PARTIES and value not in corpus.world.states else None
        return body["id"] if body is not None else corpus.world.state(value) or value
    return value


def not_in_the_form(pairs: Pairs, corpus: Corpus) -> Pairs:
    """What an address says and the form has no field for, such as the names of parties and a case that is being corrected."""
    fields = {*corpus.vocabulary.facts, *PARTIES, "date", "item", "item.name", "head", "title", *OPTIONS}
    return [(name, value) for name, value in pairs if name in CORRECTING or (name not in fields and name not in VIEW)]


def says_a_case(pairs: Pairs) -> bool:
    """Whether an address says anything of a transfer."""
    return any(name not in VIEW and name not in OPTIONS for name, _ in pairs)


def stated(pairs: Pairs, corpus: Corpus) -> Stated:
    """The case and options of an address, or all that is wrong with them."""
    flaws: list[Mistake] = []
    options, case = Options(), None
    try:
        options = _options(pairs, corpus)
    except SekishoError as error:
        flaws += error.mistakes
    try:
        case = from_mapping(body_of(pairs, corpus), corpus)
    except SekishoError as error:
        flaws += error.mistakes
    return Stated(None if flaws else case, options, tuple(flaws))


def body_of(pairs: Pairs, corpus: Corpus) -> dict[str, Any]:
    """The case of an address as the mapping that a file would hold."""
    body: dict[str, Any] = {}
    for name, value in pairs:
        if name in VIEW or name in OPTIONS:
            continue
        fact = corpus.vocabulary.facts.get(name)
        if fact is not None and fact.type == "set":
            body.setdefault(name, []).append(value)
        else:
            body[name] = _typed(fact, value)
    return body


def _typed(fact: Fact | None, value: str) -> Any:
    if fact is not None and fact.type == "boolean":
        return {"true": True, "false": False}.get(value, value)
    if fact is not None and fact.type == "number":
        try:
            return float(value)
        except ValueError:
            return value
    return value


def _options(pairs: Pairs, corpus: Corpus) -> Options:
    last = dict(pairs)
    mistakes: list[Mistake] = []
    for name in ("law_on", "world_on"):
        if name in last and day(last[name]) is None:
            mistakes.append(Mistake(f"'{last[name]}' is not a day.", "Write it as 2023-12-22.", field=name))
    regimes = tuple(value for name, value in pairs if name == "regime")
    for name in regimes:
        if name not in corpus.regimes:
            mistakes.append(Mistake(f"there is no regime '{name}'.", suggest(name, corpus.regimes), field="regime"))
    if mistakes:
        raise UsageError(mistakes)
    law_on, world_on = day(last.get("law_on")), day(last.get("world_on"))
    return Options(regimes, law_on, world_on, last.get("strict") in ON, last.get("override") in ON)


def field_of(name: str, corpus: Corpus) -> str:
    """The field of the form that a mistake about a fact belongs to; empty where it has none."""
    party, _, aspect = name.partition(".")
    if party in PARTIES and aspect in ("state", "name"):
        return party
    if (
        name in corpus.vocabulary.facts
        or name in PARTIES
        or name in OPTIONS
        or name in ("date", "item", "item.name", "head", "title")
    ):
        return name
    return ""


def word_of(name: str, value: str, corpus: Corpus, language: str) -> str:
    """How the form shows a value: a state and an item by name, other values as they are."""
    if name == "item" and value in corpus.catalogue.items:
        item = corpus.catalogue.items[value]
        return (item.name_ja if language == "ja" else "") or item.name
    return state_name(corpus, value, language) if value in corpus.world.states else value


def pairs_of(case: Case) -> Pairs:
    """The address of a case as it is stated."""
    pairs: Pairs = [("date", case.date.isoformat())]
    pairs += [(name, value) for name in ("item", "head", "title", "id") if (value := getattr(case, name))]
    pairs += [(name, value) for name, value in case.names.items() if name in NAMES]
    for name, value in case.facts.items():
        values: Sequence[Any] = (sorted(value) or [NONE]) if isinstance(value, frozenset) else [value]
        pairs += [(name, str(entry).lower() if isinstance(entry, bool) else str(entry)) for entry in values]
    return pairs


def groups(corpus: Corpus) -> Iterator[tuple[Group, list[Fact]]]:
    """The groups of the form with their facts."""
    for group in GROUPS:
        yield group, [fact for fact in corpus.vocabulary.facts.values() if group.has(fact)]


def values_of(pairs: Pairs) -> Mapping[str, list[str]]:
    """The values of an address by name."""
    found: dict[str, list[str]] = {}
    for name, value in pairs:
        found.setdefault(name, []).append(value)
    return found
