"""Files of a register into DuckDB: every data row numbered, and every torn one kept with its reason.

    Parquet            stays where it is, and is scanned when asked
    CSV, JSON Lines    are read once into a table of texts: a torn line is known only after the last one is read
    a relation         of DuckDB, Arrow, pandas or Polars, is scanned where it lies

A row's number counts the data rows of the source from 1: headers, preambles and blank lines are not counted, torn rows
are. Where there are several files they are counted through, in the order of their names.
"""

from __future__ import annotations

import codecs
import csv
import glob
import gzip
import io
import re
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import duckdb

from sekisho.errors import Mistake, RegisterError
from sekisho.sweep import formats
from sekisho.sweep.quoting import name, reading, text, texts

Connection: TypeAlias = duckdb.DuckDBPyConnection

ROW = "#row"
FILE = "#file"
_ENDINGS = {
    ".parquet": "parquet", ".pq": "parquet", ".csv": "csv", ".tsv": "csv", ".txt": "csv",
    ".jsonl": "jsonl", ".ndjson": "jsonl", ".json": "jsonl",
}  # fmt: skip
_PACKED = (".gz", ".zst")
_HEAD = 4 * 1024 * 1024
_DELIMITERS = ",;\t|"
_LONGEST_LINE = 8 * 1024 * 1024
_TORN = {
    "MISSING COLUMNS": "the line is torn: it has fewer cells than the header",
    "TOO MANY COLUMNS": "the line has more cells than the header",
    "UNQUOTED VALUE": "a quote is opened and not closed as it should be",
    "INVALID ENCODING": "the line is not UTF-8, as the rest of the file is",
    "LINE SIZE OVER MAXIMUM": "the line is longer than 8 MiB",
}


@dataclass(frozen=True)
class Column:
    """One column of a source: its header, how DuckDB names it in the relation, and its type there."""

    header: str
    place: str
    type: str


@dataclass(frozen=True)
class Source:
    """Data rows as they stand: a relation with `#row` (and `#file` where there are several), and the torn rows apart.

    `torn` is a table (row BIGINT, file VARCHAR, reason VARCHAR); `total` counts the data rows, torn ones included.
    """

    label: str
    relation: str
    columns: tuple[Column, ...]
    torn: str
    total: int
    files: tuple[str, ...]


def is_remote(path: str) -> bool:
    """Whether a path is a URL that DuckDB's own readers fetch."""
    return re.match(r"[a-z][a-z0-9+]*://", path) is not None


def kind_of(path: str) -> str:
    """`parquet`, `csv` or `jsonl` by the ending, packed or not; empty if none of them."""
    plain = path.lower()
    for ending in _PACKED:
        plain = plain.removesuffix(ending)
    return next((kind for ending, kind in _ENDINGS.items() if plain.endswith(ending)), "")


def find_files(path: str) -> tuple[list[str], str]:
    """The files of a path, folder, glob or URL in the order of their names, and their kind. Raises `RegisterError`."""
    if is_remote(path):
        files = [path]
    elif Path(path).is_dir():
        files = sorted(str(entry) for entry in Path(path).rglob("*") if entry.is_file() and kind_of(entry.name))
        if not files:
            mend = "It should hold files that end in " + ", ".join(_ENDINGS) + "."
            raise RegisterError(Mistake("the folder holds no register.", mend, path))
    elif Path(path).is_file():
        files = [path]
    else:
        files = sorted(glob.glob(path, recursive=True)) if glob.has_magic(path) else []
        if not files:
            raise RegisterError(Mistake("there is no such file.", "Check the path.", path))
    kinds = {kind_of(file) for file in files}
    if kinds == {""}:
        raise RegisterError(Mistake("the ending does not say what it is.", "Use one of " + ", ".join(_ENDINGS) + ".", path))
    if len(kinds) > 1:
        found = ", ".join(sorted(kind or "others" for kind in kinds))
        raise RegisterError(Mistake(f"it holds files of several kinds: {found}.", "Name one kind, such as 'FOLDER/*.csv'.", path))
    empty = [file for file in files if not is_remote(file) and Path(file).stat().st_size == 0]
    if empty:
        raise RegisterError(Mistake("the file is empty.", "It should have a header at least.", empty[0]))
    return files, kinds.pop()


def read(connection: Connection, path: str, prefix: str) -> Source:
    """The source at a path. Raises `RegisterError` for what cannot be read at all."""
    files, kind = find_files(path)
    torn = f"{prefix}_torn"
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {name(torn)} (row BIGINT, file VARCHAR, reason VARCHAR)")
    return {"parquet": _parquet, "csv": _csv, "jsonl": _jsonl}[kind](connection, path, files, prefix, torn)


