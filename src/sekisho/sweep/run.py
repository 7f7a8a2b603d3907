"""A sweep: a register in, every row decided, an output file that appears whole or not at all.

Rows are read in batches; each batch is put to one query a regime, its numbers are read as outcomes (one for each
combination that occurs), and the outcomes are written. Rows whose day is an interval are put on every segment of it: where
the verdict differs within it, the row is undetermined and says on which day it turns.
"""

from __future__ import annotations

import contextlib
import csv
import datetime as dt
import json
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, get_args

import duckdb
import msgspec
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv
import pyarrow.parquet as pq

from sekisho.corpus import code_version, kept
from sekisho.decide import Decider, decider
from sekisho.decision import STRICTEST
from sekisho.errors import InputError, Mistake, UsageError
from sekisho.sweep.notices import Notices
from sekisho.sweep.outcome import Outcome, Reader
from sekisho.sweep.query import ITEM, RegimeQuery, Shape
from sekisho.sweep.quoting import reading
from sekisho.sweep.registers import Register, open_register
from sekisho.sweep.spark import ROWS as SPARK_ROWS
from sekisho.sweep.spark import Spark

BATCH = 2_000_000
"""Rows a batch: large enough that planning a query costs little, small enough for the memory of a laptop."""
SPARK_BATCH = 500_000
"""The same on Spark, whose driver holds a batch and its answers in the memory of a Java."""

SCHEMA = 1
Engine = Literal["duckdb", "spark"]
ENGINES: tuple[Engine, ...] = get_args(Engine)
MASTER = "local[*]"
"""The Spark that decides if no other is named: one on this machine, with all cores."""
Progress = Callable[[int, int], None]
_ROW = (
    "row", "file", "key", "date_from", "date_to", "exporter.state", "recipient.state", "item", "item_note", "party_note",
    "uncertain_order",
)  # fmt: skip


class SweepResult(msgspec.Struct, frozen=True):
    """What a sweep did: rows in, decided and rejected, and how many rows each regime decided how."""

    rows: int
    decided: int
    rejected: int
    verdicts: dict[str, dict[str, int]]
    output: str = ""
    rejects: str = ""
    metadata: dict[str, str] = {}


class Options(msgspec.Struct, frozen=True):
    """How a sweep is done. `fixed` are the facts that every row is put with (`--set`); `master` is Spark's, for that engine."""

    regimes: tuple[str, ...] = ()
    law_on: dt.date | None = None
    world_on: dt.date | None = None
    strict: bool = False
    fixed: dict[str, Any] = {}
    format: str | None = None
    mapping: dict[str, Any] | None = None
    memory: str | None = None
    threads: int | None = None
    engine: Engine = "duckdb"
    master: str = MASTER


def sweep(source: Any, out: Path | str | None = None, options: Options | None = None, *, law: Decider | None = None,
          progress: Progress | None = None) -> SweepResult | pa.Table:  # fmt: skip
    """Decide every row of a register.

    `source` is a path, folder, glob or URL, or a DuckDB relation, Arrow table, pandas or Polars frame. With `out` (a path
    ending in .parquet, .csv or .jsonl) the outcomes are written there, and what was rejected beside it as
    `OUT.rejected.csv`; without it they are given back as an Arrow table. Raises `RegisterError` for a register that cannot
    be read, `UsageError` for options that make no sense, `InputError` where the output cannot be written.
    """
    run = _Run(source, options or Options(), law or decider(), progress)
    with contextlib.closing(run):
        if out is None:
            batches = list(run.batches())
            return pa.concat_tables(batches) if batches else run.empty()
        return run.write(Path(out))


