"""Every example comes out as its file says: the verdict, the head, what bars it, and exactly what is outstanding.

The table is of the regime `japan`; the last column is the answer over both regimes.
"""

from pathlib import Path
from typing import NamedTuple

import pytest

from sekisho.case import Case, read_file
from sekisho.decide import Decider

EXAMPLES = Path(__file__).parent.parent / "examples"
G = "jp.guidelines#"


class Out(NamedTuple):
    """What comes out. Ids in file order; `barring` and no head both empty means that no head opens the transfer."""

    verdict: str
    overall: str
    head: str | None = None
    barring: tuple[str, ...] = ()
    outstanding: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


LICENSED_NEEDS = (G + "council-2023", G + "significance-security", G + "control")
COMBAT = (G + "licensed-combat-2023",)

EXPECTED = {
    # Patriot interceptors to the licensor: no head, then a head with three things outstanding, then all of it done
    "patriot-2023-12-21": Out("prohibited", "prohibited"),
    "patriot-2023-12-22": Out("conditional", "conditional", G + "licensed-product", (), LICENSED_NEEDS),
    "patriot-2023-12-22-all-stated": Out("permitted", "permitted", G + "licensed-product"),
    # … straight to Ukraine: no head, then a head and a bar
    "patriot-to-ukraine-2023-12-21": Out("prohibited", "prohibited"),
    "patriot-to-ukraine-2023-12-22": Out("prohibited", "prohibited", G + "licensed-third", COMBAT),
    # … passed on to Ukraine: barred until special circumstances are found
    "patriot-onward-2023-12-22": Out("prohibited", "prohibited", G + "consent", COMBAT),
    "patriot-onward-2024-06-01": Out("prohibited", "prohibited", G + "consent", COMBAT),
    "patriot-onward-2023-12-22-special": Out("conditional", "conditional", G + "consent", (), (G + "council-2023",)),
    "patriot-onward-2024-06-01-special": Out("conditional", "conditional", G + "consent", (), (G + "council-2023",)),
    # Gifts to Ukraine in March 2022
    "body-armour-2022-03-07": Out("prohibited", "prohibited"),
    "body-armour-2022-03-08": Out(
        "conditional", "conditional", G + "ukraine-2022", (),
        (G + "secretaries-2014", "jp.sdf-act#gift-agreement", G + "significance-security", G + "control"),
    ),
    "civil-pattern-helmets-2022-03-08": Out("outside", "permitted"),
    "medical-kits-2022-03-08": Out("outside", "permitted"),
    "anti-tank-missiles-2022-03-09": Out("prohibited", "prohibited"),
    "anti-tank-missiles-2022-03-09-gift": Out(
        "prohibited", "prohibited", G + "ukraine-2022", ("jp.sdf-act#gift-of-weapons",)
    ),
    # The five categories
    "radar-philippines-2020-08-28": Out(
        "conditional", "conditional", G + "five-categories-2014", (),
        (G + "secretaries-2014", G + "significance-security", G + "control"),
    ),
    "radar-without-a-recipient": Out("undetermined", "undetermined", missing=("recipient.state",)),
    "radar-without-a-state": Out("undetermined", "undetermined", missing=("recipient.state",)),
    # Joint development
    "mogami-australia-2024-11-27": Out("conditional", "conditional", G + "joint-development", (), LICENSED_NEEDS),
    "mogami-indonesia-2025-01-01": Out("prohibited", "prohibited"),
    "gcap-saudi-arabia-2024-03-26": Out("prohibited", "prohibited"),
    "gcap-australia-2024-03-26": Out(
        "conditional", "conditional", G + "gcap-2024", (),
        (*LICENSED_NEEDS, G + "joint-third-control", "jp.gcap-2024#cabinet"),
    ),
    # Finished weapons before and after 21 April 2026
    "type-03-philippines-2025-11-30": Out("prohibited", "prohibited"),
    "type-03-philippines-2026-04-22": Out(
        "conditional", "conditional", G + "transfer-in-principle", (),
        (G + "four-ministers", G + "significance-2026", G + "control"),
    ),
    "missiles-ukraine-2026-04-23": Out(
        "prohibited", "prohibited", G + "transfer-in-principle", (G + "weapon-commitment", G + "weapon-combat")
    ),
    # Before 2014: open with restraint, so no head is needed and none is named
    "arms-1960": Out("outside", "conditional"),
    "arms-soviet-union-1970-01-01": Out("prohibited", "prohibited", None, ("jp.principles-1967#communist-bloc",)),
    "arms-korea-1977-01-01": Out("prohibited", "prohibited", None, ("jp.view-1976#restraint",)),
    "arms-south-africa-1978-01-01": Out(
        "prohibited", "prohibited", None, ("jp.principles-1967#un-embargo", "jp.view-1976#restraint")
    ),
    "us-technology-1982-12-31": Out("prohibited", "prohibited", None, ("jp.view-1976#restraint",)),
    "us-technology-1983-01-14": Out(
        "conditional", "conditional", None, (),
        ("jp.us-technology-1983#framework", "jp.us-technology-1983#charter-use", "jp.us-technology-1983#prior-consent"),
    ),
    "rounds-south-sudan-2013-12-22": Out("prohibited", "prohibited", None, ("jp.view-1976#restraint",)),
    "rounds-south-sudan-2013-12-23": Out(
        "conditional", "conditional", None, (),
        ("jp.unmiss-2013#strict-control", "jp.unmiss-2013#council", "jp.unmiss-2013#cabinet"),
    ),
    # Not defence equipment: the policy is silent, and the licensing regime answers
    "patrol-boat-2017": Out("outside", "permitted"),
}  # fmt: skip

