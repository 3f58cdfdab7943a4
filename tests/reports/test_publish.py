"""Publishing: once per version, true to the record, in the ledger before it is on the shelf."""

import hashlib
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from sitelog.ground.access import SCHEDULER
from sitelog.ground.errors import Broken, Refused, Unknown
from sitelog.reports import actions, queries, shelf
from sitelog.reports.models import CellTruth, Release, ReleaseCell
from sitelog.store.db import db
from sitelog.store.transaction import transaction
from sitelog.trail import queries as trail
from sitelog.trail.verify import verify
from tests.formats.reader import text_of
from tests.reports.scene import (
    MORNING,
    NEXT_MORNING,
    ON,
    audiences,
    busy_day,
    content,
    left_waiting,
    publish,
    referred,
    response_at,
)

HOUR = timedelta(hours=1)


def figures(release: Release) -> dict[str, int | None]:
    """Every printed number by its place: "table/row/column"."""
    found = queries.figures(Release.id == release.id)
    return {"/".join(one.where): getattr(one.cell, "value", None) for one in found}


def test_the_numbers_are_those_of_the_record(app: Flask) -> None:
    busy_day(12, injecting=8)
    response_at(MORNING + 4 * HOUR, doses=2)
    response_at(MORNING + 10 * HOUR, "4", doses=0)
    left_waiting(MORNING + 2 * HOUR)
    referred(MORNING)
    shown = figures(publish())
    assert {place: value for place, value in shown.items() if place.startswith("bands/all")} == {
        "bands/all/accesses": 15,
        "bands/all/episodes": 14,
        "bands/all/consumptions": 14,
    }
    assert (shown["classes/opioid/consumptions"], shown["classes/stimulant/consumptions"]) == (10, 4)
    assert (shown["routes/injected/consumptions"], shown["routes/inhaled/consumptions"]) == (10, 4)
    assert (shown["tiers/4/responses"], shown["tiers/2/responses"], shown["tiers/all/responses"]) == (1, 1, 2)
    assert shown["pathways/opioid/responses"] == 2
    assert shown["also/naloxone_doses/count"] == 2
    assert shown["incidents/left_before_service/count"] == 1
    assert (shown["referrals/offered/count"], shown["referrals/made/count"]) == (1, 0)
    assert shown["rates/responses_per_episodes/rate"] == 143
    assert shown["lines/all/response"] == 2


def test_a_death_cannot_be_told_by_taking_the_lines_from_the_responses(app: Flask) -> None:
    busy_day(24)
    response_at(MORNING + 4 * HOUR, doses=2)
    response_at(MORNING + 10 * HOUR, "4", doses=3, outcome="death")
    release = publish()
    shown = figures(release)
    assert shown["tiers/all/responses"] == 2
    assert {value for place, value in shown.items() if place.startswith("lines/")} == {None}
    assert "Incident lines are told only of days of which all can be told and nobody be found." in text_of(
        content(release)
    )


def test_asking_twice_publishes_once(app: Flask) -> None:
    busy_day(6)
    first, links = publish(), trail.last_seq()
    assert publish(at=NEXT_MORNING + HOUR).id == first.id
    assert trail.last_seq() == links


def test_everybody_who_publishes_at_once_gets_the_one_that_was_published(app: Flask) -> None:
    busy_day(6)
    start = threading.Barrier(4)

    def run(_: int) -> int:
        with app.app_context():
            try:
                start.wait()
                return publish().id
            finally:
                db.session.remove()

    with ThreadPoolExecutor(4) as pool:
        ids = set(pool.map(run, range(4)))
    assert len(ids) == 1
    assert db.session.scalar(select(func.count()).select_from(Release)) == 1
    assert [path.name for path in shelf.folder().iterdir()] == ["daily-2026-11-17-funder-v1.pdf"]


def test_the_file_on_the_shelf_is_the_one_the_ledger_names(app: Flask) -> None:
    release = publish()
    path = actions.file_of(release)
    assert hashlib.sha256(path.read_bytes()).hexdigest() == release.sha256
    assert path.stat().st_mode & 0o077 == 0


