"""Seeking words in the law, English and Japanese: which provisions have all of them, and where."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

import msgspec

from sekisho.corpus import Corpus, Provision
from sekisho.render.law_sentence import sentence

AROUND = 60
"""Characters of a text that are shown on either side of a hit."""
_MARKS = re.compile(r"(?<![\w*])\*([^*\s](?:[^*\n]*[^*\s])?)\*(?![\w*])|`([^`\n]+)`")
_ADDRESS = re.compile(r"https?://(?:www\.)?([^/\s<>)\]]+)[^\s<>)\]]*")
_SENTENCE = re.compile(r"[.。]\s*")


class Piece(msgspec.Struct, frozen=True):
    """A piece of a text: what was sought, or what stands between."""

    text: str
    hit: bool


def matching(corpus: Corpus, provisions: Iterable[Provision], words: str) -> Iterator[Provision]:
    """The provisions that have all of some words, whether in their names, titles, text or conditions."""
    wanted = words_of(words)
    for provision in provisions:
        text = _folded("\n".join((provision.id, *texts(corpus, provision).values())))
        if all(any(form in text for form in forms) for forms in wanted):
            yield provision


def words_of(words: str) -> tuple[frozenset[str], ...]:
    """The words of a query, each in the forms in which it may be written: as it stands, and with plain letters for wide ones.

    >>> [sorted(forms) for forms in words_of("Licence ＯＳＡ")]
    [['licence'], ['osa', 'ｏｓａ']]
    """
    return tuple(frozenset({_folded(word), _folded(unicodedata.normalize("NFKC", word))}) for word in words.split())


def _folded(text: str) -> str:
    return text.casefold()


def texts(corpus: Corpus, provision: Provision) -> dict[str, str]:
    """The texts of a provision in which words are sought, by name, those that have something."""
    found = {
        "title": provision.title, "title_ja": provision.title_ja, "label": provision.label,
        "sentence": sentence(corpus, provision, "en"), "sentence_ja": sentence(corpus, provision, "ja"),
        "prose": provision.prose, "when": provision.when_text, "met": provision.met_text,
        "by": provision.by, "by_ja": provision.by_ja, "reason": provision.reason,
    }  # fmt: skip
    for name, clause in (("holds", provision.holds), ("fails", provision.fails)):
        if clause is not None:
            found |= {name: clause.en, f"{name}_ja": clause.ja}
    return {name: text for name, text in found.items() if text}


def marked(text: str, words: str) -> tuple[Piece, ...]:
    """A text in pieces, with what was sought told from the rest.

    >>> [(piece.text, piece.hit) for piece in marked("A licence is needed.", "LICENCE")]
    [('A ', False), ('licence', True), (' is needed.', False)]
    """
    pieces, end = [], 0
    for begin, stop in _hits(text, words):
        if begin > end:
            pieces.append(Piece(text[end:begin], False))
        pieces.append(Piece(text[begin:stop], True))
        end = stop
    return (*pieces, Piece(text[end:], False)) if end < len(text) else tuple(pieces)


def _hits(text: str, words: str) -> Iterator[tuple[int, int]]:
    forms = sorted({form for forms in words_of(words) for form in forms}, key=len, reverse=True)
    if forms:
        for found in re.finditer("|".join(map(re.escape, forms)), text, re.IGNORECASE):
            yield found.span()


_SHOWN = ("sentence", "sentence_ja", "prose", "reason", "holds", "holds_ja", "fails", "fails_ja")
_WRITTEN = ("when", "met")
_MOST = 3


def excerpts(corpus: Corpus, provision: Provision, words: str) -> tuple[tuple[str, tuple[Piece, ...]], ...]:
    """The parts of a provision around its hits, each with its language; those of the conditions only where no text has any."""
    found = texts(corpus, provision)
    for names in (_SHOWN, _WRITTEN):
        parts = [(_language(name), excerpt(_plain(found[name]), words)) for name in names if name in found]
        parts = [(language, part) for language, part in parts if part]
        if parts:
            return tuple(parts[:_MOST])
    return ()


def unmarked(prose: str) -> str:
    """Prose without the marks of emphasis and of code.

    >>> unmarked("*Not* `a_fact`, but 2 * 3.")
    'Not a_fact, but 2 * 3.'
    """
    return _MARKS.sub(lambda found: found[1] or found[2], prose)


def _plain(prose: str) -> str:
    """Prose as an excerpt has it: without marks, an address by its host."""
    return _ADDRESS.sub(lambda found: found[1], unmarked(prose))


def _language(name: str) -> str:
    return "" if name in _WRITTEN else "ja" if name.endswith("_ja") else "en"


def excerpt(text: str, words: str) -> tuple[Piece, ...]:
    """The part of a text around its first hit, with the hits in it told from the rest; nothing where there is none."""
    first = next(_hits(text, words), None)
    if first is None:
        return ()
    begin, end = max(0, first[0] - AROUND), min(len(text), first[1] + 2 * AROUND)
    begin = max((found.end() for found in _SENTENCE.finditer(text, 0, first[0]) if found.end() > begin), default=begin)
    begin, end = _whole(text, begin, -1), _whole(text, end, 1)
    part = ("… " if begin else "") + text[begin:end].strip() + (" …" if end < len(text) else "")
    return marked(part, words)


def _whole(text: str, place: int, step: int) -> int:
    """The nearest place, that way, that does not cut a word of Latin letters."""
    while 0 < place < len(text) and _latin(text[place - 1]) and _latin(text[place]):
        place += step
    return place


def _latin(letter: str) -> bool:
    return letter.isascii() and not letter.isspace()
