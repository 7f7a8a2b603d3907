"""The corpus: law, world and catalogue, read from their files, checked against one another, and kept by content.

`load()` gives the corpus of the package, from the user's cache where an intact copy of just these files is kept.
"""

from __future__ import annotations

import datetime as dt
import functools
import hashlib
import pickle
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

import platformdirs

from sekisho.corpus import items as catalogue_file
from sekisho.corpus import law as law_files
from sekisho.corpus import world as world_files
from sekisho.corpus.checks import between_files
from sekisho.corpus.in_force import LawInForce, change_days, law_in_force, segment_of
from sekisho.corpus.items import Catalogue, Item
from sekisho.corpus.law import Instrument, Provision, Regime, Section
from sekisho.corpus.world import Found, Row, Table, World
from sekisho.errors import LawError, Mistake, UsageError
from sekisho.language import vocabulary as vocabulary_file
from sekisho.language.expression import ConditionError, Node, check, parse
from sekisho.language.vocabulary import Always, Bilingual, Fact, Lookup, Vocabulary
from sekisho.text import suggest

__all__ = [
    "Always", "Bilingual", "Catalogue", "Corpus", "Fact", "Found", "Instrument", "Item", "LawInForce", "Lookup",
    "Provision", "Regime", "Row", "Section", "Table", "Vocabulary", "World", "build", "load",
]  # fmt: skip

PACKAGE = Path(__file__).resolve().parent.parent
_KEPT = b"sekisho corpus 1\n"


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
    vocabulary = vocabulary_file.load(law / "vocabulary.yaml")
    facts = world_files.load(world)
    rows = facts.tables["items"].rows if "items" in facts.tables else ()
    file = facts.tables["items"].about.file if rows else "items.csv"
    catalogue = catalogue_file.build(rows, file, vocabulary, facts.states)
    mistakes: list[Mistake] = _missing_tables(vocabulary, facts)
    regimes: dict[str, Regime] = {}
    instruments: dict[str, Instrument] = {}
    for path in sorted(law.glob("*/*")):
        name = path.relative_to(law).as_posix()
        try:
            if path.name == "regime.yaml":
                regime = law_files.load_regime(path, name, vocabulary, facts.states)
                regimes[regime.id] = regime
            elif path.suffix == ".md":
                instrument = law_files.load_instrument(path, name, vocabulary, facts.states)
                if instrument.id in instruments:
                    mistakes.append(Mistake(f"the instrument id '{instrument.id}' is used twice.", "", name, 1))
                instruments[instrument.id] = instrument
        except LawError as flaw:
            mistakes += flaw.mistakes
    if not mistakes:
        mistakes = between_files(regimes, instruments)
    always, wrong = _always(vocabulary, facts)
    if mistakes + wrong:
        raise LawError(mistakes + wrong)
    return Corpus(
        vocabulary,
        regimes,
        instruments,
        facts,
        catalogue,
        always,
        _version(law, _files(law)),
        _version(world, _files(world)),
    )


def _missing_tables(vocabulary: Vocabulary, world: World) -> list[Mistake]:
    mistakes: list[Mistake] = []
    for fact in vocabulary.facts.values():
        if fact.lookup is None:
            continue
        table = world.tables.get(fact.lookup.table)
        if table is None:
            mend = suggest(fact.lookup.table, world.tables)
            mistakes.append(Mistake(f"'{fact.name}' looks in the unknown table '{fact.lookup.table}'.", mend, vocabulary.file))
        elif table.about.kind != "embargo" and len(table.about.keys) != len(fact.lookup.keys):
            mistakes.append(
                Mistake(f"'{fact.name}' gives the table '{table.name}' a wrong number of keys.", "", vocabulary.file)
            )
    return mistakes


def _always(vocabulary: Vocabulary, world: World) -> tuple[tuple[tuple[Always, Node], ...], list[Mistake]]:
    entries: list[tuple[Always, Node]] = []
    mistakes: list[Mistake] = []
    for entry in vocabulary.always:
        try:
            node = parse(entry.condition, vocabulary.facts)
        except ConditionError as flaw:
            mistakes.append(Mistake(f"`always` {entry.id}: {flaw.what}", flaw.mend, vocabulary.file))
            continue
        entries.append((entry, node))
        flaws = check(node, vocabulary, world.states)
        mistakes += [Mistake(f"`always` {entry.id}: {what}", mend, vocabulary.file) for what, mend in flaws]
    return tuple(entries), mistakes


def _files(folder: Path, pattern: str = "*") -> list[Path]:
    return sorted(path for path in folder.rglob(pattern) if path.is_file() and "__pycache__" not in path.parts)


def _version(root: Path, paths: Iterable[Path]) -> str:
    """A SHA-256 over the names and bytes of files: the version of what they say."""
    digest = hashlib.sha256()
    for path in paths:
        content = path.read_bytes()
        digest.update(f"{path.relative_to(root).as_posix()}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


@functools.lru_cache(maxsize=4)
def load(law: Path | None = None, world: Path | None = None) -> Corpus:
    """The corpus of the package, or of other folders. Raises `LawError` or `WorldError` with every mistake found."""
    law, world = law or PACKAGE / "law", world or PACKAGE / "world"
    code = [*_files(PACKAGE / "corpus", "*.py"), *_files(PACKAGE / "language", "*.py"), PACKAGE / "text.py"]
    key = _version(PACKAGE, code) + _version(law, _files(law)) + _version(world, _files(world)) + sys.version
    kept = platformdirs.user_cache_path("sekisho") / f"corpus-{hashlib.sha256(key.encode()).hexdigest()[:32]}"
    corpus = _read_kept(kept)
    if corpus is None:
        corpus = build(law, world)
        _keep(kept, corpus)
    return corpus


def _read_kept(path: Path) -> Corpus | None:
    """A kept corpus, or None if there is none that is whole: the files are then read anew."""
    try:
        content = path.read_bytes()
    except OSError:
        return None
    head = len(_KEPT)
    seal, body = content[head : head + 32], content[head + 32 :]
    if content[:head] != _KEPT or hashlib.sha256(body).digest() != seal:
        return None
    corpus = pickle.loads(body)  # the user's own cache, whole by its hash
    return corpus if isinstance(corpus, Corpus) else None


def _keep(path: Path, corpus: Corpus) -> None:
    """Keep a corpus for the next start. A cache that cannot be written costs time and nothing else."""
    body = pickle.dumps(corpus, protocol=pickle.HIGHEST_PROTOCOL)
    name = ""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
            name = file.name
            file.write(_KEPT + hashlib.sha256(body).digest() + body)
        Path(name).replace(path)
        for old in path.parent.glob("corpus-*"):
            if old != path:
                old.unlink(missing_ok=True)
    except OSError:
        if name:
            Path(name).unlink(missing_ok=True)
