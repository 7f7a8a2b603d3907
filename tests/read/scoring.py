"""The passages, which half each belongs to, and how well the reader drafts them: precision, recall and F1.

An event is right if its status, exporter, recipient and item are. Facts are counted one by one over the pairs of a gold
draft and the draft nearest to it; what has no partner counts whole.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from sekisho.decide import Decider
from sekisho.read import Source, read_report
from sekisho.read.draft import Draft

FOLDER = Path(__file__).parent / "passages"
EVENT = ("status", "exporter", "recipient", "item")
FACTS = (*EVENT, "quantity", "value", "terms", "day", "act", "backfill")


@dataclass(frozen=True)
class Passage:
    """A short report and what is to be drafted from it."""

    id: str
    date: Any
    text: str
    drafts: Sequence[Mapping[str, Any]]

    @property
    def held_back(self) -> bool:
        """Whether it belongs to the half that is not looked at while the reader is written."""
        return hashlib.sha256(self.id.encode()).digest()[0] % 2 == 1


_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The fast reader of YAML, where it is there."""


@cache
def passages() -> list[Passage]:
    """Every passage of the folder, in order."""
    return [Passage(**entry) for path in sorted(FOLDER.glob("*.yaml")) for entry in yaml.load(path.read_text("utf-8"), _LOADER)]


@dataclass
class Count:
    """Right ones, false ones and missed ones."""

    right: int = 0
    false: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.false) if self.right + self.false else 1.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass
class Score:
    """What the reader made of some passages."""

    events: Count = field(default_factory=Count)
    facts: Count = field(default_factory=Count)
    negatives: int = 0
    false_drafts: int = 0
    wrong: list[str] = field(default_factory=list)


def told(draft: Draft) -> dict[str, Any]:
    """A draft in the words of a passage."""
    found: dict[str, Any] = {"status": draft.status, "item": draft.thing.id}
    if draft.item.of is not None:
        found["item"] += f" of {draft.item.of.id}"
    for fact in draft.facts:
        name = fact.name.removesuffix(".state")
        if name in ("exporter", "recipient", "quantity", "value", "terms", "act"):
            found[name] = fact.value
        elif name == "date" and fact.how == "stated":
            found["day"] = fact.value
    if draft.links:
        found["backfill"] = True
    return found


def drafted(passage: Passage, decider: Decider) -> list[dict[str, Any]]:
    """What the reader drafts from a passage."""
    return [told(draft) for draft in read_report(Source(passage.text, "text", passage.id), decider, passage.date).drafts]


DAY = dt.date(2024, 6, 20)
"""The day of a report of which one sentence or two are tried."""


def in_short(text: str, decider: Decider, keys: Sequence[str]) -> list[str]:
    """The drafts of a text of that day, each as the values of some keys: *past CAN HTI class:rifle 18*."""
    found = drafted(Passage("told", DAY, text, []), decider)
    return [" ".join(str(draft[key]) for key in keys if key in draft) for draft in found]


def _plain_part(draft: dict[str, Any], expected: Iterable[Mapping[str, Any]]) -> None:
    """Where a passage only says that parts are given, whose parts they are is no fault: *class:spare-part of f-16*."""
    part, of, _ = draft["item"].partition(" of ")
    if of and any(gold["item"] == part for gold in expected) and all(gold["item"] != draft["item"] for gold in expected):
        draft["item"] = part


def score(found: Iterable[Passage], decider: Decider) -> Score:
    """The score over some passages."""
    total = Score()
    for passage in found:
        got = drafted(passage, decider)
        if not passage.drafts:
            total.negatives += 1
            total.false_drafts += bool(got)
        before = (total.facts.false, total.facts.missed)
        for draft in got:
            _plain_part(draft, passage.drafts)
        _count(total, passage.drafts, got)
        if before != (total.facts.false, total.facts.missed):
            total.wrong.append(f"{passage.id}: {got}")
    return total


def _count(total: Score, gold: Sequence[Mapping[str, Any]], got: Sequence[dict[str, Any]]) -> None:
    rest = list(got)
    for wanted in gold:
        partner = max(rest, key=lambda draft: _likeness(wanted, draft), default=None)
        if partner is None or _likeness(wanted, partner) < 20:
            partner = {}
        else:
            rest.remove(partner)
        right = all(wanted.get(name) == partner.get(name) for name in EVENT)
        total.events.right += right
        total.events.missed += not right
        total.events.false += bool(partner) and not right
        _count_facts(total.facts, wanted, partner)
    for draft in rest:
        total.events.false += 1
        _count_facts(total.facts, {}, draft)


def _likeness(wanted: Mapping[str, Any], draft: Mapping[str, Any]) -> int:
    """Ten for each of exporter, recipient and item that agree, one for every other fact."""
    return sum((10 if name in EVENT[1:] else 1) * (wanted.get(name) == draft.get(name)) for name in FACTS)


def _count_facts(count: Count, wanted: Mapping[str, Any], draft: Mapping[str, Any]) -> None:
    for name in FACTS:
        if name in wanted and wanted[name] == draft.get(name):
            count.right += 1
        else:
            count.missed += name in wanted
            count.false += name in draft
