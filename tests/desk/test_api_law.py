"""The API of law, world, items and precedents: pages without gaps, tags, what is refused, and how."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest
from asking import awaited

from sekisho.corpus import Corpus
from sekisho.decide import Decider
from sekisho.desk.app import create_app
from sekisho.desk.settings import Limits, Settings
from sekisho.history import compare
from sekisho.prove.diff import diff
from sekisho.prove.telling import data as difference_data
from sekisho.render.law_sentence import sentence

DAY = dt.date.fromisoformat
VERSIONS = ("sekisho-law-version", "sekisho-world-version")


@functools.lru_cache(maxsize=1)
def app() -> Any:
    return create_app(Settings())


def get(path: str, server: Any = None, headers: dict[str, str] | None = None, **params: Any) -> httpx.Response:
    async def asked() -> httpx.Response:
        transport = httpx.ASGITransport(server or app())
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
            return await client.get(path, params=params or None, headers=headers)

    found: httpx.Response = awaited(asked())
    return found


def pages(path: str, limit: int, **params: Any) -> Iterator[dict[str, Any]]:
    """Every page of a list, the first first."""
    cursor: dict[str, str] = {}
    while True:
        answer = get(path, limit=limit, **params, **cursor)
        assert answer.status_code == 200, answer.text
        found = answer.json()
        yield found
        if found["next"] is None:
            return
        assert get(path, limit=limit, **params, cursor=found["next"]).headers["etag"] != answer.headers["etag"]
        cursor = {"cursor": found["next"]}


LISTS: dict[str, tuple[str, str, Callable[[dict[str, Any]], str]]] = {
    "a regime": ("/v1/law/japan", "provisions", lambda entry: str(entry["id"])),
    "an instrument": ("/v1/law/jp.guidelines", "provisions", lambda entry: str(entry["id"])),
    "a search": ("/v1/law/search?words=the", "provisions", lambda entry: str(entry["id"])),
    "a table": ("/v1/world/combat", "rows", repr),
    "a table of states": ("/v1/world/states", "rows", repr),
    "items": ("/v1/items", "items", lambda entry: str(entry["id"])),
    "items of a name": ("/v1/items?q=missile", "items", lambda entry: str(entry["id"])),
    "precedents": ("/v1/precedents", "cases", lambda entry: str(entry["id"])),
}


@pytest.mark.parametrize("limit", [17, 60, 200])
@pytest.mark.parametrize("which", sorted(LISTS))
def test_page_after_page_has_each_entry_once(corpus: Corpus, decider: Decider, which: str, limit: int) -> None:
    path, field, name = LISTS[which]
    path, _, query = path.partition("?")
    params = dict([query.split("=")]) if query else {}
    found = [page[field] for page in pages(path, limit, **params)]
    assert all(len(entries) == limit for entries in found[:-1]) and len(found[-1]) <= limit
    names = [name(entry) for entries in found for entry in entries]
    assert names == expected(corpus, decider)[which]
    assert len(names) == len(set(names)) > 0


@functools.lru_cache(maxsize=1)
def expected(corpus: Corpus, decider: Decider) -> dict[str, list[str]]:
    """What each list has, from the corpus itself."""
    every = [
        p for regime in corpus.regimes.values() for name in regime.instruments for p in corpus.instruments[name].provisions
    ]
    japan = corpus.regimes["japan"].instruments
    items = corpus.catalogue.items.values()
    has = {item.id: [item.id, item.name, item.name_ja, item.designation, *item.aliases] for item in items}
    exact = corpus.catalogue.find("missile")
    return {
        "a regime": [p.id for p in every if p.instrument in japan],
        "an instrument": [p.id for p in corpus.instruments["jp.guidelines"].provisions],
        "a search": [p.id for p in every if "the" in told(corpus, p).casefold()],
        "a table": [repr(row.cells) for row in corpus.world.tables["combat"].rows],
        "a table of states": [repr(row.cells) for row in corpus.world.tables["states"].rows],
        "items": [item.id for item in items],
        "items of a name": sorted(
            (item.id for item in items if any("missile" in name.casefold() for name in has[item.id])),
            key=lambda found: exact is None or found != exact.id,
        ),
        "precedents": [case.id for case in compare(decider).cases],
    }


def told(corpus: Corpus, p: Any) -> str:
    clauses = [text for clause in (p.holds, p.fails) if clause is not None for text in (clause.en, clause.ja)]
    spoken = [sentence(corpus, p, language) for language in ("en", "ja")]
    return "\n".join([
        p.id, p.title, p.title_ja, p.label, p.prose, p.when_text, p.met_text, p.by, p.by_ja, p.reason, *clauses, *spoken,
    ])  # fmt: skip


# ---- law -----------------------------------------------------------------------------------------


def test_the_law_is_listed_whole(corpus: Corpus) -> None:
    found = get("/v1/law").json()
    assert [regime["id"] for regime in found["regimes"]] == list(corpus.regimes)
    for regime in found["regimes"]:
        assert regime["change_days"] == [str(day) for day in corpus.change_days(regime["id"])]
    assert {entry["id"] for entry in found["instruments"]} == corpus.instruments.keys()


@pytest.mark.parametrize("regime", ["japan", "japan-licence"])
def test_law_as_of_each_change_day(corpus: Corpus, regime: str) -> None:
    for day in corpus.change_days(regime):
        found = [p for page in pages(f"/v1/law/{regime}", 200, on=str(day)) for p in page["provisions"]]
        law = corpus.law_on(regime, day)
        assert {p["id"] for p in found} == {p.id for p in (*law.provisions, *law.leaves, *law.definitions.values())}
    before = corpus.regimes[regime].first_day - dt.timedelta(1)
    assert get(f"/v1/law/{regime}", on=str(before)).json()["provisions"] == []


def test_a_provision_is_told_in_both_languages(corpus: Corpus) -> None:
    found = get("/v1/law/jp.guidelines/licensed-product").json()
    assert [p["id"] for p in found["provisions"]] == ["jp.guidelines#us-licensed-2014", "jp.guidelines#licensed-product"]
    own = corpus.provisions["jp.guidelines#licensed-product"]
    last = found["provisions"][1]
    assert last["sentence"] == {language: sentence(corpus, own, language) for language in ("en", "ja")}
    assert (last["in_force"], last["when"], last["sources"]) == ("2023-12-22/2026-04-21", own.when_text, list(own.sources))
    on = get("/v1/law/jp.guidelines/licensed-product", on="2020-01-01").json()
    assert [p["id"] for p in on["provisions"]] == ["jp.guidelines#us-licensed-2014"]


def test_a_changed_definition_is_told() -> None:
    found = get("/v1/law/jp.fefta/licence-goods").json()
    assert any(change["day"] == "1991-11-14" and "definition" in change["what"] for change in found["changes"])


def test_a_search_is_of_all_words_in_either_language() -> None:
    for words in ("licence recipient", "ライセンス 要請", "ＯＳＡ"):
        assert get("/v1/law/search", words=words).json()["provisions"]
    narrowed = get("/v1/law/search", words="technology", regime="japan-licence", on="2000-01-01").json()["provisions"]
    assert narrowed and all(p["id"].startswith(("jp.fefta", "jp.export", "jp.foreign", "jp.catch")) for p in narrowed)
    refused(get("/v1/law/search", words="　 "), 400, "there is no word in it")


@pytest.mark.slow
def test_the_difference_is_that_of_the_terminal(decider: Decider) -> None:
    answer = get("/v1/law/diff", regime="japan", before="2023-12-21", after="2023-12-22")
    own = difference_data(diff("japan", DAY("2023-12-21"), DAY("2023-12-22"), seconds=20, own=decider))
    assert answer.json() | own == answer.json()
    assert len(answer.json()["classes"]) == len(own["classes"]) > 5
    again = get(
        "/v1/law/diff", regime="japan", before="2023-12-21", after="2023-12-22",
        headers={"if-none-match": answer.headers["etag"]},
    )  # fmt: skip
    assert again.status_code == 304


def test_what_was_not_proven_is_no_answer() -> None:
    hurried = create_app(Settings(limits=Limits(seconds=0.001)))
    answer = get("/v1/law/diff", hurried, regime="japan", before="1990-01-01", after="2026-05-01")
    found = refused(answer, 422, "not proven within 0.001 s.")
    assert found["type"] == "urn:sekisho:problem:proof-timeout"


# ---- world, items, precedents --------------------------------------------------------------------


def test_the_world_is_listed_whole(corpus: Corpus) -> None:
    assert [table["name"] for table in get("/v1/world").json()["tables"]] == list(corpus.world.tables)


@pytest.mark.parametrize("on", ["1995-01-01", "2023-12-22"])
def test_rows_hold_on_their_day(corpus: Corpus, on: str) -> None:
    for name, table in corpus.world.tables.items():
        found = [row for page in pages(f"/v1/world/{name}", 200, on=on) for row in page["rows"]]
        assert found == [row.cells for row in table.rows if DAY(on) in row.in_force]


def test_rows_are_narrowed_by_a_word() -> None:
    found = get("/v1/world/combat", key="UKR").json()["rows"]
    assert found and all("ukr" in " ".join(row.values()).casefold() for row in found)
    assert get("/v1/world/combat", key="no such word").json()["rows"] == []


def test_every_item_is_found_by_its_names(corpus: Corpus) -> None:
    for item in list(corpus.catalogue.items.values())[::9]:
        for name in (item.id, item.name, item.designation):
            if name and "/" not in name:
                found = get(f"/v1/items/{name}").json()["item"]
                assert found["id"] == getattr(corpus.catalogue.find(name), "id", None), name


def test_precedents_have_the_rate_over_all_of_them(decider: Decider) -> None:
    own = compare(decider)
    first = get("/v1/precedents", limit=5).json()
    strict, other = own.agreement(True), own.agreement(False)
    assert first["agreement"] == {
        "strict": {"agree": strict[0], "of": strict[1]}, "other": {"agree": other[0], "of": other[1]},
    }  # fmt: skip


# ---- tags ----------------------------------------------------------------------------------------

TAGGED = (
    "/v1/law", "/v1/law/japan?on=2023-12-22", "/v1/law/search?words=licence", "/v1/law/jp.guidelines/control", "/v1/world",
    "/v1/world/combat?on=2023-12-22", "/v1/items?q=patriot", "/v1/items/patriot-pac-3", "/v1/precedents?limit=3",
)  # fmt: skip


@pytest.mark.parametrize("path", TAGGED)
def test_what_has_not_changed_is_not_sent_again(path: str, corpus: Corpus) -> None:
    first = get(path)
    tag = first.headers["etag"]
    assert first.headers["cache-control"] == "no-cache"
    assert [first.headers[name] for name in VERSIONS] == [corpus.law_version, corpus.world_version]
    assert (first.json()["law_version"], first.json()["world_version"]) == (corpus.law_version, corpus.world_version)
    for asked in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        again = get(path, headers={"if-none-match": asked})
        assert again.status_code == 304 and not again.content and again.headers["etag"] == tag
        assert all(name in again.headers for name in VERSIONS)
    assert get(path, headers={"if-none-match": '"other"'}).status_code == 200


def test_each_answer_has_a_tag_of_its_own() -> None:
    tags = [get(path).headers["etag"] for path in (*TAGGED, "/v1/law/japan?on=2023-12-21")]
    assert len(set(tags)) == len(tags)


# ---- what is refused, and how --------------------------------------------------------------------


def refused(answer: httpx.Response, status: int, words: str) -> dict[str, Any]:
    """Hold an answer to the one shape of problems."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    found = answer.json()
    assert {"type", "title", "status", "detail", "instance", "errors"} <= found.keys()
    assert found["status"] == status and found["type"].startswith("urn:sekisho:problem:")
    assert words in found["detail"], found["detail"]
    assert found["errors"] and all(flaw["detail"] for flaw in found["errors"])
    assert "etag" not in answer.headers
    return dict(found)


