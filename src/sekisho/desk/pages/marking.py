"""The inline marks of the law's prose as a page shows them: emphasis, code, links to sources, laws and provisions."""

from __future__ import annotations

import datetime as dt
import re
from urllib.parse import quote, urlencode, urlsplit

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup, escape

from sekisho.corpus import Corpus

_INLINE = MarkdownIt("commonmark", {"html": False})
_ADDRESS = re.compile(r"https?://[^\s<>]*[^\s<>.,;:)\]]")


def host_of(url: str) -> str:
    """What a link to a source is called: its host."""
    return (urlsplit(url).hostname or url).removeprefix("www.")


def provision_address(name: str, on: dt.date | str | None = None) -> str:
    """The address of the page of a provision or an instrument, as it stood on a day."""
    instrument, _, slug = name.partition("#")
    path = "/law/" + quote(instrument) + ("/" + quote(slug) if slug else "")
    return f"{path}?{urlencode({'on': str(on)})}" if on is not None else path


def inline(corpus: Corpus, text: str) -> Markup:
    """A paragraph: emphasis and code as written, addresses as links, names of laws and provisions as links to them."""
    tokens = _INLINE.parseInline(text)[0].children or []
    return Markup("").join(_token(corpus, token) for token in tokens)


_TAGS = {"em_open": "<em>", "em_close": "</em>", "strong_open": "<strong>", "strong_close": "</strong>"}


def _token(corpus: Corpus, token: Token) -> Markup:
    if token.type in _TAGS:
        return Markup(_TAGS[token.type])
    if token.type == "code_inline":
        return _code(corpus, token.content)
    return _linked(token.content) if token.type == "text" else Markup(" ") if token.type == "softbreak" else Markup("")


def _code(corpus: Corpus, name: str) -> Markup:
    shown = Markup("<code>{}</code>").format(name)
    if name in corpus.provisions or name in corpus.instruments or name in corpus.regimes:
        return Markup('<a href="{}">{}</a>').format(provision_address(name), shown)
    return shown


def _linked(text: str) -> Markup:
    parts, end = [], 0
    for found in _ADDRESS.finditer(text):
        parts += [escape(text[end : found.start()]), source(found[0])]
        end = found.end()
    return Markup("").join([*parts, escape(text[end:])])


def source(address: str) -> Markup:
    """A link to a source, which is not told where the reader came from."""
    return Markup('<a class="source" href="{}" rel="noreferrer external">{}</a>').format(address, host_of(address))
