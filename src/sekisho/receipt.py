"""Receipts: a decision with all it rests on, sealed, and checked later.

A receipt is canonical JSON (RFC 8785) followed by one newline. Its seal is the SHA-256 of the canonical form of its
body: it shows damage, not authorship, and the receipt says so itself.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import rfc8785

from sekisho.case.stated import Case, from_mapping
from sekisho.corpus import Corpus
from sekisho.decide import Decider
from sekisho.decision import Answer
from sekisho.errors import InputError, Mistake, ReceiptError, SealError, SekishoError
from sekisho.render.data import answer_data, case_data
from sekisho.text import read_bytes

SCHEMA = 1
NOTE = "The seal shows that this file is undamaged. It does not show who made it, and it is not legal advice."


class Options(msgspec.Struct, frozen=True):
    """How a case was decided, as far as it was not the plain way."""

    regimes: tuple[str, ...] = ()
    law_on: dt.date | None = None
    world_on: dt.date | None = None
    strict: bool = False
    override: bool = False


def make(decider: Decider, case: Case, answer: Answer, options: Options | None = None) -> bytes:
    """The receipt of an answer, as the bytes of its file."""
    body = _body(decider, case, answer, options or Options())
    return rfc8785.dumps({"body": body, "seal": _seal(body)}) + b"\n"


def _seal(body: Any) -> str:
    return _digest(rfc8785.dumps(body))


def _digest(canonical: bytes) -> str:
    return "sha256:" + hashlib.sha256(canonical).hexdigest()


def _body(decider: Decider, case: Case, answer: Answer, options: Options) -> dict[str, Any]:
    names = dict.fromkeys(name for decision in answer.decisions for name in decision.deciding)
    decided = answer_data(decider, answer, case)
    return {
        "receipt": SCHEMA,
        "note": NOTE,
        "case": case_data(case),
        "options": json.loads(msgspec.json.encode(options)),
        "law_version": decider.corpus.law_version,
        "world_version": decider.corpus.world_version,
        "provisions": {name: provision_text(decider.corpus, name) for name in names},
        "decision": decided,
    }


def provision_text(corpus: Corpus, name: str) -> dict[str, Any]:
    """The text of a provision as it stands in its file."""
    p = corpus.provisions[name]
    text: dict[str, Any] = {
        "effect": p.effect, "label": p.label, "title": p.title, "title_ja": p.title_ja, "prose": p.prose,
        "in_force": str(p.in_force), "sources": list(p.sources), "confidence": p.confidence,
    }  # fmt: skip
    optional = {"when": p.when_text, "met": p.met_text, "for": list(p.targets), "by": p.by}
    return text | {key: value for key, value in optional.items() if value}


def write(path: Path, content: bytes) -> None:
    """Write a file whole or not at all. Raises `InputError` if it cannot be written."""
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
            name = Path(file.name)
            try:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
                name.replace(path)
            finally:
                name.unlink(missing_ok=True)
    except OSError as flaw:
        mend = "Check the folder and the space on the disk."
        raise InputError(Mistake(f"cannot be written: {flaw.strerror}; nothing was left behind.", mend, str(path))) from flaw


class Check(msgspec.Struct, frozen=True):
    """What checking a receipt found: the verdict then and now, what differs, and through which change."""

    sealed: str
    then: str
    now: str
    same_law: bool
    same_world: bool
    changes: tuple[str, ...] = ()

    @property
    def unchanged(self) -> bool:
        """Whether the case comes out the same in every field."""
        return not self.changes


def verify(decider: Decider, path: Path) -> Check:
    """Check a receipt's seal and decide its case anew.

    Raises `ReceiptError` for a file that is no receipt, `SealError` for one that does not match its seal.
    """
    return verify_bytes(decider, read_bytes(path, ReceiptError), str(path))


def verify_bytes(decider: Decider, content: bytes, name: str, options: Options | None = None) -> Check:
    """Check the seal of a receipt that is at hand and decide its case anew, with other options where they are given.

    `name` is what a message calls it. Raises as `verify` does.
    """
    body, seal = _read(content, name)
    options, then, corpus = options or body.options, body.decision, decider.corpus
    same_law, same_world = body.law_version == corpus.law_version, body.world_version == corpus.world_version
    try:
        case = from_mapping(body.case, corpus, name)
        answer = decider.decide(case, options.regimes, options.law_on, options.world_on, options.strict, options.override)
    except SekishoError as flaw:
        changes = tuple(f"The case is no longer accepted: {mistake}" for mistake in flaw.mistakes)
        return Check(seal, then.verdict, "not accepted", same_law, same_world, changes)
    now = json.loads(rfc8785.dumps(answer_data(decider, answer, case)))
    changes = tuple(_changes(body, now, corpus))
    return Check(seal, then.verdict, now["verdict"], same_law, same_world, changes)


class _Fact(msgspec.Struct):
    by: str
    value: Any = None


class _Then(msgspec.Struct):
    """One regime's decision, as far as it is compared."""

    regime: str
    verdict: str
    head: str | None
    ways: list[Any]
    barring: list[Any]
    outstanding: list[Any]
    missing: list[Any]
    assumed: list[Any]
    facts: dict[str, _Fact]


