"""Forms of drug alerts: the text with its days, that it was read or ended, a striking."""

from datetime import date

from flask_babel import lazy_gettext as _l
from wtforms import DateField
from wtforms.validators import Optional

from sitelog.alerts.rules import LONGEST_ADVICE, LONGEST_WHAT, Alert
from sitelog.trail.forms import WhyField
from sitelog.web.forms import EntryForm, NoteField, NumberField, WordsField


class AlertForm(EntryForm):
    """What goes round, since when, what to do; `why` is asked for only where it is corrected."""

    what = WordsField(_l("What was found, or what people say"), longest=LONGEST_WHAT)
    advice = NoteField(_l("What to do"), longest=LONGEST_ADVICE)
    since_on = DateField(_l("Since"), validators=[Optional()])
    ends_on = DateField(_l("Last day"), validators=[Optional()])
    why = WhyField(_l("Why it is corrected"))

    def alert(self, today: date) -> Alert:
        """The alert that was filled in; without a day it is since today."""
        days = (self.since_on.data or today, self.ends_on.data)
        return Alert(self.what.data or "", self.advice.data or "", *days)


class ReadForm(EntryForm):
    """That somebody read the version that was on their screen."""

    version = NumberField(low=1, high=2**53)
