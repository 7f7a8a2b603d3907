"""Backup and restore: a copy while the record is in use, a record from a copy, and nothing written over."""

import shutil
import sqlite3
import subprocess
import threading
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from helpers import refused, sekisho
from record.databases import Cluster
from sekisho.desk.record import Key, Store, append, head, look_into, open_record
from sekisho.desk.record.backup import backup
from sekisho.desk.record.check import verify_store
from sekisho.desk.record.kinds import Noted

DIGEST = "sha256:" + "0" * 64


def with_notes(folder: Path, count: int = 5) -> Store:
    store = open_record(folder=folder)
    for number in range(count):
        append(store, f"s{number}", Noted("n"), key=Key(f"k{number}", DIGEST))
    return store


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_there_and_back(tmp_path: Path) -> None:
    with closing(with_notes(tmp_path / "a")) as store:
        found = head(store)
        run = sekisho("log", "backup", "-o", tmp_path / "copy", "--folder", tmp_path / "a")
        assert (run.status, run.out) == (0, "")
        assert run.err == f"The backup is in {tmp_path}/copy: 6 entries. Its head, to be kept elsewhere: {found[1]}\n"
    run = sekisho("log", "restore", tmp_path / "copy", "--folder", tmp_path / "b" / "c")
    assert (run.status, run.out) == (0, "")
    assert run.err == f"The record is in {tmp_path}/b/c/desk.sqlite: 6 entries, up to {found[1]}.\n"
    assert names(tmp_path) == ["a", "b", "copy"] and names(tmp_path / "b" / "c") == ["desk.sqlite"]
    with closing(open_record(folder=tmp_path / "b" / "c")) as store:
        assert head(store) == found
        assert append(store, "s1", Noted("n"), key=Key("k1", DIGEST)).again, "the keys came with it"
        assert append(store, "x", Noted("n")).entry.sequence == 7
        with pytest.raises(Exception, match="never changed"), store.writing() as connection:
            connection.execute(text("UPDATE record_entries SET actor = 'x'"))


def test_a_backup_while_the_record_is_written_to(tmp_path: Path) -> None:
    """What was acknowledged before the backup began is in it, it holds together, and the writers did not stop."""
    with closing(with_notes(tmp_path / "a")) as store:
        acknowledged, stop = [head(store)[0]], threading.Event()

        def write() -> None:
            while not stop.is_set():
                acknowledged.append(append(store, "x", Noted("m")).entry.sequence)

        writers = [threading.Thread(target=write) for _ in range(3)]
        for writer in writers:
            writer.start()
        try:
            for number in range(5):
                least = max(acknowledged)
                found = backup(store, tmp_path / f"copy{number}")
                assert found.entries >= least
        finally:
            stop.set()
            for writer in writers:
                writer.join()
        assert verify_store(store).entries == max(acknowledged) > 20
    for number in range(5):
        with closing(look_into(f"sqlite:///{tmp_path}/copy{number}")) as copy:
            assert verify_store(copy).sound


def test_a_backup_is_one_file_and_replaces_the_former_one_whole(tmp_path: Path) -> None:
    with closing(with_notes(tmp_path / "a")) as store:
        backup(store, tmp_path / "copy")
        append(store, "x", Noted("n"))
        backup(store, tmp_path / "copy")
        assert names(tmp_path) == ["a", "copy"]
        with closing(look_into(f"sqlite:///{tmp_path}/copy")) as copy:
            assert head(copy) == head(store)
        assert names(tmp_path) == ["a", "copy"]


def test_a_backup_that_cannot_be_written_leaves_nothing(tmp_path: Path) -> None:
    with_notes(tmp_path / "a").close()
    (tmp_path / "folder").mkdir()
    for aim in (tmp_path / "no" / "copy", tmp_path / "folder"):
        (error,) = refused("log", "backup", "-o", aim, "--folder", tmp_path / "a")
        assert "cannot be written" in error and "nothing was left behind" in error
    assert names(tmp_path) == ["a", "folder"] and names(tmp_path / "folder") == []


