"""A real PostgreSQL for the tests: a cluster of its own in a temporary folder, on a socket there and on no port.

Debian's binaries are taken where there are any. A cluster does not run as root: where the tests do, another user is taken.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from itertools import count
from pathlib import Path

import psycopg
import pytest

REQUIRED = os.environ.get("SEKISHO_POSTGRES") == "required"
"""Where PostgreSQL has to be tested, its absence fails; elsewhere the tests are left out, and the end of the run says so."""
NO_POSTGRESQL = "NO POSTGRESQL: apt-get install postgresql"
PATIENCE = 60.0


def binaries() -> Path | None:
    """The folder of the newest PostgreSQL's programs."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    found = shutil.which("initdb")
    return debian[-1].parent if debian else Path(found).resolve().parent if found else None


class Cluster:
    """A cluster that runs until it is removed; it may be stopped and started in between."""

    def __init__(self, programs: Path) -> None:
        self.programs = programs
        self.folder = Path(tempfile.mkdtemp(prefix="sekisho-pg-"))
        self.user = "postgres" if os.geteuid() == 0 and _known("postgres") else "nobody" if os.geteuid() == 0 else None
        if self.user is not None:
            os.chown(self.folder, pwd.getpwnam(self.user).pw_uid, pwd.getpwnam(self.user).pw_gid)
        self.data = self.folder / "data"
        self.process: subprocess.Popen[bytes] | None = None
        self._numbers = count(1)
        self._shared: str | None = None
        self._run(
            "initdb", "--pgdata", self.data, "--auth=trust", "--username=desk", "--encoding=UTF8", "--locale=C", "--no-sync"
        )
        self.start()

    def _popen(self, *words: object) -> subprocess.Popen[bytes]:
        as_user = {} if self.user is None else {"user": self.user, "group": pwd.getpwnam(self.user).pw_gid, "extra_groups": []}
        environment = {"PATH": os.environ["PATH"], "LC_ALL": "C", "HOME": str(self.folder)}
        with (self.folder / "log").open("ab") as log:
            return subprocess.Popen(
                [str(self.programs / str(words[0])), *map(str, words[1:])], env=environment, cwd=self.folder,
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, **as_user,
            )  # fmt: skip

    def _run(self, *words: object) -> None:
        if self._popen(*words).wait(PATIENCE):
            raise AssertionError((self.folder / "log").read_text("utf-8", "replace"))

    def start(self) -> None:
        """Start the server, and wait until it answers."""
        settings = ("listen_addresses=", "fsync=off", "shared_buffers=16MB", "max_connections=80")
        words = [word for setting in settings for word in ("-c", setting)]
        self.process = self._popen("postgres", "-D", self.data, "-k", self.folder, *words)
        end = time.monotonic() + PATIENCE
        while True:
            try:
                psycopg.connect(self.url("postgres")).close()
            except psycopg.OperationalError as flaw:
                running = self.process.poll() is None and time.monotonic() < end
                assert running, (flaw, (self.folder / "log").read_text("utf-8", "replace"))
                time.sleep(0.1)
            else:
                return

    def stop(self, how: int = signal.SIGINT) -> None:
        """Stop the server; by SIGINT in order, and at once."""
        if self.process is not None:
            self.process.send_signal(how)
            self.process.wait(PATIENCE)
            self.process = None

    def url(self, database: str) -> str:
        """The address of a database."""
        return f"postgresql://desk@/{database}?host={self.folder}"

    def new(self) -> str:
        """The address of a new, empty database."""
        name = f"desk{next(self._numbers)}"
        self.execute("postgres", f"CREATE DATABASE {name}")
        return self.url(name)

    def emptied(self) -> str:
        """The address of one database, with nothing in it: quicker than a new one, for one test after another."""
        if self._shared is None:
            self._shared = self.new()
        with psycopg.connect(self._shared, autocommit=True) as connection:
            connection.execute("DROP SCHEMA public CASCADE")
            connection.execute("CREATE SCHEMA public")
        return self._shared

    def execute(self, database: str, statement: str) -> None:
        """Run a statement as the owner."""
        with psycopg.connect(self.url(database), autocommit=True) as connection:
            connection.execute(statement)

    def remove(self) -> None:
        """Stop the server and remove all it wrote."""
        self.stop(signal.SIGQUIT)
        shutil.rmtree(self.folder)


def _known(user: str) -> bool:
    return any(entry.pw_name == user for entry in pwd.getpwall())


def cluster_or_skip() -> Cluster:
    """A cluster; where there are no programs the test is left out, or fails where they are required."""
    programs = binaries()
    if programs is None:
        if REQUIRED:
            pytest.fail(NO_POSTGRESQL)
        pytest.skip(NO_POSTGRESQL)
    return Cluster(programs)
