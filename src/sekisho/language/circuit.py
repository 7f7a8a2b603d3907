"""A condition as a circuit: what every reader that packs truth values computes, whatever it computes it in.

A truth value takes two bits, so that AND is `&` and OR is `|`:

    FALSE 0b00    NULL 0b01    TRUE 0b11

and one integer carries three readings of the same expression side by side (docs/algebra.md):

    column           in `when`                       in `met`
    A  bits 0-1      silence of a claim is FALSE     every literal over an unstated claim is TRUE (could it be met?)
    B  bits 2-3      silence of a claim is FALSE     silence of a claim is NULL (is it met?)
    S  bits 4-5      all silence is NULL             all silence is NULL

so the algebra of the verdict, run once over such integers, gives `allowed` in column A, `settled` in column B, and in
column S what could still turn them. NOT is moved inwards to the literals first, so that a circuit has literals and gates
only; each stands in it once.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Final, TypeAlias

import msgspec

from sekisho.language.nodes import (
    NONE,
    And,
    Compare,
    Constant,
    FactTerm,
    Has,
    KnownNone,
    Literal,
    Node,
    Not,
    Or,
    Reference,
    Within,
)
from sekisho.language.vocabulary import Vocabulary
from sekisho.text import Interval

Truth: TypeAlias = bool | None
TRUTH: Final[tuple[Truth, ...]] = (False, None, None, True)
"""The truth value of two bits."""

TRUE, FALSE, NULL = 0b11_11_11, 0, 0b01_01_01
KNOWN: Final[Mapping[Any, int]] = {True: TRUE, False: FALSE, None: NULL}
"""What a known truth value is worth."""
BY_DEFAULT: Final[Mapping[Any, int]] = {True: 0b01_11_11, False: 0b01_00_00, None: NULL}
"""What a literal over a default is worth: known, but NULL in column S."""
UNCLAIMED, NOT_UNCLAIMED = 0b01_00_00, 0b01_11_11
"""An unstated claim in `when`, and its negation."""
UNMET = 0b01_01_11
"""An unstated claim in `met`, and its negation: it can be met, is not met, and is silent."""
A, B, S = 0, 2, 4
"""The shift of each column."""


def column(value: int, shift: int) -> Truth:
    """The truth value that a packed value has in a column."""
    return TRUTH[value >> shift & 3]


def negation(value: Truth) -> Truth:
    """Kleene's NOT."""
    return None if value is None else not value


def packed_not(value: int) -> int:
    """NOT of a packed value, column by column."""
    flip = (3, 1, 1, 0)
    return flip[value & 3] | flip[value >> 2 & 3] << 2 | flip[value >> 4 & 3] << 4


SILENT: Final = "~"
"""What stands before a text that a default put there, so that a literal can tell it from a stated one."""


class Layout:
    """Where each fact of a vocabulary stands in the vectors that a program reads.

    A program reads two vectors. For a boolean, and for each element of a claimed set (`purpose:x`), they hold its packed
    value in `when` and in `met`; for any other fact the first holds the raw value: None if it is not known, with `~`
    before a text that a default put there.
    """

    def __init__(self, vocabulary: Vocabulary, states: Collection[str]) -> None:
        self.vocabulary, self.states = vocabulary, tuple(states)
        facts = vocabulary.facts.values()
        sets = [fact for fact in facts if fact.claimed and fact.type == "set"]
        self.names = (*vocabulary.facts, *(f"{fact.name}:{value}" for fact in sets for value in fact.values))
        self.index = {name: place for place, name in enumerate(self.names)}
        units = [name for name in self.names if self._is_unit(name)]
        self.units = {name: bit for bit, name in enumerate(units)}
        self.unit_names = tuple(units)
        self.silent_units = sum(1 << bit for name, bit in self.units.items() if not self._is_default(name))
        self.unstated_when: list[Any] = [self._unstated(name, UNCLAIMED) for name in self.names]
        self.unstated_met: list[Any] = [self._unstated(name, UNMET) for name in self.names]

    def _is_unit(self, name: str) -> bool:
        """Whether it can be listed as assumed: a claim (a set element by element) or a default."""
        fact = self.vocabulary.facts.get(name)
        return fact is None or (fact.claimed and fact.type != "set") or fact.unstated == "default"

    def _is_default(self, name: str) -> bool:
        fact = self.vocabulary.facts.get(name)
        return fact is not None and fact.unstated == "default"

    def _unstated(self, name: str, claimed: int) -> Any:
        fact = self.vocabulary.facts.get(name)
        if fact is None:
            return claimed
        if fact.type == "boolean":
            return claimed if fact.claimed else NULL
        return None

    def unit_of(self, literal: Literal, fact: str) -> str:
        """The name under which a literal's fact is assumed: the element, for a claimed set."""
        if isinstance(literal, Has) and self.vocabulary.facts[fact].claimed:
            return f"{fact}:{literal.value}"
        return fact


