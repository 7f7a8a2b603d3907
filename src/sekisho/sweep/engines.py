"""The engines that a regime's query can be put to, each for as long as a sweep lasts."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping

import numpy as np
import pyarrow as pa

from sekisho.corpus import kept
from sekisho.sweep.deciding import Answer, Ask
from sekisho.sweep.frame import Entries
from sekisho.sweep.options import Options
from sekisho.sweep.query import RegimeQuery
from sekisho.sweep.sources import Connection, connected, load_tables
from sekisho.sweep.spark import ROWS as SPARK_ROWS
from sekisho.sweep.spark import Spark
from sekisho.sweep.writing import plain

_ROWS = "batch"
PIECE = 1 << 15
"""Rows that an engine takes at a time: enough pieces that every core has one."""


@contextlib.contextmanager
def engine(queries: Mapping[str, RegimeQuery], options: Options, spill: str) -> Iterator[Ask | None]:
    """What puts queries to the engine chosen; None where rows are decided in this process without one.

    `spill` is a folder for what does not fit in the memory of DuckDB.
    """
    if options.engine == "spark":
        with Spark(options.master, options.memory) as spark:
            yield _on_spark(spark, queries, options)
    elif options.engine == "duckdb":
        with connected(temp_directory=spill, memory_limit=options.memory, threads=options.threads) as connection:
            yield _on_duckdb(connection, queries, options)
    else:
        yield None


def _on_duckdb(connection: Connection, queries: Mapping[str, RegimeQuery], options: Options) -> Ask:
    load_tables(connection, _tables(queries))
    texts = {name: _text(query, options, _ROWS) for name, query in queries.items()}

    def ask(rows: Entries) -> dict[str, Answer]:
        connection.register(_ROWS, _table(rows))
        numbers = {name: _in_order(connection.sql(text).to_arrow_table()) for name, text in texts.items()}
        connection.unregister(_ROWS)
        return numbers

    return ask


def _on_spark(spark: Spark, queries: Mapping[str, RegimeQuery], options: Options) -> Ask:
    spark.lay(_tables(queries))
    texts = {name: _text(query, options, SPARK_ROWS) for name, query in queries.items()}

    def ask(rows: Entries) -> dict[str, Answer]:
        spark.put(_table(rows))
        return {name: _in_order(spark.ask(text)) for name, text in texts.items()}

    return ask


def _table(rows: Entries) -> pa.Table:
    """Rows as a query reads them: with their number and day, words in full, in small pieces."""
    days = pa.array(rows.day.astype(np.int32)).cast(pa.date32())
    table = plain(rows.rows).append_column("row", pa.array(np.arange(rows.count))).append_column("date", days)
    return pa.Table.from_batches(table.combine_chunks().to_batches(max_chunksize=PIECE), table.schema)


def _in_order(numbers: pa.Table) -> Answer:
    """An answer by the number of its rows."""
    order = np.argsort(numbers["row"].to_numpy(), kind="stable")
    return {name: numbers[name].to_numpy().take(order) for name in numbers.column_names if name != "row"}


def _tables(queries: Mapping[str, RegimeQuery]) -> Mapping[str, pa.Table]:
    return next(iter(queries.values())).tables()


def _text(query: RegimeQuery, options: Options, rows: str) -> str:
    """A regime's query as text, kept in the user's cache: to write it takes longer than to decide a small register."""
    return kept("query", f"{query.stamp}{options.engine}", str, lambda: query.select(rows).sql(dialect=options.engine))
