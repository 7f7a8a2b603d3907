"""Events as drafts: each one transfer with the words every fact came from; several tellings of one transfer are one draft."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from sekisho.language.nodes import NONE
from sekisho.read.chunks import Item, Party, Span
from sekisho.read.draft import Draft, Link, questions
from sekisho.read.events import Event
from sekisho.read.facts import facts
from sekisho.read.lexicon import Lexicon, Thing
from sekisho.read.outcomes import stops_order
from sekisho.read.reading import Reading
from sekisho.read.remarks import is_loose
from sekisho.read.wordlists import word_list

_RANK: Mapping[str, int] = {"asked": 0, "planned": 1, "refused": 2, "decided": 3, "past": 4}
"""Which status stands where one transfer is told with two: the one further on."""
_RELIEF = word_list("relief goods")
_FURTHER = frozenset({"more", "additional", "another", "further", "extra"})


def drafts(reading: Reading, lexicon: Lexicon, given: dt.date | None) -> list[Draft]:
    """The drafts of a report, in the order in which it tells of them."""
    found: list[Draft] = []
    for event in reading.events:
        known: Draft | None = None
        for draft in _single(event):
            _unless_of_others(draft, found)
            if known is not None and _agree(draft.exporter, known.exporter) and _agree(draft.recipient, known.recipient):
                draft.exporter, draft.recipient = draft.exporter or known.exporter, draft.recipient or known.recipient
            _turn_about(draft, found)
            repeated = _merged(found, draft)
            if repeated is None:
                found.append(draft)
            elif repeated.events[0].items[0].thing.general and not event.terms:  # *arms sales … The package comprises*
                event.terms, event.terms_span = repeated.events[0].terms, repeated.events[0].terms_span
            known = repeated or known
    found = [draft for draft in found if _is_transfer(draft)]
    found = [draft for draft in found if draft.thing.id not in _RELIEF or _goes_along(draft, found)]
    found = _without_echoes(found)
    for draft in found:
        if (draft.exporter is None) != (draft.recipient is None):
            _take_only_other(draft, found, reading)
    found.sort(key=lambda draft: draft.span)
    for number, draft in enumerate(found, 1):
        draft.id = f"draft-{number}"
    for draft in found:
        _refine(draft, reading)
        _part(draft, lexicon)
    for draft in found:
        draft.facts = list(facts(draft, reading, given, lexicon))
    _link(found, reading)
    for draft in found:
        draft.open = list(questions(draft))
    return found


# ---- one transfer each ---------------------------------------------------------------------------------------------


def _single(event: Event) -> Iterator[Draft]:
    """The transfers of an event: each exporter, recipient and item makes one."""
    exporters: Sequence[Party | None] = _distinct(event.exporters) or [None]
    recipients: Sequence[Party | None] = _distinct(event.recipients) or [None]
    for giver in exporters:
        for taker in recipients:
            for place, item in enumerate(event.items):
                if _says_which(item, event.items[:place]):
                    continue
                if (item.source is not None and giver is not exporters[0]) or (
                    item.goal is not None and taker is not recipients[0]
                ):
                    continue
                exporter, recipient = item.source or giver, item.goal or taker
                if exporter is None or recipient is None or exporter.state != recipient.state or exporter.state in (None, NONE):
                    own = replace(item)
                    if _is_for_all(event, item, len(exporters) * len(recipients)):
                        own.quantity = own.quantity_span = None
                    yield Draft(event.status, event.event, exporter, recipient, own, [event])


def _says_which(item: Item, before: Sequence[Item]) -> bool:
    """Whether an item only names what stands before it: *an air defence system, the FK-3*."""
    return item.definite and item.quantity is None and any(each.thing.id == item.thing.id for each in before)


def _is_for_all(event: Event, item: Item, sides: int) -> bool:
    """Whether one number is told for several givers or receivers together: *12,000 bombs to Z and W*; no *each* parts it."""
    shared = sides > 1 and item.source is item.goal is None and item.quantity is not None and item.quantity > 1
    return shared and not event.each


def _unless_of_others(draft: Draft, found: Iterable[Draft]) -> None:
    """*The tanks* are not those told of before if none of those who deal in them is named there."""
    was = draft.item.was
    if was is None:
        return
    own = {party.state for party in (draft.exporter, draft.recipient) if party is not None}
    for old in found:
        both = {party.state for party in (old.exporter, old.recipient) if party is not None}
        if old.item.thing.id == draft.item.thing.id and (own & both or not own):
            return
    if any(old.item.thing.id == draft.item.thing.id for old in found):
        draft.item.thing, draft.item.of, draft.item.was, draft.item.pointing = was, None, None, False


def _turn_about(draft: Draft, found: Iterable[Draft]) -> None:
    """*X and Z signed an arms deal. It covers tanks*: who of two gives that only their order told is known by the things."""
    for old in found if not draft.thing.general else ():
        if not old.thing.general:
            continue
        both = (old.exporter, old.recipient, draft.exporter, draft.recipient)
        assumed = all(party is not None and party.form == "assumed" for party in both)
        if assumed and _agree(old.exporter, draft.recipient) and _agree(old.recipient, draft.exporter):
            old.exporter, old.recipient = old.recipient, old.exporter


def _distinct(parties: Iterable[Party]) -> list[Party]:
    found: dict[object, Party] = {}
    for party in parties:
        found.setdefault(party.state or party.title, party)
    return list(found.values())


def _is_transfer(draft: Draft) -> bool:
    """Whether enough is told: a general word needs both sides, and what stays at home is no transfer."""
    exporter, recipient = draft.exporter, draft.recipient
    if exporter is not None and recipient is not None:
        body = exporter.state == NONE and draft.status == "refused"  # *the Security Council imposed an embargo on Z*
        return not (exporter.state is None and recipient.kind == "armed_forces") and not body
    if draft.thing.general or draft.status == "refused":
        return False
    one = exporter or recipient
    told = draft.events[0].frame  # *Three planes are to be bought from Lockheed of the United States*
    bought = told.chunk.form == "passive" and told.sense in ("get", "order") and not told.phrase("for")
    licensed = exporter is not None and any(each.sense == "permit" and not each.noun for each in told.chain()[1:])
    kinds = ("armed_forces", "police") if bought or licensed else ("armed_forces", "company", "police")
    if one is None or one.state in (None, NONE) or one.kind in kinds:
        return False
    if exporter is None:
        frame = draft.events[0].frame
        taken = frame.by == "obj" and frame.parent is not None and frame.parent.verb is not None and (
            frame.parent.verb.lemma in ("take", "receive", "accept", "get")
        )  # fmt: skip
        return frame.sense in ("get", "order", "ask", "give", "seek", "swap", "sign") and (
            not frame.noun or any(chunk.kind == "party" for chunk in frame.phrase("to")) or taken
        )
    if any(chunk.kind == "pronoun" and chunk.form == "organ" for chunk in draft.events[0].frame.phrase("to")):
        return False  # *boats of X's coast guard were handed over to the police of the islands*
    if _is_trade(draft) or (draft.events[0].frame.noun and draft.events[0].frame.sense == "deal"):
        return False
    return draft.event in ("sell", "export", "donate", "transfer", "retransfer", "lend", "supply", "hand over", "deliver")


def _goes_along(draft: Draft, found: Sequence[Draft]) -> bool:
    """Whether relief goods go along with equipment; alone they are aid to people, and no transfer of equipment."""
    return any(
        other.thing.id not in _RELIEF and _agree(draft.exporter, other.exporter) and _agree(draft.recipient, other.recipient)
        for other in found
    )


def _is_trade(draft: Draft) -> bool:
    """Whether trade at large is told of and no transfer: *Russia's exports of helicopters fell*."""
    frame = draft.events[0].frame
    return frame.noun and frame.chunk.word.endswith("s") and draft.item.quantity is None


