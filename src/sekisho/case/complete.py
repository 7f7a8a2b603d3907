"""Completing a case: what it leaves unstated is filled from the catalogue, by defaults, and from the world of its day.

The result is what the Kleene reader's programs read, and remembers where each fact came from.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, Literal

import msgspec

from sekisho.case.stated import Case, FactValue
from sekisho.corpus import Corpus, Fact, Found
from sekisho.errors import CaseError, Mistake
from sekisho.language.expression import LITERALS, NONE, facts_of, walk
from sekisho.language.kleene import FALSE, SILENT, TRUE, A, Circuit, Layout, S, column, raw_of, side_by_side


class Known(msgspec.Struct, frozen=True):
    """A fact's value and where it comes from. `found` is the answer of a look-up, `key` its keys."""

    value: FactValue | None
    by: Literal["stated", "catalogue", "default", "world"]
    source: str = ""
    found: Found | None = None


class Completed:
    """A completed case. `x`, `y` and `f` are the vectors a program reads; `silent` has the bits of unstated claims and defaults."""

    __slots__ = ("_layout", "case", "f", "looked_up", "notices", "overridden", "silent", "stated", "world_day", "x", "y")

    def __init__(
        self, case: Case, stated: Mapping[str, FactValue], x: list[Any], y: list[Any], f: tuple[int, ...], silent: int,
        looked_up: dict[str, Found], world_day: dt.date, overridden: tuple[str, ...], layout: Layout,
    ) -> None:  # fmt: skip
        self.case, self.stated, self.x, self.y, self.f, self.silent = case, stated, x, y, f, silent
        self.looked_up, self.world_day, self.overridden, self._layout = looked_up, world_day, overridden, layout

    def value(self, name: str) -> FactValue | None:
        """What a fact is worth in `when`, silence of claims apart: None if it is not known."""
        layout = self._layout
        raw = self.x[layout.index[name]]
        fact = layout.vocabulary.facts[name]
        if fact.type == "boolean":
            return None if fact.claimed and name not in self.stated else column(raw, A)
        if isinstance(raw, str) and raw[:1] == SILENT:
            return raw[1:]
        if fact.claimed and name not in self.stated:
            return None
        value: FactValue | None = raw
        return value

    def is_default(self, name: str) -> bool:
        """Whether a default stands in for a fact."""
        bit = self._layout.units.get(name)
        return bit is not None and self._layout.vocabulary.facts[name].unstated == "default" and bool(self.silent >> bit & 1)

    def known(self, name: str) -> Known | None:
        """A fact's value with its source; None if it is not known."""
        value = self.value(name)
        if name in self.looked_up and name not in self.stated:
            found = self.looked_up[name]
            source = found.row["source"] or found.row["instrument"] if found.row is not None else ""
            return Known(value, "world", source, found)
        if value is None:
            return None
        if name in self.case.facts:
            return Known(value, "stated", self.case.file)
        return Known(value, "default") if self.is_default(name) else Known(value, "catalogue", self.case.item)


