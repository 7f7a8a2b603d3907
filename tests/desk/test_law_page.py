"""The page Law: what it says is what the law files say, in both languages, on every day; every state is an address."""

from __future__ import annotations

import datetime as dt
import functools
import html
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import httpx
import pytest
import yaml
from asking import awaited
from browsing import LANGUAGES, WIDTHS, Desk
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Page, expect

import sekisho
from sekisho.corpus import Corpus, Provision
from sekisho.decide import Decider
from sekisho.desk.app import create_app
from sekisho.desk.busy import Proofs
from sekisho.desk.pages.decide_form import canonical, stated
from sekisho.desk.pages.law_prose import blocks, inline
from sekisho.desk.settings import Limits, Settings
from sekisho.prove.diff import Difference, diff
from sekisho.render.law_change import text_change
from sekisho.render.law_search import excerpts, marked, matching
from sekisho.render.law_sentence import sentence
from sekisho.render.law_ties import ties
from sekisho.render.word_change import changed

LAW = Path(sekisho.__file__).parent / "law"
DAY = dt.date.fromisoformat
BLOCK = re.compile(r"^## (?P<title>[^\n]*?) \{#(?P<slug>[a-z0-9-]+)\}$(?P<prose>.*?)^```yaml$(?P<block>.*?)^```$", re.M | re.S)
ARTICLE = re.compile(r'<article class="clause" id="([^"]+)">(.*?)</article>', re.S)


@functools.lru_cache(maxsize=1)
def app() -> Any:
    return create_app(Settings())


def get(path: str, server: Any = None, **headers: str) -> httpx.Response:
    """A page, without a browser."""

    async def asked() -> httpx.Response:
        transport = httpx.ASGITransport(server or app())
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
            return await client.get(path, headers={name.replace("_", "-"): value for name, value in headers.items()})

    found: httpx.Response = awaited(asked())
    return found


def text_of(markup: str) -> str:
    """What a reader reads of some markup, in one line."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", markup)).split())


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def articles(page: str) -> dict[str, str]:
    return {name.replace(":", "#"): body for name, body in ARTICLE.findall(page)}


# ---- what it says is what the law files say ------------------------------------------------------


def written() -> Iterator[tuple[str, dict[str, Any], str, Path]]:
    """Every block of every law file, read apart from the corpus: its id, its keys, its title and its file."""
    for path in sorted(LAW.rglob("*.md")):
        text = path.read_text("utf-8")
        name = yaml.safe_load(text.split("---")[1])["id"]
        for found in BLOCK.finditer(text):
            yield f"{name}#{found['slug']}", yaml.safe_load(found["block"]), found["title"], path


WRITTEN = {name: (block, title) for name, block, title, _ in written()}


def test_the_second_reading_finds_every_block(corpus: Corpus) -> None:
    assert WRITTEN.keys() == corpus.provisions.keys()


@pytest.mark.parametrize("name", sorted(WRITTEN))
def test_a_provision_reads_as_its_file(name: str) -> None:
    block, title = WRITTEN[name]
    page = get("/law/" + name.replace("#", "/")).text
    body = articles(page)[name]
    said = squeezed(text_of(body))
    assert squeezed(title) in said
    assert squeezed(str(block["title_ja"])) in said
    for key in ("when", "as", "met", "reason"):
        assert squeezed(str(block.get(key, ""))) in said, key
    sources = block["source"] if isinstance(block["source"], list) else [block["source"]]
    for source in sources:
        shown = "nonewasfound" in said if source == "none found" else f'href="{html.escape(source)}"' in body
        assert shown, source
    assert f"Confidence:{block['confidence']}" in said
    begin, _, end = str(block.get("in_force", "")).partition("/")
    if begin:
        assert squeezed(english(DAY(begin))) in said
    if end not in ("", ".."):
        assert squeezed(english(DAY(end) - dt.timedelta(1))) in said


def english(day: dt.date) -> str:
    return f"{day.day} {day:%B} {day.year}"


def test_the_head_for_licensed_products(corpus: Corpus) -> None:
    """In force from 22 December 2023 to 20 April 2026, at the licensor's request, in both languages, with what it asks for."""
    page = get("/law/jp.guidelines/licensed-product").text
    said = text_of(page)
    assert "22 December 2023 to 20 April 2026" in said
    assert "the licensor state is the recipient's state" in said and "the licensor state has asked for the transfer" in said
    assert "ライセンス元国からの要請がある場合は、" in said
    asked = said.partition("Required for it")[2].partition("Required of every transfer")[0]
    assert "1(2) Positive significance for Japan's security" in asked and "3 Prior consent" in asked
    assert "jp.guidelines#us-licensed-2014" in said


