"""`decide --exact`: the solver's reading agrees with every completion of a case decided one by one."""

import itertools
import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from generated import random_case, to_case
from helpers import refused, sekisho
from sekisho.case import Case
from sekisho.decide import Decider
from sekisho.errors import CaseError
from sekisho.prove.exact import exactly
from sekisho.prove.terms import facts_read

FEW = 256


def choices(decider: Decider, name: str) -> list[object]:
    fact = decider.corpus.vocabulary.facts[name]
    if fact.type == "boolean":
        return [False, True]
    if fact.type == "set":
        return [frozenset(few) for n in range(len(fact.values) + 1) for few in itertools.combinations(fact.values, n)]
    return list(fact.values)


def completions(decider: Decider, case: Case, regime: str) -> Iterator[Case]:
    """Every completion of a case of which no state is unknown: described facts first, then look-ups that stay unknown."""
    law = decider.corpus.law_on(regime, case.date)
    facts = decider.corpus.vocabulary.facts
    read = sorted(facts_read(law, decider.corpus))
    described = [n for n in read if facts[n].kind == "described" and facts[n].unstated == "unknown" and n not in case.facts]
    for values in itertools.product(*(choices(decider, name) for name in described)):
        stated = dict(case.facts) | dict(zip(described, values, strict=True))
        try:
            completed = decider.completer.complete(Case(case.date, stated))
        except CaseError:
            continue
        unknown = [n for n in read if facts[n].lookup is not None and completed.value(n) is None]
        for answers in itertools.product(*(choices(decider, name) for name in unknown)):
            yield Case(case.date, stated | dict(zip(unknown, answers, strict=True)))


def verdicts(decider: Decider, case: Case, regime: str) -> set[str]:
    found = set()
    for completion in itertools.islice(completions(decider, case, regime), FEW + 1):
        try:
            found.add(decider.decide(completion, [regime]).verdict)
        except CaseError:
            continue
    return found


def nearly_complete(rng: random.Random, decider: Decider, regime: str) -> Case | None:
    """A random case with few things unknown: small enough to try every completion."""
    day, stated = random_case(rng, decider.corpus)
    facts = decider.corpus.vocabulary.facts
    if day < decider.corpus.regimes[regime].first_day:
        return None
    for name, fact in facts.items():
        if fact.kind == "described" and fact.unstated == "unknown" and name not in stated and fact.type != "boolean":
            if fact.type == "state":
                stated[name] = "JPN" if name.startswith("exporter") else "none" if "licensor" in name else "AUS"
            else:
                stated[name] = frozenset() if fact.type == "set" else rng.choice(list(fact.values))
    case = to_case(day, stated)
    try:
        every = list(itertools.islice(completions(decider, case, regime), FEW + 1))
    except CaseError:
        return None
    return case if len(every) <= FEW else None


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(6))
def test_it_is_what_all_completions_come_to(seed: int, decider: Decider) -> None:
    rng, done, seen = random.Random(seed), 0, Counter[str]()
    while done < 25:
        regime = rng.choice(list(decider.corpus.regimes))
        case = nearly_complete(rng, decider, regime)
        if case is None:
            continue
        try:
            answer = decider.decide(case, [regime])
        except CaseError:
            continue
        expected = verdicts(decider, case, regime)
        if not expected:
            with pytest.raises(CaseError, match="the case cannot be"):
                exactly(decider, answer)
            continue
        (decision,) = exactly(decider, answer).decisions
        assert decision.exact is not None
        assert set(decision.exact.possible) == expected, (regime, case)
        assert decision.exact.kleene == answer.verdict
        if answer.verdict in ("outside", "prohibited", "permitted"):
            assert decision.verdict == answer.verdict
        done += 1
        seen["told" if answer.verdict == "undetermined" and decision.verdict != "undetermined" else "as it was"] += 1
    assert seen["as it was"]


def test_what_follows_either_way_is_said_so(tmp_path: Path) -> None:
    file = tmp_path / "case.yaml"
    file.write_text(
        "date: 2024-06-01\nexporter: JPN\nrecipient: {state: AUS, kind: foreign_government}\n"
        "item: {arms: true, weapon: true, five_category: [], programme: none, licensor: none, weapons_on_board: none}\n",
        "utf-8",
    )
    plain, exact = sekisho("decide", "--regime", "japan", file), sekisho("decide", "--regime", "japan", "--exact", file)
    assert plain.out.startswith("UNDETERMINED") and exact.out.startswith("UNDETERMINED")
    assert "By what is not known it may be" in exact.out
    file.write_text(file.read_text("utf-8").replace("arms: true,", "arms: true, kind: part,"), "utf-8")
    assert "It follows whatever the answer to what is not known." in sekisho("decide", "--regime", "japan", "--exact", file).out


@pytest.mark.slow
def test_a_contradiction_hidden_in_the_unknown_is_undetermined_only_to_kleene(decider: Decider) -> None:
    from sekisho.case.stated import from_mapping  # noqa: PLC0415 (for this test alone)

    own = from_mapping(
        {"date": "1990-01-01", "exporter": "JPN", "recipient": {"state": "USA"}, "item.arms": True,
         "transfer.enables_technology": False}, decider.corpus,
    )  # fmt: skip
    answer = decider.decide(own, ["japan"])
    (decision,) = exactly(decider, answer).decisions
    assert decision.exact is not None and decision.verdict == "prohibited"


def test_a_receipt_is_not_sealed_over_it(tmp_path: Path) -> None:
    path = Path(__file__).parent.parent / "examples" / "patriot-2023-12-22.yaml"
    given = refused("decide", "--exact", "--receipt", tmp_path / "r.json", path, status=2)
    assert "a receipt seals what can be replayed" in given[0]
