"""What is told together: numbers in one order each, leave and its answer, licences, ships stopped, what stands by the way."""

from __future__ import annotations

import datetime as dt

import pytest
from scoring import DAY, Passage, drafted, in_short

from sekisho.decide import Decider

KEYS = ("status", "exporter", "recipient", "item", "quantity", "act")

TOLD = {
    "Denmark, Norway and the Netherlands have pledged 19, 22 and 24 F-16 fighters respectively to Ukraine.": [
        "decided DNK UKR f-16 19", "decided NOR UKR f-16 22", "decided NLD UKR f-16 24"],
    "Kenya and Uganda were given 10 helicopters and 20 mortars respectively by Italy.": [
        "past ITA KEN class:helicopter 10", "past ITA UGA class:mortar 20"],
    "Denmark has 44 F-16s. It will give Argentina and Ukraine 24 and 19 respectively.": [
        "decided DNK ARG f-16 24", "decided DNK UKR f-16 19"],
    "Twelve Leopards for Chile, 18 for Peru and six for Ecuador were shipped from Germany on Monday.": [
        "past DEU CHL class:tank 12", "past DEU PER class:tank 18", "past DEU ECU class:tank 6"],
    "Six drones were sent to Niger, ten to Mali and six to Burkina Faso by Turkey.": [
        "past TUR NER class:drone 6", "past TUR MLI class:drone 10", "past TUR BFA class:drone 6"],
    "Sweden sent Chad 300 tractors, 20 mortars and 12 helicopters.": [
        "past SWE TCD class:mortar 20", "past SWE TCD class:helicopter 12"],
    "Finland sought Berlin's consent to send three Leopard 2 tanks to Ukraine, and got it on Wednesday.": [
        "decided FIN UKR leopard-2 3 retransfer"],
    "Chile asked Berlin for leave to hand 30 Marder vehicles to Ukraine and was turned down on Tuesday.": [
        "refused CHL UKR marder 30 retransfer"],
    "Jordan asked Britain whether it could sell 80 Challenger 1 tanks to Ukraine. London said yes.": [
        "decided JOR UKR class:tank 80 retransfer"],
    "Oslo told Prague on Monday that it could pass six howitzers on to Kyiv.": ["decided CZE UKR class:howitzer 6 retransfer"],
    "Berlin has until Friday to decide whether Estonia may pass nine howitzers to Ukraine.": [
        "asked EST UKR class:howitzer 9 retransfer"],
    "Warsaw asked Berlin to be allowed to send 14 Leopard 2 tanks to Ukraine.": ["asked POL UKR leopard-2 14 retransfer"],
    "Germany's Rheinmetall has granted Hungary a licence to build 209 Lynx fighting vehicles.": [
        "decided DEU HUN class:infantry-fighting-vehicle 209"],
    "Saudi Arabia will manufacture Kornet missiles under a licence that Russia granted in 2017.": [
        "decided RUS SAU class:anti-tank-missile"],
    "Spain blocked a ship carrying howitzers from India to Israel.": ["refused IND ISR class:howitzer"],
    "Hungary, which leases 14 Gripens from Sweden, will buy four more.": [
        "decided SWE HUN gripen 14", "decided SWE HUN gripen 4"],
    "The United States will replace the tanks that Poland gave to Ukraine with 116 Abrams.": [
        "decided USA POL m1-abrams 116", "past POL UKR class:tank"],
    "The ban on the sale of howitzers to Chile, imposed in 1976, was lifted by Congress.": ["decided USA CHL class:howitzer"],
    "Poland and Germany have 320 and 180 Leopard tanks respectively.": [],
    "A ship carrying grain for Yemen was turned back off Hodeidah.": [],
    "Two Russian frigates are heading home after a visit to Cuba.": [],
    "Kenya's request for permission to fly four jets over Uganda was rejected.": [],
    "Canada sent 300 instructors, five trucks and 12 armoured vehicles to Latvia for a NATO rotation.": [],
}  # fmt: skip


@pytest.mark.parametrize("text", TOLD)
def test_what_is_told_together(decider: Decider, text: str) -> None:
    assert in_short(text, decider, KEYS) == TOLD[text]


WORTH = {
    "Lithuania signed a contract with Germany's KNDS for 44 Leopard 2 tanks. It is worth 950 million euros.":
        ("value", "EUR 950000000"),
    "Greece will hand Ukraine 24 howitzers. The decision was taken by the cabinet on Tuesday.": ("day", dt.date(2024, 6, 18)),
    "Turkey gave Somalia six drones. The delivery took place on Monday.": ("day", dt.date(2024, 6, 17)),
    "Under a ring swap agreed on Tuesday, Slovenia will pass 28 tanks to Ukraine.": ("day", dt.date(2024, 6, 18)),
    "Japan will sell the Philippines four radars. Manila is paying 5.5 billion pesos.": ("value", "PHP 5500000000"),
}  # fmt: skip


@pytest.mark.parametrize("text", WORTH)
def test_worth_and_days_told_later(decider: Decider, text: str) -> None:
    (draft,) = drafted(Passage("told", DAY, text, []), decider)
    name, value = WORTH[text]
    assert draft[name] == value
