"""The desk asked in this process: an application and what it answers, without a server and without a browser.

Playwright keeps a loop running in the main thread once a browser is open, so that `asyncio.run` fails there: what is
asynchronous is run by `awaited`, in a thread of its own.
"""

import asyncio
from collections.abc import Coroutine, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx

from sekisho.desk.app import create_app
from sekisho.desk.settings import Limits, Settings

TOKEN = "a-token-that-is-long-enough-for-a-test"


def awaited(work: Coroutine[Any, Any, Any]) -> Any:
    """What a coroutine comes to, whether or not a loop runs in this thread."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


class Asked:
    """An application with a folder of its own. `get`, `post` and `ask` give its answers."""

    def __init__(self, folder: Path, token: str = "", limits: Limits | None = None, **settings: Any) -> None:
        self.settings = Settings(folder=folder, token=token, limits=limits or Limits(), **settings)
        self.app = create_app(self.settings)
        self.cookies = httpx.Cookies()

    def ask(self, method: str, path: str, **words: Any) -> httpx.Response:
        """The answer to a request; the cookies that it sets are kept for the next."""

        async def asking() -> httpx.Response:
            transport = httpx.ASGITransport(self.app, raise_app_exceptions=False)
            async with httpx.AsyncClient(transport=transport, base_url="http://localhost", cookies=self.cookies) as client:
                answer = await client.request(method, path, **words)
                self.cookies = client.cookies
                return answer

        found: httpx.Response = awaited(asking())
        return found

    def get(self, path: str, **words: Any) -> httpx.Response:
        """The answer to a GET."""
        return self.ask("GET", path, **words)

    def follow(self, path: str, **words: Any) -> httpx.Response:
        """The answer to a GET, at the end of its redirects."""
        return self.ask("GET", path, follow_redirects=True, **words)

    def post(self, path: str, json: object = None, **words: Any) -> httpx.Response:
        """The answer to a POST of JSON, or of what `content` or `data` hold."""
        return self.ask("POST", path, json=json, **words) if json is not None else self.ask("POST", path, **words)


def problem(answer: httpx.Response, status: int) -> Mapping[str, Any]:
    """The problem that an answer is, held to its shape."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    found = answer.json()
    assert found["status"] == status and found["title"] and found["detail"] and found["type"]
    return found
