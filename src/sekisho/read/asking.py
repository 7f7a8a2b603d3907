"""Who is who in a request and in a signature: Z asks X for Y, signs for Y with X, signs up for Y when X visits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sekisho.read.appeals import Appeals
from sekisho.read.chunks import Chunk, Item, Party
from sekisho.read.deals import Roles
from sekisho.read.frames import SOUNDING, Frame
from sekisho.read.leave import heeded
from sekisho.read.remarks import is_load

_VISITING = frozenset({"visit", "call", "come", "arrive", "travel", "fly", "tour"})


_TALKS = frozenset({"talk", "talks", "negotiation", "negotiations", "discussion", "discussions"})
_ALIKE = frozenset({"same", "similar", "identical"})
_INQUIRIES = frozenset({"inquiry", "inquiries", "enquiry", "enquiries"})
"""What is made *about* a thing by who wants it."""


class Asking(Appeals):
    """The patterns of what is asked for and signed for."""

    def ask(self, frame: Frame) -> Roles | None:
        """Z asks X for Y, requests Y from X; Z's request for Y."""
        roles = Roles()
        if frame.noun:
            roles.items = self.things(frame.phrase("for", "of")) or self._listed(frame)
            if not roles.items and frame.chunk.word in _INQUIRIES:
                roles.items = self.things([chunk for chunk in frame.phrase("about") if chunk.kind == "item"])
            roles.recipients = list(frame.chunk.possessor) or [
                party for chunk in frame.phrase("by") or frame.phrase("from") for party in self.parties(chunk, frame)
            ]
            if frame.parent is not None and not frame.chunk.possessor and frame.by in ("obj", "prep with"):
                roles.recipients = (
                    self.actor(frame.parent)
                    if frame.parent.sense in ("give", "start", "other", "say", "hold", "sign")
                    else roles.recipients
                )
            held = frame.parent if frame.by == "obj" and frame.parent is not None and frame.parent.verb is None else None
            from_ = [party for chunk in frame.phrase("from") if chunk.kind == "party" for party in chunk.parties]
            if held is not None and held.chunk.word in ("has", "have", "had") and from_ and not frame.chunk.possessor:
                roles.recipients, roles.exporters = from_, self.actor(held)
                return roles  # *has on its desk a request from Z for jets*
            if frame.chunk.possessive_word in ("its", "their") and frame.chain()[-1].sense in ("await", "delay"):
                its = Chunk("pronoun", frame.chunk.start, frame.chunk.end, "it")  # *is awaiting a decision on its request*
                roles.recipients = roles.recipients or self.parties(its, frame)
            if frame.chunk.possessive_word in ("its", "their") and frame.by == "obj" and not roles.recipients:
                roles.recipients = self.context.ahead(frame.chunk, frame, self.frames)
            asked = self.addressed(frame)
            if frame.phrase("by") and frame.phrase("from"):  # *a request by Z for radars from X*
                asked = [party for chunk in frame.phrase("from") for party in self.parties(chunk, frame)]
            received = frame.by == "obj" and frame.parent is not None and frame.parent.sense == "get"
            if received and frame.parent is not None:
                asked = self.actor(frame.parent)
            roles.exporters = [party for party in asked if party not in roles.recipients]
            with_it = frame.by == "prep with" and frame.parent is not None and not frame.parent.noun
            if with_it and frame.parent is not None and frame.parent.sense in ("ask", "start", "other") and not roles.exporters:
                roles.recipients = roles.recipients or self.actor(frame.parent)
                own = {party.state for party in roles.recipients}
                roles.exporters = [party for party in self.addressed(frame.parent) if party.state not in own]
            kept = frame.by == "obj" and frame.parent is not None and frame.parent.sense == "delay"
            if kept and frame.parent is not None and frame.phrase("from", "by"):
                roles.exporters = self.actor(frame.parent)  # *is sitting on a request from Z*
            answering = frame.by == "prep to" and frame.parent is not None and not frame.parent.noun
            if (heeded(frame) or answering) and frame.parent is not None and not roles.exporters:
                roles.exporters = [party for party in self.actor(frame.parent) if party not in roles.recipients]
            if (
                frame.by == "subject"
                and frame.parent is not None
                and frame.parent.sense in ("plan", "refuse", "get", "other")
                and (not roles.exporters)
            ):
                before = [
                    party
                    for chunk in frame.parent.phrase("in", "by", "from", "with", "before")
                    for party in self.parties(chunk, frame)
                ]
                roles.exporters = [party for party in before if party not in roles.recipients]
            self.on_its_way(frame, roles)
            told = frame.parent.teller if frame.parent is not None and frame.by == "subject" else None
            if told is not None and told.sense == "say" and not roles.exporters:
                own = {party.state for party in roles.recipients}
                roles.exporters = [replace(party, form="capital") for party in self.actor(told) if party.state not in own]
            if frame.by == "subject" and not roles.exporters:
                self._as_before(frame, roles)
            last = self.context.last
            if frame.by == "subject" and roles.exporters and not roles.recipients and last is not None:
                given = {party.state for party in roles.exporters}  # *A similar appeal to X was turned down*
                taking = [party for party in last[1] if party.state not in given]
                roles.recipients = [replace(party, form="assumed") for party in taking]
        else:
            roles.recipients = self.actor(frame)
            things = (
                frame.phrase("for") if frame.verb is not None and frame.verb.lemma not in ("request", "demand", "seek") else []
            )
            if frame.verb is not None and frame.verb.lemma in SOUNDING:
                things = [*things, *(chunk for chunk in frame.phrase("about", "on", "over") if chunk.kind == "item")]
            if frame.chunk.form == "passive" and frame.subject is not None and frame.subject.kind == "item":
                things = [*things, frame.subject]  # *jets have been requested from X by Z*
            roles.items = self.things([*things, *(chunk for chunk in frame.objects if chunk.kind not in ("party", "event"))])
            if things and any(chunk.kind == "pronoun" for chunk in frame.objects):
                roles.items = self.things(things)  # *asked it for jets*
            roles.exporters = self._asked_whom(frame, roles)
            said = [other.sense for other in self.frames if other.noun and other.chunk.end < frame.chunk.start]
            if [chunk.word for chunk in frame.phrase("for")] == ["it"] and "permit" in said:
                return None  # *needs X's consent and has applied for it*
            if not roles.exporters and frame.by == "ger" and frame.parent is not None:
                written = frame.parent.phrase("to")  # *wrote to X asking for Y*
                roles.exporters = [party for chunk in written for party in chunk.parties]
            self._each_asked(frame, roles)
            if not roles.exporters and roles.items and roles.items[0].maker is not None and not roles.items[0].made:
                roles.exporters = self._makers(roles)  # *Z had sought X's helicopters*
            towards = [party for chunk in frame.phrase("for") if chunk.kind == "party" for party in chunk.parties]
            roles.recipients = towards or roles.recipients
        self.by_letter(frame, roles)
        self.by_envoy(frame, roles)
        self.by_visit(frame, roles)
        self._with_lists(frame, roles)
        turned = frame.verb is not None and frame.verb.lemma in ("turn to", "lean on", "look to")
        return roles if not turned or (roles.exporters and roles.recipients) else None

    def _asked_whom(self, frame: Frame, roles: Roles) -> Sequence[Party]:
        """Whom a verb of asking addresses; `Z, which bought jets from X, has asked it for tanks`: *it* does not ask itself."""
        found, own = self.addressed(frame), {party.state for party in roles.recipients}
        by_pronoun = [chunk for chunk in frame.objects if chunk.kind == "pronoun" and chunk.word in ("it", "them")]
        if not by_pronoun or not own or not {party.state for party in found} <= own:
            return found
        near = [party for other in self.frames for each in (*other.objects, *(goal for _, goal in other.phrases))
                if each.end <= by_pronoun[0].start for party in each.parties if party.state not in own]  # fmt: skip
        return near[-1:]

    def _each_asked(self, frame: Frame, roles: Roles) -> None:
        """`has asked X for rifles and W for helicopters`: each thing of the one who stands right before it."""
        asked = [chunk for chunk in frame.objects if chunk.kind == "party"]
        for item in roles.items if len(asked) > 1 else ():
            before = [chunk for chunk in asked if chunk.start < item.span[0]]
            item.source = before[-1].parties[0] if before and before[-1].parties else None

    def _as_before(self, frame: Frame, roles: Roles) -> None:
        """`An application for grenades for the kingdom's police was turned down`: by whom the last transfer was approved."""
        whom = [chunk for chunk in frame.phrase("for") if chunk.kind in ("party", "pronoun")]
        roles.recipients = roles.recipients or [party for chunk in whom for party in self.parties(chunk, frame)]
        last, own = self.context.last, {party.state for party in roles.recipients}
        if last is not None and own:
            roles.exporters = [party for party in last[0] if party.state not in own]

    def _listed(self, frame: Frame) -> list[Item]:
        """`a wish list that names tanks and guns`: what a request lists."""
        found = next((other for other in self.frames if other.gap is frame.chunk and other.verb is not None and (
            other.verb.lemma in ("name", "list", "include", "contain", "comprise", "mention"))), None)  # fmt: skip
        return self.things([chunk for chunk in found.objects if chunk.kind == "item"]) if found is not None else []

    def sign(self, frame: Frame) -> Roles | None:
        """Z signs for Y from X, signs up for Y when X visits."""
        found = frame.objects if frame.verb is not None and frame.verb.lemma.endswith(" for") else frame.phrase("for")
        roles = Roles(items=self.things([chunk for chunk in found if chunk.kind == "item"]))
        roles.recipients = self.actor(frame)
        roles.exporters = [party for chunk in frame.phrase("from") for party in self.parties(chunk, frame)]
        own = {party.state for party in roles.recipients}
        beside = [party for chunk in frame.phrase("with") for party in self.parties(chunk, frame) if party.state not in own]
        if beside and not roles.exporters and len(own) == len(beside) == 1:
            self.divide(roles, [*roles.recipients, *beside], 1)
        told = self.actor(frame.teller) if frame.teller is not None else []
        roles.exporters = roles.exporters or beside or self._visitor(roles) or self._makers(roles)
        roles.exporters = roles.exporters or [party for party in told if own and party.state not in own]
        return roles if roles.items else None

    def _visitor(self, roles: Roles) -> Sequence[Party]:
        """`when X's president calls`: who comes to one that signs for arms sells them."""
        own = {party.state for party in roles.recipients}
        for other in self.frames:
            if other.by == "sub" and other.conjunction in ("when", "as", "while") and other.verb is not None and (
                other.verb.lemma in _VISITING
            ):  # fmt: skip
                return [replace(party, form="assumed") for party in self.actor(other) if party.state not in own]
        return []

    def _makers(self, roles: Roles) -> Sequence[Party]:
        """`Chinese missiles`: who is said to have made what is bought sells it."""
        taken = {party.state for party in roles.recipients}
        found = [item.owner or item.maker for item in roles.items[:1]]  # *24 of Denmark's U.S.-built F-16s*
        first = [party for party in found if party is not None and party.state not in taken]
        for item in roles.items[1:] if first else ():  # *German submarines and French frigates*
            own = item.owner or item.maker
            if own is not None and item.source is None and own.state not in {*taken, first[0].state}:
                item.source = own
        return first

    def _covered(self, frame: Frame) -> list[Item]:
        """`a lease covering 14 jets`: what a deal is told to be of."""
        told = [other for other in self.frames if other.sense == "include" and other.by in ("ger", "which")]
        about = [other for other in told if other.parent is frame or other.subject is frame.chunk or other.gap is frame.chunk]
        return self.things([chunk for other in about for chunk in other.objects if chunk.kind == "item"])

    def _talked_of(self, frame: Frame) -> Roles | None:
        """`in talks with X about six jets`, `talks between X and Z on Rafales`; *on missiles* may be a treaty's."""
        held = frame.parent if frame.by == "subject" and frame.parent is not None and not frame.parent.noun else None
        near = [
            *frame.phrases,
            *(held.phrases if held is not None and held.sense in ("start", "hold", "other", "resume") else []),
        ]
        about = [chunk for word, chunk in near if word in ("on", "over", "about") and chunk.kind == "item"]
        items, loads = self.things(about), [item.span for chunk in about for item in chunk.items if is_load(chunk)]
        items = items or self.things([chunk for chunk in frame.phrase("for") if chunk.kind == "item"])
        acting = self.actor(frame.parent) if frame.parent is not None and not frame.parent.noun else []
        both = [*acting, *(party for chunk in frame.phrase("with") for party in self.parties(chunk, frame))]
        signed = frame.by == "obj" and frame.parent is not None and frame.parent.sense == "sign" and not any(
            other.by == "which" and any(other.gap is chunk for _, chunk in frame.phrases) for other in self.frames
        )  # fmt: skip
        told = frame.phrase("with") or (len({party.state for party in acting}) == 2 and (frame.by == "prep in" or signed))
        both = both if len(both) == 2 and told else list(self.actor(frame))
        last, named = self.context.last, [party for chunk in frame.phrase("with") for party in self.parties(chunk, frame)]
        other = [party for word, chunk in near if word == "with" for party in self.parties(chunk, frame)]
        if held is not None and len(other) == 1 and not acting:
            both = [*other, *self._talking_side(held, other)]  # *Talks are under way with X about 12 fighters*
        same = [chunk for chunk in frame.phrase("on", "over", "about") if chunk.kind == "other" and chunk.words & _ALIKE]
        if same and last is not None and len(named) == 1 and named[0].state not in {party.state for party in last[0]}:
            again = self.things([Chunk("pronoun", same[0].start, same[0].end, "it")])
            return Roles(list(last[0]), named, again)  # *talks with W on the same type*
        if frame.verb is None or len({party.state for party in both}) != 2 or len(both) != 2:
            return None
        if frame.verb.lemma not in _TALKS and not signed:
            return None
        roles = Roles(items=[item for item in items if not item.thing.general and (
            item.quantity is not None or item.span in loads or item.thing.words != item.thing.words.lower())])  # fmt: skip
        firms = [party for party in both if party.kind == "company"]
        if len(firms) == 1:
            roles.exporters, roles.recipients = firms, [party for party in both if party is not firms[0]]
        else:
            self.divide(roles, both, 1 if acting else 0)
        return roles

    def _talking_side(self, held: Frame, others: Sequence[Party]) -> Sequence[Party]:
        """`talks are under way with X, Z's minister said`: who tells of talks holds them, else who was told to receive."""
        states = {party.state for party in others}
        told = held.teller or (held.parent if held.by == "that" else None)
        tellers = [party for party in (self.actor(told) if told is not None else []) if party.state not in states]
        taking = self.context.last[1] if self.context.last is not None else self.recipients
        return tellers[:1] or [party for party in (self.recipients or taking) if party.state not in states][:1]
