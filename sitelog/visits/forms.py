"""The forms of visits: what was tapped and typed, as values for the verbs."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field, HiddenField

from sitelog.ground.words import N_
from sitelog.people.rules import About
from sitelog.site.rules import Choice, SiteBook
from sitelog.trail.forms import WhyField
from sitelog.visits.given import PartForm, part
from sitelog.visits.rules import ALONE, LAST_USE, UNSAID, Asked, Change, Item
from sitelog.web.forms import (
    AnewForm,
    ChoiceField,
    ChoicesField,
    EntryForm,
    NoteField,
    NumberField,
    TokenField,
    WordsField,
    fresh_token,
)

ROUTE_ICONS = {"inject": "inject", "smoke": "smoke", "snort": "snort", "swallow": "swallow"}
ALSO = {
    "help": (_l("Help"), "people"),
    "splitting": (_l("Split / share"), "split"),
    "drug_check": (_l("Drug check"), "search"),
    "step_free": (_l("Step-free"), "chair"),
}
# The optional questions, and the policy by which a site asks each.
OPTIONAL = {"where_else": "ask_where_else", "alone": "ask_alone", "last_use": "ask_last_use"}
PURPOSES = {"consume": N_("Consumption"), "service": N_("A service")}


def words_of(kind: str, labels: Any) -> list[Choice]:
    return [Choice(kind, code, label) for code, label in labels.items()]


class DeclaredForm(EntryForm):
    """What somebody is going to use, and how."""

    substances = ChoicesField(_l("What"))
    route = ChoiceField(_l("How"))

    def offer(self, book: SiteBook, retired: bool = False) -> None:
        """Offer the site's words; retired ones only where an old entry is corrected."""
        listed = book.choices("substance", retired)
        self.substances.offer(listed)
        self._unsaid = tuple(word.code for word in listed if word.data.get("table") == UNSAID)[:1]
        self.route.offer(book.choices("route", retired), ROUTE_ICONS)

    @property
    def items(self) -> tuple[Item, ...]:
        """What was chosen, each substance with the one route; a route alone goes with "not said"."""
        chosen = self.substances.data or (self._unsaid if self.route.data else ())
        return tuple(Item(code, self.route.data or None) for code in chosen)


class AskedForm(DeclaredForm):
    """Everything that is asked at the door."""

    also = ChoicesField(_l("Also"))
    help_reason = ChoiceField(_l("Why help"))
    where_else = ChoiceField(_l("Where it would have been otherwise"))
    alone = ChoiceField(_l("Alone there"))
    last_use = ChoiceField(_l("Last use"))

    def offer(self, book: SiteBook, retired: bool = False) -> None:
        """Offer the site's words."""
        super().offer(book, retired)
        self.also.choices = [(code, label) for code, (label, _sign) in ALSO.items()]
        self.also.icons = {code: sign for code, (_label, sign) in ALSO.items()}
        self.help_reason.offer(book.choices("help_reason", retired))
        self.where_else.offer(book.choices("where_else", retired))
        self.alone.offer(words_of("alone", ALONE))
        self.last_use.offer(words_of("last_use", LAST_USE))

    def asked(self, purpose: str) -> Asked:
        """What was answered; an empty answer is none."""
        ticked = set(self.also.data or ())
        said: dict[str, Any] = {code: code in ticked for code in ALSO}
        said |= {name: getattr(self, name).data or None for name in (*OPTIONAL, "help_reason")}
        said["help"] = said["help"] or said["help_reason"] is not None
        return Asked(self.items, purpose, **said)


