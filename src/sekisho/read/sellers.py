"""Who gives what another gets, and who gets what is given, where the words of the transfer leave it to others in its sentence.

Z gets what X has promised it, what X had bought, what X was to have delivered to another; X is told off for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sekisho.language.nodes import NONE
from sekisho.read.asking import Asking
from sekisho.read.chunks import Chunk, Item, Party
from sekisho.read.deals import Roles
from sekisho.read.frames import PUNISHING, Frame
from sekisho.read.remarks import said_of
from sekisho.read.status import ABOUT, REPROACHING

_TELLING, _COMING = frozenset({"tell", "inform", "assure"}), frozenset({"get", "receive", "obtain"})
_REPAYING = frozenset({"pay", "repay", "refund", "reimburse", "compensate", "pay back"})
_REPROACHED_FOR = ABOUT | {"prep for", "prep about", "prep of"}
GOING = frozenset({"ML9", "ML10"})
"""Lists of what goes by itself: ships and aircraft."""
CARRYING = frozenset({"bring", "fly", "fly out", "fly in", "haul", "take"})
_YARD = frozenset({"launch", "christen", "lay down", "unveil", "roll out", "float out", "complete", "build", "finish"})
"""What a maker does with a thing that another has ordered."""
_FREIGHTERS = frozenset({"freighter", "freighters", "ship", "ships", "vessel", "vessels", "planes", "transports", "airlift"})

_GAPS = frozenset({"loss", "losses", "gap", "gaps", "hole", "holes", "void", "breach", "shortfall", "shortage"})
"""What is left where things have been given away."""


COMPENSATING = frozenset({"backfill", "compensate", "recompense", "indemnify"})
_MAKING = frozenset({"make", "build", "manufacture", "produce", "assemble"})


class Sellers(Asking):
    """The givers that stand elsewhere in a sentence."""

    def _those_replaced(self, frame: Frame, subject: Chunk) -> list[Item]:
        """`bought tanks and guns to replace those given to Z`: all the things of which others are bought."""
        above = frame.parent.parent if frame.parent is not None and frame.parent.sense == "replace" else None
        if subject.word != "those" or above is None:
            return []
        new = [item for chunk in (*above.objects, *above.phrase("of", "with")) for item in chunk.items]
        return [found for item in new for found in self.context.things(subject, [item])]

    def _takes(self, roles: Roles | None) -> Roles | None:
        """`Z will take two frigates from X`."""
        if roles is not None and roles.items and roles.items[0].pointing:
            roles.exporters = roles.exporters or self.context.owners(roles.items[0])
        if roles is not None and not roles.exporters:
            roles.exporters = self._offering(roles)
        return roles if roles is not None and roles.exporters and roles.recipients else None

    def _offering(self, roles: Roles) -> Sequence[Party]:
        """`X offered arms to Z and W. Z took ten tanks`: who has just offered what is taken."""
        last, own = self.context.last, {party.state for party in roles.recipients}
        offered = last is not None and self.context.last_status == "planned" and bool(own)
        return last[0] if offered and last is not None and own <= {party.state for party in last[1]} else []

    def _had_before(self, frame: Frame) -> Sequence[Party]:
        """`missiles that X had sold to Z were shipped on to W`: who had them."""
        for other in self.frames:
            if other.by in ("which", "reduced") and other.gap is frame.subject and other.sense in ("give", "swap"):
                return [party for chunk in other.phrase("to") for party in chunk.parties]
            if other.by in ("which", "reduced") and other.gap is frame.subject and other.sense in ("get", "order"):
                return self.actor(other)
        told = frame.subject is not None and any(item.pointing for item in self.things([frame.subject]))
        return self.context.last[1] if told and self.context.last is not None else []  # *some were passed on to W*

    def _reproached(self, frame: Frame) -> Sequence[Party]:
        """`protested to X over the shipment of jets to Z`: who is taken to task for a transfer has made it."""
        above = frame.parent
        told_off = REPROACHING | PUNISHING
        if above is None or above.verb is None or above.verb.lemma not in told_off or frame.by not in _REPROACHED_FOR:
            return []
        near = [chunk for chunk in (*above.objects, *above.phrase("to", "with", "on")) if chunk.end <= frame.chunk.start]
        return [party for chunk in near if chunk.kind == "party" for party in chunk.parties][-1:]

    def _own(self, frame: Frame) -> Sequence[Party]:
        """`its delivery`: whose."""
        if frame.chunk.possessive_word not in ("its", "their", "his", "her"):
            return []
        above = frame.parent
        punished = (
            frame.by in ("prep for", "prep over")
            and above is not None
            and above.verb is not None
            and above.verb.lemma in PUNISHING
        )
        if (frame.by in ABOUT or punished) and above is not None:
            near = [party for chunk in (*above.objects, *(above.phrase("on") if punished else ())) for party in chunk.parties]
            if near:
                return near[-1:]
        if frame.conjunction == "because" and frame.sense in ("get", "order"):
            told = [each for each in self.frames if each.sense in ("give", "refuse", "permit") and not each.noun]
            near = [party for each in told for chunk in (*each.objects, *each.phrase("to"))
                    if chunk.end <= frame.chunk.start for party in chunk.parties]  # fmt: skip
            if near:
                return near[-1:]  # *will not sell Z jets because of its purchase of missiles from W*
        pronoun = Chunk("pronoun", frame.chunk.start, frame.chunk.end, "it")
        return self.parties(pronoun, frame)

    @staticmethod
    def _carrier(frame: Frame) -> Sequence[Party]:
        """`a Canadian C-130 has brought helmets to Z`: whose plane or ship it is."""
        carrying = frame.verb is not None and frame.verb.lemma in CARRYING | {"carry", "deliver", "land"}
        if frame.subject is None or not carrying or (frame.subject.kind != "item" and not frame.subject.words & _FREIGHTERS):
            return []
        if frame.subject.kind == "other":
            return frame.subject.possessor  # *Soviet freighters are bringing missiles to Z*
        return [item.maker for item in frame.subject.items if item.maker is not None and item.thing.lists in GOING]

    def _gift_of(self, frame: Frame) -> Sequence[Party]:
        """`Three French-built jets, a gift from X, were handed over to Z`, `on loan from X`: who gives is not who made them."""
        if frame.noun or frame.chunk.form != "passive" or frame.subject is None:
            return []
        for other in self.frames:
            beside = other.noun and other.sense == "give" and other.gap is frame.subject
            if beside and other.chunk.end < frame.chunk.start and other.phrase("from", "by"):
                return [party for chunk in other.phrase("from", "by") for party in self.parties(chunk, other)]
        lent = frame.words & {"gift", "loan"} and any(item.made for item in frame.subject.items)
        return [party for chunk in frame.phrase("from") for party in chunk.parties] if lent else []

    @staticmethod
    def _present_of(frame: Frame) -> Sequence[Party]:
        """`five jets, a gift of X`: whose gift things are."""
        given = frame.noun and frame.verb is not None and frame.verb.terms == "gift" and not frame.chunk.items
        return [party for chunk in frame.phrase("of") for party in chunk.parties] if given and said_of(frame) else []

    def _bought_by(self, frame: Frame, roles: Roles) -> Sequence[Party]:
        """`is to receive the missiles that X bought from W`: who bought the things that another gets gives them."""
        gift = self._gift_of(frame) or self._making(frame)
        if gift:
            return gift
        own = {party.state for party in roles.recipients}
        for other in self.frames if own and not frame.noun else ():
            bought = other.sense in ("get", "order") and other.chunk.form in ("past", "perfect") and not other.noun
            if not bought or other.by != "which" or not any(other.gap is chunk for chunk in frame.objects):
                continue
            buyers = [party for party in self.actor(other) if party.state not in own]
            sellers = [party for chunk in other.phrase("from") for party in self.parties(chunk, other)]
            if buyers and other.subject is not None and other.subject.kind == "party":
                for item in roles.items if sellers else ():
                    item.made, item.maker = True, sellers[0]
                return buyers
        return []

    def _making(self, frame: Frame) -> Sequence[Party]:
        """`Missiles which X builds under licence are to be sold to Z`: who makes what is sold, if nobody else sells it."""
        things = frame.subject if frame.chunk.form == "passive" and not frame.phrase("by", "from") else None
        for other in self.frames if things is not None and things.kind == "item" else ():
            told = other.by == "which" and other.gap is things and other.subject is not things and not other.noun
            if told and other.verb is not None and other.verb.lemma in _MAKING and not other.phrase("for"):
                return self.actor(other)
        return []

    def _stopped_before(self, frame: Frame) -> Sequence[Party]:
        """`bought ships whose delivery to W X had cancelled`: who was to deliver the things to another sells them."""
        own = {party.state for party in self.actor(frame)}
        for other in self.frames:
            about = other.noun and other.sense == "give" and any(other.gap is chunk for chunk in frame.objects)
            if about and other.parent is not None and other.parent.sense == "refuse":
                return [party for party in self.actor(other.parent) if party.state not in own]
        return []

    def _built_first_for(self, frame: Frame, roles: Roles) -> Sequence[Party]:
        """`The ships had been built for Z, but X cancelled their delivery`: for whom the things were that are not delivered."""
        stopped = frame.parent if frame.by in ("obj", "subject") and frame.chunk.possessive_word in ("their", "its") else None
        if stopped is None or stopped.sense != "refuse" or frame.phrase("of", "to", "for"):
            return []
        for other in self.frames:
            made = other.sense in ("make", "order") and other.chunk.form == "passive" and other.chunk.start < frame.chunk.start
            goals = [chunk for chunk in other.phrase("for", "by") if chunk.kind == "party"] if made else []
            if goals and other.subject is not None:
                roles.items = roles.items or self.things([other.subject])
                roles.exporters = list(self.actor(stopped))
                return [party for chunk in goals for party in chunk.parties]
        return []

    def _at_the_yard(self, frame: Frame) -> Sequence[Party]:
        """`X has launched the second of five corvettes ordered by Z`: who builds what another has ordered."""
        for other in self.frames if frame.by in ("reduced", "which") and frame.gap is not None else ():
            yard = other.verb is not None and other.verb.lemma in _YARD and not other.noun and other.chunk.form != "passive"
            if yard and any(frame.gap is chunk for chunk in other.objects):
                return self.actor(other)
        return []

    @staticmethod
    def _at_their_yard(frame: Frame, roles: Roles) -> Sequence[Party]:
        """`was handed over to Z's navy at a yard in X`, `at Severodvinsk in X's far north`: where ships change hands."""
        handed = frame.verb is not None and frame.verb.event in ("hand over", "deliver", "transfer") and not frame.noun
        ships = bool(roles.items) and all(item.thing.lists == "ML9" for item in roles.items)
        if not handed or not ships or frame.chunk.form != "passive" or frame.phrase("from", "by"):
            return []
        taken = {party.state for party in roles.recipients}
        near = [party for chunk in frame.phrase("in", "at") for party in (*chunk.parties, *chunk.possessor)]
        found = {party.state: party for party in near if taken and party.state not in taken}
        return list(found.values()) if len(found) == 1 else []

    def awaited(self, frame: Frame) -> Roles | None:
        """`is waiting for 20 jets from X`: who waits is to get them."""
        roles = Roles(items=self.things([chunk for chunk in frame.objects if chunk.kind == "item"]))
        roles.exporters = [party for chunk in frame.phrase("from") if chunk.kind == "party" for party in chunk.parties]
        roles.recipients = self.actor(frame)
        return roles if roles.items and roles.exporters and roles.recipients and not frame.noun else None

    def _cancelled_order(self, frame: Frame, roles: Roles) -> Sequence[Party]:
        """`cancelled delivery of the missiles ordered from X`: who ordered them cancels it."""
        above = frame.parent if frame.by == "obj" and frame.parent is not None and frame.parent.sense == "refuse" else None
        sellers = self._told_bought(frame) if above is not None and not above.noun and above.chunk.form != "passive" else []
        if above is not None and sellers and not roles.recipients:
            own = {party.state for party in sellers}
            roles.recipients = [party for party in self.actor(above) if party.state not in own]
        return sellers

    def _shipped_from(self, frame: Frame) -> Sequence[Party]:
        """`tanks, shipped from X, have been taken over by Z's army`: whence the things came that another gets."""
        sent = [
            other for other in self.frames if other.by == "reduced" and other.sense == "give" and other.gap is frame.subject
        ]
        return [party for other in sent for chunk in other.phrase("from", "by") for party in chunk.parties]

    def _made_up(self, frame: Frame) -> Roles | None:
        """`X will replace them with Y`, `is to fill the gap with Y`, `make good the loss with Y`: who gave gets."""
        meant = [chunk for chunk in frame.objects if chunk.kind == "pronoun" and chunk.word in ("them", "those", "it", "these")]
        told = (*(chunk.word for chunk in frame.objects), *(frame.verb.lemma.split() if frame.verb is not None else ()))
        if not (meant or _GAPS & set(told)) or frame.noun or frame.chunk.form == "passive" or frame.subject is None:
            return None
        new = [chunk for chunk in frame.phrase("with") if chunk.kind == "item" or chunk.word == "ones"]
        roles = Roles(items=self.things(new))
        roles.exporters = self.parties(frame.subject, frame)
        goals = [chunk for chunk in frame.phrase("for") if chunk.kind == "party"]
        own = {party.state for party in roles.exporters}
        giving = [other for other in self.frames if other.sense in ("give", "swap", "promise") and not other.noun]
        before = [party for other in giving if other.chunk.end < frame.chunk.start for party in self.actor(other)
                  if not other.objects or any(chunk.kind != "pronoun" for chunk in other.objects)]  # fmt: skip
        given = [party for party in before if party.state not in own][-1:]
        given = given or [party for party in (self.context.last[0] if self.context.last else []) if party.state not in own]
        if meant and not given:  # *Z's tanks went to W; X makes up for them*
            given = [party for party in self.exporters if party.state not in own][-1:]
        found = [party for chunk in goals for party in chunk.parties]
        roles.recipients = found or [replace(party, form="assumed") for party in given]
        return roles if roles.items and roles.exporters and roles.recipients else None

    def _missed(self, frame: Frame) -> Sequence[Party]:
        """`X said Z would not get the jets it had been promised`: who promised them, or tells that they will not come."""
        if frame.noun or frame.verb is None or frame.verb.lemma not in _COMING:
            return []
        own = {party.state for party in self.actor(frame)}
        let = frame.parent if frame.by == "to" and frame.verb.lemma in ("have", "get") else None
        if let is not None and let.verb is not None and let.verb.lemma == "let" and self.actor(let):
            return [party for party in self.actor(let) if party.state not in own]  # *let Z have jets that W had given it*
        for other in self.frames:
            if other.sense in ("promise", "offer") and any(other.gap is chunk for chunk in frame.objects):
                found = [party for party in self.actor(other) if party.state not in own]
                if found:
                    return found
        told = frame.teller or (frame.parent if frame.by == "that" else None)
        if told is None or not frame.chunk.negative or told.sense != "say":
            return []
        return [replace(party, form="capital") for party in self.actor(told) if party.state not in own]

    def _from_whom(self, chunk: Chunk, frame: Frame) -> Sequence[Party]:
        """Who sells; *it* is the last that was named and does not buy."""
        if chunk.kind != "pronoun" or chunk.word not in ("it", "them") or frame.noun:
            return self.parties(chunk, frame)
        own = {party.state for party in self.actor(frame)}
        near = [party for other in self.frames for each in (*other.objects, *(goal for _, goal in other.phrases))
                if each.kind == "party" and each.end <= chunk.start for party in each.parties]  # fmt: skip
        acting = [party for other in self.frames if other.subject is not None and other.subject.end <= frame.chunk.start
                  for party in other.subject.parties if party.state not in own]  # fmt: skip
        return [party for party in near if party.state not in own][-1:] or acting[-1:] or self.parties(chunk, frame)

    def _also_from(self, frame: Frame) -> Sequence[Party]:
        """`bought jets from X and is negotiating the purchase of missiles`: from whom the same buyer has just bought."""
        top = frame.chain()[-1]
        for other in self.frames:
            before = other.sense in ("get", "order") and not other.noun and other.chunk.end < frame.chunk.start
            if before and other.subject is top.subject and top.subject is not None and top is not other and top.by == other.by:
                return [party for chunk in other.phrase("from") for party in self.parties(chunk, other)]
            more = any(chunk.kind == "number" and "more" in chunk.words | {chunk.word} for chunk in frame.objects)
            had = (
                other.sense in ("get", "order", "swap") and other.by in ("which", "sub") and other.chunk.end < frame.chunk.start
            )
            if more and had and other.phrase("from"):  # *after it got jets from X, Z ordered four more*
                same = {party.state for party in self.actor(other)} <= {party.state for party in self.actor(frame)}
                return [party for chunk in other.phrase("from") for party in self.parties(chunk, other)] if same else []
        return []

    def _kept_by(self, frame: Frame, roles: Roles) -> Sequence[Party]:
        """`has bought the ships that X had laid up`: whose they were, by a clause that tells of no other transfer."""
        own = {party.state for party in (*roles.recipients, *self.actor(frame))}
        things = (*frame.objects, *frame.phrase("of", "for"))
        for other in self.frames:
            told = other.by == "which" and other.sense not in ("get", "order", "swap", "say")
            told = told and (other.sense != "give" or not other.phrase("to", "for"))
            if (
                told
                and other.gap is not None
                and other.gap is not other.subject
                and any(other.gap is chunk for chunk in things)
            ):
                return [party for party in self.actor(other) if party.state not in own]
        return []

    def _turned_to(self, frame: Frame) -> Sequence[Party]:
        """`has turned to X and ordered jets`: to whom a buyer has turned sells."""
        for other in self.frames:
            turned = other.verb is not None and other.verb.lemma in ("turn to", "look to", "approach")
            before = other.chunk.start < frame.chunk.start and not frame.noun
            if turned and before and other.subject is frame.subject and other.subject is not None:
                return self.addressed(other)
        return []

    def _told_to(self, frame: Frame, roles: Roles) -> Sequence[Party]:
        """`X told Z that it would not get Y`: to whom it is told, by who gives."""
        told = frame.parent if frame.by == "that" else None
        if told is None or told.verb is None or told.verb.lemma not in _TELLING:
            return []
        if frame.subject is None or frame.subject.kind != "pronoun" or frame.verb is None or frame.verb.lemma not in _COMING:
            return []
        heard = [party for chunk in told.objects if chunk.kind == "party" for party in chunk.parties]
        if told.chunk.form == "passive":
            heard = list(self.parties(told.subject, told))
        if heard and not roles.exporters:
            roles.exporters = self.actor(told)
        return heard

    def _told_before(self, frame: Frame) -> Sequence[Party]:
        """`told Z it would not get the jets it had paid for`: who buys in the clause is who was told."""
        outer, subject = frame.parent, frame.subject
        if frame.by != "which" or outer is None or subject is None or outer.subject is None or outer.sense != "get":
            return []
        same = subject.kind == outer.subject.kind == "pronoun" and subject.word == outer.subject.word
        return self._told_to(outer, Roles()) if same else []

    def _promised_by(self, frame: Frame) -> Sequence[Party]:
        """`the delivery of ships to Z, promised by X, was cancelled`: who promised or sold them."""
        for other in self.frames:
            if other.by == "reduced" and other.parent is frame and other.sense in ("promise", "offer", "give"):
                return [party for chunk in other.phrase("by") for party in self.parties(chunk, other)]
        return []

    def _told_bought(self, frame: Frame) -> Sequence[Party]:
        """`no longer wants the jets that it was to have bought from X`: from whom they are."""
        for other in self.frames:
            placed = other.verb is not None and other.verb.lemma == "place" and other.by in ("reduced", "which") and frame.noun
            if placed and any(other.gap is chunk for chunk in (*frame.phrase("of", "for"), frame.chunk)):
                return [party for chunk in other.phrase("with") for party in self.parties(chunk, other)]
            told = other.gap is not None and any(other.gap is chunk for chunk in (*frame.objects, *frame.phrase("of", "for")))
            told = told or (other.chunk.start > frame.chunk.start and any(each.kind == "number" for each in other.phrase("of")))
            again = other.gap is None and other.by == "which" and other.subject is not None and other.subject.kind == "pronoun"
            if (told or again) and other.sense in ("get", "order", "swap", "pick"):
                return [party for chunk in other.phrase("from") for party in self.parties(chunk, other)]
        return []

    def _buying(self, frame: Frame, exporters: Sequence[Party]) -> Sequence[Party]:
        """`Z has paid for jets that X will deliver`: who buys the things that a clause says another will give."""
        top = frame.chain()[-1]
        own, payer = {party.state for party in exporters}, top.parent if top.by == "which" else None
        if own and payer is not None and payer.verb is not None and payer.verb.lemma in _REPAYING and not frame.phrase("to"):
            # *will pay Z back for ships that it refused to deliver*
            return [party for chunk in payer.objects for party in chunk.parties if party.state not in own]
        above = frame.parent
        if frame.by != "which" or frame.gap is None or not exporters or above is None or frame.phrase("to", "for"):
            return []
        bought = above.sense in ("get", "order") and not above.noun
        if not bought or not any(frame.gap is chunk for chunk in (*above.objects, *above.phrase("for"))):
            return []
        return [party for party in self.actor(above) if party.state not in own]

    @staticmethod
    def _whose(frame: Frame, exporters: Sequence[Party]) -> Sequence[Party]:
        """`Z's missile boats, which X supplied in 1962`: who has what another has given received it."""
        given = frame.chunk.form in ("past", "perfect", "past perfect", "passive")
        if frame.by not in ("which", "reduced") or frame.gap is None or not given or not exporters or frame.phrase("to", "for"):
            return []
        own = {party.state for party in exporters}
        whose = frame.gap.possessor[:-1] if "made" in frame.gap.words else frame.gap.possessor  # *German-made tanks*
        return [party for party in whose if party.state not in own]

    @staticmethod
    def _to_troops(frame: Frame, roles: Roles) -> bool:
        """`rebels handed their rifles to NATO troops from X`: where the troops come from, not the things."""
        bodies = bool(roles.recipients) and all(party.state == NONE for party in roles.recipients)
        return bodies and frame.subject is not None and frame.subject.kind in ("other", "item")

    def _to_own_forces(self, frame: Frame) -> bool:
        """`X's yard delivered two boats to the navy`: to its own, where no other state has been told of."""
        delivered = frame.verb is not None and frame.verb.event in ("deliver", "hand over")
        forces = any(chunk.form == "organ" and chunk.kind == "pronoun" for chunk in frame.phrase("to"))
        return delivered and forces and self.context.last is None

    def _replaced(self, frame: Frame) -> Roles | None:
        """`X will replace the tanks that Z gave to W with Y`: who gave what is replaced receives."""
        gone = [other for other in self.frames if other.by in ("which", "reduced") and other.sense in ("give", "go")
                and any(other.gap is chunk for chunk in frame.objects)]  # fmt: skip
        if not gone:
            return self._wished_instead(frame)
        if frame.chunk.form == "passive":
            return None
        standing = self._standing_in(frame, gone[0])
        if standing is not None:
            return standing
        items = self.things([chunk for each in (frame, gone[0]) for chunk in each.phrase("with") if chunk.kind != "party"])
        roles = Roles(self.actor(frame), self.actor(gone[0]), items)
        if {party.state for party in roles.exporters} & {party.state for party in roles.recipients}:
            roles.exporters = [party for each in (frame, gone[0]) for chunk in each.phrase("from") for party in chunk.parties]
        gone[0].phrases = [entry for entry in gone[0].phrases if entry[0] != "with"]
        return roles if roles.items and roles.exporters and roles.recipients else None

    def _standing_in(self, frame: Frame, gone: Frame) -> Roles | None:
        """`Ten jets promised by X will stand in for those that Z sent to W`: what comes in their place, and from whom."""
        things = frame.subject
        ahead = frame.chunk.form in ("future", "arranged", "finite", "ongoing", "third")
        if things is None or things.kind != "item" or not ahead:
            return None
        taken = {party.state for party in self.actor(gone)}
        told = [other for other in self.frames if other.by == "reduced" and other.gap is things]
        phrases = [*(chunk for other in told for chunk in other.phrase("by", "from")), *frame.phrase("from")]
        givers = [party for chunk in phrases if chunk.kind == "party" for party in chunk.parties]
        givers = givers or [item.maker for item in things.items if item.maker is not None]
        roles = Roles([party for party in givers if party.state not in taken][:1], self.actor(gone), self.things([things]))
        return roles if roles.exporters and roles.recipients and roles.items else None

    def _wished_instead(self, frame: Frame) -> Roles | None:
        """`asked X to replace the planes it lost with jets`: who asks another for what is to replace its own receives it."""
        asking = frame.parent if frame.by in ("to", "that") else None
        if asking is None or asking.sense not in ("ask", "want") or frame.verb is None or frame.verb.lemma != "replace":
            return None
        items = self.things([chunk for chunk in frame.phrase("with", "by") if chunk.kind == "item"])
        roles = Roles(self.actor(frame), self.actor(asking), items)
        given = {party.state for party in roles.exporters}
        apart = not given & {party.state for party in roles.recipients}
        return roles if apart and given and roles.recipients and items and frame.chunk.form != "passive" else None

    def _paid_for_another(self, frame: Frame, roles: Roles) -> bool:
        """`Z will pay for guns that X is to send to W`: who only pays for what another gives to a third."""
        own = {party.state for party in roles.recipients}
        given = [other for other in self.frames if other.by in ("which", "reduced") and other.sense == "give"
                 and any(other.gap is chunk for chunk in frame.phrase("for"))]  # fmt: skip
        goals = [party for other in given for chunk in other.phrase("to", "for") for party in chunk.parties]
        return bool(goals) and not own & {party.state for party in goals}

    def _whose_went(self, frame: Frame) -> Sequence[Party]:
        """`its missiles were delivered to Z`: whose they were."""
        subject = frame.subject
        its = subject is not None and subject.kind == "item" and subject.possessive_word in ("its", "their")
        if not its or frame.phrase("by"):
            return []
        goal = {party.state for chunk in frame.phrase("to") for party in self.parties(chunk, frame)}
        owners = self.parties(Chunk("pronoun", frame.chunk.start, frame.chunk.end, "it"), frame)
        return [party for party in owners if goal and party.state not in goal]

    def _fitted(self, frame: Frame, roles: Roles) -> Sequence[Party]:
        """`will supply turbines for Z's next frigates`: whose the things are that others are for."""
        own = {party.state for party in roles.exporters}
        meant = [chunk for chunk in frame.phrase("for") if chunk.kind in ("item", "other")]
        return [party for chunk in meant for party in chunk.possessor if own and party.state not in own]

    @staticmethod
    def _by_each(frame: Frame, roles: Roles) -> None:
        """`was offered Gripens by X and Rafales by W`: each thing by whom stands behind it."""
        given = [chunk for chunk in frame.phrase("by") if chunk.kind == "party"]
        if len(given) > len(roles.items) == 1:  # *was promised tanks by X, trucks by Y and nothing by W*
            behind = [chunk for chunk in given if chunk.start > roles.items[0].span[1]]
            roles.exporters = list(behind[0].parties) if len(behind) == len(given) else roles.exporters
            return
        if len(given) < 2 or len(given) != len(roles.items):
            return
        order = sorted([*((item.span[0], 0) for item in roles.items), *((chunk.start, 1) for chunk in given)])
        if [kind for _, kind in order] == [0, 1] * len(given):
            for item, chunk in zip(roles.items, given, strict=True):
                item.source = chunk.parties[0]
