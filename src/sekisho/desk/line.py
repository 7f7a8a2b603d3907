"""One line that tells a transfer: `Patriot PAC-3, Japan → United States, 22 December 2023`, or the same in Japanese.

It is read with the names that the catalogue and the world know, and a few words for the route. What is not understood is
said; nothing is guessed. A state whose part is not told, a second day and a name that nobody knows are flaws.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache

import msgspec
from rapidfuzz import fuzz, process

from sekisho.corpus import Corpus
from sekisho.desk.days import DayFlaw, days_in

LONGEST = 300
"""Characters of a line."""
ARROWS = re.compile(r"\s*(?:→|⇒|➡️?|⟶|=+>|-+>)\s*")
BEFORE: Mapping[str, str] = {
    "from": "exporter", "to": "recipient", "end user": "end_user", "destination": "destination", "via": "via",
    "輸出者": "exporter", "移転先": "recipient", "最終需要者": "end_user", "仕向国": "destination", "仕向地": "destination",
}  # fmt: skip
"""Words that tell the part of the party after them."""
AFTER: Mapping[str, str] = {
    "から": "exporter", "より": "exporter", "へ": "recipient", "に": "recipient", "向け": "recipient", "宛て": "recipient",
    "宛": "recipient", "への": "recipient", "向けの": "recipient", "からの": "exporter", "経由": "via",
}  # fmt: skip
"""Words that tell the part of the party before them."""
SAID: Mapping[str, tuple[str, str]] = {
    "export": ("act", "export"), "輸出": ("act", "export"), "retransfer": ("act", "retransfer"),
    "onward transfer": ("act", "retransfer"), "re-export": ("act", "retransfer"), "第三国移転": ("act", "retransfer"),
    "sale": ("terms", "sale"), "売却": ("terms", "sale"), "gift": ("terms", "gift"), "贈与": ("terms", "gift"),
    "無償譲渡": ("terms", "gift"), "loan": ("terms", "loan"), "貸付け": ("terms", "loan"), "貸与": ("terms", "loan"),
}  # fmt: skip
"""Words that state a fact."""
FORCES: Mapping[str, str] = dict.fromkeys(
    ("army", "navy", "air force", "military", "marine corps", "陸軍", "海軍", "空軍", "海兵隊", "軍隊", "軍"), "armed_forces"
)
"""Words for kinds of party besides those of the vocabulary."""
EMPTY = frozenset({"the", "a", "an", "of", "on", "dated", "の", "を", "は", "が", "で", "する", "付", "移転", "transfer"})
"""Words that say nothing by themselves."""
WORDS = frozenset({"and", "are", "can", "cod", "cub", "fin", "gin", "nor", "per", "ton", "us"})
"""English words that are states' codes as well: read as codes only in capitals, `us` beside a word of the route too."""
SHORT_WORDS = frozenset({"am", "as", "at", "be", "by", "do", "in", "is", "it", "me", "my", "no", "so"})
"""English words that are states' codes of two letters as well: in a line in capitals, codes beside an arrow only."""
ROUTE_BEFORE, ROUTE_AFTER = (
    re.compile(r"(?:→|\b(?:from|to))\s*$", re.IGNORECASE),
    re.compile(r"\s*(?:→|to\b|から|より|へ)", re.IGNORECASE),
)
"""Beside these a state's code of two letters is one in small letters as well, unless it is an English word."""
SHORTEST, LIKE, MEANT = 4, 75, 3
"""Letters of a word for which others are proposed, and of what is proposed; how like they are of 100, and how many are."""
CHAIN = ("exporter", "recipient", "destination")
"""The parts of the parties along arrows."""


class Flaw(msgspec.Struct, frozen=True):
    """What is wrong with a line: which kind, the words concerned, and names that may be meant."""

    kind: str
    words: str = ""
    meant: tuple[str, ...] = ()


class Line(msgspec.Struct, frozen=True):
    """What a line says: fields of a case by name, and what is wrong with it."""

    fields: dict[str, str]
    flaws: tuple[Flaw, ...]


class _Found(msgspec.Struct, frozen=True):
    """A piece of a line: its kind, the words, and what it stands for."""

    kind: str
    words: str
    value: str = ""


_Names = Mapping[str, tuple[tuple[str, str, str], ...]]


def folded(text: str) -> str:
    """A text as names are compared: small letters, one space for any run of spaces, hyphens, commas and the like."""
    return re.sub(r"[\s\-_–・/,、,.]+", " ", unicodedata.normalize("NFKC", text)).strip().casefold()


