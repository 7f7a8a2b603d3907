"""One transfer put to every state of a day: what the API says is what deciding each case says, and no state is ranked."""

import datetime as dt
from typing import Any

import pytest

from desk.asking import Asked, problem
from sekisho.case import Case
from sekisho.corpus import Corpus
from sekisho.decide import Decider
from sekisho.decide import decide as decided
from sekisho.decision import Answer
from sekisho.desk.api.map import map_data, put, told
from sekisho.errors import CaseError, Mistake

PATRIOT = {"item": "patriot-pac-3-mse", "date": "2023-12-22"}


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> Asked:
    return Asked(tmp_path_factory.mktemp("desk"))


def by_code(api: Asked, **asked: Any) -> dict[str, dict[str, Any]]:
    answer = api.get("/v1/map", params=asked)
    assert answer.status_code == 200, answer.text
    return {state["code"]: state for state in answer.json()["states"]}


@pytest.mark.parametrize("day", ["1970-06-01", "2000-06-01", "2015-06-01", "2026-05-01"])
@pytest.mark.parametrize("item", ["mh-53e", pytest.param("type-03-chu-sam", marks=pytest.mark.slow)])
def test_each_state_has_the_verdict_of_its_own_case(api: Asked, day: str, item: str) -> None:
    found = by_code(api, item=item, date=day)
    for code in list(found)[::9]:
        case = {
            "date": day, "exporter": "JPN", "item": item, "recipient": {"state": code, "kind": "foreign_government"},
        }  # fmt: skip
        answer = decided(case)
        assert found[code]["verdict"] == answer.verdict, code
        assert found[code]["verdicts"] == {decision.regime: decision.verdict for decision in answer.decisions}
        assert found[code]["regime"] == answer.deciding.regime
        assert found[code]["deciding"] == list(answer.deciding.deciding)
        assert found[code]["missing"] == list(answer.deciding.missing)


def test_states_stand_by_code_and_are_those_of_the_day(api: Asked, corpus: Corpus) -> None:
    for day in ("1985-05-01", "1992-01-01", "2020-05-01"):
        codes = list(by_code(api, item="patriot-pac-3", date=day))
        there = [code for code in corpus.world.states if corpus.world.state_exists(code, dt.date.fromisoformat(day))]
        assert codes == sorted(set(there) - {"JPN"})
    assert "SUN" in by_code(api, item="patriot-pac-3", date="1985-05-01")


def test_what_is_stated_of_the_transfer_turns_it(api: Asked) -> None:
    without = by_code(api, **PATRIOT, regime="japan")
    stated = by_code(api, **PATRIOT, regime="japan", set="assurance.licensor_request=true")
    assert without["USA"]["verdict"] == "prohibited"
    assert stated["USA"]["verdict"] == "conditional"
    assert {state["verdict"] for state in without.values()} == {"prohibited"}
    for code in ("USA", "AUS", "KEN"):
        case = {"date": PATRIOT["date"], "exporter": "JPN", "item": PATRIOT["item"], "recipient.state": code,
                "recipient.kind": "foreign_government", "assurance.licensor_request": True}  # fmt: skip
        assert stated[code]["verdict"] == decided(case, ["japan"]).verdict


def test_what_is_missing_is_said(api: Asked) -> None:
    found = by_code(api, item="patriot-pac-3-mse", date="2026-05-01")
    open_ = {code: state for code, state in found.items() if state["verdict"] == "undetermined"}
    assert open_
    assert all(state["missing"] for state in open_.values())


def test_counts_are_of_the_states(api: Asked) -> None:
    told = api.get("/v1/map", params=PATRIOT).json()
    assert sum(told["counts"].values()) == len(told["states"]) > 190
    assert told["law_version"] and told["world_version"]
    assert told["case"]["item"] == "patriot-pac-3-mse"


def test_it_has_a_tag(api: Asked) -> None:
    first = api.get("/v1/map", params=PATRIOT)
    again = api.get("/v1/map", params=PATRIOT, headers={"if-none-match": first.headers["etag"]})
    assert again.status_code == 304


