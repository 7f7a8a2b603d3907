"""`python -m benchmarks`: runs every benchmark, prints the tables and writes them to docs/performance.md."""

from __future__ import annotations

import argparse
import datetime as dt

from benchmarks import against, cold, desk, growth, reading, report, single, sweeps
from sekisho.decide import decider

LARGE = 50_000_000
BENCHMARKS = {
    "single": lambda given: single.run(decider(), *((60, 2) if given.quick else ())),
    "against": lambda given: against.run(decider(), *((20, 1) if given.quick else ())),
    "reading": lambda given: reading.run(decider(), *((50,) if given.quick else ())),
    "desk": lambda given: desk.run(decider(), *((3, 30) if given.quick else ())),
    "cold": lambda given: cold.run(*((3,) if given.quick else ())),
    "sweep": lambda given: sweeps.run(decider(), *((20_000, 1, 200, 5_000) if given.quick else ())),
    "growth": lambda given: growth.run(decider(), *((20_000, 60_000, 1) if given.quick else (1_000_000, given.large))),
}


def main() -> None:
    """Run the benchmarks asked for; only a full run is written to the page, unless `--write` asks for it."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("only", nargs="*", choices=[*BENCHMARKS, []], help="which ones (all of them by default)")
    parser.add_argument("--quick", action="store_true", help="few cases and rounds, to see that everything works")
    parser.add_argument(
        "--large", nargs="?", type=int, const=LARGE, default=3_000_000, metavar="ROWS",
        help=f"the longest register of `growth`: {LARGE:,} rows, or as many as said (without it: %(default)s)",
    )  # fmt: skip
    parser.add_argument("--write", action="store_true", help="write the tables measured to the page, and leave the others")
    arguments = parser.parse_args()
    print(f"Machine: {report.machine()}\n")
    sections = []
    for name in arguments.only or BENCHMARKS:
        sections.append(BENCHMARKS[name](arguments))
        print(sections[-1].plain(), flush=True)
    if arguments.write or not (arguments.only or arguments.quick):
        report.write(sections, dt.date.today())


if __name__ == "__main__":
    main()
