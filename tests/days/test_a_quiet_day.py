"""A day on which nobody came still has its report, and it says so."""

from flask import Flask

from sitelog.jobs import runner
from sitelog.reports import queries
from tests.days.readers import figures
from tests.formats.reader import text_of
from tests.reports.scene import NEXT_MORNING, ON, content


def test_a_quiet_day(app: Flask) -> None:
    runner.run_all(lambda: NEXT_MORNING)
    release = queries.standing("daily", "funder", ON)
    printed = figures(release)
    assert release.version == 1
    assert {printed[name,] for name in ("accesses", "episodes", "consumptions", "responses")} == {0}
    assert "17 November 2026" in text_of(content(release))
