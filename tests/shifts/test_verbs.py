"""The verbs of a shift: roster, opening check, signature, read-back, and the version after a correction."""

import hashlib
import json
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import event

from sitelog.alerts import actions as alerts
from sitelog.alerts.rules import Alert
from sitelog.board import actions as board
from sitelog.board import feed
from sitelog.ground.access import Actor, Role
from sitelog.ground.errors import Conflict, Forbidden, Refused, SitelogError, Unknown
from sitelog.incidents import actions as incidents
from sitelog.incidents.rules import Happening
from sitelog.people import actions as people
from sitelog.people import queries as register
from sitelog.responses import actions as responses
from sitelog.services import actions as services
from sitelog.services.rules import Plan
from sitelog.shifts import actions, changes, desk, drafts, queries, sbar, summary
from sitelog.shifts import open as opened
from sitelog.shifts.corrected import between, corrected
from sitelog.shifts.items import freeze, names_of, thaw
from sitelog.site import actions as site_actions
from sitelog.site import queries as site
from sitelog.staff import queries as staff_queries
from sitelog.staff.models import Account
from sitelog.store.db import db
from sitelog.supplies import actions as supplies
from sitelog.supplies.rules import Receipt
from sitelog.tally import collect
from sitelog.trail import queries as trail
from sitelog.trail.verify import verify
from sitelog.visits import actions as visits
from sitelog.visits import corrections
from sitelog.visits.rules import Change
from tests import factories
from tests.factories import arrive, in_aftercare, response_running, said, seated
from tests.staff.conftest import PINS

REF = "H20261117-day"
NIGHT = "H20261117-night"
LINES = (("S", "two people in aftercare"), ("R", "order gauze"))
# A constant, not a function of the crowd: it grows by a few with each feature that counts.
READS_OF_A_SUMMARY = 102


@pytest.fixture
def marc(staff: dict[str, Account]) -> Actor:
    return staff_queries.actor_of(staff["Marc D."])


@pytest.fixture
def amina(staff: dict[str, Account]) -> Actor:
    return staff_queries.actor_of(staff["Amina K."])


def counted(at: datetime) -> summary.Summary:
    return summary.of_window(queries.shift(REF).window, site.book(), at)


def test_somebody_comes_on_takes_another_role_and_goes(amina: Actor, at: datetime) -> None:
    actions.come_on(REF, amina.ref, "booths", **said(at, amina))
    actions.come_on(REF, amina.ref, "door", **said(at + timedelta(hours=1), amina))
    actions.go_off(REF, amina.ref, **said(at + timedelta(hours=2), amina))
    assert [(one.role, one.until is not None) for one in queries.roster(REF)] == [
        ("booths", True),
        ("door", True),
    ]
    assert queries.roster(NIGHT) == []


def test_the_roster_refuses_what_cannot_be(amina: Actor, staff: dict[str, Account], at: datetime) -> None:
    with pytest.raises(Refused):
        actions.come_on(REF, amina.ref, "pilot", **said(at, amina))
    with pytest.raises(Refused):
        actions.come_on(REF, staff["Fay F."].ref, "booths", **said(at, amina))
    with pytest.raises(Conflict):
        actions.go_off(REF, amina.ref, **said(at, amina))
    with pytest.raises(Unknown):
        actions.come_on("H20261117-dusk", amina.ref, "booths", **said(at, amina))
    actions.come_on(REF, amina.ref, "booths", **said(at, amina))
    with pytest.raises(Conflict):
        actions.come_on(REF, amina.ref, "booths", **said(at, amina))


def test_the_opening_check_shows_what_is_missing_and_by_whom(amina: Actor, at: datetime) -> None:
    actions.tick(REF, "oxygen", True, 85, **said(at, amina))
    actions.tick(REF, "aed", False, **said(at, amina), note="pads out of date")
    points = {point.item.code: point.tick for point in queries.opening(REF)}
    assert points["oxygen"] is not None and (points["oxygen"].number, points["oxygen"].by) == (85, amina.ref)
    assert points["aed"] is not None and not points["aed"].fine
    assert [code for code, tick in points.items() if tick is None] == [
        "oxygen_spare",
        "naloxone",
        "booths",
        "air_exchange",
    ]


