"""What an incident asks for, what is missing afterwards, and what cannot be."""

from datetime import UTC, datetime, timedelta

import pytest

from sitelog.ground.errors import Refused
from sitelog.incidents import rules
from sitelog.incidents.rules import Happening, Step, Taken
from sitelog.site import defaults
from sitelog.site.rules import SiteBook, assemble

AT = datetime(2026, 11, 17, 23, 42, tzinfo=UTC)
STAFF = ("S01", "S02")


@pytest.fixture(scope="module")
def book() -> SiteBook:
    return assemble(defaults.starter("Juniper Street", "America/Toronto"))


def taken(step: str, outcome: str = "done", witness: str | None = None, at: datetime = AT) -> Taken:
    return Taken(7, step, outcome, witness, at, "S01")


def test_every_kind_asks_only_for_fields_that_are_on_the_list(book: SiteBook) -> None:
    known = {one.code for one in book.choices("incident_field")}
    for kind in book.choices("incident_kind"):
        assert set(kind.data.get("asks", ())) <= known, kind.code
        assert kind.group in rules.CLASSES, kind.code


def test_every_field_with_answers_offers_some(book: SiteBook) -> None:
    for field in book.choices("incident_field"):
        if field.data["answer"] in ("one", "some"):
            assert rules.answers_of(book, field), field.code


def test_every_field_and_every_answer_is_used(book: SiteBook) -> None:
    asked = {code for kind in book.choices("incident_kind") for code in kind.data.get("asks", ())}
    fields = book.choices("incident_field")
    assert {one.code for one in fields} == asked
    assert {one.group for one in book.choices("incident_answer")} == {
        one.data.get("offers", one.code) for one in fields if one.data["answer"] in ("one", "some")
    }


def test_a_needlestick_is_followed_by_its_steps_with_the_last_hour_for_pep(book: SiteBook) -> None:
    todo = {one.step.code: one for one in rules.protocol(book, "exposure", AT, [taken("wash")])}
    assert not todo["wash"].missing and todo["pep"].missing
    assert todo["pep"].until == AT + timedelta(hours=72)
    assert not todo["pep"].is_late(AT + timedelta(hours=72))
    assert todo["pep"].is_late(AT + timedelta(hours=72, seconds=1))
    assert todo["report"].until is None


def test_pep_that_was_declined_is_neither_missing_nor_late(book: SiteBook) -> None:
    todo = {one.step.code: one for one in rules.protocol(book, "exposure", AT, [taken("pep", "declined")])}
    assert not todo["pep"].missing
    assert not todo["pep"].is_late(AT + timedelta(days=9))


def test_what_was_handed_over_need_not_be_destroyed(book: SiteBook) -> None:
    todo = {one.step.code: one for one in rules.protocol(book, "substance_left", AT, [taken("handed_over")])}
    assert todo["destroyed"].spared and not todo["destroyed"].missing
    assert todo["bagged"].missing


def test_a_step_of_custody_without_a_witness_is_marked(book: SiteBook) -> None:
    entered = [taken("bagged"), taken("sealed", witness="S02"), taken("stored", "not_needed")]
    todo = {one.step.code: one for one in rules.protocol(book, "substance_left", AT, entered)}
    marked = {code: one.unwitnessed for code, one in todo.items()}
    assert marked == {
        "bagged": True,
        "sealed": False,
        "stored": False,
        "handed_over": False,
        "destroyed": False,
    }


def test_of_a_step_taken_twice_the_later_is_shown(book: SiteBook) -> None:
    first, again = taken("bagged"), taken("bagged", witness="S02", at=AT + timedelta(minutes=5))
    todo = rules.protocol(book, "substance_left", AT, [again, first])
    assert todo[0].taken == again


def test_a_kind_without_steps_has_none(book: SiteBook) -> None:
    assert rules.protocol(book, "complaint", AT, []) == []


@pytest.mark.parametrize(
    ("what", "field"),
    [
        (Happening("storm"), "kind"),
        (Happening(""), "kind"),
        (Happening("fall", "99"), "where"),
        (Happening("fall", answers={"injury": ["broken"]}), "ask_injury"),
        (Happening("fall", answers={"injury": ["injury_none", "injury_hospital"]}), "ask_injury"),
        (Happening("fall", answers={"weapon": ["weapon_knife"]}), "kind"),
        (Happening("seizure", answers={"minutes": [-1]}), "ask_minutes"),
        (Happening("seizure", answers={"minutes": ["two"]}), "ask_minutes"),
        (Happening("police_request", answers={"decided": ["S77"]}), "ask_decided"),
        (Happening("fall", end="forgotten"), "end"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(book: SiteBook, what: Happening, field: str) -> None:
    with pytest.raises(Refused) as refusal:
        rules.check_happening(book, what, STAFF)
    assert refusal.value.field == field


def test_nothing_but_the_kind_has_to_be_said(book: SiteBook) -> None:
    for kind in book.choices("incident_kind"):
        rules.check_happening(book, Happening(kind.code), STAFF)


@pytest.mark.parametrize(
    "what",
    [
        Step("sealed"),
        Step("wash", "perhaps"),
        Step("wash", witness="S01"),
        Step("wash", witness="S77"),
    ],
)
def test_a_step_that_cannot_be_is_refused(book: SiteBook, what: Step) -> None:
    with pytest.raises(Refused):
        rules.check_step(book, "exposure", what, "S01", STAFF)
