"""A day with every kind of entry and something of all that is counted, told by the verbs from 07:00 on."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from sitelog.alerts import actions as alerts
from sitelog.alerts.rules import Alert
from sitelog.board import actions as board
from sitelog.exports.cells import cells
from sitelog.ground.access import OPERATOR, Actor
from sitelog.ground.errors import Refused
from sitelog.imports import actions as imports
from sitelog.incidents import actions as incidents
from sitelog.incidents.rules import Closing, Happening, Step, Tie, Words
from sitelog.people import actions as people
from sitelog.referrals import actions as referrals
from sitelog.referrals.defaults import SERVICES
from sitelog.responses import actions as responses
from sitelog.responses.rules import Done, Measured
from sitelog.responses.steps import KINDS
from sitelog.services import actions as services
from sitelog.services.rules import Details, Plan
from sitelog.shifts import actions as shifts
from sitelog.site import actions as site
from sitelog.site.queries import book
from sitelog.staff import actions as staff_verbs
from sitelog.staff import door, queries
from sitelog.staff.models import Account
from sitelog.store.db import db
from sitelog.supplies import actions as supplies
from sitelog.supplies.rules import Count, Exchange, Level, NaloxoneKits, Receipt, SharpsPickUp, Waste
from sitelog.trail.models import Link
from sitelog.visits import actions as visits
from sitelog.visits.rules import Asked, Change, Item
from tests.factories import CRACK, DOWN, said
from tests.staff.conftest import PASSWORD, PINS

ON = date(2026, 11, 17)
SHIFT = "H20261117-day"
MINUTE = timedelta(minutes=1)
# Words that are found nowhere else: handles, notes, alerts, what incidents and handovers say.
CANARIES = (
    "zephyrine of the quay",
    "QUIX 1985 female",
    "heronsong at daybreak",
    "thistlewick by the gate",
    "marrowfat porridge",
    "gallimaufry stew",
    "oxbow lake crossing",
    "kestrel over the yard",
)
OLD = {
    "visits.csv": "id,arrived_at,place,seated_at,left_at\n"
    "old,2026-11-14 09:00,3,2026-11-14 09:05,2026-11-14 09:40\n",
    "consumptions.csv": "visit,substance,route\nold,down,inject\n",
}


def clock(hour: int, minute: int = 0) -> datetime:
    """A time of the site's clock on the day of the story."""
    return datetime(2026, 11, 17, hour, minute, tzinfo=UTC) + timedelta(hours=5)


class Day:
    """The day as it is told: who is there, and a clock that goes on by a minute with every entry."""

    def __init__(self, staff: dict[str, Account]) -> None:
        names = ("Amina K.", "Joel T.", "Marc D.")
        self.amina, self.joel, self.marc = (queries.actor_of(staff[name]) for name in names)
        self.now = clock(7)

    def said(self, by: Actor | None = None) -> dict[str, Any]:
        """The words of the next verb."""
        self.now += MINUTE
        return said(self.now, by or self.amina)

    def wrote(self, by: Actor | None = None, reason: str = "other") -> dict[str, Any]:
        """The words of a correction."""
        words = self.said(by)
        return {"by": words["by"], "at": words["at"], "reason": reason}


def newest(kind: str, subject: str | None = None) -> int:
    """The newest entry of a kind, about somebody or anybody."""
    chosen = select(Link.seq).where(Link.kind == kind).order_by(Link.seq.desc()).limit(1)
    seq = db.session.scalar(chosen.where(Link.subject == subject) if subject else chosen)
    assert seq is not None, kind
    return seq


