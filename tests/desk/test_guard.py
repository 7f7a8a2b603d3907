"""Who may ask, what may write, how much and how often: each refusal as it is expected, and nothing done."""

import asyncio
import re
from pathlib import Path
from typing import Any

import httpx
import pytest
from asking import TOKEN, Asked, problem
from lxml import html

from sekisho.desk.guard import HEADERS
from sekisho.desk.server import where_it_failed
from sekisho.desk.settings import Limits, settings_of
from sekisho.errors import InputError, UsageError

CASE = {"date": "2023-12-22", "exporter": "JPN", "recipient": "USA", "item": "patriot-pac-3-mse"}


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Asked:
    return Asked(tmp_path_factory.mktemp("desk"))


@pytest.fixture
def guarded(tmp_path: Path) -> Asked:
    return Asked(tmp_path, TOKEN)


# ---- the host ---------------------------------------------------------------------------------------------------------


def test_it_answers_to_its_own_names_only(plain: Asked) -> None:
    for name in ("localhost", "127.0.0.1:8470", "[::1]:8470", "LOCALHOST"):
        assert plain.get("/health", headers={"host": name}).status_code == 200, name
    for name in ("evil.example", "localhost.evil.example", "", "127.0.0.1.evil.example", "[::1", "a b"):
        assert "name" in problem(plain.get("/health", headers={"host": name}), 400)["detail"], name


def test_another_name_can_be_given(tmp_path: Path) -> None:
    desk = Asked(tmp_path, names=("desk.example",))
    assert desk.get("/health", headers={"host": "desk.example"}).status_code == 200


# ---- the token --------------------------------------------------------------------------------------------------------


def test_others_are_served_only_with_a_token(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="--token-file"):
        settings_of("0.0.0.0", 8470, None, tmp_path, (), False)
    short = tmp_path / "short"
    short.write_text("secret\n")
    with pytest.raises(UsageError, match="fewer than"):
        settings_of("0.0.0.0", 8470, short, tmp_path, (), False)
    with pytest.raises(InputError, match=r"absent"):
        settings_of("0.0.0.0", 8470, tmp_path / "absent", tmp_path, (), False)
    foreign = tmp_path / "foreign"
    foreign.write_text("符" * 30)
    with pytest.raises(UsageError, match="ASCII"):
        settings_of("0.0.0.0", 8470, foreign, tmp_path, (), False)
    long = tmp_path / "long"
    long.write_text(f"{TOKEN}\n")
    assert settings_of("0.0.0.0", 8470, long, tmp_path, (), False).token == TOKEN


@pytest.mark.parametrize("given", [None, "Bearer", "Bearer wrong", f"Basic {TOKEN}", f"Bearer {TOKEN}x", "Bearer \xe9"])
def test_a_wrong_token_is_refused(guarded: Asked, given: str | None) -> None:
    headers = {} if given is None else {"authorization": given.encode("latin-1")}
    answer = guarded.post("/v1/decide", CASE, headers=headers)  # type: ignore[arg-type]
    problem(answer, 401)
    assert answer.headers["www-authenticate"] == "Bearer"


def test_the_right_token_is_let_in(guarded: Asked) -> None:
    assert guarded.post("/v1/decide", CASE, headers={"authorization": f"Bearer {TOKEN}"}).status_code == 200
    assert guarded.get("/health").status_code == 200
    problem(guarded.get("/ready"), 401)
    assert guarded.get("/ready", headers={"authorization": f"Bearer {TOKEN}"}).json()["status"] == "ok"


def test_a_person_gives_the_token_once(guarded: Asked) -> None:
    form = guarded.get("/token")
    csrf = re.search(r'name="csrf" value="([^"]+)"', form.text)
    assert csrf is not None
    wrong = guarded.post("/token", data={"token": "wrong", "csrf": csrf[1]})
    assert wrong.status_code == 401 and "sekisho_token" not in guarded.cookies
    right = guarded.post("/token", data={"token": TOKEN, "csrf": csrf[1]})
    assert right.status_code == 303 and TOKEN not in str(right.headers)
    assert "HttpOnly" in right.headers["set-cookie"] and "SameSite=strict" in right.headers["set-cookie"]
    assert guarded.get("/v1/items").status_code == 200
    guarded.cookies.set("sekisho_token", "forged")
    problem(guarded.get("/v1/items", headers={"cookie": "sekisho_token=forged"}), 401)


