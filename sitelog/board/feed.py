"""The last entries in words: amended values struck through, struck entries whole, and who may undo what."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from flask_babel import get_locale

from sitelog.alerts import queries as alerts
from sitelog.ground.access import Actor, Permission
from sitelog.ground.words import N_
from sitelog.incidents import queries as incidents
from sitelog.people import queries as people
from sitelog.referrals import queries as referrals
from sitelog.responses import queries as responses
from sitelog.services import queries as services
from sitelog.site import queries as site
from sitelog.staff import queries as staff
from sitelog.store.remembered import remembered
from sitelog.supplies import queries as supplies
from sitelog.trail import queries as trail
from sitelog.trail.models import Link
from sitelog.trail.queries import Sentence
from sitelog.visits import queries as visits

# Entries shown, and links read for them: what was amended since is told by its newer version.
LENGTH = 20
READ = 30
_KEPT = "sitelog.board.feed"


def sentences(links: Sequence[Link]) -> dict[int, Sentence]:
    """The board's own entries: notes about the shift, as long as their words are kept."""
    words = trail.notes([link.seq for link in links])
    gone = Sentence(N_("Note, its words were erased"), final=True)
    kept = {seq: Sentence(N_("Note: %(words)s"), {"words": text}) for seq, text in words.items()}
    return {link.seq: kept.get(link.seq, gone) for link in links}


Teller = Callable[[Sequence[Link]], dict[int, Sentence]]
# Whose words an entry is told in, and who may read them.
TELLERS: dict[str, tuple[Teller, Permission]] = {
    "visit": (visits.sentences, Permission.READ_BOARD),
    "response": (responses.sentences, Permission.READ_BOARD),
    "referral": (referrals.sentences, Permission.REFER),
    "service": (services.sentences, Permission.READ_BOARD),
    "group": (services.session_sentences, Permission.READ_BOARD),
    "supply": (supplies.sentences, Permission.READ_BOARD),
    "person": (people.sentences, Permission.READ_BOARD),
    "incident": (incidents.sentences, Permission.READ_BOARD),
    "alert": (alerts.sentences, Permission.READ_BOARD),
    "place": (site.sentences, Permission.READ_BOARD),
    "board": (sentences, Permission.READ_BOARD),
}
# Where an entry is amended or struck; a noun that is not here cannot be.
AMENDED_AT: dict[str, str] = {
    "visit": "/visits/entries/%d/amend",
    "response": "/responses/entries/%d/amend",
    "referral": "/referrals/entries/%d/amend",
    "supply": "/supplies/entries/%d/amend",
    "service": "/services/entries/%d/amend",
    "group": "/services/sessions/entries/%d/amend",
    "person": "/people/entries/%d/amend",
    "incident": "/incidents/entries/%d/amend",
    "alert": "/alerts/entries/%d/amend",
    "board": "/board/entries/%d/amend",
}


# Kinds of entries that are the last of many made at once, and are told instead of all of them.
STAND_FOR_MANY: list[str] = []


def tell_also(
    noun: str, tell: Teller, permission: Permission, amended_at: str = "", stands_for_many: str = ""
) -> None:
    """Let a feature that stands above the board have its entries told here too."""
    TELLERS[noun] = (tell, permission)
    if amended_at:
        AMENDED_AT[noun] = amended_at
    if stands_for_many and stands_for_many not in STAND_FOR_MANY:
        STAND_FOR_MANY.append(stands_for_many)


@dataclass(frozen=True)
class Entry:
    """One line of the feed. `was` is what it replaced; a struck entry has only that."""

    seq: int
    happened_at: datetime
    at: datetime
    initials: str
    now: Sentence | None
    was: Sentence | None = None
    was_value: str | None = None
    undo_until: datetime | None = None
    amend_url: str = ""


@dataclass(frozen=True)
class _News:
    """The newest entries that stand, in words: the same for many readers."""

    standing: Sequence[Link]
    said: Mapping[int, Sentence]