def _same_thing(one: Item, other: Item) -> bool:
    a, b = one.thing, other.thing
    if a.id == b.id:
        return (one.of.id if one.of else "") == (other.of.id if other.of else "")
    if a.general or b.general:
        return True
    if a.item is not None and b.item is not None:
        return refines(a, b) or refines(b, a)
    plain = (a.item is None and _is_plain(a)) or (b.item is None and _is_plain(b))
    return plain and bool(a.lists) and a.lists == b.lists


def _is_further(event: Event) -> bool:
    """`18 more jets`: whether what is told of comes on top of what was given before."""
    near = (*event.frame.objects, *event.frame.phrase("for", "of"))
    return any(_FURTHER & chunk.words for chunk in near if chunk.items or chunk.kind == "number")


def _is_class(thing: Thing) -> bool:
    """Whether a thing is named by a word for many: a class, or a row of the catalogue such as *submarines*."""
    return thing.item is None or thing.words.islower()


def _is_plain(thing: Thing) -> bool:
    """Whether a class is named by one word, its measure apart: *155 mm howitzers* as *howitzers*."""
    words = [word for word in thing.words.split() if not word.isdigit() and word != "mm"]
    return len(words) == 1 and words[0].islower()


def refines(exact: Thing, general: Thing) -> bool:
    """Whether one system is a version of another: its name begins with a name of the other.

    A row of the catalogue says `version not stated` where reports do not name the version.
    """
    if exact.item is None or general.item is None or exact.id == general.id or "version not stated" not in general.item.name:
        return False
    names = (*general.item.aliases, general.item.designation)
    return any(exact.item.name.startswith(f"{name} ") for name in names if name) and exact.item.facts.get(
        "item.kind"
    ) == general.item.facts.get("item.kind")