def accounts_and_desks(day: Day) -> None:
    """Settings are tried and taken back, accounts opened and closed, a desk comes and goes."""
    site.start_from("ontario", by=day.marc, at=day.said()["at"])
    site.set_values("limits", {"wait_minutes": 20}, by=day.marc, at=day.said()["at"])
    site.undo_change(newest("site.changed"), by=day.marc, at=day.said()["at"])
    staff_verbs.add_account(
        "Harbour Fund", "funder", audience="funder", password=PASSWORD, by=OPERATOR, at=day.now
    )
    omar = staff_verbs.add_account("Omar B.", "nurse", password=PASSWORD, by=OPERATOR, at=day.now).ref
    staff_verbs.set_pin(omar, "161803", by=OPERATOR, at=day.now)
    staff_verbs.reset_password(omar, f"{PASSWORD} anew", by=OPERATOR, at=day.now)
    staff_verbs.disable(omar, by=OPERATOR, at=day.now)
    staff_verbs.enable(omar, by=OPERATOR, at=day.now)
    opened = door.sign_in("Amina K.", PASSWORD, at=day.now)
    door.lock(opened.token, at=day.now + MINUTE)
    device = {"device_token": opened.device_token, "session_token": opened.token}
    again = door.unlock_with_pin(day.amina.ref, PINS["Amina K."], at=day.now + 2 * MINUTE, **device)
    for _ in range(5):
        with pytest.raises(Refused):
            door.unlock_with_pin(omar, "000001", at=day.now + 3 * MINUTE, **device)
    door.sign_out(again.token, at=day.now + 4 * MINUTE)
    staff_verbs.remove_device(1, by=OPERATOR, at=day.now + 5 * MINUTE)


def the_shift_begins(day: Day) -> None:
    """Somebody comes on, goes, and was entered by mistake; the opening check is ticked and put right."""
    shifts.come_on(SHIFT, day.marc.ref, "lead", **day.said(day.marc))
    shifts.come_on(SHIFT, day.joel.ref, "door", **day.said())
    shifts.go_off(SHIFT, day.joel.ref, **day.said())
    shifts.tick(SHIFT, "oxygen", True, 85, **day.said())
    seq = newest("shift.ticked")
    shifts.amend_tick(seq, True, 58, reason="wrong_amount", **day.said())
    shifts.strike(newest("shift.came_on"), **day.wrote())


def somebody_of_the_register(day: Day) -> str:
    """Somebody with all that can be known of a person; a second registration, and one who asks to go."""
    ref = people.register("zephyrine of the quay", **day.said()).ref
    people.rename(ref, "zephyrine of the quay too", **day.said())
    people.give_code(ref, "QUIX 1985 female", **day.said())
    people.describe(ref, 1985, "female", **day.said())
    people.sign(ref, "first", **day.said())
    told = people.set_alert(ref, "allergy", note="heronsong at daybreak", **day.said()).link_seq
    people.end_alert(told, **day.said())
    people.restrict(
        ref, "theft", ON, ON + timedelta(days=3), note="thistlewick by the gate", **day.said(day.marc)
    )
    people.amend(newest("person.described"), {"birth_year": 1986}, reason="other", **day.said())
    double = people.register("zephyrine of the quay again", **day.said()).ref
    people.strike(people.set_alert(double, "seizures", **day.said()).link_seq, **day.wrote())
    people.merge(double, ref, **day.said(day.marc))
    gone = people.register("zephyrine of the quay elsewhere", **day.said()).ref
    people.forget(gone, **day.said(day.marc))
    return ref


def visits_of_all_kinds(day: Day, ref: str) -> str:
    """Somebody comes despite a restriction and does all one can in a visit; others wait or leave."""
    visit = visits.check_in(DOWN, person=ref, let_in="safety", **day.said()).ref
    people.lift(newest("person.restricted"), **day.said(day.marc))
    visits.seat(visit, "3", **day.said())
    visits.move(visit, "4", **day.said())
    visits.check(visit, "drowsy", note="marrowfat porridge", **day.said())
    visits.to_aftercare(visit, **day.said())
    visits.declare_again(visit, (Item("crack", "smoke"),), **day.said())
    visits.to_waiting(visit, **day.said())
    visits.start_service(visit, **day.said())
    tired = visits.check_in(CRACK, **day.said()).ref
    visits.leave_before_service(tired, "wait", **day.said())
    twice = visits.check_in(Asked(purpose="service"), **day.said()).ref
    when = day.now
    visits.amend(
        newest("visit.checked_in", twice), Change(), by=day.amina, happened_at=when - MINUTE, at=day.now
    )
    visits.strike(newest("visit.amended", twice), **day.wrote())
    for n in range(12):
        other = visits.check_in_and_seat(DOWN, str(n % 8 + 1), handle=f"gallimaufry stew {n}", **day.said())
        visits.leave(newest_visit(), **day.said())
        assert other.area == "place"
    return visit


def newest_visit() -> str:
    found = db.session.scalar(
        select(Link.subject).where(Link.kind == "visit.seated").order_by(Link.seq.desc())
    )
    assert found is not None
    return found


