"""The house itself: no law in Python, nothing swallowed, nothing undocumented, nothing heavy at the door."""

import ast
import csv
import datetime as dt
import doctest
import importlib
import inspect
import io
import os
import pkgutil
import re
import shutil
import subprocess
import sys
import tokenize
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

import sekisho
from sekisho import errors
from sekisho.case.stated import EARLIEST, from_mapping
from sekisho.corpus import Corpus
from sekisho.corpus.items import COLUMNS, folded

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = Path(sekisho.__file__).resolve().parent
FILES = sorted(PACKAGE.rglob("*.py"))
NAMES = [path.relative_to(PACKAGE).as_posix() for path in FILES]
TREES = {path: ast.parse(path.read_text("utf-8"), str(path)) for path in FILES}
MODULES = sorted(["sekisho", *(m.name for m in pkgutil.walk_packages(sekisho.__path__, "sekisho."))])
HEAVY = (
    "duckdb",
    "pyspark",
    "z3",
    "fastapi",
    "starlette",
    "uvicorn",
    "sqlalchemy",
    "pandas",
    "numpy",
    "pyarrow",
    "lxml",
    "pypdf",
    "readability",
)
CALENDAR = {EARLIEST, dt.date(2100, 1, 1)}
"""The days between which a case may lie: no law is in them."""
each_file = pytest.mark.parametrize("path", FILES, ids=NAMES)


# ---- no law in Python ----------------------------------------------------------------------------------------------


def docstrings(tree: ast.AST) -> set[int]:
    """The nodes of docstrings, attribute docstrings included."""
    found = set()
    for node in ast.walk(tree):
        for statement in getattr(node, "body", ()) if isinstance(getattr(node, "body", ()), list) else ():
            if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant):
                found.add(id(statement.value))
    return found


def texts(path: Path) -> Iterator[tuple[int, str]]:
    """Every string in the code of a file, docstrings apart, with its line."""
    tree = TREES[path]
    apart = docstrings(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in apart:
            yield node.lineno, node.value


def beyond_examples(path: Path, pattern: str) -> list[str]:
    """What matches in the strings of a file and is not an example in a message (`such as …`, `Write …`)."""
    found = []
    for line, text in texts(path):
        for match in re.finditer(pattern, text):
            if not re.search(r"such as |Write ", text[: match.start()]):
                found.append(f"{path.name}:{line}: {match.group()}")
    return found


@each_file
def test_no_day_of_law(path: Path) -> None:
    assert beyond_examples(path, r"\b\d{4}-\d{2}-\d{2}\b") == []


@each_file
def test_no_day_or_year_as_a_number(path: Path) -> None:
    written = []
    for node in ast.walk(TREES[path]):
        if isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) == "date":
            given = [argument.value for argument in node.args if isinstance(argument, ast.Constant)]
            written += [tuple(given)] if given and dt.date(*given) not in CALENDAR else []
        elif isinstance(node, ast.Constant) and type(node.value) is int and EARLIEST.year < node.value < 2100:
            written.append(node.value)
    assert written == []


@each_file
def test_no_code_of_a_state(path: Path, corpus: Corpus) -> None:
    codes = "|".join(sorted(set(corpus.world.states) - {"AND"}))  # AND is a word of the condition language too
    assert beyond_examples(path, rf"\b(?:{codes})\b") == []


@each_file
def test_no_article(path: Path) -> None:
    pattern = re.compile(r"\barts?(?:\.|icles?)?\s*\d|第[0-9一二三四五六七八九十百]+条", re.IGNORECASE)
    source = path.read_text("utf-8")
    kinds = (tokenize.STRING, tokenize.COMMENT, tokenize.NAME, getattr(tokenize, "FSTRING_MIDDLE", tokenize.STRING))
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    assert [token.string for token in tokens if token.type in kinds and pattern.search(token.string)] == []


@each_file
def test_no_provision_or_instrument(path: Path) -> None:
    assert beyond_examples(path, r"\b[a-z]{2}\.[a-z][a-z0-9-]+(?:#|-\d{4})[a-z0-9-]*") == []


def test_provisions_named_as_examples_exist(corpus: Corpus) -> None:
    named = {name for path in FILES for _, text in texts(path) for name in re.findall(r"\bjp\.[a-z0-9-]+#[a-z0-9-]+", text)}
    assert named <= corpus.provisions.keys()


# ---- how the code is kept ------------------------------------------------------------------------------------------


@each_file
def test_nothing_is_caught_broadly(path: Path) -> None:
    for node in ast.walk(TREES[path]):
        if isinstance(node, ast.ExceptHandler):
            assert node.type is not None, f"line {node.lineno}: a bare except"
            caught = node.type.elts if isinstance(node.type, ast.Tuple) else [node.type]
            names = {getattr(kind, "attr", getattr(kind, "id", "")) for kind in caught}
            assert not names & {"Exception", "BaseException"}, f"line {node.lineno}"


