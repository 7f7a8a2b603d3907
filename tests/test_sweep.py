"""Sweeps: every row comes out as the case it states, files appear whole or not at all, and no row is lost."""

import csv
import datetime as dt
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

import duckdb
import msgspec
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import generated_sipri
from generated import random_case, to_case
from helpers import refused, sekisho
from sekisho.case import read_cases
from sekisho.corpus import Corpus
from sekisho.decide import Decider
from sekisho.decision import STRICTEST, Decision
from sekisho.errors import CaseError, RegisterError, UsageError
from sekisho.sweep import Options, SweepResult, sweep
from sekisho.sweep import run as room
from sekisho.sweep.notices import WEAK
from sekisho.sweep.outcome import Outcome, Reader
from sekisho.sweep.query import RegimeQuery, Shape

RESEARCH = Path(__file__).resolve().parents[2] / "shared" / "data" / "sipri"
REGIMES = ("japan", "japan-licence")
SEEDS = [0, *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(1, 9))]
CASES = 400
ARROW = {"boolean": pa.bool_(), "set": pa.list_(pa.string()), "number": pa.float64(), "date": pa.date32()}
FILES = ("parquet", "csv", "jsonl")

HEADER = "key,date,exporter,recipient,item,assurance.licensor_request\n"
PATRIOT = "JPN,USA,patriot-pac-3-mse,true\n"
ROWS = {
    "before": "2023-12-21," + PATRIOT,
    "after": "2023-12-22," + PATRIOT,
    "foreign": "2023-12-22,USA,JPN,patriot-pac-3-mse,\n",
}


def register(folder: Path, rows: str = "".join(f"{key},{row}" for key, row in ROWS.items()), header: str = HEADER) -> Path:
    path = folder / "register.csv"
    path.write_text(header + rows, "utf-8")
    return path


def many(folder: Path, rows: int = 60_000) -> Path:
    """A register of rows that differ, large enough to be caught at work."""
    path = folder / "many.parquet"
    days = [dt.date(1967, 1, 1) + dt.timedelta(n % 21_000) for n in range(rows)]
    words = {"exporter.state": "JPN", "recipient.state": "USA", "item": "patriot-pac-3-mse"}
    pq.write_table(pa.table({"date": days, **{name: [word] * rows for name, word in words.items()}}), path)
    return path


def swept(source: Any, out: Path, law: Decider, **options: Any) -> SweepResult:
    result = sweep(source, out, Options(**options), law=law)
    assert isinstance(result, SweepResult)
    assert result.rows == result.decided + result.rejected
    for counts in result.verdicts.values():
        assert sum(counts.values()) == result.decided
    return result


def given(source: Any, law: Decider, **options: Any) -> list[dict[str, Any]]:
    """The outcomes of a sweep without a file, row by row."""
    table = sweep(source, options=Options(**options), law=law)
    assert isinstance(table, pa.Table)
    found: list[dict[str, Any]] = table.to_pylist()
    return found


def read(path: Path) -> list[dict[str, Any]]:
    """The rows of an output in any format, plain: lists as text, nothing as an empty text."""
    if path.suffix == ".parquet":
        rows = pq.read_table(path).to_pylist()
    elif path.suffix == ".jsonl":
        rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    else:
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
    return [{name: _plain(value) for name, value in row.items()} for row in rows]


def _plain(value: object) -> str:
    if isinstance(value, list):
        return "; ".join(map(str, value))
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def rejects(out: Path) -> list[tuple[int, str]]:
    with out.with_name(f"{out.name}.rejected.csv").open(encoding="utf-8", newline="") as file:
        return [(int(row["row"]), row["reason"]) for row in csv.DictReader(file)]


# ---- agreement: the same as case by case -----------------------------------------------------------------------------


def table_of(corpus: Corpus, cases: list[tuple[dt.date, dict[str, object]]]) -> pa.Table:
    """Cases as a table with a column for every fact of the vocabulary."""
    columns = {"date": pa.array([day for day, _ in cases], pa.date32())}
    for name, fact in corpus.vocabulary.facts.items():
        values = [stated.get(name) for _, stated in cases]
        plain = [sorted(value) if isinstance(value, frozenset) else value for value in values]
        columns[name] = pa.array(plain, ARROW.get(fact.type, pa.string()))
    return pa.table(columns)


def drawn(seed: int, corpus: Corpus, count: int = CASES) -> list[tuple[dt.date, dict[str, object]]]:
    rng = random.Random(f"sweep {seed}")
    return [random_case(rng, corpus) for _ in range(count)]


def said(decision: Decision) -> dict[str, Any]:
    """What a sweep says too, of a decision of one case."""
    opened = decision.verdict in ("conditional", "permitted")
    rests = set(decision.deciding) if opened or decision.verdict == "prohibited" else set()
    return {
        "verdict": decision.verdict,
        "head": decision.head if opened else None,
        "outstanding": {entry.requirement for entry in decision.outstanding},
        "missing": set(decision.missing),
        "provisions": rests,
    }


