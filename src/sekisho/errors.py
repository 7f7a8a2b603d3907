"""What can go wrong, and where.

    SekishoError
    ├── InputError              bad input: exit 3
    │   ├── LawError            a law file, the vocabulary or a regime
    │   ├── WorldError          a table of dated facts
    │   ├── CaseError           a case, or what it says against the catalogue and the world
    │   ├── RegisterError       a register of many cases, or the mapping of its columns
    │   ├── ReportError         a news report that cannot be read
    │   └── ReceiptError        a file that is no receipt at all
    ├── SealError               a receipt that does not match its seal, or a log that is broken: exit 4
    ├── StoreError              the record cannot be opened, read or written: exit 5
    ├── ProofTimeout            a solver ran out of time: nothing is proven
    ├── StoppedError            a solver was stopped, as nobody waits for the answer
    ├── DeskError               a request that the desk cannot serve as it stands
    │   ├── LocatedError        about a part of what was sent to it
    │   └── ParameterError      about a parameter of the query
    └── UsageError              a request that makes no sense: exit 2
        ├── AbsentError         what is asked for is not in the record
        └── ConflictError       what is asked for goes against what is recorded
            └── ChangedError    what is recorded has changed since it was read

Each carries its mistakes as data, so that the terminal's text and an API's problem body come from one object.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mistake:
    """One thing that is wrong: what, where and the mend.

    `file` is as the user named it; `line` counts from 1; `field` is a fact, key or column; `row` a row of a table,
    counting the header as row 1.
    """

    what: str
    mend: str = ""
    file: str = ""
    line: int | None = None
    field: str = ""
    row: int | None = None

    @property
    def where(self) -> str:
        """The place, as short text: `guidelines.md:41`, `items.csv, row 7`, or nothing where it is not known."""
        place = self.file
        if self.line is not None:
            place += f":{self.line}" if place else f"line {self.line}"
        if self.row is not None:
            place += f", row {self.row}" if place else f"row {self.row}"
        return place

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        mend = f" {self.mend}" if self.mend else ""
        return f"{place}{self.what}{mend}"


class SekishoError(Exception):
    """The root of all that Sekisho raises on purpose."""

    exit_status = 1

    def __init__(self, mistakes: Iterable[Mistake] | Mistake | str) -> None:
        if isinstance(mistakes, str):
            mistakes = Mistake(mistakes)
        self.mistakes: tuple[Mistake, ...] = (mistakes,) if isinstance(mistakes, Mistake) else tuple(mistakes)
        super().__init__("\n".join(str(mistake) for mistake in self.mistakes))

    def __reduce__(self) -> tuple[type[SekishoError], tuple[tuple[Mistake, ...]]]:
        return type(self), (self.mistakes,)


class InputError(SekishoError):
    """Bad input of any kind."""

    exit_status = 3


class LawError(InputError):
    """A law file, the vocabulary or a regime breaks a rule of its format."""


class WorldError(InputError):
    """A table of dated facts breaks a rule of its format."""


class CaseError(InputError):
    """A case cannot be read, or says what the catalogue, the world or an `always` condition contradicts."""


class RegisterError(InputError):
    """A register cannot be read, lacks what a decision needs, or is mapped in a way that makes no sense."""


class ReportError(InputError):
    """A file cannot be read as an English news report."""


class ReceiptError(InputError):
    """A file is not a receipt."""


class SealError(SekishoError):
    """A receipt does not match its seal, or a log does not hold together."""

    exit_status = 4


class StoreError(SekishoError):
    """The record cannot be opened, read or written: its database is away, busy, full, damaged or of another version."""

    exit_status = 5


class ProofTimeout(SekishoError):
    """A solver ran out of the time it was given: what it was asked is not proven, either way."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        super().__init__(Mistake(f"not proven within {seconds:g} s.", "Give it more time with --timeout."))

    def __reduce__(self) -> tuple[type[ProofTimeout], tuple[float]]:  # type: ignore[override]
        return type(self), (self.seconds,)


class StoppedError(SekishoError):
    """A solver was stopped, or never begun, as nobody waits for the answer any more."""

    def __init__(self) -> None:
        super().__init__(Mistake("stopped, as nobody waits for the answer.", "Ask again."))

    def __reduce__(self) -> tuple[type[StoppedError], tuple[()]]:  # type: ignore[override]
        return type(self), ()


class UsageError(SekishoError):
    """A request that makes no sense, such as a regime that does not exist."""

    exit_status = 2


class AbsentError(UsageError):
    """What is asked for by its name is not in the record."""


class ConflictError(UsageError):
    """What is asked for goes against what is recorded: a withdrawn case, or a key used for another request."""


class ChangedError(ConflictError):
    """What is recorded has changed since it was read by who asks."""
