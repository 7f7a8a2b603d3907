"""A draft amendment: a folder of law files laid over the corpus, and what it would have done to recorded cases.

A file with the `id` of an instrument amends it: a heading `{#slug}` that the instrument has is replaced with all below it, a
new one is put behind the one before it in the draft. A file with a new `id` is a new instrument, and the draft holds a
`regime.yaml` that lists it. `draft.yaml` may end provisions and move days:

    ends:  {jp.example#head: 2025-04-21}      the provision is in force until the day before
    moves: {2026-04-21: 2025-04-21}           what begins or ends on the one day does so on the other
"""

from __future__ import annotations

import datetime as dt
import re
import shutil
import tempfile
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path

import msgspec

from sekisho.corpus import PACKAGE, Corpus, build
from sekisho.decide import Decider
from sekisho.errors import LawError, Mistake
from sekisho.history import recorded_cases
from sekisho.text import day, read_text, read_yaml, suggest

ORDERS = "draft.yaml"
_SECTION = re.compile(r"^## .*$", re.MULTILINE)
_SLUG = re.compile(r"\{#([a-z0-9-]+)\}\s*$")
_IDENTITY = re.compile(r"^id:\s*(\S+)\s*$", re.MULTILINE)
_IN_FORCE = re.compile(r"^in_force:\s*(\S+)\s*$", re.MULTILINE)


def with_draft(corpus: Corpus, folder: Path, law: Path = PACKAGE / "law", world: Path = PACKAGE / "world") -> Decider:
    """A decider over the law with a draft laid over it. Raises `LawError` with every mistake of what comes out."""
    if not folder.is_dir():
        raise LawError(Mistake("there is no folder of that name.", "Name a folder of law files.", str(folder)))
    with tempfile.TemporaryDirectory(prefix="sekisho-draft-") as place:
        merged = Path(place) / "law"
        shutil.copytree(law, merged)
        _Overlay(corpus, folder, merged).lay()
        return Decider(build(merged, world))


class _Overlay:
    def __init__(self, corpus: Corpus, folder: Path, merged: Path) -> None:
        self.corpus, self.folder, self.merged = corpus, folder, merged
        self.files = {instrument.id: instrument.file for instrument in corpus.instruments.values()}

    def lay(self) -> None:
        """Lay every file of the draft over the copy of the law."""
        paths = [path for path in sorted(self.folder.rglob("*")) if path.is_file()]
        laid = False
        for path in paths:
            if path.suffix == ".md" and path.name != "README.md":
                self._file(path)
                laid = True
            elif path.name == "regime.yaml":
                shutil.copy(path, self.merged / path.relative_to(self.folder))
                laid = True
        orders = self.folder / ORDERS
        if orders.exists():
            self._orders(orders)
        elif not laid:
            raise LawError(Mistake("the draft holds no law file.", f"Write one, or {ORDERS}.", str(self.folder)))

    def _file(self, path: Path) -> None:
        text = read_text(path, LawError)
        identity = _IDENTITY.search(text)
        if identity is None:
            raise LawError(
                Mistake("the file says no `id`.", "Begin it with the `id` of the instrument it amends.", str(path), 1)
            )
        if identity[1] not in self.files:
            aim = self.merged / path.relative_to(self.folder)
            aim.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, aim)
            return
        target = self.merged / self.files[identity[1]]
        target.write_text(_amended(target.read_text("utf-8"), text), "utf-8")

    def _orders(self, path: Path) -> None:
        documents = read_yaml(read_text(path, LawError), path.name, LawError)
        body = documents[0].value if documents else None
        if not isinstance(body, Mapping) or not set(body) <= {"ends", "moves"}:
            raise LawError(Mistake("it gives no `ends` and no `moves`.", "Write `ends: {id: day}`.", path.name, 1))
        for name, until in (body.get("ends") or {}).items():
            self._end(str(name), _day(until, path), path)
        for old, new in (body.get("moves") or {}).items():
            self._move(_day(old, path), _day(new, path))

    def _end(self, name: str, until: dt.date, path: Path) -> None:
        provision = self.corpus.provisions.get(name)
        if provision is None:
            raise LawError(Mistake(f"there is no provision '{name}'.", suggest(name, self.corpus.provisions), path.name))
        file = self.merged / provision.file
        sections = _sections(file.read_text("utf-8"))
        for place, (slug, text) in enumerate(sections):
            if slug == provision.slug:
                begin = str(provision.in_force).partition("/")[0]
                line = f"in_force: {begin}/{until}"
                changed = _IN_FORCE.sub(line, text, count=1) if _IN_FORCE.search(text) else text.replace(
                    "```yaml\n", f"```yaml\n{line}\n", 1
                )  # fmt: skip
                sections[place] = (slug, changed)
        file.write_text("".join(text for _, text in sections), "utf-8")

    def _move(self, old: dt.date, new: dt.date) -> None:
        for path in sorted(self.merged.rglob("*.md")):
            text = path.read_text("utf-8")
            moved = _IN_FORCE.sub(lambda found: found[0].replace(str(old), str(new)), text)
            if moved != text:
                path.write_text(moved, "utf-8")


def _day(value: object, path: Path) -> dt.date:
    found = day(value)
    if found is None:
        raise LawError(Mistake(f"'{value}' is not a day.", "Write 2025-04-21.", path.name))
    return found


def _sections(text: str) -> list[tuple[str, str]]:
    """A law file in pieces: what stands before the first heading, then each heading with what is below it, by its slug."""
    starts = [found.start() for found in _SECTION.finditer(text)]
    edges = [0, *starts, len(text)]
    pieces = [text[a:b] for a, b in pairwise(edges)]
    return [(found[1] if (found := _SLUG.search(piece.split("\n", 1)[0])) else "", piece) for piece in pieces]


def _amended(law: str, draft: str) -> str:
    """A law file with the headings of a draft in place."""
    sections = _sections(law)
    before = ""
    for slug, text in _sections(draft)[1:]:
        if not text.endswith("\n\n"):
            text = text.rstrip("\n") + "\n\n"
        places = [place for place, (known, _) in enumerate(sections) if known == slug and slug]
        if places:
            sections[places[0]] = (slug, text)
        else:
            after = next((place for place, (known, _) in enumerate(sections) if known == before and before), len(sections) - 1)
            if not sections[after][1].endswith("\n\n"):
                sections[after] = (sections[after][0], sections[after][1].rstrip("\n") + "\n\n")
            sections.insert(after + 1, (slug, text))
        before = slug
    return "".join(text for _, text in sections).rstrip("\n") + "\n"


class Turned(msgspec.Struct, frozen=True):
    """A recorded case, or a row of a register, that the second law decides differently, with what each rests on."""

    id: str
    title: str
    date: str
    before: str
    after: str
    provisions_before: tuple[str, ...]
    provisions_after: tuple[str, ...]


def turned_precedents(before: Decider, after: Decider, regime: str) -> tuple[Turned, ...]:
    """The recorded cases to which a draft gives another verdict under the law of their own day."""
    found = []
    for case in recorded_cases(before):
        old, new = before.decide_regime(case, regime), after.decide_regime(case, regime)
        if old.verdict != new.verdict:
            found.append(
                Turned(case.id, case.title, case.date.isoformat(), old.verdict, new.verdict, old.deciding, new.deciding)
            )
    return tuple(found)
