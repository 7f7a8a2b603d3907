"""Clients that hang up: nobody waits for their answer, so that it is neither waited for nor worked out."""

import json
import socket
import threading
import time
from collections.abc import Callable
from pathlib import Path

import duckdb
import httpx
import pytest
import z3
from browsing import STOPPED, Server, start, stop

from sekisho.desk.busy import Proofs
from sekisho.errors import StoppedError
from sekisho.language.stopping import Stop, stop_of, stoppable

SHORT = "/v1/law/diff?regime=japan&before=2024-03-25&after=2024-03-26"
LONG = {
    "api": "/v1/law/diff?regime=japan&before=196{}-06-01&after=2026-04-30",
    "page": "/law/compare?regime=japan&before=196{}-06-01&after=2026-04-30&proof=1",
}
"""Proofs that take longer than the 20 s that they may."""
ABANDONED = 5


def log_of(server: Server, path: str) -> list[dict[str, object]]:
    lines = [json.loads(line) for line in server.log.read_text().splitlines() if line.startswith("{")]
    return [line for line in lines if line.get("path") == path]


def until(true: Callable[[], object], seconds: float) -> None:
    """Wait until something is so."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end
        time.sleep(0.05)


@pytest.mark.slow
@pytest.mark.parametrize("kind", LONG)
def test_a_client_that_hangs_up_frees_its_proof(kind: str, tmp_path: Path) -> None:
    server = start(tmp_path)
    try:
        url = httpx.URL(server.url)
        for number in range(ABANDONED):
            asked = f"GET {LONG[kind].format(number + 5)} HTTP/1.1\r\nHost: localhost\r\n\r\n"
            with socket.create_connection((url.host, url.port)) as torn:
                torn.sendall(asked.encode())
                time.sleep(0.3)
        began = time.monotonic()
        assert httpx.get(server.url + SHORT, timeout=60).status_code == 200
        assert time.monotonic() - began < 10
        path = LONG[kind].partition("?")[0]
        until(lambda: sum(line["status"] == 499 for line in log_of(server, path)) == ABANDONED, 5)
    finally:
        assert stop(server) == STOPPED


def test_what_is_stopped_ends_within_a_question() -> None:
    context = z3.Context()
    solver = z3.SolverFor("QF_FD", ctx=context)
    holes = 11  # one pigeon more than holes: nobody proves it in time
    sits = [[z3.Bool(f"{pigeon} {hole}", context) for hole in range(holes)] for pigeon in range(holes + 1)]
    solver.add(*[z3.Or(*row) for row in sits])
    solver.add(*[
        z3.Not(z3.And(one[hole], other[hole])) for hole in range(holes)
        for place, one in enumerate(sits) for other in sits[:place]
    ])  # fmt: skip
    solver.set("timeout", 20_000)
    stop, said = Stop(), []

    def prove() -> None:
        try:
            with stop.during(context.interrupt):
                said.append(solver.check())
        except StoppedError:
            said.append("stopped")

    proving = threading.Thread(target=prove)
    proving.start()
    began = time.monotonic()
    time.sleep(0.1)
    while proving.is_alive():
        stop.now()
        proving.join(0.05)
    assert said[-1] == "stopped" and time.monotonic() - began < 5


def test_a_query_is_stopped_as_well() -> None:
    stop, said = Stop(), []
    connection = duckdb.connect()

    def ask() -> None:
        try:
            with stop.during(connection.interrupt):
                connection.execute("SELECT count(*) FROM range(10000000) a, range(1000000) b WHERE hash(a.range) = b.range")
        except StoppedError:
            said.append("stopped")

    asking = threading.Thread(target=ask)
    asking.start()
    time.sleep(0.1)
    while asking.is_alive():
        stop.now()
        asking.join(0.05)
    assert said == ["stopped"]
    connection.close()


def test_what_is_asked_after_the_stop_is_not_begun() -> None:
    stop = Stop()
    with stoppable(stop):
        assert stop_of() is stop
    assert stop_of() is None
    stop.now()
    with pytest.raises(StoppedError), stop.during(lambda: None):
        pytest.fail("begun")


def test_places_come_back_and_those_who_wait_get_them() -> None:
    proofs, order = Proofs(1, 1, 20), []

    def second() -> None:
        with proofs.running():
            order.append("second")

    waiting = threading.Thread(target=second)
    with proofs.running():
        waiting.start()
        time.sleep(0.05)
        order.append("first")
    waiting.join(10)
    assert order == ["first", "second"]