def _agree(one: Party | None, other: Party | None) -> bool:
    return one is None or other is None or (one.state == other.state and (one.state is not None or one.title == other.title))


def _merged(found: list[Draft], new: Draft) -> Draft | None:
    """Joins a telling to the draft it repeats, if there is one, and gives that one."""
    best: Draft | None = None
    for old in found:
        if _repeats(old, new):
            exact = (old.exporter is not None) + (old.recipient is not None) + (old.item.thing.id == new.item.thing.id) * 2
            if best is None or exact > (best.exporter is not None) + (best.recipient is not None):
                best = old
    if best is not None:
        _take(best, new)
    return best


def _repeats(old: Draft, new: Draft) -> bool:
    if not (_agree(old.exporter, new.exporter) and _agree(old.recipient, new.recipient) and _same_thing(old.item, new.item)):
        return False
    if _completes(old, new) or _completes(new, old):
        sides = [old.exporter or new.exporter, old.recipient or new.recipient]
        if sides[0] is not None and sides[1] is not None and sides[0].state == sides[1].state:
            return False
        return old.status == new.status and old.events[0].sentence == new.events[0].sentence
    shared = (old.exporter is not None and new.exporter is not None) or (
        old.recipient is not None and new.recipient is not None
    )
    if not shared:
        return False
    first, second = old.events[0], new.events[0]
    if stops_order(first, second) or stops_order(second, first):
        return True
    if _had_before(new, old):
        return False
    if {old.status, new.status} == {"refused", "past"} and old.item.thing.general != new.item.thing.general:
        return False  # *halted all arms deliveries to Z*, and had delivered tanks
    everything = old.item.thing.general and old.status == new.status == "refused" and "all" in first.frame.chunk.words
    if everything and not new.item.thing.general and first.sentence != second.sentence and new.item.quantity is not None:
        return False  # *has stopped all shipments of arms to Z. Fifty jets have been held back since*
    if first.earlier != second.earlier and "refused" in (old.status, new.status):
        return False  # *blocked the delivery in 1990*, and sells them now
    both = old.item.thing.id != new.item.thing.id and _is_class(old.item.thing) and _is_class(new.item.thing)
    told_apart = first.sentence == second.sentence or not (is_loose(old.item.thing) or is_loose(new.item.thing))
    if both and told_apart and not (new.item.definite or old.item.thing.general or new.item.thing.general):
        return False
    ahead = {"past", "planned"} == {old.status, new.status} or {"past", "asked"} == {old.status, new.status}
    if ahead and old.item.quantity is not None and _is_further(first if new.status == "past" else second):
        return False  # *intends to buy 18 more jets*, and has bought 18
    if {"also", "additionally"} & (second.frame.words | second.frame.chunk.words) and old.item.thing.id != new.item.thing.id:
        return False
    if first is second or (new.item.counted and old.status == "past" and new.status in ("decided", "refused")):
        return False
    ordinals = {old.item.ordinal, new.item.ordinal} - {""}
    if len(ordinals) == 2 and old.status != new.status:
        return False
    counted = old.item.quantity is not None and new.item.quantity is not None and old.item.quantity != new.item.quantity
    if counted and old.status == new.status and _is_part(new.item, old.item):
        return True
    if (
        counted
        and (not new.item.definite or new.item.pointing)
        and (first.sentence == second.sentence or new.item.thing.id == old.item.thing.id)
    ):
        return False
    days = [event.day.exact for event in (first, second) if event.day is not None]
    if old.status == new.status == "past":
        return not (len(days) == 2 and None not in days and days[0] != days[1])
    if "past" in (old.status, new.status):
        past, other = (second, first) if new.status == "past" else (first, second)
        if past.day is not None and other.frame.chunk.form == "future":
            return False
        if first.sentence == second.sentence and new.item.pointing and (second.frame.by == "which" or old.status == "asked"):
            return True  # *asked X for six jets and got them in 2011*
        return not past.earlier and not (old.exporter is None or new.exporter is None)
    return True


def _had_before(had: Draft, stopped: Draft) -> bool:
    """`stopped sales of bombs to Z, which had bought 20,000 of them`: whether what was had is told beside what is stopped."""
    frame = had.events[0].frame
    done = had.status == "past" and frame.by == "which" and frame.chunk.form == "perfect"
    return done and stopped.status == "refused" and stopped.item.quantity is None


