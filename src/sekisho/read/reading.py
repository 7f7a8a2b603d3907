"""A report read: its sentences in order, the transfers told in them, and what was set aside."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from itertools import pairwise

from sekisho.read.abroad import goes_on_about, under_own_command
from sekisho.read.answering import asked_by_answer, same_answer
from sekisho.read.asides import aside
from sekisho.read.barred import agreed_to, barred, kept_back, without_stopped
from sekisho.read.chunks import Chunk, Party, Span, chunks
from sekisho.read.clauses import frames
from sekisho.read.consents import answers
from sekisho.read.context import Context
from sekisho.read.days import MONTHS, Day, report_day
from sekisho.read.described import described
from sekisho.read.events import Event, Interpreter
from sekisho.read.frames import Frame
from sekisho.read.grouping import grouped
from sekisho.read.joining import joined
from sekisho.read.later import apposed_makers, built_by, deal_worth, sums_beside, told_makers, told_number, told_terms
from sekisho.read.lexicon import Lexicon
from sekisho.read.naming import placed, told_by_name
from sekisho.read.outcomes import consented_to_all, outcome, told_since
from sekisho.read.pairing import priced
from sekisho.read.status import DENIED
from sekisho.read.stocks import drained
from sekisho.read.tokens import Sentence, Token, sentences
from sekisho.read.units import Reader
from sekisho.read.wordlists import word_list

_LONGEST_DATELINE, _NAMES_OF_PLACES = 14, 4
_AGENCIES = word_list("news agencies")
_HEADING, _SHORTEST_CITY, _SHORTEST_HEADLINE = 3, 3, 4
_FALSE = word_list("false")
_RELICS = word_list("relics")
_FICTION = word_list("fiction")
_TRUTH, _TRUE = frozenset({"truth", "foundation", "basis", "substance"}), frozenset({"true", "correspond"})
_USING = word_list("taking up") | {"use"}
_DEPLOYED = word_list("deployed")
_CREWING = frozenset({"command", "control", "crew", "pilot", "soldier", "sailor", "airman", "airmen", "personnel", "troop"})
_OWN_FORCES = frozenset({"ML9", "ML10", "ML4"})
_TOLD_OF_STOCKS = frozenset({"stock", "ring", "replenish", "restock", "backfill", "refill"})
_ATTACKING = word_list("attacking")
_STOCKS = word_list("stocks")
_REPORTED = frozenset({"report", "claim", "allegation", "accusation", "story", "rumour", "rumor", "charge"})
"""What the next sentence calls false of what was told: *Cairo called the report baseless*."""
_DRILLS = word_list("drills")
_POINTING = frozenset({"the", "this", "these", "those", "that", "such", "its", "his", "their"})
_EXERCISES = frozenset({"exercise", "exercises", "drill", "drills", "manoeuvres", "maneuvers", "wargames"})
_WORTH = frozenset({"value", "estimate", "price", "put", "cost", "total", "run"})
_VALUING = frozenset({"put", "value", "estimate", "price", "assess"})
_RETIRING = frozenset({"retire", "scrap", "phase out", "mothball", "decommission", "lose", "ground"})
"""What becomes of things that nothing later points back at: *since it retired its Mirages*."""
_A_MONTH = 40
"""Days after which what was agreed in a month of the year before is told as what has been."""
_PRICING = frozenset({"pay", "cost"})
_PRICES = frozenset({"price", "cost", "value", "bill", "sum", "amount", "tag", "outlay", "total", "rent", "worth"})
_SAME = frozenset({"session", "meeting", "day", "time", "sitting", "ceremony"})
_PROOFS = frozenset({"evidence", "proof", "sign", "signs", "indication", "indications", "confirmation", "trace"})
_GROUNDS = frozenset(
    {"because", "after", "following", "amid", "against", "despite", "since", "repel", "counter", "stop", "deter"}
)
"""Words before an attack for which something is sent, and by which it is not sent to attack."""
_GIVING = frozenset({"give", "get", "order", "swap"})
_WHOLE = frozenset({"whole", "entire", "total", "overall"})
_GETTING = frozenset({"get", "receive", "obtain"})
_FOR_EACH = frozenset({"each", "apiece"})
_EACH = frozenset({"each", "apiece", "per", "annual", "annually", "yearly"})


@dataclass(slots=True)
class Replacement:
    """Words that tell of replacing what went elsewhere: where, in which sentence, and whether stocks are named.

    `pointing`: the subject is a pronoun or a thing named before, *they will replenish American stocks*; `purpose`: it is
    told for what a thing has been given, *exported missiles to replenish*.
    """

    span: Span
    sentence: int
    stocks: bool
    pointing: bool = False
    purpose: bool = False
    things: tuple[str, ...] = ()
    """What is replaced, where that is named: only what went of these is replaced."""


@dataclass(slots=True)
class Aside:
    """A transfer spoken of that is no draft, and why."""

    span: Span
    why: str


@dataclass(slots=True)
class Reading:
    """What one report says: its day, the events that are transfers, what was set aside, and words of replacing."""

    text: str
    today: Day | None
    events: list[Event] = field(default_factory=list)
    asides: list[Aside] = field(default_factory=list)
    replacements: list[Replacement] = field(default_factory=list)
    mentions: list[Chunk] = field(default_factory=list)
    sentences: list[Span] = field(default_factory=list)
    parties: list[tuple[int, Party]] = field(default_factory=list)
    """Every party that is named, and in which sentence; that of the dateline in none, -1."""


def read_text(text: str, lexicon: Lexicon, given: dt.date | None = None) -> Reading:
    """The reading of a report's text; `given` is its day where the user says it."""
    today = report_day(text)
    moment = given if given is not None else today.first if today is not None else None
    reading = Reading(text, today if given is None else None)
    realms = {word: {name.state for name in names if name.used_on(moment)} for word, names in lexicon.realms.items()}
    reader, context = Reader(lexicon, moment), Context(lexicon.makers, lexicon.heirs, realms)
    found = sentences(text)
    context.topic = context.home = _home(found, reader)
    reading.parties += ((-1, party) for party in context.home)
    if today is not None:
        found = [kept for sentence in found if (kept := _without_head(sentence, today, text)) is not None]
    found = [_without_dateline(sentence) for sentence in found]
    found = [sentence for sentence in found if not _is_headline(sentence)] or found
    reading.sentences = [(sentence.start, sentence.end) for sentence in found]
    for number in range(len(found)):
        _read_sentence(reading, reader, context, found, number)
    return reading


