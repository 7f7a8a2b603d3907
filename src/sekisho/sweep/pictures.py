"""A chart as a file: SVG as it is drawn, PNG drawn from it, or a page of its own; each carries what it says of itself.

The letters of a PNG come with the font that is installed beside the renderer, so that it is the same on every machine,
with fonts or without.
"""

from __future__ import annotations

import html
import importlib.util
import json
import struct
import zlib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from sekisho.errors import InputError, Mistake, UsageError
from sekisho.receipt import write
from sekisho.sweep.charts import chart, page
from sekisho.sweep.drawing import METADATA
from sekisho.sweep.query import VERDICTS
from sekisho.sweep.summary import Summary

FACES = ("Roboto-Regular.ttf", "Roboto-Bold.ttf")
ZOOM = 2.0
"""Pixels a unit of the drawing: sharp on paper at the width of a column."""


def check_chart(path: Path) -> None:
    """Raises `UsageError` for an ending that is no picture's, `InputError` where there is no folder to put it."""
    if path.suffix.casefold() not in _ENDINGS:
        raise UsageError(Mistake(f"'{path.name}' does not end in {', '.join(_ENDINGS)}.", "Name the chart so."))
    if not path.parent.is_dir():
        raise InputError(Mistake("cannot be written: there is no such folder.", "Check the path.", str(path)))


def write_chart(path: Path, found: Summary, names: Mapping[str, str]) -> None:
    """Write the chart of a summary, whole or not at all; `names` are those of states and provisions by code and id.

    Raises `UsageError` for another ending than .svg, .png or .html, `InputError` where the file cannot be written.
    """
    check_chart(path)
    write(path, _ENDINGS[path.suffix.casefold()](found, names))


def png(svg: str) -> bytes:
    """A drawing as PNG, with what it says of itself in text chunks."""
    import resvg_py  # noqa: PLC0415 (a renderer that only a picture in PNG needs)

    place = importlib.util.find_spec("font_roboto")
    assert place is not None and place.submodule_search_locations, "font-roboto is a dependency of the project"
    folder = Path(place.submodule_search_locations[0]) / "files"
    drawn = resvg_py.svg_to_bytes(
        svg_string=svg, zoom=ZOOM, skip_system_fonts=True, font_files=[str(folder / face) for face in FACES],
        font_family="Roboto", sans_serif_family="Roboto",
    )  # fmt: skip
    found = METADATA.search(svg)
    said: dict[str, str] = json.loads(html.unescape(found[1])) if found else {}
    return _with_texts(bytes(drawn), said)


def _with_texts(content: bytes, said: Mapping[str, str]) -> bytes:
    """A PNG with international text chunks (iTXt) before its last chunk."""
    end = content.rindex(b"IEND") - 4
    return content[:end] + b"".join(_text_chunk(key, value) for key, value in said.items()) + content[end:]


def _text_chunk(key: str, value: str) -> bytes:
    body = b"iTXt" + key.encode("latin-1") + b"\0\0\0\0\0" + value.encode()
    return struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))


def _svg(found: Summary, names: Mapping[str, str]) -> bytes:
    return chart(found, names).encode()


def _png(found: Summary, names: Mapping[str, str]) -> bytes:
    return png(chart(found, names))


def _html(found: Summary, names: Mapping[str, str]) -> bytes:
    verdicts = [verdict for verdict in reversed(VERDICTS) if verdict in found.verdicts]
    rows: list[Sequence[object]] = [
        (kind, word, names.get(word, ""), *(counts.get(verdict, 0) for verdict in verdicts))
        for kind, table in found.kinds().items()
        for word, counts in table.items()
    ]
    head = ("by", "which", "name", *verdicts)
    return page(chart(found, names), f"Verdicts of a sweep: {found.title}", head, rows).encode()


_ENDINGS: Mapping[str, Callable[[Summary, Mapping[str, str]], bytes]] = {".svg": _svg, ".png": _png, ".html": _html}
