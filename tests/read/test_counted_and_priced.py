"""How many more, for how much and on what day: an earlier pair, 14 of the type, a $250 million bargain, papers signed."""

from __future__ import annotations

import pytest
from scoring import in_short

from sekisho.decide import Decider

KEYS = ("status", "exporter", "recipient", "item", "quantity", "value", "day", "terms", "act")

TOLD = {
    "Chile has ordered two submarines from France. It bought an earlier pair from Germany in 1984.": [
        "decided FRA CHL submarine 2 sale", "past DEU CHL submarine 2 sale"],
    "Norway will give Kenya two patrol boats. A second pair will follow from Denmark.": [
        "decided NOR KEN patrol-boat 2", "decided DNK KEN patrol-boat 2"],
    "Kenya has ordered six helicopters from Italy. An earlier pair was delivered in 2019.": [
        "decided ITA KEN class:helicopter 6 sale", "past ITA KEN class:helicopter 2"],
    "New Zealand will buy ten Skyhawks from Australia. It bought 14 of the type from the United States in 1968.": [
        "decided AUS NZL class:fighter-jet 10 sale", "past USA NZL class:fighter-jet 14 sale"],
    "Poland will get 30 tanks from Germany. Another 20 will follow from Norway.": [
        "decided DEU POL class:tank 30", "decided NOR POL class:tank 20"],
    "Ten howitzers will arrive in Kyiv this week from France, and six will follow from Spain.": [
        "decided FRA UKR class:howitzer 10", "decided ESP UKR class:howitzer 6"],
    "Peru signed on Tuesday for the purchase of 24 second-hand MiG-29s from Belarus, a $250 million bargain.": [
        "decided BLR PER class:fighter-jet 24 USD 250000000 2024-06-18 sale"],
    "Peru has bought 24 MiG-29s from Belarus, a 250-million-dollar bargain hailed by its president.": [
        "past BLR PER class:fighter-jet 24 USD 250000000 sale"],
    "The United States plans to sell Honduras a dozen F-5 jets, which would be the most advanced in the region, at a "
    "cost of $75 million.": [
        "planned USA HND class:fighter-jet 12 USD 75000000 sale"],
    "Australia presented Fiji with a patrol boat on Friday, its latest such gift in a region where China is courting "
    "ministers.": [
        "past AUS FJI patrol-boat 1 2024-06-14 gift"],
    "The Kirpan was turned over to Vietnam's navy on Saturday, the first time India has made a gift of a corvette.": [
        "past IND VNM class:corvette 1 2024-06-15 gift"],
    "Malaysia bought 18 MiG-29s from Russia at $30 million apiece.": ["past RUS MYS class:fighter-jet 18 sale"],
    "Malaysia bought 18 MiG-29s from Russia for $30 million a plane.": ["past RUS MYS class:fighter-jet 18 sale"],
    "Malaysia bought 18 MiG-29s, each costing $30 million, from Russia.": ["past RUS MYS class:fighter-jet 18 sale"],
    "Algeria has ordered two frigates from Germany, a contract valued by analysts at 2 billion euros.": [
        "decided DEU DZA frigate 2 EUR 2000000000 sale"],
    "Sweden will sell Thailand six Gripens, a purchase that will cost Bangkok $574 million.": [
        "decided SWE THA gripen 6 USD 574000000 sale"],
    "Cyprus is buying T-80 tanks from Russia. A Russian envoy signed the papers in Nicosia on Saturday.": [
        "decided RUS CYP class:tank 2024-06-15 sale"],
    "Cyprus is buying T-80 tanks from Russia. The two sides signed the contract in Moscow on Monday.": [
        "decided RUS CYP class:tank 2024-06-17 sale"],
    "Cyprus is to buy T-80 tanks from Russia. The papers were signed on Monday.": [
        "decided RUS CYP class:tank 2024-06-17 sale"],
    "Cyprus is to buy T-80 tanks from Russia. Greece signed an accord with Turkey on Monday.": [
        "decided RUS CYP class:tank sale"],
}  # fmt: skip


@pytest.mark.parametrize("text", TOLD)
def test_how_many_more_for_how_much_and_when(decider: Decider, text: str) -> None:
    assert in_short(text, decider, KEYS) == TOLD[text]
