"""The shapes of answers, for the OpenAPI document. What they hold is explained in docs/decide-json.md."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from sekisho.case.stated import NAMES, PARTIES, PLAIN
from sekisho.corpus import Fact, Vocabulary
from sekisho.language.nodes import NONE

Verdict = Literal["prohibited", "undetermined", "conditional", "permitted", "outside"]


class Shape(BaseModel):
    """A shape of an answer; more fields may come."""

    model_config = ConfigDict(extra="allow")


class Both(Shape):
    """A text in English and Japanese."""

    en: str
    ja: str


class Way(Shape):
    """A head or lift that opens the transfer."""

    provision: str
    effect: str
    title: Both
    outstanding: list[str]


class Bar(Shape):
    """A prohibition that bars it, and what would lift it."""

    provision: str
    title: Both
    lifted_by: list[str]


class OutstandingShape(Shape):
    """What is still to be obtained, and from whom."""

    requirement: str
    what: str
    title: Both
    by: Both
    may: bool
    alternatives: list[str]


class Missing(Shape):
    """A fact that is missing, as a question."""

    fact: str
    question: Both
    serves: list[str]


class Assumed(Shape):
    """What silence is taken to mean."""

    name: str
    how: str
    heard: bool
    label: Both
    whose: Both | None
    value: str | None = None


class NoticeShape(Shape):
    """Something a reader should know besides."""

    kind: str
    text: str
    provision: str


class ReasonShape(Shape):
    """A provision considered."""

    provision: str
    effect: str
    applies: bool | None
    when: dict[str, Any] | None = None
    met: dict[str, Any] | None = None


class PrecedentShape(Shape):
    """A recorded case that shares what decided."""

    id: str
    title: str
    date: str
    recorded: str
    verdict: Verdict
    shares: list[str]


class DecisionShape(Shape):
    """One regime's decision."""

    regime: str
    verdict: Verdict
    summary: str
    exact: dict[str, Any] | None
    rests: dict[str, Any] | None
    law_in_force: str | None
    head: str | None
    ways: list[Way]
    barring: list[Bar]
    outstanding: list[OutstandingShape]
    missing: list[Missing]
    assumed: list[Assumed]
    notices: list[NoticeShape]
    deciding: list[str]
    facts: dict[str, dict[str, Any]]
    governs: dict[str, Any] | None
    reasons: list[ReasonShape]
    precedents: list[PrecedentShape]


class AnswerShape(Shape):
    """The answer to a case: what `sekisho decide --json` prints."""

    model_config = ConfigDict(extra="allow", title="Answer")
    schema_: int = Field(alias="schema")
    verdict: Verdict
    summary: str
    case: dict[str, Any]
    law_version: str
    world_version: str
    decisions: list[DecisionShape]


_JSON: Mapping[str, dict[str, Any]] = {
    "boolean": {"type": "boolean"},
    "number": {"type": "number"},
    "date": {"type": "string", "format": "date"},
    "state": {"type": "string", "minLength": 3, "description": f"An ISO 3166 code of three letters, or {NONE}."},
}


def case_schema(vocabulary: Vocabulary) -> dict[str, Any]:
    """The JSON Schema of a case: every fact by its dotted name, or nested in what it is of."""
    parts: dict[str, dict[str, Any]] = {}
    facts: dict[str, Any] = {"date": {"type": "string", "format": "date", "description": "The day of the licence decision."}}
    facts |= {name: {"type": "string"} for name in sorted(PLAIN | NAMES)}
    for name, fact in vocabulary.facts.items():
        facts[name] = _schema_of(fact)
    for name, said in list(facts.items()):
        part, _, rest = name.partition(".")
        if rest:
            parts.setdefault(part, {})[rest] = said
    named = {"type": "string", "description": "A state's code, or an item's id or name."}
    for part, properties in parts.items():
        whole = {"type": "object", "properties": properties, "additionalProperties": False}
        facts[part] = {"anyOf": [named, whole]} if part in PARTIES | {"item"} else whole
    return {
        "title": "Case", "description": "A transfer as it is stated, nested or dotted (docs/cases.md).",
        "type": "object", "required": ["date"], "properties": facts, "additionalProperties": False,
    }  # fmt: skip


def _schema_of(fact: Fact) -> dict[str, Any]:
    words = list(fact.values)
    if fact.type == "text":
        found: dict[str, Any] = {"type": "string", "enum": words}
    elif fact.type == "set":
        found = {"type": "array", "items": {"type": "string", "enum": words}, "uniqueItems": True}
    else:
        found = dict(_JSON[fact.type])
    return found | {"title": fact.label.en}
