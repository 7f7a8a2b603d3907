"""Cars that bear the name of a weapon: *Land Cruisers*, *Jeep Patriots*, *Dodge sold 500 Challengers*."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from sekisho.read.units import Unit
from sekisho.read.wordlists import word_list

_MAKERS = word_list("makers of cars")
_ALSO_OTHERS = frozenset({"ford", "jeep", "triumph"})
"""Names that are not of a maker of cars alone: *President Ford*, *S-400 Triumph*."""
_CRUISERS = frozenset({"cruiser", "cruisers"})


def cars(units: Sequence[Unit], words: set[str]) -> None:
    """What a maker of cars names is no weapon."""
    for before, unit in pairwise(units) if words & (_MAKERS | {"land"}) else ():
        if unit.kind == "thing" and unit.titled and (before.word in _MAKERS or _is_off_roader(before, unit)):
            unit.kind, unit.things = "word", ()
            if before.kind == "thing":
                before.kind, before.things = "word", ()
    for unit in units if words & _MAKERS - _ALSO_OTHERS else ():
        if unit.kind == "thing" and unit.things[0].words.split()[-1][:1].isupper():
            unit.kind, unit.things = "word", ()


def _is_off_roader(before: Unit, unit: Unit) -> bool:
    return before.word == "land" and before.titled and unit.word in _CRUISERS
