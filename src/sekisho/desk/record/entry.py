"""One entry of the log: what it holds, its canonical form, and the hash that ties it to the entry before.

The hash of an entry is the SHA-256 of the canonical JSON (RFC 8785) of all else that it holds, the hash of the entry
before among it. Whoever has an export can work it out with any tool for canonical JSON.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from typing import Any

import msgspec
import rfc8785

from sekisho.errors import InputError, Mistake

GENESIS = "sha256:" + "0" * 64
"""What the first entry has for the hash of the entry before."""
HASH = re.compile(r"sha256:[0-9a-f]{64}")
LARGEST_BODY = 4 * 1024 * 1024
"""Bytes of one entry's body: some forty receipts."""


class Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One entry. `sequence` counts from 1, `time` is UTC, `body` is canonical JSON, `previous` and `hash` are hashes."""

    sequence: int
    id: str
    time: str
    kind: str
    subject: str
    actor: str
    body: str
    previous: str
    hash: str

    def holds(self) -> dict[str, Any]:
        """What the body holds."""
        found: dict[str, Any] = msgspec.json.decode(self.body)
        return found

    def line(self) -> bytes:
        """The entry as a line of an export: canonical JSON and a newline."""
        return _joined(self, {"hash": self.hash}) + b"\n"

    @property
    def worked_out(self) -> str:
        """The hash that the entry ought to have, worked out anew."""
        return "sha256:" + hashlib.sha256(_joined(self, {})).hexdigest()


def _joined(entry: Entry, more: Mapping[str, str]) -> bytes:
    """The canonical JSON of an entry, whose body is canonical already: `actor` alone stands before `body`."""
    rest: dict[str, str | int] = {
        **more, "id": entry.id, "kind": entry.kind, "previous": entry.previous, "sequence": entry.sequence,
        "subject": entry.subject, "time": entry.time,
    }  # fmt: skip
    actor = rfc8785.dumps({"actor": entry.actor})
    return actor[:-1] + b',"body":' + entry.body.encode() + b"," + rfc8785.dumps(rest)[1:]


def linked(
    previous: Entry | None, identity: str, time: str, kind: str, subject: str, actor: str, body: str
) -> Entry:  # fmt: skip
    """The entry that follows another, with its number and its hash. `body` is canonical JSON."""
    number, before = (previous.sequence + 1, previous.hash) if previous is not None else (1, GENESIS)
    bare = Entry(number, identity, time, kind, subject, actor, body, before, "")
    return msgspec.structs.replace(bare, hash=bare.worked_out)


def canonical(value: object) -> str:
    """Plain data as canonical JSON. Raises `InputError` for what canonical JSON cannot hold, and for too much of it."""
    try:
        content: bytes = rfc8785.dumps(value)  # type: ignore[arg-type]
    except (rfc8785.CanonicalizationError, RecursionError, UnicodeEncodeError) as flaw:
        raise InputError(Mistake(f"this cannot be recorded: {flaw}.", "Send plain text and smaller numbers.")) from flaw
    if len(content) > LARGEST_BODY:
        raise InputError(Mistake(f"an entry has at most {LARGEST_BODY:,} bytes.", "Record less at a time."))
    return content.decode()


class _Line(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    actor: str
    body: dict[str, Any]
    hash: str
    id: str
    kind: str
    previous: str
    sequence: int
    subject: str
    time: str


def read_line(line: bytes) -> Entry:
    """The entry of a line of an export. Raises `ValueError`, saying what is wrong, unless it is canonical to the byte."""
    try:
        data = json.loads(line.decode("utf-8"))
        plain = msgspec.convert(data, _Line)
        body = rfc8785.dumps(plain.body).decode()
    except msgspec.ValidationError as flaw:
        raise ValueError(f"it is no entry of a log: {flaw}") from flaw
    except (ValueError, RecursionError) as flaw:
        raise ValueError("it cannot be read as JSON: torn or damaged") from flaw
    head = {name: getattr(plain, name) for name in Entry.__struct_fields__ if name != "body"}
    entry = Entry(**head, body=body)
    if entry.line() != line:
        raise ValueError("it is not in its canonical form: changed after it was written")
    return entry
