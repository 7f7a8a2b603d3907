"""The concordance: every place it names exists, and every provision has a place in it."""

import csv
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from sekisho.corpus import Corpus, load

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "concordance"
NOTES = ROOT.parent / "shared" / "law" / "provisions.json"
HEADS = {"ours.csv": ["provision", "why"]}
PLACE = re.compile(r"jp\.[a-z0-9-]+(?:#[a-z0-9-]+)?")


@pytest.fixture(scope="module")
def law() -> Corpus:
    return load()


def rows() -> Iterator[tuple[str, list[str]]]:
    for path in sorted(FOLDER.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            head, *body = csv.reader(file, strict=True)
        assert head == HEADS.get(path.name, ["research_id", "place", "how"]), path.name
        yield from ((f"{path.name}:{number}", row) for number, row in enumerate(body, 2))


def places() -> list[tuple[str, str]]:
    return [(where, place) for where, row in rows() for cell in row for place in PLACE.findall(cell)]


def test_every_row_is_whole() -> None:
    for where, row in rows():
        assert all(cell.strip() for cell in row), where
        assert len(row) == (2 if where.startswith("ours") else 3), where


def test_every_place_named_exists(law: Corpus) -> None:
    wrong = [(where, place) for where, place in places() if place not in law.provisions and place not in law.instruments]
    assert not wrong


def test_every_fact_and_table_named_exists(law: Corpus) -> None:
    facts = [(where, name) for where, row in rows() for name in re.findall(r"\bfact ([a-z_.0-9]+)", row[1])]
    assert not [entry for entry in facts if entry[1].rstrip(".") not in law.vocabulary.facts]
    tables = [(where, name) for where, row in rows() for name in re.findall(r"\btable ([a-z_0-9]+)", row[1])]
    assert not [entry for entry in tables if entry[1] not in law.world.tables]


def test_every_provision_has_a_row(law: Corpus) -> None:
    named = {place for _, place in places()}
    assert not sorted(law.provisions.keys() - named), "add a row, or list it in docs/concordance/ours.csv"


def test_ours_are_named_by_no_note() -> None:
    ours = {row[0] for where, row in rows() if where.startswith("ours")}
    noted = {place for where, place in places() if not where.startswith("ours")}
    assert not sorted(ours & noted)


@pytest.mark.shared
@pytest.mark.skipif(not NOTES.exists(), reason="the research notes are not here")
def test_every_research_note_has_a_place() -> None:
    notes = [entry["id"] for instrument in json.loads(NOTES.read_text("utf-8")) for entry in instrument["provisions"]]
    covered = {row[0] for where, row in rows() if not where.startswith("ours")}
    assert len(notes) == 266
    assert not sorted(set(notes) - covered)
