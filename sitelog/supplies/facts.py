"""What supplies count: handed out, taken back, picked up. Stock is the site's own and never counted here."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import select

from sitelog.ground.days import Window
from sitelog.ground.facts import Fact, Grain, Measure
from sitelog.ground.words import N_
from sitelog.site import queries as site
from sitelog.store.db import db
from sitelog.store.transaction import connection
from sitelog.supplies.models import Entry, Given, KitGiven, PickUp, Returned
from sitelog.supplies.rules import KITS
from sitelog.trail.amend import is_current

MEASURES: tuple[Measure, ...] = (
    Measure(
        "syringes_given",
        N_("Needles and syringes given"),
        N_("Needles and syringes handed out, those in kits included, with or without a visit."),
    ),
    Measure(
        "syringes_returned",
        N_("Needles and syringes returned"),
        N_("Needles and syringes taken back at the desk: counted, said, by container or by weight."),
    ),
    Measure(
        "supplies_given",
        N_("Supplies given, by class"),
        N_("Items handed out by class of the site's list; a kit counts as the items in it."),
    ),
    Measure(
        "sharps_picked_up",
        N_("Sharps picked up in public"),
        N_("Sharps counted at public pick-ups; those known by litres alone are not in it."),
    ),
    Measure(
        "naloxone_kits_given",
        N_("Naloxone kits given"),
        N_("Naloxone kits handed out to take along, by form."),
    ),
)


def facts(window: Window, grain: Grain) -> Iterator[Fact]:
    """One fact a row that stands, on the day it happened; its amount is the number of pieces."""
    book = site.book_of(window)
    forms = {word.data.get("item"): word.code for word in book.choices("naloxone_form", retired=True)}
    for item, count, at in _rows(Given, Given.item, window):
        group = book.choice("supply", item).group or "other"
        yield grain.fact("supplies_given", at, {"supply_group": group}, amount=count)
        if group == "syringe":
            yield grain.fact("syringes_given", at, amount=count)
        if group == KITS:
            form = {"naloxone_form": forms.get(item, "not_recorded")}
            yield grain.fact("naloxone_kits_given", at, form, amount=count)
    for method, count, at in _rows(Returned, Returned.method, window):
        yield grain.fact("syringes_returned", at, {"return_method": method}, amount=count)
    for kind, count, at in _rows(PickUp, PickUp.kind, window):
        if kind == "public" and count:
            yield grain.fact("sharps_picked_up", at, amount=count)
    for form, count, at in _rows(KitGiven, KitGiven.form, window):
        yield grain.fact("naloxone_kits_given", at, {"naloxone_form": form}, amount=count)


def unrecorded(window: Window) -> frozenset[str]:
    """Every measure of a site that had not begun to enter its supplies when the window ended."""
    first = db.session.scalar(select(Entry.id).where(Entry.happened_at < window.end).limit(1))
    return frozenset(measure.code for measure in MEASURES) if first is None else frozenset()


def _rows(model: Any, what: Any, window: Window) -> Iterator[Any]:
    """Of each row that stands: `what` it was, how many, and when."""
    chosen = select(what, model.count, Entry.happened_at).join(Entry, Entry.link_seq == model.link_seq)
    within = (Entry.happened_at >= window.start, Entry.happened_at < window.end, is_current(model))
    yield from connection().execute(chosen.where(*within).order_by(model.id))
