"""The law by day: what begins and what ends on each day of change, written here by hand, and the corpus held to it.

In the two lists a day has a line of its own with what happened; below it `+` is what begins, `-` what ends (that day is the
first on which it no longer holds) and `=` what the regime says from then on where nothing speaks. One line an instrument and
sign, its provisions by the part of the id after `#`.
"""

import datetime as dt
import json
import re
import subprocess
import sys
from collections import Counter

import pytest
from typer.testing import CliRunner

from sekisho.cli import app
from sekisho.corpus import Corpus
from sekisho.text import NEVER

JAPAN = """
1967-04-21 the Three Principles on arms exports, as answered in the Diet
    = permitted
    + jp.principles-1967: defence-equipment communist-bloc un-embargo conflict
1976-02-27 the government's view: restraint everywhere else, production equipment like arms
    + jp.view-1976: defence-equipment-1976 restraint no-restraint
    - jp.principles-1967: defence-equipment
1983-01-14 military technology to the United States
    + jp.us-technology-1983: technology exception framework charter-use prior-consent
1991-09-19 weapons of dispatched forces: peacekeeping, disaster relief, evacuation
    + jp.sdf-dispatch-1991: own-weapons exception permitted-weapons
1996-04-15 cross-servicing with the United States
    + jp.acsa-us-1996: supply exception undertakings
1997-12-02 humanitarian demining
    + jp.demining-1997: demining exception prior-consent
1998-04-28 cross-servicing with the United States, in situations around Japan
    + jp.acsa-us-1998: supply exception undertakings
1998-12-25 joint research on missile defence
    + jp.bmd-research-1998: research exception conditions-1983
2000-04-18 abandoned chemical weapons in China
    + jp.acw-china-2000: disposal exception conditions
2001-10-05 special measures against terrorism
    + jp.anti-terror-2001: activities exception undertakings
2003-06-13 special measures for Iraq
    + jp.iraq-2003: activities exception undertakings
2004-02-27 cross-servicing with the United States, in armed-attack situations
    + jp.acsa-us-2004: supply exception undertakings
2004-12-10 joint development and production for missile defence
    + jp.bmd-development-2004: missile-defence exception strict-control case-by-case
2005-12-24 the SM-3 Block IIA
    + jp.sm3-2005: joint-development exception framework strict-control
2006-06-13 patrol vessels for Indonesia
    + jp.patrol-indonesia-2006: vessels exception prior-consent three-vessels
2007-10-17 replenishment at sea
    + jp.replenishment-2007: activities exception
2009-03-13 action against piracy
    + jp.piracy-2009: activities exception strict-control
2010-05-19 cross-servicing with Australia
    + jp.acsa-australia-2010: supply exception undertakings
2011-12-27 two comprehensive exceptions: peace contribution, joint development
    + jp.guidelines-2011: peace peace-exception peace-control joint-work joint-exception joint-security joint-control
        onward-consent onward-ground onward-control
2013-03-01 parts for the F-35
    + jp.f35-2013: parts exception us-control charter-users
2013-12-23 ammunition for the United Nations in South Sudan
    + jp.unmiss-2013: contribution exception strict-control council cabinet once
2014-04-01 the Three Principles on transfer and their Guidelines: three bars and a closed list, in place of all before;
           the older exceptions live on as one head, so their definitions do not end
    = prohibited
    + jp.principles: defence-equipment own-hands treaty security-council-embargo security-council-finding country-party
    + jp.guidelines: governmental five-category-use peace-government peace-bodies-2014 significance-peace
        joint-development acsa-2014 us-technology us-licensed-2014 five-categories-2014 sdf-activity officials
        nationals significance-security minimal-effect minimal-effect-found earlier-exceptions consent other-use
        unsuitable-end-user security-concern control control-alternative council-2014 secretaries-2014
        joint-development-defined
    + jp.treaties: chemical-weapons biological-weapons nuclear-weapons anti-personnel-mines cluster-munitions
    - jp.principles-1967: communist-bloc un-embargo conflict
    - jp.view-1976: defence-equipment-1976 restraint no-restraint
    - jp.us-technology-1983: exception framework charter-use prior-consent
    - jp.sdf-dispatch-1991: exception permitted-weapons
    - jp.acsa-us-1996: exception undertakings
    - jp.demining-1997: exception prior-consent
    - jp.acsa-us-1998: exception undertakings
    - jp.bmd-research-1998: exception conditions-1983
    - jp.acw-china-2000: exception conditions
    - jp.anti-terror-2001: exception undertakings
    - jp.iraq-2003: exception undertakings
    - jp.acsa-us-2004: exception undertakings
    - jp.bmd-development-2004: exception strict-control case-by-case
    - jp.sm3-2005: exception framework strict-control
    - jp.patrol-indonesia-2006: exception prior-consent three-vessels
    - jp.replenishment-2007: exception
    - jp.piracy-2009: exception strict-control
    - jp.acsa-australia-2010: exception undertakings
    - jp.guidelines-2011: peace-exception peace-control joint-exception joint-security joint-control onward-consent
        onward-ground onward-control
    - jp.f35-2013: exception us-control charter-users
    - jp.unmiss-2013: exception strict-control council cabinet once
2014-12-24 the Arms Trade Treaty enters into force
    + jp.treaties: arms-trade-treaty
2015-11-24 first amendment of the Guidelines: its content is not known
    + jp.guidelines: amendment-2015
2016-03-22 second amendment: more international bodies, supply by the Self-Defense Forces under law
    + jp.guidelines: peace-bodies-2016 sdf-supply-2016
    - jp.guidelines: amendment-2015 peace-bodies-2014 acsa-2014
2017-06-02 gifts of Self-Defense Forces equipment
    + jp.sdf-act: gift-of-weapons gift-recipient gift-agreement
2022-03-08 third amendment: gifts to Ukraine
    + jp.guidelines: ukraine-2022
2023-04-05 Official Security Assistance
    + jp.osa: fields outside-fields recipients charter-use management
2023-12-22 fourth amendment: licensed products, parts, services, weapons on board, victims of unlawful force
    + jp.guidelines: part-defined joint-third-2023 into-combat licensed-product licensed-third licensor-control
        licensed-third-control licensed-combat-2023 special-2023 services-2023 parts-2023 five-categories-2023
        victim-2023 combat-examined joint-third-control council-2023 secretaries-2023
    - jp.guidelines: us-licensed-2014 five-categories-2014 ukraine-2022 council-2014 secretaries-2014
2024-03-26 fifth amendment: finished aircraft of the Global Combat Air Programme, each by a Cabinet decision
    + jp.guidelines: gcap-2024 charter-bound gcap-combat commitment-found
    + jp.gcap-2024: cabinet
2026-01-27 agreement with Canada signed, not in force
    + jp.agreements: canada
2026-04-21 sixth amendment: the five categories go; everything in principle, with limits for weapons
    + jp.guidelines: gcap-combat-2026 transfer-in-principle significance-2026 weapon-commitment other-commitment
        weapon-combat special-2026 text-2026 weapon-parts-2026 diet-notice monitoring joint-third-control-2026
        council-2026 four-ministers
    + jp.gcap-2024: cabinet-2026
    - jp.guidelines: joint-development joint-third-2023 gcap-2024 gcap-combat sdf-supply-2016 us-technology
        licensed-product licensed-third licensor-control licensed-third-control licensed-combat-2023 special-2023
        services-2023 parts-2023 five-categories-2023 victim-2023 sdf-activity officials nationals
        significance-security joint-third-control council-2023
    - jp.gcap-2024: cabinet
"""

