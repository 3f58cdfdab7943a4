"""The register by keyboard: somebody is found, an alert is set, a restriction is passed with a reason."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from sitelog.people import actions
from sitelog.site import queries as site
from tests import factories
from tests.browser.conftest import Open
from tests.browser.house import House, now
from tests.browser.test_accessible import faults

DAY = timedelta(days=1)


@pytest.fixture
def mariposa(house: House) -> str:
    """Somebody who is asked to stay away today, and hard to rouse."""
    with house.verbs() as at:
        ref = factories.register("mariposa", at)
        today, said = site.calendar().day_of(at), factories.said(at)
        actions.restrict(ref, "violence", today - DAY, today + DAY, note="threw a chair", **said)
        actions.set_alert(ref, "hard_to_rouse", note="count the breaths", **said)
        factories.register("maripossa", at)
    return ref


def test_somebody_is_found_and_an_alert_is_set_by_keyboard(desk: Page, mariposa: str) -> None:
    desk.keyboard.press("p")
    expect(desk).to_have_url(f"{desk.url.partition('/people')[0].rstrip('/')}/people")
    desk.keyboard.type("mripossa")
    # Found while typing already; the whole page comes all the same.
    with desk.expect_navigation():
        desk.keyboard.press("Enter")
    expect(desk.get_by_role("link", name="maripossa", exact=True)).to_be_visible()
    assert "mari" not in desk.url and "mari" not in desk.title()
    assert faults(desk, "the register") == []
    desk.get_by_role("link", name="maripossa", exact=True).press("Enter")
    desk.get_by_role("link", name="Alert…", exact=True).press("Enter")
    sheet = desk.locator("#sheet")
    expect(sheet.get_by_role("heading", name="Alert for staff")).to_be_visible()
    assert faults(desk, "the alert sheet") == []
    sheet.get_by_label("Allergy").press(" ")
    sheet.get_by_label("In words").fill("latex")
    sheet.get_by_role("button", name="Set the alert").press("Enter")
    expect(desk.locator(".known")).to_contain_text("latex")
    assert faults(desk, "a person") == []


def test_a_restriction_stands_on_the_sheet_and_is_passed_with_a_reason(desk: Page, mariposa: str) -> None:
    desk.keyboard.press("a")
    sheet = desk.locator("#sheet")
    expect(sheet.get_by_label("Who")).to_be_focused()
    desk.keyboard.type("mariposa")
    expect(sheet.locator("[role=option]").first).to_contain_text("Restricted until")
    assert faults(desk, "people found at the door") == []
    desk.keyboard.press("Enter")
    expect(sheet.locator("[data-door]")).to_contain_text("threw a chair")
    expect(sheet.locator("[data-door]")).to_contain_text("count the breaths")
    assert faults(desk, "what is said at the door") == []
    sheet.get_by_label("Safer in than out").press(" ")
    sheet.locator("[data-seat]").press("Enter")
    expect(desk.locator("#place-1")).to_contain_text("mariposa")
    expect(desk.locator("#place-1").get_by_title("Alert: Hard to rouse, breathing fine")).to_be_visible()
    expect(desk.locator("#place-1").get_by_title("Restricted", exact=True)).to_be_visible()
    expect(desk.locator("#feed")).to_contain_text("let in despite a restriction: Safer in than out")
    assert faults(desk, "the board") == []


def test_typed_and_sent_at_once_a_restriction_is_shown_before_anybody_is_in(
    desk: Page, mariposa: str
) -> None:
    desk.keyboard.press("a")
    sheet = desk.locator("#sheet")
    expect(sheet.get_by_label("Who")).to_be_focused()
    desk.keyboard.type("mariposa")
    desk.keyboard.press("Control+Enter")
    expect(sheet.locator(".wrong-form")).to_contain_text("Enter goes on")
    expect(sheet.locator("[data-door]")).to_contain_text("threw a chair")
    assert faults(desk, "a restriction read first") == []
    desk.keyboard.press("Control+Enter")
    expect(desk.locator("#waiting")).to_contain_text("mariposa")


def test_two_registrations_are_merged_and_forgotten_by_the_lead(opened: Open, mariposa: str) -> None:
    page = opened("Marc D.", "/people/P0002")
    sheet = page.locator("#sheet")
    page.get_by_role("link", name="The same person as…").press("Enter")
    sheet.get_by_label("Is the same person as").fill("mariposa")
    assert faults(page, "the merge sheet") == []
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="mariposa", exact=True)).to_be_visible()
    page.get_by_role("link", name="Forget this person…").press("Enter")
    expect(sheet).to_contain_text("the handle “maripossa”")
    assert faults(page, "the forget sheet") == []
    sheet.get_by_label("Type the number to confirm").fill("P0002")
    page.keyboard.press("Enter")
    expect(sheet.locator(".error")).to_contain_text("Nothing was erased yet")
    sheet.get_by_label("Type the number to confirm").fill(mariposa)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=mariposa, exact=True)).to_be_visible()
    assert "maripos" not in page.content()


def test_beside_a_birth_year_stands_what_to_do_for_somebody_very_young_as_it_is_typed(desk: Page) -> None:
    year = site_year()
    desk.goto("/people/new")
    word = desk.get_by_text("follow the site's way for young people")
    expect(word).to_be_hidden()
    desk.get_by_label("Birth year").fill(str(year - 14))
    expect(word).to_be_visible()
    assert faults(desk, "a registration of somebody young") == []
    desk.get_by_label("Birth year").fill(str(year - 40))
    expect(word).to_be_hidden()
    desk.goto("/")
    desk.keyboard.press("a")
    sheet = desk.locator("#sheet")
    sheet.get_by_text("About them, if they want…").click()
    sheet.get_by_label("Birth year").fill(str(year - 14))
    expect(sheet.get_by_text("follow the site's way for young people")).to_be_visible()


def site_year() -> int:
    """This year, at the door of these tests: a day more or less changes nothing they ask."""
    return now().year
