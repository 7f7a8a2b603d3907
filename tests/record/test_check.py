"""`sekisho log`: what holds together is told apart from what does not, in the record and in its export."""

import json
import random
import re
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import msgspec
import pytest
import rfc8785
from sqlalchemy import text

from helpers import refused, sekisho
from sekisho.case.stated import from_mapping
from sekisho.decide import Decider
from sekisho.desk.record import Store, append, cases, check, head, open_record
from sekisho.desk.record.entry import Entry, canonical, linked
from sekisho.desk.record.export import export, lines
from sekisho.desk.record.kinds import KINDS, Noted, Saved
from sekisho.desk.record.log import entries
from sekisho.receipt import Options

CASE = {"date": "2013-05-01", "item": "rocket", "recipient": {"state": "AAA", "kind": "armed_forces"}}


@pytest.fixture(scope="module")
def sealed(small: Decider) -> bytes:
    return cases.decided(small, from_mapping(CASE, small.corpus), Options())


@pytest.fixture
def full(store: Store, sealed: bytes) -> Store:
    """A record of eight entries, three of them with receipts."""
    case = cases.save(store, sealed, "one").entry.subject
    cases.note(store, case, "a note")
    cases.correct(store, case, sealed, "a reason")
    cases.note(store, case, "another note")
    cases.save(store, sealed, "two")
    cases.note(store, case, "a last note")
    cases.withdraw(store, case, "a mistake")
    return store


@pytest.fixture
def exported(full: Store, tmp_path: Path) -> Path:
    path = tmp_path / "log.jsonl"
    export(full, path)
    return path


def unguarded(store: Store, *statements: str) -> None:
    """What whoever owns the database can do to it."""
    with store.engine.connect() as connection:
        if store.file is not None:
            names = connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).scalars().all()
            for name in names:
                connection.execute(text(f"DROP TRIGGER {name}"))
        else:
            connection.execute(text("ALTER TABLE record_entries DISABLE TRIGGER ALL"))
        for statement in statements:
            connection.execute(text(statement))
        connection.commit()


def told(found: check.Verified) -> list[tuple[int | None, str]]:
    return [(flaw.entry, flaw.what) for flaw in found.flaws]


# ---- in the store ----------------------------------------------------------------------------------------------------


def test_a_whole_record_holds_together(full: Store) -> None:
    count, newest = head(full)
    found = check.verify_store(full)
    assert (found.sound, found.entries, found.receipts, found.unknown, found.flaws) == (True, count, 3, 0, ())
    assert (count, found.head, found.known_head) == (8, newest, None)


SPOILED = {
    "the body": ("UPDATE record_entries SET body = '{\"text\":\"an other\"}' WHERE sequence = 5", 5, "it was changed"),
    "the actor": ("UPDATE record_entries SET actor = 'chief' WHERE sequence = 5", 5, "it was changed"),
    "the time": ("UPDATE record_entries SET time = '1999-01-01T00:00:00.000000Z' WHERE sequence = 5", 5, "it was changed"),
    "the subject": ("UPDATE record_entries SET subject = 'x' WHERE sequence = 5", 5, "it was changed"),
    "the kind": ("UPDATE record_entries SET kind = 'case.withdrawn' WHERE sequence = 5", 5, "it was changed"),
    "the id": ("UPDATE record_entries SET id = 'x' WHERE sequence = 5", 5, "it was changed"),
    "spaces in the body": ("UPDATE record_entries SET body = body || ' ' WHERE sequence = 5", 5, "it was changed"),
    "a body that is no JSON": ("UPDATE record_entries SET body = '{' WHERE sequence = 5", 5, "its body cannot be read"),
    "a removed entry": ("DELETE FROM record_entries WHERE sequence = 5", 6, "5 is missing before it"),
    "removed entries": ("DELETE FROM record_entries WHERE sequence IN (3, 4, 5)", 6, "3 to 5 are missing before it"),
    "the first entry": ("DELETE FROM record_entries WHERE sequence = 1", 2, "1 is missing before it"),
    "all entries": ("DELETE FROM record_entries", None, "the log is empty"),
}  # fmt: skip


@pytest.mark.parametrize("name", SPOILED)
def test_what_was_spoiled_is_named_by_number(name: str, full: Store) -> None:
    statement, number, says = SPOILED[name]
    unguarded(full, statement)
    found = check.verify_store(full)
    assert not found.sound
    assert any(entry == number and says in what for entry, what in told(found)), told(found)
    assert {entry for entry, _ in told(found)} <= {number}, "nothing else is accused"


def test_an_entry_that_was_renumbered(full: Store) -> None:
    unguarded(
        full, "DELETE FROM record_entries WHERE sequence = 7", "UPDATE record_entries SET sequence = 7 WHERE sequence = 8"
    )
    assert [entry for entry, _ in told(check.verify_store(full))] == [7, 7]


