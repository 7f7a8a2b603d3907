"""Own forces abroad: ships, aircraft, guns and batteries that a state sends elsewhere and keeps.

By what they are sent for, *to hunt pirates*, with whom, *and 2,000 soldiers*, or for how long, *for two months*.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from sekisho.read.chunks import Chunk
from sekisho.read.events import Event
from sekisho.read.frames import Frame
from sekisho.read.tokens import Token
from sekisho.read.wordlists import word_list

_NEAR = 3
_CREWS = frozenset({"crew", "crews", "operators"})
_MOVING = frozenset({"fly", "ship", "move", "rush", "airlift", "dispatch", "order", "station"})
"""Verbs of what goes along with men, though things alone are given by them."""
_BETWEEN = frozenset(
    {
        "battery",
        "batteries",
        "launchers",
        "systems",
        "system",
        "about",
        "around",
        "some",
        "roughly",
        "nearly",
        "almost",
        "their",
        "its",
        "own",
        "hundred",
        "thousand",
    }
)
"""Words between two things and the number of men that go with them."""
_SOLDIERS = frozenset(
    {
        "gunners",
        "servicemen",
        "servicewomen",
        "airmen",
        "legionnaires",
        "gendarmes",
        "troops",
        "soldiers",
        "marines",
        "infantry",
        "paratroopers",
        "paratroops",
        "commandos",
        "men",
    }
)
_CONTINGENTS = word_list("contingents")
_PEOPLE = frozenset({"citizens", "nationals", "expatriates", "embassy", "interests", "bases", "jets", "troops", "soldiers"})
_SKIES = frozenset({"airspace", "skies", "sky", "flank"})
_TAKING_PART = frozenset({("take", "part"), ("taking", "part"), ("participate", "in"), ("join", "in")})
_GOING = frozenset({"", "ML2", "ML4", "ML5", "ML6", "ML9", "ML10"})
_LOOKING = frozenset({"watch", "look", "hunt", "search", "monitor", "clear", "sweep", "escort", "evacuate", "rescue", "fly"})
_GUARDING = _LOOKING | {"guard", "protect", "defend", "patrol", "police", "deter", "reinforce", "shield", "strike", "bomb"}
_TIMES = frozenset({"day", "days", "week", "weeks", "month", "months", "year", "years"})
_VISITS = word_list("visits")
_STAYING = frozenset({"stay", "remain", "fly", "train", "join", "take", "patrol"})
_FAULTS = frozenset({"fault", "malfunction", "emergency", "fuel", "trouble", "failure"})


def own_forces_abroad(event: Event, found: Sequence[Token], built: Sequence[Frame]) -> bool:
    """`sent tanks to Z to reinforce the battle group`, `landed tanks and troops`, `jets arrived to take part in strikes`."""
    frame = event.frame
    got = frame.sense == "get" and event.status == "past"
    sent = frame.sense == "go" or (frame.sense == "give" and event.event == "send")
    moved = sent or (frame.verb is not None and frame.verb.lemma in _MOVING)
    if frame.noun or not (moved or got) or (frame.chunk.form == "passive" and frame.sense == "give"):
        return False
    manned = any(token.norm in ("manned", "crewed") for token in found if token.start >= frame.chunk.start)
    manned = manned or any("crews" in _said(chunk) and chunk.possessive_word for chunk in frame.phrase("with"))
    if frame.sense == "order" and frame.phrase("to") and event.items and _with_soldiers(event, found):
        return True  # *ordered a battery and 90 troops to Z*
    if (event.terms and not (manned and event.terms == "loan")) or not event.items:
        return False
    if moved and _with_soldiers(event, found):
        return True
    if frame.sense == "give" and any(chunk.kind == "party" for chunk in frame.objects):
        return False  # *will send Z ships to watch its waters*
    if not all(item.thing.lists in _GOING for item in event.items):
        return False
    if got:
        return manned or _of_forces(event) or _for_a_while(frame)
    return manned or _posted(frame, built) or _for_a_while(frame) or _staying(frame, found) or _going(frame, found, built)


_COMMANDS = frozenset({"command", "control"})
_RUN = frozenset({"manned", "crewed", "staffed"})
_BY_CREWS = frozenset({"man", "crew", "operate", "fly", "run", "sail", "staff", "serve", "handle", "work"})
_POINTING = frozenset({"the", "they", "it", "these", "both", "all", "those", "once", "each"})


def under_own_command(event: Event, phrases: Sequence[Chunk]) -> bool:
    """`will operate under U.S. command`, `flown by French pilots`: whether phrases say that who sends things keeps them."""
    if event.terms or not event.items or event.frame.noun or event.event not in ("send", "deliver", "transfer"):
        return False
    own, taken = ({party.state for party in side} for side in (event.exporters, event.recipients))
    behind = [chunk for chunk in phrases if chunk.start > event.frame.chunk.start]
    for place, (led, whose) in enumerate(pairwise(behind)):
        states = {party.state for party in (*whose.parties, *whose.possessor)}
        if led.word == "under" and whose.word in _COMMANDS and states and not states & taken:
            return True
        run = led.word == "by" and whose.word in _ABOARD and any(_is_run(each) for each in behind[:place])
        if run and states & own:
            return True
    return False


def _is_run(chunk: Chunk) -> bool:
    return chunk.kind == "verb" and (chunk.word in _RUN or (chunk.verb is not None and chunk.verb.lemma in _BY_CREWS))


_ABOARD = _SOLDIERS | _CREWS | {"pilots", "crewmen", "sailors", "personnel", "forces", "airmen", "technicians"}


def goes_on_about(found: Sequence[Token]) -> bool:
    """Whether a sentence begins by pointing back: *The aircraft will*, *They are to*."""
    return bool(found) and found[0].norm in _POINTING


def _posted(frame: Frame, built: Sequence[Frame]) -> bool:
    """Whether they are sent for the sender's own people or soldiers, or to look for something."""
    own = any(chunk.form == "organ" and chunk.possessive_word for chunk in frame.phrase("for")) and bool(frame.phrase("to"))
    along = any(_men(chunk) for chunk in frame.phrase("with"))
    purposes = [other for other in built if other.by == "to" and other.parent is frame]
    aims = [chunk for other in purposes for chunk in (*other.objects, *(chunk for _, chunk in other.phrases))]
    served = any(_said(chunk) & _PEOPLE for chunk in aims if chunk.possessive_word)
    posted = any(_said(chunk) & _CONTINGENTS and not chunk.possessive_word for chunk in aims)
    return own or along or served or posted or any(_first(other) in _LOOKING for other in purposes)