def test_a_tick_refuses_what_it_cannot_be(amina: Actor, at: datetime) -> None:
    for item, number in (("oxygen", -1), ("oxygen", 10000), ("aed", 3), ("tea", None)):
        with pytest.raises(Refused):
            actions.tick(REF, item, True, number, **said(at, amina))


def test_entries_of_a_shift_are_amended_struck_and_undone(amina: Actor, at: datetime) -> None:
    row = actions.tick(REF, "oxygen", True, 85, **said(at, amina))
    new = actions.amend_tick(row.link_seq, False, 20, **said(at, amina), reason="wrong_amount")
    tick = queries.opening(REF)[0].tick
    assert tick is not None and (tick.fine, tick.number) == (False, 20)
    actions.strike(new.seq, by=amina, at=at)
    assert queries.opening(REF)[0].tick is None
    duty = actions.come_on(REF, amina.ref, "booths", **said(at, amina))
    actions.amend_duty(duty.link_seq, "door", **said(at, amina), reason="wrong_amount")
    assert [one.role for one in queries.roster(REF)] == ["door"]
    board.undo(by=amina, at=at)
    assert queries.roster(REF) == []
    assert feed.last_entries(amina, at)[0].was is not None
    verify()


def test_somebody_elses_entry_is_the_leads_to_change(
    amina: Actor, marc: Actor, staff: dict[str, Account], at: datetime
) -> None:
    joel = staff_queries.actor_of(staff["Joel T."])
    row = actions.tick(REF, "oxygen", True, 85, **said(at, amina))
    with pytest.raises(Forbidden):
        actions.strike(row.link_seq, by=joel, at=at)
    actions.strike(row.link_seq, by=marc, at=at)


def test_a_double_tap_is_one_entry(amina: Actor, marc: Actor, at: datetime) -> None:
    for _ in range(2):
        actions.tick(REF, "oxygen", True, 85, **said(at, amina), token="a" * 32)
        actions.come_on(REF, amina.ref, "booths", **said(at, amina), token="b" * 32)
        actions.sign_off(REF, LINES, **said(at, marc), token="c" * 32)
    assert len(queries.versions(REF)) == 1
    assert len(queries.roster(REF)) == 1


def test_signing_freezes_the_digest_of_what_was_counted(marc: Actor, at: datetime) -> None:
    seated(at - timedelta(hours=1), "3", "heron")
    row = actions.sign_off(REF, LINES, **said(at, marc))
    assert row.digest == hashlib.sha256(row.content.encode()).hexdigest()
    frozen, more = summary.thaw(row.content)
    assert frozen.figure("episodes") == 1
    assert more["ref"] == REF
    assert "heron" not in row.content
    assert trail.notes([row.link_seq])[row.link_seq] == "S: two people in aftercare\nR: order gauze"
    verify()


def test_who_signs_is_the_lead_and_a_shift_to_come_is_not_signed(
    amina: Actor, marc: Actor, at: datetime
) -> None:
    with pytest.raises(Forbidden):
        actions.sign_off(REF, LINES, **said(at, amina))
    with pytest.raises(Conflict):
        actions.sign_off(NIGHT, LINES, **said(at, marc))
    actions.come_on(REF, amina.ref, "lead", **said(at, amina))
    assert actions.sign_off(REF, LINES, **said(at, amina)).version == 1


def test_with_a_wrong_pin_nothing_is_signed_nor_read_back(amina: Actor, marc: Actor, at: datetime) -> None:
    with pytest.raises(Refused):
        actions.hand_over(REF, LINES, amina.ref, "999123", **said(at, marc))
    assert queries.versions(REF) == []
    actions.sign_off(REF, LINES, **said(at, marc))
    with pytest.raises(Refused):
        actions.read_back(REF, amina.ref, "999123", **said(at, marc))
    assert queries.read_backs(REF) == {}


