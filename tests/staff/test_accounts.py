"""Accounts are versions that stay; secrets are hashes; the last administrator cannot be locked out."""

from datetime import datetime, timedelta

import pytest
from argon2 import Type, extract_parameters

from sitelog.ground.access import OPERATOR, Role
from sitelog.ground.errors import Conflict, Refused, Unknown
from sitelog.staff import actions, door, queries
from sitelog.staff.models import Account, Credential
from sitelog.store.db import db
from sitelog.trail import queries as trail
from tests.once import COSTS
from tests.staff.conftest import PASSWORD

Staff = dict[str, Account]


def test_an_account_gets_a_ref_initials_and_a_link_of_the_trail(staff: Staff) -> None:
    assert [one.ref for one in staff.values()] == ["S01", "S02", "S03", "S04", "S05"]
    assert queries.initials()["S01"] == "AK"
    assert queries.name_of("S03") == "Marc D."
    assert queries.name_of("nobody") == "nobody"
    kinds = [link.kind for link in trail.recent(50, ["account"])]
    assert kinds.count("account.added") == 5
    assert kinds.count("account.pin_set") == 3


def test_no_secret_is_kept_as_it_was_typed(staff: Staff) -> None:
    for kept in db.session.query(Credential):
        assert kept.password_hash.startswith("$argon2id$")
        assert PASSWORD not in kept.password_hash
        assert kept.pin_hash is None or kept.pin_hash.startswith("$argon2id$")


def test_a_secret_costs_whoever_guesses_at_it_memory_and_time() -> None:
    """OWASP's least for Argon2id: 19 MiB in 2 passes, or 46 MiB in one."""
    for hasher in COSTS:
        kept = extract_parameters(hasher.hash(PASSWORD))
        assert kept.type is Type.ID
        assert kept.memory_cost >= 19 * 1024 and kept.time_cost >= 2


def test_a_second_account_of_the_same_name_is_a_conflict(staff: Staff, at: datetime) -> None:
    with pytest.raises(Conflict):
        actions.add_account("amina k.", "nurse", password=PASSWORD, by=OPERATOR, at=at)


def test_two_people_with_the_same_letters_are_told_apart(staff: Staff, at: datetime) -> None:
    made = actions.add_account("Anton K.", "nurse", password=PASSWORD, by=OPERATOR, at=at)
    assert made.initials == "AK2"


def test_a_double_press_makes_one_account(staff: Staff, at: datetime) -> None:
    words = {"password": PASSWORD, "by": OPERATOR, "at": at, "token": "ab" * 16}
    first = actions.add_account("Lena W.", "nurse", **words)
    second = actions.add_account("Lena W.", "nurse", **words)
    assert first.ref == second.ref


def test_a_disabled_account_keeps_its_history_and_loses_its_sessions(staff: Staff, at: datetime) -> None:
    opened = door.sign_in("Joel T.", PASSWORD, at=at)
    actions.disable("S02", by=OPERATOR, at=at)
    assert queries.session_of(opened.token, at) is None
    with pytest.raises(Refused):
        door.sign_in("Joel T.", PASSWORD, at=at)
    assert "S02" not in {tile.ref for tile in queries.people_on_tiles()}
    assert queries.name_of("S02") == "Joel T."
    actions.enable("S02", by=OPERATOR, at=at)
    assert door.sign_in("Joel T.", PASSWORD, at=at).actor.role is Role.NURSE
    assert [one.active for one in db.session.query(Account).filter_by(ref="S02").order_by(Account.id)] == [
        True,
        False,
        True,
    ]


def test_the_last_active_administrator_cannot_be_disabled(staff: Staff, at: datetime) -> None:
    with pytest.raises(Conflict):
        actions.disable("S04", by=OPERATOR, at=at)
    actions.add_account("Bea B.", "admin", password=PASSWORD, by=OPERATOR, at=at)
    actions.disable("S04", by=OPERATOR, at=at)


def test_a_new_password_ends_every_session_and_opens_a_locked_name(staff: Staff, at: datetime) -> None:
    opened = door.sign_in("Joel T.", PASSWORD, at=at)
    for _ in range(5):
        with pytest.raises(Refused):
            door.sign_in("Joel T.", "wrong", at=at)
    actions.reset_password("S02", "another long one", by=OPERATOR, at=at)
    assert queries.session_of(opened.token, at) is None
    assert door.sign_in("Joel T.", "another long one", at=at)


def test_only_people_of_the_desk_have_a_pin(staff: Staff, at: datetime) -> None:
    with pytest.raises(Refused):
        actions.set_pin("S05", "271828", by=OPERATOR, at=at)


def test_an_account_nobody_made_is_unknown(staff: Staff, at: datetime) -> None:
    for verb in (actions.disable, actions.enable):
        with pytest.raises(Unknown):
            verb("S99", by=OPERATOR, at=at)


def test_initials_follow_a_change_at_once(staff: Staff, at: datetime) -> None:
    assert "S06" not in queries.initials()
    actions.add_account("Omar B.", "nurse", password=PASSWORD, by=OPERATOR, at=at + timedelta(seconds=1))
    assert queries.initials()["S06"] == "OB"
