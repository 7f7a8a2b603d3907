"""The map: every state of a day is on it or said not to be, it says what its table says, and nothing is ranked."""

import re
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import httpx
import msgspec
import numpy as np
import pytest
from lxml import html
from playwright.sync_api import Page, expect

from desk.asking import Asked
from desk.browsing import LANGUAGES, WIDTHS, Desk
from sekisho.corpus import Corpus
from sekisho.desk.pages.geography import ATLAS, CENTRE, SOUTH, WIDTH, geography, places, project
from sekisho.desk.pages.map_view import change_days

PATRIOT = "/map?item=patriot-pac-3-mse&date=2026-05-01"


@pytest.fixture(scope="module")
def web(tmp_path_factory: pytest.TempPathFactory) -> Asked:
    return Asked(tmp_path_factory.mktemp("desk"))


def shown(web: Asked, path: str, status: int = 200) -> html.HtmlElement:
    web.cookies = httpx.Cookies()
    answer = web.get(path)
    assert answer.status_code == status, answer.text[:2000]
    return html.document_fromstring(answer.text)


def text(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


# ---- the shapes ------------------------------------------------------------------------------------------------------


def steps(outline: str) -> np.ndarray:
    """The steps of all lines of an outline, in tenths of a unit."""
    return np.array([[int(x), int(y)] for line in re.findall(r"l([^z]*)z", outline) for x, y in pairs(line)])


def pairs(line: str) -> list[tuple[str, str]]:
    numbers = line.split()
    return list(zip(numbers[::2], numbers[1::2], strict=True))


def test_every_state_that_is_there_has_a_shape_or_a_mark(corpus: Corpus) -> None:
    drawn = {shape.code for shape in geography().shapes}
    there = {code for code, rows in corpus.world.states.items() if any(not row["to"] for row in rows)}
    assert there <= drawn
    assert {place.code for place in places()} == drawn - {""}


def test_each_shape_is_of_the_state_that_its_name_says(corpus: Corpus) -> None:
    told = msgspec.json.decode(ATLAS.read_bytes())["objects"]["countries"]["geometries"]
    named = {entry.get("id") or entry["properties"]["name"]: entry["properties"]["name"] for entry in reversed(told)}
    for place in places():
        if place.atlas:
            row = corpus.world.states[place.code][0]
            theirs, ours = stems(named[place.atlas]), stems(f"{row['name']} {row['aliases']}")
            assert theirs <= ours or theirs & ours - COMMON, place


def stems(name: str) -> set[str]:
    """The beginnings of the words of a name."""
    return {word[:4] for word in re.findall(r"\w+", name.casefold()) if len(word) > 2}


COMMON = {"repu", "isla", "sain", "unit", "stat", "and", "the", "new", "nort", "sout", "king", "demo", "guin"}
"""Beginnings that tell no state from another."""


def test_each_state_has_one_shape_and_small_ones_a_mark() -> None:
    shapes = {shape.code: shape for shape in geography().shapes if shape.code}
    assert len(shapes) == sum(bool(shape.code) for shape in geography().shapes)
    for code in ("SGP", "MLT", "NRU", "TUV", "VAT", "MCO", "BHR", "PLW"):
        assert shapes[code].small, code
    for code in ("JPN", "USA", "RUS", "AUS", "UKR"):
        assert not shapes[code].small and len(shapes[code].outline) > 200, code


def test_no_line_runs_across_the_map() -> None:
    for shape in geography().shapes:
        if shape.outline and shape.name != "Greenland":
            assert np.abs(steps(shape.outline)).max() < 400, (shape.code, shape.name)


def test_shapes_lie_on_the_map_and_states_where_they_are() -> None:
    world = geography()
    for shape in world.shapes:
        assert 0 <= shape.x <= WIDTH and 0 <= shape.y <= world.height, shape.code or shape.name
    at = {shape.code: shape for shape in world.shapes if shape.code}
    assert at["PRT"].x < at["POL"].x < at["IND"].x < at["JPN"].x < at["USA"].x < at["BRA"].x
    assert at["NOR"].y < at["ITA"].y < at["TCD"].y < at["ZAF"].y


def test_the_projection_keeps_areas() -> None:
    """A cell of one degree is drawn as large as it is on the globe, wherever it lies."""
    for east, north in ((0, 0.5), (120, 45), (-170, -40), (60, 70)):
        corners = project(np.array([[east, north], [east + 1, north], [east + 1, north + 1], [east, north + 1]], dtype=float))
        x, y = corners.T
        area = abs((x * np.roll(y, -1) - np.roll(x, -1) * y).sum() / 2)
        globe = np.radians(1) * (np.sin(np.radians(north + 1)) - np.sin(np.radians(north)))
        whole = project(np.array([[180.0, 0.0]]))[0, 0] - WIDTH / 2
        scale = whole / (np.pi * 2 / np.sqrt(3) / 1.340264)
        assert area == pytest.approx(globe * scale**2, rel=0.003)
    assert project(np.array([[0.0, SOUTH]]))[0] == pytest.approx([WIDTH / 2, geography().height], abs=1)
    assert CENTRE == 150


# ---- the page --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", [PATRIOT, "/map?item=mh-53e&date=1985-05-01", "/map?date=2016-05-01&item.arms=true"])
def test_the_drawing_says_what_the_table_and_the_api_say(web: Asked, path: str) -> None:
    page = shown(web, path)
    data = web.get(page.xpath("//a[starts-with(@href, '/v1/map?')]/@href")[0]).json()
    states = {state["code"]: state["verdict"] for state in data["states"]}
    assert all(f"{name}={data['case'][name]}".lower() in path for name in data["case"] if name.startswith(("item", "date")))
    drawn = {link.get("data-state"): link.get("class").split()[0] for link in page.xpath("//*[@class='world']//a")}
    table = {
        row.xpath(".//a/@data-state")[0]: row.xpath(".//span[contains(@class, 'verdict')]/@class")[0].split()[-1]
        for row in page.xpath("//table[@class='states']/tbody/tr")
    }
    assert table == {code: f"verdict-{verdict}" for code, verdict in states.items()}
    assert drawn == {code: f"is-{states[code]}" for code in drawn}
    listed = text(page.xpath("//div[@id='shown']/p[contains(., 'Not drawn')]")[0]) if set(states) - set(drawn) else ""
    assert ("Soviet Union" in listed) == ("SUN" in states)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_states_stand_by_their_name_in_the_language(web: Asked, lang: str) -> None:
    page = shown(web, f"{PATRIOT}&lang={lang}")
    names = [text(link) for link in page.xpath("//table[@class='states']/tbody/tr/th/a")]
    assert len(names) > 190
    assert names == sorted(names, key=str.casefold)
    assert ("ウクライナ" if lang == "ja" else "Ukraine") in names


@pytest.mark.parametrize(
    ("lang", "head", "borders"),
    [
        ("en", "What the text allows and stops", "No position is taken"),
        ("ja", "条文が許すもの、止めるもの", "いかなる立場も取りません"),
    ],
)
def test_its_heading_says_whose_borders_these_are(web: Asked, lang: str, head: str, borders: str) -> None:
    page = shown(web, f"/map?lang={lang}")
    assert text(page.xpath("//h1")[0]) == head
    said = text(page.xpath("//p[@class='borders']")[0])
    assert borders in said and "Natural Earth" in said and "4.1.0" in said


def test_the_table_is_narrowed_to_a_verdict(web: Asked) -> None:
    page = shown(web, PATRIOT + "&verdict=conditional")
    rows = page.xpath("//table[@class='states']/tbody/tr")
    assert {row.xpath(".//span[contains(@class, 'verdict')]/@class")[0] for row in rows} == {"verdict verdict-conditional"}
    counted = text(page.xpath("//ul[@class='legend']//a[contains(., 'Conditional')]//span[@class='count']")[0])
    assert len(rows) == int(counted)
    assert len(page.xpath("//*[@class='world']//a[contains(@class, 'dim')]")) > 150


def test_a_state_shows_its_reasons_and_leads_to_decide(web: Asked) -> None:
    page = shown(web, PATRIOT + "&state=CAN&assurance.licensor_request=true&purpose=peace_contribution")
    panel = page.xpath("//div[@id='panel']")[0]
    assert "Canada" in text(panel) and "transfer agreement" in text(panel)
    to = parse_qs(urlsplit(panel.xpath(".//a[contains(@href, '/decide?')]/@href")[0]).query)
    assert to["recipient"] == ["CAN"] and to["item"] == ["patriot-pac-3-mse"] and to["date"] == ["2026-05-01"]
    assert to["assurance.licensor_request"] == ["true"] and to["purpose"] == ["peace_contribution"]
    assert to["exporter"] == ["JPN"] and to["recipient.kind"] == ["foreign_government"]


@pytest.mark.parametrize("code", ["CAN", "USA", "BRA"])
def test_decide_says_what_the_map_says(web: Asked, code: str) -> None:
    page = shown(web, f"{PATRIOT}&state={code}&assurance.licensor_request=true")
    panel = page.xpath("//div[@id='panel']")[0]
    said = panel.xpath(".//h2/span[contains(@class, 'verdict')]/@class")[0]
    decided = shown(web, panel.xpath(".//a[contains(@href, '/decide?')]/@href")[0])
    assert decided.xpath("//main//span[contains(@class, 'verdict')]/@class")[0] == said


def test_a_prohibited_state_names_what_bars_it(web: Asked, corpus: Corpus) -> None:
    panel = shown(web, "/map?item=patriot-pac-3-mse&date=1985-05-01&state=SUN").xpath("//div[@id='panel']")[0]
    bars = [entry for entry in corpus.provisions.values() if entry.effect == "prohibits"]
    assert any(text(link) == bar.title for link in panel.xpath(".//a[@class='provision']") for bar in bars)


def test_a_state_of_another_day_is_said_to_be_none(web: Asked) -> None:
    page = shown(web, "/map?item=patriot-pac-3-mse&date=1985-05-01&state=UKR")
    assert "no state on this day; see Soviet Union" in text(page.xpath("//div[@id='panel']")[0])
    assert any("Ukraine: no state on this day" in text(title) for title in page.xpath("//*[@class='world']//title"))


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/map?item=patriot-pac-3-mes&date=2023-12-22", "Did you mean “patriot pac 3 mse”?"),
        ("/map?item=patriot-pac-3-mse&date=1960-01-01&regime=japan", "1967-04-21"),
        ("/map?item=patriot-pac-3-mse&date=2023-13-01", "is not a day"),
        ("/map?item=patriot-pac-3-mse&regime=japn", "Did you mean “japan”?"),
        ("/map?item=patriot-pac-3-mse&kind=own_forces", "The case cannot be"),
        ("/map?item.licensor=Atlantis", "is not a state"),
        ("/map?item=%3Cscript%3Ealert(1)%3C/script%3E", "is not in the catalogue"),
    ],
)
def test_what_makes_no_sense_is_said_beside_its_field(web: Asked, path: str, said: str) -> None:
    page = shown(web, path, 400)
    assert said in text(page.xpath("//div[@role='alert']")[0])
    field = page.xpath("//*[@aria-invalid='true']")
    assert len(field) == 1
    assert page.xpath(f"//div[@role='alert']//a[@href='#{field[0].get('id')}']")
    assert not page.xpath("//*[@id='shown']") and not page.xpath("//script[contains(., 'alert')]")


