"""A lost connection is said at once and heals by itself; a screen that slept catches up."""

import re
from datetime import timedelta
from http.client import HTTPConnection

import pytest
from playwright.sync_api import Page, Route, expect

from sitelog.board import stream
from sitelog.responses import queries as responses
from sitelog.visits import actions as visits
from tests import factories
from tests.browser.conftest import Open
from tests.browser.house import PINS, House, now

# Milliseconds in which a screen must have found its server again: it asks every two seconds.
HEALED = 20_000


@pytest.fixture
def brisk(monkeypatch: pytest.MonkeyPatch) -> None:
    """The server notices a screen that left when it next speaks to it; here that is soon."""
    monkeypatch.setattr(stream, "BEAT", 0.2)


def says(page: Page, words: str) -> None:
    """What the corner of the page says about the connection."""
    expect(page.locator(".connection")).to_contain_text(
        re.compile(words), use_inner_text=True, timeout=HEALED
    )


def mark(page: Page) -> None:
    """Remember this very page: a reload would forget it."""
    page.evaluate("window.sameAsBefore = true")


def is_the_same(page: Page) -> bool:
    """Whether the page was not loaded anew since it was marked."""
    return bool(page.evaluate("window.sameAsBefore === true"))


def show(page: Page, visible: bool) -> None:
    """Another tab comes to the front, or this one does: what the page is told of it."""
    page.evaluate(
        """visible => {
            Object.defineProperty(document, "hidden", {configurable: true, get: () => !visible});
            const state = visible ? "visible" : "hidden";
            Object.defineProperty(document, "visibilityState", {configurable: true, get: () => state});
            document.dispatchEvent(new Event("visibilitychange"));
        }""",
        visible,
    )


def test_a_server_that_is_gone_is_said_and_its_return_brings_what_was_missed(
    house: House, opened: Open
) -> None:
    page = opened()
    mark(page)
    says(page, "^Live")
    house.stop()
    says(page, "^Offline")
    with house.verbs() as at:
        factories.seated(at, "3", "heron-42")
    house.start()
    says(page, "^Live")
    expect(page.locator("#place-3")).to_contain_text("heron-42", timeout=HEALED)
    assert is_the_same(page)


def test_a_form_that_could_not_be_sent_stays_and_says_that_it_is_not_saved(
    house: House, opened: Open
) -> None:
    page = opened()
    page.keyboard.press("n")
    page.locator("#sheet textarea").fill("the door of booth 4 sticks")
    house.stop()
    page.locator("#sheet").get_by_role("button", name="Keep").click()
    expect(page.locator(".toast")).to_contain_text("this may not be entered")
    expect(page.locator("#sheet textarea")).to_have_value("the door of booth 4 sticks")
    house.start()
    says(page, "^Live")
    page.locator("#sheet").get_by_role("button", name="Keep").click()
    expect(page.locator("#sheet")).to_be_hidden()
    expect(page.locator("#feed li").first).to_contain_text("the door of booth 4 sticks")
    expect(page.locator("#feed li", has_text="sticks")).to_have_count(1)


def test_a_whole_page_that_could_not_be_sent_stays_with_what_was_typed(house: House, opened: Open) -> None:
    page = opened(path="/incidents/new/complaint")
    says(page, "^Live")
    page.locator("main textarea").fill("about the wait at the door")
    house.stop()
    says(page, "^Offline")
    # When the page knows that nobody is there, and in the second before it does.
    for thinks in ("offline", "live"):
        page.get_by_role("button", name="Save").evaluate(
            "(save, thinks) => { document.documentElement.dataset.conn = thinks; save.click(); }", thinks
        )
        expect(page.locator(".toast")).to_contain_text("Nothing was entered")
        expect(page.locator("main textarea")).to_have_value("about the wait at the door")
        page.evaluate("document.getElementById('toasts').replaceChildren()")
    house.start()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="Complaint")).to_be_visible()
    expect(page.locator("main")).to_contain_text("about the wait at the door")
    assert "/incidents/I" in page.url


