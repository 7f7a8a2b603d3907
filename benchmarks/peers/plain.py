"""Peer: plain Python, a function for each provision, as one would write the rules by hand: True, False or None."""

from __future__ import annotations

from typing import Any

from benchmarks.peers import VERDICT_RAILS, Outcome, Peer
from benchmarks.plan import Plan, references
from benchmarks.rails import Infix, rails


def _rail(name: str, rail: str) -> str:
    return f"({name} is {'True' if rail == 't' else 'False'})"


PYTHON = Infix("and", "or", "not ", "None", "True", "False", _rail, "f['{0}']", "is", "is not")


def source(plan: Plan) -> str:
    """The functions, and `decide(f)` that calls them in order."""
    lines, body = [], []
    for name, expression in plan.steps.items():
        true, false = rails(expression, PYTHON)
        needs = ", ".join(dict.fromkeys(("f", *(ref.name for ref in references(expression)))))
        lines.append(f"def {name}_({needs}):\n    if {true}:\n        return True\n    return False if {false} else None\n")
        body.append(f"    {name} = {name}_({needs})")
    tests = [
        f"'{verdict}' if {'' if truth else 'not '}{_rail(step, rail)} else" for verdict, step, rail, truth in VERDICT_RAILS
    ]
    results = ", ".join(plan.results)
    return "\n".join([*lines, "def decide(f):", *body, f"    return {' '.join(tests)} 'conditional', ({results})", ""])


def make(plan: Plan) -> Peer:
    """The peer of a plan."""
    scope: dict[str, Any] = {}
    exec(compile(source(plan), "<plain>", "exec"), scope)

    def read(raw: tuple[str, tuple[Any, ...]]) -> Outcome:
        return raw[0], dict(zip(plan.results.values(), raw[1], strict=True))

    return Peer(scope["decide"], read)