BROWSER = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
SHARED = "/decide?date=2023-12-22&item=patriot-pac-3&exporter=JPN&recipient=USA"


def given(guarded: Asked, page: str, **fields: str) -> httpx.Response:
    """The answer to the form of a page, filled with the token."""
    form = html.document_fromstring(page).forms[0]
    assert form.action.startswith("/token?lang=") and form.method == "POST"
    return guarded.post(form.action, data=dict(form.fields) | {"token": TOKEN} | fields)


@pytest.mark.parametrize(("lang", "asks"), [("en", "asks for a token"), ("ja", "トークンを求めます")])
def test_a_shared_link_asks_a_person_for_the_token_and_then_leads_there(guarded: Asked, lang: str, asks: str) -> None:
    where = f"{SHARED}&lang={lang}"
    refused = guarded.get(where, headers=BROWSER)
    assert refused.status_code == 401 and refused.headers["content-type"].startswith("text/html")
    assert asks in refused.text and all(refused.headers[name] == value for name, value in HEADERS.items())
    wrong = given(guarded, refused.text, token="wrong")
    assert wrong.status_code == 401
    assert given(guarded, wrong.text).headers["location"] == where
    assert "Conditional" in guarded.get(where, headers=BROWSER).text or lang == "ja"
    problem(guarded.get(SHARED, headers={"cookie": "x=y"}), 401)
    problem(guarded.get("/v1/items", headers=BROWSER | {"cookie": "x=y"}), 401)


@pytest.mark.parametrize(
    "to", ["//evil.example/", "/\\evil.example", "https://evil.example/", "javascript:alert(1)", "", "/\t/x"]
)
def test_the_token_leads_to_our_own_pages_only(guarded: Asked, to: str) -> None:
    assert given(guarded, guarded.get("/token").text, to=to).headers["location"] == "/"


def test_a_link_from_another_site_shows_how_to_go_on(guarded: Asked) -> None:
    """The browser keeps the token back there, and has it for a link of our own."""
    page = html.document_fromstring(guarded.get(SHARED, headers=BROWSER | {"sec-fetch-site": "cross-site"}).text)
    assert page.xpath("//main//a/@href") == [SHARED]
    assert not html.document_fromstring(guarded.get(SHARED, headers=BROWSER).text).xpath("//main//a")


def test_another_name_is_refused_on_a_page(plain: Asked) -> None:
    for lang, told in (("en", "not called by this name"), ("ja", "この名前では")):
        answer = plain.get(f"/decide?lang={lang}", headers=BROWSER | {"host": "evil.example"})
        assert answer.status_code == 400 and answer.headers["content-type"].startswith("text/html")
        assert told in answer.text and "--name" in answer.text
    for name in ("", "[::1"):
        problem(plain.get("/decide", headers=BROWSER | {"host": name}), 400)


# ---- other sites --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "same-site"}, {"origin": "https://evil.example"},
        {"origin": "null"}, {"origin": "http://localhost:1"}, {"origin": "http://localhost.evil.example"},
    ],
)  # fmt: skip
def test_another_site_may_not_write(plain: Asked, headers: dict[str, str]) -> None:
    assert "another site" in problem(plain.post("/v1/decide", CASE, headers=headers), 403)["detail"]


def test_our_own_pages_and_programs_may(plain: Asked) -> None:
    for headers in ({}, {"origin": "http://localhost", "sec-fetch-site": "same-origin"}, {"sec-fetch-site": "none"}):
        assert plain.post("/v1/decide", CASE, headers=headers).status_code == 200


