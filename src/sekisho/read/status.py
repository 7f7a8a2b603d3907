"""What becomes of an event: decided, planned, asked, refused, past, or set aside with a reason.

The status is read from the event's own verb outwards, over everything it hangs on: a sale that is approved is decided, a
sale that a state is asked to approve is asked, a sale that somebody denies is none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise

from sekisho.read.chunks import Chunk
from sekisho.read.frames import Frame, asks_for_funds, by_pact, is_talk
from sekisho.read.leave import HEEDING, forbidden, waited_for
from sekisho.read.undone import frustrated, is_dead, says_it_cannot, would_not
from sekisho.read.wordlists import word_list

DENIED, SUPPOSED, RULE = "denied", "hypothetical", "a statement of rules"
"""Why an event is set aside."""

_OPEN = word_list("open")
_RULES = word_list("rules")
_NOBODY = frozenset({"nobody", "nothing", "none", "no-one"})
_UNSURE = word_list("unsure")
_OFFICES = word_list("offices")
_IF = frozenset({"if", "unless"})
_OWN: Mapping[str, str] = {
    "past": "past", "perfect": "past", "future": "decided", "arranged": "decided", "ongoing": "decided", "third": "decided",
}  # fmt: skip
_SENDING = frozenset({"deliver", "hand over", "donate", "send", "lend"})
_UNDERWAY: Mapping[str, str] = {"predicate": "decided"}
"""What is on its way is decided and has not been."""
_FIXED: Mapping[str, str] = {
    "thank": "decided", "order": "decided", "promise": "decided", "offer": "planned", "pick": "decided",
    "sign": "decided", "await": "decided", "decide": "decided",
}  # fmt: skip
"""Senses whose past is no delivery: what was ordered or promised is decided, what was offered is planned."""
ABOUT = frozenset({"prep over", "prep after", "prep despite", "prep amid", "prep since"})
"""How a noun hangs on a verb that speaks of what is already there: *threatened with sanctions over the purchase*."""
_SOFT = "perhaps"
"""Planned by an adjective alone, which a decision overrides."""


def is_rule(chunk: Chunk | None) -> bool:
    """Whether a phrase speaks of rules and not of somebody who acts."""
    return chunk is not None and bool(chunk.words & _RULES) and chunk.kind in ("other", "event", "pronoun")


def _told_in_past(frame: Frame) -> bool:
    """`said it would send`: a future told in the past."""
    parent = frame.parent
    if frame.teller is not None and frame.teller.subject is not None:
        told = frame.teller.subject
        return told.kind in ("party", "pronoun") or bool(told.words & _OFFICES)
    return frame.by == "that" and parent is not None and parent.sense in ("say", "decide", "promise", "notify", "hint")


BLAMING = word_list("blaming")
"""Verbs whose object is told to have done what a gerund behind them says: *accused X of holding up the sale*."""

REPROACHING = BLAMING | {"protest", "complain", "remonstrate", "take issue", "lodge a protest"}


def _blamed(frame: Frame, child: Frame, parent: Frame) -> bool:
    """`accused X of holding up the sale to its navy`: what a state is blamed for stopping is stopped."""
    if parent.verb is None or parent.verb.lemma not in BLAMING or child.by != "ger" or parent.chunk.negative:
        return False
    inner = frame.chain()[: frame.chain().index(parent)]
    return any(each.sense in ("refuse", "delay") and not each.noun and not each.chunk.negative for each in inner)


def _own(frame: Frame) -> str:
    """The status by the event's own words alone; empty where others say it."""
    chunk, words = frame.chunk, frame.chunk.words
    if frame.sense == "plan" and frame.by == "main" and "had" in words and chunk.form == "perfect" and (
        frame.verb is not None and frame.verb.lemma.replace(" ", "_") in _MUSING
    ):  # fmt: skip
        return SUPPOSED  # *Z had also looked at W's jets*
    if frame.noun:
        if (
            chunk.negative
            or ("any" in words and frame.by == "subject")
            or (frame.by == "prep against" and frame.parent is None)
        ):
            return SUPPOSED  # *a complaint against the delivery was rejected*
        if frame.sense in ("offer", "plan"):
            return "planned"
        return _SOFT if words & _OPEN else ""
    form = chunk.form
    if frame.sense == "go" and any(each.word == "home" for each in frame.objects) and not frame.phrase("to"):
        return "refused"  # *the ship is heading home*
    if any(each.negative for each in frame.phrase("to", "for")):
        return DENIED  # *will sell jets to no one*
    if frustrated(frame):
        return SUPPOSED
    if "ever" in words and "modal" in chunk.auxiliaries:
        return DENIED  # *whether it should ever accept*
    if _by_nobody(frame):
        return DENIED
    aim = frame.parent if frame.by == "sub" and frame.conjunction == "so" and "can" in words and not chunk.negative else None
    if aim is not None and aim.sense in ("lift", "permit", "give", "decide", "sign") and not aim.chunk.negative:
        ruled = any(is_rule(chunk) for chunk in aim.objects)  # *eased its rules so that missiles can go to Z*
        return SUPPOSED if ruled else _OWN.get(aim.chunk.form, "") and "decided"  # *waived the review so that X can rush tanks*
    if form == "modal" or (form == "passive" and "modal" in chunk.auxiliaries):
        above = frame.parent if frame.by == "that" else None
        if "may" in words and not chunk.negative and above is not None and above.sense == "decide" and not above.chunk.negative:
            return "decided"  # *agreed that Z may hand over*
        would = "would" in words and "have" not in chunk.auxiliaries and _told_in_past(frame)
        if "would" in words and "have" not in chunk.auxiliaries and not chunk.negative and by_pact(frame):
            return by_pact(frame)
        if chunk.negative:
            return "refused" if would or would_not(frame) or forbidden(frame) or says_it_cannot(frame) else SUPPOSED
        return "decided" if would else SUPPOSED
    if chunk.negative and "no longer" in words and frame.sense in ("want", "plan", "seek"):
        return "refused"
    later = "not before" in frame.words or any(each.kind in ("day", "number") for each in frame.phrase("before", "until"))
    if chunk.negative and later and (form == "future" or "future" in chunk.auxiliaries):
        return "decided"
    if chunk.negative:
        more = form == "third" and any("more" in each.words and each.negative for each in frame.objects)
        ended = more or (form == "ongoing" and "no longer" in words)  # *gets no more jets*
        return (
            "refused"
            if ended or form in ("future", "arranged") or "future" in chunk.auxiliaries
            else DENIED
            if form not in ("base", "ger")
            else "against"
        )
    if form == "passive":
        if "future" in chunk.auxiliaries or "to" in chunk.auxiliaries:
            found = "decided"
        else:
            found = "past" if {"was", "were", "been"} & words else "decided"
    else:
        found = _OWN.get(form, "") or (_UNDERWAY.get(form, "") if frame.sense == "go" else "")
    if frame.by == "reduced":
        found = "past"
    return _FIXED.get(frame.sense, found) if found else ""


