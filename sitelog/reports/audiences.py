"""Whom the site reports to, and the small-number policy each is held to."""

from dataclasses import replace

from sitelog.disclosure.policy import Policy, preset, stricter
from sitelog.ground.access import Actor, Role
from sitelog.ground.errors import Unknown
from sitelog.ground.words import N_
from sitelog.reports.shape import Report
from sitelog.site.rules import SiteBook


def names(book: SiteBook, retired: bool = False) -> list[str]:
    """Every audience the site reports to; retired ones only where their shelf is read."""
    said = book.policy("audiences", {})
    return [
        name for name, held in said.items() if retired or isinstance(held, str) or not held.get("retired")
    ]


def check(book: SiteBook, audience: str) -> None:
    """Unknown, with the ones there are, if the site does not report to this audience."""
    if audience not in names(book, retired=True):
        known = ", ".join(names(book))
        raise Unknown(
            N_("There is no audience “%(name)s” here; there are: %(all)s."), name=audience, all=known
        )


def of_report(report: Report, book: SiteBook) -> list[str]:
    """Those of the site's audiences that a report is made for now."""
    return [name for name in names(book) if gets(report, name)]


def missing(report: Report, book: SiteBook) -> list[str]:
    """Audiences a report is made for and the site does not report to: nobody is sent it."""
    return sorted(report.audiences - {*names(book)})


def gets(report: Report, audience: str) -> bool:
    """Whether a report is made for an audience."""
    return not report.audiences or audience in report.audiences


def check_gets(report: Report, audience: str) -> None:
    """Unknown if a report is not made for this audience."""
    if not gets(report, audience):
        raise Unknown(
            N_("The report “%(kind)s” is not made for “%(name)s”."), kind=report.kind, name=audience
        )


def preset_of(book: SiteBook, audience: str) -> str:
    """The name of the preset an audience is held to."""
    check(book, audience)
    said = book.policy("audiences")[audience]
    return str(said if isinstance(said, str) else said["preset"])


def policy_of(book: SiteBook, audience: str) -> Policy:
    """The policy an audience is held to, under the audience's own name.

    The site says a preset ("partner"), or a preset with a larger smallest group ({"preset": ..., "k": ...}).
    """
    found = preset(preset_of(book, audience))
    said = book.policy("audiences")[audience]
    if not isinstance(said, str) and "k" in said:
        found = stricter(found, int(said["k"]))
    return replace(found, name=audience, ages=book.ages)


def readable(book: SiteBook, actor: Actor) -> list[str]:
    """The audiences whose published files a person may read: a funder its own, the site's staff all."""
    if actor.role is Role.FUNDER:
        return [name for name in names(book, retired=True) if name == actor.audience]
    return names(book, retired=True)
