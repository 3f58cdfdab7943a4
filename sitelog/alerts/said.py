"""What the feed says about drug alerts: a few reads for any number of entries."""

from collections.abc import Sequence

from sqlalchemy import select

from sitelog.alerts.models import AlertEnded, AlertRead, AlertWords, DrugAlert
from sitelog.ground.words import N_
from sitelog.store.db import db
from sitelog.trail.models import Link
from sitelog.trail.queries import Sentence

ERASED = N_("its words were erased")


def sentences(links: Sequence[Link]) -> dict[int, Sentence]:
    """Each entry about a drug alert in words; entries of other nouns are left out."""
    ours = [link for link in links if link.noun == "alert"]
    seqs = [link.seq for link in ours]
    chosen = select(DrugAlert.link_seq, AlertWords.text)
    chosen = chosen.outerjoin(AlertWords, AlertWords.words_key == DrugAlert.words_key)
    rows = db.session.execute(chosen.where(DrugAlert.link_seq.in_(seqs)))
    said = {seq: (text or ERASED).partition("\n")[0] for seq, text in rows}
    read = set(db.session.scalars(select(AlertRead.link_seq).where(AlertRead.link_seq.in_(seqs))))
    over = set(db.session.scalars(select(AlertEnded.link_seq).where(AlertEnded.link_seq.in_(seqs))))
    return {link.seq: _sentence(link, said, read, over) for link in ours}


def _sentence(link: Link, said: dict[int, str], read: set[int], over: set[int]) -> Sentence:
    ref = {"ref": link.subject}
    if link.seq in said:
        return Sentence(N_("Drug alert %(ref)s: %(what)s"), {**ref, "what": said[link.seq]})
    if link.seq in read:
        return Sentence(N_("Drug alert %(ref)s read"), ref)
    if link.seq in over:
        return Sentence(N_("Drug alert %(ref)s ended"), ref)
    return Sentence(N_("Struck: an entry about drug alert %(ref)s"), ref)
