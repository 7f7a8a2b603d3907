"""Registers in: every data row is in the view or in the rejects, typed, with its day, its parties and its item."""

import csv
import datetime as dt
import gzip
import io
import json
from collections import Counter
from pathlib import Path
from typing import Any

import duckdb
import pytest

from sekisho.corpus import Corpus
from sekisho.errors import InputError, RegisterError, UsageError
from sekisho.sweep.mapping import read_mapping
from sekisho.sweep.registers import Register, open_register, party_notes, resolved_items
from sekisho.sweep.words import Words

RESEARCH = Path(__file__).resolve().parents[2] / "shared" / "data" / "sipri"
EXPORTS = ["2025-03", "2025-10"]

PREAMBLE = "Transfers of things\nA '?' marks what is uncertain\n\nSource: invented\n"
SIPRI_HEADER = (
    "Recipient,Supplier,Year of order, ,Number ordered, ,Weapon designation,Weapon description,Number delivered, ,"
    "Year(s) of delivery,status,Comments,SIPRI TIV per unit,SIPRI TIV for total order,SIPRI TIV of delivered weapons\n"
)
CLEAN_HEADER = (
    "row,recipient,supplier,order_year,order_year_uncertain,number_ordered,number_ordered_uncertain,weapon_designation,"
    "weapon_description,number_delivered,number_delivered_uncertain,delivery_years,status,comments,tiv_per_unit,"
    "tiv_total_order,tiv_delivered\n"
)


def sipri(recipient: str, supplier: str, year: str, designation: str, description: str, mark: str = "", note: str = "") -> str:
    return f"{recipient},{supplier},{year},{mark},7,?,{designation},{description},7,?,1990; 1991,New,{note},1,7,7\n"


@pytest.fixture
def connection() -> Any:
    with duckdb.connect() as opened:
        yield opened


def rows(connection: Any, register: Register, columns: str = "*") -> list[tuple[Any, ...]]:
    found: list[tuple[Any, ...]] = connection.execute(f'SELECT {columns} FROM "{register.relation}" ORDER BY row').fetchall()
    assert len(found) == register.rows
    return found


def rejects(connection: Any, register: Register) -> list[tuple[int, str]]:
    found: list[tuple[int, str]] = connection.execute(f'SELECT row, reason FROM "{register.rejects}" ORDER BY row').fetchall()
    assert len(found) == register.rejected == register.total - register.rows
    return found


def write(path: Path, content: str | bytes) -> Path:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


# ---- our own shape ----------------------------------------------------------------------------------------------------

OWN = (
    "id,date,exporter.state,recipient.state,recipient.kind,item,item.arms,purpose,step.licence,price\n"
    "A-1,2023-12-22,JPN,USA,foreign_government,patriot-pac-3-mse,,,true,10\n"
    "A-2,2014,Japan,United Kingdom,,,yes,disaster_relief;search_and_rescue,,20\n"
    "A-3,2016-02,JPN,none,un_body,,false,none,no,30\n"
)


def test_own_columns_are_typed_by_the_vocabulary(connection: Any, corpus: Corpus, tmp_path: Path) -> None:
    register = open_register(connection, write(tmp_path / "own.csv", OWN), corpus)
    facts = (
        'row, key, date_from, date_to, "exporter.state", "recipient.state", "recipient.kind", item, item_note, "item.arms", '
        'purpose, "step.licence", "in.price"'
    )
    day = dt.date(2023, 12, 22)
    assert rows(connection, register, facts) == [
        (1, "A-1", day, day, "JPN", "USA", "foreign_government", "patriot-pac-3-mse", "catalogue", None, None, True, "10"),
        (2, "A-2", dt.date(2014, 1, 1), dt.date(2014, 12, 31), "JPN", "GBR", None, None, None, True,
         ["disaster_relief", "search_and_rescue"], None, "20"),
        (3, "A-3", dt.date(2016, 2, 1), dt.date(2016, 2, 29), "JPN", "none", "un_body", None, None, False, [], False, "30"),
    ]  # fmt: skip
    assert (register.total, register.rejected, register.format) == (3, 0, "own")


