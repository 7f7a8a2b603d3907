"""What the page Decide shows of an answer, put into words in one language: the tree of reasons with the law's text beside it,
what is outstanding by authority, what silence is taken for, what is missing, and where each fact comes from.

Templates lay it out and decide nothing. Other pages that show a decision use the same.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec

from sekisho.case import Case
from sekisho.corpus import Fact, Provision
from sekisho.decide import Decider
from sekisho.decision import Assumption, Decision, Notice, Outstanding, Question, Reason, Step, Verdict
from sekisho.desk.pages.language import N_, gettext
from sekisho.errors import CaseError
from sekisho.history import Precedent, precedents_of
from sekisho.language import prose
from sekisho.language.circuit import Truth
from sekisho.language.nodes import LITERALS, And, Holds, Node, Or
from sekisho.receipt import Options
from sekisho.render import spoken
from sekisho.render.data import alternatives
from sekisho.render.law_sentence import sentence
from sekisho.render.words import words_of
from sekisho.text import NEVER, Interval

MARKS: Mapping[Truth, str] = {True: "true", False: "false", None: "unknown"}
DOES: Mapping[tuple[str, Truth], str] = {
    ("prohibits", True): N_("bars it"), ("prohibits", False): N_("does not bar it"), ("prohibits", None): N_("may bar it"),
    ("permits", True): N_("opens it"), ("permits", False): N_("does not open it"), ("permits", None): N_("may open it"),
    ("lifts", True): N_("lifts the bar"), ("lifts", False): N_("does not lift it"), ("lifts", None): N_("may lift it"),
    ("requires", True): N_("done"), ("requires", False): N_("refused"), ("requires", None): N_("still open"),
}  # fmt: skip
"""What a provision does to the transfer, by its effect and what that comes to."""
IDLE = N_("not needed here")
BY: Mapping[str, str] = {
    "stated": N_("as stated"), "catalogue": N_("catalogue"), "world": N_("table of facts"),
    "default": N_("taken so until stated"),
}  # fmt: skip
"""Where a fact comes from."""
SILENT = N_("nobody has said so")
HOW: Mapping[str, str] = {
    "not claimed": N_("not claimed"), "not found": N_("not found"), "not yet given": N_("not yet given"),
    "not refused": N_("taken as not refused"), "by default": N_("taken to be"),
}  # fmt: skip


class Value(msgspec.Struct, frozen=True):
    """A fact as it was read: its words, its value in words, where it is from, and a source."""

    name: str
    label: str
    value: str
    by: str = ""
    source: str = ""


class Branch(msgspec.Struct, frozen=True):
    """A part of a condition with its value. `joint` is `and` or `or` for a group, empty for what says something itself."""

    mark: str
    text: str
    joint: str = ""
    values: tuple[Value, ...] = ()
    steps: tuple[Branch, ...] = ()


class Beside(msgspec.Struct, frozen=True):
    """A provision's text."""

    id: str
    title: str
    title_ja: str
    sentence: str
    prose: tuple[str, ...]
    begin: str
    end: str
    sources: tuple[str, ...]
    confidence: str


class Considered(msgspec.Struct, frozen=True):
    """A provision considered: what it does here, the trees of its conditions, its text, and why it does not apply."""

    does: str
    effective: str
    beside: Beside
    trees: tuple[Branch, ...]
    failing: str = ""
    lifts: tuple[Considered, ...] = ()


class Need(msgspec.Struct, frozen=True):
    """A requirement still to be met: `choices` are (words, facts that would state it), one or several alternatives."""

    what: str
    may: bool
    choices: tuple[tuple[str, tuple[str, ...]], ...]
    considered: Considered


class Silence(msgspec.Struct, frozen=True):
    """What silence on a fact is taken for, and whose it would be to say."""

    name: str
    label: str
    elements: tuple[str, ...]
    how: str
    value: str
    whose: str


