"""The rows of a register as they stand, in DuckDB: every data row numbered, every torn one kept with its reason.

    Parquet            stays where it is and is scanned when asked
    CSV, JSON Lines    are read once into a table of texts (`lines.py`): which lines are torn is known only at the end
    a relation         of DuckDB, Arrow, pandas or Polars is scanned where it lies

A row's number counts the data rows of the source from 1, torn ones included: header, preamble and blank lines are not
counted (in JSON Lines it is the number of the line). Several files are counted through in the order of their names.
"""

from __future__ import annotations

import glob
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import duckdb
import pyarrow as pa

from sekisho.errors import Mistake, RegisterError
from sekisho.sweep.quoting import name, reading, text, texts

Connection: TypeAlias = duckdb.DuckDBPyConnection
EngineError: TypeAlias = duckdb.Error
"""What DuckDB itself says where it cannot go on: memory or disk that is not there."""

ROW = "#row"
FILE = "#file"
PACKED = (".gz", ".zst")
ENDINGS = {
    ".parquet": "parquet", ".pq": "parquet", ".csv": "csv", ".tsv": "csv", ".txt": "csv",
    ".jsonl": "jsonl", ".ndjson": "jsonl", ".json": "jsonl",
}  # fmt: skip


def connected(**settings: str | int | None) -> Connection:
    """A DuckDB of our own, with those settings that are given. It draws no bar: standard output is for data."""
    connection = duckdb.connect(config={name: str(value) for name, value in settings.items() if value})
    connection.execute("SET enable_progress_bar = false")
    return connection


def load_tables(connection: Connection, tables: Mapping[str, pa.Table]) -> None:
    """Have tables at hand by name, as a query joins them."""
    for table, rows in tables.items():
        connection.register("~given", rows)
        connection.execute(f"CREATE OR REPLACE TEMP TABLE {name(table)} AS SELECT * FROM {name('~given')}")
        connection.unregister("~given")


@dataclass(frozen=True)
class Column:
    """One column of a source: its header, how a query names it, and its type in DuckDB."""

    header: str
    place: str
    type: str


@dataclass(frozen=True)
class Source:
    """A relation with `#row` (and `#file` where there are several files), and the torn rows apart.

    `torn` is a table (row BIGINT, file VARCHAR, reason VARCHAR); `total` counts the data rows, torn ones included.
    """

    label: str
    relation: str
    columns: tuple[Column, ...]
    torn: str
    total: int
    files: tuple[str, ...] = ()


def is_remote(path: str) -> bool:
    """Whether a path is a URL that DuckDB's own readers fetch."""
    return re.match(r"[a-z][a-z0-9+]*://", path) is not None


def is_plain(path: str) -> bool:
    """Whether a file lies on this machine and is not packed."""
    return not is_remote(path) and not path.lower().endswith(PACKED)


def kind_of(path: str) -> str:
    """`parquet`, `csv` or `jsonl` by the ending, packed or not; empty if none of them."""
    plain = path.lower().split("?")[0]
    for ending in PACKED:
        plain = plain.removesuffix(ending)
    return next((kind for ending, kind in ENDINGS.items() if plain.endswith(ending)), "")


def find_files(path: str) -> tuple[list[str], str]:
    """The files of a path, folder, glob or URL in the order of their names, and their kind. Raises `RegisterError`."""
    if is_remote(path) or Path(path).is_file():
        files = [path]
    elif Path(path).is_dir():
        files = sorted(str(entry) for entry in Path(path).rglob("*") if entry.is_file() and kind_of(entry.name))
        if not files:
            mend = "It should hold files that end in " + ", ".join(ENDINGS) + "."
            raise RegisterError(Mistake("the folder holds no register.", mend, path))
    else:
        # Path.glob needs its root apart from the pattern; glob takes the path as the user wrote it
        files = sorted(glob.glob(path, recursive=True)) if glob.has_magic(path) else []  # noqa: PTH207
        if not files:
            raise RegisterError(Mistake("there is no such file.", "Check the path.", path))
    kinds = {kind_of(file) for file in files}
    if kinds == {""}:
        raise RegisterError(Mistake("the ending does not say what it is.", "Use one of " + ", ".join(ENDINGS) + ".", path))
    if len(kinds) > 1:
        found = ", ".join(sorted(kind or "others" for kind in kinds))
        mend = "Name one kind, such as 'FOLDER/*.csv'."
        raise RegisterError(Mistake(f"it holds files of several kinds: {found}.", mend, path))
    for file in files:
        if not is_remote(file) and Path(file).stat().st_size == 0:
            raise RegisterError(Mistake("the file is empty.", "It should have a header at least.", file))
    return files, kinds.pop()