@pytest.mark.slow
@pytest.mark.parametrize("regime", ["japan", "japan-licence"])
def test_each_change_day_reads_as_the_law_of_that_day(corpus: Corpus, regime: str) -> None:
    for day in corpus.change_days(regime):
        page = get(f"/law/{regime}?on={day}").text
        own = [p for name in corpus.regimes[regime].instruments for p in corpus.instruments[name].provisions]
        now = [p.id for p in own if day in p.in_force]
        assert list(articles(page)) == now
        law = corpus.law_on(regime, day)
        assert {p.id for p in (*law.provisions, *law.leaves, *law.definitions.values())} == set(now)
        away = page.partition('id="away"')[2]
        for provision in own:
            listed = f'href="/law/{provision.id.replace("#", "/")}?on=' in away
            assert listed == (provision.id not in now), provision.id


def test_background_stands_where_the_file_has_it() -> None:
    page = get("/law/jp.guidelines?on=2023-12-22").text
    order = [page.index(text) for text in (">The list is closed<", 'id="jp.guidelines:governmental"', ">Weapons and parts<")]
    assert order == sorted(order)


def test_both_languages_stand_side_by_side(corpus: Corpus) -> None:
    for language, other in (("en", "ja"), ("ja", "en")):
        page = get(f"/law/jp.guidelines?on=2023-12-22&lang={language}").text
        for name, body in articles(page).items():
            provision = corpus.provisions[name]
            said = html.unescape(body)
            assert f'<p class="sentence" lang="{other}">{sentence(corpus, provision, other)}</p>' in said
            assert f'<p class="sentence">{sentence(corpus, provision, language)}</p>' in said
        assert ("英語のみ" in page) == (language == "ja")
        assert ('<div lang="en">' in page) == (language == "ja")


def test_what_a_definition_reads_like_where_it_is_used(corpus: Corpus) -> None:
    provision = corpus.provisions["jp.guidelines#governmental"]
    assert provision.holds is not None and provision.fails is not None
    said = text_of(get("/law/jp.guidelines/governmental").text)
    for clause in (provision.holds, provision.fails):
        assert clause.en in said and clause.ja in said


def test_doubts_are_marked(corpus: Corpus) -> None:
    page = get("/law/jp.export-order?on=1949-12-01").text
    assert '<p class="doubt">In doubt: the lists of these years were not read.</p>' in page
    for provision in corpus.provisions.values():
        kinds = [block.kind for block in blocks(corpus, provision.prose)]
        assert ("doubt" in kinds) == ("In doubt:" in provision.prose), provision.id


# ---- the text of a file as markup ----------------------------------------------------------------


def test_markup_in_a_text_is_told_not_obeyed(corpus: Corpus) -> None:
    assert inline(corpus, "<b>&</b> *so*") == "&lt;b&gt;&amp;&lt;/b&gt; <em>so</em>"
    assert inline(corpus, "see `a < b` and <script>alert(1)</script>").count("<script") == 0


def test_sources_and_names_are_links(corpus: Corpus) -> None:
    found = inline(corpus, "Source: https://www.mod.go.jp/a_b.html, and `jp.guidelines#control`; `item.arms`.")
    assert '<a class="source" href="https://www.mod.go.jp/a_b.html" rel="noreferrer external">mod.go.jp</a>,' in found
    assert '<a href="/law/jp.guidelines/control"><code>jp.guidelines#control</code></a>' in found
    assert "<code>item.arms</code>" in found


def test_no_source_is_told_where_the_reader_came_from() -> None:
    for path in ("/law/japan?on=2023-12-22", "/law/japan-licence", "/law/compare?regime=japan"):
        links = re.findall(r'<a [^>]*href="https?://[^>]*>', get(path).text)
        assert links and all("noreferrer" in link for link in links)


