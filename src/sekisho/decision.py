"""What comes out: the verdict of a regime with everything it rests on, and the overall answer.

A decision is small when made and unfolds on demand: the values of every sub-expression are kept, the typed tree of
reasons over them is built when asked for, and text is one rendering of that tree.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Literal, Protocol, TypeAlias

import msgspec

from sekisho.case import Completed
from sekisho.corpus import Bilingual, Corpus, Fact, LawInForce, Provision
from sekisho.language.circuit import Truth
from sekisho.language.nodes import LITERALS, Node, Not, Reference, children, facts_of, show, walk
from sekisho.language.nodes import Literal as Atom
from sekisho.text import Interval

Verdict: TypeAlias = Literal["prohibited", "undetermined", "conditional", "permitted", "outside"]
STRICTEST: tuple[Verdict, ...] = ("prohibited", "undetermined", "conditional", "permitted", "outside")
"""Verdicts from the strictest to the mildest; the strictest of several regimes counts."""

How: TypeAlias = Literal["not claimed", "not found", "not yet given", "not refused", "by default"]


class Way(msgspec.Struct, frozen=True):
    """A head or lift that opens, with its tied requirements that are not done."""

    provision: str
    outstanding: tuple[str, ...]


class Outstanding(msgspec.Struct, frozen=True):
    """A requirement still to be met. `may` says that it may not be needed: whether it applies is unknown."""

    requirement: str
    may: bool = False


class Assumption(msgspec.Struct, frozen=True):
    """A claim, assurance, step, finding or default whose silence could turn the verdict.

    `name` is the fact, or `purpose:x` for an element of a claimed set; `heard` says that a `when` reads it.
    """

    name: str
    how: How
    heard: bool
    value: str = ""


class Question(msgspec.Struct, frozen=True):
    """A missing fact, what to ask, and the provisions that ask it."""

    fact: str
    question: Bilingual
    serves: tuple[str, ...]


ONWARD = "It is put as an onward transfer: that consent is asked is taken as stated."
NOT_OPEN = "The head named, {}, does not open this transfer."
"""Notices that a row of a sweep has too."""


class Notice(msgspec.Struct, frozen=True):
    """Something a reader of the decision should know. `text_ja` is empty where its source has English only."""

    kind: Literal["leaves", "confidence", "stale", "world", "head", "override", "act", "regime", "item"]
    text: str
    provision: str = ""
    text_ja: str = ""


class Step(msgspec.Struct, frozen=True):
    """A sub-expression with its value. `facts` are the values a literal read; `name` a definition's."""

    node: Node
    value: Truth
    steps: tuple[Step, ...] = ()
    facts: dict[str, object] = {}
    name: str = ""

    def refuting(self) -> Iterator[Step]:
        """The literals or definitions that make a condition FALSE, in the order of the text; none where it is not FALSE."""
        if self.value is not False:
            return
        if isinstance(self.node, (*LITERALS, Reference)) or not self.steps:
            yield self
            return
        inner = [found for part in self.steps for found in part.refuting()]
        yield from inner or [self]


class Reason(msgspec.Struct, frozen=True):
    """A provision considered: whether it `applies` (its `when`), is `met`, and what it does (`effective`)."""

    provision: str
    effect: str
    applies: Truth
    met: Truth
    effective: Truth
    when: Step | None
    met_by: Step | None


class Exact(msgspec.Struct, frozen=True):
    """The solver's reading: the verdicts that completions of the case have, and the verdict of the Kleene reader."""

    possible: tuple[Verdict, ...]
    kleene: Verdict

    @property
    def verdict(self) -> Verdict:
        """What follows: the one verdict, `conditional` where some are permitted and some conditional, else undetermined."""
        if len(self.possible) == 1:
            return self.possible[0]
        return "conditional" if set(self.possible) <= {"conditional", "permitted"} else "undetermined"


class Change(msgspec.Struct, frozen=True):
    """Acts that together turn a verdict: the facts that they make true or false, how many acts, and the verdict then.

    A set's element stands by itself, as `finding.x:element`.
    """

    facts: dict[str, bool]
    acts: int
    verdict: Verdict


class Law(msgspec.Struct, frozen=True):
    """The days of the law under which the case would have a verdict, in the world of its own day."""

    in_force: Interval
    verdict: Verdict


