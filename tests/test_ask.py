"""`sekisho ask`: it settles recorded cases in few questions, asks only what can matter, and ends where `--exact` does."""

import itertools
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from helpers import refused, sekisho
from sekisho.ask import DEFAULTS, Asked, Interview
from sekisho.case import Case, read_file
from sekisho.decide import Decider
from sekisho.decide import decider as own_decider
from sekisho.errors import CaseError, UsageError
from sekisho.history import recorded_cases
from sekisho.prove.exact import exactly

EXAMPLES = Path(__file__).parent.parent / "examples"
STARTS = ("exporter.state", "recipient.state", "recipient.kind")
MOST = 8
FEW = 10


def group(verdict: str) -> str:
    return "conditional" if verdict == "permitted" else verdict


def start(case: Case) -> Case:
    """Date, exporter, recipient and item alone."""
    return Case(case.date, {name: case.facts[name] for name in STARTS if name in case.facts}, case.item)


def reply(case: Case, asked: Asked) -> Any:
    """What a recorded case says to a question: nothing, if it does not say."""
    if asked.fact == DEFAULTS:
        return not any(name in case.facts for name in asked.taken)
    value = case.facts.get(asked.fact)
    return sorted(value) if isinstance(value, frozenset) else value


def held(decider: Decider, case: Case) -> tuple[Interview, int]:
    """An interview answered by a case, and how many facts were open when it began."""
    interview = Interview(decider, start(case), ["japan"])
    began = len(interview.open)
    while (asked := interview.question) is not None:
        interview.answer(reply(case, asked))
    return interview, began


def optimum(interview: Interview) -> int:
    """The fewest of the answers given after which the verdict follows: no order of questions can do with fewer."""
    for size in range(len(interview.answers) + 1):
        for few in itertools.combinations(interview.answers, size):
            if Interview(interview.decider, interview.base, interview.regimes, answers=few).over:
                return size
    return len(interview.answers)


@pytest.mark.slow
def test_recorded_cases_are_settled_in_few_questions(decider: Decider) -> None:
    asked, differing, beside = [], [], []
    for case in recorded_cases(decider):
        interview, began = held(decider, case)
        asked.append(len(interview.answers))
        if group(interview.result().verdict) != group(decider.decide(case, ["japan"]).verdict):
            differing.append(case.id)
        if began <= FEW and interview.over:
            beside.append((case.id, began, len(interview.answers), optimum(interview)))
    print(f"\n{sum(asked) / len(asked):.2f} questions on average, {max(asked)} at most, over {len(asked)} recorded cases")
    for name, began, count, least in beside:
        print(f"{name}: {began} open facts, {count} asked, {least} by brute force")
    assert sum(asked) / len(asked) <= MOST
    assert differing == []
    assert beside
    assert all(least <= count for _, _, count, least in beside)


def values(decider: Decider, asked: Asked) -> st.SearchStrategy[Any]:
    if asked.type == "boolean":
        some: st.SearchStrategy[Any] = st.booleans()
    elif asked.type == "text":
        some = st.sampled_from(sorted(asked.values))
    elif asked.type == "set":
        some = st.lists(st.sampled_from(sorted(asked.values)), max_size=2, unique=True)
    else:
        some = st.sampled_from(["JPN", "USA", "AUS", "UKR", "PHL", "none"])
    return st.none() | some