def read_relation(connection: Connection, relation: Any, prefix: str) -> Source:
    """The source of a DuckDB relation of this connection, an Arrow table or reader, or a pandas or Polars frame."""
    raw, torn = f"{prefix}_raw", f"{prefix}_torn"
    label = type(relation).__name__
    with reading(label, "Give a relation of the same connection, an Arrow table, or a pandas or Polars frame."):
        if isinstance(relation, duckdb.DuckDBPyRelation):
            relation.create_view(f"{prefix}_given", replace=True)
        else:
            connection.register(f"{prefix}_given", relation)
        columns = _columns_of(connection, f"{prefix}_given")
        connection.execute(f"CREATE OR REPLACE TEMP TABLE {name(torn)} (row BIGINT, file VARCHAR, reason VARCHAR)")
        connection.execute(
            f"CREATE OR REPLACE TEMP VIEW {name(raw)} AS SELECT row_number() OVER () AS {name(ROW)}, * "
            f"FROM {name(f'{prefix}_given')}"
        )
        total = _one(connection, f"SELECT count(*) FROM {name(f'{prefix}_given')}")
    return Source(label, raw, columns, torn, total, ())


def _one(connection: Connection, query: str) -> int:
    found = connection.execute(query).fetchone()
    return int(found[0]) if found else 0


def _columns_of(connection: Connection, relation: str) -> tuple[Column, ...]:
    rows = connection.execute(f"DESCRIBE {name(relation)}").fetchall()
    return tuple(Column(row[0], name(row[0]), str(row[1])) for row in rows if row[0] not in (ROW, FILE))


# ---- Parquet ---------------------------------------------------------------------------------------------------------


def _parquet(connection: Connection, path: str, files: Sequence[str], prefix: str, torn: str) -> Source:
    raw, several = f"{prefix}_raw", len(files) > 1
    scan = f"read_parquet({texts(files)}, union_by_name = {'true' if several else 'false'}, file_row_number = true"
    with reading(path, "Is it whole? A download or copy that broke off leaves such a file."):
        for file in files:
            _refuse_twins(connection, file)
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
        connection.execute(f"CREATE OR REPLACE TEMP VIEW {name(raw)} AS {select}")
        columns = _columns_of(connection, raw)
        total = _one(connection, f"SELECT coalesce(sum(num_rows), 0)::BIGINT FROM parquet_file_metadata({texts(files)})")
    return Source(path, raw, columns, torn, total, tuple(files))


def _refuse_twins(connection: Connection, file: str) -> None:
    """Two columns of one name (small and capital letters are alike) would be renamed in silence: refuse them."""
    rows = connection.execute(f"SELECT name FROM parquet_schema({text(file)}) OFFSET 1").fetchall()
    nested = connection.execute(f"SELECT count(*) FROM parquet_schema({text(file)}) WHERE num_children > 0").fetchone()
    if nested is None or nested[0] <= 1:
        formats.refuse_twins([str(row[0]) for row in rows], file)


# ---- CSV -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Head:
    """What stands before the data of a CSV file: the cells of its header, the delimiter, and the lines to pass over."""

    header: tuple[str, ...]
    delimiter: str
    lines: int


def _csv(connection: Connection, path: str, files: Sequence[str], prefix: str, torn: str) -> Source:
    heads = [_head(connection, file) for file in files]
    headers = list(dict.fromkeys(cell for head in heads for cell in head.header))
    places = {header: f"c{number}" for number, header in enumerate(headers)}
    raw, total = f"{prefix}_raw", 0
    for number, (file, head) in enumerate(zip(files, heads, strict=True)):
        columns = [places[header] for header in head.header]
        with _readable(file) as (readable, mixed_lines):
            total += _load_csv(connection, file, readable, mixed_lines, head, columns, prefix, raw, torn, total, number == 0, len(files) > 1)
    found = {column.header for column in _columns_of(connection, raw)}
    columns_found = tuple(Column(header, name(place), "VARCHAR") for header, place in places.items() if place in found)
    return Source(path, raw, columns_found, torn, total, tuple(files))


