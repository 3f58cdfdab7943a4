"""Which help belongs to which screen: one table; a screen that is in no line of it fails a house test."""

from dataclasses import dataclass

from sitelog.ground.access import Permission
from sitelog.ground.words import N_
from sitelog.help.page import Page
from sitelog.help.pages import desk, door, emergency, given, happenings, office

SECTIONS = {
    "desk": N_("At the desk"),
    "given": N_("People and what they are given"),
    "besides": N_("What happens besides"),
    "office": N_("Reports and the house"),
    "door": N_("You and this desk"),
}


@dataclass(frozen=True)
class Topic:
    """A help page and its screens, by the endpoint that answers each (`visits.arrive`).

    Whoever may open one of the screens may read it; a page without a screen says `may`.
    """

    code: str
    section: str
    page: Page
    screens: tuple[str, ...]
    may: Permission | None = None


def _all(blueprint: str, *views: str) -> tuple[str, ...]:
    return tuple(f"{blueprint}.{view}" for view in views)


TOPICS: tuple[Topic, ...] = (
    Topic("board", "desk", desk.BOARD, _all("board", "board", "note", "out_of_service")),
    Topic("arrive", "desk", desk.ARRIVE, _all("visits", "arrive", "search")),
    Topic(
        "visit",
        "desk",
        desk.VISIT,
        _all("visits.acts", "visit", "act", "again", "check", "left", "seat"),
    ),
    Topic(
        "response",
        "desk",
        emergency.RESPONSE,
        (
            *_all("responses", "index", "start", "response", "timeline", "late", "note", "close", "duty"),
            *_all("responses", "no_overdose_sheet", "place_sheet", "step_sheet", "vitals_sheet"),
        ),
    ),
    Topic(
        "corrections",
        "desk",
        desk.CORRECTIONS,
        (
            "board.amend_note",
            *_all("visits.amend", "amend", "strike"),
            *_all("responses", "amend", "strike"),
            *_all("people.person_entries", "amend", "strike"),
            *_all("supplies", "amend", "strike"),
            *_all("services", "amend", "strike"),
            *_all("services.sessions", "amend", "strike"),
            *_all("referrals.referral_entries", "amend", "strike"),
            *_all("incidents.incident_corrections", "amend", "strike"),
            *_all("alerts", "amend", "strike"),
            *_all("shifts.amend", "amend", "strike"),
        ),
    ),
    Topic(
        "people",
        "given",
        given.PEOPLE,
        (*_all("people", "register", "new", "person"), *_all("people.person_acts", "sheet", "end")),
    ),
    Topic("supplies", "given", given.SUPPLIES, _all("supplies", "stock", "item", "cylinder", "enter")),
    Topic(
        "services",
        "given",
        given.SERVICES,
        (
            *_all("services", "index", "new", "give"),
            *_all("services.sessions", "plan", "held", "cancel"),
        ),
    ),
    Topic(
        "referrals",
        "given",
        given.REFERRALS,
        _all("referrals", "index", "offer", "ladder", "hand_over_letter"),
    ),
    Topic(
        "directory",
        "given",
        given.DIRECTORY,
        _all("referrals.directory", "directory", "new", "change", "availability"),
    ),
    Topic(
        "incidents",
        "besides",
        happenings.INCIDENTS,
        _all("incidents", "index", "choose", "log", "one", "say", "take_step"),
    ),
    Topic("drug-alerts", "besides", happenings.ALERTS, _all("alerts", "index", "write")),
    Topic("shifts", "besides", happenings.SHIFTS, _all("shifts", "index", "shift", "window")),
    Topic("reports", "office", office.REPORTS, _all("reports", "index")),
    Topic("jobs", "office", office.JOBS, _all("jobs", "index")),
    Topic("trail", "office", office.TRAIL, _all("trail", "index")),
    Topic("settings", "office", office.SETTINGS, _all("site", "home", "topic", "new", "change", "changed")),
    Topic("accounts", "office", office.ACCOUNTS, _all("staff", "listed", "change")),
    Topic("import", "office", office.IMPORT, (), Permission.CONFIGURE),
    Topic("me", "door", door.ME, _all("staff", "me")),
    Topic("sign-in", "door", door.SIGN_IN, _all("staff", "sign_in", "password", "come_in", "unlock")),
)
BY_CODE = {topic.code: topic for topic in TOPICS}
OF_SCREEN = {screen: topic for topic in TOPICS for screen in topic.screens}