@lru_cache(maxsize=2)
def _names(corpus: Corpus) -> _Names:
    """Every name by its first letter, the longest first: (folded, kind, what it stands for)."""
    known: dict[str, tuple[str, str]] = {}
    for kind, table in (("before", BEFORE), ("after", AFTER)):
        for word, role in table.items():
            known.setdefault(folded(word), (kind, role))
    for word, (fact, value) in SAID.items():
        known.setdefault(folded(word), ("said", f"{fact}={value}"))
    for value, label in corpus.vocabulary.facts["recipient.kind"].values.items():
        for word in (value, label.ja, re.sub(r"^(an?|the) ", "", label.en)):
            known.setdefault(folded(word), ("kind", value))
    for word, value in FORCES.items():
        known.setdefault(folded(word), ("kind", value))
    for word in EMPTY:
        known.setdefault(folded(word), ("empty", ""))
    for word, identity in corpus.catalogue.names.items():
        known.setdefault(folded(word), ("item", identity))
    for word, code in corpus.world.state_names.items():
        known.setdefault(folded(word), ("party", code))
    for word, code in corpus.world.short_codes.items():
        known.setdefault(folded(word), ("short", code))
    for word, body in corpus.world.bodies.items():
        known.setdefault(folded(word), ("party", body["id"]))
    by_letter: dict[str, list[tuple[str, str, str]]] = {}
    for word, (kind, value) in known.items():
        by_letter.setdefault(word[:1], []).append((word, kind, value))
    return {letter: tuple(sorted(found, key=lambda entry: -len(entry[0]))) for letter, found in by_letter.items()}


def read_line(text: str, corpus: Corpus) -> Line:
    """What a line says of a transfer."""
    text = unicodedata.normalize("NFKC", text).strip()
    if len(text) > LONGEST:
        return Line({}, (Flaw("long", str(LONGEST)),))
    days, rest = days_in(text)
    flaws = [Flaw(found.kind, found.words) for found in days if isinstance(found, DayFlaw)]
    moments = {found for found in days if isinstance(found, dt.date)}
    fields: dict[str, str] = {}
    if len(moments) > 1:
        flaws.append(Flaw("days", ", ".join(str(moment) for moment in sorted(moments))))
    elif moments:
        fields["date"] = str(moments.pop())
    elif not flaws:
        flaws.append(Flaw("no day"))
    _enter(list(_pieces(rest, _names(corpus))), fields, flaws, corpus)
    return Line(fields, tuple(flaws))


def _pieces(text: str, names: _Names) -> Iterator[_Found]:
    """The pieces of a line, in order: names, words, arrows, commas, and what nobody knows."""
    text = ARROWS.sub(" → ", text)
    place, unknown = 0, ""
    while place < len(text):
        found, end = _at(text, place, names)
        if found is None:
            unknown += text[place]
            place += 1
            continue
        if unknown.strip():
            yield _Found("unknown", unknown.strip())
        unknown, place = "", end
        yield found
    if unknown.strip():
        yield _Found("unknown", unknown.strip())


def _at(text: str, place: int, names: _Names) -> tuple[_Found | None, int]:
    """The longest name that begins at a place, and where it ends."""
    letter = text[place]
    if letter == "→":
        return _Found("arrow", letter), place + 1
    if letter in ",、;:。()「」[]":
        return _Found("comma", letter), place + 1
    if letter.isspace():
        return (None, place) if place + 1 < len(text) and not text[place - 1].isspace() else (_Found("space", ""), place + 1)
    if place and _latin(text[place - 1]) and _latin(letter):
        return None, place
    for word, kind, value in names.get(letter.casefold(), ()):
        end = _matched(text, place, word)
        if not end or (_latin(text[end - 1]) and end < len(text) and _latin(text[end])):
            continue
        if (
            kind == "party"
            and word in WORDS
            and not (text[place:end].isupper() or (word == "us" and _on_route(text, place, end)))
        ):
            continue
        if kind == "short":
            if not _is_short_code(text, place, end):
                continue
            kind = "party"
        return _Found(kind, text[place:end], value), end
    return None, place


def _is_short_code(text: str, place: int, end: int) -> bool:
    """Whether two letters are the code of a state: no part of a designation, in capitals or beside a word of the route, and
    no English word unless in capitals, in a line that is not all in them.
    """
    word = text[place:end]
    if any(letter in "-/." for letter in text[max(place - 1, 0) : place] + text[end : end + 1]):
        return False
    if not word.isupper():
        return word.casefold() not in SHORT_WORDS and _on_route(text, place, end)
    beside_arrow = text[:place].rstrip().endswith("→") or text[end:].lstrip().startswith("→")
    return beside_arrow or not (word.casefold() in SHORT_WORDS and text.isupper())


def _on_route(text: str, place: int, end: int) -> bool:
    """Whether a word stands beside an arrow or a word such as `to`."""
    return bool(ROUTE_BEFORE.search(text, 0, place) or ROUTE_AFTER.match(text, end))


def _latin(letter: str) -> bool:
    return letter.isascii() and letter.isalnum()


def _matched(text: str, place: int, word: str) -> int:
    """Where a folded name that begins at a place ends, 0 if it is not there; its spaces stand for any run of marks."""
    here = place
    for letter in word:
        if letter == " ":
            begin = here
            while here < len(text) and text[here] in " -_–・/,、.\t":
                here += 1
            if here == begin:
                return 0
        elif here < len(text) and text[here].casefold() == letter:
            here += 1
        else:
            return 0
    return here