@pytest.mark.parametrize("there", ["desk.sqlite", "desk.sqlite-wal", "desk.sqlite-shm"])
def test_a_record_is_never_written_over(there: str, tmp_path: Path) -> None:
    with closing(with_notes(tmp_path / "a")) as store:
        backup(store, tmp_path / "copy")
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / there).write_bytes(b"something")
    (error,) = refused("log", "restore", tmp_path / "copy", "--folder", tmp_path / "b", status=5)
    assert "there is a record already; it is never written over. Stop the desk and move" in error
    assert (tmp_path / "b" / there).read_bytes() == b"something"
    assert names(tmp_path / "b") == [there]


def spoiled(copy: Path, how: str) -> None:
    content = copy.read_bytes()
    if how == "torn":
        copy.write_bytes(content[: len(content) // 2 - 1000])
    elif how == "no database":
        copy.write_bytes(b"date: 2023-12-22\n" * 500)
    elif how == "nothing":
        copy.write_bytes(b"")
    else:
        with closing(sqlite3.connect(copy)) as connection:
            connection.execute("DROP TRIGGER record_entries_update")
            connection.execute("UPDATE record_entries SET actor = 'chief' WHERE sequence = 3")
            connection.commit()


@pytest.mark.parametrize("how", ["torn", "no database", "nothing", "changed"])
def test_a_backup_that_is_spoiled_is_refused(how: str, tmp_path: Path) -> None:
    with closing(with_notes(tmp_path / "a", 100)) as store:
        backup(store, tmp_path / "copy")
    spoiled(tmp_path / "copy", how)
    run = sekisho("log", "restore", tmp_path / "copy", "--folder", tmp_path / "b")
    assert run.status == (4 if how == "changed" else run.status) and run.status in (4, 5)
    assert all(line.startswith(f"error: {tmp_path}/copy: ") for line in run.err.splitlines()) and run.err
    assert names(tmp_path) == ["a", "copy"]


def test_a_backup_that_is_not_there(tmp_path: Path) -> None:
    (error,) = refused("log", "restore", tmp_path / "copy", "--folder", tmp_path / "b", status=5)
    assert "there is no record" in error
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_postgresql_is_copied_by_its_own_tools(postgresql: str, tmp_path: Path) -> None:
    open_record(postgresql).close()
    (error,) = refused("log", "backup", "-o", tmp_path / "copy", "--database", postgresql, status=2)
    assert "its own tools. Use pg_dump" in error
    (error,) = refused("log", "restore", tmp_path / "copy", "--database", postgresql, status=2)
    assert "its own tools. Use pg_restore" in error
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_a_record_in_postgresql_by_pg_dump_and_pg_restore(cluster: Cluster, tmp_path: Path) -> None:
    """The way that docs/desk.md describes: the copy holds together, and its triggers came with it."""
    first, second, copy = cluster.new(), cluster.new(), tmp_path / "record.dump"
    with closing(open_record(first)) as store:
        for _ in range(5):
            append(store, "x", Noted("n"), key=Key("k", DIGEST))
            append(store, "x", Noted("n"))
        found = head(store)
        run("pg_dump", cluster, "-Fc", "-f", str(copy), first)
    run("pg_restore", cluster, "-e", "-d", second, str(copy))
    assert sekisho("log", "verify", "--database", second, "--head", found[1]).status == 0
    with closing(open_record(second)) as store:
        assert head(store) == found
        assert append(store, "x", Noted("n"), key=Key("k", DIGEST)).again
        assert append(store, "x", Noted("n")).entry.sequence == found[0] + 1
        with pytest.raises(Exception, match="never changed"), store.writing() as connection:
            connection.execute(text("DELETE FROM record_entries"))


def run(program: str, cluster: Cluster, *words: str) -> None:
    path = shutil.which(str(cluster.programs / program))
    assert path is not None, f"{program} belongs to PostgreSQL"
    done = subprocess.run([path, *words], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
