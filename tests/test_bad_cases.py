"""A case that is wrong gets one clear error, with every mistake of the file, its line and the mend; never a traceback."""

import json
import os

import pytest

from helpers import GOOD, refused, sekisho
from sekisho import decide
from sekisho.case.stated import from_mapping
from sekisho.corpus import Corpus
from sekisho.errors import CaseError
from sekisho.text import LARGEST_FILE

# what is written, the line of the mistake, and what the error says
ONE_MISTAKE = {
    "unknown key": (GOOD + "recipient.knid: police\n", 5, "'recipient.knid' is not known. Did you mean 'recipient.kind'?"),
    "unknown nested key": (GOOD + "assurance:\n  licensor_requst: true\n", 6, "Did you mean 'assurance.licensor_request'?"),
    "key unlike any other": (GOOD + "xqzwv: 1\n", 5, "the key 'xqzwv' is not known."),
    "unknown item": (GOOD.replace("patriot-pac-3-mse", "patriot pac 3 mze"), 4, "Did you mean 'patriot pac 3 mse'?"),
    "item that is no name": (GOOD.replace("patriot-pac-3-mse", "[a, b]"), 4, "is not in the catalogue"),
    "unknown state": (GOOD.replace("state: USA", "state: Germony"), 3, "Did you mean DEU (Germany)?"),
    "key a little like a part of one": (GOOD + "foo: 1\n", 5, "the key 'foo' is not known. See docs/vocabulary.md."),
    "key a little like many": (GOOD + "cases: 1\n", 5, "the key 'cases' is not known. See docs/vocabulary.md."),
    "item unlike any other": (GOOD.replace("patriot-pac-3-mse", "nonsense"), 4, "is not in the catalogue. Describe it:"),
    "item called otherwise": (GOOD + "item.name: Rice\n", 5, "the item is given twice, as patriot-pac-3-mse and as Rice."),
    "code of a state, misspelt": (GOOD.replace("state: USA", "state: jpnn"), 3, "Did you mean JPN (Japan)?"),
    "unknown value": (GOOD.replace("foreign_government", "foreign goverment"), 3, "Did you mean 'foreign_government'?"),
    "state before its time": (
        GOOD.replace("2023-12-22", "1985-01-01").replace("state: USA", "state: UKR"),
        3, "UKR did not exist on 1985-01-01. On that day there was SUN (Soviet Union).",
    ),
    "state after its time": (
        GOOD.replace("state: USA", "state: SUN"),
        3, "SUN did not exist on 2023-12-22. On that day there was",
    ),
    "no date": (GOOD.replace("date: 2023-12-22\n", ""), 1, "has no date. Add `date:`"),
    "empty date": (GOOD.replace("2023-12-22", ""), 1, "has no date"),
    "date before 1900": (GOOD.replace("2023", "1823"), 1, "the day 1823-12-22 lies before 1900-01-01. Check the year."),
    "day that is none": (GOOD.replace("2023-12-22", "2023-02-30"), 1, "'2023-02-30' is not a day. Write the year"),
    "date in words": (GOOD.replace("2023-12-22", "22 December 2023"), 1, "is not a day"),
    "date with a time": (GOOD.replace("2023-12-22", "2023-12-22T10:00:00"), 1, "is not a day"),
    "date as a number": (GOOD.replace("2023-12-22", "20231222"), 1, "is not a day"),
    "date as a list": (GOOD.replace("2023-12-22", "[2023-12-22]"), 1, "is not a day"),
    "boolean as a word": (
        GOOD + "assurance.licensor_request: probably\n",
        5, "is a boolean: 'probably' is not. Write true or false.",
    ),
    "boolean as a number": (GOOD + "assurance.licensor_request: 1\n", 5, "is a boolean: '1' is not."),
    "yes for true": (GOOD + "step.licence: yes\n", 5, "is a boolean: 'yes' is not. Write true or false."),
    "text as a list": (GOOD + "terms: [sale]\n", 5, "terms is a text: '['sale']' is not. Write one of sale"),
    "text as a boolean": (GOOD + "terms: true\n", 5, "terms is a text: 'True' is not."),
    "state as a list": (GOOD + "destination.state: [USA]\n", 5, "is not a state."),
    "state as a number": (GOOD + "destination.state: 1\n", 5, "'1' is not a state."),
    "set of a wrong word": (GOOD + "purpose: [peace_contribution, war]\n", 5, "'war' is not a value of purpose."),
    "set of mappings": (GOOD + "purpose: [{a: b}]\n", 5, "purpose is a set"),
    "record as a word": (GOOD + "recorded: permitted\n", 5, "`recorded` is a mapping."),
    "unknown head": (GOOD + "head: jp.guidelines#licenced-product\n", 5, "Did you mean 'jp.guidelines#licensed-product'?"),
    "against the catalogue": (
        GOOD + "item.kind: part\n",
        5,
        "but the catalogue (patriot-pac-3-mse) has finished_product. Leave it out, or use --override",
    ),
    "against the world": (
        GOOD + "destination: {communist_bloc: false, combat: true}\n",
        5, "destination.combat is stated as true, but the table combat has false.",
    ),
    "key twice": (GOOD + "item: type-12-ssm\n", 5, "the key 'item' is given twice. Keep one of them."),
    "key nested and dotted": (
        GOOD + "recipient.state: PRK\n",
        3, "the key 'recipient.state' is given twice, nested and dotted.",
    ),
    "party twice": (
        "date: 2023-12-22\nrecipient: USA\nrecipient.state: PRK\n",
        3, "recipient.state is given twice, as USA and as PRK.",
    ),
    "body with another kind": (
        "date: 2023-12-22\nrecipient: ICAO\nrecipient.kind: police\n",
        3, "recipient.kind is given twice",
    ),
    "alias": ("date: 2023-12-22\nexporter: &x JPN\nrecipient: *x\n", 2, "anchors and aliases are not accepted."),
    "bomb": (
        "a: &a [x, x]\n" + "".join(f"{n}: &{n} [{', '.join(['*' + chr(ord(n) - 1)] * 9)}]\n" for n in "bcdefghijk"),
        1, "anchors and aliases are not accepted. Write the value out.",
    ),
    "cycle": ("item: &a\n  kind: *a\n", 1, "anchors and aliases"),
    "deep nesting": ("a: " + "[" * 50_000 + "\n", 1, "nested more than 12 levels deep. Flatten it."),
    "deep mappings": ("".join("  " * n + "a:\n" for n in range(100)), 14, "nested more than 12 levels deep."),
    "object of Python": ("date: !!python/object/apply:os.system ['true']\n", 1, ""),
    "tag of one's own": (GOOD + "title: !secret x\n", 5, "the tag '!secret' is not accepted. Write a plain value."),
    "escaped control character": (GOOD + 'title: "a\\e[31mb"\n', 5, "the character U+001B is not accepted."),
    "turned writing": (GOOD + "title: a\u202eb\n", 5, "the character U+202E is not accepted. Remove it."),
    "control character in a key": (GOOD + '"a\\0": 1\n', 5, "the character U+0000 is not"),
    "list as a key": (GOOD + "? [a]\n: b\n", 5, "a key must be a plain word."),
    "broken indentation": (GOOD + "  kind: part\n", 5, "not readable as YAML"),
    "open quote": (GOOD + 'title: "a\n', 5, "not readable as YAML"),
    "text instead of a case": ("we shipped it\n", 1, "a case is a mapping of keys. Write `date: 2023-12-22`"),
}  # fmt: skip


