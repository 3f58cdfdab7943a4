"""What the feed says about on-site services: two reads for any number of entries."""

from collections.abc import Sequence

from sqlalchemy import select

from sitelog.ground.words import N_
from sitelog.services.models import Given
from sitelog.site import queries as site
from sitelog.store.db import db
from sitelog.trail.models import Link
from sitelog.trail.queries import Sentence

GIVEN = N_("%(service)s")
GROUP = N_("%(service)s, %(count)s attending")
STRUCK = N_("Struck: an on-site service")


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
