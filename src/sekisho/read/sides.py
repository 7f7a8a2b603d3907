"""The sides that the words of a transfer do not give: the other one that signs, tells, asks, picks or is told of before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sekisho.language.nodes import NONE
from sekisho.read.assumed import Assumed
from sekisho.read.chunks import Chunk, Party, Span
from sekisho.read.deals import Roles
from sekisho.read.frames import Frame
from sekisho.read.leave import freed_by, leave_told
from sekisho.read.undone import annulled
from sekisho.read.wordlists import word_list

_OWNING_UP = frozenset({"confirm", "announce", "acknowledge", "admit"})
"""Verbs by which who made a transfer tells of it; of one to come, it is told by any."""
_TAKING_UP = word_list("taking up")
_CONCLUDING = frozenset({"reach", "conclude", "strike", "initial", "seal", "clinch"})
_HARMED = frozenset(each.replace("_", " ") for each in word_list("harming"))


_HANDING = frozenset({"hand over", "donate", "deliver", "supply", "transfer", "lend"})
"""Events that are told to somebody, though it be who was told of before."""


def _is_they(chunk: Chunk | None) -> bool:
    return chunk is not None and chunk.kind == "pronoun" and chunk.word in ("they", "both")


_RELATIONS = word_list("relations")
_LOOKING = frozenset({"turn to", "look to", "approach", "appeal to", "ask", "go to"})
"""What one does who is then given what was asked for."""
_DECREES = frozenset({"decree", "order", "bill", "law", "act", "directive", "memorandum", "waiver", "resolution"})
_PROGRAMMES = frozenset({"programme", "program", "programmes", "programs", "scheme", "grant", "loan", "credit", "credits"})
"""What a state gives things under: *received jets under the U.S. military assistance program*."""
_ANOTHER = frozenset({"another", "separate", "further", "second", "third", "different", "new", "additional", "earlier"})
_REGIONAL = frozenset({"region"})
_BRINGING_IN = frozenset({"fly in", "send in", "ship in", "rush in", "airlift", "bring in", "rush"})


class Sides(Assumed):
    """The patterns of one sentence with the sides that stand elsewhere in it, or in the sentence before."""

    def _only_other(self, frame: Frame, roles: Roles) -> None:
        """`The sale of boats to Z was agreed in Ankara`, `…, Turkish officials said`: who else acts in it is the other side."""
        chain = frame.chain()
        wished = ("plan", "decide")
        meant = frame.by == "to" and frame.parent is not None and frame.parent.noun and frame.parent.sense in wished
        told = next((place for place, each in enumerate(chain) if each.by == "that"), len(chain))
        impersonal = (frame.noun or meant) and all(
            each.noun or each.chunk.form in ("passive", "predicate") or (each.verb is None and each.subject is None)
            for each in chain[meant : told + 1]
        )
        organ = frame.sense == "give" and frame.subject is not None and frame.subject.form == "organ" and not roles.exporters
        impersonal = impersonal or (organ and frame.subject is not None and frame.subject.kind == "pronoun")
        impersonal = impersonal or (frame.noun and any(each.noun and each.sense == "plan" for each in chain[1 : told + 1]))
        lost = told < len(chain) and chain[told].sense == "other" and not chain[told].noun
        impersonal = impersonal and not lost  # *Moscow said deliveries of tanks to Z had been destroyed*
        if not impersonal or any(item.thing.general for item in roles.items) or (roles.exporters and frame.sense != "get"):
            return
        known = {party.state for party in (*roles.exporters, *roles.recipients)}
        tellers = [each.teller or (each.parent if each.by == "that" else None) for each in chain]
        named = [chunk for each in chain for chunk in each.phrase("in")] + [
            each.subject for each in tellers if each is not None and each.sense == "say" and each.subject is not None
        ]
        found = [party for chunk in named for party in (*chunk.parties, *chunk.possessor)]
        others = {party.state: party for party in found if party.state not in known and party.state not in (None, "", NONE)}
        if len(others) == 1:
            other = [replace(party, form="assumed") for party in others.values()]
            roles.exporters, roles.recipients = roles.exporters or other, roles.recipients or other

    def _given_for(self, frame: Frame) -> Sequence[Party]:
        """`will get tanks from X in return for guns sent to W`: who gets a thing in return gave the other."""
        above = frame.parent
        if above is None or above.noun:
            return []
        if above.sense in ("get", "order"):
            return self.actor(above)
        return [party for chunk in (*above.objects, *above.phrase("to")) if chunk.kind == "party" for party in chunk.parties]

    def _by_leave(self, frame: Frame, roles: Roles) -> tuple[str, tuple[Sequence[Party], Span] | None]:
        """`asked X whether it could send Y to Z`, `X told W it may send Y to Z`: the status, and whose leave is told of."""
        owned = self._owner_let(frame, roles)
        if owned is not None:
            return "refused" if frame.parent is not None and frame.parent.sense == "refuse" else "decided", owned
        freed = freed_by(frame, self.frames)
        if freed is not None and roles.exporters and roles.recipients and not frame.chunk.negative:
            giver = self.actor(freed)
            sides = {party.state for party in (*roles.exporters, *roles.recipients)}
            if giver and not sides & {party.state for party in giver}:
                return "decided", (giver, (freed.chunk.start, freed.chunk.end))
        found, near = leave_told(frame)
        if found == "asked" and not near:
            beside = [other for other in self.frames if other.parent is frame.parent and other.by == "to"]
            near = [chunk for other in beside for chunk in other.phrase("from")]
        heard: Sequence[Party] = [
            party for chunk in near if chunk.kind in ("party", "pronoun") for party in self.parties(chunk, frame)
        ]
        taken = {party.state for party in roles.recipients}
        buying = found == "asked" and frame.sense in ("get", "order") and not taken & {party.state for party in heard}
        if buying and heard:  # *asked X whether it might buy jets*
            roles.exporters = roles.exporters or heard
            return "asked", None
        if not heard or not taken or frame.sense not in ("give", "swap", "go"):
            return "", None
        told = frame.parent if found == "asked" or frame.by in ("that", "which") else frame.teller
        acting = list(self.actor(told)) if told is not None else []
        if told is not None and told.sense in ("decide", "plan"):
            acting = [party for party in self.actor(frame) if party.state not in {each.state for each in heard}]
        if found == "decided":
            heard, acting = acting, heard
        if not acting or not heard or taken & {party.state for party in heard}:
            return "", None
        if taken & {party.state for party in acting}:
            roles.exporters = heard
            return ("asked", None) if found == "asked" else ("", None)
        roles.exporters = acting
        return found, (heard, (frame.chunk.start, frame.chunk.end))

    def _last_goal(self, roles: Roles) -> list[Party]:
        """`X will give Z 18 tanks. W has promised 14`: to whom the same things were last said to go."""
        last, own = self.context.last, {party.state for party in roles.exporters}
        counted = bool(roles.items) and roles.items[0].counted and bool(own)
        alike = last is not None and not own & {party.state for side in last for party in side}
        return list(last[1]) if counted and alike and last is not None else []

    def _on_from_buyer(self, frame: Frame, roles: Roles) -> None:
        """`X bought tanks from W. They will go to Z`: what has been bought goes on from who bought it."""
        last = self.context.last
        named = frame.phrase("from", "by") or frame.noun or frame.sense not in ("go", "give")
        alone = not named and (frame.sense == "go" or frame.chunk.form == "passive") and bool(roles.recipients)
        if last is None or not alone or "had" in frame.chunk.words or not all(item.pointing for item in roles.items):
            return
        if self.context.last_status not in ("past", "decided"):
            return
        if frame.subject is not None and frame.subject.words & {"more", "another", "further", "additional", "remaining"}:
            return
        done = frame.chunk.form == "passive" and bool({"was", "were", "been"} & frame.chunk.words)
        if self.context.last_status == "decided" and done and frame.sense in ("give", "swap"):
            return  # *X will give W 60. Ten have already been lent to Z*
        sides = [{party.state for party in side} for side in (*last, roles.exporters, roles.recipients)]
        if sides[0] == sides[2] and len(sides[1]) == 1 and not sides[3] & (sides[0] | sides[1]):
            roles.exporters = last[1]

    def _told_again(self, frame: Frame, roles: Roles) -> None:
        """`Washington has agreed to the transfer of the jets`: a third permits what was told of just before."""
        last, above = self.context.last, frame.parent
        alone = frame.noun and frame.chunk.definite and not (roles.exporters or roles.recipients)
        if last is None or not alone or above is None or above.sense not in ("permit", "decide") or frame.sense != "give":
            return
        items = roles.items or (
            [] if frame.phrase("of") else self.things([Chunk("pronoun", frame.chunk.start, frame.chunk.end, "it")])
        )
        giver = {party.state for party in self.actor(above)}
        if (
            items
            and all(item.pointing for item in items)
            and giver
            and not giver & {party.state for side in last for party in side}
        ):
            roles.exporters, roles.recipients, roles.items = *last, items

    def _halted_after(self, frame: Frame) -> bool:
        """`will have to wait for jets it bought from X, after X halted the shipment`: whether the seller stops it after all."""
        sellers = {party.state for chunk in frame.phrase("from") for party in chunk.parties}
        for other in self.frames if frame.sense in ("get", "order") and not frame.noun and sellers else ():
            held = other.sense == "refuse" and other.conjunction == "after" and not (other.noun or other.chunk.negative)
            said = [chunk for chunk in other.objects if chunk.kind == "event" and chunk.definite and not chunk.items]
            if held and said and sellers & {party.state for party in self.actor(other)}:
                return True
        return False

    def _stopped(self, frame: Frame) -> bool:
        """`suspended licences under which X was to ship`, `wanted jets but called off the purchase`: whether it is stopped."""
        top = frame.chain()[-1]
        for other in self.frames:
            after = other.sense == "refuse" and not (other.noun or other.chunk.negative) and other.chunk.start > frame.chunk.end
            ended = after and other.chunk.form == "passive" and other.subject is not None and other.by in ("main", "sub")
            dropped = other.subject if ended and {"was", "were", "been", "is"} & other.chunk.words else None
            if dropped is not None and dropped.kind == "event" and dropped.definite and not dropped.items and (
                dropped.noun is not None and dropped.noun.sense in ("get", "give", "deal", "plan", "offer")
                and not any(each.noun and each.chunk is dropped and each.phrases for each in self.frames)
            ):  # fmt: skip
                return True  # *offered Z jets, but the sale was cancelled*
            shared = after and other.subject is not None and other.subject is top.subject and other.by == top.by
            called = [chunk for chunk in other.objects if chunk.kind == "event" and chunk.definite and not chunk.items]
            if shared and any(chunk.noun is not None and chunk.noun.sense in ("get", "deal", "plan") for chunk in called):
                return True
        if frame.by == "reduced" and any(
            other.sense == "refuse" and other.chunk.form == "passive" and not other.chunk.negative
            and other.subject is frame.gap and not other.noun for other in self.frames
        ):  # fmt: skip
            return True  # *vehicles promised to Z have been withheld*
        if annulled(frame, self.frames):
            return True
        above = frame.parent if frame.by == "which" and frame.gap is None else None
        return above is not None and above.sense == "refuse" and not above.noun and not above.chunk.negative

    def _accord(self, frame: Frame) -> Frame | None:
        """`signed an agreement under which Z will receive Y`: the signing that a transfer hangs on."""
        parent = frame.parent
        if parent is not None and parent.noun and parent.by == "subject":
            parent = parent.parent
        if frame.by == "which" and frame.gap is None and parent is None:
            pacts = [chunk for chunk in frame.phrase("under", "by") if chunk.kind == "event"]
            told = [other for other in self.frames if other.sense in ("sign", "refuse") and not other.noun
                    and any(other.subject is chunk for chunk in pacts)]  # fmt: skip
            return told[0] if told and not told[0].chunk.negative else None  # *An accord under which … was signed on Monday*
        if frame.by != "which" or frame.gap is not None or parent is None or parent.noun or parent.chunk.negative:
            return None
        agreed = parent.sense in ("sign", "deal", "decide")
        return parent if agreed and parent.chunk.form in ("past", "perfect", "passive") else None

    def _as_last(self, frame: Frame, roles: Roles) -> None:
        """`Its neighbour will hand over two C-130s`, `A shipment of missiles remains blocked`: sides as told before."""
        self._of_its_own(frame, roles)
        self._called_off(frame, roles)
        self._assumed(frame, roles)
        last = self.context.last
        if last is None or not roles.items or all(item.thing.general for item in roles.items):
            return
        given, taken = {party.state for party in last[0]}, {party.state for party in last[1]}
        told = frame.noun and frame.sense == "give" and frame.by == "subject" and taken == {
            party.state for party in roles.recipients}  # fmt: skip
        named = frame.parent is not None and any(chunk.kind == "party" for _, chunk in frame.parent.phrases)
        if told and not roles.exporters and not taken & given and not named:
            roles.exporters = [replace(party, form="assumed") for party in last[0]]  # *The supply of rifles to Z is complete*
        self._stopped_too(frame, roles, last)
        of_these = frame.chunk.form == "passive" and frame.sense in ("give", "swap") and not frame.phrase("by", "from")
        apart = not (given | taken) & {party.state for party in roles.recipients}
        of_these = of_these and frame.by in ("main", "that") and apart
        if of_these and roles.recipients and not roles.exporters and (roles.items[0].pointing or roles.items[0].definite):
            owners = self.context.owners(roles.items[0])  # *Eleven of the vehicles have already been lent to W*
            roles.exporters = [replace(party, form="assumed") for party in owners]
        denied = frame.sense == "get" and not frame.noun and frame.chunk.negative and frame.by in ("main", "sub")
        if denied and not roles.exporters and taken == {party.state for party in roles.recipients}:
            roles.exporters = [replace(party, form="assumed") for party in last[0]]  # *But Z will still not get the jets*
        dropped = frame.noun and frame.sense == "get" and frame.by == "subject" and frame.parent is not None and (
            frame.parent.sense in ("refuse", "delay") and frame.parent.chunk.form == "passive")  # fmt: skip
        if dropped and roles.exporters and not roles.recipients and not named:
            own = {party.state for party in roles.exporters}  # *The purchase of jets from W was cancelled*
            roles.recipients = [replace(party, form="assumed") for party in last[1] if party.state not in own]
        old = frame.by == "reduced" and frame.sense in ("get", "order") and frame.parent is not None
        if old and frame.parent is not None and frame.parent.sense == "replace" and not roles.recipients and roles.exporters:
            given_by = {party.state for party in roles.exporters}  # *They will replace the tanks bought from X*
            roles.recipients = [replace(party, form="assumed") for party in last[1] if party.state not in given_by]
        above = frame.parent if frame.noun and frame.by == "obj" and frame.sense == "give" else None
        got = above is not None and above.sense == "get" and not above.noun and not above.phrase("from")
        if got and not roles.exporters and roles.recipients and not (given | taken) & {p.state for p in roles.recipients}:
            roles.exporters = [replace(party, form="assumed") for party in last[0]]  # *Z received a grant of radars*
        done = frame.chunk.form in ("past", "perfect") and frame.by in ("which", "main") and not frame.noun
        back = done and all(item.pointing for item in roles.items) and not frame.phrase("to", "for", "in")
        if frame.sense == "give" and back and not roles.recipients and roles.exporters and (
            not (given | taken) & {party.state for party in roles.exporters}
        ):  # fmt: skip
            owners = self.context.owners(roles.items[0])  # *The tanks will go to Z. W, which supplied them in 1999, …*
            roles.recipients = [replace(party, form="assumed") for party in owners]
        flown = frame.verb is not None and frame.verb.lemma in _BRINGING_IN and not frame.noun
        if flown and roles.exporters and not roles.recipients and not (given | taken) & {p.state for p in roles.exporters}:
            roles.recipients = [replace(party, form="assumed") for party in last[1]]  # *X flew in rifles from its depots*
        heard = [chunk for chunk in (*frame.objects, *frame.phrase("to")) if chunk.kind == "pronoun" and chunk.form == "organ"]
        apart = not (given | taken) & {party.state for party in roles.exporters}
        whose = bool(heard) and not any(chunk.possessive_word or chunk.words & _REGIONAL for chunk in heard)
        if frame.sense == "give" and whose and roles.exporters and roles.recipients and apart and (
            not given & {party.state for party in roles.exporters} and roles.recipients[0].state in given
        ):  # fmt: skip
            roles.recipients = [replace(party, form="assumed") for party in last[1]]  # *W sold the government two guns*
        replacing = [other for other in self.frames if other.sense == "replace" and other.parent is frame and other.by == "to"]
        beside = any(other.noun and other.sense == "deal" and other.chunk.words & _ANOTHER for other in self.frames)
        if frame.sense in ("get", "order") and beside and not roles.exporters and (
            taken == {party.state for party in roles.recipients}
        ):  # fmt: skip
            roles.exporters = [replace(party, form="assumed") for party in last[0]]  # *Under a separate contract Z will get*
        offered = frame.sense in ("offer", "promise", "give") and frame.chunk.form == "passive" and not frame.phrase("by")
        if offered and not roles.exporters and taken == {party.state for party in roles.recipients} and (
            frame.subject is not None and frame.subject.kind == "party"
        ):  # fmt: skip
            roles.exporters = [replace(party, form="assumed") for party in last[0]]  # *Z has been offered jets instead*
        again = frame.sense in ("offer", "promise") and not frame.noun and not frame.phrase("to", "for", "in")
        if again and roles.exporters and not roles.recipients and given == {party.state for party in roles.exporters}:
            roles.recipients = [replace(party, form="assumed") for party in last[1]]  # *X offered ten jets as a gift*
        sellers = self.context.sellers.get(roles.recipients[0].state, []) if len(roles.recipients) == 1 else []
        same = frame.sense in ("get", "order") and not frame.noun and bool(sellers)
        designed = self.designers(roles.items) - {None}
        if same and not roles.exporters and designed and frame.chunk.form in ("past", "perfect") and (
            designed <= {party.state for party in sellers}
        ):  # fmt: skip
            roles.exporters = [replace(party, form="assumed") for party in sellers]  # *Z became the first buyer of the Rafale*
        gone = any(chunk.word in ("them", "it", "those") for other in replacing for chunk in other.objects)
        if gone and frame.sense in ("give", "offer", "promise") and roles.exporters and not roles.recipients:
            own = {party.state for party in roles.exporters}
            roles.recipients = [replace(party, form="assumed") for party in last[0] if party.state not in own]
        near = [chunk for chunk in (*frame.objects, *frame.phrase("to")) if chunk.kind == "other" and chunk.word in _RELATIONS]
        named = any(chunk.definite or chunk.possessive_word for chunk in near)
        if named and frame.sense in ("give", "promise", "offer") and roles.exporters and not roles.recipients:
            own = {party.state for party in roles.exporters}
            roles.recipients = [replace(party, form="assumed") for party in last[1] if party.state not in own]
        too = any("too" in each.words for each in frame.chain()) and len(roles.items) == 1 and not roles.exporters
        if too and frame.sense in ("get", "order") and not taken & {party.state for party in roles.recipients}:
            owners = self.context.owners(roles.items[0])  # *is in talks to buy the same drones, too*
            roles.exporters = [replace(party, form="assumed") for party in owners]
        body = frame.subject is not None and frame.subject.kind == "pronoun" and frame.subject.form == "organ"
        body = body and all(other.sense != "replace" for other in self.frames)  # *To fill the gap, the army is buying guns*
        asking = frame.sense in ("ask", "seek", "get", "order") and not frame.noun and frame.chunk.form != "passive"
        if asking and body and roles.exporters and roles.recipients and roles.recipients[0].state in given and (
            not (given | taken) & {party.state for party in roles.exporters}
        ):  # fmt: skip
            roles.recipients = [replace(party, form="assumed") for party in last[1]]  # *The government has asked W for parts*
        also = bool({"also", "another", "further"} & (frame.words | frame.chunk.words))
        if frame.sense == "ask" and not frame.noun and also and not roles.exporters and (
            taken == {party.state for party in roles.recipients}
        ):  # fmt: skip
            roles.exporters = [replace(party, form="assumed") for party in last[0]]  # *Z has also asked for a plane*
        if frame.sense not in ("give", "promise"):
            return
        main = frame if not frame.noun else frame.parent
        told = main is not None and main.by == "that" and main.parent is not None and main.parent.sense == "say"
        alone = main is not None and (main.by in ("main", "sub") or told) and not frame.phrase("to", "for", "in", "against")
        acting = alone and not frame.noun and frame.verb is not None and (
            frame.verb.event in _HANDING or frame.sense == "promise")  # fmt: skip
        if acting and roles.exporters and not roles.recipients and not given & {party.state for party in roles.exporters}:
            own = {party.state for party in roles.exporters}
            roles.recipients = [replace(party, form="assumed") for party in last[1] if party.state not in own]
        halted = alone and frame.noun and frame.by == "subject" and main is not None and main.sense in ("refuse", "delay")
        signed = frame.noun and frame.chain()[-1].sense == "sign" and _is_they(frame.chain()[-1].subject)
        if (halted or signed) and not (roles.exporters or roles.recipients):
            makers = [item.maker for item in roles.items if item.maker is not None and not item.made]  # *of American carbines*
            makers = [party for party in makers[:1] if halted and party.state not in taken]
            roles.exporters, roles.recipients = makers or list(last[0]), list(last[1])

    @staticmethod
    def _aside_of(pact: Frame, chain: Sequence[Frame]) -> bool:
        """`handed over a submarine, which will serve as the Chakra, under a lease`: whether a pact is that of the whole."""
        told = pact.parent
        if told is None or told in chain or pact.sense not in ("deal", "swap") or told.sense != "other" or told.noun:
            return False
        return chain[-1].subject is told.subject or told.chain()[-1] in chain or told.by == "main"

    def _under_pact(self, frame: Frame, roles: Roles) -> None:
        """`will receive tanks under an agreement concluded with X`: with whom the deal is that gives what is got."""
        above = frame.parent if frame.by == "to" and frame.parent is not None and frame.parent.noun else None
        if above is not None and frame.sense in ("get", "order") and not roles.recipients and above.chunk.possessive_word:
            whose = self.parties(Chunk("pronoun", above.chunk.start, above.chunk.end, "it"), above)
            told = above.parent.teller or above.parent.parent if above.parent is not None else None
            whose = whose or (self.actor(told) if told is not None and told.sense == "say" else [])
            given = {party.state for party in roles.exporters}
            roles.recipients = [party for party in whose if party.state not in given]  # *said that its plan to buy jets*
        asking = frame.parent if frame.by == "to" else None
        applied = asking is not None and asking.verb is not None and (asking.noun or asking.verb.lemma in ("apply", "write"))
        if asking is not None and applied and asking.sense == "ask" and frame.sense in ("get", "order") and not roles.exporters:
            roles.exporters = [party for chunk in asking.phrase("to") for party in chunk.parties]  # *a request to X to buy*
        under = [other for other in self.frames if other.noun and other.by == "prep under"]
        pacts = [other.chunk for other in under if other.parent in (frame, None)]
        signed = [other for other in self.frames if other.by == "reduced" and other.sense in ("sign", "decide")]
        if frame.sense not in ("get", "order", "go") or frame.noun or roles.exporters or not roles.recipients:
            return
        own = {party.state for party in roles.recipients}
        above = frame.parent if frame.by == "which" else None
        if above is not None and above.sense == "make" and any(frame.gap is chunk for chunk in above.objects):
            roles.exporters = [party for party in self.actor(above) if party.state not in own]
            return  # *X is building two ships which Z has ordered*
        roles.exporters = [party for other in signed if any(other.gap is pact for pact in pacts)
                           for chunk in other.phrase("with") for party in chunk.parties if party.state not in own]  # fmt: skip
        aid = [chunk for chunk in frame.phrase("under", "through") if chunk.kind == "other" and chunk.word in _PROGRAMMES]
        roles.exporters = roles.exporters or [party for chunk in aid for party in chunk.possessor if party.state not in own]

    def _turned_from(self, frame: Frame, roles: Roles) -> None:
        """`The army turned to X after Y refused to pass on tanks`: who turns to another was to receive."""
        self._served(frame, roles)
        top = frame.chain()[-1]
        above = top.parent if top.by == "which" and top.gap is not None and top.subject is top.gap else None
        looked = above is not None and above.verb is not None and above.verb.lemma in _LOOKING and not above.chunk.negative
        if looked and above is not None and any(top.gap is chunk for chunk in above.objects) and frame.sense == "give" and (
            roles.exporters and not roles.recipients and not frame.noun
        ):  # fmt: skip
            own = {party.state for party in roles.exporters}  # *Z has turned to X, which agreed to supply jets*
            roles.recipients = [party for party in self.actor(above) if party.state not in own]
        first = next((each for each in frame.chain() if each.conjunction == "after" and each.sense in ("refuse", "deny")), None)
        asking = first.parent if first is not None else None
        turned = asking is not None and asking.sense in ("ask", "pick", "get", "order") and not asking.noun
        if turned and asking is not None and roles.exporters and not roles.recipients:
            own = {party.state for party in roles.exporters}
            roles.recipients = [replace(party, form="capital") for party in self.actor(asking) if party.state not in own]

    @staticmethod
    def _beside(other: Frame | None, frame: Frame) -> bool:
        """Whether two verbs share a subject: *will send guns and get tanks*."""
        return other is not None and other.subject is not None and other.subject is frame.subject and other.by == frame.by

    def _signing(self, frame: Frame) -> Frame | None:
        """`Z will buy jets, the two said after signing the accord on Monday`."""
        for other in self.frames if frame.sense == "include" and frame.subject is not None else ():
            if other.sense in ("sign", "decide") and other.subject is frame.subject and other.days and not other.noun:
                return other  # *The contracts, signed on Monday, cover*
        for other in self.frames:
            reached = other.verb is not None and other.verb.lemma in _CONCLUDING
            let = other.sense == "permit" and other.by == "which" and not other.noun
            agreed = (other.sense in ("sign", "decide") or reached or let) and bool(other.days)
            pact = other.parent if agreed and other.by == "reduced" else self._signed_by_both(other) if agreed else None
            given = [*frame.objects, *frame.phrase("of")] if other.by == "reduced" and other.sense == "give" else []
            if other.days and any(other.gap is chunk for chunk in given) and not other.phrase("by"):
                return other  # *made Z a gift of 30 cars, handed over on Monday*
            if agreed and other.by == "which" and any(
                other.gap is chunk for each in frame.chain() for chunk in each.phrase("under") if chunk.kind == "other"
            ):  # fmt: skip
                return other  # *under a programme that X and Z agreed on Monday*
            if (
                pact is not None
                and pact.by in ("prep under", "prep in")
                and (pact.parent in (*frame.chain(), None) or self._beside(pact.parent, frame))
                and frame.chain()[-1].by in ("main", "that")
            ):
                return other  # *will supply jets under an agreement signed on Monday*
        for each in frame.chain():
            decreed = self._decreed(frame, each)
            if decreed is not None:
                return decreed
            decreeing = each.sense in ("refuse", "permit") and each.by == "main" and not each.noun
            for other in self.frames if decreeing else ():
                papers = [chunk for chunk in other.objects if chunk.words & _DECREES]
                if other.sense == "sign" and other.days and papers and other.subject is each.subject and other.by == "main":
                    return other  # *signed a decree on Monday that forbids*
            banned = each.subject if each.by == "which" and each.chunk.form == "ger" else None
            for other in self.frames:
                if banned is not None and other.sense == "sign" and any(banned is chunk for chunk in other.objects):
                    return other  # *on Monday signed a decree banning*
        told = [each.teller for each in frame.chain() if each.teller is not None]
        for teller in told:
            met = [other for other in self.frames if other.parent is teller and other.conjunction == "when" and other.days]
            met += [other for other in self.frames if other.parent is teller and other.noun and other.days]
            if teller.sense == "decide" and not teller.noun and (teller.days or met):
                return teller if teller.days else met[0]  # *…, the two agreed when they met on Monday*
        signing = [other for other in self.frames if other.sense == "sign"]
        return next((other for other in signing if other.by == "sub" and (
            other.conjunction == "after" and other.parent in (*frame.chain(), *told))), None)  # fmt: skip

    def _by_accord(self, frame: Frame, roles: Roles) -> None:
        """Of two that sign an agreement by which the one gives or receives, the other is the other side."""
        told = self._accord(frame)
        if told is not None and frame.sense == "swap" and not frame.phrase("to") and not roles.recipients:
            roles.exporters, roles.recipients = [], roles.exporters  # *by which it will lease a ship*
        above = frame.parent if frame.by == "that" and frame.sense == "give" else None
        both = self.actor(above) if above is not None and above.sense == "decide" and not above.noun else []
        if len(both) == 2 and len(roles.exporters) == 1 and not roles.recipients:
            others = [party for party in both if party.state != roles.exporters[0].state]
            roles.recipients = others if len(others) == 1 else []  # *X and Z agreed that X would hand over*
        if told is None or frame.sense not in ("give", "get", "swap", "go") or bool(roles.exporters) == bool(roles.recipients):
            return
        nouns = [other for other in self.frames if other.parent is told and other.noun]
        both = [*self.actor(told), *(party for each in (told, *nouns) for chunk in each.phrase("with")
                                     for party in self.parties(chunk, each))]  # fmt: skip
        known = {party.state for party in (*roles.exporters, *roles.recipients)}
        others = [party for party in both if party.state not in known]
        if len(both) == 2 and len(others) == 1:
            roles.exporters, roles.recipients = roles.exporters or others, roles.recipients or others

    def _bought_before(self, frame: Frame, roles: Roles) -> bool:
        """`Z ordered the guns in 2017`: where what Z gives away came from, told without a seller."""
        bought = frame.sense in ("get", "order") and frame.chunk.form in ("past", "perfect", "passive") and not frame.noun
        if not bought or not roles.items[0].pointing or (roles.exporters and frame.phrase("from")):
            return False
        owners = {party.state for party in self.context.owners(roles.items[0])}
        return {party.state for party in roles.recipients} == owners

    def _of_two(self, frame: Frame, roles: Roles) -> None:
        """`X and Y signed a contract to supply`, `Z has agreed with X on the supply`."""
        met = frame.parent if frame.noun and frame.sense == "give" and frame.by in ("prep on", "prep about") else None
        if met is not None and met.sense == "decide" and met.phrase("with") and not frame.phrase("to", "from", "by"):
            two = [*self.actor(met), *(party for chunk in met.phrase("with") for party in chunk.parties)]
            if len(two) == 2 and two[0].state != two[1].state:
                self.divide(roles, two, 0)
            return
        if self._sold_by_one(frame, roles):
            return
        bound = frame.by == "to" and frame.parent is not None and frame.parent.sense in ("deal", "sign", "plan")
        both = list(roles.exporters if frame.sense == "give" else roles.recipients)
        alone = not (roles.recipients if frame.sense == "give" else roles.exporters)
        if not (bound and alone and len(both) == 2 and frame.sense in ("give", "get") and both[0].state != both[1].state):
            return
        self.divide(roles, both, 0 if frame.sense == "give" else 1)

    def _inquired(self, frame: Frame, roles: Roles) -> None:
        """`X has received an inquiry from Z about buying jets`: who is asked is who is to sell."""
        noun = frame.parent
        asked = noun is not None and noun.noun and noun.sense == "ask" and frame.by == "ger" and frame.preposition == "about"
        above = noun.parent if asked and noun is not None else None
        if above is None or above.noun or above.sense not in ("get", "hold", "start", "other", "give") or roles.exporters:
            return
        own = {party.state for party in roles.recipients}
        heard = [chunk for chunk in (*above.objects, *above.phrase("to")) if chunk.kind == "party"]
        if heard:  # *sent X an inquiry about*
            roles.exporters = [party for chunk in heard for party in chunk.parties if own and party.state not in own]
            return
        if noun is not None and noun.by == "obj" and above.chunk.form != "passive":
            roles.exporters = [party for party in self.actor(above) if own and party.state not in own]

    def _talked_over(self, frame: Frame, roles: Roles) -> None:
        """`Z is in talks with X on a delivery of jets`: of two that talk the maker of such things gives, else the other."""
        talk = frame.parent
        if not frame.noun or frame.sense != "give" or frame.by not in ("prep on", "prep over", "prep about") or talk is None:
            return
        other = [party for chunk in talk.phrase("with") for party in self.parties(chunk, talk)]
        acting = talk.parent if talk.noun else talk
        both = [*(self.actor(acting) if acting is not None and not acting.noun else []), *other]
        named = frame.phrase("to", "from", "by") or frame.chunk.possessor or frame.chunk.possessive_word
        exported = frame.verb is not None and frame.verb.event in ("export", "sell")
        if (
            talk.sense != "plan"
            or not other
            or named
            or exported
            or len({party.state for party in both}) != 2
            or len(both) != 2
        ):
            return
        last = self.context.last
        before = [party.state for side in last for party in side] if last is not None else []
        if last is not None and sorted(map(str, before)) == sorted(str(party.state) for party in both):
            roles.exporters, roles.recipients = last
        else:
            self.divide(roles, both, 1)

    def _taken_up(self, frame: Frame, roles: Roles) -> None:
        """`Ghana's navy commissioned two boats donated by Z`: who puts into service what was given received it."""
        parent = frame.parent
        used_by = [other for other in self.frames if other.chunk.form == "passive" and other.subject is frame.gap]
        users = [chunk for other in used_by if other.verb is not None and other.verb.lemma in _TAKING_UP
                 for chunk in other.phrase("by") if chunk.kind == "party"]  # fmt: skip
        self._studied(frame, roles)
        if not roles.exporters or frame.noun or frame.sense not in ("give", "get", "swap", "order"):
            return
        own = {party.state for party in roles.exporters}
        if parent is None and users:  # *Given by X, six helicopters will be operated by Z's air force*
            roles.recipients = [party for chunk in users for party in chunk.parties if party.state not in own]
        bound = [
            other for other in self.frames if other.sense in ("go", "give") and other.subject is frame.gap and not other.noun
        ]
        if not roles.recipients and bound and not bound[0].noun:  # *jets ordered from X will reach Z*
            goals = (*bound[0].objects, *bound[0].phrase("to", "in", "near", "at"))
            roles.recipients = [party for chunk in goals for party in chunk.parties if party.state not in own]
        using = "have" if parent is None or parent.verb is None else parent.verb.lemma.replace(" ", "_")
        if parent is not None and not parent.noun and using in _TAKING_UP:
            used = (*parent.objects, *parent.phrase("on", "with", "in", "from", "aboard"))
            if any(frame.gap is chunk for chunk in used):
                found = [party for party in self.parties(parent.subject, parent) if party.state not in own]
                roles.recipients = [replace(party, form="capital") for party in found]
        funding = parent is not None and parent.sense == "permit" and bool(parent.money) and not parent.noun
        if funding and parent is not None and not roles.recipients and any(frame.gap is each for each in parent.phrase("for")):
            roles.recipients = [party for party in self.actor(parent) if party.state not in own]
        if not roles.recipients and frame.by == "reduced" and (parent is None or parent.sense in ("other", "await")):
            self._of_whom_it_tells(frame, roles)

    def _of_whom_it_tells(self, frame: Frame, roles: Roles) -> None:
        """`Two boats bought from X have seldom left harbour`: what somebody has is with whom the report tells of."""
        own = {party.state for party in roles.exporters} | {None, NONE}
        counted = bool(roles.items) and all(item.quantity is not None and not item.thing.general for item in roles.items)
        traded = frame.verb is not None and bool(frame.verb.terms)  # not what was taken from those whom it was supplied
        named = any(chunk.kind == "party" for each in self.frames if each is not frame for chunk in (
            *each.objects, *(near for _, near in each.phrases), *([each.subject] if each.subject is not None else [])
        ))  # fmt: skip
        harmed = any(each.sense == "seize" or (each.verb is not None and each.verb.lemma in _HARMED) for each in self.frames)
        if not (counted and traded) or named or harmed or frame.phrase("to", "for"):
            return
        for known in (self.context.topic, self.context.taking, self.context.home):
            found = [party for party in known if party.state not in own]
            if found:
                roles.recipients = [replace(found[-1], form="assumed")]
                return

    def _told_by_the_giver(self, frame: Frame, roles: Roles) -> None:
        """`the ministry confirmed that shells were sold to Z`: who confirms a transfer to another made it."""
        begun = frame.by == "subject" and frame.parent is not None
        frame = frame.parent if begun and frame.parent is not None else frame
        parent = frame.teller or (frame.parent if frame.by == "that" else None)
        ahead = "future" in frame.chunk.auxiliaries or "would" in frame.chunk.words or frame.chunk.form == "future"
        if (
            parent is not None
            and parent.verb is not None
            and (
                begun
                or ahead
                or parent.verb.lemma in _OWNING_UP
                or (parent.verb.lemma == "tell" and parent.chunk.form == "passive")
            )
        ):
            taken = {party.state for party in roles.recipients}
            teller = self.parties(parent.subject, parent)
            teller = teller or [party for chunk in parent.phrase("by") for party in chunk.parties] or parent.chunk.possessor
            roles.exporters = [replace(party, form="capital") for party in teller if party.state not in taken]

    def _told_by_the_taker(self, frame: Frame, roles: Roles) -> None:
        """`Z said the delivery of tanks from X had begun`: who tells of a delivery from another receives it."""
        told = frame.parent.teller or frame.parent.parent if frame.parent is not None else None
        if told is not None and told.sense == "say":
            own = {party.state for party in roles.exporters}
            roles.recipients = [replace(party, form="capital") for party in self.actor(told) if party.state not in own]
