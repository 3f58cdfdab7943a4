"""A claim is one write: of many who try one has it; only the owner may finish; a dead one's lease lapses."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from flask import Flask

from sitelog.jobs import queries, receipts
from sitelog.jobs.due import LEASE, Owed
from sitelog.jobs.models import Receipt
from sitelog.store.db import db

pytestmark = pytest.mark.both_databases


def thing(at: datetime, period: str = "2026-11-16") -> Owed:
    return Owed(at, "daily.funder", period)


def receipt(owed: Owed) -> Receipt:
    db.session.rollback()
    found = db.session.get(Receipt, (owed.job, owed.period), populate_existing=True)
    assert found is not None
    return found


def test_of_many_who_claim_at_once_one_has_it(app: Flask, at: datetime) -> None:
    def claim(_: int) -> str | None:
        with app.app_context():
            try:
                return receipts.claim(thing(at), at)
            finally:
                db.session.remove()

    with ThreadPoolExecutor(8) as pool:
        owners = [owner for owner in pool.map(claim, range(16)) if owner]
    assert len(owners) == 1
    assert receipt(thing(at)).owner == owners[0]


def test_what_is_done_is_never_claimed_again(app: Flask, at: datetime) -> None:
    owner = receipts.claim(thing(at), at)
    assert owner and receipts.finish(thing(at), owner, at)
    for later in (at, at + timedelta(days=400), at - timedelta(days=400)):
        assert receipts.claim(thing(at), later) is None


def test_a_dead_owner_holds_its_work_only_for_the_lease(app: Flask, at: datetime) -> None:
    dead = receipts.claim(thing(at), at)
    assert receipts.claim(thing(at), at + LEASE - timedelta(seconds=1)) is None
    alive = receipts.claim(thing(at), at + LEASE)
    assert dead and alive and receipt(thing(at)).attempts == 2
    # The one that was thought dead may wake up: it can neither finish nor fail what is no longer its own.
    assert not receipts.finish(thing(at), dead, at + LEASE)
    assert not receipts.fail(thing(at), dead, "late", at + LEASE)
    assert receipts.finish(thing(at), alive, at + LEASE)


def test_a_lease_from_before_the_clock_jumped_back_does_not_hold_for_a_day(app: Flask, at: datetime) -> None:
    receipts.claim(thing(at), at + timedelta(days=1))
    assert receipts.claim(thing(at), at)


def test_a_failure_is_kept_and_rests_before_it_is_tried_again(app: Flask, at: datetime) -> None:
    owner = receipts.claim(thing(at), at)
    assert owner and receipts.fail(thing(at), owner, "OSError: No space left on device", at)
    kept = receipt(thing(at))
    assert (kept.error, kept.failed_at, kept.done_at) == ("OSError: No space left on device", at, None)
    assert receipts.claim(thing(at), at + timedelta(seconds=59)) is None
    again = receipts.claim(thing(at), at + timedelta(seconds=60))
    assert again and receipts.finish(thing(at), again, at + timedelta(seconds=60))
    assert receipt(thing(at)).error is None


def test_other_periods_are_free_while_one_is_held(app: Flask, at: datetime) -> None:
    assert receipts.claim(thing(at), at)
    assert receipts.claim(thing(at, "2026-11-15"), at)


def test_the_last_one_done_is_the_newest_also_after_older_ones_were_caught_up(
    app: Flask, at: datetime
) -> None:
    for n, period in enumerate(("2026-11-16", "2026-11-09")):
        when = at + timedelta(minutes=n)
        owner = receipts.claim(thing(at, period), when)
        assert owner and receipts.finish(thing(at, period), owner, when)
    [last] = [one.last for one in queries.listing(at) if one.code == thing(at).job]
    assert last is not None and last.period == "2026-11-16"
