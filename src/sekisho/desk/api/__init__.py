"""The API under /v1: one module a resource, one shape of error, every answer with the versions of law and world it used."""

from __future__ import annotations

from fastapi import APIRouter

from sekisho.desk.api import (
    ask,
    cases,
    decide,
    drafts,
    items,
    law,
    map,
    operations,
    precedents,
    receipts,
    sweeps,
    world,
)

ROUTERS: tuple[APIRouter, ...] = (
    decide.router,
    ask.router,
    law.router,
    world.router,
    items.router,
    precedents.router,
    map.router,
    drafts.router,
    cases.router,
    receipts.router,
    sweeps.router,
    operations.router,
)