def _enter(pieces: list[_Found], fields: dict[str, str], flaws: list[Flaw], corpus: Corpus) -> None:
    """Enter what the pieces say, each once."""
    pieces, kinds = _parties(_run_together([piece for piece in pieces if piece.kind not in ("space", "empty")]))
    for place, piece in enumerate(pieces):
        if piece.kind == "unknown":
            flaws.append(_unknown(piece.words, corpus))
        elif piece.kind == "said":
            name, _, value = piece.value.partition("=")
            _put(name, value, piece.words, fields, flaws)
        elif _beside_unknown(pieces, place):
            continue
        elif piece.kind == "item":
            _put("item", piece.value, piece.words, fields, flaws)
        elif piece.kind == "party":
            role = _role(pieces, place)
            if role in (None, "via"):
                flaws.append(Flaw("via" if role else "part", piece.words))
            else:
                _put(str(role), piece.value, piece.words, fields, flaws)
        elif piece.kind in ("before", "after", "arrow") and not _leads(pieces, place):
            flaws.append(Flaw("leads nowhere", piece.words))
    for kind, party in kinds:
        role = _role(pieces, party) if party is not None else None
        if role in ("recipient", "end_user"):
            _put(f"{role}.kind", kind.value, kind.words, fields, flaws)
        else:
            flaws.append(Flaw("kind", kind.words))


def _run_together(pieces: list[_Found]) -> list[_Found]:
    """The pieces, with an item's name that runs into words that are not understood taken as part of another name."""
    found: list[_Found] = []
    for piece in pieces:
        kinds = {piece.kind, found[-1].kind} if found else set()
        if "unknown" in kinds and kinds <= {"item", "unknown"}:
            found[-1] = _Found("unknown", f"{found[-1].words} {piece.words}")
        else:
            found.append(piece)
    return found


def _parties(pieces: list[_Found]) -> tuple[list[_Found], list[tuple[_Found, int | None]]]:
    """The pieces without the words for kinds of party, and these with the place of the party that each stands beside."""
    rest: list[_Found] = []
    kinds: list[tuple[_Found, int | None]] = []
    for place, piece in enumerate(pieces):
        if piece.kind != "kind":
            rest.append(piece)
        elif rest and rest[-1].kind == "party":
            kinds.append((piece, len(rest) - 1))
        else:
            follows = place + 1 < len(pieces) and pieces[place + 1].kind == "party"
            kinds.append((piece, len(rest) if follows else None))
    return rest, kinds


def _beside_unknown(pieces: list[_Found], place: int) -> bool:
    """Whether a party's name runs into words that are not understood, so that it may be part of another."""
    beside = [pieces[near].kind for near in (place - 1, place + 1) if 0 <= near < len(pieces)]
    return pieces[place].kind == "party" and "unknown" in beside


def _put(name: str, value: str, words: str, fields: dict[str, str], flaws: list[Flaw]) -> None:
    if fields.setdefault(name, value) != value:
        flaws.append(Flaw("twice", words))


def _role(pieces: list[_Found], place: int) -> str | None:
    """The part of a party: as the word before or after it tells, else its place along the arrows."""
    before = pieces[place - 1] if place else None
    after = pieces[place + 1] if place + 1 < len(pieces) else None
    if after is not None and after.kind == "after":
        return after.value
    if before is not None and before.kind == "before":
        return before.value
    if after is not None and (after.kind, after.value) == ("before", "recipient") and _leads(pieces, place + 1):
        return "exporter"  # X to Y: the word stands between two parties as an arrow does
    if not any(piece is not None and piece.kind == "arrow" for piece in (before, after)):
        return None
    arrows = sum(piece.kind == "arrow" for piece in pieces[:place])
    return CHAIN[arrows] if arrows < len(CHAIN) else None


def _leads(pieces: list[_Found], place: int) -> bool:
    """Whether a word or an arrow stands beside a party."""
    beside = {"before": (1,), "after": (-1,), "arrow": (-1, 1)}[pieces[place].kind]
    kinds = ("party", "unknown")  # what is not understood may be one, and is told as what it is
    return all(0 <= place + step < len(pieces) and pieces[place + step].kind in kinds for step in beside)


def _unknown(words: str, corpus: Corpus) -> Flaw:
    """What is not understood, with up to three names that may be meant: those like it, else those with all its words."""
    wanted = folded(words)
    if len(wanted) < SHORTEST:
        return Flaw("unknown", words)
    known = [name for name in (*corpus.catalogue.names, *corpus.world.state_names) if len(name) >= SHORTEST]
    like = process.extract(wanted, known, scorer=fuzz.ratio, score_cutoff=LIKE, limit=3 * MEANT)
    names = [_called(name, corpus) for name, *_ in like]
    parts = set(wanted.split())
    names += [item.name for item in corpus.catalogue.items.values() if parts <= set(folded(item.name).split())]
    return Flaw("unknown", words, tuple(dict.fromkeys(names))[:MEANT])


def _called(name: str, corpus: Corpus) -> str:
    """What a name in folded form is of, as it is written."""
    item = corpus.catalogue.find(name)
    return item.name if item is not None else corpus.world.states[corpus.world.state_names[name]][0]["name"]
