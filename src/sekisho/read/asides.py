"""What is no transfer though its words look like one: hearsay, own forces abroad, spoils of war, own makers, talk of arms."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from sekisho.read.abroad import own_forces_abroad
from sekisho.read.deals import Deals
from sekisho.read.events import Event
from sekisho.read.frames import Frame
from sekisho.read.status import DENIED, RULE, SUPPOSED
from sekisho.read.tokens import Token, singular
from sekisho.read.wordlists import word_list

_RULES = word_list("rules")
_SUPPOSING = frozenset({"imagine", "suppose", "supposing", "assume", "assuming", "pretend"})
_LETTING = frozenset({"let", "us", "'s", "just", "but", "now"})
_HAVING = frozenset({"has", "have", "had"})
_WRONGLY = frozenset({"wrongly", "mistakenly", "erroneously", "falsely", "incorrectly"})
_TAKING_BACK = frozenset({"withdraw", "withdrew", "withdrawn", "retract", "retracted"})
_CHARGES = frozenset({"charge", "charges", "claim", "claims", "allegation", "allegations", "accusation", "assertion"})
_NEAR = 3
_CAPTURING = word_list("capturing")
_WHO = frozenset({"it", "they", "he", "troops", "forces"})
_WHEN = frozenset({"when", "as", "after", "once"})
_DISCUSSING = frozenset({"discuss", "talk", "talk about", "talk of", "speak about", "speak of", "raise", "touch on"})
_HOW = frozenset({"how", "why"})
_OWNERS = frozenset({"owners", "citizens", "civilians", "residents", "people", "public", "villagers", "farmers", "children"})
_CIVIL = frozenset({"weather", "meteorological", "civilian", "civil", "fishing", "hunting", "sporting", "passenger", "toy"})
_CIVIL_USES = frozenset({"crop", "crops", "spraying", "forestry", "agriculture", "tourism", "tourists",
                         "oilmen", "passengers", "farming", "locusts", "pest", "ambulance", "mapping"})  # fmt: skip
_GROUP = "non_state_armed_group"
_FIGHTERS = frozenset({"rebel", "guerrilla", "insurgent", "militia", "militiaman", "separatist", "terrorist", "mercenary"})


def aside(event: Event, found: Sequence[Token], built: Sequence[Frame]) -> str:
    """Why a transfer that a sentence speaks of is none; empty if it is one."""
    words = {token.norm for token in found}
    if hearsay(found, event.frame.chunk.start, words):
        return SUPPOSED
    if words & _CORRECTING and _mistaken(found):
        return DENIED
    if own_forces_abroad(event, found, built) or _passing_through(event):
        return "a deployment of own forces"
    if _captured(event, found, built):
        return "spoils of war"
    if _to_armed_group(event):
        return "an armed group and no state"
    if _own_make(event) or _from_own_people(event):
        return "stays within one state"
    if _civil(event):
        return "civil goods"
    if _talk(event):
        return "talk of arms without an item"
    if _on_rules(event):
        return RULE
    if _handed_on_at_home(event):
        return "stays within one state"
    if _asked_at_home(event):
        return "a demand made of one's own government"
    return RULE if _asked_how(event, found) else ""


_CORRECTING = _WRONGLY | _TAKING_BACK


def hearsay(found: Sequence[Token], place: int, words: set[str]) -> bool:
    """Whether words before a place say that it is only supposed: *imagine that X sold*, *rumour has it that X sold*."""
    opening = next((token for token in found if token.kind == "word" and token.norm not in _LETTING), None)
    if opening is not None and opening.norm in _SUPPOSING and opening.start < place:
        return True
    if not (words & _HAVING and "it" in words):
        return False
    return any(
        first.norm in _HAVING and second.norm == "it" and third.norm == "that" and third.start < place
        for first, second, third in zip(found, found[1:], found[2:], strict=False)
    )


def _mistaken(found: Sequence[Token]) -> bool:
    """`was wrongly reported to have sold`, `…, only to withdraw the charge later`."""
    wrong = any(
        first.norm in _WRONGLY and second.norm.endswith(("ed", "aid", "hought", "rote", "old"))
        for first, second in pairwise(found)
    )
    return wrong or any(
        token.norm in _TAKING_BACK and any(near.norm in _CHARGES for near in found[place + 1 : place + 1 + _NEAR])
        for place, token in enumerate(found)
    )


def _captured(event: Event, found: Sequence[Token], built: Sequence[Frame]) -> bool:
    """`got 12 warships when it captured the port`: whether things are told to be taken in war."""
    frame = event.frame
    if frame.sense != "get" or frame.noun or event.terms:
        return False
    if any(other.conjunction in _WHEN and other.parent is frame and other.sense == "seize" for other in built):
        return True
    return any(
        first.norm in _WHEN and (second.norm in _WHO or second.capital) and third.norm in _CAPTURING
        for first, second, third in zip(found, found[1:], found[2:], strict=False)
    )


def _to_armed_group(event: Event) -> bool:
    """`shipped rifles to the rebels`, `gave Hezbollah missiles`: whether those on one side are no state's."""
    for side in (event.exporters, event.recipients):
        if side and all(party.kind == _GROUP and party.state is None for party in side):
            return True
    if event.recipients:
        return False
    frame = event.frame
    first = [chunk for preposition, chunk in frame.phrases[:1] if preposition in ("to", "for")]
    goals = [*(frame.objects if frame.chunk.form != "passive" else ()), *first]
    if frame.sense in ("get", "order") and frame.subject is not None:
        goals = [frame.subject]
    return bool(event.exporters) and any(chunk.kind == "other" and singular(chunk.word) in _FIGHTERS for chunk in goals)


