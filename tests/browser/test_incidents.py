"""Incidents by keyboard: logged over the board, followed up with a witness, closed; nothing for axe."""

from playwright.sync_api import Page, expect

from sitelog.incidents import actions
from sitelog.incidents.rules import Closing, Happening, Step
from tests import factories
from tests.browser.conftest import Open
from tests.browser.house import House
from tests.browser.test_accessible import faults


def test_an_incident_is_logged_and_undone_by_keyboard(desk: Page) -> None:
    desk.keyboard.press("i")
    sheet = desk.locator("#sheet")
    expect(sheet.get_by_role("heading", name="New incident")).to_be_visible()
    assert faults(desk, "the kinds") == []
    sheet.get_by_role("link", name="Physical violence").focus()
    desk.keyboard.press("Enter")
    expect(sheet.get_by_role("heading", name="Physical violence")).to_be_visible()
    assert faults(desk, "the sheet of a kind") == []
    sheet.get_by_label("Where", exact=True).focus()
    desk.keyboard.type("Wai")
    sheet.get_by_role("radio", name="First aid here").focus()
    desk.keyboard.press("Space")
    sheet.get_by_role("button", name="Save").focus()
    desk.keyboard.press("Enter")
    expect(desk.locator("#feed li").first).to_contain_text("Incident I0001: Physical violence, Waiting")
    expect(sheet).to_be_hidden()
    desk.keyboard.press("u")
    expect(desk.locator("#feed li").first).to_contain_text("struck")


def test_a_substance_left_behind_is_followed_to_the_end_by_keyboard(house: House, opened: Open) -> None:
    page = opened("Amina K.", "/incidents/new/substance_left")
    page.get_by_role("button", name="Save").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Unidentified substance left behind")).to_be_visible()
    sheet = page.locator("#sheet")
    for step in ("Bagged", "Sealed and labelled", "Stored, locked", "Handed over"):
        page.wait_for_load_state()  # until then a link opens a page of its own, as without script
        page.get_by_role("link", name=f"{step}: time, witness, how it went").focus()
        page.keyboard.press("Enter")
        expect(sheet.get_by_role("heading", name=step)).to_be_visible()
        sheet.get_by_role("radio", name="Joel T.").focus()
        page.keyboard.press("Space")
        sheet.get_by_role("button", name="Save").focus()
        page.keyboard.press("Enter")
        expect(page.locator(".protocol li", has_text=step)).to_contain_text("witness Joel T.")
    expect(page.get_by_text("nothing is missing")).to_be_visible()
    page.wait_for_load_state()
    page.keyboard.press("c")
    sheet.get_by_role("radio", name="With the police or another authority").focus()
    page.keyboard.press("Space")
    sheet.get_by_role("button", name="Close it").focus()
    page.keyboard.press("Enter")
    expect(page.locator("header .tag")).to_contain_text("closed: With the police")
    assert faults(page, "a closed incident") == []


def test_what_is_open_stays_in_sight_on_every_screen(house: House, opened: Open) -> None:
    page = opened("Amina K.", "/incidents")
    assert faults(page, "no incident") == []
    with house.verbs() as at:
        ref = actions.log(Happening("exposure"), **factories.said(at)).ref
        actions.take_step(ref, Step("wash"), **factories.said(at))
        settled = actions.log(Happening("complaint", "waiting"), **factories.said(at)).ref
        actions.close(settled, Closing("answered"), **factories.said(at))
    page.goto("/")
    expect(page.get_by_role("link", name="Incidents 1 open")).to_be_visible()
    page.goto("/incidents")
    expect(page.get_by_role("link", name="Needlestick")).to_contain_text("7 steps missing")
    assert faults(page, "incidents") == []
    page.goto(f"/incidents/{ref}")
    assert faults(page, "an incident") == []
    page.get_by_role("button", name="Done now: Reported to the lead").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".protocol li", has_text="Reported to the lead")).to_contain_text("Amina K.")


def test_no_page_of_incidents_is_wider_than_a_tablet(house: House, opened: Open) -> None:
    with house.verbs() as at:
        actions.log(Happening("exposure", "waiting"), **factories.said(at))
        actions.log(Happening("police_request"), **factories.said(at))
    page = opened("Amina K.", "/incidents")
    page.set_viewport_size({"width": 768, "height": 1024})
    for path in ("/incidents", "/incidents/new", "/incidents/new/police_request", "/incidents/I0001"):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
