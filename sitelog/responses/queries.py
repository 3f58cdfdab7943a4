"""Reads of responses: one whole case, the running ones, and the small questions that the verbs ask."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from sitelog.ground.errors import Unknown
from sitelog.ground.words import N_
from sitelog.responses import persons
from sitelog.responses.case import Case, Summary, summarise
from sitelog.responses.cases import began_in, cases, grouped, ids_of, last_beginning
from sitelog.responses.mentions import mentions
from sitelog.responses.models import (
    DutyAssignment,
    Recognition,
    Response,
    Whereabouts,
)
from sitelog.responses.persons import Person
from sitelog.responses.sentences import ENTRIES, sentences, where_label
from sitelog.responses.standing import OpenResponse, observed_unnamed, unclosed
from sitelog.responses.timeline import Line
from sitelog.responses.timeline import timeline as _timeline
from sitelog.site import queries as site
from sitelog.store.db import db
from sitelog.trail import queries as trail
from sitelog.trail.amend import current, is_current
from sitelog.trail.models import Link

__all__ = [
    "Line",
    "OpenResponse",
    "began_in",
    "cases",
    "ids_of",
    "last_beginning",
    "mentions",
    "observed_unnamed",
    "open_responses",
    "places_in_use",
    "sentences",
    "summarise",
    "summary",
    "timeline",
    "unclosed",
    "where_label",
]


def response(ref: str) -> Response:
    """The response people call by this ref; Unknown if there is none."""
    found = db.session.scalar(select(Response).where(Response.ref == ref))
    if found is None:
        raise Unknown(N_("There is no response %(ref)s."), ref=ref[:16])
    return found


def case(ref: str) -> Case:
    """Everything that stands about one response."""
    found = response(ref)
    return cases([found])[found.id]


def summary(ref: str, now: datetime) -> Summary:
    """Tier, minutes, totals and what is missing, at one moment."""
    return summarise(case(ref), now)


def timeline(ref: str) -> list[Line]:
    """Every entry of a response, newest first."""
    return _timeline(case(ref), intervals())


def open_responses(now: datetime) -> list[OpenResponse]:
    """The responses that run now, the longest first."""
    return [one for one in unclosed() if one.state == "open"]


def places_in_use() -> set[str]:
    """The places where a response runs."""
    return {one.place_code for one in unclosed() if one.state == "open" and one.place_code}


def recent(limit: int = 50) -> list[tuple[Response, Case]]:
    """The newest responses, newest first, struck ones included."""
    found = db.session.scalars(select(Response).order_by(Response.number.desc()).limit(limit)).all()
    known = cases(found, with_vitals=False)
    return [(one, known[one.id]) for one in found]


def person_of(ref: str) -> Person | None:
    """Whose response it is, if that is known."""
    where = _last_whereabouts(response(ref).id)
    if where is None or where.visit_id is None:
        return None
    return persons.of({where.visit_id}, placed=True).get(where.visit_id)


def duties(ref: str) -> dict[str, str]:
    """Who does what: duty -> staff ref."""
    rows = grouped(DutyAssignment, [response(ref).id])
    last = {row.duty: row.staff_ref for found in rows.values() for row in found}
    return {duty: who for duty, who in last.items() if who}


def intervals() -> dict[str, int]:
    """The site's interval between doses in seconds, per route."""
    prefix = "dose_interval_seconds."
    limits = site.book().limits
    return {name.removeprefix(prefix): limits[name] for name in limits if name.startswith(prefix)}


def device_codes() -> list[str]:
    """Every oxygen device of the site, retired ones too: an old entry may name one."""
    return [device.code for device in site.book().choices("oxygen_device", retired=True)]


def usual_litres(device: str) -> int | None:
    """The litres per minute the site's list gives for a device."""
    found: int | None = site.book().choice("oxygen_device", device).data.get("litres_per_minute")
    return found


def responded(visit_ids: Collection[int]) -> dict[int, list[str]]:
    """The overdose responses that stand, running or closed, by the visits of these that they belong to."""
    found: dict[int, list[str]] = {}
    if not visit_ids:
        return found
    chosen = select(Whereabouts.visit_id, Response.ref).join(Response, Response.id == Whereabouts.response_id)
    chosen = chosen.join(Recognition, Recognition.response_id == Response.id).where(
        Whereabouts.visit_id.in_(visit_ids), is_current(Whereabouts), is_current(Recognition)
    )
    for visit, ref in db.session.execute(chosen.distinct().order_by(Response.ref)):
        if visit is not None:
            found.setdefault(visit, []).append(ref)
    return found


def running_at(place_code: str | None, visit_ref: str | None) -> Response | None:
    """The unclosed response at this place, or of this visit, that still runs."""
    if place_code is None and visit_ref is None:
        return None
    for one in unclosed():
        same = one.place_code == place_code if place_code else one.visit_ref == visit_ref
        if same and one.state == "open":
            return response(one.ref)
    return None


def visit_id(visit_ref: str | None, place_code: str | None, at: datetime) -> int | None:
    """Whose visit: the one named, or the one that is in the place."""
    if visit_ref and (named := persons.id_of(visit_ref)):
        return named
    return persons.id_at(place_code) if place_code else None


def known_visit_id(response_id: int) -> int | None:
    """The visit that was last said."""
    where = _last_whereabouts(response_id)
    return where.visit_id if where else None


def seated_visit_of(one: Response) -> str | None:
    """The ref of the person's visit, if they still sit in a place."""
    found = known_visit_id(one.id)
    return persons.seated_ref(found) if found else None


def standing_recognition(response_id: int) -> Recognition | None:
    """What says that this is a response at all; None once it was said to be none."""
    chosen = current(Recognition).where(Recognition.response_id == response_id)
    found: Recognition | None = db.session.scalar(chosen.order_by(Recognition.id.desc()).limit(1))
    return found


def entry(seq: int) -> Link:
    """A link that is about a response; Unknown if it is about something else."""
    found = trail.link(seq)
    if found.noun != "response":
        raise Unknown(N_("Entry %(seq)s is not about a response."), seq=seq)
    return found


def newest_seq(ref: str) -> int:
    """The newest link about a response, a striking included."""
    return db.session.scalar(select(func.max(Link.seq)).where(Link.subject == ref)) or 0


def last_entry_by(ref: str, actor_ref: str) -> Link | None:
    """The last entry that this person made about a response and that still stands."""
    mine = select(Link).where(Link.subject == ref, Link.actor == actor_ref, Link.kind.startswith("response."))
    for link in db.session.scalars(mine.order_by(Link.seq.desc()).limit(20)):
        if link.verb != "struck" and not trail.amended_by([link.seq]):
            return link
    return None


def rows_on(link: Link) -> list[Any]:
    """The rows that an amended entry repeats: everything but the response's number."""
    return [row for model in ENTRIES for row in trail.rows_of(link, model)]


def values_to_repeat(row: Any) -> dict[str, Any]:
    """The columns of a row that a newer version carries on."""
    names = [column.key for column in row.__table__.columns]
    return {name: getattr(row, name) for name in names if name not in ("id", "link_seq")}


def _last_whereabouts(response_id: int) -> Whereabouts | None:
    chosen = current(Whereabouts).where(Whereabouts.response_id == response_id)
    ordered = chosen.order_by(Whereabouts.happened_at.desc(), Whereabouts.id.desc())
    found: Whereabouts | None = db.session.scalar(ordered.limit(1))
    return found
