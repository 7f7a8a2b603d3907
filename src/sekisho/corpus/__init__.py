"""The corpus: law, world and catalogue, read from their files, checked against one another, and kept by content.

`load()` gives the corpus of the package, from the user's cache where an intact copy of just these files is kept.
"""

from __future__ import annotations

import datetime as dt
import functools
import gc
import hashlib
import pickle
import sys
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

import platformdirs

from sekisho.corpus.in_force import LawInForce, change_days, law_in_force, segment_of
from sekisho.corpus.items import Catalogue, Item
from sekisho.corpus.law import Instrument, Provision, Regime, Section
from sekisho.corpus.world import Found, Row, Table, World
from sekisho.errors import Mistake, UsageError
from sekisho.language.nodes import Node
from sekisho.language.vocabulary import Always, Bilingual, Fact, Lookup, Vocabulary
from sekisho.text import suggest

__all__ = [
    "Always", "Bilingual", "Catalogue", "Corpus", "Fact", "Found", "Instrument", "Item", "LawInForce", "Lookup",
    "Provision", "Regime", "Row", "Section", "Table", "Vocabulary", "World", "build", "code_version", "folder_version",
    "kept", "load",
]  # fmt: skip

PACKAGE = Path(__file__).resolve().parent.parent
_KEPT = b"sekisho cache 1\n"


class Corpus:
    """All that is known, checked: nothing in it changes after loading."""

    def __init__(
        self, vocabulary: Vocabulary, regimes: dict[str, Regime], instruments: dict[str, Instrument], world: World,
        catalogue: Catalogue, always: tuple[tuple[Always, Node], ...], law_version: str, world_version: str,
    ) -> None:  # fmt: skip
        self.vocabulary, self.regimes, self.instruments = vocabulary, regimes, instruments
        self.world, self.catalogue, self.always = world, catalogue, always
        self.law_version, self.world_version = law_version, world_version
        self.provisions = {p.id: p for instrument in instruments.values() for p in instrument.provisions}
        self._days = {name: change_days(regime, instruments) for name, regime in regimes.items()}
        self._in_force: dict[tuple[str, dt.date], LawInForce] = {}

    def regime(self, name: str) -> Regime:
        """A regime by name. Raises `UsageError` naming the nearest one."""
        if name not in self.regimes:
            raise UsageError(Mistake(f"there is no regime '{name}'.", suggest(name, self.regimes)))
        return self.regimes[name]

    def change_days(self, regime: str) -> tuple[dt.date, ...]:
        """Every day on which something of a regime's law begins or ends, in order."""
        return self._days[self.regime(regime).id]

    def law_on(self, regime: str, moment: dt.date) -> LawInForce:
        """A regime's law on a day from its first day on."""
        segment = segment_of(self._days[regime], moment)
        found = self._in_force.get((regime, segment.begin))
        if found is None:
            found = law_in_force(self.regimes[regime], self.instruments, segment)
            self._in_force[regime, segment.begin] = found
        return found


def build(law: Path, world: Path) -> Corpus:
    """The corpus of two folders. Raises `LawError` or `WorldError` with every mistake found."""
    from sekisho.corpus import building  # noqa: PLC0415 (the parsers stay behind this door: a kept corpus needs none)

    return building.build(law, world)


def _files(folder: Path, pattern: str = "*") -> list[Path]:
    return sorted(path for path in folder.rglob(pattern) if path.is_file() and "__pycache__" not in path.parts)


NO_LAW = "accepted.yaml"
"""A file beside the law that is none: what is accepted of it (`sekisho prove`)."""


def folder_version(folder: Path) -> str:
    """The version of what a folder's files say, what is accepted of them apart."""
    return _version(folder, [path for path in _files(folder) if path.name != NO_LAW])


def _version(root: Path, paths: Iterable[Path]) -> str:
    """A SHA-256 over the names and bytes of files: the version of what they say."""
    digest = hashlib.sha256()
    for path in paths:
        content = path.read_bytes()
        digest.update(f"{path.relative_to(root).as_posix()}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


@functools.lru_cache(maxsize=1)
def code_version() -> str:
    """The version of the package's own code, which a kept result must have been made by."""
    return _version(PACKAGE, _files(PACKAGE, "*.py"))


@functools.lru_cache(maxsize=4)
def load(law: Path | None = None, world: Path | None = None) -> Corpus:
    """The corpus of the package, or of other folders. Raises `LawError` or `WorldError` with every mistake found."""
    law, world = law or PACKAGE / "law", world or PACKAGE / "world"
    key = code_version() + folder_version(law) + folder_version(world) + sys.version
    return kept("corpus", key, Corpus, lambda: build(law, world))


Kept = TypeVar("Kept")
KEEP = 8
"""How many results of one kind stay in the cache: a few versions or checkouts side by side."""


def kept(kind: str, key: str, expected: type[Kept], make: Callable[[], Kept]) -> Kept:
    """A result kept in the user's cache under the hash of all it is made from; made anew where none is whole."""
    path = platformdirs.user_cache_path("sekisho") / f"{kind}-{hashlib.sha256(key.encode()).hexdigest()[:32]}"
    found = _read_kept(path)
    if not isinstance(found, expected):
        found = make()
        _keep(path, found)
    return found


def _read_kept(path: Path) -> object:
    """What is kept in a file, or None if it is not whole."""
    try:
        content = path.read_bytes()
    except OSError:
        return None
    head = len(_KEPT)
    seal, body = content[head : head + 32], content[head + 32 :]
    if content[:head] != _KEPT or hashlib.sha256(body).digest() != seal:
        return None
    collecting = gc.isenabled()
    gc.disable()  # nothing read here is garbage: looking for it costs a third of the reading
    try:
        return pickle.loads(body)  # the user's own cache, whole by its hash
    except (pickle.UnpicklingError, AttributeError, ImportError, EOFError, IndexError, TypeError, ValueError):
        return None  # whole, but written by something else
    finally:
        if collecting:
            gc.enable()


def _keep(path: Path, value: object) -> None:
    """Keep a result for the next start. A cache that cannot be written costs time and nothing else."""
    body = pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL)
    name = ""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
            name = file.name
            file.write(_KEPT + hashlib.sha256(body).digest() + body)
        Path(name).replace(path)
        kind = path.name.partition("-")[0]
        for old in sorted(path.parent.glob(f"{kind}-*"), key=lambda entry: entry.stat().st_mtime)[:-KEEP]:
            old.unlink(missing_ok=True)
    except OSError:
        if name:
            Path(name).unlink(missing_ok=True)