LICENCE = """
1949-12-01 the Act and the Export Trade Control Order
    = permitted
    + jp.fefta: approval-goods-1949 sanctions-approval-1949 technology-1949 services
    + jp.export-order: arms-list-1949 lists-1949
1980-12-01 the Foreign Exchange Order: technology of arms
    + jp.fefta: licence-technology-1980
    - jp.fefta: technology-1949
1987-11-10 the amendment of 1987: a licence in place of an approval
    + jp.fefta: licence-goods sanctions-approval licence-technology-1987 brokering
    - jp.fefta: approval-goods-1949 sanctions-approval-1949 licence-technology-1980
1991-11-14 the table of goods is recast into the present items
    + jp.export-order: item-1 items-2-4 items-5-15-1991 number-not-stated transit special-goods
    + jp.foreign-exchange-order: technology-items-2-15
    - jp.export-order: arms-list-1949 lists-1949
1996-09-13 items 5 to 15 for every destination
    + jp.export-order: items-5-15
    - jp.export-order: items-5-15-1991
1996-10-01 unlisted goods, first stage
    + jp.catch-all: know-1996
1998-04-01 the Foreign Exchange Order under its present name
    + jp.foreign-exchange-order: technology-exemptions
2002-04-01 unlisted goods: weapons of mass destruction
    + jp.catch-all: wmd inform-2002 foreign-end-user-list
    + jp.order-tables: small-value
    - jp.catch-all: know-1996
2008-11-01 unlisted goods: conventional arms, embargoed destinations
    + jp.catch-all: inform-2008 conventional-2008
    - jp.catch-all: inform-2002
2009-11-01 technology: any person, and carrying it across the border
    + jp.fefta: licence-technology carrying-technology
    - jp.fefta: licence-technology-1987
2022-05-01 technology handed over inside Japan
    + jp.fefta: deemed-export
2025-04-09 arms brought in free and sent out free
    + jp.export-order: free-goods-returned
2025-10-09 unlisted goods: conventional arms widened, notice for all destinations
    + jp.catch-all: inform-2025 conventional-2025 conventional-general-2025 part-of-item-16
    - jp.catch-all: inform-2008 conventional-2008
2025-11-15 arms sent out free to come back free
    + jp.export-order: free-goods-sent-out
"""

