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


class Options(msgspec.Struct, frozen=True):
    """How a sweep is done.

    `fixed` are the facts that every row is put with (`--set`); `master` is Spark's, for that engine. `called` is what the
    output calls the register, where that is not its path. With `facts` the output has, as `fact.NAME`, what each row was
    decided on, so that the row can be put as a case.
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


def shown(value: object) -> str:
    """A value of a fact as a case states it."""
    if isinstance(value, frozenset):
        return "[" + ", ".join(sorted(value)) + "]"
    return str(value).lower() if isinstance(value, bool) else str(value)
