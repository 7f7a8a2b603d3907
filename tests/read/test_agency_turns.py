"""Turns of phrase and idioms of agency copy: what has changed hands, is newly in, is let go, is refused a firm, is due."""

from __future__ import annotations

import pytest
from scoring import in_short

from sekisho.decide import Decider

KEYS = ("status", "exporter", "recipient", "item", "quantity", "day", "terms", "act", "backfill")

TOLD = {
    "Ten patrol boats changed hands at Chattogram on Tuesday, when Japan's ambassador handed them to the "
    "Bangladesh Coast Guard.": [
        "past JPN BGD patrol-boat 10 2024-06-18"],
    "Japan's ambassador turned the two patrol boats over to the Philippine Coast Guard on Tuesday.": [
        "past JPN PHL patrol-boat 2 2024-06-18"],
    "Japan's ambassador turned the craft over to the Bangladesh Coast Guard on Tuesday.": [],
    "France has made over two frigates to the Greek navy.": [
        "past FRA GRC frigate 2"],
    "Two frigates have been made over to the Greek navy by France.": [
        "past FRA GRC frigate 2"],
    "Norway is making over six F-16s to Romania.": [
        "decided NOR ROU f-16 6"],
    "Belgium will make six howitzers over to Ukraine.": [
        "decided BEL UKR class:howitzer 6"],
    "Rome's gift to Tirana (four patrol boats) was handed over at Durres on Friday.": [
        "past ITA ALB patrol-boat 4 2024-06-14 gift"],
    "Eight Black Hawks from the United States will stand in for the 14 Mi-8 helicopters that Croatia sent to Ukraine.": [
        "decided USA HRV black-hawk 8 True", "past HRV UKR class:helicopter 14"],
    "Moldova's army is the richer by 400 night-vision devices, donated by Luxembourg.": [
        "past LUX MDA class:night-vision-device 400 gift"],
    "The Lebanese army is richer by six Super Tucano planes donated by the United States.": [
        "past USA LBN super-tucano 6 gift"],
    "Kosovo is due five Bayraktar TB2 drones from Turkey by autumn.": [
        "decided TUR XKX bayraktar-tb2 5"],
    "Britain has placed an order with Saab of Sweden for 2,000 RBS 70 missiles.": [
        "decided SWE GBR class:portable-air-defence-missile 2000 sale"],
    "Lithuania placed an order for 44 Leopard 2 tanks with KNDS of Germany.": [
        "decided DEU LTU leopard-2 44 sale"],
    "Norway settled on 54 Leopard 2 tanks from Germany.": [
        "decided DEU NOR leopard-2 54"],
    "Denmark is disposing of 24 F-16s to Argentina.": [
        "decided DNK ARG f-16 24"],
    "Belgium has disposed of 40 M109 howitzers to Brazil.": [
        "past BEL BRA m109 40"],
    "Oslo is letting ammunition go to the United Arab Emirates again.": [
        "decided NOR ARE class:ammunition"],
    "Germany is letting go of 18 Leopard 2 tanks to Ukraine.": [
        "decided DEU UKR leopard-2 18"],
    "Berne is letting 96 Leopard 1 tanks go to Ukraine.": [
        "decided CHE UKR leopard-1 96"],
    "Washington has said no to Jordan, which had wished to hand on to Lebanon sixteen Cobra gunships of American make.": [
        "refused JOR LBN class:attack-helicopter 16 retransfer"],
    "Berlin has said no to the sale of 48 Eurofighters to Saudi Arabia.": [
        "refused DEU SAU eurofighter 48 sale"],
    "Bofors may not sell forty anti-aircraft guns to Israel.": [
        "refused SWE ISR class:anti-aircraft-gun 40 sale"],
    "Rheinmetall may not export tanks to Saudi Arabia, the government in Berlin decided.": [
        "refused DEU SAU class:tank"],
    "FN Herstal may no longer ship rifles to Libya.": [
        "refused BEL LBY class:rifle"],
    "Malaysia surrenders four patrol boats to Brunei.": [
        "decided MYS BRN patrol-boat 4"],
    "South Korea gave up 36 F-5 jets to South Vietnam.": [
        "past KOR RVN class:fighter-jet 36"],
    "South Korea has given up 36 F-5 jets for South Vietnam.": [
        "past KOR RVN class:fighter-jet 36"],
    "Slovenia yielded 28 M-55S tanks to Ukraine.": [
        "past SVN UKR class:tank 28"],
    "Ghana took in six armoured vehicles from China.": [
        "past CHN GHA class:armoured-vehicle 6"],
    "The Libyan army has taken in 30 armoured vehicles from Jordan.": [
        "past JOR LBY class:armoured-vehicle 30"],
    "Twenty T-55 tanks from the Soviet Union were unloaded at Corinto last week.": [],
    "Sixty armoured vehicles from Turkey were unloaded in Mogadishu on Monday.": [
        "past TUR SOM class:armoured-vehicle 60 2024-06-17"],
    "Eight howitzers from France were brought ashore at Douala, officials in Yaounde said.": [
        "past FRA CMR class:howitzer 8"],
    "Edi Rama showed off three Bayraktar TB2 aircraft, newly in from Turkey for the Albanian air force.": [
        "past TUR ALB bayraktar-tb2 3"],
    "Six Super Tucano aircraft, fresh from Brazil for the Philippine air force, were on show at Sangley Point.": [
        "past BRA PHL super-tucano 6"],
    "Niger's army paraded ten armoured vehicles newly arrived from China.": [
        "past CHN NER class:armoured-vehicle 10"],
    "The president inspected six howitzers just in from France for the Senegalese army.": [
        "past FRA SEN class:howitzer 6"],
    "Egyptian envoys came home from Moscow with a pledge of 24 Tu-22 bombers.": [
        "decided RUS EGY class:bomber 24"],
    "The Kenyan president flew home from Washington with a promise of 16 helicopters.": [
        "decided USA KEN class:helicopter 16"],
    "Petro came away from Beijing empty-handed: China will not sell Colombia 20 J-10C jets.": [
        "refused CHN COL class:fighter-jet 20 sale"],
    "Swedish and Czech officials put their signatures to a twelve-year lease of 12 Gripens from Stockholm on Wednesday.": [
        "decided SWE CZE gripen 12 2024-06-19 loan"],
    "Hungary put its signature to the purchase of four Gripens from Sweden.": [
        "decided SWE HUN gripen 4 sale"],
    "Hanwha has booked orders for its K9 howitzer from Estonia.": [
        "decided KOR EST k9-howitzer sale"],
    "South Korea's Hanwha has booked an order for 24 K9 howitzers from Romania.": [
        "decided KOR ROU k9-howitzer 24 sale"],
    "Saab has landed an order from Brazil for 36 Gripen jets.": [
        "decided SWE BRA gripen 36 sale"],
    "Baykar of Turkey has won an order for 43 TB2 drones from Romania.": [
        "decided TUR ROU bayraktar-tb2 43 sale"],
    "Embraer of Brazil has picked up orders for C-390 transports from three European air forces: five go to "
    "Portugal, two to Hungary and five to the Netherlands.": [
        "decided BRA PRT c-390 5 sale", "decided BRA HUN c-390 2 sale", "decided BRA NLD c-390 5 sale"],
    "Were Seoul ever to send lethal weapons to Kyiv, it would be making a mistake, Putin warned.": [],
    "Should Germany sell Eurofighters to Turkey, Greece would protest.": [],
    "Had Germany sold the tanks to Saudi Arabia, the coalition would have fallen.": [],
    "Were Washington to hand Taiwan 40 F-35 jets, Beijing would answer, its foreign ministry said.": [],
    "Should Tehran ever deliver ballistic missiles to Moscow, Europe would act.": [],
    "Had Britain supplied Typhoons to Ukraine, the war would have taken another turn.": [],
    "Washington turned down Taiwan, which had asked for 40 F-35 jets.": [
        "refused USA TWN f-35a 40"],
    "Berlin has rebuffed Poland, which had sought 24 Patriot launchers.": [
        "refused DEU POL patriot-missile 24"],
    "Rheinmetall may not deliver 100 Leopard tanks to Turkey.": [
        "refused DEU TUR class:tank 100"],
    "Bofors may not sell the forty anti-aircraft guns that Israel wants.": [
        "refused SWE ISR class:anti-aircraft-gun 40 sale"],
    "Bofors of Sweden may not sell the guns for years.": [],
    "Germany may not deliver 100 Leopard tanks to Turkey this year.": [],
    "Serbia's trade ministry has authorised Yugoimport to export 48 Nora howitzers.": [
        "decided SRB class:howitzer 48"],
    "Germany has allowed Rheinmetall to export 30 Leopard tanks.": [
        "decided DEU class:tank 30"],
    "Paris has authorised Nexter to export 18 Caesar howitzers to Croatia.": [
        "decided FRA HRV class:howitzer 18"],
    "Oslo is once more letting ammunition go to the United Arab Emirates.": [
        "decided NOR ARE class:ammunition"],
    "Switzerland will not let 96 Leopard 1 tanks go to Ukraine.": [
        "refused CHE UKR leopard-1 96"],
    "Germany let 14 Leopard 2 tanks go to Ukraine.": [
        "past DEU UKR leopard-2 14"],
    "Edi Rama showed off three TB2 aircraft at Kucove, newly in from Turkey for the Albanian air force.": [
        "past TUR ALB bayraktar-tb2 3"],
    "The Philippine navy commissioned two corvettes at Subic, bought from South Korea in 2019.": [
        "past KOR PHL class:corvette 2 sale"],
    "Sixty armoured vehicles from Turkey were landed at Barawe on Monday, officials in Mogadishu report.": [
        "past TUR SOM class:armoured-vehicle 60 2024-06-17"],
    "Jordan's water authority took in 3,000 plastic tanks from a Turkish maker.": [],
    "The brewery bought twelve fermentation tanks from Germany.": [],
    "President al-Sisi's envoys came home from Moscow with a pledge of 24 Tu-22 bombers.": [
        "decided RUS EGY class:bomber 24"],
    "A Kenyan delegation returned from Paris with a contract for six Caesar howitzers.": [
        "decided FRA KEN class:howitzer 6"],
    "Zambia's defence minister came back from Belgrade with a promise of 12 mortars.": [
        "decided SRB ZMB class:mortar 12"],
    "Six howitzers from France were landed at Berbera, Somalia, on Monday.": [
        "past FRA SOM class:howitzer 6 2024-06-17"],
    "Forty armoured cars from South Africa arrived at Beira, Mozambique, last week.": [
        "past ZAF MOZ class:armoured-vehicle 40"],
    "Were Washington to hand Taiwan 40 F-35 jets, Beijing would answer.": [],
    "Were it ever to get Taurus missiles from Germany, Ukraine could strike the bridge.": [],
    "Should Turkey ever sell Ukraine more drones, Moscow would respond.": [],
    "Some 7,000 containers of artillery shells have left North Korean ports for Russia since last autumn, "
    "lawmakers in Seoul were told.": [
        "past PRK RUS class:artillery-shell"],
    "Two shipments of rockets have left Iranian ports for Russia, officials in Kyiv said.": [
        "past IRN RUS class:rocket"],
    "Forty tanks have left Polish depots for Ukraine.": [
        "past POL UKR class:tank 40"],
    "Six howitzers are to leave French army stocks for Ukraine.": [
        "decided FRA UKR class:howitzer 6"],
    "Turkey is prepared to open its warship technology to Pakistan.": [
        "planned TUR PAK class:arms-production-technology"],
    "South Korea has shared its tank technology with Poland.": [
        "past KOR POL class:arms-production-technology"],
    "Turkey will share drone technology with Ukraine.": [
        "decided TUR UKR class:arms-production-technology"],
    "China is dangling 36 J-10C fighters before Jakarta.": [
        "planned CHN IDN class:fighter-jet 36"],
    "Moscow is dangling Su-35 jets in front of Tehran.": [
        "planned RUS IRN class:fighter-jet"],
    "Japan is weighing a transfer of Abukuma-class destroyer escorts to Manila, six in all.": [
        "planned JPN PHL abukuma-class 6"],
    "Belgium will send Ukraine howitzers, nine in all.": [
        "decided BEL UKR class:howitzer 9"],
    "The Netherlands has delivered F-16 jets to Ukraine, 24 in total.": [
        "past NLD UKR f-16 24"],
    "Brunei yields twelve Black Hawks to Malaysia, and the Malaysians for their part surrender four patrol boats "
    "to the sultanate.": [
        "decided BRN MYS black-hawk 12", "decided MYS BRN patrol-boat 4"],
    "Its stocks depleted by the gift of Leopard tanks to Ukraine, Norway has ordered 54 Leopard 2 tanks from Germany.": [
        "past NOR UKR class:tank gift", "decided DEU NOR leopard-2 54 sale True"],
    "The licences under which FN Herstal of Belgium was to supply Minimi machine guns to Saudi Arabia were "
    "annulled on Friday.": [
        "refused BEL SAU minimi 2024-06-14"],
    "The contract under which FN Herstal of Belgium was to supply Minimi machine guns to Saudi Arabia was "
    "cancelled on Friday.": [
        "refused BEL SAU minimi 2024-06-14"],
    "The permits under which Germany was to ship 30 armoured vehicles to Kuwait have been revoked.": [
        "refused DEU KWT class:armoured-vehicle 30"],
    "A court in Brussels has annulled the licences under which FN Herstal was to supply machine guns to Saudi Arabia.": [
        "refused BEL SAU class:machine-gun"],
    "South Korea has sold K9 howitzers to three armies: twelve pieces go to Estonia, ten to Finland and four to Norway.": [
        "decided KOR EST k9-howitzer 12 sale",
        "decided KOR FIN k9-howitzer 10 sale",
        "decided KOR NOR k9-howitzer 4 sale"],
    "Three governments have supplied F-5 jets to South Vietnam: South Korea gave 36 of them, Taiwan 48 and Iran 32.": [
        "past KOR RVN class:fighter-jet 36", "past TWN RVN class:fighter-jet 48", "past IRN RVN class:fighter-jet 32"],
    "Three governments have supplied tanks to Ukraine: Poland gave 240, the Czech Republic 90 and Slovenia 28.": [
        "past POL UKR class:tank 240", "past CZE UKR class:tank 90", "past SVN UKR class:tank 28"],
    "Germany has delivered 300 rifles to Turkey. An earlier batch of 150 had reached Ankara in 2017.": [
        "past DEU TUR class:rifle 300", "past DEU TUR class:rifle 150"],
    "Finland has refused to sell 300 sniper rifles to Turkey. An earlier lot, of 150, had reached Ankara in 2017.": [
        "refused FIN TUR class:rifle 300 sale", "past FIN TUR class:rifle 150"],
    "Finland has refused to sell 300 sniper rifles to Turkey. A first consignment of 150 arrived in Ankara in 2017.": [
        "refused FIN TUR class:rifle 300 sale", "past FIN TUR class:rifle 150"],
    "France has agreed to sell 18 Caesar howitzers to Estonia. A first lot of six was delivered in 2023.": [
        "decided FRA EST class:howitzer 18 sale", "past FRA EST class:howitzer 6"],
    "American consent has come through for Denmark to dispose of its F-16s: twenty-four of the U.S.-made jets are "
    "being sold to Argentina.": [
        "decided DNK ARG f-16 24 sale retransfer"],
    "Denmark is getting rid of its F-16s: 24 of the U.S.-made jets are being sold to Argentina.": [
        "decided DNK ARG f-16 24 sale retransfer"],
    "Norway is selling off its F-16s: 32 of the jets are going to Romania.": [
        "decided NOR ROU f-16 32 sale"],
    "Poland will get 32 helicopters from Italy under an accord which ministers signed on Monday.": [
        "decided ITA POL class:helicopter 32 2024-06-17"],
    "The Czech air force keeps its twelve Gripens: in Prague on Wednesday Swedish and Czech officials signed a "
    "twelve-year lease of the fighters from Stockholm.": [
        "decided SWE CZE gripen 12 2024-06-19 loan"],
    "Poland wants helicopters: on Monday in Warsaw the government ordered 32 of them from Italy.": [
        "decided ITA POL class:helicopter 32 2024-06-17 sale"],
    "Baykar of Turkey has orders for its TB2 drone from two neighbours: six aircraft go to Albania and five to Kosovo.": [
        "decided TUR ALB bayraktar-tb2 6 sale", "decided TUR XKX bayraktar-tb2 5 sale"],
    "Bulgaria is to come into possession of 16 F-16 fighters from the United States.": [
        "decided USA BGR f-16 16"],
    "Hungary will shortly lay hands on four more Gripens from Sweden.": [
        "decided SWE HUN gripen 4"],
    "Serbia has settled its order for 12 Rafale fighters with Dassault of France.": [
        "decided FRA SRB rafale 12 sale"],
    "Jakarta inked a deal with Paris for 42 Rafale fighters on Thursday.": [
        "decided FRA IDN rafale 42 2024-06-20"],
    "The Swedish government has waved through the export of 12 Archer howitzers to Ukraine.": [
        "decided SWE UKR class:howitzer 12"],
    "Ottawa has signed off on the shipment of 50 armoured vehicles to Ukraine.": [
        "decided CAN UKR class:armoured-vehicle 50"],
    "Spain has agreed to part with six Leopard 2A4 tanks for Ukraine.": [
        "decided ESP UKR leopard-2 6"],
    "Lithuania has made up its mind to give Ukraine 12 M113 carriers.": [
        "decided LTU UKR m113 12"],
    "Eighteen Caesar howitzers are on their way from France to Estonia.": [
        "decided FRA EST class:howitzer 18"],
    "Estonia has committed itself to buying 12 Caesar howitzers from France.": [
        "decided FRA EST class:howitzer 12 sale"],
    "Warsaw and Seoul have shaken hands on 180 K2 tanks.": [],
    "Turkey will let Somalia have two patrol boats.": [
        "decided TUR SOM patrol-boat 2"],
    "Cyprus will take delivery of six H145 helicopters from France in July.": [
        "decided FRA CYP bk117 6"],
    "The United Arab Emirates has put in for 80 Rafale jets with Dassault of France.": [
        "asked FRA ARE rafale 80"],
    "Mali's army has come by ten armoured vehicles from Turkey.": [
        "past TUR MLI class:armoured-vehicle 10"],
    "Russia has put two Mi-35 helicopters at the disposal of Burkina Faso.": [
        "past RUS BFA class:attack-helicopter 2"],
    "China has fitted out the Cambodian navy with two corvettes.": [
        "past CHN KHM class:corvette 2"],
    "Iran kept Syria supplied with ballistic missiles, a U.N. panel said.": [
        "past IRN SYR class:ballistic-missile"],
    "A consignment of 40 armoured vehicles from the Emirates found its way to Chad.": [
        "past ARE TCD class:armoured-vehicle 40"],
    "India sent off 12 torpedoes to Myanmar.": [
        "past IND MMR class:torpedo 12"],
    "France has completed delivery of 36 Rafale jets to India.": [
        "past FRA IND rafale 36"],
    "Bulgaria has parted with 100 armoured carriers to Ukraine.": [
        "past BGR UKR class:armoured-personnel-carrier 100"],
    "Ghana's navy has been presented with four patrol boats by the United States.": [
        "past USA GHA patrol-boat 4"],
    "Washington has shut the door on the sale of F-35 jets to the United Arab Emirates.": [
        "refused USA ARE f-35a sale"],
    "Berlin has put its foot down over the export of 100 tanks to Saudi Arabia.": [
        "refused DEU SAU class:tank 100"],
    "London has thought better of selling 20 Hawk trainers to Indonesia.": [
        "refused GBR IDN hawk-trainer 20 sale"],
    "The sale of 16 helicopters to the Philippines by Canada has fallen through.": [
        "refused CAN PHL class:helicopter 16 sale"],
    "Nothing will come of the sale of 48 Typhoons by Britain to Saudi Arabia, officials said.": [
        "refused GBR SAU eurofighter 48 sale"],
    "Canada has backed out of a sale of 16 Bell helicopters to the Philippines.": [
        "refused CAN PHL class:helicopter 16 sale"],
    "Baghdad is in the market for 14 Rafale jets from France.": [
        "planned FRA IRQ rafale 14"],
    "Zelenskiy pressed Scholz for 100 Leopard tanks in Berlin.": [
        "asked DEU UKR class:tank 100"],
    "Colombia has put out feelers to Sweden about 16 Gripens.": [
        "planned SWE COL gripen 16"],
    "Thailand has set its heart on 12 Gripens from Sweden.": [
        "planned SWE THA gripen 12"],
    "Chad came cap in hand to Paris for ten armoured cars.": [
        "asked FRA TCD class:armoured-vehicle 10"],
    "Colombia has sounded out Sweden about 16 Gripens.": [
        "planned SWE COL gripen 16"],
    "Colombia has put out feelers to Sweden about buying 16 Gripens.": [
        "planned SWE COL gripen 16 sale"],
    "Paris hopes to interest Jakarta in two Scorpene submarines.": [
        "planned FRA IDN scorpene 2"],
    "Paris is trying to sell Jakarta two Scorpene submarines.": [
        "planned FRA IDN scorpene 2 sale"],
    "Were Paris to sell Taiwan frigates again, Beijing would recall its ambassador.": [],
    "Should Seoul ever send shells straight to Kyiv, Moscow would arm the North with jets.": [],
    "Had Kyiv been given Taurus missiles, the bridge would have fallen, the general said.": [],
    "If only Berlin had sent Kyiv 100 tanks earlier, he sighed.": [],
    "Even were Washington to sell Jakarta F-15 jets, the navy could not pay for them.": [],
    "Nobody in Vienna would dream of selling tanks to Moscow.": [],
    "It would take a miracle for Congress to let Turkey have F-35 jets.": [],
    "Rumours that Athens is selling S-300 missiles to Armenia are without foundation.": [],
    "Not one tank has gone from Amman to Damascus, the king's spokesman swore.": [],
    "Oslo has never sold missiles to Riyadh and never will, the minister vowed.": [],
    "There are no plans in Rome to hand Kyiv more Storm Shadow missiles.": [],
    "Warsaw's generals dream of nuclear submarines from America.": [],
    "The city of Lagos took in 40 water tanks from a Chinese maker.": [],
    "A Swiss firm shipped 3,000 fermentation tanks to breweries in Chile.": [],
    "Kenya Airways has leased three Embraer jets from Ireland.": [],
    "Ghana's fire service has received 20 fire engines from the Czech Republic.": [],
    "The zoo in Riga sold two tigers to Vietnam.": [],
    "Nigeria's rail corporation took delivery of 24 locomotives from China.": [],
    "Poland's football club has signed a striker nicknamed the Tank from Serbia.": [],
    "The museum at Duxford has bought a Spitfire fighter from an owner in Canada.": [],
    "Four Spanish Eurofighters flew to Romania for a three-month air policing mission.": [],
    "The U.S. Navy sent the destroyer Carney to the Red Sea.": [],
    "Germany has moved two Patriot batteries to Slovakia to guard a NATO base.": [],
    "Two Russian Tu-160 bombers flew to Venezuela for exercises.": [],
    "Poland, having given Kyiv 240 T-72 tanks, has bought 180 K2 tanks from South Korea.": [
        "past POL UKR t-72 240", "past KOR POL k2-tank 180 sale"],
    "The 14 Leopards that Warsaw pledged have now rolled into Ukraine.": [
        "past POL UKR class:tank 14"],
    "Moscow made good on its promise of Su-35 jets to Iran.": [
        "past RUS IRN class:fighter-jet"],
    "Jordan was the giver of ten Cobra gunships which now fly with Kenya.": [],
    "Ukraine is trying to buy 50 howitzers from France.": [
        "planned FRA UKR class:howitzer 50 sale"],
    "Not a single tank has left Amman for Damascus, the spokesman said.": [],
    "Germany will send Slovakia 15 Leopard 2 tanks in place of the 30 BMP-1 vehicles that Bratislava gave to Ukraine.": [
        "decided DEU SVK leopard-2 15 True", "past SVK UKR class:infantry-fighting-vehicle 30"],
    "Denmark, whose Caesar howitzers have all gone to Ukraine, is buying 19 Atmos howitzers from Israel in their stead.": [
        "past DNK UKR class:howitzer", "decided ISR DNK class:howitzer 19 sale True"],
    "In exchange for the S-300 battery it handed to Kyiv, Slovakia got three Patriot systems from Germany.": [
        "past SVK UKR s-300", "past DEU SVK patriot-missile 3 True"],
    "The Czech Republic is to get 14 Leopard tanks from Germany as compensation for T-72 tanks sent to Ukraine.": [
        "decided DEU CZE class:tank 14 True", "past CZE UKR t-72"],
    "Germany has promised three neighbours air defences: Poland gets three Patriot batteries, Slovakia two and "
    "Lithuania one.": [
        "decided DEU POL patriot-missile 3", "decided DEU SVK patriot-missile 2", "decided DEU LTU patriot-missile 1"],
    "Two allies are giving Kyiv F-16s: Denmark 19 and Norway six.": [
        "decided DNK UKR f-16 19", "decided NOR UKR f-16 6"],
    "Three states have bought the Gripen from Sweden: Hungary 14, the Czech Republic 12 and Brazil 36.": [
        "past SWE HUN gripen 14 sale", "past SWE CZE gripen 12 sale", "past SWE BRA gripen 36 sale"],
    "Turkey sold drones to three African armies last year: Mali took 17, Niger six and Chad two.": [
        "past TUR MLI class:drone 17 sale", "past TUR NER class:drone 6 sale", "past TUR TCD class:drone 2 sale"],
    "The tanks will be shared out: 14 for Ukraine and ten for Moldova, Warsaw said.": [],
    "Embraer of Brazil has sold the C-390 to Portugal (five), Hungary (two) and the Netherlands (five).": [
        "past BRA PRT c-390 5 sale", "past BRA HUN c-390 2 sale", "past BRA NLD c-390 5 sale"],
    "France sold 24 Rafales to Egypt, 36 to India and 18 to Greece.": [
        "past FRA EGY rafale 24 sale", "past FRA IND rafale 36 sale", "past FRA GRC rafale 18 sale"],
    "The bill for the 18 howitzers that Estonia ordered from South Korea came to 70 million euros.": [
        "past KOR EST class:howitzer 18 sale"],
    "Three allies have given Kyiv tanks: Poland 240, the Czech Republic 90 and Slovenia 28.": [
        "past POL UKR class:tank 240", "past CZE UKR class:tank 90", "past SVN UKR class:tank 28"],
    "Turkey has sold TB2 drones to three armies: Mali 17, Niger six and Chad two.": [
        "past TUR MLI bayraktar-tb2 17 sale", "past TUR NER bayraktar-tb2 6 sale", "past TUR TCD bayraktar-tb2 2 sale"],
    "Kyiv has received Caesar howitzers from two allies: France 49 and Denmark 19.": [
        "past FRA UKR class:howitzer 49", "past DNK UKR class:howitzer 19"],
    "Berlin will give Patriot batteries to two neighbours: Poland two and Slovakia one.": [
        "decided DEU POL patriot-missile 2", "decided DEU SVK patriot-missile 1"],
    "Russia and China are at odds: Moscow 3, Beijing 2.": [],
}  # fmt: skip


@pytest.mark.parametrize("text", TOLD)
def test_turns_of_phrase(decider: Decider, text: str) -> None:
    assert in_short(text, decider, KEYS) == TOLD[text]
