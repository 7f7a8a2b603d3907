"""A table of dated facts that breaks a rule of its format is refused with file, row, what is wrong and the mend."""

from functools import partial

import pytest

from helpers import built, mistakes, tiny
from sekisho.errors import LawError, WorldError

TABLES, PARTNERS, EMBARGOES = "world/tables.yaml", "world/partners.csv", "world/embargoes.csv"
STATES, ITEMS, KINDS = "world/states.csv", "world/items.csv", "world/recipient_kinds.csv"
A = "AAA,2010-01-01,2015-01-01,true,,https://example.org/a,high,\n"
ROCKET = "rocket,Rocket,ロケット,R-1,,finished_product,true,,,,AAA,,,https://example.org/i,high,\n"
HEADER = "state,from,to,value,notice,source,confidence,note\n"

# file, what stands there, what is put there, the row of the mistake (the header is 1), the mistake, the mend
ONE_MISTAKE = {
    "overlapping intervals": (
        PARTNERS, A, A.replace("2015-01-01", "2016-01-01"),
        3, "AAA: the interval 2015-01-01/.. overlaps that of row 2.", "End the earlier row on the day the later one begins.",
    ),
    "an interval within another": (PARTNERS, A, A.replace("2015-01-01", ""), 3, "overlaps that of row 2", ""),
    "the same row twice": (PARTNERS, A, A + A, 3, "AAA: the interval 2010-01-01/2015-01-01 overlaps that of row 2.", ""),
    "to before from": (
        PARTNERS, A, A.replace("2015", "2005"),
        2, "'2010-01-01/2005-01-01' is not an interval.", "`to` is the first day",
    ),
    "to on the day of from": (PARTNERS, A, A.replace("2015", "2010"), 2, "is not an interval.", "`to` is the first day"),
    "day that is none": (PARTNERS, A, A.replace("2015-01-01", "2015-02-30"), 2, "is not an interval.", ""),
    "day in another style": (PARTNERS, A, A.replace("2015-01-01", "1/1/2015"), 2, "is not an interval.", ""),
    "unknown state": (PARTNERS, A, A.replace("AAA", "AAB"), 2, "'AAB' is not a code of the table of states.", ""),
    "missing column": (
        PARTNERS, HEADER, HEADER.replace("notice,", "notices,"),
        1, "the column 'notice' is missing.", "Found: state, from,",
    ),
    "missing key column": (
        PARTNERS, HEADER, HEADER.replace("state,", "stat,"),
        1, "the column 'state' is missing.", "Found: stat,",
    ),
    "column twice": (
        PARTNERS, HEADER, HEADER.replace("note\n", "note,value\n"),
        1, "the column 'value' is given twice.", "Keep one of them.",
    ),
    "row too short": (PARTNERS, A, A.replace(",high,", ",high"), 2, "the row has 7 cells, the header 8.", ""),
    "row too long": (PARTNERS, A, A.replace(",high,", ",high,,"), 2, "the row has 9 cells, the header 8.", ""),
    "quote left open": (PARTNERS, A, A.replace(",true,,", ',true,"note,'), None, "not readable as CSV", "Check the quotes."),
    "value that is none": (
        PARTNERS, A, A.replace("true", "perhaps"),
        2, "'perhaps' is not a value of recipient.partner.", "",
    ),
    "value in capitals": (
        PARTNERS, A, A.replace("true", "TRUE"),
        2, "'TRUE' is not a value of recipient.partner.", "Did you mean 'true'?",
    ),
    "bad confidence": (PARTNERS, A, A.replace("high", "sure"), 2, "'sure' is not a confidence.", "One of"),
    "no source": (PARTNERS, A, A.replace("https://example.org/a", ""), 2, "the row has no source.", "Cite one."),
    "embargo without a source": (EMBARGOES, "https://example.org/c", "", 2, "the row has no source.", "Cite one."),
    "unknown exemption": (
        EMBARGOES, ",un,Resolution 1", ",un;friends,Resolution 1",
        2, "'friends' is not a code of exemption.", "One of un, government",
    ),
    "unknown class of embargo": (EMBARGOES, "voluntary", "hoped", 3, "'hoped' is not a class.", "One of mandatory"),
    "unknown target of an embargo": (
        EMBARGOES, "mandatory,all", "mandatory,some",
        2, "'some' is not a target.", "One of all, non_state.",
    ),
    "embargo on an unknown state": (
        EMBARGOES, "e-ccc,CCC", "e-ccc,CCD",
        2, "'CCD' is not a code of the table of states.", "",
    ),
    "no coverage": (
        TABLES, "    coverage: 2000-01-01/..\n    checked: 2026-01-01\n  embargoes",
        "    coverage: always\n    checked: 2026-01-01\n  embargoes",
        None, "the table 'partners' does not state its coverage and the day it was checked.", "",
    ),
    "not checked": (
        TABLES, "    checked: 2026-01-01\n  embargoes", "  embargoes",
        None, "the table 'partners' does not state its coverage and the day", "",
    ),
    "unknown kind of table": (
        TABLES, "kind: intervals", "kind: interval",
        None, "the table 'partners': Invalid enum value 'interval'", "",
    ),
    "unknown key of a table": (
        TABLES, "kind: intervals", "kind: intervals\n    colour: red",
        None, "the table 'partners': Object contains unknown field `colour`", "",
    ),
    "table without a file": (
        TABLES, "    file: partners.csv\n", "",
        None, "the table 'partners': Object missing required field `file`", "",
    ),
    "file that is not there": (
        TABLES, "partners.csv", "partner.csv",
        None, "cannot be read: No such file or directory.", "Check the path.",
    ),
    "register without a column it needs": (
        STATES, ",from,to,kind,", ",since,to,kind,",
        1, "the column 'from' is missing.", "",
    ),
    "kinds without a column they need": (
        KINDS, "kind,governmental,", "kind,government,",
        1, "the column 'governmental' is missing.", "",
    ),
    "name of two states": (
        STATES, "Kingdom of Aland", "Beland",
        3, "the name 'Beland' stands for AAA too.", "Make it unambiguous.",
    ),
    "catalogue with a column too many": (
        ITEMS, "confidence,note\nhelmet,", "confidence,range\nhelmet,",
        1, "the column 'note' is missing.", "",
    ),
    "catalogue without sources": (
        ITEMS, ROCKET, ROCKET.replace("https://example.org/i", ""),
        3, "'rocket' has no source.", "Cite one.",
    ),
    "catalogue with an ambiguous alias": (
        ITEMS, ROCKET, ROCKET.replace("R-1,,", "R-1,steel  HAT,"),
        3, "the name 'steel  HAT' stands for 'helmet' too.", "Make it unambiguous.",
    ),
    "catalogue with an id twice": (
        ITEMS, ROCKET, ROCKET + ROCKET.replace("true", "false"),
        4, "the id 'rocket' is used twice.", "Choose another.",
    ),
    "catalogue with a value that is none": (
        ITEMS, ROCKET, ROCKET.replace("finished_product", "finished"),
        3, "'finished' is not a value of item.kind.", "",
    ),
    "catalogue with an unknown licensor": (
        ITEMS, ROCKET, ROCKET.replace("AAA", "AAB"),
        3, "'AAB' is not a value of item.licensor.", "",
    ),
    "catalogue with a bad boolean": (
        ITEMS, ROCKET, ROCKET.replace("true", "yes"),
        3, "'yes' is not a value of item.arms.", "",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", ONE_MISTAKE)
def test_one_mistake(name: str, tmp_path) -> None:
    file, old, new, row, what, mend = ONE_MISTAKE[name]
    folder = tiny(tmp_path, (file, old, new))
    (mistake,) = mistakes(WorldError, partial(built, folder))
    assert what in mistake.what
    assert mend in mistake.mend
    if file != TABLES:
        assert mistake.file == file.removeprefix("world/")
    if row is not None:
        assert mistake.row == row


def test_the_catalogue_takes_no_other_column(tmp_path) -> None:
    folder = tiny(tmp_path)
    lines = (folder / ITEMS).read_text("utf-8").splitlines()
    (folder / ITEMS).write_text("\n".join([lines[0] + ",range", *(line + ",1" for line in lines[1:])]), "utf-8")
    (mistake,) = mistakes(WorldError, partial(built, folder))
    assert mistake.what == "the catalogue has the column 'range'."
    assert mistake.mend.startswith("It has id, name, ")


def test_an_empty_table_and_an_empty_catalogue(tmp_path) -> None:
    folder = tiny(tmp_path)
    (folder / PARTNERS).write_text("", "utf-8")
    (mistake,) = mistakes(WorldError, partial(built, folder))
    assert str(mistake) == "partners.csv: the table is empty. Give it a header."


@pytest.mark.parametrize(
    "text", ["", "tables:\n", "tables: [a]\n", "- a\n", "other: 1\n", "tables:\n  partners: 1\n", "tables: {a: ["]
)
def test_a_description_of_nothing(text: str, tmp_path) -> None:
    folder = tiny(tmp_path)
    (folder / TABLES).write_text(text, "utf-8")
    (mistake,) = mistakes(WorldError, partial(built, folder))
    assert mistake.file == "tables.yaml"


def test_a_table_that_a_fact_needs_is_not_there(tmp_path) -> None:
    folder = tiny(tmp_path, (TABLES, "  partners:\n", "  partner:\n"))
    (mistake,) = mistakes(LawError, partial(built, folder))
    assert mistake.what == "'recipient.partner' looks in the unknown table 'partners'."
    assert mistake.mend == "Did you mean 'partner'?"


def test_all_mistakes_of_all_tables_are_told_together(tmp_path) -> None:
    folder = tiny(
        tmp_path,
        (PARTNERS, A, A.replace("2015-01-01", "2005-01-01")),
        (PARTNERS, "BBB,2012-01-01", "BBB,then"),
        (EMBARGOES, ",un,Resolution 1", ",friends,Resolution 1"),
        (EMBARGOES, "voluntary", "hoped"),
        (STATES, "BBB,Beland,ベ国,,2001-01-01,,", "BBB,Beland,ベ国,,2001-01-01,2000-01-01,"),
    )
    found = mistakes(WorldError, partial(built, folder))
    assert [(mistake.file, mistake.row) for mistake in found] == [
        ("partners.csv", 2), ("partners.csv", 4), ("embargoes.csv", 2), ("embargoes.csv", 3), ("states.csv", 3),
    ]  # fmt: skip


def test_a_table_with_the_mark_of_a_spreadsheet(tmp_path) -> None:
    """A byte order mark, which spreadsheets write, is no part of the first column's name."""
    folder = tiny(tmp_path)
    (folder / PARTNERS).write_bytes(b"\xef\xbb\xbf" + (folder / PARTNERS).read_bytes())
    assert len(built(folder).world.tables["partners"].rows) == 3
