"""The chart of sweeps: rows a second as dots on a logarithmic line, in the look of Sekisho's other charts."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from sekisho.sweep.drawing import FAINT, INK, Canvas

WIDTH, LEFT, RIGHT, STEP = 900, 430, 80, 30
OURS = "#0b4f6c"


@dataclass(frozen=True)
class Dot:
    """A line of the chart: a name, rows a second, and how it is drawn: `ours` filled, `aside` (no bar) small."""

    name: str
    rate: float
    ours: bool
    aside: bool


def chart(title: str, dots: Sequence[Dot]) -> str:
    """The chart as SVG, the fastest first."""
    ordered = sorted(dots, key=lambda dot: -dot.rate)
    canvas = Canvas(WIDTH, title, "; ".join(f"{dot.name}: {dot.rate:,.0f} rows a second" for dot in ordered))
    least, most = math.floor(math.log10(ordered[-1].rate)), math.ceil(math.log10(ordered[0].rate))
    top, bottom = 80, 80 + STEP * len(ordered)

    def x(rate: float) -> float:
        return LEFT + (WIDTH - LEFT - RIGHT) * (math.log10(rate) - least) / max(most - least, 1)

    canvas.text(20, 32, title, 19, font_weight="bold")
    canvas.text(20, 54, "Each line to the right is ten times as fast. Filled: Sekisho.", 13, fill=FAINT)
    for power in range(least, most + 1):
        place = x(10**power)
        canvas.line(place, top - 8, place, bottom, stroke_opacity="0.22", stroke_width="0.7")
        canvas.text(place, bottom + 18, f"{10**power:,}", 13, text_anchor="middle")
    for number, dot in enumerate(ordered):
        y = top + STEP * number + STEP / 2
        colour = OURS if dot.ours or dot.name.startswith("Sekisho") else INK
        canvas.text(
            LEFT - 14, y + 5, dot.name, 13, text_anchor="end", fill=colour, font_weight="bold" if dot.ours else "normal"
        )
        canvas.line(LEFT, y, x(dot.rate), y, stroke=colour, stroke_opacity="0.35", stroke_width="1")
        canvas.circle(
            x(dot.rate),
            y,
            4 if dot.aside else 6,
            fill=colour if colour == OURS else "#ffffff",
            stroke=colour,
            stroke_width="1.6",
        )
        canvas.text(x(dot.rate) + 11, y + 5, f"{dot.rate:,.0f}", 13)
    return canvas.svg(bottom + 36)
