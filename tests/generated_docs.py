"""What of the documentation is generated: `make docs` writes it, tests/test_docs.py holds it to be up to date.

Whole files are those of `FILES`: docs/vocabulary.md, docs/commands.md and so on. In other files the text
between `<!-- begin: NAME -->` and `<!-- end: NAME -->` is.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import typer
from rich.console import Console

import sekisho
from sekisho.case import Case, read_file
from sekisho.cli import EXIT_CODES, app
from sekisho.corpus import Corpus, Fact, Provision
from sekisho.decide import Decider, decider
from sekisho.desk.app import create_app
from sekisho.desk.settings import Settings
from sekisho.language.expression import FUNCTIONS
from sekisho.prove.telling import Telling
from sekisho.render.terminal import Terminal
from sekisho.sweep.openness_file import write_openness

ROOT = Path(__file__).resolve().parent.parent
WIDTH = 100
NOTE = "<!-- Written by `make docs` from {}. Change that, not this. -->\n"


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A table in Markdown."""
    names = list(head)
    lines = [names, ["---"] * len(names), *rows]
    return "".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |\n" for line in lines)


# ---- docs/vocabulary.md ------------------------------------------------------------------------

KINDS: Mapping[str, str] = {
    "described": "Described by the applicant",
    "looked_up": "Looked up in a dated table",
    "claim": "Claims",
    "assurance": "Assurances",
    "step": "Steps",
    "finding": "Findings",
}
SILENCE: Mapping[str, str] = {
    "unknown": "not known",
    "no": "no: FALSE in `when`, not yet obtained in `met`",
    "default": "a default stands in",
}


def vocabulary(corpus: Corpus) -> str:
    """Every fact with its meaning, and what holds of every case."""
    facts = corpus.vocabulary.facts.values()
    parts = [
        NOTE.format("src/sekisho/law/vocabulary.yaml"),
        "# The vocabulary\n",
        f"The {len(corpus.vocabulary.facts)} facts that a condition of law may name and a case may state. "
        "[How to write a case](cases.md) says how.\n",
    ]
    for kind, title in KINDS.items():
        own = [fact for fact in facts if fact.kind == kind]
        parts.append(f"## {title}\n\nIf unstated: {SILENCE[own[0].unstated]}.\n" if kind != "described" else f"## {title}\n")
        parts += [_fact(fact) for fact in own]
    parts.append("## What holds of every case\n\nA case for which one of these is FALSE is refused.\n")
    parts.append(
        table(
            ("name", "condition", "why", "理由"),
            ((entry.id, f"`{entry.condition}`", entry.why.en, entry.why.ja) for entry in corpus.vocabulary.always),
        )
    )
    parts.append("## Functions\n\n" + table(("written", "read"), ((f"`{name}`", text) for name, text in FUNCTIONS.items())))
    return "\n".join(parts)


def _fact(fact: Fact) -> str:
    about = [f"*{fact.type}*" + (f", in {fact.unit}" if fact.unit else "")]
    if fact.kind == "described":
        about.append(
            f"if unstated: taken to be `{fact.default}`"
            if fact.default is not None
            else f"if unstated: {SILENCE[fact.unstated]}"
        )
    if fact.whose is not None:
        about.append(f"whose: {fact.whose.en} ({fact.whose.ja})")
    if fact.lookup is not None:
        keys = ", ".join(f"`{key}`" for key in fact.lookup.keys)
        by = ", ".join(f"`{name}`" for name in fact.lookup.by.values())
        about.append(f"table `{fact.lookup.table}` by {keys}" + (f", qualified by {by}" if by else ""))
    lines = [
        f"### {fact.name}\n",
        f"{_sentence(fact.label.en)} · {fact.label.ja}  ",
        "; ".join(about) + ".  ",
        f"{fact.question.en} {fact.question.ja}\n",
    ]
    if fact.values:
        lines.append(
            table(("value", "meaning", "意味"), ((f"`{word}`", text.en, text.ja) for word, text in fact.values.items()))
        )
    return "\n".join(lines)


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


# ---- docs/commands.md --------------------------------------------------------------------------

