"""A handover by keyboard: the opening check, lines that are kept as typed, two leads at once, paper."""

import io
import re
from datetime import timedelta

import pikepdf
import pytest
from playwright.sync_api import Page, expect

from sitelog.shifts import drafts, queries
from tests import factories
from tests.board import scene
from tests.browser.conftest import Open
from tests.browser.house import PINS, House
from tests.browser.test_accessible import CALM, faults

A4 = (595, 842)


@pytest.fixture
def ref(house: House) -> str:
    with house.verbs() as at:
        scene.evening(at)
        return queries.running(at)[-1].ref


def line(page: Page, words: str) -> str:
    """The id of the handover's line that says this."""
    found = page.evaluate(
        "words => [...document.querySelectorAll('.sbar textarea')].find(t => t.value.includes(words)).id",
        words,
    )
    return f"#{found}"


def test_a_shift_is_checked_handed_over_and_read_back_by_keyboard(
    house: House, opened: Open, ref: str
) -> None:
    page = opened("Marc D.", "/shifts", **CALM)
    page.get_by_role("link", name="Day shift now").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Day shift")
    page.get_by_label("Oxygen cylinder in use, number").focus()
    page.keyboard.type("85")
    page.keyboard.press("Enter")
    expect(page.locator("#opening")).to_contain_text("85 %")
    page.get_by_label("Recommendation, add a line").focus()
    page.keyboard.type("order gauze")
    expect(page.locator("#handover")).to_contain_text("kept")
    assert faults(page, "a shift to sign") == []
    page.get_by_label("Incoming lead has read it back").focus()
    page.keyboard.type("Amina")
    page.keyboard.press("Tab")
    page.keyboard.type("999123")
    page.keyboard.press("Enter")
    expect(page.locator("#sign .error")).to_contain_text("That is not right")
    expect(page.locator("#sign .error")).to_be_in_viewport(ratio=1)
    expect(page.get_by_label("PIN of the incoming lead")).to_be_focused()
    page.keyboard.type(PINS["Amina K."])
    page.keyboard.press("Enter")
    expect(page.locator("#sign")).to_contain_text("read back by Amina K.")
    expect(page.locator("#handover")).to_contain_text("order gauze")
    assert faults(page, "a signed shift") == []
    page.goto("/shifts/window?starts=2026-01-01T10:00&ends=2026-01-01T12:00")
    assert faults(page, "any window") == []


def test_what_two_people_type_in_one_line_is_lost_by_neither(house: House, opened: Open, ref: str) -> None:
    marc, amina = (opened(name, f"/shifts/{ref}", **CALM) for name in ("Marc D.", "Amina K."))
    at = line(marc, "waiting")
    marc.locator(at).fill("busy, four waiting")
    expect(marc.locator(f"{at}-kept")).to_contain_text("kept")
    amina.locator(at).fill("calm in the room")
    expect(amina.locator(f"{at}-kept")).to_contain_text("busy, four waiting")
    expect(amina.locator(at)).to_have_value("calm in the room")
    amina.locator(at).press("End")
    amina.keyboard.type(" now")
    expect(amina.locator(f"{at}-kept")).to_contain_text("kept")
    expect(marc.locator("#news")).to_contain_text("calm in the room now")
    marc.get_by_role("link", name="Show them").click()
    expect(marc.locator(at)).to_have_value("calm in the room now")
    with house.verbs():
        assert [one.text for one in drafts.drafts(ref).values()] == ["calm in the room now"]


