"""The pages: server-rendered, in English and Japanese; each state of a page is an address. The engine decides, not the page."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from fastapi import Depends, FastAPI, Request
from fastapi.routing import APIRoute
from starlette.responses import Response
from starlette.staticfiles import StaticFiles

from sekisho.desk.pages import cases, decide, home, law, map, read, registers, token
from sekisho.desk.pages.common import told_page
from sekisho.desk.pages.repeated import said_once
from sekisho.desk.problems import Problem

ROUTERS = (
    home.router, decide.router, law.router, map.router, registers.router, read.router, cases.router, token.router,
)  # fmt: skip
STATIC = Path(__file__).parent.parent / "static"

__all__ = ["install", "problem_page"]


def install(app: FastAPI) -> None:
    """Add the pages and their files to an application; `app.state.pages` has the addresses that are there to be listed."""
    app.state.pages = frozenset(route.path for router in ROUTERS for route in router.routes if isinstance(route, APIRoute))
    for router in ROUTERS:
        app.include_router(router, include_in_schema=False, dependencies=[Depends(said_once)])
    app.mount("/static", StaticFiles(directory=STATIC), name="static")


def problem_page(request: Request, found: Problem, headers: Mapping[str, str] | None) -> Response:
    """A problem as a page: the form for the token where that is what is missing."""
    return token.asked(request, found.status, headers) if found.status == 401 else told_page(request, found, headers)
