"""The prose reader: a condition in words, English and Japanese, for pages, memos and questions.

What this room promises: whatever the condition, the words say exactly what it says, name every literal, and never show
the raw name of a fact or of a definition. NOT is moved inwards until it stands at a literal, which then speaks with its
own negative clause (`fails`). Siblings that say the same of several states, or of several values of one set, are told
as one. A group inside a group is either short ("either … or …") or numbered, as a statute would number it:

    English     if (1) a; and (2) any of the following applies: (a) b; (b) c; or (c) d
    Japanese    (1)aであり、かつ、(2)(イ)bであること、(ロ)cであること又は(ハ)dであることのいずれかに該当する

Clauses of the vocabulary and of definitions are passed in through `Words`; nothing here knows of a law file.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any, TypeAlias
from typing import Literal as OneOf

import msgspec

from sekisho.language.nodes import (
    NONE,
    TRUE,
    And,
    Between,
    Compare,
    Constant,
    FactTerm,
    Has,
    Holds,
    KnownNone,
    Literal,
    Node,
    Not,
    Operator,
    Or,
    Reference,
    Term,
    Value,
    Within,
)
from sekisho.language.vocabulary import Bilingual, Fact, Vocabulary
from sekisho.language.wording import (
    COMPLEMENT,
    CONNECTIVES,
    CONTINUED,
    COUNTED,
    FORMS,
    JOINED,
    MIRROR,
    MONTHS,
    NUMERALS,
    OFFICES,
    RESTRAINT,
    ROLES,
    SENTENCES,
    SLOT,
    WITH_ARTICLE,
)

Joint: TypeAlias = OneOf["and", "or"]
Clauses: TypeAlias = tuple[Bilingual | None, Bilingual | None]


class Words(msgspec.Struct, frozen=True):
    """Where the words come from.

    `definitions` maps the name of a definition to its clauses for TRUE and FALSE on the day in question;
    `state_names` gives the name of a state by its code and the language, `en` or `ja`.
    """

    vocabulary: Vocabulary
    definitions: Mapping[str, Clauses]
    state_names: Callable[[str, str], str]


# ---- what is said, before it is put into words -----------------------------------------------------------------------


class _Signed(msgspec.Struct, frozen=True):
    """A literal or a definition, and whether it is denied."""

    node: Literal | Reference
    denied: bool


class _Group(msgspec.Struct, frozen=True):
    """Two or more parts joined, none of them a group of the same joint."""

    joint: Joint
    parts: tuple[_Signed | _Group, ...]


class _Text(msgspec.Struct, frozen=True):
    """A group whose literals are in words."""

    joint: Joint
    parts: tuple[str | _Text, ...]


def _arranged(node: Node, denied: bool) -> _Signed | _Group | bool:
    """The condition with NOT moved to its literals, groups of one joint flattened and constants carried out."""
    if isinstance(node, Not):
        return _arranged(node.part, not denied)
    if isinstance(node, Within) and NONE in node.values and len(node.values) > 1:
        others = tuple(value for value in node.values if value != NONE)
        node = Or((Compare(node.left, "=", Constant(NONE)), Within(node.left, others)))
    if not isinstance(node, And | Or):
        return _Signed(node, denied)
    joint: Joint = "and" if isinstance(node, And) != denied else "or"
    decides = joint == "or"
    parts: list[_Signed | _Group] = []
    for part in node.parts:
        found = _arranged(part, denied)
        if isinstance(found, bool):
            if found == decides:
                return decides
        else:
            parts += found.parts if isinstance(found, _Group) and found.joint == joint else (found,)
    if not parts:
        return not decides
    return parts[0] if len(parts) == 1 else _Group(joint, tuple(parts))


def _worded(part: _Signed | _Group, words: Words, language: str) -> str | _Text:
    if isinstance(part, _Signed):
        return _literal(part, words, language)
    said: list[str | _Text] = []
    for siblings in _siblings(part, words, language):
        if len(siblings) == 1:
            said.append(_worded(siblings[0], words, language))
        else:
            leaves = [sibling for sibling in siblings if isinstance(sibling, _Signed)]
            together = _together(leaves, part.joint, words, language)
            said += [together] if together else [_literal(leaf, words, language) for leaf in leaves]
    return said[0] if len(said) == 1 else _Text(part.joint, tuple(said))


def _siblings(group: _Group, words: Words, language: str) -> Iterable[list[_Signed | _Group]]:
    """The parts of a group, those together that may be told as one, in the order of their first."""
    alike: dict[object, list[_Signed | _Group]] = {}
    for n, part in enumerate(group.parts):
        key = _likeness(part, words, language) if isinstance(part, _Signed) else None
        entry = alike.setdefault(n if key is None else key, [])
        if part not in entry:
            entry.append(part)
    return alike.values()


def _likeness(leaf: _Signed, words: Words, language: str) -> object | None:
    """What two literals have in common that may be told as one: a set's name, or a clause but for its state."""
    if isinstance(leaf.node, Has):
        return (leaf.node.fact, leaf.denied)
    template = _template(leaf, words, language)
    return None if template is None else (template, leaf.denied)


