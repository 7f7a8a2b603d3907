"""Who is who in building: Z builds Y under a licence from X, X builds Y for Z."""

from __future__ import annotations

from collections.abc import Sequence

from sekisho.read.chunks import Party
from sekisho.read.deals import Roles, gap
from sekisho.read.frames import Frame
from sekisho.read.sellers import Sellers

_LETTING = frozenset({"licence", "license", "licensing", "technology", "transfer", "coproduction", "co-production"})
_ASSEMBLING = frozenset({"assemble", "put together", "piece together"})
_LICENSING = frozenset({"licence", "license", "production licence", "manufacturing licence"})


_WORKS = frozenset({"plant", "plants", "factory", "factories", "works", "yard", "yards", "shipyard",
                    "shipyards", "workshops", "firm", "firms", "workers", "company", "companies", "arsenal",
                    "arsenals", "industry", "maker", "makers"})  # fmt: skip


_DESIGNING = _WORKS | {"designer", "designers", "developer", "developers", "builder", "manufacturer", "inventor", "owner",
                       "originator", "group", "producer", "side", "licensor"}  # fmt: skip


def _whose_works(frame: Frame, licensors: Sequence[Party]) -> list[Party]:
    """`Polish plants will build vehicles under licence from X`: in whose works they are built."""
    subject = frame.subject
    if subject is None or subject.kind != "other" or not {subject.word, *subject.words} & _WORKS:
        return []
    own = {party.state for party in licensors}
    return [party for party in subject.possessor if party.state not in own]


