"""Cases: saved decisions, what happened to each, and how it would come out under the law of another day.

What a form sends is an event; a form carries a key of its own, so that sent twice it is done once.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, File, Form, Request, UploadFile
from pydantic import BaseModel, Field
from starlette.responses import Response

from sekisho import receipt
from sekisho.case import Case, read_cases
from sekisho.desk.api.common import day_of, engine
from sekisho.desk.api.paging import key, token
from sekisho.desk.keeping import actor_of, store_of
from sekisho.desk.pages import cases_view as view
from sekisho.desk.pages.common import check_form, led, page
from sekisho.desk.pages.language import N_, gettext, language_of
from sekisho.desk.pages.mistakes import Said, said
from sekisho.desk.problems import DeskError, status_of
from sekisho.desk.record import Appended, Key, answered, cases, head, views
from sekisho.desk.record.entry import HASH, canonical
from sekisho.desk.record.kinds import LONG, SHORT, Document
from sekisho.errors import CaseError, ChangedError, InputError, Mistake, SekishoError
from sekisho.receipt import Options

router = APIRouter()
PAGE = 25
FORMS = {"case": "correct", "withdraw": "withdraw", "note": "note", "document": "document", "law_on": "again-title"}
"""Where each form of a case stands in its page, by the place that its flaws have."""
NO_HASH = N_("A SHA-256 has 64 digits of hex, and a size is a number of bytes.")
HASH_MEND = N_("Choose the file above, or work it out with sha256sum.")
Flaws = Mapping[str, list[Any]]


class Sent(BaseModel):
    """What every form carries: the value of its cookie, a key of its own, and the newest entry it was made of."""

    csrf: str = ""
    key: str = Field(default="", max_length=255, pattern=r"^[\x21-\x7e]*$")
    seen: int | None = None


class SaveForm(Sent):
    """A case as data, and how it is decided."""

    case: str
    title: str = Field(default="", max_length=SHORT)
    note: str = Field(default="", max_length=LONG)
    regime: list[str] = Field(default_factory=list)
    law_on: str = ""
    world_on: str = ""
    strict: bool = False
    override: bool = False


class CorrectForm(SaveForm):
    """The case as it ought to have been, and why."""

    reason: str = Field(max_length=LONG)


class ReasonForm(Sent):
    """Why."""

    reason: str = Field(default="", max_length=LONG)


class NoteForm(Sent):
    """A note."""

    text: str = Field(max_length=LONG)


class DocumentForm(Sent):
    """A document's name, bytes and hash."""

    name: str = Field(max_length=SHORT)
    size: int
    sha256: str
    note: str = Field(default="", max_length=LONG)


class AgainForm(ReasonForm):
    """The days under which a case is decided again."""

    law_on: str = ""
    world_on: str = ""


# ---- reading ---------------------------------------------------------------------------------------------------------


@router.get("/cases")
def list_page(request: Request, cursor: str | None = None) -> Response:
    """The saved cases, newest first."""
    store, language = store_of(request), language_of(request)
    found = views.list_cases(store, PAGE, None if cursor is None else key(cursor, int)[0])
    number, newest = head(store)
    return page(
        request, "cases/list.html", lines=[view.line_of(engine(), case, language) for case in found.cases],
        following=None if found.after is None else token(found.after), first=cursor is None, moment=view.moment,
        entries=number, head=newest, total=views.count_cases(store),
    )  # fmt: skip


@router.get("/cases/{case}")
def case_page(request: Request, case: str, law_on: str = "", world_on: str = "", again: str = "") -> Response:
    """A case as it stands, with its history; decided again where the address says so."""
    flaws: dict[str, list[Any]] = {}
    compared = None
    if law_on or world_on or again:
        try:
            compared = _compared(request, case, law_on, world_on)
        except (InputError, DeskError) as error:
            flaws["law_on"] = _told(request, error)
    return _shown(request, case, flaws, 400 if flaws else 200, compared=compared)


def _compared(request: Request, case: str, law_on: str, world_on: str) -> dict[str, Any]:
    store, corpus, language = store_of(request), engine().corpus, language_of(request)
    days = day_of(law_on, "law_on"), day_of(world_on, "world_on")
    found = cases.decide_again(store, engine(), case, *days)
    before = views.read_case(store, case).receipt
    return {
        "again": found, "law_on": law_on, "world_on": world_on,
        "differences": view.differences(corpus, before, found.sealed, language),
    }  # fmt: skip


def _shown(request: Request, case: str, flaws: Flaws, status: int = 200, **more: Any) -> Response:
    """The page of a case: with `flaws`, what is wrong with what a form sent, and `sent`, which that form then keeps."""
    own, language = engine(), language_of(request)
    found = views.read_case(store_of(request), case)
    decided = found.case.decided
    context: dict[str, Any] = {
        "found": found, "case": found.case, "decided": decided, "past": view.history(found.events),
        "standing": view.standing(own, found.receipt, decided, language), "flaws": flaws, "sent": {}, "since": None,
        "forms": FORMS,
        "facts": view.facts_of(own.corpus, decided.case, language), "moment": view.moment, "compared": None,
        "newest": max(instrument.checked for instrument in own.corpus.instruments.values()),
        "regimes": own.corpus.regimes, "stated": json.dumps(decided.case, ensure_ascii=False, indent=1),
    }  # fmt: skip
    return page(request, "cases/case.html", status, None, **context | more)


def _told(request: Request, error: SekishoError) -> list[Any]:
    return [said(mistake, language_of(request)) for mistake in error.mistakes]


# ---- writing ---------------------------------------------------------------------------------------------------------


