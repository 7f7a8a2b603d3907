"""Who is who in contracts and licences: of two that deal, one sells.

deal   a contract of Z with X for Y      permit  X approves Y for Z
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from sekisho.read.chunks import Chunk, Item, Party
from sekisho.read.context import Context
from sekisho.read.counting import crew_of, friend_of, is_friend
from sekisho.read.frames import Frame
from sekisho.read.leave import bought_from, held_in, issuers
from sekisho.read.status import REPROACHING
from sekisho.read.wordlists import table, word_list

_WINNING = word_list("winning")
_AWARDING = frozenset({"award", "give", "hand", "grant"})
_DUE = frozenset({"due", "expect", "schedule"})
_DESIGNS = {row["item"]: frozenset(row["state"].split()) for row in table("designs.csv")}
"""Whose design some systems are, by row of the catalogue or by word: a state and what it was before; of a joint one, each."""
_ONTO = word_list("given onto")
"""Verbs whose goal stands behind *on* or *into*: *unloaded the jets on Z*, *found a buyer in Z*."""
_WISHING = frozenset({"want", "plan", "seek", "ask"})
_LOADED = frozenset({"carry", "bear", "transport", "haul", "ferry", "take"})
_MINDED = frozenset({"commit", "determine", "dedicate", "resolve"})
"""Verbs whose passive says what its subject is minded to do: *is committed to the delivery*."""
_KEEPING = frozenset({"withhold", "hold back", "keep back", "keep"})
_FAR_MORE = 2
"""How many times the arms makers of the one make it the seller of two that deal."""


@dataclass(slots=True)
class Roles:
    """The parties and items of a frame, as far as its words give them."""

    exporters: Sequence[Party] = field(default_factory=list)
    recipients: Sequence[Party] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    licensors: Sequence[Party] = field(default_factory=list)


class Meanings:
    """The frames of one sentence, and what their phrases mean by what the report has said before."""

    def __init__(self, context: Context, found: Sequence[Frame]) -> None:
        self.context, self.frames = context, found
        self.named: list[Item] = []
        self.recipients: Sequence[Party] = []
        self.exporters: Sequence[Party] = []

    def parties(self, chunk: Chunk | None, frame: Frame) -> Sequence[Party]:
        """The parties that a phrase of a frame means."""
        named = self.context.of(chunk, frame, self.frames)
        if named or self.context.last is None or not is_friend(chunk) or frame.subject is chunk:
            return named
        return friend_of(self.context.of(frame.subject, frame, self.frames), self.context.last)

    def actor(self, frame: Frame) -> Sequence[Party]:
        """Who does what a frame says: its subject, or in the passive its agent."""
        if frame.noun:
            agents = ["between", "by"] if frame.sense in ("lift", "end", "resume", "refuse") else ["between"]
            return [party for chunk in frame.phrase(*agents) for party in self.parties(chunk, frame)]
        if frame.verb is not None and frame.verb.lemma in _MINDED and not frame.phrase("by"):
            return self.parties(frame.subject, frame)
        if frame.chunk.form == "passive" or frame.by == "reduced":
            named = [party for chunk in frame.phrase("by", "between") for party in self.parties(chunk, frame)]
            doing = [other.chunk for other in self.frames if other.noun and other.parent is frame and other.by == "prep by"]
            return named or [party for chunk in doing for party in chunk.possessor]  # *blocked by Z's embargo*
        return self.parties(frame.subject, frame)

    def addressed(self, frame: Frame) -> Sequence[Party]:
        """Whom somebody asks."""
        if frame.chunk.form == "passive" and not (frame.subject is not None and frame.subject.kind == "item"):
            return self.parties(frame.subject, frame)
        behind = [chunk for word in ("to", "on", "from", "with", "of") for chunk in frame.phrase(word)
                  if frame.noun or chunk.start > frame.chunk.start]  # fmt: skip
        for chunk in (*frame.objects, *behind):
            found = self.parties(chunk, frame) if chunk.kind in ("party", "pronoun") else []
            if found:
                return found
        if frame.noun and frame.parent is not None and frame.parent.sense == "give":
            for chunk in (*frame.parent.objects, *frame.parent.phrase("to")):
                if chunk.kind == "party":
                    return chunk.parties
        return []

    def _received(self, arrival: Frame, roles: Roles, *, bought: bool = False) -> None:
        """`the tanks pledged by X have arrived, Z's army said`: where they came to, else who tells of it."""
        if arrival.chunk.form == "future" or arrival.chunk.negative:
            return
        own = {party.state for party in roles.exporters}
        goals = [chunk for chunk in (*arrival.objects, *arrival.phrase("to", "in")) if chunk.kind == "party"]
        goals += [chunk for chunk in arrival.phrase("with") if any(party.kind == "armed_forces" for party in chunk.parties)]
        tellers = [other for other in self.frames if other.sense == "say" and other.subject is not None]
        goals = goals or [
            other.subject for other in tellers[-1:] if other.subject is not None and other.subject.kind == "party"
        ]
        roles.recipients = [
            replace(party, form="capital") for chunk in goals for party in chunk.parties[-1:]
            if party.state is not None and party.state not in own
        ]  # fmt: skip
        if bought and not goals and own:  # *Six helicopters bought from X were flown in at the weekend*
            taking = self.context.last[1] if self.context.last is not None else self.context.topic
            roles.recipients = [replace(party, form="assumed") for party in taking if party.state not in own]

    def _told_beside(self, chunk: Chunk, frame: Frame, exporters: Sequence[Party]) -> Sequence[Party]:
        """`X, which delivered jets to Z, now wants to sell it tanks`; `After X refused to sell it jets, Z …`: who *it* is."""
        own = {party.state for party in exporters}
        beside = frame.parent if frame.by == "ger" and frame.parent is not None and frame.parent.by == "ger" else None
        if beside is not None and beside.preposition == "," and beside.parent is not None and beside.parent.subject is not None:
            main = [party for party in beside.parent.subject.parties if party.state not in own]
            if main:
                return main  # *Z picked W, dashing X's hopes of selling it jets*
        for other in self.frames:
            said = other.by == "which" and other.sense in ("give", "swap", "make") and other.subject is frame.subject
            if said and frame.subject is not None and other.chunk.end < frame.chunk.start:
                goals = [each for each in (*other.objects, *other.phrase("to", "for")) if each.kind == "party"]
                found = [party for each in goals for party in each.parties if party.state not in own]
                if found:
                    return found[-1:]
        return [party for party in self.context.ahead(chunk, frame, self.frames) if party.state not in own]

    def _ordered_by(self, frame: Frame) -> Sequence[Party]:
        """`will deliver the ships ordered by Z`, `that Z ordered`: for whom the things are that are given."""
        for other in self.frames:
            near = (*frame.objects, *frame.phrase("of"), *(frame.phrase("for") if frame.noun else ()))
            near = (*near, frame.subject) if frame.chunk.form == "passive" and frame.subject is not None else near
            told = other.gap is not None and any(other.gap is chunk for chunk in near)
            asked = told and other.sense in ("ask", "seek", "want", "await") and other.by == "which" and not other.noun
            asked = asked and not any(each.parent is other and each.by == "to" and each.sense == "give" for each in self.frames)
            wished = told and other.sense in _WISHING and any(
                each.parent is other and each.by == "to" and each.sense in ("order", "get") for each in self.frames
            )  # fmt: skip
            if (told and other.sense in ("order", "get") and not other.noun) or wished or asked:
                found = self.actor(other) if asked or other.chunk.form in ("past", "perfect", "passive") else []
                found = self.other_buyer(frame, other, found)
                if found:
                    return [party for party in found if party.state is not None]
        orders = [other for other in self.frames if other.noun and other.parent is frame and other.sense in ("get", "deal")]
        placed = [other for other in self.frames if other.by == "reduced" and other.parent in orders and other.sense == "sign"]
        return [party for other in placed for party in self.actor(other)]  # *from orders placed by Z*

    def other_buyer(self, giving: Frame, buying: Frame, found: Sequence[Party]) -> Sequence[Party]:
        """`Z said X had handed over the drones it bought`: what X gives was bought by who tells of it."""
        above = giving.parent if giving.noun and giving.by == "obj" else None
        own = {party.state for party in self.actor(giving if above is None or above.noun else above)}
        alone = buying.subject is not None and buying.subject.kind == "pronoun" and {party.state for party in found} <= own
        if not alone or not own:
            return found
        tellers = [told.subject for told in giving.outward()[1:] if told.sense == "say" and told.subject is not None]
        told = [party for chunk in tellers for party in (*chunk.parties, *chunk.possessor) if party.state not in own]
        return told if tellers else found

    def _is_rest(self, frame: Frame) -> bool:
        """`another ten are due`: whether a bare number is still to come, of what was told of before."""
        due = frame.verb is not None and frame.verb.lemma in _DUE and frame.chunk.form in ("predicate", "passive")
        alone = due and not any(other.parent is frame for other in self.frames)
        return alone and not frame.chunk.negative and frame.subject is not None and frame.subject.kind == "number"

    def things(self, found: Sequence[Chunk]) -> list[Item]:
        """The items that some phrases mean."""
        return [item for chunk in found for item in self.context.things(chunk, self.named)]

    def _whom(self, chunk: Chunk, frame: Frame, exporters: Sequence[Party]) -> Sequence[Party]:
        if chunk.kind != "pronoun":
            return self.parties(chunk, frame)
        if chunk.word in ("us", "we"):
            return self.parties(chunk, frame)
        if chunk.form == "organ":
            own = {party.state for party in exporters}
            above = frame.parent if frame.noun and frame.by in ("obj", "subject") else None
            own |= {party.state for party in self.actor(above)} if above is not None and not above.noun else set()
            named = [party for party in self.context.of_region(chunk, self.frames, own) if party.state not in own]
            if named:
                return named
        beside = self._told_beside(chunk, frame, exporters) if chunk.word in ("it", "them") else []
        if beside:
            return beside
        above = frame.parent
        weighed = above.parent if above is not None and above.noun and above.sense == "offer" and frame.by == "to" else None
        if weighed is not None and not weighed.noun and above is not None and above.by == "obj" and weighed.sense != "say":
            return self.actor(weighed)  # *is studying an offer to sell it jets*
        if above is not None and frame.by == "ger" and frame.preposition == "for" and above.chunk.form != "passive":
            thanking = [
                party for party in self.parties(above.subject, above) if party.state not in {e.state for e in exporters}
            ]
            if thanking and chunk.word in ("it", "them"):
                return thanking
        if above is not None and frame.by == "ger" and frame.preposition == "by" and chunk.word in ("it", "them"):
            own = {party.state for party in exporters}
            near = [each for each in (*above.objects, *above.phrase("to", "with")) if each.kind == "party"]
            owed = [party for each in near for party in each.parties if party.state not in own]
            if owed:
                return owed[-1:]  # *will pay off its debt to Z by giving it tanks*
        asker = (
            above.subject
            if above is not None
            and frame.by in ("to", "ger")
            and (above.sense in ("ask", "want", "pick") or (above.sense == "plan" and above.objects))
            else None
        )
        if asker is not None and above is not None and above.chunk.form != "passive" and chunk.word in ("it", "them"):
            asking = [party for party in self.parties(asker, above) if party.state not in {one.state for one in exporters}]
            if asking:
                return asking
        if chunk.possessive_word in ("his", "her", "its", "their") and chunk.form == "organ":
            own = {party.state for party in exporters}
            stopping = [each for each in frame.chain()[1:] if each.sense in ("refuse", "delay") and frame.noun]
            own |= {party.state for each in stopping for party in self.actor(each)}
            tellers = [other.subject for other in frame.outward()[1:] if other.subject is not None]
            found = [party for each in tellers for party in self.parties(each, frame) if party.state not in own]
            if found:
                return found
        given = self._given_before(chunk, exporters)
        if given and chunk.word in ("it", "them"):
            return given
        later = self._told_after(frame, exporters) if chunk.word in ("it", "them") else []
        if later:
            return later
        wishing = self._buyer_before(frame, exporters) if chunk.word in ("it", "them") else []
        if wishing:
            return wishing
        before = [other for other in self.frames if other.by == "main" and other.chunk.start < frame.chain()[-1].chunk.start]
        told = before[-1].subject if before and frame.chain()[-1].by == "main" and not before[-1].noun else None
        if told is not None and told.kind == "party" and chunk.word in ("it", "them") and frame.sense in ("offer", "give"):
            own = {party.state for party in exporters}
            said = [party for party in told.parties if party.state not in own]
            if said and before[-1].sense in ("start", "other", "hold", "plan"):
                return said  # *Z has yet to make its choice: X is offering it jets*
        acting = [
            party
            for each in frame.chain()
            if each.subject is not None and each.subject is not chunk and each.sense != "say"
            for party in each.subject.parties
        ]
        outer = frame.outward()
        talked = [party for other in self.frames if other.noun and other.parent in outer for each in other.phrase("with")
                  for party in each.parties if party.state not in {one.state for one in (*exporters, *acting)}]  # fmt: skip
        if chunk.word in ("him", "her") and frame.by == "main" and not talked:
            heard = [party for party in self.context.topic if party.state not in {one.state for one in (*exporters, *acting)}]
            if heard:
                return heard[:1]  # *Z's president said X had sent him none. W had given him 30*
        return talked[:1] or self.context.other_than([*exporters, *acting], frame)

    def _buyer_before(self, frame: Frame, exporters: Sequence[Party]) -> Sequence[Party]:
        """`Z will get 200 million from W, and X offers it jets`: who gets or wants something in the clause before."""
        own = {party.state for party in exporters}
        top = frame.chain()[-1]
        for other in reversed(self.frames):
            beside = top.by == "main" or (top.by == "sub" and top.conjunction in ("while", "whereas", "but"))
            before = other.chunk.start < top.chunk.start and other.by == "main" and beside and not other.noun
            signed = other.sense == "sign" and {party.state for party in self.actor(other)} == {
                party.state for party in self.recipients
            }
            wishing = signed or other.sense in ("get", "order", "want", "need", "seek", "ask")
            if before and wishing and other.chunk.form != "passive":
                found = self.parties(other.subject, other)
                return [party for party in found if party.state not in own]
        return []

    def _told_after(self, frame: Frame, exporters: Sequence[Party]) -> Sequence[Party]:
        """`after X refused to sell it jets, Z bought ships`: in a clause before the main one, who acts in that."""
        own = {party.state for party in exporters}
        if not any(each.conjunction in ("after", "because", "as", "since", "although", "while") for each in frame.chain()):
            return []
        mains = [
            other for other in self.frames if other.by == "main" and other.chunk.start > frame.chunk.start and not other.noun
        ]
        return [party for other in mains[:1] if other.subject is not None for party in other.subject.parties
                if party.state not in own]  # fmt: skip

    def _given_before(self, chunk: Chunk, exporters: Sequence[Party]) -> Sequence[Party]:
        """`X, which sold Z two frigates, will sell it jets`: to whom the sentence has told of giving before."""
        own = {party.state for party in exporters}
        replaced = any(other.sense == "replace" for other in self.frames)
        for other in reversed(self.frames):
            if replaced and other.sense == "give" and other.chunk.start < chunk.start:
                return [party for party in self.actor(other) if party.state not in own]
            if other.sense in ("give", "promise", "offer") and other.chunk.start < chunk.start:
                near = [
                    each for each in (*other.objects, *other.phrase("to")) if each.kind == "party" and each.end <= chunk.start
                ]
                found = [party for each in near for party in each.parties if party.state not in own]
                if found:
                    return found
        return []

    def _with_lists(self, frame: Frame, roles: Roles) -> None:
        """`arms, including X and Y`: what is named takes the place of the general word."""
        exact = self.things(frame.phrase("including", "especially"))
        if exact and (not roles.items or all(item.thing.general for item in roles.items)):
            roles.items = exact

    def _goal(self, frame: Frame, roles: Roles) -> Sequence[Party]:
        found: list[Party] = []
        onto = frame.verb.lemma if frame.verb is not None else ""
        if onto in _KEEPING and any(chunk.kind == "party" for chunk in frame.phrase("from")):
            return [party for chunk in frame.phrase("from") for party in chunk.parties]
        for preposition in ("to", "for", *(("on", "onto", "into", "in") if onto.replace(" ", "_") in _ONTO else ())):
            for chunk in frame.phrase(preposition):
                party = chunk.kind in ("party", "pronoun")
                found += self._whom(chunk, frame, roles.exporters) if party else crew_of(chunk, preposition)
            if found:
                return found
        return found


class Deals(Meanings):
    """The patterns of contracts and of licences to export."""

    def deal(self, frame: Frame) -> Roles | None:
        """A contract for Y; a package of Y for Z."""
        roles = Roles(items=self.things(frame.phrase("for", "on", "of", "over")) or self.things([frame.chunk]))
        self._with_lists(frame, roles)
        roles.exporters = [party for chunk in frame.phrase("from", "by") for party in self.parties(chunk, frame)]
        roles.recipients = [party for chunk in frame.phrase("for", "to") if chunk.kind == "party" for party in chunk.parties]
        if roles.items and not roles.recipients:
            roles.recipients = self._assembled_by(frame) or self._ordered_by(frame)
        if self._won(frame, roles):
            return roles
        if roles.items and not roles.exporters:
            roles.exporters = self._to_be_built(frame)
            own = {party.state for party in roles.exporters}
            if own and not roles.recipients and self.context.last is not None:
                roles.recipients = [party for party in self.context.last[1] if party.state not in own]
        if roles.recipients and not roles.exporters:
            own = {party.state for party in roles.recipients}
            roles.exporters = [party for party in frame.chunk.possessor if party.state not in own]
        home = frame.parent if frame.by == "prep with" and frame.parent is not None and not frame.parent.noun else None
        if home is not None and roles.items and not (roles.exporters or roles.recipients) and home.phrase("from"):
            roles.exporters = [party for chunk in home.phrase("from") for party in chunk.parties]
            own = {party.state for party in roles.exporters}
            roles.recipients = [party for party in self.actor(home) if party.state not in own]  # *came home from X with a deal*
            return roles
        between = [party for chunk in frame.phrase("between") for party in self.parties(chunk, frame)]
        exact = bool(roles.items) and not all(item.thing.general for item in roles.items)
        above = frame.parent if frame.by == "obj" and frame.parent is not None and frame.parent.sense == "refuse" else None
        if above is not None and not (above.noun or between or frame.phrase("with")):
            between = list(self.actor(above))  # *X and Y have agreed to cancel a contract for*
        if above is not None and exact and frame.phrase("from") and roles.exporters and not roles.recipients:
            own = {party.state for party in roles.exporters}  # *Z cancelled a contract for jets from X*
            roles.recipients = [party for party in between if party.state not in own]
        makers = [item.maker for item in roles.items[:1] if item.maker is not None and not item.made] if above else []
        if exact and len(between) == 1 and makers and not (roles.exporters or roles.recipients) and (
            makers[0].state != between[0].state
        ):  # fmt: skip
            return Roles(makers, between, roles.items)  # *Z has torn up a contract for six French frigates*
        if exact and len(between) == 2 and not (roles.exporters or roles.recipients) and between[0].state != between[1].state:
            self.divide(roles, between, 0)
            return roles
        with_ = [party for chunk in frame.phrase("with") for party in self.parties(chunk, frame)]
        if with_ and frame.parent is not None:
            told = frame.parent.parent if frame.parent.by == "that" else frame.parent.teller
            subject = self.actor(frame.parent) or (self.actor(told) if frame.by == "subject" and told is not None else [])
            if subject and not roles.recipients and not roles.exporters:
                company = [party for party in subject if party.kind == "company"]
                seller = [party for party in with_ if party.kind == "company"]
                if len(subject) == len(with_) == 1 and not company and not seller:
                    self.divide(roles, [*subject, *with_], 1)
                else:
                    roles.exporters, roles.recipients = (subject, with_) if company else (with_, subject)
        return roles

    @staticmethod
    def designers(items: Sequence[Item]) -> set[str | None]:
        """The licensors of some systems, and whose design they are."""
        found = {item.thing.item.facts.get("item.licensor") for item in items if item.thing.item is not None}
        states = {str(state) if state is not None else None for state in found}
        for item in items:
            first, _, rest = item.thing.words.partition(" ")
            for name in (item.thing.id, first, f"{first} {rest.partition(' ')[0]}"):
                states |= _DESIGNS.get(name, frozenset())
        return states

    def _to_be_built(self, frame: Frame) -> Sequence[Party]:
        """`contracts for three submarines to be built in X`: where what is contracted is made."""
        for other in self.frames:
            built = other.sense == "make" and other.verb is not None and other.verb.lemma in ("build", "make", "construct")
            if built and other.chunk.form == "passive" and other.parent is frame and other.by in ("to", "which"):
                return [party for chunk in other.phrase("in", "by") for party in chunk.parties]
        return []

    def _assembled_by(self, frame: Frame) -> Sequence[Party]:
        """`a contract for trainers which Z will assemble under licence`: who is to build or put together what is contracted."""
        things = frame.phrase("for", "on", "of")
        for other in self.frames:
            if other.by == "which" and "licence" in other.words and any(other.gap is chunk for chunk in things):
                return self.actor(other)
        return []

    def divide(self, roles: Roles, both: Sequence[Party], seller: int) -> None:
        """Of two that deal the licensor sells, or whose design it is; else by far more makers of arms, else the place says."""
        licensors = self.designers(roles.items)
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
        if parent is None or parent.verb is None or parent.verb.lemma.replace(" ", "_") not in _WINNING | _AWARDING:
            return False
        subject = self.parties(parent.subject, parent)
        if parent.verb.lemma in _AWARDING and parent.chunk.form not in ("passive", "past perfect"):
            given = [party for chunk in (*parent.objects, *parent.phrase("to"), *frame.phrase("to")) for party in chunk.parties]
            given = [party for party in given if party.kind == "company"]
            goals = [party for party in roles.recipients if party not in given]
            roles.exporters, roles.recipients = given, goals or subject if given else roles.recipients
            return bool(given)
        if not subject and parent.subject is not None and parent.subject.kind == "other" and frame.phrase("from"):
            roles.recipients = [party for chunk in frame.phrase("from") for party in self.parties(chunk, frame)]
            roles.exporters = []
            return True
        if not subject or not all(party.kind == "company" for party in subject):
            return False
        by = [party for chunk in (*frame.phrase("with", "from", "by"), *parent.phrase("from", "by"))
              for party in self.parties(chunk, frame)]  # fmt: skip
        roles.exporters, roles.recipients = subject, roles.recipients or by
        return True

    def _order_taken(self, frame: Frame, roles: Roles) -> bool:
        """`X received an order from Z`: who places it receives the things."""
        parent, by = frame.parent, [party for chunk in frame.phrase("from") for party in self.parties(chunk, frame)]
        if parent is None or parent.verb is None or parent.verb.lemma.replace(" ", "_") not in _WINNING or not by:
            return False
        roles.exporters, roles.recipients = self.actor(parent), by
        return bool(roles.exporters)

    def permit(self, frame: Frame) -> Roles | None:
        """X approves Y for Z."""
        if frame.noun:
            return self._licence(frame)
        carried = self._carried(frame)
        if carried is not None:
            return carried
        passive = frame.chunk.form == "passive"
        whom = [frame.subject, *frame.objects] if passive else frame.objects
        whose = whom[0] if whom else None
        held = whose is not None and (whose.kind == "party" or (whose.kind == "pronoun" and whose.form == "organ"))
        if frame.objects and frame.objects[-1].kind == "item" and held and whom[0] is not None:
            return self._whom_what(frame, whom[0])
        if frame.sense == "deny":
            return None
        found = [frame.subject] if passive and frame.subject is not None else frame.objects
        roles = Roles(items=self.things([chunk for chunk in found if _is_thing(chunk)]) or self.things(frame.phrase("of")))
        if not roles.items and any(chunk.kind == "other" for chunk in found):
            roles.items = self.things(frame.phrase("including"))  # *suspended aid to Z, including jets*
            lifted = frame.phrase("on") if frame.sense == "lift" else []
            roles.items = roles.items or self.things([chunk for chunk in lifted if chunk.kind == "item"])
        roles.exporters = self.actor(frame)
        roles.recipients = self._goal(frame, roles)
        sources = [party for chunk in frame.phrase("from") if chunk.kind == "party" for party in chunk.parties]
        turned = frame.verb is not None and frame.verb.event == "refuse"
        if turned and sources and not roles.recipients and not passive:
            roles.exporters, roles.recipients = sources, roles.exporters  # *turned up its nose at Y from X*
        last, own = self.context.last, {party.state for party in roles.recipients}
        if passive and own and not roles.exporters and last is not None and own == {party.state for party in last[1]}:
            roles.exporters = list(last[0])  # *goggles for Z remain blocked*
        if frame.sense == "refuse" and passive and not (roles.recipients or bought_from(frame, self.frames, roles.exporters)):
            roles.recipients, roles.exporters = self._ordered_by(frame), roles.exporters or held_in(frame)
        if frame.sense == "refuse" and not passive and not roles.recipients:
            roles.recipients = self._ordered_by(frame) or self._destined(frame) or self._complaining(frame, roles)
            roles.recipients = roles.recipients or self._aid_stopped(frame, roles)
        return roles if roles.recipients else None

    def _aid_stopped(self, frame: Frame, roles: Roles) -> Sequence[Party]:
        """`halted its aid to Z, cancelling a shipment of shells`: for whom the aid was that is stopped beside."""
        own = {party.state for party in roles.exporters}
        for other in self.frames:
            beside = other.sense == "refuse" and not other.noun and other is not frame and bool(own)
            if beside and not other.chunk.negative and own == {party.state for party in self.actor(other)}:
                goals = [chunk for chunk in other.phrase("to", "for") if chunk.kind == "party"]
                return [party for chunk in goals for party in chunk.parties if party.state not in own]
        return []

    def _carried(self, frame: Frame) -> Roles | None:
        """`X blocked a ship carrying Y from W to Z`: what is stopped is what it carries."""
        turned = frame.chunk.form == "passive" or not frame.objects
        ship = frame.subject if turned else frame.objects[-1] if frame.objects else None
        if ship is None or ship.kind != "other" or frame.sense != "refuse":
            return None
        for other in self.frames:
            if other.verb is not None and other.verb.lemma in _LOADED and (other.subject is ship or other.gap is ship):
                roles = Roles(items=self.things([chunk for chunk in other.objects if chunk.kind == "item"]))
                roles.exporters = [party for chunk in other.phrase("from") for party in self.parties(chunk, other)]
                roles.exporters = roles.exporters or list(ship.possessor)
                if frame.verb is not None and frame.verb.lemma == "halt" and not turned:
                    roles.exporters = roles.exporters or list(self.actor(frame))  # *X recalled a ship carrying guns for Z*
                goals = [chunk for chunk in other.phrase("to", "for") if chunk.kind in ("party", "pronoun")]
                roles.recipients = [party for chunk in goals for party in self.parties(chunk, other)]
                return roles if roles.items and roles.exporters and roles.recipients else None
        return None

    def _complaining(self, frame: Frame, roles: Roles) -> Sequence[Party]:
        """`Z reproached X for withholding tanks`: who misses what is withheld was to receive it."""
        above, own = frame.parent, {party.state for party in roles.exporters}
        if above is None or above.verb is None or above.verb.lemma not in REPROACHING or frame.by not in ("ger", "that"):
            return []
        return [party for party in self.actor(above) if party.state not in own] if own else []

    def _destined(self, frame: Frame) -> Sequence[Party]:
        """`is holding back bombs destined for Z`: for whom the things are."""
        meant = [other for other in self.frames if any(other.gap is each for each in frame.objects) and (
            other.by == "reduced" or (other.by == "which" and other.sense == "plan"))]  # fmt: skip
        meant += [other for other in self.frames if other.by == "to" and other.parent in meant and other.sense == "give"]
        found = [chunk for other in meant for chunk in (*other.objects, *other.phrase("to", "for")) if chunk.kind == "party"]
        return [party for chunk in found for party in chunk.parties]

    def _whom_what(self, frame: Frame, whom: Chunk) -> Roles:
        """X denies Z Y; Z is refused Y by X."""
        heard = self.parties(whom, frame)
        roles = Roles(self.actor(frame), heard, self.things([frame.objects[-1]]))
        roles.exporters = [party for party in roles.exporters if party.state not in {each.state for each in heard}]
        return roles

    def _withheld(self, frame: Frame, roles: Roles) -> None:
        """`denied Z an export licence for Y`, `Z was refused a licence for Y by X`: for whom it was to be."""
        above = frame.parent if frame.by == "obj" and not roles.recipients else None
        if above is None or above.noun or above.sense not in ("deny", "refuse") or above.verb is None:
            return
        whom = [above.subject] if above.chunk.form == "passive" else above.objects
        parties = [party for chunk in whom if chunk is not None and chunk.kind == "party" for party in chunk.parties]
        own = {party.state for party in self.actor(above)}
        if parties and "company" not in [party.kind for party in parties]:
            roles.recipients = [party for party in parties if party.state not in own]
            roles.exporters = roles.exporters or self.actor(above)

    def _licence(self, frame: Frame) -> Roles | None:
        """Licences for Y to Z; arms licences for Z."""
        roles = Roles(items=self.things([chunk for chunk in frame.phrase("for") if chunk.kind == "item"]))
        if not roles.items:
            roles.items = [replace(item, quantity=None, quantity_span=None) for item in self.things([frame.chunk])]
        roles.recipients = self._goal(frame, roles)
        obtained = frame.by == "obj" and frame.parent is not None and frame.parent.sense == "get"
        if obtained and frame.parent is not None:
            roles.exporters = self.actor(frame.parent)
        issued = (
            frame.parent
            if frame.by == "subject" and frame.parent is not None and frame.parent.sense in ("other", "give")
            else None
        )
        self._withheld(frame, roles)
        if issued is not None and issued.chunk.form == "passive":
            roles.exporters = roles.exporters or self.actor(issued)  # *a licence was issued by X*
        won = frame.parent if frame.by == "obj" and frame.chunk.possessor else None
        if won is not None and won.verb is not None and won.verb.lemma.replace(" ", "_") in _WINNING and not roles.recipients:
            roles.exporters, roles.recipients = frame.chunk.possessor, self.actor(won)  # *won X's approval for jets*
        if not roles.recipients:
            named = frame.phrase("for")
            ordered = [other for other in self.frames if other.by == "reduced" and other.sense in ("order", "get")]
            roles.recipients = [
                party for other in ordered if any(other.gap is chunk for chunk in named) for party in self.actor(other)
            ]  # *a licence for radars ordered by Z*, *for engines for Z's tanks*
            roles.recipients = roles.recipients or [item.served for item in roles.items if item.served is not None][:1]
            bound = [other for other in self.frames if other.by == "reduced" and other.sense in ("go", "give")]
            roles.recipients = roles.recipients or [
                party for other in bound if any(other.gap is chunk for chunk in named)
                for chunk in (*other.objects, *other.phrase("to", "for")) for party in chunk.parties
            ]  # fmt: skip
        refused = (
            frame.parent if frame.by == "obj" and frame.parent is not None and frame.parent.chunk.form == "passive" else None
        )
        if refused is not None and refused.sense in ("refuse", "deny") and not roles.exporters:
            roles.exporters = [party for chunk in frame.phrase("by") for party in chunk.parties] or list(self.actor(refused))
        roles.exporters = roles.exporters or issuers(frame, roles.recipients)
        return roles if roles.items and roles.recipients else None


def _is_thing(chunk: Chunk) -> bool:
    """Whether a phrase names equipment, or so many others of what was told of."""
    return chunk.kind == "item" or (chunk.quantity is not None and (chunk.word == "others" or chunk.kind == "number"))


def pays(frame: Frame) -> bool:
    """`Congress gave it 13 billion dollars`, `sold it lathes`: whether a verb of giving tells of nothing but money or wares."""
    whom = frame.objects[0] if frame.objects and frame.objects[0].kind == "pronoun" else None
    if whom is None or whom.form == "organ" or len(frame.objects) > 2 or frame.phrase("with"):
        return False
    given = [chunk for chunk in frame.objects[1:] if chunk.kind == "other" and not chunk.items and chunk.word != "others"] or (
        frame.money if len(frame.objects) == 1 else []
    )
    return any(0 <= chunk.start - whom.end <= 1 for chunk in given)


def gap(frame: Frame) -> Chunk | None:
    """What a relative clause tells of, for its verb or the infinitive in it: *the ships that Japan intends to give*."""
    for each in frame.chain():
        if each.gap is not None and (each is frame or not each.objects):
            return each.gap
        within = each.by == "to" or (each.by == "ger" and not each.preposition and not each.noun)
        if not within or (each.objects and each is not frame):
            return None
    return None
