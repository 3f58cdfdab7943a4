"""The simulation as a whole: the scene it ends with, the same data from the same seed, a chain that holds."""

import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from sitelog.alerts import queries as alerts
from sitelog.app import create_app
from sitelog.demo import cast, crowd, exchange, incident, run
from sitelog.demo.clockwork import Clockwork
from sitelog.demo.world import World
from sitelog.ground.access import OPERATOR, Role
from sitelog.ground.days import Window
from sitelog.ground.errors import Usage
from sitelog.incidents import queries as incidents
from sitelog.referrals import queries as referrals
from sitelog.responses import queries as responses
from sitelog.shifts import queries as shifts
from sitelog.shifts import rules
from sitelog.site import queries as site
from sitelog.staff.actions import FreshAccount
from sitelog.store.db import Base, db
from sitelog.store.transaction import let_go
from sitelog.supplies import actions as stock
from sitelog.supplies import queries as supplies
from sitelog.supplies.rules import Count, Exchange, Receipt
from sitelog.trail import queries as trail
from sitelog.trail.models import Link
from sitelog.trail.verify import verify
from sitelog.visits import queries as visits

END = datetime(2026, 11, 17, 23, 42, 7, tzinfo=UTC)
DAYS, PER_DAY = 2, 40
# What is random in every database, so that nothing can be worked out from two of them.
HIRED: dict[Path, list[FreshAccount]] = {}
SECRET = {"salt", "digest", "mac", "seal", "handle_key", "handle_seal", "password_hash", "pin_hash",
          "words_key", "words_seal"}  # fmt: skip


