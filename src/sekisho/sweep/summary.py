"""What a sweep came to: verdicts by year, exporter, recipient and provision, counted from its output."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec
from rich.console import Group, RenderableType
from rich.table import Table

from sekisho.errors import Mistake, UsageError
from sekisho.sweep.query import VERDICTS
from sekisho.sweep.quoting import name, reading, text
from sekisho.sweep.sources import Connection
from sekisho.text import suggest

Counts = dict[str, dict[str, int]]
"""By a year, a state or a provision: how many rows have which verdict."""
PARTIES: Mapping[str, tuple[str, ...]] = {
    "exporters": ("exporter.state", "exporter", "in.supplier", "in.exporter"),
    "recipients": ("recipient.state", "recipient", "in.recipient", "in.importer"),
}
"""The columns of an output that name a party: the first that it has."""
_META = "sekisho."


class Summary(msgspec.Struct, frozen=True):
    """The counts of one regime's verdicts, or of the strictest of all regimes where `regime` is empty.

    A row whose day is not known to the year is counted under the year its interval begins in. A row counts under every
    provision it rests on, with the verdict of the provision's regime. `exporters` and `recipients` are empty where the
    output does not name them.
    """

    regime: str
    total: int
    verdicts: dict[str, int]
    years: Counts
    exporters: Counts
    recipients: Counts
    provisions: Counts
    said: dict[str, str] = {}

    @property
    def title(self) -> str:
        """What the verdicts are those of."""
        return self.regime or "all regimes, the strictest"

    @property
    def as_if(self) -> str:
        """The facts that were set for every row, as a sentence; nothing where none was."""
        return f"As if: {self.said['as_if']}, in every row." if self.said.get("as_if") else ""

    @property
    def law(self) -> str:
        """Under which day's law and world the rows were put, as a sentence."""
        days = {what: self.said.get(f"{what}_on") for what in ("law", "world")}
        own = [f"the {what} of its own day" for what, day in days.items() if day is None]
        other = [f"the {what} of {day} (not of its own day)" for what, day in days.items() if day is not None]
        strict = ["without facts last checked before it"] if self.said.get("strict") else []
        return f"Each row under {' and '.join([*other, *own])}{', '.join(['', *strict])}."

    def kinds(self) -> dict[str, Counts]:
        """The counts by what they are counted by, those that there are."""
        every = {
            "year": self.years, "exporter": self.exporters, "recipient": self.recipients, "provision": self.provisions,
        }  # fmt: skip
        return {kind: counts for kind, counts in every.items() if counts}

    @property
    def source(self) -> str:
        """Where the counts come from."""
        versions = ", ".join(
            f"{word} {self.said[f'{word}_version'][:12]}" for word in ("law", "world") if f"{word}_version" in self.said
        )
        register = self.said.get("register", "").replace("\\", "/").rpartition("/")[2]
        return "; ".join(filter(None, (f"Sekisho{f', {versions}' if versions else ''}", register and f"register {register}")))


def summary(connection: Connection, relation: str, regime: str = "", metadata: Mapping[str, str] | None = None) -> Summary:
    """The counts of a sweep's output, a relation of a connection; `metadata` is what the output says of itself.

    Raises `UsageError` if the relation has no verdict of the regime, `RegisterError` if it cannot be read.
    """
    with reading(relation, "Give the output of a sweep."):
        columns = {str(row[0]): str(row[1]) for row in connection.execute(f"DESCRIBE {name(relation)}").fetchall()}
    verdict = f"{regime}.verdict" if regime else "verdict"
    if verdict not in columns:
        known = [column.removesuffix(".verdict") for column in columns if column.endswith(".verdict")]
        raise UsageError(Mistake(f"the output has no column '{verdict}'.", suggest(regime, known) or "Name another.", relation))
    counting = _Counting(connection, relation, verdict)
    named = [column for column in columns if column.endswith(".provisions") and regime in ("", column.rpartition(".")[0])]
    with reading(relation, "Give the output of a sweep."):
        verdicts = counting.plain()
        parties = {
            kind: counting.by(f"CAST({name(found)} AS VARCHAR)") if found else {}
            for kind, places in PARTIES.items()
            for found in [next((place for place in places if place in columns), "")]
        }
        return Summary(
            regime, sum(verdicts.values()), verdicts, counting.by("CAST(year(date_from) AS VARCHAR)", "key"),
            parties["exporters"], parties["recipients"], counting.by_provision({column: columns[column] for column in named}),
            {key.removeprefix(_META): value for key, value in (metadata or {}).items()},
        )  # fmt: skip


