"""What can happen, and what the log keeps of it: one table of kinds, each with the shape of its body.

A kind that is in the table once stays for ever, with its shape: a log of any age must be readable. A new field has a
default.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

import msgspec

from sekisho.errors import InputError, Mistake

SHORT, LONG = 500, 20_000
"""Characters of a title, and of a note."""
Title = Annotated[str, msgspec.Meta(max_length=SHORT)]
Text = Annotated[str, msgspec.Meta(max_length=LONG)]
Said = Annotated[str, msgspec.Meta(min_length=1, max_length=LONG)]
Digest = Annotated[str, msgspec.Meta(pattern="^sha256:[0-9a-f]{64}$")]


class Body(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=False):
    """What an entry of some kind holds."""


class Begun(Body, frozen=True):
    """The log's first entry. `log` is random: no two logs have a hash in common."""

    log: str
    form: int = 1


class Saved(Body, frozen=True):
    """A decision saved as a case. `receipt` is the sealed receipt, as data."""

    receipt: dict[str, Any]
    title: Title = ""
    note: Text = ""


class Corrected(Body, frozen=True):
    """A decision in place of the one saved before, and why. The former one stays in the log."""

    receipt: dict[str, Any]
    reason: Said
    title: Title = ""


class Withdrawn(Body, frozen=True):
    """A case withdrawn, and why."""

    reason: Said


class Noted(Body, frozen=True):
    """A note on a case."""

    text: Said


class Document(Body, frozen=True):
    """A document that belongs to a case: its name, bytes and SHA-256. The document itself is not kept."""

    name: Annotated[str, msgspec.Meta(min_length=1, max_length=SHORT)]
    size: Annotated[int, msgspec.Meta(ge=0, le=2**53 - 1)]
    sha256: Digest
    note: Text = ""


class Redecided(Body, frozen=True):
    """A case decided again: under the law of another day, or after the law files changed. `changes` says what differs."""

    receipt: dict[str, Any]
    verdict_before: str
    changes: list[str]
    reason: Text = ""


class Swept(Body, frozen=True):
    """A register swept: which it was, how it was asked, by which law and world, and what came of it.

    `asked` and `metadata` are as the sweep has them. Neither the register nor the outcomes are kept, only their hashes.
    """

    name: Title
    size: Annotated[int, msgspec.Meta(ge=0, le=2**53 - 1)]
    sha256: Digest
    asked: dict[str, Any]
    rows: int
    decided: int
    rejected: int
    verdicts: dict[str, dict[str, int]]
    metadata: dict[str, str]
    outcomes: Digest


KINDS: Mapping[str, type[Body]] = {
    "log.begun": Begun,
    "case.saved": Saved,
    "case.corrected": Corrected,
    "case.withdrawn": Withdrawn,
    "case.noted": Noted,
    "case.document": Document,
    "case.redecided": Redecided,
    "register.swept": Swept,
}
"""Every kind of entry, with the shape of its body."""
_NAMES: Mapping[type[Body], str] = {shape: name for name, shape in KINDS.items()}


def kind_of(body: Body) -> str:
    """The kind of an entry with this body."""
    return _NAMES[type(body)]


def checked(kind: str, held: object) -> Body:
    """What an entry of a kind holds, held to its shape. Raises `InputError`, naming the field."""
    try:
        return msgspec.convert(held, KINDS[kind])
    except msgspec.ValidationError as flaw:
        what, _, path = str(flaw).partition(" - at `$.")
        raise InputError(Mistake(f"{kind}: {what}.", field=path.rstrip("`"))) from flaw
