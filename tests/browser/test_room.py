"""Every page fits its screen, however many people work and whatever runs."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from sitelog.alerts import actions as alerts
from sitelog.alerts.rules import Alert
from sitelog.board import actions as board
from sitelog.ground.access import OPERATOR
from sitelog.incidents import actions as incidents
from sitelog.incidents.rules import Happening
from sitelog.people import actions as people
from sitelog.responses import actions as responses
from sitelog.responses.case import Measured
from sitelog.responses.pathways import PATHWAYS
from sitelog.shifts import actions as shifts
from sitelog.shifts import drafts
from sitelog.shifts import queries as shift_queries
from sitelog.site import queries as site
from sitelog.staff import actions as staff
from sitelog.supplies import actions as supplies
from sitelog.supplies.rules import Receipt
from sitelog.visits import actions as visits
from tests import factories
from tests.board import scene
from tests.browser.conftest import SIZE, Open
from tests.browser.house import PASSWORD, House

MORE = ("Lena W.", "Omar B.", "Priya S.", "Sana R.", "Theo M.", "Nia P.", "Ida K.")
# Of the navigation every line is whole, in the bar or behind its last one.
NO_LINE_IS_CUT = (
    "() => (list => list.scrollWidth <= list.clientWidth)(document.querySelector('.bar nav > ul'))"
)
# Says a long sentence, and what is under it but the line that is kept for it.
COVERED = """() => {
  const said = "The server is away. Nothing was entered; what you typed is still here. ".repeat(2);
  document.dispatchEvent(new CustomEvent("failed", { detail: { said } }));
  const box = document.querySelector(".toast").getBoundingClientRect();
  const under = new Set();
  for (let x = box.left; x <= box.right; x += 4)
    for (let y = box.top + 1; y < box.bottom; y += 4) under.add(document.elementFromPoint(x, y));
  return [...under].filter((one) => !one?.matches(".foot")).map((one) => String(one?.outerHTML).slice(0, 90));
}"""
PAGES = ("/", "/responses/R0001", "/referrals", "/supplies", "/reports", "/me")
SCREENS = ((1366, 768), (1101, 768), (768, 1024), (390, 844))
PHONE = 390
FITS = "() => document.documentElement.scrollWidth <= document.documentElement.clientWidth"
# A sheet without its margins, in pixels of paper.
A4_WIDTH = 703
# A word as wide as what holds it lets it be, of which no line can be broken at a blank.
LONG, HANDLE = "m" * 480, "W" * 40
# What of the words on the board's cards, rows and running responses lies outside of what shows them.
CUT = """() => {
  const cut = [];
  for (const part of document.querySelectorAll(".place, .strip, .alerts .r")) {
    const texts = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const said = texts.currentNode, at = said.parentElement;
      if (!said.data.trim() || !at.checkVisibility() || at.closest(".vh, svg")) continue;
      const words = document.createRange();
      words.selectNodeContents(said);
      const box = words.getBoundingClientRect();
      for (let one = at; one !== part.parentElement; one = one.parentElement) {
        const shows = one.matches(".btn, .body, .txt, .r") || getComputedStyle(one).overflowX !== "visible";
        const room = one.getBoundingClientRect();
        const out = box.left < room.left - 1 || box.right > room.right + 1 || box.bottom > room.bottom + 1;
        if (shows && out) cut.push(said.data);
      }
    }
  }
  return cut;
}"""


def full_shift(house: House) -> None:
    """Nine people signed in, five responses running, and words about stock in the bar."""
    with house.verbs() as at:
        for name in MORE:
            staff.add_account(name, "nurse", password=PASSWORD, by=OPERATOR, at=at)
        for area in ("washroom", "waiting", "outside", "aftercare", "elsewhere"):
            responses.start(area, None, **factories.said(at))
        supplies.receive(Receipt("foil", 1, "F1", site.calendar().day_of(at)), **factories.said(at))
    for name in (*MORE, "Joel T."):
        house.cookies(name)


def too_wide(page: Page) -> int:
    """How many pixels the page is wider than its screen."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


