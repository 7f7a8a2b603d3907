"""The SMT reader: the same circuit for every case that could exist, as terms of the solver Z3.

A case is a choice of values. A truth value takes two terms, as everywhere two bits (`circuit`): `yes` (it is TRUE) and
`may` (it is not FALSE), so that AND and OR go term by term and Kleene's NULL is modelled, not approximated:

    FALSE (no, no)    NULL (no, yes)    TRUE (yes, yes)

A fact is a value and whether it is stated:

    boolean        a Bool                       text    a bit vector, one code for each word of the vocabulary
    set            a Bool for each element      state   a bit vector, one code for each code of the table, and `none`
    number         a Real                       date    an Int, the ordinal of the day

With `stated` given, just those facts are stated (the plainer mode: a complete case, all terms two-valued, which is what a
difference of two days is about); without it each fact may be stated or not, and a solver chooses. A look-up is a fact of its
own (the world free), or with `answers` what the tables of a day answer, which a case may state only where they do not
know (the world as it stood).

Terms live in a context of their own: what comes of one `Facts` must not meet what comes of another.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeAlias

import z3

from sekisho.errors import ProofTimeout
from sekisho.language.circuit import A, Circuit, Layout, S
from sekisho.language.nodes import (
    NONE,
    Between,
    Compare,
    FactTerm,
    Has,
    Holds,
    KnownNone,
    Literal,
    Operator,
    Term,
    Value,
    Within,
    facts_of,
)
from sekisho.language.stopping import stop_of

Formula: TypeAlias = Any
"""A Bool of Z3, or True or False where that is known beforehand. (Z3 has no types that a checker could use.)"""

FactValue: TypeAlias = str | bool | int | float | dt.date | frozenset[str]


class Two(NamedTuple):
    """A truth value: `yes` says that it is TRUE, `may` that it is not FALSE."""

    yes: Formula
    may: Formula


def all_of(parts: Iterable[Formula]) -> Formula:
    """AND; over nothing True."""
    open_parts = []
    for part in parts:
        if part is False:
            return False
        if part is not True:
            open_parts.append(part)
    return _joined(z3.Z3_mk_and, open_parts) if open_parts else True


def any_of(parts: Iterable[Formula]) -> Formula:
    """OR; over nothing False."""
    open_parts = []
    for part in parts:
        if part is True:
            return True
        if part is not False:
            open_parts.append(part)
    return _joined(z3.Z3_mk_or, open_parts) if open_parts else False


def _joined(make: Callable[..., Any], parts: list[Any]) -> Any:
    """`z3.And` or `z3.Or` of Bools of one context, without asking each whether it is one, which costs most of the time."""
    if len(parts) == 1:
        return parts[0]
    context = parts[0].ctx
    return z3.BoolRef(make(context.ref(), len(parts), (z3.Ast * len(parts))(*[part.ast for part in parts])), context)


def deny(part: Formula) -> Formula:
    """NOT."""
    return not part if isinstance(part, bool) else z3.BoolRef(z3.Z3_mk_not(part.ctx.ref(), part.ast), part.ctx)


def same(left: Formula, right: Formula) -> Formula:
    """Whether two formulas are equally true."""
    if isinstance(left, bool):
        return right if left else deny(right)
    if isinstance(right, bool):
        return left if right else deny(left)
    return left == right


Answer: TypeAlias = bool | str | None


@dataclass(frozen=True)
class Qualified:
    """Answers by the values of some facts, None where one of them is not known."""

    by: tuple[str, ...]
    answers: Mapping[tuple[Any, ...], Answer]


@dataclass(frozen=True)
class Answers:
    """What a look-up answers on one day: `rows` has the answer for each value of its keys that is not `none`.

    A key that is `none` answers FALSE (or `none`), one not known NULL.
    """

    keys: tuple[str, ...]
    rows: Mapping[tuple[str, ...], Answer | Qualified]


@dataclass(slots=True)
class _Fact:
    """A fact as terms. `known` is whether it has a value; `heard` the same with all silence NULL; `own` what a case states."""

    value: Any
    known: Formula
    heard: Formula
    stated: Formula
    own: Any


class Facts:
    """The facts of a vocabulary as terms, each made when first asked for. `rules` hold of every case.

    `stated` names the facts that every case states (the complete mode), `optional` those that it may state; None leaves it
    open for each. `answers` has the look-ups as they stood on a day.
    """

    def __init__(
        self, layout: Layout, stated: Collection[str] | None = None, answers: Mapping[str, Answers] | None = None,
        optional: Collection[str] = (),
    ) -> None:  # fmt: skip
        self.layout, self.stated, self.optional = layout, stated, frozenset(optional)
        self.context = z3.Context()
        self.rules: list[Formula] = []
        self.arithmetic = any(fact.type in ("number", "date") for fact in layout.vocabulary.facts.values())
        self._facts = layout.vocabulary.facts
        self._answers = answers or {}
        words = dict.fromkeys(w for fact in self._facts.values() for w in fact.values) | {NONE: None}
        self._codes = {
            "text": {word: code for code, word in enumerate(words)},
            "state": {word: code for code, word in enumerate((*layout.states, NONE))},
        }
        self._words = {kind: {code: word for word, code in codes.items()} for kind, codes in self._codes.items()}
        self._bits = {kind: max(1, (len(codes) - 1).bit_length()) for kind, codes in self._codes.items()}
        self._made: dict[str, _Fact] = {}
        self._equal: dict[tuple[str, Any], Formula] = {}
        self._rows: dict[tuple[int, Answer, bool], Formula] = {}

    @property
    def made(self) -> tuple[str, ...]:
        """The facts asked for so far."""
        return tuple(self._made)

    def fact(self, name: str) -> _Fact:
        """A fact's terms."""
        if name not in self._made:
            self._made[name] = self._make(name)
        return self._made[name]

    def boolean(self, name: str) -> Any:
        """A Bool of this context by name."""
        return z3.Bool(name, self.context)

    def _make(self, name: str) -> _Fact:
        fact = self._facts[name]
        left_open = self.stated is None or name in self.optional
        stated: Formula = self.boolean(f"?{name}") if left_open else name in (self.stated or ())
        if fact.type == "set":
            own: Any = {value: self.boolean(f"{name}:{value}") for value in fact.values}
            if fact.claimed:
                said = any_of(own.values())
                if left_open:
                    self.rules.append(same(stated, said))  # a claimed set is stated by what is claimed of it
                elif not stated:
                    own = dict.fromkeys(own, False)
            return _Fact(own, stated, stated, stated, own)
        own = self._variable(name)
        if fact.lookup is not None and name in self._answers:
            return self._looked_up(name, own, stated)
        if fact.unstated == "default":
            origin = self.fact(fact.default) if fact.default in self._facts else None
            value = origin.value if origin is not None else self._constant(name, str(fact.default))
            chosen = value if stated is False else own if stated is True else z3.If(stated, own, value)
            return _Fact(chosen, any_of((stated, origin.known if origin is not None else True)), stated, stated, own)
        return _Fact(own, stated, stated, stated, own)

    def _variable(self, name: str) -> Any:
        fact = self._facts[name]
        if fact.type == "boolean":
            return self.boolean(name)
        if fact.type == "number":
            return z3.Real(name, self.context)
        if fact.type == "date":
            return z3.Int(name, self.context)
        own = z3.BitVec(name, self._bits[fact.type], self.context)
        if fact.type == "text":
            self.rules.append(any_of(own == self._constant(name, word) for word in fact.values))
        else:
            self.rules.append(z3.ULT(own, len(self._codes["state"])) if self._spare("state") else True)
        return own

    def _spare(self, kind: str) -> bool:
        return len(self._codes[kind]) < 1 << self._bits[kind]

    def _constant(self, name: str, value: Value) -> Any:
        kind = self._facts[name].type
        if kind in ("text", "state"):
            return z3.BitVecVal(self._codes[kind][str(value)], self._bits[kind], self.context)
        if isinstance(value, dt.date):
            return z3.IntVal(value.toordinal(), self.context)
        return z3.RealVal(value, self.context)

    def _looked_up(self, name: str, own: Any, stated: Formula) -> _Fact:
        """A look-up as the world answers it; a case states it only as the world has it, or where the world does not know."""
        boolean = self._facts[name].type == "boolean"
        found = {word: self._answered(name, word, False) for word in ((True,) if boolean else (*self.words(name), NONE))}
        unknown, silent = self._answered(name, None, False), self._answered(name, None, True)
        if boolean:
            value, agrees = found[True], same(own, found[True])
        else:
            value = own
            for word, holds in found.items():
                value = z3.If(holds, self._constant(name, str(word)), value) if holds is not False else value
            agrees = own == value
        self.rules.append(any_of((deny(stated), unknown, agrees)))
        if boolean:
            value = any_of((all_of((stated, own)), all_of((deny(stated), value))))
        return _Fact(value, any_of((stated, deny(unknown))), any_of((stated, deny(silent))), stated, own)

    def words(self, name: str) -> tuple[str, ...]:
        """The values that a text or state can have."""
        fact = self._facts[name]
        return tuple(fact.values) if fact.type == "text" else (*self.layout.states, NONE)

    def _answered(self, name: str, wanted: Answer, silent: bool) -> Formula:
        """Whether a look-up answers `wanted` (None: that it is not known), read with silence NULL if `silent`."""
        answers = self._answers[name]
        knowns = [self._is_known(key, S if silent else A) for key in answers.keys]
        none = any_of(all_of((known, self.equals(key, NONE))) for known, key in zip(knowns, answers.keys, strict=True))
        known = all_of(knowns)
        inside = all_of((known, deny(none), self._row(answers.keys, answers.rows, wanted, silent)))
        if wanted is None:
            return any_of((all_of((deny(known), deny(none))), inside))
        return any_of((none, inside)) if wanted == NONE else inside

    def _row(
        self, keys: tuple[str, ...], rows: Mapping[tuple[str, ...], Answer | Qualified], wanted: Answer, silent: bool
    ) -> Formula:
        """Whether the row of the keys, which are known and not none, answers `wanted`; the rarer rows are named."""
        if len(keys) > 1:
            below: dict[str, dict[tuple[str, ...], Answer | Qualified]] = {}
            for row, answer in rows.items():
                below.setdefault(row[0], {})[row[1:]] = answer
            parts = ((word, self._row(keys[1:], rest, wanted, silent)) for word, rest in below.items())
            return any_of(all_of((self.equals(keys[0], word), part)) for word, part in parts if part is not False)
        partly = {row[0]: answer for row, answer in rows.items() if isinstance(answer, Qualified)}
        plain = {row[0]: answer == wanted for row, answer in rows.items() if not isinstance(answer, Qualified)}
        yes = [word for word, holds in plain.items() if holds]
        no = [word for word, holds in plain.items() if not holds]
        if len(yes) <= len(no):
            found = any_of(self.equals(keys[0], word) for word in yes)
        else:
            found = deny(any_of(self.equals(keys[0], word) for word in (*no, *partly)))
        within = ((self.equals(keys[0], word), self._qualified(answer, wanted, silent)) for word, answer in partly.items())
        return any_of((found, *(all_of(pair) for pair in within)))

    def _qualified(self, row: Qualified, wanted: Answer, silent: bool) -> Formula:
        """Whether a row's answer is `wanted` for the values of what qualifies it."""
        key = (id(row), wanted, silent)
        if key not in self._rows:
            branches = []
            for values, answer in row.answers.items():
                if answer == wanted:
                    parts = []
                    for name, value in zip(row.by, values, strict=True):
                        known = self._is_known(name, S if silent else A)
                        parts.append(deny(known) if value is None else all_of((known, self.equals(name, value))))
                    branches.append(all_of(parts))
            self._rows[key] = any_of(branches)
        return self._rows[key]

    def equals(self, name: str, value: FactValue) -> Formula:
        """Whether a fact, if it is known, has a value; of a set, whether it is just that."""
        fact = self.fact(name)
        if isinstance(value, frozenset):
            return all_of(same(term, word in value) for word, term in fact.value.items())
        if isinstance(value, bool):
            return same(fact.value, value)
        key = (name, value)
        if key not in self._equal:
            self._equal[key] = fact.value == self._constant(name, value)
        return self._equal[key]

    def never(self, name: str, values: Iterable[str]) -> Formula:
        """That a case does not state any of some values of a text or state."""
        fact = self.fact(name)
        return any_of((deny(fact.stated), deny(any_of(fact.own == self._constant(name, value) for value in values))))

    def pins(self, case: Mapping[str, FactValue], only: Collection[str] | None = None) -> list[Formula]:
        """That a case states just these facts with these values; with `only`, as far as those facts are concerned."""
        found: list[Formula] = []
        for name in self.made:
            fact = self._made[name]
            if only is not None and name not in only:
                continue
            if name not in case:
                found.append(deny(fact.stated))
                continue
            value = case[name]
            if isinstance(value, frozenset):
                if not self._facts[name].claimed:
                    found.append(fact.stated)
                found += [same(term, word in value) for word, term in fact.own.items()]
            else:
                own = same(fact.own, value) if isinstance(value, bool) else fact.own == self._constant(name, value)
                found += [fact.stated, own]
        return [part for part in found if part is not True]

    def read(self, model: Any) -> dict[str, FactValue]:
        """The case of a model: what it states, in the vocabulary's order."""
        case: dict[str, FactValue] = {}
        for name in self._facts:
            if name in self._made and holds_in(model, self._made[name].stated):
                value = self._value(model, name)
                if not (self._facts[name].claimed and isinstance(value, frozenset) and not value):
                    case[name] = value
        return case

    def _value(self, model: Any, name: str) -> FactValue:
        fact, kind = self._made[name], self._facts[name].type
        if kind == "set":
            return frozenset(word for word, term in fact.own.items() if holds_in(model, term))
        if kind == "boolean":
            return holds_in(model, fact.own)
        found = model.eval(fact.own, model_completion=True)
        if kind in ("text", "state"):
            return self._words[kind][found.as_long()]
        return dt.date.fromordinal(found.as_long()) if kind == "date" else float(found.as_fraction())

    # ---- literals ------------------------------------------------------------------------------

    def literal(self, literal: Literal, context: str = "when", negated: bool = False, column: int = A) -> Two:
        """A literal's truth in a context (`when` or `met`) and a column of `circuit`; `negated` where it stands under a NOT."""
        unequal = isinstance(literal, Compare) and literal.op == "<>"
        found = self._test(literal, column)
        unstated = self._unclaimed(literal)
        flip = negated != unequal
        if flip:
            found = Two(deny(found.may), deny(found.yes))
        if unstated is False:
            return found
        if column == S:
            silent = Two(False, True)
        elif context == "met":
            silent = Two(column == A, True)
        else:
            silent = Two(flip, flip)
        said = deny(unstated)
        return Two(
            any_of((all_of((said, found.yes)), all_of((unstated, silent.yes)))),
            any_of((all_of((said, found.may)), all_of((unstated, silent.may)))),
        )

    def _unclaimed(self, literal: Literal) -> Formula:
        """Whether a claim that a literal reads is left to silence."""
        if isinstance(literal, Has):
            return deny(self.fact(literal.fact).own[literal.value]) if self._facts[literal.fact].claimed else False
        return any_of(deny(self.fact(name).stated) for name in facts_of(literal) if self._facts[name].claimed)

    def _test(self, literal: Literal, column: int) -> Two:
        """A literal as it is without its negation (`<>` is read as `=`), claims taken as stated."""
        if isinstance(literal, Holds):
            return self._known(self.fact(literal.fact).value, literal.fact, column)
        if isinstance(literal, Has):
            inside = self.fact(literal.fact).value[literal.value]
            return Two(inside, inside) if self._facts[literal.fact].claimed else self._known(inside, literal.fact, column)
        if isinstance(literal, KnownNone):
            return self._known(self.equals(literal.fact, NONE), literal.fact, column)
        if isinstance(literal, Within):
            name = literal.left.name
            return self._known(any_of(self.equals(name, value) for value in literal.values), name, column)
        if isinstance(literal, Between):
            low = self._compared("<=", literal.low, literal.left, column)
            high = self._compared("<=", literal.left, literal.high, column)
            return Two(all_of((low.yes, high.yes)), all_of((low.may, high.may)))
        return self._compared("=" if literal.op == "<>" else literal.op, literal.left, literal.right, column)

    def _known(self, value: Formula, name: str, column: int) -> Two:
        known = self._is_known(name, column)
        return Two(all_of((known, value)), any_of((deny(known), value)))

    def _is_known(self, name: str, column: int) -> Formula:
        fact = self.fact(name)
        return fact.heard if column == S else fact.known

    def _compared(self, op: Operator, left: Term, right: Term, column: int) -> Two:
        named = left if isinstance(left, FactTerm) else right
        assert isinstance(named, FactTerm)  # a comparison of two values is refused when the law is read
        kind = self._facts[named.name].type
        sides = [
            self.fact(t.name).value if isinstance(t, FactTerm) else self._constant(named.name, t.value) for t in (left, right)
        ]
        names = [term.name for term in (left, right) if isinstance(term, FactTerm)]
        known = all_of(self._is_known(name, column) for name in names)
        truth = _COMPARED[op](*sides)
        if kind == "state" or (kind == "text" and len(names) == 2):
            none = any_of(all_of((self._is_known(name, column), self.equals(name, NONE))) for name in names)
            return Two(all_of((known, deny(none), truth)), all_of((deny(none), any_of((deny(known), truth)))))
        return Two(all_of((known, truth)), any_of((deny(known), truth)))

    def _side(self, term: Term, named: str) -> Any:
        return self.fact(term.name).value if isinstance(term, FactTerm) else self._constant(named, term.value)