class Rests(msgspec.Struct, frozen=True):
    """What a verdict rests on, and what could properly turn it (docs/prove.md).

    A *reason* is a set of known facts from which the verdict follows with all other known facts forgotten, and from which
    none can be left out. `matter` are the facts in some reason, `idle` those in none, `needed` those in every one;
    `either` are pairs of which every reason has one or the other, neither being needed. `reasons` are the smallest, at
    most `reasons_bound`; `all_reasons` says that there are no others. `changes` are the least sets of acts, of at most
    `changes_bound`, that turn the verdict. `laws` are the stretches of days on which the law would decide as it does.
    """

    matter: tuple[str, ...]
    needed: tuple[str, ...]
    either: tuple[tuple[str, str], ...]
    idle: tuple[str, ...]
    reasons: tuple[tuple[str, ...], ...]
    all_reasons: bool
    reasons_bound: int
    changes: tuple[Change, ...]
    changes_bound: int
    laws: tuple[Law, ...]


class Reading:
    """What the conditions of a law read: told once, for every decision under it.

    `facts` has the facts that each provision reads, `met` the claims that each requirement's `met` does, `heard` those of
    every `when`; `provisions` has the facts of all provisions, `all` also those that say whom the regime governs.
    """

    def __init__(self, corpus: Corpus, law: LawInForce) -> None:
        self._corpus, self._law = corpus, law
        self._read: dict[int, tuple[Node, str, tuple[str, ...]]] = {}
        self.facts = {p.id: self._facts(node for node in (p.when, p.met) if node is not None) for p in law.provisions}
        self.met = {p.id: tuple(self._units(p.met)) for p in law.requirements}
        whens = [law.regime.governs, *(p.when for p in law.provisions if p.when is not None)]
        self.heard = frozenset(name for node in whens for name in self._units(node))
        self.provisions = frozenset().union(*self.facts.values())
        self.all = self.provisions | frozenset(self._facts([law.regime.governs]))

    def text(self, node: Node) -> str:
        """A sub-expression of the law as text of the language."""
        return self._once(node)[1]

    def facts_of(self, literal: Atom) -> tuple[str, ...]:
        """The facts that a literal of the law reads."""
        return self._once(literal)[2]

    def _once(self, node: Node) -> tuple[Node, str, tuple[str, ...]]:
        found = self._read.get(id(node))
        if found is None:  # the node is kept beside what it reads, so that its number stays its own
            facts = facts_of(node) if isinstance(node, LITERALS) else ()
            found = self._read[id(node)] = (node, show(node), facts)
        return found

    def behind(self, name: str) -> frozenset[str]:
        """A fact, and every other whose look-up or default it stands behind."""
        facts = self._corpus.vocabulary.facts
        return frozenset({name, *(other for other, fact in facts.items() if name in self._defaults_of(fact))})

    def literals(self, node: Node) -> Iterator[Atom]:
        """Every literal of a condition, those of the definitions it uses included."""
        for part in walk(node):
            if isinstance(part, Reference):
                body = self._law.definitions[part.name].when
                yield from self.literals(body) if body is not None else ()
            elif isinstance(part, LITERALS):
                yield part

    def _facts(self, nodes: Iterable[Node]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(name for node in nodes for atom in self.literals(node) for name in facts_of(atom)))

    def _units(self, node: Node | None) -> Iterator[str]:
        """The claims, set elements and defaults a condition reads, definitions and look-ups included."""
        for literal in self.literals(node) if node is not None else ():
            for name in facts_of(literal):
                value = getattr(literal, "value", None)
                yield f"{name}:{value}" if value is not None and self._corpus.vocabulary.facts[name].type == "set" else name
                yield from self._defaults_of(self._corpus.vocabulary.facts[name])

    def _defaults_of(self, fact: Fact) -> Iterator[str]:
        reads = fact.lookup.reads if fact.lookup is not None else ()
        for name in (*reads, *([fact.default] if fact.default in self._corpus.vocabulary.facts else [])):
            assert name is not None
            yield name
            yield from self._defaults_of(self._corpus.vocabulary.facts[name])


class Compiled(Protocol):
    """The compiled law a decision was made by, which can tell the value of each sub-expression."""

    def value(self, values: tuple[int, ...], node: Node, context: str, negated: bool) -> Truth:
        """The value of a sub-expression."""

    def effective(self, values: tuple[int, ...], name: str) -> Truth:
        """What a provision does."""

    @property
    def reading(self) -> Reading:
        """What the conditions of the law read."""


