"""Minutes are computed from instants: right after a jump, on a wrong clock, and without a connection."""

import re
from datetime import datetime, timedelta

from playwright.sync_api import Page, expect

from tests import factories
from tests.browser.conftest import Open
from tests.browser.house import House, now

MINUTE = timedelta(minutes=1)


def evening(house: House) -> None:
    """Somebody seated twelve minutes ago and looked at two minutes ago, one who waits, a response."""
    with house.verbs() as at:
        ref = factories.seated(at - 12 * MINUTE, "1", "heron-42")
        factories.visits.check(ref, **factories.said(at - 2 * MINUTE))
        factories.arrive(at - 5 * MINUTE, "wren")
        factories.response_running(factories.NURSE, at, "4")


def minutes(page: Page, place: str) -> int:
    """The minutes a place's card shows."""
    return int(page.locator(f"#place-{place} .mins b").inner_text())


def test_after_a_jump_every_clock_is_right_without_asking_anybody(house: House, opened: Open) -> None:
    evening(house)
    page = opened()
    page.clock.install()
    page.goto("/")
    assert minutes(page, "1") == 12
    expect(page.locator("#place-1")).to_have_attribute("data-state", "use")
    house.stop()
    # The timers of a page that slept do not run meanwhile, and then once.
    page.clock.fast_forward(190_000)
    expect(page.locator("#place-1 .mins b")).to_have_text("15")
    expect(page.locator("#place-1 progress")).to_have_js_property("value", 15)
    expect(page.locator("#place-1")).to_have_attribute("data-state", "due")
    expect(page.locator("#waiting .spine b").first).to_have_text("8")
    expect(page.locator("#alerts a b")).to_have_text(re.compile(r"^07:[01]\d$"))
    house.start()


def test_a_device_with_a_wrong_clock_shows_the_right_minutes(house: House, opened: Open) -> None:
    evening(house)
    page = opened(None, "/sign-in/password")
    page.context.add_cookies(house.cookies("Joel T."))
    page.clock.install(time=now() + timedelta(hours=3, minutes=7))
    page.goto("/")
    page.clock.run_for(3_000)
    assert minutes(page, "1") in (12, 13)
    shown = datetime.strptime(page.locator("[data-clock-time]").first.inner_text(), "%H:%M:%S")
    wall = datetime.strptime(house.wall(now(), "%H:%M:%S"), "%H:%M:%S")
    assert abs(shown - wall) < timedelta(seconds=20)


def test_a_check_that_falls_due_turns_the_card_by_itself(house: House, opened: Open) -> None:
    with house.verbs() as at:
        factories.seated(at - 5 * MINUTE + timedelta(seconds=6), "1", "heron-42")
    page = opened()
    place = page.locator("#place-1")
    expect(place).to_have_attribute("data-state", "use")
    expect(place).to_have_attribute("data-state", "due")
    expect(place).to_contain_text("Check due")
