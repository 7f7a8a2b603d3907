"""`sekisho serve`: the desk on this machine's loopback, until it is told to stop."""

from __future__ import annotations

import asyncio
import logging
import socket
import sys
import traceback

import h11
import structlog
import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from sekisho.desk.app import create_app
from sekisho.desk.settings import Settings
from sekisho.errors import Mistake, UsageError

PATIENCE = 10
"""Seconds that requests have to end once the server is told to stop."""
LARGEST_HEAD = 64 << 10
HEAD_SECONDS = 30.0
"""Seconds in which the head of a request has to come, from the opening of a connection or from its first byte."""


class Patient(H11Protocol):
    """A connection that is closed where the head of a request does not come in time."""

    _waits: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait."""
        super().connection_made(transport)
        self._watch()

    def data_received(self, data: bytes) -> None:
        """Wait on where the head is not whole yet, as long as it was to be waited for."""
        super().data_received(data)
        self._watch()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no more."""
        super().connection_lost(exc)
        self._end()

    def _watch(self) -> None:
        if self.conn.their_state is not h11.IDLE:
            self._end()
        elif self._waits is None:
            self._waits = self.loop.call_later(HEAD_SECONDS, self._give_up)

    def _end(self) -> None:
        if self._waits is not None:
            self._waits.cancel()
            self._waits = None

    def _give_up(self) -> None:
        self._waits = None
        if self.conn.their_state is h11.IDLE and not self.transport.is_closing():
            self.transport.close()


def serve(settings: Settings) -> None:
    """Serve until a signal says stop; requests under way are finished first. Raises `UsageError` for a taken port,
    and `StoreError` for a record that cannot be opened.
    """
    log_to_stderr()
    app = create_app(settings)
    app.state.records.store()
    sock = _listening(settings)
    config = uvicorn.Config(
        app, http=Patient, h11_max_incomplete_event_size=LARGEST_HEAD, log_config=None, access_log=False,
        server_header=False, timeout_graceful_shutdown=PATIENCE, timeout_keep_alive=30, lifespan="on",
    )  # fmt: skip
    host, port = sock.getsockname()[:2]
    name = f"[{host}]" if ":" in host else host
    sys.stderr.write(f"The desk is open at http://{name}:{port}/ (stop it with Ctrl-C).\n")
    sys.stderr.flush()
    uvicorn.Server(config).run([sock])


def _listening(settings: Settings) -> socket.socket:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    sock = socket.socket(family)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        sock.bind((settings.host, settings.port))
    except OSError as flaw:
        sock.close()
        where = f"{settings.host}:{settings.port}"
        raise UsageError(Mistake(f"{where} cannot be listened on: {flaw.strerror}.", "Choose another --port.")) from flaw
    sock.listen(1024)
    return sock


def where_it_failed(_: object, __: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    """A failure in the log: its kind and the places it passed, without its words, which may be those of a case."""
    given = event.pop("exc_info", None)
    error = given if isinstance(given, BaseException) else sys.exc_info()[1] if given is True else given[1] if given else None
    if error is not None:
        event["error"] = type(error).__qualname__
        event["at"] = [f"{frame.filename}:{frame.lineno}" for frame in traceback.extract_tb(error.__traceback__)]
    return event


def log_to_stderr() -> None:
    """A line of JSON for each event: requests without their content, and what the server says of itself."""
    shared: list[structlog.typing.Processor] = [
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[*shared, where_it_failed, structlog.processors.JSONRenderer()],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, structlog.processors.JSONRenderer()],
            foreign_pre_chain=[*shared, where_it_failed],
        )
    )
    root = logging.getLogger()
    root.handlers, root.level = [handler], logging.WARNING
