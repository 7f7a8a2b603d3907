"""The shapes of states on the map: Natural Earth's, from a vendored file, drawn once in the Equal Earth projection.

The projection keeps areas, so that no state looks larger than it is. The map is centred on the meridian of 150° east and
ends in the Atlantic, where it cuts no state of the table but Greenland's ice. Antarctica is left out.
Lengths are in tenths of a unit of which the map is a thousand wide.
"""

from __future__ import annotations

import csv
import functools
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

import msgspec
import numpy as np
from numpy.typing import NDArray

HERE = Path(__file__).parent
ATLAS = HERE.parent / "static" / "vendor" / "world-atlas" / "countries-50m.json"
PLACES = HERE / "places.csv"

Points: TypeAlias = NDArray[np.float64]
"""A row a point, two columns: degrees of longitude and latitude, or x and y."""

CENTRE, SOUTH, NORTH = 150.0, -56.5, 84.0
"""Degrees: the middle meridian, and the parallels at which the map ends."""
WIDTH = 10_000
FINEST = 8.0
"""Points that lie nearer to the last than this are left out, by whole borders: what two states share, they keep sharing."""
TINIEST = 6.0
"""An island smaller than this is not drawn, unless it is all there is of a state."""
SMALLEST = 50.0
"""A state that is smaller than this, both ways, has a mark as well."""
LEFT_OUT = frozenset({"010"})
"""Antarctica, by its ISO 3166 number."""


class Shape(NamedTuple):
    """A state or an area on the map: its outline as an SVG path, and the place of its mark if it is too small to be seen.

    `code` is that of the table of states; an area without one has `name`, which is Natural Earth's.
    """

    code: str
    name: str
    outline: str
    x: int
    y: int
    small: bool


class Geography(NamedTuple):
    """All shapes, in the order in which they are drawn; the outline of the map itself; its height."""

    shapes: tuple[Shape, ...]
    edge: str
    height: int


# ---- the projection ------------------------------------------------------------------------------------------------

_A = (1.340264, -0.081106, 0.000893, 0.003796)
"""The coefficients of Equal Earth (Šavrič, Patterson and Jenny, 2018)."""


def project(points: Points) -> Points:
    """Degrees east of the middle meridian and of latitude as x and y on the map."""
    theta = np.arcsin(np.sqrt(3) / 2 * np.sin(np.radians(points[:, 1])))
    square = theta * theta
    sixth = square**3
    slope = _A[0] + 3 * _A[1] * square + sixth * (7 * _A[2] + 9 * _A[3] * square)
    x = np.radians(points[:, 0]) * np.cos(theta) / (np.sqrt(3) / 2 * slope)
    y = theta * (_A[0] + _A[1] * square + sixth * (_A[2] + _A[3] * square))
    return np.column_stack([WIDTH / 2 + _SCALE * x, _SCALE * (_TOP - y)])


_SCALE = WIDTH / 2 / (np.pi * 2 / np.sqrt(3) / _A[0])
_TOP = 0.0
_TOP = float(-project(np.array([[0.0, NORTH]]))[0, 1] / _SCALE)


# ---- the atlas -----------------------------------------------------------------------------------------------------


class _Atlas:
    """The file: its borders, each once, and the objects made of them."""

    def __init__(self, path: Path) -> None:
        told = msgspec.json.decode(path.read_bytes())
        scale, shift = (np.array(told["transform"][name]) for name in ("scale", "translate"))
        self.objects: Sequence[Mapping[str, Any]] = told["objects"]["countries"]["geometries"]
        self._borders = [_thinned(_turned(np.cumsum(arc, axis=0) * scale + shift)) for arc in told["arcs"]]

    def rings(self, entry: Mapping[str, Any]) -> Iterator[Points]:
        """The rings of an object, in degrees, whole however far they reach beyond the edge of the map."""
        polygons = entry["arcs"] if entry["type"] == "MultiPolygon" else [entry["arcs"]]
        for polygon in polygons:
            for ring in polygon:
                yield self._ring(ring)

    def _ring(self, numbers: Sequence[int]) -> Points:
        parts: list[Points] = []
        for number in numbers:
            border = self._borders[number] if number >= 0 else self._borders[~number][::-1]
            if parts:
                gap = round((parts[-1][-1, 0] - border[0, 0]) / 360) * 360
                border = border[1:] + np.array([gap, 0])
            parts.append(border)
        return np.concatenate(parts)


def _turned(points: Points) -> Points:
    """Longitudes counted from the middle meridian, without leaps."""
    east = np.mod(points[:, 0] - CENTRE + 180, 360) - 180
    return np.column_stack([np.unwrap(east, period=360), points[:, 1]])


