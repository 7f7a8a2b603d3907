"""Spans are exact: whatever is read, every quoted place is where it says it is."""

from __future__ import annotations

import datetime as dt
import itertools

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scoring import passages

from sekisho.decide import Decider
from sekisho.read import Source, read_report, report_data
from sekisho.read.tokens import sentences, tokens

PIECES = sorted({sentence for passage in passages() for sentence in passage.text.split(". ")})
NOISE = [
    "\n\n",
    "\n",
    "\r\n",
    " ",
    "\t",
    "\u00a0",
    "“",
    "”",
    "\u202e",
    "é",
    "日本",
    "𝔸",
    "'s ",
    " (",
    ") ",
    ", ",
    "; ",
    " - ",
    "U.S. ",
    "F-16s ",
    "$3bn ",
]
TEXTS = st.lists(st.sampled_from(PIECES) | st.sampled_from(NOISE) | st.text(max_size=8), max_size=14).map("".join)
DAYS = st.none() | st.dates(dt.date(1950, 1, 1), dt.date(2030, 1, 1))


@given(st.text(max_size=300) | TEXTS)
def test_tokens_are_slices_of_the_text(text: str) -> None:
    found = tokens(text)
    assert all(text[token.start : token.end] == token.text for token in found)
    assert all(first.end <= second.start for first, second in itertools.pairwise(found))
    assert "".join(token.text for token in found) == "".join(text.split())
    assert [token.text for sentence in sentences(text) for token in sentence.tokens] == [token.text for token in found]


@given(text=TEXTS, day=DAYS)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_quoted_span_is_found_at_its_place(text: str, day: dt.date | None, decider: Decider) -> None:
    data = report_data(read_report(Source(text, "text", "report"), decider, day), decider)
    for draft in data["drafts"]:
        quoted = [span for fact in draft["facts"] for span in fact["spans"]] + draft["links"] + draft["told"]
        for span in quoted:
            assert 0 <= span["start"] < span["end"] <= len(text)
            assert text[span["start"] : span["end"]] == span["words"] and span["words"].strip() == span["words"]
        for fact in draft["facts"]:
            assert fact["spans"] or (fact["name"] == "date" and fact["how"] == "given")
        stated = {fact["name"] for fact in draft["facts"]}
        assert set(draft["case"]) <= stated | {"id", "note"}
    for aside in data["set_aside"]:
        assert text[aside["start"] : aside["end"]] == aside["words"]
