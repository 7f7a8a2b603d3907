"""What the words beside a transfer tell of it: in whose hands things are, what is given in return, by whose leave, when."""

from __future__ import annotations

import pytest
from scoring import in_short

from sekisho.decide import Decider

KEYS = ("status", "exporter", "recipient", "item", "quantity", "day", "terms", "act", "backfill")

TOLD = {
    "Haiti's police still rely on 18 armoured vehicles bought from Canada in 2022.": [
        "past CAN HTI class:armoured-vehicle 18 sale"],
    "Bolivia's president has travelled in two Super Puma helicopters lent by Venezuela.": [
        "past VEN BOL class:helicopter 2 loan"],
    "Ireland wants a sonar. Two patrol craft purchased from New Zealand in 2022 for 26 million New "
    "Zealand dollars have seldom left Cork harbour.": [
        "past NZL IRL class:patrol-ship 2 sale"],
    "Germany has halted the delivery of 100 tanks to Ethiopia. A consignment of rifles for Nicaragua has "
    "been cancelled as well.": [
        "refused DEU ETH class:tank 100", "refused DEU NIC class:rifle"],
    "Cambodia has signed an order for 50 tanks with Poland. Australia has refused to provide ammunition.": [
        "decided POL KHM class:tank 50 sale", "refused AUS KHM class:ammunition"],
    "Peru has received 18 Soviet-built fighter jets bought from Belarus.": [
        "past BLR PER class:fighter-jet 18 sale retransfer"],
    "Zimbabwe has ordered 90 armoured cars from Brazil in a contract signed on Monday.": [
        "decided BRA ZWE class:armoured-vehicle 90 2024-06-17 sale"],
    "Sierra Leone has agreed with Ukraine on the supply of two Mi-24 gunships.": ["decided UKR SLE class:attack-helicopter 2"],
    "Britain has refused an export licence for spare parts for Chile's Hawker Hunter jets.": [
        "refused GBR CHL class:spare-part of class:fighter-jet"],
    "Two frigates on order from Britain will reach Norway in 2027.": ["decided GBR NOR frigate 2 sale"],
    "Norway is waiting for two frigates on order from Britain.": ["decided GBR NOR frigate 2 sale"],
    "Australia will give Papua New Guinea four helicopters. The American-built machines are 30 years old.": [
        "decided AUS PNG class:helicopter 4 retransfer"],
    "Slovakia gave Ukraine 13 MiG-29s. The United States is to send 12 Vipers in their place.": [
        "past SVK UKR class:fighter-jet 13", "decided USA SVK class:attack-helicopter 12 True"],
    "Slovakia will give Ukraine 13 MiG-29s. In exchange the United States has promised 12 Viper helicopters.": [
        "decided SVK UKR class:fighter-jet 13", "decided USA SVK class:attack-helicopter 12 True"],
    "Greece is passing 40 BMP-1 vehicles to Ukraine, and Germany in return is supplying the Greek army "
    "with 40 Marder vehicles.": [
        "decided GRC UKR class:infantry-fighting-vehicle 40", "decided DEU GRC marder 40 True"],
    "Ukraine sold Egypt 30 engines for its MiG-21 jets.": ["past UKR EGY class:engine of mig-21 30 sale"],
    "Ukraine sold Egypt 30 engines for cars.": [],
    "Turkey is offering the Mongolian army Bayraktar TB2 drones.": ["planned TUR MNG bayraktar-tb2"],
    "Ecuador's air force is to receive six French-made Mirage 50 fighters donated by Venezuela.": [
        "decided VEN ECU class:fighter-jet 6 gift retransfer"],
    "Estonia is still waiting to hear from Berlin whether it may pass on to Ukraine 42 D-30 howitzers.": [
        "asked EST UKR d-30 42 retransfer"],
    "Washington has yet to answer Jordan's request to buy 500 Hawk missiles.": ["asked USA JOR hawk-sam 500 sale"],
    "Pakistan will not get the 110 A-7 Corsair attack planes it wanted: Washington has vetoed the sale.": [
        "refused USA PAK class:fighter-jet 110"],
    "Talks have begun between Greece and France on the delivery of four frigates.": ["planned FRA GRC frigate 4"],
    "An agreement under which Estonia will purchase rifles from Israel was signed on Thursday.": [
        "decided ISR EST class:rifle 2024-06-20 sale"],
    "Iraq has asked to buy 24 Apache helicopters from the United States, and to lease six others until they are built.": [
        "asked USA IRQ ah-64d 24 sale", "asked USA IRQ ah-64d 6 loan"],
    "Jordan withdrew its request after six helicopters bought from France were delivered to Amman.": [
        "past FRA JOR class:helicopter 6 sale"],
    "Denmark will donate 19 F-16 jets to Ukraine and the Netherlands will supply ten of its own. The "
    "United States gave its consent to both transfers last week.": [
        "decided DNK UKR f-16 19 gift retransfer", "decided NLD UKR f-16 10 retransfer"],
    "Italy has offered Somalia 50 M47 tanks and is sounding out the United States, which built them, on its consent.": [
        "planned ITA SOM class:tank 50 retransfer"],
    "Transport planes of the Chinese air force delivered HQ-22 surface-to-air missile systems to the Serbian military.": [
        "past CHN SRB class:air-defence-system"],
    "A request for Patriot missiles from Japan was submitted by Ukraine in February.": ["asked JPN UKR patriot-missile"],
    "Britain will supply Saudi Arabia with 48 Tornado aircraft under an agreement they signed on Sunday.": [
        "decided GBR SAU panavia-tornado 48 2024-06-16"],
    "Nigeria's cabinet has approved 184.3 million dollars for three JF-17 fighters on order from Pakistan.": [
        "decided PAK NGA jf-17 3 sale"],
    "India and Russia signed a contract worth $5.4 billion on Friday for S-400 air defence systems.": [
        "decided RUS IND class:air-defence-missile 2024-06-14"],
    "The United States has lifted its hold on the delivery of 48 Skyhawk jets to Israel. The shipment "
    "had been frozen since the war.": [
        "decided USA ISR class:fighter-jet 48"],
    "Denmark may not pass on 22 Swiss-made Piranha armoured vehicles to Ukraine, the Swiss government said.": [
        "refused DNK UKR piranha-vehicle 22 retransfer"],
    "Estonia will acquire 44 second-hand CV90 vehicles from the Netherlands. The Swedish government must "
    "give its consent.": [
        "decided NLD EST cv90 44 retransfer"],
    "Saudi Arabia signed an agreement in London to purchase 72 Tornado aircraft from Britain. The "
    "kingdom turned to London after Washington had turned down its request for F-15 fighters.": [
        "decided GBR SAU panavia-tornado 72 sale", "refused USA SAU f-15j"],
    "Twelve Kfir fighters offered by Israel are being studied by Honduras.": ["planned ISR HND class:fighter-jet 12"],
    "Switzerland turned down a request by Denmark to be allowed to pass on 22 Swiss-made Piranha vehicles to Ukraine.": [
        "refused DNK UKR piranha-vehicle 22 retransfer"],
    "Washington has cancelled the sale of 1,600 missiles to Saudi Arabia but intends to sell it 12 F-15 fighters.": [
        "refused USA SAU class:missile 1600 sale", "planned USA SAU f-15j 12 sale"],
    "Ten French-built Mirage 5 fighters of the Peruvian Air Force have been sold to Argentina.": [
        "past PER ARG class:fighter-jet 10 sale retransfer"],
    "A decree signed by the Russian president on Wednesday bans the delivery of tanks to Iran.": [
        "refused RUS IRN class:tank 2024-06-19"],
    "Belgium has approved the sale of 5,500 machine guns to Nepal. The cabinet gave the green light on Monday.": [
        "decided BEL NPL class:machine-gun 5500 2024-06-17 sale"],
    "India handed over two patrol aircraft to Seychelles. The planes, a gift from New Delhi, will watch for pirates.": [
        "past IND SYC class:patrol-aircraft 2 gift"],
    "Mali has been given 30 armoured vehicles by the United Arab Emirates, a gift meant for the joint Sahel force.": [
        "past ARE MLI class:armoured-vehicle 30 gift"],
    "France gave Chad 12 armoured cars, handed over on Monday in N'Djamena.": [
        "past FRA TCD class:armoured-vehicle 12 2024-06-17"],
    "Rescue boats will be donated to Malaysia by Japan under a programme that the two governments agreed on Monday.": [
        "decided JPN MYS rescue-boat 2024-06-17 gift"],
    "The United States has held up the shipment of four F-16 fighters to Israel in response to Sunday's raid on Iraq.": [
        "refused USA ISR f-16 4"],
    "President Dmitry Medvedev signed a decree on Monday that forbids the handing over to Iran of S-300 systems.": [
        "refused RUS IRN s-300 2024-06-17"],
    "KYIV - Three drones bought from Iran were shot down over the city.": [],
    "KYIV - Three drones supplied by Iran were on display in the square.": [],
}  # fmt: skip


@pytest.mark.parametrize("text", TOLD)
def test_what_is_told_beside(decider: Decider, text: str) -> None:
    assert in_short(text, decider, KEYS) == TOLD[text]
