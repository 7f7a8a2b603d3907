"""Who is who in a frame: the pattern of each sense of verb or noun.

give   X sells Y to Z          get    Z buys Y from X          order  like get, decided when past
swap   leases from or to       with   X equips Z with Y        pick   Z chooses X's Y
go     Y goes from X to Z      make   Z builds Y under licence from X
deal   a contract of Z with X for Y
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from sekisho.language.nodes import NONE
from sekisho.read.chunks import Item, Party
from sekisho.read.deals import Roles, gap, pays
from sekisho.read.frames import Frame
from sekisho.read.grouping import UNLOADING
from sekisho.read.holding import is_things
from sekisho.read.licensing import Licences
from sekisho.read.remarks import has_landed, owned_by, said_of
from sekisho.read.sellers import CARRYING, COMPENSATING, GOING
from sekisho.read.wordlists import word_list

_UNLOADING = UNLOADING | {"pass"}
_PAYING = frozenset({"pay", "lay out", "shell out", "fork out", "put up", "set aside", "budget", "stump up"})
_GETTING = frozenset({"win", "get", "obtain", "secure", "extract", "receive", "wring", "gain", "elicit"})
_FILLING = frozenset({"fill", "fulfil", "fulfill", "meet", "satisfy", "complete", "execute", "accept"})
_TAKING = frozenset({"take up", "jump at", "snap up", "take", "receive", "accept", "get", "await", "expect", "welcome"})
_TELLING, _COMING = frozenset({"tell", "inform", "assure"}), frozenset({"get", "receive", "obtain"})
_FORCES = frozenset({"navy", "army", "force", "guard", "marines", "police"})
_PORTS = word_list("ports")
_TALKING = frozenset({"negotiate", "haggle", "bargain", "talk"})
_PRICES = frozenset({"price", "prices", "cost", "terms", "number", "financing", "details", "delivery"})
_EYEING = frozenset({"want", "need", "target", "pursue", "shop for", "keen on", "interested in", "in the market for",
                     "angle for", "hanker after", "in line for", "in the running for", "set its sights on", "have its eye on",
                     "set its heart on", "pin its hopes on"})  # fmt: skip


class Patterns(Licences):
    """The patterns over the frames of one sentence: gifts, purchases, moves, requests and swaps."""

    def give(self, frame: Frame) -> Roles | None:
        """X gives Z Y, gives Y to Z; Y is given to Z by X; Z is given Y."""
        if frame.noun:
            return self.given(frame)
        if pays(frame):
            return None
        roles = Roles()
        objects = frame.objects
        if len(objects) == 1 and objects[0].word == "it" and not frame.phrase("to") and any(
            other.noun and other.sense == "permit" and other.chunk.end < frame.chunk.start for other in self.frames
        ):  # fmt: skip
            return None  # *asked for its consent, X gave it*
        passive = frame.chunk.form == "passive" or frame.by == "reduced"
        if passive:
            subject = frame.gap if frame.by == "reduced" else frame.subject
            thing = subject is not None and (subject.kind in ("item", "number") or is_things(subject, frame))
            if subject is not None and (thing or not self.parties(subject, frame)):
                of_these = [item for chunk in frame.phrase("of") for item in chunk.items] if subject.kind == "number" else []
                roles.items = self._those_replaced(frame, subject)
                roles.items = roles.items or self.context.things(subject, [*self.named, *of_these])  # *of 150, 90 were given*
            elif subject is not None:
                roles.recipients = self.parties(subject, frame)
                sent = frame.verb is not None and frame.verb.event in ("send", "deliver")  # *were sent with old rifles*
                roles.items = self.things(objects) or ([] if sent else self.things(frame.phrase("with")))
            roles.exporters = [party for chunk in frame.phrase("by") for party in self.parties(chunk, frame)]
            self._by_each(frame, roles)
            if frame.verb is not None and frame.verb.event == "retransfer" and not roles.exporters:
                roles.exporters = self._had_before(frame)
            if not roles.exporters:
                roles.exporters = self._bought_by(frame, roles)
            if not roles.exporters:
                roles.exporters = [item.owner or item.maker for item in roles.items[:1] if item.maker is not None
                                   and not (item.made and item.pointing)]  # fmt: skip
            delivered = frame.verb is not None and frame.verb.event in ("deliver", "hand over") and frame.by != "reduced"
            whose = subject.possessor if subject is not None and subject.kind == "item" else []
            named = [party for party in roles.exporters if not any(party.span == each.span for each in whose)]
            built = [other for other in self.frames if other.by == "reduced" and other.sense == "make" and other.gap is subject]
            made = [party for other in built for chunk in other.phrase("in", "by") for party in chunk.parties]
            if delivered and not roles.exporters:
                roles.exporters = self._whose_went(frame)
            if whose and delivered and not frame.phrase("to", "for"):
                roles.exporters = named or made
            own = {party.state for party in roles.exporters}
            if delivered and own and not roles.recipients and not frame.phrase("to", "for"):
                roles.recipients = [party for party in whose if party.state not in own]  # *Z's first jets were delivered by X*
            if delivered and not roles.recipients and not frame.phrase("to", "for"):
                own = {party.state for party in roles.exporters}
                reached = [party for chunk in frame.phrase("in") if chunk.kind == "party" for party in chunk.parties]
                roles.recipients = [party for party in reached if own and party.state not in own]
        else:
            roles.exporters = self.parties(frame.subject, frame) or self._carrier(frame)
            whom = "pronoun" if frame.phrase("with") and len(objects) == 1 else "party"  # *provide it with trucks*
            things = [chunk for chunk in objects if chunk.kind not in ("party", whom)]
            told_of = gap(frame)
            if told_of is not None and told_of is not frame.subject:
                things = [*things, told_of]
            exact = [each for each in things if each.kind != "event"]  # *20 howitzers, the weapon's first sale to*
            things = exact if any(each.kind == "item" for each in exact) else things
            roles.items = self.things(things) or self.things(frame.phrase("with")) or self.things(frame.phrase("of"))
            packed = [other for other in self.frames if other.parent is frame and other.sense == "deal" and not roles.items]
            for other in packed:
                if other.by in ("obj", "prep with"):
                    roles.items = roles.items or self.things(other.phrase("of")) or self.things([other.chunk])
            behind = max((chunk.end for chunk in objects), default=frame.chunk.end)
            first = min((item.span[0] for item in roles.items if item.span[0] > frame.chunk.start), default=behind)
            given = [
                chunk
                for chunk in objects
                if (chunk.kind == "party" and chunk.start < first) or (chunk.kind == "pronoun" and frame.phrase("with"))
            ]
            roles.recipients = [party for chunk in given for party in self._whom(chunk, frame, roles.exporters)]
            if len(things) > 1 and things[0].kind == "pronoun" and self.things(things[1:]):
                roles.recipients = roles.recipients or self._whom(things[0], frame, roles.exporters)
                roles.items = self.things(things[1:])
        self._with_lists(frame, roles)
        to = self._goal(frame, roles)
        if (
            frame.verb is not None
            and frame.verb.lemma in CARRYING
            and not (frame.verb.lemma == "fly in" and self.context.last is not None and _is_freight(roles.items))
            and not ((to or roles.recipients) and (_is_freight(roles.items) or _made_by_others(roles)))
        ):
            ahead = frame.chunk.form in ("future", "arranged", "base", "ongoing") and not passive
            offered = self.context.last_status == "planned" and frame.chunk.form == "past"
            bought = [other for other in self.frames if other.by == "reduced" and other.sense in ("get", "order")]
            offered = offered or any(other.gap is chunk for other in bought for chunk in frame.objects)
            near = [item for chunk in frame.objects for item in chunk.items]  # *took the first of 72 jets*
            first = any(item.ordinal == "first" or (item.quantity == 1 and item.plural) for item in near)
            taking = frame.verb.lemma == "take" and (ahead or offered or first or bool({"loan", "gift"} & frame.words))
            return self._takes(self.get(frame)) if taking else None
        if passive and not (to or roles.recipients) and roles.exporters and frame.verb is not None and (
            frame.verb.lemma in ("fly in", "bring", "bring in", "airlift", "ship in", "land", "unload")
        ):  # fmt: skip
            self._received(frame, roles, bought=True)  # *Six fighters from X were flown in on Sunday, a spokesman said*
            return roles if roles.recipients else None
        own_use = [chunk for chunk in frame.phrase("to", "for") if chunk.form == "organ" and chunk.possessive_word]
        if own_use and not passive and not (to or roles.recipients):
            return None  # *a contest to supply fighters to its air force*
        roles.recipients = roles.recipients or to or self._behind(frame) or self._fitted(frame, roles)
        roles.recipients = roles.recipients or ([] if passive else self._forces_of(frame, roles))
        ports = [chunk for chunk in frame.phrase("to", "at") if chunk.kind == "other" and chunk.words & _PORTS]
        if ports and roles.exporters and not roles.recipients and self.context.last is not None:
            own = {party.state for party in roles.exporters}  # *sent tanks to the port of …*
            roles.recipients = [party for party in self.context.last[1] if party.state not in own]
        if not roles.recipients and passive and frame.by != "reduced" and not frame.phrase("to", "for"):
            roles.recipients = self._ordered_by(frame)  # *The jets that Z had asked for will not be supplied*
        if not roles.recipients and roles.exporters and not passive:
            own = {party.state for party in roles.exporters}
            roles.recipients = [party for party in self._ordered_by(frame) if party.state not in own]
        told_of = frame.subject if passive and frame.by == "that" and not roles.recipients else None
        if told_of is not None and told_of.possessive_word in ("its", "their") and frame.parent is not None:
            own = {party.state for party in roles.exporters}
            roles.recipients = [party for party in self.actor(frame.parent) if party.state not in own] if own else []
        if not roles.exporters and not (passive and frame.phrase("by")) and not self._to_troops(frame, roles):
            roles.exporters = [party for chunk in frame.phrase("from") for party in self.parties(chunk, frame)]
        roles.exporters = roles.exporters or self._at_their_yard(frame, roles)
        if roles.exporters and not (roles.recipients or passive) and self._to_own_forces(frame):
            return None
        roles.recipients = roles.recipients or self._whose(frame, roles.exporters) or self._buying(frame, roles.exporters)
        return roles

    @staticmethod
    def _forces_of(frame: Frame, roles: Roles) -> Sequence[Party]:
        """`gave the Z Navy patrol boats`: the forces that stand before a thing without a mark between are given it."""
        own = {party.state for party in roles.exporters}
        for chunk in frame.objects:
            makers = [item.maker for item in chunk.items if item.maker is not None and not item.made]
            if own and chunk.definite and chunk.words & _FORCES and makers and makers[0].state not in own:
                for item in roles.items:
                    item.maker = None
                return makers
        return []

    def _behind(self, frame: Frame) -> Sequence[Party]:
        """`sells missiles made in Nagoya to Z`: to whom, where a participle about the thing stands between."""
        for other in self.frames:
            within = (
                other.by == "which" and other.chunk.form == "ger" and any(other.subject is chunk for chunk in frame.objects)
            )
            told = other.parent is frame and other.by == "reduced" and other.sense in ("make", "other", "start", "promise")
            if told or (within and other.sense in ("include", "other")):
                towards = other.phrase("to", "for") if other.chunk.words & {"being"} else other.phrase("to")
                found = [party for chunk in towards if chunk.kind == "party" for party in chunk.parties]
                if found:
                    return found
            built = other.by == "reduced" and other.sense == "make" and other.gap is frame.subject
            if built and frame.chunk.form == "passive":
                return [party for chunk in other.phrase("for") if chunk.kind == "party" for party in chunk.parties]
        return []

    def given(self, frame: Frame) -> Roles:
        """The sale of Y to Z by X; X's delivery of Y; Y exports to Z."""
        roles = Roles()
        drained = frame.parent if frame.by == "prep by" and frame.chunk.possessive_word else None
        if drained is not None and drained.parent is not None and drained.parent.sense == "replace":
            return roles  # *to refill stocks depleted by its shipments to W*
        roles.items = self.things(frame.phrase("of")) or self.things([frame.chunk])
        if not roles.items and not frame.phrase("of"):
            roles.items = self.things(frame.phrase("with", "for"))
        if not roles.items:
            roles.items = self.things(said_of(frame))
        whose = frame.parent if frame.by == "subject" else None
        if not roles.items and whose is not None and whose.by == "which" and whose.gap is not None:
            roles.items = self.things([whose.gap])
        if roles.items and roles.items[0].thing.general and frame.chunk.items:
            roles.items = self.things(frame.phrase("of")) or roles.items
        self._with_lists(frame, roles)
        roles.recipients = self._goal(frame, roles)
        roles.exporters = [party for chunk in frame.phrase("from", "by") for party in self.parties(chunk, frame)]
        if not roles.exporters:
            roles.exporters = list(frame.chunk.possessor) or self._own(frame) or self._reproached(frame)
        roles.exporters = (
            roles.exporters or self._present_of(frame) or self._promised_by(frame) or self._cancelled_order(frame, roles)
        )
        self._taken(frame, roles)
        weighed = frame.by == "obj" and frame.parent is not None and frame.parent.sense == "plan" and frame.sense == "offer"
        if weighed and frame.parent is not None and roles.exporters and not roles.recipients:
            roles.recipients = self.actor(frame.parent)
        withheld = frame.by == "obj" and frame.parent is not None and frame.parent.sense in ("deny", "refuse")
        if withheld and frame.parent is not None and frame.parent.chunk.form == "passive" and not roles.recipients:
            roles.recipients = self.parties(frame.parent.subject, frame.parent)
        handed = frame.by == "prep with" and frame.parent is not None and frame.parent.sense in ("with", "give")
        if handed and frame.parent is not None and not frame.parent.noun and not roles.recipients:
            roles.recipients = [party for chunk in frame.parent.objects for party in chunk.parties]
            roles.exporters = roles.exporters or self.actor(frame.parent)
        if not roles.recipients:
            own = {party.state for party in roles.exporters}
            roles.recipients = [party for party in self._ordered_by(frame) if party.state not in own]
        got = frame.parent if frame.by == "obj" and frame.sense == "promise" else None
        untold = not (roles.recipients or roles.exporters)
        if untold and got is not None and got.verb is not None and got.verb.lemma in _GETTING:
            roles.recipients = self.actor(got)
            roles.exporters = [party for chunk in got.phrase("from") for party in self.parties(chunk, got)]
        sent = frame.parent if frame.by == "obj" else None
        if sent is not None and sent.sense in ("give", "promise", "offer", "start") and not sent.noun and not roles.recipients:
            roles.recipients = [party for chunk in sent.objects if chunk.kind == "party" for party in chunk.parties]
        asking = frame.parent if frame.by in ("prep for", "obj") else None
        if asking is not None and asking.sense == "ask" and not asking.noun and not roles.recipients:
            roles.recipients = [party for party in self.actor(asking) if party not in roles.exporters]
        roles.recipients = roles.recipients or self._built_first_for(frame, roles)
        if roles.exporters and not roles.recipients and frame.gap is not None and frame.gap.kind == "item":
            own = {party.state for party in roles.exporters}  # *Z's new patrol boat, a gift from X*
            roles.recipients = [party for party in owned_by(frame.gap) if party.state not in own]
        if not roles.recipients:
            come = frame.parent is None or (frame.verb is not None and frame.verb.lemma == "arrival")
            own = {party.state for party in roles.exporters}
            roles.recipients = [party for chunk in frame.phrase("in") for party in self.parties(chunk, frame)
                                if own and come and party.state not in own]  # fmt: skip
        return roles

    def _taken(self, frame: Frame, roles: Roles) -> None:
        """`the air force took delivery of trainers made in Z`: who takes it receives, who made it gives."""
        parent = frame.parent
        taken = frame.by == "obj" or (frame.by == "subject" and parent is not None and parent.chunk.form == "passive")
        if parent is None or not taken or parent.verb is None or roles.recipients:
            return
        promised = frame.sense == "promise" and parent.verb.lemma in _GETTING
        if parent.verb.lemma not in _TAKING and not promised:
            return
        own = {party.state for party in roles.exporters}
        roles.recipients = [party for party in self.actor(parent) if party.state not in own]
        roles.exporters = roles.exporters or self._makers(roles) or self._told_bought(frame)

    def get(self, frame: Frame) -> Roles | None:
        """Z buys Y from X; Y was bought by Z; Z's purchase of Y."""
        roles = Roles()
        roles.exporters = [party for chunk in frame.phrase("from") for party in self._from_whom(chunk, frame)]
        if frame.verb is not None and frame.verb.lemma == "introduce" and not roles.exporters:
            return None
        if frame.noun:
            roles.items = self.things(frame.phrase("of", "for")) or self.things([frame.chunk]) or self._covered(frame)
            if frame.verb is not None and frame.verb.lemma == "order" and frame.by == "obj":
                won = Roles(items=roles.items)
                if not frame.phrase("from", "by", "with"):
                    won.recipients = [party for chunk in frame.phrase("for") for party in chunk.parties]
                if self._won(frame, won) or self._order_taken(frame, won):
                    return won
            if frame.verb is not None and frame.verb.lemma == "order" and self._placed(frame, roles):
                return roles
            by = [party for chunk in frame.phrase("by") for party in self.parties(chunk, frame)]
            went = frame.parent if frame.by == "subject" and frame.parent is not None and frame.parent.sense == "go" else None
            if went is not None:
                roles.exporters = [party for chunk in went.phrase("to") for party in chunk.parties if party.kind == "company"]
            roles.exporters = roles.exporters or [
                party for chunk in frame.phrase("with") for party in self.parties(chunk, frame)
            ]
            by = by or [party for chunk in frame.phrase("to", "for") if chunk.kind == "party" for party in chunk.parties]
            roles.recipients = by or list(frame.chunk.possessor) or self._own(frame) or self._reproached(frame)
            asking = frame.parent if frame.by == "obj" and frame.parent is not None and frame.parent.sense == "ask" else None
            if asking is not None and not asking.noun and roles.exporters and not roles.recipients:
                given = {party.state for party in roles.exporters}  # *has requested the lease of jets from X*
                roles.recipients = [party for party in self.actor(asking) if party.state not in given]
        elif frame.chunk.form == "passive" or frame.by == "reduced":
            if frame.verb is not None and frame.verb.lemma in ("pay", "spend", "splash out"):
                return None
            roles.items = self.things([chunk for chunk in (frame.gap or frame.subject,) if chunk is not None])
            roles.recipients = [party for chunk in frame.phrase("by") for party in self.parties(chunk, frame)]
            roles.exporters = roles.exporters or self._shipped_from(frame) or self._at_the_yard(frame)
            if not roles.recipients and roles.items and roles.items[0].pointing:
                own = {party.state for party in roles.exporters}
                whose = self.context.wanted_by(roles.items[0]) or self.context.owners(roles.items[0])
                roles.recipients = [party for party in whose if party.state not in own]
            if not roles.recipients and frame.by == "reduced" and frame.gap is not None:
                roles.recipients = owned_by(frame.gap)
        elif self._whose(frame, roles.exporters) and frame.subject is not None and frame.subject.kind == "pronoun":
            roles.recipients = self._whose(frame, roles.exporters)
            roles.items = self.things([frame.gap] if frame.gap is not None else [])
        else:
            roles.recipients = self._told_to(frame, roles) or self._told_before(frame) or self.parties(frame.subject, frame)
            gone = [chunk for chunk in frame.phrase("to") if chunk.kind == "party"]
            if gone and not frame.phrase("from") and frame.verb is not None and frame.verb.lemma == "get":
                moved = self.things([chunk for chunk in frame.objects if chunk.kind != "party"])
                return Roles(roles.recipients, [party for chunk in gone for party in chunk.parties], moved)
            if frame.by == "which" and frame.parent is not None and frame.parent.sense == "give" and not frame.parent.noun:
                roles.recipients = self.other_buyer(frame.parent, frame, roles.recipients)
            if frame.verb is not None and frame.verb.lemma in _PAYING:
                return self._paid(frame, roles)
            if frame.verb is not None and frame.verb.lemma in ("spend", "splash out"):
                roles.items = self.things([chunk for chunk in frame.phrase("on", "for") if chunk.kind == "item"])
                roles.exporters = roles.exporters or self._makers(roles)
                return roles if roles.items and roles.exporters else None
            things = [chunk for chunk in frame.objects if chunk.kind != "party"]
            told_of = gap(frame)
            if told_of is not None and told_of is not frame.subject:
                things = [*things, told_of]
            named = [chunk for chunk in things if chunk.kind != "event"]  # *48 jets, its biggest arms purchase*
            roles.items = self.things(named if any(chunk.kind == "item" for chunk in named) else things)
        self._with_lists(frame, roles)
        roles.exporters = roles.exporters or self._bought_by(frame, roles) or self._told_bought(frame) or self._missed(frame)
        roles.exporters = (
            roles.exporters
            or self._stopped_before(frame)
            or self._owners(frame, roles)
            or self._makers(roles)
            or self._turned_to(frame)
            or self._kept_by(frame, roles)
        )
        roles.exporters = roles.exporters or self._also_from(frame)
        if len(roles.items) > 1 and frame.phrase("from") and roles.items[-1].maker is None:
            for item in roles.items[:-1]:
                item.source = item.source or (None if item.made else item.maker)  # *Iranian drones and jets from Z*
        back = any(chunk.possessive_word and "own" in chunk.words for chunk in frame.objects)
        if back and not roles.exporters and not frame.noun:
            return None  # *received two of its own jets back*
        return roles

    def _owners(self, frame: Frame, roles: Roles) -> Sequence[Party]:
        """`Z ordered six of the launchers`: who was last told to give such things."""
        if frame.noun or not roles.items or not all(item.pointing for item in roles.items):
            return []
        taken = {party.state for party in roles.recipients}
        owners = self.context.owners(roles.items[0])
        return [] if taken & {party.state for party in owners} else owners

    def _placed(self, frame: Frame, roles: Roles) -> bool:
        """`X cancelled an order from Z for Y`: who stands right behind an order places it."""
        parent, first = frame.parent, frame.phrases[0][0] if frame.phrases else ""
        filled = parent is not None and not parent.noun and parent.verb is not None and parent.verb.lemma in _FILLING
        if filled and frame.chunk.possessor and parent is not None and frame.by == "obj":
            roles.recipients, roles.exporters = frame.chunk.possessor, self.actor(parent)
            return True
        if first != "from" or frame.chunk.possessor or not frame.phrase("for") or parent is None or parent.noun:
            return False
        placing = [party for chunk in frame.phrase("from") for party in chunk.parties]
        own = {party.state for party in placing}
        filling = [party for party in self.actor(parent) if party.state not in own]
        if frame.by != "obj" or not filling:
            return False
        roles.recipients, roles.exporters = placing, filling
        return True

    def _paid(self, frame: Frame, roles: Roles) -> Roles | None:
        """Z pays X for Y."""
        if "back" in frame.words:
            return None  # *paid Z back 900 million for ships it had not delivered*
        paid = [chunk for chunk in (*frame.objects, *frame.phrase("to")) if chunk.kind == "party"]
        told = [] if frame.by == "which" else roles.exporters
        roles.exporters = [party for chunk in paid for party in chunk.parties] or told
        roles.items = self.things([chunk for chunk in frame.phrase("for") if chunk.kind in ("item", "other")])
        if not roles.items and frame.by == "which" and frame.gap is not None:
            roles.items = self.things([frame.gap, *frame.phrase("for")])
        if not roles.exporters:
            roles.exporters = self._kept_by(frame, roles)
        if self._paid_for_another(frame, roles):
            return None
        taking = {party.state for party in self.context.last[1]} if self.context.last is not None else set()
        named = bool(roles.items) and all(item.pointing or item.definite for item in roles.items) and not roles.exporters
        if named and taking and not taking & {party.state for party in roles.recipients}:
            return None  # *W is paying for the weapons*, which X was told to give Z
        bodies = roles.recipients and all(party.state == NONE for party in roles.recipients)
        return roles if roles.items and not bodies else None

    def swap(self, frame: Frame) -> Roles | None:
        """To lease from somebody, or to somebody."""
        towards = any(chunk.kind == "party" for chunk in frame.phrase("to"))
        if frame.phrase("from") and not (towards and all(chunk.kind == "other" for chunk in frame.phrase("from"))):
            return self.get(frame)
        owned = self.get(frame) if not frame.phrase("to") and frame.chunk.form != "passive" else None
        above = frame.parent
        if owned is not None and above is not None and frame.by == above.by == "to" and above.sense in ("get", "order"):
            owned.exporters = [party for chunk in above.phrase("from") for party in chunk.parties]
            return owned  # *has asked to buy 24 from X and to lease six others*
        wanted = owned is not None and frame.parent is not None and frame.parent.sense in ("want", "plan", "seek", "permit")
        inquired = (
            frame.by == "ger" and frame.preposition == "about" and frame.parent is not None and frame.parent.sense == "ask"
        )
        wanted = wanted or inquired
        if owned is not None and frame.noun and (owned.exporters or (owned.items and frame.by == "subject")):
            return owned
        if owned is not None and owned.recipients and (owned.exporters or (wanted and not frame.noun)):
            return owned
        pact = frame.parent if frame.by in ("to", "ger") and frame.parent is not None and frame.parent.noun else None
        with_ = [party for chunk in pact.phrase("with") for party in self.parties(chunk, frame)] if pact is not None else []
        takers = self.actor(frame)
        if owned is not None and len(with_) == len(takers) == 1 and with_[0].state != takers[0].state:
            self.divide(owned, [*takers, *with_], 1)  # *signed an agreement with X to lease jets*
            return owned
        return self.give(frame)

    def equip(self, frame: Frame) -> Roles | None:
        """X equips Z with Y."""
        roles = Roles(items=self.things(frame.phrase("with")))
        if frame.chunk.form == "passive":
            roles.recipients = self.parties(frame.subject, frame)
            roles.exporters = [party for chunk in frame.phrase("by") for party in self.parties(chunk, frame)]
            roles.exporters = roles.exporters or [
                party for chunk in frame.phrase("from") if chunk.kind == "party" for party in chunk.parties
            ]
        else:
            roles.exporters = self.parties(frame.subject, frame)
            roles.recipients = [party for chunk in frame.objects for party in self._whom(chunk, frame, roles.exporters)]
        return roles if roles.recipients else None

    def refill(self, frame: Frame) -> Roles | None:
        """X backfills Z with Y."""
        again = self._replaced(frame)
        if again is not None or frame.verb is None or not frame.phrase("with", "by"):
            return again
        refilled = self._made_up(frame)
        if refilled is not None:
            return refilled
        if frame.verb.lemma == "replace" and frame.phrase("from"):  # *will replace its Hueys with jets from X*
            new = frame.phrase("with", "by") if frame.chunk.form == "passive" else frame.phrase("with")
            roles = Roles(items=self.things([chunk for chunk in new if chunk.kind == "item"]))
            roles.exporters = [party for chunk in frame.phrase("from") for party in self.parties(chunk, frame)]
            roles.recipients = self.actor(frame)
            if frame.chunk.form == "passive" and frame.subject is not None:
                old = self.things([frame.subject])  # *the tanks will be replaced with vehicles from X*
                roles.recipients = list(self.context.owners(old[0])) if old else []
                roles.recipients = roles.recipients or list(frame.subject.possessor)
            return roles if roles.items and roles.exporters and roles.recipients else None
        owed = any(chunk.possessor for chunk in frame.objects)
        return self.equip(frame) if owed or frame.verb.lemma in COMPENSATING else None

    def trade(self, frame: Frame) -> Roles | None:
        """Z barters rice for Y from X."""
        roles = Roles(items=self.things([chunk for chunk in frame.phrase("for") if chunk.kind == "item"]))
        roles.exporters = [party for chunk in frame.phrase("from", "with") for party in chunk.parties] or self._makers(roles)
        roles.recipients = self.actor(frame)
        return roles if roles.items and roles.exporters and roles.recipients else None

    def pick(self, frame: Frame) -> Roles | None:
        """Z chooses X's Y."""
        roles = self.get(frame)
        if roles is not None and not roles.items and not frame.noun:
            roles.items = self.things([chunk for chunk in frame.phrase("for") if chunk.kind == "item"])
            roles.exporters = [party for chunk in (*frame.objects, *frame.phrase("with", "from")) if chunk.kind == "party"
                               for party in chunk.parties]  # fmt: skip
        above = frame.parent if frame.by == "ger" and frame.preposition == "," else None
        if roles is not None and above is not None and above.sense == "pick" and not roles.exporters:
            roles.exporters = [party for chunk in above.objects for party in chunk.parties]  # *picked X, choosing its frigate*
        return roles if roles is not None and roles.exporters and roles.recipients else None

    def moved(self, frame: Frame) -> Roles | None:
        """Y goes to Z; X unloads Y for Z."""
        unloaded = frame.verb is not None and frame.verb.lemma in _UNLOADING
        if unloaded and has_landed(frame):
            return self.get(frame)
        goes = frame.by == "which" and any(chunk.kind == "party" for chunk in frame.phrase("to"))
        told_of = gap(frame) if goes and frame.gap is not frame.subject else None
        given = [*frame.objects, *([told_of] if told_of is not None else [])]
        if unloaded and frame.subject is not None and any(chunk.kind == "item" for chunk in given):
            roles = self.give(frame)
            flagged = bool(frame.subject.words & {"flagged", "registered", "owned"})
            whose = [item.maker for item in frame.subject.items if item.maker is not None] or list(frame.subject.possessor)
            if roles is not None and not roles.exporters and not flagged and frame.subject.kind in ("other", "item"):
                own = {party.state for party in roles.recipients}
                roles.exporters = [party for party in whose if party.state not in own]
            return roles
        return self.go(frame)

    def thank(self, frame: Frame) -> Roles | None:
        """Z thanks X for Y."""
        roles = Roles(items=self.things([chunk for chunk in frame.phrase("for") if chunk.kind == "item"]))
        roles.exporters = [party for chunk in frame.objects if chunk.kind == "party" for party in chunk.parties]
        roles.recipients = self.parties(frame.subject, frame)
        return roles if roles.items and roles.exporters and roles.recipients else None

    def include(self, frame: Frame) -> Roles | None:
        """A package for Z includes Y."""
        named = [other for other in self.frames if other.noun and other.sense in ("deal", "give", "get")]
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
        roles.exporters = [party for chunk in frame.phrase("from") for party in chunk.parties] or roles.exporters
        roles.recipients = roles.recipients or [party for chunk in frame.phrase("for", "to") for party in chunk.parties]
        told = frame.parent if frame.by == "that" else frame.teller
        if whole is not None and told is not None and told.sense == "say" and roles.recipients and not roles.exporters:
            own = {party.state for party in roles.recipients}
            roles.exporters = [replace(party, form="capital") for party in self.actor(told) if party.state not in own]
        before = self.context.package or (self.context.last if whole is None or whole.chunk.definite else None)
        both = [party for side in before for party in side] if before is not None and whole is None else []
        if len(both) == 2 and all(party.form == "assumed" for party in both) and not (roles.exporters or roles.recipients):
            self.divide(roles, both, 0)
        if before is not None and not (roles.exporters and roles.recipients):
            roles.exporters, roles.recipients = roles.exporters or before[0], roles.recipients or before[1]
        return roles

    def consider(self, frame: Frame) -> Roles | None:
        """Z eyes Y from X, wants X's Y."""
        if self._is_rest(frame) and self.context.last is not None:
            return Roles(*self.context.last, self.things([frame.subject] if frame.subject is not None else []))
        if frame.noun:
            return self._talked_of(frame)
        below = [each for each in self.frames if each.parent is frame and each.by == "to" and each.sense == "give"]
        if frame.by == "which" and below:
            return None  # *jets that Z wants to give to W*
        with_ = [party for chunk in frame.phrase("with") if chunk.start > frame.chunk.start
                 for party in self.parties(chunk, frame)]  # fmt: skip
        both = self.actor(frame)
        head = frame.verb.lemma.split()[0] if frame.verb is not None else ""
        if head in _TALKING and len({party.state for party in both}) == len(both) == 2:
            about = [*frame.phrase("over", "on", "about"), *frame.objects]
            about += frame.phrase("of", "for") if any(chunk.word in _PRICES for chunk in about) else []
            spoken = Roles(items=self.things([chunk for chunk in about if chunk.kind == "item"]))
            if spoken.items and not all(item.thing.general for item in spoken.items):
                self.divide(spoken, both, 1)
                return spoken
        if frame.verb is not None and with_ and not frame.noun:
            wanted = (*frame.phrase("over", "for", "on"), *frame.objects)
            wished = Roles(items=self.things([chunk for chunk in wanted if chunk.kind == "item" or chunk.quantity]))
            both = [*self.actor(frame), *with_]
            if wished.items and len(both) == 2:
                self.divide(wished, both, 1)
                return wished
        if frame.verb is None or (frame.verb.lemma not in _EYEING and frame.verb.event != "consider"):
            return None
        if frame.objects and all(chunk.kind == "pronoun" for chunk in frame.objects) and not frame.phrase("from"):
            return None  # *we are studying it*
        roles = self.get(frame)
        if roles is not None and not roles.exporters:
            roles.exporters = self._told_bought(frame) or self._told_need(frame)
        return roles if roles is not None and roles.exporters and roles.recipients else None


