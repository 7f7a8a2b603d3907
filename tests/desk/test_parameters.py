"""Parameters that say two things, that nobody knows, or that cannot be read: refused, each by its name."""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

import pytest
from asking import Asked, problem
from lxml import html

CASE = {"date": "2023-12-22", "exporter": "JPN", "recipient": "USA", "item": "patriot-pac-3"}


def words(found: html.HtmlElement) -> str:
    """The words of a part of a page."""
    return " ".join(found.text_content().split())


def tree(text: str) -> html.HtmlElement:
    """A page."""
    return html.document_fromstring(text)


def flaw(pages: Asked, path: str) -> Mapping[str, Any]:
    """The one flaw of an address of the API."""
    (found,) = problem(pages.get(path), 400)["errors"]
    return dict(found)


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/v1/items?limit=2&limit=3", "limit"), ("/v1/items?limit=2&limit=2", "limit"),
        ("/v1/map?date=2023-12-22&date=2024-05-05", "date"), ("/v1/law/search?words=a&words=b", "words"),
        ("/v1/law/japan?on=2023-12-22&on=2024-05-05", "on"),
    ],
)  # fmt: skip
def test_the_api_takes_a_parameter_once(pages: Asked, path: str, name: str) -> None:
    found = flaw(pages, path)
    assert found["parameter"] == name and "2 times" in found["detail"] and found["mend"]


def test_what_may_be_repeated_is(pages: Asked) -> None:
    regimes = "regime=japan&regime=japan-licence"
    assert pages.get(f"/v1/map?date=2023-12-22&item=patriot-pac-3&{regimes}").json()["regimes"] == ["japan", "japan-licence"]
    assert len(pages.post(f"/v1/decide?{regimes}", CASE).json()["decisions"]) == 2
    several = "item.five_category=rescue&item.five_category=transport&unknown=purpose&unknown=terms"
    answer = pages.get(f"/decide?date=2023-12-22&exporter=JPN&recipient=USA&{regimes}&{several}")
    assert answer.status_code == 200
    assert [box.get("value") for box in tree(answer.text).cssselect("#f-item-five_category input[checked]")] == [
        "rescue",
        "transport",
    ]


def test_decide_says_it_at_its_field(pages: Asked) -> None:
    answer = pages.get(f"/decide?{urlencode(CASE)}&date=2024-05-05")
    field = tree(answer.text).cssselect("#date-field")[0]
    assert answer.status_code == 400
    assert "is given twice, as 2023-12-22 and as 2024-05-05. Keep one of them." in words(field)
    assert (
        pages.follow(f"/decide?{urlencode(CASE)}&exporter=Japan&item=patriot-pac-3").status_code == 200
    )  # says the same again


@pytest.mark.parametrize("name", ["Rice", "Patriot PAC-3 MSE"])
def test_an_item_and_its_name_have_to_be_one(name: str, pages: Asked) -> None:
    answer = pages.get("/decide", params=CASE | {"item.name": name})
    assert answer.status_code == 400 and f"The item is given twice, as patriot-pac-3 and as {name}" in words(tree(answer.text))
    found = problem(pages.post("/v1/decide", CASE | {"item.name": name}), 400)["errors"][0]
    assert found["pointer"] == "/item.name" and "given twice" in found["detail"]
    assert pages.post("/v1/decide", CASE | {"item.name": "PAC-3"}).json()["verdict"]


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/law/japan?on=2023-12-22&on=2024-05-05", "on"), ("/law/search?words=a&words=b", "words"),
        ("/map?item=patriot-pac-3&date=2023-12-22&date=2024-05-05", "date"),
        ("/map?item=patriot-pac-3&date=2023-12-22&date=", "date"), ("/cases?cursor=a&cursor=b", "cursor"),
        ("/law/compare?regime=japan&regime=japan-licence", "regime"), ("/read/decide?date=2023-12-22&date=2024-05-05", "date"),
        ("/law?lang=ja&lang=en", "lang"),
    ],
)  # fmt: skip
def test_a_page_takes_a_parameter_once(pages: Asked, path: str, name: str) -> None:
    answer = pages.get(path)
    assert answer.status_code == 400
    assert re.search(rf"{name} is given twice, as .* and as ", answer.text, re.IGNORECASE)


def test_it_is_said_in_japanese(pages: Asked) -> None:
    assert "重ねて記入されています" in pages.get("/law/japan?on=2023-12-22&on=2024-05-05&lang=ja").text


@pytest.mark.parametrize(
    ("path", "status", "name"),
    [
        ("/v1/items?limitt=0", 400, "limitt"), ("/v1/items?limit=0", 400, "limit"), ("/v1/items?cursor=x", 400, "cursor"),
        ("/v1/cases?cursor=x", 400, "cursor"), ("/v1/law/japan?on=soon", 400, "on"), ("/v1/law/search?words=%20", 400, "words"),
        ("/v1/law/diff?regime=japan&before=&after=2024-01-01", 400, "before"), ("/v1/law/nowhere", 404, "name"),
        ("/v1/law/search?words=a&regime=nowhere", 404, "regime"), ("/v1/precedents?regime=nowhere", 404, "regime"),
        ("/v1/items/nothing", 404, "item"), ("/v1/world/nothing", 404, "table"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named(pages: Asked, path: str, status: int, name: str) -> None:
    (found,) = problem(pages.get(path), status)["errors"]
    assert found["parameter"] == name and not found["pointer"] and (found["mend"] or "pydantic")


@pytest.mark.parametrize(
    ("path", "body", "pointer", "parameter"),
    [
        ("/v1/decide?regime=japn", CASE, "", "regime"), ("/v1/decide?law_on=soon", CASE, "", "law_on"),
        ("/v1/decide", CASE | {"foo": 1}, "/foo", ""), ("/v1/ask", {"case": CASE, "foo": 1}, "/foo", ""),
        ("/v1/ask", {"case": CASE | {"foo": 1}}, "/case/foo", ""),
        ("/v1/drafts", {"text": "Japan sent a ship.", "date": "soon"}, "/date", ""),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_body_is_pointed_to(
    pages: Asked, path: str, body: dict[str, Any], pointer: str, parameter: str
) -> None:  # fmt: skip
    (found,) = problem(pages.post(path, body), 400)["errors"]
    assert (found["pointer"], found["parameter"]) == (pointer, parameter)


def test_what_is_not_there_says_where_to_look(pages: Asked) -> None:
    assert "openapi.json" in problem(pages.get("/v1/nothing"), 404)["errors"][0]["mend"]
    assert problem(pages.ask("DELETE", "/v1/decide"), 405)["errors"][0]["mend"] == "It takes POST."
    assert problem(pages.post("/health", {}), 405)["errors"][0]["mend"] == "It takes GET, HEAD."
