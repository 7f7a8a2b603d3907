"""Names and texts as DuckDB reads them, and its errors as ours.

Every name of a column and every path goes through here, so that no header can end a statement.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import duckdb
import pyarrow as pa

from sekisho.errors import Mistake, RegisterError


def name(identifier: str) -> str:
    """An identifier in double quotes."""
    return '"' + identifier.replace('"', '""') + '"'


def text(value: str) -> str:
    """A text literal in single quotes."""
    return "'" + value.replace("'", "''") + "'"


def texts(values: Iterable[str]) -> str:
    """A list literal of texts."""
    return "[" + ", ".join(text(value) for value in values) + "]"


@contextmanager
def reading(source: str, mend: str = "Check that the file is whole and of the kind its name says.") -> Iterator[None]:
    """Turns DuckDB's and Arrow's errors into `RegisterError` naming the source; DuckDB's without hints about its settings."""
    try:
        yield
    except (duckdb.OutOfMemoryException, duckdb.InterruptException):
        raise
    except (duckdb.Error, pa.ArrowException, OSError) as flaw:
        words = str(flaw).strip().splitlines()[0].split(": ", 1)[-1].rstrip(".")
        raise RegisterError(Mistake(f"cannot be read: {words}.", mend, source)) from flaw
