"""What an incident asks for, what is still missing, and when it is closed. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sitelog.ground.errors import WHEN, Refused
from sitelog.ground.words import N_
from sitelog.site.rules import ELSEWHERE, Choice, SiteBook, check_alone, check_choice

# How a step may have gone; nothing here is better than another.
STEP_OUTCOMES = {
    "done": N_("Done"),
    "not_needed": N_("Not needed"),
    "declined": N_("Offered, declined"),
}
CLASSES = {
    "violence": N_("Violence and theft"),
    "medical": N_("Medical, no overdose"),
    "exposure": N_("Needlestick and exposure"),
    "substance": N_("Substances left behind"),
    "police": N_("Police"),
    "complaint": N_("Complaints"),
    "neighbourhood": N_("Neighbourhood"),
    "site": N_("House and equipment"),
    "privacy": N_("Privacy"),
    "death": N_("Deaths"),
    "other": N_("Other"),
}
# The classes of which a handover speaks first, the gravest first. A needlestick comes before what is over:
# the hours in which something can be done about it run.
GRAVE = ("death", "medical", "exposure", "violence", "police")
# A handover names each of these, however much else is open.
ALWAYS_NAMED = frozenset({"death"})
# What an incident may belong to, by the letter of its ref.
TIED_TO = {"V": "visit", "R": "response", "I": "incident"}
MOST = 9999
Answer = str | int


@dataclass(frozen=True)
class Happening:
    """What happened: its kind, where, the answers by field, and the refs of what it belongs to.

    `end` is how it was settled at once; None leaves it open.
    """

    kind: str
    where: str | None = None
    answers: Mapping[str, Sequence[Answer]] = field(default_factory=dict)
    ties: Sequence[str] = ()
    end: str | None = None


@dataclass(frozen=True)
class Step:
    """Something done about an incident, how it went, and who saw it (a person of the desk)."""

    step: str
    outcome: str = "done"
    witness: str | None = None


@dataclass(frozen=True)
class Closing:
    """How an incident ended."""

    how: str


@dataclass(frozen=True)
class Words:
    """A note that was added later."""

    text: str


@dataclass(frozen=True)
class Tie:
    """That an incident belongs to a visit, a response or another incident."""

    to: str


What = Happening | Step | Closing | Words | Tie


@dataclass(frozen=True)
class Taken:
    """A step that was entered and stands."""

    seq: int
    step: str
    outcome: str
    witness: str | None
    happened_at: datetime
    actor: str


@dataclass(frozen=True)
class Todo:
    """One step of an incident's protocol: who took it and when, or until when it should be taken."""

    step: Choice
    taken: Taken | None = None
    until: datetime | None = None
    # Another step that stands in for it was taken.
    spared: bool = False

    @property
    def missing(self) -> bool:
        """Whether nobody has said anything about it yet."""
        return self.taken is None and not self.spared

    @property
    def unwitnessed(self) -> bool:
        """Whether it should have had a witness and has none."""
        done = self.taken is not None and self.taken.outcome == "done"
        return bool(self.step.data.get("witness")) and done and not (self.taken and self.taken.witness)

    def is_late(self, now: datetime) -> bool:
        """Whether the time to take it is over."""
        return self.missing and self.until is not None and now > self.until


def fields_of(book: SiteBook, kind: str) -> list[Choice]:
    """The fields a kind asks for, in its order; a field the site has retired is not asked."""
    known = {one.code: one for one in book.choices("incident_field")}
    return [known[code] for code in book.choice("incident_kind", kind).data.get("asks", ()) if code in known]


def answers_of(book: SiteBook, asked: Choice) -> list[Choice]:
    """The answers a field offers."""
    group = asked.data.get("offers", asked.code)
    return [one for one in book.choices("incident_answer") if one.group == group]


def protocol(book: SiteBook, kind: str, happened_at: datetime, taken: Iterable[Taken]) -> list[Todo]:
    """The steps that follow an incident of a kind, with what was entered about each."""
    group = book.choice("incident_kind", kind).data.get("steps")
    steps = [one for one in book.choices("incident_step") if group and one.group == group]
    newest = {one.step: one for one in sorted(taken, key=lambda one: (one.happened_at, one.seq))}
    gone = {one.data.get("one_of") for one in steps if one.code in newest} - {None}
    return [
        Todo(one, newest.get(one.code), _until(one, happened_at), one.data.get("one_of") in gone)
        for one in steps
    ]


