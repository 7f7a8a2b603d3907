"""Turns of phrase for leave, refusal, loans and lists: what is revoked, barred by a third, blocked, on loan, from a lot."""

from __future__ import annotations

import pytest
from scoring import in_short

from sekisho.decide import Decider

KEYS = ("status", "exporter", "recipient", "item", "quantity", "day", "terms", "act", "backfill")

TOLD = {
    "Canadian permits for drone components destined for Turkey were cancelled on Monday.": [
        "refused CAN TUR class:spare-part 2024-06-17"],
    "British licences for armoured cars to Libya have been revoked.": ["refused GBR LBY class:armoured-vehicle"],
    "German export permits for rifles intended for Mexico were annulled.": ["refused DEU MEX class:rifle"],
    "Swiss permits for grenades ordered by Yemen were withdrawn.": ["refused CHE YEM class:grenade sale"],
    "Greek licences for the sale of drones to Belarus were revoked.": ["refused GRC BLR class:drone sale"],
    "Denmark has annulled permits for patrol boats bought by Egypt.": ["refused DNK EGY patrol-boat sale"],
    "No German licences for tanks for Israel have been issued.": [],
    "Two South Korean makers of tear gas have been told that they may not export to Bahrain.": [
        "refused KOR BHR class:tear-gas"],
    "A Belgian maker of rifles has been told that it may not export them to Nepal.": ["refused BEL NPL class:rifle"],
    "The 25 Swiss-made Piranha vehicles that Denmark wants to give to Ukraine must not be re-exported, "
    "the Swiss government said.": [
        "refused DNK UKR piranha-vehicle 25 retransfer"],
    "The tanks which Spain would like to send Ukraine cannot be released, Berlin has ruled.": [
        "refused ESP UKR class:tank retransfer"],
    "Berlin will not let the patrol boats they build go to Saudi Arabia.": ["refused DEU SAU patrol-boat"],
    "The 12 helicopters that Chile was waiting for will not leave Britain, the Foreign Office said.": [
        "refused GBR CHL class:helicopter 12"],
    "The tanks that Egypt ordered will not leave Britain.": ["refused GBR EGY class:tank sale"],
    "Israel gets no more Mirages from France.": ["refused FRA ISR class:fighter-jet"],
    "Egypt ordered 40 tanks from Britain, but they will not be delivered, the Foreign Office said.": [
        "refused GBR EGY class:tank 40 sale"],
    "Libya paid for 12 helicopters from Italy, but none will leave the country, Rome said.": [
        "refused ITA LBY class:helicopter 12 sale"],
    "Two frigates for Taiwan are being built in France, but neither will be delivered, the French foreign"
    " ministry said.": [
        "refused FRA TWN frigate 2"],
    "Egypt has ordered 40 tanks from Britain, but they will not be delivered before 2027.": [
        "decided GBR EGY class:tank 40 sale"],
    "Denmark wants to give Ukraine 20 Piranha vehicles, but Switzerland is blocking the transfer.": [
        "refused DNK UKR piranha-vehicle 20 retransfer"],
    "Denmark wants to give Ukraine 20 Piranha vehicles. Switzerland is blocking the transfer.": [
        "refused DNK UKR piranha-vehicle 20 retransfer"],
    "Denmark wants to give Ukraine 20 Piranha vehicles but Switzerland, which made them, has refused its "
    "consent.": [
        "refused DNK UKR piranha-vehicle 20 retransfer"],
    "Turkey wanted to sell Pakistan 30 T129 helicopters, but the United States would not allow it.": [
        "refused TUR PAK class:attack-helicopter 30 sale retransfer"],
    "Spain plans to send Leopard tanks to Ukraine, but Germany will not allow it.": [
        "refused ESP UKR class:tank retransfer"],
    "Estonia would like to help Ukraine with howitzers, but Germany is blocking it.": [
        "refused EST UKR class:howitzer retransfer"],
    "The United States wants to sell Saudi Arabia 48 F-15 jets, but Israel objects.": ["planned USA SAU f-15j 48 sale"],
    "Poland has agreed to help Ukraine with tank repairs.": [],
    "Twelve helicopters ordered by Libya are blocked in Italy.": ["refused ITA LBY class:helicopter 12 sale"],
    "Two frigates ordered by Iran remain in Britain under the embargo.": ["refused GBR IRN frigate 2 sale"],
    "Eight C-130 transports bought by Libya have been held up in the United States since 1973.": [
        "refused USA LBY c-130 8 sale"],
    "Fifty Mirages which Israel ordered remain blocked in France.": ["refused FRA ISR class:fighter-jet 50 sale"],
    "Twelve helicopters, ordered and paid for by Libya, stay locked up in Italy.": [
        "refused ITA LBY class:helicopter 12 sale"],
    "Six helicopters were held up in Italy by bad weather.": [],
    "Berne sees no breach of the arms embargo in the sale of 60 PC-7 trainers to South Africa.": [
        "decided CHE ZAF class:trainer-aircraft 60 sale"],
    "Paris has found no fault with the sale of six frigates to India.": ["decided FRA IND frigate 6 sale"],
    "Austria sees no obstacle to the delivery of 100 tanks to Morocco.": ["decided AUT MAR class:tank 100"],
    "Chile will buy 100 Leopard tanks from the Netherlands: Germany, which made them, has approved the "
    "sale.": [
        "decided NLD CHL class:tank 100 sale retransfer"],
    "The last hurdle to Romania's purchase of 12 F-16s from Portugal has been cleared: the United States,"
    " where the jets were made, has agreed to the resale.": [
        "decided PRT ROU f-16 12 sale retransfer"],
    "Berlin consented to Spanish Leopard tanks being passed on to Ukraine.": ["decided ESP UKR class:tank retransfer"],
    "A spokeswoman would not say on Friday, asked if Berlin would consent to Spanish Leopard tanks being "
    "passed on to Ukraine.": [],
    "Fourteen Gripens have been in Czech service on lease from Sweden since 2005.": ["past SWE CZE gripen 14 loan"],
    "Twelve frigates are in Greece on loan from the United States.": ["past USA GRC frigate 12 loan"],
    "Poland flies 14 Gripens on lease from Sweden.": ["past SWE POL gripen 14 loan"],
    "Hungary has 14 Gripens on loan from Sweden.": ["past SWE HUN gripen 14 loan"],
    "The museum has a tank on loan from Britain.": [],
    "Three officers are in Hungary on loan from Sweden.": [],
    "Manila has signed for what is Japan's first export of complete defence equipment since 2014: three "
    "FPS-3ME radars, which stay in one place, and one TPS-P14ME, which travels by truck.": [
        "decided JPN PHL fps-3me 3", "decided JPN PHL tps-p14me 1"],
    "Italy has agreed to a sale of military equipment to Egypt worth 9 billion euros: two frigates and 24"
    " Typhoon jets.": [
        "decided ITA EGY frigate 2 sale", "decided ITA EGY eurofighter 24 sale"],
    "Berlin approved the sale to Egypt of four frigates, which displace 3,700 tons, and two submarines.": [
        "decided DEU EGY frigate 4 sale", "decided DEU EGY submarine 2 sale"],
    "Rifles found in Libya came from a consignment of 3,000 which Belgium sold to Qatar in 2010, U.N. "
    "experts said.": [
        "past BEL QAT class:rifle 3000 sale"],
    "The rifles were among 9,000 that Germany sold to Mexico in 2008.": ["past DEU MEX class:rifle 9000 sale"],
    "The missiles came from a consignment which Bulgaria sold to Saudi Arabia in 2014.": ["past BGR SAU class:missile sale"],
    "Switzerland sold grenades to the United Arab Emirates in 2003. Despite a pledge to keep the Swiss-"
    "made grenades, the Emirates gave some to Jordan as a gift.": [
        "past CHE ARE class:grenade sale", "past ARE JOR class:grenade gift retransfer"],
    "The submarines were sold by Germany to Norway in 1980 and by Norway to Poland in 2002.": [
        "past DEU NOR submarine sale", "past NOR POL submarine sale"],
    "The tanks had been bought by Chile from the Netherlands in 1999 and by Peru from Chile in 2012.": [
        "past NLD CHL class:tank sale", "past CHL PER class:tank sale"],
    "India and Japan are in talks over 15 US-2 aircraft.": ["planned JPN IND us-2 15"],
    "Greece and Germany are negotiating over four submarines, a purchase put at $1.2 billion by the Greek"
    " navy.": [
        "planned DEU GRC submarine 4 sale"],
    "Coastal radars are something Tokyo is itself considering offering to the Malaysians.": [
        "planned JPN MYS coastal-radar"],
    "Frigates are what Paris would like to sell to Saudi Arabia.": ["planned FRA SAU frigate sale"],
    "A contract signed in Paris on Monday seals the sale of 36 Rafale jets to India.": [
        "decided FRA IND rafale 36 2024-06-17 sale"],
    "Notes exchanged in Jakarta on Friday seal Japan's grant of three patrol boats, worth 1,921 million "
    "yen, to Indonesia.": [
        "decided JPN IDN patrol-boat 3 2024-06-14 gift"],
    "Six frigates for Argentina are being built in Germany.": ["decided DEU ARG frigate 6"],
    "PAC-3 missiles that Mitsubishi Heavy Industries builds under licence are to be sold to the United "
    "States for 3 billion yen.": [
        "decided JPN USA patriot-pac-3 sale"],
    "Rifles that Turkey makes under a German licence were sold to Kuwait.": ["past TUR KWT class:rifle sale"],
    "Finland has settled on the Hawk. Four Hawks are to be bought ready-made from BAE of Britain; 20 "
    "others will be put together in Finland.": [
        "decided GBR FIN hawk-trainer 4 sale"],
    "Britain sold Chile four Mark 46 torpedoes.": ["past GBR CHL class:torpedo 4 sale"],
    "The Netherlands has refused to sell Taiwan four submarines. An earlier pair was delivered to the "
    "island in 1987.": [
        "refused NLD TWN submarine 4 sale", "past NLD TWN submarine 2"],
    "South Korea lent the United States 500,000 shells. Last year Washington bought 100,000 such shells "
    "from its ally.": [
        "past KOR USA class:artillery-shell 500000 loan", "past KOR USA class:artillery-shell 100000 sale"],
    "Export permits for 12 helicopters ordered by Nicaragua were pulled by Ottawa on Tuesday.": [
        "refused CAN NIC class:helicopter 12 2024-06-18 sale"],
    "London has taken back its consent to the sale of 24 Hawks to Zimbabwe.": ["refused GBR ZWE hawk-trainer 24 sale"],
    "France is keeping the two Mistrals it built for Russia.": ["refused FRA RUS mistral-ship 2"],
    "The Swedes are holding on to the Gripens that Kyiv would like to have.": ["refused SWE UKR gripen"],
    "Washington left Pakistan without the 28 F-16s it had paid for.": ["refused USA PAK f-16 28"],
    "Ukraine will have to do without Taurus missiles from Germany.": ["refused DEU UKR taurus-kepd-350"],
    "Saudi Arabia can forget about Leopards from Germany, the chancellor said.": ["refused DEU SAU class:tank"],
    "No more tanks will go to Turkey, the German foreign minister promised.": ["refused DEU TUR class:tank"],
    "Italy will not deliver the 12 helicopters to Egypt until 2026.": ["decided ITA EGY class:helicopter 12"],
    "Paris said no when Athens wanted to hand Mirage 2000s to Ukraine.": ["refused GRC UKR class:fighter-jet retransfer"],
    "Paris has nothing against Athens handing Mirage 2000s to Ukraine.": ["decided GRC UKR class:fighter-jet retransfer"],
    "Norway sold six Leopard tanks to Chile. Germany has agreed.": ["past NOR CHL class:tank 6 sale retransfer"],
    "South Africa will not allow the G5 howitzers it made to be sold on by Oman to Rwanda.": [
        "refused OMN RWA class:howitzer sale retransfer"],
    "Ecuador meant to give the United States six Russian helicopters, but Moscow objected and Quito "
    "backed down.": [
        "refused ECU USA class:helicopter 6"],
    "The Czechs sold Ukraine 58 BMP-1 vehicles that had come from the East German army by way of Sweden; "
    "Berlin agreed.": [
        "past CZE UKR class:infantry-fighting-vehicle 58 sale retransfer", "past DDR CZE class:infantry-fighting-vehicle 58"],
    "Ecuador will hand over six Soviet-made helicopters to the United States and get six Black Hawks in "
    "return.": [
        "decided ECU USA class:helicopter 6 retransfer", "decided USA ECU black-hawk 6"],
    "Czech tanks went to Ukraine; Germany is making up for them with 14 Leopards.": [
        "past CZE UKR class:tank", "decided DEU CZE class:tank 14 True"],
    "Slovakia will be recompensed by the United States with 12 Vipers.": ["decided USA SVK class:attack-helicopter 12"],
    "Germany will compensate Slovenia with 40 military trucks for the 28 tanks it gave Ukraine.": [
        "decided DEU SVN military-truck 40 True", "past SVN UKR class:tank 28"],
    "Berlin has halted exports of patrol boats to Saudi Arabia. Twenty boats are affected.": [
        "refused DEU SAU patrol-boat 20"],
    "Italy has revoked a licence for bombs for Saudi Arabia. The ban concerns 12,700 bombs.": [
        "refused ITA SAU class:bomb 12700"],
    "Taiwan will get no more submarines from the Netherlands. The cabinet has rejected an export licence "
    "for four boats.": [
        "refused NLD TWN submarine 4"],
    "Libya is to receive 110 Mirage jets from France. Fifty such aircraft ordered by Israel are blocked "
    "in France.": [
        "decided FRA LBY class:fighter-jet 110", "refused FRA ISR class:fighter-jet 50 sale"],
    "The Dutch are retiring their F-16s; 24 are going to Ukraine and 18 to Romania.": [
        "decided NLD UKR f-16 24", "decided NLD ROU f-16 18"],
    "Sweden and Hungary have announced the sale of four Gripens.": ["decided SWE HUN gripen 4 sale"],
    "Poland's purchase of 48 FA-50 jets from South Korea was made public in Warsaw.": ["decided KOR POL t-50 48 sale"],
    "Twelve Hawks for Kenya: the sale was announced in London on Monday.": [
        "decided GBR KEN hawk-trainer 12 2024-06-17 sale"],
    "Thailand's cabinet on Tuesday voted the money for 12 Gripens from Sweden.": ["decided SWE THA gripen 12 2024-06-18"],
    "The Philippines has landed three BrahMos batteries from India.": ["past IND PHL brahmos 3"],
    "Egypt has 24 Rafales from France.": ["past FRA EGY rafale 24"],
    "Israel has helped Azerbaijan to 50 drones.": ["past ISR AZE class:drone 50"],
    "Peru has received four ex-Italian frigates.": ["past ITA PER frigate 4"],
    "New Zealand cancelled the lease of 28 F-16 fighters from the United States. The planes were built "
    "for Pakistan, which Washington barred from receiving them in 1990.": [
        "refused USA NZL f-16 28 loan", "refused USA PAK f-16 28"],
    "The minister sees no breach of the embargo in the visit of six frigates to Taiwan.": [],
    "Sweden has three trainers from Britain teaching its pilots.": [],
    "Poland wants to host U.S. missiles, but Germany is blocking it.": [],
    "The missiles that Iran wants to fire at Israel will not leave the ground, an Israeli general said.": [],
    "Makers of drones were told that they must not fly over Paris.": [],
    "Berlin will not let the frigates they build go to sea before Friday.": [],
    "The rifles came from a shop which a German ran in Texas.": [],
    "Ten helicopters for Kenya's police: the film was shown in London on Monday.": [],
    "Japan and South Korea announced the sale of a car plant.": [],
    "The Hungarian premier and his Swedish counterpart signed an agreement on the purchase of four "
    "Gripens.": [
        "decided SWE HUN gripen 4 sale"],
    "The Polish defence minister and his South Korean colleague agreed on the sale of 180 K2 tanks.": [
        "decided KOR POL k2-tank 180 sale"],
    "Chile's president received his Turkish counterpart, who offered him 40 armoured vehicles.": [
        "planned TUR CHL class:armoured-vehicle 40"],
    "Hungary and Sweden announced the purchase of four Gripens.": ["decided SWE HUN gripen 4 sale"],
    "The Hungarian president and his Swedish host watched four Gripens.": [],
    "Chile has come away from Berlin with a promise of 60 Leopard tanks.": ["decided DEU CHL class:tank 60"],
    "Libya's leader left Rome with a contract for 20 helicopters in his pocket.": ["decided ITA LBY class:helicopter 20"],
    "Iraq is down to get 36 F-16s from the United States.": ["decided USA IRQ f-16 36"],
    "The French left Djibouti's navy two patrol boats when they went home.": ["past FRA DJI patrol-boat 2"],
    "The war left the Syrian army 300 tanks and no fuel.": [],
    "The minister came home from Moscow with a missile under his arm.": [],
    "Tokyo and Manila exchanged notes on Friday on the grant of four coastal radars.": [
        "decided JPN PHL coastal-radar 4 2024-06-14 gift"],
    "Japan exchanged notes with Sri Lanka on Monday on the grant of two patrol boats.": [
        "decided JPN LKA patrol-boat 2 2024-06-17 gift"],
    "Under notes signed in Colombo on Monday Japan will give Sri Lanka two patrol boats.": [
        "decided JPN LKA patrol-boat 2 2024-06-17"],
    "The Swedish premier has on his desk a request from Kyiv for Gripens.": ["asked SWE UKR gripen"],
    "Chancellor Scholz assured President Zelensky of 18 more howitzers.": ["decided DEU UKR class:howitzer 18"],
    "Norway and Chile exchanged diplomatic notes over a border.": [],
    "What Kyiv will get from Berlin this month: 18 howitzers, 30 Gepards and a Patriot battery.": [
        "decided DEU UKR class:howitzer 18", "decided DEU UKR gepard 30", "decided DEU UKR patriot-missile 1"],
    "Two things Athens wants from Paris: six Rafales and three frigates.": [
        "planned FRA GRC rafale 6", "planned FRA GRC frigate 3"],
    "Britain is sending Oman three things: 12 Typhoons, 8 Hawks and two patrol ships.": [
        "decided GBR OMN eurofighter 12", "decided GBR OMN hawk-trainer 8", "decided GBR OMN class:patrol-ship 2"],
    "Ireland may not hand its 80 Piranha vehicles to Kyiv, the Swiss government has let Dublin know.": [
        "refused IRL UKR piranha-vehicle 80 retransfer"],
    "The Swiss cabinet sees itself unable to let Spain pass on two anti-aircraft guns to Ukraine.": [
        "refused ESP UKR class:anti-aircraft-gun 2 retransfer"],
    "Israel could not sell its Kfirs to Ecuador because Washington withheld its consent.": [
        "refused ISR ECU class:fighter-jet sale retransfer"],
    "Because Berlin said no, Warsaw could not send its Leopards to Kyiv.": ["refused POL UKR class:tank retransfer"],
    "No licence will be given for the 200 howitzers that Jordan ordered in Austria.": [
        "refused AUT JOR class:howitzer 200 sale"],
    "The Swedish minister said after talks with his Hungarian colleague that four Gripens would be sold "
    "to Budapest.": [
        "decided SWE HUN gripen 4 sale"],
    "The Swedish minister told reporters after talks with his Hungarian colleague that four Gripens would"
    " be sold to Budapest.": [
        "decided SWE HUN gripen 4 sale"],
    "The Polish president said in Seoul on Monday that Poland would buy 180 K2 tanks from South Korea.": [
        "decided KOR POL k2-tank 180 sale"],
    "Modi agreed after talks in Paris with his French host that India would buy 26 Rafales.": [
        "decided FRA IND rafale 26 sale"],
    "The Kremlin said during a visit by the Serbian president that Moscow would give Belgrade six "
    "MiG-29s.": [
        "decided RUS SRB class:fighter-jet 6"],
    "The minister said after talks with the firm that makes the tanks for Poland that he was content.": [],
    "Two Italian frigates are as good as sold to Cairo.": ["decided ITA EGY frigate 2 sale"],
    "Kyiv can count on 18 howitzers from Berlin.": ["decided DEU UKR class:howitzer 18"],
    "The American president warned his Chinese counterpart against sending drones to Russia.": [],
    "Hungary's defence minister said Sweden, with which it had been talking since May, would sell it four"
    " Gripens.": [
        "decided SWE HUN gripen 4 sale"],
    "Word came from Stockholm on Friday that four Gripens would be sold to Hungary.": ["decided SWE HUN gripen 4 sale"],
}  # fmt: skip


@pytest.mark.parametrize("text", TOLD)
def test_turns_of_phrase_are_read_as_the_plain_words(decider: Decider, text: str) -> None:
    assert in_short(text, decider, KEYS) == TOLD[text]
