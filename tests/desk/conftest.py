"""The desk in a real browser. In a test marked slow: `def test_x(desk, axe)`; with `desk.visit("/decide", "ja", 390)` the page
is loaded, held to no overflow, no error in the console and nothing refused, and returned as Playwright's page; `axe(page)`
holds it to WCAG; `desk.url` and `desk.folder` are the server's. Once in a tree: `make .venv/.browser` (or `npm ci` here).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import httpx
import pytest
from asking import Asked
from browsing import ARGUMENTS, AXE, CHROMIUM, PATIENCE, STOPPED, Desk, Server, absent, start, stop, violations
from playwright.sync_api import Browser, Page, expect, sync_playwright


@pytest.fixture(scope="session")
def application(tmp_path_factory: pytest.TempPathFactory) -> Asked:
    """One application in this process a session."""
    return Asked(tmp_path_factory.mktemp("pages"))


@pytest.fixture
def pages(application: Asked) -> Asked:
    """It, with no cookies yet: `pages.get(path)`, `pages.follow(path)`."""
    application.cookies = httpx.Cookies()
    return application


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One server a session, with a folder of its own."""
    started = start(tmp_path_factory.mktemp("desk"))
    yield started
    assert stop(started) == STOPPED, started.log.read_text()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser a session: Debian's."""
    if not CHROMIUM.exists():
        absent(f"{CHROMIUM} is not there; install Debian's chromium")
    expect.set_options(timeout=PATIENCE * 1000)
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        yield opened
        opened.close()


@pytest.fixture
def desk(server: Server, browser: Browser) -> Iterator[Desk]:
    """The desk, with cookies of its own for each test."""
    with browser.new_context() as context:
        opened = Desk(server.url, server.folder, browser, context)
        yield opened
        for apart in browser.contexts:
            if apart is not context:
                apart.close()
    assert not opened.said, opened.said


@pytest.fixture(scope="session")
def axe() -> Callable[[Page], None]:
    """Holds a page to the rules of axe-core: no serious and no critical violation of WCAG 2.2 A and AA."""
    if not AXE.exists():
        absent("axe-core is not there; run `make .venv/.browser`, which needs npm")

    def check(page: Page) -> None:
        bad = violations(page)
        assert not bad, "\n".join([page.url, *bad])

    return check
