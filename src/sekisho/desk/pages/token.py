"""Where a person gives the token of a server that asks for one. The browser keeps a mark made from it, not the token."""

from __future__ import annotations

import hmac
from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import RedirectResponse, Response

from sekisho.desk.guard import TOKEN_COOKIE, token_mark
from sekisho.desk.pages.common import check_form, page

router = APIRouter()


@router.get("/token")
def ask_token(request: Request) -> Response:
    """The form."""
    return page(request, "token.html", wrong=False)


@router.post("/token")
def give_token(request: Request, token: Annotated[str, Form(max_length=500)], csrf: Annotated[str, Form()] = "") -> Response:
    """The cookie for the right token, the form again for a wrong one."""
    check_form(request, csrf)
    own = request.app.state.settings.token
    if not own or not hmac.compare_digest(token.strip().encode(), own.encode()):
        return page(request, "token.html", 401, wrong=True)
    answer = RedirectResponse("/", 303)
    secure = request.url.scheme == "https"
    answer.set_cookie(TOKEN_COOKIE, token_mark(own), httponly=True, samesite="strict", secure=secure)
    return answer
