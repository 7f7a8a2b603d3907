"""Minimal classes: a complete and irredundant list of conjunctions of literals that cover what a formula describes.

The list is found case by case. The solver gives a case that no class covers yet; its literals imply the target, given what is
given; the fewest of them that still do, those of the provision at work kept before others (QuickXplain), are the next class.
When the solver finds no further case the list is complete, and that is the proof.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sekisho.corpus import LawInForce
from sekisho.language.nodes import (
    FALSE,
    LITERALS,
    And,
    Compare,
    FactTerm,
    Literal,
    Node,
    Not,
    Or,
    Reference,
    facts_of,
    walk,
)
from sekisho.language.smt import Formula, Solver, all_of, deny, holds_in
from sekisho.prove.terms import LawTerms


class Signed(NamedTuple):
    """A literal, or a definition of the law by name, as it is or denied."""

    node: Literal | Reference
    denied: bool = False

    def to_node(self) -> Node:
        """The condition it stands for."""
        if not self.denied:
            return self.node
        if isinstance(self.node, Compare) and self.node.op == "=":
            return Compare(self.node.left, "<>", self.node.right)
        return Not(self.node)


@dataclass(frozen=True)
class Subject:
    """What classes are wanted of: the cases of `described`, each implying `target` where `given` holds."""

    described: Formula
    given: Formula
    target: Formula


class Atoms:
    """The literals that laws are written in, each once and without its negation, in the order of the law files.

    A definition counts as one literal where it says the same in every law in which it is in force.
    """

    def __init__(self, laws: Sequence[LawTerms]) -> None:
        self.laws = list(laws)
        self.terms: dict[Literal | Reference, Formula] = {}
        self._shared = _shared([terms.law for terms in laws])
        for terms in self.laws:
            self._enter(terms, terms.law.regime.governs)
            for provision in terms.law.provisions:
                for node in (provision.when, provision.met):
                    if node is not None:
                        self._enter(terms, node)

    def of(self, terms: LawTerms, nodes: Iterable[Node | None]) -> list[Literal | Reference]:
        """The literals that some conditions of a law are written in, definitions first, then what they say."""
        found: dict[Literal | Reference, None] = {}
        for node in nodes:
            for part in _parts(terms.law, node) if node is not None else ():
                plain = _plain(part)
                if plain in self.terms:
                    found[plain] = None
        return list(found)

    def _enter(self, terms: LawTerms, node: Node) -> None:
        stated = terms.facts.stated or frozenset()
        for part in _parts(terms.law, node):
            plain = _plain(part)
            if plain in self.terms:
                continue
            if isinstance(part, Reference):
                if part.name in self._shared:
                    self.terms[plain] = terms.condition(part).yes
            elif all(name in stated for name in facts_of(part)):
                self.terms[plain] = terms.condition(plain).yes


def _parts(law: LawInForce, node: Node) -> Iterable[Literal | Reference]:
    """The definitions and literals of a condition, in the order of the text, a definition before what it says."""
    for part in walk(node):
        if isinstance(part, Reference):
            yield part
            body = law.definitions[part.name].when
            if body is not None:
                yield from _parts(law, body)
        elif isinstance(part, LITERALS):
            yield part


def _plain(part: Literal | Reference) -> Literal | Reference:
    """A literal without its negation; of two facts compared, one order."""
    if isinstance(part, Compare) and part.op in ("=", "<>"):
        left, right = part.left, part.right
        if not isinstance(left, FactTerm) or (isinstance(right, FactTerm) and right.name < left.name):
            left, right = right, left
        return Compare(left, "=", right)
    return part


def _shared(laws: Sequence[LawInForce]) -> frozenset[str]:
    """The definitions that say the same in every one of some laws in which they are in force."""
    said: dict[str, set[str]] = {}
    for law in laws:
        for name in law.definitions:
            said.setdefault(name, set()).add(written_out(law, Reference(name)))
    return frozenset(name for name, texts in said.items() if len(texts) == 1)


def written_out(law: LawInForce, node: Node) -> str:
    """A condition as text with every definition written out: two conditions with the same text say the same."""
    return repr(_expanded(law, node))


def _expanded(law: LawInForce, node: Node) -> Node:
    if isinstance(node, Reference):
        return _expanded(law, law.definitions[node.name].when or FALSE)
    if isinstance(node, Not):
        return Not(_expanded(law, node.part))
    return type(node)(tuple(_expanded(law, part) for part in node.parts)) if isinstance(node, And | Or) else node


Class = tuple[Signed, ...]


class Finder:
    """Finds classes with one solver, which must already hold what is true of every case."""

    def __init__(self, solver: Solver, atoms: Atoms) -> None:
        self.solver, self.atoms = solver, atoms
        names = {atom: solver.name(term) for atom, term in atoms.terms.items()}
        self._assumed = {Signed(atom, no): deny(name) if no else name for atom, name in names.items() for no in (False, True)}

    def term(self, found: Class) -> Formula:
        """A class as a formula."""
        return all_of(deny(self.atoms.terms[s.node]) if s.denied else self.atoms.terms[s.node] for s in found)

    def classes(self, subject: Subject, causes: Sequence[tuple[Formula, Sequence[Literal | Reference]]]) -> list[Class]:
        """The classes of a subject: complete, each minimal, none that could be left out.

        `causes` are looked for in their order: formulas, each with the literals to keep before others. Raises `ProofTimeout`.
        """
        solver = self.solver
        described, given, missed = (
            solver.name(formula) for formula in (subject.described, subject.given, deny(subject.target))
        )
        found: list[Class] = []
        open_cases = [described]
        for cause, preferred in (*causes, (True, ())):
            order = list(dict.fromkeys([*preferred, *self.atoms.terms]))
            place, begin = {atom: n for n, atom in enumerate(order)}, len(found)
            while solver.check(*open_cases, solver.name(cause)):
                model = solver.model()
                literals = [Signed(atom, not holds_in(model, self.atoms.terms[atom])) for atom in order]
                found.append(self._least([given, missed], literals, len(preferred)))
                open_cases.append(solver.name(deny(self.term(found[-1]))))
            found[begin:] = sorted(found[begin:], key=lambda entry: [(place[s.node], s.denied) for s in entry])
        return self._needed(described, found)

    def _least(self, background: list[Formula], literals: list[Signed], first: int) -> Class:
        """The fewest literals that cannot hold beside the background, earlier ones kept before later ones.

        Where the `first` of them suffice the others need not be looked at: that is what keeping earlier ones comes to.
        """
        if self._fails(background, ()):
            return ()
        enough = literals[:first] if first and self._fails(background, literals[:first]) else literals
        return tuple(self._explained(background, [], enough, False))

    def _fails(self, background: Sequence[Formula], literals: Iterable[Signed]) -> bool:
        return not self.solver.check(*background, *(self._assumed[signed] for signed in literals))

    def _explained(self, background: list[Formula], held: list[Signed], open_: list[Signed], news: bool) -> list[Signed]:
        if news and self._fails(background, held):
            return []
        if len(open_) == 1:
            return open_
        middle = len(open_) // 2
        first, second = open_[:middle], open_[middle:]
        later = self._explained(background, held + first, second, True)
        earlier = self._explained(background, held + later, first, bool(later))
        return earlier + later

    def _needed(self, described: Formula, found: list[Class]) -> list[Class]:
        """Classes without those whose every case is in another."""
        kept = list(found)
        for entry in reversed(found):
            others = [self.solver.name(deny(self.term(other))) for other in kept if other is not entry]
            if not self.solver.check(described, self.solver.name(self.term(entry)), *others):
                kept.remove(entry)
        return kept


def conjunction(found: Class) -> Node:
    """A class as one condition."""
    nodes = tuple(signed.to_node() for signed in found)
    return nodes[0] if len(nodes) == 1 else And(nodes)