def status(frame: Frame) -> tuple[str, str]:
    """The status of an event, or an empty one with the reason why it is set aside."""
    found = _own(frame)
    if found == SUPPOSED and frame.conjunction == "whether" and frame.parent is not None and frame.parent.sense == "plan":
        found = "planned" if not frame.chunk.negative else SUPPOSED
    if _unanswered(frame):
        return "asked", ""
    if found in (SUPPOSED, DENIED):
        return "", found
    if _conditional(frame, False):
        return "", SUPPOSED
    for child, parent in _steps(frame):
        if child.by in ABOUT and not (parent.noun or is_talk(parent)):
            break
        if found in ("refused", "decided") and _blamed(frame, child, parent):
            return found, ""
        if is_rule(parent.subject) or (is_rule(parent.chunk) and parent.sense != "refuse"):
            return "", RULE
        found = _combine(found, child, parent)
        if found in (SUPPOSED, DENIED):
            return "", found
        if _conditional(parent, parent.sense == "plan" or found == "planned"):
            return "", SUPPOSED
    if found == "against":
        return "", DENIED
    if not found:
        found = _fallback(frame)
    return ("planned" if found == _SOFT else found), "" if found else SUPPOSED


def _unanswered(frame: Frame) -> bool:
    """`X has not said whether Z may pass on guns`: whether a consent is still waited for."""
    above = frame.parent
    open_ = frame.conjunction == "whether" and "may" in frame.chunk.words and not frame.chunk.negative
    silent = above is not None and above.sense in ("say", "decide") and above.chunk.negative and not above.noun
    return open_ and silent and frame.subject is not None and frame.subject.kind == "party"


