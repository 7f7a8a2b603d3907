"""The difference of two days: complete, minimal, witnessed; told for the days whose content is known; drafts and registers.

Completeness and minimality are proven anew here, class by class, by questions of their own to the solver; and apart from any
solver, random cases that `decide` turns must each satisfy a class.
"""

import datetime as dt
import random
import time
from pathlib import Path

import pytest

import sekisho
from generated import STATES, make_plausible, random_value
from helpers import refused
from helpers import sekisho as command
from sekisho.case import Case
from sekisho.case.complete import Completed
from sekisho.corpus import Corpus
from sekisho.decide import Decider
from sekisho.errors import CaseError, LawError, ProofTimeout
from sekisho.language.circuit import A, Circuit, column
from sekisho.language.kleene import compiled
from sekisho.language.nodes import Node, facts_of, show
from sekisho.language.smt import Clock, all_of, deny
from sekisho.prove.comparison import NO_LONGER_REQUIRED, REQUIRED, TURNS, Comparison, Side
from sekisho.prove.diff import Difference, compare
from sekisho.prove.draft import turned_precedents, with_draft
from sekisho.prove.telling import HEADS, Telling, data
from sekisho.prove.terms import facts_read

ROOT = Path(__file__).parent.parent
ONE = dt.timedelta(days=1)
TOLD = ("1983-01-14", "2023-12-22", "2024-03-26")


def days_of_japan() -> list[str]:
    return [day.isoformat() for day in sekisho.load_corpus().change_days("japan")]


every_day = pytest.mark.parametrize(
    "day", [pytest.param(day, marks=[] if day in TOLD else [pytest.mark.slow]) for day in days_of_japan()]
)


def sides(decider: Decider, day: str) -> tuple[Side, Side]:
    second = dt.date.fromisoformat(day)
    return Side(decider, "japan", second - ONE), Side(decider, "japan", second)


def difference(decider: Decider, day: str, world: bool = False) -> Difference:
    second = dt.date.fromisoformat(day)
    return sekisho.diff("japan", second - ONE, second, own=decider, world=world)


# ---- what is proven ----------------------------------------------------------------------------


@every_day
def test_classes_are_complete_minimal_real_and_none_is_spare(day: str, decider: Decider) -> None:
    found = Comparison(*sides(decider, day))
    asked = [(found.subject(change), found.classes(change)) for change in TURNS]
    for requirement in found.requirements():
        for change in (REQUIRED, NO_LONGER_REQUIRED):
            subject = found.requirement_subject(requirement, change)
            asked.append((subject, found.requirement_classes(requirement, change)))
    assert sum(len(classes) for _, classes in asked[:4]) <= 25
    for subject, classes in asked:
        terms = [found.finder.term(entry) for entry in classes]

        def exists(*formulas: object) -> bool:
            return found.solver.check(*(found.solver.name(formula) for formula in formulas))

        assert not exists(subject.described, *(deny(term) for term in terms)), "a case lies in no class"
        for entry, term in zip(classes, terms, strict=True):
            assert not exists(subject.given, term, deny(subject.target)), "a class says too much"
            for left_out in entry:
                fewer = found.finder.term(tuple(literal for literal in entry if literal != left_out))
                assert exists(subject.given, fewer, deny(subject.target)), f"{left_out} can be left out"
            others = [deny(other) for other in terms if other is not term]
            assert exists(subject.described, term, *others), "a class is spare"


@every_day
def test_every_turning_case_turns_by_one_of_the_four(day: str, decider: Decider) -> None:
    found = Comparison(*sides(decider, day))
    described = [found.subject(change).described for change in TURNS]
    old, new = found.terms
    turns = [all_of((old.open, deny(new.open))), all_of((new.open, deny(old.open)))]
    for turn in turns:
        assert not found.solver.check(*(found.solver.name(f) for f in (turn, *(deny(part) for part in described))))


@pytest.mark.slow
@every_day
def test_every_witness_is_confirmed_by_decide(day: str, decider: Decider) -> None:
    found = difference(decider, day)
    fresh = Decider(decider.corpus)
    for entry in (*found.turns, *found.requirements):
        case = entry.witness.case
        verdicts = [
            fresh.decide(case, ["japan"], law_on=side.day, override=not entry.witness.met).verdict
            for side in (found.before, found.after)
        ]
        assert verdicts == [entry.before, entry.after]
        if not entry.requirement:
            assert ("prohibited" in verdicts) and verdicts[0] != verdicts[1]
        else:
            assert not {"prohibited", "undetermined"} & set(verdicts)
        if entry.witness.precedent:
            assert case.id == entry.witness.precedent and case.recorded is not None
        else:
            assert case.date == found.after.day


