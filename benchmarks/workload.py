"""The rows that sweeps are timed on: a register in Parquet of exactly 27 columns, the same ones for the same seed.

    named    what a register of Japan's transfers looks like: items by their name in the catalogue, 200 recipients, days
             spread evenly over 1967 to 2026, the exporter Japan in 97 % of the rows that name one, 10 % missing of what is
             described, and each claim, assurance, step and finding made in 0.4 % of the rows
    random   every column drawn evenly from its values; claims true, false and missing in equal parts

A state exists on its row's day, and what cannot be (own forces of another state, a United Nations body of a state) is put
right, so that no row is rejected. Rows are made in chunks, each from its own seed: a longer file begins as a shorter one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal, get_args

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from sekisho.case import Case
from sekisho.decide import Decider
from sekisho.errors import CaseError
from sekisho.language.nodes import NONE

Kind = Literal["named", "random"]
KINDS: Sequence[Kind] = get_args(Kind)
SEED = 20140401
CHUNK = 1 << 18
RECIPIENTS, MISSING, CLAIMED, HOME = 200, 0.1, 0.004, 0.97
LAST = dt.date(2026, 12, 31)
REGIME = "japan"
"""The regime that every peer is given."""
EXPORTER = "JPN"
GOVERNMENTS = ("foreign_government", "armed_forces", "coast_guard")
OTHERS = ("company", "own_forces", "non_state_armed_group")
STATED = {
    "act": 0.1,
    "terms": 0.2,
    "end_user.state": 0.1,
    "destination.state": 0.1,
    "purpose": 0.03,
    "transfer.control_ground": 0.01,
}
"""How often the named workload states what a register seldom has a column for."""
CLAIMS = (
    "item.joint_development", "transfer.under_acsa", "transfer.sdf_gift", "transfer.osa", "assurance.licensor_request",
    "assurance.prior_consent", "finding.special_circumstances", "finding.positive_significance_security",
    "finding.positive_significance_peace", "finding.control_system_verified", "step.council", "step.licence", "step.cabinet",
    "step.secretaries",
)  # fmt: skip
DESCRIBED = (
    "exporter.state", "recipient.state", "recipient.kind", "item", "act", "terms", "end_user.state", "destination.state",
    "item.ammunition", "purpose", "transfer.control_ground",
)  # fmt: skip
COLUMNS = ("key", "date", *DESCRIBED, *CLAIMS)
NOWHERE = -1
"""The code of a value that is missing."""


def write(path: Path, rows: int, law: Decider, kind: Kind = "named", begin: int = 0) -> None:
    """Write a number of rows of a workload, from a chunk on."""
    maker = _Maker(law, kind)
    with pq.ParquetWriter(path, maker.schema) as writer:
        for number in range(-(-rows // CHUNK)):
            writer.write_table(maker.chunk(begin + number).slice(0, rows - number * CHUNK))


class _Maker:
    def __init__(self, law: Decider, kind: Kind) -> None:
        self.kind, self._facts = kind, law.corpus.vocabulary.facts
        self._first = law.corpus.regimes[REGIME].first_day
        self._days = (LAST - self._first).days + 1
        self._items = list(law.corpus.catalogue.items)
        known = [item.facts.get("item.ammunition") for item in law.corpus.catalogue.items.values()]
        self._ammunition = np.array([NOWHERE if value is None else int(value is True) for value in known])
        self._states, self._alive = self._existing(law)
        self._kinds = list(self._facts["recipient.kind"].values)
        self._own, self._stateless = self._bound(law)
        self.schema = self.chunk(0).schema

    def _existing(self, law: Decider) -> tuple[list[str], Any]:
        """Two hundred states and Japan first, and on which days each exists."""
        world = law.corpus.world
        alive = {state: np.zeros(self._days, bool) for state in world.states}
        for state, lived in alive.items():
            for row in world.states[state]:
                begin = max((row.in_force.begin - self._first).days, 0)
                lived[begin : max((row.in_force.end - self._first).days, 0)] = True
        others = [state for state, lived in sorted(alive.items()) if lived.any() and state != EXPORTER]
        chosen = np.random.default_rng(SEED).permutation(len(others))[: RECIPIENTS - 1]
        states = [EXPORTER, *(others[place] for place in sorted(chosen))]
        return states, np.array([alive[state] for state in states])

    def _bound(self, law: Decider) -> tuple[Any, Any]:
        """Which kinds of recipient cannot be of another state than the exporter's, and which of no state at all."""

        def possible(kind: str, state: str) -> bool:
            facts = {"exporter.state": self._states[0], "recipient.state": state, "recipient.kind": kind}
            try:
                law.completer.complete(Case(LAST, facts))
            except CaseError:
                return False
            return True

        abroad = next(state for place, state in enumerate(self._states) if place and self._alive[place, -1])
        foreign = np.array([possible(kind, abroad) for kind in self._kinds])
        home = np.array([possible(kind, EXPORTER) for kind in self._kinds])
        return ~foreign & home, ~foreign & ~home

    def chunk(self, number: int) -> pa.Table:
        """A chunk of the workload."""
        rng = np.random.default_rng((SEED, KINDS.index(self.kind), number))
        days = rng.integers(self._days, size=CHUNK)
        columns: dict[str, pa.Array] = {
            "key": pc.binary_join_element_wise("r", pc.cast(pa.array(np.arange(CHUNK) + number * CHUNK), pa.string()), ""),
            "date": pa.array(np.datetime64(self._first, "D") + days),
        }
        columns |= self._parties(rng, days) | self._things(rng)
        for name in CLAIMS:
            chance = rng.random(CHUNK)
            true, missing = (chance < CLAIMED, chance >= CLAIMED) if self.kind == "named" else (chance < 1 / 3, chance > 2 / 3)
            columns[name] = pa.array(true, mask=missing)
        return pa.table({name: columns[name] for name in COLUMNS})

    def _parties(self, rng: np.random.Generator, days: Any) -> dict[str, pa.Array]:
        exporter, recipient = self._living(rng, days), self._living(rng, days)
        if self.kind == "named":
            exporter = np.where(rng.random(CHUNK) < HOME, 0, exporter)
        exporter = self._lost(rng, exporter, MISSING)
        kinds = rng.integers(len(self._kinds), size=CHUNK)
        if self.kind == "named":
            often, seldom = ([self._kinds.index(kind) for kind in some] for some in (GOVERNMENTS, OTHERS))
            kinds = np.where(rng.random(CHUNK) < 0.8, rng.choice(often, CHUNK), rng.choice(seldom, CHUNK))
        recipient = self._lost(rng, recipient, MISSING)
        recipient = np.where(self._own[kinds], exporter, np.where(self._stateless[kinds], len(self._states), recipient))
        found = {
            "exporter.state": _words([*self._states, NONE], exporter),
            "recipient.state": _words([*self._states, NONE], recipient),
            "recipient.kind": _words(self._kinds, self._lost(rng, kinds, MISSING)),
        }
        for name in ("end_user.state", "destination.state"):
            found[name] = _words(self._states, self._lost(rng, self._living(rng, days), self._share(name)))
        return found

    def _things(self, rng: np.random.Generator) -> dict[str, pa.Array]:
        items = self._lost(rng, rng.integers(len(self._items), size=CHUNK), MISSING)
        stated = np.zeros(CHUNK, np.int64) if self.kind == "named" else rng.integers(2, size=CHUNK)
        known = np.where(items == NOWHERE, NOWHERE, self._ammunition[items])  # a row does not contradict the catalogue
        ammunition = self._lost(rng, np.where(known == NOWHERE, stated, known), MISSING)
        found = {"item": _words(self._items, items), "item.ammunition": pa.array(ammunition == 1, mask=ammunition == NOWHERE)}
        for name in ("act", "terms", "purpose", "transfer.control_ground"):
            values = list(self._facts[name].values)
            codes = self._lost(rng, rng.integers(len(values), size=CHUNK), self._share(name))
            listed = pa.array([[value] for value in values], pa.list_(pa.string()))
            found[name] = _taken(listed, codes) if self._facts[name].type == "set" else _words(values, codes)
        return found

    def _share(self, name: str) -> float:
        """The share of rows that leave a fact out."""
        return 1 - STATED[name] if self.kind == "named" else MISSING

    def _living(self, rng: np.random.Generator, days: Any) -> Any:
        """A state for each row that exists on its day."""
        codes = rng.integers(len(self._states), size=CHUNK)
        while (dead := np.flatnonzero(~self._alive[codes, days])).size:
            codes[dead] = rng.integers(len(self._states), size=dead.size)
        return codes

    @staticmethod
    def _lost(rng: np.random.Generator, codes: Any, share: float) -> Any:
        return np.where(rng.random(CHUNK) < share, NOWHERE, codes)


def _words(values: Sequence[str], codes: Any) -> pa.Array:
    return _taken(pa.array(values, pa.string()), codes)


def _taken(values: pa.Array, codes: Any) -> pa.Array:
    return values.take(pa.array(codes, mask=codes == NOWHERE))
