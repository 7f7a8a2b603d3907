"""The world by verdict: one transfer of a day put to every state of that day. States stand by their code and are not ranked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Annotated, Any, Literal

import msgspec
from fastapi import Query, Request
from starlette.responses import Response

from sekisho.case import Case
from sekisho.case.stated import facts_of_words, from_mapping
from sekisho.corpus import Corpus
from sekisho.decide import Decider
from sekisho.decision import STRICTEST, Answer, Verdict
from sekisho.desk.api.common import UNCHANGED, documented, engine, router_of, tagged
from sekisho.desk.api.law import versioned
from sekisho.desk.api.shapes import Both, Shape
from sekisho.desk.api.shapes import Verdict as VerdictShape
from sekisho.desk.problems import ParameterError
from sekisho.errors import CaseError, Mistake, UsageError
from sekisho.language.nodes import NONE, Compare, Constant, FactTerm, walk
from sekisho.render.data import case_data

router = router_of("map")
EXPORTER, KIND = "exporter.state", "foreign_government"
_OF_EACH = frozenset({"recipient.state", "end_user.state", "destination.state"})
"""What differs from state to state, and is not stated for all of them."""


class Put(msgspec.Struct, frozen=True):
    """A transfer put to the states of its day: the case without its recipient's state, and the regimes that are asked."""

    case: Case
    regimes: tuple[str, ...]


class Told(msgspec.Struct, frozen=True):
    """What is decided of the transfer to one state; `flaws` say why nothing can be."""

    code: str
    case: Case
    answer: Answer | None
    flaws: tuple[Mistake, ...] = ()

    @property
    def problem(self) -> str:
        """Why nothing can be decided, in English; nothing where it is."""
        return " ".join(f"{mistake.what} {mistake.mend}".strip() for mistake in self.flaws)

    @property
    def verdict(self) -> Verdict | None:
        """The verdict of the strictest regime."""
        return None if self.answer is None else self.answer.verdict


def put(body: dict[str, Any], regimes: Sequence[str] = ()) -> Put:
    """A transfer to be put to every state, from facts as a case states them and the regimes asked (none: all).

    Raises `ParameterError` for what no case can state, and for a day before the first day of every regime asked.
    """
    corpus = engine().corpus
    facts = corpus.vocabulary.facts
    home = {EXPORTER: whose_law(corpus)} if EXPORTER not in body else {}
    each = [name for name in body if name in _OF_EACH or (name in facts and facts[name].kind == "looked_up")]
    if each:
        raise ParameterError([Mistake(f"{name} differs from state to state.", "Leave it out.", field=name) for name in each])
    try:
        case = from_mapping(home | {"recipient.kind": KIND} | body, corpus)
    except CaseError as error:
        raise ParameterError(error.mistakes) from error
    try:
        names = tuple(corpus.regime(name).id for name in regimes) or tuple(corpus.regimes)
    except UsageError as error:
        raise ParameterError([replace(mistake, field="regime") for mistake in error.mistakes]) from error
    first = min(corpus.regimes[name].first_day for name in names)
    if case.date < first:
        what = f"the day {case.date} lies before the first day of the law that is asked, {first}."
        raise ParameterError([Mistake(what, f"Ask of {first} or later.", field="date")])
    return Put(case, names)


def whose_law(corpus: Corpus) -> str:
    """The state whose exports the first regime governs, as its condition names it; none where it names no state."""
    for node in walk(next(iter(corpus.regimes.values())).governs):
        if (
            isinstance(node, Compare)
            and node.op == "="
            and node.left == FactTerm(EXPORTER)
            and isinstance(node.right, Constant)
        ):
            return str(node.right.value)
    return NONE


def states_on(corpus: Corpus, day: dt.date) -> tuple[str, ...]:
    """The codes of the states and areas of a day, in alphabetical order."""
    return tuple(sorted(code for code in corpus.world.states if corpus.world.state_exists(code, day)))


def told(asked: Put, own: Decider | None = None) -> tuple[Told, ...]:
    """What is decided of a transfer to each state of its day but the exporter's own, by code.

    Raises `ParameterError` where the case can be for no state at all.
    """
    own = own or engine()
    exporter = asked.case.facts[EXPORTER]
    found = tuple(told_of(asked, code, own) for code in states_on(own.corpus, asked.case.date) if code != exporter)
    if all(entry.answer is None for entry in found):
        raise ParameterError(found[0].flaws)
    return found