@pytest.mark.parametrize(
    ("asked", "parameter", "said"),
    [
        ({"item": "patriot-pac-3-mes", "date": "2023-12-22"}, "item", "Did you mean 'patriot pac 3 mse'?"),
        ({"item": "patriot-pac-3-mse", "date": "1948-01-01"}, "date", "1949-12-01"),
        ({"item": "patriot-pac-3-mse", "date": "1960-01-01", "regime": "japan"}, "date", "1967-04-21"),
        ({"item": "patriot-pac-3-mse", "date": "1800-01-01"}, "date", "1900-01-01"),
        ({"item": "patriot-pac-3-mse", "date": "soon"}, "date", "is not a day"),
        ({"item": "patriot-pac-3-mse", "date": ""}, "date", "is not a day"),
        ({"date": "2023-12-22", "exporter": "Atlantis"}, "exporter", "is not a state"),
        ({"date": "2023-12-22", "kind": "foreign_goverment"}, "kind", "Did you mean 'foreign_government'?"),
        ({"date": "2023-12-22", "regime": "japn"}, "regime", "Did you mean 'japan'?"),
        ({"date": "2023-12-22", "set": "item.arm=true"}, "set", "Did you mean 'item.arms'?"),
        ({"date": "2023-12-22", "set": "recipient.state=USA"}, "set", "differs from state to state"),
        ({"date": "2023-12-22", "set": "destination.combat=true"}, "set", "differs from state to state"),
        ({"date": "2023-12-22", "set": "exporter.state=USA"}, "set", "exporter"),
        ({"date": "2023-12-22", "items": "patriot"}, "items", "Did you mean 'item'?"),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused_where_it_stands(api: Asked, asked: dict[str, str], parameter: str, said: str) -> None:
    found = problem(api.get("/v1/map", params=asked), 400)
    assert said in found["detail"], found["detail"]
    assert found["errors"][0].get("parameter", "") == parameter


def test_a_day_is_needed(api: Asked) -> None:
    assert problem(api.get("/v1/map?item=patriot-pac-3-mse"), 400)["errors"][0]["parameter"] == "date"


def test_another_exporter_is_outside(api: Asked) -> None:
    found = by_code(api, **PATRIOT, exporter="USA", regime="japan")
    assert "USA" not in found and "JPN" in found
    assert {state["verdict"] for state in found.values()} == {"outside"}


def test_a_case_that_can_be_for_no_state_is_refused(api: Asked) -> None:
    found = problem(api.get("/v1/map", params=PATRIOT | {"kind": "own_forces"}), 400)
    assert found["errors"][0]["parameter"] == "kind"
    gone = problem(api.get("/v1/map", params=PATRIOT | {"exporter": "SUN"}), 400)
    assert gone["errors"][0]["parameter"] == "exporter" and "RUS" in gone["errors"][0]["mend"]


def test_a_case_that_cannot_be_for_one_state_is_told_of_it_alone(corpus: Corpus) -> None:
    asked = put({"date": "2026-05-01", "item": "gcap-fighter"})
    found = told(asked, _Refusing(corpus, "ITA"))
    assert [entry.code for entry in found if entry.answer is None] == ["ITA"]
    data = next(state for state in map_data(asked, found)["states"] if state["code"] == "ITA")
    assert data["verdict"] is None and data["problem"] == "it cannot be. Correct it." and data["verdicts"] == {}


class _Refusing(Decider):
    """A decider that finds the case of one state to contradict itself."""

    def __init__(self, corpus: Corpus, code: str) -> None:
        super().__init__(corpus)
        self._code = code

    def decide(self, case: Case, *words: Any, **more: Any) -> Answer:
        if case.facts["recipient.state"] == self._code:
            raise CaseError(Mistake("it cannot be.", "Correct it."))
        return super().decide(case, *words, **more)
