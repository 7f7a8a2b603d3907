"""Who is who in a frame: the pattern of each sense of verb or noun.

give   X sells Y to Z          get    Z buys Y from X          order  like get, decided when past
swap   leases from or to       with   X equips Z with Y        pick   Z chooses X's Y
go     Y goes from X to Z      make   Z builds Y under licence from X
deal   a contract of Z with X for Y
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from sekisho.read.chunks import Chunk, Item, Party
from sekisho.read.context import Context
from sekisho.read.frames import Frame
from sekisho.read.status import ABOUT


@dataclass(slots=True)
class Roles:
    """The parties and items of a frame, as far as its words give them."""

    exporters: Sequence[Party] = field(default_factory=list)
    recipients: Sequence[Party] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    licensors: Sequence[Party] = field(default_factory=list)


_WINNING = frozenset({"win", "receive", "secure", "get", "land", "book", "clinch", "bag", "obtain", "sign", "seal", "earn"})
_MOVING_OF_ITSELF, _FLYING = frozenset({"ML9"}), frozenset({"ML10"})
"""Lists of what goes somewhere without being given: ships; and aircraft, which land."""
_ENTERING = frozenset({"enter service", "go into service", "come into service", "enter operation"})
_TAKING = frozenset({"take", "receive", "accept", "get", "await", "expect", "welcome"})
_AWARDING = frozenset({"award", "give", "hand", "grant"})
_FAR_MORE = 3
"""How many times the arms makers of the one make it the seller of two that deal."""
_EYEING = frozenset({"eye", "consider", "want", "explore", "contemplate"})


class Patterns:
    """The patterns over the frames of one sentence, read against what the report has said before."""

    def __init__(self, context: Context, found: Sequence[Frame]) -> None:
        self.context, self.frames = context, found
        self.named: list[Item] = []
        self.recipients: Sequence[Party] = []
        self.exporters: Sequence[Party] = []

    def parties(self, chunk: Chunk | None, frame: Frame) -> Sequence[Party]:
        """The parties that a phrase of a frame means."""
        return self.context.of(chunk, frame, self.frames)

    def actor(self, frame: Frame) -> Sequence[Party]:
        """Who does what a frame says: its subject, or in the passive its agent."""
        if frame.noun:
            return [party for chunk in frame.phrase("between") for party in self.parties(chunk, frame)]
        if frame.chunk.form == "passive" or frame.by == "reduced":
            return [party for chunk in frame.phrase("by", "between") for party in self.parties(chunk, frame)]
        return self.parties(frame.subject, frame)

    def addressed(self, frame: Frame) -> Sequence[Party]:
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

    def things(self, found: Sequence[Chunk]) -> list[Item]:
        """The items that some phrases mean."""
        return [item for chunk in found for item in self.context.things(chunk, self.named)]

    def give(self, frame: Frame) -> Roles | None:
        """X gives Z Y, gives Y to Z; Y is given to Z by X; Z is given Y."""
        if frame.noun:
            return self.given(frame)
        roles = Roles()
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
            packed = [other for other in self.frames if other.parent is frame and other.sense == "deal" and not roles.items]
            for other in packed:
                if other.by in ("obj", "prep with"):
                    roles.items = roles.items or self.things(other.phrase("of")) or self.things([other.chunk])
            first = min((item.span[0] for item in roles.items), default=frame.chunk.end)
            given = [
                chunk
                for chunk in objects
                if (chunk.kind == "party" and chunk.start < first) or (chunk.kind == "pronoun" and frame.phrase("with"))
            ]
            roles.recipients = [party for chunk in given for party in self._whom(chunk, frame, roles.exporters)]
            if len(things) > 1 and things[0].kind == "pronoun" and len(roles.items) > 1:
                roles.recipients = roles.recipients or self.context.other_than(roles.exporters, frame)
                roles.items = self.things(things[1:])
        self._with_lists(frame, roles)
        to = self._goal(frame, roles)
        roles.recipients = roles.recipients or to
        if not roles.exporters and not frame.phrase("by"):
            roles.exporters = [party for chunk in frame.phrase("from") for party in self.parties(chunk, frame)]
        return roles

    def _whom(self, chunk: Chunk, frame: Frame, exporters: Sequence[Party]) -> Sequence[Party]:
        if chunk.kind != "pronoun":
            return self.parties(chunk, frame)
        if chunk.word in ("us", "we"):
            return self.parties(chunk, frame)
        if chunk.form == "organ":
            own = {party.state for party in exporters}
            named = [party for party in self.context.of_region(chunk, self.frames) if party.state not in own]
            if named:
                return named
        acting = [
            party
            for each in frame.chain()
            if each.subject is not None and each.subject is not chunk
            for party in each.subject.parties
        ]
        return self.context.other_than([*exporters, *acting], frame)

    def _with_lists(self, frame: Frame, roles: Roles) -> None:
        """`arms, including X and Y`: what is named takes the place of the general word."""
        exact = self.things(frame.phrase("including", "especially"))
        if exact and (not roles.items or all(item.thing.general for item in roles.items)):
            roles.items = exact

    def _goal(self, frame: Frame, roles: Roles) -> Sequence[Party]:
        found: list[Party] = []
        for preposition in ("to", "for"):
            for chunk in frame.phrase(preposition):
                if chunk.kind in ("party", "pronoun"):
                    found += self._whom(chunk, frame, roles.exporters)
            if found:
                return found
        return found

    def given(self, frame: Frame) -> Roles:
        """The sale of Y to Z by X; X's delivery of Y; Y exports to Z."""
        roles = Roles()
        roles.items = self.things(frame.phrase("of")) or self.things([frame.chunk])
        if not roles.items and not frame.phrase("of"):
            roles.items = self.things(frame.phrase("with", "for"))
        if not roles.items:
            roles.items = self.things(_said_of(frame))
        if roles.items and roles.items[0].thing.general and frame.chunk.items:
            roles.items = self.things(frame.phrase("of")) or roles.items
        self._with_lists(frame, roles)
        roles.recipients = self._goal(frame, roles)
        roles.exporters = [party for chunk in frame.phrase("from", "by") for party in self.parties(chunk, frame)]
        if not roles.exporters:
            roles.exporters = list(frame.chunk.possessor) or self._own(frame)
        self._taken(frame, roles)
        if not roles.recipients:
            roles.recipients = [party for chunk in frame.phrase("in") for party in self.parties(chunk, frame)
                                if roles.exporters and frame.parent is None]  # fmt: skip
        return roles

    def _taken(self, frame: Frame, roles: Roles) -> None:
        """`the air force took delivery of trainers made in Z`: who takes it receives, who made it gives."""
        parent = frame.parent
        if parent is None or frame.by != "obj" or parent.verb is None or parent.verb.lemma not in _TAKING or roles.recipients:
            return
        own = {party.state for party in roles.exporters}
        roles.recipients = [party for party in self.actor(parent) if party.state not in own]
        roles.exporters = roles.exporters or self._makers(roles)

    def _own(self, frame: Frame) -> Sequence[Party]:
        """`its delivery`: whose."""
        if frame.chunk.possessive_word not in ("its", "their", "his", "her"):
            return []
        if frame.by in ABOUT and frame.parent is not None:
            near = [party for chunk in frame.parent.objects for party in chunk.parties]
            if near:
                return near[-1:]
        pronoun = Chunk("pronoun", frame.chunk.start, frame.chunk.end, "it")
        return self.parties(pronoun, frame)

    def get(self, frame: Frame) -> Roles | None:
        """Z buys Y from X; Y was bought by Z; Z's purchase of Y."""
        roles = Roles()
        roles.exporters = [party for chunk in frame.phrase("from") for party in self.parties(chunk, frame)]
        if frame.noun:
            roles.items = self.things(frame.phrase("of", "for")) or self.things([frame.chunk])
            by = [party for chunk in frame.phrase("by") for party in self.parties(chunk, frame)]
            roles.exporters = roles.exporters or [
                party for chunk in frame.phrase("with") for party in self.parties(chunk, frame)
            ]
            by = by or [party for chunk in frame.phrase("to", "for") if chunk.kind == "party" for party in chunk.parties]
            roles.recipients = by or list(frame.chunk.possessor) or self._own(frame)
        elif frame.chunk.form == "passive" or frame.by == "reduced":
            roles.items = self.things([chunk for chunk in (frame.gap or frame.subject,) if chunk is not None])
            roles.recipients = [party for chunk in frame.phrase("by") for party in self.parties(chunk, frame)]
            if not roles.recipients and roles.items and roles.items[0].pointing:
                own = {party.state for party in roles.exporters}
                roles.recipients = [party for party in self.context.owners(roles.items[0]) if party.state not in own]
            if not roles.recipients and frame.by == "reduced" and frame.gap is not None:
                roles.recipients = list(frame.gap.possessor)
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

    def _makers(self, roles: Roles) -> Sequence[Party]:
        """`Chinese missiles`: who is said to have made what is bought sells it."""
        taken = {party.state for party in roles.recipients}
        return [item.maker for item in roles.items[:1] if item.maker is not None and item.maker.state not in taken]

    def swap(self, frame: Frame) -> Roles | None:
        """To lease from somebody, or to somebody."""
        if frame.phrase("from"):
            return self.get(frame)
        owned = self.get(frame) if not frame.phrase("to") and frame.chunk.form != "passive" else None
        wanted = owned is not None and frame.parent is not None and frame.parent.sense in ("want", "plan", "seek")
        if owned is not None and frame.noun and owned.exporters:
            return owned
        if owned is not None and owned.recipients and (owned.exporters or (wanted and not frame.noun)):
            return owned
        return self.give(frame)

    def equip(self, frame: Frame) -> Roles | None:
        """X equips Z with Y."""
        roles = Roles(items=self.things(frame.phrase("with")))
        if frame.chunk.form == "passive":
            roles.recipients = self.parties(frame.subject, frame)
            roles.exporters = [party for chunk in frame.phrase("by") for party in self.parties(chunk, frame)]
        else:
            roles.exporters = self.parties(frame.subject, frame)
            roles.recipients = [party for chunk in frame.objects for party in self._whom(chunk, frame, roles.exporters)]
        return roles

    def refill(self, frame: Frame) -> Roles | None:
        """X backfills Z with Y."""
        if frame.verb is None or frame.verb.lemma not in ("backfill", "compensate") or not frame.phrase("with"):
            return None
        return self.equip(frame)

    def pick(self, frame: Frame) -> Roles | None:
        """Z chooses X's Y."""
        roles = self.get(frame)
        return roles if roles is not None and roles.exporters and roles.recipients else None

    def go(self, frame: Frame) -> Roles | None:
        """Y from X arrives in Z, is to go to Z."""
        if frame.subject is None:
            return None
        roles = Roles(items=self.things([frame.subject]))
        if frame.verb is not None and frame.verb.lemma == "follow":
            last = self.context.last
            if last is None or frame.subject.kind != "number" or not roles.items:
                return None
            roles.exporters, roles.recipients = last
            return roles
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
        served = frame.phrase("with") if frame.verb is not None and frame.verb.lemma in _ENTERING else []
        goals = [chunk for chunk in (*reached, *served, *frame.phrase("to", "in", "for")) if chunk.kind in ("party", "pronoun")]
        roles.recipients = [party for chunk in goals for party in self._whom(chunk, frame, roles.exporters)]
        if not roles.recipients and goals:
            roles.recipients = list(self.recipients)
            roles.exporters = roles.exporters or list(self.exporters)
        lemma = frame.verb.lemma if frame.verb is not None else ""
        own = _MOVING_OF_ITSELF | (_FLYING if lemma == "land" else frozenset())
        carriers = lemma in ("arrive", "land") and any(item.thing.id == "class:transport-aircraft" for item in roles.items)
        if carriers or any(item.thing.lists in own for item in roles.items):
            return None
        return roles if roles.recipients else None

    def thank(self, frame: Frame) -> Roles | None:
        """Z thanks X for Y."""
        roles = Roles(items=self.things([chunk for chunk in frame.phrase("for") if chunk.kind == "item"]))
        roles.exporters = [party for chunk in frame.objects if chunk.kind == "party" for party in chunk.parties]
        roles.recipients = self.parties(frame.subject, frame)
        return roles if roles.items and roles.exporters and roles.recipients else None

    def deal(self, frame: Frame) -> Roles | None:
        """A contract for Y; a package of Y for Z."""
        roles = Roles(items=self.things(frame.phrase("for", "on", "of", "over")) or self.things([frame.chunk]))
        self._with_lists(frame, roles)
        roles.exporters = [party for chunk in frame.phrase("from", "by") for party in self.parties(chunk, frame)]
        roles.recipients = [party for chunk in frame.phrase("for", "to") if chunk.kind == "party" for party in chunk.parties]
        if self._won(frame, roles):
            return roles
        if roles.recipients and not roles.exporters:
            own = {party.state for party in roles.recipients}
            roles.exporters = [party for party in frame.chunk.possessor if party.state not in own]
        with_ = [party for chunk in frame.phrase("with") for party in self.parties(chunk, frame)]
        if with_ and frame.parent is not None:
            told = frame.parent.parent if frame.parent.by == "that" else frame.parent.teller
            subject = self.actor(frame.parent) or (self.actor(told) if frame.by == "subject" and told is not None else [])
            if subject and not roles.recipients and not roles.exporters:
                company = [party for party in subject if party.kind == "company"]
                if len(subject) == len(with_) == 1 and not company:
                    self.divide(roles, [*subject, *with_], 1)
                else:
                    roles.exporters, roles.recipients = (subject, with_) if company else (with_, subject)
        return roles

    def divide(self, roles: Roles, both: Sequence[Party], seller: int) -> None:
        """Of two that deal the licensor sells, else who has by far more makers of arms, else the one of that place."""
        licensors = {item.thing.item.facts.get("item.licensor") for item in roles.items if item.thing.item is not None}
        makers = [self.context.makers.get(party.state or "", 0) for party in both]
        if licensors & {party.state for party in both}:
            seller = 0 if both[0].state in licensors else 1
        elif max(makers) >= _FAR_MORE * max(min(makers), 1):
            seller = makers.index(max(makers))
        roles.exporters = [replace(both[seller], form="assumed")]
        roles.recipients = [replace(both[1 - seller], form="assumed")]

    def _won(self, frame: Frame, roles: Roles) -> bool:
        """`a company won a contract from Z`, `Z awarded a company a contract`: the company is to deliver."""
        parent = frame.parent
        if parent is None or parent.verb is None or parent.verb.lemma not in _WINNING | _AWARDING:
            return False
        subject = self.parties(parent.subject, parent)
        if parent.verb.lemma in _AWARDING and parent.chunk.form not in ("passive", "past perfect"):
            given = [party for chunk in (*parent.objects, *parent.phrase("to")) for party in chunk.parties]
            given = [party for party in given if party.kind == "company"]
            roles.exporters, roles.recipients = given, roles.recipients or subject if given else roles.recipients
            return bool(given)
        if not subject or not all(party.kind == "company" for party in subject):
            return False
        by = [party for chunk in (*frame.phrase("with", "from", "by"), *parent.phrase("from", "by"))
              for party in self.parties(chunk, frame)]  # fmt: skip
        roles.exporters, roles.recipients = subject, roles.recipients or by
        return True

    def include(self, frame: Frame) -> Roles | None:
        """A package for Z includes Y."""
        named = [other for other in self.frames if other.noun and other.sense in ("deal", "give")]
        whole = next((other for other in named if other.chunk is frame.subject), None)
        if whole is None and frame.by in ("which", "ger"):
            whole = next((other for other in reversed(named) if other.chunk.start < frame.chunk.start), None)
        items = self.things([*frame.objects, *frame.phrase("of")])
        if not items or (frame.subject is None and frame.by != "ger"):
            return None
        if whole is not None:
            roles = PATTERNS[whole.sense](self, whole) or Roles()
        elif frame.subject is not None and frame.subject.kind == "pronoun":
            roles = Roles()
        else:
            return None
        roles.items = items
        told = frame.parent if frame.by == "that" else frame.teller
        if whole is not None and told is not None and told.sense == "say" and roles.recipients and not roles.exporters:
            own = {party.state for party in roles.recipients}
            roles.exporters = [replace(party, form="capital") for party in self.actor(told) if party.state not in own]
        before = self.context.package or (self.context.last if whole is not None and whole.chunk.definite else None)
        if before is not None and not (roles.exporters and roles.recipients):
            roles.exporters, roles.recipients = roles.exporters or before[0], roles.recipients or before[1]
        return roles

    def ask(self, frame: Frame) -> Roles | None:
        """Z asks X for Y, requests Y from X; Z's request for Y."""
        roles = Roles()
        if frame.noun:
            roles.items = self.things(frame.phrase("for", "of"))
            roles.recipients = list(frame.chunk.possessor) or [
                party for chunk in frame.phrase("from", "by") for party in self.parties(chunk, frame)
            ]
            if frame.parent is not None and not frame.chunk.possessor and frame.by == "obj":
                roles.recipients = (
                    self.actor(frame.parent)
                    if frame.parent.sense in ("give", "start", "other", "say", "hold")
                    else roles.recipients
                )
            asked = self.addressed(frame)
            roles.exporters = [party for party in asked if party not in roles.recipients]
        else:
            roles.recipients = self.actor(frame) if frame.chunk.form != "passive" else []
            things = (
                frame.phrase("for") if frame.verb is not None and frame.verb.lemma not in ("request", "demand", "seek") else []
            )
            roles.items = self.things([*things, *(chunk for chunk in frame.objects if chunk.kind not in ("party", "event"))])
            roles.exporters = self.addressed(frame)
            towards = [party for chunk in frame.phrase("for") if chunk.kind == "party" for party in chunk.parties]
            roles.recipients = towards or roles.recipients
        self._with_lists(frame, roles)
        return roles

    def permit(self, frame: Frame) -> Roles | None:
        """X approves Y for Z."""
        if frame.noun:
            return self._licence(frame)
        passive = frame.chunk.form == "passive"
        found = [frame.subject] if passive and frame.subject is not None else frame.objects
        roles = Roles(items=self.things([chunk for chunk in found if chunk.kind == "item"]) or self.things(frame.phrase("of")))
        roles.exporters = self.actor(frame)
        roles.recipients = self._goal(frame, roles)
        return roles if roles.recipients else None

    def _licence(self, frame: Frame) -> Roles | None:
        """Licences for Y to Z; arms licences for Z."""
        roles = Roles(items=self.things([chunk for chunk in frame.phrase("for") if chunk.kind == "item"]))
        if not roles.items:
            roles.items = [replace(item, quantity=None, quantity_span=None) for item in self.things([frame.chunk])]
        roles.recipients = self._goal(frame, roles)
        return roles if roles.items and roles.recipients else None

    def sign(self, frame: Frame) -> Roles | None:
        """Z signs for Y from X."""
        roles = Roles(items=self.things([chunk for chunk in frame.phrase("for") if chunk.kind == "item"]))
        roles.exporters = [party for chunk in frame.phrase("from") for party in self.parties(chunk, frame)]
        roles.recipients = self.actor(frame)
        return roles if roles.exporters else None

    def consider(self, frame: Frame) -> Roles | None:
        """Z eyes Y from X, wants X's Y."""
        if frame.verb is None or frame.verb.lemma not in _EYEING:
            return None
        roles = self.get(frame)
        return roles if roles is not None and roles.exporters and roles.recipients else None

    def make(self, frame: Frame) -> Roles | None:
        """Z builds Y under licence from X: what goes to Z is the technology."""
        licensors = [party for chunk in frame.phrase("licence") for party in self.parties(chunk, frame)]
        for other in self.frames:
            if other.parent is frame and other.by == "prep under" and other.sense == "permit" and other.noun:
                licensors = licensors or list(other.chunk.possessor)
        chosen = frame.parent is not None and frame.parent.sense == "pick" and frame.by == "to"
        if chosen and frame.parent is not None:
            roles = Roles(exporters=self.parties(frame.subject, frame), recipients=self.actor(frame.parent))
            roles.items = self.things([chunk for chunk in frame.objects if chunk.kind == "item"])
            return roles
        if not licensors:
            return self._built_for(frame)
        if frame.chunk.form == "passive" or frame.by == "reduced":
            return None
        roles = Roles(exporters=licensors, recipients=self.actor(frame), licensors=licensors)
        roles.items = self.things([chunk for chunk in frame.objects if chunk.kind == "item"])
        return roles

    def _built_for(self, frame: Frame) -> Roles | None:
        """X builds Y for Z; Y is being built for Z by X."""
        passive = frame.chunk.form == "passive" or frame.by == "reduced"
        subject = frame.gap if frame.by == "reduced" else frame.subject
        told_of = _gap(frame)
        given = [*frame.objects, *([told_of] if told_of is not None and told_of is not frame.subject else [])]
        found = ([subject] if subject is not None else []) if passive else given
        roles = Roles(exporters=self.actor(frame), items=self.things([chunk for chunk in found if chunk.kind == "item"]))
        roles.recipients = [party for chunk in frame.phrase("for") if chunk.kind == "party" for party in chunk.parties]
        taken = {party.state for party in roles.recipients}
        if frame.parent is not None and frame.parent.sense == "deal" and all(party.state in taken for party in roles.exporters):
            roles.exporters = [party for chunk in frame.parent.phrase("with") for party in self.parties(chunk, frame)]
        return roles if roles.exporters and roles.recipients and roles.items else None


