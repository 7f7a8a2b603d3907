"""What the benchmarks found: tables on the terminal, and the same tables in docs/performance.md between two marks."""

from __future__ import annotations

import datetime as dt
import os
import platform
import re
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

PAGE = Path(__file__).resolve().parent.parent / "docs" / "performance.md"
BEGIN, END = "<!-- bench: begin -->", "<!-- bench: end -->"
_HEAD = f"""# Performance

The figures between the marks are written by `make bench`; read the ratios, which were taken in one run on one machine.

{BEGIN}
{END}
"""


@dataclass
class Section:
    """A table with its title, and what must be known to read it; `picture` is a chart in SVG, written beside the page."""

    title: str
    header: Sequence[str]
    rows: list[Sequence[str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    picture: tuple[str, str] | None = None

    def loudly(self, text: str) -> None:
        """Say at once and in the notes what was not measured."""
        print(f"!!! {text}", file=sys.stderr)
        if text not in self.notes:
            self.notes.append(text)

    def markdown(self, measured: str) -> str:
        """The section as Markdown, with the words that say when and on what it was measured."""
        ruled = [self.header, ["---", *("---:" for _ in self.header[1:])], *self.rows]
        table = "\n".join("| " + " | ".join(cells) + " |" for cells in ruled)
        notes = "\n".join(f"- {note}" for note in self.notes)
        picture = f"![{self.title}: the chart of the table]({self.picture[0]})\n\n" if self.picture else ""
        return f"## {self.title}\n\n{measured}\n\n{picture}{table}\n" + (f"\n{notes}\n" if notes else "")

    def plain(self) -> str:
        """The section as plain text in columns."""
        rows = [list(self.header), *map(list, self.rows)]
        widths = [max(len(row[place]) for row in rows) for place in range(len(self.header))]
        lines = ["  ".join(_padded(row, widths)).rstrip() for row in rows]
        return "\n".join([self.title, "", *lines, *(f"  * {note}" for note in self.notes), ""])


def _padded(row: Sequence[str], widths: Sequence[int]) -> list[str]:
    return [row[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))]


def machine() -> str:
    """The machine and the Python that ran the benchmarks."""
    model = platform.processor() or platform.machine()
    information = Path("/proc/cpuinfo")
    if information.exists():
        found = re.search(r"^model name\s*:\s*(.+)$", information.read_text(), re.MULTILINE)
        model = found[1] if found else model
    python = f"{platform.python_implementation()} {platform.python_version()}"
    return f"{os.cpu_count()} cores of {model}, {platform.system()}, {python}"


def met(reached: bool) -> str:
    """What is said of a bar."""
    return "(met)" if reached else "(NOT met)"


def load() -> str:
    """How many processes the machine had to run at once in the last minute: above the number of cores, ratios blur."""
    return f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "unknown"


def microseconds(value: float) -> str:
    """A time in microseconds, with three figures."""
    return f"{value:,.1f}" if value < 100 else f"{value:,.0f}"


def ratio(value: float) -> str:
    """A ratio, with its sign."""
    return f"{value:,.2f}×" if value < 10 else f"{value:,.0f}×"


def write(sections: Iterable[Section], on: dt.date, page: Path = PAGE) -> None:
    """Put the tables between the marks of the page, each in the place of the one with its title, and new ones at the end.

    What stands outside the marks is left alone, and so are the tables that were not measured again.
    """
    text = page.read_text("utf-8") if page.exists() else _HEAD
    if text.count(BEGIN) != 1 or text.count(END) != 1:
        raise ValueError(f"{page}: it lacks the marks {BEGIN} and {END}, once each.")
    before, rest = text.split(BEGIN)
    within, after = rest.split(END)
    tables = {part.partition("\n")[0]: f"## {part.strip()}\n" for part in re.split("^## ", within, flags=re.MULTILINE)[1:]}
    page.parent.mkdir(exist_ok=True)
    for section in sections:
        tables[section.title] = section.markdown(f"Measured on {on} on {machine()}.")
        if section.picture is not None:
            _replace(page.with_name(section.picture[0]), section.picture[1])
    _replace(page, f"{before}{BEGIN}\n\n{chr(10).join(tables.values())}\n{END}{after}")


def _replace(path: Path, text: str) -> None:
    draft = path.with_name(f"{path.name}.draft")
    draft.write_text(text, "utf-8")
    draft.replace(path)