def last_entries(actor: Actor, now: datetime) -> list[Entry]:
    """The newest entries this actor may read, newest first."""
    news = _news(readable(actor))
    shown = [link for link in news.standing if link.seq in news.said or link.amends in news.said][:LENGTH]
    mine, until = undoable(news.standing, news.said, actor, now)
    initials = staff.initials()
    return [
        _entry(
            link,
            news.said,
            initials.get(link.actor, ""),
            undo_until=until if link is mine else None,
            amendable=_may_amend(link, news.said, actor),
        )
        for link in shown
    ]


def _news(nouns: Sequence[str]) -> _News:
    slot = f"{_KEPT}.{get_locale()}.{','.join(nouns)}"
    return remembered(slot, trail.last_seq(), lambda: _read_news(nouns))


def _read_news(nouns: Sequence[str]) -> _News:
    links = _recent(nouns)
    said = told([*links, *trail.links([link.amends for link in links if link.amends])])
    return _News(_standing(links), said)


def changes(entries: Sequence[Entry]) -> datetime | None:
    """When the feed looks different though nothing happens: an entry can no longer be undone."""
    return next((entry.undo_until for entry in entries if entry.undo_until), None)


def readable(actor: Actor) -> list[str]:
    """The nouns whose entries this actor may read here."""
    return [noun for noun, (_, permission) in TELLERS.items() if actor.can(permission)]


def my_last(actor: Actor, now: datetime) -> Link | None:
    """The entry this actor can still undo with one tap."""
    standing = _standing(_recent(readable(actor)))
    return undoable(standing, told([link for link in standing if link.actor == actor.ref]), actor, now)[0]


def told(links: Sequence[Link]) -> dict[int, Sentence]:
    """Each entry in the words of the feature it belongs to, one batch per feature."""
    said: dict[int, Sentence] = {}
    for noun, (tell, _) in TELLERS.items():
        if ours := [link for link in links if link.noun == noun]:
            said |= tell(ours)
    return said


def undoable(
    standing: Sequence[Link], said: Mapping[int, Sentence], actor: Actor, now: datetime
) -> tuple[Link | None, datetime | None]:
    """This actor's newest entry that stands, if it is young enough to be undone, and until when."""
    mine = next((link for link in standing if link.actor == actor.ref and link.verb != "struck"), None)
    if mine is None or not _changeable(mine, said):
        return None, None
    until = mine.at + timedelta(seconds=site.book().limit("undo_seconds"))
    return (mine, until) if now < until else (None, None)


def _recent(nouns: Sequence[str]) -> list[Link]:
    """The newest links about these nouns, without those for which another stands."""
    lasts = [link for kind in STAND_FOR_MANY for link in trail.of_kind(kind, READ)]
    found, before = list[Link](), None
    for last in sorted(lasts, key=lambda link: -link.seq):
        found += trail.recent(READ - len(found), nouns, after=last.seq - 1, before=before)
        if len(found) >= READ:
            return found
        before = remembered(f"{_KEPT}.first.{last.seq}", last.mac, partial(trail.first_with, last))
    return [*found, *trail.recent(READ - len(found), nouns, before=before)]


def _standing(links: Sequence[Link]) -> list[Link]:
    replaced = trail.amended_by([link.seq for link in links])
    return [link for link in links if link.seq not in replaced]


def _may_amend(link: Link, said: Mapping[int, Sentence], actor: Actor) -> bool:
    own = link.actor == actor.ref
    return _changeable(link, said) and (own or actor.can(Permission.AMEND_ANY))


def _changeable(link: Link, said: Mapping[int, Sentence]) -> bool:
    final = link.seq in said and said[link.seq].final
    return link.noun in AMENDED_AT and link.verb != "struck" and not final


def _entry(
    link: Link, said: Mapping[int, Sentence], initials: str, *, undo_until: datetime | None, amendable: bool
) -> Entry:
    struck = link.verb == "struck"
    sentence = None if struck else said.get(link.seq)
    before = said.get(link.amends or 0)
    return Entry(
        seq=link.seq,
        happened_at=link.happened_at,
        at=link.at,
        initials=initials,
        now=sentence,
        was=before if struck or not (sentence and sentence.was) else None,
        was_value=sentence.was if sentence else None,
        undo_until=undo_until,
        amend_url=AMENDED_AT[link.noun] % link.seq if amendable else "",
    )
