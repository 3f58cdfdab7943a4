"""Many entries at once: the links, seals and tokens that entries made one by one have."""

import pytest
from flask import Flask
from sqlalchemy import select

from sitelog.ground.errors import Broken
from sitelog.site import actions as site
from sitelog.site.models import PlaceService
from sitelog.store.db import db
from sitelog.store.transaction import transaction
from sitelog.trail import actions, queries
from sitelog.trail.actions import Entry, append_many, seen
from sitelog.trail.verify import verify
from tests.conftest import EVENING, NOON
from tests.factories import NURSE, said
from tests.trail.test_chain import close_booth, force

pytestmark = pytest.mark.both_databases


def closed(place: str, reason: str = "cleaning", **more: str) -> Entry:
    row = PlaceService(place_code=place, reason=reason, happened_at=NOON, by=NURSE.ref)
    return Entry("place.taken_out_of_service", place, [row], NOON, **more)


def add(*entries: Entry) -> int:
    with transaction():
        return append_many(entries, by=NURSE, at=EVENING)


def test_many_entries_stand_between_single_ones_in_one_chain(app: Flask) -> None:
    close_booth(NURSE, EVENING)
    assert add(*(closed(str(n)) for n in range(4, 8))) == 4
    site.put_back_in_service("3", **said(EVENING))
    assert verify().count == queries.last_seq() == 7
    ids = db.session.scalars(select(PlaceService.id).order_by(PlaceService.link_seq)).all()
    assert ids == list(range(1, 7))


def test_batches_hang_together(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "_AT_ONCE", 2)
    assert add(*(closed(str(n), note=f"note {n}") for n in range(1, 6))) == 5
    assert verify().count == 6
    assert queries.notes([6]) == {6: "note 5"}


def test_none_are_none(app: Flask) -> None:
    assert add() == 0
    assert verify().count == 1


def test_a_token_says_that_an_entry_was_made(app: Flask) -> None:
    add(closed("1", token="first"), closed("2"))
    with transaction():
        link = seen("first", by=NURSE)
    assert link is not None and (link.subject, link.happened_at, link.at) == ("1", NOON, EVENING)


def test_a_changed_row_breaks_the_chain_at_its_link(app: Flask) -> None:
    add(closed("1"), closed("2"), closed("3"))
    force("UPDATE place_service SET reason = 'broken' WHERE place_code = '2'")
    with pytest.raises(Broken, match="link 3 "):
        verify()


def test_many_entries_too_are_made_in_a_transaction(app: Flask) -> None:
    with pytest.raises(RuntimeError):
        append_many([closed("1")], by=NURSE, at=EVENING)
