"""The verbs that are about who somebody is: two registrations are one person, and a person is forgotten."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import delete

from sitelog.ground.access import Actor
from sitelog.ground.errors import Conflict, Refused
from sitelog.ground.words import N_
from sitelog.people import keeping, merges, queries
from sitelog.people.corrections import check_lead
from sitelog.people.models import Code, Ending, Handle, Merge
from sitelog.store import erasure
from sitelog.store.transaction import transaction
from sitelog.trail import queries as trail
from sitelog.trail.actions import append, erase_notes, seen


def merge(
    ref: str,
    into: str,
    *,
    by: Actor,
    happened_at: datetime,
    at: datetime,
    token: str | None = None,
    note: str | None = None,
) -> Merge:
    """Say that the registration `ref` is of the person `into`. Both histories stay and are read as one.

    Refused if both are `ref`, Conflict if they are one already. Struck, they are two again.
    """
    with transaction():
        if first := seen(token, by=by):
            return trail.rows_of(first, Merge)[0]
        check_lead(by)
        old, kept = queries.person(ref), queries.person(into)
        if kept.ref == ref:
            raise Refused(
                N_("That is this person. Type what the other registration is called."), field="into"
            )
        if old.id == kept.id:
            raise Conflict(N_("%(ref)s and %(into)s are one person already."), ref=ref, into=into)
        if old.ref != ref:
            raise Conflict(N_("%(ref)s is already %(into)s. Merge that one."), ref=ref, into=old.ref)
        if old.handle and not kept.handle:
            said = N_("%(into)s has no handle. Merge it into %(ref)s instead, so that the handle stays.")
            raise Refused(said, field="into", ref=ref, into=kept.ref)
        row = Merge(person_id=old.id, into_id=kept.id)
        words: dict[str, Any] = {"by": by, "happened_at": happened_at, "at": at, "token": token, "note": note}
        append("person.merged", old.ref, row, **words)
        merges.forget_kept()
        return row


def forget(
    ref: str,
    named: Collection[int] = (),
    *,
    by: Actor,
    happened_at: datetime,
    at: datetime,
    token: str | None = None,
) -> None:
    """Erase for good every word that tells who a person is: see `keeping.words_kept`.

    `named` are entries about anything else whose note calls them by name, and is erased whole. A line of a
    handover that is not signed calls them by their number from now on.
    What happened stays under their number and is counted as before; the chain still verifies.
    """
    with transaction():
        if seen(token, by=by):
            return
        check_lead(by)
        known = queries.person(ref)
        ids = list(merges.together([known.id]))
        calling = {note.seq for note in keeping.naming(ids)} & set(named)
        keeping.unname(ids, known.ref, at=at)
        subjects = queries.subjects_of(ids)
        erasure.erase(*(delete(model).where(model.person_id.in_(ids)) for model in (Handle, Code)), at=at)
        erase_notes(subjects, calling, at=at)
        # Nobody could be warned of somebody whom nobody can recognise.
        ends = [_ending(known.id, seq, by, happened_at) for seq in _open(known.id)]
        words: dict[str, Any] = {"by": by, "happened_at": happened_at, "at": at, "token": token}
        append("person.forgotten", known.ref, *ends, **words)
    # Where somebody reads for long it stays owed, and is done when the jobs are looked at next.
    erasure.scrub()


def _open(person_id: int) -> list[int]:
    alerts = queries.alerts_of([person_id]).get(person_id, ())
    restrictions = queries.restrictions_of([person_id]).get(person_id, ())
    return [*(one.root_seq for one in alerts), *(one.root_seq for one in restrictions)]


def _ending(person_id: int, entry_seq: int, by: Actor, happened_at: datetime) -> Ending:
    return Ending(person_id=person_id, entry_seq=entry_seq, happened_at=happened_at, by=by.ref)
