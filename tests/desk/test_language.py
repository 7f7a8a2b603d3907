"""The catalogues: every message of templates and code has its Japanese, none is stale or doubtful, and what is filled in stays.

Extraction is Babel's own; a message is `_("…")`, or `N_("…")` where it is shown elsewhere.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from asking import Asked
from babel.messages.catalog import Message
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po
from lxml import html

import sekisho.desk
from sekisho.desk.pages.language import HEADER, LANGUAGES, LOCALE, gettext

DESK = Path(sekisho.desk.__file__).parent
CATALOGUES = sorted((LOCALE / "ja").glob("*.po"))
KEYWORDS = {"_": None, "N_": None}
OPTIONS = {"extensions": "jinja2.ext.do", "silent": "false", "trim_blocks": "true", "lstrip_blocks": "true"}
"""As the templates are read, and a template that cannot be is a fault."""
HOLE = re.compile(r"\{[^{}]*\}|%\(\w+\)[sd]|%[sd]")
NOT_ALIKE = re.compile(r"[A-Za-z]")


def extracted() -> dict[str, str]:
    """Every message with the place where it stands."""
    found: dict[str, str] = {}
    for path in sorted(DESK.rglob("*.py")):
        for line, message, *_ in extract_from_file("python", path, KEYWORDS):
            found[str(message)] = f"{path.relative_to(DESK)}:{line}"
    for path in sorted((DESK / "templates").rglob("*.html")):
        for line, message, *_ in extract_from_file("jinja2", path, KEYWORDS, options=OPTIONS):
            found[str(message)] = f"{path.relative_to(DESK)}:{line}"
    return found


def entries() -> Iterator[tuple[str, Message]]:
    for path in CATALOGUES:
        with path.open("rb") as file:
            for message in read_po(file, abort_invalid=True):
                if message.id:
                    yield path.name, message


EXTRACTED, ENTRIES = extracted(), list(entries())


def test_the_extractor_finds_what_is_there() -> None:
    assert {"Pages", "Decide", "Prohibited", "This did not work", "To the content"} <= EXTRACTED.keys()


def test_every_message_has_its_japanese() -> None:
    known = {str(message.id) for _, message in ENTRIES}
    assert {text: place for text, place in EXTRACTED.items() if text not in known} == {}


def test_none_is_stale() -> None:
    assert {str(message.id): name for name, message in ENTRIES if message.id not in EXTRACTED} == {}


def test_one_message_has_one_translation() -> None:
    seen: dict[str, str] = {}
    for name, message in ENTRIES:
        assert seen.setdefault(str(message.id), str(message.string)) == message.string, f"{name}: {message.id}"


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.name)
def test_a_catalogue_is_whole(path: Path) -> None:
    for name, message in ENTRIES:
        if name != path.name:
            continue
        said = str(message.string)
        assert said.strip() and not message.fuzzy, f"{name}: {message.id}"
        assert sorted(HOLE.findall(said)) == sorted(HOLE.findall(str(message.id))), f"{name}: {message.id}"
        if NOT_ALIKE.search(HOLE.sub("", str(message.id))):
            assert said != message.id, f"{name}: {message.id} is not translated"


FORMS = (
    "/decide", "/decide?date=2020-08-28&exporter=JPN&item=fps-3me&ask=1", "/map", "/law", "/law/japan", "/law/search?words=a",
    "/law/compare", "/read", "/registers", "/receipts", "/token",
)  # fmt: skip


@pytest.mark.parametrize("path", FORMS)
def test_every_form_carries_the_language_of_its_page(pages: Asked, path: str) -> None:
    """Whatever was chosen in another window since: the cookie is then of the other language."""
    shown = pages.follow(path, headers={"accept-language": "en"})
    forms = html.document_fromstring(shown.text).forms
    assert shown.status_code == 200 and forms
    for form in forms:
        carried = form.fields.get("lang") if form.method == "GET" else urlsplit(form.action).query.partition("lang=")[2]
        assert carried == "en", html.tostring(form)[:200]


def test_what_a_page_fetches_is_in_its_language(pages: Asked) -> None:
    pages.get("/decide?lang=ja")
    assert html.document_fromstring(pages.get("/decide").text).get("lang") == "ja"
    assert html.document_fromstring(pages.get("/decide", headers={HEADER: "en"}).text).get("lang") == "en"
    assert html.document_fromstring(pages.get("/decide?lang=ja", headers={HEADER: "en"}).text).get("lang") == "ja"
    body = html.document_fromstring(pages.get("/decide?lang=en").text).body
    assert json.loads(body.get("hx-headers")) == {HEADER: "en"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_message_is_given_in_its_language(language: str) -> None:
    assert gettext(language)("Decide") == {"en": "Decide", "ja": "判定"}[language]
    assert gettext(language)("no such message") == "no such message"
