"""Forms of planned sessions: the plan, and how many attended."""

from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateField
from wtforms.validators import Optional

from sitelog.ground.errors import Refused
from sitelog.ground.words import N_
from sitelog.services import rules
from sitelog.services.models import Session
from sitelog.services.rules import MOST_ATTENDING, Plan
from sitelog.site import queries as site
from sitelog.staff import queries as staff
from sitelog.staff.rules import DESK_ROLES
from sitelog.trail.forms import WhyForm
from sitelog.web.forms import ChoiceField, LocalTimeField, NumberField


class PlanForm(WhyForm):
    """A session: what, when, where, who leads it."""

    kind = ChoiceField(_l("What"))
    on = DateField(_l("Date"), validators=[Optional()])
    starts = LocalTimeField(_l("Starts at"))
    place = ChoiceField(_l("Where"))
    leads = ChoiceField(_l("Who leads it"))

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        book = site.book()
        self.kind.offer(rules.plannable(book))
        self.place.offer(book.choices("session_place"))
        desk = [one for one in staff.accounts() if one.active and one.role in DESK_ROLES]
        self.leads.choices = [("", _("not said")), *((one.ref, one.name) for one in desk)]

    def what(self) -> Plan:
        """The plan that was filled in. Refused without a date and a time."""
        return Plan(self.kind.data or "", self._starts_at(), self.place.data or "", self.leads.data or None)

    def _starts_at(self) -> datetime:
        if self.on.data is None:
            raise Refused(N_("Say on which date."), field="on")
        if self.starts.data is None:
            raise Refused(N_("Say at what time it starts."), field="starts")
        if not 1900 <= self.on.data.year < 9000:
            raise Refused(N_("Between yesterday and a year from now, please."), field="on")
        try:
            return site.calendar().instant(datetime.combine(self.on.data, self.starts.data))
        except Refused as skipped:
            skipped.field = "starts"
            raise


class HeldForm(WhyForm):
    """A session that was held, or that will not be: how many attended."""

    attending = NumberField(_l("How many attended"), low=1, high=MOST_ATTENDING)


def planned(row: Session) -> dict[str, Any]:
    """A plan as the data of its form."""
    wall = site.calendar().local(row.starts_at)
    return {
        "kind": row.kind,
        "on": wall.date(),
        "starts": wall.time(),
        "place": row.place,
        "leads": row.leads,
    }
