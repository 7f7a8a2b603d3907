"""Registers for the tests of sweeps, and a client that hands them in and waits."""

import json
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx

from desk.browsing import Server

HEADER = "key,date,exporter,recipient,item\n"
GOOD = "2023-12-22,JPN,USA,patriot-pac-3-mse\n"
REGISTER = HEADER + "".join(
    f"k{n},{2014 + n % 10}-0{n % 9 + 1}-15,{'JPN' if n % 3 else 'USA'},{('USA', 'GBR', 'AUS', 'PHL')[n % 4]},patriot-pac-3\n"
    for n in range(120)
) + "torn,2023-13-45,JPN,USA,patriot-pac-3\n"  # fmt: skip
"""121 rows over ten years: 120 good ones and one without a day."""
ENDED = ("done", "failed", "cancelled")


def hand_in(client: httpx.Client, content: str | bytes = REGISTER, file: str = "orders.csv", **words: Any) -> httpx.Response:
    """Hand a register in as a form; `words` are its fields."""
    return client.post("/v1/sweeps", files={"file": (file, content)}, data=words)


def until(held: Callable[[], Any], seconds: float = 90) -> Any:
    """Wait until something holds; gives it."""
    end = time.monotonic() + seconds
    while not (found := held()):
        assert time.monotonic() < end, "it took too long"
        time.sleep(0.1)
    return found


def ended(client: httpx.Client, name: str) -> dict[str, Any]:
    """The operation once it has ended."""

    def over() -> dict[str, Any] | None:
        found: dict[str, Any] = client.get(f"/v1/operations/{name}").json()
        return found if found["state"] in ENDED else None

    found: dict[str, Any] = until(over)
    return found


def running(client: httpx.Client, name: str, rows: int = 0) -> dict[str, Any]:
    """The operation once it runs and has done some rows."""

    def under_way() -> dict[str, Any] | None:
        found: dict[str, Any] = client.get(f"/v1/operations/{name}").json()
        assert found["state"] in ("queued", "running"), found
        return found if found["state"] == "running" and found["rows"]["done"] >= rows else None

    found: dict[str, Any] = until(under_way)
    return found


def long_register(rows: int) -> Iterator[bytes]:
    """A register of so many rows, in pieces, each row with a party and a day of its own."""
    yield HEADER.encode()
    states, items = ("USA", "GBR", "AUS", "PHL", "IND", "FRA"), ("patriot-pac-3-mse", "mogami-class", "c-2")
    for begin in range(0, rows, 1000):
        yield "".join(
            f"k{n},{1970 + n % 55}-{n % 12 + 1:02}-{n % 28 + 1:02},JPN,{states[n % 6]},{items[n % 3]}\n"
            for n in range(begin, min(begin + 1000, rows))
        ).encode()


def files_of(folder: Path) -> list[str]:
    """Everything in the folder of sweeps, apart from the lock."""
    return sorted(path.name for path in (folder / "sweeps").iterdir() if path.name != ".lock")


STARTED: list[Server] = []
"""The servers that `start_with` has started."""
SERVE = """
import sys, msgspec
from pathlib import Path
from sekisho.desk.server import serve
from sekisho.desk.settings import Limits, Settings
serve(Settings(port=int(sys.argv[1]), folder=Path(sys.argv[2]), limits=msgspec.json.decode(sys.argv[3], type=Limits)))
"""


def start_with(folder: Path, within: tuple[str, ...] = (), **limits: float) -> Server:
    """Start a server with limits of its own, within another command if one is given, and wait until it is healthy."""
    folder.mkdir(parents=True, exist_ok=True)
    port, log = free_port(), folder.parent / f"{folder.name}.log"
    command = [*within, sys.executable, "-c", SERVE, str(port), str(folder), json.dumps(limits)]
    with log.open("ab") as out:
        process = subprocess.Popen(command, stdout=out, stderr=out)
    server = Server(f"http://127.0.0.1:{port}", folder, process, log)
    STARTED.append(server)

    def healthy() -> bool:
        assert process.poll() is None, log.read_text()
        try:
            return httpx.get(server.url + "/health", timeout=2).status_code == 200
        except httpx.TransportError:
            return False

    until(healthy)
    return server


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


def children(process: int) -> list[int]:
    """The processes that a process has started and that live."""
    found = []
    for task in Path(f"/proc/{process}/task").iterdir():
        found += [int(word) for word in (task / "children").read_text().split()]
    return found


def alive(process: int) -> bool:
    """Whether a process lives and is no zombie."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def clean(server: Server) -> None:
    """The log of a server has no fault of its own in it."""
    log = server.log.read_text()
    assert "Traceback" not in log and '"error"' not in log, log[-4000:]
