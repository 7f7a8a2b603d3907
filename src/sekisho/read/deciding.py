"""Which of two readings a word has (*exports* the noun, *exports* the verb): decided by its neighbours."""

from __future__ import annotations

from collections.abc import Sequence

from sekisho.read.tokens import singular
from sekisho.read.units import AUXILIARIES, Unit
from sekisho.read.wordlists import word_list

_FOLLOWED_BY_NOUN = frozenset({"thing", "noun", "either", "word", "name", "number", "money"})
_FLOATING = frozenset({"both", "each", "all"})
"""Words that may stand within a verb group: *have both bought*."""
_SORTS = word_list("sorts of thing")
_SPANS = frozenset({"minutes", "hours", "days", "weeks", "months", "years"})
_OF_TIME = frozenset({"since", "until", "before", "after"})
"""Conjunctions that are prepositions before a day: *since Friday*."""
_APART = frozenset({"after", "before", "later", "earlier", "ago"})
"""What makes a span of time stand apart from the thing before it: *supply tanks hours after*."""
_GIVING = frozenset({"give", "promise", "offer"})
"""Senses whose verb may be followed by whom and what: *gave Chile retired tanks*."""
_LISTING = frozenset({"and", "including", "with", "for"})
_ADJECTIVES = word_list("adjectives of state")
"""Participles that say in what state a thing is: *retired tanks*."""
_MANY = frozenset({"police", "forces", "troops", "marines", "military", "crews", "pilots", "navies", "people", "militia"})
_ORGANS = word_list("organs") | word_list("organs armed_forces") | word_list("organs coast_guard")
_ALSO_ADJECTIVES = frozenset({"long", "far", "early", "late", "once", "now", "then", "already", "yearly", "daily", "weekly"})
"""Adverbs that stand before a noun, too: *Colombia's long search*."""
_ORDERING = frozenset({"first", "last"})
"""Words that may stand before a verb: *which Washington first offered*."""
PREDICATES = frozenset(words.replace("_", " ") for words in word_list("predicates"))
"""Adjectives that govern a verb, as *set to deliver* does."""


def _neighbour(units: Sequence[Unit], place: int, step: int) -> Unit | None:
    place += step
    while 0 <= place < len(units) and units[place].kind in ("adverb", "not", "day"):
        place += step
        if step < 0 and place > 0 and units[place].kind == "prep" and units[place + 1].kind == "day":
            place += step
    return units[place] if 0 <= place < len(units) else None


_TELLS = frozenset({"reports", "claims", "comments", "writes"})
"""Words that tell of a source where they close a sentence: *the daily reports*."""


_AGAIN = frozenset({"repeated", "renewed", "continued", "increased", "limited", "expected", "proposed", "planned"})
"""Participles that only say something of what follows them: *repeated Egyptian requests*."""


_OPEN_KINDS = frozenset({"det", "adverb", "conj", "verb", "either"})
_OPEN_WORDS = _SPANS | {"over", "that", "remaining", "missing"}
"""What may be of two kinds: all of some kinds, and words of any other."""


def decide_words(units: Sequence[Unit]) -> None:
    """Settles the kind of every unit that may be two; in place."""
    for place, unit in enumerate(units):
        if unit.kind not in _OPEN_KINDS and unit.word not in _OPEN_WORDS:
            continue
        if unit.kind == "det" and unit.word in _FLOATING and place and units[place - 1].kind == "auxiliary":
            unit.kind = "adverb"
        if unit.kind == "adverb" and unit.word in _ALSO_ADJECTIVES and 0 < place < len(units) - 1 and (
            units[place - 1].possessive or units[place - 1].kind == "det"
        ):  # fmt: skip
            unit.kind = "word"
        if unit.word == "over" and unit.kind == "prep" and place and place + 1 < len(units) and (
            units[place + 1].kind in ("number", "money") and units[place - 1].kind in ("prep", "verb", "auxiliary", "either")
        ):  # fmt: skip
            unit.kind = "adverb"
        if unit.kind == "conj" and unit.word in _OF_TIME and place + 1 < len(units) and units[place + 1].kind == "day":
            unit.kind = "prep"
        if (
            unit.kind == "conj"
            and unit.word == "once"
            and place
            and (
                units[place - 1].kind in ("relative", "auxiliary", "pronoun")
                or (units[place - 1].kind == "thing" and units[place + 1 : place + 2] and units[place + 1].kind == "verb")
            )
        ):
            unit.kind = "adverb"  # *which once belonged to Z*
        if unit.kind == "conj" and unit.word == "as" and _describes(units, place):
            unit.kind = "prep"
        if unit.word in _SPANS and place + 1 < len(units) and units[place + 1].word in _APART:
            unit.kind = "adverb"
            if place and units[place - 1].kind == "number":
                units[place - 1].kind, units[place - 1].number = "adverb", None  # *two years ago*
        if unit.kind == "det" and unit.word in _ORDERING and place + 1 < len(units) and units[place + 1].kind == "verb":
            unit.kind = "adverb"
        if unit.word == "that" and place and _that_sent(units, place):
            unit.kind, unit.word = "pronoun", "those"  # *to replace that sent to Z*
        if unit.word in ("remaining", "missing") and place and (units[place - 1].kind == "det" or units[place - 1].possessive):
            unit.kind = "det"  # *sent the remaining 60 tanks*
        if unit.kind in ("verb", "either") and not (unit.verbs and unit.verbs[0].lemma == "due"):
            as_verb = _is_verb(units, place, unit)
            if unit.word == "supplies" and not as_verb and not _are_given(units, place):
                unit.kind = "word"
            elif as_verb:
                unit.kind = "verb"
            elif unit.word == "back":
                unit.kind = "adverb"
            else:
                unit.kind = "noun" if unit.noun is not None else "word"


