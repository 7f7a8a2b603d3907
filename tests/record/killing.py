"""A real server killed at random moments while clients write to it, and what then has to hold.

Eight clients save cases and add notes, each request with an idempotency key; one that got no answer is sent again to the next
server until it has one. After each kill the log is verified offline, and every write that was acknowledged must be in it,
once, under the hash that was acknowledged; one that was not acknowledged is in it once or not at all.
"""

from __future__ import annotations

import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from sekisho.desk.record import look_into
from sekisho.desk.record.check import verify_store
from sekisho.desk.record.log import entries
from sekisho.errors import StoreError

CLIENTS = 8
UP = 60.0
"""Seconds in which a server has to be up on a machine that does other things as well."""
CASE = {
    "date": "2023-12-22", "exporter": "JPN", "recipient": {"state": "USA", "kind": "foreign_government"},
    "item": "patriot-pac-3-mse",
}  # fmt: skip


@dataclass
class Write:
    """One write: its mark, which the entry will hold, and the number and hash of the entry once they are acknowledged."""

    mark: str
    path: str
    body: dict[str, object]
    number: int = 0
    hash: str = ""
    case: str = ""


@dataclass
class Told:
    """What a run of kills came to."""

    kills: int = 0
    acknowledged: int = 0
    unanswered: int = 0
    """Writes under way when a server was killed."""
    written_unanswered: int = 0
    """Of those, the ones that were in the log all the same."""
    killed_starting: int = 0
    """Servers killed before they had answered anything."""
    largest: int = 0
    """Entries of the largest log."""


@dataclass
class Killing:
    """A record, the servers that come and go over it, and all that was ever acknowledged."""

    folder: Path
    database: str
    rng: random.Random
    told: Told = field(default_factory=Told)
    acknowledged: list[Write] = field(default_factory=list)
    pending: list[Write] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def round(self) -> None:
        """One server, killed at a random moment; then the log is held to what was acknowledged."""
        port = _free_port()
        process = self._start(port)
        stop, lock, opened = threading.Event(), threading.Lock(), threading.Event()
        waiting, self.pending = self.pending, []
        threads = [
            threading.Thread(target=self._client, args=(port, number, waiting[number::CLIENTS], stop, lock, opened))
            for number in range(CLIENTS)
        ]
        for thread in threads:
            thread.start()
        try:
            if self.rng.random() < 0.9:
                assert opened.wait(UP) or self.faults, (self.folder / "server.log").read_text("utf-8")
            time.sleep(self.rng.uniform(0.0, 0.8))
        finally:
            process.send_signal(signal.SIGKILL)
            process.wait()
            stop.set()
            for thread in threads:
                thread.join()
        self.told.killed_starting += not opened.is_set()
        assert not self.faults, self.faults[:5]
        self.told.kills += 1
        self._hold()

    def _start(self, port: int) -> subprocess.Popen[bytes]:
        environment = os.environ | ({"SEKISHO_DATABASE_URL": self.database} if self.database else {})
        words = [sys.executable, "-m", "sekisho", "serve", "--port", str(port), "--folder", str(self.folder)]
        with (self.folder / "server.log").open("wb") as log:
            return subprocess.Popen(words, stdout=log, stderr=log, env=environment)

    def _client(
        self, port: int, number: int, waiting: list[Write], stop: threading.Event, lock: threading.Lock, opened: threading.Event
    ) -> None:  # fmt: skip
        rng = random.Random(self.rng.random() * (number + 1))
        case = next((write.case for write in reversed(self.acknowledged) if write.case), "")
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=30) as client:
            while not stop.is_set():
                write = waiting.pop() if waiting else self._new(rng, case)
                try:
                    answer = client.post(write.path, json=write.body, headers={"Idempotency-Key": write.mark})
                except httpx.ConnectError:
                    waiting.append(write)
                    time.sleep(0.02)
                    continue
                except httpx.TransportError:
                    with lock:
                        self.pending.append(write)
                    continue
                opened.set()
                if answer.status_code != 201:
                    with lock:
                        self.faults.append(f"{answer.status_code} {answer.text[:300]}")
                    return
                made = answer.json()
                write.number, write.hash, case = made["event"]["number"], made["event"]["hash"], made["case"]
                write.case = case
                with lock:
                    self.acknowledged.append(write)
                time.sleep(rng.uniform(0, 0.02))
        with lock:
            self.pending += waiting

    @staticmethod
    def _new(rng: random.Random, case: str) -> Write:
        mark = f"{rng.getrandbits(128):032x}"
        if not case or rng.random() < 0.05:
            return Write(mark, "/v1/cases", {"case": CASE, "title": mark})
        return Write(mark, f"/v1/cases/{case}/notes", {"text": mark})

    def _hold(self) -> None:
        """Hold the log to what was acknowledged."""
        if not self.acknowledged and not self.database and not (self.folder / "desk.sqlite").exists():
            return
        try:
            store = look_into(self.database or None, self.folder)
        except StoreError:
            assert not self.acknowledged, "a record that acknowledged writes cannot be opened"
            return
        with closing(store):
            found = verify_store(store)
            assert found.sound, found.flaws
            with store.reading() as connection:
                log = list(entries(connection))
        marks = Counter(mark for entry in log if (mark := _mark(entry.holds())))
        places = {entry.sequence: entry for entry in log}
        for write in self.acknowledged:
            assert marks[write.mark] == 1, (write, marks[write.mark])
            assert places[write.number].hash == write.hash, write
            assert _mark(places[write.number].holds()) == write.mark
        there = [marks[write.mark] for write in self.pending]
        assert set(there) <= {0, 1}, there
        known = {write.mark for write in (*self.acknowledged, *self.pending)}
        assert set(marks) <= known, "nothing is there that nobody sent"
        self.told.unanswered += len(there)
        self.told.written_unanswered += sum(there)
        self.told.largest = max(self.told.largest, len(log))


def _mark(held: dict[str, object]) -> str:
    return str(held.get("text") or held.get("title") or "")


def kill(folder: Path, database: str, times: int, seed: object) -> Told:
    """Kill servers over one record so many times, and say what was seen. Raises `AssertionError` where anything is lost."""
    folder.mkdir(parents=True, exist_ok=True)
    killing = Killing(folder, database, random.Random(str(seed)))
    for _ in range(times):
        killing.round()
    killing.told.acknowledged = len(killing.acknowledged)
    return killing.told


def _free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])
