"""What a verdict rests on, as text for a terminal and as data: one rendering of `decision.Rests`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from rich.text import Text
from rich.tree import Tree

from sekisho.corpus import Bilingual, Corpus, Fact
from sekisho.decision import STRICTEST, Change, Decision, Law, Rests
from sekisho.language import prose
from sekisho.language.nodes import And, Has, Holds, Node, Not
from sekisho.render.words import words_of
from sekisho.text import NEVER

_WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "verify": "The answer rests on these: verify them", "besides": "and on these, looked up or granted",
        "idle": "Known, and does not matter at all", "turns": "What could turn it",
        "none": "Nothing that an authority, an assurance or an agreement can do, up to {} acts together",
        "laws": "Under the law of another day, in the world of this one", "by": "by", "granted": "granted", "and": " and ",
        "needed": "whatever else", "since": "since {}", "until": "until {}", "between": "from {} until {}",
    },
    "ja": {
        "verify": "結論は次の事実による。確認すること", "besides": "及び、照会又は付与された次の事実による",
        "idle": "既知であるが結論に影響しない事実", "turns": "結論を変え得るもの",
        "none": "当局の行為、保証又は協定であって結論を変えるものはない({}件の組合せまで)",
        "laws": "他の日の法による場合(事実は当日のもの)", "by": "主体", "granted": "付与", "and": "、かつ",
        "needed": "必須", "since": "{}以降", "until": "{}まで", "between": "{}から{}まで",
    },
}  # fmt: skip


def verify(corpus: Corpus, rests: Rests) -> tuple[str, ...]:
    """The facts that matter and are as they are described or claimed."""
    return tuple(name for name in rests.matter if _fact(corpus, name).kind in ("described", "claim"))


def _fact(corpus: Corpus, name: str) -> Fact:
    return corpus.vocabulary.facts[name.partition(":")[0]]


def whose(corpus: Corpus, change: Change) -> tuple[Bilingual, ...]:
    """Whose acts a change needs, each once."""
    found = [_fact(corpus, name).whose for name in change.facts]
    return tuple(dict.fromkeys(entry for entry in found if entry is not None))


def said(decision: Decision, change: Change, language: str) -> str:
    """What a change makes true or false, as a clause."""
    assert decision.law is not None
    nodes: list[Node] = []
    for name, value in change.facts.items():
        fact, _, element = name.partition(":")
        node: Node = Has(fact, element) if element else Holds(fact)
        nodes.append(node if value else Not(node))
    return prose.clause(And(tuple(nodes)), words_of(decision.corpus, decision.law), language)


def in_order(rests: Rests) -> list[Change]:
    """The changes, the smallest first, and of one size those that make the verdict milder first."""
    acts = {id(change): place for place, change in enumerate(rests.changes)}
    return sorted(rests.changes, key=lambda c: (c.acts, -STRICTEST.index(c.verdict), acts[id(c)]))


def data(decision: Decision) -> dict[str, Any] | None:
    """The shape Rests of docs/decide-json.md; None where it was not asked."""
    rests, corpus = decision.rests, decision.corpus
    if rests is None:
        return None
    note = corpus.vocabulary.misdescription
    return {
        "verify": list(verify(corpus, rests)),
        "note": {"en": note.en, "ja": note.ja} if note is not None else None,
        "matter": list(rests.matter),
        "idle": list(rests.idle),
        "needed": list(rests.needed),
        "either": [{"facts": list(pair)} for pair in rests.either],
        "reasons": [{"facts": list(reason)} for reason in rests.reasons],
        "all_reasons": rests.all_reasons,
        "reasons_bound": rests.reasons_bound,
        "changes": [
            {
                "facts": dict(change.facts), "acts": change.acts, "verdict": change.verdict,
                "text": {language: said(decision, change, language) for language in ("en", "ja")},
                "whose": [{"en": entry.en, "ja": entry.ja} for entry in whose(corpus, change)],
            }
            for change in in_order(rests)
        ],
        "changes_bound": rests.changes_bound,
        "laws": [{"in_force": str(law.in_force), "verdict": law.verdict} for law in rests.laws],
    }  # fmt: skip


def add(tree: Tree, decision: Decision, language: str, verdicts: Mapping[str, str]) -> None:
    """Put what a decision rests on under a tree, if it was asked; `verdicts` has their words."""
    rests, word = decision.rests, _WORDS[language]
    if rests is None:
        return
    corpus = decision.corpus
    described = verify(corpus, rests)
    if described:
        branch = tree.add(word["verify"])
        _list(branch, decision, described, language)
        if corpus.vocabulary.misdescription is not None:
            branch.add(Text(corpus.vocabulary.misdescription.in_(language), style="italic"))
    others = [name for name in rests.matter if name not in described]
    if others:
        _list(tree.add(word["besides"]), decision, others, language)
    if rests.idle:
        tree.add(Text.assemble(f"{word['idle']}: ", (", ".join(rests.idle), "dim")))
    if decision.law is not None:
        branch = tree.add(word["turns"] if rests.changes else word["none"].format(rests.changes_bound))
        for change in in_order(rests):
            by = "; ".join(entry.in_(language) for entry in whose(corpus, change))
            text = said(decision, change, language)
            branch.add(Text.assemble(f"→ {verdicts[change.verdict]}: {text}", (f"  {by}", "cyan")))
    elsewhere = [f"{verdicts[law.verdict]} {_when(law, rests, word)}" for law in _others(decision, rests)]
    if elsewhere:
        branch = tree.add(word["laws"])
        for line in elsewhere:
            branch.add(Text(f"→ {line}"))


def _list(branch: Tree, decision: Decision, names: Iterable[str], language: str) -> None:
    assert decision.rests is not None
    words = _WORDS[language]
    for name in names:
        fact, element = _fact(decision.corpus, name), name.partition(":")[2]
        label = fact.label.in_(language) + (f": {fact.values[element].in_(language)}" if element else "")
        known = decision.completed.known(fact.name)
        value = "" if element or known is None else f": {_shown(decision, fact, known.value, language)}"
        by = f", {known.by}" if known is not None and known.by != "stated" else ""
        needed = f" ({words['needed']})" if name in decision.rests.needed else ""
        branch.add(Text.assemble(f"· {label}{value}{by}{needed}", (f"  {name}", "dim")))


def _shown(decision: Decision, fact: Fact, value: Any, language: str) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, frozenset):
        return "[" + ", ".join(sorted(value)) + "]"
    assert decision.law is not None
    return prose.value_text(fact, value, words_of(decision.corpus, decision.law), language)


def _others(decision: Decision, rests: Rests) -> Iterator[Law]:
    return (law for law in rests.laws if law.verdict != decision.verdict)


def _when(law: Law, rests: Rests, word: Mapping[str, str]) -> str:
    begin, end = law.in_force.begin, law.in_force.end
    if end == NEVER:
        return word["since"].format(begin)
    if law is rests.laws[0]:
        return word["until"].format(end)
    return word["between"].format(begin, end)
