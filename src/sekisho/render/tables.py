"""The dated facts and the history of decisions, as tables."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Protocol

import msgspec
from rich.console import Console, Group, RenderableType
from rich.progress import BarColumn, Progress, ProgressColumn, Task, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from sekisho.corpus import Corpus, Row
from sekisho.corpus import Table as WorldTable
from sekisho.decision import STRICTEST
from sekisho.errors import Mistake, UsageError
from sekisho.history import History
from sekisho.text import suggest

_HIDDEN = frozenset({"note", "source", "basis"})
"""Columns that a terminal leaves out: `--json` has them."""


def _table(corpus: Corpus, name: str) -> WorldTable:
    table = corpus.world.tables.get(name)
    if table is None:
        raise UsageError(Mistake(f"there is no table '{name}'.", suggest(name, corpus.world.tables)))
    return table


def _rows(table: WorldTable, key: str | None, on: dt.date | None) -> list[Row]:
    wanted = key.casefold() if key else ""
    return [
        row for row in table.rows
        if (on is None or on in row.in_force) and (not wanted or any(wanted in cell.casefold() for cell in row.cells.values()))
    ]  # fmt: skip


def data(corpus: Corpus, name: str | None, key: str | None, on: dt.date | None) -> dict[str, Any]:
    """The tables there are, or the rows of one that hold on a day."""
    if name is None:
        return {"schema": 1, "tables": [_about(table) for table in corpus.world.tables.values()]}
    table = _table(corpus, name)
    return {"schema": 1, "table": _about(table), "on": on.isoformat() if on else None,
            "rows": [row.cells for row in _rows(table, key, on)]}  # fmt: skip


def _about(table: WorldTable) -> dict[str, Any]:
    about = table.about
    return {
        "name": table.name, "title": about.title, "about": about.about, "kind": about.kind, "keys": list(about.keys),
        "absent": about.absent, "coverage": about.coverage, "checked": about.checked, "rows": len(table.rows),
    }  # fmt: skip


def text(corpus: Corpus, name: str | None, key: str | None, on: dt.date | None, language: str) -> RenderableType:
    """The same, for a terminal."""
    shown = Table(box=None, pad_edge=False)
    if name is None:
        for column in ("table", "title", "rows", "coverage", "checked"):
            shown.add_column(column, overflow="fold", no_wrap=column != "title")
        for table in corpus.world.tables.values():
            about = table.about
            shown.add_row(table.name, about.title.in_(language), str(len(table.rows)), about.coverage, about.checked)
        return shown
    table = _table(corpus, name)
    rows = _rows(table, key, on)
    columns = [column for column in (rows[0].cells if rows else {}) if column not in _HIDDEN]
    for column in columns:
        shown.add_column(column, overflow="fold", no_wrap=column in ("from", "to", *table.about.keys))
    for row in rows:
        shown.add_row(*(row[column] for column in columns))
    about = table.about
    head = Text.assemble((about.title.in_(language), "bold"), f"\n{about.about.in_(language)}\n")
    covered = f"Coverage {about.coverage}, last checked {about.checked}." if about.kind != "reference" else ""
    return Group(head, shown if rows else Text("No row."), Text(covered, style="dim"))


def history(found: History) -> Table:
    """Recorded cases beside the engine's verdicts, for a terminal."""
    table = Table(box=None, pad_edge=False)
    for column in ("case", "day", "recorded", "verdict", "", "why"):
        table.add_column(column, overflow="fold", no_wrap=column == "day")
    for case in found.cases:
        mark = "agrees" if case.agrees and case.counted else "differs" if case.counted else "not counted"
        style = "red" if mark == "differs" else "dim" if mark == "not counted" else ""
        table.add_row(case.id, case.date, case.recorded, case.verdict, mark, case.why, style=style)
    return table


def history_data(found: History) -> dict[str, Any]:
    """Recorded cases beside the engine's verdicts, as plain data."""
    strict, other = found.agreement(True), found.agreement(False)
    return {
        "schema": 1,
        "cases": [msgspec.to_builtins(case) for case in found.cases],
        "agreement": {
            "strict": {"agree": strict[0], "of": strict[1]},
            "other": {"agree": other[0], "of": other[1]},
        },
    }


class Swept(Protocol):
    """What a sweep tells of itself."""

    @property
    def rows(self) -> int:
        """Rows of the register."""

    @property
    def decided(self) -> int:
        """Rows decided."""

    @property
    def rejected(self) -> int:
        """Rows rejected."""

    @property
    def verdicts(self) -> dict[str, dict[str, int]]:
        """How many rows each regime decided how."""

    @property
    def output(self) -> str:
        """Where the outcomes are."""

    @property
    def rejects(self) -> str:
        """Where the rejects are, if there are any."""


def swept(result: Swept) -> RenderableType:
    """What a sweep did, for a terminal: rows in, decided and rejected, and the verdicts of each regime."""
    table = Table(box=None, pad_edge=False)
    table.add_column("regime")
    for verdict in STRICTEST:
        table.add_column(verdict, justify="right")
    for regime, counts in result.verdicts.items():
        table.add_row(regime, *(f"{counts.get(verdict, 0):,}" for verdict in STRICTEST))
    lines = [f"{result.rows:,} rows: {result.decided:,} decided, {result.rejected:,} rejected.", f"Outcomes: {result.output}"]
    if result.rejects:
        lines.append(f"Rejects: {result.rejects}")
    return Group(table, Text("\n".join(lines)))


@contextmanager
def progress(out: Console) -> Iterator[Callable[[int, int], None] | None]:
    """Progress on a terminal: rows done of rows known, rate and time left. In a pipe there is none."""
    if not out.is_terminal:
        yield None
        return
    columns = (RowsDone(), BarColumn(), TransferRows(), TimeRemainingColumn())
    with Progress(*columns, console=out, transient=True) as bar:
        task = bar.add_task("rows", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


class RowsDone(ProgressColumn):
    """Rows done of rows known; before they are known, that the register is being read."""

    def render(self, task: Task) -> Text:
        """The count so far."""
        return Text(f"{task.completed:,.0f} of {task.total:,.0f} rows" if task.total is not None else "reading the register")


class TransferRows(ProgressColumn):
    """How many rows a second."""

    def render(self, task: Task) -> Text:
        """The rate so far."""
        return Text(f"{task.speed:,.0f} rows/s" if task.speed else "")