def told_of(decision: Decision) -> tuple[set[str], set[str]]:
    """The notices of a decision of the kinds that a sweep tells: those of the case, and those of the law it rests on.

    A sweep names no provisions where the verdict is undetermined, so that it tells nothing of them then.
    """
    tables = {table.about.title.en for table in decision.corpus.world.tables.values()}
    of_the_case, of_the_law = set[str](), set[str]()
    for notice in decision.notices:
        if notice.kind == "confidence":
            of_the_law.add(WEAK.format(notice.provision))
        elif notice.kind == "stale":
            stale = notice.text.partition("; the case is of")[0]
            (of_the_case if stale.partition(": last checked")[0] in tables else of_the_law).add(
                f"{stale}, before the day of the row."
            )
        elif notice.kind in ("act", "world"):
            of_the_case.add(notice.text)
    return of_the_case, of_the_law if decision.verdict != "undetermined" else set()


@pytest.mark.slow
@pytest.mark.parametrize("seed", SEEDS)
def test_a_sweep_decides_as_one_by_one(seed: int, corpus: Corpus, decider: Decider) -> None:
    cases = drawn(seed, corpus)
    found = given(table_of(corpus, cases), decider)
    assert [row["row"] for row in found] == list(range(1, len(cases) + 1))
    met, told = Counter[str](), Counter[str]()
    for row, (day, stated) in zip(found, cases, strict=True):
        decisions = [decider.decide_regime(to_case(day, stated), regime) for regime in REGIMES]
        for decision in decisions:
            one, own = decision.regime, said(decision)
            swept_row = {field: row[f"{one}.{field}"] for field in own}
            swept_row |= {field: set(swept_row[field]) for field in ("outstanding", "missing", "provisions")}
            assert swept_row == own, (one, day, stated)
            of_the_case, of_the_law = told_of(decision)
            assert set(row[f"{one}.notices"]) == of_the_case | of_the_law, (one, day, stated)
            told.update(row[f"{one}.notices"])
            met[decision.verdict] += 1
        assert row["verdict"] == min((decision.verdict for decision in decisions), key=STRICTEST.index)
    assert set(met) == set(STRICTEST), "cases of every verdict"
    assert len(told) > 20 and any(notice.startswith(WEAK.partition("{")[0]) for notice in told)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("law_on", "world_on"), [("2023-12-22", None), (None, "2024-01-01"), ("2026-12-01", "2026-10-01"), ("1960-01-01", None)]
)
def test_notices_under_the_law_and_world_of_other_days(
    law_on: str | None, world_on: str | None, corpus: Corpus, decider: Decider
) -> None:
    law, world = (dt.date.fromisoformat(day) if day is not None else None for day in (law_on, world_on))
    facts = corpus.vocabulary.facts
    cases = [
        (day, {name: value for name, value in stated.items() if facts[name].lookup is None})
        for day, stated in drawn(50, corpus, 200)
    ]
    found = {row["row"]: row for row in given(table_of(corpus, cases), decider, law_on=law, world_on=world)}
    assert len(found) > 150
    for number in set(range(1, len(cases) + 1)) - found.keys():
        with pytest.raises(CaseError):  # a state that does not exist in that world
            decider.decide(to_case(*cases[number - 1]), (), law, world)
    told = Counter[str]()
    for number, row in found.items():
        answer = decider.decide(to_case(*cases[number - 1]), (), law, world)
        for decision in answer.decisions:
            assert set(row[f"{decision.regime}.notices"]) == set.union(*told_of(decision)), cases[number - 1]
            told.update(row[f"{decision.regime}.notices"])
    assert told


@pytest.mark.slow
@pytest.mark.parametrize("seed", SEEDS)
def test_the_head_that_a_row_names_counts_alone(seed: int, corpus: Corpus, decider: Decider) -> None:
    """Cases that open, made whole in what they lack too, under each head that opens and one that may not."""
    rng = random.Random(seed)
    heads = [p.id for p in corpus.provisions.values() if p.effect == "permits"]
    steps = [name for name, fact in corpus.vocabulary.facts.items() if fact.claimed and fact.type == "boolean"]
    cases: list[tuple[dt.date, dict[str, object], str]] = []
    for day, stated in drawn(seed, corpus, 4 * CASES):
        decision = decider.decide_regime(to_case(day, stated), "japan")
        ways = [way.provision for way in decision.ways if way.provision in heads]
        if decision.verdict in ("conditional", "permitted") and ways:
            done = stated | {name: True for name in steps if not name.startswith(("finding", "item"))}
            cases += [(day, facts, head) for facts in (stated, done) for head in (*ways, rng.choice(heads))]
    cases = [(day, stated, head) for day, stated, head in cases if can_be(stated, corpus, day)]
    table = table_of(corpus, [(day, stated) for day, stated, _ in cases])
    table = table.append_column("head", pa.array([head for *_, head in cases]))
    told: Counter[str] = Counter()
    found = {row["row"]: row for row in given(table, decider)}
    for number, (day, stated, head) in enumerate(cases, 1):
        for regime in REGIMES if number in found else ():
            decision = decider.decide_regime(msgspec.structs.replace(to_case(day, stated), head=head), regime)
            row = {field: found[number][f"{regime}.{field}"] for field in ("verdict", "head", "outstanding", "notices")}
            told[f"{regime} {decision.verdict}"] += 1
            opens = decision.verdict in ("conditional", "permitted")
            assert row["verdict"] == decision.verdict, (day, stated, head)
            assert row["head"] == (decision.head if opens else None), (day, stated, head)
            assert set(row["outstanding"]) == {entry.requirement for entry in decision.outstanding}, (day, stated, head)
            said_so = [notice.text for notice in decision.notices if notice.kind == "head"]
            assert [notice for notice in row["notices"] if notice.startswith("The head named")] == said_so
    assert told["japan conditional"] > 20, told