def _men(chunk: Chunk) -> bool:
    return chunk.kind == "other" and bool(_said(chunk) & (_SOLDIERS | {"battalion", "brigade", "regiment", "crews"}))


def _said(chunk: Chunk) -> set[str]:
    return {*chunk.words, chunk.word}


def _first(frame: Frame) -> str:
    """The first word of a verb: *look for* as *look*."""
    lemma = frame.verb.lemma if frame.verb is not None else frame.chunk.word
    return lemma.replace("_", " ").split()[0] if lemma else ""


def _for_a_while(frame: Frame) -> bool:
    """`for two months`, `on a visit`, `for an air show`."""
    meant = frame.phrase("for", "during", "on")
    return any(chunk.kind == "other" and (chunk.word in _TIMES or _said(chunk) & _VISITS) for chunk in meant)


def _staying(frame: Frame, found: Sequence[Token]) -> bool:
    """`sent jets to Z, where they will stay`."""
    behind = [token.norm for token in found if token.start >= frame.chunk.end and token.norm != "will"]
    return any(
        first == "where" and second in ("they", "it") and third in _STAYING
        for first, second, third in zip(behind, behind[1:], behind[2:], strict=False)
    )


def _going(frame: Frame, found: Sequence[Token], built: Sequence[Frame]) -> bool:
    """Whether what arrives by itself comes to guard, to strike or to take part, or has had to land."""
    if frame.sense != "go":
        return False
    broken = any(_said(chunk) & _FAULTS for chunk in frame.phrase("with", "after"))
    broken = broken or any(chunk.word == "down" for chunk in frame.objects)
    purposes = [other for other in built if other.by == "to" and other.parent is frame]
    aims = [chunk for other in purposes for chunk in (*other.objects, *(chunk for _, chunk in other.phrases))]
    watched = any(_said(chunk) & _SKIES for chunk in aims if not chunk.possessive_word)
    behind = [token for token in found if token.start >= frame.chunk.end]
    joined = bool(purposes) and any((first.norm, second.norm) in _TAKING_PART for first, second in pairwise(behind))
    guarded = not any(chunk.possessive_word in ("its", "their") for chunk in aims)  # *to help guard its skies*
    return broken or watched or joined or (guarded and any(_first(other) in _GUARDING for other in purposes))


def _with_soldiers(event: Event, found: Sequence[Token]) -> bool:
    """`landed tanks and 2,000 soldiers`: whether men of the sender go along with the things."""
    last = max(item.span[1] for item in event.items)
    first = min(item.span[0] for item in event.items)
    ahead = [token for token in found if token.start >= last][: 3 * _NEAR]
    whither = {token.start for token, after in pairwise(ahead) if token.norm == "to" and after.capital}
    near = [token for token in ahead if not (token.kind == "num" or token.norm in _BETWEEN or token.capital)]
    near = [token for token in near if token.start not in whither][:_NEAR]
    before = [token.norm for token in found if token.start < first][-_NEAR:]
    along = near[1:] if near and near[0].norm in ("along", "together") else near
    behind = bool(along) and along[0].norm in ("and", "with") and any(token.norm in _SOLDIERS for token in near[1:])
    behind = behind or any(one.norm in ("its", "their") and other.norm in _CREWS for one, other in pairwise(ahead))
    return behind or any(one in _SOLDIERS and other in ("and", "with") for one, other in pairwise(before))


def _of_forces(event: Event) -> bool:
    """`received the last of the Pershing missiles of the U.S. Army`: whether the things stay those of another's forces."""
    own = {party.state for party in event.recipients}
    owners = [party for chunk in event.frame.phrase("of") for party in chunk.parties]
    return any(party.kind == "armed_forces" and party.state not in own for party in owners)
