"""The supplies desk by keyboard: the sheet over the board, its counters, undo, and the bar."""

import pytest
from playwright.sync_api import Page, expect

from sitelog.supplies import actions
from sitelog.supplies.rules import Level, Receipt
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
    sheet.get_by_label("Needles and syringes back", exact=True).focus()
    desk.keyboard.type("12")
    desk.keyboard.press("Enter")
    expect(desk.locator("#feed li").first).to_contain_text("5 given, 12 taken back")
    expect(sheet).to_be_hidden()
    desk.keyboard.press("u")
    expect(desk.locator("#feed li").first).to_contain_text("5 given, 12 taken back")
    expect(desk.locator("#feed li").first).to_contain_text("struck")


def test_a_naloxone_kit_is_given_in_the_browser(opened: Open) -> None:
    page = opened("Amina K.", "/supplies/naloxone")
    page.get_by_text("Nasal", exact=True).click()
    page.get_by_text("First kit", exact=True).click()
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#toasts")).to_contain_text("Saved.")
    page.goto("/")
    expect(page.locator("#feed li").first).to_contain_text("Naloxone kits given: 1")


def test_the_bar_says_in_words_what_is_short(house: House, opened: Open) -> None:
    with house.verbs() as at:
        actions.receive(Receipt("foil", 3, "F1"), **factories.said(at))
    page = opened()
    expect(page.get_by_role("link", name="Foil sheet: 3 left, reorder")).to_be_visible()


@pytest.mark.parametrize("path", ["/people", "/supplies"])
def test_a_page_that_stays_open_hears_what_is_short(house: House, opened: Open, path: str) -> None:
    page = opened("Amina K.", path)
    sign = page.locator("#stock-sign")
    expect(sign.get_by_role("link")).to_have_count(0)
    with house.verbs() as at:
        made = actions.set_cylinder(Level("A1", "in_use", 5), **factories.said(at))
    expect(sign).to_contain_text("O₂ A1 at 5 %")
    with house.verbs() as at:
        actions.strike(made.link_seq, by=factories.NURSE, at=at)
    expect(sign.get_by_role("link")).to_have_count(0)


@pytest.mark.parametrize("path", ["/", "/supplies", "/referrals"])
def test_many_long_warnings_push_nothing_off_the_screen(house: House, opened: Open, path: str) -> None:
    with house.verbs() as at:
        for item in ("naloxone_ampoule", "naloxone_spray", "needle_1ml"):
            actions.receive(Receipt(item, 1, "F1"), **factories.said(at))
        actions.set_cylinder(Level("by the door", "in_use", 5), **factories.said(at))
    page = opened("Amina K.", path)
    expect(page.locator(".bar .warn")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    expect(page.get_by_role("button", name="Lock this desk")).to_be_in_viewport(ratio=1)
