"""Forms: entries carry a token and may say an earlier time; fields complain in words."""

import re
import secrets
from collections.abc import Iterable, Mapping
from datetime import datetime, time, timedelta
from functools import lru_cache
from gettext import NullTranslations
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from markupsafe import Markup
from wtforms import Field, HiddenField, StringField, TextAreaField
from wtforms.i18n import get_builtin_gnu_translations
from wtforms.validators import ValidationError
from wtforms.widgets import TextInput, html_params

from sitelog.ground.days import SiteCalendar
from sitelog.ground.errors import Refused
from sitelog.ground.words import N_
from sitelog.web import i18n

_TOKEN = re.compile(r"[0-9a-f]{32}")
_AGO = re.compile(r"-(\d{1,4})")
_CLOCK = re.compile(r"([01]?\d|2[0-3])[:.h]?([0-5]\d)(?::([0-5]\d))?")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_REF = re.compile(r"([A-Za-z])\s*([0-9]{1,9})")
LONGEST_AGO = timedelta(hours=24)
# Two machines' clocks differ by a little; a desk that kept an entry may be a moment ahead of us.
AHEAD = timedelta(minutes=2)


def fresh_token() -> str:
    """A new token for one form: 32 hexadecimal digits."""
    return secrets.token_hex(16)


def clock_time(text: str) -> time | None:
    """A time of day as people type it ("14:02", "9:05", "1402"); None if it is none."""
    found = _CLOCK.fullmatch(text.strip())
    return time(int(found[1]), int(found[2]), int(found[3] or 0)) if found else None


class WordsField(StringField):
    """One line of words, trimmed; `longest` characters, no control characters."""

    def __init__(self, label: Any = None, validators: Any = None, longest: int = 200, **kwargs: Any) -> None:
        super().__init__(label, validators, **kwargs)
        self.longest = longest

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take what was typed, without the blanks around it."""
        self.data = valuelist[0].strip() if valuelist else ""

    def pre_validate(self, form: Any) -> None:
        """Complain about what cannot be kept."""
        typed = len(self.data or "")
        if typed > self.longest:
            said = _("At most %(n)s characters; this has %(typed)s.", n=self.longest, typed=typed)
            raise ValidationError(said)
        if _CONTROL.search(self.data or ""):
            raise ValidationError(_("This holds a character that cannot be kept."))


class RefField(WordsField):
    """The ref of something as people say it, however it is typed: " v12" is V0012."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take what was typed; a letter and a number are written as refs are."""
        super().process_formdata(valuelist)
        if said := _REF.fullmatch(self.data or ""):
            self.data = f"{said[1].upper()}{int(said[2]):04d}"


class NoteField(WordsField, TextAreaField):
    """A few lines of words."""

    def __init__(self, label: Any = None, validators: Any = None, longest: int = 2000, **kwargs: Any) -> None:
        super().__init__(label, validators, longest=longest, **kwargs)


