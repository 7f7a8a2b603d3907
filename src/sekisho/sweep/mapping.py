"""Which column of a register says what: by name, by a mapping file, or by a known format.

A mapping is YAML; all its keys may be left out:

    register: sipri                    # whose names of parties and designations are meant
    columns: {recipient.state: Importer, date: Licence date}
    constants: {exporter.state: JPN}
    values: {recipient.kind: {Army: armed_forces}}
    ignore: [recipient.kind]           # columns that are carried along and state nothing

What a column may be for is a fact of the vocabulary or one of `ROLES`. A column that is neither is carried along as
`in.NAME`; one that looks like a fact and is none is refused, for it is a slip of the pen.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sekisho.corpus import Corpus
from sekisho.errors import Mistake, RegisterError
from sekisho.sweep.formats import FORMATS, Format
from sekisho.sweep.sources import Column, Source
from sekisho.text import read_text, read_yaml, suggest

ROLES: Mapping[str, str] = {
    "key": "the row's own key",
    "date": "the day of the decision: a day, a month or a year",
    "date_from": "the first day it may have been",
    "date_to": "the last day it may have been",
    "head": "the head relied on, by its id in the law",
    "item": "the item's designation, as in the catalogue",
    "item.description": "what kind of thing it is, in the words of a register",
    "exporter": "the exporter, as one word: a state",
    "recipient": "the recipient, as one word: a state or a body of the United Nations",
    "end_user": "the end user, as one word",
    "destination": "the destination, as one word",
    "uncertain_order": "a mark that the year is uncertain",
}
"""What a column may be for besides a fact."""

PARTIES = ("exporter", "recipient", "end_user", "destination")
_ALSO = {"id": "key", "item.name": "item"}
_CARRIED = frozenset({"exporter.name", "recipient.name", "end_user.name", "destination.name"})
_KEYS = {"register": str, "columns": dict, "constants": dict, "values": dict, "ignore": list}


def carried_name(header: str) -> str:
    """What a column is called that is carried along."""
    return header if header.startswith("in.") else f"in.{header}"


@dataclass(frozen=True)
class Bindings:
    """What each role and fact is read from (a column or a constant), and the columns carried along by name."""

    columns: Mapping[str, Column]
    carried: Mapping[str, Column]
    constants: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    register: str = ""


def read_mapping(path: Path | str) -> dict[str, Any]:
    """A mapping from its file. Raises `RegisterError`."""
    documents = read_yaml(read_text(Path(path), RegisterError), str(path), RegisterError)
    value = documents[0].value if documents else {}
    if not isinstance(value, dict):
        raise RegisterError(Mistake("a mapping is a mapping of keys.", "It has " + ", ".join(_KEYS) + ".", str(path)))
    return value


def bind(source: Source, corpus: Corpus, form: Format | None, mapping: Mapping[str, Any] | None) -> Bindings:
    """What each column is for. Raises `RegisterError` with every mistake: columns missing, twice for one fact, unknown."""
    mapping = _checked(mapping or {}, source.label)
    binder = _Binder(source, corpus, {str(entry) for entry in mapping["ignore"]})
    if form is not None:
        binder.known_format(form)
    binder.mapped({str(fact): str(header) for fact, header in mapping["columns"].items()})
    if form is None:
        binder.by_name()
    constants = {str(fact): _plain(value) for fact, value in mapping["constants"].items()}
    binder.constant(constants)
    binder.enough(constants)
    if binder.mistakes:
        raise RegisterError(binder.mistakes)
    values = {
        str(fact): {str(raw): _plain(value) for raw, value in table.items()}
        for fact, table in mapping["values"].items()
        if isinstance(table, dict)
    }
    register = mapping["register"] or (form.id if form else "")
    return Bindings(binder.columns, binder.carried(form is not None), constants, values, register)


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return ";".join(str(entry) for entry in value) or "none"
    return str(value)


def _checked(mapping: Mapping[str, Any], label: str) -> dict[str, Any]:
    mistakes = [
        Mistake(
            f"the mapping has the key '{key}'.", suggest(key, _KEYS) or "It has " + ", ".join(_KEYS) + ".", label, field=key
        )
        for key in mapping
        if key not in _KEYS
    ]
    mistakes += [
        Mistake(f"'{key}' of the mapping is not a {kind.__name__}.", "See the documentation of mappings.", label, field=key)
        for key, kind in _KEYS.items()
        if key in mapping and not isinstance(mapping[key], kind)
    ]
    if mistakes:
        raise RegisterError(mistakes)
    return {key: mapping.get(key, kind()) for key, kind in _KEYS.items()}


class _Binder:
    def __init__(self, source: Source, corpus: Corpus, ignored: set[str]) -> None:
        self.columns: dict[str, Column] = {}
        self.mistakes: list[Mistake] = []
        self._source, self._facts, self._ignored = source, corpus.vocabulary.facts, ignored
        self._by_header = {column.header: column for column in source.columns}
        self._by_folded = {column.header.casefold(): column for column in source.columns}
        self._names: dict[str, str] = {}
        for header in sorted(ignored - self._by_header.keys()):
            self._missing(header, "the mapping ignores")

    def _wrong(self, what: str, mend: str, field: str) -> None:
        self.mistakes.append(Mistake(what, mend, self._source.label, field=field))

    def _found(self) -> str:
        few = [column.header for column in self._source.columns[:20]]
        more = len(self._source.columns) - len(few)
        return "Found: " + (", ".join(few) or "no columns") + (f" and {more} more." if more else ".")

    def _missing(self, header: str, who: str) -> None:
        self._wrong(f"the column '{header}', which {who}, is missing.", self._found(), header)

    def known_format(self, form: Format) -> None:
        """Bind the columns of a known format under our names for them."""
        headers = [column.header for column in self._source.columns]
        names = form.named(headers)
        if names is None:
            known = {form.names[header.casefold()] for header in headers if header.casefold() in form.names}
            for needed in form.needed:
                if needed not in known:
                    headings = " or ".join(f"'{header}'" for header, ours in form.names.items() if ours == needed)
                    self._missing(headings.strip("'"), f"the format '{form.id}' needs")
            return
        self._names = dict(zip(headers, names, strict=True))
        ours = dict(zip(names, self._source.columns, strict=True))
        for role, name in form.roles.items():
            if name in ours and ours[name].header not in self._ignored:
                self.columns[role] = ours[name]

    def mapped(self, wanted: Mapping[str, str]) -> None:
        """Bind the columns that a mapping names."""
        for role, header in wanted.items():
            role = _ALSO.get(role, role)
            if role not in self._facts and role not in ROLES:
                self._wrong(f"'{role}' is no fact and no role.", suggest(role, [*self._facts, *ROLES]), role)
                continue
            column = self._by_header.get(header) or self._by_folded.get(header.casefold())
            if column is None:
                self._missing(header, f"the mapping names for {role}")
            else:
                self._bind(role, column)

    def by_name(self) -> None:
        """Bind the columns whose header is a fact or a role."""
        taken = {column.header for column in self.columns.values()}
        prefixes = {fact.partition(".")[0] for fact in self._facts if "." in fact}
        for column in self._source.columns:
            if column.header in taken or column.header in self._ignored:
                continue
            role = column.header.strip().casefold()
            role = _ALSO.get(role, role)
            if role in self._facts or role in ROLES:
                self._bind(role, column)
            elif "." in role and role.partition(".")[0] in prefixes and role not in _CARRIED:
                mend = suggest(role, self._facts) or "Rename it, or list it under `ignore` in a mapping."
                self._wrong(f"the column '{column.header}' is no fact of the vocabulary.", mend, column.header)

    def _bind(self, role: str, column: Column) -> None:
        other = next((self.columns[fact] for fact in _same(role) if fact in self.columns), None)
        if other is None:
            self.columns[role] = column
        else:
            self._wrong(
                f"two columns give {role}: '{other.header}' and '{column.header}'.",
                "Keep one of them, or list the other under `ignore` in a mapping.",
                role,
            )

    def constant(self, constants: Mapping[str, str]) -> None:
        """Check the constants of a mapping."""
        for fact in constants:
            if fact not in self._facts and fact not in (*PARTIES, "item", "date"):
                self._wrong(f"the constant '{fact}' is no fact.", suggest(fact, self._facts), fact)
            elif any(same in self.columns for same in _same(fact)):
                self._wrong(f"{fact} is given by a column and by a constant.", "Keep one of them.", fact)

    def enough(self, constants: Mapping[str, str]) -> None:
        """Check that there is a day, and at least one fact to decide on."""
        if self.mistakes:
            return
        known = self.columns.keys() | constants.keys()
        if "date" not in known and not {"date_from", "date_to"} <= known:
            self._wrong("the column 'date' is missing: without a day no law applies.", self._found(), "date")
        if "date" in known and known & {"date_from", "date_to"}:
            self._wrong("the day is given by 'date' and by 'date_from' or 'date_to'.", "Keep one way.", "date")
        if not known - {"key", "date", "date_from", "date_to", "uncertain_order", "head"}:
            mend = f"Needed are columns such as exporter.state, recipient.state and item. {self._found()}"
            self._wrong("no column states a fact.", mend, "")

    def carried(self, known: bool) -> dict[str, Column]:
        """The columns carried along: all that state nothing by themselves, and the words that are resolved."""
        resolved = {"item", "item.description", *PARTIES}
        stated = {column.header for role, column in self.columns.items() if role not in resolved}
        carried: dict[str, Column] = {}
        for column in self._source.columns:
            if known or column.header not in stated:
                carried[carried_name(self._names.get(column.header, column.header))] = column
        return carried


def _same(role: str) -> Sequence[str]:
    """The roles and facts that one stands for: a party in one word gives its state and its kind."""
    if role in PARTIES:
        return (role, f"{role}.state", f"{role}.kind")
    party, _, rest = role.partition(".")
    return (role, party) if party in PARTIES and rest in ("state", "kind") else (role,)


def format_of(source: Source, name: str | None) -> Format | None:
    """The format named, or the one the header is of. Raises `RegisterError` for a name that is none."""
    if name == "own":
        return None
    if name is not None:
        if name not in FORMATS:
            mend = suggest(name, FORMATS) or "The formats are own, " + ", ".join(FORMATS) + "."
            raise RegisterError(Mistake(f"there is no format '{name}'.", mend, source.label))
        return FORMATS[name]
    headers = [column.header for column in source.columns]
    return next((form for form in FORMATS.values() if form.named(headers) is not None), None)
