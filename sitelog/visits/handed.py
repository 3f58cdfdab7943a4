"""What is handed over at the door: a part of the arrival sheet that is another feature's."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app

_HANDED = "sitelog.visits.handed"


@dataclass(frozen=True)
class Handed:
    """The part's form, its fields that stand on the sheet, and what enters it, if anything was filled in: it
    is told the form, the visit's ref, and who, when, and when that was written."""

    form: Callable[[], Any]
    counters: Callable[[Any], Sequence[Any]]
    enter: Callable[..., None]


def handed_over_by(app: Flask, part: Handed) -> None:
    """Let another feature have a part of the arrival sheet."""
    app.extensions[_HANDED] = part


def handed() -> Handed:
    """The part of the arrival sheet that another feature fills in."""
    found: Handed = current_app.extensions[_HANDED]
    return found