def _steps(frame: Frame) -> Iterator[tuple[Frame, Frame]]:
    yield from pairwise(frame.chain())


def _conditional(frame: Frame, planned: bool) -> bool:
    if frame.conjunction in _IF:
        return True
    if frame.conjunction == "whether":
        parent = frame.parent
        unsure = parent is not None and any(each.words & _UNSURE for each in parent.objects)
        unsure = unsure or (parent is not None and parent.verb is not None and parent.verb.lemma in ("depend", "hinge"))
        return unsure or not (planned or (parent is not None and parent.sense in ("plan", "decide")))
    return False


ACCEPTING = word_list("accepting")
"""Verbs by which an offer becomes a transfer that is decided."""


_SUITS = frozenset({"suit", "lawsuit", "complaint", "challenge", "appeal", "petition", "objection", "case", "claim", "action"})
_BREACHING = frozenset({"breach", "violate", "contravene"})


def _combine(found: str, child: Frame, parent: Frame) -> str:
    """The status after one more frame outwards."""
    sense, chunk = parent.sense, parent.chunk
    put = parent.verb is not None and parent.verb.lemma in _BUDGETING and child.by in ("to", "prep for") and bool(parent.money)
    if put and child.sense in ("get", "order") and not chunk.negative:
        return SUPPOSED if chunk.form == "modal" else "planned"  # *put 664 million into its budget to buy jets*
    means = child.by == "ger" and child.preposition == "by" and sense == "refuse" and child.sense in ("give", "get", "swap")
    if means and not chunk.negative and chunk.form != "modal":
        return found or _accompanying(child)  # *will write off a debt by giving Z tanks*
    if child.by in ("sub", "main", "which", "reduced"):
        return found
    unwilling = parent.by == "main" and would_not(parent)
    uncertain = chunk.form == "modal" and not ("would" in chunk.words and _told_in_past(parent)) and not unwilling
    if uncertain and "have" in chunk.auxiliaries:
        return "refused" if _would_have_let(parent) else SUPPOSED
    should = parent.conjunction == "whether" and bool({"should", "ought"} & chunk.words) and sense in ("other", "start")
    if child.by == "subject" and (uncertain or should):
        return SUPPOSED
    if child.by == "subject" and "would" in chunk.words and parent.verb is not None and parent.verb.lemma in _BREACHING:
        return SUPPOSED  # *warned Z that the transfer of tanks to W would breach its contract*
    if waited_for(child, parent):
        return "asked"
    if sense == "need" and chunk.form == "modal":
        return SUPPOSED
    if sense == "against" and chunk.negative and not uncertain:
        return "decided"
    if sense == "doubt" and child.by == "ger" and child.preposition in ("for", "over", "after") and not chunk.negative:
        return found or "past"
    if parent.verb is not None and parent.verb.lemma == "see" and child.by == "to" and not chunk.negative:
        return "planned" if uncertain else _OWN.get(chunk.form, "")  # *a deal that would see Z get jets*
    if sense == "doubt" and parent.verb is not None and parent.verb.lemma == "able" and chunk.negative:
        return SUPPOSED if chunk.words & {"may", "might"} else "refused"
    done = child.noun and child.by in ("prep for", "prep over") and parent.verb is not None and parent.verb.lemma in BLAMING
    accused = parent.verb is not None and parent.verb.lemma == "accuse"
    if done and sense == "doubt" and not (chunk.negative or uncertain or accused):
        return found  # *criticised X for its delivery of jets to Z*
    if sense in ("doubt", "against"):
        return SUPPOSED
    suing = sense in ("refuse", "deny") and any(each.words & _SUITS for each in (*parent.objects, parent.subject) if each)
    if child.by == "prep against" and not found and (sense == "other" or suing):
        return SUPPOSED  # *heard a case against the export*, *threw out a suit against the sale*
    if sense == "give" and child.by == "prep to" and parent.subject is not None and parent.subject.kind == "event" and (
        parent.subject.noun is not None and parent.subject.noun.sense == "plan"
    ):  # fmt: skip
        return SUPPOSED if chunk.negative or uncertain else "planned"  # *consideration is being given to the transfer*
    renewed = sense == "hold" and parent.verb is not None and parent.verb.lemma in ("extend", "renew", "prolong")
    if renewed and child.noun and not found and not chunk.negative and not uncertain:
        return "decided"  # *the lease was extended*
    if parent.subject is not None and parent.subject.negative and parent.subject.kind == "event":
        return "asked" if child.noun and child.sense == "ask" else DENIED  # *no decision has been made on the sale*
    if parent.verb is None and child.by == "that" and (chunk.negative or any(each.words & _UNSURE for each in parent.objects)):
        return DENIED if chunk.negative else SUPPOSED
    lost = parent.verb is not None and parent.verb.lemma == "lose" and child.noun and child.by == "obj"
    if lost and child.sense in ("get", "deal", "order") and not chunk.negative:
        return SUPPOSED if uncertain else "refused"  # *lost an order*
    if sense == "order" and child.noun and child.by in ("obj", "subject") and child.sense == "give" and not uncertain:
        return DENIED if chunk.negative else "decided"  # *ordered the delivery of tanks*
    announced = parent.verb is not None and parent.verb.lemma == "announce" and child.by == "obj" and not uncertain
    if announced and not found and child.verb is not None and child.verb.event == "donate" and not chunk.negative:
        return "decided"
    taken = child.noun and child.sense == "offer" and child.by == "obj" and parent.verb is not None
    if taken and parent.verb is not None and parent.verb.lemma in ACCEPTING and not chunk.negative and not uncertain:
        return "decided"
    if child.noun and child.sense in ("ask", "permit") and child.by in ("obj", "subject"):
        if sense == "deny":
            return "refused"
        if parent.verb is not None and parent.verb.lemma in HEEDING and not chunk.negative and not uncertain:
            return "decided"
    third = chunk.form == "passive" and any(not each.parties for each in parent.phrase("by"))
    accepted = child.noun and child.sense == "offer" and parent.verb is not None and not third
    if accepted and parent.verb is not None and parent.verb.lemma.replace(" ", "_") in ACCEPTING:
        return SUPPOSED if chunk.negative or uncertain else "decided"
    withheld = chunk.form == "passive" and child.by == "obj" and parent.subject is not None and parent.subject.kind == "party"
    if sense == "deny" and withheld and not uncertain:
        return DENIED if chunk.negative else "refused"  # *Z was denied delivery of*
    if sense == "deny":
        return SUPPOSED if "nor" in chunk.words else DENIED
    if parent.verb is not None and parent.verb.lemma in _COMMENTING and child.by.startswith("prep"):
        return SUPPOSED
    wise = parent.verb is None and "modal" in chunk.auxiliaries and child.by == "to"
    if wise and parent.subject is not None and parent.subject.word == "it":
        return SUPPOSED  # *it would be wise to let Z have*
    may_yet = parent.verb is None and parent.chunk.word in ("has", "have", "had") and not parent.chunk.negative
    if child.by == "to" and may_yet and found in ("refused", "") and child.sense == "refuse":
        return "planned"  # *has until Friday to block the sale*
    judged = child.noun and child.sense == "plan" and child.by == "obj"
    if judged and parent.verb is not None and parent.verb.lemma in ("call", "describe", "dub", "label"):
        return SUPPOSED  # *called the plan to buy jets the worst in history*
    asked = child.noun and child.sense == "ask" and child.by == "obj"
    if chunk.negative and asked and sense in ("get", "give", "start", "other"):
        return DENIED
    if not found and child.by == "to" and parent.verb is None and any(each.words & _SINGLE for each in parent.objects):
        return "decided" if "future" in chunk.auxiliaries else _FIXED.get(child.sense, "past")
    step = _STEPS.get(sense)
    if step is None and chunk.negative and child.noun and child.sense in ("permit", "deal", "decide") and child.by == "obj":
        return "refused"
    made = child.verb is not None and child.verb.lemma == "gift" and parent.verb is not None and parent.verb.lemma == "make"
    if (made or (step is None and sense == "give")) and child.noun and child.by == "obj" and not parent.noun and not found:
        return _own(parent)  # *is to make Z a gift of*
    dead = parent.verb is None and child.by == "subject" and child.noun and not chunk.negative and not uncertain
    if dead and is_dead(parent):
        return "refused"  # *Z's plan to buy jets is dead*
    near = parent.verb is None and any(each.words & _IMMINENT for each in parent.objects)
    if near and child.noun and child.by == "subject" and not found and not chunk.negative:
        return "decided"  # *the handover is imminent*
    sent = child.noun and child.by == "subject" and child.verb is not None and child.verb.event in _SENDING
    if step is None and sent and not found and ("modal" in chunk.auxiliaries or "future" in chunk.auxiliaries):
        return SUPPOSED if parent.verb is None and "modal" in chunk.auxiliaries else "decided"
    return found if step is None else step(found, child, parent, uncertain)