def test_a_whole_page_whose_answer_was_lost_is_found_again_and_entered_once(
    house: House, opened: Open
) -> None:
    form = "/incidents/new/complaint"
    page = opened(path=form)
    words = page.locator("main textarea")
    cookies = "; ".join(f"{one['name']}={one['value']}" for one in page.context.cookies())

    def lose(route: Route) -> None:
        sent = route.request
        asked = HTTPConnection("127.0.0.1", house.port)
        asked.request("POST", form, sent.post_data, {**sent.headers, "Cookie": cookies})
        assert asked.getresponse().status == 303
        asked.close()
        route.abort()

    for typed, more, entered in (
        ("about the wait", "", "I0001"),
        ("about the cold", " and the rain", "I0003"),
    ):
        words.fill(typed)
        page.route(f"**{form}", lose)
        with page.expect_event("requestfailed", lambda request: request.method == "POST"):
            page.get_by_role("button", name="Save").click()
        expect(words).to_have_count(0)  # the browser's own page
        page.unroute(f"**{form}")
        page.goto(form)
        expect(words).to_have_value(typed)
        if more:  # something else than what was sent: said, and then an entry of its own
            words.press("End")
            page.keyboard.type(more)
            page.get_by_role("button", name="Save").click()
            expect(page.locator("main")).to_contain_text("This was entered already as you first sent it")
            expect(words).to_have_value(typed + more)
        page.get_by_role("button", name="Save").click()
        page.wait_for_url(f"**/incidents/{entered}")
        expect(page.locator("main")).to_contain_text(typed + more)
        # The server has answered: the next one begins empty.
        page.goto(form)
        expect(words).to_have_value("")


def test_a_sheet_whose_answer_was_lost_and_that_was_changed_since_says_what_became_of_both(
    house: House, opened: Open
) -> None:
    page = opened()
    cookies = "; ".join(f"{one['name']}={one['value']}" for one in page.context.cookies())

    def lose(route: Route) -> None:
        sent = route.request
        asked = HTTPConnection("127.0.0.1", house.port)
        asked.request("POST", "/board/note", sent.post_data, {**sent.headers, "Cookie": cookies})
        assert asked.getresponse().status == 204
        asked.close()
        route.abort()

    page.keyboard.press("n")
    words, keep = page.locator("#sheet textarea"), page.locator("#sheet").get_by_role("button", name="Keep")
    words.fill("the fan is loud")
    page.route("**/board/note", lose)
    keep.click()
    expect(page.locator(".toast")).to_contain_text("this may not be entered")
    page.unroute("**/board/note")
    words.fill("the fan is loud and hot")
    keep.click()
    expect(page.locator("#sheet")).to_contain_text("This was entered already as you first sent it")
    expect(words).to_have_value("the fan is loud and hot")
    keep.click()
    expect(page.locator("#sheet")).to_be_hidden()
    expect(page.locator("#feed li", has_text="the fan is loud")).to_have_count(2)


def test_a_device_without_a_network_says_so_and_catches_up(house: House, opened: Open) -> None:
    page = opened()
    mark(page)
    expect_streams(page, house, 1)
    page.context.set_offline(True)
    says(page, "^Offline")
    with house.verbs() as at:
        factories.arrive(at, "wren")
    page.context.set_offline(False)
    says(page, "^Live")
    expect(page.locator("#waiting")).to_contain_text("wren", timeout=HEALED)
    assert is_the_same(page)


@pytest.mark.usefixtures("brisk")
def test_a_screen_that_slept_listens_again_and_catches_up(house: House, opened: Open) -> None:
    page = opened()
    mark(page)
    says(page, "^Live")
    show(page, False)
    expect_streams(page, house, 0)
    with house.verbs() as at:
        ref = factories.seated(at - timedelta(minutes=1), "3", "heron-42")
        visits.to_aftercare(ref, **factories.said(at))
    show(page, True)
    expect(page.locator("#aftercare")).to_contain_text("heron-42")
    expect_streams(page, house, 1)
    assert is_the_same(page)


@pytest.mark.usefixtures("brisk")
def test_with_eight_tabs_open_only_the_one_in_front_listens_and_saves_go_through(
    house: House, opened: Open
) -> None:
    tabs = [opened()]
    for _ in range(7):
        show(tabs[-1], False)
        tabs.append(tabs[0].context.new_page())
        tabs[-1].goto("/")
    front = tabs[-1]
    expect_streams(front, house, 1)
    front.keyboard.press("n")
    front.locator("#sheet textarea").fill("eight tabs")
    with front.expect_response("**/board/note") as saved:
        front.locator("#sheet").get_by_role("button", name="Keep").click()
    assert saved.value.status == 204
    took = saved.value.request.timing["responseStart"]
    assert took < 2000, f"{took} ms"
    show(front, False)
    show(tabs[0], True)
    expect(tabs[0].locator("#feed li").first).to_contain_text("eight tabs")
    expect_streams(tabs[0], house, 1)


