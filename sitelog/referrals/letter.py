"""The hand-over letter: what a service needs to know, for the person to carry. The log is not in it."""

from collections.abc import Iterator
from datetime import datetime

from flask_babel import format_date
from flask_babel import gettext as _

from sitelog.formats.document import PAGE
from sitelog.formats.letter import Letter
from sitelog.referrals.models import Service
from sitelog.site.rules import SiteBook
from sitelog.web import i18n


def compose(
    entry: Service, book: SiteBook, now: datetime, *, sender: str, name: str, ask_for: str, words: str
) -> Letter:
    """The letter about one service. `sender`: how the site is to be called, `name`: the person, `ask_for`:
    whom to ask at the site, `words`: what they want said; all four are printed and kept nowhere."""
    sender = sender or book.name
    date = format_date(book.calendar.local(now).date(), "long")
    return Letter(
        title=_("Referral: %(service)s", service=entry.name),
        author=sender,
        to=tuple(line for line in (entry.agency, entry.contact) if line),
        date=date,
        paragraphs=tuple(_paragraphs(entry, sender, name, words)),
        items=tuple(_items(entry, ask_for)),
        closing=(
            _("This letter belongs to whoever carries it. It says nothing of when or why they came."),
            sender,
        ),
        language=i18n.language(),
        stamp=book.calendar.day(book.calendar.day_of(now)).start,
        page=_(PAGE),
    )


def _paragraphs(entry: Service, site: str, name: str, words: str) -> Iterator[str]:
    said = {"site": site, "service": entry.name, "name": name}
    if name:
        yield _("%(name)s comes to you from %(site)s. Please see them about: %(service)s.", **said)
    else:
        yield _(
            "Whoever brings this letter comes to you from %(site)s. Please see them about: %(service)s.",
            **said,
        )
    yield from filter(None, (line.strip() for line in words.splitlines()))


def _items(entry: Service, ask_for: str) -> Iterator[tuple[str, str]]:
    for term, meaning in (
        (_("Service"), entry.name),
        (_("Where"), entry.agency),
        (_("Contact"), entry.contact),
        (_("Opening hours"), entry.opening),
        (_("Seats or beds"), "" if entry.seats is None else str(entry.seats)),
        (_("Who can come"), entry.eligibility),
        (_("Paid for by"), entry.sponsor),
        (_("Questions to"), ask_for),
    ):
        if meaning:
            yield term, meaning
