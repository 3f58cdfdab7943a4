"""What is open now and goes on into the next shift: each feature's open ends, in one list."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from zlib import crc32

from sitelog.alerts import queries as alerts
from sitelog.board import queries as board
from sitelog.board.queries import House
from sitelog.ground.words import N_
from sitelog.incidents import queries as incidents
from sitelog.incidents import rules as incident_rules
from sitelog.people import queries as people
from sitelog.referrals import queries as referrals
from sitelog.responses import queries as responses
from sitelog.services import queries as services
from sitelog.shifts.items import RUNNING, OpenItem, Who
from sitelog.shifts.rules import Words
from sitelog.site import queries as site
from sitelog.staff import queries as staff
from sitelog.supplies import queries as supplies
from sitelog.visits.queries import Present

# How long before it begins a planned session is handed over: it may be of the next day, after a night.
SESSIONS_AHEAD = timedelta(hours=24)
# How long before it ends, or is to be looked at again, a restriction is handed over.
RESTRICTION_DAYS = 2


def open_items(now: datetime, house: House | None = None) -> list[OpenItem]:
    """Everything open at `now`, the most pressing kind first; as many reads for any number of them."""
    seen = house or board.house(now)
    return [item for source in SOURCES for item in source(now, seen)]


# What is said of a response: whether it runs, and whether it is known whose it is.
_RESPONSE = {
    (True, True): N_("Response %(ref)s, %(where)s, %(who)s: running since %(at)s"),
    (True, False): N_("Response %(ref)s, %(where)s: running since %(at)s"),
    (False, True): N_("Response %(ref)s, %(where)s, %(who)s: to be closed"),
    (False, False): N_("Response %(ref)s, %(where)s: to be closed"),
}


def _running(now: datetime, house: House) -> Iterator[OpenItem]:
    for one in responses.unclosed():
        runs = one.state == "open"
        values: dict[str, object] = {"ref": one.ref, "where": one.where, "at": one.recognised_at}
        if one.visit_ref and one.who:
            values["who"] = Who(one.person_id, one.who if one.person_id is None else one.visit_ref)
        text = _RESPONSE[runs, "who" in values]
        tag = Words(RUNNING if runs else N_("close"), {})
        yield OpenItem(
            f"response.{one.ref}", "resp", Words(text, values), tag, "resp", f"/responses/{one.ref}"
        )


def _aftercare(now: datetime, house: House) -> Iterator[OpenItem]:
    for after in house.aftercare:
        due = after.watch.due_at
        values: dict[str, object] = {"who": who(after.present), "at": due or after.watch.ends_at}
        text = N_("%(who)s: observation due %(at)s") if due else N_("%(who)s: in aftercare until %(at)s")
        late = due is not None and due <= now
        tag = Words(N_("due now") if late else N_("aftercare"), {})
        url = f"/visits/{after.present.ref}"
        tone = "due" if late else ""
        had = _had(house, after.present)
        yield OpenItem(f"visit.{after.present.ref}", "due", Words(text, values), tag, tone, url, late, had)


def _in_the_room(now: datetime, house: House) -> Iterator[OpenItem]:
    for card in (card for room in house.rooms for card in room.cards if card.present):
        assert card.present is not None
        values: dict[str, object] = {"who": who(card.present), "where": card.place.label}
        values["at"] = card.present.since
        said = Words(N_("%(who)s: in %(where)s since %(at)s"), values)
        tag = Words(N_("in a place"), {})
        url, had = f"/visits/{card.present.ref}", _had(house, card.present)
        yield OpenItem(f"visit.{card.present.ref}", "use", said, tag, "", url, responses=had)
    for wait in house.waiting:
        values = {"who": who(wait.present), "at": wait.present.since}
        said = Words(N_("%(who)s: waiting since %(at)s"), values)
        tag, had = Words(N_("waiting"), {}), _had(house, wait.present)
        yield OpenItem(f"visit.{wait.present.ref}", "clock", said, tag, responses=had)
    for present in house.service:
        values = {"who": who(present), "at": present.since}
        said = Words(N_("%(who)s: here for a service since %(at)s"), values)
        tag, had = Words(N_("service"), {}), _had(house, present)
        yield OpenItem(f"visit.{present.ref}", "people", said, tag, responses=had)


def _had(house: House, present: Present) -> tuple[str, ...]:
    return tuple(house.responded.get(present.visit_id, ()))


def _follow_ups(now: datetime, house: House) -> Iterator[OpenItem]:
    tags = {"late": N_("late"), "now": N_("today"), "left": N_("tomorrow")}
    for one in referrals.due(now):
        # The name of a person is not kept in what is frozen: the number of the referral leads to it.
        said = Words(N_("%(ref)s: ask about %(service)s"), {"ref": one.ref, "service": one.service})
        tone = "" if one.tone == "left" else "due"
        yield OpenItem(
            f"ask.{one.ref}", "refer", said, Words(tags[one.tone], {}), tone, f"/referrals/{one.ref}"
        )


def _stock(now: datetime, house: House) -> Iterator[OpenItem]:
    book = site.book()
    for warn in supplies.warns(now):
        about = str(warn.values.get("code") or warn.values.get("item") or "oxygen")
        words = Words(warn.text, dict(warn.values))
        # An item may be short and out of date at once: what is said about it is a part of its key.
        key = f"stock.{slug(about)[:30]}-{crc32(warn.text.encode()):08x}"
        # Oxygen and naloxone are what a response needs.
        urgent = "item" not in warn.values or "micrograms" in book.choice("supply", warn.of).data
        yield OpenItem(key, "warn", words, Words(N_("stock"), {}), "due", "/supplies", urgent)


def _out_of_service(now: datetime, house: House) -> Iterator[OpenItem]:
    book = site.book()
    for code, outage in site.out_of_service().items():
        values = {"place": book.place(code).label, "reason": book.label("out_reason", outage.reason)}
        said = Words(N_("%(place)s out of service: %(reason)s"), values)
        yield OpenItem(f"out.{code}", "oos", said, Words(N_("since %(at)s"), {"at": outage.since}), "", "/")


def _drug_alerts(now: datetime, house: House) -> Iterator[OpenItem]:
    # What an alert says can be erased, so it is not kept in what is frozen: its number leads to it.
    desk = [tile.ref for tile in staff.people_on_tiles()]
    for one in alerts.standing(house.seq, now):
        unread = [ref for ref in desk if not one.is_read_by(ref)]
        values: dict[str, object] = {"ref": one.ref, "on": one.since_on, "n": len(unread)}
        text = N_("Drug alert %(ref)s since %(on)s: not read by %(n)s of the desk")
        said = Words(text if unread else N_("Drug alert %(ref)s since %(on)s: read by all"), values)
        tag = Words(N_("to be read") if unread else "", {})
        tone = "due" if unread else ""
        yield OpenItem(f"alert.{one.ref}", "warn", said, tag, tone, "/alerts", bool(unread))


def _incidents(now: datetime, house: House) -> Iterator[OpenItem]:
    calendar = site.calendar()
    # What is gravest is handed over first: a death is not to be looked for among the complaints. Of two as
    # grave it is the newer one: of the older one the shift before was told.
    newest = reversed(incidents.open_items())
    for one in sorted(newest, key=lambda one: incident_rules.gravity(one.kind.group)):
        today = calendar.day_of(one.happened_at) == calendar.day_of(now)
        # One of another day is said by its date: a time of day alone would be taken for today's.
        since: object = one.happened_at if today else calendar.day_of(one.happened_at)
        steps = tuple(todo.step.label for todo in one.todo if todo.missing)
        values = {"ref": one.ref, "kind": one.kind.label, "since": since, "steps": steps}
        text = N_("%(ref)s: %(kind)s, since %(since)s")
        said = Words(N_("%(ref)s: %(kind)s, since %(since)s; missing: %(steps)s") if steps else text, values)
        late, missing = one.late(now), {"n": one.missing}
        tag = Words(
            N_("step late") if late else N_("%(n)s steps missing") if one.missing else N_("open"), missing
        )
        tone, urgent = "due" if late else "", bool(late) or one.kind.group in incident_rules.ALWAYS_NAMED
        yield OpenItem(f"incident.{one.ref}", "flag", said, tag, tone, f"/incidents/{one.ref}", urgent)


def _restrictions(now: datetime, house: House) -> Iterator[OpenItem]:
    today = site.calendar().day_of(now)
    for one in people.restrictions_ending(now, RESTRICTION_DAYS):
        review = one.review_on is not None and (one.ends_on is None or one.review_on <= one.ends_on)
        on = one.review_on if review else one.ends_on
        values = {"who": Who(one.person_id, N_("somebody")), "on": on}
        text = N_("Restriction of %(who)s: look at it again") if review else N_("Restriction of %(who)s ends")
        tone = "due" if on is not None and on <= today else ""
        tag = Words(N_("on %(on)s"), {"on": on})
        said, urgent = Words(text, values), bool(tone)
        yield OpenItem(f"restriction.{one.root_seq}", "oos", said, tag, tone, "/people", urgent)


def _sessions(now: datetime, house: House) -> Iterator[OpenItem]:
    book = site.book()
    for one in services.sessions(now):
        row = one.session
        if one.state != "planned" or row.starts_at > now + SESSIONS_AHEAD:
            continue
        values = {"what": book.label("on_site_service", row.kind), "at": row.starts_at}
        past = row.starts_at <= now
        text = N_("%(what)s at %(at)s: held?") if past else N_("%(what)s at %(at)s")
        tag = Words(N_("not closed") if past else N_("planned"), {})
        yield OpenItem(
            f"session.{row.ref}", "people", Words(text, values), tag, "due" if past else "", "/services"
        )


# Every feature whose open ends a shift hands over. A new one is one line here.
SOURCES: tuple[Callable[[datetime, House], Iterator[OpenItem]], ...] = (
    _running,
    _aftercare,
    _in_the_room,
    _drug_alerts,
    _incidents,
    _stock,
    _out_of_service,
    _restrictions,
    _sessions,
    _follow_ups,
)


def who(present: Present) -> Who:
    """Somebody in the house, by number."""
    return Who(present.person_id, present.who if present.person_id is None else present.ref)


def slug(text: str) -> str:
    """A text as a part of a line's key."""
    return "".join(letter if letter.isascii() and letter.isalnum() else "-" for letter in text)[:40]
