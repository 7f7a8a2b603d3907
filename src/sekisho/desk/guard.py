"""Who may ask, what may write, how much and how often; and a line in the log for every request.

One layer of plain ASGI around the application, so that no handler has to think of it:

- the server answers to its own names only, so that no other site's name can be pointed at it;
- with a token, every request shows it, as `Authorization: Bearer …` or by the cookie that `/token` sets;
- what writes must come from our own pages or from a program: `Sec-Fetch-Site` and `Origin` are checked, and a form
  carries the value of its cookie as well;
- headers, bodies, silence while a body is sent, and requests a second have limits;
- HEAD is answered as GET is, without the body;
- every answer has the headers that keep a page from being framed, sniffed or scripted by others.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import secrets
import time
from collections import OrderedDict
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import structlog
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request, cookie_parser
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sekisho.desk.problems import DeskError, answer, is_data, page_of, problem
from sekisho.desk.settings import Settings
from sekisho.errors import Mistake

TOKEN_COOKIE, CSRF_COOKIE, CSRF_FIELD = "sekisho_token", "sekisho_csrf", "csrf"
CSRF_HEADER = "x-csrf-token"
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
OPEN_PATHS, OPEN_FOLDER = frozenset({"/health", "/token"}), "/static/"
"""What needs no token: whether the server lives, where a token is given, and what its page looks like."""
UPLOADS = ("/v1/sweeps", "/registers")
"""Paths whose bodies are registers and have a limit of their own."""
_CLIENTS = 10_000

HEADERS: Mapping[str, str] = {
    "content-security-policy": (
        "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; "
        "frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}


def token_mark(token: str) -> str:
    """What the cookie of a browser that gave the token holds."""
    return hmac.new(token.encode(), b"sekisho desk", hashlib.sha256).hexdigest()


class _Buckets:
    """A bucket of requests a client: it fills at a rate and is emptied by each."""

    def __init__(self, rate: float, size: float) -> None:
        self._rate, self._size = rate, size
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, client: str) -> float:
        """Seconds to wait before the next request of a client; 0 where it may go on."""
        now = time.monotonic()
        left, since = self._left.pop(client, (self._size, now))
        left = min(self._size, left + (now - since) * self._rate)
        passed = left >= 1
        self._left[client] = (left - 1 if passed else left, now)
        if len(self._left) > _CLIENTS:
            self._left.popitem(last=False)
        return 0 if passed else (1 - left) / self._rate


class Guard:
    """The layer around an application."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app, self.settings = app, settings
        self._buckets = _Buckets(settings.limits.requests, settings.limits.burst)
        self._mark = token_mark(settings.token) if settings.token else ""
        self._log = structlog.get_logger("sekisho.desk")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or say why not."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        began, number = time.perf_counter(), secrets.token_hex(8)
        scope.setdefault("state", {})["request_id"] = number
        seen: dict[str, int] = {"status": 500}

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                seen["status"] = message["status"]
                message["headers"] = self._headers(message["headers"], number)
            await send(message)

        headers = _headers_of(scope)
        try:
            refused = self._refused(scope, headers)
            if refused is not None:
                await _refuse(refused, scope, receive, sending)
            elif scope["method"] == "HEAD" and not scope["path"].startswith(OPEN_FOLDER):
                await _headers_only(self.app, scope, self._measured(scope, headers, receive), sending)
            else:
                await self.app(scope, self._measured(scope, headers, receive), sending)
        finally:
            self._log.info(
                "request", method=scope["method"], path=_logged_path(scope, self.settings.log_content),
                status=seen["status"], ms=round((time.perf_counter() - began) * 1000, 1), request=number,
            )  # fmt: skip

    @staticmethod
    def _headers(given: Any, number: str) -> list[tuple[bytes, bytes]]:
        names = {name for name, _ in given}
        added = [(name.encode(), value.encode()) for name, value in HEADERS.items() if name.encode() not in names]
        return [*given, *added, (b"x-request-id", number.encode())]

    # ---- before --------------------------------------------------------------------------------

    def _refused(self, scope: Scope, headers: Mapping[str, str]) -> DeskError | None:
        """Why a request is not let in, if it is not."""
        limits = self.settings.limits
        if sum(len(name) + len(value) for name, value in scope["headers"]) > limits.headers:
            return DeskError(431, Mistake(f"the headers have more than {limits.headers:,} bytes.", "Send fewer."))
        if _host(headers.get("host", "")) not in self.settings.hosts:
            return DeskError(
                400, Mistake("the server is not called by this name.", "Start it with --name for this one."), "host"
            )
        wait = self._buckets.take(scope["client"][0] if scope.get("client") else "")
        if wait:
            seconds = str(max(1, round(wait)))
            return DeskError(
                429, Mistake("too many requests.", f"Come again in {seconds} s."), "rate", {"retry-after": seconds}
            )
        if self._mark and not self._shown(scope["path"], headers):
            return DeskError(
                401, Mistake("the token is missing or wrong.", "Send it as `Authorization: Bearer …`, or give it at /token."),
                "token", {"www-authenticate": "Bearer"},
            )  # fmt: skip
        if scope["method"] not in SAFE and not self._ours(headers):
            return DeskError(403, Mistake("another site may not write here.", "Open the page of this server."), "origin")
        size, most = headers.get("content-length", "0"), self._most(scope["path"])
        if not size.isdecimal() or int(size) > most:
            return DeskError(413, Mistake(f"the body has more than {most:,} bytes.", "Send less, or in parts."), "size")
        return None

    def _shown(self, path: str, headers: Mapping[str, str]) -> bool:
        """Whether a request shows the token, or needs none."""
        if path in OPEN_PATHS or path.startswith(OPEN_FOLDER):
            return True
        kind, _, given = headers.get("authorization", "").partition(" ")
        if kind.casefold() == "bearer" and hmac.compare_digest(given.strip().encode(), self.settings.token.encode()):
            return True
        return hmac.compare_digest(cookie_parser(headers.get("cookie", "")).get(TOKEN_COOKIE, "").encode(), self._mark.encode())

    def _ours(self, headers: Mapping[str, str]) -> bool:
        """Whether what writes comes from our own page, or from a program that is no browser."""
        if headers.get("sec-fetch-site", "none") not in ("same-origin", "none"):
            return False
        origin = headers.get("origin")
        return origin is None or _netloc(origin) == headers.get("host", "")

    def _most(self, path: str) -> int:
        return self.settings.limits.upload if path in UPLOADS else self.settings.limits.body

    # ---- while it is read ------------------------------------------------------------------------

    def _measured(self, scope: Scope, headers: Mapping[str, str], receive: Receive) -> Receive:
        """The body with its size counted, whatever its headers say, and no silence in it."""
        most, taken, whole = self._most(scope["path"]), 0, False
        wait = self.settings.limits.silence

        async def measured() -> Message:
            nonlocal taken, whole
            if whole:  # what comes now is that the client has gone, which may take as long as the answer
                return await receive()
            try:
                message = await asyncio.wait_for(receive(), wait)
            except TimeoutError:
                said = Mistake(f"nothing of the body came for {wait:g} s.", "Send it without such gaps.")
                raise DeskError(408, said, "silence", {"connection": "close"}) from None
            taken += len(message.get("body", b""))
            whole = not message.get("more_body", False)
            if taken > most:
                raise DeskError(413, Mistake(f"the body has more than {most:,} bytes.", "Send less, or in parts."), "size")
            return message

        return measured