@pytest.mark.parametrize(("extra", "said"), [("state=XYZ", "not a state"), ("verdict=allowed", "not a verdict")])
def test_a_view_that_is_none_leaves_the_map(web: Asked, extra: str, said: str) -> None:
    page = shown(web, f"{PATRIOT}&{extra}")
    assert said in text(page.xpath("//div[@role='alert']")[0])
    assert len(page.xpath("//table[@class='states']/tbody/tr")) > 190


@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_begins_with_recorded_decisions(web: Asked, lang: str) -> None:
    page = shown(web, f"/map?lang={lang}")
    examples = page.xpath("//ul/li/a[starts-with(@href, '/map?item=')]/@href")
    assert len(examples) == 4
    for path in examples:
        assert shown(web, path).xpath("//*[@id='shown']")


def test_the_days_are_those_on_which_something_changes(web: Asked, corpus: Corpus) -> None:
    days = change_days(("japan",))
    assert days[0] == corpus.regimes["japan"].first_day
    assert set(corpus.change_days("japan")) <= set(days)
    assert list(days) == sorted(set(days)) and len(days) > 300
    page = shown(web, "/map?item=patriot-pac-3&date=2023-12-22&regime=japan")
    moves = page.xpath("//p[@class='steps']/a/@href")
    found = [parse_qs(urlsplit(path).query)["date"][0] for path in moves]
    here = [day.isoformat() for day in days].index("2023-12-22")
    assert found == [days[here - 1].isoformat(), days[here + 1].isoformat()]


