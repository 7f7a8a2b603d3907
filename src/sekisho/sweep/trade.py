"""What a relaxation was worth: the share of recorded trade that the law of each day opens, by year of order.

Every order of a register is put to a regime's law as if the regime's own exporter had supplied it: once under the law of
the order's own days, and once under the law of each day asked for, with the world as it was when the order was made. Orders
are counted, and so are the deliveries and volumes that the register has numbers for. An order whose verdict differs within
its year is counted as undetermined.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec

from sekisho.decide import Decider
from sekisho.sweep.openness import EXPORTER, RECIPIENT, Assumed, changes, decide_rows
from sekisho.sweep.query import VERDICTS, RegimeQuery, Shape
from sekisho.sweep.quoting import name, reading, text
from sekisho.sweep.registers import Register, open_register
from sekisho.sweep.sources import Connection, connected, load_tables

MEASURES: Mapping[str, tuple[str, ...]] = {
    "orders": (),
    "deliveries": ("in.number_delivered", "in.number_of_items"),
    "volume": ("in.tiv_delivered",),
}
"""What is summed: nothing for a count of rows, else the first of the register's columns that it has."""
_CASES = "trade_cases"


class Part(msgspec.Struct, frozen=True):
    """The orders of one year that one law gives one verdict. `law_on` is None for the law of the order's own days."""

    law_on: dt.date | None
    year: int
    verdict: str
    orders: int
    deliveries: float | None
    volume: float | None


class Trade(msgspec.Struct, frozen=True):
    """A register's orders by law, year and verdict, and how many of its rows were left out and why."""

    source: str
    format: str
    parts: tuple[Part, ...]
    left_out: dict[str, int]

    @property
    def measures(self) -> tuple[str, ...]:
        """The measures the register has numbers for."""
        return tuple(measure for measure in MEASURES if any(getattr(part, measure) for part in self.parts))

    def table(self, measure: str, law_on: dt.date | None = None) -> dict[int, dict[str, float]]:
        """By year and verdict, the amount of one measure under one law."""
        found: dict[int, dict[str, float]] = {}
        for part in self.parts:
            if part.law_on == law_on:
                found.setdefault(part.year, {})[part.verdict] = float(getattr(part, measure) or 0)
        return found

    def laws(self) -> tuple[dt.date | None, ...]:
        """The laws the orders were put to: first that of their own days, then by day."""
        return (None, *sorted({part.law_on for part in self.parts if part.law_on is not None}))


def trade(
    decider: Decider, regime: str, source: Any, begin: dt.date, end: dt.date, assumed: Assumed,
    law_days: Iterable[dt.date] = (), connection: Connection | None = None,
) -> Trade:  # fmt: skip
    """The orders of a register between two days, put to the law. Raises `RegisterError` for a register it cannot read."""
    connection = connection or connected()
    register = open_register(connection, source, decider.corpus, prefix="trade")
    taken = _Taken(register, assumed)
    with reading(register.source):
        left_out = taken.orders(connection, begin, end)
        query = _query(decider, regime, taken)
        load_tables(connection, query.tables())
        taken.cases(connection, {day for day, _, _ in changes(query) if begin < day <= end})
        parts = list(_parts(connection, query, None))
        for day in sorted(set(law_days)):
            parts += _parts(connection, _query(decider, regime, taken, day), day)
    left_out = {"cannot be read": register.rejected} | left_out
    return Trade(register.source, register.format, tuple(parts), {why: count for why, count in left_out.items() if count})


def _query(decider: Decider, regime: str, taken: _Taken, law_on: dt.date | None = None) -> RegimeQuery:
    return RegimeQuery(decider.completer, regime, Shape(frozenset(taken.facts), True, fixed=taken.fixed), law_on=law_on)


class _Taken:
    """What is taken of a register: its facts, with what is assumed where it states nothing."""

    def __init__(self, register: Register, assumed: Assumed) -> None:
        self.register, self.assumed = register, assumed.facts
        self.facts = tuple(fact for fact in register.facts if fact != EXPORTER)
        self.fixed = {fact: value for fact, value in assumed.facts.items() if fact not in self.facts}

    def orders(self, connection: Connection, begin: dt.date, end: dt.date) -> dict[str, int]:
        """Make the orders, alike ones as one; gives how many rows are left out, by reason."""
        relation = name(self.register.relation)
        inside = f"date_from >= DATE '{begin}' AND date_to <= DATE '{end}'"
        own = f'"{RECIPIENT}" IS DISTINCT FROM ?' if RECIPIENT in self.facts else "?::VARCHAR IS NOT NULL"
        exporter = self.assumed.get(EXPORTER, "")
        counted = connection.execute(
            f"SELECT count(*) FILTER (NOT ({inside})), count(*) FILTER ({inside} AND NOT ({own})) FROM {relation}", [exporter]
        ).fetchone() or (0, 0)
        facts = ", ".join(self._filled(fact) for fact in self.facts)
        sums = ", ".join(f"{self._sum(columns)} AS {measure}" for measure, columns in MEASURES.items())
        connection.execute(
            "CREATE OR REPLACE TEMP TABLE trade_orders AS SELECT row_number() OVER () AS row, * FROM ("
            f"SELECT date_from, date_to, item, {facts}, {sums} FROM {relation} WHERE {inside} AND {own} GROUP BY ALL)",
            [exporter],
        )
        return {"outside the years asked for": counted[0], "to the exporter itself": counted[1]}

    def _filled(self, fact: str) -> str:
        if fact not in self.assumed:
            return name(fact)
        value = self.assumed[fact]
        return f"coalesce({name(fact)}, {value if isinstance(value, bool) else text(str(value))}) AS {name(fact)}"

    def _sum(self, columns: tuple[str, ...]) -> str:
        if not columns:
            return "CAST(count(*) AS BIGINT)"
        found = next((column for column in columns if column in self.register.carried), None)
        return f"sum(try_cast({name(found)} AS DOUBLE))" if found else "CAST(NULL AS DOUBLE)"

    def cases(self, connection: Connection, days: Iterable[dt.date]) -> None:
        """Each order on its first day, and on every day of change within its interval."""
        connection.execute("CREATE OR REPLACE TEMP TABLE trade_days AS SELECT unnest(?::DATE[]) AS day", [sorted(days)])
        kept = ", ".join(["row", "item", *(name(fact) for fact in self.facts)])
        connection.execute(
            f"CREATE OR REPLACE TEMP VIEW {_CASES} AS SELECT date_from AS date, {kept} FROM trade_orders UNION ALL "
            f"SELECT day AS date, {kept} FROM trade_orders JOIN trade_days ON date_from < day AND day <= date_to"
        )


def _parts(connection: Connection, query: RegimeQuery, law_on: dt.date | None) -> Iterator[Part]:
    undetermined = VERDICTS.index("undetermined")
    decided = decide_rows(connection, query, _CASES)
    found = connection.execute(
        f"WITH decided AS (SELECT row, CASE WHEN min(verdict) = max(verdict) THEN min(verdict) ELSE {undetermined} END "
        f"AS verdict FROM {decided} GROUP BY row) "
        "SELECT year(date_from), verdict, CAST(sum(orders) AS BIGINT), sum(deliveries), sum(volume) "
        "FROM trade_orders JOIN decided USING (row) GROUP BY ALL ORDER BY ALL"
    ).fetchall()
    for year, verdict, orders, deliveries, volume in found:
        yield Part(law_on, year, VERDICTS[verdict], orders, deliveries, volume)
