"""A transfer as stated, and as completed from catalogue and world."""

from sekisho.case.complete import Completed, Completer, Known
from sekisho.case.stated import Case, read_cases, read_file

__all__ = ["Case", "Completed", "Completer", "Known", "read_cases", "read_file"]
