"""The whole desk by keyboard: every key of the key map, and none of them while somebody types."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from sitelog.referrals import actions as referrals
from sitelog.referrals import queries as referral_queries
from sitelog.responses import actions as responses
from sitelog.responses.case import Done
from sitelog.site import actions as site
from sitelog.visits import actions as visits
from tests import factories
from tests.browser.conftest import Open
from tests.browser.house import House

# Milliseconds after which the same button pressed again is meant anew.
A_TAP = 900


def card(page: Page, code: str) -> Locator:
    """A place's card."""
    return page.locator(f"#place-{code}")


def newest(page: Page) -> Locator:
    """The newest line of the feed."""
    return page.locator("#feed li").first


def came_before(house: House, handle: str) -> None:
    """Somebody of the register, who was here yesterday: down, injected."""
    with house.verbs() as at:
        ref = factories.seated(at - timedelta(hours=20), "1", handle)
        visits.leave(ref, **factories.said(at - timedelta(hours=19)))


def waits(house: House, *handles: str) -> None:
    """People on the waiting list, in this order."""
    with house.verbs() as at:
        for minutes, handle in enumerate(handles, 1 - len(handles)):
            factories.arrive(at + timedelta(minutes=minutes - 1), handle)


def test_a_returning_person_is_seated_in_three_interactions(house: House, opened: Open) -> None:
    came_before(house, "heron-42")
    page = opened()
    page.keyboard.press("a")
    expect(page.locator("#who")).to_be_focused()
    page.keyboard.type("her")
    option = page.get_by_role("option", name="heron-42")
    expect(option).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    expect(page.get_by_role("checkbox", name="Down")).to_be_checked()
    expect(page.locator("[data-seat]")).to_be_focused()
    page.keyboard.press("Enter")
    expect(card(page, "1")).to_contain_text("heron-42")
    expect(card(page, "1")).to_contain_text("Down")


def test_enter_takes_whoever_is_called_just_what_was_typed_though_they_are_here(
    house: House, opened: Open
) -> None:
    came_before(house, "cedar-2")
    waits(house, "cedar")
    page = opened()
    page.keyboard.press("a")
    expect(page.locator("#who")).to_be_focused()
    page.keyboard.type("Cedar")
    expect(page.get_by_role("option", name="already here")).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("option", name="cedar-2")).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/visits/V\d+$"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("cedar")


def test_the_name_of_somebody_new_is_typed_at_once(desk: Page) -> None:
    desk.keyboard.press("a")
    expect(desk.locator("#who")).to_be_focused()
    desk.keyboard.press("F7")
    expect(desk.locator("[name=new]")).to_be_checked()
    desk.keyboard.type("Simon 2")
    expect(desk.locator("#who")).to_have_value("Simon 2")
    expect(desk.get_by_role("checkbox", name="Crystal")).not_to_be_checked()


@pytest.mark.parametrize("key", ["", "F7"])
def test_enter_on_a_new_handle_stays_on_the_sheet_for_what_they_use_and_the_next_seats(
    house: House, opened: Open, key: str
) -> None:
    came_before(house, "tern-77")
    page = opened()
    page.keyboard.press("a")
    expect(page.locator("#who")).to_be_focused()
    if key:  # new, though it looks like one that is known
        page.keyboard.press(key)
    page.keyboard.type("tern" if key else "curlew-5")
    page.keyboard.press("Enter")  # before the list is there
    for pressed in ("2", "m"):
        page.keyboard.press(pressed)
    expect(page.get_by_role("checkbox", name="Crystal")).to_be_checked()
    expect(page.get_by_role("radio", name="Smoke")).to_be_checked()
    if not key:
        expect(page.locator("[data-door]")).to_contain_text("Somebody new")
    page.keyboard.press("Enter")
    expect(card(page, "X")).to_contain_text("tern" if key else "curlew-5")
    expect(card(page, "X")).to_contain_text("Crystal")


def test_enter_before_the_list_is_there_takes_nobody_who_is_only_called_alike(
    house: House, opened: Open
) -> None:
    came_before(house, "heron-42")
    page = opened()
    page.keyboard.press("a")
    expect(page.locator("#who")).to_be_focused()
    page.keyboard.type("her")
    page.keyboard.press("Enter")
    expect(page.get_by_role("option", name="heron-42")).to_have_attribute("aria-selected", "true")
    expect(page.locator("#who")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("checkbox", name="Down")).to_be_checked()


