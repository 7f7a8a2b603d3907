"""Completing a case: what it leaves unstated is filled from the catalogue, by defaults, and from the world of its day.

The result is what the Kleene reader's programs read, and remembers where each fact came from.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any, Literal

import msgspec

from sekisho.case.stated import Case, FactValue
from sekisho.corpus import Corpus, Fact, Found, Table
from sekisho.corpus.world import KEY_NONE, KEY_UNKNOWN
from sekisho.errors import CaseError, Mistake
from sekisho.language.circuit import BY_DEFAULT, FALSE, KNOWN, SILENT, TRUE, A, Circuit, Layout, S, column
from sekisho.language.kleene import compiled, raw_of, side_by_side
from sekisho.language.nodes import LITERALS, NONE, facts_of, walk


class Known(msgspec.Struct, frozen=True):
    """A fact's value and where it comes from. `found` is the answer of a look-up, `key` its keys."""

    value: FactValue | None
    by: Literal["stated", "catalogue", "default", "world"]
    source: str = ""
    found: Found | None = None


class _Plan:
    """How a fact is looked up: where it and the facts it reads stand, and in which table."""

    __slots__ = ("at", "by", "fact", "index", "key", "keys", "lookup", "name", "place", "simple")

    def __init__(self, fact: Fact, layout: Layout, table: Table) -> None:
        assert fact.lookup is not None
        self.fact, self.name, self.lookup = fact, fact.name, fact.lookup
        self.place = layout.index[fact.name]
        self.keys = tuple(layout.index[name] for name in fact.lookup.keys)
        self.by = tuple((layout.index[name], name) for name in fact.lookup.by.values())
        self.simple = len(self.keys) == 1 and fact.type == "boolean"
        self.key = self.keys[0]
        self.index, self.at = table.index, table.at


class _Template(msgspec.Struct):
    """The vectors of an item of the catalogue with nothing else stated, and the facts in them."""

    x: list[Any]
    y: list[Any]
    facts: dict[str, FactValue]


