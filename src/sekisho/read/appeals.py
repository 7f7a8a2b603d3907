"""Requests by letter and by envoy: *sent X a letter asking for Y*, *flew to X's capital to ask for Y*."""

from __future__ import annotations

from collections.abc import Sequence

from sekisho.language.nodes import NONE
from sekisho.read.chunks import Chunk, Party
from sekisho.read.deals import Roles
from sekisho.read.frames import Frame
from sekisho.read.moving import Moves

_LETTERS = frozenset({"letter", "letters", "note", "message", "cable", "telegram", "memo", "dispatch", "aide-memoire"})
_WRITING = frozenset({"give", "sign", "get", "other", "say", "start"})
"""Senses of what is done with a letter: *sent*, *signed*, *received*, *wrote*."""
_VISITING = frozenset({"arrive", "come", "go", "fly", "travel", "visit", "return", "head", "send", "dispatch", "leave for"})


_MEETINGS = frozenset({"visit", "trip", "tour", "meeting", "talk", "talks", "call", "conversation", "summit", "discussions"})
_SPEAKING = frozenset({"speak", "write", "address", "appeal", "talk", "visit"})
_ENVOYS = frozenset({"ambassador", "envoy", "attache", "attaché", "emissary"})


def _is_letter(chunk: Chunk | None) -> bool:
    return chunk is not None and chunk.kind == "other" and chunk.word in _LETTERS


def is_letter_of(frame: Frame) -> bool:
    """`sent a letter to X asking for Y`: whether a verb of asking tells what somebody has written."""
    sending = frame.parent if frame.by in ("which", "ger") and frame.sense == "ask" and not frame.noun else None
    told = sending is not None and not sending.noun and not sending.chunk.negative and sending.chunk.form != "modal"
    return told and sending is not None and sending.sense in _WRITING and any(_is_letter(chunk) for chunk in sending.objects)


def is_errand(frame: Frame) -> bool:
    """`has arrived in X's capital to ask for Y`: whether somebody goes somewhere to ask."""
    going = frame.parent if frame.by == "to" and frame.sense == "ask" and not frame.noun else None
    told = going is not None and not (going.noun or going.chunk.negative or going.chunk.form == "modal")
    return told and going is not None and going.verb is not None and going.verb.lemma in _VISITING


