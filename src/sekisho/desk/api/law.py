"""The law: listed and searched, read as of a day, followed through its versions, and what changed between two days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Annotated, Any

from fastapi import Path, Query, Request
from pydantic import Field
from starlette.responses import Response

from sekisho.corpus import Provision
from sekisho.desk.api.common import DAY, UNCHANGED, data, day_of, documented, engine, etag, router_of, tagged, unchanged
from sekisho.desk.api.paging import Cursor, Limit, page
from sekisho.desk.api.shapes import Shape
from sekisho.desk.problems import DeskError, ParameterError
from sekisho.errors import Mistake, UsageError
from sekisho.prove.diff import diff
from sekisho.prove.telling import data as difference_data
from sekisho.render import law_text
from sekisho.render.law_sentence import sentence

router = router_of("law")

On = Annotated[str | None, Query(description="As it stood on a day.", json_schema_extra=DAY)]
Name = Annotated[str, Path(max_length=200, description="A regime or an instrument.")]


class RegimeShape(Shape):
    """A regime: whom it governs, its instruments in order, and the days on which something of it changes."""

    id: str
    title: str
    title_ja: str
    first_day: str
    instruments: list[str]
    change_days: list[str]


class InstrumentShape(Shape):
    """An instrument."""

    id: str
    title: str
    title_ja: str
    form: str
    in_force: str
    checked: str


class ProvisionShape(Shape):
    """A provision, with its sentence in both languages."""

    id: str
    effect: str
    title: str
    title_ja: str
    in_force: str
    prose: str
    sources: list[str]
    confidence: str
    sentence: dict[str, str]


class Regimes(Shape):
    """All regimes and instruments."""

    law_version: str
    world_version: str
    regimes: list[RegimeShape]
    instruments: list[InstrumentShape]


class Law(Shape):
    """What stood in a law on a day, or ever: its instruments, and a page of its provisions."""

    law_version: str
    world_version: str
    on: str | None
    instruments: list[InstrumentShape]
    provisions: list[ProvisionShape]
    next: str | None


class History(Shape):
    """The versions of a provision, the earliest first, and the days on which a definition that it uses changed."""

    law_version: str
    world_version: str
    provisions: list[ProvisionShape]
    changes: list[dict[str, str]]


class DifferenceShape(Shape):
    """What two days decide differently: `sekisho diff --json`."""

    schema_: int = Field(alias="schema")
    classes: list[dict[str, Any]]


def found(what: Callable[[], Any], parameter: str = "name") -> Any:
    """What the law says to a question; a name that is not there is 404. Raises `ParameterError`."""
    try:
        return what()
    except UsageError as error:
        raise ParameterError(error.mistakes, parameter, 404, "not-found") from error


def versioned() -> dict[str, str]:
    """The versions of law and world, as fields."""
    corpus = engine().corpus
    return {"law_version": corpus.law_version, "world_version": corpus.world_version}


def provisions_data(shown: law_text.Shown, provisions: list[Provision] | None = None) -> list[dict[str, Any]]:
    """Provisions as plain data, with their sentences."""
    corpus = engine().corpus
    chosen = shown.provisions if provisions is None else tuple(provisions)
    told = law_text.data(law_text.Shown((), chosen, shown.on, True))["provisions"]
    return [
        entry | {"sentence": {language: sentence(corpus, provision, language) for language in ("en", "ja")}}
        for entry, provision in zip(told, chosen, strict=True)
    ]


@router.get("/law", operation_id="listLaw", summary="All regimes and instruments", responses={
    **documented(), 200: {"model": Regimes, "description": "The regimes and their instruments"},
    **UNCHANGED,
})  # fmt: skip
def list_law(request: Request) -> Response:
    """Every regime with the days on which its law changes, and every instrument."""
    return tagged(request, regimes_data)


def regimes_data() -> dict[str, Any]:
    """All regimes and instruments, as plain data."""
    corpus = engine().corpus
    regimes = [
        {"id": r.id, "title": r.title, "title_ja": r.title_ja, "first_day": r.first_day.isoformat(),
         "instruments": list(r.instruments), "change_days": [day.isoformat() for day in corpus.change_days(r.id)]}
        for r in corpus.regimes.values()
    ]  # fmt: skip
    return versioned() | {"regimes": regimes, "instruments": law_text.data(law_text.select(corpus))["instruments"]}


@router.get("/law/search", operation_id="searchLaw", summary="Provisions with all of some words", responses={
    **documented(), 200: {"model": Law, "description": "The provisions found"},
    **UNCHANGED,
})  # fmt: skip
def search_law(
    request: Request, words: Annotated[str, Query(min_length=1, max_length=200, description="All of these.")],
    on: On = None, regime: Annotated[str | None, Query(max_length=100)] = None, limit: Limit = 50, cursor: Cursor = None,
) -> Response:  # fmt: skip
    """Provisions whose title, text or condition, or its sentence in either language, has all of the words."""
    if not words.strip():
        raise ParameterError(Mistake("there is no word in it.", "Give one or more."), "words")
    day = day_of(on, "on")
    shown = found(lambda: law_text.select(engine().corpus, regime, day, words), "regime")
    return tagged(request, lambda: _paged(shown, limit, cursor))


@router.get("/law/diff", operation_id="diffLaw", summary="What the law of two days decides differently", responses={
    **documented(422), 200: {"model": DifferenceShape, "description": "The classes of transfers, proven complete"},
    **UNCHANGED,
})  # fmt: skip
def diff_law(
    request: Request, regime: Annotated[str, Query(max_length=100)], before: Annotated[str, Query(json_schema_extra=DAY)],
    after: Annotated[str, Query(json_schema_extra=DAY)], world: Annotated[bool, Query()] = False,
) -> Response:  # fmt: skip
    """Minimal classes of transfers with a witness each; with `world` facts are looked up as they stood on the second day."""
    first, second = day_of(before, "before"), day_of(after, "after")
    if first is None or second is None:
        without = [name for name, day in (("before", first), ("after", second)) if day is None]
        raise ParameterError([Mistake("two days are needed.", "Give before and after.", field=name) for name in without])
    name = found(lambda: engine().corpus.regime(regime), "regime").id
    tag = etag(name, first, second, world)
    same = unchanged(request, tag)
    if same is not None:
        return same
    with request.app.state.proofs.running(request):
        told = difference(name, first, second, world, request.app.state.settings.limits.seconds)
    return data(versioned() | told, headers={"etag": tag})


def difference(regime: str, first: dt.date, second: dt.date, world: bool, seconds: float) -> dict[str, Any]:
    """The proven difference of two days, as plain data. Raises `DeskError` (422) for one that is not proven in time."""
    told = diff(regime, first, second, world=world, seconds=seconds, own=engine())
    if not told.proven:
        said = Mistake(f"not proven within {seconds:g} s.", "Compare days that lie closer together.")
        raise DeskError(422, said, "proof-timeout")
    return difference_data(told)


@router.get("/law/{name}", operation_id="readLaw", summary="A law as it stood", responses={
    **documented(), 200: {"model": Law, "description": "Instruments, and a page of provisions"},
    **UNCHANGED,
})  # fmt: skip
def read_law(request: Request, name: Name, on: On = None, limit: Limit = 100, cursor: Cursor = None) -> Response:
    """A regime's or an instrument's text, all of it or as it stood on a day."""
    day = day_of(on, "on")
    shown = found(lambda: law_text.select(engine().corpus, name, day))
    return tagged(request, lambda: _paged(shown, limit, cursor))


def _paged(shown: law_text.Shown, limit: int, cursor: str | None) -> dict[str, Any]:
    entries, following = page(shown.provisions, lambda p: p.id, cursor, limit)
    told = law_text.data(law_text.Shown(shown.instruments, (), shown.on))
    return versioned() | {
        "on": told["on"], "instruments": told["instruments"], "provisions": provisions_data(shown, list(entries)),
        "next": following,
    }  # fmt: skip


@router.get("/law/{name}/{slug}", operation_id="readProvision", summary="A provision through its versions", responses={
    **documented(), 200: {"model": History, "description": "Its versions, the earliest first"},
    **UNCHANGED,
})  # fmt: skip
def read_provision(request: Request, name: Name, slug: Annotated[str, Path(max_length=200)], on: On = None) -> Response:
    """A provision (`instrument#slug`) with every version of it, or the one in force on a day."""
    day, corpus = day_of(on, "on"), engine().corpus
    shown = found(lambda: law_text.select(corpus, f"{name}#{slug}", day, history=day is None))
    changes = [{"day": moment.isoformat(), "what": what} for moment, what in shown.changes]
    return tagged(request, lambda: versioned() | {"provisions": provisions_data(shown), "changes": changes})
