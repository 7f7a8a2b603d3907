"""The SMT reader gives the verdict that the Kleene reader gives: on the law of Japan and on law made up, with the world
free and as it stood. (`python -m tests.soak` does the same over more cases.)
"""

import datetime as dt
import random
import subprocess
import sys
from pathlib import Path

import pytest

from generated import random_case, random_day, random_law
from helpers import TINY, built
from sekisho.case import Completer
from sekisho.corpus import load
from sekisho.decide import Decider
from sekisho.language.circuit import TRUTH, A, B, Circuit, S
from sekisho.language.expression import parse
from sekisho.language.kleene import compiled
from sekisho.language.smt import Facts, Reading, Solver, holds_in
from solver_reading import Solvers

CASES = 250
LONG = [pytest.param(seed, marks=pytest.mark.slow) for seed in range(5)]
SEEDS = [0, *LONG[1:]]


@pytest.mark.parametrize("seed", LONG)
def test_the_solver_agrees_on_the_law_of_japan(seed: int, decider: Decider) -> None:
    rng, solvers = random.Random(seed), Solvers(decider)
    for _ in range(CASES):
        assert not list(solvers.disagreements(*random_case(rng, decider.corpus)))


@pytest.mark.slow
@pytest.mark.parametrize("seed", SEEDS)
def test_the_solver_agrees_on_law_made_up(seed: int, tmp_path: Path) -> None:
    rng = random.Random(seed)
    own = Decider(random_law(rng, tmp_path / "law", 3))
    solvers = Solvers(own)
    for _ in range(100):
        assert not list(solvers.disagreements(*random_case(rng, own.corpus)))


@pytest.mark.slow
@pytest.mark.parametrize("seed", SEEDS)
def test_the_solver_agrees_in_the_world_as_it_stood(seed: int, decider: Decider, monkeypatch) -> None:
    rng = random.Random(seed)
    for _ in range(4):
        day = random_day(rng, decider.corpus)
        monkeypatch.setattr("generated.random_day", lambda *_, day=day: day)
        solvers = Solvers(decider, world=True)
        for _ in range(25):
            assert not list(solvers.disagreements(*random_case(rng, decider.corpus)))


CONDITIONS = (
    "item.value < 100", "item.value <> 100", "100 >= item.value", "item.value BETWEEN 10 AND 100", "item.value IN (10, 100)",
    "item.made > DATE '2000-01-01'", "item.made = DATE '2000-01-01'",
    "item.made BETWEEN DATE '2000-01-01' AND DATE '2001-01-01'",
    "item.kind = 'part'", "item.kind <> 'part'", "recipient.state = 'AAA'", "recipient.state <> item.licensor",
    "recipient.state IN ('AAA', 'BBB')", "KNOWN_NONE(recipient.state)", "HAS(purpose, 'relief')", "recipient.partner",
)  # fmt: skip
VALUES = {"number": (9, 10, 50, 100.0, 100.5), "date": tuple(dt.date(year, 1, 1) for year in (1999, 2000, 2001, 2002))}


@pytest.mark.slow
def test_every_literal_agrees_in_every_column() -> None:
    own, rng = built(TINY), random.Random(0)
    completer = Completer(own)
    circuit = Circuit(completer.layout, {})
    facts = Facts(completer.layout)
    nodes = [parse(text, own.vocabulary.facts) for text in CONDITIONS]
    slots = [circuit.condition(node, context, no) for node in nodes for context in ("when", "met") for no in (False, True)]
    program, reading, solver = compiled(circuit), Reading(circuit, facts), Solver(facts)
    columns = (A, B, S)
    twos = {(slot, column): reading.two(slot, column) for slot in slots for column in columns}
    looked_up = {name for name, fact in own.vocabulary.facts.items() if fact.lookup}
    for _ in range(150):
        stated = {}
        for name, fact in own.vocabulary.facts.items():
            if name not in looked_up and rng.random() < 0.6:
                words = (*own.world.states, "none") if fact.type == "state" else tuple(fact.values)
                stated[name] = (
                    rng.random() < 0.5 if fact.type == "boolean"
                    else frozenset(rng.sample(words, rng.randrange(len(words) + 1))) if fact.type == "set"
                    else rng.choice(VALUES.get(fact.type, words))
                )  # fmt: skip
        solver.push()
        solver.add(*facts.pins(stated))
        assert solver.check()
        model = solver.model()
        solver.pop()
        values = program(*completer.vectors(stated))
        for (slot, column), two in twos.items():
            found = (False, None, True)[holds_in(model, two.yes) + holds_in(model, two.may)]
            assert found is TRUTH[values[slot] >> column & 3], (circuit.slots[slot], column, stated)


def test_deciding_never_imports_the_solver() -> None:
    code = "import sys, sekisho, sekisho.cli; sekisho.decide({'date': '2020-01-01'}); print('z3' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "False\n"


def test_the_corpus_has_no_fact_that_the_solver_could_not_read() -> None:
    kinds = {fact.type for fact in load().vocabulary.facts.values()}
    assert kinds <= {"boolean", "text", "state", "set", "number", "date"}