def _own_make(event: Event) -> bool:
    """`Britain ordered 385 Tornados`: whether a state buys its own design and nobody is told to sell it."""
    if event.exporters or event.frame.sense not in ("get", "order", "sign", "plan", "want"):
        return False
    if any(item.pointing or item.definite for item in event.items):
        return False  # *had been looking to buy the missiles*, which another was told to sell
    designers = Deals.designers(event.items) - {None}
    return bool(event.recipients) and all(party.state in designers for party in event.recipients)


def _from_own_people(event: Event) -> bool:
    """`bought back 50,000 rifles from their owners`: whether a state takes in what its own people have."""
    sellers = event.frame.phrase("from")
    return event.frame.sense == "get" and not event.exporters and any(chunk.word in _OWNERS for chunk in sellers)


def _civil(event: Event) -> bool:
    """`gave Z weather radars`, `ordered steel tanks`: whether the words about a thing say that it is for civil use."""
    frame = event.frame
    near = (frame.subject, frame.gap, frame.chunk, *frame.objects, *frame.phrase("of", "for", "with"))
    used = any(chunk.kind == "other" and chunk.words & _CIVIL_USES for chunk in frame.phrase("for"))
    plain = all(item.thing.item is None and item.thing.lists in ("ML6", "ML10", "") for item in event.items)
    if used and plain:
        return True  # *two helicopters for crop spraying*
    return any(chunk is not None and chunk.items and chunk.words & _CIVIL for chunk in near)


def _passing_through(event: Event) -> bool:
    """`Z's six jets left W for V`: whether the things of a third only leave a place for another."""
    frame = event.frame
    if frame.sense != "go" or frame.noun or frame.subject is None or event.terms or frame.subject.possessive_word:
        return False
    sides = {party.state for party in (*event.exporters, *event.recipients)}
    return bool(frame.subject.possessor) and not any(party.state in sides for party in frame.subject.possessor)


def _on_rules(event: Event) -> bool:
    """`approved stricter rules on the export of tanks`: whether it is rules that are told of, and nobody who receives."""
    frame = event.frame
    above = frame.parent if frame.noun and frame.by in ("prep on", "prep for", "prep over", "prep about") else None
    told = above.objects if above is not None else []
    return not event.recipients and any(chunk.words & _RULES and chunk.end <= frame.chunk.start for chunk in told)


def _handed_on_at_home(event: Event) -> bool:
    """`They will go to the national police`: to which of its own bodies a state gives what it was told to have got."""
    frame = event.frame
    goals = frame.phrase("to")
    organ = bool(goals) and all(chunk.kind == "pronoun" and chunk.form == "organ" for chunk in goals)
    pointing = frame.subject is not None and frame.subject.kind == "pronoun"
    home = organ and all(chunk.words & {"country", "nation"} for chunk in goals) and bool(event.exporters)
    if frame.sense == "give" and frame.chunk.form == "passive" and home and not event.recipients:
        return True  # *helicopters of the army are to be transferred to the country's air force*
    return frame.sense == "go" and frame.chunk.form != "past" and organ and pointing


def _talk(event: Event) -> bool:
    """`X and Z discussed arms sales`: whether two only speak of trade in arms, and no words say who sells."""
    frame = event.frame
    above = frame.parent
    if not frame.noun or above is None or above.noun or above.verb is None or above.verb.lemma not in _DISCUSSING:
        return False
    told = any(chunk.parties for _, chunk in frame.phrases if _ not in ("in", "at")) or frame.chunk.possessor
    return not told and all(item.thing.general for item in event.items)


def _asked_how(event: Event, found: Sequence[Token]) -> bool:
    """`debated how arms exports might be controlled`: whether it is asked how trade is to go on."""
    frame = event.frame
    if not frame.noun or frame.parent is None or frame.parent.noun or not all(item.thing.general for item in event.items):
        return False
    first = frame.parent.chunk.start
    return any(token.norm in _HOW and first <= token.start < frame.chunk.end for token in found)


def _asked_at_home(event: Event) -> bool:
    """`the opposition urged the government to send tanks to Z`: whether those ask who neither give nor receive."""
    asking = next((each for each in event.frame.chain()[1:] if each.sense in ("ask", "want") and not each.noun), None)
    own = event.frame if event.frame.sense == "ask" and not event.frame.noun else None
    if own is not None and event.status == "asked" and not event.exporters and not own.phrase("to", "from", "with") and (
        own.subject is not None and own.subject.kind == "pronoun" and own.subject.form == "organ"
        and not any(chunk.kind == "party" for chunk in own.objects) and "had" in own.chunk.words
    ):  # fmt: skip
        return True  # *The generals had pleaded for radars*
    if event.status != "asked" or asking is None or asking.subject is None or asking.chunk.form == "passive":
        return False
    asked = [chunk for chunk in asking.objects if chunk.kind in ("party", "pronoun")]
    organ = bool(asked) and all(chunk.kind == "pronoun" and chunk.form == "organ" for chunk in asked)
    states = {party.state for party in (*asking.subject.parties, *asking.subject.possessor)} - {None}
    given = {party.state for party in event.exporters}
    if states & {party.state for party in event.recipients}:
        return False
    home = {party.state for chunk in asked for party in chunk.parties} <= given and not event.consent_event
    return bool(asked) and home and (states <= given if states else organ or asking.subject.kind == "other")
