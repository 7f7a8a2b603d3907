"""What befalls uploads and sweeps: connections cut, disks full, processes killed, files made to do harm. Nothing is lost
that was acknowledged, nothing is left of what was not, and the server answers others meanwhile."""

import io
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from desk.asking import problem
from desk.browsing import STOPPED, Server, start, stop
from desk.sweeps import (
    GOOD,
    HEADER,
    REGISTER,
    STARTED,
    alive,
    children,
    clean,
    ended,
    files_of,
    hand_in,
    long_register,
    running,
    start_with,
    until,
)

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")]
LONG = 1_500_000
"""Rows that take long enough to be in the middle of."""


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    started = start(tmp_path / "desk")
    yield started
    assert stop(started) == STOPPED, started.log.read_text()[-3000:]
    clean(started)


@pytest.fixture(autouse=True)
def nothing_goes_on() -> Iterator[None]:
    """A server that a failed test has left behind is stopped."""
    yield
    while STARTED:
        left = STARTED.pop()
        if left.process.poll() is None:
            left.process.kill()
            left.process.wait()


def client_of(server: Server) -> httpx.Client:
    return httpx.Client(base_url=server.url, timeout=60)


def long_one(client: httpx.Client, rows: int = LONG) -> str:
    """A sweep that takes a while."""
    answer = client.post("/v1/sweeps?regime=japan", content=long_register(rows), headers={"content-type": "text/csv"})
    assert answer.status_code == 202, answer.text
    return str(answer.json()["id"])


# ---- connections -----------------------------------------------------------------------------------------------------


FORM = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n'


@pytest.mark.parametrize(
    ("head", "begin"),
    [
        (b"Content-Type: text/csv\r\nContent-Length: 9000000\r\n", b""),
        (b"Content-Type: multipart/form-data; boundary=x\r\nContent-Length: 9000000\r\n", FORM),
        (b"Content-Type: text/csv\r\nTransfer-Encoding: chunked\r\n", b""),
    ],
)
def test_an_upload_that_is_cut_off_leaves_nothing(server: Server, head: bytes, begin: bytes) -> None:
    host, port = server.url.removeprefix("http://").split(":")
    with client_of(server) as client:
        assert client.get("/v1/sweeps").status_code == 200
        with socket.create_connection((host, int(port))) as sock:
            sock.sendall(b"POST /v1/sweeps HTTP/1.1\r\nHost: localhost\r\n" + head + b"\r\n")
            content = begin + HEADER.encode() + f"a,{GOOD}".encode() * 60_000
            sock.sendall(b"%x\r\n%s\r\n" % (len(content), content) if b"chunked" in head else content)
            (there,) = until(lambda: [name for name in files_of(server.folder) if name.startswith(".arriving-")])
            assert (server.folder / "sweeps" / there).is_dir()
        until(lambda: files_of(server.folder) == [])
        assert client.get("/v1/sweeps").json()["sweeps"] == []
        assert ended(client, hand_in(client).json()["id"])["state"] == "done"


def test_an_upload_that_falls_silent_is_sent_away(tmp_path: Path) -> None:
    server = start_with(tmp_path / "desk", silence=1)
    host, port = server.url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=20) as sock:
        sock.sendall(b"POST /v1/sweeps HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/csv\r\nContent-Length: 900\r\n\r\nkey")
        assert b" 408 " in sock.recv(4096)
    assert files_of(server.folder) == []
    assert stop(server) == STOPPED


# ---- limits ----------------------------------------------------------------------------------------------------------


