"""What may be said of an on-site service; which fields a kind takes is read from the site's list."""

from dataclasses import dataclass, field
from typing import Any

from sitelog.ground.errors import Refused
from sitelog.ground.words import N_
from sitelog.site.rules import SiteBook, check_choice

# What a strip can show, in the order the desk says it.
STRIP_RESULTS = {"positive": N_("positive"), "negative": N_("negative"), "invalid": N_("invalid")}
MOST_ATTENDING = 500
FIELDS = ("attending", "topic", "result_given", "expected", "strips", "found", "did")
# The list each field of one code is chosen from; a topic's list is named by its kind.
LISTS = {"expected": "substance", "did": "did_then"}


@dataclass(frozen=True)
class Details:
    """What was said beside the kind. Of a test only that its result was given: never the result."""

    attending: int | None = None
    topic: str | None = None
    result_given: bool | None = None
    expected: str | None = None
    strips: tuple[tuple[str, str], ...] = field(default=())
    found: tuple[str, ...] = field(default=())
    did: str | None = None

    def said(self, name: str) -> bool:
        """Whether anything was said for a field."""
        return getattr(self, name) not in (None, (), False)


def check_details(book: SiteBook, kind: str, details: Details) -> None:
    """Refused where a field does not belong to the kind, is missing, or holds what is on no list."""
    check_choice(book, "on_site_service", kind, "kind")
    data = book.choice("on_site_service", kind).data
    for name in FIELDS:
        if details.said(name) and name not in data.get("asks", ()):
            raise Refused(N_("That is not asked for this service."), field=name)
        if name in data.get("needs", ()) and not details.said(name):
            raise Refused(N_("This service needs that said."), field=name)
    _check_numbers(details)
    _check_lists(book, data, details)


def _check_numbers(details: Details) -> None:
    if details.attending is not None and not 0 < details.attending <= MOST_ATTENDING:
        raise Refused(N_("Between 1 and %(most)s, please."), field="attending", most=MOST_ATTENDING)


def _check_lists(book: SiteBook, data: Any, details: Details) -> None:
    if details.topic is not None:
        check_choice(book, data["topics"], details.topic, "topic")
    for name, kind in LISTS.items():
        if (code := getattr(details, name)) is not None:
            check_choice(book, kind, code, name)
    for component in details.found:
        check_choice(book, "component", component, "found")
    for strip, result in details.strips:
        check_choice(book, "strip", strip, "strips")
        if result not in STRIP_RESULTS:
            raise Refused(N_("A strip is positive, negative or invalid."), field="strips")
    if len(dict(details.strips)) < len(details.strips):
        raise Refused(N_("Say one result for each strip."), field="strips")
