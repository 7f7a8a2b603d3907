"""What a request brings: a register, as a form or as it is, and the words that say how it is to be swept."""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Any

from fastapi import Request
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect

from sekisho.desk.problems import DeskError
from sekisho.desk.sweeping.folder import Folder
from sekisho.desk.sweeping.incoming import Incoming, kind_of_file, kind_of_media
from sekisho.desk.sweeping.kept import Asked
from sekisho.desk.sweeping.parts import LONGEST_FIELD, Fields, Parts
from sekisho.errors import Mistake, RegisterError
from sekisho.text import day, read_yaml, suggest, visible

FILE = "file"
WORDS = ("name", "regime", "format", "map", "set", "law_on", "world_on", "strict")
_FORM = "multipart/form-data"
_TRUTH = {"": False, "false": False, "0": False, "no": False, "true": True, "1": True, "yes": True, "on": True}
_LONGEST_NAME = 120

Words = Sequence[tuple[str, str]]


class Received:
    """A register that has arrived and is not admitted yet, its own name, and the fields that came with it."""

    def __init__(self, incoming: Incoming, name: str, fields: Fields) -> None:
        self.incoming, self.name, self.fields = incoming, name, fields


@asynccontextmanager
async def received(
    request: Request, folder: Folder, before: Callable[[Fields], None] = lambda fields: None
) -> AsyncIterator[Received]:  # fmt: skip
    """The register of a request, on the disk; it is gone again unless it is admitted within the context.

    `before` sees the fields that stand before the file, and may refuse it. Raises `DeskError`.
    """
    try:
        media = request.headers.get("content-type", "").partition(";")[0].strip().casefold()
        if media == _FORM:
            async with _of_form(request, folder, before) as found:
                yield found
        else:
            incoming = await run_in_threadpool(Incoming, folder, kind_of_media(media))
            async with incoming:
                async for piece in request.stream():
                    await incoming.take(piece)
                yield Received(incoming, "", Fields())
    except ClientDisconnect as flaw:
        raise DeskError(400, Mistake("the upload broke off; nothing was kept.", "Send it again."), "input") from flaw


@asynccontextmanager
async def _of_form(request: Request, folder: Folder, before: Callable[[Fields], None]) -> AsyncIterator[Received]:
    fields, incoming, name = Fields(), None, ""
    try:
        async for part in Parts(request.headers["content-type"], request.stream()):
            if part.name != FILE:
                fields.take(part)
            elif incoming is None:
                before(fields)
                name = called(part.filename or "")
                incoming = await run_in_threadpool(Incoming, folder, kind_of_file(name))
                await incoming.take(part.piece)
            elif part.filename is not None and called(part.filename) == name:
                await incoming.take(part.piece)
        if incoming is None:
            raise DeskError(400, Mistake("there is no register in the form.", f"Send it as the field '{FILE}'."), "register")
        yield Received(incoming, name, fields)
    finally:
        if incoming is not None:
            await incoming.__aexit__()


def called(filename: str) -> str:
    """The name of a file without the folders that it came from, and with nothing that cannot be seen."""
    return visible(filename.replace("\\", "/").rpartition("/")[2].strip())[-_LONGEST_NAME:]


def asked_of(words: Words, filename: str = "") -> Asked:
    """How a register is to be swept. Raises `DeskError` or `RegisterError` with all that is wrong."""
    wrong = [
        Mistake(f"there is no field '{name[:40]}'.", suggest(name, WORDS), field=name) for name, _ in words if name not in WORDS
    ]
    last = dict(words)
    once = [name for name in WORDS if name not in ("regime", "set")]
    twice = [name for name in once if sum(found == name for found, _ in words) > 1]
    wrong += [Mistake(f"'{name}' is given more than once.", "Give it once.", field=name) for name in twice]
    if last.get("strict", "").casefold() not in _TRUTH:
        wrong.append(Mistake(f"strict: '{last['strict'][:40]}' is neither true nor false.", "Write true.", field="strict"))
    days: dict[str, dt.date | None] = {}
    for name in ("law_on", "world_on"):
        days[name] = day(last.get(name, "")) if last.get(name) else None
        if last.get(name) and days[name] is None:
            wrong.append(Mistake(f"{name}: '{last[name][:40]}' is not a day.", "Write it as 2023-12-22.", field=name))
    if wrong:
        raise DeskError(400, wrong, "input")
    return Asked(
        called(last.get("name", "")) or filename, tuple(value for name, value in words if name == "regime" and value),
        last.get("format", ""), mapping_of(last.get("map", "")),
        tuple(value for name, value in words if name == "set" and value), days["law_on"], days["world_on"],
        _TRUTH[last.get("strict", "").casefold()],
    )  # fmt: skip


def mapping_of(text: str) -> dict[str, Any] | None:
    """A mapping from its YAML, None where there is none. Raises `RegisterError`, for anchors and what is too large as well."""
    if not text.strip():
        return None
    if len(text.encode()) > LONGEST_FIELD:
        raise RegisterError(Mistake(f"the mapping has more than {LONGEST_FIELD:,} bytes.", "Shorten it.", field="map"))
    documents = read_yaml(text, "map", RegisterError)
    if len(documents) != 1 or not isinstance(documents[0].value, dict):
        raise RegisterError(Mistake("a mapping is one mapping of keys.", "See the documentation of mappings.", field="map"))
    return documents[0].value
