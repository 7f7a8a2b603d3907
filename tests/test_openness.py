"""The openness of the law: the shares are those of single decisions, and move only on days that are named."""

import csv
import datetime as dt
import io
import random
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest

from sekisho.case.stated import from_mapping
from sekisho.corpus import Corpus
from sekisho.decide import Decider
from sekisho.errors import InputError, LawError, UsageError
from sekisho.sweep import openness_file
from sekisho.sweep.openness import Openness, assumed_facts, openness
from sekisho.sweep.openness_file import COLUMNS, write_openness
from sekisho.sweep.query import VERDICTS
from sekisho.sweep.trade import trade

ITEMS = ("patriot-pac-3-mse", "type-12-ssm", "type-03-chu-sam")
DAY = dt.timedelta(days=1)


@pytest.fixture(scope="module")
def turn(decider: Decider) -> Openness:
    """The years around two great changes, of a few items."""
    return openness(decider, "japan", 2013, 2014, ITEMS)


@pytest.fixture(scope="module")
def whole(decider: Decider, corpus: Corpus) -> Openness:
    return openness(decider, "japan", 1967, 2026, list(corpus.catalogue.items)[::12])


def edges(corpus: Corpus) -> dict[str, set[dt.date]]:
    """The days on which each provision, and each row of each table, begins or ends: read from the corpus anew."""
    found = {p.id: {p.in_force.begin, p.in_force.end} for p in corpus.provisions.values()}
    for name, table in corpus.world.tables.items():
        found[name] = table.change_days() | {table.coverage.begin, table.coverage.end}
    return found


@pytest.mark.slow
def test_it_turns_on_days_on_which_a_provision_or_a_row_begins_or_ends(whole: Openness, corpus: Corpus) -> None:
    japan = corpus.regimes["japan"]
    begun = edges(corpus) | {"japan": {japan.first_day, *(entry.in_force.begin for entry in japan.otherwise)}}
    assert len(whole.moved) > 10
    for day in whole.moved:
        assert day.causes, f"{day.day} moves a share and names nothing"
        assert all(day.day in begun[cause.name] for cause in day.causes), day.day


@pytest.mark.slow
def test_every_day_of_change_is_there(whole: Openness, corpus: Corpus) -> None:
    days = {day.day for day in whole.days}
    assert {day for day in corpus.change_days("japan") if day.year <= 2026} - {
        edge for p in corpus.provisions.values() if p.effect == "leaves" for edge in (p.in_force.begin, p.in_force.end)
    } <= days
    assert whole.days[0].day == dt.date(1967, 1, 1)


@pytest.mark.slow
def test_the_great_changes_move_it(whole: Openness) -> None:
    moved = {day.day for day in whole.moved}
    assert {dt.date(1967, 4, 21), dt.date(1976, 2, 27), dt.date(2014, 4, 1), dt.date(2026, 4, 21)} <= moved
    before = next(day for day in reversed(whole.days) if day.day < dt.date(1967, 4, 21))
    assert before.share("outside") == 1  # no law before the regime's first day


@pytest.mark.slow
def test_the_shares_are_those_of_single_decisions(turn: Openness, decider: Decider, corpus: Corpus) -> None:
    chance = random.Random(4)
    states = [code for code in corpus.world.states if code != "JPN"]
    for day in chance.sample(turn.days, 4):
        counts = dict.fromkeys(VERDICTS, 0)
        for entry in turn.classes:
            for state in states:
                if corpus.world.state_exists(state, day.day):
                    counts[verdict(decider, day.day, state, entry.first)] += 1
        assert dict(zip(VERDICTS, day.counts, strict=True)) == counts, day.day


def verdict(decider: Decider, day: dt.date, state: str, item: str) -> str:
    stated = {
        "date": day, "act": "export", "exporter": {"state": "JPN"}, "item": item,
        "recipient": {"state": state, "kind": "foreign_government"},
    }  # fmt: skip
    return decider.decide_regime(from_mapping(stated, decider.corpus, "test"), "japan").verdict


@pytest.mark.slow
def test_a_share_stays_between_two_days(turn: Openness, decider: Decider, corpus: Corpus) -> None:
    """The last day before a change is as the first day after the change before."""
    places = range(len(turn.days) - 1)
    item = turn.classes[0].first
    for place in random.Random(5).sample(places, min(4, len(places))):
        begin, until = turn.days[place].day, turn.days[place + 1].day - DAY
        for state in random.Random(place).sample(sorted(corpus.world.states), 25):
            if corpus.world.state_exists(state, begin):
                assert corpus.world.state_exists(state, until)
                assert verdict(decider, begin, state, item) == verdict(decider, until, state, item)


@pytest.mark.slow
def test_item_classes_partition_the_catalogue(decider: Decider, corpus: Corpus) -> None:
    found = openness(decider, "japan", dt.date(2024, 1, 1), dt.date(2024, 1, 1))
    assert sum(entry.count for entry in found.classes) == len(corpus.catalogue.items)
    assert len({entry.first for entry in found.classes}) == len(found.classes) < len(corpus.catalogue.items)