def test_a_head_that_is_none_is_rejected(decider: Decider, tmp_path: Path) -> None:
    row = "a,2023-12-22,JPN,USA,patriot-pac-3-mse,true,jp.guidlines#licensed-product\n"
    path, out = register(tmp_path, row, HEADER.strip() + ",head\n"), tmp_path / "out.csv"
    assert swept(path, out, decider).rejected == 1
    [(_, reason)] = rejects(out)
    assert "there is no head 'jp.guidlines#licensed-product'. Did you mean 'jp." in reason


@pytest.mark.slow
@pytest.mark.parametrize("regime", REGIMES)
@pytest.mark.parametrize("seed", SEEDS)
def test_ways_and_what_is_assumed_are_those_of_one_case(seed: int, regime: str, corpus: Corpus, decider: Decider) -> None:
    cases = drawn(seed + 100, corpus)
    for row, (day, stated) in zip(detailed(regime, corpus, decider, cases), cases, strict=True):
        own = decider.decide_regime(to_case(day, stated), regime)
        assert (row.verdict, row.head) == (own.verdict, own.head), (day, stated)
        assert {name: set(left) for name, left in row.ways} == {way.provision: set(way.outstanding) for way in own.ways}
        assert set(row.assumed) == {entry.name for entry in own.assumed}, (day, stated)
        assert set(row.missing) == set(own.missing), (day, stated)
        assert set(row.outstanding) == {entry.requirement for entry in own.outstanding}, (day, stated)
        if own.verdict == "conditional":
            assert set(row.may) == {entry.requirement for entry in own.outstanding if entry.may}, (day, stated)


def detailed(regime: str, corpus: Corpus, decider: Decider, cases: list[tuple[dt.date, dict[str, object]]]) -> list[Outcome]:
    """The outcomes of one regime's query with all it can tell."""
    query = RegimeQuery(decider.completer, regime, Shape(frozenset(corpus.vocabulary.facts)), detail=True)
    rows = table_of(corpus, cases)
    rows = rows.append_column("row", pa.array(range(len(cases)), pa.int64()))
    rows = rows.append_column("item", pa.nulls(len(cases), pa.string()))
    with duckdb.connect() as connection:
        for name, table in {**query.tables(), "rows": rows}.items():
            connection.register("given", table)
            connection.execute(f'CREATE TABLE "{name}" AS SELECT * FROM given')
            connection.unregister("given")
        columns = ", ".join(f'"{name}"' for name in query.columns)
        text = query.select("rows").sql(dialect="duckdb")
        found = connection.execute(f"SELECT {columns} FROM ({text}) ORDER BY row").fetchall()
    reader = Reader(query)
    return [reader.outcome(numbers) for numbers in found]


@pytest.mark.slow
def test_an_item_of_the_catalogue_is_filled_as_in_a_case(corpus: Corpus, decider: Decider) -> None:
    days = [dt.date(1970, 5, 5), dt.date(1990, 1, 1), dt.date(2014, 4, 1), dt.date(2023, 12, 22), dt.date(2026, 5, 1)]
    put = [(day, item, to) for day in days for item in corpus.catalogue.items for to in ("USA", "UKR")]
    put = [(day, item, to) for day, item, to in put if corpus.world.state_exists(to, day)]
    columns = {"date": [day for day, _, _ in put], "item": [item for _, item, _ in put], "recipient": [to for _, _, to in put]}
    found = given(pa.table(columns | {"exporter": ["JPN"] * len(put)}), decider)
    for row, (day, item, to) in zip(found, put, strict=True):
        case = {"date": str(day), "exporter": "JPN", "recipient": to, "item": item}
        own = decider.decide(read_cases(json.dumps(case), "case", corpus)[0])
        assert [row[f"{name}.verdict"] for name in REGIMES] == [own.regime(name).verdict for name in REGIMES], case
        assert set(row["japan.missing"]) == set(own.regime("japan").missing), case


# ---- what comes out --------------------------------------------------------------------------------------------------


def test_the_outcome_of_known_rows(decider: Decider, tmp_path: Path) -> None:
    before, after, foreign = given(register(tmp_path), decider)
    assert [row["key"] for row in (before, after, foreign)] == ["before", "after", "foreign"]
    assert (before["japan.verdict"], before["japan.head"], before["verdict"]) == ("prohibited", None, "prohibited")
    assert (after["japan.verdict"], after["japan.head"]) == ("conditional", "jp.guidelines#licensed-product")
    assert set(after["japan.outstanding"]) == {
        "jp.guidelines#council-2023", "jp.guidelines#significance-security", "jp.guidelines#control",
    }  # fmt: skip
    assert set(after["japan.provisions"]) == {"jp.guidelines#licensed-product", *after["japan.outstanding"]}
    assert foreign["verdict"] == "outside"


def test_every_format_holds_the_same(decider: Decider, tmp_path: Path) -> None:
    source = register(tmp_path)
    outs = [tmp_path / f"out.{ending}" for ending in FILES]
    results = [swept(source, out, decider) for out in outs]
    assert len({json.dumps(result.verdicts, sort_keys=True) for result in results}) == 1
    first, *others = (read(out) for out in outs)
    assert len(first) == 3
    assert all(rows == first for rows in others)
    assert [{name: _plain(value) for name, value in row.items()} for row in given(source, decider)] == first
    assert not list(tmp_path.glob("*.rejected.csv"))