def told_of(asked: Put, code: str, own: Decider | None = None) -> Told:
    """What is decided of a transfer to one state."""
    own = own or engine()
    case = msgspec.structs.replace(asked.case, facts=asked.case.facts | {"recipient.state": code})
    try:
        return Told(code, case, own.decide(case, asked.regimes))
    except CaseError as error:
        return Told(code, case, None, error.mistakes)


# ---- the operation ---------------------------------------------------------------------------------------------------


class StateShape(Shape):
    """One state: the verdict of the strictest regime, null where the case cannot be, for which `problem` says why."""

    code: str
    name: Both
    kind: Literal["state", "area"]
    verdict: VerdictShape | None
    regime: str | None
    verdicts: dict[str, VerdictShape]
    deciding: list[str]
    missing: list[str]
    problem: str


class MapShape(Shape):
    """The states of a day by code, each with the verdict of the transfer to it."""

    law_version: str
    world_version: str
    case: dict[str, Any]
    regimes: list[str]
    counts: dict[str, int]
    states: list[StateShape]


Stated = Annotated[
    list[str] | None,
    Query(
        alias="set", max_length=100, examples=[["assurance.licensor_request=true"]],
        description="A fact of the transfer to any state, as FACT=VALUE, a set's values joined by commas; may be repeated.",
    ),
]  # fmt: skip


@router.get("/map", operation_id="mapWorld", summary="A transfer put to every state of a day", responses={
    **documented(), 200: {"model": MapShape, "description": "The states by code, each with its verdict"},
    **UNCHANGED,
})  # fmt: skip
def map_world(
    request: Request, date: Annotated[str, Query(description="The day of the licence decision, such as 2023-12-22.")],
    item: Annotated[str, Query(max_length=200, description="An item of the catalogue, by id or name.")] = "",
    exporter: Annotated[str, Query(max_length=100, description="From which state; else from that whose law it is.")] = "",
    kind: Annotated[str, Query(max_length=100, description="The kind of recipient in each state.")] = KIND,
    regime: Annotated[list[str] | None, Query(max_length=20, description="Ask this regime only; may be repeated.")] = None,
    stated: Stated = None,
) -> Response:  # fmt: skip
    """The verdict of one transfer to every state and area of its day, with what it rests on and what is missing."""
    body = _facts(stated or []) | {"date": date, "recipient.kind": kind} | ({EXPORTER: exporter} if exporter else {})
    try:
        asked = put(body | ({"item": item} if item else {}), regime or ())
        return tagged(request, lambda: versioned() | map_data(asked, told(asked)))
    except ParameterError as error:
        raise ParameterError([replace(m, field=_PARAMETERS.get(m.field, "set")) for m in error.mistakes]) from error


_PARAMETERS = {
    "": "", "item": "item", "date": "date", "regime": "regime", EXPORTER: "exporter", "recipient.kind": "kind",
}  # fmt: skip
"""Which parameter gives a fact; all others are set."""


def _facts(stated: Sequence[str]) -> dict[str, Any]:
    """The facts that are set. Raises `ParameterError`."""
    try:
        facts = facts_of_words(stated, engine().corpus)
    except CaseError as error:
        raise ParameterError(error.mistakes, "set") from error
    own = [name for name in facts if name in _PARAMETERS]
    if own:
        told_by = [Mistake(f"{name} is not set.", f"Give it as {_PARAMETERS[name]}=….") for name in own]
        raise ParameterError(told_by, "set")
    return {name: sorted(value) if isinstance(value, frozenset) else value for name, value in facts.items()}


def map_data(asked: Put, entries: Sequence[Told]) -> dict[str, Any]:
    """The map as plain data."""
    return {
        "case": case_data(asked.case),
        "regimes": list(asked.regimes),
        "counts": dict(_counts(entries)),
        "states": [state_data(entry, engine().corpus) for entry in entries],
    }


def _counts(entries: Sequence[Told]) -> Iterator[tuple[str, int]]:
    for verdict in STRICTEST:
        yield verdict, sum(entry.verdict == verdict for entry in entries)


def state_data(entry: Told, corpus: Corpus) -> dict[str, Any]:
    """One state as plain data."""
    row, answer = corpus.world.states[entry.code][0], entry.answer
    told_by = answer.deciding if answer is not None else None
    return {
        "code": entry.code,
        "name": {"en": row["name"], "ja": row["name_ja"]},
        "kind": row["kind"],
        "verdict": entry.verdict,
        "regime": told_by.regime if told_by is not None else None,
        "verdicts": {decision.regime: decision.verdict for decision in answer.decisions} if answer is not None else {},
        "deciding": list(told_by.deciding) if told_by is not None else [],
        "missing": list(told_by.missing) if told_by is not None else [],
        "problem": entry.problem,
    }