class Maker(Protocol):
    """Who made a decision, and can tell what silence it rests on."""

    def assumed(self, decision: Decision) -> tuple[str, ...]:
        """The claims and defaults whose silence could turn it."""


class Decision:
    """One regime's decision. Everything is fixed when it is made; properties unfold it."""

    def __init__(
        self, corpus: Corpus, completed: Completed, regime: str, verdict: Verdict, law: LawInForce | None,
        head: str | None = None, ways: tuple[Way, ...] = (), outstanding: tuple[Outstanding, ...] = (),
        missing: tuple[str, ...] = (), barring: tuple[str, ...] = (), compiled: Compiled | None = None,
        values: tuple[int, ...] = (), opened: Truth = None, head_named: bool = False, decider: Maker | None = None,
    ) -> None:  # fmt: skip
        self.corpus, self.completed, self.regime, self.verdict, self.law = corpus, completed, regime, verdict, law
        self.head, self.ways, self.outstanding, self.missing, self.barring = head, ways, outstanding, missing, barring
        self.compiled, self.values, self.opened, self.head_named, self._decider = compiled, values, opened, head_named, decider
        self.exact: Exact | None = None
        self.rests: Rests | None = None

    def __repr__(self) -> str:
        return f"<Decision {self.regime}: {self.verdict}>"

    def exactly(self, exact: Exact) -> Decision:
        """The same decision with the verdict that the solver finds over all completions of the case."""
        verdict = exact.verdict
        found = Decision(
            self.corpus, self.completed, self.regime, verdict, self.law, self.head, self.ways, self.outstanding,
            self.missing if verdict == "undetermined" else (), self.barring, self.compiled, self.values, self.opened,
            self.head_named, self._decider,
        )  # fmt: skip
        found.exact, found.rests = exact, self.rests
        return found

    @cached_property
    def assumed(self) -> tuple[Assumption, ...]:
        """What silence is taken to mean where another answer could turn the verdict; what a `when` hears comes first."""
        if self.law is None or self._decider is None:
            return ()
        heard = self.reading.heard
        late = {name for entry in self.outstanding for name in self.reading.met[entry.requirement]}
        entries = [self._assumption(name, name in heard, name in late) for name in self._decider.assumed(self)]
        return tuple(sorted(entries, key=lambda entry: (not entry.heard, entry.how == "by default")))

    def _assumption(self, name: str, heard: bool, late: bool) -> Assumption:
        fact = self.corpus.vocabulary.facts[name.partition(":")[0]]
        if fact.unstated == "default":
            return Assumption(name, "by default", heard, str(self.completed.value(name)))
        if fact.kind == "claim":
            return Assumption(name, "not claimed", heard)
        if late or (heard and fact.kind != "finding"):
            return Assumption(name, "not yet given", heard)
        return Assumption(name, "not found" if heard else "not refused", heard)

    @property
    def reading(self) -> Reading:
        """What the conditions of the law read."""
        assert self.compiled is not None
        return self.compiled.reading

    def facts_read(self, provision: Provision) -> tuple[str, ...]:
        """The facts a provision reads, each once."""
        return self.reading.facts[provision.id]

    @cached_property
    def deciding(self) -> tuple[str, ...]:
        """The provisions the verdict rests on: the bars, or the way relied on with what it needs, and what is unknown."""
        if self.law is None:
            return ()
        if self.barring:
            return self.barring
        head = (self.head,) if self.head is not None and self.verdict in ("conditional", "permitted") else ()
        lifts = (
            tuple(w.provision for w in self.ways if self.corpus.provisions[w.provision].effect == "lifts")
            if head or self.law.opened_by_default
            else ()
        )
        needed = tuple(entry.requirement for entry in self.outstanding)
        asked = tuple(dict.fromkeys(name for question in self.questions for name in question.serves))
        return tuple(dict.fromkeys((*head, *lifts, *needed, *asked)))

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """The missing facts as questions, each with the provisions that ask it."""
        if self.law is None:
            return ()
        return tuple(Question(name, self.corpus.vocabulary.facts[name].question, self._serves(name)) for name in self.missing)

    def _serves(self, name: str) -> tuple[str, ...]:
        assert self.law is not None and self.compiled is not None
        reading = self.reading.behind(name)
        return tuple(
            p.id for p in self.law.provisions
            if self.compiled.effective(self.values, p.id) is None and not reading.isdisjoint(self.facts_read(p))
        )  # fmt: skip

    @cached_property
    def reasons(self) -> tuple[Reason, ...]:
        """Every provision considered, in file order, with the value of each sub-expression."""
        if self.law is None or self.compiled is None:
            return ()
        return tuple(self._reason(provision) for provision in self.law.provisions)

    @cached_property
    def governs(self) -> Step | None:
        """Whether the regime governs the transfer, with the value of each sub-expression."""
        return None if self.law is None else self._step(self.law.regime.governs, "when", False)

    def _reason(self, provision: Provision) -> Reason:
        assert self.compiled is not None
        # a requirement's `when` is computed negated: free(r) = NOT when(r) OR …
        when = self._step(provision.when, "when", provision.effect == "requires") if provision.when is not None else None
        met = self._step(provision.met, "met", False) if provision.met is not None else None
        applies = when.value if when is not None else True
        return Reason(
            provision.id, provision.effect, applies, met.value if met is not None else None,
            self.compiled.effective(self.values, provision.id), when, met,
        )  # fmt: skip

    def _step(self, node: Node, context: str, negated: bool) -> Step:
        assert self.compiled is not None and self.law is not None
        value = self.compiled.value(self.values, node, context, negated)
        if isinstance(node, Reference):
            body = self.law.definitions[node.name].when
            assert body is not None
            return Step(node, value, (self._step(body, context, negated),), name=node.name)
        if isinstance(node, LITERALS):
            return Step(node, value, facts={name: self._fact_value(name, context) for name in self.reading.facts_of(node)})
        inner = negated != isinstance(node, Not)
        return Step(node, value, tuple(self._step(part, context, inner) for part in children(node)))

    def _fact_value(self, name: str, context: str) -> object:
        value = self.completed.value(name)
        fact = self.corpus.vocabulary.facts[name]
        if value is None and fact.claimed and fact.type == "boolean" and context == "when":
            return False
        return value

    @cached_property
    def notices(self) -> tuple[Notice, ...]:
        """What a reader should know besides: text not modelled, weak sources, stale law or facts, overrides."""
        return tuple(self._notices())

    def _notices(self) -> Iterator[Notice]:
        case = self.completed.case
        for name in self.completed.overridden:
            label = self.corpus.vocabulary.facts[name].label.ja
            yield Notice(
                "override", f"{name} is decided as stated, against the catalogue or the world.",
                text_ja=f"「{label}」は、目録又は事実表の値によらず、記載のとおりとして判定した。",
            )  # fmt: skip
        if self.law is None:
            return
        if case.head and self.head != case.head and self.verdict != "outside":
            title = self.corpus.provisions[case.head].title_ja
            yield Notice(
                "head", NOT_OPEN.format(case.head), case.head, f"根拠とされた類型「{title}」は、この移転に該当しない。"
            )
        if self.completed.value("act") == "retransfer" and self.verdict != "outside":
            yield Notice("act", ONWARD, text_ja="第三国移転として判定した。同意を求められていることは、記載のとおりとする。")
        if "item.name" in case.names and not case.item:
            name = case.names["item.name"]
            yield Notice(
                "item", f"'{name}' is not in the catalogue: decided on what the case states.",
                text_ja=f"「{name}」は目録になく、記載された事実により判定した。",
            )  # fmt: skip
        if self.verdict == "outside":
            return
        yield from self._left_out()
        for name in self.deciding:
            provision = self.corpus.provisions[name]
            if provision.confidence == "low":
                yield Notice(
                    "confidence", "The text this rests on is known with low confidence only.", name,
                    "根拠とした規定の文言は、確度が低い。",
                )  # fmt: skip
        yield from self._stale()
        texts = (text for fact in self.used_lookups() for text in self.completed.looked_up[fact].notices)
        yield from (Notice("world", text) for text in dict.fromkeys(texts))

    def _left_out(self) -> Iterator[Notice]:
        assert self.law is not None and self.compiled is not None
        for provision in self.law.leaves:
            if provision.when is None or self.compiled.value(self.values, provision.when, "when", False) is not False:
                yield Notice("leaves", f"{provision.label}: {provision.reason}", provision.id)

    def _stale(self) -> Iterator[Notice]:
        assert self.law is not None
        day = max(self.completed.case.date, self.completed.world_day)
        instruments = [self.corpus.instruments[name] for name in dict.fromkeys(n.partition("#")[0] for n in self.deciding)]
        for instrument in instruments:
            if instrument.checked < day:
                yield _stale(instrument.title, instrument.title_ja, instrument.checked, day)
        tables = [self.corpus.vocabulary.facts[name].lookup for name in self.used_lookups()]
        for table in dict.fromkeys(lookup.table for lookup in tables if lookup is not None):
            checked = self.corpus.world.tables[table].checked
            if checked is not None and checked < day:
                title = self.corpus.world.tables[table].about.title
                yield _stale(title.en, title.ja, checked, day)

    def used_lookups(self) -> tuple[str, ...]:
        """The look-ups that provisions in force read and the case does not state, in the vocabulary's order."""
        read, looked, stated = self.reading.all, self.completed.looked_up, self.completed.case.facts
        return tuple(name for name in looked if name in read and name not in stated)

    @cached_property
    def summary(self) -> str:
        """The decision in one sentence, in English."""
        if self.exact is not None and self.exact.kleene != self.verdict:
            return f"{self.verdict.capitalize()}: it follows whatever the answer to what the case leaves open."
        return _SUMMARIES[self.verdict](self)

    def title(self, name: str) -> str:
        """A provision's heading."""
        return self.corpus.provisions[name].title


