"""What the feed says about on-site services: two reads for any number of entries."""

from collections.abc import Sequence

from sqlalchemy import select

from sitelog.ground.words import N_
from sitelog.services.models import Cancelled, Given, Session
from sitelog.site import queries as site
from sitelog.store.db import db
from sitelog.trail.models import Link
from sitelog.trail.queries import Sentence

GIVEN = N_("%(service)s")
GROUP = N_("%(service)s, %(count)s attending")
STRUCK = N_("Struck: an on-site service")
PLANNED = N_("Session planned: %(service)s, %(on)s %(starts)s")
CANCELLED = N_("Session cancelled: %(service)s, %(on)s %(starts)s")


def sentences(links: Sequence[Link]) -> dict[int, Sentence]:
    """Each entry in words. What was tested for and what a check showed are not told on the board."""
    ours = [link for link in links if link.noun == "service"]
    rows = db.session.scalars(select(Given).where(Given.link_seq.in_([link.seq for link in ours])))
    said = {link.seq: Sentence(STRUCK) for link in ours}
    for row in rows:
        kind = site.book().choice("on_site_service", row.kind)
        values = {"service": kind.data.get("on_board", kind.label), "count": row.attending}
        said[row.link_seq] = Sentence(GROUP if row.attending else GIVEN, values)
    return said


def session_sentences(links: Sequence[Link]) -> dict[int, Sentence]:
    """Each entry about a planned session in words: two reads for any number of them."""
    ours = {link.seq: link for link in links if link.noun == "group"}
    subjects = {link.subject for link in ours.values()}
    planned: dict[int, Session] = {}
    newest: dict[str, Session] = {}
    for row in db.session.scalars(select(Session).where(Session.ref.in_(subjects)).order_by(Session.id)):
        planned[row.link_seq] = newest[row.ref] = row
    ended = set(db.session.scalars(select(Cancelled.link_seq).where(Cancelled.link_seq.in_(list(ours)))))
    said = {}
    for seq, link in ours.items():
        row = planned.get(seq, newest[link.subject])
        on = site.calendar().local(row.starts_at).date()
        label = site.book().label("on_site_service", row.kind)
        values = {"service": label, "on": on, "starts": row.starts_at}
        said[seq] = Sentence(CANCELLED if seq in ended else PLANNED, values)
    return said
