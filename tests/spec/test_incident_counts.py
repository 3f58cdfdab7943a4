"""Incidents as a table: what a site entered of one day, and what the reader of its daily is told."""

from collections.abc import Mapping

import pytest
from flask import Flask

from sitelog.formats.document import show
from sitelog.incidents import actions as incidents
from sitelog.incidents.rules import Happening
from sitelog.reports import queries
from sitelog.reports.models import Release
from tests.factories import said
from tests.reports.scene import MORNING, audiences, publish

DAYS = [
    # audience         what was entered                      row          is told
    ("partner",        {},                                   "violence",  "0–4"),
    ("partner",        {"verbal": 1},                        "violence",  "0–4"),
    ("partner",        {"verbal": 2, "weapon": 2},           "violence",  "0–4"),
    ("partner",        {"verbal": 2, "weapon": 3},           "violence",  "5+"),
    ("partner",        {"verbal": 60},                       "violence",  "5+"),
    ("partner",        {"exposure": 1},                      "exposure",  "0–4"),
    ("partner",        {"police_attendance": 4},             "police",    "0–4"),
    ("partner",        {"fall": 2, "chest_pain": 3},         "medical",   "5+"),
    ("partner",        {"complaint": 4, "privacy": 1},       "other",     "5+"),
    ("partner",        {"death_on_site": 9},                 "other",     "0–4"),
    ("partner",        {"fire": 7},                          "other",     "0–4"),
    ("partner",        {"fire": 1, "closure": 1},            "house",     "2"),
    ("partner",        {"verbal": 9},                        "house",     "n/r"),
    ("public",         {"verbal": 10},                       "violence",  "0–10"),
    ("public",         {"verbal": 11},                       "violence",  "11+"),
    ("uk-nhs",         {"verbal": 7},                        "violence",  "0–7"),
    ("uk-nhs",         {"verbal": 43},                       "violence",  "8+"),
]  # fmt: skip


@pytest.mark.parametrize(("audience", "entered", "row", "told"), DAYS)
def test_what_a_reader_is_told_of_incidents(
    app: Flask, audience: str, entered: Mapping[str, int], row: str, told: str
) -> None:
    audiences(reader=audience)
    for kind, times in entered.items():
        for _ in range(times):
            incidents.log(Happening(kind), **said(MORNING))
    release = publish(audience="reader")
    figures = queries.figures(Release.id == release.id)
    assert [show(one.cell) for one in figures if one.where[:2] == ("incidents", row)] == [told]
