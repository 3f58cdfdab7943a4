"""How one value of a setting is asked for and said: its kind, its bounds, what can be chosen. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Kind = Literal["words", "number", "numbers", "time", "yes", "choice", "choices", "amounts"]


@dataclass(frozen=True)
class Column:
    """One value of a row or a sheet.

    `of` is what can be chosen: labels by code, or the name of one of the site's lists. `data` says that a
    word of a list keeps the value among its data. A `fixed` value is said once, when the row is added.
    """

    name: str
    label: str
    kind: Kind = "words"
    low: int = 0
    high: int = 9999
    longest: int = 80
    of: Mapping[str, str] | str = field(default_factory=dict, hash=False)
    needed: bool = False
    data: bool = False
    fixed: bool = False
    shown: bool = True
    hint: str = ""

    def read(self, values: Mapping[str, Any]) -> Any:
        """The value in a row or a sheet; None where it holds none."""
        return (values.get("data") or {} if self.data else values).get(self.name)

    def put(self, values: Mapping[str, Any], value: Any) -> dict[str, Any]:
        """The row or sheet with this value in it; an empty one among a word's data is left out."""
        if not self.data:
            return {**values, self.name: value}
        kept = {name: one for name, one in (values.get("data") or {}).items() if name != self.name}
        empty = value is None or value in ("", [], {}, False)
        return {**values, "data": kept if empty else {**kept, self.name: value}}


@dataclass(frozen=True)
class Topic:
    """One page of Settings: a list of rows that retire, or a sheet of single values.

    `setting` is the recorded setting it is kept in ("words.substance"); `part` the key in it, where the
    setting holds more than this page.
    """

    code: str
    title: str
    setting: str
    columns: tuple[Column, ...]
    rows: bool = True
    part: str = ""
    hint: str = ""
    section: str = "lists"
    kept_code: bool = False
    ordered: bool = True

    @property
    def kind(self) -> str:
        """The list of the book this topic is, or the name that columns of its codes carry."""
        return {"places": "place"}.get(self.code, self.code)

    def column(self, name: str) -> Column | None:
        """The column of that name."""
        return next((column for column in self.columns if column.name == name), None)
