"""/v1/cases and /v1/receipts, over both stores: what is saved, corrected, withdrawn, decided again; once, and never lost."""

import json
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
import rfc8785

from desk.asking import Asked
from record.databases import Cluster
from sekisho import receipt
from sekisho.desk.api.paging import token
from sekisho.desk.record import head, look_into
from sekisho.desk.record.check import verify_store

PATRIOT = {
    "date": "2023-12-22", "exporter": {"state": "JPN"}, "recipient": {"state": "USA", "kind": "foreign_government"},
    "item": "patriot-pac-3-mse", "assurance.licensor_request": True,
}  # fmt: skip
DIGEST = "sha256:" + "a" * 64


@contextmanager
def asked(database: str, tmp_path: Path) -> Iterator[Asked]:
    desk = Asked(tmp_path / "desk", database=database)
    yield desk
    desk.app.state.records.close()


@pytest.fixture
def client(database: str, tmp_path: Path) -> Iterator[Asked]:
    with asked(database, tmp_path) as opened:
        yield opened


def saved(client: Asked, **more: object) -> str:
    answer = client.post("/v1/cases", json={"case": PATRIOT, **more})
    assert answer.status_code == 201, answer.text
    return str(answer.json()["case"])


def problem(answer: object, status: int, kind: str) -> dict:
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    found = answer.json()
    assert (found["status"], found["type"]) == (status, f"urn:sekisho:problem:{kind}")
    return found


def test_a_case_is_saved_and_read(client: Asked) -> None:
    answer = client.post("/v1/cases?regime=japan", json={"case": PATRIOT, "title": "パトリオット", "note": "for the file"})
    assert answer.status_code == 201
    made = answer.json()
    assert answer.headers["location"] == f"/v1/cases/{made['case']}"
    assert client.get(answer.headers["location"]).json()["case"]["id"] == made["case"]
    event = made["event"]
    assert (event["kind"], event["number"], event["actor"]) == ("case.saved", 2, "local")
    assert event["holds"] == {"title": "パトリオット", "note": "for the file"}
    assert [(entry["regime"], entry["verdict"]) for entry in event["decided"]["regimes"]] == [("japan", "conditional")]
    answer = client.get(f"/v1/cases/{made['case']}")
    assert answer.headers["etag"] == '"2"'
    found = answer.json()
    assert found["events"] == [event]
    assert (found["case"]["title"], found["case"]["status"]) == ("パトリオット", "open")
    assert {"sekisho-law-version", "sekisho-world-version"} <= answer.headers.keys()


@pytest.mark.slow
def test_everything_that_happens_to_a_case(client: Asked) -> None:
    case = saved(client, title="One")
    at = f"/v1/cases/{case}"
    for path, body in (
        ("notes", {"text": "called back"}),
        ("documents", {"name": "letter.pdf", "size": 12, "sha256": DIGEST}),
        ("redecisions", {"law_on": "2023-12-21", "reason": "the day before"}),
        ("corrections", {"case": {**PATRIOT, "date": "2024-01-05"}, "reason": "the day was wrong"}),
        ("withdrawal", {"reason": "given up"}),
        ("notes", {"text": "archived"}),
    ):
        answer = client.post(f"{at}/{path}", json=body)
        assert answer.status_code == 201, answer.text
        assert answer.json()["case"] == case
    found = client.get(at).json()
    kinds = ["saved", "noted", "document", "redecided", "corrected", "withdrawn", "noted"]
    assert [event["kind"] for event in found["events"]] == [f"case.{kind}" for kind in kinds]
    assert found["case"]["status"] == "withdrawn"
    assert found["case"]["decided"]["case"]["date"] == "2024-01-05"
    again = found["events"][3]
    assert (again["holds"]["verdict_before"], again["decided"]["verdict"]) == ("conditional", "prohibited")
    assert any("verdict was" in change for change in again["holds"]["changes"])
    for path, body in (("withdrawal", {"reason": "x"}), ("redecisions", {}), ("corrections", {"case": PATRIOT, "reason": "x"})):
        assert "was withdrawn" in problem(client.post(f"{at}/{path}", json=body), 409, "conflict")["detail"]
    assert len(client.get(at).json()["events"]) == 7