def test_what_is_assumed_is_data(decider: Decider, corpus: Corpus, tmp_path: Path) -> None:
    for regime in corpus.regimes:
        given = assumed_facts(corpus, regime)
        assert given.facts["exporter.state"] == "JPN"
        assert "nothing claimed" in str(given)
    wrong = tmp_path / "openness.yaml"
    for text in ("regimes: {}", "regimes: {japan: {facts: {act: exprot}, said: {en: a, ja: a}, why: {en: a, ja: a}}}",
                 "regimes: {japan: {facts: {acts: export}, said: {en: a, ja: a}, why: {en: a, ja: a}}}",
                 "regimes: {japan: {facts: 3}}"):  # fmt: skip
        wrong.write_text(text, "utf-8")
        with pytest.raises(LawError):
            assumed_facts(corpus, "japan", wrong)


@pytest.mark.parametrize(("first", "last"), [(2026, 1967), (1800, 1900), (2000, 2400)])
def test_years_that_make_no_sense_are_refused(decider: Decider, first: int, last: int) -> None:
    with pytest.raises(UsageError):
        openness(decider, "japan", first, last, ITEMS)


def test_an_unknown_item_or_regime_is_refused(decider: Decider) -> None:
    with pytest.raises(UsageError, match="no-such-thing"):
        openness(decider, "japan", 2024, 2024, ["no-such-thing"])
    with pytest.raises(UsageError):
        openness(decider, "japn", 2024, 2024)


REGISTER = """\
date,exporter,recipient,item,in.number_delivered
2013-05-02,FRA,USA,patriot-pac-3-mse,2
2024,USA,DEU,patriot-pac-3-mse,3
2024-06-01,USA,JPN,patriot-pac-3-mse,4
1950,USA,DEU,patriot-pac-3-mse,5
what,USA,DEU,patriot-pac-3-mse,6
"""


@pytest.mark.slow
def test_recorded_trade_is_put_to_the_law_of_each_day(decider: Decider, corpus: Corpus, tmp_path: Path) -> None:
    source = tmp_path / "register.csv"
    source.write_text(REGISTER, "utf-8")
    given = assumed_facts(corpus, "japan")
    days = [dt.date(1967, 4, 21), dt.date(1976, 2, 27)]
    found = trade(decider, "japan", source, dt.date(1967, 1, 1), dt.date(2026, 12, 31), given, days)
    assert found.left_out == {"cannot be read": 1, "outside the years asked for": 1, "to the exporter itself": 1}
    assert found.laws() == (None, *days)
    assert found.measures == ("orders", "deliveries")
    assert found.table("orders")[2013] == {verdict(decider, dt.date(2013, 5, 2), "USA", ITEMS[0]): 1}
    assert sum(found.table("deliveries")[2024].values()) == 3
    for law_on in found.laws():
        assert sum(part.orders for part in found.parts if part.law_on == law_on) == 2
    assert found.table("orders", days[1])[2013] == {"prohibited": 1}


@pytest.mark.slow
def test_it_is_written_by_its_ending(decider: Decider, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = openness(decider, "japan", 2023, 2024, ITEMS)
    monkeypatch.setattr(openness_file, "openness", lambda *_, **__: found)
    for ending in (".svg", ".png", ".html", ".csv", ".parquet"):
        write_openness(decider, "japan", 2023, 2024, tmp_path / f"out{ending}")
    lines = list(csv.DictReader(io.StringIO((tmp_path / "out.csv").read_text("utf-8"))))
    table = pq.read_table(tmp_path / "out.parquet")
    assert len(lines) == table.num_rows == len(found.moved) + 1
    assert list(lines[0]) == table.column_names == list(COLUMNS)
    assert table.schema.metadata[b"sekisho.law_version"].decode() == found.law_version
    assert all(line["causes"] for line in lines[1:])
    for line in lines:
        assert sum(float(line[name]) for name in VERDICTS) == float(line["total"])
        assert "exporter.state=JPN" in line["assumed"]
    spans = [(line["date_from"], line["date_to"]) for line in lines]
    assert (spans[0][0], spans[-1][1]) == ("2023-01-01", "2024-12-31")
    assert "<table>" in (tmp_path / "out.html").read_text("utf-8")
    assert found.law_version in (tmp_path / "out.svg").read_text("utf-8")
    assert found.law_version.encode() in (tmp_path / "out.png").read_bytes()


@pytest.mark.slow
def test_it_is_written_whole_or_not_at_all(decider: Decider, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UsageError, match="svg"):
        write_openness(decider, "japan", 2023, 2024, tmp_path / "out.gif")
    found = openness(decider, "japan", 2024, 2024, ITEMS[:1])
    monkeypatch.setattr(openness_file, "openness", lambda *_, **__: found)
    with pytest.raises(InputError):
        write_openness(decider, "japan", 2024, 2024, tmp_path / "missing" / "out.svg")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_a_connection_of_the_callers_is_used(decider: Decider) -> None:
    with duckdb.connect() as connection:
        one = openness(decider, "japan", 2024, 2024, ITEMS[:1], connection=connection)
        again = openness(decider, "japan", 2024, 2024, ITEMS[:1], connection=connection)
    assert one == again
