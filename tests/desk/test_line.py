"""One line that tells a transfer: what is read, what is said not to be understood, and that nothing is guessed."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sekisho.case.stated import from_mapping
from sekisho.corpus import Corpus, load
from sekisho.desk.days import DayFlaw, days_in
from sekisho.desk.line import LONGEST, read_line
from sekisho.desk.pages.mistakes import LINES
from sekisho.render.spoken import headline

PATRIOT = {"date": "2023-12-22", "exporter": "JPN", "recipient": "USA", "item": "patriot-pac-3"}

READ = [
    ("Patriot PAC-3, Japan → United States, 22 December 2023", PATRIOT),
    ("patriot pac 3 japan -> usa 2023-12-22", PATRIOT),
    ("Patriot PAC-3, Japan to the United States, 22 December 2023", PATRIOT),
    ("December 22nd, 2023: PAC-3 from Japan to the United States", None),
    ("22 Dec 2023, from Japan to US, PAC-3", PATRIOT),
    ("PAC-3, JP → US, 2023-12-22", PATRIOT),
    ("pac-3, jp to us, 22.12.2023", PATRIOT),
    ("pac-3 from jp to us, 12/22/2023", PATRIOT),
    ("pac-3, jp → usa, R5.12.22", PATRIOT),
    ("PAC-3, Japan → US Army, 2023-12-22", PATRIOT | {"recipient.kind": "armed_forces"}),
    ("PAC-3、日本→米国海軍、令和5.12.22", PATRIOT | {"recipient.kind": "armed_forces"}),
    ("PAC-3 FROM JP TO US, 2023-12-22", PATRIOT),
    ("TC-90, JP → NO, 27 March 2017", {"date": "2017-03-27", "exporter": "JPN", "recipient": "NOR", "item": "tc-90"}),
    ("ペトリオットPAC-3、日本→アメリカ合衆国、2023年12月22日", PATRIOT),
    ("ペトリオット(PAC-3)を日本から米国へ輸出、令和5年12月22日", PATRIOT | {"act": "export"}),
    ("PAC-3、日本→米国、2023年12月22日", PATRIOT),
    ("gift of TC-90, Japan → Philippines, 2017-03-27", None),
    ("TC-90, Japan → armed forces of the Philippines, 27 March 2017",
     {"date": "2017-03-27", "exporter": "JPN", "recipient": "PHL", "recipient.kind": "armed_forces", "item": "tc-90"}),
    ("TC-90, Japan → Philippines armed forces, 27 March 2017",
     {"date": "2017-03-27", "exporter": "JPN", "recipient": "PHL", "recipient.kind": "armed_forces", "item": "tc-90"}),
    ("Japan → UNMISS → South Sudan, 23 December 2013",
     {"date": "2013-12-23", "exporter": "JPN", "recipient": "UNMISS", "destination": "SSD"}),
    ("Patriot PAC-3, United States → Ukraine, retransfer, 2024-01-01",
     {"date": "2024-01-01", "exporter": "USA", "recipient": "UKR", "item": "patriot-pac-3", "act": "retransfer"}),
    ("PAC-3, Japan → United States, destination Poland, 2024-01-01",
     {"date": "2024-01-01", "exporter": "JPN", "recipient": "USA", "destination": "POL", "item": "patriot-pac-3"}),
]  # fmt: skip

SAID = [
    ("Patriot PAC-4, Japan → United States, 2023-12-22", [("unknown", "Patriot PAC-4")], {"exporter", "recipient", "date"}),
    ("Patriot PAC-3, Japan → Unitd States, 2023-12-22", [("unknown", "Unitd States")], {"exporter", "item", "date"}),
    ("Patriot PAC-3, Japan, United States, 2023-12-22", [("part", "Japan"), ("part", "United States")], {"item", "date"}),
    ("Patriot PAC-3, Japan → United States", [("no day", "")], {"exporter", "recipient", "item"}),
    ("Patriot PAC-3, Japan → United States, 31 February 2023", [("no such day", "31 February 2023")],
     {"exporter", "recipient", "item"}),
    ("Patriot PAC-3, Japan → United States, December 2023", [("day", "December 2023")], {"exporter", "recipient", "item"}),
    ("Patriot PAC-3, Japan → United States, 12/11/2023", [("which month", "12/11/2023")], {"exporter", "recipient", "item"}),
    ("Patriot PAC-3, Japan → United States, 22.12.23", [("day", "22.12.23")], {"exporter", "recipient", "item"}),
    ("Patriot PAC-3, Japan → United States, today", [("said day", "today")], {"exporter", "recipient", "item"}),
    ("PAC-3、日本→米国、昨日", [("said day", "昨日")], {"exporter", "recipient", "item"}),
    ("PAC-3, Japan → United States, 2023-12-22, 2024-01-01", [("days", "2023-12-22, 2024-01-01")],
     {"exporter", "recipient", "item"}),
    ("PAC-3, Japan → United States via Poland, 2023-12-22", [("via", "Poland")], {"exporter", "recipient", "item", "date"}),
    ("CH-99, Japan → Poland, 2023-12-22", [("unknown", "CH-99")], {"exporter", "recipient", "date"}),
    ("PAC-3, Japan → Poland, IT is said, 2023-12-22", [("unknown", "is said")],
     {"exporter", "recipient", "item", "date"}),
    ("PAC-3 IN JAPAN → POLAND, 2023-12-22", [("unknown", "PAC-3 IN")], {"recipient", "date"}),
    ("PAC-3, jp, Japan → Poland, 2023-12-22", [("unknown", "jp")], {"item", "date", "exporter", "recipient"}),
    ("PAC-3, Japan → no, 2023-12-22", [("unknown", "no")], {"item", "date", "exporter"}),
    ("PAC-3, Japan → , 2023-12-22", [("leads nowhere", "→")], {"exporter", "item", "date"}),
    ("PAC-3, TC-90, Japan → Poland, 2023-12-22", [("twice", "TC-90")], {"exporter", "recipient", "item", "date"}),
    ("PAC-3, Japan coast guard → Poland, 2023-12-22", [("kind", "coast guard")], {"exporter", "recipient", "item", "date"}),
    ("日本と韓国→米国、2023年12月22日", [("unknown", "と")], {"recipient", "date"}),
    ("PAC-3, Japan → Poland and Chad, 2023-12-22", [("unknown", "and")], {"exporter", "item", "date"}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "fields"), READ, ids=[text for text, _ in READ])
def test_what_is_read(corpus: Corpus, text: str, fields: dict[str, str] | None) -> None:
    found = read_line(text, corpus)
    assert found.flaws == ()
    if fields is not None:
        assert found.fields == fields
    assert from_mapping(found.fields, corpus).item == found.fields.get("item", "")


@pytest.mark.parametrize(("text", "flaws", "kept"), SAID, ids=[text for text, *_ in SAID])
def test_what_is_not_understood_is_said_and_not_guessed(
    corpus: Corpus, text: str, flaws: list[tuple[str, str]], kept: set[str]
) -> None:  # fmt: skip
    found = read_line(text, corpus)
    assert [(flaw.kind, flaw.words) for flaw in found.flaws] == flaws
    assert found.fields.keys() == kept
    assert all(flaw.kind in LINES for flaw in found.flaws)


def test_names_that_may_be_meant_are_named(corpus: Corpus) -> None:
    meant = {flaw.words: flaw.meant for flaw in read_line("Patriott, Japan → Unitd States, 2024-01-01", corpus).flaws}
    assert meant["Unitd States"][0] == "United States"
    assert "Patriot interceptor, version not stated" in meant["Patriott"]
    assert read_line("PAC-3, Japan → US Armi, 2024-01-01", corpus).flaws[0].meant == ()  # no state by its code of three letters


def test_words_that_are_codes_as_well_are_codes_in_capitals_alone(corpus: Corpus) -> None:
    assert read_line("PAC-3, Japan → CAN, 2024-01-01", corpus).fields["recipient"] == "CAN"
    assert "recipient" not in read_line("PAC-3, Japan → can, 2024-01-01", corpus).fields


def test_a_line_has_a_length(corpus: Corpus) -> None:
    assert read_line("x" * (LONGEST + 1), corpus).flaws[0].kind == "long"


@pytest.mark.parametrize("language", ["en", "ja"])
def test_every_item_and_state_can_be_typed_as_the_page_writes_it(corpus: Corpus, language: str) -> None:
    for item in corpus.catalogue.items.values():
        case = from_mapping({"date": "2024-05-06", "exporter": "JPN", "recipient": "USA", "item": item.id}, corpus)
        found = read_line(headline(corpus, case, language), corpus)
        assert (found.flaws, found.fields.get("item"), found.fields.get("date")) == ((), item.id, "2024-05-06"), item.id
    for code, rows in corpus.world.states.items():
        name = rows[0]["name_ja" if language == "ja" else "name"]
        found = read_line(f"PAC-3, Japan → {name}, 2024-05-06", corpus)
        assert (found.flaws, found.fields.get("recipient")) == ((), code), name


CORPUS = load()


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet=st.sampled_from("PAC-3 Japan→日本,、./()\n\t 2023年12月\u0130ﬀ\U0001f680x"), max_size=60))
def test_nothing_that_is_typed_breaks_it_and_every_word_is_read_or_told(text: str) -> None:
    found = read_line(text, CORPUS)
    assert found.flaws or found.fields.keys() >= {"date"}
    if "x" in text.split():
        assert any("x" in flaw.words for flaw in found.flaws)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2023-12-22", dt.date(2023, 12, 22)), ("2023/12/22", dt.date(2023, 12, 22)), ("1 May 2019", dt.date(2019, 5, 1)),
        ("May 1, 2019", dt.date(2019, 5, 1)), ("the 1st of May 2019", dt.date(2019, 5, 1)),
        ("令和元年5月1日", dt.date(2019, 5, 1)), ("平成31年4月30日", dt.date(2019, 4, 30)),
        ("昭和42年4月21日", dt.date(1967, 4, 21)), ("平成31年5月1日", None), ("昭和65年1月1日", None), ("2023-02-30", None),
        ("2023年", None), ("12/11/2023", None), ("12/22/2023", dt.date(2023, 12, 22)), ("22.12.2023", dt.date(2023, 12, 22)),
        ("22-12-2023", dt.date(2023, 12, 22)), ("5/5/2023", dt.date(2023, 5, 5)), ("31.02.2023", None), ("13/13/2023", None),
        ("R5.12.22", dt.date(2023, 12, 22)), ("H.31/4/30", dt.date(2019, 4, 30)), ("令和5.12.22", dt.date(2023, 12, 22)),
        ("H31.5.1", None), ("tomorrow", None), ("本日", None), ("22.12.23", None), ("Sept. 3, 2020", dt.date(2020, 9, 3)),
    ],
)  # fmt: skip
def test_days(text: str, day: dt.date | None) -> None:
    found, rest = days_in(text)
    assert len(found) == 1
    assert found[0] == day if day is not None else isinstance(found[0], DayFlaw)
    assert not any(letter.isdigit() for letter in rest)
