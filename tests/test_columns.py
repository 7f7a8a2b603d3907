"""The Kleene reader over columns gives the numbers that the query gives, and rows of one key are decided alike."""

import datetime as dt
import random
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import pytest

from generated import random_case
from sekisho.corpus import Corpus
from sekisho.decide import Decider
from sekisho.sweep import Options, sweep
from sekisho.sweep.arrays import ArrayQuery
from sekisho.sweep.keys import Keys
from sekisho.sweep.query import RegimeQuery, Shape
from soak import outcomes, rows_of

REGIMES = ("japan", "japan-licence")
SEEDS = [0, *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(1, 7))]
ASKED: dict[str, dict[str, Any]] = {
    "as it was": {},
    "another law": {"law_on": dt.date(2023, 12, 22)},
    "a law before the first": {"law_on": dt.date(1900, 1, 1)},
    "another world": {"world_on": dt.date(1995, 6, 1)},
    "a world before its tables": {"world_on": dt.date(1946, 1, 1)},
    "strict": {"strict": True},
}


def numbers_of(query: RegimeQuery, rows: pa.Table) -> pa.Table:
    """What DuckDB makes of a query, by row."""
    with duckdb.connect() as connection:
        for name, table in {**query.tables(), "rows": rows}.items():
            connection.register("incoming", table)
            connection.execute(f'CREATE TABLE "{name}" AS SELECT * FROM incoming')
            connection.unregister("incoming")
        return connection.sql(query.select("rows").sql(dialect="duckdb")).to_arrow_table().sort_by("row")


def plain(numbers: pa.Table, query: RegimeQuery) -> list[dict[str, int]]:
    return numbers.select(["row", *query.columns, *(["reject"] if query.checks else [])]).to_pylist()


def drawn(seed: int, corpus: Corpus, count: int = 400) -> pa.Table:
    """Random cases as rows that may name an item too."""
    rng = random.Random(seed)
    cases = [random_case(rng, corpus) for _ in range(count)]
    days = [*corpus.change_days("japan"), dt.date(1900, 1, 1), dt.date(2099, 12, 31), dt.date(2150, 1, 1)]
    cases = [(rng.choice(days) if rng.random() < 0.2 else day, stated) for day, stated in cases]
    rows = rows_of(cases, corpus)
    items = [rng.choice(list(corpus.catalogue.items)) if rng.random() < 0.3 else None for _ in cases]
    return rows.set_column(rows.column_names.index("item"), "item", pa.array(items, pa.string()))


def shape(corpus: Corpus, **fixed: Any) -> Shape:
    return Shape(frozenset(corpus.vocabulary.facts) - fixed.keys(), fixed=fixed)


@pytest.mark.parametrize("regime", REGIMES)
@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("asked", ASKED)
def test_columns_and_query_agree(asked: str, seed: int, regime: str, corpus: Corpus, decider: Decider) -> None:
    query = RegimeQuery(decider.completer, regime, shape(corpus), checks=True, **ASKED[asked])
    rows = drawn(seed, corpus)
    found, expected = ArrayQuery(query, Keys([query]).frame).numbers(rows), numbers_of(query, rows)
    for mine, theirs, row in zip(plain(found, query), plain(expected, query), rows.to_pylist(), strict=True):
        assert mine == theirs, {name: value for name, value in row.items() if value is not None}
    verdicts = set(expected["verdict"].to_pylist())
    assert verdicts == {0} if "first" in asked else len(verdicts) > 2


def test_columns_and_query_agree_as_if(corpus: Corpus, decider: Decider) -> None:
    fixed = {"exporter.state": "JPN", "recipient.security_partner": True, "purpose": frozenset({"peace_contribution"})}
    query = RegimeQuery(decider.completer, "japan", shape(corpus, **fixed), checks=True)
    rows = drawn(9, corpus)
    assert plain(ArrayQuery(query, Keys([query]).frame).numbers(rows), query) == plain(numbers_of(query, rows), query)


@pytest.mark.parametrize("detail", [False, True])
@pytest.mark.parametrize("seed", SEEDS)
def test_rows_of_one_key_are_decided_alike(seed: int, detail: bool, corpus: Corpus, decider: Decider) -> None:
    """Rows that differ in few facts only, so that many share a key; the outcomes are those of the query, for all rows."""
    rng = random.Random(seed)
    facts = rng.sample(list(corpus.vocabulary.facts), 3)
    cases = [random_case(rng, corpus) for _ in range(6)]
    mixed = []
    for _ in range(600):
        (day, stated), (_, other) = rng.choice(cases), rng.choice(cases)
        moved = min(day + dt.timedelta(days=rng.randrange(400)), dt.date(2090, 1, 1))
        mixed.append((moved, stated | {name: other[name] for name in facts if name in other}))
    rows = rows_of(mixed, corpus)
    queries = [RegimeQuery(decider.completer, regime, shape(corpus), detail) for regime in REGIMES]
    keyed = Keys(queries).of(rows.append_column("date_from", rows["date"]).append_column("date_to", rows["date"]))
    assert len(keyed.firsts) < rows.num_rows / 2, "so few rows share a key that nothing is tested"
    for query in queries:
        told = outcomes(query, numbers_of(query, rows))
        for place, key in enumerate(keyed.ids.tolist()):
            assert told[place] == told[keyed.firsts[key]], (mixed[place], mixed[keyed.firsts[key]])


def test_an_interval_reaches_into_every_segment(corpus: Corpus, decider: Decider) -> None:
    query = RegimeQuery(decider.completer, "japan", Shape(frozenset({"recipient.state"})))
    days = [(dt.date(2014, 3, 31), dt.date(2014, 4, 1)), (dt.date(2020, 2, 3), dt.date(2020, 2, 3))]
    rows = pa.table(
        {
            "date_from": pa.array([first for first, _ in days], pa.date32()),
            "date_to": pa.array([last for _, last in days], pa.date32()),
            "recipient.state": ["USA", "USA"], "item": pa.nulls(2, pa.string()),
        }
    )  # fmt: skip
    keyed = Keys([query]).of(rows)
    assert keyed.at is not None
    spread = list(zip(keyed.at.tolist(), np.asarray(keyed.days, "datetime64[D]").tolist(), strict=True))
    assert spread == [(0, dt.date(2014, 3, 31)), (0, dt.date(2014, 4, 1)), (1, dt.date(2020, 2, 3))]
    assert keyed.ids[0] != keyed.ids[1]


@pytest.mark.slow
def test_the_engines_give_one_output(corpus: Corpus, decider: Decider) -> None:
    rows = drawn(3, corpus, 800).drop_columns(["row", "date"])
    rng = random.Random(3)
    firsts = [dt.date(1960, 1, 1) + dt.timedelta(days=rng.randrange(24_000)) for _ in range(800)]
    lasts = [first + dt.timedelta(days=rng.choice((0, 0, 364))) for first in firsts]
    rows = rows.append_column("date_from", pa.array(firsts)).append_column("date_to", pa.array(lasts))
    rows = rows.drop_columns(["item"])
    one, other = (sweep(rows, options=Options(engine=engine), law=decider) for engine in ("columns", "duckdb"))
    assert isinstance(one, pa.Table) and one.num_rows > 100
    assert one.equals(other)
