"""Benchmarks: Sekisho's speed as ratios taken in one run on one machine. `python -m benchmarks` runs them."""
