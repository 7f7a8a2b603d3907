"""What the command `sweep` asks for and prints: a sweep, its summary and its chart."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
from rich.console import Group, RenderableType

from sekisho.decide import Decider
from sekisho.errors import Mistake, UsageError
from sekisho.render import tables
from sekisho.sweep.mapping import read_mapping
from sekisho.sweep.options import ENGINES, MASTER, Engine, Options
from sekisho.sweep.pictures import check_chart, write_chart
from sekisho.sweep.report import names, summarised
from sekisho.sweep.run import SCHEMA, Progress, SweepResult, sweep
from sekisho.sweep.summary import Summary
from sekisho.sweep.summary import data as summary_data
from sekisho.sweep.summary import tables as summary_tables
from sekisho.text import suggest

__all__ = ["MASTER", "Done", "Options", "columns", "data", "engine", "read_mapping", "run", "text"]


_COUNTED = ("date_from", "verdict", "provisions")
"""The columns of an output that its summary cannot do without."""


class Done(msgspec.Struct, frozen=True):
    """A sweep that was done, its summary if asked for, and where its chart is."""

    result: SweepResult
    summary: Summary | None = None
    chart: str = ""


def engine(word: str, master: str | None) -> Engine:
    """The engine of that name. Raises `UsageError`."""
    found = next((known for known in ENGINES if known == word), None)
    if found is None:
        raise UsageError(
            Mistake(f"--engine: there is no engine '{word}'.", suggest(word, ENGINES) or "Write columns, duckdb or spark.")
        )
    if master is not None and found != "spark":
        raise UsageError(Mistake("--master names a Spark, and the engine is another.", "Write --engine spark with it."))
    return found


def columns(words: str | None) -> tuple[str, ...]:
    """The columns named, with commas between; all where none is. Raises `UsageError` for a list of nothing."""
    found = tuple(filter(None, (word.strip() for word in (words or "").split(","))))
    if words is not None and not found:
        raise UsageError(Mistake("--columns names no column.", "Write verdict,provisions, or leave it out for all."))
    return found


def run(
    own: Decider, register: str, out: Path, options: Options, progress: Progress | None = None, summed: bool = False,
    chart: Path | None = None,
) -> Done:  # fmt: skip
    """Sweep a register into a file, and count and draw what came out where that is asked for."""
    if chart is not None:
        check_chart(chart)
        if chart.absolute() in (Path(register).absolute(), out.absolute()):
            raise UsageError(Mistake(f"'{chart}' is the register or the output itself.", "Name another chart."))
    if summed or chart is not None:
        left_out = [name for name in _COUNTED if not options.wants(name)]
        if left_out:
            what = f"a summary and a chart count by columns that are left out: {', '.join(left_out)}."
            raise UsageError(Mistake(what, f"Have {', '.join(_COUNTED)} among the columns, and the parties to be counted by."))
    result = sweep(register, out, options, law=own, progress=progress)
    assert isinstance(result, SweepResult)
    if not summed and chart is None:
        return Done(result)
    found = summarised(out, result.metadata, tuple(result.verdicts))
    if chart is not None:
        write_chart(chart, found, names(own.corpus))
    return Done(result, found if summed else None, str(chart or ""))


def data(done: Done) -> dict[str, Any]:
    """What was done, as plain values."""
    values: dict[str, Any] = {"schema": SCHEMA} | msgspec.to_builtins(done.result)
    if done.summary is not None:
        values["summary"] = summary_data(done.summary)
    return values | ({"chart": done.chart} if done.chart else {})


def text(done: Done) -> RenderableType:
    """What was done, for a terminal."""
    parts: list[RenderableType] = [tables.swept(done.result)]
    if done.chart:
        parts.append(f"Chart: {done.chart}")
    if done.summary is not None:
        parts += ["", summary_tables(done.summary)]
    return Group(*parts)
