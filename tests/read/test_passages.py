"""The reader against passages written for it, in two halves. All have been learned from: the thresholds guard that."""

import csv
from pathlib import Path

import pytest
from scoring import drafted, passages, score

from sekisho.decide import Decider
from sekisho.read import Source, read_report
from sekisho.read.lexicon import lexicon

HEADLINES = Path(__file__).resolve().parents[3] / "shared" / "data" / "news" / "us_dod_dvids_headlines_2026.csv"


def test_there_are_passages_enough_and_hard_negatives_among_them() -> None:
    found = passages()
    assert len({passage.id for passage in found}) == len(found) >= 800
    assert sum(not passage.drafts for passage in found) >= 240
    assert 0.4 <= sum(passage.held_back for passage in found) / len(found) <= 0.6


@pytest.mark.slow
@pytest.mark.parametrize("held_back", [False, True], ids=["for writing", "held back"])
def test_passages_are_drafted_as_a_careful_reader_would(held_back: bool, decider: Decider) -> None:
    found = score([passage for passage in passages() if passage.held_back == held_back], decider)
    assert found.events.f1 >= 0.965, found.wrong
    assert found.facts.f1 >= 0.975, found.wrong
    assert found.false_drafts <= 0.01 * found.negatives, found.wrong


def test_drafts_name_states_and_systems_that_decide_knows(decider: Decider) -> None:
    for passage in passages():
        for draft in passage.drafts:
            named = {draft.get("exporter", "none"), draft.get("recipient", "none")} - {"none"}
            assert named <= decider.corpus.world.states.keys(), passage.id
            assert str(draft["item"]).startswith("class:") or draft["item"] in decider.corpus.catalogue.items, passage.id


@pytest.mark.shared
@pytest.mark.skipif(not HEADLINES.exists(), reason="the headlines are not part of the project")
def test_headlines_of_a_defence_ministry_give_hardly_a_draft(decider: Decider) -> None:
    with HEADLINES.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    texts = [f"{row['title']}.\n\n{row['summary']}" for row in rows]
    drafted = [text for text in texts if read_report(Source(text, "text", "headline"), decider).drafts]
    assert len(drafted) <= 0.005 * len(texts), drafted


@pytest.mark.slow
def test_a_report_reads_the_same_whatever_was_read_before(decider: Decider) -> None:
    """What the reader keeps of one report must not tell in another."""
    known, told = lexicon(decider.corpus), {}
    for passage in passages():
        known.plain.clear()
        told[passage.id] = drafted(passage, decider)
    assert {passage.id: drafted(passage, decider) for passage in passages()} == told