def test_in_the_arrival_sheet_digits_and_letters_choose_and_control_enter_lets_wait(desk: Page) -> None:
    desk.keyboard.press("a")
    expect(desk.locator("#who")).to_be_focused()
    desk.keyboard.press("F6")
    expect(desk.locator("[name=anonymous]")).to_be_checked()
    desk.keyboard.press("2")
    expect(desk.get_by_role("checkbox", name="Crystal")).to_be_checked()
    desk.keyboard.press("m")
    expect(desk.get_by_role("radio", name="Smoke")).to_be_checked()
    expect(desk.locator("[data-seat]")).to_contain_text("inhalation X")
    desk.keyboard.press("Control+Enter")
    expect(desk.locator("#waiting .strip")).to_have_count(1)
    expect(desk.locator("#sheet")).to_be_hidden()


def test_a_place_key_seats_the_next_or_checks_and_d_with_it_is_done(house: House, opened: Open) -> None:
    with house.verbs() as at:
        factories.seated(at, "2", "wren")
        factories.seated(at, "4", "moss")
    waits(house, "heron-42")
    page = opened()
    page.keyboard.press("1")
    expect(card(page, "1")).to_have_attribute("data-state", "use")
    expect(card(page, "1")).to_contain_text("heron-42")
    page.keyboard.press("2")
    expect(newest(page)).to_contain_text("Check 2: looks well")
    page.keyboard.press("d")
    # As long as this is said, the next key belongs to it.
    expect(page.locator("#toasts")).to_contain_text("D: now the key of the place")
    page.keyboard.press("4")
    expect(page.locator("#aftercare .strip")).to_contain_text("moss")
    expect(card(page, "4")).to_have_attribute("data-state", "free")
    page.keyboard.press("k")
    expect(page.locator("#aftercare").get_by_role("button", name="moss observed: looks well")).to_be_focused()
    page.keyboard.press("Enter")
    expect(newest(page)).to_contain_text("looks well")


def test_the_key_of_a_place_where_a_response_runs_opens_it(house: House, opened: Open) -> None:
    with house.verbs() as at:
        factories.seated(at, "2", "wren")
        responses.start("place", "2", **factories.said(at))
    page = opened()
    page.keyboard.press("2")
    page.wait_for_url("**/responses/R0001")


def test_the_key_of_a_place_out_of_service_says_that_it_is(house: House, opened: Open) -> None:
    with house.verbs() as at:
        site.take_out_of_service("2", "cleaning", **factories.said(at))
    page = opened()
    page.keyboard.press("2")
    expect(page.locator("#toasts")).to_contain_text("Booth 2 is out of service. Nothing was entered.")


def test_d_with_the_key_of_a_place_where_nobody_can_be_done_enters_nothing_and_says_so(
    house: House, opened: Open
) -> None:
    with house.verbs() as at:
        responses.start(place_code="2", **factories.said(at))
    waits(house, "heron-42")
    page = opened()
    before = newest(page).get_attribute("id")
    for place, words in (("1", "Nobody is at Booth 1."), ("2", "A response runs at Booth 2")):
        page.keyboard.press("d")
        page.keyboard.press(place)
        expect(page.locator("#toasts")).to_contain_text(words)
    expect(page.locator("dialog[open]")).to_have_count(0)
    # What was pressed before would have been entered before this.
    page.keyboard.press("1")
    expect(newest(page)).to_contain_text("heron-42 seated")
    expect(page.locator("#feed li").nth(1)).to_have_attribute("id", str(before))


def test_a_place_key_that_comes_too_late_after_d_enters_nothing(house: House, opened: Open) -> None:
    with house.verbs() as at:
        factories.seated(at, "4", "moss")
    page = opened()
    before = newest(page).get_attribute("id")
    page.keyboard.press("d")
    page.evaluate("() => { const now = Date.now; Date.now = () => now() + 8000; }")
    page.keyboard.press("4")
    expect(page.locator("#toasts")).to_contain_text("D has run out. Nothing was entered")
    page.keyboard.press("4")
    expect(newest(page)).to_contain_text("Check 4")
    expect(page.locator("#feed li").nth(1)).to_have_attribute("id", str(before))