def _home(found: list[Sentence], reader: Reader) -> list[Party]:
    """The state of the capital in which a report was written: whose senate it is that nobody names."""
    for sentence in found[:_HEADING]:
        place = sentence.tokens[0]
        if (place.text.isupper() or sentence is found[0]) and place.capital and _without_dateline(sentence) is not sentence:
            unit = reader.units(Sentence(sentence.tokens[:_LONGEST_DATELINE], sentence.paragraph))[0]
            named = unit.names[0] if unit.kind == "name" and unit.end - unit.start > _SHORTEST_CITY else None
            if named is not None and named.form == "capital":
                return [Party(named.state, "", "capital", named.title, (unit.start, unit.end), (unit.start, unit.end))]
    return []


def _is_headline(sentence: Sentence) -> bool:
    """Whether a sentence is all in capitals: *IRAN SCRAPS BIG ARMS ORDERS*, which the report then tells in full."""
    small = any(token.kind == "word" and not token.text.isupper() for token in sentence.tokens)
    return not small and len([token for token in sentence.tokens if token.kind == "word"]) >= _SHORTEST_HEADLINE


def _without_head(sentence: Sentence, head: Day, text: str) -> Sentence | None:
    """A sentence without the head of the report, which is its dateline and no part of the telling."""
    if sentence.start > head.start or sentence.end <= head.start:
        return sentence
    rest = [token for token in sentence.tokens if token.start >= head.stop]
    while rest and rest[0].kind == "mark" and rest[0].text not in '"“‘(':
        del rest[0]
    return Sentence(rest, sentence.paragraph) if rest else None


