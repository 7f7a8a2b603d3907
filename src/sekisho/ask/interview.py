"""The interview: a state machine that asks only what can still change the verdict, the most decisive question first.

It holds a case as stated and the answers so far, in their order, and nothing else: `state` is plain data, from which
`Interview.of` makes it again. Each question is derived from that, so that going back is leaving out the last answer.

What is asked is what an applicant can say: what describes the transfer, look-ups that no table answers, claims and
assurances; with `acts` also what authorities have done or found. Silence on the rest stays as it is. What defaults stand in
for is asked in one question (`DEFAULTS`), and one by one only if not all of it is so.

It ends when every completion of what is open has one verdict, or when nothing left can change it. Permitted and conditional
count as one here, as they do to `decide --exact`, which gives the verdict at the end.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any, Literal, TypeAlias

import msgspec

from sekisho.ask.matter import Matter
from sekisho.ask.score import Scorer
from sekisho.case import Case
from sekisho.case.stated import FactValue, from_mapping
from sekisho.corpus import Bilingual
from sekisho.decide import Decider
from sekisho.decision import Answer
from sekisho.errors import Mistake, UsageError
from sekisho.prove.exact import exactly
from sekisho.render.data import case_data, plain

DEFAULTS = "defaults"
"""The question whether all that defaults stand in for is so: answered with true or false."""
UNKNOWN = None
"""The answer *don't know*."""

Reply: TypeAlias = FactValue | None
ASKED = ("described", "looked_up", "claim", "assurance")
"""The kinds of facts that an applicant is asked for."""
ACTS = ("step", "finding")
"""The kinds that are asked for as well where acts of authorities are."""


class Asked(msgspec.Struct, frozen=True):
    """A question: the fact (or `DEFAULTS`), its words, how it is answered, and the provisions it serves.

    `values` has the words of a text or a set; `taken` what each default is taken to be.
    """

    fact: str
    question: Bilingual
    type: Literal["boolean", "text", "state", "date", "number", "set"]
    values: Mapping[str, Bilingual]
    serves: tuple[str, ...]
    taken: Mapping[str, str] = {}


