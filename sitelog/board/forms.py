"""The board's forms: a note about the shift, its correction, and one tap to undo."""

from flask_babel import lazy_gettext as _l
from wtforms.validators import InputRequired

from sitelog.board.actions import LONGEST_NOTE
from sitelog.trail.forms import WhyField
from sitelog.web.forms import ChoiceField, EntryForm, NoteField, NumberField


class NoteForm(EntryForm):
    """Words about the shift."""

    words = NoteField(_l("Note"), [InputRequired(_l("Write something first."))], longest=LONGEST_NOTE)


class AmendNoteForm(NoteForm):
    """A note written anew, and why."""

    why = WhyField(_l("Why"), default="other")


class UndoForm(EntryForm):
    """Undo my last entry; `seq` is the entry seen on the screen, if it was chosen there."""

    seq = NumberField(high=2**53)


class OutForm(EntryForm):
    """Why a place cannot be used."""

    reason = ChoiceField(_l("Why"), [InputRequired(_l("Choose one."))])
    words = NoteField(_l("Note"))
