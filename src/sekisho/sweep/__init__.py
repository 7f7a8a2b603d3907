"""Many cases: registers in, verdicts out. Rows are decided over columns here, or by one query a regime on DuckDB or Spark.

The room is also its chief function: `sekisho.sweep(source)` is `sekisho.sweep.swept(source)`.
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Any

from sekisho.sweep.frames import swept
from sekisho.sweep.mapping import read_mapping
from sekisho.sweep.options import Options
from sekisho.sweep.registers import Register, open_register
from sekisho.sweep.run import SweepResult, sweep

__all__ = ["Options", "Register", "SweepResult", "open_register", "read_mapping", "sweep", "swept"]


class _Room(ModuleType):
    def __call__(self, *words: Any, **options: Any) -> Any:
        return swept(*words, **options)


sys.modules[__name__].__class__ = _Room
