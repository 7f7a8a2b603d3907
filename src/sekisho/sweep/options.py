"""How a sweep is done."""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal, get_args

import msgspec

Engine = Literal["columns", "duckdb", "spark"]
"""Who decides: the Kleene reader over columns, in this process; or the query of the law on DuckDB or on Spark."""
ENGINES: tuple[Engine, ...] = get_args(Engine)
MASTER = "local[*]"
"""The Spark that decides if no other is named: one on this machine, with all cores."""


OF_ROW = (
    "file", "key", "date_from", "date_to", "exporter.state", "recipient.state", "item", "item_note", "party_note",
    "uncertain_order",
)  # fmt: skip
"""The columns that an output takes over from its register, besides the number of the row."""
OF_REGIME = ("verdict", "head", "provisions", "outstanding", "missing", "notices", "turns_on")
"""The columns that an output has for each regime; `verdict` also stands for the strictest of all."""


class Options(msgspec.Struct, frozen=True):
    """How a sweep is done.

    `fixed` are the facts that every row is put with (`--set`); `columns` those of the output that are wanted, of `OF_ROW` and
    `OF_REGIME`, all if none is named; `master` is Spark's, for that engine. `called` is what the output calls the register,
    where that is not its path. With `facts` the output has, as `fact.NAME`, what each row was decided on, so that the row can
    be put as a case, and as `item_called` and `item_described` the register's own words for the item.
    """

    regimes: tuple[str, ...] = ()
    law_on: dt.date | None = None
    world_on: dt.date | None = None
    strict: bool = False
    fixed: dict[str, Any] = {}
    format: str | None = None
    mapping: dict[str, Any] | None = None
    memory: str | None = None
    threads: int | None = None
    engine: Engine = "columns"
    master: str = MASTER
    called: str = ""
    facts: bool = False
    columns: tuple[str, ...] = ()

    def wants(self, column: str) -> bool:
        """Whether an output has a column, one of a regime without the regime's name."""
        return not self.columns or column in self.columns


def shown(value: object) -> str:
    """A value of a fact as a case states it."""
    if isinstance(value, frozenset):
        return "[" + ", ".join(sorted(value)) + "]"
    return str(value).lower() if isinstance(value, bool) else str(value)