def test_every_paragraph_is_shown(corpus: Corpus) -> None:
    for provision in corpus.provisions.values():
        shown = "".join(str(cell) for block in blocks(corpus, provision.prose) for line in block.lines for cell in line)
        told = squeezed(text_of(shown))
        for word in re.findall(r"[A-Za-z]{4,}", re.sub(r"https?://\S+", "", provision.prose)):
            assert word in told, provision.id


# ---- the timeline --------------------------------------------------------------------------------


def test_every_instrument_has_its_line_and_its_row(corpus: Corpus) -> None:
    page = get("/law").text
    for instrument in corpus.instruments.values():
        assert page.count(f'<a href="/law/{instrument.id}">') == 2, instrument.id
    rows = dict(re.findall(r'<th scope="row"><a href="/law/([\w.-]+)">.*?</th>(.*?)</tr>', page, re.S))
    for name, row in rows.items():
        days = {edge for p in corpus.instruments[name].provisions for edge in (p.in_force.begin, p.in_force.end)}
        assert {str(day) for day in days if day < dt.date.max} <= set(re.findall(r"on=(\d{4}-\d\d-\d\d)", row)), name


def test_a_regime_apart() -> None:
    page = get("/law?regime=japan-licence&on=2020-01-01").text
    assert "/law/jp.fefta?on=2020-01-01" in page and "jp.guidelines" not in page
    assert "Read all of it as of 1 January 2020" in page


def test_marks_lie_on_the_line() -> None:
    page = get("/law").text
    places = [float(x) for x in re.findall(r'cx="([\d.]+)%"', page)]
    assert len(places) > 50 and all(0 <= x <= 100 for x in places)
    ends = [(float(x), float(w)) for x, w in re.findall(r'x="([\d.]+)%" width="([\d.]+)%"', page)]
    assert all(x >= 0 and w > 0 and x + w <= 100.01 for x, w in ends)


# ---- days ----------------------------------------------------------------------------------------


def test_a_day_before_the_regime_says_so() -> None:
    answer = get("/law/japan?on=1960-01-01")
    assert answer.status_code == 200
    said = text_of(answer.text)
    assert "It begins on 21 April 1967. On this day nothing of it is in force yet." in said
    assert not articles(answer.text)


def test_an_instrument_that_has_ended_is_read_on_its_last_day() -> None:
    said = text_of(get("/law/jp.view-1976").text)
    assert "As of 31 March 2014" in said
    assert "It is no longer in force on this day." in text_of(get("/law/jp.view-1976?on=2014-04-01").text)


def test_what_decides_nothing_says_so() -> None:
    page = text_of(get("/law/jp.resolutions-1981").text)
    assert "It has no provisions: it is background and decides nothing." in page
    assert "What changed on" not in page
    assert "What changed on 22 December 2023" in text_of(get("/law/jp.guidelines?on=2024-01-01").text)


def test_a_day_after_the_last_check_says_so() -> None:
    assert "last checked on 15 September 2026" in text_of(get("/law/jp.guidelines?on=2026-09-16").text)
    assert "what came later" not in text_of(get("/law/jp.guidelines?on=2026-09-15").text)


@pytest.mark.parametrize("path", [
    "/law?on={}", "/law/japan?on={}", "/law/jp.guidelines/control?on={}", "/law/search?words=a&on={}",
    "/law/compare?before={}", "/law/compare?after={}",
])  # fmt: skip
def test_a_bad_day_is_refused_and_any_day_is_read(path: str) -> None:
    for bad in ("2023-13-01", "yesterday", "20231222"):
        answer = get(path.format(bad))
        assert answer.status_code == 400
        assert f"'{bad}' is not a day." in text_of(answer.text)
    for day in ("0001-01-01", "9999-12-31", ""):
        assert get(path.format(day)).status_code == 200


