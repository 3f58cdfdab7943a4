"""What a response does to the visit of the person it is about: their place is free, or they have left."""

from contextlib import suppress
from datetime import datetime

from sitelog.ground.access import Actor
from sitelog.ground.errors import Conflict, Refused
from sitelog.responses import queries
from sitelog.responses.models import Response
from sitelog.visits import actions as visits


def free_the_place(response: Response, *, by: Actor, happened_at: datetime, at: datetime) -> None:
    """The person goes to aftercare, so that their place can be cleaned and used."""
    visit_ref = queries.seated_visit_of(response)
    if visit_ref is None:
        return
    # A visit that cannot follow (its seat was entered for later, say) does not hold up the response.
    with suppress(Conflict, Refused):
        visits.to_aftercare(visit_ref, by=by, happened_at=happened_at, at=at, after_response=True)


def end_the_visit(ref: str, *, by: Actor, happened_at: datetime, at: datetime) -> None:
    """The person is gone: when the ambulance left with them, as far as that was said."""
    person, end = queries.person_of(ref), queries.case(ref).last("ems_left")
    if person is None or person.since is None:
        return
    left_at = max(person.since, end.happened_at if end else happened_at)
    # A visit that cannot end then does not hold up the closing.
    with suppress(Conflict, Refused):
        visits.leave(person.visit_ref, by=by, happened_at=left_at, at=at)
