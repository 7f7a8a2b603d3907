"""Sweeps of a register, Parquet to Parquet: Sekisho, the floor of merely rewriting the file, and its peers, in one run."""

from __future__ import annotations

import contextlib
import gc
import os
import re
import statistics
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter, process_time

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

import sekisho
from benchmarks import workload
from benchmarks.peers import MissingPeerError
from benchmarks.report import Section, load, met, ratio
from benchmarks.row_by_row import RowByRow
from benchmarks.sweep_chart import Dot, chart
from benchmarks.workload import REGIME
from sekisho.decide import Decider
from sekisho.errors import UsageError
from sekisho.sweep import SweepResult
from sekisho.sweep.options import MASTER
from sekisho.sweep.spark import Spark

OURS = f"**Sekisho**, regime {REGIME}"
BOTH = "**Sekisho**, both regimes (as it comes)"
FEW = f"{OURS}, columns of the workload"
FEW_BOTH = "**Sekisho**, both regimes, columns of the workload"
WANTED = ("key", "verdict", "provisions", "outstanding")
"""The columns that the workload names, and that OpenFisca's output has."""
FLOOR = "DuckDB rewrites the file, deciding nothing (the floor)"
FISCA, NARROW = "OpenFisca-core", "OpenFisca-core, narrowed to bytes"
ZEN = "GoRules Zen"
PLAIN = "plain Python functions"
HOST = "… of which the host alone"
RANDOM = ", random workload"
MOST, AIM = 2.5, 1.3
"""How many times the floor's time Sekisho may take, and what is aimed at."""
LEAST = {FISCA: 1.5, NARROW: 1.5, ZEN: 60.0}
"""How many times the rows a second of a peer Sekisho must decide."""
NOTES = (
    "The named workload has 27 columns: items by their name in the catalogue, 200 recipients, days spread evenly over 1967 to "
    "2026, the exporter Japan in 97 % of the rows that name one, 10 % missing of what is described. Claims, assurances, steps "
    "and findings are as rare as in real registers, which have no columns for them: each is made in 0.4 % of the rows. In the "
    "random workload every column is drawn evenly from its values (a third of each claim true, false, missing); it has no bar. "
    "No row of either is rejected.",
    "Time is wall time, the median of the rounds, in which all take turns; CPU seconds are those of the process, over all "
    "threads. Ratios are of rows a second.",
    "Sekisho is measured with two outputs. *As it comes* it writes all its columns. *Columns of the workload* is the same "
    f"sweep with `--columns {','.join(WANTED)}`: what is missing and notices are then not worked out, as OpenFisca does "
    "not either. Every check of a row stays.",
    "In Sekisho's time: opening the register, making the law ready for its columns (the algebra, the program over columns, "
    "the tables of keys and look-ups), reading Parquet, checking every row (words, states that exist, `always`, "
    "contradictions), look-ups, verdict, provisions, head, what is outstanding, as it comes also what is missing and notices, "
    "and writing Parquet, as it comes with the row's parties and item. Nothing made ready is left in the process from one "
    "sweep to the next: the corpus is loaded beforehand, for both, and the tables made of it come from the user's cache of "
    "files, as in every sweep but the first.",
    "In OpenFisca's: reading Parquet, sorting rows by stretch of law, look-ups, defaults and catalogue (whole columns at a "
    "time, by Sekisho's own columns and tables), the law (`when`, `met` and the algebra, in the readings of silence that they "
    "need), and writing Parquet with key, verdict, provisions and what is outstanding. It checks no row, asks for nothing that "
    "is missing and gives no notices; building its systems is not timed: OPENFISCA DOES LESS. Its natural form has variables "
    "of 32 bits; *narrowed* sets their type to bytes from outside.",
    "Both are warmed up by one sweep that is not timed. OpenFisca's columns are worked out on one core, as it comes, and its "
    "file is read on all; Sekisho reads, decides and writes side by side on all cores. CPU seconds, in which that is no help, "
    "are beside the wall time. A machine busy with other work takes that help away, and with it a part of the ratio.",
    "GoRules and plain Python take one case at a time: a sample, evenly spaced over the file. In their time: reading Parquet, "
    "the case completed by Sekisho's own completer (the row *the host alone*), their answer read, and writing key and verdict; "
    "loading their law of every day is not timed.",
    "Before it is timed each has to agree with Sekisho on every row put to it: on the verdict, and the sweeping engines on the "
    "provisions too. Every peer gets the law of regime japan in force on the row's day.",
)  # fmt: skip


@dataclass(frozen=True)
class Contestant:
    """Who sweeps: from a file into another; `agrees` names the columns of its output that must be Sekisho's."""

    sweep: Callable[[Path, Path], object]
    source: Path
    agrees: Mapping[str, str] = field(default_factory=dict)


@dataclass
class _Times:
    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)


_SWEPT = {f"{REGIME}.{column}": f"{REGIME}.{column}" for column in ("verdict", "provisions", "outstanding")}
_BULK = {column: f"{REGIME}.{column}" for column in ("verdict", "provisions", "outstanding")}
_SINGLE = {"verdict": f"{REGIME}.verdict"}


