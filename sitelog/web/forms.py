"""Forms: entries carry a token and may say an earlier time; fields complain in words."""

import hashlib
import hmac
import json
import re
import secrets
from collections.abc import Sequence
from datetime import datetime, time, timedelta
from functools import lru_cache
from gettext import NullTranslations
from typing import Any

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import Field, HiddenField
from wtforms.i18n import get_builtin_gnu_translations
from wtforms.validators import ValidationError

from sitelog.ground.days import AHEAD, SiteCalendar
from sitelog.ground.errors import Refused, about
from sitelog.ground.words import N_
from sitelog.web import i18n
from sitelog.web.fields import ChoiceField as ChoiceField
from sitelog.web.fields import ChoicesField as ChoicesField
from sitelog.web.fields import LocalTimeField as LocalTimeField
from sitelog.web.fields import NoteField as NoteField
from sitelog.web.fields import NumberField as NumberField
from sitelog.web.fields import RefField as RefField
from sitelog.web.fields import WordsField as WordsField
from sitelog.web.fields import clock_time as clock_time

_TOKEN = re.compile(r"[0-9a-f]{32}")
# What may be another when a form is sent again as it was.
_OF_THE_SENDING = {"csrf_token", "token", "kept_at"}
_AGO = re.compile(r"-(\d{1,4})")
LONGEST_AGO = timedelta(hours=24)
# A device that was away over a long weekend sends what it kept with the time of the tap.
LONGEST_KEPT = timedelta(days=7)
# A time of day without its day lies at most this far back: a shift and a third. Typed minutes ahead of now it
# would be yesterday's, and change a signed shift and a published day.
CLOCK_AGO = timedelta(hours=16)
HALF_A_DAY = timedelta(hours=12)


def fresh_token() -> str:
    """A new token for one form: 32 hexadecimal digits."""
    return secrets.token_hex(16)


class TokenField(HiddenField):
    """The token of one form, so that a double tap is one entry. One that is none of ours is replaced.

    The page holds `sent`. `data` is "TOKEN:DIGEST": the token hangs on the address too, so that each button
    of a form makes its own entry, and on the fields `each`, where another value is another thing. The digest
    of all that was sent is keyed with `sent`, which is kept nowhere: it tells nobody what was typed. Left
    out of it is what the page fills by itself (`given`): after a reload that is another.
    """

    data: str

    def __init__(
        self, *args: Any, each: Sequence[str] = (), given: Sequence[str] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._each, self._given = each, {*_OF_THE_SENDING, *given}

    def process_data(self, value: Any) -> None:
        """A new form."""
        super().process_data(value)
        self.sent = str(self.data)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take our own tokens only."""
        sent = valuelist[0] if valuelist else ""
        self.sent = sent if _TOKEN.fullmatch(sent) else fresh_token()
        meant = " ".join((self.sent, request.path, *(request.form.get(name, "") for name in self._each)))
        itself = hashlib.sha256(meant.encode()).hexdigest()[:32]
        said = [pair for pair in request.form.items(multi=True) if pair[0] not in self._given]
        digest = hmac.new(self.sent.encode(), json.dumps(sorted(said)).encode(), hashlib.sha256).hexdigest()
        self.data = f"{itself}:{digest[:16]}"


class Form(FlaskForm):
    """A form; its validators' own words are read once per language, not once per request."""

    class Meta(FlaskForm.Meta):
        """How WTForms treats it."""

        def get_translations(self, form: Any) -> Any:
            """WTForms' words in the reader's language."""
            return _validator_words(i18n.language())


@lru_cache(maxsize=32)
def _validator_words(language: str) -> Any:
    try:
        return get_builtin_gnu_translations([language.replace("-", "_")])
    except OSError:
        return NullTranslations()


class EntryForm(Form):
    """A form that makes an entry: its token, and when it happened if that was not now."""

    token = TokenField(default=fresh_token)
    # "" now · "-5" minutes ago · "14:02" the last time the clock said so · "2026-11-17T14:02"
    earlier = WordsField(_l("When"), longest=30)
    earlier_at = WordsField(_l("At"), longest=30)
    # Set by the script for an entry that was kept on the device while the connection was down.
    kept_at = WordsField(longest=40)

    @property
    def said_when(self) -> str:
        """The field in which it was said when it happened."""
        return "earlier_at" if self.earlier_at.data else "earlier"

    def validate_earlier(self, field: Field) -> None:
        """A time somebody could mean."""
        _check_when(str(field.data or ""))

    def validate_earlier_at(self, field: Field) -> None:
        """A time somebody could mean."""
        _check_when(str(field.data or ""))

    def happened_at(self, calendar: SiteCalendar, now: datetime) -> datetime:
        """The instant the person says it happened. Refused if still to come or longer ago than a day."""
        base = _kept_instant(self.kept_at.data, now)
        field = self.said_when
        said = str(self.earlier_at.data or self.earlier.data or "").strip()
        with about(field):
            found = _instant(said, calendar, base)
        if clock_time(said) and base - found > CLOCK_AGO:
            raise Refused(
                N_("%(time)s is still to come. If you mean yesterday, type its day too, as %(example)s."),
                field=field,
                time=said,
                example=calendar.local(found).strftime("%Y-%m-%d %H:%M"),
            )
        if found > now:
            raise Refused(N_("That time is still to come."), field=field)
        if min(base, now) - found > LONGEST_AGO:
            raise Refused(
                N_("That is more than a day ago. Enter it as now and say so in a note."), field=field
            )
        return found


class AnewForm(EntryForm):
    """A form that says an entry anew, with the time of day at which it happened."""

    time = LocalTimeField(_l("When it happened"))

    @property
    def said_when(self) -> str:
        """The field in which it was said when it happened."""
        return "time"

    def near(self, old: datetime, calendar: SiteCalendar) -> datetime:
        """The instant meant by the time typed: the one nearest to the old; unchanged if it reads the same."""
        typed: time | None = self.time.data
        if typed is None or self.time.shown(typed) == self.time.shown(calendar.local(old).time()):
            return old
        with about(self.said_when):
            return calendar.recent(typed, before=old + HALF_A_DAY)


def _check_when(text: str) -> None:
    if text and not (_AGO.fullmatch(text) or clock_time(text) or _wall(text)):
        raise ValidationError(_("Type a time as 14:05."))


def _wall(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        return None
    # At the ends of the calendar an instant is in a year that there is none of.
    return found if 1900 <= found.year < 9000 else None


def _instant(text: str, calendar: SiteCalendar, base: datetime) -> datetime:
    if ago := _AGO.fullmatch(text):
        return base - timedelta(minutes=int(ago[1]))
    if at := clock_time(text):
        return calendar.recent(at, before=base)
    wall = _wall(text)
    return calendar.instant(wall) if wall else base


def _kept_instant(text: str | None, now: datetime) -> datetime:
    try:
        kept = datetime.fromisoformat(text or "")
    except ValueError:
        return now
    if kept.tzinfo is None or not now - LONGEST_KEPT <= kept <= now + AHEAD:
        return now
    return min(kept, now)
