"""Planned sessions: what a plan may say, held as one service, cancelled, taken back, and what stays open."""

from datetime import datetime, timedelta

import pytest
from flask import Flask

from sitelog.board import actions as board
from sitelog.board import feed
from sitelog.ground.access import Actor
from sitelog.ground.errors import WHEN, Conflict, Refused, Unknown
from sitelog.services import actions, queries, rules
from sitelog.services.rules import Plan
from sitelog.site import defaults
from sitelog.site.rules import assemble
from sitelog.trail import queries as trail
from sitelog.trail.verify import verify
from tests.factories import said

HOUR = timedelta(hours=1)
BOOK = assemble(defaults.starter("Juniper Street", "America/Toronto"))


def group(at: datetime) -> Plan:
    return Plan("support_group", at, "group_room")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"kind": "food"}, "kind"),
        ({"kind": "spaceship"}, "kind"),
        ({"place": "moon"}, "place"),
        ({"leads": "S99"}, "leads"),
        ({"days": 400}, "on"),
        ({"days": -2}, "on"),
    ],
)
def test_a_plan_nobody_can_mean_is_refused_beside_its_field(
    at: datetime, change: dict[str, object], field: str
) -> None:
    days = timedelta(days=int(str(change.get("days", 1))))
    said = {"kind": "support_group", "place": "group_room"} | {k: str(v) for k, v in change.items()}
    plan = Plan(said["kind"], at + days, said["place"], said.get("leads"))
    with pytest.raises(Refused) as refused:
        rules.check_plan(BOOK, plan, ["S01"], at)
    assert refused.value.field == field


def test_a_session_held_is_one_service_with_how_many_attended(app: Flask, nurse: Actor, at: datetime) -> None:
    plan = actions.plan(group(at - HOUR), **said(at, nurse))
    assert [one.session.ref for one in queries.open_items(at)] == [plan.ref]
    row = actions.hold(plan.ref, 9, **said(at, nurse))
    assert (row.kind, row.attending, row.session_ref) == ("support_group", 9, plan.ref)
    found = queries.session(plan.ref)
    assert (found.state, found.attended) == ("held", 9)
    assert queries.open_items(at) == []
    assert [one.session.ref for one in queries.sessions(at)] == [plan.ref]
    actions.amend(row.link_seq, row.kind, rules.Details(attending=8), reason="other", **said(at, nurse))
    assert queries.session(plan.ref).attended == 8
    assert verify().count == trail.last_seq()


@pytest.mark.parametrize("happened", [0, -2])
def test_a_session_is_not_held_before_it_begins(
    app: Flask, nurse: Actor, at: datetime, happened: int
) -> None:
    plan = actions.plan(group(at + happened * HOUR + HOUR), **said(at, nurse))
    with pytest.raises(Refused) as refused:
        actions.hold(plan.ref, 9, by=nurse, happened_at=at + happened * HOUR, at=at)
    assert refused.value.field == WHEN
    assert queries.session(plan.ref).state == "planned"


def test_what_was_held_is_not_corrected_to_before_it_began(app: Flask, nurse: Actor, at: datetime) -> None:
    plan = actions.plan(group(at - HOUR), **said(at, nurse))
    row = actions.hold(plan.ref, 9, **said(at, nurse))
    words = said(at, nurse) | {"happened_at": at - 2 * HOUR, "reason": "wrong_time"}
    with pytest.raises(Refused) as refused:
        actions.amend(row.link_seq, row.kind, rules.Details(attending=9), **words)
    assert refused.value.field == WHEN
    assert queries.session(plan.ref).attended == 9


def test_a_session_is_closed_once(app: Flask, nurse: Actor, at: datetime) -> None:
    held, off = (actions.plan(group(at), **said(at, nurse)) for _ in range(2))
    actions.hold(held.ref, 9, **said(at, nurse))
    actions.cancel(off.ref, **said(at, nurse))
    for ref in (held.ref, off.ref):
        with pytest.raises(Conflict):
            actions.cancel(ref, **said(at, nurse))
        with pytest.raises(Conflict):
            actions.hold(ref, 3, **said(at, nurse))
    with pytest.raises(Unknown):
        actions.cancel("G9999", **said(at, nurse))


def test_what_closed_a_session_is_undone_and_it_is_open_again(app: Flask, nurse: Actor, at: datetime) -> None:
    plan = actions.plan(group(at), **said(at, nurse))
    actions.cancel(plan.ref, **said(at, nurse))
    board.undo(by=nurse, at=at)
    assert queries.session(plan.ref).state == "planned"
    actions.hold(plan.ref, 3, **said(at, nurse))
    board.undo(by=nurse, at=at)
    assert [one.session.ref for one in queries.open_items(at)] == [plan.ref]
    feed.last_entries(nurse, at)


def test_a_plan_is_changed_and_struck(app: Flask, nurse: Actor, at: datetime) -> None:
    plan = actions.plan(group(at), **said(at, nurse))
    link = actions.amend_plan(plan.link_seq, group(at + HOUR), reason="wrong_time", **said(at, nurse))
    assert queries.session(plan.ref).session.starts_at == at + HOUR
    actions.strike_session(link.seq, by=nurse, at=at)
    assert queries.sessions(at) == []
    assert len(feed.last_entries(nurse, at)) == 1


def test_a_session_nobody_closed_stays_open_and_one_to_come_is_not_yet(
    app: Flask, nurse: Actor, at: datetime
) -> None:
    late = actions.plan(group(at - timedelta(hours=20)), **said(at, nurse))
    soon = actions.plan(group(at + timedelta(days=3)), **said(at, nurse))
    assert [one.session.ref for one in queries.open_items(at)] == [late.ref]
    assert [one.session.ref for one in queries.sessions(at)] == [late.ref, soon.ref]


def test_a_double_tap_plans_and_holds_once(app: Flask, nurse: Actor, at: datetime) -> None:
    first, again = (actions.plan(group(at), token="a" * 32, **said(at, nurse)) for _ in range(2))
    assert first.ref == again.ref
    rows = [actions.hold(first.ref, 2, token="b" * 32, **said(at, nurse)) for _ in range(2)]
    assert rows[0].ref == rows[1].ref
