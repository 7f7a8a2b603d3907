"""The third reading, its ground: what is known at a place of a sentence, and verbs that are said once and told of several.

`sold tanks to Peru and ships to Chile`, `gave Peru ten tanks, Chile six guns`: the verb is a frame for each of them.
"""

from __future__ import annotations

from collections.abc import Sequence

from sekisho.read.chunks import Chunk
from sekisho.read.frames import Frame

_TRANSFERRING = frozenset({"give", "get", "order", "swap", "promise", "offer", "go", "with", "ask", "permit", "refuse"})

_GREATEST = frozenset({"biggest", "largest", "first", "greatest", "costliest", "heaviest", "second-biggest", "second-largest"})
"""Words by which a general noun sums up what has been told: *its biggest arms purchase ever*."""
_HAVING = ("get", "order", "swap", "make")
"""Senses of how one came by a thing."""
_WARNING = frozenset({"warn", "caution", "remind", "assure", "reassure", "advise", "alert"})
"""Verbs of telling whose object is whom they tell: *warned Z that the transfer would*."""

READ_BY = {
    kind: f"_{kind}"
    for kind in (
        "mark", "conj", "relative", "prep", "day", "money", "party", "item", "number", "pronoun", "other", "event", "verb",
    )
}  # fmt: skip
"""What reads a phrase, by its kind; of the other kinds only adverbs are looked at."""