@pytest.mark.parametrize(("path", "words"), [
    ("/v1/law/jp.guidelins", "Did you mean 'jp.guidelines'?"),
    ("/v1/law/japn", "Did you mean 'japan'?"),
    ("/v1/law/jp.guidelines/licensed-produkt", "Did you mean 'jp.guidelines#licensed-product'?"),
    ("/v1/law/search?words=a&regime=japn", "Did you mean 'japan'?"),
    ("/v1/law/diff?regime=japn&before=2023-12-21&after=2023-12-22", "Did you mean 'japan'?"),
    ("/v1/law/jp.guidelines/licensed-product?on=2030-01-01", "in force on 2030-01-01"),
    ("/v1/world/combatt", "Did you mean 'combat'?"),
    ("/v1/items/patriot-pac3", "Did you mean 'patriot-pac-3'?"),
    ("/v1/precedents?regime=japn", "Did you mean 'japan'?"),
    ("/v1/nothing", "Not Found"),
])  # fmt: skip
def test_what_is_not_there_is_told_with_the_nearest(path: str, words: str) -> None:
    found = refused(get(path), 404, words)
    assert found["instance"] == path.partition("?")[0]


EVERY = (
    "/v1/law", "/v1/law/japan", "/v1/law/search?words=a", "/v1/law/jp.guidelines/control", "/v1/world", "/v1/world/combat",
    "/v1/items", "/v1/items/patriot-pac-3", "/v1/precedents", "/v1/law/diff?regime=japan&before=2023-12-21&after=2023-12-22",
)  # fmt: skip