def a_response_with_every_step(day: Day) -> str:
    """An overdose in a booth in which everything is done that can be done; and one that was none."""
    visits.check_in_and_seat(DOWN, "2", handle="gallimaufry stew", **day.said())
    visit = newest_visit()
    ref = responses.start("elsewhere", **day.said()).ref
    responses.place_said(ref, "place", "2", visit, **day.said())
    responses.set_pathway(ref, "opioid", **day.said())
    responses.assign_duty(ref, "lead", day.joel.ref, **day.said())
    given = {
        "adjunct": {"word": "opa"},
        "oxygen": {"device": "bag_valve_mask", "litres_per_minute": 15},
        "naloxone": {"micrograms": 400, "route": "intramuscular"},
        "ems_naloxone": {"micrograms": 400, "route": "intravenous"},
        "ems_left": {"word": "declined"},
    }
    for kind in (kind for kind in KINDS if kind != "aftercare"):
        at = day.said()["at"]
        responses.add_step(ref, Done(kind, at, **given.get(kind, {})), by=day.amina, at=at)  # type: ignore[arg-type]
    at = day.said()["at"]
    responses.record_vitals(ref, Measured(at, spo2=88, respirations=6), by=day.joel, at=at)
    responses.note(ref, "kestrel over the yard", **day.said())
    stimulated = newest("response.stimulated", ref)
    responses.amend(
        stimulated, reason="wrong_time", by=day.amina, at=day.now, happened_at=day.now - 3 * MINUTE
    )
    responses.strike(newest("response.person_calmed", ref), **day.wrote())
    responses.to_aftercare(ref, **day.said())
    responses.close(ref, "recovered", note="kestrel over the yard", **day.said())
    visits.leave(visit, **day.said())
    none = responses.start("washroom", **day.said()).ref
    responses.no_overdose(none, by=day.amina, at=day.said()["at"])
    responses.take_up_again(none, by=day.amina, at=day.said()["at"])
    responses.no_overdose(none, by=day.amina, at=day.said()["at"])
    return ref


def referrals_up_and_down(day: Day, visit: str) -> None:
    """Every rung of the ladder, a follow-up, a note, a letter; one offer said anew, one struck."""
    referrals.list_services(SERVICES, **day.said(OPERATOR))
    ref = referrals.offer("methadone", visit=visit, note="oxbow lake crossing", **day.said()).ref
    referrals.accept(ref, **day.said())
    referrals.make(ref, "phone", **day.said())
    referrals.amend(newest("referral.made"), how="letter", reason="other", **day.said())
    referrals.print_letter(ref, **day.said())
    referrals.follow_up(ref, ON + timedelta(days=2), **day.said())
    referrals.note(ref, "oxbow lake crossing", **day.said())
    referrals.did_not_attend(ref, **day.said())
    referrals.not_known(ref, **day.said())
    referrals.attend(ref, **day.said())
    referrals.close(ref, **day.said())
    other = referrals.offer("methadone", **day.said()).ref
    referrals.decline(other, **day.said())
    referrals.strike(newest("referral.declined", other), **day.wrote())


def supplies_and_services(day: Day, visit: str) -> None:
    """Everything that is handed out, taken back, received, counted and thrown away; services and a group."""
    supplies.receive(Receipt("needle_1ml", 500, "L1", ON + timedelta(days=90)), **day.said())
    supplies.exchange(
        Exchange({"needle_1ml": 20}, returned=13, visit=visit), note="gallimaufry stew", **day.said()
    )
    supplies.give_naloxone_kits(NaloxoneKits("nasal", 1, "first"), **day.said())
    supplies.pick_up(SharpsPickUp("public", count=34), **day.said())
    lot = {"lot": "L1", "expires_on": ON + timedelta(days=90)}
    supplies.count(Count("needle_1ml", 470, "lost", **lot), **day.said())  # type: ignore[arg-type]
    supplies.waste(Waste("needle_1ml", 2, "damaged", **lot), **day.said())  # type: ignore[arg-type]
    supplies.set_cylinder(Level("1", "in_use", 60), **day.said())
    picked = newest("supply.sharps_picked_up")
    supplies.amend(picked, SharpsPickUp("public", count=37), reason="other", **day.said())
    supplies.strike(newest("supply.stock_wasted"), **day.wrote())
    services.give("wound_care", visit=visit, **day.said())
    services.amend(newest("service.given"), "wound_care", Details(), reason="other", **day.said())
    services.give("wound_care", visit=visit, **day.said())
    services.strike(newest("service.given"), **day.wrote())
    services.give("test", Details(topic="hcv", result_given=True), visit=visit, **day.said())
    strips = (("fentanyl", "positive"), ("xylazine", "negative"))
    services.give("drug_check", Details(expected="down", strips=strips), **day.said())
    plan = Plan("support_group", clock(8), book().choices("session_place")[0].code)
    ref = services.plan(plan, **day.said()).ref
    services.amend_plan(newest("group.planned"), plan, reason="other", **day.said())
    services.cancel(ref, **day.said())
    services.strike_session(newest("group.cancelled"), **day.wrote())
    services.hold(ref, 9, **day.said())


