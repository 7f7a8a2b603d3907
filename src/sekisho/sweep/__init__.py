"""Many cases at once: registers in, verdicts out. DuckDB lives behind this door."""
