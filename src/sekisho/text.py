"""Reading text that people write: YAML with the line of every key, days and intervals, and the nearest name.

Nothing here knows about law. YAML is read without anchors, so that no document can grow beyond its own size or contain
itself, and with each key once.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from rapidfuzz import fuzz, process

from sekisho.errors import InputError, Mistake

LARGEST_FILE = 8 * 1024 * 1024
"""Bytes. A file of cases beyond this is a register and belongs in a sweep."""

LONGEST = 20_000
"""Characters of one value: some pages of a note."""

DEEPEST = 12
"""Levels of nesting; a case has three."""

Path_ = tuple[str | int, ...]
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_RESOLVER: Any = yaml.SafeLoader("")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""Characters that a reader cannot see and a terminal obeys: controls, and those that turn the direction of writing."""
_HIDDEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
"""Those, and marks without width besides."""
_PAIR = re.compile(r"(?<!\\)((?:\\\\)*)\\u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})")
"""A character beyond the first 65,536 as JSON writes it, in two halves, which YAML does not know."""


def visible(text: str) -> str:
    """A text with every character that cannot be seen written out, so that a terminal obeys none.

    >>> visible("a" + chr(0x202E) + "b")
    'a\\\\u202eb'
    """
    return _HIDDEN.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


class _Refused(Exception):
    def __init__(self, what: str, mend: str, mark: Any) -> None:
        super().__init__(what)
        self.what, self.mend, self.line = what, mend, mark.line + 1 if mark is not None else None


@dataclass(slots=True)
class Document:
    """One YAML document: its value and the line (from 1) on which each key or list entry stands."""

    value: Any
    lines: dict[Path_, int] = field(default_factory=dict)

    def line(self, *path: str | int) -> int | None:
        """The line of a key, or of the nearest one above it that has a line."""
        for end in range(len(path), -1, -1):
            if path[:end] in self.lines:
                return self.lines[path[:end]]
        return None


def read_text(path: Path, error: type[InputError] = InputError, largest: int = LARGEST_FILE) -> str:
    """The text of a file: UTF-8, at most `largest` bytes. Raises `error` naming the file and the mend."""
    name = str(path)
    try:
        return read_bytes(path, error, largest).decode("utf-8-sig")
    except UnicodeDecodeError as flaw:
        raise error(Mistake(f"byte {flaw.start + 1} is not UTF-8.", "Save the file in the encoding UTF-8.", name)) from flaw


def read_bytes(path: Path, error: type[InputError] = InputError, largest: int = LARGEST_FILE) -> bytes:
    """The bytes of a file or pipe, of which no more than `largest` are taken. Raises `error` as `read_text` does."""
    try:
        with path.open("rb") as file:
            content = file.read(largest + 1)
    except OSError as flaw:
        raise error(Mistake(f"cannot be read: {flaw.strerror}.", "Check the path.", str(path))) from flaw
    if len(content) > largest:
        raise error(Mistake(f"the file has more than {largest:,} bytes.", "Split it.", str(path)))
    return content


def read_yaml(text: str, file: str, error: type[InputError] = InputError, first_line: int = 1) -> list[Document]:
    """All documents of a YAML text. `first_line` is the line of `file` on which the text begins.

    Raises `error` for broken YAML, a key given twice, an anchor or alias, a tag, or nesting beyond `DEEPEST`.
    """
    try:
        return list(_Reader(text, first_line).documents())
    except yaml.MarkedYAMLError as flaw:
        mark: Any = flaw.problem_mark or flaw.context_mark
        last = first_line + text.rstrip("\n").count("\n")
        line = min(mark.line + first_line, last) if mark is not None else None
        raise error(Mistake(f"not readable as YAML: {flaw.problem}.", "Check the indentation.", file, line)) from flaw
    except yaml.YAMLError as flaw:
        found = yaml.reader.Reader.NON_PRINTABLE.search(text)
        line = first_line + text.count("\n", 0, found.start()) if found else None
        what = f"the character U+{ord(found[0]):04X} is not accepted." if found else f"not readable as YAML: {flaw}."
        raise error(Mistake(what, "Remove it.", file, line)) from flaw
    except _Refused as flaw:
        line = flaw.line + first_line - 1 if flaw.line is not None else None
        raise error(Mistake(flaw.what, flaw.mend, file, line)) from flaw


def _joined(pair: re.Match[str]) -> str:
    return pair[1] + bytes.fromhex(pair[2] + pair[3]).decode("utf-16-be")


