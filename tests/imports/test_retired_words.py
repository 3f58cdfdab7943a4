"""Words the site has retired since: a row may say them where they were in use when it happened."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from flask import Flask

from sitelog.ground.access import OPERATOR, Actor
from sitelog.imports import actions
from sitelog.imports.actions import NotClean
from sitelog.incidents import queries as incidents
from sitelog.referrals import actions as referrals
from sitelog.referrals import queries as referral_queries
from sitelog.referrals.defaults import SERVICES
from sitelog.site import actions as site_actions
from sitelog.site import queries as site
from sitelog.trail.verify import verify
from sitelog.visits import queries as visits
from tests.conftest import EVENING
from tests.factories import said
from tests.imports.conftest import FILES

Lists = Callable[..., Path]
LATER = EVENING + timedelta(days=30)
# What the lists of the conftest say somewhere: the list, the word.
RETIRED = (
    ("substance", "down"),
    ("route", "smoke"),
    ("left_reason", "wait"),
    ("outcome", "recovered"),
    ("oxygen_device", "bag_valve_mask"),
    ("supply", "needle_1ml"),
    ("supply_kit", "injection_kit"),
    ("return_method", "said"),
    ("resupply_reason", "first"),
    ("pick_up_kind", "public"),
    ("on_site_service", "wound_care"),
    ("service_test", "hiv"),
    ("strip", "xylazine"),
    ("component", "caffeine"),
    ("did_then", "used"),
    ("incident_kind", "verbal"),
    ("incident_field", "found"),
    ("incident_answer", "measure_talked"),
    ("incident_step", "bagged"),
    ("incident_end", "authority"),
)


@pytest.fixture
def retired(app: Flask, lead: Actor) -> datetime:
    """When the site, a week after everything in the lists, retired much of what they say."""
    referrals.list_services(SERVICES, **said(EVENING - timedelta(days=400)))
    with time_machine.travel(EVENING, tick=False):
        known = {(word.kind, word.code) for word in site.book().words}
        for kind, code in RETIRED:
            assert (kind, code) in known, (kind, code)
            site_actions.retire(kind, code, by=lead, at=EVENING)
        site_actions.retire("places", "3", by=lead, at=EVENING)
        words = {"by": lead, "happened_at": EVENING, "at": EVENING}
        referrals.change_service("methadone", {"retired": True}, **words)
    return EVENING


def bring(folder: Path) -> actions.Brought:
    with time_machine.travel(LATER, tick=False):
        return actions.bring_along(folder, by=OPERATOR, at=LATER)


def refused(folder: Path) -> list[str]:
    with pytest.raises(NotClean) as error:
        bring(folder)
    return [str(problem) for problem in error.value.problems]


def after(retired: datetime) -> dict[str, str]:
    """The same lists, of a day after the words were retired."""
    day = f"{retired + timedelta(days=2):%Y-%m-%d}"
    return {name: text.replace("2026-03-03", day) for name, text in FILES.items()}


def test_what_was_in_use_on_the_day_of_a_row_is_entered(retired: datetime, lists: Lists) -> None:
    bring(lists())
    assert {item.substance for item in visits.declared([1])[1][1]} == {"down"}
    assert incidents.item("I0001").incident.where_code == "3"
    assert incidents.answers("I0003")["found"][0].number == 12
    assert referral_queries.ladder("F0001").referral.service_code == "methadone"
    assert verify().count


def test_the_same_files_again_change_nothing_whatever_was_retired_between(
    app: Flask, lists: Lists, lead: Actor
) -> None:
    referrals.list_services(SERVICES, **said(EVENING - timedelta(days=400)))
    actions.bring_along(lists(), by=OPERATOR, at=EVENING)
    with time_machine.travel(EVENING, tick=False):
        site_actions.retire("substance", "down", by=lead, at=EVENING)
    assert bring(lists()).ref is None


def test_what_was_retired_before_the_row_is_refused_by_line_and_column(
    retired: datetime, lists: Lists
) -> None:
    found = refused(lists(after(retired)))
    words = "is not on this site's list."
    for where, word in (
        ("visits.csv:3: left_reason", "wait"),
        ("consumptions.csv:2: substance", "down"),
        ("consumptions.csv:3: route", "smoke"),
        ("responses.csv:2: outcome", "recovered"),
        ("steps.csv:2: device", "bag_valve_mask"),
        ("supplies.csv:2: item", "needle_1ml"),
        ("supplies.csv:3: kit", "injection_kit"),
        ("supplies.csv:4: method", "said"),
        ("supplies.csv:6: reason", "first"),
        ("supplies.csv:7: pick_up", "public"),
        ("services.csv:2: kind", "wound_care"),
        ("services.csv:3: topic", "hiv"),
        ("services.csv:5: strips", "xylazine"),
        ("services.csv:5: found", "caffeine"),
        ("services.csv:5: did", "used"),
        ("incidents.csv:2: kind", "verbal"),
        ("incidents.csv:3: steps", "bagged"),
        ("incidents.csv:3: end", "authority"),
    ):
        assert f"{where}: “{word}” {words}" in found
    assert "referrals.csv:2: service: The directory has no service “methadone”." in found
    assert "incidents.csv:4: answers: “found” is not asked for this kind." in found


def test_a_word_nobody_ever_had_is_refused_as_before(retired: datetime, lists: Lists) -> None:
    files = {"supplies.csv": "happened_at,kind,item,count\n2026-03-03 09:00,given,spoons,3\n"}
    assert refused(lists(files)) == ["supplies.csv:2: item: “spoons” is not on this site's list."]


def test_a_word_of_today_may_be_said_of_any_day(app: Flask, lists: Lists, lead: Actor) -> None:
    with time_machine.travel(EVENING, tick=False):
        site_actions.add("pick_up_kind", {"label": "Boxes"}, by=lead, at=EVENING)
    files = {"supplies.csv": "happened_at,kind,pick_up,count\n2020-03-03 09:00,pick_up,boxes,3\n"}
    assert bring(lists(files)).files == [("supplies.csv", 1, 1)]


def test_the_book_for_an_entry_is_that_of_today_and_what_was_in_use_then(retired: datetime) -> None:
    then, now = retired - timedelta(days=1), retired + timedelta(days=1)
    assert "3" in {place.code for place in site.book_for(then).places}
    assert site.book_for(now) is site.book()
    assert site.book_for(datetime(2020, 1, 1, tzinfo=UTC)) == site.book_for(then)
