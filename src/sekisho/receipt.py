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
from sekisho.text import read_text

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
    return "sha256:" + hashlib.sha256(rfc8785.dumps(body)).hexdigest()


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
            except OSError:
                name.unlink(missing_ok=True)
                raise
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
    body, seal = _read(path)
    options = msgspec.convert(body["options"], Options)
    corpus = decider.corpus
    then = body["decision"]
    try:
        case = from_mapping(body["case"], corpus, str(path))
        answer = decider.decide(case, options.regimes, options.law_on, options.world_on, options.strict, options.override)
    except SekishoError as flaw:
        changes = tuple(f"The case is no longer accepted: {mistake}" for mistake in flaw.mistakes)
        return Check(seal, then["verdict"], "not accepted", False, False, changes)
    now = json.loads(rfc8785.dumps(answer_data(decider, answer, case)))
    same_law, same_world = body["law_version"] == corpus.law_version, body["world_version"] == corpus.world_version
    changes = tuple(_changes(body, now, corpus))
    return Check(seal, then["verdict"], now["verdict"], same_law, same_world, changes)


def _read(path: Path) -> tuple[dict[str, Any], str]:
    text = read_text(path, ReceiptError)
    mend = "Give the file that `decide --receipt` wrote."
    try:
        receipt = json.loads(text)
    except ValueError as flaw:
        raise SealError(
            Mistake(f"the receipt is damaged: it is no longer JSON ({flaw}).", "Use an intact copy.", str(path))
        ) from flaw
    if not isinstance(receipt, dict) or not isinstance(receipt.get("body"), dict) or "seal" not in receipt:
        raise ReceiptError(Mistake("this is not a receipt.", mend, str(path)))
    body, seal = receipt["body"], receipt["seal"]
    try:
        whole = rfc8785.dumps(receipt) + b"\n" == text.encode() and _seal(body) == seal
    except rfc8785.CanonicalizationError as flaw:
        raise SealError(Mistake(f"the receipt is damaged: {flaw}.", "Use an intact copy.", str(path))) from flaw
    if not whole:
        raise SealError(
            Mistake("the seal is broken: the receipt was changed after it was made.", "Use an intact copy.", str(path))
        )
    if body.get("receipt") != SCHEMA:
        raise ReceiptError(Mistake(f"the receipt has the schema {body.get('receipt')}; {SCHEMA} is read.", mend, str(path)))
    return body, seal


_COMPARED = ("verdict", "head", "ways", "barring", "outstanding", "missing", "assumed")


def _changes(body: dict[str, Any], now: dict[str, Any], corpus: Corpus) -> Iterator[str]:
    """What comes out differently, and the changed text or fact it comes from."""
    then = body["decision"]
    old = {decision["regime"]: decision for decision in then["decisions"]}
    different = False
    for decision in now["decisions"]:
        before = old.get(decision["regime"])
        if before is None:
            continue
        for field in _COMPARED:
            if before[field] != decision[field]:
                different = True
                yield f"{decision['regime']}: {field} was {_short(before[field])} and is {_short(decision[field])}."
        for name, fact in before["facts"].items():
            new = decision["facts"].get(name)
            if (new or {}).get("value") != fact["value"]:
                yield f"{name} was {_short(fact['value'])} and is {_short((new or {}).get('value'))} ({fact['by']})."
    for name, text in body["provisions"].items():
        if name not in corpus.provisions:
            yield f"the provision {name} is gone."
        elif provision_text(corpus, name) != text:
            fields = [key for key, value in provision_text(corpus, name).items() if text.get(key) != value]
            yield f"the text of {name} has changed: {', '.join(fields)}."
    if different and body["law_version"] != corpus.law_version:
        yield "the law files are not those of the receipt."


def _short(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 120 else text[:117] + "…"
