"""Which language a page is in, and its words: gettext catalogues, read from the .po files beside this room.

The message is the English text itself; `locale/ja/*.po` have the Japanese, a file a page.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path

from babel.messages.pofile import read_po
from fastapi import Request

LOCALE = Path(__file__).parent.parent / "locale"
LANGUAGES = ("en", "ja")
COOKIE = "sekisho_lang"
HEADER = "x-sekisho-lang"
"""Sent by a page with what it fetches in place: the page's own language, whatever was chosen in another window since."""

Gettext = Callable[[str], str]


def N_(text: str) -> str:  # noqa: N802 (gettext's own name for it, which extractors look for)
    """Mark a message that is translated where it is shown, with `_`."""
    return text


def language_of(request: Request) -> str:
    """The language of a request: as the address says, else the page that asks, else as was chosen before or is preferred."""
    for said in (request.query_params.get("lang"), request.headers.get(HEADER), request.cookies.get(COOKIE)):
        if said in LANGUAGES:
            return str(said)
    return _preferred(request.headers.get("accept-language", ""))


def _preferred(header: str) -> str:
    ranked: list[tuple[float, int, str]] = []
    for place, part in enumerate(header.split(",")):
        name, _, weight = part.partition(";q=")
        try:
            ranked.append((-float(weight or 1), place, name.strip().partition("-")[0].casefold()))
        except ValueError:
            continue
    return next((name for *_, name in sorted(ranked) if name in LANGUAGES), "en")


@functools.lru_cache(maxsize=len(LANGUAGES))
def messages(language: str) -> dict[str, str]:
    """The messages of a language by their English text."""
    found: dict[str, str] = {}
    for path in sorted((LOCALE / language).glob("*.po")):
        with path.open("rb") as file:
            found |= {str(m.id): str(m.string) for m in read_po(file) if m.id and m.string and not m.fuzzy}
    return found


def gettext(language: str) -> Gettext:
    """The function that gives a message in a language; one that has none stays in English."""
    known = messages(language)
    return lambda text: known.get(text, text)
