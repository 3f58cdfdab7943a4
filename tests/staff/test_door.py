"""Coming to a desk, locking it, leaving: who acts when, and what wrong tries cost."""

from datetime import datetime, timedelta

import pytest

from sitelog.ground.access import OPERATOR, Permission
from sitelog.ground.errors import Refused, Unknown
from sitelog.staff import actions, door, hashes, queries
from sitelog.staff.models import Account, StaffSession
from sitelog.store.db import db
from sitelog.trail import queries as trail
from tests.staff.conftest import PASSWORD, PINS

Staff = dict[str, Account]
MINUTE = timedelta(minutes=1)


@pytest.fixture
def desk(staff: Staff, at: datetime) -> door.Opened:
    """Joel is signed in on a browser that became a desk."""
    return door.sign_in("joel t.", PASSWORD, at=at)


def wrong_pin(desk: door.Opened, at: datetime, ref: str = "S01") -> str:
    with pytest.raises(Refused) as refused:
        door.unlock_with_pin(ref, "000001", at=at, device_token=desk.device_token)
    return str(refused.value)


def test_a_nurses_password_makes_the_browser_a_desk_and_a_funders_does_not(
    desk: door.Opened, at: datetime
) -> None:
    assert desk.device_token
    assert door.sign_in("Fay F.", PASSWORD, at=at).device_token is None
    again = door.sign_in("Amina K.", PASSWORD, at=at, device_token=desk.device_token)
    assert again.device_token is None
    assert len(queries.devices()) == 1


def test_the_ref_that_lists_print_is_as_good_as_the_name(staff: Staff, at: datetime) -> None:
    assert door.sign_in("s01", PASSWORD, at=at).actor == door.sign_in("Amina K.", PASSWORD, at=at).actor


def test_a_session_acts_until_it_is_locked_and_again_after_the_pin(desk: door.Opened, at: datetime) -> None:
    found = queries.session_of(desk.token, at)
    assert found and (found.actor.name, found.locked_at) == ("Joel T.", None)
    door.lock(desk.token, at=at)
    locked = queries.session_of(desk.token, at)
    assert locked and locked.locked_at == at
    opened = door.unlock_with_pin(
        "S02", PINS["Joel T."], at=at + MINUTE, device_token=desk.device_token, session_token=desk.token
    )
    assert opened.token == desk.token
    again = queries.session_of(desk.token, at + MINUTE)
    assert again and (again.actor, again.locked_at) == (found.actor, None)


def test_somebody_elses_pin_ends_the_locked_session(desk: door.Opened, at: datetime) -> None:
    door.lock(desk.token, at=at)
    opened = door.unlock_with_pin(
        "S01", PINS["Amina K."], at=at, device_token=desk.device_token, session_token=desk.token
    )
    assert opened.actor.name == "Amina K."
    assert queries.session_of(desk.token, at) is None


def test_a_pin_is_worth_nothing_on_a_browser_that_is_no_desk(desk: door.Opened, at: datetime) -> None:
    for token in (None, "guessed", desk.token):
        with pytest.raises(Refused, match="registered desk"):
            door.unlock_with_pin("S01", PINS["Amina K."], at=at, device_token=token)


def test_a_removed_desk_takes_no_pin_and_its_number_is_not_given_again(
    desk: door.Opened, at: datetime
) -> None:
    (device,) = queries.devices()
    actions.remove_device(device.id, by=OPERATOR, at=at)
    with pytest.raises(Refused):
        door.unlock_with_pin("S01", PINS["Amina K."], at=at, device_token=desk.device_token)
    assert queries.session_of(desk.token, at) is None
    door.sign_in("Joel T.", PASSWORD, at=at)
    assert [one.label for one in queries.devices()] == ["Desk 2"]
    with pytest.raises(Unknown, match="no desk 1"):
        actions.remove_device(device.id, by=OPERATOR, at=at)


def test_five_wrong_tries_lock_the_name_for_five_minutes_and_not_the_desk(
    desk: door.Opened, at: datetime
) -> None:
    for _ in range(5):
        assert "not right" in wrong_pin(desk, at)
    right = PINS["Amina K."]
    with pytest.raises(Refused, match="opens again in 5 min"):
        door.unlock_with_pin("S01", right, at=at, device_token=desk.device_token)
    assert door.sign_in("Amina K.", PASSWORD, at=at + 4 * MINUTE)
    assert door.unlock_with_pin("S02", PINS["Joel T."], at=at, device_token=desk.device_token)
    assert door.unlock_with_pin("S01", right, at=at + 5 * MINUTE, device_token=desk.device_token)
    assert [link.subject for link in trail.recent(20, ["account"]) if link.verb == "locked"] == ["S01"]