_COMPARED: Mapping[str, Callable[[Any, Any], Any]] = {
    "=": lambda left, right: left == right,
    "<": lambda left, right: left < right,
    "<=": lambda left, right: left <= right,
    ">": lambda left, right: left > right,
    ">=": lambda left, right: left >= right,
}


def holds_in(model: Any, formula: Formula) -> bool:
    """Whether a formula holds in a model; what the model leaves open counts as it completes it."""
    return formula if isinstance(formula, bool) else z3.is_true(model.eval(formula, model_completion=True))


class Reading:
    """The slots of a circuit as terms over some facts, each made once."""

    def __init__(self, circuit: Circuit, facts: Facts) -> None:
        self.circuit, self.facts = circuit, facts
        self._terms: dict[tuple[int, int], Two] = {}

    def two(self, number: int, column: int = A) -> Two:
        """A slot's truth in a column of `circuit`."""
        key = (number, column)
        if key not in self._terms:
            slot = self.circuit.slots[number]
            if slot.literal is not None:
                self._terms[key] = self.facts.literal(slot.literal, slot.context, slot.negated, column)
            elif slot.kind == "days":
                self._terms[key] = Two(False, True)  # one case has one day: only a circuit of many days has such slots
            else:
                parts = [self.two(child, column) for child in slot.children]
                join = all_of if slot.kind == "and" else any_of
                self._terms[key] = Two(join(part.yes for part in parts), join(part.may for part in parts))
        return self._terms[key]


