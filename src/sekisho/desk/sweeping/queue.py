"""Sweeps done one after the other, each in a process of its own that is stopped when asked, too slow, or left alone."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import IO, Any

import msgspec
import structlog

from sekisho.desk.problems import DeskError
from sekisho.desk.settings import DATABASE, Limits
from sekisho.desk.sweeping.folder import DIED, LOOKING, Folder, no_room
from sekisho.desk.sweeping.kept import OUTCOMES, Asked, Kept, Result, State, Task, What, mistakes_of
from sekisho.errors import Mistake, SekishoError

_CHILD = ("-P", "-m", "sekisho.desk.sweeping.child")
_WORK, _SAID = "work", "said"
_PREVIEWS = 32
_PATIENCE = 20
"""Seconds that a process which was killed may take to be gone."""
_UNRECORDED = Mistake("it was swept, but the record could not be written to; nothing was kept.", "Start it again later.")
_SLOW = "it took longer than {:,.0f} s, which is the most."


Recording = Callable[[Kept, Result, Path], int]


class Progress(msgspec.Struct, frozen=True):
    """Rows done of rows known, and rows a second; nothing is known before the register is read."""

    done: int = 0
    known: int | None = None
    rate: float = 0


class _Job:
    """A sweep that is under way."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self.process, self.progress = process, Progress()
        self.why: Mistake | None = None
        self.cancelled = False
        self.over = threading.Event()

    def stop(self, why: Mistake | None = None) -> None:
        """Kill the process. Without a reason it was cancelled."""
        self.why, self.cancelled = why, why is None
        self.process.kill()