def test_lines_typed_while_the_server_is_away_are_marked_hold_the_signature_and_are_sent_when_it_is_back(
    house: House, opened: Open, ref: str
) -> None:
    page = opened("Marc D.", f"/shifts/{ref}", **CALM)
    sign, held = page.get_by_role("button", name="Sign and hand over"), page.locator("#sign-held")
    at = line(page, "waiting")
    house.stop()
    page.locator(at).fill("busy, four waiting")
    page.get_by_label("Situation, add a line").fill("the fan is loud")
    marks = page.locator(".sbar-line[data-unkept]")
    expect(marks).to_have_count(2)
    expect(marks.first).to_contain_text("not kept yet")
    expect(page.locator(".toast")).to_contain_text("this line is not kept yet")
    expect(held).to_contain_text("Situation, line from the log · Situation, add a line")
    expect(sign).to_have_attribute("aria-disabled", "true")
    assert faults(page, "lines that are not kept yet") == []
    sign.click(force=True)
    expect(page.locator("#toasts")).not_to_contain_text("Nothing was entered")
    house.start()
    expect(marks).to_have_count(0, timeout=20_000)
    expect(held).to_be_hidden()
    with house.verbs():
        assert {row.text for row in drafts.drafts(ref).values()} == {"busy, four waiting", "the fan is loud"}
    sign.click()
    expect(page.locator("#handover")).to_contain_text("the fan is loud")
    expect(page.locator("#sign")).to_contain_text("signed by Marc D.")


def test_sign_pressed_while_the_last_words_are_on_their_way_signs_them(opened: Open, ref: str) -> None:
    page = opened("Marc D.", f"/shifts/{ref}", **CALM)
    page.get_by_label("Incoming lead has read it back").select_option("Amina K.")
    page.get_by_label("PIN of the incoming lead").fill(PINS["Amina K."])
    page.get_by_label("Recommendation, add a line").press_sequentially("order gauze")
    page.get_by_role("button", name="Sign and hand over").click()
    expect(page.locator("#sign")).to_contain_text("read back by Amina K.")
    expect(page.locator("#handover")).to_contain_text("order gauze")


def test_a_line_that_was_not_kept_is_put_back_after_a_reload_and_sent_but_over_nobodys_words(
    house: House, opened: Open, ref: str
) -> None:
    marc, amina = (opened(name, f"/shifts/{ref}", **CALM) for name in ("Marc D.", "Amina K."))
    at = line(marc, "waiting")
    marc.route("**/lines/**", lambda route: route.abort())
    marc.locator(at).fill("busy, four waiting")
    marc.get_by_label("Situation, add a line").fill("the fan is loud")
    expect(marc.locator(".sbar-line[data-unkept]")).to_have_count(2)
    amina.locator(at).fill("calm in the room")
    expect(amina.locator(f"{at}-kept")).to_contain_text("kept")
    # Still away when the page comes back: the first page would send them again by itself before it goes.
    marc.reload()
    expect(marc.get_by_label("Situation, add a line")).to_have_value("the fan is loud")
    expect(marc.locator(at)).to_have_value("busy, four waiting")
    expect(marc.locator(".sbar-line[data-unkept]")).to_have_count(2)
    marc.unroute("**/lines/**")
    expect(marc.locator(f"{at}-kept")).to_contain_text("calm in the room")
    expect(marc.locator("#sign-held b")).to_have_text("Situation, line from the log")
    with house.verbs():
        assert {row.text for row in drafts.drafts(ref).values()} == {"calm in the room", "the fan is loud"}
    marc.get_by_role("button", name="Keep").click()
    expect(marc.locator("#sign-held")).to_be_hidden()
    with house.verbs():
        assert {row.text for row in drafts.drafts(ref).values()} == {"busy, four waiting", "the fan is loud"}


def test_new_facts_are_offered_beside_a_line_that_was_edited(house: House, opened: Open, ref: str) -> None:
    page = opened("Marc D.", f"/shifts/{ref}", **CALM)
    at = line(page, "waiting")
    page.locator(at).fill("busy, four waiting")
    expect(page.locator(f"{at}-kept")).to_contain_text("kept")
    with house.verbs() as now:
        factories.arrive(now - timedelta(seconds=1))
    page.get_by_role("link", name="Show them").click()
    expect(page.locator(at)).to_have_value("busy, four waiting")
    expect(page.locator("#handover")).to_contain_text("The log says now: 8 in places, 5 waiting")
    assert faults(page, "a line with a newer one beside it") == []
    page.get_by_role("button", name="Use the log’s line").click()
    expect(page.locator(at)).to_have_value("8 in places, 5 waiting, 2 in aftercare.")


