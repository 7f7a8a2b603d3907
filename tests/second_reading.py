"""A second reading of the verdict algebra, written apart from the product's code, from the words of its design alone.

It shares with the product the corpus (texts of conditions, the world's tables) and nothing of how a condition is parsed
or a verdict computed. Values are True, False and None (unknown). A silence is one of

    when    what nobody claims, promises or decides is False
    met     the same is None: not yet obtained
    can     every literal over it is True: could it still be met?

and `all_silent` reads every silence as None instead, defaults included.
"""

from dataclasses import dataclass, field
from datetime import date
from functools import cache

import sqlglot
from sqlglot import exp


@dataclass(frozen=True, eq=False)
class Formula:
    """`and`, `or` and `not` over parts; or a literal: what is tested of which facts, as written or negated."""

    kind: str
    parts: tuple["Formula", ...] = ()
    facts: tuple[str, ...] = ()
    constant: object = None
    positive: bool = True
    silence: str = ""


@dataclass
class Reading:
    """What comes out; ids and names sorted, `ways` in their own order."""

    verdict: str
    ways: list[tuple[str, list[str]]] = field(default_factory=list)
    head: str | None = None
    outstanding: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    assumed: list[str] = field(default_factory=list)


def both(*parts: Formula) -> Formula:
    return Formula("and", parts)


def either(*parts: Formula) -> Formula:
    return Formula("or", parts)


def deny(part: Formula) -> Formula:
    return Formula("not", (part,))


@cache
def parsed(text: str) -> exp.Expression:
    return sqlglot.parse_one(text)


class Law:
    """A regime's law on one day as formulas; `condition` moves NOT inwards and writes definitions out."""

    def __init__(self, corpus, regime, in_force, says: str) -> None:
        self.facts = corpus.vocabulary.facts
        self.defined = {p.label: p.when_text for p in in_force if p.effect == "defines"}
        self.bars = [p for p in in_force if p.effect == "prohibits"]
        self.heads = [p for p in in_force if p.effect == "permits"]
        self.lifts = [p for p in in_force if p.effect == "lifts"]
        duties = [p for p in in_force if p.effect == "requires"]
        self.untied = [r for r in duties if not r.targets]
        self.tied = {x.id: [r for r in duties if names(r, x)] for x in self.heads + self.lifts}
        self.lifts_of = {p.id: [x for x in self.lifts if names(x, p)] for p in self.bars}
        self.when, self.free, self.done, self.opens, self.good = {}, {}, {}, {}, {}
        for p in self.bars + self.heads + self.lifts + duties:
            self.when[p.id] = self.condition(p.when_text, "when") if p.when_text else both()
        for r in duties:
            not_asked = deny(self.when[r.id])
            self.free[r.id] = either(not_asked, self.condition(r.met_text, "can"))
            self.done[r.id] = either(not_asked, self.condition(r.met_text, "met"))
        for x in self.heads + self.lifts:
            self.opens[x.id] = both(self.when[x.id], *(self.free[r.id] for r in self.tied[x.id]))
            self.good[x.id] = both(self.opens[x.id], *(self.done[r.id] for r in self.tied[x.id]))
        barred = either(
            *(both(self.when[p.id], deny(either(*(self.opens[x.id] for x in self.lifts_of[p.id])))) for p in self.bars)
        )
        self.open_by_default = says == "permitted"
        opened = both() if self.open_by_default else either(*(self.opens[h.id] for h in self.heads))
        self.governs = self.condition(regime.governs_text, "when")
        self.allowed = both(deny(barred), opened, *(self.free[r.id] for r in self.untied))
        self.settled = self.settled_by(self.heads, self.open_by_default)
        self.settled_with = {h.id: self.settled_by([h], False) for h in self.heads}

    def settled_by(self, heads, open_by_default: bool) -> Formula:
        through = both() if open_by_default else either(*(self.good[h.id] for h in heads))
        lifted = [either(deny(self.when[p.id]), either(*(self.good[x.id] for x in self.lifts_of[p.id]))) for p in self.bars]
        return both(*(self.done[r.id] for r in self.untied), through, *lifted)

    def condition(self, text: str, silence: str, positive: bool = True) -> Formula:
        return self.inwards(parsed(text), silence, positive)

    def inwards(self, tree: exp.Expression, silence: str, positive: bool) -> Formula:
        if isinstance(tree, exp.Paren):
            return self.inwards(tree.this, silence, positive)
        if isinstance(tree, exp.Not):
            return self.inwards(tree.this, silence, not positive)
        if isinstance(tree, (exp.And, exp.Or)):
            left, right = self.inwards(tree.left, silence, positive), self.inwards(tree.right, silence, positive)
            return both(left, right) if isinstance(tree, exp.And) == positive else either(left, right)
        if isinstance(tree, exp.Column) and name(tree) not in self.facts:
            return self.condition(self.defined[name(tree)], silence, positive)
        if isinstance(tree, exp.NEQ):
            tree, positive = exp.EQ(this=tree.left, expression=tree.right), not positive
        if not isinstance(tree, (exp.Column, exp.Anonymous, exp.In, exp.EQ)):
            raise ValueError(f"no text of the law compares by {tree.sql()}")
        return self.literal(tree, silence, positive)

    def literal(self, tree: exp.Expression, silence: str, positive: bool) -> Formula:
        if isinstance(tree, exp.Column):
            return Formula("true", (), (name(tree),), None, positive, silence)
        if isinstance(tree, exp.Anonymous):
            columns, constants = tree.expressions[:1], [part.this for part in tree.expressions[1:]]
            return Formula(tree.name.upper(), (), (name(columns[0]),), *(constants or [None]), positive, silence)
        if isinstance(tree, exp.In):
            among = frozenset(entry.this for entry in tree.expressions)
            return Formula("IN", (), (name(tree.this),), among, positive, silence)
        left, right = (tree.left, tree.right) if isinstance(tree.left, exp.Column) else (tree.right, tree.left)
        if isinstance(right, exp.Column):
            return Formula("=", (), (name(left), name(right)), None, positive, silence)
        return Formula("=", (), (name(left),), right.this, positive, silence)


