"""Forms of a shift: roster, opening check, a line of the handover, signature, read-back, corrections."""

from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, PasswordField

from sitelog.ground.days import SiteCalendar, Window
from sitelog.ground.errors import Refused
from sitelog.ground.words import N_
from sitelog.shifts import rules
from sitelog.site import queries as site
from sitelog.staff import queries as staff
from sitelog.trail.forms import WhyField
from sitelog.web.forms import ChoiceField, EntryForm, Form, NoteField, NumberField, WordsField


class Pin(PasswordField):
    """A PIN: it complains like any other field and is never shown again."""

    errors: list[str]


class DutyForm(EntryForm):
    """Somebody comes on in a role, or goes off."""

    who = ChoiceField(_l("Who"))
    role = ChoiceField(_l("Role"))
    do = ChoiceField(_l("What"), choices=[("on", _l("on")), ("off", _l("off"))])

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.who.choices = [(tile.ref, tile.name) for tile in staff.people_on_tiles()]
        self.role.offer(site.book().choices("shift_role"))


class TickForm(EntryForm):
    """One point of the opening check."""

    item = ChoiceField(_l("What"))
    fine = ChoiceField(_l("State"), choices=[("yes", _l("in order")), ("no", _l("not in order"))])
    number = NumberField(_l("Number"), high=rules.MOST_READ)
    note = NoteField(_l("Note for the team"))

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.item.offer(site.book().choices("opening_check"))


class LineForm(EntryForm):
    """One line of the handover: its words, what the log said when they were typed, and what was seen."""

    words = NoteField(_l("Line"), longest=rules.LONGEST_LINE)
    drafted = HiddenField()
    seen = HiddenField()


class SignForm(EntryForm):
    """The signature; with somebody's name and PIN it is read back at once."""

    who = ChoiceField(_l("Incoming lead has read it back"))
    pin = Pin(_l("PIN of the incoming lead"))

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        names = [(tile.ref, tile.name) for tile in staff.people_on_tiles()]
        self.who.choices = [("", _("nobody yet")), *names]


class CorrectionForm(EntryForm):
    """An entry of a shift that is corrected; only what it holds is asked for."""

    why = WhyField(_l("Why it is corrected"))
    role = ChoiceField(_l("Role"))
    fine = ChoiceField(_l("State"), choices=[("yes", _l("in order")), ("no", _l("not in order"))])
    number = NumberField(_l("Number"), high=rules.MOST_READ)
    note = NoteField(_l("Note for the team"))

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.role.offer(site.book().choices("shift_role", retired=True))


class WindowForm(Form):
    """Any stretch of time, on the site's clock."""

    starts = WordsField(_l("From"), longest=30)
    ends = WordsField(_l("Until"), longest=30)

    def window(self, calendar: SiteCalendar) -> Window:
        """The window that was asked for; Refused where it is none."""
        instants = [_instant(name, self[name].data, calendar) for name in ("starts", "ends")]
        found = Window(*instants)
        rules.check_window(found)
        return found


def _instant(field: str, typed: Any, calendar: SiteCalendar) -> datetime:
    try:
        wall = datetime.fromisoformat(str(typed or "").strip())
    except ValueError:
        raise Refused(N_("Type a day and a time as 2026-11-17T19:00."), field) from None
    if wall.tzinfo is not None or not 1900 <= wall.year < 9000:
        raise Refused(N_("Type a day and a time as 2026-11-17T19:00."), field)
    try:
        return calendar.instant(wall)
    except Refused as skipped:
        raise Refused(skipped.message, field, **skipped.values) from None
