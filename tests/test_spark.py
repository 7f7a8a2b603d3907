"""Spark gives, row by row, the numbers that DuckDB gives: in this process, and on a real master with two workers."""

import contextlib
import importlib.util
import os
import random
import shutil
import socket
import stat
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from generated import random_case
from helpers import sekisho
from sekisho.decide import Decider
from sekisho.errors import UsageError
from sekisho.sweep import run as room
from sekisho.sweep import spark as engine
from sekisho.sweep.options import ENGINES
from sekisho.sweep.spark import Spark, java_home, java_version, jvm_memory
from soak import by_duckdb, disagreements, every_fact, in_order, rows_of, unequal

CASES = 500
HERE = "127.0.0.1"
REQUIRED = os.environ.get("SEKISHO_SPARK") == "required"
"""Where Spark has to be tested, its absence fails; elsewhere the tests are left out, and the end of the run says so."""
PYSPARK = importlib.util.find_spec("pyspark")
NO_PYSPARK, NO_JAVA = "NO PYSPARK: pip install '.[spark]'", "NO JAVA that runs Spark: pip install '.[spark]'"
needs_pyspark = pytest.mark.skipif(PYSPARK is None and not REQUIRED, reason=NO_PYSPARK)
pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning")  # py4j leaves sockets to the collector


def has_java() -> bool:
    try:
        with java_home():
            return True
    except UsageError:
        return False


@pytest.fixture
def java() -> None:
    if not has_java():
        if REQUIRED:
            pytest.fail(NO_JAVA)
        pytest.skip(NO_JAVA)


# ---- agreement -------------------------------------------------------------------------------------------------------


