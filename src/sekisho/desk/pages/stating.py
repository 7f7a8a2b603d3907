"""Facts in a form: what a page's address or form states of a transfer, by the names of the vocabulary, and fields for it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple
from urllib.parse import urlencode

from starlette.datastructures import ImmutableMultiDict

from sekisho.case.stated import PARTIES
from sekisho.corpus import Corpus, Fact
from sekisho.desk.pages.common import in_language
from sekisho.desk.pages.language import N_, Gettext
from sekisho.desk.pages.mistakes import Said, said
from sekisho.errors import Mistake
from sekisho.language.nodes import NONE
from sekisho.render.data import plain
from sekisho.render.words import state_name

Flaws = dict[str, list[Said]]
"""What is wrong with a form, by the name of the field, or by nothing."""
Choice = tuple[str, str]
"""A value and its words."""

GROUPS: tuple[tuple[str, Callable[[Fact], bool]], ...] = (
    (N_("The item, as it is described"), lambda fact: fact.name.startswith("item.") and fact.kind == "described"),
    (N_("The transfer, as it is described"), lambda fact: fact.kind == "described"),
    (N_("What is claimed"), lambda fact: fact.kind == "claim"),
    (N_("What is promised"), lambda fact: fact.kind == "assurance"),
    (N_("What has been done"), lambda fact: fact.kind == "step"),
    (N_("What has been found"), lambda fact: fact.kind == "finding"),
)  # fmt: skip
"""The facts of a form, the first group that takes one; what is looked up is left to the world."""


class FactField(NamedTuple):
    """A field for one fact: what it is called and asks, how it is asked, the choices, and what is stated."""

    name: str
    label: str
    question: str
    how: str
    choices: tuple[Choice, ...]
    stated: tuple[str, ...]


class Group(NamedTuple):
    """Some fields under a heading; `stated` counts those that are filled in."""

    title: str
    fields: tuple[FactField, ...]
    stated: int


def stated(form: ImmutableMultiDict[str, Any], corpus: Corpus, apart: Iterable[str] = ()) -> dict[str, Any]:
    """What a form states, as a case states it; what is empty is not stated, and names that are no facts are passed over."""
    found: dict[str, Any] = {}
    for name, fact in corpus.vocabulary.facts.items():
        given = [str(value).strip() for value in form.getlist(name)] if name not in apart else []
        given = [value for value in given if value]
        if given:
            found[name] = _value(fact, given)
    return found


def _value(fact: Fact, given: Sequence[str]) -> Any:
    if fact.type == "set":
        return [value for value in given if value != NONE] or [NONE]
    if fact.type == "boolean":
        return {"true": True, "false": False}.get(given[-1], given[-1])
    if fact.type == "number":
        try:
            return float(given[-1])
        except ValueError:
            return given[-1]
    return given[-1]


def words_of(value: Any) -> list[str]:
    """A fact's value as a form holds it."""
    if isinstance(value, bool):
        return ["true" if value else "false"]
    if isinstance(value, frozenset | list | tuple | set):
        return sorted(str(entry) for entry in value) or [NONE]
    return [value.isoformat() if isinstance(value, dt.date) else str(plain(value))]


def pairs_of(facts: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Facts as the parameters of an address."""
    return [(name, word) for name, value in facts.items() for word in words_of(value)]


def decide_address(facts: Mapping[str, Any]) -> str:
    """The address of the page that decides a case, given by its facts; a party of which a state is told goes by its state."""
    return "/decide?" + urlencode([(_PARTY.get(name, name), word) for name, word in pairs_of(facts)])


_PARTY = {f"{party}.state": party for party in PARTIES}


def flaws_of(mistakes: Iterable[Mistake], language: str, names: Mapping[str, str] | None = None) -> Flaws:
    """Mistakes by the field of the form that they are about; `names` are fields that are called otherwise than the fact."""
    found: Flaws = {}
    for mistake in mistakes:
        found.setdefault((names or {}).get(mistake.field, mistake.field), []).append(said(mistake, language))
    return found


def item_names(corpus: Corpus, language: str) -> list[str]:
    """The names by which the catalogue can be asked, in a language."""
    names = {(item.name_ja if language == "ja" else item.name) or item.name for item in corpus.catalogue.items.values()}
    return sorted(names, key=str.casefold)


def states(corpus: Corpus, language: str, day: dt.date | None = None) -> list[Choice]:
    """The states and areas, all or those of a day, by name in a language."""
    codes = (code for code in corpus.world.states if day is None or corpus.world.state_exists(code, day))
    return sorted(((code, state_name(corpus, code, language)) for code in codes), key=lambda entry: entry[1].casefold())


def groups(
    corpus: Corpus, language: str, say: Gettext, facts: Mapping[str, Any], apart: Iterable[str] = ()
) -> list[Group]:  # fmt: skip
    """The fields for all facts but those that stand apart in the form, filled with what is stated."""
    left, known = set(apart), states(corpus, language)
    made: list[Group] = []
    for title, takes in GROUPS:
        chosen = [
            fact for name, fact in corpus.vocabulary.facts.items()
            if fact.kind != "looked_up" and name not in left and takes(fact)
        ]  # fmt: skip
        left |= {fact.name for fact in chosen}
        fields = tuple(fact_field(fact, language, say, facts.get(fact.name), known) for fact in chosen)
        if fields:
            made.append(Group(say(title), fields, sum(bool(field.stated) for field in fields)))
    return made


_HOW: Mapping[str, str] = {
    "text": "choice", "boolean": "choice", "state": "choice", "set": "several", "date": "date", "number": "number",
}  # fmt: skip


def fact_field(fact: Fact, language: str, say: Gettext, value: Any, known: Sequence[Choice]) -> FactField:
    """The field of a fact."""
    given = tuple(words_of(value)) if value is not None else ()
    choices = tuple(_choices(fact, language, say, known))
    return FactField(
        fact.name, in_language(language, fact.label), in_language(language, fact.question), _HOW[fact.type], choices, given
    )


def _choices(fact: Fact, language: str, say: Gettext, known: Sequence[Choice]) -> Iterator[Choice]:
    if fact.type == "boolean":
        yield from (("true", say(N_("Yes"))), ("false", say(N_("No"))))
    yield from known if fact.type == "state" else ()
    yield from ((name, in_language(language, text)) for name, text in fact.values.items())
    if fact.type == "state" or (fact.type == "set" and not fact.claimed):
        yield NONE, say(N_("None"))
