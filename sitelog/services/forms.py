"""Forms of on-site services: the fields of a kind are read from the site's list."""

from collections.abc import Callable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field

from sitelog.services.rules import LISTS, MOST_ATTENDING, STRIP_RESULTS, Details
from sitelog.site import queries as site
from sitelog.site.rules import Choice
from sitelog.trail.forms import WhyForm
from sitelog.web.forms import ChoiceField, ChoicesField, NumberField, RefField

_STRIP = "strip_"
# The field of a form for each field of the rules, in the order the sheet shows them.
_FIELDS: dict[str, Callable[[], Any]] = {
    "attending": lambda: NumberField(_l("How many attended"), low=1, high=MOST_ATTENDING),
    "topic": lambda: ChoiceField(_l("Which")),
    "result_given": lambda: BooleanField(_l("The person was given the result")),
    "expected": lambda: ChoiceField(_l("What it was thought to be")),
    "found": lambda: ChoicesField(_l("What FTIR found")),
    "did": lambda: ChoiceField(_l("What the person did then")),
}


class ServiceForm(WhyForm):
    """What every service says: within which visit, and a note."""

    visit = RefField(_l("Within visit (empty: nobody named)"), longest=40)

    def asked(self) -> list[Field]:
        """The fields this kind asks for, beside its strips."""
        return [self[name] for name in _FIELDS if name in self]

    def strips(self) -> list[Field]:
        """One field for each strip of the site."""
        return [field for field in self if field.name.startswith(_STRIP)]

    def details(self) -> Details:
        """What was filled in."""
        strips = tuple((f.name.removeprefix(_STRIP), f.data) for f in self.strips() if f.data)
        said = {field.name: field.data or None for field in self.asked()}
        found = tuple(said.pop("found", None) or ())
        return Details(strips=strips, found=found, **said)


def service_form(kind: Choice, **kwargs: Any) -> ServiceForm:
    """The sheet of one kind: what its word in the site's list asks for."""
    book, asks = site.book(), kind.data.get("asks", ())
    fields: dict[str, Any] = {name: make() for name, make in _FIELDS.items() if name in asks}
    if "strips" in asks:
        fields |= {f"{_STRIP}{one.code}": ChoiceField(_(one.label)) for one in book.choices("strip")}
    form: ServiceForm = type("KindForm", (ServiceForm,), fields)(**kwargs)
    lists = {**LISTS, "found": "component", "topic": kind.data.get("topics", "")}
    for name in lists.keys() & fields.keys():
        form[name].offer(book.choices(lists[name]))
    for field in form.strips():
        field.choices = [(code, _(said)) for code, said in STRIP_RESULTS.items()]
    return form


def entered(details: Details) -> dict[str, Any]:
    """Details as the data of their form."""
    said = {name: getattr(details, name) for name in _FIELDS}
    return said | {f"{_STRIP}{strip}": result for strip, result in details.strips}
