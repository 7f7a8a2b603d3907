"""Fixtures that every test may ask for: the package's own corpus, and a decider over it, once a session."""

import pytest

from sekisho.corpus import Corpus, load
from sekisho.decide import Decider


@pytest.fixture(scope="session")
def corpus() -> Corpus:
    return load()


@pytest.fixture(scope="session")
def decider(corpus: Corpus) -> Decider:
    return Decider(corpus)
