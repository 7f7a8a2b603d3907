"""Sekisho decides a proposed transfer of defence equipment under the law of any day, with reasons a lawyer can check.

>>> import sekisho
>>> answer = sekisho.decide({"date": "2023-12-21", "exporter": "JPN", "recipient": "USA", "item": "patriot-pac-3-mse"})
>>> answer.regime("japan").verdict
'prohibited'
"""

import datetime as dt
import types
import typing

from sekisho.case import Case
from sekisho.corpus import Corpus
from sekisho.corpus import load as load_corpus
from sekisho.decide import Decider, decide
from sekisho.decision import Answer, Decision
from sekisho.errors import (
    CaseError,
    InputError,
    LawError,
    Mistake,
    ProofTimeout,
    ReceiptError,
    SealError,
    SekishoError,
    UsageError,
    WorldError,
)

if typing.TYPE_CHECKING:
    from sekisho.prove.diff import Difference

__version__ = "0.1.0"
__all__ = [
    "Answer",
    "Case",
    "CaseError",
    "Corpus",
    "Decider",
    "Decision",
    "InputError",
    "LawError",
    "Mistake",
    "ProofTimeout",
    "ReceiptError",
    "SealError",
    "SekishoError",
    "UsageError",
    "WorldError",
    "__version__",
    "decide",
    "diff",
    "load_corpus",
]


def diff(
    regime: str, before: dt.date, after: dt.date | None = None, *, world: bool = False, seconds: float = 60,
    own: Decider | None = None, draft: Decider | None = None,
) -> "Difference":  # fmt: skip
    """What the law of a regime decides differently on two days, or before and after a draft: `sekisho.prove.diff.diff`."""
    from sekisho.prove.diff import diff as compared  # noqa: PLC0415 (the solver stays behind this door)

    return compared(regime, before, after, world=world, seconds=seconds, own=own, draft=draft)


def __getattr__(name: str) -> types.ModuleType:
    """The room `sweep`, entered when it is first asked for: the engines behind it are heavy."""
    if name != "sweep":
        raise AttributeError(f"module 'sekisho' has no attribute '{name}'")
    import sekisho.sweep as room  # noqa: PLC0415 (with it come the engines, which deciding a case does without)

    return room
