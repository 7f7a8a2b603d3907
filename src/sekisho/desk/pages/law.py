"""Law: instruments on a timeline, read as of a day in two languages, two days compared, provisions followed and searched.

Every state is an address, and every page has a tag, so that what has not changed is not sent again. What is proven is asked
for apart (`proof=1`), as it takes its time.
"""

from __future__ import annotations

import datetime as dt
import functools
import hashlib
from collections.abc import Callable, Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request
from starlette.responses import Response

from sekisho.corpus import Corpus, Regime
from sekisho.desk.api.common import day_of, engine, etag, unchanged
from sekisho.desk.api.law import found
from sekisho.desk.api.paging import page as page_of
from sekisho.desk.pages import law_proof
from sekisho.desk.pages.common import DESK, page
from sekisho.desk.pages.language import LANGUAGES, N_, Gettext, gettext, language_of
from sekisho.desk.pages.law_prose import blocks
from sekisho.desk.pages.law_reading import Reading, differing, followed, reading
from sekisho.desk.pages.law_timeline import newest_checked, timeline
from sekisho.desk.pages.marking import provision_address
from sekisho.desk.pages.mistakes import said
from sekisho.desk.problems import DeskError
from sekisho.language import prose
from sekisho.render import law_search, law_text, spoken
from sekisho.render.law_change import text_change
from sekisho.render.law_sentence import sentence
from sekisho.render.law_ties import regime_of
from sekisho.render.words import words_of
from sekisho.text import EVER, NEVER, Interval

router = APIRouter()

Day = Annotated[str | None, Query(max_length=40)]
Name = Annotated[str, Path(max_length=200)]
Chosen = Annotated[str, Query(max_length=100)]

HITS = 20
"""Provisions on a page of what was found."""
EFFECTS: Mapping[str, str] = {
    "prohibits": N_("Prohibition"), "lifts": N_("Exception"), "permits": N_("Head"), "requires": N_("Requirement"),
    "defines": N_("Definition"), "leaves": N_("Left aside"),
}  # fmt: skip
MEANINGS: Mapping[str, str] = {
    "prohibits": N_("bars the transfer if its condition holds"),
    "lifts": N_("sets bars aside if its condition holds"),
    "permits": N_("opens the transfer if its condition holds; one head is enough"),
    "requires": N_("asks for an act that can still be done"),
    "defines": N_("gives a name to a condition that others use"),
    "leaves": N_("text that is not applied here, and is named wherever it could matter"),
}
CONFIDENCE: Mapping[str, str] = {"high": N_("high"), "medium": N_("medium"), "low": N_("low")}
SURE: Mapping[str, str] = {
    "high": N_("the official text or notice was read, or confirmed officially"),
    "medium": N_("reports that agree, or a reading was needed"),
    "low": N_("the text was not seen"),
}
FIELDS: Mapping[str, str] = {
    "title": N_("Title"), "sentence": N_("What it says"), "when": N_("Condition as written"),
    "met": N_("What meets it, as written"), "targets": N_("Tied to"), "by": N_("Whose act"),
    "reason": N_("Why it is left aside"), "prose": N_("Paraphrase"), "sources": N_("Sources"),
    "confidence": N_("Confidence"),
}  # fmt: skip


@router.get("/law")
def law_page(request: Request, regime: Chosen = "", on: Day = None) -> Response:
    """All instruments on a timeline, a regime's or every one's."""
    corpus, day = engine().corpus, day_of(on, "on")
    shown = [found(lambda: corpus.regime(regime))] if regime else list(corpus.regimes.values())
    moment = day or newest_checked(corpus)
    return _tagged(
        request, "law/timeline.html",
        lambda: {"timelines": [timeline(corpus, entry, moment) for entry in shown], "on": moment, "day_given": day,
                 "chosen": regime},
    )  # fmt: skip


@router.get("/law/search")
def search_page(
    request: Request, words: Annotated[str, Query(max_length=200)] = "", regime: Chosen = "", on: Day = None,
    cursor: Annotated[str | None, Query(max_length=500)] = None,
) -> Response:  # fmt: skip
    """The provisions that have all of some words, with the words marked."""
    corpus, day = engine().corpus, day_of(on, "on")
    if regime:
        found(lambda: corpus.regime(regime))
    hits = law_text.select(corpus, regime or None, day, words).provisions if words.strip() else ()
    entries, following = page_of(hits, lambda p: p.id, cursor, HITS)
    return _tagged(
        request, "law/search.html",
        lambda: {"words": words, "chosen": regime, "day_given": day, "count": len(hits), "hits": entries, "next": following,
                 "hits_in": law_search.marked, "excerpts": functools.partial(law_search.excerpts, corpus)},
    )  # fmt: skip


@router.get("/law/compare")
def compare_page(
    request: Request, regime: Chosen = "", before: Day = None, after: Day = None, proof: Chosen = "", world: Chosen = "",
) -> Response:  # fmt: skip
    """The law of two days: what its words say differently, and with `proof` what it decides differently.

    With `world` the proof takes facts as they stood on the second day.
    """
    corpus = engine().corpus
    chosen: Regime = found(lambda: corpus.regime(regime)) if regime else next(iter(corpus.regimes.values()))
    first, second = _two_days(corpus, chosen, day_of(before, "before"), day_of(after, "after"))

    def compared() -> dict[str, Any]:
        return {
            "chosen": chosen, "before": first, "after": second, "days": corpus.change_days(chosen.id),
            "change": text_change(corpus, chosen.id, first, second), "proof": None, "trouble": (), "world": bool(world),
            "differing": functools.partial(differing, corpus),
            "seconds": request.app.state.settings.limits.seconds,
        }  # fmt: skip

    asked = functools.partial(law_proof.proof_of, chosen.id, first, second, bool(world))
    return _proven(request, compared, asked) if proof else _tagged(request, "law/compare.html", compared)


