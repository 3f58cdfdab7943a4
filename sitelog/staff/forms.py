"""Text into values for signing in, PINs and accounts."""

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, PasswordField
from wtforms.validators import InputRequired, Length

from sitelog.ground.access import ROLE_NAMES
from sitelog.staff import rules
from sitelog.web.forms import ChoiceField, Form, TokenField, WordsField, fresh_token

_NEEDED = _l("This is needed.")


class _Secret(PasswordField):
    """A field that complains like any other and is never shown again."""

    errors: list[str]


class GateForm(Form):
    """What every way in carries: where to go on, and a form that was kept for after."""

    next = HiddenField()
    kept = HiddenField()


class PasswordForm(GateForm):
    """Name and password."""

    name = WordsField(_l("Name"), [InputRequired(_NEEDED)], longest=60)
    secret = _Secret(_l("Password"), [InputRequired(_NEEDED), Length(max=200)])


class PinForm(GateForm):
    """A name of the tiles and a PIN."""

    who = WordsField(_l("Who"), [InputRequired(_l("Choose who you are."))], longest=16)
    secret = _Secret(_l("PIN"), [InputRequired(_l("Type your PIN.")), Length(max=20)])


class AccountForm(Form):
    """A new account."""

    token = TokenField(default=fresh_token)
    kept_at = HiddenField()
    name = WordsField(_l("Name"), [InputRequired(_NEEDED)], longest=60)
    initials = WordsField(_l("Initials"), longest=4)
    role = ChoiceField(_l("Role"), choices=[(str(role), _l(ROLE_NAMES[role])) for role in rules.PERSON_ROLES])
    audience = WordsField(_l("Audience"), longest=40)


class StepForm(Form):
    """A button on an account: nothing but its token."""

    token = TokenField(default=fresh_token)
    kept_at = HiddenField()


class OwnSecretsForm(Form):
    """The own password and PIN; only what is filled in changes."""

    token = TokenField(default=fresh_token)
    kept_at = HiddenField()
    secret = _Secret(_l("Password you have now"), [InputRequired(_NEEDED), Length(max=200)])
    password = _Secret(_l("New password"), [Length(max=200)])
    pin = _Secret(_l("New PIN"), [Length(max=20)])