@pytest.mark.parametrize("shape", ["parquet", "jsonl", "nested.jsonl", "csv.gz", "tsv", "crlf.csv", "mixed-ends.csv"])
def test_the_same_register_in_every_shape(shape: str, connection: Any, corpus: Corpus, tmp_path: Path) -> None:
    plain = open_register(connection, write(tmp_path / "own.csv", OWN), corpus, prefix="plain")
    path = tmp_path / f"shaped.{shape}"
    entries = list(csv.DictReader(io.StringIO(OWN)))
    if shape == "parquet":
        connection.execute(f"COPY (FROM read_csv('{tmp_path / 'own.csv'}', all_varchar = true)) TO '{path}'")
    elif shape == "jsonl":
        write(path, "\n".join(json.dumps({k: v for k, v in entry.items() if v}) for entry in entries))
    elif shape == "nested.jsonl":
        nested = [{"exporter": {"state": entry.pop("exporter.state")}} | entry for entry in entries]
        write(path, "\n".join(json.dumps(entry) for entry in nested) + "\n")
    elif shape == "csv.gz":
        write(path, gzip.compress(OWN.encode(), mtime=0))
    else:
        changed = {
            "tsv": OWN.replace(",", "\t"),
            "crlf.csv": OWN.replace("\n", "\r\n"),
            "mixed-ends.csv": OWN.replace("\n", "\r\n", 2),
        }
        write(path, changed[shape])
    shaped = open_register(connection, path, corpus)
    columns = ", ".join(f'"{column}"' for column in ("row", "key", "date_from", "date_to", *plain.facts, "item", "item_note"))
    assert rows(connection, shaped, columns) == rows(connection, plain, columns)


def test_a_typed_parquet_passes_through(connection: Any, corpus: Corpus, tmp_path: Path) -> None:
    path = tmp_path / "typed.parquet"
    connection.execute(
        "COPY (SELECT DATE '2020-01-01' AS date, 'JPN' AS \"exporter.state\", true AS \"item.arms\", "
        f"['rescue'] AS \"item.five_category\", [1, 2] AS \"lots\") TO '{path}'"
    )
    register = open_register(connection, path, corpus)
    columns = '"exporter.state", "item.arms", "item.five_category", "in.lots"'
    assert rows(connection, register, columns) == [("JPN", True, ["rescue"], [1, 2])]


@pytest.mark.parametrize("kind", ["relation", "arrow", "pandas", "polars"])
def test_tables_in_memory(kind: str, connection: Any, corpus: Corpus) -> None:
    relation = connection.sql("SELECT 2015 AS date, 'JPN' AS \"exporter.state\", 'Oz' AS \"recipient.state\" FROM range(3)")
    modules = {"arrow": "pyarrow", "pandas": "pandas", "polars": "polars"}
    if kind in modules:
        pytest.importorskip(modules[kind])
    given = {
        "relation": lambda: relation,
        "arrow": lambda: relation.to_arrow_table(),
        "pandas": lambda: relation.df(),
        "polars": lambda: relation.pl(),
    }[kind]()
    register = open_register(connection, given, corpus)
    assert (register.total, register.rejected) == (3, 3)
    row, reason = rejects(connection, register)[2]
    assert row == 3 and reason.startswith("recipient.state: 'Oz' is not a state.")


def test_words_that_cannot_be_read_reject_the_row_with_every_reason(connection: Any, corpus: Corpus, tmp_path: Path) -> None:
    content = (
        "date,exporter.state,recipient.state,recipient.kind,item.arms,item\n"
        "2020-01-01,JPN,USA,coast_guard,true,type-03-chu-sam\n"
        "soon,JPN,USA,coast_guard,true,\n"
        ",JPN,USA,coast_guard,true,\n"
        "0012-01-01,JPN,USA,,,\n"
        "2020-02-30,JPN,USA,,,\n"
        "2020-01-01,JPN,Untied States,postman,perhaps,\n"
        "1990-01-01,RUS,USA,,,\n"
        "2020-01-01,JPN,USA,,false,type-03-chu-sam\n"
        "1991,RUS,USA,,,an unheard-of thing\n"
    )
    register = open_register(connection, write(tmp_path / "bad.csv", content), corpus)
    assert [row for (row,) in rows(connection, register, "row")] == [1, 9]
    reasons = dict(rejects(connection, register))
    assert "'soon' is no day, month or year" in reasons[2]
    assert reasons[3] == "the row has no date"
    assert "outside 1900 to 2199" in reasons[4]
    assert "'2020-02-30'" in reasons[5]
    assert reasons[6].count(";") == 2, reasons[6]
    assert "Did you mean USA (United States)" in reasons[6]
    assert reasons[7] == "exporter.state: RUS did not exist on that day"
    assert "otherwise than the catalogue" in reasons[8]
    assert rows(connection, register, "item_note")[1] == ("'an unheard-of thing' is not in the catalogue",)


