"""Receipts: whole or not there, sound or refused, and decided anew under whatever law there is now."""

import errno
import json
import random
from functools import partial

import pytest
import rfc8785

from helpers import EXAMPLE, GOOD, TINY, built, mistakes, refused, sekisho, tiny
from sekisho import receipt
from sekisho.case.stated import from_mapping
from sekisho.decide import Decider
from sekisho.errors import InputError, ReceiptError, SealError
from sekisho.text import day

CASE = {"date": "2013-05-01", "item": "rocket", "recipient": {"state": "AAA", "kind": "armed_forces"}, "title": "ロケット"}


@pytest.fixture(scope="module")
def small() -> Decider:
    return Decider(built(TINY))


def made(decider: Decider, case: dict, options: receipt.Options | None = None) -> bytes:
    stated = from_mapping(case, decider.corpus)
    options = options or receipt.Options()
    answer = decider.decide(stated, options.regimes, options.law_on, options.world_on, options.strict, options.override)
    return receipt.make(decider, stated, answer, options)


@pytest.fixture(scope="module")
def content(small: Decider) -> bytes:
    return made(small, CASE)


def resealed(body: object) -> bytes:
    """A receipt that someone has changed and sealed anew."""
    return rfc8785.dumps({"body": body, "seal": receipt._seal(body)}) + b"\n"


def test_a_good_receipt_verifies(tmp_path) -> None:
    path = tmp_path / "receipt.json"
    run = sekisho("decide", EXAMPLE, "--receipt", path)
    assert (run.status, run.err) == (0, f"The receipt is in {path}.\n")
    assert path.read_bytes().endswith(b"}\n")
    run = sekisho("verify", path)
    assert run.status == 0
    assert "The seal holds" in run.out
    assert "does not show who made it" in run.out
    assert "The case comes out as it did: conditional." in run.out
    found = json.loads(sekisho("verify", path, "--json").out)
    assert (found["then"], found["now"], found["changes"]) == ("conditional", "conditional", [])
    assert (found["same_law"], found["same_world"]) == (True, True)


def test_the_same_case_gives_the_same_bytes(small: Decider, content: bytes) -> None:
    assert made(Decider(built(TINY)), CASE) == content
    assert made(small, dict(reversed(CASE.items()))) == content


@pytest.mark.parametrize(
    "options",
    [
        receipt.Options(("tiny",)), receipt.Options(strict=True), receipt.Options(override=True),
        receipt.Options(law_on="2009-01-01"), receipt.Options(world_on="2016-01-01"),
    ],
)  # fmt: skip
def test_how_it_was_decided_is_kept(options: receipt.Options, small: Decider, tmp_path) -> None:
    options = receipt.Options(options.regimes, day(options.law_on), day(options.world_on), options.strict, options.override)
    path = tmp_path / "receipt.json"
    path.write_bytes(made(small, {**CASE, "item.kind": "part"} if options.override else CASE, options))
    assert receipt.verify(small, path).unchanged


def damaged(content: bytes) -> list[bytes]:
    """Receipts with one byte changed, left out or put in: at both ends everywhere, in between at random."""
    rng = random.Random(20140401)
    places = [*range(150), *range(len(content) - 150, len(content)), *(rng.randrange(len(content)) for _ in range(300))]
    found = [content[:at] + bytes([content[at] ^ rng.randrange(1, 256)]) + content[at + 1 :] for at in places]
    found += [content[:at] + content[at + 1 :] for at in places[::5]]
    return found + [content[:at] + b" " + content[at:] for at in places[::5]]


def test_no_changed_byte_passes(content: bytes, small: Decider, tmp_path) -> None:
    path = tmp_path / "receipt.json"
    for spoiled in damaged(content):
        path.write_bytes(spoiled)
        assert spoiled != content
        (mistake,) = mistakes(SealError, partial(receipt.verify, small, path))
        at_the_end = spoiled.strip() == content.strip()
        assert mistake.mend.startswith("Use the file as it was written" if at_the_end else "Use an intact copy.")


