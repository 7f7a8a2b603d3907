"""The openness of the law: which share of the world a regime's text opens, on every day on which law or world changed.

A case is a pair of a recipient state that exists on the day and a class of the catalogue's items: those of which the
regime's law knows nothing different. The facts that stand for every case are data (`law/openness.yaml`); beyond them
nothing is claimed, assured, obtained or found, so that what is measured is the text and not an applicant.

The query of a sweep decides the cases. A case is decided anew on the days on which the law, or a row of its state, begins
or ends; in between its verdict stands.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any, Literal

import msgspec

from sekisho.corpus import PACKAGE, Corpus
from sekisho.decide import Decider
from sekisho.errors import LawError, Mistake, UsageError
from sekisho.language.nodes import facts_of
from sekisho.language.vocabulary import Bilingual
from sekisho.sweep.dimensions import FIRST, LAST
from sekisho.sweep.query import VERDICTS, RegimeQuery, Shape
from sekisho.sweep.sources import Connection, connected, load_tables
from sekisho.text import EVER, NEVER, Interval, read_text, read_yaml, suggest

ASSUMED = PACKAGE / "law" / "openness.yaml"
RECIPIENT = "recipient.state"
EXPORTER = "exporter.state"
SILENCE = "nothing claimed, assured, obtained or found"


class Assumed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The facts that stand for every case of a regime, these in words, and why these."""

    facts: dict[str, Any]
    said: Bilingual
    why: Bilingual

    def __str__(self) -> str:
        return "; ".join([*(f"{name}={value}" for name, value in self.facts.items()), SILENCE])


class ItemClass(msgspec.Struct, frozen=True):
    """Items of which the law knows nothing different: the first of them, which names the class, and how many they are."""

    first: str
    name: str
    count: int


class Life(msgspec.Struct, frozen=True):
    """The title of an instrument, and from when to when any provision of it is in force."""

    title: str
    in_force: Interval


class Cause(msgspec.Struct, frozen=True):
    """What begins or ends on a day: a provision (its id), what holds where nothing speaks, or a row of a table (its key)."""

    kind: Literal["provision", "regime", "table"]
    name: str
    change: Literal["begins", "ends"]
    key: str = ""

    def __str__(self) -> str:
        return f"{self.name}{f' {self.key}' if self.key else ''} {self.change}"


class Day(msgspec.Struct, frozen=True):
    """A day and the days after it until the next: the cases by verdict (in the order of `VERDICTS`), and what changed."""

    day: dt.date
    counts: tuple[int, ...]
    moved: bool
    causes: tuple[Cause, ...]

    @property
    def cases(self) -> int:
        """How many cases there are."""
        return sum(self.counts)

    def share(self, verdict: str) -> Fraction:
        """The share of a verdict, exactly."""
        return Fraction(self.counts[VERDICTS.index(verdict)], self.cases or 1)


class Openness(msgspec.Struct, frozen=True):
    """The shares day by day from `first` to `last`, inclusive; `days` begins with `first` and has every day of change.

    `instruments` has the regime's instruments by id.
    """

    regime: str
    title: str
    first: dt.date
    last: dt.date
    assumed: Assumed
    classes: tuple[ItemClass, ...]
    days: tuple[Day, ...]
    instruments: dict[str, Life]
    law_version: str
    world_version: str

    @property
    def moved(self) -> tuple[Day, ...]:
        """The days on which a share moves."""
        return tuple(day for day in self.days if day.moved)


def assumed_facts(corpus: Corpus, regime: str, path: Path = ASSUMED) -> Assumed:
    """What stands for every case of a regime. Raises `LawError` for a file that does not say it rightly."""
    value = read_yaml(read_text(path, LawError), path.name, LawError)[0].value
    try:
        entry = msgspec.convert(value["regimes"][corpus.regime(regime).id], Assumed)
    except (KeyError, TypeError) as flaw:
        raise LawError(Mistake(f"it does not say what to assume for '{regime}'.", "Add it.", path.name)) from flaw
    except msgspec.ValidationError as flaw:
        raise LawError(Mistake(f"'{regime}': {flaw}.", "Give `facts`, `said` and `why`.", path.name)) from flaw
    for name, given in entry.facts.items():
        fact = corpus.vocabulary.facts.get(name)
        if fact is None:
            raise LawError(Mistake(f"there is no fact '{name}'.", suggest(name, corpus.vocabulary.facts), path.name))
        known = {"boolean": (True, False), "state": tuple(corpus.world.states)}.get(fact.type, tuple(fact.values))
        if known and given not in known:
            raise LawError(Mistake(f"'{given}' is not a value of {name}.", suggest(str(given), map(str, known)), path.name))
    return entry


