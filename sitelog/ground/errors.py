"""The few ways in which sitelog says no, each in words a person can act on."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

# What rules call the moment something is said to have happened; each form knows in which field it was typed.
WHEN = "happened_at"


class SitelogError(Exception):
    """A refusal in plain words: `message` is a translatable template, `values` fill it."""

    status = 400

    def __init__(self, message: str, **values: Any) -> None:
        super().__init__(message)
        self.message = message
        self.values = values

    def __str__(self) -> str:
        return self.message % self.values if self.values else self.message


class Refused(SitelogError):
    """The input is impossible; `field` names the form field it belongs to, if one does."""

    status = 422

    def __init__(self, message: str, field: str | None = None, **values: Any) -> None:
        super().__init__(message, **values)
        self.field = field


class Conflict(SitelogError):
    """Someone else was first: says what happened, so that a choice is left."""

    status = 409


class Repeated(Conflict):
    """The same form was entered before, with something else in it."""


class Unknown(SitelogError):
    """No such thing."""

    status = 404


class Forbidden(SitelogError):
    """This person may not do this."""

    status = 403


class Usage(SitelogError):
    """The command was called wrongly; the `sitelog` command exits with 2."""


class Broken(SitelogError):
    """A check found what should not be; the `sitelog` command exits with 1."""


@contextmanager
def about(field: str) -> Iterator[None]:
    """Whatever is refused inside is about this field, whatever the rule itself calls it."""
    try:
        yield
    except SitelogError as error:
        raise Refused(error.message, field, **error.values) from None
