"""The pages: server-rendered, in English and Japanese; each state of a page is an address. The engine decides, not the page."""

from __future__ import annotations

from pathlib import Path

from fastapi import FastAPI
from fastapi.routing import APIRoute
from starlette.staticfiles import StaticFiles

from sekisho.desk.pages import decide, home, law, map, token
from sekisho.desk.pages.common import problem_page

ROUTERS = (home.router, decide.router, law.router, map.router, token.router)
    for router in ROUTERS:
        app.include_router(router, include_in_schema=False)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
