"""What the tests of bad input share: the program run in this process, and a tiny corpus to spoil."""

import io
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

from sekisho.cli import main
from sekisho.corpus import Corpus, build
from sekisho.errors import Mistake, SekishoError

TINY = Path(__file__).parent / "fixtures" / "tiny"
EXAMPLE = Path(__file__).parent.parent / "examples" / "patriot-2023-12-22.yaml"
GOOD = """\
date: 2023-12-22
exporter: {state: JPN}
recipient: {state: USA, kind: foreign_government}
item: patriot-pac-3-mse
"""


@dataclass(frozen=True)
class Run:
    """What a command came to."""

    status: int
    out: str
    err: str


def sekisho(*arguments: object, stdin: bytes = b"") -> Run:
    """The program as a pipe runs it. An exception that escapes it, which would be a traceback, escapes here too."""
    streams = {name: io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True) for name in ("stdout", "stderr")}
    status = 0
    with mock.patch.multiple(
        sys, argv=["sekisho", *map(str, arguments)], stdin=io.TextIOWrapper(io.BytesIO(stdin), "utf-8"), **streams
    ):
        try:
            main()
        except SystemExit as end:
            status = int(end.code or 0)
    out, err = (stream.buffer.getvalue().decode() for stream in streams.values())
    return Run(status, out, err)


def refused(*arguments: object, stdin: bytes = b"", status: int = 3) -> list[str]:
    """The errors of a command that must fail with a status and print nothing else."""
    run = sekisho(*arguments, stdin=stdin)
    assert (run.status, run.out) == (status, ""), run
    errors = run.err.splitlines()
    assert errors, "nothing says why"
    assert all(line.startswith("error: ") for line in errors), run.err
    return errors


def tiny(folder: Path, *changes: tuple[str, str, str]) -> Path:
    """A copy of the tiny corpus with changes, each of a file: (file, what stands there once, what shall stand there)."""
    copy = folder / "tiny"
    shutil.copytree(TINY, copy)
    for file, old, new in changes:
        text = (copy / file).read_text("utf-8")
        assert text.count(old) == 1, f"{file} has {text.count(old)} times {old!r}"
        (copy / file).write_text(text.replace(old, new), "utf-8")
    return copy


def built(folder: Path) -> Corpus:
    """The corpus of a folder with `law` and `world`."""
    return build(folder / "law", folder / "world")


def mistakes(error: type[SekishoError], action: Callable[[], object]) -> tuple[Mistake, ...]:
    """The mistakes with which an action must fail; each says what is wrong."""
    try:
        action()
    except error as flaw:
        assert all(mistake.what for mistake in flaw.mistakes)
        return flaw.mistakes
    raise AssertionError(f"no {error.__name__}")


def line_of(file: Path, text: str) -> int:
    """The line of a file on which a text stands."""
    return next(number for number, line in enumerate(file.read_text("utf-8").splitlines(), 1) if text in line)
