"""The world: tables of dated facts, read from CSV and checked, answering look-ups by key and day.

A covered look-up of a known key gives its value; before coverage, or with an unknown key, the answer is unknown and
never FALSE. How an arms embargo answers is drawn at `_EmbargoTable`.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, TypeAlias

import msgspec

from sekisho.errors import InputError, Mistake, WorldError
from sekisho.language.nodes import NONE
from sekisho.language.vocabulary import Bilingual, Lookup
from sekisho.text import EVER, NEVER, Interval, day, interval, nearest, read_text, read_yaml

Answer: TypeAlias = bool | str | None
TABLES = "tables.yaml"
_TRUTH: Mapping[str, bool | None] = {"true": True, "false": False, "unknown": None}


class Row(msgspec.Struct, frozen=True):
    """One row of a table: its cells, the days on which it holds, and its place in the file (the header is row 1)."""

    cells: dict[str, str]
    in_force: Interval
    number: int

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


class Found(msgspec.Struct, frozen=True):
    """What a look-up answers, the row it rests on (None: no row of a covered key, or unknown), and notices."""

    value: Answer
    row: Row | None = None
    why: Literal["row", "no row", "not covered", "key unknown", "key none", "stale"] = "row"
    notices: tuple[str, ...] = ()


class About(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What tables.yaml says of one table."""

    file: str
    kind: Literal["intervals", "embargo", "reference"]
    title: Bilingual
    about: Bilingual
    keys: tuple[str, ...] = ()
    absent: Literal["no", "unknown"] = "unknown"
    coverage: str = "../.."
    checked: str = ""
    columns: dict[str, str] = {}


_NOTHING: Mapping[str, str | bool | None] = {}


class Table:
    """A table of dated facts by key. `checked` is the last day it was checked, None for a table without days."""

    def __init__(self, name: str, about: About, rows: Sequence[Row]) -> None:
        self.name, self.about, self.rows = name, about, tuple(rows)
        self.coverage = interval(about.coverage) or Interval()
        self._covered_from, self._covered_to = self.coverage.begin, self.coverage.end
        self.checked = day(about.checked)
        self._absent = Found(False if about.absent == "no" else None, None, "no row")
        self.index: dict[Any, tuple[list[dt.date], list[Row], list[Found]]] = {}
        for row in sorted(self.rows, key=lambda row: row.in_force):
            key = row[about.keys[0]] if len(about.keys) == 1 else tuple(row[column] for column in about.keys)
            begins, entries, found = self.index.setdefault(key, ([], [], []))
            begins.append(row.in_force.begin)
            entries.append(row)
            found.append(self._found(row))
        # of several keys the first names a thing, such as a programme: one the table does not have is an unknown key
        self._firsts = {key[0] for key in self.index} if len(about.keys) > 1 else None

    def _found(self, row: Row) -> Found:
        text = row["value"] or "true"
        value: Answer = _TRUTH.get(text, text)
        told = self.says(row)
        return Found(value, row, "row", (told,) if told else ())

    def says(self, row: Row) -> str:
        """What whoever meets a row should know besides its value; nothing for most."""
        return row["notice"]

    def answer(self, key: Any, moment: dt.date, strict: bool, by: Mapping[str, str | bool | None] = _NOTHING) -> Found:
        """As `at`; with `strict` what was last checked before the day is unknown."""
        found = self.at(key, moment, by)
        if strict and self.checked is not None and moment > self.checked and found.why in ("row", "no row"):
            return Found(None, found.row, "stale", found.notices)
        return found

    def at(self, key: Any, moment: dt.date, by: Mapping[str, str | bool | None] = _NOTHING) -> Found:
        """The answer for a known key (a text, or a tuple where there are several) on a day."""
        if not self._covered_from <= moment < self._covered_to:
            return _NOT_COVERED
        entry = self.index.get(key)
        if entry is None:
            return self._absent if self._firsts is None or key[0] in self._firsts else KEY_UNKNOWN
        place = bisect_right(entry[0], moment) - 1
        if place < 0 or entry[1][place].in_force.end <= moment:
            return self._absent
        return entry[2][place]

    def change_days(self) -> set[dt.date]:
        """Every day on which a row begins or ends to hold."""
        days = {edge for row in self.rows for edge in (row.in_force.begin, row.in_force.end)}
        return days - {EVER, NEVER}


_NOT_COVERED = Found(None, None, "not covered")
KEY_UNKNOWN = Found(None, None, "key unknown")
KEY_NONE = Found(False, None, "key none")


