"""Decide: a transfer in one line or in a form, and what the law of its day says of it. Every state is an address."""

from __future__ import annotations

import bisect
import datetime as dt
import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

import msgspec
from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from sekisho.ask import Interview
from sekisho.ask.interview import DEFAULTS
from sekisho.case import Case
from sekisho.corpus import Corpus
from sekisho.decide import Decider
from sekisho.decision import Answer
from sekisho.desk.api.common import engine
from sekisho.desk.busy import Proofs
from sekisho.desk.line import LONGEST, Flaw, read_line
from sekisho.desk.pages import decide_form as form
from sekisho.desk.pages.common import in_language, page
from sekisho.desk.pages.decide_opening import openings
from sekisho.desk.pages.decide_view import Viewer, over_days
from sekisho.desk.pages.decide_words import GLOSSARY
from sekisho.desk.pages.language import N_, language_of
from sekisho.desk.pages.mistakes import Said, line_flaws, said
from sekisho.desk.pages.repeated import repeated
from sekisho.desk.problems import DeskError
from sekisho.errors import Mistake, ProofTimeout, SekishoError
from sekisho.history import recorded_cases
from sekisho.prove.exact import exactly
from sekisho.prove.rests import with_rests
from sekisho.receipt import Options
from sekisho.render import resting, spoken
from sekisho.render.data import case_data
from sekisho.render.words import state_name

router = APIRouter()
EXAMPLES = 6
OUTCOMES = {
    "permitted": N_("permitted"), "permitted-by-exception": N_("permitted by exception"),
    "consent-granted": N_("consent granted"), "prohibited": N_("prohibited"), "consent-refused": N_("consent refused"),
    "not-permitted-then-later-permitted": N_("not permitted then, permitted later"), "outside": N_("outside"),
    "pending": N_("pending"),
}  # fmt: skip
"""The words for recorded outcomes."""
SHORT = 8
"""Silences shown before the rest is folded."""


@router.get("/decide")
def decide_page(request: Request) -> Response:
    """The form, and the answer where the address says a case; what cannot be used is told at its field, with status 400."""
    corpus, given = engine().corpus, request.query_params.multi_items()
    pairs = form.canonical(given, corpus)
    doubled = repeated(pairs, "/decide", corpus)
    if doubled:
        return _shown(request, pairs, _by_field(request, doubled, corpus), 400)
    line = request.query_params.get("line", "").strip()
    if line:
        return _of_line(request, line, corpus)
    if "line" in request.query_params and not form.says_a_case(pairs):
        return _shown(request, pairs, {"line": line_flaws([Flaw("empty")], language_of(request))}, 400)
    if pairs != given:
        return _to(pairs)
    if not form.says_a_case(pairs):
        return _shown(request, pairs, {}, examples=_examples(engine()))
    found = form.stated(pairs, corpus)
    flaws, answer = list(found.flaws), None
    if found.case is not None:
        try:
            answer = _answer(found.case, found.options)
        except SekishoError as error:
            flaws += error.mistakes
    if answer is None or found.case is None:
        return _shown(request, pairs, _by_field(request, flaws, corpus), 400)
    return _answered(request, pairs, found.case, found.options, answer)


def _of_line(request: Request, line: str, corpus: Corpus) -> Response:
    """The address of what a line says, or the form with what was understood and what was not."""
    kept = [(name, value) for name, value in request.query_params.multi_items() if name in ("lang", *form.CORRECTING)]
    found = read_line(line, corpus)
    pairs = [*found.fields.items(), *kept]
    if not found.flaws:
        return _to(pairs)
    return _shown(request, pairs, {"line": line_flaws(found.flaws, language_of(request))}, 400, line=line)


def _to(pairs: form.Pairs) -> Response:
    return RedirectResponse(f"/decide?{urlencode(pairs)}" if pairs else "/decide", 303)


def _answer(case: Case, options: Options) -> Answer:
    return engine().decide(case, options.regimes, options.law_on, options.world_on, options.strict, options.override)


