"""`sekisho decide` cold: the whole process, the compiled corpus in the cache, against merely importing two packages."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

from benchmarks.report import Section, ratio

ROOT = Path(__file__).resolve().parent.parent
LEAST, AIM = 2.5, 1.5
FLOOR = ["-c", "import sqlglot, yaml"]
COMMANDS = {
    "`python -c \"import sqlglot, yaml\"`": FLOOR,
    "`python -c \"import sekisho\"`": ["-c", "import sekisho"],
    "`sekisho decide CASE`": ["-m", "sekisho", "decide", "examples/patriot-2023-12-22.yaml"],
    "`sekisho decide CASE --json`": ["-m", "sekisho", "decide", "examples/patriot-2023-12-22.yaml", "--json"],
    "`python -c \"pass\"`": ["-c", "pass"],
}  # fmt: skip


def run(rounds: int = 15) -> Section:
    """The table of whole processes, which take turns."""
    times: dict[str, list[float]] = {name: [] for name in COMMANDS}
    with tempfile.TemporaryDirectory() as cache:  # its own, so that nobody else's corpus takes the place of ours
        for arguments in COMMANDS.values():
            _seconds(arguments, cache)
        for _ in range(rounds):
            for name, arguments in COMMANDS.items():
                times[name].append(_seconds(arguments, cache))
    median = {name: statistics.median(found) for name, found in times.items()}
    floor = next(median[name] for name, arguments in COMMANDS.items() if arguments is FLOOR)
    section = Section("A whole process, cold", ("process", "median ms", "÷ the imports"))
    section.rows += [(name, f"{value * 1000:.0f}", ratio(value / floor)) for name, value in median.items()]
    reached = median["`sekisho decide CASE`"] / floor
    section.notes += [
        f"{'Met' if reached <= LEAST else 'NOT met'}: at most {LEAST:g}× (the aim is {AIM:g}×).",
        f"{rounds} runs of each, taking turns; Python's bytecode and the compiled corpus are in their caches.",
    ]
    return section


def _seconds(arguments: list[str], cache: str) -> float:
    """The time of one process, from start to end."""
    environment = os.environ | {"PYTHONPATH": str(ROOT / "src"), "XDG_CACHE_HOME": cache}
    begin = perf_counter()
    done = subprocess.run([sys.executable, *arguments], cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    taken = perf_counter() - begin
    if done.returncode:
        raise RuntimeError(f"python {' '.join(arguments)} ended with {done.returncode}: {done.stderr.strip()[-500:]}")
    return taken