def expect_streams(page: Page, house: House, count: int) -> None:
    """Wait until this many screens listen."""
    waits = 0
    while house.streams != count:
        waits += 1
        assert waits < 300, f"{house.streams} screens listen, not {count}"
        page.wait_for_timeout(50)


def test_keys_and_links_that_need_the_server_say_that_it_is_away(house: House, opened: Open) -> None:
    page = opened()
    mark(page)
    house.stop()
    says(page, "^Offline")
    for key in ("a", "n", "/", "r", "p"):
        page.keyboard.press(key)
        expect(page.locator(".toast")).to_contain_text("The server is away. Nothing was opened")
        page.evaluate("document.getElementById('toasts').replaceChildren()")
    expect(page.locator("dialog[open]")).to_have_count(0)
    # In the moment before the page knows.
    page.evaluate("document.documentElement.dataset.conn = 'live'")
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Supplies").click()
    expect(page.locator(".toast")).to_contain_text("nothing was entered")
    page.keyboard.press("u")
    expect(page.locator(".toast")).to_contain_text("The server is away: this may not be entered")
    assert is_the_same(page)
    house.start()
    says(page, "^Live")
    page.keyboard.press("r")
    page.wait_for_url(re.compile(r"/referrals\?new=1$"))


def test_a_response_started_without_a_server_keeps_the_board_and_is_sent_with_its_time_when_it_is_back(
    house: House, opened: Open
) -> None:
    with house.verbs() as at:
        factories.seated(at, "3", "heron-42")
    page = opened()
    mark(page)
    house.stop()
    page.keyboard.press("Shift+3")
    pressed_at = now()
    expect(page.locator(".toast")).to_contain_text("kept here with its time")
    line = page.locator("[data-held-room] .unsent")
    expect(line).to_have_text(re.compile(r"Booth 3\s+00:0\d\s+not sent yet"))
    page.keyboard.press("Shift+3")
    assert is_the_same(page)
    says(page, "^Offline")
    expect(line).to_have_count(1)
    house.start()
    page.wait_for_url("**/responses/R0001", timeout=HEALED)
    expect(line).to_have_count(0)
    with house.verbs() as at:
        running = responses.open_responses(at)
    assert [one.ref for one in running] == ["R0001"]
    assert abs((running[0].recognised_at - pressed_at).total_seconds()) < 2


def test_a_response_that_could_not_be_sent_stands_on_every_page_and_over_a_reload_until_it_is(
    house: House, opened: Open
) -> None:
    with house.verbs() as at:
        factories.response_running(factories.NURSE, at, "2")
    page = opened()
    page.route("**/responses", lambda route: route.abort())
    page.keyboard.press("F8")
    line = page.locator("[data-held-room] .unsent")
    expect(line).to_contain_text("Elsewhere")
    since = line.locator("[data-since]").get_attribute("data-since")
    for path in ("/", "/supplies", "/responses/R0001"):
        page.goto(path)
        expect(line).to_contain_text("not sent yet")
        expect(line.locator("[data-since]")).to_have_attribute("data-since", str(since))
        expect(line).to_be_in_viewport(ratio=1)
        expect(page.locator("#alert-R0001, #tab-R0001")).to_be_in_viewport(ratio=1)
    # A step has a time: tapped again later it would be entered for later.
    page.route("**/responses/R0001/*", lambda route: route.abort())
    page.locator("#rung-oxygen button").first.click()
    expect(page.locator(".toast")).to_contain_text("T first gives it the time it was done")
    page.unroute("**/responses")
    page.wait_for_url("**/responses/R0002", timeout=HEALED)
    with house.verbs() as at:
        sent = responses.open_responses(at)[-1]
    assert sent.recognised_at.isoformat(timespec="milliseconds")[:19] == str(since)[:19]


def test_a_desk_that_locks_without_a_server_starts_a_response_all_the_same(
    house: House, opened: Open
) -> None:
    page = opened()
    house.stop()
    page.get_by_role("button", name="Lock this desk").click()
    lock = page.locator("#lock")
    expect(lock.get_by_role("heading", name="the server is away")).to_be_visible()
    page.keyboard.press("F8")
    expect(lock.locator("[data-held-room] .unsent")).to_contain_text("Elsewhere")
    expect(lock.locator(".toast")).to_contain_text("kept here with its time")
    house.start()
    expect(lock.locator(".started")).to_be_visible(timeout=HEALED)
    lock.locator("label.tile", has_text="Amina K.").click(timeout=HEALED)
    page.keyboard.type(PINS["Amina K."])
    page.wait_for_url("**/responses/R0001")
