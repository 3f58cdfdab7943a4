"""The verbs of single steps and measurements, said as nurses say them; `actions` hands them on."""

from datetime import datetime
from typing import Any

from sitelog.ground.access import Actor
from sitelog.ground.days import check_not_ahead
from sitelog.responses import queries, rules
from sitelog.responses.case import Done, Measured
from sitelog.responses.models import Recognition, Response, Step, Vitals, Whereabouts
from sitelog.responses.steps import KINDS
from sitelog.store.transaction import transaction
from sitelog.supplies import actions as supplies
from sitelog.trail.actions import append, seen
from sitelog.trail.queries import rows_of

_GIVERS = {"naloxone": "staff", "ems_naloxone": "ems"}


def add_step(
    ref: str, done: Done, *, by: Actor, at: datetime, token: str | None = None, note: str | None = None
) -> Step:
    """Record a step of any kind; `done.happened_at` is when it happened. The verbs below say it by name."""
    with transaction():
        if first := seen(token, by=by):
            return rows_of(first, Step)[0]
        response = queries.response(ref)
        rules.check_step(done, queries.device_codes(), at)
        take_up_if_struck(response, by=by, at=at)
        row = step_row(response.id, done)
        when: dict[str, Any] = {"happened_at": done.happened_at, "at": at}
        used = stock_used(row)
        append(f"response.{KINDS[done.kind].past}", ref, row, *used, by=by, token=token, note=note, **when)
        return row


def stimulate(
    ref: str, how: str = "voice", *, by: Actor, happened_at: datetime, at: datetime, token: str | None = None
) -> Step:
    """Voice or sternal rub (kinds "voice", "sternal_rub")."""
    return add_step(ref, Done(how, happened_at), by=by, at=at, token=token)


def open_airway(
    ref: str,
    how: str = "head_tilt",
    word: str | None = None,
    *,
    by: Actor,
    happened_at: datetime,
    at: datetime,
    token: str | None = None,
) -> Step:
    """Head tilt, jaw thrust, suction, or an adjunct (`word` "opa" or "npa")."""
    return add_step(ref, Done(how, happened_at, word=word), by=by, at=at, token=token)


def give_oxygen(
    ref: str,
    device: str | None = None,
    litres_per_minute: int | None = None,
    *,
    by: Actor,
    happened_at: datetime,
    at: datetime,
    token: str | None = None,
) -> Step:
    """Oxygen by a device of the site's list; without a flow, the one the list gives for it."""
    if litres_per_minute is None and device is not None:
        litres_per_minute = queries.usual_litres(device)
    done = Done("oxygen", happened_at, device=device, litres_per_minute=litres_per_minute)
    return add_step(ref, done, by=by, at=at, token=token)


def assist_breathing(
    ref: str,
    how: str = "bag_breaths",
    *,
    by: Actor,
    happened_at: datetime,
    at: datetime,
    token: str | None = None,
) -> Step:
    """Breaths by bag or pocket mask."""
    return add_step(ref, Done(how, happened_at), by=by, at=at, token=token)


def give_naloxone(
    ref: str,
    micrograms: int,
    route: str,
    *,
    by: Actor,
    happened_at: datetime,
    at: datetime,
    token: str | None = None,
) -> Step:
    """A dose by staff. Its stock is used up in the same entry; a dose without stock is given all the same."""
    done = Done("naloxone", happened_at, micrograms=micrograms, route=route)
    return add_step(ref, done, by=by, at=at, token=token)


def call_ems(ref: str, *, by: Actor, happened_at: datetime, at: datetime, token: str | None = None) -> Step:
    """The ambulance is called, or called again."""
    return add_step(ref, Done("ems_called", happened_at), by=by, at=at, token=token)


def ems_arrived(
    ref: str, *, by: Actor, happened_at: datetime, at: datetime, token: str | None = None
) -> Step:
    """The ambulance's crew is with the person."""
    return add_step(ref, Done("ems_arrived", happened_at), by=by, at=at, token=token)