def test_limits_are_kept_and_said(tmp_path: Path) -> None:
    server = start_with(tmp_path / "desk", upload=300_000, sweeps=2, kept=400_000)
    with client_of(server) as client:
        large = HEADER + f"a,{GOOD}" * 9000
        assert "300,000" in problem(hand_in(client, large), 413)["detail"]
        pieces = iter([large.encode()[n : n + 10_000] for n in range(0, len(large), 10_000)])
        assert (
            "300,000" in problem(client.post("/v1/sweeps", content=pieces, headers={"content-type": "text/csv"}), 413)["detail"]
        )
        assert files_of(server.folder) == []
        most = HEADER + f"a,{GOOD}" * 7000
        first = hand_in(client, most).json()["id"]
        found = problem(hand_in(client, most), 507)
        assert "400,000 bytes" in found["detail"] and "DELETE" in found["errors"][0]["mend"]
        assert ended(client, first)["state"] == "done"
        second = hand_in(client, HEADER).json()["id"]
        assert "2 registers are kept" in problem(hand_in(client, HEADER), 507)["detail"]
        assert files_of(server.folder) == sorted([first, second])
        ended(client, second)
        assert client.delete(f"/v1/sweeps/{second}").status_code == 204
        assert ended(client, hand_in(client, HEADER).json()["id"])["state"] == "done"
        assert client.get(f"/v1/sweeps/{first}/rows?limit=1").json()["total"] == 7000
    assert stop(server) == STOPPED
    clean(server)


def test_too_many_that_wait_are_sent_away(tmp_path: Path) -> None:
    server = start_with(tmp_path / "desk", waiting=1, sweep_seconds=60)
    with client_of(server) as client:
        first = long_one(client)
        running(client, first)
        assert hand_in(client).status_code == 202
        answer = hand_in(client)
        assert "waiting" in problem(answer, 503)["detail"] and answer.headers["retry-after"]
        assert len(files_of(server.folder)) == 2
    assert stop(server) == STOPPED
    clean(server)


def test_a_sweep_that_takes_too_long_is_stopped(tmp_path: Path) -> None:
    server = start_with(tmp_path / "desk", sweep_seconds=1)
    with client_of(server) as client:
        found = ended(client, long_one(client))
        assert found["state"] == "failed" and "longer than 1 s" in found["errors"][0]["detail"]
    assert children(server.process.pid) == []
    assert stop(server) == STOPPED
    clean(server)


def test_a_sweep_that_needs_too_much_memory_fails_and_says_so(tmp_path: Path) -> None:
    server = start_with(tmp_path / "desk", sweep_memory=420 << 20)
    with client_of(server) as client:
        found = ended(client, long_one(client))
        assert found["state"] == "failed", found
        assert "memory" in found["errors"][0]["detail"], found
        assert client.get("/health").status_code == 200
    assert stop(server) == STOPPED


# ---- disks -----------------------------------------------------------------------------------------------------------


