"""Laws of three-valued logic: of the packed encoding, of the programs made with it, and of verdicts over the real law."""

import itertools
import random
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generated import STATES, random_case, random_value, to_case
from sekisho import receipt
from sekisho.case import Case, Completer, read_file
from sekisho.corpus import Corpus, load
from sekisho.decide import Decider
from sekisho.errors import CaseError
from sekisho.language.circuit import FALSE, NULL, TRUE, A, B, Circuit, S, Truth, column
from sekisho.language.expression import (
    And,
    Between,
    Compare,
    Constant,
    FactTerm,
    Has,
    Holds,
    KnownNone,
    Node,
    Not,
    Or,
    Within,
)  # fmt: skip
from sekisho.language.kleene import compiled

EXAMPLES = Path(__file__).parent.parent / "examples"
REGIMES = ("japan", "japan-licence")
SHIFTS = {"A": A, "B": B, "S": S}
ORDER = {False: 0, None: 1, True: 2}


def both(left: Truth, right: Truth) -> Truth:
    return min(left, right, key=ORDER.__getitem__)


def either(left: Truth, right: Truth) -> Truth:
    return max(left, right, key=ORDER.__getitem__)


def opposite(value: Truth) -> Truth:
    return None if value is None else not value


# ---- the packed encoding -------------------------------------------------------------------------------------------

PACKED = [a | b << 2 | s << 4 for a, b, s in itertools.product((0, 1, 3), repeat=3)]


def truths(packed: int) -> tuple[Truth, ...]:
    return tuple(column(packed, shift) for shift in SHIFTS.values())


def refinements(packed: int) -> list[int]:
    """What a packed value may become as unknown columns come to be known, itself included."""
    choices = [(value,) if value is not None else (False, None, True) for value in truths(packed)]
    return [p for p in PACKED if all(value in few for value, few in zip(truths(p), choices, strict=True))]


@pytest.fixture(scope="module")
def packed_not() -> dict[int, int]:
    """NOT as a program computes it, of a boolean fact with each packed value."""
    completer = Completer(load())
    circuit = Circuit(completer.layout, {})
    slot, place = circuit.condition(Not(Holds("item.arms")), "when"), completer.layout.index["item.arms"]
    program, x = compiled(circuit), completer.layout.unstated_when.copy()
    flipped = {}
    for packed in PACKED:
        x[place] = packed
        flipped[packed] = program(x, x)[slot]
    return flipped


def test_packed_values_and_names() -> None:
    assert {value: truths(value) for value in (TRUE, FALSE, NULL)} == {
        TRUE: (True,) * 3, FALSE: (False,) * 3, NULL: (None,) * 3,
    }  # fmt: skip


def test_and_or_not_are_kleenes_in_every_column(packed_not: dict[int, int]) -> None:
    for p in PACKED:
        assert truths(packed_not[p]) == tuple(map(opposite, truths(p)))
        for q in PACKED:
            assert truths(p & q) == tuple(map(both, truths(p), truths(q)))
            assert truths(p | q) == tuple(map(either, truths(p), truths(q)))
            assert p & q in PACKED and p | q in PACKED


def test_commutative_idempotent_absorbing_de_morgan(packed_not: dict[int, int]) -> None:
    for p, q in itertools.product(PACKED, repeat=2):
        assert (p & q, p | q) == (q & p, q | p)
        assert (p & p, p | p) == (p, p)
        assert p & (p | q) == p == p | (p & q)
        assert packed_not[p & q] == packed_not[p] | packed_not[q]
        assert packed_not[p | q] == packed_not[p] & packed_not[q]
        assert packed_not[packed_not[p]] == p
        assert (p & TRUE, p | FALSE, p & FALSE, p | TRUE) == (p, p, FALSE, TRUE)


@given(st.sampled_from(PACKED), st.sampled_from(PACKED), st.sampled_from(PACKED))
def test_associative_and_distributive(p: int, q: int, r: int) -> None:
    assert (p & q) & r == p & (q & r) and (p | q) | r == p | (q | r)
    assert p & (q | r) == (p & q) | (p & r) and p | (q & r) == (p | q) & (p | r)


