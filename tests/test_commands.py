"""The commands as a shell sees them: exit status, what goes where, and what a broken cache or a full disk does."""

import errno
import hashlib
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from unittest import mock

import pytest

from helpers import EXAMPLE, GOOD, TINY, refused, sekisho
from sekisho import corpus as corpus_room
from sekisho.cli import main
from sekisho.corpus import load

LIST = f"- {{{', '.join(GOOD.splitlines())}}}\n"

USAGE = {
    "unknown regime": (["decide", EXAMPLE, "--regime", "japn"], "there is no regime 'japn'. Did you mean 'japan'?"),
    "unknown regime of precedents": (["precedents", "--regime", "japn"], "there is no regime 'japn'."),
    "unknown provision": (
        ["law", "jp.guidelines#licenced-product"],
        "there is no provision 'jp.guidelines#licenced-product'. Did you mean 'jp.guidelines#licensed-product",
    ),
    "unknown instrument": (["law", "jp.guideline"], "there is no law 'jp.guideline'. Did you mean 'jp.guidelines'?"),
    "provision not in force": (["law", "jp.guidelines#licensed-product", "--on", "1980-01-01"], "is in force on 1980-01-01."),
    "history of no provision": (["law", "--history"], "--history is of one provision."),
    "history of an instrument": (["law", "jp.guidelines", "--history"], "--history is of one provision."),
    "bad day of the law": (["law", "--on", "yesterday"], "--on: 'yesterday' is not a day. Write the year, month and day"),
    "bad day of the world": (["world", "combat", "--on", "2023-02-30"], "--on: '2023-02-30' is not a day."),
    "bad --law-on": (["decide", EXAMPLE, "--law-on", "2023"], "--law-on: '2023' is not a day."),
    "bad --world-on": (["decide", EXAMPLE, "--world-on", "22.12.2023"], "--world-on: '22.12.2023' is not a day."),
    "unknown table": (["world", "combats"], "there is no table 'combats'. Did you mean 'combat'?"),
    "unknown language": (["decide", EXAMPLE, "--language", "fr"], "--language: 'fr' is neither en nor ja."),
}  # fmt: skip


@pytest.mark.parametrize("name", USAGE)
def test_a_request_that_makes_no_sense(name: str) -> None:
    arguments, says = USAGE[name]
    (error,) = refused(*arguments, status=2)
    assert says in error


@pytest.mark.parametrize(
    "arguments", [["decide"], ["decide", "--nothing"], ["nothing"], ["verify"], ["decide", EXAMPLE, "--receipt"]]
)
def test_a_command_line_that_is_none(arguments: list[object]) -> None:
    run = sekisho(*arguments)
    assert (run.status, run.out) == (2, "")
    assert run.err


def test_one_receipt_is_of_one_case(tmp_path) -> None:
    file = tmp_path / "cases.yaml"
    file.write_text(LIST * 2, "utf-8")
    for cases in ([file], [EXAMPLE, EXAMPLE]):
        (error,) = refused("decide", *cases, "--receipt", tmp_path / "receipt.json", status=2)
        assert error == "error: --receipt takes one case; there are 2. Decide them one by one."
    assert list(tmp_path.iterdir()) == [file]


VERDICTS = {"prohibited": 10, "undetermined": 11, "conditional": 0, "outside": 0}
CASES = {
    "prohibited": GOOD.replace("12-22", "12-21"),
    "undetermined": "date: 2023-12-22\nexporter: JPN\n",
    "conditional": GOOD + "assurance.licensor_request: true\n",
    "outside": "date: 2023-12-22\nexporter: USA\nrecipient: GBR\nitem: patriot-pac-3-mse\n",
}


