"""Sides that no words of a sentence give: who has the things told of before, whom the sentences before are about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sekisho.read.chunks import Party, Span
from sekisho.read.deals import Roles
from sekisho.read.frames import Frame
from sekisho.read.holding import holders
from sekisho.read.otherwise import Otherwise, answered
from sekisho.read.remarks import owned_by

_HANDING = frozenset({"hand over", "donate", "deliver", "supply", "transfer", "lend", "send"})
_PROTESTING = frozenset({"protest", "complain", "remonstrate", "write", "lodge", "deliver", "make", "send"})
_DONE = frozenset({"past", "perfect"})
_THINGS = frozenset({"both", "them", "it", "these", "those", "all"})
_GOALS = ("to", "for", "in", "against", "into", "at", "near", "over", "off")


class Assumed(Otherwise):
    """The patterns of one sentence with the sides that only the sentences before it give."""

    def _assumed(self, frame: Frame, roles: Roles) -> None:
        """`Z put tanks and jets on show. X delivered both last year`: who was told to have the things received them."""
        self._from_the_yard(frame, roles)
        self._bought_or_offered(frame, roles)
        self._as_many_more(frame, roles)
        self._held_by(frame, roles)
        self._offered_to(frame, roles)
        self._of_owner(frame, roles)
        self._under_contract(frame, roles)
        self._asked_here(frame, roles)
        self._sent_as_well(frame, roles)
        self._protested(frame, roles)
        if roles.recipients or not roles.exporters or not roles.items or not _stands_alone(frame):
            return
        if all(item.pointing for item in roles.items):
            roles.recipients = self._apart_from(self.context.wanted_by(roles.items[0]), roles)
        elif (
            _hands_over(frame)
            and not frame.phrase("to", "into")
            and not any(item.thing.general or item.definite for item in roles.items)
        ):
            roles.recipients = self._spoken_of(frame, roles)

    def _bought_or_offered(self, frame: Frame, roles: Roles) -> None:
        """`Rifles had been bought from X, while W had offered guns`: who bought and was offered them is who it is all about."""
        self._offers_too(frame, roles)
        named = frame.noun or roles.recipients or not roles.exporters or frame.phrase("by", "to", "for", "in")
        if named or frame.chain()[-1].by not in ("main", "sub") or frame.chunk.negative or not roles.items:
            return
        if any(item.thing.general or item.pointing or item.definite for item in roles.items):
            return
        if any(other.sense == "replace" for other in self.frames):
            return  # *X has offered jets to replace them*: to who gave
        bought = frame.sense in ("get", "order") and frame.chunk.form == "passive" and bool(frame.phrase("from"))
        bought = bought and bool({"was", "were", "been"} & frame.chunk.words)
        offered = frame.sense in ("offer", "promise") and frame.chunk.form in _DONE and frame.by in ("main", "sub")
        if bought or (offered and self.context.last is not None and not any(chunk.kind == "party" for chunk in frame.objects)):
            roles.recipients = self._spoken_of(frame, roles)

    def _offers_too(self, frame: Frame, roles: Roles) -> None:
        """`X has offered Z its helicopter. W is offering the Mangusta`: to whom the rival offer was made."""
        offers = frame.sense == "offer" and not frame.noun and frame.chunk.form in ("ongoing", "third", "perfect")
        rival = offers and frame.by in ("main", "sub") and self.context.last_status == "planned" and not frame.chunk.negative
        named = roles.recipients or not roles.exporters or frame.phrase("by", "to", "for", "in") or frame.money
        rival = rival and not any(other.sense == "replace" for other in self.frames)
        if rival and not named and roles.items and not any(item.thing.general or item.pointing for item in roles.items):
            told_whom = any(chunk.kind in ("party", "pronoun") for chunk in frame.objects)
            roles.recipients = self._spoken_of(frame, roles) if self.context.last is not None and not told_whom else []

    def _as_many_more(self, frame: Frame, roles: Roles) -> None:
        """`Z ordered two ships from X. X will not license the export of two more`: to whom the first were told to go."""
        last = self.context.last
        bare = bool(roles.items) and all(item.counted for item in roles.items) and not frame.phrase("to", "for", "in")
        if last is None or roles.recipients or not bare or frame.sense not in ("give", "promise", "offer"):
            return
        if roles.exporters and {party.state for party in roles.exporters} == {party.state for party in last[0]}:
            roles.recipients = self._apart_from(last[1], roles)

    def _held_by(self, frame: Frame, roles: Roles) -> None:
        """`Z's army flies five jets, a gift of X`, `has two ships bought from X`: who is told to have the things."""
        said = frame.gap if frame.noun or frame.by in ("reduced", "which") else None
        if said is None or said is frame.subject or not roles.exporters or frame.sense not in ("give", "swap"):
            return
        national = all(party.form == "adjective" for party in roles.recipients) and not frame.phrase("to", "for")
        if roles.recipients and not (national and all(party in said.possessor for party in roles.recipients)):
            return  # *unveiled six Chinese drones that Moscow delivered*
        for owner, having, _ in holders(self.frames):
            if any(said is chunk for chunk in having.objects):
                found = self.parties(owner, having)
                roles.recipients = [party for party in found if party.state not in {each.state for each in roles.exporters}]
                return

    def _sent_as_well(self, frame: Frame, roles: Roles) -> None:
        """`X will give Z vests. Tents will be sent as well`: by whom and to whom as told just before."""
        alone = not frame.noun and frame.by in ("main", "that", "sub")
        going = frame.sense == "go" and frame.chunk.form in ("arranged", "future") and not frame.objects
        passive = alone and (going or (frame.sense == "give" and frame.chunk.form == "passive"))
        too = {"too", "also", "well", "likewise", "addition"} & (frame.words | frame.chunk.words)
        last = self.context.last
        if not (passive and too) or last is None or roles.exporters or roles.recipients or frame.chunk.negative:
            return
        named = frame.phrase("to", "for", "by", "from", "in", "into") or self.context.last_status not in ("decided", "past")
        if named or any(item.pointing for item in roles.items) or (frame.subject is not None and frame.subject.kind != "item"):
            return
        roles.exporters, roles.recipients = ([replace(party, form="assumed") for party in side] for side in last)

    def _protested(self, frame: Frame, roles: Roles) -> None:
        """`protested to W over the disposal of tanks, which were sold to Z`: who is told so sold them."""
        behind = frame.by in ("which", "reduced", "that") or (frame.by == "sub" and frame.conjunction in ("after", "when"))
        its = frame.noun and frame.by in ("prep over", "prep about") and frame.chunk.possessive_word in ("its", "their")
        told = frame.parent if its or (behind and frame.chunk.form == "passive") else None
        if told is None or told.verb is None or told.verb.lemma not in _PROTESTING or frame.sense not in ("give", "swap"):
            return
        if its:
            roles.exporters = []
        made = {item.maker.state for item in roles.items if item.maker is not None}
        if frame.phrase("by", "from") or not roles.recipients or not {party.state for party in roles.exporters} <= made:
            return
        taken = {party.state for party in roles.recipients}
        heard = [party for chunk in told.phrase("to", "with") for party in chunk.parties if party.state not in taken]
        roles.exporters = heard[:1] or roles.exporters

    def _asked_here(self, frame: Frame, roles: Roles) -> None:
        """`A decision on Z's request for jets is expected, an official said`: who is asked is where the report was written."""
        open_ = frame.noun and frame.sense == "ask" and frame.by in ("subject", "prep on") and not frame.phrase("to", "from")
        if (
            not open_
            or roles.exporters
            or not roles.recipients
            or not self.context.home
            or frame.chain()[-1].phrase("in", "by")
        ):
            return
        told = any(other.sense == "say" and other.subject is not None and other.subject.form == "organ" and not other.noun
                   and not (other.subject.parties or other.subject.possessor) for other in self.frames)  # fmt: skip
        if told and frame.chain()[-1].sense in ("plan", "await", "other"):
            roles.exporters = self._apart_from(self.context.home, roles)

    def _under_contract(self, frame: Frame, roles: Roles) -> None:
        """`is being supplied to Z under a contract with X's Acme`: with whom the contract is that things are given by."""
        given = frame.sense == "give" and frame.chunk.form == "passive" and not frame.noun and not frame.phrase("by", "from")
        if not given or roles.exporters or not roles.recipients:
            return
        taken = {party.state for party in roles.recipients}
        pacts = [each for each in self.frames if each.noun and each.sense == "deal" and each.by == "prep under"]
        near = [chunk for each in pacts if each.parent is frame for chunk in each.phrase("with")]
        roles.exporters = [party for chunk in near for party in self.parties(chunk, frame) if party.state not in taken]

    def _offered_to(self, frame: Frame, roles: Roles) -> None:
        """`Z turned down boats offered by X`, `has accepted jets offered by X`: who answers an offer was to receive."""
        answer = answered(frame)
        if answer is not None and roles.exporters:
            own = {party.state for party in roles.exporters}
            roles.recipients = [party for party in self.actor(answer) if party.state not in own] or roles.recipients

    @staticmethod
    def _of_owner(frame: Frame, roles: Roles) -> None:
        """`Z's 24 jets were bought in 2006`: whose the things are that were bought, nobody is told from whom, bought them."""
        bought = frame.sense in ("get", "order") and frame.chunk.form == "passive" and frame.by in ("main", "that", "sub")
        if not bought or frame.subject is None or frame.phrase("by", "from", "for", "to"):
            return
        owners = [party for party in owned_by(frame.subject) if party.form in ("name", "capital")]
        states = {party.state for party in owners}
        if len(states) == 1 and states == {party.state for party in roles.exporters}:
            roles.exporters, roles.recipients = [], owners[:1]

    def _owner_let(self, frame: Frame, roles: Roles) -> tuple[Sequence[Party], Span] | None:
        """`X has approved the transfer of W's guns to Z`: whose the things are gives them, by leave of who approves it."""
        above = frame.parent if frame.noun and frame.sense == "give" and frame.by == "obj" else None
        if (
            above is None
            or above.noun
            or above.sense not in ("permit", "refuse")
            or above.chunk.negative
            or not roles.recipients
        ):
            return None
        sides = {party.state for party in (*roles.exporters, *roles.recipients)}
        leave = self.actor(above)
        near = [party for chunk in frame.phrase("of") for party in owned_by(chunk) if chunk.items]
        owners = [party for party in near if party.form in ("name", "capital") and party.state not in {None, *sides}]
        if len(owners) != 1 or {party.state for party in roles.exporters} != {party.state for party in leave}:
            return None
        for item in roles.items:
            item.maker = None if item.maker is not None and item.maker.state == owners[0].state else item.maker
        roles.exporters = owners
        return leave, (above.chunk.start, above.chunk.end)

    def _from_the_yard(self, frame: Frame, roles: Roles) -> None:
        """`Ships nearing completion in French yards will not be handed over to Z`: where the things are that are given."""
        given = frame.sense == "give" and frame.chunk.form == "passive" and not frame.noun and not frame.phrase("by", "from")
        if not given or roles.exporters or not roles.recipients or frame.subject is None:
            return
        taken = {party.state for party in roles.recipients}
        lying = [
            each for each in self.frames if each.subject is frame.subject and each.by == "which" and each.chunk.form == "ger"
        ]
        lying += [each for each in self.frames if each.noun and each.parent in lying]
        places = [chunk for each in lying for chunk in each.phrase("in", "at")]
        roles.exporters = [party for chunk in places for party in chunk.parties if party.state not in taken]

    def _spoken_of(self, frame: Frame, roles: Roles) -> list[Party]:
        """`X would not sell Z jets. W has since sent ten`: who was to get what was told of last, else whom it is all about."""
        last = self.context.last
        own = {party.state for party in roles.exporters}
        sides = {party.state for side in last for party in side} if last is not None else set()
        if last is not None:
            return self._apart_from(last[1], roles) if not own & sides else []
        if frame.verb is not None and frame.verb.event == "send":
            return []  # what is only sent may be the sender's own
        return self._apart_from([party for party in self.context.topic if party.state], roles)

    @staticmethod
    def _apart_from(parties: Sequence[Party], roles: Roles) -> list[Party]:
        own = {party.state for party in roles.exporters}
        return [replace(party, form="assumed") for party in parties if party.state not in own]


def _hands_over(frame: Frame) -> bool:
    """Whether a verb tells of a handing over: *sent*, *delivered*."""
    return frame.sense == "give" and frame.verb is not None and frame.verb.event in _HANDING


def _stands_alone(frame: Frame) -> bool:
    """Whether a clause of its own tells of what was given, and names nobody to whom."""
    if frame.noun or frame.sense not in ("give", "go", "swap") or frame.chain()[-1].by not in ("main", "sub"):
        return False
    passive = frame.chunk.form == "passive" and bool(frame.chunk.words & {"was", "were", "been"}) and bool(frame.phrase("by"))
    done = frame.chunk.form in _DONE and frame.by in ("main", "sub", "that")
    near = [*(chunk for chunk in frame.objects if chunk.word not in _THINGS), *frame.phrase(*_GOALS)]
    named = any(chunk.kind in ("party", "pronoun") for chunk in near)
    return (done or passive) and not frame.chunk.negative and not named
