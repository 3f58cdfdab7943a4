"""What must not leave the house is in no byte of the file, its name, the ledger's errors or the logs."""

import base64
import io
import re
import socket
from datetime import timedelta
from pathlib import Path

import pikepdf
from flask import Flask

from sitelog.alerts import actions as alerts
from sitelog.alerts.rules import Alert
from sitelog.ground.access import Actor, Role
from sitelog.incidents import actions as incidents
from sitelog.incidents.rules import Happening, Words
from sitelog.people import actions as people
from sitelog.reports import making, queries, shelf
from sitelog.reports.catalog import DAILY
from sitelog.reports.models import Release
from sitelog.responses import actions as responses
from sitelog.site import actions as places
from sitelog.site import defaults
from sitelog.site import queries as site
from sitelog.store.transaction import transaction
from sitelog.tally.collect import collect
from sitelog.visits import actions as visits
from tests.factories import DOWN, said, seated
from tests.formats.reader import text_of
from tests.reports.scene import (
    MORNING,
    NEXT_MORNING,
    ON,
    busy_day,
    configure,
    content,
    publish,
    response_at,
    streams,
)

HANDLE, STAFF, NOTE, PLACE = "Zwartbles", "Quenby Thistlewood", "kestrel over the yard", "Marmalade nook"
HOUR = timedelta(hours=1)


def marked_day() -> Release:
    """A day in which everything that could be told apart carries a word found nowhere else."""
    booth = {"code": "Q7", "label": PLACE, "kind": "injection", "room": "injection", "limit_minutes": 25}
    configure(places=[*defaults.PLACES, {**booth, "check_minutes": 5, "routes": ["inject"]}])
    busy_day(22, mark=HANDLE)
    staff = Actor("S77", STAFF, "QT", Role.NURSE)
    when = MORNING + 7 * HOUR + timedelta(minutes=13)
    visit = seated(when, "Q7", f"{HANDLE}-x", by=staff)
    made = responses.start("place", "Q7", visit, **said(when + timedelta(minutes=2), staff))
    responses.give_naloxone(made.ref, 400, "intramuscular", **said(when + timedelta(minutes=4), staff))
    responses.note(made.ref, NOTE, **said(when + timedelta(minutes=5), staff))
    responses.close(made.ref, "recovered", note=NOTE, **said(when + timedelta(minutes=30), staff))
    hurt = Happening("physical", "Q7", ties=[visit, made.ref])
    ref = incidents.log(hurt, note=NOTE, **said(when + timedelta(minutes=40), staff)).ref
    incidents.write(ref, Words(f"{NOTE}, {HANDLE}"), **said(when + timedelta(minutes=41), staff))
    drugs = Alert(NOTE, advice=HANDLE, since_on=ON)
    alerts.write(drugs, **said(when + timedelta(minutes=50), staff))
    places.take_out_of_service("Q7", "cleaning", note=NOTE, **said(when + timedelta(minutes=51), staff))
    places.put_back_in_service("Q7", **said(when + timedelta(minutes=97), staff))
    return publish()


def spellings(word: str) -> list[bytes]:
    """A word as it could stand in a file: in the usual encodings, spelled in hex, in base64 at any offset."""
    plain = [word.encode(), word.encode("utf-16-be"), word.encode("utf-16-le")]
    coded = [form for one in plain for form in (one.hex().encode(), one.hex().upper().encode())]
    shifted = [base64.b64encode(b" " * n + one)[4:-4] for one in plain for n in range(3)]
    return [*plain, *coded, *shifted]


def test_no_canary_is_in_any_byte_of_the_file(app: Flask, instance: Path) -> None:
    release = marked_day()
    file = content(release)
    everywhere = file + streams(file) + text_of(file).encode()
    # A host called "vm" would be found in any large file by chance.
    host = [name for name in [socket.gethostname()] if len(name) > 7]
    words = [HANDLE, STAFF, "Thistlewood", NOTE, PLACE, str(instance), *host]
    assert [(word, form) for word in words for form in spellings(word) if form in everywhere] == []
    assert not {"S77", "Q7", "QT", "V0001", "R0001", "I0001", "A0001"} & set(
        re.findall(r"\w+", text_of(file))
    )


def test_no_clock_time_of_an_event_is_in_the_text(app: Flask) -> None:
    words = text_of(content(marked_day()))
    clocks = set(re.findall(r"\b\d\d:\d\d\b", words))
    # The edges of the parts of the day, of the day itself, and the as-of time; nothing that happened.
    assert clocks == {
        "04:00", "06:59", "07:00", "11:59", "12:00", "16:59", "17:00", "21:59", "22:00", "03:59", "09:00",
    }  # fmt: skip


def test_the_name_of_the_file_says_kind_date_audience_and_version_only(app: Flask) -> None:
    marked_day()
    assert [path.name for path in shelf.folder().iterdir()] == ["daily-2026-11-17-funder-v1.pdf"]


def test_the_description_of_the_file_holds_the_period_and_not_the_moment_it_was_made(app: Flask) -> None:
    with pikepdf.open(io.BytesIO(content(marked_day()))) as pdf:
        info = {str(name): str(value) for name, value in pdf.docinfo.items()}
    assert all("20261118" in value for name, value in info.items() if name.endswith("Date"))
    assert info["/Title"].startswith("Daily incident report")


def test_every_number_in_the_text_is_in_the_ledger_or_in_the_words_around_it(app: Flask) -> None:
    busy_day(23, injecting=17)
    response_at(MORNING + 8 * HOUR, doses=3)
    release = publish()
    listed = {
        str(one.cell.value) for one in queries.figures(Release.id == release.id) if hasattr(one.cell, "value")
    }
    quiet = text_of(
        making.make(DAILY, ON - timedelta(days=1), "funder", 1, [], NEXT_MORNING, release.digest)[1]
    )
    around = set(re.findall(r"\d+", quiet)) | {"17", "18", "16"}
    assert set(re.findall(r"\d+", text_of(content(release)))) <= listed | around


def test_forty_visits_of_one_person_never_read_as_forty_people(app: Flask) -> None:
    ref = people.register("often", **said(MORNING)).ref
    with transaction():
        for n in range(40):
            at = MORNING + n * timedelta(minutes=10)
            visit = visits.check_in(DOWN, person=ref, **said(at)).ref
            visits.seat(visit, "1", **said(at))
            visits.leave(visit, **said(at + timedelta(minutes=9)))
    response_at(MORNING + 8 * HOUR)
    release = publish()
    # One person is no crowd: the day's line says nothing at all, and no figure counts people.
    lines = [one for one in queries.figures(Release.id == release.id) if one.where[0] == "lines"]
    assert [(one.where[1], type(one.cell).__name__) for one in lines] == [("all", "Withheld")]
    assert "Incident lines are told only of days of which all can be told and nobody be found." in text_of(
        content(release)
    )


def test_the_pseudonyms_of_one_collection_are_unknown_to_the_next(app: Flask) -> None:
    busy_day(3)
    window = site.calendar().day(ON)
    first, second = ({fact.person for fact in collect(window, site.book()).facts} for _ in range(2))
    assert not (first & second) - {None}


def test_facts_know_no_handle_place_staff_or_minute(app: Flask) -> None:
    busy_day(3, mark=HANDLE)
    response_at(MORNING + HOUR)
    told = repr(collect(site.calendar().day(ON), site.book()).facts)
    for word in (HANDLE, "S01", "Amina", "V0001", "R0001", "Booth", "14:", "datetime.datetime"):
        assert word not in told
