"""The form that takes an entry back, and the question that every correction asks: why."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from sitelog.trail.amend import REASONS
from sitelog.web.forms import ChoiceField, EntryForm, NoteField


class WhyField(ChoiceField):
    """Why an entry is amended or struck, in the words that every feature shares."""

    def __init__(self, label: Any = None, validators: Any = None, **kwargs: Any) -> None:
        choices = [(code, _(said)) for code, said in REASONS.items()]
        super().__init__(label, validators, choices, **kwargs)


class WhyForm(EntryForm):
    """Something about an entry: why, where it is an earlier one, and a note."""

    why = WhyField(_l("Why"))
    note = NoteField(_l("Note for the team"))


class StrikeForm(WhyForm):
    """Take an entry out of what counts, with a reason."""