class ArriveForm(AskedForm):
    """The arrival sheet: who, what, how, where to. `which` is a person of several that were meant;
    the script fills `person` and `place`, and both may be empty. `noticed` is the person whose restriction
    stood on the sheet when it was sent.
    """

    who = WordsField(_l("Who"), longest=40)
    token = TokenField(default=fresh_token, given=("place", "person", "noticed"))
    person = HiddenField()
    which = HiddenField()
    anonymous = BooleanField(_l("Nobody named"))
    new = BooleanField(_l("New"))
    place = WordsField(_l("Place"), longest=8)
    then = WordsField(longest=10)
    code = WordsField(_l("Code"), longest=40)
    birth_year = NumberField(_l("Birth year"), low=0, high=9999)
    gender = ChoiceField(_l("Gender"))
    agreement = ChoiceField(_l("Agreement signed today"))
    let_in = ChoiceField(_l("Let in because"))
    noticed = HiddenField()

    def offer(self, book: SiteBook, retired: bool = False) -> None:
        """Offer the site's words; of the agreement only what people are asked to sign now."""
        super().offer(book, retired)
        self.gender.choices = [("", _("Not asked")), *_said(book, "gender")]
        self.agreement.choices = [("", _("Not today")), *_said(book, "agreement")[-1:]]
        self.let_in.offer(book.choices("let_in_reason"))

    @cached_property
    def given(self) -> PartForm:
        """The part of the sheet for what is given and taken back as they come in."""
        made: PartForm = part().form()
        return made

    @property
    def counters(self) -> Sequence[Field]:
        """Its fields."""
        return part().fields(self.given)

    def validate(self, extra_validators: Any = None) -> bool:
        """Look at both parts, so that all that is to be mended is said at once."""
        return bool(super().validate(extra_validators) & self.given.validate())

    def enter_given(self, visit: str, **words: Any) -> None:
        """Enter what was given and taken back, within the visit."""
        part().enter(self.given, visit, **words)

    @property
    def about(self) -> About:
        """What somebody told of themselves at the door; an empty answer is none."""
        said = (self.code.data or None, self.birth_year.data, self.gender.data or None)
        return About(*said, self.agreement.data or None)


def _said(book: SiteBook, kind: str) -> list[tuple[str, str]]:
    return [(word.code, _(word.label)) for word in book.choices(kind)]


class PlaceForm(EntryForm):
    """Seat or move: which place; none chosen is the next free one that fits."""

    place = ChoiceField(_l("Place"))


class CheckForm(EntryForm):
    """How somebody looks; tapped on a card it is "looks well"."""

    looks = ChoiceField(_l("Looks"), default="well")
    spo2 = NumberField(_l("SpO₂ in %"), low=0, high=100)
    respirations = NumberField(_l("Breaths a minute"), low=0, high=120)
    note = NoteField(_l("Note for the team"))

    @property
    def said_looks(self) -> str | None:
        """The word chosen; "well" where a card was tapped, none where only something was measured."""
        measured = self.spo2.data is not None or self.respirations.data is not None
        asked = "looks" in request.form or measured
        return (self.looks.data or None) if asked else "well"


class LeftForm(EntryForm):
    """Left before service, perhaps for a reason."""

    reason = ChoiceField(_l("Why, if it was said"))


class AgainForm(DeclaredForm):
    """A second episode in one visit."""

    place = WordsField(_l("Place"), longest=8)
    then = WordsField(longest=10)


class AmendForm(AnewForm, AskedForm):
    """An entry said anew: its time, and what belongs to its kind; empty fields of other kinds are ignored."""

    who = WordsField(_l("Who"), longest=40)
    purpose = ChoiceField(_l("Came for"))
    place = ChoiceField(_l("Place"))
    looks = ChoiceField(_l("Looks"))
    spo2 = NumberField(_l("SpO₂ in %"), low=0, high=100)
    respirations = NumberField(_l("Breaths a minute"), low=0, high=120)
    left_reason = ChoiceField(_l("Why they left"))
    why = WhyField(_l("Why it is changed"))
    note = NoteField(_l("Note for the team"))

    def offer(self, book: SiteBook, retired: bool = True) -> None:
        """Offer the words of every kind of entry, retired ones too: an old entry may hold one."""
        super().offer(book, retired)
        self.looks.offer(book.choices("looks", retired))
        self.left_reason.offer(book.choices("left_reason", retired))
        self.place.offer(words_of("place", {place.code: place.label for place in book.places}))
        self.purpose.offer(words_of("purpose", PURPOSES))

    def change(self, kinds: set[str], old: Asked | None, person: str | None) -> Change:
        """What was said anew about an entry that holds these kinds of rows."""
        asked = self.asked(self.purpose.data or "consume") if old is not None else None
        checked, seated, left = "check" in kinds, "place" in kinds, "departure" in kinds
        return Change(
            asked=asked if asked != old else None,
            person=person,
            place_code=(self.place.data or None) if seated else None,
            looks=(self.looks.data or None) if checked else None,
            spo2=self.spo2.data if checked else None,
            respirations=self.respirations.data if checked else None,
            reason=(self.left_reason.data or None) if left else None,
        )