def test_wrong_passwords_from_afar_lock_the_password_and_never_the_pin_at_the_desk(
    desk: door.Opened, at: datetime
) -> None:
    said = set()
    for _ in range(7):
        with pytest.raises(Refused) as refused:
            door.sign_in("Amina K.", "wrong password", at=at)
        said.add(refused.value.message)
    with pytest.raises(Refused) as refused:
        door.sign_in("Amina K.", PASSWORD, at=at + 4 * MINUTE)
    # A name that is not there could not be locked: what is said must not tell which names are.
    assert said == {refused.value.message} and "not right" in refused.value.message
    assert door.unlock_with_pin("S01", PINS["Amina K."], at=at, device_token=desk.device_token)
    assert door.sign_in("Amina K.", PASSWORD, at=at + 5 * MINUTE)
    assert [link.subject for link in trail.recent(30, ["account"]) if link.verb == "locked"] == ["S01"]


def test_of_many_who_come_in_at_once_some_are_asked_to_try_again_and_no_pin_waits_for_a_password(
    staff: Staff, desk: door.Opened, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    turns = hashes.Turns(1, 0)
    monkeypatch.setattr(hashes, "_PASSWORD_TURNS", turns)
    with turns.one():
        with pytest.raises(Refused, match="Try again in a few seconds"):
            door.sign_in("Amina K.", PASSWORD, at=at)
        assert door.unlock_with_pin("S01", PINS["Amina K."], at=at, device_token=desk.device_token)
    assert door.sign_in("Amina K.", PASSWORD, at=at)


def test_who_would_wait_too_long_for_a_turn_is_sent_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hashes, "PATIENCE", 0)
    turns = hashes.Turns(1, 1)
    with turns.one(), pytest.raises(Refused), turns.one():
        raise AssertionError
    with turns.one():
        pass


def test_a_right_try_forgets_the_wrong_ones_before_it(desk: door.Opened, at: datetime) -> None:
    for _ in range(3):
        for _ in range(4):
            wrong_pin(desk, at)
        assert door.unlock_with_pin("S01", PINS["Amina K."], at=at, device_token=desk.device_token)


def test_the_count_begins_anew_after_a_lock_has_passed(desk: door.Opened, at: datetime) -> None:
    for _ in range(5):
        wrong_pin(desk, at)
    for _ in range(4):
        assert "not right" in wrong_pin(desk, at + 6 * MINUTE)
    assert door.unlock_with_pin("S01", PINS["Amina K."], at=at + 6 * MINUTE, device_token=desk.device_token)


@pytest.mark.parametrize(
    "name", ["Amina K.", "Nobody N.", "", "Robert'); DROP TABLE account;--", "x" * 10_000]
)
def test_a_wrong_name_and_a_wrong_password_are_refused_in_the_same_words(
    staff: Staff, at: datetime, name: str
) -> None:
    with pytest.raises(Refused, match="That is not right"):
        door.sign_in(name, "wrong password", at=at)


def test_the_pin_of_somebody_without_a_tile_opens_nothing(desk: door.Opened, at: datetime) -> None:
    for ref in ("S04", "S05", "S99", ""):
        assert "not right" in wrong_pin(desk, at, ref)


def test_a_session_ends_after_fourteen_hours_whatever_happens(desk: door.Opened, at: datetime) -> None:
    assert queries.session_of(desk.token, at + timedelta(hours=13, minutes=59))
    assert queries.session_of(desk.token, at + timedelta(hours=14)) is None


def test_leaving_ends_the_session_and_is_in_the_trail(desk: door.Opened, at: datetime) -> None:
    door.sign_out(desk.token, at=at)
    assert queries.session_of(desk.token, at) is None
    door.sign_out(desk.token, at=at)
    assert [link.kind for link in trail.recent(2)] == ["session.ended", "session.started"]


def test_locking_twice_is_one_entry(desk: door.Opened, at: datetime) -> None:
    door.lock(desk.token, at=at)
    door.lock(desk.token, at=at)
    assert [link.kind for link in trail.recent(9, ["session"])].count("session.locked") == 1


def test_the_browsers_token_is_not_in_the_database(desk: door.Opened, at: datetime) -> None:
    (kept,) = db.session.query(StaffSession)
    assert desk.token.encode() not in kept.token_hash
    assert len(kept.token_hash) == 32


def test_a_desk_as_an_actor_can_start_a_response_and_nothing_else(desk: door.Opened) -> None:
    (device,) = queries.devices()
    actor = queries.desk_actor(device)
    assert [permission for permission in Permission if actor.can(permission)] == [Permission.START_RESPONSE]
    assert queries.name_of(actor.ref) == device.label


def test_who_is_on_is_who_is_signed_in_and_not_locked(desk: door.Opened, at: datetime) -> None:
    door.sign_in("Fay F.", PASSWORD, at=at)
    assert [actor.initials for actor in queries.staff_on(at)] == ["JT"]
    tiles = {tile.name: tile.on_since for tile in queries.people_on_tiles(at)}
    assert tiles == {"Amina K.": None, "Joel T.": at, "Marc D.": None}
    door.lock(desk.token, at=at)
    assert queries.staff_on(at) == []


def test_every_entry_about_staff_has_words(desk: door.Opened, at: datetime) -> None:
    links = trail.recent(50, ["account", "session", "desk"])
    assert set(queries.sentences(links)) == {link.seq for link in links}
