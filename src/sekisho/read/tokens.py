"""A report cut into tokens, sentences and paragraphs; every token keeps its place in the source.

Nothing is rewritten: a token is a slice of the text, and what is compared is kept beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise

from sekisho.read.wordlists import word_list

_TOKEN = re.compile(
    r"(?P<dots>(?:[A-Z]\.){2,})"
    r"|(?P<neg>n['’]t\b)"
    r"|(?P<num>\d+(?:[.,]\d+)*)"
    r"|(?P<word>[^\W\d_]++(?!(?<=n)['’]t\b)(?:[’'][^\W\d_]{3,})?|[^\W\d_]+?(?=n['’]t\b))"
    r"|(?P<pos>['’]s\b)"
    r"|(?P<short>(?<=[A-Za-z])['’](?:re|ve|ll|d|m)\b)"
    r"|(?P<mark>\S)"
)
_BLANK_LINE = re.compile(r"\n[ \t\r\f\v]*\n")
_SHORT: Mapping[str, str] = {"re": "are", "ve": "have", "ll": "will", "d": "would", "m": "am"}
"""What a shortened verb is after a pronoun: *we're sending*."""
_SPELLINGS: Mapping[str, str] = {
    "defense": "defence", "armored": "armoured", "armor": "armour", "millimetre": "mm", "millimeter": "mm", "millimetres": "mm",
    "millimeters": "mm", "center": "centre", "vehicle": "vehicle", "programme": "program", "refueling": "refuelling",
    "caliber": "calibre", "antitank": "antitank", "harbor": "harbour", "licensed": "licensed", "maneuver": "manoeuvre",
    "aluminum": "aluminium", "defenses": "defences",
} | {mark + short: word for mark in "'’" for short, word in _SHORT.items()}  # fmt: skip
"""Two spellings of one word, so that a name is found in either."""
_ABBREVIATIONS = word_list("abbreviations")
_END = frozenset(".!?")
_CLOSING = frozenset("\"'”’)]»")
_OPENING = frozenset("\"'“‘([«")


class Token:
    """A word, number or mark. `norm` is what is compared: small letters, one spelling; `glued`: no blank before it."""

    __slots__ = ("capital", "end", "glued", "kind", "norm", "start", "stem", "text")

    def __init__(self, text: str, kind: str, start: int, end: int, glued: bool) -> None:
        self.text, self.kind, self.start, self.end, self.glued = text, kind, start, end, glued
        known = _WORDS.get(text)
        if known is None:
            low = text.lower()
            if kind == "dots":
                low = low.replace(".", "")
            norm = _SPELLINGS.get(low, low)
            known = norm, singular(norm), text[:1].isupper()
            if len(_WORDS) < _MOST_KEPT:
                _WORDS[text] = known
        self.norm, self.stem, self.capital = known


_MOST_KEPT = 100_000
"""Words whose forms are kept; a language has fewer."""
_WORDS: dict[str, tuple[str, str, bool]] = {}
_SINGULARS: dict[str, str] = {}
_IRREGULAR = {"apaches": "apache", "axes": "axe", "canoes": "canoe", "caches": "cache"}
_SAME = frozenset({"series", "news", "species", "us", "this", "is", "was", "has", "its", "his", "arms", "forces", "always"})


def singular(word: str) -> str:
    """A word without the ending of a plural, the same for every form of it that a report uses.

    >>> [singular(word) for word in ("missiles", "batteries", "torpedoes", "aircraft", "arms")]
    ['missile', 'battery', 'torpedo', 'aircraft', 'arms']
    """
    known = _SINGULARS.get(word)
    if known is not None:
        return known
    found = _IRREGULAR.get(word, word)
    if found == word and len(word) > 3 and word not in _SAME and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        if word.endswith("ies"):
            found = word[:-3] + "y"
        elif word.endswith(("ches", "shes", "sses", "xes", "does", "goes", "roes", "zes")):
            found = word[:-2]
        else:
            found = word[:-1]
    if len(_SINGULARS) < _MOST_KEPT:
        _SINGULARS[word] = found
    return found


