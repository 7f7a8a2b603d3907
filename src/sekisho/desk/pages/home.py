"""The first page leads to Decide."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import RedirectResponse

router = APIRouter()


@router.get("/")
def home() -> RedirectResponse:
    """To the page that decides."""
    return RedirectResponse("/decide", 303)
