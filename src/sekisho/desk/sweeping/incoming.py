"""A register as it arrives: on to the disk piece by piece, with its size, its hash and its first bytes looked at."""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Mapping
from typing import IO

from starlette.concurrency import run_in_threadpool

from sekisho.desk.problems import DeskError
from sekisho.desk.sweeping.folder import Folder, no_room
from sekisho.desk.sweeping.kept import Asked, Kept, Kind, State
from sekisho.errors import Mistake

PIECE = 1 << 20
"""Bytes gathered before they are written: few enough to lie in memory, many enough that a thread is worth asking."""

MEDIA: Mapping[str, Kind] = {
    "text/csv": "csv", "text/tab-separated-values": "csv", "text/plain": "csv",
    "application/x-ndjson": "jsonl", "application/jsonl": "jsonl", "application/json-lines": "jsonl",
    "application/vnd.apache.parquet": "parquet",
}  # fmt: skip
"""The media types of a register that is sent as it is."""
ENDINGS: Mapping[str, Kind] = {
    ".csv": "csv", ".tsv": "csv", ".txt": "csv", ".jsonl": "jsonl", ".ndjson": "jsonl", ".parquet": "parquet", ".pq": "parquet",
}  # fmt: skip
"""How the name of a file ends that is sent in a form."""
_PACKED = (".gz", ".zst", ".zip", ".bz2", ".xz", ".7z", ".xlsx")

_FOREIGN: Mapping[bytes, str] = {
    b"PK\x03\x04": "a ZIP archive or a spreadsheet", b"PK\x05\x06": "a ZIP archive", b"\x1f\x8b": "packed with gzip",
    b"\x28\xb5\x2f\xfd": "packed with Zstandard", b"BZh": "packed with bzip2", b"\xfd7zXZ\0": "packed with xz",
    b"7z\xbc\xaf\x27\x1c": "a 7z archive", b"Rar!": "a RAR archive", b"\xd0\xcf\x11\xe0": "a document of an office program",
    b"%PDF": "a PDF", b"SQLite format 3": "a database",
}  # fmt: skip
_PARQUET = b"PAR1"
_LEAST_PARQUET = 12


def kind_of_file(name: str) -> Kind:
    """The kind of register that a file's name says it is. Raises `DeskError` (415)."""
    ending = name[name.rfind(".") :].casefold()
    if ending in _PACKED:
        raise _foreign(f"'{name}' is packed.", "Unpack it first, and send plain CSV, JSON Lines or Parquet.")
    if ending not in ENDINGS:
        raise _foreign(f"the ending of '{name}' does not say what it is.", f"Take one of {', '.join(ENDINGS)}.")
    return ENDINGS[ending]


def kind_of_media(media: str) -> Kind:
    """The kind of register that a media type says it is. Raises `DeskError` (415)."""
    if media not in MEDIA:
        known = ", ".join(("multipart/form-data", *MEDIA))
        raise _foreign(
            f"'{media}' is no media type of a register." if media else "the body has no media type.", f"Take {known}."
        )
    return MEDIA[media]


def _foreign(what: str, mend: str) -> DeskError:
    return DeskError(415, Mistake(what, mend), "media-type")


class Incoming:
    """A register that arrives. Leave it as a context: what was not admitted is gone then."""

    def __init__(self, folder: Folder, kind: Kind) -> None:
        self.folder, self.kind = folder, kind
        self._beside = folder.beside()
        self._path = folder.arrive()
        self._hash, self._size = hashlib.sha256(), 0
        self._first, self._last = b"", b""
        self._gathered = bytearray()
        self._file: IO[bytes] | None = None
        self._looked = self._admitted = False

    async def take(self, piece: bytes | memoryview) -> None:
        """Take the next piece. Raises `DeskError` for what is no register of its kind, and where it does not fit."""
        self._gathered += piece
        if len(self._gathered) >= PIECE:
            await run_in_threadpool(self._write)

    def _write(self) -> None:
        piece, self._gathered = bytes(self._gathered), bytearray()
        if not self._looked and len(self._first) + len(piece) >= _LEAST_PARQUET:
            self._first = (self._first + piece)[: _LEAST_PARQUET + 4]
            self._look()
        self.folder.room(self._path, len(piece), self._beside)
        self._hash.update(piece)
        self._size += len(piece)
        self._last = (self._last + piece)[-len(_PARQUET) :]
        try:
            self._file = self._file or (self._path / f"register.{self.kind}").open("wb")
            self._file.write(piece)
        except OSError as flaw:
            raise no_room(flaw) from flaw

    def _look(self) -> None:
        """Refuse what its first bytes show to be something else."""
        self._looked = True
        for magic, what in _FOREIGN.items():
            if self._first.startswith(magic):
                raise _foreign(f"the register is {what}.", "Send it as plain CSV, JSON Lines or Parquet; nothing is unpacked.")
        if self._first.startswith(_PARQUET) != (self.kind == "parquet"):
            said, shown = ("Parquet", "is not") if self.kind == "parquet" else ("text", "is Parquet")
            raise _foreign(f"the register is said to be {said}, and {shown}.", "Send it with its own media type or ending.")

    async def admit(self, asked: Asked, state: State, key: str = "") -> tuple[Kept, bool]:
        """Keep what has arrived. Raises `DeskError`, for one that is empty or torn as well."""
        return await run_in_threadpool(self._admit, asked, state, key)

    def _admit(self, asked: Asked, state: State, key: str) -> tuple[Kept, bool]:
        if self._gathered:
            self._first = self._first or bytes(self._gathered[: _LEAST_PARQUET + 4])
            self._write()
        if not self._size:
            raise DeskError(400, Mistake("the register is empty.", "It should have a header at least."), "register")
        if not self._looked:
            self._look()
        if self.kind == "parquet" and (self._size < _LEAST_PARQUET or self._last != _PARQUET):
            raise DeskError(
                400, Mistake("the Parquet file is not whole.", "Send it again; it may have broken off."), "register"
            )
        assert self._file is not None
        try:
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.close()
        except OSError as flaw:
            raise no_room(flaw) from flaw
        kept, again = self.folder.admit(self._path, self.kind, self._size, self._hash.hexdigest(), asked, state, key)
        self._admitted = not again
        return kept, again

    async def __aenter__(self) -> Incoming:
        return self

    async def __aexit__(self, *_: object) -> None:
        if not self._admitted:
            await run_in_threadpool(self._discard)

    def _discard(self) -> None:
        if self._file is not None:
            with contextlib.suppress(OSError):  # a full disk refuses the rest once more; the file goes all the same
                self._file.close()
        self.folder.gone(self._path)
