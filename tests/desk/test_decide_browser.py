"""Decide in a browser: its main task in both languages at both widths, the day that moves, the proof, the memo, no script."""

import re
import unicodedata
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
from browsing import LANGUAGES, WIDTHS, Desk
from playwright.sync_api import Page, expect
from pypdf import PdfReader

pytestmark = pytest.mark.slow

PATRIOT = "/decide?" + urlencode({
    "date": "2023-12-22", "exporter": "JPN", "recipient": "USA", "recipient.kind": "foreign_government",
    "item": "patriot-pac-3-mse", "assurance.licensor_request": "true",
})  # fmt: skip
LINES = {
    "en": "Patriot PAC-3, Japan → United States, 22 December 2023",
    "ja": "ペトリオットPAC-3、日本→米国、令和5年12月22日",
}
PROHIBITED, CONDITIONAL = {"en": "Prohibited", "ja": "不可"}, {"en": "Conditional", "ja": "条件付き可"}
BUTTON = {"en": "Decide", "ja": "判定"}


def query(page: Page) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(page.url).query))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("width", WIDTHS)
def test_from_a_line_to_a_decision(desk: Desk, axe: Callable[[Page], None], lang: str, width: int) -> None:
    page = desk.visit("/decide", lang, width)
    axe(page)
    page.locator("#f-line").fill(LINES[lang])
    page.locator("#line button").click()
    expect(page.locator(".verdict-card .verdict").first).to_have_text(PROHIBITED[lang])
    assert query(page) | {"lang": lang} == {
        "item": "patriot-pac-3", "exporter": "JPN", "recipient": "USA", "date": "2023-12-22", "lang": lang,
    }  # fmt: skip
    page.locator("details.case > summary").click()
    page.locator("details.group", has=page.locator("[name='assurance.licensor_request']")).locator("summary").first.click()
    page.locator("[name='assurance.licensor_request']").check()
    page.locator("#case button").last.click()
    expect(page.locator(".verdict-card .verdict").first).to_have_text(CONDITIONAL[lang])
    assert "" not in query(page).values(), "a blank field is in the address"
    assert page.locator("#regime-japan .checklist > li").count() == 3
    desk.sound(page)
    axe(page)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("width", WIDTHS)
def test_the_day_moves_along_the_laws_change_days(desk: Desk, lang: str, width: int) -> None:
    page = desk.visit(PATRIOT, lang, width)
    verdict = page.locator(".verdict-card .verdict-large")
    expect(verdict).to_have_text(CONDITIONAL[lang])
    loaded = page.evaluate("performance.timeOrigin")
    page.locator("#day-range").focus()
    page.keyboard.press("ArrowLeft")
    expect(verdict).to_have_text(PROHIBITED[lang])
    assert query(page)["date"] == "2023-04-05"
    assert page.locator("#f-day").input_value() == page.locator("#f-date").input_value() == "2023-04-05"
    assert page.locator("#day-range").evaluate("element => element === document.activeElement"), "the focus is lost"
    assert "2023-04-05" in str(page.locator("#languages a").first.get_attribute("href"))
    expect(page.locator("#spoken")).to_contain_text(PROHIBITED["en"] if lang == "en" else PROHIBITED["ja"])
    page.locator("#f-day").fill("2024-01-01")
    page.locator("#f-day").blur()
    expect(verdict).to_have_text(CONDITIONAL[lang])
    assert query(page)["date"] == "2024-01-01"
    assert page.evaluate("performance.timeOrigin") == loaded, "the page was loaded anew"
    page.reload()
    expect(verdict).to_have_text(CONDITIONAL[lang])
    desk.sound(page)


def test_back_leads_to_the_day_before(desk: Desk) -> None:
    page = desk.visit(PATRIOT)
    verdict, entries = page.locator(".verdict-card .verdict-large"), page.evaluate("history.length")
    for moment, told in (("2023-12-21", "Prohibited"), ("2024-01-01", "Conditional")):
        page.locator("#f-day").fill(moment)
        page.locator("#f-day").blur()
        expect(verdict).to_have_text(told)
    page.locator("#day-range").focus()
    for _ in range(3):
        with page.expect_response("**/decide?*"):
            page.keyboard.press("ArrowLeft")
    expect(verdict).to_have_text("Prohibited")
    assert page.evaluate("history.length") == entries + 3
    for moment, told in (("2024-01-01", "Conditional"), ("2023-12-21", "Prohibited"), ("2023-12-22", "Conditional")):
        page.go_back()
        expect(verdict).to_have_text(told)
        assert query(page)["date"] == moment == page.locator("#f-day").input_value()


def test_a_day_that_cannot_be_says_so_in_place(desk: Desk) -> None:
    page = desk.visit(
        "/decide?" + urlencode({"date": "1990-01-01", "exporter": "JPN", "recipient": "SUN", "item.arms": "true"})
    )
    page.locator("#f-day").fill("2000-01-01")
    page.locator("#f-day").blur()
    expect(page.locator("#flaws")).to_contain_text("SUN did not exist on 2000-01-01")
    desk.said[:] = [line for line in desk.said if not line.endswith(": 400")]
    expect(page.locator(".verdict-card")).to_have_count(0)
    page.locator("#f-day").fill("1991-01-01")
    page.locator("#f-day").blur()
    expect(page.locator(".verdict-large")).to_have_text("Prohibited")
    expect(page.locator("#flaws")).not_to_contain_text("SUN")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_proof_comes_when_asked(desk: Desk, axe: Callable[[Page], None], lang: str) -> None:
    page = desk.visit(PATRIOT, lang, 390)
    page.locator("#rests button").click()
    expect(page.locator("#rests .changes").first).to_be_visible(timeout=20_000)
    assert page.url.endswith(f"lang={lang}"), "the proof has an address of its own, which is not taken unasked"
    desk.sound(page)
    axe(page)


