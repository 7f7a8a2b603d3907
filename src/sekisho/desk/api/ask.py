"""The interview: what can still change the verdict, the most decisive first. Its state goes to and fro; nothing is kept."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Body, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from sekisho.ask import Interview
from sekisho.ask.interview import Asked
from sekisho.desk.api.common import data, documented, engine, located, router_of
from sekisho.desk.api.decide import case_of
from sekisho.desk.api.shapes import AnswerShape, Both, Shape
from sekisho.desk.busy import Proofs
from sekisho.render.data import answer_data

router = router_of("ask")


class Said(BaseModel):
    """An answer: to which question, and what; null is *don't know*."""

    model_config = ConfigDict(extra="forbid")
    fact: str = Field(max_length=100)
    answer: bool | int | float | str | list[str] | None = None


class State(BaseModel):
    """Where an interview stands: the case it began with, and the answers so far."""

    model_config = ConfigDict(extra="forbid")
    case: dict[str, Any] = Field(description="A case, as /v1/decide takes it.")
    regimes: list[str] = Field(default_factory=list, max_length=20)
    acts: bool = Field(default=False, description="Ask also what authorities have done or found.")
    answers: list[Said] = Field(default_factory=list, max_length=200)


class Question(Shape):
    """The next question."""

    fact: str
    question: Both
    type: str
    values: dict[str, Both]
    serves: list[str]
    taken: dict[str, str]


class Interviewed(Shape):
    """The next question, null where the verdict follows; the state with which to answer it; and the answer so far."""

    schema_: int = Field(alias="schema")
    question: Question | None
    state: State
    answer: AnswerShape


@router.post("/ask", operation_id="ask", summary="The next question of an interview", responses={
    **documented(422), 200: {"model": Interviewed, "description": "The next question, or the end"},
})  # fmt: skip
def ask(request: Request, state: Annotated[State, Body()]) -> Response:
    """What to ask next, of the facts that can still change the verdict; with it the answer as the case stands."""
    own, proofs = engine(), request.app.state.proofs
    assert isinstance(proofs, Proofs)
    body = state.model_dump()
    with proofs.running(request):
        case = case_of(body["case"], "/case")
        located(body["case"], "/case", lambda: own.completer.complete(case))
        interview = located(body, "", lambda: Interview.of(own, body))
        asked = interview.question
        result = interview.result(request.app.state.settings.limits.seconds)
    return data(
        {
            "schema": 1,
            "question": None if asked is None else question_data(asked),
            "state": interview.state,
            "answer": answer_data(own, result, interview.case),
        }
    )


def question_data(asked: Asked) -> dict[str, Any]:
    """A question as plain data."""
    return {
        "fact": asked.fact,
        "question": {"en": asked.question.en, "ja": asked.question.ja},
        "type": asked.type,
        "values": {name: {"en": text.en, "ja": text.ja} for name, text in asked.values.items()},
        "serves": list(asked.serves),
        "taken": dict(asked.taken),
    }
