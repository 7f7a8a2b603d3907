"""The commands. This module only wires: it reads arguments, asks the rooms above, and prints.

Data go to standard output, talk to standard error. Exit status: 0 answered (whatever the verdict), 2 usage, 3 bad input,
4 a broken seal or log, 5 a record that cannot be used; with --exit-code 10 for prohibited and 11 for undetermined.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, NoReturn

import msgspec
import typer
from rich.text import Text

from sekisho import __version__, receipt
from sekisho.case import read_file, stated
from sekisho.decide import decider
from sekisho.errors import InputError, Mistake, SealError, SekishoError, UsageError
from sekisho.history import History, compare
from sekisho.render import law_text, tables
from sekisho.render.data import answer_data
from sekisho.render.terminal import MARKS, STYLES, Terminal, console
from sekisho.text import day

app = typer.Typer(
    add_completion=False, no_args_is_help=True, rich_markup_mode=None, pretty_exceptions_enable=False,
    help="Decides a proposed transfer of defence equipment under the law of any day, with reasons a lawyer can check.",
)  # fmt: skip

MOST = 200
"""Mistakes printed; a file with more has one cause."""
EXIT_CODES = {"prohibited": 10, "undetermined": 11}

_Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
_Language = Annotated[str, typer.Option("--language", help="en or ja.", metavar="LANGUAGE")]
_On = Annotated[str | None, typer.Option("--on", help="The day whose text is shown, such as 2023-12-22.", metavar="DAY")]


def _day(text: str | None, option: str) -> Any:
    if text is None:
        return None
    found = day(text)
    if found is None:
        raise UsageError(Mistake(f"{option}: '{text}' is not a day.", "Write the year, month and day, such as 2023-12-22."))
    return found


def _print_json(data: object) -> None:
    sys.stdout.write(msgspec.json.format(msgspec.json.encode(data), indent=2).decode() + "\n")
    sys.stdout.flush()


def _language(language: str) -> str:
    if language not in ("en", "ja"):
        raise UsageError(Mistake(f"--language: '{language}' is neither en nor ja."))
    return language


def _version(wanted: bool) -> None:
    if wanted:
        sys.stdout.write(f"sekisho {__version__}\n")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")] = False,
) -> None:
    pass


@app.command()
def decide(
    cases: Annotated[list[str], typer.Argument(help="Files of cases, YAML or JSON; - is standard input.", metavar="CASE…")],
    law_on: Annotated[str | None, typer.Option("--law-on", help="Put the case under another day's law.", metavar="DAY")] = None,
    world_on: Annotated[str | None, typer.Option("--world-on", help="Look facts up on another day.", metavar="DAY")] = None,
    regime: Annotated[list[str] | None, typer.Option("--regime", help="Ask this regime only (may be repeated).")] = None,
    as_json: _Json = False,
    receipt_file: Annotated[Path | None, typer.Option("--receipt", help="Write a sealed receipt.", metavar="FILE")] = None,
    strict: Annotated[bool, typer.Option(help="Facts last checked before the day are unknown.")] = False,
    override: Annotated[bool, typer.Option(help="Stated facts stand against the catalogue and the world.")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Show every provision considered.")] = False,
    exact: Annotated[bool, typer.Option("--exact", help="What follows whatever the answer to what is not known.")] = False,
    rests: Annotated[bool, typer.Option("--rests", help="What the answer rests on, and what could turn it.")] = False,
    exit_code: Annotated[bool, typer.Option("--exit-code", help="Exit 10 if prohibited, 11 if undetermined.")] = False,
    language: _Language = "en",
) -> None:
    """Decide cases: the verdict, the reasons, what is outstanding and from whom."""
    own = decider()
    law_day, world_day, spoken = _day(law_on, "--law-on"), _day(world_on, "--world-on"), _language(language)
    stated = [case for file in cases for case in read_file(file, own.corpus)]
    if receipt_file is not None and len(stated) != 1:
        raise UsageError(Mistake(f"--receipt takes one case; there are {len(stated)}.", "Decide them one by one."))
    for option, given in (("--exact", exact), ("--rests", rests)):
        if receipt_file is not None and given:
            raise UsageError(Mistake(f"a receipt seals what can be replayed; {option} is not.", "Leave out one of the two."))
    options = receipt.Options(tuple(regime or ()), law_day, world_day, strict, override)
    answers = [own.decide(case, options.regimes, law_day, world_day, strict, override) for case in stated]
    if exact:
        from sekisho.prove.exact import exactly  # noqa: PLC0415 (the solver stays behind this door)

        answers = [exactly(own, answer) for answer in answers]
    if rests:
        from sekisho.prove.rests import with_rests  # noqa: PLC0415 (the solver stays behind this door)

        answers = [with_rests(own, answer) for answer in answers]
    if receipt_file is not None:
        receipt.write(receipt_file, receipt.make(own, stated[0], answers[0], options))
    if as_json:
        data = [answer_data(own, answer, case) for answer, case in zip(answers, stated, strict=True)]
        _print_json(data[0] if len(data) == 1 else data)
    else:
        terminal, out = Terminal(own, spoken, verbose), console()
        for place, (answer, case) in enumerate(zip(answers, stated, strict=True)):
            if place:
                out.rule(style="dim")
            out.print(terminal.answer(answer, case))
    if receipt_file is not None:
        console(stderr=True).print(f"The receipt is in {receipt_file}.", markup=False, soft_wrap=True)
    if exit_code:
        raise typer.Exit(max(EXIT_CODES.get(answer.verdict, 0) for answer in answers))


@app.command()
def ask(
    case: Annotated[str | None, typer.Argument(help="A case to begin with; - is standard input.", metavar="CASE")] = None,
    answers: Annotated[
        str | None, typer.Option("--answers", help="Answers by fact (YAML); what is not there is not known.", metavar="FILE")
    ] = None,
    out: Annotated[Path | None, typer.Option("-o", "--output", help="Write the case.", metavar="FILE")] = None,
    regime: Annotated[list[str] | None, typer.Option("--regime", help="Ask this regime only (may be repeated).")] = None,
    acts: Annotated[bool, typer.Option("--acts", help="Ask also what authorities have done or found.")] = False,
    as_json: _Json = False,
    language: _Language = "en",
) -> None:
    """Ask only what can still change the verdict, the most decisive first, and decide the case."""
    from sekisho.ask import Interview, terminal  # noqa: PLC0415 (the solver stays behind this door)

    own, spoken, talk = decider(), _language(language), console(stderr=True)
    if case == "-" and answers is None:
        raise UsageError(Mistake("standard input cannot give the case and the answers.", "Name a file, or give --answers."))
    interview = Interview(own, terminal.begin(own, case, talk, spoken), tuple(regime or ()), acts)
    if answers is not None:
        terminal.answer_all(interview, terminal.beforehand(answers))
    else:
        terminal.converse(interview, talk, spoken)
    if out is not None:
        terminal.write_case(out, interview.case)
        talk.print(f"The case is in {out}.", markup=False, soft_wrap=True)
    if as_json:
        _print_json(terminal.data(interview))
    else:
        console().print(Terminal(own, spoken).answer(interview.result(), interview.case))


@app.command()
def read(
    report: Annotated[str, typer.Argument(help="A news report: text, HTML or PDF; - is standard input.", metavar="REPORT")],
    date: Annotated[str | None, typer.Option("--date", help="The day of the report.", metavar="DAY")] = None,
    out: Annotated[Path | None, typer.Option("-o", "--output", help="Write a case file for each draft.", metavar="DIR")] = None,
    decided: Annotated[bool, typer.Option("--decide", help="Decide each draft under the law of its date.")] = False,
    regime: Annotated[list[str] | None, typer.Option("--regime", help="Ask this regime only (may be repeated).")] = None,
    as_json: _Json = False,
) -> None:
    """Draft cases from a news report, each fact with the words it came from, for a person to confirm."""
    from sekisho import read as room  # noqa: PLC0415 (the reader's word lists are loaded by this command alone)

    own = decider()
    found = room.read(report, own, _day(date, "--date"))
    if decided:
        room.decide_drafts(found, own, tuple(regime or ()))
    if out is not None:
        written = room.write_cases(found.drafts, found.source.text, found.source.name, out)
        console(stderr=True).print(f"{len(written)} case files are in {out}.", markup=False, soft_wrap=True)
    if as_json:
        _print_json(room.report_data(found, own))
    else:
        console().print(room.report_text(found, own))


@app.command()
def sweep(
    register: Annotated[str, typer.Argument(help="Parquet, CSV or JSON Lines: file, folder, glob or URL.", metavar="REGISTER")],
    out: Annotated[Path, typer.Option("-o", "--output", help="Outcomes: .parquet, .csv or .jsonl.", metavar="OUT")],
    regime: Annotated[list[str] | None, typer.Option("--regime", help="Ask this regime only (may be repeated).")] = None,
    mapping: Annotated[Path | None, typer.Option("--map", help="Which column states what (YAML).", metavar="FILE")] = None,
    known: Annotated[str | None, typer.Option("--format", help="own, sipri or unroca; else told by the header.")] = None,
    fixed: Annotated[list[str] | None, typer.Option("--set", help="As if it stood in every row.", metavar="FACT=VALUE")] = None,
    law_on: Annotated[str | None, typer.Option("--law-on", help="Put rows under another day's law.", metavar="DAY")] = None,
    world_on: Annotated[str | None, typer.Option("--world-on", help="Look facts up on another day.", metavar="DAY")] = None,
    strict: Annotated[bool, typer.Option(help="Facts last checked before the day are unknown.")] = False,
    columns: Annotated[str | None, typer.Option("--columns", help="Columns to give back.", metavar="NAMES")] = None,
    memory: Annotated[str | None, typer.Option("--memory", help="Memory to use, such as 4GB; then it spills.")] = None,
    engine: Annotated[str, typer.Option("--engine", help="columns, duckdb, or spark with the extra [spark].")] = "columns",
    master: Annotated[str | None, typer.Option("--master", help="Which Spark: local[*] or spark://host:port.")] = None,
    summary: Annotated[bool, typer.Option("--summary", help="Verdicts by year, exporter, recipient, provision.")] = False,
    chart: Annotated[Path | None, typer.Option("--chart", help="Draw them: .svg, .png or .html.", metavar="FILE")] = None,
    as_json: _Json = False,
) -> None:
    """Decide every row of a register; what cannot be read goes to OUT.rejected.csv with its reason."""
    from sekisho.sweep import command  # noqa: PLC0415 (the engines stay behind this door: no other command needs them)

    own = decider()
    options = command.Options(
        tuple(regime or ()), _day(law_on, "--law-on"), _day(world_on, "--world-on"), strict,
        stated.facts_of_words(fixed or (), own.corpus), known, command.read_mapping(mapping) if mapping else None, memory,
        engine=command.engine(engine, master), master=master or command.MASTER, columns=command.columns(columns),
    )  # fmt: skip
    with tables.progress(console(stderr=True)) as report:
        done = command.run(own, register, out, options, report, summary, chart)
    if as_json:
        _print_json(command.data(done))
    else:
        console().print(command.text(done))


@app.command()
def openness(
    regime: Annotated[str, typer.Argument(help="A regime, such as japan.", metavar="REGIME")],
    out: Annotated[
        Path, typer.Option("-o", "--output", help="Where it goes: .svg, .png, .html, .csv or .parquet.", metavar="OUT")
    ],
    first: Annotated[int, typer.Option("--from", help="The first year.", metavar="YEAR")],
    last: Annotated[int, typer.Option("--to", help="The last year.", metavar="YEAR")],
    register: Annotated[Path | None, typer.Option("--register", help="Set recorded trade beside it.", metavar="FILE")] = None,
) -> None:
    """The share of states and classes of items that the law opens, on each day on which law or world moved it."""
    from sekisho.sweep import openness_file  # noqa: PLC0415 (the engines stay behind this door)

    openness_file.write_openness(decider(), regime, first, last, out, register)
    console(stderr=True).print(f"The openness of {regime} is in {out}.", markup=False, soft_wrap=True)


@app.command()
def diff(
    regime: Annotated[str, typer.Argument(help="A regime, such as japan.", metavar="REGIME")],
    first: Annotated[str, typer.Argument(help="The first day.", metavar="DAY")],
    second: Annotated[str | None, typer.Argument(help="The second day; with --draft the same.", metavar="DAY")] = None,
    keep_world: Annotated[bool, typer.Option("--world", help="Look facts up as they stood on the second day.")] = False,
    draft: Annotated[
        Path | None, typer.Option("--draft", help="Lay law files over the law of the second day.", metavar="DIR")
    ] = None,
    register: Annotated[
        str | None, typer.Option("--register", help="List every row of a register that turns.", metavar="FILE")
    ] = None,
    timeout: Annotated[float, typer.Option("--timeout", help="Seconds after which it is not proven.")] = 60,
    as_json: _Json = False,
    language: _Language = "en",
) -> None:
    """What the law of two days, or a draft, decides differently: minimal classes of transfers, proven complete."""
    from sekisho.prove import reports  # noqa: PLC0415 (the solver stays behind this door: no other command needs it)

    if second is None and draft is None:
        raise UsageError(Mistake("there is one day only.", "Name two days, or a draft with --draft."))
    asked = reports.Asked(
        regime, _day(first, "DAY"), _day(second, "DAY"), keep_world, draft, register, timeout, _language(language)
    )
    found = reports.difference(decider(), asked)
    if as_json:
        _print_json(found.data())
    else:
        console().print(found.text())


@app.command()
def prove(
    regime: Annotated[str, typer.Argument(help="A regime, such as japan.", metavar="REGIME")],
    on: Annotated[str | None, typer.Option("--on", help="Only the law of this day.", metavar="DAY")] = None,
    since: Annotated[str | None, typer.Option("--since", help="Only the law from this day on.", metavar="DAY")] = None,
    draft: Annotated[Path | None, typer.Option("--draft", help="Lay law files over the law first.", metavar="DIR")] = None,
    timeout: Annotated[float, typer.Option("--timeout", help="Seconds after which it is not proven.")] = 300,
    as_json: _Json = False,
) -> None:
    """Seek faults of a law over all cases at once: what can never open, never matters or contradicts itself."""
    from sekisho.prove import reports  # noqa: PLC0415 (the solver stays behind this door)

    if on is not None and since is not None:
        raise UsageError(Mistake("--on and --since are given together.", "Name one of them."))
    with tables.progress(console(stderr=True)) as report:
        found = reports.proof(decider(), regime, _day(on, "--on"), _day(since, "--since"), draft, timeout, report)
    if as_json:
        _print_json(found.data())
    else:
        console().print(found.text())


@app.command()
def law(
    name: Annotated[
        str | None, typer.Argument(help="A regime, an instrument or a provision; nothing lists all.", metavar="ID")
    ] = None,
    on: _On = None,
    search: Annotated[
        str | None, typer.Option("--search", help="Show provisions with all these words.", metavar="WORDS")
    ] = None,
    history: Annotated[bool, typer.Option("--history", help="All versions of a provision.")] = False,
    as_json: _Json = False,
    language: _Language = "en",
) -> None:
    """Read the law as it stood on a day; list, search, or follow one provision through its versions."""
    corpus = decider().corpus
    shown = law_text.select(corpus, name, _day(on, "--on"), search, history)
    if as_json:
        _print_json(law_text.data(shown))
    else:
        console().print(law_text.text(corpus, shown, _language(language)))


@app.command()
def world(
    table: Annotated[str | None, typer.Argument(help="A table; nothing lists all.", metavar="TABLE")] = None,
    key: Annotated[str | None, typer.Argument(help="Only rows with this word in them, such as a state.", metavar="KEY")] = None,
    on: _On = None,
    as_json: _Json = False,
    language: _Language = "en",
) -> None:
    """Read the dated facts as they stood on a day."""
    corpus = decider().corpus
    moment = _day(on, "--on")
    if as_json:
        _print_json(tables.data(corpus, table, key, moment))
    else:
        console().print(tables.text(corpus, table, key, moment, _language(language)))


@app.command()
def precedents(
    path: Annotated[Path | None, typer.Argument(help="A file or folder of cases with `recorded:`.", metavar="PATH")] = None,
    regime: Annotated[str, typer.Option(help="The regime they were decided under.")] = "japan",
    as_json: _Json = False,
) -> None:
    """Put recorded decisions to the law of their day, and print the rate of agreement."""
    own = decider()
    found = compare(own, path, own.corpus.regime(regime).id)
    if as_json:
        _print_json(tables.history_data(found))
    else:
        _history(found)


def _history(found: History) -> None:
    out = console()
    out.print(tables.history(found))
    for title, strict in (
        ("Strict cases (decisions of high confidence dated by their page)", True),
        ("Other counted cases", False),
    ):
        agree, counted = found.agreement(strict)
        rate = f" ({agree / counted:.0%})" if counted else ""
        out.print(f"{title}: {agree} of {counted} agree{rate}.", markup=False)


@app.command()
def verify(
    path: Annotated[Path, typer.Argument(help="A receipt.", metavar="RECEIPT")],
    as_json: _Json = False,
) -> None:
    """Check a receipt's seal, decide its case anew, and say what now comes out differently."""
    found = receipt.verify(decider(), path)
    if as_json:
        _print_json(found)
        return
    out = console()
    out.print(Text.assemble((f"{MARKS[True]} The seal holds", "green"), f" ({found.sealed})."))
    out.print(receipt.NOTE, style="dim")
    if found.unchanged:
        out.print(Text.assemble("The case comes out as it did: ", (found.now, STYLES[found.now]), "."))  # type: ignore[index]
    else:
        out.print(f"The case was {found.then} and is {found.now}:", markup=False)
        for change in found.changes:
            out.print(f"  {change}", markup=False)
    for same, what in ((found.same_law, "law"), (found.same_world, "world")):
        if not same:
            out.print(f"The {what} files have changed since.", markup=False)


