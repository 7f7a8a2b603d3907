"""A register that stands in one Parquet file: its columns are facts, and are read without DuckDB between.

Words come by their places in the file's own dictionaries, so that each is looked at once a batch and not once a row. A row
that may not stand (a word that means another, or none; a day that is none; a state before its time; a fact against the
catalogue) is found by `suspects.py` and not judged here: such rows are opened as a small register of their own
(`registers.py`), which gives them back as they are to be read, or rejected with their reasons.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from sekisho.corpus import Corpus
from sekisho.sweep.frame import Numbers, flat
from sekisho.sweep.mapping import Bindings, bind, carried_name, format_of
from sekisho.sweep.options import Options
from sekisho.sweep.quoting import name, reading
from sekisho.sweep.registers import TYPES, open_register
from sekisho.sweep.rows import Rejected
from sekisho.sweep.sources import Column, Connection, Source, find_files, is_plain, refuse_twins
from sekisho.sweep.suspects import DAYS, ITEM, Suspects
from sekisho.sweep.writing import plain

MANY = 1 / 16
"""The share of suspects among its first rows from which a file is opened by DuckDB, as it does not stand."""
_KEY = "key"
_ROLES: Mapping[str, str] = {_KEY: "VARCHAR", ITEM: "VARCHAR", **dict.fromkeys(("date", *DAYS), "DATE")}
_WORDS, _LISTS = pa.dictionary(pa.int32(), pa.string()), pa.list_(pa.string())
_KINDS: Mapping[pa.DataType, str] = {pa.bool_(): "BOOLEAN", pa.date32(): "DATE", pa.float64(): "DOUBLE"}


class Batch(msgspec.Struct, frozen=True):
    """Rows as a file has them, and the places of the suspects among them, where they have been looked for."""

    rows: pa.Table
    suspects: Numbers | None = None


class Standing:
    """A Parquet file whose columns are facts as they stand; its rows are looked at as they come."""

    def __init__(
        self, source: Source, bindings: Bindings, corpus: Corpus, options: Options, connect: Callable[[], Connection]
    ) -> None:
        self.source, self.files, self.format = source.label, source.files, "own"
        self.total = self.rows = source.total
        self._corpus, self._world_on, self._connect, self._one_by_one = corpus, options.world_on, connect, threading.Lock()
        self._headers = {role: column.header for role, column in bindings.columns.items()}
        facts = corpus.vocabulary.facts
        self.facts = tuple(fact for fact in facts if fact in self._headers)
        self.spoken: Mapping[str, str] = {ITEM: carried_name(self._headers[ITEM])} if ITEM in self._headers else {}
        self.names = ("row", _KEY, *DAYS, *self.facts, ITEM, "item_note", "party_note")
        words = (*(fact for fact in self.facts if facts[fact].type in ("text", "state")), ITEM)
        self._words = [self._headers[role] for role in words if role in self._headers]
        self._suspects = Suspects(corpus, tuple(self._headers), options.world_on)

    def torn(self) -> Rejected:
        """None: a file of this kind is whole or cannot be read."""
        return []

    def batches(self, wanted: Sequence[str], size: int) -> Generator[Batch]:
        """The rows, some `size` at a time. Raises `RegisterError` for a damaged file."""
        read = list(dict.fromkeys(self._headers.values()))
        begin = 1
        with reading(self.source):
            file = pq.ParquetFile(self.files[0], read_dictionary=self._words, pre_buffer=False)
        with file:
            tables = _gathered(file.iter_batches(size, columns=read), size)
            while True:
                with reading(self.source):
                    rows = next(tables, None)
                if rows is None:
                    return
                yield Batch(self._typed(rows, begin))
                begin += rows.num_rows

    def _typed(self, rows: pa.Table, begin: int) -> pa.Table:
        """The columns of a register, by their names."""
        columns = {"row": pa.array(np.arange(begin, begin + rows.num_rows))}
        for role, header in self._headers.items():
            columns |= dict.fromkeys(DAYS if role == "date" else (role,), flat(_as_register(rows[header])))
        columns |= {own: columns[role] for role, own in self.spoken.items()}
        for column in (_KEY, ITEM):
            columns.setdefault(column, pa.nulls(rows.num_rows, pa.string()))
        return pa.table(columns)

    def empty(self, wanted: Sequence[str]) -> pa.Table:
        """Columns of no rows."""
        with reading(self.source):
            rows = pq.read_schema(self.files[0]).empty_table()
        return _with_notes(self._typed(rows, 1)).select(wanted)

    # ---- rows that stand, and others ---------------------------------------------------------------------------------

    def looked_at(self, batch: Batch) -> Batch:
        """A batch with its suspects."""
        return batch if batch.suspects is not None else Batch(batch.rows, self._suspects.among(batch.rows))

    def stands(self, batch: Batch) -> bool:
        """Whether most rows of a batch stand."""
        suspects = self.looked_at(batch).suspects
        return suspects is not None and len(suspects) <= MANY * batch.rows.num_rows

    def checked(self, batch: Batch, wanted: Sequence[str]) -> tuple[pa.Table, Rejected]:
        """Columns of those rows of a batch that can be decided, as a register has them, and the others."""
        rows, suspects = batch.rows, self.looked_at(batch).suspects
        if suspects is None or not len(suspects):
            return _with_notes(rows).select(wanted), []
        apart, rejected = self._opened(rows.take(pa.array(suspects)), wanted)
        left = np.ones(rows.num_rows, bool)
        left[suspects] = False
        good = plain(_with_notes(rows.filter(pa.array(left))).select(wanted))
        both = pa.concat_tables([good, apart.cast(good.schema)]).combine_chunks().sort_by("row")
        texts = [column for column in wanted if pa.types.is_string(both[column].type) and column != _KEY]
        for column in texts:  # a dictionary without the words of the rows that are gone
            both = both.set_column(both.column_names.index(column), column, pc.dictionary_encode(both[column]))
        return both, rejected

    def _opened(self, rows: pa.Table, wanted: Sequence[str]) -> tuple[pa.Table, Rejected]:
        """Rows opened as a register of their own: as what they are to be read, and those that are rejected."""
        numbers = rows["row"].to_numpy()
        roles = {role: rows[DAYS[0] if role == "date" else role] for role in self._headers}
        with self._one_by_one, reading(self.source):
            connection = self._connect()
            small = open_register(
                connection, pa.table(roles), self._corpus, format="own", prefix="apart", world_on=self._world_on
            )
            called = {own: small.spoken[role] for role, own in self.spoken.items()}
            columns = ", ".join(f"{name(called.get(column, column))} AS {name(column)}" for column in wanted)
            told = connection.execute(f"SELECT row, reason FROM {name(small.rejects)}").fetchall()
            found = connection.sql(f"SELECT {columns} FROM {name(small.relation)} ORDER BY row").to_arrow_table()
        own = numbers.take(found["row"].to_numpy() - 1)
        found = found.set_column(found.column_names.index("row"), "row", pa.array(own))
        return found, [(int(numbers[row - 1]), "", str(reason)) for row, reason in told]


def standing(source: Any, corpus: Corpus, options: Options, connect: Callable[[], Connection]) -> Standing | None:
    """The register of a path, if it stands in one Parquet file; `connect` gives a DuckDB for rows that do not.

    Raises `RegisterError` for one that cannot be bound.
    """
    if not isinstance(source, str | Path):
        return None
    files, kind = find_files(str(source))
    if kind != "parquet" or len(files) > 1 or not is_plain(files[0]) or "=" in files[0]:  # the path may tell columns too
        return None
    try:
        metadata = pq.read_metadata(files[0])
        fields = metadata.schema.to_arrow_schema()
    except (pa.ArrowException, OSError):
        return None  # DuckDB says what is wrong with it
    refuse_twins(fields.names, files[0])
    kinds = _kinds(metadata.schema, fields)
    columns = tuple(Column(field.name, name(field.name), kind) for field, kind in zip(fields, kinds, strict=True))
    read = Source(str(source), "", columns, "", metadata.num_rows, tuple(files))
    if format_of(read, options.format) is not None:
        return None
    bindings, facts = bind(read, corpus, None, options.mapping), corpus.vocabulary.facts
    made = bindings.constants or bindings.values or bindings.register
    wanted = {role: TYPES[facts[role].type] if role in facts else _ROLES.get(role) for role in bindings.columns}
    if made or any(column.type != wanted[role] for role, column in bindings.columns.items()):
        return None
    return Standing(read, bindings, corpus, options, connect)


def _kinds(schema: pq.ParquetSchema, fields: pa.Schema) -> Iterator[str]:
    """The type that DuckDB gives each column; nothing for one that no fact is read from as it stands."""
    leaf = 0
    for field in fields:
        kind, count = field.type, _leaves(field.type)
        text = count == 1 and schema.column(leaf).logical_type.type == "STRING"
        if pa.types.is_list(kind) or pa.types.is_large_list(kind):
            yield "VARCHAR[]" if text and _is_text(kind.value_type) else ""
        else:
            yield "VARCHAR" if text and _is_text(kind) else _KINDS.get(kind, "")
        leaf += count


def _is_text(kind: pa.DataType) -> bool:
    kind = kind.value_type if pa.types.is_dictionary(kind) else kind
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind))


def _leaves(kind: pa.DataType) -> int:
    """How many columns of a Parquet file hold one of Arrow."""
    if pa.types.is_nested(kind):
        return sum(_leaves(kind.field(place).type) for place in range(kind.num_fields))
    return 1


# ---- rows as the file has them ---------------------------------------------------------------------------------------


def _gathered(batches: Iterable[pa.RecordBatch], size: int) -> Iterator[pa.Table]:
    """Batches, which end where a group of rows in the file does, put together to some `size` rows."""
    held: list[pa.RecordBatch] = []
    count = 0
    for batch in batches:
        held.append(batch)
        count += batch.num_rows
        if count >= size:
            yield pa.Table.from_batches(held).unify_dictionaries()
            held, count = [], 0
    if held:
        yield pa.Table.from_batches(held).unify_dictionaries()


def _as_register(values: pa.ChunkedArray) -> pa.ChunkedArray:
    """A column in the types of a register, whatever kind of text the file has."""
    kind = values.type
    if pa.types.is_dictionary(kind):
        return values if kind == _WORDS else pc.dictionary_encode(values.cast(pa.string()))
    if pa.types.is_list(kind) or pa.types.is_large_list(kind):
        return values if kind == _LISTS else values.cast(_LISTS)
    return values.cast(pa.string()) if _is_text(kind) else values


def _with_notes(rows: pa.Table) -> pa.Table:
    """Rows with the columns that a register has besides."""
    unstated = rows[ITEM].is_null().to_numpy()
    note = pa.DictionaryArray.from_arrays(pa.array(np.zeros(rows.num_rows, np.int32), mask=unstated), ["catalogue"])
    return rows.append_column("item_note", note).append_column("party_note", pa.nulls(rows.num_rows, pa.string()))