def test_a_state_must_exist_in_the_world_that_is_asked(connection: Any, corpus: Corpus, tmp_path: Path) -> None:
    content = "date,exporter.state,recipient.state\n1980-01-01,JPN,SUN\n1980-01-01,JPN,UKR\n1980-01-01,JPN,USA\n"
    path = write(tmp_path / "own.csv", content)
    register = open_register(connection, path, corpus)
    assert [row for row, _ in rejects(connection, register)] == [2]
    register = open_register(connection, path, corpus, world_on=dt.date(2024, 1, 1))
    assert rejects(connection, register) == [(1, "recipient.state: SUN did not exist on 2024-01-01")]
    words, day = Words(corpus, "sipri"), dt.date(1980, 1, 1)
    assert words.party_on("Soviet Union", day, day).state == "SUN"
    gone = words.party_on("Soviet Union", day, day, dt.date(2024, 1, 1))
    assert gone.state is None and "not in the table of states" in str(gone.note)


# ---- mapping ----------------------------------------------------------------------------------------------------------


def test_a_mapping_names_columns_constants_and_values(connection: Any, corpus: Corpus, tmp_path: Path) -> None:
    mapping = write(
        tmp_path / "map.yaml",
        "columns: {recipient.state: Importer, date: Licence date, recipient.kind: Service}\n"
        "constants: {exporter.state: Japan, item.arms: true}\nvalues: {recipient.kind: {Navy: armed_forces}}\nignore: [act]\n",
    )
    content = "Importer,Licence date,Service,act\nUSA,2020-01-01,Navy,strange\n"
    register = open_register(connection, write(tmp_path / "own.csv", content), corpus, mapping=read_mapping(mapping))
    columns = '"exporter.state", "recipient.state", "recipient.kind", "item.arms", "in.act"'
    assert rows(connection, register, columns) == [("JPN", "USA", "armed_forces", True, "strange")]


@pytest.mark.parametrize(
    ("header", "mapping", "said"),
    [
        ("recipient.state,x", None, "the column 'date' is missing: without a day no law applies. Found: recipient.state, x."),
        ("date,x", None, "no column states a fact. Needed are columns such as"),
        ("date,recipient.state,recipient", None, "two columns give recipient: 'recipient.state' and 'recipient'"),
        ("date,recipient.state,Recipient.State", None, "two columns are called 'recipient.state'"),
        ("date,recipent.state,item", None, None),
        ("date,recipient.stat,item", None, "'recipient.stat' is no fact of the vocabulary. Did you mean 'recipient.state'?"),
        ("date,item", {"columns": {"recipient.state": "To"}}, "the column 'To', which the mapping names for recipient.state"),
        ("date,item,To", {"columns": {"recipient.stat": "To"}}, "'recipient.stat' is no fact and no role"),
        ("date,item", {"colums": {}}, "the mapping has the key 'colums'. Did you mean 'columns'?"),
        ("date,item", {"constants": {"item": "x"}}, "item is given by a column and by a constant"),
        ("date,item", {"columns": []}, "'columns' of the mapping is not a dict"),
        ("date,date_from,date_to,item", None, "the day is given by 'date' and by"),
    ],
)  # fmt: skip
def test_mistakes_in_the_columns(
    header: str, mapping: Any, said: str | None, connection: Any, corpus: Corpus, tmp_path: Path
) -> None:
    path = write(tmp_path / "own.csv", header + "\n")
    if said is None:  # a dotted word of no known party is carried along
        assert "in.recipent.state" in open_register(connection, path, corpus, mapping=mapping).carried
        return
    with pytest.raises(RegisterError) as raised:
        open_register(connection, path, corpus, mapping=mapping)
    assert said in str(raised.value)


