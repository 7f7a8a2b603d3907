"""Deciding: a case, or a batch of them. Nothing is stored."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Annotated, Any

from fastapi import Query, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from sekisho.case import Case
from sekisho.case.stated import from_mapping
from sekisho.decide import Decider
from sekisho.desk.api.common import DAY, data, day_of, documented, engine, located, read_json, router_of
from sekisho.desk.api.shapes import AnswerShape
from sekisho.desk.busy import Proofs
from sekisho.desk.problems import DeskError, ParameterError
from sekisho.errors import Mistake, ProofTimeout, UsageError
from sekisho.prove.exact import exactly
from sekisho.prove.rests import with_rests
from sekisho.receipt import Options
from sekisho.render.data import answer_data

router = router_of("decide")

Regimes = Annotated[list[str] | None, Query(description="Ask this regime only; may be repeated.")]
LawOn = Annotated[str | None, Query(description="Put the case under the law of another day.", json_schema_extra=DAY)]
WorldOn = Annotated[str | None, Query(description="Look facts up on another day.", json_schema_extra=DAY)]
Strict = Annotated[bool, Query(description="Facts last checked before the day are unknown.")]
Override = Annotated[bool, Query(description="Stated facts stand against the catalogue and the world.")]
Exact = Annotated[bool, Query(description="What follows whatever the answer to what is not known.")]
Rests = Annotated[bool, Query(description="What the answer rests on, and what could turn it.")]

CASE = {"$ref": "#/components/schemas/Case"}
BODY: dict[str, Any] = {
    "required": True,
    "content": {
        "application/json": {"schema": {"anyOf": [CASE, {"type": "array", "items": CASE, "minItems": 1, "maxItems": 1000}]}}
    },
}
_DONE: dict[str, Any] = {
    "description": "The answer to a case, or a list of them for a list of cases",
    "content": {
        "application/json": {
            "schema": {
                "anyOf": [
                    {"$ref": "#/components/schemas/Answer"},
                    {"type": "array", "items": {"$ref": "#/components/schemas/Answer"}},
                ]
            }
        }
    },
}
SHAPES = (AnswerShape,)
Seconds = Callable[[], float]
SHORT = 16 << 10
"""Bytes of a case that is decided at once; a longer one, which may be all mistakes, must not keep others waiting."""


@router.post(
    "/decide", operation_id="decide", summary="Decide a case or several",
    responses={**documented(422), 200: _DONE}, openapi_extra={"requestBody": BODY},
)  # fmt: skip
async def decide(
    request: Request, regime: Regimes = None, law_on: LawOn = None, world_on: WorldOn = None,
    strict: Strict = False, override: Override = False, exact: Exact = False, rests: Rests = False,
) -> Response:  # fmt: skip
    """The verdict of each regime asked, with its reasons, what is outstanding and from whom, and what is missing."""
    options = options_of(regime, law_on, world_on, strict, override)
    body = await json_body(request)
    if not exact and not rests and not isinstance(body, list):
        if len(await request.body()) > SHORT:
            return await run_in_threadpool(_one, body, options)
        return _one(body, options)
    return await run_in_threadpool(_all, request, body, options, exact, rests)


def options_of(
    regimes: list[str] | None, law_on: str | None, world_on: str | None, strict: bool, override: bool
) -> Options:  # fmt: skip
    """How a case is decided, by the parameters of a query. Raises `ParameterError` for a day or a regime that is none."""
    days = day_of(law_on, "law_on"), day_of(world_on, "world_on")
    try:
        names = tuple(engine().corpus.regime(name).id for name in regimes or ())
    except UsageError as error:
        raise ParameterError(error.mistakes, "regime", kind="usage") from error
    return Options(names, *days, strict, override)


def _one(body: Any, options: Options) -> Response:
    return data(_decided(engine(), body, "", options))


def _all(request: Request, body: Any, options: Options, exact: bool, rests: bool) -> Response:
    own, limits = engine(), request.app.state.settings.limits
    bodies = body if isinstance(body, list) else [body]
    if not bodies or len(bodies) > limits.batch:
        raise DeskError(400, Mistake(f"a batch has 1 to {limits.batch:,} cases.", "Send it in parts."), "input")
    if not exact and not rests:
        return data([_decided(own, entry, f"/{place}", options) for place, entry in enumerate(bodies)])
    proofs: Proofs = request.app.state.proofs
    with proofs.running(request):
        left = _until(limits.seconds)
        found = [
            _decided(own, entry, f"/{place}" if isinstance(body, list) else "", options, exact, rests, left)
            for place, entry in enumerate(bodies)
        ]
    return data(found if isinstance(body, list) else found[0])


def _until(seconds: float) -> Seconds:
    """The seconds that are left of those that all proofs of a request may take. Raises `ProofTimeout` once there are none."""
    end = time.monotonic() + seconds

    def left() -> float:
        found = end - time.monotonic()
        if found <= 0:
            raise ProofTimeout(seconds)
        return found

    return left


def _decided(
    own: Decider, body: Any, at: str, options: Options, exact: bool = False, rests: bool = False, left: Seconds = float
) -> dict[str, Any]:  # fmt: skip
    case = case_of(body, at)

    def decided() -> dict[str, Any]:
        answer = own.decide(case, options.regimes, options.law_on, options.world_on, options.strict, options.override)
        if exact:
            answer = exactly(own, answer, left())
        if rests:
            answer = with_rests(own, answer, left())
        return answer_data(own, answer, case)

    return located(body, at, decided)


def case_of(body: Any, at: str = "") -> Case:
    """The case of a body. Raises `LocatedError` with all that is wrong with it."""
    return located(body, at, lambda: from_mapping(body, engine().corpus))


async def json_body(request: Request) -> Any:
    """The JSON that a request holds. Raises `DeskError` for another media type, and for what is no JSON."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().casefold()
    if kind != "application/json" and not (kind.startswith("application/") and kind.endswith("+json")):
        raise DeskError(415, Mistake("the body is to be application/json.", "Send it so, with this media type."), "media-type")
    return read_json(await request.body())
