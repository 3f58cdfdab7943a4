"""Entries of a response in words: a few reads for any number of them."""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select

from sitelog.ground.words import N_
from sitelog.responses.case import Done, Measured
from sitelog.responses.models import (
    Closing,
    DutyAssignment,
    PathwayChange,
    Recognition,
    Response,
    Step,
    Vitals,
    Whereabouts,
)
from sitelog.responses.pathways import DUTIES, PATHWAYS
from sitelog.responses.rules import vitals_advice
from sitelog.responses.steps import AFTERCARE_PLANS, AREAS, KINDS, PUPILS, ROUTES, SCALES, SKIN, STEP_WORDS
from sitelog.site import queries as site
from sitelog.staff import queries as staff
from sitelog.store.db import db
from sitelog.trail import queries as trail
from sitelog.trail.models import Link
from sitelog.trail.queries import Sentence

# Every table with rows that a link of a response may carry; a link's first row tells what it says.
ENTRIES: tuple[Any, ...] = (Recognition, Whereabouts, PathwayChange, Step, Vitals, DutyAssignment, Closing)
Rows = Mapping[int, list[Any]]


def sentences(links: Sequence[Link]) -> dict[int, Sentence]:
    """The entries in words, with the place; an amended one with what it said before."""
    ours = [link for link in links if link.noun == "response"]
    before = [link.amends for link in ours if link.amends]
    seqs = [link.seq for link in ours]
    rows, notes = rows_by_link([*seqs, *before]), trail.notes(seqs)
    where = _where_of({link.subject for link in ours})
    return {link.seq: _in_feed(link, rows, notes.get(link.seq), where.get(link.subject, "")) for link in ours}


def rows_by_link(seqs: Collection[int]) -> Rows:
    """The rows on each of these links, one query per table."""
    found: dict[int, list[Any]] = defaultdict(list)
    for model in ENTRIES:
        for row in db.session.scalars(select(model).where(model.link_seq.in_(seqs)).order_by(model.id)):
            found[row.link_seq].append(row)
    return found


def entry_words(link: Link, rows: Sequence[Any], note: str | None = None) -> Sentence:
    """One entry in words, without the place."""
    if link.verb == "struck":
        return Sentence(N_("Struck: an entry of %(ref)s"), {"ref": link.subject})
    if link.verb == "taken_up_again":
        return Sentence(N_("Taken up again"))
    if not rows:
        if not note:
            return Sentence(N_("Note, its words were erased"), final=True)
        return Sentence(N_("Note: %(words)s"), {"words": note})
    return _TELLERS[type(rows[0])](rows[0])


def step_words(step: Step | Done) -> Sentence:
    """A step in words: "Naloxone 0.4 mg IM"."""
    values = {
        "word": STEP_WORDS.get(step.kind, {}).get(step.word or "", N_("not said")),
        "device": site.book().label("oxygen_device", step.device) if step.device else "",
        "litres": f"{step.litres_per_minute} L/min" if step.litres_per_minute is not None else "",
        "dose": dose_words(step.micrograms, step.route),
    }
    return Sentence(KINDS[step.kind].said, values)


def dose_words(micrograms: int | None, route: str | None) -> str:
    """A dose as it is said: "0.4 mg IM"; empty if neither amount nor route is known."""
    amount = f"{micrograms / 1000:g} mg" if micrograms else ""
    way = _(ROUTES[route]) if route in ROUTES else ""
    return f"{amount} {way}".strip()


def spoken(sentence: Sentence) -> str:
    """A sentence and the labels in it, in the reader's language."""
    values = {
        name: _(value) if isinstance(value, str) and value else value
        for name, value in sentence.values.items()
    }
    said: str = _(sentence.text) % values
    return said


def vitals_words(row: Any) -> str:
    """Measurements as they are said: "SpO₂ 91, RR 9, P 110, Pain"."""
    return ", ".join(say(row) for say in _MEASURES if say(row))


def odd_words(measured: Measured) -> list[str]:
    """What is odd about a measurement, as sentences of the answer to it."""
    said = [_(one.text, **one.values) for one in vitals_advice(measured)]
    return [f"{words[0].upper()}{words[1:]}." for words in said]


def where_label(area: str, place_code: str | None) -> str:
    """Where it is, as people call it: "Booth 3", "Washroom"."""
    return site.book().place(place_code).label if place_code else AREAS[area]