log = typer.Typer(no_args_is_help=True, help="The desk's record: check, export, copy and restore it.")
app.add_typer(log, name="log")
_Database = Annotated[
    str | None, typer.Option("--database", help="The record's URL; else SEKISHO_DATABASE_URL, else a file.", metavar="URL")
]
_Folder = Annotated[Path | None, typer.Option("--folder", help="Where that file is kept.", metavar="DIR")]
_Out = Annotated[Path, typer.Option("-o", "--output", help="The file to write.", metavar="FILE")]


def _record() -> Any:
    try:
        from sekisho.desk.record import command  # noqa: PLC0415 (the database stays behind this door)
    except ModuleNotFoundError as flaw:
        raise _without(flaw) from flaw
    return command


def _without(flaw: ModuleNotFoundError) -> UsageError:
    what = f"the desk needs a package that is not there: {flaw.name}."
    return UsageError(Mistake(what, "Install sekisho with its extra: sekisho[desk]."))


@log.command(name="verify")
def log_verify(
    export: Annotated[Path | None, typer.Argument(help="An export; else the record itself.", metavar="EXPORT")] = None,
    database: _Database = None,
    folder: _Folder = None,
    head: Annotated[str | None, typer.Option("--head", help="A hash that the log must have in it.", metavar="HASH")] = None,
    as_json: _Json = False,
) -> None:
    """Check that a log holds together: numbers, links, hashes, and the seal of every receipt; exit 4 if it does not."""
    record = _record()
    name, found = record.verify(export, database, folder, head)
    if as_json:
        _print_json(found)
        raise typer.Exit(0 if found.sound else SealError.exit_status)
    console().print(record.verified_text(name, found), soft_wrap=True)