class _EmbargoTable(Table):
    """Arms embargoes by target state; several may hold at once, and the strictest answer counts.

    voluntary, political, suspended   FALSE, with a notice
    target non_state                  by the kind of recipient: TRUE for an armed group, FALSE for governments and bodies
                                      of the United Nations, unknown for others
    target all                        TRUE within its scope, unless the text itself exempts the recipient or the item;
                                      unknown where scope or exemption is not known to fit
    """

    def __init__(self, name: str, about: About, rows: Sequence[Row], world: World) -> None:
        super().__init__(name, about, rows)
        self._world = world

    def at(self, key: Any, moment: dt.date, by: Mapping[str, str | bool | None] = _NOTHING) -> Found:
        if moment not in self.coverage:
            return _NOT_COVERED
        entry = self.index.get(key)
        if entry is None:
            return self._absent
        answers = [self._bites(row, by) for row in entry[1] if moment in row.in_force]
        if not answers:
            return self._absent
        notices = tuple(notice for found in answers for notice in found.notices)
        worst = max(answers, key=lambda found: (found.value is not False, found.value is True))
        return Found(worst.value, worst.row, "row", notices)

    def says(self, row: Row) -> str:
        """The notice of an embargo, else that it does not bind where it does not."""
        if row["notice"] or row["class"] == "mandatory":
            return row["notice"]
        return f"A {row['class']} embargo on {row['state']} ({row['instrument']}) does not bind."

    def _bites(self, row: Row, by: Mapping[str, str | bool | None]) -> Found:
        told = self.says(row)
        notices = (told,) if told else ()
        if row["class"] != "mandatory":
            return Found(False, row, "row", notices)
        kind = self._world.kinds.get(str(by.get("kind")), {})
        if row["target"] == "non_state":
            group, governed = kind.get("non_state"), kind.get("governmental") == "true" or kind.get("un") == "true"
            return Found(True if group == "true" else False if governed else None, row, "row", notices)
        value: bool | None = True
        if row["scope"] != "all":
            value = self._world.scopes.get((row["scope"], str(by.get("munitions_list"))))
        for code in filter(None, row["exempt"].split(";")):
            value = _and(value, _EXEMPT[code](kind, by))
        return Found(value, row, "row", notices)


def _and(left: bool | None, right: bool | None) -> bool | None:
    if left is False or right is False:
        return False
    return None if left is None or right is None else True


def _not_kind(column: str) -> Callable[[Mapping[str, str], Mapping[str, str | bool | None]], bool | None]:
    def bites(kind: Mapping[str, str], by: Mapping[str, str | bool | None]) -> bool | None:
        truth = _TRUTH.get(kind.get(column, "unknown"))
        return None if truth is None else not truth

    return bites


def _unless_protective(kind: Mapping[str, str], by: Mapping[str, str | bool | None]) -> bool | None:
    return True if by.get("weapon") is True else None


_EXEMPT: Mapping[str, Callable[[Mapping[str, str], Mapping[str, str | bool | None]], bool | None]] = {
    "un": _not_kind("un"),
    "government": _not_kind("governmental"),
    "protective": _unless_protective,
    "humanitarian": _unless_protective,
}
"""Exemption codes of an embargo row: whether the embargo still bites a recipient of that kind and that item."""


class World:
    """All tables by name, and the registers of states and of kinds of recipient that the rest reads."""

    def __init__(self) -> None:
        self.tables: dict[str, Table] = {}
        self.states: dict[str, list[Row]] = {}
        self.state_names: dict[str, str] = {}
        self.short_codes: dict[str, str] = {}
        self.kinds: dict[str, dict[str, str]] = {}
        self.scopes: dict[tuple[str, str], bool] = {}
        self.bodies: dict[str, Row] = {}
        self.version = ""

    def look_up(self, lookup: Lookup, value: Callable[[str], Any], moment: dt.date, strict: bool = False) -> Found:
        """The answer to a look-up, the facts it reads given by `value` (None: unknown).

        With `strict` an answer for a day after the table was last checked is unknown.
        """
        keys = lookup.keys
        table = self.tables[lookup.table]
        if len(keys) == 1:
            key: Any = value(keys[0])
            if key is None:
                return KEY_UNKNOWN
            if key == NONE:
                return KEY_NONE
        else:
            key = tuple(value(name) for name in keys)
            if NONE in key:
                return KEY_NONE
            if None in key:
                return KEY_UNKNOWN
        return table.answer(
            key, moment, strict, {name: value(fact) for name, fact in lookup.by.items()} if lookup.by else _NOTHING
        )

    def state_exists(self, code: str, moment: dt.date) -> bool:
        """Whether a state or area of that code existed on a day."""
        return any(row.in_force.begin <= moment < row.in_force.end for row in self.states.get(code, ()))

    def state(self, word: str) -> str | None:
        """The code of a state or area by its code of three letters or two, its name or another name for it, in any case."""
        if word in self.states:
            return word
        plain = word.strip().casefold()
        return self.state_names.get(plain) or self.short_codes.get(plain)

    def meant(self, word: str) -> str:
        """The mend for a word that is no state: the code and the name of that which it is most like; else nothing."""
        near = nearest(word.strip().casefold(), self.state_names)
        if near is None:
            return ""
        code = self.state_names[near]
        return f"Did you mean {code} ({self.states[code][0]['name']})?"

    def kin(self, code: str, moment: dt.date) -> tuple[str, ...]:
        """The predecessors and successors of a state that did exist on a day."""
        named = (
            other for row in self.states[code] for column in ("predecessors", "successors") for other in row[column].split(";")
        )
        return tuple(dict.fromkeys(other for other in named if other and self.state_exists(other, moment)))


