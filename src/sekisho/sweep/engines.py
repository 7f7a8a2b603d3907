"""The engines that a regime's query can be put to, each for as long as a sweep lasts."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping

import duckdb
import pyarrow as pa

from sekisho.corpus import code_version, kept
from sekisho.sweep.deciding import Ask
from sekisho.sweep.options import Options, shown
from sekisho.sweep.query import RegimeQuery
from sekisho.sweep.spark import ROWS as SPARK_ROWS
from sekisho.sweep.spark import Spark

_ROWS = "batch"


@contextlib.contextmanager
def engine(queries: Mapping[str, RegimeQuery], options: Options, spill: str) -> Iterator[Ask | None]:
    """What puts queries to the engine chosen; None where rows are decided in this process without one.

    `spill` is a folder for what does not fit in the memory of DuckDB.
    """
    if options.engine == "spark":
        with Spark(options.master, options.memory) as spark:
            yield _on_spark(spark, queries, options)
    elif options.engine == "duckdb":
        settings = {"temp_directory": spill, "memory_limit": options.memory, "threads": options.threads}
        with duckdb.connect(config={name: str(value) for name, value in settings.items() if value}) as connection:
            connection.execute("SET enable_progress_bar = false")
            yield _on_duckdb(connection, queries, options)
    else:
        yield None


def _on_duckdb(connection: duckdb.DuckDBPyConnection, queries: Mapping[str, RegimeQuery], options: Options) -> Ask:
    for name, table in _tables(queries).items():
        connection.register("incoming", table)
        connection.execute(f'CREATE TABLE "{name}" AS SELECT * FROM incoming').fetchall()
        connection.unregister("incoming")
    texts = {name: _text(query, options, _ROWS) for name, query in queries.items()}

    def ask(name: str, rows: pa.Table) -> pa.Table:
        connection.register(_ROWS, rows)
        numbers = connection.sql(texts[name]).to_arrow_table()
        connection.unregister(_ROWS)
        return numbers

    return ask


def _on_spark(spark: Spark, queries: Mapping[str, RegimeQuery], options: Options) -> Ask:
    spark.lay(_tables(queries))
    texts = {name: _text(query, options, SPARK_ROWS) for name, query in queries.items()}

    def ask(name: str, rows: pa.Table) -> pa.Table:
        spark.put(rows)
        return spark.ask(texts[name])

    return ask


def _tables(queries: Mapping[str, RegimeQuery]) -> Mapping[str, pa.Table]:
    return next(iter(queries.values())).tables()


def _text(query: RegimeQuery, options: Options, rows: str) -> str:
    """A regime's query as text, kept in the user's cache: to write it takes longer than to decide a small register."""
    corpus, shape = query.corpus, query.shape
    fixed = sorted((fact, shown(value)) for fact, value in shape.fixed.items())
    put = (query.checks, options.law_on, options.world_on, options.strict)
    said = (query.regime.id, sorted(shape.facts), shape.head, fixed, *put)
    key = f"{code_version()}{corpus.law_version}{corpus.world_version}{said}{options.engine}"
    return kept("query", key, str, lambda: query.select(rows).sql(dialect=options.engine))
