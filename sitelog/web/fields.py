"""Fields of forms: words, refs, numbers and choices, which complain in words beside themselves."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import time
from typing import Any

from flask import Flask, current_app
from flask_babel import gettext as _
from markupsafe import Markup
from wtforms import Field, StringField, TextAreaField
from wtforms.validators import ValidationError
from wtforms.widgets import TextInput, html_params

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_CLOCK = re.compile(r"([01]?\d|2[0-3])[:.h]?([0-5]\d)(?::([0-5]\d))?")
_WHOLE = re.compile(r"([+-]?)0*([0-9]+)")
LONGEST_NUMBER = 18
# Where the app keeps which visit a handle means.
_HANDLES = "sitelog.handles_mean"
_REF = re.compile(r"([A-Za-z])\s*([0-9]{1,9})")


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


def handles_mean(app: Flask, visit: Callable[[str], str | None]) -> None:
    """Let a floor above say which visit a handle means: that of whoever is in the house."""
    app.extensions[_HANDLES] = visit


class RefField(WordsField):
    """The ref of something as people say it, however it is typed: " v12" is V0012, a handle its visit now."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take what was typed; a letter and a number are written as refs are."""
        super().process_formdata(valuelist)
        if said := _REF.fullmatch(self.data or ""):
            self.data = f"{said[1].upper()}{int(said[2]):04d}"
        elif self.data:
            self.data = current_app.extensions[_HANDLES](self.data) or self.data


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
        found = _WHOLE.fullmatch(typed)
        if found is None:
            raise ValueError(_("Type a whole number."))
        # One that is too long to be read is beyond every limit.
        number = int(found[1] + found[2][:LONGEST_NUMBER])
        if not self.low <= number <= self.high:
            raise ValueError(_("Between %(low)s and %(high)s, please.", low=self.low, high=self.high))
        self.data = number


class LocalTimeField(Field):
    """A time of day on the site's clock, as a `datetime.time`, to the minute or the second; nothing typed is
    None."""

    widget = TextInput()

    def __init__(
        self, label: Any = None, validators: Any = None, to_seconds: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(label, validators, **kwargs)
        self.pattern = "%H:%M:%S" if to_seconds else "%H:%M"

    def shown(self, at: time) -> str:
        """How a time of day reads in this field."""
        return at.strftime(self.pattern)

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return self.shown(self.data) if self.data else ""

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
        # Codes that do not go with another one: what says that there is nothing to choose.
        self.alone: frozenset[str] = frozenset()

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
        self.alone = frozenset(word.code for word in kept if getattr(word, "data", {}).get("alone"))

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
