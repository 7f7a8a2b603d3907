"""Connections on which no request comes: closed in time; those on which one comes are not."""

import asyncio
from typing import Any

import pytest
import uvicorn
from asking import awaited
from uvicorn.server import ServerState

from sekisho.desk import server
from sekisho.desk.server import Patient

HEAD = b"GET / HTTP/1.1\r\nHost: localhost\r\n"
WAIT = 0.3


async def slow(scope: Any, receive: Any, send: Any) -> None:
    """An application that takes longer than a head may."""
    await asyncio.sleep(3 * WAIT)
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]})
    await send({"type": "http.response.body", "body": b"ok"})


async def said(*pieces: bytes, gap: float) -> tuple[bytes, float]:
    """What comes back on a connection on which some pieces are sent, a gap apart, and seconds until it is closed."""
    loop, config = asyncio.get_running_loop(), uvicorn.Config(slow, log_config=None, timeout_keep_alive=1)
    config.load()
    listening = await loop.create_server(lambda: Patient(config, ServerState(), {}), "127.0.0.1", 0)
    reader, writer = await asyncio.open_connection(*listening.sockets[0].getsockname()[:2])
    began = loop.time()

    async def send() -> None:
        for piece in pieces:
            writer.write(piece)
            await asyncio.sleep(gap)

    sending = asyncio.create_task(send())
    try:
        return await asyncio.wait_for(reader.read(), 10), loop.time() - began
    finally:
        sending.cancel()
        writer.close()
        listening.close()


@pytest.mark.parametrize("pieces", [(), (HEAD,), tuple(HEAD[place : place + 1] for place in range(len(HEAD)))])
def test_a_head_that_does_not_come_is_not_waited_for(pieces: tuple[bytes, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "HEAD_SECONDS", WAIT)
    found, seconds = awaited(said(*pieces, gap=WAIT / 5))
    assert found == b"" and WAIT * 0.9 <= seconds < 5 * WAIT


@pytest.mark.slow
def test_an_answer_may_take_longer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "HEAD_SECONDS", WAIT)
    found, _ = awaited(said(HEAD[:10], HEAD[10:] + b"\r\n", gap=WAIT / 5))
    assert found.startswith(b"HTTP/1.1 200") and found.endswith(b"ok")


@pytest.mark.slow
def test_a_second_head_is_waited_for_as_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "HEAD_SECONDS", WAIT)
    found, seconds = awaited(said(HEAD + b"\r\n", HEAD, gap=4 * WAIT))
    assert found.count(b"HTTP/1.1 200") == 1 and 4 * WAIT <= seconds < 9 * WAIT
