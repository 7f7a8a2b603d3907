"""`sekisho serve` as a process: where it listens, what it refuses to start with, and how it ends."""

import configparser
import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import httpx
import pytest
from asking import TOKEN
from browsing import STOPPED, start, stop

ROOT = Path(__file__).parents[2]
DIFFERENCE = "/v1/law/diff?regime=japan&before=2014-03-31&after=2014-04-01"
CASE = {"date": "2023-12-22", "exporter": "JPN", "recipient": "USA", "item": "patriot-pac-3-mse"}


def refused(*arguments: str, **environment: str) -> str:
    """What a server that does not start says, held to the exit status of a usage error."""
    done = subprocess.run(
        [sys.executable, "-m", "sekisho", "serve", *arguments], capture_output=True, text=True, check=False, timeout=30,
        env=os.environ | {"COLUMNS": "200"} | environment,
    )  # fmt: skip
    assert done.returncode == 2, done.stderr
    return done.stderr


@pytest.mark.slow
def test_a_port_that_is_taken_is_told(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        assert "Choose another --port" in refused("--port", port, "--folder", str(tmp_path))


@pytest.mark.slow
def test_others_are_not_served_without_a_token(tmp_path: Path) -> None:
    assert "--token-file" in refused("--host", "0.0.0.0", "--folder", str(tmp_path))


def test_without_the_extra_it_says_what_to_install(tmp_path: Path) -> None:
    (tmp_path / "fastapi.py").write_text("raise ModuleNotFoundError('no', name='fastapi')\n")
    said = refused("--folder", str(tmp_path), PYTHONPATH=f"{tmp_path}{os.pathsep}{os.environ.get('PYTHONPATH', '')}")
    assert "fastapi" in said and "sekisho[desk]" in said


@pytest.mark.slow
def test_it_listens_on_the_loopback_only(tmp_path: Path) -> None:
    server = start(tmp_path)
    try:
        port = int(server.url.rsplit(":", 1)[1])
        with socket.socket() as other, pytest.raises(OSError, match="refused"):
            other.connect(("127.0.0.2", port))
    finally:
        assert stop(server) == STOPPED


@pytest.mark.slow
def test_with_a_token_a_host_of_ones_own_can_be_given(tmp_path: Path) -> None:
    (tmp_path / "token").write_text(TOKEN)
    server = start(tmp_path, "--host", "127.0.0.1", "--token-file", str(tmp_path / "token"))
    try:
        assert httpx.post(f"{server.url}/v1/decide", json=CASE).status_code == 401
        assert httpx.post(f"{server.url}/v1/decide", json=CASE, headers={"authorization": f"Bearer {TOKEN}"}).status_code == 200
        assert httpx.get(f"{server.url}/decide").status_code == 401
        assert TOKEN not in server.log.read_text()
    finally:
        stop(server)


@pytest.mark.slow
def test_what_is_under_way_is_finished_when_it_is_told_to_stop(tmp_path: Path) -> None:
    server = start(tmp_path)
    answers: list[int] = []

    def ask() -> None:
        answers.append(httpx.get(server.url + DIFFERENCE, timeout=60).status_code)

    asking = threading.Thread(target=ask)
    asking.start()
    time.sleep(0.5)
    server.process.send_signal(signal.SIGTERM)
    asking.join(60)
    assert server.process.wait(30) == STOPPED and answers == [200]


@pytest.mark.slow
def test_a_client_that_hangs_up_leaves_the_server_well(tmp_path: Path) -> None:
    server = start(tmp_path)
    try:
        port = int(server.url.rsplit(":", 1)[1])
        for sent in (
            b"",
            b"GET / HT",
            b"POST /v1/decide HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{",
            b"\x16\x03\x01",
        ):
            with socket.create_connection(("127.0.0.1", port)) as torn:
                torn.sendall(sent)
        with socket.create_connection(("127.0.0.1", port)) as torn:
            torn.sendall(b"GET /health HTTP/1.1\r\nHost: localhost\r\nX: " + b"y" * 200_000 + b"\r\n\r\n")
            assert torn.recv(100).startswith(b"HTTP/1.1 4")
        assert httpx.get(f"{server.url}/health").status_code == 200
    finally:
        assert stop(server) == STOPPED
    for line in server.log.read_text().splitlines()[1:]:
        assert json.loads(line).get("level") != "error", line


@pytest.mark.slow
def test_two_requests_in_one_are_not_smuggled(tmp_path: Path) -> None:
    """A body length told twice, or told and chunked, is refused and the connection closed."""
    server = start(tmp_path)
    try:
        port = int(server.url.rsplit(":", 1)[1])
        for lengths in ("Content-Length: 5\r\nContent-Length: 6", "Content-Length: 5\r\nTransfer-Encoding: chunked, x"):
            with socket.create_connection(("127.0.0.1", port), timeout=10) as twice:
                twice.sendall(f"POST /v1/decide HTTP/1.1\r\nHost: localhost\r\n{lengths}\r\n\r\n".encode())
                said = twice.recv(1000)
                assert re.match(rb"HTTP/1.1 (400|501)", said), said
    finally:
        stop(server)


def test_the_unit_of_systemd_starts_what_there_is() -> None:
    unit = configparser.ConfigParser(interpolation=None, strict=True)
    unit.optionxform = str  # type: ignore[assignment,method-assign]
    unit.read(ROOT / "docs" / "sekisho.service")
    command = unit["Service"]["ExecStart"]
    help_ = subprocess.run([sys.executable, "-m", "sekisho", "serve", "--help"], capture_output=True, text=True, check=True)
    for option in re.findall(r"--[a-z-]+", command):
        assert option in help_.stdout
    assert unit["Service"]["ProtectSystem"] == "strict" and "--token-file" in command