def test_a_sheet_on_its_way_holds_up_no_response(desk: Page) -> None:
    held: list[Route] = []
    desk.route("**/board/note", lambda route: held.append(route))
    desk.keyboard.press("n")
    desk.keyboard.press("Shift+2")
    desk.wait_for_url("**/responses/R*")


def test_u_takes_my_last_entry_back_and_it_stays_readable(house: House, opened: Open) -> None:
    with house.verbs() as at:
        factories.seated(at, "1", "heron-42")
    page = opened()
    page.keyboard.press("1")
    expect(newest(page)).to_contain_text("looks well")
    page.keyboard.press("u")
    expect(newest(page)).to_contain_text("struck")
    expect(newest(page).locator(".was")).to_contain_text("looks well")


def test_the_undo_that_stays_on_the_page_takes_back_what_was_entered_since(
    house: House, opened: Open
) -> None:
    with house.verbs() as at:
        factories.seated(at, "1", "heron-42")
        factories.seated(at, "2", "wren")
    page = opened()
    page.clock.install()
    page.reload()
    struck = page.locator("#feed .was")
    for n, key in enumerate(("1", "2"), start=1):
        page.clock.fast_forward("00:01")  # no trembling finger
        page.keyboard.press(key)
        expect(newest(page)).to_contain_text(f"Check {key}")
        page.keyboard.press("u")
        expect(struck).to_have_count(n)


def test_j_and_k_walk_along_the_waiting_list_and_enter_seats(house: House, opened: Open) -> None:
    waits(house, "pike", "wren", "moss")
    page = opened()
    for key, who in (("j", "pike"), ("j", "wren"), ("j", "moss"), ("k", "wren")):
        page.keyboard.press(key)
        row = page.locator("#waiting").get_by_role("button", name=f"Seat {who} in")
        expect(row).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#places")).to_contain_text("wren")
    expect(page.locator("#waiting .strip")).to_have_count(2)


def test_letters_and_digits_are_letters_and_digits_while_somebody_types(house: House, opened: Open) -> None:
    with house.verbs() as at:
        factories.seated(at, "1", "heron-42")
    page = opened()
    entries = page.locator("#feed li").count()
    page.keyboard.press("n")
    words = page.locator("#sheet textarea")
    expect(words).to_be_focused()
    page.keyboard.type("a1duj?k8")
    page.keyboard.press("Shift+A")
    expect(words).to_have_value("a1duj?k8A")
    expect(page.locator("#help")).to_be_hidden()
    assert page.locator("#feed li").count() == entries
    assert page.url.endswith("/")


def test_what_is_typed_before_the_sheet_is_there_is_kept_for_it_and_is_no_key(
    house: House, opened: Open
) -> None:
    with house.verbs() as at:
        factories.seated(at, "1", "wren")
    page = opened()
    held: list[Route] = []
    page.route("**/arrive", lambda route: held.append(route))
    with page.expect_request("**/arrive"):
        page.keyboard.press("a")
    page.keyboard.type("d1 u")
    held.pop().continue_()
    expect(page.locator("#who")).to_have_value("d1 u")
    expect(card(page, "1")).to_have_attribute("data-state", "use")


def test_f8_starts_a_response_while_somebody_types_and_what_was_typed_is_kept(desk: Page) -> None:
    desk.keyboard.press("n")
    desk.keyboard.type("the door of booth 4 sticks")
    desk.keyboard.press("F8")
    desk.wait_for_url("**/responses/R*")
    expect(desk.get_by_role("timer")).to_be_visible()
    desk.keyboard.press("Escape")
    desk.wait_for_url("**/")
    desk.keyboard.press("n")
    expect(desk.locator("#sheet textarea")).to_have_value("the door of booth 4 sticks")


