"""What words beside a transfer make of it: what was to have been and is off, what is asked by letter, what a seller urges."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sekisho.language.nodes import NONE
from sekisho.read.appeals import is_errand, is_letter_of
from sekisho.read.beside import Beside
from sekisho.read.chunks import Party
from sekisho.read.deals import Roles
from sekisho.read.frames import PRESSING, Frame, exchanges_notes
from sekisho.read.remarks import owned_by
from sekisho.read.sellers import CARRYING
from sekisho.read.status import ACCEPTING, SUPPOSED
from sekisho.read.stocks import drained_giver
from sekisho.read.undone import frustrated, pacts_called_off, undone
from sekisho.read.wordlists import word_list

_AS_WELL = frozenset({"also", "too", "well", "likewise", "similarly"})
_ABOUT = frozenset({"prep on", "prep over", "prep about", "prep for"})
_BEARING = frozenset({"planes", "aircraft", "transports", "ships", "vessels", "helicopters", "plane", "ship", "transport"})
_FORCES = frozenset({"army", "navy", "force", "forces", "police", "guard", "marines", "military"})
_CONTINGENTS = word_list("contingents")
_ONCE = frozenset({"once", "formerly", "previously", "originally"})
_HOLDING = frozenset({"hold", "own", "stock", "store", "keep", "operate", "stockpile"})
_FIRMS = word_list("organs company")
_AT_LARGE = frozenset({"security", "partnership", "cooperation", "co-operation", "friendship", "framework", "strategic"})
"""Words of pacts that are about more than one transfer."""
_CARRIERS = frozenset({"flight", "flights", "plane", "planes", "freighter", "freighters", "ship", "ships", "convoy", "convoys",
                       "airlift", "train", "trains", "lorries", "trucks", "transports", "vessel", "vessels"})  # fmt: skip
_HAULING = frozenset({"bring", "fly", "carry", "haul", "ferry", "airlift", "transport", "fly in", "bring in"})
_STAYING = frozenset({"stay", "remain", "keep", "hold", "retain", "store", "lie", "rest", "stay put", "remain put"})
_PAPERS = frozenset({"notes", "letters", "papers", "documents"})
_COMPLAINING = frozenset({"complain", "grumble", "moan", "gripe", "lament", "bemoan", "fret", "fume", "regret", "protest"})
_LATE = frozenset({"late", "overdue", "slow", "schedule", "delayed"})
_SERVICES = frozenset({"use", "service", "action", "combat", "operation", "operations"})
_FLYING = frozenset({"fly", "serve", "operate", "be in service", "be in use"})
_MOTIONS = frozenset({"motion", "resolution", "bill", "amendment", "petition"})


class Otherwise(Beside):
    """The sides and the status of a transfer that another verb of its sentence, or the one before, calls off or asks for."""

    def _called_off(self, frame: Frame, roles: Roles) -> None:
        """`cancelled a deal with X under which Z was to have received jets`: of the two whose deal is off one gives."""
        self._included(frame, roles)
        self._negotiated(frame, roles)
        self._picked_before(frame, roles)
        self._in_hands_of(frame, roles)
        self._to_contingent(frame, roles)
        self._under_permit(frame, roles)
        self._refused_alike(frame, roles)
        self._got_it(frame, roles)
        self._weighed(frame, roles)
        self._for_leave(frame, roles)
        if not frustrated(frame) or (roles.exporters and roles.recipients):
            return
        both = list(self.context.called_off or [])
        for noun, above in pacts_called_off(self.frames):
            both = [*self.actor(above), *(party for chunk in noun.phrase("with") for party in self.parties(chunk, noun))]
        known = {party.state for party in (*roles.exporters, *roles.recipients)}
        others = {party.state: party for party in both if party.state not in known}
        states, last = {party.state for party in both}, self.context.last
        if len(states) == 2 and not known and frame.chunk.form == "passive" and not frame.phrase("by"):
            sides = [party.state for side in last for party in side] if last is not None else []
            if last is not None and len(sides) == 2 and set(sides) == states:
                roles.exporters, roles.recipients = last
            else:
                self.divide(roles, both, 0)
        elif len(others) == 1 and (known < states or len(states) == 1):
            found = list(others.values())
            roles.exporters, roles.recipients = roles.exporters or found, roles.recipients or found

    def _negotiated(self, frame: Frame, roles: Roles) -> None:
        """`Negotiations are under way between Z and X on the sale of jets`: of two that talk one gives."""
        held = frame.parent if frame.noun and frame.sense in ("give", "get") and frame.by in _ABOUT else None
        talks = held.subject if held is not None and not held.noun else None
        if held is None or talks is None or talks.noun is None or talks.noun.sense != "plan" or roles.exporters:
            return
        two = [party for chunk in held.phrase("between") for party in chunk.parties]
        if len({party.state for party in two}) == len(two) == 2 and not frame.phrase("to", "from", "by"):
            self.divide(roles, two, 1)

    @staticmethod
    def _included(frame: Frame, roles: Roles) -> None:
        """`cut off aid to Z, including the delivery of jets`: to whom the whole goes, the part goes too."""
        whole = frame.parent if frame.noun and frame.by in ("prep including", "prep among") else None
        if whole is None or roles.recipients or not roles.exporters:
            return
        own = {party.state for party in roles.exporters}
        goals = [chunk for chunk in whole.phrase("to", "for") if chunk.kind == "party" and chunk.end <= frame.chunk.start]
        roles.recipients = [party for chunk in goals for party in chunk.parties if party.state not in own]

    def _in_their_place(self, frame: Frame, roles: Roles) -> None:
        """`In return X will supply jets`, `X has promised jets in their place`: to who gave before."""
        self._announced_by_two(frame, roles)
        self._of_both(frame, roles)
        self._its_own_gift(frame, roles)
        self._carried_from(frame, roles)
        self._from_drained(frame, roles)
        self._of_its_stock(frame, roles)
        last = self.context.last
        more = frame.sense == "give" and frame.chunk.form == "passive" and bool(roles.items) and roles.items[0].counted
        if more and last is not None and not roles.exporters and roles.recipients and not frame.phrase("by", "from"):
            same = {party.state for party in roles.recipients} == {party.state for party in last[1]}
            roles.exporters = list(last[0]) if same else []  # *An earlier pair was delivered to the island*
        returned = frame.sense == "get" and not frame.noun and self.context.exchanging and not frame.phrase("from")
        if returned and roles.recipients and not roles.exporters and self.recipients:
            same = {party.state for party in roles.recipients} == {party.state for party in self.exporters}
            roles.exporters = list(self.recipients) if same else []  # *hands tanks to X and gets jets in return*
        giving = frame.sense in ("give", "promise", "offer") and not frame.noun and frame.chunk.form != "passive"
        if not giving or last is None or roles.recipients or not roles.exporters or frame.phrase("to", "for", "in"):
            return
        instead = any(chunk.word in ("replacement", "replacements", "substitutes") for chunk in frame.phrase("as"))
        if not (self.context.exchanging or instead) or any(chunk.kind == "party" for chunk in frame.objects):
            return
        own = {party.state for party in roles.exporters}
        if self.exporters and not own & {party.state for party in self.exporters}:
            roles.recipients = [replace(party, form="assumed") for party in self.exporters]
        elif not own & {party.state for party in last[0]}:
            roles.recipients = [replace(party, form="assumed") for party in last[0]]

    def _announced_by_two(self, frame: Frame, roles: Roles) -> None:
        """`Z and X announced the purchase of jets`, `signed an agreement on the purchase`: of the two one sells."""
        bought = frame.noun and frame.sense == "get" and bool(roles.items) and not roles.exporters
        bought = bought and len(roles.recipients) in (0, 2)
        traded = frame.parent if frame.noun and frame.sense == "give" and frame.by in ("prep on", "prep for") else None
        if traded is not None and _swaps_notes(traded) and not (roles.exporters or roles.recipients):
            sides = [*self.actor(traded), *(party for chunk in traded.phrase("with") for party in chunk.parties)]
            if len(sides) == 2 and not (frame.chunk.possessor or frame.phrase("from", "by", "to")):
                self.divide(roles, sides, 0)  # *Z and X exchanged notes on the grant of radars*
            return
        if not bought or frame.chunk.possessor or frame.phrase("from", "by", "to", "with", "for"):
            return
        above = frame.parent
        if above is not None and above.noun and above.sense in ("deal", "plan"):
            above = above.parent
        if above is None or above.noun or above.sense not in ("say", "sign", "decide", "plan") or above.chunk.negative:
            return
        two = self.actor(above)
        apart = len(two) == len({party.state for party in two}) == 2 and all(party.kind != "company" for party in two)
        known = above.sense != "say" or bool(self.designers(roles.items) & {party.state for party in two})
        if apart and known and above.chunk.form != "passive":
            self.divide(roles, two, 1)

    def _sold_by_one(self, frame: Frame, roles: Roles) -> bool:
        """`X and Z announced the sale of jets`: whether of two that tell of a sale one sells, and the other buys."""
        told = frame.noun and frame.sense == "give" and not (roles.recipients or frame.phrase("to", "from", "by"))
        sides = {party.state for party in roles.exporters}
        two = told and len(sides) == len(roles.exporters) == 2 and frame.by in ("obj", "prep on", "prep for")
        if two and not frame.chunk.possessor and all(party.kind != "company" for party in roles.exporters):
            self.divide(roles, list(roles.exporters), 0)
        return two

    def _decreed(self, frame: Frame, each: Frame) -> Frame | None:
        """`A decree signed by X on Monday bans`, `A contract signed on Monday seals`: what says when the paper was signed."""
        noted = self._noted(frame) if each is frame else None
        if noted is not None or each.sense not in ("refuse", "sign", "permit") or each.subject is None:
            return noted
        papers = [other for other in self.frames if other.by == "reduced" and other.sense in ("sign", "trade") and other.days]
        return next((other for other in papers if other.gap is each.subject), None)

    def _noted(self, frame: Frame) -> Frame | None:
        """`Under notes exchanged on Friday X will give Z boats`: what says when the notes were exchanged."""
        for other in self.frames:
            paper = other.gap if other.by == "reduced" and other.sense in ("sign", "trade", "decide") and other.days else None
            if paper is None or paper.kind != "other" or not paper.words & _PAPERS:
                continue
            if any(paper is chunk for chunk in frame.phrase("by", "under", "in", "through", "with")):
                return other
        return None

    def _of_both(self, frame: Frame, roles: Roles) -> None:
        """`Z and X have agreed on the sale of 24 jets`, `have signed for 24 jets`: of the two one gives."""
        above = frame.parent if frame.noun and frame.sense in ("give", "get", "deal") and frame.by == "obj" else frame
        signed = above is not None and not above.noun and above.sense in ("decide", "sign") and above.subject is not None
        both = self.actor(above) if signed and above is not None else []
        states = {party.state for party in both}
        sides = ({party.state for party in roles.exporters}, {party.state for party in roles.recipients})
        if len(states) == len(both) == 2 and roles.items and all(not side or side == states for side in sides) and any(sides):
            self.divide(roles, both, 1)

    def _its_own_gift(self, frame: Frame, roles: Roles) -> None:
        """`After its gift of tanks to W, X turned to Z for others`: who acts behind gave what opens the sentence."""
        opens = frame.noun and frame.sense == "give" and frame.by == "sub" and frame.chunk.possessive_word in ("its", "their")
        taken = {party.state for party in roles.recipients}
        main = next(
            (other for other in self.frames if other.by == "main" and not other.noun and other.subject is not None), None
        )
        if not opens or main is None or main.subject is None or main.subject.kind != "party" or not taken:
            return
        found = [party for party in main.subject.parties if party.state not in taken]
        if found and main.subject.start > frame.chunk.end and not frame.phrase("from", "by"):
            roles.exporters = [replace(party, form="assumed") for party in found[:1]]

    def _carried_from(self, frame: Frame, roles: Roles) -> None:
        """`Five Antonov flights brought missiles from X to Z`: whose the carriers are does not say who gives."""
        subject = frame.subject
        carried = frame.sense == "give" and not frame.noun and frame.chunk.form != "passive" and subject is not None
        hauls = frame.verb is not None and frame.verb.lemma in _HAULING
        if not carried or subject is None or not roles.recipients:
            return
        if not subject.words & _CARRIERS and not (hauls and any(party.kind == "company" for party in subject.parties)):
            return
        taken = {party.state for party in roles.recipients}
        whence = [party for chunk in frame.phrase("from") if chunk.kind == "party" for party in chunk.parties]
        found = [party for party in whence if party.state not in taken]
        roles.exporters = found[:1] or roles.exporters

    def _from_drained(self, frame: Frame, roles: Roles) -> None:
        """`Its racks emptied by shipments of missiles to W, X has ordered`: whose racks these are gave what is gone."""
        whose = drained_giver(frame, self.frames)
        taken = {party.state for party in roles.recipients}
        found = [party for party in self.parties(whose, frame) if party.state not in taken] if whose is not None else []
        if found and not frame.phrase("from", "by"):
            roles.exporters = [replace(party, form="assumed") for party in found[:1]]

    def _of_its_stock(self, frame: Frame, roles: Roles) -> None:
        """`X is retiring its F-16s: 24 of the U.S.-made jets are being sold to Z`: whose they were gives them."""
        alone = frame.by in ("main", "sub") and not frame.noun and not frame.phrase("by", "from")
        passive = frame.chunk.form == "passive" and frame.sense == "give"
        if not alone or not (passive or frame.sense == "go") or not roles.items or not roles.items[0].pointing:
            return
        item, taken = roles.items[0], {party.state for party in roles.recipients}
        for other in self.frames:
            near = [chunk for chunk in (*other.objects, *other.phrase("of")) if chunk.possessive_word in ("its", "their")]
            same = any(each.thing.id == item.thing.id for chunk in near for each in chunk.items)
            whose = self.actor(other) if same and other.chunk.end < frame.chunk.start and not other.noun else []
            givers = [party for party in whose if party.state not in taken]
            if givers and taken and len(taken) == 1:
                roles.exporters = [replace(party, form="assumed") for party in givers[:1]]
                item.made = item.made or (item.maker is not None and item.maker.state != givers[0].state)
                return

    def _told_within(self, frame: Frame, roles: Roles) -> None:
        """`is offering the Z army TB2 drones`: who receives is told within the things."""
        if frame.chunk.form == "passive":
            return
        pact = frame.parent if frame.by == "which" and frame.subject is not None and frame.subject.kind == "event" else None
        if pact is not None and pact.sense == "sign" and roles.recipients and not roles.exporters:
            taken = {party.state for party in roles.recipients}  # *X and Z signed an agreement that will supply Z with guns*
            roles.exporters = [party for party in self.actor(pact) if party.state not in taken]
        own = {party.state for party in roles.exporters}
        carriers = frame.subject if frame.sense == "give" and not frame.noun and not roles.exporters else None
        bearing = carriers is not None and carriers.kind == "item" and carriers.word in _BEARING
        if carriers is not None and bearing and frame.phrase("to", "for") and frame.objects:
            taken = {party.state for party in roles.recipients}  # *Transport planes of X's air force delivered guns to Z*
            whose = [*owned_by(carriers), *(item.maker for item in carriers.items if item.maker is not None and not item.made)]
            roles.exporters = [party for party in whose[:1] if party.state not in taken]
        giving = frame.sense in ("give", "promise", "offer") and not frame.noun and roles.exporters
        near = [chunk for chunk in frame.objects if giving and "the" in chunk.words and chunk.words & _FORCES]
        further = frame.parent if frame.by == "to" and giving else None
        whom = [chunk for chunk in frame.objects if chunk.kind == "pronoun" and chunk.word in ("it", "them")]
        if further is not None and further.by == "to" and further.sense in ("give", "swap") and len(frame.objects) > 1 and whom:
            roles.recipients = roles.recipients or [party for party in self.recipients if party.state not in own]
        if not roles.recipients and not frame.phrase("to"):
            roles.recipients = [party for chunk in near for party in owned_by(chunk) if party.state not in own]

    def _stopped_by(self, frame: Frame, roles: Roles) -> None:
        """`Z will not get the jets it wanted: X has vetoed the sale`: who stops the sale was to give."""
        if roles.exporters or not roles.recipients or not roles.items:
            return
        taken = {party.state for party in roles.recipients}
        for other in self.frames:
            stops = other.sense == "refuse" and not (other.noun or other.chunk.negative) and other not in frame.chain()
            named = [chunk for chunk in other.objects if chunk.kind == "event" and chunk.definite and not chunk.items]
            if stops and named and other.chunk.start > frame.chunk.end and other.by in ("main", "sub"):
                stopping = [party for party in self.actor(other) if party.state not in taken]
                roles.exporters = [replace(party, form="assumed") for party in stopping]
        made = [
            item.maker for item in roles.items if item.maker is not None and not item.made and item.maker.state not in taken
        ]
        roles.exporters = roles.exporters or made[:1]  # *A plan to send Z 10 Russian jets has been cancelled*

    def _picked_before(self, frame: Frame, roles: Roles) -> None:
        """`Z has picked X over W and will buy 11 frigates`: who was picked sells."""
        if frame.sense not in ("get", "order") or frame.noun or roles.exporters or frame.phrase("from"):
            return
        own = {party.state for party in roles.recipients}
        for other in self.frames:
            if other.sense == "pick" and other.subject is frame.subject and not (other.noun or other.chunk.negative):
                named = [party for chunk in other.objects if chunk.kind == "party" for party in chunk.parties]
                roles.exporters = [party for party in named if party.state not in own]

    def _in_hands_of(self, frame: Frame, roles: Roles) -> None:
        """`vetoed the re-export to Z of shells held by X`: who holds the things is to give them."""
        things = [*frame.objects, *frame.phrase("of")]
        for other in self.frames if frame.sense == "give" and roles.items else ():
            held = other.by == "reduced" and other.verb is not None and other.verb.lemma in _HOLDING and not other.words & _ONCE
            held = held and (frame.noun or not roles.exporters)
            if held and any(other.gap is chunk for chunk in things) and other.phrase("by"):
                taken = {party.state for party in roles.recipients}
                holding = [party for chunk in other.phrase("by") for party in chunk.parties if party.state not in taken]
                roles.exporters = holding or roles.exporters

    def _to_contingent(self, frame: Frame, roles: Roles) -> None:
        """`handed shells to the South Korean contingent`: whose contingent it is."""
        if frame.sense != "give" or frame.noun or roles.recipients or not roles.exporters:
            return
        own = {party.state for party in roles.exporters}
        near = [chunk for chunk in frame.phrase("to") if chunk.kind == "other" and chunk.words & _CONTINGENTS]
        roles.recipients = [party for chunk in near for party in chunk.possessor if party.state not in own]

    def _under_permit(self, frame: Frame, roles: Roles) -> None:
        """`X has withdrawn the permit under which 100 tanks were to leave for Z`: whose permit it was."""
        above = frame.parent if frame.by == "which" and frame.gap is None and frame.sense == "go" else None
        if above is None or above.sense != "refuse" or above.noun or roles.exporters or not roles.recipients:
            return
        taken = {party.state for party in roles.recipients}
        roles.exporters = [party for party in self.actor(above) if party.state not in taken]

    def _refused_alike(self, frame: Frame, roles: Roles) -> None:
        """`X has authorised exports to Z. An application to ship guns to W was turned down`: by whom, where nobody is named."""
        top, last = frame.chain()[-1], self.context.last
        refused = top.sense in ("refuse", "deny") and top.chunk.form == "passive" and top.by == "main" and not top.noun
        if (
            not refused
            or top.chunk.negative
            or top.phrase("by", "in")
            or last is None
            or roles.exporters
            or not roles.recipients
        ):
            return
        if any(item.maker is not None for item in roles.items):
            return
        taken = {party.state for party in roles.recipients}
        named = {party.state for other in self.frames for _, chunk in other.phrases for party in chunk.parties} - taken
        given = [replace(party, form="assumed") for party in last[0] if party.state not in taken]
        roles.exporters = given if not named else roles.exporters

    def _got_it(self, frame: Frame, roles: Roles) -> None:
        """`asked X for six jets and got them in 2011`: who was asked gave."""
        done = frame.sense == "get" and not frame.noun and frame.chunk.form in ("past", "perfect") and not frame.chunk.negative
        if not done or roles.exporters or frame.phrase("from") or not all(item.pointing for item in roles.items):
            return
        own = {party.state for party in roles.recipients}
        if any(other.sense == "ask" and other.subject is frame.subject for other in self.frames):
            roles.exporters = [party for party in self.exporters if party.state not in own]

    def _weighed(self, frame: Frame, roles: Roles) -> None:
        """`X has sent Z tanks and weighs sending guns`: to whom things went just before."""
        above = frame.parent if frame.by in ("to", "ger") and frame.sense == "give" and not frame.noun else None
        planned = above is not None and above.sense == "plan" and not above.noun and above.by in ("main", "sub")
        if not planned:
            return
        own, given = ({party.state for party in side} for side in (roles.exporters, self.exporters))
        if own and own == given and not roles.recipients and not frame.phrase("to", "for", "in"):
            roles.recipients = [replace(party, form="assumed") for party in self.recipients if party.state not in own]

    def _for_leave(self, frame: Frame, roles: Roles) -> None:
        """`X will send Z tanks. W has asked for leave to hand over guns`: to whom things were last said to go."""
        leave, last = frame.parent, self.context.last
        asked = frame.by == "to" and frame.sense == "give" and leave is not None and leave.noun and leave.sense == "permit"
        if not asked or last is None or roles.recipients or not roles.exporters or frame.phrase("to", "for", "in"):
            return
        known = {party.state for side in (roles.exporters, last[0]) for party in side}
        roles.recipients = [replace(party, form="assumed") for party in last[1] if party.state not in known]

    def _stopped_too(self, frame: Frame, roles: Roles, last: tuple[Sequence[Party], Sequence[Party]]) -> None:
        """`A consignment of guns for Z has been cancelled as well`, `X has refused to provide guns`: as told before."""
        above = frame.parent
        if above is None or above.noun or above.sense != "refuse":
            return
        given, taken = ({party.state for party in side} for side in (roles.exporters, roles.recipients))
        ended = frame.noun and frame.by == "subject" and above.chunk.form == "passive" and above.words & _AS_WELL
        if ended and taken and not given and not above.phrase("by") and self.context.last_status == "refused":
            roles.exporters = [replace(party, form="assumed") for party in last[0] if party.state not in taken]
        kept = frame.by == "to" and frame.sense == "give" and not frame.noun and not frame.phrase("to", "for", "in")
        if kept and given and not taken:
            roles.recipients = [replace(party, form="assumed") for party in last[1] if party.state not in given]

    @staticmethod
    def _served(frame: Frame, roles: Roles) -> None:
        """`stopped supplying parts for Z's F-16s`, `parts for the jets of the Z air force`: whose the systems are."""
        parts = [item for item in roles.items if item.of is not None]
        if not parts or not roles.exporters or roles.recipients or frame.sense not in ("give", "promise", "offer", "permit"):
            return
        own = {party.state for party in roles.exporters}
        whose = [item.served for item in parts if item.served is not None]
        whose = whose or [party for chunk in frame.phrase("of") if frame.noun for party in chunk.parties]
        roles.recipients = [party for party in whose[:1] if party.state not in own]

    def _signed_by_both(self, signing: Frame) -> Frame | None:
        """`under an accord that the two governments signed on Sunday`: the accord."""
        told = signing.by == "which" and signing.gap is not None and not signing.chunk.negative
        told = told and signing.gap is not None and not signing.gap.words & _AT_LARGE
        return next((each for each in self.frames if told and each.noun and each.chunk is signing.gap), None)

    def _studied(self, frame: Frame, roles: Roles) -> None:
        """`Jets offered by X are under study in Z`, `are being studied by Z`: to whom things are offered that are looked at."""
        self._complained_of(frame, roles)
        self._serving(frame, roles)
        offered = frame.by == "reduced" and frame.sense in ("offer", "promise") and bool(roles.exporters)
        own = {party.state for party in roles.exporters}
        for other in self.frames if offered and not roles.recipients else ():
            about = other.subject is frame.gap and frame.gap is not None and other.sense in ("plan", "await", "start")
            near = [party for chunk in other.phrase("by", "in") for party in chunk.parties] if about else []
            found = [party for party in (near or (self.context.home if about else ())) if party.state not in own]
            roles.recipients = [replace(party, form="assumed") for party in found]

    def _complained_of(self, frame: Frame, roles: Roles) -> None:
        """`Z complains that jets ordered from X are taking too long`, `of the late delivery of jets`: who complains buys."""
        if frame.by != "reduced" or frame.sense not in ("order", "get") or roles.recipients or not roles.exporters:
            return
        above = next((each for each in frame.outward()[1:] if each.verb is not None and each.verb.lemma in _COMPLAINING), None)
        if above is None or above.noun or above.chunk.negative or frame.phrase("by", "for"):
            return
        own = {party.state for party in roles.exporters}
        roles.recipients = [replace(party, form="capital") for party in self.actor(above) if party.state not in own]

    def _serving(self, frame: Frame, roles: Roles) -> None:
        """`Missiles provided by X have been in use since May`: who was told of before uses them, where nobody is named."""
        given = frame.by == "reduced" and frame.sense in ("give", "get", "order", "swap") and not frame.phrase("to", "for")
        if not given or frame.gap is None or roles.recipients or not roles.exporters:
            return
        own = {party.state for party in roles.exporters} | {None, NONE}
        for other in self.frames:
            used = other.subject is frame.gap and other.by in ("main", "that") and not other.noun and not other.chunk.negative
            named = [chunk for _, chunk in other.phrases if chunk.kind == "party" or chunk.possessor]
            if used and not (named or other.objects) and _in_service(other):
                known = (self.context.topic, self.context.taking, self.context.home)
                near = next((found for side in known if (found := [p for p in side if p.state not in own])), [])
                roles.recipients = [replace(party, form="assumed") for party in near[-1:]]

    def _yet_to_come(self, frame: Frame) -> bool:
        """`has paid for 66 jets which X has yet to deliver`: whether what is bought has not come so far."""
        if frame.noun or frame.sense not in ("get", "order"):
            return False
        things = [*frame.objects, *frame.phrase("for")]
        awaited = [other for other in self.frames if other.by == "which" and other.sense in ("give", "go", "get")
                   and other.chunk.negative and other.chunk.form == "perfect"]  # fmt: skip
        return any(other.gap is chunk for other in awaited for chunk in things)

    def _is_late(self, frame: Frame) -> bool:
        """`Missiles bought from X are slow in coming`, `are late`: whether things that are bought are still waited for."""
        if frame.by != "reduced" or frame.sense != "get" or frame.gap is None:
            return False
        late = [other for other in self.frames if other.subject is frame.gap and not (other.noun or other.chunk.negative)]
        told = [chunk for other in late for chunk in (*other.objects, *other.phrase("behind"))]
        return any(other.sense == "delay" for other in late) or any(chunk.words & _LATE for chunk in told)

    def _arrival(self, frame: Frame) -> Frame | None:
        """`the jets that Z bought arrived on Friday`: what is told of the things themselves, if they have come."""
        if frame.sense == "thank" and not frame.noun:  # *thanked X for two corvettes which arrived on Friday*
            return next(
                (
                    other
                    for other in self.frames
                    if other.sense == "go"
                    and other.by == "which"
                    and (any(other.gap is chunk for chunk in frame.phrase("for")) and other.chunk.form in ("past", "perfect"))
                ),
                None,
            )
        if not (frame.by in ("which", "reduced") or frame.noun) or frame.gap is None:
            return None
        for other in self.frames:
            come = other.chunk.form in ("past", "perfect") or (
                other.chunk.form == "passive" and bool(other.chunk.words & {"was", "were", "been"})
            )
            come = come and not other.chunk.negative
            flown = other.sense == "give" and other.chunk.form == "passive" and not other.phrase("to", "by") and (
                other.verb is not None and other.verb.lemma in CARRYING)  # fmt: skip
            if (other.sense == "go" or flown) and come and (other.subject is frame.gap or frame.gap in other.phrase("with")):
                return other
        return None

    def _motion_lost(self, frame: Frame, roles: Roles) -> bool:
        """`X's parliament rejected a motion calling for tanks to be sent to Z`: whether what is called for is voted down."""
        asking = next((each for each in frame.chain() if each.sense == "ask" and each.by == "which"), None)
        motion = asking.subject if asking is not None else None
        if motion is None or not motion.words & _MOTIONS:
            return False
        for other in self.frames:
            lost = other.sense == "refuse" and not other.noun and not other.chunk.negative and other is not asking
            if not lost or not (other.subject is motion or any(chunk is motion for chunk in other.objects)):
                continue
            taken = {party.state for party in roles.recipients}
            houses = self.actor(other) if other.subject is not motion else [
                party for chunk in other.phrase("in", "by") for party in chunk.parties]  # fmt: skip
            roles.exporters = roles.exporters or [party for party in houses if party.state not in taken]
            return bool(roles.exporters)
        return False

    def _rebuffed(self, frame: Frame, roles: Roles) -> bool:
        """`X turned down Z, which had asked for jets`, `said no to Z, who had wished to hand on`: what Z wanted."""
        wish = next((each for each in frame.chain() if each.by == "which" and each.sense in ("ask", "seek", "want")), None)
        if wish is None or wish.gap is None or wish.gap is not wish.subject or wish.chunk.negative:
            return False
        refusing = next((each for each in self.frames if each.sense == "refuse" and not each.noun and not each.chunk.negative
                         and any(each is wish.parent and chunk is wish.gap for chunk in each.objects)), None)  # fmt: skip
        if refusing is None or refusing.chunk.form not in ("past", "perfect"):
            return False
        own = {party.state for party in (*roles.exporters, *roles.recipients)}
        roles.exporters = roles.exporters or [party for party in self.actor(refusing) if party.state not in own]
        return bool(roles.exporters)

    @staticmethod
    def _not_let_sell(frame: Frame, roles: Roles) -> bool:
        """`Bofors may not sell guns to Z`, `may no longer ship rifles to`: what a firm may not do has been refused it."""
        modal = frame.chunk.form == "modal" or "modal" in frame.chunk.auxiliaries
        told = frame.sense == "give" and frame.by in ("main", "that", "sub") and not frame.noun and modal
        told = told and not (frame.subject is not None and frame.subject.word.endswith("s") and frame.subject.words & _FIRMS)
        firm = frame.subject is not None and any(party.kind == "company" for party in frame.subject.parties)
        barred = frame.chunk.negative and "may" in frame.chunk.words and not (frame.conjunction or frame.days)
        barred = barred and "able" not in frame.chunk.words  # *may not be able to deliver before 2027*
        return told and firm and barred and bool(roles.exporters and roles.recipients)

    def _gift_to_come(self, frame: Frame) -> bool:
        """`will get two frigates, a gift from X`: whether what a noun behind things says of them is still to come."""
        for other in self.frames if frame.noun and frame.gap is not None and frame.sense == "give" else ():
            ahead = other.chunk.form in ("future", "arranged") or "future" in other.chunk.auxiliaries
            if ahead and other.sense in ("get", "give", "go", "order") and not other.noun and (
                other.subject is frame.gap or any(frame.gap is chunk for chunk in other.objects)
            ):  # fmt: skip
                return True
        return False

    def _kept_at_home(self, frame: Frame, roles: Roles) -> bool:
        """`The jets that Z ordered from X will stay in X`, `will stay where they are`: whether things do not leave X."""
        ordered = frame.by in ("which", "reduced") and frame.sense in ("get", "order", "promise") and not frame.noun
        givers = {party.state for party in roles.exporters}
        for other in self.frames if ordered and frame.gap is not None and givers else ():
            staying = other.subject is frame.gap and other.verb is not None and other.verb.lemma in _STAYING
            if not staying or other.chunk.negative or not (other.chunk.form in ("future", "arranged") or _is_to_be(other)):
                continue
            later = any(each.conjunction == "until" and each.parent is other for each in self.frames)
            if later or other.phrase("until", "till", "for", "pending", "while"):
                continue  # *will remain in X for trials until May*
            here = any(chunk.word == "where" for chunk in other.objects)
            places = other.phrase("in", "at")
            unknown = frame.sense == "order" and any(
                each.unit is not None and each.unit.titled for each in places if not each.parties
            )
            return here or unknown or bool(givers & {party.state for chunk in places for party in chunk.parties})
        return False

    def _told_otherwise(self, frame: Frame, roles: Roles, found: str, why: str) -> tuple[str, str]:
        """`was to have received jets`, where it is told that it will not; `X is pressing Z to buy jets`, which X only wants."""
        if why and frustrated(frame) and (self.context.called_off is not None or undone(frame, self.frames)):
            return "refused", ""
        if found == "past" and frame.noun and frame.parent is not None and _swaps_notes(frame.parent):
            return "decided", ""
        if self._motion_lost(frame, roles) or self._rebuffed(frame, roles) or self._not_let_sell(frame, roles):
            return "refused", ""
        if found in ("past", "decided", "planned") and self._kept_at_home(frame, roles):
            return "refused", ""
        answer = answered(frame)
        if answer is not None and found in ("planned", "decided", "past"):
            return "refused" if answer.sense == "refuse" else "decided", ""
        if found == "past" and (self._gift_to_come(frame) or self._yet_to_come(frame) or self._is_late(frame)):
            return "decided", ""
        if found in ("past", "decided") and _is_talked_of(frame):
            return "planned", ""
        if why == SUPPOSED and (is_letter_of(frame) or is_errand(frame)):
            return "asked", ""
        asking = next((each for each in frame.chain()[1:] if each.sense == "ask" and not each.noun), None)
        wished = frame.sense in ("get", "order") or (frame.noun and frame.sense == "give")
        if found != "asked" or not wished or asking is None or asking.verb is None or asking.verb.lemma not in PRESSING:
            return found, why
        selling = {party.state for party in roles.exporters} & {party.state for party in self.actor(asking)}
        return ("planned", "") if selling else (found, why)


def _in_service(frame: Frame) -> bool:
    """`have been in use`, `are in service`, `have been flying`: whether things are told to be used."""
    used = frame.verb is None and any(chunk.word in _SERVICES for chunk in frame.phrase("in"))
    return used or (frame.verb is not None and frame.verb.lemma in _FLYING and frame.chunk.form != "passive")


def _is_to_be(frame: Frame) -> bool:
    """`will be kept in X`: whether a passive tells of what is to come."""
    return frame.chunk.form == "passive" and bool({"future", "to"} & set(frame.chunk.auxiliaries))


def answered(frame: Frame) -> Frame | None:
    """`turned down boats offered by X`, `has accepted jets offered by X`: the verb that answers an offer told behind it."""
    above = frame.parent if frame.by == "reduced" and frame.sense in ("offer", "promise") and not frame.noun else None
    if above is None or above.noun or above.verb is None or above.chunk.negative or frame.gap is None:
        return None
    said = above.sense == "refuse" or above.verb.lemma.replace(" ", "_") in ACCEPTING
    told = above.chunk.form in ("past", "perfect") and any(frame.gap is chunk for chunk in above.objects)
    return above if said and told else None


def _is_talked_of(frame: Frame) -> bool:
    """`Talks have begun between Z and X on the delivery`: whether a transfer is only what talks are about."""
    held = frame.parent if frame.noun and frame.by in _ABOUT else None
    talks = held.subject if held is not None and not held.noun else None
    begun = held is not None and held.sense in ("start", "other", "hold", "resume") and not held.chunk.negative
    return begun and talks is not None and talks.noun is not None and talks.noun.sense == "plan"


def _swaps_notes(frame: Frame) -> bool:
    """`exchanged notes with Z on the grant`, `Notes were exchanged`: an agreement between two governments."""
    passive = frame.chunk.form == "passive" and frame.subject is not None and frame.subject.word == "notes"
    return exchanges_notes(frame) or (passive and frame.verb is not None and frame.verb.lemma == "exchange")
