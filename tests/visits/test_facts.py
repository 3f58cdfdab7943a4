"""What visits count: the four counters that must never be mixed up, without handle, place or minute."""

from collections import Counter
from datetime import datetime, timedelta

import pytest
from flask import Flask

from sitelog.ground.facts import Fact, Grain
from sitelog.site import queries as site
from sitelog.visits import actions, corrections, facts, queries
from sitelog.visits.rules import Asked, Change, Item
from tests.factories import CRACK, DOWN, arrive, in_aftercare, register, said, seated

MINUTE = timedelta(minutes=1)


@pytest.fixture
def counted(app: Flask, at: datetime):  # type: ignore[no-untyped-def]
    """The facts of the site day, when asked."""

    def count(day: datetime = at) -> list[Fact]:
        book = site.book()
        grain = Grain(book.calendar, book.bands, lambda key: f"<{key}>")
        return list(facts.facts(book.calendar.day(book.calendar.day_of(day)), grain))

    return count


def amounts(found: list[Fact]) -> dict[str, int]:
    return dict(Counter(fact.measure for fact in found))


def test_accesses_episodes_and_consumptions_are_three_things(counted, at: datetime) -> None:
    arrive(at, "quill", Asked(purpose="service"))
    seated(at, "3", "moss", Asked((Item("down", "inject"), Item("crystal", "inject"))))
    arrive(at, "pike")
    found = amounts(counted())
    assert (found["accesses"], found["episodes"], found["consumptions"]) == (3, 1, 2)


def test_an_episode_goes_on_when_the_place_changes(counted, at: datetime) -> None:
    ref = seated(at, "3", "moss")
    actions.move(ref, "4", **said(at + MINUTE))
    assert amounts(counted())["episodes"] == 1


def test_a_second_episode_counts_with_its_own_substances(counted, at: datetime) -> None:
    actions.use_again(in_aftercare(at, "3", "moss"), CRACK.items, "X", **said(at + 20 * MINUTE))
    found = counted()
    tables = [fact.dim("substance") for fact in found if fact.measure == "consumptions"]
    assert (amounts(found)["episodes"], tables) == (2, ["opioids", "cocaine"])


def test_an_episode_without_a_declaration_is_one_consumption_not_recorded(counted, at: datetime) -> None:
    seated(at, "3", asked=Asked())
    [use] = [fact for fact in counted() if fact.measure == "consumptions"]
    assert (use.dim("substance_class"), use.dim("route"), use.person) == (None, None, None)


def test_dimensions_are_the_coarse_ones_only(counted, at: datetime) -> None:
    seated(at, "X", "moss", CRACK)
    use = next(fact for fact in counted() if fact.measure == "consumptions")
    assert dict(use.dims) == {"substance_class": "stimulant", "substance": "cocaine", "route": "inhaled"}
    assert "moss" not in repr(counted())


def test_somebody_without_a_handle_is_one_person(counted, at: datetime) -> None:
    arrive(at, asked=Asked((Item("down", "inject"), Item("crack", "smoke"))))
    visitors = [fact for fact in counted() if fact.measure == "visitors"]
    assert [fact.person for fact in visitors] == [None]


def test_a_person_who_comes_twice_is_one_person(counted, at: datetime) -> None:
    ref = register("moss", at)
    actions.leave(arrive(at, person=ref).ref, **said(at + MINUTE))
    arrive(at + 2 * MINUTE, person=ref, asked=CRACK)
    visitors = [fact for fact in counted() if fact.measure == "visitors"]
    assert len({fact.person for fact in visitors}) == 1
    assert {fact.dim("substance_class") for fact in visitors} == {"opioid", "stimulant"}


def test_who_left_before_service_counts_where_they_left(counted, at: datetime) -> None:
    actions.leave_before_service(arrive(at).ref, "wait", **said(at + MINUTE))
    actions.leave(seated(at, "3"), **said(at + MINUTE))
    assert amounts(counted())["left_before_service"] == 1


def test_struck_and_replaced_entries_do_not_count(counted, at: datetime) -> None:
    ref = seated(at, "3", "moss")
    by = said(at)["by"]
    corrections.amend(queries.visit(ref).seq, Change(DOWN), happened_at=at, by=by, at=at)
    assert amounts(counted()) == {"accesses": 1, "visitors": 1, "episodes": 1, "consumptions": 1}
    corrections.strike(queries.visit(ref).seq, by=by, at=at)
    assert counted() == []


def test_an_episode_belongs_to_the_day_it_began(counted, at: datetime) -> None:
    late = at.replace(hour=8, minute=55) + timedelta(days=1)  # 03:55 in Toronto, the same site day
    ref = seated(late, "3", "moss")
    actions.move(ref, "4", **said(late + 10 * MINUTE))
    assert amounts(counted(at))["episodes"] == 1
    assert "episodes" not in amounts(counted(late + timedelta(hours=1)))


def test_every_fact_has_a_measure_with_its_definition(counted, at: datetime) -> None:
    actions.check(seated(at, "3", "moss"), **said(at))
    actions.leave_before_service(arrive(at).ref, **said(at))
    known = {measure.code: measure for measure in facts.MEASURES}
    assert {fact.measure for fact in counted()} == set(known)
    assert all(measure.definition for measure in known.values())
