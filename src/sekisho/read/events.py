"""Frames as events: who hands what to whom, by the pattern of each sense of verb or noun.

    give   X sells Y to Z          get    Z buys Y from X          order  like get, decided when past
    swap   leases from or to       with   X equips Z with Y        pick   Z chooses X's Y
    go     Y goes from X to Z      make   Z builds Y under licence from X
    deal   a contract of Z with X for Y

An event needs an item and a party; what the words do not give stays open.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from sekisho.read.chunks import Chunk, Item, Party, Span
from sekisho.read.context import Context
from sekisho.read.days import Day
from sekisho.read.frames import Frame
from sekisho.read.status import status

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
        "refuse",
        "lift",
    }
)
_NOUN_TRANSFERS = frozenset({"give", "get", "deal", "ask", "offer"})
_DECIDING = frozenset(
    {
        "permit",
        "decide",
        "sign",
        "refuse",
        "lift",
        "end",
        "offer",
        "notify",
        "plan",
        "say",
        "start",
        "resume",
        "promise",
        "give",
        "want",
        "deny",
        "other",
        "make",
    }
)
_CONSENTING = frozenset({"permit"})
_WINNING = frozenset({"win", "receive", "secure", "get", "land", "book", "clinch"})
_WELCOMING = frozenset({"welcome", "thank", "praise", "hail"})


@dataclass(slots=True)
class Event:
    """A transfer told by a frame, with the places of all it was read from."""

    event: str
    status: str
    exporters: list[Party]
    recipients: list[Party]
    items: list[Item]
    span: Span
    status_span: Span
    frame: Frame
    terms: str = ""
    terms_span: Span | None = None
    day: Day | None = None
    money: list[Chunk] = field(default_factory=list)
    consent: list[Party] = field(default_factory=list)
    consent_span: Span | None = None
    consent_event: bool = False
    licensors: list[Party] = field(default_factory=list)
    aside: str = ""
    sentence: int = 0
    earlier: bool = False
    bare: bool = False


@dataclass(slots=True)
class _Roles:
    exporters: list[Party] = field(default_factory=list)
    recipients: list[Party] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    licensors: list[Party] = field(default_factory=list)


class Interpreter:
    """Reads the frames of one sentence against what the report has said before."""

    def __init__(self, context: Context, found: Sequence[Frame]) -> None:
        self.context, self.frames = context, found
        self.named: list[Item] = []
        self.recipients: list[Party] = []
        self.exporters: list[Party] = []

    def events(self) -> list[Event]:
        """The transfers of the sentence, those set aside included."""
        found = []
        for frame in self.frames:
            built = frame.sense == "make" or frame.chunk.word == "made"
            if built and frame.by == "reduced" and frame.gap is not None:
                made = [party for chunk in frame.phrase("in", "by") for party in self.parties(chunk, frame)]
                made = made or [party for chunk in frame.phrase("by") for party in chunk.possessor]
                for item in frame.gap.items:
                    item.maker = item.maker or (made[0] if made else None)
            elif frame.sense == "give" and frame.by == "reduced" and frame.gap is not None and not frame.phrase("to"):
                given = [party for chunk in frame.phrase("by") for party in self.parties(chunk, frame)]
                for item in frame.gap.items:
                    item.maker = given[0] if given else item.maker
        for place, frame in enumerate(self.frames):
            event = self._event(frame, place) if not frame.instead else None
            if event is not None:
                found.append(event)
            self.named += (item for item in _items_of(frame) if not item.definite)
        return found

    def parties(self, chunk: Chunk | None, frame: Frame) -> list[Party]:
        """The parties that a phrase of a frame means."""
        return self.context.of(chunk, frame, self.frames)

    def _event(self, frame: Frame, place: int) -> Event | None:
        if frame.sense not in _TRANSFERS or (frame.noun and frame.sense not in _NOUN_TRANSFERS):
            return None
        if frame.verb is None:
            return None
        roles = _PATTERNS[frame.sense](self, frame)
        if roles is None or not roles.items:
            return None
        consent = self._governed(frame, roles)
        if not roles.exporters and frame.chunk.form == "passive" and roles.recipients and frame.by == "that":
            self._told_by_the_giver(frame, roles)
        if not roles.recipients and ("also" in frame.words or any(chunk.kind == "number" for chunk in frame.objects)):
            roles.recipients = list(self.recipients)
        self.recipients = roles.recipients or self.recipients
        if not roles.exporters and frame.chunk.form == "passive" and frame.by == "main" and not frame.phrase("by"):
            taken = {party.state for party in roles.recipients}
            roles.exporters = [replace(party, form="capital") for party in self.exporters if party.state not in taken]
        self.exporters = roles.exporters or self.exporters
        if not roles.recipients and len(roles.exporters) == 1 and frame.sense == "give" and not frame.noun:
            roles.recipients = self.context.goal(roles.exporters[0])
        if not roles.exporters and not roles.recipients:
            return None
        if frame.by == "reduced" and not (roles.exporters and roles.recipients):
            return None
        found, why = status(frame)
        found, why = self._own_status(frame, found, why)
        outer = self._outermost(frame)
        event = Event(
            frame.verb.event or "transfer", found, roles.exporters, roles.recipients, roles.items,
            (frame.chunk.start, frame.chunk.end), (outer.chunk.start, outer.chunk.end), frame, aside=why,
        )  # fmt: skip
        event.licensors = roles.licensors
        self._details(event, consent)
        return event

    def _told_by_the_giver(self, frame: Frame, roles: _Roles) -> None:
        """`the ministry confirmed that shells were sold to Z`: who confirms a transfer to another made it."""
        parent = frame.parent
        if (
            parent is not None
            and parent.verb is not None
            and parent.verb.lemma in ("confirm", "announce", "acknowledge", "admit")
        ):
            taken = {party.state for party in roles.recipients}
            teller = self.parties(parent.subject, parent)
            roles.exporters = [replace(party, form="capital") for party in teller if party.state not in taken]

    def _own_status(self, frame: Frame, found: str, why: str) -> tuple[str, str]:
        """Asking, permitting and refusing tell of a transfer themselves where no other verb does."""
        fixed = {"ask": "asked", "seek": "asked", "permit": "decided", "refuse": "refused", "lift": "decided"}.get(frame.sense)
        if fixed is None or why:
            return found, why
        return (fixed, "") if found in ("past", "decided", "") else (found, "")

    def _outermost(self, frame: Frame) -> Frame:
        """The frame whose words give the status: the last of the chain that is no mere report."""
        found = frame
        for other in frame.chain()[1:]:
            if other.sense in ("say", "other") or found.by in ("main", "sub", "which", "reduced"):
                break
            found = other
        return found

    # ---- who governs -----------------------------------------------------------------------------------------------

    def _governed(self, frame: Frame, roles: _Roles) -> tuple[list[Party], Span] | None:
        """Fills what the frames above give, and finds a state whose consent is told of."""
        consent: tuple[list[Party], Span] | None = None
        child = frame
        for parent in frame.chain()[1:]:
            if child.by in ("main", "sub", "which", "reduced"):
                break
            subject = self._actor(parent)
            if parent.sense in _DECIDING and subject:
                self._fill(roles, subject, parent, child, frame)
            if parent.sense in ("permit", "deal") and parent.noun and not roles.exporters:
                self._fill(roles, self.parties(parent.chunk if parent.chunk.possessor else None, parent), parent, child, frame)
            if parent.noun and parent.sense in ("plan", "deal") and parent.phrase("with"):
                self._counterpart(
                    roles, [party for chunk in parent.phrase("with") for party in self.parties(chunk, parent)], frame
                )
            if parent.sense in _CONSENTING:
                giver = self._giver(parent, subject)
                states = {party.state for party in (*roles.exporters, *(roles.recipients if frame.sense in ("get", "order") else ()))}
                if giver and roles.exporters and not {party.state for party in giver} & states and not parent.chunk.negative:
                    consent = giver, (parent.chunk.start, parent.chunk.end)
                elif not giver and parent.noun and roles.exporters:
                    consent = [], (parent.chunk.start, parent.chunk.end)
            if not roles.recipients and parent.verb is not None and parent.verb.lemma in _WELCOMING and frame.sense == "give":
                own = {party.state for party in roles.exporters}
                roles.recipients = [replace(party, form="capital") for party in subject if party.state not in own] if own else []
            if parent.sense == "ask" and not roles.exporters and frame.sense not in ("get", "order", "swap"):
                addressed = self._addressed(parent)
                if not parent.noun or frame.by != "to":
                    roles.exporters = addressed
            child = parent
        return consent

    @staticmethod
    def _counterpart(roles: _Roles, others: list[Party], frame: Frame) -> None:
        """`talks with X on buying`: X sells; `talks with Z on selling`: Z buys."""
        if frame.sense in ("get", "order"):
            roles.exporters = roles.exporters or others
        elif not roles.recipients:
            roles.recipients = others

    def _giver(self, parent: Frame, subject: list[Party]) -> list[Party]:
        """Whose permission it is: the subject of *allow*; of *permission* who gives it, or who is asked for it."""
        if not parent.noun:
            return subject
        if parent.chunk.possessor:
            return parent.chunk.possessor
        for above in parent.chain()[1:]:
            if above.sense == "ask":
                return self._addressed(above)
            if not above.noun:
                if above.sense in ("give", "permit", "refuse", "start"):
                    return self._actor(above)
                break
        return []

    def _actor(self, frame: Frame) -> list[Party]:
        """Who does what a frame says: its subject, or in the passive its agent."""
        if frame.chunk.form == "passive" or frame.by == "reduced":
            return [party for chunk in frame.phrase("by") for party in self.parties(chunk, frame)]
        return self.parties(frame.subject, frame)

    def _addressed(self, frame: Frame) -> list[Party]:
        """Whom somebody asks."""
        if frame.chunk.form == "passive":
            return self.parties(frame.subject, frame)
        for chunk in (*frame.objects, *frame.phrase("to", "on", "of", "from", "with")):
            found = self.parties(chunk, frame) if chunk.kind in ("party", "pronoun") else []
            if found:
                return found
        if frame.noun and frame.parent is not None and frame.parent.sense == "give":
            for chunk in (*frame.parent.objects, *frame.parent.phrase("to")):
                if chunk.kind == "party":
                    return chunk.parties
        return []

    def _fill(self, roles: _Roles, subject: list[Party], parent: Frame, child: Frame, frame: Frame) -> None:
        """A subject that approves, signs or stops a transfer is its exporter, unless it is known to receive."""
        states = {party.state for party in roles.recipients}
        own = [party for party in subject if party.state not in states]
        if frame.noun and frame.sense == "get" and parent.verb is not None and parent.verb.lemma in _WINNING and (
            any(party.kind == "company" for party in subject) and child is frame
        ):  # fmt: skip
            roles.exporters, roles.recipients = subject, roles.recipients or roles.exporters
            return
        if frame.sense == "offer" and frame.noun and roles.exporters and parent.sense == "refuse":
            roles.recipients = roles.recipients or [party for party in own if party.state != roles.exporters[0].state]
            return
        if frame.sense in ("get", "order"):
            if parent.sense in ("permit", "refuse"):
                if not roles.recipients and frame.noun:
                    roles.recipients = [party for party in subject if party.state not in {each.state for each in roles.exporters}]
                else:
                    roles.exporters = roles.exporters or own
            elif parent.sense in ("sign", "plan", "decide", "seek", "say", "start", "offer", "other") and not roles.recipients:
                roles.recipients = [party for party in subject if party.state not in {each.state for each in roles.exporters}]
            return
        talks = parent.sense == "other" and child.noun and child.sense in ("plan", "deal")
        if roles.exporters or (parent.sense in ("say", "other", "deny") and not talks):
            if (
                parent.sense == "say"
                and not roles.exporters
                and child.by in ("obj",)
                and parent.verb is not None
                and (parent.verb.lemma in ("announce", "confirm"))
            ):
                roles.exporters = own
            return
        if (
            len(own) == 2
            and not roles.recipients
            and frame.noun
            and own[0].state != own[1].state
            and (talks or parent.sense in ("plan", "sign"))
            and "company" not in (own[0].kind, own[1].kind)
        ):
            roles.exporters, roles.recipients = [replace(own[0], form="assumed")], [replace(own[1], form="assumed")]
            return
        if parent.sense == "sign" or (parent.sense == "plan" and child.sense == "deal"):
            self._signed(roles, subject, parent)
            return
        roles.exporters = own

    def _signed(self, roles: _Roles, subject: list[Party], parent: Frame) -> None:
        """Of two that sign: the one that receives is the recipient, a company is the exporter."""
        both = subject + [party for chunk in parent.phrase("with") for party in self.parties(chunk, parent)]
        rest = [party for party in both if party.state not in {each.state for each in roles.recipients}]
        companies = [party for party in rest if party.kind == "company"]
        makers = {item.maker.state for item in roles.items if item.maker is not None}
        made = [party for party in rest if party.state in makers]
        if companies or made:
            roles.exporters = (made or companies)[:1]
            roles.recipients = roles.recipients or [party for party in rest if party not in (made or companies)]
        elif roles.recipients:
            roles.exporters = rest[:1] if len(rest) == 1 else []
        elif len(both) == 2 and parent.phrase("with"):
            roles.recipients, roles.exporters = both[:1], both[1:]
        elif len(both) == 1:
            roles.recipients = both

    # ---- details ---------------------------------------------------------------------------------------------------

    def _details(self, event: Event, consent: tuple[list[Party], Span] | None) -> None:
        frame = event.frame
        chain = [each for place, each in enumerate(frame.chain()) if place == 0 or self._same_act(frame.chain()[place - 1])]
        if consent is not None:
            event.consent, event.consent_span = consent
            event.consent_event = True
        elif frame.verb is not None and frame.verb.event == "retransfer":
            event.consent_span, event.consent_event = event.span, True
        for each in (*chain, *(other for other in self.frames if other.parent in chain and other.noun and other not in chain)):
            command = each.sense == "order" and each is not frame and not each.noun
            if each.verb is not None and each.verb.terms and not event.terms and not command:
                event.terms, event.terms_span = each.verb.terms, (each.chunk.start, each.chunk.end)
            for day in each.days:
                told = each.sense in ("say", "other") and each is not frame and not (frame.noun and frame.by == "subject")
                if event.day is None and not told and day.unit is not None:
                    event.day = day.unit.day
            event.money += each.money
            for word, terms in (("gift", "gift"), ("loan", "loan")):
                if word in each.words and not event.terms:
                    event.terms, event.terms_span = terms, (each.chunk.start, each.chunk.end)
        words = {word for each in chain for word in (*each.words, *each.chunk.words)}
        event.earlier = bool(words & {"previously", "earlier", "before", "ago"})

    @staticmethod
    def _same_act(child: Frame) -> bool:
        return child.by not in ("main", "sub", "which", "reduced")

    # ---- patterns --------------------------------------------------------------------------------------------------

    def things(self, found: Sequence[Chunk]) -> list[Item]:
        """The items that some phrases mean."""
        return [item for chunk in found for item in self.context.things(chunk, self.named)]

    def give(self, frame: Frame) -> _Roles | None:
        """X gives Z Y, gives Y to Z; Y is given to Z by X; Z is given Y."""
        if frame.noun:
            return self.given(frame)
        roles = _Roles()
        objects = frame.objects
        passive = frame.chunk.form == "passive" or frame.by == "reduced"
        if passive:
            subject = frame.gap if frame.by == "reduced" else frame.subject
            if subject is not None and (subject.kind in ("item", "number") or not self.parties(subject, frame)):
                roles.items = self.things([subject])
            elif subject is not None:
                roles.recipients = self.parties(subject, frame)
                roles.items = self.things(objects) or self.things(frame.phrase("with"))
            roles.exporters = [party for chunk in frame.phrase("by") for party in self.parties(chunk, frame)]
            if not roles.exporters:
                roles.exporters = [item.maker for item in roles.items[:1] if item.maker is not None]
        else:
            roles.exporters = self.parties(frame.subject, frame)
            things = [chunk for chunk in objects if chunk.kind != "party"]
            told_of = _gap(frame)
            if told_of is not None and told_of is not frame.subject:
                things = [*things, told_of]
            roles.items = self.things(things) or self.things(frame.phrase("with")) or self.things(frame.phrase("of"))
            given = [chunk for chunk in objects if chunk.kind == "party" or (chunk.kind == "pronoun" and frame.phrase("with"))]
            roles.recipients = [party for chunk in given for party in self._whom(chunk, frame, roles.exporters)]
            if len(things) > 1 and things[0].kind == "pronoun" and len(roles.items) > 1:
                roles.recipients = roles.recipients or self.context.other_than(roles.exporters, frame)
                roles.items = self.things(things[1:])
        self._with_lists(frame, roles)
        to = self._goal(frame, roles)
        roles.recipients = roles.recipients or to
        if not roles.exporters:
            roles.exporters = [party for chunk in frame.phrase("from") for party in self.parties(chunk, frame)]
        return roles

    def _whom(self, chunk: Chunk, frame: Frame, exporters: Sequence[Party]) -> list[Party]:
        return self.context.other_than(exporters, frame) if chunk.kind == "pronoun" else self.parties(chunk, frame)

    def _with_lists(self, frame: Frame, roles: _Roles) -> None:
        """`arms, including X and Y`: what is named takes the place of the general word."""
        exact = self.things(frame.phrase("including", "especially"))
        if exact and (not roles.items or all(item.thing.general for item in roles.items)):
            roles.items = exact

    def _goal(self, frame: Frame, roles: _Roles) -> list[Party]:
        found: list[Party] = []
        for preposition in ("to", "for"):
            for chunk in frame.phrase(preposition):
                if chunk.kind in ("party", "pronoun"):
                    found += self._whom(chunk, frame, roles.exporters)
            if found:
                return found
        return found

    def given(self, frame: Frame) -> _Roles:
        """The sale of Y to Z by X; X's delivery of Y; Y exports to Z."""
        roles = _Roles()
        roles.items = self.things(frame.phrase("of")) or self.things([frame.chunk]) or self.things(frame.phrase("with", "for"))
        if roles.items and roles.items[0].thing.general and frame.chunk.items:
            roles.items = self.things(frame.phrase("of")) or roles.items
        self._with_lists(frame, roles)
        roles.recipients = self._goal(frame, roles)
        roles.exporters = [party for chunk in frame.phrase("from", "by") for party in self.parties(chunk, frame)]
        if not roles.exporters:
            roles.exporters = list(frame.chunk.possessor) or self._own(frame)
        if not roles.recipients:
            roles.recipients = [party for chunk in frame.phrase("in") for party in self.parties(chunk, frame)
                                if roles.exporters and frame.parent is None]  # fmt: skip
        return roles

    def _own(self, frame: Frame) -> list[Party]:
        """`its delivery`: whose."""
        if frame.chunk.possessive_word not in ("its", "their", "his", "her"):
            return []
        pronoun = Chunk("pronoun", frame.chunk.start, frame.chunk.end, "it")
        return self.parties(pronoun, frame)

    def get(self, frame: Frame) -> _Roles | None:
        """Z buys Y from X; Y was bought by Z; Z's purchase of Y."""
        roles = _Roles()
        roles.exporters = [party for chunk in frame.phrase("from") for party in self.parties(chunk, frame)]
        if frame.noun:
            roles.items = self.things(frame.phrase("of", "for")) or self.things([frame.chunk])
            by = [party for chunk in frame.phrase("by") for party in self.parties(chunk, frame)]
            roles.recipients = by or list(frame.chunk.possessor) or self._own(frame)
        elif frame.chunk.form == "passive" or frame.by == "reduced":
            roles.items = self.things([chunk for chunk in (frame.gap or frame.subject,) if chunk is not None])
            roles.recipients = [party for chunk in frame.phrase("by") for party in self.parties(chunk, frame)]
        else:
            roles.recipients = self.parties(frame.subject, frame)
            things = [chunk for chunk in frame.objects if chunk.kind != "party"]
            told_of = _gap(frame)
            if told_of is not None and told_of is not frame.subject:
                things = [*things, told_of]
            roles.items = self.things(things)
        self._with_lists(frame, roles)
        roles.exporters = roles.exporters or self._makers(roles)
        return roles

    def _makers(self, roles: _Roles) -> list[Party]:
        """`Chinese missiles`: who is said to have made what is bought sells it."""
        taken = {party.state for party in roles.recipients}
        return [item.maker for item in roles.items[:1] if item.maker is not None and item.maker.state not in taken]

    def swap(self, frame: Frame) -> _Roles | None:
        """To lease from somebody, or to somebody."""
        return self.get(frame) if frame.phrase("from") else self.give(frame)

    def equip(self, frame: Frame) -> _Roles | None:
        """X equips Z with Y."""
        roles = _Roles(items=self.things(frame.phrase("with")))
        if frame.chunk.form == "passive":
            roles.recipients = self.parties(frame.subject, frame)
            roles.exporters = [party for chunk in frame.phrase("by") for party in self.parties(chunk, frame)]
        else:
            roles.exporters = self.parties(frame.subject, frame)
            roles.recipients = [party for chunk in frame.objects for party in self._whom(chunk, frame, roles.exporters)]
        return roles

    def pick(self, frame: Frame) -> _Roles | None:
        """Z chooses X's Y."""
        roles = self.get(frame)
        return roles if roles is not None and roles.exporters and roles.recipients else None

    def go(self, frame: Frame) -> _Roles | None:
        """Y from X arrives in Z, is to go to Z."""
        if frame.subject is None:
            return None
        roles = _Roles(items=self.things([frame.subject]))
        if frame.subject.kind == "event":
            load = next((other for other in self.frames if other.chunk is frame.subject), None)
            roles.items = roles.items or (self.things(load.phrase("of")) if load is not None else [])
        if not roles.items:
            return None
        if frame.verb is not None and frame.verb.lemma == "leave":
            roles.exporters = [party for chunk in frame.objects if chunk.kind == "party" for party in chunk.parties]
        roles.exporters = roles.exporters or [party for chunk in frame.phrase("from") for party in self.parties(chunk, frame)]
        roles.exporters = roles.exporters or [item.maker for item in roles.items[:1] if item.maker is not None]
        reached = frame.objects if frame.verb is not None and frame.verb.lemma == "reach" else []
        goals = [chunk for chunk in (*reached, *frame.phrase("to", "in", "for")) if chunk.kind == "party"]
        roles.recipients = [party for chunk in goals for party in self.parties(chunk, frame)]
        return roles if roles.exporters and roles.recipients else None

    def deal(self, frame: Frame) -> _Roles | None:
        """A contract for Y; a package of Y for Z."""
        roles = _Roles(items=self.things(frame.phrase("for", "on", "of", "over")) or self.things([frame.chunk]))
        self._with_lists(frame, roles)
        roles.exporters = [party for chunk in frame.phrase("from", "by") for party in self.parties(chunk, frame)]
        roles.recipients = [party for chunk in frame.phrase("for", "to") if chunk.kind == "party" for party in chunk.parties]
        with_ = [party for chunk in frame.phrase("with") for party in self.parties(chunk, frame)]
        if with_ and frame.parent is not None:
            subject = self._actor(frame.parent)
            if subject and not roles.recipients and not roles.exporters:
                company = [party for party in subject if party.kind == "company"]
                roles.exporters, roles.recipients = (subject, with_) if company else (with_, subject)
        return roles

    def ask(self, frame: Frame) -> _Roles | None:
        """Z asks X for Y, requests Y from X; Z's request for Y."""
        roles = _Roles()
        if frame.noun:
            roles.items = self.things(frame.phrase("for", "of"))
            roles.recipients = list(frame.chunk.possessor) or [
                party for chunk in frame.phrase("from", "by") for party in self.parties(chunk, frame)
            ]
            if frame.parent is not None and not frame.chunk.possessor and frame.by == "obj":
                roles.recipients = (
                    self._actor(frame.parent) if frame.parent.sense in ("give", "start", "other", "say") else roles.recipients
                )
            asked = self._addressed(frame)
            roles.exporters = [party for party in asked if party not in roles.recipients]
        else:
            roles.recipients = self._actor(frame) if frame.chunk.form != "passive" else []
            things = (
                frame.phrase("for") if frame.verb is not None and frame.verb.lemma not in ("request", "demand", "seek") else []
            )
            roles.items = self.things([*things, *(chunk for chunk in frame.objects if chunk.kind not in ("party", "event"))])
            roles.exporters = self._addressed(frame)
            towards = [party for chunk in frame.phrase("for") if chunk.kind == "party" for party in chunk.parties]
            roles.recipients = towards or roles.recipients
        self._with_lists(frame, roles)
        return roles

    def permit(self, frame: Frame) -> _Roles | None:
        """X approves Y for Z."""
        roles = _Roles(items=self.things([chunk for chunk in frame.objects if chunk.kind == "item"]))
        roles.exporters = self._actor(frame)
        roles.recipients = self._goal(frame, roles)
        return roles if roles.recipients else None

    def make(self, frame: Frame) -> _Roles | None:
        """Z builds Y under licence from X: what goes to Z is the technology."""
        licensors = [party for chunk in frame.phrase("licence") for party in self.parties(chunk, frame)]
        if frame.chunk.form == "passive" or frame.by == "reduced" or not licensors:
            return None
        roles = _Roles(exporters=licensors, recipients=self._actor(frame), licensors=licensors)
        roles.items = self.things([chunk for chunk in frame.objects if chunk.kind == "item"])
        return roles


