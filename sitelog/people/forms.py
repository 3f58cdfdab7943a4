"""The forms of the register: what was typed and ticked, as values for the verbs."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateField
from wtforms.validators import Optional

from sitelog.people.models import Agreement, Alert, LetIn, Restriction, Trait
from sitelog.people.rules import About
from sitelog.site.rules import SiteBook
from sitelog.staff import queries as staff
from sitelog.trail.forms import WhyField
from sitelog.web.forms import ChoiceField, ChoicesField, EntryForm, Form, NoteField, NumberField, WordsField


class FindForm(Form):
    """Who is looked for: never in an address, so always sent as a form."""

    find = WordsField(_l("Handle, code or number"), longest=60)


class TraitForm(EntryForm):
    """Birth year and gender, as the person says them."""

    birth_year = NumberField(_l("Birth year"), low=0, high=9999)
    gender = ChoiceField(_l("Gender"))

    def offer(self, book: SiteBook) -> None:
        """Offer the site's words."""
        self.gender.choices = [("", _("Not asked")), *_said(book, "gender")]


class HandleForm(EntryForm):
    """Another handle."""

    who = WordsField(_l("Handle"), longest=40)


class CodeForm(EntryForm):
    """A code."""

    code = WordsField(_l("Code"), longest=40)


class RegisterForm(TraitForm):
    """Somebody new: a handle, a code or both; the rest if they want."""

    who = WordsField(_l("Handle"), longest=40)
    code = WordsField(_l("Code"), longest=40)
    agreement = ChoiceField(_l("Agreement signed today"))

    def offer(self, book: SiteBook) -> None:
        """Offer the site's words."""
        super().offer(book)
        self.agreement.choices = [("", _("Not today")), *_said(book, "agreement")[-1:]]

    @property
    def about(self) -> About:
        """What was told; an empty answer is none."""
        said = (self.code.data or None, self.birth_year.data, self.gender.data or None)
        return About(*said, self.agreement.data or None)


class AgreementForm(EntryForm):
    """Which version was signed, and on which day."""

    version = ChoiceField(_l("Version"))
    signed_on = DateField(_l("Signed on"), validators=[Optional()])

    def offer(self, book: SiteBook) -> None:
        """Offer the site's versions."""
        self.version.offer(book.choices("agreement"))


class AlertForm(EntryForm):
    """What staff should know."""

    kind = ChoiceField(_l("What"))
    note = NoteField(_l("In words"), longest=400)

    def offer(self, book: SiteBook) -> None:
        """Offer the site's kinds."""
        self.kind.offer(book.choices("person_alert"))


class RestrictionForm(EntryForm):
    """From when, until when, why, who decided, when it is looked at again."""

    reason = ChoiceField(_l("Why"))
    starts_on = DateField(_l("First day"), validators=[Optional()])
    ends_on = DateField(_l("Last day"), validators=[Optional()])
    review_on = DateField(_l("Look at it again on"), validators=[Optional()])
    decided_by = ChoiceField(_l("Who decided"))
    note = NoteField(_l("In words"), longest=400)

    def offer(self, book: SiteBook) -> None:
        """Offer the site's reasons, and the staff."""
        self.reason.offer(book.choices("restriction_reason"))
        self.decided_by.choices = list(staff.names().items())


class MergeForm(EntryForm):
    """Whose registration it is as well."""

    into = WordsField(_l("Is the same person as"), longest=60)
    note = NoteField(_l("Note for the team"))


class EndForm(EntryForm):
    """Ended by hand, perhaps with words."""

    note = NoteField(_l("Note for the team"))


class ForgetForm(EntryForm):
    """What cannot be taken back is confirmed by typing the number."""

    confirm = WordsField(_l("Type the number to confirm"), longest=16)
    named = ChoicesField(_l("Other notes that call them by name"))


class AmendForm(EntryForm):
    """An entry said anew: what belongs to its kind; fields of other kinds are ignored."""

    birth_year = NumberField(_l("Birth year"), low=0, high=9999)
    gender = ChoiceField(_l("Gender"))
    version = ChoiceField(_l("Version"))
    signed_on = DateField(_l("Signed on"), validators=[Optional()])
    kind = ChoiceField(_l("What"))
    restriction_reason = ChoiceField(_l("Why restricted"))
    starts_on = DateField(_l("First day"), validators=[Optional()])
    ends_on = DateField(_l("Last day"), validators=[Optional()])
    review_on = DateField(_l("Look at it again on"), validators=[Optional()])
    decided_by = ChoiceField(_l("Who decided"))
    let_in = ChoiceField(_l("Why let in"))
    why = WhyField(_l("Why it is changed"))
    note = NoteField(_l("Note for the team"))

    def offer(self, book: SiteBook) -> None:
        """Offer the words of every kind of entry, retired ones too: an old entry may hold one."""
        lists = {"gender": "gender", "version": "agreement", "kind": "person_alert"}
        lists |= {"restriction_reason": "restriction_reason", "let_in": "let_in_reason"}
        for name, kind in lists.items():
            self[name].offer(book.choices(kind, retired=True))
        self.decided_by.choices = list(staff.names().items())


# The fields of AmendForm for each kind of entry: column -> field.
FIELDS: dict[type[Any], dict[str, str]] = {
    Trait: {"birth_year": "birth_year", "gender": "gender"},
    Agreement: {"version": "version", "signed_on": "signed_on"},
    Alert: {"kind": "kind"},
    Restriction: {
        "reason": "restriction_reason",
        **{name: name for name in ("starts_on", "ends_on", "review_on", "decided_by")},
    },
    LetIn: {"reason": "let_in"},
}
# Without these an entry says nothing: left empty, they stay as they were.
KEPT = {"version", "signed_on", "kind", "reason", "starts_on", "decided_by"}


def as_entered(row: Any) -> dict[str, Any]:
    """An entry as the values of AmendForm."""
    return {field: getattr(row, column) for column, field in FIELDS[type(row)].items()}


def said_anew(form: AmendForm, row: Any) -> dict[str, Any]:
    """The columns of an entry as they were sent."""
    sent = {column: form[field].data or None for column, field in FIELDS[type(row)].items()}
    return {column: value for column, value in sent.items() if value is not None or column not in KEPT}


def _said(book: SiteBook, kind: str) -> list[tuple[str, str]]:
    return [(word.code, _(word.label)) for word in book.choices(kind)]
