"""What the server is started with. Everything has a safe default: loopback, an embedded store, limits on everything."""

from __future__ import annotations

import os
from pathlib import Path

import msgspec
import platformdirs

from sekisho.errors import Mistake, UsageError
from sekisho.text import read_text

LOOPBACK = ("127.0.0.1", "localhost", "::1")
DATABASE = "SEKISHO_DATABASE_URL"
SHORTEST_TOKEN = 24
"""Characters of a token: what `openssl rand -hex 12` prints is the least."""


class Limits(msgspec.Struct, frozen=True):
    """Bytes, seconds and counts that no request may pass."""

    body: int = 1 << 20
    """Bytes of a request's body, uploads apart."""
    upload: int = 1 << 30
    """Bytes of an uploaded register."""
    headers: int = 32 << 10
    """Bytes of all headers together."""
    silence: float = 30
    """Seconds that a client may take for the next piece of a body."""
    requests: float = 2500
    """Requests a second of one client, over a while."""
    burst: int = 5000
    """Requests of one client at once."""
    batch: int = 1000
    """Cases in one request."""
    proofs: int = 2
    """Proofs and sweeps that run at a time; others wait."""
    waiting: int = 16
    """Requests that wait for one of these; more are sent away to come again."""
    seconds: float = 20
    """Seconds that a proof may take."""
    reports: int = 200
    """Reports that are held in memory for who sent them to come back to."""
    held: int = 32 << 20
    """Bytes of all of them."""
    held_seconds: float = 3600
    """Seconds that each is held."""
    sweeps: int = 100
    """Registers that are kept."""
    kept: int = 20 << 30
    """Bytes of all of them and of what came of them; also the most that one sweep may write."""
    spare: int = 64 << 20
    """Bytes of the disk that no register may take, so that the record can still be written."""
    sweeping: int = 1
    """Sweeps that run at a time, each in a process of its own."""
    sweep_memory: int = 4 << 30
    """Bytes of memory of one such process."""
    sweep_seconds: float = 3600
    """Seconds that a sweep may take."""


class Settings(msgspec.Struct, frozen=True):
    """The settings of a desk. `database` is a URL, empty for SQLite in `folder`; `token` is empty on loopback alone."""

    host: str = "127.0.0.1"
    port: int = 8470
    folder: Path = Path(platformdirs.user_data_path("sekisho"))
    database: str = ""
    token: str = ""
    names: tuple[str, ...] = ()
    """Names by which the server may be called, besides its host and the loopback's."""
    log_content: bool = False
    limits: Limits = Limits()

    @property
    def hosts(self) -> frozenset[str]:
        """The names that a request may call the server by."""
        own = {self.host} - {"0.0.0.0", "::"}
        return frozenset({*LOOPBACK, *own, *self.names})


def settings_of(
    host: str | None, port: int, token_file: Path | None, folder: Path | None, names: tuple[str, ...], log_content: bool
) -> Settings:  # fmt: skip
    """The settings that a command line asks for.

    Raises `UsageError` for a host beyond the loopback without a token, and for a token that is too short.
    """
    token = read_text(token_file).strip() if token_file is not None else ""
    if token_file is not None and len(token) < SHORTEST_TOKEN:
        raise UsageError(
            Mistake(f"the token has fewer than {SHORTEST_TOKEN} characters.", "Write a long random one.", str(token_file))
        )
    if not token.isascii():
        raise UsageError(Mistake("the token has letters that no header can carry.", "Write it in ASCII.", str(token_file)))
    if host is not None and host not in LOOPBACK and not token:
        raise UsageError(
            Mistake(f"--host {host} would serve others without asking who they are.", "Give --token-file as well.")
        )
    plain = Settings()
    return Settings(host or plain.host, port, folder or plain.folder, os.environ.get(DATABASE, ""), token, names, log_content)
