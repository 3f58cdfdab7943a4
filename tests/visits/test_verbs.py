"""The verbs of a visit: what they record, what they refuse, and that a double tap is one entry."""

from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import event

from sitelog.ground.errors import Conflict, Refused, Unknown
from sitelog.people import queries as people
from sitelog.site import actions as site
from sitelog.store.db import db
from sitelog.store.transaction import transaction
from sitelog.trail import queries as trail
from sitelog.trail.verify import verify
from sitelog.visits import actions, queries
from sitelog.visits.rules import Asked, Item
from tests.factories import CRACK, DOWN, arrive, in_aftercare, register, said, seated

MINUTE = timedelta(minutes=1)


def here(at: datetime) -> dict[str, tuple[str, str | None]]:
    """Who is where: handle -> area and place."""
    return {one.who: (one.area, one.place_code) for one in queries.in_house(at)}


def test_from_the_door_to_the_door(app: Flask, at: datetime) -> None:
    came = arrive(at, "moss", Asked((Item("down", "inject"),), help=True, help_reason="knowledge"))
    assert here(at) == {"moss": ("waiting", None)}
    actions.seat(came.ref, "3", **said(at + 5 * MINUTE))
    actions.check(came.ref, **said(at + 9 * MINUTE))
    actions.move(came.ref, "4", **said(at + 10 * MINUTE))
    one = queries.at_place("4")
    assert (one.who, one.since, one.arrived_at) == ("moss", at + 10 * MINUTE, at)
    assert (one.substances, one.routes, one.flags) == (("down",), ("inject",), ("help",))
    assert (one.last_check.looks, one.last_check.by) == ("well", "S01")
    actions.to_aftercare(came.ref, **said(at + 20 * MINUTE))
    assert here(at) == {"moss": ("aftercare", None)}
    actions.leave(came.ref, **said(at + 35 * MINUTE))
    assert here(at) == {}
    verify()


def test_each_verb_leaves_one_link(app: Flask, at: datetime) -> None:
    came = arrive(at, "moss")
    before = trail.last_seq()
    actions.seat(came.ref, "3", **said(at))
    assert trail.last_seq() == before + 1
    assert trail.last().kind == "visit.seated"


def test_a_double_tap_is_one_entry_and_answers_as_the_first(app: Flask, at: datetime) -> None:
    first = actions.check_in_and_seat(DOWN, "3", **said(at), token="a" * 32, handle="moss")
    again = actions.check_in_and_seat(DOWN, "3", **said(at), token="a" * 32, handle="moss")
    assert again.id == first.id
    assert len(queries.in_house(at)) == 1
    looked = actions.check("V0001", **said(at), token="b" * 32)
    assert actions.check("V0001", **said(at), token="b" * 32).id == looked.id


def test_anonymous_numbers_count_within_the_site_day(app: Flask, at: datetime) -> None:
    arrive(at)
    arrive(at + MINUTE)
    before_four = at.replace(hour=8, minute=59) + timedelta(days=1)  # 03:59 the next morning in Toronto
    arrive(before_four)
    arrive(before_four + 2 * MINUTE)
    assert [one.who for one in queries.in_house(at)] == ["Anon 1", "Anon 2", "Anon 3", "Anon 1"]


def test_midnight_empties_nothing(app: Flask, at: datetime) -> None:
    seated(at, "3", "moss")
    assert here(at + timedelta(days=3)) == {"moss": ("place", "3")}


def test_a_taken_place_is_a_conflict_and_nothing_is_half_done(app: Flask, at: datetime) -> None:
    seated(at, "3", "moss")
    before = trail.last_seq()
    with pytest.raises(Conflict, match="taken by moss at 18:42. Free now: Booth 1, Booth 2, Booth 4"):
        actions.check_in_and_seat(DOWN, "3", **said(at), handle="pike")
    assert trail.last_seq() == before
    assert here(at) == {"moss": ("place", "3")}


def test_a_place_out_of_service_takes_nobody_new(app: Flask, at: datetime) -> None:
    came = arrive(at, "moss")
    site.take_out_of_service("3", "broken", **said(at))
    with pytest.raises(Conflict, match="out of service"):
        actions.seat(came.ref, "3", **said(at + MINUTE))
    assert here(at) == {"moss": ("waiting", None)}


def test_a_person_who_is_here_is_not_checked_in_twice(app: Flask, at: datetime) -> None:
    ref = register("moss", at)
    arrive(at, person=ref)
    with pytest.raises(Conflict, match="moss is already here, since 18:42"):
        arrive(at + MINUTE, person=ref)


