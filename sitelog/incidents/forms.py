"""Forms of incidents: the fields of a kind are the site's. Each says its entry as a value."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field

from sitelog.ground.words import N_
from sitelog.incidents import rules
from sitelog.incidents.rules import Closing, Happening, Step, Tie, What, Words
from sitelog.site import queries as site
from sitelog.site.rules import ELSEWHERE, Choice
from sitelog.staff import queries as staff
from sitelog.trail.forms import WhyField
from sitelog.web.forms import (
    ChoiceField,
    ChoicesField,
    EntryForm,
    NoteField,
    NumberField,
    RefField,
    WordsField,
)
from sitelog.web.guards import actor

OPEN = N_("Leave it open")


class AboutForm(EntryForm):
    """An entry about an incident; `why` is asked for only where one is corrected."""

    why = WhyField(_l("Why it is corrected"))
    note = NoteField(_l("Note for the team"))

    def what(self) -> What:
        """The entry that was filled in."""
        raise NotImplementedError


class HappeningBase(AboutForm):
    """What happened; the fields of its kind are added."""

    where = ChoiceField(_l("Where"))
    tie = WordsField(_l("Belongs to"), longest=80)
    end = ChoiceField(_l("Still to do?"))
    kind = ""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        book = site.book()
        places = [(place.code, _(place.label)) for place in book.places]
        self.where.choices = [("", _("Not said")), *places, *((c, _(w)) for c, w in ELSEWHERE.items())]
        ends = [(one.code, _(one.label)) for one in book.choices("incident_end")]
        self.end.choices = [("", _(OPEN)), *ends]

    def asked(self) -> list[Field]:
        """The fields of the kind, in its order."""
        return [field for field in self if field.name.startswith("ask_")]

    def what(self) -> Happening:
        """What was filled in."""
        answers = {field.name.removeprefix("ask_"): _given(field.data) for field in self.asked()}
        said = {code: given for code, given in answers.items() if given}
        ties = (self.tie.data or "").replace(",", " ").split()
        return Happening(self.kind, self.where.data or None, said, ties, self.end.data or None)


def happening_form(kind: Choice, **kwargs: Any) -> HappeningBase:
    """The form of one kind, with a field for everything it asks."""
    book = site.book()
    asked = rules.fields_of(book, kind.code)
    fields = {f"ask_{one.code}": _field(one) for one in asked}
    made: HappeningBase = type("HappeningForm", (HappeningBase,), {"kind": kind.code, **fields})(**kwargs)
    for one in (one for one in asked if one.data.get("answer") == "some"):
        made[f"ask_{one.code}"].offer(rules.answers_of(book, one))
    return made


class StepForm(AboutForm):
    """A step of the protocol: how it went, and who saw it."""

    outcome = ChoiceField(_l("How it went"), default="done")
    witness = ChoiceField(_l("Witness"))
    step = ""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.outcome.choices = [(code, _(said)) for code, said in rules.STEP_OUTCOMES.items()]
        others = [(tile.ref, tile.name) for tile in staff.people_on_tiles() if tile.ref != actor().ref]
        self.witness.choices = [("", _("Nobody")), *others]

    def what(self) -> Step:
        """The step that was filled in."""
        return Step(self.step, self.outcome.data or "done", self.witness.data or None)


class CloseForm(AboutForm):
    """How an incident ended."""

    how = ChoiceField(_l("How it ended"))

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.how.offer(site.book().choices("incident_end"))

    def what(self) -> Closing:
        """The ending that was chosen."""
        return Closing(self.how.data or "")


class TieForm(AboutForm):
    """What an incident belongs to."""

    tie = RefField(_l("Visit, response or incident"), longest=40)

    def what(self) -> Tie:
        """The ref that was typed."""
        return Tie(self.tie.data or "")


class NoteForm(AboutForm):
    """Something to know about an incident."""

    def what(self) -> Words:
        """The words that were typed."""
        return Words(self.note.data or "")


def form_of(what: What, kind: Choice, note: str, **kwargs: Any) -> AboutForm:
    """The form an entry was made with, filled in as it was."""
    match what:
        case Happening():
            answers = {f"ask_{code}": _shown(code, given) for code, given in what.answers.items()}
            said = {"where": what.where or "", "tie": " ".join(what.ties), "end": what.end or ""}
            return happening_form(kind, data={**answers, **said, "note": note}, **kwargs)
        case Step():
            form = StepForm(
                data={"outcome": what.outcome, "witness": what.witness or "", "note": note}, **kwargs
            )
            form.step = what.step
            return form
        case Closing():
            return CloseForm(data={"how": what.how, "note": note}, **kwargs)
        case Tie():
            return TieForm(data={"tie": what.to, "note": note}, **kwargs)
        case Words():
            return NoteForm(data={"note": what.text}, **kwargs)


def _field(asked: Choice) -> Field:
    book, answer = site.book(), asked.data.get("answer", "one")
    if answer == "number":
        return NumberField(_(asked.label), high=rules.MOST)
    if answer == "person":
        people = [(tile.ref, tile.name) for tile in staff.people_on_tiles()]
        return ChoiceField(_(asked.label), choices=[("", _("Not said")), *people])
    if answer == "some":
        return ChoicesField(_(asked.label))
    offered = [(one.code, _(one.label)) for one in rules.answers_of(book, asked)]
    return ChoiceField(_(asked.label), choices=[("", _("Not said")), *offered])


def _given(data: Any) -> list[rules.Answer]:
    if data is None or data == "":
        return []
    return list(data) if isinstance(data, list) else [data]


def _shown(code: str, given: Any) -> Any:
    many = site.book().choice("incident_field", code).data.get("answer") == "some"
    return list(given) if many else given[0]
