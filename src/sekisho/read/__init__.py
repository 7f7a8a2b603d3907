"""News text in, draft cases out: every fact with the words it came from, for a person to confirm.

    source    file to text                         telling, phrasing  phrases to the frame they belong to
    tokens    text to sentences                    clauses   every verb a frame, and what it hangs on
    units     names, things, verbs, numbers, days  status    decided, planned, asked, refused, past, or set aside
    deciding  verb or noun; joining, sayings  what stands apart, joined, and set phrases
    chunks    phrases                              deals, asking, moving, licensing, roles  who is who, by each verb
    grouping  phrases over an *of* and in lists    sellers, governing, sides  who else stands in it, or before it
    pairing   numbers and parties, *respectively*  leave, stocks, remarks  leave told of, whose stocks, words beside
    frames    a verb with its arguments            events    frames as transfers; context  what pronouns mean
    settling, undone  what is known when the sentence is read, and what was to have been and is off
    appeals, beside, otherwise  who is asked by letter, and what other words of the sentence make of it
    asides, abroad  what only looks like a transfer
    consents, answering, outcomes, later  who answers, what becomes of it, and on what terms, told behind
    draft, drafts, facts  one draft a transfer, with its facts and links

Nothing is invented: a fact without words is not in a draft, the day that the user gives apart.
"""

from sekisho.read.cases import write_cases
from sekisho.read.data import report_data
from sekisho.read.report import Report, decide_drafts, read, read_report
from sekisho.read.shown import report_text
from sekisho.read.source import Source, read_source

__all__ = [
    "Report",
    "Source",
    "decide_drafts",
    "read",
    "read_report",
    "read_source",
    "report_data",
    "report_text",
    "write_cases",
]
