"""HEAD: the answer to GET without its body, everywhere and with the same headers."""

from collections.abc import Mapping
from typing import Any

import httpx
import pytest
from asking import Asked, awaited
from browsing import Server

from sekisho.desk.guard import Guard
from sekisho.desk.settings import Settings

PATHS = (
    "/health", "/ready", "/decide", "/decide?date=2023-12-22&item=patriot-pac-3&exporter=JPN&recipient=USA", "/law", "/map",
    "/law/japan", "/registers", "/read", "/cases", "/receipts", "/token", "/v1/law", "/v1/items?limit=2", "/v1/cases",
    "/v1/items/nothing", "/v1/openapi.json", "/static/css/desk.css", "/no-such-page", "/v1/items?limit=0", "/decide?date=soon",
)  # fmt: skip
OWN = frozenset({"x-request-id", "set-cookie"})
"""Headers that differ from answer to answer."""


def kept(headers: httpx.Headers) -> Mapping[str, str]:
    return {name: value for name, value in headers.items() if name not in OWN}


@pytest.mark.parametrize("path", PATHS)
def test_head_is_get_without_a_body(path: str, pages: Asked) -> None:
    whole, head = pages.get(path), pages.ask("HEAD", path)
    assert (head.status_code, head.content) == (whole.status_code, b"")
    assert kept(head.headers) == kept(whole.headers)
    assert int(head.headers["content-length"]) == len(whole.content) > 0


def test_what_has_not_changed_is_told_so(pages: Asked) -> None:
    tag = pages.ask("HEAD", "/v1/law").headers["etag"]
    assert pages.ask("HEAD", "/v1/law", headers={"if-none-match": tag}).status_code == 304


def test_what_cannot_be_got_has_no_head(pages: Asked) -> None:
    answer = pages.ask("HEAD", "/v1/decide")
    assert (answer.status_code, answer.headers["allow"], answer.content) == (405, "POST", b"")
    assert pages.ask("DELETE", "/v1/cases").headers["allow"] == "GET, HEAD, POST"


def test_the_document_has_no_operation_for_it(pages: Asked) -> None:
    operations = pages.get("/v1/openapi.json").json()["paths"].values()
    assert not any("head" in operation for operation in operations)


def test_what_is_sent_in_pieces_is_not_begun() -> None:
    sent: list[Any] = []

    async def pieces(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": [(b"x-way", scope["method"].encode())]})
        for number in range(1000):
            sent.append(number)
            await send({"type": "http.response.body", "body": b"x", "more_body": True})

    async def asking() -> httpx.Response:
        transport = httpx.ASGITransport(Guard(pieces, Settings()))
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
            return await client.head("/v1/sweeps/x/outcomes.csv")

    answer = awaited(asking())
    assert (answer.status_code, answer.headers["x-way"], answer.content) == (200, "GET", b"")
    assert len(sent) < 10


@pytest.mark.slow
def test_a_connection_goes_on_after_it(server: Server) -> None:
    with httpx.Client(base_url=server.url) as client:
        for _ in range(3):
            assert client.head("/decide").status_code == 200
            assert client.get("/health").json()["status"] == "ok"


@pytest.mark.parametrize(
    ("path", "where"),
    [
        ("/decide/", "/decide"), ("/law/", "/law"), ("/law/japan/?on=2023-12-22", "/law/japan?on=2023-12-22"),
        ("/map//", "/map"), ("/cases/%E5%95%8F/", "/cases/%E5%95%8F"),
    ],
)  # fmt: skip
def test_a_slash_too_many_leads_to_the_page(path: str, where: str, pages: Asked) -> None:
    for method in ("GET", "HEAD"):
        answer = pages.ask(method, path)
        assert (answer.status_code, answer.headers["location"]) == (308, where)


def test_it_leads_nowhere_else(pages: Asked) -> None:
    for path in ("//evil.example/", "//evil.example/law/", "/v1/law/", "/nothing/", "/static/", "/%0d%0aset-cookie:x/"):
        assert pages.get(f"http://localhost{path}").status_code == 404, path
    assert pages.post("/decide/", {}).status_code in (404, 405)
