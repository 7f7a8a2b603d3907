"""How a register is to be swept, as the form of its page says it: which column states what, and what is set for all rows.

The state of the form is the query of its address: `c:HEADER` says what a column states, `same.N` and `same.N.value` what is
the same in every row, `if.N` and `if.N.value` what is put in place of what a row states.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from sekisho.corpus import Corpus
from sekisho.desk.pages.language import N_, Gettext
from sekisho.desk.sweeping.kept import Asked
from sekisho.desk.sweeping.receiving import mapping_of
from sekisho.errors import Mistake, SekishoError
from sekisho.text import day

COLUMN, SAME, IF = "c:", "same", "if"
CARRIED = "-"
"""What is chosen for a column that states nothing and is carried along."""
LINES, MOST_LINES = 3, 20
"""Lines of a form for what is the same in every row, and the most that an address may have."""

ROLES: Mapping[str, str] = {
    "key": N_("the row's own key"),
    "date": N_("the day of the decision: a day, a month or a year"),
    "date_from": N_("the first day it may have been"),
    "date_to": N_("the last day it may have been"),
    "item": N_("the item, by a name in the catalogue"),
    "item.description": N_("what kind of thing it is, in the words of a register"),
    "exporter": N_("the exporter, in one word"),
    "recipient": N_("the recipient, in one word"),
    "end_user": N_("the end user, in one word"),
    "destination": N_("the destination, in one word"),
    "head": N_("the head relied on, by its id"),
    "uncertain_order": N_("a mark that the year is uncertain"),
}
"""What a column may be for besides a fact."""
GROUPS: Mapping[str, str] = {
    "": N_("The row"), "item": N_("The item"), "exporter": N_("The exporter"), "recipient": N_("The recipient"),
    "end_user": N_("The end user"), "destination": N_("The destination"), "transfer": N_("The transfer"),
    "assurance": N_("Assurances"), "step": N_("Steps of a procedure"), "finding": N_("Findings of an authority"),
}  # fmt: skip
"""Names of the groups of facts; facts without a point, and those of no group, belong to the row."""
FORMATS: Mapping[str, str] = {
    "": N_("told by the header"), "own": N_("our own names of columns"),
    "sipri": N_("SIPRI Arms Transfers Database"), "unroca": N_("United Nations Register of Conventional Arms"),
}  # fmt: skip


class Form(msgspec.Struct, frozen=True):
    """What a form says, and what is wrong with it: by field, what and the mend."""

    asked: Asked
    chosen: Mapping[str, str]
    same: Sequence[tuple[str, str]]
    put: Sequence[tuple[str, str]]
    yaml: str = ""
    law_on: str = ""
    world_on: str = ""
    flaws: Mapping[str, list[Mistake]] = {}


def form_of(pairs: Sequence[tuple[str, str]], kept: Asked, corpus: Corpus) -> Form:
    """The form that a query is; `kept` says what the register is called."""
    last = dict(pairs)
    flaws: dict[str, list[Mistake]] = {}
    days = {name: _day(last, name, flaws) for name in ("law_on", "world_on")}
    chosen = {name.removeprefix(COLUMN): value for name, value in pairs if name.startswith(COLUMN) and value}
    same, put = _lines(last, SAME), _lines(last, IF)
    yaml = last.get("map", "").replace("\r\n", "\n")
    asked = Asked(
        kept.name, tuple(value for name, value in pairs if name == "regime" and value), last.get("format", ""),
        _mapping(chosen, same, yaml, flaws), tuple(f"{fact}={value}" for fact, value in put if fact and value), days["law_on"],
        days["world_on"], last.get("strict", "") == "true",
    )  # fmt: skip
    try:
        asked.check(corpus)
    except SekishoError as error:
        flaws[IF if put else "format"] = list(error.mistakes)
    return Form(asked, chosen, _padded(same), _padded(put), yaml, last.get("law_on", ""), last.get("world_on", ""), flaws)


def _day(last: Mapping[str, str], name: str, flaws: dict[str, list[Mistake]]) -> dt.date | None:
    found = day(last.get(name, ""))
    if last.get(name) and found is None:
        flaws[name] = [Mistake(f"'{last[name][:40]}' is not a day.", "Write it as 2023-12-22.")]
    return found


def _lines(last: Mapping[str, str], name: str) -> list[tuple[str, str]]:
    lines = [(last.get(f"{name}.{n}", "").strip(), last.get(f"{name}.{n}.value", "").strip()) for n in range(MOST_LINES)]
    return [line for line in lines if any(line)]


def _padded(lines: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    return [*lines, *[("", "")] * (LINES - len(lines))]


def _mapping(
    chosen: Mapping[str, str], same: Sequence[tuple[str, str]], yaml: str, flaws: dict[str, list[Mistake]]
) -> dict[str, Any] | None:  # fmt: skip
    """The mapping of a form: the one that is written out, if there is one, else what was chosen."""
    if yaml.strip():
        try:
            return mapping_of(yaml)
        except SekishoError as error:
            flaws["map"] = list(error.mistakes)
            return None
    roles: dict[str, str] = {}
    for header, role in chosen.items():
        if role == CARRIED:
            continue
        if role in roles:
            flaws[COLUMN + header] = [Mistake(f"'{roles[role]}' and '{header}' both state {role}.", "Keep one of them.")]
        roles[role] = header
    mapping = {
        "columns": roles, "ignore": sorted(chosen), "constants": {fact: value for fact, value in same if fact and value},
    }  # fmt: skip
    found = {key: value for key, value in mapping.items() if value}
    return found or None


def pairs_of(asked: Asked) -> list[tuple[str, str]]:
    """The query of a form that asks for the same; a mapping that the form has no fields for is written out."""
    pairs = [("format", asked.format)] if asked.format else []
    mapping = asked.mapping or {}
    columns, constants = mapping.get("columns", {}), mapping.get("constants", {})
    ignored = [header for header in mapping.get("ignore", []) if header not in columns.values()]
    plain = mapping.keys() <= {"columns", "constants", "ignore"} and len(constants) <= LINES
    if plain and all(isinstance(value, str | bool | int | float) for value in constants.values()):
        pairs += [(f"{COLUMN}{header}", role) for role, header in columns.items()]
        pairs += [(f"{COLUMN}{header}", CARRIED) for header in ignored]
        pairs += _numbered(SAME, [(fact, _word(value)) for fact, value in constants.items()])
    else:
        pairs.append(("map", json.dumps(mapping, ensure_ascii=False, indent=1)))
    split = [word.partition("=") for word in asked.fixed]
    pairs += _numbered(IF, [(fact, value) for fact, _, value in split])
    pairs += [("regime", regime) for regime in asked.regimes]
    pairs += [(name, str(day)) for name, day in (("law_on", asked.law_on), ("world_on", asked.world_on)) if day is not None]
    return pairs + ([("strict", "true")] if asked.strict else [])


def _numbered(name: str, lines: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    return [pair for n, (fact, value) in enumerate(lines) for pair in ((f"{name}.{n}", fact), (f"{name}.{n}.value", value))]


def _word(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def groups(corpus: Corpus, language: str, say: Gettext) -> list[tuple[str, list[tuple[str, str]]]]:
    """What a column may be for, in groups: the name of a group, and of each role its id and its words."""
    found: dict[str, list[tuple[str, str]]] = {name: [] for name in GROUPS}
    for role, words in ROLES.items():
        found[_group(role)].append((role, say(words)))
    for fact in corpus.vocabulary.facts.values():
        found[_group(fact.name)].append((fact.name, fact.label.in_(language)))
    return [(say(GROUPS[name]), roles) for name, roles in found.items() if roles]


def _group(role: str) -> str:
    head = role.partition(".")[0]
    return head if head in GROUPS else ""
