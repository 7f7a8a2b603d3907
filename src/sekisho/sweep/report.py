"""What a sweep came to, from the output it wrote: its summary, its chart, and the names that both show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import duckdb

from sekisho.corpus import Corpus
from sekisho.sweep.quoting import name, reading, text
from sekisho.sweep.summary import Summary, summary

_READERS = {
    ".parquet": "read_parquet({})",
    ".csv": "read_csv({}, header = true, all_varchar = true, delim = ',', quote = '\"')",
    ".jsonl": "read_json({}, format = 'newline_delimited', sample_size = -1)",
}
"""How DuckDB reads an output, by its ending."""


def summarised(out: Path | str, metadata: Mapping[str, str], regimes: Sequence[str] = ()) -> Summary:
    """The summary of a sweep's output file: of the verdicts of its regime, or of the strictest where there are several.

    `metadata` is what the output says of itself. Raises `RegisterError` if it cannot be read.
    """
    path = Path(out)
    with duckdb.connect() as connection, reading(str(path), "Give the output of a sweep."):
        scan = _READERS[path.suffix].format(text(str(path)))
        connection.execute("SET enable_progress_bar = false")
        connection.execute(
            f"CREATE VIEW {name('output')} AS SELECT * REPLACE (CAST(date_from AS DATE) AS date_from) FROM {scan}"
        )
        return summary(connection, "output", regimes[0] if len(regimes) == 1 else "", metadata)


def names(corpus: Corpus) -> dict[str, str]:
    """What a chart calls a regime, a state and a provision."""
    regimes = {regime.id: regime.title for regime in corpus.regimes.values()}
    states = {code: rows[-1]["name"] for code, rows in corpus.world.states.items()}
    return regimes | states | {name: provision.title for name, provision in corpus.provisions.items()}