def test_five_wrong_pins_lock_the_name_here_too(amina: Actor, marc: Actor, at: datetime) -> None:
    actions.sign_off(REF, LINES, **said(at, marc))
    for _ in range(5):
        with pytest.raises(Refused):
            actions.read_back(REF, amina.ref, "999123", **said(at, marc))
    with pytest.raises(Refused, match="Too many"):
        actions.read_back(REF, amina.ref, PINS["Amina K."], **said(at, marc))


def test_the_incoming_lead_reads_back_with_their_pin(amina: Actor, marc: Actor, at: datetime) -> None:
    with pytest.raises(Conflict):
        actions.read_back(REF, amina.ref, PINS["Amina K."], **said(at, marc))
    actions.hand_over(REF, LINES, amina.ref, PINS["Amina K."], **said(at, marc))
    assert queries.read_backs(REF)[1].staff == amina.ref
    with pytest.raises(Conflict):
        actions.read_back(REF, amina.ref, PINS["Amina K."], **said(at, marc))


def test_nobody_reads_back_their_own_handover(marc: Actor, at: datetime) -> None:
    with pytest.raises(Refused):
        actions.hand_over(REF, LINES, marc.ref, PINS["Marc D."], **said(at, marc))


def test_shifts_of_a_past_that_was_written_after_the_first_entry_are_listed(app: Flask) -> None:
    # As a simulated fortnight is: its site was made today.
    made = next(iter(trail.links_since(0))).at
    came = made - timedelta(days=2)
    arrive(came)
    assert any(one.shift.window.start <= came < one.shift.window.end for one in queries.listed(made))


def test_a_later_correction_makes_version_2_and_says_what_changed(marc: Actor, at: datetime) -> None:
    visit = arrive(at - timedelta(hours=1))
    first = actions.sign_off(REF, LINES, **said(at, marc))
    with pytest.raises(Conflict):
        actions.sign_off(REF, LINES, **said(at, marc))
    assert [one for one in queries.owed(at) if one.signed] == []
    came = next(link for link in trail.links_since(0) if link.subject == visit.ref)
    visits.strike(came.seq, by=marc, at=at + timedelta(minutes=20))
    later = at + timedelta(minutes=20)
    assert [one.shift.ref for one in queries.owed(later) if one.signed] == [REF]
    before, _ = summary.thaw(first.content)
    said_so = changes.changes(before, summary.plain(counted(later)), collect.MEASURES)
    words = [one.text % one.values for one in said_so]
    assert "Accesses: 0, was 1" in words
    second = actions.sign_off(REF, LINES, **said(later, marc))
    assert (second.version, queries.version(REF, 1).digest) == (2, first.digest)
    assert second.digest != first.digest
    assert [one for one in queries.owed(later) if one.signed] == []


def test_what_happens_after_the_shift_leaves_it_as_signed(marc: Actor, at: datetime) -> None:
    over = queries.shift(REF).window.end
    actions.sign_off(REF, LINES, **said(over, marc))
    arrive(over + timedelta(minutes=1))
    actions.tick(NIGHT, "oxygen", True, 80, **said(over + timedelta(minutes=2), marc))
    assert corrected(queries.versions(REF), over + timedelta(minutes=2)) == {}


def test_a_correction_that_changes_nothing_counted_asks_for_no_new_signature(
    marc: Actor, at: datetime
) -> None:
    visit = seated(at - timedelta(hours=1), "3")
    looked = visits.check(visit, **said(at - timedelta(minutes=50), marc))
    actions.sign_off(REF, LINES, **said(at, marc))
    earlier = at - timedelta(minutes=55)
    corrections.amend(
        looked.link_seq, Change(looks="well"), by=marc, happened_at=earlier, at=at, reason="wrong_time"
    )
    assert [one for one in queries.owed(at) if one.signed] == []
    with pytest.raises(Conflict, match="nothing in it has changed"):
        actions.sign_off(REF, LINES, **said(at, marc))


def test_arrivals_at_other_hours_are_a_correction(marc: Actor, at: datetime) -> None:
    came = arrive(at - timedelta(hours=1))
    actions.sign_off(REF, LINES, **said(at, marc))
    earlier = at - timedelta(hours=3)
    corrections.amend(came.link_seq, Change(), by=marc, happened_at=earlier, at=at, reason="wrong_time")
    [words] = corrected(queries.versions(REF), at)[REF]
    assert words.text == "Accesses: same number, at other hours"


