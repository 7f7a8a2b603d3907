"""What came of a sweep, read from the file it wrote: rows by filter and page, counts under a filter, and the whole as CSV.

The file is the sweep's own. DuckDB reads what is asked and no more, with little memory; nothing is loaded whole.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import msgspec
import pyarrow as pa
import pyarrow.csv as pacsv
import pyarrow.parquet as pq

from sekisho.desk.problems import DeskError, ParameterError
from sekisho.desk.sweeping.kept import OUTCOMES, Filter, Kept
from sekisho.errors import Mistake
from sekisho.language.stopping import stop_of
from sekisho.sweep.query import VERDICTS
from sekisho.sweep.quoting import name, reading, text
from sekisho.sweep.run import CALLED, FACT
from sekisho.sweep.sources import Connection, connected, one
from sekisho.sweep.summary import PARTIES, Summary, summary
from sekisho.sweep.summary import data as summary_data
from sekisho.sweep.writing import joined
from sekisho.text import suggest

UNKNOWN = "not known"
"""How a summary calls what a row does not say."""
_MEMORY = "256MB"
_BATCH = 1 << 13
_BUFFER = 1 << 20
_FOUND = "found"
_YEAR = re.compile("[12][0-9]{3}")


class Page(msgspec.Struct, frozen=True):
    """Some rows in the order of the register, the number of the last if there are more, and how many there are in all."""

    rows: list[dict[str, Any]]
    after: int | None
    total: int


class Outcomes:
    """The outcomes of one sweep that is done. Use it as a context."""

    def __init__(self, folder: Path, kept: Kept) -> None:
        if kept.state != "done" or kept.result is None:
            raise DeskError(409, Mistake(f"the sweep is {kept.state}.", "Its outcomes are there once it is done."), "conflict")
        self.regimes = tuple(kept.result.verdicts)
        self._metadata = kept.result.metadata
        self._path = folder / OUTCOMES
        self._held = ExitStack()
        self._connection: Connection = connected(memory_limit=_MEMORY, threads=1)
        scan = f"read_parquet({text(str(self._path))})"
        with reading(kept.asked.name or OUTCOMES, "Start the sweep again."):
            described = self._connection.execute(f"DESCRIBE SELECT * FROM {scan}").fetchall()
        self._types = {str(row[0]): str(row[1]) for row in described}
        day = f"CAST({name('date_from')} AS DATE) AS {name('date_from')}"
        self._scan = f"(SELECT * REPLACE ({day}) FROM {scan})"

    def __enter__(self) -> Outcomes:
        stop = stop_of()
        if stop is not None:
            self._held.enter_context(stop.during(self._connection.interrupt))
        return self

    def __exit__(self, *raised: Any) -> None:
        try:
            self._held.__exit__(*raised)
        finally:
            self._connection.close()

    def page(self, wanted: Filter, after: int, limit: int) -> Page:
        """The rows of a filter that come after a number. Raises `DeskError` for a filter that makes no sense."""
        where = self._where(wanted)
        total = one(self._connection, f"SELECT count(*) FROM {self._scan} WHERE {where}")
        query = f"SELECT * FROM {self._scan} WHERE {where} AND {name('row')} > {after} ORDER BY {name('row')} LIMIT {limit + 1}"
        rows = self._connection.execute(query).fetchall()
        found = [msgspec.to_builtins(dict(zip(self._types, row, strict=True))) for row in rows[:limit]]
        return Page(found, int(found[-1]["row"]) if len(rows) > limit else None, total)

    def summary(self, wanted: Filter) -> Summary:
        """The counts of the rows of a filter. Raises `DeskError` for a filter that makes no sense."""
        view = f"CREATE OR REPLACE TEMP VIEW {_FOUND} AS SELECT * FROM {self._scan} WHERE {self._where(wanted)}"
        self._connection.execute(view)
        return summary(self._connection, _FOUND, self._regime(wanted), self._metadata)

    def counts(self, wanted: Filter) -> dict[str, Any]:
        """The same as plain data."""
        return summary_data(self.summary(wanted))

    @staticmethod
    def case(row: Mapping[str, Any], fixed: Mapping[str, Any]) -> dict[str, Any]:
        """The case that a row is, by fact: as the register states it, with what was set for every row in its place.

        The day is the first on which the decision may have been. An item that the catalogue does not have goes by the words
        of the register.
        """
        facts = {column.removeprefix(FACT): value for column, value in row.items() if column.startswith(FACT)}
        facts |= {party: row.get(party) for party in ("exporter.state", "recipient.state")}
        stated = {fact: value for fact, value in (facts | dict(fixed)).items() if value is not None and value != ""}
        called = called_in(row)
        item = {"item": row["item"]} if row.get("item") else {"item.name": called} if called else {}
        return {"date": str(row["date_from"]), **item, **stated}

    def _regime(self, wanted: Filter) -> str:
        return wanted.regime or (self.regimes[0] if len(self.regimes) == 1 else "")

    def _where(self, wanted: Filter) -> str:
        """The condition of a filter."""
        regime = self._regime(wanted)
        if regime and regime not in self.regimes:
            raise _wrong("regime", regime, self.regimes)
        if wanted.verdict and wanted.verdict not in VERDICTS:
            raise _wrong("verdict", wanted.verdict, VERDICTS)
        if wanted.year and not _YEAR.fullmatch(wanted.year):
            raise _wrong("year", wanted.year)
        parts = [f"year(date_from) = {wanted.year}"] if wanted.year else []
        for kind, word in (("exporters", wanted.exporter), ("recipients", wanted.recipient)):
            if word:
                parts.append(f"coalesce(CAST({name(self._place(kind, word))} AS VARCHAR), {text(UNKNOWN)}) = {text(word)}")
        if wanted.provision:
            parts.append(self._resting(wanted, (regime,) if regime else self.regimes))
        elif wanted.verdict:
            parts.append(f"{name(f'{regime}.verdict' if regime else 'verdict')} = {text(wanted.verdict)}")
        return " AND ".join(parts) or "true"

    def _place(self, kind: str, word: str) -> str:
        """The column that names a party, as the summary counts it."""
        found = next((place for place in PARTIES[kind] if place in self._types), None)
        if found is None:
            raise _wrong(kind[:-1], word)
        return found

    @staticmethod
    def _resting(wanted: Filter, regimes: Sequence[str]) -> str:
        """The condition that a row rests on a provision: with the verdict of the regime that the provision is of."""
        verdict = f" AND {{}} = {text(wanted.verdict)}" if wanted.verdict else ""
        either = [
            f"(list_contains({name(f'{regime}.provisions')}, {text(wanted.provision)})"
            f"{verdict.format(name(f'{regime}.verdict'))})"
            for regime in regimes
        ]
        return f"({' OR '.join(either)})"


def called_in(row: Mapping[str, Any]) -> str:
    """What the register calls the item of a row: its designation and what kind of thing it is, as far as it says."""
    words = (str(row.get(column) or "").strip() for column in CALLED.values())
    return ", ".join(dict.fromkeys(word for word in words if word))


def _wrong(field: str, word: str, known: Sequence[str] = ()) -> ParameterError:
    mend = suggest(word, known) or (f"It has {', '.join(known)}." if known else "")
    return ParameterError(Mistake(f"there is no {field} '{word[:60]}' here.", mend, field=field))


def csv_of(path: Path) -> Iterator[bytes]:
    """Outcomes as CSV, piece by piece: lists are text with semicolons, as a sweep into CSV writes them."""
    with pq.ParquetFile(path, pre_buffer=False, buffer_size=_BUFFER) as file:
        buffer = io.BytesIO()
        writer = pacsv.CSVWriter(buffer, joined(file.schema_arrow.empty_table()).schema)
        for batch in file.iter_batches(_BATCH, use_threads=False):
            writer.write_table(joined(pa.Table.from_batches([batch])))
            yield _drained(buffer)
        writer.close()
        yield _drained(buffer)


def _drained(buffer: io.BytesIO) -> bytes:
    content = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return content
