"""Fixtures that every test may ask for: the package's own corpus, and a decider over it, once a session."""

from typing import Any

import pytest

from sekisho.corpus import Corpus, load
from sekisho.decide import Decider


@pytest.fixture(scope="session")
def corpus() -> Corpus:
    return load()


@pytest.fixture(scope="session")
def decider(corpus: Corpus) -> Decider:
    return Decider(corpus)


UNTESTED = {
    "NO PYSPARK": "SPARK WAS NOT TESTED.",
    "NO JAVA": "SPARK WAS NOT TESTED.",
    "NO POSTGRESQL": "POSTGRESQL WAS NOT TESTED.",
    "NO BROWSER": "THE PAGES WERE NOT TESTED IN A BROWSER.",
}
"""What the reason for leaving a test out begins with, and what then was not tested."""


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Says loudly at the end what was not tested, and why: the engine of a cluster, a database, the pages in a browser."""
    skipped = terminalreporter.stats.get("skipped", [])
    reasons = {str(report.longrepr[2]).removeprefix("Skipped: ") for report in skipped if isinstance(report.longrepr, tuple)}
    for reason in sorted(reasons):
        for said in (said for begin, said in UNTESTED.items() if reason.startswith(begin)):
            terminalreporter.write_line(f"{said} {reason}", red=True, bold=True)