@pytest.mark.parametrize("name", ONE_MISTAKE)
def test_one_mistake(name: str, tmp_path) -> None:
    text, line, says = ONE_MISTAKE[name]
    file = tmp_path / "case.yaml"
    file.write_text(text, "utf-8")
    (error,) = refused("decide", file)
    assert error.startswith(f"error: {file}:{line}: ")
    assert says in error


WITHOUT_LINE = {
    "nothing": (b"", "there is no case in it. Write `date: …`"),
    "comments only": (b"# nothing\n---\n---\n", "there is no case in it."),
    "an empty list": (b"[]\n", "there is no case in it."),
    "another encoding": ("date: 2023-12-22\ntitle: 防衛\n".encode("euc-jp"), "byte 25 is not UTF-8. Save"),
    "UTF-16": (GOOD.encode("utf-16"), "byte 1 is not UTF-8."),
    "a NUL byte": (GOOD.encode() + b"title: a\0b\n", ":5: the character U+0000 is not accepted. Remove it."),
    "an escape": (GOOD.encode() + b"title: a\x1b[2Jb\n", ":5: the character U+001B is not accepted."),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "is not UTF-8"),
}  # fmt: skip


@pytest.mark.parametrize("name", WITHOUT_LINE)
def test_no_case_at_all(name: str, tmp_path) -> None:
    content, says = WITHOUT_LINE[name]
    file = tmp_path / "case.yaml"
    file.write_bytes(content)
    for error in (refused("decide", file), refused("decide", "-", stdin=content)):
        assert len(error) == 1
        assert says in error[0]


