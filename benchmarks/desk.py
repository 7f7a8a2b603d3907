"""Load on the desk's loopback: cases decided by a real server over 32 connections, bounded in count and time."""

from __future__ import annotations

import asyncio
import os
import re
import resource
import subprocess
import sys
import tempfile
import urllib.request
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import cycle
from pathlib import Path
from time import perf_counter

import msgspec

from benchmarks import cases
from benchmarks.report import Section, load, met
from sekisho.decide import Decider
from sekisho.render.data import case_data

CONNECTIONS = 32
LEAST, MOST = 400, 150
"""Requests a second that are the least, and milliseconds at p99 that are the most."""
FLAT = 1.10
"""How many times its memory after the first tenth the server may have at the end."""


_HEAD = b"POST /v1/decide HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"


@contextmanager
def served() -> Iterator[tuple[int, int, float]]:
    """A server of its own with an empty folder: its port, its process, and the seconds until it answered."""
    with tempfile.TemporaryDirectory(prefix="sekisho-bench-") as folder:
        command = [sys.executable, "-m", "sekisho", "serve", "--port", "0", "--folder", folder]
        began = perf_counter()
        with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
            try:
                assert server.stderr is not None
                found = re.search(r":(\d+)/", server.stderr.readline())
                assert found is not None, "the server did not say where it is"
                port = int(found[1])
                urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=10).read()
                up = perf_counter() - began
                drain = subprocess.Popen(["cat"], stdin=server.stderr, stdout=subprocess.DEVNULL)
                yield port, server.pid, up
            finally:
                server.terminate()
                server.wait(15)
                drain.wait(5)


def memory(process: int) -> float:
    """The memory that a process holds, in MiB."""
    pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    return pages * resource.getpagesize() / (1 << 20)


class _Load:
    """What some connections did: the time of each request, and the statuses."""

    def __init__(self, port: int, bodies: Sequence[bytes], seconds: float, most: int) -> None:
        self.port, self.seconds, self.most = port, seconds, most
        self._bodies = cycle(bodies)
        self.times: list[float] = []
        self.statuses: Counter[int] = Counter()

    async def run(self, process: int) -> list[float]:
        """Ask over all connections until the time or the requests are used up; gives the memory, ten times."""
        self._until = perf_counter() + self.seconds
        held: list[float] = []
        asking = [asyncio.create_task(self._connection()) for _ in range(CONNECTIONS)]
        while not all(task.done() for task in asking):
            await asyncio.wait(asking, timeout=self.seconds / 10)
            held.append(memory(process))
        await asyncio.gather(*asking)
        return held

    async def _connection(self) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        while perf_counter() < self._until and len(self.times) < self.most:
            body = next(self._bodies)
            head = (
                f"POST /v1/decide HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {len(body)}"
            )
            began = perf_counter()
            writer.write(head.encode() + b"\r\n\r\n" + body)
            answered = await reader.readuntil(b"\r\n\r\n")
            length = re.search(rb"content-length: (\d+)", answered)
            assert length is not None, answered
            await reader.readexactly(int(length[1]))
            self.times.append(perf_counter() - began)
            self.statuses[int(answered.split(b" ", 2)[1])] += 1
        writer.close()
        await writer.wait_closed()


def run(decider: Decider, seconds: float = 60, wanted: int = 300, most: int = 1_000_000) -> Section:
    """The table of requests a second, their times, and the server's memory."""
    bodies = [msgspec.json.encode(case_data(case)) for case in cases.varied(decider, wanted)]
    section = Section("The desk: cases decided over HTTP", ("what", "figure"))
    with served() as (port, process, up):
        warm = _Load(port, bodies, 3, most)
        asyncio.run(warm.run(process))
        found, began = _Load(port, bodies, seconds, most), perf_counter()
        held = asyncio.run(found.run(process))
        took = perf_counter() - began
    times = sorted(found.times)
    rate, p50, p99 = len(times) / took, times[len(times) // 2] * 1000, times[len(times) * 99 // 100] * 1000
    first = held[len(held) // 10]
    grown = held[-1] / first
    section.rows += [
        ("requests", f"{len(times):,}"), ("seconds", f"{took:,.1f}"), ("requests a second", f"{rate:,.0f}"),
        ("p50 ms", f"{p50:,.1f}"), ("p99 ms", f"{p99:,.1f}"), ("memory of the server after a tenth, MiB", f"{first:,.0f}"),
        ("memory at the end, MiB", f"{held[-1]:,.0f}"), ("seconds from the command to the first answer", f"{up:.2f}"),
    ]  # fmt: skip
    section.notes += [
        f"At least {LEAST} requests a second {met(rate >= LEAST)}; p99 at most {MOST} ms {met(p99 <= MOST)}; memory at the end "
        f"at most {FLAT:g} times that after a tenth of the time {met(grown <= FLAT)}; up in 2 s {met(up <= 2)}.",
        f"{CONNECTIONS} connections from one other process on the same {os.cpu_count()} cores, {wanted} cases in turn, both "
        f"regimes with all reasons; statuses: {dict(found.statuses)}. Load average {load()}.",
    ]
    return section
