"""What a sweep is given that it should not be, put to the command as a user would: nothing is lost or half-written.

What kills a sweep at work, and disks that fill up, are in test_sweep.py; how files are read line by line in
test_registers.py.
"""

import csv
import os
import pty
import re
import select
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from helpers import refused, sekisho

HEADER = "key,date,exporter,recipient,item\n"
GOOD = "2023-12-22,JPN,USA,patriot-pac-3-mse\n"


def put(folder: Path, content: str | bytes, name: str = "orders.csv") -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def outcome(source: Path, folder: Path) -> tuple[list[str], dict[int, str]]:
    """The keys that were decided, and the reasons of rejected rows by number; together they are all rows."""
    out = folder / "out.csv"
    run = sekisho("sweep", source, "-o", out)
    assert run.status == 0, run.err
    with out.open(encoding="utf-8", newline="") as file:
        decided = [row["key"] for row in csv.DictReader(file)]
    beside = folder / "out.csv.rejected.csv"
    rejected: dict[int, str] = {}
    if beside.exists():
        with beside.open(encoding="utf-8", newline="") as file:
            rejected = {int(row["row"]): row["reason"] for row in csv.DictReader(file)}
    assert f"{len(decided) + len(rejected):,} rows: {len(decided):,} decided, {len(rejected):,} rejected." in run.out
    return decided, rejected


def nothing_but(folder: Path, *names: str) -> None:
    assert sorted(path.name for path in folder.iterdir()) == sorted(names)


@pytest.mark.parametrize(
    ("header", "needed", "found"),
    [
        ("key,exporter,recipient", "'date' is missing", "Found: key, exporter, recipient."),
        ("key,date,remarks", "no column states a fact", "Found: key, date, remarks."),
        ("date,recipient,recipient.state", "two columns give recipient", "'recipient' and 'recipient.state'"),
        ("date,recipient.state,RECIPIENT.STATE", "two columns are called", "recipient.state"),
        ("date,item,item.name", "two columns give item", "'item' and 'item.name'"),
    ],
)
def test_a_column_missing_or_given_twice(header: str, needed: str, found: str, tmp_path: Path) -> None:
    source = put(tmp_path, f"{header}\n")
    (error,) = refused("sweep", source, "-o", tmp_path / "out.csv")
    assert needed in error and found in error
    nothing_but(tmp_path, "orders.csv")


def test_wrong_types_in_some_rows_of_text(tmp_path: Path) -> None:
    rows = [
        "a," + GOOD, "b,2023-13-45,JPN,USA,\n", "c,2023-12-22,JPN,42,\n", "d,2023-12-22,[],USA,\n", "e," + GOOD,
    ]  # fmt: skip
    decided, rejected = outcome(put(tmp_path, HEADER + "".join(rows)), tmp_path)
    assert decided == ["a", "e"]
    assert set(rejected) == {2, 3, 4}
    assert "2023-13-45" in rejected[2] and "'42' is not a state" in rejected[3] and "'[]' is not a state" in rejected[4]


@pytest.mark.parametrize(
    ("column", "values"),
    [
        ("item.arms", pa.array(["true", "perhaps", None, "3"])),
        ("item.arms", pa.array([1, 7, None, 3])),
        ("recipient.state", pa.array([b"USA", b"\xff", None, b"Atlantis"], pa.binary())),
        ("recipient.state", pa.array([["USA"], ["FRA", "USA"], None, ["USA", "FRA"]], pa.list_(pa.string()))),
        ("purpose", pa.array(["disaster_relief", "a picnic", None, "{"])),
    ],
    ids=["words-for-truth", "numbers-for-truth", "bytes-for-states", "lists-for-states", "words-for-sets"],
)
def test_wrong_types_in_some_rows_of_parquet(column: str, values: pa.Array, tmp_path: Path) -> None:
    """A column of another type than its fact: each row is decided or told, or the column is refused; never a traceback."""
    keys = ["a", "b", "c", "d"]
    table = pa.table({"key": keys, "date": ["2023-12-22"] * 4, "exporter.state": ["JPN"] * 4, column: values})
    pq.write_table(table, tmp_path / "orders.parquet")
    run = sekisho("sweep", tmp_path / "orders.parquet", "-o", tmp_path / "out.csv")
    if run.status:
        assert run.status == 3
        assert column in run.err and run.err.startswith("error: ") and len(run.err.splitlines()) == 1
        nothing_but(tmp_path, "orders.parquet")
        return
    decided, rejected = outcome(tmp_path / "orders.parquet", tmp_path)
    assert "c" in decided, "a row that is silent is decided"
    assert len(decided) + len(rejected) == 4
    assert {2, 4} <= set(rejected)
    assert all(column in reason or "is not a state" in reason for reason in rejected.values())


