"""What the words of an answer mean, for who is new to them."""

from __future__ import annotations

from sekisho.desk.pages.language import N_

GLOSSARY: tuple[tuple[str, str], ...] = (
    (
        N_("Regime"),
        N_("A body of law of one state that is decided by itself. Of several the strictest verdict counts."),
    ),
    (
        N_("A head"),
        N_("A case in which the law allows a transfer, with what it asks for. What no head opens is not permitted."),
    ),
    (
        N_("Opens it, bars it, lifts the bar"),
        N_("A head opens a transfer. A bar closes it, whatever opens it. What lifts a bar takes it away in a case of its own."),
    ),
    (
        N_("Conditional"),
        N_("It is allowed once what is still to be obtained has been obtained, such as a licence or an assurance."),
    ),
    (
        N_("Undetermined"),
        N_("It turns on something that was not stated. That is asked, not guessed."),
    ),
    (
        N_("Outside"),
        N_("The regime does not govern the transfer, or did not exist yet."),
    ),
    (
        N_("Taken from silence"),
        N_("What nobody claims, promises, does or finds counts as not so, or as not refused yet, until it is stated."),
    ),
    (
        N_("Table of facts, world"),
        N_("What was so on a day and need not be stated, such as which agreement was in force, each with its source."),
    ),
    (
        N_("The law as put here"),
        N_("The law as this software holds it, with the days on which just these words were in force."),
    ),
)
"""Words and their meaning, in the order in which a page meets them."""
