"""Outcomes written batch by batch: Parquet, CSV or JSON Lines, by the ending of the file."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv
import pyarrow.parquet as pq

_SINGLE = ("row", "key")
"""Columns whose values seldom occur twice."""
_SOUGHT = (*_SINGLE, "date_from", "date_to")
"""Columns by which a reader may pass over a part of a file; the others are alike in all parts."""


def _parquet(path: Path, batches: Iterator[pa.Table], empty: pa.Table, metadata: Mapping[str, str]) -> int:
    count = 0
    writer: pq.ParquetWriter | None = None
    try:
        for table in batches:
            writer = writer or _parquet_writer(path, table.schema)
            writer.write_table(table)
            count += table.num_rows
        if writer is None:
            writer = _parquet_writer(path, empty.schema)
        writer.add_key_value_metadata(dict(metadata))
    finally:
        if writer is not None:
            writer.close()
    return count


def _parquet_writer(path: Path, schema: pa.Schema) -> pq.ParquetWriter:
    """Texts are handed over by their codes and stand in the file as texts; a dictionary of numbers of rows is no use."""
    leaves = [f"{field.name}.list.element" if pa.types.is_list(field.type) else field.name for field in schema]
    return pq.ParquetWriter(
        path, schema, compression="snappy", store_schema=False, write_statistics=[*_SOUGHT],
        use_dictionary=[leaf for leaf in leaves if leaf not in _SINGLE], column_encoding={"row": "DELTA_BINARY_PACKED"},
    )  # fmt: skip


def _csv(path: Path, batches: Iterator[pa.Table], empty: pa.Table, metadata: Mapping[str, str]) -> int:
    count, writer = 0, None
    with path.open("wb") as file:
        for table in batches:
            flat = joined(table)
            writer = writer or pacsv.CSVWriter(file, flat.schema)
            writer.write_table(flat)
            count += table.num_rows
        if writer is None:
            writer = pacsv.CSVWriter(file, joined(empty).schema)
        writer.close()
    return count


def plain(table: pa.Table) -> pa.Table:
    """The same table with its texts in full, where they were codes."""
    columns = []
    for column in table.columns:
        if pa.types.is_dictionary(column.type):
            column = column.cast(column.type.value_type)
        elif pa.types.is_list(column.type) and pa.types.is_dictionary(column.type.value_type):
            column = column.cast(pa.list_(column.type.value_type.value_type))
        columns.append(column)
    return pa.table(dict(zip(table.column_names, columns, strict=True)))


def joined(table: pa.Table) -> pa.Table:
    """The same table as a CSV has it: lists as text, joined by semicolons."""
    table = plain(table)
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


WRITERS: Mapping[str, Callable[[Path, Iterator[pa.Table], pa.Table, Mapping[str, str]], int]] = {
    ".parquet": _parquet,
    ".csv": _csv,
    ".jsonl": _jsonl,
}
"""What writes a file of an ending: its path, the batches, the columns of no rows, and what the file says of itself."""
