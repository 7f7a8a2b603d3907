"""The reader against transfers told in very many forms: what is to be drafted is known, as the grammar made the reports."""

from collections import Counter
from pathlib import Path

import pytest
import yaml
from forms import TODAY, Report, reports
from scoring import told
from stories import digests, stories

from sekisho.decide import Decider
from sekisho.read import Source, read_report

FLOOR = 0.98
"""The least share of reports from which exactly the right drafts are made, every fact included."""


def _misread(found: list[Report], decider: Decider) -> list[str]:
    """What was read wrong: the report, what was expected and what was drafted."""
    wrong = []
    for report in found:
        drafts = [told(draft) for draft in read_report(Source(report.text, "text", "form"), decider, TODAY).drafts]
        if _comparable(drafts) != _comparable(report.drafts):
            wrong.append(f"{report.text}\n  expected {list(report.drafts)}\n  drafted  {drafts}")
    return wrong


def _comparable(drafts: object) -> Counter[str]:
    assert isinstance(drafts, list)
    return Counter(str(sorted((name, str(value)) for name, value in draft.items())) for draft in drafts)


def test_reports_are_the_same_for_the_same_seed() -> None:
    assert [report.text for report in reports(50, 7)] == [report.text for report in reports(50, 7)]
    assert len({report.text for report in reports(200, 7)}) >= 195


@pytest.mark.parametrize("number", [300, pytest.param(4_000, marks=pytest.mark.slow)])
def test_forms_are_read_as_what_they_were_made_from(number: int, decider: Decider) -> None:
    wrong = _misread(list(reports(number, number)), decider)
    share = 1 - len(wrong) / number
    assert share >= FLOOR, f"{share:.3f} of {number} are read right, the floor is {FLOOR}:\n" + "\n".join(wrong[:40])


def test_what_is_no_transfer_is_hardly_ever_drafted(decider: Decider) -> None:
    none = [report for report in reports(2_000, 11) if not report.drafts]
    wrong = _misread(none, decider)
    assert len(none) >= 250
    assert len(wrong) <= 0.05 * len(none), "\n".join(wrong)


@pytest.mark.parametrize("number", [200, pytest.param(2_000, marks=pytest.mark.slow)])
def test_what_belongs_together_is_one_draft_and_what_stands_apart_is_several(number: int, decider: Decider) -> None:
    wrong = _misread(list(stories(number, number)), decider)
    share = 1 - len(wrong) / number
    assert share >= FLOOR, f"{share:.3f} of {number} are read right, the floor is {FLOOR}:\n" + "\n".join(wrong[:40])


@pytest.mark.parametrize("number", [100, pytest.param(600, marks=pytest.mark.slow)])
def test_matters_that_have_nothing_to_do_with_each_other_stay_as_they_are(number: int, decider: Decider) -> None:
    found = list(digests(number, number))
    wrong = _misread(found, decider)
    share = 1 - len(wrong) / len(found)
    assert share >= FLOOR - 0.02, f"{share:.3f} of {len(found)} are read right:\n" + "\n".join(wrong[:20])


_NOT_SO = (
    "Critics fear that {s}.", "If {s}, the region will change.", "It is not true that {s}.", "It is unclear whether {s}.",
    "A spokesman denied that {s}.", "Rumours that {s} are false.", "Nothing suggests that {s}.",
)  # fmt: skip
"""What makes of a telling a supposition or a denial."""


def _idioms() -> list[tuple[str, str]]:
    """One transfer in the idioms of agencies, each with what becomes of it."""
    idioms = yaml.safe_load((Path(__file__).parent / "idioms.yaml").read_text("utf-8"))
    return [
        (status, text.format(X="Spain", Z="Peru", Y="24 battle tanks")) for status, texts in idioms.items() for text in texts
    ]


def test_idioms_supposed_or_denied_are_hardly_ever_drafted(decider: Decider) -> None:
    told_of = [text.rstrip(".") for _, text in _idioms() if "," not in text]
    found = [_NOT_SO[place % len(_NOT_SO)].format(s=text) for place, text in enumerate(told_of)]
    wrong = [text for text in found if read_report(Source(text, "text", "idiom"), decider, TODAY).drafts]
    assert len(found) >= 400
    assert len(wrong) <= 0.03 * len(found), "\n".join(wrong)


def test_idioms_of_agencies_are_read_as_what_they_tell(decider: Decider) -> None:
    idioms = yaml.safe_load((Path(__file__).parent / "idioms.yaml").read_text("utf-8"))
    found = [
        (status, text.format(X="Spain", Z="Peru", Y="24 battle tanks")) for status, texts in idioms.items() for text in texts
    ]
    wrong = []
    for status, text in found:
        drafts = [told(draft) for draft in read_report(Source(text, "text", "idiom"), decider, TODAY).drafts]
        events = [tuple(draft.get(name) for name in ("status", "exporter", "recipient", "item")) for draft in drafts]
        if events != [(status, "ESP", "PER", "class:tank")]:
            wrong.append(f"{text} ({status}): {events}")
    share = 1 - len(wrong) / len(found)
    assert share >= 0.82, f"{share:.3f} of {len(found)} are read right:\n" + "\n".join(wrong)
