"""Frames: who does what to whom. Every verb and every event noun of a sentence becomes one, with its arguments.

A frame knows its subject, objects and prepositional phrases, and the frame it
hangs on and how: *agreed to sell* is a frame `sell` that hangs on `agree` by `to`.

    by      the frame is
    to      an infinitive, *agreed to sell*; its subject is that of its parent, or whom the parent addresses
    ger     a gerund, *considers exporting*, *bars them from buying*
    obj     an event noun that its parent takes as object, *approved the sale*
    subject an event noun that is its parent's subject, *the sale was approved*
    that    a clause told by its parent, *said it would send*
    which   a relative clause; `gap` is what it tells of
    reduced a participle after its noun, *missiles sent to*
    sub     a clause after a conjunction, `conjunction`
    main    a clause of its own
"""

from __future__ import annotations

from sekisho.read.chunks import Chunk
from sekisho.read.lexicon import Verb

_ADDRESSED = frozenset({"ask", "permit", "want", "refuse", "start", "pick"})
_AWARDING = frozenset({"award", "give", "hand", "grant"})
_ANSWERING = frozenset({"refuse", "permit", "deny", "decide", "get", "plan", "give"})
"""Senses of what is done about a request by who is asked."""
_WISHING = frozenset({"get", "sign", "seek", "await", "need", "want"})
"""Senses of what is done about a permission by who is to use it."""
PRESSING = frozenset(
    {"lobby", "push", "press", "push for", "press for", "lobby for", "urge", "pressure", "persuade", "campaign for", "coax"}
)
"""Verbs by which a seller, too, tries to get what it wants: *is lobbying for the sale of jets to Z*."""
_TOLD = frozenset({"past", "perfect", "passive"})
PUNISHING = frozenset(
    {"suspend", "impose", "sanction", "punish", "penalise", "penalize", "fine", "exclude", "expel", "slap", "blacklist", "hit"}
)
"""Verbs of penalties, which are for what has been done."""
SOUNDING = frozenset({"sound out", "approach", "contact", "consult", "put out feelers to"})
"""Verbs whose object is asked about a purchase: *sounded out X about buying*."""
_ALONE = frozenset({"main", "sub", "which", "reduced"})


class Frame:
    """A verb or event noun with its arguments."""

    __slots__ = (
        "by",
        "chunk",
        "conjunction",
        "days",
        "gap",
        "instead",
        "money",
        "noun",
        "objects",
        "origin",
        "parent",
        "phrases",
        "preposition",
        "sense",
        "subject",
        "teller",
        "under",
        "verb",
        "words",
    )  # fmt: skip

    def __init__(self, chunk: Chunk, verb: Verb | None) -> None:
        self.chunk, self.verb = chunk, verb
        self.noun = chunk.kind == "event"
        self.sense = verb.sense if verb is not None else "other"
        self.subject: Chunk | None = None
        self.objects: list[Chunk] = []
        self.phrases: list[tuple[str, Chunk]] = []
        self.parent: Frame | None = None
        self.by = "main"
        self.conjunction = ""
        self.gap: Chunk | None = None
        self.teller: Frame | None = None
        self.origin: Frame | None = None
        self.under: Frame | None = None
        self.preposition = ""
        self.instead = False
        self.days: list[Chunk] = []
        self.money: list[Chunk] = []
        self.words: set[str] = set()

    def __repr__(self) -> str:
        above = self.parent.chunk.word if self.parent is not None else None
        return f"<{self.chunk.word} {self.sense} {self.chunk.form} by {self.by} of {above}>"

    def phrase(self, *prepositions: str) -> list[Chunk]:
        """What stands after some prepositions."""
        return [chunk for preposition, chunk in self.phrases if preposition in prepositions] if self.phrases else []

    def outward(self) -> list[Frame]:
        """The frame and all that it hangs on."""
        found: list[Frame] = []
        frame: Frame | None = self
        while frame is not None and frame not in found:
            found.append(frame)
            frame = frame.parent
        return found

    def chain(self) -> list[Frame]:
        """The frame and those of the same telling that it hangs on: up to a clause that stands by itself."""
        if self.by in _ALONE:
            return [self]
        found: list[Frame] = []
        frame: Frame | None = self
        while frame is not None and frame not in found:
            found.append(frame)
            if frame.by in _ALONE:
                break
            frame = frame.parent
        return found


