"""What is asked for, refused and planned: who answers, requests by letter, sellers who press, what was to have been."""

from __future__ import annotations

import pytest
from scoring import in_short

from sekisho.decide import Decider

KEYS = ("status", "exporter", "recipient", "item", "quantity", "act")

TOLD = {
    "Poland has called off a deal with France under which it was to have received 50 helicopters.": [
        "refused FRA POL class:helicopter 50"],
    "London has suspended its arms sales to Jakarta. Nine Hawk jets were to have been delivered this year.": [
        "refused GBR IDN hawk-trainer 9"],
    "The United States will not sell Turkey the 100 F-35 fighters it planned to buy.": ["refused USA TUR f-35a 100"],
    "Peru has asked for 36 tanks. Madrid has yet to reply.": ["asked ESP PER class:tank 36"],
    "Peru has requested 36 tanks. The Spanish defence ministry said it was studying the request.": [
        "asked ESP PER class:tank 36"],
    "Peru has asked for 36 tanks, but Spain has refused.": ["refused ESP PER class:tank 36"],
    "Spain offered Peru 36 tanks. Lima has accepted.": ["decided ESP PER class:tank 36"],
    "Spain has offered 36 tanks. Peru is considering the offer.": ["planned ESP PER class:tank 36"],
    "Peru has sent Spain a letter asking for 36 tanks.": ["asked ESP PER class:tank 36"],
    "In a letter to Spain, Peru asked for 36 tanks.": ["asked ESP PER class:tank 36"],
    "Peru sent its army chief to Madrid to ask for 36 tanks.": ["asked ESP PER class:tank 36"],
    "On a visit to Madrid, the Peruvian president asked for 36 tanks.": ["asked ESP PER class:tank 36"],
    "Peru's ambassador to Spain has asked for 36 tanks.": ["asked ESP PER class:tank 36"],
    "Peru has approached Spain about 36 tanks.": ["asked ESP PER class:tank 36"],
    "Peru wants Spain to replace its old tanks with 36 howitzers.": ["asked ESP PER class:howitzer 36"],
    "Spain is pressing Peru to buy 36 tanks.": ["planned ESP PER class:tank 36"],
    "The Spanish cabinet has deferred a decision on Peru's request to buy 36 tanks.": ["asked ESP PER class:tank 36"],
    "The Biden administration has placed a temporary hold on the sale of 36 tanks to Peru.": ["refused USA PER class:tank 36"],
    "Spain told Peru that it was cancelling the sale of 36 tanks.": ["refused ESP PER class:tank 36"],
    "Peru has failed to win Spanish approval for the purchase of 36 tanks.": ["refused ESP PER class:tank 36"],
    "Spain's parliament voted down a motion calling for 36 tanks to be sent to Peru.": ["refused ESP PER class:tank 36"],
    "Spain has suspended military aid to Peru, including 36 tanks.": ["refused ESP PER class:tank 36"],
    "Spain will not provide the 36 tanks Peru has asked for.": ["refused ESP PER class:tank 36"],
    "After Spain turned down its request for 36 tanks, Peru asked Italy for 20 howitzers.": [
        "refused ESP PER class:tank 36", "asked ITA PER class:howitzer 20"],
    "Talks between Peru and Spain on the sale of 36 tanks collapsed over the price.": ["refused ESP PER class:tank 36"],
    "Spain and Peru have agreed on a swap under which Madrid would send 36 tanks to Ukraine.": [
        "decided ESP UKR class:tank 36"],
    "Brazil has shortlisted the French Rafale and the Swedish Gripen.": ["planned FRA BRA rafale", "planned SWE BRA gripen"],
    "Greece has ordered two German submarines and six French frigates.": [
        "decided DEU GRC submarine 2", "decided FRA GRC frigate 6"],
    "Spain, which delivered two frigates to Peru last year, now wants to sell it 36 tanks.": [
        "past ESP PER frigate 2", "planned ESP PER class:tank 36"],
    "Peru plans to buy 18 more F-16s. It has already bought 18 from the United States.": [
        "planned USA PER f-16 18", "past USA PER f-16 18"],
    "Washington has imposed sanctions on China for buying 24 fighters from Russia.": ["past RUS CHN class:fighter-jet 24"],
    "Peru has asked Spain to account for the tanks it was given.": [],
    "Peru sent a letter to Spain about fishing rights.": [],
    "The opposition is pressing the government to buy more tanks.": [],
    "The talks collapsed over the price of fish.": [],
}  # fmt: skip


@pytest.mark.parametrize("text", TOLD)
def test_what_is_asked_refused_and_planned(decider: Decider, text: str) -> None:
    assert sorted(in_short(text, decider, KEYS)) == sorted(TOLD[text])


def test_who_only_reacts_has_not_been_asked(decider: Decider) -> None:
    text = "Peru has asked for 36 tanks. Chile warned that it would respond."
    assert not any(in_short(text, decider, ("exporter",)))
