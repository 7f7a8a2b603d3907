"""The engine against history, and the check on that check: a law without its openings, or without its bars, disagrees."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
import yaml

from sekisho.case import Case
from sekisho.corpus import Corpus, Provision
from sekisho.decide import Decider
from sekisho.history import FOLDER, History, compare, recorded_cases
from sekisho.text import EVER, NEVER, Interval

RESEARCH = Path(__file__).resolve().parents[2] / "shared" / "precedents" / "japan.jsonl"
SHUT = {"prohibited", "consent-refused", "not-permitted-then-later-permitted"}
PARTIES = {"exporter.state", "recipient.state", "recipient.kind", "end_user.state", "act"}
"""Facts that are the record's own parties and act; every other stated fact says where in the record it is from."""


@pytest.fixture(scope="module")
def history(decider: Decider) -> History:
    return compare(decider)


@pytest.fixture(scope="module")
def cases(decider: Decider) -> list[Case]:
    return recorded_cases(decider)


def files() -> list[Path]:
    return sorted(FOLDER.rglob("*.yaml"))


# ---- agreement -----------------------------------------------------------------------------------------------------


def test_every_strict_case_agrees(history: History) -> None:
    assert [case for case in history.counted if case.strict and not case.agrees] == []
    assert history.agreement(True)[1] >= 15


def test_nearly_every_other_counted_case_agrees(history: History) -> None:
    agree, of = history.agreement(False)
    assert of >= 10 and agree >= 0.95 * of


def test_undetermined_and_pending_never_agree(history: History) -> None:
    assert not [c.id for c in history.cases if c.agrees and "undetermined" in (c.verdict, c.recorded)]
    assert not [c.id for c in history.cases if c.recorded == "pending" and (c.agrees or c.counted)]


def test_outside_agrees_only_where_the_record_says_it_is_no_defence_equipment(history: History, cases: list[Case]) -> None:
    record = {case.id: case.recorded or {} for case in cases}
    for case in history.cases:
        if case.verdict == "outside" and case.agrees and case.recorded != "outside":
            assert record[case.id].get("not_defence_equipment"), case.id


# ---- the files -----------------------------------------------------------------------------------------------------


def test_every_file_is_one_case_named_as_its_file(cases: list[Case]) -> None:
    assert sorted(case.id for case in cases) == [path.stem for path in files()]


def test_every_fact_is_in_the_vocabulary(corpus: Corpus, cases: list[Case]) -> None:
    assert {name for case in cases for name in case.facts} <= corpus.vocabulary.facts.keys()


def test_every_case_has_a_source_and_a_title_in_both_languages(cases: list[Case]) -> None:
    for case in cases:
        assert case.title and case.title_ja, case.id
        assert str((case.recorded or {}).get("source", "")).startswith("http"), case.id


def test_what_is_not_counted_says_why(history: History) -> None:
    assert [case.id for case in history.cases if not case.counted and not case.why] == []


def test_every_stated_fact_says_where_in_the_record_it_is_from(cases: list[Case]) -> None:
    for case in cases:
        origins = (case.recorded or {}).get("facts_from", {})
        stated = set(case.facts)
        assert set(origins) <= stated, f"{case.id}: {sorted(set(origins) - stated)} are not stated"
        assert stated - set(origins) <= PARTIES, f"{case.id}: {sorted(stated - set(origins) - PARTIES)} have no origin"


def test_no_stated_fact_is_from_the_outcome(cases: list[Case]) -> None:
    for case in cases:
        for name, origin in (case.recorded or {}).get("facts_from", {}).items():
            assert str(origin).strip(), f"{case.id}: {name}"
            assert not str(origin).lower().startswith("outcome"), f"{case.id}: {name} is from the outcome"


def test_no_case_states_that_the_licence_was_granted(cases: list[Case]) -> None:
    assert [case.id for case in cases if {"step.licence", "step.approval"} & set(case.facts)] == []


# ---- the check on the check ----------------------------------------------------------------------------------------


def rewritten(corpus: Corpus, keeps: Callable[[Provision], bool], open_always: bool = False) -> Decider:
    """A decider over the corpus with only some provisions, and with what was tied to the others alone gone too."""
    everything = [p for i in corpus.instruments.values() for p in i.provisions]
    left = {p.id for p in everything if keeps(p)}
    left -= {p.id for p in everything if p.targets and not aims(p, left, everything)}
    left -= {p.id for p in everything if p.targets and not aims(p, left, everything)}  # requirements of lifts gone just now
    instruments = {
        name: msgspec.structs.replace(
            instrument,
            provisions=tuple(
                msgspec.structs.replace(p, targets=aims(p, left, everything)) for p in instrument.provisions if p.id in left
            ),
        )
        for name, instrument in corpus.instruments.items()
    }
    regimes = dict(corpus.regimes)
    if open_always:
        always = (msgspec.structs.replace(regimes["japan"].otherwise[0], in_force=Interval(EVER, NEVER), says="permitted"),)
        regimes["japan"] = msgspec.structs.replace(regimes["japan"], otherwise=always)
    return Decider(
        Corpus(
            corpus.vocabulary, regimes, instruments, corpus.world, corpus.catalogue, corpus.always, "changed",
            corpus.world_version,
        )
    )  # fmt: skip


