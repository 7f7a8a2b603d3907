"""Sweeps through the API, asked of a server: what goes in, what is refused, and what comes out."""

import hashlib
import html
import io
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from desk.asking import problem
from desk.browsing import STOPPED, Server, start, stop
from desk.sweeps import GOOD, HEADER, REGISTER, ended, files_of, hand_in, long_register, running
from desk.test_schema import CHECKS
from sekisho.desk.record import look_into
from sekisho.desk.record.check import verify_store
from sekisho.desk.record.log import entries
from sekisho.desk.sweeping.kept import FORMATS
from sekisho.sweep import formats
from sekisho.sweep import swept as sweep_here

pytestmark = pytest.mark.slow
KEPT = "kept for all tests"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    started = start(tmp_path_factory.mktemp("desk"))
    yield started
    assert stop(started) == STOPPED, started.log.read_text()[-3000:]


@pytest.fixture
def client(server: Server) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=server.url, timeout=60) as opened:
        yield opened
        for sweep in opened.get("/v1/sweeps").json()["sweeps"]:
            if sweep["name"] == KEPT:
                continue
            opened.delete(f"/v1/operations/{sweep['id']}")
            opened.delete(f"/v1/sweeps/{sweep['id']}")


@pytest.fixture(scope="module")
def done(server: Server) -> Iterator[str]:
    """A sweep that is done, under one regime."""
    with httpx.Client(base_url=server.url, timeout=60) as client:
        name = hand_in(client, regime="japan", name=KEPT).json()["id"]
        assert ended(client, name)["state"] == "done"
        yield name


# ---- in and out ------------------------------------------------------------------------------------------------------


def test_a_register_goes_in_and_its_outcomes_come_out(server: Server, tmp_path: Path) -> None:
    with httpx.Client(base_url=server.url, timeout=60) as client:
        answer = hand_in(client, regime="japan", set="assurance.licensor_request=true", name="Orders of a year")
        operation = answer.json()
        assert answer.status_code == 202 and operation["state"] in ("queued", "running")
        assert answer.headers["location"] == operation["links"]["self"]
        assert answer.headers["sekisho-law-version"]
        found = ended(client, operation["id"])
        assert (found["state"], found["rows"]["done"], found["rows"]["known"]) == ("done", 121, 121)
        links = found["links"]
        here = tmp_path / "orders.csv"
        here.write_text(REGISTER)
        expected = sweep_here(here, regimes=("japan",), fixed={"assurance.licensor_request": True})
        told = pq.read_table(io.BytesIO(client.get(links["parquet"]).content))
        assert told.select(expected.column_names).to_pylist() == expected.to_pylist()
        assert told.schema.metadata[b"sekisho.register"] == b"Orders of a year"
        assert told.schema.metadata[b"sekisho.as_if"] == b"assurance.licensor_request = true"
        lines = client.get(links["csv"]).text.splitlines()
        assert len(lines) == 121 and lines[0].startswith('"row","key"')
        assert client.get(links["rejected"]).text.splitlines()[1].startswith("121,,")
        assert client.get(links["chart"]).text.startswith("<svg")
        assert str(server.folder) not in client.get(links["chart"]).text + "".join(lines)
        client.delete(links["sweep"])


