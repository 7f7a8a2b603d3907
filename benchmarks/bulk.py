"""OpenFisca's host in a sweep: what stands around it to take a Parquet file to verdicts and provisions in another.

It does for OpenFisca what Sekisho's columns do for Sekisho, with the same tools: words become numbers, the catalogue and
defaults fill in, and the dated tables are read whole columns at a time (a table of state by day, one by pair of keys).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks import plan, workload
from benchmarks.peers.openfisca import VERDICTS, Stretch
from benchmarks.workload import REGIME
from sekisho.corpus import LawInForce, Provision
from sekisho.decide import Decider
from sekisho.sweep.arrays import Lookup
from sekisho.sweep.frame import Entries, days_of
from sekisho.sweep.keys import Keys
from sekisho.sweep.query import RegimeQuery, Shape

Outcome: TypeAlias = tuple[str, list[str], list[str]]
"""A verdict, the provisions it rests on, and those of them that are outstanding."""
_STATED = np.array([1, 0, 2], np.int8)
"""A stated truth as OpenFisca is given it, by its code: not known, false, true."""
_ANSWERED = np.array([0, 1, 1, 2], np.int8)
"""A look-up's, by its two bits."""
_WORD = 60
_WORDS = [name for name in workload.DESCRIBED if name not in ("item.ammunition", "purpose", "transfer.control_ground")]


class OpenFisca:
    """Regime japan's law of every day in OpenFisca, ready to sweep."""

    def __init__(self, law: Decider, narrow: bool = False) -> None:
        self._days = law.corpus.change_days(REGIME)
        facts = frozenset((*workload.DESCRIBED, *workload.CLAIMS)) - {"item"}
        query = RegimeQuery(law.completer, REGIME, Shape(facts, True))
        self._frame = Keys([query]).frame
        self._lookups = {fact.name: Lookup(fact, self._frame) for fact in query.lookups}
        largest = {name: len(codes) for name, codes in self._frame.codes.items()}
        largest |= {name: 1 + sum(bits.values()) for name, bits in self._frame.bits.items()}
        laws = [law.corpus.law_on(REGIME, day) for day in self._days]
        plans = [plan.build(found) for found in laws]
        self._same = [plans.index(built) for built in plans]  # stretches with the same law go together
        self._stretches = {
            place: (Stretch(plans[place], _done(laws[place]), self._code, largest, narrow), _Reader(laws[place]))
            for place in sorted(set(self._same))
        }

    @property
    def stretches(self) -> int:
        """How many stretches of law there are."""
        return len(self._stretches)

    def _code(self, name: str, value: Any) -> int:
        return self._frame.bits[name][value] if name in self._frame.bits else self._frame.codes[name][value]

    def sweep(self, source: Path, out: Path) -> None:
        """Decide every row of a file into another, with key, verdict, provisions and what is outstanding, in the same order."""
        table = pq.read_table(source, read_dictionary=_WORDS).unify_dictionaries().combine_chunks()
        edges = np.array([np.datetime64(day, "D").astype(np.int64) for day in self._days])
        places = np.searchsorted(edges, days_of(table["date"]), side="right") - 1
        stretches = np.array(self._same, np.int8)[places]
        order = np.argsort(stretches, kind="stable")
        counts = np.bincount(stretches, minlength=len(self._days))
        sorted_ = table.take(pa.array(order))
        outcomes: list[Outcome] = []
        chosen = np.empty(len(order), np.int64)
        begin = 0
        for place, (stretch, reader) in self._stretches.items():
            rows = sorted_.slice(begin, counts[place])
            if rows.num_rows:
                verdict, truths = stretch.answers(rows.num_rows, self._given(stretch, rows))
                numbers, found = reader.read(verdict, truths)
                chosen[order[begin : begin + rows.num_rows]] = numbers + len(outcomes)
                outcomes += found
            begin += rows.num_rows
        _write(out, table["key"], chosen, outcomes)

    def _given(self, stretch: Stretch, rows: pa.Table) -> Mapping[str, Any]:
        """The codes of the facts that a stretch reads."""
        entries = Entries(self._frame, rows, days_of(rows["date"]))
        return {name: self._column(name, entries) for name in stretch.facts}

    def _column(self, name: str, entries: Entries) -> Any:
        if name in self._lookups:
            return _ANSWERED[self._lookups[name].of(entries)]
        codes = entries.filled(name)
        return _STATED[codes] if self._frame.facts[name].type == "boolean" else codes