def _load_csv(
    connection: Connection, file: str, readable: str, mixed: bool, head: _Head, columns: Sequence[str],
    prefix: str, raw: str, torn: str, before: int, first: bool, several: bool,
) -> int:  # fmt: skip
    rejects, scans, part = f"{prefix}_r", f"{prefix}_s", f"{prefix}_part"
    for table in (rejects, scans, part):
        connection.execute(f"DROP TABLE IF EXISTS {name(table)}")
    struct = "{" + ", ".join(f"{text(column)}: 'VARCHAR'" for column in columns) + "}"
    options = (
        f"delim = {text(head.delimiter)}, quote = '\"', escape = '\"', header = false, skip = {head.lines}, "
        f"auto_detect = false, columns = {struct}, max_line_size = {_LONGEST_LINE}, buffer_size = {4 * _LONGEST_LINE}, "
        f"store_rejects = true, rejects_table = {text(rejects)}, rejects_scan = {text(scans)}"
    )
    with reading(file):
        connection.execute(
            f"CREATE TEMP TABLE {name(part)} AS SELECT row_number() OVER () AS place, * "
            f"FROM read_csv({text(readable)}, {options})"
        )
        flaws = connection.execute(
            f"SELECT line, any_value(error_type ORDER BY column_idx), min(line_byte_position) "
            f"FROM {name(rejects)} GROUP BY line ORDER BY line"
        ).fetchall()
        blank = _blank_lines(readable, [flaw[2] for flaw in flaws]) if flaws else []
        numbers = [int(flaw[0]) - head.lines - gap for flaw, gap in zip(flaws, blank, strict=True)]
        good = _one(connection, f"SELECT count(*) FROM {name(part)}")
        if flaws:
            reasons = [_TORN.get(str(flaw[1]), f"the line cannot be read: {str(flaw[1]).lower()}") for flaw in flaws]
            connection.execute(
                f"INSERT INTO {name(torn)} SELECT unnest(?::BIGINT[]) + {before}, {text(file) if several else 'NULL'}, unnest(?::VARCHAR[])",
                [numbers, reasons],
            )
        source = _numbered(connection, part, numbers, before, file if several else "")
        if first:
            connection.execute(f"CREATE OR REPLACE TEMP TABLE {name(raw)} AS {source}")
        else:
            _widen(connection, raw, columns)
            connection.execute(f"INSERT INTO {name(raw)} BY NAME {source}")
        for table in (rejects, scans, part):
            connection.execute(f"DROP TABLE IF EXISTS {name(table)}")
    return good + len(numbers)


def _numbered(connection: Connection, part: str, torn: Sequence[int], before: int, file: str) -> str:
    """The rows of a part with their numbers: the places left free by the torn rows, in order."""
    extra = f"{text(file)} AS {name(FILE)}, " if file else ""
    if not torn:
        return f"SELECT place + {before} AS {name(ROW)}, {extra}* EXCLUDE (place) FROM {name(part)}"
    gaps = f"{part}_gaps"
    # the k-th torn row (from 0), of number n, stands before every good row from place n - k on
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE {name(gaps)} AS "
        "SELECT number - k AS place, max(k) + 1 AS shift FROM (SELECT unnest(?::BIGINT[]) AS number, unnest(?::BIGINT[]) AS k) "
        "GROUP BY ALL",
        [list(torn), list(range(len(torn)))],
    )
    return (
        f"SELECT p.place + {before} + coalesce(g.shift, 0) AS {name(ROW)}, {extra}p.* EXCLUDE (place) "
        f"FROM {name(part)} p ASOF LEFT JOIN {name(gaps)} g ON p.place >= g.place ORDER BY p.place"
    )


def _widen(connection: Connection, raw: str, columns: Sequence[str]) -> None:
    known = {column.header for column in _columns_of(connection, raw)}
    for column in columns:
        if column not in known:
            connection.execute(f"ALTER TABLE {name(raw)} ADD COLUMN {name(column)} VARCHAR")


def _first_bytes(connection: Connection, file: str) -> bytes:
    if is_remote(file) or file.lower().endswith(".zst"):
        with reading(file, "Check the address, and that DuckDB is set up for it."):
            query = f"SELECT line FROM {_lines(file)} LIMIT 60"
            return "\n".join(row[0] or "" for row in connection.execute(query).fetchall()).encode()
    try:
        if file.lower().endswith(".gz"):
            with gzip.open(file) as packed:
                return packed.read(_HEAD)
        with Path(file).open("rb") as plain:
            return plain.read(_HEAD)
    except (OSError, EOFError) as flaw:
        raise RegisterError(Mistake(f"cannot be read: {getattr(flaw, 'strerror', None) or flaw}.", "Check the file.", file)) from flaw


