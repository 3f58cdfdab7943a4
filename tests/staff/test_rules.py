"""What a name, a password and a PIN must be, and how long a lock lasts; no database needed."""

from datetime import UTC, datetime, timedelta

import pytest

from sitelog.ground.access import Role
from sitelog.ground.errors import Conflict, Refused
from sitelog.staff import rules

AT = datetime(2026, 11, 17, 23, 42, 7, tzinfo=UTC)


@pytest.mark.parametrize(
    "pin", ["000000", "123456", "654321", "901234", "12345", "1234567", "12345a", "", "١٢٣٤٥٦"]
)
def test_a_pin_that_is_none_or_that_anybody_would_try_is_refused(pin: str) -> None:
    with pytest.raises(Refused):
        rules.check_pin(pin)


def test_a_pin_of_six_mixed_digits_is_fine() -> None:
    rules.check_pin("271828")


@pytest.mark.parametrize("name", ["", "   ", "a\x00b", "x" * 61, "two\nlines"])
def test_a_name_that_would_not_fit_a_tile_is_refused(name: str) -> None:
    with pytest.raises(Refused):
        rules.check_name(name)


def test_a_password_is_judged_by_its_length_alone() -> None:
    rules.check_password("aaaaaaaaaa")
    for wrong in ("short", "x" * 201):
        with pytest.raises(Refused):
            rules.check_password(wrong)


@pytest.mark.parametrize(
    ("role", "audience"),
    [("desk", None), ("boss", None), ("funder", None), ("funder", "Ä"), ("nurse", "city")],
)
def test_a_role_nobody_can_have_is_refused(role: str, audience: str | None) -> None:
    with pytest.raises(Refused):
        rules.check_role(role, audience)


def test_names_are_the_same_whatever_their_case() -> None:
    with pytest.raises(Conflict):
        rules.check_name_free("amina k.", {"Amina K."})


@pytest.mark.parametrize(
    ("name", "taken", "initials"),
    [
        ("Amina K.", set(), "AK"),
        ("Amina K.", {"AK"}, "AK2"),
        ("Amina K.", {"AK", "AK2"}, "AK3"),
        ("Jean-Luc de la P.", set(), "JLD"),
        ("…", set(), "X"),
    ],
)
def test_initials_come_from_the_name_and_are_nobody_elses(name: str, taken: set[str], initials: str) -> None:
    assert rules.initials_of(name, taken) == initials
    rules.check_initials(initials)


def test_a_locked_name_says_for_how_many_minutes_more() -> None:
    rules.check_not_locked(None, AT)
    rules.check_not_locked(AT, AT)
    with pytest.raises(Refused) as refused:
        rules.check_not_locked(AT + timedelta(minutes=4, seconds=1), AT)
    assert "5 min" in str(refused.value)


def test_a_desk_is_idle_a_minute_after_its_limit_at_the_latest_and_never_without_one() -> None:
    assert not rules.is_idle(AT, AT + timedelta(seconds=300), 240)
    assert rules.is_idle(AT, AT + timedelta(seconds=301), 240)
    assert not rules.is_idle(AT, AT + timedelta(days=1), 0)


def test_a_session_is_over_at_its_very_end() -> None:
    assert rules.is_over(AT, AT)
    assert not rules.is_over(AT, AT - timedelta(microseconds=1))


def test_the_last_administrator_stays() -> None:
    rules.check_another_admin(1)
    with pytest.raises(Conflict):
        rules.check_another_admin(0)


def test_who_logs_works_at_a_desk_and_nobody_has_the_role_of_the_program() -> None:
    assert {Role.NURSE, Role.LEAD} <= set(rules.DESK_ROLES)
    assert not {Role.FUNDER, Role.ADMIN, Role.DESK, Role.SYSTEM} & set(rules.DESK_ROLES)
    assert not {Role.DESK, Role.SYSTEM} & set(rules.PERSON_ROLES)
