"""What a database can do to a record: it goes and comes back, is locked, full, torn or moved. Nothing is lost."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import textwrap
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import event

from helpers import mistakes, refused, sekisho
from record.databases import Cluster
from sekisho.desk.record import Key, Store, append, head, look_into, open_record
from sekisho.desk.record import store as store_room
from sekisho.desk.record.check import verify_store
from sekisho.desk.record.kinds import Noted
from sekisho.errors import Mistake, StoreError

KEY = Key("k", "sha256:" + "0" * 64)


def write(store: Store) -> int:
    return append(store, "x", Noted("n")).entry.sequence


def refusal(store: Store) -> Mistake:
    (mistake,) = mistakes(StoreError, lambda: write(store))
    assert mistake.file == store.name and mistake.mend
    return mistake


# ---- PostgreSQL ------------------------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGQUIT], ids=["stopped", "killed"])
def test_a_server_that_goes_and_comes_back(cluster: Cluster, how: int) -> None:
    with closing(open_record(url := cluster.new())) as store:
        wrote = [write(store) for _ in range(3)]
        cluster.stop(how)
        try:
            for _ in range(2):
                assert refusal(store).what == "the record cannot be used: it cannot be reached; nothing was written."
                mistakes(StoreError, lambda: head(store))
            for opening in (open_record, look_into):
                (mistake,) = mistakes(StoreError, lambda opening=opening: opening(url))
                assert "it cannot be reached" in mistake.what
        finally:
            cluster.start()
        wrote += [write(store) for _ in range(3)]
        assert wrote == [2, 3, 4, 5, 6, 7]
        assert (verify_store(store).sound, head(store)[0]) == (True, 7)


@pytest.mark.slow
def test_a_server_that_goes_within_a_write(cluster: Cluster) -> None:
    with closing(open_record(cluster.new())) as store:
        try:
            with pytest.raises(StoreError, match="cannot be reached; nothing was written"):
                append(store, "x", Noted("n"), guard=lambda _: cluster.stop(signal.SIGQUIT))
        finally:
            cluster.start()
        assert (head(store)[0], write(store)) == (1, 2)


@pytest.mark.slow
def test_a_server_that_goes_while_committing_may_have_written_and_the_key_tells(cluster: Cluster) -> None:
    with closing(open_record(cluster.new())) as store:
        gone = []

        @event.listens_for(store.engine, "commit")
        def _(connection: object) -> None:
            if not gone:
                gone.append(True)
                cluster.stop(signal.SIGQUIT)

        try:
            with pytest.raises(StoreError, match="it is not known whether it was written: ask again with the same"):
                append(store, "x", Noted("n"), key=KEY)
        finally:
            cluster.start()
        append(store, "x", Noted("n"), key=KEY)
        assert append(store, "x", Noted("n"), key=KEY).again
        assert head(store)[0] == 2


@pytest.mark.slow
@pytest.mark.parametrize(
    ("state", "says"),
    [
        ("53100", "the disk is full"), ("57P03", "cannot be reached"), ("40001", "busy"), ("42501", "refuses this user"),
        ("25006", "may only be read"), ("XX001", "files are damaged"), ("P0001", "it says: of its own"),
    ],
)  # fmt: skip
def test_what_a_server_says(state: str, says: str, cluster: Cluster, postgresql: str) -> None:
    """The server raises each state for real, from a trigger on the log."""
    with closing(open_record(postgresql)) as store:
        name = postgresql.partition("?")[0].rpartition("/")[2]
        body = f"BEGIN RAISE EXCEPTION 'of its own' USING ERRCODE = '{state}', DETAIL = 'secret'; END"
        cluster.execute(
            name, f"CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS '{body.replace(chr(39), chr(39) * 2)}'"
        )
        cluster.execute(name, "CREATE TRIGGER a_fault BEFORE INSERT ON record_entries FOR EACH ROW EXECUTE FUNCTION fail()")
        (mistake,) = mistakes(StoreError, lambda: write(store))
        assert says in mistake.what and "nothing was written" in mistake.what and "secret" not in mistake.what
        cluster.execute(name, "DROP TRIGGER a_fault ON record_entries")
        assert write(store) == 2


def test_what_the_server_refuses_at_the_commit_was_not_written(cluster: Cluster, postgresql: str) -> None:
    """A server that answers has the last word; only its silence leaves open whether it was written."""
    with closing(open_record(postgresql)) as store:
        name = postgresql.partition("?")[0].rpartition("/")[2]
        body = "BEGIN RAISE EXCEPTION ''full'' USING ERRCODE = ''53100''; END"
        cluster.execute(name, f"CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS '{body}'")
        deferred = "CONSTRAINT TRIGGER late AFTER INSERT ON record_entries DEFERRABLE INITIALLY DEFERRED"
        cluster.execute(name, f"CREATE {deferred} FOR EACH ROW EXECUTE FUNCTION fail()")
        assert "the disk is full; nothing was written" in refusal(store).what
        cluster.execute(name, "DROP TRIGGER late ON record_entries")
        assert write(store) == 2


def test_a_database_that_is_not_there(cluster: Cluster) -> None:
    (error,) = refused("log", "verify", "--database", cluster.url("nowhere"), status=5)
    assert "there is no such database" in error
    (error,) = refused("log", "verify", "--database", cluster.url("postgres").replace("desk@", "nobody@"), status=5)
    assert "it refuses this user" in error


def test_a_server_that_has_too_many_connections(cluster: Cluster, postgresql: str) -> None:
    open_record(postgresql).close()
    cluster.execute("postgres", "CREATE ROLE guest LOGIN CONNECTION LIMIT 1")
    url = postgresql.replace("desk@", "guest@")
    with psycopg.connect(url), pytest.raises(StoreError, match="too many connections"):
        open_record(url)


def test_a_database_with_nothing_in_it_is_no_record(postgresql: str) -> None:
    (error,) = refused("log", "verify", "--database", postgresql, status=5)
    assert "holds no record of a desk" in error


def test_another_holds_the_lock_of_postgresql(postgresql: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store_room, "PATIENCE", 0.3)
    open_record(postgresql).close()
    with psycopg.connect(postgresql) as other:
        other.execute("SELECT pg_advisory_xact_lock(%s)", [store_room._LOCK])
        with closing(look_into(postgresql)) as store:
            assert "busy with other writers; nothing was written" in refusal(store).what
            assert head(store)[0] == 1
            other.rollback()
            assert write(store) == 2


# ---- SQLite ----------------------------------------------------------------------------------------------------------


def test_another_holds_the_lock_of_sqlite(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store_room, "PATIENCE", 0.3)
    with closing(open_record(folder=tmp_path)) as store, closing(sqlite3.connect(store.file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert "busy with other writers; nothing was written" in refusal(store).what
        assert head(store)[0] == 1, "readers go on"
        other.execute("ROLLBACK")
        assert write(store) == 2


def test_a_writer_that_does_not_end_keeps_others_out_for_a_while_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store_room, "PATIENCE", 0.2)
    with closing(open_record(folder=tmp_path)) as store:
        with store.writing():
            assert "others are writing; nothing was written" in refusal(store).what
        assert write(store) == 2


def test_a_file_that_is_moved_while_in_use(tmp_path: Path) -> None:
    with closing(open_record(folder=tmp_path)) as store:
        write(store)
        store.file.rename(tmp_path / "elsewhere")
        store.engine.dispose()
        assert "was moved while in use: it cannot be found" in refusal(store).what
        mistakes(StoreError, lambda: head(store))
        assert not store.file.exists(), "no empty one is made in its place"
        with closing(open_record(folder=tmp_path / "new")) as other:
            other.file.rename(store.file)
        assert "another file stands in its place" in refusal(store).what
        (tmp_path / "elsewhere").replace(store.file)
        assert write(store) == 3
        assert verify_store(store).entries == 3


@pytest.mark.slow
@pytest.mark.parametrize("share", [0.0, 0.01, 0.4, 0.9])
def test_a_torn_file(share: float, tmp_path: Path) -> None:
    """A record whose file lost its end: told, never written to, and never taken for a sound one."""
    with closing(open_record(folder=tmp_path)) as store:
        for _ in range(300):
            write(store)
    file = tmp_path / "desk.sqlite"
    torn = file.read_bytes()[: int(file.stat().st_size * share)]
    file.write_bytes(torn)
    run = sekisho("log", "verify", "--folder", tmp_path)
    assert run.status in (4, 5) and run.out == "" and run.err.startswith("error: ")
    assert "damaged" in run.err or "holds no record" in run.err
    assert file.read_bytes() == torn
    if share:
        with pytest.raises(StoreError, match="damaged"), closing(open_record(folder=tmp_path)) as store:
            write(store)
        assert len(file.read_bytes()) == len(torn)


def test_pages_that_were_overwritten(tmp_path: Path) -> None:
    with closing(open_record(folder=tmp_path)) as store:
        for _ in range(300):
            write(store)
    file = tmp_path / "desk.sqlite"
    content = bytearray(file.read_bytes())
    content[40_000:60_000] = os.urandom(20_000)
    file.write_bytes(content)
    run = sekisho("log", "verify", "--folder", tmp_path)
    assert run.status == 4 and "the file of the database is damaged" in run.err


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    (tmp_path / "desk.sqlite").write_bytes(b"date: 2023-12-22\n" * 500)
    for command in (["verify"], ["export", "-o", tmp_path / "x"], ["backup", "-o", tmp_path / "x"]):
        (error,) = refused("log", *command, "--folder", tmp_path, status=5)
        assert "its file is no database of SQLite, or is damaged" in error
    (mistake,) = mistakes(StoreError, lambda: open_record(folder=tmp_path))
    assert "its file is no database" in mistake.what
    assert [path.name for path in tmp_path.iterdir()] == ["desk.sqlite"]


def test_a_folder_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("x", "utf-8")
    (mistake,) = mistakes(StoreError, lambda: open_record(folder=tmp_path / "a"))
    assert "the record cannot be made" in mistake.what
    (mistake,) = mistakes(StoreError, lambda: open_record(f"sqlite:///{tmp_path}"))
    assert "cannot be opened" in mistake.what


def test_nobody_else_may_look_into_what_is_made(tmp_path: Path) -> None:
    with closing(open_record(folder=tmp_path / "desk")) as store:
        write(store)
        modes = {path.name: path.stat().st_mode & 0o777 for path in (tmp_path / "desk").iterdir()}
        assert modes.pop("desk.sqlite") == 0o600
        assert set(modes.values()) <= {0o600}
    assert (tmp_path / "desk").stat().st_mode & 0o777 == 0o700


def on_a_disk(tmp_path: Path, options: str, script: str) -> subprocess.CompletedProcess[str]:
    """A script run beside a small disk of its own, mounted at the path that is its argument."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = f'mount -t tmpfs -o {options} tmpfs "{disk}" || exit 99; "$@"'
    within = ["unshare", "-rm", "sh", "-c", mount, "sh"]
    if shutil.which("unshare") is None or subprocess.run([*within, "true"], capture_output=True, check=False).returncode:
        pytest.skip("a disk may not be mounted here")
    words = [sys.executable, "-W", "error", "-c", textwrap.dedent(script), str(disk)]
    return subprocess.run([*within, *words], capture_output=True, text=True, check=False)


