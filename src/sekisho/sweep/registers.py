"""Registers of many transfers, opened as one relation of typed facts: nothing is dropped in silence.

    row         BIGINT: the number of the data row in its source, from 1 (`sources.py`)
    file        VARCHAR: where there are several files
    key         VARCHAR: the row's own key, if it has one
    date_from   DATE, and date_to DATE, inclusive: the days on which the decision may have been; equal where it is exact
    FACT        a column a fact that the register states, by its name: BOOLEAN, DATE, DOUBLE, VARCHAR, or VARCHAR[] for a set
    head        VARCHAR: the head relied on, where the register names one
    item        VARCHAR: an item of the catalogue; its facts are left to the catalogue
    item_note   VARCHAR: `catalogue`, `description`, or why neither tells
    party_note  VARCHAR: what the names of the parties leave open
    uncertain_order  BOOLEAN: the register marks the year as uncertain
    in.NAME     the other columns, as they stand

A row that cannot be read (no day, a torn line, a word that is no value) goes to `rejects` with its reasons, so that
`total = rows + rejected`. A state is NULL where the register does not know the party; in a register of known names a
state before its time is NULL too, elsewhere the row is rejected, as a case is.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from sekisho.corpus import Corpus, Fact
from sekisho.errors import Mistake, UsageError
from sekisho.language.nodes import NONE
from sekisho.sweep.days import EARLIEST, FROM, LATEST, TO, day_bounds, day_reason
from sekisho.sweep.formats import known_header
from sekisho.sweep.lines import read_csv, read_jsonl
from sekisho.sweep.mapping import PARTIES, Bindings, bind, format_of
from sekisho.sweep.quoting import name, reading, text
from sekisho.sweep.sources import FILE, ROW, Connection, Source, find_files, one, read_parquet, read_relation
from sekisho.sweep.words import DESCRIBED, Unreadable, Value, Words
from sekisho.text import nearest

_Days: TypeAlias = tuple[dt.date, dt.date]
"""Of some rows the earliest last day and the latest first day on which a decision may have been."""
_NOTHING = "CAST(NULL AS VARCHAR)"
TYPES: Mapping[str, str] = {
    "boolean": "BOOLEAN", "text": "VARCHAR", "state": "VARCHAR", "date": "DATE", "number": "DOUBLE", "set": "VARCHAR[]",
}  # fmt: skip
"""The type that DuckDB has the values of a fact in, by the type of the fact."""


@dataclass(frozen=True)
class Register:
    """An open register: names of its relations in the connection, and its counts.

    `rejects` has the columns row, file (NULL where there is one file) and reason; `facts` are the facts it states. `spoken`
    has, for `item` and `item.description`, the carried column with the register's own words, where it has any.
    """

    relation: str
    rejects: str
    facts: tuple[str, ...]
    carried: tuple[str, ...]
    format: str
    source: str
    files: tuple[str, ...]
    total: int
    rejected: int
    spoken: Mapping[str, str]

    @property
    def rows(self) -> int:
        """The rows that can be decided."""
        return self.total - self.rejected


def open_register(
    connection: Connection, source: Any, corpus: Corpus, *, format: str | None = None,
    mapping: Mapping[str, Any] | None = None, prefix: str = "register", world_on: dt.date | None = None,
) -> Register:  # fmt: skip
    """Open a register: a path (file, folder, glob, URL), or a DuckDB relation, Arrow table, pandas or Polars frame.

    `format` is `own`, `sipri` or `unroca`, else told by the header; `mapping` is as `mapping.py` says; `prefix` begins the
    names of all relations made, so that several registers can be open at once. States must exist on the row's day, or on
    `world_on` where facts are looked up on that day. Raises `RegisterError` if the register
    cannot be read, lacks what is needed or gives a fact twice.
    """
    if not re.fullmatch("[a-z][a-z0-9_]*", prefix):
        raise UsageError(
            Mistake(f"'{prefix}' cannot begin the name of a relation.", "Use small letters, digits and underlines.")
        )
    is_path = isinstance(source, str | Path)
    read = _read(connection, str(source), prefix) if is_path else read_relation(connection, source, prefix)
    form = format_of(read, format)
    bindings = bind(read, corpus, form, mapping)
    with reading(read.label):
        builder = _Builder(connection, read, bindings, corpus, prefix, world_on)
        builder.build()
        rejected = one(connection, f"SELECT count(*) FROM {name(f'{prefix}_rejects')}")
    return Register(
        prefix, f"{prefix}_rejects", tuple(builder.facts), tuple(bindings.carried), form.id if form else "own",
        read.label, read.files, read.total, rejected, _spoken(bindings),
    )  # fmt: skip


def _spoken(bindings: Bindings) -> dict[str, str]:
    """The carried columns with the words for items, by role."""
    headers = {column.header: ours for ours, column in bindings.carried.items()}
    wanted = ((role, bindings.columns.get(role)) for role in ("item", "item.description"))
    return {role: headers[column.header] for role, column in wanted if column is not None and column.header in headers}


def resolved_items(connection: Connection, register: Register) -> dict[str, int]:
    """How many rows of a register have their item from the catalogue, from the description, and not at all (with why)."""
    return _counted(connection, register, "coalesce(item_note, 'no item stated')", "true")


def party_notes(connection: Connection, register: Register) -> dict[str, int]:
    """What the names of parties leave open, and in how many rows, most frequent first."""
    return _counted(connection, register, "party_note", "party_note IS NOT NULL")


def _counted(connection: Connection, register: Register, note: str, condition: str) -> dict[str, int]:
    query = f"SELECT {note}, count(*) FROM {name(register.relation)} WHERE {condition} GROUP BY 1 ORDER BY 2 DESC, 1"
    return {str(found): int(count) for found, count in connection.execute(query).fetchall()}


def _read(connection: Connection, path: str, prefix: str) -> Source:
    files, kind = find_files(path)
    if kind == "parquet":
        return read_parquet(connection, path, files, prefix)
    if kind == "jsonl":
        return read_jsonl(connection, path, files, prefix)
    return read_csv(connection, path, files, prefix, known_header)


class _Builder:
    """Builds the view of a register over its source, and the table of its rejects."""

    def __init__(
        self, connection: Connection, source: Source, bindings: Bindings, corpus: Corpus, prefix: str,
        world_on: dt.date | None = None,
    ) -> None:  # fmt: skip
        self._connection, self._source, self._bindings, self._corpus = connection, source, bindings, corpus
        self._world_on = world_on
        self._prefix, self._words = prefix, Words(corpus, bindings.register)
        self._joins: list[str] = []
        self._reasons: list[str] = []
        self._notes: list[str] = []
        self.facts: dict[str, str] = {}
        self._states: dict[str, dict[str, _Days]] = {}
        self._item, self._item_note = _NOTHING, _NOTHING
        self._head: str | None = None
        self._dated = name(f"{prefix}_dated")

    def build(self) -> None:
        """Make the relations."""
        self._date()
        for party in PARTIES:
            if self._place(party) is not None:
                self._party(party)
        for fact in self._corpus.vocabulary.facts.values():
            if self._place(fact.name) is not None:
                self._fact(fact)
        self._named_heads()
        self._things()
        self._lives()
        self._write()

    def _place(self, role: str) -> str | None:
        """How a query names what a role is read from: a column, or a constant of the mapping."""
        if role in self._bindings.constants:
            return text(self._bindings.constants[role])
        column = self._bindings.columns.get(role)
        return f"d.{column.place}" if column is not None else None

    def _type(self, role: str) -> str:
        return "VARCHAR" if role in self._bindings.constants else self._bindings.columns[role].type

    def _date(self) -> None:
        roles = ("date", "date") if self._place("date") is not None else ("date_from", "date_to")
        places = [str(self._place(role)) for role in roles]
        first, last = day_bounds(places[0], self._type(roles[0]))[0], day_bounds(places[1], self._type(roles[1]))[1]
        self._connection.execute(
            f"CREATE OR REPLACE TEMP VIEW {self._dated} AS SELECT d.*, {first} AS {name(FROM)}, {last} AS {name(TO)} "
            f"FROM {name(self._source.relation)} d"
        )
        exact = all(self._type(role) == "DATE" for role in roles)
        if not exact or self._any(
            f"{' OR '.join(f'{place} IS NULL' for place in places)} OR year({name(FROM)}) NOT BETWEEN {EARLIEST} AND {LATEST} "
            f"OR {name(FROM)} > {name(TO)}"
        ):
            self._reasons += [day_reason(place) for place in dict.fromkeys(places)]

    def _any(self, condition: str) -> bool:
        return one(self._connection, f"SELECT count(*) FROM {self._dated} d WHERE {condition}") > 0

    def _distinct(self, *places: str) -> list[tuple[Any, ...]]:
        return self._connection.execute(f"SELECT DISTINCT {', '.join(places)} FROM {self._dated} d").fetchall()

    def _stated(self, place: str, spoken: str) -> list[str]:
        """The words of a column that is not empty everywhere."""
        query = f"SELECT DISTINCT {spoken} FROM {self._dated} d WHERE {place} IS NOT NULL"
        return [str(word) for (word,) in self._connection.execute(query).fetchall() if word is not None]

    def _days_of(self, spoken: str) -> dict[str, _Days]:
        """The words of a column, each with the earliest last and the latest first day of its rows."""
        query = f"SELECT {spoken}, min({name(TO)}), max({name(FROM)}) FROM {self._dated} d GROUP BY 1"
        found = self._connection.execute(query).fetchall()
        return {str(word): (first or dt.date.max, last or dt.date.min) for word, first, last in found if word is not None}

    def _meant(self, role: str, word: str) -> str:
        return self._bindings.values.get(role, {}).get(word, word)

    def _table(self, role: str, columns: Mapping[str, str], rows: Sequence[Sequence[object]]) -> str:
        """A table of words and what they say; its alias is its name."""
        table = f"{self._prefix}_of_{role}"
        cells: list[list[object]] = [[row[place] for row in rows] for place in range(len(columns))]
        # a list given to DuckDB is read value by value: one without values is left out
        given = [place == 0 or any(value is not None for value in values) for place, values in enumerate(cells)]
        select = ", ".join(
            f"{f'unnest(?::{type_}[])' if here else f'CAST(NULL AS {type_})'} AS {name(column)}"
            for (column, type_), here in zip(columns.items(), given, strict=True)
        )
        self._connection.execute(
            f"CREATE OR REPLACE TEMP TABLE {name(table)} AS SELECT {select}",
            [values for values, here in zip(cells, given, strict=True) if here],
        )
        return table

    def _fact(self, fact: Fact) -> None:
        place, type_ = str(self._place(fact.name)), self._type(fact.name)
        wanted = TYPES[fact.type]
        if type_ == wanted and fact.type in ("boolean", "date", "number") and fact.name not in self._bindings.values:
            self.facts[fact.name] = place
            return
        spoken = self._spoken(place, type_)
        days = self._days_of(spoken) if fact.type == "state" else {}
        meanings = [(word, *self._meaning(fact, word)) for word in days or self._stated(place, spoken)]
        if fact.type == "state":
            self._states[fact.name] = _by_code((value, days[word]) for word, value, _ in meanings)
        plain = type_ == wanted and all(reason is None and self._same(word, value) for word, value, reason in meanings)
        if plain and fact.type == "set" and any(word == NONE for word, *_ in meanings):
            plain = not self._any(f"list_contains({place}, '{NONE}')")  # which says that the list is empty, and is not
        if plain:
            self.facts[fact.name] = place
            return
        table = self._table(fact.name, {"word": "VARCHAR", "value": wanted, "reason": "VARCHAR"}, meanings)
        self._joins.append(f"LEFT JOIN {name(table)} ON {name(table)}.word = {spoken}")
        self.facts[fact.name] = f"{name(table)}.value"
        if any(reason is not None for _, _, reason in meanings):
            self._reasons.append(f"{name(table)}.reason")

    @staticmethod
    def _same(word: str, value: Value) -> bool:
        return word == (";".join(value) or NONE if isinstance(value, list) else value)

    @staticmethod
    def _spoken(place: str, type_: str) -> str:
        """A column as text; a list as its entries with semicolons, `none` if it is empty."""
        if type_.endswith("[]"):
            return f"CASE WHEN len({place}) = 0 THEN '{NONE}' ELSE array_to_string(CAST({place} AS VARCHAR[]), ';') END"
        return place if type_ == "VARCHAR" else f"CAST({place} AS VARCHAR)"

    def _meaning(self, fact: Fact, word: str) -> tuple[Value, str | None]:
        try:
            return self._words.value(fact, self._meant(fact.name, word)), None
        except Unreadable as flaw:
            named = str(flaw) if str(flaw).startswith(fact.name) else f"{fact.name}: {flaw}"
            return None, named

    def _named_heads(self) -> None:
        """The head that a row names: one that the law has, on some day."""
        place = self._place("head")
        if place is None:
            return
        spoken = self._spoken(place, self._type("head"))
        heads = [p.id for p in self._corpus.provisions.values() if p.effect == "permits"]
        rows: list[tuple[object, ...]] = []
        for (word,) in self._distinct(spoken):
            meant = self._meant("head", word).strip() if word is not None else ""
            if meant and meant not in heads:
                near = nearest(meant, heads)
                rows.append((word, None, f"there is no head '{meant[:60]}'." + (f" Did you mean '{near}'?" if near else "")))
            elif meant:
                rows.append((word, meant, None))
        table = name(self._table("head", {"word": "VARCHAR", "value": "VARCHAR", "reason": "VARCHAR"}, rows))
        self._joins.append(f"LEFT JOIN {table} ON {table}.word = {spoken}")
        self._head = f"{table}.value"
        if any(row[2] is not None for row in rows):
            self._reasons.append(f"{table}.reason")

    def _party(self, party: str) -> None:
        place = self._spoken(str(self._place(party)), self._type(party))
        columns = {"word": "VARCHAR", "state": "VARCHAR", "kind": "VARCHAR", "note": "VARCHAR", "reason": "VARCHAR"}
        kind = f"{party}.kind" in self._corpus.vocabulary.facts
        if self._bindings.register:
            columns |= {"first": "DATE", "last": "DATE"}
            days = (name(FROM), name(TO))
            rows: list[tuple[object, ...]] = []
            for word, first, last in self._distinct(f"coalesce({place}, '')", *days):
                if first is not None and last is not None:
                    found = self._words.party_on(self._meant(party, word), first, last, self._world_on)
                    note = f"{party}: {found.note}" if found.note else None
                    rows.append((word, found.state, found.kind, note, None, first, last))
            on = f"t.word = coalesce({place}, '') AND t.first = d.{days[0]} AND t.last = d.{days[1]}"
        else:
            words = self._days_of(place)
            rows = [(word, *self._stated_party(party, word)) for word in words]
            self._states[f"{party}.state"] = _by_code((row[1], words[str(row[0])]) for row in rows)
            on = f"t.word = {place}"
        table = name(self._table(party, columns, rows))
        self._joins.append(f"LEFT JOIN {table} ON {on.replace('t.', f'{table}.')}")
        self.facts[f"{party}.state"] = f"{table}.state"
        if kind and any(row[2] is not None for row in rows):
            self.facts[f"{party}.kind"] = f"{table}.kind"
        if any(row[3] is not None for row in rows):
            self._notes.append(f"{table}.note")
        if any(row[4] is not None for row in rows):
            self._reasons.append(f"{table}.reason")

    def _stated_party(self, party: str, word: str) -> tuple[str | None, str | None, str | None, str | None]:
        try:
            found = self._words.party(self._meant(party, word))
            return found.state, found.kind, found.note, None
        except Unreadable as flaw:
            return None, None, None, f"{party}: {flaw}"

    def _things(self) -> None:
        """The item and what its description states, by every pair of designation and description."""
        named, described = self._place("item"), self._place("item.description")
        if named is None and described is None:
            return
        places = [self._spoken(place, self._type(role)) if place is not None else _NOTHING
                  for role, place in (("item", named), ("item.description", described))]  # fmt: skip
        rows: list[tuple[object, ...]] = []
        identical = described is None
        there = [place for place in places if place != _NOTHING]
        for words in self._distinct(*there):
            designation, description = (dict(zip(there, words, strict=True)).get(place) for place in places)
            thing = self._words.thing(
                self._meant("item", designation) if designation is not None else None,
                self._meant("item.description", description) if description is not None else None,
            )
            rows.append((designation, description, thing.item, thing.note, *(thing.facts.get(fact) for fact in DESCRIBED)))
            identical = identical and (thing.item is None) == (designation is None) and thing.item == designation
        if identical:
            self._item, self._item_note = places[0], f"CASE WHEN {places[0]} IS NOT NULL THEN 'catalogue' END"
        else:
            self._join_things(places, rows)
        self._contradictions()

    def _join_things(self, places: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
        facts = {fact: TYPES[self._corpus.vocabulary.facts[f"item.{fact}"].type] for fact in DESCRIBED}
        columns = {"designation": "VARCHAR", "description": "VARCHAR", "item": "VARCHAR", "note": "VARCHAR"} | facts
        table = name(self._table("item", columns, rows))
        self._joins.append(
            f"LEFT JOIN {table} ON {table}.designation IS NOT DISTINCT FROM {places[0]} "
            f"AND {table}.description IS NOT DISTINCT FROM {places[1]}"
        )
        self._item, self._item_note = f"{table}.item", f"{table}.note"
        for place, fact in enumerate(DESCRIBED, 4):
            if any(row[place] is not None for row in rows):
                stated = self.facts.get(f"item.{fact}")
                of_description = f"{table}.{name(fact)}"
                self.facts[f"item.{fact}"] = f"coalesce({stated}, {of_description})" if stated else of_description

    def _contradictions(self) -> None:
        """A stated fact that the catalogue has otherwise is a reason against the row, as it is in a case."""
        items = self._corpus.catalogue.items
        known = {fact for item in items.values() for fact in item.facts}
        both = self._contradicted([fact for fact in self.facts if fact in known and self._place(fact) is not None])
        if not both:
            return
        types = {fact: TYPES[self._corpus.vocabulary.facts[fact].type] for fact in both}
        rows = [(item.id, *(_plain(item.facts.get(fact)) for fact in both)) for item in items.values()]
        table = name(self._table("catalogue", {"id": "VARCHAR"} | types, rows))
        self._joins.append(f"LEFT JOIN {table} ON {table}.id = {self._item}")
        for fact in both:
            here, there = self._sorted(fact), f"{table}.{name(fact)}"
            self._reasons.append(
                f"CASE WHEN {here} <> {there} THEN {text(f'{fact} is stated otherwise than the catalogue has it for ')} "
                f"|| {table}.id END"
            )

    def _sorted(self, fact: str) -> str:
        """A fact as its column says it, a set in the order of its elements."""
        return f"list_sort({self.facts[fact]})" if self._corpus.vocabulary.facts[fact].type == "set" else self.facts[fact]

    def _contradicted(self, facts: Sequence[str]) -> list[str]:
        """Those of some facts that a row states otherwise than the catalogue has it for its item."""
        if not facts:
            return []
        ends = ", ".join(f"min({self._sorted(fact)}), max({self._sorted(fact)})" for fact in facts)
        query = f"SELECT {self._item}, {ends} FROM {self._dated} d {' '.join(self._joins)} GROUP BY 1"
        found: set[str] = set()
        for item, *values in self._connection.execute(query).fetchall():
            own = self._corpus.catalogue.items.get(item)
            for place, fact in enumerate(facts):
                there = _plain(own.facts.get(fact)) if own is not None else None
                if there is not None and any(value not in (None, there) for value in values[2 * place : 2 * place + 2]):
                    found.add(fact)
        return [fact for fact in facts if fact in found]

    def _lives(self) -> None:
        """Rejects rows whose state did not exist on the day, where any can be."""
        if self._world_on is not None:
            self._lives_on(self._world_on)
            return
        for fact, codes in self._states.items():
            mortal = [
                (code, begin, end)
                for code, (earliest, latest) in sorted(codes.items())
                for begin, end in self._words.life(code)
                if earliest < begin or end <= latest
            ]
            if mortal:
                table = name(self._table(f"life_{fact}", {"code": "VARCHAR", "begins": "DATE", "ends": "DATE"}, mortal))
                self._joins.append(f"LEFT JOIN {table} ON {table}.code = {self.facts[fact]}")
                self._reasons.append(
                    f"CASE WHEN {name(TO)} < {table}.begins OR {name(FROM)} >= {table}.ends THEN "
                    f"{text(f'{fact}: ')} || {table}.code || ' did not exist on that day' END"
                )

    def _lives_on(self, day: dt.date) -> None:
        """Rejects rows whose state did not exist on the day of the world that all rows are put in."""
        for fact, codes in self._states.items():
            gone = [(code,) for code in sorted(codes) if code != NONE and not self._corpus.world.state_exists(code, day)]
            if gone:
                table = name(self._table(f"life_{fact}", {"code": "VARCHAR"}, gone))
                self._joins.append(f"LEFT JOIN {table} ON {table}.code = {self.facts[fact]}")
                self._reasons.append(f"{text(f'{fact}: ')} || {table}.code || {text(f' did not exist on {day}')}")

    def _write(self) -> None:
        checked, rejects = name(f"{self._prefix}_checked"), name(f"{self._prefix}_rejects")
        several = FILE in self._headers()
        file = name(FILE) if several else _NOTHING
        reason = _joined(self._reasons)
        self._connection.execute(
            f"CREATE OR REPLACE TEMP VIEW {checked} AS SELECT {', '.join(self._columns(file if several else ''))}, "
            f"{file} AS {name('#file')}, {reason} AS {name('#reason')} FROM {self._dated} d {' '.join(self._joins)}"
        )
        self._connection.execute(
            f"CREATE OR REPLACE TEMP TABLE {rejects} AS SELECT row, file, reason FROM {name(self._source.torn)}"
        )
        where = ""
        if self._reasons:
            where = f" WHERE {name('#reason')} IS NULL"
            self._connection.execute(
                f"INSERT INTO {rejects} SELECT row, {name('#file')}, {name('#reason')} FROM {checked} "
                f"WHERE {name('#reason')} IS NOT NULL"
            )
        self._connection.execute(
            f"CREATE OR REPLACE TEMP VIEW {name(self._prefix)} AS "
            f"SELECT * EXCLUDE ({name('#file')}, {name('#reason')}) FROM {checked}{where}"
        )

    def _headers(self) -> list[str]:
        return [str(row[0]) for row in self._connection.execute(f"DESCRIBE {name(self._source.relation)}").fetchall()]

    def _columns(self, file: str) -> Iterable[str]:
        yield f"d.{name(ROW)} AS row"
        if file:
            yield f"d.{file} AS file"
        key = self._place("key")
        yield f"CAST({key or 'NULL'} AS VARCHAR) AS key"
        yield f"{name(FROM)} AS date_from"
        yield f"{name(TO)} AS date_to"
        mark = self._place("uncertain_order")
        if mark is not None:
            yield f"trim(coalesce(CAST({mark} AS VARCHAR), '')) NOT IN ('', 'false') AS uncertain_order"
        if self._head is not None:
            yield f"{self._head} AS head"
        for fact, place in self.facts.items():
            yield f"{place} AS {name(fact)}"
        yield f"{self._item} AS item"
        yield f"{self._item_note} AS item_note"
        yield f"{_joined(self._notes)} AS party_note"
        for ours, column in self._bindings.carried.items():
            yield f"d.{column.place} AS {name(ours)}"


def _by_code(found: Iterable[tuple[object, _Days]]) -> dict[str, _Days]:
    """States by code with the days of their rows, those of all words for one together."""
    codes: dict[str, _Days] = {}
    for code, (earliest, latest) in found:
        if code is not None:
            first, last = codes.get(str(code), (earliest, latest))
            codes[str(code)] = min(first, earliest), max(last, latest)
    return codes


def _plain(value: object) -> object:
    return sorted(value) if isinstance(value, frozenset) else value


def _joined(places: Sequence[str]) -> str:
    """Texts with semicolons between them, NULL if there is none."""
    return f"nullif(concat_ws('; ', {', '.join(places)}), '')" if places else _NOTHING
