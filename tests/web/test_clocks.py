"""Times in pages are instants in the markup and the site's clock in the text."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask, render_template_string

from sitelog.ground.days import SiteCalendar
from sitelog.web import shell
from sitelog.web.filters import duration

NOW = datetime(2026, 11, 17, 23, 42, 7, tzinfo=UTC)


@pytest.mark.parametrize(
    ("seconds", "style", "up", "words"),
    [
        (0, "min", False, "0"),
        (59, "min", False, "0"),
        (60, "min", False, "1"),
        (61, "min", True, "2"),
        (60, "min", True, "1"),
        (-5, "min", True, "0"),
        (252, "clock", False, "04:12"),
        (108, "short", False, "1:48"),
        (3725, "clock", False, "1:02:05"),
        (3725, "short", False, "1:02:05"),
    ],
)
def test_a_length_of_time_in_each_style(seconds: int, style: str, up: bool, words: str) -> None:
    assert duration(timedelta(seconds=seconds), style, up) == words


def test_a_time_element_carries_its_instant_and_shows_the_sites_clock(small: Flask) -> None:
    shell.tell(small, calendar=lambda: SiteCalendar("America/Toronto"))
    text = '{% from "_time.html" import clock, since, until %}'
    text += '{{ clock(t) }}|{{ since(t) }}|{{ until(t, "clock") }}'
    with time_machine.travel(NOW, tick=False), small.test_request_context("/"):
        made = render_template_string(text, t=NOW - timedelta(minutes=8, seconds=30))
    shown, ago, still = made.split("|")
    assert shown == '<time datetime="2026-11-17T23:33:37.000+00:00">18:33</time>'
    assert 'data-since="2026-11-17T23:33:37.000+00:00"' in ago
    assert ">8<" in ago
    assert ">00:00<" in still


def test_a_duration_nobody_defined_is_a_mistake_of_ours(small: Flask) -> None:
    with small.test_request_context("/"), pytest.raises(ValueError, match="fortnights"):
        render_template_string('{{ since(t, "fortnights") }}', t=NOW)
