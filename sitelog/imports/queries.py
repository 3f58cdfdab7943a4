"""What the board says of an import: one line for all that it brought."""

from collections.abc import Sequence

from flask_babel import gettext as _
from sqlalchemy import select

from sitelog.ground.words import N_
from sitelog.imports.models import ImportedFile
from sitelog.staff import queries as staff
from sitelog.store.db import db
from sitelog.trail.models import Link
from sitelog.trail.queries import Sentence

# The entry that an import ends with; everything it brought is entered right before it, at the same instant.
MADE = "import.made"
BROUGHT = {
    "people.csv": N_("people %(n)s"),
    "visits.csv": N_("visits %(n)s"),
    "consumptions.csv": N_("consumptions %(n)s"),
    "responses.csv": N_("responses %(n)s"),
    "steps.csv": N_("steps of responses %(n)s"),
    "referrals.csv": N_("referrals %(n)s"),
    "supplies.csv": N_("supplies %(n)s"),
    "services.csv": N_("services %(n)s"),
    "incidents.csv": N_("incidents %(n)s"),
}


def sentences(links: Sequence[Link]) -> dict[int, Sentence]:
    """Each import in words: what it brought, how much of it, and by whom. One read for any number."""
    ours = [link for link in links if link.kind == MADE]
    chosen = select(ImportedFile).where(ImportedFile.link_seq.in_([link.seq for link in ours]))
    brought: dict[int, list[str]] = {}
    for row in db.session.scalars(chosen.order_by(ImportedFile.id)):
        if row.new_count:
            said = _(BROUGHT[row.name]) % {"n": row.new_count}
            brought.setdefault(row.link_seq, []).append(said)
    text = N_("Imported: %(what)s, by %(name)s")
    return {
        link.seq: Sentence(text, {"what": ", ".join(brought[link.seq]), "name": staff.name_of(link.actor)})
        for link in ours
    }
