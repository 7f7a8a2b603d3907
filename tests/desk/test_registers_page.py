"""The page of registers: handed in, columns mapped, swept, every mark and number leading to its rows; in both languages."""

import datetime as dt
import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from urllib.parse import parse_qsl, urlencode

import httpx
import pytest
from lxml import html
from playwright.sync_api import Page

from desk.asking import Asked
from desk.browsing import LANGUAGES, WIDTHS, Desk
from desk.sweeps import REGISTER, files_of, until
from sekisho.corpus import Corpus
from sekisho.desk.guard import CSRF_COOKIE
from sekisho.desk.pages.language import gettext
from sekisho.desk.pages.registers_form import form_of, pairs_of
from sekisho.desk.pages.registers_shown import ORDER, Names, groups, years
from sekisho.desk.sweeping.kept import Asked as Asked_

FOREIGN = "no,Licence date,From,To,What\n" + "".join(
    f"{n},2023-12-{n + 10},Japan,United States,patriot-pac-3-mse\n" for n in range(8)
)
"""A register with columns of its own."""
SIPRI = (
    "Trade Registers\n\nRecipient,Supplier,Year of order,,Number ordered,,Weapon designation,Weapon description,"
    "Number delivered,,Year(s) of delivery,status,Comments\n"
    "Philippines,Japan,2020,?,4,,J/FPS-3,Air search radar,1,,2023,New,\n"
)  # fmt: skip
UNROCA = "Year,Category,Exporter,Importer,Number of items\n2016,V Attack helicopters,France,Australia,3\n"


@pytest.fixture
def desk_here(tmp_path: Path) -> Iterator[Asked]:
    asked = Asked(tmp_path)
    asked.get("/registers")
    yield asked
    asked.app.state.sweeps.close()


def handed_in(asked: Asked, content: str, file: str = "orders.csv") -> str:
    """Hand a register in by the form of the page; the id it gets."""
    words = {"csrf": asked.cookies[CSRF_COOKIE]}
    answer = asked.post("/registers", data=words, files={"file": (file, content)})
    assert answer.status_code == 303, answer.text
    found = re.fullmatch(r"/registers/([0-9a-f]{24})/columns", answer.headers["location"])
    assert found
    return found[1]


def sent(asked: Asked, path: str, **words: str) -> httpx.Response:
    """Send one of the page's own forms."""
    return asked.post(path, data={"csrf": asked.cookies[CSRF_COOKIE]} | words)


