"""The interview on a terminal, and with answers given beforehand: `sekisho ask`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml
from rich.console import Console, Group, RenderableType
from rich.prompt import Prompt
from rich.text import Text

from sekisho import receipt
from sekisho.ask.interview import DEFAULTS, SO, Asked, Interview
from sekisho.case import Case, read_file
from sekisho.decide import Decider
from sekisho.errors import CaseError, InputError, Mistake, UsageError
from sekisho.language.nodes import NONE
from sekisho.render.data import answer_data, case_data
from sekisho.text import day, read_text, read_yaml, suggest

SCHEMA = 1
DONT_KNOW, BACK = "?", "<"
_WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "help": f"Answer with a word of the list, or {DONT_KNOW} for don't know, {BACK} to go back.",
        "serves": "asked by", "yes": "yes", "no": "no", "state": "a state's code or name, or none", "date": "a day",
        "number": "a number", "set": "words, separated by commas, or none", "day": "The day of the decision",
        "first": "There is nothing to go back to.",
    },
    "ja": {
        "help": f"一覧の語で回答。不明は {DONT_KNOW}、前の問いに戻るには {BACK}。",
        "serves": "問う規定", "yes": "yes(はい)", "no": "no(いいえ)", "state": "国のコード又は名称、なければ none",
        "date": "日付",
        "number": "数", "set": "語をコンマで区切る、なければ none", "day": "判断の日",
        "first": "戻る問いはない。",
    },
}  # fmt: skip


def begin(decider: Decider, path: str | None, console: Console, language: str) -> Case:
    """The case to begin with: of a file, or on a terminal of a day that is asked for."""
    if path is not None:
        found = read_file(path, decider.corpus)
        if len(found) != 1:
            raise CaseError(Mistake(f"an interview is about one case; there are {len(found)}.", "Give one.", path))
        return found[0]
    moment: dt.date | None = None
    while moment is None:
        moment = day(_prompt(Text(_WORDS[language]["day"]), console))
    return Case(moment)


def beforehand(path: str) -> dict[str, Any]:
    """Answers by fact, from a file of YAML or JSON. What is not in it, or is null, is not known."""
    documents = read_yaml(read_text(Path(path), InputError), path, InputError)
    body = documents[0].value if documents else {}
    if not isinstance(body, Mapping):
        raise InputError(Mistake("answers are a mapping.", "Write `fact: answer`, a line each.", path, 1))
    return dict(_flat(body, ""))


def _flat(body: Mapping[str, Any], prefix: str) -> Iterator[tuple[str, Any]]:
    for key, value in body.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", value


def answer_all(interview: Interview, answers: Mapping[str, Any]) -> None:
    """Put an interview through with answers given beforehand. Raises `CaseError` for one that cannot be."""
    facts = interview.decider.corpus.vocabulary.facts
    unknown = [name for name in answers if name not in facts and name != DEFAULTS]
    if unknown:
        raise CaseError(Mistake(f"'{name}' is no fact.", suggest(name, facts), field=name) for name in unknown)
    while (asked := interview.question) is not None:
        given = answers.get(asked.fact)
        if asked.fact == DEFAULTS and given is None:
            given = not any(name in answers for name in asked.taken)
        interview.answer(given)


def converse(interview: Interview, console: Console, language: str) -> None:
    """Ask a person, question by question."""
    word = _WORDS[language]
    console.print(Text(word["help"], style="dim"))
    while (asked := interview.question) is not None:
        console.print()
        console.print(told(interview, asked, language))
        said = _prompt(Text(f"[{_choices(asked, word)}]"), console)
        if said == BACK:
            if not interview.answers:
                console.print(word["first"])
            interview.back()
            continue
        try:
            interview.answer(None if said in (DONT_KNOW, "") else _read(asked, said))
        except (CaseError, UsageError) as error:
            for mistake in error.mistakes:
                console.print(Text(f"{mistake.what} {mistake.mend}".strip(), style="red"))


def _prompt(text: Text, console: Console) -> str:
    """One line of standard input. Raises `InputError` where it ends."""
    try:
        return Prompt.ask(text, console=console).strip()
    except EOFError as flaw:
        raise InputError(Mistake("the answers end before the questions do.", "Answer on, or give --answers.", "-")) from flaw


def _choices(asked: Asked, word: Mapping[str, str]) -> str:
    if asked.type == "boolean":
        return f"{word['yes']}/{word['no']}/{DONT_KNOW}/{BACK}"
    return f"{word[asked.type] if asked.type != 'text' else '/'.join(asked.values)}, {DONT_KNOW}, {BACK}"


def _read(asked: Asked, said: str) -> object:
    if asked.type == "boolean":
        return {"yes": True, "y": True, "true": True, "no": False, "n": False, "false": False}.get(said.casefold(), said)
    if asked.type == "set":
        return [] if said == NONE else [part.strip() for part in said.split(",")]
    if asked.type == "number":
        return float(said) if said.replace(".", "", 1).isdecimal() else said
    return said


def told(interview: Interview, asked: Asked, language: str) -> RenderableType:
    """A question with its choices and the provisions it serves."""
    corpus, word = interview.decider.corpus, _WORDS[language]
    lines: list[RenderableType] = [Text(asked.question.in_(language), style="bold")]
    for name, value in asked.taken.items():
        fact = corpus.vocabulary.facts[name]
        shown = fact.values[value].in_(language) if value in fact.values else value
        lines.append(Text(f"  {fact.label.in_(language)}: {shown}"))
    lines += [Text(f"  {name}: {text.in_(language)}") for name, text in asked.values.items()]
    for name in asked.serves[:3]:
        provision = corpus.provisions[name]
        title = provision.title_ja if language == "ja" and provision.title_ja else provision.title
        lines.append(Text(f"  {word['serves']} {title}  {name}", style="dim"))
    return Group(*lines)


def write_case(path: Path, case: Case) -> None:
    """The case as a file that `decide` reads. Raises `InputError` if it cannot be written."""
    receipt.write(path, yaml.safe_dump(case_data(case), allow_unicode=True, sort_keys=False).encode())


def data(interview: Interview) -> dict[str, Any]:
    """The shape of `ask --json`."""
    facts = interview.decider.corpus.vocabulary.facts
    result = interview.result()
    return {
        "schema": SCHEMA,
        "questions": [
            {"fact": entry["fact"], "question": _question(entry["fact"], facts), "answer": entry["answer"]}
            for entry in interview.state["answers"]
        ],
        "answer": answer_data(interview.decider, result, interview.case),
    }


def _question(name: str, facts: Mapping[str, Any]) -> dict[str, str]:
    said = SO if name == DEFAULTS else facts[name].question
    return {"en": said.en, "ja": said.ja}