FIRST_DAY = dt.date(1967, 4, 21)
LAST_DAY = dt.date(2027, 12, 31)
Day = tuple[set[str], set[str], str]
"""What begins, what ends, and what is said from then on where nothing speaks (empty: as before)."""


def read(text: str) -> dict[dt.date, Day]:
    """The days of a list above."""
    days: dict[dt.date, Day] = {}
    begun: set[str] = set()
    ended: set[str] = set()
    for line in re.sub(r"\n {8,}", " ", text).strip().splitlines():
        words = line.split()
        if not line.startswith(" "):
            day = dt.date.fromisoformat(words[0])
            assert not days or day > max(days), f"{day} is out of order"
            begun, ended = set(), set()
            days[day] = (begun, ended, "")
        elif words[0] == "=":
            days[day] = (begun, ended, words[1])
        else:
            ids = [f"{words[1].removesuffix(':')}#{slug}" for slug in words[2:]]
            assert len(set(ids)) == len(ids), line
            (begun if words[0] == "+" else ended).update(ids)
    return days


LISTS = {"japan": read(JAPAN), "japan-licence": read(LICENCE)}
REGIMES = sorted(LISTS)


def in_force(regime: str, day: dt.date) -> set[str]:
    """What the list has in force on a day: begun by then and not ended."""
    now: set[str] = set()
    for change, (begun, ended, _) in LISTS[regime].items():
        if change <= day:
            now = (now - ended) | begun
    return now


def near(regime: str) -> list[dt.date]:
    """Each day of change and the day before it."""
    return sorted({near for day in LISTS[regime] for near in (day - dt.timedelta(1), day)})


# ---- the corpus against the list -----------------------------------------------------------------------------------


@pytest.mark.parametrize("regime", REGIMES)
def test_the_list_is_sound_in_itself(regime: str) -> None:
    seen: set[str] = set()
    now: set[str] = set()
    for begun, ended, _ in LISTS[regime].values():
        assert not begun & seen, "nothing begins twice"
        assert ended <= now, "only what is in force ends"
        now, seen = (now - ended) | begun, seen | begun


@pytest.mark.parametrize("regime", REGIMES)
def test_every_beginning_and_end(corpus: Corpus, regime: str) -> None:
    days: dict[dt.date, Day] = {}
    for name in corpus.regimes[regime].instruments:
        for provision in corpus.instruments[name].provisions:
            span = provision.in_force
            days.setdefault(span.begin, (set(), set(), ""))[0].add(provision.id)
            if span.end < NEVER:
                days.setdefault(span.end, (set(), set(), ""))[1].add(provision.id)
    for entry in corpus.regimes[regime].otherwise:
        begun, ended, _ = days.setdefault(entry.in_force.begin, (set(), set(), ""))
        days[entry.in_force.begin] = (begun, ended, entry.says)
    for day in sorted(days.keys() | LISTS[regime].keys()):
        assert days.get(day) == LISTS[regime].get(day), f"{regime} on {day}"