def _describes(units: Sequence[Unit], place: int) -> bool:
    """`rejected as unrealistic, an official said`: whether *as* opens no clause but what something is called."""
    for unit in units[place + 1 : place + 5]:
        if unit.kind == "mark":
            return True
        if unit.kind not in ("word", "adverb", "det"):
            return False
    return False


def _that_sent(units: Sequence[Unit], place: int) -> bool:
    """`ammunition to replace that sent to Z`: whether *that* stands for what a participle says more about."""
    before, after = units[place - 1], units[place + 1 : place + 3]
    replaced = before.kind == "verb" and before.verbs[0].sense == "replace"
    told = len(after) == 2 and after[1].kind == "prep" and any(verb.form == "past" for verb in after[0].verbs)
    return replaced and told


def _is_verb(units: Sequence[Unit], place: int, unit: Unit) -> bool:
    forms = {verb.form for verb in unit.verbs}
    before, after = _neighbour(units, place, -1), _neighbour(units, place, 1)
    kind = before.kind if before is not None else "start"
    following = after.kind if after is not None else "end"
    if "past" in forms and "base" not in forms:
        determined = kind in ("det", "number") or (before is not None and before.possessive)
        giving = place > 1 and units[place - 2].kind == "verb" and units[place - 2].verbs[0].sense in _GIVING
        modifies = determined or (kind in ("name", "pronoun") and giving and following == "thing") or (
            kind in ("verb", "prep") and following == "thing" and place > 0 and units[place - 1].kind != "auxiliary"
        ) or (following in ("thing", "word", "noun", "either") and (
            kind == "prep" or (kind == "verb" and units[place - 1] is before)
        ))  # fmt: skip
        modifies = modifies or (kind == "verb" and unit.word in _AGAIN and following == "name" and after is not None and (
            after.names[0].form == "adjective"))  # fmt: skip
        adjective = unit.word in _ADJECTIVES and following in _FOLLOWED_BY_NOUN and (
            kind == "start" or _earlier_verb(units, place, 24)
        )  # fmt: skip
        modifies = modifies or (adjective and kind != "auxiliary")
        if kind == "number" and unit.word in _ADJECTIVES and following not in ("prep", "mark", "end"):
            return False
        if kind == "det" and following == "verb" and after is not None and any(verb.form == "base" for verb in after.verbs):
            return False
        return not (modifies and following in _FOLLOWED_BY_NOUN)
    if forms == {"ger"} and unit.verbs[0].sense == "other" and following not in _FOLLOWED_BY_NOUN and following != "det" and (
        kind in ("conj", "prep") and before is not None and before.word in _LISTING
    ):  # fmt: skip
        return False  # *along with training*
    if forms == {"ger"} and before is not None and before.possessive and unit.noun is not None and following != "thing":
        return False  # *with Washington's blessing*
    if forms == {"ger"} and before is not None and before.possessive and after is not None and after.word in _ORGANS:
        return False  # *El Salvador's ruling junta*
    if forms == {"ger"}:
        return not (kind == "det" and following not in ("thing", "det", "number", "name"))
    assert unit.verbs
    opens = following in ("det", "thing", "number", "name", "pronoun")
    to_verb = after is not None and after.kind == "prep" and after.word == "to"
    if before is None:
        return False
    if kind == "mark" and before.word == "," and "base" in forms and _inserted_after(units, place):
        return True
    if kind == "prep":
        return before.word == "to" and "base" in forms
    if kind == "auxiliary" and units[place - 1].word == "yet" and units[place - 1].kind == "not" and "base" in forms:
        return True  # *has yet to reply*
    if kind == "auxiliary":
        return ("base" in forms and AUXILIARIES.get(before.word) in ("future", "modal", "do")) or (
            unit.verbs[0].lemma in PREDICATES or ("past" in forms and AUXILIARIES.get(before.word) in ("be", "have"))
        )  # fmt: skip
    told = kind == "relative" and before.word == "that" and place > 1 and units[place - 2].kind in ("verb", "day")
    if told and unit.noun is not None and following in ("prep", "auxiliary"):
        return False  # *reported that plans to sell*
    if kind == "relative" and before.word == "whose":
        return False
    if kind in ("pronoun", "relative") or before.word in ("latter", "former"):
        return True
    if before.possessive or kind in ("det", "number"):
        return False
    if kind in ("name", "word") and unit.last - unit.first > 2:
        return True  # *put in a request for*
    towards = after is not None and after.kind == "prep" and after.word in ("to", "from")
    organ = before.kind == "word" and before.word in _ORGANS and "third" in forms and towards
    if organ and not any(each.kind in ("verb", "auxiliary") for each in units[:place]):
        return True
    if kind == "name" and "base" in forms and place > 1 and units[place - 2].verbs and units[place - 2].verbs[0].lemma == "let":
        return True
    if unit.word in _TELLS and following in ("mark", "end") and kind in ("word", "name") and _apart(units, place):
        return True  # *…, a Paris newspaper reports.*
    if unit.verbs[0].lemma in ("remain", "stay") and "third" in forms and following == "verb" and kind in ("thing", "word"):
        return True  # *a shipment of missiles remains blocked*
    if unit.verbs[0].lemma == "come" and "third" in forms and kind in ("word", "thing", "noun"):
        return True  # *This donation comes at the right moment*
    if kind in ("word", "noun") and "base" in forms and (opens or following == "word") and _let_before(units, place):
        return True  # *let the company export tanks*
    if unit.word == "sanctions" and _led_by_preposition(units, place):
        return False  # *despite United Nations sanctions*
    if kind == "name" and unit.word == "stocks" and not opens:
        return False  # *to make up for U.S. stocks run down by*
    if kind == "name" and place > 1 and units[place - 2].kind == "prep" and "base" in forms and unit.noun is None:
        return (opens or following == "noun") and before.names[0].form != "adjective"  # *under American pressure*
    if kind == "name":
        led = units[place - 2].word if place > 1 else ""
        short = len(before.word.replace(".", "")) <= 3  # *the U.S. request to send*
        answering = units[place - 2].verbs if place > 1 else ()
        if unit.word == "leave" and to_verb and answering and answering[0].sense in ("refuse", "deny", "give", "permit"):
            return False  # *refused Z leave to pass on guns*
        if "base" in forms and unit.noun is not None and (led in ("a", "an") or (led == "the" and short)):
            return False
        if "base" in forms and unit.noun is None and units[place - 2].word == "the" and _let_before(units, place):
            return True  # *refused to let the Dutch sell them on*
        adjective = before.names[0].form == "adjective" or before.word == "made"
        plain = "base" in forms and unit.noun is None and following in ("noun", "either")
        return not adjective and (opens or to_verb or plain or "past" in forms or ("third" in forms and not _is_of(after)))
    if kind == "verb":
        return before.verbs[0].lemma in ("let", "help") and opens
    closing = kind == "mark" and before.word == "," and to_verb and "third" in forms
    if closing and (_closes_apposition(units, place) or _closes_relative(units, place)):
        return True
    wish = to_verb and "third" in forms and kind == "conj" and before.word in ("and", "but") and place + 2 < len(units)
    if wish and unit.verbs[0].sense in ("plan", "want") and any(verb.form == "base" for verb in units[place + 2].verbs):
        return _earlier_verb(units, place, place)  # *has bought six jets and hopes to buy three more*
    if kind in ("mark", "conj"):
        return opens and (unit.noun is None or "third" in forms or _earlier_verb(units, place))
    if kind == "thing" and "third" in forms and not opens and singular(unit.word) in _SORTS:
        return False
    if kind == "word" and "past" in forms and unit.last - unit.first > 1:
        return True  # *a ship put ashore*
    if kind == "word" and before.verbs and "past" in forms:
        return False  # *an estimated cost*
    alone = "third" in forms and unit.noun is None and before is not None and not before.word.endswith("s")
    relying = "base" in forms and unit.noun is None and after is not None and after.word in ("on", "upon")
    if relying and kind == "word" and before.word in _MANY and not _earlier_verb(units, place, place):
        return True  # *the police still rely on*
    plainly = units[place - 1].kind == "adverb" or before.word in _ORGANS  # *the army still relies on*
    if (
        kind == "word"
        and alone
        and plainly
        and unit.word != "stocks"
        and (not _earlier_verb(units, place, place) or _opens_clause(units, place))
    ):
        return True
    if (
        kind in ("word", "noun")
        and alone
        and not _earlier_verb(units, place, place)
        and following not in ("prep", "mark", "end")
    ):
        return True  # *the package includes advanced jets*
    if kind in ("word", "thing", "noun"):
        if "past" in forms and unit.noun is None:
            return True
        if unit.word == "back" and not opens:
            return False
        if not opens and _led_by_preposition(units, place):
            return False  # *from army stocks to*
        return (opens or (to_verb and unit.noun is None)) and ("third" in forms or "past" in forms or before.word.endswith("s"))
    return False