@pytest.mark.parametrize("verdict", VERDICTS)
def test_exit_codes(verdict: str) -> None:
    case = CASES[verdict].encode()
    run = sekisho("decide", "-", "--json", "--regime", "japan", "--exit-code", stdin=case)
    assert json.loads(run.out)["verdict"] == verdict
    assert run.status == VERDICTS[verdict]
    assert sekisho("decide", "-", "--regime", "japan", stdin=case).status == 0


def test_the_exit_code_of_several_cases_is_of_the_one_to_look_at(tmp_path) -> None:
    files = []
    for verdict in ("prohibited", "conditional"):
        files.append(tmp_path / f"{verdict}.yaml")
        files[-1].write_text(CASES[verdict], "utf-8")
    assert sekisho("decide", *files, "--regime", "japan", "--exit-code").status == 10


COMMANDS = {
    "decide": ["decide", EXAMPLE],
    "decide several": ["decide", EXAMPLE, EXAMPLE],
    "decide at length": ["decide", EXAMPLE, "--verbose"],
    "decide in Japanese": ["decide", EXAMPLE, "--language", "ja"],
    "law": ["law"],
    "law of an instrument": ["law", "jp.guidelines", "--on", "2023-12-22"],
    "law of a provision": ["law", "jp.guidelines#licensed-product"],
    "law searched": ["law", "--search", "licence"],
    "world": ["world"],
    "world of a table": ["world", "combat", "--on", "2024-01-01"],
    "precedents": ["precedents"],
}


@pytest.mark.parametrize("name", COMMANDS)
def test_a_pipe_gets_no_colour(name: str, monkeypatch) -> None:
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    run = sekisho(*COMMANDS[name])
    assert (run.status, run.err) == (0, "")
    assert "\x1b" not in run.out
    assert run.out.strip()


@pytest.mark.parametrize("name", [name for name in COMMANDS if not name.endswith(("Japanese", "length"))])
def test_json_is_json_and_nothing_else(name: str) -> None:
    run = sekisho(*COMMANDS[name], "--json")
    assert (run.status, run.err) == (0, "")
    data = json.loads(run.out)
    assert all(entry["schema"] == 1 for entry in (data if isinstance(data, list) else [data]))


class _Terminal(io.TextIOWrapper):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("no_color", "coloured"), [(None, True), ("1", False)])
def test_a_terminal_gets_colour_unless_it_declines(no_color: str | None, coloured: bool, monkeypatch) -> None:
    for name in ("FORCE_COLOR", "NO_COLOR", "TTY_COMPATIBLE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    if no_color:
        monkeypatch.setenv("NO_COLOR", no_color)
    out = _Terminal(io.BytesIO(), "utf-8", write_through=True)
    with mock.patch.multiple(sys, argv=["sekisho", "decide", str(EXAMPLE)], stdout=out), pytest.raises(SystemExit):
        main()
    shown = out.buffer.getvalue().decode()
    assert ("\x1b[31m" in shown or "\x1b[1;3" in shown) == coloured


def test_standard_input_is_a_case() -> None:
    given, read = sekisho("decide", EXAMPLE), sekisho("decide", "-", stdin=EXAMPLE.read_bytes())
    assert (given.status, given.out) == (read.status, read.out)


def test_errors_name_the_program_only_by_what_is_wrong(tmp_path) -> None:
    run = sekisho("decide", tmp_path / "no.yaml")
    assert "Traceback" not in run.err
    assert run.err.count("\n") == 1


def test_the_version() -> None:
    run = sekisho("--version")
    assert (run.status, run.out.split()[0]) == (0, "sekisho")


def test_a_full_disk_behind_the_output() -> None:
    """What a command prints cannot be written: an error, in text and as JSON."""

    class Full(io.RawIOBase):
        def writable(self) -> bool:
            return True

        def write(self, _: object) -> int:
            raise OSError(errno.ENOSPC, "No space left on device")

    for arguments in (["decide", str(EXAMPLE)], ["decide", str(EXAMPLE), "--json"]):
        err = io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True)
        out = io.TextIOWrapper(Full(), "utf-8", write_through=True)
        with mock.patch.multiple(sys, argv=["sekisho", *arguments], stdout=out, stderr=err), pytest.raises(SystemExit) as end:
            main()
        assert end.value.code == 3
        assert err.buffer.getvalue().decode() == (
            "error: the output cannot be written: No space left on device. Check the space on the disk.\n"
        )