def _by_field(request: Request, mistakes: list[Mistake], corpus: Corpus) -> dict[str, list[Said]]:
    """What is wrong, by the field of the form that it belongs to."""
    found: dict[str, list[Said]] = {}
    for mistake in mistakes:
        found.setdefault(form.field_of(mistake.field, corpus), []).append(said(mistake, language_of(request)))
    return found


# ---- the form --------------------------------------------------------------------------------------------------------


def _shown(
    request: Request, pairs: form.Pairs, flaws: dict[str, list[Said]], status: int = 200, line: str = "", **answer: Any
) -> Response:  # fmt: skip
    """The page: the form as the address fills it, and an answer where there is one."""
    corpus, language, values = engine().corpus, language_of(request), form.values_of(pairs)
    context = {
        "values": values, "flaws": flaws, "line": line, "longest": LONGEST, "pairs": [p for p in pairs if p[0] != "lang"],
        "word": lambda name: form.word_of(name, values.get(name, [""])[-1], corpus, language),
        "choices": lambda fact: [(key, text.in_(language)) for key, text in fact.values.items()],
        "has_any": lambda names: any(getattr(name, "name", name) in values for name in names),
        "facts": corpus.vocabulary.facts, "groups": list(form.groups(corpus)),
        "states": _states(corpus, language), "items": _items(corpus, language),
        "heads_named": [(p.id, in_language(language, p)) for p in _heads(corpus, values)],
        "regimes": corpus.regimes, "newest": _newest(corpus), "answer": None, "examples": (),
        "has_cases": "/cases" in request.app.state.pages, "besides": form.not_in_the_form(pairs, corpus),
        "correcting": _correcting(values),
    }  # fmt: skip
    return page(request, "decide/page.html", status, None, **context | answer)


_CASE = re.compile(r"[0-9a-f-]{36}")


def _correcting(values: Mapping[str, list[str]]) -> tuple[str, str] | None:
    """The saved case that is being corrected, and its newest entry when that was begun."""
    case, seen = (values.get(name, [""])[-1] for name in form.CORRECTING)
    return (case, seen) if _CASE.fullmatch(case) and seen.isdecimal() else None


@lru_cache(maxsize=8)
def _states(corpus: Corpus, language: str) -> tuple[str, ...]:
    return tuple(sorted({state_name(corpus, code, language) for code in corpus.world.states}))


@lru_cache(maxsize=8)
def _items(corpus: Corpus, language: str) -> tuple[str, ...]:
    return tuple(sorted({(i.name_ja if language == "ja" else "") or i.name for i in corpus.catalogue.items.values()}))


def _newest(corpus: Corpus) -> dt.date:
    """The last day on which any of the law was checked: where a new case begins."""
    return max(instrument.checked for instrument in corpus.instruments.values())


def _heads(corpus: Corpus, values: Any) -> list[Any]:
    """The heads in force on the day of the case, and the one that it names."""
    try:
        moment = dt.date.fromisoformat(values["date"][-1])
    except (KeyError, ValueError):
        moment = _newest(corpus)
    named = values.get("head", [""])[-1]
    return [p for p in corpus.provisions.values() if p.effect == "permits" and (moment in p.in_force or p.id == named)]


@lru_cache(maxsize=2)
def _examples(own: Decider) -> tuple[tuple[Case, str], ...]:
    """The latest recorded cases of an item of the catalogue, with their addresses."""
    named = [case for case in recorded_cases(own) if case.item and case.facts.get("recipient.state")]
    pairs = [(case, [p for p in form.pairs_of(case) if p[0] not in ("id", "title")]) for case in named[-EXAMPLES:]]
    return tuple((case, f"/decide?{urlencode(form.canonical(found, own.corpus))}") for case, found in reversed(pairs))


# ---- the answer ------------------------------------------------------------------------------------------------------


