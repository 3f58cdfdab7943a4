"""Handing out, taking back, and stock that is always the sum of its moves."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sitelog.board import actions as board
from sitelog.ground.access import OPERATOR, Actor, Role
from sitelog.ground.days import Window
from sitelog.ground.errors import Conflict, Forbidden, Refused
from sitelog.ground.facts import Grain
from sitelog.responses import actions as responses
from sitelog.site import actions as site_verbs
from sitelog.site import queries as site
from sitelog.site.defaults.words import word
from sitelog.site.rules import Choice
from sitelog.store.db import db
from sitelog.store.transaction import transaction
from sitelog.supplies import actions, balance, facts, queries, rules
from sitelog.supplies.models import Given, KitGiven, Move, Returned
from sitelog.supplies.rules import Count, Exchange, Level, NaloxoneKits, Receipt, SharpsPickUp, Waste
from sitelog.tally import collect
from sitelog.trail import amend as amending
from sitelog.trail import queries as trail
from sitelog.trail.verify import verify
from tests.factories import arrive, said

AMPOULE = "naloxone_ampoule"
SOON, LATER = date(2026, 12, 31), date(2027, 12, 31)


def counted(at: datetime) -> dict[str, int]:
    book = site.book()
    grain = Grain(book.calendar, book.bands, str)
    window = Window(at - timedelta(hours=1), at + timedelta(hours=1))
    totals: dict[str, int] = {}
    for fact in facts.facts(window, grain):
        totals[fact.measure] = totals.get(fact.measure, 0) + fact.amount
    return totals


def corrected(at: datetime) -> dict[str, Any]:
    return {**said(at), "reason": "wrong_amount"}


def test_more_may_come_back_than_was_given(app: Flask, at: datetime) -> None:
    row = actions.exchange(Exchange({"needle_1ml": 5}, returned=60, method="said"), **said(at))
    assert row.ref == "X0001" and row.visit_ref is None
    assert counted(at)["syringes_given"] == 5
    assert counted(at)["syringes_returned"] == 60


def test_a_kit_is_counted_as_what_is_in_it(app: Flask, at: datetime) -> None:
    actions.exchange(Exchange({"needle_1ml": 1}, {"injection_kit": 2}), **said(at))
    assert counted(at)["syringes_given"] == 21


def test_a_weight_becomes_syringes_by_the_factor_of_the_site(app: Flask, at: datetime) -> None:
    actions.exchange(Exchange(method="weight", grams=500), **said(at))
    row = db.session.query(Returned).one()
    assert (row.count, row.grams) == (310, 500)


def test_an_exchange_can_belong_to_a_visit_that_is_known(app: Flask, at: datetime) -> None:
    visit = arrive(at)
    row = actions.exchange(Exchange({"cooker": 1}, visit=visit.ref), **said(at))
    assert row.visit_ref == visit.ref
    with pytest.raises(Refused) as refused:
        actions.exchange(Exchange({"cooker": 1}, visit="V9999"), **said(at))
    assert refused.value.field == "visit"


@pytest.mark.parametrize(
    "what",
    [
        Exchange(),
        Exchange({"needle_1ml": 0}),
        Exchange({"anchor": 1}),
        Exchange(kits={"anchor": 1}),
        Exchange(returned=-1),
        Exchange(returned=3, method="guessed"),
        Exchange(returned=3, method="weight"),
        Exchange(returned=3, method="weight", grams=500),
        Exchange(returned=10**9),
    ],
)
def test_an_exchange_that_is_impossible_is_refused(app: Flask, at: datetime, what: Exchange) -> None:
    with pytest.raises(Refused):
        actions.exchange(what, **said(at))


def test_a_double_tap_is_one_exchange(app: Flask, at: datetime) -> None:
    for _ in range(2):
        actions.exchange(Exchange({"needle_1ml": 5}), **said(at), token="a" * 32)
    assert counted(at)["syringes_given"] == 5


def test_naloxone_kits_say_form_training_and_why(app: Flask, at: datetime) -> None:
    actions.receive(Receipt("naloxone_nasal_kit", 12, "N1", LATER), **said(at))
    actions.give_naloxone_kits(NaloxoneKits("nasal", 2, "used_on_other", trained=True), **said(at))
    row = db.session.query(KitGiven).one()
    assert (row.form, row.count, row.trained, row.reason) == ("nasal", 2, True, "used_on_other")
    assert queries.on_hand("naloxone_nasal_kit") == 10
    assert counted(at)["naloxone_kits_given"] == 2


def test_what_is_picked_up_is_a_count_or_litres(app: Flask, at: datetime) -> None:
    actions.pick_up(SharpsPickUp("public", count=7), **said(at))
    actions.pick_up(SharpsPickUp("bin_emptied", litres=20), **said(at))
    assert counted(at)["sharps_picked_up"] == 7
    with pytest.raises(Refused):
        actions.pick_up(SharpsPickUp("public"), **said(at))


def test_stock_is_never_published(app: Flask, at: datetime) -> None:
    actions.receive(Receipt(AMPOULE, 10, "A1", SOON), **said(at))
    assert counted(at) == {}


def test_a_count_that_differs_has_to_be_explained(app: Flask, at: datetime) -> None:
    actions.receive(Receipt(AMPOULE, 10, "A1", SOON), **said(at))
    with pytest.raises(Refused):
        actions.count(Count(AMPOULE, 8, lot="A1", expires_on=SOON), **said(at))
    actions.count(Count(AMPOULE, 8, "lost", "A1", SOON), **said(at))
    assert queries.on_hand(AMPOULE) == 8
    actions.count(Count(AMPOULE, 8, lot="A1", expires_on=SOON), **said(at))
    assert queries.on_hand(AMPOULE) == 8


def test_a_dose_uses_the_lot_that_expires_first(app: Flask, at: datetime) -> None:
    actions.receive(Receipt(AMPOULE, 5, "B", LATER), **said(at))
    actions.receive(Receipt(AMPOULE, 1, "A", SOON), **said(at))
    ref = responses.start(place_code="3", **said(at)).ref
    responses.give_naloxone(ref, 800, "intramuscular", **said(at))
    assert {lot.lot: lot.on_hand for lot in queries.lots(AMPOULE)} == {"A": 0, "B": 4}


def test_a_dose_beyond_the_stock_is_given_and_the_shortage_is_shown(app: Flask, at: datetime) -> None:
    actions.receive(Receipt(AMPOULE, 1, "A", LATER), **said(at))
    ref = responses.start(place_code="3", **said(at)).ref
    step = responses.give_naloxone(ref, 800, "intramuscular", **said(at))
    assert step.id
    assert queries.on_hand(AMPOULE) == -1
    assert any(warn.values.get("n") == 1 for warn in queries.warns(at))


def test_the_bar_warns_of_nothing_that_was_not_kept(app: Flask, at: datetime) -> None:
    with pytest.raises(LookupError), transaction():
        actions.receive(Receipt(AMPOULE, 1, "A", LATER), **said(at))
        assert [warn.of for warn in queries.warns(at)] == [AMPOULE]
        raise LookupError
    # The next entry gets the number of the one that was taken back.
    arrive(at)
    assert list(queries.warns(at)) == []


def test_a_count_without_a_lot_is_of_the_only_one_and_never_comes_on_top_of_it(
    app: Flask, at: datetime
) -> None:
    actions.receive(Receipt(AMPOULE, 19, "A1", SOON), **said(at))
    actions.count(Count(AMPOULE, 15, "lost"), **said(at))
    assert queries.on_hand(AMPOULE) == 15
    actions.count(Count(AMPOULE, 14, "lost", lot="A1"), **said(at))
    assert [(lot.lot, lot.expires_on, lot.on_hand) for lot in queries.lots(AMPOULE)] == [("A1", SOON, 14)]
    actions.receive(Receipt(AMPOULE, 5, "B2", SOON), **said(at))
    with pytest.raises(Refused, match="several lots") as refused:
        actions.count(Count(AMPOULE, 15, "lost"), **said(at))
    assert refused.value.field == "lot" and queries.on_hand(AMPOULE) == 19


def test_where_nobody_keeps_stock_a_dose_is_given_and_nobody_is_nagged(app: Flask, at: datetime) -> None:
    ref = responses.start(place_code="3", **said(at)).ref
    assert responses.give_naloxone(ref, 400, "intramuscular", **said(at)).id
    assert queries.warns(at) == []
    actions.count(Count(AMPOULE, 10, "not_entered"), **said(at))
    responses.give_naloxone(ref, 400, "intramuscular", **said(at))
    assert queries.on_hand(AMPOULE) == 9


@pytest.mark.parametrize(("micrograms", "ampoules"), [(350, 1), (400, 1), (500, 2), (1200, 3)])
def test_a_part_of_an_ampoule_is_an_ampoule_gone(
    app: Flask, at: datetime, micrograms: int, ampoules: int
) -> None:
    actions.receive(Receipt(AMPOULE, 20, "A", LATER), **said(at))
    ref = responses.start(place_code="3", **said(at)).ref
    responses.give_naloxone(ref, micrograms, "intramuscular", **said(at))
    assert queries.on_hand(AMPOULE) == 20 - ampoules


@pytest.mark.parametrize("micrograms", ["400", 0, -5, None, 0.4])
def test_a_list_that_says_nonsense_of_an_item_never_stops_a_dose(micrograms: object) -> None:
    wrong = Choice("supply", "ampoule", "Ampoule", data={"micrograms": micrograms, "route": "intramuscular"})
    assert rules.used_by_dose([wrong], 400, "intramuscular") is None


def test_a_dose_amended_or_struck_gives_its_stock_back(app: Flask, at: datetime) -> None:
    actions.receive(Receipt(AMPOULE, 5, "A", SOON), **said(at))
    ref = responses.start(place_code="3", **said(at)).ref
    seq = responses.give_naloxone(ref, 400, "intramuscular", **said(at)).link_seq
    again = responses.amend(seq, changes={"micrograms": 800}, **corrected(at))
    assert queries.on_hand(AMPOULE) == 3
    responses.strike(again.seq, by=said(at)["by"], at=at)
    assert queries.on_hand(AMPOULE) == 5


def test_a_dose_whose_time_is_corrected_stays_with_its_lot(app: Flask, at: datetime) -> None:
    actions.receive(Receipt(AMPOULE, 5, "B", LATER), **said(at))
    ref = responses.start(place_code="3", **said(at - timedelta(minutes=5))).ref
    seq = responses.give_naloxone(ref, 400, "intramuscular", **said(at)).link_seq
    actions.receive(Receipt(AMPOULE, 5, "A", SOON), **said(at))
    earlier = {**corrected(at), "happened_at": at - timedelta(minutes=2)}
    responses.amend(seq, **earlier)
    assert {lot.lot: lot.on_hand for lot in queries.lots(AMPOULE)} == {"A": 5, "B": 4}


def test_low_stock_old_stock_and_empty_oxygen_are_warned_of(app: Flask, at: datetime) -> None:
    assert list(queries.warns(at)) == []
    actions.receive(Receipt(AMPOULE, 6, "A", date(2026, 11, 30)), **said(at))
    actions.set_cylinder(Level("2", "in_use", 20), **said(at))
    texts = [warn.text for warn in queries.warns(at)]
    assert len(texts) == 4  # few left, expiring, cylinder low, no spare
    actions.set_cylinder(Level("2", "empty", 0), **said(at))
    actions.set_cylinder(Level("3", "spare", 100), **said(at))
    assert len(queries.warns(at)) == 2


def test_a_shift_hands_over_what_a_response_needs_and_what_is_warned_of(app: Flask, at: datetime) -> None:
    actions.receive(Receipt(AMPOULE, 40, "A", LATER), **said(at))
    actions.receive(Receipt("foil", 500, "F", LATER), **said(at))
    actions.receive(Receipt("condom", 1, "C", date(2026, 11, 16)), **said(at))
    actions.set_cylinder(Level("2", "in_use", 20), **said(at))
    held = {one.label: one for one in queries.at_hand(at)}
    assert set(held) == {"Naloxone 0.4 mg ampoule", "Condom", "2"}  # of foil there is enough
    assert held["Naloxone 0.4 mg ampoule"].on_hand == 40 and not held["Naloxone 0.4 mg ampoule"].warns
    said_of = [warn.short % warn.values for warn in held["Condom"].warns]
    assert said_of == ["reorder at 100", "expired 2026-11-16"]
    assert held["2"].percent and [warn.short % warn.values for warn in held["2"].warns] == ["at most 25 %"]


def test_an_exchange_is_amended_and_both_versions_stay(app: Flask, at: datetime) -> None:
    actions.receive(Receipt("needle_1ml", 500, "N", LATER), **said(at))
    row = actions.exchange(Exchange({"needle_1ml": 50}), **said(at))
    actions.amend(row.link_seq, Exchange({"needle_1ml": 5}), **corrected(at))
    assert queries.on_hand("needle_1ml") == 495
    assert counted(at)["syringes_given"] == 5
    with pytest.raises(Conflict):
        actions.amend(row.link_seq, Exchange({"needle_1ml": 6}), **corrected(at))
    assert verify().count == trail.last_seq()


def test_what_was_given_before_stock_was_kept_takes_nothing_when_it_is_corrected(
    app: Flask, at: datetime
) -> None:
    row = actions.exchange(Exchange({"needle_1ml": 50}), **said(at))
    kit = actions.give_naloxone_kits(NaloxoneKits("nasal", 1, "first"), **said(at))
    for item in ("needle_1ml", "naloxone_nasal_kit", "condom"):
        actions.receive(Receipt(item, 500, "N", LATER), **said(at))
    again = actions.amend(row.link_seq, Exchange({"needle_1ml": 5, "condom": 3}), **corrected(at))
    actions.amend(again.seq, Exchange({"needle_1ml": 6, "condom": 4}), **corrected(at))
    actions.amend(kit.link_seq, NaloxoneKits("nasal", 2, "first"), **corrected(at))
    on_hand = {item: queries.on_hand(item) for item in ("needle_1ml", "naloxone_nasal_kit", "condom")}
    assert on_hand == {"needle_1ml": 500, "naloxone_nasal_kit": 500, "condom": 496}


def test_nobody_changes_what_somebody_else_entered(app: Flask, at: datetime) -> None:
    row = actions.exchange(Exchange({"needle_1ml": 5}), **said(at))
    other = Actor("S05", "Other nurse", "ON", Role.NURSE)
    with pytest.raises(Forbidden):
        actions.strike(row.link_seq, by=other, at=at)


def test_the_last_exchange_is_undone_from_the_board(app: Flask, at: datetime, nurse: Actor) -> None:
    actions.exchange(Exchange({"needle_1ml": 5}), **said(at))
    board.undo(by=nurse, at=at + timedelta(seconds=30))
    assert counted(at) == {}


MOVES = st.one_of(
    st.tuples(st.just("receive"), st.integers(1, 50), st.sampled_from("AB")),
    st.tuples(st.just("waste"), st.integers(1, 50), st.sampled_from("AB")),
    st.tuples(st.just("count"), st.integers(0, 50), st.sampled_from("AB")),
    st.tuples(st.just("give"), st.integers(1, 50), st.just("")),
    st.tuples(st.just("strike"), st.integers(0, 20), st.just("")),
    st.tuples(st.just("amend"), st.integers(1, 50), st.just("A")),
)
LOTS = {"A": SOON, "B": LATER}
ITEM = "needle_1ml"


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(MOVES, max_size=10))
def test_on_hand_is_the_sum_of_moves_under_any_order(app: Flask, at: datetime, told: Any) -> None:
    base = queries.on_hand(ITEM)
    # What each entry that stands did to the shelf, kept by hand.
    did: dict[int, int] = {}
    for verb, n, lot in told:
        before = queries.on_hand(ITEM)
        assert before == base + sum(did.values())
        if verb == "strike" and did:
            seq = sorted(did)[n % len(did)]
            actions.strike(seq, by=said(at)["by"], at=at)
            del did[seq]
        elif verb == "amend" and did:
            seq = max(did)
            new = actions.amend(seq, Receipt(ITEM, n, lot, LOTS[lot]), **corrected(at))
            del did[seq]
            did[new.seq] = n
        elif verb == "receive":
            did[actions.receive(Receipt(ITEM, n, lot, LOTS[lot]), **said(at)).link_seq] = n
        elif verb == "waste":
            did[actions.waste(Waste(ITEM, n, "damaged", lot, LOTS[lot]), **said(at)).link_seq] = -n
        elif verb == "count":
            here = sum(one.on_hand for one in queries.lots(ITEM) if one.lot == lot)
            did[actions.count(Count(ITEM, n, "other", lot, LOTS[lot]), **said(at)).link_seq] = n - here
        elif verb == "give":
            kept = bool(queries.lots(ITEM))
            row = actions.exchange(Exchange({ITEM: n}), **said(at))
            did[row.link_seq] = -n if kept else 0
    standing = db.session.scalars(amending.current(Move).where(Move.item == ITEM))
    assert queries.on_hand(ITEM) == sum(move.change for move in standing) == base + sum(did.values())
    # What was added up as it came is what adding it all up anew gives, lot by lot.
    assert balance.standing() == balance._caught_up(None)


def test_a_site_that_enters_no_supplies_says_not_recorded_and_never_zero(app: Flask, at: datetime) -> None:
    window = Window(at - timedelta(hours=1), at + timedelta(hours=1))
    assert "syringes_given" in collect.unrecorded(window)
    actions.exchange(Exchange({"condom": 3}), **said(at))
    ours = {measure.code for measure in facts.MEASURES}
    assert ours.isdisjoint(collect.unrecorded(window))


def test_naloxone_kits_of_the_exchange_sheet_are_counted_as_kits(app: Flask, at: datetime) -> None:
    actions.exchange(Exchange({"naloxone_im_kit": 2}), **said(at))
    actions.give_naloxone_kits(NaloxoneKits("nasal", 1, "first"), **said(at))
    assert counted(at)["naloxone_kits_given"] == 3


def given_in_kits() -> dict[str, int]:
    rows = db.session.scalars(amending.current(Given).where(Given.kit.is_not(None)))
    return {row.item: row.count for row in rows}


def test_a_corrected_kit_is_made_up_as_it_was_on_its_day(app: Flask, at: datetime) -> None:
    row = actions.exchange(Exchange(kits={"injection_kit": 2}), **said(at))
    before = given_in_kits()
    later = at + timedelta(days=3)
    kit = word("injection_kit", "Injection kit", items={"cooker": 7})
    site_verbs.configure({"words": {"supply_kit": [kit]}}, **said(later, OPERATOR))
    sheet, filled = queries.as_entered(trail.link(row.link_seq))
    assert (sheet, filled["kit_injection_kit"]) == ("exchange", 2)
    again = actions.amend(row.link_seq, Exchange(kits={"injection_kit": 4}), **corrected(later))
    assert given_in_kits() == {item: 2 * count for item, count in before.items()}
    # However often it is corrected; and what is given by now is made up as it is now.
    assert queries.as_entered(again)[1]["kit_injection_kit"] == 4
    third = actions.amend(again.seq, Exchange(kits={"injection_kit": 2}), **corrected(later))
    assert given_in_kits() == before
    actions.strike(third.seq, by=said(at)["by"], at=later)
    actions.exchange(Exchange(kits={"injection_kit": 1}), **said(later))
    assert given_in_kits() == {"cooker": 7}