def _once(request: Request, sent: Sent, write: Callable[[cases.By], Appended]) -> Response:
    """Do what a form asks, once, and lead to the event that it made. Raises what `write` raises."""
    check_form(request, sent.csrf)
    store, actor, made = store_of(request), actor_of(request), None
    if sent.key:
        body = canonical([request.url.path, sent.model_dump(exclude={"csrf", "key"})])
        made = Key(sent.key, "sha256:" + hashlib.sha256(body.encode()).hexdigest())
    before = None if made is None else answered(store, made, actor)
    entry = before or write(cases.By(actor, made, sent.seen)).entry
    return led(request, f"/cases/{entry.subject}#entry-{entry.sequence}")


def _sealed(form: SaveForm) -> bytes:
    options = Options(
        tuple(form.regime), day_of(form.law_on, "law_on"), day_of(form.world_on, "world_on"), form.strict, form.override
    )
    return cases.decided(engine(), _case(form.case), options)


def _case(text: str) -> Case:
    """The one case of a text, as a file would hold it. Raises `CaseError`."""
    found = read_cases(text, "", engine().corpus)
    if len(found) != 1:
        raise CaseError(Mistake(f"there are {len(found)} cases in it.", "Keep one."))
    return found[0]


@router.post("/cases")
def save(request: Request, form: Annotated[SaveForm, Form()]) -> Response:
    """Save a decision as a case."""
    return _once(request, form, lambda by: cases.save(store_of(request), _sealed(form), form.title, form.note, by))


def _at_its_form(request: Request, case: str, place: str, form: Sent, do: Callable[[], Response], **more: Any) -> Response:
    """Do what a form of a case asks. Where it cannot be used, was made of an older state or is too old, the page as it is
    now, with what is wrong and what was sent in the form at `place`."""
    try:
        return do()
    except (InputError, ChangedError, DeskError) as error:
        status, _ = status_of(error)
        if status not in (400, 403, 412):
            raise
        since = form.seen if status == 412 else None
        return _shown(
            request, case, {place: _told(request, error)}, status, sent={place: form.model_dump()}, since=since, **more
        )


@router.post("/cases/{case}/corrections")
def correct(request: Request, case: str, form: Annotated[CorrectForm, Form()]) -> Response:
    """Correct a case."""

    def write(by: cases.By) -> Appended:
        return cases.correct(store_of(request), case, _sealed(form), form.reason, form.title, by)

    return _at_its_form(request, case, "case", form, lambda: _once(request, form, write))


@router.post("/cases/{case}/withdrawal")
def withdraw(request: Request, case: str, form: Annotated[ReasonForm, Form()]) -> Response:
    """Withdraw a case."""

    def write(by: cases.By) -> Appended:
        return cases.withdraw(store_of(request), case, form.reason, by)

    return _at_its_form(request, case, "withdraw", form, lambda: _once(request, form, write))


@router.post("/cases/{case}/notes")
def note(request: Request, case: str, form: Annotated[NoteForm, Form()]) -> Response:
    """Add a note."""

    def write(by: cases.By) -> Appended:
        return cases.note(store_of(request), case, form.text, by)

    return _at_its_form(request, case, "note", form, lambda: _once(request, form, write))


@router.post("/cases/{case}/documents")
def add_document(request: Request, case: str, form: Annotated[DocumentForm, Form()]) -> Response:
    """Add a document's hash."""
    digest = "sha256:" + form.sha256.strip().casefold().removeprefix("sha256:")
    document = Document(form.name, form.size, digest, form.note)
    if not HASH.fullmatch(digest) or not 0 <= form.size <= views.MOST:
        say, language = gettext(language_of(request)), language_of(request)
        flaws = {"document": [Said(say(NO_HASH), say(HASH_MEND), language, language)]}
        return _shown(request, case, flaws, 400, sent={"document": form.model_dump()})

    def write(by: cases.By) -> Appended:
        return cases.add_document(store_of(request), case, document, by)

    return _at_its_form(request, case, "document", form, lambda: _once(request, form, write))


@router.post("/cases/{case}/redecisions")
def redecide(request: Request, case: str, form: Annotated[AgainForm, Form()]) -> Response:
    """Decide a case again and record it."""
    store, days = store_of(request), (day_of(form.law_on, "law_on"), day_of(form.world_on, "world_on"))

    def write(by: cases.By) -> Appended:
        return cases.record_again(store, case, cases.decide_again(store, engine(), case, *days), form.reason, by)

    compared = _compared(request, case, form.law_on, form.world_on)
    return _at_its_form(request, case, "law_on", form, lambda: _once(request, form, write), compared=compared)


@router.get("/cases/{case}/{form}")
def back(request: Request, case: str, form: str) -> Response:
    """From the address of a form to the page that has it, in the language that was asked for."""
    query = f"?{request.url.query}" if request.url.query else ""
    return led(request, f"/cases/{quote(case)}{query}")


# ---- receipts --------------------------------------------------------------------------------------------------------


@router.get("/receipts")
def receipt_page(request: Request) -> Response:
    """The form that takes a receipt."""
    return page(request, "cases/receipt.html", found=None, flaws=[], name="")


@router.post("/receipts")
def check_receipt(request: Request, file: Annotated[UploadFile, File()], csrf: Annotated[str, Form()] = "") -> Response:
    """Check a receipt that is sent, whoever made it. It is not kept."""
    check_form(request, csrf)
    content, name = file.file.read(), file.filename or ""
    try:
        found = receipt.verify_bytes(engine(), content, "")
    except SekishoError as error:
        return page(request, "cases/receipt.html", 400, found=None, flaws=_told(request, error), name=name)
    return page(request, "cases/receipt.html", found=found, flaws=[], name=name)