@each_file
def test_no_module_is_long(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= 600


@each_file
def test_public_names_say_what_they_are(path: Path) -> None:
    bare = [] if ast.get_docstring(TREES[path]) or path.name == "__main__.py" else ["the module"]
    bare += [name for name, node in public(TREES[path]) if not ast.get_docstring(node)]
    assert bare == []


def public(tree: ast.Module | ast.ClassDef, prefix: str = "") -> Iterator[tuple[str, ast.AST]]:
    """Public functions and classes, and the public methods of those classes."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            yield prefix + node.name, node
            if isinstance(node, ast.ClassDef):
                yield from public(node, f"{prefix}{node.name}.")


@each_file
def test_an_import_is_hidden_only_for_a_reason_beside_it(path: Path) -> None:
    source = path.read_text("utf-8").splitlines()
    for function in ast.walk(TREES[path]):
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            for node in ast.walk(function):
                if isinstance(node, ast.Import | ast.ImportFrom):
                    line = source[node.lineno - 1]
                    assert re.search(r"# noqa: PLC0415 \(.{10,}", line), f"line {node.lineno}"


def test_every_dependency_has_its_reason_beside_it() -> None:
    text = (ROOT / "pyproject.toml").read_text("utf-8")
    project = tomllib.loads(text)["project"]
    extras = [entry for group in project.get("optional-dependencies", {}).values() for entry in group]
    for requirement in (*project["dependencies"], *extras):
        (line,) = [line for line in text.splitlines() if line.strip().startswith(f'"{requirement}"')]
        assert re.search(r",\s+# \S+", line), requirement


# ---- errors and public names ---------------------------------------------------------------------------------------


def all_subclasses(kind: type) -> Iterator[type]:
    for child in kind.__subclasses__():
        yield child
        yield from all_subclasses(child)


def test_the_drawn_tree_of_errors_is_complete() -> None:
    for name in MODULES:
        if not name.endswith("__main__"):
            importlib.import_module(name)
    drawn: dict[str, str] = {}
    above: list[tuple[int, str]] = []
    for line in (errors.__doc__ or "").splitlines():
        found = re.match(r"^([ │├└─]*)([A-Z]\w*(?:Error|Timeout))\b(?: +.*?exit (\d))?", line)
        if found:
            depth, name = len(found[1]), found[2]
            above = [entry for entry in above if entry[0] < depth]
            drawn[name] = above[-1][1] if above else "Exception"
            above.append((depth, name))
            if found[3]:
                assert getattr(errors, name).exit_status == int(found[3]), name
    real = {kind.__name__: kind.__base__.__name__ for kind in (errors.SekishoError, *all_subclasses(errors.SekishoError))}
    assert drawn == real


def test_other_exceptions_are_caught_in_the_house() -> None:
    """What is no SekishoError is a room's own signal: some `except` of ours catches it by name."""
    kinds = {
        kind
        for name in MODULES
        if not name.endswith("__main__")
        for _, kind in inspect.getmembers(importlib.import_module(name), inspect.isclass)
        if issubclass(kind, BaseException) and kind.__module__.startswith("sekisho")
    }
    caught = {
        part.attr if isinstance(part, ast.Attribute) else part.id
        for tree in TREES.values()
        for node in ast.walk(tree)
        if isinstance(node, ast.ExceptHandler) and node.type is not None
        for part in ast.walk(node.type)
        if isinstance(part, ast.Name | ast.Attribute)
    }
    assert {kind.__name__ for kind in kinds if not issubclass(kind, errors.SekishoError)} <= caught


def test_public_names_are_those_of_all() -> None:
    names = {name for name, value in vars(sekisho).items() if not name.startswith("_") and not inspect.ismodule(value)}
    assert sorted(names | {"__version__"}) == sorted(sekisho.__all__)
    assert len(set(sekisho.__all__)) == len(sekisho.__all__)


def test_the_version_is_that_of_the_project() -> None:
    assert tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"] == sekisho.__version__


@pytest.mark.parametrize("name", [name for name in MODULES if not name.endswith("__main__")])
def test_examples_in_docstrings_run(name: str) -> None:
    result = doctest.testmod(importlib.import_module(name), verbose=False)
    assert result.failed == 0


def test_there_are_examples_in_docstrings() -> None:
    assert doctest.testmod(sekisho).attempted >= 3


# ---- the door ------------------------------------------------------------------------------------------------------


def run(code: str, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {key: value for key, value in os.environ.items() if key in ("PATH", "PYTHONPATH", "SYSTEMROOT")}
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, encoding="utf-8", check=False,
        env=kept | environment, cwd=environment.get("HOME"),
    )  # fmt: skip


@pytest.mark.parametrize("entrance", ["sekisho", "sekisho.cli"])
def test_heavy_engines_stay_outside(entrance: str, tmp_path: Path) -> None:
    done = run(
        f"import sys, {entrance}; print(*sorted(m for m in {HEAVY!r} if m in sys.modules))",
        PYTHONPATH=str(PACKAGE.parent), HOME=str(tmp_path), XDG_CACHE_HOME=str(tmp_path / "cache"),
    )  # fmt: skip
    assert (done.returncode, done.stdout.strip(), done.stderr) == (0, "", "")


@pytest.mark.slow
def test_it_works_alone_with_an_empty_cache_and_keeps_its_corpus(tmp_path: Path) -> None:
    """A copy of the package and nothing else around it, twice: the second time from the cache."""
    shutil.copytree(PACKAGE, tmp_path / "site" / "sekisho", ignore=shutil.ignore_patterns("__pycache__"))
    code = (
        "import sekisho; d = sekisho.decide({'date': '2023-12-22', 'exporter': 'JPN', 'recipient': 'USA',"
        " 'item': 'patriot-pac-3-mse', 'assurance.licensor_request': True});"
        " print(sekisho.__file__); print(d.verdict)"
    )
    cache = tmp_path / "cache"
    for _ in range(2):
        done = run(code, PYTHONPATH=str(tmp_path / "site"), HOME=str(tmp_path), XDG_CACHE_HOME=str(cache))
        assert done.returncode == 0, done.stderr
        file, verdict = done.stdout.split()
        assert Path(file).is_relative_to(tmp_path) and verdict == "conditional" and done.stderr == ""
    if sys.platform == "linux":
        assert len(list((cache / "sekisho").glob("corpus-*"))) == 1


@pytest.mark.parametrize("path", sorted(p for p in PACKAGE.rglob("*") if p.suffix in (".py", ".md", ".yaml", ".csv")))
def test_no_path_of_a_machine(path: Path) -> None:
    text = path.read_text("utf-8")
    assert re.findall(r"\.\./shared|(?<![\w.])/(?:work|root|home|tmp)/[\w.-]+|[A-Z]:\\\\Users", text) == []


# ---- the catalogue -------------------------------------------------------------------------------------------------


def catalogue_rows() -> list[dict[str, str]]:
    with (PACKAGE / "world" / "items.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_catalogue_has_its_columns_and_no_other() -> None:
    with (PACKAGE / "world" / "items.csv").open(encoding="utf-8", newline="") as file:
        header = next(csv.reader(file))
    assert tuple(header) == COLUMNS == (
        "id", "name", "name_ja", "designation", "aliases", "kind", "arms", "weapon", "five_category", "weapons_on_board",
        "licensor", "programme", "munitions_list", "source", "confidence", "note",
    )  # fmt: skip


def test_the_catalogue_has_systems_enough_each_with_a_source(corpus: Corpus) -> None:
    assert len(corpus.catalogue.items) == len(catalogue_rows()) >= 80
    assert [item.id for item in corpus.catalogue.items.values() if not item.source.startswith("http")] == []


def test_the_catalogue_says_nothing_of_what_a_system_can_do() -> None:
    unit, quality = r"\d\s*(?:km|nm|kg|tonnes?|knots?|kt|mach|metres?|hours?)\b", r"\b(?:range|speed|warhead|payload)\b"
    measure = re.compile(f"{unit}|{quality}", re.IGNORECASE)
    assert [(row["id"], row["note"]) for row in catalogue_rows() if measure.search(row["note"])] == []


def test_every_name_finds_its_system(corpus: Corpus) -> None:
    for item in corpus.catalogue.items.values():
        assert item.name and item.name_ja, item.id
        for name in filter(None, (item.id, item.name, item.name_ja, item.designation, *item.aliases)):
            for written in (name, name.upper(), name.lower(), f"  {name.replace('-', ' ')} "):
                found = corpus.catalogue.find(written)
                assert found is not None and found.id == item.id, f"{written!r} of {item.id}"


def test_no_name_stands_for_two_systems(corpus: Corpus) -> None:
    seen: dict[str, str] = {}
    for item in corpus.catalogue.items.values():
        for name in filter(None, (item.id, item.name, item.name_ja, item.designation, *item.aliases)):
            assert seen.setdefault(folded(name), item.id) == item.id, name


@pytest.mark.parametrize("name", ["もがみ型護衛艦", "Mogami-class frigate", "FFM-1", "mogami class", "30FFM"])
def test_a_case_names_a_system_in_either_language(corpus: Corpus, name: str) -> None:
    body = {"date": "2024-11-27", "exporter": "JPN", "recipient": "AUS", "item": name}
    assert from_mapping(body, corpus).item == "mogami-class"
