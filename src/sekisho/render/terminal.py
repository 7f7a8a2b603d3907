"""An answer as text for a terminal: folded to what decided, or whole.

Colour and weight only repeat what the words and marks say, so that the text reads the same without them.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping

from rich.console import Console, Group, RenderableType
from rich.markup import escape
from rich.padding import Padding
from rich.text import Text
from rich.tree import Tree

from sekisho.case import Case
from sekisho.corpus import Provision
from sekisho.decide import Decider
from sekisho.decision import Answer, Assumption, Decision, Reason, Step, Verdict
from sekisho.history import precedents_of
from sekisho.language import prose
from sekisho.language.nodes import LITERALS, And, Or, Reference
from sekisho.render import resting
from sekisho.render.data import alternatives
from sekisho.render.words import state_name, words_of

MARKS: Mapping[object, str] = {True: "✔", False: "✘", None: "?"}
STYLES: Mapping[Verdict, str] = {
    "prohibited": "bold red", "undetermined": "bold yellow", "conditional": "bold cyan", "permitted": "bold green",
    "outside": "bold",
}  # fmt: skip
_WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "prohibited": "PROHIBITED", "undetermined": "UNDETERMINED", "conditional": "CONDITIONAL", "permitted": "PERMITTED",
        "outside": "OUTSIDE", "relies": "Relies on", "outstanding": "Still to be obtained", "may": "may be needed",
        "or": "or", "missing": "Missing", "serves": "asked by", "assumed": "Taken from silence", "more": "more with --verbose",
        "notices": "Notices", "precedents": "Recorded cases", "lifted": "would be lifted by", "heads": "No head opens it",
        "bars": "Barred by", "all": "all of", "any": "any of", "reasons": "Every provision considered", "facts": "Facts",
        "governs": "Whom it governs", "advice": "Sekisho decides what the text decides. It is not legal advice.",
        "follows": "It follows whatever the answer to what is not known.", "turns on": "By what is not known it may be",
        "decided": "decided by", "not claimed": "not claimed", "not found": "not found", "not yet given": "not yet given",
        "not refused": "taken as not refused", "by default": "taken to be", "whose": "whose it is", "recorded": "recorded",
        "other": "Other ways", "needs": "needs",
    },
    "ja": {
        "prohibited": "不可", "undetermined": "未確定", "conditional": "条件付き可", "permitted": "可",
        "outside": "対象外", "relies": "根拠", "outstanding": "今後必要なもの", "may": "必要となる可能性",
        "or": "又は", "missing": "不足している事実", "serves": "問う規定",
        "assumed": "記載がないため前提としたもの", "more": "件は --verbose で表示",
        "notices": "注意", "precedents": "先例", "lifted": "解除し得るもの", "heads": "該当する類型なし",
        "bars": "禁止する規定", "all": "次のすべて", "any": "次のいずれか", "reasons": "検討した全規定", "facts": "事実",
        "governs": "適用対象", "advice": "本結果は条文の定めるところを示すものであり、法的助言ではない。",
        "follows": "未知の事実がどうであっても、この結論となる。", "turns on": "未知の事実により、次のいずれかとなる",
        "decided": "決定した制度", "not claimed": "主張なし", "not found": "認定なし", "not yet given": "未取得",
        "not refused": "拒否されていないものとする", "by default": "次のとおりとみなす", "whose": "主体", "recorded": "記録",
        "other": "他の類型", "needs": "要",
    },
}  # fmt: skip
SHORT = 8
"""Assumptions shown when folded, elements of one set together."""


class Terminal:
    """Renders answers in a language (`en` or `ja`), folded or whole."""

    def __init__(self, decider: Decider, language: str = "en", verbose: bool = False) -> None:
        self.decider, self.corpus, self.language, self.verbose = decider, decider.corpus, language, verbose
        self._word = _WORDS[language]

    def answer(self, answer: Answer, case: Case) -> RenderableType:
        """A whole answer: the headline, then each regime's decision."""
        parts: list[RenderableType] = [Text.assemble(self._verdict(answer.verdict), "  ", (self.headline(case), "bold"))]
        if len(answer.decisions) > 1:
            title = self._regime(answer.deciding)
            parts.append(Text(f"{self._word['decided']}: {title}", style="dim"))
        parts += [self.decision(decision) for decision in answer.decisions]
        return Group(*parts, Text(self._word["advice"], style="dim"))

    def headline(self, case: Case) -> str:
        """What a case is about, in one line: item, route, day."""
        item = self.corpus.catalogue.items.get(case.item)
        name = (
            (item.name_ja if self.language == "ja" and item.name_ja else item.name) if item else case.names.get("item.name", "")
        )
        route = " → ".join(
            self._party(case, party) for party in ("exporter", "recipient", "destination") if self._party(case, party)
        )
        parts = [part for part in (name or case.title, route, str(case.date)) if part]
        return f"{case.id}: {', '.join(parts)}" if case.id else ", ".join(parts)

    def _party(self, case: Case, party: str) -> str:
        if f"{party}.name" in case.names:
            return case.names[f"{party}.name"]
        code = case.facts.get(f"{party}.state")
        return state_name(self.corpus, str(code), self.language) if code is not None and code != "none" else ""

    def _verdict(self, verdict: Verdict) -> Text:
        return Text(self._word[verdict], style=STYLES[verdict])

    def _regime(self, decision: Decision) -> str:
        regime = self.corpus.regimes[decision.regime]
        return regime.title_ja if self.language == "ja" else regime.title

    def decision(self, decision: Decision) -> RenderableType:
        """One regime's decision."""
        tree = Tree(Text.assemble((f"{self._regime(decision)}: ", "bold"), self._verdict(decision.verdict)), guide_style="dim")
        self._exact(tree, decision)
        if decision.verdict == "outside":
            tree.add(escape(decision.summary))
            resting.add(tree, decision, self.language, self._word)
            return Padding(tree, (1, 0, 0, 0), expand=False)
        for add in (self._ground, self._outstanding, self._missing, self._assumed, self._notices, self._precedents):
            add(tree, decision)
        resting.add(tree, decision, self.language, self._word)
        if self.verbose:
            self._everything(tree, decision)
        return Padding(tree, (1, 0, 0, 0), expand=False)

    def _exact(self, tree: Tree, decision: Decision) -> None:
        """What the solver found over all completions of the case, if it was asked."""
        if decision.exact is not None:
            possible = [self._word[verdict] for verdict in decision.exact.possible]
            if len(possible) == 1:
                tree.add(Text(self._word["follows"], style="italic"))
            else:
                tree.add(Text(f"{self._word['turns on']}: {', '.join(possible)}", style="italic"))

    def _title(self, provision: Provision) -> Text:
        title = provision.title_ja if self.language == "ja" and provision.title_ja else provision.title
        return Text.assemble((title, "bold"), "  ", (provision.id, "dim"))

    def _ground(self, tree: Tree, decision: Decision) -> None:
        """What the verdict rests on: the bars, the head relied on, or that no head opens."""
        reasons = {reason.provision: reason for reason in decision.reasons}
        if decision.barring:
            branch = tree.add(self._word["bars"])
            for name in decision.barring:
                node = self._reason(branch, reasons[name], decision)
                assert decision.law is not None
                for lift in decision.law.lifts_of[name]:
                    lifting = node.add(Text.assemble((f"{self._word['lifted']}: ", "italic"), self._title(lift)))
                    self._reason_steps(lifting, reasons[lift.id], decision)
        elif decision.verdict == "prohibited" and decision.opened is False:
            self._closed(tree, decision)
        elif decision.head is not None and decision.verdict in ("conditional", "permitted"):
            self._reason(tree.add(self._word["relies"]), reasons[decision.head], decision)
            others = [way for way in decision.ways if way.provision != decision.head]
            if others:
                branch = tree.add(self._word["other"])
                for way in others:
                    branch.add(self._title(self.corpus.provisions[way.provision]))
        elif decision.ways:
            branch = tree.add(self._word["relies"])
            for way in decision.ways:
                self._reason(branch, reasons[way.provision], decision)

    def _closed(self, tree: Tree, decision: Decision) -> None:
        """Every head with the first thing in it that fails."""
        assert decision.law is not None
        branch = tree.add(self._word["heads"])
        reasons = {reason.provision: reason for reason in decision.reasons}
        words = words_of(self.corpus, decision.law)
        for head in decision.law.heads:
            reason = reasons[head.id]
            failing = next(reason.when.refuting(), None) if reason.when is not None else None
            node = branch.add(self._title(head))
            if failing is not None:
                node.add(Text(f"{MARKS[False]} {prose.clause(failing.node, words, self.language)}"))

    def _reason(self, branch: Tree, reason: Reason, decision: Decision) -> Tree:
        provision = self.corpus.provisions[reason.provision]
        node = branch.add(self._title(provision))
        if provision.prose and (self.verbose or self.language == "en"):
            node.add(Text(provision.prose if self.verbose else _first_sentence(provision.prose), style="italic"))
        self._reason_steps(node, reason, decision)
        if self.verbose:
            for source in provision.sources:
                node.add(Text(source, style="dim"))
        return node

    def _reason_steps(self, node: Tree, reason: Reason, decision: Decision) -> None:
        for step in (reason.when, reason.met_by):
            if step is not None:
                self._step(node, step, decision)

    def _step(self, branch: Tree, step: Step, decision: Decision) -> None:
        assert decision.law is not None
        words = words_of(self.corpus, decision.law)
        mark = MARKS[step.value]
        if isinstance(step.node, And | Or) and step.steps:
            node = branch.add(Text(f"{mark} {self._word['all' if isinstance(step.node, And) else 'any']}:"))
            for part in step.steps:
                self._step(node, part, decision)
            return
        text = Text(f"{mark} {prose.clause(step.node, words, self.language)}")
        if isinstance(step.node, LITERALS):
            text.append(f"  [{self._values(step, decision)}]", style="dim")
        node = branch.add(text)
        if isinstance(step.node, Reference) or (step.steps and not isinstance(step.node, LITERALS)):
            for part in step.steps:
                self._step(node, part, decision)

    def _values(self, step: Step, decision: Decision) -> str:
        parts = []
        for name, value in step.facts.items():
            known = decision.completed.known(name)
            shown = "?" if value is None else _plain(value)
            parts.append(f"{name}: {shown}" + (f", {known.by}" if known is not None and known.by != "stated" else ""))
        return "; ".join(parts)

    def _outstanding(self, tree: Tree, decision: Decision) -> None:
        if not decision.outstanding:
            return
        assert decision.law is not None
        words = words_of(self.corpus, decision.law)
        branch = tree.add(self._word["outstanding"])
        for entry in decision.outstanding:
            provision = self.corpus.provisions[entry.requirement]
            what = provision.title_ja if self.language == "ja" else provision.label
            by = provision.by_ja if self.language == "ja" else provision.by
            may = f" ({self._word['may']})" if entry.may else ""
            node = branch.add(Text.assemble(f"☐ {what}{may}", (f"  {by}", "cyan"), (f"  {entry.requirement}", "dim")))
            choices = alternatives(provision.met)
            if len(choices) > 1:
                for choice in choices:
                    node.add(Text(f"{self._word['or']}: {prose.clause(choice, words, self.language)}"))

    def _missing(self, tree: Tree, decision: Decision) -> None:
        if not decision.questions:
            return
        branch = tree.add(self._word["missing"])
        for question in decision.questions:
            node = branch.add(Text.assemble(f"? {question.question.in_(self.language)}", (f"  {question.fact}", "dim")))
            for name in question.serves[: None if self.verbose else 3]:
                node.add(Text.assemble(f"{self._word['serves']} ", self._title(self.corpus.provisions[name])))

    def _assumed(self, tree: Tree, decision: Decision) -> None:
        if not decision.assumed:
            return
        branch = tree.add(self._word["assumed"])
        grouped: dict[str, list[Assumption]] = {}
        for entry in self._nearest(decision):
            grouped.setdefault(entry.name.partition(":")[0], []).append(entry)
        shown = list(grouped.values())[: None if self.verbose else SHORT]
        for entries in shown:
            branch.add(self._assumption(entries, decision))
        if len(shown) < len(grouped):
            branch.add(Text(f"… {len(grouped) - len(shown)} {self._word['more']}", style="dim"))

    def _nearest(self, decision: Decision) -> list[Assumption]:
        """The assumptions, first those most worth seeing.

        Of a bar: what its lifts read. Where no head opens: what heads read. Of an open transfer: what would bar it.
        """
        assert decision.law is not None
        if decision.barring:
            near: tuple[Provision, ...] = tuple(lift for name in decision.barring for lift in decision.law.lifts_of[name])
        else:
            near = decision.law.heads if decision.verdict == "prohibited" else decision.law.prohibitions
        reading = {name for provision in near for name in decision.facts_read(provision)}
        return sorted(decision.assumed, key=lambda entry: (entry.name.partition(":")[0] not in reading, not entry.heard))

    def _assumption(self, entries: list[Assumption], decision: Decision) -> Text:
        assert decision.law is not None
        first = entries[0]
        name, _, element = first.name.partition(":")
        fact = self.corpus.vocabulary.facts[name]
        label, how = fact.label.in_(self.language), self._word[first.how]
        whose = f" ({fact.whose.in_(self.language)})" if fact.whose is not None else ""
        if element:
            values = [fact.values[entry.name.partition(":")[2]].in_(self.language) for entry in entries]
            label += ": " + "; ".join(values)
        elif first.how == "by default":
            how += " " + prose.value_text(fact, first.value, words_of(self.corpus, decision.law), self.language)
        return Text.assemble(f"· {label}: {how}{whose}", (f"  {name}", "dim"))

    def _notices(self, tree: Tree, decision: Decision) -> None:
        if decision.notices:
            branch = tree.add(self._word["notices"])
            for notice in decision.notices:
                branch.add(Text.assemble(f"! {notice.text}", (f"  {notice.provision}", "dim")))

    def _precedents(self, tree: Tree, decision: Decision) -> None:
        found = precedents_of(self.decider, decision)
        if found:
            branch = tree.add(self._word["precedents"])
            for entry in found:
                branch.add(Text(f"{entry.date} {entry.title}: {self._word['recorded']} {entry.recorded}  [{entry.id}]"))

    def _everything(self, tree: Tree, decision: Decision) -> None:
        if decision.governs is not None:
            self._step(tree.add(self._word["governs"]), decision.governs, decision)
        branch = tree.add(self._word["reasons"])
        for reason in decision.reasons:
            self._reason(branch, reason, decision)


def _first_sentence(text: str) -> str:
    """The first sentence of a paraphrase: enough to know it again."""
    return re.split(r"(?<=[.!?])\s+(?=[A-Z])", text.split("\n\n", maxsplit=1)[0], maxsplit=1)[0]


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "[" + ", ".join(sorted(value)) + "]" if isinstance(value, frozenset) else str(value)


PIPE_WIDTH = 160
"""Columns where the output is no terminal, which has a width of its own."""


def console(stderr: bool = False) -> Console:
    """A console on standard output or standard error; colour only where a terminal takes it and NO_COLOR is not set."""
    stream = sys.stderr if stderr else sys.stdout
    width = None if stream.isatty() or "COLUMNS" in os.environ else PIPE_WIDTH
    return Console(stderr=stderr, highlight=False, width=width)
