"""The prose of a law file as it is shown: paragraphs, lists, tables and doubts, with links to sources and provisions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Literal

import msgspec
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup, escape

from sekisho.corpus import Corpus
from sekisho.desk.pages.common import host_of, provision_address

Kind = Literal["text", "list", "table", "doubt"]

_INLINE = MarkdownIt("commonmark", {"html": False})
_ADDRESS = re.compile(r"https?://[^\s<>]*[^\s<>.,;:)\]]")
_DOUBT = re.compile(r"(?<=[.:;)]) +(?=In doubt:)")
_CELL = " | "
"""How the corpus keeps the cells of a row in one paragraph."""


class Block(msgspec.Struct, frozen=True):
    """A part of a text: `lines` are its paragraphs, entries or rows, each of one text or, in a table, of its cells."""

    kind: Kind
    lines: tuple[tuple[Markup, ...], ...]


def blocks(corpus: Corpus, prose: str) -> tuple[Block, ...]:
    """A text in parts. Paragraphs that begin with a few words in italics and a stop are a list, as they are written."""
    paragraphs = [part for paragraph in prose.split("\n\n") for part in _DOUBT.split(paragraph) if part]
    return tuple(_arranged(corpus, paragraphs))


def _arranged(corpus: Corpus, paragraphs: Sequence[str]) -> Iterator[Block]:
    for kind, group in groupby(paragraphs, _kind):
        found = list(group)
        if kind == "table" and len({text.count(_CELL) for text in found}) == 1 and len(found) > 1:
            yield Block("table", tuple(tuple(inline(corpus, cell) for cell in text.split(_CELL)) for text in found))
        elif kind == "list":
            yield Block("list", tuple((inline(corpus, text),) for text in found))
        else:
            shown: Kind = "doubt" if kind == "doubt" else "text"
            yield from (Block(shown, ((inline(corpus, text),),)) for text in found)


def _kind(text: str) -> Kind:
    if text.startswith("In doubt:"):
        return "doubt"
    if _CELL in text:
        return "table"
    return "list" if re.match(r"\*[^*]+\*:|\*[^*]+\.\*", text) else "text"


def inline(corpus: Corpus, text: str) -> Markup:
    """A paragraph: emphasis and code as written, addresses as links, names of laws and provisions as links to them."""
    tokens = _INLINE.parseInline(text)[0].children or []
    return Markup("").join(_token(corpus, token) for token in tokens)


_TAGS = {"em_open": "<em>", "em_close": "</em>", "strong_open": "<strong>", "strong_close": "</strong>"}


def _token(corpus: Corpus, token: Token) -> Markup:
    if token.type in _TAGS:
        return Markup(_TAGS[token.type])
    if token.type == "code_inline":
        return _code(corpus, token.content)
    return _linked(token.content) if token.type == "text" else Markup(" ") if token.type == "softbreak" else Markup("")


def _code(corpus: Corpus, name: str) -> Markup:
    shown = Markup("<code>{}</code>").format(name)
    if name in corpus.provisions or name in corpus.instruments or name in corpus.regimes:
        return Markup('<a href="{}">{}</a>').format(provision_address(name), shown)
    return shown


def _linked(text: str) -> Markup:
    parts, end = [], 0
    for found in _ADDRESS.finditer(text):
        parts += [escape(text[end : found.start()]), source(found[0])]
        end = found.end()
    return Markup("").join([*parts, escape(text[end:])])


def source(address: str) -> Markup:
    """A link to a source, which is not told where the reader came from."""
    return Markup('<a class="source" href="{}" rel="noreferrer external">{}</a>').format(address, host_of(address))
