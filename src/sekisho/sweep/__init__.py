"""Many cases: registers in, verdicts out, by one query a regime. DuckDB decides them here, Spark on a cluster."""

from sekisho.sweep.mapping import read_mapping
from sekisho.sweep.options import Options
from sekisho.sweep.registers import Register, open_register
from sekisho.sweep.run import SweepResult, sweep

__all__ = ["Options", "Register", "SweepResult", "open_register", "read_mapping", "sweep"]
