"""The third reading, its second half: every verb becomes a frame, and hangs on what came before. The door is `frames`."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from sekisho.read.chunks import Chunk
from sekisho.read.frames import Frame, asks_for_funds, controller
from sekisho.read.phrasing import TOLD, Phrases
from sekisho.read.settling import settle
from sekisho.read.status import BLAMING

_EXPECTING = frozenset({"plan", "ask", "permit", "want", "refuse", "decide", "say", "seek", "need", "deny", "doubt", "against"})
"""Senses after which a passive infinitive is what is expected or asked of the thing before it."""
_WITHIN = frozenset({"to", "ger", "reduced", "which"})  # part of a noun phrase: *a request for jets built in X*
_TALKS = frozenset({"talk", "negotiation", "discussion", "meeting"})
_BARE = frozenset({"let", "help", "see", "have", "make", "watch"})  # another verb follows without *to*: *let it send*
_ACTS = frozenset({"decree", "order", "law", "bill", "document", "edict"})
_AGREEING = ("sign", "decide", "hold", "permit")
"""Senses of what is told of a contract or a ban by the way: *the contract for ships, signed on Monday, is*."""
_OF_ITSELF = frozenset({"collapse", "founder", "lapse", "expire", "falter", "fizzle", "stall"})
_SINGLE = frozenset({"first", "second", "only", "latest", "last"})
_THANKING = frozenset({"thank", "praise", "applaud"}) | BLAMING


class _Clauses(Phrases):
    def _verb(self, place: int, chunk: Chunk) -> None:
        frame = Frame(chunk, chunk.verb)
        frame.words |= chunk.words
        to_be = self.preposition == "to" and chunk.form == "passive" and "modal" not in chunk.auxiliaries
        done = chunk.form == "perfect" and chunk.auxiliaries == ("have",) and "have" in chunk.words
        infinitive = (self.preposition == "to" and (chunk.form == "base" or to_be or done)) or (
            chunk.form == "arranged" and "be" not in chunk.auxiliaries
        )
        gerund = chunk.form == "ger" or (chunk.form == "perfect" and "having" in chunk.words)
        bare = chunk.form == "base" and self.verb is not None and self.verb.verb is not None and (
            self.verb.verb.lemma in _BARE and self.free and place > 0 and self.found[place - 1] is self.free[-1]
        )  # fmt: skip
        if bare and self.verb is not None:
            infinitive = True
            frame.parent, frame.by, frame.subject = self.verb, "to", self.free[-1]
        elif infinitive and self.conjunction == "whether":
            frame.parent, frame.by, frame.conjunction = self.last, "to", self.conjunction
            frame.subject = controller(frame)
        elif infinitive:
            frame.parent, frame.by = self._resumed_after(place) or self._governor(), "to"
            self._infinitive(place, frame, to_be)
            if self.last is None:
                aside = self.opening is not None and bool(self.free) and self.free[-1] is not self.opening
                frame.by, frame.subject = "main", self.free[-1] if self.free else frame.subject
                if aside and frame.subject is not None and frame.subject.words & _SINGLE:
                    frame.by, frame.instead, frame.gap = (
                        "reduced",
                        True,
                        self.opening,
                    )  # *France, the first country to promise tanks, will give*
        elif gerund and not (self.relative and chunk.form == "ger"):
            if "having" in chunk.words and self.last is None:
                self.conjunction = self.conjunction or "after"
            self._gerund(place, frame)
        elif self._is_reduced(place, chunk):
            frame.parent, frame.by, frame.gap = self.last, "reduced", self._told_of(place)
            frame.words |= {"exchange"} & {chunk.word for chunk, after in pairwise(self.found[:place]) if after is frame.gap}
            if self.conjunction and frame.gap is not None and any(frame.gap is each for each in self.free):
                self.clause = self.conjunction, frame.gap  # *after tanks bought from X were delivered*
            if self.that and self.told_by is not None and frame.gap is not None and frame.gap.kind == "item":
                self.told_head = frame.gap, self.told_by
        elif self.relative:
            self._relative_verb(frame)
        else:
            self._finite_verb(place, frame)
        frame.instead, self.instead, self.skipping = self.instead or frame.instead, False, False
        if not (frame.by in ("reduced", "which") and self.finite is None and frame.parent is None):
            self._take_loose(frame)
        self.frames.append(frame)
        self.last = self.verb = frame
        if not (infinitive or gerund or frame.by in ("reduced", "which")):
            self.finite = frame
        self.free, self.preposition, self.conjunction = [], "", ""
        self.relative = self.that = self.comma = self.and_ = False
        self.antecedent = None

    def _resumed_after(self, place: int) -> Frame | None:
        """`to deliver ships and, once they are retired, to sell two`: what the second infinitive hangs on, like the first."""
        last = self.last
        if last is None or last.by != "sub" or place < 2 or self.found[place - 2].word != ",":
            return None
        begun = next((frame for frame in reversed(self.frames) if frame.by == "to" and frame.parent is last.parent), None)
        return begun.parent if begun is not None else None

    def _governor(self) -> Frame | None:
        """What an infinitive hangs on: *agreed at talks to sell* is an agreement, no talks."""
        last = self.last
        aside = last is not None and last.noun and last.by in ("prep at", "prep during", "prep after", "prep amid")
        talking = last is not None and last.verb is not None and last.verb.lemma in _TALKS
        aside = aside or (talking and last is not None and last.by == "prep in")
        outer = last.parent if aside and last is not None else None
        return outer if outer is not None and not outer.noun and outer.sense in TOLD else last

    def _infinitive(self, place: int, frame: Frame, to_be: bool) -> None:
        """Who does what an infinitive says: *for the tanks to be sent*, *tanks to be sent*; else who governs its parent."""
        before = self.found[place - 2] if place > 1 else None
        above = frame.parent
        asked = to_be and frame.sense == "permit" and above is not None and above.sense == "ask" and not above.noun
        if (
            before is not None and before.nominal and before.kind != "event" and not asked and not asks_for_funds(frame)
        ):  # not *asked X to be allowed to send*
            if place > 2 and self.found[place - 3].kind == "prep" and self.found[place - 3].word == "for":
                frame.subject = before
                return
            if to_be and frame.parent is not None and any(before is chunk for chunk in frame.parent.objects):
                frame.subject = before
                if frame.parent.sense not in _EXPECTING:
                    frame.by = "which"
                return
            if to_be and above is not None and any(before is chunk for chunk in above.phrase("exchange")):
                frame.subject = frame.gap = before  # *in exchange for tanks to be sent to W*
                frame.by = "which"
                return
            told = before.kind == "party" or (before.kind == "pronoun" and before.form == "organ")
            if told and frame.parent is not None and any(before is chunk for chunk in frame.parent.objects):
                frame.subject = before
                return
        frame.subject = controller(frame)

    def _is_reduced(self, place: int, chunk: Chunk) -> bool:
        if chunk.form != "past" or not place or chunk.verb is None or all(verb.preterite for verb in chunk.verbs):
            return False
        if chunk.sense_is("go") and chunk.verb.lemma.endswith(" for"):
            return place > 1 and "item" in (self.found[place - 1].kind, self.found[place - 2].kind)  # *jets bound for Z*
        gone = chunk.sense_is("go") and chunk.verb.lemma not in ("reach", "pass")
        if gone or chunk.verb.lemma in ("turn back", "turn around", "belong"):
            return False
        before = self._before(place)
        after = next((each for each in self.found[place + 1 :] if each.kind != "adverb"), None)
        if self._told_as_well(place) or self._is_aside(place):
            return True
        if before is None or (
            before.kind == "other" and self.relative and place > 1 and self.found[place - 2].kind == "relative"
        ):
            return False  # *which Smith described as*
        if self.verb is None and chunk.sense_is("end", "start", "resume") and not self._verb_ahead(place):
            return False  # *the search for jets ended on Friday*
        if (chunk.verb.lemma in _OF_ITSELF or chunk.verb.lemma.startswith("meet with")) and not self._verb_ahead(place):
            return False  # *talks on jets collapsed over the price*, *a bid for jets met with a rebuff*
        if self._is_told_of(before):
            return True
        if self.pending is not None and self.pending.noun and before.kind in ("party", "day") and chunk.sense_is("refuse"):
            return False
        if before.kind == "mark" and before.word == "," and place > 1 and self._before_mark(place).kind == "item":
            return after is not None and after.kind in ("prep", "mark") and not chunk.sense_is("say") and not self.conjunction
        if self._says_how_bought(place, chunk):
            return True
        bare = after is None or after.kind in ("prep", "day", "mark", "adverb", "conj", "verb")
        beyond = self.found[place + 2] if place + 2 < len(self.found) else None
        bare = bare or (after is not None and after.kind == "det" and beyond is not None and beyond.kind == "adverb")
        if chunk.sense_is("say") or (chunk.sense_is("decide") and self.comma):
            return False
        if before.word in ("both", "all") and place > 2 and self.found[place - 3].kind == "item":
            return bare and self.found[place - 2].word == ","
        if before.kind == "pronoun" and (before.word in ("those", "ones") or before.form == "all"):
            return bare
        if before.kind in ("item", "number") or (before.kind == "other" and self.verb is not None and not self.that):
            return bare
        if before.kind == "event" and bare and self.verb is not None:
            return True
        opening = (place == 2 and self.found[0].kind == "prep") or (before.word in _ACTS and self._verb_ahead(place))
        if before.kind == "other" and self.verb is None and place < 3 and bare and opening:
            return True  # *at a ceremony attended by*, *A decree signed by X bans*
        if before.kind == "event" and self.verb is None and place == 2 and self.found[0].word in ("under", "in") and bare:
            return True  # *under an agreement signed on Tuesday, X will*
        return bare and self._after_its_object(place)

    def _is_aside(self, place: int) -> bool:
        """`the delivery of ships to Z, promised by X, was cancelled`: a participle between commas, and a verb behind them."""
        noun = self.pending
        told = self.found[place].sense_is("give", "promise", "offer", "get", "order", "refuse", "delay", *_AGREEING)
        led = (
            told
            and self.verb is None
            and noun is not None
            and noun.noun
            and self.found[place - 1].word == ","
            and bool(noun.phrase("of") or self.found[place].sense_is(*_AGREEING))
        )
        if not led or self.found[place - 1].kind != "mark" or place < 2 or self.found[place - 2].kind == "event":
            return False
        end = next(
            (here for here in range(place + 1, min(len(self.found) - 1, place + 8)) if self.found[here].kind == "mark"), 0
        )
        inner = self.found[place + 1 : end]
        closed = end and self.found[end].word == "," and self.found[end + 1].kind == "verb"
        return (
            bool(closed)
            and self.found[end + 1].form not in ("ger", "base", "past")
            and not any(c.kind == "verb" for c in inner)
        )

    def _told_of(self, place: int) -> Chunk | None:
        """What a participle tells of: the thing before it, or before the comma before it."""
        before = self._before(place)
        if self._told_as_well(place) and self.last is not None:
            return self.last.gap
        if self._says_how_bought(place, self.found[place]) and self.verb is not None:
            return next(each for each in reversed(self.verb.objects) if each.kind == "item")
        whole = before is not None and (before.form == "all" or (before.word in ("both", "all")))
        if whole and place > 2 and self.found[place - 3].kind == "item":
            return self.found[place - 3]  # *ten tanks, all of them supplied by Z*
        if self.found[place - 2].kind != "item" and self._is_aside(place) and self.pending is not None:
            agreed = self.found[place].sense_is(*_AGREEING)
            return self.pending.chunk if agreed else self.pending.phrase("of")[0]
        return self._before_mark(place) if before is not None and before.kind == "mark" and place > 1 else before

    def _before(self, place: int) -> Chunk | None:
        """What stands before a place, adverbs apart: *the 12 already delivered*."""
        while place and self.found[place - 1].kind == "adverb":
            place -= 1
        return self.found[place - 1] if place else None

    def _is_told_of(self, before: Chunk) -> bool:
        """Whether an event noun behind a preposition stands before: *under an agreement announced in Tokyo*."""
        last = self.last
        return before.kind == "event" and last is not None and last.chunk is before and last.by.startswith("prep") and (
            last.parent is not None
        )  # fmt: skip

    def _after_its_object(self, place: int) -> bool:
        """Whether an object of the last verb and what hangs on it stands before: *a loan worth 3 bn yen signed on Friday*."""
        verb, free = self.verb, self.free
        if verb is None or not free or self.comma or self.and_ or self.that or self.conjunction or verb.sense in TOLD:
            return False
        return any(free[-1] is chunk for chunk in verb.objects) and self.found[place - 1] is not free[-1]

    def _gerund(self, place: int, frame: Frame) -> None:
        frame.by, frame.preposition = "ger", self.preposition or ("," if self.comma else "")
        before = self.found[place - 1] if place else None
        absolute = self.comma and "having" in frame.chunk.words and before is not None and before.kind == "party"
        if absolute and self.finite is not None and not self.preposition:
            frame.by, frame.conjunction, frame.parent, frame.subject = "sub", "after", self.finite, before
            return  # *will buy jets from X, W having approved the resale*
        if before is not None and self.free and before is self.free[-1] and before.kind in ("other", "item", "event") and (
            self.last is None or self.last.chunk is not before
        ):  # fmt: skip
            frame.parent, frame.by, frame.subject = self.finite or self.last, "which", before
            return
        if before is not None and before.kind == "party" and self._stopped_doing(before):
            frame.parent, frame.subject = self.last, before
            return
        if before is not None and before.kind == "party" and self._led_by(before):
            assert self.last is not None
            frame.parent, frame.subject = self.last, before
            frame.preposition = self.last.phrases.pop()[0]
            return
        if self.last is None or (self.conjunction and self.finite is None):
            frame.conjunction, self.pending = self.conjunction, frame
            return
        frame.parent = self.last if self.preposition or not self.comma else self.finite or self.last
        frame.conjunction = self.conjunction
        if self.conjunction and self.finite is not None:
            frame.parent, frame.by = self.finite, "sub"
        parent = frame.parent
        thanked = (
            (
                self.preposition in ("for", "of", "over")
                or (self.preposition == "by" and parent is not None and parent.phrase("of"))
            )
            and parent is not None
            and parent.verb is not None
            and parent.verb.lemma in _THANKING
        )
        talked = (
            parent is not None
            and parent.sense == "pick"
            and not (self.preposition or self.comma)
            and parent.chunk.form != "passive"
        )
        if parent is not None and (thanked or talked or (self.preposition == "from" and parent.objects)):
            frame.subject = next((chunk for chunk in parent.objects if chunk.kind in ("party", "pronoun")), parent.subject)
        else:
            frame.subject = (
                controller(frame)
                if self.preposition in ("to", "for")
                or (self.preposition == "about" and parent is not None and parent.sense == "ask" and frame.sense == "give")
                else parent.subject
                if parent is not None
                else None
            )
            if parent is not None and parent.noun and frame.subject is None:
                frame.subject = controller(frame)

    def _stopped_doing(self, party: Chunk) -> bool:
        """`will not stand in the way of Poland's sending tanks`: whether a verb lets or stops what a party does."""
        last, let = self.last, ("permit", "refuse", "against", "lift")
        return last is not None and not last.noun and last.sense in let and bool(last.objects) and last.objects[-1] is party

    def _led_by(self, party: Chunk) -> bool:
        """Whether a party stands behind a preposition of an event noun: *objections to Estonia giving guns*."""
        last = self.last
        return last is not None and last.noun and bool(last.phrases) and last.phrases[-1][1] is party and (
            last.phrases[-1][0] in ("to", "of", "about", "against", "over")
        )  # fmt: skip

    def _relative_verb(self, frame: Frame) -> None:
        frame.by, frame.parent = "which", self.finite or self.last
        if frame.parent is self.pending and frame.parent is not None and frame.parent.noun:
            frame.parent = None
        if self.pending is not None and self.pending.noun and self.free and self.pending.chunk is self.free[-1]:
            self.pending.parent, self.pending.by = frame, "subject"  # *jets, whose sale to Z was approved*
        if self.free:
            frame.subject, frame.gap = self.free[-1], self.antecedent
            self._about_whose(frame)
            if self.leading is not None:
                frame.phrases.append((self.led_by, self.leading))
                self.headed, self.leading = self.leading, None
        else:
            frame.subject = frame.gap = self.antecedent

    def _about_whose(self, frame: Frame) -> None:
        """`whose sale was blocked`, `whose sale X had blocked`: the event noun is subject or object of the verb behind it."""
        told = self.pending
        if told is None or told.gap is None or not any(told.chunk is chunk for chunk in self.free):
            return
        told.parent, told.by, self.pending = frame, "subject" if frame.subject is told.chunk else "obj", None
        if told.by == "obj":
            frame.objects.append(told.chunk)

    def _closes_news(self, place: int, frame: Frame) -> bool:
        """`the announcement that X would give Z jets surprised W`: the verb behind the clause is about the noun before it."""
        inner = self.verb
        noun = inner.parent if inner is not None and inner.by == "that" else None
        bare = not (self.comma or self.and_ or self.conjunction or self.that or self.relative)
        if inner is None or noun is None or not bare or not noun.noun or noun.parent is not None or noun.by != "main":
            return False
        if not inner.objects or self.found[place - 1] is inner.chunk:
            return False
        frame.subject, noun.parent, noun.by, self.pending = noun.chunk, frame, "subject", None
        return True

    def _finite_verb(self, place: int, frame: Frame) -> None:
        frame.conjunction = self.conjunction
        before = self.verb
        if self._closes_news(place, frame):
            return
        event = self._event_told()
        if event is not None and event.parent is not None:
            before = event.parent
            before.objects = before.objects[:-1]
            frame.subject, frame.by, frame.parent = event.chunk, "that", before
            event.by, event.parent, self.pending = "subject", frame, None
            return
        if before is not None and before.by == "which" and before.gap is not None and self._closes_relative(place):
            frame.subject = self.pending_subject or before.gap
            outer = before.parent
            told = outer is not None and outer.sense in TOLD and any(chunk is frame.subject for chunk in outer.objects)
            frame.by, frame.parent = ("that", outer) if told else ("main", None)
            self.pending = None
            return
        if self.free and not self._cut_off(place) and not self._goes_on(place):
            first = self.verb is None or self.conjunction or self.that
            contact = self._contact(place)
            frame.subject = _likely(self.free) if first and contact is None else self.free[-1]
            if self.conjunction in ("since", "after", "before") and self.free[-1].kind == "party" and not self.comma and (
                first and frame.subject.kind == "other" and self.found[place - 1] is self.free[-1]
            ):  # fmt: skip
                frame.subject, self.conjunction = self.free[-1], ""  # *Since the war China has supplied Z*
            aside = self.comma and self.free[-1].kind == "party" and self.opening is not None and self.opening.kind == "other"
            opened = self.opening is not None and self.finite is None and self.verb is not None and not aside
            if contact is None and opened and not first:
                frame.subject = self.opening
            if contact is None and not first and self._below_noun() and self.pending is not None:
                frame.subject = self.pending.chunk
            gap = contact
            if (
                gap is None
                and len(self.free) > 1
                and not (first or self.comma or self.and_)
                and (frame.subject is self.free[-1])
            ):
                gap = self.free[-2] if self.free[-2].kind in ("item", "pronoun", "other") else None
                if gap is not None and gap.kind == "other" and before is not None and before.sense in ("say", "notify"):
                    gap = None  # *told reporters it would*
            if gap is not None:
                frame.gap, frame.by, frame.parent = gap, "which", self.verb
                if before is not None:
                    before.objects = [chunk for chunk in before.objects if chunk is not frame.subject]
                return
            if before is not None:
                before.objects = [chunk for chunk in before.objects if chunk is not frame.subject]
            self._hang(frame, before)
        else:
            self._coordinate(frame)
        if self.pending is not None and (frame.subject is self.pending.chunk or self.pending.by == "ger"):
            self.pending.parent, self.pending.by = frame, "subject"
            self._opened_by_gerund(frame)
            if self.pending.chunk.kind == "verb" and self.pending.conjunction in ("after", "before", "since"):
                self.pending.by, self.pending.subject = "sub", frame.subject
        self.pending = None

    def _opened_by_gerund(self, frame: Frame) -> None:
        """`Handing over ten trucks to Z on Monday, X's ambassador said`: what a sentence says first of who acts in it."""
        told = self.pending
        alone = told is not None and told.chunk.kind == "verb" and not told.conjunction and told is self.frames[0]
        if told is None or not alone or told.sense not in ("give", "get") or not told.objects or frame.subject is None:
            return
        between = [chunk for chunk in self.found if told.chunk.end <= chunk.start < frame.subject.start]
        if told.chunk is self.found[0] and any(chunk.kind == "mark" and chunk.word == "," for chunk in between):
            told.by, told.preposition, told.subject = "ger", ",", frame.subject

    def _below_noun(self) -> bool:
        """`a deal for X to sell Y fell through`: whether what stands before is within the phrase of an event noun."""
        last = self.verb
        within = last is not None and (last.by in ("to", "ger") or (last.by == "which" and last.gap is None))
        return within and self.free[-1].kind == "item" and self.pending is not None and self.pending.noun

    def _event_told(self) -> Frame | None:
        """The subject of what is told without a *that*: *Berlin said the delivery of the tanks would begin*."""
        said = self.verb
        if said is not None and said.by in _WITHIN and self.finite is not None and said is not self.finite:
            told = any(frame.noun and frame.parent is self.finite and frame.by == "obj" for frame in self.frames)
            said = self.finite if told else said
        if said is None or said.sense != "say" or not said.objects or self.comma or self.and_ or self.conjunction or self.that:
            return None
        return next((frame for frame in self.frames if frame.chunk is said.objects[-1] and frame.parent is said), None)

    def _contact(self, place: int) -> Chunk | None:
        """`the vehicles Athens is sending`: what a clause tells of that follows without a word between."""
        if not self.free or place < 2 or self.found[place - 1] is not self.free[-1]:
            return None
        told = self.found[place - 2]
        if told.kind == "pronoun" and place > 2 and self.found[place - 3].kind in ("conj", "prep"):
            return None  # *as a replacement for them Z is to get*
        if told.kind == "event" and self.found[place].sense_is("sign") and self.free[-1].kind == "pronoun":
            return told  # *the accord the two signed*
        loose = any(told is chunk for chunk in self.free) or told.kind == "item"
        return told if loose and self.free[-1].kind in ("party", "pronoun") and told.kind in ("item", "pronoun") else None

    def _closes_relative(self, place: int) -> bool:
        """Whether a verb follows a relative clause without a word between: *the tanks it gave Kyiv have arrived*."""
        return not (self.comma or self.and_ or self.conjunction or self.that or self.relative) and bool(self.free) and (
            self.found[place - 1] is self.free[-1]
        )  # fmt: skip

    def _goes_on(self, place: int) -> bool:
        """Whether an *and* stands right before, so that the verb has no subject of its own: *wants jets and is pressing*."""
        while place and self.found[place - 1].kind in ("adverb", "day"):
            place -= 1
        before = self.found[place - 1] if place else None
        return self.finite is not None and before is not None and before.kind == "conj" and before.word == "and"

    def _cut_off(self, place: int) -> bool:
        """Whether a comma stands between a verb and what would be its subject, which is an object then."""
        if self.verb is None or self.conjunction or self.that:
            return False
        for chunk in reversed(self.found[:place]):
            if chunk is self.free[-1]:
                return False
            if chunk.kind == "mark":
                return True
        return False

    def _hang(self, frame: Frame, before: Frame | None) -> None:
        """Says how a clause with a subject of its own hangs on what came before."""
        teller = self.told_by if self.that and self.told_by is not None else before
        aside = teller is not None and (bool(teller.conjunction) or (teller.by == "which" and teller.gap is None))
        if teller is not None and teller.chunk.form == "ger" and aside and not self.that:
            teller = None  # *after months of wrangling Z approved*
        if self.conjunction:
            frame.by, frame.parent = "sub", self.finite
            weighing = before is not None and (before.sense == "plan" or (before.sense == "decide" and before.by == "to"))
            if weighing and self.conjunction == "whether":
                frame.by, frame.parent = "that", before
        elif teller is not None and (self.that or (teller.sense in TOLD and not self.comma and not self.and_)):
            frame.by, frame.parent = "that", teller
        else:
            frame.by = "main"

    def _coordinate(self, frame: Frame) -> None:
        """A verb without a subject of its own goes on with that of an earlier one."""
        earlier = self.verb
        if self.clause is not None and not self.and_ and earlier is not None and earlier.gap is self.clause[1] and (
            self.finite is not None and (earlier.by == "reduced" or (self.comma and earlier.by == "which"))
        ):  # fmt: skip
            (frame.conjunction, frame.subject), self.clause = self.clause, None
            frame.by, frame.parent = "sub", self.finite
            return
        if self.comma and self.suspended is not None and earlier is not None and earlier.by != "main":
            frame.subject, frame.parent = self.suspended
            frame.by, self.suspended = "that", None
            frame.parent.objects = [chunk for chunk in frame.parent.objects if chunk is not frame.subject]
            return
        if (
            self.comma
            and self.pending_subject is not None
            and earlier is not None
            and earlier.by == "sub"
            and self.finite is earlier
        ):
            asides = [each for each in self.frames if each.by == "which" and each.gap is self.pending_subject]
            if asides and earlier.parent is None and not self.and_:
                frame.subject, frame.by = self.pending_subject, "main"  # *X, whose consent was needed because …, gave it*
                return
        if self.comma and self.outer and earlier is not None and earlier.by == "which":
            earlier = self.outer[-1]
        elif self.comma and earlier is not None and earlier.by in ("which", "reduced") and not self.and_:
            frame.subject = self._head_of(earlier) or self.pending_subject or earlier.gap
            return
        if earlier is None:
            return
        if self.past_wish(earlier, frame):
            frame.subject = self.past_wish(earlier, frame)
            return
        if earlier.by in ("which", "reduced") and self.told_head is not None and not self.and_:
            frame.subject, frame.parent = self.told_head
            head = self.pending.chunk if self.pending is not None and self.pending.noun else None
            if head is not None and frame.subject is not None and head.start < frame.subject.start:
                frame.subject = head
            frame.by, self.told_head = "that", None
            return
        if earlier.by == "reduced" and self.finite is not None and self.finite.sense in TOLD and any(
            earlier.gap is chunk for chunk in self.finite.objects
        ):  # fmt: skip
            self.headed = earlier.gap
        if earlier.by in ("which", "reduced") and self.headed is not None and self.finite is not None and (
            self.finite.sense in TOLD and any(self.headed is chunk for chunk in self.finite.objects)
        ):  # fmt: skip
            frame.subject, frame.by, frame.parent = self.headed, "that", self.finite
            told = next((each for each in self.frames if each.chunk is self.headed and each.parent is self.finite), None)
            if told is not None:
                told.parent, told.by = frame, "subject"
            self.finite.objects = [chunk for chunk in self.finite.objects if chunk is not self.headed]
            return
        if earlier.by in ("to", "ger") and self.pending is not None and self.pending.noun and not self.and_:
            frame.subject = self.pending.chunk
            return
        opened = self.finite is None and self.opening is not None and self.comma
        if opened and earlier.by in ("to", "ger", "reduced") and frame.chunk.form != "base":
            frame.subject = self.opening
            return
        if earlier.by in ("reduced",) or (earlier.by == "which" and not self.and_):
            loose = self.pending.chunk if self.pending is not None and self.pending.noun and self.finite is None else None
            frame.subject = loose or self.pending_subject or (self.finite.subject if self.finite is not None else earlier.gap)
            return
        if frame.chunk.form == "base" and earlier.by == "to":
            frame.by, frame.parent, frame.subject = "to", earlier.parent, earlier.subject
            return
        base = self.finite if self.finite is not None and frame.chunk.form != "base" else earlier
        self._share_auxiliary(frame, base)
        if self.and_ and frame.chunk.form == base.chunk.form:
            frame.days += base.days
        if base.by == "which" and base.gap is None:  # *under which X would send tanks and receive jets*
            frame.phrases += [entry for entry in base.phrases if entry[0] == "under" and entry[1].kind == "event"]
        frame.subject, frame.parent, frame.by = base.subject, base.parent, base.by
        frame.conjunction = frame.conjunction or base.conjunction

    def _head_of(self, aside: Frame) -> Chunk | None:
        """`the transfer of frigates, agreed in 2019, was called off`: the event noun that a verb behind an aside is about."""
        noun = self.pending
        if noun is None or not noun.noun or self.finite is not None or noun.parent is not None or aside.gap is None:
            return None
        return noun.chunk if aside.gap is noun.chunk or any(aside.gap is goal for _, goal in noun.phrases) else None

    def _share_auxiliary(self, frame: Frame, base: Frame) -> None:
        """`will build Z ships and let it have guns`: an auxiliary said once belongs to both verbs."""
        own, said = frame.chunk, base.chunk
        bare = not own.auxiliaries and any(verb.form == "base" for verb in own.verbs)
        if bare and said.form in ("future", "modal", "arranged") and self.and_:
            own.form, own.auxiliaries, own.negative = said.form, said.auxiliaries, own.negative or said.negative
            own.words |= said.words


def _likely(free: Sequence[Chunk]) -> Chunk:
    """The subject among some phrases that stand loose before a verb: the first, a party before what is no phrase of weight."""
    first = free[0]
    named = first.kind == "other" and first.unit is not None and first.unit.titled and not first.definite and len(free) == 2
    if named and free[1].kind == "item" and free[1].items[0].thing.lists == "ML9" and not free[1].word.endswith("s"):
        return free[1]  # *INS Tillanchang, a fast attack craft of the Indian Navy, was handed over*
    if first.kind == "other" and not first.possessor and not first.definite and not first.form:
        return next((chunk for chunk in free if chunk.kind == "party" or chunk.word in ("it", "they", "he", "she")), first)
    return first


def _denied(built: Sequence[Frame]) -> None:
    """`no tanks will be sent`, `neither X nor Z will sell`, `gave Z no arms`: the denial is that of the verb."""
    for frame in built:
        if frame.noun:
            continue
        subject = frame.subject if frame.by not in ("to", "ger", "reduced", "which") else None
        given = [*frame.objects, *frame.phrase("with")] if frame.sense in ("give", "with") else frame.objects
        none = any(chunk.negative and chunk.kind == "item" for chunk in given)
        if none or (subject is not None and subject.negative and subject.kind in ("item", "party")):
            frame.chunk.negative = not frame.chunk.negative


def frames(found: Sequence[Chunk]) -> list[Frame]:
    """The frames of a sentence, in order."""
    built = _Clauses(found).build()
    settle(built)
    _denied(built)
    return built
