"""The rows of each kind of entry about an incident, made from what was said; and what was said, from rows."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sitelog.ground.access import Actor
from sitelog.ground.errors import Conflict, Refused
from sitelog.ground.words import N_
from sitelog.incidents import queries, rules
from sitelog.incidents.models import Answer, Ended, Incident, StepTaken, Tied
from sitelog.incidents.rules import Closing, Happening, Step, Tie, What, Words
from sitelog.site import queries as site
from sitelog.site.rules import SiteBook, check_choice
from sitelog.staff import queries as staff
from sitelog.store.recorded import Recorded
from sitelog.trail import queries as trail
from sitelog.trail.models import Link


@dataclass(frozen=True)
class About:
    """The incident an entry is about, by whom the entry is made, and when it happened."""

    number: int
    ref: str
    by: Actor
    happened_at: datetime


def rows_of(what: What, about: About) -> list[Recorded]:
    """The rows of an entry; Refused where it is impossible."""
    return _MADE[type(what)](what, about)


def as_entered(link: Link) -> What:
    """What was said in an entry; Conflict for a striking, which says nothing."""
    if link.verb == "struck":
        raise Conflict(N_("That entry is itself a striking; make the entry again instead."))
    ends = trail.rows_of(link, Ended)
    for row in trail.rows_of(link, Incident):
        return _happening(link, row, ends[0].how if ends else None)
    for taken in trail.rows_of(link, StepTaken):
        return Step(taken.step, taken.outcome, taken.witness_ref)
    for tied in trail.rows_of(link, Tied):
        return Tie(tied.to_ref)
    return Closing(ends[0].how) if ends else Words(trail.notes([link.seq]).get(link.seq, ""))


def check_tie(ref: str, to: str) -> str:
    """The ref an incident is tied to, as people say it; Unknown where there is no such thing."""
    wanted = to.strip().upper()
    if wanted == ref:
        raise Refused(N_("That is this incident itself."), "tie")
    noun = rules.TIED_TO.get(wanted[:1])
    if noun is None or not wanted[1:].isdecimal() or len(wanted) > 16:
        raise Refused(N_("Type a visit, response or incident as V0012, R0003 or I0007."), "tie")
    if not queries.is_known(noun, wanted):
        raise Refused(N_("There is no %(ref)s."), "tie", ref=wanted)
    return wanted


def _happening(link: Link, row: Incident, end: str | None) -> Happening:
    answers: dict[str, list[rules.Answer]] = {}
    for one in trail.rows_of(link, Answer):
        given = one.number if one.number is not None else one.answer or one.staff_ref or ""
        answers.setdefault(one.field, []).append(given)
    ties = [one.to_ref for one in trail.rows_of(link, Tied)]
    return Happening(row.kind, row.where_code, answers, ties, end)


def happened(what: Happening, about: About, book: SiteBook) -> list[Recorded]:
    """The rows that say what happened: its kind, where, and the answers to what the book asks."""
    head = Incident(number=about.number, ref=about.ref, kind=what.kind, happened_at=about.happened_at)
    head.where_code = what.where or None
    return [head, *_answers(what, about.ref, book)]


def _log(what: Happening, about: About) -> list[Recorded]:
    book = site.book()
    rules.check_happening(book, what, staff_refs())
    ends = [Ended(ref=about.ref, how=what.end, happened_at=about.happened_at)] if what.end else []
    ties = [row for to in dict.fromkeys(what.ties) for row in _tie(Tie(to), about)]
    return [*happened(what, about, book), *ties, *ends]


def _answers(what: Happening, ref: str, book: SiteBook) -> Iterator[Answer]:
    fields = {one.code: one.data.get("answer", "one") for one in rules.fields_of(book, what.kind)}
    for code, given in what.answers.items():
        for one in given:
            if isinstance(one, int):
                yield Answer(ref=ref, field=code, number=one)
            elif fields[code] == "person":
                yield Answer(ref=ref, field=code, staff_ref=one)
            else:
                yield Answer(ref=ref, field=code, answer=one)


def _step(what: Step, about: About) -> list[Recorded]:
    one = _began(about)
    rules.check_step(site.book(), one.kind, what, about.by.ref, staff_refs())
    values = {"step": what.step, "outcome": what.outcome, "witness_ref": what.witness or None}
    return [StepTaken(ref=about.ref, happened_at=about.happened_at, **values)]


def _close(what: Closing, about: About) -> list[Recorded]:
    _began(about)
    check_choice(site.book(), "incident_end", what.how, "how")
    return [Ended(ref=about.ref, how=what.how, happened_at=about.happened_at)]


def _tie(what: Tie, about: About) -> list[Recorded]:
    return [Tied(ref=about.ref, to_ref=check_tie(about.ref, what.to))]


def _words(what: Words, about: About) -> list[Recorded]:
    rules.check_words(what.text)
    return []


def _began(about: About) -> Incident:
    one = queries.incident(about.ref)
    rules.check_after(about.happened_at, one.happened_at)
    return one


def staff_refs() -> list[str]:
    """The people of the desk who can be named by their tile."""
    return [tile.ref for tile in staff.people_on_tiles()]


_MADE: dict[type[Any], Callable[[Any, About], list[Recorded]]] = {
    Happening: _log,
    Step: _step,
    Closing: _close,
    Tie: _tie,
    Words: _words,
}