async def _headers_only(app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
    """Answer HEAD with the headers that GET has; what would be sent in pieces is not begun."""

    async def sending(message: Message) -> None:
        if message["type"] != "http.response.body":
            await send(message)
        elif not answered.is_set():
            answered.set()
            await send({"type": "http.response.body", "body": b"", "more_body": False})
            if message.get("more_body", False):
                answering.cancel()
                await asyncio.sleep(0)  # where the task finds that it is cancelled

    answered = asyncio.Event()
    answering = asyncio.ensure_future(app({**scope, "method": "GET"}, receive, sending))
    try:
        await answering
    except asyncio.CancelledError:
        if not answered.is_set():
            raise


def _headers_of(scope: Scope) -> dict[str, str]:
    return {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}


def _host(text: str) -> str:
    """A host without its port and brackets."""
    try:
        return urlsplit(f"//{text}").hostname or ""
    except ValueError:
        return ""


def _netloc(origin: str) -> str:
    """Host and port of an origin; nothing, which is no host's name, where it cannot be read."""
    try:
        return urlsplit(origin).netloc
    except ValueError:
        return ""


def _logged_path(scope: Scope, whole: bool) -> str:
    """The path; what stands in a query is what somebody asked, and is logged only where it was asked for."""
    query = scope["query_string"].decode("latin-1")
    return f"{scope['path']}?{query}" if whole and query else str(scope["path"])


def fault(request: Request, _: Exception) -> Response:
    """The answer where the server itself failed: a problem like any other, with the number under which its log says where.

    It goes out past the guard's own layer, so it brings the headers of every answer itself.
    """
    number = str(getattr(request.state, "request_id", ""))
    error = DeskError(500, Mistake("the server failed.", f"Its log says where, near {number}."))
    return answer(problem(error, request.url.path), {**HEADERS, "x-request-id": number})


async def _refuse(error: DeskError, scope: Scope, receive: Receive, send: Send) -> None:
    """The answer to a request that is not let in: a page for a person, data for a program."""
    found = problem(error, scope["path"])
    if _is_a_persons(error, scope):
        shown = await run_in_threadpool(page_of, Request(scope, receive), found, error.headers)
        await shown(scope, receive, send)
    else:
        await answer(found, error.headers)(scope, receive, send)


def _is_a_persons(error: DeskError, scope: Scope) -> bool:
    """Whether a browser asked for a page. Who asks too often, or by a name that is none, is not drawn one."""
    headers = _headers_of(scope)
    asks = "text/html" in headers.get("accept", "") and not is_data(scope["path"])
    return asks and error.kind != "rate" and bool(_host(headers.get("host", "")))
