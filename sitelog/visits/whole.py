"""Whole visits from records kept elsewhere, arrival to leaving: the links and rows the single verbs make."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise
from typing import Any

from sitelog.ground.access import Actor
from sitelog.ground.days import check_not_ahead
from sitelog.ground.errors import Refused, about
from sitelog.ground.words import N_
from sitelog.site import queries as site
from sitelog.site.rules import check_choice
from sitelog.store.transaction import transaction
from sitelog.trail.actions import Entry, append_many
from sitelog.visits import queries, rules
from sitelog.visits.entries import arrival_of, check_asked, check_items, declared_rows
from sitelog.visits.models import Departure, Stay, Visit
from sitelog.visits.rules import Asked, Course, Item, Step

# What each move leaves in the trail, for the single verbs too.
PAST = {
    "seat": "seated",
    "move": "moved",
    "to_aftercare": "taken_to_aftercare",
    "to_waiting": "put_on_the_waiting_list",
    "start_service": "service_started",
}
_AREAS = {"seat": "place", "to_aftercare": "aftercare", "to_waiting": "waiting"}


@dataclass(frozen=True, slots=True)
class Use:
    """One use of a place, and what was declared for it."""

    place_code: str
    seated_at: datetime
    items: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class WholeVisit:
    """A visit that is over. What was declared for its first use is in `asked`; instants are aware.

    `left_reason` is only for who left before service; `token` makes the second of two equal ones the first.
    """

    arrived_at: datetime
    left_at: datetime
    asked: Asked = Asked()
    uses: tuple[Use, ...] = ()
    aftercare_at: datetime | None = None
    before_service: bool = False
    left_reason: str | None = None
    person_id: int | None = None
    token: str | None = None


@dataclass(frozen=True, slots=True)
class _Move:
    """One move of a visit: its verb, the field it was said in, and for a use what belongs to it."""

    verb: str
    field: str
    happened_at: datetime
    use: Use | None = None


def enter_visits(wholes: Iterable[WholeVisit], *, by: Actor, at: datetime) -> int:
    """Enter visits that are over, as late entries; they get consecutive numbers, of which this is the first.

    Refused at the first that the single verbs would refuse, and then none is entered.
    """
    with transaction():
        first = queries.visit_number()
        append_many(_told(wholes, first, by, at), by=by, at=at)
        return first


def check_visit(whole: WholeVisit, at: datetime) -> list[Step]:
    """Where the person was, step by step; Refused, with the field, if the single verbs would refuse it.

    The field of the second use of a place is "uses.2".
    """
    with about("arrived_at"):
        check_not_ahead(whole.arrived_at, at)
    book = site.book_for(whole.arrived_at)
    check_asked(book, whole.asked)
    _check_order(whole.uses)
    if whole.left_reason is not None:
        if not whole.before_service:
            raise Refused(N_("Only who left before service leaves for a reason."), "left_reason")
        check_choice(book, "left_reason", whole.left_reason, "left_reason")
    first = Step("service" if whole.asked.purpose == "service" else "waiting", whole.arrived_at, 1)
    course = Course(0, "", whole.arrived_at, (first,), site.calendar(), lambda: N_("The person"))
    for move in _moves(whole):
        if move.verb == "leave_before_service":
            with about("left_before_service"):
                rules.check_before_service(course)
        with about(move.field):
            check_not_ahead(move.happened_at, at)
            course = _moved(course, move, rules.check_next(course, move.verb, move.happened_at))
            if move.use is not None:
                book.place(move.use.place_code)
                check_items(book, move.use.items)
    return course.ordered


def _check_order(uses: Sequence[Use]) -> None:
    for n, (use, later) in enumerate(pairwise(uses), 2):
        if later.seated_at < use.seated_at:
            words = N_("A later use of a place cannot have begun before an earlier one.")
            raise Refused(words, f"uses.{n}")


def _moves(whole: WholeVisit) -> Iterator[_Move]:
    """What happened after the arrival, in order; between two uses without aftercare the person waited."""
    middle = [_Move("seat", f"uses.{n}", use.seated_at, use) for n, use in enumerate(whole.uses, 1)]
    if whole.aftercare_at is not None:
        middle.append(_Move("to_aftercare", "aftercare_at", whole.aftercare_at))
    seated = False
    for move in sorted(middle, key=lambda move: move.happened_at):
        if seated and move.use is not None:
            yield replace(move, verb="to_waiting", use=None)
        yield move
        seated = move.use is not None
    verb = "leave_before_service" if whole.before_service else "leave"
    yield _Move(verb, "left_at", whole.left_at)


def _moved(course: Course, move: _Move, before: Step) -> Course:
    area = _AREAS.get(move.verb)
    if area is None:
        return course.with_steps(Step("left", move.happened_at, rules.LAST_TURN))
    code = move.use.place_code if move.use is not None else None
    episode = course.episodes + 1 if area == "place" else None
    return course.with_steps(Step(area, move.happened_at, course.turns + 1, code, episode))


def _told(wholes: Iterable[WholeVisit], first: int, by: Actor, at: datetime) -> Iterator[Entry]:
    anonymous = _counting()
    for number, whole in enumerate(wholes, first):
        steps = check_visit(whole, at)
        who: dict[str, int | None] = {"person_id": whole.person_id}
        if whole.person_id is None:
            who = {"anonymous_number": anonymous(whole.arrived_at)}
        yield from _entries(whole, number, steps, who, by)


def _entries(
    whole: WholeVisit, number: int, steps: Sequence[Step], who: dict[str, int | None], by: Actor
) -> Iterator[Entry]:
    visit = Visit(id=number, number=number, ref=f"V{number:04d}")
    arrival = arrival_of(whole.asked, number, whole.arrived_at, by, **who)
    rows = [visit, arrival, _stay(number, steps[0], by), *declared_rows(number, 1, whole.asked.items)]
    yield Entry("visit.checked_in", visit.ref, rows, whole.arrived_at, whole.token)
    verbs = {area: verb for verb, area in _AREAS.items()}
    for step in steps[1:-1]:
        items = whole.uses[step.episode - 1].items if step.episode else ()
        if items:
            again = declared_rows(number, step.episode or 1, items)
            yield Entry("visit.declared_again", visit.ref, again, step.happened_at)
        kind = f"visit.{PAST[verbs[step.area]]}"
        yield Entry(kind, visit.ref, [_stay(number, step, by)], step.happened_at)
    how = "left_before_service" if whole.before_service else "left"
    gone = Departure(visit_id=number, how=how, reason=whole.left_reason)
    gone.happened_at, gone.by = whole.left_at, by.ref
    yield Entry(f"visit.{how}", visit.ref, [gone], whole.left_at)


def _stay(visit_id: int, step: Step, by: Actor) -> Stay:
    row = Stay(visit_id=visit_id, turn=step.turn, area=step.area, place_code=step.place_code)
    row.episode, row.after_response = step.episode, False
    row.happened_at, row.by = step.happened_at, by.ref
    return row


def _counting() -> Callable[[datetime], int]:
    """The next number of somebody without a handle, counting on within each site day."""
    calendar, last = site.calendar(), dict[Any, int]()

    def following(at: datetime) -> int:
        day = calendar.day_of(at)
        last[day] = last[day] + 1 if day in last else queries.next_anonymous(at)
        return last[day]

    return following