def test_deciding_again_without_recording(client: Asked) -> None:
    case = saved(client)
    found = client.get(f"/v1/cases/{case}/again?law_on=2023-12-21").json()
    assert (found["before"], found["now"], found["decided"]["options"]["law_on"]) == ("conditional", "prohibited", "2023-12-21")
    same = client.get(f"/v1/cases/{case}/again").json()
    assert (same["before"], same["now"], same["changes"]) == ("conditional", "conditional", [])
    assert len(client.get(f"/v1/cases/{case}").json()["events"]) == 1


def test_pages_by_an_opaque_token(client: Asked) -> None:
    made = [saved(client, title=f"case {number}") for number in range(5)]
    seen, cursor = [], ""
    while cursor is not None:
        found = client.get(f"/v1/cases?limit=2{cursor and '&cursor=' + cursor}").json()
        seen += [entry["id"] for entry in found["cases"]]
        cursor = found["next"]
    assert seen == made[::-1]
    for far in (0, -1, 10**30, -(10**30)):
        assert client.get(f"/v1/cases?cursor={token(far)}").json()["next"] is None
    for wrong in ("abc", "W10", "WzEuNV0", "%00", "x" * 600):
        assert client.get(f"/v1/cases?cursor={wrong}").status_code == 400
    problem(client.get("/v1/cases?limt=2"), 400, "input")


# ---- once ------------------------------------------------------------------------------------------------------------


def test_the_same_key_and_request_give_the_same_answer(client: Asked) -> None:
    body, key = {"case": PATRIOT, "title": "One"}, {"Idempotency-Key": "8e03978e-40d5"}
    first = client.post("/v1/cases", json=body, headers=key)
    again = client.post("/v1/cases", content=json.dumps(body, indent=3), headers=key | {"content-type": "application/json"})
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.content == again.content
    assert len(client.get("/v1/cases").json()["cases"]) == 1
    for path, other in (
        ("/v1/cases", {"case": PATRIOT, "title": "Two"}),
        ("/v1/cases?regime=japan", body),
        (f"/v1/cases/{first.json()['case']}/notes", {"text": "n"}),
    ):
        found = problem(client.post(path, json=other, headers=key), 409, "conflict")
        assert "was used for another request" in found["detail"]
    note = client.post(f"/v1/cases/{first.json()['case']}/notes", json={"text": "n"}, headers={"Idempotency-Key": "k"})
    client.post(f"/v1/cases/{first.json()['case']}/withdrawal", json={"reason": "r"}, headers={"Idempotency-Key": "w"})
    again = client.post(f"/v1/cases/{first.json()['case']}/withdrawal", json={"reason": "r"}, headers={"Idempotency-Key": "w"})
    assert (note.status_code, again.status_code) == (201, 201), "what was withdrawn by this key is not refused by it"
    assert len(client.get(f"/v1/cases/{first.json()['case']}").json()["events"]) == 3


def test_a_refused_request_leaves_its_key_free(client: Asked) -> None:
    key = {"Idempotency-Key": "k"}
    problem(client.post("/v1/cases", json={"case": {**PATRIOT, "item": "nothing"}}, headers=key), 400, "case")
    assert client.post("/v1/cases", json={"case": PATRIOT}, headers=key).status_code == 201


@pytest.mark.parametrize("key", ["", "a b", "x" * 256, "é".encode("latin-1")])
def test_a_key_that_is_none(client: Asked, key: str | bytes) -> None:
    found = problem(client.post("/v1/cases", json={"case": PATRIOT}, headers={"Idempotency-Key": key}), 400, "input")
    assert found["errors"][0]["parameter"] == "Idempotency-Key"


def test_a_case_that_changed_since_it_was_read(client: Asked) -> None:
    at = f"/v1/cases/{saved(client)}"
    tag = {"If-Match": client.get(at).headers["etag"]}
    assert client.post(f"{at}/notes", json={"text": "mine"}, headers=tag).status_code == 201
    problem(client.post(f"{at}/notes", json={"text": "late"}, headers=tag), 412, "changed")
    problem(client.post(f"{at}/notes", json={"text": "late"}, headers={"If-Match": "*"}), 400, "input")
    assert len(client.get(at).json()["events"]) == 2


