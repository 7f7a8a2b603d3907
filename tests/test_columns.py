"""The Kleene reader over columns gives the numbers that the query gives, and rows of one key are decided alike."""

import datetime as dt
import random
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pyarrow as pa
import pytest

from generated import random_case, random_law
from helpers import TINY, built
from sekisho.corpus import Corpus
from sekisho.decide import Decider
from sekisho.language.circuit import KNOWN, Circuit, Layout
from sekisho.language.expression import parse
from sekisho.language.kleene import compiled
from sekisho.language.kleene_columns import compiled_columns
from sekisho.sweep import Options, sweep
from sekisho.sweep.arrays import ArrayQuery
from sekisho.sweep.frame import Chosen, Entries, days_of
from sekisho.sweep.keys import Keys
from sekisho.sweep.query import RegimeQuery, Shape
from soak import answers, outcomes, rows_of
from test_smt import CONDITIONS, VALUES

REGIMES = ("japan", "japan-licence")
SEEDS = [0, *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(1, 4))]
ASKED: dict[str, dict[str, Any]] = {
    "as it was": {},
    "another law": {"law_on": dt.date(2023, 12, 22)},
    "a law before the first": {"law_on": dt.date(1900, 1, 1)},
    "another world": {"world_on": dt.date(1995, 6, 1)},
    "a world before its tables": {"world_on": dt.date(1946, 1, 1)},
    "strict": {"strict": True},
}


def plain(numbers: pa.Table, query: RegimeQuery) -> list[dict[str, int]]:
    return numbers.select(["row", *query.columns, *(["reject"] if query.checks else [])]).to_pylist()


def read(query: RegimeQuery, rows: pa.Table) -> list[dict[str, int]]:
    """What the Kleene reader over columns says of rows whose numbers are in order."""
    frame = Keys([query]).frame
    found = ArrayQuery(query, frame).numbers(Entries(frame, rows, days_of(rows["date"])))
    return plain(pa.table({"row": rows["row"]} | found), query)


def drawn(seed: int, corpus: Corpus, count: int = 400) -> pa.Table:
    """Random cases as rows that may name an item too."""
    rng = random.Random(seed)
    cases = [random_case(rng, corpus) for _ in range(count)]
    days = [*corpus.change_days(next(iter(corpus.regimes))), dt.date(1900, 1, 1), dt.date(2099, 12, 31), dt.date(2150, 1, 1)]
    cases = [(rng.choice(days) if rng.random() < 0.2 else day, stated) for day, stated in cases]
    rows = rows_of(cases, corpus)
    items = [rng.choice(list(corpus.catalogue.items)) if rng.random() < 0.3 else None for _ in cases]
    return rows.set_column(rows.column_names.index("item"), "item", pa.array(items, pa.string()))


def shape(corpus: Corpus, **fixed: Any) -> Shape:
    return Shape(frozenset(corpus.vocabulary.facts) - fixed.keys(), fixed=fixed)


@pytest.mark.parametrize("detail", [frozenset(), frozenset({"missing", "notices"})], ids=["all", "few"])
@pytest.mark.parametrize("read_before", [False, True])
def test_some_entries_say_what_they_say_among_all(
    read_before: bool, detail: frozenset[str], corpus: Corpus, decider: Decider
) -> None:
    """Whatever has been read of the others: their keys, or nothing."""
    query = RegimeQuery(decider.completer, "japan", shape(corpus), checks=True, without=detail)
    rows, places = drawn(9, corpus), np.array([3, 5, 6, 200, 201, 399, 7])
    keys = Keys([query])
    reader, every = ArrayQuery(query, keys.frame), Entries(keys.frame, rows, days_of(rows["date"]))
    if read_before:
        list(keys._words(every))
    some = Chosen(every, places)
    wanted = reader.numbers(Entries(keys.frame, rows, days_of(rows["date"])))
    for name, numbers in reader.numbers(some).items():
        assert numbers.tolist() == wanted[name].take(places).tolist(), name
    assert some.rows.equals(every.rows.select(some.rows.column_names).take(pa.array(places)).combine_chunks())
    assert some.has("item.arms").tolist() == every.has("item.arms").take(places).tolist()


def test_a_program_of_some_slots_gives_their_values_and_no_others(corpus: Corpus, decider: Decider) -> None:
    query = RegimeQuery(decider.completer, "japan", shape(corpus))
    circuit = query.algebra.circuit
    rng = random.Random(11)
    for _ in range(20):
        _, stated = random_case(rng, corpus)
        vectors = decider.completer.vectors(stated)
        whole = compiled(circuit)(*vectors)
        for wanted in ((), query.roots, tuple(rng.sample(range(len(circuit.slots)), 9))):
            assert compiled(circuit, wanted)(*vectors) == tuple(
                value if number in wanted else None for number, value in enumerate(whole)
            )


