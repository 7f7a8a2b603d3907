"""Drawing in SVG: a canvas over `xml.etree`, the look of each verdict, and text that fits its line.

Every band has a grey value and a texture of its own, so that a chart says the same in colour, in black and white, and to
those who see colours differently.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from xml.etree import ElementTree as ET

import msgspec

FONT = "Helvetica, Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif"
INK, FAINT = "#1a1a1a", "#666666"
WIDE = 0.56
"""The width of a letter of the font on average, in its size."""


METADATA = re.compile(r"<metadata>(.*?)</metadata>", re.DOTALL)
"""Where a drawing says of itself, as JSON, what it rests on."""


class Look(msgspec.Struct, frozen=True):
    """How a verdict is drawn and what a legend calls it: `texture` is one of `_TEXTURES`."""

    label: str
    ground: str
    stroke: str
    texture: str


LOOKS: Mapping[str, Look] = {
    "permitted": Look("opens", "#0b4f6c", "#0b4f6c", "plain"),
    "conditional": Look("opens on conditions", "#cfe3ec", "#0b4f6c", "stripes"),
    "undetermined": Look("cannot say", "#f7f3e8", "#8a7a4a", "dots"),
    "prohibited": Look("prohibits", "#9b9b9b", "#6f6f6f", "plain"),
    "outside": Look("does not govern", "#ffffff", "#c4c4c4", "crosses"),
}
"""The bands from the bottom up: what is open stands on the axis, where it is read best."""

_TEXTURES: Mapping[str, Sequence[Mapping[str, str]]] = {
    "plain": (),
    "stripes": ({"d": "M-2,2 L2,-2 M0,8 L8,0 M6,10 L10,6", "stroke-width": "1.8"},),
    "dots": ({"d": "M2,2 h0.01 M6,6 h0.01", "stroke-width": "1.7", "stroke-linecap": "round"},),
    "crosses": ({"d": "M0,4 H8 M4,0 V8", "stroke-width": "0.6"},),
}


class Canvas:
    """An SVG of a width and height, with the textures of the verdicts defined."""

    def __init__(self, width: float, title: str, description: str) -> None:
        self.width = width
        self.root = ET.Element(
            "svg", {"xmlns": "http://www.w3.org/2000/svg", "role": "img", "font-family": FONT, "font-size": "14", "fill": INK}
        )
        self._child(self.root, "title").text = title
        self._child(self.root, "desc").text = description
        self.ground = self.rect(0, 0, width, 0, fill="#ffffff")
        definitions = self._child(self.root, "defs")
        for verdict, look in LOOKS.items():
            tile = self._child(
                definitions, "pattern", id=f"sekisho-{verdict}", width="8", height="8", patternUnits="userSpaceOnUse"
            )
            self._child(tile, "rect", width="8", height="8", fill=look.ground)
            for stroke in _TEXTURES[look.texture]:
                self._child(tile, "path", fill="none", stroke=look.stroke, **stroke)

    def say(self, said: Mapping[str, str]) -> None:
        """Put into the drawing what it says of itself, for programs to read."""
        if said:
            self._child(self.root, "metadata").text = json.dumps(dict(said), ensure_ascii=False)

    @staticmethod
    def _child(parent: ET.Element, tag: str, **given: str) -> ET.Element:
        return ET.SubElement(parent, tag, {name.replace("_", "-"): value for name, value in given.items()})

    def rect(self, x: float, y: float, width: float, height: float, **given: str) -> ET.Element:
        """A rectangle."""
        place = {"x": number(x), "y": number(y), "width": number(width), "height": number(height)}
        return self._child(self.root, "rect", **place, **given)

    def line(self, x1: float, y1: float, x2: float, y2: float, **given: str) -> ET.Element:
        """A line, in ink unless said otherwise."""
        place = {"x1": number(x1), "y1": number(y1), "x2": number(x2), "y2": number(y2)}
        return self._child(self.root, "line", **place, **({"stroke": INK} | given))

    def path(self, d: str, **given: str) -> ET.Element:
        """A path."""
        return self._child(self.root, "path", d=d, **given)

    def circle(self, x: float, y: float, radius: float, **given: str) -> ET.Element:
        """A circle."""
        return self._child(self.root, "circle", cx=number(x), cy=number(y), r=number(radius), **given)

    def text(self, x: float, y: float, words: str, size: float = 14, **given: str) -> ET.Element:
        """One line of text on its baseline."""
        element = self._child(self.root, "text", x=number(x), y=number(y), font_size=number(size), **given)
        element.text = words
        return element

    def lines(self, x: float, y: float, words: str, width: float, size: float = 14, **given: str) -> float:
        """Text broken into lines of a width; gives the baseline of the next line."""
        for line in wrapped(words, width, size):
            self.text(x, y, line, size, **given)
            y += round(size * 1.4)
        return y

    def tip(self, element: ET.Element, words: str) -> None:
        """What a reader sees on pointing at an element."""
        self._child(element, "title").text = words

    def legend(self, x: float, y: float, verdicts: Iterable[str]) -> float:
        """A row of swatches with their names; gives the baseline below."""
        for verdict in verdicts:
            look = LOOKS[verdict]
            self.rect(x, y - 12, 22, 14, fill=fill(verdict), stroke=INK, stroke_width="0.8")
            self.text(x + 29, y, look.label, 14)
            x += 29 + len(look.label) * 14 * WIDE + 26
        return y + 26

    def shares(self, left: float, right: float, top: float, bottom: float) -> None:
        """An axis from 0 to 100 %, with its lines."""
        for percent in range(0, 101, 25):
            y = bottom - (bottom - top) * percent / 100
            self.line(left - 5, y, left, y)
            self.line(left, y, right, y, stroke=INK, stroke_opacity="0.22", stroke_width="0.7")
            self.text(left - 9, y + 5, f"{percent} %", 13, text_anchor="end")

    def svg(self, height: float) -> str:
        """The finished picture, of a height."""
        self.ground.set("height", number(height))
        self.root.set("viewBox", f"0 0 {number(self.width)} {number(height)}")
        self.root.set("width", number(self.width))
        self.root.set("height", number(height))
        ET.indent(self.root, " ")
        return ET.tostring(self.root, encoding="unicode", short_empty_elements=True) + "\n"


def fill(verdict: str) -> str:
    """The fill of a verdict's band."""
    return f"url(#sekisho-{verdict})"


def number(value: float) -> str:
    """A length with one digit after the point at most."""
    return f"{value:.1f}".removesuffix(".0")


def wrapped(words: str, width: float, size: float) -> Iterator[str]:
    """Text in lines of at most a width, broken between words.

    >>> list(wrapped("one two three", 60, 14))
    ['one two', 'three']
    """
    most, line = int(width / (size * WIDE)), ""
    for word in words.split():
        if line and len(line) + 1 + len(word) > most:
            yield line
            line = word
        else:
            line = f"{line} {word}".strip()
    if line:
        yield line


def cut(words: str, width: float, size: float) -> str:
    """Text that fits into a width, cut where it does not.

    >>> cut("United States", 200, 13), cut("United States", 60, 13)
    ('United States', 'United…')
    """
    most = int(width / (size * WIDE))
    return words if len(words) <= most else f"{words[: most - 1].rstrip()}…"


def stacked(shares: Mapping[str, float]) -> Iterator[tuple[str, float, float]]:
    """The bands from the bottom up: the verdict, and from where to where it reaches, of 1."""
    at = 0.0
    for verdict in LOOKS:
        share = shares.get(verdict, 0.0)
        if share > 0:
            yield verdict, at, at + share
        at += share
