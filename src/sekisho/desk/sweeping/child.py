"""The process in which a register is read: a line of JSON in, lines of JSON out.

    in     one line, `Task`; the end of it means that the server is gone, and this process ends too
    out    {"done": rows, "known": rows} as it goes on; at the end {"told": …}, or {"mistakes": […]}

Its memory is bounded, its priority low, and the system's choice where memory runs out falls on it before the server.
"""

from __future__ import annotations

import dataclasses
import os
import resource
import sys
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import IO, Any

import msgspec

from sekisho.case.stated import facts_of_words
from sekisho.corpus import Corpus
from sekisho.decide import decider
from sekisho.desk.sweeping.kept import CHART, OUTCOMES, REJECTED, SUMMARY, Asked, Result, Task
from sekisho.desk.sweeping.preview import previewed
from sekisho.errors import Mistake, SekishoError
from sekisho.sweep.options import Options
from sekisho.sweep.pictures import write_chart
from sekisho.sweep.report import names, summarised
from sekisho.sweep.run import SweepResult, sweep
from sekisho.sweep.sources import EngineError
from sekisho.sweep.summary import data as summary_data

_ENGINE_SHARE = 3
"""What part of the memory DuckDB may take before it spills: one in so many. Tables of rows and their outcomes take the rest."""
_NICE = 10
_BEFORE_THE_SERVER = "800"
_MORE = "the register needs more memory than a sweep may take."
_MEND = "Sweep it in parts, or with `sekisho sweep` on a larger machine."


Say = Callable[[Mapping[str, Any]], None]


def swept(task: Task, say: Say) -> dict[str, Any]:
    """Sweep the register into the files beside it."""
    own = decider()
    out = Path(OUTCOMES)
    options = _options(task.asked, own.corpus, f"{task.memory // _ENGINE_SHARE // (1 << 20)}MiB")
    result = sweep(
        f"register.{task.kind}", out, options, law=own, progress=lambda done, known: say({"done": done, "known": known})
    )  # fmt: skip
    assert isinstance(result, SweepResult)
    found = summarised(out, result.metadata, tuple(result.verdicts))
    Path(SUMMARY).write_bytes(msgspec.json.encode(summary_data(found)))
    write_chart(Path(CHART), found, names(own.corpus))
    for name in (OUTCOMES, REJECTED, SUMMARY, CHART):
        if Path(name).exists():
            with Path(name).open("rb") as file:
                os.fsync(file.fileno())
    done = Result(result.rows, result.decided, result.rejected, result.verdicts, result.metadata)
    return {"told": msgspec.to_builtins(done)}


def _options(asked: Asked, corpus: Corpus, memory: str) -> Options:
    return Options(
        asked.regimes, asked.law_on, asked.world_on, asked.strict, facts_of_words(asked.fixed, corpus), asked.format or None,
        asked.mapping, memory, called=asked.name, facts=True,
    )  # fmt: skip


def looked(task: Task, say: Say) -> dict[str, Any]:
    """Read the first rows of the register."""
    return {"told": previewed(Path(f"register.{task.kind}"), task.kind, task.asked, decider().corpus)}


WORK: Mapping[str, Callable[[Task, Say], dict[str, Any]]] = {"sweep": swept, "preview": looked}


def main() -> None:
    """Do the task that comes on standard input."""
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no line of ours
    task = msgspec.json.decode(sys.stdin.buffer.readline(), type=Task)
    threading.Thread(target=_end_with_the_server, args=(sys.stdin.buffer,), daemon=True).start()
    os.chdir(task.folder)
    _bound(task)

    def say(values: Mapping[str, Any]) -> None:
        out.write(msgspec.json.encode(values) + b"\n")
        out.flush()

    say(_done(task, say))


def _done(task: Task, say: Say) -> dict[str, Any]:
    try:
        return WORK[task.what](task, say)
    except SekishoError as error:
        mistakes = [_called(mistake, task) for mistake in error.mistakes]
    except MemoryError:
        mistakes = [Mistake(_MORE, _MEND)]
    except EngineError as flaw:
        mistakes = [_engine(flaw)]
    except OSError as flaw:
        what = f"the outcomes cannot be written: {flaw.strerror or flaw}; nothing was left behind."
        mistakes = [Mistake(what, "Check the space on the server's disk.")]
    return {"mistakes": msgspec.to_builtins(mistakes)}


def _called(mistake: Mistake, task: Task) -> Mistake:
    """A mistake with the register called as the user calls it."""
    ours = mistake.file in (f"register.{task.kind}", OUTCOMES)
    return dataclasses.replace(mistake, file=task.asked.name) if ours else mistake


def _engine(flaw: Exception) -> Mistake:
    words = str(flaw).strip().splitlines()[0]
    if "memory" in words.casefold():
        return Mistake(_MORE, _MEND)
    if "No space left" in words or "write" in words.casefold():
        return Mistake("the disk is full; nothing was left behind.", "Make room on the server's disk.")
    return Mistake(
        f"the register cannot be read: {words.rstrip('.')}.", "Check that it is whole and of the kind its name says."
    )


def _bound(task: Task) -> None:
    resource.setrlimit(resource.RLIMIT_DATA, (task.memory, task.memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (task.largest, task.largest))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.nice(_NICE)
    adjusted = Path("/proc/self/oom_score_adj")
    if adjusted.exists():
        adjusted.write_text(_BEFORE_THE_SERVER, "ascii")


def _end_with_the_server(source: IO[bytes]) -> None:
    source.read()
    os._exit(1)


if __name__ == "__main__":
    main()