# ---- the solver --------------------------------------------------------------------------------


@dataclass
class Clock:
    """How long a proof may take, in seconds of the wall; None is for ever. It starts when it is made."""

    seconds: float | None = None
    _end: float | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        self._end = None if self.seconds is None else time.monotonic() + self.seconds

    def left(self) -> float | None:
        """The seconds left. Raises `ProofTimeout` if there are none."""
        if self._end is None:
            return None
        left = self._end - time.monotonic()
        if left <= 0:
            raise ProofTimeout(self.seconds or 0)
        return left


class Solver:
    """A solver over the facts of one `Facts`. What it is asked with `check` holds for that question only."""

    def __init__(self, facts: Facts, clock: Clock | None = None) -> None:
        self.facts, self.clock, self._stop = facts, clock or Clock(), stop_of()
        self._z3 = z3.Solver(ctx=facts.context) if facts.arithmetic else z3.SolverFor("QF_FD", ctx=facts.context)
        self._z3.set("random_seed", 0)
        self._rules = 0
        self._names: dict[int, tuple[Any, Formula]] = {}
        self._marks: list[tuple[int, tuple[int, ...]]] = []
        self._told: float | None = None

    def add(self, *formulas: Formula) -> None:
        """What holds from now on."""
        for formula in formulas:
            if formula is not True:
                self._z3.add(z3.BoolVal(False, self.facts.context) if formula is False else formula)

    def push(self) -> None:
        """Begin what `pop` takes back."""
        self._keep_rules()
        self._marks.append((self._rules, tuple(self._names)))
        self._z3.push()

    def pop(self) -> None:
        """Take back all that was added since `push`."""
        self._z3.pop()
        self._rules, names = self._marks.pop()
        self._names = {key: self._names[key] for key in names}

    def _keep_rules(self) -> None:
        self.add(*self.facts.rules[self._rules :])
        self._rules = len(self.facts.rules)

    def name(self, formula: Formula) -> Any:
        """A Bool that stands for a formula, so that it can be assumed: one for each formula."""
        if isinstance(formula, bool):
            formula = z3.BoolVal(formula, self.facts.context)
        key = formula.get_id()
        if key not in self._names:
            name = z3.Bool(f"!{key}", self.facts.context)
            self._z3.add(name == formula)
            self._names[key] = (name, formula)  # the formula stays, so that no other gets its number
        return self._names[key][0]

    def check(self, *assumed: Formula) -> bool:
        """Whether a case exists in which all that was added and all that is assumed holds.

        Raises `ProofTimeout`, and `StoppedError` where it is stopped (`stopping`).
        """
        self._keep_rules()
        self._set_time()
        if any(part is False for part in assumed):
            return False
        asked = [part.ast for part in assumed if part is not True]
        names = (z3.Ast * len(asked))(*asked)  # as `Solver.check` of Z3 does, without asking each part what it is
        if self._stop is None:
            found = z3.Z3_solver_check_assumptions(self._z3.ctx.ref(), self._z3.solver, len(asked), names)
        else:
            with self._stop.during(self._z3.ctx.interrupt):
                found = z3.Z3_solver_check_assumptions(self._z3.ctx.ref(), self._z3.solver, len(asked), names)
        if found == z3.Z3_L_UNDEF:
            raise ProofTimeout(self.clock.seconds or 0)
        return bool(found == z3.Z3_L_TRUE)

    def _set_time(self) -> None:
        """Let the next question take no longer than what is left; told anew only when it is a good deal less."""
        left = self.clock.left()
        if left is not None and (self._told is None or left < self._told * 0.9):
            self._told = left
            self._z3.set("timeout", max(1, int(left * 1000)))

    def model(self) -> Any:
        """The case found by the last `check`."""
        return self._z3.model()

    def case(self) -> dict[str, FactValue]:
        """What the case found by the last `check` states."""
        return self.facts.read(self.model())

    def core(self) -> list[Any]:
        """Of what was assumed, as much as the last `check` needed to fail."""
        return list(self._z3.unsat_core())
