"""A report of a past day is made with the lists that held on that day, whatever was set since."""

from datetime import datetime, timedelta

from flask import Flask

from sitelog.ground.access import Actor
from sitelog.reports import audiences, queries
from sitelog.reports.models import Release
from sitelog.site import actions
from sitelog.site import queries as site
from tests.formats.reader import text_of
from tests.reports.scene import MORNING, NEXT_MORNING, busy_day, content, publish
from tests.reports.test_publish import figures


def everything_is_renamed(lead: Actor, at: datetime) -> None:
    actions.say_anew("substance", "down", {"label": "Dope", "group": "other"}, by=lead, at=at)
    actions.say_anew("bands", "morning", {"label": "Forenoon", "starts": "08:00"}, by=lead, at=at)
    actions.set_values("site", {"name": "Maple House"}, by=lead, at=at)


def test_words_classes_and_bands_of_a_past_day_are_those_of_that_day(app: Flask, lead: Actor) -> None:
    busy_day(12, injecting=8)
    everything_is_renamed(lead, NEXT_MORNING - timedelta(hours=1))
    release = publish()
    shown, words = figures(release), text_of(content(release))
    assert (shown["classes/opioid/consumptions"], shown["classes/stimulant/consumptions"]) == (8, 4)
    assert "Morning 07:00" in words and "Juniper Street" in words
    assert "Forenoon" not in words and "Maple House" not in words


def test_a_day_that_ends_after_the_change_is_counted_with_the_new_lists(app: Flask, lead: Actor) -> None:
    busy_day(12, injecting=8)
    everything_is_renamed(lead, MORNING + timedelta(hours=14))
    release = publish()
    assert figures(release)["classes/opioid/consumptions"] == 0
    assert "Forenoon" in text_of(content(release))


def test_how_small_a_group_may_show_is_what_holds_now(app: Flask, lead: Actor) -> None:
    busy_day(12, injecting=8)
    actions.say_anew("audiences", "funder", {"k": 9}, by=lead, at=NEXT_MORNING - timedelta(hours=1))
    assert audiences.policy_of(site.book(), "funder").k == 9
    assert publish().k == 9


def test_a_retired_audience_gets_no_more_reports_and_its_shelf_can_be_read(app: Flask, lead: Actor) -> None:
    busy_day(12, injecting=8)
    publish()
    new = {"code": "city", "preset": "partner", "k": 5}
    actions.add("audiences", new, by=lead, at=NEXT_MORNING)
    actions.retire("audiences", "funder", by=lead, at=NEXT_MORNING)
    book = site.book()
    assert audiences.names(book) == ["city"]
    assert audiences.readable(book, lead) == ["city", "funder"]
    assert queries.figures(Release.audience == "funder")
