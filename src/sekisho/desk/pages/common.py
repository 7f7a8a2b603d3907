"""What the pages share: templates, the words of a language, forms that only our own pages can send, problems as pages."""

from __future__ import annotations

import functools
import hashlib
import re
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import jinja2
import msgspec
from fastapi import Request
from markupsafe import Markup
from starlette.responses import HTMLResponse, RedirectResponse, Response

from sekisho import __version__
from sekisho.desk.api.common import engine, versions
from sekisho.desk.guard import CSRF_COOKIE, CSRF_FIELD, CSRF_HEADER
from sekisho.desk.pages.language import COOKIE, HEADER, LANGUAGES, N_, gettext, language_of
from sekisho.desk.pages.marking import host_of, inline, provision_address
from sekisho.desk.pages.mistakes import said
from sekisho.desk.problems import DeskError, Problem
from sekisho.errors import Mistake
from sekisho.text import day

DESK = Path(__file__).parent.parent
NAVIGATION: tuple[tuple[str, str], ...] = (
    ("/decide", N_("Decide")), ("/law", N_("Law")), ("/map", N_("Map")), ("/registers", N_("Registers")),
    ("/read", N_("Read")), ("/cases", N_("Cases")),
)  # fmt: skip
"""The pages, as they are listed: address and name. A page that is not there is not listed."""
VERDICTS: Mapping[str, str] = {
    "prohibited": N_("Prohibited"), "undetermined": N_("Undetermined"), "conditional": N_("Conditional"),
    "permitted": N_("Permitted"), "outside": N_("Outside"),
}  # fmt: skip
"""The words for verdicts, in English; `_` gives them in a language."""
HTMX = msgspec.json.encode(
    {
        "includeIndicatorStyles": False, "allowEval": False, "allowScriptTags": False, "selfRequestsOnly": True,
        "historyCacheSize": 0, "refreshOnHistoryMiss": True,
        "responseHandling": [
            {"code": "204", "swap": False}, {"code": "[23]..", "swap": True}, {"code": "400", "swap": True},
            {"code": "...", "swap": False, "error": True},
        ],
    }
).decode()  # fmt: skip
"""How htmx behaves: no inline style or script and no eval, which the policy refuses; a page of flaws (400) is shown."""
YEAR = 365 * 24 * 3600


@functools.lru_cache(maxsize=1)
def environment() -> jinja2.Environment:
    """The templates. What a template prints is escaped; what it does not know is a fault."""
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(DESK / "templates"), autoescape=True, undefined=jinja2.StrictUndefined,
        trim_blocks=True, lstrip_blocks=True, extensions=["jinja2.ext.do"],
    )  # fmt: skip
    made.globals |= {
        "static": static, "htmx_config": HTMX, "id_of": id_of, "lead": lead, "marked": marked, "host_of": host_of,
        "is_day": lambda value: day(value) is not None, "provision_address": provision_address, "new_key": new_key,
    }  # fmt: skip
    return made


def new_key() -> str:
    """A key of its own for a form that writes, so that what is sent twice is done once."""
    return secrets.token_urlsafe(16)


@functools.lru_cache(maxsize=256)
def static(name: str) -> str:
    """The address of a file, with what it holds in it, so that a browser keeps it for just as long as it stays the same."""
    digest = hashlib.sha256((DESK / "static" / name).read_bytes()).hexdigest()[:12]
    return f"/static/{name}?v={digest}"


def id_of(name: str) -> str:
    """The id in a page of the field of a name, which may have dots and colons."""
    return "f-" + re.sub(r"[^A-Za-z0-9_-]+", "-", name)


def lead(text: str) -> str:
    """A text that begins with a capital, where its script has any."""
    return text[:1].upper() + text[1:]


def marked(text: str) -> Markup:
    """A paraphrase of the law as a page shows it."""
    return inline(engine().corpus, text)


def in_language(language: str, text: Any, wanted: str = "") -> str:
    """A text in a language: of `Bilingual`, of `{en, ja}`, or of what has `title` and `title_ja`."""
    chosen = wanted or language
    if isinstance(text, Mapping):
        return str(text[chosen])
    if hasattr(text, "title_ja"):
        return str((text.title_ja if chosen == "ja" else "") or text.title)
    return str(text.in_(chosen))