def test_the_paper_is_a4_and_holds_every_line(opened: Open, ref: str) -> None:
    page = opened("Marc D.", f"/shifts/{ref}", **CALM)
    long = "word " * 80 + "end"
    page.get_by_label("Assessment, add a line").fill(long)
    expect(page.locator("#handover")).to_contain_text("kept")
    page.reload()
    shown = page.evaluate(
        "[...document.querySelectorAll('.sbar textarea')].every(t => t.scrollHeight <= t.clientHeight + 2)"
    )
    assert shown
    page.emulate_media(media="print")
    assert page.evaluate(
        "[...document.querySelectorAll('.sbar textarea')].every(t => t.scrollHeight <= t.clientHeight + 2)"
    )
    expect(page.locator("header.bar")).to_be_hidden()
    expect(page.get_by_role("button", name="Sign and hand over")).to_be_hidden()
    with pikepdf.open(io.BytesIO(page.pdf(prefer_css_page_size=True))) as paper:
        sizes = {(round(float(one.mediabox[2])), round(float(one.mediabox[3]))) for one in paper.pages}
        assert sizes == {A4} and len(paper.pages) <= 3


def sheets(page: Page) -> list[str]:
    """What each printed sheet says, without its spaces."""
    found = []
    with pikepdf.open(io.BytesIO(page.pdf(prefer_css_page_size=True))) as paper:
        for one in paper.pages:
            fonts = {str(name): letters(font) for name, font in one.Resources.Font.items()}
            said, known = "", dict[int, str]()
            for operands, operator in pikepdf.parse_content_stream(one):
                if str(operator) == "Tf":
                    known = fonts[str(operands[0])]
                for piece in operands[0] if str(operator) == "TJ" else operands:
                    if str(operator) in ("Tj", "TJ") and isinstance(piece, pikepdf.String):
                        codes = bytes(piece)
                        pairs = zip(codes[::2], codes[1::2], strict=False)
                        said += "".join(known.get(high * 256 + low, "") for high, low in pairs)
            found.append("".join(said.split()))
    return found


def letters(font: pikepdf.Object) -> dict[int, str]:
    """What each code of a font of the browser stands for."""
    words = font.ToUnicode.read_bytes().decode()
    known = {}
    for first, last, letter in re.findall(r"<(\w{4})> <(\w{4})> <(\w{4})>", words):
        known |= {
            int(first, 16) + n: chr(int(letter, 16) + n) for n in range(int(last, 16) - int(first, 16) + 1)
        }
    return known | {
        int(code, 16): chr(int(letter, 16))
        for code, letter in re.findall(r"^<(\w{4})> <(\w{4})>$", words, re.M)
    }


def test_every_sheet_says_of_what_it_is_and_which_of_how_many(house: House, opened: Open, ref: str) -> None:
    page = opened("Marc D.", f"/shifts/{ref}", **CALM)
    drafted = sheets(page)
    for n, said in enumerate(drafted, 1):
        for words in (
            "JuniperStreet",
            "Dayshift,",
            "07:00",
            "19:00",
            "Draft,notsigned",
            f"{n}of{len(drafted)}",
        ):
            assert words in said, (n, words)
        assert len(said) > 300 and "Count" not in said and "Signandhandover" not in said
    page.get_by_role("button", name="Sign and hand over").click()
    expect(page.locator("#sign")).to_contain_text("not read back")
    with house.verbs():
        digest = queries.version(ref, 1).digest
    for n, said in enumerate(sheets(page), 1):
        assert "Signed,version1" in said and digest in said, n


def test_a_card_on_paper_is_whole_and_has_its_four_borders(opened: Open, ref: str) -> None:
    page = opened("Marc D.", f"/shifts/{ref}", **CALM)
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 703, "height": 1000})
    cards = page.evaluate(
        "[...document.querySelectorAll('.panel, .kpis')].map(one => [getComputedStyle(one).breakInside, "
        "innerWidth - one.getBoundingClientRect().right])"
    )
    assert {whole for whole, _ in cards} == {"avoid"}
    assert min(room for _, room in cards) > 1


@pytest.mark.parametrize("width", [768, 1366])
def test_no_shift_page_is_wider_than_its_screen(opened: Open, ref: str, width: int) -> None:
    page = opened("Marc D.", f"/shifts/{ref}", **CALM)
    page.set_viewport_size({"width": width, "height": 1024})
    for path in (f"/shifts/{ref}", "/shifts"):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
