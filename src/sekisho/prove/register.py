"""A register under two laws: every row that turns, with what decides it on each side."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import msgspec
import pyarrow as pa
import pyarrow.compute as pc

from sekisho.prove.comparison import Side
from sekisho.prove.witness import OPEN
from sekisho.sweep import Options, sweep


class Row(msgspec.Struct, frozen=True):
    """A row that turns: its number and key in the register, its verdicts, and the provisions they rest on."""

    row: int
    key: str
    before: str
    after: str
    provisions_before: tuple[str, ...]
    provisions_after: tuple[str, ...]


class Sweeping(msgspec.Struct, frozen=True):
    """What two sweeps came to: rows decided, those that turn, and how many are undetermined on one side only."""

    rows: int
    turned: tuple[Row, ...]
    undetermined: int


def sweep_both(before: Side, after: Side, register: Any, world: dt.date | None = None) -> Sweeping:
    """The rows of a register that two laws decide differently.

    Where the laws are of two days each row is put under both; where one is a draft each row is put under both as of its own
    day. Look-ups are of the row's own day unless `world` is given. Raises `RegisterError` as a sweep does.
    """
    draft = before.decider is not after.decider
    tables = [_swept(side, register, None if draft else side.day, world) for side in (before, after)]
    both = _joined(*tables)
    verdicts = [both[f"verdict {side}"].to_pylist() for side in ("before", "after")]
    undetermined = sum((old == "undetermined") != (new == "undetermined") for old, new in zip(*verdicts, strict=True))
    return Sweeping(both.num_rows, tuple(_turned(both)), undetermined)


def _swept(side: Side, register: Any, law_on: dt.date | None, world: dt.date | None) -> pa.Table:
    options = Options(regimes=(side.regime,), law_on=law_on, world_on=world)
    table = sweep(register, None, options, law=side.decider)
    assert isinstance(table, pa.Table)
    keys = table["key"] if "key" in table.column_names else pa.nulls(table.num_rows, pa.string())
    return pa.table(
        {
            "row": table["row"], "key": keys.cast(pa.string()), "verdict": table[f"{side.regime}.verdict"],
            "provisions": table[f"{side.regime}.provisions"],
        }
    )  # fmt: skip


def _joined(before: pa.Table, after: pa.Table) -> pa.Table:
    """The rows that both sweeps decided, side by side."""
    places = pc.index_in(before["row"], after["row"])
    kept = before.filter(pc.is_valid(places))
    other = after.take(places.drop_null())
    return pa.table(
        {
            "row": kept["row"], "key": kept["key"], "verdict before": kept["verdict"], "verdict after": other["verdict"],
            "provisions before": kept["provisions"], "provisions after": other["provisions"],
        }
    )  # fmt: skip


def _turned(both: pa.Table) -> Iterator[Row]:
    differs = both.filter(pc.not_equal(both["verdict before"].cast(pa.string()), both["verdict after"].cast(pa.string())))
    for entry in differs.to_pylist():
        old, new = entry["verdict before"], entry["verdict after"]
        if (old in OPEN) != (new in OPEN) and "undetermined" not in (old, new):
            yield Row(
                entry["row"], entry["key"] or "", old, new, tuple(entry["provisions before"]), tuple(entry["provisions after"])
            )
