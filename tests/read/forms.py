"""Reports of one known transfer in very many forms, made from the grammar in forms.yaml: what is to be drafted is known.

`reports(number, seed)` crosses the dimensions at random: the clause, the verb and how it stands, how the parties and the
thing are named, number, value, day, attribution and what interrupts. A part of them tells of no transfer.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import yaml
from words import finished, inflected, plural, verb_phrase

GRAMMAR: Mapping[str, Any] = yaml.safe_load((Path(__file__).parent / "forms.yaml").read_text("utf-8"))
_SLOT = re.compile(r"\{(\w+)(?:\.(\w+))?\}")
_RETRANSFERS = frozenset({"pass on", "re-export"})
_SMALL = ["PER", "KEN", "THA", "ROU"]
_LAND = frozenset(GRAMMAR["items"]) - {"submarine", "frigate", "class:corvette", "class:minehunter"}
"""What does not arrive somewhere of itself, as ships do."""
_DAYS = ("weekday", "dated", "american", "relative", "inexact")


@dataclass(frozen=True)
class Report:
    """A report, the drafts that a careful reader makes of it, and what it was made from, by dimension."""

    text: str
    drafts: Sequence[Mapping[str, Any]]
    made_from: Mapping[str, str]


class Named(NamedTuple):
    """A thing of the catalogue or a class, and the words for it."""

    id: str
    words: str


@dataclass
class Telling:
    """One transfer while its sentence is being made."""

    random: Random
    exporter: str
    recipient: str
    other: str
    items: list[Named]
    facts: dict[str, Any] = field(default_factory=dict)
    made_from: dict[str, str] = field(default_factory=dict)


# ---- words ---------------------------------------------------------------------------------------------------------


def _lexeme(random: Random, group: str, kind: str, only: Sequence[str] = ()) -> tuple[str, str]:
    """A verb or noun of a group and the terms that it tells."""
    found = [(entry, name[len(group) :].strip()) for name, entries in GRAMMAR[kind].items() for entry in entries
             if name.split()[0] == group and (not only or entry in only)]  # fmt: skip
    return random.choice(found)


# ---- phrases -------------------------------------------------------------------------------------------------------


def _party(telling: Telling, state: str, forms: str, dimension: str = "") -> str:
    """A party in one of the forms of the grammar."""
    names = GRAMMAR["parties"][state]
    known = [form for form in GRAMMAR[forms] if "company" not in GRAMMAR[forms][form] or "company" in names]
    form = telling.random.choice(["name", *known]) if "name" in known else telling.random.choice(known)
    if dimension:
        telling.made_from[dimension] = form
    told = str(GRAMMAR[forms][form].format(**names)).replace("s's", "s'")
    return re.sub("(neighbouring|nearby) the ", r"the \1 ", told)


def _count(told: str) -> int | None:
    """The number in a phrase of a thing: *a batch of 24 tanks*."""
    digits = re.search(r"(?<![\w-])(\d[\d,]*)(?= (?:\{|additional|more|of its))", told)
    if digits:
        return int(digits[1].replace(",", ""))
    before = told.split("{", maxsplit=1)[0].strip()
    words = sorted(GRAMMAR["numbers"], key=len, reverse=True)
    return next((GRAMMAR["numbers"][word] for word in words if re.search(rf"(^|\W){word}( more| additional|$)", before)), None)


def _thing(telling: Telling, many: bool, rich: bool = True) -> str:
    """The things of a transfer with their numbers and modifiers; says what is to be drafted of each."""
    told: list[str] = []
    for place, (_, words) in enumerate(telling.items):
        kinds = [kind for kind in GRAMMAR["counts"] if rich and not (many and kind == "one") and not (place and kind == "all")]
        if telling.facts.get("getting"):
            kinds = [kind for kind in kinds if kind != "all"]
        kind = telling.random.choice(kinds or ["none"])
        phrase = telling.random.choice(GRAMMAR["counts"][kind])
        modifier = ""
        if rich and telling.random.random() < 0.3:
            modifier = telling.random.choice(GRAMMAR["modifiers"])
            telling.made_from["modifier"] = modifier
            modifier = modifier.format(**GRAMMAR["parties"][telling.exporter]) + " "
        telling.made_from["count"] = kind
        telling.facts[f"quantity {place}"] = _count(phrase)
        told.append(phrase.format(s=modifier + words, p=modifier + plural(words)))
    if rich and "{s}" not in phrase and len(told) == 1 and not telling.facts["bare"] and telling.random.random() < 0.12:
        more = telling.random.choice(GRAMMAR["said of things"])
        telling.made_from["said of things"] = more
        return f"{told[0]} {more}".replace(" ,", ",")
    if len(told) > 1:
        telling.made_from["things"] = str(len(told))
    return ", ".join(told[:-1]) + " and " + told[-1] if len(told) > 1 else told[0]


def _own(names: Mapping[str, str]) -> str:
    return f"{names['name']}'s".replace("s's", "s'")


def _made(telling: Telling, seller: Mapping[str, str]) -> str:
    """The things, with nothing but a word of origin to say who gives them."""
    words = _thing(telling, True, rich=False)
    count = telling.random.choice(["", "12 ", "a dozen ", "40 "])
    for place in range(len(telling.items)):
        telling.facts[f"quantity {place}"] = {"12 ": 12, "a dozen ": 12, "40 ": 40}.get(count) if not place else None
    origin = telling.random.choice(["{adjective}", "{adjective}-made", "{adjective}-built"]).format(**seller)
    return f"{count}{origin} {words}"


def _worth(telling: Telling, phrase: str) -> str:
    """A thing with what it is worth, now and then."""
    if len(telling.items) > 1 or telling.facts.get("value") or telling.facts.get("plain") or telling.random.random() > 0.15:
        return phrase
    form = telling.random.choice(list(GRAMMAR["worth"]))
    return str(GRAMMAR["worth"][form]).format(y=phrase, v=_value(telling, form))


def _value(telling: Telling, form: str) -> str:
    """A sum of money; the telling has its value from then on."""
    telling.made_from["value"] = form
    words, value = telling.random.choice(
        [
            entry
            for group in GRAMMAR["values"].values()
            for entry in group.items()
            if "{v} deal" not in form or entry[0][0] in "$€£"
        ]
    )
    telling.facts["value"] = value
    return str(words)


def _day(telling: Telling) -> str:
    kind = telling.random.choice(_DAYS)
    words, day = telling.random.choice(list(GRAMMAR["days"][kind].items()))
    telling.made_from["day"] = kind
    if day and not telling.facts["undated"]:
        telling.facts["day"] = day
    return str(words)


def filled(telling: Telling, text: str, only: Sequence[str] = ()) -> str:
    """A text of the grammar with its slots filled."""
    seller, buyer = GRAMMAR["parties"][telling.exporter], GRAMMAR["parties"][telling.recipient]
    many = "{Yp}" in text
    telling.facts["bare"] = bool(re.search(r"\{Yp\} (\{|from)", text))

    def slot(match: re.Match[str]) -> str:
        name, form = match[1], match[2]
        if form:
            kind = "nouns" if form == "noun" else "verbs"
            entry, terms = _lexeme(telling.random, name, kind, only)
            telling.made_from["verb"] = entry.split("/")[0]
            telling.facts["terms"] = telling.facts.get("terms") or terms
            telling.facts["act"] = "retransfer" if entry in _RETRANSFERS else telling.facts.get("act")
            return entry if form == "noun" else inflected(entry, form)
        return {
            "X": lambda: _party(telling, telling.exporter, "acting", "giver"),
            "Xn": lambda: seller["name"], "Xs": lambda: _own(seller), "Xa": lambda: seller["adjective"],
            "Zcapital": lambda: buyer["capital"],
            "C": lambda: _party(telling, telling.exporter, "company", "giver"),
            "A": lambda: _party(telling, telling.recipient, "acting", "taker"),
            "Z": lambda: _party(telling, telling.recipient, "receiving", "taker"),
            "Zn": lambda: buyer["name"], "Za": lambda: buyer["adjective"], "Z1": lambda: f"the {buyer['adjective']} army",
            "Wn": lambda: GRAMMAR["parties"][telling.other]["name"], "M": lambda: _made(telling, seller),
            "Zs": lambda: _own(buyer),
            "Y": lambda: _worth(telling, _thing(telling, many)), "Yp": lambda: _thing(telling, True),
        }[name]()  # fmt: skip

    return _SLOT.sub(slot, text)


# ---- sentences -----------------------------------------------------------------------------------------------------


def tell(random: Random, company: bool = False, things: int = 0, among: Container[str] = GRAMMAR["items"]) -> Telling:
    """A transfer at random: who gives what to whom, with a third state that may be spoken of, too."""
    states = list(GRAMMAR["parties"])
    sellers = [state for state in states if "company" in GRAMMAR["parties"][state]] if company else states
    exporter = random.choice(sellers)
    recipient, other = random.sample([state for state in states if state != exporter], 2)
    count = things or (2 if random.random() < 0.08 else 1)
    names = random.sample([name for name in GRAMMAR["items"] if name in among], count)
    if count > 1 and len({name.split("-")[-1] for name in names}) < count:
        names = ["javelin", "krab"][:count]
    items = [Named(name, random.choice(GRAMMAR["items"][name])) for name in names]
    return Telling(random, exporter, recipient, other, items)


def _clause(random: Random, negated: bool) -> tuple[Telling, str, str, bool]:
    """A clause with a verb: the telling, its sentence with `*` where a day may stand, its status, whether a day may end it."""
    name = random.choice(list(GRAMMAR["clauses"]))
    entry = GRAMMAR["clauses"][name]
    text = random.choice(entry["texts"])
    telling = tell(random, "{C}" in text)
    voice = entry.get("verb", "active")
    if negated:
        status, pattern = "", random.choice(GRAMMAR["negated passive" if voice == "passive" else "negated"])
    else:
        status = random.choice(entry.get("only", list(GRAMMAR[voice])))
        pattern = random.choice(GRAMMAR[voice][status])
    verb, terms = _lexeme(random, entry["voices"], "verbs", entry.get("lexemes", ()))
    if verb in _RETRANSFERS:
        telling.facts["act"] = "retransfer"
    telling.facts |= {"terms": terms, "getting": entry["voices"] in ("get", "wish", "lease")}
    telling.made_from |= {"form": name, "verb": verb.split("/")[0], "phrase": pattern.lstrip("*~")}
    phrase = verb_phrase(pattern, verb)
    text = entry["texts"][0] if verb.split("/")[0].endswith(" of") and "{V} from" in text else text
    if entry.get("one"):
        phrase = re.sub(r"\bwere\b", "was", re.sub(r"(?<!to )\bhave\b", "has", re.sub(r"\bare\b", "is", phrase)))
    return telling, filled(telling, text.replace("{V}", phrase)), status, pattern.lstrip("*~") in ("past", "has pp", "were pp")


def _fixed(random: Random) -> tuple[Telling, str, str, bool]:
    """A clause whose status stands with it."""
    form, status, text, *options = random.choice(GRAMMAR["fixed"])
    told = options[0] if options else {}
    telling = tell(random, "{C}" in text, 0, _LAND if told.get("land") else GRAMMAR["items"])
    telling.made_from |= {"form": form, "phrase": text}
    telling.facts |= {name: told.get(name) for name in ("both", "givers", "value")}
    if told.get("usa"):
        telling.exporter = "USA"
        telling.recipient, telling.other = random.sample(_SMALL, 2)
    text = text.replace("*", "~") if told.get("undated") else text
    if "terms" in told:
        telling.facts["terms"] = told["terms"]
    telling.facts["getting"] = "{A}" in text or form == "buyer nominal"
    text = text.replace("{Y}", "{Yp}") if told.get("plural") else text
    if "{M}" in text:
        del telling.items[1:]
    sentence = filled(telling, text, told.get("lexemes", ()))
    if "terms" in told:
        telling.facts["terms"] = told["terms"]
    return telling, sentence, status, ("{give.noun}" in text or form in ("split", "arrival")) and "*" in text


def _set_around(telling: Telling, sentence: str, ends: bool) -> str:
    """A sentence with a day, a value behind it, what interrupts it, who tells it and what stands before and behind."""
    random, chosen = telling.random, telling.random.random
    telling.facts["undated"] = "~" in sentence
    sentence = sentence.replace("~", "*")
    dated = "*" in sentence and chosen() < 0.35
    if not telling.facts.get("value") and chosen() < 0.12 and len(telling.items) == 1 and telling.made_from["form"] in (
        "active", "buyer", "passive", "ditransitive", "with", "company"
    ):  # fmt: skip
        tail = random.choice(GRAMMAR["tails"])
        sentence = f"{sentence} {tail.format(v=_value(telling, tail))}"
    if dated:
        sentence = _dated(telling, sentence, ends)
    elif "*" in sentence and sentence.index("*") and sentence[sentence.index("*") - 2] != "," and chosen() < 0.12:
        interruption = random.choice(GRAMMAR["interruptions"])
        telling.made_from["around"] = interruption
        sentence = sentence.replace(" *", f"{interruption} ", 1)
    sentence = sentence.replace("*", "")
    if telling.made_from["form"] == "headline":
        return sentence
    for name, share in (("closings", 0.1), ("openings", 0.08)):
        if chosen() < share and not (
            name == "openings" and (dated or sentence.startswith(("after", "before", "having", "under")))
        ):
            around = random.choice(GRAMMAR[name])
            telling.made_from["around"] = around
            sentence = around.format(s=sentence)
    if chosen() < 0.25 and not sentence[:3].istitle() | sentence.startswith(("On ", "In ", "Late", "Earl", "Last", "This")):
        opened = telling.made_from.get("day stands") == "opening" or sentence.startswith(("before", "after", "having"))
        place = "after" if opened else random.choice(["before", "after"])
        told = random.choice(GRAMMAR["attributions"][place])
        telling.made_from["teller"] = told
        sentence = told.format(s=sentence)
    return sentence


def _dated(telling: Telling, sentence: str, ends: bool) -> str:
    place = telling.random.choice(["opening", "middle", "end" if ends else "middle"])
    day = _day(telling)
    telling.made_from["day stands"] = place
    begin, _, rest = sentence.partition("*")
    if place == "end":
        return f"{begin}{rest} {day}"
    if place == "middle" and begin.strip().split(" ")[-1] not in ("was", "been", "were", "has"):
        return f"{begin}{day} {rest}"
    telling.made_from["day stands"] = "opening"
    return f"{day}, {begin}{rest}" if begin else f"{day} {rest}"


def _placed(telling: Telling, text: str) -> str:
    """A report with its head and what stands before and behind, now and then."""
    random = telling.random
    for key, share, pattern in (
        ("beside before", 0.08, "{n} {t}"),
        ("beside after", 0.25, "{t} {n}"),
        ("heads", 0.1, "{n}{t}"),
    ):
        if random.random() < share and telling.made_from["form"] != "headline":
            said = random.choice(GRAMMAR[key])
            telling.made_from["beside"] = said
            capital = GRAMMAR["parties"][random.choice([telling.exporter, telling.recipient])]["capital"]
            said = said.replace("{capital}", capital).replace("{CAPITAL}", capital.upper())
            said = filled(telling, said)
            text = pattern.format(n=said[:1].upper() + said[1:], t=text)
    return text


def _drafts(telling: Telling, status: str) -> list[dict[str, Any]]:
    """What is to be drafted."""
    facts = telling.facts
    found = []
    for place, (item, _) in enumerate(telling.items):
        draft = {"status": status, "exporter": telling.exporter, "recipient": telling.recipient, "item": item}
        draft |= {name: facts[name] for name in ("value", "terms", "day", "act") if facts.get(name)}
        if len(telling.items) > 1:
            draft.pop("value", None)
        if facts.get(f"quantity {place}") is not None:
            draft["quantity"] = facts[f"quantity {place}"]
        if (facts.get("both") or facts.get("givers")) and draft.get("quantity", 1) > 1:
            del draft["quantity"]  # one number for several states together says of none how many
        found.append(draft)
        if facts.get("both"):
            found.append(draft | {"recipient": telling.other})
        if facts.get("givers"):
            found.append(draft | {"exporter": telling.other})
    return found


def _negative(random: Random) -> Report:
    """A report of no transfer: denied, supposed, of a civil good, at home, for an exercise, a rule."""
    kind = random.choice(["negated", "listed", "listed", "civil"])
    if kind == "listed":
        text = random.choice(GRAMMAR["negatives"])
        telling = tell(random, "{C}" in text, 1)
        telling.made_from |= {"form": "negative", "phrase": text}
        return Report(_placed(telling, finished(filled(telling, text))), [], telling.made_from)
    telling, sentence, _, ends = (
        _clause(random, kind == "negated") if random.random() < 0.6 or kind == "negated" else _fixed(random)
    )
    telling.made_from["form"] = f"{kind}"
    if kind == "civil":
        for _, words in telling.items:
            civil = random.choice(GRAMMAR["civil"])
            sentence = sentence.replace(plural(words), plural(civil)).replace(words, civil)
    return Report(_placed(telling, finished(_set_around(telling, sentence, ends))), [], telling.made_from)


def reports(number: int, seed: int) -> Iterator[Report]:
    """Reports at random, the same for the same seed; about one in six tells of no transfer."""
    random = Random(seed)
    for _ in range(number):
        if random.random() < 1 / 6:
            yield _negative(random)
            continue
        telling, sentence, status, ends = _clause(random, False) if random.random() < 0.55 else _fixed(random)
        text = _placed(telling, finished(_set_around(telling, sentence, ends)))
        yield Report(text, _drafts(telling, status), telling.made_from | {"status": status})


TODAY: dt.date = GRAMMAR["day"]
"""The day of every report."""