def gravity(group: str | None) -> int:
    """Where a class comes among the others, the gravest being 0."""
    return GRAVE.index(group) if group in GRAVE else len(GRAVE)


def where_words(book: SiteBook, code: str | None) -> str:
    """The place in words; empty where nobody said it."""
    if code is None:
        return ""
    known = {place.code: place.label for place in book.places}
    return known.get(code) or ELSEWHERE.get(code, code)


def by_class(kinds: Iterable[Choice]) -> dict[str, list[Choice]]:
    """Kinds under the words of their class, in the order of CLASSES."""
    kept = list(kinds)
    groups = {code: [one for one in kept if (one.group or "other") == code] for code in CLASSES}
    rest = [one for one in kept if (one.group or "other") not in CLASSES]
    groups["other"] += rest
    return {CLASSES[code]: ours for code, ours in groups.items() if ours}


def check_happening(book: SiteBook, what: Happening, staff: Iterable[str]) -> None:
    """Refuse what cannot be: a kind, place or answer nobody knows. What is left open is asked later."""
    check_choice(book, "incident_kind", what.kind, "kind")
    places = {place.code for place in book.places} | set(ELSEWHERE)
    if what.where and what.where not in places:
        raise Refused(N_("There is no place “%(code)s” here."), "where", code=what.where[:40])
    if what.end:
        check_choice(book, "incident_end", what.end, "end")
    asked = {one.code: one for one in fields_of(book, what.kind)}
    for code, given in what.answers.items():
        if code not in asked:
            raise Refused(N_("“%(code)s” is not asked for this kind."), "kind", code=code[:40])
        check_answers(book, asked[code], given, set(staff))


def check_answers(book: SiteBook, asked: Choice, given: Sequence[Answer], staff: set[str]) -> None:
    """Refuse answers a field does not offer."""
    name, answer = f"ask_{asked.code}", asked.data.get("answer", "one")
    if answer != "some" and len(given) > 1:
        raise Refused(N_("Choose one."), name)
    known = staff if answer == "person" else {one.code for one in answers_of(book, asked)}
    for one in given:
        if answer == "number":
            if not isinstance(one, int) or not 0 <= one <= MOST:
                raise Refused(N_("Between %(low)s and %(high)s, please."), name, low=0, high=MOST)
        elif one not in known:
            raise Refused(N_("“%(code)s” is not on this site's list."), name, code=str(one)[:40])
    check_alone(answers_of(book, asked), given, name)


def check_step(book: SiteBook, kind: str, what: Step, by: str, staff: Iterable[str]) -> None:
    """Refuse a step this kind does not have, an unknown outcome, and oneself as a witness."""
    group = book.choice("incident_kind", kind).data.get("steps")
    if not any(one.code == what.step and one.group == group for one in book.choices("incident_step")):
        raise Refused(N_("“%(code)s” is not asked for this kind."), "step", code=what.step[:40])
    if what.outcome not in STEP_OUTCOMES:
        raise Refused(N_("Say whether it was done."), "outcome")
    if what.witness == by:
        raise Refused(N_("A witness is somebody else than who enters it."), "witness")
    if what.witness and what.witness not in set(staff):
        raise Refused(N_("Choose the witness among the people of the desk."), "witness")


def check_after(happened_at: datetime, began: datetime) -> None:
    """Refuse something that was done about an incident before it happened."""
    if happened_at < began:
        raise Refused(N_("That is before the incident itself."), WHEN)


def check_words(text: str) -> str:
    """The words of a note, which must say something."""
    if not text.strip():
        raise Refused(N_("Write what should be known."), "note")
    return text.strip()


def _until(step: Choice, happened_at: datetime) -> datetime | None:
    hours = step.data.get("within_hours")
    return happened_at + timedelta(hours=int(hours)) if hours else None
