"""`python -m tests.soak N`: the readings of the law held to one another on many generated cases, row by row.

`kleene` decides case by case; a sweep decides the cases as the rows of a register; DuckDB, and with `--spark` Spark, run one
query a regime over them; the solver is asked for the verdict of a share of them. Cases are random over every fact of the
vocabulary, with silence and the edges of intervals (`generated.py`). Verdict, head, ways with what each lacks, outstanding,
missing and assumed must be the same; the engines' numbers must be equal outright.
"""

from __future__ import annotations

import argparse
import contextlib
import datetime as dt
import itertools
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow as pa

sys.path.insert(0, str(Path(__file__).resolve().parent))

from generated import random_case, to_case
from sekisho.corpus import Corpus
from sekisho.decide import Decider, decider
from sekisho.sweep import Options, sweep
from sekisho.sweep.outcome import Outcome, Reader
from sekisho.sweep.query import RegimeQuery, Shape
from sekisho.sweep.sources import connected, load_tables
from sekisho.sweep.spark import Spark
from solver_reading import Solvers

CHUNK = 20_000
"""Cases at a time: enough that planning the queries costs little beside answering them."""
ARROW = {"boolean": pa.bool_(), "set": pa.list_(pa.string()), "number": pa.float64(), "date": pa.date32()}
Put = tuple[dt.date, dict[str, Any]]


@cache
def every_fact(law: Decider, regime: str) -> RegimeQuery:
    """The query of a regime over rows that may state any fact, with all that it can tell."""
    return RegimeQuery(law.completer, regime, Shape(frozenset(law.corpus.vocabulary.facts)), detail=True)


@cache
def text_of(query: RegimeQuery) -> str:
    """A query as DuckDB reads it; to write it takes seconds."""
    return query.select("rows").sql(dialect="duckdb")


def rows_of(cases: Sequence[Put], corpus: Corpus) -> pa.Table:
    """Cases as rows: a column a fact, NULL where the case is silent."""
    columns = {
        "row": pa.array(range(len(cases)), pa.int64()),
        "date": pa.array([day for day, _ in cases], pa.date32()),
        "item": pa.nulls(len(cases), pa.string()),
    }
    for name, fact in corpus.vocabulary.facts.items():
        values = [stated.get(name) for _, stated in cases]
        plain = [sorted(value) if isinstance(value, frozenset) else value for value in values]
        columns[name] = pa.array(plain, ARROW.get(fact.type, pa.string()))
    return pa.table(columns)


def answers(query: RegimeQuery, rows: pa.Table) -> pa.Table:
    """What DuckDB makes of a query, in no order."""
    with connected() as connection:
        load_tables(connection, {**query.tables(), "rows": rows})
        return connection.sql(text_of(query)).to_arrow_table()


def by_duckdb(query: RegimeQuery, rows: pa.Table) -> pa.Table:
    """The numbers of a query, by row, as DuckDB has them."""
    return in_order(answers(query, rows), query)


def in_order(numbers: pa.Table, query: RegimeQuery) -> pa.Table:
    """Answers by row, with their columns in order and of one width."""
    columns = ["row", *query.columns]
    return numbers.sort_by("row").select(columns).cast(pa.schema([(name, pa.int64()) for name in columns]))


def outcomes(query: RegimeQuery, numbers: pa.Table) -> list[Outcome]:
    reader = Reader(query)
    columns = [numbers[name].to_pylist() for name in query.columns]
    return [reader.outcome(values) for values in zip(*columns, strict=True)]


def by_kleene(law: Decider, regime: str, case: Put) -> dict[str, Any]:
    decision = law.decide_regime(to_case(*case), regime)
    return {
        "verdict": str(decision.verdict),
        "head": decision.head or None,
        "ways": sorted((way.provision, sorted(way.outstanding)) for way in decision.ways),
        "outstanding": sorted(entry.requirement for entry in decision.outstanding),
        "missing": sorted(decision.missing),
        "assumed": sorted(entry.name for entry in decision.assumed),
    }


def as_told(outcome: Outcome) -> dict[str, Any]:
    return {
        "verdict": outcome.verdict,
        "head": outcome.head,
        "ways": sorted((way, sorted(lacks)) for way, lacks in outcome.ways),
        "outstanding": sorted(outcome.outstanding),
        "missing": sorted(outcome.missing),
        "assumed": sorted(outcome.assumed),
    }


def by_sweep(law: Decider, rows: pa.Table) -> pa.Table:
    """The same cases as a register, swept as the command sweeps one: rows that the law cannot tell apart are decided once."""
    found = sweep(rows.drop_columns(["row"]), options=Options(), law=law)
    assert isinstance(found, pa.Table) and found.num_rows == rows.num_rows, "every case can be"
    return found


