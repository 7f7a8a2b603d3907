"""Registers: a register is handed in, its columns are mapped, it is swept, and every mark of the charts leads to its rows."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Path, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from sekisho.desk.api.common import engine
from sekisho.desk.api.operations import queue_of, rows_of
from sekisho.desk.api.paging import key, token
from sekisho.desk.api.sweeps import called, decide_page, outcomes, room, with_cases
from sekisho.desk.guard import CSRF_FIELD
from sekisho.desk.pages import registers_shown as shown
from sekisho.desk.pages.common import address, check_form, led, page
from sekisho.desk.pages.language import N_, gettext, language_of
from sekisho.desk.pages.mistakes import said
from sekisho.desk.pages.registers_form import CARRIED, COLUMN, FORMATS, IF, LINES, SAME, form_of, groups, pairs_of
from sekisho.desk.sweeping.incoming import ENDINGS
from sekisho.desk.sweeping.kept import ID_PATTERN, Filter, Kept, mistakes_of, seconds_between
from sekisho.desk.sweeping.parts import Fields
from sekisho.desk.sweeping.queue import Queue
from sekisho.desk.sweeping.receiving import asked_of, received

router = APIRouter()

Id = Annotated[str, Path(pattern=ID_PATTERN)]
Csrf = Annotated[str, Form(max_length=200)]
STATES: Mapping[str, str] = {
    "uploaded": N_("Handed in"), "queued": N_("Waiting"), "running": N_("Being swept"), "done": N_("Swept"),
    "failed": N_("Failed"), "cancelled": N_("Cancelled"),
}  # fmt: skip
"""The words for how a sweep stands."""
ROWS = 50
_FILTERS = ("regime", "verdict", "year", "exporter", "recipient", "provision")


@router.get("/registers")
def registers(request: Request) -> Response:
    """What is kept, and where a register is handed in."""
    queue = queue_of(request)
    kept = queue.folder.all()
    return page(
        request, "registers/list.html", kept=kept, states=STATES, room=room(queue), endings=tuple(ENDINGS), size=size,
        rows={one.id: rows_of(queue, one) for one in kept}, refused="",
    )  # fmt: skip


@router.post("/registers")
async def hand_in(request: Request) -> Response:
    """Take a register; how it is to be swept is asked next."""
    queue: Queue = await run_in_threadpool(queue_of, request)

    def ours(fields: Fields) -> None:
        check_form(request, fields.last(CSRF_FIELD))

    async with received(request, queue.folder, ours) as found:
        words = [(name, value) for name, value in found.fields.values if name != CSRF_FIELD]
        kept, _ = await found.incoming.admit(asked_of(words, found.name), "uploaded")
    return led(request, f"/registers/{kept.id}/columns")


@router.get("/registers/{id}/columns")
def columns(request: Request, id: Id) -> Response:
    """The first rows, what each column states, and how the rows are read; each choice is in the address."""
    queue = queue_of(request)
    kept = queue.folder.get(id)
    language, corpus = language_of(request), engine().corpus
    pairs = [(name, value) for name, value in request.query_params.multi_items() if name != "lang"]
    before = [] if pairs else pairs_of(kept.asked)
    if before:
        return led(request, f"/registers/{id}/columns?{urlencode(before)}")
    form = form_of(pairs, kept.asked, corpus)
    with request.app.state.proofs.running(request):
        told = queue.previews.of(kept, form.asked)
    say = gettext(language)
    choices = groups(corpus, language, say)
    words = {role: words for _, roles in choices for role, words in roles}
    unread = [*told.get("mistakes", ()), *told.get("flaws", ())]
    wrong = [said(mistake, language) for mistake in mistakes_of({"mistakes": unread})]
    flaws = {name: [said(mistake, language) for mistake in found] for name, found in form.flaws.items()}
    return page(
        request, "registers/columns.html", kept=kept, form=form, wrong=wrong, flaws=flaws, pairs=pairs, size=size,
        states=STATES, told={"columns": [], "rows": [], "format": "own", "more_columns": 0} | dict(told),
        groups=choices, formats=FORMATS,
        told_as=lambda roles: say(", ").join(words[role] for role in roles),
        formats_said=[(name, say(words)) for name, words in FORMATS.items()], regimes=list(corpus.regimes.values()),
        carried=CARRIED, column=COLUMN, same=SAME, put=IF, lines=LINES, names=shown.Names(corpus, language, say),
        startable=kept.state not in ("queued", "running") and not wrong and not form.flaws,
    )  # fmt: skip


@router.post("/registers/{id}/start")
async def start(request: Request, id: Id) -> Response:
    """Sweep the register as the form says."""
    given = await request.form(max_files=0, max_fields=600)
    pairs = [(name, value) for name, value in given.multi_items() if isinstance(value, str)]
    check_form(request, dict(pairs).get(CSRF_FIELD))
    return await run_in_threadpool(_start, request, id, [(name, value) for name, value in pairs if name != CSRF_FIELD])


def _start(request: Request, name: str, pairs: list[tuple[str, str]]) -> Response:
    queue = queue_of(request)
    kept = queue.folder.get(name)
    form = form_of(pairs, kept.asked, engine().corpus)
    if form.flaws:
        return led(request, f"/registers/{name}/columns?{urlencode(pairs)}")
    queue.add(name, form.asked, again=True)
    return led(request, f"/registers/{name}")


@router.post("/registers/{id}/again")
def again(request: Request, id: Id, csrf: Csrf = "") -> Response:
    """Sweep once more what did not come to its end, as it was asked before."""
    check_form(request, csrf)
    queue_of(request).add(id)
    return led(request, f"/registers/{id}")


@router.post("/registers/{id}/cancel")
def cancel(request: Request, id: Id, csrf: Csrf = "") -> Response:
    """Stop a sweep that waits or runs."""
    check_form(request, csrf)
    queue_of(request).cancel(id)
    return led(request, f"/registers/{id}")


@router.post("/registers/{id}/delete")
def delete(request: Request, id: Id, csrf: Csrf = "") -> Response:
    """Delete the register and all that came of it."""
    check_form(request, csrf)
    queue_of(request).folder.delete(id)
    return led(request, "/registers")


@router.get("/registers/{id}")
def register(request: Request, id: Id) -> Response:
    """How the sweep stands; once it is done, what came of it."""
    queue = queue_of(request)
    kept = queue.folder.get(id)
    if kept.state == "uploaded":
        return led(request, f"/registers/{id}/columns")
    progress = rows_of(queue, kept)
    seconds = seconds_between(kept.started, kept.ended)
    base: dict[str, Any] = {"kept": kept, "progress": progress, "size": size, "states": STATES, "seconds": seconds}
    if kept.state != "done":
        flaws = [said(mistake, language_of(request)) for mistake in kept.flaws]
        return page(request, "registers/progress.html", flaws=flaws, **base)
    return page(request, "registers/outcomes.html", **base, **_outcomes(request, queue, kept))


def _outcomes(request: Request, queue: Queue, kept: Kept) -> dict[str, Any]:
    """What the page of a sweep that is done shows under the filter of its address."""
    language, corpus, query = language_of(request), engine().corpus, request.query_params
    say = gettext(language)
    names = shown.Names(corpus, language, say)
    wanted = Filter(**{name: query.get(name, "").strip() for name in _FILTERS})
    here = functools.partial(address, request)
    begin = key(query["cursor"], int)[0] if query.get("cursor") else 0
    with request.app.state.proofs.running(request), outcomes(queue, kept) as came:
        counts = came.summary(wanted)
        choices = counts if wanted == Filter() else came.summary(Filter(wanted.regime))
        rows = came.page(wanted, begin, ROWS)
        regimes = came.regimes
        cases = with_cases(came, rows.rows, kept.asked)
    share = query.get("measure") == "share"
    return {
        "wanted": wanted, "counts": counts, "choices": shown.choices(choices.kinds(), regimes, names, say),
        "chips": shown.chips(wanted, names, say, here), "names": names, "regimes": regimes,
        "years": shown.years(counts.years, names, here, share), "year_bars": shown.year_bars(counts.years, names, here),
        "share": share, "drawn": shown.verdicts_of(*counts.kinds().values()), "total": rows.total,
        "groups": shown.groups(counts.kinds(), names, say, here),
        "rows": [
            shown.row_of(row, wanted, regimes, names, decide_page(case, kept.asked), called(row)) for row, case in cases
        ],
        "begin": begin, "next": token(rows.after) if rows.after is not None else None,
    }  # fmt: skip


def size(count: int) -> str:
    """Bytes as a person reads them.

    >>> size(512), size(200_000_000), size(1 << 30)
    ('512 B', '191 MiB', '1.0 GiB')
    """
    value, units = float(count), ("B", "KiB", "MiB", "GiB", "TiB")
    for unit in units:
        if value < 1024 or unit == units[-1]:
            break
        value /= 1024
    return f"{value:.1f} {unit}" if value < 10 and unit != "B" else f"{value:.0f} {unit}"