def since(at: datetime) -> list[str]:
    """What changed since the newest signature, in words."""
    return [desk.say(one, {}) for one in corrected(queries.versions(REF)[-1:], at).get(REF, [])]


def test_a_place_used_for_longer_is_a_correction(marc: Actor, at: datetime) -> None:
    ref = seated(at - timedelta(hours=2), "3")
    out = visits.to_aftercare(ref, **said(at - timedelta(hours=1), marc))
    actions.sign_off(REF, LINES, **said(at, marc))
    assert since(at) == []
    later = at - timedelta(minutes=30)
    corrections.amend(out.link_seq, Change(), by=marc, happened_at=later, at=at, reason="wrong_time")
    assert since(at) == ["Places in use: another picture"]
    actions.sign_off(REF, LINES, **said(at, marc))
    assert [one.text for one in between(*queries.versions(REF))] == ["Places in use: another picture"]


def test_what_goes_on_after_the_signature_is_no_other_picture(marc: Actor, at: datetime) -> None:
    ref = seated(at - timedelta(hours=2), "3")
    actions.sign_off(REF, LINES, **said(at, marc))
    later = at + timedelta(minutes=5)
    visits.to_aftercare(ref, **said(later, marc))
    site_actions.take_out_of_service("7", "broken", **said(later, marc))
    assert since(later) == []


def test_a_place_out_of_service_after_all_is_a_correction(marc: Actor, at: datetime) -> None:
    actions.sign_off(REF, LINES, **said(at, marc))
    site_actions.take_out_of_service("7", "broken", by=marc, happened_at=at - timedelta(hours=1), at=at)
    assert since(at) == ["Open places: another picture"]


def test_somebody_registered_late_is_a_correction(marc: Actor, at: datetime) -> None:
    actions.sign_off(REF, LINES, **said(at, marc))
    assert since(at) == []
    people.register("Heron", by=marc, happened_at=at - timedelta(hours=1), at=at)
    assert since(at) == ["New registrations: 1, was 0"]


def test_a_corrected_response_names_the_columns_that_say_something_else(marc: Actor, at: datetime) -> None:
    response_running(marc, at, "5")
    actions.sign_off(REF, LINES, **said(at, marc))
    responses.give_naloxone("R0001", 400, "intramuscular", **said(at, marc))
    responses.call_ems("R0001", **said(at, marc))
    assert since(at)[-1] == "Response R0001 was corrected: Staff doses, EMS"


def test_words_typed_after_the_signature_are_a_change(amina: Actor, marc: Actor, at: datetime) -> None:
    own = "R.own.1"
    drafts.keep(REF, own, "order gauze", "", "", by=amina, at=at)
    drafts.keep(REF, "S.people", "nobody left", "0 in places", "", by=amina, at=at)
    lines = [("S", "nobody left"), ("B", "0 accesses"), ("R", "order gauze")]
    actions.sign_off(REF, lines, **said(at, marc))
    assert since(at) == []
    later = at + timedelta(minutes=1)
    typed = drafts.drafts(REF)
    drafts.keep(REF, own, "", "", drafts.stamp(typed[own]), by=amina, at=later)
    words = {"by": amina, "at": later}
    drafts.keep(REF, "S.people", "two left", "0 in places", drafts.stamp(typed["S.people"]), **words)
    drafts.keep(REF, "B.counts", "", "0 accesses", "", **words)
    drafts.keep(REF, "R.own.2", "", "", "", **words)
    assert since(later) == [
        "Handover, Recommendation: “order gauze” was left out",
        "Handover, Situation: “two left”",
        "Handover, Background: a line was left out",
    ]
    assert [one.shift.ref for one in queries.owed(later) if one.signed] == [REF]
    actions.sign_off(REF, [("S", "two left")], **said(later, marc))
    assert since(later) == []
    assert {one.text % one.values for one in between(*queries.versions(REF))} == {
        "Handover, Recommendation: “order gauze” was left out",
        "Handover, Situation: “two left”",
        "Handover, Background: a line was left out",
    }


