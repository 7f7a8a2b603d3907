"""The joins that answer a row's look-ups from the tables of `dimensions`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from sqlglot import exp

from sekisho.corpus import Fact
from sekisho.language.sql import DATE, all_of, any_of, big, case, constant, joined, small
from sekisho.sweep.dimensions import BITS, Dimensions
from sekisho.text import EVER, NEVER


class Asking(Protocol):
    """What the joins need to know of the query they serve."""

    @property
    def facts(self) -> Mapping[str, Fact]:
        """The vocabulary's facts by name."""

    @property
    def dimensions(self) -> Dimensions:
        """The tables to join."""

    def may_state(self, name: str) -> bool:
        """Whether a row can state a fact, or it is set for all."""

    def origin(self, name: str) -> str:
        """The fact that a default is taken from in the end."""

    def place_of(self, name: str) -> int:
        """A fact's place among those that can be asked for."""


class Joins:
    """The joins that answer look-ups, each made once."""

    def __init__(self, query: Asking) -> None:
        self.query, self.facts = query, query.facts
        self.dimensions: Dimensions = query.dimensions
        self._joins: dict[str, tuple[str, str]] = {}

    def apply(self, select: exp.Select) -> exp.Select:
        """The select with every join asked for."""
        for alias, (table, on) in self._joins.items():
            select = select.join(exp.to_table(table).as_(alias), on=on, join_type="left")
        return select

    def _segment(self) -> str:
        self._joins.setdefault("c", ("calendar", f'f."{DATE}" = c."day"'))
        return 'c."segment"'

    def _state(self, key: str) -> str:
        """The alias of the row of a state and segment; a default that only ever stands in shares its origin's."""
        while not self.query.may_state(key) and self.facts[key].default in self.facts:
            key = str(self.facts[key].default)
        alias = f"s_{key.replace('.', '_')}"
        segment = self._segment()
        self._joins.setdefault(alias, ("states", f'{alias}."state" = f."{key}" AND {alias}."segment" = {segment}'))
        return alias

    def answer(self, fact: Fact) -> exp.Expr:
        """A look-up's packed value."""
        assert fact.lookup is not None
        plain, quiet = self._values(fact)
        silent = [self._f(f"~{name}") for name in fact.lookup.keys if self._silenced(name)]
        computed = _spread(plain, _silent_bits(silent, quiet))
        own = self._f(f"={fact.name}")
        if not self.query.may_state(fact.name):
            return exp.cast(computed, "TINYINT")
        branches = [(exp.Is(this=own, expression=exp.Null()), exp.cast(computed, "TINYINT")), (own.copy(), small(63))]
        return case(*branches, otherwise=small(0))

    def contradicted(self, fact: Fact) -> exp.Expr:
        """Whether a row states a look-up otherwise than the world has it."""
        plain, _ = self._values(fact)
        own = self._f(f"={fact.name}")
        known = case(
            (own, exp.Literal.number(0)), (exp.not_(own.copy()), exp.Literal.number(3)), otherwise=exp.Literal.number(9)
        )
        return exp.Paren(this=plain).eq(known)

    def _silenced(self, name: str) -> bool:
        return self.facts[name].unstated == "default"

    @staticmethod
    def _f(name: str) -> exp.Expr:
        return exp.column(exp.to_identifier(name, quoted=True, copy=False), table="f")

    def _values(self, fact: Fact) -> tuple[exp.Expr, exp.Expr]:
        """A look-up's value in two bits, and its value where the qualifiers left to silence are unknown."""
        assert fact.lookup is not None
        lookup = fact.lookup
        if lookup.table in self.dimensions.pairs:
            value = self._pair(fact)
            return value, value.copy()
        alias = self._state(lookup.keys[0])
        cell = exp.column(exp.to_identifier(lookup.table, quoted=True, copy=False), table=alias)
        if not lookup.by:
            value = exp.func("coalesce", cell, exp.Literal.number(BITS[None]))
            return value, value.copy()
        value = self._embargo(fact, cell, "e", lambda name: self._f(name))
        quiet_facts = [name for name in lookup.by.values() if self._silenced(name)]
        if not quiet_facts or not self.query.may_state(lookup.keys[0]):
            return value, value.copy()

        def heard(name: str) -> exp.Expr:
            if not self._silenced(name):
                return self._f(name)
            return case((self._f(f"~{name}"), exp.cast(exp.Null(), "VARCHAR")), otherwise=self._f(name))

        return value, self._embargo(fact, cell.copy(), "q", heard)

    def _embargo(self, fact: Fact, cell: exp.Expr, prefix: str, read: Callable[[str], exp.Expr]) -> exp.Expr:
        assert fact.lookup is not None
        alias = f"{prefix}_{fact.name.replace('.', '_')}"
        conditions = [f'{alias}."profile" = {cell.sql(dialect="duckdb")}']
        for column_name, name in fact.lookup.by.items():
            value = read(name)
            if self.facts[name].type == "boolean":
                value = case((value, constant("true")), (exp.not_(value.copy()), constant("false")), otherwise=constant(""))
            else:
                value = exp.func("coalesce", value, constant(""))
            conditions.append(f'{alias}."{column_name}" = {value.sql(dialect="duckdb")}')
        self._joins[alias] = (f"embargo_{fact.lookup.table}", " AND ".join(conditions))
        found = exp.column(exp.to_identifier("value", quoted=True, copy=False), table=alias)
        return exp.func("coalesce", found, exp.Literal.number(BITS[None]))

    def _pair(self, fact: Fact) -> exp.Expr:
        """A look-up by two keys: a row of its table; else what the table says where it has none."""
        assert fact.lookup is not None
        pair = self.dimensions.pairs[fact.lookup.table]
        first, second = fact.lookup.keys
        alias = f"p_{fact.name.replace('.', '_')}"
        keys = f'{alias}."first" = f."{first}" AND {alias}."second" = f."{second}"'
        self._joins[alias] = (pair.table, f'{keys} AND {alias}."segment" = {self._segment()}')
        found = exp.column(exp.to_identifier("value", quoted=True, copy=False), table=alias)
        number = exp.Literal.number
        unknown = any_of([exp.Is(this=self._f(key), expression=exp.Null()) for key in (first, second)])
        none = any_of([self._f(key).eq(constant("none")) for key in (first, second)])
        listed = exp.In(this=self._f(first), expressions=[constant(value) for value in pair.firsts])
        covered: list[exp.Expr] = [exp.true()]
        if pair.covered.begin != EVER:
            covered.append(exp.GTE(this=self._f(DATE), expression=constant(pair.covered.begin)))
        if pair.covered.end != NEVER:
            covered.append(exp.LT(this=self._f(DATE), expression=constant(pair.covered.end)))
        return case(
            (none, number(BITS[False])), (unknown, number(BITS[None])),
            (exp.not_(exp.Is(this=found, expression=exp.Null())), found.copy()),
            (all_of(listed, *covered), number(pair.absent)), otherwise=number(BITS[None]),
        )  # fmt: skip

    def unknown(self, fact: Fact) -> exp.Expr:
        """What to ask for where a look-up is not known: its unknown keys, else its unknown qualifiers, else itself."""
        assert fact.lookup is not None
        branches = []
        for names in (fact.lookup.keys, tuple(fact.lookup.by.values())):
            tests = [exp.Is(this=self._f(name), expression=exp.Null()) for name in names]
            asked = [
                case((test, big(self._asked(self.query.origin(name)))), otherwise=big(0))
                for test, name in zip(tests, names, strict=True)
            ]
            if tests:
                branches.append((any_of([test.copy() for test in tests]), joined(exp.BitwiseOr, asked)))
        return case(*branches, otherwise=big(self._asked(fact.name)))

    def _asked(self, name: str) -> int:
        return 1 << self.query.place_of(name)


def _silent_bits(silent: Sequence[exp.Expr], quiet: exp.Expr) -> exp.Expr:
    """The two bits of column S: NULL where a key is silent."""
    return case((any_of(silent), exp.Literal.number(1)), otherwise=quiet) if silent else quiet


def _spread(value: exp.Expr, quiet: exp.Expr) -> exp.Expr:
    """Two bits in the columns A and B, and two in S."""
    five = exp.Mul(this=exp.Paren(this=value), expression=exp.Literal.number(5))
    sixteen = exp.Mul(this=exp.Paren(this=quiet), expression=exp.Literal.number(16))
    return exp.Add(this=five, expression=sixteen)