@pytest.mark.parametrize("name", ["Amina K.", "Marc D."])
def test_a_full_shift_and_five_responses_fit_the_screen(house: House, opened: Open, name: str) -> None:
    full_shift(house)
    page = opened(name)
    for path in PAGES:
        page.set_viewport_size(SIZE)
        page.goto(path)
        alarm = page.locator("[data-key=F8]:visible").first
        for width, height in SCREENS:
            page.set_viewport_size({"width": width, "height": height})
            assert too_wide(page) <= 0, (path, width, too_wide(page))
            page.wait_for_function(NO_LINE_IS_CUT)
            expect(alarm).to_be_in_viewport(ratio=1)
            expect(page.get_by_role("button", name="Lock this desk")).to_be_in_viewport(ratio=1)
            clock = page.locator(".bar .clock").bounding_box()
            button = alarm.bounding_box()
            assert clock is not None and button is not None
            if width <= 768:
                expect(page.locator(".bar .staff .me")).to_be_in_viewport(ratio=1)
            assert alarm_is_apart(clock, button), (path, width)
            if width > PHONE:
                assert page.evaluate(COVERED) == [], (path, width)


def alarm_is_apart(one: dict[str, float], other: dict[str, float]) -> bool:
    """Whether two boxes do not lie over each other."""
    beside = one["x"] + one["width"] <= other["x"] or other["x"] + other["width"] <= one["x"]
    return beside or one["y"] + one["height"] <= other["y"] or other["y"] + other["height"] <= one["y"]


# Every point of the button, on a grid, is the button's own.
NOTHING_LIES_OVER = """button => {
  const box = button.getBoundingClientRect();
  return [...Array(64).keys()].every(n => button.contains(document.elementFromPoint(
    box.left + box.width * (n % 8 + 0.5) / 8, box.top + box.height * (Math.floor(n / 8) + 0.5) / 8)));
}"""


def test_nothing_lies_over_the_alarm_however_many_are_in_aftercare(house: House, opened: Open) -> None:
    with house.verbs() as at:
        for n in range(14):
            factories.in_aftercare(at - timedelta(minutes=30 - n), "1", f"moss-{n}")
        responses.start("washroom", None, **factories.said(at - timedelta(minutes=9)))
        responses.to_aftercare("R0001", **factories.said(at))
    page = opened("Amina K.")
    alarm = page.locator("[data-key=F8]:visible").first
    for width, height in ((1366, 768), (1366, 650), (1101, 768), (1920, 1080)):
        page.set_viewport_size({"width": width, "height": height})
        expect(alarm).to_be_in_viewport(ratio=1)
        assert alarm.evaluate(NOTHING_LIES_OVER), (width, height)
        expect(page.locator("#feed li").first).to_be_in_viewport()
        expect(page.get_by_role("link", name="still to be closed")).to_be_in_viewport()
    words = page.get_by_role("link", name="still to be closed")
    assert (
        words.evaluate("one => one.scrollWidth <= one.clientWidth")
        and words.evaluate("one => getComputedStyle(one).whiteSpace") == "normal"
    )
    last = page.locator("#aftercare .strip").last
    last.scroll_into_view_if_needed()
    expect(last).to_be_in_viewport()


def test_more_people_than_the_bar_has_room_for_are_a_number_that_names_them(
    house: House, opened: Open
) -> None:
    full_shift(house)
    page = opened("Amina K.")
    signs = page.get_by_role("group", name="Signed in").locator("abbr")
    expect(signs).to_have_count(4)
    expect(signs.first).to_have_text("AK")
    expect(signs.last).to_have_text("+6")
    assert "Joel T." in (signs.last.get_attribute("title") or "")


def test_what_the_bar_has_no_room_for_folds_out_of_it_and_away_again(house: House, opened: Open) -> None:
    page = opened("Marc D.", "/referrals")
    bar = page.get_by_role("navigation", name="Main")
    settings = bar.get_by_role("link", name="Settings")
    expect(settings).to_be_hidden()
    bar.get_by_text("More").focus()
    page.keyboard.press("Enter")
    expect(settings).to_be_in_viewport(ratio=1)
    page.keyboard.press("Escape")
    expect(settings).to_be_hidden()
    expect(bar.locator("summary")).to_be_focused()
    page.keyboard.press("Enter")
    page.get_by_role("heading", level=1).click()
    expect(settings).to_be_hidden()
    bar.get_by_text("More").click()
    settings.click()
    expect(bar.locator("summary")).to_have_text("Settings")