class _Reader:
    def __init__(self, text: str, first_line: int) -> None:
        self._events: Iterator[Any] = yaml.parse(_PAIR.sub(_joined, text), Loader=_Loader)
        self._shift = first_line
        self._lines: dict[Path_, int] = {}

    def documents(self) -> Iterable[Document]:
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                self._lines = {}
                yield Document(self._node(next(self._events), ()), self._lines)

    def _node(self, event: Any, path: Path_) -> Any:
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise _Refused("anchors and aliases are not accepted.", "Write the value out.", event.start_mark)
        if len(path) > DEEPEST:
            raise _Refused(f"nested more than {DEEPEST} levels deep.", "Flatten it.", event.start_mark)
        self._lines.setdefault(path, event.start_mark.line + self._shift)
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event)
        if isinstance(event, yaml.SequenceStartEvent):
            entries: list[Any] = []
            while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
                entries.append(self._node(event, (*path, len(entries))))
            return entries
        mapping: dict[str, Any] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            key_event: Any = event
            if not isinstance(event, yaml.ScalarEvent):
                raise _Refused("a key must be a plain word.", "Write one word before the colon.", event.start_mark)
            key = self._seen(event)
            if key in mapping:
                raise _Refused(f"the key '{key}' is given twice.", "Keep one of them.", event.start_mark)
            self._lines[(*path, key)] = key_event.start_mark.line + self._shift
            mapping[key] = self._node(next(self._events), (*path, key))
        return mapping

    @staticmethod
    def _seen(event: Any) -> str:
        text: str = event.value
        if len(text) > LONGEST:
            raise _Refused(f"a text has {len(text):,} characters; at most {LONGEST:,} are read.", "Cut it.", event.start_mark)
        if unseen := _UNSEEN.search(text):
            what = f"the character U+{ord(unseen[0]):04X} is not accepted."
            raise _Refused(what, "Remove it.", event.start_mark)
        return text

    @staticmethod
    def _scalar(event: Any) -> Any:
        if event.tag is not None and event.tag != "tag:yaml.org,2002:str":
            raise _Refused(f"the tag '{event.tag}' is not accepted.", "Write a plain value.", event.start_mark)
        text = _Reader._seen(event)
        if not event.implicit[0]:
            return text
        tag = _RESOLVER.resolve(yaml.ScalarNode, text, (True, False)).rsplit(":", 1)[-1]
        try:
            if tag == "bool":
                return {"true": True, "false": False}.get(text.lower(), text)
            if tag == "int":
                return int(text) if re.fullmatch(r"[-+]?(0|[1-9]\d{0,17})", text) else text
            if tag == "float":
                return float(text) if re.fullmatch(r"[-+]?\d+\.\d+", text) else text
            if tag == "timestamp" and _DAY.fullmatch(text):
                return dt.date.fromisoformat(text)
        except ValueError:
            return text
        return None if tag == "null" else text


def day(text: object) -> dt.date | None:
    """An ISO day such as `2023-12-22`, or None if the text is not one."""
    if isinstance(text, dt.date) and not isinstance(text, dt.datetime):
        return text
    if not isinstance(text, str) or not _DAY.fullmatch(text):
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


EVER = dt.date.min
NEVER = dt.date.max


@dataclass(frozen=True, slots=True, order=True)
class Interval:
    """Days from `begin` up to but not including `end` (half-open). Open sides are `EVER` and `NEVER`."""

    begin: dt.date = EVER
    end: dt.date = NEVER

    def __contains__(self, moment: object) -> bool:
        return isinstance(moment, dt.date) and self.begin <= moment < self.end

    def within(self, other: Interval) -> bool:
        """Whether every day of this interval is a day of the other."""
        return other.begin <= self.begin and self.end <= other.end

    def overlaps(self, other: Interval) -> bool:
        """Whether some day lies in both."""
        return self.begin < other.end and other.begin < self.end

    def __str__(self) -> str:
        begin = ".." if self.begin == EVER else self.begin.isoformat()
        end = ".." if self.end == NEVER else self.end.isoformat()
        return f"{begin}/{end}"


def interval(text: object) -> Interval | None:
    """An interval such as `2014-04-01/2023-12-22` or `2014-04-01/..`; None if it is malformed or empty."""
    if not isinstance(text, str) or text.count("/") != 1:
        return None
    begin_text, end_text = (part.strip() for part in text.split("/"))
    begin = EVER if begin_text == ".." else day(begin_text)
    end = NEVER if end_text == ".." else day(end_text)
    if begin is None or end is None or begin >= end:
        return None
    return Interval(begin, end)


_ALIKE, _CLOSE = 70, 80
"""How like a name a word has to be, of 100, and how like a part of one."""
_SHORTEST, _SHORT_ALIKE = 4, 66
"""Letters of a word that may be a part of a name, and how like a name a word of as many or fewer has to be."""


def nearest(word: str, names: Iterable[str]) -> str | None:
    """The name most like a word, or the one with a part that is; None if none is much like it."""
    known = list(names) if len(word) <= 200 else []  # nothing longer is a slip of the pen
    least = _ALIKE if len(word) > _SHORTEST else _SHORT_ALIKE
    found = process.extractOne(word.lower(), known, scorer=fuzz.ratio, processor=str.lower, score_cutoff=least)
    if found:
        return found[0]
    parts = {part: name for name in reversed(known) for part in _parts(name.lower())} if len(word) >= _SHORTEST else {}
    alike = process.extractOne(word.lower(), list(parts), scorer=fuzz.ratio, score_cutoff=_CLOSE)
    return parts[alike[0]] if alike else None


@lru_cache(maxsize=1 << 14)
def _parts(name: str) -> tuple[str, ...]:
    """The parts of a name, each by itself and with all that comes after it, or before."""
    marks = [match.span() for match in re.finditer(r"[\s.#_/-]+", name)]
    begins, ends = [0, *(end for _, end in marks)], [*(begin for begin, _ in marks), len(name)]
    found = [name[begin:end] for begin, end in zip(begins, ends, strict=True)]
    return tuple(dict.fromkeys([*found, *(name[begin:] for begin in begins), *(name[:end] for end in ends)]))


def suggest(word: str, names: Iterable[str]) -> str:
    """The mend for an unknown word: the nearest known one, if there is one."""
    name = nearest(word, names)
    return f"Did you mean '{name}'?" if name else ""