class Slot(msgspec.Struct, frozen=True):
    """One node of a circuit: a literal in its context, an AND or OR of earlier slots, or the days on which text is in force."""

    number: int
    kind: str
    children: tuple[int, ...] = ()
    literal: Literal | None = None
    context: str = "when"
    negated: bool = False
    days: tuple[Interval, ...] = ()


class Circuit:
    """Builds a circuit: literals and gates, each kept once, in the order in which they must be computed.

    `definitions` gives the versions of each definition with their days; where there is one version only its days do not
    matter, for a definition is in force on each day of what uses it.
    """

    def __init__(self, layout: Layout, definitions: Mapping[str, Sequence[tuple[Interval, Node]]]) -> None:
        self.layout, self.definitions = layout, definitions
        self.slots: list[Slot] = []
        self._known: dict[Any, int] = {}
        self._conditions: dict[tuple[int, str, bool], int] = {}
        self._kept: list[Node] = []

    def condition(self, node: Node, context: str, negated: bool = False) -> int:
        """The slot of a condition read in the context `when` or `met`."""
        key = (id(node), context, negated)
        if key not in self._conditions:
            self._conditions[key] = self._condition(node, context, negated)
            self._kept.append(node)  # so that no other node gets its id
        return self._conditions[key]

    def _condition(self, node: Node, context: str, negated: bool) -> int:
        if isinstance(node, Not):
            return self.condition(node.part, context, not negated)
        if isinstance(node, Reference):
            return self._definition(node.name, context, negated)
        if isinstance(node, And | Or):
            kind = "and" if isinstance(node, And) != negated else "or"
            return self.gate(kind, (self.condition(part, context, negated) for part in node.parts))
        return self._slot((node, context, negated), kind="literal", literal=node, context=context, negated=negated)

    def _definition(self, name: str, context: str, negated: bool) -> int:
        versions = self.definitions[name]
        if len(versions) == 1:
            return self.condition(versions[0][1], context, negated)
        parts = (self.gate("and", (self.days(days), self.condition(node, context, negated))) for days, node in versions)
        return self.gate("or", parts)

    def gate(self, kind: str, children: Iterable[int]) -> int:
        """The slot of an `and` or an `or` over slots; over nothing they are TRUE and FALSE."""
        parts = tuple(children)
        return parts[0] if len(parts) == 1 else self._slot((kind, parts), kind=kind, children=parts)

    def days(self, *spans: Interval) -> int:
        """The slot that is TRUE on the days of some intervals and FALSE on others."""
        return self._slot(("days", spans), kind="days", days=spans)

    def _slot(self, key: Any, **fields: Any) -> int:
        if key not in self._known:
            self._known[key] = len(self.slots)
            self.slots.append(Slot(len(self.slots), **fields))
        return self._known[key]


def one_fact_test(literal: Literal) -> tuple[str, frozenset[Any], bool] | None:
    """A literal as (fact, values, whether it says that the fact is none of them), if that is what it says."""
    if isinstance(literal, KnownNone):
        return literal.fact, frozenset({NONE}), False
    if isinstance(literal, Within):
        return literal.left.name, frozenset(literal.values), False
    if isinstance(literal, Compare) and literal.op in ("=", "<>"):
        for fact, other in ((literal.left, literal.right), (literal.right, literal.left)):
            if isinstance(fact, FactTerm) and isinstance(other, Constant):
                return fact.name, frozenset({other.value}), literal.op == "<>"
    return None


def resting_on(circuit: Circuit, wanted: Iterable[int]) -> set[int]:
    """The slots that some slots are computed from, themselves included."""
    found: set[int] = set()
    stack = list(wanted)
    while stack:
        number = stack.pop()
        if number not in found:
            found.add(number)
            stack += circuit.slots[number].children
    return found
