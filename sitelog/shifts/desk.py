"""The order of the shift's screen: key figures, the handover line by line, and all the rest of one page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from sitelog.ground.access import Actor, Role
from sitelog.ground.days import Window
from sitelog.ground.facts import Measure
from sitelog.ground.words import N_
from sitelog.responses import queries as responses
from sitelog.responses import rules as response_rules
from sitelog.shifts import charts, drafts, queries, rules, sbar, summary, team
from sitelog.shifts import open as opened
from sitelog.shifts import stock as stocked
from sitelog.shifts.corrected import NOT_COUNTED, between, corrected
from sitelog.shifts.items import RUNNING, OpenItem, Who, names_of, thaw
from sitelog.shifts.models import Draft, SignOff
from sitelog.shifts.rules import OnDuty, Shift, Words
from sitelog.shifts.summary import Summary
from sitelog.site import queries as site
from sitelog.site.rules import SiteBook
from sitelog.staff import queries as staff
from sitelog.supplies import queries as supplies
from sitelog.tally import collect
from sitelog.trail import queries as trail
from sitelog.web.filters import shown
from sitelog.web.forms import fresh_token

# The large figures, as many as the row holds.
KEYS = (
    ("accesses", N_("Accesses"), N_("came in for anything")),
    ("episodes", N_("Episodes"), N_("used a place")),
    ("consumptions", N_("Consumptions"), N_("each substance")),
    ("visitors", N_("People"), N_("distinct, in this window")),
    ("responses", N_("Responses"), N_("overdoses, emergencies")),
    ("ems_calls", N_("EMS calls"), N_("once a response")),
    ("left_before_service", N_("Left waiting"), N_("before they were served")),
    ("referrals_offered", N_("Referrals"), N_("offered elsewhere")),
)
TIERS = {
    1: N_("monitored"),
    2: N_("oxygen"),
    3: N_("assisted"),
    4: N_("naloxone"),
    5: N_("EMS or CPR"),
}


@dataclass(frozen=True)
class Row:
    """One line of the handover as it is shown; `offered` is what the log says now, where that is another;
    `more` is how many open ends of its kind are only counted."""

    key: str
    text: str
    drafted: str
    seen: str
    offered: str = ""
    by: str = ""
    at: datetime | None = None
    more: int = 0

    @property
    def id(self) -> str:
        """Its id on the page."""
        return f"line-{self.key.replace('.', '_')}"


def counted(window: Window, book: SiteBook, shown: Summary, until: datetime) -> dict[str, Any]:
    """What any window shows: figures, pictures, responses."""
    minutes = int(window.seconds // 60)
    known = max(0, min(minutes, int((until - window.start).total_seconds() // 60)))
    large = {code for code, _label, _note in KEYS}
    hours = [str(label) for label, _used, _other in shown.hours]
    return {
        "window": window,
        "summary": shown,
        "keys": [(label, collect.MEASURES[code], shown.figure(code), note) for code, label, note in KEYS],
        "also": _also(shown, collect.MEASURES, large),
        "arrivals": charts.arrivals(shown.hours),
        "places": charts.places(shown.places, minutes, known, hours),
        "average": charts.average(shown.places, known),
        "full": sbar.minutes_full(shown),
        "book": book,
        "at_of": datetime.fromisoformat,
        "where_of": lambda one: _(responses.where_label(one["area"], one["place"])),
        "clock_of": _clock,
        "pathways": response_rules.PATHWAYS,
        "tiers": TIERS,
    }


def page(shift: Shift, now: datetime, by: Actor, number: int | None = None) -> dict[str, Any]:
    """Everything a shift's page shows `by`; `number` is a signed version, None the summary as it is now."""
    signed, on = queries.versions(shift.ref), queries.roster(shift.ref)
    frozen = queries.version(shift.ref, number) if number else None
    if frozen:
        shown, more = summary.thaw(frozen.content)
        items, until = thaw(more["open"]), datetime.fromisoformat(more["at"])
        roster = team.thaw_roster(more["roster"])
        opening = team.thaw_opening(more["opening"], site.book())
        # What an older version of sitelog signed has no stock.
        stock = stocked.thaw(more.get("stock", ()))
    else:
        shown, items, until = summary.of_window(shift.window, site.book(), now), opened.open_items(now), now
        roster, opening, stock = on, queries.opening(shift.ref), supplies.at_hand(now)
    names = names_of(items)
    since = corrected(signed[-1:], now).get(shift.ref, [])
    before, after = rules.neighbours(shift, site.book().shift_times, site.calendar())
    return {
        **counted(shift.window, site.book(), shown, until),
        "shift": shift,
        "begun": now >= shift.window.start,
        "until": until,
        "version": frozen,
        "signed": signed,
        "owed": bool(since),
        "changes": _between(signed, frozen) if frozen else since,
        "read_backs": queries.read_backs(shift.ref),
        "may_sign": rules.can_sign(by, on),
        "running": _running([say(one.said, names) for one in _runs(items)]) if not frozen else "",
        "signers": _signers(on),
        "leads": [staff.name_of(ref) for ref in rules.leads_of(on)],
        "leads_it": by.ref in rules.leads_of(on),
        "runs": now < shift.window.end,
        "stock": stock,
        "items": [(one, say(one.said, names), say(one.tag, names)) for one in items],
        "rows": _rows(shift, shown, items, names) if not frozen else {},
        "words": _signed_words(frozen) if frozen else {},
        "parts": rules.PARTS,
        "blank": lambda part: Row(f"{part}.own.{fresh_token()[:12]}", "", "", ""),
        "roster": roster,
        "tiles": staff.people_on_tiles(),
        "roles": site.book().choices("shift_role"),
        "opening": opening,
        "name_of": staff.name_of,
        "initials": staff.initials(),
        "before": before,
        "after": after,
        "seq": trail.last_seq(),
        "say": lambda words: say(words, names),
    }


