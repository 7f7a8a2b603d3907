"""Reading cases: YAML or JSON, nested or dotted, one or several in a file, with all mistakes of a file at once."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeAlias

import msgspec

from sekisho.corpus import Corpus, Fact
from sekisho.corpus.items import Item
from sekisho.errors import CaseError, Mistake
from sekisho.language.nodes import NONE
from sekisho.text import LARGEST_FILE, Document, day, nearest, read_text, read_yaml, suggest

FactValue: TypeAlias = str | bool | int | float | dt.date | frozenset[str]
EARLIEST = dt.date(1900, 1, 1)
"""No case is older: a day before it is a slip of the pen."""

PLAIN = frozenset({"id", "title", "title_ja", "note", "head"})
NAMES = frozenset({"exporter.name", "recipient.name", "end_user.name", "destination.name", "item.name"})
PARTIES = frozenset({"exporter", "recipient", "end_user", "destination"})


_READ: Mapping[str, tuple[Callable[[Any], FactValue | None], str]] = {
    "boolean": (lambda value: value if isinstance(value, bool) else None, "true or false"),
    "number": (lambda value: value if isinstance(value, int | float) and not isinstance(value, bool) else None, "a number"),
    "date": (day, "a day such as 2023-12-22"),
}
"""How a value of a plain type is read, None if it is not one, and what to write instead."""


class Case(msgspec.Struct, frozen=True):
    """A transfer as a user states it. `facts` holds only what is stated, by vocabulary name."""

    date: dt.date
    facts: dict[str, FactValue] = {}
    item: str = ""
    head: str = ""
    id: str = ""
    title: str = ""
    title_ja: str = ""
    note: str = ""
    names: dict[str, str] = {}
    recorded: dict[str, Any] | None = None
    file: str = ""
    line: int | None = None
    lines: dict[str, int] = {}

    @property
    def name(self) -> str:
        """What to call it in a message."""
        return self.id or (f"{self.file}:{self.line}" if self.file and self.line else self.file or "the case")


def read_file(path: Path | str, corpus: Corpus) -> list[Case]:
    """The cases of a file (`-` is standard input). Raises `CaseError` with every mistake in it."""
    if str(path) == "-":
        content = sys.stdin.buffer.read(LARGEST_FILE + 1)
        if len(content) > LARGEST_FILE:
            raise CaseError(Mistake(f"standard input has more than {LARGEST_FILE:,} bytes.", "Split it.", "-"))
        try:
            return read_cases(content.decode("utf-8"), "-", corpus)
        except UnicodeDecodeError as flaw:
            mend = "Save it in the encoding UTF-8."
            raise CaseError(Mistake(f"byte {flaw.start + 1} is not UTF-8.", mend, "-")) from flaw
    path = Path(path)
    name = str(path).encode("utf-8", "backslashreplace").decode()  # a path need not be UTF-8; what names it must
    return read_cases(read_text(path, CaseError), name, corpus)


def read_cases(text: str, file: str, corpus: Corpus) -> list[Case]:
    """The cases of a text: one mapping, a list of them, several documents, or (in *.jsonl) one a line."""
    if file.endswith(".jsonl"):
        documents = [
            document
            for number, line in enumerate(text.splitlines(), 1)
            if line.strip()
            for document in read_yaml(line, file, CaseError, number)
        ]
    else:
        documents = read_yaml(text, file, CaseError)
    cases: list[Case] = []
    mistakes: list[Mistake] = []
    for document, path, body in _bodies(documents):
        reader = _Reader(document, path, file, corpus)
        case = reader.case(body)
        mistakes += reader.mistakes
        if case is not None:
            cases.append(case)
    if not cases and not mistakes:
        mistakes = [Mistake("there is no case in it.", "Write `date: …` and what is transferred, from whom, to whom.", file)]
    if mistakes:
        raise CaseError(mistakes)
    return cases


def from_mapping(body: Mapping[str, Any], corpus: Corpus, name: str = "") -> Case:
    """A case given as a mapping, nested or dotted, as a file would hold it."""
    reader = _Reader(Document(body), (), name, corpus)
    case = reader.case(body)
    if case is None or reader.mistakes:
        raise CaseError(reader.mistakes)
    return case


def _bodies(documents: list[Document]) -> Iterator[tuple[Document, tuple[str | int, ...], Any]]:
    for document in documents:
        if isinstance(document.value, list):
            for place, body in enumerate(document.value):
                yield document, (place,), body
        elif document.value is not None:
            yield document, (), document.value


class _Reader:
    def __init__(self, document: Document, path: tuple[str | int, ...], file: str, corpus: Corpus) -> None:
        self._document, self._path, self._file, self._corpus = document, path, file, corpus
        self._lines: dict[str, int] = {}
        self.mistakes: list[Mistake] = []

    def _line(self, name: str) -> int | None:
        return self._lines.get(name) or self._document.line(*self._path, name)

    def _wrong(self, what: str, mend: str = "", field: str = "") -> None:
        self.mistakes.append(Mistake(what, mend, self._file, self._line(field), field))

    def case(self, body: Any) -> Case | None:
        if not isinstance(body, Mapping):
            self._wrong("a case is a mapping of keys.", "Write `date: 2023-12-22` and so on, a line each.")
            return None
        recorded = body.get("recorded")
        flat: dict[str, Any] = {}
        for key, value in self._flat({key: value for key, value in body.items() if key != "recorded"}, ""):
            if key in flat:
                self._wrong(f"the key '{key}' is given twice, nested and dotted.", "Keep one of them.", key)
            flat[key] = value
        moment = self._date(flat.pop("date", None))
        plain: dict[str, str] = {}
        names: dict[str, str] = {}
        item: Item | None = None
        stated: dict[str, FactValue] = {}
        for key, value in flat.items():
            if value is None:
                continue
            if key in PLAIN:
                plain[key] = str(value)
            elif key == "item":
                item = self._item(value)
            elif key in PARTIES:
                self._party(key, value, stated, names)
            elif key in NAMES:
                names[key] = str(value)
            elif key not in self._corpus.vocabulary.facts:
                self._unknown(key)
            else:
                found = self.value(self._corpus.vocabulary.facts[key], value)
                if found is not None:
                    self._state_once(stated, key, found)
        item = self._item_once(item, names.get("item.name", ""))
        named = self._corpus.provisions.get(plain.get("head", ""))
        if plain.get("head") and (named is None or named.effect != "permits"):
            mend = nearest(plain["head"], [p.id for p in self._corpus.provisions.values() if p.effect == "permits"])
            self._wrong(f"there is no head '{plain['head']}'.", f"Did you mean '{mend}'?" if mend else "", "head")
        if recorded is not None and not isinstance(recorded, Mapping):
            self._wrong("`recorded` is a mapping.", "Write recorded: {outcome: …}.", "recorded")
        if moment is None or self.mistakes:
            return None
        return Case(
            moment, stated, item.id if item else "", **plain, names=names, recorded=recorded, file=self._file,
            line=self._document.line(*self._path), lines=self._lines,
        )  # fmt: skip

    def _flat(self, body: Mapping[str, Any], prefix: str, *path: str) -> Iterator[tuple[str, Any]]:
        for key, value in body.items():
            name = f"{prefix}{key}"
            line = self._document.line(*self._path, *path, str(key))
            if line is not None:
                self._lines.setdefault(name, line)
            if isinstance(value, Mapping):
                yield from self._flat(value, f"{name}.", *path, str(key))
            else:
                yield name, value

    def _unknown(self, key: str) -> None:
        known = [*self._corpus.vocabulary.facts, *PLAIN, *NAMES, "date", "item", "recorded", *PARTIES]
        name = nearest(key, known)
        self._wrong(f"the key '{key}' is not known.", f"Did you mean '{name}'?" if name else "See docs/vocabulary.md.", key)

    def _date(self, value: Any) -> dt.date | None:
        if value is None:
            self._wrong("the case has no date.", "Add `date:`, the day of the licence decision, such as 2023-12-22.", "date")
            return None
        moment = day(value)
        if moment is None:
            self._wrong(f"'{value}' is not a day.", "Write the year, month and day, such as 2023-12-22.", "date")
        elif moment < EARLIEST:
            self._wrong(f"the day {moment} lies before {EARLIEST}.", "Check the year.", "date")
            return None
        return moment

    def _item(self, value: Any) -> Item | None:
        item = self._corpus.catalogue.find(str(value)) if isinstance(value, str) else None
        if item is None:
            self._wrong(f"the item '{value}' is not in the catalogue.", self._corpus.catalogue.mend(str(value)), "item")
        return item

    def _item_once(self, item: Item | None, name: str) -> Item | None:
        """The item, as it is given by itself or by what it is called; the two have to be one."""
        called = self._corpus.catalogue.find(name) if name else None
        if item is not None and name and called is not item:
            self._wrong(f"the item is given twice, as {item.id} and as {name}.", "Keep one of them.", "item.name")
        return item or called

    def _party(self, key: str, value: Any, stated: dict[str, FactValue], names: dict[str, str]) -> None:
        """A party written as one word: a state, or a body of the United Nations."""
        body = self._corpus.world.bodies.get(str(value).casefold())
        if body is not None and f"{key}.kind" in self._corpus.vocabulary.facts:
            for part in ("state", "kind"):
                self._place(f"{key}.{part}", key)
                self._state_once(stated, f"{key}.{part}", body[part])
            names[f"{key}.name"] = body["name"]
            return
        self._place(f"{key}.state", key)
        found = self.value(self._corpus.vocabulary.facts[f"{key}.state"], value)
        if found is not None:
            self._state_once(stated, f"{key}.state", found)

    def _place(self, name: str, key: str) -> None:
        """Let a fact stand on the line of the key that gives it."""
        if key in self._lines:
            self._lines.setdefault(name, self._lines[key])

    def _state_once(self, stated: dict[str, FactValue], name: str, value: FactValue) -> None:
        """Enter a fact that a party's one word may have given already."""
        if stated.setdefault(name, value) != value:
            self._wrong(f"{name} is given twice, as {stated[name]} and as {value}.", "Keep one of them.", name)

    def value(self, fact: Fact, value: Any) -> FactValue | None:
        if fact.type == "state":
            return self._state(fact.name, value)
        if fact.type == "set":
            entries = value if isinstance(value, list) else [value]
            if entries == [NONE] or not entries:
                return frozenset()
            words = [self._word(fact, entry) for entry in entries]
            return frozenset(word for word in words if word is not None)
        if fact.type == "text":
            return self._word(fact, value)
        read, wanted = _READ[fact.type]
        found = read(value)
        if found is None:
            self._mistyped(fact, value, wanted)
        return found

    def _word(self, fact: Fact, value: Any) -> str | None:
        word = str(value) if isinstance(value, int | str) and not isinstance(value, bool) else None
        if word is None:
            self._mistyped(fact, value, "one of " + ", ".join(fact.values))
            return None
        if word not in fact.values:
            name = nearest(word, fact.values)
            few = ", ".join(list(fact.values)[:12])
            mend = f"Did you mean '{name}'?" if name else f"It is one of {few}."
            self._wrong(f"'{word}' is not a value of {fact.name}.", mend, fact.name)
            return None
        return word

    def _mistyped(self, fact: Fact, value: Any, wanted: str) -> None:
        self._wrong(f"{fact.name} is a {fact.type}: '{value}' is not.", f"Write {wanted}.", fact.name)

    def _state(self, name: str, value: Any) -> str | None:
        word = str(value).strip()
        if word == NONE:
            return NONE
        world = self._corpus.world
        code = world.state(word)
        if code is None:
            self._wrong(f"'{word}' is not a state.", world.meant(word) or "Use a code such as JPN.", name)
            return None
        return code


def facts_of_words(words: Iterable[str], corpus: Corpus) -> dict[str, FactValue]:
    """Facts written as `FACT=VALUE`, a set's values joined by commas. Raises `CaseError` with every mistake in them."""
    reader = _Reader(Document({}), (), "--set", corpus)
    facts: dict[str, FactValue] = {}
    for word in words:
        name, equals, text = word.partition("=")
        fact = corpus.vocabulary.facts.get(name)
        if not equals or fact is None:
            reader.mistakes.append(
                Mistake(
                    f"'{word}' does not set a fact.", suggest(name, corpus.vocabulary.facts) or "Write FACT=VALUE.", "--set"
                )
            )
            continue
        value: Any = text
        if fact.type == "boolean":
            value = {"true": True, "false": False}.get(text.lower(), text)
        elif fact.type == "set":
            value = [entry for entry in text.split(",") if entry]
        found = reader.value(fact, value)
        if found is not None:
            facts[name] = found
    if reader.mistakes:
        raise CaseError(reader.mistakes)
    return facts
