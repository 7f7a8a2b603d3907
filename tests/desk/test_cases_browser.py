"""The page Cases in the browser: a decision saved, a document hashed on the spot, decided again, corrected, withdrawn."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest
from browsing import LANGUAGES, WIDTHS, Desk
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.slow
ADDRESS = (
    "/decide?date=2023-12-22&exporter=JPN&recipient=USA&recipient.kind=foreign_government&item=patriot-pac-3-mse"
    "&assurance.licensor_request=true"
)


def saved(desk: Desk, lang: str, width: int) -> Page:
    """The page of a case, saved from the page Decide."""
    page = desk.visit(ADDRESS, lang, width)
    page.locator('form[action^="/cases"] button').click()
    page.wait_for_url("**/cases/*")
    return page


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("width", WIDTHS)
def test_a_case_from_its_decision_to_its_end(
    desk: Desk, axe: Callable[[Page], None], lang: str, width: int, tmp_path: Path
) -> None:  # fmt: skip
    page = saved(desk, lang, width)
    axe(page)
    expect(page.locator(".history > li")).to_have_count(1)

    page.fill("#note-text", "折り返し連絡を受けた。\nCalled back.")
    page.locator('form[action*="/notes?"] button').click()
    expect(page.locator(".history > li")).to_have_count(2)

    content = b"a letter\n" * 1000
    (tmp_path / "letter.pdf").write_bytes(content)
    page.set_input_files("#document-file", tmp_path / "letter.pdf")
    expect(page.locator("#document-sha256")).to_have_value(hashlib.sha256(content).hexdigest())
    expect(page.locator("#document-name")).to_have_value("letter.pdf")
    page.locator('form[action*="/documents?"] button').click()
    expect(page.locator(".history > li")).to_have_count(3)

    page.fill("#law-on", "2023-12-21")
    page.fill("#world-on", "2023-12-21")
    page.locator("form.days-form button").click()
    expect(page.locator("#compared .verdict-prohibited").first).to_be_visible()
    desk.sound(page)
    axe(page)
    page.locator('form[action*="/redecisions?"] button').click()
    expect(page.locator(".history > li")).to_have_count(4)

    page.locator("#correct > summary").click()
    stated = page.locator("#correct-case").input_value()
    page.fill("#correct-case", stated.replace("2023-12-22", "2023-12-2x"))
    page.fill("#correct-reason", "misread")
    page.locator('form[action*="/corrections?"] button').click()
    expect(page.locator("#correct .flaw")).to_be_visible()
    desk.said = [said for said in desk.said if not said.endswith(": 400")]
    axe(page)
    page.fill("#correct-case", stated.replace("2023-12-22", "2024-01-04"))
    page.locator('form[action*="/corrections?"] button').click()
    expect(page.locator(".history > li")).to_have_count(5)

    page.locator("#withdraw > summary").click()
    page.fill("#withdraw-reason", "given up")
    page.locator('form[action*="/withdrawal?"] button').click()
    expect(page.locator(".history > li")).to_have_count(6)
    expect(page.locator("#withdraw")).to_have_count(0)
    desk.sound(page)
    axe(page)

    listed = desk.visit("/cases", lang, width)
    expect(listed.locator(".case-list > li").first).to_have_class("box withdrawn")
    axe(listed)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("width", WIDTHS)
def test_a_receipt_is_fetched_and_checked(
    desk: Desk, axe: Callable[[Page], None], lang: str, width: int, tmp_path: Path
) -> None:  # fmt: skip
    page = saved(desk, lang, width)
    with page.expect_download() as fetched:
        page.locator('a[href^="/v1/receipts/"]').first.click()
    fetched.value.save_as(tmp_path / "receipt.json")
    page = desk.visit("/receipts", lang, width)
    axe(page)
    page.set_input_files("#file", tmp_path / "receipt.json")
    page.locator('form[action^="/receipts"] button').click()
    expect(page.locator("section[role=status] .verdict-conditional")).to_have_count(2)
    desk.sound(page)
    axe(page)


@pytest.mark.parametrize(("lang", "width"), [("en", 1280), ("ja", 390)])
def test_a_case_is_corrected_in_the_form_of_decide(desk: Desk, axe: Callable[[Page], None], lang: str, width: int) -> None:
    page = saved(desk, lang, width)
    page.locator("#correct > summary").click()
    page.locator("#correct a.button").click()
    page.fill("#correct-reason", "misread")
    page.locator("#f-day").fill("2023-12-21")
    page.locator("#f-day").blur()
    expect(page.locator(".verdict-large .verdict-prohibited")).to_be_visible()
    expect(page.locator("#correct-reason")).to_have_value("misread")
    desk.sound(page)
    axe(page)
    page.locator('form[action*="/corrections?"] button').click()
    expect(page.locator(".history > li")).to_have_count(2)


def test_without_javascript_the_forms_work(desk: Desk) -> None:
    page = desk.visit(ADDRESS, java_script_enabled=False)
    page.locator('form[action^="/cases"] button').click()
    page.wait_for_url("**/cases/*")
    page.fill("#document-name", "letter.pdf")
    page.fill("#document-size", "12")
    page.fill("#document-sha256", "ab" * 32)
    assert not page.locator("#document-choice").is_visible()
    page.locator('form[action*="/documents?"] button').click()
    expect(page.locator(".history > li")).to_have_count(2)


def test_dark_is_as_legible(desk: Desk, axe: Callable[[Page], None]) -> None:
    page = desk.visit(ADDRESS, color_scheme="dark")
    page.locator('form[action^="/cases"] button').click()
    page.wait_for_url("**/cases/*")
    axe(page)
