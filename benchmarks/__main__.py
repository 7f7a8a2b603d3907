"""`python -m benchmarks`: runs every benchmark, prints the tables and writes them to docs/performance.md."""

from __future__ import annotations

import argparse
import datetime as dt

from benchmarks import against, cold, reading, report, single
from sekisho.decide import decider

BENCHMARKS = {
    "single": lambda quick: single.run(decider(), *((60, 2) if quick else ())),
    "against": lambda quick: against.run(decider(), *((20, 1) if quick else ())),
    "reading": lambda quick: reading.run(decider(), *((50,) if quick else ())),
    "cold": lambda quick: cold.run(*((3,) if quick else ())),
}


def main() -> None:
    """Run the benchmarks asked for; only a full run is written to the page."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("only", nargs="*", choices=[*BENCHMARKS, []], help="which ones (all of them by default)")
    parser.add_argument("--quick", action="store_true", help="few cases and rounds, to see that everything works")
    arguments = parser.parse_args()
    print(f"Machine: {report.machine()}\n")
    sections = []
    for name in arguments.only or BENCHMARKS:
        sections.append(BENCHMARKS[name](arguments.quick))
        print(sections[-1].plain(), flush=True)
    if not arguments.only and not arguments.quick:
        report.write(sections, dt.date.today())


if __name__ == "__main__":
    main()