class View(msgspec.Struct, frozen=True):
    """One regime's decision, as the page shows it."""

    regime: str
    title: str
    verdict: Verdict
    summary: str
    in_force: tuple[str, str] | None
    bars: tuple[Considered, ...]
    relies: tuple[Considered, ...]
    heads: tuple[Considered, ...]
    others: tuple[Beside, ...]
    needs: tuple[tuple[str, tuple[Need, ...]], ...]
    turns_on: tuple[Considered, ...]
    questions: tuple[Question, ...]
    silences: tuple[Silence, ...]
    notices: tuple[tuple[Notice, str, bool, str], ...]
    precedents: tuple[Precedent, ...]
    facts: tuple[Value, ...]
    governs: Branch | None
    considered: tuple[Considered, ...]
    number: int


class Viewer:
    """Puts decisions into the words of a language."""

    def __init__(self, decider: Decider, decision: Decision, language: str) -> None:
        self.decider, self.decision, self.language, self.corpus = decider, decision, language, decider.corpus
        self._words = words_of(self.corpus, decision.law) if decision.law is not None else None
        self._reasons = {reason.provision: reason for reason in decision.reasons}

    def view(self, everything: bool = False) -> View:
        """The decision; with `everything` each provision considered as well."""
        own = self.decision
        regime = self.corpus.regimes[own.regime]
        shown = own.verdict != "outside"
        return View(
            own.regime, regime.title_ja if self.language == "ja" else regime.title, own.verdict,
            spoken.summary(own, self.language), self._span(own.law.segment) if own.law is not None else None,
            tuple(self._bar(name) for name in own.barring) if shown else (), self._relies() if shown else (),
            self._closed() if shown else (), self._others(), self._needs(), self._turning() if shown else (), own.questions,
            self._silences() if shown else (), tuple(self._notices()), precedents_of(self.decider, own),
            self._facts(), self._branch(own.governs) if own.governs is not None else None,
            tuple(self._considered(reason) for reason in own.reasons) if everything else (), len(own.reasons),
        )  # fmt: skip

    # ---- reasons -----------------------------------------------------------------------------------

    def _bar(self, name: str) -> Considered:
        assert self.decision.law is not None
        lifts = tuple(self._considered(self._reasons[lift.id]) for lift in self.decision.law.lifts_of[name])
        return msgspec.structs.replace(self._considered(self._reasons[name]), lifts=lifts)

    def _relies(self) -> tuple[Considered, ...]:
        own = self.decision
        if own.barring or own.verdict == "prohibited":
            return ()
        if own.head is not None and own.verdict in ("conditional", "permitted"):
            return (self._considered(self._reasons[own.head]),)
        return tuple(self._considered(self._reasons[way.provision]) for way in own.ways)

    def _closed(self) -> tuple[Considered, ...]:
        """Every head, where none opens the transfer."""
        own = self.decision
        if own.verdict != "prohibited" or own.barring or own.opened is not False or own.law is None:
            return ()
        return tuple(self._considered(self._reasons[head.id]) for head in own.law.heads)

    def _others(self) -> tuple[Beside, ...]:
        own = self.decision
        if own.head is None or own.verdict not in ("conditional", "permitted"):
            return ()
        return tuple(self._beside(self.corpus.provisions[way.provision]) for way in own.ways if way.provision != own.head)

    def _turning(self) -> tuple[Considered, ...]:
        """What an undetermined verdict turns on."""
        if self.decision.verdict != "undetermined":
            return ()
        relied = {way.provision for way in self.decision.ways}
        return tuple(self._considered(self._reasons[name]) for name in self.decision.deciding if name not in relied)

    def _considered(self, reason: Reason) -> Considered:
        provision = self.corpus.provisions[reason.provision]
        does = DOES[reason.effect, reason.effective]
        if reason.effect == "requires" and reason.applies is False:
            does = IDLE
        failing = next(reason.when.refuting(), None) if reason.when is not None and reason.applies is False else None
        return Considered(
            does, MARKS[reason.effective], self._beside(provision),
            tuple(self._branch(step) for step in (reason.when, reason.met_by) if step is not None),
            self._clause(failing.node, True) if failing is not None else "",
        )  # fmt: skip

    def _beside(self, provision: Provision) -> Beside:
        begin, end = self._span(provision.in_force)
        return Beside(
            provision.id, provision.title, provision.title_ja, sentence(self.corpus, provision, self.language),
            tuple(part for part in provision.prose.split("\n\n") if part), begin, end, provision.sources, provision.confidence,
        )  # fmt: skip

    def _span(self, span: Interval) -> tuple[str, str]:
        """The first and the last day; no last one where it is open."""
        last = "" if span.end == NEVER else spoken.day(span.end - dt.timedelta(days=1), self.language)
        return spoken.day(span.begin, self.language), last

    def _clause(self, node: Node, denied: bool = False) -> str:
        assert self._words is not None
        said = prose.clause(node, self._words, self.language, denied)
        return said[:1].upper() + said[1:]

    def _branch(self, step: Step) -> Branch:
        if isinstance(step.node, And | Or) and step.steps:
            joint = "and" if isinstance(step.node, And) else "or"
            return Branch(MARKS[step.value], "", joint, steps=tuple(self._branch(part) for part in step.steps))
        literal = isinstance(step.node, LITERALS)
        values = tuple(self._value(name, value) for name, value in step.facts.items()) if literal else ()
        if isinstance(step.node, Holds) and step.value is not None:  # the clause says already which fact, and its value
            values = tuple(msgspec.structs.replace(value, label="", value="") for value in values)
        steps = () if literal else tuple(self._branch(part) for part in step.steps)
        return Branch(MARKS[step.value], self._clause(step.node), values=values, steps=steps)

    # ---- facts -------------------------------------------------------------------------------------

    def _value(self, name: str, value: object) -> Value:
        fact, known = self._fact(name), self.decision.completed.known(name)
        by = BY[known.by] if known is not None and known.value is not None else SILENT if fact.claimed else ""
        return Value(name, fact.label.in_(self.language), self._shown(fact, value), by, self._source(name))

    def named(self, name: str) -> Value:
        """A fact, or an element of a set (`purpose:x`), with its value where it has one by itself."""
        fact, element = self._fact(name), name.partition(":")[2]
        label = fact.label.in_(self.language)
        if element:
            return Value(name, f"{label}: {fact.values[element].in_(self.language)}", "")
        return self._value(name, self.decision.completed.value(name))

    def taken(self, name: str) -> str:
        """What a default stands for here, in words; where that is not known either, of which fact it is taken to be that."""
        fact, value = self._fact(name), self.decision.completed.value(name)
        other = self.corpus.vocabulary.facts.get(str(fact.default))
        if value is None and other is not None:
            return gettext(self.language)(N_("the same as {fact}")).format(fact=other.label.in_(self.language))
        return self._shown(fact, value)

    def _source(self, name: str) -> str:
        """Where a fact can be checked: the row of a table, or the catalogue's source for the item."""
        known = self.decision.completed.known(name)
        if known is None or known.by not in ("world", "catalogue"):
            return ""
        return known.source if known.by == "world" else self.corpus.catalogue.items[known.source].source

    def _shown(self, fact: Fact, value: Any) -> str:
        if self._words is None:
            return str(value)
        return prose.value_text(fact, value, self._words, self.language)

    def _fact(self, name: str) -> Fact:
        return self.corpus.vocabulary.facts[name.partition(":")[0]]

    def _facts(self) -> tuple[Value, ...]:
        """What is known of the case and read by the provisions that decide, and all that is stated."""
        own = self.decision
        if own.law is None:
            return ()
        read = {name for entry in own.deciding for name in own.facts_read(self.corpus.provisions[entry])}
        stated = own.completed.case.facts.keys()
        found = ((name, own.completed.known(name)) for name in self.corpus.vocabulary.facts if name in read or name in stated)
        return tuple(self._value(name, known.value) for name, known in found if known is not None and known.value is not None)

    # ---- what is left ------------------------------------------------------------------------------

    def _needs(self) -> tuple[tuple[str, tuple[Need, ...]], ...]:
        """What is outstanding, by the authority whose act it is."""
        found: dict[str, list[Need]] = {}
        for entry in self.decision.outstanding:
            provision = self.corpus.provisions[entry.requirement]
            by = (provision.by_ja if self.language == "ja" else provision.by) or ""
            found.setdefault(by[:1].upper() + by[1:], []).append(self._need(entry, provision))
        return tuple((by, tuple(needs)) for by, needs in found.items())

    def _need(self, entry: Outstanding, provision: Provision) -> Need:
        what = provision.title_ja if self.language == "ja" else provision.label
        choices = tuple((self._clause(part), tuple(_acts(part, self.decision))) for part in alternatives(provision.met))
        return Need(what, entry.may, choices, self._considered(self._reasons[entry.requirement]))

    def _silences(self) -> tuple[Silence, ...]:
        grouped: dict[str, list[Assumption]] = {}
        for entry in self._nearest():
            grouped.setdefault(entry.name.partition(":")[0], []).append(entry)
        return tuple(self._silence(name, entries) for name, entries in grouped.items())

    def _nearest(self) -> list[Assumption]:
        """The assumptions, those first that what decided reads."""
        own = self.decision
        assert own.law is not None
        if own.barring:
            near: tuple[Provision, ...] = tuple(lift for name in own.barring for lift in own.law.lifts_of[name])
        else:
            near = own.law.heads if own.verdict == "prohibited" else own.law.prohibitions
        reading = {name for provision in near for name in own.facts_read(provision)}
        return sorted(own.assumed, key=lambda entry: (entry.name.partition(":")[0] not in reading, not entry.heard))

    def _silence(self, name: str, entries: list[Assumption]) -> Silence:
        fact, first = self._fact(name), entries[0]
        elements = tuple(
            fact.values[element].in_(self.language) for entry in entries if (element := entry.name.partition(":")[2])
        )
        value = self.taken(name) if first.how == "by default" else ""
        whose = fact.whose.in_(self.language) if fact.whose is not None else ""
        return Silence(name, fact.label.in_(self.language), elements, HOW[first.how], value, whose)

    def _notices(self) -> Iterator[tuple[Notice, str, bool, str]]:
        """Each notice with its words, whether they are in English on a Japanese page, and the facts that it speaks of."""
        for notice in self.decision.notices:
            japanese = self.language == "ja" and notice.text_ja
            words = notice.text_ja if japanese else notice.text
            yield notice, words, self.language == "ja" and not japanese, spoken_of(self.decision, notice, self.language)


