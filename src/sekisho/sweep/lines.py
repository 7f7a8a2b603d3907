"""CSV and JSON Lines into a table of texts: encodings, preambles, torn lines.

The bytes decide the encoding. A file that is UTF-8 is read as it is. One with bytes that are not, and no letter that is
UTF-8 alone, is taken as Windows' Western encoding, of which the letters of Latin-1 are a part. One that has both is
mixed: it is read as UTF-8, and its odd lines are torn.
"""

from __future__ import annotations

import codecs
import csv
import gzip
import io
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sekisho.errors import Mistake, RegisterError
from sekisho.sweep.quoting import name, reading, text, texts
from sekisho.sweep.sources import (
    FILE,
    ROW,
    Column,
    Connection,
    Source,
    clear,
    columns_of,
    is_plain,
    is_remote,
    make_torn,
    one,
    refuse_twins,
)

_HEAD = 4 * 1024 * 1024
_PREAMBLE = 60
"""Lines in which the header of a known format is looked for."""
_DELIMITERS = ",;\t|"
_CHUNK = 1024 * 1024
_LONGEST_LINE = 8 * 1024 * 1024
_NO_DELIMITER = "\x01"
_TORN = {
    "MISSING COLUMNS": "the line is torn: it has fewer cells than the header",
    "TOO MANY COLUMNS": "the line has more cells than the header",
    "UNQUOTED VALUE": "a quote is opened and not closed as it should be",
    "INVALID ENCODING": "the line is not UTF-8, as the rest of the file is",
    "LINE SIZE OVER MAXIMUM": "the line is longer than 8 MiB",
}

Known = Callable[[Sequence[str]], list[str] | None]
"""Given the cells of a line, the names of its columns if the line is the header of a known format."""


@dataclass(frozen=True)
class _Shape:
    """How the lines of one file are cut: the places of its columns, the delimiter, and the lines before the data."""

    places: tuple[str, ...]
    delimiter: str = _NO_DELIMITER
    skip: int = 0

    def options(self) -> str:
        quote = '"' if self.delimiter != _NO_DELIMITER else ""
        struct = "{" + ", ".join(f"{text(place)}: 'VARCHAR'" for place in self.places) + "}"
        return (
            f"delim = {text(self.delimiter)}, quote = {text(quote)}, escape = {text(quote)}, header = false, "
            f"skip = {self.skip}, auto_detect = false, columns = {struct}, max_line_size = {_LONGEST_LINE}, "
            f"buffer_size = {4 * _LONGEST_LINE}"
        )


@dataclass(frozen=True)
class _Header:
    cells: tuple[str, ...]
    delimiter: str
    skip: int


def read_csv(connection: Connection, path: str, files: Sequence[str], prefix: str, known: Known) -> Source:
    """The source of CSV files; columns of one name in several files are one. Raises `RegisterError`."""
    headers = [_header(connection, file, known) for file in files]
    places = {cell: f"c{number}" for number, cell in enumerate(dict.fromkeys(c for h in headers for c in h.cells))}
    table = _Loader(connection, prefix, len(files) > 1)
    for file, header in zip(files, headers, strict=True):
        table.load(file, _Shape(tuple(places[cell] for cell in header.cells), header.delimiter, header.skip))
    columns = tuple(Column(cell, name(place), "VARCHAR") for cell, place in places.items())
    return Source(path, table.raw, columns, table.torn, table.total, tuple(files))


