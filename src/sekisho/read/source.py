"""Reports as they come: plain text, HTML or PDF, to the text that is read.

For plain text the offsets of spans count the characters of the file as decoded, a byte-order mark left out. For HTML and
PDF they count those of the text taken from it, which the JSON output gives whole. No script runs, nothing is fetched.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from sekisho.errors import Mistake, ReportError
from sekisho.read.tokens import tokens
from sekisho.read.wordlists import word_list
from sekisho.text import LARGEST_FILE, read_bytes

_HTML = re.compile(rb"<\s*(?:!doctype\s+html|html|head|body|article|div|p)\b", re.IGNORECASE)
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]+)", re.IGNORECASE)
_SPACES = re.compile(r"[ \t\r\n\f\v\u00a0]+")
_HEAD = 4096
_BLOCKS = frozenset(
    [
        "p",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "li",
        "blockquote",
        "div",
        "article",
        "section",
        "td",
        "figcaption",
        "pre",
        "dd",
        "dt",
    ]
)
_PUBLISHED = (
    "//meta[@property='article:published_time']/@content", "//meta[@itemprop='datePublished']/@content",
    "//meta[@name='date' or @name='pubdate' or @name='publish-date' or @name='dc.date' or @name='DC.date.issued']/@content",
    "//time[@itemprop='datePublished']/@datetime", "//article//time/@datetime",
)  # fmt: skip
"""Where a page says when it was published, the surest first."""
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
MOST_CHARACTERS = 400_000
"""Characters of a report: a long magazine article has a tenth."""
MOST_PAGES = 100
"""Pages of a PDF that are read; a report has a few."""
DEEPEST = 200
"""Levels of elements in a page; an article has a few dozen."""

_ENGLISH = word_list("english")
_FOREIGN = word_list("not english")
_FEW, _SHARE = 12, 0.08


@dataclass(frozen=True, slots=True)
class Source:
    """A report: its text, what kind of file it came from, and its name."""

    text: str
    kind: str
    name: str


def read_source(path: Path | str) -> Source:
    """The report in a file (`-` is standard input).

    Raises `ReportError` for what is no text, is too large, is locked, has no text in it, or is not English.
    """
    if str(path) == "-":
        content = sys.stdin.buffer.read(LARGEST_FILE + 1)
        if len(content) > LARGEST_FILE:
            raise ReportError(Mistake(f"standard input has more than {LARGEST_FILE:,} bytes.", "Split it.", "-"))
    else:
        content = read_bytes(Path(path), ReportError)
    return source_of(content, str(path).encode("utf-8", "backslashreplace").decode())


def source_of(content: bytes, name: str) -> Source:
    """The report in some bytes. Raises `ReportError` as `read_source` does."""
    if content.startswith(b"%PDF-"):
        source = Source(_pdf(content, name), "pdf", name)
    elif _HTML.search(content[:_HEAD]) and b"<" in content[:256]:
        source = Source(_html(content, name), "html", name)
    else:
        source = Source(_plain(content, name), "text", name)
    if not source.text.strip():
        raise ReportError(Mistake("there is no text in it.", "A scan has to be recognised as text first.", name))
    if len(source.text) > MOST_CHARACTERS:
        what = f"the text has {len(source.text):,} characters; a report has at most {MOST_CHARACTERS:,}."
        raise ReportError(Mistake(what, "Split it into reports.", name))
    check_language(source.text, name)
    return source


def _plain(content: bytes, name: str) -> str:
    nothing = content.find(b"\0")
    if nothing >= 0:
        raise ReportError(Mistake(f"byte {nothing + 1} is zero: this is not text.", "Give a text, HTML or PDF file.", name))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as flaw:
        mend = "Save the file in the encoding UTF-8."
        raise ReportError(Mistake(f"byte {flaw.start + 1} is not UTF-8.", mend, name)) from flaw


def check_language(text: str, name: str) -> None:
    """Raises `ReportError` if a text does not seem to be English, by its letters and its small words."""
    found = [token for token in tokens(text[:50_000]) if token.kind == "word"]
    letters = [letter for letter in text[:50_000] if letter.isalpha()]
    latin = sum(letter < "\u0250" or "\u1e00" <= letter < "\u1f00" for letter in letters)
    english = sum(token.norm in _ENGLISH for token in found)
    foreign = sum(token.norm in _FOREIGN for token in found)
    other = latin < 0.7 * len(letters) or (
        english < _SHARE * len(found) if len(found) >= _FEW else foreign > english
    )  # fmt: skip
    if letters and (other or foreign > 2 * english + 2):
        raise ReportError(
            Mistake("this does not seem to be English, the only language that is read.", "Give a report in English.", name)
        )


# ---- HTML ----------------------------------------------------------------------------------------------------------


def _html(content: bytes, name: str) -> str:
    """The day, the title and the main text of a page, a paragraph each."""
    from lxml import etree, html  # noqa: PLC0415 (the parsers of pages stay behind this door: plain text needs none)
    from readability import Document  # noqa: PLC0415 (behind the same door)
    from readability.readability import Unparseable  # noqa: PLC0415 (behind the same door)

    page = _decoded(content)
    try:
        tree = html.document_fromstring(page)
        if _depth(tree) > DEEPEST:
            raise ReportError(Mistake(f"the page nests more than {DEEPEST} levels deep.", "Save its text alone.", name))
        document = Document(page)
        main = html.fragment_fromstring(document.summary(html_partial=True), create_parent="div")
    except (etree.LxmlError, Unparseable, ValueError) as flaw:
        raise ReportError(Mistake(f"the page cannot be read: {flaw}.", "Save its text alone.", name)) from flaw
    parts = [_published(tree), _SPACES.sub(" ", document.short_title() or "").strip(), *_paragraphs(main)]
    if len(parts) > 2 and parts[2] == parts[1]:
        del parts[1]
    return "\n\n".join(part for part in parts if part)


def _decoded(content: bytes) -> str:
    charset = _CHARSET.search(content[:_HEAD])
    for encoding in ("utf-8-sig", charset[1].decode("ascii") if charset else "windows-1252"):
        try:
            return content.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    return content.decode("windows-1252", "replace")


def _depth(tree: Any) -> int:
    deepest, stack = 0, [(tree, 1)]
    while stack:
        element, level = stack.pop()
        deepest = max(deepest, level)
        stack += ((child, level + 1) for child in element)
    return deepest


def _published(tree: Any) -> str:
    """The day a page says it was published, as ISO text; nothing where it does not."""
    for place in _PUBLISHED:
        for value in tree.xpath(place):
            found = _ISO.match(str(value))
            if found:
                return found[0]
    return ""


def _paragraphs(main: Any) -> list[str]:
    """The text of each innermost block."""
    found: list[str] = []
    for element in main.iter():
        if not isinstance(element.tag, str) or element.tag not in _BLOCKS:
            continue
        inner = any(child.tag in _BLOCKS for child in element.iterdescendants() if isinstance(child.tag, str))
        text = (element.text or "") if inner else "".join(element.itertext())
        text = _SPACES.sub(" ", text).strip()
        if text:
            found.append(text)
    if not found:
        found = [_SPACES.sub(" ", "".join(main.itertext())).strip()]
    return found


# ---- PDF -----------------------------------------------------------------------------------------------------------


def _pdf(content: bytes, name: str) -> str:
    """The text of a PDF, page by page."""
    from pypdf import PdfReader  # noqa: PLC0415 (the parser of PDF stays behind this door: plain text needs none)
    from pypdf.errors import DependencyError, PyPdfError  # noqa: PLC0415 (behind the same door)

    try:
        reader = PdfReader(BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            raise ReportError(Mistake("the PDF is protected by a password.", "Save a copy without one.", name))
        if len(reader.pages) > MOST_PAGES:
            raise ReportError(Mistake(f"the PDF has more than {MOST_PAGES} pages.", "Give the report alone.", name))
        pages = [page.extract_text() for page in reader.pages]
    except DependencyError as flaw:
        raise ReportError(
            Mistake("the PDF is protected in a way that cannot be opened.", "Save a copy without it.", name)
        ) from flaw
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError) as flaw:
        raise ReportError(Mistake(f"the PDF cannot be read: {flaw}.", "Save its text alone.", name)) from flaw
    return "\n\n".join(page.replace("\0", "") for page in pages)
