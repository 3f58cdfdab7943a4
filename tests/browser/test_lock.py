"""The lock: what was typed stays under it, an emergency goes through it, a form that came late is kept."""

import re
from datetime import timedelta

from playwright.sync_api import Locator, Page, expect

from sitelog.ground.access import OPERATOR
from sitelog.responses import actions as responses
from sitelog.site import actions as site
from sitelog.site import queries as site_queries
from sitelog.staff import door, gate
from tests import factories
from tests.browser.conftest import Open
from tests.browser.house import PINS, House

WORDS = "the door of booth 4 sticks"


def lock_of(page: Page) -> Locator:
    """The lock over the page."""
    return page.locator("#lock")


def unlock(page: Page, name: str, pin: str | None = None) -> None:
    """A tap on the name, then the digits."""
    page.locator("label.tile", has_text=name).click()
    page.keyboard.type(pin or PINS[name])


def half_written(page: Page) -> None:
    """A note that somebody has begun."""
    page.keyboard.press("n")
    page.locator("#sheet textarea").fill(WORDS)


def test_an_idle_desk_locks_over_a_half_written_note_and_the_pin_gives_it_back(
    house: House, opened: Open
) -> None:
    with house.verbs() as at:
        limits = {**site_queries.book().limits, "idle_lock_seconds": 90}
        site.configure({"limits": limits}, by=OPERATOR, happened_at=at, at=at)
    page = opened(None, "/sign-in/password")
    page.context.add_cookies(house.cookies("Amina K."))
    page.clock.install()
    page.goto("/")
    half_written(page)
    page.clock.fast_forward(80_000)
    expect(lock_of(page)).to_be_hidden()
    page.clock.fast_forward(15_000)
    expect(lock_of(page)).to_be_visible()
    expect(page.get_by_role("heading", name="Who is at the desk?")).to_be_visible()
    expect(page.locator("#sheet textarea")).not_to_be_visible()
    page.keyboard.press("Escape")
    expect(lock_of(page)).to_be_visible()
    unlock(page, "Amina K.")
    expect(lock_of(page)).to_be_hidden()
    expect(page.locator("#sheet textarea")).to_have_value(WORDS)
    page.locator("#sheet").get_by_role("button", name="Keep").click()
    expect(page.locator("#feed li").first).to_contain_text(WORDS)


def test_the_lock_button_locks_and_another_person_gets_a_desk_of_their_own(desk: Page) -> None:
    half_written(desk)
    desk.keyboard.press("Escape")
    desk.get_by_role("button", name="Lock this desk").click()
    expect(lock_of(desk)).to_be_visible()
    with desk.expect_navigation():
        unlock(desk, "Joel T.")
    expect(desk.locator(".staff .me")).to_have_text("JT")
    desk.keyboard.press("n")
    expect(desk.locator("#sheet textarea")).to_have_value("")


def test_a_locked_desk_shows_what_runs_and_nobodys_name(house: House, opened: Open) -> None:
    with house.verbs() as at:
        factories.seated(at, "3", "heron-42")
        responses.start(place_code="3", **factories.said(at))
    page = opened()
    page.get_by_role("button", name="Lock this desk").click()
    running = lock_of(page).get_by_label("Running responses")
    expect(running).to_contain_text("Booth 3")
    expect(running.locator("[data-since]")).to_have_text(re.compile(r"^00:\d\d$"))
    expect(lock_of(page)).not_to_contain_text("heron")


def test_five_wrong_pins_lock_the_name_and_not_the_desk(desk: Page) -> None:
    desk.get_by_role("button", name="Lock this desk").click()
    desk.locator("label.tile", has_text="Amina K.").click()
    for _ in range(5):
        with desk.expect_response("**/unlock"):
            desk.keyboard.type("909090")
        expect(lock_of(desk).locator(".error")).to_contain_text("not right")
        expect(lock_of(desk).locator("#pin")).to_have_value("")
    with desk.expect_response("**/unlock"):
        desk.keyboard.type(PINS["Amina K."])
    expect(lock_of(desk).locator(".error")).to_contain_text("Too many wrong tries")
    unlock(desk, "Joel T.")
    expect(desk.locator(".staff .me")).to_have_text("JT")


def test_f8_goes_through_the_lock_and_the_pin_leads_to_the_response(desk: Page) -> None:
    desk.get_by_role("button", name="Lock this desk").click()
    expect(lock_of(desk).locator("label.tile").first).to_be_visible()
    desk.keyboard.press("F8")
    expect(lock_of(desk).locator(".started")).to_be_visible()
    expect(lock_of(desk).get_by_label("Running responses")).to_contain_text("Elsewhere 00:")
    unlock(desk, "Amina K.")
    desk.wait_for_url("**/responses/R0001")
    expect(desk.get_by_role("timer")).to_be_visible()


def _session_ends(house: House, page: Page) -> None:
    token = next(cookie for cookie in page.context.cookies() if cookie["name"] == gate.SESSION)
    with house.verbs() as at:
        door.sign_out(token["value"], at=at)


def test_a_sheet_sent_after_the_session_ended_is_saved_once_the_pin_is_in(house: House, opened: Open) -> None:
    page = opened()
    half_written(page)
    _session_ends(house, page)
    page.locator("#sheet").get_by_role("button", name="Keep").click()
    expect(lock_of(page)).to_be_visible()
    unlock(page, "Amina K.")
    expect(lock_of(page)).to_be_hidden()
    expect(page.locator("#feed li").first).to_contain_text(WORDS)
    expect(page.locator("#feed li", has_text="sticks")).to_have_count(1)


def test_a_page_sent_after_the_session_ended_is_carried_through_the_sign_in(
    house: House, opened: Open
) -> None:
    page = opened("Amina K.", "/board/note", java_script_enabled=False)
    page.locator("textarea[name=words]").fill(WORDS)
    _session_ends(house, page)
    page.get_by_role("button", name="Keep").click()
    expect(page.get_by_text("What you just entered is kept")).to_be_visible()
    page.get_by_role("radio", name=re.compile("Amina K.")).check(force=True)
    page.locator("#pin").fill(PINS["Amina K."])
    page.get_by_role("button", name="Enter").click()
    expect(page.get_by_role("heading", name="Not saved yet")).to_be_visible()
    expect(page.locator(".typed")).to_contain_text(WORDS)
    page.get_by_role("button", name="Save it now").click()
    expect(page.locator("#feed li").first).to_contain_text(WORDS)


def test_an_hour_of_work_elsewhere_keeps_a_tab_of_the_same_desk_open(opened: Open) -> None:
    first = opened()
    first.clock.install()
    first.goto("/")
    second = first.context.new_page()
    second.goto("/referrals")
    first.clock.fast_forward(200_000)
    ahead = timedelta(seconds=200).total_seconds() * 1000
    second.evaluate("at => localStorage.setItem('touched', String(Date.now() + at))", ahead)
    first.clock.fast_forward(100_000)
    expect(lock_of(first)).to_be_hidden()