def openness(
    decider: Decider, regime: str, first: int | dt.date, last: int | dt.date, items: Iterable[str] | None = None,
    *, assumed: Assumed | None = None, connection: Connection | None = None,
) -> Openness:  # fmt: skip
    """The openness of a regime's law from a year or day to a year or day, both inclusive; of all items or of some.

    Raises `UsageError` for an unknown regime or item, and for days that run backwards or out of the calendar.
    """
    corpus = decider.corpus
    begin, end = span(first, last)
    given = assumed or assumed_facts(corpus, regime)
    query = RegimeQuery(decider.completer, regime, Shape(frozenset({RECIPIENT}), True, fixed=given.facts))
    classes = item_classes(query, items)
    causes = {day: tuple(found) for day, found in _causes(query, begin, end).items()}
    counted = _Counting(query, begin, end, classes).by_day(connection or connected(), causes)
    return Openness(
        regime, query.regime.title, begin, end, given, classes, tuple(_days(counted, causes)),
        {name: _life(corpus, name) for name in query.regime.instruments}, corpus.law_version, corpus.world_version,
    )  # fmt: skip


def _life(corpus: Corpus, name: str) -> Life:
    spans = [p.in_force for p in corpus.instruments[name].provisions if p.effect != "leaves"] or [Interval()]
    return Life(corpus.instruments[name].title, Interval(min(s.begin for s in spans), max(s.end for s in spans)))


def span(first: int | dt.date, last: int | dt.date) -> tuple[dt.date, dt.date]:
    """Two years or days as the first and the last day. Raises `UsageError` if they run backwards or out of the calendar."""
    years = FIRST.year, LAST.year - 1
    for given in (first, last):
        year = given.year if isinstance(given, dt.date) else given
        if not years[0] <= year <= years[1]:
            raise UsageError(Mistake(f"{given} lies outside the calendar.", f"Name a year from {years[0]} to {years[1]}."))
    begin = first if isinstance(first, dt.date) else dt.date.min.replace(year=first)
    end = last if isinstance(last, dt.date) else dt.date.max.replace(year=last)
    if end < begin:
        raise UsageError(Mistake(f"{end} is before {begin}.", "Name the earlier day first."))
    return begin, end


def item_classes(query: RegimeQuery, items: Iterable[str] | None = None) -> tuple[ItemClass, ...]:
    """The catalogue's items, or some of them, by what the regime's law can ask of them."""
    catalogue = query.corpus.catalogue
    read = {name for slot in query.algebra.circuit.slots if slot.literal is not None for name in facts_of(slot.literal)}
    read |= {name for fact in query.lookups if fact.lookup is not None for name in fact.lookup.reads}
    asked = sorted(name for name in read if name.startswith("item."))
    classes: dict[tuple[Any, ...], list[str]] = {}
    for name in catalogue.items if items is None else items:
        item = catalogue.find(name)
        if item is None:
            raise UsageError(Mistake(f"there is no item '{name}' in the catalogue.", catalogue.mend(name)))
        members = classes.setdefault(tuple(item.facts.get(fact) for fact in asked), [])
        if item.id not in members:
            members.append(item.id)
    return tuple(ItemClass(ids[0], catalogue.items[ids[0]].name, len(ids)) for ids in classes.values())


def decide_rows(connection: Connection, query: RegimeQuery, rows: str) -> str:
    """The verdicts of a relation's rows as a relation of `row`, `date` and `verdict`; gives its name."""
    verdicts = query.select(rows).sql(dialect="duckdb")
    connection.execute(f"CREATE OR REPLACE TEMP TABLE case_verdicts AS SELECT row, date, verdict FROM ({verdicts})")
    return "case_verdicts"


def tables_used(query: RegimeQuery) -> list[str]:
    """The tables that the regime's law looks in, for cases of the query's shape."""
    return sorted({fact.lookup.table for fact in query.lookups if fact.lookup is not None})


# ---- what begins and ends ------------------------------------------------------------------------------------------------


def changes(query: RegimeQuery) -> Iterator[tuple[dt.date, Cause, str]]:
    """Every beginning and end of the regime's law and of the tables it uses: the day, what, and the one state it can touch.

    No state where it can touch every case.
    """
    corpus, regime = query.corpus, query.regime
    for name in regime.instruments:
        for p in corpus.instruments[name].provisions:
            if p.effect != "leaves":
                yield from _edges(p.in_force, "provision", p.id)
    for entry in regime.otherwise:
        yield from _edges(entry.in_force, "regime", regime.id, f"otherwise {entry.says}")
    yield regime.first_day, Cause("regime", regime.id, "begins"), ""
    everywhere = {value for value in query.shape.fixed.values() if isinstance(value, str)}
    for name in tables_used(query):
        table = corpus.world.tables[name]
        yield from _edges(table.coverage, "table", name, "coverage")
        for row in table.rows:
            state = row["state"]
            key = " ".join(row[column] for column in table.about.keys) or row["id"]
            yield from _edges(row.in_force, "table", name, key, "" if state in everywhere else state)
    for code, rows in corpus.world.states.items():
        for row in rows:
            yield from _edges(row.in_force, "table", "states", code, code)


