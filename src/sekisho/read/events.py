"""Frames as events: transfers with their parties, items, status and all the places they were read from.

An event needs an item and a party; what the words do not give stays open.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from sekisho.language.nodes import NONE
from sekisho.read.chunks import Chunk, Item, Party, Span
from sekisho.read.days import Day
from sekisho.read.deals import Roles
from sekisho.read.frames import Frame
from sekisho.read.leave import heeded
from sekisho.read.pairing import pair
from sekisho.read.remarks import criticised, does, for_good, gift_beside, grants, is_record, is_statistic, items_of, paid_before
from sekisho.read.roles import PATTERNS
from sekisho.read.sides import Sides
from sekisho.read.status import ACCEPTING, RULE, SUPPOSED, status
from sekisho.read.stocks import made_in_stocks
from sekisho.read.undone import is_dead
from sekisho.read.wordlists import word_list

_TRANSFERS = frozenset(
    {
        "give",
        "get",
        "order",
        "swap",
        "with",
        "promise",
        "offer",
        "go",
        "pick",
        "deal",
        "ask",
        "seek",
        "permit",
        "make",
        "start",
        "refuse",
        "deny",
        "need",
        "lift",
        "plan",
        "want",
        "sign",
        "include",
        "thank",
        "trade",
        "decide",
        "replace",
        "await",
    }
)
_NOUN_TRANSFERS = frozenset({"make", "plan", "promise", "give", "permit", "swap", "get", "deal", "ask", "offer"})
_EARLIER = frozenset({"previously", "earlier", "before", "ago", "first", "initially", "originally", "once"})
_VALUING = frozenset({"value", "estimate", "price", "cost", "put"})
_LEAVE = word_list("leave")
_RUNNING = frozenset({"start", "resume", "permit", "delay"})
"""What is said of a delivery by one of its sides: *has begun*, *has been resumed*, *has been put off*."""
_BY_NAME = {
    "lease": "loan", "leasing": "loan", "loan": "loan", "donation": "gift", "gift": "gift", "purchase": "sale", "sales": "sale",
}  # fmt: skip
"""On what terms a contract is by its name: *a lease agreement*."""
_SUMMING = "in what"
"""What opens a clause that only says more of a transfer: *in what would be the first sale of arms to Z*."""
_ANYWHERE = frozenset({"abroad", "overseas"})
_AGREEING = frozenset({"decide", "sign", "permit"})
"""What is done on the day that is told, though what it is about is to come: *agreed on Friday that X will deliver*."""
_MIGHT = frozenset({"may", "might"})


@dataclass(slots=True)
class Event:
    """A transfer told by a frame, with the places of all it was read from."""

    event: str
    status: str
    exporters: Sequence[Party]
    recipients: Sequence[Party]
    items: list[Item]
    span: Span
    status_span: Span
    frame: Frame
    terms: str = ""
    terms_span: Span | None = None
    day: Day | None = None
    money: list[Chunk] = field(default_factory=list)
    consent: Sequence[Party] = field(default_factory=list)
    consent_span: Span | None = None
    consent_event: bool = False
    licensors: Sequence[Party] = field(default_factory=list)
    aside: str = ""
    sentence: int = 0
    earlier: bool = False
    bare: bool = False
    each: bool = False
    """Whether its sentence tells how many each of several gets."""


class Interpreter(Sides):
    """Reads the frames of one sentence against what the report has said before."""

    def events(self) -> list[Event]:
        """The transfers of the sentence, those set aside included."""
        found = []
        for frame in self.frames:
            if frame.sense == "replace" and frame.chunk.form != "passive":
                for item in (item for chunk in frame.objects if chunk.kind == "item" for item in chunk.items):
                    item.definite, item.replaced = False, True
            self._made(frame)
            made_in_stocks(frame)
        for place, frame in enumerate(self.frames):
            event = self._event(frame, place) if not frame.instead else None
            if event is not None:
                found.append(event)
                found += self._in_return(frame, event)
            self.named += items_of(frame)
        return [event for event in found if not self._said_beside(event, found)]

    @staticmethod
    def _said_beside(event: Event, found: Sequence[Event]) -> bool:
        """`will donate jets it had been leasing to Z`: whether a clause only says how the things were with Z before."""
        if event.frame.by not in ("which", "reduced") or event.terms != "loan":
            return False
        own, goal = ({party.state for party in side} for side in (event.exporters, event.recipients))
        told = [each for each in found if each.frame is event.frame.parent or for_good(event.frame, each.frame, each.terms)]
        return any(own == {p.state for p in each.exporters} and goal <= {p.state for p in each.recipients} for each in told)

    def _made(self, frame: Frame) -> None:
        """`jets, built in X and flown by Z`, `boats given by X`: who made the things, or whose they were."""
        told = frame.gap if frame.by in ("reduced", "which") else frame.subject if frame.chunk.form == "past" else None
        built = is_making(frame) and (frame.by != "which" or frame.chunk.form == "passive")
        if built and told is not None and not (frame.by == "main" and frame.objects):
            made = [party for chunk in frame.phrase("in", "by") for party in self.parties(chunk, frame)]
            made = made or [party for chunk in frame.phrase("by") for party in chunk.possessor]
            for item in told.items:
                item.made = item.made or (item.maker is None and bool(made))
                item.maker = item.maker or (made[0] if made else None)
        elif (
            frame.noun
            and frame.sense == "make"
            and frame.by == "prep of"
            and frame.chunk.possessor
            and frame.parent is not None
        ):
            near = [item for chunk in frame.parent.objects for item in chunk.items if item.span[1] < frame.chunk.start]
            for item in near[-1:]:  # *helicopters of American make*
                item.maker, item.made = item.maker or frame.chunk.possessor[0], True
        elif frame.sense == "give" and frame.by == "reduced" and frame.gap is not None and not frame.phrase("to"):
            given = [party for chunk in frame.phrase("by") for party in self.parties(chunk, frame)]
            for item in frame.gap.items:
                other = item.made and item.maker is not None
                item.owner = given[0] if given and other else item.owner
                item.maker = given[0] if given and not other else item.maker

    def _in_return(self, frame: Frame, event: Event) -> list[Event]:
        """`will send tanks to W in exchange for X's vehicles`: what the giver gets for it."""
        givers = {party.state for party in event.exporters}
        items = [item for item in self.things(frame.phrase("exchange")) if item.maker is not None]
        makers = [item.maker for item in items if item.maker is not None and item.maker.state not in givers]
        makers = [] if any(item.made for item in items) else makers  # *in return for Soviet-designed tanks*
        if event.aside or frame.sense != "give" or not makers or event.status not in ("past", "decided", "planned"):
            return []
        kept = "decided" if event.status == "past" else event.status
        return [
            replace(
                event, status=kept, exporters=makers[:1], recipients=event.exporters, items=items, money=[], terms="", day=None
            )
        ]

    def _event(self, frame: Frame, place: int) -> Event | None:
        if frame.sense not in _TRANSFERS or (frame.noun and frame.sense not in _NOUN_TRANSFERS):
            return None
        if frame.verb is None or (frame.noun and any(each.conjunction == _SUMMING for each in frame.chain())):
            return None
        vowed = frame.sense == "promise" and any(other.by == "that" and other.parent is frame for other in self.frames)
        if vowed and not any(chunk.items for chunk in frame.objects):
            return None  # *has promised X that no part of the system will arrive*
        roles, takers = PATTERNS[frame.sense](self, frame), self.recipients
        if roles is None or is_statistic(frame) or (criticised(frame) and all(item.thing.general for item in roles.items)):
            return None
        self._untold(frame, roles)
        comment = frame.by == "ger" and frame.preposition == "," and not frame.noun and frame.sense == "give"
        if comment and roles.items and all(item.thing.general and not item.plural for item in roles.items):
            return None  # *…, giving Z a weapon that can reach*
        until = frame.by == "sub" and frame.conjunction in ("before", "until") and frame.sense in ("get", "give")
        if until and roles.items and all(item.pointing for item in roles.items):
            return None  # *will be upgraded before Z receives them*
        beside = frame.noun and frame.by == "obj" and frame.parent is not None and not frame.parent.noun and (
            frame.parent.sense in ("get", "order", "give") and frame.chunk.possessive_word in ("its", "their", "his")
            and any(chunk.items and chunk.end < frame.chunk.start for chunk in frame.parent.objects)
        )  # fmt: skip
        if beside and all(item.thing.item is None for item in roles.items):
            return None  # *will buy 48 jets from X, its biggest arms purchase since 1990*
        remark = frame.noun and (frame.by == "prep in" or is_record(frame)) and not (roles.recipients or frame.chunk.possessor)
        if remark or (not roles.recipients and frame.words & _ANYWHERE and not frame.phrase("to")):
            return None  # *in the first export of the system*, *to sell the fighter abroad*
        pair(frame, roles)
        self._told_again(frame, roles)
        consent = self._governed(frame, roles)
        if not (roles.items or roles.exporters or roles.recipients):
            return None
        begun = frame.by == "subject" and frame.parent is not None and (
            frame.parent.sense in _RUNNING or is_dead(frame.parent) or (
                frame.parent.sense == "refuse" and frame.parent.chunk.form != "passive"))  # fmt: skip
        begun = begun and not any(item.maker for item in roles.items)
        if not roles.exporters and (frame.chunk.form == "passive" or frame.sense == "go" or begun) and roles.recipients:
            self._told_by_the_giver(frame, roles)
        if begun and roles.exporters and not roles.recipients and frame.phrase("from"):
            self._told_by_the_taker(frame, roles)
        if frame.by == "which" and roles.items and all(item.thing.general or item.pointing for item in roles.items):
            roles.items = self._named_after(place) or roles.items
        if not roles.recipients and roles.exporters and frame.sense in ("give", "promise", "offer") and not frame.noun:
            roles.recipients = self._of_package(roles.exporters)
        self._in_their_place(frame, roles)
        self._told_within(frame, roles)
        if not roles.recipients and roles.exporters and frame.sense in ("offer", "promise") and frame.by == "that":
            told, own = frame.parent, {party.state for party in roles.exporters}
            if told is not None and told.sense == "say" and not told.noun and not frame.phrase("to"):
                named = [replace(party, form="capital") for party in self.parties(told.subject, told)]
                roles.recipients = [party for party in named if party.state not in own]
        parallel = frame.sense in ("promise", "offer", "give") and frame.by in ("main", "sub", "that") and not frame.noun
        met = frame.sense == "give" and frame.by == "to" and frame.chain()[-1].by == "main" and frame.parent is not None and (
            frame.parent.sense in ("decide", "refuse") and any(item.pointing for item in roles.items)
        )  # fmt: skip
        let = frame.sense == "give" and frame.by == "to" and frame.parent is not None and frame.parent.sense == "permit"
        parallel = parallel or (let and not frame.noun) or met
        if not roles.recipients and parallel and roles.exporters and roles.items and not frame.phrase("to", "in"):
            own = {party.state for party in roles.exporters}
            roles.recipients = [party for party in self.recipients if party.state not in own]
        if not roles.recipients and parallel and frame.sense == "give" and roles.items and any(
            other.sense in ("get", "order") and other.subject is frame.subject and other is not frame for other in self.frames
        ):  # fmt: skip
            own = {party.state for party in roles.exporters}  # *will get jets from X and hand over guns*
            roles.recipients = [party for party in self.exporters if party.state not in own]
        added = frame.sense == "give" and not frame.noun and any("also" in each.words for each in frame.chain())
        if added and roles.exporters and not roles.recipients and self.context.last is not None:
            own = {party.state for party in roles.exporters}
            roles.recipients = [party for party in self.context.last[1] if party.state not in own]
        if not roles.recipients and ("also" in frame.words or any(chunk.kind == "number" for chunk in frame.objects)):
            roles.recipients = list(self.recipients) or self._last_goal(roles)
        if frame.sense == "deal" and roles.recipients and not roles.exporters:
            taken = {party.state for party in roles.recipients}
            roles.exporters = [
                item.maker for item in roles.items[:1] if item.maker is not None and item.maker.state not in taken
            ]
        last = self.context.last
        taken_on = (frame.noun and frame.sense == "get") or (frame.by == "reduced" and frame.sense in ("get", "order"))
        taken_on = taken_on and bool(roles.exporters) and not roles.recipients
        if taken_on and last is not None and {party.state for party in roles.exporters} == {party.state for party in last[0]}:
            roles.recipients = list(last[1])  # *receipt of the ships from X is expected*
        if frame.noun and frame.sense == "get" and roles.exporters and not roles.recipients:
            picking = [other for other in self.frames if other.sense == "pick" and other.chunk.start < frame.chunk.start]
            own = {party.state for party in roles.exporters}
            roles.recipients = [party for other in picking for party in self.actor(other) if party.state not in own]
        bought_for = self._bought_for(frame, roles)
        self._as_beside(frame, roles)
        self.recipients = roles.recipients or self.recipients
        beside = frame.by == "main" or (frame.by == "sub" and frame.conjunction in ("but", "while"))
        if not roles.exporters and frame.chunk.form == "passive" and beside and not frame.phrase("by"):
            taken = {party.state for party in roles.recipients}
            roles.exporters = [replace(party, form="capital") for party in self.exporters if party.state not in taken]
        self.exporters = roles.exporters or self.exporters
        if not roles.recipients and len(roles.exporters) == 1 and frame.sense == "give" and not frame.noun:
            roles.recipients = self.context.goal(roles.exporters[0]) if frame.by != "reduced" else []
        bare = not roles.items and frame.noun and frame.sense in ("deal", "give")
        bare = bare or (frame.sense in ("get", "order") and not any(not item.thing.general for item in roles.items))
        bare = bare and not any(chunk.kind == "other" and chunk.quantity for chunk in frame.objects)  # *ordered six airliners*
        if bare and roles.recipients and roles.exporters:
            self.context.packed(roles.exporters, roles.recipients)
        if not roles.items:
            return None
        last = self.context.last
        more = roles.items[0].counted and last is not None and frame.sense in ("ask", "order", "get", "seek")
        if more and last is not None and roles.recipients and not roles.exporters:
            same = {party.state for party in roles.recipients} == {party.state for party in last[1]}
            roles.exporters = list(last[0]) if same else []  # *has since asked for 25 more*
        if roles.items[0].counted and last is not None and not (roles.exporters or roles.recipients):
            roles.exporters, roles.recipients = last
        self._as_last(frame, roles)
        self._turned_from(frame, roles)
        self._under_pact(frame, roles)
        if not (roles.exporters or roles.recipients):
            return None
        if frame.sense == "give" and frame.parent is not None and frame.parent.sense == "decide" and frame.by == "to":
            impersonal = frame.parent.chunk.form == "passive" and frame.parent.teller is not None
            subject = frame.parent.subject
            impersonal = impersonal and (subject is None or subject.word == "it" or not roles.exporters)
            if impersonal and frame.parent.teller is not None:
                taken = {party.state for party in roles.recipients}
                tellers = self.parties(frame.parent.teller.subject, frame)
                roles.exporters = [replace(party, form="capital") for party in tellers if party.state not in taken]
        pair(frame, roles)
        self._of_two(frame, roles)
        self._talked_over(frame, roles)
        self._inquired(frame, roles)
        self._by_accord(frame, roles)
        if self._bought_before(frame, roles):
            return None
        if frame.noun and frame.sense == "give" and not roles.exporters and roles.recipients:
            own = {party.state for party in roles.recipients}
            makers = [item.maker for item in roles.items[:1] if item.maker is not None and item.maker.form == "adjective"]
            roles.exporters = [party for party in makers if party.state not in own]
        replaced = (
            frame.by == "reduced" and frame.sense == "give" and frame.parent is not None and frame.parent.sense == "replace"
        )
        if replaced and frame.parent is not None and not roles.exporters:
            giving = frame.parent.parent
            given = [] if giving is None or giving.sense not in ("give", "swap", "promise") or giving.noun else [
                party for chunk in (*giving.objects, *giving.phrase("to")) if chunk.kind == "party" for party in chunk.parties
            ]  # fmt: skip
            roles.exporters = given or self.actor(frame.parent) or [
                party for party in takers if party.state not in {each.state for each in roles.recipients}]  # fmt: skip
        returned = frame.by == "reduced" and "exchange" in frame.words and frame.sense == "give"
        if (returned or self._to_go_for(frame)) and not roles.exporters:
            roles.exporters = self._given_for(frame)
        thanked = frame.parent if frame.by == "which" and frame.sense == "give" and not frame.noun else None
        if thanked is not None and thanked.sense == "thank" and roles.exporters and not roles.recipients:
            roles.recipients = self.actor(thanked)
        if frame.by in ("reduced", "which") and not roles.recipients:
            self._taken_up(frame, roles)
        arrival = self._arrival(frame)
        if arrival is not None and roles.exporters and not roles.recipients:
            self._received(arrival, roles, bought=True)
        if frame.by == "reduced" and not (roles.exporters and roles.recipients):
            return None
        if bool(roles.exporters) != bool(roles.recipients):
            self._only_other(frame, roles)
        found, why = status(frame)
        if why == RULE and roles.recipients and not any(item.thing.general for item in roles.items):
            found, why = self._by_law(frame, roles)
        found, why = self._told_otherwise(frame, roles, *self._own_status(frame, found, why))
        if found == "refused":
            self._stopped_by(frame, roles)
        self._on_from_buyer(frame, roles)
        leave, whose = self._by_leave(frame, roles)
        found, why, consent = (leave, "", whose) if leave else (found, why, consent)
        found = self._answer(frame) or found
        if found == "refused" and any(other.conjunction == "unless" and other.parent is frame for other in self.frames):
            found, why = "", SUPPOSED
        if (found in ("decided", "planned") and self._stopped(frame)) or (found == "past" and self._halted_after(frame)):
            found = "refused"
        if found == "decided" and any(
            other.conjunction in ("if", "unless") and other.parent in frame.chain() for other in self.frames
        ):
            found = "planned"
        if found == "planned" and any(each.chunk.words & _MIGHT for each in frame.chain()) and any(
            other.conjunction in ("if", "unless") and other.parent in frame.chain() for other in self.frames
        ):  # fmt: skip
            found, why = "", SUPPOSED
        found = "past" if found == "decided" and arrival is not None else found
        found = "decided" if found == "past" and self._still_to_come(frame, roles) else found
        outer = self._outermost(frame)
        event = Event(
            self._name(frame, roles), found, roles.exporters, roles.recipients, roles.items,
            (frame.chunk.start, frame.chunk.end), (outer.chunk.start, outer.chunk.end), frame, aside=why,
        )  # fmt: skip
        event.licensors = roles.licensors
        self._details(event, consent)
        event.terms, event.terms_span = ("", None) if bought_for else (event.terms, event.terms_span)
        told = arrival if arrival is not None and found == "past" else self._accord(frame) or self._signing(frame)
        dated = event.day is not None and (told is not arrival or event.day.exact is not None)
        if told is not None and not dated:
            near = (told, *(other for other in self.frames if other.parent is told and other.noun))
            event.day = next((day.unit.day for each in near for day in each.days if day.unit is not None), event.day)
        return event

    def _still_to_come(self, frame: Frame, roles: Roles) -> bool:
        """`will receive the guns it bought from X`, `is to receive jets donated by X`: whether it is still on its way."""
        given = frame.by == "reduced" and frame.sense in ("give", "swap")
        if (frame.sense != "get" and not given) or frame.noun or frame.by not in ("which", "reduced") or frame.gap is None:
            return False
        if frame.gap is frame.subject:
            return False  # *Z, which has received jets from X, is negotiating*
        buyers = {party.state for party in (roles.recipients if given or not self.actor(frame) else self.actor(frame))}
        for other in self.frames:
            near = [*other.objects, *([other.subject] if other.subject is not None else [])]
            ahead = any(each.chunk.form in ("future", "arranged") or "future" in each.chunk.auxiliaries or each.sense == "plan"
                        for each in other.chain())  # fmt: skip
            if given and other.sense != "get":
                continue
            if other is frame or other.sense not in ("give", "get", "go") or not ahead or not any(frame.gap is c for c in near):
                continue
            taking = [other.subject] if other.sense == "get" else [*other.objects, *other.phrase("to", "for")]
            takers = {party.state for chunk in taking for party in self.parties(chunk, other)}
            return not takers or bool(takers & buyers)
        return False

    def _answer(self, frame: Frame) -> str:
        """`offered Z jets, an offer that it turned down`: what a clause about the offer says became of it."""
        if frame.sense not in ("offer", "plan") or frame.noun:
            return ""
        for other in self.frames:
            told = other.by == "which" and other.gap is not None and other.gap.kind == "event"
            done = other.chunk.form in ("past", "perfect") and not other.chunk.negative
            if other.verb is not None and told and done and any(other.gap is chunk for chunk in frame.objects):
                if other.sense == "refuse":
                    return "refused"
                if other.verb.lemma.replace(" ", "_") in ACCEPTING:
                    return "decided"
        return ""

    def _own_status(self, frame: Frame, found: str, why: str) -> tuple[str, str]:
        """Asking, permitting and refusing tell of a transfer themselves where no other verb does."""
        fixed = {
            "plan": "planned",
            "want": "planned",
            "ask": "asked",
            "seek": "asked",
            "permit": "decided",
            "refuse": "refused",
            "deny": "refused",
            "need": "asked",
            "lift": "decided",
        }.get(frame.sense)
        if self._is_rest(frame):
            return "decided", ""
        if frame.sense == "plan" and frame.chunk.form in ("past", "perfect") and any(
            other.sense == "pick" and other.conjunction == "before" for other in self.frames
        ):  # fmt: skip
            return "", SUPPOSED  # *weighed up the one before settling on the other*
        if fixed is None or why or (found == "decided" and heeded(frame)):
            return found, why
        examined = frame.noun and frame.sense == "ask" and found == "planned"
        return (fixed, "") if found in ("past", "decided", "") or examined else (found, "")

    @staticmethod
    def _name(frame: Frame, roles: Roles) -> str:
        """The event: building for another without a licence is supplying."""
        event = frame.verb.event if frame.verb is not None else ""
        return "supply" if frame.sense == "make" and not roles.licensors else event or "transfer"

    def _outermost(self, frame: Frame) -> Frame:
        """The frame whose words give the status: the last of the chain that is no mere report."""
        found = frame
        for other in frame.chain()[1:]:
            if other.sense in ("say", "other") or found.by in ("main", "sub", "which", "reduced"):
                break
            found = other
        return found

    # ---- details ---------------------------------------------------------------------------------------------------

    def _details(self, event: Event, consent: tuple[Sequence[Party], Span] | None) -> None:
        frame = event.frame
        chain = [each for place, each in enumerate(frame.chain()) if place == 0 or self._same_act(frame.chain()[place - 1])]
        if consent is not None and not consent[0] and frame.sense in ("get", "order") and event.exporters:
            consent = None  # *was granted permission to buy jets from X*: the leave is that of who sells
        if consent is not None:
            event.consent, event.consent_span = consent
            event.consent_event = True
        elif frame.verb is not None and frame.verb.event == "retransfer":
            event.consent_span, event.consent_event = event.span, True
        nouns = [other for other in self.frames if other.parent in chain and other.noun and other not in chain
                 and not (other.sense == "ask" and other.parent is not None and other.parent.sense == "say")
                 and not self.told_beside(other, frame)]  # fmt: skip
        if consent is None:
            self._approved(event, nouns)
        pacts = [*frame.phrase("under", "by")]
        pacts += frame.parent.objects if frame.parent is not None and frame.parent.sense == "sign" else []
        pacts = pacts if frame.by == "which" and frame.gap is None else []  # *signed a contract worth 2 million by which*
        nouns += [other for other in self.frames if any(other.chunk is pact for pact in pacts) and other not in nouns]
        again = [other for other in self.frames if other.origin is not None and other.origin in chain]
        nouns += [other for other in self.frames if other.by == "prep under" and other.parent in again and other.noun]
        aims = [other for other in self.frames if other.by == "to" and other.sense == "other" and other.parent in chain]
        nouns += [other for other in self.frames if other.by == "prep under" and other.parent in aims and other.noun]
        nouns += [other for other in self.frames if other.by == "prep under" and other.noun and other not in nouns and (
            (other.parent is None and frame.by in ("main", "that")) or self._aside_of(other, chain))]  # fmt: skip
        valued = [other for other in self.frames if other.by == "reduced" and other.verb is not None
                  and other.verb.lemma in _VALUING and (other.parent in chain or other.parent in nouns)]  # fmt: skip
        valued += [other for other in self.frames if other.sense == "replace" and other.by == "to" and other.parent in chain]
        to_come = any(each.chunk.form == "future" or "future" in each.chunk.auxiliaries or (
            each.chunk.form == "arranged" and "be" in each.chunk.auxiliaries) for each in chain)  # fmt: skip
        about = frame.phrase(*("of", "for") if frame.sense == "deal" else ("of",))
        given = (*frame.objects, *about, *([frame.subject] if frame.subject is not None else []))
        valued += [each for each in self.frames if each.by == "reduced" and each.words & {"gift", "loan"} and each.gap in given]
        bought = [other for other in self.frames if other.by == "reduced" and other.sense in ("get", "order")
                  and not other.noun and any(other.gap is chunk for chunk in given)]  # fmt: skip
        for each in (each for each in bought if not paid_before(each) and not self.bought_elsewhere(each, event.exporters)):
            ordered = each.sense == "order" or not frame.noun
            if each is not frame and each.verb is not None and each.verb.terms and frame.sense in ("give", "deal") and ordered:
                event.terms, event.terms_span = each.verb.terms, (each.chunk.start, each.chunk.end)
            event.money += each.money if each is not frame and frame.sense in ("get", "give", "go", "deal") else []
        aside = self._told_by_the_way(event)
        for each in (*chain, *nouns, *valued):
            command = paid_before(each) or each.chunk.word == "loans"
            command = command or (each is not frame and not each.noun and (each.sense == "order" or grants(each)))
            if each.verb is not None and each.verb.terms and not event.terms and not command:
                event.terms, event.terms_span = each.verb.terms, (each.chunk.start, each.chunk.end)
            shown = each.by == "which" and each.chunk.form == "perfect" and "to" not in {by for by, _ in each.phrases}
            for day in each.days if each is not aside and not shown else ():
                told = each.sense in ("say", "other", "doubt", "against", "notify", "fail") and each is not frame
                ordered = each.sense == "say" and any(one.by == "to" and one.parent is each for one in chain)
                told = told and not (does(each, chain) or ordered)  # *on Friday told his generals to scrap the deal*
                agreed = each.sense in _AGREEING and each.chunk.form in ("past", "perfect") and each is not frame
                found = day.unit.day if day.unit is not None and not told and (agreed or not to_come) else None
                if found is not None and (event.day is None or (event.day.exact is None and found.exact is not None)):
                    event.day = found
            if each is not aside or (each.verb is not None and each.verb.lemma == "cost"):
                event.money += each.money
            for chunk in each.phrase("under", "through"):
                if not event.terms and chunk.kind == "other" and chunk.words & {"grant"}:
                    event.terms, event.terms_span = "gift", (chunk.start, chunk.end)  # *under a grant aid project*
            for word, terms in (("gift", "gift"), ("loan", "loan")):
                if word in each.words - each.chunk.words and not event.terms:
                    event.terms, event.terms_span = terms, (each.chunk.start, each.chunk.end)
            by_name = next((terms for word, terms in _BY_NAME.items() if word in each.chunk.words), "")
            if each.noun and each.sense == "deal" and by_name and not event.terms:
                event.terms, event.terms_span = by_name, (each.chunk.start, each.chunk.end)
        self._told_terms(event)
        outer = chain[-1]
        if (
            event.day is None
            and outer.by == "sub"
            and outer.conjunction in ("as", "when", "while")
            and outer.parent is not None
        ):
            event.day = next((day.unit.day for day in outer.parent.days if day.unit is not None), None)
        if event.day is None and frame.teller is not None and frame.teller.sense == "decide":
            event.day = next((day.unit.day for day in frame.teller.days if day.unit is not None), None)
        words = {word for each in chain for word in (*each.words, *each.chunk.words)}
        event.earlier = bool(words & _EARLIER)

    def _told_by_the_way(self, event: Event) -> Frame | None:
        """`the purchase of jets, agreed last year, was put into effect on Friday`: whose day is not that of the deal."""
        above, noun = event.frame.parent, event.frame.chunk
        if not event.frame.noun or above is None or above.verb is None or above.sense != "other":
            return None
        for other in self.frames:
            if other.by == "reduced" and other.gap is noun and other.sense in ("sign", "decide") and other.days:
                event.day = other.days[0].unit.day if other.days[0].unit is not None else None
                return above
        return None

    def _approved(self, event: Event, nouns: Sequence[Frame]) -> None:
        """`in a deal approved by X`: whether a third has agreed to it."""
        sides = {party.state for party in (*event.exporters, *event.recipients)}
        for other in self.frames:
            deal = other.sense == "permit" and other.by == "reduced" and any(other.gap is noun.chunk for noun in nouns)
            giver = self.actor(other) if deal and not other.noun else []
            giver = giver or self._leave_of(other)
            barring = other.parent if other.sense == "permit" and other.by == "to" and not other.noun else None
            if barring is not None and barring.sense == "refuse" and barring.by == "sub" and not barring.noun and not any(
                each.parent is other and any(chunk.kind == "item" for chunk in each.objects) for each in self.frames
            ):  # fmt: skip
                giver = giver or self.actor(barring)  # *fell through after X refused to consent to the transfer*
            giver = giver or (self._consenting(other, event.frame) if event.exporters and event.recipients else [])
            if giver and not {party.state for party in giver} & {*sides, NONE, None}:
                event.consent, event.consent_span, event.consent_event = giver, (other.chunk.start, other.chunk.end), True

    def _leave_of(self, noun: Frame) -> Sequence[Party]:
        """`having obtained X's approval`, `X has given its blessing`: whose leave for a transfer is told of beside it."""
        leave = noun.noun and noun.sense == "permit" and noun.verb is not None and noun.verb.lemma in _LEAVE
        if not leave:
            return []
        leave = noun.by.startswith("prep") or any(each.by in ("ger", "sub", "which") for each in noun.chain())
        named = any(chunk.items or chunk.kind == "event" for _, chunk in noun.phrases)
        if not leave or named or noun.chunk.negative or any(other.parent is noun for other in self.frames):
            return []
        whose = [party for chunk in noun.phrase("from", "of", "by") for party in chunk.parties]
        above = noun.parent
        giving = above is not None and not above.noun and above.sense in ("give", "permit") and not above.chunk.negative
        return noun.chunk.possessor or whose or (self.actor(above) if giving and above is not None else [])

    def _told_terms(self, event: Event) -> None:
        """`planes donated by X were handed over`, `no longer wants the jets it was to have bought from X`: on what terms."""
        frame = event.frame
        about = frame.phrase("of", "for") if frame.noun and frame.sense == "permit" else frame.phrase("of")
        told = [chunk for chunk in (frame.subject, *frame.objects, *about) if chunk is not None and chunk.items]
        givers = {party.state for party in event.exporters}
        takers = {party.state for party in event.recipients}
        for other in self.frames:
            if not event.terms and (gift := gift_beside(other, frame)):
                event.terms, event.terms_span = gift, (other.chunk.start, other.chunk.end)
            told_of = other.verb is not None and bool(other.verb.terms) and not paid_before(other)
            if event.terms or other.gap is None or not told_of or other.verb is None or other is frame:
                continue
            if other.by in ("reduced", "which") and any(other.gap is chunk for chunk in told):
                named = [party for chunk in other.phrase("by", "from") for party in self.parties(chunk, other)]
                bought = other.sense in ("get", "order") and takers & {party.state for party in self.actor(other)}
                if givers & {party.state for party in named} or bought:
                    event.terms, event.terms_span = other.verb.terms, (other.chunk.start, other.chunk.end)

    @staticmethod
    def _same_act(child: Frame) -> bool:
        earlier = child.by == "ger" and child.preposition == "," and "having" in child.chunk.words
        return child.by not in ("main", "sub", "which", "reduced") and not earlier  # *…, having already sold jets to W*


def is_making(frame: Frame) -> bool:
    """Whether a frame tells of making: *built in X*, *made by X*."""
    return not frame.noun and (frame.sense == "make" or frame.chunk.word == "made")