class _Counting:
    def __init__(self, connection: Connection, relation: str, verdict: str) -> None:
        self._connection, self._relation, self._verdict = connection, name(relation), name(verdict)

    def plain(self) -> dict[str, int]:
        """The rows by verdict."""
        found = self._connection.execute(f"SELECT {self._verdict}, count(*) FROM {self._relation} GROUP BY 1").fetchall()
        return _ordered(dict(found))

    def by(self, what: str, order: str = "rows") -> Counts:
        """The rows by a word and verdict; the words by how many rows they have, or by themselves."""
        return self._counted(f"SELECT {what} AS word, {self._verdict} AS verdict FROM {self._relation}", order)

    def by_provision(self, columns: Mapping[str, str]) -> Counts:
        """The rows by each provision they rest on."""
        if not columns:
            return {}
        lists = [
            name(column) if type_.endswith("[]") else f"string_split({name(column)}, {text('; ')})"
            for column, type_ in columns.items()
        ]
        verdicts = [name(f"{column.rpartition('.')[0]}.verdict") for column in columns]
        parts = [
            f"SELECT unnest({each}) AS word, {verdict} AS verdict FROM {self._relation}"
            for each, verdict in zip(lists, verdicts, strict=True)
        ]
        return self._counted(f"SELECT * FROM ({' UNION ALL '.join(parts)}) WHERE word <> ''", "rows")

    def _counted(self, query: str, order: str) -> Counts:
        by = "word" if order == "key" else "sum(count(*)) OVER (PARTITION BY word) DESC, word"
        found = self._connection.execute(
            f"SELECT coalesce(word, 'not known') AS word, verdict, count(*) FROM ({query}) GROUP BY word, verdict ORDER BY {by}"
        ).fetchall()
        counts: Counts = {}
        for word, verdict, rows in found:
            counts.setdefault(word, {})[verdict] = rows
        return {word: _ordered(verdicts) for word, verdicts in counts.items()}


def _ordered(verdicts: Mapping[str, int]) -> dict[str, int]:
    return {verdict: verdicts[verdict] for verdict in reversed(VERDICTS) if verdict in verdicts}


def data(found: Summary) -> dict[str, Any]:
    """A summary as plain values."""
    values: dict[str, Any] = msgspec.to_builtins(found)
    return {"schema": 1} | values


def tables(found: Summary, most: int = 15) -> RenderableType:
    """A summary for a terminal: of exporters, recipients and provisions those with the most rows."""
    return Group(*_tables(found, most))


def _tables(found: Summary, most: int) -> Iterator[RenderableType]:
    if found.as_if:
        yield found.as_if
    yield found.law
    for kind, counts in found.kinds().items():
        yield _table(kind.capitalize(), counts, found, len(counts) if kind == "year" else most)


def _table(title: str, counts: Counts, found: Summary, most: int) -> Table:
    table = Table(title=f"By {title.lower()}: {found.title}", title_justify="left")
    table.add_column(title)
    for verdict in found.verdicts:
        table.add_column(verdict, justify="right")
    table.add_column("rows", justify="right")
    for word, verdicts in list(counts.items())[:most]:
        table.add_row(word, *(f"{verdicts.get(verdict, 0):,}" for verdict in found.verdicts), f"{sum(verdicts.values()):,}")
    if len(counts) > most:
        table.caption = f"and {len(counts) - most:,} more"
    return table
