"""One query a regime: rows of stated facts in, outcomes in whole numbers out, as a sqlglot tree for DuckDB and Spark.

The layers are those of one case. What a row leaves open is filled from the catalogue and by defaults; the tables of
`dimensions` answer its look-ups; then come the literals and gates of the dated algebra (`language.sql`), and at last the
masks that `outcome` turns into names. A fact that no row can state is a constant: everything that rests on constants alone
is worked out beforehand.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Collection, Iterable, Sequence
from typing import Any

import msgspec
import pyarrow as pa
from sqlglot import exp

from sekisho.algebra import Algebra
from sekisho.case import Completer
from sekisho.corpus import Corpus, Fact, code_version
from sekisho.corpus.in_force import law_in_force
from sekisho.errors import UsageError
from sekisho.language.circuit import NULL, A, S, Slot, resting_on
from sekisho.language.kleene import compiled
from sekisho.language.nodes import facts_of
from sekisho.language.sql import (
    DATE,
    WORD,
    Column,
    Layer,
    Masks,
    all_of,
    any_of,
    big,
    case,
    column,
    computed,
    constant,
    is_null,
    joined,
    layers,
    small,
)
from sekisho.sweep.dimensions import Dimensions, dimensions
from sekisho.sweep.joins import Joins
from sekisho.sweep.options import shown
from sekisho.text import Interval

ITEM = "item"
HEAD = "head"
ACT = "act"
VERDICTS = ("outside", "prohibited", "undetermined", "conditional", "permitted")
"""Verdicts by the number that a query gives."""
PARTIES = ("exporter", "recipient", "end_user", "destination")


class Shape(msgspec.Struct, frozen=True):
    """What a query's rows have: the facts that are columns, whether an item is named, and facts set for every row."""

    facts: frozenset[str]
    item: bool = True
    head: bool = False
    fixed: dict[str, Any] = {}


class Output(msgspec.Struct, frozen=True):
    """Which bits of an outcome mean what: names by place, for the masks `<kind>_<word>`."""

    barring: tuple[str, ...]
    ways: tuple[str, ...]
    undone: tuple[str, ...]
    heard: tuple[str, ...]
    missing: tuple[str, ...]
    assumed: tuple[str, ...]

    def columns(self, missing: bool, assumed: bool) -> tuple[str, ...]:
        """The columns of an outcome, in order; those beyond the verdict only with a bit to them."""
        kinds = ("barring", "ways", "undone", "may", "heard", *(["missing"] * missing), *(["assumed"] * assumed))
        lengths = {kind: len(getattr(self, "undone" if kind == "may" else kind)) for kind in kinds}
        words = [f"{kind}_{word}" for kind in kinds for word in range(_words(lengths[kind]))]
        return ("verdict", *words, *(["stated"] * missing))