def _stale(title: str, title_ja: str, checked: dt.date, day: dt.date) -> Notice:
    said = f"「{title_ja}」の最終確認日は{checked}であり、案件の日付({day})より前である。"
    return Notice("stale", f"{title}: last checked on {checked}; the case is of {day}.", text_ja=said)


def _joined(parts: Sequence[str]) -> str:
    return "; ".join(parts)


def _prohibited(decision: Decision) -> str:
    if decision.barring:
        return "Prohibited: barred by " + _joined([decision.title(name) for name in decision.barring]) + "."
    if decision.opened is False:
        return "Prohibited: no head opens it."
    refused = [p.title for p in decision.law.untied] if decision.law is not None else []
    return "Prohibited: what it needs has been refused (" + _joined(refused) + ")."


def _conditional(decision: Decision) -> str:
    by = f", by {decision.title(decision.head)}" if decision.head else ""
    left = [
        decision.corpus.provisions[entry.requirement].label + (" (may be needed)" if entry.may else "")
        for entry in decision.outstanding
    ]
    return f"Conditional{by}: still to be obtained: {_joined(left)}."


def _permitted(decision: Decision) -> str:
    if decision.head is not None:
        return f"Permitted, by {decision.title(decision.head)}."
    return "Permitted: nothing that governs it bars it, and all it needs is done."


