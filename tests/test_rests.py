"""`decide --rests`: brute force over facts forgotten and acts done, one by one and in pairs, comes to the same."""

import time
from collections.abc import Iterable, Iterator
from itertools import combinations
from pathlib import Path

import pytest

from helpers import refused, sekisho
from sekisho.case import Case, read_file
from sekisho.case.stated import FactValue
from sekisho.decide import Decider, RegimeLaw
from sekisho.decision import Decision, Rests
from sekisho.errors import CaseError
from sekisho.history import recorded_cases
from sekisho.language.circuit import NULL
from sekisho.prove.rests import with_rests

EXAMPLES = sorted((Path(__file__).parent.parent / "examples").glob("*.yaml"))
SECONDS = 1.0


def cases(decider: Decider) -> list[Case]:
    return [case for file in EXAMPLES for case in read_file(file, decider.corpus)]


def decisions(decider: Decider, case: Case) -> Iterator[tuple[Decision, Rests]]:
    for decision in with_rests(decider, decider.decide(case)).decisions:
        assert decision.rests is not None
        yield decision, decision.rests


def follows(decider: Decider, decision: Decision, forgotten: Iterable[str]) -> bool:
    """Whether a verdict stays with some facts forgotten, by running the law again."""
    layout, law = decider.completer.layout, decision.compiled
    assert isinstance(law, RegimeLaw)
    x, y = decision.completed.x.copy(), decision.completed.y.copy()
    for name in forgotten:
        place = layout.index[name]
        boolean = ":" in name or layout.vocabulary.facts[name].type == "boolean"
        x[place] = y[place] = NULL if boolean else None
    return law.verdict(law.program(x, y), decision.completed.case.head) == decision.verdict


@pytest.mark.slow
def test_what_matters_is_what_cannot_be_forgotten(decider: Decider) -> None:
    seen = 0
    for case in cases(decider):
        for decision, rests in decisions(decider, case):
            if not rests.reasons:
                continue
            known = (*rests.matter, *rests.idle)
            single = tuple(name for name in known if not follows(decider, decision, (name,)))
            assert set(rests.needed) == set(single), (case.name, decision.regime)
            left = [name for name in known if name not in single]
            pairs = {frozenset(pair) for pair in combinations(left, 2) if not follows(decider, decision, pair)}
            assert {frozenset(pair) for pair in rests.either} == pairs, (case.name, decision.regime)
            assert follows(decider, decision, rests.idle)
            seen += len(pairs)
    assert seen > 10


@pytest.mark.slow
def test_reasons_suffice_and_are_least(decider: Decider) -> None:
    several = 0
    for case in cases(decider):
        for decision, rests in decisions(decider, case):
            known = (*rests.matter, *rests.idle)
            sizes = [len(reason) for reason in rests.reasons]
            assert sizes == sorted(sizes)
            assert len(rests.reasons) <= rests.reasons_bound
            for reason in rests.reasons:
                rest = [name for name in known if name not in reason]
                assert follows(decider, decision, rest), (case.name, reason)
                for name in reason:
                    assert not follows(decider, decision, [*rest, name]), (case.name, reason, name)
            if rests.all_reasons:
                assert {name for reason in rests.reasons for name in reason} == set(rests.matter)
                assert all(not set(rests.needed) - set(reason) for reason in rests.reasons)
            several += len(rests.reasons) > 1
    assert several > 5


Act = tuple[frozenset[str], bool]


def acts(decider: Decider, decision: Decision) -> list[Act]:
    """Every act that a case could state otherwise, agreements with one state together."""
    stated, facts = decision.completed.case.facts, decider.corpus.vocabulary.facts
    units: list[tuple[frozenset[str], object]] = []
    agreements: dict[object, set[str]] = {}
    for name, fact in facts.items():
        if fact.kind in ("assurance", "step", "finding"):
            values = fact.values if fact.type == "set" else ()
            held = stated.get(name, frozenset())
            units += [(frozenset({f"{name}:{v}"}), v in held) for v in values]  # type: ignore[operator]
            units += [(frozenset({name}), stated.get(name))] if fact.type == "boolean" else []
        elif fact.lookup is not None and fact.lookup.table == "transfer_agreements":
            key = decision.completed.value(fact.lookup.keys[0])
            if key not in (None, "none"):
                agreements.setdefault(key, set()).add(name)
    for names in agreements.values():
        units.append((frozenset(names), decision.completed.value(min(names))))
    return [(names, value) for names, now in units for value in (True, False) if value is not now]