def test_every_provision_considered_is_loaded_in_place(desk: Desk, axe: Callable[[Page], None]) -> None:
    page = desk.visit(PATRIOT)
    page.locator("#all-japan a").click()
    expect(page.locator("#all-japan .reason-fold").first).to_be_visible()
    assert page.locator("#all-japan > .reason-fold").count() > 40
    page.locator("#all-japan > .reason-fold > summary").first.click()
    desk.sound(page)
    axe(page)


def test_missing_facts_are_asked_and_the_interview_decides(desk: Desk, axe: Callable[[Page], None]) -> None:
    start = "/decide?" + urlencode({"date": "2020-08-28", "exporter": "JPN", "item": "fps-3me"})
    page = desk.visit(start, width=390)
    page.get_by_label("Which state does the recipient belong to").fill("Philippines")
    page.locator("form.questions button").click()
    expect(page.locator(".verdict-large")).not_to_have_text("Undetermined")
    assert query(page)["recipient.state"] == "PHL"
    page.get_by_role("link", name="Interview").click()
    expect(page.locator("#ask")).to_be_visible()
    axe(page)
    page.locator("#ask button").first.click()
    expect(page.locator("#ask")).to_be_visible()
    desk.sound(page)


@pytest.mark.parametrize(("lang", "width"), [("en", 1280), ("ja", 390)])
def test_what_is_wrong_is_told_accessibly(desk: Desk, axe: Callable[[Page], None], lang: str, width: int) -> None:
    page = desk.visit("/decide?date=2023-12-22&exporter=Japn&recipient=SUN&item=patriott&law_on=x", lang, width, status=400)
    assert page.locator(".flaws li").count() == 3
    page.locator(".flaws a").first.click()
    assert urlsplit(page.url).fragment.startswith("f-")
    axe(page)
    page = desk.visit("/decide?" + urlencode({"line": "Patriot PAC-4, Japan, 22 December 2023"}), lang, width, status=400)
    axe(page)


def test_it_is_as_legible_in_the_dark(desk: Desk, axe: Callable[[Page], None]) -> None:
    axe(desk.visit(PATRIOT + "&rests=1&all=japan", "en", color_scheme="dark"))
    axe(desk.visit(PATRIOT.replace("2023-12-22", "2023-12-21"), "ja", 390, color_scheme="dark"))


def test_it_works_without_script(desk: Desk) -> None:
    page = desk.visit("/decide", "en", java_script_enabled=False)
    page.locator("#f-line").fill(LINES["en"])
    page.locator("#line button").click()
    assert page.locator(".verdict-large").inner_text().strip() == "Prohibited"
    assert not page.locator(".day-range").is_visible()
    page.locator("details.case > summary").click()
    page.locator("#case button").last.click()
    assert "" not in query(page).values()
    page.locator("#day-links a[rel=next]").click()
    assert query(page)["date"] == "2024-03-26"
    page.locator("#rests button").click()
    assert page.locator("#rests .changes").first.is_visible()


def test_a_memo_of_a_refusal_has_two_pages_at_most(desk: Desk, tmp_path: Path) -> None:
    page = desk.visit(PATRIOT.replace("2023-12-22", "2023-12-21"))
    page.pdf(path=tmp_path / "memo.pdf", format="A4", prefer_css_page_size=True)
    assert len(PdfReader(tmp_path / "memo.pdf").pages) <= 2


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("line", [LINES["en"], "Mogami class frigate, Japan → Australia, 5 August 2025"])
def test_a_memo_holds_all_that_silence_is_taken_for(desk: Desk, tmp_path: Path, lang: str, line: str) -> None:
    page = desk.visit("/decide?" + urlencode({"line": line}), lang)
    folded = page.locator("#regime-japan details.more .silences li").all_text_contents()
    page.pdf(path=tmp_path / "memo.pdf", format="A4", prefer_css_page_size=True)
    memo = PdfReader(tmp_path / "memo.pdf")
    assert len(memo.pages) <= 2
    told = re.sub(r"\s", "", unicodedata.normalize("NFKC", "".join(sheet.extract_text() for sheet in memo.pages)))
    labels = [re.sub(r"\s", "", re.split("[・—:(]", unicodedata.normalize("NFKC", entry))[0])[:12] for entry in folded]
    assert len(labels) > 10 and [label for label in labels if label not in told] == []
    assert "/decide?date=" in told


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_memo_of_two_pages_at_most(desk: Desk, tmp_path: Path, lang: str) -> None:
    page = desk.visit(PATRIOT, lang)
    file = tmp_path / "memo.pdf"
    page.pdf(path=file, format="A4", prefer_css_page_size=True)
    memo = PdfReader(file)
    assert len(memo.pages) <= 2
    text = unicodedata.normalize("NFKC", "".join(sheet.extract_text() for sheet in memo.pages))
    told = {"en": ("Still to be obtained", "Licensed products", "legal advice"), "ja": ("今後必要なもの", "法的助言")}
    assert all(word in text for word in told[lang])
    assert not re.search("Prove it|証明する|Change the case|案件を変更", text), "what is no part of a memo is printed"
    assert "/decide?date=2023-12-22" in text.replace("\n", "")
