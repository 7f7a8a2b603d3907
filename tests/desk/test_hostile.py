"""What nobody sends by accident: each is refused as it is expected, and never a fault of the server."""

import base64
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from asking import TOKEN, Asked, problem

from sekisho.desk.api import decide as deciding
from sekisho.desk.guard import HEADERS, token_mark
from sekisho.desk.settings import Limits

JSON = {"content-type": "application/json"}
CASE = b'{"date": "2023-12-22", "exporter": "JPN", "recipient": "USA", "item": "patriot-missile"}'
BODIES = {
    "a number that is none": b'{"date": "2023-12-22", "title": NaN}',
    "a number without end": b'{"date": "2023-12-22", "title": 1e999}',
    "a number of many digits": b'{"date": "2023-12-22", "title": ' + b"9" * 5000 + b"}",
    "lists in lists": b"[" * 100_000,
    "bytes that are no text": b'{"date": "\xff"}',
}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Asked:
    return Asked(tmp_path_factory.mktemp("desk"))


@pytest.mark.parametrize("name", BODIES)
def test_json_that_is_none_is_refused_alike_everywhere(desk: Asked, name: str) -> None:
    case = BODIES[name]
    asked = {"/v1/decide": case, "/v1/ask": b'{"case": ' + case + b"}", "/v1/cases": b'{"case": ' + case + b"}"}
    for path, body in asked.items():
        assert "not JSON" in problem(desk.post(path, content=body, headers=JSON), 400)["detail"], path


@pytest.mark.parametrize(
    ("case", "pointer"),
    [
        (b'{"date": "2023-12-22", "title": "\\ud800"}', "/title"),
        (b'{"date": "2023-12-22", "title": "\\udc00\\ud800"}', "/title"),
        (b'{"date": "2023-12-22", "recipient": {"state": ["a", "\\ud800"]}}', "/recipient/state/1"),
        (b'{"date": "2023-12-22", "recipient": {"\\ud800": 1}}', "/recipient"),
    ],
)
def test_half_a_character_is_pointed_to(desk: Asked, case: bytes, pointer: str) -> None:
    asked = {"/v1/decide": (case, ""), "/v1/ask": (b'{"case": ' + case + b"}", "/case")}
    for path, (body, at) in asked.items():
        told = problem(desk.post(path, content=body, headers=JSON), 400)
        assert [flaw["pointer"] for flaw in told["errors"]] == [at + pointer], path
    whole = b'{"date": "2023-12-22", "title": "\\ud83d\\ude00"}'
    assert desk.post("/v1/decide", content=whole, headers=JSON).status_code == 200


@pytest.mark.parametrize(
    ("case", "pointer", "key"),
    [
        (b'{"date": "2023-12-22", "date": "2023-12-21"}', "/date", "date"),
        (b'{"date": "2023-12-22", "recipient": {"state": "USA", "kind": 1, "state": "UKR"}}', "/recipient/state", "state"),
        (b'{"date": {"of": 1, "of": 2}, "item": 1, "date": "2023-12-21"}', "/date", "date"),
        (b'{"title": ["a", {"b/c": null, "b/c": null}]}', "/title/1/b~1c", "b/c"),
    ],
)
def test_a_key_given_twice_is_pointed_to(desk: Asked, case: bytes, pointer: str, key: str) -> None:
    asked = {"/v1/decide": (case, ""), "/v1/ask": (b'{"case": ' + case + b"}", "/case")}
    asked["/v1/decide?exact=true"] = (b"[" + case + b"]", "/0")
    for path, (body, at) in asked.items():
        (flaw,) = problem(desk.post(path, content=body, headers=JSON), 400)["errors"]
        assert flaw["pointer"] == at + pointer and f"the key '{key}' is given twice" in flaw["detail"], path


