"""What the feed says about referral entries: four reads for any number of entries."""

from collections.abc import Sequence

from sqlalchemy import select

from sitelog.ground.words import N_
from sitelog.referrals import rules
from sitelog.referrals.models import FollowUp, Referral, Rung, Service
from sitelog.store.db import db
from sitelog.trail import queries as trail
from sitelog.trail.models import Link
from sitelog.trail.queries import Sentence

RUNG_WORDS = {
    "offered": N_("Referral offered: %(service)s"),
    "accepted": N_("Referral accepted: %(service)s"),
    "declined": N_("Referral declined: %(service)s"),
    "made": N_("Referral made, %(how)s: %(service)s"),
    "attended": N_("Referral attended: %(service)s"),
    "did_not_attend": N_("Referral, did not attend: %(service)s"),
    "unknown": N_("Referral, attendance not known: %(service)s"),
    "closed": N_("Referral closed: %(service)s"),
}
FOLLOW_UP_WORDS = N_("Referral, ask again %(due_on)s: %(service)s")
NOTE_WORDS = N_("Note on a referral: %(service)s")
GONE_WORDS = N_("Note on a referral, its words were erased: %(service)s")
STRUCK_WORDS = N_("Struck: an entry about the referral to %(service)s")
LETTER_WORDS = N_("Letter printed for the referral to %(service)s")
DIRECTORY_WORDS = N_("Directory of services changed")


def sentences(links: Sequence[Link]) -> dict[int, Sentence]:
    """Each entry in words; entries of other nouns are left out."""
    ours = [link for link in links if link.noun in ("referral", "directory")]
    seqs = [link.seq for link in ours]
    names = _service_names([link.subject for link in ours])
    rungs = {row.link_seq: row for row in db.session.scalars(select(Rung).where(Rung.link_seq.in_(seqs)))}
    asks = {
        row.link_seq: row for row in db.session.scalars(select(FollowUp).where(FollowUp.link_seq.in_(seqs)))
    }
    gone = trail.erased([seq for seq in seqs if seq not in rungs and seq not in asks])
    return {
        link.seq: _sentence(link, names, rungs.get(link.seq), asks.get(link.seq), link.seq in gone)
        for link in ours
    }


def _sentence(
    link: Link, names: dict[str, str], rung: Rung | None, ask: FollowUp | None, gone: bool
) -> Sentence:
    values = {"service": names.get(link.subject, link.subject)}
    if link.noun == "directory":
        return Sentence(DIRECTORY_WORDS)
    if link.verb == "struck":
        return Sentence(STRUCK_WORDS, values)
    if link.verb == "letter_printed":
        return Sentence(LETTER_WORDS, values)
    if rung is not None:
        return Sentence(RUNG_WORDS[rung.rung], values | {"how": rules.HOW_SHORT.get(rung.how or "", "")})
    if ask is not None:
        return Sentence(FOLLOW_UP_WORDS, values | {"due_on": ask.due_on})
    return Sentence(GONE_WORDS, values, final=True) if gone else Sentence(NOTE_WORDS, values)


def _service_names(refs: Sequence[str]) -> dict[str, str]:
    chosen = select(Referral.ref, Service.name).join(Service, Service.code == Referral.service_code)
    rows = db.session.execute(chosen.where(Referral.ref.in_(refs)).order_by(Referral.id, Service.id))
    return {ref: name for ref, name in rows}