@pytest.mark.parametrize(("path", "near"), [
    ("/law/jp.guidelins", "jp.guidelines"), ("/law/jp.guidelines/licensed-produkt", "jp.guidelines#licensed-product"),
    ("/law?regime=japn", "japan"), ("/law/compare?regime=japn", "japan"), ("/law/search?words=a&regime=japn", "japan"),
])  # fmt: skip
def test_an_unknown_name_is_told_with_the_nearest(path: str, near: str) -> None:
    for language in LANGUAGES:
        answer = get(path, accept_language=language)
        assert answer.status_code == 404
        mend = {"en": f"Did you mean “{near}”?", "ja": f"「{near}」のことでしょうか。"}[language]
        assert mend in text_of(answer.text)
        assert f'<html lang="{language}">' in answer.text


# ---- one provision -------------------------------------------------------------------------------


def test_a_provision_on_another_day_is_its_version_of_that_day() -> None:
    page = get("/law/jp.guidelines/licensed-product?on=2020-01-01").text
    assert list(articles(page)) == ["jp.guidelines#us-licensed-2014"]
    missed = text_of(get("/law/jp.guidelines/licensed-product?on=2030-01-01").text)
    assert "No version of it is in force on 1 January 2030." in missed


def test_a_history_marks_what_changed_word_by_word() -> None:
    page = get("/law/jp.guidelines/licensed-product").text
    history = page.partition('id="history"')[2]
    assert re.search(r"<ins>.*?has asked for.*?</ins>", history) and re.search(r"<del>.*?United States.*?</del>", history)


def test_ties_are_those_of_the_law_in_force(corpus: Corpus) -> None:
    """On every change day what is tied by the page is what the verdict is made from."""
    for regime in corpus.regimes:
        for day in corpus.change_days(regime):
            law = corpus.law_on(regime, day)
            for way in (*law.heads, *law.lifts):
                found = ties(corpus, way)
                assert {p.id for p in found.required if day in p.in_force} == {p.id for p in law.tied[way.id]}
                assert {p.id for p in found.every if day in p.in_force} == {p.id for p in law.untied}
            for bar in law.prohibitions:
                assert {p.id for p in ties(corpus, bar).lifted_by if day in p.in_force} == {p.id for p in law.lifts_of[bar.id]}


def test_ties_go_both_ways(corpus: Corpus) -> None:
    found = {name: ties(corpus, p) for name, p in corpus.provisions.items()}
    pairs = [("required", "serves"), ("lifts", "lifted_by"), ("uses", "used_by")]
    for there, back in pairs:
        ways = {(name, p.id) for name, own in found.items() for p in getattr(own, there)}
        assert ways and ways == {(p.id, name) for name, own in found.items() for p in getattr(own, back)}


def test_a_definition_that_changed_beneath_a_provision_is_told(corpus: Corpus) -> None:
    page = text_of(get("/law/jp.fefta/licence-goods").text)
    assert "A definition that it uses changed while its words stayed" in page


# ---- two days ------------------------------------------------------------------------------------


def test_the_words_of_two_days_are_told_apart(corpus: Corpus) -> None:
    for regime in corpus.regimes:
        days = [DAY("1900-01-01"), *corpus.change_days(regime)]
        own = [p for name in corpus.regimes[regime].instruments for p in corpus.instruments[name].provisions]
        for before, after in [(a, b) for a in days for b in days if a != b][::7]:
            told = text_change(corpus, regime, before, after)
            old = {p.id for p in own if before in p.in_force and after not in p.in_force}
            new = {p.id for p in own if after in p.in_force and before not in p.in_force}
            assert {p.id for p in told.begun} | {entry.after.id for entry in told.rewritten} == new
            assert {p.id for p in told.ended} | {entry.before.id for entry in told.rewritten} == old
            assert len(told.begun) + len(told.rewritten) == len(new)
            assert told.same == sum(before in p.in_force and after in p.in_force for p in own)
            back = text_change(corpus, regime, after, before)
            assert {(e.before.id, e.after.id) for e in told.rewritten} == {(e.after.id, e.before.id) for e in back.rewritten}


def test_what_says_something_else_through_a_definition_is_told(corpus: Corpus) -> None:
    told = text_change(corpus, "japan-licence", DAY("1991-11-13"), DAY("1991-11-14"))
    through = {entry.provision.id: {p.label for p in entry.definitions} for entry in told.through}
    assert "item_1" in through["jp.fefta#licence-goods"]
    page = text_of(get("/law/compare?regime=japan-licence&before=1991-11-13&after=1991-11-14").text)
    assert "Same words, another definition" in page