def test_a_signed_shift_keeps_its_window_when_the_times_change(marc: Actor, at: datetime) -> None:
    window = queries.shift(REF).window
    actions.sign_off(REF, LINES, **said(at, marc))
    times = [{"code": "early", "label": "Early", "starts": "06:00", "ends": "14:00"}]
    site_actions.configure({"shift_times": times}, **said(at, marc))
    assert queries.shift(REF).window == window
    assert [one.code for one in queries.running(at - timedelta(hours=6))] == ["early"]
    with pytest.raises(Unknown):
        queries.shift(NIGHT)


def test_the_summary_counts_every_source_there_is(app: Flask, at: datetime) -> None:
    assert counted(at).figures.keys() == collect.MEASURES.keys()


def test_the_summary_says_who_came_when_and_how_full_it_was(marc: Actor, at: datetime) -> None:
    ref = seated(at - timedelta(hours=2), "3", "heron")
    visits.to_aftercare(ref, **said(at - timedelta(hours=1)))
    in_aftercare(at - timedelta(minutes=30), "4", "wren")
    response_running(marc, at, "5")
    found = counted(at)
    assert (found.figure("accesses"), found.figure("visitors"), found.figure("responses")) == (2, 2, 1)
    assert dict((hour, used) for hour, used, _ in found.hours)["16"] == 1
    assert max(used for _, used, _ in found.places) == 1
    assert found.places[-1][1] == 0
    assert found.responses[0]["to_oxygen"] == 45


def test_an_out_of_service_place_is_not_an_open_one(marc: Actor, at: datetime) -> None:
    site_actions.take_out_of_service("7", "broken", **said(at - timedelta(hours=1), marc))
    assert [places for _, _, places in counted(at).places] == [11, 10]


def test_ten_times_the_crowd_takes_no_more_reads(app: Flask, at: datetime, marc: Actor) -> None:
    def reads() -> int:
        sent: list[str] = []

        def note(connection: object, cursor: object, statement: str, *_: object) -> None:
            sent.append(statement)

        db.session.remove()
        for kept in [name for name in app.extensions if str(name).startswith("sitelog.board.")]:
            del app.extensions[kept]
        event.listen(db.engine, "before_cursor_execute", note)
        counted(at)
        items = opened.open_items(at)
        names_of(items)
        queries.listed(at)
        event.remove(db.engine, "before_cursor_execute", note)
        return sum(one.startswith("SELECT") for one in sent)

    response_running(marc, at, "5")
    in_aftercare(at - timedelta(hours=1), "3", "heron")
    factories.referral_offered(at, follow_up_on=at.date())
    few = reads()
    for n in range(10):
        in_aftercare(at - timedelta(minutes=50 - n), "4", f"wren {n}")
        arrive(at - timedelta(minutes=n), f"lark {n}")
        factories.referral_offered(at, follow_up_on=at.date())
    assert reads() <= few
    assert few <= READS_OF_A_SUMMARY


def test_alerts_incidents_restrictions_and_sessions_are_handed_over(marc: Actor, at: datetime) -> None:
    ref = incidents.log(Happening("substance_left"), **said(at - timedelta(hours=1), marc)).ref
    alerts.write(Alert("Purple down", "Expect long sedation.", at.date()), **said(at, marc))
    arrive(at, "K-9")
    person = register.known_as("K-9")
    assert person is not None
    tomorrow = at.date() + timedelta(days=1)
    people.restrict(person.ref, "violence", at.date(), tomorrow, **said(at, marc))
    services.plan(Plan("support_group", at + timedelta(minutes=30), "outside"), **said(at, marc))
    items = opened.open_items(at)
    found = {one.key.partition(".")[0]: one for one in items}
    assert {"alert", "incident", "restriction", "session", "visit"} == set(found)
    assert found["incident"].said.values["ref"] == ref
    assert names_of(items)[person.id] == "K-9"
    steps = found["incident"].said.values["steps"]
    assert isinstance(steps, tuple) and steps[:2] == ("Bagged", "Sealed and labelled")
    assert "missing: Bagged, Sealed and labelled" in desk.say(found["incident"].said, {})
    kept = json.dumps(freeze(items))
    assert "K-9" not in kept and "Purple" not in kept
    assert thaw(json.loads(kept))[0].said == items[0].said
    keys = {"".join(line.key.split(".")[:2]) for line in sbar.draft(counted(at), items)}
    assert {"Salert", "Ralert", "Rincident", "Rrestriction", "Rsession"} <= keys