@pytest.mark.parametrize("share", [0.01, 0.3, 0.9, 0.999])
def test_a_truncated_receipt(share: float, content: bytes, small: Decider, tmp_path) -> None:
    path = tmp_path / "receipt.json"
    path.write_bytes(content[: int(len(content) * share)])
    mistakes(SealError, partial(receipt.verify, small, path))


def test_a_broken_seal_is_exit_4(tmp_path) -> None:
    path = tmp_path / "receipt.json"
    sekisho("decide", EXAMPLE, "--receipt", path)
    path.write_bytes(path.read_bytes().replace(b"conditional", b"permitted", 1))
    assert refused("verify", path, status=4) == [
        f"error: {path}: the seal is broken: the receipt was changed after it was made. Use an intact copy."
    ]


def test_what_stands_outside_the_seal_is_not_taken(content: bytes, small: Decider, tmp_path) -> None:
    path = tmp_path / "receipt.json"
    for spoiled in (
        rfc8785.dumps({**json.loads(content), "remark": "approved"}) + b"\n",
        json.dumps(json.loads(content), indent=1).encode(),
        b"\xef\xbb\xbf" + content,
        content.replace(b'{"body":', b'{"body":{},"body":', 1),
    ):
        path.write_bytes(spoiled)
        mistakes(SealError, partial(receipt.verify, small, path))


NO_RECEIPT = {
    "nothing": b"",
    "a case": GOOD.encode(),
    "JSON": b'{"date": "2023-12-22"}',
    "a list": b"[1, 2]",
    "a number": b"1",
    "a picture": b"\x89PNG\r\n\x1a\n",
    "deep JSON": b"[" * 100_000,
    "an empty body": resealed({}),
    "a body that is no mapping": resealed([1]),
    "another schema": resealed({"receipt": 99}),
    "a schema and nothing else": resealed({"receipt": 1}),
}


@pytest.mark.parametrize("name", NO_RECEIPT)
def test_a_file_that_is_no_receipt(name: str, tmp_path) -> None:
    path = tmp_path / "receipt.json"
    path.write_bytes(NO_RECEIPT[name])
    (error,) = refused("verify", path)
    assert "receipt" in error


@pytest.mark.parametrize("key", ["case", "options", "law_version", "world_version", "provisions", "decision"])
@pytest.mark.parametrize("value", [None, 1, [], {"x": 1}])
def test_a_body_that_is_sealed_and_wrong(key: str, value: object, content: bytes, small: Decider, tmp_path) -> None:
    path = tmp_path / "receipt.json"
    body = json.loads(content)["body"]
    path.write_bytes(resealed({k: v for k, v in body.items() if k != key}))
    mistakes(ReceiptError, partial(receipt.verify, small, path))
    path.write_bytes(resealed({**body, key: value}))
    if (key, value) not in (("case", {"x": 1}), ("options", {"x": 1})):
        mistakes(ReceiptError, partial(receipt.verify, small, path))


def test_deep_nesting_within_a_receipt(small: Decider, tmp_path) -> None:
    path = tmp_path / "receipt.json"
    path.write_bytes(b'{"body":{"a":' + b"[" * 100_000)
    mistakes(SealError, partial(receipt.verify, small, path))


def test_a_missing_receipt_and_a_folder(tmp_path) -> None:
    assert "No such file or directory" in refused("verify", tmp_path / "no.json")[0]
    assert "Is a directory" in refused("verify", tmp_path)[0]


RULES, EMBARGOES, PARTNERS = "law/tiny/rules.md", "world/embargoes.csv", "world/partners.csv"


def changes_after(tmp_path, content: bytes, *changes: tuple[str, str, str]) -> receipt.Check:
    path = tmp_path / "receipt.json"
    path.write_bytes(content)
    return receipt.verify(Decider(built(tiny(tmp_path, *changes))), path)


def test_a_change_of_law_is_named(content: bytes, tmp_path) -> None:
    found = changes_after(tmp_path, content, (RULES, "recipient.partner\n", "recipient.partner AND item.kind = 'part'\n"))
    assert (found.then, found.now, found.same_law, found.same_world) == ("conditional", "prohibited", False, True)
    assert 'tiny: verdict was "conditional" and is "prohibited".' in found.changes
    assert "the text of t.rules#partners has changed: when." in found.changes
    assert "the law files are not those of the receipt." in found.changes