def _decided(found: str, child: Frame, parent: Frame, uncertain: bool) -> str:
    if uncertain and parent.chunk.negative and {"cannot", "can", "ca"} & parent.chunk.words:
        return "refused"
    to_come = "would" in parent.chunk.words or parent.chunk.form == "future" or "future" in parent.chunk.auxiliaries
    if to_come and child.by in ("ger", "prep on") and parent.verb is not None and parent.verb.lemma in _DELIBERATING:
        return "planned"
    if uncertain:
        return "planned" if {"may", "might"} & parent.chunk.words and found != "refused" else SUPPOSED
    if child.conjunction == "whether":
        return "planned"
    if found == "against" or child.preposition == "against" or child.by == "prep against":
        return DENIED if parent.chunk.negative else "refused"
    if parent.chunk.negative and child.noun and child.sense == "ask" and parent.sense == "decide":
        return "asked"  # *has not decided on Z's request*
    if parent.chunk.negative and "yet" in parent.chunk.words | parent.words:
        return DENIED
    if parent.chunk.negative or parent.chunk.word in ("disagree",):
        return "refused" if parent.chunk.form not in ("base",) else DENIED
    if found == "asked":
        return "decided" if child.noun and parent.sense != "sign" and not parent.noun else "asked"
    talks = child.verb is not None and child.verb.lemma in _TALKS
    approved = (
        child.noun and child.sense == "plan" and not talks and child.by in ("obj", "subject") and parent.sense == "permit"
    )
    if found == "planned" and approved and parent.chunk.form in ("past", "perfect", "passive"):
        return "decided"  # *approved a plan to sell*
    if found in ("refused", "planned"):
        return found
    if _is_let(parent) and parent.chunk.form in ("past", "perfect") and child.verb is not None and child.verb.lemma == "get":
        return "past"
    if (
        parent.sense == "permit"
        and not _is_let(parent)
        and (parent.chunk.form == "future" or "future" in parent.chunk.auxiliaries)
    ):
        return "planned"
    return "decided"


