"""Forms of a response: what was tapped or typed, into values. Owns no rule."""

import re
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import CombinedMultiDict
from wtforms import BooleanField, Field, SelectField
from wtforms.validators import ValidationError
from wtforms.widgets import TextInput

from sitelog.responses import rules
from sitelog.responses.case import Done, Measured
from sitelog.responses.pathways import PATHWAYS
from sitelog.responses.steps import (
    AFTERCARE_PLANS,
    AREAS,
    KINDS,
    LATE_KINDS,
    PUPILS,
    ROUTES,
    SCALES,
    SKIN,
    STEP_WORDS,
)
from sitelog.site import queries as site
from sitelog.trail.forms import WhyForm
from sitelog.web.answers import refuse
from sitelog.web.fields import LONGEST_NUMBER
from sitelog.web.forms import (
    AnewForm,
    ChoiceField,
    EntryForm,
    LocalTimeField,
    NoteField,
    NumberField,
    RefField,
    TokenField,
    WordsField,
    fresh_token,
)

_DECIMAL = re.compile(r"([+-]?)0*([0-9]+)(?:[.,]([0-9]+))?")
# What is possible is the rules' to say, with its limits.
ANY = {"low": -(10**LONGEST_NUMBER), "high": 10**LONGEST_NUMBER}
_LIMITED = re.compile(r"(<?)([0-9]+)(\+?)")


class DecimalField(Field):
    """A number with a decimal point or comma, kept as a whole number of its `parts` (10 for tenths).

    What is finer is refused; where it `rounds` it is rounded, and `rounded` says to what.
    """

    widget = TextInput()

    def __init__(
        self, label: Any = None, validators: Any = None, parts: int = 10, rounds: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(label, validators, **kwargs)
        self.parts, self.rounds, self.rounded = parts, rounds, ""

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else f"{self.data / self.parts:g}"

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was typed."""
        typed = valuelist[0].strip() if valuelist else ""
        self.data, self.rounded = None, ""
        if not typed:
            return
        found = _DECIMAL.fullmatch(typed)
        if found is None:
            raise ValueError(_("Type a number, such as 0.4."))
        # One that is too long to be read is beyond every limit.
        exact = Decimal(f"{found[1]}{found[2][:LONGEST_NUMBER]}.{(found[3] or '0')[:LONGEST_NUMBER]}")
        self.data = int((exact * self.parts).to_integral_value(ROUND_HALF_UP))
        if self.data == exact * self.parts:
            return
        if not self.rounds:
            raise ValueError(_("That is finer than can be kept here."))
        self.rounded = _("%(typed)s is kept as %(kept)s.", typed=typed, kept=f"{self.data / self.parts:g}")


class LimitedField(NumberField):
    """A whole number; "<75" and "97+" are kept as what they are, a limit (`bound`)."""

    bound: str | None = None

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take the sign off, then read the number."""
        typed = valuelist[0].strip() if valuelist else ""
        found = _LIMITED.fullmatch(typed)
        self.bound = ("below" if found[1] else "above" if found[3] else None) if found else None
        super().process_formdata([found[2] if found else typed])


def sent() -> CombinedMultiDict[str, str]:
    """What a tap says: the fields of its form, and what stands in the button's own address."""
    return CombinedMultiDict([request.form, request.args])


def _offer(field: ChoiceField, words: dict[str, str], empty: str | None = None) -> None:
    field.choices = [*([("", empty)] if empty else []), *((code, _(said)) for code, said in words.items())]


class StartForm(EntryForm):
    """One tap: at a place, of a visit, or elsewhere. Another place is another emergency, not the same one."""

    token = TokenField(default=fresh_token, each=("place_code", "visit", "where"))
    place_code = WordsField(longest=8)
    visit = WordsField(longest=16)
    where = WordsField(longest=16)


class PlaceForm(EntryForm):
    """Where it is: one of the site's places or an area."""

    where = ChoiceField(_l("Area"))
    place_code = ChoiceField(_l("Place"))
    visit = RefField(_l("Who it is about"), longest=40)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self.where, {code: said for code, said in AREAS.items() if code not in ("place", "elsewhere")})
        places = [(place.code, _(place.label)) for place in site.book().places]
        self.place_code.choices = [*places, ("", _("no numbered place"))]


