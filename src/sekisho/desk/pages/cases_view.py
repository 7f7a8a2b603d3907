"""What the page Cases shows of the record, put into words in one language. What a receipt says is shown as it was sealed."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

import msgspec

from sekisho import receipt
from sekisho.case import Case
from sekisho.case.stated import from_mapping
from sekisho.corpus import Corpus
from sekisho.decide import Decider
from sekisho.desk.pages import decide_form as form
from sekisho.desk.pages.language import N_, gettext
from sekisho.desk.record.views import Decided, Happened, SavedCase
from sekisho.errors import SekishoError
from sekisho.language import prose
from sekisho.receipt import Options
from sekisho.render import spoken
from sekisho.render.words import state_name

KINDS: Mapping[str, str] = {
    "case.saved": N_("Saved"), "case.corrected": N_("Corrected"), "case.withdrawn": N_("Withdrawn"), "case.noted": N_("Noted"),
    "case.document": N_("Document added"), "case.redecided": N_("Decided again"),
}  # fmt: skip
"""The words for what can happen to a case."""
PLAIN: Mapping[str, str] = {
    "date": N_("Day of the licence decision"), "item": N_("Item of the catalogue"), "head": N_("Head relied on"),
    "title": N_("Title of the case"), "id": N_("Name in the file"),
}  # fmt: skip
"""The words for what a case says besides facts."""
PARTS: Mapping[str, str] = {
    "head": N_("Head relied on"), "barring": N_("Barred by"), "outstanding": N_("Still to be obtained"),
    "missing": N_("Missing"),
}  # fmt: skip
"""The parts of a decision that are set side by side."""
Body = dict[str, Any]


class Line(msgspec.Struct, frozen=True):
    """A case in the list, with what it is about."""

    case: SavedCase
    about: str


class Fact(msgspec.Struct, frozen=True):
    """One thing that was stated, in words."""

    label: str
    value: str


class Difference(msgspec.Struct, frozen=True):
    """A part of one regime's decision, before and now."""

    regime: str
    part: str
    before: tuple[str, ...]
    now: tuple[str, ...]


class Standing(msgspec.Struct, frozen=True):
    """How a case stands: in one sentence, in `language`, with what comes out differently by the files of now.

    `address` is that of the page Decide with the case in it, empty where the case is no longer accepted.
    """

    about: str
    sentence: str
    language: str
    changes: tuple[str, ...]
    same_law: bool
    same_world: bool
    address: str


class Past(msgspec.Struct, frozen=True):
    """One thing that happened, with the words for it."""

    event: Happened
    word: str
    when: str


def line_of(decider: Decider, case: SavedCase, language: str) -> Line:
    """A case as the list shows it."""
    return Line(case, _about(decider, case.decided.case, language))


def _about(decider: Decider, stated: Mapping[str, Any], language: str) -> str:
    """What a case is about; of one that is no longer accepted its day and item as they were stated."""
    try:
        return spoken.headline(decider.corpus, from_mapping(stated, decider.corpus), language)
    except SekishoError:
        return ", ".join(str(stated[key]) for key in ("item", "date") if key in stated)


def standing(decider: Decider, content: bytes, decided: Decided, language: str) -> Standing:
    """How a case stands by its receipt. In Japanese the sentence is told anew where nothing has changed since."""
    found = receipt.verify_bytes(decider, content, "the receipt")
    sentence, its = decided.summary, "en"
    if found.unchanged and language != "en":
        case, options = from_mapping(decided.case, decider.corpus), msgspec.convert(decided.options, Options)
        sentence, its = spoken.answer_summary(_decide(decider, case, options), language), language
    about = _about(decider, decided.case, language)
    address = _address(decider.corpus, decided)
    return Standing(about, sentence, its, found.changes, found.same_law, found.same_world, address)


