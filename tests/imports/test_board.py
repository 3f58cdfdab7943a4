"""What the board says after an import: one line for all of it, and the desk's own entries beside it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from sqlalchemy import event

from sitelog.board import feed
from sitelog.board.stream import may_hear
from sitelog.ground.access import OPERATOR, Actor
from sitelog.imports import actions, queries
from sitelog.imports.catalog import SHEETS
from sitelog.referrals import actions as referrals
from sitelog.referrals.defaults import SERVICES
from sitelog.store.db import db
from sitelog.trail import queries as trail
from sitelog.visits import actions as visits
from sitelog.web.guards import Identity, load_actor_with
from tests.conftest import EVENING
from tests.factories import arrive, said

Lists = Callable[..., Path]
LATER = EVENING + timedelta(hours=1)
LINE = (
    "people 2, visits 2, consumptions 2, responses 1, steps of responses 3, referrals 1, supplies 7, "
    "services 4, incidents 3"
)


@pytest.fixture(autouse=True)
def directory(app: Flask) -> None:
    referrals.list_services(SERVICES, **said(EVENING - timedelta(days=9)))


def bring(folder: Path, at: datetime = EVENING) -> int:
    """Enter a folder; the number of the import's own entry."""
    actions.bring_along(folder, by=OPERATOR, at=at)
    return trail.last_seq()


def shown(actor: Actor) -> list[int]:
    return [entry.seq for entry in feed.last_entries(actor, LATER)]


def many(n: int) -> dict[str, str]:
    rows = "".join(f"2026-03-03 09:00,2026-03-03 09:{i % 60:02}\n" for i in range(n))
    return {"visits.csv": f"arrived_at,left_at\n{rows}"}


def test_one_line_stands_for_all_that_an_import_brought(app: Flask, lists: Lists, nurse: Actor) -> None:
    before = arrive(EVENING)
    line = bring(lists())
    assert shown(nurse) == [line, before.link_seq]
    assert feed.last_entries(nurse, LATER)[0].now == trail.Sentence(
        "Imported: %(what)s, by %(name)s", {"what": LINE, "name": "sitelog command"}
    )


def test_what_the_desk_enters_stands_above_it_until_it_has_filled_the_feed(
    app: Flask, lists: Lists, nurse: Actor
) -> None:
    before, line = arrive(EVENING).link_seq, bring(lists())
    later = [arrive(LATER).link_seq for _ in range(3)]
    assert shown(nurse) == [*reversed(later), line, before]
    for _ in range(feed.READ):
        arrive(LATER)
    assert line not in shown(nurse) and len(shown(nurse)) == feed.LENGTH


def test_two_imports_are_two_lines_and_what_was_entered_between_them_stays(
    app: Flask, lists: Lists, nurse: Actor
) -> None:
    first = bring(lists())
    between = arrive(EVENING + timedelta(minutes=1)).link_seq
    second = bring(lists(many(50)), EVENING + timedelta(minutes=2))
    assert shown(nurse) == [second, between, first]


def test_an_imported_entry_that_the_desk_strikes_is_told(app: Flask, lists: Lists, lead: Actor) -> None:
    line = bring(lists())
    left = next(link for link in trail.links_since(0) if link.kind == "visit.left_before_service")
    struck = visits.strike(left.seq, by=lead, at=LATER)
    told = feed.last_entries(lead, LATER)
    assert [entry.seq for entry in told] == [struck.seq, line]
    assert told[0].was is not None and told[0].now is None


def test_the_last_entry_of_the_desk_can_still_be_undone(app: Flask, lists: Lists, nurse: Actor) -> None:
    visit = arrive(EVENING, by=nurse)
    bring(lists())
    mine = feed.my_last(nurse, EVENING + timedelta(seconds=5))
    assert mine is not None and mine.seq == visit.link_seq


def test_a_large_import_takes_the_feed_no_more_reads_than_a_small_one(
    app: Flask, lists: Lists, nurse: Actor
) -> None:
    def reads() -> int:
        sent: list[str] = []

        def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
            sent.append(statement)

        arrive(LATER)
        event.listen(db.engine, "before_cursor_execute", note)
        feed.last_entries(nurse, LATER)
        event.remove(db.engine, "before_cursor_execute", note)
        return len(sent)

    bring(lists(many(3)))
    reads()
    few = reads()
    bring(lists(many(600)), LATER)
    # The first to read looks for where the import began, in as many steps as its length has binary digits.
    assert reads() <= few + 15
    assert reads() <= few + 2


def test_the_board_shows_the_line_and_hears_of_it(app: Flask, lists: Lists, nurse: Actor) -> None:
    bring(lists(many(2)))
    load_actor_with(app, lambda request: Identity(actor=nurse, person=nurse))
    with time_machine.travel(LATER, tick=False):
        text = app.test_client().get("/").text
    assert "Imported: visits 2, by sitelog command" in text
    assert may_hear(nurse, "import")


def test_every_file_has_its_words() -> None:
    assert set(queries.BROUGHT) == {sheet.file for sheet in SHEETS}
