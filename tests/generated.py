"""Random cases over the whole vocabulary, for the tests that hold two readings of the law to one another.

A case is a day and what is stated on it. It is drawn at random and then, often, bent towards a provision: facts are set
as its condition asks, so that exceptions, heads and bars are met more often than by chance. Only admissible cases come
out: states exist on the day, no stated look-up contradicts the world, and no condition that holds `always` is broken.

The law itself asks less of the algebra than the algebra can do, so there is random law too: a folder with a regime whose
conditions say nothing sensible and use every construct.
"""

import json
import random
import shutil
from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from second_reading import Formula, Law, Put
from sekisho.case import Case
from sekisho.corpus import PACKAGE, Corpus, build, load

FIRST, LAST = date(1960, 1, 1), date(2027, 12, 31)
STATES = [
    "JPN", "USA", "GBR", "FRA", "DEU", "ITA", "AUS", "CAN", "IND", "PHL", "IDN", "VNM", "MYS", "SGP",
    "THA", "KOR", "TWN", "CHN", "PRK", "RUS", "SUN", "UKR", "ISR", "IRN", "IRQ", "SYR", "LBY", "SSD",
    "SDN", "SOM", "COD", "AFG", "TUR", "SAU", "ARE", "EGY", "ZAF", "PAK", "BGD", "FJI", "MMR", "CUB",
    "YUG", "VDR", "RVN", "DDR", "ZWE", "RHO", "POL", "SWE",
]  # fmt: skip
LIKELY = {
    "exporter.state": ("JPN", 0.85), "act": ("export", 0.7), "item.arms": (True, 0.8), "item.weapon": (False, 0.4),
    "item.licensor": ("none", 0.3), "recipient.state": ("USA", 0.25), "item.programme": ("none", 0.3),
}  # fmt: skip


@cache
def edges(corpus) -> tuple[date, ...]:
    """The days on which law or world changes, and the days before them."""
    days = {day for regime in corpus.regimes for day in corpus.change_days(regime)}
    days |= {day for table in corpus.world.tables.values() for day in table.change_days()}
    return tuple(sorted(near for day in days for near in (day, day - timedelta(1)) if FIRST <= near <= LAST))


@cache
def law_edges(corpus) -> tuple[date, ...]:
    days = {day for regime in corpus.regimes for day in corpus.change_days(regime)}
    return tuple(sorted(near for day in days for near in (day, day - timedelta(1)) if FIRST <= near <= LAST))


@cache
def law_on(corpus, regime_id: str, ids: tuple[str, ...]) -> Law:
    regime = corpus.regimes[regime_id]
    return Law(corpus, regime, [corpus.provisions[i] for i in ids], "permitted")


@cache
def always(corpus) -> tuple[Formula, ...]:
    regime = next(iter(corpus.regimes.values()))
    every = [p for name in regime.instruments for p in corpus.instruments[name].provisions]
    law = law_on(corpus, regime.id, tuple(p.id for p in every if regime.first_day in p.in_force))
    return tuple(law.condition(entry.condition, "when") for entry, _ in corpus.always)


def random_day(rng: random.Random, corpus) -> date:
    kind = rng.random()
    if kind < 0.4:
        return rng.choice(law_edges(corpus))
    if kind < 0.7:
        return rng.choice(edges(corpus))
    return FIRST + timedelta(rng.randrange((LAST - FIRST).days))


def random_value(rng: random.Random, fact, states: list[str], yes: float = 0.5) -> object:
    likely, share = LIKELY.get(fact.name, (None, 0.0))
    if rng.random() < share and (fact.type != "state" or likely == "none" or likely in states):
        return likely
    if fact.type == "boolean":
        return rng.random() < yes
    if fact.type == "state":
        return "none" if rng.random() < 0.06 else rng.choice(states)
    if fact.type == "set":
        return frozenset(rng.sample(list(fact.values), min(len(fact.values), rng.choice((0, 1, 1, 2, 4)))))
    return rng.choice(list(fact.values))


def draw(rng: random.Random, corpus) -> tuple[date, dict[str, object]]:
    day = random_day(rng, corpus)
    states = [code for code in STATES if corpus.world.state_exists(code, day)]
    arranged = rng.random() < 0.4
    silent, claims = rng.uniform(0.1, 0.6), rng.choice((0.02, 0.1) if arranged else (0.02, 0.1, 0.3, 0.7))
    yes, looked_up = rng.choice((0.1, 0.5, 0.9)), rng.choice((0.0, 0.0, 0.2, 0.7))
    stated: dict[str, object] = {}
    for fact in corpus.vocabulary.facts.values():
        share = claims if fact.claimed else looked_up if fact.lookup else 1 - silent
        if fact.unstated == "default":
            share /= 2
        if rng.random() < share:
            stated[fact.name] = random_value(rng, fact, states, yes if fact.claimed else 0.5)
    if arranged:
        stated |= {"exporter.state": "JPN", "item.arms": True}
        bend(rng, corpus, day, stated, states, ("permits", "lifts"), 1.0)
    else:
        for _ in range(rng.choice((0, 1, 1, 2, 3))):
            bend(rng, corpus, day, stated, states, ("permits", "lifts", "prohibits", "requires"), rng.choice((0.6, 1.0)))
    make_plausible(rng, stated)
    return day, stated