def test_a_sweep_that_is_done_is_in_the_record(server: Server, client: httpx.Client) -> None:
    """Which register it was, how it was asked, by which law, and what came of it: also when both are deleted."""
    name = hand_in(client, regime="japan", name="Orders to show later").json()["id"]
    assert ended(client, name)["state"] == "done"
    result = client.get(f"/v1/sweeps/{name}").json()["result"]
    outcomes = client.get(f"/v1/sweeps/{name}/outcomes.parquet").content
    client.delete(f"/v1/sweeps/{name}")
    with closing(look_into("", server.folder)) as store, store.reading() as connection:
        (entry,) = [entry for entry in entries(connection) if entry.subject == name]
    held = entry.holds()
    assert (entry.sequence, entry.kind) == (result["entry"], "register.swept")
    assert held["sha256"] == "sha256:" + hashlib.sha256(REGISTER.encode()).hexdigest()
    assert held["outcomes"] == "sha256:" + hashlib.sha256(outcomes).hexdigest()
    assert (held["name"], held["asked"]["regimes"]) == ("Orders to show later", ["japan"])
    assert {name: held[name] for name in ("rows", "decided", "rejected", "verdicts", "metadata")} == {
        name: result[name] for name in ("rows", "decided", "rejected", "verdicts", "metadata")
    }
    assert held["metadata"]["sekisho.law_version"] == client.get("/health").json()["law_version"]
    with closing(look_into("", server.folder)) as store:
        assert verify_store(store).sound


@pytest.mark.parametrize(
    ("media", "content"),
    [
        ("text/csv", REGISTER.encode()),
        ("text/csv; charset=utf-8", REGISTER.encode()),
        (
            "application/x-ndjson",
            b'{"date": "2023-12-22", "exporter": "JPN", "recipient": "USA", "item": "patriot-pac-3-mse"}\n',
        ),
        ("application/vnd.apache.parquet", b""),
    ],
)
def test_a_register_is_sent_as_it_is(client: httpx.Client, media: str, content: bytes) -> None:
    if not content:
        table = pa.table({"date": ["2023-12-22"], "exporter": ["JPN"], "recipient": ["USA"], "item": ["patriot-pac-3-mse"]})
        buffer = io.BytesIO()
        pq.write_table(table, buffer)
        content = buffer.getvalue()
    answer = client.post("/v1/sweeps?regime=japan&name=raw", content=content, headers={"content-type": media})
    assert answer.status_code == 202, answer.text
    found = ended(client, answer.json()["id"])
    assert found["state"] == "done" and found["name"] == "raw", found
    assert client.get(found["links"]["rows"]).json()["rows"][-1]["japan.verdict"]


def test_a_mapping_says_what_columns_state(client: httpx.Client) -> None:
    content = "no,Licence date,From,To,What\n1,2023-12-22,Japan,United States,patriot-pac-3-mse\n"
    mapping = "columns: {key: no, date: Licence date, exporter: From, recipient: To, item: What}"
    name = hand_in(client, content, regime="japan", map=mapping).json()["id"]
    assert ended(client, name)["state"] == "done"
    (row,) = client.get(f"/v1/sweeps/{name}/rows").json()["rows"]
    assert (row["key"], row["recipient.state"]) == ("1", "USA")


def test_the_summary_counts_all_rows_and_those_of_a_filter(client: httpx.Client, done: str) -> None:
    whole = client.get(f"/v1/sweeps/{done}").json()
    assert whole["result"]["rows"] == 121 and whole["result"]["decided"] == 120 and whole["result"]["rejected"] == 1
    assert whole["register"]["bytes"] == len(REGISTER)
    summary = whole["summary"]
    assert sum(summary["verdicts"].values()) == summary["total"] == 120
    assert set(summary["exporters"]) == {"JPN", "USA"}
    part = client.get(f"/v1/sweeps/{done}?year=2020&exporter=JPN").json()["summary"]
    assert set(part["years"]) == {"2020"} and set(part["exporters"]) == {"JPN"}
    assert part["total"] == sum(part["verdicts"].values()) < 120


def test_rows_behind_every_number_of_the_summary(client: httpx.Client, done: str) -> None:
    summary = client.get(f"/v1/sweeps/{done}").json()["summary"]
    kinds = {"year": "years", "exporter": "exporters", "recipient": "recipients", "provision": "provisions"}
    looked = 0
    for parameter, kind in kinds.items():
        for word, verdicts in summary[kind].items():
            for verdict, count in verdicts.items():
                found = client.get(f"/v1/sweeps/{done}/rows", params={parameter: word, "verdict": verdict, "limit": 200}).json()
                assert (found["total"], len(found["rows"])) == (count, count), (parameter, word, verdict)
                looked += 1
    assert looked > 20