class _Run:
    def __init__(self, source: Any, options: Options, law: Decider, progress: Progress | None) -> None:
        self.options, self.corpus, self._progress = options, law.corpus, progress
        self.rejected: list[tuple[int, str, str]] = []
        with contextlib.ExitStack() as stack:
            spill = stack.enter_context(tempfile.TemporaryDirectory(prefix="sekisho-"))
            self.connection = stack.enter_context(contextlib.closing(duckdb.connect()))
            # the register is read on one connection while batches are decided on the other
            self.worker = stack.enter_context(contextlib.closing(self.connection.cursor()))
            self._do(f"SET temp_directory = '{spill}'")
            self._do("SET enable_progress_bar = false")
            on_spark = options.engine == "spark"
            self._spark = stack.enter_context(Spark(options.master, options.memory)) if on_spark else None
            self._batch = SPARK_BATCH if on_spark else BATCH
            self._open(source, law)
            self._held = stack.pop_all()

    def _open(self, source: Any, law: Decider) -> None:
        """Open the register and make ready to decide it."""
        options = self.options
        if options.memory:
            self._set("memory_limit", options.memory)
        if options.threads:
            self._set("threads", str(options.threads))
        self.register: Register = open_register(
            self.connection, source, self.corpus, format=options.format, mapping=options.mapping
        )  # fmt: skip
        facts = frozenset(self.register.facts) - options.fixed.keys()
        shape = Shape(facts, True, fixed=dict(options.fixed))
        names = [self.corpus.regime(name).id for name in options.regimes] or list(self.corpus.regimes)
        self.queries = {
            name: RegimeQuery(law.completer, name, shape, False, place == 0, options.law_on, options.world_on, options.strict)
            for place, name in enumerate(names)
        }
        self.readers = {name: Reader(query) for name, query in self.queries.items()}
        self.verdicts: dict[str, dict[str, int]] = {name: {} for name in names}
        first = next(iter(self.queries.values()))
        for name, table in first.tables().items():
            self.worker.register("incoming", table)
            self._do(f'CREATE TABLE "{name}" AS SELECT * FROM incoming')
            self.worker.unregister("incoming")
        if self._spark is not None:
            self._spark.lay(first.tables())
        self._notices = {name: Notices(self.corpus, name, shape, options.law_on, options.world_on) for name in names}
        self._texts = {name: self._text(name, query) for name, query in self.queries.items()}
        self.columns = [name for name in _ROW if name in self._names()]

    def _text(self, name: str, query: RegimeQuery) -> str:
        """A regime's query as text, kept in the user's cache: to write it takes longer than to decide a small register."""
        options = self.options
        fixed = sorted((fact, _shown(value)) for fact, value in query.shape.fixed.items())
        said = (name, sorted(query.shape.facts), fixed, query.checks, options.law_on, options.world_on, options.strict)
        rows = "batch" if options.engine == "duckdb" else SPARK_ROWS
        key = f"{code_version()}{self.corpus.law_version}{self.corpus.world_version}{said}{options.engine}"
        return kept("query", key, str, lambda: query.select(rows).sql(dialect=options.engine))

    def _set(self, name: str, value: str) -> None:
        try:
            self._do(f"SET {name} = '{value.replace(chr(39), '')}'")
        except duckdb.Error as flaw:
            raise UsageError(Mistake(f"'{value}' is no value for {name}.", "Write 4GB, for instance.")) from flaw

    def _do(self, statement: str) -> None:
        """Run a statement to its end."""
        self.worker.execute(statement).fetchall()

    def _asked(self, query: str) -> pa.Table:
        """The answer to a query, whole."""
        return self.worker.sql(query).to_arrow_table()

    def _answers(self) -> dict[str, pa.Table]:
        """The numbers of each regime for the relation `batch`, in no order."""
        if self._spark is None:
            return {name: self._asked(text) for name, text in self._texts.items()}
        self._spark.put(self._asked("SELECT * FROM batch"))
        return {name: self._spark.ask(text) for name, text in self._texts.items()}

    def close(self) -> None:
        """Let go of the engine and what it spilled."""
        self._held.close()

    def _names(self) -> list[str]:
        found = self.connection.execute(f'DESCRIBE "{self.register.relation}"').fetchall()
        return [str(row[0]) for row in found]

    def metadata(self) -> dict[str, str]:
        """What the output says of itself."""
        options = self.options
        said = {
            "schema": str(SCHEMA), "law_version": self.corpus.law_version, "world_version": self.corpus.world_version,
            "register": self.register.source, "format": self.register.format,
        }  # fmt: skip
        for name in ("law_on", "world_on"):
            if getattr(options, name) is not None:
                said[name] = str(getattr(options, name))
        if options.strict:
            said["strict"] = "true"
        if options.fixed:
            said["as_if"] = ", ".join(f"{name} = {_shown(value)}" for name, value in sorted(options.fixed.items()))
        return {f"sekisho.{key}": value for key, value in said.items()}

    # ---- batch by batch ----------------------------------------------------------------------------------------------

    def batches(self) -> Iterator[pa.Table]:
        """The decided rows, batch by batch."""
        facts = sorted(self.queries[next(iter(self.queries))].shape.facts)
        wanted = ", ".join(f'"{name}"' for name in dict.fromkeys((*self.columns, ITEM, *facts)))
        query = f'SELECT {wanted} FROM "{self.register.relation}"'
        done = 0
        for batch in self._read(query):
            table = pa.Table.from_batches([batch])
            if table.num_rows:
                done += table.num_rows
                yield self._decided(_in_order(table))
                if self._progress is not None:
                    self._progress(done, self.register.rows)

    def _read(self, query: str) -> Iterator[pa.RecordBatch]:
        """The batches of a query over the register. Raises `RegisterError` where a file turns out to be damaged."""
        with reading(self.register.source):
            batches: Iterator[pa.RecordBatch] = iter(self.connection.sql(query).to_arrow_reader(self._batch))
        while True:
            with reading(self.register.source):
                batch = next(batches, None)
            if batch is None:
                return
            yield batch

    def _decided(self, rows: pa.Table) -> pa.Table:
        exact = pc.all(pc.equal(rows["date_from"], rows["date_to"]), min_count=0).as_py()
        self.worker.register("incoming_batch", rows)
        if exact:
            self._do("CREATE OR REPLACE TEMP VIEW batch AS SELECT *, date_from AS date FROM incoming_batch")
        else:
            self._spread()
        answers = self._answers()
        kept, bad = self._admissible(rows, answers)
        columns = {name: kept[name] for name in self.columns}
        verdicts: list[pa.Array] = []
        for name, numbers in answers.items():
            told = self._told(name, numbers, exact, kept, bad)
            columns |= {f"{name}.{field}": values for field, values in told.items()}
            verdicts.append(told["verdict"])
        columns["verdict"] = _strictest(verdicts)
        self.worker.unregister("incoming_batch")
        return pa.table(columns)

    def _spread(self) -> None:
        """Put each row on the first day of every segment of law and world that its interval reaches into."""
        days = {day for name in self.queries for day in self.corpus.change_days(name)}
        days |= set(next(iter(self.queries.values())).dimensions.change_days)
        edges = pa.table({"edge": pa.array(sorted(days), pa.date32())})
        self.worker.register("incoming_edges", edges)
        self._do(
            "CREATE OR REPLACE TEMP VIEW batch AS SELECT *, date_from AS date FROM incoming_batch UNION ALL "
            "SELECT r.*, e.edge AS date FROM incoming_batch r"
            " JOIN incoming_edges e ON e.edge > r.date_from AND e.edge <= r.date_to"
        )

    def _admissible(self, rows: pa.Table, answers: Mapping[str, pa.Table]) -> tuple[pa.Table, pa.Array | None]:
        """The rows that can be: those that break an `always` condition or contradict the world are rejected."""
        name, query = next(iter(self.queries.items()))
        numbers = answers[name]
        broken = numbers.filter(pc.greater(numbers["reject"], 0))
        if not broken.num_rows:
            return rows, None
        reasons = dict(zip(broken["row"].to_pylist(), broken["reject"].to_pylist(), strict=True))
        bad = pa.array(sorted(reasons), pa.int64())
        files = dict(zip(rows["row"].to_pylist(), rows["file"].to_pylist(), strict=True)) if "file" in rows.column_names else {}
        self.rejected += [(row, files.get(row) or "", query.reason(reasons[row])) for row in sorted(reasons)]
        return rows.filter(pc.invert(pc.is_in(rows["row"], bad))), bad

    def _told(self, name: str, numbers: pa.Table, exact: bool, rows: pa.Table, bad: pa.Array | None) -> dict[str, pa.Array]:
        """A regime's outcomes for the rows, in their order, as columns."""
        if bad is not None:
            numbers = numbers.filter(pc.invert(pc.is_in(numbers["row"], bad)))
        reader = self.readers[name]
        ids, combinations = _combined([numbers[column] for column in reader.query.columns])
        outcomes = [reader.outcome(combination) for combination in combinations]
        turns: pa.Array | None = None
        turning: int | None = None
        if exact:
            order = None if numbers["row"].equals(rows["row"]) else pc.index_in(rows["row"], numbers["row"])
            chosen = ids if order is None else ids.take(order)
        else:
            chosen, turns, outcomes = self._over_intervals(numbers, ids, outcomes, rows)
            turning = len(outcomes) - 1
        count = pc.value_counts(pa.array([o.verdict for o in outcomes]).take(chosen))
        for entry in count.to_pylist():
            self.verdicts[name][entry["values"]] = self.verdicts[name].get(entry["values"], 0) + entry["counts"]
        told = {field: values.take(chosen) for field, values in _columns(outcomes).items()}
        told["notices"] = self._notices[name].column(rows, outcomes, chosen, turning)
        return told | {"turns_on": turns if turns is not None else pa.nulls(len(chosen), pa.date32())}

    def _over_intervals(
        self, numbers: pa.Table, ids: pa.Array, outcomes: list[Outcome], rows: pa.Table
    ) -> tuple[pa.Array, pa.Array, list[Outcome]]:
        """One outcome a row: the first of its interval, or undetermined with the day on which the verdict turns."""
        ranks = pa.array([STRICTEST.index(o.verdict) for o in outcomes], pa.int8())
        table = pa.table({"row": numbers["row"], "date": numbers["date"], "id": ids, "verdict": ranks.take(ids)})
        self.worker.register("incoming_outcomes", table)
        found = self._asked(
            "WITH firsts AS ("
            " SELECT row, arg_min(id, date) AS id, arg_min(verdict, date) AS verdict FROM incoming_outcomes GROUP BY row)"
            " SELECT f.row, f.id, min(o.date) FILTER (o.verdict <> f.verdict) AS turns"
            " FROM firsts f JOIN incoming_outcomes o ON o.row = f.row GROUP BY f.row, f.id"
        )
        self.worker.unregister("incoming_outcomes")
        found = found.take(pc.index_in(rows["row"], found["row"]))
        turning = Outcome("undetermined")
        chosen = pc.if_else(pc.is_valid(found["turns"]), pa.scalar(len(outcomes), pa.int64()), pc.cast(found["id"], pa.int64()))
        return _flat(chosen), _flat(found["turns"]), [*outcomes, turning]

    def empty(self) -> pa.Table:
        """The output of a register without rows."""
        columns: dict[str, pa.Array] = {name: pa.array([], pa.string()) for name in self.columns}
        for name in self.queries:
            columns |= {f"{name}.{field}": values for field, values in _columns([]).items()}
            columns[f"{name}.notices"] = pa.array([], pa.list_(pa.string()))
            columns[f"{name}.turns_on"] = pa.array([], pa.date32())
        columns["verdict"] = pa.array([], pa.string())
        return pa.table(columns)

    # ---- out ---------------------------------------------------------------------------------------------------------

    def write(self, out: Path) -> SweepResult:
        """Write the outcomes beside where they belong, and put them there when they are whole."""
        writer = _WRITERS.get(out.suffix)
        if writer is None:
            raise UsageError(Mistake(f"'{out.name}' does not end in " + ", ".join(_WRITERS) + ".", "Name the output so."))
        if any(_same_file(out, file) for file in (self.register.source, *self.register.files)):
            raise UsageError(Mistake(f"'{out}' is the register itself.", "Name another output."))
        metadata = self.metadata()
        rejects, beside = out.with_name(f"{out.name}.rejected.csv"), out.with_name(f"{out.name}.metadata.json")
        parts = {whole: whole.with_name(f".{whole.name}.part") for whole in (rejects, beside, out)}
        try:
            try:
                decided = writer(parts[out], self.batches(), self.empty(), metadata)
                rejected = self._write_rejects(parts[rejects])
                if out.suffix != ".parquet":  # the other formats have no place for what a file says of itself
                    text = json.dumps(metadata, ensure_ascii=False, indent=2) + "\n"
                    parts[beside].write_text(text, encoding="utf-8")
                for whole, written in parts.items():  # the outcomes last: where they are, all is
                    if written.exists():
                        written.replace(whole)
                    else:
                        whole.unlink(missing_ok=True)
            finally:
                for written in parts.values():
                    written.unlink(missing_ok=True)
        except OSError as flaw:
            mend = "Check the folder and the space on the disk."
            what = f"cannot be written: {flaw.strerror or flaw}; nothing was left behind."
            raise InputError(Mistake(what, mend, str(out))) from flaw
        return SweepResult(
            self.register.total, decided, rejected, self.verdicts, str(out), str(rejects) if rejected else "", metadata
        )

    def _write_rejects(self, part: Path) -> int:
        torn = self.connection.execute(f"SELECT row, coalesce(file, ''), reason FROM \"{self.register.rejects}\"").fetchall()
        rows = sorted([(int(r[0]) if r[0] is not None else 0, str(r[1]), str(r[2])) for r in torn] + self.rejected)
        if rows:
            with part.open("w", encoding="utf-8", newline="") as file:
                lines = csv.writer(file)
                lines.writerow(("row", "file", "reason"))
                lines.writerows(rows)
        return len(rows)


