"""Phrases joined into larger ones: over an *of* (`16 of them`, `containers of shells`) and in lists (`A, B and C`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sekisho.read.chunks import Chunk, Party, is_ammunition
from sekisho.read.counting import measured
from sekisho.read.pairing import batches, for_each, in_brackets, parted, past_served, share_maker, tidied, without_that_of
from sekisho.read.wordlists import word_list

_SOME_OF = frozenset({"majority", "group", "handful", "number", "panel", "minority", "alliance", "coalition"})
_PLANTS = frozenset({"yard", "shipyard", "plant", "factory", "works", "subsidiary", "unit", "arm", "division", "offshoot"})
_PORTS = word_list("ports")
_STOCKS = word_list("stocks")
_MEASURES = word_list("measures")
_NOT_ALL = frozenset({"some", "several", "many", "most", "part", "few"})
_FIRSTS = frozenset({"first", "latest", "newest", "biggest", "largest", "only"})
_FIRM_NAMES = word_list("firms' names")
_PEOPLE = word_list("people")
_MANY = frozenset({"countries", "nations", "states", "allies", "members", "partners", "governments"})


def grouped(found: list[Chunk]) -> list[Chunk]:
    """The phrases of a sentence with measures, organs and lists joined."""
    found = in_brackets(batches(without_that_of(found)))
    joined = _over_of(_without_insertions(found))
    if len(joined) < len(found) and any(chunk.word == "of" for chunk in joined):
        joined = _over_of(joined)  # *the army of the federation in Bosnia*
    return _coordinated(tidied(joined))


# ---- what interrupts -----------------------------------------------------------------------------------------------


def _without_insertions(found: list[Chunk]) -> list[Chunk]:
    """Takes away what stands between a subject and its verb and names nothing: *Spain, officials said, sold*.

    A day or an adverb in it stays: it belongs to the verb.
    """
    place = 1
    while place < len(found) - 2:
        opening = found[place]
        if (
            opening.kind == "mark"
            and opening.word in _CLOSED_BY
            and (found[place - 1].nominal or found[place - 1].kind == "verb" or opening.word == "(")
        ):
            end = _insertion_end(found, place)
            if end:
                closed = found[end].word not in ".;"
                found[place : end + closed] = [chunk for chunk in found[place + 1 : end] if chunk.kind in ("day", "adverb")]
                continue
        place += 1
    return found


def _insertion_end(found: Sequence[Chunk], place: int) -> int:
    """Where an insertion that begins behind a mark is closed; 0 if none begins there, or it says more than by the way."""
    closing, first = _CLOSED_BY[found[place].word], found[place + 1]
    end = next((here for here in range(place + 1, min(len(found), place + _LONGEST)) if found[here].kind == "mark"), 0)
    if not end or end == place + 1 or any(chunk.price is not None for chunk in found[place + 1 : end]):
        return 0  # *from Belarus, a $250 million bargain*
    if found[end].word in ".;" and closing == ",":
        plain = first.kind == "other" or first.form == "organ"
        return end if plain and found[place - 1].kind == "party" and _apposed(found, place, found[place + 1 : end]) else 0
    if found[end].word != closing or end + 1 >= len(found):
        return 0
    inner = found[place + 1 : end]
    if closing == "," and all(chunk.kind in ("adverb", "day") for chunk in inner):
        return end
    minded = first.kind == "other" and first.words & _MINDED and found[end + 1].kind == "verb" and found[end + 1].form != "ger"
    if closing == "," and minded and found[place - 1].kind == "party":
        return end  # *Washington, reluctant to become involved, has*
    if closing == "," and _unknown_clause(inner) and found[end + 1].kind == "verb" and found[end + 1].form != "ger":
        return end
    manner = first.kind == "prep" and all(
        chunk.kind in ("prep", "other", "adverb", "day", "det", "not") or chunk.form == "past" for chunk in inner
    )
    if closing == "," and manner and found[place - 1].kind in ("party", "verb") and found[end + 1].kind in ("item", "number"):
        return end  # *bought from Z, at a low price, ten tanks*
    if found[place - 1].kind == "verb":
        return 0
    if first.word == "including" and len(inner) > 1 and all(chunk.kind in ("other", "prep") for chunk in inner[1:]):
        return end  # *, including training,*
    by_the_way = first.kind in ("prep", "adverb") or (first.kind == "conj" and first.word not in _CONDITIONS)
    told = inner[-1].sense_is("say") or (len(inner) > 1 and inner[0].nominal and inner[1].sense_is("say"))
    plain = first.kind == "other" or (first.kind == "pronoun" and first.form == "organ")
    apposed = all(chunk.kind in ("other", "prep", "number", "det") or chunk.form == "organ" for chunk in inner) and plain
    apposed = apposed or (plain and _apposed(found, place, inner))
    if not (by_the_way or told or apposed) or any(chunk.items or chunk.kind in ("money", "relative") for chunk in inner):
        return 0
    pressed = first.kind == "prep" and len(inner) > 1 and inner[1].word in _PRESSING
    named = told or first.word in _TELLING or apposed or pressed
    if not named and any(chunk.parties or chunk.kind == "event" for chunk in inner):
        return 0
    if any(chunk.kind == "verb" and not chunk.sense_is("say", "plan", "other") for chunk in inner):
        return 0
    after = next((chunk for chunk in found[end + 1 :] if chunk.kind != "adverb"), found[end + 1])
    if closing == ")":
        return end
    if apposed and found[place - 1].kind == "party" and after.kind in ("prep", "mark", "day", "adverb", "relative"):
        return end
    return end if after.kind == "verb" and after.form not in ("ger", "base") else 0


def _unknown_clause(inner: Sequence[Chunk]) -> bool:
    """Whether a relative clause has no verb that is known: *the boats, which each displace 150 tons,*."""
    said, opened = inner[1:], inner[0].kind == "relative" and inner[0].word in ("which", "who")
    return opened and bool(said) and said[0].kind in ("other", "det") and all(
        chunk.kind in ("other", "number", "prep", "adverb", "det", "day") and chunk.form != "organ" for chunk in said
    )  # fmt: skip


def _apposed(found: Sequence[Chunk], place: int, inner: Sequence[Chunk]) -> bool:
    """Whether words between commas say who a party is: *Thailand, a treaty ally of the United States,*."""
    said = (
        all(chunk.kind in ("other", "prep", "party", "number") or chunk.form == "organ" for chunk in inner)
        and inner[-1].kind != "prep"
    )
    led = all(inner[here - 1].kind == "prep" for here, chunk in enumerate(inner) if chunk.kind == "party" and here)
    return found[place - 1].kind == "party" and said and led and (inner[0].definite or inner[0].indefinite)


_CLOSED_BY: Mapping[str, str] = {",": ",", "(": ")", "–": "–", "—": "—"}
"""The marks that open an insertion, and what closes it."""
_LONGEST = 14
_MINDED = frozenset({"reluctant", "eager", "anxious", "unwilling", "keen", "wary", "mindful", "afraid", "fearful", "nervous",
                     "desperate", "short", "worried", "alarmed", "impatient", "angry", "furious", "neutral"})  # fmt: skip
_CONDITIONS = frozenset(
    {"if", "unless", "whether", "and", "including", "especially", "exchange", "as part of", "rather than", "but"}
)
_TELLING = frozenset({"according to", "according"})
"""What opens the naming of a source."""


def _over_of(found: Sequence[Chunk]) -> list[Chunk]:
    """Joins what stands together over an *of*: `16 of them`, `containers of shells`, `the government of Japan`."""
    joined: list[Chunk] = []
    place, count = 0, len(found)
    while place < count:
        chunk = found[place]
        named = found[place + 1] if place + 1 < count else None
        if named is not None and named.kind == "party" and chunk.kind in ("other", "pronoun") and chunk.word in _RELATIONS:
            named.start = chunk.start  # *its ally the Philippines*
            place += 1
            continue
        if named is None or (named.kind != "prep" and chunk.kind != "money"):
            joined.append(chunk)
            place += 1
            continue
        serves = found[place + 2] if place + 2 < count and named.kind == "prep" else None
        after = serves if named.word == "of" else None
        if after is not None and _same_kind(chunk, after):
            chunk.form, chunk.end = "same", after.end
            for item in chunk.items:
                item.definite = True
            joined.append(chunk)
            place += 3
            continue
        if (
            after is not None
            and after.kind == "item"
            and (
                chunk.kind in ("number", "det")
                or (chunk.kind == "other" and chunk.word in _MEASURES)
                or (chunk.kind == "event" and chunk.word in _LOADS and _is_load(chunk) and _is_given(found, place))
            )
        ):
            joined.append(measured(chunk, after))
            place += 3
            continue
        if (
            serves is not None
            and serves.kind == "item"
            and chunk.kind == "item"
            and found[place + 1].word in ("for", "of", "to")
        ):
            part = chunk.items[-1]
            if is_ammunition(part.thing) and found[place + 1].word in ("for", "of"):
                chunk.end, part.span = serves.end, (part.span[0], serves.end)
                joined.append(chunk)
                place = past_served(found, place + 3)
                continue
            if part.of is None and part.thing.facts.get("item.kind") in ("part", "technology", "service"):
                part.of, part.span = serves.items[0].thing, (part.span[0], serves.end)
                part.served = serves.possessor[-1] if serves.possessor and not serves.items[0].made else None
                chunk.end = serves.end
                joined.append(chunk)
                place = past_served(found, place + 3)
                continue
        owner = after is not None and after.kind == "party" and chunk.kind == "item" and chunk.items[-1].maker is None
        if owner and after is not None and chunk.form != "owned":
            chunk.items[-1].maker, chunk.form = after.parties[-1], "owned"
            joined.append(chunk)
            place += 3
            continue
        owner = after is not None and after.kind == "party" and after.parties[-1].kind == "armed_forces"
        if after is not None and owner and chunk.kind == "item" and chunk.items[-1].made and chunk.items[-1].owner is None:
            chunk.items[-1].owner = after.parties[-1]  # *French-built jets of the Z air force*
            joined.append(chunk)
            place += 3
            continue
        worth = _worth_of(found, place)
        if worth is not None:
            worth.start, worth.price = chunk.start, chunk.unit
            joined.append(worth)
            place += 4
            continue
        priced = (
            serves is not None and serves.kind == "item" and chunk.kind == "money" and found[place + 1].word in ("in", "of")
        )
        if priced and serves is not None:
            serves.start, serves.price = chunk.start, chunk.unit
            joined.append(serves)
            place += 3
            continue
        if (
            after is not None
            and chunk.kind == "number"
            and (after.kind == "pronoun" or (after.kind == "other" and after.definite))
        ):
            after.quantity, after.start, after.unit = chunk.quantity, after.start, chunk.unit
            after.words |= chunk.words & {"more", "another", "further"}
            joined.append(after)
            place += 3
            continue
        if after is not None and after.kind == "party" and chunk.kind == "other" and chunk.word in _STOCKS | _PORTS:
            chunk.possessor, chunk.end = after.parties, after.end
            chunk.words |= after.words & {"former"}
            joined.append(chunk)
            place += 3
            continue
        nowhere = chunk.kind == "party" and chunk.parties[-1].form == "organisation" and not chunk.parties[-1].state
        same = chunk.kind == "party" and after is not None and after.kind == "party" and chunk.parties[-1].kind == "company"
        same = same and after is not None and after.parties[0].state == chunk.parties[-1].state  # *Patria of Finland*
        if (nowhere or same) and after is not None and after.kind == "party" and len(after.parties) == 1:
            chunk.parties[-1].state, chunk.end = after.parties[0].state, after.end  # *Airbus of France*
            joined.append(chunk)
            place += 3
            continue
        if after is not None and after.kind == "party" and _is_unknown_name(chunk, joined):
            after.start = chunk.start  # *from Acme Industries of Canada*
            after.parties[0].kind = "company" if chunk.words & _FIRM_NAMES else after.parties[0].kind
            joined.append(after)
            place += 3
            continue
        if after is not None and after.kind == "party" and chunk.kind == "other" and chunk.word in _SOME_OF | _PLANTS:
            after.start = chunk.start
            joined.append(after)
            place += 3
            continue
        if after is not None and after.kind == "pronoun" and chunk.kind == "det" and chunk.word in ("all", "both"):
            after.form, after.start = "all", chunk.start
            joined.append(after)
            place += 3
            continue
        if after is not None and after.kind == "pronoun" and chunk.word in _NOT_ALL and after.word == "them":
            after.word, after.start = "those", chunk.start  # *some of them* are not as many
            joined.append(after)
            place += 3
            continue
        organ = chunk.kind in ("pronoun", "other") and chunk.form == "organ"
        if organ and serves is not None and serves.kind == "party" and found[place + 1].word == "in":
            after = serves
        if after is not None and organ and after.kind == "party":
            for party in after.parties:
                party.words = (chunk.start, after.end)
            after.start = chunk.start
            joined.append(after)
            place += 3
            continue
        joined.append(chunk)
        place += 1
    return joined


def _same_kind(chunk: Chunk, after: Chunk) -> bool:
    """Whether *of the same type* stands behind things, which are then like those told of before."""
    plain = after.definite and after.words == {"the", after.word}  # *14 of the type*
    alike = after.kind == "other" and after.word in _KINDS and (bool(after.words & _ALIKE) or plain) and not after.possessor
    counted = chunk.kind in ("number", "item") or (chunk.kind == "other" and chunk.quantity is not None and not chunk.form)
    return alike and counted


_KINDS = frozenset({"kind", "type", "class", "model", "design", "make", "sort", "pattern", "series", "mark", "variety"})
_ALIKE = frozenset({"same", "this", "that", "similar", "identical"})


def _is_unknown_name(chunk: Chunk, before: Sequence[Chunk]) -> bool:
    """Whether a phrase is a name that nobody knows, of one from or with whom something is done."""
    named = chunk.kind == "other" and chunk.unit is not None and chunk.unit.titled and not chunk.form
    led = before and before[-1].kind == "prep" and before[-1].word in ("from", "by", "with")
    return bool(named and led and not (chunk.definite or chunk.indefinite or chunk.possessor))


def _worth_of(found: Sequence[Chunk], place: int) -> Chunk | None:
    """The thing of *two million dollars' worth of shells*, if such stands here."""
    if found[place].kind != "money" or place + 3 >= len(found):
        return None
    words = [chunk.word for chunk in found[place + 1 : place + 3]]
    return found[place + 3] if words == ["worth", "of"] and found[place + 3].kind == "item" else None


