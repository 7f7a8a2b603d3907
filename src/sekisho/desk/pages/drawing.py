"""The map as SVG: the shapes of states with the pattern of their verdict, each a link. Colours are the sheet's, by class."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from markupsafe import Markup, escape

from sekisho.desk.pages.geography import Geography, Shape, geography

TILES: Mapping[str, str] = {
    "prohibited": "M0 0L64 64M64 0L0 64",
    "undetermined": "M16 16h.1M48 48h.1",
    "conditional": "M-16 16L16 -16M0 64L64 0M48 80L80 48",
    "permitted": "",
    "outside": "M32 32h.1",
}
"""What is drawn on a tile of 64 of a pattern; a tile with nothing on it is filled."""
MARKS: Mapping[str, str] = {
    "prohibited": "M-30 -30L30 30M30 -30L-30 30",
    "undetermined": "M0 -2v4",
    "conditional": "M0 -34a34 34 0 0 1 0 68z",
    "permitted": "M0 -34a34 34 0 0 1 0 68a34 34 0 0 1 0 -68z",
    "outside": "M-14 0h28",
}
"""What is drawn in the ring that marks a small state."""
NOTHING, ORIGIN = "nothing", "origin"
"""The classes of what has no verdict, and of the state from which it goes."""
_RING = '<circle class="ring" r="38"/>'


class Painted(NamedTuple):
    """How one shape is shown: its class (a verdict, `NOTHING` or `ORIGIN`), its title, and the address it leads to."""

    kind: str
    title: str
    address: str = ""
    dim: bool = False


def drawn(painted: Mapping[str, Painted], blank: str, label: str, chosen: str = "") -> Markup:
    """The map. `painted` is by the code of a state; what has none is left `blank`, a text with a place for its name."""
    world = geography()
    parts = [
        f'<svg class="world" viewBox="-20 -20 10040 {world.height + 40}" role="group" aria-label="{escape(label)}" '
        f'focusable="false"><defs>{_tiles()}</defs><path class="edge" d="{world.edge}"/>'
    ]
    parts += (_shape(shape, painted.get(shape.code), blank, chosen) for shape in _ordered(world, chosen))
    return Markup("".join(parts) + "</svg>")


def _ordered(world: Geography, chosen: str) -> list[Shape]:
    """The shapes as they lie over one another: marks over outlines, and what is chosen over its neighbours."""
    return sorted(world.shapes, key=lambda shape: (shape.small, shape.code == chosen and bool(chosen)))


def _shape(shape: Shape, painted: Painted | None, blank: str, chosen: str) -> str:
    found = painted or Painted(NOTHING, blank.format(name=shape.name or shape.code))
    outline = f'<path class="land" {_fill(found.kind)} d="{shape.outline}"/>' if shape.outline else ""
    marked = shape.small and shape.code and found.kind != NOTHING
    mark = f'<g transform="translate({shape.x} {shape.y})">{_RING}{_mark(found.kind)}</g>' if marked else ""
    inside = f"<title>{escape(found.title)}</title>{outline}{mark}"
    classes = f"is-{found.kind}" + (" dim" if found.dim else "") + (" chosen" if chosen and shape.code == chosen else "")
    if not found.address:
        return f'<g class="{classes}">{inside}</g>'
    return (
        f'<a class="{classes}" href="{escape(found.address)}" data-state="{shape.code}" data-x="{shape.x}" '
        f'data-y="{shape.y}" tabindex="-1" aria-label="{escape(found.title)}">{inside}</a>'
    )


def _fill(kind: str) -> str:
    return f'fill="url(#tile-{kind})"' if TILES.get(kind) else ""


def _mark(kind: str) -> str:
    return f'<path class="mark" d="{MARKS[kind]}"/>' if kind in MARKS else ""


def _tiles() -> str:
    return "".join(
        f'<pattern id="tile-{name}" class="tile is-{name}" width="64" height="64" patternUnits="userSpaceOnUse">'
        f'<rect class="under" width="64" height="64"/><path class="over" d="{drawing}"/></pattern>'
        for name, drawing in TILES.items() if drawing
    )  # fmt: skip


def swatch(kind: str) -> Markup:
    """A small piece of the map's pattern, for its legend; the map has to be on the page as well."""
    return Markup(
        f'<svg class="swatch" viewBox="0 0 320 160" aria-hidden="true" focusable="false"><g class="is-{escape(kind)}">'
        f'<rect class="land" {_fill(kind)} x="4" y="4" width="312" height="152"/></g></svg>'
    )