def test_the_amendment_of_december_2023() -> None:
    page = get("/law/compare?regime=japan&before=2023-12-21&after=2023-12-22").text
    assert "Begun: 12. Changed: 5. Ended: 0. As before: 62." in text_of(page)
    assert "jp.guidelines#us-licensed-2014" in page and "ライセンス元国からの要請" in page.replace("</ins>", "")
    same = text_of(get("/law/compare?regime=japan&before=2023-12-22&after=2023-12-23").text)
    assert "The words are the same on both days." in same


@given(st.text("ab 国の。(1)ライ_.", max_size=40), st.text("ab 国の。(1)ライ_.", max_size=40))
def test_pieces_are_the_two_texts(before: str, after: str) -> None:
    found = changed(before, after)
    assert "".join(piece.text for piece in found if piece.kind != "new") == before
    assert "".join(piece.text for piece in found if piece.kind != "gone") == after
    assert all(piece.text for piece in found)
    assert (before == after) == all(piece.kind == "same" for piece in found)


def test_words_are_not_cut() -> None:
    found = changed("item.licensor = 'USA'", "assurance.licensor_request = 'USA'")
    assert [(piece.kind, piece.text) for piece in found[:2]] == [
        ("gone", "item.licensor"),
        ("new", "assurance.licensor_request"),
    ]


def test_what_holds_where_nothing_speaks_is_told(corpus: Corpus) -> None:
    """The list was opened with restraint until 31 March 2014 and is closed since: no provision says so, the regime does."""
    page = text_of(get("/law/japan?on=2023-12-22").text)
    assert "21 April 1967 to 31 March 2014: what is not barred is allowed" in page
    assert "from 1 April 2014: what no head opens is not permitted" in page
    told = text_change(corpus, "japan", DAY("2014-03-31"), DAY("2014-04-01"))
    assert told.otherwise == ("permitted", "prohibited")
    compared = text_of(get("/law/compare?regime=japan&before=2014-03-31&after=2014-04-01").text)
    assert "Where no provision speaks: what is not barred is allowed → what no head opens is not permitted" in compared
    assert text_change(corpus, "japan", DAY("2023-12-21"), DAY("2023-12-22")).otherwise is None


def test_whom_a_regime_governs_is_told_in_words() -> None:
    for day in ("1967-04-21", "2023-12-22"):
        page = get(f"/law/japan?on={day}").text
        said = text_of(page.partition("It governs a transfer where")[2].partition("</div>")[0])
        assert "the state of the exporter or present holder is Japan" in said and "日本" in said
    assert "It governs" not in get("/law/japan?on=1960-01-01").text


# ---- what is proven ------------------------------------------------------------------------------

PROOF = "/law/compare?regime=japan&before=2023-12-21&after=2023-12-22&proof=1"


@functools.lru_cache(maxsize=1)
def found_by_diff(decider: Decider) -> Difference:
    return diff("japan", DAY("2023-12-21"), DAY("2023-12-22"), own=decider)


def test_without_being_asked_nothing_is_proven() -> None:
    page = get(PROOF.removesuffix("&proof=1")).text
    assert 'class="class"' not in page and 'name="proof" value="1"' in page


@pytest.mark.slow
def test_the_proof_is_that_of_diff(decider: Decider) -> None:
    found = found_by_diff(decider)
    page = get(PROOF).text
    said = squeezed(text_of(page))
    assert page.count('<article class="class">') == len(found.turns) + len(found.requirements)
    assert f"{len(found.turns)}classesinwhichatransferisdecideddifferently" in said
    assert f"{len(found.turns)}類型のいずれかに当たり" in said
    assert said.count("国際共同開発・生産に係る移転であり、かつ、装備が部品又は技術のいずれかである") >= 1


@pytest.mark.slow
def test_a_requirement_is_told_in_the_language_of_the_page(corpus: Corpus) -> None:
    page = text_of(get(PROOF + "&lang=ja").text)
    assert "新たに求められること: 我が国の安全保障の観点からの積極的な意義" in page
    assert "主体: 国家安全保障会議" in page or "行為の主体: 国家安全保障会議" in page