# ---- refusals --------------------------------------------------------------------------------------------------------

WRONG = {
    "no case": ("", {}, "/case"),
    "an unknown field": ("", {"case": PATRIOT, "more": 1}, "/more"),
    "an unknown fact": ("", {"case": {**PATRIOT, "itm": "x"}}, "/case/itm"),
    "a wrong state": ("", {"case": {**PATRIOT, "recipient": {"state": "Atlantis"}}}, "/case/recipient/state"),
    "a long title": ("", {"case": PATRIOT, "title": "x" * 501}, "/title"),
    "an empty note": ("/notes", {"text": ""}, "/text"),
    "no reason": ("/withdrawal", {}, "/reason"),
    "a wrong hash": ("/documents", {"name": "a", "size": 1, "sha256": "abc"}, "/sha256"),
    "a negative size": ("/documents", {"name": "a", "size": -1, "sha256": DIGEST}, "/size"),
    "a size in words": ("/documents", {"name": "a", "size": "1", "sha256": DIGEST}, "/size"),
    "half a character": ("/notes", {"text": "\ud800"}, "/text"),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_pointed_to(client: Asked, name: str) -> None:
    path, body, pointer = WRONG[name]
    case = saved(client)
    path = f"/v1/cases/{case}{path}" if path else "/v1/cases"
    answer = client.post(path, content=json.dumps(body), headers={"content-type": "application/json"})
    assert answer.status_code == 400, answer.text
    assert answer.json()["errors"][0]["pointer"] == pointer
    assert len(client.get(f"/v1/cases/{case}").json()["events"]) == 1


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b"null", b'{"case": 1}', b'{"case": {"date": "2023-12-22", "item.name": "\\ud800"}}', b"\xff"]
)
def test_bodies_that_are_none(client: Asked, content: bytes) -> None:
    answer = client.post("/v1/cases", content=content, headers={"content-type": "application/json"})
    assert answer.status_code == 400, answer.text
    assert client.get("/v1/cases").json()["cases"] == []


def test_a_case_that_is_not_there(client: Asked) -> None:
    for method, path, body in (
        ("GET", "", None), ("GET", "/again", None), ("POST", "/notes", {"text": "n"}), ("POST", "/withdrawal", {"reason": "n"}),
        ("POST", "/redecisions", {}), ("POST", "/corrections", {"case": PATRIOT, "reason": "n"}),
        ("POST", "/documents", {"name": "a", "size": 1, "sha256": DIGEST}),
    ):  # fmt: skip
        for case in ("nobody", "log", "..%2f..%2fetc", "%00", "🛡"):
            answer = client.ask(method, f"/v1/cases/{case}{path}", json=body)
            assert answer.status_code == 404, (case, path, answer.text)
    problem(client.get("/v1/receipts/nobody"), 404, "not-found")


def test_an_address_says_all_that_it_takes(client: Asked) -> None:
    for path, allowed in (
        ("/v1/cases", "GET, HEAD, POST"), ("/v1/cases/x", "GET, HEAD"), ("/v1/cases/x/notes", "POST"), ("/v1/receipts", "POST"),
        ("/v1/receipts/x", "GET, HEAD"), ("/cases", "GET, HEAD, POST"),
    ):  # fmt: skip
        answer = client.ask("DELETE", path)
        assert (answer.status_code, answer.headers["allow"]) == (405, allowed)


# ---- receipts --------------------------------------------------------------------------------------------------------


def test_the_receipt_of_a_case_and_its_check(client: Asked) -> None:
    case = saved(client)
    client.post(f"/v1/cases/{case}/notes", json={"text": "n"})
    client.post(f"/v1/cases/{case}/redecisions", json={"law_on": "2023-12-21"})
    answer = client.get(f"/v1/receipts/{case}")
    assert f'filename="receipt-{case}.json"' in answer.headers["content-disposition"]
    body, seal = receipt.sealed(answer.content, "r")
    assert (body["case"]["date"], body["decision"]["verdict"]) == ("2023-12-22", "conditional")
    found = client.post("/v1/receipts", content=answer.content).json()
    assert (found["sealed"], found["then"], found["now"], found["same_law"], found["changes"]) == (
        seal, "conditional", "conditional", True, [],
    )  # fmt: skip
    assert client.get(f"/v1/receipts/{case}?number=2").content == answer.content
    assert receipt.sealed(client.get(f"/v1/receipts/{case}?number=4").content, "r")[0]["options"]["law_on"] == "2023-12-21"
    problem(client.get(f"/v1/receipts/{case}?number=3"), 404, "not-found")
    problem(client.get(f"/v1/receipts/{case}?number=1"), 404, "not-found")


