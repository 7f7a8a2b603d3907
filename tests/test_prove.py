"""`sekisho prove`: the law has accepted findings only; planted faults are found; more knowledge turns nothing."""

import datetime as dt
from functools import partial
from pathlib import Path

import pytest

from helpers import TINY, built, mistakes, refused, sekisho, tiny
from sekisho.case import Case
from sekisho.corpus import PACKAGE, Corpus
from sekisho.decide import Decider
from sekisho.errors import LawError
from sekisho.language.smt import Facts, Two, all_of
from sekisho.prove.faults import KINDS, turned_by_knowing_more
from sekisho.prove.proof import Accepted, Proof, accepted_of, data, prove, said
from sekisho.text import Interval

RULES, EXCEPTIONS, REGIME = "law/tiny/rules.md", "law/tiny/exceptions.md", "law/tiny/regime.yaml"
VOCABULARY = "law/vocabulary.yaml"
EMBARGO = "when: recipient.embargo\n"
END = "by_ja: 大臣\nsource: https://example.org/rules\nconfidence: high\n```\n"
PARTNERS = "permits: partners\ntitle_ja: 協力国\nin_force: 2010-01-01/..\n"
HOLDS = "holds: {en: it is, ja: である}\nfails: {en: it is not, ja: でない}\n"
BLOCK = """
## Another {{#{slug}}}

```yaml
{block}title_ja: 他
source: https://example.org/another
confidence: high
```
"""


def more(slug: str, block: str) -> tuple[str, str, str]:
    """A change that puts a provision at the end of the rules."""
    return (RULES, END, END + BLOCK.format(slug=slug, block=block))


FAULTS = {
    "dead head": (
        [more("both-kinds", "permits: both\nwhen: item.kind = 'part' AND item.kind = 'finished_product'\n")],
        "t.rules#both-kinds", (),
    ),
    "dead lift": (
        [more("no-state", "lifts: [t.rules#embargo]\nwhen: recipient.state = 'AAA' AND KNOWN_NONE(recipient.state)\n")],
        "t.rules#no-state", (),
    ),
    "dead prohibition": (
        [more("un-of-a-state", "prohibits: a body of the United Nations in Aland\n"
                               "when: recipient.kind = 'un_body' AND recipient.state = 'AAA'\n")],
        "t.rules#un-of-a-state", (),
    ),
    "always lifted": (
        [more("never-mind", "lifts: [t.rules#embargo]\nwhen: recipient.embargo OR recipient.partner\n")],
        "t.rules#embargo", ("t.rules#never-mind", "t.exceptions#relief"),
    ),
    "unmeetable": (
        [more("square-circle", "requires: the impossible\nmet: step.licence AND NOT step.licence\nby: x\nby_ja: x\n")],
        "t.rules#square-circle", (),
    ),
    "never matters": (
        [more("parts", "permits: parts to partners\nwhen: recipient.partner AND item.kind = 'part'\nin_force: 2010-01-01/..\n"),
         (RULES, "for: [t.rules#partners]", "for: [t.rules#partners, t.rules#parts]")],
        "t.rules#parts", ("t.rules#partners",),
    ),
    "contradiction": (
        [more("armed", "permits: to the forces of an embargoed state\nin_force: 2021-01-01/..\n"
                       "when: recipient.embargo AND recipient.kind = 'armed_forces'\n")],
        "t.rules#armed", ("t.rules#embargo",),
    ),
    "both claim": (
        [more("no-forces", "prohibits: to armed forces\nwhen: recipient.kind = 'armed_forces'\n")],
        "t.exceptions#relief", ("t.rules#no-forces",),
    ),
    "doubled definition": (
        [more("arms-again", f"defines: arms_again\nas: item.arms\n{HOLDS}")],
        "t.rules#governed", ("t.rules#arms-again",),
    ),
    "empty definition": (
        [more("anything", f"defines: anything\nas: item.arms OR NOT item.arms\n{HOLDS}")], "t.rules#anything", (),
    ),
    "gap": (
        [(RULES, PARTNERS, PARTNERS.replace("/..", "/2015-01-01")),
         more("partners-2015", "permits: partners\nin_force: 2015-02-01/..\nfollows: t.rules#partners\n"
                               "when: recipient.partner\n")],
        "t.rules#partners-2015", ("t.rules#partners",),
    ),
    "uncovered days": ([(RULES, EMBARGO, "in_force: 2003-01-01/..\n" + EMBARGO)], "tiny", ()),
    "unused fact": (
        [(VOCABULARY, "  purpose:\n", "  item.colour:\n    type: boolean\n    kind: described\n    unstated: unknown\n"
          "    label: {en: red, ja: 赤}\n    holds: {en: it is red, ja: 赤い}\n    fails: {en: it is not red, ja: 赤くない}\n"
          "    question: {en: 'Is it red?', ja: 赤いですか。}\n  purpose:\n")],
        "item.colour", (),
    ),
}  # fmt: skip