def _template(leaf: _Signed, words: Words, language: str) -> str | None:
    """A clause with a slot where it names the state it is about; None if it names none, or more than once."""
    if not isinstance(leaf.node, Holds):
        return None
    role = ROLES.get(leaf.node.fact.split(".")[0])
    text = _literal(leaf, words, language)
    if role is None or text.count(role.in_(language)) != 1:
        return None
    return text.replace(role.in_(language), SLOT)


def _together(leaves: Sequence[_Signed], joint: Joint, words: Words, language: str) -> str | None:
    first = leaves[0].node
    if isinstance(first, Has):
        fact = words.vocabulary.facts[first.fact]
        values = [leaf.node.value for leaf in leaves if isinstance(leaf.node, Has)]
        form = f"has{' not' * leaves[0].denied} {joint}"
        named = [_value(fact, value, words, language) for value in values]
        either = joint == "or" and (language == "ja" or not leaves[0].denied)
        listed = _listed(named, "or" if either else "and", language)
        return FORMS[language][form].format(_label(fact, language), listed)
    template = _template(leaves[0], words, language)
    roles = [ROLES[leaf.node.fact.split(".")[0]].in_(language) for leaf in leaves if isinstance(leaf.node, Holds)]
    return None if template is None else _OF_STATES[language](template, roles, joint, leaves[0].denied)


def _of_states_en(template: str, roles: Sequence[str], joint: Joint, denied: bool) -> str | None:
    either, every = _listed(roles, "or", "en"), _listed(roles, "and", "en")
    subject = template.startswith(SLOT)
    if joint == "or":
        return template.replace(SLOT, either) if subject or not denied else None
    if not denied:
        return template.replace(SLOT, f"each of {every}")
    if subject:
        verb = re.match(rf"{SLOT} (?:(is) not|does not (\w+)) ", template)
        return f"none of {every} {verb[1] or verb[2] + 's'} {template[verb.end() :]}" if verb else None
    return template.replace(SLOT, either)


def _of_states_ja(template: str, roles: Sequence[str], joint: Joint, denied: bool) -> str | None:
    before, after = template.split(SLOT)
    either, every = _listed(roles, "or", "ja"), _listed(roles, "and", "ja")
    if joint == "or":
        return f"{before}{either}{'のいずれか' if denied else ''}{after}"
    if not denied:
        return f"{before}{every}のそれぞれ{after}"
    if after.startswith("において"):
        return f"{before}{every}のいずれにおいても{after.removeprefix('において')}"
    return f"{before}{every}のいずれ{after.replace('が', 'も', 1)}"


_OF_STATES: Mapping[str, Callable[[str, Sequence[str], Joint, bool], str | None]] = {
    "en": _of_states_en,
    "ja": _of_states_ja,
}


# ---- literals --------------------------------------------------------------------------------------------------------


def _literal(leaf: _Signed, words: Words, language: str) -> str:
    return _LITERALS[type(leaf.node)](leaf.node, leaf.denied, words, language)


def _holds(node: Holds, denied: bool, words: Words, language: str) -> str:
    fact = words.vocabulary.facts[node.fact]
    return _clause_of((fact.holds, fact.fails), denied, language, fact.label)


def _reference(node: Reference, denied: bool, words: Words, language: str) -> str:
    return _clause_of(words.definitions[node.name], denied, language)


