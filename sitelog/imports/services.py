"""On-site services: which, to whom, and what the site's list asks to be said of each."""

from collections.abc import Iterator
from typing import Any

from sitelog.imports import cells
from sitelog.imports.cells import Listed, Reading, Several, Shown
from sitelog.imports.nouns import Check, Names, Noun, Unit, Wrong, refused
from sitelog.imports.sheets import Column, Sheet
from sitelog.services import actions as services
from sitelog.services.actions import WholeService
from sitelog.services.rules import STRIP_RESULTS, Details
from sitelog.site.rules import SiteBook


class Topic:
    """A word of the list that the service's kind names; which list that is, its rules know."""

    def allowed(self, book: SiteBook) -> list[str]:
        """The words of all these lists."""
        kinds = [one.data["topics"] for one in book.choices("on_site_service") if "topics" in one.data]
        return [word.code for kind in dict.fromkeys(kinds) for word in book.choices(kind)]

    def __call__(self, text: str, reading: Reading) -> str:
        """What was said."""
        return cells.source_id(text, reading)


SHEET = Sheet(
    "services.csv",
    "A service given at the site; which columns a kind takes is set in the site's list of services",
    (
        Column("id", cells.source_id, "What this service is called where it comes from", "example-t5"),
        Column(
            "visit",
            cells.source_id,
            "In which visit: an id of visits.csv, or V1187",
            "example-v100",
            names="visit",
        ),
        Column(
            "person",
            cells.source_id,
            "Who, if not the visit's: an id of people.csv, or P0012",
            names="person",
        ),
        Column("happened_at", cells.moment, "When", "2025-03-04 14:35", needed=True),
        Column("kind", Listed("on_site_service"), "Which service", "*", needed=True),
        Column("attending", cells.number, "How many attended, where that is counted"),
        Column("topic", Topic(), "Which test or vaccine, where that is asked"),
        Column("result_given", cells.yes_or_no, "A test: whether the result was given; never the result"),
        Column("expected", Listed("substance"), "A drug check: what it was thought to be"),
        Column("strips", Shown("strip", tuple(STRIP_RESULTS)), "A drug check: what the strips showed"),
        Column("found", Several("component"), "A drug check: what FTIR found, with spaces between"),
        Column("did", Listed("did_then"), "A drug check: what the person did then"),
        Column("note", cells.note, "Free words; they can be erased", erasable=True),
    ),
)


def make(unit: Unit, names: Names) -> WholeService:
    """The service a row tells of."""
    row = unit.row
    visit, own = names.get("visit", row["visit"]), names.id_of("person", row["person"])
    details = Details(
        attending=row["attending"],
        topic=row["topic"],
        # As at the desk: what was not said to be given was not, and of most kinds nobody asks.
        result_given=row["result_given"] or None,
        expected=row["expected"],
        strips=row["strips"] or (),
        found=row["found"] or (),
        did=row["did"],
    )
    return WholeService(
        row["kind"],
        row["happened_at"],
        details,
        visit.person_id if visit and visit.person_id is not None else own,
        visit.id if visit else None,
        row["note"],
        unit.token,
    )


def checking(reading: Reading) -> Check:
    """Refuse what the single verb of a service refuses."""

    def check(unit: Unit, whole: WholeService) -> Iterator[Wrong]:
        yield from refused(unit.row, lambda: services.check_service(whole, reading.at))

    return check


def enter(wholes: Any, **words: Any) -> int:
    """Enter them."""
    return services.enter_services(wholes, **words)


NOUN = Noun("service", SHEET, "T{:04d}", make, checking, enter)