def test_rows_by_pages_are_all_rows_once(client: httpx.Client, done: str) -> None:
    numbers, cursor = [], None
    while True:
        params = {"limit": 50, **({"cursor": cursor} if cursor else {})}
        page = client.get(f"/v1/sweeps/{done}/rows", params=params).json()
        numbers += [row["row"] for row in page["rows"]]
        cursor = page["next"]
        if cursor is None:
            break
    assert numbers == list(range(1, 121))


def test_each_row_is_a_case_that_decides_the_same(client: httpx.Client, done: str) -> None:
    rows = client.get(f"/v1/sweeps/{done}/rows?limit=12").json()["rows"]
    for row in rows:
        decided = client.post("/v1/decide?regime=japan", json=row["case"]).json()
        assert decided["verdict"] == row["japan.verdict"], row
        page = client.get(row["page"], follow_redirects=True)
        assert page.status_code == 200 and f"verdict-{row['japan.verdict']}" in page.text, row["page"]


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("regime=jpan", "japan"), ("verdict=forbidden", "permitted"), ("year=20", "year"), ("cursor=abc", "cursor"),
        ("limit=0", "limit"), ("colour=red", "colour"),
    ],
)  # fmt: skip
def test_a_filter_that_makes_no_sense(client: httpx.Client, done: str, query: str, said: str) -> None:
    assert said in json.dumps(problem(client.get(f"/v1/sweeps/{done}/rows?{query}"), 400))


@pytest.mark.parametrize("year", ["2\u0660\u0662\u0663", "２０２３", "202", "2023 OR true"])
def test_a_year_is_four_figures_on_the_page_too(client: httpx.Client, done: str, year: str) -> None:
    assert client.get(f"/registers/{done}", params={"year": year}).status_code == 400


@pytest.mark.parametrize("word", ["sipry", '"><img src=x>', "%"])
def test_a_format_that_there_is_none_of_is_told_on_the_page(client: httpx.Client, done: str, word: str) -> None:
    page = client.get(f"/registers/{done}/columns", params={"format": word})
    assert page.status_code == 200 and f"no format '{word}'" in html.unescape(page.text)
    assert "<img src=x>" not in page.text


def test_what_a_filter_says_ends_no_statement(client: httpx.Client, done: str) -> None:
    for word in ("'; DROP TABLE x; --", "JPN' OR '1'='1", '"', "?"):
        for kind in ("exporter", "recipient", "provision"):
            answer = client.get(f"/v1/sweeps/{done}/rows", params={kind: word})
            assert answer.status_code == 200 and answer.json()["total"] == 0, (kind, word, answer.text)


# ---- operations ------------------------------------------------------------------------------------------------------


def test_operations_are_listed_the_newest_first(client: httpx.Client) -> None:
    names = [hand_in(client, HEADER + f"a,{GOOD}").json()["id"] for _ in range(3)]
    for name in names:
        assert ended(client, name)["state"] == "done"
    first = client.get("/v1/operations?limit=2").json()
    assert [entry["id"] for entry in first["operations"]] == names[:0:-1]
    rest = client.get(f"/v1/operations?limit=2&cursor={first['next']}").json()
    assert rest["operations"][0]["id"] == names[0]
    assert client.get("/v1/operations?state=failed").json()["operations"] == []


