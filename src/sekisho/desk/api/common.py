"""What the resources share: the engine, versions, known parameters only, documented problems, data as it is encoded."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections import Counter
from collections.abc import Callable, Coroutine, Iterable, Iterator, Mapping
from typing import Any, TypeVar, get_args, get_origin

import msgspec
from fastapi import APIRouter, Depends, Request
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from starlette.responses import Response

from sekisho.corpus import code_version
from sekisho.decide import Decider, decider
from sekisho.desk.problems import MEDIA, DeskError, LocatedError, ParameterError, pointer
from sekisho.errors import InputError, Mistake, SekishoError
from sekisho.text import day, suggest

DAY: dict[str, Any] = {"format": "date"}
"""What a schema says of a text that is a day."""
LAW, WORLD = "sekisho-law-version", "sekisho-world-version"
PROBLEMS: Mapping[int | str, dict[str, Any]] = {
    400: {"description": "The request is not well formed, or the engine refuses what it says"},
    401: {"description": "The token is missing or wrong"},
    403: {"description": "Another site may not write here"},
    404: {"description": "There is no such thing"},
    408: {"description": "The body did not come in time"},
    413: {"description": "The body is too large"},
    415: {"description": "The body is of another media type"},
    429: {"description": "Too many requests; come again"},
    431: {"description": "The headers are too large"},
    503: {"description": "The server is busy, or its store is away; come again"},
}
"""The problems that any operation may answer with."""


UNCHANGED: dict[int | str, dict[str, Any]] = {304: {"description": "Unchanged"}}
_ALSO: Mapping[int, str] = {
    409: "In conflict with what is there",
    412: "It has changed since",
    422: "It does not hold, or was not proven in the time that is given",
    507: "There is no room for it",
}


def documented(*more: int) -> dict[int | str, dict[str, Any]]:
    """The responses of an operation besides its own: those of all, and some more."""
    found: dict[int | str, dict[str, Any]] = {**PROBLEMS, **{status: {"description": _ALSO[status]} for status in more}}
    body = {MEDIA: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {status: said | {"content": body} for status, said in found.items()}


class _JsonRequest(Request):
    """A request whose JSON is read as strictly as `read_json` reads it."""

    async def json(self) -> Any:
        return read_json(await self.body())


class _JsonRoute(APIRoute):
    """An operation whose body is read by `_JsonRequest`."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        answer = super().get_route_handler()

        async def strictly(request: Request) -> Response:
            return await answer(_JsonRequest(request.scope, request.receive))

        return strictly


def router_of(name: str, **options: Any) -> APIRouter:
    """A router of one resource: its operations refuse parameters they do not know, and JSON that is not well formed."""
    return APIRouter(
        prefix="/v1", tags=[name], dependencies=[Depends(known_parameters)], route_class=_JsonRoute, **options
    )  # fmt: skip


async def known_parameters(request: Request) -> None:
    """Refuse a parameter of the query that the operation does not know, and one given twice that it takes but once.

    Raises `ParameterError`.
    """
    if not request.query_params:
        return
    route = request.scope["route"]
    known = dict(_parameters(route.dependant)) if hasattr(route, "dependant") else {}
    given = Counter(name for name, _ in request.query_params.multi_items())
    mistakes = [
        Mistake(f"there is no parameter '{name}'.", suggest(name, known) or NO_PARAMETER, field=name)
        if name not in known
        else Mistake(f"the parameter '{name}' is given {times} times.", "Give it once.", field=name)
        for name, times in given.items()
        if name not in known or (times > 1 and not known[name])
    ]
    if mistakes:
        raise ParameterError(mistakes)


NO_PARAMETER = "Leave it out: /v1/openapi.json has those that there are."


def _parameters(dependant: Dependant) -> Iterable[tuple[str, bool]]:
    """The names of parameters, and whether each may be repeated."""
    for field in dependant.query_params:
        kinds = (field.field_info.annotation, *get_args(field.field_info.annotation))
        yield field.alias, any(get_origin(kind) is list for kind in kinds)
    for other in dependant.dependencies:
        yield from _parameters(other)


def engine() -> Decider:
    """The engine over the package's own law and world."""
    return decider()


def versions() -> dict[str, str]:
    """The versions of law and world, as headers."""
    corpus = engine().corpus
    return {LAW: corpus.law_version, WORLD: corpus.world_version}


