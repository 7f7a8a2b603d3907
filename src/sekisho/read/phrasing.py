"""The third reading, its first half: small words and phrases find the frame they belong to, from left to right.

It is shallow: it keeps what was said last, and what stands loose until a verb takes it.
"""

from __future__ import annotations

from dataclasses import replace

from sekisho.read.chunks import Chunk
from sekisho.read.frames import Frame
from sekisho.read.telling import READ_BY, Telling
from sekisho.read.wordlists import word_list

TOLD = frozenset({"say", "decide", "doubt", "deny", "plan", "ask", "promise", "notify", "permit"})
"""Senses after which a clause may follow without a conjunction, or with *that*."""
_SIDES = frozenset({"to", "from", "by", "for"})
"""Prepositions before who gives and who receives."""
_PRESSING = word_list("pressing")
_TIMES = word_list("times")
_BUDGETS = word_list("sums of others")
_STOCKS = word_list("stocks")
_OF_TIME = frozenset({"after", "before", "since", "until", "according"})
"""Conjunctions that stand before a mere phrase, too: *after its war with Ecuador, Peru bought*."""


def _is_audience(frame: Frame, chunk: Chunk) -> bool:
    """Whether a phrase says to whom it is told: *told reporters*."""
    return (
        frame.verb is not None
        and frame.verb.lemma == "tell"
        and (chunk.kind in ("other", "party") or chunk.word in ("it", "them"))
    )


