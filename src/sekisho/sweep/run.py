"""A sweep: a register in, every row decided, an output file that appears whole or not at all.

Rows are read in batches; the rows of a batch that the law cannot tell apart are decided once (`deciding.py`), and the
outcomes are written. Where the verdict differs within the days on which a row's decision may have been, the row is
undetermined and says on which day it turns.
"""

from __future__ import annotations

import contextlib
import csv
import json
import os
import tempfile
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pyarrow as pa

from sekisho.decide import Decider, decider
from sekisho.decision import STRICTEST
from sekisho.errors import InputError, Mistake, UsageError
from sekisho.sweep.deciding import Deciding, Told
from sekisho.sweep.engines import engine
from sekisho.sweep.opening import Opening
from sekisho.sweep.options import OF_REGIME, OF_ROW, Options, shown
from sekisho.sweep.output import counted, of_regime, strictest
from sekisho.sweep.query import HEAD, ITEM, RegimeQuery, Shape
from sekisho.sweep.rows import Rejected
from sekisho.sweep.writing import WRITERS, plain
from sekisho.text import suggest

BATCH = {"columns": 1 << 18, "duckdb": 1 << 20, "spark": 1 << 19}
"""Rows a batch, by engine: few enough to lie in memory several at once, many enough that planning a query costs little."""

SCHEMA = 1
FACT = "fact."
"""Begins the name of a column that holds a fact of the row (`Options.facts`)."""
CALLED = {"item": "item_called", "item.description": "item_described"}
"""The columns with the register's own words for the item, by what the words are for (`Options.facts`)."""
Progress = Callable[[int, int], None]


class SweepResult(msgspec.Struct, frozen=True):
    """What a sweep did: rows in, decided and rejected, and how many rows each regime decided how."""

    rows: int
    decided: int
    rejected: int
    verdicts: dict[str, dict[str, int]]
    output: str = ""
    rejects: str = ""
    metadata: dict[str, str] = {}


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
            return pa.concat_tables(map(plain, batches)) if batches else plain(run.empty())
        return run.write(Path(out))


class _Batch(msgspec.Struct, frozen=True):
    """A decided batch: its rows as they are written, those rejected (row, file, reason), and the verdicts by regime."""

    rows: pa.Table
    rejected: Rejected
    verdicts: dict[str, dict[str, int]]