def test_an_incident_of_another_day_and_a_session_of_the_next_one_say_so(marc: Actor, at: datetime) -> None:
    old = incidents.log(Happening("complaint"), **said(at - timedelta(days=3), marc)).ref
    new = incidents.log(Happening("complaint"), **said(at - timedelta(hours=1), marc)).ref
    for hours in (1, 20, 40):
        services.plan(Plan("support_group", at + timedelta(hours=hours), "outside"), **said(at, marc))
    items = {one.key: one for one in opened.open_items(at)}
    since = [items[f"incident.{ref}"].said.values["since"] for ref in (old, new)]
    assert since == [(at - timedelta(days=3)).date(), at - timedelta(hours=1)]
    assert len([key for key in items if key.startswith("session.")]) == 2


def test_a_drug_alert_everybody_has_read_is_recommended_to_nobody(
    marc: Actor, staff: dict[str, Account], at: datetime
) -> None:
    row = alerts.write(Alert("Purple down", "Expect long sedation.", at.date()), **said(at, marc))
    [unread] = [one for one in opened.open_items(at) if one.key == f"alert.{row.ref}"]
    assert "not read by" in desk.say(unread.said, {}) and desk.say(unread.tag, {}) == "to be read"
    for account in staff.values():
        alerts.read(row.ref, row.link_seq, **said(at, staff_queries.actor_of(account)))
    keys = {line.key for line in sbar.draft(counted(at), opened.open_items(at))}
    assert f"S.alert.{row.ref}" in keys and "R.alert" not in keys


def test_who_was_taken_to_hospital_counts_by_what_ems_did(marc: Actor, at: datetime) -> None:
    response_running(marc, at, "5")
    responses.ems_left("R0001", "transported", **said(at, marc))
    responses.close("R0001", "recovered", **said(at, marc))
    [line] = [one for one in sbar.draft(counted(at), []) if one.key == "B.responses"]
    assert line.said.values["hospital"] == 1


def test_the_handover_is_drafted_from_the_log(marc: Actor, at: datetime) -> None:
    in_aftercare(at - timedelta(minutes=12), "3", "heron")
    response_running(marc, at, "5")
    keys = [line.key for line in sbar.draft(counted(at), opened.open_items(at))]
    assert keys[0] == "S.people"
    assert {"B.counts", "B.responses", "R.response.R0001", "R.visit"} <= set(keys)


def recommended(at: datetime) -> dict[str, tuple[str, int]]:
    """What the drafted handover recommends, by key, and how many more there are of the kind."""
    items = opened.open_items(at)
    lines = [line for line in sbar.draft(counted(at), items) if line.part == "R"]
    return {line.key: (desk.say(line.said, names_of(items)), line.more) for line in lines}


def test_a_recommendation_is_a_line_for_each_kind_and_names_the_first(marc: Actor, at: datetime) -> None:
    for _ in range(5):
        factories.referral_offered(at, follow_up_on=at.date())
    words = (
        "Follow-ups (5): F0001: ask about Methadone; F0002: ask about Methadone; F0003: ask about Methadone"
    )
    assert recommended(at) == {"R.ask": (f"{words}; and 2 more.", 2)}


