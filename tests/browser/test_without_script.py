"""Everything of the main job by plain forms, in a browser that runs no script at all."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import Open
from tests.browser.house import PASSWORD, House


def test_a_night_by_plain_forms(house: House, opened: Open) -> None:
    page = opened(None, "/", java_script_enabled=False)
    page.get_by_label("Name").fill("Amina K.")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.locator(".said")).to_contain_text("Amina K.")

    page.locator("nav.actions").get_by_role("link", name="Arrive").click()
    page.get_by_label("Who").first.fill("heron-42")
    page.get_by_role("checkbox", name="Down").check(force=True)
    page.get_by_role("radio", name="Inject").check(force=True)
    page.get_by_role("button", name="To waiting").click()
    expect(page.locator(".said")).to_contain_text("waiting list")

    page.locator("#waiting").get_by_role("button", name="Seat heron-42 in 1").click()
    place = page.locator("#place-1")
    expect(place).to_contain_text("heron-42")
    place.get_by_role("button", name="Check heron-42").click()
    expect(page.locator("#feed li").first).to_contain_text("looks well")

    place.get_by_role("button", name="Start overdose response").click()
    page.wait_for_url("**/responses/R0001")
    tap(page, "oxygen", "NRB mask")
    tap(page, "naloxone", "0.4 mg IM")
    expect(page.locator("#dose")).to_contain_text("1 dose, 0.4 mg")
    page.locator("#vitals").get_by_role("button", name="85", exact=True).click()
    expect(page.locator("#vitals")).to_contain_text("set 1")
    page.get_by_role("radio", name="−1 min").check(force=True)
    tap(page, "stimulate", "Sternal rub")

    page.get_by_role("button", name="To aftercare").click()
    expect(page.locator("#rhead")).to_contain_text("In aftercare")
    page.locator("form.actions").get_by_role("link", name="Close").click()
    page.get_by_role("radio", name="Recovered in the site").check(force=True)
    page.get_by_role("button", name="Close the response").click()
    expect(page.locator("#rhead")).to_contain_text("Closed")

    page.get_by_role("link", name="Board").first.click()
    expect(page.locator("#alerts a")).to_have_count(0)
    expect(page.locator("#aftercare")).to_contain_text("heron-42")
    assert house.streams == 0


def tap(page: Page, code: str, label: str) -> None:
    """One button of the ladder; the page comes back with it done."""
    page.locator(f"#rung-{code}").get_by_role("button", name=label).click()
    expect(page.locator("#timeline li").filter(has_text=re.compile(label.split()[0]))).to_have_count(1)
