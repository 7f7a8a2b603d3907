"""`python -m tests.soak_desk N`: N servers killed while eight clients write to them, over SQLite and over PostgreSQL.

After each kill the log is verified and held to every write that was acknowledged (`record/killing.py`). A record is left for
a new one after some kills, so that verifying it stays short.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter
from dataclasses import asdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from record.databases import NO_POSTGRESQL, Cluster, binaries
from record.killing import kill

EACH = 25
"""Kills over one record."""


def soak(times: int, folder: Path, cluster: Cluster | None, seed: str) -> Counter[str]:
    """What so many kills came to. Raises `AssertionError` where anything is lost or doubled."""
    seen: Counter[str] = Counter()
    for part in range(0, times, EACH):
        database = cluster.new() if cluster is not None else ""
        told = asdict(kill(folder / f"record-{part}", database, min(EACH, times - part), f"{seed} {part}"))
        largest = max(seen.pop("largest", 0), told.pop("largest"))
        seen.update(told)
        seen["largest"] = largest
        sys.stdout.write(f"  {seen['kills']:>4} kills, {seen['acknowledged']:,} writes acknowledged\n")
        sys.stdout.flush()
    return seen


def main() -> None:
    """Kill over both stores, and say what was seen."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("times", type=int)
    parser.add_argument("--seed", default=str(time.time_ns()))
    asked = parser.parse_args()
    sys.stdout.write(f"seed {asked.seed}\n")
    with tempfile.TemporaryDirectory() as folder:
        tell("SQLite", asked.times, Path(folder), None, asked.seed)
        programs = binaries()
        if programs is None:
            sys.stdout.write(f"POSTGRESQL WAS NOT TESTED. {NO_POSTGRESQL}\n")
            return
        cluster = Cluster(programs)
        try:
            tell("PostgreSQL", asked.times, Path(folder), cluster, asked.seed)
        finally:
            cluster.remove()


def tell(name: str, times: int, folder: Path, cluster: Cluster | None, seed: str) -> None:
    """Kill over one store, and say what was seen."""
    sys.stdout.write(f"{name}\n")
    began = time.monotonic()
    seen = soak(times, folder / name, cluster, f"{seed} {name}")
    words = ", ".join(f"{what.replace('_', ' ')} {count:,}" for what, count in sorted(seen.items()))
    sys.stdout.write(f"{name}: nothing lost, nothing doubled ({words}) in {time.monotonic() - began:,.0f} s\n")


if __name__ == "__main__":
    main()
