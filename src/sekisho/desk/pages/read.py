"""A report in, drafts of cases out, each with the words it came from, for a person to correct and to decide.

A report is sent, not put into an address, since an address is kept by browsers and logs. What was sent is held in memory for
a while (`desk/held.py`), and its page has an address that only the browser that sent it can use: so one comes back to the
drafts from the page that decides one of them. What is corrected is no report any more: it goes to Decide as an address of
its own.
"""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, File, Form, Request, UploadFile
from starlette.responses import Response

from sekisho.desk.api.common import engine
from sekisho.desk.busy import Proofs
from sekisho.desk.guard import CSRF_COOKIE
from sekisho.desk.held import Held, Reports
from sekisho.desk.pages.common import check_form, led, page
from sekisho.desk.pages.language import language_of
from sekisho.desk.pages.mistakes import said
from sekisho.desk.pages.read_view import NAMED, View
from sekisho.desk.pages.stating import Flaws, decide_address, flaws_of, stated
from sekisho.errors import Mistake, ReportError
from sekisho.read import Report, read_report
from sekisho.read.source import MOST_CHARACTERS, source_of
from sekisho.text import day, visible

router = APIRouter()
PASTED = "the text"
"""What a report is called that came without a file."""
NO_DAY = "Write the year, month and day, such as 2023-12-22."
GONE = Mistake("the report is not held any more.", "Paste it again.", field="text")


@router.get("/read")
def read_page(request: Request, held: str = "") -> Response:
    """The form; with the key of a report that this browser sent, its drafts, or the form filled where it cannot be read."""
    if not held:
        return _page(request)
    report = _reports(request).get(held, request.cookies.get(CSRF_COOKIE, ""))
    if report is None:
        return _page(request, 410, flaws=flaws_of([GONE], language_of(request)))
    return _drafts(request, report)


@router.post("/read")
def take_report(
    request: Request, text: Annotated[str, Form()] = "", date: Annotated[str, Form(max_length=100)] = "",
    report: Annotated[UploadFile | None, File()] = None, csrf: Annotated[str, Form(max_length=200)] = "",
) -> Response:  # fmt: skip
    """Hold a report that was pasted or sent as a file, and lead to its drafts."""
    check_form(request, csrf)
    content = report.file.read() if report is not None and report.filename else b""
    name = visible(report.filename or "") if content and report is not None else ""
    key = _reports(request).hold(Held(text, date, content, name), request.cookies[CSRF_COOKIE])
    return led(request, "/read?" + urlencode({"held": key}))


def _reports(request: Request) -> Reports:
    reports: Reports = request.app.state.reports
    return reports


def _drafts(request: Request, sent: Held) -> Response:
    """The drafts of a report; the form as it was sent where it cannot be read."""
    language = language_of(request)
    asked: dict[str, Any] = {"text": sent.text, "date": sent.date}
    if sent.date.strip() and day(sent.date.strip()) is None:
        flaws = flaws_of([Mistake(f"'{sent.date}' is not a day.", NO_DAY, field="date")], language)
        return _page(request, 400, flaws=flaws, **asked)
    proofs = request.app.state.proofs
    assert isinstance(proofs, Proofs)
    try:
        with proofs.running(request):
            found = _read(sent)
    except ReportError as error:
        flaws = {("report" if sent.file else "text"): [said(mistake, language) for mistake in error.mistakes]}
        return _page(request, 400, flaws=flaws, **asked)
    if found.source.kind != "pdf":
        asked["text"] = found.source.text
    return _page(request, view=View(found, language), **asked)


def _read(sent: Held) -> Report:
    content = sent.file or sent.text.replace("\r\n", "\n").encode("utf-8", "replace")
    return read_report(source_of(content, sent.name or PASTED), engine(), day(sent.date.strip()))


def _page(
    request: Request, status: int = 200, flaws: Flaws | None = None, view: View | None = None, text: str = "", date: str = ""
) -> Response:  # fmt: skip
    most = request.app.state.settings.limits.body
    return page(
        request, "read/page.html", status, flaws=flaws or {}, view=view, text=text, date=date, bytes=most,
        characters=MOST_CHARACTERS,
    )  # fmt: skip


@router.get("/read/decide")
def decide_draft(request: Request) -> Response:
    """To the page that decides, with what a corrected draft states and without what it leaves open."""
    query, corpus = request.query_params, engine().corpus
    plain = {name: query[name].strip() for name in ("date", "item", *NAMED) if query.get(name, "").strip()}
    return led(request, decide_address(plain | stated(query, corpus)))