def _opens_clause(units: Sequence[Unit], place: int) -> bool:
    """`…, and Hanoi's navy relies on`: whether only a noun phrase stands between a place and what opens a clause."""
    for here in range(place - 1, max(-1, place - 6), -1):
        if units[here].kind not in ("word", "det", "name", "possessive", "adverb"):
            return units[here].kind == "conj" and here > 0 and units[here - 1].word == ","
    return False


def _let_before(units: Sequence[Unit], place: int) -> bool:
    """Whether only a noun phrase stands between a place and a verb that another follows without *to*: *let the firm sell*."""
    for here in range(place - 1, max(-1, place - 8), -1):
        if units[here].kind not in ("word", "det", "name", "possessive", "noun"):
            return bool(units[here].verbs) and units[here].verbs[0].lemma in ("let", "help")
    return False


def _apart(units: Sequence[Unit], place: int) -> bool:
    """Whether a comma parts the name or phrase before a place from the clause before it, and no preposition does."""
    for here in range(place - 1, max(-1, place - 8), -1):
        if units[here].kind not in ("word", "det", "thing", "noun", "name", "adverb", "possessive"):
            return units[here].kind == "mark" and units[here].word in (",", '"', "”") and here > 0
    return False


def _led_by_preposition(units: Sequence[Unit], place: int) -> bool:
    """Whether the noun phrase before a place hangs on a preposition."""
    for here in range(place - 1, max(-1, place - 6), -1):
        if units[here].kind not in ("word", "det", "thing", "noun", "number", "name"):
            return units[here].kind == "prep"
    return False