def data(value: object, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """Plain data as JSON, with the versions of law and world."""
    return Response(msgspec.json.encode(value), status, {**versions(), **(headers or {})}, "application/json")


_Path = tuple[Any, str | int] | None
"""The path of a value: that of what it stands in, and its name there. What a body nests is not copied for each value."""


def read_json(body: bytes) -> Any:
    """The JSON of a body. Raises `DeskError` where it is none, and `LocatedError` where a name stands twice in one object."""
    try:
        found = msgspec.json.decode(body)
        doubled = _doubled(body)
    except (msgspec.DecodeError, ValueError, RecursionError) as flaw:
        raise _halved(body) or DeskError(
            400, Mistake(f"the body is not JSON: {flaw}.", "Send one JSON value in UTF-8."), "input"
        ) from flaw
    if doubled is not None:
        raise doubled
    return found


class _Doubled(dict[str, Any]):
    """An object in which a name stands twice."""

    def __init__(self, pairs: list[tuple[str, Any]]) -> None:
        super().__init__(pairs)
        self.name, _ = Counter(name for name, _ in pairs).most_common(1)[0]


def _doubled(body: bytes) -> DeskError | None:
    """Where a name stands twice in one object: which of its values is meant would be a guess."""
    found: list[_Doubled] = []

    def made(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        plain = dict(pairs)
        if len(plain) < len(pairs):
            found.append(_Doubled(pairs))
        return plain if len(plain) == len(pairs) else found[-1]

    whole = json.loads(body, object_pairs_hook=made)
    if not found:
        return None
    path, value = next((path, value) for path, value in _within(whole) if isinstance(value, _Doubled))
    said = Mistake(f"the key '{value.name}' is given twice.", "Keep one of them.")
    return LocatedError(InputError(said), None, pointer([*_parts(path), value.name]))


def _halved(body: bytes) -> DeskError | None:
    """Where half a character stands in what is JSON otherwise: one of the two parts in which JSON writes some characters."""
    if b"\\ud" not in body.lower():
        return None
    try:
        whole = json.loads(body)
    except (ValueError, RecursionError):
        return None
    for path, value in _within(whole):
        if isinstance(value, str) and not _whole(value):
            said = Mistake("half a character stands here.", "Write the other half beside it, or leave it out.")
            return LocatedError(InputError(said), None, pointer(_parts(path)))
    return None


def _within(whole: Any) -> Iterator[tuple[_Path, Any]]:
    """Every value in what JSON says, with its path; in place of what a broken name has, that name."""
    left: list[tuple[_Path, Any]] = [(None, whole)]
    while left:
        path, value = left.pop()
        yield path, value
        if isinstance(value, dict):
            left += [((path, name), inner) if _whole(name) else (path, name) for name, inner in value.items()]
        elif isinstance(value, list):
            left += [((path, place), inner) for place, inner in enumerate(value)]


def _parts(path: _Path) -> list[str | int]:
    found: list[str | int] = []
    while path is not None:
        path, part = path
        found.insert(0, part)
    return found


def _whole(text: str) -> bool:
    return not any("\ud800" <= letter <= "\udfff" for letter in text)


Made = TypeVar("Made")


def located(body: object, at: str, make: Callable[[], Made]) -> Made:
    """What is made of a part of a body; what is wrong with it points there. Raises `LocatedError`."""
    try:
        return make()
    except SekishoError as error:
        raise LocatedError(error, body, at) from error


def day_of(text: str | None, name: str) -> dt.date | None:
    """The day that a parameter names. Raises `ParameterError`."""
    if text is None or text == "":
        return None
    found = day(text)
    if found is None:
        mend = "Write the year, month and day, such as 2023-12-22."
        raise ParameterError(Mistake(f"{name}: '{text}' is not a day.", mend, field=name))
    return found


def etag(*parts: object) -> str:
    """A tag of an answer that follows from law, world, code and some words."""
    corpus = engine().corpus
    said = "\0".join([corpus.law_version, corpus.world_version, code_version(), *(str(part) for part in parts)])
    return f'"{hashlib.sha256(said.encode()).hexdigest()[:32]}"'


def unchanged(request: Request, tag: str) -> Response | None:
    """The answer that nothing has changed, if who asks has the answer of that tag."""
    asked = [part.strip().removeprefix("W/") for part in request.headers.get("if-none-match", "").split(",")]
    return Response(status_code=304, headers={"etag": tag, **versions()}) if tag in asked or "*" in asked else None


def tagged(request: Request, make: Callable[[], object]) -> Response:
    """An answer with its tag: made only where who asks has not got it."""
    tag = etag(request.url.path, request.url.query)
    return unchanged(request, tag) or data(make(), headers={"etag": tag, "cache-control": "no-cache"})
