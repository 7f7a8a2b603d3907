"""Files that are there whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sekisho.errors import InputError, Mistake


@contextmanager
def whole(path: Path, over: bool = True) -> Iterator[Path]:
    """A file beside `path` to be written, which takes its place at the end; if that fails nothing is left behind.

    Unless `over`, a file that is there is left as it is. Raises `InputError` where it cannot be written.
    """
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        os.close(handle)
    except OSError as flaw:
        raise _unwritten(path, flaw) from flaw
    beside = Path(name)
    try:
        yield beside
        with beside.open("rb+") as file:
            os.fsync(file.fileno())
        if over:
            beside.replace(path)
        else:
            os.link(beside, path)
        _sync_folder(path.parent)
    except OSError as flaw:
        raise _unwritten(path, flaw) from flaw
    finally:
        beside.unlink(missing_ok=True)


def _unwritten(path: Path, flaw: OSError) -> InputError:
    mend = "Check the folder and the space on the disk."
    return InputError(Mistake(f"cannot be written: {flaw.strerror}; nothing was left behind.", mend, str(path)))


def _sync_folder(folder: Path) -> None:
    """Have the folder's own entry reach the disk, where the system knows how."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
