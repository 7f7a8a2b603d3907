"""The columns of an output that are wanted, and a Parquet register read as it stands: neither turns an outcome."""

import datetime as dt
import random
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from helpers import refused, sekisho
from sekisho.corpus import Corpus
from sekisho.decide import Decider
from sekisho.errors import RegisterError, UsageError
from sekisho.sweep import Options, opening, sweep
from sekisho.sweep import run as room
from sekisho.sweep import standing as reading
from sekisho.sweep.frame import known_places
from sekisho.sweep.grouping import MIXERS, ROOM, grouped, packed
from sekisho.sweep.options import OF_REGIME, OF_ROW
from sekisho.sweep.sources import connected
from sekisho.sweep.standing import standing
from test_sweep import drawn, table_of

REGIMES = ("japan", "japan-licence")
ASKED = [
    ("verdict",),
    ("key", "verdict", "provisions", "outstanding"),
    ("missing",),
    ("item_note", "notices", "turns_on", "date_from"),
    (*OF_REGIME,),
]
ORDERS = (
    "key,date,exporter,recipient,item,assurance.licensor_request\n"
    "a,2023-12-21,JPN,USA,patriot-pac-3-mse,true\nb,2023,JPN,USA,patriot-pac-3-mse,true\n"
)


def rows(corpus: Corpus, count: int = 600) -> pa.Table:
    """Random cases with keys, items, some to be rejected: against the catalogue, or before a state's time."""
    rng = random.Random("columns")
    cases = [(rng.choice((day, dt.date(1968, 1, 1))), stated) for day, stated in drawn(5, corpus, count)]
    items = [rng.choice(list(corpus.catalogue.items)) if rng.random() < 0.4 else None for _ in cases]
    table = table_of(corpus, cases).append_column("item", pa.array(items, pa.string()))
    return table.append_column("key", pa.array([f"k{n}" for n in range(count)]))


def outcomes(source: Any, law: Decider, **options: Any) -> pa.Table:
    found = sweep(source, options=Options(**options), law=law)
    assert isinstance(found, pa.Table)
    return found


@pytest.mark.parametrize("engine", ["columns", pytest.param("duckdb", marks=pytest.mark.slow)])
@pytest.mark.parametrize("asked", [ASKED[0], *(pytest.param(asked, marks=pytest.mark.slow) for asked in ASKED[1:])])
def test_the_columns_wanted_say_what_they_say_among_all(
    asked: tuple[str, ...], engine: Any, corpus: Corpus, decider: Decider
) -> None:
    table = rows(corpus)
    every = outcomes(table, decider)
    wanted = ["row", *(name for name in OF_ROW if name in asked)]
    wanted += [f"{regime}.{name}" for regime in REGIMES for name in OF_REGIME if name in asked]
    wanted += ["verdict"] * ("verdict" in asked)
    found = outcomes(table, decider, columns=asked, engine=engine)
    assert found.column_names == wanted
    assert found.equals(every.select(wanted))
    assert found.num_rows > 100


def test_days_that_are_not_exact_turn_whatever_columns_are_wanted(decider: Decider, tmp_path: Path) -> None:
    source = tmp_path / "orders.csv"
    source.write_text(ORDERS, "utf-8")
    found = outcomes(source, decider, columns=("key", "verdict", "turns_on"), regimes=("japan",))
    assert found["verdict"].to_pylist() == ["prohibited", "undetermined"]
    assert found["japan.turns_on"].to_pylist() == [None, dt.date(2023, 12, 22)]


def test_a_register_without_rows_has_the_columns_wanted(decider: Decider, tmp_path: Path) -> None:
    source = tmp_path / "orders.csv"
    source.write_text(ORDERS.partition("\n")[0] + "\n", "utf-8")
    found = outcomes(source, decider, columns=("key", "provisions"), regimes=("japan",))
    assert found.column_names == ["row", "key", "japan.provisions"]


@pytest.mark.slow
def test_rejects_name_their_file_though_the_output_does_not(decider: Decider, tmp_path: Path) -> None:
    for name, day in (("a", "2023-12-21"), ("b", "never")):
        (tmp_path / f"{name}.csv").write_text(f"date,exporter,recipient\n{day},JPN,USA\n2020-01-01,ZAR,USA\n", "utf-8")
    out = tmp_path / "out.parquet"
    sweep(f"{tmp_path}/*.csv", out, Options(columns=("verdict",)), law=decider)
    assert "file" not in pq.read_schema(out).names
    told = out.with_name("out.parquet.rejected.csv").read_text("utf-8").splitlines()[1:]
    assert [line.split(",")[0] for line in told] == ["2", "3", "4"]
    assert all(f"{name}.csv" in line for name, line in zip("abb", told, strict=True))