def _number(name: str, before: str, after: str = "", tenths: bool = False) -> Callable[[Any], str]:
    def say(row: Any) -> str:
        value = getattr(row, name)
        if value is None:
            return ""
        shown = f"{value / 10:.1f}" if tenths else str(value)
        sign = {"below": "<", "above": "≥"}.get(row.bound or "", "")
        return f"{before} {sign}{shown}{after}".strip()

    return say


def _sedation(row: Any) -> str:
    if row.sedation_score is None:
        return ""
    named = SCALES.get(row.sedation_scale, {}).get(row.sedation_score, str(row.sedation_score))
    named = _(named)
    return named if row.sedation_scale == "avpu" else f"{row.sedation_scale.upper()} {named}"


def _pressure(row: Any) -> str:
    if row.systolic is None and row.diastolic is None:
        return ""
    return f"BP {row.systolic or '–'}/{row.diastolic or '–'}"


_MEASURES: tuple[Callable[[Any], str], ...] = (
    _number("spo2", "SpO₂"),
    _number("respirations", "RR"),
    _number("pulse", "P"),
    _sedation,
    _number("temperature_tenths", "", " °C", tenths=True),
    _number("glucose_tenths", "", " mmol/L", tenths=True),
    _pressure,
    lambda row: _("pupils %(how)s", how=_(PUPILS.get(row.pupils, row.pupils))) if row.pupils else "",
    lambda row: _("skin %(how)s", how=_(SKIN.get(row.skin, row.skin))) if row.skin else "",
)


def _duty(row: DutyAssignment) -> Sentence:
    who = staff.initials().get(row.staff_ref or "", row.staff_ref or "–")
    label = PATHWAYS["opioid"].duties[row.duty] if row.duty in DUTIES else row.duty
    return Sentence(N_("%(duty)s: %(who)s"), {"duty": label, "who": who})


def _closing(row: Closing) -> Sentence:
    outcome = site.book().label("outcome", row.outcome)
    if row.plan is None:
        return Sentence(N_("Closed: %(outcome)s"), {"outcome": outcome})
    return Sentence(
        N_("Closed: %(outcome)s, %(plan)s"), {"outcome": outcome, "plan": AFTERCARE_PLANS[row.plan]}
    )


_TELLERS: dict[type[Any], Callable[[Any], Sentence]] = {
    Recognition: lambda row: Sentence(N_("Recognised")),
    Whereabouts: lambda row: Sentence(
        N_("Place: %(where)s"), {"where": where_label(row.area, row.place_code)}
    ),
    PathwayChange: lambda row: Sentence(N_("Pathway: %(pathway)s"), {"pathway": PATHWAYS[row.pathway].label}),
    Step: step_words,
    Vitals: lambda row: Sentence(N_("%(vitals)s"), {"vitals": vitals_words(row)}),
    DutyAssignment: _duty,
    Closing: _closing,
}


def _in_feed(link: Link, rows: Rows, note: str | None, where: str) -> Sentence:
    if link.verb == "struck":
        old = rows.get(link.amends or 0, [])
        if old and isinstance(old[0], Recognition):
            return Sentence(N_("No overdose, %(where)s"), {"where": where})
    said = entry_words(link, rows.get(link.seq, []), note)
    if link.verb in ("started", "taken_up_again"):
        return Sentence(N_("Response started, %(where)s"), {"where": where})
    before = rows.get(link.amends or 0, [])
    was = entry_words(link, before) if before and link.verb == "amended" else None
    values = {"what": spoken(said), "where": where}
    # Where it is said where it is, the place is not said twice.
    text = (
        N_("%(what)s")
        if isinstance(rows.get(link.seq, [None])[0], Whereabouts)
        else N_("%(what)s, %(where)s")
    )
    return Sentence(text, values, _was(said, was), said.final)


def _was(now: Sentence, before: Sentence | None) -> str | None:
    if before is None:
        return None
    return spoken(before) if before != now else None


def _where_of(refs: Collection[str]) -> dict[str, str]:
    chosen = select(Response.ref, Whereabouts).join(Whereabouts, Whereabouts.response_id == Response.id)
    ordered = chosen.where(Response.ref.in_(refs)).order_by(Whereabouts.happened_at, Whereabouts.id)
    return {ref: where_label(row.area, row.place_code) for ref, row in db.session.execute(ordered)}
