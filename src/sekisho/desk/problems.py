"""One shape of error: `application/problem+json` (RFC 9457), made from the exceptions that the terminal prints.

Each mistake is an entry of `errors`: what is wrong, the mend, and a JSON Pointer (RFC 6901) to the field in the body.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import msgspec
import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response
from starlette.routing import Match

from sekisho.errors import (
    AbsentError,
    CaseError,
    ChangedError,
    ConflictError,
    Mistake,
    ProofTimeout,
    ReceiptError,
    SealError,
    SekishoError,
    StoppedError,
    StoreError,
    UsageError,
)

MEDIA = "application/problem+json"
GONE = 499
"""The status, in the log alone, of a request whose client has gone: no standard has one."""


class Flaw(BaseModel):
    """One thing that is wrong."""

    detail: str = Field(description="What is wrong.")
    mend: str = Field(default="", description="What to do about it.")
    pointer: str = Field(default="", description="A JSON Pointer into the body; empty where it is the whole.")
    parameter: str = Field(default="", description="The parameter of the query, path or header, where it is one.")
    line: int | None = Field(default=None, description="The line of the text, where there is one.")
    row: int | None = Field(default=None, description="The row of the table, where there is one.")


class Problem(BaseModel):
    """What went wrong."""

    type: str = Field(description="The kind of problem, a name that is not an address: docs/serving.md lists them.")
    title: str
    status: int
    detail: str
    instance: str = Field(default="", description="The path that was asked.")
    errors: list[Flaw] = Field(default_factory=list)


class DeskError(SekishoError):
    """A request that cannot be served as it stands, with its HTTP status and the headers that go with it."""

    def __init__(
        self, status: int, mistakes: Iterable[Mistake] | Mistake, kind: str = "", headers: Mapping[str, str] | None = None
    ) -> None:  # fmt: skip
        self.status, self.kind, self.headers = status, kind, dict(headers or {})
        super().__init__(mistakes)

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.status, self.mistakes, self.kind, self.headers)


class ParameterError(DeskError):
    """Parameters of a query or path that cannot be served: the field of a mistake is a parameter, or they are all of one."""

    def __init__(
        self, mistakes: Iterable[Mistake] | Mistake, parameter: str = "", status: int = 400, kind: str = "input"
    ) -> None:  # fmt: skip
        self.parameter = parameter
        super().__init__(status, mistakes, kind)

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.mistakes, self.parameter, self.status, self.kind)


class LocatedError(DeskError):
    """An exception about a part of a body: the body, and a pointer to where it stands in what was sent."""

    def __init__(self, error: SekishoError, body: object = None, at: str = "") -> None:
        self.error, self.body, self.at = error, body, at
        super().__init__(*_of(error))

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.error, self.body, self.at)


def _of(error: SekishoError) -> tuple[int, tuple[Mistake, ...], str]:
    status, kind = status_of(error)
    return status, error.mistakes, kind


_STATUS: tuple[tuple[type[SekishoError], int, str], ...] = (
    (CaseError, 400, "case"),
    (ReceiptError, 400, "receipt"),
    (SealError, 422, "seal"),
    (ProofTimeout, 422, "proof-timeout"),
    (StoppedError, GONE, "stopped"),
    (StoreError, 503, "store"),
    (AbsentError, 404, "not-found"),
    (ChangedError, 412, "changed"),
    (ConflictError, 409, "conflict"),
    (UsageError, 400, "usage"),
    (SekishoError, 400, "input"),
)
"""Which status an exception has, and the name of its kind: the first that fits."""

TITLES: Mapping[str, str] = {
    "case": "The case cannot be decided as it stands",
    "receipt": "This is no receipt",
    "seal": "The receipt is not the one that was sealed",
    "proof-timeout": "Not proven in time",
    "stopped": "Nobody waits for it any more",
    "store": "The record cannot be used at the moment",
    "changed": "It has changed since",
    "conflict": "It goes against what is recorded",
    "usage": "The request makes no sense",
    "input": "The input cannot be read",
}


def status_of(error: SekishoError) -> tuple[int, str]:
    """The HTTP status of an exception and the name of its kind."""
    if isinstance(error, DeskError):
        return error.status, error.kind
    return next((status, kind) for found, status, kind in _STATUS if isinstance(error, found))


def pointer_of(body: object, field: str) -> str:
    """A JSON Pointer to a dotted fact in a body that may hold it nested, dotted or not at all."""
    path: list[str] = []
    rest = field
    while rest and isinstance(body, Mapping):
        if rest in body:
            path.append(rest)
            rest = ""
            break
        head = next((h for h in _heads(rest) if h in body), None)
        if head is None:
            break
        path.append(head)
        body, rest = body[head], rest[len(head) + 1 :]
    if rest:
        path.append(rest)
    return pointer(path)


def _heads(field: str) -> list[str]:
    parts = field.split(".")
    return [".".join(parts[:size]) for size in range(len(parts) - 1, 0, -1)]


def pointer(path: Sequence[str | int]) -> str:
    """A JSON Pointer from its parts."""
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in path)


def flaw(mistake: Mistake, body: object = None, at: str = "") -> Flaw:
    """A mistake as data; `at` is the pointer of the part of the body that it speaks of."""
    place = at + pointer_of(body, mistake.field) if mistake.field else at
    return Flaw(detail=mistake.what, mend=mistake.mend, pointer=place, line=mistake.line, row=mistake.row)


def problem(error: SekishoError, path: str, body: object = None, at: str = "") -> Problem:
    """The problem that an exception is."""
    status, kind = status_of(error)
    if isinstance(error, ParameterError):
        flaws = [Flaw(detail=m.what, mend=m.mend, parameter=error.parameter or m.field) for m in error.mistakes]
        return _problem(status, kind, path, flaws)
    flaws = [flaw(mistake, body, at) for mistake in error.mistakes]
    if isinstance(error, ProofTimeout):  # the mend of the command is an option that nobody has here
        flaws = [entry.model_copy(update={"mend": "Ask less at once, or give the command more time."}) for entry in flaws]
    return _problem(status, kind, path, flaws)


def _problem(status: int, kind: str, path: str, flaws: list[Flaw]) -> Problem:
    phrase = HTTPStatus(status).phrase if status != GONE else ""
    first = f"{flaws[0].detail} {flaws[0].mend}".strip() if flaws else phrase
    more = f" (and {len(flaws) - 1} more)" if len(flaws) > 1 else ""
    name = kind or phrase.lower().replace(" ", "-")
    return Problem(
        type=f"urn:sekisho:problem:{name}",
        title=TITLES.get(kind, phrase),
        status=status,
        detail=first + more,
        instance=path,
        errors=flaws,
    )


def answer(found: Problem, headers: Mapping[str, str] | None = None) -> Response:
    """A problem as a response."""
    return Response(msgspec.json.encode(found.model_dump(exclude_none=True)), found.status, dict(headers or {}), MEDIA)


def install(app: FastAPI) -> None:
    """Have an application answer every exception in this shape."""

    @app.exception_handler(SekishoError)
    def _ours(request: Request, error: SekishoError) -> Response:
        headers = error.headers if isinstance(error, DeskError) else None
        if isinstance(error, StoreError):
            structlog.get_logger("sekisho.desk").warning("record", said=str(error), request=request.state.request_id)
        return _shown(request, problem(error, request.url.path), headers)

    @app.exception_handler(LocatedError)
    def _located(request: Request, error: LocatedError) -> Response:
        return _shown(request, problem(error, request.url.path, error.body, error.at), None)

    @app.exception_handler(RequestValidationError)
    def _invalid(request: Request, error: RequestValidationError) -> Response:
        flaws = [_validation(entry) for entry in error.errors()]
        return _shown(request, _problem(400, "input", request.url.path, flaws), None)

    @app.exception_handler(HTTPException)
    def _http(request: Request, error: HTTPException) -> Response:
        cause = error.__cause__  # what the framework met while it read the body, and put into its own words
        if isinstance(cause, DeskError):
            return _located(request, cause) if isinstance(cause, LocatedError) else _ours(request, cause)
        meant = _without_slash(request) if error.status_code == 404 else ""
        if meant:
            return RedirectResponse(meant, 308)
        allowed = _allowed(request) if error.status_code == 405 else ""
        headers = {"allow": allowed} if allowed else error.headers
        flaw = Flaw(detail=str(error.detail), mend=_mend(request, allowed))
        found = _problem(error.status_code, "", request.url.path, [flaw])
        return _shown(request, found, headers)


def _without_slash(request: Request) -> str:
    """The address of the page that is meant where one ends with a slash too many; nothing where there is none."""
    path = request.url.path
    bare = path.rstrip("/")
    if bare == path or is_data(request.url.path) or request.method not in ("GET", "HEAD") or not bare or bare.startswith("//"):
        return ""
    scope = {**_bare(request), "method": "GET", "path": bare, "raw_path": bare.encode()}
    if not any(route.matches(scope)[0] is Match.FULL for route in request.app.routes):
        return ""
    return quote(bare) + (f"?{request.url.query}" if request.url.query else "")


def _bare(request: Request) -> dict[str, Any]:
    """What a request says, without the route that it was led to."""
    return {key: value for key, value in request.scope.items() if key not in ("route", "endpoint", "path_params")}


def _mend(request: Request, allowed: str) -> str:
    """What a program does about an address that is not there, or that does not take the method."""
    if not is_data(request.url.path):
        return ""
    return f"It takes {allowed}." if allowed else "/v1/openapi.json has the addresses that there are."


_METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


def _allowed(request: Request) -> str:
    """The methods that an address takes, by all routes: each route by itself knows its own only."""
    bare = _bare(request)
    known = [
        method
        for method in _METHODS
        if any(route.matches({**bare, "method": method})[0] is Match.FULL for route in request.app.routes)
    ]
    return ", ".join(["GET", "HEAD", *known[1:]] if known[:1] == ["GET"] else known)


def is_data(path: str) -> bool:
    """Whether a path is for programs, which get a problem as data."""
    return path.startswith(("/v1/", "/health", "/ready"))


def _shown(request: Request, found: Problem, headers: Mapping[str, str] | None) -> Response:
    """A problem for who asked: a page for a person, data for a program."""
    return answer(found, headers) if is_data(request.url.path) else page_of(request, found, headers)


def page_of(request: Request, found: Problem, headers: Mapping[str, str] | None) -> Response:
    """A problem as a page."""
    from sekisho.desk.pages import problem_page  # noqa: PLC0415 (pages know problems; only this one knows a page)

    return problem_page(request, found, headers)


def _validation(entry: Mapping[str, Any]) -> Flaw:
    place, *path = entry["loc"]
    said = str(entry["msg"])
    said = said[:1].upper() + said[1:] + ("" if said.endswith(".") else ".")
    if place == "body":
        return Flaw(detail=said, pointer=pointer([part for part in path if isinstance(part, str | int)]))
    return Flaw(detail=said, parameter=".".join(str(part) for part in path))