def _without_dateline(sentence: Sentence) -> Sentence:
    """A sentence without a dateline: *LONDON, May 15 (Reuters) -* says where it was written and names nobody who acts."""
    inside, dated, named = False, False, 0
    for place, token in enumerate(sentence.tokens[:_LONGEST_DATELINE]):
        inside = (inside or token.text == "(") and token.text != ")"
        if place and token.text in "-–—_" and not token.glued:
            rest = sentence.tokens[place + 1 :]
            while rest and rest[0].text in "-–—_":
                rest = rest[1:]
            return Sentence(rest, sentence.paragraph) if rest else sentence
        dated = dated or token.norm in MONTHS
        if token.text == ")" and dated and place + 1 < len(sentence.tokens) and sentence.tokens[place + 1].capital:
            return Sentence(sentence.tokens[place + 1 :], sentence.paragraph)  # *Maputo, Jul 30 (PTI) Two boats were*
        agency = token.text == ")" and 1 < place < len(sentence.tokens) - 1 and sentence.tokens[place - 2].text == "("
        agency = agency and sentence.tokens[0].text.isupper() and sentence.tokens[place + 1].capital
        if agency and len(sentence.tokens[0].text) >= _SHORTEST_CITY and sentence.tokens[place - 1].text in _AGENCIES:
            return Sentence(sentence.tokens[place + 1 :], sentence.paragraph)  # *CAM RANH, Vietnam (PTI) India has*
        if not (inside or token.text.isupper() or token.kind in ("num", "mark") or token.norm in MONTHS or token.capital):
            return sentence
        if token.capital and not token.text.isupper() and not inside and token.norm not in MONTHS:
            named += 1
            if named > _NAMES_OF_PLACES:
                return sentence
    return sentence