_RELATIONS = word_list("relations")
_LOADS = word_list("loads")
_PRESSING = word_list("pressing")
_GIVING = (
    "give",
    "get",
    "order",
    "with",
    "swap",
    "promise",
    "offer",
    "ask",
    "seek",
    "sign",
    "pick",
    "say",
    "other",
    "make",
    "plan",
    "deny",
    "refuse",
    "include",
)
UNLOADING = frozenset(word.replace("_", " ") for word in word_list("unloading"))
"""Verbs of what a ship or plane brings to land."""
_BOUNDS = frozenset({"relative", "conj", "mark"})


def _is_load(chunk: Chunk) -> bool:
    """Whether a load is meant and not its sending: *a shipment of jets*, *shipments of jets*, but not *shipment of jets*."""
    ordered = bool(chunk.words & {"first", "second", "third", "last", "new", "another"})
    return not (chunk.definite or chunk.possessor) and (chunk.indefinite or chunk.word.endswith("s") or ordered)


def _is_given(found: Sequence[Chunk], place: int) -> bool:
    """Whether a load is what a verb or event noun gives: *delivered a consignment of 40 jets*, and no event of its own."""
    for chunk in reversed(found[max(0, place - 9) : place]):
        if chunk.sense_is("say", "plan") and found[place].word == "package":
            return False  # *announced a package of arms for Z*
        if chunk.sense_is("plan") and found[place].word.startswith(("shipment", "consignment")):
            return False  # *is preparing a shipment of jets*
        if chunk.verb is not None and chunk.verb.lemma in UNLOADING:
            return True
        if chunk.kind in ("verb", "event"):
            return chunk.sense_is(*_GIVING) or (chunk.noun is not None and chunk.noun.sense in (*_GIVING, "deal"))
        if chunk.kind in _BOUNDS and chunk.word != "and":
            break
    return any(chunk.kind == "verb" and chunk.sense_is(*_GIVING[:9]) for chunk in found[place + 1 :])


