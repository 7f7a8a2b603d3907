"""What is wrong, in the language of the page.

The engine says its mistakes in English. Those that a form can bring about are known here by their shape, and said in either
language; of any other the English is shown, and marked as English.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

import msgspec

from sekisho.desk.api.common import engine
from sekisho.desk.line import Flaw
from sekisho.desk.pages import registers_said, served_said
from sekisho.desk.pages.language import N_, gettext
from sekisho.errors import Mistake


class Said(msgspec.Struct, frozen=True):
    """A mistake as a page shows it: what is wrong, the mend, and the language that each is in."""

    what: str
    mend: str = ""
    language: str = "en"
    mend_language: str = "en"


WHATS = (
    N_("'{word}' is not a day."),
    N_("{field}: '{word}' is not a day."),
    N_("the day {day} lies before the first day of the law that is asked, {first}."),
    N_("the day {day} lies before {first}."),
    N_("the case has no date."),
    N_("the item '{item}' is not in the catalogue."),
    N_("'{word}' is not a state."),
    N_("'{word}' is not a value of {fact}."),
    N_("the key '{key}' is not known."),
    N_("there is no head '{head}'."),
    N_("there is no regime '{regime}'."),
    N_("'{word}' is not a verdict."),
    N_("there is no law '{name}'."),
    N_("there is no provision '{name}'."),
    N_("the cursor is none of ours."),
    N_("too much is being worked out."),
    N_("{state} did not exist on {day}."),
    N_("the item is given twice, as {one} and as {other}."),
    N_("{fact} is given twice, as {one} and as {other}."),
    N_("{fact} is stated as {said}, but the catalogue ({item}) has {known}."),
    N_("{fact} is stated as {said}, but the table {table} has {known}."),
    N_("{fact} is a {type}: '{word}' is not."),
    N_("the case cannot be: {why} Here {said}."),
    N_("{fact} differs from state to state."),
    N_("there is no text in it."),
    N_("the text has {count} characters; a report has at most {most}."),
    N_("byte {number} is zero: this is not text."),
    N_("byte {number} is not UTF-8."),
    N_("this does not seem to be English, the only language that is read."),
    N_("the page nests more than {count} levels deep."),
    N_("the page cannot be read: {why}."),
    N_("the PDF is protected by a password."),
    N_("the PDF is protected in a way that cannot be opened."),
    N_("the PDF has more than {count} pages."),
    N_("the PDF cannot be read: {why}."),
    N_("the report is not held any more."),
    N_("the receipt says what was sealed, but its last line end was lost, or space was put around it."),
)
"""The shapes of what the engine says is wrong."""
MENDS = {
    "Add `date:`, the day of the licence decision, such as 2023-12-22.": N_("Give the day of the licence decision."),
    "Write the year, month and day, such as 2023-12-22.": N_("Write the year, month and day, such as 2023-12-22."),
    "Write it as 2023-12-22.": N_("Write it as 2023-12-22."),
    "Check the year.": N_("Check the year."),
    "Come again in a while.": N_("Come again in a while."),
    "Take `next` of the page before, or leave it out.": N_("Begin at the first page."),
    "Did you mean '{name}'?": N_("Did you mean “{name}”?"),
    "Did you mean {name}?": N_("Did you mean {name}?"),
    "Use a code such as JPN.": N_("Take a name from the list, or a code of three letters such as JPN."),
    "Describe it: item: {facts}.": N_("Take a name from the list, or leave it out and describe the item below."),
    "It is one of {values}.": N_("It is one of {values}."),
    "On that day there was {states}.": N_("On that day there was {states}."),
    "It existed {span}.": N_("It existed {span}."),
    "Keep one of them.": N_("Keep one of them."),
    "Leave it out, or use --override to decide on what is stated.": N_(
        "Leave it out, or tick “Stated facts stand against the catalogue and the tables” under Options."
    ),
    "Correct one of them.": N_("Correct one of them."),
    "See docs/vocabulary.md.": N_("Take it out of the address."),
    "Ask of {first} or later.": N_("Ask of {first} or later."),
    "Leave it out.": N_("Leave it out."),
    "A scan has to be recognised as text first.": N_("A scan has to be recognised as text first."),
    "Split it into reports.": N_("Split it into reports."),
    "Give a text, HTML or PDF file.": N_("Give a text, HTML or PDF file."),
    "Save the file in the encoding UTF-8.": N_("Save the file in the encoding UTF-8."),
    "Give a report in English.": N_("Give a report in English."),
    "Save its text alone.": N_("Save its text alone."),
    "Save a copy without one.": N_("Save a copy without one."),
    "Save a copy without it.": N_("Save a copy without it."),
    "Paste it again.": N_("Paste it again."),
    "Give the report alone.": N_("Give the report alone."),
    "Use the file as it was written; `curl --data-binary` sends it so.": N_("Use the file as it was written."),
    "Write {values}.": N_("Write {values}."),
}
"""The shapes of its mends, and how a form says them."""
LINES = {
    "unknown": (
        N_("“{words}” was not understood."),
        N_("Use the names of the catalogue and of states, and “→”, “from” or “to” for the route."),
    ),
    "part": (
        N_("Whether “{words}” sends or receives is not said."),
        N_("Write it as “Japan → United States”, or “from … to …”."),
    ),
    "kind": (N_("Whose kind “{words}” is is not said."), N_("Write it beside the recipient.")),
    "via": (N_("Transit through “{words}” is not modelled."), N_("Leave it out: the law's text on transit is left aside.")),
    "twice": (N_("“{words}” says again what was said otherwise before."), N_("Keep one of them.")),
    "day": (N_("“{words}” is not a whole day."), N_("Write it as 22 December 2023 or 2023-12-22.")),
    "no such day": (N_("There is no such day as “{words}”."), N_("Write it as 22 December 2023 or 2023-12-22.")),
    "which month": (
        N_("Which of the figures of “{words}” is the month is not told."), N_("Write it as 22 December 2023 or 2023-12-22."),
    ),
    "said day": (
        N_("Which day “{words}” is depends on when it is read."), N_("Write it as 22 December 2023 or 2023-12-22."),
    ),
    "empty": (N_("Nothing is written in it."), N_("Write the item, from → to, and the day.")),
    "days": (N_("There is more than one day: {words}."), N_("Keep the day of the licence decision.")),
    "no day": (N_("There is no day in it."), N_("Add the day of the licence decision, such as 22 December 2023.")),
    "leads nowhere": (N_("“{words}” leads from or to no state that is known."), N_("Name a state on each side.")),
    "long": (N_("It has more than {words} characters."), N_("Say it shorter, or use the form.")),
}  # fmt: skip
"""What is wrong with a line, and the mend, by the kind of flaw."""
_WHATS = {**{template: template for template in (*WHATS, *registers_said.WHATS)}, **served_said.WHATS}
_MENDS = {**MENDS, **registers_said.MENDS, **served_said.MENDS}
MEANT = N_("Did you mean {names}?")


@lru_cache(maxsize=256)
def _shape(template: str) -> re.Pattern[str]:
    """What the engine says by a template: its holes stand for any words."""
    parts = re.split(r"(\{\w+\})", template)
    return re.compile("".join(f"(?P<{p[1:-1]}>.+?)" if p[:1] == "{" else re.escape(p) for p in parts), re.DOTALL)


def _put(text: str, templates: Mapping[str, str], language: str) -> tuple[str, str]:
    """A text of the engine in a language, and the language that it is now in."""
    for template, shown in templates.items():
        match = _shape(template).fullmatch(text)
        if match:
            said = gettext(language)(shown)
            words = {name: _word(value, language, _quoted(name, said)) for name, value in match.groupdict().items()}
            return said.format(**words), language
    return text, "en"


def _quoted(name: str, said: str) -> bool:
    """Whether a text quotes what is put into a hole of it."""
    return f"“{{{name}}}”" in said or f"「{{{name}}}」" in said


def _word(text: str, language: str, quoted: bool = False) -> str:
    """A word of the engine's text: a fact by its label, a reason why in the page's language, else as it is."""
    vocabulary = engine().corpus.vocabulary
    if text in vocabulary.facts:
        label = vocabulary.facts[text].label.in_(language)
        return label if quoted else f"「{label}」" if language == "ja" else f"“{label}”"
    return next((entry.why.in_(language) for entry in vocabulary.always if entry.why.en == text), text)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def said(mistake: Mistake, language: str) -> Said:
    """A mistake of the engine as a page says it."""
    what, spoken = _put(mistake.what, _WHATS, language)
    mend, mend_spoken = _put(mistake.mend, _MENDS, language) if mistake.mend else ("", language)
    return Said(_capital(what), mend, spoken, mend_spoken)


def line_flaws(flaws: Iterable[Flaw], language: str) -> list[Said]:
    """What is wrong with a line, as a page says it."""
    say, found = gettext(language), []
    for flaw in flaws:
        what, mend = LINES[flaw.kind]
        names = ("、" if language == "ja" else ", ").join(
            f"「{name}」" if language == "ja" else f"“{name}”" for name in flaw.meant
        )
        found.append(Said(
            say(what).format(words=flaw.words), say(MEANT).format(names=names) if names else say(mend), language, language,
        ))  # fmt: skip
    return found