def test_a_provision_that_is_gone_is_named(content: bytes, tmp_path) -> None:
    found = changes_after(
        tmp_path, content, (RULES, "{#partners}", "{#friends}"), (RULES, "for: [t.rules#partners]", "for: [t.rules#friends]")
    )
    assert (found.then, found.now) == ("conditional", "conditional")
    assert "the provision t.rules#partners is gone." in found.changes
    assert any(change.startswith("tiny: head was") for change in found.changes)


def test_a_change_of_the_world_is_named(content: bytes, tmp_path) -> None:
    found = changes_after(
        tmp_path, content, (EMBARGOES, "e-bbb,BBB,2001-01-01,2002-01-01,voluntary", "e-aaa,AAA,2012-01-01,,mandatory")
    )
    assert (found.now, found.same_law, found.same_world) == ("prohibited", True, False)
    assert "recipient.embargo was false and is true (world)." in found.changes


def test_a_regime_that_is_gone_or_new_is_named(content: bytes, tmp_path) -> None:
    found = changes_after(tmp_path, content, ("law/tiny/regime.yaml", "id: tiny\n", "id: small\n"))
    assert "the regime tiny is gone." in found.changes
    assert "the regime small is new." in found.changes


def test_a_case_that_is_no_longer_accepted(content: bytes, tmp_path) -> None:
    found = changes_after(tmp_path, content, ("world/items.csv", "rocket,Rocket", "missile,Missile"))
    assert (found.now, found.same_law, found.same_world) == ("not accepted", True, False)
    assert "the item 'rocket' is not in the catalogue." in found.changes[0]


def test_a_change_that_touches_nothing_changes_nothing(content: bytes, tmp_path) -> None:
    found = changes_after(tmp_path, content, ("law/tiny/exceptions.md", "Relief goes through.", "Relief may pass."))
    assert found.unchanged
    assert not found.same_law


@pytest.mark.parametrize("where", ["no/such/folder/receipt.json", "case.yaml/receipt.json", "."])
def test_a_receipt_that_cannot_be_written(where: str, tmp_path) -> None:
    (tmp_path / "case.yaml").write_text(GOOD, "utf-8")
    (error,) = refused("decide", tmp_path / "case.yaml", "--receipt", tmp_path / where)
    assert "cannot be written: " in error
    assert "nothing was left behind. Check the folder" in error
    assert [path.name for path in tmp_path.iterdir()] == ["case.yaml"]


def test_a_full_disk_leaves_nothing(tmp_path, monkeypatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    path = tmp_path / "receipt.json"
    (mistake,) = mistakes(InputError, partial(receipt.write, path, b"x"))
    assert mistake.what == "cannot be written: No space left on device; nothing was left behind."
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("end", [OSError(errno.EIO, "Input/output error"), KeyboardInterrupt()])
def test_a_write_cut_short_leaves_what_was_there(end: BaseException, tmp_path, monkeypatch) -> None:
    def cut(*_: object) -> None:
        raise end

    path = tmp_path / "receipt.json"
    path.write_text("before", "utf-8")
    monkeypatch.setattr("pathlib.Path.replace", cut)
    monkeypatch.setattr("os.replace", cut)
    with pytest.raises((InputError, KeyboardInterrupt)):
        receipt.write(path, b"after")
    assert [entry.name for entry in tmp_path.iterdir()] == ["receipt.json"]
    assert path.read_text("utf-8") == "before"


@pytest.mark.parametrize(
    "change", [bytes.strip, lambda content: content.replace(b"\n", b"\r\n"), lambda content: content + b"\n"]
)
def test_a_lost_line_end_is_told_as_what_it_is(change, content: bytes) -> None:
    with pytest.raises(SealError, match="says what was sealed, but its last line end was lost"):
        receipt.sealed(change(content), "it")
    with pytest.raises(SealError, match="the receipt was changed"):
        receipt.sealed(content.replace(b'"schema":', b' "schema":'), "it")