def _said_of(frame: Frame) -> list[Chunk]:
    """What an event noun is said of: *two boats, a gift from Japan*; *the boats were a gift from Japan*."""
    if frame.gap is not None:
        return [frame.gap]
    parent = frame.parent
    if frame.by == "obj" and parent is not None and parent.verb is None and parent.subject is not None:
        return [parent.subject]
    return []


def _gap(frame: Frame) -> Chunk | None:
    """What a relative clause tells of, for its verb or the infinitive in it: *the ships that Japan intends to give*."""
    for each in frame.chain():
        if each.gap is not None and (each is frame or not each.objects):
            return each.gap
        if each.by != "to" or (each.objects and each is not frame):
            return None
    return None


PATTERNS: Mapping[str, Callable[[Patterns, Frame], Roles | None]] = {
    "give": Patterns.give, "promise": Patterns.give, "offer": Patterns.give,
    "get": Patterns.get, "order": Patterns.get, "swap": Patterns.swap, "with": Patterns.equip,
    "pick": Patterns.pick, "go": Patterns.go, "deal": Patterns.deal, "ask": Patterns.ask,
    "seek": Patterns.ask, "permit": Patterns.permit, "refuse": Patterns.permit, "lift": Patterns.permit,
    "make": Patterns.make, "plan": Patterns.consider, "sign": Patterns.sign, "want": Patterns.consider,
    "thank": Patterns.thank, "include": Patterns.include, "replace": Patterns.refill,
}  # fmt: skip
"""The pattern of each sense."""