def test_a_form_needs_the_value_of_its_cookie(guarded: Asked) -> None:
    assert guarded.post("/token", data={"token": TOKEN}).status_code == 403
    assert guarded.post("/token", data={"token": TOKEN, "csrf": "guessed"}).status_code == 403
    guarded.get("/token")
    assert guarded.post("/token", data={"token": TOKEN, "csrf": "guessed"}).status_code == 403


# ---- how much and how often ------------------------------------------------------------------------------------------------


def test_a_large_body_is_refused_whatever_its_headers_say(tmp_path: Path) -> None:
    desk = Asked(tmp_path, limits=Limits(body=1000))
    assert "1,000 bytes" in problem(desk.post("/v1/decide", content=b"x" * 1001), 413)["detail"]

    async def pieces() -> Any:
        for _ in range(11):
            yield b"x" * 100

    answer = desk.post("/v1/decide", content=pieces(), headers={"content-type": "application/json"})
    assert "1,000 bytes" in problem(answer, 413)["detail"]
    problem(desk.post("/v1/decide", content=b"{}", headers={"content-length": "-1", "content-type": "application/json"}), 413)


def test_silence_within_a_body_ends(tmp_path: Path) -> None:
    desk = Asked(tmp_path, limits=Limits(silence=0.2))

    async def pieces() -> Any:
        yield b'{"date"'
        await asyncio.sleep(5)
        yield b": 1}"

    problem(desk.post("/v1/decide", content=pieces(), headers={"content-type": "application/json"}), 408)


def test_many_headers_are_refused(plain: Asked) -> None:
    problem(plain.get("/health", headers={f"x-{number}": "y" * 1000 for number in range(40)}), 431)


def test_too_many_requests_are_sent_away(tmp_path: Path) -> None:
    desk = Asked(tmp_path, limits=Limits(requests=0.5, burst=3))
    assert [desk.get("/health").status_code for _ in range(4)] == [200, 200, 200, 429]
    assert int(desk.get("/health").headers["retry-after"]) >= 1


# ---- what every answer has -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path", ["/health", "/v1/items?limit=1", "/token", "/no-such-page", "/v1/no-such", "/static/css/desk.css"]
)
def test_every_answer_keeps_others_out(plain: Asked, path: str) -> None:
    answer = plain.get(path)
    for name, value in HEADERS.items():
        assert answer.headers[name] == value
    assert len(answer.headers["x-request-id"]) == 16
    assert "unsafe" not in answer.headers["content-security-policy"]


@pytest.mark.parametrize(
    "path",
    [
        "/static/../app.py",
        "/static/%2e%2e/app.py",
        "/static/..%2f..%2fcli.py",
        "/v1/items/..%2f..%2fetc",
        "/static//etc/passwd",
    ],
)
def test_no_path_leads_out(plain: Asked, path: str) -> None:
    answer = plain.get(path)
    assert answer.status_code == 404 and "import" not in answer.text


def test_pages_have_no_script_or_style_within_them(plain: Asked) -> None:
    for path in ("/token", "/no-such-page"):
        text = plain.get(path).text
        assert not re.search(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)|<style|\sstyle=|\son\w+=", text)


def test_what_was_asked_is_not_logged_unless_wanted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Asked(tmp_path).get("/v1/items?q=patriot")
    said = capsys.readouterr().out
    assert "/v1/items" in said and "patriot" not in said
    Asked(tmp_path, log_content=True).get("/v1/items?q=patriot")
    assert "patriot" in capsys.readouterr().out


def test_a_failure_is_logged_without_its_words() -> None:
    try:
        raise ValueError("to UKR, of patriot-missile")
    except ValueError as flaw:
        for given in (True, flaw, (type(flaw), flaw, flaw.__traceback__)):
            said = where_it_failed(None, "error", {"event": "failed", "exc_info": given})
            assert said["error"] == "ValueError" and "test_guard.py" in said["at"][0]
            assert "UKR" not in str(said)
    assert where_it_failed(None, "info", {"event": "request"}) == {"event": "request"}