def resealed(body: object) -> bytes:
    return rfc8785.dumps({"body": body, "seal": receipt._seal(body)}) + b"\n"


def test_receipts_of_others(client: Asked) -> None:
    """One of an installation with another law, one of another schema, a broken one, and what is none at all."""
    content = client.get(f"/v1/receipts/{saved(client)}").content
    body = json.loads(content)["body"]
    elsewhere = resealed(
        {**body, "law_version": "0" * 64, "provisions": {**body["provisions"], "aa.other#rule": {"prose": "x"}}}
    )
    found = client.post("/v1/receipts", content=elsewhere).json()
    assert (found["same_law"], found["now"]) == (False, "conditional")
    assert found["changes"] == ["the provision aa.other#rule is gone."]
    answer = client.post("/v1/receipts", content=resealed({**body, "receipt": 99}))
    assert "not a receipt of the schema 1" in problem(answer, 400, "receipt")["detail"]
    problem(client.post("/v1/receipts", content=content.replace(b"conditional", b"permitted")), 422, "seal")
    problem(client.post("/v1/receipts", content=b'{"date": "2023-12-22"}'), 400, "receipt")
    problem(client.post("/v1/receipts", content=b""), 400, "receipt")


# ---- faults ----------------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_the_database_goes_and_comes_back(cluster: Cluster, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Deciding goes on without it; what was acknowledged is there afterwards, once."""
    url = cluster.new()
    with asked(url, tmp_path) as client:
        case = saved(client)
        key, body = {"Idempotency-Key": "k"}, {"case": PATRIOT}
        cluster.stop()
        try:
            for answer in (
                client.post("/v1/cases", json=body, headers=key), client.get("/v1/cases"), client.get(f"/v1/cases/{case}"),
                client.get("/ready"),
            ):  # fmt: skip
                found = problem(answer, 503, "store")
                assert "cannot be reached" in found["detail"]
                assert str(cluster.folder) not in answer.text
            assert capsys.readouterr().out.count("cannot be reached") == 4, "whoever runs the server is told in its log"
            assert client.post("/v1/decide", json=PATRIOT).json()["verdict"] == "conditional"
            assert client.get("/health").status_code == 200, "the server lives"
        finally:
            cluster.start()
        assert client.get("/ready").status_code == 200
        assert client.post("/v1/cases", json=body, headers=key).status_code == 201
        assert client.post("/v1/cases", json=body, headers=key).status_code == 201
        assert len(client.get("/v1/cases").json()["cases"]) == 2
    with closing(look_into(url)) as store:
        assert (head(store)[0], verify_store(store).sound) == (3, True)


@pytest.mark.slow
def test_a_server_that_starts_before_its_database(cluster: Cluster, tmp_path: Path) -> None:
    url = cluster.new()
    cluster.stop()
    try:
        with asked(url, tmp_path) as client:
            problem(client.get("/v1/cases"), 503, "store")
            cluster.start()
            saved(client)
    finally:
        if cluster.process is None:
            cluster.start()


def test_a_file_that_is_removed_while_in_use(tmp_path: Path) -> None:
    with asked("", tmp_path) as client:
        saved(client)
        (tmp_path / "desk" / "desk.sqlite").rename(tmp_path / "elsewhere")
        assert "was moved while in use" in problem(client.post("/v1/cases", json={"case": PATRIOT}), 503, "store")["detail"]
        (tmp_path / "elsewhere").rename(tmp_path / "desk" / "desk.sqlite")
        saved(client)
        assert len(client.get("/v1/cases").json()["cases"]) == 2
