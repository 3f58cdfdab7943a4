"""The rows of a service that was given, made from what was said."""

from datetime import datetime

from sitelog.services.models import Component, Given, Strip
from sitelog.services.rules import Details
from sitelog.store.recorded import Recorded


def rows_of(row: Given, kind: str, details: Details, happened_at: datetime, by: str) -> list[Recorded]:
    """The service, whose ref and whose person are set, filled in; its strips; what FTIR found."""
    row.kind, row.happened_at, row.by = kind, happened_at, by
    for name in ("attending", "topic", "result_given", "expected", "did"):
        setattr(row, name, getattr(details, name))
    strips = [Strip(ref=row.ref, strip=strip, result=result) for strip, result in details.strips]
    found = [Component(ref=row.ref, component=code) for code in dict.fromkeys(details.found)]
    return [row, *strips, *found]