def test_one_runs_and_others_wait_and_are_cancelled(server: Server, client: httpx.Client) -> None:
    long = client.post("/v1/sweeps", content=long_register(1_500_000), headers={"content-type": "text/csv"}).json()["id"]
    waits = hand_in(client).json()["id"]
    running(client, long)
    assert client.get(f"/v1/operations/{waits}").json()["state"] == "queued"
    problem(client.delete(f"/v1/sweeps/{waits}"), 409)
    problem(client.get(f"/v1/sweeps/{long}/rows"), 409)
    problem(client.get(f"/v1/sweeps/{long}/outcomes.parquet"), 409)
    assert client.delete(f"/v1/operations/{waits}").json()["state"] == "cancelled"
    cancelled = client.delete(f"/v1/operations/{long}")
    assert (cancelled.status_code, cancelled.json()["state"]) == (200, "cancelled")
    assert client.delete(f"/v1/operations/{long}").json()["state"] == "cancelled"
    assert sorted(path.name for path in (server.folder / "sweeps" / long).iterdir()) == ["register.csv", "sweep.json"]
    again = client.post(f"/v1/sweeps/{waits}/start")
    assert again.status_code == 202
    assert ended(client, waits)["state"] == "done"
    problem(client.post(f"/v1/sweeps/{waits}/start"), 409)
    problem(client.delete(f"/v1/operations/{waits}"), 409)


def test_the_same_key_gives_the_same_sweep(server: Server, client: httpx.Client) -> None:
    headers = {"content-type": "text/csv", "idempotency-key": "a-key-of-this-test"}
    before = files_of(server.folder)
    first = client.post("/v1/sweeps?regime=japan", content=REGISTER, headers=headers)
    second = client.post("/v1/sweeps?regime=japan", content=REGISTER, headers=headers)
    assert (first.status_code, second.status_code) == (202, 202)
    assert first.json()["id"] == second.json()["id"]
    assert "another request" in problem(client.post("/v1/sweeps", content=REGISTER, headers=headers), 409)["detail"]
    assert (
        "another request"
        in problem(client.post("/v1/sweeps?regime=japan", content=REGISTER + " ", headers=headers), 409)["detail"]
    )
    assert len(files_of(server.folder)) == len(before) + 1
    problem(client.post("/v1/sweeps", content=REGISTER, headers=headers | {"idempotency-key": "a b"}), 400)
    assert ended(client, first.json()["id"])["state"] == "done"


# ---- refused ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content", "status", "said"),
    [
        ("orders.csv", b"", 400, "empty"),
        ("orders.zip", b"PK\x03\x04" + bytes(100), 415, "packed"),
        ("orders.csv", b"PK\x03\x04" + bytes(100), 415, "ZIP"),
        ("orders.csv", b"\x1f\x8b\x08" + bytes(100), 415, "gzip"),
        ("orders.csv.gz", b"\x1f\x8b\x08" + bytes(100), 415, "packed"),
        ("orders.csv", b"\x28\xb5\x2f\xfd" + bytes(100), 415, "Zstandard"),
        ("orders.xls", b"\xd0\xcf\x11\xe0" + bytes(100), 415, "ending"),
        ("orders.csv", b"PAR1" + bytes(100) + b"PAR1", 415, "Parquet"),
        ("orders.parquet", REGISTER.encode(), 415, "Parquet"),
        ("orders.parquet", b"PAR1" + bytes(100), 400, "not whole"),
        ("orders", REGISTER.encode(), 415, "ending"),
        ("../../orders.sh", b"#!/bin/sh\n", 415, "ending"),
    ],
)
def test_what_is_no_register_is_refused(
    server: Server, client: httpx.Client, name: str, content: bytes, status: int, said: str
) -> None:  # fmt: skip
    before = files_of(server.folder)
    assert said in problem(hand_in(client, content, name), status)["detail"]
    assert files_of(server.folder) == before