def run(law: Decider, rows: int = 1_000_000, rounds: int = 3, sample: int = 5_000, spark_rows: int = 200_000) -> Section:
    """The table of sweeps."""
    section = Section(
        f"A sweep of {rows:,} rows",
        (
            "who decides", "rows", "s", "CPU s", "rows/s", "time a row ÷ the floor's", "Sekisho is faster",
            "with the columns of the workload",
        ),
    )  # fmt: skip
    before = load()
    with tempfile.TemporaryDirectory(prefix="sekisho-bench-") as folder:
        bench = _Bench(law, Path(folder), rows, sample, min(spark_rows, rows), section)
        times = bench.timed(bench.contestants(), rounds)
        times |= bench.spark(1)
        rates = {name: bench.rows[name] / statistics.median(found.wall) for name, found in times.items()}
        for name, found in times.items():
            section.rows.append(_row(name, bench.rows[name], found, rates))
    section.notes += [*_verdicts(rates), *NOTES, *bench.notes]
    section.notes.append(
        f"{rounds} rounds; samples of {sample:,} rows; Spark (one on this machine that is already running, {MASTER}) once, on "
        f"{bench.rows.get(_SPARK, 0):,} rows, for the record. Load average of the machine before and after: {before}, {load()} "
        f"on {os.cpu_count()} cores; above the number of cores, ratios blur."
    )
    section.picture = "performance-sweep.svg", picture(rows, rates)
    return section


def picture(rows: int, rates: Mapping[str, float]) -> str:
    """The chart of the rows a second of each."""
    dots = [
        Dot(re.sub("[*`]", "", name), rate, name in (OURS, BOTH, FEW, FEW_BOTH), RANDOM in name)
        for name, rate in rates.items() if name != HOST
    ]  # fmt: skip
    return chart(f"Rows a second, in a sweep of {rows:,}", dots)


def _row(name: str, rows: int, found: _Times, rates: Mapping[str, float]) -> list[str]:
    floor, ours, few = (rates[f"{of}{RANDOM}" if RANDOM in name else of] for of in (FLOOR, OURS, FEW))
    wall, rate = statistics.median(found.wall), rates[name]
    cpu = "" if name == _SPARK else f"{statistics.median(found.cpu):,.2f}"
    own = name.startswith((OURS, BOTH, FEW_BOTH, FLOOR))
    faster = ("", "") if own else (ratio(ours / rate), ratio(few / rate) if name.startswith(FISCA) else "")
    return [name, f"{rows:,}", f"{wall:,.2f}", cpu, f"{rate:,.0f}", ratio(floor / rate), *faster]


def _verdicts(rates: Mapping[str, float]) -> Iterator[str]:
    """The bars, and whether they are met."""
    for name in (OURS, BOTH, FEW, FEW_BOTH):
        found = rates[FLOOR] / rates[name]
        yield (
            f"{name.replace('*', '')}: at most {MOST:g} times the floor, is {ratio(found)} "
            f"{met(found <= MOST)}; the aim is {AIM:g}."
        )
    for columns, ours in (("as it comes", OURS), ("columns of the workload", FEW)):
        said = [
            f"{name}: at least {least:g}×, is {ratio(rates[ours] / rates[name])} {met(rates[ours] >= least * rates[name])}"
            for name, least in LEAST.items() if name in rates
        ]  # fmt: skip
        if said:
            yield f"Sekisho is faster, regime {REGIME}, {columns}: " + "; ".join(said) + "."


_SPARK = f"Sekisho's engine `spark`, regime {REGIME}"


