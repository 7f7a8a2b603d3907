"""What speakers say in their own words: shortened verbs, notes exchanged, how a request fared, to whom it was said to go."""

from __future__ import annotations

import pytest
from scoring import in_short

from sekisho.decide import Decider

KEYS = ("status", "exporter", "recipient", "item", "quantity", "terms", "act")

TOLD = {
    '"We\'re sending 31 Abrams tanks to Ukraine," U.S. President Joe Biden said.': ["decided USA UKR m1-abrams 31"],
    "“We’ve given Ukraine 200 Bushmaster vehicles,” Australian Prime Minister Anthony Albanese said.": [
        "past AUS UKR bushmaster 200"],
    '"We\'ll give Ukraine 200 Bushmaster vehicles," Australian Prime Minister Anthony Albanese said.': [
        "decided AUS UKR bushmaster 200"],
    '"We won\'t send Taurus missiles to Ukraine," German Chancellor Olaf Scholz said.': ["refused DEU UKR taurus-kepd-350"],
    '"We\'d like to buy 12 Gripens from Sweden," Thai Prime Minister Srettha Thavisin said.': [
        "planned SWE THA gripen 12 sale"],
    "Mexico has asked Washington whether it might buy ten Black Hawk helicopters.": ["asked USA MEX black-hawk 10 sale"],
    "Warsaw asked Seoul if it could buy 180 K2 tanks.": ["asked KOR POL k2-tank 180 sale"],
    "Mexico has asked Washington if it may send ten Black Hawk helicopters to Ukraine.": [
        "asked MEX UKR black-hawk 10 retransfer"],
    "Thailand's request for F-35s met with a rebuff in Washington.": ["refused USA THA f-35a"],
    "Germany put its foot down over a Spanish plan to pass Leopard tanks to Ukraine.": ["refused ESP UKR class:tank"],
    "Japan on Friday eased its rules so that Patriot missiles made under licence can be sent to the United States.": [],
    "Japan and the Philippines on Friday exchanged notes on the provision of coastal radars.": [
        "decided JPN PHL coastal-radar"],
    "Japan exchanged notes with Vietnam on the provision of six patrol boats.": ["decided JPN VNM patrol-boat 6"],
    "Japan and Indonesia on Monday agreed on the transfer of frigates.": ["decided JPN IDN frigate"],
    "Stockholm said it would donate its air defence systems to Ukraine. Earlier Sweden had said it would send 50 CV90 "
    "vehicles.": ["decided SWE UKR class:air-defence-system gift", "decided SWE UKR cv90 50"],
    "Germany will send 14 Leopard 2 tanks to Ukraine. Poland had asked Berlin a day earlier for leave to hand over 14 of its "
    "Leopards.": ["decided DEU UKR leopard-2 14", "asked POL UKR class:tank 14 retransfer"],
    "Washington waived the review so that it can rush 50 tanks to Israel.": ["decided USA ISR class:tank 50"],
}  # fmt: skip


@pytest.mark.parametrize("text", TOLD)
def test_what_is_said_in_their_words(text: str, decider: Decider) -> None:
    assert in_short(text, decider, KEYS) == TOLD[text]