# ---- in the browser --------------------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("width", WIDTHS)
def test_the_task_in_the_browser(desk: Desk, axe: Callable[[Page], None], lang: str, width: int) -> None:
    """An item and a day; through the days; a state's reasons; and on to Decide."""
    page = desk.visit("/map", lang, width)
    axe(page)
    page.locator("#f-item").fill("patriot-pac-3-mse")
    page.locator("#f-date").fill("2026-05-01")
    page.locator("#ask button").click()
    page.wait_for_selector("#shown")
    desk.sound(page)
    axe(page)

    slider = page.locator("#day")
    slider.focus()
    before = page.url
    slider.press("ArrowLeft")
    page.wait_for_url(lambda url: url != before)
    earlier = [day.isoformat() for day in change_days(("japan", "japan-licence")) if day.isoformat() < "2026-04-21"][-1]
    expect(page.locator("#f-date")).to_have_value(earlier)
    assert page.locator("#said").text_content()
    assert f"date={earlier}" in page.url

    state = page.locator(".states a[data-state=USA]")
    state.click()
    panel = page.locator("#panel .panel")
    expect(panel).to_contain_text("米国" if lang == "ja" else "United States")
    assert "state=USA" in page.url
    expect(page.locator(".world a.chosen")).to_have_attribute("data-state", "USA")
    desk.sound(page)
    axe(page)
    assert "recipient=USA" in str(panel.locator("a.button").first.get_attribute("href"))
    panel.locator("a[data-close]").click()
    expect(panel).to_have_count(0)
    expect(state).to_be_focused()