class Licences(Sellers):
    """The patterns of building, for another or under a licence."""

    def make(self, frame: Frame) -> Roles | None:
        """Z builds Y under licence from X: what goes to Z is the technology."""
        licensors = [party for chunk in frame.phrase("licence") for party in self.parties(chunk, frame)]
        unknown = [chunk for chunk in frame.phrase("licence") if chunk.kind == "other" and chunk.unit is not None]
        if unknown and not licensors and unknown[0].unit is not None and unknown[0].unit.titled:
            behind = [chunk for chunk in frame.phrase("of", "in") if chunk.start > unknown[0].end]
            licensors = [party for chunk in behind for party in chunk.parties]  # *under licence from Sud-Aviation of France*
        by_adjective = [party for chunk in unknown if {chunk.word, *chunk.words} & _DESIGNING for party in chunk.possessor]
        licensors = licensors or by_adjective  # *under licence from the Finnish designer*
        for other in self.frames:
            if other.parent is frame and other.by == "prep under" and other.sense == "permit" and other.noun:
                licensors = licensors or list(other.chunk.possessor)
        licensors = licensors or list(self._licensing(frame))
        if "licence" in frame.words and not licensors and not frame.noun:
            made = [item for chunk in frame.objects for item in chunk.items]
            told = [party for chunk in frame.phrase("from") for party in chunk.parties]
            licensors = list(self._letting(frame)) or told or [item.maker for item in made[:1] if item.maker is not None]
        chosen = frame.parent is not None and frame.parent.sense == "pick" and frame.by == "to"
        if chosen and frame.parent is not None:
            roles = Roles(exporters=self.parties(frame.subject, frame), recipients=self.actor(frame.parent))
            if not roles.recipients:
                roles.recipients = [party for chunk in frame.phrase("for") for party in chunk.parties]
            roles.items = self.things([chunk for chunk in frame.objects if chunk.kind == "item"])
            return roles
        if frame.noun:
            return self._licensed(frame, licensors)
        licensors = licensors or list(self._of_contract(frame))
        if not licensors:
            return self._built_for(frame)
        passive = frame.by == "which" and frame.chunk.form == "passive"
        if frame.by == "reduced" or (passive and (frame.gap is not None or frame.subject is None)):
            return None
        roles = Roles(exporters=licensors, recipients=self.actor(frame), licensors=licensors)
        if frame.chunk.form == "passive":
            roles.recipients = roles.recipients or [party for chunk in frame.phrase("in") for party in chunk.parties]
            roles.items = self.things([chunk for chunk in (frame.subject,) if chunk is not None and not chunk.parties])
            above = frame.parent if frame.by == "to" and not roles.items else None
            if above is not None and not above.noun:  # *will equip its air force with jets, to be built under licence from X*
                near = (*above.objects, *above.phrase("with"))
                roles.items = self.things([chunk for chunk in near if chunk.kind == "item" and chunk.end < frame.chunk.start])
            return roles if roles.recipients else None
        roles.recipients = roles.recipients or [party for chunk in frame.phrase("in") for party in chunk.parties]
        roles.recipients = roles.recipients or _whose_works(frame, licensors)
        roles.items = self.things([chunk for chunk in frame.objects if chunk.kind == "item"])
        return roles

    def made(self, frame: Frame) -> Roles | None:
        """X makes Y for Z."""
        return self.make(frame) if frame.verb is not None and frame.verb.lemma == "make" else None

    def _licensing(self, frame: Frame) -> Sequence[Party]:
        """`under a licence that X granted`, `X gave Z a licence to build`, `X licensed Z to build`: whose licence it is."""
        above = frame.parent if frame.by == "to" and not frame.noun else None
        if above is not None and not above.noun and above.verb is not None and above.verb.lemma in _LICENSING:
            return self.actor(above)
        if above is not None and above.noun and above.sense == "deal" and "licence" in frame.words and not above.chunk.negative:
            own = {party.state for party in self.actor(frame)}  # *an agreement with X to build jets under licence*
            found = [party for chunk in above.phrase("with") for party in chunk.parties if party.state not in own]
            if found:
                return found
        under = [other for other in self.frames if other.parent is frame and other.by == "prep under" and other.noun]
        by_accord = self._by_contract(frame, under)
        if by_accord:
            return by_accord
        for noun in (*under, *([above] if above is not None and above.noun else [])):
            if noun.verb is None or noun.verb.lemma not in _LICENSING or noun.chunk.negative:
                continue
            named = [party for chunk in noun.phrase("from", "of", "by") for party in self.parties(chunk, noun)]
            told = [
                other
                for other in self.frames
                if other.parent is noun and not other.noun and other.sense in ("give", "permit", "sell")
            ]
            giving = (
                [noun.parent]
                if noun is above and noun.parent is not None and noun.parent.sense in ("give", "permit", "refuse", "deny")
                else []
            )
            giving = [each for each in giving if not each.noun and not each.chunk.negative]
            acting = [party for other in (*told, *giving) for party in self.actor(other)]
            bought = noun.parent.phrase("from", "with") if noun is above and noun.parent is not None else []
            found = named or acting or [party for chunk in bought for party in chunk.parties] or list(noun.chunk.possessor)
            beside = frame.phrase("with") if noun is above else []  # *negotiates a licence to make Y with X*
            found = found or [party for chunk in beside for party in chunk.parties]
            if found:
                return found
        return []

    def _by_contract(self, frame: Frame, under: Sequence[Frame]) -> Sequence[Party]:
        """`will assemble guns under a contract with X's maker`, `under a licence agreement with X`: who lets it be built."""
        own = {party.state for party in self.actor(frame)}
        for noun in under if not frame.noun else ():
            found = [party for chunk in noun.phrase("with") for party in chunk.parties if own and party.state not in own]
            let = bool(noun.chunk.words & _LETTING) or all(party.kind == "company" for party in found)
            if noun.sense == "deal" and found and let:
                return found
        return []

    def _of_contract(self, frame: Frame) -> Sequence[Party]:
        """`X's maker and Z signed a contract under which jets will be assembled in Z`: the maker of the two lets it be done."""
        signed = (
            frame.parent if frame.by == "which" and frame.gap is None and frame.chunk.form in ("passive", "future") else None
        )
        if signed is None or signed.noun or signed.sense != "sign" or signed.chunk.negative:
            return []
        local = frame.phrase("in") if frame.chunk.form == "passive" else [frame.subject] if frame.subject is not None else []
        own = {party.state for chunk in local for party in self.parties(chunk, frame)}
        pacts = [other for other in self.frames if other.noun and other.parent is signed and other.sense == "deal"]
        near = [chunk for each in (signed, *pacts) for chunk in each.phrase("with")]
        two = [*self.actor(signed), *(party for chunk in near for party in chunk.parties)]
        found = [party for party in two if party.state not in own]
        made = [item for chunk in (frame.subject, *frame.objects) if chunk is not None for item in chunk.items]
        put = frame.verb is not None and frame.verb.lemma in _ASSEMBLING
        let = put or "licence" in frame.words or all(party.kind == "company" for party in found)
        let = let or bool(self.designers(made) & {party.state for party in found})
        return found if own and let and len({party.state for party in found}) == 1 else []

    def _letting(self, frame: Frame) -> Sequence[Party]:
        """`agreed to let Z build jets under licence`, `gave Z permission to build`: who lets it."""
        own = {party.state for party in self.actor(frame)}
        for above in frame.chain()[1:]:
            given = above.parent if above.noun and above.by == "obj" else above
            both = self.actor(above) if above.sense in ("decide", "sign") and not above.noun else []
            others = [party for party in both if party.state not in own]
            if len(both) == 2 and len(others) == 1:
                return others  # *X and Z agreed that Z would build*
            if above.sense == "permit" and given is not None and not given.noun:
                return [party for party in self.actor(given) if party.state not in own]
        told = self.actor(frame.teller) if frame.teller is not None and frame.teller.sense == "say" else []
        return [party for party in told if own and party.kind == "company" and party.state not in own]

    def _licensed(self, frame: Frame, licensors: Sequence[Party]) -> Roles | None:
        """The licensed production of Y in Z, agreed with X; X's approval of it."""
        words = (frame.verb.lemma if frame.verb is not None else "", *frame.words)
        agreed = bool(frame.phrase("in")) and any(each.sense == "deal" and each.noun for each in frame.chain()[1:])
        if not (licensors or agreed or any("licence" in word or "licensed" in word for word in words)):
            return None
        under = [other for other in self.frames if other.noun and other.parent is frame and other.by == "prep under"]
        made = [chunk for each in (frame, *under) for chunk in each.phrase("of") if chunk.kind == "item"]
        roles = Roles(items=self.things(made))
        roles.recipients = [party for chunk in frame.phrase("in", "by", "for") for party in chunk.parties]
        above = frame.chain()[1:]
        near = [*above, *(other for other in self.frames if other.noun and other.parent in (frame, *above))]
        others = [party for each in near for chunk in each.phrase("with") for party in self.parties(chunk, each)]
        makers = [item.maker for item in roles.items[:1] if item.maker is not None]
        roles.exporters = licensors or [party for chunk in frame.phrase("from") for party in chunk.parties] or others or makers
        given = {party.state for party in roles.exporters}
        acting = [party for each in above[-1:] for party in self.actor(each) if party.state not in given]
        begun = bool(above) and above[-1].sense == "start"
        if begun and roles.exporters and not roles.recipients:
            roles.recipients = [party for chunk in above[-1].phrase("in") for party in chunk.parties]
        if not roles.recipients and (roles.exporters or begun):
            roles.recipients = list(acting)
        return roles if roles.items else None

    def _built_for(self, frame: Frame) -> Roles | None:
        """X builds Y for Z; Y is being built for Z by X."""
        bought = [chunk for other in self.frames if other.sense in ("get", "order") for chunk in other.objects]
        if frame.by == "which" and any(frame.gap is chunk for chunk in bought):
            return None  # *will buy the ships that X built for W*
        passive = frame.chunk.form == "passive" or frame.by == "reduced"
        subject = frame.gap if frame.by == "reduced" else frame.subject
        told_of = gap(frame)
        given = [*frame.objects, *([told_of] if told_of is not None and told_of is not frame.subject else [])]
        found = ([subject] if subject is not None else []) if passive else given
        roles = Roles(
            exporters=self.actor(frame), items=self.things([chunk for chunk in found if chunk.kind in ("item", "number")])
        )
        roles.recipients = [party for chunk in frame.phrase("for") if chunk.kind == "party" for party in chunk.parties]
        if not roles.recipients and not passive and len(frame.objects) > 1 and frame.objects[0].kind in ("party", "pronoun"):
            roles.recipients = self._whom(frame.objects[0], frame, roles.exporters)  # *build Z two submarines*
        makers = [party.state for party in roles.exporters if party.kind == "company"]
        if makers and not roles.recipients and not passive:  # *will build ships under a contract with Z*
            under = [
                other for other in self.frames if other.parent is frame and other.by == "prep under" and other.sense == "deal"
            ]
            with_ = [party for other in under for chunk in other.phrase("with") for party in chunk.parties]
            roles.recipients = [party for party in with_ if party.kind != "company" and party.state not in makers]
        taken = {party.state for party in roles.recipients}
        if passive and frame.by in ("main", "that", "sub") and roles.recipients and roles.items and not roles.exporters:
            where = [party for chunk in frame.phrase("in") if chunk.kind == "party" for party in chunk.parties]
            roles.exporters = [party for party in where if party.state not in taken]  # *are being built in X for Z*
        if frame.parent is not None and frame.parent.sense == "deal" and all(party.state in taken for party in roles.exporters):
            roles.exporters = [party for chunk in frame.parent.phrase("with") for party in self.parties(chunk, frame)]
        return roles if roles.exporters and roles.recipients and roles.items else None
