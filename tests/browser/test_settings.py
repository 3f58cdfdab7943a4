"""Settings by keyboard: a word added and offered at once, an open board that follows, axe day and night."""

from playwright.sync_api import Page, expect

from sitelog.ground.access import Actor, Role
from sitelog.site import actions
from tests import factories
from tests.browser.conftest import Open
from tests.browser.house import House
from tests.browser.test_accessible import faults

LEAD = Actor("S06", "Marc D.", "MD", Role.LEAD)


def tab_to(page: Page, name: str, role: str = "link") -> None:
    page.locator("main").get_by_role(role, name=name, exact=True).first.focus()


def test_a_lead_adds_a_word_by_keyboard_and_it_is_offered_at_the_next_arrival(opened: Open) -> None:
    page = opened("Marc D.", "/settings/substance")
    tab_to(page, "Add")
    page.keyboard.press("Enter")
    sheet = page.locator("#sheet")
    expect(sheet.get_by_role("heading", name="New")).to_be_visible()
    assert faults(page, "a new word") == []
    sheet.get_by_label("Word at the desk").focus()
    page.keyboard.type("Tranq dope")
    page.keyboard.press("Enter")
    expect(sheet.get_by_text("Say something here.").first).to_be_visible()
    expect(sheet.get_by_label("Word at the desk")).to_have_value("Tranq dope")
    sheet.get_by_label("Class in reports").select_option("opioid")
    sheet.get_by_label("Row in reports").select_option("opioids")
    sheet.get_by_label("Word at the desk").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("rowheader", name="Tranq dope")).to_be_visible()
    page.goto("/")
    page.keyboard.press("a")
    page.locator("#sheet").get_by_text("More…").click()
    expect(page.locator("#sheet").get_by_label("Tranq dope")).to_be_visible()


def test_every_kind_of_page_is_usable_by_all_day_and_night(opened: Open) -> None:
    page = opened("Marc D.", "/settings")
    for path in (
        "/settings",
        "/settings/limits",
        "/settings/keys",
        "/settings/supply_kit",
        "/settings/changes",
    ):
        page.goto(path)
        assert faults(page, path) == []
    page.goto("/settings/supply_kit/injection_kit")
    assert faults(page, "a kit") == []


def test_an_open_board_shows_a_place_renamed_and_one_more(house: House, opened: Open) -> None:
    board = opened()
    expect(board.locator("#place-3")).to_contain_text("Booth 3")
    with house.verbs() as at:
        actions.say_anew("places", "3", {"label": "Booth 3 (step-free)"}, by=LEAD, at=at)
        tent = {"code": "T1", "label": "Tent", "kind": "injection", "limit_minutes": 20, "check_minutes": 5}
        actions.add("places", tent, by=LEAD, at=at)
    expect(board.locator("#place-3")).to_contain_text("step-free")
    expect(board.locator("#place-T1")).to_contain_text("Tent")


def test_a_letter_that_was_moved_does_what_it_did(house: House, opened: Open) -> None:
    with house.verbs() as at:
        actions.set_values("keys", {"arrive": "q"}, by=LEAD, at=at)
    desk = opened()
    expect(desk.locator("[data-key=a] kbd").first).to_have_text("Q")
    desk.keyboard.press("a")
    desk.keyboard.press("q")
    expect(desk.locator("#sheet").get_by_role("heading", name="Arrive")).to_be_visible()


def test_who_changed_what_is_taken_back_by_keyboard(house: House, opened: Open) -> None:
    with house.verbs() as at:
        factories.arrive(at)
        actions.set_values("limits", {"wait_minutes": 20}, by=LEAD, at=at)
    page = opened("Marc D.", "/settings/changes")
    expect(page.get_by_text("12 → 20")).to_be_visible()
    page.get_by_role("button", name="Take back what was changed").first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("20 → 12")).to_be_visible()