def metadata(out: Path) -> dict[str, str]:
    if out.suffix == ".parquet":
        raw = pq.read_schema(out).metadata
        return {key.decode(): value.decode() for key, value in raw.items() if key.startswith(b"sekisho.")}
    found: dict[str, str] = json.loads(out.with_name(f"{out.name}.metadata.json").read_text("utf-8"))
    return found


@pytest.mark.parametrize("ending", FILES)
def test_an_output_says_what_it_rests_on(ending: str, corpus: Corpus, decider: Decider, tmp_path: Path) -> None:
    out = tmp_path / f"out.{ending}"
    plain = swept(register(tmp_path), out, decider)
    found = metadata(out)
    assert found == plain.metadata
    assert found["sekisho.law_version"] == corpus.law_version
    assert found["sekisho.world_version"] == corpus.world_version
    assert found["sekisho.format"] == "own"
    assert not {"sekisho.as_if", "sekisho.law_on", "sekisho.world_on", "sekisho.strict"} & found.keys()
    day = dt.date(2023, 12, 22)
    swept(register(tmp_path), out, decider, fixed={"exporter.state": "JPN"}, law_on=day, world_on=day, strict=True)
    found = metadata(out)
    assert found["sekisho.as_if"] == "exporter.state = JPN"
    assert found["sekisho.law_on"] == found["sekisho.world_on"] == "2023-12-22"
    assert found["sekisho.strict"] == "true"


def test_rows_rejected_are_told_with_number_and_reason(decider: Decider, tmp_path: Path) -> None:
    rows = [
        "a,2023-12-22," + PATRIOT, "b,yesterday," + PATRIOT, "c,2023-12-22,JPN,Atlantis,patriot-pac-3-mse,true\n",
        "d,1980-01-01,JPN,UKR,patriot-pac-3-mse,true\n", "e,2023-12-22,JPN,USA,patriot-pac-3-mse,perhaps\n",
        "f,2023-12-21," + PATRIOT,
    ]  # fmt: skip
    out = tmp_path / "out.parquet"
    result = swept(register(tmp_path, "".join(rows)), out, decider)
    assert (result.rows, result.decided, result.rejected) == (6, 2, 4)
    assert result.rejects == f"{out}.rejected.csv"
    told = rejects(out)
    assert [row for row, _ in told] == [2, 3, 4, 5]
    for (_, reason), word in zip(told, ("yesterday", "Atlantis", "did not exist", "perhaps"), strict=True):
        assert word in reason
    assert [(row["row"], row["key"]) for row in read(out)] == [("1", "a"), ("6", "f")]