@pytest.mark.slow
def test_a_log_that_was_shortened_is_noticed_by_its_head_alone(full: Store) -> None:
    _, newest = head(full)
    unguarded(full, "DELETE FROM record_entries WHERE sequence > 5")
    assert check.verify_store(full).sound
    found = check.verify_store(full, newest)
    assert told(found) == [(None, f"no entry has the hash {newest}: entries were cut off or changed, or it is another log")]


def test_a_head_of_an_earlier_day_is_found(full: Store) -> None:
    _, before = head(full)
    append(full, "x", Noted("n"))
    assert check.verify_store(full, before).sound


def rewritten(found: list[Entry], place: int, **changes: object) -> Iterator[Entry]:
    """A log with one entry changed and all hashes from there on worked out anew, as a forger would."""
    before = None
    for number, entry in enumerate(found, 1):
        fields = {name: getattr(entry, name) for name in ("id", "time", "kind", "subject", "actor", "body")}
        before = linked(before, *({**fields, **changes} if number == place else fields).values())
        yield before


def put(path: Path, found: Iterator[Entry]) -> Path:
    path.write_bytes(b"".join(entry.line() for entry in found))
    return path


def test_a_log_that_was_forged_throughout_is_noticed_by_its_head_alone(exported: Path) -> None:
    found = list(lines(exported))
    put(exported, rewritten(found, 5, body=canonical({"text": "forged"})))
    assert check.verify_export(exported).sound
    assert not check.verify_export(exported, found[-1].hash).sound


def test_a_receipt_that_was_changed_is_named_though_all_hashes_fit(exported: Path) -> None:
    found = list(lines(exported))
    held = found[1].holds()
    held["receipt"]["body"]["decision"]["verdict"] = "permitted"
    put(exported, rewritten(found, 2, body=canonical(held)))
    assert told(check.verify_export(exported)) == [
        (2, "its receipt: the seal is broken: the receipt was changed after it was made")
    ]


@pytest.mark.parametrize(
    "held", [{}, {"receipt": {}}, {"receipt": 1}, {"text": "n", "more": 1}, {"receipt": {"body": {}, "seal": ""}}]
)
def test_a_body_of_another_shape_is_named(held: object, exported: Path) -> None:
    put(exported, rewritten(list(lines(exported)), 2, body=canonical(held)))
    ((number, what),) = told(check.verify_export(exported))
    assert number == 2
    assert "receipt" in what or "it does not hold what it should" in what


def test_a_kind_of_a_newer_version_is_counted_and_not_condemned(exported: Path) -> None:
    put(exported, rewritten(list(lines(exported)), 3, kind="case.blessed", body=canonical({"by": "x"})))
    found = check.verify_export(exported)
    assert (found.sound, found.unknown) == (True, 1)
    assert "1 entries are of kinds that this version does not know" in sekisho("log", "verify", exported).out


# ---- an export -------------------------------------------------------------------------------------------------------


def test_an_export_is_the_log(full: Store, exported: Path) -> None:
    with full.reading() as connection:
        assert list(lines(exported)) == list(entries(connection))
    assert check.verify_export(exported, head(full)[1]) == check.verify_store(full, head(full)[1])
    for line in exported.read_bytes().splitlines():
        assert rfc8785.dumps(json.loads(line)) == line


TORN, CHANGED = "it cannot be read as JSON: torn or damaged", "it is not in its canonical form: changed after it was written"
SPOILERS: dict[str, tuple[Callable[[list[bytes]], list[bytes]], list[tuple[int | None, str]]]] = {
    "a line left out": (lambda x: x[:4] + x[5:], [(6, "5 is missing before it")]),
    "a line twice": (lambda x: x[:5] + x[4:], [(5, "it stands where 6 ought to: twice, or out of order")]),
    "two lines swapped": (
        lambda x: [*x[:4], x[5], x[4], *x[6:]],
        [(6, "5 is missing before it"), (5, "it stands where 7 ought to: twice, or out of order"),
         (7, "6 is missing before it")],
    ),
    "a torn line": (lambda x: [*x[:4], x[4][:100] + b"\n", *x[5:]], [(5, TORN)]),
    "a torn end": (lambda x: [*x[:7], x[7][:-1]], [(8, "it is torn: it has no end")]),
    "two torn lines": (
        lambda x: [*x[:4], b"{\n", b"\n", *x[6:]],
        [(5, TORN), (6, TORN)],
    ),
    "a torn first line": (lambda x: [b"{\n", *x[1:]], [(1, TORN)]),
    "a space": (lambda x: [*x[:4], b" " + x[4], *x[5:]], [(5, CHANGED)]),
    "a carriage return": (lambda x: [*x[:4], x[4][:-1] + b"\r\n", *x[5:]], [(5, CHANGED)]),
    "not UTF-8": (lambda x: [*x[:4], x[4].replace(b"note", b"\xff\xfe"), *x[5:]], [(5, TORN)]),
    "deep": (lambda x: [*x[:4], b"[" * 100_000 + b"\n", *x[5:]], [(5, TORN)]),
    "a long line": (lambda x: [*x[:4], b"x" * 9_000_000 + b"\n", *x[5:]], [(5, "it is longer than any entry")]),
    "nothing": (lambda _: [], [(None, "the log is empty: not even its first entry is there")]),
}  # fmt: skip


