"""What the sentences of a paragraph tell together: who has things that another is told to have given, how many they are."""

from __future__ import annotations

import pytest
from scoring import in_short

from sekisho.decide import Decider

KEYS = ("status", "exporter", "recipient", "item", "quantity", "value", "day", "terms", "act")

HELD = {
    "Pakistan put MiG-19 fighters and T-59 tanks on show on Wednesday. China delivered both last year.": [
        "past CHN PAK class:fighter-jet", "past CHN PAK class:tank"],
    "Egypt showed Rafale fighters and FREMM frigates on Friday. France sold it both.": [
        "past FRA EGY rafale sale", "past FRA EGY fremm sale"],
    "Ghana's army paraded new howitzers and radars. Both came from Israel.": [
        "past ISR GHA class:howitzer", "past ISR GHA class:radar"],
    "Ghana's army paraded new howitzers and radars. Both were supplied by Israel.": [
        "past ISR GHA class:howitzer", "past ISR GHA class:radar"],
    "Uganda's air force flies six MiG-21s. Poland delivered them in 1999.": ["past POL UGA mig-21 6"],
    "The Sudanese army has 40 T-55 tanks. The Soviet Union supplied them before 1970.": ["past SUN SDN class:tank 40"],
    "Zambia's air force operates a dozen MiG-21s. They were sold to it by Moscow in 1999.": ["past RUS ZMB mig-21 12 sale"],
    "Zambia's air force operates a dozen MiG-21s. They arrived from Russia last year.": ["past RUS ZMB mig-21 12"],
    "Pakistan displayed J-10 fighters on Wednesday. They had been delivered by China only weeks earlier.": [
        "past CHN PAK class:fighter-jet"],
    "Yemen's army is equipped with Soviet tanks. Poland delivered 60 of them in 1999.": ["past POL YEM class:tank 60"],
    "Sudan has massed 40 T-55 tanks on the border. China supplied them in 2002.": ["past CHN SDN class:tank 40"],
    "Ecuador is modernising its 12 Kfir jets. They came from Israel in 1982.": ["past ISR ECU class:fighter-jet 12"],
    "Iran's navy has three frigates. They arrived from Oman on Tuesday.": [],
    "Peru has two frigates. It lost both in a storm.": [],
    "Angola is fighting rebels in the south. Cuba has delivered 20 tanks.": ["past CUB AGO class:tank 20"],
    "Britain refused to sell Nigeria warplanes. Moscow has sent MiG-17s, Western sources said.": [
        "refused GBR NGA class:fighter-jet sale", "past RUS NGA class:fighter-jet"],
    "Nigeria's army is short of shells, Western sources said. Moscow has delivered 20 tanks, and six L-29 "
    "trainers have been supplied by Czechia.": [
        "past RUS NGA class:tank 20", "past CZE NGA class:trainer-aircraft 6"],
    "Russia began its biggest war games on Tuesday. China has sent tanks to the ranges in Siberia.": [],
    "Guyana's president complained on Wednesday. Caracas sent a patrol vessel into disputed waters.": [],
}  # fmt: skip

CARRIED_ON = {
    "Pirates seized a ship with 33 T-72 tanks and ammunition on board, Ukraine's defence minister said. The Faina was making "
    "for Mombasa, and its load is being supplied to Kenya under a contract with the Ukrainian firm Ukrspetsexport.": [
        "decided UKR KEN t-72 33", "decided UKR KEN class:ammunition"],
    "A freighter carrying 20 howitzers and 4,000 shells docked in Lagos. Its cargo was supplied to Nigeria by China.": [
        "past CHN NGA class:howitzer 20", "past CHN NGA class:artillery-shell 4000"],
    "Customs officers found rifles and mines on a ship in Durban. The cargo was coffee, its owner said.": [],
    "Six radars are being supplied to Peru under an agreement with Spain.": ["decided ESP PER class:radar 6"],
    "Taiwan's navy ordered two submarines from a Dutch yard in 1981. The Dutch cabinet decided on Friday not to license the "
    "export of two more.": [
        "past NLD TWN submarine 2 sale", "refused NLD TWN submarine 2 2024-06-14"],
    "Oman bought 12 Typhoons from Britain in 2012. London has refused to sell it another six.": [
        "past GBR OMN eurofighter 12 sale", "refused GBR OMN eurofighter 6 sale"],
    "Cameroon has been lent two helicopters by Nigeria. Paris gave it 11 armoured cars last year, Beijing two patrol boats.": [
        "past NGA CMR class:helicopter 2 loan", "past FRA CMR class:armoured-vehicle 11", "past CHN CMR patrol-boat 2"],
    "South Korea handed over a retired corvette to Peru. Colombia and Egypt had each been given one before.": [
        "past KOR PER class:corvette 1", "past KOR COL class:corvette 1", "past KOR EGY class:corvette 1"],
    "Denmark met France on Monday. Togo's navy has two patrol boats, a gift from Japan. China has offered ten tanks.": [
        "past JPN TGO patrol-boat 2 gift", "planned CHN TGO class:tank 10"],
}  # fmt: skip

COUNTED = {
    "France agreed to sell Nicaragua two patrol boats and a pair of helicopters.": [
        "decided FRA NIC patrol-boat 2 sale", "decided FRA NIC class:helicopter 2 sale"],
    "Peru bought two pairs of frigates from Italy.": ["past ITA PER frigate 4 sale"],
    "Iran took delivery of a trio of submarines from Russia.": ["past RUS IRN submarine 3"],
    "Portugal is selling Greece its air force's 20 American-made F-16s.": ["decided PRT GRC f-16 20 sale retransfer"],
}  # fmt: skip


@pytest.mark.parametrize("text", [*HELD, *CARRIED_ON, *COUNTED])
def test_a_paragraph_is_read_as_a_whole(text: str, decider: Decider) -> None:
    assert sorted(in_short(text, decider, KEYS)) == sorted({**HELD, **CARRIED_ON, **COUNTED}[text])