@pytest.mark.parametrize("end", ["f,2023-12-22,JP", 'f,2023-12-22,JPN,USA,"patriot', "f"], ids=["cell", "quote", "key"])
def test_a_last_line_that_is_torn(end: str, tmp_path: Path) -> None:
    decided, rejected = outcome(put(tmp_path, f"{HEADER}a,{GOOD}b,{GOOD}{end}"), tmp_path)
    assert decided == ["a", "b"]
    assert set(rejected) == {3}


def test_mixed_encodings(tmp_path: Path) -> None:
    row = "{},2023-12-22,JPN,Türkiye,\n"
    content = (HEADER + row.format("a")).encode() + row.format("b").encode("latin-1") + row.format("c").encode()
    decided, rejected = outcome(put(tmp_path, content), tmp_path)
    assert decided == ["a", "c"]
    assert rejected == {2: "the line is not UTF-8, as the rest of the file is"}


@pytest.mark.parametrize("name", ["orders.csv", "orders.parquet", "orders.jsonl"])
def test_an_empty_file(name: str, tmp_path: Path) -> None:
    (error,) = refused("sweep", put(tmp_path, b"", name), "-o", tmp_path / "out.csv")
    assert "the file is empty" in error and name in error
    nothing_but(tmp_path, name)


def test_a_header_alone(tmp_path: Path) -> None:
    assert outcome(put(tmp_path, HEADER.rstrip()), tmp_path) == ([], {})


@pytest.mark.slow
@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_ten_thousand_columns(ending: str, tmp_path: Path) -> None:
    names = [f"x{number}" for number in range(9_995)]
    row = ["a", "2023-12-22", "JPN", "USA", "patriot-pac-3-mse"]
    source = tmp_path / f"wide.{ending}"
    if ending == "csv":
        put(tmp_path, f"{HEADER.rstrip()},{','.join(names)}\n{','.join([*row, *names])}\n", source.name)
    else:
        cells = zip([*HEADER.rstrip().split(","), *names], [*row, *names], strict=True)
        pq.write_table(pa.table({name: [cell] for name, cell in cells}), source)
    assert outcome(source, tmp_path) == (["a"], {})


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("unshare") is None, reason="no unshare here")
def test_a_folder_that_cannot_be_written_to(tmp_path: Path) -> None:
    """A folder on a disk mounted to be read only: not even its owner may write there."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = f'mount -t tmpfs -o ro tmpfs "{disk}" || exit 99; "$@"; status=$?; ls -A "{disk}"; exit $status'
    within = ["unshare", "-rm", "sh", "-c", mount, "sh"]
    if subprocess.run([*within, "true"], capture_output=True, check=False).returncode:
        pytest.skip("a disk may not be mounted here")
    source = put(tmp_path, f"{HEADER}a,{GOOD}")
    run = subprocess.run(
        [*within, sys.executable, "-m", "sekisho", "sweep", str(source), "-o", str(disk / "out.csv")],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (run.returncode, run.stdout) == (3, ""), run.stderr
    (error,) = run.stderr.splitlines()
    assert error.startswith("error: ") and "cannot be written" in error and "Read-only" in error


# ---- on a terminal ---------------------------------------------------------------------------------------------------

SMALL = """
import sys, sekisho.sweep.run as run
from sekisho.cli import main
run.BATCH = dict.fromkeys(run.BATCH, 500)
sys.argv = ["sekisho", *sys.argv[1:]]
main()
"""


@pytest.fixture
def terminal() -> Iterator[tuple[int, int]]:
    ends = pty.openpty()
    yield ends
    for end in ends:
        os.close(end)


def seen(reading: int, until: str, process: "subprocess.Popen[bytes]", seconds: float = 120) -> str:
    """What a terminal shows until some words are there, or the program ends."""
    text, end = "", time.monotonic() + seconds
    while not re.search(until, text):
        assert time.monotonic() < end, text
        ready, _, _ = select.select([reading], [], [], 0.2)
        if ready:
            text += os.read(reading, 65_536).decode("utf-8", "replace")
        elif process.poll() is not None:
            return text
    return text


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="no such terminals")
def test_progress_on_a_terminal_and_ctrl_c(terminal: tuple[int, int], tmp_path: Path) -> None:
    rows = 30_000
    columns = {"date": ["2023-12-22"] * rows, "exporter.state": ["JPN"] * rows, "recipient.state": ["USA"] * rows}
    pq.write_table(pa.table(columns), tmp_path / "many.parquet")
    words = ["sweep", str(tmp_path / "many.parquet"), "-o", str(tmp_path / "out.parquet")]
    reading, writing = terminal
    environment = os.environ | {"TERM": "xterm", "COLUMNS": "120"}
    process = subprocess.Popen([sys.executable, "-c", SMALL, *words], stdout=subprocess.PIPE, stderr=writing, env=environment)
    shown = seen(reading, r"[1-9][\d,]* of 30,000 rows.*?[\d,]+ rows/s.*?\d:\d\d:\d\d", process)
    assert re.search(r"[1-9][\d,]* of 30,000 rows", shown), shown
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=60)
    assert process.returncode != 0
    nothing_but(tmp_path, "many.parquet")