def bend(rng: random.Random, corpus, day: date, stated, states: list[str], effects: tuple[str, ...], share: float) -> None:
    """Set facts as one provision of the day asks, with what its requirements ask: all of them or a share."""
    regimes = list(corpus.regimes.values())
    regime = rng.choice([regimes[0], *regimes])
    every = [p for name in regime.instruments for p in corpus.instruments[name].provisions if day in p.in_force]
    able = [p for p in every if p.effect in effects]
    if day < regime.first_day or not able:
        return
    law = law_on(corpus, regime.id, tuple(p.id for p in every))
    provision = rng.choice(able)
    texts = [text for text in (provision.when_text, provision.met_text) if text]
    tied = law.tied.get(provision.id, [])
    texts += [r.met_text for r in tied + law.untied if rng.random() < 0.5]
    for literal in chosen(rng, [law.condition(text, "when") for text in texts]):
        if rng.random() < share:
            satisfy(rng, corpus, day, literal, stated, states)


def chosen(rng: random.Random, formulas: list[Formula]) -> list[Formula]:
    """Literals that would make formulas true: all of an `and`, one or more of an `or`."""
    found: list[Formula] = []
    for formula in formulas:
        if formula.kind == "and":
            found += chosen(rng, list(formula.parts))
        elif formula.kind == "or":
            found += chosen(rng, [part for part in formula.parts if rng.random() < 0.2] or [rng.choice(formula.parts)])
        else:
            found.append(formula)
    return found


def satisfy(rng: random.Random, corpus, day: date, literal: Formula, stated, states: list[str]) -> None:
    fact = corpus.vocabulary.facts[literal.facts[0]]
    if fact.lookup is not None and literal.positive:
        table = corpus.world.tables[fact.lookup.table]
        rows = [row for row in table.rows if day in row.in_force and corpus.world.state_exists(row["state"], day)]
        if rows:
            row = rng.choice(rows)
            stated |= {key: row[column] for key, column in zip(fact.lookup.keys, table.about.keys, strict=True)}
    elif literal.kind == "true":
        stated[fact.name] = literal.positive
    elif literal.kind == "HAS" and literal.positive:
        stated[fact.name] = stated.get(fact.name, frozenset()) | {literal.constant}
    elif literal.kind == "IN" and literal.positive:
        stated[fact.name] = rng.choice(sorted(literal.constant))
    elif literal.kind == "=" and literal.positive and len(literal.facts) == 1:
        if fact.type != "state" or literal.constant in states:
            stated[fact.name] = literal.constant
    elif literal.kind == "=" and literal.positive and literal.facts[1] in stated:
        stated[fact.name] = stated[literal.facts[1]]


def make_plausible(rng: random.Random, stated: dict[str, object]) -> None:
    """Mend what an `always` condition would refuse, so that few cases are drawn in vain."""
    kind = stated.get("recipient.kind")
    if kind == "un_body" and "recipient.state" in stated:
        stated["recipient.state"] = "none"
    if kind in ("own_forces", "own_government", "own_nationals"):
        for name in ("recipient.state", "exporter.state"):
            if name in stated:
                stated[name] = "JPN"
    if stated.get("item.weapon") is True and "item.arms" in stated:
        stated["item.arms"] = True


def random_case(rng: random.Random, corpus) -> tuple[date, dict[str, object]]:
    """A day and what is stated on it, admissible."""
    while True:
        day, stated = draw(rng, corpus)
        looked_up = [name for name in stated if corpus.vocabulary.facts[name].lookup]
        world = Put(corpus, day, {name: value for name, value in stated.items() if name not in looked_up}, False)
        for name in looked_up:
            if world.fact(name) is not None:
                del stated[name]
        put = Put(corpus, day, stated, True)
        if all(put.of(condition) is not False for condition in always(corpus)):
            return day, stated


def to_case(day: date, stated: dict[str, object], head: str = "") -> Case:
    return Case(date=day, facts=stated, head=head)