@given(st.data())
def test_more_information_never_turns_what_is_known(packed_not: dict[int, int], data: st.DataObject) -> None:
    p, q = data.draw(st.sampled_from(PACKED)), data.draw(st.sampled_from(PACKED))
    more_p, more_q = data.draw(st.sampled_from(refinements(p))), data.draw(st.sampled_from(refinements(q)))
    assert more_p & more_q in refinements(p & q)
    assert more_p | more_q in refinements(p | q)
    assert packed_not[more_p] in refinements(packed_not[p])


# ---- programs against a plain evaluation -----------------------------------------------------------------------------

DAY = date(2024, 6, 1)
FEW = {
    "item.arms": (True, False), "item.ammunition": (True, False), "item.joint_development": (True, False),
    "assurance.prior_consent": (True, False), "step.council": (True, False), "finding.treaty_breach": (True, False),
    "item.kind": ("part", "technology", "service"), "item.order_item": ("1", "2", "16"), "act": ("export", "retransfer"),
    "terms": ("sale", "gift"), "recipient.state": ("USA", "AUS", "none"), "end_user.state": ("USA", "AUS", "none"),
    "destination.state": ("USA", "AUS", "none"), "item.licensor": ("USA", "AUS", "none"),
    "purpose": ("anti_piracy", "anti_terror", "sdf_activity"), "item.five_category": ("rescue", "warning"),
}  # fmt: skip
"""Facts of every kind of silence, with the few values that trees and cases here use."""
STATE_FACTS = [name for name in FEW if name.endswith((".state", ".licensor"))]
WORDS = [*STATE_FACTS, "item.kind", "item.order_item", "act", "terms"]


def constants(name: str) -> st.SearchStrategy[str]:
    return st.sampled_from([value for value in FEW[name] if value != "none"])


LITERALS = st.one_of(
    st.sampled_from([name for name, values in FEW.items() if values == (True, False)]).map(Holds),
    st.sampled_from(WORDS).flatmap(
        lambda n: st.builds(Compare, st.just(FactTerm(n)), st.sampled_from(("=", "<>")), st.builds(Constant, constants(n)))
    ),
    st.sampled_from(WORDS).flatmap(
        lambda n: st.builds(Compare, st.builds(Constant, constants(n)), st.sampled_from(("=", "<>")), st.just(FactTerm(n)))
    ),
    st.builds(
        Compare, st.builds(FactTerm, st.sampled_from(STATE_FACTS)), st.sampled_from(("=", "<>")),
        st.builds(FactTerm, st.sampled_from(STATE_FACTS)),
    ),
    st.sampled_from(WORDS).flatmap(
        lambda n: st.builds(Within, st.just(FactTerm(n)), st.lists(constants(n), min_size=1, max_size=2).map(tuple))
    ),
    st.sampled_from(("purpose", "item.five_category")).flatmap(
        lambda n: st.builds(Has, st.just(n), st.sampled_from(FEW[n]))
    ),
    st.builds(KnownNone, st.sampled_from(STATE_FACTS)),
)  # fmt: skip
TREES = st.recursive(
    LITERALS,
    lambda part: st.one_of(
        part.map(Not),
        st.lists(part, min_size=2, max_size=3).map(tuple).map(And),
        st.lists(part, min_size=2, max_size=3).map(tuple).map(Or),
    ),
    max_leaves=12,
)
STATED = st.fixed_dictionaries(
    {},
    optional={
        name: st.frozensets(st.sampled_from(values)) if name in ("purpose", "item.five_category") else st.sampled_from(values)
        for name, values in FEW.items()
    },
)