_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "intervals": ("from", "to", "value", "notice", "source", "confidence", "note"),
    "embargo": (
        "id", "state", "from", "to", "class", "target", "scope", "exempt", "instrument",
        "source", "confidence", "notice", "note",
    ),
    "reference": (),
}  # fmt: skip
_REGISTERS: Mapping[str, tuple[str, ...]] = {
    "states": ("name", "name_ja", "aliases", "from", "to", "predecessors", "successors"),
    "recipient_kinds": ("governmental", "un", "non_state"),
    "embargo_scopes": ("munitions_list", "falls"),
    "un_bodies": ("name", "name_ja", "aliases", "kind", "state"),
    "items": ("name", "name_ja", "designation", "aliases", "source", "confidence", "note"),
}
"""What the rest of the program reads of a table by its name."""
_ALLOWED: Mapping[str, frozenset[str]] = {
    "class": frozenset({"mandatory", "voluntary", "political", "suspended"}),
    "target": frozenset({"all", "non_state"}),
    "confidence": frozenset({"high", "medium", "low", ""}),
}


def load(folder: Path) -> World:
    """The world of a folder. Raises `WorldError` with every mistake in its tables."""
    mistakes: list[Mistake] = []
    documents = read_yaml(read_text(folder / TABLES, WorldError), TABLES, WorldError)
    tables = documents[0].value.get("tables") if documents and isinstance(documents[0].value, dict) else None
    if not isinstance(tables, dict):
        raise WorldError(Mistake("it describes no tables.", "Write `tables:` and an entry for each.", TABLES))
    document = documents[0]
    world = World()
    abouts: dict[str, About] = {}
    for name, body in tables.items():
        try:
            cells = body.items() if isinstance(body, dict) else ()
            plain = {key: str(value) if isinstance(value, dt.date | bool) else value for key, value in cells}
            abouts[name] = msgspec.convert(plain, About)
        except msgspec.ValidationError as flaw:
            mistakes.append(Mistake(f"the table '{name}': {flaw}.", "", TABLES, document.line("tables", name)))
    for name, about in abouts.items():
        try:
            rows = read_rows(folder / about.file, about, _REGISTERS.get(name, ()))
        except InputError as flaw:
            mistakes += flaw.mistakes
            continue
        mistakes += _flaws(name, about, rows)
        world.tables[name] = _EmbargoTable(name, about, rows, world) if about.kind == "embargo" else Table(name, about, rows)
    if mistakes:
        raise WorldError(mistakes)
    mistakes = [*_registers(world), *_unknown_codes(world)]
    if mistakes:
        raise WorldError(mistakes)
    return world