def test_a_person_may_come_again_after_leaving(app: Flask, at: datetime) -> None:
    ref = register("moss", at)
    actions.leave(arrive(at, person=ref).ref, **said(at + MINUTE))
    assert arrive(at + 2 * MINUTE, person=ref).ref == "V0002"


def test_who_comes_for_a_service_is_not_on_the_waiting_list(app: Flask, at: datetime) -> None:
    came = arrive(at, "quill", Asked(purpose="service"))
    assert here(at) == {"quill": ("service", None)}
    actions.to_waiting(came.ref, **said(at + MINUTE))
    actions.start_service(came.ref, **said(at + 2 * MINUTE))
    assert here(at) == {"quill": ("service", None)}


def test_leaving_before_service_keeps_the_reason(app: Flask, at: datetime) -> None:
    came = arrive(at, "moss")
    gone = actions.leave_before_service(came.ref, "wait", **said(at + 12 * MINUTE))
    assert (gone.how, gone.reason) == ("left_before_service", "wait")
    with pytest.raises(Conflict):
        actions.leave(came.ref, **said(at + 13 * MINUTE))


def test_late_entries_take_their_place_in_the_past(app: Flask, at: datetime) -> None:
    came = arrive(at - 60 * MINUTE, "moss")
    actions.to_aftercare(came.ref, **said(at))
    entered = {"by": said(at)["by"], "at": at + MINUTE}
    actions.seat(came.ref, "3", happened_at=at - 30 * MINUTE, **entered)
    assert here(at) == {"moss": ("aftercare", None)}
    assert queries.in_house(at)[0].episodes == 1
    assert queries.occupant("3") is None


def test_a_second_episode_has_its_own_declaration(app: Flask, at: datetime) -> None:
    ref = in_aftercare(at, "3", "moss")
    actions.use_again(ref, CRACK.items, "X", **said(at + 20 * MINUTE))
    one = queries.at_place("X")
    assert (one.episodes, one.substances) == (2, ("crack",))


@pytest.mark.parametrize(
    "asked",
    [
        Asked((Item("moonshine", "inject"),)),
        Asked((Item("down", "osmosis"),)),
        Asked(help_reason="nosy"),
        Asked(where_else="moon"),
        Asked(alone="maybe"),
        Asked(purpose="tea"),
    ],
)
def test_words_on_no_list_are_refused(app: Flask, at: datetime, asked: Asked) -> None:
    with pytest.raises(Refused):
        arrive(at, "moss", asked)
    assert queries.in_house(at) == []


def test_an_unknown_visit_and_an_unknown_place_are_unknown(app: Flask, at: datetime) -> None:
    with pytest.raises(Unknown):
        actions.seat("V9999", "3", **said(at))
    with pytest.raises(Unknown):
        actions.seat(arrive(at).ref, "99", **said(at))


def test_the_sheet_offers_what_was_usual_and_where_somebody_is(app: Flask, at: datetime) -> None:
    ref = register("mariposa", at)
    actions.leave(arrive(at, person=ref, asked=CRACK).ref, **said(at + MINUTE))
    seated(at, "3", "marigold")
    found = {one.person.handle: one for one in queries.usual(people.find("mari"))}
    assert found["mariposa"].items == (Item("crack", "smoke"),)
    assert (found["mariposa"].last_at, found["mariposa"].here) == (at, None)
    assert found["marigold"].here.place_code == "3"


def test_who_is_in_the_house_takes_six_reads_however_many_they_are(app: Flask, at: datetime) -> None:
    for n in range(8):
        seated(at, str(n + 1), f"person {n}")
    for n in range(12):
        actions.leave(arrive(at, f"gone {n}").ref, **said(at + MINUTE))
    read: list[str] = []
    event.listen(db.engine, "before_cursor_execute", lambda c, cur, sql, *rest: read.append(sql))
    assert len(queries.in_house(at)) == 8
    assert len([sql for sql in read if not sql.startswith("BEGIN")]) <= 6


def test_a_rolled_back_arrival_is_not_remembered(app: Flask, at: datetime) -> None:
    seated(at, "3", "moss")
    with pytest.raises(ZeroDivisionError), transaction():
        arrive(at, "pike")
        assert len(queries.in_house(at)) == 2
        raise ZeroDivisionError
    assert here(at) == {"moss": ("place", "3")}
    arrive(at, "fern")
    assert set(here(at)) == {"moss", "fern"}