def random_law(rng: random.Random, folder: Path, regimes: int) -> Corpus:
    """The corpus of made-up regimes, written to a folder, over the project's own vocabulary and world."""
    folder.mkdir()
    shutil.copy(PACKAGE / "law" / "vocabulary.yaml", folder)
    facts = list(load().vocabulary.facts.values())
    for number in range(regimes):
        name = f"test-{number}"
        claims = rng.sample([fact for fact in facts if fact.claimed], 9)
        plain = rng.sample([fact for fact in facts if not fact.claimed], 11)
        (folder / name).mkdir()
        (folder / name / "law.md").write_text(instrument(name, blocks(rng, name, claims, plain)), "utf-8")
        says = [
            {"in_force": "1970-01-01/1998-01-01", "says": "permitted"},
            {"in_force": "1998-01-01/..", "says": "prohibited"},
        ]
        governs = random_condition(rng, claims + plain, [], 0) + " OR exporter.state = 'JPN'"
        regime = {"id": name, "title": "x", "title_ja": "x", "first_day": "1970-01-01", "governs": governs}
        (folder / name / "regime.yaml").write_text(lines(regime | {"otherwise": says, "instruments": [name]}), "utf-8")
    return build(folder, PACKAGE / "world")


def blocks(rng: random.Random, name: str, claims: list, plain: list) -> list[tuple[str, dict[str, object]]]:
    """Slugs and blocks: definitions with versions, and some of every effect that a verdict can rest on."""
    found: list[tuple[str, dict[str, object]]] = []
    defined: list[str] = []
    for definition in ("one", "two", "three"):
        for version, in_force in enumerate(rng.choice((["1970-01-01/.."], ["1970-01-01/1995-01-01", "1995-01-01/.."]))):
            clause = {"en": "so", "ja": "然り"}
            said = random_condition(rng, claims + plain, defined, 2)
            block = {"defines": definition, "as": said, "holds": clause, "fails": clause, "in_force": in_force}
            found.append((f"{definition}-{version}", block))
        defined.append(definition)
    ways = [f"{name}#{effect}-{number}" for effect in ("lifts", "permits") for number in range(4)]
    for effect, count in (("prohibits", 4), ("lifts", 5), ("permits", 4), ("requires", 9)):
        for number in range(count):
            begin = rng.choice(("1970-01-01", "1970-01-01", "1985-01-01", "2000-01-01"))
            block = {effect: f"{effect} {number}", "in_force": f"{begin}/{rng.choice(('..', '2010-01-01'))}"}
            if effect != "requires" or rng.random() < 0.5:
                block["when"] = random_condition(rng, claims + plain, defined, rng.choice((0, 1, 1, 2)))
            if effect == "lifts":
                bars = rng.choice((["*"], ["prohibits-0"], ["prohibits-1", "prohibits-2"]))
                block["lifts"] = [f"{name}#{bar}" for bar in bars]
            if effect == "requires":
                met = random_condition(rng, claims, defined, rng.choice((0, 0, 1, 2)))
                block |= {"met": met, "by": "x", "by_ja": "x"}
                if rng.random() < 0.8:
                    block["for"] = rng.choice(([f"{name}#*"], rng.sample(ways, 1), rng.sample(ways, 3)))
            found.append((f"{effect}-{number}", block))
    return found


def instrument(name: str, provisions: list[tuple[str, dict[str, object]]]) -> str:
    front = {"id": name, "title": "x", "title_ja": "x", "form": "x", "in_force": "1970-01-01/..", "checked": "2026-01-01"}
    common = {"title_ja": "x", "source": "none found", "confidence": "low"}
    parts = [f"---\n{lines(front)}---\n\n# X\n"]
    parts += [f"## X {{#{slug}}}\n\n```yaml\n{lines(block | common)}```\n" for slug, block in provisions]
    return "\n".join(parts)


def lines(mapping: dict[str, object]) -> str:
    return "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in mapping.items())


def random_condition(rng: random.Random, facts: Sequence, defined: Sequence[str], depth: int) -> str:
    if depth > 0:
        joined = rng.choice((" AND ", " OR ")).join(
            random_condition(rng, facts, defined, depth - 1) for _ in range(rng.choice((2, 2, 3)))
        )
        return rng.choice(("({})", "({})", "NOT ({})")).format(joined)
    if defined and rng.random() < 0.15:
        return rng.choice(("{}", "NOT {}")).format(rng.choice(defined))
    fact = rng.choice(facts)
    return rng.choice(("{}", "{}", "NOT {}")).format(random_literal(rng, fact, facts))


def random_literal(rng: random.Random, fact, facts: Sequence) -> str:
    if fact.type == "boolean":
        return fact.name
    if fact.type == "set":
        return f"HAS({fact.name}, '{rng.choice(list(fact.values))}')"
    others = [f.name for f in facts if f.type == fact.type == "state" and f is not fact]
    values = list(STATES[:8]) if fact.type == "state" else list(fact.values)
    few = ", ".join(f"'{value}'" for value in rng.sample(values, min(len(values), 4)))
    forms = [f"{fact.name} = '{rng.choice(values)}'", f"{fact.name} <> '{rng.choice(values)}'"]
    forms += [f"{fact.name} IN ({few})", f"{fact.name} NOT IN ({few})"]
    if fact.type == "state":
        forms += [f"KNOWN_NONE({fact.name})", *(f"{fact.name} {sign} {other}" for other in others for sign in ("=", "<>"))]
    return rng.choice(forms)
