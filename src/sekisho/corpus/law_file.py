"""Reading law files: one Markdown file an instrument, one effect a block, every mistake of a file told at once.

The format is described in docs/reading-a-law-file.md; the checks that need more than one file are in `checks`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

import msgspec
from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.front_matter import front_matter_plugin

from sekisho.corpus.law import NO_SOURCE, Confidence, Instrument, Otherwise, Provision, Regime, Section
from sekisho.errors import InputError, LawError, Mistake
from sekisho.language.expression import ConditionError, check, parse
from sekisho.language.nodes import Node
from sekisho.language.vocabulary import Bilingual, Vocabulary
from sekisho.text import NEVER, Interval, day, interval, read_text, read_yaml, suggest

EVERY_DAY = Interval()
"""What stands in for a malformed interval while a file is checked on."""

_COMMON = {"title_ja", "in_force", "follows", "source", "confidence"}
_KEYS: Mapping[str, set[str]] = {
    "prohibits": {"when"},
    "lifts": {"when"},
    "permits": {"when"},
    "requires": {"when", "met", "by", "by_ja", "for"},
    "defines": {"as", "holds", "fails"},
    "leaves": {"when", "reason"},
}
_NEEDED: Mapping[str, set[str]] = {
    "prohibits": {"when"},
    "lifts": {"when"},
    "permits": {"when"},
    "requires": {"met", "by", "by_ja"},
    "defines": {"as", "holds", "fails"},
    "leaves": {"reason"},
}
_FRONT = {"id", "title", "title_ja", "form", "in_force", "checked"}
_HEADING = re.compile(r"^(?P<title>.*?)\s*\{#(?P<slug>[a-z0-9]+(?:-[a-z0-9]+)*)\}$")
_NAME = re.compile(r"[a-z][a-z0-9_]*")
_MARKDOWN = MarkdownIt("commonmark").enable("table").use(front_matter_plugin)


class _Law:
    """What reading a file needs to know of the rest, and the mistakes found so far."""

    def __init__(self, file: str, vocabulary: Vocabulary, states: Collection[str]) -> None:
        self.file, self.vocabulary, self.states = file, vocabulary, states
        self.mistakes: list[Mistake] = []

    def wrong(self, what: str, mend: str = "", line: int | None = None, field: str = "") -> None:
        self.mistakes.append(Mistake(what, mend, self.file, line, field))

    def condition(self, text: object, line: int | None, field: str) -> Node | None:
        if not isinstance(text, str) or not text.strip():
            self.wrong(f"`{field}` is not a condition.", "Write an expression over facts.", line, field)
            return None
        try:
            node = parse(text, self.vocabulary.facts)
        except ConditionError as flaw:
            at = line + flaw.line - 1 if line is not None else None
            self.wrong(f"`{field}`: {flaw.what}", flaw.mend, at, field)
            return None
        for what, mend in check(node, self.vocabulary, self.states):
            self.wrong(f"`{field}`: {what}", mend, line, field)
        return node


def load_instrument(path: Path, name: str, vocabulary: Vocabulary, states: Collection[str]) -> Instrument:
    """The instrument of a file, which `name` stands for in messages. Raises `LawError` with all its mistakes."""
    law = _Law(name, vocabulary, states)
    tokens = _MARKDOWN.parse(read_text(path, LawError))
    front = _front_matter(tokens, law)
    span = _interval(front["in_force"], law, 1) if "in_force" in front else Interval()
    identity = str(front.get("id", ""))
    checked = day(front.get("checked"))
    if checked is None and "checked" in front:
        law.wrong("`checked` is not a day.", "Write the day the text was last checked, such as 2026-09-15.", 1, "checked")
    provisions: list[Provision] = []
    sections: list[Section] = []
    prose = ""
    for part in _parts(tokens):
        if part.level < 2:
            prose = part.prose
            if part.blocks:
                law.wrong("a block stands under no heading of its own.", "Give it a heading '## … {#slug}'.", part.line)
        elif part.blocks:
            provision = _provision(part, identity, span, law)
            if provision is not None:
                provisions.append(provision)
        else:
            if _HEADING.match(part.title):
                what = f"the heading '{part.title}' has a slug and no block."
                law.wrong(what, "Open one with ```yaml, or drop the slug.", part.line)
            sections.append(Section(part.title, part.prose, part.line))
    if law.mistakes:
        raise LawError(law.mistakes)
    assert checked is not None
    return Instrument(
        identity, str(front["title"]), str(front["title_ja"]), str(front["form"]), span, checked, prose,
        tuple(provisions), tuple(sections), name,
    )  # fmt: skip


class _Part(msgspec.Struct):
    """A heading with all that stands below it up to the next one."""

    title: str
    level: int
    line: int
    paragraphs: list[str]
    blocks: list[tuple[str, int]]

    @property
    def prose(self) -> str:
        return "\n\n".join(self.paragraphs)


def _parts(tokens: Iterable[Token]) -> list[_Part]:
    parts = [_Part("", 0, 1, [], [])]
    heading: int | None = None
    row: list[str] | None = None
    for token in tokens:
        line = token.map[0] + 1 if token.map else parts[-1].line
        if token.type == "heading_open":
            heading = int(token.tag[1])
        elif token.type == "inline" and heading is not None:
            parts.append(_Part(token.content.strip(), heading, line, [], []))
            heading = None
        elif token.type == "tr_open":
            row = []
        elif token.type == "tr_close" and row is not None:
            parts[-1].paragraphs.append(" | ".join(row))
            row = None
        elif token.type == "inline":
            (parts[-1].paragraphs if row is None else row).append(" ".join(token.content.split()))
        elif token.type == "fence" and token.info.strip() == "yaml":
            parts[-1].blocks.append((token.content, line + 1))
    return [part for part in parts if part.title or part.blocks]


def _front_matter(tokens: list[Token], law: _Law) -> dict[str, Any]:
    if not tokens or tokens[0].type != "front_matter":
        law.wrong("the file has no front matter.", "Begin it with '---' and the keys " + ", ".join(sorted(_FRONT)) + ".", 1)
        return {}
    front = _mapping(tokens[0].content, 2, law)
    if front is None:
        return {}
    for key in sorted(_FRONT - front[0].keys()):
        law.wrong(f"the front matter has no `{key}`.", "Add it.", 1, key)
    for key in sorted(front[0].keys() - _FRONT):
        law.wrong(f"the front matter has the unknown key `{key}`.", suggest(key, _FRONT), front[1].get((key,)), key)
    return front[0]


def _mapping(text: str, first: int, law: _Law) -> tuple[dict[str, Any], dict[Any, int]] | None:
    try:
        documents = read_yaml(text, law.file, LawError, first)
    except InputError as flaw:
        law.mistakes += flaw.mistakes
        return None
    if len(documents) != 1 or not isinstance(documents[0].value, dict):
        law.wrong("the block is not a mapping of keys.", "Write `key: value` lines.", first)
        return None
    return documents[0].value, documents[0].lines


def _interval(text: object, law: _Law, line: int | None, instead: Interval = EVERY_DAY) -> Interval:
    """The interval of a text; `instead` of a malformed one, which is told, so that checking can go on."""
    span = interval(text)
    if span is None:
        law.wrong(
            f"`in_force: {text}` is not an interval.", "Write 2014-04-01/2023-12-22 (the end excluded) or 2014-04-01/..",
            line, "in_force",
        )  # fmt: skip
        return instead
    return span


def _provision(part: _Part, instrument: str, span: Interval, law: _Law) -> Provision | None:
    heading = _HEADING.match(part.title)
    if heading is None:
        law.wrong(
            f"the heading '{part.title}' has no slug.",
            "End it with {#a-slug}: small letters, digits, hyphens.",
            part.line,
        )
        return None
    if len(part.blocks) > 1:
        law.wrong("a heading has more than one block.", "Give each block a heading of its own.", part.blocks[1][1])
    text, first = part.blocks[0]
    read = _mapping(text, first, law)
    if read is None:
        return None
    body, lines = read
    effects = [key for key in _KEYS if key in body]
    if len(effects) != 1:
        found = " and ".join(effects) or "none"
        law.wrong(f"a block has exactly one effect; this one has {found}.", "Keep one of " + ", ".join(_KEYS) + ".", first)
        return None
    effect = effects[0]
    allowed = _COMMON | _KEYS[effect] | {effect}
    for key in sorted(body.keys() - allowed):
        law.wrong(f"a block that {effect} has no key `{key}`.", suggest(key, allowed), lines.get((key,)), key)
    for key in sorted((_NEEDED[effect] | {"title_ja", "source", "confidence"}) - body.keys()):
        law.wrong(f"a block that {effect} needs `{key}`.", "Add it.", first, key)
    own = _interval(body["in_force"], law, lines.get(("in_force",)), span) if "in_force" in body else span
    if not own.within(span):
        law.wrong(
            f"the interval {own} is not inside the instrument's, {span}.",
            "Shorten it.",
            lines.get(("in_force",)),
            "in_force",
        )
    sources, confidence = _source(body, lines, law, first)
    condition = "as" if effect == "defines" else "when"
    when = law.condition(body[condition], lines.get((condition,)), condition) if condition in body else None
    met = law.condition(body["met"], lines.get(("met",)), "met") if "met" in body else None
    label = body[effect] if effect != "lifts" else ", ".join(map(str, _list(body[effect])))
    if effect == "defines" and not (isinstance(label, str) and _NAME.fullmatch(label)):
        law.wrong(f"'{label}' is not a name for a definition.", "Small letters, digits and _ , without a dot.", first, effect)
    return Provision(
        id=f"{instrument}#{heading['slug']}", instrument=instrument, effect=effect,  # type: ignore[arg-type]
        label=str(label), title=heading["title"], title_ja=str(body.get("title_ja", "")), prose=part.prose,
        in_force=own, sources=sources, confidence=confidence, file=law.file, line=part.line,
        when_text=_folded(body.get(condition)), when=when, met_text=_folded(body.get("met")), met=met,
        targets=_targets(body, effect, lines, law), by=str(body.get("by", "")), by_ja=str(body.get("by_ja", "")),
        reason=_folded(body.get("reason")), holds=_clause(body, "holds", lines, law),
        fails=_clause(body, "fails", lines, law), follows=str(body.get("follows", "")),
    )  # fmt: skip


def _folded(text: object) -> str:
    return " ".join(text.split()) if isinstance(text, str) else ""


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def _targets(body: dict[str, Any], effect: str, lines: dict[Any, int], law: _Law) -> tuple[str, ...]:
    key = "lifts" if effect == "lifts" else "for"
    if key not in body:
        return ()
    names = _list(body[key])
    if not names or not all(isinstance(name, str) and "#" in name for name in names):
        law.wrong(
            f"`{key}` is not a list of provisions.",
            "Write [jp.view-1976#restraint] or [jp.view-1976#*].",
            lines.get((key,)),
            key,
        )
        return ()
    return tuple(str(name) for name in names)


def _clause(body: dict[str, Any], key: str, lines: dict[Any, int], law: _Law) -> Bilingual | None:
    if key not in body:
        return None
    value = body[key]
    if not isinstance(value, dict) or set(value) != {"en", "ja"} or not all(isinstance(v, str) for v in value.values()):
        law.wrong(f"`{key}` is not a clause in two languages.", "Write {en: …, ja: …}.", lines.get((key,)), key)
        return None
    return Bilingual(value["en"], value["ja"])


def _source(body: dict[str, Any], lines: dict[Any, int], law: _Law, first: int) -> tuple[tuple[str, ...], Confidence]:
    sources = tuple(str(entry) for entry in _list(body.get("source", NO_SOURCE)))
    if not all(entry.startswith(("https://", "http://")) or entry == NO_SOURCE for entry in sources):
        law.wrong("`source` is neither an address nor 'none found'.", "Cite a page.", lines.get(("source",)), "source")
    confidence = body.get("confidence", "low")
    if confidence not in ("high", "medium", "low"):
        law.wrong(f"the confidence '{confidence}' is none of high, medium, low.", "", lines.get(("confidence",)), "confidence")
        confidence = "low"
    if "source" in body and NO_SOURCE in sources and confidence != "low":
        law.wrong(
            "without a source the confidence is low.",
            "Write `confidence: low`.",
            lines.get(("confidence",), first),
            "confidence",
        )
    return sources, confidence


_REGIME = {"id", "title", "title_ja", "first_day", "governs", "otherwise", "instruments"}


def load_regime(path: Path, name: str, vocabulary: Vocabulary, states: Collection[str]) -> Regime:
    """The regime of a file. Raises `LawError` with all its mistakes."""
    law = _Law(name, vocabulary, states)
    read = _mapping(read_text(path, LawError), 1, law)
    if read is None:
        raise LawError(law.mistakes)
    body, lines = read
    for key in sorted(_REGIME - body.keys()):
        law.wrong(f"the regime has no `{key}`.", "Add it.", 1, key)
    for key in sorted(body.keys() - _REGIME):
        law.wrong(f"the regime has the unknown key `{key}`.", suggest(key, _REGIME), lines.get((key,)), key)
    if law.mistakes:
        raise LawError(law.mistakes)
    first = day(body["first_day"])
    if first is None:
        law.wrong("`first_day` is not a day.", "Write 1967-04-21.", lines.get(("first_day",)), "first_day")
    governs = law.condition(body["governs"], lines.get(("governs",)), "governs")
    otherwise: list[Otherwise] = []
    for n, entry in enumerate(_list(body["otherwise"])):
        line = lines.get(("otherwise", n))
        if not isinstance(entry, dict) or entry.get("says") not in ("permitted", "prohibited"):
            law.wrong("an entry of `otherwise` says neither permitted nor prohibited.", "Write {in_force: …, says: …}.", line)
            continue
        otherwise.append(Otherwise(_interval(entry.get("in_force"), law, line), entry["says"]))
    spans = sorted(entry.in_force for entry in otherwise)
    covered = bool(spans) and spans[0].begin == first and spans[-1].end == NEVER
    if not law.mistakes and (not covered or any(a.end != b.begin for a, b in pairwise(spans))):
        law.wrong("`otherwise` does not cover each day from the first day on exactly once.", "", lines.get(("otherwise",)))
    if law.mistakes:
        raise LawError(law.mistakes)
    assert first is not None and governs is not None
    return Regime(
        str(body["id"]), str(body["title"]), str(body["title_ja"]), first, _folded(body["governs"]), governs,
        tuple(otherwise), tuple(str(entry) for entry in _list(body["instruments"])), name,
    )  # fmt: skip