@pytest.mark.parametrize(
    "asked, said",
    [
        ("verdict,provsions", "no column 'provsions'.*provisions"),
        ("verdict,colour", "no column 'colour'.*turns_on"),
        ("verdict,file", "this register has no column 'file'"),
        (" , ", "--columns names no column"),
    ],
)
def test_columns_that_there_are_none_of(asked: str, said: str, tmp_path: Path) -> None:
    source = tmp_path / "orders.csv"
    source.write_text(ORDERS, "utf-8")
    (error,) = refused("sweep", source, "-o", tmp_path / "out.csv", "--columns", asked, status=2)
    with pytest.raises(UsageError, match=said):
        raise UsageError(error)
    assert [path.name for path in tmp_path.iterdir()] == ["orders.csv"]


def test_a_summary_needs_what_it_counts_by(tmp_path: Path) -> None:
    source, out = tmp_path / "orders.csv", tmp_path / "out.csv"
    source.write_text(ORDERS, "utf-8")
    (error,) = refused("sweep", source, "-o", out, "--summary", "--columns", "verdict,provisions", status=2)
    assert "left out: date_from" in error
    done = sekisho("sweep", source, "-o", out, "--summary", "--columns", "verdict,provisions,date_from")
    assert done.status == 0
    names = ["row", "date_from"]
    names += [f"{regime}.{name}" for regime in REGIMES for name in ("verdict", "provisions")]
    assert out.read_text("utf-8").splitlines()[0].replace('"', "").split(",") == [*names, "verdict"]


# ---- a Parquet file as it stands -------------------------------------------------------------------------------------


def stands(source: Path, corpus: Corpus) -> bool:
    """Whether a register is read as it stands, every row of it."""
    with connected() as connection:
        found = standing(source, corpus, Options(), lambda: connection)
        return found is not None and not any(np.size(found.looked_at(batch).suspects) for batch in found.batches((), 200))


def text_as(table: pa.Table, kind: pa.DataType) -> pa.Table:
    return pa.table({
        name: table[name].cast(kind) if pa.types.is_string(table[name].type) and name != "date" else table[name]
        for name in table.column_names
    })  # fmt: skip


@pytest.mark.parametrize(
    "kind",
    [
        pa.dictionary(pa.int32(), pa.string()),
        *(
            pytest.param(kind, marks=pytest.mark.slow)
            for kind in (pa.string(), pa.large_string(), pa.dictionary(pa.int16(), pa.large_string()))
        ),
    ],
)
@pytest.mark.parametrize("size", [7, pytest.param(250, marks=pytest.mark.slow), pytest.param(10_000, marks=pytest.mark.slow)])
def test_a_file_as_it_stands_comes_out_as_its_rows_do(
    size: int, kind: pa.DataType, monkeypatch: pytest.MonkeyPatch, corpus: Corpus, decider: Decider, tmp_path: Path
) -> None:
    monkeypatch.setattr(room, "BATCH", dict.fromkeys(room.BATCH, 200))
    path, table = tmp_path / "rows.parquet", rows(corpus, 300 if size == 7 else 600)
    known = [name for name in table.column_names if name != "key"]
    pq.write_table(text_as(table.select(known), kind).append_column("key", table["key"]), path, row_group_size=size)
    assert not stands(path, corpus), "some rows do not"
    compared(path, table, monkeypatch, decider, tmp_path)


def compared(path: Path, table: pa.Table, monkeypatch: pytest.MonkeyPatch, law: Decider, folder: Path, **options: Any) -> None:
    """A file read as it stands comes out as its rows do that DuckDB reads, to the last reason of a row that is rejected."""
    monkeypatch.setattr(reading, "MANY", 1.0)
    out, other = folder / "out.parquet", folder / "other.parquet"
    with monkeypatch.context() as without:
        sweep(table, other, Options(**options), law=law)
        without.setattr(opening, "open_register", None)  # not for the whole file
        sweep(path, out, Options(**options), law=law)
    assert pq.read_table(out).equals(pq.read_table(other))
    told, wanted = (file.with_name(f"{file.name}.rejected.csv").read_text("utf-8") for file in (out, other))
    assert told == wanted
    assert told.count("\n") > 10


