"""Fixtures of the desk's tests: a record in either store, and a small corpus to decide by."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from helpers import TINY, built
from record.databases import Cluster, cluster_or_skip
from sekisho.decide import Decider
from sekisho.desk.record import Store, open_record


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    found = cluster_or_skip()
    yield found
    found.remove()


@pytest.fixture
def postgresql(cluster: Cluster) -> str:
    return cluster.emptied()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database with nothing in it."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/desk.sqlite"
    found: str = request.getfixturevalue("postgresql")
    return found


@pytest.fixture
def store(database: str) -> Iterator[Store]:
    with closing(open_record(database)) as opened:
        yield opened


@pytest.fixture(scope="session")
def small() -> Decider:
    return Decider(built(TINY))