def test_shift_and_a_place_key_starts_a_response_also_at_a_free_place(desk: Page) -> None:
    desk.keyboard.press("Shift+X")
    desk.wait_for_url("**/responses/R*")
    expect(desk.get_by_role("heading", level=1)).to_contain_text("Inhalation X")
    desk.keyboard.press("F8")
    desk.wait_for_url("**/responses/R0002")
    desk.keyboard.press("F2")
    desk.wait_for_url("**/responses/R0001")
    desk.keyboard.press("F4")
    desk.wait_for_url("**/responses/R0002")


def test_shift_and_a_place_key_starts_a_response_from_any_page_and_through_a_sheet(desk: Page) -> None:
    desk.goto("/supplies")
    desk.keyboard.press("Shift+3")
    desk.wait_for_url("**/responses/R0001")
    desk.keyboard.press("Shift+Y")
    desk.wait_for_url("**/responses/R0002")
    expect(desk.get_by_role("heading", level=1)).to_contain_text("Inhalation Y")
    desk.goto("/")
    desk.keyboard.press("g")
    expect(desk.locator("#sheet")).to_be_visible()
    desk.locator("#sheet").get_by_role("link").first.focus()
    desk.keyboard.press("Shift+4")
    desk.wait_for_url("**/responses/R0003")
    # Where one runs already, that is the one.
    desk.keyboard.press("Shift+3")
    desk.wait_for_url("**/responses/R0001")


def test_every_running_response_has_a_key_that_is_shown(house: House, opened: Open) -> None:
    with house.verbs() as at:
        for place in "12345":
            responses.start(place_code=place, **factories.said(at))
    page = opened()
    expect(page.locator("#alert-R0003")).to_contain_text("⇧F2")
    keys = ("Shift+F2", "Shift+F4", "Shift+F4", "Shift+F4", "F2", "Shift+F4", "F4")
    for key, ref in zip(keys, (3, 4, 5, 4, 1, 4, 2), strict=True):
        page.keyboard.press(key)
        page.wait_for_url(f"**/responses/R000{ref}")
    page.keyboard.press("?")
    expect(page.locator("#help")).to_contain_text("Open response one, two, three, four")


def test_single_keys_can_be_switched_off_and_function_keys_stay(desk: Page) -> None:
    desk.keyboard.press("?")
    help_sheet = desk.get_by_role("dialog", name="Keys and signs")
    expect(help_sheet).to_be_visible()
    desk.get_by_role("checkbox", name="Single keys are on").uncheck()
    desk.keyboard.press("Escape")
    expect(help_sheet).to_be_hidden()
    desk.keyboard.press("a")
    desk.reload()
    desk.keyboard.press("a")
    desk.keyboard.press("?")
    expect(desk.locator("dialog[open]")).to_have_count(0)
    desk.keyboard.press("F8")
    desk.wait_for_url("**/responses/R*")


def test_escape_closes_a_sheet_keeps_what_was_typed_and_gives_the_focus_back(desk: Page) -> None:
    note = desk.locator("nav.actions").get_by_role("link", name="Note")
    note.focus()
    desk.keyboard.press("Enter")
    expect(desk.locator("#sheet textarea")).to_be_focused()
    desk.keyboard.type("half a sent")
    desk.keyboard.press("Escape")
    expect(desk.locator("#sheet")).to_be_hidden()
    expect(note).to_be_focused()
    desk.keyboard.press("Enter")
    expect(desk.locator("#sheet textarea")).to_have_value("half a sent")
    desk.locator("#sheet").get_by_role("button", name="Keep").click()
    expect(newest(desk)).to_contain_text("half a sent")


@pytest.mark.parametrize(("name", "kept"), [("heron-42", True), ("tern", False)])
def test_an_arrival_begun_for_somebody_leaves_no_ticks_to_another(desk: Page, name: str, kept: bool) -> None:
    sheet = desk.locator("#sheet")
    down = sheet.get_by_role("checkbox", name="Down")
    desk.keyboard.press("a")
    desk.keyboard.type("heron")
    down.check()
    desk.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    desk.keyboard.press("a")
    expect(down).to_be_checked()
    desk.keyboard.type(name)
    expect(sheet.locator("#who")).to_have_value(name)
    expect(down).to_be_checked(checked=kept)


