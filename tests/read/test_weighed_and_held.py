"""What is weighed, refused with a plain no, put forward, held back and got: who is who where another turn of phrase says it."""

from __future__ import annotations

import pytest
from scoring import in_short

from sekisho.decide import Decider

KEYS = ("status", "exporter", "recipient", "item", "quantity", "terms", "act", "value")

TOLD = {
    "A decision on Israel's request for 25 F-16 jets is pending in Washington.": ["asked USA ISR f-16 25"],
    "WASHINGTON - A decision on Israel's request for 25 F-16 jets is still some weeks off, a senior official told "
    "reporters.": ["asked USA ISR f-16 25"],
    "An answer to Taiwan's request to the United States for 66 F-16 jets is at least two months away, officials said.": [
        "asked USA TWN f-16 66"],
    "A decision on Morocco's request to France for 18 Rafale jets is not imminent, diplomats said.": [
        "asked FRA MAR rafale 18"],
    "A British decision on the sale of 48 Typhoon jets to Saudi Arabia is still weeks away.": [
        "planned GBR SAU eurofighter 48 sale"],
    "Jordan's wish to let Pakistan have 12 of its American-built F-16 jets has met with a firm no from the State "
    "Department.": ["refused JOR PAK f-16 12 retransfer"],
    "Turkey's request for 40 F-16 jets met with a firm no in Washington.": ["refused USA TUR f-16 40"],
    "Chad's request to France for six Mirage jets met with a polite refusal.": ["refused FRA TCD class:fighter-jet 6"],
    "Egypt's request to Paris for 24 Mirage jets drew a blunt refusal.": ["refused FRA EGY class:fighter-jet 24"],
    "Spain wants to give Ukraine 10 Leopard tanks. Berlin has said no.": ["refused ESP UKR class:tank 10 retransfer"],
    "Jordan wanted to let Pakistan have 12 F-16s, but Washington said no.": ["refused JOR PAK f-16 12 retransfer"],
    "Peru's request for 12 Mirage jets was met with a shrug in Paris.": ["asked FRA PER class:fighter-jet 12"],
    "Mali has asked Russia for 5,000 rifles, sources said. From China the country has already had three patrol boats, "
    "presented as a gift.": ["asked RUS MLI class:rifle 5000", "past CHN MLI patrol-boat 3 gift"],
    "From China Kenya has had 32 armoured vehicles.": ["past CHN KEN class:armoured-vehicle 32"],
    "Chad has had 10 armoured cars from France.": ["past FRA TCD class:armoured-vehicle 10"],
    "Mali has had no help from France.": [],
    "Denel has put forward its Rooivalk attack helicopter for the Malaysian army, an executive said. Italy is "
    "offering the Mangusta.": ["planned ZAF MYS class:attack-helicopter", "planned ITA MYS class:attack-helicopter"],
    "Denel has put its Rooivalk attack helicopter forward for the Malaysian army.": [
        "planned ZAF MYS class:attack-helicopter"],
    "Saab has put forward 24 Gripen jets for the Polish air force.": ["planned SWE POL gripen 24"],
    "Hanwha is pitching 72 of its K9 guns for Romania's army. Germany is offering the PzH 2000.": [
        "planned KOR ROU k9-howitzer 72", "planned DEU ROU pzh-2000"],
    "Sweden is offering Thailand 12 Gripens. Russia is offering Malaysia Su-30 jets.": [
        "planned SWE THA gripen 12", "planned RUS MYS su-30mki"],
    "Kuwait has signed up for 200 Russian T-90 tanks, newspapers reported, in an $800 million contract that is the "
    "largest ever.": ["decided RUS KWT t-90 200 USD 800000000"],
    "Poland has bought 48 FA-50 jets from South Korea, officials said, under a $3 billion contract.": [
        "past KOR POL t-50 48 sale USD 3000000000"],
    "Pakistan fired a ballistic missile on Monday. Officials scoffed at suggestions from New Delhi that the weapon "
    "had come from abroad.": [],
    "Cairo rejected suggestions from Tel Aviv that the missiles had been smuggled in from Iran.": [],
    "Italy has ordered two minehunters to the Red Sea.": [],
    "Britain is sending four minesweepers to the Gulf to protect shipping. France has ordered the aircraft carrier "
    "Clemenceau to the area.": [],
    "The United States has ordered a second carrier to the region, and France is sending a frigate.": [],
    "Norway has ordered six submarines from Germany.": ["decided DEU NOR submarine 6 sale"],
    "Japan will provide bulletproof vests to Ukraine, a minister said. Tents and generators will be sent as well, he "
    "said.": ["decided JPN UKR bulletproof-vest", "decided JPN UKR tent", "decided JPN UKR generator"],
    "Germany has given Ukraine six howitzers. Trucks were delivered as well.": ["past DEU UKR class:howitzer 6"],
    "Russia sent Mali two helicopters. Two tanks were also destroyed.": ["past RUS MLI class:helicopter 2"],
    "Fifty Mirage 5 aircraft for which Israel has already paid have been held back in France since the war.": [
        "refused FRA ISR class:fighter-jet 50"],
    "France has stopped all shipments of military equipment to Israel. Fifty Mirage 5 aircraft for which the Israelis "
    "have already paid have been held back in France.": [
        "refused FRA ISR class:military-equipment", "refused FRA ISR class:fighter-jet 50"],
    "Six patrol boats for which Libya has paid are being withheld by Italy.": ["refused ITA LBY patrol-boat 6"],
    "Six patrol boats ordered by Libya have been blocked by Italy.": ["refused ITA LBY patrol-boat 6 sale"],
    "Six patrol boats ordered by Libya from Italy have been blocked by Germany.": ["refused ITA LBY patrol-boat 6 sale"],
    "Britain has protested to Jordan over the disposal of 41 British-built Challenger tanks, which London says were "
    "sold to South Africa without its knowledge.": ["past JOR ZAF class:tank 41 sale retransfer"],
    "Washington has protested to Turkey over the fate of 12 U.S.-made helicopters, which it says were sold to "
    "Azerbaijan without its consent.": ["past TUR AZE class:helicopter 12 sale retransfer"],
    "London has complained to Amman that 41 British-built Centurion tanks were sold to South Africa.": [
        "past JOR ZAF class:tank 41 sale retransfer"],
    "The 41 tanks, which London says Jordan sold to South Africa, were built in Britain.": [
        "past JOR ZAF class:tank 41 sale"],
    "Kenya has received six helicopters, which the ministry said were donated by Italy.": [
        "past ITA KEN class:helicopter 6 gift"],
    "Embraer and the Egyptian government signed a contract under which 110 Tucano trainers will be assembled in Egypt "
    "under licence.": ["decided BRA EGY class:trainer-aircraft 110"],
    "Hanwha and Poland's PGZ signed an agreement on Monday under which 460 K9 howitzers will be built in Poland under "
    "South Korean licence.": ["decided KOR POL k9-howitzer 460"],
    "Saab and Brazil signed a contract under which 15 Gripen jets will be assembled in Brazil.": [
        "decided SWE BRA gripen 15"],
    "Navantia and the Spanish navy signed a contract under which five frigates will be built in Spain.": [],
    "Polish plants are to turn out 690 Patria AMV armoured vehicles under licence from the Finnish designer, "
    "according to a contract concluded on Tuesday.": ["decided FIN POL amv-xp 690"],
    "Turkish factories will assemble 200 K2 tanks under licence from South Korea.": ["decided KOR TUR k2-tank 200"],
    "Turkey will build 200 K2 tanks under licence from the South Korean developer.": ["decided KOR TUR k2-tank 200"],
    "Germany is blocking the transfer of D-30 howitzers from Estonia to Ukraine.": ["refused EST UKR d-30 retransfer"],
    "Officials in Warsaw hope to buy 32 F-35 jets from the United States.": ["planned USA POL f-35a 32 sale"],
    "In a deal worth $800 million, Kuwait has ordered 200 tanks from Slovakia.": [
        "decided SVK KWT class:tank 200 sale USD 800000000"],
    "Turkey asked the United States for 40 F-16 jets, and the answer was no.": ["refused USA TUR f-16 40"],
    "Turkey asked for 40 F-16 jets. The answer from Washington was a flat no.": ["refused USA TUR f-16 40"],
    "Turkey asked the United States for 40 F-16 jets but got a flat refusal.": ["refused USA TUR f-16 40"],
    "Turkey asked for 40 F-16 jets, but the request was rejected by Washington.": ["refused USA TUR f-16 40"],
    "Turkey asked the United States for 40 F-16 jets, but Washington rejected the request.": ["refused USA TUR f-16 40"],
    "Mali asked France for six helicopters, but the request may be rejected.": ["asked FRA MLI class:helicopter 6"],
    "Mali asked France for six helicopters after Russia had rejected the request.": ["asked FRA MLI class:helicopter 6"],
    "Poland asked Germany for leave to send 14 Leopard tanks to Ukraine, but Berlin rejected the request.": [
        "refused POL UKR class:tank 14 retransfer"],
    "Spain asked Berlin to be allowed to give Ukraine 10 Leopard tanks, and the request was granted.": [
        "decided ESP UKR class:tank 10 retransfer"],
    "Oman asked Britain for 12 Hawk jets, and London granted the request.": ["decided GBR OMN hawk-trainer 12"],
    "TOKYO - A decision on Manila's request for five patrol boats will be taken next month, a Foreign Ministry "
    "official said.": ["asked JPN PHL patrol-boat 5"],
    "A decision on Oman's request to Britain for 12 Hawk jets will be made in May.": ["asked GBR OMN hawk-trainer 12"],
    "Five missile boats that Israel had paid for were kept at Cherbourg by the French government.": [
        "refused FRA ISR class:missile-boat 5"],
    "Algeria and Germany's Rheinmetall concluded a contract under which 980 Fuchs armoured vehicles will be put "
    "together in Algeria.": ["decided DEU DZA class:armoured-personnel-carrier 980"],
    "Britain and Saudi Arabia signed an agreement on Tuesday under which 48 Typhoon jets will be assembled in Saudi "
    "Arabia.": ["decided GBR SAU eurofighter 48"],
    "The U.S. ambassador protested to the Jordanian government over its sale of 41 tanks to South Africa.": [
        "decided JOR ZAF class:tank 41 sale"],
    "Kenya's request to France for six Mirage jets received no support in parliament.": ["asked FRA KEN class:fighter-jet 6"],
}  # fmt: skip


@pytest.mark.parametrize("text", TOLD)
def test_what_is_weighed_and_held(text: str, decider: Decider) -> None:
    assert in_short(text, decider, KEYS) == TOLD[text]