def tokens(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """The tokens of a stretch of text.

    >>> [token.text for token in tokens("Japan's F-16s aren't U.S. goods.")]
    ['Japan', "'s", 'F', '-', '16', 's', 'are', "n't", 'U.S.', 'goods', '.']
    """
    found: list[Token] = []
    last = -1
    for match in _TOKEN.finditer(text, start, len(text) if end is None else end):
        begin, close = match.span()
        found.append(Token(match.group(), match.lastgroup or "mark", begin, close, begin == last))
        last = close
    return found


LONGEST = 250
"""Tokens of a sentence; what is longer is a table or a list and is read in pieces."""


_ENDING_NAMES = frozenset({"U.S.", "U.N.", "U.K.", "U.A.E.", "E.U.", "U.S.S.R."})
"""Names whose last point may end a sentence, too."""
_OPENERS = frozenset({"the", "it", "he", "she", "they", "we", "in", "but", "this", "these", "those", "under", "last", "on",
                      "earlier", "both", "however", "since", "after", "if", "while", "when", "though", "although"})  # fmt: skip
"""Words with a capital behind such a name that open another sentence."""


class Sentence:
    """A sentence: its tokens, their stems, and the number of its paragraph."""

    __slots__ = ("paragraph", "stems", "tokens")

    def __init__(self, found: list[Token], paragraph: int) -> None:
        self.tokens, self.paragraph = found, paragraph
        self.stems = frozenset([token.stem for token in found])

    @property
    def start(self) -> int:
        """Where it begins in the source."""
        return self.tokens[0].start

    @property
    def end(self) -> int:
        """Where it ends in the source."""
        return self.tokens[-1].end


def sentences(text: str) -> list[Sentence]:
    """The sentences of a report in order. A paragraph ends at a blank line; a short line is a heading of its own.

    >>> [sentence.tokens[0].text for sentence in sentences("Gen. Brown spoke. He left. It rained")]
    ['Gen', 'He', 'It']
    """
    found: list[Sentence] = []
    for number, (start, end) in enumerate(_paragraphs(text)):
        for first, last in _lines(text, start, end):
            for part in _split(tokens(text, first, last)):
                found += (Sentence(part[at : at + LONGEST], number) for at in range(0, len(part), LONGEST))
    return found


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in _BLANK_LINE.finditer(text):
        yield start, match.start()
        start = match.end()
    yield start, len(text)


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The stretches of a paragraph: lines much shorter than the longest stand alone, as headings and datelines do."""
    lines = []
    place = start
    while place < end:
        stop = text.find("\n", place, end)
        stop = end if stop < 0 else stop
        lines.append((place, stop))
        place = stop + 1
    if len(lines) < 2:
        yield start, end
        return
    longest = max(stop - first for first, stop in lines)
    begin = start
    for (first, stop), (after, _) in pairwise(lines):
        following = text[after : after + 1]
        if stop - first < 0.6 * longest and (following.isupper() or following.isdigit() or following in _OPENING):
            yield begin, stop
            begin = after
    yield begin, end


def _split(found: list[Token]) -> Iterator[list[Token]]:
    begin = 0
    count = len(found)
    for place, token in enumerate(found):
        if place < begin or token.kind == "word":
            continue
        if token.text in _ENDING_NAMES and place + 1 < count and found[place + 1].capital and found[place + 1].norm in _OPENERS:
            yield found[begin : place + 1]  # *jets bought from the U.S. The State Department*
            begin = place + 1
            continue
        if token.text not in _END:
            continue
        last = place
        while last + 1 < count and found[last + 1].glued and found[last + 1].text in _CLOSING:
            last += 1
        if last + 1 >= count:
            break
        after = found[last + 1]
        if after.glued or not (after.capital or after.kind == "num" or after.text in _OPENING):
            continue
        before = found[place - 1] if place else token
        if token.text == "." and token.glued and (before.norm in _ABBREVIATIONS or (len(before.text) == 1 and before.capital)):
            continue
        yield found[begin : last + 1]
        begin = last + 1
    if begin < count:
        yield found[begin:]