def _read_sentence(reading: Reading, reader: Reader, context: Context, found: list[Sentence], number: int) -> None:
    sentence = found[number]
    units = joined(reader.units(sentence), reader.lexicon)
    telling = any(unit.verbs or unit.noun or unit.word in ("gift", "loan") for unit in units)
    if not telling and not any(unit.kind in ("thing", "name", "money") for unit in units):
        return
    context.enter(sentence.paragraph)
    phrases = grouped(placed(told_by_name(described(chunks(units)))))
    built = frames(phrases)
    context.exchanging = "exchange" in [chunk.word for chunk in phrases if chunk.kind == "conj"]
    interpreter = Interpreter(context, built)
    stems = sentence.stems
    after = found[number + 1].stems if number + 1 < len(found) else frozenset()
    untrue = bool(stems & _FALSE) or (bool(stems & (_TRUTH | _TRUE)) and _is_denied(sentence.tokens))
    false = untrue or (bool(after & _FALSE) and _of_what_was_told(found[number + 1].tokens))
    invented = bool(stems & _FICTION) or (number > 0 and bool(found[number - 1].stems & _FICTION))
    events = _without_firsts(interpreter.events(), sentence.tokens, built)
    events = [] if consented_to_all(reading.events, built, context, number) else events
    events = answers(asked_by_answer(events, built, context), built, context)
    same_answer(events, reading.events, built, context)
    events = without_stopped(events)
    kept_back(events, built, context)
    told = events or told_since(reading.events, number - 1)
    if not barred(told, built, context):
        agreed_to(told, built, context)
    apposed_makers(events, phrases)
    built_by(told, built)
    priced(events, phrases)
    sums_beside(events, phrases, built)
    if not events and not untrue:
        asked_by_answer(told_since(reading.events, number - 2), built, context)
        outcome(reading.events, built, context, number)
    if reading.events and reading.events[-1].sentence >= number - 2:
        told_makers(reading.events, built, phrases, context)
    if not events and reading.events and reading.events[-1].sentence >= number - 1:
        sold = _main_of(reading.events)
        _priced(sold, built, context)
        _told_price(sold, built)
        _worth(sold, phrases, context)
        told_terms(told, built, context)
        told_number(told, built, context)
        if reading.events[-1].exporters and not reading.events[-1].recipients:
            _used_by(reading.events[-1], built, context)
    elif not events and reading.events and reading.events[-1].sentence in (number - 2, number - 3):
        deal_worth(reading.events, built)
    unproven = _unproven(sentence.tokens) if stems & _PROOFS else -1
    before = reading.events[-1] if reading.events and reading.events[-1].sentence == number - 1 else None
    early = [token.norm for token in sentence.tokens[:5]]
    alike = "same" in early[:4] and bool(_SAME & set(early))
    for event in events:
        event.sentence, event.each = number, bool(stems & _FOR_EACH)
        if event.day is None and before is not None and alike:
            event.day = before.day
        if event.status in ("decided", "past") and _long_ago(event, built, reader.today, reading.text):
            event.status, event.earlier = "past", True
        above = event.frame.parent
        bare = event.frame.noun and event.frame.chunk.definite and not (event.frame.phrases or event.frame.chunk.items)
        frozen = event.status == "refused" and bare and above is not None and above.chunk.form == "passive"
        if frozen and above is not None and "had" in above.chunk.words and event.frame.by == "subject":
            event.aside = "told of before"  # *The shipment had been frozen*
        if event.status == "refused" and _long_ago(event, built, reader.today, reading.text):
            event.earlier = True
        if false and not event.aside:
            event.aside = "said to be false"
        if not event.aside and 0 <= unproven < event.frame.chunk.start:
            event.aside = DENIED
        if not event.aside and sentence.tokens[-1].text == "?":
            event.aside = "a question"
        if invented and not event.aside:
            event.aside = "fiction"
        if not event.aside and (stems & _RELICS or ("scrap" in stems and _scrapped(sentence.tokens))):
            event.aside = "a piece for a museum"
        if not event.aside and event.event == "send" and not event.terms and _attacked(sentence, phrases):
            event.aside = "an attack"
        if not event.aside and _deployed(event, stems | after, built):
            event.aside = "a deployment of own forces"
        ahead = _kept_ahead(event, reader, found[number + 1 :]) if not event.aside else []
        if not event.aside and (under_own_command(event, phrases) or under_own_command(event, ahead)):
            event.aside = "a deployment of own forces"
        event.aside = event.aside or aside(event, sentence.tokens, built)
        if event.aside:
            reading.asides.append(Aside((event.frame.chunk.start, event.frame.chunk.end), event.aside))
        else:
            reading.events.append(event)
            context.told(event.items, event.exporters, event.recipients, event.status)
    if len(events) == 1 and not events[0].aside:
        _told_price(events[0], built)
        _paid_beside(events[0], built, context)
    context.goals(built, sentence.paragraph)
    _replacements(reading, built, phrases, sentence, number, stems)
    reading.parties += [(number, each) for part in phrases for side in (part.parties, part.possessor) for each in side]
    _note(reading, context, built, phrases)


def _kept_ahead(event: Event, reader: Reader, rest: list[Sentence]) -> list[Chunk]:
    """The phrases of the next sentence, where it goes on about things that are sent and who is with them."""
    if event.event != "send" or not rest or not rest[0].stems & _CREWING or not goes_on_about(rest[0].tokens):
        return []
    return grouped(chunks(joined(reader.units(rest[0]), reader.lexicon)))


def _without_firsts(events: list[Event], found: list[Token], built: list[Frame]) -> list[Event]:
    """Drops `the first time it has bought jets from X`, which only says more about the transfer told before it.

    Where nothing else says what was given, *was turned over to Z on Friday, the first time X has given anyone a corvette*,
    it has the day of what is told before it.
    """
    firsts = [after.start for first, time, after in zip(found, found[1:], found[2:], strict=False)
              if first.norm == "first" and time.norm == "time"] if events else []  # fmt: skip
    told = [event for event in events if event.frame.subject is None or event.frame.subject.start not in firsts]
    first = min((event.frame.chunk.start for event in events), default=0)
    days = [frame.days for frame in built if frame.days and not frame.noun and frame.chunk.start < first]
    for event in events if not told and days else ():
        event.day = event.day or next((day.unit.day for day in days[0] if day.unit is not None), None)
    return told or events


