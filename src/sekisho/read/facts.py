"""The facts of a draft, each with the words it came from and how it is told: stated, implied, assumed or of the catalogue."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

from sekisho.language.nodes import NONE
from sekisho.read.chunks import Chunk, Party
from sekisho.read.draft import Draft, Fact
from sekisho.read.lexicon import Lexicon
from sekisho.read.reading import Reading
from sekisho.read.tokens import singular
from sekisho.read.wordlists import table

_HOW: Mapping[str, str] = {"capital": "implied", "leader": "implied", "government": "implied", "assumed": "assumed"}
_ASKING = frozenset({"get", "ask", "seek", "order"})


def facts(draft: Draft, reading: Reading, given: dt.date | None, lexicon: Lexicon) -> Iterator[Fact]:
    """Every fact a draft of a case states, each with its words, whether it is assumed, and why; `given` is the report's day."""
    yield from _date(draft, reading, given)
    yield from _party("exporter", draft.exporter)
    yield from _party("recipient", draft.recipient)
    if draft.recipient is not None:
        yield from _kind(draft.recipient)
    maker, giver = draft.item.maker, draft.exporter
    own_make = draft.item.made and maker is not None and giver is not None and maker.state == giver.state
    own_make = own_make and maker is not None and maker.span[1] <= draft.item.span[0]
    if any(event.consent_event for event in draft.events) and not own_make:
        event = next(event for event in draft.events if event.consent_event)
        yield Fact("act", "retransfer", "implied", (event.consent_span or event.span,))
    elif _passed_on(draft, lexicon):
        yield Fact("act", "retransfer", "implied", (draft.item.span,))
    yield from _item(draft)
    telling = next((event for event in draft.events if event.terms), None)
    if telling is not None and telling.terms_span is not None:
        yield Fact("terms", telling.terms, "stated", (telling.terms_span,))
    if draft.item.quantity is not None and draft.item.quantity_span is not None:
        yield Fact("quantity", draft.item.quantity, "stated", (draft.item.quantity_span,))
    yield from _value(draft)
    yield from _licence(draft)


def _passed_on(draft: Draft, lexicon: Lexicon) -> bool:
    """`Z sold its U.S.-made jets`: whether a state gives what another is said to have made."""
    maker, giver, taker = draft.item.maker, draft.exporter, draft.recipient
    if not draft.item.made or maker is None or giver is None or giver.state is None or maker.state is None:
        return False
    own = [row["successors"].split(";")[0] for row in lexicon.corpus.world.states.get(maker.state, ())]
    taken = taker.state if taker is not None else None
    return giver.kind != "company" and maker.state not in (giver.state, taken, NONE) and giver.state not in own


def _date(draft: Draft, reading: Reading, given: dt.date | None) -> Iterator[Fact]:
    told = next((event.day for event in draft.events if event.day is not None and event.day.exact is not None
                 and event.status == draft.status), None)  # fmt: skip
    today = given if given is not None else reading.today.first if reading.today is not None else None
    exact = told.exact if told is not None else None
    if exact is not None and told is not None and (today is None or exact <= today):
        yield Fact("date", exact, "stated", ((told.start, told.stop),))
    elif draft.status != "past" and today is not None:
        if reading.today is not None and given is None:
            yield Fact("date", today, "assumed", ((reading.today.start, reading.today.stop),))
        else:
            yield Fact("date", today, "given", ())


def _party(role: str, party: Party | None) -> Iterator[Fact]:
    if party is None:
        return
    if party.state is not None:
        yield Fact(f"{role}.state", party.state, _HOW.get(party.form, "stated"), (party.span,))
    if party.form in ("organisation", "body"):
        yield Fact(f"{role}.name", party.title, "stated", (party.span,))


def _kind(party: Party) -> Iterator[Fact]:
    if party.kind:
        yield Fact("recipient.kind", party.kind, "stated", (party.words,))
    elif party.state not in (None, NONE):
        yield Fact("recipient.kind", "foreign_government", "implied", (party.words,))


def _item(draft: Draft) -> Iterator[Fact]:
    thing, span, item = draft.thing, draft.item.span, draft.item
    spans = (span,) if draft.refined is None else (draft.refined[1], span)
    if thing.item is not None and item.of is None:
        yield Fact("item", thing.item.id, "stated" if draft.refined is None else "implied", spans)
        return
    yield Fact("item.name", "", "stated", (span,))
    for name, value in thing.facts.items():
        yield Fact(name, value, "implied", (span,))
    if item.of is not None:
        arms = item.of.facts.get("item.arms") if item.of.item is None else item.of.item.facts.get("item.arms")
        if isinstance(arms, bool) and "item.arms" not in thing.facts:
            yield Fact("item.arms", arms, "implied", (span,))


def _value(draft: Draft) -> Iterator[Fact]:
    several = any(len(event.items) > 1 for event in draft.events)
    for event in draft.events:
        if len(event.items) > 1 or (several and event.items[0].thing.general):
            continue  # *arms worth six billion: missiles, helicopters and ships*
        for chunk in event.money:
            code = _currency(chunk, draft)
            if code and chunk.unit is not None and chunk.unit.number is not None:
                yield Fact("value", f"{code} {_plain(chunk.unit.number)}", "stated", ((chunk.start, chunk.end),))
                return


def _currency(chunk: Chunk, draft: Draft) -> str:
    """The currency of a sum. A name that several states use is that of the buyer's, else of the seller's; `~` marks it."""
    code = chunk.unit.money if chunk.unit is not None else ""
    if not code.startswith("~"):
        return code
    name = singular(chunk.unit.word) if chunk.unit is not None else ""
    parties = [party.state for party in (draft.recipient, draft.exporter) if party is not None]
    own = [_CURRENCIES[state, name] for state in parties if (state, name) in _CURRENCIES]
    return own[0] if own else code[1:]


_CURRENCIES: Mapping[tuple[str | None, str], str] = {
    (row["state"], row["name"]): row["code"] for row in table("currencies.csv") if row["state"]
}
"""Currencies by the state that has them and by name."""


def _plain(number: float) -> str:
    return str(int(number)) if number == int(number) else str(number)


def _licence(draft: Draft) -> Iterator[Fact]:
    thing = draft.thing
    licensor = thing.item.facts.get("item.licensor") if thing.item is not None and draft.item.of is None else None
    if not isinstance(licensor, str):
        return
    span = draft.refined[1] if draft.refined is not None else draft.item.span
    yield Fact("item.licensor", licensor, "catalogue", (span,))
    if draft.recipient is None or draft.recipient.state != licensor:
        return
    for event in draft.events:
        asks = event.frame.sense in _ASKING and not event.frame.noun and event.frame.sense != "order"
        if asks and any(party.state == licensor for party in event.recipients):
            start = min(frame.chunk.start for frame in event.frame.chain())
            yield Fact("assurance.licensor_request", True, "implied", ((start, max(event.span[1], event.items[0].span[1])),))
            return
        for chunk in event.frame.phrase("request"):
            if any(party.state == licensor for party in chunk.parties):
                yield Fact("assurance.licensor_request", True, "stated", ((chunk.start, chunk.end),))
                return