def test_what_is_urgent_is_named_however_much_there_is(marc: Actor, at: datetime) -> None:
    for n in range(5):
        in_aftercare(at - timedelta(minutes=50 - n), f"{n + 1}", f"wren-{n}")
    in_aftercare(at - timedelta(minutes=1), "6", "heron")
    for item in ("foil", "condom", "swab", "naloxone_ampoule"):
        supplies.receive(Receipt(item, 1, "A", at.date() + timedelta(days=900)), **said(at, marc))
    response_running(marc, at, "7")
    found = recommended(at)
    assert found["R.response.R0001"] == ("Finish and close response R0001.", 0)
    words, more = found["R.visit"]
    assert all(f"wren-{n}: observation due" in words for n in range(5)) and more == 1
    words, more = found["R.stock"]
    assert words.startswith("Stock (4): Naloxone") and more == 1


def assessed(at: datetime) -> list[str]:
    """What the drafted handover says under A."""
    lines = sbar.draft(counted(at), opened.open_items(at))
    return [desk.say(line.said, {}) for line in lines if line.part == "A"]


def test_a_quiet_log_is_assessed_as_quiet(app: Flask, at: datetime) -> None:
    seated(at - timedelta(minutes=2), "4", "heron")
    assert assessed(at) == ["Nothing in the log stands out."]


def test_what_is_open_stands_out_in_the_assessment(marc: Actor, at: datetime) -> None:
    early = at - timedelta(minutes=30)
    response_running(marc, at, "5")
    over = response_running(marc, early, "3")
    responses.to_aftercare(over.ref, **said(early, marc))
    in_aftercare(at - timedelta(minutes=12), "4", "heron")
    incidents.log(Happening("complaint"), **said(at, marc))
    incidents.log(Happening("complaint"), **said(at, marc))
    site_actions.take_out_of_service("6", "cleaning", **said(at, marc))
    lines = assessed(at)
    assert lines[:3] == [
        "Responses running now: R0001.",
        "Responses still to be closed: R0002.",
        "Open incidents: I0002 Complaint; I0001 Complaint.",
    ]
    assert lines[3].startswith("In aftercare: 1; observation due now: ")
    assert "Places out of service: 1." in lines
    assert "Nothing in the log stands out." not in lines


def test_the_gravest_incident_is_handed_over_first_and_by_its_kind(marc: Actor, at: datetime) -> None:
    kinds = ("complaint", "weapon", "exposure", "fall", "complaint", "death_on_site")
    for n, kind in enumerate(kinds):
        incidents.log(Happening(kind), **said(at - timedelta(minutes=60 - n), marc))
    first = "I0006 Death on site; I0004 Fall; I0003 Needlestick or body-fluid exposure; I0002 Weapon"
    assert assessed(at) == [f"Open incidents: {first}; I0005 Complaint; I0001 Complaint."]
    assert recommended(at)["R.incident"][0].startswith("Incidents (6): I0006: Death on site")


def test_who_is_in_a_running_response_is_named_with_it_and_said_to_be(marc: Actor, at: datetime) -> None:
    in_aftercare(at - timedelta(minutes=20), "4", "lynx")
    early = responses.start("washroom", visit_ref="V0001", **said(at - timedelta(minutes=15), marc)).ref
    responses.close(early, "recovered", None, **said(at - timedelta(minutes=12), marc))

    def lines() -> dict[str, str]:
        items = opened.open_items(at)
        return {line.key: desk.say(line.said, names_of(items)) for line in sbar.draft(counted(at), items)}

    assert lines()["S.visit.V0001"].endswith("; had response R0001, no naloxone by staff.")
    responses.start("waiting", visit_ref="V0001", **said(at, marc))
    found = lines()
    assert found["S.response.R0002"].startswith("Response R0002, Waiting, lynx: running since ")
    assert found["S.visit.V0001"].endswith(
        "; has a running response, R0002, after response R0001, no naloxone by staff."
    )
    responses.no_overdose(early, by=marc, at=at)
    assert lines()["S.visit.V0001"].endswith("; has a running response, R0002, no naloxone by staff.")
    responses.to_aftercare("R0002", **said(at, marc))
    assert lines()["S.response.R0002"] == "Response R0002, Waiting, lynx: to be closed"


