"""Charts and summaries: what is drawn is what was counted, named and legible without colour."""

import datetime as dt
import itertools
from xml.etree import ElementTree as ET

import duckdb
import pytest
from rich.console import Console

from sekisho.decide import Decider
from sekisho.errors import UsageError
from sekisho.sweep.charts import chart, openness_chart, page
from sekisho.sweep.drawing import LOOKS, stacked, wrapped
from sekisho.sweep.openness import Openness, openness
from sekisho.sweep.query import VERDICTS
from sekisho.sweep.summary import Summary, data, summary, tables
from sekisho.sweep.trade import Part, Trade

SVG = "{http://www.w3.org/2000/svg}"
OUTPUT = """
    SELECT * FROM (VALUES
        (1, DATE '2013-01-01', DATE '2013-12-31', 'FRA', 'USA', 'prohibited', ['jp.view-1976#restraint'], 'prohibited'),
        (2, DATE '2014-05-01', DATE '2014-05-01', 'FRA', 'DEU', 'conditional', ['a#b', 'a#c'], 'conditional'),
        (3, DATE '2014-06-01', DATE '2014-06-01', NULL, 'USA', 'undetermined', [], 'undetermined')
    ) AS t(row, date_from, date_to, "exporter.state", "recipient.state", "japan.verdict", "japan.provisions", verdict)
"""
SAID = {"sekisho.as_if": "exporter.state = JPN", "sekisho.law_version": "a" * 64, "sekisho.register": "/x/orders.csv"}


@pytest.fixture(scope="module")
def counted() -> Summary:
    with duckdb.connect() as connection:
        connection.execute(f"CREATE TABLE output AS {OUTPUT}")
        return summary(connection, "output", "japan", SAID)


@pytest.fixture(scope="module")
def found(decider: Decider) -> Openness:
    return openness(decider, "japan", 2012, 2015, list(decider.corpus.catalogue.items)[::12])


def words(svg: str) -> str:
    return " ".join(element.text or "" for element in ET.fromstring(svg).iter(f"{SVG}text"))


def test_a_summary_counts_by_year_party_and_provision(counted: Summary) -> None:
    assert (counted.total, counted.verdicts) == (3, {"conditional": 1, "undetermined": 1, "prohibited": 1})
    assert counted.years == {"2013": {"prohibited": 1}, "2014": {"conditional": 1, "undetermined": 1}}
    assert counted.exporters == {"FRA": {"conditional": 1, "prohibited": 1}, "not known": {"undetermined": 1}}
    assert counted.recipients["USA"] == {"undetermined": 1, "prohibited": 1}
    assert counted.provisions["a#c"] == {"conditional": 1}
    assert data(counted)["schema"] == 1


def test_a_summary_reads_lists_written_as_text() -> None:
    with duckdb.connect() as connection:
        connection.execute(
            f"""CREATE TABLE output AS SELECT * REPLACE (array_to_string("japan.provisions", '; ') AS "japan.provisions")
                FROM ({OUTPUT})"""
        )
        found = summary(connection, "output")
    assert set(found.provisions) == {"jp.view-1976#restraint", "a#b", "a#c"}


def test_a_summary_of_another_regime_is_refused() -> None:
    with duckdb.connect() as connection, pytest.raises(UsageError, match="japn"):
        connection.execute(f"CREATE TABLE output AS {OUTPUT}")
        summary(connection, "output", "japn")


def test_a_summary_as_tables(counted: Summary) -> None:
    console = Console(width=120)
    with console.capture() as captured:
        console.print(tables(counted, most=1))
    told = captured.get()
    assert "As if: exporter.state = JPN" in told
    assert "By provision: japan" in told
    assert "and 2 more" in told


def test_a_chart_of_a_sweep_says_what_was_set(counted: Summary) -> None:
    told = words(chart(counted))
    assert "As if: exporter.state = JPN, in every row." in told
    assert "orders.csv" in told
    assert "/x/" not in told
    assert "As if" not in words(chart(Summary("japan", 0, {}, {}, {}, {}, {})))


@pytest.mark.slow
def test_the_chart_of_openness_names_what_moved_it(found: Openness) -> None:
    told = words(openness_chart(found))
    assert "1 April 2014" in told
    assert "Implementation Guidelines" in told
    assert "an export from Japan" in told
    assert found.law_version[:12] in told
    assert all(look.label in told for look in LOOKS.values())


@pytest.mark.slow
def test_the_bands_fill_the_picture(found: Openness) -> None:
    for day in found.days:
        bands = list(stacked({verdict: float(day.share(verdict)) for verdict in LOOKS}))
        assert bands[0][1] == 0
        assert bands[-1][2] == pytest.approx(1)
        assert all(one[2] == two[1] for one, two in itertools.pairwise(bands))


def test_each_verdict_has_a_look_that_needs_no_colour() -> None:
    assert set(LOOKS) == set(VERDICTS)
    greys = {}
    for verdict, look in LOOKS.items():
        red, green, blue = (int(look.ground[place : place + 2], 16) for place in (1, 3, 5))
        greys[verdict] = (round(0.3 * red + 0.59 * green + 0.11 * blue), look.texture)
    plain = [grey for grey, texture in greys.values() if texture == "plain"]
    assert max(plain) - min(plain) > 64
    textures = [texture for _, texture in greys.values() if texture != "plain"]
    assert len(textures) == len(set(textures))


@pytest.mark.slow
def test_recorded_trade_stands_beneath(found: Openness) -> None:
    parts = (Part(None, 2013, "prohibited", 3, 5.0, None), Part(dt.date(2014, 4, 1), 2013, "conditional", 3, 5.0, None))
    told = words(openness_chart(found, Trade("/x/orders.csv", "own", parts, {"cannot be read": 2})))
    assert "Recorded trade" in told
    assert "number of arms delivered" in told
    assert "2 cannot be read" in told


def test_a_page_escapes_what_it_shows() -> None:
    assert "<b>" not in page("<svg/>", "a <b>", ["<b>"], [["<b>"]])


def test_lines_are_no_longer_than_their_width() -> None:
    assert list(wrapped("", 100, 10)) == []
    assert all(len(line) * 10 * 0.5 <= 100 for line in wrapped("word " * 40, 100, 10))