def after(decider: Decider, decision: Decision, done: Iterable[Act]) -> str | None:
    """The verdict of the case as it would be stated after some acts; None if there is no such case."""
    case = decision.completed.case
    facts: dict[str, FactValue] = dict(case.facts)
    for names, value in done:
        for name in names:
            fact, _, element = name.partition(":")
            if element:
                held = facts.get(fact, frozenset())
                assert isinstance(held, frozenset)
                facts[fact] = held | {element} if value else held - {element}
            else:
                facts[fact] = value
    try:
        stated = Case(case.date, facts, case.item, case.head)
        return decider.decide(stated, [decision.regime], override=True).verdict
    except CaseError:
        return None


def compare(decider: Decider, case: Case, most: int) -> int:
    count = 0
    for decision, rests in decisions(decider, case):
        if decision.law is None:
            continue
        settled = {decision.verdict, "undetermined", None}
        every = acts(decider, decision)
        found: list[tuple[frozenset[Act], str]] = []
        for size in range(1, most + 1):
            for done in combinations(every, size):
                if len({names for names, _ in done}) < size or any(less < set(done) for less, _ in found):
                    continue
                verdict = after(decider, decision, done)
                if verdict not in settled:
                    assert verdict is not None
                    found.append((frozenset(done), verdict))
        expected = {(frozenset((n, v) for names, v in done for n in names), verdict) for done, verdict in found}
        told = {(frozenset(change.facts.items()), change.verdict) for change in rests.changes if change.acts <= most}
        assert told == expected, (case.name, decision.regime)
        count += len(told)
    return count


@pytest.mark.slow
def test_single_acts_turn_it_as_told(decider: Decider) -> None:
    assert sum(compare(decider, case, 1) for case in cases(decider)) > 100


PAIRED = ("patriot-2023-12-22", "missiles-ukraine-2026-04-23", "patriot-to-ukraine-2023-12-22", "radar-without-a-recipient")


@pytest.mark.parametrize("name", PAIRED)
def test_paired_acts_turn_it_as_told(name: str, decider: Decider) -> None:
    (case,) = (case for case in cases(decider) if case.id == name)
    assert compare(decider, case, 2)


@pytest.mark.slow
def test_paired_acts_turn_every_example_as_told(decider: Decider) -> None:
    for case in cases(decider):
        compare(decider, case, 2)


@pytest.mark.slow
def test_it_takes_less_than_a_second(decider: Decider) -> None:
    slowest = 0.0
    for case in cases(decider):
        began = time.process_time()
        list(decisions(decider, case))
        slowest = max(slowest, time.process_time() - began)
    assert slowest < SECONDS


@pytest.mark.slow
def test_what_describes_a_transfer_is_never_offered(decider: Decider) -> None:
    facts, offered = decider.corpus.vocabulary.facts, set()
    for case in (*recorded_cases(decider), *cases(decider)):
        for decision, rests in decisions(decider, case):
            for change in rests.changes:
                for name in change.facts:
                    fact = facts[name.partition(":")[0]]
                    assert fact.kind not in ("described", "claim"), (case.name, decision.regime, name)
                    assert fact.lookup is None or fact.lookup.table == "transfer_agreements", (case.name, name)
                    offered.add(fact.kind)
    assert offered == {"assurance", "step", "finding", "looked_up"}


def test_the_law_of_another_day_decides_as_told(decider: Decider) -> None:
    for case in cases(decider)[::4]:
        for decision, rests in decisions(decider, case):
            for before, law in zip((None, *rests.laws), rests.laws, strict=False):
                assert before is None or (before.in_force.end == law.in_force.begin and before.verdict != law.verdict)
                again = decider.decide(case, [decision.regime], law_on=law.in_force.begin)
                assert again.verdict == law.verdict


def test_it_is_told_in_words() -> None:
    run = sekisho("decide", "--rests", "--regime", "japan", EXAMPLES[0].parent / "missiles-to-ukraine-2026.yaml")
    assert run.status == 0
    assert "The answer rests on these: verify them" in run.out
    assert "is an offence under the Foreign" in run.out
    text = " ".join(run.out.replace("│", " ").split())
    assert "special circumstances" in text
    assert "CONDITIONAL since 2026-04-21" not in text
    other = sekisho("decide", "--rests", "--regime", "japan", EXAMPLES[0].parent / "mogami-frigate.yaml").out
    assert "CONDITIONAL since 2026-04-21" in other


def test_a_receipt_is_not_sealed_over_it(tmp_path: Path) -> None:
    (error,) = refused("decide", "--rests", "--receipt", tmp_path / "r.json", EXAMPLES[0], status=2)
    assert "--rests" in error or "one case" in error