SPECIAL = ("patriot-to-ukraine-2023-12-22", "patriot-onward-2023-12-22", "patriot-onward-2024-06-01")
"""Cases that a finding of special circumstances would free of their bar."""


@pytest.fixture(scope="module")
def cases(decider: Decider) -> dict[str, Case]:
    return {case.id: case for path in sorted(EXAMPLES.glob("*.yaml")) for case in read_file(path, decider.corpus)}


def test_every_example_is_in_the_table_and_has_a_title(cases: dict[str, Case]) -> None:
    assert sorted(cases) == sorted(EXPECTED)
    assert not [case.id for case in cases.values() if not case.title]


def test_every_file_begins_with_what_it_shows() -> None:
    assert not [path.name for path in EXAMPLES.glob("*.yaml") if not path.read_text("utf-8").startswith("# ")]


@pytest.mark.parametrize("name", EXPECTED)
def test_comes_out_as_told(decider: Decider, cases: dict[str, Case], name: str) -> None:
    answer = decider.decide(cases[name])
    decision = answer.regime("japan")
    found = Out(
        decision.verdict, answer.verdict, decision.head, decision.barring,
        tuple(entry.requirement for entry in decision.outstanding), decision.missing,
    )  # fmt: skip
    assert found == EXPECTED[name]
    assert not [entry.requirement for entry in decision.outstanding if entry.may]


@pytest.mark.parametrize("name", [name for name, out in EXPECTED.items() if out.verdict == "prohibited"])
def test_a_prohibition_reads_by_what_it_is(decider: Decider, cases: dict[str, Case], name: str) -> None:
    decision = decider.decide_regime(cases[name], "japan")
    if EXPECTED[name].barring:
        assert all(decider.corpus.provisions[bar].title in decision.summary for bar in decision.barring)
    else:
        assert decision.opened is False and decision.summary == "Prohibited: no head opens it."


@pytest.mark.parametrize("name", SPECIAL)
def test_the_finding_that_would_lift_the_bar_is_named(decider: Decider, cases: dict[str, Case], name: str) -> None:
    decision = decider.decide_regime(cases[name], "japan")
    special = {entry.name: entry for entry in decision.assumed}["finding.special_circumstances"]
    assert special.heard and special.how == "not found"


def test_all_stated_needs_the_licence_too(decider: Decider, cases: dict[str, Case]) -> None:
    asked, stated = cases["patriot-2023-12-22"], cases["patriot-2023-12-22-all-stated"]
    licence = decider.decide(asked).regime("japan-licence")
    assert (licence.verdict, [entry.requirement for entry in licence.outstanding]) == (
        "conditional", ["jp.fefta#licence-goods"]
    )  # fmt: skip
    assert {decision.regime: decision.verdict for decision in decider.decide(stated).decisions} == {
        "japan": "permitted", "japan-licence": "permitted",
    }  # fmt: skip


def test_before_the_first_day_the_policy_says_so(decider: Decider, cases: dict[str, Case]) -> None:
    answer = decider.decide(cases["arms-1960"])
    assert answer.regime("japan").summary == "Outside this regime: it begins on 1967-04-21."


def test_outside_the_policy_is_what_the_licence_says(decider: Decider, cases: dict[str, Case]) -> None:
    for name in ("patrol-boat-2017", "civil-pattern-helmets-2022-03-08", "medical-kits-2022-03-08"):
        answer = decider.decide(cases[name])
        assert answer.deciding.regime == "japan-licence"
        assert decider.corpus.regimes["japan"].title in answer.summary
