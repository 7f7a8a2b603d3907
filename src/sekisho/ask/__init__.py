"""The shortest interview: asks only what can still change the verdict, and writes the case."""

from sekisho.ask.interview import DEFAULTS, UNKNOWN, Asked, Interview

__all__ = ["DEFAULTS", "UNKNOWN", "Asked", "Interview"]
