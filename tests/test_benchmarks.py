"""The benchmarks of sweeps: the workload is what is claimed of it, and a peer's law is the same law."""

from __future__ import annotations

from pathlib import Path

import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
from benchmarks import report, workload

import sekisho
from sekisho.decide import decider

ROWS = 3_000


@pytest.fixture(scope="module")
def registers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("workload")
    for kind in workload.KINDS:
        workload.write(folder / f"{kind}.parquet", ROWS, decider(), kind)
    return {kind: folder / f"{kind}.parquet" for kind in workload.KINDS}


@pytest.mark.slow
@pytest.mark.parametrize("kind", workload.KINDS)
def test_workload_has_27_columns_and_every_row_is_decided(kind: str, registers: dict[str, Path], tmp_path: Path) -> None:
    result = sekisho.sweep(registers[kind], tmp_path / "out.parquet")
    assert len(pq.read_schema(registers[kind]).names) == 27
    assert (result.rows, result.decided, result.rejected) == (ROWS, ROWS, 0)
    assert len(result.verdicts[workload.REGIME]) >= 4


@pytest.mark.slow
def test_named_workload_is_as_described(registers: dict[str, Path]) -> None:
    table = pq.read_table(registers["named"])
    assert abs(table["item"].null_count / ROWS - workload.MISSING) < 0.02
    assert pc.mean(pc.equal(table["exporter.state"], workload.EXPORTER).cast("float64")).as_py() > 0.95
    claimed = sum(ROWS - table[name].null_count for name in workload.CLAIMS) / (ROWS * len(workload.CLAIMS))
    assert abs(claimed - workload.CLAIMED) < 0.002
    years = pc.year(table["date"])
    assert (pc.min(years).as_py(), pc.max(years).as_py()) == (1967, 2026)


@pytest.mark.slow
def test_a_longer_workload_begins_as_a_shorter(registers: dict[str, Path], tmp_path: Path) -> None:
    longer = tmp_path / "longer.parquet"
    workload.write(longer, workload.CHUNK + 5, decider())
    found = pq.read_table(longer)
    assert found.slice(0, ROWS).equals(pq.read_table(registers["named"]))
    assert found.num_rows == workload.CHUNK + 5
    assert pc.count_distinct(found["key"]).as_py() == workload.CHUNK + 5


@pytest.mark.slow
@pytest.mark.parametrize("kind", workload.KINDS)
def test_openfisca_agrees(kind: str, registers: dict[str, Path], tmp_path: Path) -> None:
    pytest.importorskip("openfisca_core", reason="the extra [bench] is not installed")
    from benchmarks.bulk import OpenFisca  # noqa: PLC0415 (a peer that may not be installed)

    ours, theirs = tmp_path / "ours.parquet", tmp_path / "theirs.parquet"
    sekisho.sweep(registers[kind], ours, regimes=(workload.REGIME,))
    OpenFisca(decider()).sweep(registers[kind], theirs)
    mine, found = pq.read_table(ours), pq.read_table(theirs)
    for name in ("verdict", "provisions", "outstanding"):
        assert found[name].to_pylist() == mine[f"{workload.REGIME}.{name}"].to_pylist()


def test_page_keeps_the_tables_that_were_not_measured_again(tmp_path: Path) -> None:
    page = tmp_path / "performance.md"
    on = workload.LAST
    report.write([report.Section("One", ("a", "b"), [("x", "1")]), report.Section("Two", ("a", "b"), [("y", "2")])], on, page)
    again = report.Section("One", ("a", "b"), [("x", "3")], picture=("one.svg", "<svg/>"))
    report.write([again], on, page)
    text = page.read_text("utf-8")
    assert text.index("| x | 3 |") < text.index("| y | 2 |")
    assert "| x | 1 |" not in text
    assert text.count(f"Measured on {on}") == 2
    assert (tmp_path / "one.svg").read_text("utf-8") == "<svg/>"