def _words(bits: int) -> int:
    return -(-bits // WORD)


class RegimeQuery:
    """The query of one regime over rows of one shape.

    `detail` asks for what is assumed too, `checks` whether a row can be at all; `without` has what of an outcome nobody
    reads: its `missing`, its `notices`.
    """

    def __init__(
        self, completer: Completer, regime: str, shape: Shape, detail: bool = False, checks: bool = False,
        law_on: dt.date | None = None, world_on: dt.date | None = None, strict: bool = False,
        without: frozenset[str] = frozenset(),
    ) -> None:  # fmt: skip
        self.completer, self.corpus, self.shape, self.detail, self.checks = completer, completer.corpus, shape, detail, checks
        self.layout, self.facts = completer.layout, completer.corpus.vocabulary.facts
        self.regime, self.law_on, self.world_on, self.strict = self.corpus.regime(regime), law_on, world_on, strict
        self.missing, self.notices = "missing" not in without, "notices" not in without
        if law_on is not None and law_on >= self.regime.first_day:
            law = self.corpus.law_on(regime, law_on)
        else:
            law = law_in_force(self.regime, self.corpus.instruments, Interval())
        self.algebra = Algebra(completer.layout, law, dated=law_on is None)
        self.always = [self.algebra.circuit.condition(node, "when") for _, node in self.corpus.always] if checks else []
        lifted = tuple(p.id for p in law.prohibitions if law.lifts_of[p.id])
        self.output = Output(
            barring=tuple(self.algebra.unbarred), ways=tuple(self.algebra.ways), undone=tuple(self.algebra.needs), heard=lifted,
            missing=tuple(name for name, f in self.facts.items() if f.unstated == "unknown"), assumed=self.layout.unit_names,
        )  # fmt: skip
        self.columns = self.output.columns(self.missing, detail)
        self.roots = self._roots()
        self.constants = self._constants()
        self.lookups = self._lookups()

    @functools.cached_property
    def dimensions(self) -> Dimensions:
        """The world as tables to join: read only where something is made of them that is not kept."""
        return dimensions(self.corpus, self.world_on, self.strict)

    @property
    def stamp(self) -> str:
        """What the query is made from, as text: that of two queries is the same only where they are."""
        corpus, shape = self.corpus, self.shape
        fixed = sorted((name, shown(value)) for name, value in shape.fixed.items())
        rows = (sorted(shape.facts), shape.item, shape.head, fixed)
        said = (
            self.regime.id,
            *rows,
            self.detail,
            self.checks,
            self.law_on,
            self.world_on,
            self.strict,
            self.missing,
            self.notices,
        )
        return f"{code_version()}{corpus.law_version}{corpus.world_version}{said}"

    def tables(self) -> dict[str, pa.Table]:
        """Every table the query joins, by name."""
        return {**self.dimensions.tables, "items": _items(self.corpus)}

    def _roots(self) -> tuple[int, ...]:
        """The slots that an outcome is told from."""
        algebra = self.algebra
        conditions = (algebra.governs, algebra.allowed, *self.always, *(algebra.when[name] for name in self.output.heard))
        effects = (algebra.unbarred, algebra.ways, algebra.needs, algebra.idle)
        return (*conditions, *(slot for slots in effects for slot in slots.values()))

    def _constants(self) -> dict[int, int]:
        """The slots that come out the same for every row: those of facts no row can state, and gates over such."""
        found: set[int] = set()
        for slot in self.algebra.circuit.slots:
            if slot.literal is not None:
                same = not any(self.varies(name) for name in facts_of(slot.literal))
            else:
                same = slot.kind != "days" and found.issuperset(slot.children)
            if same:
                found.add(slot.number)
        values = compiled(self.algebra.circuit, found)(*self.completer.vectors(self.shape.fixed))
        return {number: values[number] for number in sorted(found)}

    def varies(self, name: str) -> bool:
        """Whether a fact can differ from row to row."""
        if name in self.shape.fixed:
            return False
        if name in self.shape.facts or (self.shape.item and name.startswith("item.") and not self.facts[name].claimed):
            return True
        fact = self.facts[name]
        if fact.lookup is not None:
            return True
        return fact.default in self.facts and self.varies(str(fact.default))

    def _lookups(self) -> list[Fact]:
        wanted = resting_on(self.algebra.circuit, (self.algebra.governs, self.algebra.allowed, *self.always))
        slots = (self.algebra.circuit.slots[number] for number in wanted if number not in self.constants)
        read = {name for slot in slots if slot.literal is not None for name in facts_of(slot.literal)}
        read |= {name for name in self.shape.facts if self.facts[name].lookup is not None} if self.checks else set()
        return [fact for name, fact in self.facts.items() if name in read and fact.lookup is not None]

    # ---- the facts of a row ------------------------------------------------------------------------------------------

    def stated(self, name: str) -> exp.Expr:
        """A fact as the row states it or the catalogue fills it; NULL where neither does."""
        if name in self.shape.fixed:
            return _typed(self.facts[name], self.shape.fixed[name])
        parts = [exp.column(exp.to_identifier(name, quoted=True, copy=False), table="r")] if name in self.shape.facts else []
        if self.shape.item and name in CATALOGUE:
            parts.append(exp.column(exp.to_identifier(name, quoted=True, copy=False), table="i"))
        if not parts:
            return _typed(self.facts[name], None)
        return parts[0] if len(parts) == 1 else exp.func("coalesce", *parts)

    def filled(self, name: str) -> exp.Expr:
        """A fact with its default standing in."""
        fact = self.facts[name]
        if fact.default is None:
            return self.stated(name)
        source = self.filled(fact.default) if fact.default in self.facts else constant(fact.default)
        return exp.func("coalesce", self.stated(name), source) if self.may_state(name) else source

    def may_state(self, name: str) -> bool:
        """Whether a row can state a fact, or it is set for all."""
        return name in self.shape.facts or name in self.shape.fixed

    def silent(self, name: str) -> exp.Expr:
        """Whether a default stands in for a fact."""
        fact = self.facts[name]
        known = (
            exp.not_(exp.Is(this=self.filled(str(fact.default)), expression=exp.Null()))
            if fact.default in self.facts
            else exp.true()
        )
        unstated = exp.Is(this=self.stated(name), expression=exp.Null()) if self.may_state(name) else exp.true()
        return all_of(unstated, known)

    def _read(self) -> list[str]:
        """The plain facts that some varying literal or look-up reads."""
        slots = [s for s in self.algebra.circuit.slots if s.literal is not None and s.number not in self.constants]
        names = {name for slot in slots if slot.literal is not None for name in facts_of(slot.literal)}
        for fact in self.lookups:
            assert fact.lookup is not None
            names.update(fact.lookup.reads)
            names.discard(fact.name)
        plain = {name for name in names if self.facts[name].lookup is None}
        for name in list(plain):
            default = self.facts[name].default
            while default in self.facts:
                plain.add(str(default))
                default = self.facts[str(default)].default
        return [name for name in self.facts if name in plain]

    # ---- the query ---------------------------------------------------------------------------------------------------

    def select(self, rows: str, keep: Sequence[str] = ()) -> exp.Select:
        """The query over a relation with `row`, `date`, `item` and the facts of the shape; `keep` are passed through."""
        carried = ["row", DATE, *keep]
        query = self._filled(rows, carried)
        query = self._answered(query, carried)
        algebra, circuit = self.algebra, self.algebra.circuit
        roots = frozenset((algebra.governs, algebra.allowed))
        self._masks: dict[str, Masks] = {}
        if self.missing:
            self._masks["missing"] = Masks(circuit, "q", A, _words(len(self.output.missing)), self._missing_bits)
        if self.detail:
            self._masks["assumed"] = Masks(circuit, "s", S, _words(len(self.output.assumed)), self._assumed_bits)
        if len(self.output.missing) > WORD:
            raise UsageError(f"a sweep asks for at most {WORD} different facts; the vocabulary has {len(self.output.missing)}.")
        masks = [(mask, roots) for mask in self._masks.values()]
        columns = [*computed(circuit, self.roots, self.constants, masks), *self._outcome()]
        wanted = [*carried, *self.columns, *(["reject"] if self.checks else [])]
        for number, layer in enumerate(layers(columns, [*carried, *self._fact_columns()], wanted)):
            query = _over(query, layer, f"l{number}")
        return query

    def _fact_columns(self) -> list[str]:
        plain = self._read()
        defaults = [f"~{name}" for name in plain if self.facts[name].unstated == "default"]
        looked = [f"{mark}{fact.name}" for fact in self.lookups for mark in ("#", "?")]
        return [*plain, *defaults, *looked, *(f"!{fact.name}" for fact in self.contradictable()), "asked"]

    def contradictable(self) -> list[Fact]:
        """The look-ups that a row may state, which the world must not contradict."""
        return [fact for fact in self.lookups if self.checks and fact.name in self.shape.facts]

    def _filled(self, rows: str, carried: Sequence[str]) -> exp.Select:
        """Rows with every fact they need, stated or filled."""
        columns: list[exp.Expr] = [exp.column(exp.to_identifier(name, quoted=True, copy=False), table="r") for name in carried]
        plain = self._read()
        defaults = [name for name in plain if self.facts[name].unstated == "default"]
        columns += [exp.alias_(self.filled(name), name, quoted=True, copy=False) for name in plain]
        columns += [exp.alias_(self.silent(name), f"~{name}", quoted=True, copy=False) for name in defaults]
        columns += [exp.alias_(self.stated(fact.name), f"={fact.name}", quoted=True, copy=False) for fact in self.lookups]
        columns.append(exp.alias_(self._parties(), "asked", quoted=True, copy=False))
        query = exp.select(*columns).from_(exp.to_table(rows).as_("r"), copy=False)
        if self.shape.item:
            query = query.join(exp.to_table("items").as_("i"), on=f'r."{ITEM}" = i."id"', join_type="left")
        return query

    def _parties(self) -> exp.Expr:
        """Which parties have something stated of them, as bits."""
        parts: list[exp.Expr] = [big(0)]
        for bit, party in enumerate(PARTIES):
            names = [name for name in self.facts if name.startswith(f"{party}.") and self.may_state(name)]
            if names:
                unstated = all_of(*(exp.Is(this=self.stated(name), expression=exp.Null()) for name in names))
                parts.append(case((unstated, big(0)), otherwise=big(1 << bit)))
        return joined(exp.BitwiseOr, parts)

    def _answered(self, query: exp.Select, carried: Sequence[str]) -> exp.Select:
        """Rows with their look-ups answered."""
        plain = self._read()
        kept = [*carried, *plain, *(f"~{name}" for name in plain if self.facts[name].unstated == "default"), "asked"]
        columns: list[exp.Expr] = [exp.column(exp.to_identifier(name, quoted=True, copy=False), table="f") for name in kept]
        joins = Joins(self)
        for fact in self.lookups:
            columns.append(exp.alias_(joins.answer(fact), f"#{fact.name}", quoted=True, copy=False))
            columns.append(exp.alias_(joins.unknown(fact), f"?{fact.name}", quoted=True, copy=False))
        for fact in self.contradictable():
            columns.append(exp.alias_(joins.contradicted(fact), f"!{fact.name}", quoted=True, copy=False))
        outer = exp.select(*columns).from_(query.subquery("f", copy=False), copy=False)
        return joins.apply(outer)

    def _bit(self, names: Sequence[str], name: str, word: int) -> int:
        if name not in names:
            return 0
        place = names.index(name)
        return 1 << place % WORD if place // WORD == word else 0

    def _missing_bits(self, slot: Slot, word: int) -> exp.Expr | None:
        """What to ask for where a literal is not known."""
        if slot.literal is None or (slot.number in self.constants and self.constants[slot.number] & 3 != NULL & 3):
            return None
        parts: list[exp.Expr] = []
        for name in facts_of(slot.literal):
            fact = self.facts[name]
            if fact.claimed:
                continue
            if fact.lookup is not None:
                parts.append(column(f"?{name}"))
            elif bit := self._bit(self.output.missing, self.origin(name), word):
                if self.varies(name):
                    parts.append(case((is_null(name), big(bit)), otherwise=big(0)))
                elif not self._given(name):
                    parts.append(big(bit))
        return joined(exp.BitwiseOr, parts) if parts else None

    def _given(self, name: str) -> bool:
        """Whether a fact that is the same for every row is known: it is set for all, or has a default that is."""
        if name in self.shape.fixed:
            return self.shape.fixed[name] is not None
        default = self.facts[name].default
        return default is not None and (default not in self.facts or self._given(str(default)))

    def place_of(self, name: str) -> int:
        """A fact's place among those that can be asked for."""
        return self.output.missing.index(name)

    def origin(self, name: str) -> str:
        """The fact that a default is taken from in the end."""
        while self.facts[name].default in self.facts:
            name = str(self.facts[name].default)
        return name

    def _assumed_bits(self, slot: Slot, word: int) -> exp.Expr | None:
        """The claims and defaults that a literal leaves to silence."""
        if slot.literal is None or (slot.number in self.constants and self.constants[slot.number] >> S & 3 != NULL & 3):
            return None
        parts: list[exp.Expr] = []
        for name in facts_of(slot.literal):
            fact = self.facts[name]
            if fact.claimed:
                bit = self._bit(self.output.assumed, self.layout.unit_of(slot.literal, name), word)
                if bit:
                    unstated = is_null(name) if self.varies(name) and fact.type != "set" else exp.true()
                    parts.append(case((unstated, big(bit)), otherwise=big(0)))
                continue
            for default in dict.fromkeys(self._defaults(name)):
                bit = self._bit(self.output.assumed, default, word)
                if bit:
                    parts.append(case((self._stands_in(name, default), big(bit)), otherwise=big(0)))
        return joined(exp.BitwiseOr, parts) if parts else None

    def _defaults(self, name: str) -> Iterable[str]:
        """The defaults that may stand in for a fact or for what it is looked up by."""
        fact = self.facts[name]
        if fact.unstated == "default":
            yield name
        for read in (
            *(fact.lookup.reads if fact.lookup is not None else ()),
            *([str(fact.default)] if fact.default in self.facts else []),
        ):
            yield from self._defaults(read)

    def _stands_in(self, name: str, default: str) -> exp.Expr:
        """Whether a default stands in and reaches a fact: all on the way between them are silent too."""
        fact = self.facts[name]
        if name == default:
            return column(f"~{name}") if self.varies(self.origin(name)) or self.may_state(name) else exp.true()
        reads = fact.lookup.reads if fact.lookup is not None else ((str(fact.default),) if fact.default in self.facts else ())
        ways = [self._stands_in(read, default) for read in reads if default in set(self._defaults(read))]
        reached = any_of(ways)
        return all_of(column(f"~{name}"), reached) if fact.unstated == "default" else reached

    def _outcome(self) -> Iterable[Column]:
        """The numbers that make an outcome."""
        algebra = self.algebra
        governs, allowed = _bits(algebra.governs, A), _bits(algebra.allowed, A)
        settled = exp.BitwiseAnd(this=column(f"v{algebra.allowed}"), expression=small(12))
        verdict = case(
            (any_of([self._early(), governs.eq(small(0))]), small(0)),
            (governs.copy().eq(small(1)), small(2)),
            (allowed.eq(small(0)), small(1)),
            (allowed.copy().eq(small(1)), small(2)),
            (exp.Paren(this=settled).eq(small(12)), small(4)),
            otherwise=small(3),
        )
        yield "verdict", verdict
        for kind, parts in self._kinds().items():
            length = len(getattr(self.output, "undone" if kind == "may" else kind))
            for word in range(_words(length)):
                mask = joined(exp.BitwiseOr, parts[word]) if parts[word] else big(0)
                relevant = self._relevant(kind)
                yield f"{kind}_{word}", mask if relevant is None else case((relevant, mask), otherwise=big(0))
        if self.missing:
            yield "stated", case((column("verdict").eq(small(2)), column("asked")), otherwise=big(0))
        if self.checks:
            yield "reject", self._reject()

    def _early(self) -> exp.Expr:
        """Whether the law asked is that of a day before the regime's first."""
        if self.law_on is not None:
            return exp.true() if self.law_on < self.regime.first_day else exp.false()
        return exp.LT(this=column(DATE), expression=constant(self.regime.first_day))

    def _reject(self) -> exp.Expr:
        """Which `always` condition a row breaks, or which look-up it contradicts, counted from 1; 0 for none."""
        number = exp.Literal.number
        branches: list[tuple[exp.Expr, exp.Expr]] = [
            (_raw(slot, 48).eq(small(0)), number(n)) for n, slot in enumerate(self.always, 1)
        ]
        first = len(self.always) + 1
        branches += [(column(f"!{fact.name}"), number(n)) for n, fact in enumerate(self.contradictable(), first)]
        return exp.cast(case(*branches, otherwise=number(0)) if branches else number(0), "SMALLINT")

    def reason(self, number: int) -> str:
        """What a row's reject number says."""
        if number <= len(self.always):
            entry = self.corpus.always[number - 1][0]
            return f"the case cannot be: {entry.why.en}"
        fact = self.contradictable()[number - len(self.always) - 1]
        table = fact.lookup.table if fact.lookup is not None else "world"
        return f"{fact.name} is stated against the table {table}."

    def _relevant(self, kind: str) -> exp.Expr | None:
        """The verdicts to which a mask matters; None for all."""
        verdict = column("verdict")
        if kind == "barring":
            return verdict.eq(small(1))
        if kind == "missing":
            return verdict.eq(small(2))
        if kind == "assumed":
            return None
        if self.detail and kind in ("ways", "undone"):
            return exp.NEQ(this=verdict, expression=small(0))
        if self.shape.head and kind == "ways":  # that a head does not open is said of every verdict
            return exp.NEQ(this=verdict, expression=small(0))
        wanted = [3, 4] if kind in ("ways", "undone") or (self.shape.head and kind == "may") else [3]
        return exp.In(this=verdict, expressions=[small(code) for code in wanted])

    def _kinds(self) -> dict[str, list[list[exp.Expr]]]:
        """For each kind of mask its words, each as the terms to join."""
        algebra, output = self.algebra, self.output
        tests: dict[str, list[exp.Expr]] = {
            "barring": [_bits(algebra.unbarred[name], A).eq(small(0)) for name in output.barring],
            "ways": [_bits(algebra.ways[name], A).eq(small(3)) for name in output.ways],
            "undone": [exp.NEQ(this=_raw(algebra.needs[name], 12), expression=small(12)) for name in output.undone],
            "may": [_bits(algebra.idle[name], A).eq(small(1)) for name in output.undone],
            "heard": [exp.NEQ(this=_raw(algebra.when[name], 3), expression=small(0)) for name in output.heard],
        }
        kinds = {kind: _packed(parts) for kind, parts in tests.items()}
        for kind, mask in self._masks.items():
            kinds[kind] = [self._rooted(mask, word, kind) for word in range(mask.words)]
        return kinds

    def _rooted(self, mask: Masks, word: int, kind: str) -> list[exp.Expr]:
        """A mask's word at the roots: `missing` of `governs` if that is NULL, else of `allowed`; `assumed` of both."""
        algebra = self.algebra
        governs = column(mask.column_name(algebra.governs, word)) if mask.has(algebra.governs, word) else big(0)
        allowed = column(mask.column_name(algebra.allowed, word)) if mask.has(algebra.allowed, word) else big(0)
        if kind == "missing":
            return [case((_bits(algebra.governs, A).eq(small(1)), governs), otherwise=allowed)]
        inside = exp.NEQ(this=column("verdict"), expression=small(0))
        return [case((self._early(), big(0)), otherwise=governs), case((inside, allowed), otherwise=big(0))]


def _packed(tests: Sequence[exp.Expr]) -> list[list[exp.Expr]]:
    words: list[list[exp.Expr]] = [[] for _ in range(_words(len(tests)))]
    for place, test in enumerate(tests):
        words[place // WORD].append(case((test, big(1 << place % WORD)), otherwise=big(0)))
    return words


def _raw(slot: int, bits: int) -> exp.Expr:
    return exp.Paren(this=exp.BitwiseAnd(this=column(f"v{slot}"), expression=small(bits)))


def _bits(slot: int, shift: int) -> exp.Expr:
    return _raw(slot, 3 << shift)


def _over(query: exp.Select, layer: Layer, name: str) -> exp.Select:
    columns = [column(entry) for entry in layer.kept]
    columns += [exp.alias_(expression, entry, quoted=True, copy=False) for entry, expression in layer.made]
    return exp.select(*columns).from_(query.subquery(name, copy=False), copy=False)


def _typed(fact: Fact, value: Any) -> exp.Expr:
    """A constant of a fact's type; NULL for no value."""
    types = {"boolean": "BOOLEAN", "set": "VARCHAR[]", "date": "DATE", "number": "DOUBLE"}
    if isinstance(value, bool):
        return exp.true() if value else exp.false()
    if isinstance(value, frozenset):
        return exp.Array(expressions=[constant(entry) for entry in sorted(value)])
    inner = exp.Null() if value is None else constant(value)
    return exp.cast(inner, types.get(fact.type, "VARCHAR"))


_ARROW = {"boolean": pa.bool_(), "set": pa.list_(pa.string()), "number": pa.float64(), "date": pa.date32()}


def _items(corpus: Corpus) -> pa.Table:
    """The catalogue as a table: the facts of each item, NULL where they are not known."""
    items = list(corpus.catalogue.items.values())
    columns: dict[str, pa.Array] = {"id": pa.array([item.id for item in items], pa.string())}
    for name in sorted(CATALOGUE):
        values = [item.facts.get(name) for item in items]
        plain = [sorted(value) if isinstance(value, frozenset) else value for value in values]
        columns[name] = pa.array(plain, _ARROW.get(corpus.vocabulary.facts[name].type, pa.string()))
    return pa.table(columns)


CATALOGUE: Collection[str] = frozenset(
    f"item.{name}"
    for name in ("kind", "arms", "weapon", "five_category", "weapons_on_board", "licensor", "programme", "munitions_list")
)
