"""The application: the guard around the API, the pages and the files they need."""

from __future__ import annotations

import gc
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI, Request
from fastapi.openapi.utils import get_openapi
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from sekisho import __version__
from sekisho.desk import api, pages, problems
from sekisho.desk.api.common import PROBLEMS, data, engine, versions
from sekisho.desk.api.shapes import AnswerShape, Shape, case_schema
from sekisho.desk.busy import Proofs
from sekisho.desk.guard import Guard, fault
from sekisho.desk.held import Reports
from sekisho.desk.keeping import Records, store_of
from sekisho.desk.problems import MEDIA, Problem
from sekisho.desk.record import head
from sekisho.desk.settings import Settings
from sekisho.desk.sweeping.folder import Folder
from sekisho.desk.sweeping.queue import Queue

ABOUT = (
    "Decides a proposed transfer of defence equipment under the law of any day, with reasons a lawyer can check. "
    "It decides what the text decides; what a text leaves to judgement is named and not guessed. It is not legal advice."
)


class Health(Shape):
    """That the server lives, and which law and world it answers by."""

    status: str
    version: str
    law_version: str
    world_version: str


def create_app(settings: Settings) -> FastAPI:
    """The application of some settings. The corpus is read before it answers."""

    @asynccontextmanager
    async def alive(app: FastAPI) -> Any:
        engine()
        sweeps: Queue = app.state.sweeps
        sweeps.begin_to_serve()
        gc.freeze()  # what is loaded by now stays: no collection has to look at it again
        try:
            yield
        finally:
            gc.unfreeze()
            await run_in_threadpool(sweeps.close)
            app.state.records.close()

    app = FastAPI(
        title="Sekisho", version=__version__, description=ABOUT, lifespan=alive, docs_url=None, redoc_url=None,
        openapi_url="/v1/openapi.json", redirect_slashes=False,
    )  # fmt: skip
    limits = settings.limits
    app.state.settings = settings
    app.state.records = Records(settings.database, settings.folder)
    app.state.proofs = Proofs(limits.proofs, limits.waiting, limits.seconds)
    app.state.reports = Reports(limits.reports, limits.held, limits.held_seconds)
    app.state.sweeps = Queue(Folder(settings.folder / "sweeps", limits), limits, app.state.records.swept, settings.log_content)
    problems.install(app)
    app.add_exception_handler(Exception, fault)
    for router in api.ROUTERS:
        app.include_router(router)
    app.add_api_route(
        "/health", health, methods=["GET"], operation_id="health", tags=["health"], summary="Whether the server lives",
        responses={200: {"model": Health, "description": "It does"}, 503: PROBLEMS[503]},
    )  # fmt: skip
    app.add_api_route(
        "/ready", ready, methods=["GET"], operation_id="ready", tags=["health"], summary="Whether the store answers, too",
        responses={**PROBLEMS, 200: {"model": Health, "description": "It does"}},
    )  # fmt: skip
    pages.install(app)
    app.openapi = lambda: _openapi(app)  # type: ignore[method-assign]
    app.add_middleware(Guard, settings=settings)
    return app


def health() -> Response:
    """That the server lives, with its version and those of law and world."""
    corpus = engine().corpus
    return data(
        {"status": "ok", "version": __version__, "law_version": corpus.law_version, "world_version": corpus.world_version}
    )


def ready(request: Request) -> Response:
    """That the server lives and its store answers. Raises `StoreError`, which is a 503."""
    head(store_of(request))
    return health()


def _openapi(app: FastAPI) -> dict[str, Any]:
    """The document of the API: FastAPI's, with the schemas of a case and of problems, and the headers of every answer."""
    if app.openapi_schema is None:
        document = get_openapi(title=app.title, version=app.version, description=ABOUT, routes=app.routes)
        schemas = document["components"]["schemas"]
        schemas["Case"] = case_schema(engine().corpus.vocabulary)
        for name in ("State", "SaveBody", "CorrectBody"):
            schemas[name]["properties"]["case"] = {"$ref": "#/components/schemas/Case"}
        for model in (Problem, AnswerShape):
            found = model.model_json_schema(ref_template="#/components/schemas/{model}")
            schemas |= found.pop("$defs", {})
            schemas[found["title"]] = found
        for name in ("HTTPValidationError", "ValidationError"):
            schemas.pop(name, None)
        headers = {name: {"schema": {"type": "string"}, "description": "The content hash"} for name in versions()}
        examples = _examples()
        for operations in document["paths"].values():
            for operation in operations.values():
                _finish(operation, headers)
                for parameter in operation.get("parameters", ()):
                    if parameter["name"] in examples:
                        parameter["example"] = examples[parameter["name"]]
        app.openapi_schema = document
    return app.openapi_schema


def _examples() -> dict[str, str]:
    """A value for each parameter that names something, taken from the law and the world themselves."""
    corpus = engine().corpus
    regime = next(iter(corpus.regimes.values()))
    provision = corpus.law_on(regime.id, corpus.change_days(regime.id)[-1]).heads[0]
    before, after = corpus.change_days(regime.id)[-2:]
    return {
        "name": provision.instrument, "slug": provision.slug, "table": next(iter(corpus.world.tables)),
        "item": next(iter(corpus.catalogue.items)), "regime": regime.id, "words": provision.title.partition(" ")[0],
        "before": before.isoformat(), "after": after.isoformat(), "on": after.isoformat(), "law_on": after.isoformat(),
        "world_on": after.isoformat(),
    }  # fmt: skip


def _finish(operation: dict[str, Any], headers: dict[str, Any]) -> None:
    """Problems are 400 and never FastAPI's own 422; what succeeds names the versions of law and world."""
    for status, response in list(operation["responses"].items()):
        schema = response.get("content", {}).get("application/json", {}).get("schema", {})
        if schema.get("$ref", "").endswith("HTTPValidationError"):
            del operation["responses"][status]
        elif status.startswith("2"):
            response["headers"] = headers | response.get("headers", {})
        elif MEDIA in response.get("content", {}):
            response["content"].pop("application/json", None)
