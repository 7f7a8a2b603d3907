"""The log as JSON Lines: one entry a line, canonical, streamed out whole or not at all, and streamed in again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec

from sekisho.desk.record.entry import GENESIS, LARGEST_BODY, Entry, read_line
from sekisho.desk.record.files import whole
from sekisho.desk.record.log import entries
from sekisho.desk.record.store import Store
from sekisho.errors import InputError, Mistake

LONGEST_LINE = LARGEST_BODY + 64 * 1024
"""Bytes of a line: the largest body and what stands around it."""


class Written(msgspec.Struct, frozen=True):
    """What was written: how many entries, and the hash of the newest."""

    entries: int
    head: str


def export(store: Store, path: Path) -> Written:
    """Write all entries, as they stood at one moment, while others go on writing to the log.

    Raises `StoreError`, and `InputError` where the file cannot be written; nothing is left behind then.
    """
    count, newest = 0, GENESIS
    with whole(path) as beside, beside.open("wb") as file, store.reading() as connection:
        for entry in entries(connection):
            file.write(entry.line())
            count, newest = count + 1, entry.hash
    return Written(count, newest)


def lines(path: Path) -> Iterator[Entry | str]:
    """The entry of each line of an export, or what is wrong with the line. Raises `InputError` where it cannot be read."""
    try:
        with path.open("rb") as file:
            while line := file.readline(LONGEST_LINE + 1):
                yield _read(line)
                while len(line) > LONGEST_LINE and not line.endswith(b"\n"):
                    line = file.readline(LONGEST_LINE + 1)
    except OSError as flaw:
        raise InputError(Mistake(f"cannot be read: {flaw.strerror}.", "Check the path.", str(path))) from flaw


def _read(line: bytes) -> Entry | str:
    if len(line) > LONGEST_LINE:
        return "it is longer than any entry"
    if not line.endswith(b"\n"):
        return "it is torn: it has no end"
    try:
        return read_line(line)
    except ValueError as flaw:
        return str(flaw)
