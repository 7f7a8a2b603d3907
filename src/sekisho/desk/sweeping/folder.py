"""All registers that are kept: admitted within limits, found again after a restart, deleted when asked and never otherwise.

A register appears whole or not at all: it arrives in a hidden folder, which is renamed once everything is on the disk.
One that was being swept when the server died is `failed`, says so, and may be started again.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import threading
from collections.abc import Callable, Collection
from pathlib import Path
from typing import IO

import msgspec
import structlog

from sekisho.desk.problems import DeskError
from sekisho.desk.settings import Limits
from sekisho.desk.sweeping.kept import ENDED, ID, Asked, Kept, Kind, State, load, new_id, save, size_of, stamp, tidy
from sekisho.errors import Mistake

ARRIVING, GOING, LOOKING = ".arriving-", ".going-", ".looking-"
"""How folders begin that do not outlive the server: what arrives, what is deleted, what a preview writes."""
_LOCK = ".lock"
DIED = Mistake("the server was stopped while it was being swept.", "Start it again.")
NO_ROOM = "insufficient-storage"

Change = Callable[[Kept], Kept]


class Folder:
    """The folder of one server; `open` it before use."""

    def __init__(self, path: Path, limits: Limits) -> None:
        self.path, self.limits = path, limits
        self._kept: dict[str, Kept] = {}
        self._arriving: dict[Path, int] = {}
        self._lock = threading.RLock()
        self._held: IO[bytes] | None = None
        self._log = structlog.get_logger("sekisho.desk.sweeping")

    # ---- opened and closed -----------------------------------------------------------------------

    def open(self) -> None:
        """Take the folder for this server and find what it holds. Raises `DeskError` where another server has it."""
        with self._lock:
            if self._held is not None:
                return
            try:
                self.path.mkdir(parents=True, exist_ok=True, mode=0o700)
                held = (self.path / _LOCK).open("wb")
            except OSError as flaw:
                what = f"registers cannot be kept: {flaw.strerror}."
                raise DeskError(503, Mistake(what, "Check the folder that the server was started with."), "storage") from flaw
            try:
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as flaw:
                held.close()
                what = "another server keeps registers in the same folder."
                raise DeskError(503, Mistake(what, "Stop it, or start this one with another --folder."), "storage") from flaw
            self._held = held
            self._find()

    def close(self) -> None:
        """Let go of the folder."""
        with self._lock:
            if self._held is not None:
                self._held.close()
                self._held = None
                self._kept.clear()

    def _find(self) -> None:
        for path in sorted(self.path.iterdir()):
            if path.name.startswith((ARRIVING, GOING, LOOKING)):
                shutil.rmtree(path, ignore_errors=True)
            elif ID.fullmatch(path.name):
                kept = load(path)
                if kept is None:
                    self._log.warning("not a register", folder=path.name)
                    continue
                self._kept[kept.id] = kept
                if kept.state == "running":
                    self.settle(kept.now("failed", flaws=(DIED,)))

    # ---- looked at -------------------------------------------------------------------------------

    def place(self, kept: Kept) -> Path:
        """The folder of one register."""
        return self.path / kept.id

    def get(self, name: str) -> Kept:
        """The register of a name. Raises `DeskError` (404)."""
        self.open()
        with self._lock:
            found = self._kept.get(name)
        if found is None:
            raise DeskError(404, Mistake(f"there is no sweep '{name[:40]}'.", "GET /v1/sweeps lists them."), "not-found")
        return found

    def all(self) -> list[Kept]:
        """All registers, the newest first."""
        self.open()
        with self._lock:
            return sorted(self._kept.values(), key=lambda kept: (kept.created, kept.id), reverse=True)

    def bytes(self) -> int:
        """The bytes of all that is kept, outcomes included."""
        return sum(size_of(self.place(kept)) for kept in self.all())

    def beside(self) -> int:
        """The bytes of all that is kept besides the registers themselves."""
        return max(0, self.bytes() - sum(kept.size for kept in self.all()))

    # ---- changed ---------------------------------------------------------------------------------

    def change(self, name: str, states: Collection[State], change: Change) -> Kept:
        """Change a register that is in one of some states, and write it down.

        Raises `DeskError` where it is in another (409), there is none (404), or it cannot be written down (507).
        """
        with self._lock:
            kept = self.get(name)
            if kept.state not in states:
                said = Mistake(f"the sweep is {kept.state}.", f"This needs one that is {' or '.join(sorted(states))}.")
                raise DeskError(409, said, "conflict")
            changed = change(kept)
            try:
                save(self.place(kept), changed)
            except OSError as flaw:
                raise no_room(flaw) from flaw
            self._kept[name] = changed
            return changed

    def settle(self, kept: Kept) -> Kept:
        """Write down how a sweep ended, and remove what one that did not come to its end has left."""
        with self._lock:
            place = self.place(kept)
            if kept.state != "done":
                tidy(place, kept)
            try:
                save(place, kept)
            except OSError as flaw:
                self._log.error("a state could not be written down", sweep=kept.id, why=flaw.strerror)
                if kept.state == "done":
                    return self.settle(kept.now("failed", flaws=no_room(flaw).mistakes))
            self._kept[kept.id] = kept
            return kept

    def delete(self, name: str) -> None:
        """Delete a register and all that came of it. Raises `DeskError` while it waits or is being swept (409)."""
        with self._lock:
            kept = self.change(name, {*ENDED, "uploaded"}, lambda kept: kept)
            going = self.path / f"{GOING}{name}"
            self.place(kept).rename(going)
            del self._kept[name]
        shutil.rmtree(going, ignore_errors=True)

    # ---- admitted --------------------------------------------------------------------------------

    def arrive(self) -> Path:
        """A hidden folder for a register that is about to arrive. Raises `DeskError` (507) where no more are kept."""
        self.open()
        with self._lock:
            if len(self._kept) + len(self._arriving) >= self.limits.sweeps:
                raise _full(f"{self.limits.sweeps:,} registers are kept, and no more may be.")
            path = self.path / f"{ARRIVING}{new_id()}"
            try:
                path.mkdir(mode=0o700)
            except OSError as flaw:
                raise no_room(flaw) from flaw
            self._arriving[path] = 0
            return path

    def room(self, arriving: Path, more: int, beside: int) -> None:
        """Make sure that so many more bytes may arrive; `beside` are those kept besides registers when it began.

        Raises `DeskError` (507) where too much is kept already, or the disk would be filled.
        """
        with self._lock:
            self._arriving[arriving] += more
            total = beside + sum(kept.size for kept in self._kept.values()) + sum(self._arriving.values())
        if total > self.limits.kept:
            raise _full(f"more than {self.limits.kept:,} bytes of registers and outcomes would be kept.")
        disk = os.statvfs(self.path)
        if disk.f_bavail * disk.f_frsize - more < self.limits.spare:
            raise DeskError(507, Mistake("the disk is full; nothing was left behind.", "Make room on it."), NO_ROOM)

    def gone(self, arriving: Path) -> None:
        """Forget one that did not arrive."""
        with self._lock:
            self._arriving.pop(arriving, None)
        shutil.rmtree(arriving, ignore_errors=True)

    def admit(
        self, arriving: Path, kind: Kind, size: int, sha256: str, asked: Asked, state: State, key: str = ""
    ) -> tuple[Kept, bool]:  # fmt: skip
        """Keep a register that has arrived; also whether it had been kept before, by a request of the same key.

        Raises `DeskError` for a key that stood for another request (409), and where it cannot be written (507).
        """
        request = msgspec.json.encode([kind, sha256, asked], order="deterministic").decode() if key else ""
        with self._lock:
            before = next((kept for kept in self._kept.values() if key and kept.key == key), None)
            if before is not None:
                if before.request != request:
                    what = f"the idempotency key '{key}' was used for another request."
                    raise DeskError(409, Mistake(what, "Take a new key for a new request."), "conflict")
                return before, True
            kept = Kept(new_id(), kind, size, sha256, stamp(), asked, state, key=key, request=request)
            try:
                save(arriving, kept)
                arriving.rename(self.place(kept))
            except OSError as flaw:
                raise no_room(flaw) from flaw
            self._kept[kept.id] = kept
            self._arriving.pop(arriving, None)
            return kept, False


def no_room(flaw: OSError) -> DeskError:
    """A disk that does not take what is written, as a problem."""
    what = f"it cannot be written down: {flaw.strerror or flaw}; nothing was left behind."
    return DeskError(507, Mistake(what, "Check the space on the server's disk."), NO_ROOM)


def _full(what: str) -> DeskError:
    return DeskError(507, Mistake(what, "Delete some that are no longer needed: DELETE /v1/sweeps/ID."), NO_ROOM)