def test_the_words_of_the_board_are_read_whole(house: House, opened: Open) -> None:
    with house.verbs() as at:
        scene.evening(at)
    page = opened("Amina K.")
    for width, height in (*SCREENS, (1150, 768), (1200, 768), (1280, 650)):
        page.set_viewport_size({"width": width, "height": height})
        assert page.evaluate(CUT) == [], (width, height)


def long_words(house: House) -> list[str]:
    """Pages with a word without an end wherever something can be typed."""
    with house.verbs() as at:
        visit = factories.seated(at - timedelta(minutes=20), "1", HANDLE)
        visits.check(visit, **factories.said(at), note=LONG)
        factories.in_aftercare(at - timedelta(minutes=30), "2", f"{HANDLE[:-1]}1")
        factories.arrive(at, f"{HANDLE[:-1]}2")
        factories.seated(at - timedelta(minutes=20), "3", f"{HANDLE[:-1]}3")
        response = factories.response_running(scene.LEAD, at, "3")
        responses.note(response.ref, LONG, **factories.said(at))
        board.note(LONG, **factories.said(at))
        incidents.log(Happening("complaint"), **factories.said(at), note=LONG)
        today = site.calendar().day_of(at)
        alerts.write(Alert(LONG[:120], LONG[:400], today), **factories.said(at))
        people.set_alert("P0001", "hard_to_rouse", **factories.said(at), note=LONG[:300])
        factories.referral_offered(at, visit=visit, note=LONG)
        shift = shift_queries.running(at)[-1].ref
        shifts.sign_off(shift, [("A", LONG)], **factories.said(at, scene.LEAD))
        drafts.keep(shift, "A.own.1", LONG, "", "", by=scene.LEAD, at=at)
    return [
        *("/", f"/visits/{visit}", f"/responses/{response.ref}", f"/responses/{response.ref}/timeline"),
        *("/people", "/people/P0001", "/incidents/I0001", "/alerts", "/referrals/F0001"),
        *(f"/shifts/{shift}", f"/shifts/{shift}?version=1"),
    ]


# How many lines each name on the board takes, and whether what is beyond them is cut off.
LINES_OF_NAMES = """() => [...document.querySelectorAll(".strip .name, .place .name")].map((name) =>
  Math.round(name.getBoundingClientRect().height / parseFloat(getComputedStyle(name).lineHeight)))"""
# Of what the ladder says, each text that reaches out of its rung or button.
OUT_OF_RUNG = """() => [...document.querySelectorAll(".rung :is(.lab b, .btn span, small)")]
  .filter((said) => {
  const [box, room] = [said, said.closest(".btn, .rung")].map((one) => one.getBoundingClientRect());
  const rung = said.closest(".rung").getBoundingClientRect();
  return box.top < rung.top || box.bottom > rung.bottom || box.bottom > room.bottom + 1;
}).map((said) => said.textContent)"""


@pytest.mark.parametrize("pathway", PATHWAYS)
def test_the_words_of_every_rung_are_read_whole(house: House, opened: Open, pathway: str) -> None:
    with house.verbs() as at:
        responses.start("place", "3", **factories.said(at))
        responses.set_pathway("R0001", pathway, **factories.said(at))
    page = opened("Amina K.", "/responses/R0001")
    for width, height in ((1366, 768), (1101, 768), (768, 1024)):
        page.set_viewport_size({"width": width, "height": height})
        assert page.evaluate(OUT_OF_RUNG) == [], (width, height)


# Of what the tabs say, each place, clock, sign or key that is cut.
CUT_IN_TABS = """() => [...document.querySelectorAll(".rtabs > a, .rtabs .new")].flatMap((tab) => {
  const room = tab.getBoundingClientRect();
  return [...tab.querySelectorAll("svg, b, .tag, kbd")]
    .filter((part) => part.getBoundingClientRect().right > room.right + 1)
    .map((part) => part.textContent || part.tagName)
    .concat(room.right > innerWidth ? [tab.textContent] : []);
})"""
ONE_LINE = """() => new Set(
  [...document.querySelectorAll(".rtabs > a, .rtabs .new")].map((tab) => tab.offsetTop)).size"""