WORDS = {
    "date": (None, dt.date(1850, 1, 1), dt.date(2300, 1, 1), dt.date(1968, 5, 5)),
    "recipient.state": ("Japan", "Atlantis", "unknown", "", "none", " USA ", "usa", "SUN", "SSD"),
    "end_user.state": ("France", "?", "none", "YUG"),
    "item": ("Patriot PAC-3 MSE", "F-999", "", "unknown"),
    "item.arms": (True, False),
    "item.kind": ("goods", "nothing"),
    "item.five_category": ([], [""], ["none"], ["fighter"], ["rescue", None]),
    "purpose": ([], [""], ["none"], ["a picnic"], ["rescue", "rescue"], ["rescue", "disaster_relief"], ["rescue", None]),
    "recipient.kind": ("company", "army", ""),
    "key": (None, "twice"),
}
"""What a cell may have come to say."""


def spoilt(table: pa.Table, share: float, seed: int) -> pa.Table:
    """Rows some cells of which say something else."""
    rng, lines = random.Random(seed), table.to_pylist()
    for line in lines:
        for name, words in WORDS.items():
            if rng.random() < share:
                line[name] = rng.choice(words)
    return pa.Table.from_pylist(lines, table.schema)


@pytest.mark.parametrize(
    "options",
    [
        {},
        *(
            pytest.param(asked, marks=pytest.mark.slow)
            for asked in (
                {"facts": True, "regimes": ("japan",)},
                {"world_on": dt.date(2024, 1, 1), "strict": True},
                {"columns": ("key", "verdict", "provisions", "outstanding"), "fixed": {"exporter.state": "JPN"}},
            )
        ),
    ],
    ids=["plain", "facts", "world", "columns"],
)
@pytest.mark.parametrize("days", [("date",), pytest.param(("date_from", "date_to"), marks=pytest.mark.slow)])
def test_rows_that_do_not_stand_are_read_or_rejected_as_everywhere(
    days: tuple[str, ...], options: dict[str, Any], monkeypatch: pytest.MonkeyPatch, corpus: Corpus, decider: Decider,
    tmp_path: Path,
) -> None:  # fmt: skip
    monkeypatch.setattr(room, "BATCH", dict.fromkeys(room.BATCH, 150))
    table = spoilt(rows(corpus, 500), 0.03, len(days))
    if len(days) == 2:
        first = table["date"].to_pylist()
        last = [day and day + dt.timedelta(days=min(n % 400, (dt.date.max - day).days) - 1) for n, day in enumerate(first)]
        table = table.drop_columns(["date"]).append_column("date_from", pa.array(first, pa.date32()))
        table = table.append_column("date_to", pa.array(last, pa.date32()))
    path = tmp_path / "rows.parquet"
    pq.write_table(table, path, row_group_size=120)
    compared(path, table, monkeypatch, decider, tmp_path, **options)


@pytest.mark.slow
def test_a_register_few_rows_of_which_stand_is_opened_whole(
    monkeypatch: pytest.MonkeyPatch, corpus: Corpus, decider: Decider, tmp_path: Path
) -> None:
    path, opened = tmp_path / "rows.parquet", []
    open_whole = opening.open_register
    monkeypatch.setattr(opening, "open_register", lambda *words, **named: opened.append(1) or open_whole(*words, **named))
    for share, whole in ((0.0, 0), (0.002, 0), (0.5, 1)):
        lines = pa.table({"date": [dt.date(2023, 12, 21)] * 500, "recipient.state": ["USA"] * 500, "key": [None] * 500})
        lines = lines.cast(pa.schema([("date", pa.date32()), ("recipient.state", pa.string()), ("key", pa.string())]))
        named = ["Japan" if n < 500 * share else "USA" for n in range(500)]
        pq.write_table(lines.set_column(1, "recipient.state", pa.array(named)), path)
        opened.clear()
        assert outcomes(path, decider).equals(outcomes(pq.read_table(path), decider))
        assert len(opened) == whole + 1, "the table is always opened by DuckDB"