class Queue:
    """The sweeps of one folder. `open` it before use, and `close` it before the server ends.

    `record` keeps what came of a sweep, given with the file of its outcomes, and gives the number of the entry. What it
    cannot record is not done.
    """

    def __init__(self, folder: Folder, limits: Limits, record: Recording, log_content: bool = False) -> None:
        self.folder, self.limits, self.previews = folder, limits, Previews(folder, limits)
        self._record = record
        self._waiting: deque[str] = deque()
        self._jobs: dict[str, _Job] = {}
        self._changed = threading.Condition()
        self._threads: list[threading.Thread] = []
        self._closing = False
        self._log_content, self._log = log_content, structlog.get_logger("sekisho.desk.sweeping")

    def open(self) -> None:
        """Begin, with what was waiting when the server last ended. Raises `DeskError` (503) where it cannot be."""
        with self._changed:
            if self._closing:
                raise DeskError(503, Mistake("the server is being stopped.", "Come again in a while."), "busy")
            self.folder.open()
            if self._threads:
                return
            self._waiting.extend(kept.id for kept in reversed(self.folder.all()) if kept.state == "queued")
            self._threads = [
                threading.Thread(target=self._work, name=f"sweeps {n}", daemon=True) for n in range(self.limits.sweeping)
            ]
            for thread in self._threads:
                thread.start()

    def begin_to_serve(self) -> None:
        """Begin; where that cannot be, it is logged, and whoever asks for sweeps is told."""
        try:
            self.open()
        except DeskError as error:
            self._log.warning("no sweeps", why=str(error))

    def close(self) -> None:
        """Kill what is under way; it says that the server was stopped. What waits goes on waiting."""
        with self._changed:
            self._closing = True
            for job in self._jobs.values():
                job.stop(DIED)
            self._changed.notify_all()
        for thread in self._threads:
            thread.join(_PATIENCE)
        self.folder.close()

    def add(self, name: str, asked: Asked | None = None, again: bool = False) -> Kept:
        """Have a register swept, once more where it did not come to its end; `asked` changes how.

        With `again` also what is done is swept anew, and what had come of it is gone. Raises `DeskError` for one that
        waits or is being swept, and else for one that is done (409), and where too many wait (503).
        """
        self.open()
        with self._changed:
            self.full()
            states: set[State] = {"uploaded", "failed", "cancelled", *(("done",) if again else ())}
            kept = self.folder.change(name, states, lambda kept: _anew(kept, asked))
            self._waiting.append(name)
            self._changed.notify()
            return kept

    def begin(self, kept: Kept) -> None:
        """Have a register swept that was admitted to wait."""
        with self._changed:
            self._waiting.append(kept.id)
            self._changed.notify()

    def full(self) -> None:
        """Raises `DeskError` (503) where too many wait."""
        if len(self._waiting) >= self.limits.waiting:
            said = Mistake("too many sweeps are waiting.", "Come again in a while.")
            raise DeskError(503, said, "busy", {"retry-after": "30"})

    def cancel(self, name: str) -> Kept:
        """Cancel a sweep that waits or is under way; one that is cancelled already stays so. Raises `DeskError` (409)."""
        kept = self.folder.get(name)
        with self._changed:
            job = self._jobs.get(name)
            if job is not None:
                job.stop()
            elif kept.state == "queued" and name in self._waiting:
                self._waiting.remove(name)
                return self.folder.change(name, {"queued"}, lambda kept: kept.now("cancelled"))
        if job is not None:
            job.over.wait(_PATIENCE)
            kept = self.folder.get(name)
        if kept.state != "cancelled":
            raise DeskError(
                409, Mistake(f"the sweep is {kept.state}.", "Only what waits or runs can be cancelled."), "conflict"
            )
        return kept

    def progress(self, name: str) -> Progress | None:
        """How far a sweep is that is under way."""
        job = self._jobs.get(name)
        return job.progress if job is not None else None

    # ---- one after the other ---------------------------------------------------------------------

    def _work(self) -> None:
        while True:
            with self._changed:
                while not self._waiting and not self._closing:
                    self._changed.wait()
                if self._closing:
                    return
                name = self._waiting.popleft()
                try:
                    kept = self.folder.change(name, {"queued"}, lambda kept: kept.now("running"))
                    job = self._jobs[name] = _Job(self._begun(kept))
                except SekishoError as error:
                    self._not_begun(name, error)
                    continue
            try:
                self.folder.settle(self._followed(job, kept))
            finally:
                with self._changed:
                    del self._jobs[name]
                job.over.set()

    def _not_begun(self, name: str, error: SekishoError) -> None:
        """A sweep that could not begin says why; one that is gone or was cancelled meanwhile needs no more."""
        with contextlib.suppress(DeskError):
            kept = self.folder.get(name)
            if kept.state in ("queued", "running"):
                self.folder.settle(kept.now("failed", flaws=error.mistakes))

    def _begun(self, kept: Kept) -> subprocess.Popen[bytes]:
        work = self.folder.place(kept) / _WORK
        try:
            work.mkdir(exist_ok=True)
            with (work / _SAID).open("wb") as said:
                return _process(said, TMPDIR=str(work.absolute()))
        except OSError as flaw:
            why = Mistake(f"a process cannot be started: {flaw.strerror or flaw}.", "Start it again later.")
            raise DeskError(503, why, "busy") from flaw

    def _followed(self, job: _Job, kept: Kept) -> Kept:
        """Read what the process says until it has ended; how the sweep stands then."""
        slow = Mistake(_SLOW.format(self.limits.sweep_seconds), "Sweep it in parts.")
        timer = threading.Timer(self.limits.sweep_seconds, job.stop, (slow,))
        timer.start()
        began, last = time.monotonic(), dict[str, Any]()
        try:
            _tell(job.process, self.limits, self.folder, kept, kept.asked, "sweep")
            for said in _lines(job.process):
                last = said
                if "done" in said:
                    rate = said["done"] / max(time.monotonic() - began, 1e-3)
                    job.progress = Progress(said["done"], said["known"], rate)
        finally:
            timer.cancel()
            status = _ended(job.process)
        if job.cancelled:
            return kept.now("cancelled")
        if job.why is not None:
            return kept.now("failed", flaws=(job.why,))
        if "told" in last:
            return self._recorded(kept, msgspec.convert(last["told"], Result))
        if "mistakes" in last:
            return kept.now("failed", flaws=mistakes_of(last))
        self._log.error("a sweep ended by itself", sweep=kept.id, status=status, said=self._said(kept))
        return kept.now("failed", flaws=(_fallen(status),))

    def _recorded(self, kept: Kept, result: Result) -> Kept:
        """How a sweep stands whose outcomes are there: done, once the record has it."""
        shutil.rmtree(self.folder.place(kept) / _WORK, ignore_errors=True)
        try:
            entry = self._record(kept, result, self.folder.place(kept) / OUTCOMES)
        except SekishoError as error:
            self._log.error("a sweep could not be recorded", sweep=kept.id, why=str(error))
            return kept.now("failed", flaws=(_UNRECORDED,))
        except OSError as flaw:
            return kept.now("failed", flaws=no_room(flaw).mistakes)
        return kept.now("done", result=msgspec.structs.replace(result, entry=entry), flaws=())

    def _said(self, kept: Kept) -> str:
        """The end of what the process said to the person who runs the server; words of a register only where asked."""
        path = self.folder.place(kept) / _WORK / _SAID
        text = path.read_text("utf-8", "replace")[-4000:] if path.exists() else ""
        last = text.strip().rpartition("\n")[2]
        return text if self._log_content else last.partition(":")[0]


