"""The documentation says what is there: generated text is up to date, examples run, names exist, nothing is promised."""

from __future__ import annotations

import doctest
import json
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

import generated_docs
from sekisho import errors
from sekisho.case import read_cases
from sekisho.cli import EXIT_CODES, app
from sekisho.decide import Decider, decider
from sekisho.errors import CaseError
from sekisho.language.nodes import show

ROOT = generated_docs.ROOT
PAGES = [
    ROOT / name
    for name in ("README.md", "LAWLOG.md", "CHANGELOG.md", "CONTRIBUTING.md")
] + sorted((ROOT / "docs").rglob("*.md"))  # fmt: skip
page = pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())


@pytest.fixture(scope="module")
def own() -> Decider:
    return decider()


def text_of(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


# ---- what is generated -------------------------------------------------------------------------


GENERATED = [
    pytest.param(name, marks=[pytest.mark.slow] if name in generated_docs.SLOW else [])
    for name in (*generated_docs.FILES, *generated_docs.WITH_BLOCKS)
]


@pytest.mark.parametrize("name", GENERATED)
def test_generated_text_is_up_to_date(name: str, own: Decider) -> None:
    assert generated_docs.wanted(own, name) == text_of(name), "run `make docs`"


def test_the_log_has_every_day_of_change(own: Decider) -> None:
    days = re.findall(r"^## (\d{4}-\d\d-\d\d)\n\n\S.*\n\n<!-- begin: \1 -->\n- ", text_of("LAWLOG.md"), re.MULTILINE)
    assert days == generated_docs.change_days(own.corpus)


# ---- names -------------------------------------------------------------------------------------


@cache
def commands() -> dict[str, Any]:
    group: Any = typer.main.get_command(app)
    return dict(generated_docs.every_command(group))


def test_every_command_and_option_is_documented() -> None:
    parts = re.split(r"^## ", text_of("docs/commands.md"), flags=re.MULTILINE)
    documented = {part.split("\n", 1)[0]: part for part in parts[1:]}
    assert documented.keys() == commands().keys() == generated_docs.EXAMPLES.keys()
    for name, command in commands().items():
        for option in command.params:
            words = [option.metavar] if option.param_type_name == "argument" else option.opts
            assert all(f"`{word}" in documented[name] for word in words), (name, words)
            assert option.help, (name, words)


def test_every_exit_status_is_documented() -> None:
    kinds = [errors.UsageError, errors.InputError, errors.SealError, errors.StoreError]
    statuses = {str(kind.exit_status) for kind in kinds} | {str(code) for code in EXIT_CODES.values()} | {"0"}
    assert statuses == {status for status, _ in generated_docs.EXITS}


@page
def test_commands_and_options_named_are_there(path: Path) -> None:
    known = {word for command in commands().values() for option in command.params for word in option.opts}
    known |= {word for command in commands().values() for option in command.params for word in option.secondary_opts}
    known |= {"--version"}
    for code in code_of(path.read_text("utf-8")):
        for command in re.findall(r"(?:^|[$|;] )sekisho ([a-z]+(?: [a-z]+)?)", code, re.MULTILINE):
            words = command.split(" ")
            assert words[0] in commands() or command in commands() or command == "log", code
        if "sekisho " in code or code.startswith("--"):
            assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", code)) <= known, code
        for target in re.findall(r"^make ([a-z]+)$", code, re.MULTILINE):
            assert f"\n{target}:" in text_of("Makefile"), code


def code_of(text: str) -> Iterator[str]:
    """What stands between back-quotes, and the lines of code blocks."""
    blocks = r"^(`{3,}).*?\n(.*?)^\1$"
    yield from (found[2] for found in re.finditer(blocks, text, re.MULTILINE | re.DOTALL))
    yield from re.findall(r"`([^`\n]+)`", re.sub(blocks, "", text, flags=re.MULTILINE | re.DOTALL))


@page
def test_provisions_named_are_there(path: Path, own: Decider) -> None:
    named = set(re.findall(r"\bjp\.[a-z0-9-]+#[a-z0-9-]+", path.read_text("utf-8")))
    assert not sorted(named - own.corpus.provisions.keys())


@page
def test_links_lead_somewhere(path: Path) -> None:
    text = re.sub(r"^(`{3,}).*?^\1$", "", path.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
    for target in re.findall(r"\]\(<?([^)>\s]+)>?\)", text):
        if not target.startswith(("http://", "https://")):
            file, _, anchor = target.partition("#")
            aim = (path.parent / file).resolve() if file else path
            assert aim.exists(), target
            assert aim.is_relative_to(ROOT), target
            if anchor:
                assert anchor in anchors(aim.read_text("utf-8")), target


def anchors(text: str) -> set[str]:
    headings = re.findall(r"^#+ (.*)$", text, re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading).strip().lower().replace(" ", "-") for heading in headings}


def test_readme_names_both_commands() -> None:
    assert "    make run\n" in text_of("README.md")
    assert "    make test\n" in text_of("README.md")


def test_the_readme_names_every_room() -> None:
    contracts = tomllib.loads(text_of("pyproject.toml"))["tool"]["importlinter"]["contracts"]
    rooms = {layer.removeprefix("sekisho.") for layer in contracts[0]["layers"]} | {"law", "world", "precedents"}
    table = text_of("README.md").split("## The house")[1].split("\n## ")[0]
    named = set(re.findall(r"`([a-z]+(?:/|\.py))`", table))
    assert {name.removesuffix("/").removesuffix(".py") for name in named} == rooms
    assert all((ROOT / "src/sekisho" / name).exists() for name in named)


def test_every_page_is_found_from_the_readme() -> None:
    found, queue = set(), [ROOT / "README.md"]
    while queue:
        path = queue.pop()
        if path in found or path.suffix != ".md":
            continue
        found.add(path)
        for target in re.findall(r"\]\(<?([^)>\s#]+)", path.read_text("utf-8")):
            aim = (path.parent / target).resolve()
            if not target.startswith("http") and aim.exists():
                queue.append(aim / "README.md" if aim.is_dir() and (aim / "README.md").exists() else aim)
    assert not sorted(path.relative_to(ROOT).as_posix() for path in set(PAGES) - found)


# ---- examples ----------------------------------------------------------------------------------


def test_the_python_of_the_readme_runs() -> None:
    blocks = re.findall(r"^```python\n(.*?)^```$", text_of("README.md"), re.MULTILINE | re.DOTALL)
    assert blocks
    for block in blocks:
        found = doctest.DocTestParser().get_doctest(block, {}, "README.md", "README.md", 0)
        assert doctest.DocTestRunner().run(found) == (0, len(found.examples))


def test_the_quoted_output_is_that_of_the_command(monkeypatch: pytest.MonkeyPatch, own: Decider) -> None:
    monkeypatch.setenv("COLUMNS", str(generated_docs.WIDTH))
    monkeypatch.setenv("NO_COLOR", "1")
    result = CliRunner().invoke(app, ["decide", str(ROOT / generated_docs.RUN)], catch_exceptions=False)
    assert generated_docs.output(own, generated_docs.RUN) == "".join(f"{x.rstrip()}\n" for x in result.stdout.splitlines())
    assert f"sekisho decide {generated_docs.RUN}" in text_of("Makefile")


_EXAMPLE = re.compile(r"^```(?:yaml|json)\n(.*?)^```\n\n((?:> [^\n]*\n)+)", re.MULTILINE | re.DOTALL)
EXAMPLES = [
    (found[1], re.findall(r"^> (.*)$", found[2], re.MULTILINE)) for found in _EXAMPLE.finditer(text_of("docs/cases.md"))
]


def test_every_example_of_a_case_has_its_outcome() -> None:
    assert len(EXAMPLES) == text_of("docs/cases.md").count("\n```yaml\n") + text_of("docs/cases.md").count("\n```json\n")


@pytest.mark.parametrize("body, outcomes", EXAMPLES)
def test_examples_of_cases_come_out_as_written(body: str, outcomes: list[str], own: Decider) -> None:
    try:
        answers = [own.decide(case) for case in read_cases(body, "example", own.corpus)]
    except CaseError as error:
        assert len(outcomes) == len(error.mistakes)
        for outcome, mistake in zip(outcomes, error.mistakes, strict=True):
            said = f"{mistake.what} {mistake.mend}"
            assert outcome.startswith("Refused: ") and said.startswith(outcome.removeprefix("Refused: "))
        return
    got = [", ".join(f"{d.verdict} under `{d.regime}`" for d in answer.decisions) for answer in answers]
    assert [f"Gives {line}." for line in got] == outcomes


def test_the_two_spellings_are_one_case(own: Decider) -> None:
    nested, dotted = (read_cases(body, "example", own.corpus)[0] for body, _ in EXAMPLES[1:3])
    assert (nested.date, nested.facts, nested.item) == (dotted.date, dotted.facts, dotted.item)


def test_every_key_of_a_case_is_documented(own: Decider) -> None:
    text = text_of("docs/cases.md")
    for key in ("id", "title", "title_ja", "note", "head", "date", "item", "item.name", "recorded"):
        assert f"`{key}`" in text
    for party in ("exporter", "recipient", "end_user", "destination"):
        assert f"`{party}`" in text and f"`{party}.name`" in text
    assert all(f"### {name}\n" in text_of("docs/vocabulary.md") for name in own.corpus.vocabulary.facts)


_TRUTH = {"TRUE": True, "FALSE": False, "NULL": None}


def test_the_worked_example_is_worked_right(own: Decider) -> None:
    text = text_of("docs/algebra.md")
    decision = own.decide(generated_docs.case_of(own, generated_docs.RUN), ("japan",)).regime("japan")
    reasons = {reason.provision: reason for reason in decision.reasons}
    rows = re.findall(r"^\| `(jp\.[^`]+)`[^|]* \| (\w+) \| (\w+) \| (\w+) \| (\w+) \| (\w+) \|$", text, re.MULTILINE)
    assert len(rows) == 4
    for name, applies, can, met, free, done in rows:
        reason = reasons[name]
        assert (reason.applies, reason.met, reason.effective) == (_TRUTH[applies], _TRUTH[met], _TRUTH[done])
        assert (can, free) == ("TRUE", "TRUE")
    for table in re.findall(r"^\| condition of `([^`]+)` \| value \|\n\| --- \| --- \|\n((?:\|.*\n)+)", text, re.MULTILINE):
        provision = own.corpus.provisions[table[0]]
        values = dict(steps(reasons[table[0]].when))
        for part, value in re.findall(r"^\| `([^`]+)` \| (\w+)", table[1], re.MULTILINE):
            assert part in provision.when_text
            assert values[part] == _TRUTH[value]


def steps(step: Any) -> Iterator[tuple[str, Any]]:
    yield show(step.node), step.value
    for part in step.steps:
        yield from steps(part)


# ---- JSON --------------------------------------------------------------------------------------

SHAPES = {
    name: dict(re.findall(r"^\| `(\w+)` \| ([^|]*) \|", body, re.MULTILINE))
    for name, body in re.findall(r"^### (\w+)\n(.*?)(?=^##|\Z)", text_of("docs/decide-json.md"), re.MULTILINE | re.DOTALL)
}
PLAIN: dict[str, Any] = {
    "text": lambda value: isinstance(value, str),
    "number": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "bool": lambda value: isinstance(value, bool),
    "truth": lambda value: value is None or isinstance(value, bool),
    "day": lambda value: isinstance(value, str) and bool(re.fullmatch(r"\d{4}-\d\d-\d\d", value)),
    "interval": lambda value: isinstance(value, str) and bool(re.fullmatch(r"(\.\.|[\d-]{10})/(\.\.|[\d-]{10})", value)),
    "value": lambda value: isinstance(value, str | bool | int | float | list),
}


UNSEEN = {("Stale", field) for field in ("kind", "subject", "reason")}
"""What no output of the package's own law can have: a test of faults sees it."""


class Shapes:
    """Real output against the documented shapes; `seen` are the fields met so far."""

    def __init__(self) -> None:
        self.seen: set[tuple[str, str]] = set()

    def check(self, value: Any, kind: str, where: str) -> None:
        kind = re.sub(r"\[(\w+)\]\(#\w+\)", r"\1", kind)
        if kind.startswith("list of "):
            assert isinstance(value, list), where
            for entry in value:
                self.check(entry, kind.removeprefix("list of "), f"{where}[]")
        elif kind.startswith("map of "):
            assert isinstance(value, dict), where
            for key, entry in value.items():
                self.check(entry, kind.removeprefix("map of "), f"{where}.{key}")
        elif kind.endswith(" or null"):
            if value is not None:
                self.check(value, kind.removesuffix(" or null"), where)
        elif kind in PLAIN:
            assert PLAIN[kind](value), (where, kind, value)
        else:
            self._object(value, kind, where)

    def _object(self, value: Any, kind: str, where: str) -> None:
        fields = SHAPES[kind]
        assert isinstance(value, dict), where
        assert not value.keys() - fields.keys(), (where, kind)
        for field, own in fields.items():
            if field in value:
                self.seen.add((kind, field))
                self.check(value[field], own.removesuffix(", optional"), f"{where}.{field}")
            else:
                assert own.endswith(", optional"), (where, kind, field)


def printed(*words: str) -> Any:
    result = CliRunner().invoke(app, list(words), catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


@pytest.mark.slow
def test_json_is_as_documented(tmp_path: Path) -> None:
    shapes = Shapes()
    for path in sorted((ROOT / "examples").glob("*.yaml")):
        found = printed("decide", "--json", str(path))
        shapes.check(found, "list of Answer" if isinstance(found, list) else "Answer", path.name)
    receipt = tmp_path / "receipt.json"
    printed("decide", "--json", "--receipt", str(receipt), str(ROOT / generated_docs.RUN))
    shapes.check(json.loads(receipt.read_text("utf-8")), "Receipt", "receipt")
    shapes.check(printed("verify", "--json", str(receipt)), "Check", "verify")
    for words in ([], ["japan", "--on", "2023-12-22"], ["jp.guidelines#control", "--history"], ["jp.resolutions-1981"]):
        shapes.check(printed("law", "--json", *words), "Law", "law")
    changed = printed("law", "--json", "jp.view-1976#restraint", "--history")
    shapes.check(changed, "Law", "law")
    shapes.check(printed("world", "--json"), "Tables", "world")
    for name in ("combat", "un_arms_embargoes", "states"):
        shapes.check(printed("world", name, "--json", "--on", "2023-12-22"), "Rows", f"world {name}")
    shapes.check(printed("precedents", "--json"), "History", "precedents")
    report = tmp_path / "report.txt"
    report.write_text(
        "22 December 2023\n\nJapan agreed to sell 20 Patriot missiles to the United States to replace those Washington has "
        "sent to Ukraine, and it could send tanks to Peru.",
        "utf-8",
    )
    for words in ([], ["--decide"]):
        shapes.check(printed("read", "--json", str(report), *words), "Report", "read")
    orders = tmp_path / "orders.csv"
    orders.write_text("date,exporter,recipient,item\n2023-12-22,JPN,USA,patriot-pac-3-mse\nnever,JPN,USA,f-2\n", "utf-8")
    words = ["sweep", str(orders), "-o", str(tmp_path / "out.csv"), "--json"]
    shapes.check(printed(*words), "Sweep", "sweep")
    shapes.check(printed(*words, "--summary", "--chart", str(tmp_path / "chart.svg")), "Sweep", "sweep --summary")
    exact = printed("decide", "--json", "--exact", str(ROOT / "examples/radar-without-a-destination.yaml"))
    shapes.check(exact, "list of Answer", "exact")
    for name in ("patriot-2023-12-22", "radar-without-a-destination", "arms-1960"):
        found = printed("decide", "--json", "--rests", str(ROOT / f"examples/{name}.yaml"))
        shapes.check(found, "list of Answer" if isinstance(found, list) else "Answer", f"rests {name}")
    given = tmp_path / "answers.yaml"
    given.write_text("assurance: {licensor_request: true}\n", "utf-8")
    words = ["ask", "--json", "--answers", str(given), str(ROOT / "examples/patriot-2023-12-22.yaml")]
    shapes.check(printed(*words), "Interview", "ask")
    shapes.check(printed("diff", "japan", "2022-03-07", "2022-03-08", "--json"), "Difference", "diff")
    rows = tmp_path / "rows.csv"
    head = "key,date,exporter.state,recipient.state,recipient.kind,item.kind,item.arms,item.weapon"
    head += ",item.five_category,item.licensor,item.programme"
    row = "a,2023-06-01,JPN,USA,foreign_government,part,true,false,none,none,none"
    rows.write_text(f"{head}\n{row}\n", "utf-8")
    shapes.check(
        printed("diff", "japan", "2023-12-21", "2023-12-22", "--json", "--register", str(rows)), "Difference", "register"
    )
    draft = str(ROOT / "examples/draft-five-categories")
    shapes.check(printed("diff", "japan", "2025-08-05", "--json", "--draft", draft), "Difference", "draft")
    shapes.check(printed("prove", "japan", "--json", "--on", "1976-02-27"), "Proof", "prove")
    documented = {(shape, field) for shape, fields in SHAPES.items() for field in fields}
    assert not sorted(documented - shapes.seen - {("Change", "day"), ("Change", "what")} - UNSEEN)
