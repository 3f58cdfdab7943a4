"""Sheets under a gloved thumb: what saves is in sight, nothing is cut, nothing is smaller than a finger."""

import pytest
from playwright.sync_api import Page, expect

from sitelog.board import actions as board
from sitelog.supplies import actions as supplies
from sitelog.supplies.rules import Receipt
from sitelog.visits import actions as visits
from tests import factories
from tests.browser.conftest import Open
from tests.browser.house import House

SCREENS = ((1366, 768), (768, 1024), (1024, 768))
SHEETS = (
    "/arrive",
    "/board/note",
    "/people/new",
    *(f"/supplies/{name}" for name in ("exchange", "naloxone", "pick-up", "receive", "count")),
    *("/supplies/waste", "/supplies/cylinder"),
    *("/services/drug_check", "/services/sessions/new"),
    "/incidents/new/exposure",
    "/alerts/new",
    *("/referrals/directory/new", "/referrals/directory/detox", "/referrals/directory/detox/availability"),
    *("/settings/places/new", "/settings/substance/new"),
)
OPEN = """address => {
  const link = Object.assign(document.createElement("a"), { href: address });
  link.dataset.sheet = "";
  document.body.append(link);
  link.click();
  link.remove();
}"""
# Controls smaller than 44 px, and parts of the sheet that are wider than it.
TOO_SMALL = """() => {
  const sheet = document.getElementById("sheet");
  const shown = [...sheet.querySelectorAll("a[href], button, input, select, textarea, summary")].filter(
    (one) => one.checkVisibility() && one.type !== "hidden" && !one.closest(".vh"));
  const small = shown.map((one) => [one, (one.closest(".chip") ?? one).getBoundingClientRect()])
    .filter(([, box]) => box.width < 43.5 || box.height < 43.5).map(([one]) => one.outerHTML.slice(0, 90));
  const parts = [sheet, ...sheet.querySelectorAll(".in")];
  const wide = parts.filter((one) => one.scrollWidth > one.clientWidth + 1);
  return [...small, ...wide.map((one) => `${one.className} is wider than the sheet`)];
}"""
# Each field in turn has the focus: those that lie, with the words about them, under the foot of their form.
COVERED = """within => {
  const form = document.querySelector(within);
  const fields = [...form.querySelectorAll("input, select, textarea")].filter(
    (one) => one.type !== "hidden" && one.checkVisibility());
  return fields.filter((one) => {
    one.focus({ focusVisible: true });
    const whole = one.closest(".field, .counter, .chip") ?? one;
    const foot = form.querySelector("footer").getBoundingClientRect();
    return whole.getBoundingClientRect().bottom > foot.top + 1;
  }).map((one) => one.name);
}"""


def open_sheet(page: Page, address: str) -> None:
    page.evaluate(OPEN, address)
    expect(page.locator("#sheet").get_by_role("heading").first).to_be_visible()


@pytest.mark.parametrize("size", SCREENS, ids=lambda size: f"{size[0]}x{size[1]}")
def test_every_sheet_fits_the_screen_and_a_gloved_thumb(opened: Open, size: tuple[int, int]) -> None:
    page = opened("Marc D.")
    page.set_viewport_size({"width": size[0], "height": size[1]})
    for address in SHEETS:
        open_sheet(page, address)
        expect(page.locator("#sheet footer .primary:visible").first, address).to_be_in_viewport(ratio=1)
        assert page.evaluate(TOO_SMALL) == [], address
        assert page.evaluate(COVERED, "#sheet") == [], address
        page.keyboard.press("Escape")
        expect(page.locator("#sheet")).to_be_hidden()


def test_a_counter_takes_its_number_from_the_keyboard_at_once(desk: Page) -> None:
    desk.keyboard.press("s")
    expect(desk.get_by_label("Needles and syringes back", exact=True)).to_be_focused()


def test_words_that_come_up_under_a_field_do_so_above_the_foot(desk: Page) -> None:
    desk.keyboard.press("a")
    desk.locator("#sheet .more-fields > summary").click()
    desk.get_by_label("Birth year").focus()
    desk.keyboard.type("2012")
    expect(desk.locator("#sheet .advised")).to_contain_text("under 16")
    expect(desk.locator("#sheet .advised")).to_be_in_viewport(ratio=1)


def test_what_has_to_be_mended_has_the_focus(opened: Open) -> None:
    page = opened("Amina K.", "/people")
    open_sheet(page, "/people/new")
    page.keyboard.type("linden")
    page.get_by_label("Birth year").fill("never")
    # As when a field is drawn larger by hand; the answer must not bring that, which the policy refuses.
    page.get_by_label("Birth year").evaluate("field => (field.style.height = '5rem')")
    page.keyboard.press("Enter")
    expect(page.locator("#sheet .error")).to_be_visible()
    expect(page.get_by_label("Birth year")).to_be_focused()


def test_a_page_that_is_one_form_keeps_its_button_in_sight_too(opened: Open) -> None:
    for address in ("/referrals/directory/new", "/supplies/exchange", "/incidents/new/exposure"):
        page = opened("Marc D.", address)
        expect(page.get_by_role("button", name="Save")).to_be_in_viewport(ratio=1)
        assert page.evaluate(COVERED, "main form") == [], address


