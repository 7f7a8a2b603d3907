"""One transfer as a report tells of it: its facts with the words they came from, its links, and what it leaves open."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field

from sekisho.language.nodes import NONE
from sekisho.read.chunks import Item, Party, Span
from sekisho.read.events import Event
from sekisho.read.lexicon import Thing

HOW = ("stated", "implied", "assumed", "catalogue", "given")
"""How a fact is known: by the words, by what the words imply, taken for want of better, from the catalogue, by the user."""
STATUSES = ("decided", "planned", "asked", "refused", "past")


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact of a draft: its value, how it is known, and the places of the words."""

    name: str
    value: str | bool | float | dt.date
    how: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """A tie to another draft: by `backfill` this transfer replaces what went there. `to` is None where that is not told."""

    kind: str
    to: str | None
    span: Span


@dataclass(slots=True)
class Draft:
    """One transfer."""

    status: str
    event: str
    exporter: Party | None
    recipient: Party | None
    item: Item
    events: list[Event]
    id: str = ""
    facts: list[Fact] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    open: list[tuple[str, str]] = field(default_factory=list)
    refined: tuple[Thing, Span] | None = None

    def fact(self, name: str) -> Fact | None:
        """A fact by name."""
        return next((fact for fact in self.facts if fact.name == name), None)

    @property
    def thing(self) -> Thing:
        """What is transferred, as exactly as the report says anywhere."""
        return self.refined[0] if self.refined is not None else self.item.thing

    @property
    def span(self) -> Span:
        """Where the transfer is told first."""
        return self.events[0].span


_ITEM_QUESTIONS = (
    ("item.kind", "What kind of item is it?"),
    ("item.arms", "Is it arms in the sense of the Principles?"),
    ("item.weapon", "Is the item itself a weapon?"),
)


def questions(draft: Draft) -> Iterator[tuple[str, str]]:
    """What a draft leaves open, as the name of a fact and the question to ask."""
    if draft.fact("date") is None:
        yield "date", _when(draft)
    for role, question in (("exporter", "From which state does it go?"), ("recipient", "To which state does it go?")):
        if draft.fact(f"{role}.state") is None:
            yield f"{role}.state", question
    if draft.recipient is not None and draft.recipient.state == NONE:
        yield "destination.state", "In which state is it to be used?"
    if draft.thing.item is None or draft.item.of is not None:
        for name, question in _ITEM_QUESTIONS:
            if draft.fact(name) is None:
                yield name, question
    elif "version not stated" in draft.thing.item.name:
        yield "item", "Which version is it?"
    for link in draft.links:
        if link.to is None:
            yield "link", "What does it replace?"


def _when(draft: Draft) -> str:
    day = next((event.day for event in draft.events if event.day is not None and event.day.first is not None), None)
    if day is not None and day.first is not None and day.end is not None:
        return f"On which day from {day.first} to {day.end - dt.timedelta(days=1)}?"
    return "On which day?"