def _long_ago(event: Event, built: list[Frame], today: dt.date | None, text: str) -> bool:
    """`in 2012 Z ordered jets`: whether what was agreed in an earlier year is told as what has been."""
    day = event.day
    if day is None or day.first is None or today is None or day.first.year >= today.year:
        return False
    beside = any(_tells_of(frame, event.frame.gap) for frame in built if frame not in event.frame.chain())
    if event.frame.chain()[-1].by in ("which", "reduced") and event.status != "past" and beside:
        return False  # *delayed the jets, which Z ordered in 2019*
    own = event.frame.chunk
    told = event.frame.chain()[-1].chunk.form in ("past", "perfect") or own.form in ("past", "perfect")
    told = told or (own.form == "passive" and bool(own.words & {"was", "were", "been"}))
    ahead = any(frame.chunk.form == "future" or "future" in frame.chunk.auxiliaries for frame in built)
    when = event.frame.chain()[-1]
    words = text[day.start : day.stop]
    months = (today - day.first).days > _A_MONTH and not any(each.isdigit() for each in words)  # *In December Z ordered*
    background = (words.lower() == "last year" or months) and when.sense != "permit"
    return told and not ahead and (background or words.endswith(str(day.first.year)))


def _tells_of(frame: Frame, chunk: Chunk | None) -> bool:
    """Whether a verb or noun says more of a thing than that it is: *delayed the jets, which Z ordered*."""
    passive = frame.chunk.form == "passive" and frame.subject is not None
    near = (*frame.objects, *(each for _, each in frame.phrases), *([frame.subject] if passive else []))
    return frame.sense not in ("other", "say") and any(chunk is each for each in near)


def _of_what_was_told(found: list[Token]) -> bool:
    """Whether a sentence speaks of a report that has been told before: *called the report baseless*, not *reports that*."""
    return any(token.stem in _REPORTED and before.norm in _POINTING for before, token in pairwise(found)) or (
        found[0].stem in _REPORTED and len(found) > 1 and found[1].norm != "that"
    )


def _is_denied(found: list[Token]) -> bool:
    """Whether a sentence says that something has no truth in it, as *there is no truth in it* does."""
    return any(
        (first.norm in ("no", "without", "any", "of") and second.norm in _TRUTH)
        or (first.norm in ("not", "n't", "nothing", "never") and second.norm in _TRUE)
        for first, second in pairwise(found)
    )


def _unproven(found: list[Token]) -> int:
    """Where a sentence says that there is *no evidence* of what follows; -1 if it does not."""
    for first, second, third in zip(found, found[1:], [*found[2:], *found[1:2]], strict=False):
        if first.norm in ("no", "little", "without") and (second.norm in _PROOFS or third.norm in _PROOFS):
            return first.start
    return -1


def _scrapped(found: list[Token]) -> bool:
    """Whether a thing goes *for scrap*."""
    return any(first.norm in ("for", "as") and second.norm == "scrap" for first, second in pairwise(found))


def _used_by(event: Event, built: list[Frame], context: Context) -> None:
    """`Bolivia will use them`: who is told to use what has just arrived received it."""
    for frame in built:
        if frame.verb is None or frame.verb.lemma not in _USING or frame.chunk.negative or event.recipients:
            continue
        meant = [item for chunk in (*frame.objects, *frame.phrase("with", "on")) for item in context.things(chunk, [])]
        if any(item.pointing and item.thing.id == event.items[0].thing.id for item in meant):
            own = {party.state for party in event.exporters}
            event.recipients = [party for party in context.of(frame.subject, frame, []) if party.state not in own]


def _main_of(events: list[Event]) -> Event:
    """The transfer that the last sentence with one is about: not what a clause tells of what it replaces."""
    near = told_since(events, events[-1].sentence)
    for event in reversed(events) if all(each.status == "refused" for each in near) else ():
        if event.terms == "sale" and event.status != "refused":
            return event
    sales = [event for event in near if event.terms == "sale"] or [
        event for event in near if event.frame.by not in ("which", "reduced")
    ]
    return sales[-1] if near[-1] not in sales and sales else near[-1]


