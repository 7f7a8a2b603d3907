"""The API that decides: what the command prints, the interview, drafts from text; and one shape of error for all."""

from pathlib import Path
from typing import Any

import pytest
from asking import Asked, problem

from sekisho.case.stated import from_mapping
from sekisho.decide import Decider
from sekisho.desk.problems import pointer_of
from sekisho.render.data import answer_data

PATRIOT: dict[str, Any] = {
    "date": "2023-12-22", "exporter": {"state": "JPN"}, "recipient": {"state": "USA"}, "item": "patriot-pac-3-mse",
    "assurance": {"licensor_request": True},
}  # fmt: skip


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> Asked:
    return Asked(tmp_path_factory.mktemp("desk"))


def test_it_gives_what_the_command_prints(api: Asked, decider: Decider) -> None:
    answer = api.post("/v1/decide", PATRIOT)
    case = from_mapping(PATRIOT, decider.corpus)
    assert answer.status_code == 200
    assert answer.json() == answer_data(decider, decider.decide(case), case)
    assert answer.headers["sekisho-law-version"] == decider.corpus.law_version
    assert answer.headers["sekisho-world-version"] == decider.corpus.world_version


def test_the_day_turns_it(api: Asked) -> None:
    verdicts = [
        api.post("/v1/decide?regime=japan", PATRIOT | {"date": day}).json()["verdict"] for day in ("2023-12-21", "2023-12-22")
    ]
    assert verdicts == ["prohibited", "conditional"]
    assert api.post("/v1/decide?regime=japan&law_on=2023-12-21", PATRIOT).json()["verdict"] == "prohibited"


def test_a_list_is_a_batch(api: Asked) -> None:
    answer = api.post("/v1/decide?regime=japan", [PATRIOT, PATRIOT | {"date": "2023-12-21"}])
    assert [entry["verdict"] for entry in answer.json()] == ["conditional", "prohibited"]


def test_a_batch_has_an_end(api: Asked) -> None:
    assert "1 to 1,000" in problem(api.post("/v1/decide", [PATRIOT] * 1001), 400)["detail"]
    assert "1 to 1,000" in problem(api.post("/v1/decide", []), 400)["detail"]


def test_exact_and_rests(api: Asked) -> None:
    found = api.post("/v1/decide?regime=japan&exact=true&rests=true", PATRIOT).json()["decisions"][0]
    assert found["exact"]["possible"] == ["conditional"]
    assert "assurance.licensor_request" in found["rests"]["matter"]


@pytest.mark.parametrize(
    ("change", "pointer", "mend"),
    [
        ({"recipient": {"stat": "USA"}}, "/recipient/stat", "Did you mean 'recipient.state'?"),
        ({"recipient.stat": "USA"}, "/recipient.stat", "Did you mean 'recipient.state'?"),
        ({"item": "patriot-pac-4-mse"}, "/item", "patriot pac 3 mse"),
        ({"date": "22 December"}, "/date", ""),
        ({"item": {"arms": "perhaps"}}, "/item/arms", "true or false"),
    ],
)
def test_a_mistake_points_to_its_field(api: Asked, change: dict[str, Any], pointer: str, mend: str) -> None:
    body = PATRIOT | change
    if "recipient.stat" in change:
        del body["recipient"]
    found = problem(api.post("/v1/decide", body), 400)
    assert pointer in [flaw["pointer"] for flaw in found["errors"]], found
    assert any(mend in flaw["mend"] for flaw in found["errors"]), found


def test_a_mistake_in_a_batch_says_in_which_case(api: Asked) -> None:
    found = problem(api.post("/v1/decide", [PATRIOT, PATRIOT | {"recipient": {"state": "USA", "knd": "x"}}]), 400)
    assert [flaw["pointer"] for flaw in found["errors"]] == ["/1/recipient/knd"]


def test_contradicting_the_catalogue_is_refused_and_can_be_overridden(api: Asked) -> None:
    body = PATRIOT | {"item": {"name": "patriot-pac-3-mse", "licensor": "GBR"}}
    assert "catalogue" in problem(api.post("/v1/decide", body), 400)["detail"]
    kinds = {notice["kind"] for notice in api.post("/v1/decide?override=true", body).json()["decisions"][0]["notices"]}
    assert "override" in kinds