class _Run:
    def __init__(self, source: Any, options: Options, law: Decider, progress: Progress | None) -> None:
        self.options, self.corpus, self._progress = options, law.corpus, progress
        self.rejected: Rejected = []
        with contextlib.ExitStack() as stack:
            spill = stack.enter_context(tempfile.TemporaryDirectory(prefix="sekisho-"))
            self._opening = stack.enter_context(contextlib.closing(Opening(source, law.corpus, options, spill)))
            self._ask(law)
            self._deciding = Deciding(self.queries, stack.enter_context(engine(self.queries, options, spill)))
            self._opening.settle()
            self.rows = self._opening.rows
            self._held = stack.pop_all()

    def _ask(self, law: Decider) -> None:
        """Say which columns are wanted of the register and of the law, and make the law's queries ready."""
        options, held = self.options, self._opening.rows.names
        facts = frozenset(self._opening.rows.facts) - options.fixed.keys()
        shape = Shape(facts, True, HEAD in held, fixed=dict(options.fixed))
        names = [self.corpus.regime(name).id for name in options.regimes] or list(self.corpus.regimes)
        self.verdicts: dict[str, dict[str, int]] = {name: {} for name in names}
        self.columns = {name: name for name in ("row", *self._of_row(held))}
        if options.facts:
            stated = [*([HEAD] if shape.head else []), *sorted(shape.facts)]
            self.columns |= {f"{FACT}{name}": name for name in stated if name not in self.columns}
            self.columns |= {CALLED[role]: name for role, name in self._opening.rows.spoken.items()}
        whole = [name for name in ("file", "date_from", "date_to", ITEM, HEAD) if name in held]
        self._opening.begin(tuple(dict.fromkeys((*self.columns.values(), *whole, *sorted(facts)))), BATCH[options.engine])
        without = frozenset(name for name in ("missing", "notices") if not options.wants(name))
        self.queries = {
            name: RegimeQuery(
                law.completer, name, shape, False, place == 0, options.law_on, options.world_on, options.strict, without
            )
            for place, name in enumerate(names)
        }

    def _of_row(self, held: Sequence[str]) -> Iterator[str]:
        """The columns taken over from the register. Raises `UsageError` for one wanted that there is not."""
        known, mistakes = (*OF_ROW, *OF_REGIME), []
        for name in self.options.columns:
            if name not in known:
                mend = suggest(name, known) or "It has " + ", ".join(known) + "."
                mistakes.append(Mistake(f"an output has no column '{name}'.", mend))
            elif name in OF_ROW and name not in held:
                mistakes.append(Mistake(f"this register has no column '{name}' to take over.", "Leave it out of the columns."))
        if mistakes:
            raise UsageError(mistakes)
        return (name for name in OF_ROW if name in held and self.options.wants(name))

    def close(self) -> None:
        """Let go of the engine and what it spilled."""
        self._held.close()

    def metadata(self) -> dict[str, str]:
        """What the output says of itself."""
        options = self.options
        said = {
            "schema": str(SCHEMA), "law_version": self.corpus.law_version, "world_version": self.corpus.world_version,
            "register": options.called or self.rows.source, "format": self.rows.format,
        }  # fmt: skip
        for name in ("law_on", "world_on"):
            if getattr(options, name) is not None:
                said[name] = str(getattr(options, name))
        if options.strict:
            said["strict"] = "true"
        if options.fixed:
            said["as_if"] = ", ".join(f"{name} = {shown(value)}" for name, value in sorted(options.fixed.items()))
        return {f"sekisho.{key}": value for key, value in said.items()}

    # ---- batch by batch ----------------------------------------------------------------------------------------------

    def batches(self) -> Iterator[pa.Table]:
        """The decided rows, batch by batch."""
        done = 0
        for decided in self._in_turn(self._opening.batches()):
            done += decided.rows.num_rows + len(decided.rejected)
            self.rejected += decided.rejected
            for name, counts in decided.verdicts.items():
                for verdict, count in counts.items():
                    self.verdicts[name][verdict] = self.verdicts[name].get(verdict, 0) + count
            yield decided.rows
            if self._progress is not None:
                self._progress(done, self.rows.rows)

    def _in_turn(self, batches: Iterator[Any]) -> Iterator[_Batch]:
        """Batches decided side by side where no engine decides them one by one, in the order of the register."""
        workers = self.options.threads or os.cpu_count() or 1 if self.options.engine == "columns" else 1
        pool = ThreadPoolExecutor(workers)
        waiting: deque[Future[_Batch]] = deque()
        try:
            for batch in batches:
                waiting.append(pool.submit(self._decided, batch))
                if len(waiting) > workers:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            pool.shutdown(cancel_futures=True)

    def _decided(self, batch: Any) -> _Batch:
        rows, rejected = self._opening.checked(batch)
        decided = self._deciding.decide(rows)
        files = rows["file"] if "file" in rows.column_names else None
        rejected += [
            (rows["row"][place].as_py(), (files[place].as_py() if files is not None else "") or "", reason)
            for place, reason in decided.rejected
        ]
        counts = {name: counted(told) for name, told in decided.told.items()}
        return _Batch(pa.table(self._written(decided.rows, decided.told)), rejected, counts)

    def _written(self, rows: pa.Table, every: Mapping[str, Told]) -> dict[str, pa.Array]:
        """The columns of the output."""
        columns = {ours: rows[name] for ours, name in self.columns.items()}
        wanted = [name for name in OF_REGIME if self.options.wants(name)]
        for regime, told in every.items():
            columns |= {f"{regime}.{name}": values for name, values in of_regime(told, wanted).items()}
        return columns | ({"verdict": strictest(every.values())} if "verdict" in wanted else {})

    def empty(self) -> pa.Table:
        """The output of a register without rows."""
        rows = self.rows.empty(tuple(dict.fromkeys(self.columns.values())))
        none = np.zeros(0, np.int64)
        told = Told([], none, [], none, pa.array([], pa.date32()))
        return pa.table(self._written(rows, dict.fromkeys(self.queries, told)))

    # ---- out ---------------------------------------------------------------------------------------------------------

    def write(self, out: Path) -> SweepResult:
        """Write the outcomes beside where they belong, and put them there when they are whole."""
        writer = WRITERS.get(out.suffix)
        if writer is None:
            raise UsageError(Mistake(f"'{out.name}' does not end in " + ", ".join(WRITERS) + ".", "Name the output so."))
        if any(_same_file(out, file) for file in (self.rows.source, *self.rows.files)):
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
        verdicts = {name: {str(v): counts[v] for v in STRICTEST if v in counts} for name, counts in self.verdicts.items()}
        return SweepResult(self.rows.total, decided, rejected, verdicts, str(out), str(rejects) if rejected else "", metadata)

    def _write_rejects(self, part: Path) -> int:
        rows = sorted(self.rows.torn() + self.rejected)
        if rows:
            with part.open("w", encoding="utf-8", newline="") as file:
                lines = csv.writer(file)
                lines.writerow(("row", "file", "reason"))
                lines.writerows(rows)
        return len(rows)


def _same_file(out: Path, file: str) -> bool:
    other = Path(file)
    return out.exists() and other.exists() and out.samefile(other)