class PathwayForm(EntryForm):
    """Another pathway."""

    pathway = ChoiceField(_l("Pathway"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self.pathway, {code: one.label for code, one in PATHWAYS.items()})


class StepForm(EntryForm):
    """What a step carries. A button sends micrograms, a person types milligrams."""

    device = ChoiceField(_l("Device"))
    litres_per_minute = NumberField(_l("Litres per minute"), **ANY)
    micrograms = NumberField(**ANY)
    milligrams = DecimalField(_l("Milligrams"), parts=1000)
    route = ChoiceField(_l("Route"))
    word = ChoiceField(_l("Which"))
    note = NoteField(_l("Note"))

    def __init__(self, *args: Any, kind: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.device.offer(site.book().choices("oxygen_device"))
        _offer(self.route, ROUTES)
        _offer(self.word, STEP_WORDS.get(kind, {}))

    def done(self, kind: str, happened_at: datetime) -> Done:
        """The step that was tapped or typed; what its kind does not carry is left out."""
        micrograms = self.milligrams.data if self.milligrams.data is not None else self.micrograms.data
        said: dict[str, Any] = {
            "device": self.device.data or None,
            "litres_per_minute": self.litres_per_minute.data,
            "micrograms": micrograms,
            "route": self.route.data or None,
            "word": self.word.data or None,
        }
        carries = KINDS[kind].carries
        return Done(kind, happened_at, **{name: value for name, value in said.items() if name in carries})


class LateForm(StepForm):
    """Any step, afterwards."""

    kind = SelectField(_l("What"), validate_choice=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind.choices = [("", _("Choose…")), *((code, _(_listed(code))) for code in LATE_KINDS)]
        words = {code: said for known in STEP_WORDS.values() for code, said in known.items()}
        _offer(self.word, words)


class VitalsForm(EntryForm):
    """One tap of the pad, or exact values."""

    spo2 = LimitedField(_l("SpO₂ %"), **ANY)
    respirations = LimitedField(_l("Breaths per minute"), **ANY)
    pulse = LimitedField(_l("Pulse per minute"), **ANY)
    sedation_score = NumberField(_l("Sedation"), **ANY)
    temperature_tenths = DecimalField(_l("Temperature °C"), rounds=True)
    glucose_tenths = DecimalField(_l("Glucose mmol/L"), rounds=True)
    systolic = NumberField(_l("Blood pressure, systolic"), **ANY)
    diastolic = NumberField(_l("Blood pressure, diastolic"), **ANY)
    pupils = ChoiceField(_l("Pupils"))
    skin = ChoiceField(_l("Skin"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self.pupils, PUPILS)
        _offer(self.skin, SKIN)
        self.scale: str = site.book().policy("sedation_scale", "avpu")
        self.scores = SCALES[self.scale]

    def validate_spo2(self, field: Field) -> None:
        """A limit stands alone: beside other values it could not be told whose it is."""
        given = [one for one in (self.spo2, self.respirations, self.pulse) if one.data is not None]
        if len(given) > 1 and any(one.bound for one in given):
            raise ValidationError(_("Type the numbers themselves, without < or +."))

    @property
    def rounded(self) -> list[str]:
        """What was typed finer than it is kept."""
        return [field.rounded for field in (self.temperature_tenths, self.glucose_tenths) if field.rounded]

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether every value can be read and can be: what is wrong is said of each at once, beside it."""
        read = super().validate(extra_validators)
        # What a body can show does not hang on when it was measured.
        wrong = list(rules.impossible(self.measured(datetime.max)))
        for error in wrong:
            refuse(self, error)
        return read and not wrong

    def measured(self, happened_at: datetime) -> Measured:
        """What was measured."""
        limited = (self.spo2, self.respirations, self.pulse)
        score = self.sedation_score.data
        numbers = ("spo2", "respirations", "pulse", "temperature_tenths", "glucose_tenths")
        return Measured(
            happened_at,
            **{name: self[name].data for name in (*numbers, "systolic", "diastolic")},
            sedation_scale=None if score is None else self.scale,
            sedation_score=score,
            pupils=self.pupils.data or None,
            skin=self.skin.data or None,
            bound=next((field.bound for field in limited if field.bound), None),
        )


class DutyForm(EntryForm):
    """Who does it; nobody is possible."""

    staff = ChoiceField(_l("Who"))


class NoteForm(EntryForm):
    """A few words."""

    words = NoteField(_l("Note"))


class CloseForm(EntryForm):
    """How it ended. Only the outcome is needed; what else is missing may stay so."""

    outcome = ChoiceField(_l("Outcome"))
    plan = ChoiceField(_l("Aftercare plan"))
    ems_end = ChoiceField(_l("EMS"))
    visit_ends = BooleanField(_l("Visit"))
    note = NoteField(_l("Note for the team"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.outcome.offer(site.book().choices("outcome"))
        _offer(self.plan, AFTERCARE_PLANS)
        _offer(self.ems_end, STEP_WORDS["ems_left"])


class AmendForm(AnewForm, WhyForm):
    """Another time, or other values; the fields of what the entry does not carry stay away."""

    # Two doses lie seconds apart.
    time = LocalTimeField(_l("When it happened"), to_seconds=True)


class AmendStepForm(AmendForm, StepForm):
    """Correct a step."""


class AmendVitalsForm(AmendForm, VitalsForm):
    """Correct a measurement."""


class AmendClosingForm(AmendForm, CloseForm):
    """Correct a closing."""


class AmendPlaceForm(AmendForm, PlaceForm):
    """Correct where and when it began."""


def _listed(code: str) -> str:
    kind = KINDS[code]
    return kind.label if "%(" in kind.said else kind.said
