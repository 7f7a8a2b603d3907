"""Idioms of whole sentences: who agrees on what, what is bound for a state, whose gift it was, what is tried or expected."""

from __future__ import annotations

import pytest
from scoring import in_short

from sekisho.decide import Decider

KEYS = ("status", "exporter", "recipient", "item", "quantity", "day", "terms", "act", "backfill")

TOLD = {
    "Ghana has been handed the keys to ten armoured cars by China.": [
        "past CHN GHA class:armoured-vehicle 10"],
    "Ownership of two frigates passed from Italy to Egypt on Friday.": [
        "past ITA EGY frigate 2 2024-06-14"],
    "Six Black Hawks have gone from the United States to Croatia's air force.": [
        "past USA HRV black-hawk 6"],
    "Argentina is to have 24 F-16s from Denmark.": [
        "decided DNK ARG f-16 24"],
    "Argentina gets 24 F-16s from Denmark under the deal.": [
        "decided DNK ARG f-16 24"],
    "Norway's old F-16s find a new home in Romania, which pays 388 million euros for 32 of them.": [
        "decided NOR ROU f-16 32 sale"],
    "Australia is bestowing two patrol boats on Tonga.": [
        "decided AUS TON patrol-boat 2"],
    "Beijing has showered Cambodia with 290 trucks and jeeps.": [],
    "Washington has let slip that it delivered ATACMS missiles to Ukraine in March.": [
        "past USA UKR atacms"],
    "Seoul has cleared Poland's order for 180 K2 tanks for export.": [
        "decided KOR POL k2-tank 180 sale"],
    "The Bundestag has nodded through the sale of six frigates to Egypt.": [
        "decided DEU EGY frigate 6 sale"],
    "Nothing now stands in the way of the delivery of 40 Leopards to Ukraine by Berlin.": [
        "decided DEU UKR class:tank 40"],
    "Riyadh has signed up for 54 Rafale fighters from France.": [
        "decided FRA SAU rafale 54"],
    "Croatia has snapped up 12 second-hand Rafales from France.": [
        "past FRA HRV rafale 12 sale"],
    "Morocco's king wants his air force to fly the F-35 and has asked Washington for 32.": [
        "asked USA MAR f-35a 32"],
    "Bangladesh is to be equipped by Turkey with 18 Bayraktar TB2 drones.": [
        "decided TUR BGD bayraktar-tb2 18"],
    "Twelve Chinese-made tanks ended up in Gabon as a gift from Beijing.": [
        "past CHN GAB class:tank 12 gift"],
    "Dutch F-16s, 24 in number, now belong to Ukraine.": [],
    "A hundred Bushmasters have so far gone to Ukraine from Australia.": [
        "past AUS UKR bushmaster 100"],
    "Tunis and Washington have come to terms on eight patrol boats, which the U.S. Navy will hand over in May.": [
        "decided USA TUN patrol-boat 8"],
    "The Netherlands hands Romania 18 F-16s for a token one euro.": [
        "decided NLD ROU f-16 18"],
    "Slovakia's MiG-29s are now Ukraine's.": [],
    "Egypt and France have come to terms on the sale of 24 Rafale fighters.": [
        "decided FRA EGY rafale 24 sale"],
    "France and Egypt have agreed on the sale of 24 Rafale fighters.": [
        "decided FRA EGY rafale 24 sale"],
    "Egypt and France have agreed on 24 Rafale fighters.": [
        "decided FRA EGY rafale 24"],
    "Egypt and France have signed for 24 Rafale fighters.": [
        "decided FRA EGY rafale 24"],
    "Tunisia and the United States have come to terms on eight patrol boats.": [
        "decided USA TUN patrol-boat 8"],
    "Peru and South Korea agreed on the purchase of 30 armoured vehicles on Monday.": [
        "decided KOR PER class:armoured-vehicle 30 2024-06-17 sale"],
    "Manila and Tokyo have agreed the transfer of five patrol boats.": [
        "decided JPN PHL patrol-boat 5"],
    "Greece and Egypt have agreed to hold joint exercises with F-16 jets.": [],
    "Berlin has given the green light for 18 Leopards to go to Ukraine.": [
        "decided DEU UKR class:tank 18"],
    "The green light has been given by Berlin for 18 Leopards to go to Ukraine.": [
        "decided DEU UKR class:tank 18"],
    "Berlin has allowed 18 Leopards to go to Ukraine.": [
        "decided DEU UKR class:tank 18"],
    "Berlin cleared the way for 18 Leopards to go to Ukraine.": [
        "decided DEU UKR class:tank 18"],
    "Berne will not permit 96 Leopard 1 tanks to go to Ukraine.": [
        "refused CHE UKR leopard-1 96"],
    "Six Hawk batteries from Spain are bound for Ukraine.": [
        "decided ESP UKR hawk-sam 6"],
    "Spain's last six Hawk batteries are bound for Ukraine.": [
        "decided ESP UKR hawk-sam 6"],
    "Six of Spain's Hawk batteries will leave for Ukraine.": [
        "decided ESP UKR hawk-sam 6"],
    "Two frigates are bound for the Gulf, Paris said.": [],
    "Three French frigates set sail for Lebanon to take part in an exercise.": [],
    "Finland and Estonia have agreed that Helsinki will hand over 60 howitzers.": [
        "decided FIN EST class:howitzer 60"],
    "Kenya and Turkey signed an agreement on Monday for 118 Hizir armoured vehicles.": [
        "decided TUR KEN class:armoured-vehicle 118 2024-06-17"],
    "Ghana, which has ordered six L-39 jets from the Czech Republic, will receive the first in May.": [
        "decided CZE GHA class:trainer-aircraft 6 sale"],
    "Bangladesh said Thursday it had chosen China's J-10C over the Gripen and would order 16.": [
        "decided CHN BGD class:fighter-jet 16 sale"],
    "The State Department approved the possible sale of 40 F-16s to Turkey for 23 billion dollars.": [
        "decided USA TUR f-16 40 sale"],
    "Parliament in Copenhagen on Tuesday approved the donation of 19 F-16s to Ukraine.": [
        "decided DNK UKR f-16 19 2024-06-18 gift"],
    "Nepal has asked India to replace its ageing helicopters with two new Dhruvs.": [
        "asked IND NPL class:helicopter 2"],
    "Kazakhstan has held talks with France on the purchase of 100 Rafale fighters, a source said.": [
        "planned FRA KAZ rafale 100 sale"],
    "Japan on Friday provided Malaysia with four rescue boats under its OSA scheme.": [
        "past JPN MYS rescue-boat 4 2024-06-14"],
    "Lockheed Martin has been awarded a 4.7-billion-dollar contract to supply Poland with HIMARS launchers.": [
        "decided USA POL himars"],
    "Ecuador has cancelled a plan to hand its Mi-17 helicopters to the United States in exchange for new arms.": [
        "refused ECU USA class:helicopter"],
    "The Swiss government has rejected Spain's request to pass on Swiss-made air defence guns to Ukraine.": [
        "refused ESP UKR class:anti-aircraft-gun retransfer"],
    "Cuba has bought nothing from Russia since 2010, its envoy said.": [],
    "Azerbaijan paraded Israeli-made Barak missiles in Baku on Saturday.": [],
    "Libya's Government of National Unity took delivery of 30 BMC Kirpi vehicles from Turkey.": [
        "past TUR LBY class:armoured-vehicle 30"],
    "Cambodia's prime minister thanked Beijing for two corvettes which arrived at Ream on Thursday.": [
        "past CHN KHM class:corvette 2 2024-06-20"],
    "Croatia's MiG-21s, upgraded in Ukraine in 2014, will be replaced by Rafales.": [],
    "Taiwan is still waiting for 66 F-16s it ordered from the United States in 2019.": [
        "decided USA TWN f-16 66 sale"],
    "Australia has declined to give Ukraine its retired Taipan helicopters and will bury them.": [
        "refused AUS UKR class:helicopter"],
    "The committee gave up 36 seats to the opposition in Kenya.": [],
    "Turkey gave up the S-400 for good.": [],
    "The two Koreas changed hands of a border post.": [],
    "The F-16s newly in from a patrol over Estonia were refuelled at Siauliai.": [],
    "Pilots newly arrived from Denmark will train on F-16s in Romania.": [],
    "Nobody in Berlin is the richer by the sale of tanks.": [],
    "The firm is the richer by 40 million dollars after the sale of its radar unit.": [],
    "The minister came home from Paris with a promise of talks on helicopters.": [],
    "The president came home from Paris with a bad cold.": [],
    "Zambia's president returned from China with a pledge of 30 million dollars for roads.": [],
    "Kenya is due a visit by the American destroyer Cole.": [],
    "The tanks are due a refit from Germany's KNDS.": [],
    "If Jordan were to be offered the tanks by Germany, it would accept.": [],
    "Were it not for Turkey, Azerbaijan would have no drones, an analyst said.": [],
    "The keys to Ukraine's defence are shells, the general said in Berlin.": [],
    "Poland handed over the keys to a new barracks for U.S. troops at Poznan.": [],
    "A lot of 150 rifles was stolen from a depot in Hungary.": [],
    "Batches of shells of 155 mm calibre are tested in Slovakia.": [],
    "Three teams scored: Poland 3, Ukraine 2 and Latvia 1.": [],
    "Two states bought most of the grain from Ukraine: Egypt 3 million tonnes, Turkey 2.": [],
    "Russia and India have agreed on the sale of oil.": [],
    "Japan and the Philippines have agreed on joint patrols with frigates.": [],
    "Britain and Ukraine agreed on Monday to train pilots on F-16 jets.": [],
    "Leaders of Poland and South Korea agreed on closer ties and visited a plant that makes K2 tanks.": [],
    "Nothing stands in the way of peace, Moscow told Kyiv.": [],
    "Ukraine is trying to shoot down drones from Iran.": [],
    "Moscow is trying to draw Turkey away from NATO.": [],
    "Interpol is trying to trace rifles sold by Libya.": [],
    "Sweden let a Russian freighter go after a search for shells.": [],
    "Berlin let 14 Afghan pilots go to Poland.": [],
    "Ships left Iranian ports for Yemen, the U.S. Navy said.": [],
    "Three Russian frigates left Syrian ports for Libya.": [],
    "Police in Spain may not sell their old pistols.": [],
    "Saab may not be able to deliver Gripens to Ukraine before 2027.": [],
    "Boeing may not deliver the first jet to Korean Air this year.": [],
    "Airbus may not sell a single A400M to Malaysia this year, analysts say.": [],
    "Lithuania gave Ukraine its last M113 carriers. To replace them it has ordered 120 Boxer vehicles from Germany.": [
        "past LTU UKR m113", "decided DEU LTU class:armoured-personnel-carrier 120 sale True"],
    "In the wake of its gift of 14 Challenger tanks to Ukraine, Britain turned to Germany for 30 Leopards.": [
        "past GBR UKR class:tank 14 gift", "asked DEU GBR class:tank 30"],
    "Slovakia has shipped Kyiv 13 MiG-29 jets; the European Union will pay for them and Washington will sell "
    "Bratislava 12 Viper helicopters at a discount.": [
        "past SVK UKR class:fighter-jet 13", "decided USA SVK class:attack-helicopter 12 sale"],
    "Portugal delivered its three Leopards to Ukraine in March. Germany is to make good the loss with three newer ones.": [
        "past PRT UKR class:tank 3", "decided DEU PRT class:tank 3 True"],
    "Serbia's purchase from France (twelve Rafale fighters) was sealed in Belgrade on Thursday.": [
        "decided FRA SRB rafale 12 2024-06-20 sale"],
    "The latest American package for Taiwan (66 F-16s and 400 Harpoon missiles) was approved on Monday.": [
        "decided USA TWN f-16 66 2024-06-17", "decided USA TWN harpoon 400 2024-06-17"],
    "A Chinese gift, 25 trucks and 100 motorcycles for the Zambian army, arrived in Lusaka on Friday.": [],
    "Four boats, the gift of Italy, now patrol off Libya.": [],
    "Three Mi-17 helicopters left Kazan for Dhaka on Tuesday, Russian Helicopters announced.": [
        "past RUS BGD class:helicopter 3 2024-06-18"],
    "Word from Riyadh is that 48 Typhoons will be bought from Britain.": [
        "decided GBR SAU eurofighter 48 sale"],
    "Dassault of France will build 12 Rafales for Serbia.": [
        "decided FRA SRB rafale 12"],
    "Only Congress stands between Ankara and 40 F-16s from the United States.": [],
    "Brussels will not hear of selling rifles to Saudi Arabia any more.": [],
    "Twenty-eight more are to follow.": [],
    "It is settled: Belgrade will have 12 Rafales from France, Macron said beside Vucic.": [
        "decided FRA SRB rafale 12"],
    "Eight Seahawks are Copenhagen's; eight more are being built in America for Oslo.": [
        "decided USA NOR class:helicopter 8"],
    "Bucharest has had its fill of delays and cancelled an order for four corvettes from France's Naval Group.": [
        "refused FRA ROU class:corvette 4 sale"],
    "Abuja's T-129 helicopters have come: Turkey delivered the last two of six on Tuesday.": [
        "past TUR NGA class:attack-helicopter 2 2024-06-18"],
    "Tehran wants jets, and Moscow has offered it 24 Su-35s.": [
        "planned RUS IRN class:fighter-jet 24"],
    "With Washington's consent Seoul is selling Baghdad eight T-50 trainers, whose engines are American.": [
        "decided KOR IRQ t-50 8 sale retransfer"],
    "Not Paris but Rome will sell Cairo two frigates.": [
        "decided ITA EGY frigate 2 sale"],
    "Seoul, not Berlin, is to build Warsaw 980 tanks.": [
        "decided KOR POL class:tank 980"],
    "Stockholm has no objection to Hungary's passing on four Gripens to Bulgaria.": [
        "decided HUN BGR gripen 4 retransfer"],
    "Before Amman may sell its Cobras to Kenya it needs a nod from Washington.": [],
    "Bern's veto keeps 12,400 Gepard shells, made in Switzerland, from going to Ukraine from Germany.": [
        "refused DEU UKR class:artillery-shell 12400 retransfer"],
    "Berlin lifted its block on Estonia's sending nine D-30 howitzers to Ukraine.": [
        "decided EST UKR d-30 9 retransfer"],
    "Germany gave Poland a free hand to send 11 MiG-29s to Ukraine.": [
        "decided POL UKR class:fighter-jet 11 retransfer"],
    "Washington stopped Israel from selling Kfir jets with American engines to Ecuador.": [
        "refused ISR ECU class:fighter-jet sale retransfer"],
    "The United States blocked Israel's sale of 24 Kfir fighters to Ecuador.": [
        "refused ISR ECU class:fighter-jet 24 sale retransfer"],
    "Brazil may now sell Super Tucanos to Vietnam: Washington has dropped its objections.": [
        "decided BRA VNM super-tucano sale retransfer"],
    "Warsaw has filed a letter of request with Washington for 96 Apache helicopters.": [
        "asked USA POL ah-64d 96"],
    "Zelenskiy came to London to beg for Typhoons.": [
        "asked GBR UKR eurofighter"],
    "Mali's junta is pleading with Moscow for more Su-25 jets.": [
        "asked RUS MLI class:fighter-jet"],
    "Lebanon turned to Paris for 24 Caesar howitzers.": [
        "asked FRA LBN class:howitzer 24"],
    "Nigeria applied to Washington in 2014 to buy Cobra helicopters and was refused.": [
        "refused USA NGA class:attack-helicopter sale"],
    "Manila has lodged a request with Tokyo for two more patrol ships.": [
        "asked JPN PHL class:patrol-ship 2"],
    "Yerevan has put out a call to New Delhi for Pinaka launchers.": [
        "asked IND ARM class:rocket-launcher"],
    "Bangkok and Stockholm are close to a deal on 12 Gripens.": [
        "planned SWE THA gripen 12"],
    "Lisbon is eyeing F-35s from the United States.": [
        "planned USA PRT f-35a"],
    "Paris has tabled an offer to Athens of three more frigates.": [
        "planned FRA GRC frigate 3"],
    "Tel Aviv has Prague in its sights for the sale of four Iron Dome batteries.": [],
    "Berlin lifted its veto on Estonia sending nine D-30 howitzers to Ukraine.": [
        "decided EST UKR d-30 9 retransfer"],
    "Washington's consent to Norway's giving 22 F-16s to Ukraine came on Monday.": [
        "decided NOR UKR f-16 22 2024-06-17 retransfer"],
    "Bern's veto keeps 12,400 shells from going to Ukraine.": [
        "refused CHE UKR class:artillery-shell 12400"],
    "Sixteen Hizir vehicles from Turkey were offloaded in Mombasa on Monday for the Kenyan army.": [
        "past TUR KEN class:armoured-vehicle 16 2024-06-17"],
    "A ship with 40 tanks from Bulgaria put in at Luanda last week.": [
        "past BGR AGO class:tank 40"],
    "A Russian freighter landed ten T-72 tanks at Port Sudan for the Sudanese army.": [
        "past RUS SDN t-72 10"],
    "Five Antonov flights brought air defence missiles from China to Serbia.": [
        "past CHN SRB class:air-defence-missile"],
    "Chinese transport planes flew HQ-22 missiles into Belgrade for the Serbian army.": [
        "past CHN SRB class:air-defence-system"],
    "An Ilyushin from Minsk touched down in Harare with two Mi-24 gunships for the air force.": [
        "past BLR ZWE class:attack-helicopter 2"],
    "Six crated L-39s from Prague were put together again in Bamako in May.": [],
    "Two Super Tucanos for Lebanon left Florida on Monday.": [],
    "Chad's new tanks came from the Emirates, which sent 30.": [
        "past ARE TCD class:tank 30"],
    "Over the past year Tbilisi received Javelin missiles worth 75 million dollars from Washington.": [
        "past USA GEO javelin"],
    "Between 2010 and 2015 Moscow shipped Caracas 92 T-72 tanks.": [
        "past RUS VEN t-72 92"],
    "Some 40 Leopards, gifts of Spain and Norway, have reached Ukraine.": [
        "past ESP UKR class:tank gift", "past NOR UKR class:tank gift"],
    "Tallinn has emptied its depots of howitzers for Kyiv: all 24 of its FH-70s are gone.": [],
    "Ghana expects four patrol boats from Israel this year.": [
        "decided ISR GHA patrol-boat 4"],
    "Accra expects an answer from Israel on patrol boats.": [],
    "Duda said Poland would within days hand Ukraine four MiG-29s.": [
        "decided POL UKR class:fighter-jet 4"],
    "Poland will within days hand Ukraine four MiG-29s.": [
        "decided POL UKR class:fighter-jet 4"],
    "Saudi Arabia has gone to London for 48 Tornados.": [
        "asked GBR SAU panavia-tornado 48"],
    "Kuwait's parliament shot down the purchase of 14 Rafales from France.": [
        "refused FRA KWT rafale 14 sale"],
    "Russia shot down four drones from Turkey over Libya.": [],
    "Delivery of 48 FA-50 jets from South Korea to Poland is a year late.": [
        "decided KOR POL t-50 48"],
    "The handover of four MiG-29s by Poland to Ukraine took place in March.": [
        "past POL UKR class:fighter-jet 4"],
    "No tanks will go from Switzerland to Ukraine while the ban stands, Bern said.": [
        "refused CHE UKR class:tank"],
    "Ukraine will have to do without Taurus missiles from Germany, Scholz said.": [
        "refused DEU UKR taurus-kepd-350"],
    "Bangkok picked Gripens over F-16s and will buy 12 from Sweden.": [
        "decided SWE THA gripen 12 sale"],
    "Switzerland paid 6 billion francs for 36 F-35s from the United States.": [
        "past USA CHE f-35a 36 sale"],
    "Berlin and Paris are at one on sending Ukraine Patriots and SAMP/T systems.": [],
    "Spain sold Saudi Arabia 400 laser-guided bombs after all.": [
        "past ESP SAU class:guided-bomb 400 sale"],
    "The Dutch are lending Lithuania a Patriot battery.": [
        "decided NLD LTU patriot-missile 1 loan"],
    "Slovakia hires two radars from Israel for three years.": [
        "decided ISR SVK class:radar 2 loan"],
    "Montenegro returned two leased helicopters to Croatia.": [],
    "Iraq bartered oil for 24 L-159 jets from the Czech Republic.": [
        "past CZE IRQ class:fighter-jet 24"],
    "Qatar gave Lebanon's army 70 armoured vehicles and fuel for them.": [
        "past QAT LBN class:armoured-vehicle 70"],
    "Two of the three submarines that Germany built for Israel have been delivered.": [
        "past DEU ISR submarine 2"],
    "Taiwan has paid in full for 66 F-16s which the United States has yet to deliver.": [
        "decided USA TWN f-16 66 sale"],
    "The Emirates walked away from 50 F-35s from the United States.": [
        "refused USA ARE f-35a 50"],
    "Greece is in line for 20 F-35s from the United States.": [
        "planned USA GRC f-35a 20"],
    "Kyiv was assured by Oslo of six F-16s.": [
        "decided NOR UKR f-16 6"],
    "Oslo assured Kyiv that it would get six F-16s.": [
        "decided NOR UKR f-16 6"],
    "Tokyo undertook to build six patrol ships for Manila.": [
        "decided JPN PHL class:patrol-ship 6"],
    "Italy is good for a second SAMP/T battery, Kyiv was told in Rome.": [],
    "Oslo assured Kyiv of six F-16s.": [
        "decided NOR UKR f-16 6"],
    "Washington assured Congress of the safety of its bombers.": [],
    "Mali hired 400 gunmen from Russia.": [],
    "The Bahamas hired three patrol boats from Italy for the summer.": [
        "past ITA BHS patrol-boat 3 loan"],
    "Portugal's parliament has given its seal of approval to a gift of 14 M113 carriers to Ukraine.": [
        "decided PRT UKR m113 14 gift"],
    "Ankara's appetite for 40 Typhoons from Britain is undimmed.": [],
    "Seoul has clinched the sale of 36 K9 howitzers to Vietnam's army.": [
        "decided KOR VNM k9-howitzer 36 sale"],
    "Hungary has the option of ten more Gripens from Sweden.": [],
    "Athens has exercised an option for a fourth frigate from France.": [
        "decided FRA GRC frigate 1 sale"],
    "Cairo sealed its purchase of 30 Rafales from Paris with a signature on Tuesday.": [
        "decided FRA EGY rafale 30 2024-06-18 sale"],
    "Brasilia has had second thoughts about 36 howitzers from Israel's Elbit.": [],
    "Brasilia has suspended the purchase of 36 howitzers from Israel's Elbit.": [
        "refused ISR BRA class:howitzer 36 sale"],
    "The American Senate failed to block the sale of bombs to Israel.": [
        "decided USA ISR class:bomb sale"],
    "Lisbon is making Kyiv a gift of 14 M113 carriers.": [
        "decided PRT UKR m113 14 gift"],
    "Delhi made a gift of two patrol planes to Mauritius.": [
        "past IND MUS class:patrol-aircraft 2 gift"],
    "Kyiv's pilots will soon be flying 24 Dutch F-16s.": [],
    "Warsaw has got its hands on 116 Abrams tanks from the United States.": [
        "past USA POL m1-abrams 116"],
    "Tallinn passed up a chance to buy 30 Leopards from Germany.": [],
    "Five Oliver Perry frigates once of the U.S. Navy sail under the Turkish flag.": [],
    "Turkey's Baykar is to build its drones in Ukraine under an accord signed in Kyiv.": [],
    "Ukraine says that it still lacks 1,000 of the shells that Prague promised.": [],
    "Amman, asked by Kyiv for its old Gepards, has not replied.": [
        "asked JOR UKR gepard"],
    "Greece has exercised an option for three more frigates from France.": [
        "decided FRA GRC frigate 3 sale"],
    "Israel, asked by Ukraine for Iron Dome batteries, has kept silent.": [
        "asked ISR UKR iron-dome"],
    "The general sat on a tank supplied by Russia.": [],
}  # fmt: skip


@pytest.mark.parametrize("text", TOLD)
def test_recast_sentences(decider: Decider, text: str) -> None:
    assert in_short(text, decider, KEYS) == TOLD[text]