# ---- files that are not as they should be -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("empty.csv", b"", "the file is empty"),
        ("blank.csv", b"\n\n", "the file is empty"),
        ("empty.parquet", b"", "the file is empty"),
        ("broken.parquet", b"PAR1 and then nothing", "cannot be read"),
        ("utf16.csv", "date,item\n".encode("utf-16"), "the file is UTF-16"),
        ("binary.csv", b"date,\0\0", "the file is not text"),
        ("list.jsonl", b'[{"date": 1}]', "one JSON list"),
        ("register.doc", b"date,item", "the ending does not say"),
        ("empty.csv.gz", gzip.compress(b"", mtime=0), "the file is empty"),
        ("torn.csv.gz", gzip.compress(OWN.encode() * 50, mtime=0)[:60], "cannot be read"),
    ],
)
def test_files_that_cannot_be_read_at_all(
    name: str, content: bytes, said: str, connection: Any, corpus: Corpus, tmp_path: Path
) -> None:
    with pytest.raises(RegisterError) as raised:
        open_register(connection, write(tmp_path / name, content), corpus)
    assert said in str(raised.value) and name in str(raised.value)
    assert isinstance(raised.value, InputError)


def test_a_truncated_parquet_is_an_error(connection: Any, corpus: Corpus, tmp_path: Path) -> None:
    whole = tmp_path / "whole.parquet"
    connection.execute(f"COPY (SELECT DATE '2020-01-01' AS date, 'JPN' AS \"exporter.state\" FROM range(9999)) TO '{whole}'")
    with pytest.raises(RegisterError, match=r"truncated\.parquet.*Is it whole"):
        open_register(connection, write(tmp_path / "truncated.parquet", whole.read_bytes()[:-200]), corpus)


