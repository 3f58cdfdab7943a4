"""The response page at one moment: everything its regions show, put together once."""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime

from flask_wtf.csrf import generate_csrf

from sitelog.people import queries as people
from sitelog.people.queries import Warned
from sitelog.responses import queries
from sitelog.responses.ambulance import Ambulance, ambulance
from sitelog.responses.case import Case, Countdown, Summary, asked, at_odds, countdown, flags, summarise
from sitelog.responses.chart import Trend, trend
from sitelog.responses.ladder import RungSeen, ladder
from sitelog.responses.pad import Pad, pad
from sitelog.responses.pathways import PATHWAYS, Pathway
from sitelog.responses.persons import Person
from sitelog.responses.queries import OpenResponse
from sitelog.responses.rules import opened_by
from sitelog.responses.sentences import where_label
from sitelog.responses.timeline import Line, grouped, timeline
from sitelog.site import queries as site
from sitelog.staff import queries as staff
from sitelog.store.keys import key
from sitelog.trail import queries as trail
from sitelog.web.guards import actor
from sitelog.web.i18n import language


@dataclass(frozen=True)
class Desk:
    """What the page shows. `seq` is the chain's length it was read at, `newest` the last link about it."""

    now: datetime
    seq: int
    newest: int
    case: Case
    summary: Summary
    pathway: Pathway
    rungs: list[RungSeen]
    wait: Countdown | None
    ems: Ambulance
    pad: Pad
    trend: Trend
    lines: list[Line]
    person: Person | None
    alerts: tuple[Warned, ...]
    where: str
    duties: dict[str, str]
    initials: dict[str, str]
    running: list[OpenResponse]
    flags: set[str]
    checks: tuple[str, ...]
    odds: str | None

    @property
    def until(self) -> datetime | None:
        """When a countdown that is shown in words will be over."""
        return self.wait.until if self.wait and self.wait.until > self.now else None

    def key_of(self, one: OpenResponse) -> str:
        """The key that opens a running response."""
        keys = opened_by([running.desk_key for running in self.running])
        return keys[self.running.index(one)]

    def token(self, button: str) -> str:
        """The token of one button: the same until something is entered here, so that a tap repeated on a
        slow line is one entry, and another one afterwards, so that a second dose is a second dose."""
        words = "\x1f".join((actor().ref, self.case.ref, button, str(self.newest)))
        return hmac.new(key("cookies"), words.encode(), hashlib.sha256).hexdigest()[:32]


def desk(ref: str, now: datetime) -> Desk:
    """Everything about one response and the others that run."""
    seq, book, unclosed = trail.last_seq(), site.book(), queries.unclosed()
    # What is not closed was read a moment ago, with all that stands about it.
    person = queries.person_of(ref)
    known = next((one.case for one in unclosed if one.ref == ref), None) or queries.case(ref)
    intervals = queries.intervals()
    devices, doses = book.choices("oxygen_device"), book.choices("naloxone_dose")
    return Desk(
        now=now,
        seq=seq,
        newest=queries.newest_seq(ref),
        case=known,
        summary=summarise(known, now),
        pathway=PATHWAYS[known.pathway],
        rungs=ladder(known, devices, doses, intervals, now),
        wait=countdown(known, intervals),
        ems=ambulance(known),
        pad=pad(known, book.policy("sedation_scale", "avpu")),
        trend=trend(known),
        # Who does what has its own panel; the timeline page lists those entries too.
        lines=grouped([line for line in timeline(known, intervals) if line.noun != "duty"]),
        person=person,
        alerts=_alerts(person),
        where=where_label(known.area, known.place_code),
        duties=queries.duties(ref),
        initials=staff.initials(),
        running=[one for one in unclosed if one.state == "open"],
        flags=flags(known),
        checks=asked(known),
        odds=odds_of(known),
    )


def odds_of(case: Case) -> str | None:
    """How the outcome of a closed case contradicts its end with the ambulance, if it does."""
    if case.closed is None:
        return None
    return at_odds(case, site.book().choice("outcome", case.closed.outcome).group or "")


def _alerts(person: Person | None) -> tuple[Warned, ...]:
    """What staff should know of whom they treat."""
    if person is None or person.person_id is None:
        return ()
    return people.alerts_of([person.person_id]).get(person.person_id, ())


def etag(seq: int, ref: str, waits: bool) -> str:
    """What the page's live region hangs on: the chain, the reader, and whether a countdown runs."""
    said = (str(seq), ref, str(waits), actor().ref, language(), str(generate_csrf()))
    return hashlib.sha256("\x1f".join(said).encode()).hexdigest()[:24]