def _clause_of(clauses: Clauses, denied: bool, language: str, label: Bilingual | None = None) -> str:
    own, other = clauses[denied], clauses[not denied]
    if own is not None:
        return own.in_(language)
    said = other or label
    text = said.in_(language) if said else CONNECTIVES[language]["definition"]
    return CONNECTIVES[language]["denied"].format(text) if denied or other else text


def _compare(node: Compare, denied: bool, words: Words, language: str) -> str:
    left, op, right = node.left, node.op, node.right
    if isinstance(left, Constant):
        left, op, right = right, MIRROR[op], left
    if denied:
        op = COMPLEMENT[op]
    fact = _fact_of((left, right), words)
    if isinstance(right, Constant) and fact.type == "text" and right.value == NONE and op in ("=", "<>"):
        return _absent(fact, op == "=", language)
    form = f"{fact.type} {op}" if fact.type in ("number", "date") else _equality(right, op)
    return FORMS[language][form].format(_term(left, fact, words, language), _term(right, fact, words, language))


def _equality(right: Term, op: Operator) -> str:
    same = "same" if isinstance(right, FactTerm) else "is"
    return same if op == "=" else {"same": "not same", "is": "is not"}[same]


def _within(node: Within, denied: bool, words: Words, language: str) -> str:
    if len(node.values) == 1:
        return _compare(Compare(node.left, "=", Constant(node.values[0])), denied, words, language)
    fact = words.vocabulary.facts[node.left.name]
    values = [_value(fact, value, words, language) for value in node.values]
    if denied and len(values) == 2 and language == "en":
        return FORMS["en"]["not in two"].format(_label(fact, language), *values)
    listed = _listed(values, "and" if denied else "or", language)
    return FORMS[language]["not in" if denied else "in"].format(_label(fact, language), listed)


def _between(node: Between, denied: bool, words: Words, language: str) -> str:
    parts = (node.left, node.low, node.high)
    fact = _fact_of(parts, words)
    return FORMS[language]["not between" if denied else "between"].format(
        *(_term(part, fact, words, language) for part in parts)
    )


def _has(node: Has, denied: bool, words: Words, language: str) -> str:
    fact = words.vocabulary.facts[node.fact]
    form = "has not" if denied else "has"
    return FORMS[language][form].format(_label(fact, language), _value(fact, node.value, words, language))


def _known_none(node: KnownNone, denied: bool, words: Words, language: str) -> str:
    return _absent(words.vocabulary.facts[node.fact], not denied, language)


def _absent(fact: Fact, absent: bool, language: str) -> str:
    """That there is none of what a fact asks for, or that there is."""
    label = fact.label.in_(language)
    forms = FORMS[language]
    if language == "en":
        if label.endswith("'s state"):
            return forms["stateless" if absent else "of a state"].format(label.removesuffix("'s state"))
        label = label.removeprefix("the ")
        label = label if absent else _with_article(label)
    return forms["none" if absent else "some"].format(label)


def _with_article(noun: str) -> str:
    return f"{'an' if noun[0].lower() in 'aeiou' else 'a'} {noun}"


_LITERALS: Mapping[type[Any], Callable[[Any, bool, Words, str], str]] = {
    Holds: _holds,
    Reference: _reference,
    Compare: _compare,
    Within: _within,
    Between: _between,
    Has: _has,
    KnownNone: _known_none,
}


def _fact_of(parts: Iterable[Term], words: Words) -> Fact:
    """The first fact among the operands: their type is one, and every literal names a fact."""
    return next(words.vocabulary.facts[part.name] for part in parts if isinstance(part, FactTerm))


def _term(term: Term, fact: Fact, words: Words, language: str) -> str:
    if isinstance(term, FactTerm):
        return _label(words.vocabulary.facts[term.name], language)
    return _value(fact, term.value, words, language)


def _label(fact: Fact, language: str) -> str:
    """A label as the subject of a clause: of *the kind of recipient* the clause says what *the recipient* is."""
    label = fact.label.in_(language)
    return label.removesuffix("の種別") if language == "ja" else re.sub("^the kind of ", "the ", label)


def _value(fact: Fact, value: Value, words: Words, language: str) -> str:
    said = CONNECTIVES[language]
    if isinstance(value, bool):
        return said["yes" if value else "no"]
    if isinstance(value, dt.date):
        return _day(value, language)
    if isinstance(value, int | float):
        unit = f" {fact.unit}" if fact.unit else ""
        return f"{value:,}{unit}"
    if fact.type == "state":
        return said["none"] if value == NONE else _state(value, words, language)
    return fact.values[value].in_(language) if value in fact.values else value


