"""The register's entries in words, for the feed and for a person's own page; a few reads for any number."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select

from sitelog.ground.words import N_
from sitelog.people import merges, rules
from sitelog.people.models import Agreement, Alert, LetIn, Merge, Restriction
from sitelog.people.names import handles_by_ref
from sitelog.site import queries as site
from sitelog.store.db import db
from sitelog.trail import queries as trail
from sitelog.trail.models import Link
from sitelog.trail.queries import Sentence

WORDS = {
    "registered": N_("%(who)s registered"),
    "renamed": N_("%(who)s has another handle"),
    "code_given": N_("%(who)s: code noted"),
    "described": N_("%(who)s: birth year or gender noted"),
    "signed": N_("%(who)s signed the agreement: %(what)s"),
    "alert_set": N_("Alert for %(who)s: %(what)s"),
    "alert_ended": N_("Alert for %(who)s ended"),
    "restricted": N_("%(who)s restricted: %(what)s, %(starts)s – %(ends)s"),
    "restriction_lifted": N_("Restriction of %(who)s lifted"),
    "let_in": N_("%(who)s let in despite a restriction: %(what)s"),
    "merged": N_("%(old)s is %(who)s"),
    "forgotten": N_("%(who)s: words erased for good"),
}
CHANGED = N_("%(who)s: entry changed")
STRUCK = N_("%(who)s: entry struck")
# Which words an amended entry is told in: those of what it holds.
_VERBS: dict[type[Any], str] = {Agreement: "signed", Alert: "alert_set", Restriction: "restricted"}
_VERBS |= {LetIn: "let_in", Merge: "merged"}
_LISTS: dict[type[Any], tuple[str, str]] = {
    Agreement: ("agreement", "version"),
    Alert: ("person_alert", "kind"),
    Restriction: ("restriction_reason", "reason"),
    LetIn: ("let_in_reason", "reason"),
}


def sentences(links: Sequence[Link]) -> dict[int, Sentence]:
    """Each entry in words. People are called by their handle as long as it is kept; no erasable words.

    What took words away is final, and what is from before somebody was forgotten.
    """
    rows = _rows(links)
    names = handles_by_ref({link.subject for link in links})
    gone = merges.forgotten_since(links)
    said = {link.seq: _sentence(link, rows.get(link.seq), names) for link in links}
    final = {link.seq for link in links if link.kind in rules.FINAL or link.seq in gone}
    return {seq: replace(one, final=seq in final) for seq, one in said.items()}


def _rows(links: Sequence[Link]) -> dict[int, Any]:
    found: dict[int, Any] = {}
    for model, verb in _VERBS.items():
        # Most entries of a day are registrations, which say nothing more: only what can be there is read.
        if seqs := [link.seq for link in links if link.verb in (verb, "amended")]:
            hung = db.session.scalars(select(model).where(model.link_seq.in_(seqs)))
            found |= {row.link_seq: row for row in hung}
    return found


def _sentence(link: Link, row: Any, names: dict[str, str]) -> Sentence:
    values = {"who": names.get(link.subject, link.subject)}
    if link.verb == "struck":
        return Sentence(STRUCK, values)
    if row is None:
        return Sentence(WORDS.get(link.verb, CHANGED), values)
    return Sentence(WORDS[_VERBS[type(row)]], values | _values(link, row))


def _values(link: Link, row: Any) -> dict[str, Any]:
    if isinstance(row, Merge):
        return {"old": link.subject}
    kind, name = _LISTS[type(row)]
    said: dict[str, Any] = {"what": site.book().label(kind, getattr(row, name))}
    if isinstance(row, Restriction):
        said |= {"starts": row.starts_on, "ends": row.ends_on or "…"}
    return said


@dataclass(frozen=True)
class Line:
    """One entry of a person's own page; `later` is the entry that changed or struck it, if one did."""

    link: Link
    said: Sentence
    later: Link | None = None
    note: str | None = None


def timeline(refs: Sequence[str]) -> list[Line]:
    """Every entry about these registrations, newest first; a striking stands with what it struck."""
    chosen = select(Link).where(Link.subject.in_(refs)).order_by(Link.happened_at.desc(), Link.seq.desc())
    links = list(db.session.scalars(chosen))
    seqs = [link.seq for link in links]
    words, later, notes = sentences(links), trail.amended_by(seqs), trail.notes(seqs)
    shown = [link for link in links if link.verb != "struck"]
    return [Line(one, words[one.seq], later.get(one.seq), notes.get(one.seq)) for one in shown]