# ---- lists ---------------------------------------------------------------------------------------------------------


_LISTED = frozenset({"party", "item", "other", "number"})


def _coordinated(found: list[Chunk]) -> list[Chunk]:
    """Joins `A, B and C` of one kind into one phrase, and takes what is not known in a list over with it."""
    joined: list[Chunk] = []
    place, verb_seen = 0, False
    while place < len(found):
        chunk = found[place]
        if chunk.kind not in _LISTED:
            verb_seen = verb_seen or chunk.kind == "verb"
            joined.append(chunk)
            place += 1
            continue
        beyond = _past_unknown(found, place) if chunk.kind == "other" and place and found[place - 1].word == "including" else 0
        if beyond:
            place, chunk = beyond, found[_connector(found, beyond)[0]]
            place = _connector(found, beyond)[0]
        beyond = _past_goods(found, place) if chunk.kind == "other" else 0
        if beyond:
            place, chunk = beyond, found[beyond]
        named = _named_among(found, place) if chunk.kind == "other" else 0
        if named:
            found[named].start = chunk.start
            place, chunk = named, found[named]
        counted = _counted_twice(found, place) if chunk.kind == "number" else 0
        if counted:
            found[counted].start = chunk.start
            place, chunk = counted, found[counted]
        several = 0
        if chunk.kind == "item":
            several = _from_several(found, place) or for_each(found, place) or parted(found, place)
        if several:
            place = several
        elif chunk.kind in ("party", "item"):
            place = _take_list(found, place, chunk, verb_seen)
            share_maker(chunk.items)
        else:
            place += 1
        joined.append(chunk)
    return joined


