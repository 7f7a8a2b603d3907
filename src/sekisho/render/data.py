"""An answer as plain data: the shape of `decide --json` and of the API, documented in docs/decide-json.md."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from sekisho.case import Case, Completed
from sekisho.corpus import Bilingual, Provision
from sekisho.decide import Decider
from sekisho.decision import Answer, Assumption, Decision, Outstanding, Reading, Reason, Step
from sekisho.history import precedents_of
from sekisho.language.circuit import Truth
from sekisho.language.nodes import Node, Or
from sekisho.render import resting

SCHEMA = 1
"""The number of the shape. It changes when a field changes its meaning or goes; a new field leaves it."""


def plain(value: object) -> Any:
    """A fact's value as JSON has it: days as text, sets as sorted lists."""
    if isinstance(value, frozenset):
        return sorted(value)
    return value.isoformat() if isinstance(value, dt.date) else value


def answer_data(decider: Decider, answer: Answer, case: Case) -> dict[str, Any]:
    """An answer with all its decisions."""
    return {
        "schema": SCHEMA,
        "verdict": answer.verdict,
        "summary": answer.summary,
        "case": case_data(case),
        "law_version": decider.corpus.law_version,
        "world_version": decider.corpus.world_version,
        "decisions": [decision_data(decider, decision) for decision in answer.decisions],
    }


def case_data(case: Case) -> dict[str, Any]:
    """A case as it was stated, with dotted facts."""
    head: dict[str, Any] = {"date": case.date.isoformat()}
    for key in ("id", "title", "item", "head"):
        if getattr(case, key):
            head[key] = getattr(case, key)
    return head | dict(case.names) | {name: plain(value) for name, value in sorted(case.facts.items())}


def decision_data(decider: Decider, decision: Decision) -> dict[str, Any]:
    """One regime's decision."""
    return {
        "regime": decision.regime,
        "verdict": decision.verdict,
        "summary": decision.summary,
        "exact": _exact(decision),
        "rests": resting.data(decision),
        "law_in_force": str(decision.law.segment) if decision.law is not None else None,
        "head": decision.head,
        "ways": [
            {"provision": way.provision, "effect": _provision(decision, way.provision).effect,
             "title": _title(decision, way.provision), "outstanding": list(way.outstanding)}
            for way in decision.ways
        ],
        "barring": [
            {"provision": name, "title": _title(decision, name),
             "lifted_by": [lift.id for lift in decision.law.lifts_of[name]] if decision.law is not None else []}
            for name in decision.barring
        ],
        "outstanding": [_outstanding(decision, entry) for entry in decision.outstanding],
        "missing": [
            {"fact": question.fact, "question": _both(question.question), "serves": list(question.serves)}
            for question in decision.questions
        ],
        "assumed": [_assumed(decision, entry) for entry in decision.assumed],
        "notices": [{"kind": n.kind, "text": n.text, "provision": n.provision} for n in decision.notices],
        "deciding": list(decision.deciding),
        "facts": facts_data(decision.completed, decision),
        "governs": _step(decision.reading, decision.governs) if decision.governs is not None else None,
        "reasons": [_reason(decision.reading, reason) for reason in decision.reasons],
        "precedents": [
            {"id": p.id, "title": p.title, "date": p.date, "recorded": p.recorded, "verdict": p.verdict,
             "shares": list(p.shares)}
            for p in precedents_of(decider, decision)
        ],
    }  # fmt: skip


def facts_data(completed: Completed, decision: Decision) -> dict[str, Any]:
    """Every fact known of the case and read by the law in force, with where it comes from."""
    if decision.law is None:
        return {}
    read = decision.reading.provisions
    facts: dict[str, Any] = {}
    for name in decision.corpus.vocabulary.facts:
        known = completed.known(name) if name in read or name in completed.case.facts else None
        if known is None:
            continue
        entry: dict[str, Any] = {"value": plain(known.value), "by": known.by}
        if known.source:
            entry["source"] = known.source
        if known.found is not None:
            entry["answer"] = known.found.why
        facts[name] = entry
    return facts


def _exact(decision: Decision) -> dict[str, Any] | None:
    found = decision.exact
    return None if found is None else {"possible": list(found.possible), "kleene": found.kleene}


def _provision(decision: Decision, name: str) -> Provision:
    return decision.corpus.provisions[name]


def _title(decision: Decision, name: str) -> dict[str, str]:
    provision = _provision(decision, name)
    return {"en": provision.title, "ja": provision.title_ja}


def _both(text: Bilingual | None) -> dict[str, str] | None:
    return None if text is None else {"en": text.en, "ja": text.ja}


def _outstanding(decision: Decision, entry: Outstanding) -> dict[str, Any]:
    provision = _provision(decision, entry.requirement)
    return {
        "requirement": entry.requirement,
        "what": provision.label,
        "title": _title(decision, entry.requirement),
        "by": {"en": provision.by, "ja": provision.by_ja},
        "may": entry.may,
        "alternatives": [decision.reading.text(part) for part in alternatives(provision.met)],
    }


def alternatives(met: Node | None) -> tuple[Node, ...]:
    """The alternatives that a `met` offers: the parts of an OR, else the condition itself."""
    if met is None:
        return ()
    return met.parts if isinstance(met, Or) else (met,)


def _assumed(decision: Decision, entry: Assumption) -> dict[str, Any]:
    name, _, value = entry.name.partition(":")
    fact = decision.corpus.vocabulary.facts[name]
    label = fact.values[value] if value else fact.label
    data: dict[str, Any] = {
        "name": entry.name, "how": entry.how, "heard": entry.heard, "label": _both(label), "whose": _both(fact.whose),
    }  # fmt: skip
    return data | ({"value": entry.value} if entry.value else {})


def _step(reading: Reading, step: Step) -> dict[str, Any]:
    data: dict[str, Any] = {"text": reading.text(step.node), "value": step.value}
    if step.facts:
        data["facts"] = {name: plain(value) for name, value in step.facts.items()}
    if step.steps:
        data["steps"] = [_step(reading, part) for part in step.steps]
    return data


_EFFECTIVE: Mapping[str, str] = {"prohibits": "bars", "lifts": "opens", "permits": "opens", "requires": "done"}


def _reason(reading: Reading, reason: Reason) -> dict[str, Any]:
    data: dict[str, Any] = {"provision": reason.provision, "effect": reason.effect, "applies": reason.applies}
    effective: Truth = reason.effective
    data[_EFFECTIVE[reason.effect]] = effective
    if reason.when is not None:
        data["when"] = _step(reading, reason.when)
    if reason.met_by is not None:
        data["met"] = _step(reading, reason.met_by)
    return data