EXAMPLES: Mapping[str, tuple[str, ...]] = {
    "decide": (
        "sekisho decide examples/patriot-2023-12-22.yaml",
        "sekisho decide --regime japan --law-on 2026-04-21 examples/patriot-2023-12-22.yaml",
        "sekisho decide --exact examples/radar-without-a-destination.yaml",
        "sekisho decide --rests examples/patriot-2023-12-21.yaml",
        "sekisho decide --json --exit-code - < examples/patriot-2023-12-22.yaml",
    ),
    "ask": (
        "sekisho ask -o case.yaml",
        "sekisho ask --regime japan examples/patriot-2023-12-21.yaml",
        "sekisho ask --json --answers answers.yaml - < case.yaml",
    ),
    "read": (
        "sekisho read examples/report-2017-03-27.txt",
        "sekisho read report.html --date 2023-12-22 --decide --regime japan",
        "sekisho read - --json -o drafts < report.txt",
    ),
    "sweep": (
        "sekisho sweep orders.csv -o outcomes.parquet",
        "sekisho sweep trade-register.csv -o outcomes.csv --regime japan --set exporter.state=JPN",
        "sekisho sweep orders.csv -o outcomes.jsonl --map columns.yaml --json",
        "sekisho sweep orders.csv -o outcomes.parquet --summary --chart outcomes.svg",
        "sekisho sweep orders.parquet -o outcomes.parquet --engine spark --master spark://localhost:7077",
    ),
    "openness": (
        "sekisho openness japan --from 1967 --to 2026 -o openness.svg",
        "sekisho openness japan --from 1976 --to 2014 -o openness.csv --register trade-register.csv",
    ),
    "diff": (
        "sekisho diff japan 2023-12-21 2023-12-22",
        "sekisho diff japan 2026-04-20 2026-04-21 --world --json",
        "sekisho diff japan 2025-08-05 --draft examples/draft-five-categories",
        "sekisho diff japan 2023-12-21 2023-12-22 --register orders.csv",
    ),
    "prove": (
        "sekisho prove japan",
        "sekisho prove japan --on 2026-04-21 --json",
        "sekisho prove japan-licence --since 2022-05-01",
    ),
    "law": (
        "sekisho law",
        "sekisho law japan --on 2023-12-21",
        "sekisho law jp.guidelines#licensed-product --language ja",
        "sekisho law jp.guidelines#licensed-product --history",
        "sekisho law --search 'joint development'",
    ),
    "world": ("sekisho world", "sekisho world combat UKR --on 2023-12-22"),
    "precedents": ("sekisho precedents",),
    "verify": ("sekisho verify receipt.json",),
    "log verify": (
        "sekisho log verify",
        "sekisho log verify log.jsonl --head sha256:0b6ca1f0c2d1b4a6f5f5f8f1b6f3c0d3f4a07d3c1c5c5e1b8a9d6f7e2a3b4c5d",
        "sekisho log verify --database postgresql://desk@localhost/desk --json",
    ),
    "log export": ("sekisho log export -o log.jsonl",),
    "log backup": ("sekisho log backup -o desk-backup.sqlite",),
    "log restore": ("sekisho log restore desk-backup.sqlite --folder restored",),
    "serve": ("sekisho serve --port 8471",),
}
EXITS = (
    ("0", "answered, whatever the verdict"),
    ("2", "usage: a request that makes no sense"),
    ("3", "bad input: a case, a law file, a table, a register, a report, or a file that is no receipt"),
    ("4", "a receipt that does not match its seal, or a log that does not hold together"),
    ("5", "a record that cannot be opened, read or written"),
    *((str(code), f"{verdict}, with `--exit-code`") for verdict, code in EXIT_CODES.items()),
)


def commands() -> str:
    """Every command with its arguments and options, from the help it prints."""
    group: Any = typer.main.get_command(app)
    parts = [NOTE.format("the help of the commands"), "# The commands\n", f"{group.help}\n"]
    parts.append(
        "Data go to standard output, talk to standard error. `-` is standard input where a command takes files of cases. "
        "`NO_COLOR` is honoured, and where the output is no terminal there is no colour anyway. "
        "The shapes of `--json` are in [decide-json.md](decide-json.md).\n"
    )
    parts.append(table(("exit status", "meaning"), EXITS))
    parts.append(table(("option of `sekisho`", "what it does"), _options(group)))
    for name, command in every_command(group):
        arguments = [p for p in command.params if p.param_type_name == "argument"]
        words = " ".join(p.metavar if p.required else f"[{p.metavar}]" for p in arguments)
        parts.append(f"## {name}\n\n{command.help}\n")
        parts.append(f"```\nsekisho {name} [options] {words}\n```\n")
        if arguments:
            parts.append(table(("argument", "what it is"), ((f"`{p.metavar}`", p.help) for p in arguments)))
        parts.append(table(("option", "what it does"), _options(command)))
        parts.append("For example:\n\n```console\n" + "".join(f"$ {line}\n" for line in EXAMPLES[name]) + "```\n")
    return "\n".join(parts)


