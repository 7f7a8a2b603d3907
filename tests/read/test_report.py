"""Whole reports: drafts, chains, decisions, case files, JSON and the terminal."""

import datetime as dt
import json
import re
import time
from pathlib import Path

import pytest

from helpers import refused, sekisho
from sekisho.case import read_file
from sekisho.decide import Decider
from sekisho.read import Source, decide_drafts, read, read_report

REPORT = Path(__file__).resolve().parents[3] / "shared" / "data" / "news" / "2023-12-22-patriot-to-usa.txt"
EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "report-2017-03-27.txt"
DAY = dt.date(2023, 12, 22)


def text_report(text: str, decider: Decider, day: dt.date | None = DAY):  # type: ignore[no-untyped-def]
    return read_report(Source(text, "text", "report"), decider, day)


def facts_of(draft):  # type: ignore[no-untyped-def]
    return {fact.name: fact.value for fact in draft.facts}


# ---- the report of 22 December 2023 --------------------------------------------------------------------------------

needs_report = pytest.mark.skipif(not REPORT.exists(), reason="the report is not part of the project")


@pytest.mark.shared
@needs_report
def test_the_report_of_2023_12_22(decider: Decider) -> None:
    report = read(REPORT, decider)
    decided, sent, *gifts = report.drafts
    how = {fact.name: fact.how for fact in decided.facts}
    assert decided.status == "decided" and facts_of(decided) | {"quantity": None} == {
        "date": DAY, "exporter.state": "JPN", "recipient.state": "USA", "recipient.kind": "foreign_government",
        "item": "patriot-pac-3", "terms": "sale", "item.licensor": "USA", "assurance.licensor_request": True, "quantity": None,
    }  # fmt: skip
    assert how["item.licensor"] == "catalogue" and how["assurance.licensor_request"] == "implied"
    asked = decided.fact("assurance.licensor_request")
    assert asked is not None and report.source.text[slice(*asked.spans[0])] == "had been looking to source the missiles"
    assert [(link.kind, link.to) for link in decided.links] == [("backfill", sent.id)]
    assert (sent.status, facts_of(sent)["exporter.state"], facts_of(sent)["recipient.state"]) == ("past", "USA", "UKR")
    assert [draft.thing.id for draft in gifts] == ["bulletproof-vest", "class:helmet", "medical-kit"]
    assert all(draft.status == "past" and draft.fact("date") is None for draft in (sent, *gifts))
    assert all((facts_of(draft)["exporter.state"], facts_of(draft)["recipient.state"]) == ("JPN", "UKR") for draft in gifts)


@pytest.mark.shared
@needs_report
def test_the_report_of_2023_12_22_decided(decider: Decider) -> None:
    report = read(REPORT, decider)
    decide_drafts(report, decider)
    outcomes = [report.outcomes[draft.id] for draft in report.drafts]
    answer = outcomes[0].answer
    assert answer is not None
    assert {decision.regime: decision.verdict for decision in answer.decisions} == {
        "japan": "conditional", "japan-licence": "conditional",
    }  # fmt: skip
    assert answer.regime("japan").head == "jp.guidelines#licensed-product"
    assert all(outcome.answer is None and outcome.problems == ("On which day?",) for outcome in outcomes[1:])


# ---- drafts --------------------------------------------------------------------------------------------------------


def test_several_tellings_are_one_draft(decider: Decider) -> None:
    text = (
        "Japan agreed on Friday to sell 20 Patriot missiles to the United States. Washington had asked Tokyo for them.\n\n"
        "The sale of the missiles to the United States was welcomed in Washington."
    )
    (draft,) = text_report(text, decider).drafts
    assert (draft.status, facts_of(draft)["quantity"], len(draft.events)) == ("decided", 20, 3)


def test_a_version_named_once_stands_for_the_system(decider: Decider) -> None:
    text = "Japan will sell Patriot missiles to the United States. The interceptors are of the PAC-3 version."
    (draft,) = text_report(text, decider).drafts
    item = draft.fact("item")
    assert item is not None and (item.value, item.how, len(item.spans)) == ("patriot-pac-3", "implied", 2)
    two = text_report(text.replace("the PAC-3", "the PAC-2 and the PAC-3"), decider).drafts[0]
    assert facts_of(two)["item"] == "patriot-missile" and ("item", "Which version is it?") in two.open


def test_what_is_denied_or_supposed_is_set_aside_with_the_reason(decider: Decider) -> None:
    report = text_report("Japan could sell tanks to India. Tokyo has not sold rifles to Peru.", decider)
    assert report.drafts == [] and [aside.why for aside in report.reading.asides] == ["hypothetical", "denied"]


def test_states_are_those_of_the_day(decider: Decider) -> None:
    text = "Moscow has delivered MiG-21 fighters to Hanoi."
    old, new = (text_report(text, decider, day).drafts[0] for day in (dt.date(1972, 5, 3), dt.date(1995, 5, 3)))
    assert [facts_of(draft)["exporter.state"] for draft in (old, new)] == ["SUN", "RUS"]
    assert [facts_of(draft)["recipient.state"] for draft in (old, new)] == ["VDR", "VNM"]


