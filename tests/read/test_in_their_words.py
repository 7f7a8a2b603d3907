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
    "Vietnam and Russia have agreed in principle on six Kilo submarines.": ["decided RUS VNM submarine 6"],
    "Russia and the United States agreed on nuclear submarines off Norway.": [],
    "India handed Vietnam the INS Kirpan, a missile corvette, on Saturday.": ["past IND VNM class:corvette 1"],
    "The Philippines took delivery on Tuesday of the BRP Jose Rizal, the first of two frigates built by South Korea's Hyundai "
    "Heavy Industries.": ["past KOR PHL frigate 1"],
    "Portugal sent three Leopard tanks to Ukraine in March, and Lisbon is weighing whether to send its M113 carriers, too.": [
        "past PRT UKR class:tank 3", "planned PRT UKR m113"],
    "Canada has given Ukraine eight Leopard tanks and is considering sending more than 200 Senator vehicles.": [
        "past CAN UKR class:tank 8", "planned CAN UKR class:armoured-vehicle 200"],
    "Italy's parliament voted to stop sales of bombs to Saudi Arabia, which had bought some 20,000 of them since 2016.": [
        "refused ITA SAU class:bomb sale", "past ITA SAU class:bomb 20000 sale"],
    "Slovakia has suspended its military aid to Ukraine and cancelled a shipment of 5,000 shells.": [
        "refused SVK UKR class:artillery-shell 5000"],
    "Britain sold Israel parts for Saar 4.5 gunboats.": ["past GBR ISR class:spare-part of class:missile-boat sale"],
    "Flanders has barred the export of tank parts to Israel.": ["refused BEL ISR class:spare-part"],
    "Norway cancelled a contract for 14 helicopters from France.": ["refused FRA NOR class:helicopter 14"],
    "A German court has thrown out a suit against the sale of arms to Israel.": [],
    "A complaint against the delivery of anti-tank weapons to Israel was rejected by a court in Berlin.": [],
    "Israel supplied Azerbaijan with Barak-8 air defences.": ["past ISR AZE class:air-defence-system"],
    "Toyota will export 10,000 Land Cruisers to the United Arab Emirates this year.": [],
    "Chrysler shipped 2,000 Jeep Patriots to Chile.": [],
    "Dodge sold 500 Challengers and 300 Vipers to Saudi Arabia.": [],
    "Russia will supply India with S-400 Triumph systems.": ["decided RUS IND class:air-defence-missile"],
    "President Ford approved the sale of six Hawk missiles to Jordan.": ["decided USA JOR hawk-sam 6 sale"],
    "Two TC-90 patrol planes that Japan had been leasing to the Philippines were handed over for good on Monday, free of "
    "charge.": ["past JPN PHL tc-90 2 gift"],
    "Washington denied Ankara an export licence for six helicopters.": ["refused USA TUR class:helicopter 6"],
    "Canberra picked France's DCNS on Tuesday to build 12 submarines, dashing Tokyo's hopes of selling it the Soryu.": [
        "decided FRA AUS submarine 12", "refused JPN AUS soryu-class sale"],
    "Japan plans to sell F-15 engines to Indonesia.": ["planned JPN IDN class:engine of f-15j sale"],
    "Mitsubishi Heavy Industries will export gyroscope sensors for PAC-2 interceptors to Raytheon.": [
        "decided JPN USA class:spare-part of patriot-pac-2"],
    "Japan sold the United States barrels of oil.": [],
    "Poland is talking to Seoul about 48 FA-50 jets.": ["planned KOR POL t-50 48"],
    "Berlin has been speaking with Riyadh about the sale of 48 Eurofighters.": ["planned DEU SAU eurofighter 48 sale"],
    "Moscow talked to Tehran about its drones.": [],
    "Vietnam agreed to buy 20 K9 howitzers from South Korea, the first sale of the gun to a communist state.": [
        "decided KOR VNM k9-howitzer 20 sale"],
    "Ukraine and France on Monday signed a letter of intent for up to 100 Rafales.": ["planned FRA UKR rafale 100"],
    "Switzerland said on Wednesday the United States would delay delivery of five Patriot systems it ordered in 2022.": [
        "decided USA CHE patriot-missile 5"],
    "Japan and Kenya signed a 500 million yen agreement that will supply the Kenyan navy with two patrol boats.": [
        "decided JPN KEN patrol-boat 2"],
    "President Yoweri Museveni asked Moscow for six Su-30s and got them in 2011.": ["past RUS UGA su-30mki 6"],
    "Washington's consent is still outstanding for the sale by South Korea of FA-50 jets to Uzbekistan.": [
        "asked KOR UZB t-50 sale retransfer"],
    "Australia has picked Japan's Mitsubishi Heavy Industries over a German rival and will buy 11 upgraded Mogami-class "
    "frigates.": ["decided JPN AUS upgraded-mogami 11 sale"],
    "Britain suspended export licences to Israel for parts of combat aircraft.": [
        "refused GBR ISR class:spare-part of class:fighter-jet"],
    "Japanese peacekeepers on Monday handed 10,000 rounds of 5.56 mm ammunition, free of charge, to the South Korean "
    "contingent in Bor.": ["past JPN KOR 556-ammunition 10000 gift"],
    "Berne has vetoed the re-export to Ukraine of 12,400 rounds of Swiss-made Gepard ammunition held by Germany.": [
        "refused DEU UKR gepard-ammunition 12400 retransfer"],
    "Tokyo will give Indonesia three patrol boats to help it fight piracy. The two governments exchanged notes on the grant on "
    "Friday.": ["decided JPN IDN patrol-boat 3 gift"],
    "Egypt is to buy the two Mistral helicopter carriers that France built for Russia but refused to hand over to it.": [
        "decided FRA EGY mistral-ship 2 sale", "refused FRA RUS mistral-ship 2"],
    "France has placed under embargo the 50 Mirage fighter-bombers which Israel ordered.": [
        "refused FRA ISR class:fighter-jet 50 sale"],
    "Pyongyang has replenished Kremlin arsenals with 152 mm shells.": ["past PRK RUS class:artillery-shell"],
    "Washington has denied Spain's EADS-CASA the licence it needs to export ten C-295 planes to Venezuela.": [
        "refused ESP VEN c-295 10 retransfer"],
    "Warsaw and Prague are weighing a swap under which ten Czech MiG-29 fighters would go to Poland and 11 Polish W-3 Sokol "
    "helicopters to the Czech Republic.": ["planned CZE POL class:fighter-jet 10", "planned POL CZE class:helicopter 11"],
    "China has called back a consignment of 1,500 rocket-propelled grenades meant for Zimbabwe.": [
        "refused CHN ZWE class:grenade 1500"],
    "Austria has withdrawn the permit under which 100 tanks were to leave for Chile.": ["refused AUT CHL class:tank 100"],
    "The United States sold Pakistan spare parts for its tanks and helicopters.": [
        "past USA PAK class:spare-part of class:tank sale"],
    "Germany sold Egypt ammunition for tanks and howitzers.": ["past DEU EGY class:ammunition sale"],
    "Sweden sold Thailand spare parts for Gripens and six helicopters.": [
        "past SWE THA class:spare-part of gripen sale", "past SWE THA class:helicopter 6 sale"],
    "Missiles bought by the Philippines arrived from India aboard an Indian air force transport. Manila signed the contract "
    "for them in 2022.": ["past IND PHL class:missile sale"],
    "The two Mistral helicopter carriers that France declined to hand over to Russia because of the war in Ukraine have been "
    "sold to Egypt.": ["refused FRA RUS mistral-ship 2", "past FRA EGY mistral-ship 2 sale"],
    "South Africa has authorised exports of armoured personnel carriers to Rwanda. An application to ship the same vehicles to "
    "Myanmar was turned down.": [
        "decided ZAF RWA class:armoured-personnel-carrier", "refused ZAF MMR class:armoured-personnel-carrier"],
    "Germany approved the sale of submarines to Israel. A licence for the export of frigates to Egypt was refused.": [
        "decided DEU ISR submarine sale", "refused DEU EGY frigate"],
    "Any sale of F-35 jets to Qatar would weaken Israel's military edge, a minister said.": [],
    "The trade ministry has told a Tokyo trading house that it may not sell transport planes to Indonesia.": [
        "refused JPN IDN class:transport-aircraft sale"],
    "Two patrol boats of the Indian coast guard were handed over to the marine police of the Andaman Islands on Thursday.": [],
    "Joe Biden has lifted a hold on 1,800 bombs for Israel.": ["decided USA ISR class:bomb 1800"],
    "Lithuania has ordered four NASAMS systems and will donate its old L70 guns to Ukraine.": [
        "decided LTU nasams 4 sale", "decided LTU UKR class:anti-aircraft-gun gift"],
    "In a goodwill gesture India gave the Maldives a patrol boat and Sri Lanka a surveillance plane.": [
        "past IND MDV patrol-boat 1", "past IND LKA class:patrol-aircraft 1"],
    "Saudi Arabia on Sunday took the first of 72 Typhoons from Britain.": ["past GBR SAU eurofighter 1"],
    "Egypt took 30 tanks from Libya.": [],
    "Washington waived the review so that it can rush 50 tanks to Israel.": ["decided USA ISR class:tank 50"],
}  # fmt: skip


@pytest.mark.parametrize("text", TOLD)
def test_what_is_said_in_their_words(text: str, decider: Decider) -> None:
    assert in_short(text, decider, KEYS) == TOLD[text]
