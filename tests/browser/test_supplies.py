"""The supplies desk by keyboard: the sheet over the board, its counters, undo, and the bar."""

from playwright.sync_api import Page, expect

from sitelog.supplies import actions
from sitelog.supplies.rules import Receipt
from tests import factories
from tests.browser.conftest import Open
from tests.browser.house import House
from tests.browser.test_accessible import faults


def test_an_exchange_is_entered_and_undone_by_keyboard(desk: Page) -> None:
    desk.keyboard.press("s")
    sheet = desk.locator("#sheet")
    expect(sheet.get_by_role("heading", name="Give and take back")).to_be_visible()
    assert faults(desk, "the exchange sheet") == []
    sheet.get_by_label("Needle and syringe 1 ml", exact=True).focus()
    desk.keyboard.type("5")
    sheet.get_by_label("Needles and syringes back").focus()
    desk.keyboard.type("12")
    desk.keyboard.press("Enter")
    expect(desk.locator("#feed li").first).to_contain_text("5 given, 12 taken back")
    expect(sheet).to_be_hidden()
    desk.keyboard.press("u")
    expect(desk.locator("#feed li").first).to_contain_text("5 given, 12 taken back")
    expect(desk.locator("#feed li").first).to_contain_text("struck")


def test_the_bar_says_in_words_what_is_short(house: House, opened: Open) -> None:
    with house.verbs() as at:
        actions.receive(Receipt("foil", 3, "F1"), **factories.said(at))
    page = opened()
    expect(page.get_by_role("link", name="Foil sheet: 3 left, reorder")).to_be_visible()
