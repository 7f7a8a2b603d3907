"""The law as text: listed, searched, one instrument or provision as it stood on a day, and a provision's history."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from sekisho.corpus import Corpus, Instrument, Provision
from sekisho.errors import Mistake, UsageError
from sekisho.language.nodes import references
from sekisho.render import law_search
from sekisho.render.law_sentence import sentence
from sekisho.text import suggest

__all__ = [
    "DefinitionChange", "Shown", "data", "definition_changes", "select", "sentence", "text", "used_names", "versions",
]  # fmt: skip


class Shown(msgspec.Struct, frozen=True):
    """What a question about the law came to: instruments and provisions, as of a day if one was named.

    `full` says that provisions are shown whole; `changes` are days on which a definition that a provision uses changed.
    """

    instruments: tuple[Instrument, ...]
    provisions: tuple[Provision, ...]
    on: dt.date | None = None
    full: bool = False
    changes: tuple[tuple[dt.date, str], ...] = ()


def select(
    corpus: Corpus, name: str | None = None, on: dt.date | None = None, search: str | None = None, history: bool = False
) -> Shown:
    """The instruments and provisions that a question names. Raises `UsageError` for an unknown name."""
    if name is not None and "#" in name:
        provision = corpus.provisions.get(name)
        if provision is None:
            raise UsageError(Mistake(f"there is no provision '{name}'.", suggest(name, corpus.provisions)))
        chain = tuple(versions(corpus, provision))
        if history:
            return Shown((), chain, on, True, tuple(_told(change) for change in definition_changes(corpus, chain)))
        if on is not None:
            chain = tuple(p for p in chain if on in p.in_force)
            if not chain:
                raise UsageError(Mistake(f"no version of '{name}' is in force on {on}.", "See its --history."))
            return Shown((), chain, on, True)
        return Shown((), (provision,), on, True)
    if history:
        raise UsageError(Mistake("--history is of one provision.", "Name it, such as jp.guidelines#licensed-product."))
    instruments = _instruments(corpus, name)
    provisions = [p for i in instruments for p in i.provisions if on is None or on in p.in_force]
    if search is not None:
        return Shown((), tuple(law_search.matching(corpus, provisions, search)), on)
    single = name is not None and name in corpus.instruments
    shown = (
        instruments
        if single or name is None
        else [i for i in instruments if on is None or any(p in provisions for p in i.provisions)]
    )
    return Shown(tuple(shown), tuple(provisions) if name is not None else (), on, single)


def _instruments(corpus: Corpus, name: str | None) -> list[Instrument]:
    if name is None:
        return [corpus.instruments[i] for regime in corpus.regimes.values() for i in regime.instruments]
    if name in corpus.regimes:
        return [corpus.instruments[i] for i in corpus.regimes[name].instruments]
    if name in corpus.instruments:
        return [corpus.instruments[name]]
    raise UsageError(Mistake(f"there is no law '{name}'.", suggest(name, [*corpus.regimes, *corpus.instruments])))


def versions(corpus: Corpus, provision: Provision) -> Iterator[Provision]:
    """A provision's versions, the earliest first, along `follows`."""
    first = provision
    while first.follows:
        first = corpus.provisions[first.follows]
    chain, queue = [], [first]
    while queue:
        entry = queue.pop(0)
        chain.append(entry)
        queue += [p for p in corpus.provisions.values() if p.follows == entry.id]
    yield from sorted(chain, key=lambda p: p.in_force)


class DefinitionChange(msgspec.Struct, frozen=True):
    """A day within a provision's life on which a definition that it uses, at any depth, has a new version."""

    day: dt.date
    provision: Provision
    definition: Provision


def definition_changes(corpus: Corpus, chain: Iterable[Provision]) -> Iterator[DefinitionChange]:
    """The changes of definitions within the lives of some versions."""
    for provision in chain:
        names = used_names(corpus, provision)
        for other in corpus.provisions.values():
            begins = other.in_force.begin
            if (
                other.effect == "defines"
                and other.label in names
                and provision.in_force.begin < begins < provision.in_force.end
            ):
                yield DefinitionChange(begins, provision, other)


def _told(change: DefinitionChange) -> tuple[dt.date, str]:
    definition = change.definition
    return change.day, f"{change.provision.id}: the definition '{definition.title}' changes ({definition.id})."