class Telling:
    """What is known at a place of a sentence: what stands loose, what was said last, and the words that wait for a phrase."""

    def __init__(self, found: Sequence[Chunk]) -> None:
        self.found = found
        self.frames: list[Frame] = []
        self.free: list[Chunk] = []
        self.orphans: list[tuple[str, Chunk]] = []
        self.days: list[Chunk] = []
        self.money: list[Chunk] = []
        self.words: set[str] = set()
        self.preposition = ""
        self.last: Frame | None = None
        self.verb: Frame | None = None
        self.finite: Frame | None = None
        self.conjunction = ""
        self.antecedent: Chunk | None = None
        self.relative = False
        self.led_by = ""
        self.leading: Chunk | None = None
        self.headed: Chunk | None = None
        self.told_head: tuple[Chunk | None, Frame] | None = None
        self.that = False
        self.told_by: Frame | None = None
        self.outer: list[Frame] = []
        self.resumed: Frame | None = None
        self.before_conjunction: Frame | None = None
        self.suspended: tuple[Chunk, Frame] | None = None
        self.clause: tuple[str, Chunk] | None = None
        self.comma = self.and_ = self.instead = self.added = False
        self.skipping = False
        """Whether what stands here belongs to what is not done: *rather than ships from Z*."""
        self.colon = False
        self.pending: Frame | None = None
        self.under: Frame | None = None
        self.opening: Chunk | None = None
        self.pending_subject: Chunk | None = None
        self.taken: Chunk | None = None

    def _warned_or_urged(self, place: int, before: Chunk) -> bool:
        """`warned Z that it`, `a proposal by X that it sell jets`: whether a *that* behind a party opens what is told."""
        if self.last is None or before.kind not in ("party", "pronoun"):
            return False
        ahead = self.found[place + 1] if place + 1 < len(self.found) else None
        urged = self.last.noun and self.last.sense in ("plan", "ask") and ahead is not None and ahead.kind == "pronoun"
        urged = urged and any(before is goal for word, goal in self.last.phrases if word in ("by", "from"))
        return urged or (self.last.verb is not None and self.last.verb.lemma in _WARNING)

    def _gapped(self, place: int, chunk: Chunk) -> bool:
        """`gave Peru ten tanks, Chile six guns`, `Peru is to buy ten tanks, Chile six`: a verb told again of each."""
        said, after = self.verb, self.found[place + 1] if place + 1 < len(self.found) else None
        if said is None or said is not self.last or after is None or after.kind not in ("item", "number"):
            return False
        if (
            not (self.comma or self.and_)
            or self._verb_ahead(place)
            or said.noun
            or self.conjunction
            or self.relative
            or self.that
        ):
            return False
        kinds = [each.kind for each in said.objects[:2]]
        let = said.by == "to" and said.subject is not None and said.parent is not None and said.parent.sense == "permit"
        let = let and kinds[:1] in (["item"], ["number"])  # *let Peru have jets and Chile guns*
        first = said.objects[0] if said.objects else None
        counted = first is not None and (
            first.kind in ("item", "number") or (first.kind == "other" and first.quantity is not None)
        )
        acting = said.sense in ("get", "order", "with", "give", "promise", "offer") and said.chunk.form != "passive"
        buying = counted and acting and said.subject is not None and said.subject.kind == "party"
        other = (
            kinds in (["pronoun", "item"], ["pronoun", "number"]) and acting and said.objects[0].word in ("it", "them", "him")
        )
        if kinds not in (["party", "item"], ["party", "number"]) and not (let or buying or other):
            return False
        again = self._repeated(said)
        again.objects, again.phrases = [after] if let or buying else [chunk, after], []
        again.subject = chunk if let or buying or other else again.subject
        if other:  # *X gave it ten tanks, W six guns*
            again.objects = [said.objects[0], after]
        self.taken = after
        return True

    def _repeated(self, said: Frame) -> Frame:
        """A frame for what is told again of a verb or noun that is said once; its objects are still to come."""
        again = Frame(said.chunk, said.verb)
        again.subject, again.parent, again.by, again.origin = said.subject, said.parent, said.by, said
        again.preposition = said.preposition
        again.conjunction, again.gap, again.words = said.conjunction, said.gap, set(said.words)
        again.days, again.teller = self.days or list(said.days), said.teller
        self.days = []
        self.finite = again if self.finite is said else self.finite
        self.verb = again if self.verb is said else self.verb
        self.frames.append(again)
        self.last = again
        self.and_ = self.comma = False
        return again

    def _led_by_goal(self, place: int, preposition: str) -> bool:
        """`sell jets to Peru and, to Chile, ships`: what is said once is told again of what stands behind its goal."""
        after = self.found[place + 1 : place + 3]
        if (
            preposition not in ("to", "for")
            or len(after) < 2
            or after[0].word != ","
            or after[1].kind not in ("item", "number")
        ):
            return False
        if not self._again(place + 2, after[1]) or self.last is None:
            return False
        self.last.phrases.append((preposition, self.found[place]))
        self.taken = after[1]
        return True

    def _each_for(self, place: int, chunk: Chunk) -> bool:
        """`Peru and Chile will get tanks, ten for Lima and six for Santiago`: how many each of several gets."""
        said = self.verb
        several = said is not None and said.subject is not None and (len(said.subject.parties) > 1 or said.origin is not None)
        buying = said is not None and said.sense in ("get", "order") and not said.noun and said.chunk.form != "passive"
        if said is None or not several or not buying or not self._goal_follows(place) or self.found[place + 1].word == "from":
            return False
        again = self._repeated(said)
        again.subject, again.objects, again.phrases = self.found[place + 2], [chunk], []
        self.taken = self.found[place + 2]
        return True

    def _done_by_another(self, place: int, preposition: str, chunk: Chunk) -> bool:
        """`the transfer by X of guns and by Y of tanks`, `a contract with X for tanks and another with Y for guns`."""
        said, after = self.last, self.found[place + 1 : place + 3]
        if preposition == "by" and len(after) == 2 and self._by_the_next(chunk, after):
            return True
        again = chunk.kind == "party" and len(after) == 2 and after[1].kind in ("item", "number")
        if not again or said is None or not said.noun:
            return False
        word = {"by": "of", "with": "for", "from": "for"}.get(preposition, "")
        told = word == after[0].word and any(each.kind in ("item", "number") for each in said.phrase(word))
        dealt = preposition == "by" or said.sense == ("deal" if preposition == "with" else "get")
        if not word or not told or not dealt or not said.phrase(preposition):
            return False
        self._repeated(said).phrases = [(preposition, chunk)]
        return True

    def _told_of_another(self, place: int, chunk: Chunk) -> bool:
        """`the sale of jets to Peru and of ships to Chile`: an event noun said once, and told again."""
        counted = chunk.kind == "item" or (chunk.kind == "number" and self._goal_follows(place))
        taken = self.last is not None and not self.last.noun and self.last.chunk.word == "of"  # *took delivery of jets and of*
        return counted and self.last is not None and (taken or self.last.noun) and self._again(place, chunk)

    def _goal_follows(self, place: int) -> bool:
        """Whether a number is for somebody: *a dozen to Peru, eight each to Chile and Cuba*."""
        after = self.found[place + 1 : place + 3]
        return (
            len(after) == 2
            and after[0].kind == "prep"
            and (after[0].word in ("to", "for", "from") or (after[0].word == "by" and self._done_by()))
            and (after[1].kind == "party")
        )

    def _done_by(self) -> bool:
        """Whether a passive says by whom: *were promised by X, 19 by W*."""
        return self.last is not None and self.last.chunk.form == "passive" and bool(self.last.phrase("by"))

    def _listed_on(self, place: int, chunk: Chunk) -> bool:
        """`supplied ten tanks bought from X, and guns`: a thing listed behind a participle that says more of the one before."""
        last = self.last
        if self._replaced_by(place, chunk):
            return True
        host = last.parent if last is not None and last.by == "reduced" and self.comma and last is self.verb else None
        if last is None or host is None or host.noun or last.gap is None or last.gap.kind != chunk.kind or chunk.kind != "item":
            return False
        if self.conjunction or self.that or self.relative or self._verb_ahead(place) or last.objects:
            return False
        after = self.found[place + 1] if place + 1 < len(self.found) else None
        if after is not None and after.kind not in ("mark", "day"):
            return False
        word = next((word for word, goal in host.phrases if goal is last.gap), "")
        if not word and not any(last.gap is each for each in host.objects):
            return False
        if word:
            host.phrases.append((word, chunk))
        else:
            host.objects.append(chunk)
        return True

    def _replaced_by(self, place: int, chunk: Chunk) -> bool:
        """`had bought their replacements, four helicopters, from X`: what the replacements are that a verb is about."""
        last = self.last
        if last is None or not last.noun or last.sense != "replace" or last.by != "obj" or last.parent is None:
            return False
        if not self.comma or self.found[place - 2] is not last.chunk or chunk.kind != "item":
            return False
        last.parent.objects.append(chunk)
        self.last = self.verb = last.parent
        self.comma = False
        return True

    def _thing_before(self, place: int) -> Chunk | None:
        """`delivered 40 guns to Z, for which it paid`: the thing that stands before its goal."""
        here = place - 2
        while here > 1 and self.found[here].kind in ("mark", "party", "prep"):
            here -= 1
        return self.found[here] if self.found[here].kind == "item" else None

    def _sent_on(self, place: int, at: int) -> Chunk | None:
        """`pass on guns to Z that it bought from W`: the thing that a clause behind its goal says more about."""
        ahead = self.found[place + 1 : place + 3]
        bought = len(ahead) == 2 and ahead[0].kind in ("pronoun", "party") and ahead[1].sense_is(*_HAVING)
        led = at > 1 and self.found[at - 1].kind == "prep" and self.found[at - 1].word in ("to", "for")
        thing = self.found[at - 2] if bought and led else None
        return thing if thing is not None and thing.kind == "item" else None

    def _again(self, place: int, chunk: Chunk) -> bool:
        """`sold tanks to Peru and ships to Chile`, `the sale of tanks to Peru and ships to Chile was`: told once, of each."""
        said = self.last
        if said is None or self.conjunction or self.that or self.relative:
            return False
        told_of = said.noun and said is self.pending and self._goal_follows(place)
        if not told_of and self._verb_ahead(place, told_of=chunk):
            return False
        passive = said.sense in ("give", "promise", "offer") and said.chunk.form == "passive"
        going = not said.noun and (said.sense == "go" or passive)
        going = going and said.subject is not None and said.subject.kind in ("item", "number")
        led_by = "for" if said.noun and said.sense in ("deal", "ask", "permit") and said.phrase("for") else "of"
        things = [goal for word, goal in said.phrases if word == led_by] if said.noun else said.objects
        things = [said.subject] if going and said.subject is not None else things
        agents = ("by",) if said.chunk.form == "passive" else ()
        gone = any(word in ("to", "from", "for", *agents) and goal.kind == "party" for word, goal in said.phrases)
        counted = any(
            each.kind in ("item", "number") or (each.kind == "other" and each.quantity is not None) for each in things
        )
        if not gone or not counted or (not said.noun and said is not self.verb):
            return False
        again = self._repeated(said)
        again.objects, again.phrases = ([], [(led_by, chunk)]) if said.noun else ([chunk], [])
        if going:  # *six drones went to Niger from X, ten to Mali*
            again.subject, again.objects = chunk, []
            led = self.found[place + 1].word if place + 1 < len(self.found) else ""
            again.phrases = [entry for entry in said.phrases if entry[0] in ("from", "by", "to", "for") and entry[0] != led]
        return True

    def _again_whom(self, place: int, chunk: Chunk) -> bool:
        """`will give Z jets and W ships`: the verb said once, for whom else and what else."""
        said, after = self._holder() or self.verb, self.found[place + 1] if place + 1 < len(self.found) else None
        if said is None or said.noun or after is None or after.kind != "item" or self.conjunction or self._verb_ahead(place):
            return False
        kinds = [each.kind for each in said.objects]
        if said.sense not in ("give", "promise", "offer") or kinds[:2] != ["party", "item"]:
            return False
        again = Frame(said.chunk, said.verb)
        again.subject, again.parent, again.by = said.subject, said.parent, said.by
        again.words, again.days, again.objects = set(said.words), list(said.days), [chunk]
        self.finite = again if self.finite is said else self.finite
        self.verb = self.last = again
        self.frames.append(again)
        self.and_ = self.comma = False
        return True

    def _asks_another(self, place: int, chunk: Chunk) -> bool:
        """`asked X for rifles and W for tanks`, `provided X with rifles and W with tanks`: the verb said once, of whom else."""
        said, after = self.verb, self.found[place + 1 : place + 3]
        word = {"ask": "for", "give": "with", "with": "with"}.get(said.sense, "") if said is not None and not said.noun else ""
        if (
            said is None
            or not (self.comma or self.and_)
            or not word
            or len(after) < 2
            or after[0].word != word
            or after[1].kind not in ("item", "number")
        ):
            return False
        passive = said.chunk.form == "passive" and said.subject is not None and said.subject.kind == "party"
        if not (passive or any(each.kind == "party" for each in said.objects)) or self._verb_ahead(place):
            return False
        self._repeated(said)
        assert self.last is not None
        self.last.objects, self.last.phrases = ([] if passive else [chunk]), []
        if passive:
            self.last.subject = chunk
        return True

    def _asked_by_another(self, chunk: Chunk) -> bool:
        """`requests from X to pass on guns and from W to send tanks`: the noun said once, for who else asks."""
        asked = [each for each in self.frames if each.noun and each.sense == "ask" and any(
            word == "from" and goal.kind == "party" for word, goal in each.phrases)]  # fmt: skip
        if not asked or not any(each.by == "to" and each.parent is asked[-1] for each in self.frames):
            return False
        said = asked[-1]
        again = Frame(said.chunk, said.verb)
        again.parent, again.by, again.words, again.phrases = said.parent, said.by, set(said.words), [("from", chunk)]
        self.frames.append(again)
        self.last = again
        self.verb = said.parent if said.parent is not None and not said.parent.noun else self.verb
        self.and_ = self.comma = False
        return True

    def _left_to_another(self, place: int, chunk: Chunk) -> bool:
        """`denied X permission to pass on guns and W to send tanks`: leave told of once, for whom else."""
        after = self.found[place + 1 : place + 3]
        leave = [each for each in self.frames if each.noun and each.sense == "permit" and each.by == "obj"]
        said = leave[-1].parent if leave else None
        if said is None or said.noun or len(after) < 2 or after[0].word != "to" or after[1].kind != "verb":
            return False
        used = any(each.by == "to" and each.parent is leave[-1] for each in self.frames)
        if not used or not any(each.kind == "party" for each in said.objects):
            return False
        told = self._repeated(said)
        told.objects, told.phrases = [chunk, leave[-1].chunk], []
        again = Frame(leave[-1].chunk, leave[-1].verb)
        again.parent, again.by, again.words = told, "obj", set(leave[-1].words)
        self.frames.append(again)
        self.last, self.verb = again, told
        return True

    def _sums_up(self, place: int, chunk: Chunk) -> bool:
        """`sold Chile ten guns, its biggest arms export`: whether an event noun in general words says what has been told."""
        general = bool(chunk.items) and all(item.thing.general for item in chunk.items)
        if general and chunk.words & _GREATEST and self.found[place - 1].word == ",":
            return True  # *bought jets from X, its biggest arms purchase ever*
        here = place - 2
        while here > 1 and (self.found[here].kind == "money" or self.found[here].word in ("worth", "for")):
            here -= 1  # *200 tanks worth $500 million, its biggest deal*
        return general and place > 1 and self.found[place - 1].word == "," and self.found[here].kind == "item"

    def _verb_ahead(self, place: int, told_of: Chunk | None = None) -> bool:
        for here, chunk in enumerate(self.found[place + 1 :], place + 1):
            before = self.found[here - 1]
            signed = (
                before.kind == "event"
                and self.found[here - 2].kind == "prep"
                and chunk.sense_is("sign", "say", "decide", "other")
            )
            told = chunk.form == "past" and not all(verb.preterite for verb in chunk.verbs)
            participle = told and told_of is not None and (before is told_of or signed) and (
                here + 1 < len(self.found) and self.found[here + 1].kind in ("prep", "day")
            )  # fmt: skip
            if chunk.kind == "verb" and chunk.form not in ("ger", "base") and not participle:
                return True
            if chunk.kind in ("mark", "conj", "relative"):
                return False
        return False

    def _holder(self) -> Frame | None:
        """The frame that a thing belongs to of which the last clause only says more; None if the clause tells of a transfer."""
        last = self.last
        aside = last is not None and last.by in ("reduced", "which") and last.gap is not None
        if not aside or last is None or last.gap is None or last.gap.kind not in ("item", "number"):
            return None
        flown = last.verb is not None and last.verb.lemma == "fly" and bool(last.phrase("by"))  # *jets once flown by X, to Z*
        gone = last.verb is not None and last.verb.lemma in ("withdraw", "retire") and last.by == "reduced"
        if last.sense in _TRANSFERRING and not (last.sense == "with" and last.by == "reduced") and not (flown or gone):
            return None
        for host in reversed(self.frames):
            held = (*host.objects, *(goal for _, goal in host.phrases), host.subject)
            if host is not last and host.sense not in ("say", "other") and any(last.gap is each for each in held):
                return host
        return None

    def _before_its_phrases(self, at: int) -> Chunk | None:
        """*Jets from its stocks, which*, *jets no longer in use, which*: the thing that phrases say more about."""
        for chunk in reversed(self.found[max(0, at - 4) : at]):
            if chunk.kind == "item":
                return chunk
            if chunk.kind not in ("prep", "not", "adverb", "other"):
                return None
        return None

    def _apposed_to(self, at: int) -> Chunk | None:
        """*The frigate, a veteran of the 1960s, which*: the thing that what stands between commas only says more about."""
        for here in range(at - 1, max(0, at - 8), -1):
            if self.found[here].kind == "mark" and self.found[here].word == ",":
                while here and self.found[here - 1].kind in ("day", "prep", "adverb"):
                    here -= 1
                return self._before_its_phrases(here)
            if self.found[here].kind not in ("prep", "other", "number", "day", "det"):
                return None
        return None

    def _is_so(self) -> bool:
        """`it is true that`: whether a clause follows that says what is so."""
        last = self.last
        return (
            last is not None and last.verb is None and not last.noun and last.subject is not None and last.subject.word == "it"
        )

    def _says_how_bought(self, place: int, chunk: Chunk) -> bool:
        """`got six jets from X, purchased at a cost of`: whether a participle behind a comma is about what was got."""
        said, after = self.verb, self.found[place + 1] if place + 1 < len(self.found) else None
        told = self.found[place - 1].word == "," and chunk.sense_is("get", "order") and after is not None
        told = (
            told
            and after is not None
            and (after.kind == "prep" or after.kind == "money")
            and self._before_mark(place).kind == "party"
        )
        given = said is not None and said is self.finite and said.sense in ("get", "give") and not said.noun
        return told and given and said is not None and any(each.kind == "item" for each in said.objects)

    def _before_mark(self, place: int) -> Chunk:
        """What stands before the mark before a place, adverbs apart: *jets, once flown by X*."""
        while place > 1 and self.found[place - 1].kind == "adverb":
            place -= 1
        return self.found[max(place - 2, 0)]

    def _opens_with_a_day(self, place: int) -> bool:
        """`keeps its jets: in Prague on Wednesday officials signed`: whether a clause begins with when and where."""
        around = self.found[place : place + 4]
        prep = [each.kind == "prep" and each.word in ("on", "in", "at") for each in around]
        days = [each.kind == "day" for each in around]
        return (prep[:1] == [True] and days[1:2] == [True]) or (prep[::2] == [True, True] and days[3:] == [True])

    def _told_as_well(self, place: int) -> bool:
        """`jets bought and paid for by Z`: whether a participle says more of what the one before it does."""
        last = self.last
        close = place > 1 and last is not None and self.found[place - 1].word == "and"
        told = last is not None and (self.found[place - 2] is last.chunk or last.sense == "make")
        after = self.found[place + 1] if place + 1 < len(self.found) else None
        inherited = last is not None and last.by == "reduced" and last.chunk.form == "past" and after is not None
        told = told or (inherited and after is not None and after.kind == "prep")
        close = close and told
        return close and last is not None and last.by == "reduced" and last.gap is not None and last.gap.kind == "item"

    def past_wish(self, earlier: Frame, frame: Frame) -> Chunk | None:
        """`The tanks that Z wants to give to W must not be sent`: what the verb behind such a clause is about."""
        top = earlier.chain()[-1]
        bare = not (self.comma or self.and_ or self.conjunction or self.that or self.relative) and self.finite is None
        within = earlier.by in ("to", "ger") and top.by == "which" and top.gap is not None and top.gap.kind == "item"
        ahead = frame.chunk.form in ("passive", "future", "modal", "perfect", "past")
        return self.pending_subject or top.gap if bare and within and ahead else None

    def _by_the_next(self, chunk: Chunk, after: Sequence[Chunk]) -> bool:
        """`were sold by X to Z in 1992 and by Z to W in 2009`: the verb said once, and by whom they went on."""
        said = self.verb
        if said is None or said.noun or said.chunk.form != "passive" or chunk.kind != "party" or not said.phrase("by"):
            return False
        side = after[0].word
        if side not in ("to", "from", "for") or after[1].kind != "party" or not said.phrase(side):
            return False
        again = self._repeated(said)
        again.phrases, again.days = [("by", chunk)], []
        return True