def found_in(corpus: Corpus) -> dict[tuple[str, str], tuple[str, ...]]:
    proof = prove(Decider(corpus), "tiny")
    assert proof.proven
    return {(entry.found.kind, entry.found.subject): entry.found.others for entry in proof.findings}


@pytest.fixture(scope="module")
def sound() -> dict[tuple[str, str], tuple[str, ...]]:
    """What is found in the tiny law as it is: facts that it does not use."""
    found = found_in(built(TINY))
    assert {kind for kind, _ in found} <= {"unused fact"}
    return found


@pytest.mark.parametrize("kind", FAULTS)
def test_a_planted_fault_is_found(kind: str, sound, tmp_path: Path) -> None:
    changes, subject, others = FAULTS[kind]
    found = found_in(built(tiny(tmp_path, *changes)))
    assert (kind, subject) not in sound
    assert found[kind, subject] == others


SECOND = {
    "law.md": """\
---
id: u.rules
title: The other rules
title_ja: 別の規則
form: decision
in_force: 2000-01-01/..
checked: 2026-01-01
---

# The other rules

## What is governed {#governed}

Parts only.

```yaml
defines: arms_transfer
title_ja: 武器の移転
as: item.arms AND item.kind = 'part'
holds: {en: arms are transferred, ja: 武器の移転である}
fails: {en: no arms are transferred, ja: 武器の移転でない}
source: https://example.org/u
confidence: high
```
""",
    "regime.yaml": """\
id: other
title: The other regime
title_ja: 別の制度
first_day: 2000-01-01
governs: arms_transfer
otherwise: [{in_force: 2000-01-01/.., says: permitted}]
instruments: [u.rules]
""",
}


def test_two_regimes_that_disagree_on_a_name(tmp_path: Path) -> None:
    folder = tiny(tmp_path)
    (folder / "law" / "other").mkdir()
    for name, text in SECOND.items():
        (folder / "law" / "other" / name).write_text(text, "utf-8")
    corpus = built(folder)
    (finding,) = [e for e in prove(Decider(corpus), "tiny").findings if e.found.kind == "disagreeing definition"]
    assert (finding.found.subject, finding.found.others) == ("t.rules#governed", ("u.rules#governed",))
    witness = finding.found.witness
    assert witness is not None and witness["item.arms"] is True and witness["item.kind"] == "finished_product"


def test_a_fault_of_some_days_has_its_days(tmp_path: Path) -> None:
    changes = FAULTS["gap"][0]
    findings = prove(Decider(built(tiny(tmp_path, *changes))), "tiny").findings
    (gap,) = [entry.found for entry in findings if entry.found.kind == "gap"]
    assert gap.days == Interval(dt.date(2015, 1, 1), dt.date(2015, 2, 1))
    assert "neither is in force" in said(gap)


def test_every_kind_is_planted_or_shown() -> None:
    assert {*FAULTS, "disagreeing definition", "turned by knowing more"} == set(KINDS)


# ---- the package's own law ---------------------------------------------------------------------


@pytest.mark.parametrize("regime", [pytest.param("japan", marks=pytest.mark.slow), "japan-licence"])
def test_the_law_runs_clean_or_with_accepted_findings_only(regime: str, decider: Decider) -> None:
    proof = prove(decider, regime, accepted=accepted_of(decider.corpus, regime))
    assert proof.proven
    assert not [f"{entry.found.kind} {entry.found.subject}" for entry in proof.unaccepted]
    assert not proof.stale


