"""One register that is kept, with what was asked of it and how far its sweep is: a folder of its own."""

from __future__ import annotations

import datetime as dt
import os
import re
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal, get_args

import msgspec

from sekisho.case.stated import facts_of_words
from sekisho.corpus import Corpus
from sekisho.errors import Mistake, RegisterError
from sekisho.text import suggest

Kind = Literal["csv", "jsonl", "parquet"]
State = Literal["uploaded", "queued", "running", "done", "failed", "cancelled"]
STATES: tuple[State, ...] = get_args(State)
What = Literal["sweep", "preview"]
ENDED: frozenset[State] = frozenset({"done", "failed", "cancelled"})
ID = re.compile(r"[0-9a-f]{24}")
ID_PATTERN = f"^{ID.pattern}$"
Format = Literal["own", "sipri", "unroca"]
FORMATS: tuple[Format, ...] = get_args(Format)
_FILE = "sweep.json"


class Asked(msgspec.Struct, frozen=True):
    """How a register is to be swept, as it was asked. `fixed` are words `FACT=VALUE`; `mapping` is as a mapping file has it."""

    name: str = ""
    regimes: tuple[str, ...] = ()
    format: str = ""
    mapping: dict[str, Any] | None = None
    fixed: tuple[str, ...] = ()
    law_on: dt.date | None = None
    world_on: dt.date | None = None
    strict: bool = False

    def check(self, corpus: Corpus) -> None:
        """Raises `SekishoError` for a regime, format or fact that there is none of. Columns are looked at by the sweep."""
        if self.format and self.format not in FORMATS:
            mend = suggest(self.format, FORMATS) or f"The formats are {', '.join(FORMATS)}."
            raise RegisterError(Mistake(f"there is no format '{self.format[:40]}'.", mend))
        for name in self.regimes:
            corpus.regime(name)
        facts_of_words(self.fixed, corpus)


class Result(msgspec.Struct, frozen=True):
    """What a sweep did: rows in, decided and rejected, the verdicts of each regime, what the output says of itself,
    and the number of the record's entry that says so (0 in what was swept before the record had such entries)."""

    rows: int
    decided: int
    rejected: int
    verdicts: dict[str, dict[str, int]]
    metadata: dict[str, str]
    entry: int = 0


class Kept(msgspec.Struct, frozen=True):
    """A register that is kept: `size` in bytes, `sha256` of them; days and hours in UTC, ISO 8601."""

    id: str
    kind: Kind
    size: int
    sha256: str
    created: str
    asked: Asked = Asked()
    state: State = "uploaded"
    started: str = ""
    ended: str = ""
    flaws: tuple[Mistake, ...] = ()
    result: Result | None = None
    key: str = ""
    request: str = ""

    @property
    def register(self) -> str:
        """The name of the file in its folder that is the register."""
        return f"register.{self.kind}"

    def now(self, state: State, **changes: Any) -> Kept:
        """The same in another state, with the time of it."""
        times = {"running": "started"} | dict.fromkeys(ENDED, "ended")
        stamped = {times[state]: stamp()} if state in times else {}
        return msgspec.structs.replace(self, state=state, **stamped, **changes)


class Task(msgspec.Struct, frozen=True):
    """What to do with the register in a folder: bytes of memory, and the largest file that may be written."""

    what: What
    folder: str
    kind: Kind
    asked: Asked
    memory: int
    largest: int


class Filter(msgspec.Struct, frozen=True):
    """Which rows: those of all the words given. Without a regime the verdict is the strictest of a row's."""

    regime: str = ""
    verdict: str = ""
    year: str = ""
    exporter: str = ""
    recipient: str = ""
    provision: str = ""


OUTCOMES, REJECTED, SUMMARY, CHART = "outcomes.parquet", "outcomes.parquet.rejected.csv", "summary.json", "chart.svg"


def stamp() -> str:
    """This moment, as it is written down: UTC, to the millisecond."""
    return dt.datetime.now(dt.UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def seconds_between(first: str, last: str) -> float:
    """The seconds from one moment that was written down to another; to this moment where the other is empty."""
    end = dt.datetime.fromisoformat(last) if last else dt.datetime.now(dt.UTC)
    return max(0.0, (end - dt.datetime.fromisoformat(first)).total_seconds()) if first else 0.0


def new_id() -> str:
    """A name that cannot be guessed."""
    return secrets.token_hex(12)


def save(folder: Path, kept: Kept) -> None:
    """Write down how a register stands, whole or not at all. Raises `OSError`."""
    part = folder / f".{_FILE}.part"
    with part.open("wb") as file:
        file.write(msgspec.json.encode(kept))
        file.flush()
        os.fsync(file.fileno())
    part.replace(folder / _FILE)


def load(folder: Path) -> Kept | None:
    """What was written down of a register; None where it cannot be read as such."""
    try:
        found = msgspec.json.decode((folder / _FILE).read_bytes(), type=Kept)
    except (OSError, msgspec.DecodeError):
        return None
    return found if found.id == folder.name else None


def tidy(folder: Path, kept: Kept) -> None:
    """Remove what a sweep left that did not come to its end: only the register stays, and what was asked."""
    for path in folder.iterdir():
        if path.name not in (_FILE, kept.register):
            _remove(path)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        for inner in path.iterdir():
            _remove(inner)
        path.rmdir()
    else:
        path.unlink(missing_ok=True)


def size_of(folder: Path) -> int:
    """The bytes of all files in a folder; those that go away meanwhile do not count."""
    total = 0
    for path in folder.rglob("*"):
        try:
            total += path.stat().st_size if path.is_file() else 0
        except FileNotFoundError:
            continue
    return total


def mistakes_of(values: Mapping[str, Any]) -> tuple[Mistake, ...]:
    """Mistakes from the data that a child sent."""
    return msgspec.convert(values["mistakes"], tuple[Mistake, ...])