def test_all_mistakes_are_told_at_once(api: Asked) -> None:
    found = problem(api.post("/v1/decide", {"date": "never", "foo": 1, "recipient": {"state": "ATLANTIS"}}), 400)
    assert {"/date", "/foo"} <= {flaw["pointer"] for flaw in found["errors"]}
    assert "more)" in found["detail"]


@pytest.mark.parametrize("body", [b"", b"{", b"nul", b"\xff\xfe", b"[" * 100_000, b'{"date": "\\ud800"}', b"{}", b"null", b"3"])
def test_what_is_no_case_is_refused(api: Asked, body: bytes) -> None:
    problem(api.post("/v1/decide", content=body, headers={"content-type": "application/json"}), 400)


def test_another_media_type_is_refused(api: Asked) -> None:
    problem(api.post("/v1/decide", content=b"date: 2023-12-22", headers={"content-type": "text/yaml"}), 415)
    problem(api.post("/v1/decide", content=b"{}"), 415)


def test_parameters_that_are_not_known_are_refused(api: Asked) -> None:
    assert "Did you mean 'regime'?" in problem(api.post("/v1/decide?regim=japan", PATRIOT), 400)["detail"]
    assert "nearest" not in problem(api.post("/v1/decide?regime=japn", PATRIOT), 400)["detail"]
    assert problem(api.post("/v1/decide?law_on=someday", PATRIOT), 400)["detail"].startswith("law_on")
    assert problem(api.post("/v1/decide?strict=perhaps", PATRIOT), 400)["errors"][0]["parameter"] == "strict"


def test_pointers_are_escaped() -> None:
    assert pointer_of({"a/b": 1}, "a/b") == "/a~1b"
    assert pointer_of({"recipient": {"state": "x"}}, "recipient.state") == "/recipient/state"
    assert pointer_of({"recipient": "USA"}, "recipient.state") == "/recipient/state"
    assert pointer_of({}, "date") == "/date"


# ---- the interview --------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_an_interview_ends_with_an_answer(api: Asked) -> None:
    state: dict[str, Any] = {
        "case": {"date": "2023-12-22", "exporter": "JPN", "item": "patriot-pac-3-mse"},
        "regimes": ["japan"],
    }
    said = {"defaults": True, "recipient.state": "USA", "assurance.licensor_request": True}
    asked = []
    for _ in range(40):
        found = api.post("/v1/ask", state).json()
        if found["question"] is None:
            break
        name = found["question"]["fact"]
        asked.append(name)
        state = found["state"] | {"answers": [*found["state"]["answers"], {"fact": name, "answer": said.get(name)}]}
    assert found["question"] is None and "recipient.state" in asked
    assert found["answer"]["verdict"] in ("conditional", "prohibited")


def test_an_answer_that_cannot_be_is_refused(api: Asked) -> None:
    state = {"case": {"date": "2023-12-22"}, "answers": [{"fact": "recipient.state", "answer": "ATLANTIS"}]}
    problem(api.post("/v1/ask", state), 400)
    problem(api.post("/v1/ask", {"case": {"date": "2023-12-22"}, "answer": []}), 400)
    problem(api.post("/v1/ask", {"case": {"date": "2023-12-22"}, "answers": [{"fact": "no.such", "answer": True}]}), 400)


# ---- drafts ---------------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_report_becomes_drafts_that_are_decided(api: Asked) -> None:
    text = (Path(__file__).parents[2] / "examples" / "report-2017-03-27.txt").read_text("utf-8")
    found = api.post("/v1/drafts", {"text": text, "decide": True, "regimes": ["japan"]}).json()
    assert found["drafts"] and found["law_version"]
    for draft in found["drafts"]:
        for fact in draft["facts"]:
            for span in fact["spans"]:
                assert found["text"][span["start"] : span["end"]] == span["words"]


def test_a_report_in_another_language_is_refused(api: Asked) -> None:
    said = "防衛装備の移転について政府は本日、国家安全保障会議を開き、ミサイルの輸出を認めることを決めた。"
    assert "English" in problem(api.post("/v1/drafts", {"text": said}), 400)["detail"]
    problem(api.post("/v1/drafts", {"text": ""}), 400)
    problem(api.post("/v1/drafts", {"text": "Japan agreed.", "date": "someday"}), 400)
