"""A server of its own, the desk seen through a browser, and what every page owes."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Response

HERE = Path(__file__).parent
AXE = HERE / "node_modules" / "axe-core" / "axe.min.js"
CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
WIDTHS, LANGUAGES = (1280, 390), ("en", "ja")
HEIGHT = 900
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
RUN = "rules => axe.run({runOnly: rules, resultTypes: ['violations'], preload: false, iframes: false})"
SERIOUS = frozenset({"serious", "critical"})
STOPPED = -signal.SIGTERM
PATIENCE = 20
"""Seconds in which a server has to be up, and a page to show what is expected of it, on a busy machine."""


def absent(what: str) -> None:
    """Skip loudly what cannot be tested here, or fail where the browser is required."""
    if os.environ.get("SEKISHO_BROWSER") == "required":
        pytest.fail(what)
    pytest.skip(f"NO BROWSER: {what}")


@dataclass(frozen=True)
class Server:
    """A `sekisho serve` of its own: where it answers, where it keeps its record, and the process."""

    url: str
    folder: Path
    process: subprocess.Popen[bytes]
    log: Path


def start(folder: Path, *arguments: str) -> Server:
    """Start a server on a free port, and wait until it is healthy."""
    folder.mkdir(parents=True, exist_ok=True)
    port, log = _free_port(), folder / "server.log"
    command = [sys.executable, "-m", "sekisho", "serve", "--port", str(port), "--folder", str(folder), *arguments]
    with log.open("wb") as out:
        process = subprocess.Popen(command, stdout=out, stderr=out)
    server = Server(f"http://127.0.0.1:{port}", folder, process, log)
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        try:
            if httpx.get(server.url + "/health", timeout=2).status_code == 200:
                return server
        except httpx.TransportError:
            time.sleep(0.05)
    stop(server)
    pytest.fail(f"the server did not come up:\n{log.read_text()}")


def stop(server: Server) -> int:
    """Stop a server as a person would, and give its exit status: `STOPPED` where it ended what it had under way."""
    server.process.terminate()
    try:
        return server.process.wait(15)
    except subprocess.TimeoutExpired:
        server.process.kill()
        return server.process.wait()


def _free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


@dataclass
class Desk:
    """The server seen through the browser: each page is held to what every page owes."""

    url: str
    folder: Path
    browser: Browser
    context: BrowserContext
    said: list[str] = field(default_factory=list)
    """What the browser complained of since the last visit."""

    def visit(self, path: str, lang: str = "en", width: int = 1280, status: int = 200, **options: Any) -> Page:
        """A page in a language at a width in pixels; `options` are Playwright's of a page, such as `color_scheme`."""
        page = self.context.new_page() if not options else self._apart(**options)
        page.set_viewport_size({"width": width, "height": HEIGHT})
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.said.append(f"{page.url}: {error}"))
        page.on("response", lambda response: self._answered(response, status))
        joint = "&" if "?" in path else "?"
        answer = page.goto(f"{self.url}{path}{joint}lang={lang}")
        assert answer is not None
        assert answer.status == status, f"{path}: {answer.status}"
        assert page.locator("html").get_attribute("lang") == lang
        self.sound(page)
        return page

    def sound(self, page: Page) -> None:
        """Hold a page, as it now is, to no horizontal overflow and no complaint of the browser."""
        wide = page.evaluate(OVERFLOW)
        assert not wide, f"{page.url}: wider than {page.viewport_size}: {wide}"
        assert not self.said, self.said

    def _apart(self, **options: Any) -> Page:
        return self.browser.new_context(**options).new_page()

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and "Failed to load resource" not in message.text:
            self.said.append(f"{message.location.get('url')}: {message.text}")

    def _answered(self, response: Response, status: int) -> None:
        if response.status >= 400 and response.status != status:
            self.said.append(f"{response.url}: {response.status}")
        if not re.match(re.escape(self.url), response.url):
            self.said.append(f"{response.url}: asked of another server")


OVERFLOW = """() => {
  const root = document.documentElement, wide = root.clientWidth;
  if (root.scrollWidth <= wide) return [];
  return [...document.querySelectorAll("body *")]
    .filter((e) => e.getBoundingClientRect().right > wide + 1 && !e.closest(".scroll"))
    .slice(0, 5).map((e) => e.outerHTML.slice(0, 120));
}"""


def violations(page: Page) -> list[str]:
    """The serious and critical violations that axe-core finds on a page."""
    page.evaluate(AXE.read_text())
    result = page.evaluate(RUN, list(RULES))
    assert result["passes"], "axe looked at nothing"
    return [
        f"{found['impact']} {found['id']}: {found['help']}: {node['html'][:160]} {node.get('failureSummary', '')}"
        for found in result["violations"] if found["impact"] in SERIOUS
        for node in found["nodes"][:4]
    ]  # fmt: skip
