"""The words of a quiet day, to the letter; SITELOG_WRITE_GOLDEN=1 writes them anew after a wanted change."""

import os
import textwrap
from datetime import date
from pathlib import Path

from flask import Flask

from sitelog.disclosure.printed import Exact, NotRecorded
from sitelog.reports import making, queries
from sitelog.reports.catalog import DAILY
from sitelog.reports.models import Release
from sitelog.site import actions as site
from tests.factories import said
from tests.formats.reader import text_of
from tests.reports.scene import MORNING, NEXT_MORNING, ON, content, publish

GOLDEN = Path(__file__).parents[1] / "golden" / "quiet_day.txt"


def test_a_quiet_day_reads_as_it_always_did(app: Flask) -> None:
    file = making.make(DAILY, ON, "funder", 1, [], NEXT_MORNING, "0" * 64)[1]
    words = "\n".join(textwrap.wrap(text_of(file), 100)) + "\n"
    if os.environ.get("SITELOG_WRITE_GOLDEN"):
        GOLDEN.parent.mkdir(exist_ok=True)
        GOLDEN.write_text(words, encoding="utf-8")
    assert words == GOLDEN.read_text(encoding="utf-8")


def test_a_closed_day_has_its_report_too_and_reads_like_a_quiet_one_but_for_its_outages(app: Flask) -> None:
    for place in "12345678XYZ":
        site.take_out_of_service(place, "staffing", **said(MORNING))
    quiet, closed = publish(date(2026, 11, 16)), publish()
    values = [
        {one.where: one.cell for one in queries.figures(Release.id == release.id)}
        for release in (quiet, closed)
    ]
    out = ("incidents", "out_of_service", "count")
    assert values[1].pop(out) == Exact(11 * 19 * 60, "minutes")
    assert values[0].pop(out) == NotRecorded()
    assert values[0] == values[1]
    assert "There was no response to tell a line of." in text_of(content(closed))