def lines_to_sign(shift: Shift, now: datetime) -> list[tuple[str, str]]:
    """The handover as it stands: typed lines as typed, all others as the log says them."""
    items = opened.open_items(now)
    shown, names = summary.of_window(shift.window, site.book(), now), names_of(items)
    rows = _rows(shift, shown, items, names)
    lines = [(part, row.text) for part, found in rows.items() for row in found if row.text]
    # Whoever typed over what the log says of a response that runs has not ended it.
    runs = [say(one.said, names) for one in _runs(items)]
    unsaid = [said for said in runs if not any(said in text for _part, text in lines)]
    return [("S", _running(unsaid)), *lines] if unsaid else lines


def _runs(items: Sequence[OpenItem]) -> list[OpenItem]:
    return [one for one in items if one.tag.text == RUNNING]


def _running(runs: Sequence[str]) -> str:
    """What whoever signs is told of responses that run, and what the signed handover says of them."""
    if not runs:
        return ""
    said: str = ngettext(
        "%(num)s response is still running: %(which)s",
        "%(num)s responses are still running: %(which)s",
        len(runs),
        which="; ".join(runs),
    )
    return said


def news(ref: str, since: datetime, seq: int, by: str) -> dict[str, Any]:
    """What changed behind a page that was drawn at `since`, when the chain was `seq` long."""
    others = [one for one in drafts.drafts(ref).values() if one.at > since and one.by != by]
    later = trail.links_since(seq, limit=50)
    facts = sum(link.noun not in NOT_COUNTED for link in later)
    return {"others": others, "facts": facts, "parts": rules.PARTS, "name_of": staff.name_of}


def _signers(roster: Sequence[OnDuty]) -> list[str]:
    """The names of those who sign: who leads the shift, then the site's leads."""
    leads = [one.ref for one in staff.accounts() if one.active and one.role == Role.LEAD]
    return [staff.name_of(ref) for ref in dict.fromkeys([*rules.leads_of(roster), *leads])]


def say(words: Words, names: Mapping[int, str]) -> str:
    """Words in the reader's language, with times on the site's clock and people by what they are called."""
    if not words.text:
        return ""
    values = {name: _value(value, names) for name, value in words.values.items()}
    said: str = _(words.text)
    return said % values if values else said


def _value(value: object, names: Mapping[int, str]) -> object:
    if isinstance(value, Who):
        return names.get(value.person_id or 0, value.otherwise)
    if isinstance(value, Words):
        return say(value, names)
    if isinstance(value, tuple):
        between = "; " if any(isinstance(one, Words) for one in value) else ", "
        return between.join(str(_value(one, names)) for one in value)
    return shown(value)


def _clock(seconds: int | None) -> str:
    """A length of time as 2:24; a dash where one end is missing."""
    if seconds is None:
        return "–"
    # What was given before somebody said "overdose": −0:21.
    return f"{'−' if seconds < 0 else ''}{abs(seconds) // 60}:{abs(seconds) % 60:02}"


def _rows(
    shift: Shift, shown: Summary, items: Sequence[OpenItem], names: Mapping[int, str]
) -> dict[str, list[Row]]:
    typed = drafts.drafts(shift.ref)
    lines = sbar.draft(shown, items)
    drafted, more = (
        {line.key: say(line.said, names) for line in lines},
        {line.key: line.more for line in lines},
    )
    # A line somebody typed stays where what it was about is over.
    kept = [key for key, one in typed.items() if key not in drafted and one.text]
    rows = [_row(key, drafted.get(key, ""), typed.get(key), more.get(key, 0)) for key in [*drafted, *kept]]
    return {part: [row for row in rows if row.key[0] == part] for part in rules.PARTS}


def _row(key: str, drafted: str, typed: Draft | None, more: int) -> Row:
    if typed is None:
        return Row(key, drafted, drafted, "", more=more)
    differs = drafted != typed.text and (drafted != typed.drafted or not typed.text)
    offered = drafted if differs else ""
    who = staff.name_of(typed.by)
    return Row(key, typed.text, drafted, drafts.stamp(typed), offered, who, typed.at, more)


def _also(shown: Summary, measures: Mapping[str, Measure], large: set[str]) -> list[tuple[Measure, int]]:
    """Everything else that is counted and that there was any of."""
    counted = [(one, shown.figure(code)) for code, one in measures.items() if code not in large]
    return [(one, n) for one, n in counted if n]


def _between(signed: Sequence[SignOff], frozen: SignOff) -> list[Words]:
    earlier = [one for one in signed if one.version == frozen.version - 1]
    return between(earlier[0], frozen) if earlier else []


def _signed_words(frozen: SignOff) -> dict[str, list[str]]:
    words = trail.notes([frozen.link_seq]).get(frozen.link_seq, "")
    lines = rules.as_lines(words)
    return {part: [text for letter, text in lines if letter == part] for part in rules.PARTS}