def test_a_sheet_is_kept_also_where_the_next_key_is_faster_than_its_closing(desk: Page) -> None:
    desk.keyboard.press("n")
    desk.keyboard.type("half a sentence")
    expect(desk.locator("#sheet textarea")).to_have_value("half a sentence")
    desk.evaluate(
        """() => {
          document.getElementById("sheet").close();
          document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "n", bubbles: true }));
        }"""
    )
    expect(desk.locator("#sheet textarea")).to_have_value("half a sentence")


def test_enter_pressed_twice_saves_the_sheet_and_opens_no_other(desk: Page) -> None:
    arrive = desk.locator("nav.actions").get_by_role("link", name="Arrive")
    desk.keyboard.press("a")
    expect(desk.locator("#who")).to_be_focused()
    desk.keyboard.press("F6")
    desk.locator("[data-seat]").focus()
    desk.keyboard.press("Enter")
    expect(arrive).to_be_focused()
    desk.keyboard.press("Enter")
    # Nothing is on its way: the next letter is a key.
    desk.keyboard.press("n")
    expect(desk.locator("#sheet textarea")).to_be_focused()
    expect(newest(desk)).to_contain_text("seated")
    # A sheet that was only closed opens again at once.
    desk.keyboard.press("Escape")
    expect(desk.locator("#sheet")).to_be_hidden()
    desk.wait_for_timeout(A_TAP)
    arrive.focus()
    desk.keyboard.press("Enter")
    expect(desk.locator("#who")).to_be_focused()


def test_a_sheet_holds_the_focus(desk: Page) -> None:
    desk.keyboard.press("n")
    expect(desk.locator("#sheet textarea")).to_be_focused()
    for _ in range(12):
        desk.keyboard.press("Tab")
        inside = "!document.activeElement || document.activeElement.closest('body > :not(#sheet)') === null"
        assert desk.evaluate(inside)


def test_what_was_typed_in_a_sheet_that_was_closed_survives_an_emergency(desk: Page) -> None:
    desk.keyboard.press("n")
    expect(desk.locator("#sheet textarea")).to_be_focused()
    desk.keyboard.type("half a sent")
    desk.keyboard.press("Escape")
    desk.keyboard.press("F8")
    desk.wait_for_url("**/responses/R*")
    desk.keyboard.press("Escape")
    desk.wait_for_url("**/")
    desk.keyboard.press("n")
    expect(desk.locator("#sheet textarea")).to_have_value("half a sent")


def test_a_handle_kept_from_before_is_replaced_by_the_next_and_does_not_grow(desk: Page) -> None:
    desk.keyboard.press("a")
    expect(desk.locator("#who")).to_be_focused()
    desk.keyboard.type("her")
    desk.keyboard.press("Escape")
    expect(desk.locator(".actions [data-key=a]")).to_be_focused()
    desk.keyboard.press("a")
    expect(desk.locator("#who")).to_have_value("her")
    desk.keyboard.type("wren")
    expect(desk.locator("#who")).to_have_value("wren")


def test_control_and_enter_keep_a_note_of_two_lines(desk: Page) -> None:
    desk.keyboard.press("n")
    expect(desk.locator("#sheet textarea")).to_be_focused()
    desk.keyboard.type("first line")
    desk.keyboard.press("Enter")
    desk.keyboard.type("second line")
    desk.keyboard.press("Control+Enter")
    expect(desk.locator("#sheet")).to_be_hidden()
    expect(newest(desk)).to_contain_text("second line")


def test_control_and_enter_favour_no_answer_of_a_referral(house: House, opened: Open) -> None:
    with house.verbs() as at:
        ref = referrals.offer("methadone", **factories.said(at)).ref
    page = opened("Amina K.", f"/referrals/{ref}")
    page.locator("#note").fill("half a word")
    page.locator("#note").press("Control+Enter")
    # The next answer that is given is the first.
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.get_by_role("button", name="Declined").press("Enter")
    with house.verbs():
        assert referral_queries.ladder(ref).state == "declined"