_OBTAINING = frozenset({"win", "obtain", "get", "secure", "gain", "receive"})
_TALKS = frozenset({"talk", "negotiation", "discussion"})
"""What is only spoken of, though it be approved: *authorised talks on the sale*."""
_DELIBERATING = frozenset({"decide", "decide on", "vote", "vote on", "rule", "rule on"})
"""What is still to be decided where it is told of the future: *will decide on the sale*."""


def _would_have_let(frame: Frame) -> bool:
    """`rejected a motion that would have let Z pass on guns`: what somebody has refused to let happen."""
    above = frame.parent
    told = frame.by == "which" and "would" in frame.chunk.words and "have" in frame.chunk.auxiliaries
    return told and above is not None and above.sense in ("refuse", "deny") and not above.chunk.negative


def _is_let(frame: Frame) -> bool:
    """`will let Z have`: what is let is decided, not to be decided."""
    return frame.verb is not None and frame.verb.lemma == "let"


def _picked(found: str, child: Frame, parent: Frame, uncertain: bool) -> str:
    return _decided(found, child, parent, uncertain) if child.by in ("to", "ger") else found


def _planned(found: str, child: Frame, parent: Frame, uncertain: bool) -> str:
    if parent.chunk.negative:
        lemma = parent.verb.lemma if parent.verb is not None else ""
        untold = lemma in _FORETOLD or (lemma.replace(" ", "_") in _MUSING and "no longer" not in parent.chunk.words)
        return DENIED if parent.noun or untold else "refused"
    if uncertain:
        return SUPPOSED
    if found == "against" or (found == "refused" and child.sense == "refuse"):
        return DENIED
    return found if found in ("asked", "refused") else "planned"