@pytest.fixture(scope="session")
def staffed(template_instance: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An instance whose demo staff are hired: hashing their passwords is what takes long."""
    folder = Path(shutil.copytree(template_instance, tmp_path_factory.mktemp("staffed") / "instance"))
    with opened(folder):
        accounts = HIRED[folder] = cast.hire(END - timedelta(days=3))
        assert Counter(one.role for one in accounts) == {
            Role.NURSE: 8,
            Role.LEAD: 1,
            Role.FUNDER: 1,
            Role.ADMIN: 1,
        }
        assert len({one.password for one in accounts}) == len(accounts)
    return folder


@contextmanager
def opened(folder: Path) -> Iterator[Flask]:
    """The application on an instance, its connections closed afterwards."""
    app = create_app(folder, TESTING=True)
    with app.app_context():
        yield app
        let_go()


def simulated(staffed: Path, folder: Path, days: int = DAYS, seed: int = 1, per_day: int = PER_DAY) -> Path:
    copied = Path(shutil.copytree(staffed, folder))
    with opened(copied):
        told: list[int] = []
        run(days, seed, per_day, END, told.append, HIRED[staffed])
        assert told == [1] * days
    return copied


@pytest.fixture(scope="session")
def ran(staffed: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One simulated site, only read by the tests."""
    return simulated(staffed, tmp_path_factory.mktemp("ran") / "instance")


@pytest.fixture
def simulation(ran: Path) -> Iterator[Flask]:
    with opened(ran) as app:
        yield app


def test_it_ends_with_people_in_booths_waiting_and_in_aftercare(simulation: Flask) -> None:
    areas = Counter(one.area for one in visits.in_house(END))
    assert areas["place"] >= 6
    assert areas["aftercare"] >= 2
    assert areas["waiting"] >= 1


def test_it_ends_with_one_overdose_four_minutes_old_on_oxygen_with_one_dose(simulation: Flask) -> None:
    (running,) = responses.unclosed()
    case = running.case
    assert (running.state, running.pathway, running.where) == ("open", "opioid", "Booth 3")
    assert END - running.recognised_at == timedelta(minutes=4)
    assert running.doses == 1
    assert case.first("oxygen")
    assert len(case.vitals) == 3
    assert running.visit_ref


def test_nobody_sits_in_two_places_and_no_place_holds_two(simulation: Flask) -> None:
    inside = [one.place_code for one in visits.in_house(END) if one.place_code]
    assert len(inside) == len(set(inside))
    assert not set(inside) & set(site.out_of_service())


def test_it_ends_with_a_bag_in_custody_and_a_drug_alert_that_not_everybody_has_read(
    simulation: Flask,
) -> None:
    found = next(one for one in incidents.open_items() if one.kind.code == "substance_left")
    assert 0 < found.missing < len(found.todo)
    newest = alerts.standing(trail.last_seq(), END)[-1]
    assert len(newest.readings) == 1


def test_every_entry_is_in_the_chain_and_none_is_after_the_end(simulation: Flask) -> None:
    found = verify()
    assert found.count == trail.last_seq()
    simulated_kinds = Link.kind.not_like("site.configured")
    latest = db.session.scalar(select(func.max(Link.at)).where(simulated_kinds))
    assert latest is not None and latest <= END


def test_all_that_a_site_does_happens(simulation: Flask) -> None:
    kinds = set(db.session.scalars(select(Link.kind).distinct()))
    assert kinds >= {
        *("visit.checked_in", "visit.seated", "visit.checked", "visit.taken_to_aftercare", "visit.left"),
        *("person.registered", "place.taken_out_of_service", "place.put_back_in_service"),
        *("response.started", "response.oxygen_given", "response.naloxone_given"),
        *("referral.offered", "referral.accepted", "referral.made"),
        *("supply.exchanged", "supply.stock_received", "supply.naloxone_kits_given"),
        *("supply.sharps_picked_up", "supply.cylinder_checked", "service.given"),
    }
    assert referrals.open_count() > 0


def test_every_shift_that_is_over_is_handed_over_and_read_back_and_the_one_that_runs_is_not(
    simulation: Flask,
) -> None:
    book = site.book()
    window = Window(END - timedelta(days=DAYS), END)
    over = rules.shifts_between(book.shift_times, window, book.calendar)
    *past, now = [one for one in over if one.window.start < END]
    for shift in past:
        (signed,) = shifts.versions(shift.ref)
        assert shifts.read_backs(shift.ref)[1].staff != signed.by
        assert all(duty.until for duty in shifts.roster(shift.ref))
    assert not shifts.versions(now.ref)
    assert any(duty.until is None and duty.role == "lead" for duty in shifts.roster(now.ref))
    assert sum(point.tick is not None for point in shifts.opening(now.ref)) >= 4


def test_what_is_read_off_at_an_opening_is_what_stock_said_then(simulation: Flask) -> None:
    looked = {"oxygen": "in_use", "oxygen_spare": "spare"}
    window = Window(END - timedelta(days=DAYS), END)
    read = 0
    for shift in rules.shifts_between(site.book().shift_times, window, site.book().calendar):
        for point in shifts.opening(shift.ref):
            if point.tick is None or point.item.code not in looked:
                continue
            read += 1
            levels = [row for code in ("1", "2") for row, _, _ in supplies.levels(code)]
            before = [row for row in levels if row.happened_at <= point.tick.happened_at]
            state = looked[point.item.code]
            newest = max((row for row in before if row.state == state), key=lambda row: row.happened_at)
            assert point.tick.number == newest.percent
    assert read >= 2


def test_an_incident_of_the_demo_ends_as_one_of_its_kind_can(simulation: Flask) -> None:
    book = site.book()
    ends = {one.code: incident.ends_of(book, one.code) for one in book.choices("incident_kind")}
    assert {kind for kind, ways in ends.items() if "repaired" in ways} == {"equipment", "ventilation"}
    assert {kind for kind, ways in ends.items() if "answered" in ways} == {"complaint", "privacy"}
    assert all(0 < len(ways) < 6 for ways in ends.values())


def test_a_week_holds_incidents_of_many_kinds_drug_alerts_and_what_is_known_of_people(
    staffed: Path, tmp_path: Path
) -> None:
    copied = Path(shutil.copytree(staffed, tmp_path / "week"))
    with opened(copied):
        # Some of these are rare: of many weeks this is one in which each of them happens.
        run(7, 7, 60, END, hired=HIRED[staffed])
        kinds = set(db.session.scalars(select(Link.kind).distinct()))
        assert kinds >= {
            *("incident.logged", "incident.step_taken", "incident.tied", "incident.closed", "incident.noted"),
            *("alert.written", "alert.read", "person.alert_set", "person.restricted", "board.note_written"),
            *("supply.stock_counted", "shift.came_on", "shift.went_off", "shift.ticked"),
        }
        happened = incidents.within(Window(END - timedelta(days=8), END))
        assert len({one.kind.code for one in happened}) >= 5
        assert 1 <= incidents.open_count() < len(happened)
        assert "death_on_site" not in {one.kind.code for one in happened}
        closed = [one for one in incidents.closed_items() if one.kind.data.get("stays_open")]
        assert closed
        for one in closed:
            assert one.ended and one.ended.how in incident.ends_of(site.book(), one.kind.code)


def test_a_day_far_too_full_for_the_site_comes_to_its_end(staffed: Path, tmp_path: Path) -> None:
    # With so many waiting, some are tired of waiting for a second place: they are not "left before service".
    copied = Path(shutil.copytree(staffed, tmp_path / "full"))
    with opened(copied):
        run(0, 3, 700, END)
        assert verify().count == trail.last_seq()


def test_shelves_are_counted_lot_by_lot_whatever_was_given_of_none(staffed: Path, tmp_path: Path) -> None:
    monday = datetime(2026, 11, 16, 15, tzinfo=UTC)
    said = {"by": OPERATOR, "happened_at": monday, "at": monday}
    with opened(Path(shutil.copytree(staffed, tmp_path / "shelves"))):
        stock.exchange(Exchange({"needle_3ml": 3}), **said)
        stock.count(Count("needle_3ml", 0, "not_entered"), **said)
        stock.receive(Receipt("needle_3ml", 20, "A261190", date(2027, 5, 1)), **said)
        book, rng = site.book(), Random(1)
        world = World(
            rng, book, Clockwork(monday), cast.gather(rng, book.calendar), crowd.gather(rng, 1, ["down"]), END
        )
        world.clock.start(exchange.day(world, 0, timedelta(hours=2)))
        world.clock.run(monday + timedelta(hours=2))
        assert [link.kind for link in trail.links_since(0)].count("supply.stock_counted") > 1


def test_the_same_seed_gives_the_same_data_and_another_seed_does_not(staffed: Path, tmp_path: Path) -> None:
    first, again, other = (
        contents(simulated(staffed, tmp_path / name, 1, seed, 20))
        for name, seed in (("first", 1), ("again", 1), ("other", 2))
    )
    assert again == first
    assert other["visit_stay"] != first["visit_stay"]


def contents(folder: Path) -> dict[str, list[Any]]:
    """Every row of every table, without what is secret."""
    with opened(folder):
        return {
            table.name: db.session.execute(
                select(*(column for column in table.columns if column.name not in SECRET))
            ).all()
            for table in Base.metadata.sorted_tables
        }


def test_an_instance_that_holds_visits_is_left_as_it_is(simulation: Flask) -> None:
    before = trail.last_seq()
    with pytest.raises(Usage):
        run(1, 1, 10, END)
    assert trail.last_seq() == before