def _past_goods(found: Sequence[Chunk], place: int) -> int:
    """Where the things stand of *28 tractors, four guns and ten jets*, behind what is no equipment; 0 if none stand here."""
    goods, before = found[place], found[place - 1] if place else None
    plain = goods.kind == "other" and goods.quantity is not None and not (goods.form or goods.definite or goods.possessor)
    led = before is None or before.kind in ("party", "verb") or before.word in ("of", "with")
    if not plain or not led or goods.words & _PEOPLE:
        return 0
    beyond = _past_unknown(found, place)
    after = _connector(found, beyond)[0] if beyond else 0
    return after if after and found[after].items[0].quantity is not None and not _begins_clause(found, after, True) else 0


def _from_several(found: Sequence[Chunk], place: int) -> int:
    """The place after *jets from X and ships from Z*, where a verb follows, as one phrase; 0 if no such stands here."""
    told: list[tuple[Chunk, Party]] = []
    here = place
    while here + 2 < len(found) and found[here].kind == "item" and found[here + 1].word == "from" and found[here + 2].parties:
        told.append((found[here], found[here + 2].parties[0]))
        after, _ = _connector(found, here + 3)
        if after == here + 3:
            here = after
            break
        here = after
    if len(told) < 2 or here >= len(found) or found[here].kind != "verb":
        return 0
    first = told[0][0]
    for chunk, party in told:
        for item in chunk.items:
            item.source = item.maker = party
    first.items, first.end = [item for chunk, _ in told for item in chunk.items], found[here - 1].end
    return here