@router.get("/law/{name}")
def read_page(request: Request, name: Name, on: Day = None) -> Response:
    """A regime or an instrument as of a day."""
    corpus, day = engine().corpus, day_of(on, "on")
    shown = found(lambda: reading(corpus, name, day))
    return _tagged(
        request, "law/read.html",
        lambda: {"reading": shown, "day_given": day, "governs": _governs(corpus, shown) if shown.instrument is None else None},
    )  # fmt: skip


def _governs(corpus: Corpus, shown: Reading) -> dict[str, str] | None:
    """Whom a regime governs on a day, in words; nothing before its first day."""
    if shown.on < shown.begins:
        return None
    words = words_of(corpus, corpus.law_on(shown.name, shown.on))
    return {language: prose.clause(shown.regime.governs, words, language) for language in LANGUAGES}


@router.get("/law/{name}/{slug}")
def provision_page(request: Request, name: Name, slug: Name, on: Day = None) -> Response:
    """A provision through its versions, with what it hangs together with."""
    corpus, day = engine().corpus, day_of(on, "on")
    shown = found(lambda: followed(corpus, f"{name}#{slug}", day))
    return _tagged(
        request, "law/provision.html",
        lambda: {"followed": shown, "instrument": corpus.instruments[shown.chosen.instrument], "day_given": day,
                 "regime": regime_of(corpus, shown.chosen.instrument)},
    )  # fmt: skip


# ---- how a page is sent --------------------------------------------------------------------------


def _two_days(
    corpus: Corpus, regime: Regime, before: dt.date | None, after: dt.date | None
) -> tuple[dt.date, dt.date]:  # fmt: skip
    """The days to compare: as given, by default the last change day and the day before it."""
    second = after or corpus.change_days(regime.id)[-1]
    return before or day_before(second), second


def _proven(
    request: Request, compared: Callable[[], dict[str, Any]], asked: Callable[[float], law_proof.Proof]
) -> Response:  # fmt: skip
    """The page with the proof, which waits for a place. Only what is proven has a tag."""
    same = _unchanged(request)
    if same is not None:
        return same
    state = request.app.state
    try:
        with state.proofs.running(request):
            proof = asked(state.settings.limits.seconds)
    except DeskError as error:
        context = compared() | {"trouble": [said(mistake, language_of(request)) for mistake in error.mistakes]}
        return page(request, "law/compare.html", error.status, error.headers, **_shared(request), **context)
    headers = _tag_headers(request) if proof.proven else {}
    return page(request, "law/compare.html", 200, headers, **_shared(request), **compared() | {"proof": proof})


def _tagged(request: Request, template: str, make: Callable[[], Mapping[str, Any]]) -> Response:
    """A page with its tag: made only where who asks has not got it."""
    same = _unchanged(request)
    return same or page(request, template, 200, _tag_headers(request), **_shared(request), **make())


def _unchanged(request: Request) -> Response | None:
    """The answer that nothing has changed; never where the language is chosen, as that is kept in a cookie."""
    return unchanged(request, _tag(request)) if "lang" not in request.query_params else None


def _tag(request: Request) -> str:
    return etag(_pages_version(), request.url.path, request.url.query, language_of(request))


def _tag_headers(request: Request) -> dict[str, str]:
    return {"etag": _tag(request), "cache-control": "private, no-cache", "vary": "Cookie, Accept-Language"}


@functools.lru_cache(maxsize=1)
def _pages_version() -> str:
    """A hash of what pages are made of besides code."""
    digest = hashlib.sha256()
    for path in sorted(path for folder in ("templates", "static", "locale") for path in (DESK / folder).rglob("*")):
        if path.is_file():
            digest.update(path.read_bytes())
    return digest.hexdigest()


def _shared(request: Request) -> dict[str, Any]:
    """What all templates of the law use."""
    corpus, language = engine().corpus, language_of(request)
    say = gettext(language)
    return {
        "corpus": corpus, "regimes": list(corpus.regimes.values()), "newest_checked": newest_checked(corpus),
        "blocks": functools.partial(blocks, corpus),
        "sentence": functools.partial(sentence, corpus), "show_day": lambda moment: spoken.day(moment, language),
        "show_span": functools.partial(show_span, say, language), "day_before": day_before, "data_address": data_address,
        "effects": EFFECTS,
        "meanings": MEANINGS, "confidences": CONFIDENCE, "sure": SURE, "field_names": FIELDS,
    }  # fmt: skip


def data_address(name: str, on: dt.date | None = None) -> str:
    """Where a law or a provision is given as data."""
    return "/v1" + provision_address(name, on)


def day_before(day: dt.date) -> dt.date:
    """The day before; of the first of all days, itself."""
    return day - dt.timedelta(1) if day > dt.date.min else day


FOR_EVER, UNTIL, SINCE, BETWEEN = N_("always"), N_("to {end}"), N_("from {begin}"), N_("{begin} to {end}")
"""How a time is told; its last day is named, not the day after."""


def show_span(say: Gettext, language: str, span: Interval) -> str:
    """A time with its first and its last day, as a language writes it."""
    begin = spoken.day(span.begin, language) if span.begin != EVER else ""
    end = spoken.day(span.end - dt.timedelta(1), language) if span.end != NEVER else ""
    form = BETWEEN if begin and end else SINCE if begin else UNTIL if end else FOR_EVER
    return say(form).format(begin=begin, end=end)