def name(column: exp.Column) -> str:
    return ".".join(part.name for part in column.parts)


def names(of, target) -> bool:
    """Whether a `for` or `lifts` list names a provision, by its id or with all of its instrument."""
    return target.id in of.targets or f"{target.instrument}#*" in of.targets


@cache
def law_of(corpus, regime_id: str, ids: tuple[str, ...], says: str) -> Law:
    return Law(corpus, corpus.regimes[regime_id], [corpus.provisions[i] for i in ids], says)


class Put:
    """A case as put to the law: what its facts are, and what a formula over them comes to."""

    def __init__(self, corpus, day: date, stated: dict[str, object], all_silent: bool) -> None:
        self.corpus, self.day, self.stated, self.all_silent = corpus, day, stated, all_silent
        self.facts = corpus.vocabulary.facts
        self.known: dict[str, object] = {}
        self.found: dict[Formula, bool | None] = {}

    def fact(self, name: str) -> object:
        """A fact's value as stated, looked up or standing in by default; None if it is not known."""
        if name not in self.known:
            self.known[name] = self.stated[name] if name in self.stated else self.unstated(self.facts[name])
        return self.known[name]

    def unstated(self, fact) -> object:
        if fact.lookup is not None:
            return self.corpus.world.look_up(fact.lookup, self.fact, self.day).value
        if fact.default is None or self.all_silent:
            return None
        return self.fact(fact.default) if fact.default in self.facts else fact.default

    def unclaimed(self, name: str, element: object) -> bool:
        """Whether a claim, assurance, step or finding, or this element of a claimed set, is not stated."""
        if not self.facts[name].claimed:
            return False
        return name not in self.stated or (self.facts[name].type == "set" and element not in self.stated[name])

    def of(self, formula: Formula) -> bool | None:
        if formula not in self.found:
            self.found[formula] = self.work_out(formula)
        return self.found[formula]

    def work_out(self, formula: Formula) -> bool | None:
        if formula.kind == "not":
            return opposite(self.of(formula.parts[0]))
        if formula.kind in ("and", "or"):
            decisive = formula.kind == "or"
            values = [self.of(part) for part in formula.parts]
            return decisive if decisive in values else None if None in values else not decisive
        if any(self.unclaimed(name, formula.constant) for name in formula.facts):
            if self.all_silent or formula.silence == "met":
                return None
            return True if formula.silence == "can" else not formula.positive
        truth = self.test(formula)
        return truth if formula.positive else opposite(truth)

    def test(self, literal: Formula) -> bool | None:
        values = [self.fact(name) for name in literal.facts]
        if literal.kind == "KNOWN_NONE":
            return None if values[0] is None else values[0] == "none"
        if any(v == "none" and self.facts[n].type == "state" for n, v in zip(literal.facts, values, strict=True)):
            return False
        if None in values:
            return None
        if literal.kind == "true":
            return values[0]
        if literal.kind == "HAS":
            return literal.constant in values[0]
        if literal.kind == "IN":
            return values[0] in literal.constant
        return values[0] == (values[1] if len(values) == 2 else literal.constant)

    def live(self, formula: Formula) -> list[Formula]:
        """The literals that are unknown with everything above them."""
        if self.of(formula) is not None:
            return []
        if formula.kind not in ("and", "or", "not"):
            return [formula]
        return [literal for part in formula.parts for literal in self.live(part)]

    def missing(self, literal: Formula) -> list[str]:
        unknown = [n for n in literal.facts if not self.facts[n].claimed and self.fact(n) is None]
        found = []
        for fact in (self.facts[n] for n in unknown):
            if fact.lookup is None:
                found.append(self.taken_from(fact.name))
            else:
                keys = [n for n in fact.lookup.keys if self.fact(n) is None]
                qualifiers = [n for n in fact.lookup.by.values() if self.fact(n) is None]
                found += [self.taken_from(n) for n in keys or qualifiers] or [fact.name]
        return found

    def taken_from(self, name: str) -> str:
        default = self.facts[name].default
        return self.taken_from(default) if name not in self.stated and default in self.facts else name

    def assumed(self, literal: Formula, ordinary: "Put") -> list[str]:
        found = []
        for fact in (self.facts[n] for n in literal.facts):
            if self.unclaimed(fact.name, literal.constant):
                found.append(f"{fact.name}:{literal.constant}" if fact.type == "set" else fact.name)
            elif fact.lookup is not None and fact.name not in self.stated:
                found += [d for n in fact.lookup.reads for d in ordinary.standing_in(n)]
            else:
                found += ordinary.standing_in(fact.name)
        return found

    def standing_in(self, name: str) -> list[str]:
        """The defaults by which an unstated fact has its value, down to what is stated."""
        default = self.facts[name].default
        if name in self.stated or default is None or self.fact(name) is None:
            return []
        return [name, *(self.standing_in(default) if default in self.facts else ())]


