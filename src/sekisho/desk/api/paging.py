"""Pages of a list by a cursor: an opaque token says after which entry the next page begins."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Sequence
from typing import Annotated, Any, TypeVar

import msgspec
from fastapi import Query

from sekisho.desk.problems import DeskError, ParameterError
from sekisho.errors import Mistake

MOST = 200
Limit = Annotated[int, Query(ge=1, le=MOST, description="Entries of a page.")]
Cursor = Annotated[str | None, Query(max_length=500, description="Where a page begins: `next` of the one before.")]
Entry = TypeVar("Entry")


def token(*key: str | int) -> str:
    """The opaque token of a key."""
    return base64.urlsafe_b64encode(msgspec.json.encode(list(key))).decode().rstrip("=")


def key(cursor: str, *types: type) -> list[Any]:
    """The key of a token. Raises `DeskError` for a token that is none of ours."""
    try:
        found = msgspec.json.decode(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (binascii.Error, ValueError, RecursionError) as flaw:
        raise _foreign() from flaw
    if not isinstance(found, list) or [type(part) for part in found] != list(types):
        raise _foreign()
    return found


def _foreign() -> DeskError:
    said = Mistake("the cursor is none of ours.", "Take `next` of the page before, or leave it out.")
    return ParameterError(said, "cursor", kind="cursor")


def page(
    entries: Sequence[Entry], name: Callable[[Entry], str], cursor: str | None, limit: int
) -> tuple[Sequence[Entry], str | None]:
    """A page of entries that stand in a fixed order, and the token of the next page, if there is one."""
    begin = 0
    if cursor is not None:
        after = key(cursor, str)[0]
        places = [place for place, entry in enumerate(entries) if name(entry) == after]
        if not places:
            raise _foreign()
        begin = places[0] + 1
    found = entries[begin : begin + limit]
    return found, token(name(found[-1])) if found and begin + limit < len(entries) else None
