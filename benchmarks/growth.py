"""A sweep of very many rows, in a process of its own: time per row against that of fewer rows, and peak memory."""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from benchmarks import workload
from benchmarks.report import Section, load, met, ratio
from sekisho.decide import Decider

ROOT = Path(__file__).resolve().parent.parent
MOST_MEMORY, AIM_MEMORY = 4.0, 2.0
"""GiB at the peak: what must be kept to, and what is aimed at."""
MOST_GROWTH = 1.2
"""How many times as long a row may take in the long register as in the short one."""
_CHILD = """
import json, re, resource, sys
from pathlib import Path
from time import perf_counter
import sekisho
begin = perf_counter()
result = sekisho.sweep(Path(sys.argv[1]), Path(sys.argv[2]))
seconds = perf_counter() - begin
status = Path("/proc/self/status")
found = re.search(r"VmHWM:\\s*(\\d+) kB", status.read_text()) if status.exists() else None
used = resource.getrusage(resource.RUSAGE_SELF)
peak = int(found[1]) if found else used.ru_maxrss / (1024 if sys.platform == "darwin" else 1)
said = {"seconds": seconds, "cpu": used.ru_utime + used.ru_stime, "gib": peak / 2**20}
said |= {"rows": result.rows, "decided": result.decided, "rejected": result.rejected}
Path(sys.argv[3]).write_text(json.dumps(said))
"""
"""(`VmHWM` is of this program alone; `ru_maxrss` can still be that of the process which started it.)"""


def run(law: Decider, short: int = 1_000_000, long: int = 50_000_000, rounds: int = 3) -> Section:
    """The table of a short and a long register."""
    section = Section(
        "A sweep of many rows",
        ("rows", "s", "CPU s", "µs a row", "÷ the short one's", "peak memory, GiB", "Parquet in, MB", "out, MB"),
    )
    before = load()
    with tempfile.TemporaryDirectory(prefix="sekisho-bench-") as folder:
        source, out = Path(folder, "rows.parquet"), Path(folder, "out.parquet")
        workload.write(source, short, law)
        runs = [_swept(source, out) for _ in range(rounds)]
        base = statistics.median(run["seconds"] for run in runs) / short
        disk = source.stat().st_size + out.stat().st_size
        _row(section, min(runs, key=lambda run: abs(run["seconds"] / short - base)), base, source, out)
        need, free = 1.2 * disk * long / short, shutil.disk_usage(folder).free
        if need > free:
            section.loudly(f"{long:,} rows need {need / 1e9:.0f} GB of disk and there are {free / 1e9:.0f}: NOT MEASURED.")
            return section
        workload.write(source, long, law)
        found = _swept(source, out)
        _row(section, found, base, source, out)
    growth, peak = found["seconds"] / long / base, found["gib"]
    section.notes += [
        f"{long:,} rows: peak memory at most {MOST_MEMORY:g} GiB, is {peak:.2f} {met(peak <= MOST_MEMORY)}, the aim is "
        f"{AIM_MEMORY:g}; time a row at most {MOST_GROWTH:g} times that of {short:,} rows, is {ratio(growth)} "
        f"{met(growth <= MOST_GROWTH)}.",
        f"The named workload, both regimes, default options, each sweep in a process of its own; the short register {rounds} "
        "times (the median is shown), the long one once. Seconds are of the sweep, CPU seconds and memory of its process.",
        f"Load average of the machine before and after: {before}, {load()} on {os.cpu_count()} cores.",
    ]
    return section


def _row(section: Section, found: dict[str, Any], base: float, source: Path, out: Path) -> None:
    each = found["seconds"] / found["rows"]
    section.rows.append(
        (
            f"{found['rows']:,}", f"{found['seconds']:,.1f}", f"{found['cpu']:,.1f}", f"{each * 1e6:.2f}", ratio(each / base),
            f"{found['gib']:.2f}", f"{source.stat().st_size / 1e6:,.0f}", f"{out.stat().st_size / 1e6:,.0f}",
        )
    )  # fmt: skip


def _swept(source: Path, out: Path) -> dict[str, Any]:
    """A sweep in a process of its own: rows, seconds, and the peak of memory in GiB. Every row has to be decided."""
    environment = os.environ | {"PYTHONPATH": str(ROOT / "src")}
    said = out.with_name("said.json")
    arguments = [sys.executable, "-c", _CHILD, str(source), str(out), str(said)]
    done = subprocess.run(arguments, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"the sweep ended with {done.returncode}: {done.stderr.strip()[-500:]}")
    found: dict[str, Any] = json.loads(said.read_text())
    if found["decided"] != found["rows"]:
        raise RuntimeError(f"the sweep decided {found['decided']} of {found['rows']} rows")
    return found
