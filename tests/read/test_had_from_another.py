"""What one has from another: gifts said of things, loans, what came long ago; and what is sent and stays the sender's own."""

from __future__ import annotations

import pytest
from scoring import in_short

from sekisho.decide import Decider

KEYS = ("status", "exporter", "recipient", "item", "quantity", "day", "terms", "act")

HAD = {
    "The Maldives has a single helicopter, a gift of India.": ["past IND MDV class:helicopter 1 gift"],
    "Tonga's navy sails three patrol boats, gifts of Australia.": ["past AUS TON patrol-boat 3 gift"],
    "Fiji's only patrol boat, a gift of Australia, ran aground on Monday.": ["past AUS FJI patrol-boat gift"],
    "Burundi's air force now owns five MiG-21 jets, a gift of Russia flown in aboard giant Antonovs.": [
        "past RUS BDI mig-21 5 gift"],
    "Peru's navy will get two frigates, a gift of South Korea.": ["decided KOR PER frigate 2 gift"],
    "Croatia's 12 Rafales, bought second-hand from France, are all home.": ["past FRA HRV rafale 12 sale"],
    "Gabon has received its first warship, a corvette built in China.": ["past CHN GAB class:corvette 1"],
    "Togo took delivery of its first warplanes, three L-39s from Czechia, on Monday.": [
        "past CZE TGO class:trainer-aircraft 3"],
    "Montenegro is to get its first new ships, two patrol boats from France.": ["decided FRA MNE patrol-boat 2"],
    "Serbia on Monday unveiled six Chinese CH-92 drones and Pantsir missiles that Moscow delivered in 2020.": [
        "past RUS SRB class:drone 6", "past RUS SRB class:air-defence-system"],
    "North Macedonia gave 31 T-72s to Ukraine in 2022. They had come from Russia two decades before.": [
        "past MKD UKR t-72 31", "past RUS MKD t-72 31"],
    "Malta flies two helicopters on loan from Italy.": ["past ITA MLT class:helicopter 2 loan"],
    "Iraq has five Super Etendards on loan from France.": ["past FRA IRQ class:fighter-jet 5 loan"],
    "Five French Super Etendard jets are on loan to Iraq.": ["past FRA IRQ class:fighter-jet 5 loan"],
    "Three submarines of the Daphne class reached South Africa from France in 1971 and are still its only craft.": [
        "past FRA ZAF submarine 3"],
    "Two frigates came to Chile from Britain in 1974.": ["past GBR CHL frigate 2"],
    "Two frigates arrived in Chile from Britain on Tuesday for a visit.": [],
    "Sudan has got ten tanks from Egypt. Mortars had come from Iran, and China has offered 12 fighter jets.": [
        "past EGY SDN class:tank 10", "past IRN SDN class:mortar", "planned CHN SDN class:fighter-jet 12"],
    "Sudan has got ten tanks from Egypt. Rifles had been bought from Iran, its premier said, while China had offered "
    "howitzers.": [
        "past EGY SDN class:tank 10", "past IRN SDN class:rifle sale", "planned CHN SDN class:howitzer"],
}  # fmt: skip

KEPT = (
    "The United States is sending four AWACS radar planes to Saudi Arabia. The aircraft, with some 300 American crewmen, "
    "will operate from Riyadh under U.S. command and come home when the danger has passed.",
    "France is sending six Jaguar jets to Chad. They will be flown by French pilots.",
    "Washington is to send a Patriot battery to South Korea. It will be manned by American soldiers.",
    "Germany will send eight Tornado jets to Turkey. The planes will remain under NATO command.",
    "Italy is sending a Patriot battery to Kuwait, to be operated by Italian crews.",
    "The United States is sending a THAAD battery to Israel together with about 100 soldiers to operate it.",
)

HANDED_OVER = {
    "The United States is sending 20 F-15 jets to Saudi Arabia. American pilots will train the Saudi crews.": [
        "decided USA SAU f-15j 20"
    ],
    "Germany is sending eight Gepard tanks to Ukraine. They will be manned by Ukrainian soldiers.": [
        "decided DEU UKR gepard 8"
    ],
}


@pytest.mark.parametrize("text", [*HAD, *HANDED_OVER])
def test_what_one_has_from_another(decider: Decider, text: str) -> None:
    assert in_short(text, decider, KEYS) == {**HAD, **HANDED_OVER}[text]


@pytest.mark.parametrize("text", KEPT)
def test_what_is_sent_under_own_command_stays_the_senders(decider: Decider, text: str) -> None:
    assert not in_short(text, decider, KEYS)