def _made_by_others(roles: Roles) -> bool:
    """`has flown 32 American-built jets to Z`: whether all things that are flown to somebody are another's make."""
    own = {party.state for party in roles.exporters}
    return bool(own and roles.items) and all(
        item.made and item.maker is not None and item.maker.state not in own and item.quantity is not None
        for item in roles.items
    )


def _is_freight(items: Sequence[Item]) -> bool:
    """Whether things are carried and do not go by themselves."""
    return not any(item.thing.lists in GOING for item in items)


PATTERNS: Mapping[str, Callable[[Patterns, Frame], Roles | None]] = {
    "give": Patterns.give, "promise": Patterns.give, "offer": Patterns.give,
    "get": Patterns.get, "order": Patterns.get, "swap": Patterns.swap, "with": Patterns.equip,
    "pick": Patterns.pick, "go": Patterns.moved, "deal": Patterns.deal, "ask": Patterns.ask,
    "seek": Patterns.ask, "permit": Patterns.permit, "refuse": Patterns.permit, "lift": Patterns.permit,
    "deny": Patterns.permit, "need": Patterns.consider,
    "make": Patterns.make, "start": Patterns.made, "plan": Patterns.consider, "sign": Patterns.sign, "want": Patterns.consider,
    "trade": Patterns.trade, "decide": Patterns.agreed,
    "await": Patterns.awaited, "thank": Patterns.thank, "include": Patterns.include, "replace": Patterns.refill,
}  # fmt: skip
"""The pattern of each sense."""