def incidents_and_alerts(day: Day, visit: str, response: str) -> None:
    """Incidents of people with all that follows them, some of the house; a drug alert; notes; an outage."""
    ref = incidents.log(Happening("physical", "waiting"), note="thistlewick by the gate", **day.said()).ref
    incidents.tie(ref, Tie(visit), **day.said())
    incidents.tie(ref, Tie(response), **day.said())
    incidents.write(ref, Words("thistlewick by the gate"), **day.said())
    incidents.amend(
        newest("incident.logged", ref), Happening("verbal", "waiting"), reason="other", **day.said()
    )
    incidents.close(ref, Closing("settled"), **day.said())
    hurt = incidents.log(Happening("exposure", "3"), **day.said()).ref
    incidents.take_step(hurt, Step("wash"), **day.said())
    for _ in range(6):
        incidents.log(Happening("seizure", "3"), **day.said())
    incidents.log(Happening("death_on_site", "3"), **day.said())
    incidents.log(Happening("ventilation"), **day.said())
    at = day.said()["at"]
    incidents.log(Happening("weapon"), by=day.amina, happened_at=at - timedelta(days=1), at=at)
    incidents.strike(incidents.log(Happening("fire"), **day.said()).link_seq, **day.wrote())
    alert = alerts.write(Alert("heronsong at daybreak", "oxbow lake crossing", ON), **day.said())
    alerts.read(alert.ref, alert.link_seq, **day.said(day.joel))
    alerts.amend(
        alert.link_seq,
        Alert("heronsong at daybreak two", "oxbow lake crossing", ON),
        reason="other",
        **day.said(),
    )
    alerts.end(alert.ref, **day.said())
    alerts.strike(newest("alert.ended"), **day.wrote())
    noted = board.note("kestrel over the yard", **day.said()).seq
    board.amend_note(noted, "kestrel over the yard too", reason="other", **day.said())
    board.strike_note(board.note("kestrel over the yard three", **day.said()).seq, **day.wrote())
    site.take_out_of_service("8", "cleaning", **day.said())
    day.now += 45 * MINUTE
    site.put_back_in_service("8", **day.said())


def the_shift_is_handed_over(day: Day, folder: Path) -> None:
    """Old paper is brought along, figures leave for an audit, the shift is signed and read back."""
    for name, sheet in OLD.items():
        (folder / name).write_text(sheet, encoding="utf-8")
    imports.bring_along(folder, by=OPERATOR, at=day.said()["at"])
    cells("funder", truth=True, reason="audit", by=day.marc, at=day.said()["at"])
    pin = PINS["Joel T."]
    shifts.hand_over(SHIFT, (("S", "kestrel over the yard"),), day.joel.ref, pin, **day.said(day.marc))


def the_morning_after(day: Day, response: str) -> None:
    """Somebody adds what they remember of the day, when it has ended."""
    at = clock(9) + timedelta(days=1)
    responses.note(response, "kestrel over the yard", by=day.joel, happened_at=day.now, at=at)


def tell(staff: dict[str, Account], folder: Path) -> None:
    """The whole day; `folder` holds the paper that is brought along."""
    told = Day(staff)
    accounts_and_desks(told)
    the_shift_begins(told)
    ref = somebody_of_the_register(told)
    visit = visits_of_all_kinds(told, ref)
    response = a_response_with_every_step(told)
    referrals_up_and_down(told, visit)
    supplies_and_services(told, visit)
    incidents_and_alerts(told, visit, response)
    the_shift_is_handed_over(told, folder)
    the_morning_after(told, response)
