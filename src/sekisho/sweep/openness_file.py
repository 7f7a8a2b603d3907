"""The openness of a regime's law as a file: a picture, a page, or the data, by the ending of its name.

measure             `pairs` of a state and a class of items, or of a register's `orders`, `deliveries` or `volume`
law_on              the day whose law all of a year's orders are put to; empty for the law of the row's own days
date_from, date_to  the days of the row, both included
total               how many there are; then how many of each verdict, and the share that is open: permitted or conditional
causes              what begins or ends on `date_from`, where that moved a share
assumed             what stands for every case
"""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from sekisho.decide import Decider
from sekisho.errors import Mistake, UsageError
from sekisho.receipt import write
from sekisho.sweep.charts import law_causes, openness_chart, openness_said, page
from sekisho.sweep.openness import Openness, openness
from sekisho.sweep.pictures import png
from sekisho.sweep.query import VERDICTS
from sekisho.sweep.sources import connected
from sekisho.sweep.trade import Trade, trade

_DAY = dt.timedelta(days=1)
COLUMNS: Mapping[str, Any] = {
    "measure": pa.string(), "law_on": pa.date32(), "date_from": pa.date32(), "date_to": pa.date32(), "total": pa.float64(),
    **{verdict: pa.float64() for verdict in VERDICTS}, "open": pa.float64(), "causes": pa.string(), "assumed": pa.string(),
}  # fmt: skip


def write_openness(
    decider: Decider, regime: str, first: int | dt.date, last: int | dt.date, out: Path, register: Path | None = None
) -> Openness:
    """Measure the openness of a regime's law and write it to a file whole, or not at all; gives what was measured.

    `out` ends in .svg, .png, .html, .csv or .parquet; with `register` the recorded trade stands beside it. Raises `UsageError`
    for another ending, years or regime, `RegisterError` for a register that cannot be read, `InputError` where the file
    cannot be written.
    """
    render = _ENDINGS.get(out.suffix.casefold())
    if render is None:
        raise UsageError(Mistake(f"'{out.name}' does not end in {', '.join(_ENDINGS)}.", "Name the output so."))
    with connected() as connection:
        found = openness(decider, regime, first, last, connection=connection)
        recorded = None
        if register is not None:
            days = [day.day for day in found.moved if law_causes(day)]
            recorded = trade(decider, regime, register, found.first, found.last, found.assumed, days, connection)
    write(out, render(found, recorded))
    return found


def rows(found: Openness, recorded: Trade | None = None) -> Iterator[tuple[Any, ...]]:
    """The data, in the order of `COLUMNS`: the days on which a share moves, then the register by law and year."""
    assumed = str(found.assumed)
    days = [found.days[0], *found.moved] if found.days else []
    ends = [*(day.day - _DAY for day in days[1:]), found.last]
    for day, until in zip(days, ends, strict=True):
        causes = "; ".join(map(str, day.causes)) if day.moved else ""
        yield ("pairs", None, day.day, until, *_numbers(dict(zip(VERDICTS, day.counts, strict=True))), causes, assumed)
    if recorded is not None:
        for measure in recorded.measures:
            for law_on in recorded.laws():
                for year, amounts in sorted(recorded.table(measure, law_on).items()):
                    span = dt.date.min.replace(year=year), dt.date.max.replace(year=year)
                    yield (measure, law_on, *span, *_numbers(amounts), "", assumed)


def _numbers(amounts: Mapping[str, float]) -> Sequence[float]:
    """The total, each verdict, and the share that is open."""
    each = [float(amounts.get(verdict, 0)) for verdict in VERDICTS]
    total = sum(each)
    opened = float(amounts.get("permitted", 0)) + float(amounts.get("conditional", 0))
    return [round(total, 2), *(round(amount, 2) for amount in each), round(opened / total, 6) if total else 0.0]


def _svg(found: Openness, recorded: Trade | None) -> bytes:
    return openness_chart(found, recorded).encode()


def _png(found: Openness, recorded: Trade | None) -> bytes:
    return png(openness_chart(found, recorded))


def _html(found: Openness, recorded: Trade | None) -> bytes:
    shown = [[_cell(cell) for cell in row] for row in rows(found, recorded)]
    return page(openness_chart(found, recorded), f"Openness: {found.title}", list(COLUMNS), shown).encode()


def _csv(found: Openness, recorded: Trade | None) -> bytes:
    text = io.StringIO(newline="")
    lines = csv.writer(text, lineterminator="\n")
    lines.writerow(COLUMNS)
    lines.writerows([_cell(cell) for cell in row] for row in rows(found, recorded))
    return text.getvalue().encode()


def _cell(value: object) -> str:
    if value is None:
        return ""
    return f"{value:.6f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)


def _parquet(found: Openness, recorded: Trade | None) -> bytes:
    columns = list(zip(*rows(found, recorded), strict=True))
    schema = pa.schema(list(COLUMNS.items()), metadata=openness_said(found, recorded))
    sink = io.BytesIO()
    pq.write_table(pa.table([list(column) for column in columns], schema=schema), sink)
    return sink.getvalue()


_ENDINGS: Mapping[str, Callable[[Openness, Trade | None], bytes]] = {
    ".svg": _svg, ".png": _png, ".html": _html, ".csv": _csv, ".parquet": _parquet,
}  # fmt: skip