def every_command(group: Any, before: str = "") -> Iterator[tuple[str, Any]]:
    """Every command with the words that call it; a group's own commands stand for the group."""
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from every_command(command, f"{before}{name} ")
        else:
            yield before + name, command


def _options(command: Any) -> Iterator[tuple[str, str]]:
    for option in command.params:
        if option.param_type_name == "option":
            takes = "" if option.is_flag else f" {option.metavar or option.name.upper()}"
            words = ", ".join(f"`{word}{takes}`" for word in (*option.opts, *option.secondary_opts))
            default = f" Default: `{option.default}`." if isinstance(option.default, str) else ""
            yield words, f"{option.help}{default}"


# ---- docs/openapi.json -------------------------------------------------------------------------


def api_document() -> str:
    """The document of the desk's API."""
    return json.dumps(create_app(Settings()).openapi(), indent=1, ensure_ascii=False) + "\n"


# ---- docs/provisions.md ------------------------------------------------------------------------


def provisions(corpus: Corpus) -> str:
    """Every provision by regime and instrument."""
    total = len(corpus.provisions)
    parts = [
        NOTE.format("the law files"),
        "# The provisions\n",
        f"All {total} provisions of {len(corpus.instruments)} instruments, in the order in which they are read. "
        "An interval begins on its first day and ends on the first day on which it no longer holds; two dots are open. "
        "[How to read a law file](reading-a-law-file.md) explains effects and confidence.\n",
    ]
    for regime in corpus.regimes.values():
        parts.append(f"## {regime.title} (`{regime.id}`)\n")
        parts.append(f"{regime.title_ja}. From {regime.first_day}. It governs: `{regime.governs_text}`.\n")
        says = (f"{entry.says} ({entry.in_force})" for entry in regime.otherwise)
        parts.append("Where nothing speaks: " + ", then ".join(says) + ".\n")
        for name in regime.instruments:
            instrument = corpus.instruments[name]
            path = Path("../src/sekisho/law") / instrument.file
            parts.append(f"### {instrument.title} (`{instrument.id}`)\n")
            parts.append(
                f"{instrument.title_ja}. {_sentence(instrument.form)}, {instrument.in_force}, "
                f"checked {instrument.checked}: [{instrument.file}]({path.as_posix()}).\n"
            )
            if instrument.provisions:
                head = ("provision", "effect", "in force", "confidence", "sources")
                parts.append(table(head, (_row(provision) for provision in instrument.provisions)))
            else:
                parts.append("Prose only.\n")
    return "\n".join(parts)


def _row(provision: Provision) -> tuple[str, ...]:
    sources = (
        f"[{urlsplit(source).hostname}](<{source}>)" if source.startswith("http") else source for source in provision.sources
    )
    name = f"`{provision.id}`<br>{provision.title}"
    return name, provision.effect, str(provision.in_force), provision.confidence, "<br>".join(sources)


# ---- pictures and quotations -------------------------------------------------------------------

RUN = "examples/patriot-2023-12-22.yaml"
PICTURE = ("examples/patriot-to-ukraine.yaml", "patriot-to-ukraine-2023-12-22")


def case_of(own: Decider, file: str, identity: str = "") -> Case:
    """The case of an example file, or the one of that id."""
    cases = read_file(ROOT / file, own.corpus)
    return next(case for case in cases if not identity or case.id == identity)


