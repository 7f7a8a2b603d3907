"""What must hold between law files: ids, references, definitions in force on each day they are used."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from sekisho.corpus.law import Instrument, Provision, Regime
from sekisho.errors import Mistake
from sekisho.language.nodes import references
from sekisho.text import Interval, suggest


def between_files(regimes: Mapping[str, Regime], instruments: Mapping[str, Instrument]) -> list[Mistake]:
    """Every mistake that one file alone does not show."""
    mistakes: list[Mistake] = []
    provisions = [provision for instrument in instruments.values() for provision in instrument.provisions]
    by_id: dict[str, Provision] = {}
    for provision in provisions:
        if provision.id in by_id:
            first = by_id[provision.id]
            mistakes.append(_wrong(provision, f"the id '{provision.id}' is used twice, first at {first.file}:{first.line}.",
                                   "An id is never reused: choose another slug."))  # fmt: skip
        by_id.setdefault(provision.id, provision)
    for regime in regimes.values():
        mistakes += [
            Mistake(f"the regime names the unknown instrument '{name}'.", suggest(name, instruments), regime.file)
            for name in regime.instruments
            if name not in instruments
        ]
        own = [p for name in regime.instruments if name in instruments for p in instruments[name].provisions]
        mistakes += _definitions(regime, own)
        mistakes += _targets(own, by_id, instruments)
    listed = {name for regime in regimes.values() for name in regime.instruments}
    mistakes += [
        Mistake(f"no regime lists the instrument '{name}'.", "Add it to `instruments` of a regime.yaml.", instrument.file)
        for name, instrument in instruments.items()
        if name not in listed
    ]
    return mistakes


def _wrong(provision: Provision, what: str, mend: str = "", field: str = "") -> Mistake:
    return Mistake(f"{provision.id}: {what}", mend, provision.file, provision.line, field)


def _definitions(regime: Regime, provisions: Sequence[Provision]) -> Iterator[Mistake]:
    versions: dict[str, list[Provision]] = {}
    for provision in provisions:
        if provision.effect == "defines":
            versions.setdefault(provision.label, []).append(provision)
    for name, entries in versions.items():
        ordered = sorted(entries, key=lambda entry: entry.in_force)
        for before, after in pairwise(ordered):
            if before.in_force.overlaps(after.in_force):
                yield _wrong(after, f"'{name}' is defined twice on some day, first at {before.file}:{before.line}.",
                             "End the earlier version on the day the later one begins.")  # fmt: skip
    for provision in provisions:
        for node in (provision.when, provision.met):
            for name in sorted(references(node)) if node is not None else ():
                if name not in versions:
                    yield _wrong(provision, f"'{name}' is neither a fact nor a definition.", suggest(name, versions))
                elif not _covers([entry.in_force for entry in versions[name]], provision.in_force):
                    yield _wrong(provision, f"the definition '{name}' is not in force on each day of {provision.in_force}.",
                                 "Define it for those days or shorten the interval.")  # fmt: skip
    for name in sorted(references(regime.governs)):
        spans = [entry.in_force for entry in versions.get(name, ())]
        if not _covers(spans, Interval(regime.first_day)):
            yield Mistake(f"`governs` uses '{name}', which is not defined on each day of the regime.", "", regime.file)
    yield from _loops(versions)


def _covers(spans: Sequence[Interval], wanted: Interval) -> bool:
    reached = wanted.begin
    for span in sorted(spans):
        if span.begin > reached:
            break
        reached = max(reached, span.end)
    return reached >= wanted.end


def _loops(versions: Mapping[str, Sequence[Provision]]) -> Iterator[Mistake]:
    uses = {
        name: {used for entry in entries if entry.when is not None for used in references(entry.when) if used in versions}
        for name, entries in versions.items()
    }
    done: set[str] = set()

    def visit(name: str, path: tuple[str, ...]) -> Iterator[Mistake]:
        if name in path:
            circle = " → ".join((*path[path.index(name) :], name))
            yield _wrong(versions[name][0], f"the definitions loop: {circle}.", "Break the circle.")
            return
        if name not in done:
            for used in sorted(uses[name]):
                yield from visit(used, (*path, name))
            done.add(name)

    for name in versions:
        yield from visit(name, ())


_TARGET_EFFECTS = {"lifts": ("prohibits",), "requires": ("permits", "lifts")}


def resolve(target: str, effect: str, by_id: Mapping[str, Provision], instruments: Mapping[str, Instrument]) -> list[Provision]:
    """The provisions that a `lifts` or `for` entry names: one, or with `#*` all fitting ones of an instrument."""
    wanted = _TARGET_EFFECTS[effect]
    name, _, slug = target.partition("#")
    if slug != "*":
        found = by_id.get(target)
        return [found] if found is not None and found.effect in wanted else []
    instrument = instruments.get(name)
    return [p for p in instrument.provisions if p.effect in wanted] if instrument is not None else []


def _targets(
    provisions: Sequence[Provision], by_id: Mapping[str, Provision], instruments: Mapping[str, Instrument]
) -> Iterator[Mistake]:
    for provision in provisions:
        if provision.follows and provision.follows not in by_id:
            yield _wrong(
                provision, f"it follows the unknown provision '{provision.follows}'.", suggest(provision.follows, by_id)
            )
        for target in provision.targets:
            kinds = " or ".join(_TARGET_EFFECTS[provision.effect])
            found = resolve(target, provision.effect, by_id, instruments)
            if not found:
                yield _wrong(provision, f"'{target}' is no provision that {kinds}.", suggest(target, by_id))
            elif not any(entry.in_force.overlaps(provision.in_force) for entry in found):
                yield _wrong(provision, f"'{target}' is in force on no day of {provision.in_force}: it is idle for ever.",
                             "Name the version in force, or shorten the list.")  # fmt: skip
