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


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Says loudly at the end what was not tested, and why: the engine of a cluster, the pages in a browser."""
    skipped = terminalreporter.stats.get("skipped", [])
    reasons = {str(report.longrepr[2]).removeprefix("Skipped: ") for report in skipped if isinstance(report.longrepr, tuple)}
    for reason in sorted(reason for reason in reasons if reason.startswith(("NO PYSPARK", "NO JAVA"))):
        terminalreporter.write_line(f"SPARK WAS NOT TESTED. {reason}", red=True, bold=True)
    for reason in sorted(reason for reason in reasons if reason.startswith("NO BROWSER")):
        terminalreporter.write_line(f"THE PAGES WERE NOT TESTED IN A BROWSER. {reason}", red=True, bold=True)
