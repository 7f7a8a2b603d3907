"""What a report was read as, for its page: the words marked in the text, and each draft with its facts, questions and form."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from sekisho.desk.api.common import engine
from sekisho.desk.pages.common import in_language
from sekisho.desk.pages.language import N_, Gettext, gettext
from sekisho.desk.pages.map_view import told_day
from sekisho.desk.pages.stating import FactField, fact_field, item_names, states, words_of
from sekisho.read import Report
from sekisho.read.cases import case_of, shown, value_of, words
from sekisho.read.chunks import Span
from sekisho.read.draft import Draft, Fact, Link
from sekisho.render.words import state_name
from sekisho.text import visible

MOST_DRAFTS = 50
"""Drafts that a page shows; a report with more is to be split."""
NAMED = ("item.name", "exporter.name", "recipient.name", "end_user.name", "destination.name")
"""Names that a case has besides its facts."""
ALWAYS = ("exporter.state", "recipient.state", "recipient.kind")
"""Facts that the form of every draft asks."""

LABELS: Mapping[str, str] = {
    "date": N_("Day of the decision"), "item": N_("Item"), "item.name": N_("What the item is called"),
    "exporter.name": N_("Who exports, by name"), "recipient.name": N_("Who receives, by name"),
    "end_user.name": N_("Who uses it, by name"), "destination.name": N_("Destination, by name"),
    "quantity": N_("Quantity"), "value": N_("Price"), "link": N_("What it replaces"),
}  # fmt: skip
HOW: Mapping[str, str] = {
    "stated": N_("stated"), "implied": N_("implied"), "assumed": N_("assumed"), "catalogue": N_("from the catalogue"),
    "given": N_("given above"),
}  # fmt: skip
STATUS: Mapping[str, str] = {
    "decided": N_("decided"), "planned": N_("planned"), "asked": N_("asked for"), "refused": N_("refused"),
    "past": N_("carried out"),
}  # fmt: skip
ASIDE: Mapping[str, str] = {
    "denied": N_("denied"), "hypothetical": N_("only supposed"), "a statement of rules": N_("a statement of rules"),
    "said to be false": N_("said to be false"), "an attack": N_("an attack"),
    "a deployment of own forces": N_("a deployment of own forces"),
}  # fmt: skip
QUESTIONS: Mapping[str, str] = {
    "On which day?": N_("On which day?"), "Which version is it?": N_("Which version is it?"),
    "What does it replace?": N_("What does it replace?"),
}  # fmt: skip
"""Questions that the vocabulary has not."""


class Part(NamedTuple):
    """A stretch of the report: its words, what they are (a fact's, a telling, set aside, or plain), and of which drafts.

    `place` is where a span begins with it, for links to lead to; `first` are the drafts that are first told here.
    """

    words: str
    kind: str
    drafts: str
    place: int | None
    first: tuple[int, ...]


class Quote(NamedTuple):
    """Words of the report, and where they begin."""

    words: str
    place: int


class Told(NamedTuple):
    """A fact of a draft in words."""

    name: str
    label: str
    value: str
    how: str
    quotes: tuple[Quote, ...]
    english: bool


class View:
    """A report as its page shows it, in a language."""

    def __init__(self, report: Report, language: str) -> None:
        self._report, self._language = report, language
        self._say: Gettext = gettext(language)
        self._corpus = engine().corpus
        self._text = report.source.text
        self.drafts = report.drafts[:MOST_DRAFTS]
        self.more = len(report.drafts) - len(self.drafts)

    @property
    def day(self) -> str:
        """The day of the report, or nothing."""
        return told_day(self._report.date, self._language) if self._report.date is not None else ""

    @property
    def count(self) -> int:
        """How many drafts there are."""
        return len(self._report.drafts)

    # ---- the text ------------------------------------------------------------------------------------------------------

    @cached_property
    def parts(self) -> list[Part]:
        """The report from its first word to its last, cut wherever a span begins or ends."""
        spans = sorted(self._spans(), key=lambda entry: entry[0])
        cuts = sorted({0, len(self._text), *(edge for span, *_ in spans for edge in span)})
        found, begin, over = [], 0, []
        for start, end in pairwise(cuts):
            while begin < len(spans) and spans[begin][0][0] <= start:
                over.append(spans[begin])
                begin += 1
            over = [entry for entry in over if entry[0][1] > start]
            found.append(self._part((start, end), over))
        return found

    def _spans(self) -> Iterator[tuple[Span, str, int]]:
        """Every span with what it is and the number of its draft (0: of none); one of no length marks nothing."""
        for number, draft in enumerate(self.drafts, 1):
            for span in {span for fact in draft.facts for span in fact.spans} | {link.span for link in draft.links}:
                yield span, "fact", number
            for span in {event.span for event in draft.events} | {event.status_span for event in draft.events}:
                yield span, "told", number
        for aside in self._report.reading.asides:
            yield aside.span, "aside", 0

    def _part(self, here: Span, over: list[tuple[Span, str, int]]) -> Part:
        kinds = {kind for _, kind, _ in over}
        drafts = sorted({number for *_, number in over if number})
        begins = any(span[0] == here[0] for span, *_ in over)
        first = tuple(number for number in drafts if self.drafts[number - 1].span[0] == here[0])
        kind = next((kind for kind in ("fact", "told", "aside") if kind in kinds), "")
        return Part(_seen(self._text[here[0] : here[1]]), kind, " ".join(map(str, drafts)), here[0] if begins else None, first)

    # ---- the drafts ----------------------------------------------------------------------------------------------------

    def number(self, draft: Draft) -> int:
        """The number of a draft."""
        return int(draft.id.rpartition("-")[2])

    def title(self, draft: Draft) -> str:
        """What a draft is about: the thing, from where and to where."""
        sides = [self._side(draft, role) for role in ("exporter", "recipient")]
        item = draft.fact("item")
        thing = self._value(item) if item is not None else words(self._text, draft.item.span)
        return f"{thing}, {' → '.join(sides)}"

    def _side(self, draft: Draft, role: str) -> str:
        named, state = draft.fact(f"{role}.name"), draft.fact(f"{role}.state")
        known = state if state is not None and str(state.value) in self._corpus.world.states else named
        return self._value(known) if known is not None else "?"

    def status(self, draft: Draft) -> str:
        """How far the transfer has come, by the words of the report."""
        return self._say(STATUS[draft.status])

    def facts(self, draft: Draft) -> list[Told]:
        """The facts of a draft in words."""
        return [
            Told(
                fact.name, self.label(fact.name), self._value(fact), self._say(HOW[fact.how]), tuple(self._quotes(fact.spans)),
                fact.name in NAMED,
            )
            for fact in draft.facts
        ]  # fmt: skip

    def label(self, name: str) -> str:
        """What a fact is called."""
        known = self._corpus.vocabulary.facts.get(name)
        return in_language(self._language, known.label) if known is not None else self._say(LABELS[name])

    def _value(self, fact: Fact) -> str:
        known, value = self._corpus.vocabulary.facts.get(fact.name), fact.value
        if fact.name == "item":
            item = self._corpus.catalogue.items[str(value)]
            return (item.name_ja if self._language == "ja" else "") or item.name
        if isinstance(value, bool):
            return self._say(N_("Yes")) if value else self._say(N_("No"))
        if isinstance(value, dt.date):
            return told_day(value, self._language)
        if known is not None and known.type == "state":
            return state_name(self._corpus, str(value), self._language)
        if known is not None and str(value) in known.values:
            return in_language(self._language, known.values[str(value)])
        return visible(str(value_of(fact, self._text)) if fact.name in NAMED else shown(fact))

    def _quotes(self, spans: Iterable[Span]) -> Iterator[Quote]:
        return (Quote(words(self._text, span), span[0]) for span in dict.fromkeys(spans))

    def open(self, draft: Draft) -> list[tuple[str, str, str]]:
        """What the report does not say and a case needs: (fact, question, the language of the question)."""
        return [(name, *self._question(name, question)) for name, question in draft.open]

    def _question(self, name: str, question: str) -> tuple[str, str]:
        known = self._corpus.vocabulary.facts.get(name)
        if known is not None:
            return in_language(self._language, known.question), self._language
        if question in QUESTIONS:
            return self._say(QUESTIONS[question]), self._language
        return question, "en"

    def links(self, draft: Draft) -> list[tuple[Link, Quote]]:
        """Ties to other drafts, with their words."""
        return [(link, Quote(words(self._text, link.span), link.span[0])) for link in draft.links]

    def asides(self) -> list[tuple[Quote, str, bool]]:
        """What is spoken of and is no draft: the words, and why; and whether the reason is said in the page's language."""
        found = []
        for aside in self._report.reading.asides:
            quote, why = Quote(words(self._text, aside.span), aside.span[0]), self._say(ASIDE.get(aside.why, aside.why))
            found.append((quote, why, aside.why in ASIDE))
        return found

    # ---- the form ------------------------------------------------------------------------------------------------------

    def items(self) -> list[str]:
        """The names of the catalogue."""
        return item_names(self._corpus, self._language)

    def case(self, draft: Draft) -> dict[str, str]:
        """What the form of a draft begins with, by the name of the field."""
        stated = case_of(draft, self._text)
        return {name: words_of(value)[-1] for name, value in stated.items() if name not in ("id", "note")}

    def plain_fields(self, draft: Draft) -> list[tuple[str, str, str, str]]:
        """The day, the item and the names that the form asks: (name, label, type, value)."""
        case = self.case(draft)
        asked = ["date", "item", *(name for name in NAMED if name in case)]
        return [(name, self.label(name), "date" if name == "date" else "text", case.get(name, "")) for name in asked]

    def fact_fields(self, draft: Draft) -> list[FactField]:
        """The facts that the form asks: those of every draft, those that this one has, and those that are open."""
        case, facts = self.case(draft), self._corpus.vocabulary.facts
        asked = dict.fromkeys([*ALWAYS, *case, *(name for name, _ in draft.open)])
        known = states(self._corpus, self._language)
        return [
            fact_field(facts[name], self._language, self._say, case.get(name), known) for name in asked if name in facts
        ]  # fmt: skip


def _seen(text: str) -> str:
    """Words as a page shows them: lines as they are, every other character that cannot be seen written out."""
    return visible(text.replace("\r\n", "\n").replace("\r", "\n"))