def _priced(event: Event, built: list[Frame], context: Context) -> None:
    """`The package is worth …`: the price of the transfer told just before."""
    deal = next((frame for frame in built if _is_deal(frame, event, context)), None)
    if deal is not None and not event.money:
        event.money = [chunk for frame in built for chunk in frame.money]
    for frame in built:
        if not event.money and _said_worth(frame, event):
            event.money = frame.money
        free = frame.verb is not None and frame.verb.lemma == "pay" and any(chunk.word == "nothing" for chunk in frame.objects)
        if free and not event.terms:
            event.terms, event.terms_span = "gift", (frame.chunk.start, frame.chunk.end)
        if not event.money and frame.money and _prices(frame, event, context):
            event.money = frame.money
            if frame.verb is not None and frame.verb.lemma == "pay" and not event.terms:
                event.terms, event.terms_span = "sale", (frame.chunk.start, frame.chunk.end)


def _said_worth(frame: Frame, event: Event) -> bool:
    """`It is worth 950 million euros`, `it is valued at`: of a contract or a purchase told just before."""
    called = frame.verb is None or frame.verb.lemma in _WORTH
    told = frame.by == "main" and not frame.noun and frame.subject is not None and frame.subject.word in ("it", "this")
    deal = any(
        each.noun and each.sense in ("deal", "get", "give") and not each.chunk.word.endswith("s")
        for each in event.frame.chain()
    )
    return called and told and deal and bool(frame.money) and not frame.chunk.negative and not frame.words & _EACH


def _told_price(event: Event, built: list[Frame]) -> None:
    """`The price was …`, `the bill comes to …`, `they put its value at …`."""
    for frame in built:
        near = [frame.subject, *frame.objects, *(chunk for _, chunk in frame.phrases)]
        if frame.noun and frame.by == "prep of" and frame.parent is not None:
            near += frame.parent.objects  # *putting the value of the contract at*
        valued = frame.noun and frame.by == "obj" and frame.parent is not None and frame.parent.verb is not None
        if valued and frame.parent is not None and frame.parent.verb is not None and frame.parent.verb.lemma in _VALUING:
            event.money = event.money or frame.money  # *valuing the shipment at*
        deal = frame.subject is not None and frame.subject.kind == "event" and frame.subject.definite and (
            frame.subject.noun is not None and frame.subject.noun.sense == "deal" and not frame.subject.items
        )  # fmt: skip
        deal = deal and not event.frame.words & {"also"} and frame.subject is not None and not frame.subject.words & _WHOLE
        worth = deal and not frame.noun and frame.by == "main" and (frame.verb is None or frame.verb.lemma in _WORTH)
        if not event.money and frame.money and not frame.words & _EACH and (worth or any(
            chunk is not None and chunk.kind == "other" and chunk.word in _PRICES for chunk in near
        )):  # fmt: skip
            event.money = frame.money


def _paid_beside(event: Event, built: list[Frame], context: Context) -> None:
    """`Ten tanks are to go to Z; it will pay 50 million dollars`: the price told in a clause of its own."""
    for frame in built:
        alone = frame is not event.frame and frame.by == "main" and not frame.conjunction
        if alone and not event.money and frame.money and _prices(frame, event, context):
            event.money = frame.money


def _worth(event: Event, phrases: list[Chunk], context: Context) -> None:
    """`The vehicles, worth 60 million dollars, will replace …`: what the things just told of are worth."""
    for thing, *rest in zip(phrases, phrases[1:], phrases[2:], phrases[3:], strict=False):
        words = [chunk for chunk in rest if chunk.kind != "mark"]
        words = words[1:] if len(words) > 2 and words[0].kind == "verb" and words[0].word in ("are", "is", "were") else words
        if event.money or len(words) < 2 or words[0].word != "worth" or words[1].kind != "money":
            continue
        meant = context.things(thing, []) if thing.kind in ("item", "other") else []
        if any(item.pointing and item.thing.id == event.items[0].thing.id for item in meant):
            event.money = [words[1]]


def _is_deal(frame: Frame, event: Event, context: Context) -> bool:
    """Whether a noun with an article means the transfer told before: *the package*, *the sale of the jets*."""
    if not (frame.noun and frame.chunk.definite and frame.sense in ("deal", "give", "get", "swap")):
        return False
    if not frame.phrases or frame.phrases[0][0] != "of":
        return True
    own = [item for chunk in frame.phrase("of") for item in context.things(chunk, [])]
    return any(item.thing.id == event.items[0].thing.id for item in own)