class NumberField(Field):
    """A whole number between `low` and `high`; nothing typed is None, unless a validator asks for it."""

    widget = TextInput()

    def __init__(
        self, label: Any = None, validators: Any = None, low: int = 0, high: int = 9999, **kwargs: Any
    ) -> None:
        super().__init__(label, validators, **kwargs)
        self.low, self.high = low, high

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else str(self.data)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was typed; a comma or a word in it is said, not guessed."""
        typed = valuelist[0].strip() if valuelist else ""
        self.data = None
        if not typed:
            return
        if not re.fullmatch(r"[+-]?[0-9]{1,12}", typed):
            raise ValueError(_("Type a whole number."))
        number = int(typed)
        if not self.low <= number <= self.high:
            raise ValueError(_("Between %(low)s and %(high)s, please.", low=self.low, high=self.high))
        self.data = number


class LocalTimeField(Field):
    """A time of day on the site's clock, as a `datetime.time`; nothing typed is None."""

    widget = TextInput()

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return self.data.strftime("%H:%M") if self.data else ""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read a time of day."""
        typed = valuelist[0].strip() if valuelist else ""
        self.data = clock_time(typed)
        if typed and self.data is None:
            raise ValueError(_("Type a time as 14:05."))


def _drop_down(field: "_Offers", **attributes: Any) -> Markup:
    """A choice as a drop-down, for where chips would take too much room."""
    attributes = {"id": field.id, "name": field.name, **attributes}
    chosen = field.data if isinstance(field.data, list) else [field.data]
    said = [(html_params(value=code, selected=code in chosen), label) for code, label in field.offered]
    options = [Markup("<option {}>{}</option>").format(Markup(words), label) for words, label in said]
    return Markup("<select {}>{}</select>").format(
        Markup(html_params(**attributes)), Markup("").join(options)
    )


class _Offers(Field):
    """Choices: pairs of code and label, a mapping, or words of the lists with their keys."""

    widget = staticmethod(_drop_down)

    def __init__(self, label: Any = None, validators: Any = None, choices: Any = (), **kwargs: Any) -> None:
        super().__init__(label, validators, **kwargs)
        self.choices = choices
        self.keys: Mapping[str, str] = {}
        self.icons: Mapping[str, str] = {}

    @property
    def offered(self) -> list[tuple[str, str]]:
        """What can be chosen: code and label."""
        pairs = self.choices.items() if isinstance(self.choices, Mapping) else self.choices or ()
        return [(str(code), label) for code, label in pairs]

    def offer(self, words: Iterable[Any], icons: Mapping[str, str] | None = None) -> None:
        """Offer the site's words: anything with `code`, `label` and perhaps `key`."""
        kept = list(words)
        self.choices = [(word.code, _(word.label)) for word in kept]
        self.keys = {word.code: word.key for word in kept if getattr(word, "key", "")}
        self.icons = icons or {}

    def _check_known(self, given: Iterable[str]) -> None:
        known = {code for code, _label in self.offered}
        for code in given:
            if code not in known:
                raise ValidationError(_("“%(code)s” is not on this list. Choose again.", code=code[:40]))


class ChoiceField(_Offers):
    """One of the words; none chosen is ""."""

    many = False

    def process_data(self, value: Any) -> None:
        """Nothing chosen is the empty word."""
        self.data = "" if value is None else str(value)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take the last one sent."""
        self.data = valuelist[-1] if valuelist else ""

    def pre_validate(self, form: Any) -> None:
        """Only words on the list."""
        self._check_known([self.data] if self.data else [])


class ChoicesField(_Offers):
    """Any number of the words, in the order they were sent, each once."""

    many = True

    def process_data(self, value: Any) -> None:
        """Nothing chosen is an empty list."""
        self.data = [str(code) for code in value or ()]

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take each once."""
        self.data = list(dict.fromkeys(valuelist))

    def pre_validate(self, form: Any) -> None:
        """Only words on the list."""
        self._check_known(self.data or [])


class TokenField(HiddenField):
    """The token of one form, so that a double tap is one entry. One that is none of ours is replaced."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take our own tokens only."""
        sent = valuelist[0] if valuelist else ""
        self.data = sent if _TOKEN.fullmatch(sent) else fresh_token()


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

    def validate_earlier(self, field: Field) -> None:
        """A time somebody could mean."""
        _check_when(str(field.data or ""))

    def validate_earlier_at(self, field: Field) -> None:
        """A time somebody could mean."""
        _check_when(str(field.data or ""))

    def happened_at(self, calendar: SiteCalendar, now: datetime) -> datetime:
        """The instant the person says it happened. Refused if still to come or longer ago than a day."""
        base = _kept_instant(self.kept_at.data, now)
        field = "earlier_at" if self.earlier_at.data else "earlier"
        said = str(self.earlier_at.data or self.earlier.data or "").strip()
        found = _instant(said, calendar, base)
        if found > now:
            raise Refused(N_("That time is still to come."), field=field)
        if now - found > LONGEST_AGO:
            raise Refused(
                N_("That is more than a day ago. Enter it as now and say so in a note."), field=field
            )
        return found


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
    if kept.tzinfo is None or not now - LONGEST_AGO <= kept <= now + AHEAD:
        return now
    return min(kept, now)