@log.command(name="export")
def log_export(out: _Out, database: _Database = None, folder: _Folder = None) -> None:
    """Write the log as JSON Lines, whole or not at all, while the desk may be in use."""
    console(stderr=True).print(_record().export(out, database, folder), markup=False, soft_wrap=True)


@log.command(name="backup")
def log_backup(out: _Out, database: _Database = None, folder: _Folder = None) -> None:
    """Copy a record of SQLite into one file, while the desk may be in use."""
    console(stderr=True).print(_record().backup(out, database, folder), markup=False, soft_wrap=True)


@log.command(name="restore")
def log_restore(
    backup: Annotated[Path, typer.Argument(help="A backup.", metavar="BACKUP")],
    database: _Database = None,
    folder: _Folder = None,
) -> None:
    """Make a record from a backup, once it is found to hold together. A record that is there is never written over."""
    console(stderr=True).print(_record().restore(backup, database, folder), markup=False, soft_wrap=True)


@app.command()
def serve(
    host: Annotated[str | None, typer.Option("--host", help="Listen here, not on the loopback; needs --token-file.")] = None,
    port: Annotated[int, typer.Option("--port", help="The port; 0 takes a free one.", min=0, max=65535)] = 8470,
    token_file: Annotated[
        Path | None, typer.Option("--token-file", help="Who shows this token may ask.", metavar="FILE")
    ] = None,
    folder: Annotated[Path | None, typer.Option("--folder", help="Where the record is kept.", metavar="DIR")] = None,
    name: Annotated[list[str] | None, typer.Option("--name", help="Another name of this server (may be repeated).")] = None,
    log_content: Annotated[bool, typer.Option("--log-content", help="Log what was asked, not only that.")] = False,
) -> None:
    """Open the desk: an API, pages and a record, on this machine's loopback."""
    try:
        from sekisho.desk import server  # noqa: PLC0415 (the web stack stays behind this door)
        from sekisho.desk.settings import settings_of  # noqa: PLC0415 (behind the same door)
    except ModuleNotFoundError as flaw:
        raise _without(flaw) from flaw
    server.serve(settings_of(host, port, token_file, folder, tuple(name or ()), log_content))


def _fail(error: SekishoError) -> NoReturn:
    out = console(stderr=True)
    for mistake in error.mistakes[:MOST]:
        place = f"{mistake.where}: " if mistake.where else ""
        out.print(
            Text.assemble(("error: ", "bold red"), (place, "bold"), f"{mistake.what} {mistake.mend}".strip()),
            soft_wrap=True,
        )
    if len(error.mistakes) > MOST:
        out.print(Text.assemble(("error: ", "bold red"), f"and {len(error.mistakes) - MOST:,} more."))
    raise SystemExit(error.exit_status)


def main() -> None:
    """The program."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure: Callable[..., None] | None = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        app()
    except SekishoError as error:
        _fail(error)
    except BrokenPipeError:
        sys.stderr.close()
        raise SystemExit(0) from None
    except OSError as flaw:
        _fail(InputError(Mistake(f"the output cannot be written: {flaw.strerror}.", "Check the space on the disk.")))