def _undetermined(decision: Decision) -> str:
    asked = [question.question.en for question in decision.questions]
    if not asked:
        return "Undetermined: it turns on facts that nobody can state with certainty."
    return "Undetermined; it turns on: " + " ".join(asked)


def _outside(decision: Decision) -> str:
    if decision.law is None:
        first = decision.corpus.regimes[decision.regime].first_day
        return f"Outside this regime: it begins on {first}."
    return "Outside this regime: it does not govern this transfer."


_SUMMARIES: Mapping[Verdict, Callable[[Decision], str]] = {
    "prohibited": _prohibited,
    "conditional": _conditional,
    "permitted": _permitted,
    "undetermined": _undetermined,
    "outside": _outside,
}


class Answer(msgspec.Struct, frozen=True):
    """The overall answer: one decision a regime, of which the strictest counts."""

    decisions: tuple[Decision, ...]

    @property
    def deciding(self) -> Decision:
        """The decision of the regime that decides: the strictest, the first of several."""
        return min(self.decisions, key=lambda decision: STRICTEST.index(decision.verdict))

    @property
    def verdict(self) -> Verdict:
        """The strictest verdict."""
        return self.deciding.verdict

    @property
    def summary(self) -> str:
        """The answer in one sentence, naming the regime that decided and any it is outside of."""
        decided = self.deciding
        title = decided.corpus.regimes[decided.regime].title
        outside = [d.corpus.regimes[d.regime].title for d in self.decisions if d.verdict == "outside" and d is not decided]
        text = f"{decided.summary} (decided by: {title})" if len(self.decisions) > 1 else decided.summary
        return f"{text} It is outside: {_joined(outside)}." if outside else text

    def regime(self, name: str) -> Decision:
        """The decision of one regime. Raises `KeyError` if it was not asked."""
        for decision in self.decisions:
            if decision.regime == name:
                return decision
        raise KeyError(name)