@pytest.mark.slow
@needs_pyspark
@pytest.mark.usefixtures("java")
def test_the_same_numbers_row_by_row(decider: Decider, tmp_path: Path) -> None:
    """Kleene, DuckDB and Spark on cases over every fact; then from Parquet into a folder of Parquet."""
    rng, seen = random.Random("spark"), Counter[str]()
    cases = [random_case(rng, decider.corpus) for _ in range(CASES)]
    with Spark("local[2]", "2GB") as spark:
        assert list(disagreements(decider, cases, spark, seen)) == []
        query, rows = every_fact(decider, "japan-licence"), rows_of(cases, decider.corpus)
        for part in range(2):
            pq.write_table(rows.slice(part * CASES // 2, CASES // 2), tmp_path / f"rows-{part}.parquet")
        spark.write(query, [tmp_path / "rows-0.parquet", str(tmp_path / "rows-1.parquet")], tmp_path / "out")
        with pytest.raises(UsageError, match=r"Spark could not do it: .*absent"):
            spark.table(query, tmp_path / "absent.parquet")
    written = in_order(pq.read_table(tmp_path / "out"), query)
    assert list(unequal(by_duckdb(query, rows), written, cases)) == []
    assert {name.split()[1] for name in seen} == {"outside", "prohibited", "undetermined", "conditional", "permitted"}


ORDERS = """\
key,date,exporter,recipient,item,assurance.licensor_request
a,2023-12-21,JPN,USA,patriot-pac-3-mse,true
b,2023-12-22,JPN,USA,patriot-pac-3-mse,true
c,2023-12-22,USA,JPN,patriot-pac-3-mse,
d,2014,JPN,USA,patriot-pac-3-mse,true
e,2014-05,JPN,UKR,,
f,never,JPN,UKR,,
g,2024-01-01,JPN,JPN,,
"""


@pytest.mark.slow
@needs_pyspark
@pytest.mark.usefixtures("java")
def test_the_command_writes_the_same_by_every_engine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """In several batches on one Spark, with days that are not exact and rows that are rejected by reading and by deciding."""
    monkeypatch.setitem(room.BATCH, "spark", 3)
    source = tmp_path / "orders.csv"
    source.write_text(ORDERS, "utf-8")
    asked = ["--regime", "japan", "--regime", "japan-licence", "--memory", "1GB"]
    for name in ENGINES:
        on = ["--engine", name, *(["--master", "local[2]"] if name == "spark" else [])]
        run = sekisho("sweep", source, "-o", tmp_path / f"{name}.csv", *asked, *on)
        assert (run.status, run.err) == (0, "")
    for ending in ("csv", "csv.rejected.csv"):
        first, *others = ((tmp_path / f"{name}.{ending}").read_text("utf-8") for name in ENGINES)
        assert len(first.splitlines()) > 1
        assert [first] * len(others) == others
    assert {path.name for path in tmp_path.iterdir() if path.name.startswith(".")} == set()


# ---- a cluster -------------------------------------------------------------------------------------------------------


def free_port() -> int:
    with socket.socket() as one:
        one.bind((HERE, 0))
        return int(one.getsockname()[1])


@contextlib.contextmanager
def cluster(folder: Path, workers: int = 2) -> Iterator[str]:
    """A standalone master and its workers, on loopback, for as long as a `with` lasts."""
    port = free_port()
    master = f"spark://{HERE}:{port}"
    classes = "org.apache.spark.deploy."
    words = [
        ["master.Master", "--host", HERE, "--port", str(port), "--webui-port", "0"],
        *(
            ["worker.Worker", "--host", HERE, "--webui-port", "0", "--cores", "1", "--memory", "1g",
             "--work-dir", str(folder / f"work-{number}"), master]
            for number in range(workers)
        ),
    ]  # fmt: skip
    assert PYSPARK is not None
    script = Path(PYSPARK.origin or "").parent / "bin" / "spark-class"
    with java_home() as home, contextlib.ExitStack() as stack:
        environment = os.environ | {"JAVA_HOME": str(home), "SPARK_LOCAL_IP": HERE, "SPARK_DAEMON_MEMORY": "256m"}
        for number, (name, *rest) in enumerate(words):
            log = stack.enter_context((folder / f"{number}.log").open("wb"))
            started = subprocess.Popen([script, classes + name, *rest], stdout=log, stderr=log, env=environment)
            stack.callback(started.wait, 60)
            stack.callback(started.terminate)
            if number == 0:
                until(lambda: "New state: ALIVE" in (folder / "0.log").read_text("utf-8", "replace"), folder)
        until(lambda: (folder / "0.log").read_text("utf-8", "replace").count("Registering worker") == workers, folder)
        yield master


def until(holds, folder: Path, seconds: float = 120) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "\n".join(log.read_text("utf-8", "replace") for log in sorted(folder.glob("*.log")))
        time.sleep(0.2)


@pytest.mark.slow
@needs_pyspark
@pytest.mark.usefixtures("java")
@pytest.mark.skipif(sys.platform == "win32", reason="spark-class is a shell script here")
def test_a_master_and_two_workers(decider: Decider, tmp_path: Path) -> None:
    rng = random.Random("cluster")
    cases = [random_case(rng, decider.corpus) for _ in range(CASES)]
    query, rows = every_fact(decider, "japan-licence"), rows_of(cases, decider.corpus)
    few = {"spark.executor.memory": "512m", "spark.sql.execution.arrow.maxRecordsPerBatch": str(CASES // 4)}
    with cluster(tmp_path) as master, Spark(master, "1GB", few) as spark:
        found = in_order(spark.table(query, rows), query)
        executors = spark.executors
    assert executors == 2
    assert list(unequal(by_duckdb(query, rows), found, cases)) == []


@pytest.mark.parametrize("master", ["nowhere", "spark://nowhere", "local[many]", ""])
def test_what_is_no_master(master: str) -> None:
    with pytest.raises(UsageError, match="is no Spark"):
        Spark(master)


# ---- Java ------------------------------------------------------------------------------------------------------------


def put_java(home: Path, says: str) -> Path:
    """A Java that says its version and does nothing else."""
    java = home / "bin" / "java"
    java.parent.mkdir(parents=True)
    java.write_text(f"#!/bin/sh\n{says}\n", "utf-8")
    java.chmod(java.stat().st_mode | stat.S_IXUSR)
    return java


shell = pytest.mark.skipif(shutil.which("sh") is None or os.name == "nt", reason="a stand-in for Java is a shell script")


@shell
@pytest.mark.parametrize(
    ("says", "version"),
    [
        ("echo 'openjdk version \"21.0.8\" 2025-07-15' >&2", 21),
        ("echo 'java version \"1.8.0_401\"' >&2", 8),
        ("echo 'openjdk version \"25\" 2025-09-16' >&2", 25),
        ("exit 1", None),
        ("echo hello", None),
    ],
)
def test_the_version_of_a_java(says: str, version: int | None, tmp_path: Path) -> None:
    assert java_version(put_java(tmp_path, says)) == version


@shell
def test_the_java_of_the_system_comes_before_the_wheel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put_java(tmp_path, "echo 'openjdk version \"17.0.1\"' >&2")
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    with java_home() as home:
        assert home == tmp_path.resolve()


@shell
def test_the_wheel_stands_in_for_an_old_java(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is started without the one option that it does not know."""
    put_java(tmp_path / "old", "echo 'java version \"1.8.0_401\"' >&2")
    says = 'echo \'openjdk version "21.0.8"\' >&2; printf "%s\\n" "$@"'
    wheel = put_java(tmp_path / "a wheel's", says)
    monkeypatch.setenv("JAVA_HOME", str(tmp_path / "old"))
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.setattr(engine, "_wheel", lambda: wheel)
    with java_home() as home:
        words = ["-cp", "a b", "--add-modules=jdk.incubator.vector", "x'y"]
        done = subprocess.run([home / "bin" / "java", *words], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["-cp", "a b", "x'y"]
    assert not home.exists()


@shell
def test_no_java_says_the_mend(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put_java(tmp_path, "echo 'openjdk version \"11.0.2\"' >&2")
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.setattr(engine, "_wheel", lambda: None)
    with (
        pytest.raises(UsageError, match=r"needs Java 17 or later; found .*\(version 11\).*JAVA_HOME.*sekisho\[spark\]"),
        java_home(),
    ):
        pass


def test_no_pyspark_says_the_mend(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.partition(".")[0] == "pyspark"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "pyspark", None)
    with pytest.raises(UsageError, match=r"needs pyspark.*pip install 'sekisho\[spark\]'"), Spark():
        pass


@pytest.mark.parametrize("text", ["4", "four", "4 GB a day", ""])
def test_what_is_no_memory(text: str) -> None:
    with pytest.raises(UsageError, match="no amount of memory"):
        jvm_memory(text)