def test_rejects_of_an_earlier_sweep_go(decider: Decider, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    swept(register(tmp_path, "a,never," + PATRIOT), out, decider)
    assert rejects(out)
    swept(register(tmp_path), out, decider)
    assert not out.with_name("out.csv.rejected.csv").exists()


def test_the_same_number_for_every_row_in_several_files(decider: Decider, tmp_path: Path) -> None:
    folder = tmp_path / "parts"
    folder.mkdir()
    for name in ("b", "a"):
        (folder / f"{name}.csv").write_text(HEADER + f"{name}1,2023-12-22,{PATRIOT}{name}2,soon,{PATRIOT}", "utf-8")
    out = tmp_path / "out.csv"
    swept(folder, out, decider)
    assert [(row["row"], row["key"], Path(row["file"]).name) for row in read(out)] == [
        ("1", "a1", "a.csv"),
        ("3", "b1", "b.csv"),
    ]
    assert [row for row, _ in rejects(out)] == [2, 4]


@pytest.mark.slow
def test_rows_come_out_in_the_order_of_the_register(monkeypatch: pytest.MonkeyPatch, decider: Decider, tmp_path: Path) -> None:
    monkeypatch.setattr(room, "BATCH", dict.fromkeys(room.BATCH, 7_000))
    out = tmp_path / "out.parquet"
    source = many(tmp_path, 30_000)
    seen: list[tuple[int, int]] = []
    sweep(source, out, Options(), law=decider, progress=lambda done, total: seen.append((done, total)))
    table = pq.read_table(out)
    assert table["row"].to_pylist() == list(range(1, 30_001))
    assert table["date_from"].to_pylist() == pq.read_table(source)["date"].to_pylist()
    assert seen == sorted(seen)
    assert seen[-1] == (30_000, 30_000)


@pytest.mark.parametrize("ending", FILES)
def test_a_register_without_rows(ending: str, decider: Decider, tmp_path: Path) -> None:
    out = tmp_path / f"out.{ending}"
    full = [*given(register(tmp_path), decider)[0]]
    result = swept(register(tmp_path, ""), out, decider)
    assert (result.rows, result.decided, result.rejected) == (0, 0, 0)
    assert read(out) == []
    assert metadata(out)["sekisho.format"] == "own"
    table = sweep(register(tmp_path, ""), law=decider)
    assert isinstance(table, pa.Table)
    assert table.column_names == full
    if ending == "parquet":
        assert pq.read_schema(out).names == full


def test_a_register_of_which_every_row_is_rejected(decider: Decider, tmp_path: Path) -> None:
    out = tmp_path / "out.parquet"
    result = swept(register(tmp_path, "a,never," + PATRIOT), out, decider)
    assert (result.decided, result.rejected) == (0, 1)
    assert read(out) == []


def test_tables_in_memory_come_out_alike(decider: Decider, tmp_path: Path) -> None:
    table = pa.table({"date": [dt.date(2023, 12, 21), dt.date(2023, 12, 22)], "exporter": ["JPN"] * 2, "recipient": ["USA"] * 2,
                      "item": ["patriot-pac-3-mse"] * 2, "assurance.licensor_request": [True, True]})  # fmt: skip
    expected = given(table, decider)
    assert [row["japan.verdict"] for row in expected] == ["prohibited", "conditional"]
    assert given(table.to_pandas(), decider) == expected
    path = tmp_path / "rows.parquet"
    pq.write_table(table, path)
    assert given(path, decider) == expected


# ---- days that are not exact -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("word", ["2023", "2023-12"])
def test_a_verdict_that_differs_within_the_interval_is_open(word: str, decider: Decider, tmp_path: Path) -> None:
    (row,) = given(register(tmp_path, f"a,{word}," + PATRIOT), decider)
    assert row["date_from"] < dt.date(2023, 12, 22) <= row["date_to"] == dt.date(2023, 12, 31)
    assert (row["japan.verdict"], row["japan.turns_on"]) == ("undetermined", dt.date(2023, 12, 22))
    assert (row["japan.head"], row["japan.provisions"], row["japan.missing"]) == (None, [], [])
    assert row["japan-licence.turns_on"] is None


def test_a_verdict_that_is_the_same_throughout_is_kept(decider: Decider, tmp_path: Path) -> None:
    rows = given(register(tmp_path, "a,2022," + PATRIOT + "b,2024," + PATRIOT + "c,2024-02-30," + PATRIOT), decider)
    assert [(row["japan.verdict"], row["japan.turns_on"]) for row in rows] == [("prohibited", None), ("conditional", None)]


@pytest.mark.slow
def test_every_day_of_an_interval_counts(decider: Decider, corpus: Corpus, tmp_path: Path) -> None:
    """The turn is the first day whose verdict is not the first day's, whichever change of law or world makes it."""
    rng = random.Random("intervals")
    states = ["USA", "UKR", "AUS", "IND", "IDN", "RUS", "ISR", "KOR"]
    items = rng.sample(sorted(corpus.catalogue.items), 6)
    cases = [
        (year, rng.choice(states), rng.choice(items)) for year in (1967, 1976, 1983, 2014, 2022, 2023, 2026) for _ in range(2)
    ]
    cases = [case for case in cases if corpus.world.state_exists(case[1], dt.date(case[0], 1, 1))]
    body = "".join(f"x,{year},JPN,{state},{item},true\n" for year, state, item in cases)
    for row, (year, state, item) in zip(given(register(tmp_path, body), decider), cases, strict=True):
        days = [dt.date(year, 1, 1) + dt.timedelta(n) for n in range((dt.date(year + 1, 1, 1) - dt.date(year, 1, 1)).days)]
        stated = {"exporter": "JPN", "recipient": state, "item": item, "assurance.licensor_request": True}
        documents = json.dumps([{"date": str(day), **stated} for day in days])
        for regime in REGIMES:
            verdicts = [decider.decide_regime(case, regime).verdict for case in read_cases(documents, "x", corpus)]
            turn = next((day for day, verdict in zip(days, verdicts, strict=True) if verdict != verdicts[0]), None)
            expected = ("undetermined" if turn else verdicts[0], turn)
            assert (row[f"{regime}.verdict"], row[f"{regime}.turns_on"]) == expected, (year, state, item)


# ---- options ---------------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_as_if_a_fact_stood_in_every_row(decider: Decider, tmp_path: Path) -> None:
    source = register(tmp_path)
    as_if = given(source, decider, fixed={"exporter.state": "GBR"})
    assert {row["verdict"] for row in as_if} == {"outside"}
    silent = register(tmp_path, "a,2023-12-22,JPN,USA,patriot-pac-3-mse\n", "key,date,exporter,recipient,item\n")
    one, other = (given(silent, decider, fixed=facts)[0] for facts in ({}, {"assurance.licensor_request": True}))
    assert one["japan.verdict"] == "prohibited"
    assert (other["japan.verdict"], other["japan.head"]) == ("conditional", "jp.guidelines#licensed-product")


@pytest.mark.slow
def test_law_and_world_of_another_day(decider: Decider, corpus: Corpus, tmp_path: Path) -> None:
    source = register(tmp_path)
    earlier = given(source, decider, law_on=dt.date(2023, 12, 21))
    later = given(source, decider, law_on=dt.date(2023, 12, 22))
    assert [row["japan.verdict"] for row in earlier] == ["prohibited", "prohibited", "outside"]
    assert [row["japan.verdict"] for row in later] == ["conditional", "conditional", "outside"]
    assert {row["verdict"] for row in given(source, decider, law_on=dt.date(1940, 1, 1))} == {"outside"}
    law, world = dt.date(2015, 6, 1), dt.date(2024, 6, 1)
    cases = [case for case in drawn(7, corpus, 150) if can_be(case[1], corpus, world)]
    found = given(table_of(corpus, cases), decider, law_on=law, world_on=world)
    for row, (day, stated) in zip(found, cases, strict=True):
        answer = decider.decide(to_case(day, stated), (), law, world)
        assert [row[f"{name}.verdict"] for name in REGIMES] == [answer.regime(name).verdict for name in REGIMES], (day, stated)


def can_be(stated: dict[str, object], corpus: Corpus, day: dt.date) -> bool:
    """Whether nothing stated hangs on the day: no look-up, and no state that is not there on it."""
    facts = {name: corpus.vocabulary.facts[name] for name in stated}
    codes = [str(stated[name]) for name, fact in facts.items() if fact.type == "state" and stated[name] != "none"]
    return not any(fact.lookup for fact in facts.values()) and all(corpus.world.state_exists(code, day) for code in codes)


@pytest.mark.slow
def test_strict_takes_no_stale_fact(decider: Decider, corpus: Corpus) -> None:
    day = dt.date(2090, 1, 1)
    cases = [(day, {**stated, "exporter.state": "JPN"}) for _, stated in drawn(8, corpus, 150) if can_be(stated, corpus, day)]
    table = table_of(corpus, cases)
    verdicts = [[row["japan.verdict"] for row in given(table, decider, strict=strict)] for strict in (False, True)]
    alone = [
        [decider.decide(to_case(*case), ("japan",), None, None, strict).regime("japan").verdict for case in cases]
        for strict in (False, True)
    ]
    assert verdicts == alone
    assert verdicts[0] != verdicts[1]


def test_one_regime_only(decider: Decider, tmp_path: Path) -> None:
    rows = given(register(tmp_path), decider, regimes=("japan-licence",))
    assert not [name for name in rows[0] if name.startswith("japan.")]
    assert [row["verdict"] for row in rows] == [row["japan-licence.verdict"] for row in rows]
    with pytest.raises(UsageError, match="atlantis"):
        given(register(tmp_path), decider, regimes=("atlantis",))


# ---- rows that cannot be ---------------------------------------------------------------------------------------------


def test_rows_against_what_always_holds_or_the_world_or_the_catalogue(corpus: Corpus, decider: Decider, tmp_path: Path) -> None:
    header = "key,date,exporter,recipient,recipient.kind,item,item.arms,item.weapon,recipient.security_partner\n".replace(
        "recipient,", "recipient.state,", 1
    )
    rows = {
        "good": "2023-12-22,JPN,USA,armed_forces,,true,true,true\n",
        "always": "2023-12-22,JPN,USA,armed_forces,,false,true,\n",
        "own": "2023-12-22,JPN,USA,own_forces,,true,,\n",
        "world": "2023-12-22,JPN,USA,armed_forces,,true,,false\n",
        "catalogue": "2023-12-22,JPN,USA,armed_forces,patriot-pac-3-mse,false,,\n",
        "last": "2023-12-22,JPN,AUS,armed_forces,,true,,\n",
    }
    out = tmp_path / "out.csv"
    result = swept(register(tmp_path, "".join(f"{key},{row}" for key, row in rows.items()), header), out, decider)
    assert [row["key"] for row in read(out)] == ["good", "last"]
    assert (result.decided, result.rejected) == (2, 4)
    told = dict(rejects(out))
    assert list(told) == [2, 3, 4, 5]
    whys = {entry.why.en for entry in corpus.vocabulary.always}
    assert any(why.rstrip(".") in told[2] for why in whys), told[2]
    assert any(why.rstrip(".") in told[3] for why in whys), told[3]
    assert "recipient.security_partner" in told[4]
    assert "item.arms" in told[5] and "catalogue" in told[5]


@pytest.mark.slow
def test_a_case_is_refused_where_a_row_is_rejected(corpus: Corpus, decider: Decider) -> None:
    """Look-ups stated at random: the rows rejected are those whose case is refused."""
    rng = random.Random("contradictions")
    looked_up = [fact for fact in corpus.vocabulary.facts.values() if fact.lookup]
    cases = []
    for day, stated in drawn(9, corpus, 250):
        fact = rng.choice(looked_up)
        cases.append((day, {**stated, fact.name: rng.random() < 0.5}))
    kept = {row["row"] for row in given(table_of(corpus, cases), decider)}
    refused_cases = set()
    for number, case in enumerate(cases, 1):
        try:
            decider.decide(to_case(*case))
        except CaseError:
            refused_cases.add(number)
    assert kept == set(range(1, len(cases) + 1)) - refused_cases
    assert refused_cases


# ---- the command, and what is bad ------------------------------------------------------------------------------------


def test_the_command_prints_what_it_did(tmp_path: Path) -> None:
    out = tmp_path / "out.parquet"
    run = sekisho("sweep", register(tmp_path), "-o", out, "--json")
    assert (run.status, run.err) == (0, "")
    data = json.loads(run.out)
    assert (data["rows"], data["decided"], data["rejected"], data["output"]) == (3, 3, 0, str(out))
    assert data["verdicts"]["japan"] == {"prohibited": 1, "conditional": 1, "outside": 1}
    words = (
        "--regime japan --set exporter.state=GBR --law-on 2026-05-01 --world-on 2026-05-01 --strict --memory 1GB --format own"
    )
    run = sekisho("sweep", register(tmp_path), "-o", out, *words.split())
    assert run.status == 0, run.err
    assert "3 rows: 3 decided, 0 rejected." in run.out
    assert metadata(out)["sekisho.as_if"] == "exporter.state = GBR"
    assert {row["verdict"] for row in read(out)} == {"outside"}


def test_a_mapping_from_its_file(tmp_path: Path) -> None:
    source = register(tmp_path, "1,2023-12-22,Japan,United States\n", "no,Licence date,From,To\n")
    mapping = tmp_path / "map.yaml"
    mapping.write_text(
        "columns: {key: no, date: Licence date, exporter: From, recipient: To}\nconstants: {item.arms: true}\n", "utf-8"
    )
    out = tmp_path / "out.jsonl"
    assert sekisho("sweep", source, "-o", out, "--map", mapping).status == 0
    assert [(row["key"], row["verdict"]) for row in read(out)] == [("1", "undetermined")]


def only(folder: Path, *names: str) -> None:
    """Nothing is in a folder but what is named."""
    assert sorted(path.name for path in folder.iterdir()) == sorted(names)


@pytest.mark.slow
@pytest.mark.parametrize(
    "words, status, said_of_it",
    [
        (["register.csv", "-o", "out.xlsx"], 2, "does not end in"),
        (["register.csv", "-o", "out"], 2, "does not end in"),
        (["register.csv", "-o", "absent/out.csv"], 3, "cannot be written"),
        (["register.csv", "-o", "register.csv/out.csv"], 3, "cannot be written"),
        (["absent.csv", "-o", "out.csv"], 3, "no such file"),
        (["register.csv", "-o", "out.csv", "--regime", "atlantis"], 2, "atlantis"),
        (["register.csv", "-o", "out.csv", "--format", "siprii"], 3, "siprii"),
        (["register.csv", "-o", "out.csv", "--set", "exporter.sate=JPN"], 3, "exporter.state"),
        (["register.csv", "-o", "out.csv", "--set", "item.arms=perhaps"], 3, "item.arms"),
        (["register.csv", "-o", "out.csv", "--law-on", "soon"], 2, "soon"),
        (["register.csv", "-o", "out.csv", "--memory", "lots"], 2, "lots"),
        (["register.csv", "-o", "out.csv", "--map", "absent.yaml"], 3, "absent.yaml"),
    ],
)
def test_what_cannot_be_asked(
    words: list[str], status: int, said_of_it: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    before = register(tmp_path).read_bytes()
    (error,) = refused("sweep", *words, status=status)
    assert said_of_it in error
    only(tmp_path, "register.csv")
    assert (tmp_path / "register.csv").read_bytes() == before


@pytest.mark.parametrize("spoil", ["truncated", "emptied", "overwritten"])
def test_a_broken_parquet(spoil: str, tmp_path: Path) -> None:
    source = many(tmp_path, 20_000)
    whole = source.read_bytes()
    middle = len(whole) // 2
    source.write_bytes(
        {"truncated": whole[:middle], "emptied": b"", "overwritten": whole[:4] + b"\xff" * 400 + whole[404:]}[spoil]
    )
    (error,) = refused("sweep", source, "-o", tmp_path / "out.parquet")
    assert "many.parquet" in error
    only(tmp_path, "many.parquet")


def test_a_parquet_damaged_where_it_is_read_last(tmp_path: Path) -> None:
    """The footer and the words read at the opening are whole; the damage shows when the rows are decided."""
    source, rows = tmp_path / "rows.parquet", 50_000
    rng = random.Random("damage")
    columns = {"date": [dt.date(2020, 1, 1)] * rows, "item.arms": [rng.random() < 0.5 for _ in range(rows)]}
    pq.write_table(pa.table(columns), source, use_dictionary=False, compression="zstd")
    page = pq.ParquetFile(source).metadata.row_group(0).column(1).data_page_offset
    whole = source.read_bytes()
    source.write_bytes(whole[:page] + b"\xff" * 300 + whole[page + 300 :])
    (error,) = refused("sweep", source, "-o", tmp_path / "out.parquet")
    assert "rows.parquet" in error
    only(tmp_path, "rows.parquet")


def test_an_output_in_place_of_the_register_is_refused(tmp_path: Path) -> None:
    source = register(tmp_path)
    before = source.read_bytes()
    refused("sweep", source, "-o", source, status=2)
    assert source.read_bytes() == before
    only(tmp_path, "register.csv")


def test_rejects_that_cannot_be_written_leave_nothing(tmp_path: Path) -> None:
    (tmp_path / "out.csv.rejected.csv").mkdir()
    refused("sweep", register(tmp_path, "a,never," + PATRIOT), "-o", tmp_path / "out.csv")
    only(tmp_path, "out.csv.rejected.csv", "register.csv")


def test_several_mistakes_in_the_columns_are_told_at_once(decider: Decider, tmp_path: Path) -> None:
    source = register(tmp_path, "a,JPN,JPN,USA\n", "key,exporter,exporter.state,recipient.sate\n")
    with pytest.raises(RegisterError) as found:
        given(source, decider)
    assert len(found.value.mistakes) >= 2


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_to(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o500)
    (error,) = refused("sweep", register(tmp_path), "-o", closed / "out.csv")
    assert "cannot be written" in error
    only(closed)


def test_an_earlier_output_stays_if_a_sweep_fails(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    out = tmp_path / "out.parquet"
    source = register(tmp_path)
    assert sekisho("sweep", source, "-o", out).status == 0
    before = out.read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(pq.ParquetWriter, "write_table", full)
    (error,) = refused("sweep", source, "-o", out)
    assert "No space left on device" in error
    assert out.read_bytes() == before
    only(tmp_path, "out.parquet", "register.csv")


SMALL = """
import sys, sekisho.sweep.run as run
from sekisho.cli import main
run.BATCH = dict.fromkeys(run.BATCH, {batch})
sys.argv = ["sekisho", *sys.argv[1:]]
"""


def started(*words: object, batch: int = 500, before: str = "", within: tuple[str, ...] = ()) -> "subprocess.Popen[str]":
    """The program in a process of its own, with small batches."""
    code = SMALL.format(batch=batch) + before + "main()\n"
    return subprocess.Popen(
        [*within, sys.executable, "-c", code, *map(str, words)], text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )


LIMITED = """
import resource
from sekisho.decide import decider
decider()
resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000))
"""


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="no such limits")
@pytest.mark.parametrize("ending", FILES)
def test_a_disk_that_fills_up(ending: str, tmp_path: Path) -> None:
    """By a limit on the size of files, which any user can set: writing fails half-way, as on a full disk."""
    source = many(tmp_path, 30_000)
    process = started("sweep", source, "-o", tmp_path / f"out.{ending}", batch=1_000, before=LIMITED)
    out, err = process.communicate(timeout=300)
    assert (process.returncode, out) == (3, ""), err
    (error,) = err.splitlines()
    assert "cannot be written" in error
    only(tmp_path, "many.parquet")


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("unshare") is None, reason="no unshare here")
def test_a_small_tmpfs_that_fills_up(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = f'mount -t tmpfs -o size=64k tmpfs "{disk}" || exit 99; "$@"; status=$?; ls -A "{disk}"; exit $status'
    if subprocess.run(["unshare", "-rm", "sh", "-c", mount, "sh", "true"], capture_output=True, check=False).returncode:
        pytest.skip("a tmpfs may not be mounted here")
    source = many(tmp_path, 30_000)
    within = ("unshare", "-rm", "sh", "-c", mount, "sh")
    process = started("sweep", source, "-o", disk / "out.csv", batch=1_000, within=within)
    out, err = process.communicate(timeout=300)
    assert (process.returncode, out) == (3, ""), (out, err)
    assert "No space left on device" in err and len(err.splitlines()) == 1, err


def at_work(process: "subprocess.Popen[str]", folder: Path) -> None:
    """Wait until a sweep writes."""
    until = time.monotonic() + 120
    while not list(folder.glob(".*.part")):
        assert process.poll() is None and time.monotonic() < until, process.communicate()
        time.sleep(0.02)


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="no such signals")
@pytest.mark.parametrize("ending", FILES)
def test_a_killed_sweep_leaves_nothing_that_looks_finished(ending: str, tmp_path: Path) -> None:
    source, out = many(tmp_path), tmp_path / f"out.{ending}"
    process = started("sweep", source, "-o", out)
    at_work(process, tmp_path)
    process.kill()
    process.communicate()
    assert process.returncode == -signal.SIGKILL
    assert [path.name for path in tmp_path.iterdir() if not path.name.startswith(".")] == ["many.parquet"]
    run = sekisho("sweep", source, "-o", out)
    assert run.status == 0, run.err
    assert len(read(out)) == 60_000
    assert not list(tmp_path.glob(".*"))


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="no such signals")
def test_an_interrupted_sweep_leaves_no_half_file(tmp_path: Path) -> None:
    source = many(tmp_path)
    process = started("sweep", source, "-o", tmp_path / "out.parquet")
    at_work(process, tmp_path)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode != 0
    assert "Traceback" not in err
    only(tmp_path, "many.parquet")