def _head(connection: Connection, file: str) -> _Head:
    content = _first_bytes(connection, file)
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise RegisterError(Mistake("the file is UTF-16.", "Save it in the encoding UTF-8.", file))
    if b"\0" in content[:4096]:
        raise RegisterError(Mistake("the file is not text.", "Check its ending.", file))
    try:
        words = content.decode("utf-8-sig", errors="strict" if len(content) < _HEAD else "ignore")
    except UnicodeDecodeError:
        words = content.decode("cp1252", errors="replace")
    lines = words.splitlines()
    start = next((number for number, line in enumerate(lines[:60]) if formats.known_header(_cells(line, _delimiter(line)))), None)
    if start is None:
        start = next((number for number, line in enumerate(lines) if line.strip()), None)
    if start is None:
        raise RegisterError(Mistake("the file is empty.", "It should have a header at least.", file))
    delimiter = _delimiter(lines[start])
    reader = csv.reader(io.StringIO("\n".join(lines[start : start + 40]) + "\n"), delimiter=delimiter)
    header = formats.named([cell.strip() for cell in next(reader)])
    formats.refuse_twins(header, file)
    return _Head(tuple(header), delimiter, start + reader.line_num)


def _cells(line: str, delimiter: str) -> list[str]:
    return [cell.strip() for cell in next(csv.reader([line], delimiter=delimiter), [])]


def _delimiter(line: str) -> str:
    return max(_DELIMITERS, key=line.count)


@contextmanager
def _readable(file: str) -> Iterator[tuple[str, bool]]:
    """The file as DuckDB can read it: itself, or for as long as needed a copy in UTF-8 with one kind of line end.

    A file with bytes that are no UTF-8 and no letter that is UTF-8 alone is Windows' Western encoding (of which Latin-1's
    letters are a part). One that has both is mixed: it is left as it is, and its odd lines are torn.
    """
    if is_remote(file) or file.lower().endswith(_PACKED):
        yield file, False
        return
    foreign, utf8, ends = _survey(Path(file))
    western = foreign and not utf8
    if not western and len(ends) <= 1:
        yield file, bool(foreign)
        return
    with tempfile.TemporaryDirectory(prefix="sekisho-") as folder:
        copy = Path(folder) / "register.csv"
        with Path(file).open("rb") as source, copy.open("wb") as target:
            for line in source:
                plain = line.replace(b"\r\n", b"\n")
                target.write(_western(plain) if western else plain)
        yield str(copy), bool(foreign and utf8)


def _western(line: bytes) -> bytes:
    try:
        return line.decode("cp1252").encode()
    except UnicodeDecodeError:
        return line.decode("latin-1").encode()


def _survey(path: Path) -> tuple[int, int, set[bytes]]:
    """Lines that are not UTF-8, lines that are UTF-8 beyond ASCII, and the line ends in use."""
    foreign = utf8 = 0
    ends: set[bytes] = set()
    with path.open("rb") as source:
        for line in source:
            ends.add(b"\r\n" if line.endswith(b"\r\n") else b"\n" if line.endswith(b"\n") else b"")
            if line.isascii():
                continue
            try:
                line.decode()
                utf8 += 1
            except UnicodeDecodeError:
                foreign += 1
    return foreign, utf8, ends - {b""}


def _blank_lines(file: str, positions: Sequence[int]) -> list[int]:
    """How many blank lines, which are no data rows, stand before each of some places (bytes, ascending) of a file."""
    if is_remote(file) or file.lower().endswith(_PACKED):
        return [0] * len(positions)
    gaps: list[int] = []
    place = blank = quotes = 0
    with Path(file).open("rb") as source:
        for line in source:
            while len(gaps) < len(positions) and positions[len(gaps)] <= place:
                gaps.append(blank)
                quotes = 0
            if quotes % 2 == 0 and not line.strip(b"\r\n"):
                blank += 1
            quotes += line.count(b'"')
            place += len(line)
    return gaps + [blank] * (len(positions) - len(gaps))


# ---- JSON Lines ------------------------------------------------------------------------------------------------------


def _lines(file: str, rejects: str = "") -> str:
    extra = f", store_rejects = true, rejects_table = {text(rejects)}, rejects_scan = {text(rejects + '_scan')}" if rejects else ""
    return (
        f"read_csv({text(file)}, delim = '\x01', quote = '', escape = '', header = false, auto_detect = false, "
        f"max_line_size = {_LONGEST_LINE}, buffer_size = {4 * _LONGEST_LINE}, columns = {{'line': 'VARCHAR'}}{extra})"
    )


