"""Help under `?`: at once and without the server, then of the screen one is on; what was typed stays."""

from playwright.sync_api import Page, expect

from sitelog.ground.access import Actor, Role
from sitelog.responses import actions as responses
from sitelog.site import actions as site
from tests import factories
from tests.browser.conftest import Open
from tests.browser.house import House

LEAD = Actor("S06", "Marc D.", "MD", Role.LEAD)
SCREEN = "Help for this screen"


def asked(page: Page, title: str) -> None:
    """Press ?, follow the link to the screen's help, and see that it is the right one."""
    page.keyboard.press("?")
    follow(page, title)


def follow(page: Page, title: str) -> None:
    """From the keys to the help of the screen."""
    dialog = page.locator("#help")
    expect(dialog.get_by_role("heading", name="Keys and signs")).to_be_visible()
    dialog.get_by_role("link", name=SCREEN).click()
    expect(dialog.get_by_role("heading", name=title, exact=True)).to_be_focused()
    expect(dialog.get_by_role("heading", name="If something goes wrong")).to_be_visible()


def test_on_the_board_the_keys_come_first_and_lead_to_its_help_and_back(desk: Page) -> None:
    asked(desk, "The board")
    desk.locator("#help").get_by_role("link", name="Keys and signs").click()
    expect(desk.locator("#help .keylist")).to_contain_text("Start an overdose response there, at once")
    desk.keyboard.press("Escape")
    expect(desk.locator("#help")).to_be_hidden()
    assert desk.url.endswith("/")
    desk.keyboard.press("?")
    expect(desk.locator("#help #help-title")).to_be_visible()


def test_over_a_sheet_help_is_of_the_sheet_and_nothing_typed_is_lost(desk: Page) -> None:
    desk.keyboard.press("n")
    words = desk.locator("#sheet textarea")
    words.fill("the door of booth 4 sticks")
    desk.locator("#sheet").get_by_role("button", name="Keep the note").focus()
    asked(desk, "The board")
    desk.keyboard.press("Escape")
    expect(desk.locator("#help")).to_be_hidden()
    expect(words).to_have_value("the door of booth 4 sticks")
    desk.keyboard.press("Escape")
    desk.keyboard.press("a")
    expect(desk.locator("#who")).to_be_focused()
    desk.locator("[data-seat]").focus()
    asked(desk, "The arrival sheet")


def test_on_a_page_with_a_form_help_opens_over_it_also_with_single_keys_off(opened: Open) -> None:
    page = opened("Amina K.", "/people/new")
    page.evaluate("localStorage.setItem('keys', 'off')")
    page.reload()
    handle = page.get_by_label("Handle")
    handle.fill("heron-42")
    page.get_by_role("link", name="Keys and help").click()
    follow(page, "People: the register")
    page.keyboard.press("Escape")
    expect(handle).to_have_value("heron-42")
    assert page.url.endswith("/people/new")


def test_in_a_response_the_clock_and_the_emergency_key_go_on_under_the_help(
    house: House, opened: Open
) -> None:
    with house.verbs() as at:
        first = responses.start("washroom", None, **factories.said(at))
    page = opened("Amina K.", f"/responses/{first.ref}")
    page.keyboard.press("t")
    page.keyboard.type("03:5")
    page.locator("#rung-oxygen button").first.focus()
    asked(page, "An overdose response")
    expect(page.locator("#help")).to_contain_text("Oxygen and breathing first")
    page.keyboard.press("Escape")
    expect(page.locator("[name=earlier_at]")).to_have_value("03:5")
    assert page.url.endswith(f"/responses/{first.ref}")
    page.keyboard.press("?")
    expect(page.locator("#help .keylist .part").first).to_have_text("Response")
    page.keyboard.press("F8")
    page.wait_for_url(lambda url: "/responses/R" in url and not url.endswith(first.ref))


def test_a_key_that_the_site_moved_is_told_as_it_is_pressed(house: House, opened: Open) -> None:
    with house.verbs() as at:
        site.set_values("keys", {"arrive": "q"}, by=LEAD, at=at)
    page = opened()
    page.keyboard.press("?")
    expect(page.locator("#help-keys .keylist")).to_contain_text("Q S G R N I")
    follow(page, "The board")
    expect(page.locator("#help-page .keylist")).to_contain_text("Q S G R N I")


def test_a_word_leads_to_what_it_means_without_leaving_the_page(desk: Page) -> None:
    asked(desk, "The board")
    desk.locator("#help").get_by_role("link", name="aftercare").click()
    expect(desk.locator("#help #word-aftercare")).to_be_in_viewport()
    assert desk.url.endswith("/")


def test_without_the_server_the_keys_are_there_and_the_rest_says_so(desk: Page) -> None:
    desk.context.set_offline(True)
    desk.keyboard.press("?")
    expect(desk.locator("#help .keylist")).to_be_visible()
    desk.locator("#help").get_by_role("link", name=SCREEN).click()
    expect(desk.locator("#toasts")).to_contain_text("No answer from the server")
    expect(desk.locator("#help .keylist")).to_be_visible()
    desk.context.set_offline(False)


def test_without_a_script_the_sign_leads_to_the_page(opened: Open) -> None:
    page = opened("Amina K.", "/incidents", java_script_enabled=False)
    page.get_by_role("link", name="Keys and help").click()
    expect(page.get_by_role("heading", name="Incidents", exact=True)).to_be_visible()
    expect(page.get_by_role("navigation", name="Help pages")).to_be_visible()


def test_at_the_door_help_opens_beside_it(opened: Open) -> None:
    page = opened(None, "/sign-in/password")
    page.get_by_label("Name").fill("Amina")
    with page.context.expect_page() as beside:
        page.get_by_role("link", name="Help with signing in").click()
    expect(beside.value.get_by_role("heading", name="Signing in, and a locked desk")).to_be_visible()
    expect(page.get_by_label("Name")).to_have_value("Amina")
