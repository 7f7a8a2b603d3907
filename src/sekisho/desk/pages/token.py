"""Where a person gives the token of a server that asks for one. The browser keeps a mark made from it, not the token."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import RedirectResponse, Response

from sekisho.desk.guard import TOKEN_COOKIE, token_mark
from sekisho.desk.pages.common import came_from, check_form, page

router = APIRouter()


@router.get("/token")
def ask_token(request: Request) -> Response:
    """The form."""
    return page(request, "token.html", wrong=False, to="/", again="")


def asked(request: Request, status: int, headers: Mapping[str, str] | None) -> Response:
    """The form in the place of a page that was asked for without the token, which it then leads to.

    A browser sends no token with a link from another site, even where it has it: for that there is a link of our own.
    """
    if request.method != "GET":
        return page(request, "token.html", status, headers, wrong=False, to=came_from(request) or "/", again="")
    path = request.url.path
    to = f"{path}?{request.url.query}" if request.url.query else path
    return page(request, "token.html", status, headers, wrong=False, to=to, again=to if _from_elsewhere(request) else "")


def _from_elsewhere(request: Request) -> bool:
    return request.headers.get("sec-fetch-site", "") in ("cross-site", "same-site")


@router.post("/token")
def give_token(
    request: Request, token: Annotated[str, Form(max_length=500)], csrf: Annotated[str, Form()] = "",
    to: Annotated[str, Form(max_length=20_000)] = "/",
) -> Response:  # fmt: skip
    """The cookie for the right token, and on to the page that was asked for; the form again for a wrong one."""
    check_form(request, csrf)
    own, to = request.app.state.settings.token, to if _is_ours(to) else "/"
    if not own or not hmac.compare_digest(token.strip().encode(), own.encode()):
        return page(request, "token.html", 401, wrong=True, to=to, again="")
    answer = RedirectResponse(to, 303)
    secure = request.url.scheme == "https"
    answer.set_cookie(TOKEN_COOKIE, token_mark(own), httponly=True, samesite="strict", secure=secure)
    return answer


def _is_ours(to: str) -> bool:
    """Whether an address is a path of this server and leads to no other, however a browser reads it."""
    return to.startswith("/") and not to.startswith("//") and "\\" not in to and to.isprintable()