_PUSHING = frozenset({"push", "press", "lobby"})
"""What one does for oneself: *is pushing to buy* asks nobody."""
_FOR_LEAVE = frozenset({"ask", "apply", "request", "seek"})
"""What one asks another for: *asked to send* is to be let send."""
_COMMENTING = frozenset({"comment", "speculate", "elaborate", "remark"})
_BUDGETING = frozenset({"put", "allocate", "earmark", "reserve", "set aside", "budget", "include"})
_IMMINENT = frozenset({"imminent", "near", "close", "overdue", "late", "due", "pending", "expected", "ahead"})
_SINGLE = frozenset({"first", "second", "third", "only", "latest", "last"})
"""Words of *the first country to receive*."""
_SUGGESTING = frozenset({"suggest", "recommend", "advocate", "moot", "raise", "discuss"})
_FORETOLD = frozenset({"expect", "due", "set", "likely", "schedule", "slate", "anticipate", "poised"})
"""What is said of the future by nobody who decides it: *is not expected to sell* refuses nothing."""


_MUSING = word_list("musing")


def _wanted(found: str, child: Frame, parent: Frame, uncertain: bool) -> str:
    other = child.subject is not None and child.subject is not parent.subject
    return _asked(found, child, parent, uncertain) if other else _planned(found, child, parent, uncertain)


def _asked(found: str, child: Frame, parent: Frame, uncertain: bool) -> str:
    if parent.chunk.negative or found in ("against", "refused"):
        return DENIED
    unasked = child.by == "prep about" and child.noun and not (parent.chunk.possessor or parent.phrase("from", "by"))
    if child.by == "prep into" or unasked:
        return SUPPOSED  # *an inquiry into the sale of*
    if asks_for_funds(child):
        return _planned(found, child, parent, uncertain)  # *asked for funds to buy jets*
    if parent.noun and parent.verb is not None and parent.verb.lemma == "bid" and child.sense == "give":
        return _planned(found, child, parent, uncertain)  # *has submitted a bid to supply Z*
    dealt = parent.subject.noun if parent.subject is not None and parent.subject.kind == "event" else None
    if dealt is not None and dealt.sense == "deal" and not parent.noun and parent.chunk.form != "passive":
        return "decided"  # *the contract calls for the delivery of*
    leave = parent.verb is not None and parent.verb.lemma in _FOR_LEAVE and not parent.noun
    own = (child.sense == "give" and not leave) or (parent.verb is not None and parent.verb.lemma in _PUSHING)
    if child.by == "to" and own and child.subject is parent.subject and parent.chunk.form != "passive":
        return _planned(found, child, parent, uncertain)
    return SUPPOSED if uncertain else "asked"


def _resumed(found: str, child: Frame, parent: Frame, uncertain: bool) -> str:
    """`deliveries have resumed`: some have been; `resumed deliveries` is a decision."""
    gone = child.by == "subject" and parent.chunk.form in ("past", "perfect") and not parent.chunk.negative
    if gone and child.verb is not None and child.verb.event in _SENDING:
        return "past"
    return _decided(found, child, parent, uncertain)


def _fulfilled(found: str, child: Frame, parent: Frame, uncertain: bool) -> str:
    """`made good on a promise to send`: what was promised has been done."""
    promised = child.noun and child.sense in ("promise", "decide") and child.by in ("obj", "prep on", "prep to")
    if not promised or parent.chunk.negative:
        return found if not promised else DENIED
    if uncertain:
        return SUPPOSED
    return _own(parent) or found or "decided"