def _jsonl(connection: Connection, path: str, files: Sequence[str], prefix: str, torn: str) -> Source:
    raw, lines = f"{prefix}_raw", f"{prefix}_lines"
    for file in files:
        if _first_bytes(connection, file).lstrip()[:1] == b"[":
            raise RegisterError(Mistake("the file is one JSON list.", "Write one object a line (JSON Lines).", file))
    with reading(path):
        connection.execute(f"CREATE OR REPLACE TEMP TABLE {name(lines)} ({name(ROW)} BIGINT, {name(FILE)} VARCHAR, line VARCHAR)")
        total = 0
        for file in files:
            rejects = f"{prefix}_r"
            for table in (rejects, f"{rejects}_scan"):
                connection.execute(f"DROP TABLE IF EXISTS {name(table)}")
            # a line that is no UTF-8 cannot be kept as text: its place is taken from the table of rejects
            connection.execute(
                f"INSERT INTO {name(lines)} SELECT {total} + row_number() OVER (), {text(file)}, line "
                f"FROM {_lines(file, rejects)} WHERE line IS NOT NULL AND trim(line) <> ''"
            )
            good = _one(connection, f"SELECT count(*) FROM {name(lines)} WHERE {name(ROW)} > {total}")
            flaws = connection.execute(f"SELECT DISTINCT line, error_type FROM {name(rejects)} ORDER BY line").fetchall()
            numbers = [int(flaw[0]) for flaw in flaws]
            if flaws:
                _shift(connection, lines, total, numbers)
                connection.execute(
                    f"INSERT INTO {name(torn)} SELECT unnest(?::BIGINT[]) + {total}, {text(file)}, unnest(?::VARCHAR[])",
                    [numbers, [_TORN.get(str(flaw[1]), "the line cannot be read") for flaw in flaws]],
                )
            total += good + len(flaws)
        broken = "NOT json_valid(line) OR json_type(line) <> 'OBJECT'"
        connection.execute(
            f"INSERT INTO {name(torn)} SELECT {name(ROW)}, {name(FILE)}, 'the line is torn: it is no JSON object' "
            f"FROM {name(lines)} WHERE {broken}"
        )
        connection.execute(f"DELETE FROM {name(lines)} WHERE {broken}")
        keys = _keys(connection, lines)
        formats.refuse_twins([header for header, _ in keys], path)
        wanted = ", ".join(f"f[{number}] AS {name(f'c{number}')}" for number in range(1, len(keys) + 1))
        found = f"json_extract_string(line, {texts(pointer for _, pointer in keys)})" if keys else "[]::VARCHAR[]"
        several = name(FILE) + ", " if len(files) > 1 else ""
        connection.execute(
            f"CREATE OR REPLACE TEMP TABLE {name(raw)} AS SELECT {name(ROW)}{', ' + several.rstrip(', ') if several else ''}"
            f"{', ' + wanted if wanted else ''} FROM (SELECT *, {found} AS f FROM {name(lines)})"
        )
        connection.execute(f"DROP TABLE {name(lines)}")
    columns = tuple(Column(header, name(f"c{number}"), "VARCHAR") for number, (header, _) in enumerate(keys, 1))
    return Source(path, raw, columns, torn, total, tuple(files))


def _shift(connection: Connection, lines: str, before: int, torn: Sequence[int]) -> None:
    """Makes room, among lines already numbered, for those that could not be kept."""
    for number in torn:
        connection.execute(f"UPDATE {name(lines)} SET {name(ROW)} = {name(ROW)} + 1 WHERE {name(ROW)} >= {before + number}")


def _keys(connection: Connection, lines: str) -> list[tuple[str, str]]:
    """The keys of all objects, nested ones with dots, and the pointer of each."""
    flat = connection.execute(
        "SELECT DISTINCT k, json_type(line, '$.' || '\"' || k || '\"') = 'OBJECT' "
        f"FROM (SELECT line, unnest(json_keys(line)) AS k FROM {name(lines)}) ORDER BY ALL"
    ).fetchall()
    keys: list[tuple[str, str]] = []
    for key, nested in flat:
        if '"' in key:
            raise RegisterError(Mistake(f"the key {key} has a quote in it.", "Rename it."))
        if not nested:
            keys.append((key, f'$."{key}"'))
            continue
        inner = connection.execute(
            f"SELECT DISTINCT unnest(json_keys(line, '$.\"' || ? || '\"')) FROM {name(lines)} "
            "WHERE json_type(line, '$.\"' || ? || '\"') = 'OBJECT' ORDER BY ALL",
            [key, key],
        ).fetchall()
        keys += [(f"{key}.{part}", f'$."{key}"."{part}"') for (part,) in inner]
    return list(dict.fromkeys(keys))
