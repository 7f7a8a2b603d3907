"""Peer for sweeps: OpenFisca-core. A tax-benefit system for each stretch of law, and rows grouped by it, whole arrays at once.

OpenFisca has no missing values, so a truth is a number, 0 for FALSE, 1 for NULL, 2 for TRUE: AND is the minimum, OR the
maximum, NOT 2 less it. A variable is a step of the plan that is asked for or read twice; others are written out where they
are read. `narrow` has variables hold bytes instead of OpenFisca's 32-bit integers, which its interface does not offer.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from openfisca_core.entities import build_entity
from openfisca_core.periods import DateUnit, period
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

from benchmarks.facts import facts_read, host_name, is_claimed
from benchmarks.plan import Atom, Expression, Plan, Ref, references
from benchmarks.rails import equal_terms
from sekisho.language.expression import NONE, Compare, Has, Holds, KnownNone, Literal, Within

Code = Callable[[str, Any], int]
"""The code of a value of a fact: 0 is what is not known; a set's element is a bit."""
VERDICTS = ("outside", "prohibited", "undetermined", "conditional", "permitted")
WANTED = ("when", "bars", "opens")
_DAY = period("2024-04-01")
_READ = re.compile(r"row\[(\w+)\]")
_VERDICT = (
    "select([row[governs] == 0, row[governs] == 1, row[allowed] == 0, row[allowed] == 1, row[settled] == 2], "
    "[int8(0), int8(2), int8(1), int8(2), int8(4)], int8(3))"
)


class Stretch:
    """The law of a stretch of days in OpenFisca: codes of facts in, verdict and truths of provisions out."""

    def __init__(
        self, plan: Plan, requirements: Mapping[str, str], code: Code, largest: Mapping[str, int], narrow: bool
    ) -> None:  # fmt: skip
        self.plan, self._code, self._narrow = plan, code, narrow
        self.facts = facts_read(plan)
        self.wanted = {key: name for name, key in plan.results.items() if key[1] in WANTED}
        self.wanted |= {(name, "done"): step for name, step in requirements.items()}
        reads = Counter(ref.name for body in plan.steps.values() for ref in references(body))
        self._kept = {*self.wanted.values(), "governs", "allowed", "settled"} | {name for name, n in reads.items() if n > 1}
        entity = build_entity(key="row", plural="rows", label="A row", is_person=True)
        self.system = TaxBenefitSystem([entity])
        for name in self.facts:
            self._variable(entity, host_name(name), np.min_scalar_type(-largest[name] - 1))
        for name in plan.steps:
            if name in self._kept:
                self._variable(entity, name, np.int8, self._formula(self._text(plan.steps[name])))
        self._variable(entity, "verdict", np.int8, self._formula(_VERDICT))

    def _variable(self, entity: Any, name: str, dtype: Any, formula: Any = None) -> None:
        said = {"value_type": int, "entity": entity, "definition_period": DateUnit.DAY, "label": name}
        made = self.system.add_variable(type(name, (Variable,), said | ({"formula": formula} if formula else {})))
        if self._narrow:
            made.dtype = np.dtype(dtype)

    def answers(self, count: int, given: Mapping[str, Any]) -> tuple[Any, dict[tuple[str, str], Any]]:
        """The numbers of the verdicts of some rows, and the truth of each provision's aspects, from codes of facts."""
        simulation = SimulationBuilder().build_default_simulation(self.system, count)
        for name in self.facts:
            simulation.set_input(host_name(name), _DAY, given[name])
        verdict = simulation.calculate("verdict", _DAY)
        return verdict, {key: simulation.calculate(name, _DAY) for key, name in self.wanted.items()}

    # ---- formulas as Python ------------------------------------------------------------------------------------------

    @staticmethod
    def _formula(text: str) -> Any:
        """A formula; a variable that its text reads more than once is asked for once."""
        lines, body = [], text
        for name in dict.fromkeys(_READ.findall(text)):
            lines.append(f"    {name} = row({name!r}, period)")
            body = body.replace(f"row[{name}]", name)
        scope: dict[str, Any] = {"minimum": np.minimum, "maximum": np.maximum, "select": np.select, "isin": np.isin}
        scope |= {"full": np.full, "int8": np.int8}
        exec("\n".join(["def formula(row, period):", *lines, f"    return {body}", ""]), scope)
        return scope["formula"]

    def _text(self, body: Expression) -> str:
        if isinstance(body, Ref):
            inner = f"row[{body.name}]" if body.name in self._kept else self._text(self.plan.steps[body.name])
            return f"(2 - {inner})" if body.negated else inner
        if isinstance(body, Atom):
            return self._atom(body)
        parts = [self._text(part) for part in body.parts]
        if not parts:
            return f"full(row.count, {2 if body.kind == 'all' else 0}, int8)"
        return self._joined("minimum" if body.kind == "all" else "maximum", parts)

    @staticmethod
    def _joined(function: str, parts: Sequence[str]) -> str:
        text = parts[0]
        for part in parts[1:]:
            text = f"{function}({text}, {part})"
        return text

    def _atom(self, atom: Atom) -> str:
        negated = atom.negated != (isinstance(atom.literal, Compare) and atom.literal.op == "<>")
        text = self._plain(atom.literal)
        if negated:
            text = f"(2 - {text})"
        if is_claimed(atom.literal):
            if atom.reading == "W":  # silence is FALSE, and its negation TRUE
                return f"(({text} > 0) * int8(2))" if negated else f"(({text} == 2) * int8(2))"
            if atom.reading == "C":
                return f"(({text} > 0) * int8(2))"
        return text

    def _plain(self, literal: Literal) -> str:
        """A literal where all silence is NULL."""
        if isinstance(literal, Holds):
            return self._fact(literal.fact)
        if isinstance(literal, Has):
            fact, bit = self._fact(literal.fact), self._code(literal.fact, literal.value)
            inside = f"((({fact} & {bit}) != 0) * int8(2))"
            if is_claimed(literal):  # claimed element by element: one not listed is unstated
                return f"maximum({inside}, int8(1))"
            return f"maximum({inside}, {fact} == 0)"
        if isinstance(literal, KnownNone):
            fact = self._fact(literal.fact)
            return self._test(f"{fact} == {self._code(literal.fact, NONE)}", f"{fact} == 0")
        if isinstance(literal, Within):
            fact = self._fact(literal.left.name)
            codes = [self._code(literal.left.name, value) for value in literal.values]
            return self._test(" | ".join(f"({fact} == {code})" for code in codes), f"{fact} == 0")
        assert isinstance(literal, Compare), literal
        name, other = equal_terms(literal)
        fact = self._fact(name)
        if isinstance(other, str):
            return self._test(f"{fact} == {self._code(name, other)}", f"{fact} == 0")
        second, none = self._fact(other.name), self._code(name, NONE)
        same = f"({fact} == {second}) & ({fact} > 0) & ({fact} != {none})"
        unknown = f"(({fact} == 0) & ({second} != {none})) | (({second} == 0) & ({fact} != {none}))"
        return self._test(same, unknown)

    @staticmethod
    def _test(true: str, unknown: str) -> str:
        return f"maximum(({true}) * int8(2), {unknown})"

    @staticmethod
    def _fact(name: str) -> str:
        return f"row[{host_name(name)}]"