class Appeals(Moves):
    """The sides of a request that stand in the words about a letter or a journey."""

    def by_letter(self, frame: Frame, roles: Roles) -> None:
        """`sent X a letter asking for Y`, `In a letter to X, Z asked for Y`: who writes asks, who is written to is asked."""
        if roles.exporters or frame.noun:
            return
        if frame.by == "main" and _is_letter(frame.subject):
            roles.recipients = [party for chunk in frame.phrase("from", "by") for party in chunk.parties] or roles.recipients
            roles.exporters = self._apart([chunk for chunk in frame.phrase("to") if chunk.kind == "party"], roles)
            return
        within = next((place for place, (by, chunk) in enumerate(frame.phrases) if by == "in" and _is_letter(chunk)), None)
        if within is not None and within + 1 < len(frame.phrases) and frame.phrases[within + 1][0] == "to":
            roles.exporters = self._apart([frame.phrases[within + 1][1]], roles)
            return
        sending = frame.parent if frame.by in ("which", "ger") else None
        if sending is None or sending.noun or sending.sense not in _WRITING:
            return
        sent = [chunk for chunk in sending.objects if _is_letter(chunk)]
        if not sent or not (frame.by == "ger" or frame.subject in sent or frame.gap in sent or frame.phrase("in")):
            return
        if frame.by == "ger" or frame.subject in sent:
            roles.recipients = roles.recipients or self.actor(sending)
        heard = [chunk for chunk in (*sending.objects, *sending.phrase("to")) if chunk.kind == "party"]
        roles.exporters = self._apart(heard, roles)

    def on_its_way(self, frame: Frame, roles: Roles) -> None:
        """`A request for Y has gone from Z to X`, `was sent to X by Z`: from who asks to who is asked."""
        gone = frame.parent if frame.noun and frame.by == "subject" else None
        if gone is None or gone.noun or gone.sense not in ("go", "give", "other") or not gone.phrase("to", "by"):
            return
        if gone.sense == "give" and gone.chunk.form != "passive":
            return
        left = [party for chunk in gone.phrase("from", "by") if chunk.kind == "party" for party in chunk.parties]
        sellers = frame.phrase("from")  # *A request for missiles from X was submitted by Z*
        if gone.phrase("by") and left and sellers and frame.phrases[0][0] == "for":
            roles.exporters, roles.recipients = self._apart(sellers, Roles(recipients=left)), left
            return
        roles.recipients = roles.recipients or left
        heard = [chunk for chunk in gone.phrase("to") if chunk.kind == "party"]
        roles.exporters = roles.exporters or self._apart(heard, roles)

    def by_envoy(self, frame: Frame, roles: Roles) -> None:
        """`flew to X's capital to ask for Y`, `came to X with a shopping list`: where one goes to ask is who is asked."""
        going = frame.parent if is_errand(frame) or frame.by == "prep with" else None
        if roles.exporters or going is None or going.noun or going.verb is None or going.verb.lemma not in _VISITING:
            return
        roles.recipients = roles.recipients or self.actor(going)
        near = (*going.objects, *going.phrase("to", "in", "for"))
        roles.exporters = self._apart([chunk for chunk in near if chunk.kind == "party"], roles)

    def by_visit(self, frame: Frame, roles: Roles) -> None:
        """`At talks with X's president, Z asked for jets`, `Z's ambassador to X asked for jets`: whom one meets is asked."""
        if roles.exporters or frame.noun or frame.chunk.form == "passive":
            return
        subject = frame.subject
        if subject is not None and subject.words & _ENVOYS:
            posted = [chunk for by, chunk in frame.phrases if by in ("to", "in") and chunk.start < frame.chunk.start]
            roles.exporters = self._apart(posted[:1], roles)
        for place, (_, chunk) in enumerate(frame.phrases):
            after = frame.phrases[place + 1 : place + 2]
            if chunk.word in _MEETINGS and after and after[0][0] in ("to", "with", "in"):
                roles.exporters = roles.exporters or self._apart([after[0][1]], roles)
        above = frame.parent if frame.by == "to" else None
        for other in self.frames:
            met = other.noun and other.chunk.word in _MEETINGS and other.parent in (None, frame) and other.by.startswith("prep")
            spoke = (
                not other.noun and other.verb is not None and other.verb.lemma in _SPEAKING and other.by in ("subject", "ger")
            )
            spoke = spoke and other.parent is frame and other.chunk.end < frame.chunk.start
            used = other is above and any(chunk.word in _MEETINGS for chunk in other.objects)
            if met or spoke or used:
                near = (*other.phrase("to", "with"), *(other.objects if spoke else ()))
                roles.exporters = roles.exporters or self._apart(near, roles) or self._apart(other.phrase("in"), roles)

    def _told_need(self, frame: Frame) -> Sequence[Party]:
        """`Z told X's parliament that it needed tanks`: to whom a need is told is asked."""
        told = frame.parent if frame.by == "that" and frame.sense in ("need", "want") else None
        if told is None or told.verb is None or told.verb.lemma not in ("tell", "remind", "inform") or told.chunk.negative:
            return []
        heard = Roles(recipients=self.actor(frame))
        return self._apart([chunk for chunk in told.objects if chunk.kind == "party"], heard)

    def _apart(self, found: Sequence[Chunk], roles: Roles) -> Sequence[Party]:
        """The parties of some phrases that do not ask themselves."""
        own = {party.state for party in roles.recipients}
        named = [party for chunk in found for party in (*chunk.parties, *chunk.possessor)]
        return [party for party in named if own and party.state not in {*own, NONE, None} and party.kind != "company"]