def _closes_apposition(units: Sequence[Unit], place: int) -> bool:
    """Whether the comma before a place closes what was said of a name: *Norway, its Nordic neighbour, plans to*."""
    for here in range(place - 2, max(0, place - 12), -1):
        if units[here].kind in ("verb", "auxiliary", "relative"):
            return False
        if units[here].kind == "mark":
            return units[here].word == "," and units[here - 1].kind in ("name", "word")
    return False


def _closes_relative(units: Sequence[Unit], place: int) -> bool:
    """Whether the comma before a place closes a relative clause: *Germany, which sold Z boats last year, now wants to*."""
    comma = next((here for here in range(place - 1, 0, -1) if units[here].kind not in ("adverb", "not")), 0)
    for here in range(comma - 1, max(0, comma - 24), -1):
        if units[here].kind == "relative":
            return units[here - 1].word == "," and units[here - 1].kind == "mark"
        if units[here].kind == "mark" and units[here].word != ",":
            return False
    return False


def _inserted_after(units: Sequence[Unit], place: int) -> bool:
    """Whether what stands between commas before a place parts it from its auxiliary: *will not, for now, license*."""
    for here in range(place - 2, max(0, place - 7), -1):
        if units[here].kind == "mark":
            before = units[here - 1] if here else None
            return units[here].word == "," and before is not None and before.kind in ("auxiliary", "not")
    return False


def _are_given(units: Sequence[Unit], place: int) -> bool:
    """`supplies of arms`, `arms supplies to Z`: whether *supplies* are what is given and no goods."""
    after = units[place + 1] if place + 1 < len(units) else None
    arms = place > 0 and units[place - 1].kind == "thing" and after is not None and after.kind == "prep"
    return _is_of(after) or (arms and after is not None and after.word in ("to", "from"))


def _is_of(unit: Unit | None) -> bool:
    return unit is not None and unit.kind == "prep" and unit.word == "of"


def _earlier_verb(units: Sequence[Unit], place: int, reach: int = 3) -> bool:
    return any(unit.kind == "verb" for unit in units[max(0, place - reach) : place])
