"""The words of the grammar in their forms: verbs, things in the plural, the article before a vowel."""

from __future__ import annotations

import re

_SAME_PLURAL = frozenset({"aircraft", "HIMARS"})


def inflected(entry: str, form: str) -> str:
    """A verb of the grammar in one of its forms: base, third, past, pp, ger.

    >>> inflected("hand over", "past"), inflected("give/gave/given/giving", "pp"), inflected("supply/supplied", "third")
    ('handed over', 'given', 'supplies')
    """
    told = entry.split("/")
    base, (head, _, rest) = told[0], told[0].partition(" ")
    rest = f" {rest}" if rest else ""
    stem = head[:-1] if head.endswith("e") else head
    doubled = head + head[-1] if len(told) > 1 and told[1].startswith(head + head[-1]) else stem
    if form == "base":
        return base
    if form == "third":
        if head.endswith("y") and head[-2] not in "aeiou":
            return head[:-1] + "ies" + rest
        return head + ("es" if head.endswith(("s", "sh", "ch")) else "s") + rest
    if form == "ger":
        return told[3] if len(told) > 3 else doubled + "ing" + rest
    past = told[1] if len(told) > 1 else stem + "ed" + rest
    return told[2] if form == "pp" and len(told) > 2 else past


def plural(word: str) -> str:
    """A thing in the plural; what is named by a number takes an *s*, too."""
    if word.rsplit(maxsplit=1)[-1] in _SAME_PLURAL:
        return word
    head, of, rest = word.partition(" of ")
    if head.endswith("y") and head[-2] not in "aeiou":
        return head[:-1] + "ies" + of + rest
    return head + ("es" if head.endswith(("s", "x", "ch", "edo")) else "s") + of + rest


def verb_phrase(pattern: str, verb: str) -> str:
    """A pattern such as `agreed to base` with its verb."""
    return re.sub(r"\b(base|third|past|pp|ger)\b", lambda match: inflected(verb, match[1]), pattern)


def finished(sentence: str) -> str:
    """With a capital, a full stop and the right article."""
    sentence = re.sub(r"\b([Aa]) (?=[aeioAEIO]|F-16|APC|upgraded|undisclosed|8 |18 )", r"\1n ", re.sub(r"  +", " ", sentence))
    sentence = re.sub(r",(?: *,)+", ",", sentence.strip()).rstrip(",")
    return sentence[:1].upper() + sentence[1:] + "."