def _thinned(points: Points) -> Points:
    """A border without the points that nobody could tell apart; its ends stay."""
    drawn = project(points).tolist()
    kept, (east, south) = [0], drawn[0]
    for place, (x, y) in enumerate(drawn[1:-1], 1):
        if (x - east) ** 2 + (y - south) ** 2 >= FINEST**2:
            kept.append(place)
            east, south = x, y
    kept.append(len(points) - 1)
    return points[kept] if len(kept) > 4 else points


def _within(ring: Points) -> Iterator[Points]:
    """The parts of a ring that lie on the map: one, or two where its edge cuts it."""
    for turn in (-360.0, 0.0, 360.0):
        part = ring + np.array([turn, 0.0])
        for side, limit in ((1, -180.0), (-1, 180.0)):
            part = _cut(part, side, limit)
        if len(part) > 2:
            yield part


def _cut(ring: Points, side: int, limit: float) -> Points:
    """What of a ring lies on one side of a meridian."""
    inside = side * (ring[:, 0] - limit) >= 0
    if inside.all() or not inside.any():
        return ring[inside]
    found: list[Points] = []
    for place in range(len(ring)):
        here, before = ring[place], ring[place - 1]
        if inside[place] != inside[place - 1]:
            share = (limit - before[0]) / (here[0] - before[0])
            found.append(before + share * (here - before))
        if inside[place]:
            found.append(here)
    return np.array(found)


# ---- drawing -------------------------------------------------------------------------------------------------------


def _path(points: Points) -> str:
    """A closed line as an SVG path in whole numbers, each point told from the one before."""
    places = np.rint(points).astype(int)
    steps = np.diff(places, axis=0)
    steps = steps[np.any(steps != 0, axis=1)]
    joined = " ".join(f"{x} {y}" for x, y in steps.tolist())
    return f"M{places[0, 0]} {places[0, 1]}l{joined}z" if joined else ""


def _middle(points: Points) -> Points:
    """The centre of gravity of a closed line."""
    x, y = (points - points[0]).T
    cross = x * np.roll(y, -1) - np.roll(x, -1) * y
    area = cross.sum() / 2
    if abs(area) < 1:
        return np.asarray(points.mean(axis=0))
    return np.asarray(
        points[0] + np.array([((x + np.roll(x, -1)) * cross).sum(), ((y + np.roll(y, -1)) * cross).sum()]) / (6 * area)
    )


def _size(points: Points) -> float:
    return float(np.ptp(points, axis=0).max())


def _shape(code: str, name: str, rings: Sequence[Points]) -> Shape:
    drawn = [project(part) for ring in rings for part in _within(ring)]
    largest = max(drawn, key=_size)
    x, y = np.rint(_middle(largest)).astype(int).tolist()
    outline = "".join(_path(part) for part in drawn if part is largest or _size(part) >= TINIEST)
    return Shape(code, name, outline, x, y, _size(largest) < SMALLEST)


class Place(NamedTuple):
    """A row of `places.csv`: a state's code, what names it in the atlas, and where it lies if it is not there."""

    code: str
    atlas: str
    east: str
    north: str


@functools.lru_cache(maxsize=1)
def places() -> tuple[Place, ...]:
    """The places of the states of the table, by code."""
    with PLACES.open(encoding="utf-8", newline="") as file:
        return tuple(Place(**row) for row in csv.DictReader(file))


@functools.lru_cache(maxsize=1)
def geography() -> Geography:
    """The map, drawn once: large shapes before small ones, so that none hides another."""
    atlas, codes = _Atlas(ATLAS), {place.atlas: place.code for place in places() if place.atlas}
    rings: dict[tuple[str, str], list[Points]] = {}
    for entry in atlas.objects:
        number, name = entry.get("id"), entry["properties"]["name"]
        if number not in LEFT_OUT:
            code = codes.get(number or name, "")
            rings.setdefault((code, "" if code else name), []).extend(atlas.rings(entry))
    shapes = [_shape(code, name, found) for (code, name), found in rings.items()]
    for place in places():
        if place.east:
            x, y = project(_turned(np.array([[float(place.east), float(place.north)]])))[0].round().astype(int).tolist()
            shapes.append(Shape(place.code, "", "", x, y, True))
    shapes.sort(key=lambda shape: (shape.small, shape.code or "~", shape.name))
    return Geography(tuple(shapes), *_edge())


def _edge() -> tuple[str, int]:
    """The outline of the map, and its height."""
    sides = np.linspace(SOUTH, NORTH, 60)
    left = project(np.column_stack([np.full(60, -180.0), sides]))
    right = project(np.column_stack([np.full(60, 180.0), sides]))[::-1]
    return _path(np.concatenate([left, right])), int(np.ceil(left[0, 1]))
