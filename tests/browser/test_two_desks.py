"""Two desks want the same place: the second is told what happened and what is left, and nothing is lost."""

from playwright.sync_api import Page, expect

from tests import factories
from tests.browser.conftest import Open
from tests.browser.house import House


def half_asleep(page: Page) -> None:
    """This screen hears nothing of what the other one enters: the moment before the news arrives."""
    for path in ("**/board/places", "**/board/waiting"):
        page.route(path, lambda route: route.abort())


def test_an_arrival_into_a_place_that_was_just_taken_offers_the_others(opened: Open) -> None:
    mine, other = opened("Amina K."), opened("Joel T.")
    mine.keyboard.press("3")
    sheet = mine.locator("#sheet")
    expect(mine.locator("#who")).to_be_focused()
    mine.keyboard.type("heron-42")
    sheet.get_by_text("Down").first.click()
    sheet.get_by_text("Inject").first.click()

    other.keyboard.press("3")
    expect(other.locator("#who")).to_be_focused()
    other.keyboard.type("wren")
    other.locator("[data-seat]").click()
    expect(other.locator("#place-3")).to_contain_text("wren")

    with mine.expect_response("**/arrive") as answer:
        mine.locator("[data-seat]").click()
    assert answer.value.status == 409
    expect(sheet.locator(".error, .wrong-form").first).to_contain_text("3")
    expect(sheet.get_by_role("group", name="Which place instead?")).to_be_visible()
    expect(mine.locator("#who")).to_have_value("heron-42")
    expect(sheet.get_by_role("checkbox", name="Down")).to_be_checked()
    expect(sheet.get_by_role("radio", name="Inject")).to_be_checked()
    sheet.locator("label.chip", has_text="Booth 5").click()
    sheet.locator("[data-seat]").click()
    expect(other.locator("#place-5")).to_contain_text("heron-42")
    expect(other.locator("#place-3")).to_contain_text("wren")


def test_a_tap_on_seat_that_came_second_opens_the_choice_that_is_left(house: House, opened: Open) -> None:
    with house.verbs() as at:
        factories.arrive(at, "heron-42")
    mine = opened("Amina K.")
    half_asleep(mine)
    with house.verbs() as at:
        factories.seated(at, "1", "wren")
    with mine.expect_response("**/seat") as answer:
        mine.locator("#waiting").get_by_role("button", name="Seat heron-42 in 1").click()
    assert answer.value.status == 409
    sheet = mine.locator("#sheet")
    expect(sheet).to_be_visible()
    expect(sheet).to_contain_text("heron-42")
    mine.unroute_all()
    sheet.locator("label.chip", has_text="Booth 2").click()
    sheet.get_by_role("button", name="Seat", exact=True).click()
    expect(mine.locator("#place-2")).to_contain_text("heron-42")
    expect(sheet).to_be_hidden()