@pytest.mark.slow
@pytest.mark.parametrize("regime", REGIMES)
@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("asked", ASKED)
def test_columns_and_query_agree(asked: str, seed: int, regime: str, corpus: Corpus, decider: Decider) -> None:
    query = RegimeQuery(decider.completer, regime, shape(corpus), checks=True, **ASKED[asked])
    rows = drawn(seed, corpus)
    expected = answers(query, rows).sort_by("row")
    for mine, theirs, row in zip(read(query, rows), plain(expected, query), rows.to_pylist(), strict=True):
        assert mine == theirs, {name: value for name, value in row.items() if value is not None}
    verdicts = set(expected["verdict"].to_pylist())
    assert verdicts == {0} if "first" in asked else len(verdicts) > 2


@pytest.mark.slow
def test_columns_and_query_agree_as_if(corpus: Corpus, decider: Decider) -> None:
    fixed = {"exporter.state": "JPN", "recipient.security_partner": True, "purpose": frozenset({"peace_contribution"})}
    query = RegimeQuery(decider.completer, "japan", shape(corpus, **fixed), checks=True)
    rows = drawn(9, corpus)
    assert read(query, rows) == plain(answers(query, rows).sort_by("row"), query)


@pytest.mark.slow
@pytest.mark.parametrize("seed", SEEDS)
def test_columns_and_query_agree_on_law_made_up(seed: int, tmp_path: Path) -> None:
    own = Decider(random_law(random.Random(seed), tmp_path / "law", 2))
    rows = drawn(seed, own.corpus)
    for regime in own.corpus.regimes:
        query = RegimeQuery(own.completer, regime, shape(own.corpus), checks=True)
        assert read(query, rows) == plain(answers(query, rows).sort_by("row"), query)


def as_column(values: list[Any], kind: str, codes: dict[Any, int], bits: dict[str, int]) -> Any:
    """The values of a fact that is no boolean, as a program over columns reads them."""
    if kind in ("number", "date"):
        days = [
            value.toordinal() - dt.date.fromtimestamp(0).toordinal() if kind == "date" and value else value for value in values
        ]
        return np.array([np.nan if value is None else value for value in days], float)
    if kind == "set":
        return np.array([0 if value is None else 1 + sum(bits[entry] for entry in value) for value in values])
    return np.array([codes[value] for value in values])


@pytest.mark.parametrize("unstated", ["unknown", "no"])
def test_every_literal_over_columns_is_that_of_one_case(unstated: str) -> None:
    """Of every kind of fact and comparison, and over numbers and days that somebody has to claim."""
    own, rng = built(TINY), random.Random(1)
    amounts = ("item.value", "item.made")
    facts = {name: msgspec.structs.replace(fact, unstated=unstated) if name in amounts else fact
             for name, fact in own.vocabulary.facts.items()}  # fmt: skip
    vocabulary = msgspec.structs.replace(own.vocabulary, facts=facts)
    layout = Layout(vocabulary, own.world.states)
    circuit = Circuit(layout, {})
    nodes = [parse(text, facts) for text in CONDITIONS]
    slots = [circuit.condition(node, context, no) for node in nodes for context in ("when", "met") for no in (False, True)]
    words = {name: (None, "none", *own.world.states) if fact.type == "state" else (None, *fact.values)
             for name, fact in facts.items()}  # fmt: skip
    codes = {name: {value: code for code, value in enumerate(dict.fromkeys(values))} for name, values in words.items()}
    bits = {name: {value: 2 << n for n, value in enumerate(fact.values)} for name, fact in facts.items() if fact.type == "set"}
    cases: list[dict[str, Any]] = [{
        name: rng.random() < 0.5 if fact.type == "boolean"
        else frozenset(value for value in fact.values if rng.random() < 0.5) if fact.type == "set"
        else rng.choice(VALUES.get(fact.type, words[name][1:]))
        for name, fact in facts.items() if rng.random() < 0.6
    } for _ in range(300)]  # fmt: skip
    vectors = []
    for stated in cases:
        x, y = layout.unstated_when.copy(), layout.unstated_met.copy()
        for name, value in stated.items():
            place = layout.index[name]
            x[place] = KNOWN[value] if isinstance(value, bool) else value
            y[place] = x[place] if isinstance(value, bool) else y[place]
            for entry in value if isinstance(value, frozenset) and facts[name].claimed else ():
                x[layout.index[f"{name}:{entry}"]] = y[layout.index[f"{name}:{entry}"]] = KNOWN[True]
        vectors.append((x, y))
    program = compiled(circuit)
    singly = np.array([program(x, y) for x, y in vectors])
    columns: tuple[dict[int, Any], dict[int, Any]] = ({}, {})
    for name, place in layout.index.items():
        packed = name not in facts or facts[name].type == "boolean"
        for side, values in zip(columns, zip(*vectors, strict=True), strict=True):
            found = [value[place] for value in values]
            side[place] = np.array(found, np.uint8) if packed else (
                as_column([stated.get(name) for stated in cases], facts[name].type, codes[name], bits.get(name, {}))
            )  # fmt: skip
    together = compiled_columns(circuit, codes, bits)(*columns, {})
    for slot in slots:
        assert (np.asarray(together[slot]) & 15 == singly[:, slot] & 15).all(), circuit.slots[slot]


