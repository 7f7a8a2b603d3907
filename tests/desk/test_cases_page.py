"""The page Cases without a browser: what its forms do, once each, and what they refuse."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from asking import Asked
from lxml import html

from sekisho import receipt
from sekisho.desk.record import views
from sekisho.desk.record.check import verify_store

PATRIOT = {
    "date": "2023-12-22", "exporter.state": "JPN", "recipient.state": "USA", "recipient.kind": "foreign_government",
    "item": "patriot-pac-3-mse", "assurance.licensor_request": True,
}  # fmt: skip
AS_DATA = json.dumps(PATRIOT)
LATER = "date: 2024-01-04\nexporter: JPN\nrecipient: USA\nitem: patriot-pac-3-mse\n"
UNKNOWN = AS_DATA.replace("patriot-pac-3-mse", "patriott")


class Cases:
    """The desk, and its forms filled in."""

    def __init__(self, folder: Path) -> None:
        self.desk = Asked(folder)
        self.csrf = hidden(self.desk.get("/receipts"), "csrf")

    @property
    def store(self):
        return self.desk.app.state.records.store()

    def send(self, path: str, **fields: object) -> httpx.Response:
        return self.desk.post(path, data={"csrf": self.csrf, **fields})

    def saved(self, **fields: object) -> str:
        """The id of a case that the form of Decide saves."""
        answer = self.send("/cases", case=AS_DATA, **fields)
        assert answer.status_code == 303, answer.text
        found = re.fullmatch(r"/cases/([0-9a-f-]{36})#entry-\d+", answer.headers["location"])
        assert found
        return found[1]

    def kinds(self, case: str) -> list[str]:
        return [event.kind.removeprefix("case.") for event in views.read_case(self.store, case).events]


def hidden(answer: httpx.Response, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]+)"', answer.text)
    assert found, answer.text
    return found[1]


def case_of(answer: httpx.Response) -> str:
    """The id of the case to which an answer leads."""
    return answer.headers["location"].removeprefix("/cases/").partition("#")[0].partition("?")[0]


@pytest.fixture
def pages(tmp_path: Path) -> Iterator[Cases]:
    opened = Cases(tmp_path)
    yield opened
    opened.desk.app.state.records.close()


def test_what_decide_shows_is_saved_as_a_case(pages: Cases) -> None:
    """By the very form that the page Decide has."""
    address = "/decide?date=2023-12-22&exporter=JPN&recipient=USA&recipient.kind=foreign_government&item=patriot-pac-3-mse"
    shown = pages.desk.get(f"{address}&regime=japan&law_on=2023-12-21&strict=1")
    found = re.search(r'<form method="post" action="/cases\?lang=en">(.*?)</form>', shown.text, re.DOTALL)
    assert found, "Decide has no form to save with"
    fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', found[1]))
    fields["case"] = fields["case"].replace("&#34;", '"')
    answer, again = (pages.desk.post("/cases", data=fields) for _ in range(2))
    assert answer.status_code == 303, answer.text
    assert again.headers["location"] == answer.headers["location"], "sent twice, it is saved once"
    page = pages.desk.get(answer.headers["location"])
    assert page.status_code == 200
    assert "Patriot" in page.text
    (saved,) = views.list_cases(pages.store).cases
    options = {"regimes": ["japan"], "law_on": "2023-12-21", "world_on": None, "strict": True, "override": False}
    assert (saved.decided.options, saved.decided.verdict) == (options, "prohibited"), "it is saved as it was shown"


@pytest.mark.slow
def test_the_list_and_its_pages(pages: Cases) -> None:
    assert "No case has been saved yet" in pages.desk.get("/cases").text
    for number in range(27):
        pages.saved(title=f"Number {number}.")
    first = pages.desk.get("/cases").text
    assert "Number 26." in first and "Number 2." in first and "Number 1." not in first
    following = re.search(r'rel="next" href="([^"]+)"', first)
    assert following
    second = pages.desk.get(following[1]).text
    assert "Number 1." in second and "Number 0." in second and "Number 2." not in second


def test_every_form_of_a_case(pages: Cases) -> None:
    case = pages.saved(title="One", note="for the file")
    at = f"/cases/{case}"
    for path, fields in (
        ("notes", {"text": "called <b>back</b>"}), ("documents", {"name": "a.pdf", "size": "3", "sha256": " " + "AB" * 32}),
        ("redecisions", {"law_on": "2023-12-21", "reason": "the day before"}),
        ("corrections", {"case": LATER, "reason": "misread"}),
        ("withdrawal", {"reason": "given up"}),
    ):  # fmt: skip
        answer = pages.send(f"{at}/{path}", **fields)
        assert answer.status_code == 303, answer.text
        assert answer.headers["location"].startswith(f"{at}#entry-")
    assert pages.kinds(case) == ["saved", "noted", "document", "redecided", "corrected", "withdrawn"]
    shown = pages.desk.get(at).text
    assert "called &lt;b&gt;back&lt;/b&gt;" in shown, "what was written is shown, not obeyed"
    assert "sha256:" + "ab" * 32 in shown
    assert "4 January 2024" in shown
    assert f'action="{at}/corrections?' not in shown and f'action="{at}/notes?' in shown
    assert pages.send(f"{at}/withdrawal", reason="again").status_code == 409
    assert verify_store(pages.store).sound


def test_what_changes_under_the_law_of_another_day(pages: Cases) -> None:
    case = pages.saved()
    for lang, words in (("en", ("Head relied on", "Licensed products back to the licensor")), ("ja", ("ライセンス",))):
        shown = pages.desk.get(f"/cases/{case}?law_on=2023-12-21&world_on=2023-12-21&lang={lang}")
        assert shown.status_code == 200
        assert 'id="compared"' in shown.text
        assert 'class="verdict verdict-prohibited"' in shown.text
        compared = shown.text[shown.text.index('id="compared"') :]
        assert all(word in compared for word in words), compared[:4000]
    assert pages.kinds(case) == ["saved"], "looking records nothing"
    assert "Nothing differs." in pages.desk.get(f"/cases/{case}?again=1&lang=en").text
    wrong = pages.desk.get(f"/cases/{case}?law_on=yesterday&lang=en")
    assert wrong.status_code == 400 and "yesterday" in wrong.text and 'role="alert"' in wrong.text


def test_its_reasons_are_those_of_the_page_decide(pages: Cases) -> None:
    case = pages.saved(law_on="2023-12-21", regime="japan")
    found = re.search(r'href="(/decide\?[^"]+)"', pages.desk.get(f"/cases/{case}").text)
    assert found
    shown = pages.desk.get(found[1].replace("&amp;", "&"))
    assert shown.status_code == 200, "an address in its canonical form"
    assert 'class="verdict verdict-prohibited"' in shown.text


@pytest.mark.slow
def test_a_form_sent_twice_is_done_once(pages: Cases) -> None:
    case = pages.saved()
    key = hidden(pages.desk.get(f"/cases/{case}"), "key")
    first, again = (pages.send(f"/cases/{case}/notes", key=key, text="once") for _ in range(2))
    assert first.headers["location"] == again.headers["location"]
    assert pages.kinds(case) == ["saved", "noted"]
    assert pages.send(f"/cases/{case}/notes", key=key, text="another").status_code == 409


def test_a_form_made_of_an_older_state_is_refused(pages: Cases) -> None:
    case = pages.saved()
    seen = hidden(pages.desk.get(f"/cases/{case}"), "seen")
    pages.send(f"/cases/{case}/notes", text="meanwhile")
    assert pages.send(f"/cases/{case}/withdrawal", seen=seen, reason="r").status_code == 412
    assert pages.kinds(case) == ["saved", "noted"]


def test_a_form_made_of_an_older_state_comes_back_with_what_was_typed(pages: Cases) -> None:
    """As two tabs meet: a note in one, a correction in the other."""
    case = pages.saved()
    seen = hidden(pages.desk.get(f"/cases/{case}"), "seen")
    noted = pages.send(f"/cases/{case}/notes", text="meanwhile").headers["location"].partition("#")[2]
    for path, typed, place in (
        ("corrections", {"case": LATER, "title": "Another", "reason": "read wrongly"}, "correct"),
        ("withdrawal", {"reason": "given <up>"}, "withdraw"),
    ):
        refused = pages.send(f"/cases/{case}/{path}", seen=seen, **typed)
        assert refused.status_code == 412
        page = html.document_fromstring(refused.text)
        assert page.xpath("//*[@role='alert']//a/@href") == [f"#{place}"]
        assert page.xpath(f"//*[@id='{place}']//a/@href") == [f"#{noted}"] and page.xpath(f"//*[@id='{noted}']")
        (form,) = page.xpath(f"//form[@action='/cases/{case}/{path}?lang=en']")
        assert {name: form.fields[name].strip() for name in typed} == {name: word.strip() for name, word in typed.items()}
        assert place == page.xpath("//details[@open]/@id")[0]
        answer = pages.desk.post(form.action, data=dict(form.fields))
        assert answer.status_code == 303, answer.text
        seen, noted = noted.removeprefix("entry-"), answer.headers["location"].partition("#")[2]
    assert pages.kinds(case) == ["saved", "noted", "corrected", "withdrawn"]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("path", "typed"),
    [
        ("notes", {"text": "two days of work"}), ("corrections", {"case": LATER, "reason": "two days of work"}),
        ("withdrawal", {"reason": "two days of work"}),
        ("documents", {"name": "two days of work.pdf", "size": "3", "sha256": "ab" * 32}),
        ("redecisions", {"law_on": "2023-12-21", "world_on": "", "reason": "two days of work"}),
    ],
)  # fmt: skip
def test_a_form_that_is_too_old_comes_back_with_what_was_typed(pages: Cases, path: str, typed: dict[str, str]) -> None:
    case = pages.saved()
    refused = pages.desk.post(f"/cases/{case}/{path}", data=typed | {"csrf": "of another day"})
    assert refused.status_code == 403 and pages.kinds(case) == ["saved"]
    (form,) = html.document_fromstring(refused.text).xpath(f"//form[@action='/cases/{case}/{path}?lang=en']")
    assert {name: form.fields[name].strip() for name in typed} == {name: word.strip() for name, word in typed.items()}
    assert pages.desk.post(form.action, data=dict(form.fields)).status_code == 303


def test_a_problem_leads_back_to_where_it_was_asked(pages: Cases) -> None:
    where = "/decide?date=2023-12-22&item=patriot-pac-3&exporter=JPN&recipient=USA"
    for referer, link in (
        (f"http://localhost{where}", [where]), ("http://evil.example/x", []), ("http://localhost//evil.example", []),
        ("http://[::1", []), ("", []),
    ):  # fmt: skip
        old = pages.desk.post("/cases", data={"case": AS_DATA, "csrf": "x"}, headers={"referer": referer})
        assert old.status_code == 403
        assert html.document_fromstring(old.text).xpath("//main//a/@href") == link


def test_what_does_not_work_is_said_in_japanese(pages: Cases) -> None:
    case = pages.saved()
    shown = pages.desk.get(f"/cases/{case}?lang=ja").text
    assert "ライセンス" in shown and "Day of the licence decision" not in shown and "Item of the catalogue" not in shown
    for answer in (
        pages.desk.get("/decid?lang=ja"), pages.desk.get("/cases/nope?lang=ja"), pages.desk.post("/cases?lang=ja"),
        pages.desk.get("/law/search?lang=ja&words=" + "w" * 300), pages.desk.get("/map?lang=ja&item=p&date=1900-01-01"),
        pages.desk.ask("DELETE", "/decide?lang=ja"), pages.desk.post(f"/cases/{case}/notes?lang=ja", data={"text": "x"}),
        pages.desk.post("/receipts?lang=ja", files={"file": ("r", b"{}")}, data={"csrf": pages.csrf}),
        pages.desk.get("/cases?cursor=abc&lang=ja"), pages.desk.get(f"/cases/{case}?law_on=x&lang=ja"),
    ):  # fmt: skip
        assert answer.status_code >= 400
        page = html.document_fromstring(answer.text)
        (told,) = page.xpath("//main//ul[@class='flaws'] | //main//*[@role='alert']")
        assert not told.xpath(".//*[@lang='en']"), told.text_content()
        assert not re.search(r"[a-z]{3,} [a-z]{2,} [a-z]{2,}", told.text_content()), told.text_content()


def test_a_case_is_corrected_in_the_form_of_decide(pages: Cases) -> None:
    """What the form has no field for stays; what is recorded is what was decided on the page."""
    stated = json.dumps(PATRIOT | {"recipient.name": "Department of Defense", "id": "p-1"})
    case = case_of(pages.send("/cases", case=stated, strict="true", regime="japan"))
    page = html.document_fromstring(pages.desk.get(f"/cases/{case}").text)
    (link,) = page.xpath("//*[@id='correct']//a[@class='button']/@href")
    decide = html.document_fromstring(pages.desk.get(link).text)
    form = decide.get_element_by_id("case")
    fields = {name: value for name, value in form.fields.items() if value}
    assert fields["correct"] == case and fields["recipient.name"] == "Department of Defense" and fields["id"] == "p-1"
    changed = pages.desk.follow("/decide", params=fields | {"date": "2023-12-21", "regime": "japan"})
    (record,) = html.document_fromstring(changed.text).xpath(f"//form[@action='/cases/{case}/corrections?lang=en']")
    assert record.fields["seen"] == fields["seen"] and "/cases?lang" not in changed.text
    assert pages.desk.post(record.action, data=dict(record.fields) | {"reason": "a day early"}).status_code == 303
    assert pages.kinds(case) == ["saved", "corrected"]
    decided = views.read_case(pages.store, case).case.decided
    assert decided.case == json.loads(stated) | {"date": "2023-12-21"}
    assert decided.options["strict"] and decided.options["regimes"] == ["japan"]


def test_a_case_that_cannot_be_named_is_not_corrected(pages: Cases) -> None:
    for case, seen in (("x", "1"), ("../../token", "1"), ("0" * 36, "x"), ("0" * 36, "")):
        shown = pages.desk.follow("/decide", params={"date": "2023-12-22", "item": "fps-3me", "correct": case, "seen": seen})
        assert "/corrections" not in shown.text and 'action="/cases?lang=' in shown.text


WRONG = {
    "no case at all": ("corrections", {"case": "{]", "reason": "r"}, "Not readable as YAML"),
    "an unknown item": ("corrections", {"case": UNKNOWN, "reason": "r"}, "not in the catalogue"),
    "two cases": ("corrections", {"case": f"[{AS_DATA}, {AS_DATA}]", "reason": "r"}, "2 cases"),
    "a hash that is none": ("documents", {"name": "a", "size": "1", "sha256": "xyz"}, "64 digits of hex"),
    "a size below nothing": ("documents", {"name": "a", "size": "-1", "sha256": "0" * 64}, "a number of bytes"),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_told_at_the_form_and_what_was_written_stays(pages: Cases, name: str) -> None:
    path, fields, says = WRONG[name]
    case = pages.saved()
    answer = pages.send(f"/cases/{case}/{path}", **fields)
    assert answer.status_code == 400
    assert says in answer.text and 'role="alert"' in answer.text
    kept = fields.get("case", fields.get("sha256"))
    assert str(kept).replace('"', "&#34;") in answer.text
    assert pages.kinds(case) == ["saved"]


def test_what_is_not_one_of_our_forms_is_refused(pages: Cases) -> None:
    case = pages.saved()
    for path, fields in (
        ("/cases", {"case": AS_DATA}), (f"/cases/{case}/notes", {"text": "n"}), (f"/cases/{case}/withdrawal", {"reason": "r"}),
    ):  # fmt: skip
        assert pages.desk.post(path, data=fields).status_code == 403
        assert pages.desk.post(path, data={**fields, "csrf": "forged"}).status_code == 403
        assert pages.send(path, **fields, key="a b").status_code == 400
    assert pages.send(f"/cases/{case}/notes").status_code == 400
    assert pages.desk.post("/receipts", files={"file": ("r.json", b"{}")}).status_code == 403
    assert pages.kinds(case) == ["saved"]
    assert len(views.list_cases(pages.store).cases) == 1


def test_the_language_of_a_refused_form_can_be_changed(pages: Cases) -> None:
    case = pages.saved()
    refused = pages.send(f"/cases/{case}/documents", name="a", size="1", sha256="xyz")
    found = re.search(r'<a href="([^"]+lang=ja)"', refused.text)
    assert found
    back = pages.desk.get(found[1])
    assert (back.status_code, back.headers["location"]) == (303, f"/cases/{case}?lang=ja")


def test_a_case_that_is_not_there(pages: Cases) -> None:
    for path in ("/cases/nobody", "/cases/%00", "/cases/..%2f..%2fetc%2fpasswd"):
        assert pages.desk.get(path).status_code == 404
    assert pages.send("/cases/nobody/notes", text="n").status_code == 404
    assert pages.desk.get("/cases?cursor=abc").status_code == 400


def test_a_receipt_is_checked_and_not_kept(pages: Cases) -> None:
    case = pages.saved()
    content = pages.desk.get(f"/v1/receipts/{case}").content
    for sent, status, says in (
        (content, 200, "The seal holds"),
        (content.replace(b"conditional", b"permitted"), 400, "seal is broken"),
        (b"\x89PNG", 400, "not a receipt"),
        (b"", 400, ""),
    ):
        answer = pages.desk.post("/receipts", files={"file": ("<i>.json", sent)}, data={"csrf": pages.csrf})
        assert answer.status_code == status, answer.text
        assert says in answer.text and "<i>" not in answer.text
    assert pages.kinds(case) == ["saved"]


def test_a_case_whose_law_has_changed_says_so(pages: Cases, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its verdict is shown as it was sealed, and that it would come out differently now."""
    case = pages.saved()
    assert "comes out differently" not in pages.desk.get(f"/cases/{case}").text
    checked = receipt.Check("sha256:x", "conditional", "prohibited", False, True, ("japan: verdict was …",))
    monkeypatch.setattr(receipt, "verify_bytes", lambda *_: checked)
    for lang in ("en", "ja"):
        shown = pages.desk.get(f"/cases/{case}?lang={lang}").text
        assert 'class="verdict verdict-conditional"' in shown
        assert "?again=1" in shown