@pytest.mark.slow
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_random_answers_reach_what_exact_says(data: st.DataObject) -> None:
    decider = own_decider()
    case = data.draw(st.sampled_from(list(recorded_cases(decider))))
    acts = data.draw(st.booleans())
    interview = Interview(decider, start(case), ["japan"], acts)
    backs = 0
    while (asked := interview.question) is not None:
        assert asked.fact not in interview.replies
        assert asked.serves, asked.fact
        if interview.answers and backs < 2 and data.draw(st.integers(0, 9)) == 0:
            before = interview.answers[-1][0]
            interview.back()
            backs += 1
            assert interview.question is not None
            assert interview.question.fact == before
            continue
        try:
            interview.answer(data.draw(values(decider, asked)))
        except CaseError:
            assert interview.question is not None
            assert interview.question.fact == asked.fact  # what cannot be is not taken, and asked again
            interview.answer(None)
    state = json.loads(json.dumps(interview.state))
    again = Interview.of(decider, state)
    assert again.question is None
    exact = exactly(decider, decider.decide(again.case, ["japan"]))
    assert interview.result().verdict == exact.verdict
    if interview.over:  # then whatever is answered to the rest leaves it
        rest = dict(again.case.facts)
        for name in again.open:
            fact = decider.corpus.vocabulary.facts[name]
            if fact.type == "boolean" and data.draw(st.booleans()):
                rest[name] = data.draw(st.booleans())
        try:
            completed = exactly(decider, decider.decide(Case(case.date, rest, case.item), ["japan"]))
        except CaseError:
            return
        assert group(completed.verdict) == group(exact.verdict)


@pytest.mark.slow
def test_each_question_can_still_change_the_verdict(decider: Decider) -> None:
    """Two whole cases that differ in the fact asked alone and are decided differently, found by the solver, are decided."""
    seen = 0
    for case in list(recorded_cases(decider))[::5]:
        interview = Interview(decider, start(case), ["japan"])
        while (asked := interview.question) is not None:
            names = interview.defaults if asked.fact == DEFAULTS else (asked.fact,)
            (matter,) = interview._matters
            one, other = matter.pair(names, interview.case, interview.open, interview.replies)
            assert {name for name in {*one, *other} if one.get(name) != other.get(name)} <= set(names)
            verdicts = []
            for facts in (one, other):
                whole = Case(case.date, facts)
                verdicts.append(group(decider.decide(whole, ["japan"], override=True).verdict))
            assert verdicts[0] != verdicts[1], (case.id, asked.fact, one, other)
            seen += 1
            interview.answer(reply(case, asked))
    assert seen > 20


def test_it_never_says_which_answer_opens(decider: Decider) -> None:
    case = read_file(EXAMPLES / "patriot-2023-12-21.yaml", decider.corpus)[0]
    run = sekisho("ask", "--regime", "japan", EXAMPLES / "patriot-2023-12-21.yaml", stdin=b"?\n" * 30)
    assert run.status == 0
    talk = run.err.casefold()
    assert not any(f"{word}:" in talk or f"{word}." in talk for word in ("permitted", "prohibited", "conditional"))
    assert Interview(decider, case).question is not None


def test_answers_given_beforehand(tmp_path: Path) -> None:
    case, answers, out = tmp_path / "case.yaml", tmp_path / "answers.yaml", tmp_path / "out.yaml"
    case.write_text(
        "date: 2023-12-22\nexporter: JPN\nrecipient: {state: USA, kind: foreign_government}\nitem: patriot-pac-3-mse\n"
    )
    answers.write_text("assurance: {licensor_request: true}\n")
    run = sekisho("ask", "--regime", "japan", "--json", "--answers", answers, "-o", out, case)
    assert run.status == 0, run.err
    found = json.loads(run.out)
    assert found["answer"]["verdict"] == "conditional"
    assert "assurance.licensor_request" in [entry["fact"] for entry in found["questions"]]
    decided = json.loads(sekisho("decide", "--regime", "japan", "--json", out).out)
    assert decided["verdict"] == "conditional"
    answers.write_text("assurance: {licensor_requested: true}\n")
    (error,) = refused("ask", "--answers", answers, case)
    assert "licensor_request" in error


def test_bad_input(tmp_path: Path, decider: Decider) -> None:
    (error,) = refused("ask", "-", stdin=b"date: 2023-12-22\n", status=2)
    assert "--answers" in error
    case = tmp_path / "case.yaml"
    case.write_text("date: 2023-12-22\nexporter: JPN\nrecipient: USA\nitem: patriot-pac-3-mse\n")
    run = sekisho("ask", case)
    assert run.status == 3
    assert "the answers end before the questions do" in run.err
    interview = Interview(decider, read_file(case, decider.corpus)[0])
    with pytest.raises((CaseError, UsageError)):
        interview.answer("perhaps")
    assert interview.answers == []
    interview.back()
    assert interview.question is not None