class Plain:
    """A plain reading of a tree: one column, one context, one case; NOT moved inwards as the meaning of `met` asks."""

    def __init__(self, corpus: Corpus, stated: dict, context: str, name: str) -> None:
        self.facts, self.stated, self.context, self.column = corpus.vocabulary.facts, stated, context, name

    def of(self, node: Node, negated: bool = False) -> Truth:
        if isinstance(node, Not):
            return self.of(node.part, not negated)
        if isinstance(node, And | Or):
            joined = both if isinstance(node, And) != negated else either
            result = self.of(node.parts[0], negated)
            for part in node.parts[1:]:
                result = joined(result, self.of(part, negated))
            return result
        if isinstance(node, Compare) and node.op == "<>":
            return self.of(Compare(node.left, "=", node.right), not negated)
        if self.unclaimed(node):
            if self.column == "S":
                return None
            if self.context == "met":
                return True if self.column == "A" else None
            return negated
        value = self.literal(node)
        return opposite(value) if negated else value

    def unclaimed(self, literal: Node) -> bool:
        for name in named(literal):
            if self.facts[name].claimed and (
                name not in self.stated or (isinstance(literal, Has) and literal.value not in self.stated[name])
            ):
                return True
        return False

    def value(self, name: str) -> object:
        if name in self.stated:
            return self.stated[name]
        default = self.facts[name].default
        if default is None or self.column == "S":
            return None
        return self.value(default) if default in self.facts else default

    def literal(self, literal: Node) -> Truth:
        values = [self.value(name) for name in named(literal)]
        if isinstance(literal, Holds):
            return values[0]
        if isinstance(literal, Has):
            return None if values[0] is None else literal.value in values[0]
        if isinstance(literal, KnownNone):
            return None if values[0] is None else values[0] == "none"
        if "none" in values:
            return False
        if None in values:
            return None
        if isinstance(literal, Within):
            return values[0] in literal.values
        assert isinstance(literal, Compare)
        pair = [self.value(t.name) if isinstance(t, FactTerm) else t.value for t in (literal.left, literal.right)]
        return pair[0] == pair[1]


def named(literal: Node) -> list[str]:
    if isinstance(literal, Holds | Has | KnownNone):
        return [literal.fact]
    terms = (literal.left,) if isinstance(literal, Within) else (literal.left, literal.right)
    assert not isinstance(literal, Between)
    return [term.name for term in terms if isinstance(term, FactTerm)]


def check_program(tree: Node, stated: dict) -> None:
    corpus = load()
    completer = completer_of(corpus)
    done = completer.complete(Case(date=DAY, facts=stated))
    circuit = Circuit(completer.layout, {})
    slots = {
        (context, negated): circuit.condition(tree, context, negated)
        for context in ("when", "met")
        for negated in (False, True)
    }
    values = compiled(circuit)(done.x, done.y)
    for (context, negated), slot in slots.items():
        for name, shift in SHIFTS.items():
            expected = Plain(corpus, stated, context, name).of(tree, negated)
            assert column(values[slot], shift) is expected, f"{context}, negated {negated}, column {name}"


@settings(max_examples=60, deadline=None)
@given(tree=TREES, stated=STATED)
def test_a_program_is_the_plain_reading_in_every_column(tree: Node, stated: dict) -> None:
    check_program(tree, stated)


