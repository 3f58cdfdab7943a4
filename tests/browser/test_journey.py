"""One evening on two screens at once: arrival, booth, check, overdose, closing, and the next day's report."""

import re
from datetime import timedelta
from pathlib import Path

import pikepdf
from playwright.sync_api import Page, expect

from sitelog.jobs import runner
from sitelog.site import queries as site
from tests.browser.conftest import Open
from tests.browser.house import House


def seat_in(page: Page, place: str, handle: str) -> None:
    """Somebody new with a handle, to a place, with the keyboard."""
    page.keyboard.press(place)
    sheet = page.locator("#sheet")
    expect(sheet.get_by_role("button", name=f"Seat in booth {place}").last).to_be_visible()
    page.keyboard.type(handle)
    sheet.get_by_text("Down", exact=False).first.click()
    sheet.get_by_text("Inject", exact=False).first.click()
    sheet.locator("[data-seat]").click()
    expect(sheet).to_be_hidden()
    # The next key does what the card says, so the card has to say it first.
    expect(page.locator(f"#place-{place}")).to_have_attribute("data-state", "use")


def mark(page: Page) -> None:
    """Remember this very page: a reload would forget it."""
    page.evaluate("window.sameAsBefore = true")


def is_the_same(page: Page) -> bool:
    """Whether the page was not loaded anew since it was marked."""
    return bool(page.evaluate("window.sameAsBefore === true"))


def rung(page: Page, code: str, label: str) -> None:
    """Tap one button of the ladder and see it entered."""
    before = page.locator("#timeline li").count()
    page.locator(f"#rung-{code}").get_by_role("button", name=label).click()
    expect(page.locator("#timeline li")).to_have_count(before + 1)


def test_an_evening_is_logged_on_one_screen_and_seen_on_the_other(
    house: House, opened: Open, tmp_path: Path
) -> None:
    mine, other = opened("Amina K."), opened("Joel T.")
    mark(other)

    seat_in(mine, "3", "heron-42")
    card = other.locator("#place-3")
    expect(card).to_have_attribute("data-state", "use")
    expect(card).to_contain_text("heron-42")
    expect(card.locator("[data-since]")).to_have_text("0")

    mine.keyboard.press("3")
    expect(other.locator("#feed li").first).to_contain_text("looks well")

    mine.keyboard.press("Shift+3")
    mine.wait_for_url("**/responses/R*")
    expect(card).to_have_attribute("data-state", "resp")
    running = other.locator("#alerts a")
    expect(running).to_contain_text("Booth 3")
    expect(running.locator("[data-since]")).to_have_text(re.compile(r"^00:0\d$"))

    running.click()
    other.wait_for_url("**/responses/R*")
    mark(other)
    line = other.locator("#timeline li")

    rung(mine, "oxygen", "NRB mask")
    expect(line.first).to_contain_text("NRB mask")
    expect(other.locator("#rung-oxygen")).to_have_class(re.compile("done"))

    mine.locator("#rung-naloxone").get_by_role("button", name="0.4 mg IM").dblclick()
    expect(other.locator("#dose")).to_contain_text("1 dose, 0.4 mg")
    expect(other.locator("#dose [data-since]")).to_have_text(re.compile(r"^0:\d\d$"))
    expect(mine.locator("#timeline li", has_text="0.4 mg")).to_have_count(1)

    mine.locator("#vitals").get_by_role("button", name="85", exact=True).click()
    expect(other.locator("#vitals").get_by_role("button", name="85", exact=True)).to_have_attribute(
        "aria-pressed", "true"
    )

    mine.keyboard.press("t")
    typed = mine.locator("[name=earlier_at]")
    expect(typed).to_be_focused()
    with house.verbs() as at:
        earlier = site.calendar().local(at - timedelta(minutes=4))
    mine.keyboard.type(f"{earlier:%H:%M}")
    mine.keyboard.press("Enter")
    rung(mine, "stimulate", "Sternal rub")
    expect(line.last).to_contain_text(f"{earlier:%H:%M}")
    expect(line.last).to_contain_text("Sternal rub")
    expect(typed).to_have_value("")

    assert is_the_same(other)
    _close(mine)
    expect(other.locator("#rhead")).to_contain_text("Closed")
    other.goto("/")
    expect(other.locator("#alerts a")).to_have_count(0)
    expect(other.locator("#place-3")).to_have_attribute("data-state", "free")

    _next_day_is_published(house)
    _the_funder_has_it(opened("Fay F.", "/reports"), tmp_path)


def _close(page: Page) -> None:
    page.keyboard.press("F9")
    expect(page.locator("#rhead")).to_contain_text("In aftercare")
    page.keyboard.press("F9")
    sheet = page.locator("#sheet")
    sheet.get_by_text("Recovered in the site").click()
    sheet.get_by_role("button", name="Close the response").click()
    expect(page.locator("#rhead")).to_contain_text("Closed")


def _next_day_is_published(house: House) -> None:
    with house.verbs() as at:
        later = at + timedelta(days=1, hours=12)
        outcomes = runner.run_all(lambda: later)
    assert outcomes
    assert [outcome.error for outcome in outcomes if outcome.error] == []


def _the_funder_has_it(page: Page, tmp_path: Path) -> None:
    with page.expect_download() as waiting:
        page.get_by_role("link", name="PDF, version 1").click()
    path = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(path)
    with pikepdf.open(path) as pdf:
        assert len(pdf.pages) >= 1
    assert b"heron" not in path.read_bytes()