def page(
    request: Request, template: str, status: int = 200, headers: Mapping[str, str] | None = None, **context: Any
) -> HTMLResponse:  # fmt: skip
    """A page in the language of the request."""
    language, csrf = language_of(request), request.cookies.get(CSRF_COOKIE) or secrets.token_urlsafe(24)
    say = gettext(language)
    corpus = engine().corpus
    base = {
        "_": say, "language": language, "languages": LANGUAGES,
        "other_language": next(name for name in LANGUAGES if name != language),
        "in_language": functools.partial(in_language, language), "verdict_word": lambda verdict: say(VERDICTS[verdict]),
        "csrf": csrf, "csrf_field": CSRF_FIELD, "lang_query": f"?lang={language}", "lang_header": HEADER,
        "lang_field": Markup('<input type="hidden" name="lang" value="{}">').format(language),
        "path": request.url.path, "query": dict(request.query_params), "version": __version__,
        "law_version": corpus.law_version, "world_version": corpus.world_version,
        "navigation": [entry for entry in NAVIGATION if entry[0] in request.app.state.pages],
        "address": functools.partial(address, request),
        "has_token": bool(request.app.state.settings.token),
    }  # fmt: skip
    text = environment().get_template(template).render(base | context)
    response = HTMLResponse(text, status, {**versions(), "cache-control": "no-store", "vary": "Cookie", **(headers or {})})
    secure = request.url.scheme == "https"
    if request.query_params.get("lang") in LANGUAGES:
        response.set_cookie(COOKIE, language, max_age=YEAR, samesite="lax", secure=secure)
    if CSRF_COOKIE not in request.cookies:
        # Not `strict`: a link from another site would bring a new one, and the forms of the pages that are open fail.
        response.set_cookie(CSRF_COOKIE, csrf, httponly=True, samesite="lax", secure=secure)
    return response


def address(request: Request, **changes: Any) -> str:
    """The address of the page as it is, with some of its parameters changed, or left out where None."""
    pairs = [(name, value) for name, value in request.query_params.multi_items() if name not in changes]
    for name, value in changes.items():
        pairs += [(name, str(entry)) for entry in (value if isinstance(value, list | tuple) else [value]) if entry is not None]
    return f"{request.url.path}?{urlencode(pairs)}" if pairs else request.url.path


def led(request: Request, where: str) -> RedirectResponse:
    """A redirect to a page of ours, in the language that the request names, if it names one."""
    path, mark, fragment = where.partition("#")
    language = request.query_params.get("lang")
    if language in LANGUAGES and "lang" not in dict(parse_qsl(urlsplit(path).query)):
        path += f"{'&' if '?' in path else '?'}lang={language}"
    return RedirectResponse(path + mark + fragment, 303)


def check_form(request: Request, given: str | None) -> None:
    """Refuse what writes unless it carries the value of its cookie, which only our own pages know. Raises `DeskError`."""
    given, kept = given or request.headers.get(CSRF_HEADER, ""), request.cookies.get(CSRF_COOKIE, "")
    if not kept or not secrets.compare_digest(given.encode(), kept.encode()):
        raise DeskError(
            403, Mistake("the form is not one of this page, or too old.", "Load the page again, and send it from there.")
        )


def told_page(request: Request, found: Problem, headers: Mapping[str, str] | None) -> Response:
    """A problem as a page, with a link to where it was asked from."""
    flaws = [said(Mistake(flaw.detail, flaw.mend), language_of(request)) for flaw in found.errors]
    return page(request, "problem.html", found.status, headers, problem=found, flaws=flaws, came_from=came_from(request))


def came_from(request: Request) -> str:
    """The address of our own page from which a form or a link was sent; nothing where it is not told or is another's."""
    try:
        told = urlsplit(request.headers.get("referer", ""))
    except ValueError:
        return ""
    own = told.netloc == request.headers.get("host", "") and told.path.startswith("/") and not told.path.startswith("//")
    return (f"{told.path}?{told.query}" if told.query else told.path) if own else ""
