"""What a report has spoken of so far, and whom its pronouns mean."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from sekisho.read.chunks import Chunk, Item, Party, is_year
from sekisho.read.counting import SETS, apart, pointing_at
from sekisho.read.frames import Frame, asks_for_itself
from sekisho.read.holding import holders
from sekisho.read.leave import forbidden
from sekisho.read.lexicon import Thing
from sekisho.read.tokens import singular
from sekisho.read.undone import pacts_called_off
from sekisho.read.wordlists import table, word_list

_GENERIC: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(("aircraft", "plane", "jet", "fighter", "helicopter", "drone", "warplane", "gunship"), frozenset({"ML10"})),
    **dict.fromkeys(("ship", "vessel", "boat", "frigate", "destroyer", "submarine", "warship", "craft"), frozenset({"ML9"})),
    **dict.fromkeys(("vehicle", "tank", "truck"), frozenset({"ML6"})),
    **dict.fromkeys(("missile", "interceptor", "rocket", "bomb", "battery"), frozenset({"ML4"})),
    "launcher": frozenset({"ML2", "ML4"}),
    **dict.fromkeys(("gun", "howitzer", "cannon"), frozenset({"ML2", "ML6"})),
    **dict.fromkeys(("round", "shell", "ammunition", "munition"), frozenset({"ML3", "ML4"})),
    **dict.fromkeys(word_list("any equipment"), frozenset()),
}  # fmt: skip
"""Nouns that point back at equipment named before, with the Munitions List numbers it may have; none: any."""
_AID = frozenset({"aid", "help", "assistance", "support"})
_SPEAKER = frozenset({"we", "us", "our", "i"})
_CRAFT = frozenset({"aircraft", "plane", "jet", "ship", "vessel", "boat"})
_ALIKE = frozenset({"aircraft", "craft", "ammunition"})
"""Nouns that are the same for one and for many."""
_OFFICES = frozenset({"minister", "secretary"})
_BRIEFS = frozenset({"defence", "defense", "foreign", "interior", "prime"})
"""The offices of a state whose holder acts for it."""
_OF_STATES = frozenset({"ask", "seek", "want", "plan", "sign", "order", "get", "give", "offer", "promise", "refuse"})
_OWING = frozenset({"pay", "thank", "compensate", "reimburse", "reward", "repay", "praise", "credit", "refund"})
"""Verbs whose object has done what a clause behind them tells: *pays Z for the vehicles it sent*."""
_FIRMS = frozenset({"company", "firm", "manufacturer", "maker", "shipbuilder", "shipyard", "contractor", "group"})
_BUYING = frozenset({"get", "order", "swap", "want", "plan", "ask", "seek"})
_GIVING = frozenset({"give", "refuse", "deny", "swap"})
_CARGOES = frozenset({"load", "cargo", "freight", "haul", "cargoes", "loads"})
_OTHER = frozenset(
    {
        "first",
        "last",
        "latest",
        "earlier",
        "previous",
        "another",
        "second",
        "third",
        "further",
        "additional",
        "extra",
        "other",
        "similar",
    }
)
_THEM = frozenset({"them", "those", "these", "one", "ones", "it", "they", "any"})


class Context:
    """The parties and things of a report, in the order in which they were named; `makers` counts the arms makers of states.

    `heirs`: the first successor of a state that is no more. `realms`: the states that reports call *the kingdom*.
    """

    def __init__(
        self,
        makers: Mapping[str, int] | None = None,
        heirs: Mapping[str, str] | None = None,
        realms: Mapping[str, Collection[str]] | None = None,
    ) -> None:
        self.makers, self.heirs, self.realms = makers or {}, heirs or {}, realms or {}
        self.topic: Sequence[Party] = ()
        self.last_status = ""
        self.home: Sequence[Party] = ()
        self.parties: list[Party] = []
        self.items: list[Item] = []
        self.listed: list[Item] = []
        """The things that one phrase named last: *tanks and jets*, which *both* means."""
        self.paragraph = -1
        self.exchanging = False
        """Whether a sentence tells of something given in return, so that its pronoun is who gave before."""
        self._goals: dict[str, tuple[int, list[Party]]] = {}
        self._owners: dict[str, Sequence[Party]] = {}
        self.taking: Sequence[Party] = ()
        self._wanted: dict[str, Sequence[Party]] = {}
        self._givers, self._takers = set[str | None](), set[str | None]()
        self.sellers: dict[str | None, Sequence[Party]] = {}
        """Who was last told to give a state something."""
        self.last: tuple[Sequence[Party], Sequence[Party]] | None = None
        self.called_off: Sequence[Party] | None = None
        """Between whom the sentence before says that a deal, a sale or talks are off; none if it does not."""
        self.package: tuple[Sequence[Party], Sequence[Party]] | None = None

    def enter(self, paragraph: int) -> None:
        """Begin a sentence. Pronouns reach no further back than their paragraph and the sentence before it."""
        self.paragraph = paragraph

    def note(self, found: Sequence[Chunk]) -> None:
        """Remember what a sentence named, and whose hopes or plans a thing is: *Z's hopes of a submarine*, *its new tanks*."""
        found = [chunk for place, chunk in enumerate(found) if not place or found[place - 1].word != "aboard"]
        for whose, of, thing in [found[at : at + 3] for at, chunk in enumerate(found[:-2]) if chunk.possessor]:
            if whose.kind == "other" and of.word in ("of", "for", "on") and thing.kind == "item":
                self._wanted |= {item.thing.id: list(whose.possessor) for item in thing.items}
        before: Chunk | None = None
        for chunk in found:
            if chunk.kind == "item" and chunk.possessive_word in ("its", "their"):
                named = [party for each in found if each.end <= chunk.start for party in (*each.parties, *each.possessor)]
                self._wanted |= {item.thing.id: named[-1:] or list(self.topic) for item in chunk.items}
            if chunk.parties:
                self.parties += chunk.parties
            apposed = (
                before is not None and before.kind == "mark" and bool(chunk.possessive_word)
            )  # *X's F-16s, its first jets*
            if chunk.items:
                self.items += (item for item in chunk.items if not item.thing.general and not (apposed and item.ordinal))
            before = chunk
        told = [chunk.items for chunk in found if chunk.kind == "item" and not any(item.thing.general for item in chunk.items)]
        self.listed = list(told[-1]) if told else self.listed
        del self.parties[:-12]
        del self.items[:-12]

    def goals(self, found: Sequence[Frame], paragraph: int) -> None:
        """Remember to whom a party gave, sent or offered anything: `Japan offered help to Ukraine`."""
        self.called_off = None
        for owner, frame, item in holders(found):
            self._wanted[item.thing.id] = list(self.of(owner, frame, found)) or self._wanted.get(item.thing.id, [])
        for noun, above in pacts_called_off(found):
            near = (*noun.phrase("with", "to", "from", "by"), *above.phrase("by"))
            acting = self.of(above.subject, above, found) if above.subject is not noun.chunk else []
            self.called_off = [*acting, *noun.chunk.possessor, *(party for chunk in near for party in chunk.parties)]
        for frame in found:
            if frame.sense == "sign" and not frame.noun and frame.subject is not None and not frame.chunk.negative:
                both = [*frame.subject.parties, *(party for chunk in frame.phrase("with") for party in chunk.parties)]
                if len(both) == 2 and both[0].state != both[1].state:
                    self._goals[both[0].state or ""] = (paragraph, both[1:])
                    self._goals[both[1].state or ""] = (paragraph, both[:1])
            helping = frame.sense in ("say", "decide", "plan", "permit", "refuse") and any(
                chunk.words & _AID for chunk in frame.objects
            )  # fmt: skip
            if helping and frame.subject is not None and not frame.chunk.negative:
                to = [party for chunk in frame.phrase("for", "to") for party in chunk.parties]
                self._goals |= {party.state or "": (paragraph, to) for party in frame.subject.parties if to}
            if frame.sense in ("get", "order") and not frame.noun and frame.subject is not None:
                by = frame.subject.parties if frame.chunk.form != "passive" else []
                sellers = [party for chunk in frame.phrase("from") for party in chunk.parties]
                self._goals |= {party.state or "": (paragraph, list(by)) for party in sellers if by}
            if frame.sense == "ask" and not frame.noun and frame.subject is not None and frame.chunk.form != "passive":
                asked = [party for chunk in frame.objects if chunk.kind == "party" for party in chunk.parties]
                self._goals |= {
                    party.state or "": (paragraph, list(frame.subject.parties)) for party in asked if frame.subject.parties
                }
            giving = frame.sense in ("give", "offer", "promise") and not frame.noun and frame.subject is not None
            if giving and frame.subject is not None and not any(
                other.noun and other.sense == "permit" and other.parent is frame for other in found
            ):  # fmt: skip
                to = [party for chunk in (*frame.phrase("to"), *frame.objects) for party in chunk.parties]
                for party in frame.subject.parties:
                    if party.state is not None and to:
                        self._goals[party.state] = (paragraph, to)

    def told(self, items: Sequence[Item], exporters: Sequence[Party], recipients: Sequence[Party], status: str) -> None:
        """Remember a transfer: who gives away some items, and to whom. The giver had them before."""
        self._givers |= {party.state for party in exporters}
        self._takers |= {party.state for party in recipients}
        self.taking = recipients or self.taking
        if exporters and recipients:
            self.last, self.last_status = (exporters, recipients), status
            self._goals |= {party.state or "": (self.paragraph, list(recipients)) for party in exporters}
            self.sellers |= {party.state: exporters for party in recipients}
        for item in items:
            if exporters:
                self._owners[item.thing.id] = exporters

    def packed(self, exporters: Sequence[Party], recipients: Sequence[Party]) -> None:
        """Remember a package whose contents are told later: from whom it is, and for whom."""
        self.package = (exporters, recipients)
        for party in exporters:
            if party.state is not None and recipients:
                self._goals[party.state] = (self.paragraph, list(recipients))

    def owners(self, item: Item) -> Sequence[Party]:
        """Who was last said to give an item away."""
        return self._owners.get(item.thing.id, [])

    def wanted_by(self, item: Item) -> Sequence[Party]:
        """Whose a thing was said to be, or to become, before a sentence tells that it was bought."""
        return self._wanted.get(item.thing.id, [])

    def goal(self, giver: Party) -> Sequence[Party]:
        """To whom a party was last said to give, in the same paragraph."""
        paragraph, parties = self._goals.get(giver.state or "", (-1, []))
        return parties if paragraph == self.paragraph else []

    # ---- parties ---------------------------------------------------------------------------------------------------

    def of(self, chunk: Chunk | None, frame: Frame, earlier: Sequence[Frame]) -> Sequence[Party]:
        """The parties that a phrase means."""
        if chunk is None:
            return []
        if chunk.kind == "party":
            return chunk.parties
        if chunk.kind == "event":
            return chunk.possessor
        if chunk.kind == "pronoun":
            ours = chunk.possessive_word in ("our", "my")
            return self._pronoun(replace(chunk, word="we", form="") if ours else chunk, frame, earlier)
        if chunk.possessive_word in ("our", "my") and chunk.form == "organ":
            return self._pronoun(replace(chunk, word="we", form=""), frame, earlier)
        if chunk.possessive_word and chunk.words & _PERSONAL:
            return self._pronoun(chunk, frame, earlier)
        company = chunk.kind == "other" and chunk.unit is not None and chunk.unit.titled and not chunk.definite
        if chunk.possessor and chunk.words & _STOCKS and "former" in chunk.words:  # *the stocks of the former East German army*
            return [replace(party, state=self.heirs.get(party.state or "", party.state)) for party in chunk.possessor]
        if chunk.possessor and (chunk.words & _ACTING or chunk.words & _STOCKS or company):
            return chunk.possessor
        acts = any(chunk is each.subject and each.sense in _OF_STATES for each in frame.chain())
        return self.home if acts and _holds_office(chunk) else []

    def _pronoun(self, chunk: Chunk, frame: Frame, earlier: Sequence[Frame]) -> Sequence[Party]:
        if chunk.word in self.realms:  # *Z signed an accord in London. The kingdom will also*
            here = [party for each in _named(earlier) if each.end <= chunk.start for party in each.parties]
            ruled = [party for party in (*self.parties, *here) if party.state in self.realms[chunk.word]]
            if ruled:
                return ruled[-1:]
        if chunk.word in ("latter", "former"):
            named: list[Party] = []
            before = [party for each in _named(earlier) for party in each.parties]
            for party in sorted([*self.parties, *before], key=lambda entry: entry.span[0], reverse=True):
                if party.span[0] < chunk.start and party.state not in [entry.state for entry in named]:
                    named.append(party)
            return named[:1] if chunk.word == "latter" else named[1:2]
        if chunk.word in ("you", "itself", "themselves"):
            return []
        if chunk.form == "organ":
            found = self.of_region(chunk, earlier) or _commander(chunk, frame) or self._firm(chunk) or self._same(chunk, frame)
            found = found or self._at_home(chunk, frame, earlier)
            if found:
                return found
        if chunk.word in _SPEAKER:
            speakers = [other.subject for other in reversed(earlier) if other.sense == "say" and other.subject is not None]
            told = next((each for each in speakers if each is not chunk and (each.parties or each.possessor)), None)
            return (told.parties or told.possessor)[-1:] if told is not None else self.topic
        parent = frame.parent
        if parent is not None and parent.sense == "permit" and any(chunk is each for each in parent.objects):
            asked = parent.parent
            if asked is not None and asked.sense == "ask" and asked.chunk.form == "passive" and asked.phrase("by"):
                return [party for each in asked.phrase("by") for party in each.parties]  # *was asked by Z to let it send*
            asking = parent.parent if asks_for_itself(parent) else None
            if asking is not None and (asking.chunk.possessor or asking.phrase("by", "from")):
                return asking.chunk.possessor or [party for each in asking.phrase("by", "from") for party in each.parties]
            near = self._addressed_before(chunk, parent, earlier)
            if near:
                return near
            return self.other_than(self.of(parent.subject, parent, []) if parent.subject is not chunk else [], frame)
        if frame.by == "which" and parent is not None and parent.verb is not None and parent.verb.lemma in _OWING:
            paid = [party for each in parent.objects if each.kind == "party" for party in each.parties]
            if paid:
                return paid[-1:]
        if frame.conjunction == "until" and frame.sense == "get" and chunk is frame.subject:
            given = [
                each for other in earlier if other.sense in ("give", "swap") and not other.noun for each in other.phrase("to")
            ]
            if given and given[-1].kind == "party":
                return given[-1].parties  # *will lend Z jets until it receives its own*
        if frame.by == "which" and parent is not None and parent.sense == "refuse" and chunk is frame.subject:
            barred = [party for each in parent.phrase("from") for party in each.parties]
            if barred:
                return barred  # *withheld from Z jets for which it has paid*
        replaced = self._who_gave(frame, earlier) if frame.by == "which" and chunk is frame.subject else []
        if replaced:
            return replaced
        turned = self._turned_down(chunk, frame) or self._was_to_get(chunk, frame, earlier)
        if turned:
            return turned
        if forbidden(frame) and parent is not None and parent.sense == "say" and chunk is frame.subject:
            return [party for each in parent.objects for party in each.parties]
        if frame.by == "that" and parent is not None and parent.subject is not None and parent.subject is not chunk:
            found = self.of(parent.subject, parent, earlier)
            seats = [each for each in parent.phrase("in") if each.start < parent.subject.start and each.kind == "party"]
            if found:
                return found
            if seats and parent.subject.kind in ("other", "pronoun"):
                return seats[0].parties  # *In Dili, the office of Mr Alkatiri said that it*
        if frame.by == "that" and parent is not None and parent.noun and parent.phrase("by", "from"):
            urged = self._urged(frame, parent)
            if urged:
                return urged
        if frame.by == "that" and parent is not None and parent.noun and parent.chunk.possessor:
            return self._urged(frame, parent) or parent.chunk.possessor
        for other in reversed(earlier):
            if any(chunk is each for each in other.objects) and not other.noun and other.by == "that":
                continue  # *X said Z had denied it permission*
            again = frame.by == "which" and chunk is frame.subject and other.parent is not None and other.parent.noun
            if again and any(each.kind == "pronoun" and each.word == chunk.word for each in other.objects):
                continue  # *an offer to sell it ships for the jets it gave away*
            if other.chunk.start < chunk.start and other.subject is not None and other.subject is not chunk:
                if other.subject.kind == "party" and not other.noun:
                    return other.subject.parties[-1:] if chunk.word != "they" else other.subject.parties
                if other.subject.possessor and other.subject.kind == "other":
                    return other.subject.possessor[-1:]
        if frame.by == "which" and frame.parent is None:  # *in exchange for tanks that it will send, Z is to get*
            later = [other for other in earlier if other.by == "main" and other.chunk.start > chunk.start and not other.noun]
            mains = [other.subject for other in later]
            if mains and mains[0] is not None and mains[0].kind == "party":
                return mains[0].parties
        tellers = [each.teller.subject for each in frame.chain() if each.teller is not None]
        if tellers and tellers[0] is not None and tellers[0].kind == "party" and not self.parties:
            return tellers[0].parties  # *There is no question of selling jets, X's minister said*
        return self.topic

    def _urged(self, frame: Frame, urging: Frame) -> Sequence[Party]:
        """`X rejected a W proposal that it donate tanks`: who is urged to do a thing is who answers."""
        above = urging.parent
        answering = (
            above is not None and not above.noun and above.sense in ("refuse", "deny", "permit", "decide", "get", "plan")
        )
        if not answering or above is None or urging.by != "obj" or frame.chunk.form not in ("base", "modal"):
            return []
        if above.subject is None or frame.subject is None or not (urging.chunk.indefinite or urging.chunk.definite):
            return []
        near = [party for goal in urging.phrase("by", "from") for party in goal.parties]
        own = {party.state for party in (*urging.chunk.possessor, *near)}
        return [party for party in above.subject.parties if party.state not in own]

    def _who_gave(self, frame: Frame, earlier: Sequence[Frame]) -> Sequence[Party]:
        """`will give Z jets to replace tanks that it sent to W`: who gets what replaces the things gave these."""
        for other in earlier:
            packs = [each for each in earlier if each.noun and each.parent is other and each.sense == "deal"]
            old = [*other.objects, *(chunk for each in packs for chunk in each.phrase("of"))]
            if other.sense == "replace" and any(chunk is frame.gap for chunk in old) and other.parent is not None:
                given = [chunk for chunk in (*other.parent.objects, *other.parent.phrase("to")) if chunk.kind == "party"]
                if other.parent.sense in ("ask", "want") and other.parent.subject is not None and other.by == "to":
                    return list(other.parent.subject.parties)  # *asked X to replace the tanks it sent*
                asking = other.parent.parent
                if not given and asking is not None and asking.sense in ("ask", "want") and asking.subject is not None:
                    given = [asking.subject]  # *has asked X to supply shells to replace those it sent*
                return [party for chunk in given for party in chunk.parties]
        return []

    @staticmethod
    def _turned_down(chunk: Chunk, frame: Frame) -> Sequence[Party]:
        """`said no to Z when it asked to send guns`: who asks is who is turned down."""
        asking = frame.parent if frame.by == "to" and frame.parent is not None else frame
        above = asking.parent
        if asking.conjunction != "when" or asking.sense != "ask" or above is None or above.sense != "refuse":
            return []
        return [party for each in above.objects for party in each.parties] if chunk is asking.subject else []

    @staticmethod
    def ahead(chunk: Chunk, frame: Frame, found: Sequence[Frame]) -> Sequence[Party]:
        """`After X turned down its request, Z asked W`: whom a pronoun in a clause that opens a sentence looks forward to."""
        top = frame.chain()[-1]
        if top.by not in ("sub", "which") or top.parent is not None or top.subject is chunk:
            return []
        later = [other for other in found if other.by == "main" and not other.noun and other.chunk.start > chunk.start]
        subject = later[0].subject if later else None
        own = {party.state for party in (top.subject.parties if top.subject is not None else ())}
        if subject is None or subject.kind != "party" or subject.start < chunk.start:
            return []
        return [party for party in subject.parties[-1:] if party.state not in own]

    @staticmethod
    def _was_to_get(chunk: Chunk, frame: Frame, earlier: Sequence[Frame]) -> Sequence[Party]:
        """`will not sell Z the jets it had planned to buy`, `turned down Z's request for jets it paid for`: who buys them."""
        top = frame.chain()[-1]
        bought = frame.sense in _BUYING and top.by == "which" and top.gap is not None and chunk is top.subject
        if not bought or frame.phrase("from"):
            return []
        for other in earlier:
            if other.noun and other.sense == "ask" and any(top.gap is goal for _, goal in other.phrases):
                asking = [party for goal in other.phrase("from", "by") for party in goal.parties]
                return other.chunk.possessor or asking
            if other.noun and other.sense == "give" and any(top.gap is goal for goal in other.phrase("of")):
                hurried = [each for each in other.chain() if each.sense == "ask" and not each.noun and each.subject is not None]
                named = [party for each in hurried if each.subject is not None for party in each.subject.parties]
                return named if hurried and hurried[0].chunk.form != "passive" else []  # *asked X to speed up delivery of*
            stops = next((each for each in other.chain() if each.sense in ("refuse", "deny") or each.chunk.negative), None)
            held = stops is not None and (stops is other or stops.subject is other.subject)
            if held and not other.noun and other.sense in _GIVING and any(top.gap is given for given in other.objects):
                return [party for goal in (*other.objects, *other.phrase("to")) for party in goal.parties][:1]
        return []

    def _addressed_before(self, chunk: Chunk, parent: Frame, earlier: Sequence[Frame]) -> Sequence[Party]:
        """`will build Z ships and let it have guns`: whom a verb before was about."""
        own = {party.state for party in (parent.subject.parties if parent.subject is not None else ())}
        found = [party for other in earlier if other.chunk.start < parent.chunk.start for each in other.objects
                 if each.kind == "party" and each.end <= chunk.start for party in each.parties]  # fmt: skip
        return [party for party in found if party.state not in own][-1:]

    def _at_home(self, chunk: Chunk, frame: Frame, earlier: Sequence[Frame]) -> Sequence[Party]:
        """`WASHINGTON — the President is weighing a request from Z`: whose office it is where a report is written."""
        asked = [each for each in earlier if each.noun and each.sense == "ask" and each.parent is frame and each.by == "obj"]
        if not asked or not self.home or chunk.possessive_word or chunk is not frame.subject:
            return []
        asking = [party for each in asked for party in (*each.chunk.possessor, *(
            party for goal in each.phrase("from", "by") for party in goal.parties))]  # fmt: skip
        return self.home if asking and not {party.state for party in asking} & {party.state for party in self.home} else []

    def _firm(self, chunk: Chunk) -> Sequence[Party]:
        """`the same company`: the last that was named."""
        if chunk.word not in _FIRMS:
            return []
        firms = [party for party in self.parties if party.kind == "company" and party.span[0] < chunk.start]
        return firms[-1:] or (self.last[0] if self.last is not None and "same" in chunk.words else [])

    def _same(self, chunk: Chunk, frame: Frame) -> Sequence[Party]:
        """`from the same country`: the last that was named and does not act."""
        if "same" not in chunk.words or frame.subject is None or frame.subject is chunk:
            return []
        own = {party.state for party in self.of(frame.subject, frame, [])}
        return [party for party in self.parties if party.span[0] < chunk.start and party.state not in own][-1:]

    def of_region(self, chunk: Chunk, earlier: Sequence[Frame], apart: Collection[str | None] = ()) -> Sequence[Party]:
        """`the Baltic state`, `the kingdom`: the last party named before that lies there."""
        states = next((states for words, states in _REGIONS if words <= chunk.words), None)
        if states is None:
            return []
        named = [*self.parties, *(party for each in _named(earlier) for party in each.parties)]
        before = [
            party for party in named if party.span[0] < chunk.start and party.state in states and party.state not in apart
        ]
        return [max(before, key=lambda party: party.span[0])] if before else []

    def other_than(self, parties: Sequence[Party], frame: Frame) -> Sequence[Party]:
        """Whom a pronoun means that is not one of some parties: the last subject outwards that is another."""
        states = {party.state for party in parties}
        for other in frame.outward():
            if other.subject is not None and other.subject.kind == "party" and other.subject.parties[0].state not in states:
                return other.subject.parties
            whose = other.subject.possessor if other.subject is not None and other.subject.kind == "item" else []
            if whose and other is not frame and whose[-1].form == "name" and whose[-1].state not in states:
                return whose[-1:]  # *Z's jets were bought after X refused to sell it ships*
            organ = other.subject if other.subject is not None and other.subject.form == "organ" else None
            meant = self.of(organ, other, []) if organ is not None and other is not frame else []
            if meant and meant[0].state not in states:
                return meant  # *the government turned to X after W refused to sell it jets*
            near = (*other.objects, *other.phrase("with"))
            told = [chunk for chunk in near if chunk.kind == "party" and chunk.parties[0].state not in states]
            if told and other is not frame:
                return told[0].parties
        if self.exchanging and self.topic and self.topic[0].state not in states:
            return self.topic
        named = [party for party in self.parties if party.state not in states]
        taken = {party.state for party in self.last[1]} if self.last is not None else set()
        took = [party for party in self.topic if party.state in taken - states]
        spoken = [party for party in self.topic if party.state not in states] if frame.chunk.form == "passive" else []
        return took[:1] or spoken[:1] or named[-1:]  # *Z has ordered guns from W. X sells it rockets*

    # ---- things ----------------------------------------------------------------------------------------------------

    def things(self, chunk: Chunk, earlier: Sequence[Item]) -> list[Item]:
        """The items that a phrase means: its own, or those it points back at."""
        if chunk.kind in ("item", "event"):
            return [found for item in chunk.items for found in self._resolved(item, earlier)]
        if chunk.kind == "number" and chunk.unit is not None and is_year(chunk.unit):
            return []
        if chunk.several:
            return [found for each in chunk.several for found in self.things(each, earlier)]
        if chunk.form == "same" and chunk.kind == "other":
            word = singular(chunk.word)
            last = self._last(earlier, _GENERIC.get(word, frozenset())) or self._last(earlier, frozenset())
            found = [pointing_at(last, chunk)] if last is not None else []  # *three boats of the same kind*
            for each in found:
                each.quantity, each.quantity_span = (each.quantity, each.quantity_span) if chunk.quantity else (None, None)
            return found
        ones = chunk.kind == "other" and chunk.word in ("one", "ones", "others")
        if (chunk.kind == "pronoun" and chunk.word in _THEM) or chunk.kind == "number" or ones:
            last = self._last(earlier, frozenset())
            if last is not None and last.definite and last.thing.item is None:
                last = self._resolved(last, ())[0]  # *the missiles are to replace those*
            return [pointing_at(last, chunk, chunk.word in ("them", "they"))] if last is not None else []
        if chunk.kind == "other" and chunk.word in SETS and chunk.words & _OTHER:
            return self._another_set(chunk, earlier)
        both = chunk.kind == "pronoun" and chunk.word == "both"
        if both or (chunk.kind == "other" and chunk.definite and chunk.word in SETS):
            return self._as_many(chunk, earlier, SETS.get(chunk.word, 2))
        if chunk.kind == "other" and chunk.definite and chunk.word in _CARGOES and not chunk.possessor:
            return [pointing_at(item, chunk, True) for item in self.listed]  # *its cargo is bound for Z*
        word = chunk.word[:-1] if chunk.word.endswith("s") else chunk.word
        counted = chunk.kind == "other" and chunk.quantity is not None and _GENERIC.get(word) and not chunk.possessor
        if counted and len(chunk.words - _USED) <= 2 and (chunk.words & _USED or word in _CRAFT) and not chunk.definite:
            last = self._last(earlier, _GENERIC[word])
            return [pointing_at(last, chunk)] if last is not None and (last.thing.lists) else []
        national = len(chunk.possessor) == 1 and (chunk.possessor[0].form == "adjective" or "made" in chunk.words)
        nation = chunk.possessor[0] if national else None
        definite = chunk.definite or "both" in chunk.words
        if chunk.kind == "other" and definite and word in _GENERIC and (not chunk.possessor or nation is not None):
            last = self._last(earlier, _GENERIC[word])
            if last is not None and nation is not None and not self._has_taken(nation):
                if last.maker is not None and last.maker.state != nation.state:
                    return []
                last.maker = nation
            return [pointing_at(last, chunk, chunk.word != word or self._is_as_many(last, word))] if last is not None else []
        return []

    def _as_many(self, chunk: Chunk, earlier: Sequence[Item], number: int) -> list[Item]:
        """`Two patrol boats are leaving. X has sold both to Z`, `the pair`: the last things told of, if they are so many."""
        last = self._last(earlier, frozenset())
        listed = list(earlier) or self.listed
        if len({item.thing.id for item in listed}) == len(listed) == number and (last is None or last.quantity != number):
            return [pointing_at(item, chunk, True) for item in listed]  # *tanks and jets. X delivered both*
        return [pointing_at(last, chunk, True)] if last is not None and last.quantity == number else []

    def _another_set(self, chunk: Chunk, earlier: Sequence[Item]) -> list[Item]:
        """`An earlier pair was bought from X`: so many more of what was told of last."""
        last = self._last(earlier, frozenset())
        found = [pointing_at(last, chunk)] if last is not None else []
        for item in found:
            item.quantity, item.quantity_span, item.counted = SETS[chunk.word], (chunk.start, chunk.end), True
        return found

    def _is_as_many(self, item: Item, word: str) -> bool:
        """Whether *the aircraft*, one or many by its form, means all of several things of which no transfer was told yet."""
        return (item.quantity or 0) > 1 and word in _ALIKE and item.thing.id not in self._owners

    def _has_taken(self, nation: Party) -> bool:
        """`the first Dutch plane`: whether a nation is that of who gets the things told of, and not their maker."""
        return nation.state in self._takers and nation.state not in self._givers

    def _resolved(self, item: Item, earlier: Sequence[Item]) -> list[Item]:
        whose = item.maker if item.definite and not (item.made or item.owned) else None
        if whose is not None and whose.form == "adjective" and self._has_taken(whose):
            item.maker = None  # *the first Dutch plane*
        head = item.thing.words.split()[-1].lower()
        plain = item.thing.item is None and (item.thing.general or len(item.thing.words.split()) == 1)
        counted = head in ("launcher", "launchers") and item.quantity is not None
        if item.owned and not item.thing.general:
            return [item]
        kind_of = item.definite and item.thing.item is None and item.thing.words == item.thing.words.lower()
        if kind_of and not plain and not item.maker and item.thing.lists:
            last = self._last(earlier, frozenset({item.thing.lists}), item)
            if last is not None and last.thing.item is not None and last.thing.lists == item.thing.lists:
                item.was = None if item.thing.general else item.thing
                item.thing, item.of, item.pointing = last.thing, last.of, True
        behind = item.made and item.maker is not None and item.maker.span[0] > item.span[1]  # *the missiles, made in X*
        told = item.made and item.definite and not item.thing.general
        if (item.definite or counted) and plain and (behind or told or not item.maker):
            last = self._last(earlier, frozenset() if item.thing.general else _GENERIC.get(head, frozenset({"?"})), item)
            other = told and last is not None and last.maker is not None and item.maker is not None and (
                last.maker.state != item.maker.state)  # fmt: skip
            if last is not None and last.thing is not item.thing and not other and not apart(head, last):
                item.was = None if item.thing.general else item.thing
                item.made = item.made or (last.made and item.maker is None)
                item.thing, item.of, item.maker, item.pointing = last.thing, last.of, last.maker or item.maker, True
                if item.plural and item.quantity is None and (last.quantity or 0) > 1 and last.thing.id not in self._owners:
                    item.quantity, item.quantity_span = last.quantity, last.quantity_span  # *ordered the guns*
        return [item]

    def _last(self, earlier: Sequence[Item], lists: frozenset[str], before: Item | None = None) -> Item | None:
        for item in (*reversed(earlier), *reversed(self.items)):
            if before is not None and item.span[0] >= before.span[0]:
                continue
            if lists and not item.thing.lists and item.thing.facts.get("item.kind") == "part":
                continue  # *the boat* is no engine
            named = before is not None and item.thing.item is not None and _headed_alike(item.thing, before.thing)
            if not item.thing.general and (not lists or item.thing.lists in (*lists, "") or named):
                return item
        return None