def opposite(truth: bool | None) -> bool | None:
    return None if truth is None else not truth


def decide(corpus, regime_id: str, day: date, stated: dict[str, object], head: str | None = None) -> Reading:
    """Every field of the decision of one regime on a case. `stated` holds what is stated and what the catalogue fills."""
    regime = corpus.regimes[regime_id]
    if day < regime.first_day:
        return Reading("outside")
    every = [p for name in regime.instruments for p in corpus.instruments[name].provisions]
    law = law_of(corpus, regime_id, tuple(p.id for p in every if day in p.in_force), regime.says(day))
    put, silent = Put(corpus, day, stated, False), Put(corpus, day, stated, True)

    ways = [x for x in law.heads + law.lifts if put.of(law.opens[x.id]) is True]
    undone = {x.id: sorted(r.id for r in law.tied[x.id] if put.of(law.done[r.id]) is not True) for x in ways}
    heads = [x.id for x in ways if x in law.heads]
    chosen = head if head in heads else min(heads, key=lambda h: len(undone[h]), default=None)
    settled = law.settled_with[head] if head in heads else law.settled

    governs, allowed = put.of(law.governs), put.of(law.allowed)
    if governs is False:
        return Reading("outside", assumed=assumed(put, silent, [law.governs]))
    if governs is None or allowed is None:
        live = put.live(law.governs if governs is None else law.allowed)
        verdict, asked = "undetermined", {n for literal in live for n in put.missing(literal)}
        without_a_recipient = not any(name.startswith("recipient.") for name in stated)
        missing = sorted(asked - {"recipient.kind"} if without_a_recipient and "recipient.state" in asked else asked)
    else:
        verdict = "prohibited" if not allowed else "permitted" if put.of(settled) is True else "conditional"
        missing = []
    trees, outstanding = [law.governs, law.allowed], set()
    if verdict in ("conditional", "permitted"):  # what would open and settle a head that is named, open or not
        trees.append(law.settled_with.get(head, settled))
    if verdict == "conditional":
        outstanding = {r.id for r in law.untied if put.of(law.done[r.id]) is not True} | set(undone.get(chosen, ()))
        for bar in law.bars:
            lifts = [x.id for x in law.lifts_of[bar.id] if x in ways]
            if put.of(law.when[bar.id]) is not False and lifts:
                outstanding |= set(undone[min(lifts, key=lambda x: len(undone[x]))])
    listed = [(x.id, undone[x.id]) for x in ways]
    return Reading(verdict, listed, chosen, sorted(outstanding), missing, assumed(put, silent, trees))


def assumed(put: Put, silent: Put, trees: list[Formula]) -> list[str]:
    return sorted({n for tree in trees for literal in silent.live(tree) for n in silent.assumed(literal, put)})