def test_a_huge_file(tmp_path) -> None:
    file = tmp_path / "case.yaml"
    file.touch()
    os.truncate(file, 100 * 1024 * 1024)
    (error,) = refused("decide", file)
    assert f"the file has more than {LARGEST_FILE:,} bytes. Split it." in error


def test_a_file_without_end() -> None:
    (error,) = refused("decide", "/dev/zero")
    assert "has more than" in error


def test_huge_standard_input() -> None:
    (error,) = refused("decide", "-", stdin=b" " * (LARGEST_FILE + 1))
    assert "standard input has more than" in error


def test_a_missing_file_and_a_folder(tmp_path) -> None:
    assert refused("decide", tmp_path / "no.yaml") == [
        f"error: {tmp_path / 'no.yaml'}: cannot be read: No such file or directory. Check the path."
    ]
    assert refused("decide", tmp_path) == [f"error: {tmp_path}: cannot be read: Is a directory. Check the path."]


def test_a_path_that_is_not_utf8(tmp_path) -> None:
    file = tmp_path / os.fsdecode(b"\xff.yaml")
    assert "cannot be read" in refused("decide", file)[0]
    file.write_text(GOOD, "utf-8")
    assert sekisho("decide", file, "--json").status == 0


@pytest.mark.parametrize(("code", "state"), [("UA", "UKR"), ("gb", "GBR"), ("XK", "XKX")])
def test_codes_of_two_letters_are_codes_of_states(code: str, state: str, corpus: Corpus) -> None:
    assert from_mapping({"date": "2024-01-01", "recipient": code}, corpus, "it").facts["recipient.state"] == state


def test_a_code_of_two_letters_that_says_something_else_is_none() -> None:
    (error,) = refused("decide", "-", stdin=GOOD.replace("USA", '"NA"').encode())
    assert "'NA' is not a state." in error


def test_standard_input() -> None:
    (error,) = refused("decide", "-", stdin=GOOD.replace("USA", "USX").encode())
    assert error.startswith("error: -:3: 'USX' is not a state.")


def test_a_list_of_what_are_no_cases(tmp_path) -> None:
    file = tmp_path / "cases.yaml"
    file.write_text("- 1\n- [date]\n-\n- date\n", "utf-8")
    errors = refused("decide", file)
    assert [error.partition(": a case")[0] for error in errors] == [f"error: {file}:{line}" for line in (1, 2, 3, 4)]


def test_a_flood_of_mistakes_is_cut(tmp_path) -> None:
    file = tmp_path / "cases.yaml"
    file.write_text("- 1\n" * 1_000, "utf-8")
    errors = refused("decide", file)
    assert len(errors) == 201
    assert errors[-1] == "error: and 800 more."


@pytest.mark.parametrize("text", ["date: {}\n", "item: {}\n", "? {}\n: 1\n", "recipient: {}\n", "terms: {}\n"])
@pytest.mark.parametrize("length", [1_000, 1_000_000])
def test_an_endless_word(text: str, length: int, tmp_path) -> None:
    file = tmp_path / "case.yaml"
    file.write_text(text.format("a" * length), "utf-8")
    assert refused("decide", file)


JSON = {
    "a comma too few": ('{\n  "date": "2023-12-22"\n  "item": "x"\n}\n', 3),
    "cut short": ('{\n  "date": "2023-12-22",\n', 2),
    "a bracket too many": ('{"date": "2023-12-22"}}\n', 1),
    "half a character": ('{\n"title": "\\ud842"\n}\n', 2),
}


@pytest.mark.parametrize("name", JSON)
def test_broken_json(name: str, tmp_path) -> None:
    text, line = JSON[name]
    file = tmp_path / "case.json"
    file.write_text(text, "utf-8")
    (error,) = refused("decide", file)
    assert error.startswith(f"error: {file}:{line}: not readable as YAML: ")


def test_json_with_tabs_slashes_and_rare_characters(tmp_path) -> None:
    file = tmp_path / "case.json"
    file.write_text(
        '{\n\t"date": "2023-12-22",\n\t"title": "\\ud842\\udfb7 \\/ \\\\ud842\\\\udfb7",\n\t"item": "type-12-ssm"\n}',
        "utf-8",
    )
    case = json.loads(sekisho("decide", file, "--json").out)["case"]
    assert case["title"] == "𠮷 / \\ud842\\udfb7"


