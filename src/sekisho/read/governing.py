"""What the frames above one give to it: who signs, asks, permits or stops it, and whose consent is told of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sekisho.language.nodes import NONE
from sekisho.read.chunks import Chunk, Party, Span
from sekisho.read.deals import Roles
from sekisho.read.frames import PRESSING, SOUNDING, Frame, is_talk
from sekisho.read.leave import forbidden
from sekisho.read.roles import Patterns
from sekisho.read.status import ABOUT, REPROACHING
from sekisho.read.wordlists import word_list

_DECIDING = frozenset(
    {
        "permit",
        "decide",
        "sign",
        "refuse",
        "lift",
        "end",
        "offer",
        "notify",
        "plan",
        "say",
        "start",
        "resume",
        "promise",
        "give",
        "want",
        "deny",
        "other",
        "make",
        "hold",
        "delay",
    }
)
_BUYING = frozenset({"sign", "plan", "decide", "seek", "say", "start", "resume", "offer", "delay", "other"})
"""What a buyer does about a purchase of its own: *signs*, *puts off*, *resumes*."""
_OWN_ACTS = frozenset({"sell", "supply", "deliver", "donate", "lend", "hand over"})
"""What is asked for by who is to receive it: *asked X to approve the sale of Y*."""
_CONSENTING = frozenset({"permit"})
_WINNING = word_list("winning")
_FIRMS = word_list("organs company")
_CONFIDING = frozenset({"tell", "inform", "notify", "advise", "apprise", "assure"})
_ISSUING = frozenset({"issue", "sign", "extend", "renew", "grant", "approve", "give", "award", "refuse", "deny", "revoke"})
_PROPOSALS = frozenset({"proposal", "suggestion", "idea"})
_ANSWERING = frozenset({"refuse", "deny", "permit", "decide", "give", "get", "plan"})
"""What is done about a request: *turned down*, *granted*, *received*, *is considering*."""
_VETOING = frozenset({"veto", "block", "bar", "object to", "thwart", "prevent"})
_DROPPING = frozenset({"drop", "give up", "abandon", "withdraw", "waive", "overcome"})
_AWARDING = frozenset({"award", "give", "hand", "grant", "let"})
_WELCOMING = frozenset({"welcome", "thank", "praise", "hail"})


def _agreed_to_stop(frame: Frame) -> bool:
    """`X and Z agreed to cancel the delivery`: what two stop together."""
    return frame.sense == "refuse" and frame.by == "to" and frame.parent is not None and frame.parent.sense == "decide"


class Governed(Patterns):
    """The patterns of one sentence together with the frames that govern them."""

    def _governed(self, frame: Frame, roles: Roles) -> tuple[Sequence[Party], Span] | None:
        """Fills what the frames above give, and finds a state whose consent is told of."""
        self._to_hand_over(frame, roles)
        roles.exporters = roles.exporters or self._let_pass(frame, roles)
        consent = self._applied(frame, roles) or self._of_third(frame, roles) or self._answered(frame, roles)
        child = frame
        for parent in frame.chain()[1:]:
            self._told_off(parent, child, roles)
            if child.by in ("main", "sub", "which", "reduced") or (child.by in ABOUT and not is_talk(parent)):
                break
            if parent.sense == "hold" and child.sense not in ("refuse", "permit", "ask"):
                break
            subject = self.actor(parent) or self._issuing(parent)
            won_it = parent.verb is not None and parent.verb.lemma in _WINNING and child.sense == "deal" and child.by == "obj"
            ordered = parent.sense == "order" and child.noun and child.sense == "give" and not parent.noun
            if (parent.sense in _DECIDING or won_it or ordered) and subject:
                self._fill(roles, subject, parent, child, frame)
            won = parent.by == "obj" and parent.parent is not None and parent.parent.sense in ("get", "sign", "seek")
            won = won and parent.sense == "permit" and frame.sense in ("get", "order")
            won = won or self._waits(frame, roles, parent)
            heard = parent.parent if parent.by == "obj" and parent.sense == "permit" and parent.noun else None
            if heard is not None and heard.sense in ("get", "seek") and frame.noun and frame.verb is not None and (
                frame.verb.event in ("transfer", "retransfer", "deliver", "export") and not roles.exporters
            ):  # fmt: skip
                taken = {party.state for party in roles.recipients}
                letting = {party.state for party in parent.chunk.possessor}
                roles.exporters = [party for party in self.actor(heard) if taken and party.state not in taken | letting]
            if parent.sense in ("permit", "deal") and parent.noun and not roles.exporters and not won:
                whose = self.parties(parent.chunk if parent.chunk.possessor else None, parent)
                self._fill(roles, whose or (self._own(parent) if child is frame else []), parent, child, frame)
            if parent.sense in ("plan", "deal", "decide", "sign") and parent.phrase("with"):
                others = [party for chunk in parent.phrase("with") for party in self.parties(chunk, parent)]
                supplying = frame.noun and frame.verb is not None and frame.verb.event in ("supply", "deliver", "transfer")
                above = parent.parent if supplying and child is frame and parent.noun else None
                two = [*self.actor(above), *others] if above is not None else []
                states = {party.state for party in two}
                apart = len(two) == len(states) == 2 and "company" not in [party.kind for party in two]
                if apart and not (roles.exporters or roles.recipients):
                    self.divide(roles, two, 1)  # *Z signed an agreement with X for the supply of missiles*
                self._counterpart(roles, others, frame)
                both = [*roles.exporters, *roles.recipients]
                signed = frame.sense == "give" and not frame.noun and child.by == "to" and not frame.phrase("to")
                signed = signed and not any(chunk.kind == "pronoun" for chunk in frame.objects)
                if signed and len(both) == 2 and "company" not in (both[0].kind, both[1].kind):
                    self.divide(roles, both, 0)
            award = parent.parent if parent.noun and parent.sense == "deal" and parent.by == "subject" else None
            if award is not None and award.verb is not None and award.verb.lemma in _AWARDING and award.chunk.form == "passive":
                firms = [party for chunk in award.phrase("to") for party in chunk.parties]
                roles.exporters = roles.exporters or firms  # *a contract for the supply of Y has been awarded to X*
            proposed = parent.noun and parent.sense in ("plan", "offer") and frame.sense == "give" and child is frame
            if proposed and parent.chunk.possessor and frame.noun and not roles.exporters and parent.verb is not None and (
                parent.verb.lemma in ("proposal", "offer", "bid")
            ):  # fmt: skip
                roles.exporters = parent.chunk.possessor  # *A Chinese proposal for the sale of frigates is being studied by Z*
            if parent.sense == "notify" and parent.chunk.form == "passive" and not roles.exporters:
                taken = {party.state for party in roles.recipients}
                roles.exporters = [party for party in self.parties(parent.subject, parent) if party.state not in taken]
            if parent.sense == "sign" and frame.sense == "deal" and roles.exporters and not roles.recipients:
                given = {party.state for party in roles.exporters}
                roles.recipients = [party for party in subject if party.state not in given]
            if self._has_say(parent, child) and roles.exporters and subject and not parent.chunk.negative:
                involved = {party.state for party in (*roles.exporters, *roles.recipients)}
                if not {party.state for party in subject} & involved:
                    consent = subject, (parent.chunk.start, parent.chunk.end)
            may = child is frame and "may" in frame.chunk.words and child.by == "that" and parent.sense == "decide"
            involved_here = {party.state for party in (*roles.exporters, *roles.recipients)}
            if may and subject and not {party.state for party in subject} & involved_here:
                consent = subject, (parent.chunk.start, parent.chunk.end)
            told = child is frame and frame.sense != "get" and parent.sense == "say" and forbidden(frame)
            if told and subject and not {party.state for party in subject} & {party.state for party in roles.exporters}:
                consent = subject, (parent.chunk.start, parent.chunk.end)
            giving = child is frame and frame.sense in ("give", "swap")
            if parent.sense == "refuse" and giving and child.by == "ger" and frame.preposition == "from":
                stopped = [party for chunk in parent.objects if chunk.kind == "party" for party in chunk.parties]
                own = {party.state for party in subject} & {party.state for party in roles.exporters}
                if stopped and subject and roles.exporters and roles.recipients and not own:
                    consent = subject, (parent.chunk.start, parent.chunk.end)  # *is blocking X from sending jets to Z*
            moved = parent.sense == "refuse" and child is frame and self._is_sold_by_another(frame, roles)
            if moved and not parent.noun and not {party.state for party in subject} & involved_here and subject:
                consent = subject, (parent.chunk.start, parent.chunk.end)  # *is blocking the transfer of guns from X to Z*
            if parent.sense in _CONSENTING:
                giver = self._giver(parent, subject)
                if parent.noun and not roles.exporters and frame.sense in ("get", "order", "swap"):
                    taken = {party.state for party in roles.recipients}
                    roles.exporters = [party for party in giver if party.state not in taken]
                above = parent.parent
                obtained = parent.noun and above is not None and parent.by == "obj" and above.sense == "get"
                if obtained and above is not None and frame.noun and frame.sense == "give" and not roles.exporters:
                    roles.exporters = self.actor(above)
                states = {
                    party.state
                    for party in (*roles.exporters, *(roles.recipients if frame.sense in ("get", "order", "swap") else ()))
                }
                bought = frame.noun and frame.sense in ("deal", "get") and not roles.recipients and bool(roles.exporters)
                if bought:
                    roles.recipients = [party for party in giver if party.state not in states]
                elif giver and roles.exporters and not {party.state for party in giver} & states:
                    consent = giver, (parent.chunk.start, parent.chunk.end)
                elif not giver and parent.noun and any(party.kind != "company" for party in roles.exporters) and (
                    parent.verb is None or "licen" not in parent.verb.lemma
                ):  # fmt: skip
                    consent = [], (parent.chunk.start, parent.chunk.end)
            if not roles.recipients and parent.verb is not None and parent.verb.lemma in _WELCOMING and frame.sense == "give":
                own = {party.state for party in roles.exporters}
                roles.recipients = (
                    [replace(party, form="capital") for party in subject if party.state not in own] if own else []
                )
            if parent.sense == "pick" and not roles.recipients and frame.sense == "give" and child.by in ("to", "ger"):
                own = {party.state for party in roles.exporters}
                roles.recipients = [party for party in subject if party.state not in own]
            acted = (
                child.sense in ("permit", "resume", "start", "delay")
                and not child.noun
                and frame.verb is not None
                and frame.verb.event in _OWN_ACTS
            )
            wished = frame.sense == "give" and (not frame.noun or acted)
            if parent.sense in ("ask", "want") and not roles.recipients and wished:
                own = {party.state for party in roles.exporters}
                roles.recipients = [party for party in self.recipients if party.state not in own]
                if not roles.recipients:
                    roles.recipients = [replace(party, form="capital") for party in subject if party.state not in own]
            obtained_from = (
                child.by == "subject" and child is frame and parent.sense in ("permit", "get") and parent.phrase("from")
            )
            if child.by == "subject" and child is frame and parent.sense == "get" and not roles.exporters:
                allowed = [other for other in self.frames if other.noun and other.parent is parent and other.sense == "permit"]
                named = [party for other in allowed for chunk in other.phrase("from", "of") for party in chunk.parties]
                roles.exporters = named if frame.noun and frame.sense == "give" else roles.exporters
            if obtained_from and frame.noun and frame.sense == "give" and not roles.exporters:
                roles.exporters = [party for chunk in parent.phrase("from") for party in chunk.parties]
            sounded = parent.verb is not None and parent.verb.lemma in SOUNDING and frame.sense in ("get", "order")
            if sounded and not roles.exporters:
                roles.exporters = [party for chunk in parent.objects for party in chunk.parties]
            self._confided(frame, roles, parent, child)
            self._told_it_is_off(frame, roles, parent, child)
            if parent.sense == "ask" and parent.noun and child.by == "that" and frame.sense == "give" and not roles.exporters:
                roles.exporters = list(parent.chunk.possessor)
            self._decision_on(frame, roles, parent, child)
            self._urged_on(frame, roles, parent, child)
            if parent.sense == "ask" and not roles.exporters and frame.sense not in ("get", "order", "swap"):
                addressed = self.addressed(parent)
                if not parent.noun or frame.by != "to":
                    roles.exporters = addressed
            child = parent
        united = consent is not None and bool(consent[0]) and all(party.state == NONE for party in consent[0])
        return consent if not (roles.licensors or united) else None

    def _issuing(self, frame: Frame) -> Sequence[Party]:
        """`signed a decree banning the delivery of Y`: who signs, issues or adopts what bans or permits."""
        act = frame.subject if (frame.by == "which" and frame.chunk.form == "ger") or frame.by == "main" else None
        if act is None or act.kind != "other" or frame.sense not in ("refuse", "permit", "lift"):
            return []
        for other in self.frames:
            if other.by == "reduced" and other.gap is act and other.sense in ("sign", "decide", "give"):
                return [party for chunk in other.phrase("by") for party in chunk.parties]  # *A decree signed by X bans*
            if (
                any(act is chunk for chunk in other.objects)
                and not other.noun
                and other.sense in ("sign", "decide", "give", "permit")
            ):
                return self.actor(other)
        return []

    def _applied(self, frame: Frame, roles: Roles) -> tuple[Sequence[Party], Span] | None:
        """`its application to pass guns to Z`, `asked to send them`: who asks to be let give needs another's leave."""
        asking = frame.parent if frame.by == "to" and frame.sense in ("give", "go") and not frame.noun else None
        let = asking if asking is not None and asking.sense == "permit" and asking.chunk.form == "passive" else None
        if let is not None and let.parent is not None and let.parent.sense == "ask" and roles.exporters and roles.recipients:
            return [], (let.chunk.start, let.chunk.end)  # *its request to be allowed to send guns*
        leave = asking is not None and asking.verb is not None and asking.verb.lemma in ("application", "apply", "ask")
        if asking is None or not leave or not roles.exporters or not roles.recipients or asking.chunk.form == "passive":
            return None
        if not asking.noun and any(chunk.kind in ("party", "pronoun") for chunk in asking.objects):
            return None
        own = {party.state for party in roles.exporters}
        acting = self.actor(asking) if not asking.noun else asking.chunk.possessor or self._own(asking)
        maker = any(party.kind == "company" for party in roles.exporters) or bool(asking.chunk.words & _FIRMS)
        return ([], (asking.chunk.start, asking.chunk.end)) if own & {party.state for party in acting} and not maker else None

    def _answered(self, frame: Frame, roles: Roles) -> tuple[Sequence[Party], Span] | None:
        """`X turned down W's request to send Y to Z`: who answers what another asks to be let do has a say in it."""
        noun = frame.parent if frame.by == "to" and frame.sense == "give" and not frame.noun else None
        asked = noun is not None and noun.noun and noun.sense == "ask" and noun.by in ("obj", "subject")
        above = noun.parent if asked and noun is not None else None
        if noun is None or above is None or above.noun or above.sense not in _ANSWERING:
            return None
        asking = {party.state for chunk in noun.phrase("by", "from") for party in chunk.parties}
        asking |= {party.state for party in noun.chunk.possessor}
        giving, taking = ({party.state for party in side} for side in (roles.exporters, roles.recipients))
        acting = self.actor(above)
        third = {party.state for party in acting}
        told = bool(acting and taking) and giving == asking and not third & (giving | taking | {NONE, None})
        return (acting, (above.chunk.start, above.chunk.end)) if told else None

    def _of_third(self, frame: Frame, roles: Roles) -> tuple[Sequence[Party], Span] | None:
        """`asked X to agree to the transfer of Y to Z`, `X vetoed W's sale of Y to Z`: a third that has a say."""
        stopped = self._plan_stopped(frame, roles)
        if stopped is not None:
            return stopped
        wished = frame.by in ("prep to", "prep for") and frame.parent is not None and frame.parent.sense == "permit"
        above = frame.parent if frame.noun and frame.sense == "give" and (frame.by in ("obj", "subject") or wished) else None
        if above is None or above.noun != wished or not roles.recipients:
            return None
        taken = {party.state for party in roles.recipients}
        acting, place = (
            above.chunk.possessor or self._asked_of(above) if wished else self.actor(above),
            (above.chunk.start, above.chunk.end),
        )
        states = {party.state for party in acting}
        selling = frame.chunk.possessor or [party for chunk in frame.phrase("by") for party in chunk.parties
                                            if party.state not in self.designers(roles.items)]  # fmt: skip
        if above.verb is not None and above.verb.lemma in _VETOING and acting and selling:
            own = taken | {party.state for party in selling}
            return (acting, place) if not states & {*own, NONE, None} else None
        asking = above.parent if (wished or above.by == "to") and above.sense == "permit" else None
        if asking is None or asking.noun or asking.verb is None or asking.verb.lemma not in ("ask", "request", "petition"):
            return None
        asker = [party for party in self.actor(asking) if party.state not in taken | states]
        if roles.exporters or not asker or frame.verb is None or frame.verb.event not in ("transfer", "retransfer", "export"):
            return None
        roles.exporters = asker
        return acting, place

    def _asked_of(self, noun: Frame) -> Sequence[Party]:
        """`asked X for its consent`: who is asked for it."""
        return self.addressed(noun.parent) if noun.parent is not None and noun.parent.sense == "ask" else []

    def _plan_stopped(self, frame: Frame, roles: Roles) -> tuple[Sequence[Party], Span] | None:
        """`Z's plan to sell Y to W was blocked by X`: a third that stops what another means to give."""
        plan = frame.parent if frame.by == "to" and frame.sense == "give" and not frame.noun else None
        above = plan.parent if plan is not None and plan.noun and plan.sense == "plan" else None
        if plan is None or above is None or above.noun or above.verb is None or above.verb.lemma not in _VETOING:
            return None
        acting = self.actor(above)
        states = {party.state for party in acting}
        own = {party.state for party in (*plan.chunk.possessor, *roles.recipients)}
        mine = bool(plan.chunk.possessor) and bool(roles.recipients) and bool(acting) and not states & {*own, NONE, None}
        return (acting, (above.chunk.start, above.chunk.end)) if mine else None

    def _to_hand_over(self, frame: Frame, roles: Roles) -> None:
        """`Greece rejected an American request to hand over S-300s`: who did not make what it is asked for is to give it."""
        noun = frame.parent
        proposed = noun is not None and noun.noun and (noun.sense == "ask" or noun.chunk.word in _PROPOSALS)
        above = noun.parent if noun is not None and proposed and frame.by == "to" else None
        if (
            noun is None
            or above is None
            or above.noun
            or frame.sense != "give"
            or above.sense not in ("refuse", "deny", "decide")
        ):
            return
        asked, own = self.actor(above), {party.state for party in roles.exporters}
        makers = self.designers(roles.items) | {
            item.maker.state for item in roles.items if item.maker is not None and item.made
        }
        makers.discard(None)
        if len(asked) == 1 and makers and asked[0].state not in makers | {party.state for party in roles.recipients} and (
            own and asked[0].state not in own
        ):  # fmt: skip
            roles.exporters = asked

    def _confided(self, frame: Frame, roles: Roles, parent: Frame, child: Frame) -> None:
        """`told X's president of its intention to buy X's drones`: to whom it is told sells what is X's design."""
        telling = (
            parent.verb is not None and parent.verb.lemma in _CONFIDING and child.noun and child.by in ("prep of", "prep about")
        )
        if not telling or roles.exporters or frame.sense not in ("get", "order"):
            return
        heard = self.parties(parent.subject, parent) if parent.chunk.form == "passive" else [
            party for chunk in parent.objects if chunk.kind == "party" for party in chunk.parties
        ]  # fmt: skip
        plain = all(item.thing.item is None and item.thing.words.islower() for item in roles.items)
        designers = self.designers(roles.items)
        taken = {party.state for party in roles.recipients}
        roles.exporters = [party for party in heard if (plain or party.state in designers) and party.state not in taken]

    def _decision_on(self, frame: Frame, roles: Roles, parent: Frame, child: Frame) -> None:
        """`X put off a decision on Z's request to buy jets`, `Z awaits a decision by X on its request`: who is to decide."""
        asked = child.noun and child.sense == "decide" and any(each.noun and each.sense == "ask" for each in frame.chain())
        if not asked or parent.noun or roles.exporters or not roles.recipients:
            return
        taken = {party.state for party in roles.recipients}
        named = [party for chunk in child.phrase("from", "by", "in") for party in chunk.parties] or child.chunk.possessor
        roles.exporters = [party for party in named or self.actor(parent) if party.state not in taken]

    def _urged_on(self, frame: Frame, roles: Roles, parent: Frame, child: Frame) -> None:
        """`X is lobbying for the sale of jets to Z`, `X is pressing Z to buy jets`: who wants to sell."""
        if parent.verb is None or parent.verb.lemma not in PRESSING or parent.noun or roles.exporters or not roles.recipients:
            return
        selling = frame.noun and frame.sense == "give" and frame.verb is not None and frame.verb.event in ("sell", "export")
        buying = frame.sense in ("get", "order") and child.by in ("to", "obj", "prep for") and bool(parent.objects)
        taken = {party.state for party in roles.recipients}
        if (selling and not parent.objects) or buying:
            roles.exporters = [party for party in self.actor(parent) if party.state not in taken]

    def _told_it_is_off(self, frame: Frame, roles: Roles, parent: Frame, child: Frame) -> None:
        """`told Z that it was cancelling the sale`: whom the giver tells of what it does about it was to receive."""
        telling = child.by == "that" and parent.verb is not None and parent.verb.lemma in _CONFIDING
        if not telling or roles.recipients or frame.sense not in ("give", "deal", "promise"):
            return
        passive = parent.chunk.form == "passive"
        tellers = [party for chunk in parent.phrase("by") for party in chunk.parties] if passive else self.actor(parent)
        heard = [parent.subject] if passive and parent.subject is not None else parent.objects
        if frame.noun and frame.sense == "give" and child.sense == "refuse":
            roles.exporters = roles.exporters or tellers
        own = {party.state for party in roles.exporters}
        if own and own <= {party.state for party in tellers}:
            roles.recipients = [party for chunk in heard if chunk.kind == "party" for party in chunk.parties
                                if party.state not in own]  # fmt: skip

    def _waits(self, frame: Frame, roles: Roles, parent: Frame) -> bool:
        """`Spain awaits German approval for the delivery of tanks to Z`: who waits for a third's consent is to give."""
        above = parent.parent
        awaited = parent.sense == "permit" and parent.noun and above is not None and above.sense == "await"
        if (
            not awaited
            or above is None
            or not (frame.noun and frame.sense == "give")
            or roles.exporters
            or not roles.recipients
        ):
            return False
        taken = {party.state for party in roles.recipients}
        waiting = [party for party in self.actor(above) if party.state not in taken]
        roles.exporters = waiting
        return bool(waiting)

    def _told_off(self, parent: Frame, child: Frame, roles: Roles) -> None:
        """`accused X of holding up the delivery of jets`, `protested to X over its refusal`: who misses them was to receive."""
        reproached = parent.verb is not None and parent.verb.lemma in REPROACHING and child.by in (*ABOUT, "ger", "that")
        stopped = child.sense in ("refuse", "delay") and not child.chunk.negative
        if reproached and stopped and roles.exporters and not roles.recipients:
            own = {party.state for party in roles.exporters}
            roles.recipients = [party for party in self.actor(parent) if party.state not in own]

    @staticmethod
    def _is_sold_by_another(frame: Frame, roles: Roles) -> bool:
        """`the transfer of guns from X to Z`: whether it is told who gives to whom."""
        event = frame.verb.event if frame.verb is not None else ""
        named = frame.noun and event in ("transfer", "retransfer") and frame.phrase("from", "by")
        return bool(named and roles.exporters and roles.recipients)

    @staticmethod
    def _has_say(parent: Frame, child: Frame) -> bool:
        """Whether who lifts an objection to what another gives has a say in it: it is a retransfer."""
        if parent.verb is None:
            return False
        objecting = child.noun and child.sense == "refuse"
        return objecting and (parent.sense == "lift" or parent.verb.lemma in _DROPPING)

    @staticmethod
    def _counterpart(roles: Roles, others: Sequence[Party], frame: Frame) -> None:
        """`talks with X on buying`: X sells; `talks with Z on selling`: Z buys."""
        if frame.sense in ("get", "order"):
            roles.exporters = roles.exporters or others
        elif not roles.recipients:
            roles.recipients = others
        elif not roles.exporters:
            taken = {party.state for party in roles.recipients}
            roles.exporters = [party for party in others if party.state not in taken]

    def _giver(self, parent: Frame, subject: Sequence[Party]) -> Sequence[Party]:
        """Whose permission it is: the subject of *allow*; of *permission* who gives it, or who is asked for it."""
        if not parent.noun:
            asked = parent.parent if not subject and parent.chunk.form == "passive" and parent.by == "to" else None
            return self.addressed(asked) if asked is not None and asked.sense == "ask" else subject
        if parent.chunk.possessor:
            return parent.chunk.possessor
        if parent.chunk.possessive_word in ("its", "their") and not subject:
            return self._own(parent)
        named = [party for chunk in parent.phrase("from", "by") for party in chunk.parties]
        if named:
            return named
        for above in parent.chain()[1:]:
            if above.sense == "ask":
                return self.addressed(above)
            if not above.noun:
                if above.sense in ("give", "permit", "refuse", "start") or (
                    above.verb is not None and above.verb.lemma in _ISSUING
                ):
                    return self.actor(above)
                break
        return []

    def _fill(self, roles: Roles, subject: Sequence[Party], parent: Frame, child: Frame, frame: Frame) -> None:
        """A subject that approves, signs or stops a transfer is its exporter, unless it is known to receive."""
        states = {party.state for party in roles.recipients}
        own = [party for party in subject if party.state not in states]
        winning = parent.verb is not None and parent.verb.lemma.replace(" ", "_") in _WINNING
        if frame.noun and frame.sense == "get" and winning and (
            any(party.kind == "company" for party in subject) and child is frame
        ):  # fmt: skip
            roles.exporters, roles.recipients = subject, roles.recipients or roles.exporters
            return
        if child.sense == "offer" and child.noun and roles.exporters and parent.sense == "refuse":
            roles.recipients = roles.recipients or [party for party in own if party.state != roles.exporters[0].state]
            return
        both = len(own) == 2 and not roles.recipients and not roles.exporters and frame.noun and own[0].state != own[1].state
        if (
            both
            and frame.sense in ("get", "swap")
            and parent.sense in ("sign", "plan", "decide")
            and "company" not in (own[0].kind, own[1].kind)
        ):
            self.divide(roles, own, 1)
            return
        if frame.sense in ("get", "order") or (frame.sense == "swap" and (frame.phrase("from") or roles.exporters)):
            if parent.sense in ("permit", "refuse") or (parent.sense == "give" and child.noun and child.sense == "permit"):
                if not roles.recipients and frame.noun:
                    roles.recipients = [
                        party for party in subject if party.state not in {each.state for each in roles.exporters}
                    ]
                else:
                    roles.exporters = roles.exporters or own
            elif parent.sense in _BUYING and roles.recipients and not roles.exporters and len(subject) == 2 and len(own) == 1:
                roles.exporters = own
            elif parent.sense in _BUYING and not roles.recipients:
                roles.recipients = [party for party in subject if party.state not in {each.state for each in roles.exporters}]
            return
        if frame.phrase("by") and not frame.noun and frame.sense == "give":
            return  # *F-16s being handed over by allies*: somebody else gives
        if frame.sense == "offer" and frame.noun and child is frame and child.by == "obj" and not roles.exporters:
            roles.exporters = own
            return
        winning = parent.verb is not None and parent.verb.lemma.replace(" ", "_") in _WINNING
        contracted = frame.sense == "deal" and (parent.sense == "sign" or winning) and roles.exporters and not roles.recipients
        if contracted and "company" not in [party.kind for party in subject]:
            roles.recipients = [party for party in own if party.state not in {each.state for each in roles.exporters}]
            return
        talks = parent.sense == "other" and child.noun and child.sense in ("plan", "deal")
        licensed = child.noun and child.sense in ("permit", "ask") and child.by == "obj" and (
            parent.sense == "deny" or (parent.verb is not None and parent.verb.lemma in _ISSUING)
        )  # fmt: skip
        if roles.exporters or (parent.sense in ("say", "other", "deny") and not talks and not licensed):
            if (
                parent.sense == "say"
                and not roles.exporters
                and child.by in ("obj",)
                and parent.verb is not None
                and parent.verb.lemma in ("announce", "confirm", "unveil")
            ):
                roles.exporters = own
            return
        if (
            len(own) == 2
            and not roles.recipients
            and frame.noun
            and own[0].state != own[1].state
            and (
                talks
                or parent.sense in ("plan", "sign")
                or _agreed_to_stop(parent)
                or (parent.sense == "decide" and child.by in ("prep on", "obj"))
            )
            and "company" not in (own[0].kind, own[1].kind)
        ):
            self.divide(roles, own, 0)
            return
        if parent.sense == "sign" or (parent.sense == "plan" and child.sense == "deal"):
            self._signed(roles, subject, parent)
            return
        if frame.noun and frame.verb is not None and frame.verb.event == "retransfer" and self._made_by(own, roles):
            roles.exporters = self._asking(own)
            return
        roles.exporters = self._vetoed(parent, roles, own) or own

    def _let_pass(self, frame: Frame, roles: Roles) -> Sequence[Party]:
        """`Washington has approved the transfer of Dutch F-16s to Z`: who designed the things lets another pass them on."""
        above = frame.parent
        moved = frame.noun and frame.verb is not None and frame.verb.event in ("transfer", "retransfer")
        if above is None or above.sense != "permit" or not moved or roles.exporters:
            return []
        own = self._giver(above, []) if above.noun else self.actor(above)
        states = {party.state for party in (*own, *roles.recipients)}
        let = bool(self.designers(roles.items) & {party.state for party in own})
        makers = [item.maker for item in roles.items[:1] if item.maker is not None and not item.made]
        return [party for party in makers if let and party.form == "adjective" and party.state not in states]

    def _made_by(self, own: Sequence[Party], roles: Roles) -> bool:
        """Whether who decides about a re-export is the state that made the things: another has them."""
        makers = self.designers(roles.items) | {item.maker.state for item in roles.items if item.maker is not None}
        return bool(makers & {party.state for party in own})

    def _asking(self, own: Sequence[Party]) -> Sequence[Party]:
        """`vetoed the re-export of Y to Z, turning down a request from X`: who has asked to pass it on."""
        states = {party.state for party in own}
        for frame in self.frames:
            if frame.sense == "ask":
                near = [*frame.phrase("from", "by"), *([] if frame.noun or frame.subject is None else [frame.subject])]
                found = [party for chunk in near for party in chunk.parties] or frame.chunk.possessor
                if any(party.state not in states for party in found):
                    return [party for party in found if party.state not in states]
        return []

    @staticmethod
    def _vetoed(parent: Frame, roles: Roles, own: Sequence[Party]) -> Sequence[Party]:
        """`Washington vetoed the sale of Israeli fighters to Z`: a third stops what the state of the thing gives."""
        if parent.verb is None or parent.verb.lemma not in _VETOING | _DROPPING:
            return []
        states = {party.state for party in (*own, *roles.recipients)}
        makers = [item.maker for item in roles.items[:1] if item.maker is not None and not item.made]
        return [party for party in makers if party.form == "adjective" and party.state not in states]

    def _signed(self, roles: Roles, subject: Sequence[Party], parent: Frame) -> None:
        """Of two that sign: the one that receives is the recipient, a company is the exporter."""
        both = [*subject] + [party for chunk in parent.phrase("with") for party in self.parties(chunk, parent)]
        rest = [party for party in both if party.state not in {each.state for each in roles.recipients}]
        companies = [party for party in rest if party.kind == "company"]
        makers = {item.maker.state for item in roles.items if item.maker is not None}
        made = [party for party in rest if party.state in makers]
        if companies or made:
            roles.exporters = (made or companies)[:1]
            roles.recipients = roles.recipients or [party for party in rest if party not in (made or companies)]
        elif roles.recipients:
            roles.exporters = rest[:1] if len(rest) == 1 else []
        elif len(both) == 2 and parent.phrase("with"):
            self.divide(roles, both, 1)
        elif len(both) == 1:
            roles.recipients = both
            seats = [party for chunk in self._where(parent) for party in chunk.parties if party.form == "capital"]
            states = self.designers(roles.items) - {both[0].state}
            roles.exporters = [replace(party, form="assumed") for party in seats if party.state in states]

    def _where(self, parent: Frame) -> list[Chunk]:
        """`signed deals in Seoul for howitzers`: where something is signed, if that is told."""
        nouns = [other for other in self.frames if other.parent is parent and other.noun]
        return [chunk for each in (parent, *nouns) for chunk in each.phrase("in")]