def test_a_file_that_a_restored_ledger_does_not_know_is_set_aside_and_not_written_over(app: Flask) -> None:
    name = "daily-2026-11-17-funder-v1.pdf"
    shelf.hand_out(shelf.put_by(name, b"published before"), name)
    release = publish()
    before = hashlib.sha256(b"published before").hexdigest()[:12]
    assert shelf.read(name, release.sha256)
    assert (shelf.folder() / f"daily-2026-11-17-funder-v1-{before}.pdf").read_bytes() == b"published before"


def test_a_file_changed_on_the_disk_is_not_handed_out(app: Flask) -> None:
    release = publish()
    actions.file_of(release).write_bytes(b"%PDF-1.7 something else")
    with pytest.raises(Broken):
        actions.file_of(release)


def test_a_file_that_is_gone_is_said_to_be_gone(app: Flask) -> None:
    release = publish()
    actions.file_of(release).unlink()
    with pytest.raises(Unknown, match="backup"):
        actions.file_of(release)


def test_a_publication_is_a_link_of_the_chain_and_every_printed_figure_hangs_on_it(app: Flask) -> None:
    release = publish()
    link = trail.link(release.link_seq)
    assert (link.kind, link.subject, link.actor) == (
        "report.published",
        "daily-2026-11-17-funder-v1",
        SCHEDULER.ref,
    )
    cells = trail.rows_of(link, ReleaseCell)
    truths = db.session.scalar(select(func.count()).select_from(CellTruth))
    assert len(cells) == truths and len(cells) > 40
    assert verify().count == trail.last_seq()


def test_the_digest_printed_is_that_of_the_last_link_counted(app: Flask) -> None:
    busy_day(2)
    last = trail.last()
    release = publish()
    assert last is not None
    assert (release.digest, release.through_seq) == (last.mac.hex(), last.seq)
    assert release.digest in text_of(content(release)).replace(" ", "")


@pytest.mark.parametrize("on", [date(2026, 11, 18), date(2026, 11, 19), date(2027, 1, 1)])
def test_a_day_that_is_not_over_is_refused(app: Flask, on: date) -> None:
    with pytest.raises(Refused, match="not over"):
        publish(on)
    assert publish(date(2026, 11, 17), at=datetime(2026, 11, 18, 9, tzinfo=UTC)).version == 1


def test_a_day_before_the_site_was_there_is_refused(app: Flask) -> None:
    with pytest.raises(Refused, match="nothing on record"):
        publish(date(2026, 10, 31))


def test_an_audience_or_a_report_the_site_does_not_have_is_named(app: Flask) -> None:
    with pytest.raises(Unknown, match="funder"):
        publish(audience="police")
    with pytest.raises(Unknown, match="daily"):
        actions.publish("hourly", ON, "funder", by=SCHEDULER, at=NEXT_MORNING)


def test_a_report_is_not_published_inside_a_transaction_that_may_roll_back(app: Flask) -> None:
    with pytest.raises(RuntimeError), transaction():
        publish()
    assert list(shelf.folder().iterdir()) == []


def test_two_audiences_have_their_own_versions_and_policies(app: Flask) -> None:
    audiences(funder="partner", city={"preset": "public", "k": 15})
    busy_day(20)
    response_at(MORNING + HOUR)
    ours, theirs = publish(), publish(audience="city")
    assert (ours.policy, ours.k, theirs.policy, theirs.k) == ("partner", 5, "public", 15)
    assert ours.file_name != theirs.file_name
    assert figures(ours)["lines/all/response"] == 1
    assert figures(theirs)["lines/all/none"] is None
    assert "Public reports have no incident lines." in text_of(content(theirs))


def test_figures_are_protected_against_all_that_was_printed_for_the_period_whoever_it_was_for(
    app: Flask,
) -> None:
    audiences(funder="partner", city="partner")
    publish(date(2026, 11, 16))
    publish()
    known = queries.released_around(ON, ON)
    assert {(one.release, one.audience) for one in known} == {("daily-2026-11-17-v1", "funder")}
    assert all(one.truth == one.cell.value for one in known if hasattr(one.cell, "value"))
