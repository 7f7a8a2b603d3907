"""Building a corpus from its files: everything read, checked against one another, every mistake told."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from sekisho.corpus import Corpus, folder_version
from sekisho.corpus import items as catalogue_file
from sekisho.corpus import law_file as law_files
from sekisho.corpus import world as world_files
from sekisho.corpus.checks import between_files
from sekisho.corpus.law import Instrument, Regime
from sekisho.corpus.world import World
from sekisho.errors import LawError, Mistake, WorldError
from sekisho.language import vocabulary as vocabulary_file
from sekisho.language.expression import ConditionError, check, parse
from sekisho.language.nodes import Node
from sekisho.language.vocabulary import Always, Vocabulary
from sekisho.text import suggest


def build(law: Path, world: Path) -> Corpus:
    """The corpus of two folders. Raises `LawError` or `WorldError` with every mistake found."""
    vocabulary = vocabulary_file.load(law / "vocabulary.yaml")
    facts = world_files.load(world)
    rows = facts.tables["items"].rows if "items" in facts.tables else ()
    file = facts.tables["items"].about.file if rows else "items.csv"
    catalogue = catalogue_file.build(rows, file, vocabulary, facts.states)
    mistakes: list[Mistake] = _missing_tables(vocabulary, facts)
    if not mistakes and (wrong := list(dict.fromkeys(_bad_answers(vocabulary, facts)))):
        raise WorldError(wrong)
    regimes: dict[str, Regime] = {}
    instruments: dict[str, Instrument] = {}
    for path in sorted(law.glob("*/*")):
        name = path.relative_to(law).as_posix()
        try:
            if path.name == "regime.yaml":
                regime = law_files.load_regime(path, name, vocabulary, facts.states)
                if regime.id in regimes:
                    mistakes.append(Mistake(f"the regime id '{regime.id}' is used twice.", "", name, 1))
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
        folder_version(law),
        folder_version(world),
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


def _bad_answers(vocabulary: Vocabulary, world: World) -> Iterator[Mistake]:
    """Rows whose value is none that the fact looked up in them can have."""
    for fact in vocabulary.facts.values():
        if fact.lookup is None or world.tables[fact.lookup.table].about.kind != "intervals":
            continue
        table = world.tables[fact.lookup.table]
        known = {"boolean": ("", "true", "false"), "state": ("none", *world.states)}.get(fact.type, tuple(fact.values))
        for row in table.rows:
            if row["value"] not in ("unknown", *known):
                what = f"'{row['value']}' is not a value of {fact.name}."
                yield Mistake(what, suggest(row["value"], known), table.about.file, row=row.number, field="value")


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