_FUNDS = frozenset({"fund", "funds", "money", "budget", "financing", "credit", "appropriation"})


def asks_for_funds(frame: Frame) -> bool:
    """`asked parliament for funds to buy jets`: what is asked for is the money, and who asks is to buy."""
    asking = frame.parent
    if asking is None or asking.noun or asking.sense != "ask" or frame.sense not in ("get", "order"):
        return False
    return any(chunk.words & _FUNDS for chunk in (*asking.phrase("for"), *asking.objects))


def controller(frame: Frame) -> Chunk | None:
    """Who is to do what an infinitive says: whom its parent addresses, else the parent's own subject."""
    parent = frame.parent
    if parent is None:
        return None
    if (
        parent.noun
        and (asks_for_itself(frame) or asks_for_gift(frame))
        and parent.parent is not None
        and parent.parent.sense in _ANSWERING
    ):
        return parent.parent.subject
    applied = parent.noun and parent.sense == "permit" and bool(parent.chunk.possessor) and parent.parent is not None
    if applied and parent.parent is not None and parent.parent.sense == "ask" and not parent.parent.noun and (
        not any(chunk.kind == "party" for chunk in parent.parent.objects)
    ):  # fmt: skip
        return parent.parent.subject  # *applied for X's permission to re-export*
    if parent.noun:
        return _of_noun(parent)
    if frame.by == "ger" and frame.preposition == "for" and parent.verb is not None and parent.verb.lemma in PUNISHING:
        return _punished(parent)
    if parent.verb is not None and parent.verb.lemma in ("become", "apply"):
        return parent.subject
    if parent.sense == "ask" and frame.sense == "permit" and frame.chunk.form == "passive" and not parent.noun:
        return parent.subject  # *asked X to be allowed to send*
    if parent.sense == "give" and not parent.noun and parent.money and frame.by == "to":
        lent = [chunk for chunk in parent.objects if chunk.kind in ("party", "pronoun")]
        return lent[0] if lent else parent.subject  # *agreed to lend Z two billion dollars to buy tanks*
    if asks_for_funds(frame):
        return parent.subject
    if parent.sense in _ADDRESSED:
        let_go = [chunk for chunk in parent.objects if chunk.kind == "item"] if parent.sense == "permit" else []
        if frame.sense == "go" and let_go and parent.chunk.form != "passive":
            return let_go[-1]  # *has allowed 18 tanks to go to Z*
        addressed = [chunk for chunk in parent.objects if chunk.kind in ("party", "pronoun")]
        if parent.chunk.form == "passive":
            return parent.subject
        addressed = addressed or [chunk for chunk in parent.phrase("to", "on", "with") if chunk.kind == "party"]
        if addressed:
            return addressed[0]
    return parent.subject


def _punished(penalty: Frame) -> Chunk | None:
    """`imposed sanctions on Z for buying jets`, `sanctioned Z for it`: who has done what is punished; it is not permitted."""
    penalty.sense = "doubt" if penalty.sense == "permit" else penalty.sense
    if penalty.chunk.form == "passive":
        return penalty.subject
    near = [chunk for chunk in (*penalty.phrase("on"), *penalty.objects) if chunk.kind == "party" or chunk.possessor]
    return near[0] if near else penalty.subject


def exchanges_notes(frame: Frame) -> bool:
    """`exchanged notes on Friday`: an agreement between two governments."""
    return frame.verb is not None and frame.verb.lemma == "exchange" and any(each.word == "notes" for each in frame.objects)


def asks_for_itself(frame: Frame) -> bool:
    """`a request by Z to let it pass on jets`: what is asked for is that another lets Z do it."""
    noun = frame.parent
    return noun is not None and noun.noun and noun.sense == "ask" and frame.by == "to" and frame.sense == "permit"


