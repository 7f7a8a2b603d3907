"""What the commands ask of this room, and what they print: `sekisho diff` and `sekisho prove`."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import msgspec
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from sekisho.decide import Decider
from sekisho.prove import proof as proofs
from sekisho.prove.diff import Difference, diff
from sekisho.prove.draft import Turned, turned_precedents, with_draft
from sekisho.prove.telling import Telling, data
from sekisho.render.terminal import STYLES


class Asked(msgspec.Struct, frozen=True):
    """What `sekisho diff` is asked."""

    regime: str
    first: dt.date
    second: dt.date | None = None
    world: bool = False
    draft: Path | None = None
    register: str | None = None
    seconds: float = 60
    language: str = "en"


class Report(msgspec.Struct, frozen=True):
    """A difference with the recorded cases and the rows of a register that turn; None where that was not asked."""

    difference: Difference
    language: str
    precedents: tuple[Turned, ...] | None = None
    register: Any = None

    def data(self) -> dict[str, Any]:
        """The shape of `diff --json`."""
        told = data(self.difference)
        told["precedents"] = msgspec.to_builtins(self.precedents or ())
        told["register"] = None if self.register is None else msgspec.to_builtins(self.register)
        return told

    def text(self) -> RenderableType:
        """For a terminal."""
        parts: list[RenderableType] = [Telling(self.difference, self.language).text()]
        if self.precedents is not None:
            parts.append(Text("\nRecorded cases that the draft would have decided differently", style="bold"))
            parts.append(_rows([(c.id, f"{c.date} {c.title}", c) for c in self.precedents]))
        if self.register is not None:
            found = self.register
            told = f"\n{len(found.turned):,} of {found.rows:,} rows of the register turn"
            told += f"; {found.undetermined:,} more are undetermined on one side only." if found.undetermined else "."
            parts.append(Text(told, style="bold"))
            parts.append(_rows([(str(row.row), row.key, row) for row in found.turned]))
        return Group(*parts)


def _rows(entries: list[tuple[str, str, Any]]) -> RenderableType:
    if not entries:
        return Text("None.")
    table = Table(box=None, pad_edge=False)
    for column in ("", "", "before", "after", "by (before)", "by (after)"):
        table.add_column(column, overflow="fold")
    for name, title, entry in entries:
        verdicts = (Text(verdict, STYLES[verdict]) for verdict in (entry.before, entry.after))
        table.add_row(name, title, *verdicts, ", ".join(entry.provisions_before), ", ".join(entry.provisions_after))
    return table


def difference(own: Decider, asked: Asked) -> Report:
    """What `sekisho diff` was asked. Raises `LawError` for a draft that is no law, `RegisterError` for a bad register."""
    draft = with_draft(own.corpus, asked.draft) if asked.draft is not None else None
    found = diff(asked.regime, asked.first, asked.second, world=asked.world, seconds=asked.seconds, own=own, draft=draft)
    precedents = turned_precedents(own, draft, found.after.regime) if draft is not None else None
    swept = None
    if asked.register is not None:
        from sekisho.prove import register  # noqa: PLC0415 (DuckDB stays behind this door: a proof needs none)

        swept = register.sweep_both(found.before, found.after, asked.register, found.world)
    return Report(found, asked.language, precedents, swept)


class Proven(msgspec.Struct, frozen=True):
    """A proof as `sekisho prove` prints it."""

    proof: proofs.Proof

    def data(self) -> dict[str, Any]:
        """The shape of `prove --json`."""
        return proofs.data(self.proof)

    def text(self) -> RenderableType:
        """For a terminal."""
        return proofs.text(self.proof)


def proof(
    own: Decider, regime: str, on: dt.date | None, since: dt.date | None, draft: Path | None, seconds: float,
    progress: proofs.Progress | None = None,
) -> Proven:  # fmt: skip
    """What `sekisho prove` was asked. Raises `LawError` for a draft or a list of accepted findings that cannot be read."""
    accepted = proofs.accepted_of(own.corpus, regime)
    law = with_draft(own.corpus, draft) if draft is not None else own
    return Proven(proofs.prove(law, regime, on=on, since=since, seconds=seconds, accepted=accepted, progress=progress))