def _gap(frame: Frame) -> Chunk | None:
    """What a relative clause tells of, for its verb or the infinitive in it: *the ships that Japan intends to give*."""
    for each in frame.chain():
        if each.gap is not None and (each is frame or not each.objects):
            return each.gap
        if each.by != "to" or each.objects and each is not frame:
            return None
    return None


def _items_of(frame: Frame) -> list[Item]:
    found = [frame.chunk, *frame.objects, *(chunk for _, chunk in frame.phrases)]
    found += [chunk for chunk in (frame.subject, frame.gap) if chunk is not None]
    return [item for chunk in found for item in chunk.items if not item.thing.general]


_PATTERNS: Mapping[str, Callable[[Interpreter, Frame], _Roles | None]] = {
    "give": Interpreter.give, "promise": Interpreter.give, "offer": Interpreter.give,
    "get": Interpreter.get, "order": Interpreter.get, "swap": Interpreter.swap, "with": Interpreter.equip,
    "pick": Interpreter.pick, "go": Interpreter.go, "deal": Interpreter.deal, "ask": Interpreter.ask,
    "seek": Interpreter.ask, "permit": Interpreter.permit, "refuse": Interpreter.permit, "lift": Interpreter.permit,
    "make": Interpreter.make,
}  # fmt: skip