@pytest.mark.parametrize("path", ["/v1/decide", "/v1/ask", "/v1/drafts", "/v1/cases"])
def test_what_ends_the_reading_of_a_body_is_told_as_what_it_is(tmp_path: Path, path: str) -> None:
    desk = Asked(tmp_path, limits=Limits(body=1000))

    async def pieces() -> Any:
        for _ in range(11):
            yield b" " * 100

    assert "1,000 bytes" in problem(desk.post(path, content=pieces(), headers=JSON), 413)["detail"]


@pytest.mark.parametrize("origin", ["http://[", "http://[::1", "null", "", "//", "http://localhost:1"])
def test_an_origin_that_cannot_be_read_is_another_site(desk: Asked, origin: str) -> None:
    problem(desk.post("/v1/decide", content=CASE, headers={**JSON, "origin": origin}), 403)


@pytest.mark.parametrize("path", ["/cases", "/v1/cases", "/v1/sweeps", "/v1/items", "/v1/precedents"])
def test_a_cursor_of_many_levels_is_none_of_ours(desk: Asked, path: str) -> None:
    cursor = base64.urlsafe_b64encode(b"[" * 15_000).decode()
    assert desk.get(f"{path}?cursor={cursor}").status_code == 400


@pytest.mark.parametrize("path", ["/tokens", "/token/", "/healthy", "/static", "/Token"])
def test_what_only_begins_like_an_open_address_needs_the_token(tmp_path: Path, path: str) -> None:
    problem(Asked(tmp_path, TOKEN).get(path), 401)


@pytest.mark.parametrize("other", ['seen={"a": 1, "b": 2}', "list[0]=1", "a b=1", "flag"])
def test_a_cookie_of_somebody_else_hides_not_ours(tmp_path: Path, other: str) -> None:
    desk = Asked(tmp_path, TOKEN)
    own = f"sekisho_token={token_mark(TOKEN)}"
    for cookie in (f"{other}; {own}", f"{own}; {other}"):
        assert desk.get("/v1/items?limit=1", headers={"cookie": cookie}).status_code == 200, cookie
    problem(desk.get("/v1/items?limit=1", headers={"cookie": other}), 401)


def test_a_long_case_is_not_decided_where_others_would_wait(desk: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int] = []
    pooled = deciding.run_in_threadpool

    async def counted(work: Any, *words: Any) -> Any:
        seen.append(1)
        return await pooled(work, *words)

    monkeypatch.setattr(deciding, "run_in_threadpool", counted)
    answers = [desk.post("/v1/decide", content=CASE + b" " * more, headers=JSON) for more in (0, deciding.SHORT)]
    assert [answer.status_code for answer in answers] == [200, 200] and answers[0].json() == answers[1].json()
    assert len(seen) == 1


def test_a_fault_is_told_like_any_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Asked(tmp_path)

    def broken(*_: Any) -> None:
        raise RuntimeError("the reason, which is for the log alone")

    monkeypatch.setattr(deciding, "_decided", broken)
    answer = desk.post("/v1/decide", content=CASE, headers=JSON)
    told = problem(answer, 500)
    assert "the reason" not in answer.text and answer.headers["x-request-id"] in told["detail"]
    assert all(answer.headers[name] == value for name, value in HEADERS.items())


def test_a_batch_of_proofs_has_no_more_time_than_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk, now = Asked(tmp_path, limits=Limits(seconds=10)), [0.0]
    given: list[float] = []

    def slowly(own: Any, answer: Any, seconds: float) -> Any:
        given.append(seconds)
        now[0] += 4
        return answer

    monkeypatch.setattr(deciding, "time", SimpleNamespace(monotonic=lambda: now[0]))
    monkeypatch.setattr(deciding, "exactly", slowly)
    body = {"content": b"[" + b",".join([CASE] * 5) + b"]", "headers": JSON}
    problem(desk.post("/v1/decide?exact=true", **body), 422)
    assert given == [10, 6, 2]
    assert desk.post("/v1/decide", **body).status_code == 200