def asks_for_gift(frame: Frame) -> bool:
    """`turned down a request by Z to supply shells`: who is asked is to give."""
    noun, event = frame.parent, frame.verb.event if frame.verb is not None else ""
    asked = noun is not None and noun.noun and noun.sense == "ask" and noun.verb is not None and noun.verb.lemma != "permission"
    return asked and frame.by == "to" and frame.sense == "give" and event in ("supply", "sell", "deliver")


def asker(frame: Frame) -> Chunk | None:
    """Whose request an infinitive hangs on."""
    return _of_noun(frame.parent) if frame.parent is not None else None


def _of_noun(parent: Frame) -> Chunk | None:
    """Whose plan, permission or contract it is."""
    above = parent.parent
    if parent.sense in ("ask", "plan", "decide", "promise", "offer", "refuse"):
        whose = [chunk for chunk in parent.phrase("by", "from", "of") if chunk.kind == "party"]
        if whose:
            return whose[0]
    if parent.sense == "permit" and above is not None and above.sense in _WISHING and parent.by == "obj":
        return above.subject
    if parent.sense == "deal" and above is not None and above.verb is not None and above.verb.lemma in _AWARDING:
        given = [chunk for chunk in (*above.objects, *above.phrase("to")) if chunk.kind == "party"]
        if given:
            return given[0]
    if parent.chunk.possessive_word in ("its", "their") and parent.by in ("prep over", "prep about") and above is not None:
        near = [chunk for chunk in (*above.objects, *above.phrase("to", "with")) if chunk.kind == "party"]
        if near:
            return near[-1]  # *protested to Z over its plan to*
    its = parent.sense == "ask" and parent.chunk.possessive_word in ("its", "their") and above is not None
    if its and above is not None and above.by == "sub" and above.sense in ("refuse", "deny") and above.parent is not None:
        return above.parent.subject  # *turned to X after Z had rejected its bid to buy*
    if parent.sense == "permit" and parent.chunk.possessor and above is not None:
        if above.noun and above.sense == "ask":
            return _of_noun(above)  # *Z's request for X's permission to send*
        if not above.noun and above.chunk.form == "passive" and parent.by == "obj":
            return above.subject  # *Z was given X's permission to send*
        if not above.noun and above.sense == "ask" and parent.by in ("obj", "prep for"):
            return above.subject  # *asked for X's approval to sell*
    if parent.chunk.possessor:
        return Chunk("party", parent.chunk.start, parent.chunk.end, "", parties=list(parent.chunk.possessor))
    if above is None:
        return parent.subject
    if parent.sense == "permit" and above.sense in ("give", "permit", "deny", "refuse") and above.objects:
        given = [chunk for chunk in above.objects if chunk.kind in ("party", "pronoun")]
        if given:
            return given[0]
    if above.noun:
        asked = above.phrase("to") if above.sense == "ask" and parent.sense != "permit" else []
        return asked[0] if asked else _of_noun(above)
    return above.subject


def is_talk(frame: Frame) -> bool:
    """`is in talks over the sale`, `approached X over the sale`: whether what is spoken over is still to come."""
    return frame.sense == "plan" or (frame.verb is not None and frame.verb.lemma in SOUNDING)


def by_pact(frame: Frame) -> str:
    """`signed a deal under which X would send tanks`: the status by the deal or the plan that a clause tells of; else empty."""
    if frame.under is not None:
        return "planned" if frame.under.sense in ("plan", "offer") else "decided"
    above = frame.parent
    near = frame.phrase("under") or (frame.origin.phrase("under") if frame.origin is not None else [])
    told = frame.by == "which" and frame.gap is None and any(chunk.kind == "event" for chunk in near)
    if not told or above is None or above.noun or above.chunk.negative or above.chunk.form == "modal":
        return ""
    if above.sense in ("plan", "offer", "seek", "want"):
        return "planned"
    return "decided" if above.sense in ("decide", "sign", "permit") and above.chunk.form in _TOLD else ""