def words_of(html: str) -> str:
    """The text of a page, without its marks."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html.partition("<main")[2]))


# ---- asked without a browser -----------------------------------------------------------------------------------------


@pytest.mark.slow
def test_it_works_by_its_forms_alone(desk_here: Asked) -> None:
    name = handed_in(desk_here, REGISTER)
    here = f"/registers/{name}"
    assert desk_here.get(here).headers["location"] == f"{here}/columns"
    columns = desk_here.get(f"{here}/columns")
    assert columns.status_code == 200
    assert "as told: the exporter, in one word" in columns.text and "Japan" in columns.text and "United States" in columns.text
    assert sent(desk_here, f"{here}/start", regime="japan").headers["location"] == here
    until(lambda: "Rests on" in desk_here.get(here).text)
    shown = desk_here.get(here)
    assert "121 rows: 120 decided, 1 set apart." in words_of(shown.text)
    assert desk_here.get(f"{here}?verdict=permitted").status_code == 200
    for path in (f"/v1/sweeps/{name}/outcomes.parquet", f"/v1/sweeps/{name}/rejected.csv"):
        assert path in shown.text and desk_here.get(path).status_code == 200
    listed = desk_here.get("/registers").text
    assert here in listed and "orders.csv" in listed
    assert sent(desk_here, f"{here}/delete").headers["location"] == "/registers"
    assert desk_here.get(here).status_code == 404
    assert files_of(desk_here.settings.folder) == []


@pytest.mark.slow
def test_every_number_leads_to_as_many_rows(desk_here: Asked) -> None:
    name = handed_in(desk_here, REGISTER)
    sent(desk_here, f"/registers/{name}/start", regime="japan")
    until(lambda: "downloads" in desk_here.get(f"/registers/{name}").text)
    text = desk_here.get(f"/registers/{name}").text
    numbers = re.findall(r'<td class="number"><a href="([^"]+)" aria-label="[^"]+: ([\d,]+)">', text)
    assert len(numbers) > 20
    for address, count in {*numbers[::5], *numbers[-8:]}:
        found = desk_here.get(address.replace("&amp;", "&").partition("#")[0]).text
        assert f"Rows: {count}<" in found.replace("</h2>", "<"), address
    marks = re.findall(r'<a href="([^"]+)" tabindex="-1"><rect', text)
    assert len(marks) > 10 and {address.partition("?")[0] for address in marks} == {f"/registers/{name}"}


@pytest.mark.slow
def test_columns_are_mapped_and_the_address_says_how(desk_here: Asked) -> None:
    name = handed_in(desk_here, FOREIGN)
    here = f"/registers/{name}/columns"
    plain = desk_here.get(here).text
    assert "&#39;date&#39; is missing" in plain and re.search(r'id="sweep-it" disabled', plain)
    chosen = {"c:no": "key", "c:Licence date": "date", "c:From": "exporter", "c:To": "recipient", "c:What": "item"}
    mapped = desk_here.get(f"{here}?{urlencode(chosen)}").text
    assert "Patriot PAC-3 MSE" in mapped and not re.search(r'id="sweep-it" disabled', mapped)
    twice = desk_here.get(f"{here}?{urlencode(chosen | {'c:What': 'recipient'})}").text
    assert "both state recipient" in twice and re.search(r'id="sweep-it" disabled', twice)
    put = {"same.0": "item.arms", "same.0.value": "true", "if.0": "assurance.licensor_request", "if.0.value": "true"}
    assert sent(desk_here, f"/registers/{name}/start", **chosen, **put, regime="japan").status_code == 303
    until(lambda: "downloads" in desk_here.get(f"/registers/{name}").text)
    asked = desk_here.get(f"/v1/sweeps/{name}").json()["asked"]
    assert asked["fixed"] == ["assurance.licensor_request=true"] and asked["mapping"]["constants"] == {"item.arms": "true"}
    shown = desk_here.get(f"/registers/{name}").text
    assert "As if in every row:" in shown and "assurance.licensor_request=true" in shown
    assert "assurance.licensor_request=true" in re.findall(r'href="(/decide\?[^"]+)"', shown)[0]
    again = dict(parse_qsl(desk_here.get(here).headers["location"].partition("?")[2]))
    assert again == chosen | put | {"regime": "japan"}


@pytest.mark.parametrize(
    "asked",
    [
        Asked_("a.csv", ("japan",), "own", {"columns": {"date": "Day"}, "ignore": ["x"], "constants": {"item.arms": True}}),
        Asked_("a.csv", (), "", {"values": {"recipient.kind": {"Army": "armed_forces"}}, "register": "sipri"}),
        Asked_(
            "a.csv", (), "sipri", None, ("purpose=none", "item.arms=true"), dt.date(2023, 12, 22), dt.date(2024, 1, 1), True
        ),
    ],
)
def test_what_was_asked_is_found_again_in_the_form(asked: Asked_, corpus: Corpus) -> None:
    form = form_of(pairs_of(asked), Asked_("a.csv"), corpus)
    assert form.flaws == {} or asked.fixed, form.flaws
    mapping = dict(form.asked.mapping or {})
    assert set(mapping.pop("ignore", ())) >= set((asked.mapping or {}).get("ignore", ()))
    expected = {key: value for key, value in (asked.mapping or {}).items() if key != "ignore"}
    if "constants" in expected:
        expected["constants"] = {fact: str(value).lower() for fact, value in expected["constants"].items()}
    assert mapping == expected
    same = ("regimes", "format", "fixed", "law_on", "world_on", "strict")
    assert [getattr(form.asked, name) for name in same] == [getattr(asked, name) for name in same]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("content", "said", "party"),
    [(SIPRI, "SIPRI Arms Transfers Database", "Philippines"), (UNROCA, "United Nations Register", "Australia")],
)
def test_known_formats_are_told_by_their_header(desk_here: Asked, content: str, said: str, party: str) -> None:
    text = words_of(desk_here.get(f"/registers/{handed_in(desk_here, content)}/columns").text)
    assert re.search(f"Read as: {said}", text), text
    assert f" {party} " in text.partition("How the first rows are read")[2]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("law_on=yesterday", "is not a day"),
        ("if.0=assurance.licensor_reques&if.0.value=true", "assurance.licensor_request"),
        ("map=a:+%26a+x", "Anchors and aliases"),
        ("map=colour:+red", "colour"),
    ],
)
def test_a_form_that_cannot_be_used_says_why(desk_here: Asked, query: str, said: str) -> None:
    name = handed_in(desk_here, REGISTER)
    shown = desk_here.get(f"/registers/{name}/columns?{query}").text
    assert said in shown and re.search(r'id="sweep-it" disabled', shown)


@pytest.mark.parametrize("csrf", ["", "a-value-of-another-page"])
def test_only_our_own_page_hands_in(desk_here: Asked, csrf: str) -> None:
    answer = desk_here.post("/registers", data={"csrf": csrf}, files={"file": ("orders.csv", REGISTER)})
    assert answer.status_code == 403 and "not one of this page" in answer.text
    assert files_of(desk_here.settings.folder) == []
    name = handed_in(desk_here, REGISTER)
    for what in ("start", "again", "cancel", "delete"):
        assert desk_here.post(f"/registers/{name}/{what}", data={"csrf": csrf}).status_code == 403
    cross = desk_here.post("/registers", files={"file": ("a.csv", REGISTER)}, headers={"sec-fetch-site": "cross-site"})
    assert cross.status_code == 403
    assert files_of(desk_here.settings.folder) == [name]


def test_a_form_of_one_gigabyte_is_no_register(desk_here: Asked) -> None:
    name = handed_in(desk_here, REGISTER)
    answer = desk_here.post(f"/registers/{name}/start", content=b"a=" + b"b" * (2 << 20))
    assert answer.status_code == 413


def test_what_is_refused_is_told_on_a_page(desk_here: Asked) -> None:
    words = {"csrf": desk_here.cookies[CSRF_COOKIE]}
    answer = desk_here.post("/registers", data=words, files={"file": ("orders.csv", b"PK\x03\x04" + bytes(50))})
    assert answer.status_code == 415 and "ZIP" in answer.text and answer.headers["content-type"].startswith("text/html")
    assert desk_here.get(f"/registers/{'0' * 24}").status_code == 404
    assert desk_here.get("/registers/..%2f..").status_code == 404


def test_every_part_of_a_bar_can_be_hit(corpus: Corpus) -> None:
    names = Names(corpus, "en", gettext("en"))
    few = {"permitted": 1, "conditional": 2, "undetermined": 3000, "prohibited": 1, "outside": 5000}
    counts = {"1965": few, "1966": {"prohibited": 1}, "1967": {"outside": 9000}}
    drawn = years(counts, names, lambda **_: "/here", False)
    assert drawn is not None
    for (_, bar), least in [*((entry, 8) for entry in drawn.bars)]:
        ends = sorted((one.hit_at, one.hit_at + one.hit_size) for one in bar.segments)
        assert all(one.hit_size >= least for one in bar.segments)
        assert all(end <= begin + 1e-2 for (_, end), (begin, _) in pairwise(ends))
        assert abs(ends[-1][1] - drawn.bottom) < 1e-2 and ends[0][0] >= 0
    (group,) = groups({"exporter": {"JPN": few, "USA": {"outside": 1}}}, names, gettext("en"), lambda **_: "/here")
    for bar in group.bars:
        assert all(one.hit_size >= 3 for one in bar.segments)
        assert sum(one.hit_size for one in bar.segments) == pytest.approx(max(bar.total / 80.04, 3), abs=0.1)


@pytest.mark.slow
def test_a_row_is_told_by_the_registers_own_words(desk_here: Asked) -> None:
    content = SIPRI + "Thailand,Japan,1953,,3,,Type-53 No. 7,Patrol craft,3,,1953,New,\n"
    name = handed_in(desk_here, content, "trade-register.csv")
    sent(desk_here, f"/registers/{name}/start")
    until(lambda: "downloads" in desk_here.get(f"/registers/{name}").text)
    page = html.document_fromstring(desk_here.get(f"/registers/{name}?year=1953&exporter=JPN").text)
    (row,) = page.cssselect(".rows tbody tr")
    cells = {cell.get("data-label"): " ".join(cell.text_content().split()) for cell in row.cssselect("td")}
    assert cells["Item"] == "Type-53 No. 7, Patrol craft"
    assert "Japan's policy on transfers" in row.text_content() and not row.cssselect("code")
    (link,) = row.xpath(".//a[starts-with(@href, '/decide')]")
    decided = desk_here.follow(link.get("href"))
    assert decided.status_code == 200 and "Type-53 No. 7, Patrol craft" in words_of(decided.text)
    known = html.document_fromstring(desk_here.get(f"/registers/{name}?year=2020").text)
    (item,) = known.cssselect(".rows td[data-label='Item']")
    assert "J/FPS-3, Air search radar" in " ".join(item.text_content().split())


@pytest.mark.slow
def test_a_mark_under_a_pixel_leads_to_its_rows(desk: Desk, tmp_path: Path) -> None:
    rows = [f"k{n},1965-05-01,JPN,USA,patriot-pac-3\n" for n in range(3000)]
    with httpx.Client(base_url=desk.url, timeout=60) as client:
        content = "key,date,exporter,recipient,item\n" + "".join(rows) + "k,1965-05-01,USA,JPN,patriot-pac-3\n"
        operation = client.post("/v1/sweeps", content=content, headers={"content-type": "text/csv"}).json()
        until(lambda: client.get(operation["links"]["self"]).json()["state"] == "done")
    page = desk.visit(operation["links"]["page"])
    small = page.locator(".bars .hit, .year-chart .hit").filter(has_text=re.compile(r" 1$"))
    assert small.count() >= 2
    for place in (0, small.count() - 1):
        small.nth(place).click()
        page.wait_for_url("**verdict=**")
        assert page.locator(".rows tbody tr").count() == 1
        page.go_back()


def test_years_without_rows_are_gaps(corpus: Corpus) -> None:
    counts = {"1990": {"permitted": 3, "prohibited": 1}, "1993": {"outside": 8}}
    names = Names(corpus, "en", gettext("en"))
    drawn = years(counts, names, lambda **changes: "?" + urlencode(changes), share=False)
    assert drawn is not None and [bar.name for _, bar in drawn.bars] == ["1990", "1993"]
    first, last = (x for x, _ in drawn.bars)
    assert round((last - first) / (drawn.bar / 0.84)) == 3
    heights = [segment.size for segment in drawn.bars[0][1].segments]
    assert heights[0] == pytest.approx(3 * heights[1], rel=0.01)
    assert max(bar.segments[0].at + bar.segments[0].size for _, bar in drawn.bars) <= drawn.bottom + 0.01
    shares = years(counts, names, lambda **changes: "?", share=True)
    assert shares is not None
    assert sum(s.size for s in shares.bars[0][1].segments) == pytest.approx(sum(s.size for s in shares.bars[1][1].segments))
    assert years({"not known": {"outside": 1}}, names, lambda **changes: "?", share=False) is None


# ---- in the browser --------------------------------------------------------------------------------------------------


SAID = {
    "en": {"rows": "121 rows", "read": "Read by the names", "rejected": "Set apart"},
    "ja": {"rows": "全121行", "read": "列名によって", "rejected": "除外"},
}


@pytest.mark.slow
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("width", WIDTHS)
def test_the_main_task(desk: Desk, axe: Callable[[Page], None], tmp_path: Path, lang: str, width: int) -> None:
    register = tmp_path / "orders.csv"
    register.write_text(REGISTER, encoding="utf-8")
    page = desk.visit("/registers", lang, width)
    axe(page)
    page.set_input_files("#file", register)
    page.click("#upload button")
    page.wait_for_selector("#mapping", timeout=90_000)
    assert SAID[lang]["read"] in page.inner_text("#columns")
    assert page.locator("html").get_attribute("lang") == lang
    desk.sound(page)
    axe(page)

    page.select_option("select[name='c:key']", "-")
    page.wait_for_selector("#start input[name='c:key'][value='-']", state="attached", timeout=90_000)
    assert "c%3Akey=-" in page.url
    page.click("#mapping details summary")
    page.fill("[name='if.0']", "assurance.licensor_request")
    page.fill("[name='if.0.value']", "true")
    page.check("[name='regime'][value='japan']")
    page.wait_for_selector("#start input[name='regime'][value='japan']", state="attached", timeout=90_000)
    desk.sound(page)
    axe(page)

    page.click("#sweep-it")
    page.wait_for_selector("#sweep")
    desk.sound(page)
    page.wait_for_selector(".downloads", timeout=90_000)
    assert SAID[lang]["rows"] in page.inner_text("#sweep")
    desk.sound(page)
    axe(page)

    mark = page.locator(".year-chart a").nth(2)
    rows = page.locator(".numbers-of-years td a").first
    assert rows.inner_text().isdecimal()
    mark.locator(".hit").click()
    page.wait_for_url("**year=**", timeout=90_000)
    assert page.locator(".rows tbody tr").count() == int(page.inner_text("#rows").split(":")[-1].replace(",", ""))
    desk.sound(page)
    axe(page)
    page.locator(".chips a").first.click()
    page.wait_for_load_state()
    with page.expect_download() as downloading:
        page.click(".downloads a >> nth=1")
    assert downloading.value.suggested_filename.endswith(".csv")
    assert Path(downloading.value.path()).read_text("utf-8").count("\n") == 121
    decided = page.locator(".rows tbody a[href^='/decide']").first
    verdict = page.locator(".rows tbody tr").first.locator(".verdict").get_attribute("class")
    decided.click()
    page.wait_for_url("**/decide**", timeout=90_000)
    assert verdict and page.locator(f".{verdict.split()[-1]}").count() > 0


@pytest.mark.slow
def test_a_filter_changes_the_page_in_place(desk: Desk, axe: Callable[[Page], None], tmp_path: Path) -> None:
    address = swept(desk, tmp_path)
    page = desk.visit(address, color_scheme="dark")
    axe(page)
    page.select_option("[name='exporter']", "JPN")
    page.wait_for_url("**exporter=JPN**")
    page.wait_for_selector(".chips")
    assert page.locator(".bars-exporter tbody tr").count() == 1
    page.click(".switch a")
    page.wait_for_url("**measure=share**")
    assert "100 %" in page.inner_text(".years")
    desk.sound(page)
    tiles = page.evaluate("[...document.querySelectorAll('.legend rect')].map(e => e.getAttribute('fill'))")
    assert tiles and all(tile in {f"url(#tile-{verdict})" for verdict in ORDER} for tile in tiles)


def swept(desk: Desk, folder: Path) -> str:
    """The address of a register that is swept."""
    with httpx.Client(base_url=desk.url, timeout=60) as client:
        operation = client.post("/v1/sweeps?regime=japan", content=REGISTER, headers={"content-type": "text/csv"}).json()
        until(lambda: client.get(operation["links"]["self"]).json()["state"] == "done")
    return str(operation["links"]["page"])


@pytest.mark.slow
def test_without_script_it_works_as_well(desk: Desk, tmp_path: Path) -> None:
    register = tmp_path / "orders.csv"
    register.write_text(REGISTER, encoding="utf-8")
    page = desk.visit("/registers", java_script_enabled=False)
    page.set_input_files("#file", register)
    page.click("#upload button")
    page.wait_for_selector("#mapping", timeout=90_000)
    page.select_option("select[name='format']", "own")
    page.click("#look")
    page.wait_for_url("**format=own**", timeout=90_000)
    page.click("#sweep-it")
    page.wait_for_selector("#sweep")

    def done() -> bool:
        if page.locator("#reload").count():
            page.click("#reload")
        return page.locator(".downloads").count() > 0

    until(done)
    page.locator(".numbers-of-years td a").first.click()
    assert "year=" in page.url and page.locator(".rows tbody tr").count() > 0


@pytest.mark.slow
def test_a_file_is_looked_at_before_it_is_sent(desk: Desk, tmp_path: Path) -> None:
    page = desk.visit("/registers")
    for name, said in (("orders.zip", "not read here"), ("orders.csv", "")):
        file = tmp_path / name
        file.write_text(REGISTER if not said else "PK", encoding="utf-8")
        page.set_input_files("#file", file)
        assert said in page.inner_text("#file-flaw") if said else page.inner_text("#file-flaw") == ""
    (tmp_path / "false.csv").write_bytes(b"PK\x03\x04" + bytes(100))
    page.set_input_files("#file", tmp_path / "false.csv")
    page.click("#upload button")
    page.locator("#file-flaw").filter(has_text="ZIP").wait_for()
    desk.said.clear()  # the refusal itself, a 415
    assert page.is_enabled("#upload button")


@pytest.mark.slow
def test_a_sweep_that_failed_says_why_and_may_be_started_again(desk: Desk, axe: Callable[[Page], None]) -> None:
    with httpx.Client(base_url=desk.url, timeout=60) as client:
        operation = client.post("/v1/sweeps", content="key,remarks\na,b\n", headers={"content-type": "text/csv"}).json()
        until(lambda: client.get(operation["links"]["self"]).json()["state"] == "failed")
    page = desk.visit(operation["links"]["page"], "ja", 390)
    axe(page)
    assert "date" in page.inner_text(".flaws") and page.locator("#again").count() == 1
    page.click(".delete summary")
    page.click("#delete")
    page.wait_for_url("**/registers?lang=*")
