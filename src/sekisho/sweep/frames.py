"""A sweep from Python: it takes a path or a table, and gives back what it was given.

    a path, folder, glob or URL, an Arrow table    gives an Arrow table
    a pandas frame                                 gives a pandas frame, its columns still Arrow's
    a Polars frame                                 gives a Polars frame over the same memory
    a DuckDB relation                              gives a relation of the same connection, which scans the outcomes

Arrow, pandas and Polars are scanned where they lie, and the outcomes are handed over without a copy, wherever the library
allows that. A DuckDB relation is evaluated once, into Arrow: another connection's relations cannot be read.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Literal

import duckdb
import pyarrow as pa

from sekisho.decide import Decider
from sekisho.errors import Mistake, UsageError
from sekisho.sweep.options import Options
from sekisho.sweep.run import Progress, SweepResult, sweep
from sekisho.text import suggest

Kind = Literal["arrow", "pandas", "polars", "duckdb"]
_GIVEN = "sekisho_outcomes"


def swept(
    source: Any, out: Path | str | None = None, *, give: Kind | None = None, law: Decider | None = None,
    progress: Progress | None = None, **options: Any,
) -> Any:  # fmt: skip
    """Decide every row of a register; `options` are those of `Options`, by name.

    With `out` the outcomes are written there and a `SweepResult` is given; without it they are given as a table of the
    kind of the source, or of the kind named by `give`. Raises what `sweep` raises, and `UsageError` for an option or a kind
    that there is none of, or where the library of that kind is not installed.
    """
    unknown = [name for name in options if name not in Options.__struct_fields__]
    if unknown:
        fields = Options.__struct_fields__
        raise UsageError([Mistake(f"a sweep has no option '{name}'.", suggest(name, fields)) for name in unknown])
    kind = give or kind_of(source)
    if kind not in _GIVERS:
        raise UsageError(Mistake(f"a sweep gives no '{kind}'.", suggest(kind, _GIVERS)))
    found = sweep(source, out, Options(**options), law=law, progress=progress)
    return found if isinstance(found, SweepResult) else _GIVERS[kind](found, source)


def kind_of(source: Any) -> Kind:
    """The kind of table that a source is; Arrow for a path."""
    if isinstance(source, duckdb.DuckDBPyRelation):
        return "duckdb"
    library = type(source).__module__.partition(".")[0]
    return "pandas" if library == "pandas" else "polars" if library == "polars" else "arrow"


def _arrow(outcomes: pa.Table, _: Any) -> pa.Table:
    return outcomes


def _pandas(outcomes: pa.Table, _: Any) -> Any:
    try:
        import pandas  # noqa: PLC0415 (no dependency: it is there for whoever brings or asks for a frame)
    except ImportError as flaw:
        raise _absent("pandas") from flaw
    return outcomes.to_pandas(types_mapper=pandas.ArrowDtype)


def _polars(outcomes: pa.Table, _: Any) -> Any:
    try:
        import polars  # noqa: PLC0415 (no dependency: it is there for whoever brings or asks for a frame)
    except ImportError as flaw:
        raise _absent("polars") from flaw
    return polars.from_arrow(outcomes)


def _relation(outcomes: pa.Table, source: Any) -> Any:
    if isinstance(source, duckdb.DuckDBPyRelation):
        return source.query(_GIVEN, "SELECT * FROM outcomes")  # DuckDB finds the table by its name here
    return duckdb.from_arrow(outcomes)


def _absent(library: str) -> UsageError:
    return UsageError(Mistake(f"{library} is not installed.", f"Install it, or leave give='{library}' out."))


_GIVERS: Mapping[str, Callable[[pa.Table, Any], Any]] = {
    "arrow": _arrow, "pandas": _pandas, "polars": _polars, "duckdb": _relation,
}  # fmt: skip