def read_jsonl(connection: Connection, path: str, files: Sequence[str], prefix: str) -> Source:
    """The source of JSON Lines files; nested objects become dotted columns. Raises `RegisterError`."""
    table = _Loader(connection, prefix, several=True)
    for file in files:
        if _first_bytes(connection, file).lstrip()[:1] == b"[":
            raise RegisterError(Mistake("the file is one JSON list.", "Write one object a line (JSON Lines).", file))
        table.load(file, _Shape(("line",)))
    raw, lines = name(table.raw), name(f"{prefix}_lines")
    with reading(path):
        connection.execute(f"CREATE OR REPLACE TEMP TABLE {lines} AS SELECT * FROM {raw} WHERE trim(line, ' \t\r') <> ''")
        total = one(connection, f"SELECT (SELECT count(*) FROM {lines}) + (SELECT count(*) FROM {name(table.torn)})")
        broken = "CASE WHEN json_valid(line) THEN json_type(line) <> 'OBJECT' ELSE true END"
        connection.execute(
            f"INSERT INTO {name(table.torn)} SELECT {name(ROW)}, {name(FILE)}, 'the line is torn: it is no JSON object' "
            f"FROM {lines} WHERE {broken}"
        )
        connection.execute(f"DELETE FROM {lines} WHERE {broken}")
        keys = _keys(connection, lines, path)
        cells = ", ".join(f"found[{number}] AS c{number}" for number in range(1, len(keys) + 1))
        found = f"json_extract_string(line, {texts(pointer for _, pointer in keys)})" if keys else "NULL"
        connection.execute(
            f"CREATE OR REPLACE TEMP TABLE {raw} AS SELECT {', '.join(filter(None, (name(ROW), name(FILE), cells)))} "
            f"FROM (SELECT *, {found} AS found FROM {lines})"
        )
        connection.execute(f"DROP TABLE {lines}")
    columns = tuple(Column(key, f"c{number}", "VARCHAR") for number, (key, _) in enumerate(keys, 1))
    return Source(path, table.raw, columns, table.torn, total, tuple(files))


def _keys(connection: Connection, lines: str, path: str) -> list[tuple[str, str]]:
    """The keys of all objects, nested ones with a dot, and the pointer to each."""
    found = connection.execute(
        "SELECT key, bool_or(type = 'OBJECT'), bool_or(type NOT IN ('OBJECT', 'NULL')) FROM "
        "(SELECT key, json_type(line, '$.\"' || key || '\"') AS type "
        f"FROM (SELECT line, unnest(json_keys(line)) AS key FROM {lines}) WHERE NOT contains(key, '\"')) "
        "GROUP BY key ORDER BY key"
    ).fetchall()
    keys: list[tuple[str, str]] = []
    for key, nested, plain in found:
        if plain or not nested:
            keys.append((key, f'$."{key}"'))
        if nested:
            inner = connection.execute(
                f"SELECT DISTINCT unnest(json_keys(line, ?)) FROM {lines} WHERE json_type(line, ?) = 'OBJECT' ORDER BY ALL",
                [f'$."{key}"', f'$."{key}"'],
            ).fetchall()
            keys += [(f"{key}.{part}", f'$."{key}"."{part}"') for (part,) in inner if '"' not in part]
    refuse_twins([key for key, _ in keys], path)
    return keys