def _prices(frame: Frame, event: Event, context: Context) -> bool:
    """Whether a sentence tells what the things cost that were spoken of: *Z paid 2 million for the boats*."""
    if frame.verb is None or frame.verb.lemma not in _PRICING or frame.chunk.negative or frame.words & _EACH:
        return False
    paid = frame.verb.lemma == "pay"
    pointing = frame.phrase("for") if paid else [frame.subject] if frame.subject is not None else []
    meant = [item for chunk in pointing for item in context.things(chunk, [])]
    alone = paid and not pointing and not frame.objects and frame.by == "main" and event.status != "refused"
    if alone and len(event.items) == 1:  # *Z is paying 5.5 billion pesos*
        states = {party.state for party in context.of(frame.subject, frame, [])}
        return bool(states) and states == {party.state for party in event.recipients}
    if len(meant) != 1 or not meant[0].pointing or meant[0].thing.id != event.items[0].thing.id:
        return False
    payers = context.of(frame.subject, frame, []) if paid else event.recipients
    return {party.state for party in payers} == {party.state for party in event.recipients}


def _attacked(sentence: Sentence, phrases: list[Chunk]) -> bool:
    """Whether words of an attack stand in a sentence, those of a thing's name apart: *attack helicopters*."""
    named = [item.span for chunk in phrases for item in chunk.items]
    words = sentence.tokens
    return any(
        token.stem in _ATTACKING
        and not _GROUNDS & {each.norm for each in words[max(0, place - 4) : place]}
        and not any(start <= token.start < end for start, end in named)
        for place, token in enumerate(words)
    )


def _deployed(event: Event, around: frozenset[str], built: list[Frame]) -> bool:
    """Ships, aircraft or batteries *sent* where an exercise or a deployment is told are the sender's own."""
    verb = event.frame.verb
    near, sent = event.frame.phrase("for", "during", "on"), event.event in ("send", "deliver", "transfer") and not event.terms
    if sent and verb is not None and any(chunk.words & _EXERCISES for chunk in near):
        return True
    drilled = event.frame.sense == "go" and (any(chunk.words & _DRILLS for chunk in (*near, *event.frame.objects)) or any(
        frame.parent is event.frame and frame.chunk.word in _DRILLS for frame in built
    ))  # fmt: skip
    if drilled:
        return all(item.thing.lists in _OWN_FORCES | {"ML6", "ML5", ""} for item in event.items)
    if verb is not None and verb.lemma == "contribute" and not event.recipients:
        return True  # *Saudi Arabia contributed two frigates*
    if verb is None or event.event not in ("send",) or event.terms or not around & _DEPLOYED:
        return False
    return all(item.thing.lists in _OWN_FORCES for item in event.items)