def _same_file(out: Path, file: str) -> bool:
    other = Path(file)
    return out.exists() and other.exists() and out.samefile(other)


def _in_order(rows: pa.Table) -> pa.Table:
    """Rows by their number, which is the order of the source."""
    steps = pc.min(pc.pairwise_diff(_flat(rows["row"]))).as_py()
    return rows if steps is None or steps > 0 else rows.sort_by("row")


def _flat(values: Any) -> pa.Array:
    return values.combine_chunks() if isinstance(values, pa.ChunkedArray) else values


def _shown(value: object) -> str:
    if isinstance(value, frozenset):
        return "[" + ", ".join(sorted(value)) + "]"
    return str(value).lower() if isinstance(value, bool) else str(value)


def _combined(columns: Sequence[Any]) -> tuple[pa.Array, list[tuple[int, ...]]]:
    """Each row's combination of values as a number from 0, and the combinations by number."""
    ids: pa.Array | None = None
    known: list[tuple[int, ...]] = [()]
    for column in columns:
        encoded = _flat(pc.dictionary_encode(column))
        values = encoded.dictionary.to_pylist()
        if ids is None or len(known) == 1:
            ids, known = encoded.indices.cast(pa.int64()), [(*known[0], value) for value in values] if known else []
            continue
        if len(values) == 1:
            known = [(*combination, values[0]) for combination in known]
            continue
        pairs = _flat(pc.dictionary_encode(pc.add(pc.multiply(ids, len(values)), encoded.indices.cast(pa.int64()))))
        known = [(*known[pair // len(values)], values[pair % len(values)]) for pair in pairs.dictionary.to_pylist()]
        ids = pairs.indices.cast(pa.int64())
    assert ids is not None
    return ids, known


def _columns(outcomes: Iterable[Outcome]) -> dict[str, pa.Array]:
    every = list(outcomes)
    lists = pa.list_(pa.string())
    return {
        "verdict": pa.array([o.verdict for o in every], pa.string()),
        "provisions": pa.array([list(o.provisions) for o in every], lists),
        "head": pa.array([o.head for o in every], pa.string()),
        "outstanding": pa.array([list(o.outstanding) for o in every], lists),
        "missing": pa.array([list(o.missing) for o in every], lists),
    }


def _strictest(verdicts: Sequence[pa.Array]) -> pa.Array:
    order = pa.array(list(STRICTEST))
    ranks = [_flat(pc.index_in(values, order)) for values in verdicts]
    worst = ranks[0]
    for rank in ranks[1:]:
        worst = pc.min_element_wise(worst, rank)
    return order.take(worst)


# ---- formats of output -----------------------------------------------------------------------------------------------


def _parquet(path: Path, batches: Iterator[pa.Table], empty: pa.Table, metadata: Mapping[str, str]) -> int:
    count, writer = 0, None
    try:
        for table in batches:
            table = table.replace_schema_metadata({**(table.schema.metadata or {}), **metadata})
            writer = writer or pq.ParquetWriter(path, table.schema, compression="snappy")
            writer.write_table(table)
            count += table.num_rows
        if writer is None:
            pq.write_table(empty.replace_schema_metadata(dict(metadata)), path)
    finally:
        if writer is not None:
            writer.close()
    return count


def _csv(path: Path, batches: Iterator[pa.Table], empty: pa.Table, metadata: Mapping[str, str]) -> int:
    count, writer = 0, None
    with path.open("wb") as file:
        for table in batches:
            flat = _joined(table)
            writer = writer or pacsv.CSVWriter(file, flat.schema)
            writer.write_table(flat)
            count += table.num_rows
        if writer is None:
            writer = pacsv.CSVWriter(file, _joined(empty).schema)
        writer.close()
    return count


def _joined(table: pa.Table) -> pa.Table:
    """Lists as text, joined by semicolons."""
    columns = [pc.binary_join(column, "; ") if pa.types.is_list(column.type) else column for column in table.columns]
    return pa.table(dict(zip(table.column_names, columns, strict=True)))


def _jsonl(path: Path, batches: Iterator[pa.Table], empty: pa.Table, metadata: Mapping[str, str]) -> int:
    count = 0
    with path.open("w", encoding="utf-8") as file:
        for table in batches:
            for row in table.to_pylist():
                plain = {key: value.isoformat() if isinstance(value, dt.date) else value for key, value in row.items()}
                file.write(json.dumps(plain, ensure_ascii=False) + "\n")
            count += table.num_rows
    return count


_WRITERS: Mapping[str, Callable[[Path, Iterator[pa.Table], pa.Table, Mapping[str, str]], int]] = {
    ".parquet": _parquet,
    ".csv": _csv,
    ".jsonl": _jsonl,
}