class _Loader:
    """Loads files one after the other into a table, numbering their rows through and setting torn ones apart."""

    def __init__(self, connection: Connection, prefix: str, several: bool) -> None:
        self.raw, self.torn, self.total = f"{prefix}_raw", make_torn(connection, prefix), 0
        self._connection, self._prefix, self._several = connection, prefix, several
        self._loaded = False
        clear(connection, self.raw)

    def load(self, file: str, shape: _Shape) -> None:
        """Add a file. Raises `RegisterError` if it cannot be read at all."""
        rejects, scans, part = (f"{self._prefix}_{word}" for word in ("rejects_of_file", "scan_of_file", "part"))
        run = self._connection.execute
        self._drop(rejects, scans, part)
        with reading(file), _readable(file) as readable:
            run(
                f"CREATE TEMP TABLE {name(part)} AS SELECT row_number() OVER () AS place, * FROM read_csv({text(readable)}, "
                f"{shape.options()}, store_rejects = true, rejects_table = {text(rejects)}, rejects_scan = {text(scans)})"
            )
            flaws = run(
                f"SELECT line, arg_min(error_type, column_idx), min(line_byte_position) FROM {name(rejects)} "
                "GROUP BY line ORDER BY line"
            ).fetchall()
            blank = _blank_lines(readable, shape, [int(flaw[2]) for flaw in flaws])
            numbers = [int(flaw[0]) - shape.skip - gap for flaw, gap in zip(flaws, blank, strict=True)]
            self._keep(part, numbers, file)
            shown = text(file) if self._several else "NULL"
            if flaws:
                reasons = [_TORN.get(str(flaw[1]), f"the line cannot be read: {str(flaw[1]).lower()}") for flaw in flaws]
                run(
                    f"INSERT INTO {name(self.torn)} SELECT unnest(?::BIGINT[]) + {self.total}, {shown}, unnest(?::VARCHAR[])",
                    [numbers, reasons],
                )
            self.total += one(self._connection, f"SELECT count(*) FROM {name(part)}") + len(numbers)
        self._drop(rejects, scans, part)

    def _drop(self, *tables: str) -> None:
        for table in tables:
            self._connection.execute(f"DROP TABLE IF EXISTS {name(table)}")

    def _keep(self, part: str, torn: Sequence[int], file: str) -> None:
        """Keep the good rows of a part: they have the numbers that the torn ones leave free, in order."""
        run, raw = self._connection.execute, name(self.raw)
        shown = f"{text(file)} AS {name(FILE)}, " if self._several else ""
        if torn:
            gaps = f"{part}_gaps"
            # the k-th torn row (from 0), of number n, stands before every good row from place n - k on
            run(
                f"CREATE OR REPLACE TEMP TABLE {name(gaps)} AS SELECT number - k AS place, max(k) + 1 AS shift "
                "FROM (SELECT unnest(?::BIGINT[]) AS number, unnest(?::BIGINT[]) AS k) GROUP BY ALL",
                [list(torn), list(range(len(torn)))],
            )
            rows = (
                f"SELECT p.place + coalesce(g.shift, 0) + {self.total} AS {name(ROW)}, {shown}p.* EXCLUDE (place) "
                f"FROM {name(part)} p ASOF LEFT JOIN {name(gaps)} g ON p.place >= g.place"
            )
        else:
            rows = f"SELECT place + {self.total} AS {name(ROW)}, {shown}* EXCLUDE (place) FROM {name(part)}"
        if self._loaded:
            known = {column.header for column in columns_of(self._connection, self.raw)}
            for column in columns_of(self._connection, part):
                if column.header not in known and column.header != "place":
                    run(f"ALTER TABLE {raw} ADD COLUMN {column.place} VARCHAR")
            run(f"INSERT INTO {raw} BY NAME {rows}")
        else:
            run(f"CREATE TEMP TABLE {raw} AS {rows}")
            self._loaded = True


# ---- before the data -------------------------------------------------------------------------------------------------


def _first_bytes(connection: Connection, file: str) -> bytes:
    if is_remote(file) or file.lower().endswith(".zst"):
        with reading(file, "Check the address, and that DuckDB is set up for it."):
            query = f"SELECT line FROM read_csv({text(file)}, {_Shape(('line',)).options()}) LIMIT {_PREAMBLE}"
            return "\n".join(row[0] or "" for row in connection.execute(query).fetchall()).encode()
    try:
        with gzip.open(file) if file.lower().endswith(".gz") else Path(file).open("rb") as source:
            return source.read(_HEAD)
    except (OSError, EOFError) as flaw:
        raise RegisterError(Mistake(f"cannot be read: {flaw}.", "Check the file.", file)) from flaw