@pytest.mark.slow
def test_a_disk_that_fills_up(tmp_path: Path) -> None:
    """The write that does not fit is refused; what was acknowledged is there, and once there is room it goes on."""
    done = on_a_disk(
        tmp_path,
        "size=1500k",
        """
        import pathlib, sys
        from sekisho.desk.record import append, head, open_record
        from sekisho.desk.record.backup import backup
        from sekisho.desk.record.check import verify_store
        from sekisho.desk.record.export import export
        from sekisho.desk.record.kinds import Noted
        from sekisho.errors import InputError, StoreError
        disk = pathlib.Path(sys.argv[1])
        (disk / "ballast").write_bytes(bytes(300_000))
        store, wrote = open_record(folder=disk), [1]
        try:
            while True:
                wrote.append(append(store, "x", Noted("n" * 5000)).entry.sequence)
        except StoreError as flaw:
            print(flaw)
        assert len(wrote) > 20 and head(store)[0] == len(wrote) == wrote[-1]
        for attempt in (export, backup):
            try:
                attempt(store, disk / "copy")
            except (InputError, StoreError) as flaw:
                print(flaw)
        assert not [path.name for path in disk.iterdir() if "copy" in path.name]
        (disk / "ballast").unlink()
        assert append(store, "x", Noted("n" * 5000)).entry.sequence == len(wrote) + 1
        found = verify_store(store)
        assert found.sound and found.entries == len(wrote) + 1
        store.close()
        """,
    )
    assert done.returncode == 0, done.stderr
    first, second, third = done.stdout.splitlines()
    assert "the record cannot be used: the disk is full; nothing was written." in first
    assert "No space left on device; nothing was left behind." in second
    assert "the copy cannot be made: the disk is full; nothing was copied." in third


@pytest.mark.slow
def test_a_disk_that_may_only_be_read(tmp_path: Path) -> None:
    done = on_a_disk(
        tmp_path,
        "size=1500k,ro",
        """
        import pathlib, sys
        from sekisho.desk.record import open_record
        from sekisho.errors import StoreError
        try:
            open_record(folder=pathlib.Path(sys.argv[1]))
        except StoreError as flaw:
            print(flaw)
        """,
    )
    assert done.returncode == 0, done.stderr
    assert "the record cannot be made: Read-only file system." in done.stdout
