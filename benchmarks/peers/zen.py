"""Peer: GoRules Zen. A decision graph with one expression node, in which an expression reads earlier ones by `$`.

Steps that nobody asked for are written out where they are read: the fastest of the forms tried, with the least trace.
"""

from __future__ import annotations

import json
from typing import Any

import zen

from benchmarks.peers import VERDICT_RAILS, Outcome, Peer
from benchmarks.plan import Plan
from benchmarks.rails import Infix, inlining, rails

ZEN = Infix("and", "or", "not ", "null", "true", "false", lambda name, rail: f"$.{name}_{rail}")
_ORIGIN = {"x": 0, "y": 0}


def graph(plan: Plan) -> str:
    """The decision graph as JSON."""
    entries: list[tuple[str, str]] = []
    dialect = inlining(plan, ZEN, plan.results)
    for name in plan.results:
        true, false = rails(plan.steps[name], dialect)
        entries += [(f"{name}_t", true), (f"{name}_f", false)]
    tests = [
        f"{'' if truth else 'not '}{dialect.step(name, rail)} ? '{verdict}' :" for verdict, name, rail, truth in VERDICT_RAILS
    ]
    entries.append(("verdict", f"{' '.join(tests)} 'conditional'"))
    content = {
        "expressions": [{"id": key, "key": key, "value": value} for key, value in entries],
        "passThrough": False, "inputField": None, "outputPath": None, "executionMode": "single",
    }  # fmt: skip
    nodes = [
        {"id": "in", "type": "inputNode", "name": "in", "position": _ORIGIN, "content": {"schema": ""}},
        {"id": "law", "type": "expressionNode", "name": "law", "position": _ORIGIN, "content": content},
        {"id": "out", "type": "outputNode", "name": "out", "position": _ORIGIN, "content": {"schema": ""}},
    ]
    edges = [{"id": f"{a}-{b}", "sourceId": a, "targetId": b, "type": "edge"} for a, b in (("in", "law"), ("law", "out"))]
    return json.dumps({"nodes": nodes, "edges": edges})


def make(plan: Plan, trace: bool = False) -> Peer:
    """The peer of a plan."""
    content = zen.ZenDecisionContent(graph(plan))
    engine = zen.ZenEngine({"loader": lambda _: content})
    options = {"trace": trace}

    def answer(facts: dict[str, object]) -> Any:
        return engine.evaluate("law", facts, options)

    def read(raw: dict[str, Any]) -> Outcome:
        found = raw["result"]
        values = {
            key: True if found[f"{name}_t"] else False if found[f"{name}_f"] else None for name, key in plan.results.items()
        }
        return found["verdict"], values

    return Peer(answer, read)