@pytest.mark.slow
def test_each_witness_can_be_decided_and_turns(decider: Decider) -> None:
    found = found_by_diff(decider)
    links = re.findall(r'href="(/decide\?[^"]+)"', get(PROOF).text)
    turning = links[: len(found.turns)]
    assert len(links) == len(found.turns) + len(found.requirements)
    for link, entry in zip(turning, found.turns, strict=True):
        asked = canonical(parse_qsl(urlsplit(html.unescape(link)).query), decider.corpus)
        case = stated(asked, decider.corpus).case
        assert case is not None, link
        for day, verdict in ((DAY("2023-12-21"), entry.before), (DAY("2023-12-22"), entry.after)):
            assert decider.decide_regime(case, "japan", day).verdict == verdict, link


@pytest.mark.slow
def test_the_world_can_be_held_to_the_second_day(decider: Decider) -> None:
    page = get(PROOF + "&world=1").text
    found = diff("japan", DAY("2023-12-21"), DAY("2023-12-22"), world=True, own=decider)
    assert page.count('<article class="class">') == len(found.turns) + len(found.requirements)
    said = text_of(page)
    assert "The world is taken as it stood on 2023-12-22." in said and "事実は2023-12-22現在のものとする。" in said
    assert get(PROOF).headers["etag"] != get(PROOF + "&world=1").headers["etag"]


def test_what_is_not_proven_in_time_is_said_and_not_kept() -> None:
    hurried = create_app(Settings(limits=Limits(seconds=0.001)))
    answer = get("/law/compare?regime=japan&before=1990-01-01&after=2026-05-01&proof=1", hurried)
    assert answer.status_code == 200 and "etag" not in answer.headers
    said = text_of(answer.text)
    assert "Not proven within 0.001 s: nothing is said about what differs." in said
    assert "0.001秒以内に証明できなかった" in said
    assert 'class="class"' not in answer.text


@pytest.mark.slow
def test_a_busy_server_says_so_and_shows_the_words_all_the_same() -> None:
    full = create_app(Settings())
    full.state.proofs = Proofs(1, 0 + 1, 0.01)
    with full.state.proofs.running():
        answer = get(PROOF, full)
    assert answer.status_code == 503 and answer.headers["retry-after"] == "5"
    said = text_of(answer.text)
    assert "Too much is being worked out. Come again in a while." in said
    assert "Begun: 12." in said and "Prove what differs" in said
    assert get(PROOF, full).status_code == 200


def test_before_the_regime_there_is_nothing_to_prove_against() -> None:
    answer = get("/law/compare?regime=japan&before=1960-01-01&after=1967-04-21&proof=1")
    assert answer.status_code == 200
    assert "It begins on 21 April 1967. Before that nothing of it is in force." in text_of(answer.text)


# ---- search --------------------------------------------------------------------------------------


def found_ids(page: str) -> list[str]:
    return [re.sub(r"<[^>]+>", "", name) for name in re.findall(r'<code class="quiet">(.*?)</code></p>', page)]


@pytest.mark.parametrize(
    "words", ["licence recipient", "ライセンス 要請", "five-category", "recipient.kind", "ＯＳＡ", "第四十八条"]
)
def test_all_the_words_are_found_and_marked(corpus: Corpus, words: str) -> None:
    expected = [p.id for p in matching(corpus, in_order(corpus), words)]
    assert expected
    page = get("/law/search?words=" + words).text
    assert found_ids(page) == expected[:20]
    assert f"Provisions found: {len(expected)}" in page
    assert "<mark>" in page


def in_order(corpus: Corpus) -> Iterator[Provision]:
    for regime in corpus.regimes.values():
        for name in regime.instruments:
            yield from corpus.instruments[name].provisions


def test_marks_are_the_words_and_nothing_is_lost() -> None:
    found = marked("The licensor's licence. LICENCE!", "licence")
    assert "".join(piece.text for piece in found) == "The licensor's licence. LICENCE!"
    assert [piece.text for piece in found if piece.hit] == ["licence", "LICENCE"]