def _header(connection: Connection, file: str, known: Known) -> _Header:
    content = _first_bytes(connection, file)
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise RegisterError(Mistake("the file is UTF-16.", "Save it in the encoding UTF-8.", file))
    if b"\0" in content[:4096]:
        raise RegisterError(Mistake("the file is not text.", "Check its ending.", file))
    lines = _decoded(content).splitlines()
    for number, line in enumerate(lines[:_PREAMBLE]):
        names = known(_cells(line))
        if names is not None:
            refuse_twins(names, file)
            return _Header(tuple(names), _delimiter(line), number + 1)
    start = next((number for number, line in enumerate(lines) if line.strip()), None)
    if start is None:
        raise RegisterError(Mistake("the file is empty.", "It should have a header at least.", file))
    delimiter = _delimiter(lines[start])
    reader = csv.reader(io.StringIO("\n".join(lines[start : start + _PREAMBLE]) + "\n"), delimiter=delimiter)
    cells = [cell.strip() for cell in next(reader)]
    refuse_twins(cells, file)
    named = tuple(cell or f"column {number}" for number, cell in enumerate(cells, 1))
    return _Header(named, delimiter, start + reader.line_num)


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as flaw:
        if flaw.start > len(content) - 4 and len(content) == _HEAD:
            return content[: flaw.start].decode("utf-8-sig")
        return content.decode("cp1252", errors="replace")


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in next(csv.reader([line], delimiter=_delimiter(line)), [])]


def _delimiter(line: str) -> str:
    return max(_DELIMITERS, key=line.count)


# ---- encodings and line ends -----------------------------------------------------------------------------------------


@contextmanager
def _readable(file: str) -> Iterator[str]:
    """The file as DuckDB reads it: itself or, for as long as needed, a copy in UTF-8 with one kind of line end."""
    western, several_ends = _survey(file) if is_plain(file) else (False, False)
    if not western and not several_ends:
        yield file
        return
    with tempfile.TemporaryDirectory(prefix="sekisho-") as folder:
        copy = Path(folder) / "register.csv"
        with Path(file).open("rb") as source, copy.open("wb") as target:
            for line in source:
                plain = line[:-2] + b"\n" if line.endswith(b"\r\n") else line
                target.write(_western(plain) if western else plain)
        yield str(copy)


def _western(line: bytes) -> bytes:
    try:
        return line.decode("cp1252").encode()
    except UnicodeDecodeError:
        return line.decode("latin-1").encode()


def _survey(file: str) -> tuple[bool, bool]:
    """Whether the file is in the Western encoding throughout, and whether its lines end in several ways."""
    foreign = utf8 = False
    ends: set[bytes] = set()
    with Path(file).open("rb") as source:
        while chunk := source.read(_CHUNK) + source.readline():
            both, alone = chunk.count(b"\r\n"), chunk.count(b"\n")
            ends |= {end for end, times in ((b"\r\n", both), (b"\n", alone - both)) if times}
            if chunk.isascii():
                continue
            for line in chunk.splitlines():
                if not line.isascii():
                    try:
                        line.decode()
                        utf8 = True
                    except UnicodeDecodeError:
                        foreign = True
    return foreign and not utf8, len(ends) > 1


def _blank_lines(file: str, shape: _Shape, positions: Sequence[int]) -> list[int]:
    """How many blank lines, which are no data rows, stand before each of some places (bytes, ascending) of a CSV file.

    A blank line inside quotes is part of a cell. In JSON Lines every line counts.
    """
    if not positions or shape.delimiter == _NO_DELIMITER or not is_plain(file):
        return [0] * len(positions)
    gaps: list[int] = []
    place = blank = quotes = number = 0
    with Path(file).open("rb") as source:
        for line in source:
            while len(gaps) < len(positions) and positions[len(gaps)] <= place:
                gaps.append(blank)
                quotes = 0
            if number >= shape.skip and quotes % 2 == 0 and not line.strip(b"\r\n"):
                blank += 1
            quotes += line.count(b'"')
            place += len(line)
            number += 1
    return gaps + [blank] * (len(positions) - len(gaps))