def spoken_of(decision: Decision, notice: Notice, language: str) -> str:
    """The facts, by their labels, of which a notice of the table of facts speaks; nothing where it is no such notice."""
    if notice.kind != "world":
        return ""
    facts, looked = decision.corpus.vocabulary.facts, decision.completed.looked_up
    names = [name for name in decision.used_lookups() if notice.text in looked[name].notices]
    return ("、" if language == "ja" else "; ").join(facts[name].label.in_(language) for name in names)


def _acts(node: Node, decision: Decision) -> Iterator[str]:
    """The facts that state an alternative as met, where it is a claimed fact or several together; else none."""
    parts = node.parts if isinstance(node, And) else (node,)
    facts = decision.corpus.vocabulary.facts
    names = [part.fact for part in parts if isinstance(part, Holds) and facts[part.fact].claimed]
    if len(names) == len(parts):
        yield from names


class Stretch(msgspec.Struct, frozen=True):
    """Days on which the law gives a case one verdict: the first, and the first on which it does so no more."""

    begin: dt.date
    end: dt.date | None
    verdict: Verdict


def over_days(decider: Decider, case: Case, days: Iterable[dt.date], options: Options) -> tuple[Stretch, ...]:
    """The verdict of a case put on each of some days, told as stretches; days on which it cannot be put are left out."""
    found: list[Stretch] = []
    for moment in days:
        verdict = _put(decider, case, moment, options)
        if found and found[-1].verdict == verdict and found[-1].end is None:
            continue
        if found and found[-1].end is None:
            found[-1] = msgspec.structs.replace(found[-1], end=moment)
        if verdict is not None:
            found.append(Stretch(moment, None, verdict))
    return tuple(found)


def _put(decider: Decider, case: Case, moment: dt.date, options: Options) -> Verdict | None:
    try:
        return decider.decide(
            msgspec.structs.replace(case, date=moment),
            options.regimes,
            None,
            options.world_on,
            options.strict,
            options.override,
        ).verdict
    except CaseError:
        return None