@pytest.mark.slow
@settings(max_examples=600, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(tree=TREES, stated=STATED)
def test_a_program_is_the_plain_reading_in_every_column_at_length(tree: Node, stated: dict) -> None:
    check_program(tree, stated)


_COMPLETERS: dict[int, Completer] = {}


def completer_of(corpus: Corpus) -> Completer:
    """One completer a corpus: Hypothesis runs a test's body many times."""
    return _COMPLETERS.setdefault(id(corpus), Completer(corpus))


# ---- verdicts over the real law ------------------------------------------------------------------------------------

MAY_BECOME = {"undetermined": set(), "conditional": {"conditional", "permitted"}}
"""What a verdict may become when one more fact is known; an undetermined one may become any, others stay."""


def holds_still(before: str, after: str) -> bool:
    return before == "undetermined" or after in MAY_BECOME.get(before, {before})


def accepted(decider: Decider, case: Case) -> dict[str, tuple[str, frozenset[str]]] | None:
    """The verdict and what is assumed under each regime; None for a case that contradicts the world or itself."""
    try:
        answer = decider.decide(case)
    except CaseError:
        return None
    return {d.regime: (d.verdict, frozenset(entry.name for entry in d.assumed)) for d in answer.decisions}


def existing(corpus: Corpus, day: date) -> list[str]:
    return [code for code in STATES if corpus.world.state_exists(code, day)]


def facts_more(rng: random.Random, decider: Decider, day: date, stated: dict) -> Iterator[dict]:
    """Every fact that is not known and no claim, one at a time: not stated, not looked up, no default in its place."""
    done = decider.completer.complete(to_case(day, stated))
    facts = [f for f in decider.corpus.vocabulary.facts.values() if not f.claimed and done.value(f.name) is None]
    rng.shuffle(facts)
    states = existing(decider.corpus, day)
    for fact in facts:
        yield {fact.name: random_value(rng, fact, states)}


def still_unknown(decider: Decider, day: date, stated: dict, more: dict) -> bool:
    """Whether a fact is still unknown: one stated since may have become its default or the key of its look-up."""
    (name,) = more
    return decider.completer.complete(to_case(day, stated)).value(name) is None


def check_more_facts(decider: Decider, seed: int, count: int) -> Counter[tuple[str, str]]:
    rng, seen = random.Random(seed), Counter()
    for _ in range(count):
        day, stated = random_case(rng, decider.corpus)
        before = accepted(decider, to_case(day, stated))
        assert before is not None
        for more in itertools.islice(facts_more(rng, decider, day, stated), 25):
            if not still_unknown(decider, day, stated, more):
                continue
            after = accepted(decider, to_case(day, stated | more))
            if after is None:
                continue
            for regime in REGIMES:
                then, now = before[regime][0], after[regime][0]
                assert holds_still(then, now), f"{regime} {day}: {then} became {now} with {more}; stated: {stated}"
                seen[then, now] += 1
            stated, before = stated | more, after
    return seen


def claims_more(rng: random.Random, decider: Decider, day: date, stated: dict) -> Iterator[tuple[str, dict]]:
    """Every claim, assurance, step and finding not stated and every default that stands in, one at a time.

    Each as its name under `assumed` and what is stated of it. A default without anything to stand on is a missing fact.
    """
    done, states = decider.completer.complete(to_case(day, stated)), existing(decider.corpus, day)
    for fact in decider.corpus.vocabulary.facts.values():
        if fact.claimed and fact.type == "set":
            claimed = stated.get(fact.name, frozenset())
            for value in fact.values.keys() - claimed:
                yield f"{fact.name}:{value}", {fact.name: claimed | {value}}
        elif fact.name not in stated and fact.claimed and fact.type == "boolean":
            for value in (True, False):
                yield fact.name, {fact.name: value}
        elif fact.name not in stated and (fact.claimed or done.is_default(fact.name)):
            yield fact.name, {fact.name: random_value(rng, fact, states)}


def check_claims(decider: Decider, seed: int, count: int) -> Counter[tuple[str, str]]:
    rng, seen = random.Random(seed), Counter()
    for _ in range(count):
        day, stated = random_case(rng, decider.corpus)
        before = accepted(decider, to_case(day, stated))
        assert before is not None
        for name, more in claims_more(rng, decider, day, stated):
            after = accepted(decider, to_case(day, stated | more))
            if after is None:
                continue
            for regime in REGIMES:
                (then, assumed), now = before[regime], after[regime][0]
                if then != now:
                    assert name in assumed, f"{regime} {day}: {then} became {now} with {more}; stated: {stated}"
                    seen[then, now] += 1
    return seen


TURNS_BY_A_FACT = {
    ("undetermined", verdict) for verdict in ("outside", "prohibited", "conditional", "permitted", "undetermined")
}
TURNS_BY_A_CLAIM = {("prohibited", "conditional"), ("conditional", "prohibited"), ("conditional", "permitted")}


def test_one_more_fact_never_turns_a_settled_verdict(decider: Decider) -> None:
    """Over forty cases, and as many more until every turn that there can be was seen: else too little was tried."""
    seen = check_more_facts(decider, 1, 40)
    for seed in range(100, 110):
        if seen.keys() >= TURNS_BY_A_FACT:
            return
        seen += check_more_facts(decider, seed, 40)
    assert seen.keys() >= TURNS_BY_A_FACT


def test_what_turns_a_verdict_was_assumed(decider: Decider) -> None:
    assert check_claims(decider, 1, 8)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2, 6))
def test_one_more_fact_never_turns_a_settled_verdict_at_length(decider: Decider, seed: int) -> None:
    assert check_more_facts(decider, seed, 400).keys() >= TURNS_BY_A_FACT


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2, 6))
def test_what_turns_a_verdict_was_assumed_at_length(decider: Decider, seed: int) -> None:
    assert check_claims(decider, seed, 120).keys() >= TURNS_BY_A_CLAIM


# ---- receipts of the examples --------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.yaml")), ids=lambda path: path.stem)
def test_verify_replays_every_examples_receipt(decider: Decider, path: Path, tmp_path: Path) -> None:
    for case in read_file(path, decider.corpus):
        file = tmp_path / "receipt.json"
        receipt.write(file, receipt.make(decider, case, decider.decide(case)))
        found = receipt.verify(decider, file)
        assert found.unchanged and found.same_law and found.same_world, case.id
        assert found.then == found.now == decider.decide(case).verdict