def test_excerpts_are_parts_of_the_provision(corpus: Corpus) -> None:
    provision = corpus.provisions["jp.guidelines#licensed-product"]
    for words in ("Patriot", "要請", "security_partner"):
        found = excerpts(corpus, provision, words)
        assert found and all(any(piece.hit for piece in part) for _, part in found)
    assert excerpts(corpus, provision, "Patriot")[0][0] == "en" and excerpts(corpus, provision, "要請")[0][0] == "ja"
    assert excerpts(corpus, provision, "xyzzy") == ()


def test_a_search_is_narrowed_by_regime_and_day(corpus: Corpus) -> None:
    page = get("/law/search?words=technology&regime=japan&on=2013-01-01").text
    found = found_ids(page)
    assert found
    for name in found:
        provision = corpus.provisions[name]
        assert provision.instrument in corpus.regimes["japan"].instruments and DAY("2013-01-01") in provision.in_force


@pytest.mark.slow
def test_page_after_page_has_each_once(corpus: Corpus) -> None:
    seen: list[str] = []
    path = "/law/search?words=the"
    while path:
        page = get(path).text
        seen += found_ids(page)
        following = re.search(r'rel="next" href="([^"]+)"', page)
        path = html.unescape(following[1]) if following else ""
    assert seen == [p.id for p in matching(corpus, in_order(corpus), "the")]
    assert len(seen) > 60
    assert get("/law/search?words=the&cursor=nonsense").status_code == 400


def test_nothing_sought_is_nothing_found() -> None:
    assert "Provisions found" not in get("/law/search").text
    assert "Provisions found: 0" in get("/law/search?words=xyzzy").text


def test_what_is_sought_is_shown_and_not_obeyed() -> None:
    page = get("/law/search?words=%3Cscript%3Ealert(1)%3C/script%3E%22").text
    assert "<script>alert" not in page and "&lt;script&gt;alert(1)&lt;/script&gt;&#34;" in page


# ---- what has not changed is not sent again ------------------------------------------------------


@pytest.mark.parametrize("path", [
    "/law", "/law/japan?on=2023-12-22", "/law/jp.guidelines", "/law/jp.guidelines/control", "/law/search?words=licence",
    "/law/compare?regime=japan", PROOF,
])  # fmt: skip
def test_a_page_has_a_tag(path: str) -> None:
    first = get(path, accept_language="en")
    assert first.status_code == 200 and first.headers["cache-control"] == "private, no-cache"
    assert "accept-language" in first.headers["vary"].lower()
    tag = first.headers["etag"]
    again = get(path, accept_language="en", if_none_match=tag)
    assert again.status_code == 304 and not again.content and again.headers["etag"] == tag
    assert get(path, accept_language="ja", if_none_match=tag).status_code == 200
    assert get(path, accept_language="en", cookie="sekisho_lang=ja", if_none_match=tag).status_code == 200
    joint = "&" if "?" in path else "?"
    chosen = get(f"{path}{joint}lang=ja", if_none_match="*")
    assert chosen.status_code == 200 and "sekisho_lang=ja" in chosen.headers["set-cookie"]


def test_no_page_holds_a_secret_of_its_reader() -> None:
    """A page with a tag may be kept, so that the value of the form's cookie must not be in it."""
    answer = get("/law/jp.guidelines")
    value = re.search(r"sekisho_csrf=([^;]+)", answer.headers["set-cookie"])
    assert value is not None and value[1] not in answer.text


# ---- in the browser ------------------------------------------------------------------------------

STATES = (
    "/law", "/law?regime=japan-licence&on=2019-08-28", "/law/jp.guidelines?on=2023-12-22", "/law/jp.export-order",
    "/law/japan?on=1990-01-01", "/law/japan?on=1960-01-01", "/law/jp.guidelines/licensed-product",
    "/law/jp.view-1976/restraint", "/law/compare?regime=japan&before=2023-12-21&after=2023-12-22", PROOF,
    "/law/search?words=licence",
)  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("path", STATES)
def test_every_state_is_sound(desk: Desk, axe: Callable[[Page], None], path: str, width: int, lang: str) -> None:
    axe(desk.visit(path, lang, width))


@pytest.mark.slow
@pytest.mark.parametrize("path", ["/law", "/law/jp.guidelines/licensed-product", PROOF])
def test_dark_is_as_legible(desk: Desk, axe: Callable[[Page], None], path: str) -> None:
    axe(desk.visit(path, color_scheme="dark"))