def test_a_case_a_line(tmp_path) -> None:
    file = tmp_path / "cases.jsonl"
    file.write_text('{"date": "2023-12-22"}\n\n{"date": "2023-12-22", "act": "import"}\n{"date"\n', "utf-8")
    (error,) = refused("decide", file)
    assert error.startswith(f"error: {file}:4: not readable as YAML")
    file.write_text('{"date": "2023-12-22"}\n\n{"date": "2023-12-22", "act": "import"}\n{"date": 1}\n', "utf-8")
    assert [error.split(": ")[1] for error in refused("decide", file)] == [f"{file}:3", f"{file}:4"]


def test_several_mistakes_are_told_together(tmp_path) -> None:
    file = tmp_path / "cases.yaml"
    file.write_text(
        """\
- date: 1823-12-22
  exporter: {state: JPM}
  recipient:
    state: SUN
    knid: police
  item: patriot pac 9
  terms: hire
- date: tomorrow
  purpose:
    - war
    - conquest
---
date: 2023-12-22
step:
  licence: granted
""",
        "utf-8",
    )
    errors = refused("decide", file)
    places = [(error.removeprefix(f"error: {file}:").partition(": ")[0]) for error in errors]
    assert places == ["1", "2", "5", "6", "7", "8", "9", "9", "15"]


def test_mistakes_against_catalogue_and_world_are_told_together(tmp_path) -> None:
    file = tmp_path / "case.yaml"
    file.write_text(GOOD + "item.kind: part\nitem.arms: false\ndestination.combat: true\n", "utf-8")
    assert [error.split(": ")[1] for error in refused("decide", file)] == [f"{file}:{line}" for line in (5, 6, 7)]


def test_override_decides_on_what_is_stated_and_says_so(tmp_path) -> None:
    file = tmp_path / "case.yaml"
    file.write_text(GOOD + "item.kind: part\ndestination.un_arms_embargo: true\n", "utf-8")
    run = sekisho("decide", file, "--override", "--json", "--regime", "japan")
    assert run.status == 0
    (decision,) = json.loads(run.out)["decisions"]
    notices = [notice["text"] for notice in decision["notices"] if notice["kind"] == "override"]
    assert notices == [
        f"{name} is decided as stated, against the catalogue or the world."
        for name in ("item.kind", "destination.un_arms_embargo")
    ]
    assert decision["verdict"] == "prohibited"
    assert "item.kind is decided as stated" in sekisho("decide", file, "--override").out


# for each condition that holds `always`, what breaks it
IMPOSSIBLE = {
    "weapon-is-arms": {"item": {"weapon": True, "arms": False}},
    "partner-is-security-partner": {
        "item.programme": "gcap", "recipient": {"state": "GBR", "programme_partner": True, "security_partner": False},
    },
    "no-partner-of-its-own": {"recipient": {"state": "JPN", "programme_partner": True, "security_partner": True}},
    "no-agreement-with-itself": {"recipient": {"state": "JPN", "transfer_agreement": True}},
    "own-forces-are-the-exporters": {"exporter": "JPN", "recipient": {"state": "USA", "kind": "own_forces"}},
    "un-body-has-no-state": {"recipient": {"state": "USA", "kind": "un_body"}},
}  # fmt: skip


def test_each_impossible_case_is_tried(corpus) -> None:
    assert set(IMPOSSIBLE) == {entry.id for entry, _ in corpus.always}


@pytest.mark.parametrize("name", IMPOSSIBLE)
def test_a_case_that_cannot_be_is_refused(name: str, tmp_path, corpus) -> None:
    why = next(entry.why.en for entry, _ in corpus.always if entry.id == name)
    file = tmp_path / "case.json"
    file.write_text(json.dumps({"date": "2023-12-22", **IMPOSSIBLE[name]}, indent=0), "utf-8")
    (error,) = refused("decide", file, "--override")
    assert f"the case cannot be: {why} Here " in error
    assert error.endswith("Correct one of them.")
    assert error.startswith(f"error: {file}:")


def test_a_mapping_is_refused_without_a_place() -> None:
    with pytest.raises(CaseError) as caught:
        decide({"date": "2023-12-22", "exporter": "JPN", "recipient": "JPN", "recipient.kind": "un_body"})
    (mistake,) = caught.value.mistakes
    assert (mistake.where, mistake.field) == ("", "recipient.kind")


def test_a_receipt_is_not_half_written_for_a_bad_case(tmp_path) -> None:
    case, receipt = tmp_path / "case.yaml", tmp_path / "receipt.json"
    case.write_text(GOOD.replace("USA", "USX"), "utf-8")
    refused("decide", case, "--receipt", receipt)
    assert list(tmp_path.iterdir()) == [case]
