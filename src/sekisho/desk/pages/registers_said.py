"""The shapes of what can be wrong with a register and its sweep, as the engine says it, and how a page says the mend."""

from __future__ import annotations

from collections.abc import Mapping

from sekisho.desk.pages.language import N_

WHATS = (
    N_("the column '{column}' is missing: without a day no law applies."),
    N_("the column '{column}', which {who}, is missing."),
    N_("no column states a fact."),
    N_("two columns give {role}: '{one}' and '{other}'."),
    N_("two columns are called '{name}'."),
    N_("'{one}' and '{other}' both state {role}."),
    N_("the column '{column}' is no fact of the vocabulary."),
    N_("{fact} is given by a column and by a constant."),
    N_("the constant '{fact}' is no fact."),
    N_("'{words}' does not set a fact."),
    N_("the register is empty."),
    N_("the file is empty."),
    N_("the register is {what}."),
    N_("the register is said to be {said}, and {shown}."),
    N_("there is no register in the form."),
    N_("'{name}' is packed."),
    N_("the ending of '{name}' does not say what it is."),
    N_("the Parquet file is not whole."),
    N_("the upload broke off; nothing was kept."),
    N_("the body has more than {count} bytes."),
    N_("{count} registers are kept, and no more may be."),
    N_("more than {count} bytes of registers and outcomes would be kept."),
    N_("the disk is full; nothing was left behind."),
    N_("the server was stopped while it was being swept."),
    N_("it took longer than {count} s, which is the most."),
    N_("the register needs more memory than a sweep may take."),
    N_("the process that read it was killed by signal {number}: from outside, or because memory ran out."),
    N_("the process that read it ended by itself, with status {number}."),
    N_("it was swept, but the record could not be written to; nothing was kept."),
    N_("too many sweeps are waiting."),
    N_("the form is not one of this page, or too old."),
    N_("anchors and aliases are not accepted."),
    N_("there is no sweep '{name}'."),
)
"""What can be wrong."""
MENDS: Mapping[str, str] = {
    "Found: {columns}.": N_("Found: {columns}."),
    "Needed are columns such as exporter.state, recipient.state and item. Found: {columns}.": N_(
        "Say of some column what it states, such as the exporter, the recipient or the item. Found: {columns}."
    ),
    "Keep one of them, or list the other under `ignore` in a mapping.": N_(
        "Keep one of them, and have the other state nothing."
    ),
    "Rename it, or list it under `ignore` in a mapping.": N_("Say what it states, or that it states nothing."),
    "It should have a header at least.": N_("It should have a header at least."),
    "Send it as plain CSV, JSON Lines or Parquet; nothing is unpacked.": N_(
        "Send it as plain CSV, JSON Lines or Parquet; nothing is unpacked."
    ),
    "Unpack it first, and send plain CSV, JSON Lines or Parquet.": N_(
        "Unpack it first, and send plain CSV, JSON Lines or Parquet."
    ),
    "Send it with its own media type or ending.": N_("Give the file its own ending."),
    "Send it as the field '{name}'.": N_("Choose a file."),
    "Take one of {endings}.": N_("Take one of {endings}."),
    "Send it again; it may have broken off.": N_("Send it again; it may have broken off."),
    "Send it again.": N_("Send it again."),
    "Send less, or in parts.": N_("Send less, or in parts."),
    "Delete some that are no longer needed: DELETE /v1/sweeps/ID.": N_("Delete some that are no longer needed."),
    "Make room on it.": N_("Make room on it."),
    "Make room on the server's disk.": N_("Make room on it."),
    "Start it again.": N_("Start it again."),
    "Start it again, or sweep it in parts.": N_("Start it again, or sweep it in parts."),
    "Sweep it in parts.": N_("Sweep it in parts."),
    "Sweep it in parts, or with `sekisho sweep` on a larger machine.": N_(
        "Sweep it in parts, or with `sekisho sweep` on a larger machine."
    ),
    "Tell whoever runs the server.": N_("Tell whoever runs the server."),
    "Load the page again, and send it from there.": N_("Load the page again, and send it from there."),
    "Write FACT=VALUE.": N_("Name a fact of the vocabulary and its value."),
    "Write the value out.": N_("Write the value out."),
    "GET /v1/sweeps lists them.": N_("Look under Registers."),
}
"""The mends, and how a page says them."""
