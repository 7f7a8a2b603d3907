"""The first rows of a register as they stand, what each column is taken to say, and how the rows are read."""

from __future__ import annotations

import dataclasses
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from sekisho.corpus import Corpus
from sekisho.desk.sweeping.kept import Asked, Kind
from sekisho.errors import Mistake, RegisterError
from sekisho.sweep.formats import Format, known_header
from sekisho.sweep.lines import read_csv, read_jsonl
from sekisho.sweep.mapping import bind, format_of
from sekisho.sweep.quoting import name, reading, text
from sekisho.sweep.registers import open_register
from sekisho.sweep.sources import ROW, Connection, Source, connected, read_parquet

ROWS = 12
_LOOKED_AT = 200
"""Rows of which it is told how many cannot be read."""
_HEAD = 1 << 19
"""Bytes of text that are looked at."""
_LONGEST = 120
_READ = "read"
_MOST_COLUMNS = 60
_PLAIN = ("row", "key", "date_from", "date_to", "item", "item_note", "party_note", "head")


def previewed(register: Path, kind: Kind, asked: Asked, corpus: Corpus) -> dict[str, Any]:
    """The columns with their cells and roles, and the rows as they are read; what is wrong with the mapping, if anything is.

    Raises `RegisterError` where it cannot be read at all.
    """
    with tempfile.TemporaryDirectory(prefix="sekisho-") as folder, connected(threads=1) as connection:
        head = Path(folder) / register.name
        _cut(connection, register, kind, head)
        try:
            return _told(connection, head, kind, asked, corpus)
        except RegisterError as error:
            raise RegisterError([_named(mistake, str(head), asked.name) for mistake in error.mistakes]) from error


def _named(mistake: Mistake, file: str, called: str) -> Mistake:
    return dataclasses.replace(mistake, file=called) if mistake.file == file else mistake


def _told(connection: Connection, head: Path, kind: Kind, asked: Asked, corpus: Corpus) -> dict[str, Any]:
    source = _READERS[kind](connection, str(head))
    told: dict[str, Any] = {
        "format": asked.format or "own", "told": "", "columns": [], "rows": [], "rejected": 0, "looked_at": 0, "flaws": [],
        "more_columns": max(0, len(source.columns) - _MOST_COLUMNS),
    }  # fmt: skip
    roles: dict[str, list[str]] = {}
    try:
        form = format_of(source, asked.format or None)
        told["format"], told["told"] = form.id if form else "own", _detected(source)
        bindings = bind(source, corpus, form, asked.mapping)
        for role, column in bindings.columns.items():
            roles.setdefault(column.header, []).append(role)
        told |= _read(connection, head, asked, corpus)
    except RegisterError as error:
        told["flaws"] = msgspec.to_builtins([_named(mistake, str(head), asked.name) for mistake in error.mistakes])
    cells = _cells(connection, source)
    told["columns"] = [
        {"header": column.header, "roles": roles.get(column.header, []), "cells": [row[place] for row in cells]}
        for place, column in enumerate(source.columns[:_MOST_COLUMNS])
    ]
    return told


def _detected(source: Source) -> str:
    form: Format | None = format_of(source, None)
    return form.id if form else "own"


def _cut(connection: Connection, register: Path, kind: Kind, head: Path) -> None:
    """Put the beginning of a register into a file of its own."""
    if kind == "parquet":
        with reading(register.name, "Is it whole? A download or copy that broke off leaves such a file."):
            beginning = f"SELECT * FROM read_parquet({text(str(register))}) LIMIT {_LOOKED_AT}"
            connection.execute(f"COPY ({beginning}) TO {text(str(head))} (FORMAT parquet)").fetchall()
        return
    with register.open("rb") as file:
        content = file.read(_HEAD + 1)
    if len(content) > _HEAD:
        content = content[: content.rfind(b"\n") + 1] or content
    lines = content.splitlines(keepends=True)
    head.write_bytes(b"".join(lines[: _LOOKED_AT + 1]))


def _cells(connection: Connection, source: Source) -> list[Sequence[str | None]]:
    places = ", ".join(f"CAST({column.place} AS VARCHAR)" for column in source.columns[:_MOST_COLUMNS])
    if not places:
        return []
    query = f"SELECT {places} FROM {name(source.relation)} ORDER BY {name(ROW)} LIMIT {ROWS}"
    return [[_short(cell) for cell in row] for row in connection.execute(query).fetchall()]


def _short(cell: str | None) -> str | None:
    return cell if cell is None or len(cell) <= _LONGEST else f"{cell[: _LONGEST - 1]}…"


def _read(connection: Connection, head: Path, asked: Asked, corpus: Corpus) -> dict[str, Any]:
    """The first rows as the sweep would read them: the facts of each, or why it cannot be decided."""
    register = open_register(
        connection, str(head), corpus, format=asked.format or None, mapping=asked.mapping, prefix=_READ,
        world_on=asked.world_on,
    )  # fmt: skip
    names = [str(row[0]) for row in connection.execute(f"DESCRIBE {name(_READ)}").fetchall()]
    read = connection.execute(f"SELECT * FROM {name(_READ)} ORDER BY row LIMIT {ROWS}").fetchall()
    refused = connection.execute(
        f"SELECT row, string_agg(reason, '; ') FROM {name(register.rejects)} GROUP BY row ORDER BY row LIMIT {ROWS}"
    ).fetchall()
    rows = [_row(entry, register.facts) for entry in (dict(zip(names, row, strict=True)) for row in read)]
    rows += [{"row": number, "reason": reason} for number, reason in refused]
    return {
        "rows": sorted(rows, key=lambda entry: entry["row"] or 0)[:ROWS], "rejected": register.rejected,
        "looked_at": register.total,
    }  # fmt: skip


def _row(entry: Mapping[str, Any], facts: Sequence[str]) -> dict[str, Any]:
    plain = {key: entry[key] for key in _PLAIN if entry.get(key) is not None}
    stated = {fact: entry[fact] for fact in facts if entry.get(fact) is not None}
    return msgspec.to_builtins(plain | {"facts": stated})  # type: ignore[no-any-return]


_READERS: Mapping[Kind, Any] = {
    "csv": lambda connection, file: read_csv(connection, file, [file], "shown", known_header),
    "jsonl": lambda connection, file: read_jsonl(connection, file, [file], "shown"),
    "parquet": lambda connection, file: read_parquet(connection, file, [file], "shown"),
}
"""How the beginning of a register is opened, by its kind."""