@pytest.mark.slow
def test_a_day_or_the_days_since_are_looked_at_alone(decider: Decider) -> None:
    day = dt.date(2026, 4, 21)
    on, since = prove(decider, "japan", on=dt.date(2024, 1, 1)), prove(decider, "japan", since=day)
    assert (on.segments, str(on.days)) == (1, "2023-12-22/2024-03-26")
    assert (since.segments, str(since.days)) == (1, "2026-04-21/..")
    assert all(entry.found.days.overlaps(on.days) for entry in on.findings)


def test_a_witness_shows_what_is_found(decider: Decider) -> None:
    proof = prove(decider, "japan", on=dt.date(2026, 4, 21))
    shown = [entry.found for entry in proof.findings if entry.found.kind == "both claim"]
    assert shown
    for found in shown:
        assert found.witness is not None
        answer = decider.decide(Case(found.days.begin, found.witness), ["japan"], override=True).regime("japan")
        assert answer.verdict == "prohibited"
        assert set(answer.barring) & set(found.others)
        assert found.subject in {way.provision for way in answer.ways}


@pytest.mark.slow
@pytest.mark.parametrize("regime", ["japan", "japan-licence"])
def test_knowing_more_never_turns_a_settled_verdict_on_any_day_of_change(regime: str, decider: Decider) -> None:
    for day in decider.corpus.change_days(regime):
        assert turned_by_knowing_more(decider, decider.corpus.law_on(regime, day)) is None, day


def test_a_reading_that_takes_the_unknown_for_false_is_caught(decider: Decider, monkeypatch) -> None:
    def as_false(self: Facts, value, name: str, place: int) -> Two:
        known = all_of((self._is_known(name, place), value))
        return Two(known, known)

    monkeypatch.setattr(Facts, "_known", as_false)
    law = decider.corpus.law_on("japan", dt.date(2026, 4, 21))
    assert turned_by_knowing_more(decider, law) is not None


def test_a_time_out_proves_nothing(decider: Decider) -> None:
    proof = prove(decider, "japan", seconds=0.1)
    assert (proof.proven, proof.findings) == (False, ())
    run = sekisho("prove", "japan", "--timeout", "0.1")
    assert (run.status, "Not proven within 0.1 s" in run.out) == (0, True)


def test_on_and_since_are_one_too_many() -> None:
    given = refused("prove", "japan", "--on", "2020-01-01", "--since", "2020-01-01", status=2)
    assert "--on and --since are given together" in given[0]


# ---- what is accepted --------------------------------------------------------------------------


def test_what_is_accepted_and_not_found_is_told(decider: Decider) -> None:
    gone = Accepted("dead head", "jp.guidelines#consent", "It was dead once.")
    proof: Proof = prove(decider, "japan-licence", accepted=(gone,))
    assert proof.stale == (gone,)
    assert data(proof)["stale"] == [{"kind": gone.kind, "subject": gone.subject, "reason": gone.reason}]


BAD = {
    "no list": ("accepted: none\n", "it accepts nothing."),
    "no kind": ("accepted: [{kind: dead heads, subject: x, reason: y}]\n", "'dead heads' is no kind of finding."),
    "no reason": ("accepted: [{kind: dead head, subject: x, reason: ' '}]\n", "no reason is given for x."),
    "no subject": ("accepted: [{kind: dead head, reason: y}]\n", "an entry is not one"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_list_of_accepted_findings_is_refused(name: str, decider: Decider, tmp_path: Path) -> None:
    text, what = BAD[name]
    (tmp_path / "japan").mkdir()
    (tmp_path / "japan" / "accepted.yaml").write_text(text, "utf-8")
    (mistake,) = mistakes(LawError, partial(accepted_of, decider.corpus, "japan", tmp_path))
    assert what in mistake.what and mistake.file == "japan/accepted.yaml"


def test_every_accepted_finding_names_something_that_is_there(decider: Decider) -> None:
    for regime in decider.corpus.regimes:
        for entry in accepted_of(decider.corpus, regime, PACKAGE / "law"):
            assert entry.subject in decider.corpus.provisions or entry.subject in decider.corpus.vocabulary.facts
