"""A day at the site of the tests, Tuesday 17 November 2026, and the morning on which its report is owed."""

import re
from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import pikepdf
from flask import Flask
from flask.testing import FlaskClient

from sitelog.ground.access import OPERATOR, SCHEDULER, Actor, Role
from sitelog.referrals import actions as referrals
from sitelog.referrals.defaults import SERVICES
from sitelog.reports import actions, shelf
from sitelog.reports.models import Release
from sitelog.responses import actions as responses
from sitelog.site import actions as site
from sitelog.site.queries import book
from sitelog.store.transaction import transaction
from sitelog.visits import actions as visits
from sitelog.web.guards import Identity, load_actor_with
from tests.factories import CRACK, DOWN, arrive, said, seated

ON = date(2026, 11, 17)
MORNING = datetime(2026, 11, 17, 14, tzinfo=UTC)  # 09:00 in Toronto
NEXT_MORNING = datetime(2026, 11, 18, 14, tzinfo=UTC)  # the day ended at 04:00, and five hours of grace
FUNDER = Actor("S08", "Harbour Fund", "HF", Role.FUNDER, "funder")
LEAD = Actor("S02", "Marc D.", "MD", Role.LEAD)


def publish(on: date = ON, audience: str = "funder", at: datetime = NEXT_MORNING) -> Release:
    return actions.publish("daily", on, audience, by=SCHEDULER, at=at)


def busy_day(people: int = 24, injecting: int | None = None, mark: str = "handle") -> list[str]:
    """That many people use a place one after the other, from 09:00 on every quarter of an hour; their visits.

    The first `injecting` (all, unless said otherwise) declare an opioid, the others smoke crack.
    """
    with transaction():
        return [
            _use(n, n < (people if injecting is None else injecting), f"{mark}-{n}") for n in range(people)
        ]


def _use(n: int, injects: bool, handle: str) -> str:
    at = MORNING + n * timedelta(minutes=15)
    place, asked = (str(n % 8 + 1), DOWN) if injects else ("XYZ"[n % 3], CRACK)
    ref = seated(at, place, handle, asked)
    visits.to_aftercare(ref, **said(at + timedelta(minutes=9)))
    visits.leave(ref, **said(at + timedelta(minutes=14)))
    return ref


def response_at(at: datetime, place: str = "3", doses: int = 1, outcome: str = "recovered") -> str:
    """Somebody without a handle overdoses in a place; oxygen, doses, closed after half an hour."""
    visit = seated(at - timedelta(minutes=3), place)
    made = responses.start("place", place, visit, **said(at))
    responses.give_oxygen(made.ref, "bag_valve_mask", **said(at + timedelta(minutes=1)))
    for n in range(doses):
        responses.give_naloxone(made.ref, 400, "intramuscular", **said(at + timedelta(minutes=2 + 3 * n)))
    responses.to_aftercare(made.ref, **said(at + timedelta(minutes=20)))
    responses.close(made.ref, outcome, **said(at + timedelta(minutes=30)))
    visits.leave(visit, **said(at + timedelta(minutes=31)))
    return made.ref


def left_waiting(at: datetime) -> str:
    """Somebody leaves before they are served."""
    visit = arrive(at)
    visits.leave_before_service(visit.ref, "wait", **said(at + timedelta(minutes=9)))
    return visit.ref


def referred(at: datetime) -> str:
    """A referral is offered and accepted."""
    referrals.list_services(SERVICES, **said(at, OPERATOR))
    made = referrals.offer("methadone", **said(at))
    referrals.accept(made.ref, **said(at + timedelta(minutes=1)))
    return made.ref


def configure(**settings: object) -> None:
    """Set something else for the site."""
    site.configure(settings, **said(datetime(2026, 11, 15, 13, tzinfo=UTC), OPERATOR))


def audiences(**presets: object) -> None:
    """Let the site report to these audiences, each held to a preset."""
    configure(policies={**book().policies, "audiences": presets})


def content(release: Release) -> bytes:
    return shelf.read(release.file_name, release.sha256)


def streams(file: bytes) -> bytes:
    """Every stream of a PDF inflated, one after the other, and every string of its objects."""
    with pikepdf.open(BytesIO(file)) as pdf:
        found = [obj.read_bytes() for obj in pdf.objects if isinstance(obj, pikepdf.Stream)]
        strings = [bytes(value) for obj in pdf.objects for value in _strings(obj, 0)]
    return b"\n".join([*found, *strings])


def _strings(obj: object, depth: int) -> list[pikepdf.String]:
    if isinstance(obj, pikepdf.String):
        return [obj]
    if depth > 6:
        return []
    if isinstance(obj, pikepdf.Dictionary | pikepdf.Stream):
        return [
            one for value in dict(obj).values() if not _points(value) for one in _strings(value, depth + 1)
        ]
    if isinstance(obj, pikepdf.Array):
        return [one for value in obj if not _points(value) for one in _strings(value, depth + 1)]
    return []


def _points(value: object) -> bool:
    return isinstance(value, pikepdf.Object) and value.is_indirect


def signed_in(app: Flask, actor: Actor) -> FlaskClient:
    app.config["WTF_CSRF_ENABLED"] = False
    load_actor_with(app, lambda request: Identity(actor=actor, person=actor))
    return app.test_client()


def words_of(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))