class Completer:
    """Completes cases against one corpus. `overridden` facts contradict the catalogue or the world and stand all the same."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self.layout = Layout(corpus.vocabulary)
        facts = corpus.vocabulary.facts.values()
        self._defaults = [fact for fact in facts if fact.unstated == "default"]
        self._lookups = [fact for fact in facts if fact.lookup is not None]
        self._masks: dict[int, tuple[int, ...]] = {}
        circuit = Circuit(self.layout, {})
        self._always = [circuit.condition(node, "when") for _, node in corpus.always]
        self._always_program = circuit.program()

    def complete(
        self, case: Case, world_day: dt.date | None = None, strict: bool = False, override: bool = False
    ) -> Completed:
        """The completed case. Raises `CaseError` for what contradicts catalogue, world or an `always` condition."""
        world_day = world_day or case.date
        layout, mistakes = self.layout, []
        stated: dict[str, FactValue] = dict(case.facts)
        overridden: list[str] = []
        if case.item:
            for name, value in self.corpus.catalogue.items[case.item].facts.items():
                if name not in stated:
                    stated[name] = value
                elif stated[name] != value:
                    overridden.append(name)
                    mistakes.append(self._contradiction(case, name, stated[name], value, f"the catalogue ({case.item})"))
        x, y, silent = layout.unstated_when.copy(), layout.unstated_met.copy(), layout.silent_units
        for name, value in stated.items():
            silent &= ~self._put(name, value, x, y)
        defaulted = 0
        for fact in self._defaults:
            if fact.name not in stated:
                bit = self._default(fact, x)
                defaulted |= bit
        silent |= defaulted
        looked_up: dict[str, Found] = {}
        for fact in self._lookups:
            found, quiet = self._look_up(fact, x, world_day, strict)
            looked_up[fact.name] = found
            if fact.name not in stated:
                place = layout.index[fact.name]
                if fact.type == "boolean":
                    x[place] = y[place] = side_by_side(found.value, quiet)  # type: ignore[arg-type]
                else:
                    x[place] = raw_of(found.value, quiet is None)
            elif found.value is not None and found.value != stated[fact.name]:
                overridden.append(fact.name)
                origin = f"the table {fact.lookup.table}" if fact.lookup else "the world"
                mistakes.append(self._contradiction(case, fact.name, stated[fact.name], found.value, origin))
        if mistakes and not override:
            raise CaseError(mistakes)
        completed = Completed(
            case, stated, x, y, self._masks_for(defaulted), silent, looked_up, world_day, tuple(overridden), layout
        )
        self._check_always(completed)
        return completed

    def _put(self, name: str, value: FactValue, x: list[Any], y: list[Any]) -> int:
        """Enter a stated fact; gives the bits of the claims it states."""
        place, fact = self.layout.index[name], self.layout.vocabulary.facts[name]
        if fact.type == "boolean":
            x[place] = y[place] = TRUE if value else FALSE
        else:
            x[place] = value
        if not fact.claimed:
            return 0
        if isinstance(value, frozenset):
            return sum(1 << self.layout.units[f"{name}:{entry}"] for entry in value)
        return 1 << self.layout.units[name]

    def _default(self, fact: Fact, x: list[Any]) -> int:
        """Let a default stand in; gives its bit, or 0 where there is nothing to take it from."""
        assert fact.default is not None
        place = self.layout.index.get(fact.default)
        raw = fact.default if place is None else x[place]
        if raw is None:
            return 0
        x[self.layout.index[fact.name]] = raw if raw[:1] == SILENT else SILENT + raw
        return 1 << self.layout.units[fact.name]

    def _look_up(self, fact: Fact, x: list[Any], moment: dt.date, strict: bool) -> tuple[Found, Any]:
        """The answer to a look-up, and its value where silence is NULL."""
        assert fact.lookup is not None
        index = self.layout.index
        silent = False
        values: dict[str, Any] = {}
        for name in fact.lookup.reads:
            raw = x[index[name]]
            if type(raw) is str and raw[:1] == SILENT:
                raw, silent = raw[1:], True
            elif self.layout.vocabulary.facts[name].type == "boolean":
                raw = column(raw, A)
            values[name] = raw
        found = self.corpus.world.look_up(fact.lookup, values.__getitem__, moment, strict)
        if not silent:
            return found, found.value
        for name in fact.lookup.reads:
            raw = x[index[name]]
            if type(raw) is str and raw[:1] == SILENT:
                values[name] = None
        if any(values[name] is None for name in fact.lookup.keys) and NONE not in values.values():
            return found, None
        return found, self.corpus.world.look_up(fact.lookup, values.__getitem__, moment, strict).value

    def _masks_for(self, defaulted: int) -> tuple[int, ...]:
        """For each fact the defaults that stand in for it or for what it is looked up by, as bits."""
        known = self._masks.get(defaulted)
        if known is not None:
            return known
        layout = self.layout
        masks = [0] * len(layout.names)
        for fact in self._defaults:
            bit = 1 << layout.units[fact.name]
            if defaulted & bit:
                place = layout.index.get(fact.default or "")
                masks[layout.index[fact.name]] = bit | (masks[place] if place is not None else 0)
        for fact in self._lookups:
            assert fact.lookup is not None
            for name in fact.lookup.reads:
                masks[layout.index[fact.name]] |= masks[layout.index[name]]
        self._masks[defaulted] = tuple(masks)
        return self._masks[defaulted]

    def _check_always(self, completed: Completed) -> None:
        values, _ = self._always_program(completed.x, completed.y, completed.f)
        for slot, (entry, node) in zip(self._always, self.corpus.always, strict=True):
            if values[slot] >> S & 3 == 0:
                case = completed.case
                facts = [name for name in _facts(node) if completed.value(name) is not None]
                said = ", ".join(f"{name} is {_shown(completed.value(name))}" for name in facts)
                place = next((case.lines[name] for name in facts if name in case.lines), case.line)
                raise CaseError(Mistake(f"the case cannot be: {entry.why.en} Here {said}.", "Correct one of them.",
                                        case.file, place, facts[0] if facts else ""))  # fmt: skip

    @staticmethod
    def _contradiction(case: Case, name: str, said: object, known: object, origin: str) -> Mistake:
        return Mistake(
            f"{name} is stated as {_shown(said)}, but {origin} has {_shown(known)}.",
            "Leave it out, or use --override to decide on what is stated.", case.file, case.lines.get(name, case.line), name,
        )  # fmt: skip


def _facts(node: Any) -> list[str]:
    from_literals: list[str] = []
    for part in walk(node):
        if isinstance(part, LITERALS):
            from_literals += facts_of(part)
    return list(dict.fromkeys(from_literals))


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, frozenset):
        return "[" + ", ".join(sorted(value)) + "]"
    return str(value)