def _answered(request: Request, pairs: form.Pairs, case: Case, options: Options, answer: Answer) -> Response:
    own, language, params = engine(), language_of(request), request.query_params
    days = sorted({day for decision in answer.decisions for day in own.corpus.change_days(decision.regime)})
    status, rests = _rests(request, own, answer) if params.get("rests") in form.ON else (200, None)
    views = [Viewer(own, d, language).view(params.get("all") == d.regime) for d in answer.decisions]
    plain = options == Options(regimes=options.regimes)
    viewer = Viewer(own, answer.deciding, language)
    return _shown(
        request, pairs, {}, status, line=spoken.headline(own.corpus, case, language) if case.item else "",
        answer=answer, decided=answer.deciding.regime, case=case, options=options, views=views, short=SHORT,
        case_json=_json(case),
        headline=case.title_ja if language == "ja" and case.title_ja else case.title,
        about=spoken.headline(own.corpus, case, language), sentence=spoken.answer_summary(answer, language),
        other_sentence=spoken.answer_summary(answer, "en" if language == "ja" else "ja"),
        say_day=lambda moment: spoken.day(moment, language), taken_word=viewer.taken, with_facts=_with_facts(pairs),
        outcomes=OUTCOMES, provisions=own.corpus.provisions, whole_address=str(request.url), rests=rests,
        stretches=over_days(own, case, days, options) if options.law_on is None else (), days=[str(day) for day in days],
        place=bisect.bisect_right(days, case.date) - 1, **_beside(days, case.date), may_ask=plain,
        glossary=GLOSSARY, openings=openings(own, answer, case, options, language),
        asked=_asked(request, own, case, options) if params.get("ask") in form.ON and plain else None,
    )  # fmt: skip


def _with_facts(pairs: form.Pairs) -> Callable[[tuple[str, ...]], str]:
    """The address with some facts stated as so."""
    kept = [pair for pair in pairs if pair[0] != "rests"]

    def address(facts: tuple[str, ...]) -> str:
        return "/decide?" + urlencode([pair for pair in kept if pair[0] not in facts] + [(name, "true") for name in facts])

    return address


def _json(case: Case) -> str:
    """The case as the page of cases takes it."""
    return msgspec.json.encode(case_data(case)).decode()


def _beside(days: list[dt.date], moment: dt.date) -> dict[str, dt.date | None]:
    """The law's change days before and after a day."""
    before, after = bisect.bisect_left(days, moment) - 1, bisect.bisect_right(days, moment)
    return {"previous": days[before] if before >= 0 else None, "following": days[after] if after < len(days) else None}


def _rests(request: Request, own: Decider, answer: Answer) -> tuple[int, dict[str, Any]]:
    """What the answer rests on, as proven within the time that is allowed; else the status and why it is not."""
    limits, proofs, language = request.app.state.settings.limits, request.app.state.proofs, language_of(request)
    assert isinstance(proofs, Proofs)
    try:
        with proofs.running(request):
            exact = exactly(own, answer, limits.seconds)
            proven = with_rests(own, answer, limits.seconds)
    except ProofTimeout:
        return 422, {"late": limits.seconds, "busy": False, "regimes": []}
    except DeskError as error:
        if error.status != 503:
            raise
        return 503, {"late": 0, "busy": True, "regimes": []}
    shown = [
        {
            "view": Viewer(own, decision, language), "exact": other.exact,
            "rests": resting.data(decision), "verdict": decision.verdict,
        }
        for decision, other in zip(proven.decisions, exact.decisions, strict=True)
    ]  # fmt: skip
    return 200, {"late": 0, "busy": False, "regimes": shown}


def _asked(request: Request, own: Decider, case: Case, options: Options) -> dict[str, Any]:
    """The next question of the interview, None at its end."""
    params, facts = request.query_params, own.corpus.vocabulary.facts
    answers: list[tuple[str, Any]] = [(name, None) for name in params.getlist("unknown") if name in facts or name == DEFAULTS]
    if params.get("taken") in ("yes", "no"):
        answers.append((DEFAULTS, params["taken"] == "yes"))
    proofs = request.app.state.proofs
    with proofs.running(request):
        interview = Interview(own, case, options.regimes, False, answers)
        return {"question": interview.question, "defaults": DEFAULTS}
