"""The ledger: each printed figure beside what it hides. It stays in the house, as sensitive as the events."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sitelog.disclosure.difference import stored_figure
from sitelog.disclosure.printed import Figure


@dataclass(frozen=True, slots=True)
class Entry:
    """`protected`: the promise covers this figure. `width`: how many values must stay possible, minus one."""

    figure: Figure
    truth: int | None
    people: int | None = None
    protected: bool = False
    width: int = 0

    def listed(self) -> dict[str, Any] | None:
        """The figure's entry of the cell list with its truth, for an audit; None where no number was
        printed."""
        entry = self.figure.listed()
        return None if entry is None else entry | self._truth("protect")

    def stored(self) -> dict[str, Any]:
        """The entry as JSON values, to keep with the release; `difference.Released.from_dict` reads it
        back."""
        return stored_figure(self.figure) | self._truth("protected")

    def _truth(self, protected: str) -> dict[str, Any]:
        return {"truth": self.truth, "people": self.people, protected: self.protected, "width": self.width}
