"""The hand-over letter: what the service needs, for the person to carry; nothing of the log is in it."""

from datetime import datetime
from typing import Any

import page
import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from sitelog.ground.access import Actor, Role
from sitelog.referrals import actions
from sitelog.store.db import db
from sitelog.trail import queries as trail
from tests import factories
from tests.formats.reader import text_of
from tests.referrals.test_views import signed_in

pytestmark = pytest.mark.usefixtures("directory")
TYPED = {
    "name": "Mari",
    "sender": "Bayview Health",
    "words": "I sleep badly.\n\nMornings are best.",
    "ask_for": "0123",
}


@pytest.fixture(autouse=True)
def the_evening(at: datetime):
    """The clock stands at the moment the tests speak of."""
    with time_machine.travel(at, tick=False):
        yield


@pytest.fixture
def desk(app: Flask, nurse: Actor) -> FlaskClient:
    """A browser at which the nurse is signed in."""
    return signed_in(app, nurse)


@pytest.fixture
def ref(app: Flask, at: datetime) -> str:
    """A referral of somebody with a handle, made on a visit, with a note."""
    visit = factories.seated(at, place="3", handle="Juniper")
    words: dict[str, Any] = factories.said(at) | {"note": "smells of smoke"}
    return actions.offer("methadone", visit=visit, **words).ref


def letter(desk: FlaskClient, ref: str, **typed: str) -> bytes:
    answer = desk.post(f"/referrals/{ref}/letter", data=TYPED | typed)
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    return answer.data


def test_the_letter_says_the_service_and_what_was_typed(desk: FlaskClient, ref: str) -> None:
    words = text_of(letter(desk, ref))
    for said in (
        "Mari comes to you",
        "Methadone",
        "Mon–Sat 8–16",
        "I sleep badly.",
        "Bayview Health",
        "0123",
    ):
        assert said in words


def test_opening_hours_and_beds_are_said_each_under_its_own_words(desk: FlaskClient, at: datetime) -> None:
    said = {}
    for service in ("detox", "scholarship"):
        made = actions.offer(service, **factories.said(at)).ref
        said[service] = text_of(letter(desk, made))
    assert "Opening hours 24 h" in " ".join(said["detox"].split()) and "beds" not in said["detox"]
    assert "Seats or beds 3" in " ".join(said["scholarship"].split())


def test_nothing_of_the_log_is_in_it(desk: FlaskClient, ref: str) -> None:
    data = letter(desk, ref)
    words = text_of(data)
    for kept in ("Juniper", "smells of smoke", ref, "V0001", "Booth", "Amina", "consumption", "overdose"):
        assert kept not in words
        assert kept.encode() not in data


def test_without_a_name_it_names_nobody(desk: FlaskClient, ref: str) -> None:
    assert "Whoever brings this letter" in text_of(letter(desk, ref, name=""))


def test_its_file_is_called_a_letter_and_nothing_else(desk: FlaskClient, ref: str) -> None:
    answer = desk.post(f"/referrals/{ref}/letter", data=TYPED)
    assert ref not in answer.headers["Content-Disposition"]
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("profile", ["ua1", "2a"])
def test_it_keeps_the_standards_for_reading_aloud_and_for_keeping(
    desk: FlaskClient, ref: str, profile: str
) -> None:
    long = "\n".join(f"Line {n} of what they want said." for n in range(40))
    for data in (letter(desk, ref), letter(desk, ref, words=long[:1000])):
        assert page.validate_pdf_bytes(data, profile=profile).failures == []


def test_printing_is_in_the_trail_and_its_words_are_nowhere(
    desk: FlaskClient, ref: str, instance: Any
) -> None:
    before = trail.last_seq()
    letter(desk, ref, words="zebra crossing words")
    assert trail.recent(1)[0].kind == "referral.letter_printed"
    assert trail.last_seq() == before + 1
    db.session.remove()
    kept = [path for path in instance.rglob("*") if path.is_file() and b"zebra crossing" in path.read_bytes()]
    assert kept == []


def test_too_long_a_text_is_said_and_kept(desk: FlaskClient, ref: str) -> None:
    answer = desk.post(f"/referrals/{ref}/letter", data=TYPED | {"words": "y" * 1001})
    assert answer.status_code == 422
    assert "y" * 1001 in answer.text


def test_markup_and_other_scripts_are_printed_as_typed(desk: FlaskClient, ref: str) -> None:
    words = text_of(letter(desk, ref, name="<b>Žofie & Søren</b>"))
    assert "<b>Žofie & Søren</b>" in words


def test_a_funder_prints_no_letter(app: Flask, ref: str) -> None:
    funder = Actor("S08", "Harbour Fund", "HF", Role.FUNDER, "funder")
    assert signed_in(app, funder).get(f"/referrals/{ref}/letter").status_code == 403


def test_a_letter_of_no_referral_is_not_found(desk: FlaskClient) -> None:
    assert desk.get("/referrals/F9999/letter").status_code == 404