def small_disk(folder: Path, size: str) -> tuple[str, ...]:
    """What runs a command with a small disk of its own mounted on a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    within = ("unshare", "-rm", "sh", "-c", f'mount -t tmpfs -o size={size} tmpfs "{folder}" || exit 99; exec "$@"', "sh")
    if shutil.which("unshare") is None or subprocess.run([*within, "true"], capture_output=True, check=False).returncode:
        pytest.skip("a disk may not be mounted here")
    return within


def seen_from(server: Server) -> Path:
    """The folder of sweeps as the server sees it."""
    return Path(f"/proc/{server.process.pid}/root{server.folder}/sweeps")


@pytest.mark.parametrize("spare", [0, 4 << 20])
def test_a_disk_that_is_full_takes_nothing(tmp_path: Path, spare: int) -> None:
    folder = tmp_path / "desk"
    server = start_with(folder, small_disk(folder, "8m"), spare=spare)
    with client_of(server) as client:
        before = client.get("/v1/sweeps").json()
        content = HEADER + f"a,{GOOD}" * 300_000
        assert "disk" in str(problem(hand_in(client, content), 507)["errors"])
        assert [path.name for path in seen_from(server).iterdir()] == [".lock"]
        assert client.get("/v1/sweeps").json() == before
        assert ended(client, hand_in(client).json()["id"])["state"] == "done"
    assert stop(server) == STOPPED
    clean(server)


def test_a_disk_that_fills_up_in_the_middle_of_a_sweep(tmp_path: Path) -> None:
    folder = tmp_path / "desk"
    server = start_with(folder, small_disk(folder, "24m"), spare=0)
    content = b"".join(long_register(200_000))
    with client_of(server) as client:
        client.get("/v1/sweeps")
        disk = os.statvfs(seen_from(server))
        filler = seen_from(server).parent / "filler"
        filler.write_bytes(bytes(disk.f_bavail * disk.f_frsize - len(content) - 400_000))
        answer = client.post("/v1/sweeps", content=content, headers={"content-type": "text/csv"})
        name = answer.json()["id"]
        found = ended(client, name)
        assert found["state"] == "failed", found
        assert "disk" in str(found["errors"]) or "written" in str(found["errors"]), found
        assert sorted(path.name for path in (seen_from(server) / name).iterdir()) == ["register.csv", "sweep.json"]
        filler.unlink()
        assert client.post(f"/v1/sweeps/{name}/start").status_code == 202
        assert ended(client, name)["state"] == "done"
    assert stop(server) == STOPPED


# ---- processes -------------------------------------------------------------------------------------------------------


def test_the_process_of_a_sweep_is_killed(server: Server) -> None:
    with client_of(server) as client:
        name = long_one(client)
        running(client, name)
        (child,) = until(lambda: children(server.process.pid))
        os.kill(child, signal.SIGKILL)
        found = ended(client, name)
        assert found["state"] == "failed" and "signal 9" in found["errors"][0]["detail"]
        assert sorted(path.name for path in (server.folder / "sweeps" / name).iterdir()) == ["register.csv", "sweep.json"]
        assert client.post(f"/v1/sweeps/{name}/start").status_code == 202
        assert ended(client, name)["state"] == "done"
        assert client.get(f"/v1/sweeps/{name}/rows?limit=1").json()["total"] == LONG
    log = server.log.read_text()
    assert "a sweep ended by itself" in log and "k1," not in log
    server.log.write_text("")


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_the_server_is_killed_in_the_middle_of_a_sweep(tmp_path: Path, how: signal.Signals) -> None:
    server = start(tmp_path / "desk")
    with client_of(server) as client:
        done = hand_in(client, regime="japan").json()["id"]
        assert ended(client, done)["state"] == "done"
        name = long_one(client)
        running(client, name)
        waits = hand_in(client).json()["id"]
        (child,) = until(lambda: children(server.process.pid))
    server.process.send_signal(how)
    server.process.wait(30)
    until(lambda: not alive(child), 20)
    again = start(tmp_path / "desk")
    with client_of(again) as client:
        found = client.get(f"/v1/operations/{name}").json()
        assert found["state"] == "failed" and "server was stopped" in found["errors"][0]["detail"]
        assert "Start it again" in found["errors"][0]["mend"]
        assert client.get(f"/v1/sweeps/{done}/rows?limit=1").json()["total"] == 120
        assert ended(client, waits)["state"] == "done"
        assert client.post(f"/v1/sweeps/{name}/start").status_code == 202
        assert ended(client, name)["state"] == "done"
        assert sorted(files_of(again.folder)) == sorted([done, name, waits])
    assert stop(again) == STOPPED
    clean(again)


def test_the_server_is_killed_in_the_middle_of_an_upload(tmp_path: Path) -> None:
    server = start(tmp_path / "desk")
    host, port = server.url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port))) as sock:
        sock.sendall(
            b"POST /v1/sweeps HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/csv\r\nContent-Length: 9000000\r\n\r\n"
        )
        sock.sendall(REGISTER.encode() * 600)
        until(lambda: [name for name in files_of(server.folder) if name.startswith(".arriving-")])
        server.process.kill()
        server.process.wait()
    assert files_of(server.folder) != []
    again = start(tmp_path / "desk")
    assert files_of(again.folder) == []
    assert stop(again) == STOPPED


def test_what_cannot_be_recorded_is_not_done(tmp_path: Path) -> None:
    server = start(tmp_path / "desk")
    record = server.folder / "desk.sqlite"
    with httpx.Client(base_url=server.url, timeout=60) as client:
        first = hand_in(client).json()["id"]
        assert ended(client, first)["state"] == "done"
        record.rename(tmp_path / "elsewhere")
        second = hand_in(client).json()["id"]
        found = ended(client, second)
        assert found["state"] == "failed" and "the record could not be written to" in found["errors"][0]["detail"]
        assert client.get(f"/v1/sweeps/{second}/outcomes.parquet").status_code in (404, 409), "nothing looks finished"
        (tmp_path / "elsewhere").rename(record)
        assert client.post(f"/v1/sweeps/{second}/start").status_code == 202
        assert ended(client, second)["state"] == "done"
        assert client.get(f"/v1/sweeps/{second}").json()["result"]["entry"] == 3, "the log's first entry, and one a sweep"
    assert stop(server) == STOPPED


def test_two_servers_do_not_share_a_folder(server: Server) -> None:
    other = start_with(server.folder)
    with client_of(other) as client:
        assert "another server" in problem(client.get("/v1/sweeps"), 503)["detail"]
        problem(hand_in(client), 503)
        assert client.get("/v1/items").status_code == 200
    assert stop(other) == STOPPED
    assert files_of(server.folder) == []


def test_a_folder_that_is_none_of_ours_is_left_alone(tmp_path: Path) -> None:
    foreign = tmp_path / "desk" / "sweeps" / ("a" * 24)
    foreign.mkdir(parents=True)
    (foreign / "sweep.json").write_text("{}")
    (foreign / "letter.txt").write_text("mine")
    server = start(tmp_path / "desk")
    with client_of(server) as client:
        problem(client.get(f"/v1/sweeps/{'a' * 24}"), 404)
        problem(client.delete(f"/v1/sweeps/{'a' * 24}"), 404)
    assert (foreign / "letter.txt").read_text() == "mine"
    assert stop(server) == STOPPED


# ---- files made to do harm -------------------------------------------------------------------------------------------


def bomb(rows: int, groups: int) -> bytes:
    """A Parquet file of few bytes with very many rows, all alike."""
    indices = pa.repeat(pa.scalar(0, pa.int8()), rows)
    words = {"date": "2023-12-22", "exporter": "JPN", "recipient": "USA", "item": "patriot-pac-3-mse"}
    table = pa.table({name: pa.DictionaryArray.from_arrays(indices, pa.array([word])) for name, word in words.items()})
    buffer = io.BytesIO()
    with pq.ParquetWriter(buffer, table.schema, compression="zstd") as writer:
        for _ in range(groups):
            writer.write_table(table, row_group_size=rows)
    return buffer.getvalue()


def test_a_parquet_bomb_costs_its_own_process_only(tmp_path: Path) -> None:
    server = start_with(tmp_path / "desk", sweep_seconds=8, sweep_memory=1 << 30)
    content = bomb(4_000_000, 15)
    assert len(content) < 1 << 20
    with client_of(server) as client:
        name = hand_in(client, content, "bomb.parquet", regime="japan").json()["id"]
        most = 0
        while (found := client.get(f"/v1/operations/{name}").json())["state"] in ("queued", "running"):
            most = max([most, *(rss(child) for child in children(server.process.pid))])
            time.sleep(0.2)
        assert found["state"] == "failed", found
        assert most < 1 << 30
        assert rss(server.process.pid) < 250 << 20
        assert files_of(server.folder) == [name]
        assert ended(client, hand_in(client).json()["id"])["state"] == "done"
    assert stop(server) == STOPPED


def rss(process: int) -> int:
    """The memory that a process has, in bytes."""
    return value_of(process, "VmRSS")


def value_of(process: int, field: str) -> int:
    try:
        for line in Path(f"/proc/{process}/status").read_text().splitlines():
            if line.startswith(f"{field}:"):
                return int(line.split()[1]) << 10
    except FileNotFoundError:
        pass
    return 0


def test_damaged_parquet_ends_in_words(server: Server) -> None:
    table = pa.table({"date": ["2023-12-22"] * 50, "exporter": ["JPN"] * 50, "recipient": ["USA"] * 50})
    buffer = io.BytesIO()
    pq.write_table(table, buffer)
    whole, chance = buffer.getvalue(), random.Random(7)
    states = []
    with client_of(server) as client:
        for _ in range(12):
            content = bytearray(whole)
            for place in chance.sample(range(4, len(content) - 4), 6):
                content[place] = chance.randrange(256)
            answer = hand_in(client, bytes(content), "damaged.parquet", regime="japan")
            found = ended(client, answer.json()["id"])
            assert found["state"] == "done" or found["errors"], found
            states.append(found["state"])
        assert client.get("/health").status_code == 200
    assert "failed" in states
    server.log.write_text("")  # a process that fell over the file is told there, which is as it should be


# ---- others meanwhile ------------------------------------------------------------------------------------------------

BYTES = 200_000_000
CASE = {"date": "2023-12-22", "exporter": "JPN", "recipient": "USA", "item": "patriot-pac-3-mse"}


def large(size: int) -> Iterator[bytes]:
    """A register of so many bytes, made while it is sent."""
    yield HEADER.encode()
    piece = b"".join(b"key-%06d,2023-12-22,JPN,USA,patriot-pac-3-mse\n" % n for n in range(1400))
    for _ in range(size // len(piece) + 1):
        yield piece


def in_a_form(pieces: Iterator[bytes]) -> Iterator[bytes]:
    yield FORM
    yield from pieces
    yield b"\r\n--x--\r\n"


@pytest.mark.parametrize("media", ["text/csv", "multipart/form-data; boundary=x"])
def test_200_mb_raise_the_memory_little_and_stop_nobody(server: Server, media: str, capsys: Any) -> None:
    with client_of(server) as client, client_of(server) as other:
        for _ in range(30):
            assert other.post("/v1/decide", json=CASE).status_code == 200
        client.get("/v1/sweeps")
        Path(f"/proc/{server.process.pid}/clear_refs").write_text("5")
        before = value_of(server.process.pid, "VmHWM")
        waits: list[float] = []
        over = threading.Event()

        def ask() -> None:
            while not over.is_set():
                began = time.perf_counter()
                assert other.post("/v1/decide", json=CASE).status_code == 200
                waits.append(time.perf_counter() - began)

        asking = threading.Thread(target=ask)
        asking.start()
        began = time.perf_counter()
        pieces = large(BYTES) if media == "text/csv" else in_a_form(large(BYTES))
        answer = client.post("/v1/sweeps?regime=japan", content=pieces, headers={"content-type": media})
        took = time.perf_counter() - began
        over.set()
        asking.join()
        assert answer.status_code == 202, answer.text
        raised = value_of(server.process.pid, "VmHWM") - before
        operation = client.delete(f"/v1/operations/{answer.json()['id']}").json()
        size = client.get(operation["links"]["sweep"]).json()["register"]["bytes"]
    waits.sort()
    median, longest = 1000 * waits[len(waits) // 2], 1000 * waits[-1]
    with capsys.disabled():
        print(
            f"\n{size / 1e6:.0f} MB as {media.partition(';')[0]} in {took:.1f} s: memory raised by {raised / 1e6:.1f} MB; "
            f"meanwhile {len(waits)} decisions, median {median:.0f} ms, longest {longest:.0f} ms"
        )
    assert size >= BYTES
    assert raised < 100_000_000
    assert len(waits) > 5 and waits[-1] < 5
