"""What a provision says, as one sentence in English or Japanese."""

from __future__ import annotations

from sekisho.corpus import Corpus, Instrument, Provision
from sekisho.language import prose
from sekisho.render.words import state_name


def sentence(corpus: Corpus, provision: Provision, language: str) -> str:
    """What a provision says, as one sentence in a language."""
    clauses = {
        p.label: (p.holds, p.fails)
        for p in corpus.provisions.values()
        if p.effect == "defines" and p.in_force.overlaps(provision.in_force)
    }
    words = prose.Words(corpus.vocabulary, clauses, lambda code, spoken: state_name(corpus, code, spoken))
    label = provision.title_ja if language == "ja" else provision.label
    if provision.effect == "defines":
        label = provision.title_ja if language == "ja" else provision.title
    by = provision.by_ja if language == "ja" else provision.by
    return prose.sentence(
        provision.effect, words, language, label=label if provision.effect != "lifts" else _lifted(corpus, provision, language),
        when=provision.when, met=provision.met, by=by,
    )  # fmt: skip


def _lifted(corpus: Corpus, provision: Provision, language: str) -> str:
    """What a lift sets aside, in words: the titles of the bars, or of whole instruments."""
    titles = []
    for target in provision.targets:
        name, _, slug = target.partition("#")
        found: Provision | Instrument = corpus.instruments[name] if slug == "*" else corpus.provisions[target]
        titles.append(found.title_ja if language == "ja" else found.title)
    return ("、" if language == "ja" else "; ").join(titles)