def used_names(corpus: Corpus, provision: Provision) -> set[str]:
    """The names of the definitions that a provision uses, at any depth."""
    found: set[str] = set()
    queue = [name for node in (provision.when, provision.met) if node is not None for name in references(node)]
    while queue:
        name = queue.pop()
        if name not in found:
            found.add(name)
            queue += [
                n
                for p in corpus.provisions.values()
                if p.effect == "defines" and p.label == name and p.when
                for n in references(p.when)
            ]
    return found


def data(shown: Shown) -> dict[str, Any]:
    """What is shown, as plain data."""
    return {
        "schema": 1,
        "on": shown.on.isoformat() if shown.on else None,
        "instruments": [
            {"id": i.id, "title": i.title, "title_ja": i.title_ja, "form": i.form, "in_force": str(i.in_force),
             "checked": i.checked.isoformat(), "prose": i.prose, "file": i.file,
             "sections": [{"title": s.title, "prose": s.prose} for s in i.sections]}
            for i in shown.instruments
        ],
        "provisions": [
            {"id": p.id, "effect": p.effect, "label": p.label, "title": p.title, "title_ja": p.title_ja,
             "in_force": str(p.in_force), "prose": p.prose, "when": p.when_text, "met": p.met_text, "targets": list(p.targets),
             "by": p.by, "by_ja": p.by_ja, "reason": p.reason, "follows": p.follows,
             "sources": list(p.sources), "confidence": p.confidence, "file": p.file, "line": p.line,
             "holds": msgspec.to_builtins(p.holds), "fails": msgspec.to_builtins(p.fails)}
            for p in shown.provisions
        ],
        "changes": [{"day": day.isoformat(), "what": what} for day, what in shown.changes],
    }  # fmt: skip


def text(corpus: Corpus, shown: Shown, language: str) -> RenderableType:
    """What is shown, for a terminal."""
    if not shown.instruments and not shown.provisions:
        return Text("Nothing in force.")
    if shown.full:
        parts: list[RenderableType] = [_instrument(i, language) for i in shown.instruments]
        parts += [_provision(corpus, p, language) for p in shown.provisions]
        parts += [Text(f"{day}  {what}") for day, what in shown.changes]
        return Group(*parts)
    if shown.provisions:
        return _provision_table(shown.provisions, language)
    table = Table(box=None, pad_edge=False)
    for column in ("id", "title", "form", "in force"):
        table.add_column(column, overflow="fold", no_wrap=column in ("id", "in force"))
    for i in shown.instruments:
        table.add_row(i.id, i.title_ja if language == "ja" else i.title, i.form, str(i.in_force))
    return table


def _provision_table(provisions: Iterable[Provision], language: str) -> Table:
    table = Table(box=None, pad_edge=False)
    for column in ("id", "effect", "title", "in force"):
        table.add_column(column, overflow="fold", no_wrap=column != "title")
    for p in provisions:
        table.add_row(p.id, p.effect, p.title_ja if language == "ja" else p.title, str(p.in_force))
    return table


def _instrument(instrument: Instrument, language: str) -> RenderableType:
    title = instrument.title_ja if language == "ja" else instrument.title
    head = Text.assemble((title, "bold"), f"\n{instrument.form}, {instrument.in_force}, checked {instrument.checked}\n")
    return Group(head, Text(instrument.prose), *(Text(f"\n{s.title}\n{s.prose}") for s in instrument.sections))


def _provision(corpus: Corpus, provision: Provision, language: str) -> RenderableType:
    title = provision.title_ja if language == "ja" else provision.title
    lines: list[RenderableType] = [
        Text.assemble((title, "bold"), "  ", (provision.id, "dim")),
        Text(f"{provision.in_force}, confidence {provision.confidence}", style="dim"),
        Text(provision.prose, style="italic"),
        Text(sentence(corpus, provision, language)),
    ]
    if provision.reason:
        lines.append(Text(provision.reason))
    for condition in (provision.when_text, provision.met_text):
        if condition:
            lines.append(Padding(Text(condition, style="cyan"), (0, 0, 0, 2)))
    lines += [Text(source, style="dim") for source in provision.sources]
    return Padding(Group(*lines), (1, 0, 0, 0), expand=False)