@pytest.mark.slow
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("width", WIDTHS)
def test_the_slider_moves_through_the_change_days(desk: Desk, axe: Callable[[Page], None], width: int, lang: str) -> None:
    page = desk.visit("/law/jp.guidelines?on=2023-12-22", lang, width)
    slider = page.locator("#f-slide")
    expect(slider).to_be_visible()
    expect(page.locator('[id="jp.guidelines:licensed-product"]')).to_be_visible()
    slider.focus()
    slider.press("ArrowLeft")
    expect(page.locator("#reading")).to_have_attribute("data-day", "2022-03-08")
    expect(page.locator('[id="jp.guidelines:licensed-product"]')).to_have_count(0)
    expect(page.locator('[id="jp.guidelines:us-licensed-2014"]')).to_be_visible()
    assert "on=2022-03-08" in page.url
    expect(page.locator("#status")).to_contain_text({"en": "8 March 2022", "ja": "2022年3月8日"}[lang])
    expect(slider).to_be_focused()
    other = page.locator(f".languages a[hreflang={'ja' if lang == 'en' else 'en'}]")
    assert "on=2022-03-08" in str(other.get_attribute("href"))
    desk.sound(page)
    axe(page)
    page.go_back()
    expect(page.locator("#reading")).to_have_attribute("data-day", "2023-12-22")


@pytest.mark.slow
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("width", WIDTHS)
def test_two_days_are_compared_and_the_difference_is_proven(
    desk: Desk, axe: Callable[[Page], None], width: int, lang: str
) -> None:  # fmt: skip
    page = desk.visit("/law/compare", lang, width)
    page.fill("#f-before", "2023-12-21")
    page.fill("#f-after", "2023-12-22")
    page.locator(".choose button").click()
    expect(page.locator("ins").first).to_be_visible()
    page.locator("#proof form button").click()
    expect(page.locator("#proof .class").first).to_be_visible(timeout=30_000)
    assert page.locator("#proof .class").count() == 25
    assert "proof=1" in page.url
    expect(page.locator("#proof")).to_be_focused()
    page.locator("#proof .witness summary").first.click()
    expect(page.locator('#proof a[href^="/decide?"]').first).to_be_visible()
    desk.sound(page)
    axe(page)


@pytest.mark.slow
def test_a_refused_proof_is_told(desk: Desk) -> None:
    page = desk.visit("/law/compare?regime=japan&before=2023-12-21&after=2023-12-22")
    page.route("**/law/compare?*proof=1*", lambda route: route.abort())
    page.locator("#proof form button").click()
    expect(page.locator("[data-failed]")).to_be_visible()
    desk.said.clear()


@pytest.mark.slow
def test_all_of_it_works_without_javascript(desk: Desk) -> None:
    page = desk.visit("/law/jp.guidelines?on=2023-12-22", java_script_enabled=False)
    expect(page.locator("#f-slide")).to_be_hidden()
    page.fill("#f-on", "2022-03-08")
    page.locator(".as-of button").click()
    expect(page.locator("#reading")).to_have_attribute("data-day", "2022-03-08")
    page = desk.visit("/law/compare?regime=japan&before=2023-12-21&after=2023-12-22", java_script_enabled=False)
    page.locator("#proof form button").click()
    expect(page.locator("#proof .class").first).to_be_visible()


@pytest.mark.slow
def test_a_timeline_is_walked_by_keyboard(desk: Desk) -> None:
    page = desk.visit("/law?regime=japan-licence")
    first = page.locator(".timeline li a").first
    first.focus()
    page.keyboard.press("Tab")
    expect(page.locator(".timeline li a").nth(1)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("Export Trade Control Order")


@pytest.mark.slow
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_word_is_sought_and_read(desk: Desk, lang: str) -> None:
    page = desk.visit("/law/search", lang, 390)
    page.fill("#f-words", "ライセンス 要請")
    page.locator("form button").click()
    expect(page.locator("mark").first).to_be_visible()
    page.locator(".hits h2 a").first.click()
    expect(page.locator("article.clause h1")).to_be_visible()
