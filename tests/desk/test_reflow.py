"""Every page at the narrowest width, with long words, all folds open, in the dark: nothing too wide, faint or small."""

from collections.abc import Callable
from urllib.parse import urlencode

import pytest
from browsing import Desk
from playwright.sync_api import Page

pytestmark = pytest.mark.slow

CASE = {"date": "2023-12-22", "exporter": "JPN", "recipient": "USA"}
LONG = "/decide?" + urlencode(CASE | {"item.name": "w" * 400, "item.arms": "true"})
DECIDED = "/decide?" + urlencode(CASE | {"item": "patriot-pac-3"})
SEARCH, STATE = "/law/search?words=licence", "/map?item=patriot-pac-3&date=2024-06-30&state=UKR"
ALL = (
    SEARCH, LONG, DECIDED, STATE, "/read", "/receipts", "/cases", "/decide", "/map", "/registers", "/law", "/law/compare",
    "/law/japan?on=2023-12-22",
)  # fmt: skip


@pytest.mark.parametrize("path", ALL, ids=lambda path: path[:20])
def test_nothing_is_wider_than_the_narrowest_window(desk: Desk, path: str) -> None:
    page = desk.visit(path, width=320)
    page.set_viewport_size({"width": 390, "height": 900})
    desk.sound(page)


@pytest.mark.parametrize("path", [SEARCH, STATE, "/law/japan?on=2023-12-22", DECIDED], ids=lambda path: path[:20])
def test_with_all_folds_open_it_is_as_legible_in_the_dark(desk: Desk, axe: Callable[[Page], None], path: str) -> None:
    page = desk.visit(path, width=390, color_scheme="dark")
    page.evaluate("document.querySelectorAll('details').forEach(fold => { fold.open = true; })")
    axe(page)


def test_an_excerpt_has_no_marks_of_the_file(desk: Desk) -> None:
    page = desk.visit(SEARCH, width=390)
    told = page.locator(".excerpt:not(.code)").all_text_contents()
    assert told and not any("`" in text or "http" in text for text in told)


@pytest.mark.parametrize("path", [DECIDED + "&all=japan", "/law/compare?regime=japan&before=2023-12-21&after=2023-12-22"])
def test_emphasis_is_shown_and_not_its_asterisks(desk: Desk, path: str) -> None:
    page = desk.visit(path)
    prose = page.locator(".paraphrase, .changed:not(.code)")
    assert prose.count() > 5
    assert not [text for text in prose.all_text_contents() if "*" in text]


def test_a_button_for_a_file_is_the_same_on_every_page(desk: Desk) -> None:
    drawn = "field => { const s = getComputedStyle(field, '::file-selector-button'); return [s.color, s.border, s.padding]; }"
    looks = [
        desk.visit(path).locator("input[type=file]").first.evaluate(drawn) for path in ("/registers", "/read", "/receipts")
    ]
    assert looks[0] == looks[1] == looks[2]