def output(own: Decider, file: str, regimes: tuple[str, ...] = ()) -> str:
    """What `sekisho decide FILE` prints at 100 columns, without the blanks at line ends."""
    case = case_of(own, file)
    console = Console(width=WIDTH, highlight=False, color_system=None, record=True, file=_Nowhere(), force_terminal=False)
    console.print(Terminal(own).answer(own.decide(case, regimes), case))
    return "".join(f"{line.rstrip()}\n" for line in console.export_text().splitlines())


def first_regime(own: Decider) -> str:
    """The output of `make run` down to the end of the first regime's part."""
    second = own.corpus.regimes[list(own.corpus.regimes)[-1]].title
    whole = output(own, RUN)
    return whole[: whole.index(f"\n{second}: ")]


def picture(own: Decider) -> str:
    """A picture of a decision in the terminal."""
    file, identity = PICTURE
    case = case_of(own, file, identity)
    console = Console(width=WIDTH, highlight=False, record=True, file=_Nowhere(), force_terminal=True)
    console.print(Terminal(own).answer(own.decide(case, ("japan",)), case))
    drawn = console.export_svg(title=f"sekisho decide --regime japan {file}", unique_id="decision")
    drawn = re.sub(r"@font-face \{.*?\}\s*", "", drawn, flags=re.DOTALL)  # it would fetch fonts from elsewhere
    return "".join(f"{line.rstrip()}\n" for line in drawn.splitlines())


YEARS = (1967, 2026)
"""The years of the chart of openness: from the first principles to the last change of the law that is in it."""


@cache
def openness_as(own: Decider, ending: str) -> str:
    """The openness of the policy as `sekisho openness japan` writes it, by the ending of the file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"openness{ending}"
        write_openness(own, "japan", *YEARS, path)
        return path.read_bytes().decode("utf-8")


class _Nowhere:
    """A file that keeps nothing: the console records what it prints."""

    encoding = "utf-8"

    def write(self, text: str) -> int:
        return len(text)

    def flush(self) -> None: ...


def counts(corpus: Corpus) -> str:
    """How much there is, in one table."""
    world = corpus.world.tables.values()
    cases = len(list((ROOT / "src/sekisho/precedents").glob("*.yaml")))
    confidence = [p.confidence for p in corpus.provisions.values()]
    held = ", ".join(f"{confidence.count(level)} {level}" for level in ("high", "medium", "low"))
    return table(
        ("what", "how much"),
        (
            ("regimes", str(len(corpus.regimes))),
            ("instruments", str(len(corpus.instruments))),
            ("provisions", f"{len(corpus.provisions)}, of confidence {held}"),
            ("facts of the vocabulary", str(len(corpus.vocabulary.facts))),
            ("tables of dated facts", f"{len(world)}, with {sum(len(table.rows) for table in world):,} rows"),
            ("systems in the catalogue", str(len(corpus.catalogue.items))),
            ("recorded decisions", str(cases)),
        ),
    )


def worked(own: Decider) -> str:
    """How many provisions of each effect are in force in the worked example."""
    law = own.corpus.law_on("japan", case_of(own, RUN).date)
    rows = (
        ("prohibitions", law.prohibitions),
        ("heads", law.heads),
        ("lifts", law.lifts),
        ("requirements", law.requirements),
        ("of these, tied to nothing", law.untied),
        ("definitions", tuple(law.definitions.values())),
        ("left out with a reason", law.leaves),
    )
    return table(("in force", "how many"), ((name, str(len(found))) for name, found in rows))


# ---- docs/japan-change-by-change.md ------------------------------------------------------------


def changes(own: Decider) -> str:
    """What each change of Japan's law decides differently, as the solver proves it."""
    regime = own.corpus.regimes["japan"]
    parts = [
        NOTE.format("the law files, by the solver"),
        "# Japan's law, change by change\n",
        f"What {regime.title} decides differently on each day on which a provision begins or ends, against the day before: "
        "the fewest and shortest classes of transfers that cover every transfer decided differently. That a list is complete, "
        "that no class can be said more shortly and that none can be left out is proven, over every case that could exist; "
        "look-ups are free. [What a class is](prove.md#the-difference-of-two-days). "
        "The amendments themselves are in [LAWLOG.md](../LAWLOG.md).\n",
        "A class is followed by the verdicts of an example on the two days, by the provisions responsible, and by the example: "
        "a recorded case where one fits, else one that agrees with the facts of the day. Law that only leaves something open "
        "changes no verdict.\n",
    ]
    one = dt.timedelta(days=1)
    for day in own.corpus.change_days("japan"):
        parts.append(f"## {day}\n")
        parts.append(Telling(sekisho.diff("japan", day - one, day, own=own)).markdown())
    return "\n".join(parts)