class Phrases(Telling):
    """Small words and phrases of a sentence, each with the frame it belongs to."""

    def build(self) -> list[Frame]:
        """The frames of the sentence, in the order of their words."""
        for place, chunk in enumerate(self.found):
            getattr(self, READ_BY.get(chunk.kind, "_skip"))(place, chunk)
        self._tellers()
        self._shared()
        for frame in self.frames:
            if (
                frame.origin is not None
                and frame.sense not in ("ask", "with")
                and not frame.phrase("with")
                and not any(chunk.parties for chunk in frame.phrase("to", "from", "for"))
            ):
                own = {word for word, goal in frame.phrases if goal.parties}
                told = [entry for entry in frame.origin.phrases if entry[0] in ("to", "from", "for", "by")]
                frame.phrases += [entry for entry in told if entry[0] not in own]
        return self.frames

    def _shared(self) -> None:
        """`Peru gets six, Chile eight from Z`: what stands behind the last of several tellings belongs to all of them."""
        for frame in reversed(self.frames):
            first = frame.origin
            if first is None or any(other.origin is frame for other in self.frames):
                continue
            own = [entry for entry in frame.phrases if entry[0] in ("to", "from", "by") and entry[1].kind == "party"]
            while first is not None:
                apart = first.sense == frame.sense and frame.subject is not first.subject
                told = {word for word, _ in first.phrases}
                first.phrases += [entry for entry in own if apart and entry[0] not in told]
                first.words |= frame.words & {"gift", "loan"}
                first = first.origin

        asked = [
            frame
            for frame in self.frames
            if frame.by == "to" and frame.parent is not None and frame.parent.sense in ("ask", "permit") and frame.parent.noun
        ]
        for frame in asked:
            beside = [each for each in asked if each is not frame and each.sense == frame.sense and each.parent is not None
                      and frame.parent is not None and each.parent.chunk is frame.parent.chunk]  # fmt: skip
            goals = [("to", goal) for each in beside for goal in each.phrase("to") if goal.kind == "party"]
            frame.phrases += (
                [] if frame.phrase("to") or frame.chunk.start > min([each.chunk.start for each in beside] or [0]) else goals
            )

    def _tellers(self) -> None:
        """Who tells a clause that stands before: *the jets would follow in May, the ministry said*."""
        said = ("say", "decide", "promise")  # *no tanks will go to Z, X promised*
        telling = [frame for frame in self.frames if frame.by == "main" and frame.sense in said and not frame.noun]
        if not telling:
            return
        clauses: list[Frame] = []
        parents = {
            id(frame.parent) for frame in self.frames
            if frame.by == "that" or (frame.by == "to" and frame.parent is not None and frame.parent.sense == "decide")
        }  # fmt: skip
        for frame in self.frames:
            if frame.by != "main" or frame.noun:
                continue
            if (
                frame.sense in said
                and all(_is_audience(frame, chunk) for chunk in frame.objects)
                and id(frame) not in parents
                and frame.subject is not None
            ):
                for clause in clauses:
                    clause.teller = frame
                clauses = []
            else:
                clauses.append(frame)

    def _skip(self, place: int, chunk: Chunk) -> None:
        """An adverb, a stray number or determiner, a *not* of its own."""
        if chunk.kind == "adverb":
            if self.last is None or chunk.word not in ("gift", "loan"):
                self.words.add(chunk.word)
            if self.last is not None:
                host = self._holder() if chunk.word in ("gift", "loan") else None
                (host or self.last).words.add(chunk.word)

    # ---- small words -----------------------------------------------------------------------------------------------

    def _mark(self, place: int, chunk: Chunk) -> None:
        self.skipping = False
        if chunk.word == ",":
            self._close_opening()
            self.comma = True
            told = place + 1 < len(self.found) and self.found[place + 1].kind == "relative" and self.verb is not None
            if self.conjunction in _OF_TIME and self.free and self.verb is self.before_conjunction and not told:
                self.free, self.conjunction = [], ""
        elif chunk.word in '();:—–-"“”‘’«»':
            self.comma = True
            self.colon = chunk.word in ":—–-"
            if chunk.word not in "()":
                self._boundary()
                self.last = None if chunk.word in ":;" and self._opens_with_a_day(place + 1) else self.last
                self.conjunction = ""
                if not self.frames and chunk.word in "—–-":
                    self.days = []  # those of a dateline

    def _close_opening(self) -> None:
        """`at a ceremony attended by ministers,`: behind an opening phrase with a participle a sentence begins anew."""
        if len(self.frames) == 1 and self.verb is self.frames[0] and self.found[0].kind in ("prep", "conj"):
            alone = self.verb.by in ("reduced", "ger") and self.verb.parent is None and self.verb.sense == "other"
            if alone and not self.verb.conjunction:
                self.verb = self.last = None
                self.free = []

    def _boundary(self) -> None:
        self.free, self.preposition, self.relative, self.that, self.antecedent = [], "", False, False, None

    def _conj(self, place: int, chunk: Chunk) -> None:
        self.skipping = False
        if chunk.word == "and":
            self.and_, self.preposition = True, ""
            self.added = chunk.end - chunk.start > len("and")
            return
        if chunk.word in ("including", "especially"):
            self.preposition = chunk.word
            return
        if place and chunk.word == "exchange" and self.found[place - 1].sense_is("get", "give", "order", "offer"):
            return  # *receiving in their place*
        around = {each.word for each in (*self.found[place - 1 : place], *self.found[place + 1 : place + 2])}
        if (
            chunk.word == "exchange"
            and place + 1 < len(self.found)
            and self.found[place + 1].kind == "item"
            and self._bare(place)
        ):
            self.preposition = chunk.word
            return
        if place and chunk.word == "exchange" and around == {","}:
            self.words.add(chunk.word)
            return
        if chunk.word == "rather than":
            self.instead, self.preposition = True, ""
            return
        if chunk.word in ("before", "until") and self.last is not None:
            self.last.words.add("not before")
        if chunk.word == "as long as" and self.last is not None:
            self.last.words.add("indefinitely")
        self._boundary()
        self.conjunction, self.before_conjunction = chunk.word, self.verb
        self.comma = False

    def _bare(self, place: int) -> bool:
        """Whether the thing behind a place is all that is given in return: *in exchange for ten tanks,*."""
        after = self.found[place + 2] if place + 2 < len(self.found) else None
        beyond = self.found[place + 3] if place + 3 < len(self.found) else None
        if after is not None and after.kind == "relative" and place and beyond is not None and beyond.sense_is("go", "give"):
            return True  # *trucks in return for tanks that go to W*
        return after is None or after.kind in ("mark", "day") or (after.kind == "prep" and after.word != "that")

    def _some_of(self, place: int) -> Chunk | None:
        """`ten jets, nine of which X delivered`: the thing before with the number that the clause tells of."""
        if place < 3 or self.found[place - 1].word != "of" or self.found[place - 2].kind != "number":
            return None
        number = self.found[place - 2]
        thing = next((each for each in reversed(self.found[max(0, place - 5) : place - 2]) if each.kind == "item"), None)
        if thing is None or number.quantity is None:
            return None
        span = (number.start, number.end)
        return replace(thing, items=[replace(each, quantity=number.quantity, quantity_span=span) for each in thing.items])

    def _relative(self, place: int, chunk: Chunk) -> None:
        if place > 2 and self.found[place - 1].word == "of" and self.found[place - 2].word == "part":
            self.free, self.preposition, self.relative, self.antecedent, self.headed = [], "", True, self.found[place - 2], None
            return  # *worth 560 million, part of which X takes in palm oil*
        some = self._some_of(place)
        if some is not None:
            self.free, self.preposition, self.relative, self.antecedent, self.headed = [], "", True, some, some
            return
        before = self.found[place - 1] if place else None
        if before is not None and before.kind == "mark" and place > 1:
            before = self.found[place - 2]
        if before is not None and before.kind == "money":
            before = next((each for each in reversed(self.found[max(0, place - 6) : place]) if each.kind == "item"), before)
        at = next((here for here in range(place) if self.found[here] is before), 0)
        if before is not None and before.kind == "other" and 1 < at < place - 1 and chunk.word == "which":
            before = self._before_its_phrases(at) or self._apposed_to(at) or before
        if before is not None and before.kind == "party" and at == place - 1:
            before = self._sent_on(place, at) or before
        told = chunk.word == "that" and (before is None or before.kind in ("verb", "day") or (
            before.kind in ("event", "party", "pronoun") and self.last is not None and self.last.sense in (*TOLD, "give")
            and (before.kind == "event" or self.last.sense in ("say", "notify", "promise"))
        ))  # fmt: skip
        told = told or (chunk.word == "that" and before is not None and self._warned_or_urged(place, before))
        if (
            before is not None
            and before.kind == "other"
            and chunk.word == "that"
            and self.last is not None
            and (self.last.sense in ("say", "deny") and not self.last.noun)
        ):
            told = True
        if (
            before is not None
            and before.kind == "other"
            and chunk.word == "that"
            and (self._is_so() or self._told_by_noun(place))
        ):
            told = True
        ahead = self.found[place + 1] if place + 1 < len(self.found) else None
        joined = chunk.word == "that" and place > 1 and self.found[place - 1].word == "and"
        teller = next((frame for frame in self.frames if frame.by == "main" and frame.sense in TOLD), None) if joined else None
        if teller is not None and ahead is not None and ahead.nominal:
            told, self.last = True, teller  # *said it would …, and that Z had …*
        if before is not None and before.kind == "event" and ahead is not None and ahead.kind == "verb":
            told = False  # *a list that names tanks*
        self.preposition = ""
        if self.conjunction and self.comma and before is not None and any(before is each for each in self.free):
            self.clause = self.conjunction, before  # *after X, which built them, withheld*
        telling = self.verb is not None and self.verb.sense in TOLD and before is not None
        if telling and not told and self.verb is not None and before is not None and any(before is each for each in self.free):
            self.suspended = before, self.verb
        self.free = []
        if told or before is None:
            self.that, self.told_by = True, self.last
            spoken = self.last.parent if self.last is not None and self.last.noun and self.last.by == "prep in" else None
            if spoken is not None and spoken.sense == "say":
                self.told_by = self.last = spoken  # *said in a call that*
        else:
            self.relative, self.antecedent = True, self._out_of_stock(place, before) if before.nominal else None
            if before.kind == "prep" and place > 1:
                led = self.found[place - 2] if self.found[place - 2].kind != "mark" or place < 3 else self.found[place - 3]
                self.led_by, self.antecedent = before.word, None
                if led.kind == "party" and before.word == "for":
                    led = self._thing_before(place) or led
                self.leading = led if led.nominal else None
            if self.that and self.told_by is not None and (self.antecedent or self.leading) is not None:
                self.told_head = self.antecedent or self.leading, self.told_by
            self.headed = self.antecedent or self.leading
            self.outer = [self.finite] if self.finite is not None else []
            if not (self.and_ and self.verb is not None and self.verb.by == "which" and self.resumed is not None):
                self.resumed = self.verb
            if self.finite is None and before.nominal and self.pending_subject is None:
                nested = self.verb is not None and self.verb.by == "reduced" and self.verb.gap is self.opening
                self.pending_subject = self.opening if nested else before

    def _told_by_noun(self, place: int) -> bool:
        """*Reports in the press that rockets had been sent*: whether a *that* opens what an event noun tells of."""
        ahead = self.found[place + 1] if place + 1 < len(self.found) else None
        telling = self.last is not None and self.last.noun and self.last.sense in ("say", "deny")
        return telling and ahead is not None and ahead.nominal

    def _prep(self, place: int, chunk: Chunk) -> None:
        self.preposition = chunk.word
        behind = place and self.found[place - 1].kind == "mark" and self.found[place - 1].word == ","
        made = self.last if chunk.word in ("to", "from", "for") else None
        if made is not None and made.noun and made.sense == "make" and made.by == "prep of" and made.parent is not None:
            self._turn_to(made.parent)  # *vehicles of Swiss manufacture, to Z*
        if behind and chunk.word in ("to", "from", "for", "at", "under") and self.verb is not None:
            outer = self.resumed if self.outer else None
            if self.verb.by == "reduced" and self.verb.parent is not None and not self.verb.parent.noun:
                outer = self.verb.parent
            if self.verb.by == "ger" and self.verb.parent is not None and self.verb.parent.by == "which" and self.outer:
                self.last = self.verb = self.outer[-1]  # *jets, which X sold it for training pilots, to Z*
            holder = self._holder()
            taken = holder is not None and any(word == chunk.word and goal.kind == "party" for word, goal in holder.phrases)
            if holder is not None:
                self._turn_to(self.last if taken and self.last is not None else holder)
            elif outer is not None and self.verb.by in ("which", "reduced"):
                self.last = self.verb = outer

    def _day(self, place: int, chunk: Chunk) -> None:
        self.preposition = ""
        after = self.found[place + 1] if place + 1 < len(self.found) else None
        if chunk.unit is not None and chunk.unit.possessive and after is not None and after.kind == "other":
            return  # *in response to Sunday's raid*
        before = self.found[place - 1] if place else None
        again = self.and_ and self.comma and self.verb is not None  # *jets from X and, on Sunday, ships*
        opens = (
            again or before is None or (before.kind == "prep" and place < 2) or self.last is None or (self.free and self.comma)
        )
        here = place - 1 if before is not None and before.kind == "prep" else place
        while here > 1 and self.found[here - 1].kind == "adverb":
            here -= 1
        led = self.found[here - 1] if here else None
        opens = opens or (led is not None and led.kind == "relative" and self.that)
        opens = opens or (bool(self.free) and led is self.free[-1] and led.kind != "event" and self._verb_ahead(place))
        if opens or self.last is None:
            self.days.append(chunk)
        else:
            self.last.days.append(chunk)

    def _money(self, place: int, chunk: Chunk) -> None:
        self.preposition = ""
        named = self.found[place - 2] if place > 1 and self.found[place - 1].word == "of" else None
        if named is None and place + 2 < len(self.found) and self.found[place + 1].word == "of":
            named = self.found[place + 2]  # *450 million of its debt*
        if named is not None and named.kind == "other" and named.word in _BUDGETS:
            return
        if place and self.found[place - 1].kind == "conj" and self.found[place - 1].word == "and" and self.last is not None:
            return  # *guns, on top of the 40 billion that Congress voted*
        if self.last is None or (self.colon and self.free and self.found[place - 1].word == "worth"):
            self.money.append(chunk)
        else:
            host = self._holder() if self.found[place - 1].word in ("worth", "at", "of", "for") else None
            if host is not None:
                self._turn_to(host)
            self.last.money.append(chunk)
            if self.last.by == "reduced" and self.last is self.verb and self.last.parent is not None:
                self.last = self.last.parent
                self.verb = self.last if not self.last.noun else self.verb

    # ---- phrases ---------------------------------------------------------------------------------------------------

    def _party(self, place: int, chunk: Chunk) -> None:
        self._nominal(place, chunk)

    _item = _pronoun = _number = _party

    _other = _party

    def _nominal(self, place: int, chunk: Chunk) -> None:
        preposition, self.preposition = self.preposition, ""
        if chunk is self.taken:
            return
        if preposition in ("including", "especially"):
            if self.last is not None:
                self.last.phrases.append((preposition, chunk))
            else:
                self.orphans.append((preposition, chunk))
            return
        if preposition:
            if self.instead or self.skipping:
                self.instead, self.skipping = False, True
                return
            if self.and_ and self._led_by_goal(place, preposition):
                return
            if self.and_ and preposition == "from" and chunk.kind == "party" and self._asked_by_another(chunk):
                return
            if self.and_ | self.comma and preposition == "of" and self._told_of_another(place, chunk):
                return
            if self._done_by_another(place, preposition, chunk):
                return
            if preposition == "by" and chunk.kind == "other" and chunk.word in _TIMES:
                return
            if preposition in ("from", "by") and place > 1 and self._presses(place - 2):
                return
            if self._stands_apart(place):
                self.orphans.append((preposition, chunk))
                return
            host = self._host(place, preposition, chunk)
            host.phrases.append((preposition, chunk))
            if chunk.price is not None:
                host.money.append(Chunk("money", chunk.price.start, chunk.price.end, "", unit=chunk.price))
            return
        verb_next = place + 1 < len(self.found) and self.found[place + 1].kind == "verb"
        if chunk.kind == "number" and self.verb is None and not verb_next:
            return
        if chunk.kind == "party" and self._names_member(place):
            assert self.last is not None
            self.last.phrases.append((self.last.phrases[-1][0], chunk))
            return
        if self.instead:
            self.instead, self.skipping = False, True
            return
        if chunk.kind == "party" and self._gapped(place, chunk):
            return
        if (
            self.colon
            and chunk.kind == "item"
            and self.last is not None
            and (self._is_listed(self.last) and not self._verb_ahead(place))
        ):
            self.last.phrases.append(("including", chunk))
            return
        self.free.append(chunk)
        listed = self.and_ or (self.comma and chunk.kind in ("number", "item") and self._goal_follows(place))
        if chunk.kind in ("item", "number") and (self._listed_on(place, chunk) or (listed and self._again(place, chunk))):
            return
        if self.verb is not None and self.comma | self.and_ and chunk.kind == "number" and self._each_for(place, chunk):
            return
        if chunk.kind == "party" and self.and_ and self._left_to_another(place, chunk):
            return
        if chunk.kind == "party" and ((self.and_ and self._again_whom(place, chunk)) or self._asks_another(place, chunk)):
            return
        if self.added and chunk.kind == "item" and self.verb is not None and self.verb.objects:
            self.added = False
            self.verb.objects.append(chunk)
            return
        if self.verb is None and self.opening is None and not self.conjunction:
            self.opening = chunk
        late = self.comma and not self.and_ and chunk.kind == "item" and self.verb is not None and self.verb is self.last and (
            self.verb.sense == "give" and not self.verb.objects and self.verb.chunk.form != "passive"
            and any(goal.kind == "party" for goal in self.verb.phrase("to")) and not self._verb_ahead(place)
        )  # fmt: skip
        bare = not (self.conjunction or self.relative or self.that)
        if self.verb is not None and (not self.comma or late) and bare:
            self.verb.objects.append(chunk)
            if chunk.price is not None and chunk.kind == "item":
                self.verb.money.append(Chunk("money", chunk.price.start, chunk.price.end, "", unit=chunk.price))

    def _out_of_stock(self, place: int, before: Chunk) -> Chunk:
        """What a relative clause is about: of *tanks from its army's stocks that Z sent* the tanks."""
        stored = before.kind == "other" and bool(before.words & _STOCKS) and place > 2 and self.found[place - 1] is before
        thing, led = self.found[place - 3], self.found[place - 2]
        return thing if stored and led.word == "from" and thing.kind == "item" else before

    def _presses(self, place: int) -> bool:
        """Whether a phrase says what comes from somebody and is no thing: *under pressure from Z*, *despite criticism by Z*."""
        pressing, led = self.found[place], self.found[place - 1] if place else None
        goods = pressing.kind == "other" and pressing.quantity is not None and not pressing.form
        if goods and led is not None and led.word == "and" and self.last is not None and self.last.phrase("from"):
            return True  # *, along with 50 tractors from W*
        return pressing.kind == "other" and pressing.word in _PRESSING and led is not None and led.kind in ("prep", "conj")

    def _stands_apart(self, place: int) -> bool:
        """Whether a phrase with its preposition belongs to a verb that is still to come."""
        here, last = place - 2, self.last
        if last is None:
            return True
        while here > 1 and (self.found[here].kind in ("mark", "money") or self.found[here].word == "worth"):
            here -= 1
        beside = self.found[here] if here >= 0 and (here == place - 2 or self.found[here + 1].word != ",") else None
        if 0 <= here < place - 2 and any(each.kind == "money" for each in self.found[here:place]):
            beside = self.found[here]
        if self.free and beside is self.free[-1] and last.sense in ("say", "deny", "doubt") and self._verb_ahead(place):
            return True
        if beside is not None and any(
            beside is each for each in (last.chunk, *last.objects, *(goal for _, goal in last.phrases))
        ):
            return False
        led = bool(self.free) and beside is self.free[-1] and last.sense in ("say", "deny", "doubt")
        return (led or (bool(self.free) and self.verb is not None and self.comma)) and self._verb_ahead(place)

    def _host(self, place: int, preposition: str, chunk: Chunk) -> Frame:
        """What a phrase hangs on: behind a clause that says more about a thing, who gives and who receives it belong outwards.

        *Sold tanks that are no longer needed to Peru*, *equipped with radios by Spain*.
        """
        last = self.last
        assert last is not None
        host = self._holder() if chunk.kind in ("party", "pronoun") and preposition in _SIDES | {"with"} else None
        bought = last.sense in ("get", "order") and last.by in ("which", "reduced") and preposition == "to" and not last.noun
        if bought and chunk.kind == "party":  # *sold the jets it had bought from X to Z*
            held = [each for each in self.frames if each.sense == "give" and any(last.gap is goal for goal in each.objects)]
            host = held[-1] if held and not held[-1].phrase("to") else host
        if host is not None and preposition == "with" and (host.sense not in ("get", "deal") or last.objects):
            host = None
        close = self.found[place - 2] is last.chunk
        needless = last.sense == "need" and preposition == "from"
        if last.chunk.word.startswith("belong") and (close or self.and_):
            return last  # *which once belonged to Z*
        made = preposition == "by" and (last.sense == "make" or last.chunk.word == "made")
        if host is None or (close and preposition != "to" and not needless) or made:
            return last
        taken = any(word == preposition and goal.kind == "party" for word, goal in host.phrases)
        if taken or (preposition == "by" and not (host.noun or host.chunk.form == "passive")):
            return last
        self._turn_to(host)
        return host

    def _turn_to(self, host: Frame) -> None:
        """What follows belongs to a frame that stands further out."""
        self.last = host
        self.verb = self.verb if host.noun else host

    def _names_member(self, place: int) -> bool:
        """Whether a party says which one is meant by what stands before its comma: *to a NATO country, Poland,*."""
        if self.last is None or not self.last.phrases or place < 2 or self.found[place - 1].kind != "mark":
            return False
        before, after = self.found[place - 2], self.found[place + 1] if place + 1 < len(self.found) else None
        return before.form == "member" and before is self.last.phrases[-1][1] and (after is None or after.kind == "mark")

    @staticmethod
    def _is_listed(frame: Frame) -> bool:
        """Whether what stands behind a colon is what a frame is about: *a package: six guns*, *took arms from Z: six guns*."""
        chunks = (frame.chunk, *(frame.objects if not frame.noun else ()), *(chunk for _, chunk in frame.phrases))
        items = [item for chunk in chunks for item in chunk.items]
        if frame.noun and not items:
            return True
        loose = not frame.noun and bool(frame.objects) and bool(frame.objects[-1].words & {"things", "items", "goods"})
        return (bool(items) or loose) and all(item.thing.general for item in items)

    def _event(self, place: int, chunk: Chunk) -> None:
        frame = Frame(chunk, chunk.noun)
        preposition, self.preposition = self.preposition, ""
        self._take_loose(frame)
        frame.gap = self._apposed(place, chunk) or self._whose(place)
        if chunk.unit is not None:
            frame.words |= chunk.words
        if chunk.price is not None:
            frame.money.append(Chunk("money", chunk.price.start, chunk.price.end, "", unit=chunk.price))
        if preposition and self.last is not None:
            host = self._holder() if frame.sense == "deal" else self._approval() if preposition in ("for", "to") else None
            frame.parent, frame.by = host or self.last, f"prep {preposition}"
        elif preposition:
            frame.by = f"prep {preposition}"
            self.under = frame if preposition == "under" else self.under
        elif (
            self.verb is not None
            and not self.conjunction
            and not self.relative
            and not self.that
            and not ((self.comma or (self.and_ and chunk.definite)) and self._verb_ahead(place))
            and not (self.comma and self._comments(place, chunk))
        ):
            frame.parent, frame.by = self.verb, "obj"
            if not self._sums_up(place, chunk):
                self.verb.objects.append(chunk)
        elif self.verb is None or self.conjunction or self.comma or self.that or (self.relative and frame.gap is not None) or (
            self.and_ and self._verb_ahead(place)
        ):  # fmt: skip
            if self.verb is None and self.opening is None and not self.conjunction:
                self.opening = chunk
            self.free.append(chunk)
            self.pending = frame
        frame.conjunction = self.conjunction if not self._verb_ahead(place) else ""
        if frame.conjunction:
            frame.by = "sub"
        self.frames.append(frame)
        self.last = frame

    def _approval(self) -> Frame | None:
        """`Approval was given for the delivery`: the noun before a verb that a purpose behind it belongs to."""
        last = self.last
        if last is None or last.noun or last.sense not in ("give", "go", "get", "other", "sign", "start"):
            return None
        found = [
            each for each in self.frames if each.parent is last and each.by == "subject" and each.sense in ("permit", "ask")
        ]
        return found[0] if found else None

    def _comments(self, place: int, chunk: Chunk) -> bool:
        """`denied Norway the guns, a decision that`, `given by Z, a gift that`: whether it only says what has been told."""
        deciding = chunk.noun is not None and chunk.noun.sense == "decide"
        after = self.found[place + 1] if place + 1 < len(self.found) else None
        summed = after is not None and after.kind == "relative" and not chunk.items and self.found[place - 1].word == ","
        aside = summed and self.verb is not None and self.verb.by == "reduced" and bool(self.verb.phrases)
        if aside and self.verb is not None and chunk.noun is not None and chunk.noun.terms in ("gift", "loan"):
            for host in (self.verb, *([self.verb.parent] if self.verb.parent is not None else [])):
                host.words.add(chunk.noun.terms)  # *given by Z, a donation that*
        return chunk.indefinite and (aside or (deciding and self.verb is not None and bool(self.verb.objects)))

    def _whose(self, place: int) -> Chunk | None:
        """`ships built for Z, whose delivery was cancelled`: the things that an event noun behind *whose* is about."""
        before = self.found[place - 1] if place > 1 else None
        if before is None or before.word != "whose" or self.antecedent is None:
            return None
        aside = self.last is not None and self.last.by in ("reduced", "which") and self.antecedent.kind != "item"
        told = self.last.gap if aside and self.last is not None else self.antecedent
        return told if told is not None and told.kind == "item" else None

    def _apposed(self, place: int, chunk: Chunk) -> Chunk | None:
        """What an event noun is said of by its place alone: *two boats, a gift from Japan,*."""
        if place < 2 or chunk.items or self.found[place - 1].kind != "mark" or self.found[place - 2].kind != "item":
            return None
        return self.found[place - 2]

    def _take_loose(self, frame: Frame) -> None:
        """What stood before any frame belongs to the first one."""
        frame.phrases += self.orphans
        frame.days += self.days
        frame.money += self.money
        frame.words |= self.words
        frame.under = self.under
        self.orphans, self.days, self.money = [], [], []
        self.words = set()
