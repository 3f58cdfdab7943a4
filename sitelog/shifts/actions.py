"""The verbs of a shift: come on and go off, tick the opening check, sign off, read back, hand over."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sitelog.ground.access import Actor
from sitelog.ground.errors import Conflict, Refused
from sitelog.ground.words import N_
from sitelog.shifts import drafts, queries, rules, stock, summary, team
from sitelog.shifts import open as opened
from sitelog.shifts.corrected import corrected
from sitelog.shifts.items import freeze
from sitelog.shifts.models import Duty, ReadBack, SignOff, Tick
from sitelog.shifts.rules import Shift
from sitelog.site import queries as site
from sitelog.site.rules import check_choice
from sitelog.staff import actions as staff_actions
from sitelog.staff import queries as staff
from sitelog.store.transaction import transaction
from sitelog.supplies import queries as supplies
from sitelog.trail import amend as amending
from sitelog.trail import queries as trail
from sitelog.trail.actions import append, seen
from sitelog.trail.models import Link

# The parts of the handover with their words, in the order they are said.
Lines = Sequence[tuple[str, str]]


def come_on(
    ref: str,
    who: str,
    role: str,
    *,
    by: Actor,
    happened_at: datetime,
    at: datetime,
    token: str | None = None,
) -> Duty:
    """Put somebody on the roster; whoever is on already takes another role from now on."""
    with transaction():
        if first := seen(token, by=by):
            return trail.rows_of(first, Duty)[0]
        check_choice(site.book(), "shift_role", role, "role")
        _check_at_desk(who)
        if any(one.staff == who and one.role == role and one.until is None for one in queries.roster(ref)):
            raise Conflict(N_("%(name)s is on in this role already."), name=staff.name_of(who))
        row = Duty(ref=queries.shift(ref).ref, staff=who, role=role, happened_at=happened_at)
        append("shift.came_on", ref, row, by=by, happened_at=happened_at, at=at, token=token)
        return row


def go_off(
    ref: str, who: str, *, by: Actor, happened_at: datetime, at: datetime, token: str | None = None
) -> Duty:
    """Somebody goes home."""
    with transaction():
        if first := seen(token, by=by):
            return trail.rows_of(first, Duty)[0]
        if not any(one.staff == who and one.until is None for one in queries.roster(ref)):
            raise Conflict(N_("%(name)s is not on this shift."), name=staff.name_of(who))
        row = Duty(ref=ref, staff=who, role=None, happened_at=happened_at)
        append("shift.went_off", ref, row, by=by, happened_at=happened_at, at=at, token=token)
        return row


def tick(
    ref: str,
    item: str,
    fine: bool,
    number: int | None = None,
    *,
    by: Actor,
    happened_at: datetime,
    at: datetime,
    token: str | None = None,
    note: str | None = None,
) -> Tick:
    """Say of one point of the opening check whether it is in order; the newest tick is what counts."""
    with transaction():
        if first := seen(token, by=by):
            return trail.rows_of(first, Tick)[0]
        row = _tick(queries.shift(ref).ref, item, fine, number, happened_at, by)
        words: dict[str, Any] = {"by": by, "happened_at": happened_at, "at": at, "token": token, "note": note}
        append("shift.ticked", ref, row, **words)
        return row


def sign_off(
    ref: str, lines: Lines, *, by: Actor, happened_at: datetime, at: datetime, token: str | None = None
) -> SignOff:
    """Freeze the summary as it is now, and the words of the handover with it, as the next version."""
    shift = queries.shift(ref)
    rules.check_begun(shift, at)
    # Counted before the writing begins: what is entered meanwhile makes this version one that was touched.
    through = trail.last_seq()
    content, digest = summary.freeze(*_counted(shift, lines, at))
    with transaction():
        if first := seen(token, by=by):
            return trail.rows_of(first, SignOff)[0]
        rules.check_may_sign(by, queries.roster(ref))
        signed = queries.versions(ref)
        if signed and not corrected(signed[-1:], at):
            raise Conflict(N_("This shift is signed, and nothing in it has changed since."))
        row = SignOff(ref=ref, version=len(signed) + 1, through_seq=through, content=content, digest=digest)
        row.starts_at, row.ends_at = shift.window.start, shift.window.end
        row.happened_at, row.by = happened_at, by.ref
        words: dict[str, Any] = {"by": by, "happened_at": happened_at, "at": at, "token": token}
        append("shift.signed_off", ref, row, note=rules.as_words(lines), **words)
        return row


def read_back(
    ref: str, who: str, pin: str, *, by: Actor, happened_at: datetime, at: datetime, token: str | None = None
) -> ReadBack:
    """The lead of the next shift proves with their PIN that they have read the newest version back.

    The entry is theirs, whoever is signed in at the desk (`by`); a wrong PIN counts as a try of theirs.
    """
    incoming = staff_actions.check_own_pin(who, pin, at=at)
    with transaction():
        if first := seen(token, by=incoming):
            return trail.rows_of(first, ReadBack)[0]
        return _read_back(ref, incoming, happened_at, at, token)


def hand_over(
    ref: str,
    lines: Lines,
    who: str,
    pin: str,
    *,
    by: Actor,
    happened_at: datetime,
    at: datetime,
    token: str | None = None,
) -> SignOff:
    """Sign off, and have it read back, at once: with a wrong PIN nothing is signed."""
    rules.check_reader(who, by.ref)
    incoming = staff_actions.check_own_pin(who, pin, at=at)
    with transaction():
        if first := seen(token, by=by):
            return trail.rows_of(first, SignOff)[0]
        row = sign_off(ref, lines, by=by, happened_at=happened_at, at=at, token=token)
        _read_back(ref, incoming, happened_at, at, None)
        return row


def amend_duty(
    seq: int,
    role: str,
    *,
    by: Actor,
    happened_at: datetime,
    at: datetime,
    reason: str,
    token: str | None = None,
) -> Link:
    """Correct when or as what somebody came on, or when they went off (the role then stays empty)."""
    with transaction():
        if first := seen(token, by=by):
            return first
        old = trail.rows_of(check_changeable(seq, by), Duty)[0]
        if old.role is not None:
            check_choice(site.book(), "shift_role", role, "role")
        row = Duty(ref=old.ref, staff=old.staff, happened_at=happened_at)
        row.role = role if old.role is not None else None
        return amending.amend(seq, row, by=by, happened_at=happened_at, at=at, reason=reason, token=token)


def amend_tick(
    seq: int,
    fine: bool,
    number: int | None,
    *,
    by: Actor,
    happened_at: datetime,
    at: datetime,
    reason: str,
    token: str | None = None,
) -> Link:
    """Correct a point of the opening check."""
    with transaction():
        if first := seen(token, by=by):
            return first
        old = trail.rows_of(check_changeable(seq, by), Tick)[0]
        row = _tick(old.ref, old.item, fine, number, happened_at, by)
        return amending.amend(seq, row, by=by, happened_at=happened_at, at=at, reason=reason, token=token)


def strike(
    seq: int,
    *,
    by: Actor,
    at: datetime,
    reason: str = "other",
    token: str | None = None,
    note: str | None = None,
) -> Link:
    """Take an entry of a shift back; a signature taken back stays readable in the trail."""
    with transaction():
        if first := seen(token, by=by):
            return first
        check_changeable(seq, by)
        return amending.strike(seq, by=by, at=at, reason=reason, token=token, note=note)


def check_changeable(seq: int, by: Actor) -> Link:
    """The entry about a shift, if this person may change it."""
    return amending.check_changeable(seq, "shift", by)


def _counted(shift: Shift, lines: Lines, at: datetime) -> tuple[summary.Summary, dict[str, Any]]:
    more = {
        "ref": shift.ref,
        "starts": shift.window.start.isoformat(),
        "ends": shift.window.end.isoformat(),
        "at": at.isoformat(),
        "roster": team.freeze_roster(queries.roster(shift.ref)),
        "opening": team.freeze_opening(queries.opening(shift.ref)),
        "open": freeze(opened.open_items(at)),
        "typed": drafts.in_lines(shift.ref, lines),
        "stock": stock.freeze(supplies.at_hand(at)),
    }
    return summary.of_window(shift.window, site.book(), at), more


def _read_back(ref: str, incoming: Actor, happened_at: datetime, at: datetime, token: str | None) -> ReadBack:
    signed = queries.versions(ref)
    if not signed:
        raise Conflict(N_("Nothing is signed yet that could be read back."))
    rules.check_reader(incoming.ref, signed[-1].by)
    if signed[-1].version in queries.read_backs(ref):
        raise Conflict(N_("This version has been read back already."))
    row = ReadBack(ref=ref, version=signed[-1].version, staff=incoming.ref, happened_at=happened_at)
    append("shift.read_back", ref, row, by=incoming, happened_at=happened_at, at=at, token=token)
    return row


def _tick(ref: str, item: str, fine: bool, number: int | None, happened_at: datetime, by: Actor) -> Tick:
    book = site.book()
    check_choice(book, "opening_check", item, "item")
    rules.check_read_off(number, str(book.choice("opening_check", item).data.get("unit", "")))
    return Tick(ref=ref, item=item, fine=fine, number=number, happened_at=happened_at, by=by.ref)


def _check_at_desk(who: str) -> None:
    if who not in {tile.ref for tile in staff.people_on_tiles()}:
        raise Refused(N_("Choose somebody of the desk."), field="who")