@pytest.mark.slow
@pytest.mark.parametrize(
    "column, values",
    [
        ("date", pa.array([dt.datetime(2023, 12, 21), dt.datetime(2023, 12, 22)])),
        ("date", pa.array(["2023-12-21", "2023-12"])),
        ("key", pa.array([1, 2])),
        ("recipient.state", pa.array(["USA", "Japan"])),
        ("recipient.state", pa.array(["USA", "unknown"])),
        ("item", pa.array(["Patriot PAC-3 MSE", None])),
        ("item.description", pa.array(["SAM", None])),
        ("uncertain_order", pa.array([True, False])),
        ("head", pa.array([None, None], pa.string())),
    ],
)
def test_what_has_to_be_put_together_is_not_read_as_it_stands(
    column: str, values: pa.Array, monkeypatch: pytest.MonkeyPatch, corpus: Corpus, decider: Decider, tmp_path: Path
) -> None:
    path = tmp_path / "rows.parquet"
    columns = {"key": ["a", "b"], "date": [dt.date(2023, 12, 21), dt.date(2023, 12, 22)], "recipient.state": ["USA", "USA"],
               "item": ["patriot-pac-3-mse", None]}  # fmt: skip
    pq.write_table(pa.table(columns | {column: values}), path)
    assert not stands(path, corpus)
    wanted = outcomes(pq.read_table(path), decider)
    assert outcomes(path, decider).equals(wanted)
    monkeypatch.setattr(reading, "MANY", 1.0)
    assert outcomes(path, decider).equals(wanted)


def test_a_file_that_changes_while_it_is_read_is_an_error_of_the_register(
    monkeypatch: pytest.MonkeyPatch, decider: Decider, tmp_path: Path
) -> None:
    """Raised by Arrow, not by DuckDB; and not taken for an output that cannot be written."""
    monkeypatch.setattr(room, "BATCH", dict.fromkeys(room.BATCH, 100))
    path = tmp_path / "rows.parquet"
    lines = {"date": [dt.date(2023, 12, 21)] * 2_000, "recipient.state": ["USA"] * 2_000}
    pq.write_table(pa.table(lines), path, row_group_size=100)
    deciding = room.Deciding

    def made(*words: Any) -> Any:
        path.write_bytes(b"")
        return deciding(*words)

    monkeypatch.setattr(room, "Deciding", made)
    with pytest.raises(RegisterError, match="cannot be read"):
        sweep(path, tmp_path / "out.parquet", Options(), law=decider)
    assert [left.name for left in tmp_path.iterdir()] == ["rows.parquet"]


# ---- numbers ---------------------------------------------------------------------------------------------------------


def test_rows_are_grouped_by_all_their_words_even_where_the_sums_agree() -> None:
    first = np.array([0, int(MIXERS[1]), 5, 0, 5], np.int64)
    second = np.array([0, -int(MIXERS[0]), 7, 0, 8], np.int64)
    with np.errstate(over="ignore"):
        sums = first * MIXERS[0] + second * MIXERS[1]
    assert sums[0] == sums[1], "these two are to collide"
    ids, firsts = grouped([first, second])
    assert ids.tolist() == [0, 1, 2, 0, 3]
    assert firsts.tolist() == [0, 1, 2, 4]


def test_words_hold_as_many_numbers_as_fit() -> None:
    rng = np.random.default_rng(3)
    sizes = [3, 1 << 30, 1 << 31, 7, 1 << 61, 2]
    parts = [(rng.integers(size, size=50), size) for size in sizes]
    words = list(packed(parts))
    assert len(words) == 3
    assert all((word >= 0).all() and (word < ROOM).all() for word in words)
    doubled = [(np.concatenate([numbers, numbers]), size) for numbers, size in parts]
    ids, firsts = grouped(list(packed(doubled)))
    assert ids.tolist() == [*range(50), *range(50)]
    assert firsts.tolist() == [*range(50)]


@pytest.mark.parametrize("share", [0.0, 0.01, 0.5, 1.0])
@pytest.mark.parametrize("begin", [0, 3, 8, 61])
def test_the_places_of_known_values_wherever_a_column_begins(begin: int, share: float) -> None:
    rng = np.random.default_rng(4)
    values = pa.array(rng.random(1000) < 0.5, mask=rng.random(1000) >= share)
    for length in (0, 1, 90, 900):
        column = values.slice(begin, length)
        assert known_places(column).tolist() == [place for place, value in enumerate(column.to_pylist()) if value is not None]
