"""Sekisho against its peers: the provisions of regime japan in force on a day, the same cases and outcome."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from time import perf_counter

from benchmarks import cases, facts, plan
from benchmarks.peers import MODULES, MissingPeerError, Outcome, Peer, Truth, maker
from benchmarks.report import Section, microseconds, ratio
from benchmarks.timing import Engine, Times, interleaved
from sekisho.case import Completed
from sekisho.decide import Decider
from sekisho.decision import Decision

DAYS = (dt.date(2024, 6, 1), dt.date(2026, 6, 1))
LEAST: Mapping[str, float] = {"GoRules Zen, with trace": 3, "CEL (Rust)": 1, "OPA's Rego (rego-cpp)": 30}
"""How many times faster than a peer Sekisho must be, look-ups included."""
_ASPECTS = {"prohibits": "bars", "permits": "opens", "lifts": "opens"}
OURS = "**Sekisho**"
NOTES = (
    "Ratios are a peer's p50 ÷ Sekisho's p50 on that day. *Look-ups included* adds to each engine, call by call, the time "
    "in which the host completes that case (catalogue, defaults, dated look-ups; one and the same completion for all); "
    "*engine alone* begins with completed facts.",
    "Before it is timed a peer has to agree with Sekisho on every case: on the verdict, on each provision's `when`, "
    "each requirement's `met`, each bar (`bars`) and each head and lift (`opens`).",
    "Readings of silence: the peers compute `when` with the silence of claims FALSE, and `met` twice: silence NULL (is it "
    "met?) and each literal over it TRUE (can it be?). Sekisho computes these and a fourth, all silence NULL, and besides "
    "the verdict what is missing, outstanding and assumed, and keeps every sub-expression's value: THE PEERS DO LESS.",
    "Sekisho keeps its values packed and unfolds them when they are asked for; peers hand theirs over at once. What "
    "unfolding the whole tree of reasons costs is in the table of one decision.",
    "Two-valued engines have Kleene logic by dual rail: a *surely true* and a *surely false* expression for each "
    "condition. Facts are given as a ready mapping of just the facts that the law of the day reads; making that mapping "
    "is not timed, nor is parsing what an engine prints.",
    "Of several ways to put the law to an engine the fastest one found is measured: written out or in steps, as lists or "
    "as names.",
    "OPA is represented by rego-cpp, which can be installed from PyPI; the Go program is not measured.",
)


def expected(decision: Decision) -> Outcome:
    """A decision of Sekisho as an outcome."""
    values: dict[tuple[str, str], Truth] = {}
    for reason in decision.reasons:
        if reason.when is not None:
            values[reason.provision, "when"] = reason.applies
        if reason.effect == "requires":
            values[reason.provision, "met"] = reason.met
        else:
            values[reason.provision, _ASPECTS[reason.effect]] = reason.effective
    return decision.verdict, values


def differences(peer: Peer, given: Sequence[dict[str, object]], wanted: Sequence[Outcome]) -> list[str]:
    """Where a peer's outcome is not Sekisho's. (Whether a `met` *can* hold shows in `opens` and the verdict.)"""
    found: list[str] = []
    for number, (entry, (verdict, values)) in enumerate(zip(given, wanted, strict=True)):
        theirs, said = peer.read(peer.answer(entry))
        if theirs != verdict:
            found.append(f"case {number}: {theirs}, not {verdict}")
        found += [
            f"case {number}: {key} is {said.get(key)}, not {value}" for key, value in values.items() if said.get(key) != value
        ]
    return found


def run(decider: Decider, wanted: int = 150, rounds: int = 5) -> Section:
    """The table of Sekisho and its peers on two days."""
    section = Section(
        "One decision, against other engines",
        (
            "engine", "day", "p50 µs, look-ups included", "p99 µs", "Sekisho is faster",
            "p50 µs, engine alone", "p99 µs", "Sekisho is faster", "ms to load",
        ),
    )  # fmt: skip
    low: dict[str, float] = {}
    for day in DAYS:
        _day(decider, day, wanted, rounds, section, low)
    verdicts = [
        f"{name}: at least {least:g}×, is {ratio(low[name])} {'(met)' if low[name] >= least else '(NOT met)'}"
        for name, least in LEAST.items() if name in low
    ]  # fmt: skip
    section.notes += [
        *(["Look-ups included, on the worse day: " + "; ".join(verdicts) + "."] if verdicts else []),
        *NOTES,
    ]
    return section


def _day(decider: Decider, day: dt.date, wanted: int, rounds: int, section: Section, low: dict[str, float]) -> None:
    law = decider.corpus.law_on("japan", day)
    built = plan.build(law)
    chosen = cases.varied(decider, wanted, [day])
    completed = [cases.looked_up(decider, case) for case in chosen]
    decided = [decider.decide_completed(entry, "japan") for entry in completed]
    give = facts.host(built)
    given = [give(entry) for entry in completed]
    ready, loads = _ready(built, given, [expected(decision) for decision in decided], section)

    def ours(entry: Completed) -> Decision:
        return decider.decide_completed(entry, "japan")

    engines = {
        "whole": Engine(lambda case: decider.decide_regime(case, "japan"), chosen),
        "host": Engine(lambda case: cases.looked_up(decider, case), chosen),
        OURS: Engine(ours, completed),
    }
    engines |= {name: Engine(peer.answer, given) for name, peer in ready.items()}
    times = interleaved(engines, rounds)
    whole, host, base = times.pop("whole"), times.pop("host"), times[OURS]
    for name, own in times.items():
        included = whole if own is base else host.plus(own)
        section.rows.append(_row(name, day, included, whole, own, base, loads.get(name)))
        low[name] = min(low.get(name, float("inf")), included.p50 / whole.p50)
    section.notes.append(
        f"{day}: {len(law.provisions)} provisions in force, {len(built.steps)} steps, {len(chosen)} cases of that day, "
        f"{rounds} rounds."
    )


def _row(
    name: str, day: dt.date, included: Times, our_included: Times, own: Times, our_own: Times, load: float | None
) -> list[str]:
    cells = [name, str(day)]
    for times, base in ((included, our_included), (own, our_own)):
        cells += [microseconds(times.p50), microseconds(times.p99), "" if name == OURS else ratio(times.p50 / base.p50)]
    return [*cells, "" if load is None else f"{load * 1000:,.0f}"]


def _ready(
    built: plan.Plan, given: Sequence[dict[str, object]], wanted: Sequence[Outcome], section: Section
) -> tuple[dict[str, Peer], dict[str, float]]:
    """The peers that are installed and agree, and the seconds each took to load; the others are told loudly."""
    ready: dict[str, Peer] = {}
    loads: dict[str, float] = {}
    for name in MODULES:
        begin = perf_counter()
        try:
            peer = maker(name)(built)
        except MissingPeerError as flaw:
            section.loudly(f"{flaw}: NOT MEASURED.")
            continue
        loads[name] = perf_counter() - begin
        wrong = differences(peer, given, wanted)
        if wrong:
            section.loudly(f"{name} DISAGREES in {len(wrong)} values, the first of them {wrong[0]}: NOT TIMED.")
        else:
            ready[name] = peer
    return ready, loads