def _state(code: str, words: Words, language: str) -> str:
    name = words.state_names(code, language)
    return f"the {name}" if language == "en" and WITH_ARTICLE.search(name) else name


def _day(day: dt.date, language: str) -> str:
    if language == "ja":
        return f"{day.year}年{day.month}月{day.day}日"
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def _listed(entries: Sequence[str], joint: Joint, language: str) -> str:
    """Nouns in a row. In Japanese the wider of two joints is 又は over 若しくは and 並びに over 及び."""
    said = CONNECTIVES[language]
    if len(entries) == 1:
        return entries[0]
    word = said[joint]
    if language == "en":
        serial = any(re.search(",| or | and ", entry) for entry in entries)
        return ", ".join(entries[:-1]) + f"{',' * serial} {word} {entries[-1]}"
    if joint == "or":
        entries = [entry.replace(word, said["inner or"]) for entry in entries]
    elif any(word in entry for entry in entries):
        word = said["and of and"]
    return "、".join(entries[:-1]) + word + entries[-1]


# ---- composition -----------------------------------------------------------------------------------------------------


def _mark(n: int, depth: int, language: str) -> str:
    rows = NUMERALS[language]
    numerals = rows[depth % len(rows)].split()
    return f"({numerals[n] if n < len(numerals) else n + 1})"


def _is_light(part: str | _Text, language: str) -> bool:
    """Whether a part may stand inside another without numbers: a literal, or two short ones."""
    if isinstance(part, str):
        return True
    if len(part.parts) != 2 or not all(isinstance(inner, str) for inner in part.parts):
        return False
    return f"light {part.joint}" in CONNECTIVES[language] and not any(_joins(str(inner), JOINED) for inner in part.parts)


def _joins(text: str, marks: str | re.Pattern[str]) -> bool:
    return re.search(marks, OFFICES.sub("", text)) is not None


def _composed(part: str | _Text, language: str, depth: int = 0) -> str:
    """The words of a condition, as one clause."""
    if isinstance(part, str):
        return part
    light = all(_is_light(inner, language) for inner in part.parts) and (depth == 0 or _is_light(part, language))
    inner = [_composed(sub, language, depth + 1) for sub in part.parts]
    if not light:
        space = " " if language == "en" else ""
        inner = [_mark(n, depth, language) + space + text for n, text in enumerate(inner)]
    return _COMPOSERS[language](inner, part.joint, depth, light)


def _compose_en(parts: Sequence[str], joint: Joint, depth: int, light: bool) -> str:
    """Commas between clauses; semicolons where a clause has a comma of its own, and between numbered parts."""
    said = CONNECTIVES["en"]
    if light and depth:
        return said[f"light {joint}"].format(*parts)
    mark = ";" if not light or any(_joins(part, "[,;:]") for part in parts) else ","
    plain = len(parts) == 2 and mark == "," and not any(_joins(part, " or | and ") for part in parts)
    joined = f"{mark} ".join(parts[:-1]) + f"{'' if plain else mark} {said[joint]} {parts[-1]}"
    return said[f"{'pair' if len(parts) == 2 else 'heavy'} {joint}"].format(joined) if depth else joined


def _compose_ja(parts: Sequence[str], joint: Joint, depth: int, light: bool) -> str:
    said = CONNECTIVES["ja"]
    if depth:
        nouns = [f"{part}こと" for part in parts]
        word = said["and of and"] if joint == "and" and any(said["and"] in part for part in parts) else said[joint]
        return said[f"light {joint}"].format("、".join(nouns[:-1]) + word + nouns[-1])
    going_on = [_continued(part) if joint == "and" else f"{part}か" for part in parts[:-1]]
    return "、".join([*going_on, said[f"then {joint}"], parts[-1]])


_COMPOSERS: Mapping[str, Callable[[Sequence[str], Joint, int, bool], str]] = {"en": _compose_en, "ja": _compose_ja}