class _Bench:
    def __init__(self, law: Decider, folder: Path, rows: int, sample: int, spark_rows: int, section: Section) -> None:
        self._law, self._folder, self._section = law, folder, section
        self._named, self._random = folder / "named.parquet", folder / "random.parquet"
        self._sample, self._some = folder / "sample.parquet", folder / "some.parquet"
        workload.write(self._named, rows, law)
        workload.write(self._random, rows, law, "random")
        workload.write(self._some, spark_rows, law)
        step = max(rows // sample, 1)
        pq.write_table(pq.read_table(self._named).take(pa.array(range(0, rows, step)[:sample])), self._sample)
        self.rows: dict[str, int] = {}
        self.notes: list[str] = []
        self._wanted: dict[Path, pa.Table] = {}

    def contestants(self) -> dict[str, Contestant]:
        """All that are installed."""
        found = {
            FLOOR: Contestant(_floor, self._named),
            OURS: Contestant(self._ours(), self._named, _SWEPT),
            BOTH: Contestant(self._ours(regimes=()), self._named, _SWEPT),
            FEW: Contestant(self._ours(columns=WANTED), self._named, _SWEPT),
            FEW_BOTH: Contestant(self._ours(regimes=(), columns=WANTED), self._named, _SWEPT),
            f"Sekisho's engine `duckdb`, regime {REGIME}": Contestant(self._ours(engine="duckdb"), self._named, _SWEPT),
        }
        random = {
            FLOOR + RANDOM: Contestant(_floor, self._random),
            OURS + RANDOM: Contestant(self._ours(), self._random, _SWEPT),
            FEW + RANDOM: Contestant(self._ours(columns=WANTED), self._random, _SWEPT),
        }
        try:
            from benchmarks.bulk import OpenFisca  # noqa: PLC0415 (a peer that may not be installed)
        except ImportError as flaw:
            self._section.loudly(f"{FISCA} is MISSING: pip install openfisca-core ({flaw}): NOT MEASURED.")
        else:
            begin = perf_counter()
            wide = OpenFisca(self._law)
            built = perf_counter() - begin
            narrow = OpenFisca(self._law, narrow=True)
            self.notes.append(
                f"To build OpenFisca's systems, one for each of {wide.stretches} stretches of law, took {built:.2f} s, which "
                "is in none of its rows; what Sekisho makes ready is in all of its own."
            )
            found |= {FISCA: Contestant(wide.sweep, self._named, _BULK), NARROW: Contestant(narrow.sweep, self._named, _BULK)}
            random |= {NARROW + RANDOM: Contestant(narrow.sweep, self._random, _BULK)}
        for name in (ZEN, PLAIN):
            try:
                found[name] = Contestant(RowByRow(self._law, name).sweep, self._sample, _SINGLE)
            except MissingPeerError as flaw:
                self._section.loudly(f"{flaw}: NOT MEASURED.")
        found[HOST] = Contestant(RowByRow(self._law).sweep, self._sample)
        return found | random

    def _ours(self, **options: object) -> Callable[[Path, Path], object]:
        given = {"regimes": (REGIME,)} | options
        return lambda source, out: sekisho.sweep(source, out, law=self._law, **given)

    def timed(self, contestants: Mapping[str, Contestant], rounds: int) -> dict[str, _Times]:
        """The times of those that agree; they take turns, each round beginning with another one, after one to warm up."""
        out = self._folder / "out.parquet"
        ready = {}
        for name, one in contestants.items():
            one.sweep(one.source, out)
            wrong = self._wrong(one, out)
            if wrong:
                self._section.loudly(f"{name.replace('*', '')} DISAGREES: {wrong}: NOT TIMED.")
            else:
                ready[name] = one
        names, times = list(ready), {name: _Times() for name in ready}
        for number in range(rounds):
            turn = number * len(names) // rounds
            for name in names[turn:] + names[:turn]:
                out.unlink(missing_ok=True)
                gc.collect()
                wall, cpu = perf_counter(), process_time()
                ready[name].sweep(ready[name].source, out)
                times[name].wall.append(perf_counter() - wall)
                times[name].cpu.append(process_time() - cpu)
        self.rows |= {name: pq.read_metadata(one.source).num_rows for name, one in ready.items()}
        return times

    def spark(self, rounds: int) -> dict[str, _Times]:
        """The times of Spark on this machine, started beforehand."""
        with contextlib.ExitStack() as started:
            try:
                started.enter_context(Spark(MASTER))
            except UsageError as flaw:
                self._section.loudly(f"Spark: {flaw}: NOT MEASURED.")
                return {}
            return self.timed({_SPARK: Contestant(self._ours(engine="spark"), self._some, _SWEPT)}, rounds)

    def _wrong(self, one: Contestant, out: Path) -> str:
        """How an output differs from what Sekisho says of the same rows; nothing if it does not."""
        if not one.agrees:
            return ""
        wanted, found = self._expected(one.source), pq.read_table(out, columns=["key", *one.agrees]).sort_by("key")
        if not found["key"].equals(wanted["key"]):
            return "other rows"
        for theirs, ours in one.agrees.items():
            mine, said = (_comparable(table[column]) for table, column in ((wanted, ours), (found, theirs)))
            same = pc.equal(mine, said)
            if not pc.all(pc.fill_null(same, False)).as_py():
                place = same.to_pylist().index(False)
                return f"{theirs} of {wanted['key'][place]} is {said[place]}, not {mine[place]}"
        return ""

    def _expected(self, source: Path) -> pa.Table:
        """What Sekisho, as it comes, says of a file, no row of which may be rejected."""
        if source not in self._wanted:
            out = self._folder / f"{source.stem}.wanted.parquet"
            result = self._ours()(source, out)
            assert isinstance(result, SweepResult)
            if result.rejected:
                raise RuntimeError(f"{result.rejected} rows of the workload were rejected")
            self._wanted[source] = pq.read_table(out, columns=["key", *_SWEPT]).sort_by("key")
        return self._wanted[source]


def _comparable(column: pa.ChunkedArray) -> pa.ChunkedArray:
    return pc.binary_join(column, " ") if pa.types.is_list(column.type) else column


def _floor(source: Path, out: Path) -> None:
    with contextlib.closing(duckdb.connect()) as connection:
        connection.execute(f"COPY (SELECT * FROM read_parquet('{source}')) TO '{out}' (FORMAT parquet)").fetchall()