class Previews:
    """First rows of registers, read in processes of their own, and kept for as long as nothing else is asked."""

    def __init__(self, folder: Folder, limits: Limits) -> None:
        self.folder, self.limits = folder, limits
        self._known: OrderedDict[tuple[str, bytes], Mapping[str, Any]] = OrderedDict()

    def of(self, kept: Kept, asked: Asked) -> Mapping[str, Any]:
        """What `preview` tells of a register, or `mistakes`, within the seconds that a proof may take.

        Raises `DeskError` (507) where there is no room for its first rows.
        """
        key = (kept.id, msgspec.json.encode(asked))
        found = self._known.get(key)
        if found is None:
            try:
                found = self._known[key] = self._read(kept, asked)
            except OSError as flaw:
                raise no_room(flaw) from flaw
            while len(self._known) > _PREVIEWS:
                self._known.popitem(last=False)
        return found

    def _read(self, kept: Kept, asked: Asked) -> Mapping[str, Any]:
        last: dict[str, Any] = {}
        with tempfile.TemporaryDirectory(prefix=LOOKING, dir=self.folder.path.absolute()) as work:
            process = _process(subprocess.DEVNULL, TMPDIR=work)
            timer = threading.Timer(self.limits.seconds, process.kill)
            timer.start()
            try:
                _tell(process, self.limits, self.folder, kept, asked, "preview")
                for said in _lines(process):
                    last = said
            finally:
                timer.cancel()
                status = _ended(process)
        told: Mapping[str, Any] = last.get("told") or last
        return told or {"mistakes": msgspec.to_builtins([_fallen(status)])}


def _process(errors: IO[bytes] | int, **environment: str) -> subprocess.Popen[bytes]:
    """A process that waits for its task. What a library prints in it goes to `errors`; it knows no password."""
    kept = {name: value for name, value in os.environ.items() if name != DATABASE}
    return subprocess.Popen(
        [sys.executable, *_CHILD], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors, env=kept | environment
    )


def _tell(process: subprocess.Popen[bytes], limits: Limits, folder: Folder, kept: Kept, asked: Asked, what: What) -> None:
    """Tell a process its task. It may have fallen already, which its status tells."""
    task = Task(what, str(folder.place(kept).absolute()), kept.kind, asked, limits.sweep_memory, limits.kept)
    assert process.stdin is not None
    with contextlib.suppress(BrokenPipeError):
        process.stdin.write(msgspec.json.encode(task) + b"\n")
        process.stdin.flush()


def _lines(process: subprocess.Popen[bytes]) -> Iterator[dict[str, Any]]:
    """What a process says, line by line; a line that it could not finish is none."""
    assert process.stdout is not None
    for line in process.stdout:
        if line.endswith(b"\n"):
            yield msgspec.json.decode(line)


def _ended(process: subprocess.Popen[bytes]) -> int:
    """The status of a process that has nothing more to say."""
    for end in (process.stdin, process.stdout):
        if end is not None:
            with contextlib.suppress(BrokenPipeError):
                end.close()
    try:
        return process.wait(_PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        return process.wait()


def _fallen(status: int) -> Mistake:
    if status < 0:
        what = f"the process that read it was killed by signal {-status}: from outside, or because memory ran out."
        return Mistake(what, "Start it again, or sweep it in parts.")
    return Mistake(f"the process that read it ended by itself, with status {status}.", "Tell whoever runs the server.")


def _anew(kept: Kept, asked: Asked | None) -> Kept:
    fresh = msgspec.structs.replace(kept, started="", ended="", flaws=(), result=None, asked=asked or kept.asked)
    return fresh.now("queued")