@pytest.mark.parametrize("media", ["application/json", "application/zip", "image/png", "", "multipart/mixed; boundary=x"])
def test_a_wrong_media_type(client: httpx.Client, media: str) -> None:
    found = problem(client.post("/v1/sweeps", content=REGISTER, headers={"content-type": media}), 415)
    assert "text/csv" in found["detail"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"regime": "jpan"}, "Did you mean 'japan'?"),
        ({"format": "sipry"}, "sipri"),
        ({"set": "assurance.licensor_reques=true"}, "assurance.licensor_request"),
        ({"set": "assurance.licensor_request=perhaps"}, "true or false"),
        ({"law_on": "yesterday"}, "not a day"),
        ({"strict": "perhaps"}, "neither true nor false"),
        ({"colour": "red"}, "no field 'colour'"),
        ({"map": "a: [1, 2"}, "YAML"),
        ({"map": "- a\n- b"}, "one mapping"),
        ({"map": "a: !!python/name:os.system ls"}, "tag"),
        ({"map": "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]"}, "anchors"),
        ({"map": "{" * 40 + "}" * 40}, ""),
        ({"map": "a: {b: {c: {d: {e: {f: {g: {h: {i: {j: {k: {l: {m: {n: 1}}}}}}}}}}}}}}"}, "levels"),
    ],
)
def test_words_that_make_no_sense(server: Server, client: httpx.Client, words: dict[str, str], said: str) -> None:
    before = files_of(server.folder)
    assert said in json.dumps(problem(hand_in(client, **words), 400))
    assert files_of(server.folder) == before


def test_a_word_given_twice(client: httpx.Client) -> None:
    answer = client.post("/v1/sweeps?name=one", files={"file": ("a.csv", REGISTER)}, data={"name": "two"})
    assert "more than once" in problem(answer, 400)["detail"]


@pytest.mark.parametrize(
    "body",
    [
        b"", b"--x\r\n", b"no boundary at all",
        b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\nkey',
        b"--x\r\nContent-Disposition: form-data\r\n\r\na\r\n--x--\r\n",
        b'--x\r\nContent-Disposition: form-data; name="name"\r\n\r\na\r\n--x--\r\n',
        b"--x\r\n" + b"A: b\r\n" * 100 + b"\r\n\r\n--x--\r\n",
        b'--x\r\nContent-Disposition: form-data; name="map"\r\n\r\n\xff\xfe\r\n--x--\r\n',
    ],
)  # fmt: skip
def test_a_form_that_is_none(server: Server, client: httpx.Client, body: bytes) -> None:
    before = files_of(server.folder)
    problem(client.post("/v1/sweeps", content=body, headers={"content-type": "multipart/form-data; boundary=x"}), 400)
    problem(client.post("/v1/sweeps", content=body, headers={"content-type": "multipart/form-data"}), 400)
    assert files_of(server.folder) == before


def test_a_field_without_end(client: httpx.Client) -> None:
    assert "map" in problem(hand_in(client, map="x: " + "y" * 300_000), 413)["detail"]


@pytest.mark.parametrize("name", ["%2e%2e", "..%2f..%2fetc", "0" * 23, "g" * 24, "0" * 24, "0" * 24 + "%00"])
@pytest.mark.parametrize("rest", ["", "/rows", "/outcomes.parquet", "/rejected.csv", "/chart.svg"])
def test_a_path_leads_nowhere_else(client: httpx.Client, name: str, rest: str) -> None:
    answer = client.get(f"/v1/sweeps/{name}{rest}")
    assert answer.status_code in (400, 404) and answer.headers["content-type"] == "application/problem+json"
    assert client.delete(f"/v1/sweeps/{name}").status_code in (400, 404, 405)
    assert client.get(f"/v1/operations/{name}").status_code in (400, 404)


def test_the_name_of_a_file_is_only_a_name(server: Server, client: httpx.Client) -> None:
    name = hand_in(client, file="../../../../evil\u202e.csv").json()["id"]
    found = ended(client, name)
    assert "/" not in found["name"] and "\u202e" not in found["name"] and found["name"].endswith(".csv")
    assert (server.folder / "sweeps" / name / "register.csv").exists()
    shown = client.get(f"/v1/sweeps/{name}/outcomes.csv").headers["content-disposition"]
    assert "\n" not in shown and shown.startswith("attachment; ")


