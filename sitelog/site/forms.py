"""The forms of Settings, made of the columns of a page: one field a value, or one a thing that is counted."""

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field, HiddenField
from wtforms.validators import ValidationError

from sitelog.ground.days import SiteCalendar
from sitelog.ground.errors import Refused
from sitelog.ground.words import N_
from sitelog.site import topics
from sitelog.site.columns import Column, Topic
from sitelog.web.forms import (
    ChoiceField,
    ChoicesField,
    EntryForm,
    LocalTimeField,
    NumberField,
    TokenField,
    WordsField,
    fresh_token,
)

_NUMBERS = re.compile(r"\s*\d{1,3}(?:\s*[,; ]\s*\d{1,3})*\s*")


class ChangeForm(EntryForm):
    """A change of one page: from which day it holds, and the newest change that was seen."""

    from_on = WordsField(_l("From"), longest=10)
    token = TokenField(default=fresh_token, given=("known_seq",))
    known_seq = HiddenField()
    why = WordsField(_l("Why, for who reads it later"), longest=200)

    def valid_from(self, calendar: SiteCalendar) -> datetime | None:
        """The beginning of the site's day it holds from; None for now."""
        typed = (self.from_on.data or "").strip()
        if not typed:
            return None
        try:
            return calendar.day(date.fromisoformat(typed)).start
        except (ValueError, OverflowError):
            raise Refused(N_("Type a day as 2026-11-17."), "from_on") from None

    def seen_seq(self) -> int | None:
        """The newest entry about the site that was seen with the form."""
        typed = str(self.known_seq.data or "")
        return int(typed) if re.fullmatch(r"\d{1,12}", typed) else None


class NumbersField(WordsField):
    """A few whole numbers with commas between them."""

    def _value(self) -> str:
        held: Any = self.data
        return ", ".join(map(str, held)) if isinstance(held, list) else str(held or "")

    def pre_validate(self, form: Any) -> None:
        """Complain about anything that is no number."""
        if self.data and not _NUMBERS.fullmatch(self.data):
            raise ValidationError(_("Whole numbers with commas between them, as 30, 50."))

    def numbers(self) -> list[int]:
        """The numbers that were typed."""
        return [int(one) for one in re.findall(r"\d+", str(self.data or ""))]


class PresetForm(EntryForm):
    """The jurisdiction a site starts as."""

    preset = WordsField(_l("Jurisdiction"), longest=40)


def form_for(
    topic: Topic, raw: Mapping[str, Any], held: Mapping[str, Any] | None = None, new: bool = False
) -> type[ChangeForm]:
    """The form of a row or a sheet of this page; what `held` says can be kept, though it is retired."""
    fields: dict[str, Field] = {}
    for column in topic.columns:
        if not column.fixed or new:
            fields |= dict(_fields(column, topics.offered(column, raw, column.read(held or {}))))
    return type("ChangeForm", (ChangeForm,), fields)


def filled_with(topic: Topic, values: Mapping[str, Any]) -> dict[str, Any]:
    """What the fields of a row or a sheet hold before anything is typed."""
    found: dict[str, Any] = {}
    for column in topic.columns:
        value = column.read(values)
        if column.kind == "amounts":
            found |= {f"{column.name}.{code}": count for code, count in (value or {}).items()}
        elif column.kind == "time" and value:
            found[column.name] = datetime.strptime(value, "%H:%M").time()
        else:
            found[column.name] = value
    return found


def values_in(form: ChangeForm, topic: Topic) -> dict[str, Any]:
    """What was filled in, by column, as it is recorded."""
    return {column.name: _value(form, column) for column in topic.columns if _asked(form, column)}


def _asked(form: ChangeForm, column: Column) -> bool:
    return column.kind == "amounts" or column.name in form


def _value(form: ChangeForm, column: Column) -> Any:
    if column.kind == "amounts":
        counted = {field.name.partition(".")[2]: field.data for field in form if _part(field, column)}
        return {code: count for code, count in counted.items() if count}
    field = form[column.name]
    if column.kind == "numbers":
        return field.numbers()
    if column.kind == "time":
        return field.data.strftime("%H:%M") if field.data else ""
    if column.kind == "number":
        return field.data
    if column.kind == "yes":
        return bool(field.data)
    return field.data or ([] if column.kind == "choices" else "")


def _part(field: Field, column: Column) -> bool:
    return str(field.name).startswith(f"{column.name}.")


def _fields(column: Column, offered: Mapping[str, str]) -> Iterator[tuple[str, Any]]:
    words = {"low": column.low, "high": column.high}
    if column.kind == "amounts":
        for code, label in offered.items():
            yield f"{column.name}.{code}", NumberField(_(label), **words)
    elif column.kind == "number":
        yield column.name, NumberField(_(column.label), **words)
    elif column.kind == "numbers":
        yield column.name, NumbersField(_(column.label))
    elif column.kind == "time":
        yield column.name, LocalTimeField(_(column.label))
    elif column.kind == "yes":
        yield column.name, BooleanField(_(column.label))
    elif column.kind == "choices":
        yield (
            column.name,
            ChoicesField(_(column.label), choices=[(c, _(said)) for c, said in offered.items()]),
        )
    elif column.kind == "choice":
        choices = [("", "–"), *((code, _(said)) for code, said in offered.items())]
        yield column.name, ChoiceField(_(column.label), choices=choices)
    else:
        yield column.name, WordsField(_(column.label), longest=column.longest)
