"""What every page owes, in the browser: no overflow, no complaint, no serious violation; and that the checks can fail."""

from collections.abc import Callable

import pytest
from browsing import LANGUAGES, WIDTHS, Desk, violations
from playwright.sync_api import Page

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