def _delayed(found: str, child: Frame, parent: Frame, uncertain: bool) -> str:
    """What is delayed is still to come, unless nobody says when."""
    open_ended = "indefinitely" in parent.words | parent.chunk.words | child.words or any(
        each.word == "duration" for each in (*parent.phrase("for"), *child.phrase("for"))
    )
    if open_ended and not parent.chunk.negative:
        return SUPPOSED if uncertain else "refused"
    if parent.sense == "await" and child.noun and child.sense == "permit" and not parent.chunk.negative:
        return "asked"  # *is still waiting for X's consent to pass on guns*
    if child.noun and child.sense == "decide" and child.by == "obj" and not parent.chunk.negative:
        return "asked" if found == "asked" else "planned"  # *put off a decision on buying jets*
    return "decided" if found in ("", "past", _SOFT) and not parent.chunk.negative else found


def _failed(found: str, child: Frame, parent: Frame, uncertain: bool) -> str:
    if found == "refused" and not parent.chunk.negative and not uncertain:
        return "decided"  # *failed to block the sale*
    if found == "decided" and child.verb is not None and child.verb.lemma in _OBTAINING and not parent.chunk.negative:
        return "refused"  # *failed to win X's approval for the sale*
    return found if parent.chunk.negative else DENIED


def _seized(found: str, child: Frame, parent: Frame, uncertain: bool) -> str:
    return SUPPOSED if child.by in ("obj", "subject") else found


def _sought(found: str, child: Frame, parent: Frame, uncertain: bool) -> str:
    return _planned(found, child, parent, uncertain) if child.by == "to" else _asked(found, child, parent, uncertain)


_LEFT_OPEN = frozenset({"rule out", "exclude", "prohibit", "forbid", "prevent"})
"""Verbs whose denial leaves a matter open and decides nothing: *has not ruled out sending*."""


_DROPPING = frozenset(
    {"drop", "abandon", "scrap", "ditch", "revoke", "suspend", "cancel", "pause", "shelve", "withdraw", "give up"}
)
"""Verbs that end a ban or an objection."""


def _refused(found: str, child: Frame, parent: Frame, uncertain: bool) -> str:
    if child.sense == "deny":
        return DENIED
    if found == "refused" and child.sense == "refuse" and child.by == "subject" and parent.chunk.form != "passive":
        return found  # *X's refusal to let Z sell jets sank the deal*
    if parent.chunk.negative:
        if parent.verb is not None and parent.verb.lemma in _LEFT_OPEN:
            return SUPPOSED
        return "decided" if found in ("", "decided", "past") else DENIED
    if found == "refused" and child.by == "ger" and child.preposition == "by":
        return found  # *broke its word by halting the sale*
    if found == "refused" and child.sense == "refuse":
        dropped = child.noun and parent.verb is not None and parent.verb.lemma in _DROPPING
        return "decided" if dropped and not uncertain else DENIED
    return SUPPOSED if uncertain else "refused"


def _lifted(found: str, child: Frame, parent: Frame, uncertain: bool) -> str:
    if uncertain or parent.chunk.negative:
        return SUPPOSED
    if parent.sense == "end":
        return "decided" if found == "refused" else "refused"
    return "decided"


def _started(found: str, child: Frame, parent: Frame, uncertain: bool) -> str:
    if parent.chunk.negative and not uncertain and child.by == "subject" and parent.verb is not None and (
        parent.verb.lemma == "go ahead" and (parent.chunk.form in ("future", "modal"))
    ):  # fmt: skip
        return "refused"  # *said the sale would not go ahead*
    if uncertain or parent.chunk.negative:
        return SUPPOSED
    if child.by == "obj" and child.sense not in ("give", "get"):
        return found
    ahead = parent.chunk.form == "passive" and bool({"future", "to"} & set(parent.chunk.auxiliaries))
    if parent.chunk.form in ("past", "perfect", "third", "passive", "predicate") and not ahead:
        begun = parent.verb is not None and parent.verb.lemma == "begin" and child.by in ("to", "ger")
        begun = begun and child.sense in ("give", "get") and not child.noun
        return found or ("decided" if begun else _FIXED.get(child.sense, "past"))  # *began receiving*: under way
    return found or ("decided" if ahead or parent.chunk.form in ("future", "modal") else "")


