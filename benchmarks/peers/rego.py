"""Peer: Rego, the language of Open Policy Agent, by rego-cpp. A rule for each rail; an unknown fact is absent."""

from __future__ import annotations

import json
from typing import Any

import regopy

from benchmarks.facts import host_name, is_claimed
from benchmarks.peers import VERDICT_RAILS, Outcome, Peer
from benchmarks.plan import Atom, Expression, Plan, Ref
from benchmarks.rails import equal_terms
from sekisho.language.expression import NONE, Compare, Has, Holds, KnownNone, Literal, Within

Ways = list[str]
"""Alternative bodies of a rule: any one of them suffices."""
NEVER = ["false"]
_TRUTH = {1: True, 0: None, -1: False}


class _Writer:
    def __init__(self) -> None:
        self.lines = ["package law", "import rego.v1"]
        self._named: dict[tuple[Expression, str], str] = {}

    def rule(self, name: str, ways: Ways) -> None:
        self.lines += [f"{name} if {{ {way} }}" for way in ways]

    def ways(self, body: Expression, rail: str) -> Ways:
        """The alternatives of an expression's rail `t` or `f`."""
        if isinstance(body, Ref):
            return [f"{body.name}_{rail if not body.negated else 'ft'[rail == 'f']}"]
        if isinstance(body, Atom):
            return _atom(body)[rail == "f"]
        if (body.kind == "all") == (rail == "t"):
            return ["; ".join(self._one(part, rail) for part in body.parts) or "true"]
        return [way for part in body.parts for way in self.ways(part, rail)] or NEVER

    def _one(self, body: Expression, rail: str) -> str:
        """An expression's rail as one body: a rule of its own where it has alternatives."""
        ways = self.ways(body, rail)
        if len(ways) == 1:
            return ways[0]
        key = (body, rail)
        if key not in self._named:
            self._named[key] = f"n{len(self._named)}"
            self.rule(self._named[key], ways)
        return self._named[key]


def _atom(atom: Atom) -> tuple[Ways, Ways]:
    negated = atom.negated != (isinstance(atom.literal, Compare) and atom.literal.op == "<>")
    true, false = _plain(atom.literal)
    if is_claimed(atom.literal):
        if atom.reading == "W" or (atom.reading == "C" and negated):
            false = [_not(true)]
        elif atom.reading == "C":
            true = [_not(false)]
    return (false, true) if negated else (true, false)


def _not(ways: Ways) -> str:
    (way,) = ways
    assert ";" not in way, way
    return f"not {way}"


def _plain(literal: Literal) -> tuple[Ways, Ways]:
    if isinstance(literal, Holds):
        return [f"input.{host_name(literal.fact)} == true"], [f"input.{host_name(literal.fact)} == false"]
    if isinstance(literal, Has):
        inside = f"{json.dumps(literal.value)} in input.{host_name(literal.fact)}"
        return [inside], NEVER if is_claimed(literal) else [f"input.{host_name(literal.fact)}; not {inside}"]
    if isinstance(literal, KnownNone):
        return [f'input.{host_name(literal.fact)} == "{NONE}"'], [f'input.{host_name(literal.fact)} != "{NONE}"']
    if isinstance(literal, Within):
        fact = f"input.{host_name(literal.left.name)}"
        listed = f"{fact} in {{{', '.join(json.dumps(value) for value in literal.values)}}}"
        return [listed], [f"{fact}; not {listed}"]
    assert isinstance(literal, Compare), literal
    name, other = equal_terms(literal)
    fact = f"input.{host_name(name)}"
    if isinstance(other, str):
        return [f"{fact} == {json.dumps(other)}"], [f"{fact} != {json.dumps(other)}"]
    second = f"input.{host_name(other.name)}"
    return [f'{fact} == {second}; {fact} != "{NONE}"'], [
        f'{fact} == "{NONE}"',
        f'{second} == "{NONE}"',
        f"{fact} != {second}",
    ]


def source(plan: Plan) -> str:
    """The text of the module."""
    writer = _Writer()
    for name, body in plan.steps.items():
        for rail in "tf":
            writer.rule(f"{name}_{rail}", writer.ways(body, rail))
    for name in plan.results:
        writer.lines.append(f"v_{name} := 1 if {name}_t\nelse := -1 if {name}_f\nelse := 0")
    chain = [f'"{verdict}" if {"" if truth else "not "}{step}_{rail}' for verdict, step, rail, truth in VERDICT_RAILS]
    writer.lines.append("verdict := " + "\nelse := ".join([*chain, '"conditional"']))
    writer.lines.append(f"result := [verdict, [{', '.join(f'v_{name}' for name in plan.results)}]]")
    return "\n".join(writer.lines)


def make(plan: Plan) -> Peer:
    """The peer of a plan, its module compiled into a bundle once."""
    interpreter = regopy.Interpreter()
    interpreter.add_module("law.rego", source(plan))
    bundle = interpreter.build("data.law.result")

    def answer(facts: dict[str, object]) -> Any:
        interpreter.set_input({name: value for name, value in facts.items() if value is not None})
        return interpreter.query_bundle(bundle)

    def read(raw: Any) -> Outcome:
        verdict, values = json.loads(str(raw))["expressions"][0]
        return verdict, {key: _TRUTH[value] for key, value in zip(plan.results.values(), values, strict=True)}

    return Peer(answer, read)
