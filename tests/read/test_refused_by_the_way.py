"""Refusals told by the way: what a state would not sell, what stays where it was made, who got the same answer."""

from __future__ import annotations

import pytest
from scoring import in_short

from sekisho.decide import Decider

KEYS = ("status", "exporter", "recipient", "item", "quantity", "day", "terms", "act")

TOLD = {
    "The air force had wanted Northrop F-5s, but the United States would not sell Peru any.": [
        "refused USA PER class:fighter-jet sale"],
    "Pakistan wanted Abrams tanks but Washington would not sell it any.": ["refused USA PAK m1-abrams sale"],
    "France would not sell Taiwan the six submarines it had asked for.": ["refused FRA TWN submarine 6 sale"],
    "Washington would not sell Chile air-to-air missiles, so it turned to Israel.": [
        "refused USA CHL class:air-to-air-missile sale"],
    "Germany would not let Estonia pass on nine howitzers to Ukraine.": ["refused EST UKR class:howitzer 9 retransfer"],
    "The deal would not give Peru any jets.": [],
    "Ottawa would not license the export of armoured vehicles to Colombia.": ["refused CAN COL class:armoured-vehicle"],
    "Germany would not clear Saudi Arabia's purchase of 48 Typhoons.": ["refused DEU SAU eurofighter 48 sale"],
    "Switzerland would not give Spain permission to pass on anti-aircraft guns to Ukraine.": [
        "refused ESP UKR class:anti-aircraft-gun retransfer"],
    "Venezuela's 24 Sukhoi fighters were bought after the United States refused to sell it spares for its F-16s.": [
        "past VEN class:fighter-jet 24 sale", "refused USA VEN class:spare-part of f-16 sale"],
    "Switzerland would not let Denmark, Germany or Spain pass on Swiss-made shells to Ukraine.": [
        f"refused {state} UKR class:artillery-shell retransfer" for state in ("DNK", "DEU", "ESP")],
    "Finland has approved the transfer of Estonia's D-30 howitzers to Ukraine.": ["decided EST UKR d-30 retransfer"],
    "Washington has approved the sale of Norway's F-16s to Romania.": ["decided NOR ROU f-16 sale retransfer"],
    "The United States has approved the sale of Boeing's Apache helicopters to Poland.": ["decided USA POL ah-64d sale"],
    "Uruguay turned down three patrol boats offered by China.": ["refused CHN URY patrol-boat 3"],
    "Argentina rejected F-16s offered by the United States in favour of Chinese jets.": ["refused USA ARG f-16"],
    "Uruguay has accepted two C-130s offered by Spain.": ["decided ESP URY c-130 2"],
    "Such a law would not permit the sale of tanks to Saudi Arabia.": [],
    "Berlin was asked for Taurus missiles by Kyiv but would not provide any.": ["refused DEU UKR taurus-kepd-350"],
    "The frigate that Egypt ordered from Italy will remain in Italy for trials until May.": ["decided ITA EGY frigate sale"],
    "The 50 Mirage jets that Israel ordered from Dassault will stay in France, officials said.": [
        "refused FRA ISR class:fighter-jet 50 sale"],
    "The ten helicopters which Uganda had bought from Italy will stay where they are, Rome said.": [
        "refused ITA UGA class:helicopter 10 sale"],
    "The four helicopters that Iraq ordered from Germany will be kept in Germany.": ["refused DEU IRQ class:helicopter 4 sale"],
    "The four frigates that Norway ordered from Spain will stay in service for 30 years.": ["decided ESP NOR frigate 4 sale"],
    "The 20 tanks that Jordan bought from Britain will remain in Jordan.": ["past GBR JOR class:tank 20 sale"],
    "Egypt will buy the two Mistral ships that France built for Russia but refused to hand over.": [
        "decided FRA EGY mistral-ship 2 sale", "refused FRA RUS mistral-ship 2"],
    "Greece is getting six patrol boats that Germany had promised Libya but would not deliver.": [
        "decided DEU GRC patrol-boat 6", "refused DEU LBY patrol-boat 6"],
    "Cyprus will get the S-300 missiles that Russia promised Libya and then refused to deliver.": [
        "decided RUS CYP s-300", "refused RUS LBY s-300"],
    "Poland has bought 40 tanks, which South Korea built and delivered in March.": ["past KOR POL class:tank 40 sale"],
    "Two submarines nearing completion in French yards will not be handed over to the South African navy.": [
        "refused FRA ZAF submarine 2"],
    "Six patrol boats awaiting delivery in Norway will not be handed over to Libya.": ["refused NOR LBY patrol-boat 6"],
    "Six fighter jets standing ready in Sweden are to be delivered to Brazil.": ["decided SWE BRA class:fighter-jet 6"],
    "Denmark may not send Ukraine 22 of its Swiss-made Piranha III vehicles, an agency in Bern said. Germany got "
    "the same answer when it sought leave to pass on 12,400 rounds of ammunition.": [
        "refused DNK UKR piranha-vehicle 22 retransfer", "refused DEU UKR class:ammunition 12400 retransfer"],
    "Switzerland turned down Denmark's request to send Ukraine 22 Piranha vehicles. Spain met with the same refusal "
    "when it asked to pass on two Aspide batteries.": [
        "refused DNK UKR piranha-vehicle 22 retransfer", "refused ESP UKR class:air-defence-missile 2 retransfer"],
    "Washington refused to sell Jordan Stinger missiles. Kuwait had met the same answer when it asked to buy Stingers.": [
        "refused USA JOR stinger sale", "refused USA KWT stinger sale"],
}  # fmt: skip


@pytest.mark.parametrize("text", TOLD)
def test_what_is_refused_by_the_way(decider: Decider, text: str) -> None:
    assert in_short(text, decider, KEYS) == TOLD[text]
