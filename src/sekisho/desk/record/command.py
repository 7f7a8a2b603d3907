"""What `sekisho log` does, and what it says of it."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from rich.text import Text

from sekisho.desk.record import backup as copies
from sekisho.desk.record import check
from sekisho.desk.record import export as exports
from sekisho.desk.record.address import address
from sekisho.desk.record.opening import look_into
from sekisho.errors import Mistake, SealError, UsageError
from sekisho.render.terminal import MARKS


def verify(export: Path | None, database: str | None, folder: Path | None, head: str | None) -> tuple[str, check.Verified]:
    """Check an export or a record: the name of what was checked, and what was found.

    Raises `UsageError` where both are named or the head is no hash, and as `check` does.
    """
    known = check.known_head(head)
    if export is not None:
        if database is not None or folder is not None:
            raise UsageError(Mistake("an export and a record are named.", "Check one after the other."))
        return str(export), check.verify_export(export, known)
    with closing(look_into(database, folder)) as store:
        return store.name, check.verify_store(store, known)


def verified_text(name: str, found: check.Verified) -> Text:
    """What was found, in words. Raises `SealError` with all that is wrong."""
    if not found.sound:
        raise SealError(found.mistakes(name))
    text = Text.assemble(
        (f"{MARKS[True]} The log holds together", "green"),
        f": {found.entries:,} entries, {found.receipts:,} receipts.\nIts head: {found.head}\n",
    )
    if found.unknown:
        text.append(f"{found.unknown:,} entries are of kinds that this version does not know; their bodies were not read.\n")
    if found.known_head is None:
        text.append(f"{check.SHORTENED} Give it with --head.", "dim")
    else:
        text.append(f"It has the entry {found.known_head} in it: nothing up to there was cut off.")
    return text


def export(path: Path, database: str | None, folder: Path | None) -> str:
    """Export a record, and say what was written. Raises as `exports.export` does."""
    with closing(look_into(database, folder)) as store:
        found = exports.export(store, path)
    return f"{found.entries:,} entries are in {path}. Its head, to be kept elsewhere: {found.head}"


def backup(path: Path, database: str | None, folder: Path | None) -> str:
    """Copy a record, and say what was written. Raises as `copies.backup` does."""
    with closing(look_into(database, folder)) as store:
        found = copies.backup(store, path)
    return f"The backup is in {path}: {found.entries:,} entries. Its head, to be kept elsewhere: {found.head}"


def restore(path: Path, database: str | None, folder: Path | None) -> str:
    """Make a record from a backup, and say where it is. Raises as `copies.restore` does."""
    found = copies.restore(path, database, folder)
    return f"The record is in {address(database, folder).database}: {found.entries:,} entries, up to {found.head}."