def aims(provision: Provision, left: set[str], everything: list[Provision]) -> tuple[str, ...]:
    """What is left of the provisions that a `for` or a `lifts` names, by id."""
    aimed = ("prohibits",) if provision.effect == "lifts" else ("permits", "lifts")
    return tuple(
        p.id
        for p in everything
        if p.id in left and p.effect in aimed and (p.id in provision.targets or f"{p.instrument}#*" in provision.targets)
    )


def test_without_heads_and_lifts_only_refusals_agree(corpus: Corpus, history: History) -> None:
    closed = compare(rewritten(corpus, lambda p: p.effect not in ("permits", "lifts")))
    agreeing = [case for case in closed.cases if case.agrees]
    assert [case.id for case in agreeing if case.recorded not in SHUT and case.verdict != "outside"] == []
    assert [case.id for case in agreeing if case.verdict == "prohibited"]
    opened = {case.id for case in history.counted if case.agrees and case.verdict in ("permitted", "conditional")}
    assert opened and opened.isdisjoint(case.id for case in agreeing)


def test_without_bars_and_open_on_all_days_no_refusal_agrees(corpus: Corpus, history: History) -> None:
    opened = compare(rewritten(corpus, lambda p: p.effect != "prohibits", open_always=True))
    agreeing = {case.id for case in opened.cases if case.agrees}
    assert [case.id for case in opened.cases if case.recorded in SHUT and case.agrees] == []
    refused = {case.id for case in history.counted if case.agrees and case.recorded in SHUT}
    assert refused and refused.isdisjoint(agreeing)


# ---- the command ---------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_json_shape(history: History) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "sekisho", "precedents", "--json"], capture_output=True, text=True, encoding="utf-8", check=True
    )
    data = json.loads(run.stdout)
    assert isinstance(data["schema"], int)
    assert len(data["cases"]) == len(history.cases)
    for entry in data["cases"]:
        assert {"id", "recorded", "verdict", "counted", "agrees", "why"} <= entry.keys()
        assert isinstance(entry["counted"], bool) and isinstance(entry["agrees"], bool)
        assert all(isinstance(entry[key], str) for key in ("id", "recorded", "verdict", "why"))
    assert [entry["id"] for entry in data["cases"]] == [case.id for case in history.cases]


def test_a_file_of_ones_own_history(decider: Decider, tmp_path: Path) -> None:
    mine = {
        "id": "mine", "date": "1977-01-01", "exporter": "JPN", "recipient": {"state": "KOR", "kind": "foreign_government"},
        "item": {"kind": "finished_product", "arms": True, "weapon": True}, "recorded": {"outcome": "permitted"},
    }  # fmt: skip
    path = tmp_path / "mine.yaml"
    path.write_text(yaml.safe_dump(mine), "utf-8")
    (case,) = compare(decider, path).cases
    assert (case.id, case.counted, case.agrees, case.verdict) == ("mine", True, False, "prohibited")
    assert case.why == "barred by jp.view-1976#restraint"


# ---- the research the cases were drawn from ------------------------------------------------------------------------


@pytest.mark.shared
@pytest.mark.skipif(not RESEARCH.exists(), reason="the research data are not here")
def test_every_decision_and_rule_application_has_a_case_of_the_same_day(cases: list[Case]) -> None:
    rows = [json.loads(line) for line in RESEARCH.read_text("utf-8").splitlines() if line.strip()]
    wanted = {
        row["id"]: row["date"]
        for row in rows
        if row["case_type"] in ("decision", "rule-application") and row["confidence"] in ("medium", "high")
    }
    assert {case.id: str(case.date) for case in cases if case.id in wanted} == wanted
    outcomes = {row["id"]: row["outcome"] for row in rows}
    for case in cases:
        record = case.recorded or {}
        same = record["outcome"] == outcomes.get(case.id) or record["outcome"] == "outside"
        assert same, f"{case.id} is recorded as {record['outcome']}"
        if record["outcome"] == "outside":
            assert record.get("note") or record.get("why") or record.get("basis"), case.id
