"""What every page owes, in the browser: no overflow, no complaint, no serious violation; and that the checks can fail."""

import re
from collections.abc import Callable

import pytest
from browsing import LANGUAGES, WIDTHS, Desk, violations
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("width", WIDTHS)
def test_a_page_that_every_server_has(desk: Desk, axe: Callable[[Page], None], lang: str, width: int) -> None:
    axe(desk.visit("/token", lang, width))


def test_dark_is_as_legible(desk: Desk, axe: Callable[[Page], None]) -> None:
    axe(desk.visit("/token", color_scheme="dark"))


def test_what_is_too_wide_is_found(desk: Desk) -> None:
    page = desk.visit("/token", width=390)
    page.evaluate("document.querySelector('h1').style.cssText = 'width: 500px'")
    with pytest.raises(AssertionError, match="wider"):
        desk.sound(page)


def test_what_the_policy_refuses_is_found(desk: Desk) -> None:
    page = desk.visit("/token")
    page.evaluate("document.body.append(Object.assign(document.createElement('script'), {textContent: 'window.x = 1'}))")
    page.wait_for_timeout(50)
    with pytest.raises(AssertionError, match="Content Security Policy"):
        desk.sound(page)
    desk.said.clear()


def test_a_label_that_is_missing_is_found(desk: Desk, axe: Callable[[Page], None]) -> None:
    page = desk.visit("/token")
    page.evaluate("document.querySelector('main label').remove()")
    assert any("label" in found for found in violations(page))


def test_two_windows_in_two_languages_stay_so(desk: Desk) -> None:
    """What a window's forms lead to, and what it fetches in place, is in the language of the window."""
    decided, mapped = (
        desk.visit("/decide?date=2023-12-22&item=patriot-pac-3-mse&exporter=JPN&recipient=USA"),
        desk.visit("/map?item=patriot-pac-3-mse&date=2026-05-01"),
    )
    desk.visit("/law", "ja")
    decided.locator("#f-day").fill("2023-12-21")
    decided.locator("#f-day").blur()
    expect(decided.locator("#about")).to_have_text(re.compile("21 December 2023"))
    mapped.locator(".states a[data-state=AUS]").click()
    expect(mapped.locator("#panel h2")).to_contain_text("Australia")
    for page, form in ((decided, "#line"), (mapped, "#ask")):
        page.locator(f"{form} button").last.click()
        page.wait_for_load_state()
        expect(page.locator("html")).to_have_attribute("lang", "en")
    decided.locator('form[action^="/cases"] button').click()
    expect(decided.locator("#stands")).to_have_text("As it stands")
