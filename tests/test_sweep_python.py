"""A sweep from Python gives back what it was given: Arrow, pandas, Polars, or a relation of the caller's connection."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pandas
import polars
import pyarrow as pa
import pytest

import sekisho
from sekisho.errors import UsageError
from sekisho.sweep import SweepResult, frames

ROWS = {
    "key": ["before", "after"], "date": ["2023-12-21", "2023-12-22"], "exporter": ["JPN", "JPN"], "recipient": ["USA", "USA"],
    "item": ["patriot-pac-3-mse"] * 2, "assurance.licensor_request": [True, True],
}  # fmt: skip
VERDICTS = ["prohibited", "conditional"]


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        (pa.table(ROWS), pa.Table),
        (pandas.DataFrame(ROWS), pandas.DataFrame),
        (polars.DataFrame(ROWS), polars.DataFrame),
        (polars.DataFrame(ROWS).lazy(), polars.DataFrame),
    ],
    ids=["arrow", "pandas", "polars", "polars-lazy"],
)
def test_a_table_gives_a_table_of_its_kind(source: Any, kind: type) -> None:
    found = sekisho.sweep(source, regimes=("japan",))
    assert type(found) is kind
    values = found["japan.verdict"]
    assert (values.to_pylist() if kind is pa.Table else list(values)) == VERDICTS
    assert list(found["key"].to_pylist() if kind is pa.Table else found["key"]) == ROWS["key"]


def test_a_relation_gives_a_relation_of_its_connection() -> None:
    """Of the caller's own connection, which is another than the sweep's, and nothing is left in it."""
    with duckdb.connect() as connection:
        connection.register("orders", pa.table(ROWS))
        before = connection.sql("SELECT count(*) FROM information_schema.tables").fetchall()
        found = sekisho.sweep(connection.sql("SELECT * FROM orders"), regimes=("japan",))
        assert isinstance(found, duckdb.DuckDBPyRelation)
        assert found.order("row").project('key, "japan.verdict"').fetchall() == list(zip(ROWS["key"], VERDICTS, strict=True))
        joined = connection.sql("SELECT o.recipient, f.verdict FROM found f JOIN orders o USING (key) WHERE key = 'before'")
        assert joined.fetchall() == [("USA", "prohibited")]
        del found, joined
        assert connection.sql("SELECT count(*) FROM information_schema.tables").fetchall() == before


@pytest.mark.parametrize(
    ("give", "plain"),
    [
        ("arrow", lambda found: found["verdict"].to_pylist()),
        ("pandas", lambda found: list(found["verdict"])),
        ("polars", lambda found: found["verdict"].to_list()),
        ("duckdb", lambda found: [verdict for (verdict,) in found.project("verdict").fetchall()]),
    ],
)
def test_a_path_gives_the_kind_asked_for(give: str, plain: Callable[[Any], list[str]], tmp_path: Path) -> None:
    path = tmp_path / "orders.parquet"
    pa.parquet.write_table(pa.table(ROWS), path)
    assert plain(sekisho.sweep(path, give=give)) == VERDICTS


def test_columns_are_arrows_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """No cell is turned into an object of Python on the way."""
    found = sekisho.sweep(pandas.DataFrame(ROWS))
    assert all(isinstance(kind, pandas.ArrowDtype) for kind in found.dtypes)


def test_with_an_output_it_says_what_it_did(tmp_path: Path) -> None:
    result = sekisho.sweep(pa.table(ROWS), tmp_path / "out.csv", fixed={"exporter.state": "USA"}, regimes=("japan",))
    assert isinstance(result, SweepResult)
    assert result.verdicts == {"japan": {"outside": 2}}
    assert result.metadata["sekisho.as_if"] == "exporter.state = USA"


def test_options_and_kinds_that_there_are_none_of() -> None:
    with pytest.raises(UsageError, match=r"no option 'regime'.*regimes"):
        sekisho.sweep(pa.table(ROWS), regime="japan")
    with pytest.raises(UsageError, match=r"gives no 'polar'.*polars"):
        sekisho.sweep(pa.table(ROWS), give="polar")


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_a_library_that_is_absent(library: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(UsageError, match=f"{library} is not installed"):
        frames.swept(pa.table(ROWS), give=library)


@pytest.mark.slow
def test_the_room_is_entered_when_it_is_asked_for() -> None:
    code = (
        "import sys, sekisho; assert 'duckdb' not in sys.modules; found = sekisho.sweep; "
        "import sekisho.sweep.run; assert sekisho.sweep is found and callable(found); "
        "assert 'duckdb' in sys.modules and 'pyspark' not in sys.modules"
    )
    subprocess.run([sys.executable, "-W", "error", "-c", code], check=True)
    with pytest.raises(AttributeError, match="sweeep"):
        sekisho.sweeep  # noqa: B018