def _is_part(some: Item, whole: Item) -> bool:
    """Whether *the first 12* are some of those told of before."""
    fewer = (some.quantity or 0) < (whole.quantity or 0)
    return some.ordinal == "first" and (some.pointing or some.definite) and fewer and some.thing.id == whole.thing.id


def _completes(old: Draft, new: Draft) -> bool:
    """Whether one tells who gives and the other who receives: *Z took its first ships when X handed over two*."""
    return old.exporter is not None and old.recipient is None and new.exporter is None and new.recipient is not None


def _take(old: Draft, new: Draft) -> None:
    old.events += new.events
    old.exporter = old.exporter or new.exporter
    old.recipient = old.recipient or new.recipient
    pair = {old.status, new.status}
    if stops_order(old.events[0], new.events[0]) or stops_order(new.events[0], old.events[0]):
        old.status, old.event = ("refused", old.event if old.status == "refused" else new.event)
    elif pair == {"decided", "refused"}:
        pass
    elif _RANK[new.status] > _RANK[old.status] and not (new.status == "planned" and new.events[0].earlier):
        old.status, old.event = new.status, new.event
    exact = (new.item.thing.item is not None, not new.item.thing.general) > (
        old.item.thing.item is not None,
        not old.item.thing.general,
    )
    if exact or refines(new.item.thing, old.item.thing):
        quantity, place = old.item.quantity, old.item.quantity_span
        old.item = new.item
        if old.item.quantity is None:
            old.item.quantity, old.item.quantity_span = quantity, place
    elif old.item.quantity is None and new.item.quantity is not None and (
        new.item.thing.id == old.item.thing.id or new.item.pointing
    ):  # fmt: skip
        old.item.quantity, old.item.quantity_span = new.item.quantity, new.item.quantity_span


def _ordered_then(draft: Draft, order: Draft) -> bool:
    """Whether an order is told of within the telling of its delivery: *took delivery of six jets it ordered from X*."""
    first, second = draft.events[0], order.events[0]
    return first.sentence == second.sentence and second.frame.by == "which" and draft.item.quantity == order.item.quantity


def _paid_for(draft: Draft, sale: Draft) -> bool:
    """`sold jets to Z, which paid 186 million euros for them`: whether the price of a sale is told beside it."""
    first, second = draft.events[0], sale.events[0]
    same = first.items[0].pointing or first.items[0].span == second.items[0].span
    return first.sentence == second.sentence and first.frame.by == "which" and not second.money and same


def _ordered_more(order: Draft, before: Draft) -> bool:
    """`ordered 30 jets; it had bought 24 from X in 2015`: whether an order of so many is another than an earlier purchase."""
    numbers = order.item.quantity, before.item.quantity
    counted = None not in numbers and numbers[0] != numbers[1] and order.thing.id == before.thing.id
    return counted and order.status == "decided" and before.status == "past" and order.exporter is None


def _without_echoes(found: list[Draft]) -> list[Draft]:
    """A draft with an open side that another one tells in full is no transfer of its own.

    Where the other has only a general word for the thing, as in *an arms deal*, the draft takes the parties from it.
    """
    kept, general = [], []
    for draft in found:
        whole = draft.exporter is not None and draft.recipient is not None
        telling = [] if whole else [
            other for other in found
            if other is not draft and other.exporter is not None and other.recipient is not None
            and _agree(draft.exporter, other.exporter) and _agree(draft.recipient, other.recipient)
            and (_same_thing(draft.item, other.item) or _is_kind_of(draft.item, other.item))
        ]  # fmt: skip
        if not telling:
            kept.append(draft)
        elif not draft.thing.general and all(other.thing.general for other in telling):
            draft.exporter, draft.recipient = telling[0].exporter, telling[0].recipient
            kept.append(draft)
            general += telling
        elif draft.status in ("planned", "asked") and telling[0].status == "past" and _is_further(draft.events[0]):
            draft.exporter, draft.recipient = telling[0].exporter, telling[0].recipient  # *18 more jets* of whom it has 18
            kept.append(draft)
        elif _ordered_more(draft, telling[0]) or _had_before(draft, telling[0]):
            draft.exporter = draft.exporter or telling[0].exporter
            kept.append(draft)
        elif draft.status == "past" and telling[0].status == "decided" and _ordered_then(draft, telling[0]):
            _take(telling[0], draft)
        elif draft.status == "past" and draft.events[0].money and _paid_for(draft, telling[0]):
            telling[0].events += draft.events
    return [draft for draft in kept if not any(draft is other for other in general)]


