"""A server that is killed loses nothing that it acknowledged: 20 times here, 200 in `make soak`."""

from pathlib import Path

import pytest

from record.killing import kill


@pytest.mark.slow
def test_a_server_killed_under_writes_loses_nothing_and_doubles_nothing(database: str, tmp_path: Path) -> None:
    url = "" if database.startswith("sqlite") else database
    told = kill(tmp_path / "desk", url, 20, "killed")
    assert told.kills == 20
    assert told.acknowledged > 200
    assert told.unanswered > 0, "no server was killed while it was writing"