def _commander(chunk: Chunk, frame: Frame) -> Sequence[Party]:
    """`X's president has told his generals to tear up the order`: whose organ is told what to do."""
    above = frame.parent if frame.by == "to" and frame.subject is chunk else None
    told = above is not None and any(chunk is each for each in above.objects) and above.chunk.form != "passive"
    told = told and above is not None and above.sense in ("say", "order") and frame.sense in ("refuse", "get", "order")
    return above.subject.parties if told and above is not None and above.subject is not None else []


def _holds_office(chunk: Chunk) -> bool:
    """Whether a phrase names a minister without his state, as reports of his own capital do: *Defence Minister John Doe*."""
    named = chunk.kind == "other" and chunk.unit is not None and chunk.unit.titled and not (chunk.possessor or chunk.definite)
    return named and bool(chunk.words & _OFFICES) and bool(chunk.words & _BRIEFS)


def _headed_alike(named: Thing, plain: Thing) -> bool:
    """Whether a system was named with the word that now stands alone: *Harpy drones*, *the drones*."""
    words = plain.words.lower().split()
    return len(words) == 1 and singular(named.words.lower().split()[-1]) == singular(words[0])


def _named(found: Sequence[Frame]) -> list[Chunk]:
    """The phrases of some frames."""
    near = [each for frame in found for each in (frame.subject, *frame.objects, *(chunk for _, chunk in frame.phrases))]
    return [each for each in near if each is not None]


_REGIONS = sorted(
    ((frozenset(row["words"].split()), frozenset(row["states"].split())) for row in table("regions.csv")),
    key=lambda entry: -len(entry[0]),
)
"""Words for a region and its states, the longest first."""
_PERSONAL = word_list("personal")
_ACTING = word_list("acting")
_STOCKS = word_list("stocks")
_USED = word_list("used")
