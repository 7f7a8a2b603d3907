"""The item catalogue: what the law asks of a system, and the names by which it is found."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Path, Query, Request
from starlette.responses import Response

from sekisho.corpus import Item
from sekisho.desk.api.common import UNCHANGED, documented, engine, router_of, tagged
from sekisho.desk.api.law import versioned
from sekisho.desk.api.paging import Cursor, Limit, page
from sekisho.desk.api.shapes import Shape
from sekisho.desk.problems import ParameterError
from sekisho.errors import Mistake
from sekisho.render.data import plain
from sekisho.text import suggest

router = router_of("items")


class ItemShape(Shape):
    """An item: its names, the facts that the law asks of it, and their source."""

    id: str
    name: str
    name_ja: str
    designation: str
    aliases: list[str]
    facts: dict[str, Any]
    source: str
    confidence: str
    note: str


class Items(Shape):
    """A page of the catalogue."""

    law_version: str
    world_version: str
    items: list[ItemShape]
    next: str | None


class OneItem(Shape):
    """One item."""

    law_version: str
    world_version: str
    item: ItemShape


def item_data(item: Item) -> dict[str, Any]:
    """An item as plain data."""
    return {
        "id": item.id, "name": item.name, "name_ja": item.name_ja, "designation": item.designation,
        "aliases": list(item.aliases), "facts": {name: plain(value) for name, value in item.facts.items()},
        "source": item.source, "confidence": item.confidence, "note": item.note,
    }  # fmt: skip


def _names(item: Item) -> str:
    return " ".join((item.id, item.name, item.name_ja, item.designation, *item.aliases)).casefold()


def matching(words: str) -> list[Item]:
    """The items one of whose names has all of some words, the exact name first."""
    catalogue, wanted = engine().corpus.catalogue, words.casefold().split()
    exact = catalogue.find(words)
    found = [item for item in catalogue.items.values() if all(word in _names(item) for word in wanted)]
    return found if exact is None else [exact, *(item for item in found if item is not exact)]


@router.get("/items", operation_id="listItems", summary="The catalogue", responses={
    **documented(), 200: {"model": Items, "description": "A page of items"},
    **UNCHANGED,
})  # fmt: skip
def list_items(
    request: Request, q: Annotated[str, Query(max_length=200, description="Words of a name.")] = "",
    limit: Limit = 100, cursor: Cursor = None,
) -> Response:  # fmt: skip
    """The items of the catalogue, all or those of a name."""
    found = matching(q)
    entries, following = page(found, lambda item: item.id, cursor, limit)
    return tagged(request, lambda: versioned() | {"items": [item_data(item) for item in entries], "next": following})


@router.get("/items/{item}", operation_id="readItem", summary="One item", responses={
    **documented(), 200: {"model": OneItem, "description": "The item"},
    **UNCHANGED,
})  # fmt: skip
def read_item(request: Request, item: Annotated[str, Path(max_length=200, description="Its id or a name.")]) -> Response:
    """An item by its id, name, designation or alias."""
    catalogue = engine().corpus.catalogue
    found = catalogue.find(item)
    if found is None:
        mend = suggest(item, catalogue.items) or "GET /v1/items lists them."
        raise ParameterError(Mistake(f"there is no item '{item}'.", mend), "item", 404, "not-found")
    return tagged(request, lambda: versioned() | {"item": item_data(found)})
