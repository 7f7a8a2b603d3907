"""Asks the application in this process, without a server: one request at a time.

Playwright keeps a loop running in the main thread once a browser is open, so that `asyncio.run` fails there: what is
asynchronous is run by `awaited`, in a thread of its own.
"""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx

from sekisho.desk.app import create_app
from sekisho.desk.settings import Limits, Settings

BASE = "http://localhost"


def awaited(work: Coroutine[Any, Any, Any]) -> Any:
    """What a coroutine comes to, whether or not a loop runs in this thread."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


class Pages:
    """The pages of an application with a folder of its own."""

    def __init__(self, folder: Path, limits: Limits | None = None) -> None:
        self.app = create_app(Settings(folder=folder, limits=limits or Limits()))

    def get(self, path: str, **options: Any) -> httpx.Response:
        """The answer to a GET, no redirect followed."""
        found: httpx.Response = awaited(self._get(path, options))
        return found

    def follow(self, path: str, **options: Any) -> httpx.Response:
        """The answer to a GET, at the end of its redirects."""
        found: httpx.Response = awaited(self._get(path, options | {"follow_redirects": True}))
        return found

    async def _get(self, path: str, options: dict[str, Any]) -> httpx.Response:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(self.app), base_url=BASE) as client:
            return await client.get(path, **options)
