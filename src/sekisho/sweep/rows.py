"""The rows of an open register, batch by batch in the order of the source."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Protocol, TypeAlias

import pyarrow as pa
import pyarrow.compute as pc

from sekisho.sweep.frame import flat
from sekisho.sweep.quoting import name, reading
from sekisho.sweep.registers import Register
from sekisho.sweep.sources import Connection

Rejected: TypeAlias = list[tuple[int, str, str]]
"""Rows that cannot be decided: the number, the file where there are several, and the reason."""


class Rows(Protocol):
    """What a sweep reads.

    `total` counts its rows, `rows` those that come in batches; `names` are the columns it has, `facts` those of them that
    are facts; `spoken` has the columns with its own words for items, where it has others than the facts have (`Register`);
    `source` is what it is called.
    """

    source: str
    files: tuple[str, ...]
    format: str
    total: int
    rows: int
    facts: tuple[str, ...]
    names: tuple[str, ...]
    spoken: Mapping[str, str]

    def batches(self, wanted: Sequence[str], size: int) -> Iterator[Any]:
        """The rows, some `size` at a time. Raises `RegisterError` for a damaged file."""

    def checked(self, batch: Any, wanted: Sequence[str]) -> tuple[pa.Table, Rejected]:
        """Columns of those rows of a batch that can be decided, and the others."""

    def empty(self, wanted: Sequence[str]) -> pa.Table:
        """Columns of no rows."""

    def torn(self) -> Rejected:
        """The rows that were rejected before any batch came."""


class Queried:
    """The rows of a register that DuckDB has opened."""

    def __init__(self, connection: Connection, register: Register) -> None:
        self._connection, self._register = connection, register
        self.source, self.files, self.format = register.source, register.files, register.format
        self.total, self.rows, self.facts, self.spoken = register.total, register.rows, register.facts, register.spoken
        with reading(self.source):
            found = connection.execute(f"DESCRIBE {name(register.relation)}").fetchall()
        self.names = tuple(str(row[0]) for row in found)

    def batches(self, wanted: Sequence[str], size: int) -> Iterator[pa.Table]:
        """The rows, some `size` at a time. Raises `RegisterError` for a damaged file."""
        with reading(self.source):
            batches = iter(self._query(wanted).to_arrow_reader(size))
        while True:
            with reading(self.source):
                batch = next(batches, None)
            if batch is None:
                return
            if batch.num_rows:
                yield pa.Table.from_batches([batch])

    def checked(self, batch: pa.Table, wanted: Sequence[str]) -> tuple[pa.Table, Rejected]:
        """All rows of a batch, in the order of the source: a join may be turned round where there are few."""
        steps = pc.min(pc.pairwise_diff(flat(batch["row"]))).as_py()
        return batch if steps is None or steps > 0 else batch.sort_by("row"), []

    def empty(self, wanted: Sequence[str]) -> pa.Table:
        """Columns of no rows."""
        with reading(self.source):
            found: pa.Table = self._query(wanted).limit(0).to_arrow_table()
        return found

    def torn(self) -> Rejected:
        """The rows that were rejected when the register was opened."""
        query = f"SELECT row, coalesce(file, ''), reason FROM {name(self._register.rejects)}"
        return [
            (int(row) if row is not None else 0, str(file), str(reason))
            for row, file, reason in self._connection.execute(query).fetchall()
        ]

    def _query(self, wanted: Sequence[str]) -> Any:
        return self._connection.sql(f"SELECT {', '.join(map(name, wanted))} FROM {name(self._register.relation)}")