def test_folders_and_globs(connection: Any, corpus: Corpus, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(RegisterError, match="the folder holds no register"):
        open_register(connection, tmp_path / "empty", corpus)
    with pytest.raises(RegisterError, match="no such file"):
        open_register(connection, tmp_path / "absent*.csv", corpus)
    folder = tmp_path / "two"
    folder.mkdir()
    write(folder / "a.csv", OWN)
    write(folder / "b.csv", "date,item.weapon,exporter.state\n2020-01-01,true,JPN\nshort\n2021-01-01,false,JPN\n")
    register = open_register(connection, folder, corpus)
    assert rows(connection, register, 'row, file[-5:], key, "item.weapon"') == [
        (1, "a.csv", "A-1", None), (2, "a.csv", "A-2", None), (3, "a.csv", "A-3", None),
        (4, "b.csv", None, True), (6, "b.csv", None, False),
    ]  # fmt: skip
    assert connection.execute("SELECT row, file[-5:], reason[:20] FROM register_rejects").fetchall() == [
        (5, "b.csv", "the line is torn: it")
    ]
    write(folder / "c.jsonl", "{}")
    with pytest.raises(RegisterError, match="several kinds: csv, jsonl"):
        open_register(connection, folder, corpus)
    for number in range(2):
        connection.execute(
            f"COPY (SELECT 2020 + {number} AS date, 'JPN' AS \"exporter.state\" FROM range(2)) TO '{folder}/{number}.parquet'"
        )
    several = open_register(connection, f"{folder}/*.parquet", corpus)
    assert rows(connection, several, "row, file[-9:], year(date_from)") == [
        (1, "0.parquet", 2020), (2, "0.parquet", 2020), (3, "1.parquet", 2021), (4, "1.parquet", 2021),
    ]  # fmt: skip


def test_a_header_only_is_a_register_of_no_rows(connection: Any, corpus: Corpus, tmp_path: Path) -> None:
    for name in ("own.csv", "ends-early.csv"):
        header = OWN.splitlines()[0] + ("\n" if name == "own.csv" else "")
        register = open_register(connection, write(tmp_path / name, header), corpus)
        assert (register.total, register.rejected, rows(connection, register)) == (0, 0, [])


def test_torn_lines_keep_their_numbers(connection: Any, corpus: Corpus, tmp_path: Path) -> None:
    content = (
        "date,exporter.state,note\n"
        "2020-01-01,JPN,one\n"
        "\n"
        '2020-01-01,JPN,"two\nin two lines"\n'
        "2020-01-01,JPN\n"
        "2020-01-01,JPN,four,more\n"
        "2020-01-01,JPN,five\n"
        '2020-01-01,JPN,"six" and a half\n'
        "2020-01-01,JPN,seven\n"
        "2020-01-01,J"
    )
    register = open_register(connection, write(tmp_path / "torn.csv", content), corpus)
    assert rows(connection, register, 'row, "in.note"') == [(1, "one"), (2, "two\nin two lines"), (5, "five"), (7, "seven")]
    assert [row for row, _ in rejects(connection, register)] == [3, 4, 6, 8]


def test_many_torn_lines_in_a_long_file_keep_their_numbers(connection: Any, corpus: Corpus, tmp_path: Path) -> None:
    lines = ["date,exporter.state,note"]
    lines += [f"2020-01-01,JPN,{number}" if number % 997 else f"2020-01-01,{number}" for number in range(1, 120_001)]
    register = open_register(connection, write(tmp_path / "long.csv", "\n".join(lines)), corpus)
    assert register.total == 120_000
    assert connection.execute('SELECT count(*) FROM register WHERE row <> "in.note"::BIGINT').fetchone() == (0,)
    assert [row for row, _ in rejects(connection, register)] == list(range(997, 120_001, 997))


def test_a_torn_line_of_json_lines(connection: Any, corpus: Corpus, tmp_path: Path) -> None:
    line = '{"date": "2020-01-01", "exporter": {"state": "JPN"}, "purpose": ["disaster_relief"]}'
    register = open_register(connection, write(tmp_path / "torn.jsonl", f'{line}\n\n"text"\n{line}\n{line[:30]}'), corpus)
    assert rows(connection, register, 'row, "exporter.state", purpose') == [
        (1, "JPN", ["disaster_relief"]), (4, "JPN", ["disaster_relief"]),
    ]  # fmt: skip
    assert [row for row, _ in rejects(connection, register)] == [3, 5]
    assert register.total == 4


def test_encodings(connection: Any, corpus: Corpus, tmp_path: Path) -> None:
    line = "2020-01-01,JPN,Türkiye\n"
    header = "date,exporter.state,recipient.state\n"
    for encoding in ("utf-8", "utf-8-sig", "latin-1", "cp1252"):
        register = open_register(connection, write(tmp_path / f"{encoding}.csv", (header + line).encode(encoding)), corpus)
        assert rows(connection, register, '"recipient.state"') == [("TUR",)]
    mixed = (header + line).encode() + line.encode("latin-1") + line.encode()
    register = open_register(connection, write(tmp_path / "mixed.csv", mixed), corpus)
    assert rows(connection, register, 'row, "recipient.state"') == [(1, "TUR"), (3, "TUR")]
    assert rejects(connection, register) == [(2, "the line is not UTF-8, as the rest of the file is")]


@pytest.mark.slow
def test_ten_thousand_columns(connection: Any, corpus: Corpus, tmp_path: Path) -> None:
    names = [f"x{number}" for number in range(9_998)]
    content = ",".join(["date", "exporter.state", *names]) + "\n" + ",".join(["2020-01-01", "JPN", *names]) + "\n"
    register = open_register(connection, write(tmp_path / "wide.csv", content), corpus)
    assert rows(connection, register, '"exporter.state", "in.x9997"') == [("JPN", "x9997")]


def test_hostile_names_stay_names(connection: Any, corpus: Corpus, tmp_path: Path) -> None:
    path = tmp_path / "it's; DROP TABLE x.csv"
    content = 'date,exporter.state,"a""b; --",\'\n2020-01-01,JPN,1,2\n'
    register = open_register(connection, write(path, content), corpus, prefix="odd_name")
    assert register.carried == ('in.a"b; --', "in.'")
    assert connection.execute('SELECT "in.a""b; --" FROM odd_name').fetchall() == [("1",)]
    with pytest.raises(UsageError, match="cannot begin the name of a relation"):
        open_register(connection, path, corpus, prefix='odd" name')


# ---- known registers --------------------------------------------------------------------------------------------------


def test_sipri_as_it_comes_and_clean(connection: Any, corpus: Corpus, tmp_path: Path) -> None:
    lines = [
        sipri("Malaysia", "Japan", "1999", "Patrol 7", "patrol boat", "?", "Löwe"),
        sipri("United Nations**", "Japan", "1992", "no such thing", "transport aircraft"),
        sipri("unknown recipient(s)", "Soviet Union", "1985", "AK-1", "SAM"),
        sipri("Some rebels (Chad)*", "Russia", "1988", "K", "a new description"),
        sipri("Viet Nam", "China", "1965", "K", "tank"),
        sipri("Brunei", "United Kingdom", "1970", "K", "trainer aircraft"),
        sipri("United States", "Japan", "2015", "MIM-104 PAC-3 MSE", "ABM missile"),
        sipri("United States", "Japan", "2015", "Mistral", "portable SAM"),
        sipri("Atlantis", "Japan", "2015", "K", "tank"),
        sipri("Thailand", "Japan", "MMXV", "K", "tank"),
        "Thailand,Japan,2015,,1,,K,tank,1,,2016,New,torn here\n",
        sipri("Thailand", "Japan", "2015", "K", "tank"),
    ]
    raw = PREAMBLE + SIPRI_HEADER + "".join(lines)
    clean = CLEAN_HEADER + "".join(f"{number},{line}" for number, line in enumerate(lines, 1))
    seen = []
    for name, content in (("raw.csv", raw.encode("latin-1")), ("clean.csv", clean.encode())):
        register = open_register(connection, write(tmp_path / name, content), corpus)
        assert (register.format, register.total, register.rejected) == ("sipri", 12, 2)
        facts = 'row, year(date_from), "exporter.state", "recipient.state", "recipient.kind", item, item_note, "item.weapon"'
        seen.append(rows(connection, register, facts))
        assert rejects(connection, register) == [
            (10, "the date 'MMXV' is no day, month or year"), (11, "the line is torn: it has fewer cells than the header"),
        ]  # fmt: skip
        assert rows(connection, register, 'uncertain_order, "in.delivery_years", "in.comments", "in.status"')[0] == (
            True, "1990; 1991", "Löwe", "New",
        )  # fmt: skip
        assert rows(connection, register, "date_from, date_to")[0] == (dt.date(1999, 1, 1), dt.date(1999, 12, 31))
        notes = [note for (note,) in rows(connection, register, "party_note")]
        assert notes[5] == "recipient: Brunei: BRN is not in the table of states on that day"
        assert notes[8] == "recipient: Atlantis: not a name of the table of states"
    assert seen[0] == seen[1] == [
        (1, 1999, "JPN", "MYS", None, None, "description", None),
        (2, 1992, "JPN", "none", "un_body", None, "description", False),
        (3, 1985, "SUN", None, None, None, "description", True),
        (4, 1988, "SUN", None, "non_state_armed_group", None,
         "the description 'a new description' is not in the table of descriptions", None),
        (5, 1965, "CHN", "VDR", None, None, "description", True),
        (6, 1970, "GBR", None, None, None, "description", None),
        (7, 2015, "JPN", "USA", None, "patriot-pac-3-mse", "catalogue", None),
        (8, 2015, "JPN", "USA", None, None, "description", True),
        (9, 2015, "JPN", None, None, None, "description", True),
        (12, 2015, "JPN", "THA", None, None, "description", True),
    ]  # fmt: skip


def test_a_known_format_asked_for_and_not_there(connection: Any, corpus: Corpus, tmp_path: Path) -> None:
    path = write(tmp_path / "own.csv", "Recipient,Supplier,When\nJPN,USA,2000\n")
    with pytest.raises(RegisterError) as raised:
        open_register(connection, path, corpus, format="sipri")
    assert "'year of order' or 'order_year', which the format 'sipri' needs, is missing. Found: Recipient" in str(raised.value)
    with pytest.raises(RegisterError, match=r"there is no format 'sipry'\. Did you mean 'sipri'"):
        open_register(connection, path, corpus, format="sipry")


def test_unroca(connection: Any, corpus: Corpus, tmp_path: Path) -> None:
    content = (
        "Calendar year,Category (I-VII),Exporter,Final importer State(s),Number of items,Description of item\n"
        "2004,I. Battle tanks,Germany,Greece,3,a tank\n"
        "2004,VII,Japan,United Kingdom,3,\n"
        "2004,Warships,Japan,Narnia,3,\n"
    )
    register = open_register(connection, write(tmp_path / "un.csv", content), corpus)
    assert register.format == "unroca"
    assert rows(connection, register, '"exporter.state", "recipient.state", "item.arms", "item.weapon", item_note') == [
        ("DEU", "GRC", True, True, "description"),
        ("JPN", "GBR", True, True, "description"),
        ("JPN", None, True, None, "description"),
    ]


# ---- the tables behind it ---------------------------------------------------------------------------------------------


def test_descriptions_say_what_the_vocabulary_knows_and_why(corpus: Corpus) -> None:
    table = corpus.world.tables["descriptions"].rows
    assert len(table) > 200
    for row in table:
        assert row["why"] and row["source"] and row["confidence"] in ("high", "medium", "low"), row
        assert not (row["weapon"] == "true" and row["arms"] != "true"), row
        for column in ("arms", "weapon"):
            assert row[column] in ("true", "false", ""), row
        for column in ("kind", "five_category", "weapons_on_board", "munitions_list"):
            values = corpus.vocabulary.facts[f"item.{column}"].values
            assert all(not part or part in values or part == "none" for part in row[column].split(";")), row
    assert len({row["description"] for row in table}) == len(table)


def test_names_of_registers_do_not_overlap(corpus: Corpus) -> None:
    kinds = corpus.vocabulary.facts["recipient.kind"].values
    by_name: dict[str, list[Any]] = {}
    for row in corpus.world.tables["register_names"].rows:
        assert not row["kind"] or row["kind"] in kinds
        assert all(not row.in_force.overlaps(other.in_force) for other in by_name.setdefault(row["name"], []))
        by_name[row["name"]].append(row)
    for row in corpus.world.tables["register_items"].rows:
        assert row["item"] == "none" or row["item"] in corpus.catalogue.items


# ---- the real files ---------------------------------------------------------------------------------------------------


def _counted_apart(path: Path) -> tuple[int, dict[int, list[str]]]:
    """Data rows by Python's own reader, and the whole ones by number."""
    content = path.read_bytes()
    try:
        words = content.decode()
    except UnicodeDecodeError:
        words = content.decode("cp1252")
    lines = list(csv.reader(io.StringIO(words, newline="")))
    start = next(number for number, line in enumerate(lines) if len(line) > 12 and line[0].lower() in ("recipient", "row"))
    data = [line for line in lines[start + 1 :] if line]
    return len(data), {number: line for number, line in enumerate(data, 1) if len(line) == len(lines[start])}


@pytest.mark.slow
@pytest.mark.shared
@pytest.mark.skipif(not RESEARCH.exists(), reason="the research data is not here")
@pytest.mark.parametrize("export", [f"{export}{shape}" for export in EXPORTS for shape in ("", "_clean_utf8")])
def test_every_row_of_sipri_is_there(export: str, connection: Any, corpus: Corpus) -> None:
    path = RESEARCH / f"sipri_trade_register_{export}.csv"
    register = open_register(connection, path, corpus)
    total, whole = _counted_apart(path)
    assert (register.format, register.total, register.rows) == ("sipri", total, len(whole))
    columns = '"in.recipient", "in.supplier", "in.order_year", "in.comments"'
    places = (0, 1, 2, 12) if not export.endswith("utf8") else (1, 2, 3, 13)
    for row, *cells in rows(connection, register, f"row, {columns}"):
        assert [cell or "" for cell in cells] == [whole[row][place] for place in places], row
    items = resolved_items(connection, register)
    assert set(items) == {"catalogue", "description"}, items
    open_ = Counter(party_notes(connection, register))
    print(
        f"{export}: {register.rows} rows, {register.rejected} rejected, {items}, {sum(open_.values())} with a note on a party"
    )
    for note, times in open_.most_common(12):
        print(f"{times:6} {note}")
    unnamed = [note for note in open_ if "not a name of the table" in note]
    assert not unnamed, unnamed


@pytest.mark.slow
@pytest.mark.shared
@pytest.mark.skipif(not RESEARCH.exists(), reason="the research data is not here")
@pytest.mark.parametrize("export", EXPORTS)
def test_both_shapes_of_sipri_say_the_same(export: str, connection: Any, corpus: Corpus) -> None:
    raw = open_register(connection, RESEARCH / f"sipri_trade_register_{export}.csv", corpus, prefix="raw_shape")
    clean = open_register(connection, RESEARCH / f"sipri_trade_register_{export}_clean_utf8.csv", corpus, prefix="clean_shape")
    assert raw.facts == clean.facts
    columns = ", ".join(f'"{name}"' for name in ("date_from", "date_to", "uncertain_order", *raw.facts, "item", "item_note"))
    seen = [
        set(map(str, connection.execute(f'SELECT DISTINCT {columns} FROM "{register.relation}"').fetchall()))
        for register in (raw, clean)
    ]
    assert seen[0] <= seen[1]