@pytest.mark.slow
@pytest.mark.parametrize("detail", [False, True])
@pytest.mark.parametrize("seed", SEEDS)
def test_rows_of_one_key_are_decided_alike(seed: int, detail: bool, corpus: Corpus, decider: Decider) -> None:
    """Rows that differ in few facts only, so that many share a key; the outcomes are those of the query, for all rows."""
    rng = random.Random(seed)
    facts = rng.sample(list(corpus.vocabulary.facts), 3)
    cases = [random_case(rng, corpus) for _ in range(6)]
    mixed = []
    for _ in range(600):
        (day, stated), (_, other) = rng.choice(cases), rng.choice(cases)
        moved = min(day + dt.timedelta(days=rng.randrange(400)), dt.date(2090, 1, 1))
        mixed.append((moved, stated | {name: other[name] for name in facts if name in other}))
    rows = rows_of(mixed, corpus)
    queries = [RegimeQuery(decider.completer, regime, shape(corpus), detail) for regime in REGIMES]
    keyed = Keys(queries).of(rows.append_column("date_from", rows["date"]).append_column("date_to", rows["date"]))
    assert len(keyed.firsts) < rows.num_rows / 2, "so few rows share a key that nothing is tested"
    for query in queries:
        told = outcomes(query, answers(query, rows).sort_by("row"))
        for place, key in enumerate(keyed.ids.tolist()):
            assert told[place] == told[keyed.firsts[key]], (mixed[place], mixed[keyed.firsts[key]])


def test_an_interval_reaches_into_every_segment(corpus: Corpus, decider: Decider) -> None:
    query = RegimeQuery(decider.completer, "japan", Shape(frozenset({"recipient.state"})))
    days = [(dt.date(2014, 3, 31), dt.date(2014, 4, 1)), (dt.date(2020, 2, 3), dt.date(2020, 2, 3))]
    rows = pa.table(
        {
            "date_from": pa.array([first for first, _ in days], pa.date32()),
            "date_to": pa.array([last for _, last in days], pa.date32()),
            "recipient.state": ["USA", "USA"], "item": pa.nulls(2, pa.string()),
        }
    )  # fmt: skip
    keyed = Keys([query]).of(rows)
    assert keyed.at is not None
    spread = list(zip(keyed.at.tolist(), np.asarray(keyed.days, "datetime64[D]").tolist(), strict=True))
    assert spread == [(0, dt.date(2014, 3, 31)), (0, dt.date(2014, 4, 1)), (1, dt.date(2020, 2, 3))]
    assert keyed.ids[0] != keyed.ids[1]


@pytest.mark.slow
def test_the_engines_give_one_output(corpus: Corpus, decider: Decider) -> None:
    rows = drawn(3, corpus, 800).drop_columns(["row", "date"])
    rng = random.Random(3)
    firsts = [dt.date(1960, 1, 1) + dt.timedelta(days=rng.randrange(24_000)) for _ in range(800)]
    lasts = [first + dt.timedelta(days=rng.choice((0, 0, 364))) for first in firsts]
    rows = rows.append_column("date_from", pa.array(firsts)).append_column("date_to", pa.array(lasts))
    rows = rows.drop_columns(["item"])
    one, other = (sweep(rows, options=Options(engine=engine), law=decider) for engine in ("columns", "duckdb"))
    assert isinstance(one, pa.Table) and one.num_rows > 100
    assert one.equals(other)