def refuse_twins(headers: Iterable[str], file: str) -> None:
    """Raises `RegisterError` where two columns have one name: capital and small letters are alike to DuckDB."""
    seen = Counter(header.casefold() for header in headers if header)
    twins = [header for header, times in seen.items() if times > 1]
    if twins:
        mend = "Rename or remove one of them."
        raise RegisterError([Mistake(f"two columns are called '{twin}'.", mend, file, field=twin) for twin in twins])


def one(connection: Connection, query: str) -> int:
    """The single number of a query."""
    found = connection.execute(query).fetchone()
    return int(found[0]) if found else 0


def columns_of(connection: Connection, relation: str) -> tuple[Column, ...]:
    """The columns of a relation, without those that number its rows."""
    rows = connection.execute(f"DESCRIBE {name(relation)}").fetchall()
    return tuple(Column(row[0], name(row[0]), str(row[1])) for row in rows if row[0] not in (ROW, FILE))


def clear(connection: Connection, relation: str) -> None:
    """Drop a relation of an earlier register: it may have been a table and now be a view."""
    query = "SELECT table_type FROM information_schema.tables WHERE table_name = ? AND table_catalog = 'temp'"
    for (kind,) in connection.execute(query, [relation]).fetchall():
        connection.execute(f"DROP {'VIEW' if kind == 'VIEW' else 'TABLE'} {name(relation)}")


def make_torn(connection: Connection, prefix: str) -> str:
    """An empty table for torn rows."""
    torn = f"{prefix}_torn"
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {name(torn)} (row BIGINT, file VARCHAR, reason VARCHAR)")
    return torn


def read_parquet(connection: Connection, path: str, files: Sequence[str], prefix: str) -> Source:
    """The source of Parquet files: nothing is read but their footers. Raises `RegisterError` for a truncated one."""
    raw, several = f"{prefix}_raw", len(files) > 1
    scan = f"read_parquet({texts(files)}, union_by_name = {str(several).lower()}, file_row_number = true"
    with reading(path, "Is it whole? A download or copy that broke off leaves such a file."):
        for file in files:
            refuse_twins(_top_names(connection, file), file)
        if several:
            connection.execute(
                f"CREATE OR REPLACE TEMP TABLE {name(f'{prefix}_files')} AS "
                "SELECT file_name AS file, (sum(num_rows) OVER (ORDER BY file_name) - num_rows)::BIGINT AS before "
                f"FROM parquet_file_metadata({texts(files)})"
            )
            select = (
                f"SELECT s.file_row_number + 1 + f.before AS {name(ROW)}, f.file AS {name(FILE)}, "
                f"s.* EXCLUDE (file_row_number, filename) FROM {scan}, filename = true) s "
                f"JOIN {name(f'{prefix}_files')} f ON f.file = s.filename"
            )
        else:
            select = f"SELECT file_row_number + 1 AS {name(ROW)}, * EXCLUDE (file_row_number) FROM {scan})"
        clear(connection, raw)
        connection.execute(f"CREATE TEMP VIEW {name(raw)} AS {select}")
        total = one(connection, f"SELECT coalesce(sum(num_rows), 0)::BIGINT FROM parquet_file_metadata({texts(files)})")
        return Source(path, raw, columns_of(connection, raw), make_torn(connection, prefix), total, tuple(files))


def _top_names(connection: Connection, file: str) -> list[str]:
    """The names of a Parquet file's columns as the file has them, before DuckDB renames twins."""
    rows = connection.execute(f"SELECT name, coalesce(num_children, 0) FROM parquet_schema({text(file)})").fetchall()
    names: list[str] = []
    place = 1
    while place < len(rows):
        names.append(str(rows[place][0]))
        pending = 1
        while pending:
            pending += int(rows[place][1]) - 1
            place += 1
    return names


def read_relation(connection: Connection, relation: Any, prefix: str) -> Source:
    """The source of a DuckDB relation, an Arrow table, or a pandas or Polars frame.

    A relation may be of any connection, so it is evaluated here, once.
    """
    raw, given, label = f"{prefix}_raw", f"{prefix}_given", type(relation).__name__
    with reading(label, "Give a DuckDB relation, an Arrow table, or a pandas or Polars frame."):
        table = relation.to_arrow_table() if isinstance(relation, duckdb.DuckDBPyRelation) else relation
        connection.register(given, table)
        clear(connection, raw)
        connection.execute(f"CREATE TEMP VIEW {name(raw)} AS SELECT row_number() OVER () AS {name(ROW)}, * FROM {name(given)}")
        total = one(connection, f"SELECT count(*) FROM {name(given)}")
        return Source(label, raw, columns_of(connection, raw), make_torn(connection, prefix), total)
