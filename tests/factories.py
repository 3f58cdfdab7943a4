"""Short ways to a state the program can reach: every one goes through the verbs."""

from datetime import datetime, timedelta
from typing import Any

from sitelog.ground.access import Actor, Role
from sitelog.people import actions as people
from sitelog.referrals import actions as referrals
from sitelog.referrals import queries as referral_queries
from sitelog.referrals.defaults import SERVICES
from sitelog.responses import actions as responses
from sitelog.responses.models import Response
from sitelog.visits import actions as visits
from sitelog.visits import queries
from sitelog.visits.models import Visit
from sitelog.visits.rules import Asked, Item

NURSE = Actor("S01", "Amina K.", "AK", Role.NURSE)
DOWN = Asked((Item("down", "inject"),))
CRACK = Asked((Item("crack", "smoke"),))


def said(at: datetime, by: Actor = NURSE) -> dict[str, Any]:
    """The words of a verb: who says it, and that it happened and was entered at one instant."""
    return {"by": by, "happened_at": at, "at": at}


def register(handle: str, at: datetime, by: Actor = NURSE) -> str:
    """Somebody of the register; the ref."""
    return people.register(handle, **said(at, by)).ref


def arrive(
    at: datetime, handle: str | None = None, asked: Asked = DOWN, by: Actor = NURSE, person: str | None = None
) -> Visit:
    """Somebody on the waiting list: with a new handle, of the register, or nobody named."""
    return visits.check_in(asked, handle=handle, person=person, **said(at, by))


def seated(
    at: datetime, place: str = "3", handle: str | None = None, asked: Asked = DOWN, by: Actor = NURSE
) -> str:
    """Somebody in a place; the visit's ref."""
    stay = visits.check_in_and_seat(asked, place, handle=handle, **said(at, by))
    return next(one.ref for one in queries.in_house(at) if one.visit_id == stay.visit_id)


def in_aftercare(at: datetime, place: str = "3", handle: str | None = None, by: Actor = NURSE) -> str:
    """Somebody in aftercare; the visit's ref."""
    ref = seated(at, place, handle, by=by)
    visits.to_aftercare(ref, **said(at, by))
    return ref


def response_running(by: Actor, at: datetime, place: str | None = "3") -> Response:
    """A response recognised four minutes ago: stimulation, oxygen, breaths and one dose."""

    def ago(seconds: int) -> dict[str, Any]:
        return said(at - timedelta(seconds=seconds), by)

    made = responses.start(place_code=place, **ago(240))
    responses.stimulate(made.ref, **ago(230))
    responses.give_oxygen(made.ref, "bag_valve_mask", **ago(195))
    responses.assist_breathing(made.ref, **ago(185))
    responses.give_naloxone(made.ref, 400, "intramuscular", **ago(96))
    return made


def referral_offered(at: datetime, service: str = "methadone", by: Actor = NURSE, **words: Any) -> str:
    """A referral somebody was offered, from the starter directory; its ref."""
    if not referral_queries.directory():
        referrals.list_services(SERVICES, **said(at, by))
    return referrals.offer(service, **said(at, by), **words).ref