def _replacements(
    reading: Reading, built: list[Frame], phrases: list[Chunk], sentence: Sentence, number: int, stems: frozenset[str],
) -> None:  # fmt: skip
    for frame in built:
        if frame.verb is not None and frame.sense == "replace":
            stocks = any(chunk.words & _STOCKS for chunk in frame.objects) or any(
                chunk.words & _STOCKS for _, chunk in frame.phrases
            )
            sent = [other for other in built if other.sense == "give" and other.by == "which" and other.gap is None]
            what = any(
                token.norm == "what" and frame.chunk.end <= token.start <= frame.chunk.end + 1 for token in sentence.tokens
            )
            untold = what and not frame.objects and any(other.chunk.start > frame.chunk.end for other in sent)
            stocks = stocks or untold  # *to make up for what it has sent*
            last = max([frame.chunk.end, *(chunk.end for chunk in frame.objects)])
            subject = frame.subject
            pointing = subject is not None and (subject.kind == "pronoun" or subject.definite)
            gone = any(
                other.sense in ("give", "swap") and any(other.gap is chunk for chunk in frame.objects) for other in built
            )
            named = tuple(item.thing.id for chunk in frame.objects for item in chunk.items if not item.thing.general)
            reading.replacements.append(
                Replacement(
                    (frame.chunk.start, last), number, stocks, pointing and (stocks or gone), _is_purpose(frame, built), named
                )
            )
    for frame in built:
        for chunk in frame.phrase("for") if frame.sense in ("give", "get", "with") and not frame.noun else ():
            for_them = chunk.kind == "pronoun" and frame.verb is not None and frame.verb.lemma in _GETTING
            if (chunk.kind == "item" and any(other.gap is chunk and other.sense in ("give", "go") for other in built)) or (
                for_them and any(other.sense == "give" and other.chunk.end < frame.chunk.start for other in built)
            ):
                reading.replacements.append(Replacement((chunk.start, chunk.end), number, False))  # *for the tanks it sent*
    for chunk, thing in pairwise(phrases):
        left = chunk.word == "rather than" and any(each.gap is thing and each.sense in ("give", "go", "swap") for each in built)
        if left and thing.kind in ("item", "other"):  # *in place of the jets that went to Z*
            reading.replacements.append(Replacement((chunk.start, thing.end), number, False))
    for chunk in phrases:
        if chunk.kind == "conj" and chunk.word == "exchange":
            reading.replacements.append(Replacement((chunk.start, chunk.end), number, False))
    emptied = [above for noun in built if (above := drained(noun)) is not None]
    reading.replacements += (Replacement((each.chunk.start, each.chunk.end), number, True, True) for each in emptied[:1])
    if not stems & _TOLD_OF_STOCKS:
        return
    for token, after in pairwise(sentence.tokens):
        if (token.norm, after.norm) in (("stock", "up"), ("ring", "exchange"), ("ring", "swap")):
            reading.replacements.append(Replacement((token.start, after.end), number, token.norm == "stock"))
        elif token.stem in ("replenish", "restock", "backfill", "refill") and not any(
            place.span[0] <= token.start < place.span[1] for place in reading.replacements
        ):
            reading.replacements.append(Replacement((token.start, token.end), number, True))


def _is_purpose(frame: Frame, built: list[Frame]) -> bool:
    """Whether a verb says what something is given for: *sold shells*, *completed the transfer of missiles, to refill*."""
    above = frame.parent
    meant = above is not None and above.verb is not None and above.verb.lemma in ("mean", "intend", "aim", "design", "help")
    if frame.by == "to" and meant:
        return True
    while above is not None and above.by in ("reduced", "which") and above.parent is not None:
        above = above.parent
    if frame.by != "to" or above is None:
        return False
    above = above.parent if above.noun and above.parent is not None else above
    given = not above.noun and above.sense in _GIVING
    return given or any(
        other.noun and other.parent is above and other.by == "obj" and other.sense in _GIVING for other in built
    )


def _note(reading: Reading, context: Context, built: list[Frame], phrases: list[Chunk]) -> None:
    """Remember what later sentences may point back at."""
    retired = [frame for frame in built if frame.verb is not None and frame.verb.lemma in _RETIRING]
    gone = [chunk for frame in retired for chunk in frame.objects]
    gone += [frame.subject for frame in retired if frame.chunk.form == "passive" and frame.subject is not None]
    context.note([chunk for chunk in phrases if not any(chunk is each for each in gone)] if gone else phrases)
    reading.mentions += (chunk for chunk in phrases if chunk.kind in ("item", "event") and chunk.items)
    for frame in built:
        if not frame.noun and frame.subject is not None and frame.by in ("main", "that", "sub"):
            parties = context.of(frame.subject, frame, [])
            if frame.chunk.form == "passive" and frame.subject.kind != "party":
                agents = [party for chunk in frame.phrase("by") for party in chunk.parties]
                given = [party for chunk in frame.phrase("to") for party in chunk.parties] if frame.sense == "give" else []
                parties = agents or parties or given  # *Z's request was refused by X. It will …*
            if parties:
                context.topic = parties[-1:]
            if parties or (frame.subject.form == "organ" and frame.by == "main" and frame.sense not in ("say", "other")):
                return
    first = next((chunk.parties for chunk in phrases if chunk.kind == "party"), None)
    if first is None:
        first = next((chunk.possessor for chunk in phrases if chunk.possessor), None)
    if first:
        context.topic = first[:1]
