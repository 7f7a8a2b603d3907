"""What fills a gap, what is released or assured, what was built for another, and whose a thing is that fell through."""

from __future__ import annotations

import pytest
from scoring import in_short

from sekisho.decide import Decider

KEYS = ("status", "exporter", "recipient", "item", "quantity", "value", "terms", "day", "act", "backfill")

TOLD: dict[str, list[str]] = {
    "Berlin has assured Warsaw that it may hand over its Leopard tanks to Ukraine.": ["decided POL UKR class:tank retransfer"],
    "Norway has been assured by Washington that it may give its F-16s to Ukraine.": ["decided NOR UKR f-16 retransfer"],
    "Sweden has reassured Thailand that it can pass its Gripens on to Cambodia.": ["decided THA KHM gripen retransfer"],
    "Germany has assured Poland that it will deliver 24 Leopard tanks.": ["decided DEU POL class:tank 24"],
    "Washington has not assured Norway that it may give its F-16s to Ukraine.": [],
    "Washington assured Israel that Egypt may not use the missiles.": [],
    "Norway has given 22 M109 howitzers to Ukraine. To plug the gap the army will buy 24 K9 howitzers from South Korea.": [
        "past NOR UKR m109 22", "decided KOR NOR k9-howitzer 24 sale True"],
    "Slovakia gave Ukraine its S-300 battery. To close the hole, the military is to get two Mantis systems from Germany.": [
        "past SVK UKR s-300", "decided DEU SVK class:air-defence-system 2 True"],
    "Sweden gave Ukraine 50 CV90 vehicles. To make up the shortfall, the army is buying 50 Patria vehicles from Finland.": [
        "past SWE UKR cv90 50", "decided FIN SWE class:armoured-personnel-carrier 50 sale True"],
    "The Netherlands is to give Ukraine 18 F-16s. To make up for them, the air force has ordered 6 F-35s from the United "
    "States.": ["decided NLD UKR f-16 18", "decided USA NLD f-35a 6 sale True"],
    "Belgium will donate its F-16s to Ukraine. To fill the gap the government has ordered 34 F-35s from the United "
    "States.": ["decided BEL UKR f-16 gift", "decided USA BEL f-35a 34 sale True"],
    "The army will fill the holes in its ranks with recruits from Estonia.": [],
    "Poland has asked Germany for six submarines. Leopard tanks delivered by Germany are in service with two brigades.": [
        "asked DEU POL submarine 6", "past DEU POL class:tank"],
    "MANILA - The Philippines plans to buy 12 F-16s from the United States. FA-50 jets delivered by South Korea have been"
    " flying since 2015.": ["planned USA PHL f-16 12 sale", "past KOR PHL t-50"],
    "Drones supplied by Turkey have been in use in Libya since May.": [],
    "Iraq's prime minister has complained that F-16s ordered from the United States are taking too long.": [
        "decided USA IRQ f-16 sale"],
    "Thailand has complained that a submarine ordered from China is running late.": ["decided CHN THA submarine 1 sale"],
    "Taiwan's defence minister grumbled that Harpoon missiles bought from the United States were slow in coming.": [
        "decided USA TWN harpoon sale"],
    "Taipei has complained of the late delivery of 66 F-16s ordered from the United States.": ["decided USA TWN f-16 66 sale"],
    "Poland complained that Germany was taking too long.": [],
    "Washington has released 24 F-16s for delivery to Taiwan, ending a freeze imposed last year.": ["decided USA TWN f-16 24"],
    "The United States released 600 missiles for shipment to Egypt, lifting a hold.": ["decided USA EGY class:missile 600"],
    "President Ford has released 200 missiles for sale to Jordan.": ["decided USA JOR class:missile 200 sale"],
    "Britain cleared 50 howitzers for export to Oman.": ["decided GBR OMN class:howitzer 50"],
    "Six frigates have been cleared for export to Egypt by the German government.": ["decided DEU EGY frigate 6"],
    "The United States may release 600 missiles for delivery to Taiwan.": ["planned USA TWN class:missile 600"],
    "France has not cleared the missiles for export to Qatar.": [],
    "Iran released 12 sailors for delivery to Britain.": [],
    "The factory released 200 tanks for delivery in May.": [],
    "Greece on Monday signed a deal with France for three frigates costing 3 billion euros.": [
        "decided FRA GRC frigate 3 EUR 3000000000 2024-06-17"],
    "Egypt ordered 24 Rafale jets costing 5.2 billion euros from France.": ["decided FRA EGY rafale 24 EUR 5200000000 sale"],
    "Hungary is buying 14 Gripens from Sweden costing 100 billion forints.": [
        "decided SWE HUN gripen 14 HUF 100000000000 sale"],
    "Morocco bought 25 tanks costing $4 million each from the United States.": ["past USA MAR class:tank 25 sale"],
    "The navy wants a submarine costing 13 billion baht.": [],
    "The frigate was handed over to an Egyptian crew at a yard in Spain on Monday.": ["past ESP EGY frigate 2024-06-17"],
    "Two corvettes were turned over to Malaysian sailors at a shipyard in Germany on Friday.": [
        "past DEU MYS class:corvette 2 2024-06-14"],
    "Russia turned over the submarine Chakra to the Indian navy on Monday, starting a ten-year lease.": [
        "past RUS IND submarine 1 loan 2024-06-17"],
    "A submarine was handed over to an Indian crew at a yard in Russia on Monday, marking the start of a ten-year lease.": [
        "past RUS IND submarine 1 loan 2024-06-17"],
    "The frigate was handed over to a new crew in Spain.": [],
    "The captured tank was handed over to Ukrainian crews.": [],
    "Norwegian forces will get new guns: 24 howitzers from South Korea.": ["decided KOR NOR class:howitzer 24"],
    "Estonian soldiers will get heavier weapons: six HIMARS launchers ordered from the United States, and later 12 Caesar"
    " howitzers to be bought from France.": ["decided USA EST himars 6 sale", "decided FRA EST class:howitzer 12 sale"],
    "Ukraine will receive new armour: 14 Challenger 2 tanks from Britain, and later 31 Abrams tanks to be delivered by "
    "the United States.": ["decided GBR UKR class:tank 14", "decided USA UKR m1-abrams 31"],
    "Danish troops in Helmand will get better armour: 10 Leopard tanks lent by Germany.": [
        "decided DEU DNK class:tank 10 loan"],
    "Soldiers will get better pay: 200 dollars a month from the United States.": [],
    "Ukraine is to receive 20 tanks bought from Poland and 30 howitzers donated by France.": [
        "decided POL UKR class:tank 20 sale", "decided FRA UKR class:howitzer 30 gift"],
    "Jordan will get 12 F-16s from the Netherlands and 40 tanks given by the United States.": [
        "decided NLD JOR f-16 12", "decided USA JOR class:tank 40"],
    "Egypt agreed to buy two Mistral helicopter carriers from France. The ships had been built for Russia, but Paris "
    "cancelled that sale.": ["decided FRA EGY mistral-ship 2 sale", "refused FRA RUS mistral-ship 2 sale"],
    "Morocco has bought six frigates from the Netherlands. The ships were originally ordered by Indonesia, but the Dutch "
    "government blocked that sale.": ["past NLD MAR frigate 6 sale", "refused NLD IDN frigate 6 sale"],
    "Chile will buy 12 howitzers from Switzerland. The guns were made for Iran, but Bern stopped that shipment in 1984.": [
        "decided CHE CHL class:howitzer 12 sale", "refused CHE IRN class:howitzer"],
    "The rifles had been made for the police, but the maker stopped that line in 1990.": [],
    "The Philippines received 3,000 rifles from China. A sale of 26,000 American carbines collapsed last year.": [
        "past CHN PHL class:rifle 3000", "refused USA PHL class:rifle 26000 sale"],
    "Kenya took delivery of ten Chinese armoured vehicles. A consignment of 20 South African howitzers was blocked last "
    "year.": ["past CHN KEN class:armoured-vehicle 10", "refused ZAF KEN class:howitzer 20"],
    "Thailand received a frigate from China. A sale of 50 Chinese tanks fell through.": [
        "past CHN THA frigate 1", "refused CHN THA class:tank 50 sale"],
    "A shipment of American wheat fell through last year.": [],
    "Mali received four helicopters from Russia. A shipment of ammunition was a gift from Moscow, the minister said.": [
        "past RUS MLI class:helicopter 4", "past RUS MLI class:ammunition gift"],
    "Lebanon bought 12 helicopters from the United States. The missiles that came with them were a present from "
    "Washington.": ["past USA LBN class:helicopter 12 sale", "past USA LBN class:missile gift"],
    "A consignment of medicine was a present from China.": [],
    "Kenya's army received 20 armoured vehicles donated by the United States in Nairobi on Monday.": [
        "past USA KEN class:armoured-vehicle 20 gift 2024-06-17"],
    "Lebanon took delivery of 12 helicopters given by France on Friday.": ["past FRA LBN class:helicopter 12 2024-06-14"],
    "Copenhagen and The Hague have been given assurances by Washington that they may send F-16s to Ukraine.": [
        "decided DNK UKR f-16 retransfer", "decided NLD UKR f-16 retransfer"],
    "Washington gave Warsaw an assurance that it could pass its MiG-29s to Ukraine.": [
        "decided POL UKR class:fighter-jet retransfer"],
    "The corvettes, originally built for Iraq by Italy, were sold to Malaysia.": [
        "past ITA MYS class:corvette sale"],
    "The patrol ship was formally transferred to a Philippine crew in Yokohama, Japan, on Monday.": [
        "past JPN PHL class:patrol-ship 2024-06-17"],
    "At a ceremony in Yokohama, Japan handed over two patrol ships to Vietnam on Monday.": [
        "past JPN VNM class:patrol-ship 2 2024-06-17"],
    "The frigate was handed over to the Egyptian navy in Ferrol, Spain, on Friday.": [
        "past ESP EGY frigate 2024-06-14"],
    "Kenya received 12 armoured vehicles from the United States in Nairobi, Kenya, on Monday.": [
        "past USA KEN class:armoured-vehicle 12 2024-06-17"],
    "In Rota, Spain, officials said Egypt would buy four frigates from Spain.": [
        "decided ESP EGY frigate 4 sale"],
}  # fmt: skip


@pytest.mark.parametrize("text", TOLD)
def test_what_is_filled_and_released(text: str, decider: Decider) -> None:
    assert in_short(text, decider, KEYS) == TOLD[text]