@pytest.mark.parametrize("name", SPOILERS)
def test_what_is_wrong_with_an_export_is_named_by_number(name: str, exported: Path) -> None:
    spoil, wanted = SPOILERS[name]
    exported.write_bytes(b"".join(spoil(exported.read_bytes().splitlines(keepends=True))))
    assert told(check.verify_export(exported)) == wanted


def test_other_things_that_are_no_log(exported: Path) -> None:
    for content in (b"[]\n", b"1\n", b"{}\n", b'{"sequence": 1}\n', b"\x89PNG\n", b"date: 2023-12-22\n"):
        exported.write_bytes(content)
        ((number, what),) = told(check.verify_export(exported))
        assert number == 1 and ("it is no entry of a log" in what or "cannot be read as JSON" in what)


def test_an_entry_of_another_log_is_named(exported: Path, full: Store, tmp_path: Path) -> None:
    with closing(open_record(f"sqlite:///{tmp_path}/other.sqlite")) as other:
        for _ in range(6):
            append(other, "x", Noted("n"))
        export(other, tmp_path / "other.jsonl")
    mine, foreign = (path.read_bytes().splitlines(keepends=True) for path in (exported, tmp_path / "other.jsonl"))
    exported.write_bytes(b"".join([*mine[:4], foreign[4], *mine[5:]]))
    found = told(check.verify_export(exported))
    says = "it does not follow the entry before: one of the two was changed, or is of another log"
    assert found == [(5, says), (6, says)]


@pytest.mark.slow
def test_no_changed_byte_passes(exported: Path) -> None:
    content, rng = exported.read_bytes(), random.Random(1967)
    for _ in range(150):
        at = rng.randrange(len(content))
        exported.write_bytes(content[:at] + bytes([content[at] ^ rng.randrange(1, 256)]) + content[at + 1 :])
        assert not check.verify_export(exported).sound, at


def test_many_flaws_are_counted(exported: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check, "MOST", 3)
    exported.write_bytes(b"{}\n" * 10)
    found = check.verify_export(exported)
    assert (len(found.flaws), found.more) == (3, 7)
    assert found.mistakes("x")[-1].what == "and 7 more."


def test_an_export_that_cannot_be_written_leaves_nothing(full: Store, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (error,) = refused("log", "export", "-o", tmp_path / "out", "--database", full.url.render_as_string(False))
    assert "cannot be written" in error and "nothing was left behind" in error
    assert list((tmp_path / "out").iterdir()) == []
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]


