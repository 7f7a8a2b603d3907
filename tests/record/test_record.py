"""The record, the same tests over SQLite and PostgreSQL: nothing changes, nothing is there twice, nothing is lost."""

import datetime as dt
import hashlib
import json
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from functools import partial

import pytest
import rfc8785
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from helpers import mistakes
from sekisho import receipt
from sekisho.case.stated import from_mapping
from sekisho.decide import Decider
from sekisho.desk.record import Key, Store, answered, append, cases, head, open_record, views
from sekisho.desk.record.check import verify_store
from sekisho.desk.record.entry import GENESIS
from sekisho.desk.record.kinds import Corrected, Document, Noted, Saved
from sekisho.desk.record.log import entries
from sekisho.errors import AbsentError, CaseError, ConflictError, InputError, SealError, UsageError
from sekisho.receipt import Options

CASE = {"date": "2013-05-01", "item": "rocket", "recipient": {"state": "AAA", "kind": "armed_forces"}, "title": "ロケット"}
DIGEST = "sha256:" + "0" * 64


def made(small: Decider, **more: object) -> bytes:
    return cases.decided(small, from_mapping({**CASE, **more}, small.corpus), Options())


@pytest.fixture(scope="module")
def sealed(small: Decider) -> bytes:
    return made(small)


def all_entries(store: Store) -> list:
    with store.reading() as connection:
        return list(entries(connection))


# ---- the log ---------------------------------------------------------------------------------------------------------


def test_a_log_begins_with_an_entry_that_no_other_log_has(store: Store, tmp_path) -> None:
    (first,) = all_entries(store)
    assert (first.sequence, first.kind, first.previous, first.subject) == (1, "log.begun", GENESIS, "log")
    with closing(open_record(f"sqlite:///{tmp_path}/other.sqlite")) as other:
        assert head(other)[0] == 1
        assert head(other)[1] != head(store)[1]


def test_the_hash_is_that_of_the_canonical_form_of_all_the_rest(store: Store) -> None:
    append(store, "x", Noted("a “note” \u0000 日本"))
    first, second = all_entries(store)
    for entry in (first, second):
        data = {name: getattr(entry, name) for name in entry.__struct_fields__ if name != "hash"} | {"body": entry.holds()}
        assert entry.hash == "sha256:" + hashlib.sha256(rfc8785.dumps(data)).hexdigest()
        assert entry.line() == rfc8785.dumps({**data, "hash": entry.hash}) + b"\n"
    assert (second.sequence, second.previous) == (2, first.hash)
    assert second.holds() == {"text": "a “note” \u0000 日本"}


def test_the_time_is_that_of_the_clock_in_utc(database: str) -> None:
    zone = dt.timezone(dt.timedelta(hours=9))
    with closing(open_record(database, clock=lambda: dt.datetime(1976, 2, 27, 9, 0, 0, 5, tzinfo=zone))) as store:
        assert append(store, "x", Noted("n")).entry.time == "1976-02-27T00:00:00.000005Z"


INSERT = "INTO record_entries SELECT {}, time, kind, subject, actor, body, {}, 'x' FROM record_entries WHERE sequence = 2"
FORBIDDEN = {
    "update": "UPDATE record_entries SET actor = 'x' WHERE sequence = 2",
    "update of nothing": "UPDATE record_entries SET actor = actor WHERE sequence = 2",
    "delete": "DELETE FROM record_entries WHERE sequence = 2",
    "a gap": "INSERT " + INSERT.format("9, 'x'", "hash"),
    "a fork": "INSERT " + INSERT.format("3, 'x'", "previous"),
    "an id twice": "INSERT " + INSERT.format("3, id", "hash"),
    "update of a key": "UPDATE record_keys SET request = 'x'",
    "delete of a key": "DELETE FROM record_keys",
}
ONLY = {
    "sqlite": {
        "replace": "INSERT OR REPLACE " + INSERT.format("2, 'x'", "previous"),
        "replace by id": "INSERT OR REPLACE " + INSERT.format("3, id", "hash"),
        "replace of a key": "INSERT OR REPLACE INTO record_keys SELECT actor, key, 'x', sequence FROM record_keys",
    },
    "postgresql": {
        "truncate": "TRUNCATE record_entries CASCADE",
        "truncate of keys": "TRUNCATE record_keys",
        "upsert": f"INSERT {INSERT.format('2, id', 'previous')} ON CONFLICT (sequence) DO UPDATE SET actor = 'x'",
    },
}


def test_the_database_itself_refuses_to_change_what_is_recorded(store: Store) -> None:
    append(store, "x", Noted("n"), key=Key("k", DIGEST))
    before = all_entries(store)
    for name, statement in (FORBIDDEN | ONLY[store.engine.dialect.name]).items():
        with pytest.raises(DBAPIError), store.engine.connect() as connection:
            connection.execute(text(statement))
            connection.commit()
            pytest.fail(name)
    assert all_entries(store) == before
    assert append(store, "x", Noted("n"), key=Key("k", DIGEST)).again


