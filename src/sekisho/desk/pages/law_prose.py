"""The prose of a law file as it is shown: paragraphs, lists, tables and doubts, with links to sources and provisions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Literal

import msgspec
from markupsafe import Markup

from sekisho.corpus import Corpus
from sekisho.desk.pages.marking import inline

Kind = Literal["text", "list", "table", "doubt"]

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