def test_an_export_cut_short_leaves_what_was_there(full: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "out.jsonl"
    path.write_text("before", "utf-8")

    def cut(*_: object) -> Iterator[Entry]:
        with full.reading() as connection:
            yield next(entries(connection))
        raise KeyboardInterrupt

    monkeypatch.setattr("sekisho.desk.record.export.entries", cut)
    with pytest.raises(KeyboardInterrupt):
        export(full, path)
    assert path.read_text("utf-8") == "before"
    assert not [entry for entry in tmp_path.iterdir() if entry.name.startswith(".")]


@pytest.mark.slow
def test_a_large_log_is_streamed(store: Store, tmp_path: Path) -> None:
    """An export and its check hold a few entries at a time, not the log."""
    held = {"receipt": {"note": "x" * 200_000}}
    for _ in range(150):
        append(store, "x", Saved(**held))
    tracemalloc.start()
    export(store, tmp_path / "log.jsonl")
    for found in lines(tmp_path / "log.jsonl"):
        assert isinstance(found, Entry)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (tmp_path / "log.jsonl").stat().st_size > 30_000_000
    assert peak < 15_000_000, peak


# ---- the command -----------------------------------------------------------------------------------------------------


def url_of(store: Store) -> str:
    return store.url.render_as_string(hide_password=False)


def test_the_command_on_a_record_and_on_its_export(full: Store, tmp_path: Path) -> None:
    path, (_, newest) = tmp_path / "log.jsonl", head(full)
    run = sekisho("log", "export", "-o", path, "--database", url_of(full))
    assert (run.status, run.out) == (0, "")
    assert run.err == f"8 entries are in {path}. Its head, to be kept elsewhere: {newest}\n"
    for words in (["--database", url_of(full)], [path]):
        run = sekisho("log", "verify", *words)
        assert (run.status, run.err) == (0, "")
        assert f"The log holds together: 8 entries, 3 receipts.\nIts head: {newest}\n" in run.out
        assert "only its head, kept elsewhere, shows that" in " ".join(run.out.split())
        run = sekisho("log", "verify", *words, "--head", newest.removeprefix("sha256:"))
        assert "nothing up to there was cut off" in " ".join(run.out.split())
        found = json.loads(sekisho("log", "verify", *words, "--json").out)
        assert (found["sound"], found["entries"], found["receipts"], found["head"], found["flaws"]) == (True, 8, 3, newest, [])


def test_the_command_on_what_is_broken(full: Store) -> None:
    unguarded(full, "UPDATE record_entries SET actor = 'chief' WHERE sequence = 5")
    (error,) = refused("log", "verify", "--database", url_of(full), status=4)
    assert "entry 5: it was changed: its hash is sha256:" in error
    run = sekisho("log", "verify", "--database", url_of(full), "--json")
    assert run.status == 4
    found = json.loads(run.out)
    assert (found["sound"], [flaw["entry"] for flaw in found["flaws"]]) == (False, [5])


def test_the_command_says_which_of_two_is_meant(full: Store, exported: Path) -> None:
    (error,) = refused("log", "verify", exported, "--database", url_of(full), status=2)
    assert "an export and a record are named" in error
    (error,) = refused("log", "verify", exported, "--head", "abc", status=2)
    assert "'abc' is no hash of an entry" in error


def test_a_record_that_is_not_there(tmp_path: Path) -> None:
    for command in (["verify"], ["export", "-o", tmp_path / "x"], ["backup", "-o", tmp_path / "x"]):
        (error,) = refused("log", *command, "--folder", tmp_path / "no", status=5)
        assert "there is no record" in error
    (error,) = refused("log", "verify", tmp_path / "no.jsonl")
    assert "No such file or directory" in error
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("url", ["mysql://x/y", "sqlite://", "sqlite:///:memory:", "nonsense", "postgresql://host"])
def test_an_address_that_cannot_keep_a_record(url: str) -> None:
    (error,) = refused("log", "verify", "--database", url, status=2)
    assert "postgresql://USER@HOST/DATABASE" in error


def test_the_environment_names_the_record(full: Store, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SEKISHO_DATABASE_URL", url_of(full))
    assert json.loads(sekisho("log", "verify", "--json").out)["entries"] == 8
    (error,) = refused("log", "verify", "--database", f"sqlite:///{tmp_path}/no.sqlite", status=5)
    assert "there is no record" in error


def test_a_password_is_not_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sekisho.desk.record.store.PATIENCE", 1.0)
    word = "hunter2"
    (error,) = refused("log", "verify", "--database", f"postgresql://u:{word}@127.0.0.1:1/desk", status=5)
    assert "cannot be reached" in error
    assert word not in error


def test_entries_are_data(full: Store) -> None:
    """Whoever reads an entry gets plain values; an entry cannot be changed in passing."""
    with full.reading() as connection:
        entry = next(entries(connection))
    with pytest.raises(AttributeError):
        entry.body = ""  # type: ignore[misc]
    assert msgspec.json.decode(msgspec.json.encode(entry), type=Entry) == entry


# ---- what the documentation says --------------------------------------------------------------------------------------

TEXT = (Path(__file__).parents[2] / "docs" / "desk.md").read_text("utf-8")


def listed(after: str) -> dict[str, str]:
    """The rows of the first table after some words: what stands between back-quotes, and the last column."""
    table = TEXT[TEXT.index(after) :].split("\n\n| ", 1)[1].split("\n\n", 1)[0]
    return dict(re.findall(r"^(?:\| )?`([\w.]+)` \|(?:.*\|)? ?(.*) \|$", table, re.MULTILINE))


def test_every_field_of_an_entry_and_of_a_check_is_documented() -> None:
    assert listed("### An entry").keys() == set(Entry.__struct_fields__)
    assert listed("`--json` prints this:").keys() == set(check.Verified.__struct_fields__)
    assert (
        set(check.Flaw.__struct_fields__)
        == {"entry", "what"}
        <= set(re.findall(r"`(\w+)`", listed("`--json` prints")["flaws"]))
    )


def test_every_kind_and_its_fields_are_documented() -> None:
    found = listed("| `hash` | the SHA-256")
    assert found.pop("kind") == "`body`"
    assert found.keys() == KINDS.keys()
    for kind, shape in KINDS.items():
        assert set(re.findall(r"`(\w+)`", found[kind])) == set(shape.__struct_fields__), kind