def test_the_engines_stay_behind_their_door() -> None:
    code = "import sys, sekisho, sekisho.cli; print({'duckdb', 'pyarrow', 'pandas', 'sekisho.sweep'} & set(sys.modules))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout == "set()\n"


# ---- a real register -------------------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.shared
@pytest.mark.skipif(not RESEARCH.exists(), reason="the research data is not here")
def test_no_row_of_sipri_is_lost(decider: Decider, tmp_path: Path) -> None:
    out = tmp_path / "out.parquet"
    result = swept(RESEARCH / "sipri_trade_register_2025-10.csv", out, decider)
    numbers = [*pq.read_table(out)["row"].to_pylist(), *(row for row, _ in rejects(out))]
    assert sorted(numbers) == list(range(1, 28_351))
    assert (result.rows, result.decided, result.rejected) == (28_350, 28_346, 4)
    assert {reason for _, reason in rejects(out)} == {"the line is torn: it has fewer cells than the header"}
    for regime in REGIMES:
        assert set(result.verdicts[regime]) <= set(STRICTEST)


@pytest.mark.slow
@pytest.mark.shared
@pytest.mark.skipif(not RESEARCH.exists(), reason="the research data is not here")
def test_the_page_on_japan_is_up_to_date(decider: Decider) -> None:
    text = generated_sipri.page(RESEARCH / "sipri_trade_register_2025-10.csv", decider)
    assert text == generated_sipri.PAGE.read_text("utf-8"), "run `python -m tests.generated_sipri REGISTER`"