def _take_only_other(draft: Draft, found: Sequence[Draft], reading: Reading) -> None:
    """Takes for the side that no words give the only other state that is named, else that of the other drafts, else home.

    Named in its sentence, or in the report up to it; home is the state of the dateline.
    """
    known = draft.exporter or draft.recipient
    told = {event.sentence for event in draft.events}
    own = (None, "", NONE, known.state if known is not None else None, *_refusing(draft, found))
    alike = [old.recipient if draft.recipient is None else old.exporter for old in found if old is not draft]
    for near in (
        [party for place, party in reading.parties if place in told],
        [party for place, party in reading.parties if place <= max(told)],
        [party for party in alike if party is not None],
        [party for place, party in reading.parties if place < 0],
    ):
        others = {party.state: party for party in near if party.state not in own}
        if len(others) == 1:
            other = replace(next(iter(others.values())), form="assumed")
            draft.exporter, draft.recipient = draft.exporter or other, draft.recipient or other
            return


def _refusing(draft: Draft, found: Sequence[Draft]) -> list[str | None]:
    """`bought jets after X refused to sell it ships`, `has ordered jets and gives tanks to W`: neither sells."""
    told = {event.sentence for event in draft.events}
    here = [old for old in found if draft.exporter is None and told & {event.sentence for event in old.events}]
    refused = [
        old.exporter for old in here if "refused" == old.status != draft.status and _agree(old.recipient, draft.recipient)
    ]
    given = [old.recipient for old in here if old.exporter is not None and _agree(old.exporter, draft.recipient)]
    return [party.state for party in (*refused, *given) if party is not None]


def _is_kind_of(open_: Item, whole: Item) -> bool:
    """Whether a thing without a number is only what kind another is: *its first infantry fighting vehicles*, 44 CV90s."""
    plain = open_.thing.item is None and open_.thing.words.islower() and open_.quantity is None and open_.of is None
    return (
        plain
        and bool(open_.thing.lists)
        and open_.thing.lists == whole.thing.lists
        and whole.thing.words != whole.thing.words.lower()
    )


def _part(draft: Draft, lexicon: Lexicon) -> None:
    """Parts of a system that the catalogue has as an item of its own."""
    of = draft.item.of
    if of is None or of.item is None or draft.item.thing.facts.get("item.kind") != "part":
        return
    for name in (of.words, of.item.designation, *of.item.aliases):
        known = lexicon.corpus.catalogue.find(f"{name} parts") if name else None
        if known is not None:
            draft.item.thing, draft.item.of = Thing(known.id, known, {}, "", False, known.name), None
            return


def _refine(draft: Draft, reading: Reading) -> None:
    """A version named once in the report stands for a system named without one."""
    exact: dict[str, tuple[Thing, Span]] = {}
    if draft.item.pointing or draft.item.replaced:
        return
    for chunk in reading.mentions:
        for item in chunk.items:
            if refines(item.thing, draft.item.thing):
                exact.setdefault(item.thing.id, (item.thing, item.span))
    if len(exact) == 1:
        draft.refined = next(iter(exact.values()))


# ---- chains --------------------------------------------------------------------------------------------------------


def _link(found: Sequence[Draft], reading: Reading) -> None:
    """Ties a transfer told to replace something to the transfer of what it replaces."""
    open_: list[tuple[Draft, Span]] = []
    telling = {event.sentence for draft in found for event in draft.events}
    for draft in found:
        told = {event.sentence for event in draft.events}
        words = next((entry for entry in reading.replacements if entry.sentence in told), None)
        if words is None:
            behind = {number + 1 for number in told}
            words = next((entry for entry in reading.replacements if entry.sentence in behind and entry.pointing and (
                entry.sentence not in telling or not entry.stocks)), None)  # fmt: skip
        if words is None or draft.recipient is None:
            continue
        gone = [other for other in found if other is not draft and other.exporter is not None
                and other.exporter.state == draft.recipient.state
                and (other.status in ("past", "decided") or (other.status in ("planned", "asked") and not words.stocks))
                and (words.purpose or other.recipient is None or draft.exporter is None
                     or other.recipient.state != draft.exporter.state)
                and (not words.things or words.stocks or other.thing.id in words.things)]  # fmt: skip
        if gone:
            draft.links.append(Link("backfill", gone[0].id, words.span))
        elif words.stocks and (draft.status != "past" or words.purpose or words.pointing):
            open_.append((draft, words.span))
    if not any(draft.links for draft in found):
        for draft, span in open_:
            draft.links.append(Link("backfill", None, span))