# ---- LAWLOG.md ---------------------------------------------------------------------------------

EFFECTS: Mapping[str, str] = {
    "prohibits": "a bar",
    "lifts": "a lift",
    "permits": "a head",
    "requires": "a requirement",
    "defines": "a term",
    "leaves": "left out",
}


def change_days(corpus: Corpus) -> list[str]:
    """Every day on which a provision begins, or ends without going on for ever."""
    days = {day for regime in corpus.regimes for day in corpus.change_days(regime)}
    return [day.isoformat() for day in sorted(days)]


def law_change(corpus: Corpus, day: str) -> str:
    """What begins and what ends on a day: a line each."""
    listed = [p for r in corpus.regimes.values() for name in r.instruments for p in corpus.instruments[name].provisions]
    ended = {p.id: p for p in listed if str(p.in_force.end) == day}
    lines = []
    for p in (p for p in listed if str(p.in_force.begin) == day):
        words = p.title if p.effect in ("defines", "lifts") else p.label
        after = f", in place of `{p.follows}`" if ended.pop(p.follows, None) else ""
        after = after or (f", after `{p.follows}`" if p.follows else "")
        lines.append(f"- begins `{p.id}`, {EFFECTS[p.effect]}: {words}{after}\n")
    for name in dict.fromkeys(p.instrument for p in ended.values()):
        own = corpus.instruments[name].provisions
        rest = [p for p in own if str(p.in_force.begin) < day and p.id not in ended and str(p.in_force.end) > day]
        mine = [f"`{p.id}`" for p in own if p.id in ended]
        if rest and any(p.effect != "defines" for p in rest):
            lines.append(f"- ends {', '.join(mine)}\n")
        else:
            lines.append(f"- ends all of `{name}`" + (", its terms apart\n" if rest else "\n"))
    return "".join(lines)


BLOCKS: Mapping[str, Callable[[Decider], str]] = {
    "run": lambda own: f"```\n{first_regime(own)}```\n",
    "counts": lambda own: counts(own.corpus),
    "worked": worked,
}
FILES: Mapping[str, Callable[[Decider], str]] = {
    "docs/vocabulary.md": lambda own: vocabulary(own.corpus),
    "docs/commands.md": lambda own: commands(),
    "docs/provisions.md": lambda own: provisions(own.corpus),
    "docs/openapi.json": lambda own: api_document(),
    "docs/decision.svg": picture,
    "docs/japan-change-by-change.md": changes,
    "docs/openness.svg": lambda own: openness_as(own, ".svg"),
    "docs/openness.csv": lambda own: openness_as(own, ".csv"),
}
SLOW = frozenset({"docs/japan-change-by-change.md", "docs/openness.csv", "docs/openness.svg"})
"""What takes the solver a quarter of a minute, or looks at every day of sixty years."""
WITH_BLOCKS = ("README.md", "LAWLOG.md", "docs/algebra.md")
_BLOCK = re.compile(r"(<!-- begin: (?P<name>[a-z0-9-]+) -->\n).*?(<!-- end: (?P=name) -->\n)", re.DOTALL)


def filled(text: str, own: Decider) -> str:
    """A text with its generated blocks written anew."""

    def block(name: str) -> str:
        return BLOCKS[name](own) if name in BLOCKS else law_change(own.corpus, name)

    return _BLOCK.sub(lambda found: f"{found[1]}{block(found['name'])}{found[3]}", text)


def wanted(own: Decider, name: str) -> str:
    """The text of a file that is generated, in whole or in part."""
    return FILES[name](own) if name in FILES else filled((ROOT / name).read_text("utf-8"), own)


def main() -> None:
    """Write what is out of date."""
    for name in (*FILES, *WITH_BLOCKS):
        path, text = ROOT / name, wanted(decider(), name)
        if not path.exists() or path.read_text("utf-8") != text:
            path.write_text(text, "utf-8")
            sys.stdout.write(f"wrote {name}\n")


if __name__ == "__main__":
    main()
