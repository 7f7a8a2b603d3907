"""The words the prose reader needs of a corpus: definitions' clauses on a day, and states' names."""

from __future__ import annotations

from sekisho.corpus import Corpus, LawInForce
from sekisho.language.prose import Words


def words_of(corpus: Corpus, law: LawInForce) -> Words:
    """The words for the law in force over a segment."""
    clauses = {name: (p.holds, p.fails) for name, p in law.definitions.items()}
    return Words(corpus.vocabulary, clauses, lambda code, language: state_name(corpus, code, language))


def state_name(corpus: Corpus, code: str, language: str) -> str:
    """A state's name in a language, or the code itself if the table does not have it."""
    rows = corpus.world.states.get(code)
    return (rows[0]["name_ja"] if language == "ja" else rows[0]["name"]) if rows else code
