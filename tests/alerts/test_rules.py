"""What a drug alert may say, how long it stands, who has read it."""

from datetime import UTC, date, datetime, timedelta

import pytest

from sitelog.alerts import rules
from sitelog.alerts.rules import Alert, Standing
from sitelog.ground.errors import Refused

TODAY = date(2026, 11, 17)
AT = datetime(2026, 11, 17, 23, 42, tzinfo=UTC)


def standing(ends_at: datetime | None = None, readers: tuple[str, ...] = ()) -> Standing:
    readings = tuple((who, AT) for who in readers)
    return Standing("A0001", 7, "purple down", "oxygen first", TODAY, ends_at, AT, "S01", readings)


@pytest.mark.parametrize(
    ("alert", "field"),
    [
        (Alert("", "oxygen first", TODAY), "what"),
        (Alert("  \n ", "oxygen first", TODAY), "what"),
        (Alert("x" * 121, "oxygen first", TODAY), "what"),
        (Alert("purple down", "", TODAY), "advice"),
        (Alert("purple down", "x" * 401, TODAY), "advice"),
        (Alert("purple down", "oxygen first", TODAY + timedelta(days=1)), "since_on"),
        (Alert("purple down", "oxygen first", TODAY, TODAY - timedelta(days=1)), "ends_on"),
        (Alert("purple down", "oxygen first", TODAY, date(9999, 12, 31)), "ends_on"),
    ],
)
def test_an_alert_nobody_can_mean_is_refused_beside_its_field(alert: Alert, field: str) -> None:
    with pytest.raises(Refused) as refusal:
        rules.check(alert, TODAY)
    assert refusal.value.field == field


def test_an_alert_may_end_today_or_by_hand() -> None:
    rules.check(Alert("purple down", "oxygen first", TODAY, TODAY), TODAY)
    rules.check(Alert("purple down", "oxygen first", date(2026, 11, 1)), TODAY)


def test_it_stands_until_the_instant_it_ends() -> None:
    assert standing().holds(AT + timedelta(days=999))
    assert standing(AT).holds(AT - timedelta(seconds=1))
    assert not standing(AT).holds(AT)


def test_its_author_and_who_said_so_have_read_it() -> None:
    one = standing(readers=("S02",))
    assert [one.is_read_by(who) for who in ("S01", "S02", "S03")] == [True, True, False]
    assert rules.unread([one], "S03") == [one]
    assert rules.unread([one], "S02") == []


def test_the_first_to_end_says_when_the_screen_changes() -> None:
    later = AT + timedelta(hours=1)
    assert rules.next_end([standing(later), standing(), standing(AT)]) == AT
    assert rules.next_end([standing()]) is None
