"""The cases: the project's examples and precedents, and seeded variants that state more, less or other things."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

import sekisho
from sekisho.case import Case, Completed
from sekisho.case.stated import FactValue, read_file
from sekisho.corpus import Corpus, Fact
from sekisho.decide import Decider
from sekisho.errors import CaseError, InputError

SEED = 20231222
EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
PRECEDENTS = Path(sekisho.__file__).resolve().parent / "precedents"
_STATES = (
    "USA",
    "GBR",
    "ITA",
    "AUS",
    "PHL",
    "UKR",
    "IND",
    "IDN",
    "FRA",
    "PRK",
    "ISR",
    "TUR",
    "VNM",
    "JPN",
    "BRA",
    "none",
)


def stated(corpus: Corpus) -> list[Case]:
    """The cases of the examples and the precedents that can be read, in the order of their files."""
    found: list[Case] = []
    for path in (*sorted(EXAMPLES.glob("*.yaml")), *sorted(PRECEDENTS.glob("*.yaml"))):
        try:
            found += read_file(path, corpus)
        except InputError:
            continue  # an example of a mistake
    return [msgspec.structs.replace(case, head="") for case in found]


def varied(decider: Decider, wanted: int, days: Sequence[dt.date] = ()) -> list[Case]:
    """The stated cases and seeded variants, as many as wanted, each on one of some days (or its own, or a random one)."""
    random_ = random.Random(SEED)
    own = stated(decider.corpus)
    found: list[Case] = []
    for number, case in enumerate(_forever(decider.corpus, own, random_)):
        if len(found) == wanted:
            break
        day = days[number % len(days)] if days else case.date if number < len(own) else _day(random_)
        moved = msgspec.structs.replace(case, date=day)
        if completed(decider, moved) is not None:
            found.append(moved)
    return found


def completed(decider: Decider, case: Case) -> Completed | None:
    """A case completed; None if it cannot be on its day."""
    states = [value for name, value in case.facts.items() if decider.corpus.vocabulary.facts[name].type == "state"]
    if not all(state == "none" or decider.corpus.world.state_exists(str(state), case.date) for state in states):
        return None
    try:
        return decider.completer.complete(case)
    except CaseError:
        return None


def looked_up(decider: Decider, case: Case) -> Completed:
    """A case completed, with every look-up answered that the law of its day reads: what a peer's host has to do."""
    found = decider.completer.complete(case)
    if case.date >= decider.corpus.regimes["japan"].first_day:
        found.look_up(decider.compiled("japan", case.date).plans)
    return found


def _forever(corpus: Corpus, own: Sequence[Case], random_: random.Random) -> Iterator[Case]:
    yield from own
    while True:
        yield _variant(corpus, random_.choice(own), random_)


def _variant(corpus: Corpus, case: Case, random_: random.Random) -> Case:
    """A case with some facts dropped and some put in: descriptions often, claims seldom, as in life."""
    facts = {name: value for name, value in case.facts.items() if random_.random() < 0.85}
    for fact in corpus.vocabulary.facts.values():
        if fact.kind != "looked_up" and random_.random() < (0.06 if fact.claimed else 0.15):
            facts[fact.name] = _value(fact, random_)
    item = case.item if random_.random() < 0.5 else random_.choice(["", *corpus.catalogue.items])
    return msgspec.structs.replace(case, facts=facts, item=item)


def _value(fact: Fact, random_: random.Random) -> FactValue:
    if fact.type == "boolean":
        return random_.random() < (0.8 if fact.claimed else 0.5)
    if fact.type == "state":
        return random_.choice(_STATES)
    if fact.type == "set":
        return frozenset(random_.sample(list(fact.values), random_.randint(0, 2)))
    assert fact.type == "text", fact
    return random_.choice(list(fact.values))


def _day(random_: random.Random) -> dt.date:
    return dt.date(1967, 5, 1) + dt.timedelta(days=random_.randrange(59 * 365))
