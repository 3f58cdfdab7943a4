"""Drug alerts on open screens: they come by themselves, are read by keyboard, and cover no response."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from sitelog.alerts import actions
from sitelog.alerts.rules import Alert
from sitelog.responses import actions as responses
from sitelog.site import queries as site
from sitelog.supplies import actions as supplies
from sitelog.supplies.rules import Level, Receipt
from tests import factories
from tests.browser.conftest import Open
from tests.browser.house import House
from tests.browser.test_accessible import faults

WHAT, ADVICE = "Purple “down”: medetomidine found", "Expect long sedation: oxygen first, count breaths."

# What has no room in the navigation is folded in the frame after the page was drawn.
FOLDED = "() => (list => list.scrollWidth <= list.clientWidth)(document.querySelector('.bar nav ul'))"


def written(house: House) -> None:
    with house.verbs() as at:
        today = site.calendar().day_of(at)
        actions.write(Alert(WHAT, ADVICE, today, today + timedelta(days=7)), **factories.said(at))


def test_an_alert_written_at_one_desk_is_read_at_another_by_keyboard(opened: Open) -> None:
    joel, amina = opened("Joel T."), opened("Amina K.", "/alerts")
    assert faults(amina, "no drug alert") == []
    amina.keyboard.press("w")
    sheet = amina.locator("#sheet")
    expect(sheet.get_by_role("heading", name="Write a drug alert")).to_be_visible()
    assert faults(amina, "the sheet of a drug alert") == []
    amina.keyboard.type(WHAT)
    amina.keyboard.press("Tab")
    amina.keyboard.type(ADVICE)
    sheet.get_by_role("button", name="Warn the desk").focus()
    amina.keyboard.press("Enter")
    strip = joel.locator("#drug-A0001")
    expect(strip).to_contain_text(WHAT)
    assert faults(joel, "the board with a drug alert") == []
    joel.get_by_role("button", name="Read: drug alert A0001").focus()
    joel.keyboard.press("Enter")
    expect(strip).to_have_count(0)
    expect(joel.locator("#drug-sign")).to_contain_text("Drug alert")
    amina.goto("/alerts")
    expect(amina.locator(".readers")).to_contain_text("Joel T.,")
    expect(amina.locator(".readers")).to_contain_text("Marc D. not yet")
    assert faults(amina, "drug alerts") == []


def test_an_alert_never_covers_a_running_response(house: House, opened: Open) -> None:
    with house.verbs() as at:
        ref = responses.start(place_code="3", **factories.said(at)).ref
    page: Page = opened("Joel T.", f"/responses/{ref}")
    ladder = page.locator(".ladder").first
    before = ladder.bounding_box()
    written(house)
    expect(page.locator("#drug-sign")).to_contain_text("Drug alert, unread")
    expect(page.locator("#drug-A0001")).to_have_count(0)
    assert ladder.bounding_box() == before
    assert faults(page, "a response while a drug alert stands") == []
    page.goto("/")
    running = page.locator(f"#alert-{ref}")
    expect(running).to_be_in_viewport(ratio=1)
    expect(page.locator("#drug-A0001")).to_be_visible()
    page.keyboard.press("F2")
    expect(page.locator(".ladder").first).to_be_visible()


def test_an_alert_fits_a_tablet_and_leaves_the_bar_whole(house: House, opened: Open) -> None:
    written(house)
    page = opened("Joel T.")
    for width, height in ((768, 1024), (1366, 768)):
        page.set_viewport_size({"width": width, "height": height})
        for path in ("/", "/incidents", "/alerts"):
            page.goto(path)
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
            expect(page.get_by_role("button", name="Lock this desk")).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize("name", ["Amina K.", "Marc D."])
@pytest.mark.parametrize("path", ["/", "/shifts", "/incidents"])
def test_warnings_in_the_bar_have_words_and_cut_no_line_of_the_navigation(
    house: House, opened: Open, path: str, name: str
) -> None:
    written(house)
    with house.verbs() as at:
        supplies.set_cylinder(Level("1", "in_use", 5), **factories.said(at))
        supplies.receive(Receipt("foil", 3, "F1"), **factories.said(at))
    page = opened(name, path)
    strip = page.locator("#drug-A0001")
    for read in (False, True):
        if read:
            page.locator(".signs button:has-text('I have read it')").click()
        expect(strip).to_have_count(0 if read else 1)
        page.wait_for_function(FOLDED)
        for line in page.locator(".bar nav > ul > li > a, .bar nav details:not([hidden]) summary").all():
            expect(line).to_be_in_viewport(ratio=1)
        assert page.locator(".bar .stock-sign .warn > span").evaluate("words => words.clientWidth") >= 50
        alarm = page.locator(".bar .alarm")
        assert alarm.evaluate_all("all => all.every((one) => one.scrollWidth <= one.clientWidth)")