@pytest.mark.slow
@every_day
def test_a_day_takes_less_than_five_seconds(day: str, decider: Decider) -> None:
    start = time.process_time()
    assert difference(decider, day).proven
    assert time.process_time() - start < 5


# ---- cases that turn, found without a solver ---------------------------------------------------


def complete_case(rng: random.Random, corpus: Corpus, day: dt.date, read: frozenset[str]) -> dict[str, object]:
    """A random case that states all that is read, look-ups too, as a difference speaks of; few findings, for most do harm."""
    states = [code for code in STATES if corpus.world.state_exists(code, day)]
    likely = {"finding": 0.02, "claim": 0.15, "assurance": 0.5, "looked_up": rng.choice((0.03, 0.5))}
    facts = corpus.vocabulary.facts
    stated = {name: random_value(rng, facts[name], states, likely.get(facts[name].kind, 0.5)) for name in sorted(read)}
    for name in ("purpose", "finding.treaty_arms"):
        if name in stated and rng.random() < 0.8:
            stated[name] = frozenset()
    make_plausible(rng, stated)
    return stated | {"exporter.state": "JPN", "item.arms": True}


def holds(decider: Decider, completed: Completed, condition: Node, found: Difference) -> bool:
    definitions = {
        name: [(p.in_force, p.when)] for law in found.laws for name, p in law.definitions.items() if p.when is not None
    }
    circuit = Circuit(decider.completer.layout, definitions)
    slot = circuit.condition(condition, "when")
    completed.look_up(
        decider.completer.plans_of(n for s in circuit.slots if s.literal is not None for n in facts_of(s.literal))
    )
    return column(compiled(circuit)(completed.x, completed.y)[slot], A) is True


@pytest.mark.slow
@pytest.mark.parametrize("day", ["2023-12-22", "2014-04-01"])
def test_random_cases_that_turn_satisfy_a_class(day: str, decider: Decider) -> None:
    found, rng, turned = difference(decider, day), random.Random(day), 0
    read = frozenset(name for law in found.laws for name in facts_read(law, decider.corpus))
    for _ in range(2_500):
        facts = complete_case(rng, decider.corpus, found.after.day, read)
        try:
            completed = decider.completer.complete(Case(found.after.day, facts), override=True)
        except CaseError:
            continue
        old, new = (decider.decide_completed(completed, "japan", side.day).verdict for side in (found.before, found.after))
        assert "undetermined" not in (old, new)
        if (old == "prohibited") != (new == "prohibited"):
            turned += 1
            assert any(holds(decider, completed, entry.condition, found) for entry in found.turns), facts
    assert turned > 20


# ---- what is known of some days ----------------------------------------------------------------


def told(found: Difference, change: str) -> set[str]:
    return {show(entry.condition) for entry in found.turns if entry.change == change}


@pytest.mark.slow
def test_december_2023_opened_and_barred_what_it_did(decider: Decider) -> None:
    found = difference(decider, "2023-12-22")
    assert told(found, "opened") == {
        "item.licensor = recipient.state AND recipient.security_partner AND assurance.licensor_request",
        "NOT KNOWN_NONE(item.licensor) AND item.licensor <> recipient.state AND assurance.licensor_request",
        "item.kind = 'part' AND recipient.security_partner",
        "item.kind = 'service' AND recipient.security_partner",
        "item.joint_development AND item.kind IN ('part', 'technology')",
        "recipient.security_partner AND five_category_use AND NOT item.weapon"
        " AND item.weapons_on_board IN ('none', 'task_or_self_protection')",
        "destination.victim_of_unlawful_force AND destination.state = recipient.state AND NOT item.weapon",
    }
    barred = told(found, "barred")
    assert barred and all("item.weapon" in text and "into_combat" in text for text in barred)
    assert any("act = 'retransfer'" in text for text in barred) and any("assurance.licensor_request" in text for text in barred)
    assert not told(found, "no longer opened") | told(found, "no longer barred")
    patriot = next(entry for entry in found.turns if show(entry.condition).startswith("item.licensor = recipient.state"))
    assert (patriot.before, patriot.after, patriot.witness.precedent) == ("prohibited", "conditional", "jpn-2023-pac3-usa")
    assert patriot.provisions.after == ("jp.guidelines#licensed-product",)
    assert patriot.provisions.before == ("jp.guidelines#us-licensed-2014",)


def test_march_2024_is_about_one_aircraft_and_nothing_else(decider: Decider) -> None:
    found = difference(decider, "2024-03-26")
    assert {entry.change for entry in found.turns} == {"opened", "barred"}
    assert all("item.programme = 'gcap' " in show(entry.condition) for entry in found.turns)
    assert all("item.kind = 'finished_product'" in show(entry.condition) for entry in found.turns)