# ---- registers that cannot be swept ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("key,exporter,recipient\na,JPN,USA\n", "'date' is missing"),
        ("\n\n\n", "empty"),
        ("date,recipient.state,RECIPIENT.STATE\n2020-01-01,USA,USA\n", "two columns are called"),
        ("key\x00,date\n", "not text"),
    ],
)
def test_a_register_that_cannot_be_swept_says_why(server: Server, client: httpx.Client, content: str, said: str) -> None:
    name = hand_in(client, content).json()["id"]
    found = ended(client, name)
    assert found["state"] == "failed", found
    assert said in json.dumps(found["errors"])
    assert sorted(path.name for path in (server.folder / "sweeps" / name).iterdir()) == ["register.csv", "sweep.json"]


def test_a_header_alone_is_a_register_without_rows(client: httpx.Client) -> None:
    name = hand_in(client, HEADER).json()["id"]
    assert ended(client, name)["state"] == "done"
    assert client.get(f"/v1/sweeps/{name}/rows").json() | {"law_version": "", "world_version": ""} == {
        "law_version": "", "world_version": "", "total": 0, "rows": [], "next": None,
    }  # fmt: skip
    assert client.get(f"/v1/sweeps/{name}").json()["summary"]["total"] == 0
    assert client.get(f"/v1/sweeps/{name}/rejected.csv").text == "row,file,reason\r\n"
    assert client.get(f"/v1/sweeps/{name}/outcomes.csv").text.startswith('"row"')


def test_a_mapping_that_does_not_fit(client: httpx.Client) -> None:
    name = hand_in(client, map="columns: {recipient: Importer}\ncolour: red").json()["id"]
    assert "'colour'" in json.dumps(ended(client, name)["errors"])


# ---- deleted, and only then ------------------------------------------------------------------------------------------


def test_a_sweep_is_deleted_with_all_its_files(server: Server, client: httpx.Client) -> None:
    name = hand_in(client).json()["id"]
    ended(client, name)
    kept = client.get("/v1/sweeps").json()["kept"]
    assert kept["registers"] >= 1 and kept["bytes"] > len(REGISTER)
    answer = client.delete(f"/v1/sweeps/{name}")
    assert answer.status_code == 204 and answer.headers["sekisho-law-version"]
    assert name not in files_of(server.folder)
    problem(client.delete(f"/v1/sweeps/{name}"), 404)
    problem(client.get(f"/v1/operations/{name}"), 404)


def test_the_formats_of_the_api_are_those_of_sweeps() -> None:
    assert set(FORMATS) == {"own", *formats.FORMATS}


def test_openapi_says_how_a_register_is_sent(client: httpx.Client) -> None:
    operation: dict[str, Any] = client.get("/v1/openapi.json").json()["paths"]["/v1/sweeps"]["post"]
    assert {"multipart/form-data", "text/csv", "application/vnd.apache.parquet"} <= operation["requestBody"]["content"].keys()
    assert {"202", "400", "409", "413", "415", "507"} <= operation["responses"].keys()


def test_what_is_done_is_answered_as_documented(server: Server, client: httpx.Client, done: str, tmp_path: Path) -> None:
    """Schemathesis asks of a sweep that is done: by itself it never finds one."""
    (tmp_path / "schemathesis.toml").write_text(f'[parameters]\nid = "{done}"\n')
    run = subprocess.run(
        [
            Path(sys.executable).with_name("st"), "run", f"{server.url}/v1/openapi.json", "--max-time", "25", "--checks",
            ",".join(CHECKS), "--request-timeout", "60", "--no-color", "--suppress-health-check", "all",
            "--include-path-regex", "sweeps|operations", "--exclude-method", "DELETE", "--exclude-method", "POST",
            "--phases", "examples,coverage,fuzzing",
        ],
        capture_output=True, text=True, check=False, cwd=tmp_path, timeout=200,
    )  # fmt: skip
    assert run.returncode == 0, run.stdout[-6000:] + run.stderr[-2000:]
    assert " passed" in run.stdout
    assert "Missing test data" not in run.stdout, run.stdout[-3000:]
    assert client.get(f"/v1/sweeps/{done}").status_code == 200
