"""News text in, draft cases out: every fact with the words it came from, for a person to confirm.

    source    file to text                  clauses  who does what to whom, as frames
    tokens    text to sentences             status   decided, planned, asked, refused, past, or set aside
    units     names, things, verbs          roles    who is who, by the pattern of each verb
    joining   what stands apart, joined     events   frames as transfers
    chunks    phrases                       context  what pronouns mean
    grouping  phrases over an of, in lists  drafts   one draft a transfer, with its facts and links

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
