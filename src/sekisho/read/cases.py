"""Drafts as cases: the mapping that `decide` takes, and the file a person edits."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sekisho.corpus import Corpus
from sekisho.errors import Mistake, UsageError
from sekisho.read.chunks import Span
from sekisho.read.draft import Draft, Fact
from sekisho.text import visible

_NOT_IN_A_CASE = frozenset({"quantity", "value"})
"""Facts that no condition of law asks for; they stand in the note."""
_SPACES = re.compile(r"\s+")


def words(text: str, span: Span) -> str:
    """The words of a span on one line, unseen characters escaped."""
    return visible(_SPACES.sub(" ", text[span[0] : span[1]]))


def case_of(draft: Draft, text: str, name: str = "") -> dict[str, Any]:
    """A draft as the mapping that a case file holds, dotted. What the report does not say is not in it."""
    case: dict[str, Any] = {"id": draft.id}
    for fact in draft.facts:
        if fact.name in _NOT_IN_A_CASE or fact.how == "catalogue":
            continue
        case[fact.name] = value_of(fact, text)
    about = [f"Read from {Path(name).name}: {draft.status}" if name else f"Read from a report: {draft.status}"]
    about += [f"{fact.name} {shown(fact)}" for fact in draft.facts if fact.name in _NOT_IN_A_CASE]
    case["note"] = visible("; ".join(about) + ".")
    return case


def value_of(fact: Fact, text: str) -> Any:
    """The value of a fact; what an item is called is taken from the words."""
    return words(text, fact.spans[0]) if fact.name == "item.name" else fact.value


def shown(fact: Fact) -> str:
    """A plain value as text."""
    if isinstance(fact.value, bool):
        return "true" if fact.value else "false"
    if isinstance(fact.value, float) and fact.value == int(fact.value):
        return f"{int(fact.value):,}"
    return f"{fact.value:,}" if isinstance(fact.value, int) else str(fact.value)


def _scalar(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dt.date):
        return value.isoformat()
    text = str(value)
    return text if re.fullmatch(r"[A-Za-z][A-Za-z0-9_-]*", text) else '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def case_text(draft: Draft, text: str, name: str) -> str:
    """A draft as a case file: a line for each fact, with the words it came from beside it, and what is open."""
    case = case_of(draft, text, name)
    lines = [f"# A draft read from {visible(Path(name).name)}, for a person to confirm. Status: {draft.status}.",
             "# Beside each fact stands how it is known and the words it came from."]  # fmt: skip
    facts = {fact.name: fact for fact in draft.facts}
    for key, value in case.items():
        fact = facts.get(key)
        because = ""
        if fact is not None:
            quoted = "; ".join(f'"{words(text, span)}"' for span in fact.spans)
            because = f"  # {fact.how}" + (f": {quoted}" if quoted else "")
        lines.append(f"{key}: {_scalar(value)}{because}")
    lines += [f"# catalogue: {fact.name}: {shown(fact)}" for fact in draft.facts if fact.how == "catalogue"]
    lines += [f"# open: {fact}: {question}" for fact, question in draft.open]
    for link in draft.links:
        lines.append(f'# {link.kind}: {link.to or "not told"}: "{words(text, link.span)}"')
    return "\n".join(lines) + "\n"


def write_cases(drafts: Sequence[Draft], text: str, name: str, folder: Path) -> list[Path]:
    """Writes a case file for each draft. Raises `UsageError` for a folder that is a file, or holds such a file already."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError) as flaw:
        raise UsageError(Mistake(f"-o: '{folder}' is not a folder.", "Name a folder.")) from flaw
    stem = "standard-input" if name == "-" else re.sub(r"[^\w.-]+", "-", Path(name).stem) or "report"
    paths = [folder / f"{stem}-{draft.id}.yaml" for draft in drafts]
    for path in paths:
        if path.exists():
            raise UsageError(Mistake(f"-o: '{path}' exists.", "Name another folder."))
    for path, draft in zip(paths, drafts, strict=True):
        half = path.with_name(f".{path.name}.part")
        half.write_text(case_text(draft, text, name), "utf-8")
        half.replace(path)
    return paths


def title(draft: Draft, corpus: Corpus, text: str) -> str:
    """What a draft is about in one line."""
    states = corpus.world.states
    route = []
    for role in ("exporter", "recipient"):
        named, state = draft.fact(f"{role}.name"), draft.fact(f"{role}.state")
        if named is not None:
            route.append(str(named.value))
        elif state is not None and str(state.value) in states:
            route.append(states[str(state.value)][0]["name"])
        else:
            route.append("?")
    thing = draft.thing.item.name if draft.thing.item is not None and draft.item.of is None else words(text, draft.item.span)
    return f"{thing}, {' → '.join(route)}"