def test_january_1983_is_the_exception_for_technology(decider: Decider) -> None:
    (entry,) = difference(decider, "1983-01-14").turns
    assert (entry.change, show(entry.condition)) == ("no longer barred", "act = 'export' AND us_technology_1983")
    assert "jp.us-technology-1983#exception" in entry.provisions.after


@pytest.mark.parametrize(
    ("first", "second"), [("2023-01-13", "2023-03-01"), ("2026-05-01", "2026-09-01"), ("1960-01-01", "1961-01-01")]
)
def test_two_days_of_one_law_are_proven_equal(first: str, second: str, decider: Decider) -> None:
    found = sekisho.diff("japan", dt.date.fromisoformat(first), dt.date.fromisoformat(second), own=decider)
    assert found.equal and found.proven and not found.requirements
    assert Telling(found).summary() == "No transfer is decided differently: proven."


def test_law_that_only_leaves_something_open_changes_nothing(decider: Decider) -> None:
    assert difference(decider, "2015-11-24").equal


@pytest.mark.slow
def test_in_the_world_as_it_stood_fewer_transfers_turn(decider: Decider) -> None:
    free, stood = difference(decider, "2023-12-22"), difference(decider, "2023-12-22", world=True)
    assert stood.proven and stood.world == dt.date(2023, 12, 22)
    assert len(stood.turns) > 0 and all(entry.witness.met for entry in stood.turns)
    assert {entry.change for entry in stood.turns} <= {entry.change for entry in free.turns}


@pytest.mark.slow
def test_it_is_told_in_both_languages_without_raw_names(decider: Decider) -> None:
    found = difference(decider, "2023-12-22")
    for language in ("en", "ja"):
        telling = Telling(found, language)
        for entry in (*found.turns, *found.requirements):
            text = telling.condition(entry.condition)
            assert text and not [name for name in decider.corpus.vocabulary.facts if "." in name and name in text]
            assert telling.given(entry.change) and HEADS[language][entry.change]


@pytest.mark.slow
def test_the_same_question_has_the_same_answer(decider: Decider) -> None:
    assert data(difference(decider, "2023-12-22")) == data(difference(Decider(decider.corpus), "2023-12-22"))


# ---- time --------------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_time_out_proves_nothing(decider: Decider) -> None:
    found = compare(*sides(decider, "2014-04-01"), seconds=0.2)
    assert not found.proven and not found.equal and not found.turns
    assert "Not proven within 0.2 s" in Telling(found).summary()
    with pytest.raises(ProofTimeout, match="not proven within 0 s"):
        Clock(0).left()


def test_the_command_says_what_is_not_proven() -> None:
    run = command("diff", "japan", "2014-03-31", "2014-04-01", "--timeout", "0.2")
    assert (run.status, "Not proven within 0.2 s" in run.out) == (0, True)


# ---- drafts ------------------------------------------------------------------------------------

EXAMPLE = ROOT / "examples" / "draft-five-categories"


@pytest.mark.slow
def test_five_categories_abolished_a_year_earlier(decider: Decider) -> None:
    draft = with_draft(decider.corpus, EXAMPLE)
    (turned,) = turned_precedents(decider, draft, "japan")
    assert (turned.id, turned.before, turned.after) == ("jpn-2025-abukuma-phl-without-joint", "prohibited", "conditional")
    assert "jp.guidelines#transfer-in-principle" in turned.provisions_after
    found = sekisho.diff("japan", dt.date(2025, 8, 5), own=decider, draft=draft)
    assert {entry.change for entry in found.turns} == {"opened", "barred"}
    assert told(found, "opened") == {"TRUE"}
    before = sekisho.diff("japan", dt.date(2025, 4, 20), own=decider, draft=draft)
    assert before.equal and not before.requirements


def written(folder: Path, **files: str) -> Path:
    folder.mkdir()
    for name, text in files.items():
        (folder / name.replace("__", ".")).write_text(text, "utf-8")
    return folder


AMENDED = """\
---
id: jp.guidelines
---

## 1(2)C Guarding of officials {#officials}

Guarding, of finished products only.

```yaml
permits: security, guarding of public officials
title_ja: 公務員の警護
in_force: 2014-04-01/2026-04-21
when: act = 'export' AND HAS(purpose, 'protection_of_officials') AND item.kind = 'finished_product'
source: none found
confidence: low
```

## 1(2)C Training {#training}

A head that is new.

```yaml
permits: security, training
title_ja: 訓練
in_force: 2025-01-01/2026-04-21
when: act = 'export' AND HAS(purpose, 'destruction_or_detection_training')
source: none found
confidence: low
```
"""