def _named_among(found: Sequence[Chunk], place: int) -> int:
    """Where the parties stand of *several countries, including Britain and Spain*; 0 if no such stand here."""
    if found[place].kind != "other" or found[place].word not in _MANY:
        return 0
    after = place + 1
    after += after < len(found) and found[after].kind == "mark" and found[after].word == ","
    if after + 1 < len(found) and found[after].word == "including" and found[after + 1].kind == "party":
        return after + 1
    return 0


def _counted_twice(found: Sequence[Chunk], place: int) -> int:
    """Where the thing stands of *five and possibly seven systems*, whose number is not settled; 0 if no such stands here."""
    if found[place].kind != "number":
        return 0
    after = place + 1
    while after < len(found) and found[after].kind in ("conj", "adverb") and found[after].word not in ("but", "because"):
        after += 1
    if after == place + 1 or after >= len(found) or found[after].kind != "item":
        return 0
    found[after].items[0].quantity = None
    return after


def _take_list(found: Sequence[Chunk], place: int, chunk: Chunk, verb_seen: bool) -> int:
    """Adds the members that follow to a phrase; gives the place after the last."""
    here = place + 1
    verb_seen = verb_seen and not _opens_clause(found, place)
    while True:
        after, strong = _connector(found, here)
        if after == here or after >= len(found):
            return here
        member = found[after]
        if member.kind == "other" and chunk.kind == "item" and not member.definite:
            beyond = _past_unknown(found, after)
            if beyond:
                here = beyond
                continue
        if member.kind == "other" and chunk.kind == "item" and strong and not member.parties and _is_extra(found, after):
            return _past_extra(found, after)
        if member.kind == chunk.kind == "item" and not strong and member.possessor and member.words & _FIRSTS:
            here = after + 1 + (after + 1 < len(found) and found[after + 1].word == ",")
            continue  # *24 jets, Egypt's first, to Cairo*
        if member.kind != chunk.kind or _begins_clause(found, after, verb_seen):
            return here
        alone = chunk.kind == "party" and len(chunk.parties) == 1 and strong and found[here].word == ","
        if alone and verb_seen and (_several_act(found, after) or _gapped(found, after)):
            return here
        counted = found[after + 1] if after + 1 < len(found) and found[after + 1].kind == "number" else None
        if chunk.kind == "party" and verb_seen and counted is not None and _gapped(found, after):
            return here  # *will donate 19 jets to Z and X 42*
        if chunk.kind == "party" and strong and verb_seen and _ordered_from(found, place, after):
            return here  # *ordered 88 vehicles from X and Y 123*
        if chunk.kind == "party" and place and found[place - 1].word == "by" and found[after + 1 : after + 2] and (
            found[after + 1].word == "with"
        ):  # fmt: skip
            return here  # *is given tanks by X, and Z with guns by W*
        if chunk.kind == "party" and not strong and not _list_goes_on(found, after + 1, verb_seen):
            return here
        chunk.parties = [*chunk.parties, *member.parties]
        chunk.items = [*chunk.items, *member.items]
        chunk.end = member.end
        here = after + 1


