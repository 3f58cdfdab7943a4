"""Incident lines as a table: how much a line says at a site, and when a day says less."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Flask

from sitelog.disclosure.difference import Released
from sitelog.disclosure.lines import Level, level_of, shuffled, usual_level
from sitelog.disclosure.policy import preset
from sitelog.disclosure.protect import protect
from sitelog.disclosure.tables import RawLine, RawLines, RawVisitor
from sitelog.reports.raw import outcome_on_line
from sitelog.responses.case import response_class
from sitelog.site import queries as site
from tests.formats.example import KEY, raw
from tests.responses.test_rules import case, did

NONE, RESPONSE, CLASS, FULL = Level.NONE, Level.RESPONSE, Level.CLASS, Level.PART_AND_CLASS
OXYGEN = RawLine("morning", "opioid", "oxygen", "recovered")


def people(count: int, part: str = "morning", *classes: str, start: int = 0) -> tuple[RawVisitor, ...]:
    return tuple(RawVisitor(f"p{start + n}", part, classes or ("opioid",)) for n in range(count))


@pytest.mark.parametrize(
    ("policy", "median", "level"),
    [
        ("partner", 500, FULL),
        ("partner", 80, FULL),
        ("partner", 79.5, CLASS),
        ("partner", 20, CLASS),
        ("partner", 19.5, RESPONSE),
        ("partner", 10, RESPONSE),
        ("partner", 9.5, NONE),
        ("partner", 0, NONE),
        ("partner", None, RESPONSE),  # no previous quarter: as little as a line can say
        ("ca-on-partner", 11.5, NONE),
        ("us-cms", 21.5, NONE),
        ("us-cms", 22, CLASS),
        ("public", 500, NONE),
    ],
)
def test_the_previous_quarter_decides_how_much_a_line_says(
    policy: str, median: float | None, level: Level
) -> None:
    assert usual_level(median, preset(policy)) is level


@pytest.mark.parametrize(
    ("level", "shows"),
    [
        (FULL, ("part", "substance_class", "response", "outcome")),
        (CLASS, ("substance_class", "response", "outcome")),
        (RESPONSE, ("response",)),
        (NONE, ()),
    ],
)
def test_each_level_shows_less(level: Level, shows: tuple[str, ...]) -> None:
    assert level.fields == shows


GATES = [
    ("five in the class", [OXYGEN], people(5), FULL),
    ("four in the class of that part, five in the class", [OXYGEN],
     people(4) + people(1, "evening", start=9), CLASS),
    ("four in the class, five that day", [OXYGEN],
     people(4) + people(1, "morning", "other", start=9), RESPONSE),
    ("four that day", [OXYGEN], people(4), NONE),
    ("two lines, nine in the class", [OXYGEN] * 2, people(9), NONE),
    ("two lines, ten in the class", [OXYGEN] * 2, people(10), FULL),
    ("forty visits by one person", [OXYGEN], people(1) * 40, NONE),
    ("forty visits without a handle", [OXYGEN], (RawVisitor(None, "morning", ("opioid",)),) * 40, NONE),
    ("four people and forty visits without a handle", [OXYGEN],
     people(4) + (RawVisitor(None, "morning", ("opioid",)),) * 40, NONE),
    ("one person of several classes counts in each", [OXYGEN], people(5, "morning", "opioid", "other"), FULL),
    ("one thin class lowers the whole day",
     [OXYGEN, RawLine("evening", "other", "monitored", "left")],
     people(30) + people(4, "evening", "other", start=90), RESPONSE),
    ("five who used both, one line of each class",
     [OXYGEN, RawLine("morning", "stimulant", "monitored", "recovered")],
     people(5, "morning", "opioid", "stimulant"), NONE),
    ("ten who used both, one line of each class",
     [OXYGEN, RawLine("morning", "stimulant", "monitored", "recovered")],
     people(10, "morning", "opioid", "stimulant"), FULL),
    ("five who stayed all day, one line in each part",
     [OXYGEN, RawLine("evening", "opioid", "oxygen", "recovered")],
     people(5) + people(5, "evening"), NONE),
    ("a line beside a death, nine in the class",
     [OXYGEN, RawLine("morning", "opioid", "naloxone_3_plus", "death")], people(9), NONE),
    ("nothing happened", [], people(3), FULL),
    ("a death has no line", [RawLine("morning", "opioid", "naloxone_3_plus", "death")], people(1), FULL),
]  # fmt: skip


@pytest.mark.parametrize(("lines", "visitors", "level"), [g[1:] for g in GATES], ids=[g[0] for g in GATES])
def test_a_day_says_less_until_every_line_hides_in_a_crowd(
    lines: list[RawLine], visitors: tuple[RawVisitor, ...], level: Level
) -> None:
    assert level_of(RawLines(tuple(lines), visitors, usual_visitors=100), preset("partner")) is level


def test_the_gate_never_raises_what_the_site_may_say() -> None:
    assert level_of(RawLines((OXYGEN,), people(400), usual_visitors=15), preset("partner")) is RESPONSE


@pytest.mark.parametrize(
    ("outcome", "on_line"),
    [
        ("recovered", "recovered"),
        ("declined_ems", "recovered"),
        ("left", "left"),
        ("treated_by_ems", "other"),
        ("transported", "other"),
        ("unknown", "other"),
        ("death", "death"),
        (None, "other"),
    ],
)
def test_no_outcome_tells_that_an_ambulance_came(app: Flask, outcome: str | None, on_line: str) -> None:
    assert outcome_on_line(outcome, site.book()) == on_line


def test_every_outcome_of_the_starting_lists_is_in_the_table_above(app: Flask) -> None:
    said = {"recovered", "declined_ems", "treated_by_ems", "transported", "left", "unknown", "death"}
    assert {choice.code for choice in site.book().choices("outcome")} == said


@pytest.mark.parametrize(
    ("kinds", "said"),
    [
        ("voice", "monitored"),
        ("oxygen", "oxygen"),
        ("bag_breaths", "oxygen"),
        ("oxygen naloxone", "naloxone_1_2"),
        ("naloxone naloxone", "naloxone_1_2"),
        ("oxygen naloxone naloxone naloxone", "naloxone_3_plus"),
        ("ems_naloxone", "monitored"),
    ],
)
def test_what_staff_did_is_one_of_four(kinds: str, said: str) -> None:
    assert response_class(case(*map(did, kinds.split()))) == said


def test_the_order_hangs_on_the_key_and_never_on_the_time() -> None:
    rows = [("opioid", "oxygen"), ("other", "oxygen"), ("stimulant", "monitored"), ("opioid", "monitored")]
    assert shuffled(rows, "daily-2026-11-17", KEY) == shuffled(rows[::-1], "daily-2026-11-17", KEY)
    assert len({shuffled(rows, "daily-2026-11-17", bytes([n])) for n in range(50)}) > 10
    assert len({shuffled(rows, f"daily-2026-11-{n}", KEY) for n in range(10, 30)}) > 5


def test_the_public_gets_no_lines_and_is_told_so() -> None:
    lines = protect(raw(), preset("public"), key=KEY).safe.lines
    assert lines and not lines.rows and not lines.cells()
    assert lines.withheld and lines.withheld.reason == "Public reports have no incident lines."


def test_a_small_site_has_no_lines_and_says_why() -> None:
    lines = protect(raw(usual=6), preset("partner"), key=KEY).safe.lines
    assert lines and not lines.rows and lines.withheld and "nobody be found" in lines.withheld.reason


def test_lines_are_listed_as_counts() -> None:
    twice = raw(lines=(OXYGEN, OXYGEN))
    lines = protect(twice, preset("partner"), key=KEY).safe.lines
    assert lines
    every, oxygen = lines.cells()
    assert every["value"] == 2 and every["dims"] == {}
    assert oxygen["value"] == 2 and oxygen["dims"] == {
        "part": "morning", "substance_class": "opioid", "response": "oxygen", "outcome": "recovered",
    }  # fmt: skip


STIMULANT = RawLine("evening", "stimulant", "monitored", "left")


@pytest.mark.parametrize("corrected", [(), (STIMULANT,), (OXYGEN, OXYGEN, STIMULANT)])
def test_another_audience_is_told_the_lines_that_one_was_told_already(corrected: tuple[RawLine, ...]) -> None:
    """What differed between two audiences would be what was corrected between them."""
    first = protect(raw(lines=(OXYGEN,)), preset("partner"), key=KEY)
    out = [Released.from_dict(entry.stored()) for entry in first.ledger]
    other = replace(preset("partner"), name="city")
    second = protect(raw(lines=corrected), other, key=KEY, released=out)
    assert first.safe.lines and second.safe.lines
    assert second.safe.lines.rows == first.safe.lines.rows != ()


def test_an_audience_that_may_be_told_less_is_told_the_same_lines_with_less_in_them() -> None:
    first = protect(raw(lines=(OXYGEN,)), preset("partner"), key=KEY)
    out = [Released.from_dict(entry.stored()) for entry in first.ledger]
    other = replace(preset("partner"), name="city")
    second = protect(raw(lines=(STIMULANT,), usual=15), other, key=KEY, released=out).safe.lines
    assert second and (second.level, second.rows) == ("response", (("oxygen",),))


def test_a_line_refuses_what_it_cannot_say() -> None:
    with pytest.raises(ValueError, match="cannot say outcome"):
        protect(
            raw(lines=(RawLine("morning", "opioid", "oxygen", "transported"),)), preset("partner"), key=KEY
        )
