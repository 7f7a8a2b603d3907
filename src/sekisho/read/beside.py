"""What a transfer has from what is told beside it: its sides told once for several, a law that lets it be, a return gift."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sekisho.read.chunks import Chunk, Item, Party
from sekisho.read.deals import Roles
from sekisho.read.frames import Frame
from sekisho.read.governing import Governed
from sekisho.read.status import RULE

_PURCHASING = frozenset({"buy", "purchase", "procure", "order"})

_PARTING = frozenset({"part with", "give up", "give away", "let go of"})
_SEEN = frozenset({"wait", "stand", "lie", "park", "show", "parade", "roll", "guard", "patrol", "protect", "serve", "display",
                   "exhibit", "sit", "line", "waiting", "parked"})  # fmt: skip
"""What things do, or is done with them, where they are seen in the hands of who has got them."""


class Beside(Governed):
    """The patterns of one sentence together with what stands beside them."""

    def _bought_for(self, frame: Frame, roles: Roles) -> bool:
        """`is buying 40,000 shells for Z`: whether a state buys, nobody is told from whom, for another that is to have them."""
        bought = frame.sense in ("get", "order") and not frame.noun and frame.chunk.form != "passive"
        if not bought or roles.exporters or not roles.items or frame.by == "reduced" or frame.verb is None:
            return False
        if frame.verb.lemma not in _PURCHASING or frame.phrase("from"):
            return False
        own = {party.state for party in roles.recipients}
        goals = [party for chunk in frame.phrase("for") if chunk.kind == "party" for party in chunk.parties]
        if not own or not goals or own & {party.state for party in goals} or any(party.kind == "company" for party in goals):
            return False
        roles.exporters, roles.recipients = roles.recipients, goals
        return True

    @staticmethod
    def told_beside(other: Frame, frame: Frame) -> bool:
        """`approved the sale of jets to Z and the lease of ships to W`: whether an event noun tells of another transfer."""
        apart = frame.noun and other.parent is frame.parent and other.by == frame.by and other.sense in ("give", "get", "swap")
        return apart and any(chunk.items for chunk in other.phrase("of"))

    def bought_elsewhere(self, bought: Frame, giving: Sequence[Party]) -> bool:
        """`wants to give Z jets bought from X`: whether the things were bought from one who does not give them now."""
        givers = {party.state for party in giving}
        sellers = {party.state for chunk in bought.phrase("from") for party in self.parties(chunk, bought)}
        return bool(sellers and givers) and not sellers & givers

    def _as_beside(self, frame: Frame, roles: Roles) -> None:
        """`X delivered 22 jets to Z, and W got five`, `X sent Z jets and has held back nine others`: sides told once."""
        if not roles.items or frame.by in ("which", "reduced"):
            return
        own = {party.state for party in self.exporters}
        top = frame.chain()[-1]
        while_ = (
            top.by == "sub" and top.conjunction in ("while", "but") and frame.sense in ("give", "promise") and frame.by == "to"
        )
        if while_ and roles.exporters and not roles.recipients and not frame.phrase("to", "for"):
            given = {party.state for party in roles.exporters}  # *X refused to give Z jets, while W agreed to send tanks*
            roles.recipients = [party for party in self.recipients if party.state not in given]
        counted = frame.subject is not None and frame.subject.kind == "number"  # *sold jets to two armies: ten go to Z*
        went = frame.chunk.form in ("past", "perfect") or (counted and frame.chunk.form in ("ongoing", "arranged", "future"))
        went = went and frame.sense == "go" and frame.by in ("main", "sub")
        if went and roles.recipients and not roles.exporters and not frame.phrase("from"):
            taken = {party.state for party in roles.recipients}  # *X sold 20 jets to Z, and ten went to W*
            roles.exporters = [] if own & taken else self.exporters
        plain = frame.by in ("main", "sub") or (frame.by == "to" and frame.parent is not None and frame.parent.verb is None)
        to_come = frame.sense == "give" and frame.chunk.form == "passive" and plain and not (
            roles.recipients or frame.phrase("to", "by", "from") or any(item.definite for item in roles.items))  # fmt: skip
        if to_come and own and self.recipients and own >= {party.state for party in roles.exporters}:
            roles.exporters, roles.recipients = self.exporters, self.recipients  # *…, and two boats are to be delivered*
        if not all(item.counted for item in roles.items):
            return
        if frame.sense in ("get", "order") and not frame.noun and roles.recipients and not roles.exporters:
            given = own & {party.state for party in roles.recipients}
            roles.exporters = [] if given else self.exporters
        elif roles.exporters and not roles.recipients and own == {party.state for party in roles.exporters}:
            roles.recipients = self.recipients
        elif frame.noun and not (roles.exporters or roles.recipients) and frame.by == "obj" and frame.parent is not None and (
            own and own == {party.state for party in self.actor(frame.parent)}
        ):  # fmt: skip
            roles.exporters, roles.recipients = self.exporters, self.recipients

    @staticmethod
    def _to_go_for(frame: Frame) -> bool:
        """`will get tanks in return for guns, which are to go to W`: whether it is told where what is given in return goes."""
        above = frame.parent if frame.by == "which" and frame.sense in ("give", "go") and not frame.noun else None
        given = above.phrase("exchange") if above is not None and above.sense in ("get", "order", "give") else []
        passive = frame.chunk.form == "passive" or frame.sense == "go" or frame.chunk.form == "arranged"
        return passive and any(frame.gap is chunk and frame.subject is chunk for chunk in given)

    def _by_law(self, frame: Frame, roles: Roles) -> tuple[str, str]:
        """`X signed a law that authorises the sale of Y to Z`: an act for one transfer, and no rule."""
        for above in frame.outward()[1:]:
            taken = {party.state for party in roles.recipients}
            if above.sense in ("sign", "permit", "decide") and above.subject is not None and above.subject.kind == "party":
                roles.exporters = [party for party in above.subject.parties if party.state not in taken]
                banned = any(each.sense == "refuse" for each in frame.outward())
                return ("refused" if banned else "decided", "") if roles.exporters else ("", RULE)
        return "", RULE

    def _consenting(self, other: Frame, frame: Frame) -> Sequence[Party]:
        """`adding that X had consented to the transfer`, `after X withheld its consent`: who has a say in what is told."""
        if other in frame.chain() or other.noun or other.chunk.negative or other.chunk.form not in ("past", "perfect"):
            return []
        about = [each for each in self.frames if each.noun and each.parent is other and not each.chunk.items]
        deals = [each for each in about if each.sense in ("give", "get", "deal") and each.chunk.definite]
        own = other.sense == "permit" and any(not each.phrases for each in deals)
        leave = [each for each in about if each.sense == "permit" and (each.chunk.possessive_word or each.chunk.possessor)]
        barred = other.sense == "refuse" and other.by == "sub" and bool(leave)
        return self.actor(other) if own or barred else []

    def _told_cannot(self, frame: Frame, roles: Roles) -> None:
        """`X told Z that it cannot go ahead with the sale of jets`: to whom it is told was to receive."""
        above = frame.parent if frame.noun and frame.by == "obj" and frame.sense in ("give", "deal") else None
        told = above.parent if above is not None and above.by == "that" and above.chunk.negative and not above.noun else None
        if told is None or told.noun or told.sense != "say" or roles.recipients or above is None:
            return
        heard = [party for chunk in told.objects if chunk.kind == "party" for party in chunk.parties]
        own = {party.state for party in (*roles.exporters, *self.actor(told))}
        if above.subject is not None and above.subject.kind == "pronoun" and heard:
            roles.exporters = roles.exporters or list(self.actor(told))
            roles.recipients = [party for party in heard if party.state not in own]

    def _untold(self, frame: Frame, roles: Roles) -> None:
        """`X delivered the missile to W, and Z is considering a purchase`: what is given is what was told of just before."""
        self._told_cannot(frame, roles)
        self._approval_withdrawn(frame, roles)
        self._seen(frame, roles)
        self._parted(frame, roles)
        if roles.items or not frame.noun or frame.phrase("of") or frame.sense not in ("give", "get"):
            return
        bare = len(frame.chunk.words - {"the", "its", "their", "that", "this", "his"}) == 1  # no *banana imports*
        if frame.chunk.definite and roles.recipients and bare:  # *called off the shipment to Z*
            meant = "it" if self.named else "them"
            roles.items = self.things([Chunk("pronoun", frame.chunk.start, frame.chunk.end, meant)])
            taken = {party.state for party in roles.recipients}
            roles.exporters = roles.exporters or [party for party in self.exporters if party.state not in taken]
        above = frame.parent if frame.by == "obj" and frame.sense == "get" and frame.chunk.indefinite else None
        if above is None or above.noun or above.sense not in ("plan", "want", "seek") or not self.exporters:
            return
        taken = {party.state for party in (*self.actor(above), *roles.recipients)}
        if taken and not taken & {party.state for party in self.exporters}:
            roles.items = self.things([Chunk("pronoun", frame.chunk.start, frame.chunk.end, "it")])
            roles.exporters = roles.exporters or list(self.exporters)

    def _seen(self, frame: Frame, roles: Roles) -> None:
        """`Six guns, bought from X, were on show`: things seen where a report is from are those of its state.

        In `will guard Z's skies, leased from X` they are those of whose skies these are.
        """
        above = frame.parent if frame.by in ("reduced", "which") else None
        main = above or next((other for other in self.frames if other.subject is frame.gap and other.by == "main"), None)
        if frame.by not in ("reduced", "which") or frame.gap is None or main is None or not roles.exporters or roles.recipients:
            return
        seen = main.sense == "other" and (main.verb is None or main.verb.lemma in _SEEN or main.chunk.word in _SEEN)
        seen = seen and frame.verb is not None and bool(frame.verb.terms)  # not what was taken from those whom it was supplied
        if not seen or frame.sense not in ("give", "get", "order", "swap") or frame.gap.possessor:
            return
        own, near = {party.state for party in roles.exporters}, main.phrase("in", "with", "for")
        whose = [party for chunk in main.objects for party in chunk.possessor]
        whose += [party for chunk in near for party in chunk.parties if party.kind]
        if not whose and any(chunk.kind == "party" for _, chunk in main.phrases):
            return
        also = {"also"} & (main.words | main.chunk.words | frame.words) and self.context.last is not None
        found = whose or (self.context.last[1] if also and self.context.last is not None else self.context.home)
        roles.recipients = [replace(party, form="assumed") for party in found if party.state not in own]

    def _parted(self, frame: Frame, roles: Roles) -> None:
        """`36 jets of X's went to Z. The king parted with them on a promise`: who parts with things is who had them."""
        last = self.context.last
        again = not frame.noun and frame.verb is not None and frame.verb.lemma in _PARTING and last is not None
        if again and last is not None and roles.items and all(item.pointing for item in roles.items) and (
            frame.subject is not None and frame.subject.form == "organ" and not frame.phrase("to")
        ):  # fmt: skip
            owners = self.context.owners(roles.items[0])
            if {party.state for party in owners} == {party.state for party in last[0]}:
                roles.exporters, roles.recipients = list(last[0]), list(last[1])

    def _approval_withdrawn(self, frame: Frame, roles: Roles) -> None:
        """`Forty tanks were due to go. X has withdrawn its approval for the deal with Z`: the deal is about these."""
        leave = frame.parent if frame.noun and frame.sense == "deal" and frame.chunk.definite and not roles.items else None
        if frame.noun and frame.sense == "deal" and frame.by == "obj" and not roles.items:  # *for the Rheinmetall deal with Z*
            leave = next((other for other in self.frames if other.parent is frame.parent and other.phrase("for") and (
                other.noun and other.sense == "permit")), None)  # fmt: skip
        above = leave.parent if leave is not None and leave.noun and leave.sense == "permit" else None
        if above is None or above.sense != "refuse" or above.noun or frame.phrase("of", "for", "on"):
            return
        own = {party.state for party in self.actor(above)}
        roles.recipients = [party for chunk in frame.phrase("with") for party in self.parties(chunk, frame)
                            if own and party.state not in own]  # fmt: skip
        if roles.recipients:
            roles.exporters = list(self.actor(above))
            roles.items = self.things([Chunk("pronoun", frame.chunk.start, frame.chunk.end, "them")])

    def _of_its_own(self, frame: Frame, roles: Roles) -> None:
        """`Z has now asked for jets of its own`: of who gave the same to another just before."""
        wished = frame.sense in ("ask", "seek", "want", "get", "order") and not frame.noun and bool(roles.recipients)
        if not wished or roles.exporters or len(roles.items) != 1:
            return
        if not any("own" in chunk.words or chunk.word == "own" for chunk in (*frame.objects, *frame.phrase("of"))):
            return
        before = self.exporters if roles.items[0].thing.id in {item.thing.id for item in self.named} else []
        owners = before or self.context.owners(roles.items[0])
        if not {party.state for party in owners} & {party.state for party in roles.recipients}:
            roles.exporters = [replace(party, form="assumed") for party in owners]

    def _of_package(self, exporters: Sequence[Party]) -> list[Party]:
        """`will send howitzers as part of a package for Z`: for whom the package is."""
        own = {party.state for party in exporters}
        for other in self.frames:
            if other.noun and other.sense == "deal":
                found = [party for chunk in other.phrase("for") if chunk.kind == "party" for party in chunk.parties]
                if found and not {party.state for party in found} & own:
                    return found
        return []

    def _named_after(self, place: int) -> list[Item]:
        """`among the weapons that Paris has sent are howitzers`: what the verb behind says that they are."""
        after = self.frames[place + 1] if place + 1 < len(self.frames) else None
        if after is None or after.verb is not None or after.chunk.kind != "verb":
            return []
        return self.things([chunk for chunk in after.objects if chunk.kind == "item"])