def test_many_writers_make_one_chain(store: Store, database: str) -> None:
    """Threads of this process over two openings of one record: numbers without a gap, each write there once."""
    with closing(open_record(database)) as other, ThreadPoolExecutor(8) as pool:
        wrote = list(pool.map(lambda n: append((store, other)[n % 2], f"s{n}", Noted("n")).entry, range(60)))
    found = all_entries(store)
    assert [entry.sequence for entry in found] == list(range(1, 62))
    assert sorted(wrote, key=lambda entry: entry.sequence) == found[1:]
    assert verify_store(store).sound


def test_readers_do_not_wait_for_a_writer(store: Store) -> None:
    with store.writing():
        assert head(store)[0] == 1


def test_what_a_guard_refuses_is_not_written(store: Store) -> None:
    def refuse(_: object) -> None:
        raise ConflictError("no")

    before = head(store)
    with pytest.raises(ConflictError):
        append(store, "x", Noted("n"), key=Key("k", DIGEST), guard=refuse)
    assert head(store) == before
    assert answered(store, Key("k", DIGEST)) is None


@pytest.mark.parametrize("subject", ["", "-x", "a b", "x" * 65, "ü", "a/b", "a\n"])
def test_a_subject_that_is_none(store: Store, subject: str) -> None:
    (mistake,) = mistakes(UsageError, lambda: append(store, subject, Noted("n")))
    assert mistake.field == "subject"
    assert head(store)[0] == 1


@pytest.mark.parametrize(
    ("body", "field"),
    [
        (Noted(""), "text"), (Noted("x" * 20_001), "text"), (Noted(None), "text"), (Document("", 1, DIGEST), "name"),
        (Document("a", -1, DIGEST), "size"), (Document("a", 1, "sha256:xyz"), "sha256"), (Saved({}, "x" * 501), "title"),
        (Corrected({}, ""), "reason"),
    ],
)  # fmt: skip
def test_a_body_that_breaks_its_shape(store: Store, body: object, field: str) -> None:
    (mistake,) = mistakes(InputError, lambda: append(store, "x", body))
    assert mistake.field == field
    assert head(store)[0] == 1


def test_a_body_that_canonical_json_cannot_hold(store: Store) -> None:
    for held in ({"n": 2**60}, {"n": float("nan")}, {"n": "\ud800"}, {"n": "x" * 5_000_000}):
        mistakes(InputError, partial(append, store, "x", Saved(held)))
    assert head(store)[0] == 1


# ---- idempotency -----------------------------------------------------------------------------------------------------


def test_the_same_key_and_request_give_the_first_entry_again(store: Store) -> None:
    key = Key("a-key", DIGEST)
    assert answered(store, key) is None
    first, second = append(store, "x", Noted("n"), key=key), append(store, "x", Noted("n"), key=key)
    assert (first.again, second.again) == (False, True)
    assert first.entry == second.entry == answered(store, key)
    assert head(store) == (2, first.entry.hash)


def test_the_same_key_for_another_request_is_a_conflict(store: Store) -> None:
    append(store, "x", Noted("n"), key=Key("a-key", DIGEST))
    other = Key("a-key", "sha256:" + "1" * 64)
    (mistake,) = mistakes(ConflictError, lambda: append(store, "x", Noted("m"), key=other))
    assert "was used for another request" in mistake.what
    mistakes(ConflictError, lambda: answered(store, other))
    assert head(store)[0] == 2


def test_a_key_is_of_one_actor(store: Store) -> None:
    key = Key("a-key", DIGEST)
    assert append(store, "x", Noted("n"), "one", key).entry != append(store, "x", Noted("n"), "two", key).entry
    assert answered(store, key) is None


@pytest.mark.parametrize("key", ["", "a b", "x" * 256, "ключ", "a\x00"])
def test_a_key_that_is_none(store: Store, key: str) -> None:
    mistakes(UsageError, lambda: append(store, "x", Noted("n"), key=Key(key, DIGEST)))


def test_one_key_sent_by_many_at_once_writes_once(store: Store) -> None:
    barrier = threading.Barrier(8)

    def send(_: int) -> object:
        barrier.wait(30)
        return append(store, "x", Noted("n"), key=Key("k", DIGEST))

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(send, range(8)))
    assert len({answer.entry for answer in found}) == 1
    assert sorted(answer.again for answer in found) == [False] + [True] * 7
    assert head(store)[0] == 2


# ---- cases -----------------------------------------------------------------------------------------------------------