def _edges(
    interval: Interval, kind: Literal["provision", "regime", "table"], name: str, key: str = "", state: str = ""
) -> Iterator[tuple[dt.date, Cause, str]]:
    if interval.begin != EVER:
        yield interval.begin, Cause(kind, name, "begins", key), state
    if interval.end != NEVER:
        yield interval.end, Cause(kind, name, "ends", key), state


def _causes(query: RegimeQuery, begin: dt.date, end: dt.date) -> dict[dt.date, list[Cause]]:
    found: dict[dt.date, list[Cause]] = {}
    for day, cause, _ in changes(query):
        if begin <= day <= end:
            causes = found.setdefault(day, [])
            if cause not in causes:
                causes.append(cause)
    return found


# ---- the count -----------------------------------------------------------------------------------------------------------


class _Counting:
    """Decides the cases in one query, and counts them by day and verdict."""

    def __init__(self, query: RegimeQuery, begin: dt.date, end: dt.date, classes: Sequence[ItemClass]) -> None:
        self.query, self.begin, self.end, self.classes = query, begin, end, classes

    def by_day(self, connection: Connection, days: Iterable[dt.date]) -> dict[dt.date, tuple[int, ...]]:
        """The cases of the first day and of every day of change, by verdict."""
        load_tables(connection, self.query.tables())
        self._cases(connection, sorted({self.begin, *days}))
        decided = decide_rows(connection, self.query, "openness_cases")
        connection.execute(
            "CREATE OR REPLACE TEMP TABLE openness_spans AS SELECT date, until, verdict, count(*) AS cases "
            f"FROM {decided} JOIN openness_cases USING (row, date) GROUP BY ALL"
        )
        found = connection.execute(
            "SELECT d.day, s.verdict, CAST(sum(s.cases) AS BIGINT) FROM openness_days d "
            "JOIN openness_spans s ON s.date <= d.day AND d.day < s.until GROUP BY ALL ORDER BY ALL"
        ).fetchall()
        counts: dict[dt.date, list[int]] = {}
        for day, verdict, cases in found:
            counts.setdefault(day, [0] * len(VERDICTS))[verdict] = cases
        return {day: tuple(entry) for day, entry in counts.items()}

    def _cases(self, connection: Connection, days: Sequence[dt.date]) -> None:
        """The relation of cases: for each state and item class the days from which it is decided anew, and until when."""
        limit = self.end + dt.timedelta(days=1)
        own: dict[str, set[dt.date]] = {}
        for day, _, state in changes(self.query):
            if self.begin <= day <= self.end:
                own.setdefault(state, set()).add(day)
        common = own.pop("", set())
        spans = [span for code in self.query.corpus.world.states if code != self.query.shape.fixed.get(EXPORTER)
                 for span in self._spans(code, sorted({self.begin, *common, *own.get(code, ())}), limit)]  # fmt: skip
        connection.execute("CREATE OR REPLACE TEMP TABLE openness_days AS SELECT unnest(?::DATE[]) AS day", [list(days)])
        columns = [list(column) for column in zip(*spans, strict=True)] or [[], [], []]
        connection.execute(
            "CREATE OR REPLACE TEMP TABLE openness_cases AS SELECT row_number() OVER () AS row, * FROM (SELECT "
            f'unnest(?::VARCHAR[]) AS "{RECIPIENT}", unnest(?::DATE[]) AS date, unnest(?::DATE[]) AS until), '
            "(SELECT unnest(?::VARCHAR[]) AS item)",
            [*columns, [entry.first for entry in self.classes]],
        )

    def _spans(self, code: str, days: Sequence[dt.date], limit: dt.date) -> Iterator[tuple[str, dt.date, dt.date]]:
        """The spans in which nothing that touches a state begins or ends, while it exists."""
        for day, until in zip(days, [*days[1:], limit], strict=True):
            if self.query.corpus.world.state_exists(code, day):
                yield code, day, until


def _days(counted: Mapping[dt.date, tuple[int, ...]], causes: Mapping[dt.date, tuple[Cause, ...]]) -> Iterator[Day]:
    before: tuple[Fraction, ...] | None = None
    for day in sorted(counted):
        shares = tuple(Fraction(count, sum(counted[day]) or 1) for count in counted[day])
        yield Day(day, counted[day], before is not None and shares != before, causes.get(day, ()))
        before = shares