def _done(law: LawInForce) -> dict[str, str]:
    """The step of a plan that says whether a requirement is done."""
    return {p.id: f"done{place}" for place, p in enumerate(law.provisions) if p.effect == "requires"}


class _Reader:
    """Reads the truths of a stretch's provisions: what each row's verdict rests on, worked out once a combination."""

    def __init__(self, law: LawInForce) -> None:
        self._law = law
        self._bits: list[tuple[str, str]] = [
            *((p.id, "bars") for p in law.prohibitions), *((p.id, "opens") for p in (*law.heads, *law.lifts)),
            *((p.id, "done") for p in law.requirements), *((p.id, "when") for p in law.prohibitions if law.lifts_of[p.id]),
        ]  # fmt: skip

    def read(self, verdict: Any, truths: Mapping[tuple[str, str], Any]) -> tuple[Any, list[Outcome]]:
        """The number of each row's outcome, and the outcomes: verdict and provisions."""
        open_ = verdict > 2
        relevant = {"bars": verdict == 1, "opens": open_, "done": open_, "when": verdict == 3}
        ids, known = verdict.astype(np.int64), [(number,) for number in range(len(VERDICTS))]
        for start in range(0, len(self._bits), _WORD):
            word = np.zeros(len(verdict), np.int64)
            for bit, (name, aspect) in enumerate(self._bits[start : start + _WORD]):
                truth = truths[name, aspect]
                holds = truth == 2 if aspect in ("bars", "opens") else truth != 2 if aspect == "done" else truth != 0
                word |= (holds & relevant[aspect]).astype(np.int64) << bit
            words = pa.array(word).dictionary_encode()
            pairs = pa.array(ids * len(words.dictionary) + words.indices.to_numpy()).dictionary_encode()
            values = words.dictionary.to_pylist()
            known = [(*known[pair // len(values)], values[pair % len(values)]) for pair in pairs.dictionary.to_pylist()]
            ids = pairs.indices.to_numpy().astype(np.int64)
        return ids, [self._outcome(*combination) for combination in known]

    def _outcome(self, verdict: int, *words: int) -> Outcome:
        set_ = {key for place, key in enumerate(self._bits) if words[place // _WORD] >> place % _WORD & 1}
        law = self._law

        def undone(way: Provision) -> list[str]:
            return [need.id for need in law.tied[way.id] if (need.id, "done") in set_]

        found = [bar.id for bar in law.prohibitions if (bar.id, "bars") in set_]
        heads = [way for way in law.heads if (way.id, "opens") in set_]
        head = min(heads, key=lambda way: len(undone(way)), default=None)
        if verdict > 2:
            found += [*([head.id] if head else []), *(way.id for way in law.lifts if (way.id, "opens") in set_)]
        left: list[str] = []
        if verdict == 3:
            left += [need.id for need in law.untied if (need.id, "done") in set_]
            left += undone(head) if head else []
            for bar in law.prohibitions:
                lifts = [way for way in law.lifts_of[bar.id] if (way.id, "opens") in set_]
                if (bar.id, "when") in set_ and lifts:
                    left += undone(min(lifts, key=lambda way: len(undone(way))))
        return VERDICTS[verdict], list(dict.fromkeys((*found, *left))), list(dict.fromkeys(left))


def _write(out: Path, keys: Any, chosen: Any, outcomes: Sequence[Outcome]) -> None:
    numbers, lists = pa.array(chosen), pa.list_(pa.string())
    columns = zip(
        ("verdict", "provisions", "outstanding"), (pa.string(), lists, lists), zip(*outcomes, strict=True), strict=True
    )
    pq.write_table(
        pa.table({"key": keys} | {name: pa.array(found, type_).take(numbers) for name, type_, found in columns}), out
    )
