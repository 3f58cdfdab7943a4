"""Settings, roles and the sieve that takes who, where and the minute out of a fact."""

from datetime import UTC, datetime, time
from pathlib import Path

import pytest

from sitelog.ground import settings
from sitelog.ground.access import NEEDS, ROLES, Actor, Permission, Role, checked
from sitelog.ground.days import SiteCalendar
from sitelog.ground.errors import Usage
from sitelog.ground.facts import Band, Grain


def test_a_missing_settings_file_means_the_defaults(tmp_path: Path) -> None:
    assert settings.read(tmp_path).host == "127.0.0.1"


@pytest.mark.parametrize(
    ("text", "named"),
    [("prot = 1", "prot"), ('port = "x"', "port"), ("port = [", "sitelog.toml"), ("port = true", "port")],
)
def test_a_wrong_setting_is_named(tmp_path: Path, text: str, named: str) -> None:
    (tmp_path / "sitelog.toml").write_text(text)
    with pytest.raises(Usage, match=named):
        settings.read(tmp_path)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('port = "8321"', "from 0 to 65535, without quotes"),
        ("port = 99999", "from 0 to 65535"),  # a server would listen at another one, 34463
        ("port = -1", "from 0 to 65535"),
        ('host = " "', "127.0.0.1"),
        ("hosts = [1]", "sitelog.example"),
        ("threads = 3", "4 or more"),
        ('languages = ["en", "xx"]', "Sitelog comes with: en"),
        ('languages = "en"', 'as \\["en"\\]'),
        ("database = 1", "an address in quotes"),
    ],
)
def test_a_setting_that_cannot_be_says_what_can(tmp_path: Path, text: str, told: str) -> None:
    (tmp_path / "sitelog.toml").write_text(text)
    with pytest.raises(Usage, match=told) as error:
        settings.read(tmp_path)
    assert text.split(" = ")[1] in str(error.value)


def test_a_settings_file_that_is_no_text_is_told_too(tmp_path: Path) -> None:
    (tmp_path / "sitelog.toml").write_bytes(b'host = "\xff"')
    with pytest.raises(Usage, match="cannot be read"):
        settings.read(tmp_path)


def test_a_funder_reads_published_reports_and_nothing_else() -> None:
    assert ROLES[Role.FUNDER] == {Permission.READ_REPORTS}


def test_a_locked_desk_can_start_a_response_and_nothing_else() -> None:
    desk = Actor("desk-1", "Desk 1", "D1", Role.DESK)
    assert [p for p in Permission if desk.can(p)] == [Permission.START_RESPONSE]


def test_whoever_works_at_the_desk_may_always_start_a_response() -> None:
    for role in (Role.NURSE, Role.LEAD):
        assert ROLES[role] >= {Permission.START_RESPONSE, Permission.RESPOND}


PEER = frozenset({Permission.READ_BOARD, Permission.LOG, Permission.START_RESPONSE, Permission.RESPOND})


def test_a_role_that_could_only_half_do_a_thing_is_refused() -> None:
    assert checked(Role.NURSE, PEER) == PEER
    with pytest.raises(ValueError, match="nurse: start_response is of no use without respond"):
        checked(Role.NURSE, PEER - {Permission.RESPOND})


@pytest.mark.parametrize("one", NEEDS)
def test_what_a_permission_needs_may_itself_be_had(one: Permission) -> None:
    allowed = {one}
    while more := {needed for held in allowed for needed in NEEDS.get(held, ())} - allowed:
        allowed |= more
    assert checked(Role.NURSE, frozenset(allowed)) == allowed


def test_a_fact_keeps_the_band_and_loses_the_minute_and_the_handle() -> None:
    bands = [Band("day", "Day", time(4)), Band("night", "Night", time(20))]
    grain = Grain(SiteCalendar("America/Toronto"), bands, lambda key: f"p{len(key)}")
    fact = grain.fact("accesses", datetime(2026, 11, 18, 7, 13, tzinfo=UTC), {"route": "inhaled"}, "heron-42")
    assert (fact.on.isoformat(), fact.band, fact.person) == ("2026-11-17", "night", "p8")
    assert fact.dim("route") == "inhaled"
    assert fact.dim("age") is None