def _is_extra(found: Sequence[Chunk], place: int) -> bool:
    """Whether what is not known goes along with a thing: *tanks and training*, *together with the training of their crews*."""
    if found[place].form == "organ" or place + 1 >= len(found):
        return False
    return found[place + 1].kind in ("prep", "mark") and any(chunk.kind == "verb" for chunk in found[:place])


def _past_extra(found: Sequence[Chunk], place: int) -> int:
    """The place after what goes along with a thing, its *for their crews* included."""
    after = place + 1
    own = after + 1 < len(found) and found[after].kind == "prep" and found[after].word in ("for", "of", "in")
    return after + 2 if own and found[after + 1].kind == "other" else after


def _opens_clause(found: Sequence[Chunk], place: int) -> bool:
    """Whether a phrase stands where a subject does: *that Russia and India signed*, *said two jets and a ship were sold*."""
    before = found[place - 1] if place else None
    if found[place].kind != "party":
        opened = before is not None and before.word == "," and found[0].kind in ("prep", "conj")
        opened = opened and sum(chunk.word == "," for chunk in found[:place]) == 1
        return before is not None and (before.word == "that" or before.sense_is("say") or opened)
    return before is None or before.kind in ("relative", "conj", "mark") or before.sense_is("say")


def _past_unknown(found: Sequence[Chunk], place: int) -> int:
    """The place after members of a list that are not known, if one that is follows them; 0 if none does."""
    while place < len(found) and found[place].kind == "other" and not found[place].definite:
        after, _ = _connector(found, place + 1)
        if after == place + 1 or after >= len(found):
            return 0
        if found[after].kind == "item":
            return place + 1
        place = after
    return 0


