"""The host of engines that take one case at a time, in a sweep: each row of a Parquet file read, completed and put to them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks import cases, facts, plan, workload
from benchmarks.peers import Peer, maker
from benchmarks.workload import REGIME
from sekisho.case import Case
from sekisho.decide import Decider


class RowByRow:
    """A peer with regime japan's law of every day, ready to sweep; without a peer's name the host's own work alone."""

    def __init__(self, law: Decider, name: str = "") -> None:
        self._law, self._days = law, law.corpus.change_days(REGIME)
        plans = [plan.build(law.corpus.law_on(REGIME, day)) for day in self._days]
        self._hosts: list[Callable[[Any], dict[str, object]]] = [facts.host(built) for built in plans]
        self._peers: list[Peer] = [maker(name)(built) for built in plans] if name else []

    def sweep(self, source: Path, out: Path) -> None:
        """Put every row of a file to the peer, and write its key and verdict into another."""
        keys, verdicts = [], []
        for row in pq.read_table(source).to_pylist():
            stretch = bisect_right(self._days, row["date"]) - 1
            given = self._hosts[stretch](cases.looked_up(self._law, _case(row)))
            keys.append(row["key"])
            if self._peers:
                verdicts.append((stretch, self._peers[stretch].answer(given)))
        said = [self._peers[stretch].read(answer)[0] for stretch, answer in verdicts]
        pq.write_table(pa.table({"key": keys, "verdict": said or pa.nulls(len(keys), pa.string())}), out)


def _case(row: dict[str, Any]) -> Case:
    stated: dict[str, Any] = {}
    for name in (*workload.DESCRIBED, *workload.CLAIMS):
        value = row[name]
        if value is not None and name != "item":
            stated[name] = frozenset(value) if isinstance(value, list) else value
    return Case(row["date"], stated, item=row["item"] or "")
