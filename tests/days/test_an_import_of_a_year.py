"""A site brings a year of paper along, a month every evening; a day that is out gets its version 2."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from flask import Flask

from sitelog.ground import clock
from sitelog.ground.access import OPERATOR
from sitelog.imports import actions
from sitelog.incidents import queries as incidents
from sitelog.jobs import catalog, receipts
from sitelog.people import queries as people
from sitelog.referrals import actions as referrals
from sitelog.referrals.defaults import SERVICES
from sitelog.reports import queries as shelf
from sitelog.supplies import queries as supplies
from sitelog.trail import queries as trail
from sitelog.trail.verify import verify
from sitelog.visits import queries as visits
from tests.conftest import EVENING
from tests.days.readers import figures
from tests.factories import said
from tests.imports.conftest import text_of
from tests.reports.scene import publish

YEAR = [(2025 + (n > 1), (n + 10) % 12 + 1) for n in range(12)]  # November 2025 to October 2026
A_DAY = 20
ON = date(2026, 10, 15)


def month(year: int, number: int) -> dict[str, str]:
    """The 15th of a month: visits on every quarter of an hour, the first with all that can be said of one."""
    m, day = f"{year}-{number:02d}", f"{year}-{number:02d}-15"
    came = [datetime.fromisoformat(f"{day} 09:00") + n * timedelta(minutes=15) for n in range(A_DAY)]
    rows = [[n, f"{at:%H:%M}", n % 8 + 1, f"{at + timedelta(minutes=14):%H:%M}"] for n, at in enumerate(came)]
    return {
        "people.csv": f"id,handle,registered_at\np-{m},Heron {m},{day} 08:00\n",
        "visits.csv": "id,person,arrived_at,place,seated_at,left_at\n"
        + "".join(
            f"v-{m}-{n},{'' if n else f'p-{m}'},{day} {at},{place},{day} {at},{day} {left}\n"
            for n, at, place, left in rows
        ),
        "consumptions.csv": "visit,substance,route\n" + "".join(f"v-{m}-{n},down,inject\n" for n, *_ in rows),
        "responses.csv": "id,visit,recognised_at,place,closed_at,outcome\n"
        f"r-{m},v-{m}-0,{day} 09:05,1,{day} 09:10,recovered\n",
        "steps.csv": f"response,kind,happened_at\nr-{m},voice,{day} 09:05\n",
        "referrals.csv": "id,visit,service,offered_at,accepted_at\n"
        f"f-{m},v-{m}-0,methadone,{day} 09:11,{day} 09:12\n",
        "supplies.csv": "id,visit,happened_at,kind,item,count,method\n"
        f"x-{m},v-{m}-0,{day} 09:13,given,needle_1ml,40,\ny-{m},,{day} 12:00,returned,,25,said\n",
        "services.csv": f"id,visit,happened_at,kind\nt-{m},v-{m}-0,{day} 09:13,wound_care\n",
        "incidents.csv": "id,visit,response,happened_at,kind,end\n"
        f"i-{m},v-{m}-0,r-{m},{day} 09:06,verbal,settled\ni-{m}-b,,,{day} 11:00,substance_left,\n",
    }


# Found in a drawer when October was out: more of the 15th, and a visit in the night when clocks changed.
DRAWER = {
    "visits.csv": """\
        id,arrived_at,place,seated_at,left_at
        d1,2026-10-15 16:00,X,2026-10-15 16:05,2026-10-15 16:30
        d2,2026-10-15 16:10,Y,2026-10-15 16:15,2026-10-15 16:40
        d3,2026-03-08 01:40,3,2026-03-08 01:45,2026-03-08 03:10
    """,
    "consumptions.csv": """\
        visit,substance,route
        d1,down,inject
        d2,down,inject
        d3,down,inject
    """,
    "supplies.csv": """\
        id,visit,happened_at,kind,kit,count
        d1,v-2026-10-0,2026-10-15 16:20,kit,injection_kit,3
    """,
    "services.csv": """\
        id,person,happened_at,kind,topic,result_given
        d1,p-2026-10,2026-10-15 16:25,test,hcv,yes
    """,
}


def bring(folder: Path, files: Mapping[str, str]) -> actions.Brought:
    folder.mkdir(exist_ok=True)
    for name, sheet in files.items():
        (folder / name).write_text(text_of(sheet), encoding="utf-8")
    return actions.bring_along(folder, by=OPERATOR, at=clock.now())


@pytest.fixture
def year(app: Flask, tmp_path: Path) -> list[actions.Brought]:
    """A month every evening from 17 November on."""
    referrals.list_services(SERVICES, **said(EVENING - timedelta(days=1)))
    brought = []
    for n, which in enumerate(YEAR):
        with time_machine.travel(EVENING + timedelta(days=n), tick=False):
            brought.append(bring(tmp_path / str(n), month(*which)))
    return brought


def test_a_year_comes_along_a_month_every_evening(year: list[actions.Brought], tmp_path: Path) -> None:
    assert [one.ref for one in year] == [f"import-{n}" for n in range(1, 13)]
    assert all(rows == new for one in year for _, rows, new in one.files)
    now = EVENING + timedelta(days=12)
    assert visits.in_house(now) == []
    assert supplies.lots() == []
    assert incidents.open_count() == len(YEAR)  # what was left behind each month and never closed
    first = visits.visit("V0001")
    assert people.handle_of([first.person_id or 0]) == {first.person_id: "Heron 2025-11"}
    assert verify().count == trail.last_seq()
    before = trail.last_seq()
    for n in range(len(YEAR)):
        assert actions.bring_along(tmp_path / str(n), by=OPERATOR, at=now).ref is None
    assert trail.last_seq() == before


def test_what_is_found_when_a_day_is_out_gives_it_version_2(
    year: list[actions.Brought], tmp_path: Path
) -> None:
    first = publish(ON, at=EVENING + timedelta(days=12))
    printed = figures(first)
    assert (printed["accesses",], printed["syringes_given",]) == (A_DAY, 40)
    later = EVENING + timedelta(days=13)
    with time_machine.travel(later, tick=False):
        assert bring(tmp_path / "drawer", DRAWER).ref == "import-13"
    with time_machine.travel(later + timedelta(days=1), tick=False):
        again = catalog.job("corrections.funder")
        owed = list(again.owed(again, clock.now(), receipts.traces()))
        assert [thing.period.partition("@")[0] for thing in owed] == [f"daily-{ON.isoformat()}"]
        again.run(owed[0].period, clock.now())
    second, kept = shelf.versions("daily", "funder", ON)
    assert (second.version, kept.version, kept.sha256) == (2, 1, first.sha256)
    printed = figures(second)
    assert (printed["accesses",], printed["syringes_given",]) == (A_DAY + 2, 40 + 30)
    assert verify().count == trail.last_seq()
