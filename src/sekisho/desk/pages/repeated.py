"""Parameters of an address that say two things: what may be said more than once, and the refusal of the rest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from fastapi import Request

from sekisho.corpus import Corpus
from sekisho.desk.api.common import engine
from sekisho.desk.problems import ParameterError
from sekisho.errors import Mistake

OWN = frozenset({"/decide"})
"""Pages that tell it themselves, at the field of their form."""
SEVERAL: Mapping[str, frozenset[str]] = {
    "/decide": frozenset({"regime", "unknown"}), "/registers/{id}/columns": frozenset({"regime"}),
}  # fmt: skip
"""What may be said more than once on a page, besides facts that are sets."""


def repeated(pairs: Iterable[tuple[str, str]], path: str, corpus: Corpus) -> list[Mistake]:
    """What is said twice, and not the same, of what can be said but once on the page of a path."""
    facts, first = corpus.vocabulary.facts, dict[str, str]()
    found: dict[str, Mistake] = {}
    for name, value in pairs:
        if name in SEVERAL.get(path, ()) or (name in facts and facts[name].type == "set"):
            continue
        if first.setdefault(name, value) != value:
            what = f"{name} is given twice, as {first[name]} and as {value}."
            found.setdefault(name, Mistake(what, "Keep one of them.", field=name))
    return list(found.values())


async def said_once(request: Request) -> None:
    """Refuse an address that says two things of one. Raises `ParameterError`."""
    path = request.scope["route"].path
    pairs = request.query_params.multi_items()
    if pairs and path not in OWN:
        mistakes = repeated(pairs, path, engine().corpus)
        if mistakes:
            raise ParameterError(mistakes)
