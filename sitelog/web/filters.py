"""What templates can say: the site's time, instants that the browser keeps true, icons."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any, Protocol

from babel.dates import format_date, format_datetime
from flask import Flask, g, has_request_context
from flask_babel import get_locale, gettext
from markupsafe import Markup
from werkzeug.local import LocalProxy
from werkzeug.routing import IntegerConverter

from sitelog.ground import clock
from sitelog.ground.access import ROLE_NAMES, Actor, Permission
from sitelog.ground.days import SiteCalendar
from sitelog.web import i18n, shell
from sitelog.web.forms import fresh_token

# What this package remembers in `g` for the length of one request.
_MEMORY = ("now", "language", "catalog", "csrf_token", "csrf_valid")
_IDENTITY = ("actor", "person", "device", "locked", "_shell")
STYLES = ("min", "clock", "short")


class Said(Protocol):
    """Words made below the door: a marked text and its values."""

    @property
    def text(self) -> str:
        """The text, with a place for each value."""

    @property
    def values(self) -> Mapping[str, Any]:
        """The values by name."""


class _Number(IntegerConverter):
    """A number in an address that every database can hold; a larger one is a page that does not exist."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"max": 2**53, **kwargs})


def init_app(app: Flask) -> None:
    """Teach the templates."""
    app.url_map.converters["int"] = _Number
    app.jinja_env.add_extension("jinja2.ext.do")
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(
        actor=LocalProxy(lambda: g.get("actor") if has_request_context() else None),
        calendar=LocalProxy(site_calendar),
        now=LocalProxy(now),
        site_name=LocalProxy(lambda: shell.ask("site_name", "sitelog")),
        told=shell.ask,
        navigation=shell.navigation,
        NAV_ROOM=shell.ROOM,
        home=shell.home,
        icon=icon,
        fresh_token=fresh_token,
        may=may,
        clock_time=clock_time,
        moment=moment,
        in_words=in_words,
        since=since,
        time_since=since,
        time_until=until,
        until=until,
        server_now=lambda: now().isoformat(timespec="milliseconds"),
        ROLE_NAMES=ROLE_NAMES,
    )
    app.jinja_env.filters.update(local=local, iso=iso, day=day, keycap=keycap, minus=minus)


def forget_before_each(app: Flask) -> None:
    """Start each request with an empty memory, also where several share one context (a test, a script)."""
    app.before_request(lambda: [g.pop(name, None) for name in _MEMORY + _IDENTITY] and None)


def now() -> datetime:
    """The instant this request is answered at: one for the whole page."""
    if "now" not in g:
        g.now = clock.now()
    found: datetime = g.now
    return found


def site_calendar() -> SiteCalendar:
    """The site's calendar; UTC until the site has one."""
    found: SiteCalendar = shell.ask("calendar") or SiteCalendar("UTC")
    return found


def may(permission: str) -> bool:
    """Whether whoever looks at this page may do a thing: `may("log")`."""
    actor: Actor | None = g.get("actor")
    return actor is not None and actor.can(Permission(permission))


def icon(name: str, said: str | None = None) -> Markup:
    """A sign of the sprite; `said` is its words where no word stands beside it."""
    words = Markup('<span class="vh">{}</span>').format(said) if said else Markup("")
    return Markup('<svg class="i" aria-hidden="true"><use href="#i-{}"/></svg>').format(name) + words


def keycap(key: str) -> str:
    """A key as it is shown: "⇧F2" for what pages declare as "Shift+F2"."""
    return key.replace("Shift+", "⇧")


def iso(instant: datetime) -> str:
    """An instant for machines."""
    return instant.isoformat(timespec="milliseconds")


def local(instant: datetime, pattern: str = "HH:mm") -> str:
    """An instant on the site's clock, in the reader's language; `pattern` is CLDR ("HH:mm", "EEE d MMM")."""
    return format_datetime(site_calendar().local(instant), pattern, locale=get_locale() or "en")


def day(on: date, pattern: str = "d MMM") -> str:
    """A day of the calendar in the reader's language; `pattern` is CLDR ("d MMM", "d MMM y")."""
    return format_date(on, pattern, locale=get_locale() or "en")


def in_words(said: Said) -> str:
    """What was said below the door, in the reader's language and with its values as a reader sees them."""
    return i18n.word(said.text, **{name: shown(value) for name, value in said.values.items()})


def shown(value: object) -> object:
    """A time of day on the site's clock, a day of the calendar, a label in the reader's language."""
    if isinstance(value, datetime):
        return local(value)
    if isinstance(value, date):
        return day(value, "d MMM" if value.year == site_calendar().day_of(now()).year else "d MMM y")
    return gettext(value) if isinstance(value, str) and value else value


def clock_time(instant: datetime, pattern: str = "HH:mm") -> Markup:
    """The time of day of an instant."""
    return Markup('<time datetime="{}">{}</time>').format(iso(instant), local(instant, pattern))


def moment(instant: datetime, pattern: str = "HH:mm") -> Markup:
    """The time of day of an instant; its date before it where that is not today's date of the calendar."""
    calendar = site_calendar()
    same = calendar.local(instant).date() == calendar.local(now()).date()
    return clock_time(instant, pattern if same else f"d MMM {pattern}")


def since(instant: datetime, style: str = "min") -> Markup:
    """How long ago: "min" 14, "clock" 04:12, "short" 1:48. The browser keeps it true."""
    return _running("since", instant, style, duration(now() - instant, style))


def until(instant: datetime, style: str = "min") -> Markup:
    """How long still, never below zero; minutes are rounded up. The browser keeps it true."""
    return _running("until", instant, style, duration(instant - now(), style, up=True))


def duration(length: timedelta, style: str, up: bool = False) -> str:
    """A length of time in one of STYLES; clocks.js says the same."""
    seconds = max(0, int(length.total_seconds()))
    if style == "min":
        return str((seconds + 59) // 60 if up else seconds // 60)
    minutes, second = divmod(seconds, 60)
    hours, minute = divmod(minutes, 60)
    if hours:
        return f"{hours}:{minute:02}:{second:02}"
    return f"{minute:02}:{second:02}" if style == "clock" else f"{minute}:{second:02}"


def _running(way: str, instant: datetime, style: str, shown: str) -> Markup:
    if style not in STYLES:
        raise ValueError(f"unknown style of duration: {style}")
    pattern = Markup('<time datetime="{0}" data-{1}="{0}" data-shape="{2}">{3}</time>')
    return pattern.format(iso(instant), way, style, shown)


def minus(number: object) -> str:
    """A number below nothing with its sign as wide as a figure: a hyphen in dim light is a dash before it."""
    return str(number).replace("-", "−")
