"""On-site services through their verbs: what a kind asks for, corrections, facts, the feed's words."""

from datetime import datetime, timedelta

import pytest
from flask import Flask

from sitelog.board import feed
from sitelog.ground.access import Actor
from sitelog.ground.days import Window
from sitelog.ground.errors import Refused, Unknown
from sitelog.ground.facts import Grain
from sitelog.services import actions, facts, queries
from sitelog.services.rules import Details
from sitelog.site import queries as site
from sitelog.trail import queries as trail
from sitelog.trail.verify import verify
from tests.factories import arrive, said

HOUR = timedelta(hours=1)


def around(at: datetime) -> Window:
    return Window(at - HOUR, at + HOUR)


def test_one_tap_logs_a_frequent_service_without_a_person(app: Flask, nurse: Actor, at: datetime) -> None:
    for kind in queries.frequent():
        actions.give(kind.code, **said(at, nurse))
    assert {shown.given.kind for shown in queries.given(around(at))} == {k.code for k in queries.frequent()}
    assert verify().count == trail.last_seq()


def test_a_service_within_a_visit_stays_with_it(app: Flask, nurse: Actor, at: datetime) -> None:
    visit = arrive(at, "Kestrel")
    row = actions.give("wound_care", visit=visit.ref, **said(at, nurse))
    assert (row.ref, row.visit_id) == ("T0001", visit.id)
    assert row.person_id is not None


def test_a_double_tap_is_one_service(app: Flask, nurse: Actor, at: datetime) -> None:
    for _ in range(2):
        actions.give("food", token="a" * 32, **said(at, nurse))
    assert len(queries.given(around(at))) == 1


@pytest.mark.parametrize(
    ("kind", "details", "field"),
    [
        ("spaceship", Details(), "kind"),
        ("support_group", Details(), "attending"),
        ("support_group", Details(attending=501), "attending"),
        ("support_group", Details(attending=-1), "attending"),
        ("food", Details(topic="hiv"), "topic"),
        ("test", Details(topic="tetanus"), "topic"),
        ("drug_check", Details(strips=(("fentanyl", "maybe"),)), "strips"),
        ("drug_check", Details(strips=(("fentanyl", "positive"), ("fentanyl", "negative"))), "strips"),
        ("drug_check", Details(found=("gold",)), "found"),
        ("drug_check", Details(expected="gold"), "expected"),
    ],
)
def test_what_does_not_fit_a_kind_is_refused_beside_its_field(
    app: Flask, nurse: Actor, at: datetime, kind: str, details: Details, field: str
) -> None:
    before = trail.last_seq()
    with pytest.raises(Refused) as refused:
        actions.give(kind, details, **said(at, nurse))
    assert refused.value.field == field
    assert trail.last_seq() == before


def test_an_unknown_person_or_visit_is_said_to_be_unknown(app: Flask, nurse: Actor, at: datetime) -> None:
    with pytest.raises(Unknown):
        actions.give("food", person="P9999", **said(at, nurse))
    with pytest.raises(Refused) as refused:
        actions.give("food", visit="V9999", **said(at, nurse))
    assert refused.value.field == "visit"


def test_an_amended_check_shows_its_new_strips_and_a_struck_one_nothing(
    app: Flask, nurse: Actor, at: datetime
) -> None:
    row = actions.give("drug_check", Details(strips=(("fentanyl", "negative"),)), **said(at, nurse))
    new = Details(strips=(("fentanyl", "positive"),), found=("caffeine",), did="discarded")
    link = actions.amend(row.link_seq, "drug_check", new, reason="wrong_amount", **said(at, nurse))
    (shown,) = queries.given(around(at))
    assert (shown.given.ref, shown.strips, shown.found) == (row.ref, {"fentanyl": "positive"}, ("caffeine",))
    actions.strike(link.seq, by=nurse, at=at)
    assert queries.given(around(at)) == []
    assert verify().count == trail.last_seq()


def test_what_is_counted(app: Flask, nurse: Actor, at: datetime) -> None:
    actions.give("support_group", Details(attending=7), **said(at, nurse))
    actions.give("test", Details(topic="hcv", result_given=True), **said(at, nurse))
    actions.give("test", Details(topic="hiv"), **said(at, nurse))
    actions.give("drug_check", Details(strips=(("xylazine", "invalid"),)), **said(at, nurse))
    grain = Grain(site.calendar(), site.book().bands, lambda key: key)
    counted: dict[str, int] = {}
    for fact in facts.facts(around(at), grain):
        counted[fact.measure] = counted.get(fact.measure, 0) + fact.amount
    assert counted == {
        "on_site_services": 4,
        "group_attendances": 7,
        "tests_done": 2,
        "test_results_given": 1,
        "strip_results": 1,
    }


def test_the_board_tells_a_service_but_not_what_was_tested_for(
    app: Flask, nurse: Actor, at: datetime
) -> None:
    row = actions.give("test", Details(topic="hiv"), **said(at, nurse))
    words = feed.told([trail.link(row.link_seq)])[row.link_seq]
    assert words.values["service"] == "Test on site"
    assert "topic" not in words.values
