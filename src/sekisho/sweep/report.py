"""What a sweep came to, from the output it wrote: its summary, its chart, and the names that both show."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from sekisho.corpus import Corpus
from sekisho.sweep.quoting import name, reading, text
from sekisho.sweep.sources import connected
from sekisho.sweep.summary import PARTIES, Summary, summary


def summarised(out: Path | str, metadata: Mapping[str, str], regimes: Sequence[str]) -> Summary:
    """The summary of a sweep's output file: of the verdicts of its regime, or of the strictest where there are several.

    `metadata` is what the output says of itself. Raises `RegisterError` if it cannot be read.
    """
    path = Path(out)
    with connected() as connection, reading(str(path), "Give the output of a sweep."):
        scan = _READERS[path.suffix](path, regimes)
        day = f"CAST({name('date_from')} AS DATE) AS {name('date_from')}"
        connection.execute(f"CREATE VIEW {name('output')} AS SELECT * REPLACE ({day}) FROM {scan}")
        return summary(connection, "output", regimes[0] if len(regimes) == 1 else "", metadata)


def _parquet(path: Path, _: Sequence[str]) -> str:
    return f"read_parquet({text(str(path))})"


def _csv(path: Path, _: Sequence[str]) -> str:
    return f"read_csv({text(str(path))}, header = true, all_varchar = true, delim = ',', quote = '\"', escape = '\"')"


def _jsonl(path: Path, regimes: Sequence[str]) -> str:
    """The columns that are counted, typed: a file without rows, or with empty lists alone, does not tell their types."""
    types = {"date_from": "DATE", "verdict": "VARCHAR"}
    types |= {f"{regime}.verdict": "VARCHAR" for regime in regimes}
    types |= {f"{regime}.provisions": "VARCHAR[]" for regime in regimes}
    with path.open(encoding="utf-8") as file:
        first = json.loads(file.readline() or "{}")
    types |= {place: "VARCHAR" for places in PARTIES.values() for place in places if place in first}
    columns = ", ".join(f"{text(column)}: {text(type_)}" for column, type_ in types.items())
    return f"read_json({text(str(path))}, format = 'newline_delimited', columns = {{{columns}}})"


_READERS: Mapping[str, Callable[[Path, Sequence[str]], str]] = {".parquet": _parquet, ".csv": _csv, ".jsonl": _jsonl}
"""How DuckDB reads an output, by its ending."""


def names(corpus: Corpus) -> dict[str, str]:
    """What a chart calls a regime, a state and a provision."""
    regimes = {regime.id: regime.title for regime in corpus.regimes.values()}
    states = {code: rows[-1]["name"] for code, rows in corpus.world.states.items()}
    return regimes | states | {name: provision.title for name, provision in corpus.provisions.items()}
