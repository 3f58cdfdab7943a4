"""Whole referrals from records kept elsewhere, rung by rung: the links and rows the single verbs make."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sitelog.ground.access import Actor
from sitelog.ground.errors import Refused, Unknown, about
from sitelog.ground.words import N_
from sitelog.referrals import directory, rules
from sitelog.referrals.models import FollowUp, Referral, Rung, Service
from sitelog.referrals.rules import Step
from sitelog.site import queries as site
from sitelog.store.recorded import Recorded
from sitelog.store.transaction import transaction
from sitelog.trail.actions import Entry, append_many
from sitelog.trail.queries import next_number

# The trail's verb, where it is not the rung's own word.
KINDS = {"unknown": "not_known"}


@dataclass(frozen=True, slots=True)
class WholeReferral:
    """A referral as far as it came: its rungs in the order they were climbed, "offered" first.

    A follow-up is promised with the last of them. `note` is kept where it can be erased; `token` makes the
    second of two equal ones the first.
    """

    service: str
    rungs: tuple[Step, ...]
    person_id: int | None = None
    visit_id: int | None = None
    response_ref: str | None = None
    follow_up_on: date | None = None
    note: str | None = None
    token: str | None = None


@dataclass(frozen=True, slots=True)
class Offered:
    """A service of the directory in its newest version, and since when it is retired (None: it is not)."""

    service: Service
    retired_at: datetime | None

    def offered_at(self, instant: datetime) -> bool:
        """Whether the directory offered it; what it offers now counts as offered ever since."""
        return self.retired_at is None or instant < self.retired_at


def enter_referrals(wholes: Iterable[WholeReferral], *, by: Actor, at: datetime) -> int:
    """Enter referrals as late entries; they get consecutive numbers, of which this is the first.

    Refused at the first that the single verbs would refuse, and then none is entered.
    """
    with transaction():
        first, services = next_number(Referral), services_by_code()
        append_many(_told(wholes, first, services, by, at), by=by, at=at)
        return first


def services_by_code() -> dict[str, Offered]:
    """What the directory offers or ever offered, by code: read once for any number of referrals."""
    gone = directory.retired_at()
    return {code: Offered(one, gone.get(code)) for code, one in directory.by_code().items()}


def check_referral(whole: WholeReferral, services: Mapping[str, Offered], at: datetime) -> None:
    """Refused, with the field, if the single verbs would refuse it; a rung's field is its word and `_at`."""
    if whole.service not in services or not services[whole.service].offered_at(whole.rungs[0].happened_at):
        words = N_("The directory has no service “%(code)s”.")
        with about("service"):
            raise Unknown(words, code=whole.service[:40])
    climbed: list[Step] = []
    for step in whole.rungs:
        rules.check_how(step.rung, step.how)
        with about(f"{step.rung}_at"):
            if step.happened_at > at:
                raise Refused(N_("That time is still to come."))
            rules.check_step(climbed, step)
        climbed.append(step)
    if whole.follow_up_on is not None:
        with about("follow_up_on"):
            rules.check_due_on(whole.follow_up_on, site.calendar().day_of(at))


def _told(
    wholes: Iterable[WholeReferral], first: int, services: Mapping[str, Offered], by: Actor, at: datetime
) -> Iterator[Entry]:
    for number, whole in enumerate(wholes, first):
        check_referral(whole, services, at)
        yield from _entries(whole, number, services[whole.service].service, by)


def _entries(whole: WholeReferral, number: int, service: Service, by: Actor) -> Iterator[Entry]:
    ref, last = f"F{number:04d}", whole.rungs[-1]
    offer = Referral(number=number, ref=ref, service_code=service.code, kind=service.kind)
    offer.on_site, offer.response_ref = service.on_site, whole.response_ref
    offer.person_id, offer.visit_id = whole.person_id, whole.visit_id
    for step in whole.rungs:
        offered = step.rung == "offered"
        rung = Rung(ref=ref, rung=step.rung, how=step.how, happened_at=step.happened_at, by=by.ref)
        rows: list[Recorded] = [offer, rung] if offered else [rung]
        if step is last and whole.follow_up_on is not None:
            asks = FollowUp(ref=ref, due_on=whole.follow_up_on, happened_at=step.happened_at, by=by.ref)
            rows.append(asks)
        words = (whole.token, whole.note) if offered else (None, None)
        yield Entry(f"referral.{KINDS.get(step.rung, step.rung)}", ref, rows, step.happened_at, *words)