def _connector(found: Sequence[Chunk], place: int) -> tuple[int, bool]:
    """The place after `,`, `and` or both, and whether an `and` is in it."""
    strong = False
    while place < len(found):
        chunk = found[place]
        if chunk.kind == "mark" and chunk.word == "," and not strong:
            place += 1
        elif chunk.kind == "conj" and chunk.word == "and":
            strong, place = True, place + 1
        elif strong and chunk.kind in ("adverb", "det"):
            place += 1
        else:
            break
    return place, strong


def _begins_clause(found: Sequence[Chunk], place: int, verb_seen: bool) -> bool:
    if not verb_seen:
        return False
    after = place + 1
    while after < len(found) and found[after].kind in ("adverb", "day"):
        after += 1
    if after >= len(found) or found[after].kind != "verb":
        return False
    verb, told = found[after], found[place]
    people = told.kind == "party" and told.definite and told.word.endswith("s")  # *and the Malaysians surrender four*
    if verb.form == "ger" or (verb.form == "base" and not people):
        return False
    return not (told.kind == "item" and verb.form == "past" and not verb.auxiliaries)


def _gapped(found: Sequence[Chunk], place: int) -> bool:
    """Whether a party and a counted thing stand without their verb: *gave rifles to Z, and Y 20 mortars*."""
    after = found[place + 1] if place + 1 < len(found) else None
    ended = place + 2 >= len(found) or found[place + 2].kind in ("mark", "prep")
    if after is not None and after.kind == "number" and ended:
        return True  # *ordered five planes from X, and Z two*
    return after is not None and after.kind == "item" and any(item.quantity is not None for item in after.items)


def _ordered_from(found: Sequence[Chunk], place: int, after: int) -> bool:
    """`ordered 88 vehicles from X and Y 123 tanks from W`: whether another buyer with what it buys begins behind a seller."""
    bought = place > 1 and found[place - 1].word == "from" and found[place - 2].kind in ("item", "number")
    counted = found[after + 1] if after + 1 < len(found) else None
    behind = found[after + 2].word if after + 2 < len(found) else ""
    again = counted is not None and counted.kind == "number" and behind == "from"
    return bought and len(found[place].parties) == 1 and (_gapped(found, after) or again)


def _several_act(found: Sequence[Chunk], place: int) -> bool:
    """Whether parties open a clause of their own: *jets from X, and A and B protested*, *, and A, which lost a war, has*."""
    after = place + 1
    while after + 1 < len(found) and found[after].word == "and" and found[after + 1].kind == "party":
        after += 2
    if after + 1 < len(found) and found[after].word == "," and found[after + 1].kind == "relative":
        return True
    return after > place + 1 and after < len(found) and found[after].kind == "verb" and found[after].form != "ger"


def _list_goes_on(found: Sequence[Chunk], place: int, verb_seen: bool) -> bool:
    after, strong = _connector(found, place)
    if after == place or after >= len(found) or found[after].kind != "party" or _begins_clause(found, after, verb_seen):
        return False
    return strong or _list_goes_on(found, after + 1, verb_seen)
