"""Transfers told over several sentences, made from the grammar in stories.yaml: what belongs together and what stands apart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from random import Random
from typing import Any

import yaml
from forms import GRAMMAR, Report, Telling, filled, reports, tell
from words import finished, plural

STORIES: Mapping[str, Any] = yaml.safe_load((Path(__file__).parent / "stories.yaml").read_text("utf-8"))


def _sentence(telling: Telling, text: str, lexemes: Sequence[str]) -> str:
    """A sentence of a story; the first thing and the second are told of one at a time."""
    things = telling.items
    names = {
        "{G}": telling.random.choice(STORIES["kinds"][things[0].id]),
        "{Zcapital}": GRAMMAR["parties"][telling.recipient]["capital"],
    }
    text = text.replace("{Y}", "{Yp}").replace("{P}", plural(things[0].words))
    home = GRAMMAR["parties"][telling.exporter]["capital"]
    text = text.replace("{Xcapital}", home).replace("{XCAPITAL}", home.upper())
    for slot, words in names.items():
        text = text.replace(slot, words)
    second = "{Y2}"
    begin, found, rest = text.partition(second)
    telling.items = things[:1]
    told = filled(telling, begin, lexemes)
    if found:
        telling.items = things[1:]
        quantity = telling.facts.pop("quantity 0", None)
        told += filled(telling, "{Yp}", lexemes)
        telling.facts["quantity 1"] = telling.facts.pop("quantity 0")
        telling.facts["quantity 0"] = quantity
        telling.items = things[:1]
        told += filled(telling, rest, lexemes)
    telling.items = things
    body = told.replace("*", "").rstrip("\n")
    ends = told[len(told.rstrip("\n")) :]
    return (finished(body.rstrip(".")) if body.endswith((".", '"')) or not ends else finished(body)[:-1]) + (ends or " ")


def stories(number: int, seed: int) -> Iterator[Report]:
    """Reports of several sentences at random, the same for the same seed."""
    random = Random(seed)
    for _ in range(number):
        name, sentences, wanted, *options = random.choice([story for story in STORIES["stories"] if story[2] is not None])
        telling = _of_two_kinds(random)
        telling.facts |= {"plain": True, "getting": True, "same": bool(options and options[0].get("same"))}
        lexemes = options[0].get("lexemes", ()) if options else ()
        text = "".join(_sentence(telling, sentence, lexemes) for sentence in sentences).strip()
        yield Report(text, [_draft(telling, entry) for entry in wanted], {"form": name, "phrase": " ".join(sentences)})


def _of_two_kinds(random: Random) -> Telling:
    """A transfer with two things that no word stands for both of."""
    while True:
        telling = tell(random, things=2, among=STORIES["kinds"])
        first, second = (set(STORIES["kinds"][thing.id]) for thing in telling.items)
        if not first & second:
            return telling


def _draft(telling: Telling, entry: Sequence[Any]) -> dict[str, Any]:
    """What is to be drafted: status, giver, receiver, thing, and what else is told."""
    status, giver, receiver, place, *more = entry
    parties = {"X": telling.exporter, "Z": telling.recipient, "W": telling.other}
    facts = {"terms": telling.facts.get("terms"), "act": telling.facts.get("act")} if not place or telling.facts["same"] else {}
    draft = {"status": status, "exporter": parties[giver], "recipient": parties[receiver], "item": telling.items[place].id}
    draft |= {"quantity": telling.facts.get(f"quantity {place}")} | facts | (more[0] if more else {})
    return {fact: value for fact, value in draft.items() if value}


def digests(number: int, seed: int) -> Iterator[Report]:
    """Reports of three matters in paragraphs of their own, no two between the same states: each stays as it is alone."""
    waiting: list[Report] = []
    for report in reports(number * 5, seed):
        states = _states(report)
        if report.made_from["form"] == "headline" or "\n" in report.text or any(states & _states(other) for other in waiting):
            continue
        waiting.append(report)
        if len(waiting) == 3:
            drafts = [draft for each in waiting for draft in each.drafts]
            forms = {"form": " / ".join(each.made_from["form"] for each in waiting)}
            yield Report("\n\n".join(each.text for each in waiting), drafts, forms)
            waiting = []


def _states(report: Report) -> set[str]:
    """The states that a report names."""
    return {
        code
        for code, names in GRAMMAR["parties"].items()
        if any(names[key] in report.text for key in ("name", "adjective", "capital"))
    }