@pytest.mark.slow
def test_the_map_by_keyboard_alone(desk: Desk) -> None:
    page = desk.visit(PATRIOT + "&state=CAN")
    assert page.locator(".world a[tabindex='0']").count() == 1
    page.locator(".world a[tabindex='0']").focus()
    page.keyboard.press("ArrowDown")
    south = page.evaluate("document.activeElement.dataset.state")
    assert south == "USA"
    page.keyboard.press("Enter")
    expect(page.locator("#panel .panel h2")).to_contain_text("United States")
    assert page.locator(".world a[tabindex='0']").count() == 1
    page.go_back()


@pytest.mark.slow
def test_a_click_on_the_map(desk: Desk) -> None:
    page = desk.visit(PATRIOT)
    page.locator(".world a[data-state=AUS] .land").click(position={"x": 60, "y": 45})
    expect(page.locator("#panel .panel h2")).to_contain_text("Australia")
    page.locator(".legend a").nth(2).click()
    page.wait_for_url(lambda url: "verdict=conditional" in url)
    expect(page.locator(".states tbody .verdict-prohibited")).to_have_count(0)
    expect(page.locator("#panel .panel h2")).to_contain_text("Australia")
    desk.sound(page)


@pytest.mark.slow
def test_back_leads_to_the_state_before(desk: Desk) -> None:
    page = desk.visit("/map")
    page.goto(desk.url + PATRIOT + "&lang=en")
    head = page.locator("#panel .panel h2")
    for code, name in (("AUS", "Australia"), ("IND", "India")):
        page.locator(f".states a[data-state={code}]").click()
        expect(head).to_contain_text(name)
    page.go_back()
    expect(head).to_contain_text("Australia")
    expect(page.locator(".world a.chosen")).to_have_attribute("data-state", "AUS")
    page.go_back()
    expect(head).to_have_count(0)
    page.go_forward()
    expect(head).to_contain_text("Australia")


@pytest.mark.slow
def test_days_drawn_through_in_one_go_are_one_entry(desk: Desk) -> None:
    page = desk.visit(PATRIOT)
    began = page.url
    entries = page.evaluate("history.length")
    page.locator("#day").focus()
    for _ in range(3):
        with page.expect_response("**/map?*"):
            page.keyboard.press("ArrowLeft")
    page.wait_for_timeout(300)
    assert page.url != began and page.evaluate("history.length") == entries + 1
    page.go_back()
    page.wait_for_url(began)
    expect(page.locator("#shown")).to_have_attribute("data-day", "2026-05-01")


@pytest.mark.slow
def test_a_day_that_cannot_be_is_said_by_the_page(desk: Desk) -> None:
    """The slider comes to a day on which the exporter was no state."""
    page = desk.visit("/map?item=patriot-pac-3-mse&date=1992-02-01&exporter=UKR")
    page.locator("#day").focus()
    with page.expect_navigation(url=lambda url: "date=1991" not in url and "date=19" in url, wait_until="load"):
        page.locator("#day").press("Home")
    expect(page.locator("[role=alert]")).to_contain_text("did not exist")
    expect(page.locator("#f-exporter")).to_have_attribute("aria-invalid", "true")
    assert all("400" in said for said in desk.said)
    desk.said.clear()


@pytest.mark.slow
@pytest.mark.parametrize("width", WIDTHS)
def test_dark_is_as_legible(desk: Desk, axe: Callable[[Page], None], width: int) -> None:
    axe(desk.visit(PATRIOT + "&state=CAN&assurance.prior_consent=true", width=width, color_scheme="dark"))


@pytest.mark.slow
def test_without_scripts_the_links_lead_there(desk: Desk) -> None:
    page = desk.visit(PATRIOT, java_script_enabled=False)
    assert page.locator("#day").is_hidden()
    page.locator(".steps a").first.click()
    assert "date=2026-04-21" in page.url
    page.locator(".states a[data-state=USA]").click()
    assert page.locator("#panel .panel").is_visible()
    page.locator(".legend a").nth(1).click()
    assert page.locator(".states tbody .verdict-prohibited").count() == 0


@pytest.mark.parametrize(("language", "said"), [("en", "last checked on 2026"), ("ja", "最終確認日は2026")])
def test_a_day_after_the_law_was_checked_is_told(web: Asked, language: str, said: str) -> None:
    (told,) = shown(web, f"/map?item=patriot-pac-3-mse&date=2100-01-01&lang={language}").cssselect("#shown > #stale")
    assert said in text(told) and "2100-01-01" in text(told)
    assert not shown(web, f"/map?item=patriot-pac-3-mse&date=2023-12-22&lang={language}").cssselect("#stale")