CUT_BELOW = "(part) => part.scrollHeight - part.clientHeight"


@pytest.mark.parametrize("count", [2, 3])
def test_up_to_three_tabs_take_one_line_of_a_desk_and_leave_the_ladder_whole(
    house: House, opened: Open, count: int
) -> None:
    with house.verbs() as at:
        for place in ("1", "3", "X")[:count]:
            factories.seated(at, place, f"chickadee-of-the-harbour-{place}")
            responses.start("place", place, **factories.said(at))
        for n in range(1, count):
            responses.set_pathway(f"R000{n}", "stimulant", **factories.said(at))
    page = opened("Amina K.", f"/responses/R000{count}")
    assert page.evaluate(ONE_LINE) == 1
    assert page.evaluate(CUT_IN_TABS) == []
    assert page.evaluate(OUT_OF_RUNG) == []
    for part in ("#ladder", ".rmain"):
        assert page.locator(part).evaluate(CUT_BELOW) <= 0, part


@pytest.mark.parametrize("where", ["place", "elsewhere"])
def test_the_trend_is_in_sight_on_a_desk(house: House, opened: Open, where: str) -> None:
    with house.verbs() as at:
        responses.start(where, "3" if where == "place" else None, **factories.said(at))
        for seconds, spo2 in ((0, 84), (1, 91)):
            taken = at + timedelta(seconds=seconds)
            responses.record_vitals(
                "R0001", Measured(taken, spo2=spo2, respirations=9), by=factories.NURSE, at=taken
            )
        responses.give_naloxone("R0001", 400, "intramuscular", **factories.said(at))
    page = opened("Amina K.", "/responses/R0001")
    expect(page.locator("#trend")).to_be_in_viewport(ratio=1)
    assert page.locator(".mid").evaluate(CUT_BELOW) <= 0
    # Its words are no smaller than the smallest elsewhere.
    height = page.locator("#trend text").first.evaluate("(text) => text.getBoundingClientRect().height")
    assert height >= 11


CUT_OFF = """() => [...document.querySelectorAll(".strip .name, .place .name")].every((name) =>
  getComputedStyle(name).overflowY === "hidden")"""
BEYOND_THE_WINDOW = "document.scrollingElement.scrollHeight - innerHeight"


def test_a_long_handle_stretches_no_row_of_the_board_and_is_whole_in_its_title(
    house: House, opened: Open
) -> None:
    long_words(house)
    page = opened("Amina K.")
    for width, height in ((1366, 768), (768, 1024)):
        page.set_viewport_size({"width": width, "height": height})
        lines = page.evaluate(LINES_OF_NAMES)
        assert len(lines) == 5 and max(lines) == 2, (width, lines)
        assert page.evaluate(CUT_OFF), width
        expect(page.locator(f".strip .name[title='{HANDLE[:-1]}1']")).to_be_visible()
        expect(page.locator(f".place .name[title='{HANDLE[:-1]}3']")).to_be_visible()


def test_struck_entries_far_down_in_the_feed_do_not_lengthen_the_board(house: House, opened: Open) -> None:
    with house.verbs() as at:
        for n in range(12):
            factories.arrive(at, f"wren-{n}")
            board.undo(by=factories.NURSE, at=at)
    page = opened("Amina K.")
    page.set_viewport_size({"width": 1366, "height": 768})
    expect(page.locator("#feed .was").last).to_be_attached()
    assert page.evaluate(BEYOND_THE_WINDOW) <= 0


def test_a_word_without_an_end_widens_no_page_and_no_paper(house: House, opened: Open) -> None:
    pages = long_words(house)
    page = opened("Marc D.")
    for path in pages:
        page.goto(path)
        for width, height in SCREENS:
            page.set_viewport_size({"width": width, "height": height})
            # The navigation folds a moment after the screen has become narrower.
            page.wait_for_function(FITS)
    page.emulate_media(media="print")
    page.set_viewport_size({"width": A4_WIDTH, "height": 1000})
    assert too_wide(page) <= 0
