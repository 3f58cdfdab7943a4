"""What the feed says about incidents: a few reads for any number of entries."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from sitelog.ground.words import N_
from sitelog.incidents.models import Ended, Incident, StepTaken, Tied
from sitelog.incidents.rules import STEP_OUTCOMES, where_words
from sitelog.site import queries as site
from sitelog.store.db import db
from sitelog.trail import queries as trail
from sitelog.trail.models import Link
from sitelog.trail.queries import Sentence


def sentences(links: Sequence[Link]) -> dict[int, Sentence]:
    """Each entry about an incident in words; entries of other nouns are left out."""
    ours = [link for link in links if link.noun == "incident"]
    seqs = [link.seq for link in ours]
    found = [_by_link(model, seqs) for model in (Incident, StepTaken, Tied, Ended)]
    notes = trail.notes([link.seq for link in ours if not any(link.seq in rows for rows in found)])
    happened, steps, ties, ends = found
    return {
        link.seq: _sentence(
            link,
            happened.get(link.seq),
            steps.get(link.seq),
            ties.get(link.seq),
            ends.get(link.seq),
            notes.get(link.seq),
        )
        for link in ours
    }


def _by_link(model: Any, seqs: Sequence[int]) -> dict[int, Any]:
    rows = db.session.scalars(select(model).where(model.link_seq.in_(seqs)).order_by(model.id.desc()))
    return {row.link_seq: row for row in rows}


def _sentence(
    link: Link,
    one: Incident | None,
    step: StepTaken | None,
    tie: Tied | None,
    end: Ended | None,
    words: str | None,
) -> Sentence:
    ref, book = {"ref": link.subject}, site.book()
    if link.verb == "struck":
        return Sentence(N_("Struck: an entry about incident %(ref)s"), ref)
    if one:
        values = {**ref, "kind": book.label("incident_kind", one.kind)}
        if where := where_words(book, one.where_code):
            return Sentence(N_("Incident %(ref)s: %(kind)s, %(where)s"), {**values, "where": where})
        return Sentence(N_("Incident %(ref)s: %(kind)s"), values)
    if step:
        said = {"step": book.label("incident_step", step.step), "outcome": STEP_OUTCOMES[step.outcome]}
        if step.outcome == "done":
            return Sentence(N_("Incident %(ref)s: %(step)s"), {**ref, **said})
        return Sentence(N_("Incident %(ref)s: %(step)s – %(outcome)s"), {**ref, **said})
    if end:
        how = book.label("incident_end", end.how)
        return Sentence(N_("Incident %(ref)s closed: %(how)s"), {**ref, "how": how})
    if tie:
        return Sentence(N_("Incident %(ref)s belongs to %(to)s"), {**ref, "to": tie.to_ref})
    if words:
        return Sentence(N_("Incident %(ref)s, note: %(words)s"), {**ref, "words": words})
    return Sentence(N_("Incident %(ref)s, a note whose words were erased"), ref, final=True)
