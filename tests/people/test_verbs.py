"""Codes, traits, alerts, restrictions and merges: what a verb enters, refuses and takes back."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask

from sitelog.ground.access import Actor
from sitelog.ground.errors import Conflict, Forbidden, Refused, Unknown
from sitelog.incidents import actions as incidents
from sitelog.incidents.rules import Happening
from sitelog.people import actions, queries
from sitelog.people.queries import Signs
from sitelog.people.rules import About
from sitelog.responses import actions as responses
from sitelog.services import actions as services
from sitelog.site import actions as site
from sitelog.site import defaults
from sitelog.store.transaction import transaction
from sitelog.supplies import actions as supplies
from sitelog.supplies.rules import Exchange
from sitelog.trail import queries as trail
from sitelog.trail.verify import verify
from sitelog.visits import actions as visits
from sitelog.visits import facts as visit_facts
from sitelog.visits import queries as visit_queries
from tests.factories import DOWN, arrive, referral_offered, register, said, seated

TODAY = date(2026, 11, 17)
DAY = timedelta(days=1)


def with_codes(policy: str, at: datetime) -> None:
    site.configure({"policies": defaults.POLICIES | {"person_code": policy}}, **said(at))


def alerts(ref: str) -> list[tuple[str, str | None]]:
    known = queries.person(ref)
    return [(one.kind, one.words) for one in queries.alerts_of([known.id]).get(known.id, ())]


def restrictions(ref: str) -> list[Any]:
    known = queries.person(ref)
    return list(queries.restrictions_of([known.id]).get(known.id, ()))


def restricted(ref: str, at: datetime, by: Actor | None = None, **more: Any) -> Any:
    days = {"starts_on": TODAY, "ends_on": TODAY + 7 * DAY} | more
    return actions.restrict(ref, "violence", **days, **(said(at, by) if by else said(at)))


def test_words_in_another_order_and_letters_left_out_find_somebody(app: Flask, at: datetime) -> None:
    for handle in ("Blue Door", "Mariposa", "José"):
        register(handle, at)
    assert [one.handle for one in queries.find("door blue")] == ["Blue Door"]
    assert [one.handle for one in queries.find("JOSE")] == ["José"]
    assert [one.handle for one in queries.nearly("mrpsa")] == ["Mariposa"]
    assert [one.handle for one in queries.find("p2")] == ["Mariposa"]
    assert queries.find("door red") == []


def test_a_code_tells_birth_year_and_gender_and_finds_its_person(app: Flask, at: datetime) -> None:
    with_codes("ontario", at)
    ref = actions.register(None, about=About(code="abcd 1985 tf"), **said(at)).ref
    known = queries.known_as("ABCD1985 trans female")
    assert known is not None and (known.ref, known.handle, known.label) == (ref, None, ref)
    told = queries.traits([known.id])[known.id]
    assert (told.birth_year, told.gender) == (1985, "trans_female")
    with pytest.raises(Conflict, match=ref):
        actions.register("moss", about=About(code="ABCD-1985-TF"), **said(at))
    verify()


def test_another_code_erases_the_first(app: Flask, at: datetime) -> None:
    with_codes("free", at)
    ref = register("moss", at)
    actions.give_code(ref, "one", **said(at))
    actions.give_code(ref, "two", **said(at))
    assert queries.by_code("one") is None
    assert queries.person(ref).code == "two"
    verify()


def test_somebody_needs_a_handle_or_a_code(app: Flask, at: datetime) -> None:
    with pytest.raises(Refused):
        actions.register(None, about=About(birth_year=1985), **said(at))


def told(ref: str) -> tuple[int | None, str | None]:
    found = next(iter(queries.traits([queries.person(ref).id]).values()))
    return found.birth_year, found.gender


def test_what_somebody_no_longer_wants_to_say_is_cleared(app: Flask, at: datetime) -> None:
    ref = register("moss", at)
    actions.describe(ref, 1985, "female", **said(at))
    actions.describe(ref, None, "female", **said(at))
    assert told(ref) == (None, "female")
    actions.describe(ref, None, None, **said(at))
    assert told(ref) == (None, None)
    with pytest.raises(Refused):
        actions.describe(ref, None, "no word of the list", **said(at))


def test_whoever_may_be_very_young_has_a_sign_until_another_year_is_said(app: Flask, at: datetime) -> None:
    ref = actions.register("moss", about=About(birth_year=TODAY.year - 15), **said(at)).ref
    one = queries.person(ref).id
    assert queries.signs(TODAY) == {one: Signs(young=True)}
    assert queries.signs(TODAY.replace(year=TODAY.year + 2)) == {}
    actions.describe(ref, 1985, None, **said(at))
    assert queries.signs(TODAY) == {}


def test_what_was_not_asked_at_the_door_stays_as_it_was_said(app: Flask, at: datetime) -> None:
    ref = actions.register("moss", about=About(birth_year=1985), **said(at)).ref
    visits.check_in(DOWN, person=ref, about=About(gender="female"), **said(at))
    assert told(ref) == (1985, "female")


def test_what_one_registration_leaves_out_the_one_merged_with_it_says(
    app: Flask, at: datetime, lead: Actor
) -> None:
    ref = actions.register("moss", about=About(birth_year=1985, gender="female"), **said(at)).ref
    twice = actions.register("mos", about=About(birth_year=1986), **said(at)).ref
    actions.merge(twice, ref, **said(at, lead))
    assert told(ref) == (1986, "female")
    actions.describe(ref, None, "male", **said(at))
    assert told(ref) == (1986, "male")


def test_an_agreement_is_signed_once_a_version(app: Flask, at: datetime) -> None:
    ref = register("moss", at)
    one = queries.person(ref).id
    assert queries.notices([one], at)[one].unsigned == "first"
    actions.sign(ref, "first", **said(at))
    assert queries.notices([one], at)[one].unsigned is None
    assert [row.signed_on for row in queries.signed_by([one])[one]] == [TODAY]
    with pytest.raises(Refused):
        actions.sign(ref, "first", TODAY + DAY, **said(at))


def test_an_alert_stands_until_it_is_ended_and_can_be_said_anew(
    app: Flask, at: datetime, nurse: Actor
) -> None:
    ref = register("moss", at)
    row = actions.set_alert(ref, "hard_to_rouse", note="count her breaths", **said(at))
    new = actions.amend(row.link_seq, {"kind": "seizures"}, reason="wrong_amount", note="two", **said(at))
    assert alerts(ref) == [("seizures", "two")]
    ended = actions.end_alert(new.seq, **said(at))
    assert alerts(ref) == []
    with pytest.raises(Conflict):
        actions.end_alert(new.seq, **said(at))
    actions.strike(ended.link_seq, by=nurse, at=at)
    assert alerts(ref) == [("seizures", "two")]
    verify()


def test_a_double_tap_sets_one_alert(app: Flask, at: datetime) -> None:
    ref = register("moss", at)
    for _ in range(2):
        actions.set_alert(ref, "allergy", token="a" * 32, **said(at))
    assert len(alerts(ref)) == 1


def test_the_board_knows_the_alerts_of_whoever_is_here_by_kind(app: Flask, at: datetime, lead: Actor) -> None:
    ref = register("moss", at)
    assert queries.signs(TODAY) == {}
    actions.set_alert(ref, "allergy", **said(at))
    twice = register("mos", at)
    actions.set_alert(twice, "seizures", **said(at))
    actions.merge(twice, ref, **said(at, lead))
    assert queries.signs(TODAY) == {queries.person(ref).id: Signs(("allergy", "seizures"))}


def test_the_board_hears_nothing_of_an_alert_that_was_not_kept(app: Flask, at: datetime) -> None:
    ref = register("moss", at)
    with pytest.raises(LookupError), transaction():
        actions.set_alert(ref, "allergy", **said(at))
        assert list(queries.signs(TODAY).values()) == [Signs(("allergy",))]
        raise LookupError
    actions.describe(ref, 1985, None, **said(at))
    assert queries.signs(TODAY) == {}


def test_a_restriction_holds_on_its_days_and_says_who_decided(app: Flask, at: datetime) -> None:
    ref = register("moss", at)
    restricted(ref, at, decided_by="S02")
    one = queries.person(ref).id
    [holds] = queries.notices([one], at)[one].restrictions
    assert (holds.reason, holds.decided_by, holds.by) == ("violence", "S02", "S01")
    assert queries.notices([one], at + 8 * DAY)[one].restrictions == ()


def test_every_restriction_in_force_is_told_the_one_that_ends_last_first(app: Flask, at: datetime) -> None:
    ref = register("moss", at)
    one = queries.person(ref).id
    restricted(ref, at, starts_on=TODAY - 5 * DAY, ends_on=TODAY + 30 * DAY)
    restricted(ref, at, ends_on=TODAY + DAY)
    restricted(ref, at, ends_on=None, review_on=TODAY + DAY)
    restricted(ref, at, starts_on=TODAY - 5 * DAY, ends_on=TODAY - DAY)
    told = [each.ends_on for each in queries.notices([one], at)[one].restrictions]
    assert told == [None, TODAY + 30 * DAY, TODAY + DAY]


def test_only_the_lead_takes_a_lifting_back(app: Flask, at: datetime, lead: Actor, nurse: Actor) -> None:
    ref = register("moss", at)
    row = restricted(ref, at)
    lifted = actions.lift(row.link_seq, **said(at, lead))
    assert restrictions(ref) == []
    with pytest.raises(Forbidden):
        actions.strike(lifted.link_seq, by=nurse, at=at)
    actions.strike(lifted.link_seq, by=lead, at=at)
    assert len(restrictions(ref)) == 1


def test_only_the_lead_merges_lifts_and_forgets(app: Flask, at: datetime, nurse: Actor) -> None:
    ref, twice = register("moss", at), register("mos", at)
    row = restricted(ref, at)
    before = trail.last_seq()
    acts: tuple[Callable[[], Any], ...] = (
        lambda: actions.merge(twice, ref, **said(at, nurse)),
        lambda: actions.lift(row.link_seq, **said(at, nurse)),
        lambda: actions.forget(ref, **said(at, nurse)),
    )
    for act in acts:
        with pytest.raises(Forbidden):
            act()
    assert trail.last_seq() == before and len(restrictions(ref)) == 1
    assert queries.person(ref).handle == "moss"


@pytest.mark.parametrize("of_the_double", [False, True])
def test_nothing_from_before_somebody_was_forgotten_is_brought_back(
    app: Flask, at: datetime, lead: Actor, of_the_double: bool
) -> None:
    ref, double = register("moss", at), register("mos", at)
    alert = actions.set_alert(double if of_the_double else ref, "hard_to_rouse", note="heron", **said(at))
    ended = actions.end_alert(alert.link_seq, **said(at))
    merged = actions.merge(double, ref, **said(at, lead))
    actions.forget(ref, **said(at, lead))
    for seq in (ended.link_seq, merged.link_seq, alert.link_seq):
        with pytest.raises(Conflict):
            actions.strike(seq, by=lead, at=at)
        with pytest.raises(Conflict):
            actions.amend(seq, {"kind": "allergy"}, reason="other", note="heron", **said(at, lead))
    assert alerts(ref) == []
    after = actions.set_alert(ref, "allergy", **said(at))
    actions.strike(after.link_seq, by=lead, at=at)


def test_a_registration_merged_into_a_forgotten_one_later_was_not_forgotten(
    app: Flask, at: datetime, lead: Actor
) -> None:
    ref, again = register("moss", at), register("moss again", at)
    alert = actions.set_alert(again, "allergy", **said(at))
    actions.forget(ref, **said(at, lead))
    actions.merge(ref, again, **said(at, lead))
    actions.strike(alert.link_seq, by=lead, at=at)
    assert alerts(ref) == []


def test_what_ends_soon_or_waits_to_be_looked_at_is_listed(app: Flask, at: datetime) -> None:
    soon, later, overdue = register("moss", at), register("pike", at), register("heron", at)
    restricted(soon, at)
    restricted(later, at, ends_on=TODAY + 60 * DAY)
    restricted(overdue, at, starts_on=TODAY - 9 * DAY, ends_on=None, review_on=TODAY - DAY)
    listed = [one.person_id for one in queries.restrictions_ending(at)]
    assert listed == [queries.person(overdue).id, queries.person(soon).id]


def test_a_restricted_person_is_let_in_and_the_reason_is_kept(app: Flask, at: datetime) -> None:
    ref = register("moss", at)
    restricted(ref, at)
    visits.check_in(DOWN, person=ref, let_in="emergency", **said(at))
    kinds = [line.link.kind for line in queries.timeline([ref])]
    assert "person.let_in" in kinds
    visits.leave(visit_queries.in_house(at)[0].ref, **said(at))
    visits.check_in(DOWN, person=ref, **said(at))
    told = [line.said.values.get("what") for line in queries.timeline([ref]) if line.link.verb == "let_in"]
    assert sorted(told) == ["Emergency", "Not said"]


def test_what_a_known_person_tells_at_the_door_is_kept(app: Flask, at: datetime) -> None:
    ref = register("moss", at)
    about = About(birth_year=1985, gender="female", agreement="first")
    visits.check_in(DOWN, person=ref, about=about, **said(at))
    one = queries.person(ref).id
    told = queries.traits([one])[one]
    assert (told.birth_year, told.gender) == (1985, "female")
    assert queries.notices([one], at)[one].unsigned is None


@pytest.fixture
def two(app: Flask, at: datetime) -> tuple[str, str]:
    """One person who was registered twice, each time with a visit; the second is merged into the first."""
    first, second = register("mariposa", at - 2 * DAY), register("maripossa", at - DAY)
    visits.leave(arrive(at - 2 * DAY, person=first).ref, **said(at - 2 * DAY))
    visits.leave(arrive(at - DAY, person=second).ref, **said(at - DAY))
    actions.set_alert(second, "allergy", **said(at - DAY))
    return first, second


def test_merged_registrations_are_read_as_one_and_neither_history_is_lost(
    two: tuple[str, str], at: datetime, lead: Actor
) -> None:
    first, second = two
    actions.merge(second, first, **said(at, lead))
    known = queries.person(second)
    assert (known.ref, known.handle, known.also) == (first, "mariposa", ("maripossa",))
    assert [one.ref for one in queries.find("maripossa")] == [first]
    both = list(queries.together([known.id]))
    assert [one.ref for one in queries.mentions(both)] == ["V0002", "V0001"]
    assert alerts(first) == [("allergy", None)]
    assert len({visit_facts.person_key(one) for one in both}) == 1
    assert {line.link.subject for line in queries.timeline(queries.refs_of(both))} == {first, second}
    verify()


def test_a_merge_that_is_struck_makes_two_people_again(
    two: tuple[str, str], at: datetime, lead: Actor, nurse: Actor
) -> None:
    first, second = two
    row = actions.merge(second, first, **said(at, lead))
    with pytest.raises(Forbidden):
        actions.strike(row.link_seq, by=nurse, at=at)
    actions.strike(row.link_seq, by=lead, at=at)
    assert [queries.person(ref).ref for ref in two] == [first, second]
    assert alerts(first) == [] and alerts(second) == [("allergy", None)]
    assert len({visit_facts.person_key(queries.person(ref).id) for ref in two}) == 2
    verify()


def test_somebody_merged_while_here_is_not_let_in_twice(
    two: tuple[str, str], at: datetime, lead: Actor
) -> None:
    first, second = two
    arrive(at, person=second)
    actions.merge(second, first, **said(at, lead))
    with pytest.raises(Conflict):
        arrive(at, person=first)


def test_one_person_is_merged_once(two: tuple[str, str], at: datetime, lead: Actor) -> None:
    actions.merge(two[1], two[0], **said(at, lead))
    with pytest.raises(Conflict):
        actions.merge(two[1], two[0], **said(at, lead))


@pytest.mark.parametrize("into", [0, 1])
def test_nobody_is_merged_with_themselves(two: tuple[str, str], at: datetime, lead: Actor, into: int) -> None:
    actions.merge(two[1], two[0], **said(at, lead))
    with pytest.raises(Refused) as refused:
        actions.merge(two[0], two[into], **said(at, lead))
    assert refused.value.field == "into"


def test_a_registration_somebody_came_under_is_not_taken_back(
    two: tuple[str, str], at: datetime, nurse: Actor
) -> None:
    entered = next(one for one in queries.timeline([two[0]]) if one.link.verb == "registered")
    with pytest.raises(Conflict):
        actions.strike(entered.link.seq, by=nurse, at=at)
    alone = register("slip of the finger", at)
    entered = next(one for one in queries.timeline([alone]) if one.link.verb == "registered")
    actions.strike(entered.link.seq, by=nurse, at=at)
    assert queries.by_handle("slip of the finger") is None
    with pytest.raises(Unknown):
        queries.person(alone)
    verify()


def test_everything_written_within_a_persons_visits_is_found(app: Flask, at: datetime) -> None:
    ref = register("moss", at)
    visit = arrive(at, person=ref).ref
    visits.seat(visit, "3", **said(at))
    responses.start(place_code="3", **said(at))
    supplies.exchange(Exchange({"cooker": 1}, visit=visit), **said(at))
    services.give("food", visit=visit, **said(at))
    services.give("food", person=ref, **said(at))
    referral_offered(at, visit=visit)
    for to in (visit, "R0001"):
        incidents.log(Happening("other", ties=[to]), **said(at))
    other = seated(at, "4", "pike")
    incidents.log(Happening("other", ties=[other]), **said(at))
    found = {(one.noun, one.ref) for one in queries.mentions([queries.person(ref).id])}
    assert found == {("visit", visit), ("response", "R0001"), ("supply", "X0001"), ("referral", "F0001")} | {
        ("service", "T0001"),
        ("service", "T0002"),
        ("incident", "I0001"),
        ("incident", "I0002"),
    }


def test_an_incident_is_written_of_a_person_by_the_last_word_about_what_it_belongs_to(
    app: Flask, at: datetime, lead: Actor
) -> None:
    ref = register("moss", at)
    visit, other = arrive(at, person=ref).ref, arrive(at, "pike").ref
    made = [incidents.log(Happening("other", ties=[visit]), **said(at)) for _ in range(2)]
    wrong = {**said(at), "reason": "wrong_place"}
    incidents.amend(made[0].link_seq, Happening("other", ties=[other]), **wrong)
    incidents.strike(made[1].link_seq, by=lead, at=at)
    found = [one for one in queries.mentions([queries.person(ref).id]) if one.noun == "incident"]
    assert [(one.ref, one.stands) for one in found] == [("I0002", False)]


ACTS: list[Callable[[str, dict[str, Any]], Any]] = [
    lambda ref, when: actions.set_alert(ref, "no such kind", **when),
    lambda ref, when: actions.restrict(ref, "no such reason", TODAY, TODAY, **when),
    lambda ref, when: actions.describe(ref, 1500, None, **when),
    lambda ref, when: actions.let_in(ref, "no such reason", **when),
    lambda ref, when: actions.sign(ref, "no such version", **when),
    lambda ref, when: actions.give_code(ref, "a code", **when),
]


@pytest.mark.parametrize("act", ACTS)
def test_what_makes_no_sense_is_refused_and_leaves_no_entry(
    app: Flask, at: datetime, act: Callable[[str, dict[str, Any]], Any]
) -> None:
    ref = register("moss", at)
    before = trail.last_seq()
    with pytest.raises(Refused):
        act(ref, said(at))
    assert trail.last_seq() == before
