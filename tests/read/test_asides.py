"""What looks like a transfer and is none, with the reason; and true transfers beside which other figures and states stand."""

import datetime as dt

import pytest

from sekisho.decide import Decider
from sekisho.read import Source, read_report

DEPLOYED, GROUP, HOME = "a deployment of own forces", "an armed group and no state", "stays within one state"
SPOILS, TALK, CIVIL = "spoils of war", "talk of arms without an item", "civil goods"

SET_ASIDE = [
    (1974, "Turkey landed tanks and troops on Cyprus at dawn on Saturday.", DEPLOYED),
    (1998, "Britain sent Hunter jets to Jordan with 2,000 paratroopers.", DEPLOYED),
    (2014, "Four French Rafale jets arrived in Poland to help patrol Baltic airspace.", DEPLOYED),
    (2014, "Six Dutch F-16s arrived in Jordan to take part in air strikes on Islamic State.", DEPLOYED),
    (2021, "American Abrams tanks arrived in Lithuania, where they will stay for six months.", DEPLOYED),
    (2022, "France sent Leclerc tanks to Romania to reinforce the battle group there.", DEPLOYED),
    (2022, "Romania received four German Eurofighters for two months.", DEPLOYED),
    (2022, "Slovakia has received a Patriot battery manned by Dutch and German soldiers.", DEPLOYED),
    (2024, "China sent two frigates to Gabon on a visit.", DEPLOYED),
    (2014, "Canada's six CF-18 fighters left Romania for Lithuania.", DEPLOYED),
    (2014, "Russia acquired 12 Ukrainian warships when it captured the port of Sevastopol.", SPOILS),
    (2021, "The Taliban got hundreds of American Humvees when they overran Kandahar.", SPOILS),
    (1987, "Libya shipped 120 tonnes of rifles and missiles to the Irish Republican Army.", GROUP),
    (1986, "The United States supplied Stinger missiles to Afghan rebels.", GROUP),
    (2010, "Syria has given Hezbollah Scud missiles, Israel's president said.", GROUP),
    (1979, "Britain ordered 385 Tornado bombers for the RAF.", HOME),
    (2010, "France ordered 60 Rafales.", HOME),
    (1997, "Australia's government bought 640,000 guns from citizens.", HOME),
    (2006, "Russia's president and Algeria's leader discussed gas prices and arms sales in Algiers.", TALK),
    (2014, "Japan gave the Philippines and Bangladesh weather radars.", CIVIL),
    (1996, "Rumours in Athens have it that Turkey gets submarines from Germany for nothing.", "hypothetical"),
    (2009, "Imagine that Brazil sold rockets to Iran, a columnist wrote.", "hypothetical"),
    (2004, "The Dutch parliament debated whether arms exports to Israel should be made subject to rules.", "hypothetical"),
    (2010, "Spain's cabinet considered how sales of arms to Morocco might be monitored.", "a statement of rules"),
    (1985, "Zimbabwe was mistakenly said to have bought MiG-29 fighters from the Soviet Union.", "denied"),
    (2024, "Seoul said it was not considering sending 155mm shells to Ukraine.", "denied"),
]

NOTHING = [
    (2015, "Brazil's Helibras delivered five helicopters to the army."),
    (1999, "Kosovo Albanian fighters handed their rifles to NATO troops from Germany."),
    (2016, "The High Court in London allowed campaigners to contest Britain's licences for arms exports to Saudi Arabia."),
]

TRUE = [
    (2010, "Italy sold Iran a hundred speedboats.", {("past", "ITA", "IRN", 100, None)}),
    (2005, "Russia sold 12 tanks to Chile, and Peru and Bolivia protested.", {("past", "RUS", "CHL", 12, None)}),
    (2005, "Russia sold 12 tanks to Chile, and Peru, which lost a war with it, worries.", {("past", "RUS", "CHL", 12, None)}),
    (1980, "Peru, with a budget of $2 billion, bought 14 tanks from Israel.", {("past", "ISR", "PER", 14, None)}),
    (2022, "Washington will give Ukraine two tanks, on top of the $40 billion that Congress voted.",
     {("decided", "USA", "UKR", 2, None)}),
    (2022, "Poland will send Ukraine 30 tanks. Congress gave it $13 billion in May.", {("decided", "POL", "UKR", 30, None)}),
    (1987, "Iraq's Mirage jets, which France sold it in 1981, hit a tanker.", {("past", "FRA", "IRQ", None, None)}),
    (2019, "Bulgaria has paid $1.25 billion for eight F-16s that the United States will deliver from 2023.",
     {("past", "USA", "BGR", 8, "USD 1250000000")}),
    (1993, "Kuwait lost 245 of its tanks, and 90 of its Yugoslav M-84s are still to come from Slovenia.",
     {("decided", "SVN", "KWT", 90, None)}),
    (1996, "Russia will pay off its debt to South Korea by giving it 33 T-80 tanks.", {("decided", "RUS", "KOR", 33, None)}),
    (2007, "Bulgaria donated 500 rifles to Iraq, and Slovakia 20 mortars.",
     {("past", "BGR", "IRQ", 500, None), ("past", "SVK", "IRQ", 20, None)}),
    (2006, "Peru was offered 50 tanks by Russia, trucks by Germany and loans by China.", {("planned", "RUS", "PER", 50, None)}),
    (1978, "Somalia's president Siad Barre said France had sent him no tanks. Egypt had given him 30 T-54s.",
     {("past", "EGY", "SOM", 30, None)}),
    (2024, "Armenia has ordered 36 howitzers from France. Russia has failed it, and India sells it 12 tanks.",
     {("decided", "FRA", "ARM", 36, None), ("decided", "IND", "ARM", 12, None)}),
    (2016, "The first of 36 Rafales from France arrived in India, where they will be based at Ambala.",
     {("past", "FRA", "IND", 1, None)}),
    (2012, "Japan will send Vietnam three patrol ships to watch its waters.", {("decided", "JPN", "VNM", 3, None)}),
]  # fmt: skip


def read_in(text: str, year: int, decider: Decider):  # type: ignore[no-untyped-def]
    return read_report(Source(text, "text", "report"), decider, dt.date(year, 6, 20))


@pytest.mark.parametrize(("year", "text", "why"), SET_ASIDE)
def test_what_is_set_aside(year: int, text: str, why: str, decider: Decider) -> None:
    report = read_in(text, year, decider)
    assert not report.drafts
    assert why in {aside.why for aside in report.reading.asides}


@pytest.mark.parametrize(("year", "text"), NOTHING)
def test_what_is_no_draft(year: int, text: str, decider: Decider) -> None:
    assert not read_in(text, year, decider).drafts


@pytest.mark.parametrize(("year", "text", "told"), TRUE)
def test_what_stands_beside_a_transfer_is_no_fact_of_it(year: int, text: str, told: set[object], decider: Decider) -> None:
    found = set()
    for draft in read_in(text, year, decider).drafts:
        value = draft.events[0].money[0].unit if draft.events[0].money else None
        found.add((
            draft.status,
            draft.exporter.state if draft.exporter else None,
            draft.recipient.state if draft.recipient else None,
            draft.item.quantity,
            f"{value.money} {value.number:.0f}" if value is not None else None,
        ))  # fmt: skip
    assert found == told