def _told(found: str, child: Frame, parent: Frame, uncertain: bool) -> str:
    if child.by == "ger" and parent.verb is not None and parent.verb.lemma in _SUGGESTING and not parent.chunk.negative:
        return "planned"
    if child.by == "ger" and not child.preposition and not parent.chunk.negative and not parent.noun:
        return found or "past"  # *admitted selling*
    return DENIED if (parent.chunk.negative or _by_nobody(parent)) and child.by == "that" else found


def _by_nobody(frame: Frame) -> bool:
    """Whether nobody and nothing does what a frame says: *nothing suggests that*."""
    subject = frame.subject
    return subject is not None and ((subject.negative and subject.kind not in ("item", "party")) or subject.word in _NOBODY)


def _notified(found: str, child: Frame, parent: Frame, uncertain: bool) -> str:
    return "planned" if found in ("", _SOFT) else found


_STEPS = {
    "decide": _decided, "pick": _picked, "sign": _decided, "permit": _decided, "promise": _decided, "deal": _decided,
    "resume": _resumed, "plan": _planned, "offer": _planned, "want": _wanted, "ask": _asked, "need": _asked, "seek": _sought,
    "refuse": _refused, "lift": _lifted, "end": _lifted, "start": _started, "say": _told, "notify": _notified,
    "seize": _seized, "fail": _failed, "fulfil": _fulfilled, "delay": _delayed, "await": _delayed, "hint": _planned,
}  # fmt: skip
"""What each sense makes of the status of what hangs on it; other senses leave it alone."""


PURPOSEFUL = frozenset({"draw", "dip", "raid", "deplete", "empty", "use", "invoke", "hurry", "hasten", "rush", "act",
                        "intervene", "defy", "bend", "combine", "mobilise"})  # fmt: skip
"""Verbs whose infinitive is what is done by it: *used emergency powers to rush*."""
_JOINING = frozenset({"join", "follow"})


def _accompanying(frame: Frame) -> str:
    """`after sending`, `thanked them for sending`: what has been; `before sending`: what is to come."""
    if frame.preposition == "by" and frame.parent is not None and not frame.parent.noun:
        return _FIXED.get(frame.sense, _OWN.get(frame.parent.chunk.form, "past"))  # *will pay off its debt by giving*
    if frame.conjunction in ("after", "since") or frame.preposition in ("after", "since", "for", "by"):
        return "past"
    joined = frame.parent is not None and frame.parent.verb is not None and frame.parent.verb.lemma in _JOINING
    if frame.preposition == "in" and joined and frame.parent is not None:
        found = _OWN.get(frame.parent.chunk.form, "")
        return _FIXED.get(frame.sense, found) if found else ""
    if frame.preposition == "," and frame.parent is not None and not frame.parent.noun and not frame.parent.chunk.negative:
        found = _OWN.get(frame.parent.chunk.form, "")
        return _FIXED.get(frame.sense, found) if found else ""
    return "planned" if frame.conjunction == "before" else ""


def _fallback(frame: Frame) -> str:
    """A bare noun: a delivery told of has been, unless it is told to come; a sale is decided."""
    if not frame.noun:
        above = frame.parent
        if frame.by == "to" and above is not None and above.verb is not None and above.verb.lemma in PURPOSEFUL:
            return _FIXED.get(frame.sense, _OWN.get(above.chunk.form, "")) if not above.chunk.negative else ""
        if frame.by in ("ger", "sub") and frame.chunk.form == "ger":
            return _accompanying(frame)
        if frame.sense == "plan" and frame.chunk.form == "predicate":
            return "planned"
        return "decided" if frame.chunk.form == "base" and frame.by in ("main", "which") else ""
    if frame.by == "sub" and frame.conjunction in ("after", "since"):
        return "past"
    if frame.conjunction == "before":
        return "planned"
    parent = frame.parent
    if parent is not None and parent.sense == "deal":
        return "decided"
    return "past" if frame.verb is not None and frame.verb.event in _SENDING else "decided"
