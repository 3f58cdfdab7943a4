"""On-site services by keyboard: one tap from the board, a sheet that asks more, undo, a planned session."""

from playwright.sync_api import Page, expect

from tests import factories
from tests.browser.conftest import Open
from tests.browser.house import House
from tests.browser.test_accessible import faults


def test_a_finding_that_stands_alone_unticks_the_others_and_any_other_unticks_it(desk: Page) -> None:
    desk.goto("/services/drug_check")
    nothing, sugar = desk.get_by_label("Nothing identified"), desk.get_by_label("Sugar")
    sugar.check()
    desk.get_by_label("Caffeine").check()
    nothing.check()
    expect(sugar).not_to_be_checked()
    expect(desk.get_by_label("Caffeine")).not_to_be_checked()
    sugar.check()
    expect(nothing).not_to_be_checked()
    expect(sugar).to_be_checked()


def test_a_service_is_given_and_undone_by_keyboard(desk: Page) -> None:
    desk.keyboard.press("g")
    sheet = desk.locator("#sheet")
    expect(sheet.get_by_role("heading", name="Service given")).to_be_visible()
    assert faults(desk, "the sheet of services") == []
    sheet.get_by_role("button", name="Food", exact=True).focus()
    desk.keyboard.press("Enter")
    expect(desk.locator("#feed li").first).to_contain_text("Food")
    expect(sheet).to_be_hidden()
    desk.keyboard.press("u")
    expect(desk.locator("#feed li").first).to_contain_text("struck")


def test_a_group_asks_how_many_and_says_so_beside_the_field(desk: Page) -> None:
    desk.keyboard.press("g")
    sheet = desk.locator("#sheet")
    sheet.get_by_role("link", name="Support group…").focus()
    desk.keyboard.press("Enter")
    expect(sheet.get_by_role("heading", name="Support group")).to_be_visible()
    sheet.get_by_role("button", name="Save").focus()
    desk.keyboard.press("Enter")
    expect(sheet.locator(".error")).to_be_visible()
    assert faults(desk, "a group without its number") == []
    sheet.get_by_label("How many attended", exact=True).focus()
    desk.keyboard.type("7")
    desk.keyboard.press("Enter")
    expect(desk.locator("#feed li").first).to_contain_text("Support group, 7 attending")


def test_somebody_in_aftercare_is_given_a_service_from_the_card(house: House, opened: Open) -> None:
    with house.verbs() as at:
        factories.in_aftercare(at, handle="Kestrel")
    page = opened()
    page.get_by_role("link", name="Service given to Kestrel…").focus()
    page.keyboard.press("Enter")
    page.locator("#sheet").get_by_role("button", name="Wound care", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.locator("#feed li").first).to_contain_text("Wound care")


def test_a_session_is_planned_and_held_by_keyboard(opened: Open) -> None:
    page = opened("Amina K.", "/services")
    expect(page.get_by_text("No session is planned")).to_be_visible()
    page.get_by_role("link", name="Plan a session…").focus()
    page.keyboard.press("Enter")
    page.get_by_role("radio", name="Support group").focus()
    page.keyboard.press("Space")
    page.get_by_label("Starts at").focus()
    page.keyboard.type("1400")
    page.get_by_role("radio", name="Group room").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Session G0001 was held…").focus()
    page.keyboard.press("Enter")
    page.get_by_label("How many attended", exact=True).focus()
    page.keyboard.type("5")
    page.keyboard.press("Enter")
    expect(page.get_by_text("held, 5 attended")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
