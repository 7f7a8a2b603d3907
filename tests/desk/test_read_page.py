"""Read: the words of a draft are marked where they stand, what is sent is inert and not kept, and drafts go to Decide."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from lxml import html
from playwright.sync_api import Page, expect

from desk.asking import Asked
from desk.browsing import LANGUAGES, WIDTHS, Desk
from read.test_bad_reports import pdf
from sekisho.decide import Decider
from sekisho.desk.held import Held, Reports
from sekisho.desk.pages.common import environment
from sekisho.desk.pages.read_view import ASIDE, HOW, STATUS, View
from sekisho.read import read_report
from sekisho.read.draft import HOW as ALL_HOW
from sekisho.read.draft import STATUSES
from sekisho.read.source import source_of

EXAMPLE = Path(__file__).parent.parent.parent / "examples" / "report-2017-03-27.txt"
REPORT = EXAMPLE.read_text("utf-8")
SWAP = (
    "WARSAW, 5 May 2023 - Poland delivered MiG-29 fighters to Ukraine on Friday. "
    "South Korea will sell FA-50 aircraft to Poland to replace the MiG-29 fighters sent to Ukraine."
)
PASSAGES = sorted((Path(__file__).parent.parent / "read" / "passages").glob("*.yaml"))


@pytest.fixture
def web(tmp_path: Path) -> Asked:
    return Asked(tmp_path / "desk")


def sent(web: Asked, text: str = "", lang: str = "en", status: int = 200, file: tuple[str, bytes] | None = None, **form: str):
    """The page that answers a report."""
    page = html.document_fromstring(web.get(f"/read?lang={lang}").text)
    csrf = page.xpath("//form[@method='post']/input[@name='csrf']/@value")[0]
    data = {"csrf": csrf, "text": text} | form
    taken = web.post(f"/read?lang={lang}", data=data, files={"report": file} if file else {"report": ("", b"")})
    assert taken.status_code == 303, taken.text[:1500]
    answer = web.get(taken.headers["location"])
    assert answer.status_code == status, answer.text[:1500]
    return html.document_fromstring(answer.text)


def text(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def marked(page: html.HtmlElement, kind: str = "fact") -> list[str]:
    return [mark.text_content() for mark in page.xpath(f"//div[@class='report']//*[@class='words {kind}']")]


# ---- the words -------------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_the_words_of_facts_are_marked_where_they_stand(web: Asked) -> None:
    page = sent(web, REPORT)
    assert marked(page)[:5] == ["27 March 2017", "Japan", "Monday", "two", "TC-90 aircraft"]
    assert marked(page, "aside") == ["had offered"]
    assert "handed over" in marked(page, "told")
    report = page.xpath("//div[@class='report']")[0]
    for sup in report.xpath(".//sup"):
        sup.drop_tree()
    assert report.text_content() == REPORT.rstrip("\n") or report.text_content() == REPORT


def test_every_quote_leads_to_its_words(web: Asked) -> None:
    page = sent(web, REPORT)
    quotes = page.xpath("//a[@class='quote']")
    assert len(quotes) > 10
    for quote in quotes:
        start = int(quote.get("href").removeprefix("#w"))
        words = quote.text_content().strip("“”")
        assert " ".join(REPORT[start : start + len(words)].split()) == words
        assert len(page.xpath(f"//*[@id='w{start}']")) == 1


@pytest.mark.parametrize(
    "path", [*PASSAGES[:4], *(pytest.param(path, marks=pytest.mark.slow) for path in PASSAGES[4:])], ids=lambda path: path.stem
)
def test_the_parts_of_a_report_are_the_report(decider: Decider, path: Path) -> None:
    """However spans overlap, the parts joined are the text, and each span is whole parts of its kind or a stronger one."""
    found = read_report(source_of(path.read_bytes(), "report"), decider, dt.date(2023, 5, 5))
    view = View(found, "en")
    place, ranks = 0, {"fact": 3, "told": 2, "aside": 1, "": 0}
    starts: dict[int, tuple[int, str]] = {}
    for part in view.parts:
        starts[place] = (place + len(part.words), part.kind)
        place += len(part.words)
    assert "".join(part.words for part in view.parts) == found.source.text.replace("\r", "")
    assert len(view.drafts) > 1 or len(view.asides()) > 1
    for (begin, end), kind, _ in view._spans():
        while begin < end:
            begin, here = starts[begin]
            assert ranks[here] >= ranks[kind]
        assert begin == end


def test_links_tie_a_draft_to_what_it_replaces(web: Asked) -> None:
    page = sent(web, SWAP)
    tied = page.xpath("//article[@id='draft-2']//a[@href='#draft-1']")
    assert tied and "replaces what goes by draft 1" in text(tied[0])


def test_what_is_open_and_what_is_set_aside_are_said_in_both_languages(web: Asked) -> None:
    words = "Japan agreed on Friday to sell defence equipment to the Philippines, and the ministry said so."
    assert "Is it arms" in text(sent(web, words).xpath("//ul[@class='open']")[0])
    page = sent(web, REPORT, "ja")
    assert "英語の報道のみ" in text(page) and "否定された" in text(page.xpath("//ul[@class='asides']")[0])
    assert page.xpath("//div[@class='report']/@lang") == ["en"]
    assert "フィリピン" in text(page.xpath("//article[@id='draft-1']")[0])


def test_all_words_of_the_reader_have_words_on_the_page() -> None:
    assert set(HOW) == set(ALL_HOW) and set(STATUS) == set(STATUSES)
    assert {"denied", "hypothetical", "a statement of rules"} <= set(ASIDE)


# ---- what is sent is inert -------------------------------------------------------------------------------------------

HOSTILE = (
    '<script>alert(1)</script> MANILA, 27 March 2017 - Japan sold two <img src=x onerror="alert(1)">TC-90 aircraft to the '
    'Philippines.</textarea><svg onload=alert(2)> The \u202eministry\u202c said \x07so & "that" was the {{ 7 * 7 }} end.'
)


def test_markup_in_a_report_is_words(web: Asked) -> None:
    page = sent(web, HOSTILE)
    assert not page.xpath("//img | //main//script[contains(., 'alert')] | //*[@onerror or @onload]")
    assert page.xpath("//textarea")[0].text_content().strip().endswith("end.")
    report = page.xpath("//div[@class='report']")[0].text_content()
    assert "<script>alert(1)</script>" in report and "{{ 7 * 7 }}" in report
    assert "\\u202eministry\\u202c said \\u0007so" in report
    assert not {"\u202e", "\u202c", "\x07"} & set(report)


def test_lines_as_a_browser_sends_them(web: Asked) -> None:
    page = sent(web, REPORT.replace("\n", "\r\n"))
    assert marked(page)[:3] == ["27 March 2017", "Japan", "Monday"]
    assert "\\u000d" not in page.xpath("//div[@class='report']")[0].text_content()


def test_nothing_is_written(web: Asked, capsys: pytest.CaptureFixture[str]) -> None:
    sent(web, REPORT)
    kept = [path for path in web.settings.folder.rglob("*") if path.is_file()]
    assert not any(b"TC-90" in path.read_bytes() for path in kept)
    told = capsys.readouterr()
    assert "path=/read" in told.out and "TC-90" not in told.out + told.err


def test_a_report_is_held_for_the_browser_that_sent_it(web: Asked) -> None:
    csrf = html.document_fromstring(web.get("/read").text).xpath("//input[@name='csrf']/@value")[0]
    where = web.post("/read", data={"csrf": csrf, "text": REPORT}).headers["location"]
    assert "TC-90" in web.get(where).text and "TC-90" in web.get(where + "&lang=ja").text
    own, web.cookies = web.cookies, httpx.Cookies()
    for cookies in (web.cookies, httpx.Cookies({"sekisho_csrf": "x"})):
        web.cookies = cookies
        other = web.get(where)
        assert other.status_code == 410 and "TC-90" not in other.text and "is not held any more" in other.text
    web.cookies = own
    assert web.get(where).status_code == 200
    assert "もう保持されていません" in web.get("/read?held=x&lang=ja").text


def test_few_reports_are_held_and_not_for_long() -> None:
    now = [0.0]
    reports = Reports(3, 100, 60, lambda: now[0])
    first, *others = [reports.hold(Held(str(number)), "me") for number in range(4)]
    assert reports.get(first, "me") is None and all(reports.get(key, "me") for key in others)
    assert reports.get(others[0], "you") is None and reports.get(others[0], "") is None and reports.get("", "") is None
    large = reports.hold(Held(file=b"x" * 99, name=""), "me")
    assert reports.get(others[1], "me") is None and reports.get(large, "me") is not None
    assert reports.hold(Held("a" * 101), "me") and reports.get(large, "me") is None
    kept = reports.hold(Held("b"), "me")
    now[0] = 60.0
    assert reports.get(kept, "me") is None


def test_another_sites_form_is_refused(web: Asked) -> None:
    answer = web.post("/read", data={"text": REPORT})
    assert answer.status_code == 403
    sent(web, REPORT)
    assert web.post("/read", data={"text": REPORT, "csrf": "x"}).status_code == 403
    assert web.post("/read", data={"text": REPORT}, headers={"origin": "http://elsewhere.example"}).status_code == 403


# ---- files, and what cannot be read ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("report.txt", REPORT.encode()),
        ("report.html", f"<!doctype html><html><body><article><p>{REPORT}</p></article></body></html>".encode()),
        ("report.pdf", pdf("MANILA, 27 March 2017 - Japan on Monday handed over two TC-90 aircraft to the Philippine Navy.")),
    ],
)
def test_a_file_is_read_as_it_is(web: Asked, name: str, content: bytes) -> None:
    page = sent(web, file=(name, content))
    assert "TC-90" in text(page.xpath("//article[@id='draft-1']/h3")[0])
    assert "TC-90 aircraft" in marked(page)


@pytest.mark.parametrize(
    ("words", "field", "said"),
    [
        ("", "text", "here is no text in it"),
        ("日本は金曜日、米国にペトリオットミサイルを売却することを決めた。", "text", "does not seem to be English"),
        ("Japan sold two aircraft. " * 20_000, "text", "400,000"),
        ("Japan sold \0 two aircraft to the Philippines.", "text", "this is not text"),
    ],
)
def test_what_cannot_be_read_is_said_beside_its_field(web: Asked, words: str, field: str, said: str) -> None:
    page = sent(web, words, status=400)
    assert said in text(page.xpath("//div[@role='alert']")[0])
    assert page.xpath("//*[@aria-invalid='true']/@name") == [field]
    assert not page.xpath("//*[@id='found']")
    if words and "\0" not in words:
        assert page.xpath("//textarea")[0].text_content().strip() == words.strip()


@pytest.mark.slow
def test_a_file_that_cannot_be_read(web: Asked) -> None:
    page = sent(web, status=400, file=("report.pdf", b"%PDF-1.7 nonsense"))
    assert "he PDF cannot be read" in text(page.xpath("//div[@role='alert']")[0])
    assert page.xpath("//*[@aria-invalid='true']/@name") == ["report"]


@pytest.mark.slow
def test_a_body_that_is_too_large(web: Asked) -> None:
    csrf = html.document_fromstring(web.get("/read").text).xpath("//input[@name='csrf']/@value")[0]
    answer = web.post("/read", data={"csrf": csrf, "text": ""}, files={"report": ("big.txt", b"a " * 600_000)})
    assert answer.status_code == 413


@pytest.mark.slow
def test_the_day_is_asked_where_the_report_has_none(web: Asked) -> None:
    words = "Japan handed over two TC-90 aircraft to the Philippine Navy, and the ministry said that more would be given."
    assert "does not say its day" in text(sent(web, words).xpath("//section[@id='found']")[0])
    dated = sent(web, words, date="2017-03-27")
    assert "Day of the report: 27 March 2017" in text(dated)
    wrong = sent(web, words, status=400, date="27 March")
    assert wrong.xpath("//*[@aria-invalid='true']/@name") == ["date"]


def test_many_drafts_are_cut(web: Asked, decider: Decider) -> None:
    names = [rows[0]["name"] for rows in decider.corpus.world.states.values() if not rows[0]["to"]]
    words = " ".join(f"Japan will sell TC-90 aircraft to {name}." for name in names)
    page = sent(web, f"LONDON, 27 March 2017 - {words}")
    assert len(page.xpath("//article")) == 50
    assert "Only the first 50 are shown" in text(page)


# ---- to Decide -------------------------------------------------------------------------------------------------------


def test_a_corrected_draft_goes_to_decide_without_what_is_open(web: Asked) -> None:
    form = sent(web, REPORT).xpath("//article[@id='draft-1']//form")[0]
    fields = dict(form.fields)
    assert fields["date"] == "2017-03-27" and fields["exporter.state"] == "JPN" and fields["recipient.state"] == "PHL"
    assert fields["item"] == "tc-90" and fields["recipient.kind"] == "armed_forces"
    answer = web.get("/read/decide", params=fields | {"recipient.kind": "", "date": "2016-03-27", "unknown": "x"})
    assert answer.status_code == 303
    to = urlsplit(answer.headers["location"])
    assert to.path == "/decide"
    assert parse_qs(to.query, keep_blank_values=True) == {
        "date": ["2016-03-27"], "item": ["tc-90"], "exporter": ["JPN"], "recipient": ["PHL"], "lang": ["en"],
    }  # fmt: skip


def test_what_is_open_can_be_filled_in(web: Asked) -> None:
    form = sent(web, REPORT).xpath("//article[@id='draft-2']//form")[0]
    assert {"date", "item", "item.name"} & set(form.fields.keys())
    opened = sent(web, "Japan agreed on Friday to sell defence equipment to the Philippines, and the ministry said so.")
    fields = opened.xpath("//article[@id='draft-1']//form")[0].fields
    assert {"item.kind", "item.arms", "item.name", "date"} <= set(fields.keys())


def test_the_templates_escape() -> None:
    assert environment().autoescape is True


# ---- in the browser --------------------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("width", WIDTHS)
def test_the_task_in_the_browser(desk: Desk, axe: Callable[[Page], None], lang: str, width: int) -> None:
    """A report is pasted; its drafts are seen with their words; one is corrected and goes to Decide."""
    page = desk.visit("/read", lang, width)
    axe(page)
    page.locator("textarea").fill(REPORT)
    page.locator(".report-form button").first.click()
    page.wait_for_selector("#found")
    desk.sound(page)
    axe(page)
    expect(page.locator(".report mark").nth(1)).to_have_text("Japan")
    draft = page.locator("#draft-1")
    draft.locator(".quote").nth(1).click()
    assert page.url.endswith("#w24")
    draft.locator("select[name='recipient.kind']").select_option("coast_guard")
    address = draft.locator("form").evaluate("form => new URLSearchParams(new FormData(form)).toString()")
    assert parse_qs(address)["recipient.kind"] == ["coast_guard"]
    draft.locator("form button").click()
    page.wait_for_url(lambda url: "/decide?" in url)
    asked = parse_qs(urlsplit(page.url).query)
    assert asked["recipient.kind"] == ["coast_guard"] and asked["recipient"] == ["PHL"] and asked["item"] == ["tc-90"]
    expect(page.locator("main .verdict").first).to_be_visible()


@pytest.mark.slow
def test_the_words_of_a_draft_light_up_with_it(desk: Desk) -> None:
    page = desk.visit("/read")
    page.locator("textarea").fill(REPORT)
    page.locator(".report-form button").first.click()
    page.locator("#draft-2 .quote").first.focus()
    lit = page.locator(".report .lit").all_text_contents()
    assert "spare parts for UH-1H helicopters" in lit and "TC-90 aircraft" not in lit


@pytest.mark.slow
def test_a_hostile_report_does_nothing(desk: Desk, axe: Callable[[Page], None]) -> None:
    page = desk.visit("/read", color_scheme="dark")
    page.on("dialog", lambda dialog: pytest.fail("a dialog opened"))
    page.locator("textarea").fill(HOSTILE)
    page.locator(".report-form button").first.click()
    page.wait_for_selector("#found")
    desk.sound(page)
    axe(page)
    assert page.locator("main img, main svg").count() == 0


@pytest.mark.slow
def test_the_page_can_be_had_in_the_other_language_without_losing_the_report(desk: Desk) -> None:
    page = desk.visit("/read")
    page.locator("textarea").fill(REPORT)
    page.locator(".report-form button").first.click()
    page.locator("#languages a[lang=ja]").click()
    expect(page.locator("html")).to_have_attribute("lang", "ja")
    expect(page.locator("#found-head")).to_have_text("下書き2件")


@pytest.mark.slow
@pytest.mark.parametrize("scripts", [True, False])
def test_one_comes_back_to_the_drafts(desk: Desk, scripts: bool) -> None:
    page = desk.visit("/read", java_script_enabled=scripts)
    page.locator("textarea").fill(REPORT)
    page.locator(".report-form button").first.click()
    page.locator("#draft-1 form button").click()
    page.wait_for_url("**/decide?*")
    page.go_back()
    expect(page.locator("article.draft")).to_have_count(2)
    assert "TC-90" not in page.url
    page.reload()
    page.locator("#draft-2 form button").click()
    page.wait_for_url("**/decide?*")


@pytest.mark.slow
def test_a_large_file_is_told_before_it_is_sent(desk: Desk, tmp_path: Path) -> None:
    large = tmp_path / "large.txt"
    large.write_bytes(b"a " * 600_000)
    page = desk.visit("/read")
    page.locator("input[type=file]").set_input_files(large)
    assert page.locator("input[type=file]").evaluate("file => file.validationMessage") == "This file is too large."


@pytest.mark.slow
def test_it_works_without_scripts(desk: Desk) -> None:
    page = desk.visit("/read", java_script_enabled=False)
    page.locator("textarea").fill(REPORT)
    page.locator(".report-form button").first.click()
    assert page.locator("article").count() == 2
