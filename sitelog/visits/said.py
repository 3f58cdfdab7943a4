"""The entries of visits in words, for the feed and for a visit's own page; a few queries for any number."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import Any

from flask_babel import gettext
from sqlalchemy import bindparam, select

from sitelog.ground.errors import Unknown
from sitelog.ground.words import N_
from sitelog.people import queries as people
from sitelog.site import queries as site
from sitelog.store.db import db
from sitelog.store.transaction import connection
from sitelog.trail import queries as trail
from sitelog.trail.models import Link
from sitelog.trail.queries import Sentence
from sitelog.visits.models import Arrival, Check, Declared, Departure, Stay, Visit
from sitelog.visits.rules import unnamed

Rows = dict[int, list[Any]]
# Built once: putting a statement together costs more than running it.
_CALLED = people.with_names(
    select(Visit.id, Visit.ref, Arrival.person_id, Arrival.anonymous_number)
    .join(Arrival, Arrival.visit_id == Visit.id)
    .where(Visit.ref.in_(bindparam("refs", expanding=True)))
    .order_by(Arrival.id),
    Arrival.person_id,
)

STAYED = {
    "waiting": N_("%(who)s to the waiting list"),
    "place": N_("%(who)s seated, %(place)s"),
    "aftercare": N_("%(who)s to aftercare"),
    "service": N_("%(who)s: service started"),
}


def sentences(links: Sequence[Link]) -> dict[int, Sentence]:
    """Each of these entries in words. A struck entry's own striking says what was struck."""
    before = {link.amends: link.seq for link in links if link.amends}
    seqs = {link.seq for link in links} | set(before)
    rows = _rows(seqs)
    names = _names(links)
    said = {seq: _sentence(rows[seq], names) for seq in seqs if rows[seq]}
    times = _times(before)
    return {link.seq: _said(link, said, times, names) for link in links}


def _said(link: Link, said: dict[int, Sentence], times: dict[int, str], names: dict[Any, str]) -> Sentence:
    who = names.get(link.subject, link.subject)
    if link.verb == "struck":
        return Sentence(N_("%(who)s: entry struck"), {"who": who})
    now = said.get(link.seq, Sentence(N_("%(who)s: entry changed"), {"who": who}))
    # Only the time was wrong: then that is what was replaced; else the whole sentence was.
    return replace(now, was=times.get(link.amends or 0)) if now == said.get(link.amends or 0) else now


def _times(seqs: Iterable[int]) -> dict[int, str]:
    """When these entries said they happened, on the site's clock."""
    local = site.calendar().local
    return {link.seq: local(link.happened_at).strftime("%H:%M") for link in trail.links(list(seqs))}


def spoken(sentence: Sentence) -> str:
    """A sentence in the reader's language."""
    words: str = gettext(sentence.text)
    return words % sentence.values if sentence.values else words


def _rows(seqs: Iterable[int]) -> Rows:
    found: Rows = defaultdict(list)
    models: tuple[Any, ...] = (Arrival, Declared, Stay, Check, Departure)
    for model in models:
        for row in db.session.scalars(select(model).where(model.link_seq.in_(seqs)).order_by(model.id)):
            found[row.link_seq].append(row)
    return found


def _names(links: Sequence[Link]) -> dict[Any, str]:
    """What to call the person of each visit, by its ref and by its id."""
    return _names_of({link.subject for link in links})


def named(ref: str) -> str:
    """What to call the person of a visit, struck or not. Unknown if there is no such visit."""
    names = _names_of({ref})
    if ref not in names:
        raise Unknown(N_("There is no visit %(ref)s."), ref=ref)
    return names[ref]


def _names_of(refs: Collection[str]) -> dict[Any, str]:
    rows = connection().execute(_CALLED, {"refs": list(refs)}).all()
    merged = people.handle_of(row.person_id for row in rows if row.into_id)
    names: dict[Any, str] = {}
    for row in rows:
        known = merged.get(row.person_id) or row.handle or row.numbered
        names[row.id] = names[row.ref] = known or unnamed(row.anonymous_number)
    return names


def _sentence(rows: Sequence[Any], names: dict[Any, str]) -> Sentence:
    first = rows[0]
    who = names.get(first.visit_id, "")
    if isinstance(first, Arrival):
        return _arrived(first, rows, who)
    if isinstance(first, Stay):
        return Sentence(STAYED[first.area], {"who": who, "place": place(first.place_code)})
    if isinstance(first, Check):
        return _checked(first, who)
    if isinstance(first, Departure):
        return _left(first, who)
    return Sentence(N_("%(who)s declares: %(what)s"), {"who": who, "what": what(rows)})


def _arrived(arrival: Arrival, rows: Sequence[Any], who: str) -> Sentence:
    items = [row for row in rows if isinstance(row, Declared)]
    if items:
        return Sentence(N_("%(who)s arrived: %(what)s"), {"who": who, "what": what(items)})
    if arrival.purpose == "service":
        return Sentence(N_("%(who)s arrived, for a service"), {"who": who})
    return Sentence(N_("%(who)s arrived"), {"who": who})


def _checked(check: Check, who: str) -> Sentence:
    measured = [f"SpO₂ {check.spo2}"] if check.spo2 is not None else []
    measured += [f"RR {check.respirations}"] if check.respirations is not None else []
    looks = [word("looks", check.looks)] if check.looks else []
    how = ", ".join([*looks, *measured])
    return Sentence(N_("Check %(where)s: %(how)s"), {"where": check.place_code or who, "how": how})


def _left(departure: Departure, who: str) -> Sentence:
    if departure.how == "left":
        return Sentence(N_("%(who)s left"), {"who": who})
    if departure.reason:
        reason = word("left_reason", departure.reason)
        return Sentence(N_("%(who)s left before service: %(reason)s"), {"who": who, "reason": reason})
    return Sentence(N_("%(who)s left before service"), {"who": who})


def what(items: Iterable[Any]) -> str:
    """Substances and routes as one line: Down · Inject."""
    declared = list(items)
    routes = dict.fromkeys(item.route for item in declared if item.route)
    substances = dict.fromkeys(item.substance for item in declared)
    words = [", ".join(word("substance", code) for code in substances)]
    words += [", ".join(word("route", code).lower() for code in routes)] if routes else []
    return " · ".join(part for part in words if part)


def word(kind: str, code: str) -> str:
    """A word of one of the site's lists in the reader's language."""
    label: str = gettext(site.book().label(kind, code))
    return label


def place(code: str | None) -> str:
    """A place as people say it: booth 3."""
    label = site.book().place(code).label if code else ""
    return label[:1].lower() + label[1:]


def entries_of(ref: str) -> list[Link]:
    """Every entry of one visit, in the order they were made."""
    return list(db.session.scalars(select(Link).where(Link.subject == ref).order_by(Link.seq)))
