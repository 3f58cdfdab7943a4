"""Every page of every role, every sheet and the lock: axe-core finds nothing, in day and night display."""

import json
import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from sqlalchemy import select

from sitelog.alerts import actions as alerts
from sitelog.alerts.rules import Alert
from sitelog.board import actions as board
from sitelog.incidents import actions as incidents
from sitelog.incidents.rules import Happening, Step
from sitelog.jobs import runner
from sitelog.people import actions as people
from sitelog.people.act_views import ACTS as PERSON_ACTS
from sitelog.responses import actions as responses
from sitelog.responses.pathways import DUTIES
from sitelog.services import actions as services
from sitelog.services.rules import Plan
from sitelog.shifts import actions as shifts
from sitelog.shifts import queries as shift_queries
from sitelog.site import queries as site
from sitelog.staff import door, gate
from sitelog.store.db import db
from sitelog.supplies import actions as supplies
from sitelog.supplies.rules import Level, Receipt
from sitelog.trail.models import Link
from tests import factories
from tests.board import scene
from tests.browser.conftest import Open
from tests.browser.house import PINS, House
from tests.pages import NO_PAGES

# What the display changes is its colours; everything else axe looks at is the same day and night.
RULES = {"day": {}, "night": {"runOnly": ["color-contrast", "link-in-text-block"]}}
# Everything else answers 200.
ERRORS = {
    ("Marc D.", "/shifts/window"): 422,
    **{("Marc D.", path): 404 for path in ("/nowhere", "/visits/V9999")},
    **{("Amina K.", "/jobs"): 403, ("Fay F.", "/jobs"): 403},
    **{("Ada A.", "/reports"): 403, ("", "/nowhere"): 404},
}
CALM = {"reduced_motion": "reduce"}
# A lead's pages are so many that several workers share them.
PARTS = 6
FEW = ("Amina K.", "Fay F.", "Ada A.", "")


