"""What is given and taken back as somebody arrives: counters on the arrival sheet, and their entry."""

from dataclasses import replace
from typing import Any

from sitelog.supplies import actions
from sitelog.supplies.forms import ExchangeBase


def counters(form: ExchangeBase) -> list[Any]:
    """The site's kits, and what comes back; single items are on the supplies sheet."""
    return [*(field for field in form.counters() if field.name.startswith("kit_")), form.returned]


def enter(form: ExchangeBase, visit: str, **words: Any) -> None:
    """One exchange within the visit, if anything was given or taken back."""
    what = replace(form.what(), items={}, visit=visit)
    if what.kits or what.returned:
        actions.exchange(what, **words)