def unlike(regime: str, told: Sequence[Outcome], swept: pa.Table, cases: Sequence[Put]) -> Iterator[str]:
    """The rows of which a sweep says otherwise than outcomes do."""
    names = ("verdict", "head", "provisions", "outstanding", "missing")
    columns = [swept[f"{regime}.{name}"].to_pylist() for name in names]
    for case, outcome, (verdict, head, *lists) in zip(cases, told, zip(*columns, strict=True), strict=True):
        relied = outcome.head if outcome.verdict in ("conditional", "permitted") else None
        expected = (outcome.verdict, relied, outcome.provisions, outcome.outstanding, outcome.missing)
        found = (verdict, head if relied is not None else None, *map(tuple, lists))
        if found != expected:
            yield f"{case}: {expected} and {found}"


def disagreements(law: Decider, cases: Sequence[Put], spark: Spark | None, seen: Counter[str]) -> Iterator[str]:
    """Where readings differ over some cases; counts verdicts in `seen`."""
    rows = rows_of(cases, law.corpus)
    swept = by_sweep(law, rows)
    for regime in law.corpus.regimes:
        query = every_fact(law, regime)
        numbers = by_duckdb(query, rows)
        told_by_query = outcomes(query, numbers)
        yield from (f"DuckDB and a sweep, {regime}: {told}" for told in unlike(regime, told_by_query, swept, cases))
        for case, outcome in zip(cases, told_by_query, strict=True):
            expected, found = by_kleene(law, regime, case), as_told(outcome)
            seen[f"{regime} {found['verdict']}"] += 1
            if found != expected:
                differ = {key: (expected[key], found[key]) for key in expected if expected[key] != found[key]}
                yield f"kleene and DuckDB, {regime}, {case[0]}: {differ} of {case[1]}"
        if spark is not None:
            other = in_order(spark.table(query, rows), query)
            yield from (f"DuckDB and Spark, {regime}: {told}" for told in unequal(numbers, other, cases))


def unequal(one: pa.Table, other: pa.Table, cases: Sequence[Put]) -> Iterator[str]:
    """The rows in which two engines' numbers differ."""
    if one.num_rows != other.num_rows:
        yield f"{one.num_rows} rows and {other.num_rows}"
    elif not one.equals(other):
        for mine, theirs in zip(one.to_pylist(), other.to_pylist(), strict=True):
            differ = {key: (mine[key], theirs[key]) for key in mine if mine[key] != theirs[key]}
            if differ:
                yield f"{cases[mine['row']]}: {differ}"


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__)
    parser.add_argument("cases", nargs="?", type=int, default=200_000, help="how many (200,000 by default)")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument(
        "--spark", nargs="?", const="local[*]", metavar="MASTER", help="Spark too: local[*], or the master named"
    )
    parser.add_argument("--memory", default="2GB", help="what Spark may take (2GB by default)")
    parser.add_argument("--solver", type=int, default=50, metavar="N", help="the solver is asked for one case in N (50)")
    asked = parser.parse_args()
    import resource  # noqa: PLC0415 (not everywhere; the tests take the rest of this module)

    law, rng, seen, wrong, start = decider(), random.Random(asked.seed), Counter[str](), 0, time.monotonic()
    solvers = Solvers(law)
    with contextlib.ExitStack() as stack:
        spark = None
        if asked.spark:
            spark = stack.enter_context(Spark(asked.spark, asked.memory))
        for done in range(0, asked.cases, CHUNK):
            cases = [random_case(rng, law.corpus) for _ in range(min(CHUNK, asked.cases - done))]
            by_solver = (told for case in cases[:: asked.solver] for told in solvers.disagreements(*case))
            for told in itertools.chain(disagreements(law, cases, spark, seen), by_solver):
                wrong += 1
                if wrong <= 20:
                    print(told, flush=True)
            seconds = time.monotonic() - start
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
            told = f"{done + len(cases):,} cases, {wrong} disagreements, {seconds:.0f} s, at most {peak:.1f} GiB"
            print(told, file=sys.stderr, flush=True)
    for verdict, count in sorted(seen.items()):
        print(f"{verdict:<30} {count:>9,}")
    engines = "kleene, a sweep, DuckDB and Spark, and smt" if asked.spark else "kleene, a sweep, DuckDB and smt"
    print(f"{engines}: {asked.cases:,} cases, {len(law.corpus.regimes)} regimes, {wrong} disagreements")
    return int(wrong > 0)


if __name__ == "__main__":
    raise SystemExit(main())