@pytest.mark.parametrize("path", EVERY)
def test_an_unknown_parameter_is_refused(path: str) -> None:
    joint = "&" if "?" in path else "?"
    refused(get(f"{path}{joint}onn=2023-12-22"), 400, "there is no parameter 'onn'.")
    found = refused(get(f"{path}{joint}a1=1&b2=2"), 400, "a1")
    assert len(found["errors"]) == 2


@pytest.mark.parametrize("path", [
    "/v1/law/japan", "/v1/law/search?words=a", "/v1/items", "/v1/world/states", "/v1/precedents",
])  # fmt: skip
def test_a_bad_page_is_refused(path: str) -> None:
    joint = "&" if "?" in path else "?"
    for bad in ("nonsense", "", "eyJ", "WzFd", "WyJubyBzdWNoIl0", "ÿ", "[]"):
        if bad:
            refused(get(f"{path}{joint}cursor={bad}"), 400, "the cursor is none of ours.")
    for bad in ("0", "201", "-1", "many", "1.5"):
        found = refused(get(f"{path}{joint}limit={bad}"), 400, "")
        assert found["errors"][0]["parameter"] == "limit"


@pytest.mark.parametrize("path", [
    "/v1/law/japan?on={}", "/v1/law/jp.guidelines/control?on={}", "/v1/law/search?words=a&on={}", "/v1/world/combat?on={}",
    "/v1/law/diff?regime=japan&before={}&after=2023-12-22",
])  # fmt: skip
def test_a_bad_day_is_refused(path: str) -> None:
    for bad in ("2023-02-30", "tomorrow", "2023-1-1", "20231222"):
        refused(get(path.format(bad)), 400, f"'{bad}' is not a day. Write the year, month and day")
    for far in ("0001-01-01", "9999-12-31") if "diff" not in path else ():
        assert get(path.format(far)).status_code in (200, 404)


def test_a_day_that_is_missing_is_asked_for() -> None:
    refused(get("/v1/law/diff?regime=japan&before=&after=2023-12-22"), 400, "two days are needed.")
    found = refused(get("/v1/law/diff?regime=japan"), 400, "")
    assert {flaw["parameter"] for flaw in found["errors"]} == {"before", "after"}


def test_a_name_that_is_too_long_is_refused() -> None:
    for path in ("/v1/law/", "/v1/world/", "/v1/items/"):
        refused(get(path + "x" * 300), 400, "")
