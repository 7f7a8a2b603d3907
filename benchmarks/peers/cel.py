"""Peer: the Common Expression Language, in Rust. One program: the conditions of all provisions
are bound to a name by `[…].map(name, …)`, and the algebra over them is written out (the fastest of the forms tried)."""

from __future__ import annotations

from typing import Any

import cel

from benchmarks.peers import VERDICT_RAILS, Outcome, Peer
from benchmarks.plan import Plan
from benchmarks.rails import Infix, inlining, rails

_TRUTH = {1: True, 0: None, -1: False}


def _conditions(plan: Plan) -> list[str]:
    return [name for name, (_, aspect) in plan.results.items() if aspect in ("when", "met", "can")]


def source(plan: Plan) -> str:
    """The text of the program, which answers `[verdict, rails of the conditions, values of the rest]`."""
    place = {name: 2 * number for number, name in enumerate(_conditions(plan))}
    plain = Infix("&&", "||", "!", "null", "true", "false", lambda name, rail: f"c[{place[name] + (rail == 'f')}]")
    outer, inner = inlining(plan, plain, place), inlining(plan, plain, ())
    rest = ", ".join(
        f"{outer.step(name, 't')} ? 1 : {outer.step(name, 'f')} ? -1 : 0" for name in plan.results if name not in place
    )
    tests = [f"{'' if truth else '!'}{outer.step(name, rail)} ? '{verdict}' :" for verdict, name, rail, truth in VERDICT_RAILS]
    bound = ", ".join(", ".join(rails(plan.steps[name], inner)) for name in place)
    return f"[[{bound}]].map(c, [{' '.join(tests)} 'conditional', c, [{rest}]])[0]"


def make(plan: Plan) -> Peer:
    """The peer of a plan."""
    program = cel.compile(source(plan))
    conditions = _conditions(plan)

    def read(raw: list[Any]) -> Outcome:
        verdict, known, rest = raw
        values: dict[str, bool | None] = {
            name: True if known[2 * n] else False if known[2 * n + 1] else None for n, name in enumerate(conditions)
        }
        others = (name for name in plan.results if name not in values)
        values |= {name: _TRUTH[value] for name, value in zip(others, rest, strict=True)}
        return verdict, {plan.results[name]: value for name, value in values.items()}

    return Peer(program.execute, read)
