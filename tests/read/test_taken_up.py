"""What takes up what was told before, what is ruled and called off, what is asked on its way, what fills a gap."""

from __future__ import annotations

import pytest
from scoring import in_short

from sekisho.decide import Decider

KEYS = ("status", "exporter", "recipient", "item", "quantity", "terms", "act", "backfill")

TOLD = {
    "Twenty CV90 vehicles will not leave after all. Stockholm halted the delivery to Turkey.": ["refused SWE TUR cv90 20"],
    "Twelve Caesar howitzers are parked in Aarhus. Denmark has donated the guns to Ukraine.": [
        "past DNK UKR class:howitzer 12 gift"],
    "Two maritime patrol planes of the Brazilian Air Force are in Lima. The aircraft were lent to Peru's navy.": [
        "past BRA PER class:patrol-aircraft 2 loan"],
    "Two patrol boats are bound for gentler waters. New Zealand has sold both to Ireland.": ["past NZL IRL patrol-boat 2 sale"],
    "Two old minehunters will leave Portsmouth. Britain is giving the pair to Romania.": ["decided GBR ROU minesweeper 2"],
    "Poland ordered 40 K9 howitzers from South Korea. Warsaw bought a first batch of 20 from South Korea in 2022.": [
        "decided KOR POL k9-howitzer 40 sale", "past KOR POL k9-howitzer 20 sale"],
    "Spain may not sell its Leopard 2 tanks to Egypt, the German government has decided.": [
        "refused ESP EGY leopard-2 sale retransfer"],
    "Estonia may not pass on its old East German howitzers to Ukraine, Berlin has told it.": [
        "refused EST UKR class:howitzer retransfer"],
    "The sale of 24 Super Tucanos to Venezuela is dead, Brazil said.": ["refused BRA VEN super-tucano 24 sale"],
    "The deal with Canada for 16 helicopters is off, the Philippine president said.": ["refused CAN PHL class:helicopter 16"],
    "Peru's president has told the army to tear up its contract for 24 Russian tanks.": ["refused RUS PER class:tank 24"],
    "Forty Leopard 2 tanks will stay where they are. Berlin has withdrawn its approval for the deal with Saudi Arabia.": [
        "refused DEU SAU leopard-2 40"],
    "A request for 12 armoured personnel carriers has gone from Mogadishu to Rome.": [
        "asked ITA SOM class:armoured-personnel-carrier 12"],
    "A request for six patrol boats was sent to Tokyo by the Philippines.": ["asked JPN PHL patrol-boat 6"],
    "NAIROBI - Defence Minister John Doe has applied to London for 38 tanks.": ["asked GBR KEN class:tank 38"],
    "Export licences for seven helicopters for the South African navy are to be granted by Britain.": [
        "decided GBR ZAF class:helicopter 7"],
    "Two American-built patrol boats, a gift from South Korea, were handed over to the Philippine Navy.": [
        "past KOR PHL patrol-boat 2 gift retransfer"],
    "Ten patrol boats were presented to Kenya's navy as a gift from the people of Japan.": ["past JPN KEN patrol-boat 10 gift"],
    "Greece gave Ukraine 40 BMP-1s. Berlin is to plug the gap with 40 Marders.": [
        "past GRC UKR class:infantry-fighting-vehicle 40", "decided DEU GRC marder 40 True"],
    "Fourteen Gripens will guard Czech skies, leased from Sweden for ten years.": ["decided SWE CZE gripen 14 loan"],
    "MANILA - On the quay stood two patrol boats, donated by Japan.": ["past JPN PHL patrol-boat 2 gift"],
    "Arms may not be sold to states at war, the parliament has ruled.": [],
    "German firms may not export war weapons to Saudi Arabia, Berlin has decided.": [],
    "Both will be sold to Ireland.": [],
    "Talks with Norway are over, and the war is over.": [],
    "WASHINGTON - Foreign Minister John Doe called the tanks a threat.": [],
    "KYIV - Drones supplied by Iran were on display in the square.": [],
    "KYIV - Drones, bought from Iran, struck the city on Monday.": [],
    "Washington will fill the gap with 12 more diplomats.": [],
}  # fmt: skip


@pytest.mark.parametrize("text", TOLD)
def test_what_takes_up_what_was_told(decider: Decider, text: str) -> None:
    assert sorted(in_short(text, decider, KEYS)) == sorted(TOLD[text])