class _Decided(msgspec.Struct):
    verdict: str
    decisions: list[_Then]


class _Body(msgspec.Struct):
    """What a receipt holds, as far as it is read."""

    case: dict[str, Any]
    options: Options
    law_version: str
    world_version: str
    provisions: dict[str, dict[str, Any]]
    decision: _Decided


_SIGNS = (b'{"body":{', b'"sha256:')
"""By either of these a damaged receipt is still known as one."""


_NOT_THE_FILE = "the receipt says what was sealed, but its last line end was lost, or space was put around it."
_KEEP = "Use the file as it was written; `curl --data-binary` sends it so."
_MEND = "Give the file that `decide --receipt` wrote."


def sealed(content: bytes, name: str) -> tuple[Any, str]:
    """The body of a receipt of any schema and its seal, which holds.

    Raises `ReceiptError` for what is no receipt, `SealError` for one that does not match its seal.
    """
    if not any(sign in content for sign in _SIGNS):
        raise ReceiptError(Mistake("this is not a receipt.", _MEND, name))
    try:
        receipt = json.loads(content.decode("utf-8"))
        body, seal = receipt["body"], receipt["seal"]
        canonical = rfc8785.dumps(body)
        whole = b'{"body":' + canonical + b',"seal":' + rfc8785.dumps(seal) + b"}\n"
    except (ValueError, LookupError, TypeError, RecursionError) as flaw:
        raise SealError(Mistake("the receipt is damaged and cannot be read.", "Use an intact copy.", name)) from flaw
    holds = _digest(canonical) == seal
    if holds and content != whole and content.strip() == whole.strip():
        raise SealError(Mistake(_NOT_THE_FILE, _KEEP, name))
    if not holds or content != whole:
        raise SealError(Mistake("the seal is broken: the receipt was changed after it was made.", "Use an intact copy.", name))
    return body, seal


def _read(content: bytes, name: str) -> tuple[_Body, str]:
    body, seal = sealed(content, name)
    if not isinstance(body, dict) or body.get("receipt") != SCHEMA:
        raise ReceiptError(Mistake(f"this is not a receipt of the schema {SCHEMA}.", _MEND, name))
    try:
        return msgspec.convert(body, _Body), seal
    except msgspec.ValidationError as flaw:
        raise ReceiptError(Mistake(f"the receipt does not hold what it should: {flaw}.", _MEND, name)) from flaw


_COMPARED = ("verdict", "head", "ways", "barring", "outstanding", "missing", "assumed")


def _changes(body: _Body, now: dict[str, Any], corpus: Corpus) -> Iterator[str]:
    """What comes out differently, and the changed text or fact it comes from."""
    old = {decision.regime: decision for decision in body.decision.decisions}
    new = {decision["regime"]: decision for decision in now["decisions"]}
    yield from (f"the regime {name} is gone." for name in old if name not in new)
    yield from (f"the regime {name} is new." for name in new if name not in old)
    different = False
    for regime in (name for name in old if name in new):
        before, after = old[regime], new[regime]
        for field in _COMPARED:
            if getattr(before, field) != after[field]:
                different = True
                yield f"{regime}: {field} was {_short(getattr(before, field))} and is {_short(after[field])}."
        for name, fact in before.facts.items():
            value = after["facts"].get(name, {}).get("value")
            if value != fact.value:
                yield f"{name} was {_short(fact.value)} and is {_short(value)} ({fact.by})."
    for name, text in body.provisions.items():
        if name not in corpus.provisions:
            yield f"the provision {name} is gone."
        elif provision_text(corpus, name) != text:
            fields = [key for key, value in provision_text(corpus, name).items() if text.get(key) != value]
            yield f"the text of {name} has changed: {', '.join(fields)}."
    if different and body.law_version != corpus.law_version:
        yield "the law files are not those of the receipt."


def _short(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 120 else text[:117] + "…"