def test_a_leader_stands_for_a_state_while_in_office(decider: Decider) -> None:
    text = "Biden approved the sale of Javelin missiles to Ukraine."
    in_office, before = (text_report(text, decider, day).drafts for day in (dt.date(2022, 5, 3), dt.date(2015, 5, 3)))
    exporter = in_office[0].fact("exporter.state")
    assert exporter is not None and (exporter.value, exporter.how) == ("USA", "implied")
    assert all(draft.fact("exporter.state") is None for draft in before)


@pytest.mark.parametrize(
    "told, date",
    [("on Wednesday", dt.date(2023, 12, 20)), ("yesterday", dt.date(2023, 12, 21)), ("on 3 March 2021", dt.date(2021, 3, 3)),
     ("on Dec 1", dt.date(2023, 12, 1)), ("last month", None), ("in 2020", None)],
)  # fmt: skip
def test_days_are_told_against_the_day_of_the_report(told: str, date: dt.date | None, decider: Decider) -> None:
    (draft,) = text_report(f"Japan delivered two TC-90 aircraft to the Philippines {told}.", decider).drafts
    assert facts_of(draft).get("date") == date
    if date is None:
        question = dict(draft.open)["date"]
        assert question.startswith("On which day from 20")


def test_a_report_without_its_date_is_drafted_and_asks(decider: Decider) -> None:
    text = "Japan agreed on Friday to sell Patriot missiles to the United States."
    report = text_report(text, decider, None)
    assert report.date is None and [fact for fact, _ in report.drafts[0].open] == ["date", "item"]
    decide_drafts(report, decider)
    assert report.outcomes["draft-1"].problems == ("On which day?",)


def test_a_state_that_was_not_there_is_told_and_the_rest_decided(decider: Decider) -> None:
    report = text_report(
        "Japan sold rifles to South Sudan on Friday. Japan sold rifles to Peru on Friday.", decider, dt.date(2024, 1, 5)
    )
    decide_drafts(report, decider)
    assert all(outcome.answer is not None for outcome in report.outcomes.values()) and len(report.outcomes) == 2


# ---- what comes out ------------------------------------------------------------------------------------------------


def test_case_files_are_cases(tmp_path: Path, decider: Decider) -> None:
    run = sekisho("read", EXAMPLE, "-o", tmp_path / "drafts", "--json")
    drafts = json.loads(run.out)["drafts"]
    files = sorted((tmp_path / "drafts").iterdir())
    assert run.status == 0 and len(files) == len(drafts) == 2
    for file, draft in zip(files, drafts, strict=True):
        (case,) = read_file(file, decider.corpus)
        assert case.id == draft["id"] and case.facts["exporter.state"] == draft["case"]["exporter.state"]
        assert re.search(r'exporter.state: JPN  # stated: "Japan(ese)?"', file.read_text("utf-8"))
        assert sekisho("decide", file).status == 0
    assert refused("read", EXAMPLE, "-o", tmp_path / "drafts", status=2)[0].endswith("exists. Name another folder.")
    assert "is not a folder" in refused("read", EXAMPLE, "-o", EXAMPLE, status=2)[0]


def test_a_case_file_without_a_date_asks_for_it(tmp_path: Path) -> None:
    report = tmp_path / "news.txt"
    report.write_text("Japan has sent bulletproof vests to Ukraine, and they were welcome there.", "utf-8")
    assert sekisho("read", report, "--date", "2022-03-08", "-o", tmp_path / "out").status == 0
    (file,) = (tmp_path / "out").iterdir()
    assert "# open: date: On which day?" in file.read_text("utf-8")
    assert any("the case has no date" in error for error in refused("decide", file))


def test_the_terminal_marks_words_and_decides() -> None:
    run = sekisho("read", EXAMPLE, "--decide", "--regime", "japan")
    assert run.status == 0
    for words in ("draft-1  PAST", "“Monday”", "CONDITIONAL  draft-1", "Set aside", "PLANNED"):
        assert words in run.out


def test_a_report_without_a_transfer_says_so() -> None:
    run = sekisho(
        "read", "-", "--date", "2024-01-01", stdin=b"It rained in the capital of Japan, and the army stayed in its barracks."
    )
    assert run.status == 0 and "No transfer of defence equipment is told in this report." in run.out


@pytest.mark.slow
def test_a_thousand_reports_of_400_words_take_seconds(decider: Decider) -> None:
    """The bar is 10 seconds of one core; the test allows for a slower and busier machine."""
    filler = "The ministers met for two hours in the capital and said that the alliance was as strong as it had ever been. "
    text = (EXAMPLE.read_text("utf-8").partition("\n\n")[2] + "\n\n" + filler * 20)[:2600]
    begin = time.process_time()
    for _ in range(100):
        text_report(text, decider)
    assert time.process_time() - begin < 3


def test_a_dateline_with_nothing_behind_it_is_read(decider: Decider) -> None:
    for text in ("NEW YORK (AP)", "CAM RANH, Vietnam (PTI)", "WASHINGTON (AP) _", "MANILA -"):
        assert text_report(text, decider).drafts == []
