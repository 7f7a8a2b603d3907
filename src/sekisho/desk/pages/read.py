"""A report in, drafts of cases out, each with the words it came from, for a person to correct and to decide. Nothing is kept.

A report is sent, not put into an address, since an address is kept by browsers and logs. What is corrected is no report any
more: it goes to Decide as an address of its own.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

from fastapi import APIRouter, File, Form, Request, UploadFile
from starlette.responses import RedirectResponse, Response

from sekisho.desk.api.common import engine
from sekisho.desk.busy import Proofs
from sekisho.desk.pages.common import check_form, page
from sekisho.desk.pages.language import N_, gettext, language_of
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
SWITCH = N_("Read it, with the page in English")
"""Said in the other language, of itself."""


@router.get("/read")
def ask_report(request: Request) -> Response:
    """The form."""
    return _page(request)


@router.post("/read")
def read_one(
    request: Request, text: Annotated[str, Form()] = "", date: Annotated[str, Form(max_length=100)] = "",
    report: Annotated[UploadFile | None, File()] = None, csrf: Annotated[str, Form(max_length=200)] = "",
) -> Response:  # fmt: skip
    """The drafts of a report that was pasted or sent as a file; the form again where it cannot be read."""
    check_form(request, csrf)
    language = language_of(request)
    content = report.file.read() if report is not None and report.filename else b""
    name = visible(report.filename or "") if content and report is not None else PASTED
    asked: dict[str, Any] = {"text": text, "date": date}
    moment = day(date.strip()) if date.strip() else None
    if date.strip() and moment is None:
        mend = "Write the year, month and day, such as 2023-12-22."
        flaws = flaws_of([Mistake(f"'{date}' is not a day.", mend, field="date")], language)
        return _page(request, 400, flaws=flaws, **asked)
    proofs = request.app.state.proofs
    assert isinstance(proofs, Proofs)
    try:
        with proofs.running(request):
            found = _read(content or text.replace("\r\n", "\n").encode("utf-8", "replace"), name, moment)
    except ReportError as error:
        flaws = {("report" if content else "text"): [said(mistake, language) for mistake in error.mistakes]}
        return _page(request, 400, flaws=flaws, **asked)
    if found.source.kind != "pdf":
        asked["text"] = found.source.text
    return _page(request, view=View(found, language), **asked)


def _read(content: bytes, name: str, moment: dt.date | None) -> Report:
    return read_report(source_of(content, name), engine(), moment)


def _page(
    request: Request, status: int = 200, flaws: Flaws | None = None, view: View | None = None, text: str = "", date: str = ""
) -> Response:  # fmt: skip
    language = language_of(request)
    most = request.app.state.settings.limits.body
    return page(
        request, "read/page.html", status, flaws=flaws or {}, view=view, text=text, date=date, bytes=most,
        characters=MOST_CHARACTERS, switch=gettext("ja" if language == "en" else "en")(SWITCH),
    )  # fmt: skip


@router.get("/read/decide")
def decide_draft(request: Request) -> Response:
    """To the page that decides, with what a corrected draft states and without what it leaves open."""
    query, corpus = request.query_params, engine().corpus
    plain = {name: query[name].strip() for name in ("date", "item", *NAMED) if query.get(name, "").strip()}
    return RedirectResponse(decide_address(plain | stated(query, corpus)), 303)
