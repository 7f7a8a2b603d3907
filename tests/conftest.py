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


UNTESTED = {"NO PYSPARK": "SPARK", "NO JAVA": "SPARK", "NO POSTGRESQL": "POSTGRESQL"}
"""What a reason for leaving tests out begins with, and what then was not tested."""


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Says loudly at the end which engine or database was not tested, and why."""
    skipped = terminalreporter.stats.get("skipped", [])
    reasons = {str(report.longrepr[2]).removeprefix("Skipped: ") for report in skipped if isinstance(report.longrepr, tuple)}
    for reason in sorted(reasons):
        for what in (name for begin, name in UNTESTED.items() if reason.startswith(begin)):
            terminalreporter.write_line(f"{what} WAS NOT TESTED. {reason}", red=True, bold=True)