def test_a_page_that_is_refused_comes_back_once_at_what_has_to_be_mended(house: House, opened: Open) -> None:
    with house.verbs() as at:
        seq = board.note("the door sticks", **factories.said(at)).seq
    page = opened("Marc D.", f"/board/entries/{seq}/amend")
    words = page.locator("main").get_by_label("Note", exact=False).first
    words.fill("")
    page.get_by_role("button", name="Amend", exact=True).click()
    expect(page.locator("main .error")).to_be_in_viewport(ratio=1)
    expect(words).to_be_focused()
    expect(page.locator("#sheet")).to_be_hidden()
    words.fill("the door of booth 4 sticks")
    page.get_by_role("button", name="Amend", exact=True).click()
    expect(page.locator("#feed li").first).to_contain_text("booth 4")


def test_what_a_sheet_enters_is_on_the_page_under_it(house: House, opened: Open) -> None:
    with house.verbs() as at:
        supplies.receive(Receipt("foil", 30, "F1"), **factories.said(at))
    page = opened("Amina K.", "/supplies")
    row = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name="Foil sheet"))
    expect(row).to_contain_text("30")
    row.get_by_role("link", name="Received: Foil sheet").click()
    page.locator("#sheet").get_by_label("How many").fill("12")
    page.locator("#sheet").get_by_role("button", name="Save").click()
    expect(row).to_contain_text("42")
    expect(page.locator("#sheet")).to_be_hidden()


def test_a_service_is_retired_from_its_sheet(opened: Open) -> None:
    page = opened("Marc D.", "/referrals/directory")
    page.get_by_role("link", name="Change Detox").click()
    page.locator("#sheet").get_by_role("button", name="Retire…").click()
    expect(page.get_by_text("Detox is retired.")).to_be_visible()
    expect(page.get_by_role("row").filter(has_text="Detox")).to_contain_text("retired")


def test_what_is_amended_or_struck_over_a_visit_is_on_its_page_at_once(house: House, opened: Open) -> None:
    with house.verbs() as at:
        ref = factories.seated(at, "3", "heron-42")
        visits.check(ref, "well", **factories.said(at))
    page = opened("Marc D.", f"/visits/{ref}")
    line = page.locator("main .log li").nth(2)
    line.get_by_role("link", name="Amend").click()
    page.locator("#sheet").get_by_text("drowsy, rouses to voice", exact=True).click()
    page.locator("#sheet").get_by_role("button", name="Save the correction").click()
    expect(page.locator("main .log")).to_contain_text("drowsy")
    expect(line).to_contain_text("amended")
    page.locator("main .log li").last.get_by_role("link", name="Amend").click()
    page.locator("#sheet").get_by_role("link", name="Strike").click()
    page.locator("#sheet").get_by_role("button", name="Strike").click()
    expect(page.locator("main .log li").last).to_contain_text("struck")
    page.get_by_role("link", name="To aftercare…").click()
    page.locator("#sheet footer .primary").click()
    expect(page.locator("main .tag.end").first).to_contain_text("aftercare")


@pytest.mark.parametrize("over_a_visit", [True, False])
def test_striking_instead_of_amending_keeps_the_reason_and_the_note_and_leaves_the_form(
    house: House, opened: Open, over_a_visit: bool
) -> None:
    with house.verbs() as at:
        ref = factories.seated(at, "3", "heron-42")
        seq = visits.check(ref, "well", **factories.said(at)).link_seq
    page = opened("Marc D.", f"/visits/{ref}" if over_a_visit else f"/visits/entries/{seq}/amend")
    if over_a_visit:
        page.locator("main .log li").nth(2).get_by_role("link", name="Amend").click()
    form = page.locator("#sheet form" if over_a_visit else "main form")
    form.get_by_role("radio", name="wrong place or person").check()
    form.get_by_label("Note for the team").fill("it was the one beside")
    form.get_by_role("link", name="Strike it instead").click()
    strike = page.locator("#sheet").get_by_role("button", name="Strike it")
    expect(page.locator("#sheet").get_by_role("radio", name="wrong place or person")).to_be_checked()
    expect(page.locator("#sheet").get_by_label("Note for the team")).to_have_value("it was the one beside")
    strike.click()
    page.wait_for_url(f"**/visits/{ref}")
    expect(page.locator("main .log")).to_contain_text("struck")


def test_what_is_entered_over_a_person_or_a_timeline_is_on_its_page_at_once(
    house: House, opened: Open
) -> None:
    with house.verbs() as at:
        person = factories.register("heron-42", at)
        made = factories.response_running(factories.NURSE, at)
    page = opened("Marc D.", f"/people/{person}")
    page.get_by_role("link", name="Arrives…").click()
    page.locator("#sheet").get_by_role("button", name="To waiting").click()
    expect(page.locator("main")).to_contain_text("V0001")
    page.goto(f"/responses/{made.ref}/timeline")
    line = page.locator("main li", has_text="0.4 mg")
    line.get_by_role("link", name="Strike").click()
    page.locator("#sheet footer .primary").click()
    expect(line).to_contain_text("struck")