def read_rows(path: Path, about: About, needed: Sequence[str] = ()) -> list[Row]:
    """The rows of a table's file, which has the columns of its kind and those `needed` besides.

    Raises `WorldError` for a ragged row, a missing column or one given twice, or a broken interval.
    """
    name = path.name
    reader = csv.reader(io.StringIO(read_text(path, WorldError)), strict=True)
    try:
        lines = [(reader.line_num, cells) for cells in reader if cells]
    except csv.Error as flaw:
        raise WorldError(Mistake(f"not readable as CSV: {flaw}.", "Check the quotes.", name, row=reader.line_num)) from flaw
    if not lines:
        raise WorldError(Mistake("the table is empty.", "Give it a header.", name))
    header = lines[0][1]
    missing = [column for column in (*about.keys, *_COLUMNS[about.kind], *needed) if column not in header]
    if missing:
        raise WorldError(Mistake(f"the column '{missing[0]}' is missing.", f"Found: {', '.join(header)}.", name, row=1))
    twice = [column for column in header if header.count(column) > 1]
    if twice:
        raise WorldError(Mistake(f"the column '{twice[0]}' is given twice.", "Keep one of them.", name, row=1))
    mistakes: list[Mistake] = []
    rows: list[Row] = []
    for number, (_, cells) in enumerate(lines[1:], 2):
        if len(cells) != len(header):
            mistakes.append(Mistake(f"the row has {len(cells)} cells, the header {len(header)}.", "", name, row=number))
            continue
        entry = dict(zip(header, (cell.strip() for cell in cells), strict=True))
        span = interval(f"{entry.get('from') or '..'}/{entry.get('to') or '..'}")
        if span is None:
            span_text = f"{entry.get('from')}/{entry.get('to')}"
            mistakes.append(
                Mistake(
                    f"'{span_text}' is not an interval.",
                    "`to` is the first day on which the row no longer holds.",
                    name,
                    row=number,
                )
            )
            continue
        rows.append(Row(entry, span, number))
    if mistakes:
        raise WorldError(mistakes)
    return rows


def _flaws(name: str, about: About, rows: Sequence[Row]) -> list[Mistake]:
    flaws: list[Mistake] = []
    if about.kind != "reference" and (interval(about.coverage) is None or day(about.checked) is None):
        flaws.append(Mistake(f"the table '{name}' does not state its coverage and the day it was checked.", "", TABLES))
    for row in rows:
        for column, allowed in _ALLOWED.items():
            if column in row.cells and about.kind != "reference" and row[column] not in allowed:
                flaws.append(Mistake(f"'{row[column]}' is not a {column}.", "One of " + ", ".join(sorted(allowed)) + ".",
                                     about.file, row=row.number, field=column))  # fmt: skip
        if about.kind == "embargo":
            flaws += [
                Mistake(
                    f"'{code}' is not a code of exemption.",
                    "One of " + ", ".join(_EXEMPT) + ".",
                    about.file,
                    row=row.number,
                )
                for code in filter(None, row["exempt"].split(";"))
                if code not in _EXEMPT
            ]
        if about.kind != "reference" and not row["source"]:
            flaws.append(Mistake("the row has no source.", "Cite one.", about.file, row=row.number, field="source"))
    if about.kind == "intervals":
        last: dict[tuple[str, ...], Row] = {}
        for row in sorted(rows, key=lambda row: row.in_force):
            key = tuple(row[column] for column in about.keys)
            before = last.get(key)
            if before is not None and before.in_force.overlaps(row.in_force):
                flaws.append(
                    Mistake(
                        f"{' '.join(key)}: the interval {row.in_force} overlaps that of row {before.number}.",
                        "End the earlier row on the day the later one begins.",
                        about.file,
                        row=row.number,
                    )
                )
            last[key] = row
    return flaws


def _registers(world: World) -> Iterator[Mistake]:
    """Fill the registers that the rest reads; gives a mistake for each name that stands for two states."""
    for row in _rows(world, "states"):
        world.states.setdefault(row["code"], []).append(row)
        for known, words in (
            (world.state_names, (row["code"], row["name"], row["name_ja"], *row["aliases"].split(";"))),
            (world.short_codes, (row["code2"],)),
        ):
            for word in filter(None, map(str.strip, words)):
                other = known.setdefault(word.casefold(), row["code"])
                if other != row["code"] or world.state_names.get(word.casefold(), other) != other:
                    what = f"the name '{word}' stands for {world.state_names.get(word.casefold(), other)} too."
                    yield Mistake(what, "Make it unambiguous.", world.tables["states"].about.file, row=row.number)
    world.kinds = {row["kind"]: row.cells for row in _rows(world, "recipient_kinds")}
    world.scopes = {(row["scope"], row["munitions_list"]): row["falls"] == "in" for row in _rows(world, "embargo_scopes")}
    for row in _rows(world, "un_bodies"):
        for word in (row["id"], row["name"], row["name_ja"], *row["aliases"].split(";")):
            if word.strip():
                world.bodies.setdefault(word.strip().casefold(), row)


def _rows(world: World, name: str) -> Sequence[Row]:
    return world.tables[name].rows if name in world.tables else ()


def _unknown_codes(world: World) -> list[Mistake]:
    if not world.states:
        return []
    return [
        Mistake(
            f"'{row['state']}' is not a code of the table of states.",
            "",
            table.about.file,
            row=row.number,
            field="state",
        )
        for table in world.tables.values()
        for row in table.rows
        if row["state"] and row["state"] != NONE and row["state"] not in world.states
    ]
