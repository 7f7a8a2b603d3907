"""The shapes of what the server itself, the record and the framework say is wrong, and how a page says it and the mend."""

from __future__ import annotations

from collections.abc import Mapping

from sekisho.desk.pages.language import N_

WHATS: Mapping[str, str] = {
    "Not Found": N_("there is no such page."),
    "Method Not Allowed": N_("this address does not take what was sent."),
    "There was an error parsing the body": N_("the form could not be read."),
    "Field required.": N_("something that is needed was not sent."),
    "String should have at most {count} characters.": N_("it has more than {count} characters."),
    "Input should be a valid integer{rest}": N_("it is not a whole number."),
    "Input should be a valid boolean{rest}": N_("it is neither true nor false."),
    "String should match pattern {pattern}": N_("it has characters that cannot stand there."),
    "the case '{case}' has changed since: its newest entry is {newest}, not {seen}.": N_(
        "the case has changed since the form was opened."
    ),
    "Value error, {why}": N_("it cannot be used."),
} | {
    text: text
    for text in (
        N_("the headers have more than {count} bytes."),
        N_("the server is not called by this name."),
        N_("too many requests."),
        N_("the token is missing or wrong."),
        N_("another site may not write here."),
        N_("nothing of the body came for {count} s."),
        N_("the server failed."),
        N_("this cannot be recorded: {why}."),
        N_("an entry has at most {count} bytes."),
        N_("the case '{case}' was withdrawn."),
        N_("the case '{case}' has no entry {number}."),
        N_("there is no case '{case}'."),
        N_("there are {count} cases in it."),
        N_("the entry {number} holds no receipt."),
        N_("the idempotency key '{key}' was used for another request."),
        N_("the record cannot be used: {why}."),
        N_("this is not a receipt."),
        N_("the receipt is damaged and cannot be read."),
        N_("the seal is broken: the receipt was changed after it was made."),
        N_("there is no parameter '{name}'."),
    )
}
"""What can be wrong, and how a page says it."""
MENDS: Mapping[str, str] = {
    text: text
    for text in (
        N_("Send fewer."),
        N_("Start it with --name for this one."),
        N_("Open the page of this server."),
        N_("Send less, or in parts."),
        N_("Send it without such gaps."),
        N_("Its log says where, near {number}."),
        N_("Send plain text and smaller numbers."),
        N_("Record less at a time."),
        N_("Save the decision as a new case."),
        N_("Look it up in its history."),
        N_("Look it up in the list of cases."),
        N_("Keep one."),
        N_("Use an intact copy."),
    )
} | {
    "Give the file that `decide --receipt` wrote.": N_("Give the file of a receipt, as it was downloaded or written."),
    "Come again in {seconds} s.": N_("Come again in a while."),
    "Send it as `Authorization: Bearer …`, or give it at /token.": N_("Give it at /token."),
    "Read it again.": N_("See what was added, and send it again if it still holds."),
}
"""The mends, and how a page says them."""