def test_a_case_and_all_that_happens_to_it(store: Store, small: Decider, sealed: bytes) -> None:
    case = cases.save(store, sealed, "A rocket", "for the file").entry.subject
    cases.note(store, case, "called back")
    cases.add_document(store, case, Document("letter.pdf", 12, DIGEST))
    other = made(small, date="2014-06-01")
    cases.correct(store, case, other, "the day was wrong")
    cases.withdraw(store, case, "the applicant gave up")
    cases.note(store, case, "archived")
    found = views.read_case(store, case)
    assert [event.kind for event in found.events] == [
        "case.saved", "case.noted", "case.document", "case.corrected", "case.withdrawn", "case.noted",
    ]  # fmt: skip
    assert [event.number for event in found.events] == [2, 3, 4, 5, 6, 7]
    now = found.case
    assert (now.title, now.status, now.corrections, now.notes, now.documents) == ("A rocket", "withdrawn", 1, 2, 1)
    assert (now.decided.case["date"], found.receipt) == ("2014-06-01", other)
    assert found.events[0].holds == {"title": "A rocket", "note": "for the file"}
    assert found.events[0].decided.case["date"] == "2013-05-01"
    assert views.receipt_of(views.read_event(store, case, 2)) == sealed
    mistakes(AbsentError, lambda: views.receipt_of(views.read_event(store, case, 3)))
    mistakes(AbsentError, lambda: views.read_event(store, case, 1))
    assert verify_store(store).receipts == 2


def test_a_case_without_a_title_has_that_of_what_was_stated(store: Store, sealed: bytes, small: Decider) -> None:
    case = cases.save(store, sealed).entry.subject
    assert views.read_case(store, case).case.title == "ロケット"
    cases.correct(store, case, made(small, title="An engine"), "misread")
    assert views.read_case(store, case).case.title == "An engine"


def test_a_withdrawn_case_is_not_corrected_nor_withdrawn_again(store: Store, small: Decider, sealed: bytes) -> None:
    case = cases.save(store, sealed).entry.subject
    again = cases.decide_again(store, small, case)
    cases.withdraw(store, case, "mistake")
    before = head(store)
    for action in (
        lambda: cases.withdraw(store, case, "again"),
        lambda: cases.correct(store, case, sealed, "again"),
        lambda: cases.record_again(store, case, again),
    ):
        (mistake,) = mistakes(ConflictError, action)
        assert "was withdrawn" in mistake.what
    assert head(store) == before


def test_a_case_that_is_not_there(store: Store, small: Decider, sealed: bytes) -> None:
    for action in (
        lambda: cases.note(store, "nobody", "n"),
        lambda: cases.withdraw(store, "log", "n"),
        lambda: cases.correct(store, "nobody", sealed, "n"),
        lambda: cases.decide_again(store, small, "nobody"),
        lambda: views.read_case(store, "nobody"),
        lambda: views.read_case(store, "log"),
    ):
        (mistake,) = mistakes(AbsentError, action)
        assert "there is no case" in mistake.what
    assert head(store)[0] == 1


def test_a_case_that_changed_since_it_was_seen(store: Store, sealed: bytes) -> None:
    entry = cases.save(store, sealed).entry
    cases.note(store, entry.subject, "first", cases.By(seen=entry.sequence))
    (mistake,) = mistakes(ConflictError, lambda: cases.note(store, entry.subject, "n", cases.By(seen=entry.sequence)))
    assert "has changed since" in mistake.what


def test_only_a_receipt_whose_seal_holds_is_saved(store: Store, sealed: bytes) -> None:
    mistakes(SealError, lambda: cases.save(store, sealed.replace(b"rocket", b"packet")))
    assert head(store)[0] == 1


def test_deciding_again_under_the_law_of_another_day(store: Store, small: Decider, sealed: bytes) -> None:
    case = cases.save(store, sealed).entry.subject
    again = cases.decide_again(store, small, case, dt.date(2009, 1, 1))
    assert (again.before, again.now) == ("conditional", "permitted")
    assert 'tiny: verdict was "conditional" and is "permitted".' in again.changes
    assert head(store)[0] == 2, "looking changes nothing"
    cases.record_again(store, case, again, "to compare")
    found = views.read_case(store, case)
    assert found.case.decided.verdict == "conditional", "what was saved stands"
    assert found.events[-1].decided.verdict == "permitted"
    assert found.events[-1].decided.options["law_on"] == "2009-01-01"
    assert found.events[-1].holds["reason"] == "to compare"
    assert receipt.verify_bytes(small, views.receipt_of(views.read_event(store, case, 3)), "r").unchanged


def test_deciding_again_after_the_catalogue_changed(store: Store, small: Decider, sealed: bytes) -> None:
    body = json.loads(sealed)["body"]
    body["case"]["item"] = "gone"
    gone = rfc8785.dumps({"body": body, "seal": receipt._seal(body)}) + b"\n"
    case = cases.save(store, gone).entry.subject
    mistakes(CaseError, lambda: cases.decide_again(store, small, case))


def test_pages_of_cases_newest_first(store: Store, sealed: bytes) -> None:
    saved = [cases.save(store, sealed, f"case {number}").entry.subject for number in range(7)]
    cases.withdraw(store, saved[3], "mistake")
    seen, after = [], None
    for _ in range(3):
        page = views.list_cases(store, 3, after)
        seen += page.cases
        after = page.after
        cases.save(store, sealed, "meanwhile")
    assert after is None
    assert [case.id for case in seen] == saved[::-1]
    assert [case.status for case in seen] == ["open"] * 3 + ["withdrawn"] + ["open"] * 3
    assert views.count_cases(store) == 10


def test_an_empty_list(store: Store) -> None:
    assert views.list_cases(store) == views.Listed((), None)