class Interview:
    """An interview over one case. `question` is the next one, None when it is over; `answer` and `back` move it."""

    def __init__(
        self, decider: Decider, case: Case, regimes: Sequence[str] = (), acts: bool = False,
        answers: Sequence[tuple[str, Reply]] = (),
    ) -> None:  # fmt: skip
        self.decider, self.base = decider, case
        self.regimes = tuple(decider.corpus.regime(name).id for name in regimes) or tuple(decider.corpus.regimes)
        self.acts = acts
        self.answers: list[tuple[str, Reply]] = list(answers)
        self.kinds = ASKED + ACTS if acts else ASKED
        decider.completer.complete(case)

    # ---- as plain data -------------------------------------------------------------------------

    @property
    def state(self) -> dict[str, Any]:
        """All there is to it, as JSON has it."""
        answers = [{"fact": name, "answer": plain(value)} for name, value in self.answers]
        return {"case": case_data(self.base), "regimes": list(self.regimes), "acts": self.acts, "answers": answers}

    @classmethod
    def of(cls, decider: Decider, state: Mapping[str, Any]) -> Interview:
        """The interview of a `state`. Raises `CaseError` or `UsageError` where it is none."""
        made = cls(decider, from_mapping(state["case"], decider.corpus), state["regimes"], state["acts"])
        for entry in state["answers"]:
            made.answers.append((entry["fact"], made.read(entry["fact"], entry["answer"])))
        decider.completer.complete(made.case)
        return made

    # ---- moving --------------------------------------------------------------------------------

    def read(self, name: str, value: object) -> Reply:
        """An answer as a case holds it, from what a file would hold; None is *don't know*. Raises `CaseError`."""
        if value is None:
            return UNKNOWN
        if name == DEFAULTS:
            if not isinstance(value, bool):
                raise UsageError(Mistake(f"'{value}' is no answer to {name}.", "Answer true or false."))
            return value
        return from_mapping({"date": self.base.date, name: value}, self.decider.corpus).facts[name]

    def answer(self, value: object) -> None:
        """Answer the question that is asked; None is *don't know*.

        Raises `CaseError` for a value that the fact cannot have, or that contradicts the case; it is then still asked.
        """
        asked = self.question
        if asked is None:
            raise UsageError(Mistake("nothing is asked any more.", "Go back to change an answer."))
        reply = self.read(asked.fact, value)
        after = Interview(self.decider, self.base, self.regimes, self.acts, [*self.answers, (asked.fact, reply)])
        self.decider.completer.complete(after.case)
        self.answers = after.answers
        self._forget()

    def back(self) -> None:
        """Take the last answer back; without one nothing happens."""
        if self.answers:
            self.answers.pop()
            self._forget()

    def _forget(self) -> None:
        for name in ("case", "question", "open", "over"):
            self.__dict__.pop(name, None)

    # ---- where it stands -----------------------------------------------------------------------

    @cached_property
    def case(self) -> Case:
        """The case with the answers so far."""
        said = {name: value for name, value in self.answers if value is not UNKNOWN and name != DEFAULTS}
        return msgspec.structs.replace(self.base, facts=dict(self.base.facts) | said)

    @property
    def replies(self) -> dict[str, Reply]:
        """The answers by question."""
        return dict(self.answers)

    @cached_property
    def _scorers(self) -> tuple[Scorer, ...]:
        """One a regime that has begun."""
        first = {name: self.decider.corpus.regimes[name].first_day for name in self.regimes}
        begun = [name for name in self.regimes if self.base.date >= first[name]]
        return tuple(Scorer(self.decider, self.decider.compiled(name, self.base.date), self.kinds) for name in begun)

    @cached_property
    def _matters(self) -> tuple[Matter, ...]:
        decision = [self.decider.decide(self.base, [scorer.law.law.regime.id]).decisions[0] for scorer in self._scorers]
        names = [name for scorer in self._scorers for name in scorer.read]
        return tuple(Matter(self.decider, entry, names) for entry in decision)

    @cached_property
    def open(self) -> tuple[str, ...]:
        """The facts that an answer may still give, in the vocabulary's order."""
        completed, facts = self.decider.completer.complete(self.case), self.decider.corpus.vocabulary.facts
        settled = self.replies
        read = {name for scorer in self._scorers for name in scorer.read}
        found = []
        for name, fact in facts.items():
            if name not in read or name in settled or name in completed.stated:
                continue
            if fact.unstated == "default":
                if settled.get(DEFAULTS) is not True:
                    found.append(name)
            elif fact.claimed or completed.value(name) is None:
                found.append(name)
        return tuple(found)

    @property
    def defaults(self) -> tuple[str, ...]:
        """Those of them that defaults stand in for."""
        facts = self.decider.corpus.vocabulary.facts
        return tuple(name for name in self.open if facts[name].unstated == "default")

    @cached_property
    def over(self) -> bool:
        """Whether the verdict follows whatever is still open."""
        possible = [matter.possible(self.case, self.open, self.replies) for matter in self._matters]
        if any(groups == {"prohibited"} for groups in possible):
            return True
        return all(len(groups) == 1 for groups in possible)

    @cached_property
    def question(self) -> Asked | None:
        """The next question; None if the verdict follows, or if nothing that is left can change it."""
        if self.over:
            return None
        if DEFAULTS not in self.replies and self.defaults and self._can_tell(self.defaults):
            return self._asked(DEFAULTS)
        left = [name for name in self.open if name not in self.defaults or self.replies.get(DEFAULTS) is not None]
        for name in self._ranked(left):
            if self._can_tell((name,)):
                return self._asked(name)
        return None

    def _can_tell(self, names: tuple[str, ...]) -> bool:
        """Whether another value of some facts alone can change a verdict that is still open."""
        live = (m for m in self._matters if len(m.possible(self.case, self.open, self.replies)) > 1)
        return any(matter.tells(names, self.case, self.open, self.replies) for matter in live)

    def _ranked(self, names: Iterable[str]) -> list[str]:
        """Facts that a condition still turns on, the most decisive first: after its answers the fewest are left to ask."""
        scores: dict[str, float] = {}
        for scorer in self._scorers:
            for name, score in scorer.scores(self.case, names, self.open).items():
                scores[name] = min(score, scores.get(name, score))
        return sorted(scores, key=lambda name: scores[name])

    def _asked(self, name: str) -> Asked:
        facts = self.decider.corpus.vocabulary.facts
        served = self.defaults if name == DEFAULTS else (name,)
        serves = tuple(dict.fromkeys(p for scorer in self._scorers for p in scorer.serves(self.case, served, self.open)))
        if name == DEFAULTS:
            completed = self.decider.completer.complete(self.case)
            taken = {entry: str(completed.value(entry)) for entry in self.defaults}
            return Asked(name, SO, "boolean", {}, serves, taken)
        fact = facts[name]
        return Asked(name, fact.question, fact.type, fact.values, serves)

    # ---- the end -------------------------------------------------------------------------------

    def result(self, seconds: float | None = None) -> Answer:
        """The answer to the case as it stands, as `decide --exact` gives it."""
        return exactly(self.decider, self.decider.decide(self.case, self.regimes), seconds)


SO = Bilingual(
    "Is all of this so, as it is taken to be where nothing else is said?",
    "別段の記載がない場合の次の前提は、すべてそのとおりですか。",
)