def _continued(clause_: str) -> str:
    """A Japanese clause in the form that goes on: 当たる → 当たり, でない → でなく."""
    for ending, form in CONTINUED:
        if clause_.endswith(ending):
            return clause_.removesuffix(ending) + form
    return f"{clause_}であり"


def clause(node: Node, words: Words, language: str, negated: bool = False) -> str:
    """A condition, or with `negated` its denial, as one clause without a full stop.

    `the item is technology, and either the licensor state has asked for the transfer or …`. Raises `KeyError` for a
    fact or a definition that `words` does not know.
    """
    arranged = _arranged(node, negated)
    if isinstance(arranged, bool):
        return CONNECTIVES[language]["always" if arranged else "never"]
    return _composed(_worded(arranged, words, language), language)


def lines(node: Node, words: Words, language: str) -> list[tuple[int, str]]:
    """A condition as an outline of (depth, text): `any of these:` and below it, one deeper, what it joins."""
    arranged = _arranged(node, False)
    if isinstance(arranged, bool):
        return [(0, clause(node, words, language))]
    return _outline(_worded(arranged, words, language), language, 0)


def _outline(part: str | _Text, language: str, depth: int) -> list[tuple[int, str]]:
    if isinstance(part, str):
        return [(depth, f"{part}こと" if language == "ja" else part)]
    below = [line for inner in part.parts for line in _outline(inner, language, depth + 1)]
    return [(depth, CONNECTIVES[language][f"outline {part.joint}"]), *below]


def question(fact: Fact, language: str) -> str:
    """What to ask to learn a fact."""
    return fact.question.in_(language)


def sentence(
    effect: str, words: Words, language: str, *, label: str = "", when: Node | None = None, met: Node | None = None,
    by: str = "", reason: str = "",
) -> str:  # fmt: skip
    """What a provision says, as one sentence (two in Japanese where something is required).

    `label`, `by` and `reason` are in the language asked for: the label of a bar, head or requirement, the title of a
    definition (never its name), and for a lift what it sets aside in words, without which it says `that bar`. A `when`
    that is absent or TRUE reads "in every case", or is left unsaid where nothing would hang on it.
    """
    said = SENTENCES[language]
    form = "refrains" if effect == "prohibits" and any(word in label for word in RESTRAINT) else effect
    form = form if _always(when) or f"{form} if" not in said else f"{form} if"
    return said[form].format(
        label=_named(effect, label or said.get(f"{effect} that", ""), language),
        when=_whenever(form, when, words, language),
        met=clause(met, words, language) if met is not None else CONNECTIVES[language]["always"],
        by=said["by"].format(_actor(by, language)) if by else "",
        reason=said["reason"].format(reason[0].upper() + reason[1:].rstrip(".。")) if reason else "",
    )


def _always(when: Node | None) -> bool:
    return when is None or _arranged(when, False) is True


def _whenever(form: str, when: Node | None, words: Words, language: str) -> str:
    """The condition as a sentence of this form takes it: bare, or led in by *if*."""
    if form == "defines" or form.endswith(" if"):
        return clause(when if when is not None else TRUE, words, language)
    said = SENTENCES[language]
    if when is None or _always(when):
        return "" if form == "lifts" else said["always"]
    return said["condition"].format(clause(when, words, language))


def _named(effect: str, label: str, language: str) -> str:
    """A label within a sentence: with the inner quotation marks, and a thing required with its article."""
    if language == "ja":
        return label.replace("「", "『").replace("」", "』")
    return _with_article(label) if effect == "requires" and COUNTED.match(label) else label


def _actor(by: str, language: str) -> str:
    """Whose act it is, with the article an English sentence needs."""
    return by if language == "ja" or re.match("(the|an?|whoever) ", by, re.IGNORECASE) else f"the {by}"


def value_text(fact: Fact, value: Value | Collection[str] | None, words: Words, language: str) -> str:
    """A fact's value for showing: labels for codes, yes and no, a set's values in the vocabulary's order."""
    said = CONNECTIVES[language]
    if value is None:
        return said["unknown"]
    if isinstance(value, str | int | float | dt.date):
        return _value(fact, value, words, language)
    order = {name: n for n, name in enumerate(fact.values)}
    codes = sorted(value, key=lambda code: (order.get(code, len(order)), code))
    entries = [_value(fact, code, words, language) for code in codes]
    return _listed(entries, "and", language) if entries else said["none"]