def ems_gave_naloxone(
    ref: str,
    micrograms: int | None = None,
    route: str | None = None,
    *,
    by: Actor,
    happened_at: datetime,
    at: datetime,
    token: str | None = None,
) -> Step:
    """A dose by the ambulance's crew, kept apart from staff's; the amount may be unknown."""
    done = Done("ems_naloxone", happened_at, micrograms=micrograms, route=route)
    return add_step(ref, done, by=by, at=at, token=token)


def ems_left(
    ref: str, how: str, *, by: Actor, happened_at: datetime, at: datetime, token: str | None = None
) -> Step:
    """How it ended with the ambulance: "transported", "treated", "declined" or "not_needed"."""
    return add_step(ref, Done("ems_left", happened_at, word=how), by=by, at=at, token=token)


def start_cpr(ref: str, *, by: Actor, happened_at: datetime, at: datetime, token: str | None = None) -> Step:
    """Chest compressions begin."""
    return add_step(ref, Done("cpr", happened_at), by=by, at=at, token=token)


def use_aed(
    ref: str, shock: bool = False, *, by: Actor, happened_at: datetime, at: datetime, token: str | None = None
) -> Step:
    """The defibrillator is on, or gave a shock."""
    return add_step(ref, Done("shock" if shock else "aed", happened_at), by=by, at=at, token=token)


def record_vitals(
    ref: str, measured: Measured, *, by: Actor, at: datetime, token: str | None = None
) -> Vitals:
    """Record what was measured at `measured.happened_at`: one value or several."""
    with transaction():
        if first := seen(token, by=by):
            return rows_of(first, Vitals)[0]
        response = queries.response(ref)
        rules.check_vitals(measured, at)
        take_up_if_struck(response, by=by, at=at)
        row = vitals_row(response.id, measured)
        when: dict[str, Any] = {"happened_at": measured.happened_at, "at": at}
        append("response.vitals_recorded", ref, row, by=by, token=token, **when)
        return row


def step_row(response_id: int, done: Done) -> Step:
    """The row of a step."""
    values = {name: value for name, value in vars(done).items() if name != "seq"}
    return Step(response_id=response_id, giver=_GIVERS.get(done.kind), **values)


def stock_used(row: Any, instead_of: int | None = None) -> list[Any]:
    """The moves of stock that a step makes: a dose by staff uses some up, nothing else does."""
    if not isinstance(row, Step) or row.kind != "naloxone":
        return []
    return list(supplies.use_up(row.micrograms, row.route, row.happened_at, instead_of))


def vitals_row(response_id: int, measured: Measured) -> Vitals:
    """The row of a measurement."""
    values = {name: value for name, value in vars(measured).items() if name != "seq"}
    return Vitals(response_id=response_id, **values)


def take_up_if_struck(response: Response, *, by: Actor, at: datetime, token: str | None = None) -> None:
    """Let a response that was said to be none run on from where and when it had begun."""
    # Somebody is being treated: whoever struck the start was mistaken, and no tap may be lost over it.
    if queries.standing_recognition(response.id) is not None:
        return
    began, where = queries.last_beginning(response.id)
    rows = beginning(response.id, where, began)
    append("response.taken_up_again", response.ref, *rows, by=by, happened_at=began, at=at, token=token)


def beginning(response_id: int, where: dict[str, Any], happened_at: datetime) -> list[Any]:
    """The rows that say when and where it began."""
    return [
        Recognition(response_id=response_id, happened_at=happened_at),
        Whereabouts(response_id=response_id, **where),
    ]


def changed_row(row: Any, happened_at: datetime, changes: dict[str, Any], at: datetime) -> Any:
    """A row that takes the place of `row`, with another time and other values."""
    values = queries.values_to_repeat(row)
    values |= {name: value for name, value in changes.items() if name in values}
    if not isinstance(row, Whereabouts):  # its instant is when it was said, which orders what was said
        values["happened_at"] = happened_at
    response_id = values.pop("response_id")
    if isinstance(row, Step):
        values.pop("giver")
        done = Done(**values)
        rules.check_step(done, queries.device_codes(), at)
        return step_row(response_id, done)
    if isinstance(row, Vitals):
        measured = Measured(**values)
        rules.check_vitals(measured, at)
        return vitals_row(response_id, measured)
    check_not_ahead(happened_at, at)
    return type(row)(response_id=response_id, **values)