class Completed:
    """A completed case. `x`, `y` and `f` are the vectors a program reads; `silent` has the bits of what is left to silence.

    Look-ups are answered when a law first asks for them.
    """

    __slots__ = (
        "_completer",
        "case",
        "f",
        "looked_up",
        "overridden",
        "silent",
        "stated",
        "strict",
        "world_day",
        "x",
        "y",
    )

    def __init__(
        self, completer: Completer, case: Case, stated: Mapping[str, FactValue], x: list[Any], y: list[Any],
        f: tuple[int, ...], silent: int, world_day: dt.date, strict: bool,
    ) -> None:  # fmt: skip
        self._completer, self.case, self.stated, self.x, self.y, self.f, self.silent = (
            completer,
            case,
            stated,
            x,
            y,
            f,
            silent,
        )
        self.world_day, self.strict = world_day, strict
        self.looked_up: dict[str, Found] = {}
        self.overridden: tuple[str, ...] = ()

    def look_up(self, plans: Iterable[_Plan]) -> None:
        """Answer some look-ups that are neither stated nor answered yet."""
        x, y, looked_up, stated, day = self.x, self.y, self.looked_up, self.stated, self.world_day
        for plan in plans:
            name = plan.name
            if name in looked_up or name in stated:
                continue
            if plan.simple and not self.strict:
                raw = x[plan.key]
                if raw is None:
                    looked_up[name] = KEY_UNKNOWN
                    continue
                key = raw[1:] if raw[0] == SILENT else raw
                if not plan.by or key not in plan.index:
                    found = looked_up[name] = KEY_NONE if key == NONE else plan.at(key, day)
                    x[plan.place] = y[plan.place] = (KNOWN if key is raw else BY_DEFAULT)[found.value]
                    continue
            found, quiet = self._completer.look_up(plan, x, day, self.strict)
            looked_up[name] = found
            if plan.fact.type == "boolean":
                x[plan.place] = y[plan.place] = side_by_side(found.value, quiet)  # type: ignore[arg-type]
            else:
                x[plan.place] = raw_of(found.value, quiet is None)

    def value(self, name: str) -> FactValue | None:
        """What a fact is worth in `when`, silence of claims apart: None if it is not known."""
        layout = self._completer.layout
        fact = layout.vocabulary.facts[name]
        if fact.lookup is not None:
            self.look_up((self._completer.plans[name],))
        if fact.claimed and name not in self.stated:
            return None
        raw = self.x[layout.index[name]]
        if fact.type == "boolean":
            return column(raw, A)
        if isinstance(raw, str) and raw[:1] == SILENT:
            return raw[1:]
        value: FactValue | None = raw
        return value

    def is_default(self, name: str) -> bool:
        """Whether a default stands in for a fact."""
        layout = self._completer.layout
        bit = layout.units.get(name)
        return bit is not None and layout.vocabulary.facts[name].unstated == "default" and bool(self.silent >> bit & 1)

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
    """Completes cases against one corpus."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self.layout = Layout(corpus.vocabulary, corpus.world.states)
        facts = corpus.vocabulary.facts.values()
        self._defaulted = [fact for fact in facts if fact.unstated == "default"]
        index, units = self.layout.index, self.layout.units
        self._defaults = [
            (fact.name, index[fact.name], index.get(str(fact.default)), fact.default, 1 << units[fact.name])
            for fact in self._defaulted
        ]
        self._places = {name: (index[name], self._is_boolean(name), self._claim(name)) for name in self.layout.names}
        self._templates: dict[str, _Template] = {}
        self._states = frozenset(fact.name for fact in facts if fact.type == "state")
        self.plans = {
            fact.name: _Plan(fact, self.layout, corpus.world.tables[fact.lookup.table])
            for fact in facts
            if fact.lookup is not None
        }
        self._masks: dict[int, tuple[int, ...]] = {}
        circuit = Circuit(self.layout, {})
        self._always = [circuit.condition(node, "when") for _, node in corpus.always]
        self._always_all = circuit.gate("and", self._always)
        self._always_plans = self.plans_of(name for _, node in corpus.always for name in _facts(node))
        self._always_program = compiled(circuit)

    def _is_boolean(self, name: str) -> bool:
        fact = self.corpus.vocabulary.facts.get(name)
        return fact is None or fact.type == "boolean"

    def _claim(self, name: str) -> int:
        """The bit of a claim, 0 for what is none."""
        fact = self.corpus.vocabulary.facts.get(name)
        claimed = fact is None or (fact.claimed and fact.type != "set")
        return 1 << self.layout.units[name] if claimed else 0

    def plans_of(self, names: Iterable[str]) -> tuple[_Plan, ...]:
        """The plans of those facts that are looked up, each once."""
        return tuple(self.plans[name] for name in dict.fromkeys(names) if name in self.plans)

    def complete(self, case: Case, world_day: dt.date | None = None, strict: bool = False, override: bool = False) -> Completed:
        """The completed case. Raises `CaseError` for what contradicts catalogue, world or an `always` condition.

        With `override` stated facts stand against catalogue and world; `overridden` names them.
        """
        facts = case.facts
        moment = world_day or case.date
        for name in self._states & facts.keys():
            if facts[name] != NONE and not self.corpus.world.state_exists(str(facts[name]), moment):
                raise self._no_such_state(case, moment)
        template = self._templates.get(case.item) or self._template(case.item)
        x, y, silent = template.x.copy(), template.y.copy(), self.layout.silent_units
        against: list[tuple[str, FactValue, str]] = []
        for name, value in facts.items():
            silent ^= self._put(name, value, x, y)
            if template.facts.get(name, value) != value:
                against.append((name, template.facts[name], f"the catalogue ({case.item})"))
        stated = template.facts | facts
        defaulted = 0
        for name, place, source, raw, bit in self._defaults:
            if name not in stated:
                if source is not None:
                    raw = x[source]
                if raw is not None:
                    x[place] = raw if raw[0] == SILENT else SILENT + raw
                    defaulted |= bit
        masks = self._masks.get(defaulted) or self._masks_for(defaulted)
        completed = Completed(self, case, stated, x, y, masks, silent | defaulted, moment, strict)
        for name in case.facts:
            if name in self.plans:
                found, _ = self.look_up(self.plans[name], x, moment, strict)
                completed.looked_up[name] = found
                if found.value is not None and found.value != stated[name]:
                    against.append((name, found.value, f"the table {self.plans[name].lookup.table}"))
        if against:
            if not override:
                raise CaseError(_contradiction(case, name, stated[name], known, origin) for name, known, origin in against)
            completed.overridden = tuple(name for name, *_ in against)
        completed.look_up(self._always_plans)
        values = self._always_program(x, y)
        if values[self._always_all] >> S & 3 == 0:
            raise self._impossible(completed, values)
        return completed

    def possible(self, x: list[Any], y: list[Any]) -> bool:
        """Whether no condition that holds of every case is FALSE of a case given as its vectors."""
        return bool(self._always_program(x, y)[self._always_all] >> S & 3)

    def vectors(self, facts: Mapping[str, FactValue]) -> tuple[list[Any], list[Any]]:
        """The vectors of some facts with defaults standing in, and nothing from catalogue or world."""
        x, y = self.layout.unstated_when.copy(), self.layout.unstated_met.copy()
        for name, value in facts.items():
            self._put(name, value, x, y)
        for name, place, source, literal, _ in self._defaults:
            raw = literal if source is None else x[source]
            if name not in facts and raw is not None:
                x[place] = raw if raw[0] == SILENT else SILENT + raw
        return x, y

    def _template(self, item: str) -> _Template:
        """The vectors of a case that names an item and states nothing else."""
        known = dict(self.corpus.catalogue.items[item].facts) if item else {}
        template = _Template(self.layout.unstated_when.copy(), self.layout.unstated_met.copy(), dict(known))
        for name, value in known.items():
            self._put(name, value, template.x, template.y)
        self._templates[item] = template
        return template

    def _put(self, name: str, value: FactValue, x: list[Any], y: list[Any]) -> int:
        """Enter a stated fact; gives the bits of the claims it states."""
        place, boolean, bit = self._places[name]
        if boolean:
            x[place] = y[place] = TRUE if value else FALSE
            return bit
        x[place] = value
        if isinstance(value, frozenset) and self.layout.vocabulary.facts[name].claimed:
            for entry in value:
                place, _, unit = self._places[f"{name}:{entry}"]
                x[place] = y[place] = TRUE
                bit |= unit
        return bit

    def look_up(self, plan: _Plan, x: list[Any], moment: dt.date, strict: bool) -> tuple[Found, Any]:
        """The answer to a look-up, and its value where silence is NULL."""
        index = self.layout.index
        values: dict[str, Any] = {}
        silent: list[str] = []
        for name in plan.lookup.reads:
            raw = x[index[name]]
            if type(raw) is str and raw[:1] == SILENT:
                raw = raw[1:]
                silent.append(name)
            elif self.layout.vocabulary.facts[name].type == "boolean":
                raw = column(raw, A)
            values[name] = raw
        found = self.corpus.world.look_up(plan.lookup, values.__getitem__, moment, strict)
        if not silent:
            return found, found.value
        values.update(dict.fromkeys(silent))
        return found, self.corpus.world.look_up(plan.lookup, values.__getitem__, moment, strict).value

    def _masks_for(self, defaulted: int) -> tuple[int, ...]:
        """For each fact the defaults that stand in for it or for what it is looked up by, as bits."""
        known = self._masks.get(defaulted)
        if known is not None:
            return known
        layout = self.layout
        masks = [0] * len(layout.names)
        for fact in self._defaulted:
            bit = 1 << layout.units[fact.name]
            if defaulted & bit:
                place = layout.index.get(fact.default or "")
                masks[layout.index[fact.name]] = bit | (masks[place] if place is not None else 0)
        for plan in self.plans.values():
            for place in (*plan.keys, *(place for place, _ in plan.by)):
                masks[plan.place] |= masks[place]
        self._masks[defaulted] = tuple(masks)
        return self._masks[defaulted]

    def _no_such_state(self, case: Case, moment: dt.date) -> CaseError:
        """The error for states that did not exist on the day of the world, with those that stood in their place."""
        world, mistakes = self.corpus.world, []
        for name in sorted(self._states & case.facts.keys()):
            code = str(case.facts[name])
            if code != NONE and not world.state_exists(code, moment):
                kin = ", ".join(f"{other} ({world.states[other][0]['name']})" for other in world.kin(code, moment))
                mend = f"On that day there was {kin}." if kin else f"It existed {world.states[code][0].in_force}."
                place = case.lines.get(name, case.line)
                mistakes.append(Mistake(f"{code} did not exist on {moment}.", mend, case.file, place, name))
        return CaseError(mistakes)

    def _impossible(self, completed: Completed, values: tuple[int, ...]) -> CaseError:
        """The error for a case of which an `always` condition is FALSE."""
        mistakes = []
        for slot, (entry, node) in zip(self._always, self.corpus.always, strict=True):
            if values[slot] >> S & 3 == 0:
                case = completed.case
                facts = [name for name in _facts(node) if completed.value(name) is not None]
                said = ", ".join(f"{name} is {_shown(completed.value(name))}" for name in facts)
                place = next((case.lines[name] for name in facts if name in case.lines), case.line)
                mistakes.append(
                    Mistake(
                        f"the case cannot be: {entry.why.en} Here {said}.",
                        "Correct one of them.",
                        case.file,
                        place,
                        facts[0],
                    )
                )
        return CaseError(mistakes)


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
