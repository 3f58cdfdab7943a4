"""The rule for one number, as a table: what stands behind it, and what is printed."""

from __future__ import annotations

import pytest

from sitelog.disclosure.policy import PRESETS, preset, stricter
from sitelog.disclosure.printed import Cell, DoesNotApply, Exact, NotRecorded, Range
from sitelog.disclosure.suppress import plain, single
from sitelog.disclosure.tables import RawCell
from sitelog.ground.errors import Refused, Unknown

PERSON_FACTS = [
    # policy            events people  printed
    ("partner",              0,    0,  Range(0, 4)),
    ("partner",              1,    1,  Range(0, 4)),
    ("partner",              4,    4,  Range(0, 4)),
    ("partner",              5,    5,  Exact(5)),
    ("partner",             40,    1,  Range(5, None)),
    ("partner",             40,    4,  Range(5, None)),
    ("partner",             40,    5,  Exact(40)),
    ("public",              10,   10,  Range(0, 10)),
    ("public",              11,   11,  Exact(11)),
    ("public",              40,   10,  Range(11, None)),
    ("ca-health-canada",     9,    9,  Range(0, 9)),
    ("ca-health-canada",    10,   10,  Exact(10)),
    ("ca-on-public",        19,   19,  Range(0, 19)),
    ("uk-nhs",               7,    7,  Range(0, 7)),
    ("uk-nhs",               8,    8,  Range(8, 12)),
    ("uk-nhs",              13,   13,  Range(13, 17)),
    ("uk-nhs",              42,   42,  Range(38, 42)),
    ("uk-nhs",              43,   43,  Range(43, 47)),
]  # fmt: skip


@pytest.mark.parametrize(("policy", "events", "people", "printed"), PERSON_FACTS)
def test_a_person_fact_is_exact_or_a_range(policy: str, events: int, people: int, printed: Cell) -> None:
    assert single(RawCell(events, people), preset(policy)) == printed


@pytest.mark.parametrize(
    ("raw", "printed"),
    [
        (RawCell(0), Exact(0)),
        (RawCell(1), Exact(1)),
        (RawCell(40, 1), Exact(40)),
        (RawCell(None), NotRecorded()),
        (RawCell(None, applies=False), DoesNotApply()),
    ],
)
def test_an_operational_fact_is_printed_as_it_is(raw: RawCell, printed: Cell) -> None:
    assert plain(raw) == printed


@pytest.mark.parametrize("raw", [RawCell(None), RawCell(None, applies=False)])
def test_not_recorded_and_does_not_apply_are_never_taken_for_zero(raw: RawCell) -> None:
    assert single(raw, preset("partner")) == plain(raw)


SMALLEST = {
    "partner": 5, "public": 11,
    "ca-health-canada": 10, "ca-on-partner": 6, "ca-on-public": 20, "ca-bc": 5, "ca-ab": 5,
    "us-cms": 11, "us-wa": 10, "uk-nhs": 8, "uk-ndtms": 5, "au-aihw": 5, "nz": 6, "eu": 5, "eu-public": 11,
}  # fmt: skip


def test_the_presets_are_those_of_the_regulators() -> None:
    assert {name: policy.k for name, policy in PRESETS.items()} == SMALLEST
    assert {name for name, policy in PRESETS.items() if not policy.lines} == {
        "public",
        "ca-on-public",
        "eu-public",
    }


def test_a_site_may_be_stricter_but_not_laxer() -> None:
    assert stricter(preset("partner"), 8).k == 8
    with pytest.raises(Refused, match="at least 5"):
        stricter(preset("partner"), 4)
    with pytest.raises(Unknown, match="partner"):
        preset("nobody")