@pytest.mark.parametrize("regime", REGIMES)
def test_days_of_change(corpus: Corpus, regime: str) -> None:
    assert list(corpus.change_days(regime)) == sorted(LISTS[regime])
    assert corpus.regimes[regime].first_day == min(LISTS[regime])


@pytest.mark.parametrize("regime", REGIMES)
def test_the_law_of_a_day_has_what_the_list_has(corpus: Corpus, regime: str) -> None:
    for day in near(regime):
        if day >= corpus.regimes[regime].first_day:
            law = corpus.law_on(regime, day)
            every = (*law.provisions, *law.definitions.values(), *law.leaves)
            assert {p.id for p in every} == in_force(regime, day), day
            said = [says for change, (_, _, says) in LISTS[regime].items() if change <= day and says]
            assert law.opened_by_default == (said[-1] == "permitted"), day


@pytest.mark.slow
@pytest.mark.parametrize("regime", REGIMES)
def test_law_on_a_day_shows_what_is_in_force(regime: str) -> None:
    for day in near(regime):
        run = CliRunner().invoke(app, ["law", regime, "--on", str(day), "--json"])
        assert run.exit_code == 0, run.output
        data = json.loads(run.stdout)
        shown = [entry["id"] for entry in data["provisions"]]
        assert len(set(shown)) == len(shown) and set(shown) == in_force(regime, day), f"{regime} on {day}"
        assert data["on"] == str(day)
        for entry in data["provisions"]:
            begin, _, end = entry["in_force"].partition("/")
            assert begin <= str(day) and (end == ".." or str(day) < end), entry["id"]


def test_law_on_a_day_in_a_process_of_its_own() -> None:
    command = [sys.executable, "-m", "sekisho", "law", "japan", "--on", "2023-12-22", "--json"]
    run = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True)
    shown = {entry["id"] for entry in json.loads(run.stdout)["provisions"]}
    assert shown == in_force("japan", dt.date(2023, 12, 22)) and run.stderr == ""


# ---- the calendar --------------------------------------------------------------------------------------------------


def calendar() -> list[dt.date]:
    return [FIRST_DAY + dt.timedelta(n) for n in range((LAST_DAY - FIRST_DAY).days + 1)]


@pytest.mark.parametrize("regime", REGIMES)
def test_no_day_without_an_instrument_or_an_answer_where_nothing_speaks(corpus: Corpus, regime: str) -> None:
    law = corpus.regimes[regime]
    instruments = [corpus.instruments[name] for name in law.instruments]
    for day in calendar():
        assert any(day in i.in_force and any(day in p.in_force for p in i.provisions) for i in instruments), day
        assert sum(day in entry.in_force for entry in law.otherwise) == 1, day


@pytest.mark.parametrize("regime", REGIMES)
def test_no_definition_is_doubled_on_any_day(corpus: Corpus, regime: str) -> None:
    names = corpus.regimes[regime].instruments
    defined = [p for name in names for p in corpus.instruments[name].provisions if p.effect == "defines"]
    for day in calendar():
        counted = Counter(p.label for p in defined if day in p.in_force)
        assert all(count == 1 for count in counted.values()), f"{day}: {counted.most_common(1)}"


@pytest.mark.parametrize("regime", REGIMES)
def test_a_new_version_begins_when_the_one_it_follows_has_ended(corpus: Corpus, regime: str) -> None:
    for name in corpus.regimes[regime].instruments:
        instrument = corpus.instruments[name]
        for provision in instrument.provisions:
            assert instrument.in_force.begin <= provision.in_force.begin, provision.id
            assert provision.in_force.end <= instrument.in_force.end, provision.id
            if provision.follows:
                before = corpus.provisions[provision.follows]
                assert before.in_force.end == provision.in_force.begin, f"{provision.id} follows {before.id}"
