"""Forms of the referral pages: offering, answering, correcting, the letter, the directory."""

from datetime import date, timedelta

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateField, SelectField
from wtforms.validators import Optional

from sitelog.referrals import rules
from sitelog.trail.forms import WhyField
from sitelog.web.forms import ChoiceField, EntryForm, NoteField, NumberField, WordsField

# The next follow-up: a number of days from the site's day, or a date.
FOLLOW = {"": _l("None"), "1": _l("1 day"), "3": _l("3 days"), "7": _l("1 week"), "date": _l("Date…")}


class OfferForm(EntryForm):
    """Offer a service of the directory to somebody."""

    service = WordsField(longest=32)
    who = WordsField(_l("Offer to"), longest=60)
    visit = WordsField(longest=16)
    response = WordsField(longest=16)
    note = NoteField(_l("Note for the team"))


class AnswerForm(EntryForm):
    """What came of a referral, when to ask again, and words for the team."""

    choice = WordsField(longest=20)
    how = SelectField(_l("How it was made"), validate_choice=False)
    follow = ChoiceField(_l("Next follow-up"))
    follow_on = DateField(_l("On this date"), validators=[Optional()])
    note = NoteField(_l("Note for the team"))

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.how.choices = [(code, _(said)) for code, said in rules.HOW.items()]
        self.follow.choices = list(FOLLOW.items())

    def due_on(self, today: date) -> date | None:
        """The date chosen for the next follow-up, if one was."""
        if self.follow.data == "date" or (not self.follow.data and self.follow_on.data):
            found: date | None = self.follow_on.data
            return found
        return today + timedelta(days=int(self.follow.data)) if self.follow.data else None


class AmendForm(EntryForm):
    """Correct an entry: its time, how, or the date to ask again; with a reason."""

    why = WhyField(_l("Why"))
    how = SelectField(_l("How it was made"), validate_choice=False)
    service = SelectField(_l("Service"), validate_choice=False)
    due_on = DateField(_l("Ask again on"), validators=[Optional()])
    note = NoteField(_l("Note for the team"))

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.how.choices = [(code, _(said)) for code, said in rules.HOW.items()]


class LetterForm(EntryForm):
    """What is printed on a hand-over letter, and kept nowhere."""

    sender = WordsField(_l("From"), longest=80)
    name = WordsField(_l("Name on the letter"), longest=80)
    ask_for = WordsField(_l("Questions to"), longest=120)
    words = NoteField(_l("What they want to say"), longest=1000)


class AvailabilityForm(EntryForm):
    """What is free at a service today."""

    availability = WordsField(_l("Free today"), longest=40)
    tone = ChoiceField(_l("Shown as"))

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.tone.choices = [(code, _(said)) for code, said in rules.TONES.items()]


class ServiceForm(AvailabilityForm):
    """An entry of the directory."""

    name = WordsField(_l("Service"), longest=80)
    kind = SelectField(_l("Kind"), validate_choice=False)
    agency = WordsField(_l("Agency"), longest=80)
    contact = WordsField(_l("Contact"), longest=120)
    opening = WordsField(_l("Opening hours"), longest=120)
    eligibility = WordsField(_l("Who can come"), longest=200)
    sponsor = WordsField(_l("Sponsor"), longest=80)
    seats = NumberField(_l("Seats or beds to give away"), low=0, high=rules.MOST_SEATS)
    on_site = BooleanField(_l("Given on site: counts as a service, not as a referral"))

    def values(self) -> dict[str, object]:
        """What was filled in, as columns of the directory; an empty answer of the optional ones is none."""
        said = {name: self[name].data or "" for name in ("name", "kind", "agency", "opening", "availability")}
        said["tone"] = self.tone.data or "ask"
        more = {name: self[name].data or None for name in ("contact", "eligibility", "sponsor")}
        return {**said, **more, "seats": self.seats.data, "on_site": bool(self.on_site.data)}