@pytest.mark.slow
def test_a_whole_process(tmp_path) -> None:
    """Once as a shell runs it: a good case and a bad one, in an environment of its own."""
    environment = {**os.environ, "XDG_CACHE_HOME": str(tmp_path), "LC_ALL": "C", "PYTHONWARNINGS": "error"}
    command = [sys.executable, "-m", "sekisho", "decide", "-", "--json"]
    good = subprocess.run(command, input=GOOD.encode(), capture_output=True, env=environment, check=False)
    assert (good.returncode, good.stderr) == (0, b"")
    assert json.loads(good.stdout)["verdict"]
    bad = subprocess.run(command, input="date: 昨日\n".encode(), capture_output=True, env=environment, check=False)
    assert (bad.returncode, bad.stdout) == (3, b"")
    assert bad.stderr.decode().startswith("error: -:1: '昨日' is not a day.")


# ---- the cache ------------------------------------------------------------------------------------------------------


@pytest.fixture
def cache(tmp_path, monkeypatch):
    """A cache folder of the test's own, and the tiny corpus loaded through it."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))

    def loaded():
        load.cache_clear()
        try:
            return load(TINY / "law", TINY / "world")
        finally:
            load.cache_clear()

    yield tmp_path, loaded
    load.cache_clear()


def kept_file(folder: Path) -> Path:
    (file,) = (path for path in folder.rglob("corpus-*") if path.is_file())
    return file


SPOILED = {
    "nothing": lambda _: b"",
    "garbage": lambda _: b"\x00garbage" * 100,
    "torn": lambda content: content[: len(content) // 2],
    "one byte changed": lambda content: content[:500] + bytes([content[500] ^ 1]) + content[501:],
    "another version": lambda content: content.replace(b"sekisho", b"sekiyho", 1),
    "a seal over something else": lambda content: (
        content[: content.index(b"\n") + 1] + hashlib.sha256(b"\x80\x04N.").digest() + b"\x80\x04N."
    ),
}


@pytest.mark.parametrize("how", SPOILED)
def test_a_spoiled_cache_is_made_anew(how: str, cache) -> None:
    folder, loaded = cache
    version = loaded().law_version
    file = kept_file(folder)
    file.write_bytes(SPOILED[how](file.read_bytes()))
    assert loaded().law_version == version
    with mock.patch.object(corpus_room, "build", side_effect=AssertionError("not read from the cache")):
        assert loaded().law_version == version


def test_a_cache_that_is_a_file_is_harmless(cache, monkeypatch) -> None:
    folder, loaded = cache
    (folder / "file").write_text("in the way", "utf-8")
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder / "file"))
    assert loaded().provisions
    assert (folder / "file").read_text("utf-8") == "in the way"


def test_a_folder_in_place_of_the_kept_file_is_harmless(cache) -> None:
    folder, loaded = cache
    loaded()
    file = kept_file(folder)
    file.unlink()
    file.mkdir()
    assert loaded().provisions
    assert [path for path in file.parent.iterdir() if path != file] == []


@pytest.mark.parametrize("call", ["pathlib.Path.replace", "tempfile.NamedTemporaryFile", "pathlib.Path.mkdir"])
def test_a_cache_that_cannot_be_written_is_harmless(call: str, cache, monkeypatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    folder, loaded = cache
    monkeypatch.setattr(call, full)
    if call == "pathlib.Path.replace":
        monkeypatch.setattr("os.replace", full)
    assert loaded().provisions
    assert [path for path in folder.rglob("*") if path.is_file()] == []
