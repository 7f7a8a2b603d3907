"""An answer in sentences, in English and Japanese: the verdict, what a case is about, and days as each language writes them.

The English verdict is the decision's own summary. The Japanese is made of the law's Japanese titles and labels.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence

from sekisho.case import Case
from sekisho.corpus import Corpus
from sekisho.decision import Answer, Decision, Verdict
from sekisho.language.wording import MONTHS
from sekisho.render.words import state_name

VERDICTS_JA: Mapping[Verdict, str] = {
    "prohibited": "不可", "undetermined": "未確定", "conditional": "条件付き可", "permitted": "可", "outside": "対象外",
}  # fmt: skip


def day(moment: dt.date, language: str) -> str:
    """A day in words.

    >>> day(dt.date(2023, 12, 22), "en"), day(dt.date(2023, 12, 22), "ja")
    ('22 December 2023', '2023年12月22日')
    """
    if language == "ja":
        return f"{moment.year}年{moment.month}月{moment.day}日"
    return f"{moment.day} {MONTHS[moment.month - 1]} {moment.year}"


def item_name(corpus: Corpus, case: Case, language: str) -> str:
    """What the item of a case is called; empty where the case does not say."""
    item = corpus.catalogue.items.get(case.item)
    if item is None:
        return case.names.get("item.name", "")
    return (item.name_ja if language == "ja" else "") or item.name


def party_name(corpus: Corpus, case: Case, party: str, language: str) -> str:
    """What a party of a case is called: its name, or its state's; empty where the case does not say."""
    named = case.names.get(f"{party}.name")
    if named:
        body = corpus.world.bodies.get(named.casefold())
        return body["name_ja"] if body is not None and language == "ja" else named
    code = case.facts.get(f"{party}.state")
    return state_name(corpus, str(code), language) if code is not None and code != "none" else ""


def headline(corpus: Corpus, case: Case, language: str) -> str:
    """What a case is about: its item, its route and its day. What this gives can be typed again."""
    named = [party_name(corpus, case, party, language) for party in ("exporter", "recipient", "destination")]
    parts = [item_name(corpus, case, language), " → ".join(name for name in named if name), day(case.date, language)]
    return ("、" if language == "ja" else ", ").join(part for part in parts if part)


def summary(decision: Decision, language: str) -> str:
    """The decision of one regime in one sentence."""
    if language != "ja":
        return decision.summary
    word = VERDICTS_JA[decision.verdict]
    if decision.exact is not None and decision.exact.kleene != decision.verdict:
        return f"{word}。未知の事実がどうであっても、この結論となる。"
    return f"{word}。{_JA[decision.verdict](decision)}"


def answer_summary(answer: Answer, language: str) -> str:
    """The answer in one sentence, with the regime that decided and any it is outside of."""
    if language != "ja":
        return answer.summary
    decided = answer.deciding
    regimes = decided.corpus.regimes
    outside = [regimes[d.regime].title_ja for d in answer.decisions if d.verdict == "outside" and d is not decided]
    said = summary(decided, language)
    if len(answer.decisions) > 1:
        said = f"{said.removesuffix('。')}(決定した制度:{regimes[decided.regime].title_ja})。"
    return f"{said}次の制度の対象外である:{_quoted(outside)}。" if outside else said


def _quoted(titles: Sequence[str]) -> str:
    return "、".join(f"「{title}」" for title in titles)


def _titles(decision: Decision, names: Sequence[str]) -> str:
    return _quoted([decision.corpus.provisions[name].title_ja for name in names])


def _prohibited(decision: Decision) -> str:
    if decision.barring:
        return f"{_titles(decision, decision.barring)}により認められない。"
    if decision.opened is False:
        return "該当する類型がなく、移転は認められない。"
    refused = [p.id for p in decision.law.untied] if decision.law is not None else []
    return f"必要とされるもの({_titles(decision, refused)})が拒否されている。"


def _conditional(decision: Decision) -> str:
    by = f"{_titles(decision, [decision.head])}に該当する。" if decision.head else ""
    left = [
        decision.corpus.provisions[entry.requirement].title_ja + ("(必要となる可能性)" if entry.may else "")
        for entry in decision.outstanding
    ]
    return f"{by}今後必要なもの:{'、'.join(left)}。"


def _permitted(decision: Decision) -> str:
    if decision.head is not None:
        return f"{_titles(decision, [decision.head])}に該当し、必要なものは備わっている。"
    return "適用される規定に禁ずるものはなく、必要なものは備わっている。"


def _undetermined(decision: Decision) -> str:
    asked = [question.question.ja for question in decision.questions]
    return "次の点による。" + "".join(asked) if asked else "何人も確実には示し得ない事実による。"


def _outside(decision: Decision) -> str:
    if decision.law is None:
        return f"この制度は{day(decision.corpus.regimes[decision.regime].first_day, 'ja')}に始まる。"
    return "この制度は、この移転に適用されない。"


_JA: Mapping[Verdict, Callable[[Decision], str]] = {
    "prohibited": _prohibited, "conditional": _conditional, "permitted": _permitted, "undetermined": _undetermined,
    "outside": _outside,
}  # fmt: skip