def test_how_many_responses_ran_at_once_counts_those_that_still_do(marc: Actor, at: datetime) -> None:
    def ago(minutes: int) -> datetime:
        return at - timedelta(minutes=minutes)

    def at_once() -> list[str]:
        found = sbar.draft(counted(at), opened.open_items(at))
        return [desk.say(one.said, {}) for one in found if one.key.startswith("B.two-at-once")]

    for place, minutes in (("1", 9), ("2", 8), ("3", 6)):
        responses.start("place", place, **said(ago(minutes), marc))
    since, until = "18:34", "18:39"
    assert at_once() == [f"3 responses at once, from {since}; 3 still run."]
    responses.close("R0001", "recovered", None, **said(ago(4), marc))
    assert at_once() == [f"3 responses at once, from {since}; 2 still run."]
    # Whoever is watched, though the response is not closed, keeps no hands.
    responses.to_aftercare("R0002", **said(ago(3), marc))
    assert at_once() == [f"3 responses at once, {since} to {until}."]
    responses.close("R0002", "recovered", None, **said(at, marc))
    assert at_once() == [f"3 responses at once, {since} to {until}."]


def test_who_was_revived_in_this_shift_and_is_still_here_is_named_with_the_doses(
    marc: Actor, at: datetime
) -> None:
    for place, handle in (("3", "heron"), ("4", "wren"), ("5", "lark")):
        seated(at - timedelta(hours=1), place, handle)
    for place in ("3", "5"):
        responses.to_aftercare(response_running(marc, at, place).ref, **said(at, marc))
    visits.leave("V0003", **said(at, marc))
    items = opened.open_items(at)
    lines = {line.key: desk.say(line.said, names_of(items)) for line in sbar.draft(counted(at), items)}
    words = lines["S.visit.V0001"]
    assert words.startswith("heron: ")
    assert words.endswith("; had response R0001, naloxone doses by staff: 1, 0.4 mg.")
    assert [key for key in lines if key.startswith("S.visit")] == ["S.visit.V0001"]
    visits.seat("V0001", "6", **said(at, marc))
    assert "heron: in Booth 6" in desk.say(
        next(
            one for one in sbar.draft(counted(at), opened.open_items(at)) if one.key == "S.visit.V0001"
        ).said,
        names_of(items),
    )


def test_a_forgotten_person_is_a_number_in_every_signed_version(marc: Actor, at: datetime) -> None:
    in_aftercare(at - timedelta(minutes=5), "3", "heron")
    row = actions.sign_off(REF, LINES, **said(at, marc))
    items = thaw(summary.thaw(row.content)[1]["open"])
    assert list(names_of(items).values()) == ["heron"]
    people.forget("P0001", **said(at, marc))
    assert list(names_of(items).values()) == ["P0001"]


def test_what_another_typed_is_never_written_over_unseen(amina: Actor, marc: Actor, at: datetime) -> None:
    first = drafts.keep(REF, "S.people", "two in aftercare", "drafted", "", by=amina, at=at)
    with pytest.raises(Conflict, match="two in aftercare"):
        drafts.keep(REF, "S.people", "nobody left", "drafted", "", by=marc, at=at)
    seen = drafts.stamp(first)
    drafts.keep(REF, "S.people", "nobody left", "drafted", seen, by=marc, at=at)
    assert drafts.drafts(REF)["S.people"].text == "nobody left"


def test_typing_on_is_one_edit_and_two_windows_of_one_person_are_two(amina: Actor, at: datetime) -> None:
    first = drafts.keep(REF, "R.own.1", "order", "", "", by=amina, at=at)
    stale = drafts.stamp(first)
    again = drafts.keep(REF, "R.own.1", "order gauze", "", stale, by=amina, at=at)
    assert again.id == first.id
    other = drafts.keep(REF, "R.own.1", "swap oxygen", "", stale, by=amina, at=at)
    assert other.id != first.id
    for bad in ("", "S", "S.x'; drop"):
        with pytest.raises(SitelogError):
            drafts.keep(REF, bad, "words", "", "", by=amina, at=at)


def test_a_funder_signs_nothing(app: Flask, at: datetime) -> None:
    funder = Actor("S05", "Fay F.", "FF", Role.FUNDER, "city")
    with pytest.raises(Forbidden):
        actions.sign_off(REF, LINES, **said(at, funder))