@pytest.mark.slow
def test_a_draft_replaces_inserts_and_ends(decider: Decider, tmp_path: Path) -> None:
    orders = "ends: {jp.guidelines#nationals: 2025-01-01}\n"
    draft = with_draft(decider.corpus, written(tmp_path / "draft", amendment__md=AMENDED, draft__yaml=orders))
    names = [p.id for p in draft.corpus.instruments["jp.guidelines"].provisions]
    assert names.index("jp.guidelines#training") == names.index("jp.guidelines#officials") + 1
    assert len(names) == len(decider.corpus.instruments["jp.guidelines"].provisions) + 1
    assert str(draft.corpus.provisions["jp.guidelines#nationals"].in_force) == "2014-04-01/2025-01-01"
    found = sekisho.diff("japan", dt.date(2025, 6, 1), own=decider, draft=draft)
    assert told(found, "opened") == {"HAS(purpose, 'destruction_or_detection_training')"}
    assert told(found, "no longer opened") == {
        "act = 'export' AND HAS(purpose, 'protection_of_officials')",
        "act = 'export' AND HAS(purpose, 'self_protection_of_nationals')",
    } or told(found, "no longer opened") == {
        "HAS(purpose, 'protection_of_officials')", "HAS(purpose, 'self_protection_of_nationals')"
    }  # fmt: skip


BAD_DRAFTS = {
    "no law": ({}, "holds no law file"),
    "no id": ({"a__md": "# Nothing\n"}, "says no `id`"),
    "no orders": ({"draft__yaml": "begins: {}\n"}, "gives no `ends`"),
    "an unknown provision": ({"draft__yaml": "ends: {jp.guidelines#officals: 2025-01-01}\n"}, "Did you mean"),
    "no day": ({"draft__yaml": "ends: {jp.guidelines#officials: soon}\n"}, "'soon' is not a day"),
    "bad law": ({"a__md": AMENDED.replace("item.kind =", "item.knd =")}, "item.knd"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD_DRAFTS)
def test_a_bad_draft_is_refused(name: str, decider: Decider, tmp_path: Path) -> None:
    files, said = BAD_DRAFTS[name]
    with pytest.raises(LawError, match=said):
        with_draft(decider.corpus, written(tmp_path / "draft", **files))


def test_a_draft_that_is_not_there(tmp_path: Path) -> None:
    assert "there is no folder" in refused("diff", "japan", "2025-06-01", "--draft", tmp_path / "nowhere")[0]


def test_two_days_or_a_draft_are_needed() -> None:
    assert "there is one day only" in refused("diff", "japan", "2025-06-01", status=2)[0]


# ---- registers ---------------------------------------------------------------------------------

ROWS = """\
key,date,exporter.state,recipient.state,item.kind,item.arms,item.weapon,item.five_category,item.licensor,item.programme,recipient.kind
parts,2023-06-01,JPN,USA,part,true,false,none,none,none,foreign_government
finished,2023-06-01,JPN,USA,finished_product,true,true,none,none,none,foreign_government
service,2024-06-01,JPN,AUS,service,true,false,none,none,none,foreign_government
"""


def test_a_register_lists_every_row_that_turns(decider: Decider, tmp_path: Path) -> None:
    from sekisho.prove.register import sweep_both  # noqa: PLC0415 (DuckDB is for this test alone)

    path = tmp_path / "orders.csv"
    path.write_text(ROWS, "utf-8")
    found = sweep_both(*sides(decider, "2023-12-22"), str(path))
    assert (found.rows, [row.key for row in found.turned]) == (3, ["parts", "service"])
    parts = found.turned[0]
    assert (parts.before, parts.after, parts.provisions_before) == ("prohibited", "conditional", ())
    assert parts.provisions_after[0] == "jp.guidelines#parts-2023"


@pytest.mark.slow
def test_a_register_under_a_draft_keeps_each_rows_own_day(decider: Decider, tmp_path: Path) -> None:
    from sekisho.prove.register import sweep_both  # noqa: PLC0415 (DuckDB is for this test alone)

    path = tmp_path / "orders.csv"
    path.write_text(ROWS.replace("finished,2023-06-01,JPN,USA", "finished,2025-06-01,JPN,USA"), "utf-8")
    before = Side(decider, "japan", dt.date(2025, 8, 5))
    after = Side(with_draft(decider.corpus, EXAMPLE), "japan", dt.date(2025, 8, 5))
    assert [row.key for row in sweep_both(before, after, str(path)).turned] == ["finished"]