def test_in_a_response_a_digit_goes_to_its_step_and_enter_enters_it(desk: Page) -> None:
    desk.keyboard.press("F8")
    desk.wait_for_url("**/responses/R*")
    desk.keyboard.press("3")
    expect(desk.locator("#rung-oxygen").get_by_role("button", name="NRB mask")).to_be_focused()
    desk.keyboard.press("Enter")
    expect(desk.locator("#timeline li").first).to_contain_text("NRB mask")
    desk.keyboard.press("5")
    desk.keyboard.press("Tab")
    expect(desk.locator("#rung-naloxone").get_by_role("button", name="0.8 mg IM")).to_be_focused()
    desk.keyboard.press("j")
    expect(desk.locator("#rung-signs button").first).to_be_focused()


def test_what_is_pressed_and_gone_leaves_the_focus_beside_it(desk: Page) -> None:
    desk.keyboard.press("F8")
    desk.locator("#rhead").get_by_role("button", name="Washroom").click()
    expect(desk.locator("#rhead h1")).to_contain_text("Washroom")
    expect(desk.locator("#rhead :focus")).to_have_count(1)


def test_in_a_response_e_goes_to_the_ambulance_and_c_closes(house: House, opened: Open) -> None:
    with house.verbs() as at:
        responses.start(place_code="2", **factories.said(at))
    page = opened("Amina K.")
    page.goto("/responses/R0001")
    page.keyboard.press("e")
    expect(page.locator("#ems .btn").first).to_be_focused()
    # To what comes next, each time.
    for step, then in (("Called", "Arrived"), ("Arrived", "Leaves")):
        page.keyboard.press("Enter")
        expect(page.locator("#ems .btn", has_text=step).locator("small")).to_contain_text(":")
        page.locator("#h-where").click()
        page.keyboard.press("e")
        expect(page.locator("#ems .btn", has_text=then)).to_be_focused()
    with house.verbs() as at:
        responses.add_step("R0001", Done("ems_left", at, word="treated"), by=factories.NURSE, at=at)
    page.wait_for_timeout(A_TAP)
    # Of one that has left nothing is next: another would be called, and has not arrived.
    another = page.locator("#ems .btn", has_text="Call again")
    expect(another).to_be_visible()
    page.keyboard.press("e")
    expect(another).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#ems .btn", has_text="Arrived")).to_contain_text("not yet")
    page.keyboard.press("c")
    expect(page.locator("#sheet form[action$='/responses/R0001/close']")).to_be_visible()


def test_beside_vitals_that_are_refused_nothing_says_that_they_are_entered(desk: Page) -> None:
    desk.keyboard.press("F8")
    desk.wait_for_url("**/responses/R*")
    for typed in ("88", "888"):
        desk.keyboard.press("v")
        expect(desk.locator("#spo2")).to_be_focused()
        desk.keyboard.type(typed)
        desk.keyboard.press("Enter")
        if typed == "88":
            expect(desk.locator("#toasts")).to_contain_text("SpO₂ 88")
    expect(desk.locator("#sheet")).to_contain_text("Between 0 and 100")
    assert "SpO₂" not in desk.locator("#toasts").inner_text()


def test_escape_leaves_the_time_of_the_next_entry_and_leaves_it_at_now(desk: Page) -> None:
    desk.keyboard.press("F8")
    desk.wait_for_url("**/responses/R*")
    time = desk.locator("#tap [name=earlier_at]")
    desk.keyboard.press("t")
    desk.keyboard.type("20")
    expect(time).to_have_value("20")
    desk.keyboard.press("Escape")
    expect(time).not_to_be_focused()
    expect(time).to_have_value("")
    expect(desk.locator("html[data-next-earlier]")).to_have_count(0)
    # The next is the page's own again.
    desk.keyboard.press("Escape")
    desk.wait_for_url("**/")


def test_in_a_response_elsewhere_w_goes_to_where_it_is(desk: Page) -> None:
    desk.keyboard.press("F8")
    desk.wait_for_url("**/responses/R*")
    desk.keyboard.press("w")
    expect(desk.locator("#rhead").get_by_role("button", name="Waiting")).to_be_focused()
    desk.keyboard.press("Tab")
    desk.keyboard.press("Enter")
    expect(desk.locator("#rhead h1")).to_contain_text("Washroom")
    # Once it is said, it and whom it is about are put right with the same key.
    desk.keyboard.press("w")
    expect(desk.locator("#sheet form[action$='/place']")).to_be_visible()
