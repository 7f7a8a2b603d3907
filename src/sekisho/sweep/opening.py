"""The register of a sweep, opened the quickest way that it can be read, and read ahead.

One Parquet file whose columns are facts is read as it stands (`standing.py`): its first rows are read while the law is made
ready, and if they do not stand, or the register is of another kind, DuckDB opens it (`registers.py`).
"""

from __future__ import annotations

import contextlib
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import duckdb
import pyarrow as pa

from sekisho.corpus import Corpus
from sekisho.errors import Mistake, UsageError
from sekisho.sweep.options import Options
from sekisho.sweep.registers import open_register
from sekisho.sweep.rows import Queried, Rejected, Rows
from sekisho.sweep.sources import Connection, connected
from sekisho.sweep.standing import Batch, Standing, standing

AHEAD = 2
"""Batches that are read before they are asked for."""


class Opening:
    """An opened register. `rows` has what is known of it, `batches` its rows once `wanted` columns are asked for."""

    def __init__(self, source: Any, corpus: Corpus, options: Options, spill: str) -> None:
        self._source, self._corpus, self._options, self._spill = source, corpus, options, spill
        self._duckdb: Connection | None = None
        self._ahead: deque[Future[Batch | None]] = deque()
        with contextlib.ExitStack() as stack:
            stack.callback(self._let_go)
            self._reader = stack.enter_context(ThreadPoolExecutor(1))
            stack.callback(self._stop)
            if options.memory or options.threads:
                self._connect()
            self.rows: Rows = standing(source, corpus, options, self._connect) or self._queried()
            self._held = stack.pop_all()

    def close(self) -> None:
        """Let go of the file and of DuckDB."""
        self._held.close()

    def _let_go(self) -> None:
        if self._duckdb is not None:
            self._duckdb.close()

    def begin(self, wanted: Sequence[str], size: int) -> None:
        """Read the first rows, some `size` of them at a time, while something else is done."""
        self._wanted, self._size = wanted, size
        if isinstance(self.rows, Standing):
            self._batches = self.rows.batches(wanted, size)
            self._ahead.extend(self._reader.submit(self._next, self.rows) for _ in range(AHEAD))

    def _next(self, rows: Standing) -> Batch | None:
        batch = next(self._batches, None)
        return rows.looked_at(batch) if batch is not None else None

    def settle(self) -> None:
        """Wait for the first rows, and turn to DuckDB if they do not stand. Raises `RegisterError` for a damaged file."""
        if not self._ahead or not isinstance(self.rows, Standing):
            return
        first = self._ahead[0].result()
        if first is not None and not self.rows.stands(first):
            self._stop()
            self.rows = self._queried()

    def batches(self) -> Iterator[Any]:
        """The rows, batch by batch."""
        if not isinstance(self.rows, Standing):
            yield from self.rows.batches(self._wanted, self._size)
            return
        while (batch := self._ahead.popleft().result()) is not None:
            self._ahead.append(self._reader.submit(self._next, self.rows))
            yield batch

    def _stop(self) -> None:
        """Have no more rows read."""
        while self._ahead:
            waiting = self._ahead.popleft()
            if not waiting.cancel():
                waiting.exception()

    def checked(self, batch: Any) -> tuple[pa.Table, Rejected]:
        """The rows of a batch that can be decided, and the others."""
        return self.rows.checked(batch, self._wanted)

    def _queried(self) -> Queried:
        connection, options = self._connect(), self._options
        register = open_register(
            connection, self._source, self._corpus, format=options.format, mapping=options.mapping, world_on=options.world_on
        )
        connection.execute("SET threads = 1").fetchall()  # rows come in their order only where one thread reads them
        return Queried(connection, register)

    def _connect(self) -> Connection:
        """DuckDB, with the memory and threads that it may have."""
        if self._duckdb is None:
            self._duckdb = connected(temp_directory=self._spill)
            for name, value in (("memory_limit", self._options.memory), ("threads", self._options.threads)):
                if value:
                    self._set(self._duckdb, name, str(value))
        return self._duckdb

    @staticmethod
    def _set(connection: Connection, name: str, value: str) -> None:
        try:
            connection.execute(f"SET {name} = '{value.replace(chr(39), '')}'").fetchall()
        except duckdb.Error as flaw:
            raise UsageError(Mistake(f"'{value}' is no value for {name}.", "Write 4GB, for instance.")) from flaw
