"""The rows of an open register, batch by batch in the order of the source.

Where a row is decided on what its columns say as they stand in one Parquet file, the file is read without DuckDB between:
its words come by their places in the file's own dictionaries, and are never looked at row by row.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from sekisho.sweep.quoting import name, reading
from sekisho.sweep.registers import Register
from sekisho.sweep.sources import Connection

_ITEM = "item"
_WORDS = pa.dictionary(pa.int32(), pa.string())


def rows_of(connection: Connection, register: Register, wanted: Sequence[str], size: int) -> Iterator[pa.Table]:
    """Columns of the rows that can be decided, some `size` rows at a time. Raises `RegisterError` for a damaged file."""
    read = _as_they_stand if register.standing else _queried
    batches = read(connection, register, wanted, size)
    while True:
        with reading(register.source):
            batch = next(batches, None)
        if batch is None:
            return
        if batch.num_rows:
            yield batch


def _queried(connection: Connection, register: Register, wanted: Sequence[str], size: int) -> Iterator[pa.Table]:
    query = f"SELECT {', '.join(map(name, wanted))} FROM {name(register.relation)}"
    return (pa.Table.from_batches([batch]) for batch in connection.sql(query).to_arrow_reader(size))


# ---- a Parquet file whose columns are facts as they stand -----------------------------------------------------------------


def _as_they_stand(connection: Connection, register: Register, wanted: Sequence[str], size: int) -> Iterator[pa.Table]:
    headers = register.standing
    read = list(dict.fromkeys(headers[column] for column in (*wanted, _ITEM) if column in headers))
    (path,) = register.files
    nested = {field.name for field in pq.read_schema(path) if pa.types.is_nested(field.type)}
    words = [headers[column] for column in (*register.facts, _ITEM) if headers.get(column, "") not in {"", *nested}]
    rejects = connection.execute(f"SELECT row FROM {name(register.rejects)}").fetchnumpy()["row"]
    begin = 1
    with contextlib.closing(pq.ParquetFile(path, read_dictionary=words, pre_buffer=False)) as file:
        for rows in _gathered(file.iter_batches(size, columns=read), size):
            numbers = np.arange(begin, begin + rows.num_rows)
            table = pa.table([_column(column, rows, headers, numbers) for column in wanted], list(wanted))
            begin += rows.num_rows
            yield table.filter(pa.array(~np.isin(numbers, rejects))) if len(rejects) else table


def _gathered(batches: Iterable[pa.RecordBatch], size: int) -> Iterator[pa.Table]:
    """Batches, which end where a group of rows in the file does, put together to some `size` rows."""
    held: list[pa.RecordBatch] = []
    count = 0
    for batch in batches:
        held.append(batch)
        count += batch.num_rows
        if count >= size:
            yield _whole(held)
            held, count = [], 0
    if held:
        yield _whole(held)


def _whole(batches: Sequence[pa.RecordBatch]) -> pa.Table:
    return pa.Table.from_batches(batches).unify_dictionaries().combine_chunks()


def _column(column: str, rows: pa.Table, headers: Mapping[str, str], numbers: Any) -> Any:
    """A column of the register: as it stands, or of those that it has besides."""
    if column in headers:
        return _plain(rows[headers[column]])
    if column == "row":
        return pa.array(numbers)
    if column == "item_note" and _ITEM in headers:
        noted = pa.array(np.zeros(len(numbers), np.int32), mask=rows[headers[_ITEM]].is_null().to_numpy())
        return pa.DictionaryArray.from_arrays(noted, ["catalogue"])
    return pa.nulls(len(numbers), pa.string())


def _plain(values: pa.ChunkedArray) -> pa.ChunkedArray:
    """A column in the types of a register, whatever kind of text the file has."""
    kind = values.type
    if pa.types.is_dictionary(kind):
        return values if kind == _WORDS else pc.dictionary_encode(values.cast(pa.string()))
    if pa.types.is_list(kind) or pa.types.is_large_list(kind):
        return values.cast(pa.list_(pa.string()))
    return values.cast(pa.string()) if pa.types.is_large_string(kind) or pa.types.is_binary(kind) else values
