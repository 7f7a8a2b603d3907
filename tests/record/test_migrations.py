"""The record's revisions: forward from each, with the data of each, by several processes at once, and none unknown."""

import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, insert, text

from helpers import mistakes
from sekisho.desk.record import Key, Store, address, append, head, look_into, open_record
from sekisho.desk.record.check import verify_store
from sekisho.desk.record.entry import canonical, linked
from sekisho.desk.record.kinds import Noted
from sekisho.desk.record.log import entries
from sekisho.desk.record.opening import FOLDER, REVISIONS, upgrade
from sekisho.desk.record.tables import ENTRIES, METADATA, VERSIONS
from sekisho.errors import StoreError

DIGEST = "sha256:" + "0" * 64


def test_the_code_knows_the_revisions_in_their_order() -> None:
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    scripts = ScriptDirectory.from_config(config)
    assert tuple(script.revision for script in scripts.walk_revisions())[::-1] == REVISIONS
    assert scripts.get_heads() == [REVISIONS[-1]]


def test_the_tables_are_those_of_the_code(store: Store) -> None:
    with store.reading() as connection:
        context = MigrationContext.configure(connection, opts={"version_table": VERSIONS, "compare_type": True})
        assert compare_metadata(context, METADATA) == []


def lines(*bodies: str) -> list:
    """Entries as any revision has held them."""
    found: list = []
    for number, body in enumerate(bodies, 1):
        kind, subject = ("log.begun", "log") if number == 1 else ("case.noted", "x")
        time = f"2026-01-0{number}T00:00:00.000000Z"
        found.append(linked(found[-1] if found else None, f"id-{number}", time, kind, subject, "local", body))
    return found


def filled(connection: Connection) -> list:
    """Put data into the log of a revision, as it was put there then."""
    old = lines(canonical({"form": 1, "log": "of-old"}), canonical({"text": "one"}), canonical({"text": "二"}))
    for entry in old:
        connection.execute(insert(ENTRIES).values({name: getattr(entry, name) for name in entry.__struct_fields__}))
    return old


@pytest.mark.parametrize("revision", REVISIONS)
def test_data_of_every_revision_comes_through(revision: str, database: str) -> None:
    with closing(Store(address(database))) as before, before.writing() as connection:
        upgrade(connection, revision)
        old = filled(connection)
    with closing(look_into(database)) as looking:
        assert verify_store(looking).sound, "a record of an earlier revision is verified as it stands"
    with closing(open_record(database)) as store:
        with store.reading() as connection:
            assert list(entries(connection)) == old
            assert connection.execute(text(f"SELECT version_num FROM {VERSIONS}")).scalar_one() == REVISIONS[-1]
        made = append(store, "x", Noted("new"), key=Key("k", DIGEST)).entry
        assert (made.sequence, made.previous) == (4, old[-1].hash)
        assert verify_store(store).sound


def test_opening_again_changes_nothing(database: str) -> None:
    with closing(open_record(database)) as store:
        first = head(store)
    with closing(open_record(database)) as store:
        assert head(store) == first


OPEN = """
import sys, time
from sekisho.desk.record import open_record, append
from sekisho.desk.record.kinds import Noted
while time.time() < float(sys.argv[2]): time.sleep(0.001)
store = open_record(sys.argv[1])
append(store, "x", Noted("n"))
store.close()
"""


@pytest.mark.slow
def test_several_processes_open_a_new_record_at_once(database: str) -> None:
    at = str(time.time() + 3)
    words = [sys.executable, "-W", "error", "-c", OPEN, database, at]
    running = [subprocess.Popen(words, stderr=subprocess.PIPE, text=True) for _ in range(5)]
    assert [(process.communicate(timeout=120)[1], process.returncode) for process in running] == [("", 0)] * 5
    with closing(open_record(database)) as store:
        assert head(store)[0] == 6
        assert verify_store(store).sound


def test_a_record_of_a_newer_version_is_refused_and_left_alone(database: str) -> None:
    with closing(open_record(database)) as store:
        append(store, "x", Noted("n"))
        with store.writing() as connection:
            connection.execute(text(f"UPDATE {VERSIONS} SET version_num = '9999'"))
    for opening in (open_record, look_into):
        (mistake,) = mistakes(StoreError, lambda opening=opening: opening(database))
        assert mistake.what == "the record is of a newer version: its revision is 9999, this code knows 0002."
        assert mistake.mend == "Install the newer Sekisho; nothing was changed."


def test_a_database_of_something_else_is_refused_and_left_alone(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/other.sqlite"
    with closing(Store(address(url))) as other, other.writing() as connection:
        connection.execute(text("CREATE TABLE songs (name TEXT)"))
    for opening in (open_record, look_into):
        (mistake,) = mistakes(StoreError, lambda opening=opening: opening(url))
        assert "holds no record of a desk" in mistake.what
    with closing(Store(address(url))) as other, other.reading() as connection:
        assert connection.execute(text("SELECT name FROM sqlite_master")).scalars().all() == ["songs"]


def test_a_migration_that_fails_changes_nothing(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with closing(Store(address(database))) as before, before.writing() as connection:
        upgrade(connection, REVISIONS[0])
        filled(connection)

    class CutError(Exception):
        pass

    def cut(*_: object) -> None:
        raise CutError

    monkeypatch.setattr("sekisho.desk.record.opening.last", cut)
    with pytest.raises(CutError):
        open_record(database)
    monkeypatch.undo()
    with closing(Store(address(database))) as after, after.reading() as connection:
        assert connection.execute(text(f"SELECT version_num FROM {VERSIONS}")).scalar_one() == REVISIONS[0]
    with closing(open_record(database)) as store:
        assert verify_store(store).entries == 3
