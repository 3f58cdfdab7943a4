"""Supplies and services from line lists: what they count afterwards, and what they leave alone."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import ModuleType

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from sitelog.board import feed
from sitelog.ground.access import OPERATOR, Actor
from sitelog.ground.days import Window
from sitelog.ground.errors import Refused
from sitelog.ground.facts import Grain
from sitelog.imports import actions, cells
from sitelog.imports.cells import Reading, Shown
from sitelog.reports import corrections
from sitelog.responses import actions as responses
from sitelog.services import actions as services
from sitelog.services import facts as service_facts
from sitelog.services import queries as service_queries
from sitelog.services.rules import STRIP_RESULTS, Details
from sitelog.site import defaults, rules
from sitelog.site import queries as site
from sitelog.store.db import db
from sitelog.supplies import actions as supplies
from sitelog.supplies import facts as supply_facts
from sitelog.supplies import queries
from sitelog.supplies.models import Entry, KitGiven, Move
from sitelog.supplies.rules import Exchange, NaloxoneKits, Receipt
from sitelog.tally import collect
from sitelog.trail import queries as trail
from sitelog.trail.verify import verify
from sitelog.visits import queries as visits
from tests.conftest import EVENING
from tests.factories import said
from tests.imports.conftest import FILES
from tests.reports.scene import publish

Lists = Callable[..., Path]
ON = datetime(2026, 3, 3, 9, tzinfo=UTC)
DAY = Window(ON, ON + timedelta(days=1))
OTHERS = ("responses.csv", "steps.csv", "referrals.csv", "incidents.csv")
OURS = {name: FILES[name] for name in FILES if name not in OTHERS}
READING = Reading(rules.assemble(defaults.starter("Juniper Street", "America/Toronto")), EVENING)
STRIPS = Shown("strip", tuple(STRIP_RESULTS))


@pytest.fixture
def brought(app: Flask, lists: Lists) -> Path:
    folder = lists(OURS)
    actions.bring_along(folder, by=OPERATOR, at=EVENING)
    return folder


def counted(source: Callable[..., object]) -> dict[str, int]:
    book, totals = site.book(), dict[str, int]()
    for fact in source(DAY, Grain(book.calendar, book.bands, str)):  # type: ignore[attr-defined]
        totals[fact.measure] = totals.get(fact.measure, 0) + fact.amount
    return totals


def test_the_past_counts_what_was_given_taken_back_and_picked_up(brought: Path) -> None:
    totals = counted(supply_facts.facts)
    assert totals["syringes_given"] == 20 + 2 * 10
    assert totals["syringes_returned"] == 30 + 310
    assert (totals["naloxone_kits_given"], totals["sharps_picked_up"]) == (1, 7)
    kit = db.session.scalars(select(KitGiven)).one()
    assert (kit.form, kit.reason, kit.trained) == ("nasal", "first", True)


def test_an_entry_of_the_past_is_within_its_visit_and_said_in_words(brought: Path) -> None:
    heads = db.session.scalars(select(Entry).order_by(Entry.number)).all()
    assert [head.ref for head in heads] == [f"X{n:04d}" for n in range(1, 8)]
    assert [head.visit_ref for head in heads] == ["V0001"] * 3 + [None, "V0001", None, None]
    links = [link for link in trail.links_since(0) if link.noun in ("supply", "service")]
    assert {(link.at, link.actor) for link in links} == {(EVENING, "operator")}
    assert len(feed.sentences(links)) == len(links) == 11
    assert verify().count == trail.last_seq()


def test_an_entry_of_the_past_opens_at_the_desk_as_it_was_said(brought: Path) -> None:
    supplied = [link for link in trail.links_since(0) if link.noun == "supply"]
    assert [queries.as_entered(link)[0] for link in supplied] == [
        *["exchange"] * 4,
        "naloxone",
        *["pick-up"] * 2,
    ]
    given = [link for link in trail.links_since(0) if link.noun == "service"]
    kinds = [service_queries.as_entered(link)[0] for link in given]
    assert kinds == ["wound_care", "test", "support_group", "drug_check"]


def test_the_past_counts_services_tests_groups_and_strips(brought: Path) -> None:
    totals = counted(service_facts.facts)
    assert (totals["on_site_services"], totals["group_attendances"]) == (4, 9)
    assert (totals["tests_done"], totals["test_results_given"], totals["strip_results"]) == (1, 1, 2)
    shown, came = {one.given.kind: one for one in service_queries.given(DAY)}, visits.visit("V0001")
    care, test = shown["wound_care"].given, shown["test"].given
    assert (care.visit_id, care.person_id, care.result_given) == (came.id, came.person_id, None)
    assert (test.visit_id, test.person_id, test.topic) == (None, came.person_id, "hiv")
    check = shown["drug_check"]
    assert (check.given.expected, check.given.did) == ("down", "used")
    assert check.strips == {"fentanyl": "positive", "xylazine": "negative"}
    assert shown["support_group"].given.attending == 9


def test_the_same_supplies_and_services_again_change_nothing(brought: Path) -> None:
    before = trail.last_seq()
    assert actions.bring_along(brought, by=OPERATOR, at=EVENING + timedelta(hours=1)).ref is None
    assert trail.last_seq() == before


def test_a_count_or_a_strip_said_otherwise_is_refused(brought: Path, lists: Lists) -> None:
    other = {
        "supplies.csv": FILES["supplies.csv"].replace("needle_1ml,,20", "needle_1ml,,21"),
        "services.csv": FILES["services.csv"].replace("xylazine:negative", "xylazine:invalid"),
    }
    with pytest.raises(actions.NotClean) as error:
        actions.bring_along(lists(OURS | other), by=OPERATOR, at=EVENING)
    words = "when it said something else: correct it at the desk."
    assert [str(problem) for problem in error.value.problems] == [
        f"supplies.csv:2: Imported before as X0001, {words}",
        f"services.csv:5: Imported before as T0004, {words}",
    ]


def test_rows_of_supplies_without_an_id_are_counted_one_by_one(app: Flask, lists: Lists) -> None:
    row = "2026-03-03 09:00,given,needle_1ml,5\n"
    folder = lists({"supplies.csv": "happened_at,kind,item,count\n" + row * 2})
    assert actions.bring_along(folder, by=OPERATOR, at=EVENING).files == [("supplies.csv", 2, 2)]
    assert actions.bring_along(folder, by=OPERATOR, at=EVENING).files == [("supplies.csv", 2, 0)]
    assert counted(supply_facts.facts)["syringes_given"] == 10


def test_what_was_handed_out_in_the_past_moves_no_stock(app: Flask, lists: Lists) -> None:
    for item in ("needle_1ml", "naloxone_nasal_kit"):
        supplies.receive(Receipt(item, 500, "LOT-1"), **said(EVENING))
    before = queries.lots()
    actions.bring_along(lists(OURS), by=OPERATOR, at=EVENING)
    assert queries.lots() == before
    assert db.session.scalars(select(Move).where(Move.kind == "given")).all() == []
    supplies.exchange(Exchange({"needle_1ml": 5}), **said(EVENING))
    assert queries.on_hand("needle_1ml") == 495


def test_an_entry_of_the_past_that_is_corrected_moves_no_stock_either(
    app: Flask, lists: Lists, lead: Actor
) -> None:
    items = ("needle_1ml", "naloxone_nasal_kit", "naloxone_ampoule")
    for item in items:
        supplies.receive(Receipt(item, 500, "LOT-1"), **said(EVENING))
    without = {name: sheet for name, sheet in FILES.items() if name != "referrals.csv"}
    actions.bring_along(lists(without), by=OPERATOR, at=EVENING)
    seqs = {link.subject + link.kind: link.seq for link in trail.links_since(0)}
    words = {**said(EVENING, lead), "reason": "wrong_amount"}
    supplies.amend(seqs["X0004supply.exchanged"], Exchange({"needle_1ml": 2}), **words)
    kits = NaloxoneKits("nasal", 3, "first")
    supplies.amend(seqs["X0008supply.naloxone_kits_given"], kits, **words)
    responses.amend(seqs["R0001response.naloxone_given"], changes={"micrograms": 800}, **words)
    assert [queries.on_hand(item) for item in items] == [500] * 3
    assert verify().count == trail.last_seq()


def test_the_desk_numbers_its_next_entries_after_those_of_the_past(brought: Path) -> None:
    assert supplies.exchange(Exchange({"needle_1ml": 1}), **said(EVENING)).ref == "X0008"
    assert services.give("food", Details(), **said(EVENING)).ref == "T0005"
    assert verify().count == trail.last_seq()


@pytest.mark.parametrize("name", ["supplies.csv", "services.csv"])
def test_what_comes_for_a_day_that_is_out_has_its_report_looked_at_again(
    app: Flask, lists: Lists, name: str
) -> None:
    actions.bring_along(lists({n: OURS[n] for n in OURS if n != name}), by=OPERATOR, at=EVENING)
    release = publish(date(2026, 3, 3), at=EVENING)
    assert list(corrections.to_check([release])) == []
    actions.bring_along(lists(OURS), by=OPERATOR, at=EVENING + timedelta(hours=1))
    assert [found.id for found, _ in corrections.to_check([release])] == [release.id]


@pytest.mark.parametrize("room", [supply_facts, service_facts])
def test_days_before_the_first_of_the_past_stay_unrecorded(
    app: Flask, lists: Lists, room: ModuleType
) -> None:
    ours = {measure.code for measure in room.MEASURES}
    assert room.unrecorded(DAY) == ours
    actions.bring_along(lists(OURS), by=OPERATOR, at=EVENING)
    assert room.unrecorded(DAY) == frozenset()
    before = Window(DAY.start - timedelta(days=1), DAY.start)
    assert ours <= collect.unrecorded(before)


def test_supplies_of_the_past_are_found_by_their_visit(brought: Path) -> None:
    refs = {mention.ref for mention in queries.mentions(["V0001"])}
    assert refs == {"X0001", "X0002", "X0003", "X0005"}


@given(text=st.text(min_size=1, max_size=40))
def test_strips_are_read_or_refused_and_nothing_else(text: str) -> None:
    try:
        found = STRIPS(text, READING)
    except Refused as refusal:
        assert str(refusal)
    else:
        assert all(result in STRIP_RESULTS for _, result in found)


def test_every_strip_and_result_the_template_names_is_read(app: Flask) -> None:
    for word in cells.allowed(STRIPS, READING.book):
        assert STRIPS(word, READING) == (tuple(word.split(":")),)
