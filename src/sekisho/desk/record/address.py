"""Where the store is: a file of SQLite in the data folder, or a PostgreSQL by its URL."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs
from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from sekisho.errors import Mistake, UsageError

DATABASE = "SEKISHO_DATABASE_URL"
FILE = "desk.sqlite"
_DRIVERS = {
    "postgresql": "postgresql+psycopg", "postgres": "postgresql+psycopg", "postgresql+psycopg": "postgresql+psycopg",
    "sqlite": "sqlite", "sqlite+pysqlite": "sqlite",
}  # fmt: skip
_MEND = "Write sqlite:///FILE or postgresql://USER@HOST/DATABASE."


def address(url: str | URL | None = None, folder: Path | None = None) -> URL:
    """The address of a URL; without one (None) that of the environment; where that is empty, a file in `folder`.

    `folder` is by default that of the user's data.

    Raises `UsageError` for a URL that is none, or of another database.
    """
    if isinstance(url, URL):
        return url
    given = os.environ.get(DATABASE, "") if url is None else url
    if not given:
        place = folder or Path(platformdirs.user_data_path("sekisho"))
        return URL.create("sqlite", database=str((place / FILE).absolute()))
    try:
        found = make_url(given)
    except (ArgumentError, ValueError) as flaw:
        raise UsageError(Mistake("the database's URL cannot be read.", _MEND)) from flaw
    driver = _DRIVERS.get(found.drivername)
    if driver is None or not found.database or found.database == ":memory:" or found.database.startswith("file:"):
        raise UsageError(Mistake(f"'{shown(found)}' is not a database that can keep a record.", _MEND))
    if driver == "sqlite":
        return URL.create("sqlite", database=str(Path(found.database).absolute()))
    return found.set(drivername=driver)


def file_of(url: URL) -> Path | None:
    """The file of a SQLite; None for another database."""
    return Path(url.database or "") if url.drivername == "sqlite" else None


def shown(url: URL) -> str:
    """An address as a message may name it: without its password."""
    return url.render_as_string(hide_password=True)