def _address(corpus: Corpus, decided: Decided) -> str:
    try:
        pairs = form.pairs_of(from_mapping(decided.case, corpus))
    except SekishoError:
        return ""
    options = msgspec.convert(decided.options, Options)
    pairs += [("regime", name) for name in options.regimes]
    pairs += [(name, str(value)) for name in ("law_on", "world_on") if (value := getattr(options, name)) is not None]
    pairs += [(name, "1") for name in ("strict", "override") if getattr(options, name)]
    return f"/decide?{urlencode(form.canonical(pairs, corpus))}"


def _decide(decider: Decider, case: Case, options: Options) -> Any:
    return decider.decide(case, options.regimes, options.law_on, options.world_on, options.strict, options.override)


def facts_of(corpus: Corpus, stated: Mapping[str, Any], language: str) -> tuple[Fact, ...]:
    """What was stated, in words; what the vocabulary no longer knows as it is."""
    words = prose.Words(corpus.vocabulary, {}, lambda code, spoken_in: state_name(corpus, code, spoken_in))
    return tuple(_fact(corpus, words, name, value, language) for name, value in stated.items())


def _fact(corpus: Corpus, words: prose.Words, name: str, value: Any, language: str) -> Fact:
    fact = corpus.vocabulary.facts.get(name)
    if fact is not None:
        return Fact(fact.label.in_(language), _value(fact, value, words, language))
    item = corpus.catalogue.items.get(str(value)) if name == "item" else None
    shown = ((item.name_ja if language == "ja" else "") or item.name) if item is not None else str(value)
    return Fact(gettext(language)(PLAIN[name]) if name in PLAIN else name, shown)


def _value(fact: Any, value: Any, words: prose.Words, language: str) -> str:
    """A value in words; one that the vocabulary no longer knows as it is."""
    codes = value if isinstance(value, list) else [value]
    if fact.values and not set(codes) <= fact.values.keys():
        return ", ".join(str(code) for code in codes)
    return prose.value_text(fact, frozenset(value) if isinstance(value, list) else value, words, language)


def history(events: Iterable[Happened]) -> tuple[Past, ...]:
    """What happened, oldest first."""
    return tuple(Past(event, KINDS.get(event.kind, event.kind), moment(event.time)) for event in events)


def moment(time: str) -> str:
    """The time of an entry, to the minute, in UTC.

    >>> moment("1976-02-27T00:00:00.000000Z")
    '1976-02-27 00:00 UTC'
    """
    return dt.datetime.fromisoformat(time).strftime("%Y-%m-%d %H:%M UTC")


# ---- side by side ----------------------------------------------------------------------------------------------------


def differences(corpus: Corpus, before: bytes, now: bytes, language: str) -> tuple[Difference, ...]:
    """What two receipts of one case say differently, regime by regime, in the law's own titles."""
    old, new = (_regimes(content) for content in (before, now))
    return tuple(
        Difference(_regime_title(corpus, regime, language), PARTS[part], first, second)
        for regime in dict.fromkeys((*old, *new))
        for part in PARTS
        for first, second in [(tuple(_said(corpus, side.get(regime), part, language)) for side in (old, new))]
        if first != second
    )


def _regimes(content: bytes) -> dict[str, Body]:
    decided: Sequence[Body] = json.loads(content)["body"]["decision"]["decisions"]
    return {str(entry["regime"]): entry for entry in decided}


def _regime_title(corpus: Corpus, regime: str, language: str) -> str:
    found = corpus.regimes.get(regime)
    return regime if found is None else found.title_ja if language == "ja" else found.title


def _said(corpus: Corpus, decision: Body | None, part: str, language: str) -> Iterator[str]:
    """What a part of a decision says, in the titles that were sealed with it."""
    if decision is None:
        return
    if part == "head":
        titles = {way["provision"]: way["title"] for way in decision["ways"]}
        if decision["head"] is not None:
            yield str(titles[decision["head"]][language]) if decision["head"] in titles else str(decision["head"])
        return
    for entry in decision[part]:
        yield str(entry["question" if part == "missing" else "title"][language])
