"""What is given and taken back at the door: the part of the arrival sheet that another feature fills in."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from flask import Flask, current_app
from wtforms import Field

_PART = "sitelog.visits.given"


class PartForm(Protocol):
    """What the sheet asks of the part's form; all else is between the part's own functions."""

    @property
    def errors(self) -> Mapping[str, Any]:
        """What is to be mended in it."""

    def validate(self) -> bool:
        """Whether nothing is."""


F = TypeVar("F", bound=PartForm)


@dataclass(frozen=True)
class Part(Generic[F]):
    """The part's form, its fields that stand on the sheet, and what enters it, if anything was filled in: it
    is told the form, the visit's ref, and who, when, and when that was written."""

    form: Callable[[], F]
    fields: Callable[[F], Sequence[Field]]
    enter: Callable[..., None]


def filled_in_by(app: Flask, part: Part[Any]) -> None:
    """Let another feature have this part of the arrival sheet."""
    app.extensions[_PART] = part


def part() -> Part[Any]:
    """The part as the other feature gave it."""
    found: Part[Any] = current_app.extensions[_PART]
    return found
