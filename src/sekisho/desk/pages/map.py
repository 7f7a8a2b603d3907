"""What the text allows and stops: a transfer of a day put to every state, on a map and in a table beside it.

A state of the page is an address: item, day, exporter, kind of recipient, law, further facts, the state whose reasons are
shown, and the verdict that the table is narrowed to. Nothing here orders states but by their names.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from starlette.responses import Response

from sekisho.corpus import Corpus
from sekisho.desk.api.common import engine
from sekisho.desk.api.map import EXPORTER, KIND, Put, put, whose_law
from sekisho.desk.pages.common import VERDICTS, in_language, page
from sekisho.desk.pages.language import gettext, language_of
from sekisho.desk.pages.map_view import Asked, View, told_day
from sekisho.desk.pages.stating import Flaws, flaws_of, groups, item_names, pairs_of, stated, states
from sekisho.desk.problems import ParameterError
from sekisho.errors import Mistake
from sekisho.history import recorded_cases

router = APIRouter()
APART = (EXPORTER, "recipient.state", "recipient.kind", "end_user.state", "destination.state")
"""Facts that the form has fields of its own for, or that each state answers for itself."""
FIELDS: Mapping[str, str] = {EXPORTER: "exporter", "recipient.kind": "kind"}
EXAMPLES = 4


def newest(corpus: Corpus) -> dt.date:
    """The newest day on which the law was checked, which a page begins with."""
    return max(instrument.checked for instrument in corpus.instruments.values())


@router.get("/map")
def show_map(request: Request) -> Response:
    """The form; the map, the table and the reasons of one state, once there is something to put to the states."""
    corpus, language = engine().corpus, language_of(request)
    asked = asked_of(request, corpus)
    say, kinds = gettext(language), corpus.vocabulary.facts["recipient.kind"].values
    form: dict[str, Any] = {
        "asked": asked, "items": item_names(corpus, language), "states": states(corpus, language),
        "kinds": [(name, in_language(language, text)) for name, text in kinds.items()],
        "regimes": [(name, in_language(language, regime)) for name, regime in corpus.regimes.items()],
        "groups": groups(corpus, language, say, asked.facts, APART),
    }  # fmt: skip
    if not asked.asks:
        return page(request, "map/page.html", flaws={}, shown=None, examples=_examples(language), **form)
    try:
        view = View(request, asked, _put(asked, corpus), language, say)
    except ParameterError as error:
        flaws = flaws_of(error.mistakes, language, FIELDS)
        return page(request, "map/page.html", 400, flaws=flaws, shown=None, examples=[], **form)
    return page(
        request, "map/page.html", flaws=_flaws(asked, corpus, language), shown=view.shown(), panel=view.panel(),
        said=view.said(), stale=view.stale(), route=view.route(), days=view.days(), examples=[], **form,
    )  # fmt: skip


def asked_of(request: Request, corpus: Corpus) -> Asked:
    """What the address asks. What it leaves out has its default; names that are none of ours are passed over."""
    query = request.query_params
    said = {name: query.get(name, "").strip() for name in ("item", "regime", "verdict", "state")}
    return Asked(
        date=query.get("date", "").strip() or newest(corpus).isoformat(),
        exporter=query.get("exporter", "") or whose_law(corpus),
        kind=query.get("kind", "") or KIND, facts=stated(query, corpus, APART), **said,
    )  # fmt: skip


def _put(asked: Asked, corpus: Corpus) -> Put:
    body = asked.facts | {"date": asked.date, EXPORTER: asked.exporter, "recipient.kind": asked.kind}
    return put(body | ({"item": asked.item} if asked.item else {}), (asked.regime,) if asked.regime else ())


def _flaws(asked: Asked, corpus: Corpus, language: str) -> Flaws:
    """What is wrong with what the address asks to be shown, none of which keeps the map from being drawn."""
    mistakes: list[Mistake] = []
    if asked.state and asked.state not in corpus.world.states:
        mend = corpus.world.meant(asked.state) or "Use a code such as JPN."
        mistakes.append(Mistake(f"'{asked.state}' is not a state.", mend))
    if asked.verdict and asked.verdict not in VERDICTS:
        mistakes.append(Mistake(f"'{asked.verdict}' is not a verdict.", f"It is one of {', '.join(VERDICTS)}."))
    return flaws_of(mistakes, language)


@functools.lru_cache(maxsize=4)
def _examples(language: str) -> tuple[tuple[str, str], ...]:
    """Transfers to begin with, taken from the newest recorded decisions: what is to be read, and the address."""
    found: dict[str, tuple[str, str]] = {}
    own = engine()
    for case in reversed(recorded_cases(own)):
        exports = case.facts.get(EXPORTER) == whose_law(own.corpus) and case.facts.get("act", "export") == "export"
        if not case.item or case.item in found or not exports:
            continue
        item = own.corpus.catalogue.items[case.item]
        facts = {name: value for name, value in case.facts.items() if name not in APART}
        pairs = [("item", case.item), ("date", case.date.isoformat()), *pairs_of(facts)]
        name = (item.name_ja if language == "ja" else item.name) or item.name
        found[case.item] = (f"{name}, {told_day(case.date, language)}", "/map?" + urlencode(pairs))
    return tuple(found.values())[:EXAMPLES]
