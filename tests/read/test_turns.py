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
    "Eight Seahawks are Copenhagen's; eight more are being built in America for Oslo.": [],
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
    "Some 40 Leopards, gifts of Spain and Norway, have reached Ukraine.": [],
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
}  # fmt: skip


@pytest.mark.parametrize("text", TOLD)
def test_turns_of_phrase(decider: Decider, text: str) -> None:
    assert in_short(text, decider, KEYS) == TOLD[text]