@pytest.fixture(scope="module")
def house(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A house in the evening: every state of a place, responses on two pathways, referrals, reports."""
    made = House(Path(shutil.copytree(built, tmp_path_factory.mktemp("busy") / "instance")))
    with made.verbs() as at:
        runner.run_all(lambda: at)
        _evening(at)
    made.start()
    yield made
    made.close()


def _evening(at: datetime) -> None:
    scene.evening(at)
    crystal = responses.start("washroom", None, **factories.said(at - timedelta(minutes=3)))
    responses.set_pathway(crystal.ref, "stimulant", **factories.said(at))
    board.note("the door of booth 4 sticks", **factories.said(at))
    factories.referral_offered(at)
    services.give("food", **factories.said(at))
    services.plan(Plan("support_group", at, "group_room"), **factories.said(at))
    people.set_alert("P0001", "hard_to_rouse", note="count the breaths", **factories.said(at))
    today = site.calendar().day_of(at)
    people.restrict("P0001", "theft", today, today + timedelta(days=3), **factories.said(at))
    supplies.receive(Receipt("foil", 3, "F1", today), **factories.said(at))
    incidents.log(Happening("exposure", "3", ties=[crystal.ref]), **factories.said(at))
    incidents.take_step("I0001", Step("wash"), **factories.said(at))
    alerts.write(Alert("Purple down", "Oxygen first.", today), **factories.said(at))
    supplies.set_cylinder(Level("2", "in_use", 20), **factories.said(at))
    shifts.tick(shift_queries.running(at)[-1].ref, "oxygen", True, 85, **factories.said(at))


def paths(house: House) -> dict[str, list[str]]:
    """The pages of each role, with one address for every page there is."""
    with house.verbs():
        links = {link.kind: link for link in db.session.scalars(select(Link))}
    seq = {kind: link.seq for kind, link in links.items()}
    visit, step = links["visit.checked"].subject, seq["response.oxygen_given"]
    acts = ("seat", "move", "check", "aftercare", "waiting", "service", "leave", "left", "again")
    sheets = ("late", "note", "close", "timeline", "place", "no-overdose", "vitals", "naloxone", "oxygen")
    desk = [
        *("/", "/arrive", "/board/note", "/board/places/5", f"/visits/{visit}", "/responses", "/referrals"),
        *(f"/visits/{visit}/{act}" for act in acts),
        *(f"/visits/entries/{seq['visit.checked']}/{do}" for do in ("amend", "strike")),
        *("/responses/R0001", "/responses/R0003", f"/responses/R0001/duties/{next(iter(DUTIES))}"),
        *(f"/responses/R0001/{sheet}" for sheet in sheets),
        f"/board/entries/{seq['board.note_written']}/amend",
        *(f"/responses/entries/{step}/{do}" for do in ("amend", "strike")),
        *("/referrals/directory", "/referrals/directory/new", "/referrals/directory/detox"),
        *("/referrals/directory/detox/availability", "/referrals/F0001/letter"),
        *("/people", "/people/new", "/people/P0001", "/arrive?person=P0013"),
        *(f"/people/P0001/{act}" for act in PERSON_ACTS),
        *(f"/people/entries/{seq['person.alert_set']}/{do}" for do in ("amend", "strike", "end")),
        *("/supplies", "/supplies/items/foil", "/supplies/oxygen/2"),
        *(f"/supplies/{sheet}" for sheet in ("exchange", "naloxone", "pick-up", "receive", "count")),
        *("/supplies/waste", "/supplies/cylinder"),
        *(f"/supplies/entries/{seq['supply.stock_received']}/{do}" for do in ("amend", "strike")),
        *("/services", "/services/new", "/services/drug_check", "/services/sessions/new"),
        *("/services/sessions/G0001/held", "/services/sessions/G0001/cancel"),
        *(f"/services/entries/{seq['service.given']}/{do}" for do in ("amend", "strike")),
        *(f"/services/sessions/entries/{seq['group.planned']}/{do}" for do in ("amend", "strike")),
        *("/shifts", f"/shifts/{links['shift.ticked'].subject}", "/shifts/window"),
        *(f"/shifts/entries/{seq['shift.ticked']}/{do}" for do in ("amend", "strike")),
        *("/incidents", "/incidents/new", "/incidents/new/exposure", "/incidents/I0001", "/alerts"),
        *(f"/incidents/I0001/{sheet}" for sheet in ("close", "tie", "note", "steps/report")),
        *(f"/incidents/entries/{seq['incident.logged']}/{do}" for do in ("amend", "strike")),
        *(f"/alerts/entries/{seq['alert.written']}/{do}" for do in ("amend", "strike")),
        "/alerts/new",
        *(
            "/referrals?new=1",
            "/referrals/F0001",
            "/reports",
            "/jobs",
            "/trail",
            "/me",
            "/nowhere",
            "/visits/V9999",
        ),
        *(f"/referrals/entries/{seq['referral.offered']}/{do}" for do in ("amend", "strike")),
        *(
            "/settings",
            "/settings/substance",
            "/settings/places/new",
            "/settings/places/3",
            "/settings/changes",
        ),
    ]
    return {
        "Marc D.": [*desk, "/help", "/help/words", "/help/response", "/help/at?path=/incidents"],
        "Amina K.": ["/", "/reports", "/me", "/jobs", "/help", "/help/roles/nurse"],
        "Fay F.": ["/", "/reports", "/me", "/jobs", "/help", "/help/reports"],
        "Ada A.": [
            "/",
            "/accounts",
            "/jobs",
            "/trail",
            "/me",
            "/reports",
            "/help/settings",
            "/help/roles/admin",
        ],
        "": ["/sign-in", "/sign-in/password", "/nowhere", "/help/sign-in"],
    }


def faults(page: Page, where: str) -> list[str]:
    """What axe-core has against this page, in day and in night display."""
    found = []
    page.evaluate(Axe().axe_script)
    for theme, only in RULES.items():
        page.evaluate("theme => { document.documentElement.dataset.theme = theme }", theme)
        options = json.dumps({"resultTypes": ["violations"], **only})
        for one in page.evaluate(f"axe.run({options}).then(results => results.violations)"):
            nodes = "; ".join(f"{node['target']} {node['html'][:120]}" for node in one["nodes"][:3])
            found.append(f"{where}, {theme}: {one['id']} ({len(one['nodes'])}): {nodes}")
    return found


@pytest.mark.parametrize(
    ("name", "nth"), [("Marc D.", n) for n in range(PARTS)] + [(name, None) for name in FEW]
)
def test_no_page_of_a_role_has_a_fault(house: House, opened: Open, name: str, nth: int | None) -> None:
    page = opened(name or None, "/sign-in/password", **CALM)
    found = []
    for path in paths(house)[name] if nth is None else paths(house)[name][nth::PARTS]:
        answer = page.goto(path)
        assert answer is not None
        assert answer.status == ERRORS.get((name, path), 200), path
        found += faults(page, path)
    assert found == []


def test_every_page_there_is_was_looked_at(house: House) -> None:
    known = house.app.url_map.bind("localhost")
    addresses = {path.partition("?")[0] for role in paths(house).values() for path in role} - {"/nowhere"}
    seen = {known.match(path)[0] for path in addresses}
    there_are = {rule.endpoint for rule in house.app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    assert there_are - seen - NO_PAGES == set()


def test_no_sheet_over_the_board_has_a_fault(opened: Open) -> None:
    page = opened("Marc D.", "/", **CALM)
    sheet = page.locator("#sheet")
    found = []
    openers = {
        "arrive": "nav.actions [data-key=a]",
        "seat": "#waiting a.btn[data-sheet]",
        "out of service": "#place-5 .who",
        "amend": "#feed a.btn[data-sheet]",
    }
    for name, opener in openers.items():
        page.locator(opener).first.click()
        expect(sheet.get_by_role("heading").first).to_be_visible()
        found += faults(page, f"sheet: {name}")
        page.keyboard.press("Escape")
        expect(sheet).to_be_hidden()
    page.keyboard.press("n")
    sheet.get_by_role("button", name="Keep").click()
    expect(sheet.locator(".error")).to_be_visible()
    found += faults(page, "sheet: a note that says nothing")
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    expect(page.locator("#help")).to_be_visible()
    found += faults(page, "keys and signs")
    page.get_by_role("link", name="Help for this screen").click()
    expect(page.locator("#help").get_by_role("heading", name="The board")).to_be_visible()
    found += faults(page, "help over the board")
    assert found == []


def test_no_sheet_over_a_response_has_a_fault(opened: Open) -> None:
    page = opened("Marc D.", "/responses/R0001", **CALM)
    sheet = page.locator("#sheet")
    found = []
    openers = ("#vitals a.btn", "#timeline a.btn", "#todo a.btn", "#duties a.btn", "#rhead a", "#ems a.btn")
    for opener in openers:
        page.locator(opener).first.click()
        expect(sheet.get_by_role("heading").first).to_be_visible()
        found += faults(page, f"sheet: {opener}")
        page.keyboard.press("Escape")
        expect(sheet).to_be_hidden()
    page.locator("#path-more summary").click()
    found += faults(page, "every pathway")
    assert found == []


def test_neither_the_lock_nor_the_way_through_it_has_a_fault(house: House, opened: Open) -> None:
    page = opened("Amina K.", "/board/note", **CALM)
    page.locator("textarea[name=words]").fill("the door of booth 4 sticks")
    page.get_by_role("button", name="Lock this desk").click()
    expect(page.locator("#lock label.tile").first).to_be_visible()
    found = faults(page, "lock")
    page.locator("#lock label.tile", has_text="Amina K.").click()
    page.keyboard.type("909090")
    expect(page.locator("#lock .error")).to_be_visible()
    found += faults(page, "lock, wrong PIN")
    page.keyboard.type(PINS["Amina K."])
    expect(page.locator("#lock")).to_be_hidden()
    found += _through_the_door(house, page)
    assert found == []


def _through_the_door(house: House, page: Page) -> list[str]:
    """A form that came after the session ended: the door that keeps it, then the form once more."""
    token = next(cookie for cookie in page.context.cookies() if cookie["name"] == gate.SESSION)
    with house.verbs() as at:
        door.sign_out(token["value"], at=at)
    page.evaluate("HTMLFormElement.prototype.submit.call(document.querySelector('main form'))")
    expect(page.get_by_text("What you just entered is kept")).to_be_visible()
    found = faults(page, "the door with a form")
    page.locator("label.tile", has_text="Amina K.").click()
    page.keyboard.type(PINS["Amina K."])
    expect(page.get_by_role("heading", name="Not saved yet")).to_be_visible()
    return found + faults(page, "the form once more")
